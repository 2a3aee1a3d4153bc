// error: error: (no match for .*operator.*worked.*hours|invalid operands .*worked.*hours)
// SPDX-License-Identifier: MIT
#include <sla/base/units.hpp>

using namespace sla::literals;
using namespace std::chrono_literals;

#if SLA_FAIL
auto sum(sla::worked w) { return w + 4h; }
#else
auto sum(sla::worked w) { return w + 4_bh; }
#endif
