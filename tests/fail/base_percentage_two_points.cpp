// error: (too many decimal points in number|invalid suffix '.9_pct')
// SPDX-License-Identifier: MIT
#include <sla/base/ratio.hpp>

using namespace sla::literals;

#if SLA_FAIL
auto rate = 99.9.9_pct;
#else
auto rate = 99.99_pct;
#endif
