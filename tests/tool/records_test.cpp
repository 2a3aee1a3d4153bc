// SPDX-License-Identifier: MIT
// Statements that rest on calls, repairs, requests and weighed outages, from files to what is owed. The figures are those
// of tests/policy/measured_definitions_test.cpp, each worked by hand there.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <string>

#include "run_tool.hpp"

namespace records_test {
namespace {

using namespace tool_test;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

// A contract C-1 of the service "s" under one of the example policies, without incidents and outages.
struct case_files {
  folder at;
  inputs i;

  explicit case_files(const std::string& policy, const std::string& fee = "10000.00",
                      const std::string& currency = "CNY") {
    i.policy = policies + policy + ".toml";
    i.contracts =
        at.write("contracts.csv", "contract,customer,tier,services,monthly_fee,currency\nC-1,x,standard,s," +
                                      fee + "," + currency + "\n");
    i.incidents = at.write("incidents.csv", "incident,contract,at,event,severity\n");
    i.outages = at.write("outages.csv", "outage,service,begin,end\n");
  }
  [[nodiscard]] result run(const std::string& more = "") const { return tool_test::run(statement(i, more)); }
};

// 29 answered in time, 10 late, one that hung up after 3 s, on Monday the 12th; and one on Sunday.
std::string calls() {
  std::string out = "offered,waited,end,handled,resolved,contract\n";
  for (int i = 0; i < 40; ++i)
    out += "2026-10-12 09:00," +
           std::string(i == 39  ? "3,abandoned"
                       : i < 29 ? "20,answered"
                                : "61,answered") +
           ",100," + (i < 30 ? "yes" : "no") + ",C-1\n";
  return out + "2026-10-11 09:00,500,answered,100,yes,C-1\n";
}
constexpr const char* repairs =
    "reported,ended,succeeded,service\n2026-10-12 09:00,2026-10-12 13:00,yes,s\n"
    "2026-10-13 09:00,2026-10-13 14:00,yes,s\n";

TEST(records, a_call_centres_statement_pays_for_a_service_level) {
  const case_files f("call_centre");
  const std::string more = "--calls '" + f.at.write("calls.csv", calls()) + "' --repairs '" +
                           f.at.write("repairs.csv", repairs) + "'";
  const result r = f.run(more);
  ASSERT_EQ(r.status, 0) << r.err;
  EXPECT_EQ(r.err, "");
  EXPECT_THAT(r.out, HasSubstr("answered in 20 s  answered in time       6.1       74.358%  39         1   "
                               "at least 80.000%  missed"));
  EXPECT_THAT(r.out, HasSubstr("61.0 s"));
  EXPECT_THAT(r.out, HasSubstr("77.500%"));
  EXPECT_THAT(r.out, HasSubstr("16200.0 s"));
  EXPECT_THAT(r.out, HasSubstr("no data")) << "no incident was decided";
  EXPECT_THAT(r.out, HasSubstr("Total owed  500.00 CNY"));
  EXPECT_THAT(r.out, Not(HasSubstr("for want of a file")));
  const std::string json = f.run(more + " --format json").out;
  EXPECT_THAT(json, AllOf(HasSubstr("\"numerator\": 29"), HasSubstr("\"denominator\": 39"),
                          HasSubstr("\"left_out\": 1")));
}

TEST(records, what_has_no_file_is_no_data_and_the_text_names_the_option) {
  const case_files f("call_centre");
  const result r = f.run();
  ASSERT_EQ(r.status, 0) << r.err;
  EXPECT_THAT(r.out, HasSubstr("\nNo data, for want of a file:\n"
                               "  --calls       service level answered in 20 s, patience, solved at once\n"
                               "  --repairs     service level restored\n"));
  EXPECT_THAT(r.out, HasSubstr("Total owed  0.00 CNY"));
  // Counts stand for calls, but of a percentile.
  const result counted = f.run(
      "--counts '" + f.at.write("counts.csv", "date,offered,answered,in_time\n2026-10-12,50,40,30\n") + "'");
  ASSERT_EQ(counted.status, 0) << counted.err;
  EXPECT_THAT(counted.out, HasSubstr("  --calls       service level patience\n"));
  // Without the short ones a share of "offered less short" is not known.
  EXPECT_THAT(counted.out, HasSubstr("Total owed  0.00 CNY"));
  EXPECT_THAT(f.run("--format json").out, Not(HasSubstr("--calls")));
  case_files slots("slots", "100.00", "EUR"), weighed("share_affected", "100.00", "USD");
  EXPECT_THAT(slots.run().out, AllOf(HasSubstr("no data, as no requests were brought"),
                                     HasSubstr("  --requests    availability by slots\n")));
  EXPECT_THAT(weighed.run().out, HasSubstr("  --population  availability by whom outages hit\n"));
}

TEST(records, slots_from_local_midnight) {
  // The night the clocks go back has 300 slots: 5 of 100 failed are at the bound, 6 over it, for the second pass of an
  // hour; the last but one has 9 requests and is idle, the last is not recorded.
  const case_files f("slots", "100.00", "EUR");
  std::string requests = "at,total,failed,service\n";
  int slot = 0;
  const auto add = [&](const std::string& date, int hour, const char* offset, bool second) {
    for (int minute = 0; minute < 60; minute += 5, ++slot) {
      if (slot == 299) return;
      char text[64];
      std::snprintf(text, sizeof text, "%sT%02d:%02d:01%s,", date.c_str(), hour, minute, offset);
      requests += text + std::string(slot == 298 ? "9,9,s\n" : second ? "100,6,s\n" : "100,5,s\n");
    }
  };
  for (int hour = 0; hour < 3; ++hour) add("2026-10-25", hour, "+02:00", false);
  for (int hour = 2; hour < 24; ++hour) add("2026-10-25", hour, "+01:00", hour == 2);
  const std::string more = "--requests '" + f.at.write("requests.csv", requests) + "'";
  const result r = f.run(more);
  ASSERT_EQ(r.status, 0) << r.err;
  // 287 of 299 slots were up, of the whole month: the others nobody recorded.
  EXPECT_THAT(r.out, HasSubstr("Availability 95.986%, promised 99.5% (1): missed"));
  EXPECT_THAT(
      r.out,
      HasSubstr("lost 12 of 299 slots; 286 up, 12 down, 1 idle, 8641 not measured, 8641 of them left out"));
  EXPECT_THAT(r.out, HasSubstr("error budget 1.495 slots, used 12 = 802.7%, exceeded by 10.505 slots"));
  EXPECT_THAT(r.out, HasSubstr("slots down from"));
  EXPECT_THAT(r.out, HasSubstr("3600"));
  EXPECT_THAT(r.out, Not(HasSubstr("too short")));
  EXPECT_THAT(r.out, HasSubstr("Total owed  25.00 EUR")) << "below 99 % and not below 95 %";
  const std::string json = f.run(more + " --format json").out;
  EXPECT_THAT(json,
              AllOf(HasSubstr("\"num\": 287"), HasSubstr("\"den\": 299"), HasSubstr("\"outages\": null"),
                    HasSubstr("\"longest_seconds\": null"), HasSubstr("\"not measured\": 8641")));
}

TEST(records, the_mean_of_error_rates) {
  const case_files f("error_rate", "100.00", "USD");
  const std::string requests = f.at.write(
      "requests.csv", "at,total,failed\n2026-10-10 03:00,3,1\n2026-10-10 03:05,6,1\n2026-10-10 03:10,2,1\n");
  const result r = f.run("--requests '" + requests + "'");
  ASSERT_EQ(r.status, 0) << r.err;
  EXPECT_THAT(r.out, HasSubstr("Availability 99.988%, promised 99.9% (1): kept"));
  EXPECT_THAT(r.out,
              HasSubstr("lost 1 of 8928 slots, by the mean of their rates; 3 down, 8925 not measured"));
  EXPECT_THAT(r.out, HasSubstr("error budget 8.928 slots, used 1 = 11.3%, left 7.928 slots"));
  EXPECT_THAT(r.out, HasSubstr("Total owed  0.00 USD"));
}

TEST(records, outages_weighed_by_whom_they_hit) {
  case_files f("share_affected", "100.00", "USD");
  f.i.outages = f.at.write("outages.csv",
                           "outage,service,begin,end,affected\n"
                           "O-1,s,2026-10-10 03:00,2026-10-10 04:00,2000\n"
                           "O-2,s,2026-10-10 03:30,2026-10-10 04:00,1000\n");
  const std::string more =
      "--population '" + f.at.write("population.csv", "at,population\n2026-01-01 00:00,10000\n") + "'";
  const result r = f.run(more);
  ASSERT_EQ(r.status, 0) << r.err;
  // 12 minutes of 44,640, where all are hit.
  EXPECT_THAT(r.out, HasSubstr("Availability 99.973%, promised 99.99% (1): missed"));
  EXPECT_THAT(r.out, HasSubstr("lost 7200000 of 26784000000 unit-seconds, in 1 outage"));
  EXPECT_THAT(r.out,
              HasSubstr("error budget 2678400 unit-seconds, used 7200000 = 268.9%, exceeded by 4521600"));
  EXPECT_THAT(r.out, HasSubstr("Total owed  10.00 USD"));
  EXPECT_THAT(f.run(more + " --format json").out, HasSubstr("\"den\": 3720")) << "3719/3720";
  // A table of the same policy beside another, and of no contract.
  const result side = tool_test::run("compare '" + f.i.policy + "' --outages '" + f.i.outages +
                                     "' --month 2026-10 --fee 100 " + more);
  ASSERT_EQ(side.status, 0) << side.err;
  EXPECT_THAT(side.out, HasSubstr("99.973%"));
  EXPECT_THAT(side.out, HasSubstr("99.966%")) << "the strict tier adds what overlaps: 15 minutes";
  EXPECT_THAT(side.out, HasSubstr("10.00 USD"));
}

TEST(records, every_problem_of_every_file_in_one_run) {
  const case_files f("call_centre");
  const auto bad = [&](const std::string& name, const std::string& text) { return f.at.write(name, text); };
  const std::string c = bad("calls.csv", "offered,waited,end,contract\n2026-10-12 09:00,1,answered,C-2\n"),
                    r = bad("repairs.csv", "reported,ended\n2026-10-12 09:00,2026-10-12 08:00\n"),
                    q = bad("requests.csv", "at,total,failed\n2026-10-12 09:00,1,2\n"),
                    p = bad("population.csv", "at,population\n2026-10-12 09:00,few\n");
  const result got = f.run("--calls '" + c + "' --repairs '" + r + "' --requests '" + q + "' --population '" +
                           p + "' --contract C-9");
  EXPECT_EQ(got.status, 2);
  EXPECT_EQ(got.out, "");
  for (const std::string& place : {c + ":2:29: ", r + ":2:18: ", q + ":2:20: ", p + ":2:18: "})
    EXPECT_THAT(got.err, HasSubstr(place));
  EXPECT_THAT(got.err, HasSubstr("unknown contract 'C-9'"));
  EXPECT_EQ(places(got.err), 5U);
  EXPECT_EQ(f.run("--calls '" + c + "' --counts '" + c + "'").status, 2) << "one of them";
  EXPECT_EQ(f.run("--calls /nowhere.csv --requests /nowhere2.csv").status, 2);
}

TEST(records, a_file_of_calls_on_standard_input) {
  const case_files f("call_centre");
  const std::string path = f.at.write("calls.csv", calls());
  EXPECT_EQ(tool_test::run(statement(f.i, "--calls -") + " <'" + path + "'").out,
            f.run("--calls '" + path + "'").out);
}

}  // namespace
}  // namespace records_test
