// SPDX-License-Identifier: MIT
// A whole policy in C++, proved by the compiler: a misspelt severity, two rows that contradict each other or a deadline
// that is not where the contract has it, and this file does not compile. It needs the headers alone (sla::core).

#include <chrono>
#include <iomanip>
#include <iostream>
#include <string>
#include <string_view>

#include <sla/core.hpp>

namespace {

using namespace sla::literals;
using namespace std::chrono_literals;
using namespace std::string_view_literals;

// --- what is promised -------------------------------------------------------------------------------------------

constexpr std::string_view severities[]{"P1", "P2", "P3"};  // highest first
constexpr std::string_view tiers[]{"basic", "flagship"};
constexpr std::string_view regions[]{"urban", "suburban"};
constexpr std::string_view causes[]{"fault", "planned maintenance"};

constexpr sla::zone shanghai = "Asia/Shanghai +08:00"_zone;
constexpr sla::named_calendar_spec calendars[]{
    {"workdays", {.zone = shanghai, .hours = "Mon-Fri 08:30-18:00"_hours, .cover = {2024y, 2036y}}},
    {"maintenance", {.zone = shanghai, .hours = "Sun 02:00-04:00"_hours, .cover = {2024y, 2036y}}},
};

constexpr sla::limit_spec p1[]{{"response", 10min}, {"onsite", 1h}, {"resolution", 4h}};
constexpr sla::limit_spec p1_suburban[]{{"onsite", 2h}};
constexpr sla::limit_spec p1_flagship[]{{"resolution", 2h}};
constexpr sla::limit_spec p2[]{{"response", 30min}, {"resolution", 8h}};
constexpr sla::limit_spec p2_basic[]{{"response", 30_bmin}, {"resolution", 4_bh}};
constexpr sla::limit_spec p3[]{{"response", 1_bh}, {"resolution", 16_bh}};
constexpr sla::target_spec targets[]{
    {.clause = "3.1", .severity = "P1", .limits = p1},
    {.clause = "3.1.1", .severity = "P1", .region = "suburban", .limits = p1_suburban},
    {.clause = "3.1.2", .severity = "P1", .tier = "flagship", .limits = p1_flagship},
    {.clause = "3.2", .severity = "P2", .limits = p2},
    {.clause = "3.2.1", .severity = "P2", .tier = "basic", .calendar = "workdays", .limits = p2_basic},
    {.clause = "3.3", .severity = "P3", .calendar = "workdays", .limits = p3},
};

constexpr sla::warning resolution_warnings[]{{.at_share = 75_pct, .level = 1},
                                             {.at_share = 90_pct, .level = 2}};
constexpr sla::clock_spec clocks[]{{.name = "resolution",
                                    .how = {.confirmation = sla::time_limit(24h),
                                            .warnings = std::span<const sla::warning>(resolution_warnings)}}};

constexpr std::string_view the_resolution[]{"resolution"};
constexpr sla::pause_spec pauses[]{
    {.name = "customer_reply",
     .by = sla::party::customer,
     .stops = the_resolution,
     .cap = sla::time_limit(8h)},
    {.name = "carrier", .by = sla::party::vendor_supplier},
};

// --- what is owed -----------------------------------------------------------------------------------------------

constexpr sla::exclusion_spec excused[]{
    {.cause = "planned maintenance", .within = "maintenance", .clause = "4.3", .quota = 4h}};
constexpr sla::availability_spec availability[]{
    {.clause = "4.1", .target = 99.9_pct, .window = sla::window_kind::calendar_month, .exclude = excused},
    {.clause = "4.1", .tier = "flagship", .target = 99.99_pct},
};

constexpr sla::step basic_credits[]{{99.9_pct, 10_pct}, {99_pct, 30_pct}};
constexpr sla::step flagship_credits[]{{99.99_pct, 10_pct}, {99_pct, 30_pct}, {95_pct, 100_pct}};
constexpr sla::credit_spec credits[]{
    {.clause = "5.1", .below = basic_credits, .base = sla::base_of(sla::named_fee::monthly)},
    {.clause = "5.2",
     .tier = "flagship",
     .below = flagship_credits,
     .base = sla::base_of(sla::named_fee::monthly)},
};
constexpr sla::cap_spec caps[]{
    {.clause = "5.3", .share = 50_pct, .base = sla::base_of(sla::named_fee::monthly)}};

constexpr sla::policy_spec contract = sla::proof::checked({
    .name = "in-code",
    .version = 2026y / 1 / 1,
    .home = shanghai,
    .severities = severities,
    .tiers = tiers,
    .regions = regions,
    .causes = causes,
    .calendars = calendars,
    .targets = targets,
    .clocks = clocks,
    .pauses = pauses,
    .availability = availability,
    .credits = credits,
    .caps = caps,
    .combine = sla::combination::sum,
});

// --- what the compiler proves of it -----------------------------------------------------------------------------

constexpr sla::instant local(std::chrono::year_month_day date, std::chrono::seconds time) {
  return shanghai.start_of(std::chrono::sys_days(date)) + time;
}

static_assert(sla::proof::has_no_tie(contract) && sla::proof::has_whole_tables(contract));

// The most specific row gives each limit by itself.
constexpr sla::incident_names far_away{.severity = "P1", .tier = "flagship", .region = "suburban"};
static_assert(sla::proof::limit(contract, "onsite", far_away) == 2h);
static_assert(sla::proof::limit(contract, "resolution", far_away) == 2h);
static_assert(sla::proof::limit(contract, "response", far_away) == 10min);
static_assert(!sla::proof::limit(contract, "onsite", {.severity = "P3", .tier = "basic", .region = "urban"}));

// Monday 12 to Sunday 18 October 2026: five days of nine and a half hours.
static_assert(sla::proof::worked_in(calendars[0].calendar, local(2026y / 10 / 12, 0s),
                                    local(2026y / 10 / 19, 0s)) == sla::worked(47h + 30min));

// Reported on Friday at 17:00, due on Monday at 11:30: an hour of Friday, three of Monday.
constexpr sla::incident_names on_friday{
    .severity = "P2", .tier = "basic", .region = "urban", .reported = local(2026y / 10 / 16, 17h)};
static_assert(sla::proof::due(contract, "resolution", on_friday) == local(2026y / 10 / 19, 11h + 30min));

// A bound that is hit exactly pays the milder rate.
static_assert(sla::rate_at(flagship_credits, 99_pct) == 10_pct &&
              sla::rate_at(flagship_credits, 98.9_pct) == 30_pct);

}  // namespace

