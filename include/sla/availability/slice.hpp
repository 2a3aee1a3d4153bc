// SPDX-License-Identifier: MIT
#pragma once

// The part of a set of intervals inside one of them, without a pass over the whole set: a record against a year of
// announcements, a slot against a month of excused time. Private to this floor.
//
//     slice({[0, 10), [20, 30), [40, 50)}, [5, 25))    // {[5, 10), [20, 25)}
//
// The hard question: touching is not sharing. [10, 20) touches no second of [0, 10), as intervals are half-open.

#include <algorithm>
#include <utility>
#include <vector>

#include <sla/base/instant.hpp>
#include <sla/base/interval_set.hpp>

namespace sla {
inline namespace v0 {
namespace detail {

/// The first interval of a set that ends after t. log n.
[[nodiscard]] inline interval_set::const_iterator ending_after(const interval_set& set, instant t) noexcept {
  return std::upper_bound(set.begin(), set.end(), t, [](instant v, const interval& i) { return v < i.end; });
}
/// Whether a set shares a second with a span. log n.
[[nodiscard]] inline bool touches(const interval_set& set, const interval& span) noexcept {
  const auto i = ending_after(set, span.begin);
  return i != set.end() && i->begin < span.end;
}
/// The part of a set inside a span. log n, and linear in the part.
[[nodiscard]] inline interval_set slice(const interval_set& set, const interval& span) {
  std::vector<interval> parts;
  for (auto i = ending_after(set, span.begin); i != set.end() && i->begin < span.end; ++i)
    parts.push_back(intersect(*i, span));
  return interval_set(std::move(parts));
}

}  // namespace detail
}  // namespace v0
}  // namespace sla
