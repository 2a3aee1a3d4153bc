// SPDX-License-Identifier: MIT
#pragma once

// What a calendar opens in a few weeks, worked out by the compiler: facts that a program states and the compiler
// proves.
//
//     constexpr sla::calendar_spec office{.zone = "Asia/Shanghai +08:00"_zone,
//                                         .hours = "Mon-Fri 08:30-18:00"_hours,
//                                         .cover = {2026y, 2036y}};
//     static_assert(sla::proof::worked_in(office, monday, saturday) == sla::worked(47h + 30min));
//     static_assert(sla::proof::due(office, friday_17_00, 4_bh) == monday_11_30);
//
// The dates are worked out as compiling the calendar works them out, those of the span alone: the years of `cover`
// cost nothing. Changes of the hours are a list, and a list is no constant; inside a constexpr function they are as
// good:
//
//     constexpr bool keeps_a_week_off() {
//       sla::calendar_spec c = office;
//       c.changes.push_back({2026y / 10 / 1, sla::weekly_hours()});
//       return sla::proof::due(c, wednesday_17_00, 2_bh) == thursday_week_10_00;
//     }
//     static_assert(keeps_a_week_off());
//
// Exceptions and holidays have names, which the compilers of today cannot keep: they are facts for a test.
//
// The hard question: what does a calendar with a fault prove? Nothing: in a constant it does not compile, and the
// function that stops the compiler is named after the fault; at run time it throws calendar_error. The same holds for
// a deadline that is not reached within the years covered.

#include <algorithm>
#include <chrono>
#include <string_view>
#include <utility>
#include <vector>

#include <sla/base/instant.hpp>
#include <sla/base/interval_set.hpp>
#include <sla/base/units.hpp>
#include <sla/calendar/calendar_spec.hpp>
#include <sla/calendar/compile.hpp>

namespace sla {
inline namespace v0 {
namespace detail {

// Not constexpr: calling one of them stops the compiler, and its name is the message.
[[noreturn]] inline void calendar_has_a_fault(std::vector<calendar_fault> faults) {
  throw calendar_error(std::move(faults));
}
[[noreturn]] inline void calendar_never_opens() { fail("the calendar states no hours and never opens"); }
[[noreturn]] inline void calendar_covers_no_years() {
  fail("the calendar does not say which years it covers");
}
[[noreturn]] inline void no_deadline_within_the_years_covered() {
  fail("the time is not used up within the years that the calendar covers");
}
[[noreturn]] inline void no_opening_within_the_years_covered() {
  fail("the calendar does not open again within the years that it covers");
}
[[noreturn]] inline void business_days_are_no_amount_of_time() {
  fail("a deadline in business days is a matter of dates: ask business_time");
}

// Whether any date can open.
[[nodiscard]] constexpr bool states_hours(const calendar_spec& c) noexcept {
  bool any = !c.hours.empty();
  for (const calendar_change& x : c.changes) any = any || !x.hours.empty();
  const auto opens = [](const day_change& d) {
    return d.what() != day_change::action::minus && !d.hours().empty();
  };
  for (const calendar_exception& x : c.exceptions) any = any || opens(x.change);
  for (const recurring_exception& x : c.recurring) any = any || opens(x.change);
  return any;
}

constexpr void require_sound(const calendar_spec& c) {
  if (c.cover == year_span{}) calendar_covers_no_years();
  if (!states_hours(c)) calendar_never_opens();
  if (auto faults = calendar_checker(c).take(); has_errors(faults)) calendar_has_a_fault(std::move(faults));
}

// The open time of a sound calendar in a span that its years cover.
[[nodiscard]] constexpr std::vector<interval> open_in(const calendar_spec& c, interval span) {
  using std::chrono::days;
  const auto date = [&](instant t) { return std::chrono::floor<days>(t.sys()); };
  const auto first = std::chrono::sys_days(c.cover.from / std::chrono::January / 1),
             end = std::chrono::sys_days(c.cover.to / std::chrono::January / 1);
  std::vector<calendar_fault> faults;
  std::vector<interval> open =
      calendar_compiler(c, faults, std::clamp(date(span.begin) - days(2), first, end),
                        std::clamp(date(span.end) + days(3), first, end))
          .run_open();
  if (has_errors(faults)) calendar_has_a_fault(std::move(faults));
  for (interval& i : open) i = intersect(i, span);
  std::erase_if(open, [](const interval& i) { return i.empty(); });
  return open;
}

}  // namespace detail

/// Facts about declarations, for static_assert.
namespace proof {

/// What the calendar opens from `begin` to before `end`, in order. Days in the span.
[[nodiscard]] constexpr std::vector<interval> open_in(const calendar_spec& c, instant begin, instant end) {
  detail::require_sound(c);
  return detail::open_in(c, {begin, end});
}

/// Business time from `begin` to before `end` (rule T1).
[[nodiscard]] constexpr worked worked_in(const calendar_spec& c, instant begin, instant end) {
  if (end < begin) return -worked_in(c, end, begin);
  std::chrono::seconds sum{0};
  for (const interval& i : open_in(c, begin, end)) sum += i.length();
  return worked(sum);
}

[[nodiscard]] constexpr bool is_open(const calendar_spec& c, instant t) {
  return !open_in(c, t, t + std::chrono::seconds(1)).empty();
}

/// The earliest instant at which so much business time has passed (rule T2); used up at closing, it is due at closing
/// (rule T3).
[[nodiscard]] constexpr instant due(const calendar_spec& c, instant from, worked amount) {
  detail::require_sound(c);
  const instant last = c.zone.start_of(std::chrono::sys_days(c.cover.to / std::chrono::January / 1));
  std::chrono::seconds rest = amount.seconds();
  if (rest == std::chrono::seconds(0)) return from;
  for (instant begin = from; begin < last;) {
    const instant end = std::min(last, begin + std::chrono::weeks(2));
    for (const interval& i : detail::open_in(c, {begin, end})) {
      if (rest <= i.length()) return i.begin + rest;
      rest -= i.length();
    }
    begin = end;
  }
  detail::no_deadline_within_the_years_covered();
}
/// Elapsed time or business time.
[[nodiscard]] constexpr instant due(const calendar_spec& c, instant from, const time_limit& amount) {
  switch (amount.in()) {
    case time_limit::unit::elapsed: return from + std::chrono::seconds(amount.count());
    case time_limit::unit::worked: return due(c, from, worked(std::chrono::seconds(amount.count())));
    case time_limit::unit::business_days: break;
  }
  detail::business_days_are_no_amount_of_time();
}

/// t itself where it is open, else the next opening (rule T2).
[[nodiscard]] constexpr instant next_open(const calendar_spec& c, instant t) {
  detail::require_sound(c);
  const instant last = c.zone.start_of(std::chrono::sys_days(c.cover.to / std::chrono::January / 1));
  for (instant begin = t; begin < last;) {
    const instant end = std::min(last, begin + std::chrono::weeks(2));
    if (const auto open = detail::open_in(c, {begin, end}); !open.empty()) return open.front().begin;
    begin = end;
  }
  detail::no_opening_within_the_years_covered();
}

}  // namespace proof
}  // namespace v0
}  // namespace sla
