// SPDX-License-Identifier: MIT
#pragma once

// How fast an error budget is used, and how bad the worst stretch of a window was.
//
//     sla::burn_rate(october, 99.99_pct, last_hour)    // 20: twenty times as fast as the budget lasts
//     sla::worst_stretch(october, 24h).used            // the most that was down in any 24 hours
//
// A rate of 1 uses up the budget exactly at the end of the window. It is the share of a stretch that was down,
// divided by the share that may be; both are exact, and the stretch is measured in real seconds, so that a night of
// 25 hours is one.
//
// The hard question: where does the worst stretch begin? At any second, not at a full hour or a date. It can always
// be moved until it begins where an outage begins or ends where one ends, so that these positions are enough.

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include <sla/availability/measurement.hpp>
#include <sla/availability/seconds_in.hpp>
#include <sla/base/instant.hpp>
#include <sla/base/interval_set.hpp>
#include <sla/base/ratio.hpp>

namespace sla {
inline namespace v0 {

/// Counted downtime of a measurement inside a stretch of its window, before rounding; linear in the outages.
[[nodiscard]] inline std::chrono::seconds used_in(const measurement& m, const interval& stretch) noexcept {
  std::chrono::seconds used{0};
  for (const kept_or_dropped& line : m.derivation) {
    const interval part = intersect(line.span, stretch);
    if (line.what != fate::counted || part.empty()) continue;
    used += detail::seconds_in(m.hours, part);
  }
  return used;
}

/// Share down of a stretch over share allowed. Nothing where the stretch (or its service hours) is empty or lies
/// outside the window, where the target allows nothing, or where the exact rate leaves 64 bits.
[[nodiscard]] inline std::optional<ratio> burn_rate(const measurement& m, const ratio& target,
                                                    const interval& stretch) noexcept {
  const interval inside = intersect(stretch, m.window.span);
  if (m.no_data || inside.empty() || !m.window.is_known() || target >= ratio(1) || target < ratio(0))
    return std::nullopt;
  const std::int64_t length = detail::seconds_in(m.hours, inside).count();
  if (length == 0) return std::nullopt;
  const auto burn = checked_mul(ratio(used_in(m, inside).count(), length),
                                ratio(target.den(), target.den() - target.num()));
  // The allowance is of the denominator, which may be less or more than the window lasts.
  const ratio scale(detail::seconds_in(m.hours, m.window.span).count(), m.denominator.count());
  return burn ? checked_mul(*burn, scale) : burn;
}

/// A stretch of a window and what was down in it.
struct stretch {
  interval span;
  std::chrono::seconds used{0};
  friend constexpr bool operator==(const stretch&, const stretch&) noexcept = default;
};

/// The stretch of a length with the most counted downtime, the earliest of equals; all of a window that is shorter.
/// For rolling windows: `worst_stretch(m, 30 days)`. n log n in the outages.
[[nodiscard]] inline stretch worst_stretch(const measurement& m, std::chrono::seconds length) {
  const interval all = m.window.span;
  if (!m.window.is_known() || all.empty() || length.count() <= 0) return {{all.begin, all.begin}, {}};
  if (length >= all.length()) return {all, used_in(m, all)};

  // Counted spans, and the downtime before each of them.
  std::vector<interval> spans;
  std::vector<std::chrono::seconds> before{std::chrono::seconds(0)};
  for (const kept_or_dropped& line : m.derivation) {
    if (line.what != fate::counted) continue;
    if (m.hours != nullptr) {
      // Service hours cut an outage: its open parts are where a stretch may begin or end.
      for (const interval& open : m.hours->open_in(line.span)) spans.push_back(intersect(open, line.span));
    } else {
      spans.push_back(line.span);
    }
  }
  for (const interval& s : spans) before.push_back(before.back() + s.length());
  const auto used_until = [&](instant t) {
    const interval* first = spans.data();
    const auto later = [](instant v, const interval& i) { return v < i.begin; };
    const auto next = std::upper_bound(first, first + spans.size(), t, later) - first;
    if (next == 0) return std::chrono::seconds(0);
    const auto last = static_cast<std::size_t>(next - 1);
    return before[last] + std::min(t - spans[last].begin, spans[last].length());
  };
  const instant latest = all.end - length;
  std::vector<instant> starts{all.begin};
  for (const interval& s : spans) {
    starts.push_back(std::min(s.begin, latest));
    starts.push_back(std::clamp(s.end - length, all.begin, latest));
  }
  stretch worst{{all.begin, all.begin + length}, std::chrono::seconds(-1)};
  for (const instant from : starts) {
    const std::chrono::seconds used = used_until(from + length) - used_until(from);
    if (used > worst.used || (used == worst.used && from < worst.span.begin))
      worst = {{from, from + length}, used};
  }
  return worst;
}

}  // namespace v0
}  // namespace sla
