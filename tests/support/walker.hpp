// SPDX-License-Identifier: MIT
#pragma once

// The oracle of business time: it decides, from the description alone, whether one instant is open, and counts by
// walking. Written from rules T5, T6 and T8; it knows nothing of compiling, indexing or intervals in UTC.
//
// Statements about one date count by their rank (dated before recurring before the week, then by precedence). It reads
// descriptions in which no two of a date have one rank: which of those counts nobody can say.

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include <sla/calendar/calendar_spec.hpp>

namespace oracle {

using std::chrono::days;
using std::chrono::seconds;
using std::chrono::sys_days;

class walker {
 public:
  explicit walker(const sla::calendar_spec& spec) : spec_(spec) {}

  // T6: an instant is open when its local time lies in a date's hours; a shift's tail belongs to the date it opened.
  bool is_open(sla::instant t) const {
    const std::int64_t local = t.unix_seconds() + spec_.zone.offset_at(t).count();
    const sys_days today = std::chrono::floor<days>(std::chrono::sys_seconds(seconds(local)));
    for (int back = 0; back <= 2; ++back)
      if (open_by(today - days(back), local)) return true;
    return false;
  }

  // Second by second.
  std::int64_t worked_by_seconds(sla::instant a, sla::instant b) const {
    std::int64_t sum = 0;
    for (; a < b; a = a + seconds(1)) sum += is_open(a);
    return sum;
  }

  // Over local dates: between two neighbouring edges that any date's hours could have, nothing changes.
  std::int64_t worked_by_dates(sla::instant a, sla::instant b) const {
    std::int64_t sum = 0;
    for_each_piece(a, b, [&](sla::instant from, sla::instant to) {
      sum += (to - from).count();
      return true;
    });
    return sum;
  }
  // From the first instant open by a shift of this date to the end of the last one; nothing where none is, or where
  // no clock ever showed the date (T13).
  std::optional<sla::interval> open_of(sys_days date) const {
    std::optional<sla::interval> found;
    bool shown = false;
    spec_.zone.for_each_segment(
        {sla::instant(date) - days(3), sla::instant(date) + days(5)},
        [&](sla::interval s, std::chrono::seconds offset) {
          shown = shown || ((s.begin + offset).sys() < date + days(1) && (s.end + offset).sys() > date);
        });
    if (!shown) return found;
    const std::vector<sla::instant> all = edges({sla::instant(date) - days(3), sla::instant(date) + days(5)});
    for (std::size_t i = 0; i + 1 < all.size(); ++i) {
      const std::int64_t local = all[i].unix_seconds() + spec_.zone.offset_at(all[i]).count();
      if (all[i] == all[i + 1] || !open_by(date, local)) continue;
      found = {found ? found->begin : all[i], all[i + 1]};
    }
    return found;
  }
  sys_days local_date(sla::instant t) const {
    return std::chrono::floor<days>((t + spec_.zone.offset_at(t)).sys());
  }
  // The earliest u with w > 0 seconds open in [t, u), before `limit`.
  std::optional<sla::instant> add_by_dates(sla::instant t, std::int64_t w, sla::instant limit) const {
    std::optional<sla::instant> found;
    for_each_piece(t, limit, [&](sla::instant from, sla::instant to) {
      const std::int64_t here = (to - from).count();
      if (w <= here) found = from + seconds(w);
      w -= here;
      return !found;
    });
    return found;
  }

 private:
  using action = sla::day_change::action;

  // 0: the week, 1: recurring, 2: dated.
  using rank = std::pair<int, int>;
  struct ranked {
    sla::shift hours;
    rank by;
  };

  static bool within(const sla::shift& s, sys_days date, std::int64_t local) {
    const std::int64_t since = local - std::chrono::sys_seconds(date).time_since_epoch().count();
    return s.open <= since && since < s.close;
  }
  static void append(std::vector<ranked>& to, const sla::day_hours& hours, rank by) {
    for (const sla::shift& s : hours) to.push_back({s, by});
  }

  // Whether a shift that opened on this date is open at a local time. Minus hours close those local hours, whichever
  // shift they belong to; but what their own date states above them stays.
  bool open_by(sys_days date, std::int64_t local) const {
    return std::ranges::any_of(shifts(date), [&](const ranked& s) {
      if (!within(s.hours, date, local)) return false;
      for (sys_days d = date - days(1); d <= date + days(2); d += days(1))
        for (const ranked& m : minus(d))
          if (within(m.hours, d, local) && !(d == date && s.by > m.by)) return false;
      return true;
    });
  }

