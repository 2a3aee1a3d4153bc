// error: two_targets_are_equally_specific_and_disagree
// SPDX-License-Identifier: MIT
#include "policy.hpp"

#if SLA_FAIL
constexpr sla::target_spec targets[]{{.severity = "P1", .limits = hour}, {.tier = "basic", .limits = day}};
#else
constexpr sla::limit_spec half[]{{"response", 30min}};
constexpr sla::target_spec targets[]{{.severity = "P1", .limits = hour},
                                     {.tier = "basic", .limits = day},
                                     {.severity = "P1", .tier = "basic", .limits = half}};
#endif
constexpr sla::policy_spec contract = sla::proof::checked(usual_but(&sla::policy_spec::targets, targets));
