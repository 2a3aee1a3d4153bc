// SPDX-License-Identifier: MIT
#pragma once

// Spans of time and sets of them. An interval is half-open, [begin, end): it holds its begin and not its end,
// so that two outages that touch share no second and leave none out (rule T1).
//
//     auto down = sla::interval_set({{a, b}, {c, d}}) - maintenance;
//     down.total();                                    // seconds, each counted once
//
// A set is kept sorted, disjoint and maximal: touching intervals are one. Equal sets therefore compare equal,
// and any order or repetition of what it was made from gives the same set (rule A10).

#include <algorithm>
#include <chrono>
#include <compare>
#include <cstddef>
#include <initializer_list>
#include <span>
#include <utility>
#include <vector>

#include <sla/base/instant.hpp>

namespace sla {
inline namespace v0 {

/// [begin, end). Empty where end is not after begin.
struct interval {
  instant begin;
  instant end;

  [[nodiscard]] constexpr bool empty() const noexcept { return end <= begin; }
  [[nodiscard]] constexpr std::chrono::seconds length() const noexcept {
    return empty() ? std::chrono::seconds(0) : end - begin;
  }
  [[nodiscard]] constexpr bool contains(instant t) const noexcept { return begin <= t && t < end; }
  friend constexpr bool operator==(const interval&, const interval&) noexcept = default;
  friend constexpr auto operator<=>(const interval&, const interval&) noexcept = default;
};

/// The part two intervals share; empty where they share nothing.
[[nodiscard]] constexpr interval intersect(const interval& a, const interval& b) noexcept {
  return {std::max(a.begin, b.begin), std::min(a.end, b.end)};
}

/// Sorted, disjoint, non-touching intervals.
class interval_set {
 public:
  using const_iterator = std::vector<interval>::const_iterator;

  constexpr interval_set() noexcept = default;
  /// The union of any intervals, in any order. n log n, or n where they are sorted already.
  explicit constexpr interval_set(std::vector<interval> parts) : parts_(std::move(parts)) { normalise(); }
  constexpr interval_set(std::initializer_list<interval> parts) : parts_(parts) { normalise(); }

  [[nodiscard]] constexpr const_iterator begin() const noexcept { return parts_.begin(); }
  [[nodiscard]] constexpr const_iterator end() const noexcept { return parts_.end(); }
  [[nodiscard]] constexpr std::size_t size() const noexcept { return parts_.size(); }
  [[nodiscard]] constexpr bool empty() const noexcept { return parts_.empty(); }
  [[nodiscard]] constexpr const interval& operator[](std::size_t i) const noexcept { return parts_[i]; }
  [[nodiscard]] constexpr std::span<const interval> parts() const noexcept {
    return {parts_.data(), parts_.size()};
  }

  /// Seconds in the set; seconds::max() where it has no finite end.
  [[nodiscard]] constexpr std::chrono::seconds total() const noexcept {
    if (!parts_.empty() && !parts_.back().end.is_finite()) return std::chrono::seconds::max();
    std::chrono::seconds sum{0};
    for (const interval& i : parts_) sum += i.length();
    return sum;
  }

  /// log n.
  [[nodiscard]] constexpr bool contains(instant t) const noexcept {
    const interval* first = parts_.data();
    const interval* after = std::upper_bound(first, first + parts_.size(), t,
                                             [](instant v, const interval& i) { return v < i.begin; });
    return after != first && t < (after - 1)->end;
  }

  /// Union, intersection and difference, each linear in both.
  [[nodiscard]] friend constexpr interval_set operator|(const interval_set& a, const interval_set& b) {
    std::vector<interval> all;
    all.reserve(a.size() + b.size());
    for (std::size_t i = 0, j = 0; i < a.size() || j < b.size();)
      all.push_back(j == b.size() || (i < a.size() && a[i].begin < b[j].begin) ? a[i++] : b[j++]);
    return interval_set(std::move(all));
  }
  [[nodiscard]] friend constexpr interval_set operator&(const interval_set& a, const interval_set& b) {
    interval_set out;
    for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
      if (const interval both = intersect(a[i], b[j]); !both.empty()) out.parts_.push_back(both);
      (a[i].end < b[j].end ? i : j) += 1;
    }
    return out;
  }
  [[nodiscard]] friend constexpr interval_set operator-(const interval_set& a, const interval_set& b) {
    interval_set out;
    std::size_t j = 0;
    for (interval rest : a.parts_) {
      while (j < b.size() && b[j].end <= rest.begin) ++j;
      for (std::size_t k = j; k < b.size() && b[k].begin < rest.end; ++k) {
        if (const interval before{rest.begin, b[k].begin}; !before.empty()) out.parts_.push_back(before);
        rest.begin = std::max(rest.begin, b[k].end);
      }
      if (!rest.empty()) out.parts_.push_back(rest);
    }
    return out;
  }

  friend constexpr bool operator==(const interval_set&, const interval_set&) noexcept = default;

 private:
  constexpr void normalise() {
    const auto earlier = [](const interval& a, const interval& b) { return a.begin < b.begin; };
    interval* first = parts_.data();
    interval* last = first + parts_.size();
    if (!std::is_sorted(first, last, earlier)) std::sort(first, last, earlier);
    std::size_t kept = 0;
    for (const interval& next : parts_) {
      if (next.empty()) continue;
      if (kept != 0 && next.begin <= parts_[kept - 1].end) {
        parts_[kept - 1].end = std::max(parts_[kept - 1].end, next.end);
      } else {
        parts_[kept++] = next;
      }
    }
    parts_.resize(kept);
  }

  std::vector<interval> parts_;
};

}  // namespace v0
}  // namespace sla
