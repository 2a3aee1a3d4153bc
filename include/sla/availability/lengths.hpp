// SPDX-License-Identifier: MIT
#pragma once

// Lengths of time counted by the second, in one pass and any order: exact means and percentiles without keeping them.
//
//     sla::length_counts waits;
//     for (const auto& call : calls) waits.add(call.waited);
//     waits.percentile(95_pct);              // the nearest rank: a wait that somebody had
//     waits.mean(30);                        // service_level; no data for fewer than 30
//
// The hard question: the 95th percentile of 10 waits, is it the 9th, the 10th or something between? The nearest
// rank: the smallest length that at least 95 % do not exceed, the 10th; never a wait that nobody had (rule A9).

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include <sla/availability/calls.hpp>
#include <sla/availability/service_level.hpp>
#include <sla/base/ratio.hpp>

namespace sla {
inline namespace v0 {

/// A multiset of lengths. Those under 4,096 s take constant time and 32 KB together, longer ones a node each.
class length_counts {
 public:
  /// Negative lengths are no lengths: false, and nothing is added.
  bool add(std::chrono::seconds length) {
    if (length.count() < 0) return false;
    const auto s = static_cast<std::uint64_t>(length.count());
    if (s < small) {
      if (short_.empty()) short_.resize(small);
      ++short_[s];
    } else {
      ++long_[length];
    }
    ++count_;
    return true;
  }
  /// Adds all of another, as from another shard.
  length_counts& operator+=(const length_counts& other) {
    if (!other.short_.empty() && short_.empty()) short_.resize(small);
    for (std::size_t i = 0; i < other.short_.size(); ++i) short_[i] += other.short_[i];
    for (const auto& [length, n] : other.long_) long_[length] += n;
    count_ += other.count_;
    return *this;
  }

  [[nodiscard]] std::int64_t count() const noexcept { return count_; }

  /// The smallest length that at least the share `p` of all do not exceed; the shortest for 0, the longest for 1.
  /// Nothing of no lengths, or where p is no share.
  [[nodiscard]] std::optional<std::chrono::seconds> percentile(const ratio& p) const noexcept {
    if (count_ == 0 || p < ratio(0) || p > ratio(1)) return std::nullopt;
    const std::int64_t rank = std::max<std::int64_t>(scale(count_, p, rounding::ceil).value_or(1), 1);
    std::int64_t seen = 0;
    for (std::size_t i = 0; i < short_.size(); ++i)
      if ((seen += short_[i]) >= rank) return std::chrono::seconds(i);
    for (const auto& [length, n] : long_)
      if ((seen += n) >= rank) return length;
    return std::nullopt;
  }

  /// The mean in seconds; no data where the sum leaves 64 bits.
  [[nodiscard]] service_level mean(std::int64_t minimum_sample = 0) const {
    std::int64_t sum = 0;
    const auto add_up = [&](std::int64_t length, std::int64_t n) {
      const auto product = detail::checked_mul(length, n);
      const auto next = product ? detail::checked_add(sum, *product) : std::nullopt;
      sum = next.value_or(0);
      return next.has_value();
    };
    for (std::size_t i = 0; i < short_.size(); ++i)
      if (!add_up(static_cast<std::int64_t>(i), short_[i])) return {};
    for (const auto& [length, n] : long_)
      if (!add_up(length.count(), n)) return {};
    return share(sum, count_, 0, minimum_sample);
  }

  /// The share of all that do not exceed a length, or, not `inclusive`, stay below it.
  [[nodiscard]] service_level within(std::chrono::seconds length, bool inclusive = true,
                                     std::int64_t minimum_sample = 0) const {
    if (length < std::chrono::seconds(0)) return share(0, count_, 0, minimum_sample);
    const std::int64_t limit = inclusive ? length.count() : length.count() - 1;
    std::int64_t seen = 0;
    for (std::size_t i = 0; i < short_.size() && static_cast<std::int64_t>(i) <= limit; ++i)
      seen += short_[i];
    for (auto i = long_.begin(); i != long_.end() && i->first.count() <= limit; ++i) seen += i->second;
    return share(seen, count_, 0, minimum_sample);
  }

 private:
  static constexpr std::size_t small = 4'096;
  std::vector<std::int64_t> short_;  // by second; empty until one is added
  std::map<std::chrono::seconds, std::int64_t> long_;
  std::int64_t count_ = 0;
};

/// How long the answered calls offered in a span waited, inside service hours where the rule has some. One pass.
[[nodiscard]] inline length_counts count_waits(std::span<const call> calls, const interval& offered,
                                               const call_rule& rule) {
  length_counts waits;
  std::optional<detail::open_cursor> hours;
  if (rule.hours != nullptr) hours.emplace(*rule.hours);
  for (const call& c : calls)
    if (offered.contains(c.offered) && c.end <= call_end::dropped && (!hours || hours->at(c.offered).open) &&
        detail::is_length(c.waited) && detail::is_length(c.handled))
      waits.add(c.waited);
  return waits;
}

}  // namespace v0
}  // namespace sla
