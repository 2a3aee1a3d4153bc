// SPDX-License-Identifier: MIT
#pragma once

// Whole numbers without a bound, for the one place that needs them: two sums of fractions that agree in their first
// eighteen digits (rule A11). Every factor and divisor is one 64-bit word, so that each step is one pass over the
// words, as on paper.
//
//     big_natural n(1);
//     for (std::uint64_t i = 2; i <= 30; ++i) n *= i;     // 30!, 108 bits
//     n /= 29; n % 31;                                     // exact quotient; rest
//
// Private to the library: sums of rates use it (availability/rate_mean.hpp).

#include <compare>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <sla/base/wide.hpp>

namespace sla {
inline namespace v0 {
namespace detail {

class big_natural {
 public:
  big_natural() = default;  // 0
  explicit big_natural(std::uint64_t value) {
    if (value != 0) words_.push_back(value);
  }

  /// How many 64-bit words it has; 0 for 0.
  [[nodiscard]] std::size_t size() const noexcept { return words_.size(); }

  big_natural& operator*=(std::uint64_t factor) {
    std::uint64_t carry = 0;
    for (std::uint64_t& w : words_) {
      const wide p = plus(mul(w, factor), wide{0, carry});
      w = p.lo;
      carry = p.hi;
    }
    if (carry != 0) words_.push_back(carry);
    trim();
    return *this;
  }

  big_natural& operator+=(const big_natural& other) {
    if (words_.size() < other.words_.size()) words_.resize(other.words_.size());
    std::uint64_t carry = 0;
    for (std::size_t i = 0; i < words_.size() && (carry != 0 || i < other.words_.size()); ++i) {
      const wide sum = plus(wide{0, words_[i]}, wide{0, i < other.words_.size() ? other.words_[i] : 0});
      const wide all = plus(sum, wide{0, carry});
      words_[i] = all.lo;
      carry = all.hi;
    }
    if (carry != 0) words_.push_back(carry);
    return *this;
  }

  /// Floored; `divisor` is not 0.
  big_natural& operator/=(std::uint64_t divisor) {
    std::uint64_t rest = 0;
    for (std::size_t i = words_.size(); i-- > 0;) {
      const wide_quotient q = div({rest, words_[i]}, divisor);
      words_[i] = q.quotient.lo;
      rest = q.rest;
    }
    trim();
    return *this;
  }
  [[nodiscard]] friend std::uint64_t operator%(const big_natural& n, std::uint64_t divisor) noexcept {
    std::uint64_t rest = 0;
    for (std::size_t i = n.words_.size(); i-- > 0;) rest = div({rest, n.words_[i]}, divisor).rest;
    return rest;
  }

  friend bool operator==(const big_natural&, const big_natural&) noexcept = default;
  friend std::strong_ordering operator<=>(const big_natural& a, const big_natural& b) noexcept {
    if (a.size() != b.size()) return a.size() <=> b.size();
    for (std::size_t i = a.size(); i-- > 0;)
      if (a.words_[i] != b.words_[i]) return a.words_[i] <=> b.words_[i];
    return std::strong_ordering::equal;
  }

 private:
  void trim() noexcept {
    while (!words_.empty() && words_.back() == 0) words_.pop_back();
  }
  std::vector<std::uint64_t> words_;  // least first, the last not 0
};

}  // namespace detail
}  // namespace v0
}  // namespace sla
