// SPDX-License-Identifier: MIT
#pragma once

// What a contract that begins or ends inside a window is measured over, and of which fee, as a policy states it.
//
//     [compensation]
//     part_window = "clip, fee by days"      # the dates of its term, of the fee of those days
//
// The hard question: the policy states none of them? Then every one is settled (policy/window_settling.hpp).

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace sla {
inline namespace v0 {

enum class part_rule : std::uint8_t {
  clip_by_days,    ///< the dates of the contract's term, of the fee of those days
  clip_whole_fee,  ///< the dates of the contract's term, of the whole fee
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
