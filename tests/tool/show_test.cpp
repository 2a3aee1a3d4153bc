// SPDX-License-Identifier: MIT
// sla show: the shipped policy as tables, its parts, and what is wrong with a command line.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "run_tool.hpp"

namespace show_test {
namespace {

using namespace tool_test;
using ::testing::HasSubstr;

const std::string shanghai = "show '" + policies + "shanghai.toml' ";

TEST(show, prints_the_report_of_the_library) {
  const result r = run(shanghai);
  EXPECT_EQ(r.status, 0) << r.err;
  EXPECT_EQ(r.err, "");
  EXPECT_EQ(r.out, slurp(std::string(SLA_TEST_DATA) + "/golden/show-shanghai.txt"));
  EXPECT_EQ(run(shanghai + "--format json").out,
            slurp(std::string(SLA_TEST_DATA) + "/golden/show-shanghai.json"));
  EXPECT_THAT(run(shanghai + "--color always").out, HasSubstr("\x1b[1m"));
}

TEST(show, one_clock_tier_and_severity) {
  EXPECT_EQ(run(shanghai + "--clock response --tier basic --severity P2").out,
            "shanghai-local, in force from 2026-01-01, Asia/Shanghai, CNY\n"
            "\n"
            "response 响应, from reported to responded or a later stage\n"
            "                basic 基础版\n"
            "  P2 二级 严重  30bmin workdays (3.2.1)\n");
}

TEST(show, the_normal_form_is_a_policy_that_shows_the_same) {
  const result once = run(shanghai + "--normal");
  EXPECT_EQ(once.status, 0) << once.err;
  EXPECT_THAT(once.out, HasSubstr("policy = \"shanghai-local\"\nversion = 2026-01-01\n"));
  const std::string feed = "'" SLA_TOOL "' " + shanghai + "--normal |";
  EXPECT_EQ(run("show - --normal", feed).out, once.out);
  EXPECT_EQ(run("show -", feed).out, run(shanghai).out);
  EXPECT_EQ(run(shanghai + "--normal --clock onsite").status, 2);
}

TEST(show, reads_standard_input) {
  const result r = run("show - --clock response", "cat '" + policies + "shanghai.toml' |");
  EXPECT_EQ(r.status, 0) << r.err;
  EXPECT_THAT(r.out, HasSubstr("10min (3.1)"));
}

TEST(show, what_is_wrong_is_told_at_once) {
  const result r = run(shanghai + "--clock onsit --tier gold --severity P9");
  EXPECT_EQ(r.status, 2);
  EXPECT_EQ(r.out, "");
  EXPECT_THAT(r.err, HasSubstr("unknown clock 'onsit'"));
  EXPECT_THAT(r.err, HasSubstr("did you mean 'onsite'?"));
  EXPECT_THAT(r.err, HasSubstr("unknown tier 'gold', expected one of basic, enterprise, flagship"));
  EXPECT_THAT(r.err, HasSubstr("unknown severity 'P9'"));
  EXPECT_EQ(run("show").status, 2);
  const result bad = run("show '" + std::string(SLA_TEST_DATA) + "/bad/policy/three_mistakes.toml'");
  EXPECT_EQ(bad.status, 2);
  EXPECT_EQ(bad.out, "");
  EXPECT_GT(places(bad.err), 1U);
}

TEST(show, warnings_of_a_policy_do_not_keep_it_from_being_shown) {
  const result r = run("show '" + std::string(SLA_TEST_DATA) + "/bad/policy/warnings.toml'");
  EXPECT_EQ(r.status, 0);
  EXPECT_THAT(r.err, HasSubstr("warning"));
  EXPECT_THAT(r.out, HasSubstr("below 99.9% down to 99%: 10%"));
}

}  // namespace
}  // namespace show_test
