// error: error: (no match for .*operator.*instant.*worked|invalid operands .*instant.*worked)
// SPDX-License-Identifier: MIT
#include <sla/base/instant.hpp>
#include <sla/base/units.hpp>

using namespace sla::literals;
using namespace std::chrono_literals;

#if SLA_FAIL
auto due(sla::instant t) { return t + 4_bh; }
#else
auto due(sla::instant t) { return t + 4h; }
#endif
