// error: a ratio needs a denominator other than 0
// SPDX-License-Identifier: MIT
#include <sla/base/ratio.hpp>

#if SLA_FAIL
inline constexpr sla::ratio rate(1, 0);
#else
inline constexpr sla::ratio rate(1, 30);
#endif
