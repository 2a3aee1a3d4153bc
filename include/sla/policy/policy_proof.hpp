// SPDX-License-Identifier: MIT
#pragma once

// Facts about a policy written in code, proved by the compiler.
//
//     constexpr sla::policy_spec contract = sla::proof::checked({.name = "shanghai", ...});   // or does not compile
//     static_assert(sla::proof::limit(contract, "onsite", {.severity = "P1", .region = "suburban"}) == 2h);
//     static_assert(sla::proof::due(contract, "response", {.severity = "P3", .tier = "basic", .reported = friday}) ==
//                   monday);
//
// `checked` refuses what loading refuses, as far as it is a matter of names, rows and hours: an unknown or repeated
// name, two rows that are equally specific and disagree, business time without a calendar, a calendar that never opens.
// The function that stops the compiler is named after the fault, and its argument is the name at fault. It also refuses
// what loading warns of in a step table, a gap or a deeper row that pays less, unless doubts are allowed.
//
// The hard question: is what the compiler proves what the policy does? Rows are chosen by the same function
// (target_row.hpp), dates are worked out by the same class (calendar/compile.hpp). What needs more than the declaration,
// lints among it, is a matter for a test.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <sla/base/error.hpp>
#include <sla/base/instant.hpp>
#include <sla/base/units.hpp>
#include <sla/calendar/calendar_proof.hpp>
#include <sla/compensation/step_table.hpp>
#include <sla/policy/policy.hpp>
#include <sla/policy/policy_spec.hpp>
#include <sla/policy/proof_table.hpp>
#include <sla/policy/ready_clocks.hpp>
#include <sla/policy/ready_options.hpp>
#include <sla/policy/target_row.hpp>

