// SPDX-License-Identifier: MIT
// Contracts in zones of their own, and contracts whose windows begin with them: each contract's month is its own.

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include <sla/calendar/zone_load.hpp>
#include <sla/policy/comparison.hpp>
#include <sla/policy/policy_load.hpp>
#include <sla/policy/portfolio.hpp>
#include <sla/policy/records_load.hpp>
#include <sla/report/json.hpp>
#include <sla/report/text.hpp>

namespace contract_zone_test {
namespace {

using namespace sla;
using namespace std::chrono_literals;

// 10,000.00 a month; below 99.9 % a tenth of it.
policy measured_by(const std::string& window, const std::string& rest = "") {
  auto p = parse_policy("x.toml",
                        "policy = \"x\"\nversion = 2026-01-01\nzone = \"Asia/Shanghai\"\ncurrency = \"CNY\"\n"
                        "severities = [\"P1\"]\ntiers = [\"a\"]\n[[target]]\nresponse = \"10min\"\n"
                        "[[availability]]\ntarget = \"99.9%\"\nwindow = " +
                            window +
                            "\n[[credit]]\nclause = \"5\"\nmetric = \"availability\"\n"
                            "below = [[\"99.9%\", \"10%\"]]\nbase = \"monthly fee\"\n" +
                            rest);
  EXPECT_TRUE(p) << p.diagnostics().print();
  return std::move(p).value();
}
const policy& by_months() {
  static const policy p = measured_by("\"calendar month\"");
  return p;
}
std::vector<contract> read(const policy& p, const std::string& rows) {
  auto c = parse_contracts(p, "c.csv", "contract,customer,tier,services,monthly_fee,zone,from\n" + rows);
  EXPECT_TRUE(c) << c.diagnostics().print();
  return std::move(c).value();
}
const std::string two_zones = "SH,a,a,s,10000,,\nNY,b,a,s,10000,America/New_York,\n";
// In Shanghai on 1 November, 02:00 to 03:00; in New York on 31 October, 14:00 to 15:00.
std::vector<service_outage> at_the_edge(const policy& p, const std::vector<contract>& contracts) {
  return parse_outages(p, contracts, "o.csv",
                       "outage,service,begin,end\n1,s,2026-11-01 02:00,2026-11-01 03:00\n")
      .value();
}
portfolio settled(const policy& p, const std::vector<contract>& contracts, const settled_months& months) {
  return draw_up(p, contracts, months, {}, at_the_edge(p, contracts));
}

TEST(contract_zone, A2_an_outage_at_the_edge_falls_into_different_months) {
  const policy& p = by_months();
  const auto contracts = read(p, two_zones);
  const portfolio october = settled(p, contracts, {2026y / 10}),
                  november = settled(p, contracts, {2026y / 11});
  const auto of = [](const portfolio& all, std::size_t i) {
    return all.statements[i].money.total.minor_units();
  };
  EXPECT_EQ(of(october, 0), 0);
  EXPECT_EQ(of(october, 1), 100'000) << "3,600 of 744 h: 99.866 %";
  EXPECT_EQ(of(november, 0), 100'000) << "3,600 of 720 h: 99.861 %";
  EXPECT_EQ(of(november, 1), 0);
  EXPECT_EQ(november.statements[1].measured.denominator, 721h) << "clocks are set back on 1 November";
  EXPECT_EQ(october.totals, (std::vector<money>{money::minor(100'000, cny)}));

  const zone new_york = load_zone("America/New_York");
  EXPECT_EQ(october.statements[0].window, calendar_month(2026y / 10, p.home()));
  EXPECT_EQ(october.statements[1].window, calendar_month(2026y / 10, new_york));
  EXPECT_EQ(october.statements[0].as_of, october.statements[0].window.span.end)
      << "whatever the other's month";
  EXPECT_EQ(october.window.label, "2026-10");
  EXPECT_EQ(october.window.span,
            (interval{october.statements[0].window.span.begin, october.statements[1].window.span.end}));
  EXPECT_EQ(settled(p, read(p, "SH,a,a,s,10000,Asia/Shanghai,\n"), {2026y / 10}).window,
            calendar_month(2026y / 10, p.home()));
}

TEST(contract_zone, a_statement_shows_its_zone_and_its_times) {
  const policy& p = by_months();
  const portfolio all = settled(p, read(p, two_zones), {2026y / 10});
  const std::string text = to_text(p, all), json = to_json(p, all);
  EXPECT_NE(text.find("2026-10, 2026-10-01 00:00 to 2026-11-01 00:00 Asia/Shanghai"), text.npos) << text;
  EXPECT_NE(text.find("2026-10, 2026-10-01 00:00 to 2026-11-01 00:00 America/New_York"), text.npos);
  EXPECT_NE(text.find("2026-10-31 14:00  2026-10-31 15:00"), text.npos);
  EXPECT_NE(text.find("zone America/New_York"), text.npos) << "what it rests on";
  EXPECT_NE(json.find("\"zone\": \"America/New_York\""), json.npos);
  EXPECT_NE(json.find("\"from\": \"2026-10-31T14:00:00-04:00\""), json.npos);
}

TEST(contract_zone, A2_terms_and_claims_begin_and_end_there) {
  const policy p = measured_by("\"calendar month\"", "claim = { within = \"30 days\" }\n");
  auto contracts = read(p, "NY,b,a,s,10000,America/New_York,2026-10-16\n");
  const zone new_york = load_zone("America/New_York");
  const statement s = settled(p, contracts, {2026y / 10}).statements.front();
  EXPECT_EQ(s.measured.window.span.begin, new_york.start_of(std::chrono::sys_days(2026y / 10 / 16)));
  contracts.front().from.reset();
  const statement whole = settled(p, contracts, {2026y / 10}).statements.front();
  ASSERT_EQ(whole.money.lines.size(), 1U);
  // Thirty days from the end of October: over with 30 November there, at 13:00 of 1 December in Shanghai.
  EXPECT_EQ(whole.money.lines.front().claim.open.end,
            new_york.start_of(std::chrono::sys_days(2026y / 12 / 1)));
}

TEST(contract_zone, M4_a_day_of_the_fee_is_a_day_there) {
  const policy p =
      parse_policy("x.toml",
                   "policy = \"x\"\nversion = 2026-01-01\nzone = \"Asia/Shanghai\"\ncurrency = \"CNY\"\n"
                   "severities = [\"P1\"]\ntiers = [\"a\"]\n[[availability]]\ntarget = \"99.9%\"\n"
                   "window = \"calendar month\"\n[compensation]\ncombine = \"sum\"\n[[credit]]\n"
                   "clause = \"5\"\nmetric = \"each outage\"\nby_duration = [[\"over 10min\", \"1%\"]]\n"
                   "base = \"monthly fee\"\nonce_a_day = true\n")
          .value();
  const auto contracts = read(p, two_zones);
  // 11:00 and 13:00 of 12 October in Shanghai: 23:00 of the 11th and 01:00 of the 12th in New York.
  const auto outages = parse_outages(p, contracts, "o.csv",
                                     "outage,service,begin,end\n1,s,2026-10-12 11:00,2026-10-12 11:30\n"
                                     "2,s,2026-10-12 13:00,2026-10-12 13:30\n")
                           .value();
  const portfolio all = draw_up(p, contracts, settled_months{2026y / 10}, {}, outages);
  EXPECT_EQ(all.statements[0].money.total, money::minor(10'000, cny));
  EXPECT_EQ(all.statements[1].money.total, money::minor(20'000, cny));
  EXPECT_EQ(all.statements[1].money.lines.front().subject, "2026-10-11 23:00");
}

TEST(contract_zone, an_unknown_one_is_told_where_it_stands) {
  const auto bad =
      parse_contracts(by_months(), "c.csv",
                      "contract,customer,tier,services,monthly_fee,zone\n"
                      "A,a,a,s,1,Asia/Shangai\nB,b,a,s,1,America/New_York\nC,c,a,s,x,Asia/Shangai\n");
  ASSERT_FALSE(bad);
  EXPECT_EQ(bad.diagnostics().print(),
            "c.csv:2:11: unknown time zone 'Asia/Shangai', did you mean Asia/Shanghai? [unknown-zone]\n"
            "    2 | A,a,a,s,1,Asia/Shangai\n"
            "      |           ^~~~~~~~~~~~\n"
            "c.csv:4:9: expected an amount such as '9000.00' in CNY, found 'x' [malformed-amount]\n"
            "    4 | C,c,a,s,x,Asia/Shangai\n"
            "      |         ^\n"
            "c.csv:4:11: unknown time zone 'Asia/Shangai', did you mean Asia/Shanghai? [unknown-zone]\n"
            "    4 | C,c,a,s,x,Asia/Shangai\n"
            "      |           ^~~~~~~~~~~~\n");
}

TEST(contract_zone, many_unknown_ones_are_not_looked_for) {
  std::string rows = "contract,customer,tier,services,monthly_fee,zone\n";
  for (int i = 0; i < 25; ++i) {
    const std::string n = std::to_string(i);
    rows += n + ",a,a,s,1,Nowhere/" + n + '\n';
  }
  const auto bad = parse_contracts(by_months(), "c.csv", rows);
  EXPECT_EQ(bad.diagnostics().errors(), 25U);
  EXPECT_NE(bad.diagnostics().print().find(
                "c.csv:22:12: no zone is looked for after 20 unknown ones, found 'Nowhere/20'"),
            std::string::npos)
      << bad.diagnostics().print();
}

TEST(own_windows, A2_months_that_begin_with_each_contract) {
  const policy p = measured_by("\"anniversary month\"");
  const auto contracts = read(p, "A,a,a,s,10000,,2026-01-17\nB,b,a,s,10000,,2026-03-05\n");
  const auto outages = parse_outages(p, contracts, "o.csv",
                                     "outage,service,begin,end\n1,s,2026-10-16 23:00,2026-10-17 02:00\n")
                           .value();
  const portfolio all = draw_up(p, contracts, {.last = 2026y / 10, .first = 2026y / 9}, {}, outages);
  EXPECT_EQ(all.statements[0].window.label, "2026-10-17/2026-11-16");
  EXPECT_EQ(all.statements[1].window.label, "2026-10-05/2026-11-04");
  EXPECT_EQ(all.statements[0].measured.counted, 2h);
  EXPECT_EQ(all.statements[1].measured.counted, 3h);
  EXPECT_EQ(all.statements[0].windows_before, 2U) << "those that touch September and begin before October's";
  EXPECT_EQ(all.window.label, "2026-10");
}

// What the windows of October to December cost at 10,000.00 a month.
money fees(const std::string& window) {
  const policy p = measured_by(window);
  const contract c{
      .id = "C", .services = {"s"}, .monthly_fee = money::minor(1'000'000, cny), .from = 2026y / 1 / 17};
  return compare(p, c, windows_of(p, c, 2026y / 10, 2026y / 12), {}, {}, instant::latest()).fees;
}

TEST(own_windows, A8_the_fees_beside_are_those_of_the_same_windows) {
  EXPECT_EQ(fees("\"calendar month\""), money::minor(3'000'000, cny));
  EXPECT_EQ(fees("\"calendar quarter\""), money::minor(3'000'000, cny));
  EXPECT_EQ(fees("\"calendar year\""), money::minor(12'000'000, cny));
  // From 17 September to 16 January: four months.
  EXPECT_EQ(fees("\"anniversary month\""), money::minor(4'000'000, cny));
  EXPECT_EQ(fees("{ billing_day = 17 }"), money::minor(4'000'000, cny));
  // 1 to 30 October 30/31, 9,677.42; 31 October to 29 November 1/31 + 29/30, 9,989.25; 30 November to 29 December
  // 1/30 + 29/31, 9,688.17; 30 December to 28 January 2/31 + 28/31, 9,677.42.
  EXPECT_EQ(fees("{ minutes = 43200, from = 2026-10-01 }"), money::minor(3'903'226, cny));
  EXPECT_EQ(fees("{ days = 30, from = 2026-10-01 }"), money::minor(3'903'226, cny));
  // Whole days that overlap: the 92 windows of a day each, one after another.
  EXPECT_EQ(fees("{ rolling_days = 1 }"), money::minor(31 * 32'258 + 30 * 33'333 + 31 * 32'258, cny));
}

}  // namespace
}  // namespace contract_zone_test
