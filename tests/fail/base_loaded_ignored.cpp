// error: error: ignoring return.*nodiscard
// SPDX-License-Identifier: MIT
#include <sla/base/diagnostic.hpp>

sla::loaded<int> load();

#if SLA_FAIL
void use() { load(); }
#else
bool use() { return load().has_value(); }
#endif
