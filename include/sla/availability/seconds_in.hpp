// SPDX-License-Identifier: MIT
#pragma once

// How long a stretch lasts for a service, by its hours where it has some, else on the clock; and whether the hours are
// known.
//
//     sla::detail::seconds_in(hours, {nine, eighteen})        // 8 h with an hour's lunch break in it
//     sla::detail::seconds_in(nullptr, {nine, eighteen})      // 9 h
//
// Private to this floor.

#include <chrono>

#include <sla/base/interval_set.hpp>
#include <sla/calendar/business_time.hpp>

namespace sla {
inline namespace v0 {
namespace detail {

[[nodiscard]] inline std::chrono::seconds seconds_in(const business_time* hours, const interval& i) noexcept {
  if (i.empty()) return std::chrono::seconds(0);
  return hours != nullptr ? hours->worked(i.begin, i.end).seconds() : i.length();
}
[[nodiscard]] inline std::chrono::seconds seconds_in(const business_time* hours,
                                                     const interval_set& set) noexcept {
  std::chrono::seconds sum{0};
  for (const interval& i : set) sum += seconds_in(hours, i);
  return sum;
}

// Whether a stretch reaches before the first holiday known, or past the last, or out of what the hours cover: what is
// not covered reads as closed, and nobody said so.
[[nodiscard]] inline bool rests_on_unknown(const business_time& hours, const interval& i) noexcept {
  return hours.is_provisional(i.begin) || hours.is_provisional(i.end - std::chrono::seconds(1)) ||
         !hours.covers(i.begin) || !hours.covers(i.end);
}

}  // namespace detail
}  // namespace v0
}  // namespace sla
