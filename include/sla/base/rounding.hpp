// SPDX-License-Identifier: MIT
#pragma once

// Named rounding. Nothing in this library rounds without one of these names at the call, because the question
// "and the half cent?" is one that two parties of a contract answer differently.
//
//     value     2.5   -2.5   2.4   -2.4
//     half_up     3     -3     2     -2    ties away from zero: what most contracts mean by "rounded"
//     half_even   2     -2     2     -2    ties to the even neighbour
//     half_down   2     -2     2     -2    ties toward zero
//     toward_zero 2     -2     2     -2
//     away        3     -3     3     -3
//     floor       2     -3     2     -3
//     ceil        3     -2     3     -2
//
// Rule M2: a line of a statement is rounded once, half up unless the contract states otherwise.

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

namespace sla {
inline namespace v0 {

/// How an exact value becomes a whole number of units.
enum class rounding : std::uint8_t { half_up, half_even, half_down, toward_zero, away, floor, ceil };

namespace detail {

inline constexpr std::array<std::pair<std::string_view, rounding>, 7> rounding_names{{
    {"half up", rounding::half_up},
    {"half even", rounding::half_even},
    {"half down", rounding::half_down},
    {"toward zero", rounding::toward_zero},
    {"away from zero", rounding::away},
    {"floor", rounding::floor},
    {"ceil", rounding::ceil},
}};

// Whether the magnitude grows by one. `twice_rest` compares 2 * remainder with the divisor: -1, 0 or 1.
[[nodiscard]] constexpr bool rounds_away(rounding mode, bool negative, bool odd, bool rest,
                                         int twice_rest) noexcept {
  if (!rest) return false;
  switch (mode) {
    case rounding::half_up: return twice_rest >= 0;
    case rounding::half_even: return twice_rest > 0 || (twice_rest == 0 && odd);
    case rounding::half_down: return twice_rest > 0;
    case rounding::toward_zero: return false;
    case rounding::away: return true;
    case rounding::floor: return negative;
    case rounding::ceil: return !negative;
  }
  return false;
}

}  // namespace detail

/// The name used in policy files: "half up".
[[nodiscard]] constexpr std::string_view name(rounding mode) noexcept {
  for (const auto& [text, value] : detail::rounding_names)
    if (value == mode) return text;
  return {};
}

/// The mode of that name, or nothing.
[[nodiscard]] constexpr std::optional<rounding> parse_rounding(std::string_view text) noexcept {
  for (const auto& [known, value] : detail::rounding_names)
    if (known == text) return value;
  return std::nullopt;
}

}  // namespace v0
}  // namespace sla
