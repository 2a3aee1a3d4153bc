// SPDX-License-Identifier: MIT
#pragma once

// The error budget of a window: how long the service may be down under a target, how much of that is used, and
// when it ran out.
//
//     sla::error_budget b = sla::budget(october, 99.99_pct);    // October in Shanghai, 400 s down
//     b.allowed        // 6696/25 of a second, 267.84 s, exactly
//     b.margin         // -133 s: by so many whole seconds too much
//     b.exhausted_at   // 268 s after the outage began
//
// The hard question: 267.84 s are allowed; was the budget used up after 267 or after 268 seconds of downtime? It
// runs out in the first whole second with more used than allowed (rule A7): 267 s keep the target, 268 break it.
// The same comparison decides both, exactly, so that a budget with nothing left over is still kept.
//
// Where outages are rounded or must last a while to count, the instant is told in hindsight: that at which what
// is now known to count exceeded the budget.

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>

#include <sla/availability/measure.hpp>
#include <sla/availability/measurement.hpp>
#include <sla/base/instant.hpp>
#include <sla/base/ratio.hpp>
#include <sla/base/wide.hpp>
#include <sla/calendar/business_time.hpp>

namespace sla {
inline namespace v0 {

struct error_budget {
  enum class state : std::uint8_t { met, missed, no_data };
  static constexpr state met = state::met, missed = state::missed, no_data = state::no_data;

  state outcome = state::no_data;
  ratio allowed;                   ///< seconds; floored to whole ones where the exact number leaves 64 bits
  std::chrono::seconds used{0};    ///< counted downtime
  ratio remaining;                 ///< allowed - used, negative where missed
  std::chrono::seconds margin{0};  ///< whole seconds of downtime still possible; negative: too many by
  std::optional<instant> exhausted_at;  ///< the end of the first whole second with used > allowed
};

namespace detail {

// Where in an outage its exact seconds reach `amount`.
[[nodiscard]] inline instant reached(const measurement& m, const kept_or_dropped& line,
                                     std::int64_t amount) noexcept {
  const std::chrono::seconds s(amount);
  return m.hours != nullptr ? m.hours->add(line.span.begin, worked(s)) : line.span.begin + s;
}

// When counted downtime first exceeded `limit` whole seconds.
[[nodiscard]] inline std::optional<instant> exceeded_at(const measurement& m, std::int64_t limit) noexcept {
  std::int64_t exact_before = 0, counted_before = 0;
  for (const kept_or_dropped& line : m.derivation) {
    if (line.what != fate::counted) continue;
    // Counted downtime after the first x exact seconds of this outage; it grows with x, so a bisection finds the step.
    const auto counted = [&](std::int64_t x) {
      switch (m.rounding.what) {
        case outage_rounding::none: break;
        case outage_rounding::each:
          return counted_before + rounded(std::chrono::seconds(x), m.rounding).count();
        case outage_rounding::sum: return rounded(std::chrono::seconds(exact_before + x), m.rounding).count();
      }
      return counted_before + x;
    };
    if (counted(line.exact.count()) > limit) {
      std::int64_t kept = 0, broken = line.exact.count();
      while (broken - kept > 1) {
        const std::int64_t middle = kept + (broken - kept) / 2;
        (counted(middle) > limit ? broken : kept) = middle;
      }
      return reached(m, line, broken);
    }
    exact_before += line.exact.count();
    counted_before += line.counted.count();
  }
  return std::nullopt;
}

}  // namespace detail

/// The budget a target leaves in a measured window. A target above 1 allows less than nothing and is missed.
[[nodiscard]] inline error_budget budget(const measurement& m, const ratio& target) noexcept {
  error_budget b;
  b.used = m.counted;
  if (m.no_data) return b;
  // 1 - target, without the overflow of -INT64_MIN.
  const auto over = detail::checked_sub(target.den(), target.num());
  const auto complement = over ? std::optional(ratio(*over, target.den())) : std::nullopt;
  const std::int64_t denominator = m.denominator.count();
  const auto whole = complement ? scale(denominator, *complement, rounding::floor) : std::nullopt;
  const std::int64_t limit = whole.value_or(target > ratio(1) ? -1 : denominator);
  const auto exact = complement ? checked_mul(ratio(denominator), *complement) : std::nullopt;
  b.allowed = exact.value_or(ratio(limit));
  b.remaining = checked_add(b.allowed, ratio(-m.counted.count())).value_or(ratio(limit - m.counted.count()));
  b.margin = std::chrono::seconds(limit - m.counted.count());
  b.outcome = b.margin.count() >= 0 ? error_budget::met : error_budget::missed;
  if (b.outcome == error_budget::missed) b.exhausted_at = detail::exceeded_at(m, limit);
  return b;
}

}  // namespace v0
}  // namespace sla
