// SPDX-License-Identifier: MIT
#pragma once

// The mean of many rates, compared exactly (rule A11).
//
//     sla::rate_mean m;
//     for (const auto& slot : day) m.add(slot.total - slot.failed, slot.total);   // 288 slots, 288 denominators
//     m >= 99.9_pct                                                               // decided, never rounded
//
// The hard question: 1/3 + 1/7 + 1/11 + ... over a month has a denominator of thousands of digits, and yet a mean
// that is 99.9 % to the last digit is kept while one a hair below is missed. Each rate is held between two
// multiples of 2^-63; a target outside the sum of those bounds is decided by them, and that is nearly always. One
// inside them is decided on the common denominator, in whole numbers of any length.

#include <algorithm>
#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <sla/base/big_natural.hpp>
#include <sla/base/ratio.hpp>
#include <sla/base/rounding.hpp>
#include <sla/base/wide.hpp>

namespace sla {
inline namespace v0 {

/// A ratio in place of a mean, and whether it is the mean.
struct mean_ratio {
  ratio value;
  bool exact = true;
};

/// Rates from 0 to 1 and their mean. Rates of 0 and 1 take no memory, others 16 bytes.
class rate_mean {
 public:
  /// Adds part / whole. False, and nothing added, where that is no rate: whole < 1, part < 0 or part > whole.
  bool add(std::int64_t part, std::int64_t whole) {
    if (whole < 1 || part < 0 || part > whole) return false;
    ++count_;
    if (part == 0) return true;
    if (part == whole) {
      ++ones_;
      return true;
    }
    const auto p = static_cast<std::uint64_t>(part), w = static_cast<std::uint64_t>(whole);
    const detail::wide_quotient q = detail::div(detail::mul(p, one), w);
    lower_ = detail::plus(lower_, q.quotient);
    if (q.rest != 0) ++inexact_;
    rates_.push_back({w, p});
    return true;
  }

  [[nodiscard]] std::int64_t count() const noexcept { return static_cast<std::int64_t>(count_); }

  /// The mean against a target. Of no rates: as if it were 0; ask count() first. Constant time where the bounds
  /// decide, which is wherever mean and target differ by 2^-63 or more; else the rates times the words of their
  /// common denominator.
  [[nodiscard]] friend std::strong_ordering operator<=>(const rate_mean& mean, const ratio& target) {
    return mean.compare(target);
  }
  [[nodiscard]] friend bool operator==(const rate_mean& mean, const ratio& target) {
    return mean.compare(target) == 0;
  }
  [[nodiscard]] std::strong_ordering compare(const ratio& target) const {
    if (target.num() < 0) return std::strong_ordering::greater;
    if (count_ == 0) return 0 <=> target.num();
    const auto num = static_cast<std::uint64_t>(target.num()), den = static_cast<std::uint64_t>(target.den());
    if (const auto told = compare_by_bounds(num, den)) return *told;
    return add_exactly().compare(num, den, count_);
  }

  /// A ratio that compares with every fraction of a denominator up to `most` as the mean does: the mean itself where it
  /// is such a fraction, else the simplest between its two neighbours among them, of a denominator up to twice `most`.
  /// For what asks for 64 bits: with 10^9 it is on the right side of every bound of up to nine decimals. Throws where
  /// `most` is not from 1 to 2^62 - 1. As many comparisons as `most` has digits, squared, of constant time; where they
  /// do not decide, which is rare below 10^9 and usual above, the common denominator is found once.
  [[nodiscard]] mean_ratio stand_in(std::int64_t most) const {
    if (most < 1 || most >= std::int64_t{1} << 62) detail::fail("a denominator is from 1 to 2^62 - 1");
    const comparing with(*this);
    if (count_ == 0 || with(0, 1) == 0) return {ratio(0), true};
    if (with(1, 1) == 0) return {ratio(1), true};
    // A walk down the tree of Stern and Brocot; steps of one direction are found by bisection.
    fraction low{0, 1}, high{1, 1};
    while (low.den + high.den <= most) {
      if (advance(with, low, high, most, std::strong_ordering::greater))
        return {ratio(low.num, low.den), true};
      if (low.den + high.den > most) break;
      if (advance(with, high, low, most, std::strong_ordering::less))
        return {ratio(high.num, high.den), true};
    }
    return {ratio(low.num + high.num, low.den + high.den), false};
  }

  /// Whether the last comparison of a target would need the common denominator; for tests and the curious.
  [[nodiscard]] bool straddles(const ratio& target) const noexcept {
    if (target.num() < 0 || count_ == 0 || inexact_ == 0) return false;
    const auto num = static_cast<std::uint64_t>(target.num()), den = static_cast<std::uint64_t>(target.den());
    const detail::wide low = detail::plus(lower_, detail::mul(ones_, one));
    const triple want = product(detail::mul(num, count_), one);
    return product(low, den) <= want && product(detail::plus(low, {0, inexact_}), den) >= want;
  }

  /// The mean as a percentage with 0 to 16 decimals, rounded as named: "99.98%". Throws for other numbers of
  /// decimals.
  [[nodiscard]] std::string percent(int digits, rounding mode) const {
    if (digits < 0 || digits > 16) detail::fail("a percentage has 0 to 16 decimals");
    std::int64_t unit = 100;
    for (int i = 0; i < digits; ++i) unit *= 10;
    std::int64_t below = 0, above = unit + 1;  // below / unit <= mean < above / unit
    while (above - below > 1) {
      const std::int64_t middle = below + (above - below) / 2;
      (compare(ratio(middle, unit)) >= 0 ? below : above) = middle;
    }
    const bool rest = compare(ratio(below, unit)) != 0;
    const auto half = compare(ratio(2 * below + 1, 2 * unit));
    const bool up =
        detail::rounds_away(mode, false, below % 2 != 0, rest, half < 0 ? -1 : (half > 0 ? 1 : 0));
    return sla::percent(ratio(below + (up ? 1 : 0), unit), digits, rounding::floor);
  }

 private:
  static constexpr std::uint64_t one = std::uint64_t{1} << 63;  // of the bounds
  using triple = std::array<std::uint64_t, 3>;                  // most first, so that it compares as it is
  struct rate {
    std::uint64_t whole, part;
    friend constexpr auto operator<=>(const rate&, const rate&) noexcept = default;
  };

  struct fraction {
    std::int64_t num, den;
    [[nodiscard]] fraction plus(std::int64_t times, const fraction& o) const noexcept {
      return {num + times * o.num, den + times * o.den};
    }
  };
  /// The mean as a sum of rates over their common denominator.
  struct exact_sum {
    detail::big_natural sum, common;
    [[nodiscard]] std::strong_ordering compare(std::uint64_t num, std::uint64_t den,
                                               std::uint64_t count) const {
      detail::big_natural left = sum, right = common;
      left *= den;
      right *= num;
      right *= count;
      return left <=> right;
    }
  };
  // Compares with one fraction after another, and adds up exactly at most once.
  class comparing {
   public:
    explicit comparing(const rate_mean& mean) noexcept : mean_(mean) {}
    [[nodiscard]] std::strong_ordering operator()(std::int64_t num, std::int64_t den) const {
      const auto n = static_cast<std::uint64_t>(num), d = static_cast<std::uint64_t>(den);
      if (const auto told = mean_.compare_by_bounds(n, d)) return *told;
      if (!sum_) sum_ = mean_.add_exactly();
      return sum_->compare(n, d, mean_.count_);
    }

   private:
    const rate_mean& mean_;
    mutable std::optional<exact_sum> sum_;
  };

  // Moves `from` towards `to` as far as the mean stays on its side; whether it met the mean.
  [[nodiscard]] static bool advance(const comparing& with, fraction& from, const fraction& to,
                                    std::int64_t most, std::strong_ordering side) {
    std::int64_t kept = 0, gone = (most - from.den) / to.den + 1;
    while (gone - kept > 1) {
      const std::int64_t times = kept + (gone - kept) / 2;
      const fraction f = from.plus(times, to);
      const auto order = with(f.num, f.den);
      if (order == 0) {
        from = f;
        return true;
      }
      (order == side ? kept : gone) = times;
    }
    from = from.plus(kept, to);
    return false;
  }

  [[nodiscard]] static triple product(const detail::wide& a, std::uint64_t b) noexcept {
    const detail::wide low = detail::mul(a.lo, b), high = detail::plus(detail::mul(a.hi, b), {0, low.hi});
    return {high.hi, high.lo, low.lo};
  }

  // Nothing where the bounds do not decide.
  [[nodiscard]] std::optional<std::strong_ordering> compare_by_bounds(std::uint64_t num,
                                                                      std::uint64_t den) const {
    // Both sides times count * den * 2^63.
    const detail::wide low = detail::plus(lower_, detail::mul(ones_, one));
    const detail::wide high = detail::plus(low, {0, inexact_});
    const triple want = product(detail::mul(num, count_), one);
    if (product(low, den) > want) return std::strong_ordering::greater;
    if (product(high, den) < want) return std::strong_ordering::less;
    if (inexact_ == 0) return product(low, den) <=> want;
    return std::nullopt;
  }

  [[nodiscard]] exact_sum add_exactly() const {
    std::vector<rate> rates = rates_;
    for (rate& r : rates) {
      const std::uint64_t g = std::gcd(r.whole, r.part);
      r.whole /= g;
      r.part /= g;
    }
    std::ranges::sort(rates);
    detail::big_natural common(1);
    for (std::size_t i = 0; i < rates.size(); ++i)
      if (i == 0 || rates[i].whole != rates[i - 1].whole)
        common *= rates[i].whole / std::gcd(common % rates[i].whole, rates[i].whole);
    detail::big_natural sum = common;
    sum *= ones_;
    detail::big_natural share;
    for (std::size_t i = 0; i < rates.size(); ++i) {
      if (i == 0 || rates[i].whole != rates[i - 1].whole) {
        share = common;
        share /= rates[i].whole;
      }
      detail::big_natural part = share;
      part *= rates[i].part;
      sum += part;
    }
    return {std::move(sum), std::move(common)};
  }

  std::vector<rate> rates_;  // other than 0 and 1
  std::uint64_t count_ = 0, ones_ = 0, inexact_ = 0;
  detail::wide lower_;  // the sum of `rates_`, each floored to a multiple of 2^-63
};

}  // namespace v0
}  // namespace sla
