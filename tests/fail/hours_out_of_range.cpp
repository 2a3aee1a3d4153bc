// error: time_expected_from_0000_to_2400
// SPDX-License-Identifier: MIT
#include <sla/calendar/hours.hpp>

using namespace sla::literals;

#if SLA_FAIL
sla::weekly_hours hours = "Mon-Fri 08:30-24:01"_hours;
#else
sla::weekly_hours hours = "Mon-Fri 08:30-24:00"_hours;
#endif
