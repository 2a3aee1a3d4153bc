// SPDX-License-Identifier: MIT
// --policy given once a version: what each command judges and settles by which.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "run_tool.hpp"

namespace versions_test {
namespace {

using namespace tool_test;
using ::testing::HasSubstr;
using ::testing::Not;

std::string policy(const std::string& version, const std::string& severities, const std::string& limit,
                   const std::string& credit) {
  return "policy = \"x\"\nversion = " + version +
         "\nzone = \"Asia/Shanghai\"\ncurrency = \"CNY\"\nseverities = " + severities +
         "\ntiers = [\"a\"]\n[[target]]\nonsite = \"" + limit +
         "\"\n[[availability]]\ntarget = \"99.9%\"\nwindow = \"calendar month\"\n[[credit]]\nclause = \"5\"\n"
         "metric = \"availability\"\nbelow = [[\"99.9%\", \"" +
         credit + "\"]]\nbase = \"monthly fee\"\n";
}

// Reported on 31 December, ten minutes before midnight, and met twenty minutes later; two hours down in each month.
struct history {
  folder at;
  std::string old_one = at.write("2025.toml", policy("2025-01-01", "[\"P1\"]", "10min", "10%"));
  std::string new_one = at.write("2026.toml", policy("2026-01-01", "[\"P0\", \"P1\"]", "30min", "20%"));
  std::string both = " --policy '" + new_one + "' --policy '" + old_one + "' ";
  std::string contracts = at.write("c.csv", "contract,customer,tier,services,monthly_fee\nC,c,a,s,10000\n");
  std::string incidents = at.write("i.csv",
                                   "incident,contract,at,event,severity\nI-1,C,2025-12-31 23:50,reported,P1\n"
                                   "I-1,C,2026-01-01 00:10,arrived,\nI-2,C,2026-01-05 08:00,reported,P0\n"
                                   "I-2,C,2026-01-05 08:20,arrived,\n");
  std::string outages = at.write("o.csv",
                                 "outage,service,begin,end\n1,s,2025-12-20 09:00,2025-12-20 11:00\n"
                                 "2,s,2026-01-20 09:00,2026-01-20 11:00\n");
  std::string records = "--contracts '" + contracts + "' --incidents '" + incidents + "' ";
  std::string statement(const std::string& month) const {
    return "statement" + both + records + "--outages '" + outages + "' --month " + month;
  }
};

TEST(versions, C16_a_statement_is_settled_by_the_version_where_its_window_begins) {
  const history h;
  const result december = run(h.statement("2025-12")), january = run(h.statement("2026-01"));
  EXPECT_EQ(december.status, 0) << december.err;
  EXPECT_THAT(december.out, HasSubstr("x, version of 2025-01-01"));
  EXPECT_THAT(december.out, HasSubstr("Total owed 1000.00 CNY"));
  EXPECT_EQ(january.status, 0) << january.err;
  EXPECT_THAT(january.out, HasSubstr("x, version of 2026-01-01"));
  EXPECT_THAT(january.out, HasSubstr("I-1  P1, judged by the version of 2025-01-01"));
  EXPECT_THAT(january.out, HasSubstr("Total owed 2000.00 CNY"));
  EXPECT_THAT(run(h.statement("2026-01 --format json")).out, HasSubstr("\"judged_by\": \"2025-01-01\""));
  const result early = run(h.statement("2024-12"));
  EXPECT_EQ(early.status, 2);
  EXPECT_THAT(early.err,
              HasSubstr("no version of policy 'x' is in force in 2024-12, the first is from 2025-01-01 on"));
}

// The old tier goes and the new one comes with the version, on its date; another contract begins after it.
TEST(versions, terms_are_read_by_the_version_of_their_days) {
  const history h;
  std::string old_policy = policy("2025-01-01", "[\"P1\"]", "10min", "10%"),
              new_policy = policy("2026-01-01", "[\"P1\"]", "10min", "10%");
  new_policy.replace(new_policy.find("[\"a\"]"), 5, "[\"b\", \"c\"]");
  const std::string policies = "statement --policy '" + h.at.write("old.toml", old_policy) + "' --policy '" +
                               h.at.write("new.toml", new_policy) + "' --contracts '" +
                               h.at.write("d.csv",
                                          "contract,customer,tier,services,monthly_fee,from\n"
                                          "C,c,a,s,10000,2025-01-01\nC,c,b,s,20000,2026-01-01\n"
                                          "D,d,b,s,10000,2026-01-10\nD,d,c,s,30000,2026-02-01\n") +
                               "' --incidents '" + h.at.write("n.csv", "incident,contract,at,event\n") +
                               "' --outages '" + h.outages + "' --month ";
  const result december = run(policies + "2025-12"), january = run(policies + "2026-01 --since 2025-12"),
               february = run(policies + "2026-02");
  EXPECT_EQ(december.status, 0) << december.err;
  EXPECT_THAT(december.out, HasSubstr("Total owed 1000.00 CNY"));
  EXPECT_THAT(december.out, Not(HasSubstr("Contract D"))) << "it has no terms in the names of that version";
  EXPECT_EQ(january.status, 0) << january.err;
  EXPECT_THAT(january.out, HasSubstr("Terms       b, 20000.00 CNY a month"));
  EXPECT_THAT(january.out, HasSubstr("Contract D"));
  EXPECT_EQ(february.status, 0) << february.err;
  EXPECT_THAT(february.out, HasSubstr("Terms       c, 30000.00 CNY a month"));
}

TEST(versions, C16_an_explanation_is_by_the_version_of_the_report) {
  const history h;
  const auto explained = [&](const std::string& policies, const std::string& incident) {
    return run("explain" + policies + h.records + "--incident " + incident);
  };
  EXPECT_THAT(explained(h.both, "I-1").out, HasSubstr("onsite 上门: breached by 10min"));
  EXPECT_THAT(explained(h.both, "I-1").out, HasSubstr("policy x 2025-01-01"));
  EXPECT_THAT(explained(h.both, "I-2").out, HasSubstr("onsite 上门: met"));
  EXPECT_THAT(explained(h.both, "I-2").out, HasSubstr("policy x 2026-01-01"));
  EXPECT_THAT(explained(" --policy '" + h.new_one + "' ", "I-1").out, HasSubstr("onsite 上门: met"));
}

TEST(versions, C16_a_log_is_judged_by_both) {
  const history h;
  const std::string source = h.at.write("s.toml",
                                        "source = \"s\"\nzone = \"Asia/Shanghai\"\ntier = \"a\"\n[column]\n"
                                        "incident = \"number\"\ntime = \"at\"\nstate = \"state\"\n"
                                        "severity = \"grade\"\n[state]\n\"New\" = {}\n"
                                        "\"There\" = { moment = \"arrived\" }\n");
  const std::string log = h.at.write("l.csv",
                                     "number,at,state,grade\nI-1,2025-12-31 23:50,New,P1\n"
                                     "I-1,2026-01-01 00:10,There,P1\nI-2,2026-01-05 08:00,New,P0\n"
                                     "I-2,2026-01-05 08:20,There,P0\n");
  const result r = run("verdicts" + h.both + "--source '" + source + "' '" + log + "'");
  EXPECT_EQ(r.status, 0) << r.err;
  EXPECT_THAT(r.out, HasSubstr("Policy x 2025-01-01 and 2026-01-01"));
  EXPECT_THAT(r.out, HasSubstr("1 met, 1 breached"));
  EXPECT_THAT(r.out, HasSubstr("4 read = 4 used + 0 ignored"));
}

TEST(versions, what_is_wrong_is_told_at_once) {
  const history h;
  const std::string other = h.at.write("y.toml",
                                       "policy = \"y\"\nversion = 2025-01-01\nzone = \"UTC\"\n"
                                       "currency = \"CNY\"\nseverities = [\"P1\"]\ntiers = [\"a\"]\n");
  const result r = run("explain --policy '" + h.old_one + "' --policy '" + other +
                       "' --contracts nothere.csv "
                       "--incidents '" +
                       h.incidents + "' --incident I-1");
  EXPECT_EQ(r.status, 2);
  EXPECT_THAT(r.err, HasSubstr("versions of one policy have one name, found"));
  EXPECT_THAT(r.err, HasSubstr("nothere.csv"));
  h.at.write("i.csv",
             "incident,contract,at,event,severity\nI-1,C,2025-12-31 23:50,reported,P0\n"
             "I-2,C,2026-01-05 08:00,reported,P9\n");
  h.at.write("o.csv", "outage,service,begin,end,cause\n1,s,2026-01-20 09:00,2026-01-20 11:00,flood\n");
  const result bad = run(h.statement("2026-01"));
  EXPECT_EQ(bad.status, 2);
  EXPECT_EQ(places(bad.err), 3U) << bad.err;
  EXPECT_THAT(bad.err, HasSubstr("unknown severity 'P0', expected one of P1;"));
  EXPECT_THAT(bad.err, HasSubstr("unknown severity 'P9', expected one of P0, P1;"));
  EXPECT_THAT(bad.err, HasSubstr("unknown cause 'flood'"));
}

TEST(versions, C16_months_of_both_are_settled_one_after_another) {
  const history h;
  const result r = run(h.statement("2026-01 --since 2025-12"));
  EXPECT_EQ(r.status, 0) << r.err;
  EXPECT_THAT(r.out, HasSubstr("Total owed 2000.00 CNY"));
  EXPECT_THAT(run(h.statement("2026-01 --since 2025-12 --format json")).out,
              HasSubstr("\"windows_before\": 1"));
  h.at.write("o.csv", "outage,service,begin,end\n1,s,yesterday,2025-12-20 11:00\n");
  const result bad = run(h.statement("2026-01 --since 2025-12"));
  EXPECT_EQ(bad.status, 2);
  EXPECT_EQ(places(bad.err), 1U) << "both versions read it: " << bad.err;
}

// A tier that came with the new version needs no meaning under the old one, which judges nothing of it.
TEST(versions, a_version_that_is_not_needed_need_not_know_every_name) {
  const history h;
  const std::string newer = h.at.write("n.toml", [] {
    std::string text = policy("2026-01-01", "[\"P1\"]", "30min", "20%");
    text.replace(text.find("[\"a\"]"), 5, "[\"a\", \"plus\"]");
    return text;
  }());
  h.at.write("c.csv", "contract,customer,tier,services,monthly_fee\nC,c,a,s,10000\nD,d,plus,s,10000\n");
  const std::string both = "statement --policy '" + h.old_one + "' --policy '" + newer + "' --contracts '" +
                           h.contracts + "' --outages '" + h.outages + "' --incidents ";
  const std::string none = h.at.write("none.csv", "incident,contract,at,event,severity\n");
  EXPECT_EQ(run(both + "'" + none + "' --month 2026-01").status, 0);
  const result december = run(both + "'" + none + "' --month 2025-11");
  EXPECT_EQ(december.status, 2);
  EXPECT_THAT(december.err, HasSubstr("unknown tier 'plus', expected one of a"));
  EXPECT_THAT(run(both + "'" + h.incidents + "' --month 2026-01").err, HasSubstr("unknown tier 'plus'"))
      << "the old one judges I-1";
}

}  // namespace
}  // namespace versions_test
