// SPDX-License-Identifier: MIT
#pragma once

// The cells of a policy as a report shows them: limits in words, how their clocks run, and which places share a
// table. Private to the reports.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
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

/// Cells of unlike region, category and channel that are promised the same, by the first of them.
struct shared_place {
  std::string title;  // empty: everywhere
  cell_key first;     // its tier and severity say nothing
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
    counted_.resize(p.clock_count());
    for_each_cell(p, [&](const cell_key& k) {
      for (const clock_terms& t : p.terms(k))
        if (t.promised)
          (t.limit.needs_calendar() ? counted_[t.clock].business : counted_[t.clock].wall) = true;
    });
  }

  std::vector<std::size_t> tiers, severities;
  std::vector<clock_id> clocks;

  [[nodiscard]] static cell_key at(cell_key place, std::size_t tier, std::size_t severity) noexcept {
    place.tier = tier;
    place.at.severity = static_cast<std::uint8_t>(severity);
    return place;
  }
  [[nodiscard]] const clock_terms& terms(const cell_key& k, clock_id clock) const noexcept {
    return p_.terms(k)[clock];
  }
  // Whether a row speaks of the clock, with a number or without.
  [[nodiscard]] static bool is_stated(const clock_terms& t) noexcept {
    return t.target != clock_terms::no_target;
  }

  // Every region with every category and channel.
  [[nodiscard]] std::vector<cell_key> places() const {
    std::vector<cell_key> out;
    for (std::size_t r = 0; r < p_.region_count(); ++r)
      for (std::size_t c = 0; c < p_.category_count(); ++c)
        for (std::size_t channel = 0; channel < p_.channel_count(); ++channel) {
          cell_key k;
          k.channel = channel;
          k.at.region = static_cast<std::uint8_t>(r);
          k.at.category = static_cast<std::uint8_t>(c);
          out.push_back(k);
        }
    return out;
  }

  // The places in groups that are promised the same of a clock, in their order.
  [[nodiscard]] std::vector<shared_place> shared(clock_id clock) const {
    const std::vector<cell_key> all = places();
    std::vector<std::string> said;
    for (const cell_key& k : all) said.push_back(everything(k, clock));
    // Whether what is said depends on one of the three: two places that differ by it alone say different things.
    const auto matters = [&](auto part) {
      for (std::size_t a = 0; a < all.size(); ++a)
        for (std::size_t b = a + 1; b < all.size(); ++b) {
          cell_key moved = all[b];
          part(moved) = part(all[a]);
          if (same_place(moved, all[a]) && said[a] != said[b]) return true;
        }
      return false;
    };
    const bool by_region = matters([](auto& k) -> auto& { return k.at.region; });
    const bool by_category = matters([](auto& k) -> auto& { return k.at.category; });
    const bool by_channel = matters([](auto& k) -> auto& { return k.channel; });
    std::vector<shared_place> out;
    std::vector<std::string> known;
    for (std::size_t i = 0; i < all.size(); ++i) {
      const cell_key& k = all[i];
      std::string title;
      const auto add = [&](std::string name) { title += (title.empty() ? "" : ", ") + std::move(name); };
      if (by_region) add(named(p_.region_name(k.at.region), p_.region_label(k.at.region)));
      if (by_category) add(named(p_.category_name(k.at.category), p_.category_label(k.at.category)));
      if (by_channel) add(named(p_.channel_name(k.channel), p_.channel_label(k.channel)));
      const auto found = std::ranges::find(known, said[i]);
      if (found == known.end()) {
        known.push_back(said[i]);
        out.push_back({title, k});
        continue;
      }
      shared_place& group = out[static_cast<std::size_t>(found - known.begin())];
      const bool again = (" / " + group.title + " / ").find(" / " + title + " / ") != std::string::npos;
      if (!title.empty() && !again) group.title += " / " + title;
    }
    return out;
  }

  [[nodiscard]] bool any(clock_id clock) const {
    for (const cell_key& place : places())
      for (const std::size_t s : severities)
        for (const std::size_t t : tiers)
          if (is_stated(terms(at(place, t, s), clock))) return true;
    return false;
  }

  // "30bmin workdays (3.2.1)".
  [[nodiscard]] std::string limit(const clock_terms& t) const {
    if (!is_stated(t)) return "-";
    if (!t.promised) return "unquantified" + clause_text(p_.clause_of(t.target));
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
    const bool in_days = t.promised && t.limit.in() == time_limit::unit::business_days;
    if (in_days && t.days.ends_at() == business_day_rule::end::same_time)
      out.push_back("business days end at the time they began at");
    if (in_days && t.days.ends_at() == business_day_rule::end::fixed_time)
      out.push_back("business days end at " +
                    print_time(static_cast<std::int32_t>(t.days.fixed_time().count())));
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
      warned +=
          (warned.empty() ? "warns at " : ", ") +
          (w.at_share ? to_string(*w.at_share) : own_time(*w.before_due, {&t.clock, 1}) + " before due") +
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

  // A length that clocks count in their own time: in their unit where they have one, in hours where they have both.
  [[nodiscard]] std::string own_time(const time_limit& length, std::span<const clock_id> of) const {
    own_units all;
    for (const clock_id c : of) {
      all.wall = all.wall || counted_[c].wall;
      all.business = all.business || counted_[c].business;
    }
    if (!all.wall && !all.business) return to_string(length);
    return own_text(length, !all.wall) + (all.wall && all.business ? " of the clock's own time" : "");
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
  [[nodiscard]] static bool same_place(const cell_key& a, const cell_key& b) noexcept {
    return a.channel == b.channel && a.at.region == b.at.region && a.at.category == b.at.category;
  }
  // All that a table of this place would say.
  [[nodiscard]] std::string everything(const cell_key& place, clock_id clock) const {
    std::string out;
    for (const std::size_t s : severities)
      for (const std::size_t t : tiers) {
        const clock_terms& cell = terms(at(place, t, s), clock);
        out += limit(cell) + '\n';
        if (!is_stated(cell)) continue;
        for (const std::string& line : runs(cell)) out += line + '\n';
      }
    return out;
  }

  // What the limits of a clock are counted in, in any cell.
  struct own_units {
    bool wall = false, business = false;
  };

  const policy& p_;
  std::vector<own_units> counted_;  // by clock
};

}  // namespace detail
}  // namespace v0
}  // namespace sla
