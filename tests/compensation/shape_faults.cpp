// SPDX-License-Identifier: MIT
// M3, M4: what is doubtful about a declaration, and where.

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include <sla/compensation/shape_faults.hpp>

namespace shape_faults_test {
namespace {

using namespace std::chrono_literals;
using namespace sla::literals;
using kind = sla::shape_fault::kind;
using sla::ratio;
using sla::shape_fault;

std::string text(const sla::shape& s) {
  std::string out;
  for (const shape_fault& f : sla::faults(s))
    out += std::string(name(f.what)) + ' ' + std::to_string(f.part) + ' ' + std::to_string(f.row) + ' ' +
           std::to_string(f.other) + (f.is_fatal() ? "!;" : ";");
  return out;
}

TEST(faults, M3_of_tables_over_numbers) {
  struct row {
    std::vector<sla::tier_row> table;
    const char* want;
  };
  const row rows[]{
      {{{.from = 1, .rate = 5_pct}, {.from = 4, .rate = 10_pct}}, ""},
      {{{.from = 4, .rate = 10_pct}, {.from = 1, .rate = 5_pct, .until = 4}}, ""},
      {{}, "no rows 0 0 0!;"},
      {{{.from = 3, .rate = 5_pct, .until = 3}}, "impossible row 0 0 0!;"},
      {{{.from = 1, .rate = 5_pct}, {.from = 1, .rate = 7_pct}}, "repeated bound 0 0 1;"},
      {{{.from = 1, .rate = 5_pct, .until = 4}, {.from = 5, .rate = 10_pct}}, "gap 0 0 1;"},
      {{{.from = 1, .rate = 5_pct, .until = 4}, {.from = 3, .rate = 10_pct}}, "overlap 0 0 1;"},
      {{{.from = 1, .rate = 10_pct}, {.from = 4, .rate = 5_pct}}, "not monotone 0 0 1;"},
      {{{.from = 1, .rate = 5_pct, .until = 4}}, "gap 0 0 0;"},
      {{{.from = 1, .rate = -(5_pct)}}, "negative rate 0 0 0!;"},
      // A long row reaches over a short one: nothing is missing, two rows overlap.
      {{{.from = 1, .rate = 5_pct, .until = 9},
        {.from = 3, .rate = 6_pct, .until = 5},
        {.from = 9, .rate = 7_pct}},
       "overlap 0 0 1;"},
  };
  for (const row& r : rows) {
    EXPECT_EQ(text(sla::count_tiers{r.table}), r.want);
    EXPECT_EQ(text(sla::duration_tiers{r.table}), r.want);
  }
}

TEST(faults, M4_of_each_shape) {
  EXPECT_EQ(text(sla::steps{{{99_pct, 10_pct}, {98_pct, 5_pct}, {97_pct, -(1_pct)}}}),
            "negative rate 0 2 2!;not monotone 0 0 1;not monotone 0 1 2;");
  EXPECT_EQ(text(sla::steps{}), "no rows 0 0 0!;");
  EXPECT_EQ(text(sla::per_step_below{99_pct, 0_pct, 5_pct}), "no unit 0 0 0!;");
  EXPECT_EQ(text(sla::per_step_below{0_pct, 1_pct, -(5_pct)}), "negative rate 0 0 0!;no bound 0 0 0;");
  EXPECT_EQ(text(sla::pro_rata{.below = 0_pct}), "no bound 0 0 0;");
  EXPECT_EQ(text(sla::per_unit{.unit = 0s, .rate = 5_pct, .free = -1s}),
            "no unit 0 0 0!;negative amount 0 0 0!;");
  EXPECT_EQ(text(sla::per_unit{.unit = 1h, .rate = 5_pct}), "");
  EXPECT_EQ(text(sla::per_count{.rate = 5_pct, .free = -1}), "negative amount 0 0 0!;");
  EXPECT_EQ(text(sla::nth_miss{.below = 99_pct, .windows = 0}), "no windows 0 0 0!;no rows 0 0 0!;");
  EXPECT_EQ(text(sla::nth_miss{.below = 99_pct, .windows = 2, .rates = {0_pct, 20_pct, 10_pct}}),
            "more rates 0 2 2;not monotone 0 1 2;");
  EXPECT_EQ(text(sla::constant{-(1_pct)}), "negative rate 0 0 0!;");
  EXPECT_EQ(text(sla::constant{sla::money::minor(-1, sla::cny)}), "negative rate 0 0 0!;");
}

TEST(faults, M4_of_combinations_name_the_part) {
  EXPECT_EQ(text(sla::max_of({})), "no rows 0 0 0!;");
  EXPECT_EQ(text(sla::max_of({sla::pro_rata{}, sla::steps{}})), "no rows 1 0 0!;");
  EXPECT_EQ(text(sla::max_of({sla::sum_of({sla::pro_rata{}, sla::per_unit{.unit = 0s}}), sla::steps{}})),
            "no unit 1 0 0!;no rows 2 0 0!;");
}

}  // namespace
}  // namespace shape_faults_test
