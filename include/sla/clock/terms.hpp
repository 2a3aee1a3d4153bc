// SPDX-License-Identifier: MIT
#pragma once

// What one clock promises: how long, counted by which calendar, from which moment to which, and what makes it wait.
//
//     sla::clock_terms response{
//         .limit = 10min, .starts = sla::moment::reported, .stops = sla::moment::responded};
//
// A limit in business time or business days needs a calendar; an elapsed one runs on the wall clock and has none.
// The terms of a clock change when the incident's grade does (rule C8); the policy hands the clock the new terms.

#include <array>
#include <chrono>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>

#include <sla/base/ratio.hpp>
#include <sla/base/units.hpp>
#include <sla/calendar/business_days.hpp>
#include <sla/clock/event.hpp>

namespace sla {
inline namespace v0 {

class business_time;

/// Where a clock stands when its limit is used up exactly at closing (rule T3).
enum class due_at : std::uint8_t { closing, next_opening };

/// What a change of grade does to an open clock (rule C8). `by_cause`: worsened, corrected and improved each in
/// their own way; the others do the same whatever the cause.
enum class on_change : std::uint8_t { by_cause, remeasure, carry, restart };

/// What a reopening after the confirmed end does (rule C10).
enum class on_reopen : std::uint8_t { new_cycle, continue_excluding_closed, continue_counting_closed };

/// From where the next periodic update counts (rule C11): from the last one, or along a grid of whole limits since the
/// first start, where an early update brings no later one forward and a late one opens what is left to the next line.
enum class next_update : std::uint8_t { from_last, on_grid };

/// A pause reason as one incident's clocks see it (rule C5). Its index in the list is its reason_id.
struct pause_reason {
  party by = party::nobody;
  /// Used up in a clock's own time, by instants that customer reasons alone stop; none: no cap.
  std::optional<time_limit> cap{};
};

/// A warning at a share of the limit (9/10) or at an amount of the clock's own time before due (rule C13).
struct warning {
  std::optional<ratio> at_share{};
  std::optional<time_limit> before_due{};
  std::uint8_t level = 0;  ///< escalation level it raises, 0: none
  friend constexpr bool operator==(const warning&, const warning&) noexcept = default;
};

/// One clock's terms, as compiled by a policy. Cheap to copy; refers to the calendar and the lists it names.
struct clock_terms {
  static constexpr std::uint32_t no_target = std::numeric_limits<std::uint32_t>::max();

  clock_id clock = 0;
  std::uint32_t target = 0;  ///< the policy's row that states the limit, returned in verdicts
  bool promised = true;      ///< false: no target, the verdict is not_applicable (rule C15)
  time_limit limit{};
  const business_time* calendar = nullptr;  ///< null: the wall clock
  moment_set starts = moment::reported;     ///< the earliest of these that happened (rule C12)
  moment_set stops = moment::resolved;
  moment_set closed_by{};                   ///< moments of later stages, which stop it too while it is open
  reason_mask stopped_by = 0;               ///< reasons that pause it: none by default
  std::span<const pause_reason> reasons{};  ///< all reasons of the policy
  std::span<const warning> warnings{};
  std::optional<time_limit>
      confirmation{};       ///< span in which a stop may be rejected (rule C10); none: final at once
  moment_set rejectable{};  ///< moments a rejection may concern, of all clocks; none: this clock's own
  due_at landing = due_at::closing;
  business_day_rule days{};  ///< where the last of a limit's business days ends (rule T13)
  on_change changing = on_change::by_cause;
  on_reopen reopening = on_reopen::new_cycle;  ///< the same in every row that an incident may change to
  bool repeats = false;                        ///< a cycle from stop to stop (periodic updates, rule C11)
  moment_set ends{};                           ///< repeats: what ends the last cycle
  next_update updates = next_update::from_last;
  /// Local time of the calendar after which a start counts as received at the next opening (rule T14).
  std::optional<std::chrono::seconds> cut_off{};
};

/// Whether an event can have to do with a clock.
[[nodiscard]] constexpr bool concerns(const event& e, const clock_terms& t) noexcept {
  switch (e.kind) {
    case event_kind::start:
    case event_kind::milestone:
    case event_kind::stop:
    case event_kind::confirm:
      return (t.starts | t.stops | t.closed_by | t.ends).contains(e.what) ||
             (e.kind == event_kind::confirm && t.confirmation);
    case event_kind::pause:
    case event_kind::resume: return e.reason >= reason_limit || ((t.stopped_by >> e.reason) & 1U) != 0;
    case event_kind::extend:
    case event_kind::waive: return e.clock == any_clock || e.clock == t.clock;
    case event_kind::reject: return t.confirmation.has_value();
    case event_kind::reopen:
    case event_kind::change:
    case event_kind::cancel: return true;
  }
  return true;
}

}  // namespace v0
}  // namespace sla
