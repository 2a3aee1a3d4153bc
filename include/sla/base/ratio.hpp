// SPDX-License-Identifier: MIT
#pragma once

// An exact rational number: availabilities, targets and credit rates are these, never floating point.
//
//     using namespace sla::literals;
//     static_assert(99.99_pct == sla::ratio(9'999, 10'000));
//     static_assert(sla::ratio(44'639, 44'640) < 99.998_pct);
//     sla::percent(sla::ratio(2'678'000, 2'678'400), 2, sla::rounding::floor);   // "99.98%"
//
// The hard question: 400 seconds of downtime in October are 99.98506...% of availability. Rounded to two places
// that is 99.99 %, and a contract of 99.99 % would look kept. So comparing never rounds (rule A1), and showing
// takes a named rounding; the statements use `floor` for an availability, away from the vendor's favour.
//
// A literal is read digit by digit: `0.1_pct` is exactly 1/1000. A bad one does not compile.

#include <compare>
#include <cstdint>
#include <limits>
#include <numeric>
#include <optional>
#include <string>
#include <string_view>

#include <sla/base/error.hpp>
#include <sla/base/rounding.hpp>
#include <sla/base/wide.hpp>

namespace sla {
inline namespace v0 {

/// num / den in lowest terms with den > 0. Arithmetic that leaves 64 bits throws sla::error (`checked_*` do not).
class ratio {
 public:
  constexpr ratio() noexcept = default;

  /// num / den. Throws where den is 0 or a reduced term leaves 64 bits.
  explicit constexpr ratio(std::int64_t num, std::int64_t den = 1) {
    if (den == 0) detail::fail("a ratio needs a denominator other than 0");
    const auto made = reduced(detail::magnitude(num), detail::magnitude(den), (num < 0) != (den < 0));
    if (!made) detail::fail("a ratio's terms must fit 64 bits");
    *this = *made;
  }

  [[nodiscard]] constexpr std::int64_t num() const noexcept { return num_; }
  [[nodiscard]] constexpr std::int64_t den() const noexcept { return den_; }

  friend constexpr bool operator==(const ratio&, const ratio&) noexcept = default;
  friend constexpr std::strong_ordering operator<=>(const ratio& a, const ratio& b) noexcept {
    return detail::compare_products(a.num_, b.den_, b.num_, a.den_);
  }

  [[nodiscard]] friend constexpr std::optional<ratio> checked_mul(const ratio& a, const ratio& b) noexcept {
    // Crosswise reduction first, so that only a result that truly does not fit is refused.
    const auto g = static_cast<std::uint64_t>(std::gcd(detail::magnitude(a.num_), static_cast<std::uint64_t>(b.den_)));
    const auto h = static_cast<std::uint64_t>(std::gcd(detail::magnitude(b.num_), static_cast<std::uint64_t>(a.den_)));
    const detail::wide n = detail::mul(detail::magnitude(a.num_) / g, detail::magnitude(b.num_) / h);
    const detail::wide d = detail::mul(static_cast<std::uint64_t>(a.den_) / h, static_cast<std::uint64_t>(b.den_) / g);
    if (n.hi != 0 || d.hi != 0) return std::nullopt;
    return reduced(n.lo, d.lo, (a.num_ < 0) != (b.num_ < 0));
  }

  [[nodiscard]] friend constexpr std::optional<ratio> checked_add(const ratio& a, const ratio& b) noexcept {
    const std::int64_t g = std::gcd(a.den_, b.den_);
    const auto left = detail::checked_mul(a.num_, b.den_ / g), right = detail::checked_mul(b.num_, a.den_ / g);
    const auto den = detail::checked_mul(a.den_, b.den_ / g);
    if (!left || !right || !den) return std::nullopt;
    const auto num = detail::checked_add(*left, *right);
    if (!num) return std::nullopt;
    return reduced(detail::magnitude(*num), static_cast<std::uint64_t>(*den), *num < 0);
  }

  [[nodiscard]] friend constexpr ratio operator*(const ratio& a, const ratio& b) { return must(checked_mul(a, b)); }
  [[nodiscard]] friend constexpr ratio operator+(const ratio& a, const ratio& b) { return must(checked_add(a, b)); }
  [[nodiscard]] friend constexpr ratio operator-(const ratio& a, const ratio& b) { return must(checked_add(a, -b)); }
  [[nodiscard]] friend constexpr ratio operator/(const ratio& a, const ratio& b) {
    if (b.num_ == 0) detail::fail("a ratio cannot be divided by 0");
    return must(checked_mul(a, ratio(b.den_, b.num_)));
  }
  [[nodiscard]] constexpr ratio operator-() const {
    if (num_ == std::numeric_limits<std::int64_t>::min()) detail::fail("a ratio's terms must fit 64 bits");
    ratio r = *this;
    r.num_ = -r.num_;
    return r;
  }

 private:
  [[nodiscard]] static constexpr std::optional<ratio> reduced(std::uint64_t num, std::uint64_t den, bool negative) noexcept {
    const std::uint64_t g = std::gcd(num, den);
    const auto n = detail::with_sign(num / g, negative && num != 0), d = detail::with_sign(den / g, false);
    if (!n || !d) return std::nullopt;
    ratio r;
    r.num_ = *n;
    r.den_ = *d;
    return r;
  }
  [[nodiscard]] static constexpr ratio must(std::optional<ratio> r) {
    if (!r) detail::fail("a ratio's terms must fit 64 bits");
    return *r;
  }

  std::int64_t num_ = 0;
  std::int64_t den_ = 1;
};

/// value * r rounded once as named (rule M2), or nothing where it leaves int64.
[[nodiscard]] constexpr std::optional<std::int64_t> scale(std::int64_t value, const ratio& r, rounding mode) noexcept {
  return detail::mul_div(value, r.num(), r.den(), mode);
}

namespace detail {

// "99.99" -> 9999 / 100, exactly; nothing for any other text. No sign: a rate below 0 is no rate.
[[nodiscard]] constexpr std::optional<ratio> parse_decimal(std::string_view text) noexcept {
  std::int64_t num = 0, den = 1;
  bool point = false, digit = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '.' && !point && digit && i + 1 < text.size()) {
      point = true;
    } else if (c == '\'' && digit && i + 1 < text.size() && text[i + 1] >= '0' && text[i + 1] <= '9' &&
               text[i - 1] >= '0' && text[i - 1] <= '9') {
      continue;
    } else if (c >= '0' && c <= '9') {
      digit = true;
      const auto tens = checked_mul(num, 10);
      const auto next = tens ? checked_add(*tens, c - '0') : std::nullopt;
      const auto scale = point ? checked_mul(den, 10) : std::optional<std::int64_t>(den);
      if (!next || !scale) return std::nullopt;
      num = *next;
      den = *scale;
    } else {
      return std::nullopt;
    }
  }
  if (!digit) return std::nullopt;
  return ratio(num, den);
}

}  // namespace detail

