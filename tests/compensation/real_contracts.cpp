// SPDX-License-Identifier: MIT
// Contracts that differ in shape, as published, each settled by hand beside it. Months of 30 days (2,592,000 s) unless
// said; fees are ours. Where a text leaves something open, the readings are worked out.

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <sla/calendar/calendar.hpp>
#include <sla/compensation/history.hpp>
#include <sla/compensation/shape_faults.hpp>

namespace real_contracts_test {
namespace {

using namespace std::chrono_literals;
using namespace sla::literals;
using sla::combination;
using sla::credit_terms;
using sla::instant;
using sla::line_outcome;
using sla::ratio;
using sla::remedy_form;
using sla::unit_counting;

constexpr sla::metric_id availability = 1, outage = 2, lateness = 3, breaches = 4, attainment = 5;
constexpr sla::fee_id monthly = 0, annual = 1;
constexpr std::chrono::seconds month_30 = 30 * 24h;

sla::money usd(std::int64_t cents) { return sla::money::minor(cents, sla::usd); }
sla::money yuan(std::int64_t cents) { return sla::money::minor(cents, sla::cny); }
sla::figure uptime(ratio value) { return {.metric = availability, .value = value, .subject = "service"}; }
sla::figure down(std::chrono::seconds s, std::chrono::seconds whole = month_30) {
  return {.metric = availability,
          .value = ratio(1) - ratio(s.count(), whole.count()),
          .subject = "service",
          .elapsed = s,
          .whole = whole};
}

struct contract {
  std::vector<credit_terms> clauses;
  std::vector<sla::cap_terms> caps{};
  combination combined = combination::sum;
  sla::money fee = usd(1'000'000);

