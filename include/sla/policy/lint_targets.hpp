// SPDX-License-Identifier: MIT
#pragma once

// Lints of the decision table: L008 to L014. Private to lint.hpp.

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
      : spec_(spec), made_(made), found_(found), decides_(spec.targets.size(), false) {}

  void run() {
    if (made_.severity_count() == 0 || spec_.targets.empty()) return;
    for (std::size_t tier = 0; tier < made_.tier_count(); ++tier)
      for (std::size_t r = 0; r < regions(); ++r)
        for (std::size_t c = 0; c < categories(); ++c) {
          for (std::size_t s = 0; s < made_.severity_count(); ++s) cell(tier, grade_of(s, r, c));
          response(tier, grade_of(0, r, c));
        }
    unreachable();
  }

 private:
  using place = std::tuple<std::string_view, std::size_t, std::size_t, clock_id>;

  [[nodiscard]] static grade grade_of(std::size_t s, std::size_t r, std::size_t c) noexcept {
    return {static_cast<std::uint8_t>(s), static_cast<std::uint8_t>(r), static_cast<std::uint8_t>(c)};
  }
  [[nodiscard]] std::size_t regions() const noexcept {
    return std::max<std::size_t>(spec_.regions.size(), 1);
  }
  [[nodiscard]] std::size_t categories() const noexcept {
    return std::max<std::size_t>(spec_.categories.size(), 1);
  }
  // "P1 flagship suburban".
  [[nodiscard]] std::string names(std::size_t tier, const grade& g) const {
    std::string out;
    for (const std::string_view n : {made_.severity_name(g.severity), made_.tier_name(tier),
                                     made_.region_name(g.region), made_.category_name(g.category)})
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

  void cell(std::size_t tier, const grade& g) {
    const auto terms = made_.terms(tier, g);
    bool any = false;
    const clock_terms* onsite = nullptr;
    for (const clock_terms& t : terms)
      if (t.promised && t.stops.contains(moment::arrived)) onsite = &t;
    for (const clock_terms& t : terms) {
      if (!t.promised) continue;
      any = true;
      decides_[t.target] = true;
      if (g.severity == 0 && t.limit.needs_calendar()) business_hours(tier, g, t);
      if (g.severity + std::size_t{1} < made_.severity_count())
        lighter(tier, g, t,
                made_.terms(tier, grade_of(g.severity + std::size_t{1}, g.region, g.category))[t.clock]);
      if (tier + 1 < made_.tier_count()) higher(tier, g, t, made_.terms(tier + 1, g)[t.clock]);
      const bool repairs = t.stops.contains(moment::resolved) || t.stops.contains(moment::restored);
      if (onsite != nullptr && repairs && !t.repeats && comparable(t, *onsite) &&
          t.limit.count() < onsite->limit.count() && first("L012", t.target, onsite->target, t.clock))
        add("L012", t,
            std::string(made_.clock_name(t.clock)) + " of " + names(tier, g) + " is due in " +
                to_string(t.limit) + " and " + std::string(made_.clock_name(onsite->clock)) + " in " +
                to_string(onsite->limit));
    }
    if (!any && first("L014", 0, 0, 0))
      found_.add("L014", "", 0, "", "nothing is promised for " + names(tier, g) + others(tier, g));
  }
  // How many more cells promise nothing.
  [[nodiscard]] std::string others(std::size_t first_tier, const grade& first_grade) const {
    std::size_t more = 0;
    for (std::size_t tier = 0; tier < made_.tier_count(); ++tier)
      for (std::size_t s = 0; s < made_.severity_count(); ++s)
        for (std::size_t r = 0; r < regions(); ++r)
          for (std::size_t c = 0; c < categories(); ++c) {
            const grade g = grade_of(s, r, c);
            const auto terms = made_.terms(tier, g);
            const bool same = tier == first_tier && g == first_grade;
            if (!same && std::ranges::none_of(terms, &clock_terms::promised)) ++more;
          }
    return more == 0
               ? std::string()
               : " and " + std::to_string(more) + (more == 1 ? " other combination" : " other combinations");
  }

  void business_hours(std::size_t tier, const grade& g, const clock_terms& t) {
    const interval closed = longest_closed(*t.calendar);
    if (closed.empty() || !first("L008", t.target, 0, t.clock)) return;
    add("L008", t,
        std::string(made_.clock_name(t.clock)) + " of " + names(tier, g) + " is promised in " +
            to_string(t.limit) + " of business time, which stands still for " + to_string(closed.length()) +
            " from " + local_text(closed.begin, made_.home()) + " to " +
            local_text(closed.end, made_.home()));
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

  void lighter(std::size_t tier, const grade& g, const clock_terms& t, const clock_terms& below) {
    if (!comparable(t, below) || t.limit.count() <= below.limit.count() ||
        !first("L010", t.target, below.target, t.clock))
      return;
    add("L010", t,
        std::string(made_.clock_name(t.clock)) + " of " + names(tier, g) + " may take " + to_string(t.limit) +
            ", and of " + std::string(made_.severity_name(g.severity + std::size_t{1})) + " " +
            to_string(below.limit));
  }
  void higher(std::size_t tier, const grade& g, const clock_terms& t, const clock_terms& above) {
    if (!comparable(t, above) || above.limit.count() <= t.limit.count() ||
        !first("L011", above.target, t.target, t.clock))
      return;
    add("L011", above,
        std::string(made_.clock_name(t.clock)) + " of " + names(tier + 1, g) + " may take " +
            to_string(above.limit) + ", and of tier '" + std::string(made_.tier_name(tier)) + "' " +
            to_string(t.limit));
  }
  void response(std::size_t tier, const grade& g) {
    const auto clock = made_.find_clock("response");
    if (clock && made_.terms(tier, g)[*clock].promised) return;
    if (first("L009", 0, 0, 0))
      found_.add("L009", "", 0, "severities", "no response is promised for " + names(tier, g));
  }

  void unreachable() {
    for (std::size_t i = 0; i < spec_.targets.size(); ++i) {
      if (decides_[i] || gives_calendar(spec_.targets[i])) continue;
      found_.add("L013", "target", i, "", "every limit of this target is stated by a more specific one");
    }
  }
  // Whether the calendar a row states counts anywhere that it covers.
  [[nodiscard]] bool gives_calendar(const target_spec& row) const {
    if (row.calendar.empty()) return false;
    const business_time* hours = made_.calendar(row.calendar);
    const auto wanted = [](std::string_view want, std::string_view have) {
      return want.empty() || want == have;
    };
    for (std::size_t tier = 0; tier < made_.tier_count(); ++tier)
      for (std::size_t s = 0; s < made_.severity_count(); ++s)
        for (std::size_t r = 0; r < regions(); ++r)
          for (std::size_t c = 0; c < categories(); ++c) {
            if (!wanted(row.tier, made_.tier_name(tier)) || !wanted(row.severity, made_.severity_name(s)) ||
                !wanted(row.region, made_.region_name(r)) || !wanted(row.category, made_.category_name(c)))
              continue;
            for (const clock_terms& t : made_.terms(tier, grade_of(s, r, c)))
              if (t.promised && t.limit.needs_calendar() && t.calendar == hours) return true;
          }
    return false;
  }

  const policy_spec& spec_;
  const policy& made_;
  lint_findings& found_;
  std::vector<bool> decides_;
  std::set<place> told_;
};

}  // namespace detail
}  // namespace v0
}  // namespace sla
