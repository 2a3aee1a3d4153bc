// SPDX-License-Identifier: MIT
// Exact numbers against what is obvious: small fractions computed in 64 bits, and printing against reading.
#include <gtest/gtest.h>

#include <rapidcheck.h>

#include <sla/base/diagnostic.hpp>
#include <sla/base/money.hpp>
#include <sla/base/ratio.hpp>
#include <sla/base/units.hpp>
#include <sla/base/wide.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <limits>
#include <string>

namespace base_numbers_test {
namespace {

using sla::ratio;
using sla::rounding;

// Numbers of every length up to 63 bits, either sign: uniform ones would all be long.
std::int64_t any_length() {
  const int bits = *rc::gen::inRange(0, 64);
  return *rc::gen::arbitrary<std::int64_t>() >> bits;
}
std::int64_t small() { return *rc::gen::inRange(-30'000, 30'001); }
std::int64_t small_positive() { return *rc::gen::inRange(1, 30'001); }
ratio any_ratio() {
  const std::int64_t den = any_length();
  return ratio(any_length() / 2, den == 0 || den == std::numeric_limits<std::int64_t>::min() ? 1 : den);
}

TEST(base_numbers, the_portable_128_bits_equal_the_native_ones) {
  EXPECT_TRUE(rc::check([] {
    namespace d = sla::detail;
    const auto a = static_cast<std::uint64_t>(any_length()), b = static_cast<std::uint64_t>(any_length()),
               c = static_cast<std::uint64_t>(any_length());
    RC_PRE(c != 0);
    RC_ASSERT(d::portable::mul(a, b) == d::mul(a, b));
    const auto n = d::mul(a, b);
    RC_ASSERT(d::portable::div(n, c).quotient == d::div(n, c).quotient);
    RC_ASSERT(d::portable::div(n, c).rest == d::div(n, c).rest);
  }));
}

TEST(base_numbers, M2_every_rounding_is_one_of_the_two_neighbours_and_the_named_one) {
  EXPECT_TRUE(rc::check([] {
    const std::int64_t a = small(), b = small(),
                       c = small_positive() * (*rc::gen::arbitrary<bool>() ? 1 : -1);
    const std::int64_t n = c < 0 ? -a * b : a * b, d = c < 0 ? -c : c;
    const std::int64_t below = n / d - (n % d < 0 ? 1 : 0), above = n % d == 0 ? below : below + 1;
    const std::int64_t inner = n < 0 ? above : below, outer = n < 0 ? below : above;
    const std::int64_t to_below = n - below * d, to_above = above * d - n;
    const std::int64_t nearest = to_below < to_above ? below : above;
    const bool tie = to_below == to_above;
    const auto got = [&](rounding mode) { return *sla::detail::mul_div(a, b, c, mode); };
    RC_ASSERT(got(rounding::floor) == below);
    RC_ASSERT(got(rounding::ceil) == above);
    RC_ASSERT(got(rounding::toward_zero) == inner);
    RC_ASSERT(got(rounding::away) == outer);
    RC_ASSERT(got(rounding::half_up) == (tie ? outer : nearest));
    RC_ASSERT(got(rounding::half_down) == (tie ? inner : nearest));
    RC_ASSERT(got(rounding::half_even) == (tie ? (below % 2 == 0 ? below : above) : nearest));
  }));
}

TEST(base_numbers, small_ratios_obey_the_schoolbook) {
  EXPECT_TRUE(rc::check([] {
    const std::int64_t a = small(), b = small_positive(), c = small(), d = small_positive();
    const ratio x(a, b), y(c, d);
    RC_ASSERT(x + y == ratio(a * d + c * b, b * d));
    RC_ASSERT(x - y == ratio(a * d - c * b, b * d));
    RC_ASSERT(x * y == ratio(a * c, b * d));
    if (c != 0) RC_ASSERT(x / y == ratio(a * d, b * c));
    RC_ASSERT((x <=> y) == (a * d <=> c * b));
    RC_ASSERT((x == y) == (a * d == c * b));
  }));
}

TEST(base_numbers, long_ratios_obey_the_laws_or_are_refused) {
  EXPECT_TRUE(rc::check([] {
    const ratio a = any_ratio(), b = any_ratio();
    RC_ASSERT((a <=> b) == (0 <=> (b <=> a)));
    if (const auto sum = checked_add(a, b)) {
      RC_ASSERT(checked_add(b, a) == sum);
      RC_ASSERT(checked_sub(*sum, b) == a);
      RC_ASSERT((*sum <=> a) == (b <=> ratio(0)));
    }
    if (const auto product = checked_mul(a, b)) {
      RC_ASSERT(checked_mul(b, a) == product);
      if (b != ratio(0)) RC_ASSERT(checked_div(*product, b) == a);
    }
    RC_ASSERT(checked_sub(a, a) == ratio(0));
  }));
}

TEST(base_numbers, what_is_written_is_read_back) {
  EXPECT_TRUE(rc::check([] {
    const ratio r = any_ratio();
    if (r >= ratio(0)) RC_ASSERT(sla::parse_ratio(to_string(r)) == r);

    constexpr std::array places{sla::jpy, sla::cny, sla::kwd, sla::currency{"CLF", 4}};
    const auto m = sla::money::minor(any_length(), places[*rc::gen::inRange<std::size_t>(0, places.size())]);
    RC_ASSERT(sla::parse_amount(amount_text(m), m.in()) == m);

    const std::chrono::seconds s(any_length());
    if (s.count() >= 0) {
      RC_ASSERT(sla::parse_time_limit(to_string(sla::time_limit(s))) == sla::time_limit(s));
      RC_ASSERT(sla::parse_time_limit(to_string(sla::worked(s))) == sla::time_limit(sla::worked(s)));
    }
  }));
}

TEST(base_numbers, a_decimal_is_the_value_rounded) {
  EXPECT_TRUE(rc::check([] {
    const ratio r(small_positive(), small_positive());
    const int digits = *rc::gen::inRange(0, 7);
    const ratio low = *sla::parse_ratio(decimal(r, digits, rounding::floor));
    const ratio high = *sla::parse_ratio(decimal(r, digits, rounding::ceil));
    RC_ASSERT(low <= r);
    RC_ASSERT(r <= high);
    std::int64_t unit = 1;
    for (int i = 0; i < digits; ++i) unit *= 10;
    RC_ASSERT(high - low == ratio(low == r ? 0 : 1, unit));
    RC_ASSERT(sla::parse_ratio(percent(r, digits, rounding::floor)) ==
              *sla::parse_ratio(decimal(r, digits + 2, rounding::floor)));
  }));
}

TEST(base_numbers, no_text_stops_a_diagnostic) {
  EXPECT_TRUE(rc::check([] {
    const std::string text = *rc::gen::container<std::string>(rc::gen::oneOf(
        rc::gen::arbitrary<char>(), rc::gen::element('\n', '\r', '\t', '\xE5', '\x81', '\x9C', 'a')));
    const sla::byte_span where{*rc::gen::inRange<std::size_t>(0, text.size() + 3),
                               *rc::gen::inRange<std::size_t>(0, 9)};
    sla::diagnostics d;
    d.error(d.add_source("f", text), where, "code", text);
    const std::string shown = d.print();
    RC_ASSERT(sla::is_utf8(shown));
    for (const char c : shown) RC_ASSERT(c == '\n' || static_cast<unsigned char>(c) >= 0x20);
    const auto lines = std::count(shown.begin(), shown.end(), '\n');
    RC_ASSERT(lines == (text.empty() ? 1 : 3));
  }));
}

}  // namespace
}  // namespace base_numbers_test
