// error: (use of|call to) deleted function .*minor
// SPDX-License-Identifier: MIT
#include <sla/base/money.hpp>

#if SLA_FAIL
auto fee = sla::money::minor(12.5, sla::cny);
#else
auto fee = sla::money::minor(1250, sla::cny);
#endif
