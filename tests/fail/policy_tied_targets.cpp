// error: two_targets_are_equally_specific_and_disagree
// SPDX-License-Identifier: MIT
#include <sla/policy/policy_proof.hpp>

using namespace sla::literals;
using namespace std::chrono_literals;

constexpr std::string_view severities[]{"P1", "P2"};
constexpr std::string_view tiers[]{"basic", "flagship"};
constexpr sla::limit_spec hour[]{{"response", 1h}};
constexpr sla::limit_spec day[]{{"response", 24h}};
#if SLA_FAIL
constexpr sla::target_spec targets[]{{.severity = "P1", .limits = hour}, {.tier = "basic", .limits = day}};
#else
constexpr sla::limit_spec half[]{{"response", 30min}};
constexpr sla::target_spec targets[]{{.severity = "P1", .limits = hour},
                                     {.tier = "basic", .limits = day},
                                     {.severity = "P1", .tier = "basic", .limits = half}};
#endif
constexpr sla::policy_spec contract = sla::proof::checked({
    .name = "contract",
    .version = 2026y / 1 / 1,
    .severities = severities,
    .tiers = tiers,
    .targets = targets,
});
