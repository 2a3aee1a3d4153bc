// SPDX-License-Identifier: MIT
#pragma once

// The short way to the verdict where a clock's life is plain (event_survey.hpp): one promise, pauses that no cap ends.
//
//     started 09:00                            first report of a moment that starts the clock
//     counts  09:00-10:30, 11:00-              what the pauses leave of the clock's own time
//     due     13:30                            where that reaches the limit: one question to the calendar
//
// It looks at the few records that matter to the clock and reads its own time as a position on a scale, so that an
// amount is a difference and only a due instant or a warning needs a search. What it finds is what the replay finds,
// field for field: `clock_replay` takes it where it may, and a test holds the two side by side.
//
// The hard question: when may it not? It says so itself, before it has promised anything: where the terms make
// cycles, a pause may end by its cap, or an instant lies where the calendar decides nothing. And where the log goes on
// after what is plain: then the clock must have stopped for good, and nothing that comes may touch a stopped clock.

#include <algorithm>
#include <array>
#include <bit>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>

#include <sla/base/instant.hpp>
#include <sla/base/ratio.hpp>
#include <sla/clock/event.hpp>
#include <sla/clock/event_order.hpp>
#include <sla/clock/own_time.hpp>
#include <sla/clock/terms.hpp>
#include <sla/clock/verdict.hpp>

