// error: calendar_never_opens
// SPDX-License-Identifier: MIT
#include "policy.hpp"

#if SLA_FAIL
constexpr sla::named_calendar_spec calendars[]{{"office", {.cover = {2026y, 2036y}}}};
#else
constexpr sla::named_calendar_spec calendars[]{{"office", {.hours = "24/7"_hours, .cover = {2026y, 2036y}}}};
#endif
constexpr sla::policy_spec contract = sla::proof::checked(usual_but(&sla::policy_spec::calendars, calendars));
