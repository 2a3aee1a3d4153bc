// SPDX-License-Identifier: MIT
// M5 bases, M6 forms, M7 gates and claims, M8 root causes and caps by form.

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include <sla/calendar/calendar.hpp>
#include <sla/compensation/settle.hpp>

namespace remedies_test {
namespace {

using namespace std::chrono_literals;
using namespace sla::literals;
using sla::combination;
using sla::instant;
using sla::line_outcome;
using sla::ratio;
using sla::remedy_form;

constexpr sla::metric_id availability = 1, lateness = 2;
constexpr sla::fee_id monthly = 0, annual = 1, of_service = 2, list_price = 3;

sla::money yuan(std::int64_t cents) { return sla::money::minor(cents, sla::cny); }

sla::credit_terms ten_percent(std::string clause = "5.2") {
  return {.clause = std::move(clause), .metric = availability, .pays = sla::steps{{{99.9_pct, 10_pct}}}};
}
sla::figure missed(std::string subject = "ivr") {
  return {.metric = availability, .value = 99_pct, .subject = std::move(subject)};
}
struct one_case {
  std::vector<sla::credit_terms> credits{ten_percent()};
  std::vector<sla::cap_terms> caps{};
  combination combined = combination::sum;
  std::vector<sla::fee> fees{{.amount = yuan(100'000)}};
  std::vector<sla::figure> figures{missed()};
  std::vector<sla::earlier_payment> earlier{};
  std::vector<sla::earlier_units> units{};
  std::vector<sla::claim_period> periods{};
  std::vector<sla::claim> claims{};
  instant as_of = instant::latest();
  std::int32_t days = 31;
  sla::plan_id plan = 0;

  [[nodiscard]] sla::settlement settle() const {
    return sla::settle({credits, caps, combined},
                       {fees, figures, earlier, units, periods, claims, as_of, days, plan});
  }
};
std::int64_t units(const sla::settlement& s, remedy_form form, const std::string& unit) {
  for (const auto& t : s.totals)
    if (t.form == form && t.unit == unit) return t.count;
  return -1;
}
std::int64_t cents(const sla::settlement& s, remedy_form form) {
  for (const auto& t : s.totals)
    if (t.form == form) return t.amount.minor_units();
  return -1;
}

// --- M5

TEST(base, M5_a_named_fee_and_what_of_it_belongs_to_the_window) {
  one_case c;
  c.fees = {{.id = monthly, .amount = yuan(100'000)}, {.id = annual, .amount = yuan(1'000'001), .days = 365}};
  c.credits[0].base = {.fee = annual};
  EXPECT_EQ(c.settle().total, yuan(100'000)) << "a tenth of 10,000.01";
  c.credits[0].base.spread = sla::fee_spread::twelfth;
  // A tenth of a twelfth of 1,000,001 cents is 8,333.34...
  EXPECT_EQ(c.settle().total, yuan(8'333));
  EXPECT_EQ(c.settle().lines[0].exact, ratio(1'000'001, 120)) << "the twelfth is not rounded by itself";
  c.credits[0].base.spread = sla::fee_spread::by_days;
  // 31/365 of it: 1,000,001 x 31 / 3,650 = 8,493.16
  EXPECT_EQ(c.settle().total, yuan(8'493));
  EXPECT_EQ(c.settle().lines[0].base_share, ratio(31, 365));
  c.days = 0;
  EXPECT_THROW((void)c.settle(), sla::error);
}

TEST(base, M5_one_services_fee_and_a_fee_for_each_seat) {
  one_case c;
  c.fees = {{.id = of_service, .amount = yuan(30'000), .subject = "ivr"},
            {.id = of_service, .amount = yuan(50'000), .subject = "voice"}};
  c.credits[0].base = {.fee = of_service, .of_subject = true};
  c.figures = {missed("voice"), missed("ivr")};
  const auto s = c.settle();
  EXPECT_EQ(s.lines[0].amount, yuan(5'000));
  EXPECT_EQ(s.lines[1].amount, yuan(3'000));
  c.figures = {missed("chat")};
  EXPECT_THROW((void)c.settle(), sla::error) << "no fee of that service";
  c.figures = {missed("ivr")};
  c.figures[0].seats = 7;
  c.credits[0].base.each_seat = true;
  EXPECT_EQ(c.settle().total, yuan(21'000));
}

TEST(base, M0_tax_and_price_that_are_not_stated_have_a_reading_each) {
  one_case c;
  c.fees = {{.amount = yuan(106'000), .tax = sla::fee_tax::included},
            {.amount = yuan(100'000), .tax = sla::fee_tax::excluded}};
  const auto s = c.settle();
  ASSERT_EQ(s.readings.size(), 2U);
  EXPECT_TRUE(s.base_unstated);
  EXPECT_FALSE(s.combination_unstated || s.table_undefined || s.counting_unstated);
  EXPECT_EQ(s.total, yuan(10'000));
  EXPECT_EQ(s.readings[1].total, yuan(10'600));
  EXPECT_EQ(s.readings[1].favours, sla::favoured::customer);
  c.credits[0].base.tax = sla::fee_tax::included;
  EXPECT_TRUE(c.settle().is_defined());
  EXPECT_EQ(c.settle().total, yuan(10'600));
  c.figures[0].value = 100_pct;
  c.credits[0].base.tax = sla::fee_tax::unstated;
  EXPECT_TRUE(c.settle().is_defined()) << "nothing is missed, nothing is asked";
  // Two prices by two taxes: four readings.
  c.figures[0].value = 99_pct;
  c.fees = {{.amount = yuan(100), .tax = sla::fee_tax::included, .price = sla::fee_price::list},
            {.amount = yuan(200), .tax = sla::fee_tax::excluded, .price = sla::fee_price::list},
            {.amount = yuan(300), .tax = sla::fee_tax::included, .price = sla::fee_price::paid},
            {.amount = yuan(400), .tax = sla::fee_tax::excluded, .price = sla::fee_price::paid}};
  EXPECT_EQ(c.settle().readings.size(), 4U);
  c.credits[0].base.price = sla::fee_price::paid;
  EXPECT_EQ(c.settle().total, yuan(30));
}

TEST(base, M5_a_free_year_takes_the_reference_fee_or_says_that_it_is_zero) {
  one_case c;
  c.fees = {{.id = monthly, .amount = yuan(0)}, {.id = list_price, .amount = yuan(80'000)}};
  EXPECT_EQ(c.settle().total, yuan(0));
  EXPECT_TRUE(c.settle().lines[0].base.is_zero());
  EXPECT_EQ(c.settle().lines[0].outcome, line_outcome::pays);
  c.credits[0].base.reference = list_price;
  EXPECT_EQ(c.settle().total, yuan(8'000));
  EXPECT_TRUE(c.settle().lines[0].base_is_reference);
  c.fees[0].amount = yuan(1);
  EXPECT_FALSE(c.settle().lines[0].base_is_reference) << "any fee of its own is the base";
}

TEST(base, M1_fees_of_two_currencies_negative_ones_and_none_throw) {
  one_case c;
  c.fees.push_back({.id = annual, .amount = sla::money::minor(1, sla::usd)});
  EXPECT_THROW((void)c.settle(), sla::error);
  c.fees = {{.amount = yuan(-1)}};
  EXPECT_THROW((void)c.settle(), sla::error);
  c.fees = {};
  EXPECT_THROW((void)c.settle(), sla::error);
}

TEST(line, M1_fixed_amounts_at_the_edges_and_in_another_currency) {
  one_case c;
  c.credits[0].pays = sla::constant{yuan(50'000), 99.9_pct};
  EXPECT_EQ(c.settle().total, yuan(50'000));
  EXPECT_EQ(c.settle().lines[0].exact, ratio(50'000));
  c.credits[0].pays = sla::constant{sla::money::minor(1, sla::usd), 99.9_pct};
  EXPECT_THROW((void)c.settle(), sla::error);
  constexpr auto most = std::numeric_limits<std::int64_t>::max();
  c.credits[0].pays = sla::constant{yuan(most), 99.9_pct};
  EXPECT_EQ(c.settle().total, yuan(most));
  c.credits[0].pays = sla::sum_of({sla::constant{yuan(most), 99.9_pct}, sla::steps{{{99.9_pct, 1_pct}}}});
  EXPECT_THROW((void)c.settle(), sla::error) << "a cent more than 64 bits";
}

TEST(line, M2_a_share_and_an_amount_are_rounded_once_and_together) {
  one_case c;
  c.fees = {{.amount = yuan(25)}};  // a tenth is 2.5 cents; with 1 cent 3.5
  c.credits[0].pays = sla::sum_of({sla::steps{{{99.9_pct, 10_pct}}}, sla::constant{yuan(1), 99.9_pct}});
  const std::pair<sla::rounding, std::int64_t> modes[]{
      {sla::rounding::half_up, 4},     {sla::rounding::half_even, 4}, {sla::rounding::half_down, 3},
      {sla::rounding::toward_zero, 3}, {sla::rounding::away, 4},      {sla::rounding::floor, 3},
      {sla::rounding::ceil, 4}};
  for (const auto& [mode, want] : modes) {
    c.credits[0].rounding = mode;
    EXPECT_EQ(c.settle().total, yuan(want)) << name(mode);
  }
}

// --- M6

TEST(form, M6_totals_are_kept_apart_by_form_and_unit) {
  one_case c;
  const auto with = [](remedy_form form, std::string unit, ratio rate) {
    auto t = ten_percent(std::string(name(form)));
    t.pays = sla::steps{{{99.9_pct, rate}}};
    t.form = {.form = form, .unit = std::move(unit)};
    return t;
  };
  c.credits = {with(remedy_form::credit, "", 10_pct),
               with(remedy_form::voucher, "", 20_pct),
               with(remedy_form::cash, "", 5_pct),
               with(remedy_form::term_extension, "day", ratio(3)),
               with(remedy_form::term_extension, "hour", ratio(5, 2)),
               with(remedy_form::free_units, "message", ratio(1'000)),
               with(remedy_form::termination_right, "contract", ratio(1)),
               with(remedy_form::service_duty, "review", ratio(1))};
  c.figures = {missed("a"), missed("b")};
  const auto s = c.settle();
  EXPECT_EQ(s.total, yuan(20'000));
  EXPECT_EQ(cents(s, remedy_form::credit), 20'000);
  EXPECT_EQ(cents(s, remedy_form::voucher), 40'000);
  EXPECT_EQ(cents(s, remedy_form::cash), 10'000);
  EXPECT_EQ(units(s, remedy_form::term_extension, "day"), 6);
  EXPECT_EQ(units(s, remedy_form::term_extension, "hour"), 6) << "each line's 2.5 hours round up";
  EXPECT_EQ(units(s, remedy_form::free_units, "message"), 2'000);
  EXPECT_EQ(units(s, remedy_form::termination_right, "contract"), 1) << "a right is had once";
  EXPECT_EQ(units(s, remedy_form::service_duty, "review"), 1);
  EXPECT_EQ(s.totals.size(), 8U);
  EXPECT_EQ(s.totals[0].form, remedy_form::credit);
}

TEST(form, M6_an_extension_by_the_time_down_rounds_up_to_days_or_hours) {
  one_case c;
  c.credits[0].pays = sla::pro_rata{.below = 99.9_pct, .times = ratio(100)};
  c.credits[0].form = {.form = remedy_form::term_extension, .unit = "day", .length = 24h};
  const auto of = [&](std::chrono::seconds down) {
    c.figures = {
        {.metric = availability, .value = ratio(1) - ratio(down.count(), 2'592'000), .whole = 30 * 24h}};
    return c.settle();
  };
  EXPECT_EQ(units(of(2'592s), remedy_form::term_extension, "day"), 0) << "99.9 % is hit exactly";
  EXPECT_EQ(units(of(2'593s), remedy_form::term_extension, "day"), 4) << "259,300 s are 3.0012 days";
  EXPECT_EQ(of(2'593s).lines[0].exact, ratio(259'300, 86'400));
  EXPECT_EQ(units(of(4'320s), remedy_form::term_extension, "day"), 5) << "432,000 s are 5 days exactly";
  EXPECT_EQ(units(of(4'321s), remedy_form::term_extension, "day"), 6);
  c.credits[0].form = {.form = remedy_form::term_extension, .unit = "hour", .length = 1h};
  EXPECT_EQ(units(of(2'593s), remedy_form::term_extension, "hour"), 73) << "72.03 hours";
}

TEST(form, M8_a_cap_limits_one_form) {
  one_case c;
  c.credits.push_back(ten_percent("5.3"));
  c.credits[1].form = {.form = remedy_form::term_extension, .unit = "day"};
  c.credits[1].pays = sla::steps{{{99.9_pct, ratio(7)}}};
  c.figures = {missed("a"), missed("b")};
  c.caps = {{.clause = "money", .limit = 15_pct},
            {.clause = "days", .limit = std::int64_t{10}, .form = remedy_form::term_extension, .unit = "day"},
            {.clause = "year",
             .limit = std::int64_t{12},
             .scope = sla::cap_scope::year,
             .form = remedy_form::term_extension,
             .unit = "day"}};
  c.units = {{sla::cap_scope::year, 5, remedy_form::term_extension, "day"},
             {sla::cap_scope::year, 100, remedy_form::term_extension, "hour"}};
  const auto s = c.settle();
  EXPECT_EQ(s.total, yuan(15'000));
  EXPECT_EQ(units(s, remedy_form::term_extension, "day"), 7);
  ASSERT_EQ(s.unit_caps.size(), 2U);
  EXPECT_EQ(s.unit_caps[0].before, 14);
  EXPECT_EQ(s.unit_caps[0].reduction, 4);
  EXPECT_EQ(s.unit_caps[1].earlier, 5);
  EXPECT_EQ(s.unit_caps[1].after, 7);
  ASSERT_EQ(s.caps.size(), 1U);
  c.caps = {{.clause = "wrong", .limit = std::int64_t{10}}};
  EXPECT_THROW((void)c.settle(), sla::error) << "a number of units limits no money";
  c.caps = {{.clause = "wrong", .limit = 10_pct, .form = remedy_form::term_extension, .unit = "day"}};
  EXPECT_THROW((void)c.settle(), sla::error);
}

TEST(form, M8_max_chooses_within_a_form) {
  one_case c;
  c.combined = combination::max;
  c.credits = {ten_percent("a"), ten_percent("b"), ten_percent("c")};
  c.credits[2].form.form = remedy_form::voucher;
  const auto s = c.settle();
  EXPECT_EQ(s.total, yuan(10'000));
  EXPECT_EQ(cents(s, remedy_form::voucher), 10'000);
  EXPECT_EQ(s.lines[1].outcome, line_outcome::superseded);
  EXPECT_EQ(s.lines[2].outcome, line_outcome::pays);
}

// --- M7 gates

TEST(gate, M7_a_minimum_is_exclusive) {
  one_case c;
  c.credits[0].gate.more_than = yuan(10'000);
  EXPECT_EQ(c.settle().total, yuan(0));
  EXPECT_EQ(c.settle().lines[0].outcome, line_outcome::gated);
  EXPECT_EQ(c.settle().lines[0].gate, sla::gate_kind::minimum);
  EXPECT_EQ(c.settle().lines[0].amount, yuan(10'000)) << "the amount is shown";
  c.credits[0].gate.more_than = yuan(9'999);
  EXPECT_EQ(c.settle().total, yuan(10'000));
  c.credits[0].gate.more_than = sla::money::minor(1, sla::usd);
  EXPECT_THROW((void)c.settle(), sla::error);
}

TEST(gate, M7_consecutive_misses_and_misses_among_windows) {
  using w = sla::window_result;
  struct row {
    std::size_t misses, windows;
    std::vector<w> earlier;
    bool pays;
  };
  const row rows[]{{1, 0, {}, true},
                   {2, 0, {}, false},
                   {2, 0, {w::missed}, true},
                   {2, 0, {w::missed, w::kept}, false},
                   {2, 0, {w::missed, w::no_data}, false},
                   {3, 0, {w::missed, w::missed}, true},
                   {3, 6, {w::missed, w::missed}, true},
                   {3, 6, {w::missed, w::kept, w::kept, w::kept, w::missed}, true},
                   {3, 6, {w::missed, w::kept, w::kept, w::kept, w::kept, w::missed}, false},
                   {3, 6, {w::missed, w::no_data}, false}};
  for (const row& r : rows) {
    one_case c;
    c.credits[0].gate = {.misses = r.misses, .windows = r.windows};
    c.figures[0].earlier = r.earlier;
    const auto s = c.settle();
    EXPECT_EQ(s.total, yuan(r.pays ? 10'000 : 0)) << r.misses << ' ' << r.windows << ' ' << r.earlier.size();
    EXPECT_EQ(s.lines[0].gate, r.pays ? sla::gate_kind::none : sla::gate_kind::misses);
    EXPECT_EQ(sla::result_of(s.lines[0]), w::missed) << "a gate does not make a miss undone";
  }
}

TEST(gate, M7_plans) {
  one_case c;
  c.credits[0].gate.plans = {2, 3};
  EXPECT_EQ(c.settle().lines[0].gate, sla::gate_kind::plan);
  c.plan = 3;
  EXPECT_EQ(c.settle().total, yuan(10'000));
}

// --- M7 claims

const sla::zone shanghai = sla::zone::posix("Asia/Shanghai", "CST-8");
instant local(std::chrono::year_month_day d, std::chrono::seconds at = 0s) {
  return instant(std::chrono::sys_days(d)) - 8h + at;
}
const sla::interval october{local(2026y / 10 / 1), local(2026y / 11 / 1)};

TEST(claim, M7_within_days_of_the_windows_end) {
  // The month ends on the 31st, which is not counted: 30 days are 1 to 30 November.
  const sla::claim_terms thirty{.within = sla::civil_span::days(30)};
  const auto open = sla::admissible(thirty, october, october.end, shanghai);
  EXPECT_EQ(open.begin, local(2026y / 11 / 1));
  EXPECT_EQ(open.end, local(2026y / 12 / 1));
  // Of an occurrence on the 10th: to the 9th of November, or 72 hours to the second.
  const instant t = local(2026y / 10 / 10, 9h);
  sla::claim_terms of_it{.from = sla::claim_terms::occurrence, .within = sla::civil_span::days(30)};
  EXPECT_EQ(sla::admissible(of_it, october, t, shanghai), (sla::interval{t, local(2026y / 11 / 10)}));
  of_it.within = std::chrono::seconds(72h);
  EXPECT_EQ(sla::admissible(of_it, october, t, shanghai), (sla::interval{t, t + 72h}));
}

TEST(claim, M7_workdays_need_a_calendar) {
  const sla::business_time workdays{
      {.zone = shanghai, .hours = "Mon-Fri 09:00-18:00"_hours, .cover = {2026y, 2028y}}};
  const sla::claim_terms fifth{.from_workday = 5, .within = sla::civil_span::months(2)};
  const auto open = sla::admissible(fifth, october, october.end, shanghai, &workdays);
  // 2 to 6 November are the first five workdays.
  EXPECT_EQ(open.begin, local(2026y / 11 / 6));
  EXPECT_EQ(open.end, local(2027y / 1 / 1)) << "two months on from 31 October is 31 December, to 24:00";
  const sla::claim_terms thirty{.within = 30_bd};
  // 1 November is a Sunday; the 30th workday from the 2nd on is 11 December.
  EXPECT_EQ(sla::admissible(thirty, october, october.end, shanghai, &workdays).end, local(2026y / 12 / 12));
  const sla::claim_terms moved{.within = sla::civil_span::days(14), .moves_to_workday = true};
  EXPECT_EQ(sla::admissible(moved, october, october.end, shanghai, &workdays).end, local(2026y / 11 / 17))
      << "14 November is a Saturday: Monday the 16th";
  EXPECT_THROW((void)sla::admissible(fifth, october, october.end, shanghai), sla::error);
  const sla::interval far{local(2029y / 1 / 1), local(2029y / 2 / 1)};
  EXPECT_TRUE(sla::admissible(fifth, far, far.end, shanghai, &workdays).begin.is_unknown());
}

TEST(claim, M7_in_time_is_paid_and_late_is_forfeited_with_its_amount) {
  one_case c;
  c.credits[0].must_be_claimed = true;
  const instant first = local(2026y / 11 / 6), end = local(2027y / 1 / 1);
  c.periods = {{"5.2", "", {first, end}}};
  struct row {
    std::vector<instant> claims;
    instant as_of;
    line_outcome outcome;
    sla::claim_state state;
  };
  using o = line_outcome;
  using st = sla::claim_state;
  const row rows[]{{{}, first - 1s, o::claimable, st::not_yet},
                   {{}, first, o::claimable, st::open},
                   {{}, end - 1s, o::claimable, st::open},
                   {{}, end, o::forfeited, st::forfeited},
                   {{first - 1s}, end, o::forfeited, st::forfeited},  // too early counts for nothing
                   {{first}, end, o::pays, st::claimed},
                   {{end - 1s}, end, o::pays, st::claimed},
                   {{end}, end, o::forfeited, st::forfeited},
                   {{end, first}, end, o::pays, st::claimed},       // one in time is enough
                   {{first + 1h}, first, o::claimable, st::open}};  // not seen yet
  for (const row& r : rows) {
    c.claims.clear();
    for (const instant at : r.claims) c.claims.push_back({"5.2", "ivr", at});
    c.as_of = r.as_of;
    const auto s = c.settle();
    const auto at = r.claims.empty() ? 0 : r.claims[0].unix_seconds();
    EXPECT_EQ(s.lines[0].outcome, r.outcome) << at;
    EXPECT_EQ(s.lines[0].claim.state, r.state) << at;
    EXPECT_EQ(s.lines[0].amount, yuan(10'000));
    EXPECT_EQ(s.total, yuan(r.outcome == o::pays ? 10'000 : 0));
    if (r.outcome == o::claimable) {
      ASSERT_EQ(s.claimable.size(), 1U);
      EXPECT_EQ(s.claimable[0].amount, yuan(10'000));
    } else {
      EXPECT_TRUE(s.claimable.empty());
    }
  }
}

TEST(claim, M7_for_one_subject_or_all_and_automatic_where_none_is_stated) {
  one_case c;
  EXPECT_EQ(c.settle().lines[0].claim.state, sla::claim_state::automatic);
  c.credits[0].must_be_claimed = true;
  c.figures = {missed("a"), missed("b")};
  c.claims = {{"5.2", "b", local(2026y / 11 / 6)}};
  c.as_of = local(2026y / 12 / 1);
  EXPECT_EQ(c.settle().total, yuan(10'000));
  EXPECT_EQ(c.settle().lines[0].outcome, line_outcome::claimable) << "without a period there is time";
  c.claims[0].subject = "";
  EXPECT_EQ(c.settle().total, yuan(20'000));
  c.claims[0].clause = "5.3";
  EXPECT_EQ(c.settle().total, yuan(0));
  // A subject's own period stands before the one of all.
  c.periods = {{"5.2", "", {instant::earliest(), local(2026y / 11 / 1)}},
               {"5.2", "a", {instant::earliest(), instant::never()}}};
  EXPECT_EQ(c.settle().lines[0].outcome, line_outcome::claimable);
  EXPECT_EQ(c.settle().lines[1].outcome, line_outcome::forfeited);
}

TEST(claim, M7_what_claiming_would_add_respects_caps) {
  one_case c;
  c.credits[0].must_be_claimed = true;
  c.figures = {missed("a"), missed("b"), missed("c")};
  c.caps = {{.clause = "5.6", .limit = 25_pct}};
  c.claims = {{"5.2", "a", local(2026y / 11 / 6)}};
  c.as_of = local(2026y / 12 / 1);
  const auto s = c.settle();
  EXPECT_EQ(s.total, yuan(10'000));
  EXPECT_EQ(s.claimable[0].amount, yuan(15'000)) << "30 % less 5 % over the cap less what is claimed";
}

// --- M8

TEST(root_cause, M8_of_one_cause_the_largest_pays) {
  one_case c;
  c.combined = combination::root_cause;
  c.credits.push_back(
      {.clause = "6.1",
       .metric = lateness,
       .pays = sla::per_unit{.unit = 1h, .rate = 4_pct, .counted = sla::unit_counting::started}});
  c.figures = {missed("ivr"),
               {.metric = lateness, .subject = "INC-1", .elapsed = 2h, .cause = 77},
               {.metric = lateness, .subject = "INC-2", .elapsed = 3h, .cause = 78},
               {.metric = lateness, .subject = "INC-3", .elapsed = 1h}};
  c.figures[0].cause = 77;
  const auto s = c.settle();
  // 10 % for the outage and 8 % for INC-1 have one cause; 12 % and 4 % stand alone.
  EXPECT_EQ(s.total, yuan(26'000));
  EXPECT_EQ(s.lines[1].outcome, line_outcome::superseded);
  c.combined = combination::unstated;
  const auto open = c.settle();
  ASSERT_EQ(open.readings.size(), 3U);
  EXPECT_EQ(open.readings[0].total, yuan(34'000));
  EXPECT_EQ(open.readings[1].total, yuan(12'000));
  EXPECT_EQ(open.readings[2].total, yuan(26'000));
  EXPECT_EQ(open.readings[2].favours, sla::favoured::nobody);
  EXPECT_TRUE(open.combination_unstated);
  c.figures[1].cause = 0;
  EXPECT_EQ(c.settle().readings.size(), 2U) << "no cause is shared: two readings";
}

TEST(once_a_day, M4_of_one_date_the_largest_pays) {
  one_case c;
  c.credits = {{.clause = "5",
                .metric = lateness,
                .pays = sla::per_unit{.unit = 30min, .rate = 5_pct, .counted = sla::unit_counting::complete},
                .once_a_day = true}};
  const std::chrono::sys_days tenth = 2026y / 10 / 10;
  c.figures = {{.metric = lateness, .subject = "a", .elapsed = 1h, .date = tenth},
               {.metric = lateness, .subject = "b", .elapsed = 2h, .date = tenth},
               {.metric = lateness, .subject = "c", .elapsed = 30min, .date = tenth + std::chrono::days(1)},
               {.metric = lateness, .subject = "d", .elapsed = 30min}};
  const auto s = c.settle();
  EXPECT_EQ(s.total, yuan(30'000)) << "20 % + 5 % + 5 %";
  EXPECT_EQ(s.lines[0].outcome, line_outcome::superseded);
}

TEST(counting, M0_unstated_units_have_three_readings) {
  one_case c;
  c.credits[0].pays = sla::per_step_below{99.7_pct, 1_pct, 2_pct};
  c.figures[0].value = 98_pct;
  const auto s = c.settle();
  ASSERT_EQ(s.readings.size(), 3U);
  EXPECT_TRUE(s.counting_unstated);
  EXPECT_EQ(s.readings[0].total, yuan(2'000));
  EXPECT_EQ(s.readings[1].total, yuan(3'400));
  EXPECT_EQ(s.readings[2].total, yuan(4'000));
  EXPECT_EQ(s.readings[0].favours, sla::favoured::vendor);
  // With an unstated combination beside it: six, and a line that pays on some of them counts as a payer.
  c.combined = combination::unstated;
  c.figures = {missed("a"), missed("b")};
  for (auto& f : c.figures) f.value = 99.2_pct;  // half a step: 0, 1 % or 2 %
  const auto both = c.settle();
  EXPECT_EQ(both.readings.size(), 6U);
  EXPECT_TRUE(both.combination_unstated);
  EXPECT_EQ(both.total, yuan(0));
}

TEST(remedies, names) {
  for (int i = 0; i < 7; ++i) {
    const auto form = static_cast<remedy_form>(i);
    EXPECT_EQ(sla::parse_remedy_form(name(form)), form);
  }
  EXPECT_EQ(name(line_outcome::forfeited), "forfeited");
  EXPECT_EQ(name(sla::claim_state::not_yet), "not yet");
  EXPECT_EQ(name(sla::gate_kind::minimum), "minimum");
  EXPECT_EQ(sla::parse_combination("root cause"), combination::root_cause);
}

}  // namespace
}  // namespace remedies_test
