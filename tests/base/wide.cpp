// SPDX-License-Identifier: MIT
#include <sla/base/wide.hpp>

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <limits>
#include <random>
#include <vector>

namespace wide_test {
namespace {

using namespace sla::detail;
using sla::rounding;

constexpr std::int64_t top = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t bottom = std::numeric_limits<std::int64_t>::min();

// Every power of two with its neighbours, and numbers of every length.
std::vector<std::uint64_t> samples() {
  std::vector<std::uint64_t> out{0, 3, 10, 86'400, 2'678'400, 1'000'000'007};
  for (int bit = 0; bit < 64; ++bit) {
    const std::uint64_t power = std::uint64_t{1} << bit;
    out.insert(out.end(), {power - 1, power, power + 1, ~power});
  }
  std::mt19937_64 random(20261012);
  for (int bit = 0; bit < 64; ++bit) out.push_back(random() >> bit);
  return out;
}

std::int64_t as_signed(std::uint64_t v) { return static_cast<std::int64_t>(v); }

TEST(wide, the_portable_product_equals_the_native_one) {
  for (const std::uint64_t a : samples())
    for (const std::uint64_t b : samples()) ASSERT_EQ(portable::mul(a, b), mul(a, b)) << a << " * " << b;
}

TEST(wide, the_portable_quotient_equals_the_native_one) {
  const std::vector<std::uint64_t> all = samples();
  for (std::size_t i = 0; i < all.size(); i += 5) {
    for (const std::uint64_t lo : all) {
      for (std::size_t j = 0; j < all.size(); j += 7) {
        if (all[j] == 0) continue;
        const wide_quotient native = div({all[i], lo}, all[j]),
                            portably = portable::div({all[i], lo}, all[j]);
        ASSERT_EQ(portably.quotient, native.quotient) << all[i] << ':' << lo << " / " << all[j];
        ASSERT_EQ(portably.rest, native.rest) << all[i] << ':' << lo << " / " << all[j];
      }
    }
  }
}

TEST(wide, a_product_divided_by_a_factor_is_the_other_factor) {
  for (const std::uint64_t a : samples()) {
    for (const std::uint64_t b : samples()) {
      if (b == 0) continue;
      const wide_quotient q = portable::div(portable::mul(a, b), b);
      ASSERT_EQ(q.quotient, (wide{0, a}));
      ASSERT_EQ(q.rest, 0U);
    }
  }
}

TEST(wide, known_products_and_sums) {
  constexpr std::uint64_t all_ones = std::numeric_limits<std::uint64_t>::max();
  EXPECT_EQ(mul(all_ones, all_ones), (wide{all_ones - 1, 1}));
  EXPECT_EQ(portable::mul(all_ones, all_ones), (wide{all_ones - 1, 1}));
  EXPECT_EQ(plus({0, all_ones}, {0, 1}), (wide{1, 0}));
  EXPECT_EQ(plus({3, 5}, {4, 6}), (wide{7, 11}));
  EXPECT_EQ(minus({1, 0}, {0, 1}), (wide{0, all_ones}));
  EXPECT_EQ(minus({7, 11}, {4, 6}), (wide{3, 5}));
  EXPECT_LT((wide{0, all_ones}), (wide{1, 0}));
}

TEST(wide, sign_and_magnitude_reach_both_ends) {
  EXPECT_EQ(magnitude(bottom), std::uint64_t{1} << 63);
  EXPECT_EQ(magnitude(-1), 1U);
  EXPECT_EQ(magnitude(top), static_cast<std::uint64_t>(top));
  EXPECT_EQ(with_sign(std::uint64_t{1} << 63, true), bottom);
  EXPECT_EQ(with_sign(std::uint64_t{1} << 63, false), std::nullopt);
  EXPECT_EQ(with_sign((std::uint64_t{1} << 63) + 1, true), std::nullopt);
  EXPECT_EQ(with_sign(static_cast<std::uint64_t>(top), false), top);
  EXPECT_EQ(with_sign(5, true), -5);
}

TEST(wide, M2_mul_div_rounds_every_sign_and_tie_as_named) {
  struct row {
    std::int64_t value;  // tenths
    std::array<std::int64_t, 7> want;
  };
  //  half_up half_even half_down toward_zero away floor ceil
  constexpr row rows[] = {
      {25, {3, 2, 2, 2, 3, 2, 3}}, {-25, {-3, -2, -2, -2, -3, -3, -2}},
      {35, {4, 4, 3, 3, 4, 3, 4}}, {-35, {-4, -4, -3, -3, -4, -4, -3}},
      {24, {2, 2, 2, 2, 3, 2, 3}}, {-24, {-2, -2, -2, -2, -3, -3, -2}},
      {26, {3, 3, 3, 2, 3, 2, 3}}, {-26, {-3, -3, -3, -2, -3, -3, -2}},
      {5, {1, 0, 0, 0, 1, 0, 1}},  {-5, {-1, 0, 0, 0, -1, -1, 0}},
      {1, {0, 0, 0, 0, 1, 0, 1}},  {-1, {0, 0, 0, 0, -1, -1, 0}},
      {20, {2, 2, 2, 2, 2, 2, 2}}, {-20, {-2, -2, -2, -2, -2, -2, -2}},
      {0, {0, 0, 0, 0, 0, 0, 0}},
  };
  constexpr rounding modes[] = {rounding::half_up,     rounding::half_even, rounding::half_down,
                                rounding::toward_zero, rounding::away,      rounding::floor,
                                rounding::ceil};
  for (const row& r : rows) {
    for (std::size_t m = 0; m < 7; ++m) {
      EXPECT_EQ(mul_div(r.value, 1, 10, modes[m]), r.want[m]) << r.value << " tenths, " << name(modes[m]);
      EXPECT_EQ(mul_div(-r.value, 1, -10, modes[m]), r.want[m]) << "a negative divisor";
      EXPECT_EQ(mul_div(r.value, -7, -70, modes[m]), r.want[m]) << "a negative factor";
    }
  }
}

TEST(wide, mul_div_at_the_edges_of_64_bits) {
  EXPECT_EQ(mul_div(1'200'000, 29, 31, rounding::half_up), 1'122'581) << "the header's example";
  EXPECT_EQ(mul_div(1, 1, 0, rounding::floor), std::nullopt);
  EXPECT_EQ(mul_div(top, top, top, rounding::half_up), top);
  EXPECT_EQ(mul_div(bottom, top, top, rounding::half_up), bottom);
  EXPECT_EQ(mul_div(bottom, bottom, bottom, rounding::half_up), bottom);
  EXPECT_EQ(mul_div(bottom, 1, -1, rounding::half_up), std::nullopt) << "2^63 is one too many";
  EXPECT_EQ(mul_div(bottom, -1, 1, rounding::half_up), std::nullopt);
  EXPECT_EQ(mul_div(bottom, -1, -1, rounding::half_up), bottom);
  EXPECT_EQ(mul_div(top, 2, 1, rounding::floor), std::nullopt);
  EXPECT_EQ(mul_div(top, top, 1, rounding::floor), std::nullopt);
  // (2^63 - 1) * 3 / 2 leaves the range, / 3 with a rest of the divisor near 2^63 does not.
  EXPECT_EQ(mul_div(top, top - 1, top, rounding::floor), top - 1);
  EXPECT_EQ(mul_div(top - 1, top - 1, top, rounding::floor), top - 2);
  EXPECT_EQ(mul_div(top - 1, top - 1, top, rounding::ceil), top - 1);
  EXPECT_EQ(mul_div(top - 1, top - 1, bottom, rounding::floor), -(top - 2));
  EXPECT_EQ(mul_div(1, 1, bottom, rounding::floor), -1);
  EXPECT_EQ(mul_div(1, 1, bottom, rounding::half_up), 0);
  EXPECT_EQ(mul_div(std::int64_t{1} << 62, 1, bottom, rounding::half_up), -1)
      << "a tie against the largest divisor";
  EXPECT_EQ(mul_div(std::int64_t{1} << 62, 1, bottom, rounding::half_down), 0);
  EXPECT_EQ(mul_div((std::int64_t{1} << 62) + 1, 1, bottom, rounding::half_down), -1);
  // Rounding itself may take the last step over the edge: (2^64 - 1) / 2 = 2^63 - 1/2.
  EXPECT_EQ(mul_div(3'689'348'814'741'910'323, 5, 2, rounding::floor), top);
  EXPECT_EQ(mul_div(3'689'348'814'741'910'323, 5, 2, rounding::half_down), top);
  EXPECT_EQ(mul_div(3'689'348'814'741'910'323, 5, 2, rounding::half_up), std::nullopt);
  EXPECT_EQ(mul_div(3'689'348'814'741'910'323, -5, 2, rounding::half_up), bottom);
}

TEST(wide, products_compare_by_value_and_sign) {
  EXPECT_EQ(compare_products(44'639, 10'000, 9'999, 44'640), std::strong_ordering::greater);
  EXPECT_EQ(compare_products(2, 6, 3, 4), std::strong_ordering::equal);
  EXPECT_EQ(compare_products(0, bottom, 0, 5), std::strong_ordering::equal);
  EXPECT_EQ(compare_products(-1, 1, 0, 1), std::strong_ordering::less);
  EXPECT_EQ(compare_products(top, top, top, top - 1), std::strong_ordering::greater)
      << "they differ past 64 bits";
  EXPECT_EQ(compare_products(-top, top, top, -(top - 1)), std::strong_ordering::less);
  EXPECT_EQ(compare_products(bottom, bottom, top, top), std::strong_ordering::greater);
  EXPECT_EQ(compare_products(bottom, top, bottom, top - 1), std::strong_ordering::less);
}

TEST(wide, M1_checked_arithmetic_catches_every_overflow) {
  EXPECT_EQ(checked_add(top, 0), top);
  EXPECT_EQ(checked_add(top, 1), std::nullopt);
  EXPECT_EQ(checked_add(bottom, -1), std::nullopt);
  EXPECT_EQ(checked_add(bottom, top), -1);
  EXPECT_EQ(checked_add(bottom, bottom), std::nullopt);
  EXPECT_EQ(checked_sub(0, bottom), std::nullopt);
  EXPECT_EQ(checked_sub(-1, bottom), top);
  EXPECT_EQ(checked_sub(bottom, 1), std::nullopt);
  EXPECT_EQ(checked_sub(bottom, bottom), 0);
  EXPECT_EQ(checked_sub(top, -1), std::nullopt);
  EXPECT_EQ(checked_mul(bottom, -1), std::nullopt);
  EXPECT_EQ(checked_mul(bottom, 1), bottom);
  EXPECT_EQ(checked_mul(3'037'000'500, 3'037'000'500), std::nullopt);
  EXPECT_EQ(checked_mul(3'037'000'499, 3'037'000'499), 9'223'372'030'926'249'001);
  EXPECT_EQ(checked_mul(-5, 7), -35);
}

TEST(wide, checked_addition_equals_wide_addition) {
  for (const std::uint64_t x : samples()) {
    for (const std::uint64_t y : samples()) {
      const std::int64_t a = as_signed(x), b = as_signed(y);
      // The sum of halves tells the range without overflow: the oracle of the checked forms.
      const bool over = (a > 0 && b > 0 && magnitude(a) + magnitude(b) > magnitude(top)) ||
                        (a < 0 && b < 0 &&
                         (magnitude(a) + magnitude(b) > magnitude(bottom) || (a == bottom && b == bottom)));
      ASSERT_EQ(checked_add(a, b).has_value(), !over) << a << " + " << b;
      if (!over) {
        ASSERT_EQ(static_cast<std::uint64_t>(*checked_add(a, b)), x + y);
      }
    }
  }
}

}  // namespace
}  // namespace wide_test
