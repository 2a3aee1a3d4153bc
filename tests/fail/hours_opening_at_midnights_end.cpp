// error: opening_at_2400_belongs_to_the_next_day
// SPDX-License-Identifier: MIT
#include <sla/calendar/hours.hpp>

using namespace sla::literals;

#if SLA_FAIL
sla::weekly_hours hours = "Fri 24:00-06:00"_hours;
#else
sla::weekly_hours hours = "Sat 00:00-06:00"_hours;
#endif
