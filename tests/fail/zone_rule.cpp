// error: an abbreviation of 3 letters or more
// SPDX-License-Identifier: MIT
#include <sla/calendar/zone_literal.hpp>

using namespace sla::literals;

#if SLA_FAIL
constexpr sla::zone berlin = "Europe/Berlin CE-1CEST,M3.5.0,M10.5.0/3"_zone;
#else
constexpr sla::zone berlin = "Europe/Berlin CET-1CEST,M3.5.0,M10.5.0/3"_zone;
#endif
