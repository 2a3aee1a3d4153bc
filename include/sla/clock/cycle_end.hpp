// SPDX-License-Identifier: MIT
#pragma once

// Where a cycle of a clock ends, and what agreement and cancellation make of its verdict when all has been counted.
//
//     breached at 13:00, waived by the customer at 15:00      waived: not met, and the breach is still shown
//     breached at 13:00, withdrawn at 14:00                   breached: a cancellation works from its instant
//     breached at 13:00, agreed at 14:00 to be a duplicate    cancelled: the incident was never in scope
//     open, withdrawn at 11:00                                cancelled
//
// The hard question: which waiver forgives what? One that comes after the clock was met in time has nothing to forgive;
// any other stands, whether the breach comes before it or after it (rules C14, C15).

#include <memory>
#include <new>
#include <optional>

#include <sla/base/instant.hpp>
#include <sla/clock/cycle_start.hpp>
#include <sla/clock/event.hpp>
#include <sla/clock/event_order.hpp>
#include <sla/clock/terms.hpp>
#include <sla/clock/verdict.hpp>

namespace sla {
inline namespace v0 {
namespace detail {

/// Where a cycle ended, or was looked at.
struct cycle_end {
  instant end;
  const clock_terms* row = nullptr;  ///< in force there
  std::optional<instant> due;        ///< if nothing else happens
  bool follows = false;              ///< another cycle
  const event* ended_by = nullptr;   ///< the record that opened the following one
};

/// Made anew in place: to copy from a fresh one would cost as much as a short replay.
inline void renew(verdict& v) noexcept { ::new (static_cast<void*>(std::addressof(v))) verdict; }

/// Whether a cancellation removes breaches: its cause says that the incident never was one the promises speak of, and
/// the customer agrees.
[[nodiscard]] constexpr bool removes_breaches(const event& cancel) noexcept {
  return cancel.cancelled != cancel_cause::withdrawn && cancel.agreed_by == party::customer;
}
/// The cancellation that counts, the first, where it removes breaches.
[[nodiscard]] inline const event* removes_breaches(const event_order& order) noexcept {
  if (!order.may_have(event_kind::cancel)) return nullptr;
  for (auto p = order.first(); p; p = order.next(p))
    if (p.record->kind == event_kind::cancel) return removes_breaches(*p.record) ? p.record : nullptr;
  return nullptr;
}

/// `cancelled`: whether the incident ended while the cycle was open. `removed`: as removes_breaches() says.
inline void settle_outcome(verdict& v, bool cancelled, const std::optional<instant>& waived,
                           bool removed) noexcept {
  if (v.outcome == outcome::not_applicable) return;
  if (waived && !(v.outcome == outcome::met && *v.done <= *waived)) v.outcome = outcome::waived;
  if (cancelled && !v.done) {
    if (v.outcome == outcome::open || v.outcome == outcome::undetermined) v.outcome = outcome::cancelled;
    v.activity = activity::stopped;
    v.due_if_resumed.reset();
  }
  if (removed && v.outcome == outcome::breached) v.outcome = outcome::cancelled;
}

}  // namespace detail
}  // namespace v0
}  // namespace sla
