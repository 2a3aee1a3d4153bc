// SPDX-License-Identifier: MIT
#pragma once

// A calendar as people describe it: a zone, the hours of an ordinary week, holidays, exceptions, and the years it
// has to answer for. calendar/compile.hpp turns it into open intervals; calendar/business_time.hpp counts in them.
//
//     sla::calendar_spec office{.zone = sla::load_zone("Asia/Shanghai"),
//                               .hours = "Mon-Fri 08:30-12:00,13:00-18:00"_hours,
//                               .holidays = sla::china_workdays(),
//                               .cover = {2024y, 2034y}};
//     for (const sla::calendar_fault& f : sla::check(office)) std::cout << f.message << '\n';
//
// The hard question: hours that change on 1 March? `changes` lists what is in force from a date on. The date that
// counts is the one worked: a night shift that opens on 28 February ends by February's hours (rule T10).
//
// A description with faults is refused as a whole: `check` finds all of them, each with the field and the entry it
// stands in; compiling throws calendar_error with the same list.

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sla/base/diagnostic.hpp>
#include <sla/base/error.hpp>
#include <sla/base/export.hpp>
#include <sla/calendar/exceptions.hpp>
#include <sla/calendar/holidays.hpp>
#include <sla/calendar/hours.hpp>
#include <sla/calendar/zone.hpp>

