// error: a percentage is written as digits
// SPDX-License-Identifier: MIT
#include <sla/base/ratio.hpp>

using namespace sla::literals;

#if SLA_FAIL
auto rate = 0.00000000000000000001_pct;
#else
auto rate = 0.0000000000000001_pct;
#endif
