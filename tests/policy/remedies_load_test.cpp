// SPDX-License-Identifier: MIT
// What a policy file states of remedies: each key against the terms it stands for, and the shipped example settled.

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <variant>
#include <vector>

#include <sla/policy/policy_load.hpp>
#include <sla/policy/portfolio.hpp>
#include <sla/policy/records_load.hpp>

namespace remedies_load_test {
namespace {

using namespace sla;
using namespace sla::literals;
using namespace std::chrono_literals;

std::string with(const std::string& rest) {
  return "policy = \"x\"\nversion = 2026-01-01\nzone = \"Asia/Shanghai\"\ncurrency = \"CNY\"\nseverities = "
         "[\"P1\"]\ntiers = [\"basic\", \"gold\"]\n[calendar.workdays]\nhours = \"Mon-Fri 09:00-18:00\"\n"
         "[[target]]\nresponse = \"1h\"\n" +
         rest;
}
policy read(const std::string& rest) {
  auto p = parse_policy("x.toml", with(rest));
  EXPECT_TRUE(p) << p.diagnostics().print();
  return std::move(p).value();
}
// One clause over a metric, with what it pays.
credit_terms clause(const std::string& metric, const std::string& rest) {
  const policy p =
      read("[[credit]]\nclause = \"5\"\nmetric = \"" + metric + "\"\nbase = \"monthly fee\"\n" + rest);
  return p.credits(0).front();
}
template <class Shape>
Shape shape_of(const std::string& metric, const std::string& rest) {
  return std::get<Shape>(clause(metric, rest).pays.is);
}

TEST(remedies_load, M5_an_amount_is_a_share_of_no_fee) {
  const auto credit = [](const std::string& pays) {
    return "[[credit]]\nclause = \"5\"\nmetric = \"availability\"\n" + pays + "\n";
  };
  const std::string fixed = "flat = { amount = \"500\", below = \"99%\" }";
  const auto complaint = [](const std::string& rest) {
    return parse_policy("x.toml", with(rest)).diagnostics().print();
  };
  EXPECT_EQ(complaint(credit(fixed)), "");
  EXPECT_EQ(complaint(credit("sum_of = [{ " + fixed + " }, { " + fixed + " }]")), "");
  const std::string needed = "expected the key 'base'";
  EXPECT_NE(complaint(credit("flat = { rate = \"5%\", below = \"99%\" }")).find(needed), std::string::npos);
  EXPECT_NE(complaint(credit("sum_of = [{ " + fixed + " }, { flat = { rate = \"5%\", below = \"98%\" } }]"))
                .find(needed),
            std::string::npos);
  // A cap on a line is a share of the line's base.
  EXPECT_NE(complaint(credit(fixed) + "[[cap]]\nper = \"line\"\nshare = \"50%\"\n").find(needed),
            std::string::npos);
}

TEST(remedies_load, M4_every_shape_is_read) {
  EXPECT_EQ(shape_of<per_step_below>("availability",
                                     "per_step = { below = \"99.5%\", step = \"0.3%\", rate = \"1/365\", "
                                     "counted = \"started\" }\n"),
            (per_step_below{99.5_pct, 0.3_pct, ratio(1, 365), unit_counting::started}));
  EXPECT_EQ(shape_of<per_step_below>("availability",
                                     "per_step = { below = \"99%\", step = \"1%\", rate = \"2%\" }\n")
                .counted,
            unit_counting::unstated);
  EXPECT_EQ(shape_of<pro_rata>("availability", "refund = { below = \"99.9%\", times = 10 }\n"),
            (pro_rata{99.9_pct, ratio(10), false}));
  EXPECT_EQ(shape_of<pro_rata>("availability", "refund = { up_to = \"99.9%\", times = \"1.5\" }\n"),
            (pro_rata{99.9_pct, ratio(3, 2), true}));
  EXPECT_EQ(shape_of<per_unit>("availability",
                               "per_time = { each = \"30min\", rate = \"5%\", free_share = \"0.01%\" }\n"),
            (per_unit{.unit = 30min, .rate = 5_pct, .free_share = 0.01_pct}));
  EXPECT_EQ(
      shape_of<per_unit>("lateness of response",
                         "per_time = { each = \"1bh\", rate = \"5%\", counted = \"proportional\", over = "
                         "\"30bmin\", free = \"10bmin\" }\n"),
      (per_unit{.unit = 1h,
                .rate = 5_pct,
                .counted = unit_counting::proportional,
                .free = 10min,
                .more_than = 30min,
                .in = time_kind::worked}));
  EXPECT_EQ(shape_of<duration_tiers>("each outage",
                                     "by_duration = [[\"over 4h\", \"10%\"], [\"at least 24h\", \"50%\"]]\n"),
            (duration_tiers{{over(4h, 10_pct), at_least(24h, 50_pct)}}));
  EXPECT_EQ(
      shape_of<duration_tiers>(
          "lateness of response",
          "by_duration = [{ at_least = \"1bh\", up_to = \"2bh\", rate = \"5%\" },\n"
          "  { over = \"2bh\", below = \"9bh\", rate = \"7%\" }, { at_least = \"9bh\", rate = \"9%\" }]\n"),
      (duration_tiers{{{3600, 5_pct, 7201}, {7201, 7_pct, 32'400}, {32'400, 9_pct}}, time_kind::worked}));
  EXPECT_EQ(shape_of<count_tiers>("breaches of response",
                                  "by_count = [{ from = 1, to = 3, rate = \"5%\" }, [4, \"10%\"]]\n"),
            (count_tiers{{{1, 5_pct, 4}, {4, 10_pct}}}));
  EXPECT_EQ(shape_of<per_count>("breaches of response", "per_breach = { rate = \"2%\", free = 1 }\n"),
            (per_count{2_pct, 1}));
  EXPECT_EQ(shape_of<nth_miss>("availability",
                               "nth_miss = { below = \"99.9%\", windows = 6, rates = [\"0%\", \"10%\"] }\n"),
            (nth_miss{99.9_pct, 6, {0_pct, 10_pct}}));
  EXPECT_EQ(shape_of<constant>("availability", "flat = { rate = \"10%\", below = \"99.8%\" }\n"),
            (constant{10_pct, 99.8_pct}));
  EXPECT_EQ(shape_of<constant>("breaches of response", "flat = { amount = \"500\" }\n"),
            (constant{money::minor(50'000, cny)}));
  EXPECT_EQ(clause("availability",
                   "least_of = [{ flat = { rate = \"10%\", below = \"99%\" } },\n"
                   "  { sum_of = [{ refund = { below = \"99%\" } }, { below = [[\"95%\", \"50%\"]] }] }]\n")
                .pays,
            min_of({constant{10_pct, 99_pct}, sum_of({pro_rata{99_pct}, steps{{{95_pct, 50_pct}}}})}));
  EXPECT_EQ(
      std::get<combined>(clause("availability", "greatest_of = [{ refund = { below = \"99%\" } }]\n").pays.is)
          .how,
      shape_op::max);
  EXPECT_EQ(
      std::get<combined>(clause("availability", "last_of = [{ refund = { below = \"99%\" } }]\n").pays.is)
          .how,
      shape_op::override_earlier);
}

TEST(remedies_load, every_metric_has_its_number_and_its_name) {
  const std::vector<std::pair<std::string, metric_id>> all{
      {"availability", availability_metric},
      {"attainment of response", attainment_metric(0)},
      {"breaches of response", number_of(metric_kind::breaches, 0)},
      {"lateness of response", number_of(metric_kind::lateness, 0)},
      {"availability of each service", number_of(metric_kind::each_service)},
      {"each outage", number_of(metric_kind::each_outage)}};
  for (const auto& [text, id] : all) {
    const auto m = parse_metric(text);
    ASSERT_TRUE(m) << text;
    EXPECT_EQ(number_of(m->kind, 0), id);
    EXPECT_EQ(kind_of(id), m->kind);
    EXPECT_EQ(std::string(name(m->kind)) + std::string(m->clock), text);
  }
  EXPECT_EQ(clock_of(number_of(metric_kind::lateness, 7)), 7);
  EXPECT_FALSE(parse_metric("lateness of "));
  EXPECT_FALSE(parse_metric("uptime"));
}

constexpr const char* refund = "refund = { below = \"99.9%\" }\n";
std::string of_base(const std::string& base) {
  return "[[credit]]\nclause = \"5\"\nmetric = \"availability of each service\"\n" + std::string(refund) +
         "base = " + base + "\n";
}

TEST(remedies_load, M5_every_base_is_read) {
  EXPECT_EQ(read(of_base("\"seat fee\"")).credits(0)[0].base,
            (base_terms{.fee = number_of(named_fee::seat), .each_seat = true}));
  EXPECT_EQ(read(of_base("\"service fee\"")).credits(0)[0].base,
            (base_terms{.fee = number_of(named_fee::service), .of_subject = true}));
  EXPECT_EQ(read(of_base("{ fee = \"annual fee\", spread = \"by days\" }")).credits(0)[0].base,
            (base_terms{.fee = number_of(named_fee::annual), .spread = fee_spread::by_days}));
  EXPECT_EQ(
      read(of_base("{ fee = \"monthly fee\", tax = \"excluded\", price = \"list\", reference = \"reference "
                   "fee\" }"))
          .credits(0)[0]
          .base,
      (base_terms{
          .tax = fee_tax::excluded, .price = fee_price::list, .reference = number_of(named_fee::reference)}));
}

TEST(remedies_load, M6_M7_forms_gates_and_claims_are_read) {
  const policy p = read(
      "[[credit]]\nclause = \"6\"\nmetric = \"availability\"\nrefund = { below = \"99.95%\", times = 100 }\n"
      "form = \"term extension\"\nunit = \"day\"\nlength = \"24h\"\ngate = { misses = 3, of = 6, tiers = "
      "[\"gold\"] }\n"
      "claim = { after = \"the month\", from_workday = 5, within = \"10bd\", calendar = \"workdays\" }\n"
      "[[credit]]\nclause = \"7\"\nmetric = \"each outage\"\nflat = { rate = \"5%\" }\nbase = \"monthly "
      "fee\"\n"
      "form = \"voucher\"\ngate = { more_than = \"10.50\" }\nonce_a_day = true\nround_rate = { to = "
      "\"0.01%\", mode = \"floor\" }\n"
      "claim = { after = \"the occurrence\", within = \"2 months\", to_next_workday = true, calendar = "
      "\"workdays\" }\n");
  const credit_terms& days = p.credits(0)[0];
  EXPECT_EQ(days.form, (form_terms{remedy_form::term_extension, "day", 24h}));
  EXPECT_EQ(days.gate, (gate_terms{{1}, 3, 6, {}}));
  EXPECT_TRUE(days.must_be_claimed);
  const credit_terms& voucher = p.credits(0)[1];
  EXPECT_EQ(voucher.form.form, remedy_form::voucher);
  EXPECT_EQ(voucher.gate, (gate_terms{{}, 1, 0, money::minor(1'050, cny)}));
  EXPECT_TRUE(voucher.once_a_day);
  ASSERT_TRUE(voucher.rate_first);
  EXPECT_EQ(voucher.rate_first->unit, 0.01_pct);
  EXPECT_EQ(voucher.rate_first->mode, rounding::floor);
  ASSERT_EQ(p.claims(0).size(), 2U);
  EXPECT_EQ(p.claims(0)[0].clause, "6");
  EXPECT_EQ(p.claims(0)[0].terms.from_workday, 5);
  EXPECT_EQ(std::get<business_days>(p.claims(0)[0].terms.within), 10_bd);
  EXPECT_EQ(p.claims(0)[0].workdays, p.calendar("workdays"));
  EXPECT_EQ(p.claims(0)[1].terms.from, claim_terms::occurrence);
  EXPECT_EQ(std::get<civil_span>(p.claims(0)[1].terms.within), civil_span::months(2));
  EXPECT_TRUE(p.claims(0)[1].terms.moves_to_workday);
  const std::pair<const char*, decltype(claim_terms::within)> spans[]{{"1 year", civil_span::years(1)},
                                                                      {"30 days", civil_span::days(30)},
                                                                      {"72h", std::chrono::seconds(72h)}};
  for (const auto& [text, span] : spans)
    EXPECT_EQ(read("[[credit]]\nclause = \"6\"\nmetric = \"availability\"\nbase = \"monthly fee\"\n" +
                   std::string(refund) + "claim = { within = \"" + text + "\" }\n")
                  .claims(0)[0]
                  .terms.within,
              span);
}

TEST(remedies_load, M8_every_cap_is_read) {
  const policy p = read(
      "[[cap]]\nclause = \"1\"\nper = \"line\"\nshare = \"40%\"\n"
      "[[cap]]\nclause = \"2\"\nper = \"year\"\nshare = \"1/2\"\nof = \"annual fee\"\n"
      "[[cap]]\nclause = \"3\"\nper = \"12 months\"\nform = \"term extension\"\nunit = \"day\"\nunits = 30\n"
      "[[cap]]\nclause = \"4\"\nper = \"contract\"\nform = \"voucher\"\namount = \"99.99\"\n");
  ASSERT_EQ(p.caps(0).size(), 4U);
  EXPECT_EQ(p.caps(0)[0].scope, cap_scope::line);
  EXPECT_EQ(p.caps(0)[1].scope, cap_scope::year);
  EXPECT_EQ(p.caps(0)[1].base.fee, number_of(named_fee::annual));
  EXPECT_EQ(p.caps(0)[2].scope, cap_scope::rolling_year);
  EXPECT_EQ(std::get<std::int64_t>(p.caps(0)[2].limit), 30);
  EXPECT_EQ(p.caps(0)[2].unit, "day");
  EXPECT_EQ(p.caps(0)[3].scope, cap_scope::contract);
  EXPECT_EQ(p.caps(0)[3].form, remedy_form::voucher);
}

// --- the shipped example, settled ---------------------------------------------------------------------------------

std::string text_of(const std::string& path) { return read_text(path).value(); }

struct example {
  policy p = load_policy(SLA_EXAMPLES_DIR "/policies/remedies.toml").value();
  std::string folder = std::string(SLA_TEST_DATA) + "/remedies/";
  std::vector<contract> contracts =
      parse_contracts(p, "contracts.csv", text_of(folder + "contracts.csv")).value();
  std::vector<incident> incidents =
      parse_incidents(p, contracts, "incidents.csv", text_of(folder + "incidents.csv")).value();
  std::vector<service_outage> outages =
      parse_outages(p, contracts, "outages.csv", text_of(folder + "outages.csv")).value();
  std::vector<contract_claim> claims =
      parse_claims(p, contracts, "claims.csv", text_of(folder + "claims.csv")).value();
  std::vector<window> months;

  example() {
    for (unsigned m = 8; m <= 10; ++m)
      months.push_back(calendar_month(std::chrono::year(2026) / std::chrono::month(m), p.home()));
  }
  [[nodiscard]] std::vector<statement> settled(std::size_t contract, std::chrono::sys_days as_of) const {
    return draw_up_in_turn(p, contracts[contract], months, incidents, outages, instant(as_of) - 8h, claims);
  }
};
const credit_line& line(const statement& s, std::string_view clause, std::size_t nth = 0) {
  for (const credit_line& l : s.money.lines)
    if (l.clause == clause && nth-- == 0) return l;
  throw std::logic_error("no line of clause " + std::string(clause));
}
std::int64_t owed(const statement& s, remedy_form form, std::string_view unit = {}) {
  for (const form_total& t : s.money.totals)
    if (t.form == form && t.unit == unit) return is_money(form) ? t.amount.minor_units() : t.count;
  return -1;
}

TEST(remedies_example, each_clause_is_settled_as_by_hand) {
  const example e;
  const auto all = e.settled(0, 2026y / 11 / 12);
  const statement& october = all[2];
  EXPECT_EQ(october.windows_before, 2U);
  // 11 h down of 744 h: 98.52 %. 10 x 11/744 of 10,000.00.
  EXPECT_EQ(line(october, "5.1").amount, money::minor(147'849, cny)) << "10 x 39,600 / 2,678,400 = 14.7849 %";
  // 39,600 s less 267.84 s are 21.85 half hours: 21 complete ones, of which the cap leaves half the fee.
  EXPECT_EQ(line(october, "5.2").amount, money::minor(1'050'000, cny));
  EXPECT_EQ(line(october, "5.2").outcome, line_outcome::pays);
  EXPECT_TRUE(october.money.is_defined()) << "each reading of half hours exceeds the cap";
  EXPECT_EQ(owed(october, remedy_form::voucher), 500'000);
  // I-2: reported Friday 17:00, due Monday 09:00 by the calendar of workdays; answered at 10:15, 1 bh 15 late.
  EXPECT_EQ(line(october, "5.3").subject, "I-2");
  EXPECT_EQ(line(october, "5.3").amount, money::minor(100'000, cny)) << "two started hours, 10 %";
  // I-1 took 4 h 55, I-3 and I-4 6 h, I-2 12 business hours: four late repairs, of three to five.
  EXPECT_EQ(line(october, "5.4").amount, money::minor(50'000, cny));
  // 0.98 % below 99.5 % are four started steps, 4/365 of 109,500.00, claimed on 5 December: not yet seen in November.
  EXPECT_EQ(line(october, "5.5").amount, money::minor(120'000, cny));
  EXPECT_EQ(line(october, "5.5").outcome, line_outcome::claimable);
  EXPECT_EQ(line(e.settled(0, 2026y / 12 / 6)[2], "5.5").outcome, line_outcome::forfeited)
      << "30 November was the last day";
  // The outages of 5 h and of 6 h begin on one day: the second is superseded.
  EXPECT_EQ(line(october, "5.6", 0).outcome, line_outcome::pays);
  EXPECT_EQ(line(october, "5.6", 1).outcome, line_outcome::superseded);
  EXPECT_EQ(line(october, "5.6", 0).amount, money::minor(100'000, cny));
  // Third miss of six months: 7 days; the second below 99 % in a row is none, as September kept 99.44 %.
  EXPECT_EQ(line(october, "6.1").count, 7);
  EXPECT_EQ(line(october, "6.2").outcome, line_outcome::gated);
  EXPECT_EQ(line(october, "6.2").gate, gate_kind::misses);
  EXPECT_EQ(line(october, "6.3").outcome, line_outcome::kept) << "98.52 % is not below 98 %";
  EXPECT_EQ(owed(october, remedy_form::service_duty, "corrective action plan"), 1);
  // 1,478.49 + 1,000 + 500 + 1,000 are 3,978.49, below half the fee.
  EXPECT_EQ(october.money.total, money::minor(397'849, cny));
}

TEST(remedies_example, M7_a_clause_counts_its_own_misses) {
  const example e;
  const auto all = e.settled(0, 2026y / 11 / 12);
  std::vector<std::int64_t> days;
  for (const statement& s : all) days.push_back(line(s, "6.1").count);
  EXPECT_EQ(days, (std::vector<std::int64_t>{0, 3, 7}));
  // Alone, October is a first miss.
  const statement alone =
      draw_up(e.p, e.contracts[0], e.months[2], e.incidents, e.outages, e.months[2].span.end);
  EXPECT_EQ(line(alone, "6.1").count, 0);
  EXPECT_EQ(alone.windows_before, 0U);
}

TEST(remedies_example, the_premium_tier_compares_its_two_charges) {
  const example e;
  const auto october = e.settled(1, 2026y / 11 / 12)[2];
  // One repair of one took 4 h 58: attainment 0, 10 % against 18 complete steps of 4 % of a twelfth of 360,000.00.
  EXPECT_EQ(line(october, "5.7").amount, money::minor(2'160'000, cny)) << "72 % of 30,000.00";
}

}  // namespace
}  // namespace remedies_load_test
