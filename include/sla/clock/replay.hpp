// SPDX-License-Identifier: MIT
#pragma once

// Judges one clock of one incident from its events (rules C1-C18). One verdict a cycle, found by replay:
//
//     sla::event_order order(log, as_of);
//     sla::clock_replay replay(rows, at_report, order);
//     for (sla::verdict v; replay.next(v);) show(v);
//
// `rows` gives this clock's terms under a grade: any callable, or one clock_terms for an incident whose grade does
// not matter. The grade at report governs (rule C16) until a change event says otherwise (rule C8).
//
// The hard question: an incident is reopened after its clock has stopped. By default that is another cycle, judged
// from the reopening under the row then in force; a policy may instead let the old cycle go on, with or without
// the time it lay closed (rule C10). Pauses are facts of the incident, not of a cycle: one that still lasts when a
// cycle begins counts from there.
//
// Nothing throws and nothing is allocated. Time: one pass over the events for each cycle, one more for each
// warning and for each change that measures again from the start.

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <type_traits>

#include <sla/base/instant.hpp>
#include <sla/clock/counting.hpp>
#include <sla/clock/cycle.hpp>
#include <sla/clock/cycle_end.hpp>
#include <sla/clock/cycle_start.hpp>
#include <sla/clock/event.hpp>
#include <sla/clock/event_order.hpp>
#include <sla/clock/plain_cycle.hpp>
#include <sla/clock/stop_state.hpp>
#include <sla/clock/terms.hpp>
#include <sla/clock/terms_source.hpp>
#include <sla/clock/trace.hpp>
#include <sla/clock/verdict.hpp>

