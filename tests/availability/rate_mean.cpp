// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <random>

#include <sla/availability/rate_mean.hpp>

namespace rate_mean_test {
namespace {

using namespace sla::literals;
constexpr auto most = std::numeric_limits<std::int64_t>::max();

TEST(rate_mean, A11_a_tie_is_a_tie) {
  sla::rate_mean m;
  m.add(1, 3);
  m.add(1, 6);
  m.add(1, 2);  // the sum is 1, the mean 1/3: no binary fraction says so
  EXPECT_EQ(m.count(), 3);
  EXPECT_TRUE(m.straddles(sla::ratio(1, 3)));
  EXPECT_TRUE(m == sla::ratio(1, 3));
  EXPECT_TRUE(m > sla::ratio(333'333'333'333, 1'000'000'000'000));
  EXPECT_TRUE(m < sla::ratio(333'333'333'334, 1'000'000'000'000));
}

TEST(rate_mean, A11_a_hair_apart_is_apart) {
  // 1/3 and 1/3 less 1/(3 * (2^62 - 1)): nearer than the bounds tell.
  constexpr std::int64_t big = (std::int64_t{1} << 62) - 1;  // divisible by 3
  static_assert(big % 3 == 0);
  sla::rate_mean tie, below, above;
  tie.add(big / 3, big);
  below.add(big / 3 - 1, big);
  above.add(big / 3 + 1, big);
  EXPECT_TRUE(tie == sla::ratio(1, 3));
  EXPECT_TRUE(below < sla::ratio(1, 3));
  EXPECT_TRUE(above > sla::ratio(1, 3));
  EXPECT_TRUE(tie.straddles(sla::ratio(1, 3)));
  // Three of them, of which the bounds are three times as wide: decided on the common denominator.
  sla::rate_mean many;
  for (int i = 0; i < 3; ++i) many.add(big / 3, big);
  many.add(1, 3);
  many.add((most - 1) / 3, most);  // a little less than 1/3, by 1/(3 most)
  EXPECT_TRUE(many.straddles(sla::ratio(1, 3)));
  EXPECT_TRUE(many < sla::ratio(1, 3));
}

TEST(rate_mean, A11_a_month_of_slots_with_as_many_denominators) {
  // 8,928 slots; each pair (i failed of 2i+1, i+1 failed of 2i+1) has the mean 1/2.
  sla::rate_mean m;
  for (std::int64_t i = 1; i <= 4'464; ++i) {
    m.add(i, 2 * i + 1);
    m.add(i + 1, 2 * i + 1);
  }
  EXPECT_TRUE(m == 50_pct);
  EXPECT_TRUE(m > sla::ratio(49'999'999'999, 100'000'000'000));
  EXPECT_EQ(m.percent(2, sla::rounding::floor), "50.00%");
  EXPECT_EQ(m.percent(2, sla::rounding::ceil), "50.00%");
}

TEST(rate_mean, bounds_0_and_1) {
  sla::rate_mean m;
  for (int i = 0; i < 999; ++i) m.add(7, 7);
  m.add(0, 5);
  EXPECT_TRUE(m == 99.9_pct);
  EXPECT_FALSE(m.straddles(99.9_pct));
  EXPECT_EQ(m.percent(1, sla::rounding::floor), "99.9%");
  sla::rate_mean none;
  EXPECT_EQ(none.count(), 0);
  EXPECT_TRUE(none == sla::ratio(0));
  EXPECT_TRUE(none < 1_pct);
  EXPECT_TRUE(none > sla::ratio(-1, 2));
  sla::rate_mean all;
  all.add(1, 1);
  EXPECT_TRUE(all == 100_pct);
  EXPECT_TRUE(all < sla::ratio(most, 1));
  EXPECT_EQ(all.percent(0, sla::rounding::floor), "100%");
}

TEST(rate_mean, what_is_no_rate_is_not_added) {
  sla::rate_mean m;
  EXPECT_FALSE(m.add(1, 0));
  EXPECT_FALSE(m.add(-1, 5));
  EXPECT_FALSE(m.add(6, 5));
  EXPECT_FALSE(m.add(0, -3));
  EXPECT_EQ(m.count(), 0);
}

TEST(rate_mean, shown_as_named) {
  sla::rate_mean m;
  m.add(2, 3);  // 66.666...%
  EXPECT_EQ(m.percent(2, sla::rounding::floor), "66.66%");
  EXPECT_EQ(m.percent(2, sla::rounding::ceil), "66.67%");
  EXPECT_EQ(m.percent(2, sla::rounding::half_up), "66.67%");
  EXPECT_EQ(m.percent(16, sla::rounding::floor), "66.6666666666666666%");
  sla::rate_mean half;
  half.add(1, 200);  // 0.5 %
  EXPECT_EQ(half.percent(0, sla::rounding::half_up), "1%");
  EXPECT_EQ(half.percent(0, sla::rounding::half_even), "0%");
  EXPECT_EQ(half.percent(0, sla::rounding::half_down), "0%");
  EXPECT_THROW((void)half.percent(17, sla::rounding::floor), sla::error);
}

TEST(rate_mean, matches_the_exact_sum_of_ratios) {
  std::mt19937_64 random(11);
  int ties = 0;
  for (int round = 0; round < 20'000; ++round) {
    sla::rate_mean m;
    sla::ratio sum;
    const auto n = 1 + random() % 6;
    for (std::uint64_t i = 0; i < n; ++i) {
      const auto whole = static_cast<std::int64_t>(1 + random() % 12);
      const auto part = static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(whole + 1));
      m.add(part, whole);
      sum = sum + sla::ratio(part, whole);
    }
    const sla::ratio mean = sum / sla::ratio(static_cast<std::int64_t>(n));
    const sla::ratio target(static_cast<std::int64_t>(random() % 13),
                            static_cast<std::int64_t>(1 + random() % 12));
    ASSERT_TRUE(m == mean) << round;
    ASSERT_TRUE((m <=> target) == (mean <=> target)) << round;
    ASSERT_EQ(m.percent(3, sla::rounding::floor), sla::percent(mean, 3, sla::rounding::floor)) << round;
    ASSERT_EQ(m.percent(1, sla::rounding::half_even), sla::percent(mean, 1, sla::rounding::half_even))
        << round;
    ties += mean == target;
  }
  EXPECT_GT(ties, 100);
}

TEST(rate_mean, A11_a_stand_in_compares_as_the_mean_with_every_simple_fraction) {
  std::mt19937_64 random(7);
  for (int round = 0; round < 200; ++round) {
    sla::rate_mean m;
    for (int i = 0; i < 5; ++i) {
      const auto whole = static_cast<std::int64_t>(random() % 1'000'000'000'000 + 1);
      m.add(static_cast<std::int64_t>(random() % (static_cast<std::uint64_t>(whole) + 1)), whole);
    }
    const std::int64_t largest = static_cast<std::int64_t>(random() % 40) + 1;
    const sla::ratio r = m.stand_in(largest).value;
    EXPECT_LE(r.den(), 2 * largest);
    for (std::int64_t den = 1; den <= largest; ++den)
      for (std::int64_t num = 0; num <= den; ++num)
        EXPECT_EQ(r <=> sla::ratio(num, den), m <=> sla::ratio(num, den)) << num << '/' << den;
  }
}

TEST(rate_mean, A11_a_stand_in_a_hair_above_on_and_below_a_bound) {
  // Three rates whose mean is 999/1000 but for one part in a number of 19 digits.
  constexpr std::int64_t whole = 9'000'000'000'000'000'000;
  constexpr std::int64_t most_of_it = 8'991'000'000'000'000'000;
  const auto of = [&](std::int64_t hair) {
    sla::rate_mean m;
    for (const std::int64_t h : {hair, std::int64_t{0}, std::int64_t{0}}) m.add(most_of_it + h, whole);
    return m;
  };
  for (const std::int64_t largest :
       {std::int64_t{1'000}, std::int64_t{1'000'000'000}, (std::int64_t{1} << 62) - 1}) {
    EXPECT_LT(of(-1).stand_in(largest).value, 99.9_pct) << largest;
    EXPECT_EQ(of(0).stand_in(largest).value, 99.9_pct) << largest;
    EXPECT_GT(of(1).stand_in(largest).value, 99.9_pct) << largest;
  }
  // A bound of nine decimals lies nearer than the eighth tells.
  EXPECT_GT(of(1).stand_in(1'000'000'000).value, sla::ratio(998'999'999, 1'000'000'000));
  EXPECT_LT(of(1).stand_in(1'000'000'000).value, sla::ratio(999'000'001, 1'000'000'000));
}

TEST(rate_mean, A11_a_stand_in_of_what_is_a_fraction_is_that_fraction) {
  sla::rate_mean m;
  EXPECT_EQ(m.stand_in(1).value, sla::ratio(0)) << "of no rates";
  m.add(1, 1);
  EXPECT_EQ(m.stand_in(1).value, sla::ratio(1));
  m.add(0, 7);
  EXPECT_EQ(m.stand_in(2).value, sla::ratio(1, 2));
  m.add(1, 3);
  m.add(1, 6);
  EXPECT_EQ(m.stand_in(8).value, sla::ratio(3, 8));
  EXPECT_EQ(m.stand_in(1'000'000'000).value, sla::ratio(3, 8));
  const sla::ratio near = m.stand_in(7).value;  // between 1/3 and 2/5
  EXPECT_GT(near, sla::ratio(1, 3));
  EXPECT_LT(near, sla::ratio(2, 5));
  EXPECT_FALSE(m.stand_in(7).exact);
  EXPECT_TRUE(m.stand_in(8).exact);
  EXPECT_THROW((void)m.stand_in(0), sla::error);
  EXPECT_THROW((void)m.stand_in(std::int64_t{1} << 62), sla::error);
}

}  // namespace
}  // namespace rate_mean_test
