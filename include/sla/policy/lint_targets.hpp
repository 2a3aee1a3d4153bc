// SPDX-License-Identifier: MIT
#pragma once

// Lints of the decision table: L008 to L014, L025. Private to lint.hpp.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <sla/calendar/local_text.hpp>
#include <sla/policy/lint_findings.hpp>
#include <sla/policy/policy.hpp>
#include <sla/policy/target_row.hpp>

namespace sla {
inline namespace v0 {
namespace detail {

class lint_targets {
 public:
  lint_targets(const policy_spec& spec, const policy& made, lint_findings& found)
      : spec_(spec), made_(made), found_(found) {}

  void run() {
    if (made_.severity_count() == 0 || spec_.targets.empty()) return;
    for_each_cell(made_, [&](const cell_key& k) {
      cell(k);
      if (k.at.severity == 0) response(k);
    });
    unreachable();
  }

 private:
  using place = std::tuple<std::string_view, std::size_t, std::size_t, clock_id>;

  [[nodiscard]] static cell_key of(cell_key k, std::size_t severity) noexcept {
    k.at.severity = static_cast<std::uint8_t>(severity);
    return k;
  }
  // "P1 flagship suburban".
  [[nodiscard]] std::string names(const cell_key& k) const {
    std::string out;
    for (const std::string_view n :
         {made_.severity_name(k.at.severity), made_.tier_name(k.tier), made_.region_name(k.at.region),
          made_.category_name(k.at.category), made_.channel_name(k.channel)})
      if (!n.empty()) out += (out.empty() ? "" : " ") + std::string(n);
    return out;
  }
  // Whether a finding is new: one row, or two, are told of once a clock.
  [[nodiscard]] bool first(std::string_view code, std::size_t row, std::size_t other, clock_id clock) {
    return told_.emplace(code, row, other, clock).second;
  }
  void add(const char* code, const clock_terms& t, std::string message) {
    found_.add(code, "target", t.target, std::string(made_.clock_name(t.clock)), std::move(message));
  }
  // Whether two limits can be compared at all: the wall clock with itself, business time of one calendar.
  [[nodiscard]] static bool comparable(const clock_terms& a, const clock_terms& b) noexcept {
    return a.promised && b.promised && a.limit.in() == b.limit.in() &&
           (!a.limit.needs_calendar() || a.calendar == b.calendar);
  }

  // Whether one limit takes longer than another, whatever the calendar: time in its hours is never less than on the wall
  // clock. Of days nobody knows without a date.
  [[nodiscard]] static bool is_longer(const clock_terms& a, const clock_terms& b) noexcept {
    const bool hours_beside_elapsed = a.promised && b.promised && a.limit.in() == time_limit::unit::worked &&
                                      b.limit.in() == time_limit::unit::elapsed;
    return (comparable(a, b) || hours_beside_elapsed) && a.limit.count() > b.limit.count();
  }

  void cell(const cell_key& k) {
    const auto terms = made_.terms(k);
    bool any = false;
    const clock_terms* onsite = nullptr;
    for (const clock_terms& t : terms)
      if (t.promised && t.stops.contains(moment::arrived)) onsite = &t;
    for (const clock_terms& t : terms) {
      const bool stated = t.target != clock_terms::no_target;
      any = any || stated;
      if (stated && !t.promised && first("L025", t.target, 0, t.clock))
        add("L025", t,
            std::string(made_.clock_name(t.clock)) + " of " + names(k) +
                " is promised without a number: however late, it is not missed");
      if (!t.promised) continue;
      const std::size_t severity = k.at.severity;
      if (severity == 0 && t.limit.needs_calendar()) business_hours(k, t);
      // The nearest that tells: of two neighbours one may have no such promise, or one in other units.
      for (std::size_t s = severity + 1; s < made_.severity_count(); ++s)
        if (lighter(k, t, made_.terms(of(k, s))[t.clock], s)) break;
      cell_key above = k;
      while (++above.tier < made_.tier_count())
        if (higher(above, t, made_.terms(above)[t.clock], k.tier)) break;
      const bool repairs = t.stops.contains(moment::resolved) || t.stops.contains(moment::restored);
      if (onsite != nullptr && repairs && !t.repeats && is_longer(*onsite, t) &&
          first("L012", t.target, onsite->target, t.clock))
        add("L012", t,
            std::string(made_.clock_name(t.clock)) + " of " + names(k) + " is due in " + to_string(t.limit) +
                " and " + std::string(made_.clock_name(onsite->clock)) + " in " + to_string(onsite->limit));
    }
    if (!any && first("L014", 0, 0, 0))
      found_.add("L014", "", 0, "", "nothing is promised for " + names(k) + others());
  }
  // How many more cells promise nothing.
  [[nodiscard]] std::string others() const {
    std::size_t nothing = 0;
    for_each_cell(made_, [&](const cell_key& k) {
      nothing += std::ranges::all_of(made_.terms(k),
                                     [](const clock_terms& t) { return t.target == clock_terms::no_target; });
    });
    return nothing == 1 ? std::string()
                        : " and " + std::to_string(nothing - 1) +
                              (nothing == 2 ? " other combination" : " other combinations");
  }

  void business_hours(const cell_key& k, const clock_terms& t) {
    const interval closed = longest_closed(*t.calendar);
    if (closed.empty() || !first("L008", t.target, 0, t.clock)) return;
    add("L008", t,
        std::string(made_.clock_name(t.clock)) + " of " + names(k) + " is promised in " + to_string(t.limit) +
            " of business time, which stands still for " + to_string(closed.length()) + " from " +
            local_text(closed.begin, made_.home()) + " to " + local_text(closed.end, made_.home()));
  }
  // In the first year of the policy, as far as the calendar knows it.
  [[nodiscard]] interval longest_closed(const business_time& c) const {
    const instant begin = made_.home().start_of(std::chrono::sys_days(spec_.version));
    const instant end = std::min({begin + std::chrono::days(366), c.cover().end, c.known_through()});
    interval longest;
    const interval* last = nullptr;
    for (const interval& open : c.open()) {
      if (open.begin > end) break;
      if (last != nullptr && last->end >= begin && open.begin - last->end > longest.length())
        longest = {last->end, open.begin};
      last = &open;
    }
    return longest;
  }

  // Whether the graver one is the looser, told or known already.
  [[nodiscard]] bool lighter(const cell_key& k, const clock_terms& t, const clock_terms& below,
                             std::size_t severity) {
    if (!is_longer(t, below)) return false;
    if (first("L010", t.target, below.target, t.clock))
      add("L010", t,
          std::string(made_.clock_name(t.clock)) + " of " + names(k) + " may take " + to_string(t.limit) +
              ", and of " + std::string(made_.severity_name(severity)) + " " + to_string(below.limit));
    return true;
  }
  [[nodiscard]] bool higher(const cell_key& k, const clock_terms& t, const clock_terms& above,
                            std::size_t tier_below) {
    if (!is_longer(above, t)) return false;
    if (first("L011", above.target, t.target, t.clock))
      add("L011", above,
          std::string(made_.clock_name(t.clock)) + " of " + names(k) + " may take " + to_string(above.limit) +
              ", and of tier '" + std::string(made_.tier_name(tier_below)) + "' " + to_string(t.limit));
    return true;
  }
  void response(const cell_key& k) {
    const auto clock = made_.find_clock("response");
    if (clock && made_.terms(k)[*clock].target != clock_terms::no_target) return;
    if (first("L009", 0, 0, 0))
      found_.add("L009", "", 0, "severities", "no response is promised for " + names(k));
  }

  void unreachable() {
    for (std::size_t i = 0; i < spec_.targets.size(); ++i)
      if (!made_.decides(i))
        found_.add("L013", "target", i, "", "every limit of this target is stated by a more specific one");
  }

  const policy_spec& spec_;
  const policy& made_;
  lint_findings& found_;
  std::set<place> told_;
};

}  // namespace detail
}  // namespace v0
}  // namespace sla
