// error: a percentage is written as digits
// SPDX-License-Identifier: MIT
#include <sla/base/ratio.hpp>

using namespace sla::literals;

#if SLA_FAIL
auto rate = 1e2_pct;
#else
auto rate = 100_pct;
#endif
