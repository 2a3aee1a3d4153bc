// SPDX-License-Identifier: MIT
#pragma once

// Products of two 64-bit numbers, exactly, and their sums. Comparing 44,639 / 44,640 with 9,999 / 10,000, or
// taking 145/31 of a fee in cents, passes through numbers of up to 128 bits; this header is the only place
// that knows how.
//
//     mul_div(1'200'000, 29, 31, rounding::half_up)   // 1'122'581
//
// A compiler's 128-bit integer is used where there is one. The portable form beside it is always compiled and
// always tested against it, so that a platform without the type computes the same figures.

#include <compare>
#include <cstdint>
#include <limits>
#include <optional>

#include <sla/base/rounding.hpp>

namespace sla {
inline namespace v0 {
namespace detail {

/// An unsigned 128-bit number as two halves.
struct wide {
  std::uint64_t hi = 0;
  std::uint64_t lo = 0;

  friend constexpr bool operator==(const wide&, const wide&) noexcept = default;
  friend constexpr auto operator<=>(const wide&, const wide&) noexcept = default;
};

struct wide_quotient {
  wide quotient;
  std::uint64_t rest = 0;
};

/// a + b and a - b; the callers know that they fit and that b is not the greater.
[[nodiscard]] constexpr wide plus(const wide& a, const wide& b) noexcept {
  const std::uint64_t lo = a.lo + b.lo;
  return {a.hi + b.hi + (lo < a.lo ? 1 : 0), lo};
}
[[nodiscard]] constexpr wide minus(const wide& a, const wide& b) noexcept {
  return {a.hi - b.hi - (a.lo < b.lo ? 1 : 0), a.lo - b.lo};
}

namespace portable {

[[nodiscard]] constexpr wide mul(std::uint64_t a, std::uint64_t b) noexcept {
  constexpr std::uint64_t low = 0xffff'ffffU;
  const std::uint64_t al = a & low, ah = a >> 32, bl = b & low, bh = b >> 32;
  const std::uint64_t ll = al * bl, lh = al * bh, hl = ah * bl, hh = ah * bh;
  const std::uint64_t mid = (ll >> 32) + (lh & low) + (hl & low);
  return {hh + (lh >> 32) + (hl >> 32) + (mid >> 32), (mid << 32) | (ll & low)};
}

// Schoolbook division bit by bit, d > 0: slow, obvious, and only used where the compiler has nothing better.
[[nodiscard]] constexpr wide_quotient div(wide n, std::uint64_t d) noexcept {
  wide_quotient out;
  for (int bit = 127; bit >= 0; --bit) {
    const bool carry = (out.rest >> 63) != 0;
    const std::uint64_t next = bit >= 64 ? (n.hi >> (bit - 64)) & 1U : (n.lo >> bit) & 1U;
    out.rest = (out.rest << 1) | next;
    if (carry || out.rest >= d) {
      out.rest -= d;
      (bit >= 64 ? out.quotient.hi : out.quotient.lo) |= std::uint64_t{1} << (bit % 64);
    }
  }
  return out;
}

}  // namespace portable

#if defined(__SIZEOF_INT128__)

__extension__ using native_wide = unsigned __int128;

[[nodiscard]] constexpr wide mul(std::uint64_t a, std::uint64_t b) noexcept {
  const native_wide p = static_cast<native_wide>(a) * b;
  return {static_cast<std::uint64_t>(p >> 64), static_cast<std::uint64_t>(p)};
}

[[nodiscard]] constexpr wide_quotient div(wide n, std::uint64_t d) noexcept {
  const native_wide v = (static_cast<native_wide>(n.hi) << 64) | n.lo;
  const native_wide q = v / d;
  return {{static_cast<std::uint64_t>(q >> 64), static_cast<std::uint64_t>(q)},
          static_cast<std::uint64_t>(v % d)};
}

#else

using portable::div;
using portable::mul;

#endif

/// |v| without the overflow of -INT64_MIN.
[[nodiscard]] constexpr std::uint64_t magnitude(std::int64_t v) noexcept {
  return v < 0 ? ~static_cast<std::uint64_t>(v) + 1 : static_cast<std::uint64_t>(v);
}

/// A signed value from sign and magnitude, or nothing where it does not fit.
[[nodiscard]] constexpr std::optional<std::int64_t> with_sign(std::uint64_t m, bool negative) noexcept {
  constexpr auto top = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  if (negative) {
    if (m > top + 1) return std::nullopt;
    return m == top + 1 ? std::numeric_limits<std::int64_t>::min() : -static_cast<std::int64_t>(m);
  }
  if (m > top) return std::nullopt;
  return static_cast<std::int64_t>(m);
}

/// Compares a * b with c * d exactly.
[[nodiscard]] constexpr std::strong_ordering compare_products(std::int64_t a, std::int64_t b, std::int64_t c,
                                                              std::int64_t d) noexcept {
  const auto sign = [](std::int64_t x, std::int64_t y) {
    return x == 0 || y == 0 ? 0 : ((x < 0) == (y < 0) ? 1 : -1);
  };
  const int left = sign(a, b), right = sign(c, d);
  if (left != right) return left <=> right;
  const wide p = mul(magnitude(a), magnitude(b)), q = mul(magnitude(c), magnitude(d));
  return left < 0 ? q <=> p : p <=> q;
}

/// a * b / c rounded once as named; nothing where c is 0 or the result leaves int64.
[[nodiscard]] constexpr std::optional<std::int64_t> mul_div(std::int64_t a, std::int64_t b, std::int64_t c,
                                                            rounding mode) noexcept {
  if (c == 0) return std::nullopt;
  const std::uint64_t divisor = magnitude(c);
  const wide_quotient q = div(mul(magnitude(a), magnitude(b)), divisor);
  if (q.quotient.hi != 0) return std::nullopt;
  const bool negative = ((a < 0) != (b < 0)) != (c < 0) && a != 0 && b != 0;
  const std::uint64_t left = divisor - q.rest;  // how far to the next whole: avoids doubling past 64 bits
  const int twice = q.rest > left ? 1 : (q.rest == left ? 0 : -1);
  std::uint64_t result = q.quotient.lo;
  if (rounds_away(mode, negative, (result & 1U) != 0, q.rest != 0, twice)) {
    if (result == std::numeric_limits<std::uint64_t>::max()) return std::nullopt;
    ++result;
  }
  return with_sign(result, negative);
}

[[nodiscard]] constexpr std::optional<std::int64_t> checked_add(std::int64_t a, std::int64_t b) noexcept {
  using limits = std::numeric_limits<std::int64_t>;
  if (b > 0 ? a > limits::max() - b : a < limits::min() - b) return std::nullopt;
  return a + b;
}

[[nodiscard]] constexpr std::optional<std::int64_t> checked_sub(std::int64_t a, std::int64_t b) noexcept {
  using limits = std::numeric_limits<std::int64_t>;
  if (b > 0 ? a < limits::min() + b : a > limits::max() + b) return std::nullopt;
  return a - b;
}

[[nodiscard]] constexpr std::optional<std::int64_t> checked_mul(std::int64_t a, std::int64_t b) noexcept {
  return mul_div(a, b, 1, rounding::toward_zero);
}

}  // namespace detail
}  // namespace v0
}  // namespace sla
