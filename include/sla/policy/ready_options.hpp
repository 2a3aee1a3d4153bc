// SPDX-License-Identifier: MIT
#pragma once

// Option sets that every policy knows by name: the habits of systems that a host may come from, so that its figures
// stay what they were. A policy names them for all clocks, for one clock or for one row, and states sets of its own
// beside them.
//
//     options = ["elapsed carried over", "days to the hour"]      # in a policy file, for every clock
//
// Each set says which rules it changes; what a set does not name stays as it is everywhere else.
//
// | set                          | rule | what it does, and what holds without it |
// |---|---|---|
// | retroactive start            | C8   | a change of grade measures again from the start under the new row, whatever its cause; else by its cause |
// | elapsed carried over         | C8   | a change of grade keeps what was used up and goes on towards the new limit |
// | restarted on change          | C8   | a change of grade begins at 0 |
// | reopening continues          | C10  | a reopened clock goes on, the time it lay closed excluded; else a reopening is a new cycle |
// | reopening never closed       | C10  | a reopened clock goes on as if it had not been closed |
// | due at the next opening      | T3   | what is used up at closing is due at the next opening; else at closing |
// | days to the hour             | T13  | business days end at the local time they began at; else at the closing of the last |
// | updates on a grid            | C11  | periodic updates are due along a grid since the first; else counted from the last one |
// | every stage by itself        | C12  | a later stage does not stop an earlier clock; else it does |

#include <array>
#include <optional>
#include <string_view>

#include <sla/policy/policy_spec.hpp>

namespace sla {
inline namespace v0 {

namespace detail {

inline constexpr std::array<option_set_spec, 9> ready_option_sets{{
    {"retroactive start", {.changing = on_change::remeasure}},
    {"elapsed carried over", {.changing = on_change::carry}},
    {"restarted on change", {.changing = on_change::restart}},
    {"reopening continues", {.reopening = on_reopen::continue_excluding_closed}},
    {"reopening never closed", {.reopening = on_reopen::continue_counting_closed}},
    {"due at the next opening", {.landing = due_at::next_opening}},
    {"days to the hour", {.days = business_day_rule::same_time()}},
    {"updates on a grid", {.updates = next_update::on_grid}},
    {"every stage by itself", {.leave_open = true}},
}};

}  // namespace detail

/// The ready option set of that name, or nothing.
[[nodiscard]] constexpr std::optional<option_set_spec> find_ready_options(std::string_view name) noexcept {
  for (const option_set_spec& s : detail::ready_option_sets)
    if (s.name == name) return s;
  return std::nullopt;
}

}  // namespace v0
}  // namespace sla
