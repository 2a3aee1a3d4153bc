// SPDX-License-Identifier: MIT
// One broken switch makes an outage and late answers: of what one root cause makes several clauses owe, the largest pays.

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include <sla/policy/policy_load.hpp>
#include <sla/policy/portfolio.hpp>
#include <sla/policy/records_load.hpp>
#include <sla/report/json.hpp>
#include <sla/report/text.hpp>

namespace root_causes_test {
namespace {

using namespace sla;
using namespace std::chrono_literals;

policy with(const std::string& combine, const std::string& first_clause) {
  auto p =
      parse_policy("x.toml",
                   "policy = \"x\"\nversion = 2026-01-01\nzone = \"Asia/Shanghai\"\ncurrency = \"CNY\"\n"
                   "severities = [\"P1\"]\ntiers = [\"a\"]\n[[target]]\nresponse = \"10min\"\n"
                   "[[availability]]\ntarget = \"99.9%\"\nwindow = \"calendar month\"\n"
                   "[compensation]\ncombine = \"" +
                       combine + "\"\n[[credit]]\nclause = \"5.1\"\nbase = \"monthly fee\"\n" + first_clause +
                       "[[credit]]\nclause = \"5.2\"\nmetric = \"lateness of response\"\n"
                       "per_time = { each = \"1h\", rate = \"3%\", counted = \"started\" }\n"
                       "base = \"monthly fee\"\n");
  EXPECT_TRUE(p) << p.diagnostics().print();
  return std::move(p).value();
}
const std::string each_outage = "metric = \"each outage\"\nby_duration = [[\"over 1h\", \"10%\"]]\n";
const std::string availability = "metric = \"availability\"\nbelow = [[\"99.9%\", \"10%\"]]\n";

const std::string contracts_csv = "contract,customer,tier,services,monthly_fee\nC,c,a,s;t,10000\n";
// Late by 1 h 20 min, two started hours, 600.00; by 15 min, 300.00; by 2 h 30 min, 900.00; by 15 min, 300.00.
const std::string incidents_csv =
    "incident,contract,at,event,severity,root_cause\n"
    "I-1,C,2026-10-12 09:00,reported,P1,\n"
    "I-1,C,2026-10-12 10:30,responded,,core switch\n"
    "I-2,C,2026-10-12 09:05,reported,P1,core switch\n"
    "I-2,C,2026-10-12 09:30,responded,,core switch\n"
    "I-3,C,2026-10-20 09:00,reported,P1,dns\n"
    "I-3,C,2026-10-20 11:40,responded,,\n"
    "I-4,C,2026-10-21 09:00,reported,P1,\n"
    "I-4,C,2026-10-21 09:25,responded,,\n";
// Each over an hour: 1,000.00.
const std::string outages_csv =
    "outage,service,begin,end,root_cause\n"
    "1,s,2026-10-12 09:00,2026-10-12 11:00,core switch\n"
    "2,s,2026-10-25 09:00,2026-10-25 10:30,\n";

statement october(const policy& p, const std::string& incidents, const std::string& outages) {
  const auto contracts = parse_contracts(p, "c.csv", contracts_csv).value();
  const window w = calendar_month(2026y / 10, p.home());
  return draw_up(p, contracts.front(), w, parse_incidents(p, contracts, "i.csv", incidents).value(),
                 parse_outages(p, contracts, "o.csv", outages).value(), w.span.end);
}
std::string outcomes(const statement& s) {
  std::string out;
  for (const credit_line& l : s.money.lines)
    out += (out.empty() ? "" : "; ") + l.subject + ' ' + std::string(name(l.outcome)) + ' ' +
           std::to_string(l.amount.minor_units() / 100);
  return out;
}

TEST(root_causes, M8_of_one_cause_the_largest_pays_and_each_other_pays_too) {
  const statement s = october(with("root cause", each_outage), incidents_csv, outages_csv);
  EXPECT_EQ(outcomes(s),
            "2026-10-12 09:00 pays 1000; 2026-10-25 09:00 pays 1000; I-1 superseded 600; I-2 superseded 300; "
            "I-3 pays 900; I-4 pays 300");
  EXPECT_EQ(s.money.total, money::minor(320'000, cny));
  EXPECT_TRUE(s.is_defined());
  EXPECT_EQ(s.root_causes, (std::vector<std::string>{"core switch", "dns"}));
  EXPECT_EQ(october(with("sum", each_outage), incidents_csv, outages_csv).money.total,
            money::minor(410'000, cny));
}

TEST(root_causes, M8_the_statement_says_what_was_put_aside_and_for_what) {
  const policy p = with("root cause", each_outage);
  const statement s = october(p, incidents_csv, outages_csv);
  const std::string text = to_text(p, s), json = to_json(p, s);
  EXPECT_NE(text.find("2 x 3%, put aside: clause 5.1 (2026-10-12 09:00) pays for the root cause core switch"),
            text.npos)
      << text;
  EXPECT_NE(text.find("reported 2026-10-20 09:00"), text.npos);
  EXPECT_NE(text.find("root cause dns"), text.npos);
  EXPECT_NE(json.find("\"root_cause\": \"core switch\",\n        \"put_aside_for\": 0"), json.npos) << json;
  EXPECT_NE(json.find("\"root_cause\": \"dns\",\n        \"put_aside_for\": null"), json.npos);
}

TEST(root_causes, M8_an_availability_is_of_a_cause_where_all_of_its_downtime_is) {
  const policy p = with("root cause", availability);
  const std::string head = "outage,service,begin,end,root_cause\n";
  const std::string switched = "1,s,2026-10-12 09:00,2026-10-12 11:00,core switch\n";
  // 10 % of the month, of the switch; of the late answers the dns's 900.00 and the one of no cause, 300.00.
  EXPECT_EQ(october(p, incidents_csv, head + switched).money.total, money::minor(220'000, cny));
  EXPECT_EQ(october(p, incidents_csv, head + switched + "2,t,2026-10-12 10:00,2026-10-12 12:00,core switch\n")
                .money.total,
            money::minor(220'000, cny));
  // Then the largest of the switch's late answers pays, too.
  for (const char* more :
       {"2,s,2026-10-25 09:00,2026-10-25 10:30,\n", "2,s,2026-10-25 09:00,2026-10-25 10:30,dns\n",
        "2,t,2026-10-12 10:00,2026-10-12 12:00,\n"})
    EXPECT_EQ(october(p, incidents_csv, head + switched + more).money.total, money::minor(280'000, cny))
        << more;
}

// Two services down at once are one outage: of a cause where both records name it.
TEST(root_causes, M8_records_that_are_united_share_a_cause_or_have_none) {
  const policy p = with("root cause", each_outage);
  const auto total = [&](const std::string& second) {
    return october(p, incidents_csv,
                   "outage,service,begin,end,root_cause\n1,s,2026-10-12 09:00,2026-10-12 11:00,core switch\n"
                   "2,t,2026-10-12 10:00,2026-10-12 12:00," +
                       second + "\n")
        .money.total;
  };
  EXPECT_EQ(total("core switch"), money::minor(220'000, cny));
  EXPECT_EQ(total(""), money::minor(280'000, cny));
  EXPECT_EQ(total("dns"), money::minor(280'000, cny));
}

TEST(root_causes, records_of_no_file_are_found_by_their_time) {
  const policy p = with("root cause", each_outage);
  const auto at = [](int day, int minutes) {
    return instant(std::chrono::sys_days(2026y / 10 / day)) + std::chrono::minutes(minutes) - 8h;
  };
  const contract c{.id = "C", .services = {"s"}, .monthly_fee = money::minor(1'000'000, cny)};
  incident late{
      .id = "I", .contract = "C", .facts = p.facts({.severity = "P1", .tier = "a", .reported = at(12, 540)})};
  late.events = {event::of(moment::responded, at(12, 565))};
  late.root_cause = "switch";
  const std::vector<incident> incidents{late};
  std::vector<service_outage> outages{{"s", "1", {.span = {at(12, 540), at(12, 660)}}, {}, "switch"},
                                      {"s", "2", {.span = {at(13, 540), at(13, 660)}}, {}, "dns"}};
  const window w = calendar_month(2026y / 10, p.home());
  EXPECT_EQ(draw_up(p, c, w, incidents, outages, w.span.end).money.total, money::minor(200'000, cny));
  outages.front().root_cause = "fan";
  EXPECT_EQ(draw_up(p, c, w, incidents, outages, w.span.end).money.total, money::minor(230'000, cny));
}

TEST(root_causes, an_incident_of_two_is_an_error) {
  const policy p = with("root cause", each_outage);
  const auto contracts = parse_contracts(p, "c.csv", contracts_csv).value();
  const auto read = parse_incidents(p, contracts, "i.csv",
                                    "incident,contract,at,event,severity,root_cause\n"
                                    "I-1,C,2026-10-12 09:00,reported,P1,switch\n"
                                    "I-1,C,2026-10-12 10:30,responded,,dns\n");
  ASSERT_FALSE(read);
  EXPECT_EQ(
      read.diagnostics().print(),
      "i.csv:3:35: incident 'I-1' has the root cause 'switch' on line 2 and 'dns' here [two-root-causes]\n"
      "    3 | I-1,C,2026-10-12 10:30,responded,,dns\n"
      "      |                                   ^~~\n");
}

}  // namespace
}  // namespace root_causes_test
