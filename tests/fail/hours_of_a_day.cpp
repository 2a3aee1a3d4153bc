// error: shifts_of_one_day_overlap
// SPDX-License-Identifier: MIT
#include <sla/calendar/hours.hpp>

using namespace sla::literals;

#if SLA_FAIL
sla::day_hours hours = "09:00-12:00,11:30-13:00"_day_hours;
#else
sla::day_hours hours = "09:00-12:00,12:30-13:00"_day_hours;
#endif
