// SPDX-License-Identifier: MIT
#pragma once

// From a policy's declaration to its dense form: every name checked, every calendar compiled, every cell of the
// decision table decided. All faults are collected; the first does not hide the second.
//
// The hard question: what makes a row "more specific"? The number of selectors it states. Of two rows that match a
// cell, state equally many and give one clock unequal limits, neither wins: that is a fault naming both clauses.
//
// Included by policy/policy.hpp; there is nothing to call here.

#include <algorithm>
#include <array>
#include <limits>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sla/base/diagnostic.hpp>
#include <sla/calendar/compile.hpp>
#include <sla/compensation/step_table.hpp>
#include <sla/policy/policy.hpp>
#include <sla/policy/ready_clocks.hpp>

namespace sla {
inline namespace v0 {
namespace detail {

[[nodiscard]] inline std::string list(const std::vector<std::string_view>& names) {
  std::string out;
  for (const std::string_view n : names) {
    if (!out.empty()) out += ", ";
    out += n;
  }
  return out;
}

/// "unknown tier 'gold', expected one of basic, enterprise", with the nearest name where one is meant.
[[nodiscard]] inline std::string unknown_name(std::string_view kind, std::string_view found,
                                              const std::vector<std::string_view>& known) {
  std::string out = "unknown " + std::string(kind) + " '" + std::string(found) + "'";
  if (known.empty()) return out + ", the policy names none";
  out += ", expected one of " + list(known);
  const std::string_view near = nearest(found, known);
  return near.empty() ? out : out + "; did you mean '" + std::string(near) + "'?";
}

class policy_compiler {
 public:
  policy_compiler(const policy_spec& spec, std::vector<spec_fault>& faults)
      : spec_(spec), faults_(faults), out_(std::make_shared<policy_data>()) {}

  [[nodiscard]] std::shared_ptr<const policy_data> run() {
    header();
    calendars();
    clocks();
    pauses();
    targets();
    availability();
    compensation();
    return failed_ ? nullptr : out_;
  }

 private:
  void fault(std::string section, std::size_t row, std::string key, std::string code, std::string message,
             std::size_t item = 0) {
    faults_.push_back(
        {gravity::error, std::move(section), row, std::move(key), item, std::move(code), std::move(message)});
    failed_ = true;
  }
  void warning(std::string section, std::size_t row, std::string key, std::string code, std::string message,
               std::size_t item = 0) {
    faults_.push_back({gravity::warning, std::move(section), row, std::move(key), item, std::move(code),
                       std::move(message)});
  }

  [[nodiscard]] static std::vector<std::string_view> names_of(const std::vector<named_label>& all) {
    std::vector<std::string_view> out;
    for (const auto& n : all)
      if (!n.name.empty()) out.push_back(n.name);
    return out;
  }
  [[nodiscard]] static std::optional<std::size_t> index_of(const std::vector<named_label>& all,
                                                           std::string_view name) {
    for (std::size_t i = 0; i < all.size(); ++i)
      if (all[i].name == name) return i;
    return std::nullopt;
  }

  // --- names --------------------------------------------------------------------------------------------------

  void header() {
    out_->name = spec_.name;
    out_->version = spec_.version;
    out_->home = spec_.home;
    out_->in = spec_.in;
    if (spec_.name.empty()) fault("", 0, "policy", "missing-name", "a policy needs a name");
    if (!spec_.version.ok())
      fault("", 0, "version", "bad-version", "a policy needs the date it is in force from");
    names("severities", spec_.severities, out_->severities, true);
    names("tiers", spec_.tiers, out_->tiers, true);
    names("regions", spec_.regions, out_->regions, false);
    names("categories", spec_.categories, out_->categories, false);
    names("causes", spec_.causes, out_->causes, false);
    if (spec_.causes.empty()) out_->causes.clear();
    for (std::size_t i = 0; i < spec_.labels.size(); ++i) {
      bool known = false;
      for (auto* all : {&out_->severities, &out_->tiers, &out_->regions, &out_->categories, &out_->causes})
        for (named_label& n : *all)
          if (n.name == spec_.labels[i].name) n.label = spec_.labels[i].label, known = true;
      if (!known)
        fault("label", i, std::string(spec_.labels[i].name), "unknown-name",
              "'" + std::string(spec_.labels[i].name) +
                  "' is no severity, tier, region, category or cause of this policy");
    }
  }

  // At most 250 names of a kind: their numbers are bytes, and the highest are reserved.
  void names(const char* key, std::span<const std::string_view> from, std::vector<named_label>& to,
             bool needed) {
    constexpr std::size_t most = 250;
    if (from.empty() && needed)
      fault("", 0, key, "missing-names", std::string("a policy needs at least one of its ") + key);
    if (from.size() > most)
      fault("", 0, key, "too-many-names",
            "at most " + std::to_string(most) + " " + key + ", found " + std::to_string(from.size()));
    for (std::size_t i = 0; i < from.size() && i < most; ++i) {
      if (from[i].empty()) fault("", 0, key, "empty-name", std::string("an empty name among the ") + key, i);
      if (index_of(to, from[i]))
        fault("", 0, key, "repeated-name", "'" + std::string(from[i]) + "' stands twice among the " + key, i);
      to.push_back({std::string(from[i]), {}});
    }
    if (to.empty()) to.push_back({});  // one nameless value, so that the table has a cell
  }

  // --- calendars ----------------------------------------------------------------------------------------------

  void calendars() {
    out_->calendars.reserve(spec_.calendars.size());  // terms point into it
    for (std::size_t i = 0; i < spec_.calendars.size(); ++i) {
      const named_calendar_spec& c = spec_.calendars[i];
      if (find_calendar(c.name) != nullptr)
        fault("calendar", i, "", "repeated-name", "calendar '" + std::string(c.name) + "' is defined twice");
      std::vector<calendar_fault> found;
      if (auto compiled = try_compile(c.calendar, found))
        out_->calendars.emplace_back(std::string(c.name), business_time(*std::move(compiled)));
      for (const calendar_fault& f : found) {
        const std::string key(f.field == calendar_fault::part::whole ? "" : to_string(f.field));
        const std::string message = "calendar '" + std::string(c.name) + "': " + f.message;
        f.level == gravity::error ? fault("calendar", i, key, f.code, message, f.index)
                                  : warning("calendar", i, key, f.code, message, f.index);
      }
    }
  }
  [[nodiscard]] const business_time* find_calendar(std::string_view name) const {
    for (const auto& [known, time] : out_->calendars)
      if (known == name) return &time;
    return nullptr;
  }
  [[nodiscard]] const business_time* calendar(std::string_view name, const char* section, std::size_t row,
                                              const char* key, std::size_t item = 0) {
    const business_time* found = find_calendar(name);
    const bool declared = std::ranges::any_of(spec_.calendars, [&](const auto& c) { return c.name == name; });
    if (found == nullptr && !declared) {
      std::vector<std::string_view> known;
      for (const auto& c : spec_.calendars) known.push_back(c.name);
      fault(section, row, key, "unknown-calendar", unknown_name("calendar", name, known), item);
    }
    return found;
  }

  // --- clocks -------------------------------------------------------------------------------------------------

  [[nodiscard]] std::optional<std::size_t> clock_index(std::string_view name) const {
    for (std::size_t i = 0; i < out_->clocks.size(); ++i)
      if (out_->clocks[i].names.name == name) return i;
    return std::nullopt;
  }
  [[nodiscard]] std::vector<std::string_view> clock_names() const {
    std::vector<std::string_view> known;
    for (const ready_clock& c : ready_clocks) known.push_back(c.name);
    for (const clock_spec& c : spec_.clocks)
      if (!find_ready_clock(c.name)) known.push_back(c.name);
    return known;
  }

  // The policy's clocks are those it speaks of, ready ones first and in the order of an incident's life.
  void clocks() {
    std::set<std::string_view> used;
    for (const target_spec& t : spec_.targets)
      for (const limit_spec& l : t.limits) used.insert(l.clock);
    for (const clock_spec& c : spec_.clocks) used.insert(c.name);
    for (const ready_clock& c : ready_clocks) {
      if (!used.contains(c.name)) continue;
      clock_entry e{{std::string(c.name), std::string(c.label)}, {}};
      e.terms.starts = c.starts;
      e.terms.stops = c.stops;
      e.terms.closed_by = c.closed_by;
      e.terms.repeats = c.repeats;
      e.terms.ends = c.ends;
      out_->clocks.push_back(std::move(e));
    }
    std::set<std::string_view> seen;
    for (std::size_t i = 0; i < spec_.clocks.size(); ++i) {
      const clock_spec& c = spec_.clocks[i];
      if (!seen.insert(c.name).second)
        fault("clock", i, "", "repeated-name", "clock '" + std::string(c.name) + "' is defined twice");
      auto at = clock_index(c.name);
      if (!at) {
        if (c.starts.empty() || c.stops.empty())
          fault("clock", i, "", "missing-moments",
                "clock '" + std::string(c.name) +
                    "' is no ready clock, so it must state what starts and what stops it");
        out_->clocks.push_back({{std::string(c.name), {}}, {}});
        at = out_->clocks.size() - 1;
      }
      clock_entry& e = out_->clocks[*at];
      if (!c.label.empty()) e.names.label = c.label;
      if (!c.starts.empty()) e.terms.starts = moments(c.starts, i, "starts");
      if (!c.stops.empty()) e.terms.stops = moments(c.stops, i, "stops");
      if (c.leave_open) e.terms.closed_by = {};
      e.terms.confirmation = c.confirmation;
      e.terms.landing = c.landing;
      e.terms.changing = c.changing;
      e.terms.reopening = c.reopening;
    }
    if (out_->clocks.size() > any_clock)
      fault("clock", 0, "", "too-many-clocks",
            "at most " + std::to_string(any_clock) + " clocks, found " + std::to_string(out_->clocks.size()));
    for (std::size_t i = 0; i < out_->clocks.size(); ++i)
      out_->clocks[i].terms.clock = static_cast<clock_id>(i);
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
      auto at = std::ranges::find(out_->moments, names[i]);
      if (at == out_->moments.end()) {
        if (out_->moments.size() == most) {
          fault("clock", row, key, "too-many-moments",
                "at most " + std::to_string(most) + " moments of a policy's own", i);
          return set;
        }
        out_->moments.emplace_back(names[i]);
        at = std::prev(out_->moments.end());
      }
      set = set | static_cast<moment>(static_cast<std::size_t>(moment::first_custom) +
                                      static_cast<std::size_t>(at - out_->moments.begin()));
    }
    return set;
  }

  void pauses() {
    if (spec_.pauses.size() > reason_limit)
      fault("pause", reason_limit, "", "too-many-reasons",
            "at most " + std::to_string(reason_limit) + " pause reasons, found " +
                std::to_string(spec_.pauses.size()));
    for (std::size_t i = 0; i < spec_.pauses.size() && i < reason_limit; ++i) {
      const pause_spec& p = spec_.pauses[i];
      if (index_of(out_->reasons, p.name))
        fault("pause", i, "", "repeated-name", "pause reason '" + std::string(p.name) + "' is defined twice");
      out_->reasons.push_back({std::string(p.name), std::string(p.label)});
      out_->pauses.push_back({p.by, p.cap});
      for (std::size_t k = 0; k < p.stops.size(); ++k) {
        if (const auto clock = clock_index(p.stops[k])) {
          out_->clocks[*clock].terms.stopped_by |= reason_mask{1} << i;
        } else if (!find_ready_clock(p.stops[k])) {
          fault("pause", i, "stops", "unknown-clock", unknown_name("clock", p.stops[k], clock_names()), k);
        }
      }
      if (p.cap && p.by != party::customer)
        fault("pause", i, "cap", "cap-without-customer",
              "a cap is used up by pauses of the customer alone, and '" + std::string(p.name) + "' is the " +
                  std::string(sla::name(p.by)) + "'s");
      if (p.cap && p.cap->in() == time_limit::unit::business_days)
        fault("pause", i, "cap", "cap-in-days",
              "a cap counts in the clock's own hours, expected hours or minutes, found '" +
                  to_string(*p.cap) + "'");
    }
    for (clock_entry& c : out_->clocks) c.terms.reasons = out_->pauses;
  }

  // --- the decision table ---------------------------------------------------------------------------------------

  void selector(const char* kind, std::string_view name, const std::vector<named_label>& all,
                std::size_t row) {
    if (!name.empty() && !index_of(all, name))
      fault("target", row, kind, std::string("unknown-") + kind, unknown_name(kind, name, names_of(all)));
  }

  void targets() {
    for (std::size_t i = 0; i < spec_.targets.size(); ++i) {
      const target_spec& t = spec_.targets[i];
      out_->clauses.emplace_back(t.clause);
      selector("severity", t.severity, out_->severities, i);
      selector("tier", t.tier, out_->tiers, i);
      selector("region", t.region, out_->regions, i);
      selector("category", t.category, out_->categories, i);
      if (!t.calendar.empty()) (void)calendar(t.calendar, "target", i, "calendar");
      if (t.limits.empty() && t.calendar.empty())
        fault("target", i, "", "empty-target", "a target states at least one limit, found none");
      for (const limit_spec& l : t.limits)
        if (!clock_index(l.clock) || (!find_ready_clock(l.clock) && !declared(l.clock)))
          fault("target", i, std::string(l.clock), "unknown-clock",
                unknown_name("clock", l.clock, clock_names()));
    }
    if (out_->severities.empty() || failed_) return;  // cells of unknown names decide nothing
    std::set<std::pair<std::size_t, std::size_t>> reported;
    for (std::size_t tier = 0; tier < out_->tiers.size(); ++tier)
      for (std::size_t s = 0; s < out_->severities.size(); ++s)
        for (std::size_t r = 0; r < out_->regions.size(); ++r)
          for (std::size_t c = 0; c < out_->categories.size(); ++c) cell(tier, s, r, c, reported);
  }
  [[nodiscard]] bool declared(std::string_view clock) const {
    return std::ranges::any_of(spec_.clocks, [&](const clock_spec& c) { return c.name == clock; });
  }

  // The most specific row of a cell that states a property, by `stated`; unequal rows of equal weight are a fault.
  template <class Stated>
  [[nodiscard]] std::optional<std::size_t> winner(const std::array<std::string_view, 4>& cell,
                                                  Stated&& stated,
                                                  std::set<std::pair<std::size_t, std::size_t>>& reported,
                                                  std::string_view what) {
    std::optional<std::size_t> best;
    std::size_t rival = 0;
    bool tied = false;
    for (std::size_t i = 0; i < spec_.targets.size(); ++i) {
      const target_spec& t = spec_.targets[i];
      const auto matches = [](std::string_view want, std::string_view have) {
        return want.empty() || want == have;
      };
      if (!matches(t.severity, cell[0]) || !matches(t.tier, cell[1]) || !matches(t.region, cell[2]) ||
          !matches(t.category, cell[3]) || !stated(t))
        continue;
      const int weight = t.selector().specificity();
      const int best_weight = best ? spec_.targets[*best].selector().specificity() : -1;
      if (weight > best_weight) {
        best = i;
        tied = false;
      } else if (weight == best_weight && *stated(t) != *stated(spec_.targets[*best])) {
        rival = i;
        tied = true;
      }
    }
    if (tied && reported.emplace(*best, rival).second) {
      const auto clause = [&](std::size_t i) {
        return spec_.targets[i].clause.empty() ? "row " + std::to_string(i + 1)
                                               : "clause " + std::string(spec_.targets[i].clause);
      };
      std::string where;
      for (const std::string_view n : cell)
        if (!n.empty()) where += (where.empty() ? "" : " ") + std::string(n);
      fault("target", rival, std::string(what), "tied-targets",
            std::string(what) + " of " + where + " is stated by " + clause(*best) + " and by " +
                clause(rival) + ", which are equally specific and disagree");
    }
    return best;
  }

  void cell(std::size_t tier, std::size_t s, std::size_t r, std::size_t c,
            std::set<std::pair<std::size_t, std::size_t>>& reported) {
    const std::array<std::string_view, 4> names{out_->severities[s].name, out_->tiers[tier].name,
                                                out_->regions[r].name, out_->categories[c].name};
    const auto calendar_row = winner(
        names,
        [](const target_spec& t) {
          return t.calendar.empty() ? std::optional<std::string_view>() : std::optional(t.calendar);
        },
        reported, "calendar");
    const business_time* hours =
        calendar_row ? find_calendar(spec_.targets[*calendar_row].calendar) : nullptr;
    for (const clock_entry& clock : out_->clocks) {
      const auto stated = [&](const target_spec& t) -> std::optional<time_limit> {
        for (const limit_spec& l : t.limits)
          if (l.clock == clock.names.name) return l.limit;
        return std::nullopt;
      };
      const auto row = winner(names, stated, reported, clock.names.name);
      clock_terms terms = clock.terms;
      terms.promised = row.has_value();
      if (row) {
        terms.limit = *stated(spec_.targets[*row]);
        terms.target = static_cast<std::uint32_t>(*row);
        if (terms.limit.needs_calendar()) {
          terms.calendar = hours;
          if (hours == nullptr && reported.emplace(*row, spec_.targets.size()).second)
            fault("target", *row, clock.names.name, "missing-calendar",
                  "'" + to_string(terms.limit) +
                      "' is business time and needs a calendar, and no row for this incident states one");
        }
      }
      out_->cells.push_back(terms);
      out_->cell_rows.push_back(row.value_or(std::numeric_limits<std::size_t>::max()));
    }
  }

  // --- availability and money -------------------------------------------------------------------------------------

  void known_tier(const char* section, std::size_t row, std::string_view tier) {
    if (!tier.empty() && !index_of(out_->tiers, tier))
      fault(section, row, "tier", "unknown-tier", unknown_name("tier", tier, names_of(out_->tiers)));
  }

  void availability() {
    for (std::size_t i = 0; i < spec_.availability.size(); ++i) {
      const availability_spec& a = spec_.availability[i];
      known_tier("availability", i, a.tier);
      for (std::size_t k = 0; k < i; ++k)
        if (spec_.availability[k].tier == a.tier)
          fault("availability", i, "", "repeated-row",
                "availability of " + (a.tier.empty() ? "all tiers" : "tier '" + std::string(a.tier) + "'") +
                    " is stated twice");
      if (a.target && (*a.target > ratio(1) || *a.target < ratio(0)))
        fault("availability", i, "target", "bad-target",
              "an availability is between 0% and 100%, found " + to_string(*a.target));
      if (!a.exclude) continue;
      for (std::size_t k = 0; k < a.exclude->size(); ++k) {
        const exclusion_spec& e = (*a.exclude)[k];
        if (!index_of(out_->causes, e.cause))
          fault("availability", i, "exclude", "unknown-cause",
                unknown_name("cause", e.cause, names_of(out_->causes)), k);
        if (!e.within.empty()) (void)calendar(e.within, "availability", i, "exclude", k);
      }
    }
    if (failed_) return;
    out_->exclusions.reserve(out_->tiers.size());
    std::size_t views = 0;
    for (const availability_spec& a : spec_.availability) views += a.exclude ? 2 * a.exclude->size() : 0;
    out_->texts.reserve(views * out_->tiers.size());  // views into it must not move
    for (const named_label& tier : out_->tiers) out_->availability.push_back(availability_of(tier.name));
  }

  [[nodiscard]] availability_terms availability_of(std::string_view tier) {
    const availability_spec *own = nullptr, *all = nullptr;
    for (const availability_spec& a : spec_.availability) {
      if (a.tier.empty()) all = &a;
      if (a.tier == tier && !tier.empty()) own = &a;
    }
    const auto pick = [&](auto member) {
      if (own != nullptr && (own->*member)) return own->*member;
      return all != nullptr ? all->*member : std::remove_cvref_t<decltype(all->*member)>{};
    };
    availability_terms out;
    out.target = pick(&availability_spec::target);
    const availability_spec* clause = own != nullptr && own->target ? own : (all != nullptr ? all : own);
    if (clause != nullptr) out.clause = clause->clause;
    auto& exclusions = out_->exclusions.emplace_back();
    if (const auto exclude = pick(&availability_spec::exclude)) {
      for (const exclusion_spec& e : *exclude) {
        const std::string_view name = out_->texts.emplace_back(e.cause),
                               clause_text = out_->texts.emplace_back(e.clause);
        exclusions.push_back({.cause = static_cast<cause_id>(*index_of(out_->causes, e.cause)),
                              .within = e.within.empty() ? nullptr : find_calendar(e.within),
                              .name = name,
                              .clause = clause_text,
                              .effect = e.effect,
                              .quota = e.quota});
      }
    }
    out.rules.exclusions = exclusions;
    if (const auto m = pick(&availability_spec::minimum)) out.rules.minimum = *m;
    if (const auto g = pick(&availability_spec::merge_gap)) out.rules.merge_gap = *g;
    if (const auto r = pick(&availability_spec::round)) out.rules.rounding = *r;
    return out;
  }

  void compensation() {
    out_->combine = spec_.combine;
    for (std::size_t i = 0; i < spec_.credits.size(); ++i) {
      const credit_spec& c = spec_.credits[i];
      known_tier("credit", i, c.tier);
      if (!c.metric.clock.empty() && !clock_index(c.metric.clock))
        fault("credit", i, "metric", "unknown-clock", unknown_name("clock", c.metric.clock, clock_names()));
      for (std::size_t k = 0; k < c.below.size(); ++k)
        if (c.below[k].rate < ratio(0))
          fault("credit", i, "below", "negative-rate", "a credit rate cannot be negative", k);
      for (const table_fault& f : sla::faults(c.below)) table(i, c, f);
    }
    for (std::size_t i = 0; i < spec_.caps.size(); ++i) {
      const cap_spec& c = spec_.caps[i];
      known_tier("cap", i, c.tier);
      if (c.share.has_value() == c.amount.has_value())
        fault("cap", i, "share", "cap-needs-one", "a cap states a share or an amount, and not both");
      if (c.amount && c.amount->in() != spec_.in)
        fault("cap", i, "amount", "currency",
              "a cap in " + std::string(c.amount->in().code()) + ", and the policy is in " +
                  std::string(spec_.in.code()));
    }
    if (failed_) return;
    for (const named_label& tier : out_->tiers) {
      auto& credits = out_->credits.emplace_back();
      for (const credit_spec& c : spec_.credits)
        if (c.tier == tier.name || (c.tier.empty() && !own_credit(tier.name, c.metric)))
          credits.push_back(credit(c));
      auto& caps = out_->caps.emplace_back();
      const bool own =
          std::ranges::any_of(spec_.caps, [&](const cap_spec& c) { return c.tier == tier.name; });
      for (const cap_spec& c : spec_.caps)
        if (c.tier == tier.name || (c.tier.empty() && !own)) caps.push_back(cap(c));
    }
  }
  // A table may say nothing, or two things, of some figure; the settlement then shows every reading (rule M0).
  void table(std::size_t row, const credit_spec& c, const table_fault& f) {
    using kind = table_fault::kind;
    const auto bound = [&](std::size_t k) { return "the row below " + to_string(c.below[k].below); };
    switch (f.what) {
      case kind::no_rows:
        return fault("credit", row, "below", "empty-table", "a credit needs at least one row, found none");
      case kind::impossible_row:
        return fault("credit", row, "below", "impossible-row",
                     bound(f.row) + " begins at " + to_string(c.below[f.row].from) + " and can never hold",
                     f.row);
      case kind::repeated_bound:
        return warning("credit", row, "below", "repeated-bound",
                       bound(f.other) + " stands twice: which rate is paid is undefined", f.other);
      case kind::overlap:
        return warning("credit", row, "below", "overlap",
                       bound(f.row) + " reaches into " + bound(f.other) + ": the deeper one pays", f.row);
      case kind::gap:
        return warning("credit", row, "below", "gap",
                       "nothing is said between " + to_string(c.below[f.other].below) + " and " +
                           to_string(c.below[f.row].from) + ": what is paid there is undefined",
                       f.row);
      case kind::not_monotone:
        return warning("credit", row, "below", "not-monotone",
                       bound(f.row) + " pays more than " + bound(f.other), f.row);
    }
  }
  [[nodiscard]] bool own_credit(std::string_view tier, const metric_spec& metric) const {
    return std::ranges::any_of(spec_.credits, [&](const credit_spec& c) {
      return c.tier == tier && c.metric.clock == metric.clock;
    });
  }

  [[nodiscard]] credit_terms credit(const credit_spec& c) const {
    credit_terms out{
        .clause = std::string(c.clause), .below = {c.below.begin(), c.below.end()}, .rounding = spec_.round};
    if (!c.metric.clock.empty())
      out.metric = attainment_metric(static_cast<clock_id>(*clock_index(c.metric.clock)));
    return out;
  }
  [[nodiscard]] cap_terms cap(const cap_spec& c) const {
    cap_terms out{.clause = std::string(c.clause), .scope = c.scope, .rounding = spec_.round};
    if (c.amount) out.limit = *c.amount;
    if (c.share) out.limit = *c.share;
    return out;
  }

  const policy_spec& spec_;
  std::vector<spec_fault>& faults_;
  bool failed_ = false;
  std::shared_ptr<policy_data> out_;
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
