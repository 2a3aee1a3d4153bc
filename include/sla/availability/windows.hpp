// SPDX-License-Identifier: MIT
#pragma once

// All windows of a term, by the contract's kind of window.
//
//     // a service from 17 January to the end of 2026, billed from the 31st to the 30th
//     auto all = sla::windows({.kind = sla::window_kind::billing_month, .anchor = 2026y / 1 / 31},
//                             {2026y / 1 / 17, 2027y / 1 / 1}, shanghai, sla::part_window::clip);
//     all[1].label    // "2026-01-31/2026-02-27": the month from 31 January ends before 28 February
//     all[2].label    // "2026-02-28/2026-03-30": and the next begins on it, but the one after on the 31st again
//
// The hard question: a contract that begins on the 16th has half an October. Is October its window from the 16th on
// (`clip`), all of October as if it had run (`full`), or no window at all (`skip`)? The figures differ twofold, so
// the rule is an argument without a default (rules A2, M0).

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <sla/availability/window.hpp>
#include <sla/base/error.hpp>
#include <sla/calendar/zone.hpp>

namespace sla {
inline namespace v0 {

enum class window_kind : std::uint8_t {
  calendar_month,
  calendar_quarter,
  calendar_year,
  billing_month,  ///< from the anchor's day of the month to the day before it; 29 to 31 clamp to a shorter month's last
  fixed_days,     ///< `days` dates each, counted from the anchor both ways
  fixed_minutes,  ///< `length` of real time each, counted from the anchor's first instant both ways
  rolling_days,   ///< one a date: the `days` dates that end with it
};

/// The grid that windows lie on. An anniversary month, the 17th to the 16th, is the billing month anchored at the date
/// the contract began.
struct window_rule {
  window_kind kind = window_kind::calendar_month;
  std::chrono::sys_days
      anchor{};            ///< of billing months, fixed days and minutes: a date on which a window begins
  std::int32_t days = 30;  ///< of fixed and rolling days
  std::chrono::minutes length{43'200};  ///< of fixed minutes
};

/// How long one window of a grid usually is: months of 30 days, quarters of 91, years of 365.
[[nodiscard]] constexpr std::chrono::seconds usual_length(const window_rule& r) noexcept {
  switch (r.kind) {
    case window_kind::calendar_quarter: return std::chrono::days(91);
    case window_kind::calendar_year: return std::chrono::days(365);
    case window_kind::fixed_days:
    case window_kind::rolling_days: return std::chrono::days(r.days);
    case window_kind::fixed_minutes: return r.length;
    case window_kind::calendar_month:
    case window_kind::billing_month: break;
  }
  return std::chrono::days(30);
}

/// How long one can be: months of 31 days, quarters of 92, years of 366, and an hour where clocks are set back.
/// Windows of so many minutes are as long as they say.
[[nodiscard]] constexpr std::chrono::seconds longest(const window_rule& r) noexcept {
  constexpr std::chrono::hours set_back(1);
  switch (r.kind) {
    case window_kind::calendar_quarter: return std::chrono::days(92) + set_back;
    case window_kind::calendar_year: return std::chrono::days(366) + set_back;
    case window_kind::fixed_days:
    case window_kind::rolling_days: return std::chrono::days(r.days) + set_back;
    case window_kind::fixed_minutes: return r.length;
    case window_kind::calendar_month:
    case window_kind::billing_month: break;
  }
  return std::chrono::days(31) + set_back;
}

/// What becomes of a window that a term covers only in part.
enum class part_window : std::uint8_t { clip, full, skip };

/// The dates of a term: from `first` up to `last`, which is not part of it.
struct date_range {
  std::chrono::sys_days first{};
  std::chrono::sys_days last{};
};

namespace detail {

[[nodiscard]] inline std::string date_label(std::chrono::sys_days date) {
  const std::chrono::year_month_day d(date);
  return month_label(d.year() / d.month()) + '-' + padded(unsigned(d.day()), 2);
}

/// Months after an anchor, always from the anchor itself: a clamped end does not shift the ones after it.
[[nodiscard]] inline std::chrono::sys_days months_after(std::chrono::sys_days anchor, std::int64_t months) {
  const std::chrono::year_month_day from(anchor);
  const auto month = from.year() / from.month() + std::chrono::months(months);
  const auto last = (month / std::chrono::last).day();
  return month / std::min(from.day(), last);
}

/// The first date of the window with an index, counted from the one that holds or begins at the anchor.
[[nodiscard]] inline std::chrono::sys_days window_start(const window_rule& rule, std::int64_t index) {
  const std::chrono::year_month_day anchor(rule.anchor);
  const auto first_of = [&](unsigned month) { return anchor.year() / std::chrono::month(month) / 1; };
  switch (rule.kind) {
    case window_kind::calendar_month: return months_after(first_of(unsigned(anchor.month())), index);
    case window_kind::calendar_quarter:
      return months_after(first_of((unsigned(anchor.month()) - 1) / 3 * 3 + 1), 3 * index);
    case window_kind::calendar_year: return months_after(first_of(1), 12 * index);
    case window_kind::billing_month: return months_after(rule.anchor, index);
    case window_kind::fixed_days:
    case window_kind::fixed_minutes:
    case window_kind::rolling_days: break;
  }
  return rule.anchor + std::chrono::days(index * rule.days);
}

/// The index of the window that holds a date.
[[nodiscard]] inline std::int64_t window_index(const window_rule& rule, std::chrono::sys_days date) {
  const std::int64_t apart = (date - rule.anchor).count();
  std::int64_t index = 0;
  switch (rule.kind) {
    case window_kind::calendar_month:
    case window_kind::billing_month: index = apart / 31; break;
    case window_kind::calendar_quarter: index = apart / 92; break;
    case window_kind::calendar_year: index = apart / 366; break;
    case window_kind::fixed_days:
    case window_kind::fixed_minutes:
    case window_kind::rolling_days: index = apart / rule.days; break;
  }
  // The estimate is near: a step or two in a term of years.
  while (window_start(rule, index) > date) --index;
  while (window_start(rule, index + 1) <= date) ++index;
  return index;
}

[[nodiscard]] inline std::string window_label(const window_rule& rule, std::chrono::sys_days first,
                                              std::chrono::sys_days last) {
  const std::chrono::year_month_day d(first);
  switch (rule.kind) {
    case window_kind::calendar_month: return month_label(d.year() / d.month());
    case window_kind::calendar_quarter:
      return padded(int(d.year()), 4) + "-Q" + std::to_string((unsigned(d.month()) - 1) / 3 + 1);
    case window_kind::calendar_year: return padded(int(d.year()), 4);
    case window_kind::billing_month:
    case window_kind::fixed_days:
    case window_kind::fixed_minutes:
    case window_kind::rolling_days: break;
  }
  return date_label(first) + '/' + date_label(last - std::chrono::days(1));
}

inline void check(const window_rule& rule) {
  const bool of_days = rule.kind == window_kind::fixed_days || rule.kind == window_kind::rolling_days;
  if (of_days && rule.days < 1) fail("a window of fixed or rolling days has at least one day");
  if (rule.kind == window_kind::fixed_minutes && rule.length.count() < 1)
    fail("a window of fixed minutes has at least one minute");
}

// "2026-10-01 00:00" on the wall of the zone; minutes are whole wherever the anchor's midnight is.
[[nodiscard]] inline std::string minute_label(instant t, const zone& in) {
  const std::chrono::local_seconds local = in.to_local(t);
  const auto day = std::chrono::floor<std::chrono::days>(local);
  const std::int64_t minute = (local - day).count() / 60;
  std::string text = date_label(std::chrono::sys_days(day.time_since_epoch()));
  text += ' ';
  text += padded(minute / 60, 2);
  text += ':';
  text += padded(minute % 60, 2);
  return text;
}

// The window of so many minutes that holds t. Its dates are not whole ones, so that it says times.
[[nodiscard]] inline window minutes_at(const window_rule& rule, instant t, const zone& in) {
  const instant origin = date_boundary(rule.anchor, in);
  if (!origin.is_finite() || !t.is_finite()) return {{instant::unknown(), instant::unknown()}, "unknown", 0};
  const std::int64_t length = std::chrono::seconds(rule.length).count(), apart = (t - origin).count();
  const std::int64_t rest = apart % length;
  const instant begin = t - std::chrono::seconds(rest < 0 ? rest + length : rest), end = begin + rule.length;
  return {{begin, in.known_at(end) ? end : instant::unknown()},
          minute_label(begin, in) + '/' + minute_label(end, in),
          0};
}

[[nodiscard]] inline window rolling_to(const window_rule& rule, std::chrono::sys_days date, const zone& in) {
  const auto last = date + std::chrono::days(1), first = last - std::chrono::days(rule.days);
  return dates(first, last, in, window_label(rule, first, last));
}

// What a term leaves of a window of minutes; nothing where it is skipped.
[[nodiscard]] inline std::vector<window> minute_windows(const window_rule& rule, const interval& term,
                                                        const zone& in, part_window part) {
  std::vector<window> out;
  for (instant t = term.begin;;) {
    window w = minutes_at(rule, t, in);
    if (!w.is_known()) {
      out.push_back(std::move(w));
      return out;
    }
    t = w.span.end;
    if (w.span.begin < term.begin || w.span.end > term.end) {
      if (part == part_window::clip) w.span = intersect(w.span, term);
      if (part == part_window::skip) w.span.end = w.span.begin;
    }
    if (!w.span.empty()) out.push_back(std::move(w));
    if (t >= term.end) return out;
  }
}

}  // namespace detail

/// The window that holds a date of the zone; of fixed minutes, its first instant; of rolling days, the one that ends
/// with it. Throws sla::error where a window of fixed or rolling length has none.
[[nodiscard]] inline window window_of(const window_rule& rule, std::chrono::sys_days date, const zone& in) {
  detail::check(rule);
  if (rule.kind == window_kind::fixed_minutes)
    return detail::minutes_at(rule, detail::date_boundary(date, in), in);
  if (rule.kind == window_kind::rolling_days) return detail::rolling_to(rule, date, in);
  const std::int64_t index = detail::window_index(rule, date);
  const auto first = detail::window_start(rule, index), last = detail::window_start(rule, index + 1);
  return dates(first, last, in, detail::window_label(rule, first, last));
}

/// Every window of a term, in order. Labels are those of whole windows. Rolling windows are one a date of the term,
/// and those that reach back before it are its part windows. Throws sla::error where a window of fixed or rolling
/// length has none.
[[nodiscard]] inline std::vector<window> windows(const window_rule& rule, const date_range& term,
                                                 const zone& in, part_window part) {
  detail::check(rule);
  std::vector<window> out;
  if (term.last <= term.first) return out;
  if (rule.kind == window_kind::fixed_minutes)
    return detail::minute_windows(
        rule, {detail::date_boundary(term.first, in), detail::date_boundary(term.last, in)}, in, part);
  if (rule.kind == window_kind::rolling_days) {
    for (auto date = term.first; date < term.last; date += std::chrono::days(1)) {
      window w = detail::rolling_to(rule, date, in);
      const auto first = date + std::chrono::days(1 - rule.days);
      if (first < term.first && part == part_window::skip) continue;
      if (first < term.first && part == part_window::clip)
        w = dates(term.first, date + std::chrono::days(1), in, std::move(w.label));
      out.push_back(std::move(w));
    }
    return out;
  }
  for (std::int64_t i = detail::window_index(rule, term.first);; ++i) {
    auto first = detail::window_start(rule, i), last = detail::window_start(rule, i + 1);
    if (first >= term.last) return out;
    std::string label = detail::window_label(rule, first, last);
    if (first < term.first || last > term.last) {
      if (part == part_window::skip) continue;
      if (part == part_window::clip) {
        first = std::max(first, term.first);
        last = std::min(last, term.last);
      }
    }
    out.push_back(dates(first, last, in, std::move(label)));
  }
}

}  // namespace v0
}  // namespace sla
