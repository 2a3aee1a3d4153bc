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
    calendars();
    clocks();
    pauses();
    decision_table(in_).build();
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
    names("causes", in_.spec.causes, in_.out->causes, false);
    if (in_.spec.causes.empty()) in_.out->causes.clear();
    for (std::size_t i = 0; i < in_.spec.labels.size(); ++i) {
      bool known = false;
      for (auto* all :
           {&in_.out->severities, &in_.out->tiers, &in_.out->regions, &in_.out->categories, &in_.out->causes})
        for (named_label& n : *all)
          if (n.name == in_.spec.labels[i].name) n.label = in_.spec.labels[i].label, known = true;
      if (!known)
        in_.fault("label", i, std::string(in_.spec.labels[i].name), "unknown-name",
                  "'" + std::string(in_.spec.labels[i].name) +
                      "' is no severity, tier, region, category or cause of this policy");
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
      if (auto compiled = try_compile(c.calendar, found))
        in_.out->calendars.emplace_back(std::string(c.name), business_time(*std::move(compiled)));
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
    in_.out->warnings.reserve(in_.spec.clocks.size());
    // One more than there may be is refused below, whatever else is stated.
    const std::size_t stated = std::min<std::size_t>(in_.spec.clocks.size(), any_clock + 1);
    for (std::size_t i = 0; i < stated; ++i) {
      const clock_spec& c = in_.spec.clocks[i];
      bool repeated = false;
      for (std::size_t k = 0; k < i; ++k) repeated = repeated || in_.spec.clocks[k].name == c.name;
      if (repeated)
        in_.fault("clock", i, "", "repeated-name", "clock '" + std::string(c.name) + "' is defined twice");
      auto at = in_.clock_index(c.name);
      if (!at) {
        if (c.starts.empty() || c.stops.empty())
          in_.fault("clock", i, "", "missing-moments",
                    "clock '" + std::string(c.name) +
                        "' is no ready clock, so it must state what starts and what stops it");
        in_.out->clocks.push_back({{std::string(c.name), {}}, {}});
        at = in_.out->clocks.size() - 1;
      }
      clock_entry& e = in_.out->clocks[*at];
      if (!c.label.empty()) e.names.label = c.label;
      if (!c.starts.empty()) e.terms.starts = moments(c.starts, i, "starts");
      if (!c.stops.empty()) e.terms.stops = moments(c.stops, i, "stops");
      if (!c.ends.empty()) e.terms.ends = moments(c.ends, i, "ends");
      e.terms.repeats = e.terms.repeats || !c.ends.empty();
      if (c.updates == next_update::on_grid && !e.terms.repeats)
        in_.fault("clock", i, "updates", "no-repeating-clock",
                  "clock '" + std::string(c.name) + "' does not repeat, so it has no grid of updates");
      e.terms.updates = c.updates;
      if (c.cut_off && (*c.cut_off < std::chrono::seconds(0) || *c.cut_off > std::chrono::hours(24)))
        in_.fault("clock", i, "cut_off", "bad-cut-off", "a cut-off is a local time from 00:00 to 24:00");
      e.terms.cut_off = c.cut_off;
      if (c.leave_open) e.terms.closed_by = {};
      e.terms.confirmation = c.confirmation;
      e.terms.landing = c.landing;
      e.terms.changing = c.changing;
      e.terms.reopening = c.reopening;
      e.terms.warnings = warnings(c, i);
    }
    if (in_.out->clocks.size() > any_clock)
      in_.fault("clock", 0, "", "too-many-clocks",
                "at most " + std::to_string(any_clock) + " clocks, found " +
                    std::to_string(in_.out->clocks.size() + in_.spec.clocks.size() - stated));
    for (std::size_t i = 0; i < in_.out->clocks.size(); ++i)
      in_.out->clocks[i].terms.clock = static_cast<clock_id>(i);
  }

  [[nodiscard]] bool is_used(std::string_view clock) const {
    for (const target_spec& t : in_.spec.targets)
      for (const limit_spec& l : t.limits)
        if (l.clock == clock) return true;
    for (const clock_spec& c : in_.spec.clocks)
      if (c.name == clock) return true;
    return false;
  }

  [[nodiscard]] std::span<const warning> warnings(const clock_spec& c, std::size_t row) {
    constexpr std::size_t most = 32;  // a verdict has a bit for each
    if (c.warnings.size() > most)
      in_.fault("clock", row, "warnings", "too-many-warnings",
                "at most " + std::to_string(most) + " warnings of a clock, found " +
                    std::to_string(c.warnings.size()),
                most);
    for (std::size_t i = 0; i < c.warnings.size(); ++i) {
      const warning& w = c.warnings[i];
      if (w.at_share.has_value() == w.before_due.has_value())
        in_.fault("clock", row, "warnings", "bad-warning",
                  "a warning stands at a share of the limit or at a time before due, one of the two", i);
      else if (w.at_share && (*w.at_share <= ratio(0) || *w.at_share > ratio(1)))
        in_.fault("clock", row, "warnings", "bad-warning",
                  "a warning's share is above 0% and at most 100%, found " + to_string(*w.at_share), i);
      else if (w.before_due && w.before_due->in() == time_limit::unit::business_days)
        in_.fault("clock", row, "warnings", "bad-warning",
                  "a warning before due counts in the clock's own hours, expected hours or minutes, found '" +
                      to_string(*w.before_due) + "'",
                  i);
    }
    return in_.out->warnings.emplace_back(c.warnings.begin(), c.warnings.end());
  }

  // A moment that is not ready is the policy's own, named by being used.
  [[nodiscard]] moment_set moments(std::span<const std::string_view> names, std::size_t row,
                                   const char* key) {
    constexpr std::size_t most = moment_limit - static_cast<std::size_t>(moment::first_custom);
    moment_set set;
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (const auto ready = parse_moment(names[i])) {
        set = set | *ready;
        continue;
      }
      std::size_t at = 0;
      while (at < in_.out->moments.size() && in_.out->moments[at] != names[i]) ++at;
      if (at == in_.out->moments.size()) {
        if (in_.out->moments.size() == most) {
          in_.fault("clock", row, key, "too-many-moments",
                    "at most " + std::to_string(most) + " moments of a policy's own", i);
          return set;
        }
        in_.out->moments.push_back(std::string(names[i]));
      }
      set = set | static_cast<moment>(static_cast<std::size_t>(moment::first_custom) + at);
    }
    return set;
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
    // The customer rejects what was last reported to him as done, by whichever clock (rule C10).
    moment_set rejectable;
    for (const clock_entry& c : in_.out->clocks)
      if (c.terms.confirmation) rejectable = rejectable | c.terms.stops;
    for (clock_entry& c : in_.out->clocks) {
      c.terms.reasons = {in_.out->pauses.data(), in_.out->pauses.size()};
      c.terms.rejectable = rejectable;
    }
  }

  void allowances() {
    std::set<std::string_view> allowed;
    for (std::size_t i = 0; i < in_.spec.allow.size(); ++i) {
      const allowance_spec& a = in_.spec.allow[i];
      if (!find_lint_rule(a.lint))
        in_.fault("allow", i, "lint", "unknown-lint", unknown_name("lint", a.lint, lint_codes()));
      if (a.reason.empty())
        in_.fault("allow", i, "reason", "missing-reason",
                  "an allowance needs its reason: whoever reads the contract later will ask for it");
      if (!allowed.insert(a.lint).second)
        in_.fault("allow", i, "lint", "repeated-row", std::string(a.lint) + " is allowed twice");
    }
  }

  compile_context in_;
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

inline std::vector<considered_row> policy::considered(std::size_t tier, const grade& g,
                                                      clock_id clock) const {
  std::vector<considered_row> out;
  const auto limit = [&](const target_row& r) { return r.limit(clock); };
  const auto limit_row = most_specific(data_->rows, tier, g, limit).row;
  // A limit on the wall clock has no use for a calendar.
  const bool counts_by_calendar = limit_row && limit(data_->rows[*limit_row])->needs_calendar();
  const auto calendar_row =
      most_specific(data_->rows, tier, g, [](const target_row& r) { return r.calendar_name(); }).row;
  for (std::size_t i = 0; i < data_->rows.size(); ++i) {
    const target_row& r = data_->rows[i];
    if (!r.covers(tier, g) || !(limit(r) || (counts_by_calendar && r.calendar_name()))) continue;
    out.push_back({i, r.clause, r.specificity(), limit(r),
                   counts_by_calendar ? std::string_view(r.calendar) : std::string_view{}, i == limit_row,
                   counts_by_calendar && i == calendar_row});
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
  f.reported = n.reported;
  if (!unknown.empty()) detail::fail(unknown);
  return f;
}

}  // namespace v0
}  // namespace sla
