// SPDX-License-Identifier: MIT
#pragma once

// The slow, obvious judge of one clock: time is a row of ticks (one second each, from 0 on), a set of ticks is a
// vector of bools, and every question is answered by walking from the start again. It shares no code with the
// library: it reads events and terms, and computes with plain integers.

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include <sla/clock/event.hpp>
#include <sla/clock/terms.hpp>
#include <sla/clock/verdict.hpp>

namespace clock_reference {

using tick = std::int64_t;
inline constexpr tick never = 1'000'000'000, unknown = 2'000'000'000;

/// Open ticks; past the last one nothing is open any more, or nothing is known. Dates are so many ticks long.
struct hours {
  static constexpr tick day = 60;
  std::vector<bool> open;
  bool endless = false;
};

struct row {
  sla::clock_terms terms;
  const hours* by = nullptr;        // null: every tick is open
  const hours* calendar = nullptr;  // of what is no limit: confirmation, reception
};

struct result {
  std::uint32_t cycle = 1;
  sla::outcome outcome = sla::outcome::open;
  sla::activity activity = sla::activity::not_started;
  std::optional<tick> started, due, done, breached_at;
  tick counted = 0, worked = 0, elapsed = 0, remaining = 0, overdue = 0, overdue_elapsed = 0;
  std::array<tick, sla::party_count> paused{};
  bool before_report = false, unconfirmed = false;
};

inline tick of(sla::instant t) {
  return t.is_never() ? never : (t.is_unknown() ? unknown : t.unix_seconds());
}

/// The records that count, in order.
inline std::vector<sla::event> effective(const std::vector<sla::event>& log, tick as_of) {
  std::vector<sla::event> out;
  for (const sla::event& e : log) {
    bool stays = !e.retracted && of(e.at) <= as_of;
    for (const sla::event& other : log)
      stays = stays && !(e.id != 0 && other.id == e.id && other.revision > e.revision);
    for (const sla::event& kept : out) {
      sla::event same = kept;
      same.row = e.row;
      stays = stays && !(same == e);
    }
    if (stays) out.push_back(e);
  }
  const auto before = [](const sla::event& a, const sla::event& b) {
    if (a.at != b.at) return a.at < b.at;
    if (a.sequence != b.sequence) return a.sequence < b.sequence;
    return static_cast<int>(a.kind) < static_cast<int>(b.kind);
  };
  for (std::size_t i = 1; i < out.size(); ++i)
    for (std::size_t k = i; k > 0 && before(out[k], out[k - 1]); --k) std::swap(out[k], out[k - 1]);
  return out;
}

class judge {
 public:
  judge(std::map<int, row> rows, int at_report, std::vector<sla::event> log, tick as_of)
      : rows_(std::move(rows)), events_(effective(log, as_of)), as_of_(as_of), row_(&rows_.at(at_report)) {
    for (const sla::event& e : events_)
      if (e.kind == sla::event_kind::cancel) {
        removed_ = e.cancelled != sla::cancel_cause::withdrawn && e.agreed_by == sla::party::customer;
        break;
      }
    run();
  }
  const std::vector<result>& results() const { return results_; }

 private:
  struct promise {
    const row* by;
    tick from;
    tick not_before;
    tick target;  // extensions included
    tick fixed = -1;
    tick used_before = 0;  // carried
    std::array<tick, sla::party_count> paused_before{};
    std::map<int, tick> caps_before;
  };
  struct walked {
    std::optional<tick> reached;  // first tick at which the target is used up
    tick counted = 0;
    std::array<tick, sla::party_count> paused{};
    std::map<int, tick> caps;
    bool stopped_now = false;  // the tick at the end would be stopped
    bool held_now = false;     // ... and no cap will end it
  };
  static bool open(const row& r, tick t) {
    return r.by == nullptr ||
           (t >= 0 && t < static_cast<tick>(r.by->open.size()) && r.by->open[static_cast<std::size_t>(t)]);
  }
  static tick horizon(const row& r) { return r.by == nullptr ? 5000 : static_cast<tick>(r.by->open.size()); }

  // Reasons active during [t, t + 1), as known after every event so far.
  std::set<int> active_at(tick t) const {
    std::set<int> out;
    for (const auto& [at, active] : history_)
      if (at <= t) out = active;
    return out;
  }
  bool closed_at(tick t) const {
    for (const auto& [a, b] : closed_)
      if (a <= t && t < b) return true;
    return false;
  }

