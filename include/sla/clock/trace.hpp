// SPDX-License-Identifier: MIT
#pragma once

// The steps of one judgment, told as they are taken: what an explanation is made of.
//
//     std::vector<sla::clock_step> steps;
//     replay.next(v);
//     replay.explain([&](const sla::clock_step& s) { steps.push_back(s); });
//
//     row        10-12 09:00   target 3, 4bh
//     start      10-12 09:00
//     pausing    10-12 10:00   {customer reply}   used 1bh
//     pausing    10-12 11:30   {}                 used 1bh, paused by the customer 1h30min
//     due        10-12 14:30   4bh from 09:00
//     judged     10-12 16:30   after 14:30: breached
//
// A step holds no text and is never kept here: who listens takes what it needs. The replay tells it from the lines
// that compute the verdict, and without a listener those lines are not even compiled.
//
// The hard question: is that how the verdict was found? A plain log's may have been found the short way
// (plain_cycle.hpp), to the same verdict field for field; its steps are those of the replay.

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include <sla/base/instant.hpp>
#include <sla/clock/counting.hpp>
#include <sla/clock/cycle.hpp>
#include <sla/clock/event.hpp>
#include <sla/clock/own_time.hpp>
#include <sla/clock/terms.hpp>
#include <sla/clock/verdict.hpp>

namespace sla {
inline namespace v0 {

enum class step_kind : std::uint8_t {
  row,      ///< the terms with which the cycle begins
  start,    ///< the clock starts at `at`, with `active` already pausing
  pausing,  ///< from `at` on exactly `active` pause; `used` so far
  change,  ///< of the grade: `effect`; `used` and `due_before` by the row that bound, `amount` from `from`; `used_new`
           ///< and `due_new` by the new row measured from the start, `due` with what binds now
  extension,     ///< agreed: `due_before`, `due`
  stop,          ///< the clock stops at `at`
  confirmation,  ///< the stop is final
  rejection,     ///< the stop is voided
  reopening,     ///< the same cycle goes on; [from, at) belongs to nobody where `from` is before `at`
  waiver,        ///< agreed, or an extension agreed after the breach
  cancellation,  ///< judged as of `at`; or, of a cycle that ended before, no breach counts
  due,  ///< the promise that binds: `amount` from `from` by `terms` is used up at `due`; not before `agreed`
  warning,  ///< `index` of the terms' warnings stands at `due`, absent while a pause holds it
  judged,   ///< `at` compared with `due`: `result`
};
inline constexpr std::size_t step_kind_count = 14;

namespace detail {
inline constexpr std::array<std::string_view, step_kind_count> step_names{
    "row",       "start",     "pausing", "change",       "extension", "stop",    "confirmation",
    "rejection", "reopening", "waiver",  "cancellation", "due",       "warning", "judged"};
}
[[nodiscard]] constexpr std::string_view name(step_kind k) noexcept {
  return detail::step_names[static_cast<std::size_t>(k)];
}

/// One step. Only the members that its kind names are set; pointers are to the log and the policy.
struct clock_step {
  step_kind kind = step_kind::row;
  std::uint32_t cycle = 1;
  instant at;
  const event* record = nullptr;       ///< what happened; null where only time passed
  const clock_terms* terms = nullptr;  ///< in force after it
  reason_mask active = 0;
  change_effect effect = change_effect::none;
  outcome result = outcome::open;
  std::size_t index = 0;
  instant from;  ///< due, change: where the count began; reopening: where the clock had stopped
  instant agreed = instant::earliest();  ///< due: no earlier than this agreed date
  instant not_before =
      instant::earliest();  ///< due: the change that brought the promise; no breach comes earlier
  std::chrono::seconds amount{0};
  tally used, used_new;
  std::optional<instant> due_before, due_new, due;
  /// change: a pause goes on that caps will end: what is left of them by the promise that binds from now on, in the
  /// clock's own time, and where that is used up if nothing else happens.
  std::optional<std::chrono::seconds> cap_left;
  std::optional<instant> cap_ends;
};

namespace detail {

/// What a change found: the count of the row that bound before it.
inline void tell_before(clock_step& change, const clock_step& was) noexcept {
  change.effect = was.effect;
  change.used = was.used;
  change.due_before = was.due_before;
  change.from = was.from;
  change.amount = was.amount;
}
/// What a change leaves of the caps of a pause that goes on, by the promise that binds now.
inline void tell_cap(clock_step& change, const counting* bound) noexcept {
  if (bound == nullptr) return;
  const instant at = std::max(change.at, bound->from());
  const auto left = bound->pause_left(at);
  if (left <= std::chrono::seconds(0) || left >= own_time::endless) return;
  change.cap_left = left;
  change.cap_ends = bound->time().after(at, left);
}

}  // namespace detail

/// Nobody listens.
struct no_trace {
  constexpr void operator()(const clock_step&) const noexcept {}
};

}  // namespace v0
}  // namespace sla
