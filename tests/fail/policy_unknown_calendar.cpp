// error: unknown_calendar
// SPDX-License-Identifier: MIT
#include "policy.hpp"

#if SLA_FAIL
constexpr sla::target_spec targets[]{{.calendar = "office", .limits = day}};
#else
constexpr sla::target_spec targets[]{{.limits = day}};
#endif
constexpr sla::policy_spec contract = sla::proof::checked(usual_but(&sla::policy_spec::targets, targets));