  walked walk(const promise& p, tick end) const {
    walked w;
    w.counted = p.used_before;
    w.paused = p.paused_before;
    w.caps = p.caps_before;
    const sla::clock_terms& terms = p.by->terms;
    for (tick t = p.from;; ++t) {
      if (!w.reached && w.counted >= p.target) w.reached = t;
      std::set<int> stopping, capped;
      bool customers = true;
      int first = sla::party_count;
      if (!w.reached)
        for (int r : active_at(t)) {
          const auto i = static_cast<std::size_t>(r);
          if (((terms.stopped_by >> r) & 1U) == 0) continue;
          const sla::pause_reason& reason = terms.reasons[i];
          if (reason.cap && w.caps[r] >= reason.cap->count()) continue;
          stopping.insert(r);
          if (reason.cap) capped.insert(r);
          customers = customers && reason.by == sla::party::customer;
          first = std::min(first, static_cast<int>(reason.by));
        }
      w.stopped_now = !stopping.empty();
      w.held_now = stopping.size() > capped.size();
      if (t >= end) return w;
      if (!open(*p.by, t)) continue;
      if (!w.reached && closed_at(t)) {
        ++w.paused[static_cast<std::size_t>(sla::party::nobody)];
      } else if (stopping.empty()) {
        ++w.counted;
      } else {
        ++w.paused[static_cast<std::size_t>(first)];
        if (customers)
          for (int r : capped) ++w.caps[r];
      }
    }
  }
  // When p is due if nothing else happens; nothing while held.
  std::optional<tick> due(const promise& p, tick now) const {
    const walked so_far = walk(p, now);
    std::optional<tick> reached = so_far.reached;
    if (!reached) {
      const walked all = walk(p, std::max(horizon(*p.by), now) + 1);
      if (all.reached && (p.by->by == nullptr || *all.reached <= horizon(*p.by))) reached = all.reached;
      if (!reached && all.held_now) return std::nullopt;
      if (!reached) return std::max(p.by->by == nullptr || p.by->by->endless ? unknown : never, p.fixed);
    }
    tick at = *reached;
    if (p.by->terms.landing == sla::due_at::next_opening && p.by->by != nullptr) {
      while (at < horizon(*p.by) && !open(*p.by, at)) ++at;
      if (at >= horizon(*p.by)) at = p.by->by->endless ? unknown : *reached;
    }
    return std::max(at, p.fixed);
  }
  const promise& binding(tick now) const {
    const promise* best = &promises_[0];
    for (const promise& p : promises_) {
      const auto a = due(p, now), b = due(*best, now);
      const bool less =
          a && b ? *a < *b
                 : (a || b ? a.has_value()
                           : p.target - walk(p, now).counted < best->target - walk(*best, now).counted);
      if (less) best = &p;
    }
    return *best;
  }
  void look(tick now) {
    if (breached_at_ || promises_.empty()) return;
    const promise best = binding(now);
    const auto at = due(best, now);
    if (!at || *at >= now) return;
    breached_at_ = std::max(*at, best.not_before);
    promises_ = {best};
  }
  promise fresh(const row& r, tick from, tick not_before) const {
    promise p{&r, from, not_before, r.terms.limit.count(), -1, 0, {}, {}};
    return p;
  }
  promise from_start(const row& r, tick change) const {
    promise p = fresh(r, started_, change);
    to_grid(p);
    for (const sla::event& e : extensions_) extend(p, e);
    return p;
  }
  // Periodic updates on a grid: the target is what is left to the first line after both the start and the last line.
  void to_grid(promise& p) const {
    const tick step = p.by->terms.limit.count();
    if (!p.by->terms.repeats || p.by->terms.updates != sla::next_update::on_grid || step == 0) return;
    tick passed = 0, line = 0;
    for (tick t = grid_from_; t < started_; ++t) passed += open(*p.by, t) ? 1 : 0;
    while (line <= passed || line <= grid_line_) line += step;
    p.target = line - passed;
  }
  static void extend(promise& p, const sla::event& e) {
    if (e.until.is_unknown()) {
      p.target += e.by.count();
    } else {
      p.fixed = std::max(p.fixed, of(e.until));
    }
  }

