// SPDX-License-Identifier: MIT
// What the compiler proves of a policy: names, ties, tables, limits and deadlines.

#include <array>
#include <chrono>
#include <string_view>

#include <sla/calendar/zone_literal.hpp>
#include <sla/policy/policy_proof.hpp>

using namespace sla::literals;
using namespace std::chrono_literals;

namespace policy_proof_static {
namespace {

constexpr std::string_view severities[]{"P1", "P2"};
constexpr std::string_view tiers[]{"basic", "flagship"};
constexpr std::string_view regions[]{"urban", "suburban"};
constexpr sla::zone shanghai = "Asia/Shanghai +08:00"_zone;
constexpr sla::named_calendar_spec calendars[]{
    {"workdays", {.zone = shanghai, .hours = "Mon-Fri 08:30-18:00"_hours, .cover = {2026y, 2027y}}},
    {"nights", {.zone = shanghai, .hours = "22:00-06:00"_hours, .cover = {2026y, 2027y}}}};

constexpr sla::limit_spec all[]{{"response", 30min}, {"onsite", 1h}};
constexpr sla::limit_spec far[]{{"onsite", 2h}};
constexpr sla::limit_spec light[]{{"response", 4_bh}, {"resolution", 2_bd}};
constexpr sla::target_spec targets[]{
    {.calendar = "workdays", .limits = all},
    {.region = "suburban", .limits = far},
    {.severity = "P2", .tier = "basic", .limits = light},
    {.severity = "P2", .tier = "basic", .region = "urban", .calendar = "nights"},
};
constexpr sla::clock_spec clocks[]{{.name = "response", .how = {.landing = sla::due_at::next_opening}}};
constexpr sla::policy_spec contract = sla::proof::checked({
    .name = "contract",
    .version = 2026y / 1 / 1,
    .home = shanghai,
    .severities = severities,
    .tiers = tiers,
    .regions = regions,
    .calendars = calendars,
    .targets = targets,
    .clocks = clocks,
});

constexpr sla::incident_names basic(std::string_view region, sla::instant reported = {}) {
  return {.severity = "P2", .tier = "basic", .region = region, .reported = reported};
}
constexpr sla::instant cn(std::chrono::year_month_day date, std::chrono::seconds time) {
  return shanghai.start_of(std::chrono::sys_days(date)) + time;
}

// Each property comes from the most specific row that states it.
static_assert(sla::proof::limit(contract, "onsite",
                                {.severity = "P1", .tier = "basic", .region = "suburban"}) == 2h);
static_assert(sla::proof::limit(contract, "onsite", {.severity = "P1", .tier = "basic", .region = "urban"}) ==
              1h);
static_assert(sla::proof::limit(contract, "onsite", basic("suburban")) == 2h);
static_assert(sla::proof::limit(contract, "response", basic("suburban")) == 4_bh);
static_assert(!sla::proof::limit(contract, "resolution",
                                 {.severity = "P1", .tier = "basic", .region = "urban"}));
static_assert(sla::proof::calendar(contract, basic("suburban")) == "workdays");
static_assert(sla::proof::calendar(contract, basic("urban")) == "nights");

// Friday at 15:00 in the suburbs: three hours on Friday and one on Monday. Until 18:00 exactly is until Monday.
static_assert(sla::proof::due(contract, "response", basic("suburban", cn(2026y / 10 / 16, 15h))) ==
              cn(2026y / 10 / 19, 9h + 30min));
static_assert(sla::proof::due(contract, "response", basic("suburban", cn(2026y / 10 / 16, 14h))) ==
              cn(2026y / 10 / 19, 8h + 30min));
static_assert(sla::proof::due(contract, "response", basic("urban", cn(2026y / 10 / 16, 15h))) ==
              cn(2026y / 10 / 17, 2h));
static_assert(sla::proof::due(contract, "onsite", basic("suburban", cn(2026y / 10 / 16, 15h))) ==
              cn(2026y / 10 / 16, 17h));
static_assert(sla::proof::due(contract, "follow_up", basic("urban", cn(2026y / 10 / 16, 15h))).is_never());

// --- what else a row may state ----------------------------------------------------------------------------------

constexpr std::string_view channels[]{"phone", "ticket"};
constexpr std::string_view to_the_hour[]{"days to the hour"};
constexpr std::string_view ours[]{"ours"};
constexpr sla::option_set_spec option_sets[]{{"ours", {.changing = sla::on_change::carry}}};
constexpr sla::tier_spec extensions[]{{"flagship", "basic"}};
constexpr sla::limit_spec usual[]{{"response", 1h}, {"onsite", 8h}};
constexpr sla::limit_spec by_phone[]{{"response", 10min}};
constexpr sla::limit_spec of_basic[]{
    {.clock = "onsite", .limit = 4_bh, .calendar = "nights", .how = {.landing = sla::due_at::next_opening}},
    {.clock = "resolution", .unquantified = true, .options = to_the_hour}};
constexpr sla::target_spec more_targets[]{
    {.limits = usual}, {.channel = "phone", .limits = by_phone}, {.tier = "basic", .limits = of_basic}};
constexpr sla::policy_spec more = sla::proof::checked({
    .name = "more",
    .version = 2026y / 1 / 1,
    .home = shanghai,
    .severities = severities,
    .tiers = tiers,
    .channels = channels,
    .calendars = calendars,
    .extensions = extensions,
    .targets = more_targets,
    .option_sets = option_sets,
    .options = ours,
});
constexpr sla::incident_names phoned{.severity = "P1", .tier = "flagship", .channel = "phone"};
static_assert(sla::proof::limit(more, "response", phoned) == 10min);
static_assert(sla::proof::limit(more, "response", {.severity = "P1", .tier = "basic", .channel = "ticket"}) ==
              1h);
static_assert(sla::proof::limit(more, "onsite", phoned) == 4_bh);  // as the tier it extends
static_assert(sla::proof::calendar(more, phoned, "onsite") == "nights");
static_assert(!sla::proof::limit(more, "resolution", phoned));
static_assert(sla::proof::option(more, "onsite", phoned, &sla::clock_options::landing) ==
              sla::due_at::next_opening);
static_assert(sla::proof::option(more, "resolution", phoned, &sla::clock_options::days) ==
              sla::business_day_rule::same_time());
static_assert(sla::proof::option(more, "resolution", phoned, &sla::clock_options::changing) ==
              sla::on_change::carry);

// --- ties -------------------------------------------------------------------------------------------------------

constexpr bool ties(std::span<const sla::target_spec> rows) {
  sla::policy_spec p = contract;
  p.targets = rows;
  return !sla::proof::has_no_tie(p);
}
constexpr sla::limit_spec hour[]{{"response", 1h}};
constexpr sla::limit_spec day[]{{"response", 24h}};
using rows = std::array<sla::target_spec, 2>;
static_assert(!ties(targets));
static_assert(ties(rows{{{.severity = "P1", .limits = hour}, {.tier = "basic", .limits = day}}}));
static_assert(!ties(rows{{{.severity = "P1", .limits = hour}, {.tier = "basic", .limits = hour}}}));
static_assert(!ties(rows{{{.severity = "P1", .limits = hour}, {.severity = "P2", .limits = day}}}));
static_assert(!ties(rows{{{.severity = "P1", .limits = hour}, {.tier = "basic", .limits = far}}}));
constexpr sla::limit_spec carried[]{{.clock = "response", .how = {.changing = sla::on_change::carry}}};
constexpr sla::limit_spec restarted[]{{.clock = "response", .how = {.changing = sla::on_change::restart}}};
static_assert(ties(rows{{{.severity = "P1", .limits = carried}, {.tier = "basic", .limits = restarted}}}));
static_assert(!ties(rows{{{.severity = "P1", .limits = carried}, {.tier = "basic", .limits = hour}}}));
static_assert(ties(rows{
    {{.severity = "P1", .calendar = "workdays"}, {.tier = "basic", .calendar = "nights"}}}));
// The one cell in which they meet has a row of its own.
static_assert(!ties(std::array<sla::target_spec, 3>{{{.severity = "P1", .limits = hour},
                                                     {.tier = "basic", .limits = day},
                                                     {.severity = "P1", .tier = "basic", .limits = hour}}}));
// One of two has.
static_assert(ties(std::array<sla::target_spec, 3>{
    {{.severity = "P1", .limits = hour},
     {.tier = "basic", .limits = day},
     {.severity = "P1", .tier = "basic", .region = "urban", .limits = hour}}}));

// --- tables -----------------------------------------------------------------------------------------------------

constexpr bool whole(std::span<const sla::step> below) {
  const sla::credit_spec credits[]{{.below = below}};
  sla::policy_spec p = contract;
  p.credits = credits;
  return sla::proof::has_whole_tables(p);
}
constexpr sla::step growing[]{{99.9_pct, 10_pct}, {99_pct, 30_pct}};
constexpr sla::step falling[]{{99.9_pct, 30_pct}, {99_pct, 10_pct}};
constexpr sla::step torn[]{{.below = 99.9_pct, .rate = 10_pct, .from = 99.5_pct}, {99_pct, 30_pct}};
static_assert(whole(growing) && !whole(falling) && !whole(torn));

// A doubtful table is one that a contract may have.
constexpr sla::credit_spec as_the_contract_has_it[]{{.below = torn}};
constexpr sla::policy_spec doubtful = sla::proof::checked({.name = "contract",
                                                           .version = 2026y / 1 / 1,
                                                           .severities = severities,
                                                           .tiers = tiers,
                                                           .credits = as_the_contract_has_it},
                                                          sla::proof::doubts::allowed);
static_assert(!sla::proof::has_whole_tables(doubtful));

}  // namespace
}  // namespace policy_proof_static
