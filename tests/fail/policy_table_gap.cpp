// error: step_table_has_a_gap
// SPDX-License-Identifier: MIT
#include <sla/policy/policy_proof.hpp>

using namespace sla::literals;
using namespace std::chrono_literals;

constexpr std::string_view severities[]{"P1"};
constexpr std::string_view tiers[]{"basic"};
#if SLA_FAIL
constexpr sla::step below[]{{.below = 99.9_pct, .rate = 10_pct, .from = 99.5_pct}, {99_pct, 30_pct}};
#else
constexpr sla::step below[]{{99.9_pct, 10_pct}, {99_pct, 30_pct}};
#endif
constexpr sla::credit_spec credits[]{{.clause = "5", .below = below}};
constexpr sla::policy_spec contract = sla::proof::checked({
    .name = "contract",
    .version = 2026y / 1 / 1,
    .severities = severities,
    .tiers = tiers,
    .credits = credits,
});
