// SPDX-License-Identifier: MIT
#pragma once

// What a miss pays, as a policy file states it: one member of a [[credit]] for each shape.
//
//     below        = [["99.9%", "10%"], ["99%", "30%"]]               a step table
//     per_step     = { below = "99.5%", step = "0.3%", rate = "1/365", counted = "started" }
//     refund       = { below = "99.9%", times = 10 }                  the fee of the time down, ten times
//     per_time     = { each = "30min", rate = "5%", counted = "started", over = "1h", free = "10min" }
//     by_duration  = [["over 4h", "10%"], ["at least 24h", "50%"]]
//     by_count     = [[3, "5%"], [6, "15%"]]                          three to five, six or more
//     per_breach   = { rate = "2%", free = 1 }
//     nth_miss     = { below = "99.9%", windows = 6, rates = ["0%", "10%", "20%"] }
//     flat         = { rate = "10%", below = "99.8%" }
//     greatest_of  = [{ flat = { ... } }, { refund = { ... } }]       least_of, sum_of, last_of

#include <optional>
#include <string_view>
#include <vector>

#include <sla/base/money.hpp>
#include <sla/compensation/shape.hpp>

#include "policy/toml_table.hpp"

namespace sla {
inline namespace v0 {
namespace detail {

class shape_reader {
 public:
  explicit shape_reader(currency in) : in_(in) {}

  /// The one shape that a table states. None, several and wrong ones are problems.
  [[nodiscard]] std::optional<shape> read(toml_table& in);

 private:
  [[nodiscard]] std::optional<shape> step_rows(toml_table& in);
  [[nodiscard]] std::optional<step> pair_step(toml_table& in, const toml_value& row);
  [[nodiscard]] std::optional<step> table_step(toml_table& in, const toml_value& row);
  [[nodiscard]] std::optional<shape> per_step(toml_table& in);
  [[nodiscard]] std::optional<shape> refund(toml_table& in);
  [[nodiscard]] std::optional<shape> per_time(toml_table& in);
  [[nodiscard]] std::optional<shape> by_duration(toml_table& in);
  [[nodiscard]] std::optional<tier_row> duration_row(toml_table& in, const toml_value& row,
                                                     std::optional<time_kind>& kind);
  [[nodiscard]] std::optional<shape> by_count(toml_table& in);
  [[nodiscard]] std::optional<tier_row> count_row(toml_table& in, const toml_value& row);
  [[nodiscard]] std::optional<shape> per_breach(toml_table& in);
  [[nodiscard]] std::optional<shape> of_misses(toml_table& in);
  [[nodiscard]] std::optional<shape> flat(toml_table& in);
  [[nodiscard]] std::optional<shape> parts(toml_table& in, std::string_view key, shape_op how);

  currency in_;
};

/// An amount in the policy's currency; another text is a problem.
[[nodiscard]] std::optional<money> read_amount(toml_table& in, std::string_view key, currency expected);

}  // namespace detail
}  // namespace v0
}  // namespace sla
