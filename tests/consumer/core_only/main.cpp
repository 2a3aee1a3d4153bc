// SPDX-License-Identifier: MIT
// The standard library and the core headers: exact rates and business time with a literal zone, nothing to link.
#include <chrono>

#include <sla/base/ratio.hpp>
#include <sla/calendar/business_time.hpp>
#include <sla/calendar/calendar.hpp>
#include <sla/calendar/china.hpp>
#include <sla/calendar/hours_text.hpp>

using namespace sla::literals;
using namespace std::chrono_literals;
static_assert(99.99_pct == sla::ratio(9'999, 10'000));

int judge();  // assess.cpp

int main() {
  const sla::calendar_spec office{.zone = sla::zone::posix("Shanghai", "CST-8"),
                                  .hours = "Mon-Fri 08:30-18:00"_hours,
                                  .holidays = sla::china_workdays(),
                                  .cover = {2026y, 2027y}};
  const sla::business_time hours(sla::compile(office));
  // The eve of the National Day week: five minutes before closing, eight days before the next opening.
  const sla::instant reported = std::chrono::sys_days{2026y / 9 / 30} + 17h + 55min - 8h;
  const sla::instant due = std::chrono::sys_days{2026y / 10 / 8} + 8h + 55min - 8h;
  return hours.add(reported, 30_bmin) == due ? judge() : 1;
}
