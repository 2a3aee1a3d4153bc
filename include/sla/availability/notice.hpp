// SPDX-License-Identifier: MIT
#pragma once

// By when planned maintenance had to be announced, for the notice a contract asks (rules A6, T13, T15).
//
//     // maintenance on Sunday 2026-10-18, 02:00-04:00; "at least 3 business days before"
//     sla::announced_span m{.span = {t, t + 2h}, .announced = told, .announce_by = sla::announce_by(t, 3_bd, hours)};
//     // by the end of Tuesday, so that Wednesday, Thursday and Friday lie between: Wednesday 00:00 less a second
//
// The hard question: are 3 days 72 hours, or three whole days between? Each unit counts as it does everywhere else,
// forwards from the announcement: a notice is kept where it ends no later than the maintenance begins. Three days of
// the calendar told at 09:00 on the 1st end with the 4th, and allow the 5th; 72 h allow 09:00 on the 4th.
//
// The answer is the last instant that is in time: `announced <= announce_by`. Where a calendar does not say, it is
// `instant::unknown()`, and an announcement with it excuses nothing and makes a measurement provisional.

#include <chrono>
#include <cstdint>

#include <sla/base/instant.hpp>
#include <sla/base/units.hpp>
#include <sla/calendar/business_time.hpp>
#include <sla/calendar/civil_span.hpp>
#include <sla/calendar/zone.hpp>

namespace sla {
inline namespace v0 {
namespace detail {

// The last t in [from, to] with keeps(t), which holds up to some instant and not after it; unknown where it does
// not hold at `from`.
template <class Keeps>
[[nodiscard]] instant last_that(instant from, instant to, const Keeps& keeps) {
  if (from > to || !keeps(from)) return instant::unknown();
  if (keeps(to)) return to;
  std::int64_t in_time = from.unix_seconds(), late = to.unix_seconds();
  while (late - in_time > 1) {
    const std::int64_t middle = in_time + (late - in_time) / 2;
    (keeps(instant::from_unix(middle)) ? in_time : late) = middle;
  }
  return instant::from_unix(in_time);
}

}  // namespace detail

/// `notice` of elapsed time before `begin`. A reserved begin stays as it is, here and below.
[[nodiscard]] constexpr instant announce_by(instant begin, std::chrono::seconds notice) noexcept {
  return begin - notice;
}

/// Business time, business days, or elapsed time. Business days are those of `add`, the day of origin not counted.
/// Constant time; 30 or so additions for business days.
[[nodiscard]] inline instant announce_by(instant begin, const time_limit& notice,
                                         const business_time& hours) noexcept {
  if (!begin.is_finite()) return begin;
  switch (notice.in()) {
    case time_limit::unit::elapsed: break;
    case time_limit::unit::worked: {
      if (!hours.covers(begin)) return instant::unknown();
      // Where so much was never worked before `begin`, no announcement is early enough: that is not "any will do".
      const instant by = hours.subtract(begin, worked(std::chrono::seconds(notice.count())));
      return by.is_finite() ? by : instant::unknown();
    }
    case time_limit::unit::business_days: {
      if (!hours.has_business_days() || !hours.covers(begin)) return instant::unknown();
      const business_days days(static_cast<std::int32_t>(notice.count()));
      return detail::last_that(hours.cover().begin, begin,
                               [&](instant t) { return hours.add(t, days) <= begin; });
    }
  }
  return announce_by(begin, std::chrono::seconds(notice.count()));
}

/// Calendar days, months or years: they end at 24:00 of their last date, the day of origin not counted.
[[nodiscard]] inline instant announce_by(instant begin, const civil_span& notice, const zone& in) {
  if (!begin.is_finite()) return begin;
  const std::int64_t unit = notice.in() == civil_span::unit::days     ? 1
                            : notice.in() == civil_span::unit::months ? 31
                                                                      : 366;
  const instant from = begin - std::chrono::days(unit * notice.count() + 3);
  return detail::last_that(from, begin, [&](instant t) { return end_of(notice, t, in) <= begin; });
}

}  // namespace v0
}  // namespace sla
