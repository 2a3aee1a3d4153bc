// SPDX-License-Identifier: MIT
#pragma once

// A charge for each unit of time, down or late, and for each of a number of breaches.
//
//     sla::per_unit{.unit = 30min, .rate = 5_pct, .counted = started, .free_share = 0.01_pct}
//         // an hour down in a 30-day month: 3,600 s less the free 259.2 s are 2 started half hours, 10 %
//     sla::per_unit{.unit = 1h, .rate = 5_pct, .counted = started, .in = time_kind::worked}
//         // 61 minutes late in business time: 10 %
//     sla::per_count{.rate = 2_pct, .free = 1}
//         // four breaches, the first of them free: 6 %
//
// The hard question: "5 % for each 30 minutes, for outages over an hour", and it was down for 61 minutes. A minimum
// (`more_than`) decides whether the time counts and takes nothing from it: three started half hours. A free allowance
// (`free`) is taken from it: one minute, one started half hour. The two are not the same promise, and both are written.

#include <chrono>
#include <cstdint>

#include <sla/base/ratio.hpp>
#include <sla/compensation/counting.hpp>
#include <sla/compensation/figure.hpp>
#include <sla/compensation/shape_working.hpp>

namespace sla {
inline namespace v0 {

/// `rate` for each `unit` of the figure's time, after what is free.
struct per_unit {
  std::chrono::seconds unit{3600};
  ratio rate{};
  unit_counting counted = unit_counting::unstated;
  std::chrono::seconds free{0};       ///< taken from the time
  ratio free_share{};                 ///< of the figure's whole, taken from the time, too
  std::chrono::seconds more_than{0};  ///< no longer than this pays nothing
  time_kind in = time_kind::elapsed;
  friend constexpr bool operator==(const per_unit&, const per_unit&) noexcept = default;
};

[[nodiscard]] constexpr shape_value evaluate(const per_unit& s, const quantities& q,
                                             const shape_reading& how) {
  const std::chrono::seconds time = detail::time_of(q, s.in);
  const ratio unit(s.unit.count());
  ratio past;
  if (time > s.more_than) {
    past = ratio(time.count()) - ratio(s.free.count()) - s.free_share * ratio(q.whole.count());
    if (past < ratio()) past = ratio();
  }
  shape_value v = detail::leaf(shape_kind::per_unit, past > ratio(), past,
                               count_units(past, unit, detail::counting_read(s.counted, how)), s.rate);
  v.counting_open = detail::counting_matters(s.counted, past, unit);
  return v;
}

/// `rate` for each breach, after the free ones.
struct per_count {
  ratio rate{};
  std::int64_t free = 0;
  friend constexpr bool operator==(const per_count&, const per_count&) noexcept = default;
};

[[nodiscard]] constexpr shape_value evaluate(const per_count& s, const quantities& q, const shape_reading&) {
  ratio past = ratio(q.count) - ratio(s.free);
  if (past < ratio()) past = ratio();
  return detail::leaf(shape_kind::per_count, past > ratio(), past, past, s.rate);
}

}  // namespace v0
}  // namespace sla
