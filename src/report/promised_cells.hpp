// SPDX-License-Identifier: MIT
#pragma once

// The cells of a policy as a report shows them: limits in words, how their clocks run, and which places share a
// table. Private to the reports.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sla/policy/policy.hpp>
#include <sla/report/promised.hpp>

#include "step_words.hpp"
#include "words.hpp"

namespace sla {
inline namespace v0 {
namespace detail {

/// Grades of unlike region and category that are promised the same, and what they are called.
struct shared_place {
  std::string title;  // empty: everywhere
  std::vector<grade> grades;
};

class promised_cells {
 public:
  promised_cells(const policy& p, const promised& wanted) : p_(p) {
    for (std::size_t t = 0; t < p.tier_count(); ++t)
      if (!wanted.tier || *wanted.tier == t) tiers.push_back(t);
    for (std::size_t s = 0; s < p.severity_count(); ++s)
      if (!wanted.severity || *wanted.severity == s) severities.push_back(s);
    for (std::size_t c = 0; c < p.clock_count(); ++c)
      if (!wanted.clock || *wanted.clock == c) clocks.push_back(static_cast<clock_id>(c));
  }

  std::vector<std::size_t> tiers, severities;
  std::vector<clock_id> clocks;

  [[nodiscard]] static grade at(grade place, std::size_t severity) noexcept {
    place.severity = static_cast<std::uint8_t>(severity);
    return place;
  }
  [[nodiscard]] const clock_terms& terms(std::size_t tier, const grade& g, clock_id clock) const noexcept {
    return p_.terms(tier, g)[clock];
  }

  // Every region with every category, of the highest severity.
  [[nodiscard]] std::vector<grade> places() const {
    std::vector<grade> out;
    for (std::size_t r = 0; r < std::max<std::size_t>(p_.regions().size(), 1); ++r)
      for (std::size_t c = 0; c < std::max<std::size_t>(p_.categories().size(), 1); ++c) {
        grade g;
        g.region = static_cast<std::uint8_t>(r);
        g.category = static_cast<std::uint8_t>(c);
        out.push_back(g);
      }
    return out;
  }

  // The places in groups that are promised the same of a clock, in their order.
  [[nodiscard]] std::vector<shared_place> shared(clock_id clock) const {
    const std::vector<grade> all = places();
    std::vector<std::string> said;
    for (const grade& g : all) said.push_back(everything(g, clock));
    const auto differs = [&](const auto& same_besides) {
      for (std::size_t a = 0; a < all.size(); ++a)
        for (std::size_t b = a + 1; b < all.size(); ++b)
          if (same_besides(all[a], all[b]) && said[a] != said[b]) return true;
      return false;
    };
    const bool by_region = differs([](const grade& a, const grade& b) { return a.category == b.category; });
    const bool by_category = differs([](const grade& a, const grade& b) { return a.region == b.region; });
    std::vector<shared_place> out;
    std::vector<std::string> known;
    for (std::size_t i = 0; i < all.size(); ++i) {
      std::string title;
      if (by_region) title = named(p_.region_name(all[i].region), p_.region_label(all[i].region));
      if (by_category)
        title += (title.empty() ? "" : ", ") +
                 named(p_.category_name(all[i].category), p_.category_label(all[i].category));
      const auto found = std::ranges::find(known, said[i]);
      if (found == known.end()) {
        known.push_back(said[i]);
        out.push_back({title, {all[i]}});
        continue;
      }
      shared_place& group = out[static_cast<std::size_t>(found - known.begin())];
      const bool again = (" / " + group.title + " / ").find(" / " + title + " / ") != std::string::npos;
      if (!title.empty() && !again) group.title += " / " + title;
      group.grades.push_back(all[i]);
    }
    return out;
  }

  [[nodiscard]] bool any(clock_id clock) const {
    for (const grade& place : places())
      for (const std::size_t s : severities)
        for (const std::size_t t : tiers)
          if (terms(t, at(place, s), clock).promised) return true;
    return false;
  }

  // "30bmin workdays (3.2.1)".
  [[nodiscard]] std::string limit(const clock_terms& t) const {
    if (!t.promised) return "-";
    std::string out = to_string(t.limit);
    if (const std::string_view hours = calendar_name(t.calendar); !hours.empty())
      out += ' ' + printable(hours);
    return out + clause_text(p_.clause_of(t.target));
  }
  [[nodiscard]] std::string_view calendar_name(const business_time* c) const noexcept {
    for (const auto& [known, time] : p_.calendars())
      if (&time == c) return known;
    return {};
  }

  // How the clock runs: first from which moment to which, then whatever is not as usual.
  [[nodiscard]] std::vector<std::string> runs(const clock_terms& t) const {
    std::vector<std::string> out;
    out.push_back("from " + moments(t.starts, "the first of ") + " to " + moments(t.stops, "") +
                  (t.closed_by == moment_set() ? "" : " or a later stage"));
    if (t.repeats)
      out.push_back("again from each " + moments(t.stops, "") + " to " + moments(t.ends, "") +
                    (t.updates == next_update::on_grid ? ", on a grid" : ""));
    if (t.cut_off)
      out.push_back("a start after " + print_time(static_cast<std::int32_t>(t.cut_off->count())) +
                    " counts from the next opening");
    if (t.landing == due_at::next_opening)
      out.push_back("a limit that ends at a closing is due at the next opening");
    if (t.confirmation)
      out.push_back("the customer confirms, or is silent for " + to_string(*t.confirmation));
    constexpr std::string_view changes[]{"", "measured again from the start",
                                         "what is used up is carried over", "measured again from the change"};
    if (t.changing != on_change::by_cause)
      out.push_back("after a change of grade: " + std::string(changes[static_cast<std::size_t>(t.changing)]));
    constexpr std::string_view reopened[]{"", "goes on without the closed time",
                                          "goes on with the closed time"};
    if (t.reopening != on_reopen::new_cycle)
      out.push_back("reopened, it " + std::string(reopened[static_cast<std::size_t>(t.reopening)]));
    std::string warned;
    for (const warning& w : t.warnings)
      warned += (warned.empty() ? "warns at " : ", ") +
                (w.at_share ? to_string(*w.at_share) : to_string(*w.before_due) + " before due") +
                (w.level == 0 ? std::string() : " (level " + std::to_string(w.level) + ')');
    if (!warned.empty()) out.push_back(warned);
    std::string stopped;
    for (reason_id r = 0; r < p_.reasons().size(); ++r)
      if (((t.stopped_by >> r) & 1U) != 0)
        stopped +=
            (stopped.empty() ? "stands still during " : ", ") + named(p_.reason_name(r), p_.reason_label(r));
    if (!stopped.empty()) out.push_back(stopped);
    return out;
  }

  [[nodiscard]] std::vector<std::string> names(moment_set set) const {
    std::vector<std::string> out;
    for (std::size_t i = 0; i < moment_limit; ++i)
      if (set.contains(static_cast<moment>(i))) out.push_back(moment_text(p_, static_cast<moment>(i)));
    return out;
  }

 private:
  [[nodiscard]] std::string moments(moment_set set, const std::string& of_several) const {
    const std::vector<std::string> all = names(set);
    std::string out = all.size() > 1 ? of_several : std::string();
    for (std::size_t i = 0; i < all.size(); ++i)
      out += (i == 0 ? "" : i + 1 == all.size() ? " or " : ", ") + all[i];
    return out;
  }
  // All that a table of this place would say.
  [[nodiscard]] std::string everything(const grade& place, clock_id clock) const {
    std::string out;
    for (const std::size_t s : severities)
      for (const std::size_t t : tiers) {
        const clock_terms& cell = terms(t, at(place, s), clock);
        out += limit(cell) + '\n';
        if (!cell.promised) continue;
        for (const std::string& line : runs(cell)) out += line + '\n';
      }
    return out;
  }

  const policy& p_;
};

}  // namespace detail
}  // namespace v0
}  // namespace sla
