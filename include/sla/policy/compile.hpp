// SPDX-License-Identifier: MIT
#pragma once

// From a policy's declaration to its dense form: every name checked, every calendar compiled, every cell of the
// decision table decided. All faults are collected; the first does not hide the second.
//
// The hard question: which clocks does a policy have? Those it speaks of, by a limit or by how they run; the ready
// ones first and in the order of an incident's life, so that every list of verdicts reads the same way.
//
// Included by policy/policy.hpp; there is nothing to call here.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sla/calendar/compile.hpp>
#include <sla/policy/compile_context.hpp>
#include <sla/policy/decision_table.hpp>
#include <sla/policy/lint_rules.hpp>
#include <sla/policy/option_terms.hpp>
#include <sla/policy/policy.hpp>
#include <sla/policy/ready_clocks.hpp>
#include <sla/policy/remedy_terms.hpp>
#include <sla/policy/tier_terms.hpp>

namespace sla {
inline namespace v0 {
namespace detail {

class policy_compiler {
 public:
  policy_compiler(const policy_spec& spec, std::vector<spec_fault>& faults) : in_{spec, faults} {}

  [[nodiscard]] std::shared_ptr<const policy_data> run() {
    header();
    extensions();
    calendars();
    options_.emplace(in_);
    clocks();
    pauses();
    decision_table(in_, *options_).build();
    tier_terms(in_).build();
    allowances();
    remedy_terms(in_).build();
    return in_.failed ? nullptr : std::move(in_.out);
  }

 private:
  // --- names --------------------------------------------------------------------------------------------------

  void header() {
    in_.out->name = in_.spec.name;
    in_.out->version = in_.spec.version;
    in_.out->home = in_.spec.home;
    in_.out->in = in_.spec.in;
    if (in_.spec.name.empty()) in_.fault("", 0, "policy", "missing-name", "a policy needs a name");
    if (!in_.spec.version.ok())
      in_.fault("", 0, "version", "bad-version", "a policy needs the date it is in force from");
    names("severities", in_.spec.severities, in_.out->severities, true);
    names("tiers", in_.spec.tiers, in_.out->tiers, true);
    names("regions", in_.spec.regions, in_.out->regions, false);
    names("categories", in_.spec.categories, in_.out->categories, false);
    names("channels", in_.spec.channels, in_.out->channels, false);
    names("causes", in_.spec.causes, in_.out->causes, false);
    if (in_.spec.causes.empty()) in_.out->causes.clear();
    for (std::size_t i = 0; i < in_.spec.labels.size(); ++i) {
      bool known = false;
      for (auto* all : {&in_.out->severities, &in_.out->tiers, &in_.out->regions, &in_.out->categories,
                        &in_.out->channels, &in_.out->causes})
        for (named_label& n : *all)
          if (n.name == in_.spec.labels[i].name) n.label = in_.spec.labels[i].label, known = true;
      if (!known)
        in_.fault("label", i, std::string(in_.spec.labels[i].name), "unknown-name",
                  "'" + std::string(in_.spec.labels[i].name) +
                      "' is no severity, tier, region, category, channel or cause of this policy");
    }
  }

  // At most 250 names of a kind: their numbers are bytes, and the highest are reserved.
  void names(const char* key, std::span<const std::string_view> from, std::vector<named_label>& to,
             bool needed) {
    constexpr std::size_t most = 250;
    if (from.empty() && needed)
      in_.fault("", 0, key, "missing-names", std::string("a policy needs at least one of its ") + key);
    if (from.size() > most)
      in_.fault("", 0, key, "too-many-names",
                "at most " + std::to_string(most) + " " + key + ", found " + std::to_string(from.size()));
    for (std::size_t i = 0; i < from.size() && i < most; ++i) {
      if (from[i].empty())
        in_.fault("", 0, key, "empty-name", std::string("an empty name among the ") + key, i);
      if (index_of(to, from[i]))
        in_.fault("", 0, key, "repeated-name", "'" + std::string(from[i]) + "' stands twice among the " + key,
                  i);
      to.push_back({std::string(from[i]), {}});
    }
    if (to.empty()) to.push_back({});  // one nameless value, so that the table has a cell
  }

  // Each tier's line: itself, then those it extends.
  void extensions() {
    const auto& tiers = in_.out->tiers;
    std::vector<std::optional<std::size_t>> extends(tiers.size());
    for (std::size_t i = 0; i < in_.spec.extensions.size(); ++i) {
      const tier_spec& t = in_.spec.extensions[i];
      const auto tier = index_of(tiers, t.name), base = index_of(tiers, t.extends);
      if (!tier) in_.fault("tier", i, "", "unknown-tier", unknown_name("tier", t.name, names_of(tiers)));
      if (!base)
        in_.fault("tier", i, "extends", "unknown-tier", unknown_name("tier", t.extends, names_of(tiers)));
      if (!tier || !base) continue;
      if (extends[*tier])
        in_.fault("tier", i, "", "repeated-name", "tier '" + std::string(t.name) + "' is defined twice");
      extends[*tier] = base;
      std::string round = std::string(t.name);
      std::optional<std::size_t> at = base;
      for (std::size_t step = 0; at && step < tiers.size(); ++step, at = extends[*at]) {
        round += " -> " + tiers[*at].name;
        if (*at != *tier) continue;
        in_.fault("tier", i, "extends", "tier-extends-itself", "a tier cannot extend itself: " + round);
        extends[*tier].reset();
        break;
      }
    }
    for (std::size_t i = 0; i < tiers.size(); ++i) {
      auto& line = in_.out->tier_lines.emplace_back();
      for (std::optional<std::size_t> at = i; at; at = extends[*at])
        line.push_back(static_cast<std::uint8_t>(*at));
    }
  }

  // --- calendars ----------------------------------------------------------------------------------------------

  void calendars() {
    // A compiled calendar is large, and a file could name more than memory holds.
    constexpr std::size_t most = 250;
    if (in_.spec.calendars.size() > most)
      in_.fault("calendar", most, "", "too-many-calendars",
                "at most " + std::to_string(most) + " calendars, found " +
                    std::to_string(in_.spec.calendars.size()));
    in_.out->calendars.reserve(in_.spec.calendars.size());  // terms point into it
    for (std::size_t i = 0; i < in_.spec.calendars.size() && i < most; ++i) {
      const named_calendar_spec& c = in_.spec.calendars[i];
      if (in_.find_calendar(c.name) != nullptr)
        in_.fault("calendar", i, "", "repeated-name",
                  "calendar '" + std::string(c.name) + "' is defined twice");
      std::vector<calendar_fault> found;
      if (auto compiled = try_compile(c.calendar, found)) {
        in_.out->calendars.emplace_back(std::string(c.name), business_time(*std::move(compiled)));
        in_.out->declared.push_back(c.calendar);
        std::string& hours = in_.out->hours.emplace_back(to_string(c.calendar.hours));
        for (const calendar_change& to : c.calendar.changes)
          hours += ", from " + date_text(std::chrono::sys_days(to.from)) + ' ' + to_string(to.hours);
      }
      for (const calendar_fault& f : found) {
        const std::string key(f.field == calendar_fault::part::whole ? "" : to_string(f.field));
        const std::string message = "calendar '" + std::string(c.name) + "': " + f.message;
        f.level == gravity::error ? in_.fault("calendar", i, key, f.code, message, f.index)
                                  : in_.warning("calendar", i, key, f.code, message, f.index);
      }
    }
  }
  // --- clocks -------------------------------------------------------------------------------------------------

  void clocks() {
    for (const ready_clock& c : ready_clocks) {
      if (!is_used(c.name)) continue;
      clock_entry e{{std::string(c.name), std::string(c.label)}, {}};
      e.terms.starts = c.starts;
      e.terms.stops = c.stops;
      e.terms.closed_by = c.closed_by;
      e.terms.repeats = c.repeats;
      e.terms.ends = c.ends;
      in_.out->clocks.push_back(std::move(e));
    }
    const clock_properties of_all = options_->of({}, in_.spec.options, {"", 0});
    std::vector<bool> done(in_.out->clocks.size(), false);
    // One more than there may be is refused below, whatever else is stated.
    const std::size_t stated = std::min<std::size_t>(in_.spec.clocks.size(), any_clock + 1);
    for (std::size_t i = 0; i < stated; ++i) {
      const clock_spec& c = in_.spec.clocks[i];
      bool repeated = false;
      for (std::size_t k = 0; k < i; ++k) repeated = repeated || in_.spec.clocks[k].name == c.name;
      if (repeated)
        in_.fault("clock", i, "", "repeated-name", "clock '" + std::string(c.name) + "' is defined twice");
      clock_properties how = options_->of(c.how, c.options, {"clock", i});
      auto at = in_.clock_index(c.name);
      if (!at) {
        if (!how.starts || !how.stops)
          in_.fault("clock", i, "", "missing-moments",
                    "clock '" + std::string(c.name) +
                        "' is no ready clock, so it must state what starts and what stops it");
        in_.out->clocks.push_back({{std::string(c.name), {}}, {}});
        // What it does not state is told once, and nothing follows from it.
        in_.out->clocks.back().terms.starts = {};
        done.push_back(false);
        at = in_.out->clocks.size() - 1;
      }
      clock_entry& e = in_.out->clocks[*at];
      if (!c.label.empty()) e.names.label = c.label;
      e.own_cut_off = how.cut_off.has_value();
      if (how.updates == next_update::on_grid && !how.ends && !e.terms.repeats)
        in_.fault("clock", i, "updates", "no-repeating-clock",
                  "clock '" + std::string(c.name) + "' does not repeat, so it has no grid of updates");
      how.add(of_all);
      apply(how, e);
      done[*at] = true;
    }
    for (std::size_t i = 0; i < in_.out->clocks.size(); ++i)
      if (!done[i]) apply(of_all, in_.out->clocks[i]);
    if (in_.out->clocks.size() > any_clock)
      in_.fault("clock", 0, "", "too-many-clocks",
                "at most " + std::to_string(any_clock) + " clocks, found " +
                    std::to_string(in_.out->clocks.size() + in_.spec.clocks.size() - stated));
    for (std::size_t i = 0; i < in_.out->clocks.size(); ++i)
      in_.out->clocks[i].terms.clock = static_cast<clock_id>(i);
  }

  void apply(const clock_properties& how, clock_entry& to) {
    how.apply(to.terms);
    if (how.warnings) to.terms.warnings = in_.out->warnings[*how.warnings];
  }

  [[nodiscard]] bool is_used(std::string_view clock) const {
    for (const target_spec& t : in_.spec.targets)
      for (const limit_spec& l : t.limits)
        if (l.clock == clock) return true;
    for (const clock_spec& c : in_.spec.clocks)
      if (c.name == clock) return true;
    return false;
  }

  void pauses() {
    if (in_.spec.pauses.size() > reason_limit)
      in_.fault("pause", reason_limit, "", "too-many-reasons",
                "at most " + std::to_string(reason_limit) + " pause reasons, found " +
                    std::to_string(in_.spec.pauses.size()));
    for (std::size_t i = 0; i < in_.spec.pauses.size() && i < reason_limit; ++i) {
      const pause_spec& p = in_.spec.pauses[i];
      if (index_of(in_.out->reasons, p.name))
        in_.fault("pause", i, "", "repeated-name",
                  "pause reason '" + std::string(p.name) + "' is defined twice");
      in_.out->reasons.push_back({std::string(p.name), std::string(p.label)});
      in_.out->pauses.push_back({p.by, p.cap});
      for (std::size_t k = 0; k < p.stops.size(); ++k) {
        if (const auto clock = in_.clock_index(p.stops[k])) {
          in_.out->clocks[*clock].terms.stopped_by |= reason_mask{1} << i;
        } else if (!find_ready_clock(p.stops[k])) {
          in_.fault("pause", i, "stops", "unknown-clock",
                    unknown_name("clock", p.stops[k], in_.clock_names()), k);
        }
      }
      if (p.cap && p.by != party::customer)
        in_.fault("pause", i, "cap", "cap-without-customer",
                  "a cap is used up by pauses of the customer alone, and '" + std::string(p.name) +
                      "' is the " + std::string(sla::name(p.by)) + "'s");
      if (p.cap && p.cap->in() == time_limit::unit::business_days)
        in_.fault("pause", i, "cap", "cap-in-days",
                  "a cap counts in the clock's own hours, expected hours or minutes, found '" +
                      to_string(*p.cap) + "'");
    }
    for (clock_entry& c : in_.out->clocks) c.terms.reasons = {in_.out->pauses.data(), in_.out->pauses.size()};
  }

  void allowances() {
    std::set<std::string_view> allowed;
    for (std::size_t i = 0; i < in_.spec.allow.size(); ++i) {
      const allowance_spec& a = in_.spec.allow[i];
      if (!find_lint_rule(a.lint))
        in_.fault("allow", i, "lint", "unknown-lint", unknown_name("lint", a.lint, allowable_codes()));
      if (a.reason.empty())
        in_.fault("allow", i, "reason", "missing-reason",
                  "an allowance needs its reason: whoever reads the contract later will ask for it");
      if (!allowed.insert(a.lint).second)
        in_.fault("allow", i, "lint", "repeated-row", std::string(a.lint) + " is allowed twice");
    }
  }

  compile_context in_;
  std::optional<option_terms> options_;
};

}  // namespace detail

inline std::optional<policy> policy::compile(const policy_spec& spec, std::vector<spec_fault>& faults) {
  auto data = detail::policy_compiler(spec, faults).run();
  if (data == nullptr) return std::nullopt;
  return policy(std::move(data));
}

inline policy::policy(const policy_spec& spec) {
  std::vector<spec_fault> faults;
  auto made = compile(spec, faults);
  if (!made) {
    std::string all;
    for (const spec_fault& f : faults) {
      if (f.level != gravity::error) continue;
      all += all.empty() ? "" : "\n";
      if (!f.section.empty()) all += f.section + '[' + std::to_string(f.row) + ']';
      if (!f.section.empty() && !f.key.empty()) all += '.';
      all += f.key + (f.section.empty() && f.key.empty() ? "" : ": ") + f.message + " [" + f.code + ']';
    }
    detail::fail(all);
  }
  *this = *std::move(made);
}

inline std::vector<considered_row> policy::considered(const cell_key& key, clock_id clock) const {
  std::vector<considered_row> out;
  if (!has(key)) return out;
  const auto& rows = data_->rows;
  const std::vector<std::uint8_t>& line = data_->tier_lines[key.tier];
  std::vector<std::uint32_t> covering;
  for (std::uint32_t i = 0; i < rows.size(); ++i)
    if (std::ranges::any_of(line, [&](std::uint8_t tier) { return rows[i].covers(tier, key); }))
      covering.push_back(i);
  const auto deciding = [&](const auto& stated) {
    return most_specific(rows, covering, line, key, stated).row;
  };
  const auto limit_row = deciding([&](const target_row& r) { return r.limit(clock); });
  // A limit on the wall clock has no use for a calendar.
  const std::optional<promised_limit> limit = limit_row ? rows[*limit_row].limit(clock) : std::nullopt;
  const bool counts_by_calendar = limit && limit->limit.needs_calendar();
  // A row that speaks of other clocks is asked last, as the decision table does.
  auto calendar_row = deciding([&](const target_row& r) { return r.calendar_of(clock); });
  const bool of_others = !calendar_row;
  if (of_others) calendar_row = deciding([](const target_row& r) { return r.own_calendar(); });
  for (const std::uint32_t i : covering) {
    const target_row& r = rows[i];
    const row_clock* said = r.of(clock);
    const auto calendar = of_others ? r.own_calendar() : r.calendar_of(clock);
    if (said == nullptr && !(counts_by_calendar && calendar)) continue;
    considered_row& c = out.emplace_back();
    c.row = i;
    c.clause = r.clause;
    c.specificity = r.specificity();
    if (const auto own = r.limit(clock)) {
      c.unquantified = !own->quantified;
      if (own->quantified) c.limit = own->limit;
    }
    if (counts_by_calendar && calendar) c.calendar = *calendar;
    c.gives_limit = i == limit_row;
    c.gives_calendar = counts_by_calendar && i == calendar_row;
    if (said == nullptr || said->how.empty()) continue;
    clock_properties::for_each([&](std::string_view key_of, auto member) {
      if (!(said->how.*member)) return;
      c.options.push_back(key_of);
      if (deciding([&](const target_row& row) { return row.property(clock, member); }) == i)
        c.gives.push_back(key_of);
    });
  }
  return out;
}

inline facts policy::facts(const incident_names& n) const {
  std::string unknown;
  const auto resolve = [&](std::string_view kind, std::optional<std::uint8_t> found, std::string_view name,
                           const std::vector<std::string_view>& known) {
    if (found) return *found;
    unknown += (unknown.empty() ? "" : "\n") + detail::unknown_name(kind, name, known);
    return std::uint8_t{0};
  };
  sla::facts f;
  f.at_report.severity = resolve("severity", find_severity(n.severity), n.severity, severities());
  f.tier = resolve("tier", find_tier(n.tier), n.tier, tiers());
  f.at_report.region = resolve("region", find_region(n.region), n.region, regions());
  f.at_report.category = resolve("category", find_category(n.category), n.category, categories());
  f.channel = resolve("channel", find_channel(n.channel), n.channel, channels());
  f.reported = n.reported;
  if (!unknown.empty()) detail::fail(unknown);
  return f;
}

}  // namespace v0
}  // namespace sla
