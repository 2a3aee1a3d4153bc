// SPDX-License-Identifier: MIT
#pragma once

// Whose terms settle a window in which they change, and of which fee, as a policy states it.
//
//     [compensation]
//     changed_window = "at end"      # a customer who moved up in October has the new terms for all of it
//     changed_fee = "fees paid"      # of what was paid for October, by days
//
// The hard question: the policy states none of them? Then every one is settled (compensation/change.hpp).

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace sla {
inline namespace v0 {

enum class change_rule : std::uint8_t {
  unstated,
  split,     ///< each part by its own terms, on its share of the fee
  at_start,  ///< the terms at the window's start settle all of it
  at_end,    ///< those at its end do
  better,    ///< of the two, those that owe more
};
/// Of what a part's terms take their share, where they settle the whole window.
enum class change_base : std::uint8_t {
  unstated,
  own,   ///< the fee of those terms
  paid,  ///< every part's fee for its share of the window
};
namespace detail {
inline constexpr std::array<std::string_view, 5> change_rule_names{"unstated", "split", "at start", "at end",
                                                                   "better"};
inline constexpr std::array<std::string_view, 3> change_base_names{"unstated", "own fee", "fees paid"};
}  // namespace detail
/// "at start".
[[nodiscard]] constexpr std::string_view name(change_rule r) noexcept {
  return detail::change_rule_names[static_cast<std::size_t>(r)];
}
/// "fees paid".
[[nodiscard]] constexpr std::string_view name(change_base b) noexcept {
  return detail::change_base_names[static_cast<std::size_t>(b)];
}

}  // namespace v0
}  // namespace sla
