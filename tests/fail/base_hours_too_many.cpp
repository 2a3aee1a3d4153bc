// error: at most 1,000,000,000 business hours
// SPDX-License-Identifier: MIT
#include <sla/base/units.hpp>

using namespace sla::literals;
using namespace std::chrono_literals;

#if SLA_FAIL
auto target = 1'000'000'001_bh;
#else
auto target = 1'000'000'000_bh;
#endif
