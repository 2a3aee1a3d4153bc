// error: opening_hours_expected_such_as_0830_1800
// SPDX-License-Identifier: MIT
#include <sla/calendar/hours.hpp>

using namespace sla::literals;

#if SLA_FAIL
sla::weekly_hours hours = "Mon-Fri"_hours;
#else
sla::weekly_hours hours = "closed"_hours;
#endif
