// SPDX-License-Identifier: MIT
#pragma once

// A row of the decision table with its names resolved, and the rule that picks between rows. The table is made by
// this rule, and an explanation asks it again: which rows spoke of this clock, and which one counted?
//
// The hard question: what makes a row "more specific"? The number of selectors it states. Of two rows that match a
// cell, state equally many and give a property unequal values, neither wins: that is a fault at load, never a
// matter of their order in the file.

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

namespace sla {
inline namespace v0 {

/// What a row selects, by number; any, of what it does not state.
struct row_selectors {
  static constexpr std::uint8_t any = std::numeric_limits<std::uint8_t>::max();

  std::uint8_t tier = any;
  std::uint8_t severity = any;
  std::uint8_t region = any;
  std::uint8_t category = any;

  [[nodiscard]] constexpr bool covers(std::size_t of_tier, const grade& g) const noexcept {
    const auto matches = [](std::uint8_t want, std::size_t have) { return want == any || want == have; };
    return matches(tier, of_tier) && matches(severity, g.severity) && matches(region, g.region) &&
           matches(category, g.category);
  }
  /// How many of tier, severity, region and category it states.
  [[nodiscard]] constexpr int specificity() const noexcept {
    return int{tier != any} + int{severity != any} + int{region != any} + int{category != any};
  }
};

/// A row, as compiled.
struct target_row : row_selectors {
  std::string clause;
  std::string calendar;  ///< of limits in business time or days; empty: it states none
  std::vector<std::pair<clock_id, time_limit>> limits;

  [[nodiscard]] std::optional<time_limit> limit(clock_id clock) const noexcept {
    for (const auto& [id, stated] : limits)
      if (id == clock) return stated;
    return std::nullopt;
  }
  [[nodiscard]] std::optional<std::string_view> calendar_name() const noexcept {
    return calendar.empty() ? std::nullopt : std::optional<std::string_view>(calendar);
  }
};

/// The most specific row of a cell that states a property, and one that is equally specific and disagrees with it.
struct row_choice {
  std::optional<std::size_t> row;
  std::optional<std::size_t> rival;
};

/// `stated` gives what a row states of the property, or nothing. Of rows that agree the first. Linear in the rows, any
/// list of row_selectors.
template <class Rows, class Stated>
[[nodiscard]] constexpr row_choice most_specific(const Rows& rows, std::size_t tier, const grade& g,
                                                 const Stated& stated) {
  row_choice best;
  int best_weight = -1;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (!rows[i].covers(tier, g)) continue;
    const auto value = stated(rows[i]);
    if (!value) continue;
    const int weight = rows[i].specificity();
    if (weight > best_weight) {
      best = {i, std::nullopt};
      best_weight = weight;
    } else if (weight == best_weight && *value != *stated(rows[*best.row])) {
      best.rival = i;
    }
  }
  return best;
}

/// A row that covers an incident and states a clock's limit or the calendar: what an explanation lists.
struct considered_row {
  std::size_t row = 0;              ///< index of the target row
  std::string_view clause;          ///< its clause
  int specificity = 0;              ///< how many selectors it states
  std::optional<time_limit> limit;  ///< what it states of the clock
  std::string_view calendar;        ///< the calendar it states; empty: none
  bool gives_limit = false;         ///< the limit in force is its
  bool gives_calendar = false;      ///< the calendar in force is its
};

}  // namespace v0
}  // namespace sla
