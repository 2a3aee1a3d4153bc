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
#include <sla/policy/ready_clocks.hpp>
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

using name_span = std::span<const std::string_view>;

[[nodiscard]] constexpr bool lists(name_span names, std::string_view name) noexcept {
  for (const std::string_view n : names)
    if (n == name) return true;
  return false;
}
[[nodiscard]] constexpr std::optional<std::uint8_t> number_in(name_span names,
                                                              std::string_view name) noexcept {
  if (names.empty() && name.empty()) return 0;  // one nameless value
  for (std::size_t i = 0; i < names.size(); ++i)
    if (names[i] == name) return static_cast<std::uint8_t>(i);
  return std::nullopt;
}
[[nodiscard]] constexpr std::uint8_t selected(name_span names, std::string_view name) noexcept {
  return name.empty() ? row_selectors::any : number_in(names, name).value_or(row_selectors::any);
}

// A target with its names as numbers.
struct numbered_row : row_selectors {
  const target_spec* of = nullptr;

  [[nodiscard]] constexpr std::optional<time_limit> limit(std::string_view clock) const noexcept {
    for (const limit_spec& l : of->limits)
      if (l.clock == clock) return l.limit;
    return std::nullopt;
  }
  [[nodiscard]] constexpr std::optional<std::string_view> calendar() const noexcept {
    return of->calendar.empty() ? std::nullopt : std::optional(of->calendar);
  }
};

[[nodiscard]] constexpr std::vector<numbered_row> numbered(const policy_spec& p) {
  std::vector<numbered_row> out;
  for (const target_spec& t : p.targets) {
    numbered_row row;
    row.tier = selected(p.tiers, t.tier);
    row.severity = selected(p.severities, t.severity);
    row.region = selected(p.regions, t.region);
    row.category = selected(p.categories, t.category);
    row.of = &t;
    out.push_back(row);
  }
  return out;
}

// Whether `found` holds in any cell that all of these rows cover.
template <class Found>
[[nodiscard]] constexpr bool in_a_cell(const policy_spec& p, const row_selectors& a, const row_selectors& b,
                                       const Found& found) {
  const auto meet = [](std::uint8_t x, std::uint8_t y, std::size_t size, std::size_t& first,
                       std::size_t& last) {
    const std::uint8_t stated = x == row_selectors::any ? y : x;
    first = stated == row_selectors::any ? 0 : stated;
    last = stated == row_selectors::any ? (size == 0 ? 1 : size) : first + 1;
    return x == row_selectors::any || y == row_selectors::any || x == y;
  };
  std::size_t t = 0, t_end = 0, s = 0, s_end = 0, r = 0, r_end = 0, c = 0, c_end = 0;
  if (!meet(a.tier, b.tier, p.tiers.size(), t, t_end) ||
      !meet(a.severity, b.severity, p.severities.size(), s, s_end) ||
      !meet(a.region, b.region, p.regions.size(), r, r_end) ||
      !meet(a.category, b.category, p.categories.size(), c, c_end))
    return false;
  for (std::size_t tier = t; tier < t_end; ++tier)
    for (std::size_t sev = s; sev < s_end; ++sev)
      for (std::size_t reg = r; reg < r_end; ++reg)
        for (std::size_t cat = c; cat < c_end; ++cat)
          if (found(tier, grade{static_cast<std::uint8_t>(sev), static_cast<std::uint8_t>(reg),
                                static_cast<std::uint8_t>(cat)}))
            return true;
  return false;
}

// The clock, or "calendar", that some cell is told two values of.
[[nodiscard]] constexpr std::optional<std::string_view> tied_property(const policy_spec& p) {
  const std::vector<numbered_row> rows = numbered(p);
  const auto tied = [&](std::size_t i, std::size_t j, const auto& stated) {
    return in_a_cell(p, rows[i], rows[j], [&](std::size_t tier, const grade& g) {
      const row_choice best = most_specific(rows, tier, g, stated);
      return best.rival.has_value() && rows[*best.row].specificity() == rows[i].specificity();
    });
  };
  for (std::size_t i = 0; i < rows.size(); ++i)
    for (std::size_t j = i + 1; j < rows.size(); ++j) {
      if (rows[i].specificity() != rows[j].specificity()) continue;
      if (rows[i].calendar() && rows[j].calendar() && rows[i].calendar() != rows[j].calendar() &&
          tied(i, j, [](const numbered_row& r) { return r.calendar(); }))
        return "calendar";
      for (const limit_spec& l : rows[i].of->limits)
        if (const auto other = rows[j].limit(l.clock); other && *other != *rows[i].limit(l.clock))
          if (tied(i, j, [&](const numbered_row& r) { return r.limit(l.clock); })) return l.clock;
    }
  return std::nullopt;
}

