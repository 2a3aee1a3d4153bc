// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <random>
#include <vector>

#include <sla/base/big_natural.hpp>

namespace big_natural_test {
namespace {

using sla::detail::big_natural;
constexpr auto most = std::numeric_limits<std::uint64_t>::max();

TEST(big_natural, factorials_divide_back) {
  big_natural n(1);
  for (std::uint64_t i = 2; i <= 100; ++i) n *= i;
  EXPECT_EQ(n.size(), 9U);  // 100! has 525 bits
  EXPECT_EQ(n % 97, 0U);
  EXPECT_EQ(n % 101, 100U);  // Wilson: (p - 1)! is -1 modulo a prime p
  for (std::uint64_t i = 100; i >= 2; --i) n /= i;
  EXPECT_EQ(n, big_natural(1));
}

TEST(big_natural, carries_run_through_all_words) {
  big_natural n(most);
  n *= most;  // 2^128 - 2^65 + 1
  EXPECT_EQ(n.size(), 2U);
  EXPECT_EQ(n % 7, 1U);  // 2^64 = 2 modulo 7, so that 2^64 - 1 is 1
}

TEST(big_natural, sums) {
  big_natural n(most);
  n *= most;
  big_natural twice(most);
  twice += big_natural(most);  // 2^65 - 2
  n += twice;                  // 2^128 - 1
  EXPECT_EQ(n.size(), 2U);
  n += big_natural(1);
  EXPECT_EQ(n.size(), 3U);
  big_natural power(1);
  for (int i = 0; i < 4; ++i) power *= std::uint64_t{1} << 32;
  EXPECT_EQ(n, power);
}

TEST(big_natural, nothing_is_nothing) {
  big_natural n;
  EXPECT_EQ(n, big_natural(0));
  n *= 7;
  n /= 3;
  EXPECT_EQ(n.size(), 0U);
  EXPECT_EQ(n % 5, 0U);
  n += big_natural(9);
  n *= 0;
  EXPECT_EQ(n, big_natural());
  EXPECT_LT(big_natural(), big_natural(1));
}

TEST(big_natural, order_is_by_length_then_by_the_highest_word) {
  big_natural a(2), b(3), c(1);
  for (int i = 0; i < 3; ++i) a *= std::uint64_t{1} << 63, b *= std::uint64_t{1} << 63;
  EXPECT_LT(a, b);
  EXPECT_LT(c, a);
  b += c;
  EXPECT_GT(b, a);
}

TEST(big_natural, a_quotient_and_its_rest_give_the_number_back) {
  std::mt19937_64 random(5);
  for (int i = 0; i < 1'000; ++i) {
    big_natural n(random());
    for (auto k = random() % 6; k > 0; --k) n *= random();
    const std::uint64_t d = random() >> (random() % 63);
    if (d == 0) continue;
    const std::uint64_t rest = n % d;
    ASSERT_LT(rest, d);
    big_natural back = n;
    back /= d;
    back *= d;
    back += big_natural(rest);
    ASSERT_EQ(back, n) << i;
  }
}

}  // namespace
}  // namespace big_natural_test