  [[nodiscard]] sla::settlement settle(std::vector<sla::figure> figures) const {
    for (const credit_terms& c : clauses) EXPECT_TRUE(sla::faults(c.pays).empty()) << c.clause;
    const sla::fee fees[]{{.id = monthly, .amount = fee}};
    return sla::settle({clauses, caps, combined}, {.fees = fees, .figures = figures});
  }
  [[nodiscard]] std::int64_t cents(const sla::figure& f) const {
    const auto s = settle({f});
    EXPECT_TRUE(s.is_defined());
    return s.total.minor_units();
  }
};
std::int64_t units(const sla::settlement& s, remedy_form form) {
  for (const auto& t : s.totals)
    if (t.form == form) return t.count;
  return -1;
}

TEST(real_contracts, AWS_three_steps_and_no_credit_of_a_dollar_or_less) {
  contract c{{{.clause = "service credits",
               .metric = availability,
               .pays = sla::steps{{{99.99_pct, 10_pct}, {99_pct, 30_pct}, {95_pct, 100_pct}}},
               .gate = {.more_than = usd(100)}}}};
  EXPECT_EQ(c.cents(down(259s)), 0) << "0.01 % of the month is 259.2 s";
  EXPECT_EQ(c.cents(down(260s)), 100'000) << "10 % of 10,000.00";
  EXPECT_EQ(c.cents(down(25'920s)), 100'000) << "99 % is hit exactly: the milder row";
  EXPECT_EQ(c.cents(down(25'921s)), 300'000);
  EXPECT_EQ(c.cents(down(129'600s)), 300'000) << "95 % exactly";
  EXPECT_EQ(c.cents(down(129'601s)), 1'000'000);
  c.fee = usd(1'000);
  EXPECT_EQ(c.cents(down(260s)), 0) << "a credit of 1.00 is not greater than one dollar";
  c.fee = usd(1'010);
  EXPECT_EQ(c.cents(down(260s)), 101);
}

TEST(real_contracts, Google_cuts_a_full_refund_at_half_the_bill) {
  const contract c{{{.clause = "financial credits",
                     .metric = availability,
                     .pays = sla::steps{{{99.99_pct, 10_pct}, {99_pct, 25_pct}, {95_pct, 100_pct}}}}},
                   {{.clause = "maximum financial credit", .limit = 50_pct}}};
  EXPECT_EQ(c.cents(uptime(99.5_pct)), 100'000);
  EXPECT_EQ(c.cents(uptime(98_pct)), 250'000);
  const auto s = c.settle({uptime(94_pct)});
  EXPECT_EQ(s.caps[0].before, usd(1'000'000));
  EXPECT_EQ(s.caps[0].reduction, usd(500'000));
  EXPECT_EQ(s.total, usd(500'000));
}

TEST(real_contracts, Alibaba_vouchers_claimed_from_the_fifth_workday) {
  const sla::zone shanghai = sla::zone::posix("Asia/Shanghai", "CST-8");
  const auto local = [](std::chrono::year_month_day d) { return instant(std::chrono::sys_days(d)) - 8h; };
  const sla::business_time workdays{
      {.zone = shanghai, .hours = "Mon-Fri 09:00-18:00"_hours, .cover = {2026y, 2028y}}};
  const std::vector<credit_terms> clauses{
      {.clause = "compensation",
       .metric = availability,
       .pays = sla::steps{{{99.975_pct, 10_pct}, {99_pct, 25_pct}, {95_pct, 100_pct}}},
       .form = {.form = remedy_form::voucher},
       .must_be_claimed = true}};
  const sla::interval june{local(2026y / 6 / 1), local(2026y / 7 / 1)};
  // July 2026 begins on a Wednesday: its fifth workday is Tuesday the 7th. Two months after 30 June end on 30 August.
  const sla::interval open = sla::admissible({.from_workday = 5, .within = sla::civil_span::months(2)}, june,
                                             june.end, shanghai, &workdays);
  EXPECT_EQ(open, (sla::interval{local(2026y / 7 / 7), local(2026y / 8 / 31)}));
  const std::vector<sla::fee> fees{{.amount = yuan(300'000)}};
  const std::vector<sla::figure> figures{down(7'200s)};  // 99.72 %
  const std::vector<sla::claim_period> periods{{"compensation", "", open}};
  const auto settle = [&](instant claimed, instant as_of) {
    const std::vector<sla::claim> claims{{"compensation", "", claimed}};
    return sla::settle(
        {clauses, {}, combination::sum},
        {.fees = fees, .figures = figures, .periods = periods, .claims = claims, .as_of = as_of});
  };
  const auto paid = settle(open.begin, open.end);
  EXPECT_EQ(paid.totals[0].form, remedy_form::voucher);
  EXPECT_EQ(paid.totals[0].amount, yuan(30'000));
  EXPECT_EQ(paid.total, yuan(0)) << "a voucher is no credit";
  const auto late = settle(open.end, open.end);
  EXPECT_EQ(late.lines[0].outcome, line_outcome::forfeited);
  EXPECT_EQ(late.lines[0].amount, yuan(30'000)) << "what is forfeited";
  EXPECT_EQ(late.totals[0].amount, yuan(0));
}

TEST(real_contracts, NICE_parts_of_a_month) {
  const contract c{{{.clause = "SLA credit",
                     .metric = availability,
                     .pays = sla::steps{{{99.99_pct, ratio(1, 30)},
                                         {99.95_pct, ratio(1, 15)},
                                         {99_pct, ratio(1, 7)},
                                         {97_pct, ratio(1)}}}}}};
  EXPECT_EQ(c.cents(uptime(99.96_pct)), 33'333) << "10,000.00 / 30 = 333.333";
  EXPECT_EQ(c.cents(uptime(99.5_pct)), 66'667) << "666.667";
  EXPECT_EQ(c.cents(uptime(98_pct)), 142'857) << "1,428.5714";
  EXPECT_EQ(c.cents(uptime(96_pct)), 1'000'000) << "a free month";
  // Printed as 3.33, 6.67 and 14.29 %, the rate is rounded first.
  contract printed = c;
  printed.clauses[0].rate_first = sla::rate_rounding{};
  EXPECT_EQ(printed.cents(uptime(99.96_pct)), 33'300);
  EXPECT_EQ(printed.cents(uptime(98_pct)), 142'900);
}

TEST(real_contracts, Eight_by_eight_tiers_then_five_percent_a_tenth_up_to_half) {
  const contract c{
      {{.clause = "uptime",
        .metric = availability,
        .pays = sla::sum_of({sla::steps{{{99.99_pct, 5_pct}, {99.5_pct, 10_pct}}},
                             sla::per_step_below{99_pct, 0.1_pct, 5_pct, unit_counting::complete}})}},
      {{.clause = "limit", .limit = 50_pct, .scope = sla::cap_scope::line}}};
  EXPECT_EQ(c.cents(uptime(99.9_pct)), 50'000);
  EXPECT_EQ(c.cents(uptime(99_pct)), 100'000);
  EXPECT_EQ(c.cents(uptime(98.91_pct)), 100'000) << "0.09 % is no whole tenth";
  EXPECT_EQ(c.cents(uptime(98.9_pct)), 150'000);
  EXPECT_EQ(c.cents(uptime(98.75_pct)), 200'000) << "10 + 2 x 5 %";
  EXPECT_EQ(c.cents(uptime(98.2_pct)), 500'000) << "10 + 8 x 5 = 50 % exactly";
  EXPECT_EQ(c.cents(uptime(98.1_pct)), 500'000) << "55 % is cut to 50";
}

TEST(real_contracts, Airtable_ten_times_the_time_down) {
  const contract c{{{.clause = "service credit",
                     .metric = availability,
                     .pays = sla::pro_rata{.below = 99.9_pct, .times = ratio(10)}}}};
  EXPECT_EQ(c.cents(down(2'592s)), 0) << "99.9 % is kept";
  EXPECT_EQ(c.cents(down(2'593s)), 10'004) << "10 x 2,593 / 2,592,000 of 10,000.00 = 100.0386";
  EXPECT_EQ(c.cents(down(3h)), 41'667) << "10 x 3 / 720 = 4.1667 %";
  EXPECT_EQ(c.cents(down(72h)), 1'000'000) << "a tenth of the month gives all of it";
}

TEST(real_contracts, Baidu_CDS_a_hundred_times_as_days_rounded_up) {
  const contract c{{{.clause = "compensation",
                     .metric = availability,
                     .pays = sla::pro_rata{.below = 99.95_pct, .times = ratio(100)},
                     .form = {.form = remedy_form::term_extension, .unit = "day", .length = 24h}}}};
  const auto days = [&](std::chrono::seconds s) {
    return units(c.settle({down(s)}), remedy_form::term_extension);
  };
  EXPECT_EQ(days(1'296s), 0) << "99.95 % exactly";
  EXPECT_EQ(days(1'297s), 2) << "129,700 s are 1.501 days";
  EXPECT_EQ(days(1'728s), 2) << "172,800 s are two days exactly";
  EXPECT_EQ(days(30min), 3) << "180,000 s are 2.083 days";
}

TEST(real_contracts, Mailgun_five_percent_each_half_hour_after_a_hundredth_of_a_percent) {
  contract c{{{.clause = "credits",
               .metric = availability,
               .pays = sla::per_unit{.unit = 30min, .rate = 5_pct, .free_share = 0.01_pct}}},
             {{.clause = "cap", .limit = 50_pct}},
             combination::sum,
             usd(3'500)};
  // 2 h less 259.2 s are 6,940.8 s = 3.856 half hours, and the text does not say what a part of one pays.
  const auto s = c.settle({down(2h)});
  ASSERT_EQ(s.readings.size(), 3U);
  EXPECT_TRUE(s.counting_unstated);
  EXPECT_EQ(s.readings[0].total, usd(525)) << "3 complete: 15 % of 35.00";
  EXPECT_EQ(s.readings[1].total, usd(675)) << "19.28 %: 6.748";
  EXPECT_EQ(s.readings[2].total, usd(700)) << "4 started: 20 %";
  EXPECT_EQ(s.total, usd(525));
  // 10 h: 19.856 half hours pay 95 % and more; the cap settles it on any reading.
  EXPECT_EQ(c.cents(down(10h)), 1'750);
  EXPECT_EQ(c.cents(down(259s)), 0);
}

TEST(real_contracts, Notion_long_outages_only_and_one_a_day) {
  const contract c{
      {{.clause = "credit",
        .metric = outage,
        .pays =
            sla::per_unit{.unit = 30min, .rate = 5_pct, .counted = unit_counting::complete, .more_than = 1h},
        .once_a_day = true}}};
  const std::chrono::sys_days tenth = 2026y / 10 / 10;
  const auto of = [&](std::string id, std::chrono::seconds s, int day) {
    return sla::figure{
        .metric = outage, .subject = std::move(id), .elapsed = s, .date = tenth + std::chrono::days(day)};
  };
  EXPECT_EQ(c.cents(of("a", 1h, 0)), 0) << "not over an hour";
  EXPECT_EQ(c.cents(of("a", 1h + 1s, 0)), 100'000) << "two complete half hours, 10 %";
  EXPECT_EQ(c.cents(of("a", 90min, 0)), 150'000);
  const auto s = c.settle({of("a", 2h, 0), of("b", 90min, 0), of("c", 61min, 1)});
  EXPECT_EQ(s.total, usd(300'000)) << "20 % on the 10th, where 15 % is superseded, and 10 % on the 11th";
}

TEST(real_contracts, SAP_two_percent_a_percent_has_three_readings) {
  const contract c{
      {{.clause = "credit", .metric = availability, .pays = sla::per_step_below{99.7_pct, 1_pct, 2_pct}}},
      {{.clause = "limit", .limit = 100_pct}}};
  EXPECT_EQ(c.cents(uptime(98.7_pct)), 20'000) << "one percent exactly: nothing is open";
  const auto s = c.settle({uptime(98_pct)});
  ASSERT_EQ(s.readings.size(), 3U);
  EXPECT_EQ(s.readings[0].total, usd(20'000)) << "1.7 % is one whole percent";
  EXPECT_EQ(s.readings[0].favours, sla::favoured::vendor);
  EXPECT_EQ(s.readings[1].total, usd(34'000)) << "or 3.4 %";
  EXPECT_EQ(s.readings[2].total, usd(40'000)) << "or two begun ones";
  EXPECT_EQ(s.readings[2].favours, sla::favoured::customer);
}

TEST(real_contracts, Cornerstone_a_day_of_the_years_fee_for_each_started_step) {
  const std::vector<credit_terms> clauses{
      {.clause = "credit",
       .metric = availability,
       .pays = sla::per_step_below{99.5_pct, 0.3_pct, ratio(1, 365), unit_counting::started},
       .base = {.fee = annual}}};
  const std::vector<sla::fee> fees{{.id = annual, .amount = usd(3'650'000)},
                                   {.id = monthly, .amount = usd(304'167)}};
  const auto cents = [&](ratio value) {
    const std::vector<sla::figure> figures{uptime(value)};
    return sla::settle({clauses, {}, combination::sum}, {.fees = fees, .figures = figures})
        .total.minor_units();
  };
  EXPECT_EQ(cents(99.5_pct), 0);
  EXPECT_EQ(cents(99.49_pct), 10'000) << "36,500.00 / 365";
  EXPECT_EQ(cents(99.2_pct), 10'000) << "0.3 % is one step";
  EXPECT_EQ(cents(99.19_pct), 20'000);
  EXPECT_EQ(cents(98.8_pct), 30'000) << "0.7 % begins a third";
}

TEST(real_contracts, Dynatrace_commitment_less_uptime_up_to_a_tenth) {
  const contract c{{{.clause = "SLA credit",
                     .metric = availability,
                     .pays = sla::per_step_below{99.5_pct, 100_pct, 100_pct, unit_counting::proportional}}},
                   {{.clause = "limit", .limit = 10_pct}}};
  EXPECT_EQ(c.cents(uptime(99.5_pct)), 0);
  EXPECT_EQ(c.cents(uptime(99_pct)), 5'000) << "0.5 % of 10,000.00";
  EXPECT_EQ(c.cents(uptime(89.5_pct)), 100'000) << "10 % exactly";
  EXPECT_EQ(c.cents(uptime(80_pct)), 100'000) << "19.5 % is cut";
}

TEST(real_contracts, Coupa_the_greater_of_a_tenth_and_the_time_down) {
  const contract c{
      {{.clause = "uptime SLA",
        .metric = availability,
        .pays = sla::max_of({sla::constant{10_pct, 99.8_pct}, sla::pro_rata{.below = 99.8_pct}})}},
      {{.clause = "limit", .limit = 100_pct}}};
  EXPECT_EQ(c.cents(uptime(99.8_pct)), 0);
  EXPECT_EQ(c.cents(uptime(99.7_pct)), 100'000) << "10 % against 0.3 %";
  EXPECT_EQ(c.cents(uptime(90_pct)), 100'000);
  EXPECT_EQ(c.cents(uptime(85_pct)), 150'000);
  EXPECT_EQ(c.cents(uptime(0_pct)), 1'000'000);
}

// Months from January 2026 on.
std::vector<sla::settlement> in_turn(const contract& c, const std::vector<ratio>& values) {
  const std::vector<sla::fee> fees{{.id = monthly, .amount = c.fee}};
  std::vector<sla::window_case> cases;
  std::chrono::year_month m = 2026y / 1;
  for (const ratio& v : values) {
    const auto next = m + std::chrono::months(1);
    cases.push_back({.window = {std::chrono::sys_days(m / 1), std::chrono::sys_days(next / 1)},
                     .figures = {uptime(v)},
                     .rest = {.fees = fees}});
    m = next;
  }
  return sla::settle_in_turn({c.clauses, c.caps, c.combined}, cases);
}

TEST(real_contracts, HubSpot_from_the_second_consecutive_month) {
  const contract c{{{.clause = "uptime",
                     .metric = availability,
                     .pays = sla::pro_rata{.below = 99.95_pct},
                     .gate = {.misses = 2}}}};
  std::vector<std::int64_t> paid;
  for (const auto& s : in_turn(c, {99.9_pct, 99.8_pct, 99.95_pct, 99_pct, 99_pct, 98_pct}))
    paid.push_back(s.total.minor_units());
  // 0.2 % of 10,000.00 in February; March keeps its bound; April is a first miss again.
  EXPECT_EQ(paid, (std::vector<std::int64_t>{0, 2'000, 0, 0, 10'000, 20'000}));
}

TEST(real_contracts, Workday_climbs_with_each_miss_in_six_months) {
  const contract c{
      {{.clause = "meeting",
        .metric = availability,
        .pays = sla::nth_miss{.below = 99.9_pct, .windows = 6, .rates = {ratio(1)}},
        .form = {.form = remedy_form::service_duty, .unit = "corrective action meeting"}},
       {.clause = "credit",
        .metric = availability,
        .pays = sla::nth_miss{.below = 99.9_pct, .windows = 6, .rates = {0_pct, 10_pct, 20_pct, 30_pct}}}}};
  const ratio miss = 99_pct, kept = 99.95_pct;
  std::vector<std::int64_t> paid, duties;
  for (const auto& s :
       in_turn(c, {miss, kept, miss, miss, kept, miss, miss, kept, kept, kept, kept, kept, miss})) {
    paid.push_back(s.total.minor_units());
    duties.push_back(units(s, remedy_form::service_duty));
  }
  // January falls out of July's six months: the fifth miss of the year is the fourth of six.
  EXPECT_EQ(paid, (std::vector<std::int64_t>{0, 0, 100'000, 200'000, 0, 300'000, 300'000, 0, 0, 0, 0, 0, 0}));
  EXPECT_EQ(duties, (std::vector<std::int64_t>{1, 0, 1, 1, 0, 1, 1, 0, 0, 0, 0, 0, 1}));
}

TEST(real_contracts, Graylog_days_of_term_by_quarter) {
  const contract c{{{.clause = "extension",
                     .metric = availability,
                     .pays = sla::steps{{{99.9_pct, ratio(3)}, {99.5_pct, ratio(7)}, {99_pct, ratio(15)}}},
                     .form = {.form = remedy_form::term_extension, .unit = "day"}}}};
  constexpr std::chrono::seconds quarter = 92 * 24h;  // July to September: 0.1 % are 7,948.8 s
  const auto days = [&](std::chrono::seconds s) {
    return units(c.settle({down(s, quarter)}), remedy_form::term_extension);
  };
  EXPECT_EQ(days(7'948s), 0);
  EXPECT_EQ(days(7'949s), 3);
  EXPECT_EQ(days(39'744s), 3) << "0.5 % exactly";
  EXPECT_EQ(days(39'745s), 7);
  EXPECT_EQ(days(79'489s), 15);
}

TEST(real_contracts, Segment_termination_after_two_in_a_row_or_three_of_six) {
  const auto right = [](std::string clause, sla::gate_terms gate) {
    return credit_terms{.clause = std::move(clause),
                        .metric = availability,
                        .pays = sla::constant{ratio(1), 99.9_pct},
                        .form = {.form = remedy_form::termination_right, .unit = "contract"},
                        .gate = gate};
  };
  const contract c{
      {right("two in a row", {.misses = 2}), right("three of six", {.misses = 3, .windows = 6})}};
  const ratio miss = 99_pct, kept = 100_pct;
  std::vector<std::int64_t> rights;
  for (const auto& s : in_turn(c, {miss, kept, miss, kept, miss, kept, kept, kept, miss, miss}))
    rights.push_back(units(s, remedy_form::termination_right));
  // May is the third miss of six months; September is the second of six; October follows it, and is the third, too.
  EXPECT_EQ(rights, (std::vector<std::int64_t>{0, 0, 0, 0, 1, 0, 0, 0, 0, 1}));
}

TEST(real_contracts, Late_responses_by_the_hour_by_the_breach_and_by_the_month) {
  const contract c{
      {{.clause = "6.1",
        .metric = lateness,
        .pays =
            sla::per_unit{
                .unit = 1h, .rate = 5_pct, .counted = unit_counting::started, .in = sla::time_kind::worked}},
       {.clause = "6.2",
        .metric = breaches,
        .pays = sla::count_tiers{{{.from = 3, .rate = 5_pct}, {.from = 6, .rate = 15_pct}}}},
       {.clause = "6.3", .metric = attainment, .pays = sla::steps{{{95_pct, 5_pct}, {90_pct, 10_pct}}}}},
      {{.clause = "6.9", .limit = 30_pct}},
      combination::sum,
      yuan(900'000)};
  const auto late = [](std::string id, std::chrono::seconds s) {
    return sla::figure{.metric = lateness, .subject = std::move(id), .elapsed = s + 14h, .worked = s};
  };
  EXPECT_EQ(c.cents(late("INC-1", 0s)), 0)
      << "answered on the next morning's first second: no business time late";
  EXPECT_EQ(c.cents(late("INC-1", 1s)), 45'000) << "a second begins the first hour, 5 % of 9,000.00";
  EXPECT_EQ(c.cents(late("INC-1", 1h)), 45'000);
  EXPECT_EQ(c.cents(late("INC-1", 1h + 1s)), 90'000);
  // 10 + 5 % for two late answers, 5 % for three breaches, 10 % for 18 of 21 in time: 30 % exactly.
  const auto s = c.settle({late("INC-1", 61min),
                           late("INC-2", 5min),
                           {.metric = breaches, .count = 3},
                           {.metric = attainment, .value = ratio(18, 21)}});
  EXPECT_EQ(s.total, yuan(270'000));
  EXPECT_EQ(s.caps[0].reduction, yuan(0));
  // One breach more of an hour: 5 % over the cap.
  const auto over = c.settle({late("INC-1", 61min),
                              late("INC-2", 61min),
                              {.metric = breaches, .count = 3},
                              {.metric = attainment, .value = ratio(18, 21)}});
  EXPECT_EQ(over.caps[0].reduction, yuan(45'000));
  EXPECT_EQ(over.total, yuan(270'000));
}

// Four hours down under four promises.
TEST(real_contracts, A_refund_of_the_own_minutes_is_a_few_yuan) {
  contract c{{{.clause = "4", .metric = availability, .pays = sla::pro_rata{}}},
             {},
             combination::sum,
             yuan(1'000'000)};
  EXPECT_EQ(c.cents(down(4h)), 5'556) << "4 of 720 hours of 10,000.00";
  c.clauses[0].pays = sla::pro_rata{.times = ratio(10)};
  EXPECT_EQ(c.cents(down(4h)), 55'556);
  c.clauses[0].pays = sla::pro_rata{.times = ratio(100)};
  EXPECT_EQ(c.cents(down(4h)), 555'556);
  c.clauses[0].pays = sla::steps{{{99.99_pct, 10_pct}, {99_pct, 30_pct}}};
  EXPECT_EQ(c.cents(down(4h)), 100'000) << "99.44 %";
}

}  // namespace
}  // namespace real_contracts_test
