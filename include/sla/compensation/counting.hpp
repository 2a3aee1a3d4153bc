// SPDX-License-Identifier: MIT
#pragma once

// How many units an amount comes to: "5 % for each hour" of 90 minutes.
//
//     count_units(90min, 1h, unit_counting::started)       // 2
//     count_units(90min, 1h, unit_counting::complete)      // 1
//     count_units(90min, 1h, unit_counting::proportional)  // 3/2
//
// The hard question: "2 % for each 1 % below 99.7 %", and 98.0 % was measured. That is 1.7 steps, and the contract does
// not say what 0.7 of a step pays: 2 %, 4 % or 3.4 %. `unit_counting::unstated` is the default, and a settlement
// computes all three (rule M0).

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include <sla/base/error.hpp>
#include <sla/base/ratio.hpp>
#include <sla/base/rounding.hpp>

namespace sla {
inline namespace v0 {

enum class unit_counting : std::uint8_t {
  unstated,      ///< the contract does not say
  complete,      ///< only whole units
  proportional,  ///< to the second, or to the last digit
  started,       ///< a unit begun is a unit
};
namespace detail {
inline constexpr std::array<std::string_view, 4> unit_counting_names{"unstated", "complete", "proportional",
                                                                     "started"};
}
/// "started".
[[nodiscard]] constexpr std::string_view name(unit_counting c) noexcept {
  return detail::unit_counting_names[static_cast<std::size_t>(c)];
}
/// "complete", "proportional" or "started"; what is unstated has no name in a file.
[[nodiscard]] constexpr std::optional<unit_counting> parse_unit_counting(std::string_view text) noexcept {
  for (std::size_t i = 1; i < detail::unit_counting_names.size(); ++i)
    if (detail::unit_counting_names[i] == text) return static_cast<unit_counting>(i);
  return std::nullopt;
}

/// Units in an amount: 0 of one that is 0 or less. Throws where the unit is not above 0 or the number leaves 64 bits.
/// What is unstated counts complete units.
[[nodiscard]] constexpr ratio count_units(const ratio& amount, const ratio& unit, unit_counting how) {
  if (unit <= ratio()) detail::fail("a unit to count in must be above 0");
  if (amount <= ratio()) return ratio();
  const ratio exact = amount / unit;
  if (how == unit_counting::proportional) return exact;
  return ratio(*scale(1, exact, how == unit_counting::started ? rounding::ceil : rounding::floor));
}
[[nodiscard]] constexpr ratio count_units(std::chrono::seconds amount, std::chrono::seconds unit,
                                          unit_counting how) {
  return count_units(ratio(amount.count()), ratio(unit.count()), how);
}

}  // namespace v0
}  // namespace sla
