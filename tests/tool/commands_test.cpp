// SPDX-License-Identifier: MIT
// The commands on the shipped samples: streams, statuses, formats.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <vector>

#include "run_tool.hpp"

namespace commands_test {
namespace {

using namespace tool_test;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

TEST(statement, the_shipped_sample) {
  const result r = run(statement({}));
  EXPECT_EQ(r.status, 0);
  EXPECT_EQ(r.err, "");
  EXPECT_THAT(r.out, StartsWith("Contract SH-001  浦江银行\n"));
  EXPECT_THAT(r.out, HasSubstr("\n  As of       2026-11-01 00:00\n"));
  EXPECT_THAT(r.out, HasSubstr("\n  Total owed  10525.56 CNY\n"));
  EXPECT_THAT(r.out, Not(HasSubstr("\x1b")));
}

TEST(statement, the_same_bytes_every_time_and_in_any_environment) {
  const result r = run(statement({}));
  EXPECT_EQ(run(statement({}), "TZ=America/New_York LC_ALL=de_DE.UTF-8").out, r.out);
}

TEST(statement, one_contract_as_known_later) {
  const result r = run(statement({}, "--contract SH-004 --as-of '2026-11-05 00:00'"));
  EXPECT_EQ(r.status, 0);
  EXPECT_THAT(r.out, StartsWith("Contract SH-004"));
  EXPECT_THAT(r.out, Not(HasSubstr("Contract SH-001")));
  EXPECT_THAT(r.out, HasSubstr("As of       2026-11-05 00:00"));
}

TEST(statement, colour_only_when_asked_for) {
  EXPECT_THAT(run(statement({}, "--color always")).out, HasSubstr("\x1b[31m"));
  EXPECT_THAT(run(statement({}, "--color auto")).out, Not(HasSubstr("\x1b")));
  EXPECT_THAT(run(statement({}, "--color never")).out, Not(HasSubstr("\x1b")));
}

TEST(statement, each_file_may_be_standard_input) {
  const std::string wanted = run(statement({})).out;
  for (std::string inputs::* file :
       {&inputs::policy, &inputs::contracts, &inputs::incidents, &inputs::outages}) {
    inputs i;
    const std::string path = i.*file;
    i.*file = "-";
    const result r = run(statement(i) + " <'" + path + "'");
    EXPECT_EQ(r.status, 0) << r.err;
    EXPECT_EQ(r.out, wanted);
  }
}

TEST(statement, a_closed_pipe_is_no_error) {
  const folder at;
  const result r =
      run(statement({}, "--format json"), "{", "; echo $? >'" + at.path("status") + "'; } | head -1");
  EXPECT_EQ(r.err, "");
  EXPECT_EQ(r.out, "{\n");
  EXPECT_EQ(slurp(at.path("status")), "0\n");
}

TEST(verdicts, the_shipped_sample_accounts_for_every_row) {
  const result r = run(verdicts + "'" + data + "servicenow_sample.csv'");
  EXPECT_EQ(r.status, 0) << r.err;
  EXPECT_THAT(r.out, HasSubstr("Rows: 26 read = "));
  EXPECT_THAT(r.out, HasSubstr("As of      "));
  EXPECT_THAT(r.out, HasSubstr("The source's own verdict on resolution"));
}

TEST(verdicts, standard_input_and_a_limit) {
  const result r = run(verdicts + "--worst 1 - <'" + data + "servicenow_sample.csv'");
  EXPECT_EQ(r.status, 0) << r.err;
  EXPECT_THAT(r.out, HasSubstr("1 breach"));
  EXPECT_THAT(run(verdicts + "--worst 0 '" + data + "servicenow_sample.csv'").out,
              Not(HasSubstr("longest past due")));
}

#ifdef SLA_SHARED_DATA
TEST(verdicts, six_hundred_real_incidents) {
  const result r = run(verdicts + "'" SLA_SHARED_DATA "/servicenow_incidents.csv'");
  EXPECT_EQ(r.status, 0) << r.err;
  EXPECT_THAT(r.out, HasSubstr("\n  Incidents  600\n"));
  EXPECT_THAT(r.out, HasSubstr("Rows: 4031 read = "));
  EXPECT_THAT(r.out, HasSubstr("of the 600 decided by both differ"));
}
#endif

TEST(check, clean_files_say_so) {
  const result r = run("check '" + policies + "shanghai.toml' '" + policies + "itil.toml' '" + policies +
                       "servicenow.toml'");
  EXPECT_EQ(r.status, 0) << r.err;
  EXPECT_EQ(r.out, policies + "shanghai.toml: no problems\n" + policies + "itil.toml: no problems\n" +
                       policies + "servicenow.toml: no problems\n");
}

TEST(check, problems_as_json_for_programs) {
  const folder at;
  const std::string bad = at.write("bad.toml", "polcy = 1\n");
  const result r = run("check --format json '" + bad + "'");
  EXPECT_EQ(r.status, 2);
  EXPECT_EQ(r.err, "");
  EXPECT_THAT(r.out, StartsWith("[\n"));
  EXPECT_THAT(r.out, HasSubstr("\"code\": \"unknown-key\""));
  EXPECT_THAT(r.out, HasSubstr("\"level\": \"error\""));
}

// The text's order: by file and place, whatever was looked at first.
TEST(check, json_is_in_the_order_of_the_text) {
  const folder at;
  const std::string bad =
      at.write("bad.toml", "[[target]]\nclause = 1\n[calendar.x]\nhours = 2\n[label]\nz = 3\n");
  const result text = run("check '" + bad + "'"), json = run("check --format json '" + bad + "'");
  std::vector<std::string> by_text, by_json;
  std::istringstream lines(text.err);
  for (std::string line; std::getline(lines, line);)
    if (line.starts_with(bad))
      by_text.push_back(line.substr(line.rfind('[') + 1, line.size() - line.rfind('[') - 2));
  std::istringstream members(json.out);
  for (std::string line; std::getline(members, line);)
    if (const std::size_t code = line.find("\"code\": \""); code != std::string::npos)
      by_json.push_back(line.substr(code + 9, line.rfind('"') - code - 9));
  EXPECT_GT(by_text.size(), 2U);
  EXPECT_EQ(by_text, by_json);
}

TEST(help, of_the_tool_and_of_each_command) {
  for (const char* command : {"", "statement ", "verdicts ", "check "}) {
    const result r = run(std::string(command) + "--help");
    EXPECT_EQ(r.status, 0);
    EXPECT_EQ(r.err, "");
    EXPECT_THAT(r.out, HasSubstr("Example"));
    EXPECT_THAT(r.out, HasSubstr("Exit status"));
    EXPECT_THAT(r.out, HasSubstr("sla " + std::string(command)));
  }
}

}  // namespace
}  // namespace commands_test
