// SPDX-License-Identifier: MIT
#pragma once

// A charge that grows with how far a share fell: for each step below a bound, and for the whole of the time down.
//
//     sla::per_step_below{.bound = 99.5_pct, .step = 0.3_pct, .rate = sla::ratio(1, 365), .counted = started}
//         // 98.8 % is 0.7 % below: 3 started steps, 3/365 of the year's fee
//     sla::per_step_below{.bound = 99.5_pct, .step = 100_pct, .rate = 100_pct, .counted = proportional}
//         // the commitment less the uptime, of the fee
//     sla::pro_rata{.below = 99.9_pct, .times = 10}
//         // below 99.9 %, ten times the fee of the time down
//
// The hard question: is "for each 0.1 % below 99 %" owed at 99 % itself? No: nothing lies below it (rule M3). With
// "99 % or less", `inclusive`, the bound is missed, yet no step lies below it either, and only a proportional refund of
// the time down pays there.

#include <cstdint>

#include <sla/base/ratio.hpp>
#include <sla/compensation/counting.hpp>
#include <sla/compensation/figure.hpp>
#include <sla/compensation/shape_working.hpp>

namespace sla {
inline namespace v0 {

/// `rate` for each `step` that the value lies below `bound`.
struct per_step_below {
  ratio bound{};
  ratio step{1, 100};
  ratio rate{};
  unit_counting counted = unit_counting::unstated;
  friend constexpr bool operator==(const per_step_below&, const per_step_below&) noexcept = default;
};

[[nodiscard]] constexpr shape_value evaluate(const per_step_below& s, const quantities& q,
                                             const shape_reading& how) {
  const bool missed = q.value < s.bound;
  const ratio shortfall = missed ? s.bound - q.value : ratio();
  shape_value v = detail::leaf(shape_kind::per_step_below, missed, shortfall,
                               count_units(shortfall, s.step, detail::counting_read(s.counted, how)), s.rate);
  v.counting_open = detail::counting_matters(s.counted, shortfall, s.step);
  if (missed) v.bound = s.bound;
  return v;
}

/// `times` the fee of the time down, where the value lies below a bound: the whole of that time, not what exceeds the
/// allowance.
struct pro_rata {
  ratio below{1};
  ratio times{1};
  bool inclusive = false;  ///< "or less"
  friend constexpr bool operator==(const pro_rata&, const pro_rata&) noexcept = default;
};

[[nodiscard]] constexpr shape_value evaluate(const pro_rata& s, const quantities& q, const shape_reading&) {
  const bool missed = s.inclusive ? q.value <= s.below : q.value < s.below;
  const ratio down = missed ? ratio(1) - q.value : ratio();
  shape_value v = detail::leaf(shape_kind::pro_rata, missed, down, down, s.times);
  if (missed) v.bound = s.below;
  return v;
}

}  // namespace v0
}  // namespace sla
