// SPDX-License-Identifier: MIT
#pragma once

// One cycle of one clock: the promises in force on it, the breach once there is one, and the verdict.
//
//     10:00  P3, resolve within 24h         in force: due tomorrow 10:00
//     14:00  worsened to P1, within 1h      in force: both; due 15:00, the earlier of the two (rule C8)
//
// The hard question: what is a change of grade worth after the deadline? Nothing: a breach is a fact at an instant
// (rule C7). So before every event that could move a deadline the cycle looks whether one has passed; from then on
// the broken promise is the only one left. A deadline met exactly is not passed (rule T4).
//
// A change never breaches in retrospect: a clock measured again from its start, and found late, breaches at the
// change (`breached_at`), with the earlier due instant shown beside it.

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>

#include <sla/base/instant.hpp>
#include <sla/clock/counting.hpp>
#include <sla/clock/event.hpp>
#include <sla/clock/terms.hpp>
#include <sla/clock/verdict.hpp>

namespace sla {
inline namespace v0 {

/// What a change of grade does to the promises in force.
enum class change_effect : std::uint8_t {
  none,                 ///< they stay
  add_from_change,      ///< the new row joins them, measured from the change
  add_from_start,       ///< the new row joins them, measured from the start
  replace_from_start,   ///< the new row alone, measured from the start
  replace_from_change,  ///< the new row alone, measured from the change
  carry,                ///< the new row alone, with what is used up
  drop,                 ///< nothing is promised any more
};

/// Rule C8. `promised`: whether anything is promised under the old row.
[[nodiscard]] constexpr change_effect effect_of(const event& change, on_change how, bool promised,
                                                const clock_terms& to) noexcept {
  switch (how) {
    case on_change::remeasure: return to.promised ? change_effect::replace_from_start : change_effect::drop;
    case on_change::restart: return to.promised ? change_effect::replace_from_change : change_effect::drop;
    case on_change::carry: return to.promised ? change_effect::carry : change_effect::drop;
    case on_change::by_cause: break;
  }
  if (change.why == change_cause::worsened)
    return to.promised ? change_effect::add_from_change : change_effect::none;
  if (change.why == change_cause::corrected || change.agreed_by == party::customer)
    return to.promised ? change_effect::replace_from_start : change_effect::drop;
  if (!to.promised) return change_effect::none;
  return promised ? change_effect::add_from_start : change_effect::replace_from_start;
}

/// Which row an incident's later clocks go by.
[[nodiscard]] constexpr const clock_terms* row_after(const event& change, const clock_terms* from,
                                                     const clock_terms* to) noexcept {
  switch (effect_of(change, from->changing, from->promised, *to)) {
    case change_effect::none:
    case change_effect::add_from_start: return from;
    default: return to;
  }
}

class clock_cycle {
 public:
  /// So many rows can bind a clock at once. More need as many successive changes for the worse to different rows;
  /// then the one that is due last gives way.
  static constexpr std::size_t most_promises = 8;

  clock_cycle() noexcept {}

  void begin(const clock_terms& t, instant at, reason_mask active, const warning* aim,
             const std::optional<std::chrono::seconds>& amount) noexcept {
    started_ = at;
    if (t.promised) add(instant::earliest(), t, at, active, aim, amount);
  }
  /// Nothing is promised.
  [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
  [[nodiscard]] bool breached() const noexcept { return breached_at_.has_value(); }
  [[nodiscard]] instant started() const noexcept { return started_; }

  void pauses(instant at, reason_mask active) noexcept {
    for (std::size_t i = 0; i < size_; ++i) in_force_[i].count.pauses(at, active);
  }
  void exclude(instant from, instant to, reason_mask active) noexcept {
    look(from);
    for (std::size_t i = 0; i < size_; ++i) in_force_[i].count.exclude(from, to, active);
  }
  /// Notices a due instant that lies before t.
  void look(instant t) noexcept {
    if (breached() || size_ == 0) return;
    const std::size_t i = binding();
    const counting& c = in_force_[i].count;
    if (c.held() || c.due_at() >= t) return;
    breached_at_.emplace(std::max(c.due_at(), in_force_[i].not_before));
    if (i != 0) in_force_[0] = in_force_[i];
    size_ = 1;
  }
  /// `again` counts the new row from the start up to the change.
  template <class Again>
  void change(const event& e, const clock_terms& from, const clock_terms& to, reason_mask active,
              const warning* aim, const Again& again) noexcept {
    look(e.at);
    if (breached()) return;
    const instant from_now =
        std::max(e.at, started_);  // a start may be received later than it was sent (rule T14)
    switch (effect_of(e, from.changing, size_ != 0, to)) {
      case change_effect::none: return;
      case change_effect::add_from_change: add(e.at, to, from_now, active, aim); break;
      case change_effect::add_from_start: add(e.at, again(to)); break;
      case change_effect::replace_from_start:
        size_ = 0;
        add(e.at, again(to));
        break;
      case change_effect::replace_from_change:
        size_ = 0;
        add(e.at, to, from_now, active, aim);
        break;
      case change_effect::carry:
        if (size_ == 0) {
          add(e.at, to, from_now, active, aim);
        } else {
          if (const std::size_t i = binding(); i != 0) in_force_[0] = in_force_[i];
          size_ = 1;
          in_force_[0].count.carry(e.at, to, started_);
          in_force_[0].not_before = e.at;
          in_force_[0].carried = true;
          std::construct_at(&carried_, in_force_[0].count);
        }
        break;
      case change_effect::drop: size_ = 0; break;
    }
    look(e.at);
  }
  /// True where the extension came in time; after the breach it is a waiver. `again` takes a count from where it began
  /// to the extension once more.
  template <class Again>
  [[nodiscard]] bool extend(const event& e, const Again& again) noexcept {
    look(e.at);
    if (breached()) return false;
    for (std::size_t i = 0; i < size_; ++i) {
      promise& p = in_force_[i];
      const bool once_more = e.until.is_unknown() && p.count.awaits_date(e.at);
      p.count.extend(e.at, e);
      if (!once_more) continue;
      p.count = p.count.restarted(p.carried ? &carried_ : nullptr);
      again(p.count);
    }
    return true;
  }

  /// When the promise that binds is due if nothing else happens.
  [[nodiscard]] std::optional<instant> expected_due() const noexcept {
    return size_ == 0 ? std::nullopt : in_force_[breached() ? 0 : binding()].count.due();
  }
  /// The count of the promise that binds; null where nothing is promised.
  [[nodiscard]] const counting* bound() const noexcept {
    return size_ == 0 ? nullptr : &in_force_[breached() ? 0 : binding()].count;
  }
  /// No breach of it comes before this instant: the change that brought it.
  [[nodiscard]] instant bound_since() const noexcept {
    return size_ == 0 ? instant::earliest() : in_force_[breached() ? 0 : binding()].not_before;
  }
  /// The verdict at `end`, made on a new one: where the clock was stopped (`done`), cancelled, or is looked at.
  void judge(verdict& v, instant end, std::optional<instant> done) noexcept {
    v.started = started_;
    if (done) v.done.emplace(*done);
    v.elapsed = std::max(end - started_, std::chrono::seconds(0));
    v.activity = done ? activity::stopped : activity::running;
    if (size_ == 0) {
      v.outcome = outcome::not_applicable;
      v.activity = activity::not_started;
      return;
    }
    look(end);
    const counting& c = in_force_[breached() ? 0 : binding()].count;
    const own_time& time = c.time();
    const tally used = c.at_end(std::max(end, c.from()));
    const bool held = c.held();
    const instant due = held ? instant::unknown() : c.due_at();
    const bool paused = c.stopped_at(end);

    v.business = time.business();
    v.target = c.terms().target;
    v.limit = c.limit();
    v.amount = c.amount();
    v.measured_from = c.from();
    v.counted = used.counted;
    v.worked = used.worked();
    v.paused = used.paused;
    v.attributed = used.attributed;
    v.remaining = breached() ? std::chrono::seconds(0) : c.remaining(end, used.counted);
    if (!paused && !held) v.due.emplace(due);
    if (!done) {
      if (paused) {
        v.activity = activity::paused;
        v.due_if_resumed = c.due_if_resumed(end);
      } else if (!time.is_open(end)) {
        v.activity = activity::idle;
      }
    }
    if (breached()) {
      v.outcome = outcome::breached;
      v.breached_at.emplace(*breached_at_);
      v.overdue = time.between(due, end);
      v.overdue_elapsed = end - due;
    } else if (due.is_unknown() && !(time.covers(c.from()) && time.covers(end))) {
      v.outcome = outcome::undetermined;
    } else {
      v.outcome = done ? outcome::met : outcome::open;
    }
    v.provisional = time.is_provisional(c.from()) || time.is_provisional(end) ||
                    (!paused && !held && time.is_provisional(due));
  }

 private:
  struct promise {
    template <class... From>
    explicit promise(instant earliest_breach, const From&... from) noexcept
        : count(from...), not_before(earliest_breach) {}
    counting count;
    instant not_before;    // a breach cannot come earlier: the change that brought the promise
    bool carried = false;  // began with what carried_ holds
  };

  // Made in place: a promise is too large to be moved about for every clock.
  template <class... From>
  void add(instant not_before, const From&... from) noexcept {
    std::size_t i = size_;
    if (size_ == most_promises) {
      i = 0;
      for (std::size_t k = 1; k < size_; ++k)
        if (earlier(in_force_[i].count, in_force_[k].count)) i = k;
      if (!earlier(counting(from...), in_force_[i].count)) return;
    } else {
      ++size_;
    }
    std::construct_at(&in_force_[i], not_before, from...);
  }
  // Due earlier; a clock that is held comes after every one that has a due instant, the least amount left first.
  [[nodiscard]] static bool earlier(const counting& a, const counting& b) noexcept {
    if (!a.held() && !b.held()) return a.due_at() < b.due_at();
    return a.held() == b.held() ? a.left() < b.left() : b.held();
  }
  [[nodiscard]] std::size_t binding() const noexcept {
    std::size_t first = 0;
    for (std::size_t i = 1; i < size_; ++i)
      if (earlier(in_force_[i].count, in_force_[first].count)) first = i;
    return first;
  }

  instant started_;
  std::optional<instant> breached_at_;
  std::size_t size_ = 0;
  // Only the first size_ are alive: nearly every cycle has one, and clearing eight would cost more than judging it.
  union {
    std::array<promise, most_promises> in_force_;
  };
  // Alive where a promise says so.
  union {
    counting carried_;
  };
};

}  // namespace v0
}  // namespace sla
