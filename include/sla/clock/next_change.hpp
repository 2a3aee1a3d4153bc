// SPDX-License-Identifier: MIT
#pragma once

// The next instant at which a verdict or a warning can change by itself (rule C17), so that a host sets one timer
// and never polls:
//
//     sla::instant wake = sla::next_change(rows, at_report, order);   // 2026-10-12 13:00:01: breached from then on
//
// Only the passing of time counts here; an event that arrives is a reason of its own to judge again. Openings and
// closings of the calendar are no changes: they move no outcome.
//
// The hard question: done at the due instant is on time, so the verdict is still open then, and breached one second
// later. A warning stands at its own instant. A clock that is paused has neither, unless a cap will end the pause:
// then both are known already, and are named here.

#include <algorithm>
#include <optional>

#include <sla/base/instant.hpp>
#include <sla/clock/event_order.hpp>
#include <sla/clock/replay.hpp>
#include <sla/clock/verdict.hpp>

namespace sla {
inline namespace v0 {

/// Of one verdict, given the terms it was judged by and when its clock is due if nothing else happens. never() where
/// nothing will change.
[[nodiscard]] inline instant next_change(const verdict& v, const clock_terms& row,
                                         const std::optional<instant>& due, instant as_of) noexcept {
  instant next = instant::never();
  if (!v.started || v.done || v.activity == activity::stopped) return next;
  if (v.next_warning && *v.next_warning > as_of) next = *v.next_warning;
  if (v.outcome == outcome::open) {
    if (due && due->is_finite() && *due >= as_of) next = std::min(next, *due + std::chrono::seconds(1));
    // Past its cover a calendar decides nothing: what is open there becomes undetermined.
    if (const auto* calendar = v.business ? row.calendar : nullptr;
        calendar != nullptr && (!due || due->is_unknown()))
      if (const instant end = calendar->cover().end; as_of <= end && end < instant::latest())
        next = std::min(next, end + std::chrono::seconds(1));
  }
  return next;
}

/// Of the verdict that `replay` gave last.
[[nodiscard]] inline instant next_change(const clock_replay& replay, const verdict& v,
                                         instant as_of) noexcept {
  return next_change(v, replay.terms(), replay.expected_due(), as_of);
}

/// Of all cycles of one clock.
[[nodiscard]] inline instant next_change(terms_source rows, const grade& at_report,
                                         const event_order& order) noexcept {
  instant next = instant::never();
  clock_replay replay(rows, at_report, order);
  for (verdict v; replay.next(v);) next = std::min(next, next_change(replay, v, order.as_of()));
  return next;
}

}  // namespace v0
}  // namespace sla
