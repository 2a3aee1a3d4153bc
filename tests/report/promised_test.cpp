// SPDX-License-Identifier: MIT
// What a policy promises, whole, against files in tests/data/golden; and what unlike places, clocks and filters do.
// SLA_WRITE_GOLDEN=1 writes the files anew, to be read before they are committed.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <string_view>
#include <utility>

#include <sla/base/utf8.hpp>
#include <sla/policy/policy_load.hpp>
#include <sla/report/promised.hpp>

#include "support/golden.hpp"
#include "support/json_syntax.hpp"

namespace promised_test {
namespace {

using namespace sla;
using sla_test::expect_golden;
using ::testing::HasSubstr;
using ::testing::Not;

policy shipped(const std::string& name) {
  auto file = load_policy(std::string(SLA_EXAMPLES_DIR) + "/policies/" + name);
  EXPECT_FALSE(file.diagnostics().has_errors()) << file.diagnostics().print();
  return std::move(file).value();
}
policy made(const std::string& rows) {
  auto file = parse_policy("made.toml",
                           "policy = \"made\"\nversion = 2026-01-01\nzone = \"Asia/Shanghai\"\n"
                           "currency = \"CNY\"\n" +
                               rows);
  EXPECT_EQ(file.diagnostics().print(), "");
  return std::move(file).value();
}

TEST(promised, of_the_samples) {
  for (const char* name : {"shanghai", "remedies"}) {
    const policy p = shipped(std::string(name) + ".toml");
    expect_golden("show-" + std::string(name) + ".txt", to_text(p, promised{}));
    const std::string json = to_json(p, promised{});
    expect_golden("show-" + std::string(name) + ".json", json);
    EXPECT_EQ(json_syntax(json).check(), "");
  }
}

// Unlike regions, kinds of faults and channels, rows with options of their own, and promises without a number.
TEST(promised, of_policies_that_say_more) {
  for (const char* name : {"mainstream", "reference"}) {
    const policy p = shipped(std::string(name) + ".toml");
    expect_golden("show-" + std::string(name) + ".txt", to_text(p, promised{}));
    EXPECT_EQ(json_syntax(to_json(p, promised{})).check(), "");
  }
}

// Every definition of a measure that is shipped, each with its tables of availability and service levels alone.
TEST(promised, of_what_is_measured) {
  expect_golden("show-call_centre.txt", to_text(shipped("call_centre.toml"), promised{}));
  expect_golden("show-call_centre.json", to_json(shipped("call_centre.toml"), promised{}));
  std::string all;
  for (const char* name :
       {"by_year", "days_times_1440", "error_rate", "fixed_month", "over_a_minute", "region_minutes",
        "share_affected", "slots", "two_hours_of_maintenance", "whole_minutes"}) {
    const policy p = shipped(std::string(name) + ".toml");
    const std::string text = to_text(p, promised{});
    const std::size_t from = text.find("\navailability"), to = text.find("\nwhat is owed");
    ASSERT_TRUE(from < to && to != std::string::npos) << text;
    all += (all.empty() ? "" : "\n") + std::string(name) + text.substr(from, to - from);
    EXPECT_EQ(json_syntax(to_json(p, promised{})).check(), "");
  }
  expect_golden("show-definitions.txt", all);
}

TEST(promised, columns_line_up_by_the_width_of_chinese) {
  const policy p = shipped("shanghai.toml");
  const std::string text = to_text(p, {.clock = p.find_clock("response")});
  std::istringstream in(text);
  std::size_t rows = 0, column = 0;
  for (std::string line; std::getline(in, line);) {
    if (!line.starts_with("  P")) continue;
    // The first cell ends where its clause closes; the last one is to begin at the same column in every row.
    const std::size_t at = line.rfind("  ") + 2;
    const std::size_t here = display_width(std::string_view(line).substr(0, at));
    EXPECT_TRUE(rows == 0 || here == column) << line;
    column = here;
    ++rows;
  }
  EXPECT_EQ(rows, 3U);
}

TEST(promised, filters_leave_the_tables_that_are_asked_for) {
  const policy p = shipped("shanghai.toml");
  const std::string one = to_text(p, {.clock = p.find_clock("onsite")});
  EXPECT_THAT(one, HasSubstr("onsite 上门: suburban 郊区"));
  EXPECT_THAT(one, Not(HasSubstr("response")));
  EXPECT_THAT(one, Not(HasSubstr("what is owed")));
  const std::string tier = to_text(p, {.tier = p.find_tier("flagship")});
  EXPECT_THAT(tier, HasSubstr("5.1.2"));
  EXPECT_THAT(tier, Not(HasSubstr("5.1.1")));
  EXPECT_THAT(tier, Not(HasSubstr("enterprise")));
  const std::string severity = to_text(p, {.severity = p.find_severity("P2")});
  EXPECT_THAT(severity, Not(HasSubstr("P1")));
  EXPECT_THAT(severity, HasSubstr("onsite 上门: nothing is promised"));
  EXPECT_THAT(to_json(p, {.clock = p.find_clock("onsite")}), HasSubstr("\"credits\": null"));
}

TEST(promised, places_that_are_promised_the_same_share_a_table) {
  const policy p = made(R"(severities = ["P1"]
tiers = ["all"]
regions = ["near", "far", "farther"]
categories = ["software", "hardware"]
[[target]]
severity = "P1"
onsite = "8h"
response = "1h"
[[target]]
severity = "P1"
region = "near"
onsite = "4h"
[[target]]
severity = "P1"
region = "near"
category = "hardware"
onsite = "2h"
)");
  const std::string text = to_text(p, promised{});
  EXPECT_THAT(text, HasSubstr("onsite 上门: near, software, from reported"));
  EXPECT_THAT(text, HasSubstr("onsite 上门: near, hardware\n"));
  EXPECT_THAT(text, HasSubstr("onsite 上门: far, software / far, hardware / farther, software"));
  EXPECT_THAT(text, HasSubstr("response 响应, from reported"));
}

TEST(promised, what_has_no_number_is_shown_as_such) {
  const policy p = made(R"(severities = ["P1", "P2"]
tiers = ["all"]
[[target]]
clause = "1"
severity = "P1"
response = "unquantified"
)");
  EXPECT_THAT(to_text(p, promised{}), HasSubstr("P1  unquantified (1)\n  P2  -\n"));
  const std::string json = to_json(p, promised{});
  EXPECT_THAT(json, HasSubstr("\"limit\": null"));
  EXPECT_THAT(json, HasSubstr("\"clause\": \"1\""));
}

TEST(promised, cells_that_run_in_unlike_ways_say_so) {
  const policy p = made(R"(severities = ["P1", "P2"]
tiers = ["basic", "flagship"]
channels = ["phone", "mail"]
[[target]]
onsite = "8h"
[[target]]
severity = "P1"
tier = "flagship"
onsite = { within = "2h", starts = ["remote_impossible"] }
[[target]]
channel = "mail"
response = "4h"
[[target]]
channel = "phone"
response = "1h"
)");
  const std::string text = to_text(p, promised{});
  EXPECT_THAT(text, HasSubstr("response 响应: phone, from reported"));
  EXPECT_THAT(text, HasSubstr("response 响应: mail\n"));
  EXPECT_THAT(text, HasSubstr("  P1 basic, P2: from reported to arrived or a later stage\n"));
  EXPECT_THAT(text, HasSubstr("  P1 flagship: from remote_impossible to arrived or a later stage\n"));
}

TEST(promised, tells_how_a_clock_runs_where_that_is_not_as_usual) {
  const policy p = made(R"(severities = ["P1"]
tiers = ["all"]
[calendar.desk]
hours = "Mon-Fri 08:30-18:00"
[[calendar.desk.change]]
from = 2026-03-01
hours = "Mon-Fri 09:00-17:30"
[[target]]
calendar = "desk"
update = "2bh"
resolution = "1bd"
[clock.update]
updates = "on a grid"
cut_off = "16:30"
[clock.resolution]
due = "next opening"
change = "carry"
reopen = "continue, closed time excluded"
warnings = [{ before = "30bmin" }]
)");
  const std::string text = to_text(p, promised{});
  EXPECT_THAT(text, HasSubstr("2bh desk"));
  EXPECT_THAT(text, HasSubstr("again from each updated to resolved, on a grid"));
  EXPECT_THAT(text, HasSubstr("a start after 16:30 counts from the next opening"));
  EXPECT_THAT(text, HasSubstr("is due at the next opening"));
  EXPECT_THAT(text, HasSubstr("what is used up is carried over"));
  EXPECT_THAT(text, HasSubstr("reopened, it goes on without the closed time"));
  EXPECT_THAT(text, HasSubstr("warns at 30bmin before due"));
  EXPECT_THAT(text, HasSubstr("Mon-Fri 08:30-18:00, from 2026-03-01 Mon-Fri 09:00-17:30"));
}

}  // namespace
}  // namespace promised_test
