// SPDX-License-Identifier: MIT
// A policy built in code, with a literal zone, judged by the core alone: nothing to link, nothing to read.
#include <chrono>
#include <string_view>

#include <sla/calendar/china.hpp>
#include <sla/policy/assess.hpp>
#include <sla/policy/portfolio.hpp>

using namespace sla::literals;
using namespace std::chrono_literals;

int judge() {
  static constexpr sla::limit_spec limits[]{{"response", 30_bmin}, {"resolution", 2_bd}};
  static constexpr sla::target_spec targets[]{
      {.clause = "3.2", .severity = "P2", .calendar = "workdays", .limits = limits}};
  static constexpr std::string_view severities[]{"P1", "P2"}, tiers[]{"basic"};
  static constexpr sla::step below[]{{99.9_pct, 10_pct}};
  static constexpr sla::credit_spec credits[]{{.clause = "5.1", .below = below}};
  const sla::zone shanghai = sla::zone::posix("Shanghai", "CST-8");
  const sla::named_calendar_spec calendars[]{{"workdays",
                                              {.zone = shanghai,
                                               .hours = "Mon-Fri 08:30-18:00"_hours,
                                               .holidays = sla::china_workdays(),
                                               .cover = {2026y, 2027y}}}};
  const sla::policy policy(sla::policy_spec{.name = "in code",
                                            .version = 2026y / 1 / 1,
                                            .home = shanghai,
                                            .severities = severities,
                                            .tiers = tiers,
                                            .calendars = calendars,
                                            .targets = targets,
                                            .credits = credits});
  // Reported five minutes before the National Day week: due on the first workday after it.
  const sla::instant reported = std::chrono::sys_days{2026y / 9 / 30} + 17h + 55min - 8h;
  const sla::instant due = std::chrono::sys_days{2026y / 10 / 8} + 8h + 55min - 8h;
  const auto fault = policy.facts({.severity = "P2", .tier = "basic", .reported = reported});
  const sla::event log[]{sla::event::of(sla::moment::responded, due + 1s)};
  int wrong = 2;
  for (const sla::verdict& v : sla::assess(policy, fault, log, due + 1h)) {
    if (v.clock == policy.clock("response") && v.outcome == sla::outcome::breached && v.due == due) --wrong;
    if (v.clock == policy.clock("resolution") && v.outcome == sla::outcome::open) --wrong;
  }
  // 1 h down in October is 99.86 %: a tenth of the fee.
  const sla::contract contract{
      .id = "1", .services = {"voice"}, .monthly_fee = sla::money::minor(9'000'00, sla::cny)};
  const sla::service_outage outages[]{{.service = "voice", .span = {.span = {due, due + 1h}}}};
  const auto october = sla::calendar_month(2026y / 10, shanghai);
  const sla::statement s = sla::draw_up(policy, contract, october, {}, outages, october.span.end);
  return wrong + (s.money.total == sla::money::minor(900'00, sla::cny) ? 0 : 4);
}
