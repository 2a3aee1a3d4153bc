// SPDX-License-Identifier: MIT
// A policy that was amended on 1 January: incidents judged by the version of their report, windows settled by that of
// their begin. The second version has a severity and a clock before those of the first, so that every number differs.

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include <sla/policy/policy_load.hpp>
#include <sla/policy/records_load.hpp>
#include <sla/policy/source_load.hpp>
#include <sla/policy/versioned_load.hpp>
#include <sla/policy/versioned_portfolio.hpp>
#include <sla/report/json.hpp>
#include <sla/report/log_review.hpp>
#include <sla/report/text.hpp>

namespace versioned_portfolio_test {
namespace {

using namespace sla;
using namespace std::chrono_literals;

policy version(const std::string& text) {
  auto p = parse_policy("x.toml", "policy = \"x\"\nzone = \"Asia/Shanghai\"\ncurrency = \"CNY\"\n" + text);
  EXPECT_TRUE(p) << p.diagnostics().print();
  return std::move(p).value();
}
std::string clauses(const std::string& available, const std::string& late) {
  return "[[availability]]\ntarget = \"99.9%\"\nwindow = \"calendar month\"\n[compensation]\ncombine = "
         "\"sum\"\n"
         "[[credit]]\nclause = \"5\"\nmetric = \"availability\"\nbelow = [[\"99.9%\", \"" +
         available +
         "\"]]\nbase = \"monthly fee\"\n[[credit]]\nclause = \"6\"\nmetric = \"lateness of onsite\"\n"
         "per_time = { each = \"1h\", rate = \"" +
         late +
         "\", counted = \"started\" }\nbase = \"monthly fee\"\n[[credit]]\nclause = \"7\"\n"
         "metric = \"attainment of onsite\"\nflat = { rate = \"4%\", below = \"100%\" }\n"
         "gate = { misses = 2 }\nbase = \"monthly fee\"\n";
}
const policy_versions& amended() {
  static const policy_versions versions{
      {version("version = 2026-01-01\nseverities = [\"P0\", \"P1\", \"P2\"]\ntiers = [\"plus\", "
               "\"basic\"]\n[[target]]\n"
               "onsite = \"30min\"\n[[target]]\nseverity = \"P0\"\nresponse = \"5min\"\n" +
               clauses("20%", "5%")),
       version("version = 2025-01-01\nseverities = [\"P1\", \"P2\"]\ntiers = [\"basic\"]\n[[target]]\n"
               "onsite = \"10min\"\n" +
               clauses("10%", "3%"))}};
  return versions;
}

// By 2025's ten minutes: I-0 late by 20 minutes; I-1 late from midnight on. By 2026's thirty: I-2 in time.
const std::string incidents_csv =
    "incident,contract,at,event,severity\n"
    "I-0,C,2025-12-10 09:00,reported,P1\nI-0,C,2025-12-10 09:30,arrived,\n"
    "I-1,C,2025-12-31 23:50,reported,P1\nI-1,C,2026-01-01 00:10,arrived,\n"
    "I-2,C,2026-01-05 08:00,reported,P1\nI-2,C,2026-01-05 08:20,arrived,\n";

struct files {
  std::vector<std::vector<contract>> contracts;
  std::vector<std::vector<incident>> incidents;
  std::vector<std::vector<service_outage>> outages;

