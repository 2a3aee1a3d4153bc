// SPDX-License-Identifier: MIT
#pragma once

// How finely a figure must be told for every bound that a shape compares it with.
//
//     finest_bound(steps{{{99.99_pct, 10_pct}, {99.5_pct, 30_pct}}})             // 10,000
//     finest_bound(per_step_below{.bound = 99.5_pct, .step = sla::ratio(3, 1'000)})    // 1,000: 99.5 %, 99.2 %, 98.9 % ...
//
// A figure that is no fraction of 64 bits, as a mean of many rates, is settled by one that stands in for it
// (availability/rate_mean.hpp): on the same side of every fraction of such a denominator.
//
// The hard question: which bounds does a shape have that pays in proportion? None beyond that below which it pays; what it
// pays is rounded to an amount, and so finely need the figure be told, too. Whoever takes a stand-in sees to that.

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <variant>

#include <sla/base/ratio.hpp>
#include <sla/base/wide.hpp>
#include <sla/compensation/shape.hpp>

namespace sla {
inline namespace v0 {

/// The greatest denominator that a stand-in can be on the right side of.
inline constexpr std::int64_t finest_denominator = (std::int64_t{1} << 62) - 1;

namespace detail {

// The least denominator of which both are divisors; where that is beyond the finest, the next after it.
[[nodiscard]] constexpr std::int64_t common_denominator(std::int64_t a, std::int64_t b) noexcept {
  const auto product = checked_mul(a / std::gcd(a, b), b);
  return product ? std::min(*product, finest_denominator + 1) : finest_denominator + 1;
}

}  // namespace detail

/// The greatest denominator of any bound of a shape's: above finest_denominator where there is one beyond it.
[[nodiscard]] constexpr std::int64_t finest_bound(const shape& s) {
  std::int64_t most = 1;
  const auto add = [&](const ratio& r) { most = std::max(most, r.den()); };
  if (const auto* table = std::get_if<steps>(&s.is)) {
    for (const step& row : table->rows) add(row.below), add(row.from);
  } else if (const auto* each = std::get_if<per_step_below>(&s.is)) {
    most = detail::common_denominator(each->bound.den(), each->step.den());
  } else if (const auto* time = std::get_if<pro_rata>(&s.is)) {
    add(time->below);
  } else if (const auto* nth = std::get_if<nth_miss>(&s.is)) {
    add(nth->below);
  } else if (const auto* flat = std::get_if<constant>(&s.is)) {
    add(flat->below);
  } else if (const auto* parts = std::get_if<combined>(&s.is)) {
    for (const shape& part : parts->of) most = std::max(most, finest_bound(part));
  }
  return most;
}

}  // namespace v0
}  // namespace sla
