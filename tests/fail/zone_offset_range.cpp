// error: offset_expected_from_minus_24_59_to_plus_25_59
// SPDX-License-Identifier: MIT
#include <sla/calendar/zone_literal.hpp>

using namespace sla::literals;

#if SLA_FAIL
constexpr sla::zone nowhere = "Etc/Nowhere +26:00"_zone;
#else
constexpr sla::zone nowhere = "Etc/Nowhere +25:59"_zone;
#endif
