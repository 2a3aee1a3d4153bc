// error: calendar_never_opens
// SPDX-License-Identifier: MIT
#include <sla/policy/policy_proof.hpp>

using namespace sla::literals;
using namespace std::chrono_literals;

constexpr std::string_view severities[]{"P1"};
constexpr std::string_view tiers[]{"basic"};
#if SLA_FAIL
constexpr sla::named_calendar_spec calendars[]{{"office", {.cover = {2026y, 2036y}}}};
#else
constexpr sla::named_calendar_spec calendars[]{{"office", {.hours = "24/7"_hours, .cover = {2026y, 2036y}}}};
#endif
constexpr sla::policy_spec contract = sla::proof::checked({
    .name = "contract",
    .version = 2026y / 1 / 1,
    .severities = severities,
    .tiers = tiers,
    .calendars = calendars,
});
