// SPDX-License-Identifier: MIT
#pragma once

// What a remedy is: money in one of three forms, time, units, a right, a duty (rule M6); and what must hold before it
// is owed (rule M7).
//
//     sla::form_terms{.form = sla::remedy_form::term_extension, .unit = "day", .length = 24h}
//         // 100 x the time down, as days rounded up
//     sla::gate_terms{.misses = 2}                   // from the second consecutive miss on
//     sla::gate_terms{.misses = 3, .windows = 6}     // three misses among six windows
//     sla::gate_terms{.more_than = sla::money::minor(1'000, sla::usd)}    // no credit of 10.00 or less
//
// Forms never add up: a month of extension is not a fee, a voucher is not cash. Totals are kept apart by form and unit.
//
// The hard question: half an hour of extension, in days? What is counted in days is rounded up to a whole one, once, for
// the line. Only money has a rounding of its own.

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <sla/base/money.hpp>
#include <sla/compensation/figure.hpp>

namespace sla {
inline namespace v0 {

enum class remedy_form : std::uint8_t {
  credit,             ///< against later invoices
  voucher,            ///< against later purchases
  cash,               ///< paid out
  term_extension,     ///< days or hours of service
  free_units,         ///< messages, minutes, seats
  termination_right,  ///< the customer may end the contract
  service_duty,       ///< a meeting, a report, a plan
};
namespace detail {
inline constexpr std::array<std::string_view, 7> remedy_form_names{
    "credit", "voucher", "cash", "term extension", "free units", "termination right", "service duty"};
}
/// "term extension".
[[nodiscard]] constexpr std::string_view name(remedy_form f) noexcept {
  return detail::remedy_form_names[static_cast<std::size_t>(f)];
}
[[nodiscard]] constexpr std::optional<remedy_form> parse_remedy_form(std::string_view text) noexcept {
  for (std::size_t i = 0; i < detail::remedy_form_names.size(); ++i)
    if (detail::remedy_form_names[i] == text) return static_cast<remedy_form>(i);
  return std::nullopt;
}
[[nodiscard]] constexpr bool is_money(remedy_form f) noexcept { return f <= remedy_form::cash; }
/// Whether it is owed or not, and not in any number.
[[nodiscard]] constexpr bool is_single(remedy_form f) noexcept { return f >= remedy_form::termination_right; }

/// The form of a clause's remedy. Of a form that is counted, the shape's share is a number of units; or, with a
/// `length`, a share of the figure's whole time in units of that length. Both are rounded up.
struct form_terms {
  remedy_form form = remedy_form::credit;
  std::string unit{};              ///< "day", "hour", "message"; for a right or a duty, which
  std::chrono::seconds length{0};  ///< 24 h for days of the time down
  friend bool operator==(const form_terms&, const form_terms&) noexcept = default;
};

/// A service package by the policy's numbering.
using plan_id = std::uint16_t;

/// What must hold before a line is owed.
struct gate_terms {
  std::vector<plan_id> plans{};      ///< bought, one of these; none: any
  std::size_t misses = 1;            ///< this window's included
  std::size_t windows = 0;           ///< among so many windows, this one included; 0: in a row
  std::optional<money> more_than{};  ///< an amount up to it is not paid
  friend bool operator==(const gate_terms&, const gate_terms&) noexcept = default;
};

/// Which gate held a line back.
enum class gate_kind : std::uint8_t { none, plan, misses, minimum };
/// "minimum".
[[nodiscard]] constexpr std::string_view name(gate_kind g) noexcept {
  constexpr std::array<std::string_view, 4> names{"none", "plan", "misses", "minimum"};
  return names[static_cast<std::size_t>(g)];
}

namespace detail {

/// The first gate that is shut, for a figure that is a miss. `amount` only for money.
[[nodiscard]] inline gate_kind shut_gate(const gate_terms& terms, plan_id plan,
                                         std::span<const window_result> earlier,
                                         const std::optional<money>& amount) {
  if (!terms.plans.empty() && std::ranges::find(terms.plans, plan) == terms.plans.end())
    return gate_kind::plan;
  const std::size_t misses =
      terms.windows == 0 ? misses_in_a_row(earlier) : misses_among(earlier, terms.windows);
  if (misses < terms.misses) return gate_kind::misses;
  if (amount && terms.more_than) {
    if (amount->in() != terms.more_than->in())
      fail("a minimum to be paid must be in the currency of the fee");
    if (*amount <= *terms.more_than) return gate_kind::minimum;
  }
  return gate_kind::none;
}

}  // namespace detail
}  // namespace v0
}  // namespace sla
