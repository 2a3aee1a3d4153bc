// SPDX-License-Identifier: MIT
#pragma once

// Tables over whole numbers: how long it lasted, how often it happened, how often in a row.
//
//     sla::duration_tiers{{sla::over(1h, 5_pct), sla::over(4h, 10_pct), sla::at_least(24h, 50_pct)}}
//         // 4 h pays 5 %, a second more 10 %
//     sla::count_tiers{{{.from = 2, .rate = 5_pct}, {.from = 4, .rate = 10_pct}}}
//         // two or three breaches 5 %, from the fourth on 10 %
//     sla::nth_miss{.below = 99.9_pct, .windows = 6, .rates = {0_pct, 10_pct, 20_pct, 30_pct}}
//         // of the misses in six months, this one included, the second pays 10 %; a fifth pays as the fourth
//
// Rows are alternatives: of all that hold, the one that begins last pays. Rows that end (`until`) can leave a gap, as
// "1 to 3 breaches, 5 or more" does of the fourth: the table does not say, and a settlement computes every reading
// (rule M0).
//
// The hard question: "over 4 hours" and "4 hours or more" differ by one second, which is the second that is argued
// about. Seconds are whole here, so a row says where it begins, and `over` and `at_least` say which.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

#include <sla/base/ratio.hpp>
#include <sla/compensation/figure.hpp>
#include <sla/compensation/shape_working.hpp>

namespace sla {
inline namespace v0 {

/// A number from `from` on, and below `until`, pays `rate`.
struct tier_row {
  std::int64_t from = 0;
  ratio rate{};
  std::int64_t until = std::numeric_limits<std::int64_t>::max();

  [[nodiscard]] constexpr bool holds(std::int64_t n) const noexcept { return from <= n && n < until; }
  friend constexpr bool operator==(const tier_row&, const tier_row&) noexcept = default;
};

/// Longer than `length`, in seconds.
[[nodiscard]] constexpr tier_row over(std::chrono::seconds length, const ratio& rate) noexcept {
  constexpr auto most = std::numeric_limits<std::int64_t>::max();
  return {length.count() == most ? most : length.count() + 1, rate, most};
}
/// As long as `length` or longer.
[[nodiscard]] constexpr tier_row at_least(std::chrono::seconds length, const ratio& rate) noexcept {
  return {length.count(), rate};
}

/// The row that a number falls into. Linear.
[[nodiscard]] constexpr step_match match(std::span<const tier_row> table, std::int64_t n) noexcept {
  step_match held, nearest;
  for (std::size_t i = 0; i < table.size(); ++i) {
    const tier_row& row = table[i];
    if (row.holds(n)) {
      if (held.row == step_match::no_row || row.from > table[held.row].from) {
        held = {step_match::row_pays, i, step_match::no_row};
      } else if (row.from == table[held.row].from && row.rate != table[held.row].rate) {
        // Of more than two, the mildest and the dearest are kept.
        const std::size_t dear = held.what == step_match::ambiguous ? held.deeper : held.row;
        held = {step_match::ambiguous, row.rate < table[held.row].rate ? i : held.row,
                row.rate > table[dear].rate ? i : dear};
      }
    }
    if (row.from <= n) {
      if (nearest.row == step_match::no_row || row.until > table[nearest.row].until) nearest.row = i;
    } else if (nearest.deeper == step_match::no_row || row.from < table[nearest.deeper].from) {
      nearest.deeper = i;
    }
  }
  if (held.row != step_match::no_row) return held;
  if (nearest.row == step_match::no_row) return {};
  nearest.what = step_match::gap;
  return nearest;
}

namespace detail {

[[nodiscard]] constexpr shape_value evaluate_tiers(shape_kind kind, std::span<const tier_row> rows,
                                                   std::int64_t n, const shape_reading& how) {
  const step_match m = match(rows, n);
  const std::size_t row = row_read(m, how.gap);
  const bool none = row == step_match::no_row;
  shape_value v = leaf(kind, m.what != step_match::none, ratio(n), none ? ratio() : detail::one_unit,
                       none ? ratio() : rows[row].rate, row);
  v.table_open = !m.is_defined();
  v.match = m;
  return v;
}

}  // namespace detail

/// By how long the figure's time is, in seconds.
struct duration_tiers {
  std::vector<tier_row> rows{};
  time_kind in = time_kind::elapsed;
  friend constexpr bool operator==(const duration_tiers&, const duration_tiers&) noexcept = default;
};
[[nodiscard]] constexpr shape_value evaluate(const duration_tiers& s, const quantities& q,
                                             const shape_reading& how) {
  return detail::evaluate_tiers(shape_kind::duration_tiers, s.rows, detail::time_of(q, s.in).count(), how);
}

/// By the figure's count.
struct count_tiers {
  std::vector<tier_row> rows{};
  friend constexpr bool operator==(const count_tiers&, const count_tiers&) noexcept = default;
};
[[nodiscard]] constexpr shape_value evaluate(const count_tiers& s, const quantities& q,
                                             const shape_reading& how) {
  return detail::evaluate_tiers(shape_kind::count_tiers, s.rows, q.count, how);
}

/// By how many of the latest `windows` missed the bound, where this one did. The last rate holds for more, too.
struct nth_miss {
  ratio below{};
  std::size_t windows = 1;
  std::vector<ratio> rates{};
  friend constexpr bool operator==(const nth_miss&, const nth_miss&) noexcept = default;
};
[[nodiscard]] constexpr shape_value evaluate(const nth_miss& s, const quantities& q, const shape_reading&) {
  const bool missed = q.value < s.below;
  const std::size_t n = missed ? detail::misses_among(q.earlier, s.windows) : 0;
  const std::size_t row =
      n == 0 || s.rates.empty() ? step_match::no_row : (n < s.rates.size() ? n : s.rates.size()) - 1;
  const bool none = row == step_match::no_row;
  shape_value v = detail::leaf(shape_kind::nth_miss, missed, ratio(static_cast<std::int64_t>(n)),
                               none ? ratio() : detail::one_unit, none ? ratio() : s.rates[row], row);
  if (missed) v.bound = s.below;
  return v;
}

}  // namespace v0
}  // namespace sla
