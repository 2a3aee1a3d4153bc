// error: (conversion from .*business_days.* to non-scalar type .*worked|no viable conversion from 'business_days' to 'sla::worked')
// SPDX-License-Identifier: MIT
#include <sla/base/units.hpp>

using namespace sla::literals;
using namespace std::chrono_literals;

#if SLA_FAIL
sla::worked target = 2_bd;
#else
sla::business_days target = 2_bd;
#endif