namespace sla {
inline namespace v0 {

class clock_replay {
 public:
  /// `order` must outlive the replay. A grade without terms has no clock and no verdict.
  clock_replay(terms_source rows, const grade& at_report, const event_order& order) noexcept
      : rows_(rows), order_(&order), removed_by_(detail::removes_breaches(order)) {
    ahead_.row = rows_(at_report);
    ahead_.next = order.first();
    more_ = ahead_.row != nullptr;
    corrected_ = more_ && rests_on_corrections(order, *ahead_.row);
  }

  /// The next cycle's verdict; false when there is none. The first cycle has one even if the clock never started.
  bool next(verdict& out) noexcept {
    record_positions positions;
    return next(out, positions);
  }
  /// The same with the positions of the records, for other clocks of the same order to use.
  bool next(verdict& out, record_positions& positions) noexcept {
    if (!more_) return false;
    if (ahead_.cycle == 1)
      if (plain_cycle plain(*ahead_.row, *order_, positions); plain.judge(out, seen_.due)) {
        cycle_ = unbroken_ = ahead_;
        seen_.end = order_->as_of();
        seen_.row = cycle_.row;
        more_ = !order_->survey().whole() && reopens();
        return true;
      }
    return replay(out);
  }
  /// The same, record by record, even where a shorter way leads to it: what next() is held to.
  bool replay(verdict& out) noexcept {
    if (!more_) return false;
    cycle_ = ahead_;
    if (!cycle_.reopened) unbroken_ = cycle_;
    seen_ = run(cycle_, out, {.following = &ahead_});
    more_ = seen_.follows;
    if (!out.started || out.outcome == outcome::not_applicable) return true;
    const std::span<const warning> warnings = seen_.row->warnings;
    for (std::size_t i = 0; i < warnings.size() && i < most_warnings; ++i)
      if (const auto at = warning_at(warnings[i]))
        raise(out, i, warnings[i], *at, seen_.end, seen_.end == order_->as_of());
    return true;
  }

  /// When `w` is raised in the cycle next() gave last, if nothing else happens: by the counting function, from the
  /// promise in force. Absent while paused before it, or where there is no promise.
  [[nodiscard]] std::optional<instant> warning_at(const warning& w) const noexcept {
    verdict v;
    const end_of_cycle seen = run(cycle_, v, {.aim = &w});
    return v.breached_at ? v.breached_at : seen.due;
  }
  /// Where a reopening opened the cycle next() gave last: the other reading, in which the clock went on from before it,
  /// the time it lay closed excluded (rule C10).
  [[nodiscard]] std::optional<verdict> continued() const noexcept {
    if (!cycle_.reopened) return std::nullopt;
    verdict v;
    run(unbroken_, v, {.until = seen_.ended_by, .reopening = on_reopen::continue_excluding_closed});
    v.cycle = cycle_.cycle;
    return v;
  }
  /// Tells the steps that lead to the verdict next() gave last (trace.hpp): `trace` takes each as a clock_step.
  template <class Trace>
  void explain(Trace&& trace) const {
    verdict v;
    const end_of_cycle seen = run(cycle_, v, {}, trace);
    for (std::size_t i = 0; v.started && i < seen.row->warnings.size() && i < most_warnings; ++i) {
      clock_step s;
      s.kind = step_kind::warning;
      s.cycle = cycle_.cycle;
      s.terms = seen.row;
      s.index = i;
      s.due = warning_at(seen.row->warnings[i]);
      s.at = seen.end;
      trace(s);
    }
  }
  /// The terms in force at the end of the cycle next() gave last.
  [[nodiscard]] const clock_terms& terms() const noexcept { return *seen_.row; }
  /// When that cycle's clock is due if nothing else happens. Unlike verdict::due it is also there while a pause
  /// lasts whose cap will end it.
  [[nodiscard]] const std::optional<instant>& expected_due() const noexcept { return seen_.due; }

 private:
  using place = event_order::place;
  using beginning = cycle_start;
  using end_of_cycle = detail::cycle_end;

  // How a cycle is looked at.
  struct question {
    const warning* aim = nullptr;             // when this is raised, rather than when it is due
    const event* until = nullptr;             // as if the log ended before this record
    std::optional<on_reopen> reopening = {};  // instead of what the terms say
    beginning* following = nullptr;           // becomes the next cycle where one follows
  };
  // Whether a reopening opens another cycle of a clock that stopped for good in what was surveyed: then ahead_ is that.
  [[nodiscard]] bool reopens() noexcept {
    if (!order_->may_have(event_kind::reopen)) return false;
    const event_survey& survey = order_->survey();
    if (survey.pauses() != 0)
      ahead_.active = survey.pausing(survey.pauses() - 1) & first_reasons(ahead_.row->reasons.size());
    for (place p = order_->at(survey.records()); p; p = order_->next(p)) {
      const event& e = *p.record;
      if (e.kind == event_kind::pause || e.kind == event_kind::resume) {
        ahead_.active = pausing_after(ahead_.active, e, ahead_.row->reasons.size());
      } else if (e.kind == event_kind::cancel) {
        return false;
      } else if (e.kind == event_kind::reopen) {
        seen_.ended_by = &e;
        ahead_.reopen(*p.record, order_->next(p));
        return true;
      }
    }
    return false;
  }
  // Counts `to` from the cycle's start up to the event `until` (rule C8: measured again).
  [[nodiscard]] counting again(const beginning& start, const clock_terms& to, const event* until,
                               const question& q) const noexcept {
    counting c(to, start.at, start.active, q.aim, detail::left_to_grid(to, start));
    for (place p = start.next; p && p.record != until && order_->may_have(event_kind::extend);
         p = order_->next(p))
      if (p.record->kind == event_kind::extend && detail::agreed_for(*p.record, to))
        c.extend(start.at, *p.record);
    count_through(c, start, until, q);
    return c;
  }
  // The waiver that reaches a late update from within the next cycle: one that finds the next update not late too.
  [[nodiscard]] const event* waiver_of_last(const beginning& next) const noexcept {
    if (!order_->may_have(event_kind::waive)) return nullptr;
    const clock_terms& row = *next.row;
    for (place p = next.next; p; p = order_->next(p)) {
      const event& e = *p.record;
      if (e.kind == event_kind::cancel) return nullptr;
      if (reports_moment(e.kind) && (row.stops | row.ends | row.closed_by).contains(e.what)) return nullptr;
      if (e.kind != event_kind::waive || !detail::agreed_for(e, row)) continue;
      verdict v;
      run(next, v, {.until = &e});
      return v.breached_at ? nullptr : &e;
    }
    return nullptr;
  }
  // Takes `c` through the pauses and closings of the cycle up to the event `until`. A stop that may still be voided is
  // counted through; where it turns out to close the incident, the count goes back to it.
  void count_through(counting& c, const beginning& start, const event* until,
                     const question& q) const noexcept {
    const clock_terms& to = c.terms();
    reason_mask active = start.active;
    c.pauses(start.at, active);
    counting at_stop = c;
    stop_state stop = start.stop;
    const clock_terms* then = start.row;  // what stopped the clock did so under the row of its time
    for (place p = start.next; p && p.record != until; p = order_->next(p)) {
      const event& e = *p.record;
      if (e.kind == event_kind::change) {
        if (const clock_terms* next = rows_(e.to)) then = row_after(e, then, next);
      } else if (e.kind == event_kind::pause || e.kind == event_kind::resume) {
        active = pausing_after(active, e, to.reasons.size());
        c.pauses(e.at, active);
      } else if (q.reopening.value_or(then->reopening) == on_reopen::continue_excluding_closed) {
        const auto effect = stop.see(e, *then);
        if (effect == stop_state::effect::stopped) at_stop = c;
        if (effect != stop_state::effect::reopened) continue;
        c = at_stop;
        c.exclude(*stop.at(), e.at, active);
        stop.clear();
      }
    }
    c.up_to(until->at);
  }

  template <class Trace = const no_trace>
  end_of_cycle run(const beginning& from, verdict& v, const question& q, Trace& trace = nobody) const
      noexcept(std::is_same_v<Trace, const no_trace>) {
    constexpr bool told = !std::is_same_v<Trace, const no_trace>;
    detail::renew(v);
    end_of_cycle out;
    beginning start = from;  // start.next and start.active: where this clock's own time begins
    const clock_terms* row = from.row;
    reason_mask active = from.active;
    clock_cycle cycle;
    clock_cycle before_stop;  // where it is kept
    bool kept = false;
    stop_state stop;
    const clock_terms* row_at_stop = nullptr;  // a change touches open clocks only (rule C8)
    bool judged = false;
    std::optional<instant> waived;
    bool cancelled = false, repeat = false, again_open = false;
    instant end = order_->as_of();
    place p = from.next;
    // One step, with what every step has; `more` sets the rest.
    const auto tell = [&](step_kind kind, instant at, const event* e, const auto& more) {
      clock_step s;
      s.kind = kind;
      s.cycle = from.cycle;
      s.at = at;
      s.record = e;
      s.terms = row;
      s.active = active;
      if (const counting* c = cycle.bound(); c != nullptr && start.started) {
        s.used = c->at_end(std::max(at, c->from()));
        s.due = c->due();
      }
      more(s);
      trace(s);
    };
    const auto no_more = [](clock_step&) {};
    // The promise that binds, by which the clock is judged at `at`.
    const auto tell_due = [&](instant at) {
      if (const counting* c = cycle.bound())
        tell(step_kind::due, at, nullptr, [&](clock_step& s) {
          s.terms = &c->terms();
          s.from = c->from();
          s.amount = c->amount();
          s.agreed = c->agreed();
          s.not_before = cycle.bound_since();
        });
    };
    const auto begin = [&] {
      cycle.begin(*row, start.at, start.active, q.aim, detail::left_to_grid(*row, start));
    };
    const auto reopening = [&] { return q.reopening.value_or(row->reopening); };
    const auto stopped = [&](instant at) {
      kept = row->confirmation && reopening() == on_reopen::continue_excluding_closed;
      if (kept) before_stop = cycle;
      if (judged) detail::renew(v);
      judged = true;
      row_at_stop = row;
      cycle.judge(v, std::max(at, start.at), at);
      if constexpr (told) {
        tell(step_kind::stop, at, p.record, no_more);
        tell_due(std::max(at, start.at));
      }
    };
    // Whether what happens now may still matter to the count.
    const auto counts = [&](const event& e) {
      return start.started && (!stop.at() || stop.open_to_rejection(e.at) ||
                               reopening() == on_reopen::continue_counting_closed);
    };
    if constexpr (told) tell(step_kind::row, from.at, nullptr, no_more);
    if (start.started) {
      begin();
      if constexpr (told) tell(step_kind::start, start.at, nullptr, no_more);
    }
    for (; p; p = order_->next(p)) {
      const event& e = *p.record;
      if (&e == q.until) {
        end = e.at;
        break;
      }
      switch (e.kind) {
        case event_kind::pause:
        case event_kind::resume:
          active = pausing_after(active, e, row->reasons.size());
          if (!counts(e)) break;
          cycle.pauses(e.at, active);
          if constexpr (told) tell(step_kind::pausing, e.at, &e, no_more);
          break;

        case event_kind::start:
        case event_kind::milestone:
        case event_kind::stop:
        case event_kind::confirm:
          if (!start.started && row->starts.contains(e.what)) {
            start.started = true;
            start.row = row;
            start.at = start.grid_from = detail::received(*row, e.at);
            start.start_row = e.row;
            start.next = order_->next(p);
            start.active = active;
            start.stop = stop;
            begin();
            if constexpr (told) tell(step_kind::start, start.at, &e, no_more);
            if (stop.at()) stopped(*stop.at());
          } else if (start.started && row->repeats && !stop.at() && row->stops.contains(e.what)) {
            stop.stop(e, *row);
            stopped(e.at);
            repeat = true;
          } else {
            const bool open = stop.open_to_rejection(e.at);
            if (stop.see(e, *row) == stop_state::effect::stopped && start.started) stopped(e.at);
            if constexpr (told)
              if (open && !stop.open_to_rejection(e.at)) tell(step_kind::confirmation, e.at, &e, no_more);
          }
          break;

        case event_kind::reject:
          if (stop.see(e, *row) == stop_state::effect::voided && told)
            tell(step_kind::rejection, e.at, &e, no_more);
          break;

        case event_kind::reopen:
          if (!start.started) {
            stop.clear();
          } else if (stop.at()) {
            [[maybe_unused]] const instant closed_from =
                reopening() == on_reopen::continue_excluding_closed ? *stop.at() : e.at;
            switch (reopening()) {
              case on_reopen::new_cycle: again_open = true; break;
              case on_reopen::continue_excluding_closed:
                if (kept) cycle = before_stop;
                cycle.exclude(*stop.at(), e.at, active);
                [[fallthrough]];
              case on_reopen::continue_counting_closed: stop.clear(); break;
            }
            if constexpr (told)
              if (!again_open)
                tell(step_kind::reopening, e.at, &e, [&](clock_step& s) { s.from = closed_from; });
          }
          break;

        case event_kind::change:
          if (const clock_terms* to = rows_(e.to)) {
            const auto from_start = [&](const clock_terms& t) { return again(start, t, &e, q); };
            if (counts(e)) {
              clock_step was;
              if constexpr (told) {
                cycle.look(e.at);
                was.effect =
                    cycle.breached() ? change_effect::none : effect_of(e, row->changing, !cycle.empty(), *to);
                if (const counting* c = cycle.bound()) {
                  was.used = c->at_end(std::max(e.at, c->from()));
                  was.due_before = c->due();
                  was.from = c->from();
                  was.amount = c->amount();
                }
              }
              cycle.change(e, *row, *to, active, q.aim, from_start);
              if constexpr (told)
                tell(step_kind::change, e.at, &e, [&](clock_step& s) {
                  s.terms = row_after(e, row, to);
                  detail::tell_before(s, was);
                  detail::tell_cap(s, cycle.bound());
                  if (!to->promised) return;
                  const counting anew = from_start(*to);
                  s.used_new = anew.at_end(std::max(e.at, anew.from()));
                  s.due_new = anew.due();
                });
            }
            row = row_after(e, row, to);
          }
          break;

        case event_kind::extend:
          if (detail::agreed_for(e, *row) && start.started) {
            [[maybe_unused]] const auto due_before = cycle.expected_due();
            bool late = stop.at() && v.outcome == outcome::breached, in_time = false;
            if (counts(e)) {
              in_time = cycle.extend(e, [&](counting& c) { count_through(c, start, &e, q); });
              late = late || !in_time;
            }
            if (late) waived = e.at;
            if constexpr (told)
              if (late || in_time)
                tell(late ? step_kind::waiver : step_kind::extension, e.at, &e,
                     [&](clock_step& s) { s.due_before = due_before; });
          }
          break;

        case event_kind::waive:
          if (detail::agreed_for(e, *row) && &e != start.spent) {
            waived = e.at;
            if constexpr (told) tell(step_kind::waiver, e.at, &e, no_more);
          }
          break;

        case event_kind::cancel:
          cancelled = true;
          end = e.at;
          if constexpr (told) tell(step_kind::cancellation, e.at, &e, no_more);
          break;
      }
      if (cancelled || repeat || again_open) break;
    }

    if (!start.started) {
      detail::not_started(v, *row);
    } else if (stop.at()) {
      v.stop_row = stop.row();
      v.before_report = *stop.at() < start.at;
      v.provisional = v.provisional || (!cancelled && !repeat && !again_open && stop.open_to_rejection(end));
    } else {
      if (judged) detail::renew(v);  // of a stop that was voided
      cycle.judge(v, end, std::nullopt);
      if (const counting* c = cycle.bound(); c != nullptr && !c->held()) out.due.emplace(c->due_at());
      if (end < start.at) {  // sent, and not yet received
        v.activity = activity::not_started;
        v.due_if_resumed.reset();
      }
    }
    if (stop.at() && v.due) out.due.emplace(*v.due);
    out.end = end;
    out.row = start.started && stop.at() ? row_at_stop : row;
    if (q.aim != nullptr) return out;
    v.clock = row->clock;
    v.cycle = from.cycle;
    v.start_row = start.start_row;
    v.corrected = corrected_;
    if (repeat || again_open) {
      beginning next;
      out.follows = true;
      next.row = row;
      next.active = active;
      next.cycle = from.cycle;
      if (again_open) {
        next.reopen(*p.record, order_->next(p));
      } else {
        next.next = order_->next(p);
        ++next.cycle;
        next.started = true;
        next.start_row = p.record->row;
        next.at = p.record->at;
        next.grid_from = start.grid_from;
        next.grid_line = start.grid_line;
        if (const auto line = detail::left_to_grid(*row, start))
          next.grid_line = own_time(*row).between(start.grid_from, start.at) + *line;
      }
      out.ended_by = p.record;
      if (repeat && v.breached_at && q.until == nullptr) next.spent = waiver_of_last(next);
      if (next.spent != nullptr) {
        waived = next.spent->at;
        if constexpr (told) tell(step_kind::waiver, next.spent->at, next.spent, no_more);
      }
      if (q.following != nullptr) *q.following = next;
    }
    if constexpr (told)
      if (removed_by_ != nullptr && !cancelled)
        tell(step_kind::cancellation, removed_by_->at, removed_by_, no_more);
    detail::settle_outcome(v, cancelled, waived, removed_by_ != nullptr);
    if constexpr (told) {
      const instant looked = v.done ? std::max(*v.done, start.at) : end;
      if (!stop.at()) tell_due(looked);
      tell(step_kind::judged, looked, nullptr, [&](clock_step& s) {
        s.due = v.due;
        s.result = v.outcome;
      });
    }
    return out;
  }

  static constexpr no_trace nobody{};

  terms_source rows_;
  const event_order* order_;
  beginning ahead_, cycle_;
  beginning unbroken_;       // of the cycle before every reopening since
  const event* removed_by_;  // a cancellation that removes breaches
  bool more_ = false;
  bool corrected_ = false;
  end_of_cycle seen_;
};

}  // namespace v0
}  // namespace sla
