// SPDX-License-Identifier: MIT
#pragma once

// Random incidents on a row of a few hundred seconds, with calendars of a few seconds' opening, so that every
// edge is hit often: deadlines on closings, pauses on deadlines, records of one instant.

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <random>
#include <utility>
#include <vector>

#include <sla/calendar/business_time.hpp>
#include <sla/clock/replay.hpp>

#include "clock_reference.hpp"

namespace clock_random {

struct shape {
  int events = 12;
  bool reopen_modes = true;
  bool corrections = true;
  bool extensions = false;  // many of them, agreed dates before added time
};

/// One clock under three grades, the events of an incident, and the same in the reference's terms.
struct incident {
  std::vector<sla::pause_reason> reasons;
  std::vector<sla::warning> warnings;
  clock_reference::hours hours;
  std::deque<sla::business_time> calendars;
  std::array<sla::clock_terms, 3> terms;
  std::vector<sla::event> log;
  std::uint8_t at_report = 0;
  std::int64_t as_of = 0;

  [[nodiscard]] auto rows() const noexcept {
    return [this](const sla::grade& g) noexcept -> const sla::clock_terms* {
      return g.severity < terms.size() ? &terms[g.severity] : nullptr;
    };
  }
  [[nodiscard]] std::map<int, clock_reference::row> reference_rows() const {
    std::map<int, clock_reference::row> out;
    for (std::size_t i = 0; i < terms.size(); ++i)
      out[static_cast<int>(i)] = {terms[i], terms[i].limit.needs_calendar() ? &hours : nullptr, &hours};
    return out;
  }
  [[nodiscard]] std::vector<clock_reference::result> expected() const {
    return clock_reference::judge(reference_rows(), at_report, log, as_of).results();
  }
  [[nodiscard]] std::vector<sla::verdict> verdicts(sla::instant at) const {
    const auto get = rows();
    const sla::event_order order(log, at);
    sla::clock_replay replay(get, sla::grade{at_report, 0, 0}, order);
    std::vector<sla::verdict> out;
    for (sla::verdict v; replay.next(v);) out.push_back(v);
    return out;
  }
  [[nodiscard]] std::vector<sla::verdict> verdicts() const {
    return verdicts(sla::instant::from_unix(as_of));
  }
};

class generator {
 public:
  explicit generator(std::uint64_t seed) : random_(seed) {}

  int below(int n) { return static_cast<int>(random_() % static_cast<std::uint64_t>(n)); }
  bool one_in(int n) { return below(n) == 0; }

  // The incident refers to itself, so it is filled in place.
  void fill(incident& x, const shape& how = {}) {
    calendar(x);
    reasons(x);
    for (auto& t : x.terms) t.clock = 3;
    rows(x, how);
    const int n = below(how.events + 1);
    for (int i = 0; i < n; ++i) x.log.push_back(event(x, how));
    if (!one_in(4)) x.log.push_back(sla::event::of(sla::moment::reported, at(40)));
    // Records that only their content would order are numbered: rule C1 does not say which of them comes first.
    for (std::size_t i = 0; i < x.log.size(); ++i)
      for (std::size_t k = 0; k < i; ++k) {
        const sla::event &a = x.log[i], &b = x.log[k];
        if (a.at == b.at && a.sequence == b.sequence && a.kind == b.kind && !(a == b))
          x.log[i].sequence = 10 + static_cast<int>(i);
      }
    for (std::size_t i = 0; i < x.log.size(); ++i) x.log[i].row = static_cast<std::uint32_t>(i);
    x.at_report = static_cast<std::uint8_t>(below(3));
    x.as_of = below(300);
  }

 private:
  sla::instant at(int n) { return sla::instant::from_unix(below(n)); }

