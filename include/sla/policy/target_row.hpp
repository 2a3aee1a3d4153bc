// SPDX-License-Identifier: MIT
#pragma once

// A row of the decision table with its names resolved, and the rule that picks between rows. The table is made by
// this rule, and an explanation asks it again: which rows spoke of this clock, and which one counted?
//
// The hard question: what makes a row "more specific"? The number of selectors it states. Of two rows that match a
// cell, state equally many and give a property unequal values, neither wins: that is a fault at load, never a
// matter of their order in the file. A tier that extends another is promised what its own rows state, and the rest as
// the tier it extends is.

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sla/base/units.hpp>
#include <sla/clock/event.hpp>
#include <sla/policy/clock_properties.hpp>

namespace sla {
inline namespace v0 {

/// What a cell of the table is of: all that an incident is selected by.
struct cell_key {
  std::size_t tier = 0;
  std::size_t channel = 0;
  grade at{};
};

/// How many there are of each.
struct cell_counts {
  std::size_t tiers = 1, channels = 1, severities = 1, regions = 1, categories = 1;
};
/// Visits the key of every cell of a table, in its order.
template <class Visit>
constexpr void for_each_cell(const cell_counts& n, const Visit& visit) {
  for (std::size_t tier = 0; tier < n.tiers; ++tier)
    for (std::size_t channel = 0; channel < n.channels; ++channel)
      for (std::size_t s = 0; s < n.severities; ++s)
        for (std::size_t r = 0; r < n.regions; ++r)
          for (std::size_t c = 0; c < n.categories; ++c)
            visit(cell_key{
                tier,
                channel,
                {static_cast<std::uint8_t>(s), static_cast<std::uint8_t>(r), static_cast<std::uint8_t>(c)}});
}

/// What a row selects, by number; any, of what it does not state.
struct row_selectors {
  static constexpr std::uint8_t any = std::numeric_limits<std::uint8_t>::max();

  std::uint8_t tier = any;
  std::uint8_t channel = any;
  std::uint8_t severity = any;
  std::uint8_t region = any;
  std::uint8_t category = any;

  /// Of a cell of tier `of_tier`, or of any.
  [[nodiscard]] constexpr bool covers(std::size_t of_tier, const cell_key& k) const noexcept {
    const auto matches = [](std::uint8_t want, std::size_t have) { return want == any || want == have; };
    return matches(tier, of_tier) && matches(channel, k.channel) && matches(severity, k.at.severity) &&
           matches(region, k.at.region) && matches(category, k.at.category);
  }
  /// How many of tier, channel, severity, region and category it states.
  [[nodiscard]] constexpr int specificity() const noexcept {
    return int{tier != any} + int{channel != any} + int{severity != any} + int{region != any} +
           int{category != any};
  }
};

/// A limit as a row states it: a time, or a promise without a number.
struct promised_limit {
  bool quantified = true;
  time_limit limit{};
  friend constexpr bool operator==(const promised_limit&, const promised_limit&) noexcept = default;
};

/// What a row says of one clock.
struct row_clock {
  clock_id clock = 0;
  std::optional<promised_limit> limit;
  std::string calendar;  ///< of this clock; empty: the row's
  clock_properties how;
};

/// A row, as compiled.
struct target_row : row_selectors {
  std::string clause;
  std::string calendar;  ///< of limits in business time or days; empty: it states none
  std::vector<row_clock> clocks;

  [[nodiscard]] const row_clock* of(clock_id clock) const noexcept {
    for (const row_clock& c : clocks)
      if (c.clock == clock) return &c;
    return nullptr;
  }
  [[nodiscard]] std::optional<promised_limit> limit(clock_id clock) const noexcept {
    const row_clock* c = of(clock);
    return c == nullptr ? std::nullopt : c->limit;
  }
  /// The clock's own, else the row's, where the row speaks of this clock or of none.
  [[nodiscard]] std::optional<std::string_view> calendar_of(clock_id clock) const noexcept {
    const row_clock* c = of(clock);
    if (c != nullptr && !c->calendar.empty()) return c->calendar;
    return c == nullptr && !clocks.empty() ? std::nullopt : own_calendar();
  }
  /// The row's, whatever it speaks of: for a clock of which no row states one.
  [[nodiscard]] std::optional<std::string_view> own_calendar() const noexcept {
    return calendar.empty() ? std::nullopt : std::optional<std::string_view>(calendar);
  }
  /// A property of one clock, such as &clock_properties::changing.
  template <class T>
  [[nodiscard]] std::optional<T> property(clock_id clock,
                                          std::optional<T> clock_properties::* member) const noexcept {
    const row_clock* c = of(clock);
    return c == nullptr ? std::nullopt : c->how.*member;
  }
};

/// The most specific row of a cell that states a property, and one that is equally specific and disagrees with it.
struct row_choice {
  std::optional<std::size_t> row;
  std::optional<std::size_t> rival;
};

/// `line` is the cell's tier and those it extends, nearest first; `candidates` are numbers of rows in their order, all
/// that cover the cell among them. `stated` gives what a row states of the property, or nothing. Of rows that agree
/// the first. Linear in candidates x line. `rows` is any list of row_selectors.
template <class Rows, class Stated>
[[nodiscard]] constexpr row_choice most_specific(const Rows& rows, std::span<const std::uint32_t> candidates,
                                                 std::span<const std::uint8_t> line, const cell_key& key,
                                                 const Stated& stated) {
  row_choice best;
  for (std::size_t step = 0; step < line.size(); ++step) {
    const bool last = step + 1 == line.size();
    best = {};
    int best_weight = -1;
    bool own = false;  // a row of this very tier states it
    for (const std::uint32_t i : candidates) {
      const auto& row = rows[i];
      if (!row.covers(line[step], key)) continue;
      const auto value = stated(row);
      if (!value) continue;
      own = own || row.tier != row_selectors::any;
      const int weight = row.specificity();
      if (weight > best_weight) {
        best = {i, std::nullopt};
        best_weight = weight;
      } else if (weight == best_weight && *value != *stated(rows[*best.row])) {
        best.rival = i;
      }
    }
    if (own || last) break;
  }
  return best;
}

/// A row that covers an incident and states something of a clock, or the calendar: what an explanation lists.
struct considered_row {
  std::size_t row = 0;              ///< index of the target row
  std::string_view clause;          ///< its clause
  int specificity = 0;              ///< how many selectors it states
  std::optional<time_limit> limit;  ///< what it states of the clock
  std::string_view calendar;        ///< the calendar it states; empty: none
  bool unquantified = false;        ///< it promises without a number
  bool gives_limit = false;         ///< the limit in force is its
  bool gives_calendar = false;      ///< the calendar in force is its
  std::vector<std::string_view>
      options{};  ///< what else it states of the clock, by the keys of the policy file
  std::vector<std::string_view> gives{};  ///< those of them that are in force
};

}  // namespace v0
}  // namespace sla
