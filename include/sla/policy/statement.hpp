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
#include <sla/policy/contract_phases.hpp>
#include <sla/policy/figures.hpp>
#include <sla/policy/measured_units.hpp>
#include <sla/policy/policy.hpp>
#include <sla/policy/window_settling.hpp>

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

/// A part of a window in which a contract's terms change, measured by its own terms.
struct statement_part {
  sla::contract contract;  ///< its terms, with the dates of the whole contract
  sla::window window;
  measurement measured;
  std::optional<ratio> target{};
  std::string target_clause;
  std::optional<error_budget> budget;
  std::vector<judged_level> levels{};
  std::optional<measured_units> units{};
  std::vector<clock_attainment> attainment{};  ///< of its clocks: those decided in it
  std::optional<settlement> money{};  ///< what it owes by itself, where a split is one of the readings
};

/// What a contract's window came to.
struct statement {
  sla::contract
      contract;  ///< its terms; where they change inside the window, those that settle all of it or the last
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
  std::optional<change_rule> change{};              ///< where its terms change inside it: the rule of `money`
  change_base changed_fee = change_base::unstated;  ///< then, where terms at one end settle it: of which fee
  std::vector<window_reading>
      window_readings{};  ///< every rule where the policy states none and they differ, least first
  std::vector<judged_level> levels{};  ///< every service level that the tier is promised
  std::optional<measured_units>
      units{};  ///< where availability is of slots or weighed: then `budget` is in it
  std::vector<std::string> root_causes{};  ///< that the lines of `money` number, from 1
  std::vector<statement_part> parts{};     ///< where its terms change inside the window, each by itself

  /// Whether all readings of the contract owe the same.
  [[nodiscard]] bool is_defined() const noexcept { return money.is_defined() && window_readings.empty(); }
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

/// Whether an incident is listed in a window: reported before its end, and not over before its begin.
[[nodiscard]] inline bool touches(const judged_incident& i, const interval& window) noexcept {
  if (i.facts.reported >= window.end) return false;
  const auto ended = i.ended();
  return !ended || *ended >= window.begin || i.facts.reported >= window.begin;
}

namespace detail {

// A part of a window, or all of it, as its terms measure it.
[[nodiscard]] inline statement_part measured_part(const policy& p, const settling_terms& by,
                                                  const window& over,
                                                  std::span<const clock_attainment> counts) {
  const availability_terms& promised = p.availability(by.terms().tier);
  measured_window m = by.measure(over);
  statement_part part{by.terms(), over, std::move(m.figures), promised.target, promised.clause, {}};
  if (promised.target && !m.units) part.budget = budget(part.measured, *promised.target);
  part.units = std::move(m.units);
  part.levels = by.levels(part.measured.window, counts);
  part.attainment.assign(counts.begin(), counts.end());
  return part;
}

[[nodiscard]] inline bool is_provisional(const statement_part& part) {
  bool any = part.measured.provisional;
  for (const judged_level& l : part.levels) any = any || l.value.provisional;
  return any;
}

// The parts of what is settled, each with what it owes where the readings have a split.
[[nodiscard]] inline std::vector<statement_part> measured_parts(const policy& p, const window_settler& work,
                                                                const window& over,
                                                                std::span<const window_reading> readings,
                                                                const zone& in) {
  std::vector<statement_part> parts;
  const std::span<const terms_part> all = work.parts();
  for (std::size_t i = 0; i < all.size(); ++i) {
    const interval both = intersect(all[i].over.span, over.span);
    if (!both.empty())
      parts.push_back(measured_part(p, work.terms(i), cut_window(over, both, in), work.counts(i)));
  }
  if (parts.size() < 2) return {};
  // Several rules of a part window may split it; the first owes least.
  const auto split =
      std::ranges::find_if(readings, [&](const window_reading& r) { return r.parts.size() == parts.size(); });
  for (std::size_t i = 0; split != readings.end() && i < parts.size(); ++i) parts[i].money = split->parts[i];
  return parts;
}

}  // namespace detail

/// Judges, measures and settles. Incidents, outages and claims of other contracts are passed over. Throws sla::error where
/// the terms of a contract that change cannot be those of one contract (policy/contract_phases.hpp).
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

  const std::vector<terms_part> parts = parts_of(c, w, in);
  std::vector<service_outage> brought;
  for (const service_outage& o : outages)
    if (std::ranges::any_of(parts, [&](const terms_part& part) {
          return std::ranges::find(part.terms.services, o.service) != part.terms.services.end();
        }))
      brought.push_back(o);
  known.as_of = std::min(known.as_of, as_of);
  std::vector<std::string> causes = root_causes_of(judged, brought);
  const detail::window_materials materials{judged, brought, causes, known, as_of};
  detail::window_settler work(p, parts, c, w, materials);

  const auto inside = part_in_term(c, w, in);
  const window& over = inside && p.part() != part_rule::full ? *inside : w;
  const auto [first, last] = work.ends_of(over);
  statement_part all = detail::measured_part(p, work.terms(last), over, work.counts());
  std::vector<window_reading> readings = work.run(all.measured);
  if (first != last && readings.front().change == change_rule::at_start)
    all = detail::measured_part(p, work.terms(first), over, work.counts());
  std::vector<statement_part> changed;
  if (std::ranges::any_of(readings, [](const window_reading& r) { return r.change.has_value(); }))
    changed = detail::measured_parts(p, work, over, readings, in);
  bool provisional = detail::is_provisional(all);
  for (const clock_attainment& a : work.counts()) provisional = provisional || a.count.provisional;
  for (const statement_part& part : changed) provisional = provisional || detail::is_provisional(part);
  window_reading settled = readings.front();
  if (readings.size() == 1) readings.clear();
  return {.contract = std::move(all.contract),
          .window = w,
          .as_of = as_of,
          .incidents = std::move(judged),
          .attainment = std::move(all.attainment),
          .measured = std::move(all.measured),
          .target = all.target,
          .target_clause = std::move(all.target_clause),
          .budget = std::move(all.budget),
          .money = std::move(settled.money),
          .provisional = provisional,
          .rests_on = versions_of(p, c.zone ? &in : nullptr),
          .outages = std::move(brought),
          .windows_before = known.before == nullptr ? 0 : known.before->windows(),
          .undefined_before = known.before == nullptr ? 0 : known.before->undefined(),
          .part = settled.part,
          .change = settled.change,
          .changed_fee = settled.fee,
          .window_readings = std::move(readings),
          .levels = std::move(all.levels),
          .units = std::move(all.units),
          .root_causes = std::move(causes),
          .parts = std::move(changed)};
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
    before.add(w.span, s.money, s.is_defined());
  }
  return out;
}

}  // namespace v0
}  // namespace sla
