// SPDX-License-Identifier: MIT
// sla compare: the shipped policies on the shipped outages, worked by hand; and what is wrong with a command line.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "run_tool.hpp"

namespace compare_test {
namespace {

using namespace tool_test;
using ::testing::HasSubstr;
using ::testing::Not;

const std::string history = " --outages '" + data + "compare_outages.csv' ";
std::string compare(const std::string& names, const std::string& more) {
  std::string out = "compare ";
  for (std::size_t at = 0; at < names.size();) {
    const std::size_t end = std::min(names.find(' ', at), names.size());
    out += "'" + policies + names.substr(at, end - at) + ".toml' ";
    at = end + 1;
  }
  return out + more;
}
const std::string all = "by_steps own_minutes by_year";

// 4 h in March (99.462 %), 50 min in July (99.887 %), 1 h in November (99.861 %); of the year 5 h 50 min, 99.933 %.
TEST(compare, A8_the_same_promise_pays_a_fifth_of_a_fee_or_nothing) {
  const result r = run(compare(all, history + "--from 2026-01 --to 2026-12"));
  EXPECT_EQ(r.status, 0) << r.err;
  EXPECT_EQ(r.err, "");
  EXPECT_EQ(
      r.out,
      "policy       tier         promised  measured   missed   lowest       credit  of the fees  besides\n"
      "by-steps     standard     99.9%     12 months       3  99.462%  3000.00 CNY        2.50%\n"
      "own-minutes  once         99.9%     12 months       3  99.462%    78.85 CNY        0.06%\n"
      "own-minutes  tenfold      99.9%     12 months       3  99.462%   788.53 CNY        0.65%\n"
      "own-minutes  hundredfold  99.9%     12 months       3  99.462%  7885.30 CNY        6.57%\n"
      "own-minutes  extension    99.9%     12 months       3  99.462%     0.00 CNY        0.00%  term "
      "extension 26 day\n"
      "by-year      standard     99.9%     1 year          0  99.933%     0.00 CNY        0.00%\n");
}

TEST(compare, a_month_at_another_fee_and_as_json) {
  const result r = run(compare("by_steps own_minutes", history + "--month 2026-03 --fee 9000 --format json"));
  EXPECT_EQ(r.status, 0) << r.err;
  EXPECT_THAT(r.out, HasSubstr("\"policy\": \"by-steps\""));
  EXPECT_THAT(r.out, HasSubstr("\"text\": \"900.00 CNY\""));
  EXPECT_THAT(r.out, HasSubstr("\"text\": \"48.39 CNY\"")) << "4 of 744 hours of 9,000.00";
  EXPECT_THAT(r.out, HasSubstr("\"window\": \"2026-03\""));
  EXPECT_THAT(r.out, Not(HasSubstr("\"window\": \"2026-04\"")));
}

TEST(compare, contracts_and_incidents_where_every_policy_names_their_tiers) {
  const std::string records = " --contracts '" + data + "contracts.csv' --incidents '" + data +
                              "incidents.csv' --outages '" + data + "outages.csv' ";
  const result r = run(compare("shanghai", records + "--month 2026-10"));
  EXPECT_EQ(r.status, 0) << r.err;
  EXPECT_THAT(r.out, HasSubstr("SH-001"));
  EXPECT_THAT(r.out, HasSubstr("2700.00 CNY"));
  const result bad = run(compare("by_steps", records + "--month 2026-10"));
  EXPECT_EQ(bad.status, 2);
  EXPECT_EQ(bad.out, "");
  EXPECT_THAT(bad.err, HasSubstr("unknown tier 'flagship', expected one of standard"));
}

TEST(compare, what_is_wrong_is_told_at_once) {
  const result r = run(compare("by_steps", " --outages nothere.csv --from 2026-13 --to x --fee much"));
  EXPECT_EQ(r.status, 2);
  EXPECT_EQ(r.out, "");
  EXPECT_THAT(r.err, HasSubstr("nothere.csv"));
  EXPECT_THAT(r.err, HasSubstr("expected a month as 2026-10, found '2026-13'"));
  EXPECT_THAT(r.err, HasSubstr("expected a month as 2026-10, found 'x'"));
  EXPECT_THAT(run(compare("by_steps", history)).err, HasSubstr("either --month or --from"));
  EXPECT_THAT(run(compare("by_steps", history + "--month 2026-10 --from 2026-01")).err,
              HasSubstr("excludes"));
  EXPECT_THAT(run(compare("by_steps", history + "--month 2026-10 --fee much")).err,
              HasSubstr("expected an amount in CNY"));
  EXPECT_THAT(run(compare("by_steps", history + "--month 2026-10 --incidents x.csv")).err,
              HasSubstr("--contracts"));
  EXPECT_EQ(run("compare" + history + "--month 2026-10").status, 2);
}

TEST(statement, M7_earlier_months_and_claims_come_from_files) {
  const std::string folder = std::string(SLA_TEST_DATA) + "/remedies/";
  const std::string base = "statement --policy '" + policies + "remedies.toml' --contracts '" + folder +
                           "contracts.csv' --incidents '" + folder + "incidents.csv' --outages '" + folder +
                           "outages.csv' --month 2026-10 --as-of '2026-11-12 00:00' --contract R-1 ";
  const result alone = run(base);
  EXPECT_THAT(alone.out, HasSubstr("Earlier windows are not known"));
  EXPECT_THAT(alone.out, Not(HasSubstr("Total term extension")));
  const result known = run(base + "--since 2026-08 --claims '" + folder + "claims.csv'");
  EXPECT_EQ(known.status, 0) << known.err;
  EXPECT_THAT(known.out, HasSubstr("2 earlier windows were settled first"));
  EXPECT_THAT(known.out, HasSubstr("Total term extension 7 day"));
  EXPECT_THAT(known.out, HasSubstr("Total voucher 5000.00 CNY"));
  const result late = run(base + "--since 2026-11");
  EXPECT_EQ(late.status, 2);
  EXPECT_THAT(late.err, HasSubstr("expected a month before 2026-10, found '2026-11'"));
}

}  // namespace
}  // namespace compare_test
