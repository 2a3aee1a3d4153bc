// SPDX-License-Identifier: MIT
#pragma once

// What each tier is promised of availability; service levels are in level_terms.hpp. Private to policy/compile.hpp.
//
// The hard question: a tier has a row of its own, does that of all tiers still apply to it? Member by member: each comes
// from the tier's row where it states it, else from that of a tier it extends, else from the row of all tiers.

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include <sla/compensation/finest_bound.hpp>
#include <sla/policy/compile_context.hpp>
#include <sla/policy/level_terms.hpp>

namespace sla {
inline namespace v0 {
namespace detail {

class tier_terms {
 public:
  explicit tier_terms(compile_context& in) : in_(in) {}

  void build() {
    availability();
    level_terms(in_).build();
  }

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
                  "an availability is between 0% and 100%, found " + no_share(*a.target));
      window(i, a);
      for (std::size_t k = 0; k < i; ++k)
        if (const auto& other = in_.spec.availability[k].window; a.window && other && *other != *a.window)
          return in_.fault("availability", i, "window", "two-windows",
                           "a policy measures every tier by one kind of window: another row states another");
      figures(i, a);
      if (a.denominator && !a.denominator->hours.empty())
        (void)in_.calendar(a.denominator->hours, "availability", i, "denominator");
      for (std::size_t k = 0; a.exclude && k < a.exclude->size(); ++k) exclusion(i, k, (*a.exclude)[k]);
    }
    for (std::size_t tier = 0; tier < in_.out->tiers.size(); ++tier) combined(tier);
    if (in_.failed) return;
    in_.out->exclusions.reserve(in_.out->tiers.size());
    std::size_t views = 0;
    for (const availability_spec& a : in_.spec.availability) views += a.exclude ? 2 * a.exclude->size() : 0;
    in_.out->texts.reserve(views * in_.out->tiers.size());  // views into it must not move
    for (std::size_t tier = 0; tier < in_.out->tiers.size(); ++tier)
      in_.out->availability.push_back(availability_of(tier));
  }

  void window(std::size_t i, const availability_spec& a) {
    if (!a.window) return;
    const window_rule& r = a.window->rule;
    const auto bad = [&](const char* message) {
      in_.fault("availability", i, "window", "bad-window", message);
    };
    const bool of_days = r.kind == window_kind::fixed_days || r.kind == window_kind::rolling_days;
    if ((of_days && r.days < 1) || (r.kind == window_kind::fixed_minutes && r.length.count() < 1))
      bad("a window has at least one day or one minute");
    const bool anchored = r.kind == window_kind::billing_month || r.kind == window_kind::fixed_days ||
                          r.kind == window_kind::fixed_minutes;
    if (anchored && !a.window->from_contract && r.anchor == std::chrono::sys_days{})
      bad("such windows begin on a date: state one, or that they begin with the contract");
  }

  void figures(std::size_t i, const availability_spec& a) {
    if (a.denominator && a.denominator->what == denominator_rule::fixed && a.denominator->length.count() < 1)
      in_.fault("availability", i, "denominator", "bad-denominator", "a fixed denominator is above 0");
    if (a.denominator && a.denominator->what == denominator_rule::service_hours &&
        a.denominator->hours.empty())
      in_.fault("availability", i, "denominator", "bad-denominator", "service hours name their calendar");
    if (a.slots && (a.slots->length.count() < 1 || a.slots->idle_below < 1 || a.slots->count < 0 ||
                    a.slots->threshold < ratio(0) || a.slots->threshold > ratio(1)))
      in_.fault(
          "availability", i, "slots", "bad-slots",
          "a slot has a length above 0, and is down by a share from 0% to 100% or by a number from 0 on");
    slots_in_a_window(i, a);
    if (a.target && a.target->den() > finest_denominator && in_.measures_mean_of_rates())
      in_.fault(
          "availability", i, "target", "bound-too-fine",
          "a mean of rates is compared with bounds of a denominator below 2^62: state 18 decimals at most");
    if (a.weights && a.weights->population < 0)
      in_.fault("availability", i, "weights", "bad-weights", "a population is a number from 0 on");
    if (a.shown && (a.shown->decimals < 0 || a.shown->decimals > 9))
      in_.fault("availability", i, "shown", "bad-decimals", "a figure is shown with 0 to 9 decimals");
  }

