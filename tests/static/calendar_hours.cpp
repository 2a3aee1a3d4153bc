// SPDX-License-Identifier: MIT
// What the compiler knows about hours: literals are read by it, and by the reader that files use.

#include <cstddef>
#include <string_view>
#include <type_traits>

#include <sla/calendar/holidays.hpp>
#include <sla/calendar/hours.hpp>

using namespace sla::literals;

namespace {

constexpr std::size_t problems(std::string_view text) {
  sla::detail::hours_reader reader(text);
  return reader.week().issues.size();
}
constexpr bool first_problem(std::string_view text, sla::detail::hours_problem what, std::size_t offset,
                             std::size_t length) {
  sla::detail::hours_reader reader(text);
  const auto& issues = reader.week().issues;
  return issues.size() == 1 && issues[0].what == what && issues[0].offset == offset &&
         issues[0].length == length;
}
constexpr bool shift_is(std::string_view text, std::size_t day, std::size_t index, sla::shift want) {
  sla::detail::hours_reader reader(text);
  const auto& days = reader.week().days;
  return days[day].size() > index && days[day][index] == want;
}

using problem = sla::detail::hours_problem;

static_assert(problems("Mon-Fri 08:30-12:00,13:00-18:00; Sat 09:00-12:00") == 0);
static_assert(problems("24/7") == 0 && problems(" 24/7 ") == 0 && problems("closed") == 0);
static_assert(problems("08:00-20:00") == 0 && problems("Sat-Mon,Wed 22:00-06:00") == 0);
static_assert(problems("monday-FRIDAY 08:30:15-18:00:45") == 0);
static_assert(problems("Fri 00:00-24:00:00") == 0);

static_assert(shift_is("Mon 08:30-12:00", 0, 0, {30'600, 43'200}));
static_assert(shift_is("Sat-Mon 08:00-09:00", 0, 0, {28'800, 32'400}) &&
              shift_is("Sat-Mon 08:00-09:00", 6, 0, {28'800, 32'400}));
static_assert(shift_is("Tue 22:00-06:00", 1, 0, {79'200, 108'000}));
static_assert(shift_is("Tue 08:00-08:00", 1, 0, {28'800, 115'200}));
static_assert(shift_is("Tue 00:00-24:00", 1, 0, {0, 86'400}));
static_assert(shift_is("24/7", 6, 0, {0, 86'400}));

static_assert(first_problem("", problem::expected_hours, 0, 1));
static_assert(first_problem("Mon-Fri", problem::expected_hours, 7, 1));
static_assert(first_problem("Mon 08:00-12:00;", problem::expected_hours, 16, 1));
static_assert(first_problem("Mo 08:00-12:00", problem::expected_a_weekday, 0, 2));
static_assert(first_problem("Mon 8-12:00", problem::expected_a_time, 4, 1));
static_assert(first_problem("Mon 08:0-12:00", problem::expected_a_time, 4, 4));
static_assert(first_problem("Mon 008:00-12:00", problem::expected_a_time, 4, 6));
static_assert(first_problem("Mon 08:00", problem::expected_a_dash_between_times, 9, 1));
static_assert(first_problem("Mon 24:00:01-23:00", problem::time_out_of_range, 4, 8));
static_assert(first_problem("Mon 08:60-12:00", problem::time_out_of_range, 4, 5));
static_assert(first_problem("Mon 24:00-06:00", problem::opening_at_24, 4, 5));
static_assert(first_problem("Mon-Sun 09:00-12:00,11:59-13:00", problem::shifts_of_one_day_overlap, 20, 11));
static_assert(first_problem("Mon 22:00-06:00,23:00-01:00", problem::shifts_of_one_day_overlap, 16, 11));
static_assert(first_problem("Mon 09:00-23:59", problem::closing_loses_a_minute, 10, 5));
static_assert(first_problem("Mon 09:00-23:59:59", problem::closing_loses_a_minute, 10, 8));
static_assert(first_problem("24/7 ", problem::expected_hours, 0, 1) == false);
static_assert(problems("Mo 1-2; Tue 25:00-26:00; Wed") == 6);

static_assert(std::is_same_v<decltype("24/7"_hours), sla::weekly_hours_text>);
static_assert(std::is_convertible_v<sla::weekly_hours_text, sla::weekly_hours>);
static_assert(!std::is_convertible_v<const char*, sla::weekly_hours>);
static_assert(!std::is_convertible_v<sla::weekly_hours_text, sla::day_hours>);

static_assert(sla::parse_day_kind("make-up") == sla::day_kind::make_up && !sla::parse_day_kind("makeup"));
static_assert(to_string(sla::day_kind::bridging) == "bridging");

}  // namespace
