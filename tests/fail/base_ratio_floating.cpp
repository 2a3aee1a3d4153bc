// error: (use of deleted function .*ratio|call to deleted constructor of 'sla::ratio')
// SPDX-License-Identifier: MIT
#include <sla/base/ratio.hpp>

#if SLA_FAIL
sla::ratio rate(0.9999);
#else
sla::ratio rate(9'999, 10'000);
#endif
