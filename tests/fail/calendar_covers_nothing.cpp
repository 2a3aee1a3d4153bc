// error: calendar_covers_no_years
// SPDX-License-Identifier: MIT
#include <sla/calendar/calendar_proof.hpp>

using namespace sla::literals;
using namespace std::chrono_literals;

#if SLA_FAIL
constexpr sla::calendar_spec office{.hours = "Mon-Fri 08:30-18:00"_hours};
#else
constexpr sla::calendar_spec office{.hours = "Mon-Fri 08:30-18:00"_hours, .cover = {2026y, 2027y}};
#endif
static_assert(sla::proof::is_open(office, std::chrono::sys_days(2026y / 10 / 12) + 9h));
