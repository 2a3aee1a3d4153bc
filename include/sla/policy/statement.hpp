// SPDX-License-Identifier: MIT
#pragma once

// A contract's month: every incident judged, the availability measured, and what the vendor owes, clause by clause.
//
//     auto october = sla::calendar_month(2026y / 10, policy.home());
//     sla::statement s = sla::draw_up(policy, contract, october, incidents, outages, october.span.end);
//     sla::to_string(s.money.total);    // "1200.00 CNY"
//
// `draw_up` does three things that can also be done alone: `judge` an incident, `measure` the window, and `settle`
// the figures (policy/figures.hpp).
//
// Maintenance that must be announced, calls, repairs and requests come with what else a settlement knows.
//
// The hard question: to which month does a breach belong, if the incident was reported in October and due in
// November? To the month in which it was due (rule M9), so that every clock counts in exactly one month. The
// incident is listed in each month that it touches.

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sla/availability/budget.hpp>
#include <sla/base/version.hpp>
#include <sla/calendar/local_text.hpp>
#include <sla/compensation/settle.hpp>
#include <sla/policy/assess.hpp>
#include <sla/policy/attainment.hpp>
#include <sla/policy/contract.hpp>
#include <sla/policy/figures.hpp>
#include <sla/policy/measured_units.hpp>
#include <sla/policy/part_settlement.hpp>
#include <sla/policy/policy.hpp>

