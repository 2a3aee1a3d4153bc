// SPDX-License-Identifier: MIT
#pragma once

// Calendar days (自然日), months and years: the units of terms and claims (rule T15).
//
//     sla::civil_span::days(15).last_date(2026y / 10 / 12)       // 2026-10-27: the day of origin is not counted
//     sla::civil_span::months(1).last_date(2026y / 1 / 31)       // 2026-02-28: the month has no 31st
//     sla::end_of(sla::civil_span::days(15), t, shanghai)        // 2026-10-28 00:00 there, which is 24:00 of the 27th
//
// The hard question: when is the last moment? The span ends at 24:00 of its last date, which is the first instant of
// the next one; half-open, so that an act one second earlier is in time. Where the contract says so, a last date that
// is off moves to the next workday: `end_of` with a calendar.

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <sla/base/error.hpp>
#include <sla/base/instant.hpp>
#include <sla/calendar/business_time.hpp>
#include <sla/calendar/zone.hpp>

namespace sla {
inline namespace v0 {

/// A number of calendar days, months or years, 0 to 100,000.
class civil_span {
 public:
  enum class unit : std::uint8_t { days, months, years };

  [[nodiscard]] static constexpr civil_span days(std::int32_t n) { return civil_span(unit::days, n); }
  [[nodiscard]] static constexpr civil_span months(std::int32_t n) { return civil_span(unit::months, n); }
  [[nodiscard]] static constexpr civil_span years(std::int32_t n) { return civil_span(unit::years, n); }

  [[nodiscard]] constexpr unit in() const noexcept { return unit_; }
  [[nodiscard]] constexpr std::int32_t count() const noexcept { return count_; }

  /// The last date of a span whose day of origin is not counted: the corresponding date, else the month's last. Past
  /// the years that std::chrono knows, a date that is not ok().
  [[nodiscard]] constexpr std::chrono::year_month_day last_date(
      std::chrono::year_month_day origin) const noexcept {
    using namespace std::chrono;
    if (unit_ == unit::days) {
      const sys_days date = sys_days(origin) + std::chrono::days(count_);
      return date > sys_days(year::max() / December / 31) ? year_month_day() : year_month_day(date);
    }
    const std::int64_t months_on = unit_ == unit::months ? count_ : std::int64_t{count_} * 12;
    const std::int64_t month_of = std::int64_t{static_cast<int>(origin.year())} * 12 +
                                  static_cast<unsigned>(origin.month()) - 1 + months_on;
    if (month_of >= (std::int64_t{static_cast<int>(year::max())} + 1) * 12) return {};
    const std::chrono::year_month_day moved =
        origin + std::chrono::months(unit_ == unit::months ? count_ : count_ * 12);
    return moved.ok() ? moved : std::chrono::year_month_day(moved.year() / moved.month() / std::chrono::last);
  }

  friend constexpr bool operator==(const civil_span&, const civil_span&) noexcept = default;

 private:
  constexpr civil_span(unit u, std::int32_t n) : unit_(u), count_(n) {
    if (n < 0 || n > 100'000) detail::fail("a span of calendar time has 0 to 100,000 days, months or years");
  }
  unit unit_;
  std::int32_t count_;
};

/// "15 days", "1 month".
[[nodiscard]] inline std::string to_string(const civil_span& s) {
  constexpr std::string_view names[] = {"day", "month", "year"};
  return std::to_string(s.count()) + ' ' + std::string(names[static_cast<std::size_t>(s.in())]) +
         (s.count() == 1 ? "" : "s");
}

/// Reads what to_string prints: a number from 1 to 100,000 and its unit. Nothing for any other text.
[[nodiscard]] constexpr std::optional<civil_span> parse_civil_span(std::string_view text) noexcept {
  constexpr std::int32_t most = 100'000;
  std::int32_t n = 0;
  std::size_t digits = 0;
  while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9' && n <= most)
    n = n * 10 + (text[digits++] - '0');
  if (n == 0 || n > most) return std::nullopt;
  const std::string_view unit = text.substr(digits);
  if (unit == " day" || unit == " days") return civil_span::days(n);
  if (unit == " month" || unit == " months") return civil_span::months(n);
  if (unit == " year" || unit == " years") return civil_span::years(n);
  return std::nullopt;
}

namespace detail {

// std::chrono's years end at 32767; a span that passes them has no date.
[[nodiscard]] inline bool has_civil_end(const civil_span& s, instant start) noexcept {
  constexpr std::int64_t far = std::int64_t{20'000} * 365 * 86'400;
  const std::int64_t years = s.in() == civil_span::unit::days     ? s.count() / 365
                             : s.in() == civil_span::unit::months ? s.count() / 12
                                                                  : s.count();
  return start.is_finite() && start.unix_seconds() > -far && start.unix_seconds() < far && years < 10'000;
}
[[nodiscard]] inline std::chrono::sys_days last_date_of(const civil_span& s, instant start, const zone& in) {
  const auto local = std::chrono::floor<std::chrono::days>(in.to_local(start));
  return std::chrono::sys_days(s.last_date(std::chrono::year_month_day(local)));
}

}  // namespace detail

/// The end of a span that starts at `start`: 24:00 of its last date in the zone. A reserved start stays as it is; an
/// end past what the zone's data know, or past the year 30000, is unknown.
[[nodiscard]] inline instant end_of(const civil_span& span, instant start, const zone& in) {
  if (!start.is_finite()) return start;
  if (!detail::has_civil_end(span, start)) return instant::unknown();
  const instant end = in.start_of(detail::last_date_of(span, start, in) + std::chrono::days(1));
  return in.known_at(end) ? end : instant::unknown();
}

/// The same, where a last date that is off moves to the next date on which `workdays` opens. Unknown past its cover.
[[nodiscard]] inline instant end_of(const civil_span& span, instant start, const zone& in,
                                    const business_time& workdays) {
  const instant plain = end_of(span, start, in);
  if (!plain.is_finite()) return plain;
  const std::chrono::sys_days last = detail::last_date_of(span, start, in);
  const std::span<const business_date> dates = workdays.dates();
  const business_date* end_of_dates = dates.data() + dates.size();
  const business_date* next =
      std::lower_bound(dates.data(), end_of_dates, last,
                       [](const business_date& d, std::chrono::sys_days v) { return d.date < v; });
  if (next == end_of_dates || !workdays.covers(in.start_of(last)) || !workdays.covers(plain))
    return instant::unknown();
  const instant end = in.start_of(next->date + std::chrono::days(1));
  return in.known_at(end) ? end : instant::unknown();
}

}  // namespace v0
}  // namespace sla
