// error: name_and_offset_expected_such_as_asia_shanghai_plus_08_00
// SPDX-License-Identifier: MIT
#include <sla/calendar/zone_literal.hpp>

using namespace sla::literals;

#if SLA_FAIL
constexpr sla::zone shanghai = "Asia/Shanghai"_zone;
#else
constexpr sla::zone shanghai = "Asia/Shanghai +08:00"_zone;
#endif
