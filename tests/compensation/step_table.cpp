// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <random>
#include <vector>

#include <sla/compensation/step_table.hpp>

namespace step_table_test {
namespace {

using namespace sla::literals;
using sla::ratio;
using sla::step;
using sla::table_fault;
using kind = sla::table_fault::kind;

TEST(step_table, M3_below_is_strict_and_the_deepest_row_pays) {
  std::vector<step> rows{{99_pct, 30_pct}, {95_pct, 100_pct}, {99.99_pct, 10_pct}};
  std::ranges::sort(rows, {}, &step::rate);
  do {
    EXPECT_EQ(sla::rate_at(rows, 99.99_pct), 0_pct);
    EXPECT_EQ(sla::rate_at(rows, 99.95_pct), 10_pct);
    EXPECT_EQ(sla::rate_at(rows, 99_pct), 10_pct);
    EXPECT_EQ(sla::rate_at(rows, 95_pct), 30_pct);
    EXPECT_EQ(sla::rate_at(rows, 94_pct), 100_pct);
    EXPECT_TRUE(sla::faults(rows).empty());
  } while (std::ranges::next_permutation(rows, {}, &step::rate).found);
}

TEST(step_table, M3_bounds_and_neighbours_of_every_row) {
  // One second of a 31-day month either side of each bound.
  std::vector<step> rows;
  for (int i = 1; i <= 100; ++i) rows.push_back({ratio(1'000 - i, 1'000), ratio(i, 100)});
  const std::int64_t month = 2'678'400;
  for (int i = 1; i <= 100; ++i) {
    const ratio bound = rows[static_cast<std::size_t>(i - 1)].below;
    EXPECT_EQ(sla::rate_at(rows, bound), ratio(i - 1, 100)) << i;
    EXPECT_EQ(sla::rate_at(rows, bound + ratio(1, month)), ratio(i - 1, 100)) << i;
    EXPECT_EQ(sla::rate_at(rows, bound - ratio(1, month)), ratio(i, 100)) << i;
  }
}

TEST(step_table, M3_or_less_includes_the_bound) {
  const step rows[]{{.below = 99_pct, .rate = 10_pct, .inclusive = true}, {.below = 95_pct, .rate = 20_pct}};
  EXPECT_EQ(sla::rate_at(rows, 99_pct), 10_pct);
  EXPECT_EQ(sla::rate_at(rows, 99.001_pct), 0_pct);
  EXPECT_EQ(sla::rate_at(rows, 95_pct), 10_pct);
  // "99 % or less" and "less than 99 %" are two bounds, and the second is deeper.
  const step both[]{{.below = 99_pct, .rate = 10_pct, .inclusive = true}, {.below = 99_pct, .rate = 20_pct}};
  EXPECT_EQ(sla::rate_at(both, 99_pct), 10_pct);
  EXPECT_EQ(sla::rate_at(both, 98.9_pct), 20_pct);
  EXPECT_TRUE(sla::faults(both).empty());
}

TEST(step_table, M3_a_value_in_a_gap_is_undefined) {
  const step rows[]{{99.9_pct, 10_pct, 99_pct}, {98.5_pct, 25_pct, 90_pct}};
  EXPECT_EQ(sla::rate_at(rows, 99.9_pct), 0_pct);
  EXPECT_EQ(sla::rate_at(rows, 99_pct), 10_pct);
  EXPECT_EQ(sla::rate_at(rows, 98.7_pct), std::nullopt);
  EXPECT_EQ(sla::match(rows, 98.7_pct), (sla::step_match{sla::step_match::gap, 0, 1}));
  EXPECT_EQ(sla::rate_at(rows, 98.5_pct), std::nullopt) << "below 98.5 does not hold at 98.5";
  EXPECT_EQ(sla::rate_at(rows, 90_pct), 25_pct);
  EXPECT_EQ(sla::rate_at(rows, 89_pct), std::nullopt);
  EXPECT_EQ(sla::match(rows, 89_pct), (sla::step_match{sla::step_match::gap, 1, sla::step_match::no_row}));
  EXPECT_EQ(sla::faults(rows), (std::vector<table_fault>{{kind::gap, 0, 1}, {kind::gap, 1, 1}}));
}

TEST(step_table, M3_one_bound_with_two_rates_is_undefined) {
  const step rows[]{{99_pct, 30_pct}, {99_pct, 10_pct}, {99_pct, 20_pct}, {95_pct, 50_pct}};
  EXPECT_EQ(sla::rate_at(rows, 98_pct), std::nullopt);
  EXPECT_EQ(sla::match(rows, 98_pct), (sla::step_match{sla::step_match::ambiguous, 1, 0}));
  EXPECT_EQ(sla::rate_at(rows, 94_pct), 50_pct);
  const step same[]{{99_pct, 30_pct}, {99_pct, 30_pct}};
  EXPECT_EQ(sla::rate_at(same, 98_pct), 30_pct);
  EXPECT_EQ(sla::faults(same), (std::vector<table_fault>{{kind::repeated_bound, 0, 1}}));
}

TEST(step_table, M3_faults) {
  const auto found = [](std::vector<step> rows) { return sla::faults(rows); };
  EXPECT_EQ(found({}), (std::vector<table_fault>{{kind::no_rows, 0, 0}}));
  EXPECT_EQ(found({{99_pct, 30_pct}, {95_pct, 10_pct}}),
            (std::vector<table_fault>{{kind::not_monotone, 0, 1}}));
  // Between 97 % and 98 % the mildest row holds again, and pays less than the one above it.
  EXPECT_EQ(faults(std::vector<step>{{99.9_pct, 10_pct}, {99_pct, 20_pct, 98_pct}, {97_pct, 30_pct}}),
            (std::vector<table_fault>{{kind::not_monotone, 1, 0}}));
  EXPECT_EQ(faults(std::vector<step>{{99.9_pct, 10_pct}, {99_pct, 20_pct, 97_pct}, {97_pct, 30_pct}}),
            std::vector<table_fault>{});
  EXPECT_EQ(faults(std::vector<step>{{99.9_pct, 10_pct}, {99_pct, 20_pct, 98_pct}}),
            (std::vector<table_fault>{{kind::not_monotone, 1, 0}}));
  EXPECT_EQ(found({{99_pct, 10_pct, 99.5_pct}, {98_pct, 20_pct}}),
            (std::vector<table_fault>{{kind::impossible_row, 0, 0}}));
  EXPECT_EQ(found({{99.9_pct, 10_pct, 98_pct}, {99_pct, 20_pct}}),
            (std::vector<table_fault>{{kind::overlap, 0, 1}}));
  EXPECT_EQ(found({{99.9_pct, 10_pct, 99_pct}, {99_pct, 20_pct}}), std::vector<table_fault>{});
  // A bound that both rows leave to the other.
  EXPECT_EQ(found({{99.9_pct, 10_pct, 99_pct}, {.below = 99_pct, .rate = 20_pct, .inclusive = true}}),
            (std::vector<table_fault>{{kind::overlap, 0, 1}}));
  EXPECT_EQ(sla::name(kind::not_monotone), "not monotone");
}

// A table without a fault of the first four kinds defines every figure, and one with such a fault misses some.
TEST(step_table, M3_faults_are_the_figures_left_undefined) {
  std::mt19937 random(3);
  const auto below = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  int faulty = 0, sound = 0;
  for (int round = 0; round < 20'000; ++round) {
    std::vector<step> rows;
    for (int n = 1 + below(4); n > 0; --n)
      rows.push_back({ratio(1 + below(20), 20), ratio(below(5), 5),
                      below(2) == 0 ? ratio() : ratio(below(20), 20), below(4) == 0});
    std::erase_if(rows, [](const step& s) { return s.from >= s.below; });
    if (rows.empty()) continue;
    bool undefined = false;
    for (int i = 0; i <= 40; ++i) undefined = undefined || !sla::rate_at(rows, ratio(i, 40));
    bool warned = false;
    for (const table_fault& f : sla::faults(rows))
      warned = warned || f.what == kind::gap || f.what == kind::repeated_bound;
    if (undefined) {
      EXPECT_TRUE(warned) << round;
    }
    (undefined ? faulty : sound) += 1;
  }
  EXPECT_GT(faulty, 1'000);
  EXPECT_GT(sound, 1'000);
}

TEST(step_table, in_code_it_has_a_row_and_at_most_24) {
  EXPECT_THROW((void)sla::step_table(std::initializer_list<step>{}), sla::error);
  const step s{99_pct, 10_pct};
  EXPECT_NO_THROW(
      (void)sla::step_table({s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s}));
  EXPECT_THROW(
      (void)sla::step_table({s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s}),
      sla::error);
}

}  // namespace
}  // namespace step_table_test
