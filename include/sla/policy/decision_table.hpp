// SPDX-License-Identifier: MIT
#pragma once

// The decision table: for every tier, channel, severity, region and category, the terms of every clock. Private to
// policy/compile.hpp.
//
// Which row a cell's property comes from is decided by most_specific (policy/target_row.hpp), asked of the rows that
// can cover the cell: they are found by what they select, so that a table of ten thousand rows is made in the time of
// its cells and not of their product.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <sla/policy/compile_context.hpp>
#include <sla/policy/option_terms.hpp>
#include <sla/policy/rows_by_selection.hpp>
#include <sla/policy/target_row.hpp>

namespace sla {
inline namespace v0 {
namespace detail {

class decision_table {
 public:
  decision_table(compile_context& in, option_terms& options) : in_(in), options_(options) {}

  void build() {
    for (std::size_t i = 0; i < in_.spec.targets.size(); ++i) row(i);
    const policy_data& d = *in_.out;
    if (d.severities.empty()) return;
    // Names come from a file: four long lists would make a table that no machine holds.
    constexpr std::size_t most = 1'000'000;
    const std::size_t cells =
        d.tiers.size() * d.channels.size() * d.severities.size() * d.regions.size() * d.categories.size();
    if (cells * d.clocks.size() > most)
      return in_.fault("", 0, "severities", "too-many-cells",
                       "tiers, channels, severities, regions, categories and clocks make " +
                           std::to_string(cells * d.clocks.size()) + " cells, expected at most " +
                           std::to_string(most));
    by_selection_ = rows_by_selection(d.rows);
    in_.out->decides.assign(d.rows.size(), false);
    in_.out->cells.reserve(cells * d.clocks.size());
    for_each_cell(cell_counts{.tiers = d.tiers.size(),
                              .channels = d.channels.size(),
                              .severities = d.severities.size(),
                              .regions = d.regions.size(),
                              .categories = d.categories.size()},
                  [&](const cell_key& k) { cell(k); });
    one_way_to_reopen();
  }

 private:
  // --- rows ---------------------------------------------------------------------------------------------------

  void row(std::size_t i) {
    const target_spec& t = in_.spec.targets[i];
    target_row& made = in_.out->rows.emplace_back();
    made.clause = t.clause;
    made.calendar = t.calendar;
    bool known = true;
    made.severity = selector("severity", t.severity, in_.out->severities, i, known);
    made.tier = selector("tier", t.tier, in_.out->tiers, i, known);
    made.region = selector("region", t.region, in_.out->regions, i, known);
    made.category = selector("category", t.category, in_.out->categories, i, known);
    made.channel = selector("channel", t.channel, in_.out->channels, i, known);
    if (!t.calendar.empty()) (void)in_.calendar(t.calendar, "target", i, "calendar");
    if (t.limits.empty() && t.calendar.empty())
      in_.fault("target", i, "", "empty-target", "a target states at least one limit, found none");
    for (const limit_spec& l : t.limits) limit(i, l, made);
    if (!known) {
      // It would be taken for a row about everything: it states nothing, and no cell is said to miss what it states.
      made.clocks.clear();
      made.calendar.clear();
      complete_ = false;
    }
  }

  void limit(std::size_t i, const limit_spec& l, target_row& made) {
    const auto clock = in_.clock_index(l.clock);
    if (!clock || !(find_ready_clock(l.clock) || declared(l.clock)))
      return in_.fault("target", i, std::string(l.clock), "unknown-clock",
                       unknown_name("clock", l.clock, in_.clock_names()));
    const std::string name(l.clock);
    if (made.of(static_cast<clock_id>(*clock)) != nullptr)
      return in_.fault("target", i, name, "repeated-clock", "clock '" + name + "' stands twice in this row");
    row_clock& c = made.clocks.emplace_back();
    c.clock = static_cast<clock_id>(*clock);
    c.calendar = l.calendar;
    if (!l.calendar.empty()) (void)in_.calendar(l.calendar, "target", i, (name + ".calendar").c_str());
    if (l.limit && l.unquantified)
      in_.fault("target", i, name, "limit-and-unquantified",
                "'" + to_string(*l.limit) + "' is a number, so the promise is not unquantified");
    if (l.limit) c.limit = promised_limit{true, *l.limit};
    if (l.unquantified) c.limit = promised_limit{false, {}};
    c.how = options_.of(l.how, l.options, {"target", i, name + "."});
    if (!c.limit && c.calendar.empty() && c.how.empty())
      in_.fault("target", i, name, "empty-target", "nothing is said of clock '" + name + "'");
    if (c.how.updates == next_update::on_grid && !c.how.ends && !in_.out->clocks[*clock].terms.repeats)
      in_.fault("target", i, name + ".updates", "no-repeating-clock",
                "clock '" + name + "' does not repeat, so it has no grid of updates");
  }

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

  // --- cells --------------------------------------------------------------------------------------------------

  [[nodiscard]] std::size_t pair_of(std::size_t row, std::size_t rival) const noexcept {
    return row * (in_.spec.targets.size() + 1) + rival;
  }

  // "P1 flagship suburban".
  [[nodiscard]] std::string names(const cell_key& k) const {
    const policy_data& d = *in_.out;
    std::string out;
    for (const std::string* n :
         {&d.severities[k.at.severity].name, &d.tiers[k.tier].name, &d.regions[k.at.region].name,
          &d.categories[k.at.category].name, &d.channels[k.channel].name})
      if (!n->empty()) out += (out.empty() ? "" : " ") + *n;
    return out;
  }

  // The row that a property of a cell comes from; unequal rows of equal weight are a fault, told once a pair.
  template <class Stated>
  [[nodiscard]] std::optional<std::size_t> winner(const cell_key& key, const Stated& stated,
                                                  const std::string& what, std::string_view member = {}) {
    const auto& rows = in_.out->rows;
    const row_choice best = most_specific(rows, candidates_, in_.out->tier_lines[key.tier], key, stated);
    if (best.rival && reported_.insert(pair_of(*best.row, *best.rival)).second) {
      const auto clause = [&](std::size_t i) {
        return rows[i].clause.empty() ? "row " + std::to_string(i + 1) : "clause " + rows[i].clause;
      };
      in_.fault_of_two("target", *best.row, *best.rival,
                       member.empty() ? what : what + "." + std::string(member), "tied-targets",
                       (member.empty() ? what : "'" + std::string(member) + "' of " + what) + " of " +
                           names(key) + " is stated by " + clause(*best.row) + " and by " +
                           clause(*best.rival) + ", which are equally specific and disagree");
    }
    return best.row;
  }

  void cell(const cell_key& key) {
    candidates_ = by_selection_.covering(key, in_.out->tier_lines[key.tier]);
    for (const clock_entry& clock : in_.out->clocks) in_.out->cells.push_back(terms(key, clock));
    rejections();
  }

  // A row that speaks of other clocks is asked last.
  [[nodiscard]] std::optional<std::size_t> calendar_row_of(const cell_key& key, clock_id clock) {
    const auto row = winner(key, [&](const target_row& r) { return r.calendar_of(clock); }, "calendar");
    return row ? row : winner(key, [](const target_row& r) { return r.own_calendar(); }, "calendar");
  }

  [[nodiscard]] clock_terms terms(const cell_key& key, const clock_entry& clock) {
    const auto& rows = in_.out->rows;
    const clock_id id = clock.terms.clock;
    const std::string& name = clock.names.name;
    clock_terms out = clock.terms;
    const auto row = winner(key, [&](const target_row& r) { return r.limit(id); }, name);
    const std::optional<promised_limit> limit = row ? rows[*row].limit(id) : std::nullopt;
    out.promised = limit && limit->quantified;
    out.target = clock_terms::no_target;
    if (row) {
      out.target = static_cast<std::uint32_t>(*row);
      in_.out->decides[*row] = true;
    }
    properties(key, clock, out);
    if (!out.promised) return out;
    starts_apart(key, clock, out);
    out.limit = limit->limit;
    if (out.limit.needs_calendar()) {
      if (const auto calendar_row = calendar_row_of(key, id)) {
        const target_row& from = rows[*calendar_row];
        out.calendar = in_.find_calendar(from.calendar_of(id).value_or(from.calendar));
        in_.out->decides[*calendar_row] = true;
      } else if (complete_ && reported_.insert(pair_of(*row, rows.size())).second) {
        in_.fault("target", *row, name, "missing-calendar",
                  "'" + to_string(out.limit) +
                      "' is business time and needs a calendar, and no row for this incident states one");
      }
    } else if (out.cut_off && !clock.own_cut_off && !own_cut_off_) {
      out.cut_off.reset();  // meant for the clocks that count business time
    } else if (out.cut_off && reported_.insert(pair_of(*row, rows.size())).second) {
      in_.fault("target", *row, name, "cut-off-without-calendar",
                "clock '" + name + "' has a cut-off, which is a matter of business time, and '" +
                    to_string(out.limit) + "' runs on the wall clock");
    }
    return out;
  }

  // What rows say of how the clock runs, each member from the most specific row that states it.
  void properties(const cell_key& key, const clock_entry& clock, clock_terms& out) {
    own_cut_off_ = false;
    const auto speaks = [&](std::uint32_t i) {
      const row_clock* c = in_.out->rows[i].of(clock.terms.clock);
      return c != nullptr && !c->how.empty();
    };
    if (std::ranges::none_of(candidates_, speaks)) return;
    clock_properties how;
    clock_properties::for_each([&](std::string_view member, auto which) {
      const auto stated = [&](const target_row& r) { return r.property(clock.terms.clock, which); };
      const auto row = winner(key, stated, clock.names.name, member);
      if (!row) return;
      how.*which = stated(in_.out->rows[*row]);
      in_.out->decides[*row] = true;
    });
    own_cut_off_ = how.cut_off.has_value();
    if (how.leave_open && !*how.leave_open) {
      const auto ready = find_ready_clock(clock.names.name);
      if (ready) out.closed_by = ready->closed_by;
    }
    how.apply(out);
    if (how.warnings) out.warnings = in_.out->warnings[*how.warnings];
  }

  // The record that starts a clock is not asked whether it stops it. A clock that stops at every moment that starts it
  // would run on past the moment it was meant to stop at, to a second record of the same kind, if one ever comes.
  void starts_apart(const cell_key& key, const clock_entry& clock, const clock_terms& t) {
    const moment_set own = t.repeats ? t.ends : t.stops;
    if (t.starts.empty() || (t.starts & own) != t.starts) return;
    const stated_at at = place_of_moments(key, clock, t);
    if (!told_.emplace(clock.terms.clock, at.section, at.row).second) return;
    const std::string stop(t.repeats ? "ends" : "stops");
    in_.fault(at.section, at.row, at.key, "stops-where-it-starts",
              "clock '" + clock.names.name + "' " + stop +
                  " at every moment that starts it: expected one in starts that is not in " + stop +
                  ", found starts = " + names_of_moments(t.starts) + ", " + stop + " = " +
                  names_of_moments(own));
  }
  struct stated_at {
    std::string section;
    std::size_t row = 0;
    std::string key;
  };
  // Who states where the clock starts, else who states where it stops.
  [[nodiscard]] stated_at place_of_moments(const cell_key& key, const clock_entry& clock,
                                           const clock_terms& t) const {
    const auto& rows = in_.out->rows;
    const auto row = [&](auto member) {
      const auto stated = [&](const target_row& r) { return r.property(clock.terms.clock, member); };
      return most_specific(rows, candidates_, in_.out->tier_lines[key.tier], key, stated).row;
    };
    const std::string stop = t.repeats ? "ends" : "stops";
    if (const auto i = row(&clock_properties::starts)) return {"target", *i, clock.names.name + ".starts"};
    if (const auto i = row(t.repeats ? &clock_properties::ends : &clock_properties::stops))
      return {"target", *i, clock.names.name + '.' + stop};
    for (std::size_t i = 0; i < in_.spec.clocks.size(); ++i) {
      const clock_spec& c = in_.spec.clocks[i];
      if (c.name != clock.names.name) continue;
      if (!c.how.starts.empty()) return {"clock", i, "starts"};
      if (!(t.repeats ? c.how.ends : c.how.stops).empty()) return {"clock", i, stop};
      if (!c.options.empty()) return {"clock", i, "options"};
    }
    return {"", 0, "options"};
  }
  // "[restored, resolved]".
  [[nodiscard]] std::string names_of_moments(moment_set set) const {
    std::vector<std::string_view> all;
    for (std::size_t i = 0; i < moment_limit; ++i)
      if (set.contains(static_cast<moment>(i)))
        all.push_back(i < moment_names.size() ? moment_names[i].text
                                              : in_.out->moments[i - moment_names.size()]);
    return '[' + list(all) + ']';
  }

  // A reopening may fall between two grades, so what it does cannot depend on them; and where the clock then goes on,
  // neither can what stopped it. On tier and channel both may.
  void one_way_to_reopen() {
    const policy_data& d = *in_.out;
    const std::size_t grades = d.severities.size() * d.regions.size() * d.categories.size();
    for (const clock_entry& clock : d.clocks) {
      const clock_id id = clock.terms.clock;
      const auto at = [&](std::size_t cell) -> const clock_terms& {
        return d.cells[cell * d.clocks.size() + id];
      };
      std::string_view differs;
      for (std::size_t first = 0; first < d.cells.size() / d.clocks.size(); first += grades)
        for (std::size_t g = 1; g < grades && differs.empty(); ++g) {
          const clock_terms &a = at(first), &b = at(first + g);
          if (a.reopening != b.reopening) differs = "reopen";
          if (a.reopening == on_reopen::new_cycle || !differs.empty()) continue;
          if (a.stops != b.stops) differs = "stops";
          if (a.closed_by != b.closed_by) differs = "leave_open";
          if (a.confirmation != b.confirmation) differs = "confirmation";
        }
      if (differs.empty()) continue;
      std::size_t row = 0;
      while (row + 1 < d.rows.size() && !states(d.rows[row], id, differs)) ++row;
      in_.fault(
          "target", row, clock.names.name + "." + std::string(differs), "reopen-by-grade",
          "'" + std::string(differs) + "' of " + clock.names.name +
              " differs between grades of one tier, and an incident may change its grade while it is closed: "
              "state it alike for every severity, region and category" +
              (differs == "reopen" ? "" : ", or let a reopening be a new cycle"));
    }
  }
  [[nodiscard]] static bool states(const target_row& row, clock_id clock, std::string_view key) {
    bool found = false;
    const row_clock* c = row.of(clock);
    if (c != nullptr)
      clock_properties::for_each([&](std::string_view k, auto member) {
        found = found || (k == key && (c->how.*member).has_value());
      });
    return found;
  }

  // The customer rejects what was last reported to him as done, by whichever clock (rule C10).
  void rejections() {
    const std::size_t clocks = in_.out->clocks.size();
    const std::span<clock_terms> last(in_.out->cells.data() + (in_.out->cells.size() - clocks), clocks);
    moment_set rejectable;
    for (const clock_terms& t : last)
      if (t.confirmation) rejectable = rejectable | t.stops;
    for (clock_terms& t : last) t.rejectable = rejectable;
  }

  compile_context& in_;
  option_terms& options_;
  rows_by_selection by_selection_;
  std::span<const std::uint32_t> candidates_;  // the rows that can cover the cell at hand
  std::set<std::size_t> reported_;             // pairs of rows, as one number
  std::set<std::tuple<clock_id, std::string, std::size_t>>
      told_;                  // where clocks are stated that stop where they start
  bool complete_ = true;      // every row speaks of names there are
  bool own_cut_off_ = false;  // of the cell at hand: a row states it
};

}  // namespace detail
}  // namespace v0
}  // namespace sla
