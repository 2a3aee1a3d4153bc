// SPDX-License-Identifier: MIT
#pragma once

// Why an incident's verdicts are what they are: the rows of the policy that spoke of each clock and which counted, the
// steps of the judgment in their order, and the opening hours that were counted.
//
//     const sla::explained_incident why = sla::explain(policy, incident, as_of);
//     std::cout << sla::to_text(policy, why);           // report/explain.hpp
//
// The steps are told by the lines that compute the verdict (clock/trace.hpp), so an explanation cannot say anything
// else than what was done; each holds a copy of its record, so that it outlives the log.
//
// The hard question: what did a change of grade do? Both measures are given: what binds afterwards, and what the new
// row gives measured from the start, each with its due instant and what was used up by it.

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sla/base/instant.hpp>
#include <sla/calendar/span_report.hpp>
#include <sla/calendar/zone.hpp>
#include <sla/clock/trace.hpp>
#include <sla/clock/verdict.hpp>
#include <sla/policy/assess.hpp>
#include <sla/policy/contract.hpp>
#include <sla/policy/policy.hpp>
#include <sla/policy/statement.hpp>

namespace sla {
inline namespace v0 {

/// A step and the record it rests on.
struct explained_step {
  clock_step step;              ///< its `record` points nowhere: the copy below is meant
  std::optional<event> record;  ///< none where only time passed
};

/// One verdict, and all that led to it.
struct explained_verdict {
  verdict judged;
  std::vector<considered_row> rows;  ///< of the grade at report, then of each grade changed to
  std::vector<explained_step> steps;
  /// The opening hours between the instant from which the promise counts and the end, where a calendar counts.
  std::optional<span_report> hours;
  /// Where a reopening began this cycle: as if the clock had gone on instead (rule C10).
  std::optional<verdict> continued;
};

/// An incident as of an instant.
struct explained_incident {
  std::string id;
  std::string contract;
  sla::facts facts;
  instant as_of;
  /// That are promised anything, in the policy's order, then by cycle. One promised without a number is not_applicable
  /// and has its rows, no steps.
  std::vector<explained_verdict> clocks;
  std::vector<anomaly> anomalies;
  versions rests_on;
  std::optional<sla::zone> zone = {};  ///< of the times that reports show: the contract's; none: the policy's
};

namespace detail {

inline void add_rows(std::vector<considered_row>& to, const std::vector<considered_row>& more) {
  for (const considered_row& r : more) {
    bool known = false;
    for (considered_row& k : to) {
      if (k.row != r.row) continue;
      known = true;
      k.gives_limit = k.gives_limit || r.gives_limit;
      k.gives_calendar = k.gives_calendar || r.gives_calendar;
      for (const std::string_view given : r.gives)
        if (std::ranges::find(k.gives, given) == k.gives.end()) k.gives.push_back(given);
    }
    if (!known) to.push_back(r);
  }
}

[[nodiscard]] inline explained_verdict explained(const policy& p, const facts& f, const assessment& all,
                                                 const verdict& v, instant as_of) {
  explained_verdict out{
      v, p.considered({f.tier, f.channel, f.at_report}, v.clock), {}, std::nullopt, all.continued()};
  const clock_terms* counted_by = nullptr;
  instant from, end = as_of;
  all.explain([&](const clock_step& s) {
    explained_step& kept = out.steps.emplace_back(explained_step{s, std::nullopt});
    if (s.record != nullptr) {
      kept.record = *s.record;
      kept.step.record = nullptr;
      if (s.kind == step_kind::change)
        add_rows(out.rows, p.considered({f.tier, f.channel, s.record->to}, v.clock));
    }
    if (s.kind == step_kind::due) {
      counted_by = s.terms;
      from = s.from;
    }
    if (s.kind == step_kind::judged) end = s.at;
  });
  if (counted_by != nullptr && counted_by->limit.needs_calendar() && counted_by->calendar != nullptr &&
      from < end)
    out.hours = explain(*counted_by->calendar, {from, end});
  return out;
}

/// The clocks that are promised without a number, at report or by a grade changed to, and have no verdict.
inline void add_without_number(const policy& p, const incident& i, instant as_of,
                               std::vector<explained_verdict>& to) {
  for (std::size_t n = 0; n < p.clock_count(); ++n) {
    const auto clock = static_cast<clock_id>(n);
    if (std::ranges::any_of(to, [&](const explained_verdict& v) { return v.judged.clock == clock; }))
      continue;
    explained_verdict made;
    made.judged.clock = clock;
    made.judged.outcome = outcome::not_applicable;
    const auto ask = [&](const grade& g) {
      const cell_key at{i.facts.tier, i.facts.channel, g};
      if (p.unquantified(at, clock)) add_rows(made.rows, p.considered(at, clock));
    };
    ask(i.facts.at_report);
    for (const event& e : i.events)
      if (e.kind == event_kind::change && e.at <= as_of) ask(e.to);
    const auto place =
        std::ranges::find_if(to, [&](const explained_verdict& v) { return v.judged.clock > clock; });
    if (!made.rows.empty()) to.insert(place, std::move(made));
  }
}

}  // namespace detail

/// Explains every verdict of an incident. Linear in the records, the changes of grade and the opening hours counted.
[[nodiscard]] inline explained_incident explain(const policy& p, const incident& i, instant as_of) {
  explained_incident out{i.id, i.contract, i.facts, as_of, {}, {}, versions_of(p)};
  assessment all = assess(p, i.facts, {i.events.data(), i.events.size()}, as_of);
  for (const verdict& v : all)
    if (v.outcome != outcome::not_applicable)
      out.clocks.push_back(detail::explained(p, i.facts, all, v, as_of));
  detail::add_without_number(p, i, as_of, out.clocks);
  visit_anomalies(p, i.facts, {i.events.data(), i.events.size()}, as_of,
                  [&](const anomaly& a) { out.anomalies.push_back(a); });
  return out;
}

}  // namespace v0
}  // namespace sla
