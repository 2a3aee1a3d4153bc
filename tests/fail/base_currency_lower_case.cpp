// error: a currency is three capital letters
// SPDX-License-Identifier: MIT
#include <sla/base/money.hpp>

#if SLA_FAIL
inline constexpr sla::currency yuan("cny", 2);
#else
inline constexpr sla::currency yuan("CNY", 2);
#endif
