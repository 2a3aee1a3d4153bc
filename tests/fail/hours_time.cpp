// error: time_expected_such_as_0830
// SPDX-License-Identifier: MIT
#include <sla/calendar/hours.hpp>

using namespace sla::literals;

#if SLA_FAIL
sla::weekly_hours hours = "Mon-Fri 830-18:00"_hours;
#else
sla::weekly_hours hours = "Mon-Fri 8:30-18:00"_hours;
#endif
