// SPDX-License-Identifier: MIT
// Zones, hours and calendars that are constants, and what the compiler proves of them.

#include <chrono>

#include <sla/calendar/calendar_proof.hpp>
#include <sla/calendar/zone_literal.hpp>

using namespace sla::literals;
using namespace std::chrono_literals;

namespace {

constexpr sla::instant at(std::chrono::year_month_day utc, std::chrono::seconds time) {
  return sla::instant(std::chrono::sys_days(utc)) + time;
}
// A time of Shanghai's clocks.
constexpr sla::instant cn(std::chrono::year_month_day date, std::chrono::seconds time) {
  return at(date, time) - 8h;
}

// --- zones ------------------------------------------------------------------------------------------------------

constexpr sla::zone shanghai = "Asia/Shanghai +08:00"_zone;
static_assert(shanghai.name() == "Asia/Shanghai" && shanghai.version() == "fixed");
static_assert(shanghai.offset_at(at(2026y / 10 / 12, 0s)) == 8h);
static_assert(shanghai.start_of(std::chrono::sys_days(2026y / 10 / 12)) == at(2026y / 10 / 11, 16h));
static_assert("America/St_Johns -03:30"_zone.offset_at(sla::instant()) == -(3h + 30min));
static_assert("Etc/Far_East +25:59"_zone.offset_at(sla::instant()) == 25h + 59min);
static_assert(sla::zone::utc().name() == "UTC" && sla::zone::utc().offset_at(sla::instant()) == 0s);

constexpr sla::zone berlin = "Europe/Berlin CET-1CEST,M3.5.0,M10.5.0/3"_zone;
static_assert(berlin.version() == "posix CET-1CEST,M3.5.0,M10.5.0/3");
static_assert(berlin.offset_at(at(2026y / 7 / 1, 12h)) == 2h);
static_assert(berlin.offset_at(at(2026y / 10 / 25, 1h - 1s)) == 2h);
static_assert(berlin.offset_at(at(2026y / 10 / 25, 1h)) == 1h);
static_assert(berlin.start_of(std::chrono::sys_days(2026y / 10 / 26)) == at(2026y / 10 / 25, 23h));

// --- calendars --------------------------------------------------------------------------------------------------

constexpr sla::calendar_spec office{
    .zone = shanghai, .hours = "Mon-Fri 08:30-12:00,13:00-18:00"_hours, .cover = {2026y, 2036y}};
static_assert(office.hours[std::chrono::Friday].size() == 2 && office.hours[std::chrono::Saturday].empty());

// Monday 2026-10-12.
static_assert(sla::proof::worked_in(office, cn(2026y / 10 / 12, 0h), cn(2026y / 10 / 19, 0h)) ==
              sla::worked(5 * (8h + 30min)));
static_assert(sla::proof::worked_in(office, cn(2026y / 10 / 19, 0h), cn(2026y / 10 / 12, 0h)) ==
              -sla::worked(5 * (8h + 30min)));
static_assert(sla::proof::is_open(office, cn(2026y / 10 / 12, 8h + 30min)));
static_assert(!sla::proof::is_open(office, cn(2026y / 10 / 12, 12h)));

// Friday 17:00 and four hours: one on Friday, three on Monday.
static_assert(sla::proof::due(office, cn(2026y / 10 / 16, 17h), 4_bh) == cn(2026y / 10 / 19, 11h + 30min));
static_assert(sla::proof::due(office, cn(2026y / 10 / 16, 17h), 1_bh) == cn(2026y / 10 / 16, 18h));  // T3
static_assert(sla::proof::due(office, cn(2026y / 10 / 17, 9h), 0_bh) == cn(2026y / 10 / 17, 9h));    // T2
static_assert(sla::proof::due(office, cn(2026y / 10 / 16, 17h), sla::time_limit(4h)) ==
              cn(2026y / 10 / 16, 21h));
// Four weeks of work, with spans of two worked out at a time.
static_assert(sla::proof::due(office, cn(2026y / 10 / 12, 8h), sla::worked(20 * (8h + 30min))) ==
              cn(2026y / 11 / 6, 18h));

// The clocks of Berlin go back on 2026-10-25: a night shift of 8 hours lasts 9.
constexpr sla::calendar_spec nights{.zone = berlin, .hours = "22:00-06:00"_hours, .cover = {2026y, 2027y}};
static_assert(sla::proof::worked_in(nights, at(2026y / 10 / 24, 12h), at(2026y / 10 / 25, 12h)) == 9_bh);
static_assert(sla::proof::worked_in(nights, at(2026y / 3 / 28, 12h), at(2026y / 3 / 29, 12h)) == 7_bh);

// Lists are no constants; a function that has one is. Closed for the week of the national day.
constexpr bool keeps_a_week_off() {
  sla::calendar_spec c = office;
  c.changes.push_back({2026y / 10 / 1, sla::weekly_hours()});
  c.changes.push_back({2026y / 10 / 8, "Mon-Fri 09:00-17:00"_hours});
  return sla::proof::worked_in(c, cn(2026y / 9 / 28, 0h), cn(2026y / 10 / 10, 0h)) ==
             sla::worked(3 * (8h + 30min) + 2 * 8h) &&
         sla::proof::due(c, cn(2026y / 9 / 30, 17h), 2_bh) == cn(2026y / 10 / 8, 10h);
}
static_assert(keeps_a_week_off());

}  // namespace