  // A report has every slot of a window, and one of seconds over a year would not be held.
  void slots_in_a_window(std::size_t i, const availability_spec& a) {
    if (!a.slots || a.slots->length.count() < 1) return;
    window_terms over;
    for (const availability_spec& row : in_.spec.availability)
      if (row.window) over = *row.window;
    const std::int64_t found = longest(over.rule) / a.slots->length;
    if (found > slot_terms::most)
      in_.fault("availability", i, "slots.length", "too-many-slots",
                "at most " + std::to_string(slot_terms::most) + " slots in a window, found " +
                    std::to_string(found) + " of " + to_string(a.slots->length) + " in one of " +
                    std::to_string(longest(over.rule) / std::chrono::hours(24)) + " days");
  }

  void exclusion(std::size_t i, std::size_t k, const exclusion_spec& e) {
    const auto fault = [&](const char* key, const char* code, const char* message) {
      in_.fault("availability", i, key, code, message, k);
    };
    const bool by_time = e.reach == exclusion_reach::by_time;
    if (by_time && !e.cause.empty())
      fault("exclude.cause", "cause-by-time", "an exclusion by time excuses every cause: state no cause");
    if (by_time && e.within.empty() && !e.notice)
      fault("exclude", "excuses-everything",
            "an exclusion by time reaches where its hours or its announcements are: state within or notice");
    if (!by_time && !index_of(in_.out->causes, e.cause))
      in_.fault("availability", i, "exclude", "unknown-cause",
                unknown_name("cause", e.cause, names_of(in_.out->causes)), k);
    if (!e.within.empty()) (void)in_.calendar(e.within, "availability", i, "exclude", k);
    const time_limit* limit = e.notice ? std::get_if<time_limit>(&*e.notice) : nullptr;
    const bool counts_hours = limit != nullptr && limit->needs_calendar();
    if (counts_hours && e.calendar.empty())
      fault("exclude.notice", "missing-calendar",
            "a notice in business hours or days names a calendar, such as calendar = \"workdays\"");
    if (!counts_hours && !e.calendar.empty())
      fault("exclude.calendar", "needless-calendar",
            "only a notice in business hours or days counts by a calendar; hours that excuse are 'within'");
    if (counts_hours && !e.calendar.empty())
      (void)in_.calendar(e.calendar, "availability", i, "exclude.calendar", k);
  }

  // The rows that state a tier's members: its own, those of the tiers it extends, that of all tiers.
  using tier_rows = std::vector<std::size_t>;
  [[nodiscard]] tier_rows rows_of(std::size_t tier) const {
    tier_rows out;
    const auto add = [&](std::string_view name) {
      for (std::size_t i = 0; i < in_.spec.availability.size(); ++i)
        if (in_.spec.availability[i].tier == name) out.push_back(i);
    };
    for (const std::uint8_t t : in_.out->tier_lines[tier])
      if (!in_.out->tiers[t].name.empty()) add(in_.out->tiers[t].name);
    add("");
    return out;
  }
  // The row of a tier that states a member.
  template <class Member>
  [[nodiscard]] std::optional<std::size_t> stating(const tier_rows& rows, Member member) const {
    for (const std::size_t i : rows)
      if (in_.spec.availability[i].*member) return i;
    return std::nullopt;
  }

  // Members that would be read and change nothing.
  void combined(std::size_t tier) {
    const tier_rows rows = rows_of(tier);
    const auto useless = [&](std::optional<std::size_t> row, const char* key, const std::string& why) {
      if (!row) return;
      for (const spec_fault& f : in_.faults)
        if (f.section == "availability" && f.row == *row && f.key == key && f.code == "without-effect")
          return;
      in_.fault("availability", *row, key, "without-effect", why);
    };
    const auto slots = stating(rows, &availability_spec::slots),
               weights = stating(rows, &availability_spec::weights);
    const auto minimum = stating(rows, &availability_spec::minimum),
               gap = stating(rows, &availability_spec::merge_gap),
               round = stating(rows, &availability_spec::round),
               divided = stating(rows, &availability_spec::denominator);
    if (slots && weights)
      useless(weights, "weights",
              "slots of requests weigh by their requests: state slots or weights, not both");
    if (weights) {
      useless(round, "round", "weighed downtime is not rounded: state weights or round, not both");
      if (divided && in_.spec.availability[*divided].denominator->what != denominator_rule::elapsed &&
          in_.spec.availability[*divided].denominator->what != denominator_rule::service_hours)
        useless(divided, "denominator",
                "weighed downtime is divided by the population's elapsed time or service hours");
    }
    if (!slots) return;
    if (const auto excludes = stating(rows, &availability_spec::exclude))
      for (const exclusion_spec& e : *in_.spec.availability[*excludes].exclude)
        if (e.reach == exclusion_reach::by_cause || e.quota || e.effect == exclusion_effect::numerator)
          useless(
              excludes, "exclude",
              "requests have no cause, and a slot that is excused leaves both sides: exclude by time, with "
              "effect = \"both sides\" and no quota");
    const std::string why = "slots of requests are measured by themselves: state it of outages only";
    useless(minimum, "minimum", why);
    useless(gap, "merge_gap", why);
    useless(round, "round", why);
    useless(divided, "denominator", why);
  }

