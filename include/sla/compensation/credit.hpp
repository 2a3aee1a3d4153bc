// SPDX-License-Identifier: MIT
#pragma once

// What a contract promises to pay, as declarations: credits by clause, and caps on them.
//
//     const std::vector<sla::credit_terms> credits{
//         {.clause = "5.2", .metric = availability, .below = {{99.99_pct, 10_pct}, {99_pct, 30_pct}, {95_pct, 100_pct}}}};
//     const std::vector<sla::cap_terms> caps{{.clause = "5.6", .limit = 100_pct}};   // of the base, per window
//
// Metrics are numbers that a policy gives meaning to (availability, a service level, an attainment); a figure brings
// the value of one for one window and one subject, as a service.
//
// The hard question: two breaches in one month, does each pay, or only the worst? Contracts that do not say so are
// common, and the readings differ by a month's fee. So `combination::unstated` is the default and is never quietly
// one of the others: the settlement shows both readings and whom each favours (rule M0).

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <sla/base/money.hpp>
#include <sla/base/ratio.hpp>
#include <sla/base/rounding.hpp>
#include <sla/compensation/step_table.hpp>

namespace sla {
inline namespace v0 {

/// A metric by the policy's numbering.
using metric_id = std::uint16_t;

/// Rounding of a rate to whole `unit`s, for contracts that round the multiplier before the amount (rule M2).
struct rate_rounding {
  ratio unit{1, 10'000};
  rounding mode = rounding::half_up;
};

/// A credit: where the metric's figure falls below a bound, a share of the base is owed.
struct credit_terms {
  std::string clause{};
  metric_id metric = 0;
  std::vector<step> below{};
  sla::rounding rounding = sla::rounding::half_up;  ///< of the line's amount, once
  std::optional<rate_rounding> rate_first{};        ///< where the contract rounds the rate, too, and first
};

/// What a cap limits, in the order caps apply (rule M8).
enum class cap_scope : std::uint8_t {
  line,          ///< every line by itself
  window,        ///< the lines of a window together
  year,          ///< with what earlier windows of the contract year paid
  rolling_year,  ///< with what the last twelve months paid
  contract,      ///< with what the contract ever paid
};
namespace detail {
inline constexpr std::array<std::string_view, 5> cap_scope_names{"line", "window", "year", "rolling year",
                                                                 "contract"};
}
/// "rolling year".
[[nodiscard]] constexpr std::string_view name(cap_scope s) noexcept {
  return detail::cap_scope_names[static_cast<std::size_t>(s)];
}
[[nodiscard]] constexpr std::optional<cap_scope> parse_cap_scope(std::string_view text) noexcept {
  for (std::size_t i = 0; i < detail::cap_scope_names.size(); ++i)
    if (detail::cap_scope_names[i] == text) return static_cast<cap_scope>(i);
  return std::nullopt;
}

/// No more than a share of the base, or than an amount. A share is rounded to an amount first.
struct cap_terms {
  std::string clause{};
  std::variant<ratio, money> limit = ratio(1);
  cap_scope scope = cap_scope::window;
  sla::rounding rounding = sla::rounding::half_up;
};

/// How several lines that pay go together.
enum class combination : std::uint8_t { unstated, sum, max };
namespace detail {
inline constexpr std::array<std::string_view, 3> combination_names{"unstated", "sum", "max"};
}
/// "sum".
[[nodiscard]] constexpr std::string_view name(combination c) noexcept {
  return detail::combination_names[static_cast<std::size_t>(c)];
}
/// "sum" or "max"; what is unstated has no name in a file.
[[nodiscard]] constexpr std::optional<combination> parse_combination(std::string_view text) noexcept {
  if (text == "sum") return combination::sum;
  if (text == "max") return combination::max;
  return std::nullopt;
}

/// The value of a metric for a window. Without data it pays nothing (rule A1).
struct figure {
  metric_id metric = 0;
  ratio value{};
  bool no_data = false;
  std::string subject{};  ///< what was measured, as a service's name

  friend bool operator==(const figure&, const figure&) noexcept = default;
};

}  // namespace v0
}  // namespace sla