int main() {
  const sla::policy policy{contract};

  constexpr int width = 14;
  std::cout << std::left << std::setw(width) << "";
  for (const std::string_view clock : policy.clocks()) std::cout << std::setw(width) << clock;
  for (const std::string_view severity : policy.severities())
    for (const std::string_view tier : policy.tiers()) {
      std::cout << '\n' << std::setw(width) << std::string(severity) + ' ' + std::string(tier);
      const auto fault = policy.facts({.severity = severity, .tier = tier, .region = "urban"});
      for (const sla::clock_terms& t : policy.terms(fault))
        std::cout << std::setw(width) << (t.promised ? to_string(t.limit) : "-");
    }

  const sla::facts fault = policy.facts(on_friday);
  const sla::event log[]{sla::event::of(sla::moment::responded, local(2026y / 10 / 16, 17h + 20min)),
                         sla::event::of(sla::moment::resolved, local(2026y / 10 / 19, 11h + 30min))};
  std::cout << "\n\nP2 basic, reported on Friday at 17:00:\n";
  for (const sla::verdict& v : sla::assess(policy, fault, log, local(2026y / 10 / 20, 12h))) {
    if (!v.due) continue;
    std::cout << policy.clock_name(v.clock) << " due " << sla::local_text(*v.due, policy.home()) << ": "
              << sla::name(v.outcome) << " (" << policy.clause(v) << ")\n";
  }
}
