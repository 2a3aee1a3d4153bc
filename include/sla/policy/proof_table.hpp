// SPDX-License-Identifier: MIT
#pragma once

// The targets of a declaration with their names as numbers, for the compiler to choose between. Private to
// policy_proof.hpp.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include <sla/base/units.hpp>
#include <sla/policy/policy_spec.hpp>
#include <sla/policy/target_row.hpp>

namespace sla {
inline namespace v0 {
namespace detail {

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
  const target_spec* target = nullptr;

  [[nodiscard]] constexpr const limit_spec* of(std::string_view clock) const noexcept {
    for (const limit_spec& l : target->limits)
      if (l.clock == clock) return &l;
    return nullptr;
  }
  [[nodiscard]] constexpr std::optional<promised_limit> limit(std::string_view clock) const noexcept {
    const limit_spec* l = of(clock);
    if (l == nullptr || (!l->limit && !l->unquantified)) return std::nullopt;
    return promised_limit{l->limit.has_value(), l->limit.value_or(time_limit{})};
  }
  [[nodiscard]] constexpr std::optional<std::string_view> calendar(std::string_view clock) const noexcept {
    const limit_spec* l = of(clock);
    if (l != nullptr && !l->calendar.empty()) return l->calendar;
    return l == nullptr && !target->limits.empty() ? std::nullopt : own_calendar();
  }
  [[nodiscard]] constexpr std::optional<std::string_view> own_calendar() const noexcept {
    return target->calendar.empty() ? std::nullopt : std::optional(target->calendar);
  }
  [[nodiscard]] constexpr bool counts_business_time(std::string_view clock) const noexcept {
    const limit_spec* l = of(clock);
    return l != nullptr && l->limit && l->limit->needs_calendar();
  }
};

// The targets, and what the rule that picks between them asks for.
struct numbered_table {
  std::vector<numbered_row> rows;
  std::vector<std::uint32_t> all;
  std::vector<std::vector<std::uint8_t>> lines;  // by tier: itself, then those it extends

  constexpr explicit numbered_table(const policy_spec& p) {
    for (const target_spec& t : p.targets) {
      numbered_row row;
      row.tier = selected(p.tiers, t.tier);
      row.channel = selected(p.channels, t.channel);
      row.severity = selected(p.severities, t.severity);
      row.region = selected(p.regions, t.region);
      row.category = selected(p.categories, t.category);
      row.target = &t;
      all.push_back(static_cast<std::uint32_t>(rows.size()));
      rows.push_back(row);
    }
    for (std::size_t tier = 0; tier < (p.tiers.empty() ? 1 : p.tiers.size()); ++tier) {
      std::vector<std::uint8_t> line{static_cast<std::uint8_t>(tier)};
      for (std::size_t i = 0; i < p.extensions.size() && line.size() <= p.tiers.size(); ++i) {
        if (p.tiers.empty() || p.extensions[i].name != p.tiers[line.back()]) continue;
        const auto base = number_in(p.tiers, p.extensions[i].extends);
        if (!base) break;
        line.push_back(*base);
        i = static_cast<std::size_t>(-1);  // what that one extends may stand before
      }
      lines.push_back(line);
    }
  }
  template <class Stated>
  [[nodiscard]] constexpr row_choice choose(const cell_key& key, const Stated& stated) const {
    return most_specific(rows, all, lines[key.tier], key, stated);
  }
  // A row that speaks of other clocks is asked last, as the decision table does. Without a clock, of the rows alone.
  [[nodiscard]] constexpr std::optional<std::string_view> calendar(const cell_key& key,
                                                                   std::string_view clock) const {
    if (!clock.empty())
      if (const auto row = choose(key, [&](const numbered_row& r) { return r.calendar(clock); }).row)
        return rows[*row].calendar(clock);
    const auto row = choose(key, [](const numbered_row& r) { return r.own_calendar(); }).row;
    return row ? rows[*row].own_calendar() : std::nullopt;
  }
};

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
  std::size_t t = 0, t_end = 0, h = 0, h_end = 0, s = 0, s_end = 0, r = 0, r_end = 0, c = 0, c_end = 0;
  if (!meet(a.tier, b.tier, p.tiers.size(), t, t_end) ||
      !meet(a.channel, b.channel, p.channels.size(), h, h_end) ||
      !meet(a.severity, b.severity, p.severities.size(), s, s_end) ||
      !meet(a.region, b.region, p.regions.size(), r, r_end) ||
      !meet(a.category, b.category, p.categories.size(), c, c_end))
    return false;
  for (std::size_t tier = t; tier < t_end; ++tier)
    for (std::size_t channel = h; channel < h_end; ++channel)
      for (std::size_t sev = s; sev < s_end; ++sev)
        for (std::size_t reg = r; reg < r_end; ++reg)
          for (std::size_t cat = c; cat < c_end; ++cat)
            if (found(cell_key{tier,
                               channel,
                               {static_cast<std::uint8_t>(sev), static_cast<std::uint8_t>(reg),
                                static_cast<std::uint8_t>(cat)}}))
              return true;
  return false;
}

}  // namespace detail
}  // namespace v0
}  // namespace sla