namespace sla {
inline namespace v0 {
namespace detail {

// Not constexpr: calling one of them stops the compiler, and its name is the message.
[[noreturn]] inline void wrong(const char* what, std::string_view name) {
  fail(std::string(what) + (name.empty() ? "" : " '" + std::string(name) + "'"));
}
[[noreturn]] inline void unknown_severity(std::string_view n) { wrong("unknown severity", n); }
[[noreturn]] inline void unknown_tier(std::string_view n) { wrong("unknown tier", n); }
[[noreturn]] inline void unknown_region(std::string_view n) { wrong("unknown region", n); }
[[noreturn]] inline void unknown_category(std::string_view n) { wrong("unknown category", n); }
[[noreturn]] inline void unknown_channel(std::string_view n) { wrong("unknown channel", n); }
[[noreturn]] inline void unknown_service_level(std::string_view n) { wrong("unknown service level", n); }
[[noreturn]] inline void unknown_option_set(std::string_view n) { wrong("unknown option set", n); }
[[noreturn]] inline void tier_extends_itself(std::string_view n) { wrong("a tier extends itself:", n); }
[[noreturn]] inline void a_limit_is_no_unquantified_promise(std::string_view n) {
  wrong("a number and no number are promised of", n);
}
[[noreturn]] inline void unknown_cause(std::string_view n) { wrong("unknown cause", n); }
[[noreturn]] inline void unknown_clock(std::string_view n) { wrong("unknown clock", n); }
[[noreturn]] inline void unknown_calendar(std::string_view n) { wrong("unknown calendar", n); }
[[noreturn]] inline void unknown_name_of_a_label(std::string_view n) { wrong("a label of no name", n); }
[[noreturn]] inline void name_stands_twice(std::string_view n) { wrong("a name stands twice:", n); }
[[noreturn]] inline void policy_needs_a_name() { fail("a policy needs a name"); }
[[noreturn]] inline void policy_needs_the_date_it_is_in_force_from() { fail("a policy needs a version"); }
[[noreturn]] inline void policy_needs_severities_and_tiers() { fail("a policy needs severities and tiers"); }
[[noreturn]] inline void two_targets_are_equally_specific_and_disagree(std::string_view property) {
  wrong("two targets are equally specific and disagree on", property);
}
[[noreturn]] inline void business_time_needs_a_calendar(std::string_view clock) {
  wrong("no row states a calendar for", clock);
}
[[noreturn]] inline void step_table_has_no_rows() { fail("a step table has no rows"); }
[[noreturn]] inline void step_table_row_never_pays() { fail("a row of a step table never pays"); }
[[noreturn]] inline void step_table_repeats_a_bound() { fail("a step table repeats a bound"); }
[[noreturn]] inline void step_table_rows_overlap() { fail("rows of a step table overlap"); }
[[noreturn]] inline void step_table_has_a_gap() { fail("a step table has a gap"); }
[[noreturn]] inline void step_table_pays_less_for_a_deeper_miss() { fail("a deeper row pays less"); }
[[noreturn]] inline void a_cut_off_is_no_matter_for_the_compiler() { fail("a clock with a cut-off"); }
[[noreturn]] inline void only_days_that_end_at_closing_are_a_matter_for_the_compiler() {
  fail("business days that do not end at closing");
}

// An option of a clock as somebody states it: of himself, else in an option set he names.
template <class T>
[[nodiscard]] constexpr std::optional<T> stated_option(const policy_spec& p, const clock_options& how,
                                                       name_span sets,
                                                       std::optional<T> clock_options::* member) {
  if (how.*member) return how.*member;
  for (std::size_t i = 0; i < sets.size(); ++i) {
    const auto ready = find_ready_options(sets[i]);
    if (ready && ready->how.*member) return ready->how.*member;
    for (std::size_t k = 0; k < p.option_sets.size(); ++k)
      if (p.option_sets[k].name == sets[i] && p.option_sets[k].how.*member)
        return p.option_sets[k].how.*member;
  }
  return std::nullopt;
}

// The clock, or "calendar", that some cell is told two values of.
[[nodiscard]] constexpr std::optional<std::string_view> tied_property(const policy_spec& p) {
  const numbered_table table(p);
  const auto& rows = table.rows;
  const auto tied = [&](std::size_t i, std::size_t j, const auto& stated) {
    const auto one = stated(rows[i]), other = stated(rows[j]);
    return one && other && *one != *other && in_a_cell(p, rows[i], rows[j], [&](const cell_key& key) {
             const row_choice best = table.choose(key, stated);
             return best.rival.has_value() && rows[*best.row].specificity() == rows[i].specificity();
           });
  };
  for (std::size_t i = 0; i < rows.size(); ++i)
    for (std::size_t j = i + 1; j < rows.size(); ++j) {
      if (rows[i].specificity() != rows[j].specificity()) continue;
      if (rows[i].target->limits.empty() && rows[j].target->limits.empty() &&
          tied(i, j, [](const numbered_row& r) { return r.own_calendar(); }))
        return "calendar";
      for (const limit_spec& l : rows[i].target->limits) {
        const auto option = [&](auto member) {
          return tied(i, j, [&](const numbered_row& r) {
            const limit_spec* said = r.of(l.clock);
            return said == nullptr ? decltype(said->how.*member){}
                                   : stated_option(p, said->how, said->options, member);
          });
        };
        if (tied(i, j, [&](const numbered_row& r) { return r.limit(l.clock); }) ||
            ((rows[i].counts_business_time(l.clock) || rows[j].counts_business_time(l.clock)) &&
             tied(i, j, [&](const numbered_row& r) { return r.calendar(l.clock); })) ||
            option(&clock_options::leave_open) || option(&clock_options::confirmation) ||
            option(&clock_options::landing) || option(&clock_options::days) ||
            option(&clock_options::changing) || option(&clock_options::reopening) ||
            option(&clock_options::updates) || option(&clock_options::cut_off))
          return l.clock;
      }
    }
  return std::nullopt;
}

// A clock whose limit is business time in a cell for which no row states a calendar.
[[nodiscard]] constexpr std::optional<std::string_view> clock_without_calendar(const policy_spec& p) {
  const numbered_table table(p);
  for (const numbered_row& row : table.rows)
    for (const limit_spec& l : row.target->limits)
      if (l.limit && l.limit->needs_calendar() && !row.calendar(l.clock) &&
          in_a_cell(p, row, row, [&](const cell_key& key) {
            const auto limit = table.choose(key, [&](const numbered_row& r) { return r.limit(l.clock); });
            return table.rows[*limit.row].target == row.target && !table.calendar(key, l.clock);
          }))
        return l.clock;
  return std::nullopt;
}

constexpr void require_distinct(name_span names) {
  for (std::size_t i = 0; i < names.size(); ++i)
    for (std::size_t k = 0; k < i; ++k)
      if (names[i] == names[k]) name_stands_twice(names[i]);
}

class name_checker {
 public:
  constexpr explicit name_checker(const policy_spec& p) : p_(p) {}

  constexpr void run() const {
    if (p_.name.empty()) policy_needs_a_name();
    if (!p_.version.ok()) policy_needs_the_date_it_is_in_force_from();
    if (p_.severities.empty() || p_.tiers.empty()) policy_needs_severities_and_tiers();
    for (const name_span names : {p_.severities, p_.tiers, p_.regions, p_.categories, p_.channels, p_.causes})
      require_distinct(names);
    rows();
    for (const label_spec& l : p_.labels)
      if (!lists(p_.severities, l.name) && !lists(p_.tiers, l.name) && !lists(p_.regions, l.name) &&
          !lists(p_.categories, l.name) && !lists(p_.channels, l.name) && !lists(p_.causes, l.name))
        unknown_name_of_a_label(l.name);
    for (const target_spec& t : p_.targets) {
      if (!t.severity.empty() && !lists(p_.severities, t.severity)) unknown_severity(t.severity);
      if (!t.region.empty() && !lists(p_.regions, t.region)) unknown_region(t.region);
      if (!t.category.empty() && !lists(p_.categories, t.category)) unknown_category(t.category);
      if (!t.channel.empty() && !lists(p_.channels, t.channel)) unknown_channel(t.channel);
      tier(t.tier);
      calendar(t.calendar);
      for (std::size_t i = 0; i < t.limits.size(); ++i) {
        const limit_spec& l = t.limits[i];
        clock(l.clock);
        calendar(l.calendar);
        options(l.options);
        if (l.limit && l.unquantified) a_limit_is_no_unquantified_promise(l.clock);
        for (std::size_t k = 0; k < i; ++k)
          if (t.limits[k].clock == l.clock) name_stands_twice(l.clock);
      }
    }
    options(p_.options);
    for (const clock_spec& c : p_.clocks) options(c.options);
    extensions();
    for (const pause_spec& r : p_.pauses)
      for (const std::string_view c : r.stops) clock(c);
    for (const availability_spec& a : p_.availability) {
      tier(a.tier);
      if (a.exclude)
        for (const exclusion_spec& e : *a.exclude) {
          if (e.reach == exclusion_reach::by_cause && !lists(p_.causes, e.cause)) unknown_cause(e.cause);
          calendar(e.within);
          calendar(e.calendar);
        }
      if (a.denominator) calendar(a.denominator->hours);
    }
    for (const service_level_spec& s : p_.service_levels) {
      tier(s.tier);
      calendar(s.hours);
      if (s.metric == service_metric::attainment) clock(s.clock);
    }
    for (const credit_spec& c : p_.credits) {
      tier(c.tier);
      if (has_clock(c.metric.kind)) clock(c.metric.clock);
      if (c.metric.kind == metric_kind::service_level) service_level(c.metric.clock);
      if (c.claim) calendar(c.claim->calendar);
      for (const std::string_view t : c.gate.tiers) tier(t);
    }
    for (const cap_spec& c : p_.caps) tier(c.tier);
  }

 private:
  constexpr void rows() const {
    const auto distinct = [](const auto& all) {
      for (std::size_t i = 0; i < all.size(); ++i)
        for (std::size_t k = 0; k < i; ++k)
          if (all[i].name == all[k].name) name_stands_twice(all[i].name);
    };
    distinct(p_.calendars);
    distinct(p_.clocks);
    distinct(p_.pauses);
    distinct(p_.extensions);
    distinct(p_.option_sets);
  }
  constexpr void options(name_span names) const {
    for (const std::string_view name : names) {
      bool known = find_ready_options(name).has_value();
      for (const option_set_spec& own : p_.option_sets) known = known || own.name == name;
      if (!known) unknown_option_set(name);
    }
  }
  constexpr void extensions() const {
    for (const tier_spec& t : p_.extensions) {
      if (!lists(p_.tiers, t.name)) unknown_tier(t.name);
      if (!lists(p_.tiers, t.extends)) unknown_tier(t.extends);
      std::string_view at = t.extends;
      for (std::size_t step = 0; step <= p_.extensions.size(); ++step) {
        if (at == t.name) tier_extends_itself(t.name);
        for (const tier_spec& next : p_.extensions)
          if (next.name == at) {
            at = next.extends;
            break;
          }
      }
    }
  }
  constexpr void tier(std::string_view name) const {
    if (!name.empty() && !lists(p_.tiers, name)) unknown_tier(name);
  }
  constexpr void calendar(std::string_view name) const {
    bool known = name.empty();
    for (const named_calendar_spec& c : p_.calendars) known = known || c.name == name;
    if (!known) unknown_calendar(name);
  }
  constexpr void service_level(std::string_view name) const {
    bool known = false;
    for (const service_level_spec& s : p_.service_levels) known = known || s.name == name;
    if (!known) unknown_service_level(name);
  }
  constexpr void clock(std::string_view name) const {
    bool known = find_ready_clock(name).has_value();
    for (const clock_spec& c : p_.clocks) known = known || c.name == name;
    if (!known) unknown_clock(name);
  }

  const policy_spec& p_;
};

constexpr void require_whole(std::span<const step> table) {
  for (const table_fault& f : faults(table)) switch (f.what) {
      case table_fault::kind::no_rows: step_table_has_no_rows();
      case table_fault::kind::impossible_row: step_table_row_never_pays();
      case table_fault::kind::repeated_bound: step_table_repeats_a_bound();
      case table_fault::kind::overlap: step_table_rows_overlap();
      case table_fault::kind::gap: step_table_has_a_gap();
      case table_fault::kind::not_monotone: step_table_pays_less_for_a_deeper_miss();
    }
}

[[nodiscard]] constexpr cell_key cell_of(const policy_spec& p, const incident_names& n) {
  const auto severity = number_in(p.severities, n.severity), tier = number_in(p.tiers, n.tier),
             region = number_in(p.regions, n.region), category = number_in(p.categories, n.category),
             channel = number_in(p.channels, n.channel);
  if (!severity) unknown_severity(n.severity);
  if (!tier) unknown_tier(n.tier);
  if (!region) unknown_region(n.region);
  if (!category) unknown_category(n.category);
  if (!channel) unknown_channel(n.channel);
  return {*tier, *channel, {*severity, *region, *category}};
}

}  // namespace detail

namespace proof {

/// Whether every cell gets each property from one row, or from rows that agree.
[[nodiscard]] constexpr bool has_no_tie(const policy_spec& p) { return !detail::tied_property(p); }

/// Whether every step table defines every figure and pays no less for a deeper miss.
[[nodiscard]] constexpr bool has_whole_tables(const policy_spec& p) {
  for (const credit_spec& c : p.credits)
    if (c.pays == nullptr && !faults(c.below).empty()) return false;
  return true;
}

/// What is promised of a clock for these names; nothing where no row states it, or none a number. Of two rows that tie,
/// the first.
[[nodiscard]] constexpr std::optional<time_limit> limit(const policy_spec& p, std::string_view clock,
                                                        const incident_names& names) {
  const detail::numbered_table table(p);
  const auto best =
      table.choose(detail::cell_of(p, names), [&](const detail::numbered_row& r) { return r.limit(clock); });
  if (!best.row) return std::nullopt;
  const auto promised = table.rows[*best.row].limit(clock);
  return promised->quantified ? std::optional(promised->limit) : std::nullopt;
}

/// The calendar that business time of a clock counts in for these names, any clock's that has none of its own where it
/// is empty; empty where no row states one.
[[nodiscard]] constexpr std::string_view calendar(const policy_spec& p, const incident_names& names,
                                                  std::string_view clock = {}) {
  const detail::numbered_table table(p);
  return table.calendar(detail::cell_of(p, names), clock).value_or(std::string_view{});
}

/// An option of a clock for these names, such as &clock_options::landing; nothing where nobody states it.
template <class T>
[[nodiscard]] constexpr std::optional<T> option(const policy_spec& p, std::string_view clock,
                                                const incident_names& names,
                                                std::optional<T> clock_options::* member) {
  const detail::numbered_table table(p);
  const auto of_row = [&](const detail::numbered_row& r) -> std::optional<T> {
    const limit_spec* said = r.of(clock);
    if (said == nullptr) return std::nullopt;
    return detail::stated_option(p, said->how, said->options, member);
  };
  const auto best = table.choose(detail::cell_of(p, names), of_row);
  if (best.row) return of_row(table.rows[*best.row]);
  for (const clock_spec& c : p.clocks)
    if (c.name == clock)
      if (const auto own = detail::stated_option(p, c.how, c.options, member)) return own;
  return detail::stated_option(p, {}, p.options, member);
}

/// When a clock that starts at `names.reported`, and nothing pauses, is due; never where nothing is promised.
[[nodiscard]] constexpr instant due(const policy_spec& p, std::string_view clock,
                                    const incident_names& names) {
  const auto promised = limit(p, clock, names);
  if (!promised) return instant::never();
  if (!promised->needs_calendar()) return names.reported + std::chrono::seconds(promised->count());
  if (option(p, clock, names, &clock_options::cut_off)) detail::a_cut_off_is_no_matter_for_the_compiler();
  if (promised->in() == time_limit::unit::business_days &&
      option(p, clock, names, &clock_options::days).value_or(business_day_rule()) != business_day_rule())
    detail::only_days_that_end_at_closing_are_a_matter_for_the_compiler();
  const auto landing = option(p, clock, names, &clock_options::landing);
  const std::string_view hours = calendar(p, names, clock);
  for (const named_calendar_spec& c : p.calendars) {
    if (c.name != hours) continue;
    const instant at = due(c.calendar, names.reported, *promised);
    return landing == due_at::next_opening ? next_open(c.calendar, at) : at;
  }
  detail::business_time_needs_a_calendar(clock);
}

/// Whether `checked` refuses what loading only warns of.
enum class doubts : std::uint8_t { refused, allowed };

/// The policy itself, where it is sound: see the head of this file. Compiling stops where it is not.
[[nodiscard]] consteval policy_spec checked(const policy_spec& p, doubts how = doubts::refused) {
  detail::name_checker(p).run();
  for (const named_calendar_spec& c : p.calendars) detail::require_sound(c.calendar);
  if (const auto tied = detail::tied_property(p))
    detail::two_targets_are_equally_specific_and_disagree(*tied);
  if (const auto clock = detail::clock_without_calendar(p)) detail::business_time_needs_a_calendar(*clock);
  for (const credit_spec& c : p.credits)
    if (c.pays == nullptr && how == doubts::refused) detail::require_whole(c.below);
  return p;
}

}  // namespace proof
}  // namespace v0
}  // namespace sla
