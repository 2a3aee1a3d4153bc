// SPDX-License-Identifier: MIT
// Other systems' exports: what a row becomes, and that every row is accounted for.

#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <sla/policy/policy_load.hpp>
#include <sla/policy/source_load.hpp>

namespace source_load_test {
namespace {

using namespace sla;
using namespace std::chrono_literals;
using std::chrono::sys_days;

const policy& sample() {
  static const policy p = load_policy(std::string(SLA_TEST_DATA) + "/bad/policy.toml").value();
  return p;
}

const source& description() {
  static const source s = load_source(std::string(SLA_TEST_DATA) + "/bad/source.toml").value();
  return s;
}

constexpr const char* head = "number,updated,state,priority,plan,version,opened,kept\n";

export_log read(const std::string& rows, const char* header = head) {
  auto log = read_export(sample(), description(), "x.csv", std::string(header) + rows);
  EXPECT_EQ(log.diagnostics().print(), "");
  EXPECT_EQ(log.value().rows.read, log.value().rows.used + log.value().rows.ignored());
  return std::move(log).value();
}

// One row of incident INC1, opened at 09:00 on 1 February 2016, a P2 of the gold plan.
std::string row(const char* at, const char* state, int version = 0, const char* priority = "2 - High",
                const char* kept = "yes") {
  return "INC1,01-02-2016 " + std::string(at) + "," + state + "," + priority + ",gold," +
         std::to_string(version) + ",01-02-2016 09:00," + kept + "\n";
}
instant at(int h, int m) {
  return sys_days{2016y / 2 / 1} + std::chrono::hours(h - 1) + std::chrono::minutes(m);
}

std::vector<std::string> told(const incident& i) {
  std::vector<std::string> out;
  for (const event& e : i.events) {
    std::string word;
    switch (e.kind) {
      case event_kind::pause: word = "pause"; break;
      case event_kind::resume: word = "resume"; break;
      case event_kind::reopen: word = "reopen"; break;
      case event_kind::change:
        word = "change to " + std::string(sample().severity_name(e.to.severity));
        break;
      default: word = std::string(name(e.what)); break;
    }
    const auto minutes = (e.at - at(0, 0)) / 1min;
    out.push_back(std::to_string(minutes / 60) + ":" + std::to_string(minutes % 60) + " " + word + " @" +
                  std::to_string(e.row));
  }
  return out;
}

TEST(source, states_become_moments_and_pauses) {
  const export_log log =
      read(row("09:05", "New") + row("09:10", "Active", 1) + row("09:20", "Waiting", 2) +
           row("10:20", "Active", 3) + row("11:00", "Resolved", 4) + row("12:00", "Closed", 5));
  ASSERT_EQ(log.incidents.size(), 1U);
  EXPECT_EQ(told(log.incidents[0]),
            (std::vector<std::string>{"9:0 reported @2", "9:10 responded @3", "9:20 pause @4",
                                      "10:20 resume @5", "11:0 resolved @6"}));
  EXPECT_EQ(log.incidents[0].facts.reported, at(9, 0));
  EXPECT_EQ(sample().severity_name(log.incidents[0].facts.at_report.severity), "P2");
  EXPECT_EQ(sample().tier_name(log.incidents[0].facts.tier), "flagship");
  EXPECT_EQ(log.rows.used, 5U);
  EXPECT_EQ(log.rows.of(ignored_reason::nothing_new).count, 1U);
  EXPECT_EQ(log.rows.of(ignored_reason::nothing_new).first[0].line, 7U);
  EXPECT_EQ(log.judged[0], true);
  EXPECT_EQ(log.judged_clock, sample().clock("resolution"));
}

TEST(source, C10_leaving_resolved_reopens_unless_it_closes) {
  const export_log log =
      read(row("09:10", "Active") + row("10:00", "Resolved", 1) + row("10:30", "Waiting", 2) +
           row("11:00", "Resolved", 3) + row("12:00", "Closed", 4) + row("13:00", "Active", 5));
  EXPECT_EQ(
      told(log.incidents[0]),
      (std::vector<std::string>{"9:0 reported @2", "9:10 responded @2", "10:0 resolved @3", "10:30 reopen @4",
                                "10:30 pause @4", "10:30 responded @4", "11:0 resume @5", "11:0 resolved @5",
                                "13:0 reopen @7", "13:0 responded @7"}));
}

TEST(source, what_is_closed_without_being_resolved_was_resolved_by_then) {
  const export_log log = read(row("09:10", "Active") + row("12:00", "Closed", 1));
  EXPECT_EQ(told(log.incidents[0]),
            (std::vector<std::string>{"9:0 reported @2", "9:10 responded @2", "12:0 resolved @3"}));
}

TEST(source, C8_a_severity_that_differs_is_a_change) {
  const export_log log = read(row("09:05", "New") + row("09:07", "New", 1, "1 - Critical") +
                              row("09:08", "New", 2, "?") + row("09:09", "New", 3, "2 - High"));
  EXPECT_EQ(told(log.incidents[0]),
            (std::vector<std::string>{"9:0 reported @2", "9:7 change to P1 @3", "9:9 change to P2 @5"}));
  EXPECT_EQ(log.incidents[0].events[1].why, change_cause::corrected);
  EXPECT_EQ(log.rows.of(ignored_reason::state_unchanged).count, 1U);  // a missing severity changes nothing
}

TEST(source, the_sequence_orders_rows_of_one_minute) {
  const export_log log =
      read(row("09:10", "Resolved", 3) + row("09:10", "Active", 1) + row("09:10", "Waiting", 2));
  EXPECT_EQ(told(log.incidents[0]),
            (std::vector<std::string>{"9:0 reported @3", "9:10 responded @3", "9:10 pause @4",
                                      "9:10 resume @2", "9:10 resolved @2"}));
  EXPECT_EQ(log.incidents[0].events[3].sequence, 3);
}

TEST(source, the_latest_verdict_of_the_source_counts) {
  const export_log log =
      read(row("09:05", "New", 0, "2 - High", "no") + row("09:10", "Active", 1, "2 - High", "yes") +
           row("09:30", "Active", 2, "2 - High", "?"));
  EXPECT_EQ(log.judged[0], true);
}

TEST(source, every_row_left_out_has_its_reason) {
  const std::string rows = row("09:05", "New")                                                        // 2
                           + row("09:05", "New")                                                      // 3
                           + "INC1,01-02-2016 09:06,New,2 - High,gold,0\n"                            // 4
                           + "INC1,01-02-2016 09:06,New,2 - High,gold,0,01-02-2016 09:00,yes,x\n"     // 5
                           + "?,01-02-2016 09:06,New,2 - High,gold,0,01-02-2016 09:00,yes\n"          // 6
                           + "INC1,yesterday,New,2 - High,gold,0,01-02-2016 09:00,yes\n"              // 7
                           + "INC1,27-03-2016 02:30,New,2 - High,gold,0,01-02-2016 09:00,yes\n"       // 8
                           + "INC1,30-10-2016 02:30,New,2 - High,gold,0,01-02-2016 09:00,yes\n"       // 9
                           + "INC1,01-02-2016 09:06,New,2 - High,gold,one,01-02-2016 09:00,yes\n"     // 10
                           + "INC1,01-02-2016 09:06,Newish,2 - High,gold,0,01-02-2016 09:00,yes\n"    // 11
                           + "INC1,01-02-2016 09:06,New,9 - None,gold,0,01-02-2016 09:00,yes\n"       // 12
                           + "INC1,01-02-2016 09:06,New,2 - High,tin,0,01-02-2016 09:00,yes\n"        // 13
                           + "INC1,01-02-2016 09:06,\"New\"x,2 - High,gold,0,01-02-2016 09:00,yes\n"  // 14
                           + row("09:07", "New", 1)                                                   // 15
                           + row("09:10", "Active", 2)                                                // 16
                           + row("09:11", "New", 3)                                                   // 17
                           + "INC2,01-02-2016 09:06,New,2 - High,gold,0,?,yes\n"                      // 18
                           + "INC3,01-02-2016 09:06,New,?,gold,0,01-02-2016 09:00,yes\n";             // 19
  const export_log log = read(rows);
  EXPECT_EQ(log.incidents.size(), 1U);
  EXPECT_EQ(log.rows.read, 18U);
  EXPECT_EQ(log.rows.used, 2U);
  const auto only = [&](ignored_reason r, std::uint32_t line, const char* found) {
    const ignored_rows& i = log.rows.of(r);
    EXPECT_EQ(i.count, 1U) << name(r);
    ASSERT_EQ(i.first.size(), 1U) << name(r);
    EXPECT_EQ(i.first[0].line, line) << name(r);
    EXPECT_EQ(i.first[0].found, found) << name(r);
  };
  only(ignored_reason::exact_duplicate, 3, "");
  only(ignored_reason::too_few_columns, 4, "6");
  only(ignored_reason::too_many_columns, 5, "9");
  only(ignored_reason::no_incident_number, 6, "");
  only(ignored_reason::malformed_time, 7, "yesterday");
  only(ignored_reason::time_not_in_zone, 8, "27-03-2016 02:30");
  only(ignored_reason::time_twice_in_zone, 9, "30-10-2016 02:30");
  only(ignored_reason::malformed_sequence, 10, "one");
  only(ignored_reason::unknown_state, 11, "Newish");
  only(ignored_reason::unknown_severity, 12, "9 - None");
  only(ignored_reason::unknown_tier, 13, "tin");
  only(ignored_reason::malformed_row, 14, "text after the closing quote");
  only(ignored_reason::state_unchanged, 15, "New");
  only(ignored_reason::nothing_new, 17, "New");
  EXPECT_EQ(log.rows.of(ignored_reason::incident_without_report).count, 2U);
  EXPECT_EQ(log.rows.of(ignored_reason::incident_without_report).first[1].found, "INC3");
}

TEST(source, the_first_places_are_the_first_by_line) {
  std::string rows;
  for (int i = 0; i < 20; ++i)
    rows += "INC1,never,New,2 - High,gold," + std::to_string(i) + ",01-02-2016 09:00,yes\n";
  const ignored_rows r = read(rows).rows.of(ignored_reason::malformed_time);
  EXPECT_EQ(r.count, 20U);
  ASSERT_EQ(r.first.size(), ignored_rows::shown);
  EXPECT_EQ(r.first.back().line, 6U);
}

TEST(source, every_reason_has_a_name) {
  std::vector<std::string_view> seen;
  for (std::size_t i = 0; i < ignored_reason_count; ++i) {
    const std::string_view n = name(static_cast<ignored_reason>(i));
    EXPECT_FALSE(n.empty());
    EXPECT_EQ(std::count(seen.begin(), seen.end(), n), 0);
    seen.push_back(n);
  }
}

TEST(source, a_description_that_does_not_fit_the_policy_is_an_error_in_the_description) {
  source s = description();
  s.severity.words["2 - High"].text = "P8";
  s.states["Active"].moment.text = "respnded";
  s.states["Waiting"].pause.text = "nobody_home";
  s.judged_clock.text = "repair";
  s.region.always.text = "moon";
  const auto log = read_export(sample(), s, "x.csv", head);
  EXPECT_FALSE(log);
  std::vector<std::string> codes;
  for (const diagnostic& d : log.diagnostics().items()) {
    EXPECT_EQ(log.diagnostics().sources()[d.source].name(), description().file);
    codes.push_back(d.code);
  }
  EXPECT_EQ(codes, (std::vector<std::string>{"unknown-severity", "unknown-region", "unknown-moment",
                                             "unknown-reason", "unknown-clock"}));
}

TEST(source, a_region_that_the_policy_needs_and_nobody_states) {
  source s = description();
  s.region = {};
  const auto log = read_export(sample(), s, "x.csv", head);
  ASSERT_EQ(log.diagnostics().items().size(), 1U) << log.diagnostics().print();
  EXPECT_EQ(log.diagnostics().items()[0].code, "missing-key");
}

TEST(source, other_delimiters) {
  source s = parse_source("s.toml",
                          "source = \"x\"\nzone = \"UTC\"\ndelimiter = \"\\t\"\nseverity = \"P1\"\ntier = "
                          "\"basic\"\nregion = \"urban\"\n"
                          "[column]\nincident = \"id\"\ntime = \"at\"\nstate = \"st\"\n[state]\nopen = {}\n")
                 .value();
  const auto log = read_export(sample(), s, "x.csv", "id\tat\tst\nA\t2026-01-12 09:00\topen\n");
  ASSERT_TRUE(log) << log.diagnostics().print();
  ASSERT_EQ(log.value().incidents.size(), 1U);
  EXPECT_EQ(log.value().incidents[0].facts.reported,
            sys_days{2026y / 1 / 12} + 9h);  // without a column: the first row
}

struct format_case {
  const char* format;
  const char* text;
  bool good;
};

TEST(source, time_formats) {
  const format_case cases[] = {
      {"%d-%m-%Y %H:%M", "01-02-2016 09:00", true},
      {"%d-%m-%Y %H:%M", "1-2-2016 9:00", true},
      {"%d-%m-%Y %H:%M", "01-02-16 09:00", false},
      {"%d-%m-%Y %H:%M", "01-02-2016 09:00:00", false},
      {"%d-%m-%Y %H:%M", "32-01-2016 09:00", false},
      {"%Y/%m/%d %H.%M.%S", "2016/02/01 09.00.00", true},
      {"%Y%%%m%%%d%%%H%%%M", "2016%02%01%09%00", true},
      {"%Y-%m-%dT%H:%M:%S%z", "2016-02-01T09:00:00+01:00", true},
      {"%Y-%m-%dT%H:%M:%S%z", "2016-02-01T08:00:00Z", true},
      {"%Y-%m-%dT%H:%M:%S%z", "2016-02-01T09:00:00", false},
  };
  for (const format_case& c : cases) {
    source s = description();
    s.time_format = c.format;
    const auto log =
        read_export(sample(), s, "x.csv",
                    std::string(head) + "INC1," + c.text + ",New,2 - High,gold,0," + c.text + ",yes\n");
    ASSERT_EQ(log.value().incidents.size(), c.good ? 1U : 0U) << c.format << " " << c.text;
    if (c.good) {
      EXPECT_EQ(log.value().incidents[0].facts.reported, at(9, 0)) << c.format << " " << c.text;
    } else {
      EXPECT_EQ(log.value().rows.of(ignored_reason::malformed_time).count, 1U) << c.format << " " << c.text;
    }
  }
}

#ifdef SLA_SHARED_DATA
TEST(source, the_real_servicenow_log_is_accounted_for_to_the_row) {
  std::ifstream in(SLA_SHARED_DATA "/servicenow_incidents.csv", std::ios::binary);
  ASSERT_TRUE(in);
  const policy p = load_policy(SLA_EXAMPLES_DIR "/policies/itil.toml").value();
  const source s = load_source(SLA_EXAMPLES_DIR "/policies/servicenow.toml").value();
  const auto log = read_export(p, s, "servicenow_incidents.csv", {std::istreambuf_iterator<char>(in), {}});
  ASSERT_TRUE(log) << log.diagnostics().print();
  const row_account& rows = log.value().rows;
  EXPECT_EQ(log.value().incidents.size(), 600U);
  EXPECT_EQ(rows.read, 4031U);
  EXPECT_EQ(rows.used + rows.ignored(), 4031U);
  EXPECT_EQ(rows.of(ignored_reason::state_unchanged).count, 1699U);
  EXPECT_EQ(rows.of(ignored_reason::nothing_new).count, 599U);
}
#endif

}  // namespace
}  // namespace source_load_test
