// error: shifts_of_one_day_overlap
// SPDX-License-Identifier: MIT
#include <sla/calendar/hours.hpp>

using namespace sla::literals;

#if SLA_FAIL
sla::weekly_hours hours = "Mon-Fri 08:30-12:00; Fri 11:59-13:00"_hours;
#else
sla::weekly_hours hours = "Mon-Fri 08:30-12:00; Fri 12:00-13:00"_hours;
#endif
