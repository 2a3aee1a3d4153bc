// SPDX-License-Identifier: MIT
#pragma once

// The decision table: for every tier, severity, region and category, the terms of every clock. Private to
// policy/compile.hpp.
//
// Which row a cell's property comes from is decided by most_specific (policy/target_row.hpp).

#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sla/policy/compile_context.hpp>
#include <sla/policy/rows_by_selection.hpp>
#include <sla/policy/target_row.hpp>

namespace sla {
inline namespace v0 {
namespace detail {

class decision_table {
 public:
  explicit decision_table(compile_context& in) : in_(in) {}

  void build() {
    for (std::size_t i = 0; i < in_.spec.targets.size(); ++i) {
      const target_spec& t = in_.spec.targets[i];
      target_row& row = in_.out->rows.emplace_back();
      row.clause = t.clause;
      row.calendar = t.calendar;
      bool known = true;
      row.severity = selector("severity", t.severity, in_.out->severities, i, known);
      row.tier = selector("tier", t.tier, in_.out->tiers, i, known);
      row.region = selector("region", t.region, in_.out->regions, i, known);
      row.category = selector("category", t.category, in_.out->categories, i, known);
      if (!t.calendar.empty()) (void)in_.calendar(t.calendar, "target", i, "calendar");
      if (t.limits.empty() && t.calendar.empty())
        in_.fault("target", i, "", "empty-target", "a target states at least one limit, found none");
      for (const limit_spec& l : t.limits) {
        const auto clock = in_.clock_index(l.clock);
        if (clock && (find_ready_clock(l.clock) || declared(l.clock)))
          row.limits.emplace_back(static_cast<clock_id>(*clock), l.limit);
        else
          in_.fault("target", i, std::string(l.clock), "unknown-clock",
                    unknown_name("clock", l.clock, in_.clock_names()));
      }
      if (known) continue;
      // It would be taken for a row about everything: it states nothing, and no cell is said to miss what it states.
      row.limits.clear();
      row.calendar.clear();
      complete_ = false;
    }
    if (in_.out->severities.empty()) return;
    // Names come from a file: four long lists would make a table that no machine holds.
    constexpr std::size_t most = 1'000'000;
    const policy_data& d = *in_.out;
    const std::size_t cells = d.tiers.size() * d.severities.size() * d.regions.size() * d.categories.size();
    if (cells * d.clocks.size() > most)
      return in_.fault("", 0, "severities", "too-many-cells",
                       "tiers, severities, regions, categories and clocks make " +
                           std::to_string(cells * d.clocks.size()) + " cells, expected at most " +
                           std::to_string(most));
    by_selection_ = rows_by_selection(d.rows);
    in_.out->cells.reserve(cells * d.clocks.size());
    std::set<std::size_t> reported;  // pairs of rows, as one number
    for (std::size_t tier = 0; tier < in_.out->tiers.size(); ++tier)
      for (std::size_t s = 0; s < in_.out->severities.size(); ++s)
        for (std::size_t r = 0; r < in_.out->regions.size(); ++r)
          for (std::size_t c = 0; c < in_.out->categories.size(); ++c)
            cell(tier,
                 {static_cast<std::uint8_t>(s), static_cast<std::uint8_t>(r), static_cast<std::uint8_t>(c)},
                 reported);
  }

 private:
  // The number of a name, `any` for none.
  [[nodiscard]] std::uint8_t selector(const char* kind, std::string_view name,
                                      const std::vector<named_label>& all, std::size_t row, bool& known) {
    if (name.empty()) return target_row::any;
    const auto at = index_of(all, name);
    known = known && at;
    if (!at)
      in_.fault("target", row, kind, std::string("unknown-") + kind, unknown_name(kind, name, names_of(all)));
    return static_cast<std::uint8_t>(at.value_or(target_row::any));
  }

  [[nodiscard]] bool declared(std::string_view clock) const {
    for (const clock_spec& c : in_.spec.clocks)
      if (c.name == clock) return true;
    return false;
  }

  [[nodiscard]] std::size_t pair_of(std::size_t row, std::size_t rival) const noexcept {
    return row * (in_.spec.targets.size() + 1) + rival;
  }

  // The row that a property of a cell comes from; unequal rows of equal weight are a fault, told once a pair.
  template <class Stated>
  [[nodiscard]] std::optional<std::size_t> winner(std::size_t tier, const grade& g, const Stated& stated,
                                                  std::set<std::size_t>& reported, const std::string& what) {
    const auto& rows = in_.out->rows;
    const picked_rows covering(rows, covering_);
    row_choice best = most_specific(covering, tier, g, stated);
    if (best.row) best.row = covering.origin(*best.row);
    if (best.rival) best.rival = covering.origin(*best.rival);
    if (best.rival && reported.insert(pair_of(*best.row, *best.rival)).second) {
      const auto clause = [&](std::size_t i) {
        return rows[i].clause.empty() ? "row " + std::to_string(i + 1) : "clause " + rows[i].clause;
      };
      std::string where;
      for (const std::string* n : {&in_.out->severities[g.severity].name, &in_.out->tiers[tier].name,
                                   &in_.out->regions[g.region].name, &in_.out->categories[g.category].name})
        if (!n->empty()) where += (where.empty() ? "" : " ") + *n;
      in_.fault("target", *best.rival, what, "tied-targets",
                what + " of " + where + " is stated by " + clause(*best.row) + " and by " +
                    clause(*best.rival) + ", which are equally specific and disagree");
    }
    return best.row;
  }

  void cell(std::size_t tier, const grade& g, std::set<std::size_t>& reported) {
    const auto& rows = in_.out->rows;
    covering_ = by_selection_.covering(tier, g);
    const auto calendar_row =
        winner(tier, g, [](const target_row& r) { return r.calendar_name(); }, reported, "calendar");
    const business_time* hours = calendar_row ? in_.find_calendar(rows[*calendar_row].calendar) : nullptr;
    for (const clock_entry& clock : in_.out->clocks) {
      const auto stated = [&](const target_row& r) { return r.limit(clock.terms.clock); };
      const auto row = winner(tier, g, stated, reported, clock.names.name);
      clock_terms terms = clock.terms;
      terms.promised = row.has_value();
      if (row) {
        terms.limit = *stated(rows[*row]);
        terms.target = static_cast<std::uint32_t>(*row);
        if (terms.cut_off && !terms.limit.needs_calendar() &&
            reported.insert(pair_of(*row, rows.size())).second)
          in_.fault("target", *row, clock.names.name, "cut-off-without-calendar",
                    "clock '" + clock.names.name +
                        "' has a cut-off, which is a matter of business time, and '" +
                        to_string(terms.limit) + "' runs on the wall clock");
        if (terms.limit.needs_calendar()) {
          terms.calendar = hours;
          if (!calendar_row && complete_ && reported.insert(pair_of(*row, rows.size())).second)
            in_.fault("target", *row, clock.names.name, "missing-calendar",
                      "'" + to_string(terms.limit) +
                          "' is business time and needs a calendar, and no row for this incident states one");
        }
      }
      in_.out->cells.push_back(terms);
    }
  }

  compile_context& in_;
  rows_by_selection by_selection_;
  std::span<const std::uint32_t> covering_;  // the rows that cover the cell at hand
  bool complete_ = true;                     // every row speaks of names there are
};

}  // namespace detail
}  // namespace v0
}  // namespace sla