  result verdict(tick end, std::optional<tick> done) {
    result v;
    v.cycle = cycle_;
    v.started = started_;
    v.done = done;
    v.elapsed = std::max<tick>(end - started_, 0);
    v.activity = done ? sla::activity::stopped : sla::activity::running;
    if (promises_.empty()) {
      v.outcome = sla::outcome::not_applicable;
      v.activity = sla::activity::not_started;
      return v;
    }
    look(end);
    const promise& p = binding(end);
    const walked w = walk(p, end);
    const auto at = due(p, end);
    v.counted = w.counted;
    v.paused = w.paused;
    v.worked = w.counted;
    for (tick x : w.paused) v.worked += x;
    const bool paused = w.stopped_now;
    if (!paused) v.due = at;
    if (!done && paused) v.activity = sla::activity::paused;
    if (!done && !paused && !open(*p.by, end)) v.activity = sla::activity::idle;
    const bool decided = p.by->by == nullptr || end <= horizon(*p.by);
    if (breached_at_) {
      v.outcome = sla::outcome::breached;
      v.breached_at = breached_at_;
      v.overdue_elapsed = end - *at;
      for (tick t = *at; t < end; ++t) v.overdue += open(*p.by, t) ? 1 : 0;
    } else {
      v.remaining = std::max<tick>(p.target - w.counted, 0);
      if (p.fixed > end) {
        tick left = 0;
        for (tick t = end; t < p.fixed; ++t) left += open(*p.by, t) ? 1 : 0;
        v.remaining = std::max(v.remaining, left);
      }
      v.outcome = (!at || *at == unknown) && !decided ? sla::outcome::undetermined
                                                      : (done ? sla::outcome::met : sla::outcome::open);
    }
    return v;
  }

  tick confirmation_end(tick stop) const {
    const sla::time_limit& span = *row_->terms.confirmation;
    if (!span.needs_calendar()) return stop + span.count();
    const hours& by = *row_->calendar;
    tick left = span.count(), t = stop;
    for (; left > 0; ++t) {
      if (t >= static_cast<tick>(by.open.size())) return by.endless ? unknown : never;
      left -= by.open[static_cast<std::size_t>(t)] ? 1 : 0;
    }
    return t;
  }

  // Rule T14: what comes after the cut-off of the date that opened last is received at the next date's opening.
  tick received(tick at) const {
    if (!row_->terms.cut_off) return at;
    std::map<tick, tick> first_open;  // by date: an interval is of the date on which it opens
    const std::vector<bool>& open = row_->calendar->open;
    for (std::size_t t = 0; t < open.size(); ++t)
      if (open[t] && (t == 0 || !open[t - 1])) first_open.emplace(static_cast<tick>(t) / hours::day, t);
    tick latest = -1;
    for (const auto& [date, opening] : first_open)
      if (opening <= at) latest = date;
    if (latest >= 0 && at - latest * hours::day <= row_->terms.cut_off->count()) return at;
    const auto next = first_open.upper_bound(latest);
    return next == first_open.end() ? at : next->second;
  }
  void start(tick at, bool from_update = false) {
    if (from_update) {
      promise last = fresh(*row_, started_, -1);
      const tick step = row_->terms.limit.count();
      to_grid(last);
      tick passed = 0;
      for (tick t = grid_from_; t < started_; ++t) passed += open(*row_, t) ? 1 : 0;
      if (step != 0) grid_line_ = passed + last.target;
    }
    if (!from_update) {
      at = received(at);
      grid_from_ = at;
      grid_line_ = 0;
    }
    begun_ = true;
    started_ = at;
    promises_.clear();
    extensions_.clear();
    closed_.clear();
    breached_at_.reset();
    stop_.reset();
    if (!row_->terms.promised) return;
    promises_.push_back(fresh(*row_, at, -1));
    to_grid(promises_[0]);
  }
  struct snapshot {
    tick at;
    bool final;
    tick until;
    sla::moment what;
    result seen;
    std::vector<promise> promises;
    std::optional<tick> breached_at;
  };
  void stop(tick at, sla::moment what, bool repeat = false) {
    const bool asks = row_->terms.confirmation.has_value() && !repeat;
    stop_ = snapshot{at, !asks, asks ? confirmation_end(at) : at, what, {}, {}, {}};
    last_rejectable_ = what;
    if (begun_) taken();
  }
  void taken() {
    stop_->seen = verdict(std::max(stop_->at, started_), stop_->at);
    stop_->seen.before_report = stop_->at < started_;
    stop_->promises = promises_;
    stop_->breached_at = breached_at_;
  }
  bool voidable(tick at) const { return stop_ && !stop_->final && at <= stop_->until; }
  bool matters(tick at) const {
    return begun_ &&
           (!stop_ || voidable(at) || row_->terms.reopening == sla::on_reopen::continue_counting_closed);
  }
  void finish(result v, bool cancelled) {
    if (v.outcome != sla::outcome::not_applicable) {
      if (waived_ && !(v.outcome == sla::outcome::met && *v.done <= *waived_))
        v.outcome = sla::outcome::waived;
      if (cancelled && !v.done) {
        if (v.outcome == sla::outcome::open || v.outcome == sla::outcome::undetermined)
          v.outcome = sla::outcome::cancelled;
        v.activity = sla::activity::stopped;
      }
      if (removed_ && v.outcome == sla::outcome::breached) v.outcome = sla::outcome::cancelled;
    }
    v.cycle = cycle_;
    results_.push_back(v);
  }

