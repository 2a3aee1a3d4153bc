// error: business_time_needs_a_calendar
// SPDX-License-Identifier: MIT
#include "policy.hpp"

#if SLA_FAIL
constexpr sla::limit_spec worked[]{{"response", 1_bh}};
constexpr sla::target_spec targets[]{{.limits = worked}};
#else
constexpr sla::target_spec targets[]{{.limits = day}};
#endif
constexpr sla::policy_spec contract = sla::proof::checked(usual_but(&sla::policy_spec::targets, targets));
