// SPDX-License-Identifier: MIT
#pragma once

// What a contract that begins inside a window is measured over, and of which fee, as a policy states it.
//
//     [compensation]
//     part_window = "clip, fee by days"      # from the first date on, of the fee of those days
//
// The hard question: the policy states none of them? Then every one is settled (policy/part_settlement.hpp).

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace sla {
inline namespace v0 {

enum class part_rule : std::uint8_t {
  clip_by_days,    ///< from the contract's first date on, of the fee of those days
  clip_whole_fee,  ///< from the contract's first date on, of the whole fee
  full,            ///< all of the window, of the whole fee
  skip,            ///< not at all
};
namespace detail {
inline constexpr std::array<std::string_view, 4> part_rule_names{"clip, fee by days", "clip, whole fee",
                                                                 "full", "skip"};
}
/// "clip, fee by days".
[[nodiscard]] constexpr std::string_view name(part_rule r) noexcept {
  return detail::part_rule_names[static_cast<std::size_t>(r)];
}

}  // namespace v0
}  // namespace sla
