// SPDX-License-Identifier: MIT
// Terms of a contract that change: in its file, and inside a window.

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include <sla/policy/comparison.hpp>
#include <sla/policy/policy_load.hpp>
#include <sla/policy/portfolio.hpp>
#include <sla/policy/records_load.hpp>
#include <sla/policy/versioned_portfolio.hpp>
#include <sla/report/json.hpp>
#include <sla/report/text.hpp>

namespace contract_terms_test {
namespace {

using namespace sla;
using namespace std::chrono_literals;

// Basic promises 99.9 %, flagship 99.99 %; below that a tenth of the month's fee.
const std::string steps =
    "[[credit]]\nclause = \"5.1\"\ntier = \"basic\"\nmetric = \"availability\"\nbelow = [[\"99.9%\", "
    "\"10%\"]]\n"
    "base = \"monthly fee\"\n"
    "[[credit]]\nclause = \"5.2\"\ntier = \"flagship\"\nmetric = \"availability\"\n"
    "below = [[\"99.99%\", \"10%\"]]\nbase = \"monthly fee\"\n";
policy two_tiers(const std::string& compensation, const std::string& credits = steps,
                 const std::string& head = "version = 2026-01-01\ntiers = [\"basic\", \"flagship\"]\n",
                 const std::string& combine = "combine = \"sum\"\n") {
  auto p = parse_policy("x.toml", "policy = \"x\"\nzone = \"Asia/Shanghai\"\ncurrency = \"CNY\"\n" + head +
                                      "severities = [\"P1\"]\n[[target]]\nresolution = \"1h\"\n"
                                      "[[availability]]\ntarget = \"99.9%\"\nwindow = \"calendar month\"\n"
                                      "[[availability]]\ntier = \"flagship\"\ntarget = \"99.99%\"\n"
                                      "window = \"calendar month\"\n" +
                                      credits + "[compensation]\n" + combine + compensation);
  EXPECT_TRUE(p) << p.diagnostics().print();
  return std::move(p).value();
}
const std::string columns = "contract,customer,tier,services,monthly_fee,from,until\n";
std::vector<contract> read(const policy& p, const std::string& rows, const std::string& header = columns) {
  auto c = parse_contracts(p, "c.csv", header + rows);
  EXPECT_TRUE(c) << c.diagnostics().print();
  return std::move(c).value();
}
std::string problems_of(const policy& p, const std::string& rows, const std::string& header = columns) {
  const auto c = parse_contracts(p, "c.csv", header + rows);
  std::string out;
  for (const diagnostic& d : c.diagnostics().items()) {
    const auto at = c.diagnostics().sources()[d.source].place(d.where.offset);
    out +=
        std::to_string(at.line) + ':' + std::to_string(at.column) + ": " + d.message + " [" + d.code + "]\n";
  }
  return out;
}
instant at(int month, int day, int hour, int minute = 0) {
  return instant(std::chrono::sys_days(2026y / month / day)) + std::chrono::hours(hour - 8) +
         std::chrono::minutes(minute);
}
service_outage down(const std::string& service, instant from, std::chrono::seconds length) {
  return {service, "", {.span = {from, from + length}}};
}
window october(const policy& p) { return calendar_month(2026y / 10, p.home()); }
statement settle_october(const policy& p, const contract& c, const std::vector<service_outage>& outages,
                         const settle_context& known = {}) {
  const window w = october(p);
  return draw_up(p, c, w, {}, outages, w.span.end, known);
}

// 3,000 at 99.9 % to 15 October, 9,000 at 99.99 % from the 16th; 30 minutes down on the 10th.
const std::string upgrade = "C,c,basic,s,3000,2026-01-01,\nC,c,flagship,s,9000,2026-10-16,\n";
const std::vector<service_outage> on_the_tenth{down("s", at(10, 10, 9), 30min)};

TEST(contract_terms, M10_a_silent_policy_has_every_reading_and_owes_the_least) {
  const policy p = two_tiers("");
  const auto contracts = read(p, upgrade);
  ASSERT_EQ(contracts.size(), 1U);
  const statement s = settle_october(p, contracts[0], on_the_tenth);
  struct row {
    change_rule rule;
    change_base fee;
    std::int64_t cents;
    favoured favours;
  };
  const row rows[]{{change_rule::at_start, change_base::own, 0, favoured::vendor},
                   {change_rule::at_start, change_base::paid, 0, favoured::vendor},
                   {change_rule::split, change_base::unstated, 14'516, favoured::nobody},
                   {change_rule::at_end, change_base::paid, 60'968, favoured::nobody},
                   {change_rule::at_end, change_base::own, 90'000, favoured::customer}};
  EXPECT_FALSE(s.is_defined());
  ASSERT_EQ(s.window_readings.size(), std::size(rows));
  for (std::size_t i = 0; i < std::size(rows); ++i) {
    EXPECT_EQ(s.window_readings[i].change, rows[i].rule) << i;
    EXPECT_EQ(s.window_readings[i].fee, rows[i].fee) << i;
    EXPECT_EQ(s.window_readings[i].money.total, money::minor(rows[i].cents, cny)) << i;
    EXPECT_EQ(s.window_readings[i].favours, rows[i].favours) << i;
    EXPECT_FALSE(s.window_readings[i].part) << "the contract fills the window";
  }
  EXPECT_EQ(s.money.total, money::minor(0, cny)) << "so much is owed on any reading";

  ASSERT_EQ(s.parts.size(), 2U);
  EXPECT_EQ(s.parts[0].window.span, (interval{at(10, 1, 0), at(10, 16, 0)}));
  EXPECT_EQ(s.parts[0].window.days, 15);
  EXPECT_EQ(s.parts[0].measured.counted, 1'800s);
  EXPECT_EQ(s.parts[0].measured.denominator, std::chrono::seconds(15 * 24h));
  EXPECT_EQ(s.parts[0].target, 99.9_pct);
  EXPECT_EQ(s.parts[0].money->total, money::minor(14'516, cny));
  EXPECT_EQ(s.parts[1].window.days, 16);
  EXPECT_EQ(s.parts[1].measured.counted, 0s);
  EXPECT_EQ(s.parts[1].target, 99.99_pct);
  EXPECT_EQ(s.parts[1].money->total, money::minor(0, cny));

  const std::string text = to_text(p, s), json = to_json(p, s);
  EXPECT_NE(text.find("its terms change inside the window, and it does not say whose settle it"), text.npos);
  EXPECT_NE(text.find("at end, fees paid    nobody        609.68 CNY"), text.npos) << text;
  EXPECT_NE(
      text.find("  From 2026-10-16 00:00 to 2026-11-01 00:00\n  Terms       flagship, 9000.00 CNY a month"),
      text.npos)
      << text;
  EXPECT_NE(json.find("\"changed_window\": \"at end\""), json.npos);
  EXPECT_NE(json.find("\"changed_fee\": \"fees paid\""), json.npos);
}

TEST(contract_terms, M10_a_stated_rule_settles_it) {
  struct stated {
    const char* rule;
    const char* fee;
    std::int64_t cents;
    const char* tier;
  };
  for (const auto& [rule, fee, cents, tier] : {stated{"split", nullptr, 14'516, "flagship"},
                                               {"at start", "own fee", 0, "basic"},
                                               {"at start", "fees paid", 0, "basic"},
                                               {"at end", "own fee", 90'000, "flagship"},
                                               {"at end", "fees paid", 60'968, "flagship"},
                                               {"better", "own fee", 90'000, "flagship"},
                                               {"better", "fees paid", 60'968, "flagship"}}) {
    const policy p =
        two_tiers("changed_window = \"" + std::string(rule) + "\"\n" +
                  (fee == nullptr ? std::string() : "changed_fee = \"" + std::string(fee) + "\"\n"));
    const statement s = settle_october(p, read(p, upgrade)[0], on_the_tenth);
    EXPECT_TRUE(s.is_defined()) << rule;
    EXPECT_EQ(s.money.total, money::minor(cents, cny)) << rule;
    EXPECT_EQ(p.tier_name(s.contract.tier), tier) << rule << ": whose terms settle all of it, or the last";
    EXPECT_EQ(s.parts.size(), 2U);
  }
  // Of which fee is left open, and makes a difference where the later terms settle it.
  const policy open = two_tiers("changed_window = \"at end\"\n");
  const statement s = settle_october(open, read(open, upgrade)[0], on_the_tenth);
  ASSERT_EQ(s.window_readings.size(), 2U);
  EXPECT_EQ(s.money.total, money::minor(60'968, cny));
  EXPECT_NE(to_text(open, s).find("and it does not say of which fee"), std::string::npos);
  const policy start = two_tiers("changed_window = \"at start\"\n");
  EXPECT_TRUE(settle_october(start, read(start, upgrade)[0], on_the_tenth).is_defined())
      << "both owe nothing";
}

TEST(contract_terms, M10_a_split_lists_the_lines_of_both_parts) {
  const policy p = two_tiers("changed_window = \"split\"\n");
  const statement s =
      settle_october(p, read(p, upgrade)[0],
                     {on_the_tenth[0], down("s", at(10, 20, 9), 1h), down("s", at(10, 15, 23, 50), 20min)});
  // To the 16th 1,800 + 600 of 1,296,000 s, then 600 + 3,600 of 1,382,400.
  ASSERT_EQ(s.money.lines.size(), 2U);
  EXPECT_EQ(s.money.lines[0].clause, "5.1");
  EXPECT_EQ(s.money.lines[0].figure, ratio(1) - ratio(2'400, 1'296'000));
  EXPECT_EQ(s.money.lines[0].base_share, ratio(15, 31));
  EXPECT_EQ(s.money.lines[1].clause, "5.2");
  EXPECT_EQ(s.money.lines[1].figure, ratio(1) - ratio(4'200, 1'382'400));
  EXPECT_EQ(s.money.lines[1].granted, money::minor(46'452, cny)) << "10 % of 16/31 of 9,000";
  EXPECT_EQ(s.money.total, money::minor(14'516 + 46'452, cny)) << "M9: lines add up to the total";
}

TEST(contract_terms, M10_a_contract_that_also_begins_inside_the_window) {
  const std::string rows = "C,c,basic,s,3000,2026-10-05,\nC,c,flagship,s,9000,2026-10-16,\n";
  const auto total = [&](const std::string& rules) {
    const policy p = two_tiers(rules);
    const statement s = settle_october(p, read(p, rows)[0], on_the_tenth);
    EXPECT_TRUE(s.is_defined()) << rules;
    return s.money.total.minor_units();
  };
  // 11 days of basic: 1,800 of 950,400 s. 10 % of 11/31 of 3,000; of the whole fees, 11/27 of it; of all 31 days 15/31.
  EXPECT_EQ(total("changed_window = \"split\"\npart_window = \"clip, fee by days\"\n"), 10'645);
  EXPECT_EQ(total("changed_window = \"split\"\npart_window = \"clip, whole fee\"\n"), 12'222);
  EXPECT_EQ(total("changed_window = \"split\"\npart_window = \"full\"\n"), 14'516);
  EXPECT_EQ(total("changed_window = \"split\"\npart_window = \"skip\"\n"), 0);
  // 1,800 of 27 days are 99.923 %: 10 % of 27/31 of 9,000; of what was paid, (11 x 3,000 + 16 x 9,000) / 31.
  EXPECT_EQ(
      total("changed_window = \"at end\"\nchanged_fee = \"own fee\"\npart_window = \"clip, fee by days\"\n"),
      78'387);
  EXPECT_EQ(
      total(
          "changed_window = \"at end\"\nchanged_fee = \"fees paid\"\npart_window = \"clip, fee by days\"\n"),
      57'097);
  // Silent about both: each rule of the one with each of the other, and nothing for a window that is skipped.
  const policy p = two_tiers("");
  const statement s = settle_october(p, read(p, rows)[0], on_the_tenth);
  EXPECT_EQ(s.window_readings.size(), 3U * 5U + 1U);
  EXPECT_EQ(s.window_readings.back().money.total, money::minor(90'000, cny));
  EXPECT_NE(
      to_text(p, s).find("it begins inside the window, and does not say what of it is settled; its terms "
                         "change inside the window, and it does not say whose settle it"),
      std::string::npos);
}

TEST(contract_terms, a_change_outside_the_window_is_none_in_it) {
  const policy p = two_tiers("");
  for (const char* from : {"2026-10-01", "2026-11-01", "2026-05-07"}) {
    const auto c =
        read(p, "C,c,basic,s,3000,2026-01-01,\nC,c,flagship,s,9000," + std::string(from) + ",\n")[0];
    const statement s = settle_october(p, c, on_the_tenth);
    EXPECT_TRUE(s.is_defined()) << from;
    EXPECT_TRUE(s.parts.empty()) << from;
    EXPECT_FALSE(s.change) << from;
    const bool before = std::string(from) == "2026-11-01";
    EXPECT_EQ(s.money.total, money::minor(before ? 0 : 90'000, cny)) << from;
    EXPECT_EQ(p.tier_name(s.contract.tier), before ? "basic" : "flagship") << from;
  }
}

TEST(contract_terms, a_renewal_on_the_same_terms_changes_nothing) {
  const policy p = two_tiers("");
  const auto one = read(p, "C,c,basic,s;t,3000,2026-01-01,\n")[0],
             two = read(p, "C,c,basic,s;t,3000,2026-01-01,2026-10-15\nC,c,basic,t;s,3000,2026-10-16,\n")[0];
  EXPECT_EQ(two.later.size(), 1U);
  EXPECT_EQ(to_json(p, settle_october(p, two, on_the_tenth)),
            to_json(p, settle_october(p, one, on_the_tenth)));
}

TEST(contract_terms, a_fee_a_service_or_a_seat_is_a_change) {
  const policy p = two_tiers("");
  const auto parts = [&](const std::string& first, const std::string& second) {
    return settle_october(
               p, read(p, first + second, "contract,customer,tier,services,monthly_fee,from,seats\n")[0], {})
        .parts.size();
  };
  const std::string first = "C,c,basic,s,3000,2026-01-01,2\n";
  EXPECT_EQ(parts(first, "C,c,basic,s,3000,2026-10-16,2\n"), 0U);
  EXPECT_EQ(parts(first, "C,c,basic,s,3001,2026-10-16,2\n"), 2U);
  EXPECT_EQ(parts(first, "C,c,basic,s;t,3000,2026-10-16,2\n"), 2U);
  EXPECT_EQ(parts(first, "C,c,basic,s,3000,2026-10-16,3\n"), 2U);
  EXPECT_EQ(parts(first, "C,c,basic,t,3000,2026-10-10,2\nC,c,basic,s,3000,2026-10-16,2\n"), 3U);
}

TEST(contract_terms, a_part_is_measured_over_its_own_services) {
  const policy p = two_tiers("changed_window = \"split\"\n");
  const auto c = read(p, "C,c,basic,s,3000,2026-01-01,\nC,c,basic,t,3000,2026-10-16,\n")[0];
  const statement s = settle_october(
      p, c, {down("t", at(10, 10, 9), 1h), down("s", at(10, 20, 9), 1h), down("t", at(10, 25, 9), 2h)});
  EXPECT_EQ(s.parts[0].measured.counted, 0s) << "t was not bought yet";
  EXPECT_EQ(s.parts[1].measured.counted, 2h) << "s no more";
  EXPECT_EQ(s.outages.size(), 3U);
}

TEST(contract_terms, C16_an_incident_has_the_terms_at_its_report_and_counts_where_it_became_late) {
  const policy p = two_tiers("changed_window = \"split\"\n",
                             "[[credit]]\nclause = \"6\"\nmetric = \"lateness of resolution\"\n"
                             "per_time = { each = \"1h\", rate = \"1%\", counted = \"started\" }\n"
                             "base = \"monthly fee\"\n");
  const auto contracts = read(p, upgrade);
  const auto incidents =
      parse_incidents(p, contracts, "i.csv",
                      "incident,contract,at,event,severity\n"
                      "I-1,C,2026-10-15 23:30,reported,P1\nI-1,C,2026-10-16 01:15,resolved,\n"
                      "I-2,C,2026-10-16 00:00,reported,P1\nI-2,C,2026-10-16 00:30,resolved,\n"
                      "I-3,C,2026-10-15 20:00,reported,P1\nI-3,C,2026-10-15 21:30,resolved,\n")
          .value();
  EXPECT_EQ(p.tier_name(incidents[0].facts.tier), "basic");
  EXPECT_EQ(p.tier_name(incidents[1].facts.tier), "flagship");
  const window w = october(p);
  const statement s = draw_up(p, contracts[0], w, incidents, {}, w.span.end);
  EXPECT_EQ(s.incidents.size(), 3U);
  // I-3 was late at 21:00 by a started hour: 1 % of 15/31 of 3,000. I-1 at 00:30 on the 16th: 1 % of 16/31 of 9,000.
  ASSERT_EQ(s.money.lines.size(), 2U);
  EXPECT_EQ(s.money.lines[0].subject, "I-3");
  EXPECT_EQ(s.money.lines[0].granted, money::minor(1'452, cny));
  EXPECT_EQ(s.money.lines[1].subject, "I-1");
  EXPECT_EQ(s.money.lines[1].granted, money::minor(4'645, cny));
  ASSERT_EQ(s.parts[0].attainment.size(), 1U);
  EXPECT_EQ(s.parts[0].attainment[0].count.breached, 1U);
  EXPECT_EQ(s.parts[0].attainment[0].count.met, 0U);
  EXPECT_EQ(s.parts[1].attainment[0].count.breached, 1U);
  EXPECT_EQ(s.parts[1].attainment[0].count.met, 1U);
  const std::string json = to_json(p, s);
  const std::size_t first_part = json.find("\"attainment\": [", json.find("\"parts\": ["));
  EXPECT_NE(first_part, json.npos);
  EXPECT_LT(json.find("\"breached\": 1", first_part), json.find("\"met\": 1", first_part));
}

TEST(contract_terms, M8_an_amount_caps_the_window_and_a_share_each_part) {
  const auto down_in_both = std::vector<service_outage>{on_the_tenth[0], down("s", at(10, 20, 9), 1h)};
  const auto total = [&](const std::string& cap) {
    const policy p = two_tiers("changed_window = \"split\"\n", steps + "[[cap]]\nclause = \"7\"\n" + cap);
    return settle_october(p, read(p, upgrade)[0], down_in_both).money;
  };
  // Without caps 145.16 and 464.52.
  const settlement amount = total("amount = \"200\"\nper = \"month\"\n");
  EXPECT_EQ(amount.total, money::minor(20'000, cny)) << "145.16, and what is left of 200";
  ASSERT_EQ(amount.caps.size(), 2U);
  EXPECT_EQ(amount.caps[1].earlier, money::minor(14'516, cny));
  EXPECT_EQ(amount.caps[1].after, money::minor(5'484, cny));
  EXPECT_EQ(total("share = \"5%\"\nof = \"monthly fee\"\nper = \"month\"\n").total,
            money::minor(7'258 + 23'226, cny))
      << "half of each, of its own share of its own fee";
  // Caps that reach back are of the whole fee: 5 % of 3,000 are 150, 5 % of 9,000 are 450, less what the first part was
  // paid.
  const settlement year = total("share = \"5%\"\nof = \"monthly fee\"\nper = \"year\"\n");
  EXPECT_EQ(year.caps[0].limit, money::minor(15'000, cny));
  EXPECT_EQ(year.caps[1].limit, money::minor(45'000, cny));
  EXPECT_EQ(year.caps[1].earlier, money::minor(14'516, cny));
  EXPECT_EQ(year.total, money::minor(45'000, cny));
}

TEST(contract_terms, M8_a_cap_of_the_year_is_of_the_whole_fee_where_a_contract_begins_inside) {
  const policy p =
      two_tiers("part_window = \"clip, fee by days\"\n",
                steps + "[[cap]]\nclause = \"7\"\nshare = \"5%\"\nof = \"monthly fee\"\nper = \"year\"\n");
  const statement s =
      settle_october(p, read(p, "C,c,flagship,s,9000,2026-10-16,\n")[0], {down("s", at(10, 20, 9), 1h)});
  EXPECT_EQ(s.money.lines[0].granted, money::minor(46'452, cny)) << "10 % of 16/31";
  EXPECT_EQ(s.money.caps[0].limit, money::minor(45'000, cny)) << "5 % of 9,000, not of 16/31 of it";
  EXPECT_EQ(s.money.total, money::minor(45'000, cny));
}

TEST(contract_terms, M8_a_cap_holds_on_every_reading_of_a_split) {
  // Each part owes two lines, and nobody says how they combine; no more than 300 in the month.
  const policy p =
      two_tiers("changed_window = \"split\"\n",
                "[[credit]]\nclause = \"5\"\nmetric = \"availability\"\nbelow = [[\"99.9%\", \"10%\"]]\n"
                "base = \"monthly fee\"\n[[credit]]\nclause = \"6\"\nmetric = \"each outage\"\n"
                "by_duration = [[\"at least 1h\", \"10%\"]]\nbase = \"monthly fee\"\n"
                "[[cap]]\nclause = \"7\"\nper = \"month\"\namount = \"300\"\n",
                "version = 2026-01-01\ntiers = [\"basic\", \"flagship\"]\n", "");
  const statement s = settle_october(p, read(p, upgrade)[0],
                                     {down("s", at(10, 10, 9), 210min), down("s", at(10, 20, 9), 210min)});
  EXPECT_TRUE(s.is_defined()) << "290.32 and 9.68, or 145.16 and 154.84";
  EXPECT_EQ(s.money.total, money::minor(30'000, cny));
}

TEST(contract_terms, M7_claims_are_made_after_the_window_and_not_after_its_part) {
  const policy p =
      two_tiers("changed_window = \"split\"\n",
                "[[credit]]\nclause = \"5\"\nmetric = \"availability\"\nbelow = [[\"99.9%\", \"10%\"]]\n"
                "base = \"monthly fee\"\nclaim = { within = \"10 days\" }\n");
  const statement s = settle_october(p, read(p, upgrade)[0], on_the_tenth);
  ASSERT_EQ(s.money.lines.size(), 2U);
  EXPECT_EQ(s.money.lines[0].outcome, line_outcome::claimable);
  EXPECT_EQ(s.money.lines[0].claim.open.begin, at(11, 1, 0));
  EXPECT_EQ(s.money.claimable[0].amount, money::minor(14'516, cny));
  // Silent, every reading owes nothing yet, and says what it will.
  const policy silent = two_tiers("",
                                  "[[credit]]\nclause = \"5\"\nmetric = \"availability\"\n"
                                  "below = [[\"99.99%\", \"10%\"]]\nbase = \"monthly fee\"\n"
                                  "claim = { within = \"10 days\" }\n");
  const statement open = settle_october(silent, read(silent, upgrade)[0], on_the_tenth);
  EXPECT_EQ(open.window_readings.size(), 5U);
  EXPECT_NE(to_text(silent, open).find("at end, own fee      the customer  0.00 CNY          900.00 CNY"),
            std::string::npos)
      << to_text(silent, open);
}

TEST(contract_terms, M10_better_is_better_with_claims_in_sight) {
  // As basic 300.00 come by themselves; as flagship 900.00, once they are claimed.
  const policy p = two_tiers("changed_window = \"better\"\nchanged_fee = \"own fee\"\n",
                             "[[credit]]\nclause = \"5.1\"\ntier = \"basic\"\nmetric = "
                             "\"availability\"\nbelow = [[\"99.99%\", \"10%\"]]\n"
                             "base = \"monthly fee\"\n"
                             "[[credit]]\nclause = \"5.2\"\ntier = \"flagship\"\nmetric = \"availability\"\n"
                             "below = [[\"99.99%\", \"10%\"]]\nbase = \"monthly fee\"\n"
                             "claim = { within = \"10 days\" }\n");
  const statement s = settle_october(p, read(p, upgrade)[0], on_the_tenth);
  EXPECT_EQ(s.change, change_rule::at_end);
  EXPECT_EQ(s.money.total, money::minor(0, cny));
  EXPECT_EQ(s.money.claimable[0].amount, money::minor(90'000, cny));
  EXPECT_NE(to_text(p, s).find("better for the customer: at end, own fee"), std::string::npos);
}

TEST(contract_terms, M10_fees_paid_of_seats_and_of_named_prices) {
  const auto total = [](const std::string& base, const std::string& header, const std::string& rows) {
    const policy p = two_tiers("changed_window = \"at end\"\nchanged_fee = \"fees paid\"\n",
                               "[[credit]]\nclause = \"5\"\nmetric = \"availability\"\n"
                               "below = [[\"99.99%\", \"10%\"]]\nbase = " +
                                   base + "\n");
    return settle_october(p, read(p, rows, header)[0], on_the_tenth).money.total.minor_units();
  };
  // 10 seats at 100 for 15 days, 40 at 80 for 16: (15 x 1,000 + 16 x 3,200) / 31 = 2,135.48.
  EXPECT_EQ(total("\"seat fee\"", "contract,customer,tier,services,monthly_fee,from,seat_fee,seats\n",
                  "C,c,basic,s,0,2026-01-01,100,10\nC,c,basic,s,0,2026-10-16,80,40\n"),
            21'355);
  // Nobody sat there before, or nobody does after: of the seats that were paid.
  const std::string seats = "contract,customer,tier,services,monthly_fee,from,seat_fee,seats\n";
  EXPECT_EQ(total("\"seat fee\"", seats, "C,c,basic,s,0,2026-01-01,100,0\nC,c,basic,s,0,2026-10-16,100,10\n"),
            5'161);
  EXPECT_EQ(total("\"seat fee\"", seats, "C,c,basic,s,0,2026-01-01,100,10\nC,c,basic,s,0,2026-10-16,100,0\n"),
            4'839);
  // The first terms name one fee; the later ones what is paid and what the list says. Of the paid: (15 x 3,000 +
  // 16 x 6,000) / 31 = 4,548.39.
  EXPECT_EQ(total("{ fee = \"monthly fee\", price = \"paid\" }",
                  "contract,customer,tier,services,monthly_fee,from,monthly_list_fee\n",
                  "C,c,basic,s,3000,2026-01-01,3000\nC,c,flagship,s,6000,2026-10-16,9000\n"),
            45'484);
}

TEST(contract_terms, the_years_of_a_contract_go_on_from_its_first_date) {
  const policy p = two_tiers("", steps + "[[cap]]\nclause = \"7\"\namount = \"1000\"\nper = \"year\"\n");
  const auto c = read(p, "C,c,basic,s,3000,2025-04-01,\nC,c,flagship,s,9000,2026-08-01,\n")[0];
  std::vector<window> months;
  for (int m = 3; m <= 10; ++m) months.push_back(calendar_month(2026y / m, p.home()));
  std::vector<service_outage> all;
  for (const window& w : months) all.push_back(down("s", w.span.begin + 24h, 2h));
  const auto statements = draw_up_in_turn(p, c, months, {}, all, months.back().span.end);
  // March belongs to the year before; from April on 300 a month, from August on 900, of 1,000 in all.
  std::vector<std::int64_t> paid;
  for (const statement& s : statements) paid.push_back(s.money.total.minor_units());
  EXPECT_EQ(paid, (std::vector<std::int64_t>{30'000, 30'000, 30'000, 30'000, 10'000, 0, 0, 0}));
}

TEST(contract_terms, a_window_before_that_changes_is_undefined_before) {
  const policy p = two_tiers("", steps + "[[cap]]\nclause = \"7\"\namount = \"1000\"\nper = \"year\"\n");
  const auto contracts = read(p, upgrade);
  const portfolio all = draw_up(p, contracts, {.last = 2026y / 11, .first = 2026y / 10}, {}, on_the_tenth);
  EXPECT_EQ(all.statements[0].windows_before, 1U);
  EXPECT_EQ(all.statements[0].undefined_before, 1U);
}

// An independent reckoning of October: days and seconds, nothing else.
struct reckoned {
  std::vector<std::pair<int, bool>> from;  // day, and whether it is flagship from then on
  std::vector<std::int64_t> fees;          // beside them, in yuan
  std::vector<bool> down;                  // by minute

  [[nodiscard]] std::int64_t end_of(std::size_t i) const {
    return i + 1 < from.size() ? from[i + 1].first : 32;
  }
  [[nodiscard]] std::int64_t days(std::size_t i) const { return end_of(i) - from[i].first; }
  // Whether the terms of part i miss their promise over these days.
  [[nodiscard]] bool misses(std::size_t i, std::int64_t first, std::int64_t end) const {
    std::int64_t minutes = 0;
    for (std::int64_t m = (first - 1) * 1440; m < (end - 1) * 1440; ++m)
      minutes += down[static_cast<std::size_t>(m)] ? 1 : 0;
    return minutes * (from[i].second ? 10'000 : 1'000) > (end - first) * 1440;
  }
  // A tenth of so many yuan / 31, in fen, half up.
  [[nodiscard]] static std::int64_t tenth(std::int64_t yuan_days) { return (yuan_days * 10 * 2 + 31) / 62; }
  [[nodiscard]] std::int64_t split() const {
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < from.size(); ++i)
      if (misses(i, from[i].first, end_of(i))) sum += tenth(fees[i] * days(i));
    return sum;
  }
  [[nodiscard]] std::int64_t by(std::size_t i, bool paid) const {
    if (!misses(i, 1, 32)) return 0;
    std::int64_t yuan_days = fees[i] * 31;
    if (paid) {
      yuan_days = 0;
      for (std::size_t k = 0; k < from.size(); ++k) yuan_days += fees[k] * days(k);
    }
    return tenth(yuan_days);
  }
};

TEST(contract_terms, M10_every_reading_agrees_with_an_independent_reckoning) {
  const policy p = two_tiers("");
  std::mt19937 random(20261016);
  const auto pick = [&](int least, int most) {
    return std::uniform_int_distribution<int>(least, most)(random);
  };
  std::size_t undefined = 0;
  for (int n = 0; n < 300; ++n) {
    reckoned r;
    std::string rows;
    int day = 1;
    for (int part = pick(2, 4); part-- != 0 && day <= 31; day += pick(1, 14)) {
      // Neighbours differ in their fees at least.
      r.from.emplace_back(day, pick(0, 1) == 1);
      r.fees.push_back(1'000 * static_cast<std::int64_t>(r.from.size()) + pick(0, 999));
      rows += "C,c," + std::string(r.from.back().second ? "flagship" : "basic") + ",s," +
              std::to_string(r.fees.back()) + ",2026-10-" + (day < 10 ? "0" : "") + std::to_string(day) +
              ",\n";
    }
    if (r.from.size() < 2) continue;
    r.down.assign(31 * 1440, false);
    std::vector<service_outage> outages;
    for (int i = pick(0, 4); i-- != 0;) {
      const int first = pick(0, 31 * 1440 - 1), last = std::min(first + pick(1, 60), 31 * 1440);
      for (int m = first; m < last; ++m) r.down[static_cast<std::size_t>(m)] = true;
      outages.push_back(
          down("s", at(10, 1, 0) + std::chrono::minutes(first), std::chrono::minutes(last - first)));
    }
    const statement s = settle_october(p, read(p, rows)[0], outages);
    const std::size_t end = r.from.size() - 1;
    std::int64_t least = r.split();
    for (const bool paid : {false, true}) least = std::min({least, r.by(0, paid), r.by(end, paid)});
    EXPECT_EQ(s.money.total.minor_units(), least) << rows;
    for (const window_reading& reading : s.window_readings) {
      const std::int64_t want =
          reading.change == change_rule::split
              ? r.split()
              : r.by(reading.change == change_rule::at_start ? 0 : end, reading.fee == change_base::paid);
      EXPECT_EQ(reading.money.total.minor_units(), want) << rows << name(*reading.change);
    }
    undefined += s.is_defined() ? 0 : 1;
  }
  EXPECT_GT(undefined, 50U) << "the cases are worth something";
}

TEST(contract_terms, rows_that_leave_a_gap_or_overlap_name_each_other) {
  const policy p = two_tiers("");
  EXPECT_EQ(
      problems_of(p, "C,c,basic,s,1,2026-01-01,2026-10-10\nD,c,basic,s,1,,\nC,c,flagship,s,1,2026-10-16,\n"),
      "2:26: contract 'C' has no terms between 2026-10-10 and 2026-10-16, from when line 4 has them: "
      "expected a last date of 2026-10-15, or none, or an id of its own for the later contract "
      "[gap-in-terms]\n");
  EXPECT_EQ(problems_of(p, "C,c,flagship,s,1,2026-10-16,\nC,c,basic,s,1,2026-01-01,2026-10-16\n"),
            "3:26: contract 'C' has other terms from 2026-10-16 on, on line 2: expected a last date of "
            "2026-10-15, or none, found 2026-10-16 [overlapping-terms]\n");
  EXPECT_EQ(problems_of(p, "C,c,basic,s,1,2026-01-01,2026-10-15\nC,c,flagship,s,1,2026-10-16,\n"), "");
}

TEST(contract_terms, rows_that_cannot_be_terms_of_one_contract_are_errors) {
  const policy p = two_tiers("");
  EXPECT_EQ(problems_of(p, "C,c,basic,s,1,,\nC,c,flagship,s,1,,\n"),
            "3:1: contract 'C' stands on line 2 already: its later terms have a first date each, in 'from' "
            "[repeated-contract]\n");
  EXPECT_EQ(
      problems_of(p, "C,c,basic,s,1,2026-01-01,\nC,c,flagship,s,1,2026-01-01,\n"),
      "3:18: contract 'C' stands on line 2 already with terms from 2026-01-01 on [repeated-contract]\n");
  EXPECT_EQ(problems_of(p, "C,c,basic,s,1,,2026-10-32\nC,c,flagship,s,1,2026-10-16,\n"),
            "2:16: expected a date such as '2026-03-01', found '2026-10-32' [malformed-date]\n")
      << "nothing is said of dates that nobody knows";
  EXPECT_EQ(
      problems_of(p,
                  "C,c,basic,s,1,,,Asia/Shanghai\nC,c,basic,s,2,2026-10-16,,\nC,c,basic,s,3,2026-11-16,,"
                  "Europe/Berlin\n",
                  "contract,customer,tier,services,monthly_fee,from,until,zone\n"),
      "4:27: contract 'C' has its dates in 'Asia/Shanghai' on line 3: its terms have one zone, found "
      "'Europe/Berlin' [zone-of-terms]\n");
  // Of a contract made in code.
  contract c{.id = "C", .tier = 0};
  c.later.push_back({.id = "C", .tier = 1});
  EXPECT_THROW((void)settle_october(p, c, {}), error) << "without a first date";
  c.later[0].from = 2026y / 10 / 16;
  c.from = 2026y / 10 / 17;
  EXPECT_THROW((void)settle_october(p, c, {}), error) << "no later date";
  c.from = {};
  c.later[0].tier = 2;
  EXPECT_THROW((void)settle_october(p, c, {}), error) << "a tier that the policy lacks";
  // Another customer may be a slip of the pen, or a company with a new name.
  EXPECT_EQ(problems_of(p, "C,old,basic,s,1,,\nC,new,basic,s,2,2026-10-16,\n"),
            "3:3: contract 'C' is that of 'old' on line 2, found 'new' [customer-of-terms]\n");
}

TEST(contract_terms, M5_a_free_service_needs_a_fee_that_stands_in) {
  const policy p = two_tiers("",
                             "[[credit]]\nclause = \"5\"\nmetric = \"availability of each service\"\nbelow = "
                             "[[\"99.9%\", \"10%\"]]\n"
                             "base = { fee = \"service fee\", reference = \"reference fee\" }\n");
  const std::string header = "contract,customer,tier,services,monthly_fee,service_fees,reference_fee\n";
  EXPECT_EQ(problems_of(p, "C,c,basic,s;t,3000,1000;2000,500\n", header), "");
  EXPECT_EQ(
      problems_of(p, "C,c,basic,s;t,3000,0;2000,500\n", header),
      "2:1: clause '5' is a share of the fee of each service, one of which is 0; a reference fee is of the "
      "whole contract and stands in for none: expected a fee above 0 in service_fees [missing-fee]\n");
}

TEST(contract_terms, records_know_the_services_and_clauses_of_all_terms) {
  const policy p = two_tiers(
      "",
      "[[credit]]\nclause = \"5.2\"\ntier = \"flagship\"\nmetric = \"availability\"\n"
      "below = [[\"99.99%\", \"10%\"]]\nbase = \"monthly fee\"\nclaim = { within = \"10 days\" }\n");
  const auto c = read(p, "C,c,basic,s,3000,2026-01-01,\nC,c,flagship,s;t,9000,2026-10-16,\n");
  EXPECT_TRUE(
      parse_outages(p, c, "o.csv", "outage,service,begin,end\n1,t,2026-10-20 09:00,2026-10-20 10:00\n")
          .diagnostics()
          .items()
          .empty());
  EXPECT_TRUE(parse_claims(p, c, "k.csv", "contract,clause,at\nC,5.2,2026-11-02 09:00\n"));
  EXPECT_FALSE(parse_claims(p, c, "k.csv", "contract,clause,at\nC,5.3,2026-11-02 09:00\n"));
}

TEST(contract_terms, a_comparison_takes_the_fees_of_each_part) {
  const policy p = two_tiers("changed_window = \"split\"\n");
  const auto c = read(p, upgrade)[0];
  const window w = october(p);
  const compared_row row = compare(p, c, {&w, 1}, {}, on_the_tenth, w.span.end);
  EXPECT_EQ(row.tier, "basic, flagship");
  EXPECT_EQ(row.later_targets, std::vector<ratio>{99.99_pct});
  EXPECT_EQ(row.fees, money::minor(609'677, cny)) << "(15 x 3,000 + 16 x 9,000) / 31";
  EXPECT_EQ(row.missed, 1U);
  EXPECT_EQ(row.lowest, ratio(1) - ratio(1'800, 1'296'000)) << "of a split the worst part";
}

TEST(contract_terms, a_version_need_not_read_the_terms_of_another) {
  // The gold tier comes with the second version; bronze goes.
  const policy first = two_tiers("", steps,
                                 "version = 2026-01-01\ntiers = [\"bronze\", \"basic\", \"flagship\"]\n"),
               second = two_tiers("", steps,
                                  "version = 2026-10-01\ntiers = [\"basic\", \"flagship\", \"gold\"]\n");
  const std::string rows = columns +
                           "C,c,bronze,s,1000,2026-01-01,\nC,c,basic,s,3000,2026-05-01,\n"
                           "C,c,gold,s,9000,2026-12-01,\n";
  const auto old = parse_contracts(first, "c.csv", rows, {}, {.last = 2026y / 11 / 2}),
             now = parse_contracts(second, "c.csv", rows, {}, {.first = 2026y / 9 / 30});
  ASSERT_TRUE(old) << old.diagnostics().print();
  ASSERT_TRUE(now) << now.diagnostics().print();
  EXPECT_EQ(now.value()[0].tier, no_tier);
  EXPECT_EQ(old.value()[0].later[1].tier, no_tier);
  EXPECT_FALSE(parse_contracts(first, "c.csv", rows)) << "alone, it has to read all of them";
  EXPECT_FALSE(parse_contracts(first, "c.csv", rows, {}, {.last = 2026y / 12 / 2}));
  // A tier that goes and one that comes on the same date, by the days to which each version reaches.
  EXPECT_TRUE(parse_contracts(second, "c.csv",
                              columns + "C,c,bronze,s,1,2026-01-01,\nC,c,gold,s,2,2026-10-01,\n", {},
                              {.first = 2026y / 10 / 1}));
  EXPECT_TRUE(parse_contracts(first, "c.csv",
                              columns + "C,c,bronze,s,1,2026-01-01,\nC,c,gold,s,2,2026-10-01,\n", {},
                              {.last = 2026y / 9 / 30}));
  // Midnight elsewhere is another date here: a day more is needed, and not passed over.
  for (const bool elsewhere : {false, true})
    EXPECT_EQ(
        parse_contracts(first, "c.csv",
                        "contract,customer,tier,services,monthly_fee,from,zone\nC,c,bronze,s,1,2026-01-01," +
                            std::string(elsewhere ? "Pacific/Auckland" : "") + "\nC,c,gold,s,2,2026-10-01," +
                            std::string(elsewhere ? "Pacific/Auckland" : "") + "\n",
                        {}, {.last = 2026y / 9 / 30})
            .diagnostics()
            .has_errors(),
        elsewhere);
  const policy_versions versions{{first, second}};
  const std::vector<version_records> records{{.contracts = old.value(), .outages = on_the_tenth},
                                             {.contracts = now.value(), .outages = on_the_tenth}};
  const portfolio october = draw_up(versions, records, {.last = 2026y / 10, .first = 2026y / 4});
  EXPECT_EQ(october.statements[0].windows_before, 6U);
  EXPECT_EQ(october.statements[0].contract.monthly_fee, money::minor(300'000, cny));
  const portfolio december = draw_up(versions, records, {.last = 2026y / 12});
  EXPECT_EQ(second.tier_name(december.statements[0].contract.tier), "gold");
  const window april = calendar_month(2026y / 4, second.home());
  EXPECT_THROW((void)draw_up(second, now.value()[0], april, {}, {}, april.span.end), error)
      << "nothing is settled by terms that cannot be read";
  EXPECT_FALSE(parse_incidents(
      first,
      parse_contracts(first, "c.csv", columns + "C,c,gold,s,2,2026-12-01,\n", {}, {.last = 2026y / 9 / 30})
          .value(),
      "i.csv", "incident,contract,at,event,severity\nI,C,2026-09-01 09:00,reported,P1\n"));
}

}  // namespace
}  // namespace contract_terms_test
