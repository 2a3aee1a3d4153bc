// SPDX-License-Identifier: MIT
#pragma once

// When people work in an ordinary week.
//
//     sla::weekly_hours h = "Mon-Fri 08:30-12:00,13:00-18:00; Sat 09:00-12:00"_hours;
//     to_string(h)                  // the same text: the normal form
//     h[std::chrono::Saturday]      // one shift, 32400 to 43200 seconds after midnight
//
// Any number of shifts a day; a closing at or before its opening belongs to the next day ("22:00-06:00");
// 24:00 is a legal closing; "24/7" is the whole week and "closed" the empty one (rule T5). How the text is
// read is in calendar/hours_text.hpp.
//
// The hard question: when do two shifts meet, and when do they collide? Touching ones of a day are one.
// Overlapping ones of a day are a mistake. A night shift's tail over the next morning's shift is neither: the
// union counts.

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <sla/base/error.hpp>
#include <sla/calendar/hours_text.hpp>

namespace sla {
inline namespace v0 {

/// The shifts that open on one date, in order; a value. Up to six are a constant of the compiler's, too.
class day_hours {
 public:
  using value_type = shift;
  using const_iterator = const shift*;

  /// No opening at all.
  constexpr day_hours() = default;
  /// A checked literal: "09:00-12:00"_day_hours.
  constexpr day_hours(day_hours_text text) {
    detail::hours_reader reader(text.text());
    keep(reader.day().days[0]);
  }
  /// Throws sla::error where a shift is out of range or two overlap.
  constexpr explicit day_hours(std::vector<shift> shifts) {
    for (const shift& s : shifts)
      if (s.open < 0 || s.open >= detail::day_length || s.close <= s.open ||
          s.close > s.open + detail::day_length)
        detail::fail("a shift opens between 00:00 and 24:00 and lasts at most 24 hours");
    if (detail::merge_shifts(shifts)) detail::fail("two shifts of one day overlap");
    keep(shifts);
  }

  [[nodiscard]] constexpr bool empty() const noexcept { return size_ == 0; }
  [[nodiscard]] constexpr std::size_t size() const noexcept { return size_; }
  [[nodiscard]] constexpr const_iterator begin() const noexcept {
    return size_ <= few_.size() ? few_.data() : many_.data();
  }
  [[nodiscard]] constexpr const_iterator end() const noexcept { return begin() + size_; }
  [[nodiscard]] constexpr const shift& operator[](std::size_t i) const noexcept { return begin()[i]; }
  friend constexpr bool operator==(const day_hours&, const day_hours&) = default;

 private:
  constexpr void keep(const std::vector<shift>& shifts) {
    size_ = shifts.size();
    if (size_ <= few_.size()) {
      std::copy(shifts.begin(), shifts.end(), few_.begin());
    } else {
      many_ = shifts;
    }
  }
  std::array<shift, 6> few_{};
  std::vector<shift> many_;
  std::size_t size_ = 0;
};

/// The shifts of a week, by the weekday they open on; a value.
class weekly_hours {
 public:
  /// Never open.
  constexpr weekly_hours() = default;
  /// A checked literal: "Mon-Fri 08:30-18:00"_hours.
  constexpr weekly_hours(weekly_hours_text text) {
    detail::hours_reader reader(text.text());
    const detail::parsed_hours& parsed = reader.week();
    for (std::size_t i = 0; i < 7; ++i) days_[i] = day_hours(parsed.days[i]);
  }
  /// Monday first. Throws sla::error where a shift is out of range or two of one day overlap.
  constexpr explicit weekly_hours(std::array<std::vector<shift>, 7> days) {
    for (std::size_t i = 0; i < 7; ++i) days_[i] = day_hours(std::move(days[i]));
  }

  [[nodiscard]] constexpr const day_hours& operator[](std::chrono::weekday w) const noexcept {
    return days_[(w.iso_encoding() + 6) % 7];
  }
  [[nodiscard]] constexpr bool empty() const noexcept {
    for (const day_hours& d : days_)
      if (!d.empty()) return false;
    return true;
  }
  friend constexpr bool operator==(const weekly_hours&, const weekly_hours&) = default;

 private:
  std::array<day_hours, 7> days_;
};

namespace detail {

[[nodiscard]] inline std::string print_time(std::int32_t s) {
  const auto two = [](std::int32_t n) { return std::string(n < 10 ? "0" : "") + std::to_string(n); };
  return two(s / 3600) + ':' + two(s / 60 % 60) + (s % 60 == 0 ? std::string() : ':' + two(s % 60));
}
[[nodiscard]] inline std::string print_shifts(const day_hours& day) {
  std::string out;
  for (const shift& s : day)
    out += (out.empty() ? "" : ",") + print_time(s.open) + '-' +
           print_time(s.close > day_length ? s.close - day_length : s.close);
  return out;
}

}  // namespace detail

/// "09:00-12:00,13:00-18:00"; "closed" where there is no shift.
[[nodiscard]] inline std::string to_string(const day_hours& day) {
  return day.empty() ? "closed" : detail::print_shifts(day);
}

/// The normal form: days from Monday on, neighbours with equal shifts as a range. Reading it gives an equal
/// value.
[[nodiscard]] inline std::string to_string(const weekly_hours& week) {
  if (week.empty()) return "closed";
  const auto day = [&](unsigned i) -> const day_hours& { return week[std::chrono::weekday(i + 1)]; };
  const auto same = [&](unsigned i) { return day(i) == day(0); };
  if (detail::print_shifts(day(0)) == "00:00-24:00" && same(1) && same(2) && same(3) && same(4) && same(5) &&
      same(6))
    return "24/7";
  std::string out;
  for (unsigned i = 0, next = 1; i < 7; i = next++) {
    while (next < 7 && day(next) == day(i)) ++next;
    if (day(i).empty()) continue;
    out += (out.empty() ? "" : "; ") + std::string(detail::weekday_names[i]);
    if (next > i + 1) out += '-' + std::string(detail::weekday_names[next - 1]);
    out += ' ' + detail::print_shifts(day(i));
  }
  return out;
}

/// Reads weekly hours out of a source at `offset`; every problem is put into `found` with its place, closings
/// of 23:59 and 23:59:59 as warnings. An empty optional where there were errors.
[[nodiscard]] inline std::optional<weekly_hours> parse_hours(std::string_view text, diagnostics& found,
                                                             std::size_t source = 0, std::size_t offset = 0) {
  detail::parsed_hours parsed = detail::parse_hours(text);
  if (!detail::report(parsed, text, found, source, offset)) return std::nullopt;
  return weekly_hours(std::move(parsed.days));
}
/// The same for the hours of one day: "09:00-12:00,13:00-18:00", "24:00" and overnight closings included, or
/// "closed".
[[nodiscard]] inline std::optional<day_hours> parse_day_hours(std::string_view text, diagnostics& found,
                                                              std::size_t source = 0,
                                                              std::size_t offset = 0) {
  detail::parsed_hours parsed = detail::parse_day_hours(text);
  if (!detail::report(parsed, text, found, source, offset)) return std::nullopt;
  return day_hours(std::move(parsed.days[0]));
}

}  // namespace v0
}  // namespace sla