  explicit files(const policy_versions& versions) {
    for (const policy& p : versions.all()) {
      contracts.push_back(
          parse_contracts(p, "c.csv", "contract,customer,tier,services,monthly_fee\nC,c,basic,s,10000\n")
              .value());
      outages.push_back(parse_outages(p, contracts.back(), "o.csv",
                                      "outage,service,begin,end\n1,s,2025-12-20 09:00,2025-12-20 11:00\n"
                                      "2,s,2026-01-20 09:00,2026-01-20 11:00\n")
                            .value());
    }
    incidents = parse_incidents(versions, contracts, "i.csv", incidents_csv).value();
  }
  [[nodiscard]] std::vector<version_records> records() const {
    std::vector<version_records> out;
    for (std::size_t v = 0; v < contracts.size(); ++v)
      out.push_back({contracts[v], incidents[v], outages[v]});
    return out;
  }
};

TEST(versioned_portfolio, C16_each_incident_is_read_and_judged_by_the_version_of_its_report) {
  const files f(amended());
  ASSERT_EQ(f.incidents.size(), 2U);
  ASSERT_EQ(f.incidents[0].size(), 2U);
  ASSERT_EQ(f.incidents[1].size(), 1U);
  EXPECT_EQ(f.incidents[0][1].id, "I-1");
  EXPECT_EQ(f.incidents[0][1].facts.at_report.severity, 0);
  EXPECT_EQ(f.incidents[1][0].facts.at_report.severity, 1);
  EXPECT_EQ(f.incidents[1][0].facts.tier, 1);
  EXPECT_NE(amended().all()[0].clock("onsite"), amended().all()[1].clock("onsite"));
}

TEST(versioned_portfolio, C16_each_window_is_settled_by_the_version_of_its_begin) {
  const files f(amended());
  const portfolio december = draw_up(amended(), f.records(), {.last = 2025y / 12}),
                  january = draw_up(amended(), f.records(), {.last = 2026y / 1}),
                  after = draw_up(amended(), f.records(), {.last = 2026y / 1, .first = 2025y / 12});
  // 7,200 of 2,678,400 s: 10 %; one late answer, one started hour, 3 %.
  EXPECT_EQ(december.statements.front().money.total, money::minor(130'000, cny));
  EXPECT_EQ(december.statements.front().rests_on.policy.version, "2025-01-01");
  // 20 %; the answer that became late at midnight, at 5 %.
  EXPECT_EQ(january.statements.front().money.total, money::minor(250'000, cny));
  EXPECT_EQ(january.statements.front().rests_on.policy.version, "2026-01-01");
  // December was a miss of the same clock under its other number: the second in a row pays 4 %.
  EXPECT_EQ(after.statements.front().money.total, money::minor(290'000, cny));
  EXPECT_EQ(after.statements.front().windows_before, 1U);
}

TEST(versioned_portfolio, C16_what_two_versions_judge_is_counted_by_name) {
  const files f(amended());
  const portfolio january = draw_up(amended(), f.records(), {.last = 2026y / 1});
  const statement& s = january.statements.front();
  ASSERT_EQ(s.incidents.size(), 2U);
  EXPECT_EQ(s.incidents[0].by->version(), 2025y / 1 / 1);
  EXPECT_EQ(s.incidents[1].by->version(), 2026y / 1 / 1);
  const policy& newest = amended().all()[1];
  ASSERT_EQ(s.attainment.size(), 1U);
  EXPECT_EQ(s.attainment[0].clock, newest.clock("onsite"));
  EXPECT_EQ(s.attainment[0].count, (attainment{.met = 1, .breached = 1}));
  ASSERT_EQ(january.attainment.size(), 1U);
  EXPECT_EQ(january.attainment[0].severity, *newest.find_severity("P1"));
  EXPECT_EQ(january.attainment[0].count, (attainment{.met = 1, .breached = 1}));
}

TEST(versioned_portfolio, C19_the_statement_names_both_versions) {
  const files f(amended());
  const portfolio january = draw_up(amended(), f.records(), {.last = 2026y / 1});
  const std::string text = to_text(amended(), january), json = to_json(amended(), january);
  EXPECT_NE(text.find("x, version of 2026-01-01"), text.npos) << text;
  EXPECT_NE(text.find("I-1  P1, judged by the version of 2025-01-01, reported 2025-12-31 23:50"), text.npos)
      << text;
  EXPECT_NE(text.find("I-2  P1, reported 2026-01-05 08:00"), text.npos);
  EXPECT_NE(text.find("Rests on policy x 2026-01-01"), text.npos);
  EXPECT_EQ(text.find("Rests on policy x 2025-01-01"), text.npos) << "it settled nothing";
  EXPECT_NE(json.find("\"judged_by\": \"2025-01-01\""), json.npos);
  EXPECT_NE(json.find("\"version\": \"2026-01-01\""), json.npos);
}

TEST(versioned_portfolio, a_single_version_is_what_draw_up_of_the_policy_is) {
  const policy_versions one{{amended().all()[1]}};
  const files f(one);
  const portfolio all = draw_up(one, f.records(), {.last = 2026y / 1});
  EXPECT_EQ(to_text(one, all), to_text(one.all()[0], all));
  EXPECT_EQ(to_json(one, all), to_json(one.all()[0], all));
  EXPECT_FALSE(all.statements.front().incidents.front().by);
  EXPECT_EQ(all.statements.front().money.total, money::minor(200'000, cny))
      << "I-1 is in time by thirty minutes";
}

TEST(versioned_load, problems_are_told_once_and_in_the_names_of_the_version) {
  const files f(amended());
  const auto bad = parse_incidents(amended(), f.contracts, "i.csv",
                                   "incident,contract,at,event,severity\n"
                                   "I-1,C,2025-06-01 09:00,reported,P0\n"
                                   "I-2,C,2026-06-01 09:00,reported,P0\n"
                                   "I-3,C,2026-06-01 09:00,reported,P9\n"
                                   "I-4,C,2024-06-01 09:00,reported,P1\n"
                                   "I-5,D,2026-06-01 09:00\n");
  ASSERT_FALSE(bad);
  EXPECT_EQ(
      bad.diagnostics().print(),
      "i.csv:2:33: unknown severity 'P0', expected one of P1, P2; did you mean 'P1'? [unknown-severity]\n"
      "    2 | I-1,C,2025-06-01 09:00,reported,P0\n"
      "      |                                 ^~\n"
      "i.csv:4:33: unknown severity 'P9', expected one of P0, P1, P2; did you mean 'P0'? [unknown-severity]\n"
      "    4 | I-3,C,2026-06-01 09:00,reported,P9\n"
      "      |                                 ^~\n"
      "i.csv:5:1: incident 'I-4' was reported before 2025-01-01, from when the first version of policy 'x' "
      "is "
      "in force [no-version]\n"
      "    5 | I-4,C,2024-06-01 09:00,reported,P1\n"
      "      | ^~~\n"
      "i.csv:6:23: expected 5 columns, found 3: event, severity are missing [too-few-columns]\n"
      "    6 | I-5,D,2026-06-01 09:00\n"
      "      |                       ^\n");
}

TEST(versioned_load, a_log_of_another_system_is_accounted_for_once) {
  const auto described = parse_source("s.toml",
                                      "source = \"s\"\nzone = \"Asia/Shanghai\"\ntier = \"basic\"\n[column]\n"
                                      "incident = \"number\"\ntime = \"at\"\nstate = \"state\"\n"
                                      "severity = \"grade\"\n[state]\n\"New\" = {}\n"
                                      "\"There\" = { moment = \"arrived\" }\n");
  ASSERT_TRUE(described) << described.diagnostics().print();
  const auto logs = read_export(amended(), described.value(), "log.csv",
                                "number,at,state,grade\n"
                                "I-0,2025-12-10 09:00,New,P1\nI-0,2025-12-10 09:30,There,P1\n"
                                "I-2,2026-01-05 08:00,New,P1\nI-2,2026-01-05 08:20,There,P1\n"
                                "I-3,2025-06-01 09:00,New,P0\n,2026-01-05 08:00,New,P1\n");
  ASSERT_TRUE(logs) << logs.diagnostics().print();
  const log_review r = review(amended(), logs.value(), instant::latest());
  EXPECT_EQ(r.rows.read, 6U);
  EXPECT_EQ(r.rows.used, 4U);
  EXPECT_EQ(r.rows.of(ignored_reason::unknown_severity).count, 1U)
      << "nobody was promised anything for P0 then";
  EXPECT_EQ(r.rows.of(ignored_reason::no_incident_number).count, 1U);
  ASSERT_EQ(r.attainment.size(), 1U);
  EXPECT_EQ(r.attainment[0].count, (attainment{.met = 1, .breached = 1}));
  EXPECT_EQ(r.rests_on.policy.version, "2025-01-01 and 2026-01-01");
  const std::string text = to_text(amended().all()[1], r);
  EXPECT_NE(text.find("I-0       P1        onsite"), text.npos) << text;
}

}  // namespace
}  // namespace versioned_portfolio_test
