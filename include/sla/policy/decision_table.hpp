// SPDX-License-Identifier: MIT
#pragma once

// The decision table: for every tier, severity, region and category, the terms of every clock. Private to
// policy/compile.hpp.
//
// The hard question: what makes a row "more specific"? The number of selectors it states. Of two rows that match a
// cell, state equally many and give one clock unequal limits, neither wins: that is a fault naming both clauses.

#include <array>
#include <limits>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sla/policy/compile_context.hpp>

namespace sla {
inline namespace v0 {
namespace detail {

class decision_table {
 public:
  explicit decision_table(compile_context& in) : in_(in) {}

  void build() {
    for (std::size_t i = 0; i < in_.spec.targets.size(); ++i) {
      const target_spec& t = in_.spec.targets[i];
      in_.out->clauses.emplace_back(t.clause);
      selector("severity", t.severity, in_.out->severities, i);
      selector("tier", t.tier, in_.out->tiers, i);
      selector("region", t.region, in_.out->regions, i);
      selector("category", t.category, in_.out->categories, i);
      if (!t.calendar.empty()) (void)in_.calendar(t.calendar, "target", i, "calendar");
      if (t.limits.empty() && t.calendar.empty())
        in_.fault("target", i, "", "empty-target", "a target states at least one limit, found none");
      for (const limit_spec& l : t.limits)
        if (!in_.clock_index(l.clock) || (!find_ready_clock(l.clock) && !declared(l.clock)))
          in_.fault("target", i, std::string(l.clock), "unknown-clock",
                    unknown_name("clock", l.clock, in_.clock_names()));
    }
    if (in_.out->severities.empty() || in_.failed) return;  // cells of unknown names decide nothing
    // Names come from a file: four long lists would make a table that no machine holds.
    constexpr std::size_t most = 1'000'000;
    const policy_data& d = *in_.out;
    const std::size_t cells = d.tiers.size() * d.severities.size() * d.regions.size() * d.categories.size();
    if (cells * d.clocks.size() > most)
      return in_.fault("", 0, "severities", "too-many-cells",
                       "tiers, severities, regions, categories and clocks make " +
                           std::to_string(cells * d.clocks.size()) + " cells, expected at most " +
                           std::to_string(most));
    std::set<std::size_t> reported;  // pairs of rows, as one number
    for (std::size_t tier = 0; tier < in_.out->tiers.size(); ++tier)
      for (std::size_t s = 0; s < in_.out->severities.size(); ++s)
        for (std::size_t r = 0; r < in_.out->regions.size(); ++r)
          for (std::size_t c = 0; c < in_.out->categories.size(); ++c) cell(tier, s, r, c, reported);
  }

 private:
  void selector(const char* kind, std::string_view name, const std::vector<named_label>& all,
                std::size_t row) {
    if (!name.empty() && !index_of(all, name))
      in_.fault("target", row, kind, std::string("unknown-") + kind, unknown_name(kind, name, names_of(all)));
  }

  [[nodiscard]] bool declared(std::string_view clock) const {
    for (const clock_spec& c : in_.spec.clocks)
      if (c.name == clock) return true;
    return false;
  }

  [[nodiscard]] std::size_t pair_of(std::size_t row, std::size_t rival) const noexcept {
    return row * (in_.spec.targets.size() + 1) + rival;
  }

  // The most specific row of a cell that states a property, by `stated`; unequal rows of equal weight are a fault.
  template <class Stated>
  [[nodiscard]] std::optional<std::size_t> winner(const std::array<std::string_view, 4>& cell,
                                                  Stated&& stated, std::set<std::size_t>& reported,
                                                  std::string_view what) {
    std::optional<std::size_t> best;
    std::size_t rival = 0;
    bool tied = false;
    for (std::size_t i = 0; i < in_.spec.targets.size(); ++i) {
      const target_spec& t = in_.spec.targets[i];
      const auto matches = [](std::string_view want, std::string_view have) {
        return want.empty() || want == have;
      };
      if (!matches(t.severity, cell[0]) || !matches(t.tier, cell[1]) || !matches(t.region, cell[2]) ||
          !matches(t.category, cell[3]) || !stated(t))
        continue;
      const int weight = t.selector().specificity();
      const int best_weight = best ? in_.spec.targets[*best].selector().specificity() : -1;
      if (weight > best_weight) {
        best = i;
        tied = false;
      } else if (weight == best_weight && *stated(t) != *stated(in_.spec.targets[*best])) {
        rival = i;
        tied = true;
      }
    }
    if (tied && reported.insert(pair_of(*best, rival)).second) {
      const auto clause = [&](std::size_t i) {
        return in_.spec.targets[i].clause.empty() ? "row " + std::to_string(i + 1)
                                                  : "clause " + std::string(in_.spec.targets[i].clause);
      };
      std::string where;
      for (const std::string_view n : cell)
        if (!n.empty()) where += (where.empty() ? "" : " ") + std::string(n);
      in_.fault("target", rival, std::string(what), "tied-targets",
                std::string(what) + " of " + where + " is stated by " + clause(*best) + " and by " +
                    clause(rival) + ", which are equally specific and disagree");
    }
    return best;
  }

  void cell(std::size_t tier, std::size_t s, std::size_t r, std::size_t c, std::set<std::size_t>& reported) {
    const std::array<std::string_view, 4> names{in_.out->severities[s].name, in_.out->tiers[tier].name,
                                                in_.out->regions[r].name, in_.out->categories[c].name};
    const auto calendar_row = winner(
        names,
        [](const target_spec& t) {
          return t.calendar.empty() ? std::optional<std::string_view>() : std::optional(t.calendar);
        },
        reported, "calendar");
    const business_time* hours =
        calendar_row ? in_.find_calendar(in_.spec.targets[*calendar_row].calendar) : nullptr;
    for (const clock_entry& clock : in_.out->clocks) {
      const auto stated = [&](const target_spec& t) -> std::optional<time_limit> {
        for (const limit_spec& l : t.limits)
          if (l.clock == clock.names.name) return l.limit;
        return std::nullopt;
      };
      const auto row = winner(names, stated, reported, clock.names.name);
      clock_terms terms = clock.terms;
      terms.promised = row.has_value();
      if (row) {
        terms.limit = *stated(in_.spec.targets[*row]);
        terms.target = static_cast<std::uint32_t>(*row);
        if (terms.limit.needs_calendar()) {
          terms.calendar = hours;
          if (hours == nullptr && reported.insert(pair_of(*row, in_.spec.targets.size())).second)
            in_.fault("target", *row, clock.names.name, "missing-calendar",
                      "'" + to_string(terms.limit) +
                          "' is business time and needs a calendar, and no row for this incident states one");
        }
      }
      in_.out->cells.push_back(terms);
      in_.out->cell_rows.push_back(row.value_or(std::numeric_limits<std::size_t>::max()));
    }
  }

  compile_context& in_;
};

}  // namespace detail
}  // namespace v0
}  // namespace sla