namespace sla {
inline namespace v0 {

/// What a computed result rests on (rule C19).
struct versions {
  named_version policy;
  std::vector<named_version> zones;     ///< each once
  std::vector<named_version> holidays;  ///< each once
  std::string library;
  friend bool operator==(const versions&, const versions&) noexcept = default;
};

/// What a contract's window came to.
struct statement {
  sla::contract contract;
  sla::window window;
  instant as_of;
  std::vector<judged_incident> incidents;    ///< by report, then by id
  std::vector<clock_attainment> attainment;  ///< of the policy's clocks, those with anything to count
  measurement measured;
  std::optional<ratio> target{};  ///< of availability; none: nothing is promised
  std::string target_clause;
  std::optional<error_budget> budget;  ///< of seconds, where there is a target
  settlement money;
  bool provisional = false;  ///< may change as time passes or records are corrected
  sla::versions rests_on;
  std::vector<service_outage>
      outages{};                   ///< records of the contract's services, as brought: what rows refer to
  std::size_t windows_before = 0;  ///< that were settled first, for what counts misses and caps what was paid
  std::size_t undefined_before = 0;  ///< of them: those with several readings, of which the least is counted
  std::optional<part_rule>
      part{};  ///< where the contract begins or ends inside the window: the rule of `money`
  std::vector<part_reading>
      part_readings{};  ///< every rule where the policy states none and they differ, least first
  std::vector<judged_level> levels{};  ///< every service level that the tier is promised
  std::optional<measured_units>
      units{};  ///< where availability is of slots or weighed: then `budget` is in it
  std::vector<std::string> root_causes{};  ///< that the lines of `money` number, from 1

  /// Whether all readings of the contract owe the same.
  [[nodiscard]] bool is_defined() const noexcept { return money.is_defined() && part_readings.empty(); }
};

/// What the results of a policy rest on, for contracts with a zone of their own also that.
[[nodiscard]] inline versions versions_of(const policy& p, const zone* own = nullptr) {
  versions v{{p.name(), date_text(p.version())}, {}, {}, std::string(library_version())};
  const auto once = [](std::vector<named_version>& all, const named_version& n) {
    if (std::find(all.begin(), all.end(), n) == all.end()) all.push_back(n);
  };
  once(v.zones, {std::string(p.home().name()), std::string(p.home().version())});
  if (own != nullptr) once(v.zones, {std::string(own->name()), std::string(own->version())});
  for (const auto& [name, time] : p.calendars()) {
    for (const named_version& n : time.zones()) once(v.zones, n);
    for (const named_version& n : time.holidays()) once(v.holidays, n);
  }
  return v;
}

/// Every promise of an incident as of an instant, and every record that could not be used.
[[nodiscard]] inline judged_incident judge(const policy& p, const incident& i, instant as_of) {
  judged_incident out{i.id, i.facts, {}, {}, i.root_cause};
  for (const verdict& v : assess(p, i.facts, i.events, as_of)) out.verdicts.push_back(v);
  visit_anomalies(p, i.facts, i.events, as_of, [&](const anomaly& a) { out.anomalies.push_back(a); });
  return out;
}

/// Attainment of every clock that has anything to count in the window, in the policy's order.
[[nodiscard]] inline std::vector<clock_attainment> attained(const policy& p,
                                                            std::span<const judged_incident> incidents,
                                                            const interval& window) {
  std::vector<clock_attainment> all(p.clock_count());
  for (std::size_t c = 0; c < all.size(); ++c) all[c].clock = static_cast<clock_id>(c);
  for (const judged_incident& i : incidents)
    for (const verdict& v : i.verdicts)
      if (const auto clock = clock_in(p, i, v.clock)) all[*clock].count.add(v, window);
  std::erase_if(all, [](const clock_attainment& a) { return a.count == attainment{}; });
  return all;
}

/// Every service level that a tier is promised, as a window's records come to it; no data where nobody brought any.
[[nodiscard]] inline std::vector<judged_level> judged_levels(const policy& p, std::size_t tier,
                                                             const level_records& records,
                                                             std::span<const clock_attainment> attained,
                                                             const interval& window) {
  std::vector<judged_level> out;
  for (const service_level_terms& t : p.service_levels(tier)) {
    judged_level& l = out.emplace_back(
        judged_level{t.id, t.name, t.clause, t.metric, t.target, level_of(t, records, window)});
    if (t.metric == service_metric::attainment) {
      l.value = level_of(t, attainment{});
      for (const clock_attainment& a : attained)
        if (a.clock == t.clock) l.value = level_of(t, a.count);
    }
    if (t.target) l.verdict = judge(l.value, *t.target);
  }
  return out;
}

/// Whether an incident is listed in a window: reported before its end, and not over before its begin.
[[nodiscard]] inline bool touches(const judged_incident& i, const interval& window) noexcept {
  if (i.facts.reported >= window.end) return false;
  const auto ended = i.ended();
  return !ended || *ended >= window.begin || i.facts.reported >= window.begin;
}

/// Judges, measures and settles. Incidents, outages and claims of other contracts are passed over.
[[nodiscard]] inline statement draw_up(const policy& p, const contract& c, const window& w,
                                       std::span<const incident> incidents,
                                       std::span<const service_outage> outages, instant as_of,
                                       settle_context known = {}) {
  const zone& in = zone_of(p, c);
  std::vector<judged_incident> judged;
  for (const incident& i : incidents) {
    // What nobody had reported by then is not known (rule C1).
    if (i.contract != c.id || i.facts.reported > as_of) continue;
    judged_incident j = judge(p, i, as_of);
    if (touches(j, w.span)) judged.push_back(std::move(j));
  }
  for (const judged_incident& j : known.judged)
    if (j.facts.reported <= as_of && touches(j, w.span)) judged.push_back(j);
  std::sort(judged.data(), judged.data() + judged.size(),
            [](const judged_incident& a, const judged_incident& b) {
              const instant x = a.facts.reported, y = b.facts.reported;
              return x != y ? x < y : a.id < b.id;
            });

  std::vector<service_outage> brought;
  for (const service_outage& o : outages)
    if (std::find(c.services.begin(), c.services.end(), o.service) != c.services.end()) brought.push_back(o);
  const availability_terms& promised = p.availability(c.tier);
  std::vector<announcement> announced;
  for (const announcement& a : known.announcements)
    if (a.service.empty() || std::find(c.services.begin(), c.services.end(), a.service) != c.services.end())
      announced.push_back(a);
  const announced_rules by_then(promised, announced, in);
  const window_meter meter(p, c, by_then.rules(), {brought.data(), brought.size()}, known.records, as_of);
  const detail::contract_levels level_sources(known.records, c, p.home());
  std::vector<clock_attainment> attainment = attained(p, {judged.data(), judged.size()}, w.span);
  known.as_of = std::min(known.as_of, as_of);
  const auto settled = [&](const window& over, const measurement& m, const settle_context& context) {
    std::vector<service_measurement> services;
    if (names_metric(p, c.tier, metric_kind::each_service))
      for (const std::string& service : c.services)
        services.push_back({service, meter.measure(over, &service).figures});
    const std::vector<judged_level> levels =
        judged_levels(p, c.tier, level_sources.in(over.span), attainment, over.span);
    return settle(p, c, {m, attainment, judged, services, levels, brought}, context);
  };
  const auto inside = part_in_term(c, w, in);
  std::optional<part_rule> part = inside ? p.part() : std::nullopt;
  const window& over = inside && part != part_rule::full ? *inside : w;
  measured_window counted = meter.measure(over);
  measurement& measured = counted.figures;
  settlement money;
  std::vector<part_reading> part_readings;
  if (outside_term(c, w, in)) {
    part = part_rule::skip;
    money = settle_nothing(p, c);
  } else if (!inside) {
    money = settled(w, measured, known);
  } else {
    const auto by = [&](part_rule rule) {
      settle_context context = known;
      context.days = w.days;
      if (rule == part_rule::skip) return settle_nothing(p, c);
      if (rule == part_rule::full) return settled(w, meter.measure(w).figures, context);
      if (rule == part_rule::clip_by_days && w.days != 0) context.fee_share = ratio(inside->days, w.days);
      return settled(*inside, meter.measure(*inside).figures, context);
    };
    if (part) {
      money = by(*part);
    } else {
      for (std::size_t i = 0; i < detail::part_rule_names.size(); ++i)
        part_readings.push_back({static_cast<part_rule>(i), by(static_cast<part_rule>(i))});
      part_readings = judged_parts(std::move(part_readings));
      part = part_readings.front().rule;
      money = part_readings.front().money;
      if (owes_the_same(part_readings.front(), part_readings.back())) part_readings.clear();
    }
  }
  std::optional<error_budget> allowance;
  if (promised.target && !counted.units) allowance = budget(measured, *promised.target);
  bool provisional = measured.provisional;
  for (const clock_attainment& a : attainment) provisional = provisional || a.count.provisional;
  std::vector<judged_level> levels =
      judged_levels(p, c.tier, level_sources.in(measured.window.span), attainment, measured.window.span);
  for (const judged_level& l : levels) provisional = provisional || l.value.provisional;
  std::vector<std::string> causes = root_causes_of(judged, brought);
  return {c,
          w,
          as_of,
          std::move(judged),
          std::move(attainment),
          std::move(measured),
          promised.target,
          promised.clause,
          std::move(allowance),
          std::move(money),
          provisional,
          versions_of(p, c.zone ? &in : nullptr),
          std::move(brought),
          known.before == nullptr ? 0 : known.before->windows(),
          known.before == nullptr ? 0 : known.before->undefined(),
          part,
          std::move(part_readings),
          std::move(levels),
          std::move(counted.units),
          std::move(causes)};
}

/// Windows one after another, in their order: each knows what the ones before it left, for clauses that count misses and
/// for caps that reach back. All as known at one instant.
[[nodiscard]] inline std::vector<statement> draw_up_in_turn(
    const policy& p, const contract& c, std::span<const window> windows, std::span<const incident> incidents,
    std::span<const service_outage> outages, instant as_of, std::span<const contract_claim> claims = {},
    std::span<const announcement> announcements = {}, const window_records& records = {}) {
  settled_history before;
  std::vector<statement> out;
  for (const window& w : windows) {
    const statement& s = out.emplace_back(
        draw_up(p, c, w, incidents, outages, as_of,
                {.claims = claims, .before = &before, .records = records, .announcements = announcements}));
    before.add(w.span, s.money);
  }
  return out;
}

}  // namespace v0
}  // namespace sla
