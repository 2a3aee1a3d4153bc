// error: unknown_clock
// SPDX-License-Identifier: MIT
#include "policy.hpp"

#if SLA_FAIL
constexpr sla::limit_spec answer[]{{"answer", 1h}};
constexpr sla::target_spec targets[]{{.severity = "P1", .limits = answer}, {.limits = day}};
#else
constexpr sla::target_spec targets[]{{.severity = "P1", .limits = hour}, {.limits = day}};
#endif
constexpr sla::policy_spec contract = sla::proof::checked(usual_but(&sla::policy_spec::targets, targets));