namespace sla {
inline namespace v0 {

/// From the beginning of `from` to the beginning of `to` in the calendar's zone: {2024y, 2034y} is ten years.
struct year_span {
  std::chrono::year from{};
  std::chrono::year to{};
  friend constexpr bool operator==(const year_span&, const year_span&) noexcept = default;
};

/// What is in force from a date on. Holidays that are not stated stay as they were.
struct calendar_change {
  std::chrono::year_month_day from;
  weekly_hours hours;
  std::optional<holiday_use> holidays = std::nullopt;
  friend bool operator==(const calendar_change&, const calendar_change&) = default;
};

struct calendar_spec {
  sla::zone zone = sla::zone::utc();
  /// Empty for a calendar that opens by exceptions alone.
  weekly_hours hours = {};
  /// None unless stated.
  holiday_use holidays = {};
  /// By date; hours and holidays above are in force before the first.
  std::vector<calendar_change> changes = {};
  std::vector<calendar_exception> exceptions = {};
  std::vector<recurring_exception> recurring = {};
  year_span cover = {};
};

/// One fault of a description. `field` is the member it stands in, `index` the entry of a list.
struct calendar_fault {
  enum class part : std::uint8_t { zone, hours, holidays, changes, exceptions, recurring, cover, whole };

  gravity level = gravity::error;
  std::string code;
  part field = part::whole;
  std::size_t index = 0;
  std::string message;
  friend bool operator==(const calendar_fault&, const calendar_fault&) = default;
};

[[nodiscard]] constexpr std::string_view to_string(calendar_fault::part p) noexcept {
  constexpr std::string_view names[] = {"zone",       "hours",     "holidays", "changes",
                                        "exceptions", "recurring", "cover",    "calendar"};
  return names[static_cast<std::size_t>(p)];
}
/// "exceptions[2]: message [code]".
[[nodiscard]] inline std::string to_string(const calendar_fault& f) {
  using part = calendar_fault::part;
  const bool listed = f.field == part::changes || f.field == part::exceptions || f.field == part::recurring;
  return std::string(to_string(f.field)) + (listed ? '[' + std::to_string(f.index) + ']' : std::string()) +
         ": " + (f.level == gravity::error ? "" : "warning: ") + f.message + " [" + f.code + ']';
}

/// Thrown where a faulty description is compiled; carries every fault, warnings among them.
class SLA_VISIBLE calendar_error : public error {
 public:
  explicit calendar_error(std::vector<calendar_fault> faults)
      : error(print(faults)), faults_(std::move(faults)) {}
  [[nodiscard]] const std::vector<calendar_fault>& faults() const noexcept { return faults_; }

 private:
  [[nodiscard]] static std::string print(const std::vector<calendar_fault>& faults) {
    std::string out;
    for (const calendar_fault& f : faults) out += (out.empty() ? "" : "\n") + to_string(f);
    return out;
  }
  std::vector<calendar_fault> faults_;
};

/// The longest cover, in years: a compiled calendar holds every opening in it.
inline constexpr int max_cover_years = 1000;

namespace detail {

// Finds the faults that show in the description itself; those that show only in its dates come from compiling.
class calendar_checker {
 public:
  using part = calendar_fault::part;

  constexpr explicit calendar_checker(const calendar_spec& spec) : spec_(spec) {
    check_cover();
    check_hours(spec.hours, part::hours, 0);
    check_holidays(spec.holidays, part::holidays, 0);
    check_changes();
    for (std::size_t i = 0; i < spec.exceptions.size(); ++i) check_exception(spec.exceptions[i], i);
    for (std::size_t i = 0; i < spec.recurring.size(); ++i) {
      const recurring_exception& r = spec.recurring[i];
      if (!is_valid(r.when)) fault("no-such-date", part::recurring, i, "no year has such a date");
      check_change(r.change, part::recurring, i);
    }
  }
  [[nodiscard]] constexpr std::vector<calendar_fault> take() { return std::move(found_); }

 private:
  constexpr void fault(std::string code, part field, std::size_t index, std::string message) {
    found_.push_back({gravity::error, std::move(code), field, index, std::move(message)});
  }
  constexpr void warn(std::string code, part field, std::size_t index, std::string message) {
    found_.push_back({gravity::warning, std::move(code), field, index, std::move(message)});
  }
  [[nodiscard]] static std::string print(std::chrono::year y) { return std::to_string(static_cast<int>(y)); }

  constexpr void check_cover() {
    const auto [from, to] = spec_.cover;
    if (from == std::chrono::year() && to == std::chrono::year())
      return fault("no-cover", part::cover, 0,
                   "expected the years the calendar answers for, such as {2024y, 2034y}");
    if (!from.ok() || !to.ok() || from < std::chrono::year(-9999) || to > std::chrono::year(9999))
      return fault("bad-cover", part::cover, 0, "expected years from -9999 to 9999");
    if (to <= from)
      return fault("bad-cover", part::cover, 0,
                   "the years " + print(from) + " to " + print(to) +
                       " hold no time: the second is where cover ends, and is not in it");
    if (static_cast<int>(to) - static_cast<int>(from) > max_cover_years)
      fault("bad-cover", part::cover, 0, "expected at most " + std::to_string(max_cover_years) + " years");
  }

  constexpr void check_day(const day_hours& day, part field, std::size_t index, std::string_view prefix,
                           bool& warned) {
    for (const shift& s : day) {
      const std::int32_t close = s.close > day_length ? s.close - day_length : s.close;
      if (warned || (close != day_length - 60 && close != day_length - 1)) continue;
      warned = true;
      warn("closing-before-midnight", field, index,
           std::string(prefix) + "closing at " + print_time(close) +
               " leaves out the time up to midnight: write 24:00 if that is meant");
    }
  }
  constexpr void check_hours(const weekly_hours& hours, part field, std::size_t index) {
    bool warned = false;
    for (unsigned d = 1; d <= 7; ++d) check_day(hours[std::chrono::weekday(d)], field, index, "", warned);
  }
  constexpr void check_holidays(const holiday_use& use, part field, std::size_t index) {
    const holiday_set& set = use.set;
    if (!use.used()) {
      if (!set.empty())
        fault("holidays-unused", field, index,
              "holidays " + set.name() + " close no day and open none: state which kinds are closed");
      return;
    }
    if (use.needs_kinds() && !set.has_kinds())
      fault("holidays-without-kinds", field, index,
            "holidays " + set.name() +
                " do not say which days off are statutory, and this calendar closes only some kinds");
    if (spec_.cover.from.ok() && field == part::holidays && set.known_from() != holiday_set::always() &&
        set.known_from() > std::chrono::sys_days(spec_.cover.from / std::chrono::January / 1))
      warn("holidays-begin-later", field, index,
           "holidays " + set.name() + " are known from " + date_text(set.known_from()) +
               " on: before it no day is a holiday");
  }
  constexpr void check_changes() {
    for (std::size_t i = 0; i < spec_.changes.size(); ++i) {
      const calendar_change& c = spec_.changes[i];
      if (!c.from.ok()) {
        fault("no-such-date", part::changes, i, "there is no such date");
      } else if (i > 0 && spec_.changes[i - 1].from.ok() && c.from <= spec_.changes[i - 1].from) {
        fault("changes-out-of-order", part::changes, i,
              date_text(std::chrono::sys_days(c.from)) + " does not come after the change before it");
      }
      check_hours(c.hours, part::changes, i);
      if (c.holidays) check_holidays(*c.holidays, part::changes, i);
    }
  }
  constexpr void check_exception(const calendar_exception& e, std::size_t i) {
    if (!e.first.ok() || !e.last.ok()) {
      fault("no-such-date", part::exceptions, i, "there is no such date");
    } else if (e.last < e.first) {
      fault("range-backwards", part::exceptions, i,
            "the range ends on " + date_text(std::chrono::sys_days(e.last)) + ", before it begins on " +
                date_text(std::chrono::sys_days(e.first)));
    }
    check_change(e.change, part::exceptions, i);
  }
  constexpr void check_change(const day_change& c, part field, std::size_t i) {
    using action = day_change::action;
    if ((c.what() == action::extra || c.what() == action::minus) && c.hours().empty())
      fault("no-hours", field, i,
            "expected hours to " + std::string(c.what() == action::extra ? "add" : "take away"));
    if (c.what() == action::works_as && !c.weekday().ok())
      fault("no-such-weekday", field, i, "there is no such weekday");
    bool warned = false;
    check_day(c.hours(), field, i, "", warned);
  }

  const calendar_spec& spec_;
  std::vector<calendar_fault> found_;
};

}  // namespace detail
}  // namespace v0
}  // namespace sla
