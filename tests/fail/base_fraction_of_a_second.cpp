// error: (could not convert .*t.* from|no viable conversion from returned value)
// SPDX-License-Identifier: MIT
#include <sla/base/instant.hpp>

#if SLA_FAIL
sla::instant at(std::chrono::sys_time<std::chrono::milliseconds> t) { return t; }
#else
sla::instant at(std::chrono::sys_time<std::chrono::milliseconds> t) { return sla::instant::floor(t); }
#endif
