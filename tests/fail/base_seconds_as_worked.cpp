// error: (conversion from .*seconds.* to non-scalar type .*worked|no viable conversion from 'std::chrono::seconds'.* to 'sla::worked')
// SPDX-License-Identifier: MIT
#include <sla/base/units.hpp>

#if SLA_FAIL
sla::worked target = std::chrono::seconds(10);
#else
sla::worked target = sla::worked(std::chrono::seconds(10));
#endif
