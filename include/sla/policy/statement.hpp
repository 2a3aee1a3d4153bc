// SPDX-License-Identifier: MIT
#pragma once

// A contract's month: every incident judged, the availability measured, and what the vendor owes, clause by clause.
//
//     auto october = sla::calendar_month(2026y / 10, policy.home());
//     sla::statement s = sla::draw_up(policy, contract, october, incidents, outages, october.span.end);
//     sla::to_string(s.money.total);    // "1200.00 CNY"
//
// `draw_up` does three things that can also be done alone: `judge` an incident, `measure` the window, and `settle`
// the figures.
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
#include <sla/availability/measure.hpp>
#include <sla/base/version.hpp>
#include <sla/calendar/local_text.hpp>
#include <sla/compensation/settle.hpp>
#include <sla/policy/assess.hpp>
#include <sla/policy/attainment.hpp>
#include <sla/policy/contract.hpp>
#include <sla/policy/policy.hpp>

namespace sla {
inline namespace v0 {

/// An incident and what became of its promises.
struct judged_incident {
  std::string id;
  sla::facts facts;
  std::vector<verdict> verdicts;
  std::vector<anomaly> anomalies;

  /// The instant at which its last clock stopped or was cancelled; nothing while one runs. Where nothing is promised,
  /// it is over as it is reported.
  [[nodiscard]] std::optional<instant> ended() const noexcept {
    instant last = facts.reported;
    for (const verdict& v : verdicts) {
      if (v.outcome == outcome::not_applicable || v.activity == activity::not_started) continue;
      if (v.activity != activity::stopped) return std::nullopt;
      if (v.started) last = std::max(last, v.done.value_or(*v.started + v.elapsed));
    }
    return last;
  }
};

/// What a computed result rests on (rule C19).
struct versions {
  named_version policy;
  std::vector<named_version> zones;     ///< each once
  std::vector<named_version> holidays;  ///< each once
  std::string library;
  friend bool operator==(const versions&, const versions&) noexcept = default;
};

struct clock_attainment {
  clock_id clock = 0;
  attainment count;
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
  std::optional<error_budget> budget;  ///< where there is a target
  settlement money;
  bool provisional = false;  ///< may change as time passes or records are corrected
  sla::versions rests_on;
  std::vector<service_outage>
      outages{};  ///< records of the contract's services, as brought: what rows refer to
};

/// Figures of one window, brought to be settled.
struct figures {
  const measurement& measured;
  std::span<const clock_attainment> attainment;
};

[[nodiscard]] inline versions versions_of(const policy& p) {
  versions v{{p.name(), date_text(p.version())}, {}, {}, std::string(library_version())};
  const auto once = [](std::vector<named_version>& all, const named_version& n) {
    if (std::find(all.begin(), all.end(), n) == all.end()) all.push_back(n);
  };
  once(v.zones, {p.home().name(), p.home().version()});
  for (const auto& [name, time] : p.calendars()) {
    for (const named_version& n : time.zones()) once(v.zones, n);
    for (const named_version& n : time.holidays()) once(v.holidays, n);
  }
  return v;
}

/// Every promise of an incident as of an instant, and every record that could not be used.
[[nodiscard]] inline judged_incident judge(const policy& p, const incident& i, instant as_of) {
  judged_incident out{i.id, i.facts, {}, {}};
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
    for (const verdict& v : i.verdicts) all[v.clock].count.add(v, window);
  std::erase_if(all, [](const clock_attainment& a) { return a.count == attainment{}; });
  return all;
}

/// What is owed for a window's figures. Throws sla::error where an amount leaves 64 bits.
[[nodiscard]] inline settlement settle(const policy& p, const contract& c, const figures& f) {
  std::vector<figure> brought{{availability_metric, f.measured.availability, f.measured.no_data, {}}};
  for (clock_id clock = 0; clock < p.clock_count(); ++clock) {
    std::size_t at = 0;
    while (at < f.attainment.size() && f.attainment[at].clock != clock) ++at;
    const std::optional<ratio> share =
        at == f.attainment.size() ? std::nullopt : f.attainment[at].count.share();
    brought.push_back({attainment_metric(clock), share.value_or(ratio()), !share.has_value(), {}});
  }
  return settle(p.credits(c.tier), p.caps(c.tier), p.combine(), c.monthly_fee,
                {brought.data(), brought.size()});
}

/// Whether an incident is listed in a window: reported before its end, and not over before its begin.
[[nodiscard]] inline bool touches(const judged_incident& i, const interval& window) noexcept {
  if (i.facts.reported >= window.end) return false;
  const auto ended = i.ended();
  return !ended || *ended >= window.begin || i.facts.reported >= window.begin;
}

/// Judges, measures and settles. Incidents and outages of other contracts and services are passed over.
[[nodiscard]] inline statement draw_up(const policy& p, const contract& c, const window& w,
                                       std::span<const incident> incidents,
                                       std::span<const service_outage> outages, instant as_of) {
  std::vector<judged_incident> judged;
  for (const incident& i : incidents) {
    // What nobody had reported by then is not known (rule C1).
    if (i.contract != c.id || i.facts.reported > as_of) continue;
    judged_incident j = judge(p, i, as_of);
    if (touches(j, w.span)) judged.push_back(std::move(j));
  }
  std::sort(judged.data(), judged.data() + judged.size(),
            [](const judged_incident& a, const judged_incident& b) {
              const instant x = a.facts.reported, y = b.facts.reported;
              return x != y ? x < y : a.id < b.id;
            });

  std::vector<outage> down;
  std::vector<service_outage> brought;
  for (const service_outage& o : outages) {
    if (std::find(c.services.begin(), c.services.end(), o.service) == c.services.end()) continue;
    down.push_back(o.span);
    brought.push_back(o);
  }
  const availability_terms& promised = p.availability(c.tier);
  measurement measured = measure(w, {down.data(), down.size()}, promised.rules, as_of);

  std::vector<clock_attainment> attainment = attained(p, {judged.data(), judged.size()}, w.span);
  settlement money = settle(p, c, {measured, {attainment.data(), attainment.size()}});
  std::optional<error_budget> allowance;
  if (promised.target) allowance = budget(measured, *promised.target);
  bool provisional = measured.provisional;
  for (const clock_attainment& a : attainment) provisional = provisional || a.count.provisional;
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
          versions_of(p),
          std::move(brought)};
}

}  // namespace v0
}  // namespace sla
