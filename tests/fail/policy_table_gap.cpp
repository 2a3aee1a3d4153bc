// error: step_table_has_a_gap
// SPDX-License-Identifier: MIT
#include "policy.hpp"

#if SLA_FAIL
constexpr sla::step below[]{{.below = 99.9_pct, .rate = 10_pct, .from = 99.5_pct}, {99_pct, 30_pct}};
#else
constexpr sla::step below[]{{99.9_pct, 10_pct}, {99_pct, 30_pct}};
#endif
constexpr sla::credit_spec credits[]{{.clause = "5", .below = below}};
constexpr sla::policy_spec contract = sla::proof::checked(usual_but(&sla::policy_spec::credits, credits));
