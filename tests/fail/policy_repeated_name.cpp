// error: name_stands_twice
// SPDX-License-Identifier: MIT
#include <sla/policy/policy_proof.hpp>

using namespace std::chrono_literals;

#if SLA_FAIL
constexpr std::string_view severities[]{"P1", "P2", "P1"};
#else
constexpr std::string_view severities[]{"P1", "P2", "P3"};
#endif
constexpr std::string_view tiers[]{"basic"};
constexpr sla::policy_spec contract = sla::proof::checked(
    {.name = "contract", .version = 2026y / 1 / 1, .severities = severities, .tiers = tiers});
