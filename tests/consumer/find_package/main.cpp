// SPDX-License-Identifier: MIT
// The standard library and the core headers: exact rates and money without anything to link.
#include <sla/base/ratio.hpp>

using namespace sla::literals;
static_assert(99.99_pct == sla::ratio(9'999, 10'000));

int main() { return sla::ratio(44'639, 44'640) < 99.998_pct ? 0 : 1; }
