// SPDX-License-Identifier: MIT
#pragma once

// What a maintenance contract is measured by: repairs that succeeded, how long they took, how many faults there were,
// and what share of promises was kept.
//
//     sla::repair_counts r = sla::count_repairs(repairs, october.span);
//     sla::repair_success(r).value             // succeeded / ended
//     sla::mean_time_to_restore(r).value       // seconds, of those that restored the service
//     sla::judge(sla::number_of(r.reported), {.bound = sla::ratio(3), .holds = sla::level_target::kind::at_most})
//     sla::attainment_of(met, breached, waived)     // met / (met + breached); the waived are shown apart
//
// The hard question: a fault reported in September and repaired in October. It is one of September's faults, and one
// of October's repairs: what is counted is counted where it happened, and what was decided where it was decided.
//
// Where the hours do not reach, how long a repair took is not known: it is left out of the mean, and says so.

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <span>

#include <sla/availability/seconds_in.hpp>
#include <sla/availability/service_level.hpp>
#include <sla/base/instant.hpp>
#include <sla/base/interval_set.hpp>
#include <sla/calendar/business_time.hpp>

namespace sla {
inline namespace v0 {

struct repair {
  instant reported{};
  instant ended = instant::never();  ///< never or unknown: goes on
  bool succeeded = true;             ///< restored the service; a failed one ended without
  friend constexpr bool operator==(const repair&, const repair&) noexcept = default;
};

/// Of a window. Whoever has counts only fills them in.
struct repair_counts {
  std::int64_t reported = 0;   ///< in the window
  std::int64_t ended = 0;      ///< in the window, whenever reported
  std::int64_t succeeded = 0;  ///< of the ended
  std::int64_t seconds = 0;    ///< from report to end, of the succeeded
  std::int64_t ignored = 0;    ///< ended before they were reported
  bool overflow = false;       ///< the seconds left 64 bits
  std::int64_t unknown =
      0;  ///< of the succeeded: the hours do not cover all of it, so it is not in the seconds
  bool provisional = false;  ///< some rest on hours that are not known

  friend constexpr bool operator==(const repair_counts&, const repair_counts&) noexcept = default;
};

/// One pass, any order. With hours the seconds are those worked; without, of real time.
[[nodiscard]] inline repair_counts count_repairs(std::span<const repair> repairs, const interval& window,
                                                 const business_time* hours = nullptr) noexcept {
  repair_counts n;
  for (const repair& r : repairs) {
    if (r.ended < r.reported) {
      n.ignored += window.contains(r.reported) || window.contains(r.ended) ? 1 : 0;
      continue;
    }
    n.reported += window.contains(r.reported) ? 1 : 0;
    if (!r.ended.is_finite() || !window.contains(r.ended)) continue;
    ++n.ended;
    if (!r.succeeded) continue;
    ++n.succeeded;
    if (hours != nullptr) {
      n.provisional =
          n.provisional || detail::rests_on_unknown(
                               *hours, {r.reported, std::max(r.ended, r.reported + std::chrono::seconds(1))});
      if (!hours->covers(r.reported) || !hours->covers(r.ended)) {
        ++n.unknown;
        continue;
      }
    }
    const std::int64_t took =
        hours != nullptr ? hours->worked(r.reported, r.ended).count() : (r.ended - r.reported).count();
    const auto sum = detail::checked_add(n.seconds, took);
    n.overflow = n.overflow || !sum;
    n.seconds = sum.value_or(0);
  }
  return n;
}

[[nodiscard]] constexpr service_level repair_success(const repair_counts& r,
                                                     std::int64_t minimum_sample = 0) {
  return share(r.succeeded, r.ended, 0, minimum_sample);
}
/// Seconds; the failed are left out, and so are those that the hours do not cover.
[[nodiscard]] constexpr service_level mean_time_to_restore(const repair_counts& r,
                                                           std::int64_t minimum_sample = 0) {
  if (r.overflow) return {};
  const std::int64_t known = r.succeeded - r.unknown;
  service_level s = share(r.seconds, known, r.ended - known, minimum_sample);
  s.provisional = r.provisional;
  return s;
}
/// A number as a level, to be judged against a bound: at most three faults a month. None is 0, and not no data.
[[nodiscard]] constexpr service_level number_of(std::int64_t n) { return share(n, 1); }
/// Promises kept of those decided.
[[nodiscard]] constexpr service_level attainment_of(std::int64_t met, std::int64_t breached,
                                                    std::int64_t waived = 0,
                                                    std::int64_t minimum_sample = 0) {
  const auto decided = detail::checked_add(met, breached);
  return decided && breached >= 0 ? share(met, *decided, waived, minimum_sample) : service_level{};
}

}  // namespace v0
}  // namespace sla