  void calendar(incident& x) {
    sla::compiled_calendar c;
    const int end = 240;
    c.cover = {sla::instant::from_unix(0), sla::instant::from_unix(end)};
    c.endless = one_in(2);
    x.hours.endless = c.endless.after;
    x.hours.open.assign(end, false);
    // Dates of a minute each: the local clock leaps over the rest of the day.
    const auto minute = clock_reference::hours::day;
    for (std::int64_t d = 0; d * minute <= end; ++d)
      c.offsets.push_back({sla::instant::from_unix(d == 0 ? -200'000 : d * minute),
                           std::chrono::seconds(d * (86'400 - minute))});
    for (int t = below(30); t < end;) {
      const int close = std::min(end, t + 1 + below(40));
      const sla::interval open{sla::instant::from_unix(t), sla::instant::from_unix(close)};
      const std::chrono::sys_days date{std::chrono::days(t / minute)};
      if (c.days.empty() || c.days.back().date != date) c.days.push_back({date, open.begin, open.end});
      c.days.back().last_close = open.end;
      c.open.push_back(open);
      for (int i = t; i < close; ++i) x.hours.open[static_cast<std::size_t>(i)] = true;
      t = close + 1 + below(30);
    }
    x.calendars.emplace_back(std::move(c));
  }
  void reasons(incident& x) {
    for (int i = 0; i < 4; ++i) {
      sla::pause_reason r;
      r.by = static_cast<sla::party>(one_in(2) ? 0 : below(5));
      if (r.by == sla::party::customer && one_in(2)) r.cap = std::chrono::seconds(below(25));
      x.reasons.push_back(r);
    }
  }
  void rows(incident& x, const shape& how) {
    const auto stopped_by = static_cast<sla::reason_mask>(below(16));
    const int changing = one_in(2) ? 0 : below(4);
    const int reopening = how.reopen_modes ? below(3) : 0;
    const bool repeats = one_in(6), asks = one_in(3), many = one_in(3);
    const bool receives = one_in(5), accepts = one_in(4);
    const int span = below(30);
    const bool worked_span = one_in(3), grid = one_in(2);
    // A row may state more than its limit; where a reopened clock goes on, rows stop alike.
    const bool differ = reopening == 0 && one_in(3);
    for (auto& t : x.terms) {
      t.promised = !one_in(8);
      t.calendar = &x.calendars[0];
      t.limit = one_in(2) ? sla::time_limit(sla::worked(std::chrono::seconds(below(60))))
                          : sla::time_limit(std::chrono::seconds(below(60)));
      t.starts = accepts ? sla::moment::reported | sla::moment::accepted : sla::moment::reported;
      t.stops = repeats ? sla::moment::updated : sla::moment::resolved;
      if (repeats) t.ends = sla::moment::resolved;
      t.repeats = repeats;
      if (grid) t.updates = sla::next_update::on_grid;
      if (many) t.closed_by = sla::moment_set(sla::moment::restored);
      t.stopped_by = one_in(4) ? static_cast<sla::reason_mask>(below(16)) : stopped_by;
      t.reasons = x.reasons;
      if (asks)
        t.confirmation = worked_span ? sla::time_limit(sla::worked(std::chrono::seconds(span)))
                                     : sla::time_limit(std::chrono::seconds(span));
      if (asks && many) t.rejectable = sla::moment::resolved | sla::moment::responded;
      t.landing = one_in(4) ? sla::due_at::next_opening : sla::due_at::closing;
      if (receives && !one_in(4)) t.cut_off = std::chrono::seconds(below(60));
      t.changing = static_cast<sla::on_change>(changing);
      t.reopening = static_cast<sla::on_reopen>(reopening);
      if (differ) say_more(t);
    }
  }
  // Options of one row alone: what a decision table makes where its rows state them.
  void say_more(sla::clock_terms& t) {
    if (one_in(3))
      t.starts =
          one_in(2) ? sla::moment_set(sla::moment::accepted) : sla::moment::reported | sla::moment::accepted;
    if (one_in(3)) t.stops = t.stops | sla::moment::responded;
    if (one_in(3)) t.closed_by = one_in(2) ? sla::moment_set(sla::moment::restored) : sla::moment_set();
    if (one_in(3)) t.confirmation = std::chrono::seconds(below(30));
    if (one_in(4)) t.confirmation.reset();
    if (one_in(3)) t.changing = static_cast<sla::on_change>(below(4));
    if (one_in(3)) t.landing = sla::due_at::next_opening;
  }
  sla::event event(incident&, const shape& how) {
    using sla::moment;
    sla::event e;
    const auto t = at(200);
    const auto reason = static_cast<sla::reason_id>(below(5));
    const auto agreed = one_in(4) ? sla::party::vendor : sla::party::customer;
    int kind = below(16);
    if (how.extensions && kind >= 6 && kind < 12 && !one_in(4)) kind = 14;
    switch (kind) {
      case 0:
      case 1:
      case 2: e = sla::event::pause(t, reason); break;
      case 3: e = sla::event::resume(t); break;
      case 4:
      case 5: e = sla::event::resume(t, reason); break;
      case 6: e = sla::event::of(moment::resolved, t); break;
      case 7: e = sla::event::of(moment::updated, t); break;
      case 8: e = sla::event::of(one_in(2) ? moment::restored : moment::responded, t); break;
      case 9: e = one_in(6) ? sla::event::of(moment::accepted, t) : sla::event::reopen(t); break;
      case 10: e = sla::event::reject(t); break;
      case 11:
        e = one_in(2) ? sla::event::of(moment::confirmed, t) : sla::event::of(moment::resolved, t);
        break;
      case 12:
      case 13:
        e = sla::event::change(t, {static_cast<std::uint8_t>(below(4)), 0, 0},
                               static_cast<sla::change_cause>(below(3)), agreed);
        break;
      case 14:
        e = one_in(2) ? sla::event::extend(t, std::chrono::seconds(below(30)), agreed,
                                           one_in(3) ? 3 : sla::any_clock)
                      : sla::event::extend_until(t, at(230), agreed);
        if (one_in(3)) e = sla::event::waive(t, agreed, one_in(3) ? 2 : sla::any_clock);
        break;
      default:
        e = one_in(3) ? sla::event::cancel(t, static_cast<sla::cancel_cause>(below(3)), agreed)
                      : sla::event::pause(t, reason);
    }
    if (one_in(6)) e.sequence = below(3) - 1;
    if (how.corrections && one_in(4)) {
      e.id = static_cast<std::uint64_t>(1 + below(4));
      e.revision = ++revisions_;  // distinct, so that the latest is one record
      e.retracted = one_in(4);
    }
    return e;
  }

  std::mt19937_64 random_;
  std::uint32_t revisions_ = 0;
};

}  // namespace clock_random
