// SPDX-License-Identifier: MIT
// Calls, counts, repairs, requests and populations out of CSV: whose each row is, and every problem at its place.
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include <sla/calendar/zone_load.hpp>
#include <sla/policy/measure_load.hpp>
#include <sla/policy/policy_load.hpp>
#include <sla/policy/records_load.hpp>

namespace measure_load_test {
namespace {

using namespace sla;
using namespace std::chrono_literals;
using std::chrono::sys_days;
using std::chrono::year;

const zone& shanghai() {
  static const zone z = load_zone("Asia/Shanghai");
  return z;
}
const std::vector<contract>& contracts() {
  static const std::vector<contract> all{{.id = "C-1", .services = {"voice", "data"}},
                                         {.id = "C-2", .services = {"voice"}}};
  return all;
}
// A wall-clock time of 12 October in Shanghai.
instant at(std::chrono::seconds time) { return instant(sys_days(year(2026) / 10 / 12)) + (time - 8h); }

// "2:9 unknown-contract" of each problem, in order.
template <class T>
std::vector<std::string> places(const loaded<T>& l) {
  std::vector<std::string> out;
  for (const diagnostic& d : l.diagnostics().items()) {
    const auto at = l.diagnostics().sources()[d.source].place(d.where.offset);
    out.push_back(std::to_string(at.line) + ":" + std::to_string(at.column) + " " + d.code);
  }
  return out;
}
using strings = std::vector<std::string>;

TEST(measure_load, requests_anywhere_in_their_slot_and_whose_they_are) {
  const auto loaded = parse_requests(shanghai(), "r.csv",
                                     "service,at,total,failed,contract,note\n"
                                     "voice,2026-10-12 09:00,100,5,,x\n"
                                     ",2026-10-12 09:04:59,7,0,C-1,\n"
                                     "voice,2026-10-12T01:05:00Z,3,3,,\n"
                                     ",2026-10-12 10:00,1,0,,\n"
                                     "data,2026-10-12 10:00,2,1,C-1,\n",
                                     {}, contracts());
  ASSERT_TRUE(loaded) << loaded.diagnostics().print();
  const auto& r = loaded.value();
  const std::vector<request_count> want{
      {at(9h), 100, 5}, {at(9h + 5min), 3, 3}, {at(9h + 4min + 59s), 7, 0}, {at(10h), 1, 0}, {at(10h), 2, 1}};
  EXPECT_EQ(r.all, want) << "those of one owner together, in the order of the file";
  const std::vector<owned_run> owners{
      {{"", "voice"}, 0, 2}, {{"C-1", ""}, 2, 1}, {{"", ""}, 3, 1}, {{"C-1", "data"}, 4, 1}};
  EXPECT_EQ(r.owners, owners);
  const auto groups = by_owner(r);
  ASSERT_EQ(groups.size(), 4U);
  EXPECT_EQ(groups[0].all.size(), 2U);
  EXPECT_EQ(groups[3].all[0].failed, 1);
}

TEST(measure_load, a_file_that_names_no_owner_is_everybodys) {
  const auto r = parse_repairs(shanghai(), "r.csv",
                               "reported,ended,succeeded\n"
                               "2026-10-12 09:00,2026-10-12 13:00,yes\n"
                               "2026-10-12 10:00,,yes\n"
                               "2026-10-12 11:00,2026-10-12 12:00,no\n",
                               {}, contracts())
                     .value();
  const std::vector<repair> want{
      {at(9h), at(13h), true}, {at(10h), instant::never(), true}, {at(11h), at(12h), false}};
  EXPECT_EQ(r.all, want);
  ASSERT_EQ(r.owners.size(), 1U);
  EXPECT_EQ(r.owners[0], (owned_run{{}, 0, 3}));
  EXPECT_TRUE(parse_repairs(shanghai(), "r.csv", "reported,ended\n2026-10-12 09:00,2026-10-12 13:00\n")
                  .value()
                  .all[0]
                  .succeeded)
      << "an ended repair succeeded where the file does not say";
}

TEST(measure_load, calls_and_counts_of_contracts) {
  const auto calls = parse_calls(shanghai(), "c.csv",
                                 "contract,offered,waited,end\n"
                                 "C-2,2026-10-12 09:00,1,answered\n"
                                 "C-1,2026-10-12 09:01,2,answered\n"
                                 "C-2,2026-10-12 09:02,3,dropped\n",
                                 {}, contracts())
                         .value();
  ASSERT_EQ(calls.owners.size(), 2U);
  EXPECT_EQ(calls.owners[0], (owned_run{{"C-2", ""}, 0, 2}));
  EXPECT_EQ(calls.calls[1].waited, 3s);
  EXPECT_EQ(calls.calls[2].waited, 2s);
  EXPECT_EQ(calls.absent, call_field::handled | call_field::resolved);
  const auto counts = parse_call_counts("n.csv",
                                        "date,offered,answered,service\n"
                                        "2026-10-12,10,9,voice\n"
                                        "2026-10-13,5,5,voice\n",
                                        {}, contracts())
                          .value();
  ASSERT_EQ(counts.owners.size(), 1U);
  EXPECT_EQ(counts.owners[0], (owned_run{{"", "voice"}, 0, 2}));
  EXPECT_EQ(counts.all[1].counts.offered, 5);
}

TEST(measure_load, populations_from_an_instant_on) {
  const auto p =
      parse_population(shanghai(), "p.csv",
                       "at,population,contract\n2026-10-12 00:00,500,C-1\n2026-10-01 00:00,400,C-1\n", {},
                       contracts())
          .value();
  ASSERT_EQ(p.all.size(), 2U);
  EXPECT_EQ(p.all[0].from, at(0s));
  EXPECT_EQ(p.all[0].size, 500);
  EXPECT_EQ(p.all[1].size, 400);
}

TEST(measure_load, every_problem_of_requests_at_once) {
  const auto loaded = parse_requests(shanghai(), "r.csv",
                                     "at,total,failed,contract,service\n"
                                     "2026-10-12 25:00,1,0,,\n"
                                     "2026-10-12 09:00,-1,0,,\n"
                                     "2026-10-12 09:00,10,x,,\n"
                                     "2026-10-12 09:00,10,11,,\n"
                                     "2026-10-12 09:00,10,1,C-3,\n"
                                     "2026-10-12 09:00,10,1,C-2,data\n"
                                     "2026-10-12 09:00,10\n"
                                     "2026-10-12 09:00,1,0,,vioce\n"
                                     "2026-10-12 09:05,1,0,,vioce\n",
                                     {}, contracts());
  EXPECT_FALSE(loaded);
  const strings want{"2:1 bad-time",         "3:18 malformed-number", "4:21 malformed-number",
                     "5:21 more-than-all",   "6:23 unknown-contract", "7:27 unknown-service",
                     "8:20 too-few-columns", "9:23 unknown-service"};
  strings found = places(loaded);
  ASSERT_EQ(found.size(), want.size()) << loaded.diagnostics().print();
  found[0] = "2:1 bad-time";  // whatever a time that is none is called
  EXPECT_EQ(found, want);
  const std::string text = loaded.diagnostics().print();
  EXPECT_NE(text.find("r.csv:5:21: expected at most the 10 in total, found '11' failed"), text.npos) << text;
  EXPECT_NE(text.find("no contract is called 'C-3'; did you mean 'C-1'?"), text.npos) << text;
  EXPECT_NE(text.find("contract 'C-2' does not list the service 'data'"), text.npos) << text;
  EXPECT_NE(text.find("no contract lists the service 'vioce', which has 2 rows; did you mean 'voice'?"),
            text.npos)
      << text;
}

TEST(measure_load, every_problem_of_repairs_and_populations_at_once) {
  const auto repairs = parse_repairs(shanghai(), "r.csv",
                                     "reported,ended,succeeded\n"
                                     "2026-10-12 09:00,2026-10-12 08:00,yes\n"
                                     ",2026-10-12 08:00,perhaps\n");
  EXPECT_EQ(places(repairs).size(), 3U) << repairs.diagnostics().print();
  EXPECT_EQ(places(repairs)[0], "2:18 end-before-begin");
  EXPECT_EQ(places(repairs)[2], "3:19 unknown-word");
  const auto people = parse_population(shanghai(), "p.csv", "at,population\n2026-10-12 09:00,many\n,-1\n");
  EXPECT_EQ(places(people).size(), 3U) << people.diagnostics().print();
  EXPECT_EQ(places(people)[0], "2:18 malformed-number");
}

TEST(measure_load, limits_and_missing_columns) {
  EXPECT_EQ(places(parse_requests(shanghai(), "r.csv", "at,total,faild\n")),
            (strings{"1:10 unknown-column", "1:1 missing-column"}));
  EXPECT_FALSE(parse_requests(shanghai(), "r.csv", "at,total,failed\n", {.bytes = 5}));
  EXPECT_FALSE(parse_requests(shanghai(), "r.csv",
                              "at,total,failed\n2026-10-12 09:00,1,0\n2026-10-12 09:00,1,0\n", {.rows = 1}));
  EXPECT_TRUE(parse_requests(shanghai(), "r.csv", "at,total,failed\n").value().all.empty());
}

TEST(measure_load, outages_say_how_many_they_hit) {
  const policy p = load_policy(std::string(SLA_EXAMPLES_DIR) + "/policies/share_affected.toml").value();
  const auto outages = parse_outages(p, contracts(), "o.csv",
                                     "outage,service,begin,end,affected\n"
                                     "1,voice,2026-10-12 09:00,2026-10-12 10:00,2000\n"
                                     "2,voice,2026-10-12 09:00,2026-10-12 10:00,\n"
                                     "3,voice,2026-10-12 09:00,2026-10-12 10:00,0\n")
                           .value();
  EXPECT_EQ(outages[0].affected, 2'000);
  EXPECT_FALSE(outages[1].affected);
  EXPECT_EQ(outages[2].affected, 0);
  const auto wrong = parse_outages(p, contracts(), "o.csv",
                                   "outage,service,begin,end,affected\n"
                                   "1,voice,2026-10-12 09:00,2026-10-12 10:00,-2\n"
                                   "2,voice,2026-10-12 09:00,2026-10-12 10:00,20%\n");
  EXPECT_EQ(places(wrong), (strings{"2:43 malformed-number", "3:43 malformed-number"}));
}

}  // namespace
}  // namespace measure_load_test
