// error: comma_or_semicolon_or_end_expected
// SPDX-License-Identifier: MIT
#include <sla/calendar/hours.hpp>

using namespace sla::literals;

#if SLA_FAIL
sla::weekly_hours hours = "Mon-Fri 08:30-18:00 Sat 09:00-12:00"_hours;
#else
sla::weekly_hours hours = "Mon-Fri 08:30-18:00; Sat 09:00-12:00"_hours;
#endif
