// SPDX-License-Identifier: MIT
#pragma once

// What can be said of how a clock runs, with its names resolved, each member by itself: stated or left open. A row of
// the decision table says it of one clock, a clock of itself, an option set of whoever names it.
//
//     clock_properties row{.changing = sla::on_change::carry};
//     row.add(of_the_policy);        // what the row leaves open, as the policy states it
//     row.apply(terms);              // and the terms of the cell
//
// The hard question: two of equal rank state the same member, which one counts? Neither: `first_difference` names the
// member, and whoever compiles the policy tells the author.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include <sla/base/units.hpp>
#include <sla/calendar/business_days.hpp>
#include <sla/clock/event.hpp>
#include <sla/clock/terms.hpp>

namespace sla {
inline namespace v0 {

struct clock_properties {
  std::optional<moment_set> starts = {};
  std::optional<moment_set> stops = {};
  std::optional<moment_set> ends = {};
  std::optional<bool> leave_open = {};
  std::optional<time_limit> confirmation = {};  ///< 0: none
  std::optional<due_at> landing = {};
  std::optional<business_day_rule> days = {};
  std::optional<on_change> changing = {};
  std::optional<on_reopen> reopening = {};
  std::optional<next_update> updates = {};
  std::optional<std::chrono::seconds> cut_off = {};
  std::optional<std::size_t> warnings = {};  ///< number of a list of the policy; equal lists have one number

  /// How many members there are, and a visit to each with its key in the policy file.
  static constexpr std::size_t count = 12;
  template <class Visit>
  static constexpr void for_each(Visit&& visit) {
    visit("starts", &clock_properties::starts);
    visit("stops", &clock_properties::stops);
    visit("ends", &clock_properties::ends);
    visit("leave_open", &clock_properties::leave_open);
    visit("confirmation", &clock_properties::confirmation);
    visit("due", &clock_properties::landing);
    visit("days", &clock_properties::days);
    visit("change", &clock_properties::changing);
    visit("reopen", &clock_properties::reopening);
    visit("updates", &clock_properties::updates);
    visit("cut_off", &clock_properties::cut_off);
    visit("warnings", &clock_properties::warnings);
  }

  [[nodiscard]] constexpr bool empty() const noexcept { return *this == clock_properties{}; }
  /// Takes what is left open here from `less`.
  constexpr void add(const clock_properties& less) {
    for_each([&](std::string_view, auto member) {
      if (!(this->*member)) this->*member = less.*member;
    });
  }
  /// The key of the first member that both state, unequally; empty where there is none.
  [[nodiscard]] constexpr std::string_view first_difference(const clock_properties& other) const {
    std::string_view found;
    for_each([&](std::string_view key, auto member) {
      if (found.empty() && this->*member && other.*member && this->*member != other.*member) found = key;
    });
    return found;
  }
  /// Everything but the warnings, which the policy keeps.
  constexpr void apply(clock_terms& to) const noexcept {
    if (starts) to.starts = *starts;
    if (stops) to.stops = *stops;
    if (ends) {
      to.ends = *ends;
      to.repeats = true;
    }
    if (leave_open && *leave_open) to.closed_by = {};
    if (confirmation) {
      to.confirmation = confirmation;
      if (confirmation->count() == 0) to.confirmation.reset();
    }
    if (landing) to.landing = *landing;
    if (days) to.days = *days;
    if (changing) to.changing = *changing;
    if (reopening) to.reopening = *reopening;
    if (updates) to.updates = *updates;
    if (cut_off) to.cut_off = cut_off;
  }

  friend constexpr bool operator==(const clock_properties&, const clock_properties&) noexcept = default;
};

}  // namespace v0
}  // namespace sla
