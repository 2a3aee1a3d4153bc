// SPDX-License-Identifier: MIT
#pragma once

// Where a cycle of a clock begins: with the clock's start, with a reopening, or with a periodic update.
//
//     09:00  reported, updates hourly on a grid     cycle 1 from 09:00, due 10:00
//     09:50  updated                                cycle 2 from 09:50, due 11:00: the next line of the grid
//     11:20  updated, late                          cycle 3 from 11:20, due 12:00
//
// The hard question: the report came at 17:30 and is accepted until 17:00; has the clock started? It starts when the
// report counts as received, at the next opening; what happens in between meets it with nothing used (rule T14).

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>

#include <sla/base/instant.hpp>
#include <sla/clock/event.hpp>
#include <sla/clock/event_order.hpp>
#include <sla/clock/own_time.hpp>
#include <sla/clock/stop_state.hpp>
#include <sla/clock/terms.hpp>
#include <sla/clock/verdict.hpp>

namespace sla {
inline namespace v0 {

/// Where a cycle begins, and what it takes over from the one before.
struct cycle_start {
  event_order::place next;  // the first event it has not seen
  const clock_terms* row = nullptr;
  reason_mask active = 0;  // reasons pausing
  std::uint32_t cycle = 1;
  bool started = false;
  instant at;
  std::uint32_t start_row = 0;
  stop_state stop;  // as found before the clock started
  bool reopened = false;
  instant grid_from;                  // rule C11: where the grid of updates begins
  std::chrono::seconds grid_line{0};  // own time from there to the line that was due last
  const event* spent = nullptr;       // a waiver that reached the cycle before

  /// Becomes the cycle that a reopening opens, under the row then in force; `after` is the place after it.
  void reopen(const event& reopening, event_order::place after) noexcept;
};

namespace detail {

/// Whether an extension or a waiver is agreed by the customer and speaks of this clock (rule C14).
[[nodiscard]] inline bool agreed_for(const event& e, const clock_terms& row) noexcept {
  return e.agreed_by == party::customer && (e.clock == any_clock || e.clock == row.clock);
}

/// Own time from the start of a cycle to its line of the grid; nothing where there is none.
[[nodiscard]] inline std::optional<std::chrono::seconds> left_to_grid(const clock_terms& row,
                                                                      const cycle_start& b) noexcept {
  if (!row.repeats || row.updates != next_update::on_grid) return std::nullopt;
  const own_time time(row);
  const auto step = time.amount(row.limit, b.grid_from);
  if (step <= std::chrono::seconds(0) || step >= own_time::endless) return std::nullopt;
  const auto passed = time.between(b.grid_from, b.at);
  const auto last = std::max(passed, b.grid_line);
  if (last >= own_time::endless) return std::nullopt;
  return (last / step + 1) * step - passed;
}
/// When a start counts as received (rule T14).
[[nodiscard]] inline instant received(const clock_terms& row, instant at) noexcept {
  if (!row.cut_off || row.calendar == nullptr) return at;
  const instant t = row.calendar->received(at, *row.cut_off);
  return t.is_finite() ? t : at;
}
/// A reopening is a new report. What runs from a later stage, as the analysis report does, waits for that stage.
[[nodiscard]] inline bool begins_at_report(const clock_terms& row) noexcept {
  return row.starts.contains(moment::reported) || row.starts.contains(moment::occurred) ||
         row.starts.contains(moment::detected);
}

}  // namespace detail

inline void cycle_start::reopen(const event& reopening, event_order::place after) noexcept {
  next = after;
  ++cycle;
  started = detail::begins_at_report(*row);
  start_row = reopening.row;
  reopened = true;
  at = grid_from = detail::received(*row, reopening.at);
}

namespace detail {

/// The verdict of a clock that has not started.
inline void not_started(verdict& v, const clock_terms& row) noexcept {
  const own_time time(row);
  v.outcome = row.promised ? outcome::open : outcome::not_applicable;
  v.activity = activity::not_started;
  if (!row.promised) return;
  v.business = time.business();
  v.target = row.target;
  v.limit = row.limit;
  // Business days become an amount only where they start.
  if (row.limit.in() != time_limit::unit::business_days)
    v.amount = v.remaining = time.amount(row.limit, instant());
}

}  // namespace detail

}  // namespace v0
}  // namespace sla
