// SPDX-License-Identifier: MIT
// What contracts and records say beside their numbers: root causes, zones of their own.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "run_tool.hpp"

namespace contract_test {
namespace {

using namespace tool_test;
using ::testing::HasSubstr;

const std::string policy =
    "policy = \"x\"\nversion = 2026-01-01\nzone = \"Asia/Shanghai\"\ncurrency = \"CNY\"\nseverities = "
    "[\"P1\"]\n"
    "tiers = [\"a\"]\n[[target]]\nresponse = \"10min\"\n[[availability]]\ntarget = \"99.9%\"\n"
    "window = \"calendar month\"\n[compensation]\ncombine = \"root cause\"\n[[credit]]\nclause = \"5.1\"\n"
    "metric = \"each outage\"\nby_duration = [[\"at least 1h\", \"10%\"]]\nbase = \"monthly "
    "fee\"\n[[credit]]\n"
    "clause = \"5.2\"\nmetric = \"lateness of response\"\n"
    "per_time = { each = \"1h\", rate = \"3%\", counted = \"started\" }\nbase = \"monthly fee\"\n";

// An outage of two hours, 1,000.00; late answers of two, one and three started hours, 600.00, 300.00 and 900.00.
TEST(statement, M8_of_one_root_cause_the_largest_pays) {
  const folder at;
  inputs i;
  i.policy = at.write("p.toml", policy);
  i.contracts = at.write("c.csv", "contract,customer,tier,services,monthly_fee\nC,c,a,s,10000\n");
  i.incidents = at.write("i.csv",
                         "incident,contract,at,event,severity,root_cause\n"
                         "I-1,C,2026-10-12 09:00,reported,P1,switch\nI-1,C,2026-10-12 10:30,responded,,\n"
                         "I-2,C,2026-10-12 09:05,reported,P1,\nI-2,C,2026-10-12 09:30,responded,,switch\n"
                         "I-3,C,2026-10-20 09:00,reported,P1,dns\nI-3,C,2026-10-20 11:40,responded,,\n");
  i.outages = at.write("o.csv",
                       "outage,service,begin,end,root_cause\n1,s,2026-10-12 09:00,2026-10-12 11:00,switch\n");
  const result r = run(statement(i));
  EXPECT_EQ(r.status, 0) << r.err;
  EXPECT_THAT(r.out, HasSubstr("put aside: clause 5.1 (2026-10-12 09:00) pays for the root cause switch"));
  EXPECT_THAT(r.out, HasSubstr("Total owed 1900.00 CNY"));
  EXPECT_THAT(run(statement(i, "--format json")).out, HasSubstr("\"put_aside_for\": 0"));
}

// In Shanghai on 1 November, in New York on 31 October.
TEST(statement, A2_each_contracts_month_is_of_its_zone) {
  const folder at;
  inputs i;
  i.policy = at.write("p.toml", policy);
  i.contracts = at.write("c.csv",
                         "contract,customer,tier,services,monthly_fee,zone\nSH,a,a,s,10000,\n"
                         "NY,b,a,s,10000,America/New_York\n");
  i.incidents = at.write("i.csv", "incident,contract,at,event\n");
  i.outages = at.write("o.csv", "outage,service,begin,end\n1,s,2026-11-01 02:00,2026-11-01 03:00\n");
  const auto owed = [&](const std::string& month, const std::string& contract) {
    i.month = month;
    const std::string out = run(statement(i, "--contract " + contract)).out;
    const std::size_t from = out.find("Total owed ");
    return out.substr(from, out.find('\n', from) - from);
  };
  EXPECT_EQ(owed("2026-10", "SH"), "Total owed 0.00 CNY");
  EXPECT_EQ(owed("2026-10", "NY"), "Total owed 1000.00 CNY");
  EXPECT_EQ(owed("2026-11", "SH"), "Total owed 1000.00 CNY");
  EXPECT_EQ(owed("2026-11", "NY"), "Total owed 0.00 CNY");
  i.month = "2026-10";
  EXPECT_THAT(run(statement(i)).out, HasSubstr("2026-10-31 14:00  2026-10-31 15:00"));
  i.contracts =
      at.write("c.csv", "contract,customer,tier,services,monthly_fee,zone\nNY,b,a,s,1,America/NewYork\n");
  EXPECT_THAT(
      run(statement(i)).err,
      HasSubstr(":2:12: unknown time zone 'America/NewYork', did you mean America/New_York? [unknown-zone]"));
}

// A fee that doubles on the 16th, two hours down on the 12th.
TEST(statement, M10_rows_of_one_contract_are_its_terms_one_after_another) {
  const folder at;
  inputs i;
  i.policy = at.write("p.toml", policy);
  const std::string columns = "contract,customer,tier,services,monthly_fee,from,until\n";
  i.contracts = at.write(
      "c.csv", columns + "C,c,a,s,10000,2026-01-01,2026-10-15\nD,d,a,s,10000,,\nC,c,a,s,20000,2026-10-16,\n");
  i.incidents = at.write("i.csv", "incident,contract,at,event\n");
  i.outages = at.write("o.csv", "outage,service,begin,end\n1,s,2026-10-12 09:00,2026-10-12 11:00\n");
  const result silent = run(statement(i));
  EXPECT_EQ(silent.status, 0) << silent.err;
  EXPECT_THAT(silent.out, HasSubstr("split                the vendor     483.87 CNY"));
  EXPECT_THAT(silent.out, HasSubstr("at end, fees paid    nobody        1516.13 CNY"));
  EXPECT_THAT(silent.out, HasSubstr("at end, own fee      the customer  2000.00 CNY"));
  EXPECT_THAT(silent.out, HasSubstr("Contracts   2, 2 of them owed something, 1 undefined by the contract"));
  EXPECT_THAT(run(statement(i, "--format json")).out, HasSubstr("\"changed_fee\": \"fees paid\""));
  std::string stated = policy;
  stated.insert(stated.find("combine = "), "changed_window = \"split\"\n");
  i.policy = at.write("q.toml", stated);
  EXPECT_THAT(run(statement(i)).out,
              HasSubstr("Its terms change inside the window: split\n    Total owed 483.87 CNY"));
  i.contracts =
      at.write("c.csv", columns + "C,c,a,s,10000,2026-01-01,2026-10-10\nC,c,a,s,20000,2026-10-16,\n");
  const result gap = run(statement(i));
  EXPECT_EQ(gap.status, 2);
  EXPECT_THAT(gap.err, HasSubstr(":2:26: contract 'C' has no terms between 2026-10-10 and 2026-10-16"));
}

TEST(explain, shows_the_times_of_the_contracts_zone) {
  const folder at;
  const std::string files =
      " --policy '" + at.write("p.toml", policy) + "' --contracts '" +
      at.write(
          "c.csv",
          "contract,customer,tier,services,monthly_fee,zone\nSH,a,a,s,1,\nNY,b,a,s,1,America/New_York\n") +
      "' --incidents '" +
      at.write("i.csv",
               "incident,contract,at,event,severity\nI-1,NY,2026-10-12 09:00,reported,P1\n"
               "I-2,SH,2026-10-12 09:00,reported,P1\n") +
      "' ";
  const result r = run("explain" + files + "--incident I-1 --as-of '2026-10-12 10:00'");
  EXPECT_EQ(r.status, 0) << r.err;
  EXPECT_THAT(r.out, HasSubstr("reported 2026-10-11 21:00, as of 2026-10-11 22:00 America/New_York"));
  EXPECT_THAT(r.out, HasSubstr("due 2026-10-11 21:10"));
  EXPECT_THAT(run("explain" + files + "--incident I-1 --format json").out,
              HasSubstr("\"reported\": \"2026-10-11T21:00:00-04:00\""));
  EXPECT_THAT(run("explain" + files + "--incident I-2").out, HasSubstr("reported 2026-10-12 09:00"));
}

}  // namespace
}  // namespace contract_test
