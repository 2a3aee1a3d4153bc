// error: unknown_tier
// SPDX-License-Identifier: MIT
#include <sla/policy/policy_proof.hpp>

using namespace sla::literals;
using namespace std::chrono_literals;

constexpr std::string_view severities[]{"P1", "P2"};
constexpr std::string_view tiers[]{"basic", "flagship"};
constexpr sla::limit_spec hour[]{{"response", 1h}};
constexpr sla::limit_spec day[]{{"response", 24h}};
#if SLA_FAIL
constexpr sla::target_spec targets[]{{.tier = "gold", .limits = hour}, {.limits = day}};
#else
constexpr sla::target_spec targets[]{{.tier = "flagship", .limits = hour}, {.limits = day}};
#endif
constexpr sla::policy_spec contract = sla::proof::checked({
    .name = "contract",
    .version = 2026y / 1 / 1,
    .severities = severities,
    .tiers = tiers,
    .targets = targets,
});
