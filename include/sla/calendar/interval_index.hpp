// SPDX-License-Identifier: MIT
#pragma once

// Open time as a function that can be read both ways. Number the open seconds of a calendar 0, 1, 2, ...:
// then
//
//     before(t)    how many of them lie before t        "how much has been worked"
//     at(n)        the instant of open second n         "when is that much worked"
//
// and every question about business time is one or two of these: worked(a, b) = before(b) - before(a); the
// earliest instant by which w more seconds are worked is at(before(t) + w - 1) + 1; the latest from which
// they are still ahead is at(before(t) - w).

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <sla/base/interval_set.hpp>

namespace sla {
inline namespace v0 {
namespace detail {

/// Sorted, disjoint, maximal intervals inside a cover, with prefix sums. Times are seconds since cover.begin.
class interval_index {
 public:
  interval_index(std::span<const interval> open, interval cover) : origin_(cover.begin.unix_seconds()) {
    begin_.reserve(open.size());
    before_.reserve(open.size() + 1);
    for (const interval& i : open) {
      begin_.push_back(static_cast<std::uint64_t>(i.begin.unix_seconds() - origin_));
      before_.push_back(total_);
      total_ += static_cast<std::uint64_t>(i.length().count());
    }
    before_.push_back(total_);
  }

  [[nodiscard]] std::uint64_t total() const noexcept { return total_; }

  /// Open seconds before x.
  [[nodiscard]] std::uint64_t before(std::uint64_t x) const noexcept {
    const std::size_t k =
        static_cast<std::size_t>(std::upper_bound(begin_.begin(), begin_.end(), x) - begin_.begin());
    return k == 0 ? 0 : std::min(before_[k - 1] + (x - begin_[k - 1]), before_[k]);
  }

  /// The time of open second n < total().
  [[nodiscard]] std::uint64_t at(std::uint64_t n) const noexcept {
    const auto k =
        static_cast<std::size_t>(std::upper_bound(before_.begin(), before_.end(), n) - before_.begin()) - 1;
    return begin_[k] + (n - before_[k]);
  }

  [[nodiscard]] std::size_t bytes() const noexcept {
    return begin_.capacity() * sizeof(begin_[0]) + before_.capacity() * sizeof(before_[0]);
  }

 private:
  std::int64_t origin_;
  std::uint64_t total_ = 0;
  std::vector<std::uint64_t> begin_, before_;
};

}  // namespace detail
}  // namespace v0
}  // namespace sla
