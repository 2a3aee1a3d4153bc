// SPDX-License-Identifier: MIT
#pragma once

// What differs from the ordinary week: on given dates, or every year again.
//
//     calendar_exception::on(2026y / 10 / 10, day_change::works_as(std::chrono::Friday), "make-up day");
//     calendar_exception::on(2026y / 12 / 24, day_change::exactly("08:30-12:00"_day_hours));
//     calendar_exception::through(2026y / 7 / 1, 2026y / 7 / 5, day_change::off(), "stocktaking");
//     recurring_exception{std::chrono::November / std::chrono::Thursday[4], day_change::off(), "Thanksgiving"};
//
// There are five changes (rule T8). Three say what the shifts are that open on the date: none, those of another
// weekday, exactly these. Two leave them and act on top: extra hours, which belong to the date, and minus hours,
// which take away those local hours of the date whichever shift they belong to, the tail of last night's included.
//
// The hard question: what if two of them speak of one date? A dated one counts before a recurring one, and that
// before the week. Between two dated ones (or two recurring ones) that differ, the higher `precedence` counts; where
// it is equal and the order in which they act would matter, nobody has said which, and that is an error. Extra hours
// of a day off need a precedence; minus hours at noon beside others in the evening need none.

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include <sla/calendar/holidays.hpp>
#include <sla/calendar/hours.hpp>
#include <sla/calendar/yearly_date.hpp>

namespace sla {
inline namespace v0 {

/// One of the five ways in which a date differs.
class day_change {
 public:
  enum class action : std::uint8_t { off, works_as, exactly, extra, minus };

  /// No shift opens.
  [[nodiscard]] static constexpr day_change off() { return {action::off, std::chrono::Monday, {}}; }
  /// The shifts of that weekday open: a make-up workday (调休上班).
  [[nodiscard]] static constexpr day_change works_as(std::chrono::weekday w = std::chrono::Monday) {
    return {action::works_as, w, {}};
  }
  /// These shifts and no others open.
  [[nodiscard]] static constexpr day_change exactly(day_hours h) {
    return {action::exactly, std::chrono::Monday, std::move(h)};
  }
  /// These open as well.
  [[nodiscard]] static constexpr day_change extra(day_hours h) {
    return {action::extra, std::chrono::Monday, std::move(h)};
  }
  /// These local hours are closed.
  [[nodiscard]] static constexpr day_change minus(day_hours h) {
    return {action::minus, std::chrono::Monday, std::move(h)};
  }

  [[nodiscard]] constexpr action what() const noexcept { return what_; }
  [[nodiscard]] constexpr std::chrono::weekday weekday() const noexcept { return weekday_; }
  [[nodiscard]] constexpr const day_hours& hours() const noexcept { return hours_; }
  /// Whether it says what the day's shifts are, rather than adding to them or taking away.
  [[nodiscard]] constexpr bool replaces() const noexcept { return what_ <= action::exactly; }
  friend constexpr bool operator==(const day_change&, const day_change&) = default;

 private:
  constexpr day_change(action what, std::chrono::weekday w, day_hours h)
      : what_(what), weekday_(w), hours_(std::move(h)) {}
  action what_;
  std::chrono::weekday weekday_;
  day_hours hours_;
};

/// "off", "works as Mon", "exactly 08:30-12:00", "extra 20:00-22:00", "minus 12:00-13:00".
[[nodiscard]] inline std::string to_string(const day_change& c) {
  switch (c.what()) {
    case day_change::action::off: return "off";
    case day_change::action::works_as:
      return "works as " + std::string(detail::weekday_names[(c.weekday().iso_encoding() + 6) % 7]);
    case day_change::action::exactly: return "exactly " + to_string(c.hours());
    case day_change::action::extra: return "extra " + to_string(c.hours());
    case day_change::action::minus: return "minus " + to_string(c.hours());
  }
  return {};
}

/// A change on one date or on a range of dates, both ends included.
struct calendar_exception {
  std::chrono::year_month_day first;
  std::chrono::year_month_day last;
  day_change change = day_change::off();
  std::string name = {};
  int precedence = 0;

  [[nodiscard]] static constexpr calendar_exception on(std::chrono::year_month_day date, day_change change,
                                                       std::string name = {}, int precedence = 0) {
    return {date, date, std::move(change), std::move(name), precedence};
  }
  [[nodiscard]] static constexpr calendar_exception through(std::chrono::year_month_day first,
                                                            std::chrono::year_month_day last,
                                                            day_change change, std::string name = {},
                                                            int precedence = 0) {
    return {first, last, std::move(change), std::move(name), precedence};
  }
  friend constexpr bool operator==(const calendar_exception&, const calendar_exception&) = default;
};

/// A change on a day of every year.
struct recurring_exception {
  yearly_date when;
  day_change change = day_change::off();
  std::string name = {};
  int precedence = 0;
  friend constexpr bool operator==(const recurring_exception&, const recurring_exception&) = default;
};

}  // namespace v0
}  // namespace sla
