// error: error: (no match for .*operator.*worked|invalid operands .*worked)
// SPDX-License-Identifier: MIT
#include <sla/base/units.hpp>

using namespace sla::literals;
using namespace std::chrono_literals;

#if SLA_FAIL
bool late(sla::worked used) { return 4h < used; }
#else
bool late(sla::worked used) { return 4_bh < used; }
#endif
