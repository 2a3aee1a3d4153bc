// error: a percentage is written as digits
// SPDX-License-Identifier: MIT
#include <sla/base/ratio.hpp>

using namespace sla::literals;

#if SLA_FAIL
auto rate = 0x10_pct;
#else
auto rate = 10_pct;
#endif
