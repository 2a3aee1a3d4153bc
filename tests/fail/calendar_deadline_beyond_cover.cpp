// error: no_deadline_within_the_years_covered
// SPDX-License-Identifier: MIT
#include <sla/calendar/calendar_proof.hpp>

using namespace sla::literals;
using namespace std::chrono_literals;

constexpr sla::calendar_spec office{.hours = "Mon-Fri 08:00-18:00"_hours, .cover = {2026y, 2027y}};
constexpr sla::instant last_day = std::chrono::sys_days(2026y / 12 / 31) + 8h;
#if SLA_FAIL
static_assert(sla::proof::due(office, last_day, 11_bh) > last_day);
#else
static_assert(sla::proof::due(office, last_day, 10_bh) > last_day);
#endif
