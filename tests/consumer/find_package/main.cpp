// SPDX-License-Identifier: MIT
// A compiled function and what core makes of its result: a zone of the system, and business time in it.
#include <chrono>

#include <sla/calendar/business_time.hpp>
#include <sla/calendar/calendar.hpp>
#include <sla/calendar/china.hpp>
#include <sla/calendar/hours_text.hpp>
#include <sla/calendar/zone_load.hpp>

using namespace sla::literals;
using namespace std::chrono_literals;

int main() {
  const sla::calendar_spec office{.zone = sla::load_zone("Asia/Shanghai"),
                                  .hours = "Mon-Fri 08:30-18:00"_hours,
                                  .holidays = sla::china_workdays(),
                                  .cover = {2026y, 2027y}};
  const sla::business_time hours(sla::compile(office));
  // A Friday evening before a Saturday that is worked in exchange for the holidays.
  const sla::instant reported = std::chrono::sys_days{2026y / 10 / 9} + 17h + 55min - 8h;
  const sla::instant due = std::chrono::sys_days{2026y / 10 / 10} + 8h + 55min - 8h;
  return hours.add(reported, 30_bmin) == due ? 0 : 1;
}
