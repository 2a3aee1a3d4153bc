// SPDX-License-Identifier: MIT
#pragma once

// A day of every year: a month and a day, the fourth Thursday of a month, the last Monday, a month's last day.
//
//     sla::yearly_date thanksgiving = std::chrono::November / std::chrono::Thursday[4];
//     to_string(thanksgiving)                                  // "4th Thu of Nov"
//     sla::parse_yearly_date("last Mon of May")                // May / Monday[last]
//     sla::parse_yearly_date("12-25"), ("last day of Feb")     // the other two forms
//     sla::date_in(2026y, thanksgiving)                        // 2026-11-26
//
// The hard question: what of a date that most years do not have? February 29 falls on no date of 2026, and a fifth
// Monday is in some months only: nothing happens then. One that no year has, February 30, is a fault of whoever
// states it: is_valid tells.

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include <sla/calendar/hours_text.hpp>

namespace sla {
inline namespace v0 {

using yearly_date = std::variant<std::chrono::month_day, std::chrono::month_day_last,
                                 std::chrono::month_weekday, std::chrono::month_weekday_last>;

/// The date it falls on in a year, where it does.
[[nodiscard]] constexpr std::optional<std::chrono::sys_days> date_in(std::chrono::year y,
                                                                     const yearly_date& when) noexcept {
  return std::visit(
      [&](const auto& day) -> std::optional<std::chrono::sys_days> {
        const auto date = y / day;
        if (!date.ok()) return std::nullopt;
        return std::chrono::sys_days(date);
      },
      when);
}

/// Whether it falls on some date in some year: February 30 and a sixth Monday do not.
[[nodiscard]] constexpr bool is_valid(const yearly_date& when) noexcept {
  return std::visit([](const auto& day) { return day.ok(); }, when);
}

namespace detail {

inline constexpr std::array<std::string_view, 12> month_names{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
inline constexpr std::array<std::string_view, 12> month_long_names{
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};
inline constexpr std::array<std::string_view, 5> ordinals{"1st", "2nd", "3rd", "4th", "5th"};

// The place of a word in one of two lists, from 1; 0 where it stands in neither.
template <std::size_t N>
[[nodiscard]] unsigned place_of(std::string_view word, const std::array<std::string_view, N>& names,
                                const std::array<std::string_view, N>& others) noexcept {
  for (unsigned i = 0; i < N; ++i)
    if (word == names[i] || word == others[i]) return i + 1;
  return 0;
}

}  // namespace detail

/// "12-25", "4th Thu of Nov", "last Mon of May", "last day of Feb": weekdays and months by their English names, short
/// or long. Nothing where it is none of these; "02-30" is read, and not valid.
[[nodiscard]] inline std::optional<yearly_date> parse_yearly_date(std::string_view text) noexcept {
  const auto digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9'; };
  if (text.size() == 5 && text[2] == '-' && digit(0) && digit(1) && digit(3) && digit(4)) {
    const auto two = [&](std::size_t i) {
      return static_cast<unsigned>((text[i] - '0') * 10 + text[i + 1] - '0');
    };
    return std::chrono::month(two(0)) / std::chrono::day(two(3));
  }
  const auto word = [&] {
    const std::string_view found = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(text.size(), found.size() + 1));
    return found;
  };
  const std::string_view which = word(), what = word(), of = word();
  const unsigned in = detail::place_of(text, detail::month_names, detail::month_long_names);
  if (of != "of" || in == 0) return std::nullopt;
  const std::chrono::month m(in);
  if (which == "last" && what == "day") return m / std::chrono::last;
  const unsigned w = detail::place_of(what, detail::weekday_names, detail::weekday_long_names);
  if (w == 0) return std::nullopt;
  const std::chrono::weekday weekday(w);
  if (which == "last") return m / weekday[std::chrono::last];
  const unsigned n = detail::place_of(which, detail::ordinals, detail::ordinals);
  if (n == 0) return std::nullopt;
  return m / weekday[n];
}

/// The text that parse_yearly_date reads as the same day; of a valid one.
[[nodiscard]] inline std::string to_string(const yearly_date& when) {
  const auto of = [](std::string_view which, std::string_view what, std::chrono::month m) {
    return std::string(which) + ' ' + std::string(what) + " of " +
           std::string(detail::month_names[(static_cast<unsigned>(m) + 11) % 12]);
  };
  const auto name = [](std::chrono::weekday w) { return detail::weekday_names[(w.iso_encoding() + 6) % 7]; };
  struct printer {
    decltype(of)& print;
    decltype(name)& weekday_name;
    std::string operator()(const std::chrono::month_day& d) const {
      const auto two = [](unsigned n) { return std::string(n < 10 ? "0" : "") + std::to_string(n); };
      return two(static_cast<unsigned>(d.month())) + '-' + two(static_cast<unsigned>(d.day()));
    }
    std::string operator()(const std::chrono::month_day_last& d) const {
      return print("last", "day", d.month());
    }
    std::string operator()(const std::chrono::month_weekday& d) const {
      const unsigned n = d.weekday_indexed().index();
      return print(detail::ordinals[(n + 4) % 5], weekday_name(d.weekday_indexed().weekday()), d.month());
    }
    std::string operator()(const std::chrono::month_weekday_last& d) const {
      return print("last", weekday_name(d.weekday_last().weekday()), d.month());
    }
  };
  return std::visit(printer{of, name}, when);
}

}  // namespace v0
}  // namespace sla
