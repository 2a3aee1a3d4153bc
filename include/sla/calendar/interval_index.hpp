// SPDX-License-Identifier: MIT
#pragma once

// Open time as a function that can be read both ways. Number the open seconds of a calendar 0, 1, 2, ...: then
//
//     before(t)    how many of them lie before t        "how much has been worked"
//     at(n)        the instant of open second n         "when is that much worked"
//
// and every question about business time is one or two of these: worked(a, b) = before(b) - before(a); the earliest
// instant by which w more seconds are worked is at(before(t) + w - 1) + 1; the latest from which they are still
// ahead is at(before(t) - w).
//
// The hard question: how to look up among thousands of intervals without searching? Both axes are cut into buckets
// of a power of two. A bucket of time names the last interval that begins by its first second; two compares without a
// branch tell how many more have begun. A bucket of worked time holds how much closed time precedes it and the one
// place inside where that grows. The widths are chosen so that nearly all buckets are that simple; in the others a
// short search starts at the bucket's first interval, so that no calendar costs more than a logarithm.
//
// What a lookup reads is 32 bits wide, seconds since the cover began, so that the tables of many years stay near the
// processor. A cover of more than 136 years is searched, from the bucket's first interval on.

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <utility>
#include <vector>

#include <sla/base/interval_set.hpp>

