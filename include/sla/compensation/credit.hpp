// SPDX-License-Identifier: MIT
#pragma once

// What a contract promises to pay, as declarations: remedies by clause, and caps on them.
//
//     const std::vector<sla::credit_terms> credits{
//         {.clause = "5.2", .metric = availability, .pays = sla::steps{{{99.99_pct, 10_pct}, {99_pct, 30_pct}}}},
//         {.clause = "5.3", .metric = late_response, .pays = sla::per_unit{.unit = 1h, .rate = 5_pct, .counted = started}}};
//     const std::vector<sla::cap_terms> caps{{.clause = "5.6", .limit = 100_pct}};   // of the base, per window
//
// Metrics are numbers that a policy gives meaning to (availability, a service level, an attainment, one incident's
// lateness); a figure brings what was measured of one, for one window and one subject.
//
// The hard question: two breaches in one month, does each pay, or only the worst? Contracts that do not say so are
// common, and the readings differ by a month's fee. So `combination::unstated` is the default and is never quietly
// one of the others: the settlement shows every reading and whom each favours (rule M0).

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include <sla/base/money.hpp>
#include <sla/base/ratio.hpp>
#include <sla/base/rounding.hpp>
#include <sla/compensation/base.hpp>
#include <sla/compensation/figure.hpp>
#include <sla/compensation/remedy.hpp>
#include <sla/compensation/shape.hpp>

namespace sla {
inline namespace v0 {

/// Rounding of a rate to whole `unit`s, for contracts that round the multiplier before the amount (rule M2).
struct rate_rounding {
  ratio unit{1, 10'000};
  rounding mode = rounding::half_up;
};

/// A remedy: what a clause owes for a figure of its metric.
struct credit_terms {
  std::string clause{};
  metric_id metric = 0;
  shape pays{};
  sla::rounding rounding = sla::rounding::half_up;  ///< of the line's amount, once
  std::optional<rate_rounding> rate_first{};        ///< where the contract rounds the rate, too, and first
  base_terms base{};
  form_terms form{};
  gate_terms gate{};
  bool must_be_claimed = false;  ///< else it is automatic
  bool once_a_day = false;       ///< of the figures of one date, only the largest line pays
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

/// No more than a share of a base, than an amount, or, of a form that is counted, than a number of units. A share is
/// rounded to an amount first; of a line, it is a share of the line's own base. A cap limits one form.
struct cap_terms {
  std::string clause{};
  std::variant<ratio, money, std::int64_t> limit = ratio(1);
  cap_scope scope = cap_scope::window;
  sla::rounding rounding = sla::rounding::half_up;
  remedy_form form = remedy_form::credit;
  std::string unit{};  ///< of a counted form
  base_terms base{};
};

/// How several lines that pay go together.
enum class combination : std::uint8_t {
  unstated,
  sum,         ///< each pays
  max,         ///< the largest alone
  root_cause,  ///< of the lines of one root cause the largest alone, and each cause pays
};
namespace detail {
inline constexpr std::array<std::string_view, 4> combination_names{"unstated", "sum", "max", "root cause"};
}
/// "sum".
[[nodiscard]] constexpr std::string_view name(combination c) noexcept {
  return detail::combination_names[static_cast<std::size_t>(c)];
}
/// "sum", "max" or "root cause"; what is unstated has no name in a file.
[[nodiscard]] constexpr std::optional<combination> parse_combination(std::string_view text) noexcept {
  for (std::size_t i = 1; i < detail::combination_names.size(); ++i)
    if (detail::combination_names[i] == text) return static_cast<combination>(i);
  return std::nullopt;
}

}  // namespace v0
}  // namespace sla
