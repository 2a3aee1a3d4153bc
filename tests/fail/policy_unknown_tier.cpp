// error: unknown_tier
// SPDX-License-Identifier: MIT
#include "policy.hpp"

#if SLA_FAIL
constexpr sla::target_spec targets[]{{.tier = "gold", .limits = hour}, {.limits = day}};
#else
constexpr sla::target_spec targets[]{{.tier = "flagship", .limits = hour}, {.limits = day}};
#endif
constexpr sla::policy_spec contract = sla::proof::checked(usual_but(&sla::policy_spec::targets, targets));
