// SPDX-License-Identifier: MIT
#pragma once

// What each tier is promised of availability. Private to policy/compile.hpp.
//
// The hard question: a tier has a row of its own, does that of all tiers still apply to it? Member by member: each comes
// from the tier's row where it states it, else from that of a tier it extends, else from the row of all tiers.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <sla/policy/compile_context.hpp>

namespace sla {
inline namespace v0 {
namespace detail {

class tier_terms {
 public:
  explicit tier_terms(compile_context& in) : in_(in) {}

  void build() { availability(); }

 private:
  void availability() {
    for (std::size_t i = 0; i < in_.spec.availability.size(); ++i) {
      const availability_spec& a = in_.spec.availability[i];
      in_.known_tier("availability", i, a.tier);
      for (std::size_t k = 0; k < i; ++k)
        if (in_.spec.availability[k].tier == a.tier)
          in_.fault("availability", i, "", "repeated-row",
                    "availability of " +
                        (a.tier.empty() ? "all tiers" : "tier '" + std::string(a.tier) + "'") +
                        " is stated twice");
      if (a.target && (*a.target > ratio(1) || *a.target < ratio(0)))
        in_.fault("availability", i, "target", "bad-target",
                  "an availability is between 0% and 100%, found " + to_string(*a.target));
      if (a.window && *a.window > window_kind::calendar_year)
        in_.fault("availability", i, "window", "bad-window",
                  "a policy measures by months, quarters or years of the calendar");
      for (std::size_t k = 0; k < i; ++k)
        if (const auto& other = in_.spec.availability[k].window; a.window && other && *other != *a.window)
          return in_.fault("availability", i, "window", "two-windows",
                           "a policy measures every tier by one kind of window: another row states another");
      if (!a.exclude) continue;
      for (std::size_t k = 0; k < a.exclude->size(); ++k) {
        const exclusion_spec& e = (*a.exclude)[k];
        if (!index_of(in_.out->causes, e.cause))
          in_.fault("availability", i, "exclude", "unknown-cause",
                    unknown_name("cause", e.cause, names_of(in_.out->causes)), k);
        if (!e.within.empty()) (void)in_.calendar(e.within, "availability", i, "exclude", k);
      }
    }
    if (in_.failed) return;
    in_.out->exclusions.reserve(in_.out->tiers.size());
    std::size_t views = 0;
    for (const availability_spec& a : in_.spec.availability) views += a.exclude ? 2 * a.exclude->size() : 0;
    in_.out->texts.reserve(views * in_.out->tiers.size());  // views into it must not move
    for (std::size_t tier = 0; tier < in_.out->tiers.size(); ++tier)
      in_.out->availability.push_back(availability_of(tier));
  }

  [[nodiscard]] availability_terms availability_of(std::size_t tier) {
    // The tier's own row, those of the tiers it extends, that of all tiers.
    std::vector<const availability_spec*> stating;
    const auto row_of = [&](std::string_view name) {
      for (const availability_spec& a : in_.spec.availability)
        if (a.tier == name) stating.push_back(&a);
    };
    for (const std::uint8_t t : in_.out->tier_lines[tier])
      if (!in_.out->tiers[t].name.empty()) row_of(in_.out->tiers[t].name);
    row_of("");
    const auto pick = [&](auto member) {
      for (const availability_spec* a : stating)
        if (a->*member) return a->*member;
      return std::remove_cvref_t<decltype(std::declval<availability_spec>().*member)>{};
    };
    availability_terms out;
    out.target = pick(&availability_spec::target);
    for (const availability_spec& a : in_.spec.availability)
      if (a.window) out.window = *a.window;
    const auto states_target =
        std::ranges::find_if(stating, [](const auto* a) { return a->target.has_value(); });
    if (states_target != stating.end())
      out.clause = (*states_target)->clause;
    else if (!stating.empty())
      out.clause = stating.back()->clause;
    auto& exclusions = in_.out->exclusions.emplace_back();
    if (const auto exclude = pick(&availability_spec::exclude)) {
      for (const exclusion_spec& e : *exclude) {
        const std::string_view name = in_.out->texts.emplace_back(e.cause),
                               clause_text = in_.out->texts.emplace_back(e.clause);
        exclusions.push_back({.cause = static_cast<cause_id>(*index_of(in_.out->causes, e.cause)),
                              .within = e.within.empty() ? nullptr : in_.find_calendar(e.within),
                              .name = name,
                              .clause = clause_text,
                              .effect = e.effect,
                              .quota = e.quota});
      }
    }
    out.rules.exclusions = {exclusions.data(), exclusions.size()};
    if (const auto m = pick(&availability_spec::minimum)) out.rules.minimum = *m;
    if (const auto g = pick(&availability_spec::merge_gap)) out.rules.merge_gap = *g;
    if (const auto r = pick(&availability_spec::round)) out.rules.rounding = *r;
    return out;
  }

  compile_context& in_;
};

}  // namespace detail
}  // namespace v0
}  // namespace sla
