// error: error: (no match for .*operator.*money.*int|invalid operands .*money.*int)
// SPDX-License-Identifier: MIT
#include <sla/base/money.hpp>

#if SLA_FAIL
auto sum(sla::money m) { return m + 100; }
#else
auto sum(sla::money m) { return m + sla::money::minor(100, sla::cny); }
#endif
