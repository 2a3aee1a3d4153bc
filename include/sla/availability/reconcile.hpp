// SPDX-License-Identifier: MIT
#pragma once

// What was claimed to be excused in a window, and what became of it: every second in exactly one line.
//
//     sla::reconciliation r = sla::reconcile(october);
//     // claimed 4 h 30 min = excused 2 h + down for another reason 30 min + early 30 min + over the quota 1 h 30 min
//     r.claimed == r.excused + r.overridden + r.refused()
//
// The hard question: two records of one maintenance, one announced in time and one late, share a minute. The excused
// one excuses its own record only; the other counts, and the minute is refused, with the reason of the first row
// of `reasons` that applies.

#include <array>
#include <chrono>
#include <cstddef>
#include <utility>
#include <vector>

#include <sla/availability/measurement.hpp>
#include <sla/availability/seconds_in.hpp>
#include <sla/base/interval_set.hpp>

namespace sla {
inline namespace v0 {

/// Seconds of the window, inside its service hours where those are the denominator.
struct reconciliation {
  /// In the order in which a second with several of them is told.
  static constexpr std::array<fate, 6> reasons{fate::over_quota, fate::short_notice, fate::unannounced,
                                               fate::early,      fate::overrun,      fate::outside_hours};

  std::chrono::seconds claimed{0};     ///< excused or refused, each second once
  std::chrono::seconds excused{0};     ///< and down for no other reason
  std::chrono::seconds overridden{0};  ///< excused, but down for another reason, or between merged outages
  std::array<std::chrono::seconds, reasons.size()> refused_as{};  ///< beside `reasons`

  [[nodiscard]] constexpr std::chrono::seconds refused() const noexcept {
    std::chrono::seconds sum{0};
    for (const std::chrono::seconds s : refused_as) sum += s;
    return sum;
  }
  [[nodiscard]] constexpr std::chrono::seconds refused(fate why) const noexcept {
    for (std::size_t i = 0; i < reasons.size(); ++i)
      if (reasons[i] == why) return refused_as[i];
    return std::chrono::seconds(0);
  }
  friend constexpr bool operator==(const reconciliation&, const reconciliation&) noexcept = default;
};

/// What became of the claims on a measured window, or on one exclusion by its index. n log n in the derivation.
[[nodiscard]] inline reconciliation reconcile(const measurement& m, std::uint8_t exclusion = no_exclusion) {
  const auto seconds_in = [&](const interval_set& set) { return detail::seconds_in(m.hours, set); };
  std::vector<interval> let_off, down;
  std::array<std::vector<interval>, reconciliation::reasons.size()> refused;
  for (const kept_or_dropped& line : m.derivation) {
    if (line.what == fate::counted || line.what == fate::too_short) down.push_back(line.span);
    if (exclusion != no_exclusion && line.exclusion != exclusion) continue;
    if (line.what == fate::excused) let_off.push_back(line.span);
    for (std::size_t i = 0; i < refused.size(); ++i)
      if (reconciliation::reasons[i] == line.what) refused[i].push_back(line.span);
  }
  reconciliation r;
  interval_set told;
  for (std::size_t i = 0; i < refused.size(); ++i) {
    const interval_set all(std::move(refused[i]));
    r.refused_as[i] = seconds_in(all - told);
    told = told | all;
  }
  const interval_set excused = interval_set(std::move(let_off)) - told;
  r.excused = seconds_in(excused - interval_set(std::move(down)));
  r.overridden = seconds_in(excused) - r.excused;
  r.claimed = seconds_in(excused | told);
  return r;
}

}  // namespace v0
}  // namespace sla