  void change(const sla::event& e, tick at) {
    const auto found = rows_.find(e.to.severity);
    if (found == rows_.end()) return;
    const row& to = found->second;
    const bool promised_now = row_->terms.promised, agreed = e.agreed_by == sla::party::customer;
    const auto how = row_->terms.changing;
    const bool all_by_start =
        how == sla::on_change::remeasure ||
        (how == sla::on_change::by_cause &&
         (e.why == sla::change_cause::corrected || (e.why == sla::change_cause::improved && agreed)));
    if (matters(at)) {
      look(at);
      const tick from_now = std::max(at, started_);
      if (!breached_at_) {
        if (all_by_start) {
          promises_.clear();
          if (to.terms.promised) promises_ = {from_start(to, at)};
        } else if (how == sla::on_change::restart) {
          promises_.clear();
          if (to.terms.promised) promises_ = {fresh(to, from_now, at)};
        } else if (how == sla::on_change::carry) {
          if (!to.terms.promised) {
            promises_.clear();
          } else if (promises_.empty()) {
            promises_ = {fresh(to, from_now, at)};
          } else {
            const promise old = binding(at);
            const walked w = walk(old, at);
            promise p = fresh(to, from_now, at);
            p.used_before = w.counted;
            p.paused_before = w.paused;
            p.caps_before = w.caps;
            promises_ = {p};
          }
        } else if (e.why == sla::change_cause::worsened) {
          if (to.terms.promised) promises_.push_back(fresh(to, from_now, at));
        } else if (to.terms.promised) {  // improved, not agreed: the stricter
          promises_.push_back(from_start(to, at));
        }
        look(at);
      }
    }
    const bool stays =
        how == sla::on_change::by_cause &&
        ((e.why == sla::change_cause::worsened && !to.terms.promised) ||
         (e.why == sla::change_cause::improved && !agreed && (promised_now || !to.terms.promised)));
    if (!stays) row_ = &to;
  }

