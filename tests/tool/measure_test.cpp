// SPDX-License-Identifier: MIT
// sla measure: outages, calls and counts, by windows side by side.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "run_tool.hpp"

namespace measure_test {
namespace {

using namespace tool_test;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr std::string_view one_outage =
    "begin,end,service,cause\n"
    "2026-05-04 09:00,2026-05-04 17:45:36,voice,fault\n"
    "2026-05-20 02:00,2026-05-20 03:00,voice,planned\n"
    "2026-06-01 02:00,2026-06-01 03:00,voice,not measured\n"
    "2026-05-06 00:00,2026-05-07 00:00,mail,fault\n";
const std::string year_2026 = " --zone Asia/Shanghai --from 2026-01 --to 2026-12 ";

std::string outages(const folder& at, const std::string& more) {
  return "measure --outages '" + at.write("o.csv", one_outage) + "'" + year_2026 +
         "--service voice --exclude planned " + more;
}

TEST(measure, A8_one_outage_under_month_quarter_and_year) {
  const folder at;
  const result r =
      run(outages(at, "--window month --window quarter --window year --target 99.9% --target 99.99%"));
  EXPECT_EQ(r.status, 0) << r.err;
  EXPECT_EQ(r.err, "");
  EXPECT_THAT(r.out, StartsWith("window "));
  // 31,536 s of 2,678,400 s; May allows 2,678.4 s: 28,858 s too many.
  EXPECT_THAT(r.out, HasSubstr("\n2026-05      98.8225%  8h45min36s        1  8h45min36s  1h"));
  EXPECT_THAT(r.out, HasSubstr("missed by 8h58s"));
  // A year of 99.9 % allows exactly so much, one of 99.99 % 3,153 s.
  EXPECT_THAT(r.out, HasSubstr("\n2026         99.9000%  8h45min36s        1  8h45min36s  1h"));
  EXPECT_THAT(r.out, HasSubstr("kept, 0s left"));
  EXPECT_THAT(r.out, HasSubstr("missed by 7h53min3s"));
  EXPECT_THAT(r.out, HasSubstr("\n2026-Q2 "));
  EXPECT_THAT(r.out, Not(HasSubstr("\x1b")));
}

TEST(measure, json_has_exact_numbers) {
  const folder at;
  const result r = run(outages(at, "--window year --target 99.9% --format json"));
  EXPECT_EQ(r.status, 0) << r.err;
  EXPECT_THAT(r.out, HasSubstr("\"num\": 999,"));
  EXPECT_THAT(r.out, HasSubstr("\"den\": 1000,"));
  EXPECT_THAT(r.out, HasSubstr("\"outcome\": \"kept\""));
  EXPECT_THAT(r.out, HasSubstr("\"not_measured_seconds\": 3600"));
  EXPECT_THAT(r.out, HasSubstr("\"from\": \"2026-01-01T00:00:00+08:00\""));
}

TEST(measure, A4_unknown_time_by_policy) {
  const folder at;
  const std::string june = "measure --outages '" + at.write("o.csv", one_outage) +
                           "' --zone Asia/Shanghai --from 2026-06 --format json --unknown ";
  EXPECT_THAT(run(june + "up").out, HasSubstr("\"down_seconds\": 0"));
  EXPECT_THAT(run(june + "down").out, HasSubstr("\"down_seconds\": 3600"));
  EXPECT_THAT(run(june + "leave-out").out, HasSubstr("\"denominator_seconds\": 2588400"));
}

TEST(measure, A2_the_worst_rolling_window_and_when) {
  const folder at;
  const result r = run(outages(at, "--rolling 30 --target 99.9%"));
  EXPECT_EQ(r.status, 0) << r.err;
  // The earliest window of 30 days that holds all of 4 May.
  EXPECT_THAT(r.out, HasSubstr("2026-04-05/2026-05-04"));
}

TEST(measure, A9_calls) {
  const folder at;
  const std::string file = at.write("c.csv",
                                    "offered,waited,end,handled,resolved\n"
                                    "2026-10-12 09:00,20,answered,100,yes\n"
                                    "2026-10-12 09:01,5,answered,200,no\n"
                                    "2026-10-12 09:02,21,answered,300,yes\n"
                                    "2026-10-12 09:03,4,abandoned,0,no\n"
                                    "2026-10-12 09:04,60,abandoned,0,no\n"
                                    "2026-10-12 09:05,0,failed,0,no\n"
                                    "2026-10-12 09:06,1,dropped,60,no\n"
                                    "2026-11-01 00:00,1,answered,60,no\n");
  const std::string command =
      "measure --calls '" + file + "' --zone Asia/Shanghai --from 2026-10 --target 50% ";
  const result r = run(command + "--short-abandon 5s --of offered-less-short");
  EXPECT_EQ(r.status, 0) << r.err;
  // 3 in time of 6.
  EXPECT_THAT(r.out, HasSubstr("2026-10        7   50.00%  kept"));
  EXPECT_THAT(run(command).out, HasSubstr("42.85%  missed"));
  EXPECT_THAT(run(command + "--minimum-sample 8").out, HasSubstr("no data"));
  const result j = run(command + "--format json");
  EXPECT_THAT(j.out, HasSubstr("\"drop_rate\": {\n        \"numerator\": 1,\n        \"denominator\": 4,"));
}

TEST(measure, A9_counts) {
  const folder at;
  const std::string file = at.write("n.csv",
                                    "date,offered,answered,in_time,waited\n"
                                    "2026-10-01,60,50,40,500\n"
                                    "2026-10-31,40,50,40,500\n"
                                    "2026-11-01,9,9,9,9\n");
  const std::string command =
      "measure --counts '" + file + "' --zone Asia/Shanghai --from 2026-10 --target 80%";
  const result bad = run(command);
  EXPECT_EQ(bad.status, 2);
  EXPECT_EQ(bad.out, "");
  EXPECT_THAT(bad.err, HasSubstr("n.csv:3:15: "));
  EXPECT_THAT(bad.err, HasSubstr("expected at most the 40 offered, found '50' answered"));
  at.write("n.csv",
           "date,offered,answered,in_time,waited\n"
           "2026-10-01,60,50,40,500\n"
           "2026-10-31,40,40,40,400\n"
           "2026-11-01,9,9,9,9\n");
  const result r = run(command);
  EXPECT_EQ(r.status, 0) << r.err;
  EXPECT_THAT(r.out, HasSubstr("100   80.00%  kept"));
  EXPECT_THAT(r.out, HasSubstr("10.0 s"));
}

TEST(measure, A9_calls_and_counts_of_one_contract_or_service) {
  const folder at;
  const std::string month = " --zone Asia/Shanghai --from 2026-10 ";
  const std::string calls = "measure --calls '" +
                            at.write("c.csv",
                                     "offered,waited,end,contract,service\n"
                                     "2026-10-12 09:00,5,answered,C-1,voice\n"
                                     "2026-10-12 09:01,60,answered,C-1,chat\n"
                                     "2026-10-12 09:02,60,answered,C-2,chat\n"
                                     "2026-10-12 09:03,5,answered,,chat\n"
                                     "2026-10-12 09:04,60,answered,,\n") +
                            "'" + month;
  EXPECT_THAT(run(calls).out, ContainsRegex("2026-10 +5 +40.00%"));
  EXPECT_THAT(run(calls + "--contract C-1").out, ContainsRegex("2026-10 +2 +50.00%"));
  EXPECT_THAT(run(calls + "--contract C-1 --contract C-2").out, ContainsRegex("2026-10 +3 +33.33%"));
  EXPECT_THAT(run(calls + "--service chat").out, ContainsRegex("2026-10 +3 +33.33%"));
  EXPECT_THAT(run(calls + "--service chat --contract C-1").out, ContainsRegex("2026-10 +1 +0.00%"));
  EXPECT_THAT(run(calls + "--service voice --percentile 50%").out, ContainsRegex("2026-10 +1 .* 5s"));
  const std::string counts = "measure --counts '" +
                             at.write("n.csv",
                                      "date,offered,answered,in_time,contract\n"
                                      "2026-10-01,60,50,30,C-1\n2026-10-02,40,40,40,C-2\n") +
                             "'" + month;
  EXPECT_THAT(run(counts + "--contract C-1").out, ContainsRegex("2026-10 +60 +50.00%"));

  // What nobody is called measures nothing.
  const result unknown = run(calls + "--contract C-3 --service voise");
  EXPECT_EQ(unknown.status, 2);
  EXPECT_EQ(unknown.out, "");
  EXPECT_THAT(unknown.err, HasSubstr("expected a contract of the calls, found 'C-3'"));
  EXPECT_THAT(unknown.err, HasSubstr("found 'voise'"));
  EXPECT_THAT(run(calls + "--contract C-2 --service voice").err,
              HasSubstr("expected a service of the calls of these contracts, found 'voice'"));
  EXPECT_THAT(run(counts + "--service voice").err,
              HasSubstr("expected a service of the counts, found 'voice'"));
  EXPECT_EQ(
      run("measure --outages '" + at.write("o.csv", one_outage) + "'" + month + "--contract C-1").status, 2);
}

TEST(measure, A9_a_figure_whose_column_is_not_there_is_none) {
  const folder at;
  const std::string counts = at.write("n.csv", "date,offered,answered\n2026-10-01,60,50\n");
  const std::string month = " --zone Asia/Shanghai --from 2026-10 --target 80%";
  const result r = run("measure --counts '" + counts + "'" + month);
  EXPECT_EQ(r.status, 0) << r.err;
  for (const std::string column :
       {"in_time", "failed", "abandoned", "dropped", "resolved", "waited", "handled"})
    EXPECT_THAT(r.out, HasSubstr("no column " + column));
  EXPECT_THAT(r.out, Not(HasSubstr("0.00%")));
  EXPECT_THAT(r.out, Not(HasSubstr(" 0.0 s")));
  EXPECT_THAT(r.out, HasSubstr("83.33%")) << "answered of offered is known";
  EXPECT_THAT(r.out, Not(HasSubstr("missed")));
  EXPECT_THAT(run("measure --counts '" + counts + "'" + month + " --of offered-less-short").out,
              HasSubstr("no column short_abandoned"));
  const result j = run("measure --counts '" + counts + "'" + month + " --format json");
  EXPECT_THAT(j.out, HasSubstr("\"text\": \"no column in_time\""));
  EXPECT_THAT(j.out, HasSubstr("\"outcome\": \"no data\""));
  // Of calls, resolved and handled may be missing.
  const std::string calls = at.write("c.csv", "offered,waited,end\n2026-10-12 09:00,20,answered\n");
  const result c = run("measure --calls '" + calls + "'" + month);
  EXPECT_THAT(c.out, HasSubstr("no column resolved"));
  EXPECT_THAT(c.out, HasSubstr("no column handled"));
  EXPECT_THAT(c.out, HasSubstr("100.00%  kept"));
  // A column that is there, and counts nothing, is a figure.
  at.write("c.csv", "offered,waited,end,resolved\n2026-10-12 09:00,20,answered,no\n");
  EXPECT_THAT(run("measure --calls '" + calls + "'" + month).out, HasSubstr("0.00%"));
}

TEST(measure, A9_percentiles_by_window) {
  const folder at;
  std::string text = "offered,waited,end\n";
  for (int i = 1; i <= 20; ++i) {
    text += "2026-10-12 09:00," + std::to_string(i) + ",answered\n";
    text += "2026-11-12 09:00," + std::to_string(100 * i) + ",answered\n";
  }
  text += "2026-10-12 09:00,5000,abandoned\n";  // nobody answered it
  const std::string file = at.write("c.csv", text);
  const std::string command =
      "measure --calls '" + file + "' --zone Asia/Shanghai --from 2026-10 --to 2026-12 --percentile 95% ";
  const result r = run(command + "--percentile 50%");
  EXPECT_EQ(r.status, 0) << r.err;
  EXPECT_THAT(r.out, HasSubstr("p95 speed"));
  // The nearest rank of 20: the 19th, and the 10th.
  EXPECT_THAT(r.out, ContainsRegex("2026-10 .* 19s +10s"));
  EXPECT_THAT(r.out, ContainsRegex("2026-11 .* 31min40s +16min40s"));
  EXPECT_THAT(r.out, ContainsRegex("2026-12 .* no data +no data"));
  EXPECT_THAT(run(command + "--minimum-sample 21").out, Not(HasSubstr("19s")));
  EXPECT_THAT(run(command + "--format json").out, HasSubstr("\"seconds\": 1900"));
  EXPECT_EQ(run(command + "--percentile 101%").status, 2);
}

TEST(measure, A7_the_longest_outage_from_now_on_that_keeps_the_target) {
  const folder at;
  const std::string all = outages(at, "--window month --window year --target 99.9% --target 99% ");
  EXPECT_THAT(run(all).out, Not(HasSubstr("longest outage from"))) << "nobody said when now is";
  const result r = run(all + "--as-of '2026-05-10 12:00'");
  EXPECT_EQ(r.status, 0) << r.err;
  EXPECT_THAT(r.out, HasSubstr("longest outage from 2026-05-10 12:00 on that keeps the target\n"));
  // May allows 26,784 s at 99 %, of which 31,536 are gone; the year allows 31,536 s at 99.9 %, all of them gone, and
  // 315,360 s at 99 %.
  EXPECT_THAT(r.out, ContainsRegex("\n2026-05  none   none\n"));
  EXPECT_THAT(r.out, ContainsRegex("\n2026     0s     78h50min24s\n"));
  EXPECT_THAT(r.out, Not(HasSubstr("\n2026-06  to")));
  const result j = run(all + "--as-of '2026-05-10 12:00' --format json");
  EXPECT_THAT(j.out, HasSubstr("\"longest_outage\""));
  EXPECT_THAT(j.out, HasSubstr("\"seconds\": 283824"));
  // Another target that even the rest of the window keeps.
  EXPECT_THAT(run(all + "--target 10% --as-of '2026-05-31 12:00'").out, HasSubstr("to its end"));
}

TEST(measure, no_problem_hides_another) {
  const folder at;
  // An unknown zone, a wrong target, and what is wrong with the file.
  const std::string file = at.write("o.csv",
                                    "begin,end,casue\n"
                                    "2026-10-12 09:00,2026-10-12 08:00,fault\n"
                                    "2026-10-32 09:00,,fault\n");
  const result r = run("measure --outages '" + file + "' --zone Asia/Shangai --from 2026-10 --target 101%");
  EXPECT_EQ(r.status, 2);
  EXPECT_EQ(r.out, "");
  EXPECT_EQ(places(r.err), 5U) << r.err;
  EXPECT_THAT(r.err, HasSubstr("unknown time zone 'Asia/Shangai'"));
  EXPECT_THAT(r.err, HasSubstr("o.csv:1:11: "));
  EXPECT_THAT(r.err, HasSubstr("o.csv:2:18: "));
  EXPECT_THAT(r.err, HasSubstr("o.csv:3:1: "));
  EXPECT_THAT(r.err, HasSubstr("'101%'"));
  // A column that is missing is said once, and the other columns are read.
  const std::string calls = at.write("c.csv", "offered,wait,end\n2026-10-32 09:00,1,hung up\n");
  const result c = run("measure --calls '" + calls + "' --zone Asia/Shanghai --from 2026-10");
  EXPECT_EQ(places(c.err), 4U) << c.err;
  EXPECT_THAT(c.err, HasSubstr("expected the column waited"));
  EXPECT_THAT(c.err, HasSubstr("c.csv:2:1: "));
  EXPECT_THAT(c.err, HasSubstr("'hung up'"));
  const std::string counts = at.write("n.csv", "date,answered\n2026-10-01,50\n2026-13-01,x\n");
  const result n = run("measure --counts '" + counts + "' --zone Asia/Shanghai --from 2026-10");
  EXPECT_EQ(places(n.err), 3U) << n.err;
  // What is wrong with the zone hides no service that is not there.
  const result s = run("measure --outages '" + at.write("s.csv", one_outage) +
                       "' --zone Mars --from 2026-10 --service vioce");
  EXPECT_EQ(places(s.err), 2U) << s.err;
}

TEST(statement, A6_maintenance_is_excused_where_it_was_announced) {
  const folder at;
  inputs i;
  i.policy = policies + "two_hours_of_maintenance.toml";
  i.contracts = at.write("c.csv", "contract,customer,tier,services,monthly_fee\nC-1,a,standard,s,1000\n");
  i.incidents = at.write("i.csv", "incident,contract,at,event\n");
  i.outages = at.write("o.csv",
                       "outage,service,begin,end,cause\n"
                       "1,s,2026-10-18 02:00,2026-10-18 03:30,planned maintenance\n"
                       "2,s,2026-10-27 02:00,2026-10-27 02:10,planned maintenance\n"
                       "3,s,2026-10-28 02:00,2026-10-28 02:10,not measured\n");
  EXPECT_THAT(run(statement(i)).out, HasSubstr("down 6000 s")) << "nobody announced any";
  const std::string told = at.write("a.csv",
                                    "begin,end,announced,service\n"
                                    "2026-10-18 02:00,2026-10-18 03:30,2026-10-13 17:00,s\n"
                                    "2026-10-27 02:00,2026-10-27 02:10,2026-10-26 17:00,\n");
  const result r = run(statement(i, "--announcements '" + told + "'"));
  EXPECT_EQ(r.status, 0) << r.err;
  EXPECT_THAT(r.out, HasSubstr("excused 5400 s, refused 600 s"));
  EXPECT_THAT(r.out, HasSubstr("announced too late"));
  at.write("a.csv",
           "begin,end,announced,cause\n"
           "2026-10-18 02:00,2026-10-18 01:30,yesterday,flood\n");
  const result bad = run(statement(i, "--announcements '" + told + "'"));
  EXPECT_EQ(bad.status, 2);
  EXPECT_EQ(places(bad.err), 3U) << bad.err;
}

TEST(statement, A2_the_window_that_begins_in_the_month) {
  const folder at;
  inputs i;
  const std::string head =
      "policy = \"x\"\nversion = 2026-01-17\nzone = \"UTC\"\ncurrency = \"CNY\"\nseverities = [\"P1\"]\n"
      "tiers = [\"standard\"]\n[[availability]]\ntarget = \"99%\"\nwindow = ";
  i.contracts = at.write("c.csv", "contract,customer,tier,services,monthly_fee\nC-1,a,standard,s,1000\n");
  i.incidents = at.write("i.csv", "incident,contract,at,event\n");
  i.outages = at.write("o.csv", "outage,service,begin,end\n1,s,2026-10-16 23:00,2026-10-17 02:00\n");
  const auto drawn = [&](const std::string& window) {
    i.policy = at.write("p.toml", head + window + "\n");
    return run(statement(i));
  };
  EXPECT_THAT(drawn("{ billing_day = 17 }").out, HasSubstr("2026-10-17/2026-11-16"));
  EXPECT_THAT(drawn("{ billing_day = 17 }").out, HasSubstr("down 7200 s"));
  EXPECT_THAT(drawn("{ rolling_days = 30 }").out, HasSubstr("2026-10-02/2026-10-31"));
  i.contracts =
      at.write("c.csv",
               "contract,customer,tier,services,monthly_fee,from\nC-1,a,standard,s,1000,2026-01-17\n"
               "C-2,b,standard,s,1000,2026-03-05\n");
  const std::string own = drawn("\"anniversary month\"").out;
  EXPECT_THAT(own, HasSubstr("2026-10-17/2026-11-16"));
  EXPECT_THAT(own, HasSubstr("2026-10-05/2026-11-04"));
  EXPECT_THAT(own, HasSubstr("All contracts, 2026-10"));
}

TEST(measure, every_problem_of_a_file_is_placed) {
  const folder at;
  const std::string file = at.write("o.csv",
                                    "begin,end,cause\n"
                                    "2026-10-12 09:00,2026-10-12 08:00,fault\n"
                                    "2026-10-32 09:00,,fault\n"
                                    "2026-10-12 09:00,tomorrow,\n");
  const result r = run("measure --outages '" + file + "' --zone Asia/Shanghai --from 2026-10");
  EXPECT_EQ(r.status, 2);
  EXPECT_EQ(r.out, "");
  EXPECT_EQ(places(r.err), 3U) << r.err;
  EXPECT_THAT(r.err, HasSubstr("o.csv:2:18: "));
  EXPECT_THAT(r.err, HasSubstr("o.csv:3:1: "));
  EXPECT_THAT(r.err, HasSubstr("o.csv:4:18: "));
}

TEST(measure, bad_calls_are_placed) {
  const folder at;
  const std::string file = at.write("c.csv",
                                    "offered,waited,end\n"
                                    "2026-10-12 09:00,-1,answered\n"
                                    "2026-10-12 09:00,1,hung up\n");
  const result r = run("measure --calls '" + file + "' --zone Asia/Shanghai --from 2026-10");
  EXPECT_EQ(r.status, 2);
  EXPECT_EQ(places(r.err), 2U) << r.err;
  EXPECT_THAT(r.err, HasSubstr("expected one of answered, dropped, abandoned, failed, found 'hung up'"));
}

TEST(measure, bad_options_are_told_together) {
  const folder at;
  const result r = run("measure --outages '" + at.write("o.csv", "begin,end\n") +
                       "' --zone Asia/Shanghai --from 2026-13 --window week --target 101% --minimum 5bh");
  EXPECT_EQ(r.status, 2);
  EXPECT_EQ(places(r.err), 4U) << r.err;
  EXPECT_THAT(r.err, HasSubstr("expected month, quarter or year, found 'week'"));
  EXPECT_THAT(r.err, HasSubstr("expected a share from 0 to 1 as 99.9%, found '101%'"));
  EXPECT_THAT(r.err, HasSubstr("expected a length as 5min or 20s, found '5bh'"));
  EXPECT_EQ(run("measure --zone Asia/Shanghai --from 2026-10").status, 2);
  EXPECT_EQ(run("measure --outages x --calls y --zone Asia/Shanghai --from 2026-10").status, 2);
  const result zone = run("measure --outages '" + at.path("o.csv") + "' --zone Asia/Shangai --from 2026-10");
  EXPECT_EQ(zone.status, 2);
  EXPECT_THAT(zone.err, HasSubstr("Asia/Shangai"));
  // No option is read and not used.
  EXPECT_EQ(run("measure --outages '" + at.path("o.csv") + "' --zone UTC --from 2026-10 --within 5s").status,
            2);
}

TEST(measure, an_unknown_service_or_cause_is_told) {
  const folder at;
  const result r = run("measure --outages '" + at.write("o.csv", one_outage) + "'" + year_2026 +
                       "--service vioce --exclude flood");
  EXPECT_EQ(r.status, 2);
  EXPECT_EQ(places(r.err), 2U) << r.err;
  EXPECT_THAT(r.err, HasSubstr("'vioce'"));
  EXPECT_THAT(r.err, HasSubstr("'flood'"));
}

}  // namespace
}  // namespace measure_test