/// "99.99%", "99.99 %", "1/30" or "0.5" as an exact ratio; nothing for any other text.
[[nodiscard]] constexpr std::optional<ratio> parse_ratio(std::string_view text) {
  if (text.ends_with('%')) {
    text.remove_suffix(1);
    while (text.ends_with(' ')) text.remove_suffix(1);
    const auto value = detail::parse_decimal(text);
    return value ? checked_mul(*value, ratio(1, 100)) : std::nullopt;
  }
  if (const auto slash = text.find('/'); slash != std::string_view::npos) {
    const auto num = detail::parse_decimal(text.substr(0, slash)), den = detail::parse_decimal(text.substr(slash + 1));
    if (!num || !den || den->num() == 0) return std::nullopt;
    return checked_mul(*num, ratio(den->den(), den->num()));
  }
  return detail::parse_decimal(text);
}

/// `value` with `digits` decimals, rounded as named: decimal(ratio(1, 3), 2, rounding::floor) is "0.33". 0 to 18 digits.
[[nodiscard]] constexpr std::string decimal(const ratio& value, int digits, rounding mode) {
  if (digits < 0 || digits > 18) detail::fail("a decimal has 0 to 18 digits");
  std::int64_t unit = 1;
  for (int i = 0; i < digits; ++i) unit *= 10;
  const auto scaled = scale(unit, value, mode);
  if (!scaled) detail::fail("a value with that many decimals must fit 64 bits");
  std::uint64_t rest = detail::magnitude(*scaled);
  std::string text;
  for (int i = 0; i <= digits || rest != 0; ++i, rest /= 10) {
    if (i == digits && digits != 0) text.insert(text.begin(), '.');
    text.insert(text.begin(), static_cast<char>('0' + rest % 10));
  }
  if (*scaled < 0) text.insert(text.begin(), '-');
  return text;
}

/// `value` as a percentage with `digits` decimals, rounded as named: "99.98%".
[[nodiscard]] constexpr std::string percent(const ratio& value, int digits, rounding mode) {
  return decimal(value * ratio(100), digits, mode) + '%';
}

/// The shortest exact percentage ("99.99%"), or "num/den" where no decimal of 16 places is exact (1/30).
[[nodiscard]] constexpr std::string to_string(const ratio& value) {
  const auto hundredfold = checked_mul(value, ratio(100));
  if (hundredfold) {
    std::int64_t den = hundredfold->den();
    int twos = 0, fives = 0;
    for (; den % 2 == 0; den /= 2) ++twos;
    for (; den % 5 == 0; den /= 5) ++fives;
    const int digits = twos > fives ? twos : fives;
    std::int64_t unit = 1;
    for (int i = 0; i < digits && i < 16; ++i) unit *= 10;
    if (den == 1 && digits <= 16 && scale(unit, *hundredfold, rounding::floor))
      return decimal(*hundredfold, digits, rounding::toward_zero) + '%';
  }
  return std::to_string(value.num()) + '/' + std::to_string(value.den());
}

inline namespace literals {

/// A percentage, exactly: 99.99_pct is 9999/10000.
[[nodiscard]] consteval ratio operator""_pct(const char* text) {
  const auto value = detail::parse_decimal(text);
  if (!value) detail::fail("a percentage is written as digits with an optional point");
  return *value * ratio(1, 100);
}

}  // namespace literals
}  // namespace v0
}  // namespace sla