  void run() {
    std::set<int> active;
    history_.push_back({-1'000'000, {}});
    for (const sla::event& e : events_) {
      const tick at = of(e.at);
      const auto& t = row_->terms;
      const bool moment = e.kind == sla::event_kind::start || e.kind == sla::event_kind::milestone ||
                          e.kind == sla::event_kind::stop || e.kind == sla::event_kind::confirm;
      const sla::moment_set stops = t.repeats ? t.ends | t.closed_by : t.stops | t.closed_by;
      if (moment && !begun_ && t.starts.contains(e.what)) {
        const auto early = stop_;
        start(at);
        if (early) {
          stop_ = early;
          taken();
        }
      } else if (moment && begun_ && !stop_ && t.repeats && t.stops.contains(e.what)) {
        stop(at, e.what, true);
        late_before_ = stop_->seen.breached_at.has_value();
        finish(stop_->seen, false);
        ++cycle_;
        waived_.reset();
        start(at, true);
      } else if (moment) {
        const bool was = stop_.has_value();
        if (!was && stops.contains(e.what)) stop(at, e.what);
        if ((t.rejectable.empty() ? stops : t.rejectable).contains(e.what)) last_rejectable_ = e.what;
        if (was && e.kind == sla::event_kind::confirm) stop_->final = true;
      } else if (e.kind == sla::event_kind::pause || e.kind == sla::event_kind::resume) {
        if (e.kind == sla::event_kind::pause && e.reason < t.reasons.size()) active.insert(e.reason);
        if (e.kind == sla::event_kind::resume && e.reason == sla::any_reason) active.clear();
        if (e.kind == sla::event_kind::resume) active.erase(e.reason);
        history_.push_back({at, active});
      } else if (e.kind == sla::event_kind::reject) {
        if (voidable(at) && at > stop_->at && last_rejectable_ == stop_->what) stop_.reset();
      } else if (e.kind == sla::event_kind::reopen) {
        if (!begun_) {
          stop_.reset();
        } else if (stop_ && t.reopening == sla::on_reopen::new_cycle) {
          finish(stop_->seen, false);
          ++cycle_;
          waived_.reset();
          start(at);
          // Only what is promised from the report on is promised again by reopening; the rest waits for its stage.
          begun_ = t.starts.contains(sla::moment::reported) || t.starts.contains(sla::moment::detected) ||
                   t.starts.contains(sla::moment::occurred);
        } else if (stop_ && t.reopening == sla::on_reopen::continue_excluding_closed) {
          promises_ = stop_->promises;
          breached_at_ = stop_->breached_at;
          closed_.push_back({stop_->at, at});
          stop_.reset();
        } else if (stop_) {
          stop_.reset();
        }
      } else if (e.kind == sla::event_kind::change) {
        change(e, at);
      } else if (e.kind == sla::event_kind::extend) {
        if (e.agreed_by == sla::party::customer && (e.clock == sla::any_clock || e.clock == t.clock)) {
          if (begun_) extensions_.push_back(e);
          if (begun_ && stop_ && stop_->seen.outcome == sla::outcome::breached) waived_ = at;
          if (matters(at)) {
            look(at);
            if (breached_at_) {
              waived_ = at;
            } else {
              for (promise& p : promises_) extend(p, e);
            }
          }
        }
      } else if (e.kind == sla::event_kind::waive) {
        if (e.agreed_by == sla::party::customer && (e.clock == sla::any_clock || e.clock == t.clock)) {
          if (begun_ && !stop_) look(at);
          if (late_before_ && !stop_ && !breached_at_) {
            results_.back().outcome = sla::outcome::waived;
          } else {
            waived_ = at;
          }
          late_before_ = false;
        }
      } else if (e.kind == sla::event_kind::cancel) {
        end(at, true);
        return;
      }
    }
    end(as_of_, false);
  }
  void end(tick at, bool cancelled) {
    if (!begun_) {
      result v;
      v.outcome = row_->terms.promised ? sla::outcome::open : sla::outcome::not_applicable;
      if (row_->terms.promised) v.remaining = row_->terms.limit.count();
      finish(v, cancelled);
    } else if (stop_) {
      result v = stop_->seen;
      v.unconfirmed = !cancelled && voidable(at);
      finish(v, cancelled);
    } else {
      result v = verdict(at, std::nullopt);
      if (at < started_) v.activity = sla::activity::not_started;  // sent, and not yet received
      finish(v, cancelled);
    }
  }

  std::map<int, row> rows_;
  std::vector<sla::event> events_;
  tick as_of_;
  const row* row_;
  bool removed_ = false, begun_ = false;
  bool late_before_ = false;  // the update before was late, and no waiver has come since
  tick started_ = 0, grid_from_ = 0, grid_line_ = 0;
  std::uint32_t cycle_ = 1;
  sla::moment last_rejectable_ = sla::moment::resolved;
  std::vector<promise> promises_;
  std::vector<sla::event> extensions_;
  std::vector<std::pair<tick, std::set<int>>> history_;
  std::vector<std::pair<tick, tick>> closed_;
  std::optional<tick> breached_at_, waived_;
  std::optional<snapshot> stop_;
  std::vector<result> results_;
};

}  // namespace clock_reference
