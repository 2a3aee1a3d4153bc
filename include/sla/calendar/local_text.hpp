// SPDX-License-Identifier: MIT
#pragma once

// Dates and times as people and programs write them, in a zone.
//
//     sla::date_text(2026y / 10 / 12)          // "2026-10-12"
//     sla::local_text(t, shanghai)             // "2026-10-12 13:00", seconds only where there are any
//     sla::rfc3339(t, shanghai)                // "2026-10-12T13:00:00+08:00"
//
// The hard question: an hour that a clock shows twice in autumn; which of the two is meant? `local_text` is for
// people who know; `rfc3339` carries the offset and is exact.

#include <chrono>
#include <cstdint>
#include <string>

#include <sla/base/digits.hpp>
#include <sla/base/instant.hpp>
#include <sla/calendar/zone.hpp>

namespace sla {
inline namespace v0 {
namespace detail {

[[nodiscard]] constexpr std::string two_digits(std::int64_t n) { return (n < 10 ? "0" : "") + digits(n); }

[[nodiscard]] constexpr std::string year_text(std::int64_t year) {
  std::string out = digits(year < 0 ? -year : year);
  out.insert(0, out.size() < 4 ? 4 - out.size() : 0, '0');
  return year < 0 ? '-' + out : out;
}

}  // namespace detail

/// "2026-10-12".
[[nodiscard]] constexpr std::string date_text(std::chrono::year_month_day d) {
  return detail::year_text(int(d.year())) + '-' + detail::two_digits(unsigned(d.month())) + '-' +
         detail::two_digits(unsigned(d.day()));
}

namespace detail {

struct local_parts {
  std::string date;
  std::string time;  // "13:00:00"
  std::int64_t offset = 0;
};

// std::chrono's years end at 32767; what lies beyond has no date to show.
[[nodiscard]] inline bool has_date(instant t) noexcept {
  constexpr std::int64_t far = std::int64_t{30'000} * 365 * 86'400;
  return t.is_finite() && t.unix_seconds() < far && t.unix_seconds() > -far;
}

[[nodiscard]] inline local_parts split(instant t, const zone& in) {
  const std::chrono::local_seconds local = in.to_local(t);
  const auto day = std::chrono::floor<std::chrono::days>(local);
  const std::int64_t second = (local - day).count();
  return {date_text(std::chrono::year_month_day(day)),
          two_digits(second / 3600) + ':' + two_digits(second / 60 % 60) + ':' + two_digits(second % 60),
          in.offset_at(t).count()};
}

[[nodiscard]] inline std::string reserved_text(instant t) {
  if (t.is_never()) return "never";
  return t.is_unknown() ? "unknown" : "out of range";
}

}  // namespace detail

/// "2026-10-12 13:00" in the zone, with seconds where there are any; "never", "unknown".
[[nodiscard]] inline std::string local_text(instant t, const zone& in) {
  if (!detail::has_date(t)) return detail::reserved_text(t);
  const detail::local_parts p = detail::split(t, in);
  return p.date + ' ' + (p.time.ends_with(":00") ? p.time.substr(0, 5) : p.time);
}

/// "2026-10-12T13:00:00+08:00"; "Z" for no offset. Offsets of odd seconds, as before 1900, are given in UTC.
[[nodiscard]] inline std::string rfc3339(instant t, const zone& in) {
  if (!detail::has_date(t)) return detail::reserved_text(t);
  const detail::local_parts p = detail::split(t, in);
  if (p.offset % 60 != 0) return rfc3339(t, zone::utc());
  if (p.offset == 0) return p.date + 'T' + p.time + 'Z';
  const std::int64_t o = p.offset < 0 ? -p.offset : p.offset;
  return p.date + 'T' + p.time + (p.offset < 0 ? '-' : '+') + detail::two_digits(o / 3600) + ':' +
         detail::two_digits(o / 60 % 60);
}

}  // namespace v0
}  // namespace sla