  // Worked out once a date: a walk over seconds asks for each of them 86,400 times.
  const std::vector<ranked>& shifts(sys_days date) const {
    const auto [at, is_new] = shifts_.try_emplace(date);
    if (is_new) at->second = shifts_of(date);
    return at->second;
  }
  const std::vector<ranked>& minus(sys_days date) const {
    const auto [at, is_new] = minus_.try_emplace(date);
    if (is_new)
      for (const auto& [by, change] : statements(date))
        if (change.what() == action::minus) append(at->second, change.hours(), by);
    return at->second;
  }

  // T8: dated exception > recurring holiday > weekly hours; the lowest first.
  std::multimap<rank, sla::day_change> statements(sys_days date) const {
    std::multimap<rank, sla::day_change> all;
    for (const sla::recurring_exception& r : spec_.recurring)
      if (falls_on(r, date)) all.insert({{1, r.precedence}, r.change});
    const sla::holiday_use& use = *in_force(date).second;
    if (const sla::holiday* h = use.set.find(date)) {
      if (h->off() && use.closes(h->kind)) all.insert({{2, use.precedence}, sla::day_change::off()});
      if (!h->off() && use.make_up_open)
        all.insert({{2, use.precedence}, sla::day_change::works_as(h->works_as)});
    }
    for (const sla::calendar_exception& e : spec_.exceptions)
      if (sys_days(e.first) <= date && date <= sys_days(e.last)) all.insert({{2, e.precedence}, e.change});
    return all;
  }
  std::pair<const sla::weekly_hours*, const sla::holiday_use*> in_force(sys_days date) const {
    std::pair now{&spec_.hours, &spec_.holidays};
    for (const sla::calendar_change& c : spec_.changes)
      if (sys_days(c.from) <= date) now = {&c.hours, c.holidays ? &*c.holidays : now.second};
    return now;
  }
  std::vector<ranked> shifts_of(sys_days date) const {
    const sla::weekly_hours& week = *in_force(date).first;
    std::vector<ranked> out;
    append(out, week[std::chrono::weekday(date)], {0, 0});
    for (const auto& [by, c] : statements(date)) {
      if (c.replaces()) out.clear();
      if (c.what() == action::works_as) append(out, week[c.weekday()], by);
      if (c.what() == action::exactly || c.what() == action::extra) append(out, c.hours(), by);
    }
    return out;
  }
  static bool falls_on(const sla::recurring_exception& r, sys_days date) {
    return sla::date_in(std::chrono::year_month_day(date).year(), r.when) == date;
  }

  // Between two neighbours of these, no date's hours begin or end and no offset changes.
  std::vector<sla::instant> edges(sla::interval range) const {
    std::vector<sla::instant> out{range.begin, range.end};
    const sla::interval around{range.begin - days(5), range.end + days(5)};
    spec_.zone.for_each_segment(around, [&](sla::interval s, seconds offset) {
      out.push_back(s.begin);
      for (sys_days d = std::chrono::floor<days>(around.begin.sys()); d < around.end.sys(); d += days(1)) {
        std::vector<ranked> hours = shifts(d);
        const std::vector<ranked>& gone = minus(d);
        hours.insert(hours.end(), gone.begin(), gone.end());
        for (const ranked& h : hours)
          for (const std::int32_t edge : {h.hours.open, h.hours.close})
            out.push_back(sla::instant(d) + seconds(edge) - offset);
      }
    });
    std::erase_if(out, [&](sla::instant t) { return t < range.begin || t > range.end; });
    std::sort(out.begin(), out.end());
    return out;
  }
  // visit(from, to) for open pieces in order, until it answers false.
  template <class Visit>
  void for_each_piece(sla::instant a, sla::instant b, Visit&& visit) const {
    for (sla::instant from = a; from < b;) {
      const sla::instant to = std::min(b, from + days(7));
      const std::vector<sla::instant> all = edges({from, to});
      for (std::size_t i = 0; i + 1 < all.size(); ++i) {
        if (all[i] == all[i + 1] || !is_open(all[i])) continue;
        if (!visit(all[i], all[i + 1])) return;
      }
      from = to;
    }
  }

  const sla::calendar_spec& spec_;
  mutable std::map<sys_days, std::vector<ranked>> shifts_, minus_;
};

}  // namespace oracle
