// SPDX-License-Identifier: MIT
// sla explain: every verdict of both samples, and what it refuses.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "run_tool.hpp"

namespace explain_test {
namespace {

using namespace tool_test;
using ::testing::HasSubstr;
using ::testing::Not;

std::string explain(const std::string& more) {
  const inputs i;
  return "explain --policy '" + i.policy + "' --contracts '" + i.contracts + "' --incidents '" + i.incidents +
         "' " + more;
}

TEST(explain, shows_rows_steps_comparison_and_versions) {
  const result r = run(explain("--incident INC-1001 --clock resolution"));
  EXPECT_EQ(r.status, 0) << r.err;
  EXPECT_EQ(r.err, "");
  for (const char* part :
       {"Incident INC-1001", "resolution", "its limit counts", "starts", "reported (row 2)", "stops",
        "resolved (row 4)", "4h from 2026-09-28 09:00", "done 2026-09-28 11:00 is before 2026-09-28 13:00",
        "Rests on policy shanghai-local 2026-01-01"})
    EXPECT_THAT(r.out, HasSubstr(part));
  EXPECT_THAT(r.out, Not(HasSubstr("response")));
}

TEST(explain, says_it_as_json_too) {
  const result r = run(explain("--incident INC-1001 --clock resolution --format json"));
  EXPECT_EQ(r.status, 0) << r.err;
  for (const char* part : {"\"step\": \"start\"", "\"step\": \"due\"", "\"step\": \"judged\"",
                           "\"gives_limit\": true", "\"rests_on\""})
    EXPECT_THAT(r.out, HasSubstr(part));
}

TEST(explain, takes_another_systems_log) {
  const result r = run("explain --policy '" + policies + "itil.toml' --source '" + policies +
                       "servicenow.toml' '" + data + "servicenow_sample.csv' --incident INC9000001");
  EXPECT_EQ(r.status, 0) << r.err;
  EXPECT_THAT(r.out, HasSubstr("Incident INC9000001"));
}

TEST(explain, refuses_unknown_names_and_half_an_input) {
  const result unknown = run(explain("--incident INC-1O01 --clock resolutoin"));
  EXPECT_EQ(unknown.status, 2);
  EXPECT_EQ(unknown.out, "");
  EXPECT_THAT(unknown.err, HasSubstr("--incident:1:1: unknown incident 'INC-1O01'"));
  EXPECT_THAT(unknown.err, HasSubstr("did you mean 'INC-1001'?"));
  EXPECT_THAT(unknown.err, HasSubstr("did you mean 'resolution'?"));
  for (const std::string& arguments :
       {std::string("explain --policy x --incident y"),
        "explain --policy x --incident y --contracts '" + data + "contracts.csv'",
        std::string("explain --policy x --incident y --source z")}) {
    const result r = run(arguments);
    EXPECT_EQ(r.status, 2) << arguments;
    EXPECT_EQ(r.out, "");
    EXPECT_THAT(r.err, HasSubstr("try 'sla explain --help'"));
  }
}

}  // namespace
}  // namespace explain_test
