// SPDX-License-Identifier: MIT
// Bad input: every problem with its place on standard error, status 2, nothing on standard output.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "run_tool.hpp"

namespace bad_input_test {
namespace {

using namespace tool_test;
using ::testing::HasSubstr;

void expect_refused(const result& r, const std::vector<std::string>& problems) {
  EXPECT_EQ(r.status, 2);
  EXPECT_EQ(r.out, "");
  for (const std::string& p : problems) EXPECT_THAT(r.err, HasSubstr(p));
  EXPECT_EQ(places(r.err), problems.size()) << r.err;
}

constexpr const char* contracts_head = "contract,customer,tier,region,services,monthly_fee,currency\n";
constexpr const char* incidents_head = "incident,contract,at,event,severity\n";

TEST(bad_input, every_problem_of_every_record_file_in_one_run) {
  const folder at;
  inputs i;
  i.incidents = at.write("incidents.csv", std::string(incidents_head) +
                                              "I-1,SH-001,2026-10-12 09:00,reported,P9\n"
                                              "I-2,SH-001,2026-10-12 25:00,reported,P1\n"
                                              "I-3,SH-001,2026-10-12 09:00\n"
                                              "I-4,SH-001,2026-10-12 09:00,reported,P1\n");
  i.outages = at.write("outages.csv",
                       "outage,service,begin,end\nO-1,voice-pujiang,2026-10-12 09:00,2026-10-12 08:00\n");
  expect_refused(run(statement(i)), {i.incidents + ":2:38: unknown severity 'P9', expected one of P1, P2, P3",
                                     i.incidents + ":3:", i.incidents + ":4:", i.outages + ":2:"});
}

TEST(bad_input, a_contract_of_an_unknown_tier) {
  const folder at;
  inputs i;
  i.contracts =
      at.write("contracts.csv", std::string(contracts_head) + "C-1,浦江,flagshp,urban,voice,1.00,CNY\n");
  expect_refused(run(statement(i)),
                 {i.contracts + ":2:8: unknown tier 'flagshp', expected one of basic, enterprise, "
                                "flagship; did you mean 'flagship'?"});
}

TEST(bad_input, a_month_that_is_not_one) {
  for (const char* month : {"2026-13", "2026-1", "October", "2026-00", ""}) {
    inputs i;
    i.month = month;
    expect_refused(run(statement(i)), {"expected a month as 2026-10, found '" + std::string(month) + "'"});
  }
}

TEST(bad_input, missing_files_and_a_bad_month_and_time_are_told_together) {
  inputs i;
  i.contracts = "/nowhere/contracts.csv";
  i.outages = "/nowhere/outages.csv";
  i.month = "2026-13";
  expect_refused(run(statement(i, "--as-of yesterday")),
                 {"/nowhere/contracts.csv:1:1: cannot be read", "/nowhere/outages.csv:1:1: cannot be read",
                  "found '2026-13'", "found 'yesterday'"});
}

TEST(bad_input, a_missing_policy) {
  inputs i;
  i.policy = "/nowhere/policy.toml";
  expect_refused(run(statement(i)), {"/nowhere/policy.toml:1:1: cannot be read"});
  expect_refused(run("check /nowhere/policy.toml"), {"/nowhere/policy.toml:1:1: cannot be read"});
}

TEST(bad_input, a_policy_with_three_mistakes) {
  const folder at;
  std::string text = slurp(policies + "shanghai.toml");
  const auto change = [&](const std::string& from, const std::string& to) {
    const std::size_t found = text.find(from);
    ASSERT_NE(found, text.npos);
    text.replace(found, from.size(), to);
  };
  change("severity = \"P2\"\nresponse", "severity = \"P8\"\nresponse");
  change("onsite = \"2h\"", "onsite = \"two hours\"");
  change("party = \"customer\"", "party = \"custmer\"");
  const std::string bad = at.write("bad.toml", text);
  inputs i;
  i.policy = bad;
  const std::vector<std::string> wanted{"unknown severity 'P8'", "two hours", "custmer"};
  expect_refused(run(statement(i)), wanted);
  expect_refused(run("check '" + bad + "'"), wanted);
}

TEST(bad_input, an_unknown_contract_is_named_with_the_nearest) {
  expect_refused(run(statement({}, "--contract SH-0001")), {"unknown contract 'SH-0001'"});
}

TEST(bad_input, a_source_description_and_a_log_that_do_not_fit) {
  const folder at;
  const std::string log = at.write("log.csv", "a,b\n1,2\n");
  const result r = run(verdicts + "'" + log + "'");
  EXPECT_EQ(r.status, 2);
  EXPECT_EQ(r.out, "");
  EXPECT_THAT(r.err, HasSubstr("number"));
  EXPECT_THAT(r.err, HasSubstr("incident_state"));
}

struct usage {
  const char* arguments;
  const char* said;
  const char* hint;
};
TEST(bad_input, usage_errors_say_what_is_wrong_and_where_to_read_on) {
  const usage cases[]{
      {"", "expected a command, one of statement, verdicts, explain, measure, compare, show, check",
       "try 'sla --help'"},
      {"statment", "unknown command 'statment'", "did you mean 'statement'?"},
      {"--frobnicate", "unknown option '--frobnicate'", "try 'sla --help'"},
      {"statement --month 2026-10", "is required", "try 'sla statement --help'"},
      {"verdicts --worst -3 --policy a --source b c", "expected a number of breaches, found '-3'",
       "try 'sla verdicts --help'"},
      {"check --format xml a", "expected text|json, found 'xml'", "try 'sla check --help'"},
      {"check - -", "standard input (-) can be only one of the files", ""},
  };
  for (const usage& u : cases) {
    const result r = run(u.arguments);
    EXPECT_EQ(r.status, 2) << u.arguments;
    EXPECT_EQ(r.out, "") << u.arguments;
    EXPECT_THAT(r.err, HasSubstr(u.said));
    EXPECT_THAT(r.err, HasSubstr(u.hint));
  }
}

TEST(bad_input, a_row_of_too_many_fields_is_refused_by_its_limit) {
  const folder at;
  inputs i;
  i.outages =
      at.write("outages.csv", "outage,service,begin,end\nO-1,voice-pujiang" + std::string(300, ',') + "\n");
  expect_refused(run(statement(i)), {i.outages + ":2:"});
  EXPECT_THAT(run(statement(i)).err, HasSubstr("256"));
}

TEST(bad_input, a_file_larger_than_the_limit_is_refused_unread) {
  const folder at;
  inputs i;
  i.incidents = at.write("incidents.csv", incidents_head);
  std::filesystem::resize_file(i.incidents, (std::uintmax_t{256} << 20) + 1);  // a hole: takes no room
  expect_refused(run(statement(i)), {i.incidents + ":1:1: more than 268435456 bytes"});
  // The same through a pipe, which has no size to ask for.
  i.incidents = "-";
  expect_refused(run(statement(i), "", "< '" + at.path("incidents.csv") + "'"),
                 {"<stdin>:1:1: expected at most 268435456 bytes"});
}

TEST(bad_input, a_full_disk_is_an_error) {
  const result r = run(statement({}) + " >/dev/full", "{", "; }");
  EXPECT_EQ(r.status, 2);
  EXPECT_THAT(r.err, HasSubstr("cannot write to standard output"));
}

}  // namespace
}  // namespace bad_input_test
