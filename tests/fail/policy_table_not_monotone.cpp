// error: step_table_pays_less_for_a_deeper_miss
// SPDX-License-Identifier: MIT
#include "policy.hpp"

#if SLA_FAIL
constexpr sla::step below[]{{99.9_pct, 30_pct}, {99_pct, 10_pct}};
#else
constexpr sla::step below[]{{99.9_pct, 10_pct}, {99_pct, 30_pct}};
#endif
constexpr sla::credit_spec credits[]{{.clause = "5", .below = below}};
constexpr sla::policy_spec contract = sla::proof::checked(usual_but(&sla::policy_spec::credits, credits));
