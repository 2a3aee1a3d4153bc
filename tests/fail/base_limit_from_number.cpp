// error: (conversion from .*int.* to non-scalar type .*time_limit|no viable conversion from .*int.* to .*time_limit)
// SPDX-License-Identifier: MIT
#include <sla/base/units.hpp>

using namespace sla::literals;
using namespace std::chrono_literals;

#if SLA_FAIL
sla::time_limit target = 10;
#else
sla::time_limit target = 10min;
#endif
