// error: a time limit cannot be negative
// SPDX-License-Identifier: MIT
#include <sla/base/units.hpp>

using namespace sla::literals;
using namespace std::chrono_literals;

#if SLA_FAIL
inline constexpr sla::time_limit target = -10min;
#else
inline constexpr sla::time_limit target = 10min;
#endif
