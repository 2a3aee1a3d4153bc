// SPDX-License-Identifier: MIT
#pragma once

// What became of one promise: one clock, one cycle, seen at one instant.
//
//     v.outcome      breached          v.due        2026-10-12 13:00 (Shanghai)
//     v.counted      4bh               v.done       2026-10-12 16:30
//     v.overdue      3h30min business time, v.overdue_elapsed 3h30min on the wall clock
//
// The hard question: a clock that is paused, when is it due? At no instant anybody can name, so `due` is absent
// until it runs again (rule C6); `due_if_resumed` answers the question "and if it resumed now?".
//
// Lateness is decided on instants. The overdue amount is given twice, in the clock's own time and on the wall
// clock; the first may be 0 while the second is not: done at 20:00, due at 18:00, office closed (rule T4).

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include <sla/base/instant.hpp>
#include <sla/base/units.hpp>
#include <sla/clock/event.hpp>

namespace sla {
inline namespace v0 {

/// How a promise stands (rule C6).
enum class outcome : std::uint8_t { open, met, breached, cancelled, waived, not_applicable, undetermined };

/// What its clock is doing (rule C6). Idle: running, and the calendar is closed.
enum class activity : std::uint8_t { not_started, running, idle, paused, stopped };

namespace detail {
inline constexpr std::array<std::string_view, 7> outcome_names{
    "open", "met", "breached", "cancelled", "waived", "not applicable", "undetermined"};
inline constexpr std::array<std::string_view, 5> activity_names{"not started", "running", "idle", "paused",
                                                                "stopped"};
}  // namespace detail

[[nodiscard]] constexpr std::string_view name(outcome o) noexcept {
  return detail::outcome_names[static_cast<std::size_t>(o)];
}
[[nodiscard]] constexpr std::string_view name(activity a) noexcept {
  return detail::activity_names[static_cast<std::size_t>(a)];
}

/// Names one breach for ever: replays never report it twice (rule C18). The incident is the host's key.
struct breach_id {
  std::uint64_t incident = 0;
  clock_id clock = 0;
  std::uint32_t cycle = 0;
  std::uint8_t level = 0;  ///< 0: the breach itself; above: an escalation level
  friend constexpr bool operator==(const breach_id&, const breach_id&) noexcept = default;
  friend constexpr auto operator<=>(const breach_id&, const breach_id&) noexcept = default;
};

/// One promise, judged. Amounts of the clock's own time (`limit`, `counted`, `remaining`, `overdue`) are business
/// seconds where the clock has a calendar and elapsed seconds where it has none.
struct verdict {
  clock_id clock = 0;
  std::uint32_t cycle = 1;   ///< 1 for the first
  std::uint32_t target = 0;  ///< clock_terms::target of the terms that state the limit
  sla::outcome outcome = outcome::open;
  sla::activity activity = activity::not_started;
  bool business = false;  ///< whether the clock counts by a calendar

  time_limit limit{};              ///< as promised, extensions included
  std::chrono::seconds amount{0};  ///< the limit in the clock's own seconds (business days turned once, T13)
  std::optional<instant> started;
  std::optional<instant>
      measured_from;           ///< where `amount` counts from: started, unless a change restarted it
  std::optional<instant> due;  ///< absent while paused with time remaining, or not started
  std::optional<instant> due_if_resumed;  ///< while paused: due if it resumed at as_of
  std::optional<instant> done;            ///< when it stopped
  std::optional<instant> breached_at;     ///< the due instant that was passed (rule C7)

  std::chrono::seconds counted{0};          ///< own time used since measured_from, pauses taken out
  std::chrono::seconds worked{0};           ///< the same, pauses left in
  std::chrono::seconds elapsed{0};          ///< wall clock between started and end
  std::chrono::seconds remaining{0};        ///< own time left; 0 once used up
  std::chrono::seconds overdue{0};          ///< own time past due
  std::chrono::seconds overdue_elapsed{0};  ///< wall clock past due
  std::array<std::chrono::seconds, party_count>
      paused{};  ///< own time not counted, by party; sums to worked - counted

  std::array<std::chrono::seconds, party_count>
      attributed{};  ///< own time counted although a pause was recorded

  std::optional<instant> next_warning;  ///< the next warning to come, if nothing else happens
  std::uint32_t warnings = 0;           ///< warnings passed: bit i for clock_terms::warnings[i]
  std::uint8_t level = 0;               ///< highest escalation level passed (rule C13)

  bool provisional = false;     ///< may still change: past known holidays, or unconfirmed
  bool before_report = false;   ///< stopped before it started (rule C3)
  bool corrected = false;       ///< rests on a corrected or retracted record
  std::uint32_t start_row = 0;  ///< event::row of the record that started it
  std::uint32_t stop_row = 0;   ///< event::row of the record that stopped it

  [[nodiscard]] constexpr breach_id breach(std::uint64_t incident) const noexcept {
    return {incident, clock, cycle, 0};
  }
  friend constexpr bool operator==(const verdict&, const verdict&) noexcept = default;
};

/// Why an event was not used (rule C3).
enum class anomaly_kind : std::uint8_t {
  unused_moment,  ///< no clock of the incident starts or stops at it
  resume_without_pause,
  pause_while_paused,  ///< the same reason again
  unknown_reason,
  reject_without_stop,
  reject_after_confirmation,
  confirm_without_stop,
  reopen_while_open,
  extension_not_agreed,
  waiver_not_agreed,
  after_cancel,
  unknown_grade,
  duplicate_record,
  extension_without_clock,
  waiver_without_clock,
};
inline constexpr std::size_t anomaly_kind_count = 15;

namespace detail {
inline constexpr std::array<std::string_view, anomaly_kind_count> anomaly_names{
    "no clock uses this moment",
    "resume without a pause",
    "pause while already paused for the same reason",
    "unknown pause reason",
    "rejection without a stop to reject",
    "rejection after the confirmation span",
    "confirmation without a stop to confirm",
    "reopening of an incident that is not closed",
    "extension without the protected party's agreement",
    "waiver without the protected party's agreement",
    "record after the incident was cancelled",
    "change to an unknown grade",
    "the same record again",
    "extension with no clock started",
    "waiver with no clock started",
};
}
[[nodiscard]] constexpr std::string_view name(anomaly_kind k) noexcept {
  return detail::anomaly_names[static_cast<std::size_t>(k)];
}

/// An event that was ignored, and why.
struct anomaly {
  anomaly_kind kind = anomaly_kind::unused_moment;
  std::uint32_t row = 0;  ///< event::row
  instant at;
  friend constexpr bool operator==(const anomaly&, const anomaly&) noexcept = default;
};

}  // namespace v0
}  // namespace sla