// A clock whose limit is business time in a cell for which no row states a calendar.
[[nodiscard]] constexpr std::optional<std::string_view> clock_without_calendar(const policy_spec& p) {
  const std::vector<numbered_row> rows = numbered(p);
  for (const numbered_row& row : rows) {
    if (row.calendar()) continue;
    for (const limit_spec& l : row.of->limits)
      if (l.limit.needs_calendar() && in_a_cell(p, row, row, [&](std::size_t tier, const grade& g) {
            const auto limit =
                most_specific(rows, tier, g, [&](const numbered_row& r) { return r.limit(l.clock); });
            const auto hours =
                most_specific(rows, tier, g, [](const numbered_row& r) { return r.calendar(); });
            return rows[*limit.row].of == row.of && !hours.row;
          }))
        return l.clock;
  }
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
    for (const name_span names : {p_.severities, p_.tiers, p_.regions, p_.categories, p_.causes})
      require_distinct(names);
    rows();
    for (const label_spec& l : p_.labels)
      if (!lists(p_.severities, l.name) && !lists(p_.tiers, l.name) && !lists(p_.regions, l.name) &&
          !lists(p_.categories, l.name) && !lists(p_.causes, l.name))
        unknown_name_of_a_label(l.name);
    for (const target_spec& t : p_.targets) {
      if (!t.severity.empty() && !lists(p_.severities, t.severity)) unknown_severity(t.severity);
      if (!t.region.empty() && !lists(p_.regions, t.region)) unknown_region(t.region);
      if (!t.category.empty() && !lists(p_.categories, t.category)) unknown_category(t.category);
      tier(t.tier);
      calendar(t.calendar);
      for (const limit_spec& l : t.limits) clock(l.clock);
    }
    for (const pause_spec& r : p_.pauses)
      for (const std::string_view c : r.stops) clock(c);
    for (const availability_spec& a : p_.availability) {
      tier(a.tier);
      if (a.exclude)
        for (const exclusion_spec& e : *a.exclude) {
          if (!lists(p_.causes, e.cause)) unknown_cause(e.cause);
          calendar(e.within);
        }
    }
    for (const credit_spec& c : p_.credits) {
      tier(c.tier);
      if (!c.metric.clock.empty()) clock(c.metric.clock);
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
  }
  constexpr void tier(std::string_view name) const {
    if (!name.empty() && !lists(p_.tiers, name)) unknown_tier(name);
  }
  constexpr void calendar(std::string_view name) const {
    bool known = name.empty();
    for (const named_calendar_spec& c : p_.calendars) known = known || c.name == name;
    if (!known) unknown_calendar(name);
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

struct cell_of_names {
  std::size_t tier = 0;
  grade at{};
};
[[nodiscard]] constexpr cell_of_names cell_of(const policy_spec& p, const incident_names& n) {
  const auto severity = number_in(p.severities, n.severity), tier = number_in(p.tiers, n.tier),
             region = number_in(p.regions, n.region), category = number_in(p.categories, n.category);
  if (!severity) unknown_severity(n.severity);
  if (!tier) unknown_tier(n.tier);
  if (!region) unknown_region(n.region);
  if (!category) unknown_category(n.category);
  return {*tier, {*severity, *region, *category}};
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

/// What is promised of a clock for these names; nothing where no row states it. Of two rows that tie, the first.
[[nodiscard]] constexpr std::optional<time_limit> limit(const policy_spec& p, std::string_view clock,
                                                        const incident_names& names) {
  const detail::cell_of_names cell = detail::cell_of(p, names);
  const std::vector<detail::numbered_row> rows = detail::numbered(p);
  const auto best =
      most_specific(rows, cell.tier, cell.at, [&](const detail::numbered_row& r) { return r.limit(clock); });
  return best.row ? rows[*best.row].limit(clock) : std::nullopt;
}

/// The calendar that business time for these names counts in; empty where no row states one.
[[nodiscard]] constexpr std::string_view calendar(const policy_spec& p, const incident_names& names) {
  const detail::cell_of_names cell = detail::cell_of(p, names);
  const std::vector<detail::numbered_row> rows = detail::numbered(p);
  const auto best =
      most_specific(rows, cell.tier, cell.at, [](const detail::numbered_row& r) { return r.calendar(); });
  return best.row ? rows[*best.row].of->calendar : std::string_view{};
}

/// When a clock that starts at `names.reported`, and nothing pauses, is due; never where nothing is promised.
[[nodiscard]] constexpr instant due(const policy_spec& p, std::string_view clock,
                                    const incident_names& names) {
  const auto promised = limit(p, clock, names);
  if (!promised) return instant::never();
  bool next_opening = false;
  for (const clock_spec& c : p.clocks) {
    if (c.name != clock) continue;
    if (c.cut_off) detail::a_cut_off_is_no_matter_for_the_compiler();
    next_opening = c.landing == due_at::next_opening;
  }
  if (!promised->needs_calendar()) return names.reported + std::chrono::seconds(promised->count());
  const std::string_view hours = calendar(p, names);
  for (const named_calendar_spec& c : p.calendars) {
    if (c.name != hours) continue;
    const instant at = due(c.calendar, names.reported, *promised);
    return next_opening ? next_open(c.calendar, at) : at;
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
