// SPDX-License-Identifier: MIT
#pragma once

// Lints of how clocks run, and of calendars: L015 to L020. Private to lint.hpp.

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

#include <sla/calendar/local_text.hpp>
#include <sla/clock/event.hpp>
#include <sla/policy/lint_findings.hpp>
#include <sla/policy/policy.hpp>

namespace sla {
inline namespace v0 {
namespace detail {

// The row in which a clock is described, or promised where it is not; and the section that holds it.
struct clock_place {
  std::string section;
  std::size_t row = 0;
  std::string key;
};
[[nodiscard]] inline clock_place place_of_clock(const policy_spec& spec, std::string_view clock) {
  for (std::size_t i = 0; i < spec.clocks.size(); ++i)
    if (spec.clocks[i].name == clock) return {"clock", i, ""};
  for (std::size_t i = 0; i < spec.targets.size(); ++i)
    for (const limit_spec& l : spec.targets[i].limits)
      if (l.clock == clock) return {"target", i, std::string(clock)};
  return {"", 0, ""};
}

inline void lint_pauses(const policy_spec& spec, lint_findings& found) {
  for (std::size_t i = 0; i < spec.pauses.size(); ++i) {
    const pause_spec& p = spec.pauses[i];
    if (p.stops.empty()) continue;
    const std::string stops =
        "'" + std::string(p.stops.front()) + "'" + (p.stops.size() > 1 ? " and other clocks" : "");
    if (p.by == party::customer && !p.cap)
      found.add("L015", "pause", i, "stops", "'" + std::string(p.name) + "' stops " + stops + " without end");
    if (p.by == party::vendor || p.by == party::vendor_supplier)
      found.add("L016", "pause", i, "stops",
                "'" + std::string(p.name) + "' is the " + std::string(name(p.by)) + "'s and stops " + stops);
  }
}

inline void lint_clocks(const policy_spec& spec, const policy& made, lint_findings& found) {
  lint_pauses(spec, found);
  // What the vendor does, or says.
  const moment_set acts = moment::accepted | moment::dispatched | moment_set(moment::remote_impossible) |
                          moment_set(moment::responded) | moment_set(moment::remote_connected) |
                          moment_set(moment::updated) | moment_set(moment::worked_around) |
                          moment_set(moment::diagnosed);
  for (clock_id id = 0; id < made.clock_count(); ++id) {
    const std::string clock(made.clock_name(id));
    const clock_place at = place_of_clock(spec, clock);
    // As some incident is promised it.
    const auto somewhere = [&](const auto& is) {
      bool found_one = false;
      for_each_cell(made, [&](const cell_key& k) {
        const clock_terms& t = made.terms(k)[id];
        found_one = found_one || (t.target != clock_terms::no_target && is(t));
      });
      return found_one;
    };
    if (somewhere([](const clock_terms& t) {
          const bool ends_a_fault = t.stops.contains(moment::resolved) || t.stops.contains(moment::restored);
          return ends_a_fault && !t.repeats && !t.confirmation;
        }))
      found.add("L017", at.section, at.row, at.key,
                "'" + clock + "' stops when the vendor says so, and nobody confirms it");
    const auto is_visit = [](const clock_terms& t) { return t.stops.contains(moment::arrived); };
    if (!somewhere(is_visit)) continue;
    if (somewhere([&](const clock_terms& t) {
          return is_visit(t) && (t.starts & acts) == t.starts && !t.starts.empty();
        }))
      found.add("L018", at.section, at.row, at.section == "clock" ? "starts" : at.key,
                "'" + clock + "' starts only at what the vendor does");
    if (spec.regions.size() < 2)
      found.add("L019", at.section, at.row, at.key, "'" + clock + "' is promised alike for every place");
  }
  const auto enough = std::chrono::sys_days(spec.version) + std::chrono::days(364);
  for (std::size_t i = 0; i < spec.calendars.size(); ++i) {
    const business_time* c = made.calendar(spec.calendars[i].name);
    if (c == nullptr || !spec.calendars[i].calendar.holidays.used()) continue;
    if (c->known_through() >= c->cover().end || c->known_through() >= instant(enough)) continue;
    found.add("L020", "calendar", i, "holidays",
              "the holidays of '" + std::string(spec.calendars[i].name) + "' are known until " +
                  local_text(c->known_through(), made.home()) + ", and the policy is in force from " +
                  date_text(spec.version));
  }
}

}  // namespace detail
}  // namespace v0
}  // namespace sla