namespace sla {
inline namespace v0 {

/// Whose doing these reasons are: the first in the order of `party`.
[[nodiscard]] inline party first_party(reason_mask of, std::span<const pause_reason> reasons) noexcept {
  party by = party::nobody;
  for (; of != 0; of &= of - 1) {
    const auto i = static_cast<std::size_t>(std::countr_zero(of));
    if (i < reasons.size()) by = std::min(by, reasons[i].by);
  }
  return by;
}

/// Raises a warning whose instant is known on a verdict seen at `end`, or names it as the next to come.
inline void raise(verdict& v, std::size_t i, const warning& w, instant at, instant end, bool live) noexcept {
  if (v.done ? at < *v.done : at <= end) {
    v.warnings |= std::uint32_t{1} << i;
    v.level = std::max(v.level, w.level);
  } else if (!v.done && live && at.is_finite()) {
    v.next_warning = std::min(v.next_warning.value_or(at), at);
  }
}
/// At most this many warnings of a clock are looked at: so many bits a verdict has.
inline constexpr std::size_t most_warnings = 32;

/// Whether a corrected or retracted record can have to do with a clock.
[[nodiscard]] inline bool rests_on_corrections(const event_order& order, const clock_terms& row) noexcept {
  return order.has_corrections() && std::ranges::any_of(order.log(), [&](const event& e) {
           return (e.revision != 0 || e.retracted) && concerns(e, row);
         });
}

/// Where the records of one incident lie on the scale of a clock's own time: looked up once for all clocks that count
/// by the same calendar.
class record_positions {
 public:
  /// One for each record surveyed, until the next call.
  [[nodiscard]] const std::int64_t* on(const own_time& time, const event_order& order) noexcept {
    if (!known_ || calendar_ != time.calendar()) {
      const std::size_t n = order.survey().records();
      for (std::size_t k = 0; k < n; ++k) position_[k] = time.position(order.record(k).at);
      calendar_ = time.calendar();
      known_ = true;
    }
    return position_.data();
  }

 private:
  const business_time* calendar_ = nullptr;
  bool known_ = false;
  std::array<std::int64_t, event_survey::most_records> position_;
};

class plain_cycle {
 public:
  plain_cycle(const clock_terms& row, const event_order& order, record_positions& positions) noexcept
      : row_(row), order_(order), positions_(positions), time_(row) {}

  /// Fills `v`, warnings included; false where the replay must. `due`: when the clock is due if nothing else happens.
  /// Where the log goes on, a reopening may open another cycle.
  bool judge(verdict& v, std::optional<instant>& due) noexcept {
    const event_survey& survey = order_.survey();
    const moment_set own = row_.stops | row_.closed_by;
    if (!row_.promised || row_.repeats || row_.cut_off || !(row_.starts & own).empty()) return false;
    const std::size_t start = survey.first(row_.starts);
    if (start == event_survey::none) return false;
    const std::size_t stop = survey.first(own);
    const bool done = stop != event_survey::none;
    if (!survey.whole() && (!done || row_.confirmation || !left_alone())) return false;
    const event& started = order_.record(start);
    const event& stopped = order_.record(done ? stop : start);
    from_ = started.at;
    const bool before_report = done && stopped.at < from_;
    const instant end = before_report ? from_ : (done ? stopped.at : order_.as_of());
    if (!time_.covers(from_) || !time_.covers(end)) return false;
    amount_ = row_.limit.in() == time_limit::unit::business_days ? time_.amount(row_.limit, from_)
                                                                 : std::chrono::seconds(row_.limit.count());
    if (amount_ >= own_time::endless) return false;
    bool confirmed = !row_.confirmation;
    if (done && !confirmed) {
      const std::size_t last = survey.last_confirmation();
      if (last == start) return false;
      confirmed = last != event_survey::none && last > stop;
    }
    const std::size_t last = done ? std::max(start, stop) : event_survey::none;
    position_ = positions_.on(time_, order_);
    end_ = done ? position_[before_report ? start : stop] : time_.position(end);
    if (!cut(start, last)) return false;

    // Every member is written once; put() asks not what an optional one held, nor copies one just written: either
    // would cost as much as all the rest.
    const reached at = reach(amount_.count());
    const bool paused = at.held;
    const instant stands = time_.landed(at.at, row_.landing);
    const bool late = !paused && stands < end;
    if (late && !survey.whole() && may_be_forgiven()) return false;
    put(due, !paused, stands);
    v.clock = row_.clock;
    v.cycle = 1;
    v.target = row_.target;
    v.outcome = late ? outcome::breached : (done ? outcome::met : outcome::open);
    v.business = time_.business();
    v.limit = row_.limit;
    v.amount = amount_;
    put(v.started, true, from_);
    put(v.measured_from, true, from_);
    put(v.due, !paused, stands);
    put(v.due_if_resumed, false, {});
    v.elapsed = end - from_;
    sum(v, at);
    put(v.breached_at, late, stands);
    if (late) {
      v.remaining = std::chrono::seconds(0);
      v.overdue = std::chrono::seconds(std::max<std::int64_t>(end_ - time_.position(stands), 0));
      v.overdue_elapsed = end - stands;
    } else {
      v.remaining = std::max(amount_ - v.counted, std::chrono::seconds(0));
      v.overdue = v.overdue_elapsed = std::chrono::seconds(0);
    }
    put(v.next_warning, false, {});
    v.warnings = 0;
    v.level = 0;
    // Of the three instants the earliest and the latest decide.
    v.provisional = time_.is_provisional(from_, paused || !stands.is_finite() ? end : std::max(end, stands));
    v.before_report = before_report;
    v.corrected = order_.has_corrections() && rests_on_corrections(order_, row_);
    v.start_row = started.row;
    put(v.done, done, stopped.at);
    v.stop_row = done ? stopped.row : 0;
    if (done) {
      v.activity = activity::stopped;
      if (!confirmed && order_.as_of() <= own_time::span_end(stopped.at, *row_.confirmation, row_.calendar))
        v.provisional = true;
    } else {
      v.activity = paused ? activity::paused : (time_.is_open(end) ? activity::running : activity::idle);
      if (paused)
        v.due_if_resumed = time_.landed(time_.at(end_ + (amount_ - v.counted).count()), row_.landing);
    }
    return row_.warnings.empty() || raise_all(v);
  }

 private:
  // Whether nothing that may follow touches a clock that has stopped for good: a reopening that opens another cycle does
  // not, by terms that nothing may change before.
  [[nodiscard]] bool left_alone() const noexcept {
    const event_survey& survey = order_.survey();
    return !survey.may_have(event_kind::reopen) ||
           (row_.reopening == on_reopen::new_cycle && !survey.may_have(event_kind::change));
  }
  [[nodiscard]] bool may_be_forgiven() const noexcept {
    const event_survey& survey = order_.survey();
    return survey.may_have(event_kind::waive) || survey.may_have(event_kind::extend) ||
           survey.may_have(event_kind::cancel);
  }
  static void put(std::optional<instant>& to, bool there, instant t) noexcept {
    if (there) {
      std::construct_at(&to, t);
    } else {
      std::construct_at(&to);
    }
  }

  // From `position` on these reasons pause; the last stretch ends at end_.
  struct stretch {
    std::int64_t position;
    reason_mask active;
  };
  struct reached {
    instant at;
    std::size_t in = 0;  // the stretch it lies in
    bool held = false;   // a pause lasts before it
  };

  // Cuts the clock's time at the pauses up to record `last`. False where a cap may end one.
  bool cut(std::size_t start, std::size_t last) noexcept {
    const event_survey& survey = order_.survey();
    stretches_[0] = {position_[start], 0};
    if (survey.pauses() == 0 || survey.pause(0) > last) return true;
    const reason_mask known = first_reasons(row_.reasons.size());
    reason_mask ever = 0, before = 0;
    for (std::size_t i = 0; i < survey.pauses(); ++i) {
      const std::size_t k = survey.pause(i);
      if (k > last) break;
      const reason_mask active = survey.pausing(i) & known;
      if (k < start) {
        stretches_[0].active = active;
      } else if (active != before) {
        stretches_[size_++] = {position_[k], active};
      }
      before = active;
      ever |= active;
    }
    for (reason_mask left = ever & row_.stopped_by; left != 0; left &= left - 1)
      if (row_.reasons[static_cast<std::size_t>(std::countr_zero(left))].cap) return false;
    return true;
  }
  [[nodiscard]] std::int64_t end_of(std::size_t i) const noexcept {
    return i + 1 < size_ ? stretches_[i + 1].position : end_;
  }
  [[nodiscard]] bool pauses(std::size_t i) const noexcept {
    return (stretches_[i].active & row_.stopped_by) != 0;
  }
  // Where so much is counted.
  [[nodiscard]] reached reach(std::int64_t amount) const noexcept {
    if (amount <= 0) return {from_};
    if (size_ == 1 && stretches_[0].active == 0) return {time_.at(stretches_[0].position + amount)};
    for (std::size_t i = 0; i < size_; ++i) {
      if (pauses(i)) continue;
      const std::int64_t length = end_of(i) - stretches_[i].position;
      if (amount <= length || i + 1 == size_) return {time_.at(stretches_[i].position + amount), i};
      amount -= length;
    }
    return {from_, size_, true};
  }
  // What the stretches hold: from where the limit is reached on, all of it is counted (rule C6).
  void sum(verdict& v, const reached& limit) const noexcept {
    v.paused = {};
    v.attributed = {};
    v.worked = v.counted = std::chrono::seconds(end_ - stretches_[0].position);
    if (size_ == 1 && stretches_[0].active == 0) return;
    std::int64_t stopped = 0;
    for (std::size_t i = 0; i < size_; ++i) {
      const reason_mask active = stretches_[i].active;
      if (active == 0) continue;
      const std::int64_t length = end_of(i) - stretches_[i].position;
      if (pauses(i) && (limit.held || i < limit.in)) {
        stopped += length;
        v.paused[static_cast<std::size_t>(first_party(active & row_.stopped_by, row_.reasons))] +=
            std::chrono::seconds(length);
      } else {
        v.attributed[static_cast<std::size_t>(first_party(active, row_.reasons))] +=
            std::chrono::seconds(length);
      }
    }
    v.counted -= std::chrono::seconds(stopped);
  }
  // False where a warning lies beyond every time that can be named.
  [[nodiscard]] bool raise_all(verdict& v) const noexcept {
    for (std::size_t i = 0; i < row_.warnings.size() && i < most_warnings; ++i) {
      const warning& w = row_.warnings[i];
      const std::int64_t toward = target(w);
      if (toward >= own_time::endless.count()) return false;
      if (const reached there = reach(toward); !there.held) raise(v, i, w, there.at, order_.as_of(), true);
    }
    return true;
  }
  [[nodiscard]] std::int64_t target(const warning& w) const noexcept {
    if (w.at_share)
      return scale(amount_.count(), *w.at_share, rounding::ceil).value_or(own_time::endless.count());
    return w.before_due ? (amount_ - time_.amount(*w.before_due, from_)).count() : amount_.count();
  }

  const clock_terms& row_;
  const event_order& order_;
  record_positions& positions_;
  const std::int64_t* position_ = nullptr;
  own_time time_;
  std::chrono::seconds amount_{0};
  instant from_;
  std::int64_t end_ = 0;
  std::size_t size_ = 1;
  std::array<stretch, event_survey::most_pauses + 1> stretches_;
};

}  // namespace v0
}  // namespace sla
