// error: weekday_expected_mon_to_sun
// SPDX-License-Identifier: MIT
#include <sla/calendar/hours.hpp>

using namespace sla::literals;

#if SLA_FAIL
sla::weekly_hours hours = "Mo-Fri 08:30-18:00"_hours;
#else
sla::weekly_hours hours = "Mon-Fri 08:30-18:00"_hours;
#endif
