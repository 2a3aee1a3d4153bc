// SPDX-License-Identifier: MIT
#pragma once

// Why two instants are so far apart in business time: the stretches that were counted, the dated exceptions that
// touched the span, and what all that rests on.
//
//     sla::span_report r = sla::explain(hours, {reported, due});
//     r.total                     // 30 business minutes
//     r.counted                   // 09-30 17:55-18:00, 10-08 08:30-08:55
//     r.touched[0].text           // what closed 2026-10-01
//
// The hard question: which exceptions touched it? Those of every local date that shares a second with the span, and
// those of the date before, whose night shift may reach into it.

#include <algorithm>
#include <chrono>
#include <vector>

#include <sla/base/interval_set.hpp>
#include <sla/base/units.hpp>
#include <sla/calendar/business_time.hpp>
#include <sla/calendar/compiled_calendar.hpp>

namespace sla {
inline namespace v0 {

struct span_report {
  interval span;
  /// The open stretches of the span, cut to it, in order; their lengths add up to total.
  std::vector<interval> counted;
  sla::worked total;
  /// In order of date.
  std::vector<dated_note> touched;
  /// Whether the whole span is covered; what lies outside was not counted.
  bool covered = false;
  /// Whether it reaches out of what the holiday data speak of (T9).
  bool provisional = false;
  std::vector<named_version> zones;
  std::vector<named_version> holidays;
};

/// Explains worked(span.begin, span.end); an empty span has nothing counted. Linear in what it answers.
[[nodiscard]] inline span_report explain(const business_time& calendar, interval span) {
  span_report r;
  r.span = span;
  for (const interval& i : calendar.open_in(span)) r.counted.push_back(intersect(i, span));
  r.total = span.empty() ? sla::worked() : calendar.worked(span.begin, span.end);
  r.covered = calendar.covers(span.begin) && calendar.covers(span.end);
  // The end is no part of the span: one that ends with the last known date rests on known ones alone.
  r.provisional = !span.empty() && (calendar.is_provisional(span.begin) ||
                                    calendar.is_provisional(span.end - std::chrono::seconds(1)));
  r.zones.assign(calendar.zones().begin(), calendar.zones().end());
  r.holidays.assign(calendar.holidays().begin(), calendar.holidays().end());
  const interval inside = intersect(span, calendar.cover());
  if (inside.empty()) return r;
  // Dates of several zones are within a day of UTC's.
  const auto utc_date = [](instant t) { return std::chrono::floor<std::chrono::days>(t.sys()); };
  const std::chrono::days slack(calendar.has_business_days() ? 0 : 1);
  const auto local_date = [&](instant t) {
    return calendar.has_business_days() ? calendar.local_date(t) : utc_date(t);
  };
  const auto first = local_date(inside.begin) - std::chrono::days(1) - slack;
  const auto last = local_date(inside.end - std::chrono::seconds(1)) + slack;
  for (const dated_note& n : calendar.notes())
    if (first <= n.date && n.date <= last) r.touched.push_back(n);
  return r;
}

}  // namespace v0
}  // namespace sla