namespace sla {
inline namespace v0 {
namespace detail {

/// Sorted, disjoint, maximal intervals inside a cover, with prefix sums. Times are seconds since 1970.
class interval_index {
  // A bucket of worked time: the closed time before its first second, and the one turn inside the bucket (its low bits)
  // where that grows by so many seconds (high bits). Or by_search, and the interval that holds its first second.
  struct worked_bucket {
    std::uint32_t closed = 0;
    std::uint32_t turn = 0;
  };
  static constexpr std::uint32_t by_search = 0xFFFF'FFFFU;
  // 14 bits leave 18 for a growth of up to 72 hours: a weekend is simple, a week of holidays is searched for.
  static constexpr int turn_bits = 14;
  static constexpr std::uint32_t turn_mask = (1U << turn_bits) - 1;
  // A bucket of time in which more than two intervals begin.
  static constexpr std::uint32_t crowded = 0x8000'0000U;
  // Where an interval begins, and how many open seconds lie before it. One that begins and ends with the cover stands
  // in front of all others, and three that never begin behind them, so that a lookup reads without asking.
  struct beginning {
    std::uint32_t at = 0, before = 0;
  };
  static constexpr std::uint32_t never_begins = 0xFFFF'FFFFU;

 public:
  /// What the two functions read; copied into whoever asks often. Valid as long as its index.
  class view {
   public:
    /// Whether t lies in the cover or at its end, where the other questions may be asked.
    [[nodiscard]] bool covers(std::int64_t t) const noexcept {
      return static_cast<std::uint64_t>(t - origin_) <= length_;
    }

    /// Open seconds before t, which is covered.
    [[nodiscard, gnu::always_inline]] inline std::uint64_t before(std::int64_t t) const noexcept {
      return before_since(static_cast<std::uint64_t>(t - origin_));
    }
    /// Open seconds of the cover before any t.
    [[nodiscard, gnu::always_inline]] inline std::uint64_t before_any(std::int64_t t) const noexcept {
      const auto since = static_cast<std::uint64_t>(t - origin_);
      if (since > length_) [[unlikely]]
        return t < origin_ ? 0 : total_;
      return before_since(since);
    }

    /// The time of open second n < total().
    [[nodiscard, gnu::always_inline]] inline std::int64_t at(std::uint64_t n) const noexcept {
      const worked_bucket b = worked_[n >> worked_shift_];
      if (b.closed == by_search) [[unlikely]]
        return index_->at_by_search(n, b.turn);
      // A bucket with a turn is at most 2^turn_bits wide, so the low bits order its seconds.
      const std::uint32_t low = static_cast<std::uint32_t>(n) & turn_mask;
      const std::uint32_t more = low >= (b.turn & turn_mask) ? b.turn >> turn_bits : 0;
      return origin_ + static_cast<std::int64_t>(n + b.closed + more);
    }

    [[nodiscard]] std::uint64_t total() const noexcept { return total_; }

   private:
    friend class interval_index;

    [[nodiscard, gnu::always_inline]] inline std::uint64_t before_since(std::uint64_t since) const noexcept {
      const std::uint32_t first = first_[since >> time_shift_];
      if (first >= crowded) [[unlikely]]
        return index_->before_by_search(since, first & ~crowded);
      const auto x = static_cast<std::uint32_t>(since);
      const beginning* b = begins_ + first;
      b += static_cast<std::size_t>(x >= b[1].at) + static_cast<std::size_t>(x >= b[2].at);
      return std::min(x - b->at + b->before, b[1].before);
    }

    const std::uint32_t* first_ = nullptr;
    const beginning* begins_ = nullptr;
    const worked_bucket* worked_ = nullptr;
    std::int64_t origin_ = 0;
    std::uint64_t total_ = 0;
    std::uint64_t length_ = 0;
    int time_shift_ = 0, worked_shift_ = 0;
    const interval_index* index_ = nullptr;
  };

  /// Linear in intervals and buckets. The tables take at most 12 KB a year and 16 bytes an interval.
  interval_index(std::vector<interval> open, interval cover) : open_(std::move(open)) {
    open_.shrink_to_fit();
    view_.origin_ = cover.begin.unix_seconds();
    view_.length_ = static_cast<std::uint64_t>(cover.length().count());
    const bool narrow = view_.length_ < never_begins;
    std::uint64_t total = 0;
    narrow ? begins_.reserve(open_.size() + 4) : before_.reserve(open_.size() + 1);
    if (narrow) begins_.push_back({0, 0});
    for (const interval& i : open_) {
      if (narrow) {
        begins_.push_back(
            {static_cast<std::uint32_t>(since_origin(i.begin)), static_cast<std::uint32_t>(total)});
      } else {
        before_.push_back(total);
      }
      total += static_cast<std::uint64_t>(i.length().count());
    }
    if (narrow) {
      begins_.insert(begins_.end(), 3, {never_begins, static_cast<std::uint32_t>(total)});
    } else {
      before_.push_back(total);
    }
    view_.total_ = total;
    const std::uint64_t years = std::min<std::uint64_t>(view_.length_ / seconds_a_year + 1, max_years);
    fill_time(years * 1024 + open_.size() / 2, narrow);
    fill_worked(years * 1024 + open_.size() * 3 / 4);
    view_.first_ = first_.data();
    view_.begins_ = begins_.data();
    view_.worked_ = worked_.data();
    view_.index_ = this;
  }
  interval_index(const interval_index&) = delete;
  interval_index& operator=(const interval_index&) = delete;

  [[nodiscard]] const view& queries() const noexcept { return view_; }
  [[nodiscard]] std::span<const interval> open() const noexcept { return open_; }
  /// The number of intervals that end at or before t, which is covered.
  [[nodiscard]] std::size_t ended_by(std::int64_t t) const noexcept {
    const std::size_t k = begun_by(static_cast<std::uint64_t>(t - view_.origin_));
    return k == 0 || open_[k - 1].end.unix_seconds() <= t ? k : k - 1;
  }
  [[nodiscard]] std::size_t bytes() const noexcept {
    return open_.capacity() * sizeof(open_[0]) + before_.capacity() * sizeof(before_[0]) +
           begins_.capacity() * sizeof(begins_[0]) + first_.capacity() * sizeof(first_[0]) +
           worked_.capacity() * sizeof(worked_[0]);
  }

 private:
  static constexpr std::uint64_t seconds_a_year = 31'556'952;
  // Past this, more years do not make the tables larger: a cover of all time is one interval, not many.
  static constexpr std::uint64_t max_years = 1000;

  // The widest buckets of which at most one in 32 needs a search, else the narrowest that the budget allows.
  // `searched(shift)` counts them.
  template <class Searched>
  [[nodiscard]] static int choose_shift(std::uint64_t range, std::uint64_t intervals, std::uint64_t budget,
                                        Searched&& searched) {
    if (intervals <= 1) return static_cast<int>(std::bit_width(range));
    // Buckets of eight intervals or more are never simple.
    int shift = std::min(static_cast<int>(std::bit_width(range / intervals)) + 3, 62);
    for (; shift > 0 && (range >> (shift - 1)) < budget; --shift) {
      if (searched(shift) * 32 <= (range >> shift)) break;
    }
    return shift;
  }

  [[nodiscard]] std::uint64_t since_origin(instant t) const noexcept {
    return static_cast<std::uint64_t>(t.unix_seconds() - view_.origin_);
  }
  // Open seconds before interval i, or before the end where there is none.
  [[nodiscard]] std::uint64_t before_of(std::size_t i) const noexcept {
    return begins_.empty() ? before_[i] : begins_[i + 1].before;
  }

  // The last index from `first` on that is not above; `first` itself is taken not to be.
  template <class Above>
  [[nodiscard]] std::size_t last_not_above(std::size_t first, std::size_t count,
                                           Above&& above) const noexcept {
    std::size_t step = 1;
    while (first + step < count && !above(first + step)) {
      first += step;
      step *= 2;
    }
    for (step = std::min(step, count - first); step > 1;) {
      const std::size_t half = step / 2;
      if (above(first + half)) {
        step = half;
      } else {
        first += half;
        step -= half;
      }
    }
    return first;
  }
  // How many intervals have begun `since` seconds after the cover did, at least `first` of them.
  [[nodiscard]] std::size_t begun_by(std::uint64_t since, std::size_t first) const noexcept {
    return last_not_above(first, open_.size() + 1,
                          [&](std::size_t n) { return since_origin(open_[n - 1].begin) > since; });
  }
  [[nodiscard]] std::size_t begun_by(std::uint64_t since) const noexcept {
    return begun_by(since, first_[since >> view_.time_shift_] & ~crowded);
  }
  [[nodiscard, gnu::noinline]] std::uint64_t before_by_search(std::uint64_t since,
                                                              std::size_t first) const noexcept {
    const std::size_t n = begun_by(since, first);
    return n == 0 ? 0 : std::min(before_of(n - 1) + since - since_origin(open_[n - 1].begin), before_of(n));
  }
  [[nodiscard, gnu::noinline]] std::int64_t at_by_search(std::uint64_t n, std::size_t first) const noexcept {
    const std::size_t k =
        last_not_above(first, open_.size(), [&](std::size_t i) { return before_of(i) > n; });
    return open_[k].begin.unix_seconds() + static_cast<std::int64_t>(n - before_of(k));
  }

  void fill_time(std::uint64_t budget, bool narrow) {
    const std::uint64_t length = view_.length_;
    const int shift = choose_shift(length, open_.size(), budget, [&](int s) {
      std::uint64_t many = 0, last = std::numeric_limits<std::uint64_t>::max();
      for (std::size_t k = 2; k < open_.size(); ++k) {
        const std::uint64_t bucket = since_origin(open_[k].begin) >> s;
        if (bucket != last && bucket == (since_origin(open_[k - 2].begin) - 1) >> s) {
          ++many;
          last = bucket;
        }
      }
      return many;
    });
    view_.time_shift_ = shift;
    const std::uint64_t buckets = (length >> shift) + 1;
    first_.reserve(buckets);
    std::size_t begun = 0;
    for (std::uint64_t b = 0; b < buckets; ++b) {
      const std::uint64_t begin = b << shift, end = begin + (std::uint64_t{1} << shift);
      while (begun < open_.size() && since_origin(open_[begun].begin) <= begin) ++begun;
      const bool many = begun + 2 < open_.size() && since_origin(open_[begun + 2].begin) < end;
      first_.push_back(static_cast<std::uint32_t>(begun) | (many || !narrow ? crowded : 0));
    }
  }

  void fill_worked(std::uint64_t budget) {
    const std::uint64_t total = view_.total_;
    const int shift = choose_shift(total, open_.size(), budget, [&](int s) {
      if (s > turn_bits) return std::uint64_t{open_.size()};
      std::uint64_t many = 0, last = std::numeric_limits<std::uint64_t>::max();
      for (std::size_t k = 2; k < open_.size(); ++k) {
        const std::uint64_t bucket = before_of(k) >> s;
        if (bucket != last && bucket == before_of(k - 1) >> s && before_of(k - 1) != bucket << s) {
          ++many;
          last = bucket;
        }
      }
      return many;
    });
    view_.worked_shift_ = shift;
    const std::uint64_t buckets = total == 0 ? 0 : ((total - 1) >> shift) + 1;
    worked_.reserve(buckets);
    std::size_t k = 0;
    for (std::uint64_t b = 0; b < buckets; ++b) {
      const std::uint64_t begin = b << shift, end = begin + (std::uint64_t{1} << shift);
      while (before_of(k + 1) <= begin) ++k;
      const auto closed = [&](std::size_t i) { return since_origin(open_[i].begin) - before_of(i); };
      std::uint64_t turn = 0;
      bool simple = closed(k) < by_search;
      if (k + 1 < open_.size() && before_of(k + 1) < end) {
        const std::uint64_t more = closed(k + 1) - closed(k);
        simple = simple && !(k + 2 < open_.size() && before_of(k + 2) < end) && shift <= turn_bits &&
                 more < (std::uint64_t{1} << (32 - turn_bits));
        turn = simple ? (before_of(k + 1) & turn_mask) | (more << turn_bits) : 0;
      }
      worked_.push_back(
          simple ? worked_bucket{static_cast<std::uint32_t>(closed(k)), static_cast<std::uint32_t>(turn)}
                 : worked_bucket{by_search, static_cast<std::uint32_t>(k)});
    }
  }

  std::vector<interval> open_;
  std::vector<beginning> begins_;      // of a cover of 136 years or less, one in front of open_
  std::vector<std::uint64_t> before_;  // of a longer one
  std::vector<std::uint32_t> first_;
  std::vector<worked_bucket> worked_;
  view view_;
};

}  // namespace detail
}  // namespace v0
}  // namespace sla
