// SPDX-License-Identifier: MIT
#pragma once

// Calendars put together (rule T12): open when either is, when both are, when one is and the other is not. The zones
// may differ, because only open time is combined.
//
//     sla::business_time follow_the_sun = shanghai | berlin | new_york;
//     sla::business_time both_at_work = shanghai & berlin;
//     sla::business_time service = always_on - maintenance;
//
// The hard question: what is known about the result? It covers what both cover, and is provisional after the earlier
// of their known-through instants. It goes on past its cover, on either side, where an operand that could open it does:
// by its description, or because its own cover is longer and it opens there.
//
// Business days need one zone. Where both calendars have the same one, a union has the dates of both, and the other
// two keep those of the left calendar that still open; of a shift across an edge of the cover nobody knows whether it
// opens outside, and it is kept. Over different zones there are none, and asking for them is answered with unknown. An
// empty result is a value like any other; calendars that cover no common time are an error.

#include <algorithm>
#include <utility>
#include <vector>

#include <sla/base/error.hpp>
#include <sla/base/interval_set.hpp>
#include <sla/calendar/business_time.hpp>
#include <sla/calendar/compiled_calendar.hpp>

namespace sla {
inline namespace v0 {
namespace detail {

template <class T>
[[nodiscard]] std::vector<T> joined(std::vector<T> a, const std::vector<T>& b) {
  for (const T& x : b)
    if (std::find(a.begin(), a.end(), x) == a.end()) a.push_back(x);
  return a;
}

// Local time in a range: calendars of different covers list their zone's offsets over different ranges.
[[nodiscard]] inline std::vector<zone_offset> offsets_in(const compiled_calendar& c, interval range) {
  std::vector<zone_offset> out;
  for (const zone_offset& o : c.offsets) {
    if (o.from >= range.end) break;
    if (o.from <= range.begin) out.clear();
    out.push_back({std::max(o.from, range.begin), o.offset});
  }
  return out;
}

// What is common to the three: cover, knowledge, versions, and local time where the zone is the same.
[[nodiscard]] inline compiled_calendar joined(const compiled_calendar& a, const compiled_calendar& b) {
  compiled_calendar c;
  c.cover = intersect(a.cover, b.cover);
  if (c.cover.empty()) fail("two calendars that cover no common time cannot be combined");
  c.known_from = std::max(a.known_from, b.known_from);
  c.known_through = std::min(a.known_through, b.known_through);
  c.notes = a.notes;
  c.notes.insert(c.notes.end(), b.notes.begin(), b.notes.end());
  std::sort(c.notes.data(), c.notes.data() + c.notes.size(), [](const dated_note& m, const dated_note& n) {
    return m.date != n.date ? m.date < n.date : m.text < n.text;
  });
  c.notes.erase(std::unique(c.notes.begin(), c.notes.end()), c.notes.end());
  c.zones = joined(a.zones, b.zones);
  c.holidays = joined(a.holidays, b.holidays);
  if (a.zones == b.zones && a.zones.size() == 1 && offsets_in(a, c.cover) == offsets_in(b, c.cover))
    c.offsets = a.offsets;
  return c;
}
[[nodiscard]] inline open_ends beyond(const compiled_calendar& c, interval cover) {
  return {c.endless.before || (!c.open.empty() && c.open.front().begin < cover.begin),
          c.endless.after || (!c.open.empty() && c.open.back().end > cover.end)};
}
inline void set_open(compiled_calendar& c, const interval_set& open) {
  const interval_set inside = open & interval_set{c.cover};
  c.open.assign(inside.begin(), inside.end());
}
[[nodiscard]] inline interval_set open_of(const compiled_calendar& c) { return interval_set(c.open); }

// The dates of `days` that matter to the cover: from some days before it to the one on which it ends.
[[nodiscard]] inline std::vector<business_date> dates_around(const compiled_calendar& c,
                                                             const std::vector<business_date>& days) {
  if (c.offsets.empty()) return {};
  const auto date = [&](instant t) {
    std::chrono::seconds offset = c.offsets.front().offset;
    for (const zone_offset& o : c.offsets)
      if (o.from <= t) offset = o.offset;
    return std::chrono::floor<std::chrono::days>((t + offset).sys());
  };
  const auto first = date(c.cover.begin) - std::chrono::days(6), last = date(c.cover.end);
  std::vector<business_date> out;
  for (const business_date& d : days)
    if (first <= d.date && d.date <= last) out.push_back(d);
  return out;
}
// Of these dates those that the calendar opens on, with its own first opening and last closing. What lies outside the
// cover stays as it was.
inline void keep_dates(compiled_calendar& c, const std::vector<business_date>& days) {
  for (const business_date& d : dates_around(c, days)) {
    const bool begins_before = d.first_open<c.cover.begin, ends_after = d.last_close> c.cover.end;
    const interval* begin = c.open.data();
    const interval* last = begin + c.open.size();
    const interval* first =
        std::upper_bound(begin, last, d.first_open, [](instant t, const interval& i) { return t < i.end; });
    const interval* after =
        std::lower_bound(begin, last, d.last_close, [](const interval& i, instant t) { return i.begin < t; });
    const bool opens = first != last && first < after;
    if (!opens && !begins_before && !ends_after) continue;
    c.days.push_back({d.date, begins_before || !opens ? d.first_open : std::max(first->begin, d.first_open),
                      ends_after || !opens ? d.last_close : std::min((after - 1)->end, d.last_close)});
  }
}
[[nodiscard]] inline std::vector<business_date> dates_of_both(const std::vector<business_date>& a,
                                                              const std::vector<business_date>& b) {
  std::vector<business_date> out;
  for (std::size_t i = 0, j = 0; i < a.size() || j < b.size();) {
    if (j == b.size() || (i < a.size() && a[i].date < b[j].date)) {
      out.push_back(a[i++]);
    } else if (i == a.size() || b[j].date < a[i].date) {
      out.push_back(b[j++]);
    } else {
      out.push_back({a[i].date, std::min(a[i].first_open, b[j].first_open),
                     std::max(a[i].last_close, b[j].last_close)});
      ++i, ++j;
    }
  }
  return out;
}

}  // namespace detail

/// Open when at least one is. Throws sla::error where the covers share no time; so do the other two.
[[nodiscard]] inline business_time operator|(const business_time& a, const business_time& b) {
  const compiled_calendar x = a.compiled(), y = b.compiled();
  compiled_calendar c = detail::joined(x, y);
  const open_ends p = detail::beyond(x, c.cover), q = detail::beyond(y, c.cover);
  c.endless = {p.before || q.before, p.after || q.after};
  detail::set_open(c, detail::open_of(x) | detail::open_of(y));
  c.days = detail::dates_around(c, detail::dates_of_both(x.days, y.days));
  return business_time(std::move(c));
}
/// Open when both are.
[[nodiscard]] inline business_time operator&(const business_time& a, const business_time& b) {
  const compiled_calendar x = a.compiled(), y = b.compiled();
  compiled_calendar c = detail::joined(x, y);
  const open_ends p = detail::beyond(x, c.cover), q = detail::beyond(y, c.cover);
  c.endless = {p.before && q.before, p.after && q.after};
  detail::set_open(c, detail::open_of(x) & detail::open_of(y));
  detail::keep_dates(c, x.days);
  return business_time(std::move(c));
}
/// Open when a is and b is not.
[[nodiscard]] inline business_time operator-(const business_time& a, const business_time& b) {
  const compiled_calendar x = a.compiled(), y = b.compiled();
  compiled_calendar c = detail::joined(x, y);
  c.endless = detail::beyond(x, c.cover);
  detail::set_open(c, detail::open_of(x) - detail::open_of(y));
  detail::keep_dates(c, x.days);
  return business_time(std::move(c));
}

}  // namespace v0
}  // namespace sla
