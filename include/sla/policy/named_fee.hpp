// SPDX-License-Identifier: MIT
#pragma once

// The fees that contracts bring and clauses take their shares of, by name.
//
//     sla::name(sla::named_fee::annual)            // "annual fee"
//     sla::base_terms base{.fee = sla::number_of(sla::named_fee::annual), .spread = sla::fee_spread::twelfth};
//
// The hard question: which fee stands in where the fee itself is 0, in a free first year? One that the contract brings
// as its reference; without one 10 % of nothing is nothing, and the statement says that the base is 0 (rule M5).

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include <sla/compensation/base.hpp>

namespace sla {
inline namespace v0 {

enum class named_fee : std::uint8_t {
  monthly,
  annual,
  service,    ///< a month of one service
  seat,       ///< a month of one seat
  reference,  ///< a month, where the contract is free of charge
};
namespace detail {
inline constexpr std::array<std::string_view, 5> named_fee_names{"monthly fee", "annual fee", "service fee",
                                                                 "seat fee", "reference fee"};
}
/// "monthly fee".
[[nodiscard]] constexpr std::string_view name(named_fee f) noexcept {
  return detail::named_fee_names[static_cast<std::size_t>(f)];
}
[[nodiscard]] constexpr std::optional<named_fee> parse_named_fee(std::string_view text) noexcept {
  for (std::size_t i = 0; i < detail::named_fee_names.size(); ++i)
    if (detail::named_fee_names[i] == text) return static_cast<named_fee>(i);
  return std::nullopt;
}
[[nodiscard]] constexpr fee_id number_of(named_fee f) noexcept { return static_cast<fee_id>(f); }

/// A share of a named fee as it is: of one service's, and of each seat's, where the fee is one of these.
[[nodiscard]] constexpr base_terms base_of(named_fee f) noexcept {
  return {.fee = number_of(f), .of_subject = f == named_fee::service, .each_seat = f == named_fee::seat};
}

}  // namespace v0
}  // namespace sla