  [[nodiscard]] availability_terms availability_of(std::size_t tier) {
    const tier_rows rows = rows_of(tier);
    const auto pick = [&](auto member) {
      if (const auto row = stating(rows, member)) return in_.spec.availability[*row].*member;
      return std::remove_cvref_t<decltype(std::declval<availability_spec>().*member)>{};
    };
    availability_terms out;
    out.target = pick(&availability_spec::target);
    for (const availability_spec& a : in_.spec.availability)
      if (a.window) out.windows = *a.window;
    out.window = out.windows.rule.kind;
    if (const auto promised = stating(rows, &availability_spec::target))
      out.clause = in_.spec.availability[*promised].clause;
    else if (!rows.empty())
      out.clause = in_.spec.availability[rows.back()].clause;
    auto& exclusions = in_.out->exclusions.emplace_back();
    if (const auto exclude = pick(&availability_spec::exclude)) {
      for (const exclusion_spec& e : *exclude) {
        const std::string_view name = in_.out->texts.emplace_back(
                                   e.reach == exclusion_reach::by_time && e.within.empty() ? "announced"
                                   : e.reach == exclusion_reach::by_time                   ? e.within
                                                                                           : e.cause),
                               clause_text = in_.out->texts.emplace_back(e.clause);
        const bool by_time = e.reach == exclusion_reach::by_time;
        sla::exclusion& x = exclusions.emplace_back(sla::exclusion{
            .cause = by_time ? no_cause : static_cast<cause_id>(*index_of(in_.out->causes, e.cause)),
            .within = e.within.empty() ? nullptr : in_.find_calendar(e.within),
            .name = name,
            .clause = clause_text,
            .effect = e.effect,
            .quota = e.quota,
            .reach = e.reach});
        auto& notice = out.notices.emplace_back();
        if (!e.notice) continue;
        notice = notice_terms{*e.notice, e.calendar.empty() ? nullptr : in_.find_calendar(e.calendar)};
        // Until somebody brings announcements there was none.
        x.announced = std::span<const announced_span>{};
      }
    }
    out.rules.exclusions = {exclusions.data(), exclusions.size()};
    if (const auto m = pick(&availability_spec::minimum)) out.rules.minimum = *m;
    if (const auto g = pick(&availability_spec::merge_gap)) out.rules.merge_gap = *g;
    if (const auto r = pick(&availability_spec::round)) out.rules.rounding = *r;
    if (const auto u = pick(&availability_spec::unknown)) out.rules.unknown = *u;
    if (const auto d = pick(&availability_spec::denominator))
      out.rules.denominator = {d->what, d->length, d->hours.empty() ? nullptr : in_.find_calendar(d->hours)};
    if (const auto s = pick(&availability_spec::slots)) out.slots = slots_of(*s, out.rules.unknown);
    out.weights = pick(&availability_spec::weights);
    out.shown = pick(&availability_spec::shown);
    return out;
  }

  [[nodiscard]] slot_terms slots_of(const slot_spec& s, unmeasured_time unknown) const {
    constexpr std::array<slot_default, 3> as{slot_default::up, slot_default::down, slot_default::leave_out};
    return {{.grid = s.from_midnight ? slot_grid::from_midnight(s.length, in_.spec.home)
                                     : slot_grid::every(s.length),
             .down_by = s.down_by,
             .threshold = s.threshold,
             .count = s.count,
             .inclusive = s.inclusive,
             .idle = s.idle,
             .idle_below = s.idle_below,
             .unknown = as[static_cast<std::size_t>(unknown)]},
            s.figure};
  }

  compile_context& in_;
};

}  // namespace detail
}  // namespace v0
}  // namespace sla
