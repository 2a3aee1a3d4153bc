// SPDX-License-Identifier: MIT
#pragma once

// An exact rational number: availabilities, targets and credit rates are these, never floating point.
//
//     using namespace sla::literals;
//     static_assert(99.99_pct == sla::ratio(9'999, 10'000));
//     static_assert(sla::ratio(44'639, 44'640) < 99.998_pct);
//     sla::percent(sla::ratio(2'678'000, 2'678'400), 2, sla::rounding::floor);   // "99.98%"
//     // sla::ratio(0.9999) and 1e2_pct do not compile
//
// The hard question: 400 seconds of downtime in October are 99.98506...% of availability. Rounded to two
// places that is 99.99 %, and a contract of 99.99 % would look kept. So comparing never rounds (rule A1), and
// showing takes a named rounding; the statements use `floor` for an availability, away from the vendor's
// favour.
//
// A literal is read digit by digit: `0.1_pct` is exactly 1/1000.

#include <array>
#include <compare>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numeric>
#include <optional>
#include <string>
#include <string_view>

#include <sla/base/digits.hpp>
#include <sla/base/error.hpp>
#include <sla/base/rounding.hpp>
#include <sla/base/wide.hpp>

namespace sla {
inline namespace v0 {

/// num / den in lowest terms with den > 0. Where a term of the *result* leaves 64 bits, or a divisor is 0,
/// arithmetic throws sla::error and `checked_*` answer nothing; steps on the way may be longer.
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
  /// A floating-point number is no exact rate: write 99.99_pct or ratio(9'999, 10'000).
  template <class Num, class Den = int>
    requires(std::floating_point<Num> || std::floating_point<Den>)
  explicit ratio(Num, Den = 1) = delete;

  [[nodiscard]] constexpr std::int64_t num() const noexcept { return num_; }
  [[nodiscard]] constexpr std::int64_t den() const noexcept { return den_; }

  friend constexpr bool operator==(const ratio&, const ratio&) noexcept = default;
  friend constexpr std::strong_ordering operator<=>(const ratio& a, const ratio& b) noexcept {
    return detail::compare_products(a.num_, b.den_, b.num_, a.den_);
  }

  [[nodiscard]] friend constexpr std::optional<ratio> checked_mul(const ratio& a, const ratio& b) noexcept {
    return product(a, detail::magnitude(b.num_), detail::magnitude(b.den_), b.num_ < 0);
  }
  [[nodiscard]] friend constexpr std::optional<ratio> checked_div(const ratio& a, const ratio& b) noexcept {
    if (b.num_ == 0) return std::nullopt;
    return product(a, detail::magnitude(b.den_), detail::magnitude(b.num_), b.num_ < 0);
  }
  [[nodiscard]] friend constexpr std::optional<ratio> checked_add(const ratio& a, const ratio& b) noexcept {
    return sum(a, b, b.num_ < 0);
  }
  [[nodiscard]] friend constexpr std::optional<ratio> checked_sub(const ratio& a, const ratio& b) noexcept {
    return sum(a, b, b.num_ > 0);
  }

  [[nodiscard]] friend constexpr ratio operator*(const ratio& a, const ratio& b) {
    return must(checked_mul(a, b));
  }
  [[nodiscard]] friend constexpr ratio operator+(const ratio& a, const ratio& b) {
    return must(checked_add(a, b));
  }
  [[nodiscard]] friend constexpr ratio operator-(const ratio& a, const ratio& b) {
    return must(checked_sub(a, b));
  }
  [[nodiscard]] friend constexpr ratio operator/(const ratio& a, const ratio& b) {
    if (b.num_ == 0) detail::fail("a ratio cannot be divided by 0");
    return must(checked_div(a, b));
  }
  [[nodiscard]] constexpr ratio operator-() const {
    if (num_ == std::numeric_limits<std::int64_t>::min()) detail::fail("a ratio's terms must fit 64 bits");
    ratio r = *this;
    r.num_ = -r.num_;
    return r;
  }

 private:
  [[nodiscard]] static constexpr std::optional<ratio> reduced(std::uint64_t num, std::uint64_t den,
                                                              bool negative) noexcept {
    const std::uint64_t g = std::gcd(num, den);
    const auto n = detail::with_sign(num / g, negative && num != 0), d = detail::with_sign(den / g, false);
    if (!n || !d) return std::nullopt;
    ratio r;
    r.num_ = *n;
    r.den_ = *d;
    return r;
  }
  // a * num / den. Crosswise reduction first, so that only a result that truly does not fit is refused.
  [[nodiscard]] static constexpr std::optional<ratio> product(const ratio& a, std::uint64_t num,
                                                              std::uint64_t den, bool negative) noexcept {
    const std::uint64_t a_num = detail::magnitude(a.num_), a_den = detail::magnitude(a.den_);
    const std::uint64_t g = std::gcd(a_num, den), h = std::gcd(num, a_den);
    const detail::wide n = detail::mul(a_num / g, num / h), d = detail::mul(a_den / h, den / g);
    if (n.hi != 0 || d.hi != 0) return std::nullopt;
    return reduced(n.lo, d.lo, (a.num_ < 0) != negative);
  }
  // a plus |b|, or minus it. Of the numerator over the common denominator only a divisor of g can be
  // cancelled (Knuth, 4.5.1), so nothing longer than 128 bits is needed to refuse only what does not fit.
  [[nodiscard]] static constexpr std::optional<ratio> sum(const ratio& a, const ratio& b,
                                                          bool b_negative) noexcept {
    const std::uint64_t a_den = detail::magnitude(a.den_), b_den = detail::magnitude(b.den_);
    const std::uint64_t g = std::gcd(a_den, b_den);
    const detail::wide left = detail::mul(detail::magnitude(a.num_), b_den / g);
    const detail::wide right = detail::mul(detail::magnitude(b.num_), a_den / g);
    const bool a_negative = a.num_ < 0, a_less = left < right;
    const detail::wide num = a_negative == b_negative ? detail::plus(left, right)
                             : a_less                 ? detail::minus(right, left)
                                                      : detail::minus(left, right);
    const std::uint64_t h = std::gcd(detail::div(num, g).rest, g);
    const detail::wide n = detail::div(num, h).quotient, d = detail::mul(a_den / g, b_den / h);
    if (n.hi != 0 || d.hi != 0) return std::nullopt;
    return reduced(n.lo, d.lo, a_less ? b_negative : a_negative);
  }
  [[nodiscard]] static constexpr ratio must(std::optional<ratio> r) {
    if (!r) detail::fail("a ratio's terms must fit 64 bits");
    return *r;
  }

  std::int64_t num_ = 0;
  std::int64_t den_ = 1;
};

/// value * r rounded once as named (rule M2), or nothing where it leaves int64.
[[nodiscard]] constexpr std::optional<std::int64_t> scale(std::int64_t value, const ratio& r,
                                                          rounding mode) noexcept {
  return detail::mul_div(value, r.num(), r.den(), mode);
}

namespace detail {

// "99.99" -> 9999 / 100, exactly, or its negative; nothing for any other text, or where the digits leave 64
// bits.
[[nodiscard]] constexpr std::optional<ratio> parse_decimal(std::string_view text,
                                                           bool negative = false) noexcept {
  std::int64_t num = 0, den = 1;
  bool point = false, digit = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '.' && !point && digit && i + 1 < text.size()) {
      point = true;
    } else if (c >= '0' && c <= '9') {
      digit = true;
      const auto tens = checked_mul(num, 10);
      const auto next = tens ? checked_add(*tens, negative ? '0' - c : c - '0') : std::nullopt;
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

/// "99.99%", "99.99 %", "0.5", "1/30" or "2.5/31" as an exact ratio; nothing for any other text, a sign among
/// it (a rate below 0 is no rate), or where a term leaves 64 bits.
[[nodiscard]] constexpr std::optional<ratio> parse_ratio(std::string_view text) {
  if (text.ends_with('%')) {
    text.remove_suffix(1);
    while (text.ends_with(' ')) text.remove_suffix(1);
    const auto value = detail::parse_decimal(text);
    return value ? checked_mul(*value, ratio(1, 100)) : std::nullopt;
  }
  if (const auto slash = text.find('/'); slash != std::string_view::npos) {
    const auto num = detail::parse_decimal(text.substr(0, slash)),
               den = detail::parse_decimal(text.substr(slash + 1));
    if (!num || !den || den->num() == 0) return std::nullopt;
    return checked_div(*num, *den);
  }
  return detail::parse_decimal(text);
}

namespace detail {

// value * 10^shift as a whole number, rounded as named, written with `digits` decimals.
[[nodiscard]] constexpr std::string fixed_point(const ratio& value, int shift, int digits, rounding mode) {
  std::int64_t unit = 1;
  for (int i = 0; i < shift; ++i) unit *= 10;
  const auto scaled = scale(unit, value, mode);
  if (!scaled) fail("a value with that many decimals must fit 64 bits");
  std::uint64_t rest = magnitude(*scaled);
  std::string text;
  for (int i = 0; i <= digits || rest != 0; ++i, rest /= 10) {
    if (i == digits && digits != 0) text.insert(text.begin(), '.');
    text.insert(text.begin(), static_cast<char>('0' + rest % 10));
  }
  if (*scaled < 0) text.insert(text.begin(), '-');
  return text;
}

}  // namespace detail

/// `value` with `digits` decimals (0 to 18), rounded as named: decimal(ratio(1, 3), 2, rounding::floor) is
/// "0.33". Throws where the digits together leave 64 bits.
[[nodiscard]] constexpr std::string decimal(const ratio& value, int digits, rounding mode) {
  if (digits < 0 || digits > 18) detail::fail("a decimal has 0 to 18 digits");
  return detail::fixed_point(value, digits, digits, mode);
}

/// `value` as a percentage with `digits` decimals (0 to 16), rounded as named: "99.98%". Throws where the
/// digits together leave 64 bits; a value from 0 to 1 never does.
[[nodiscard]] constexpr std::string percent(const ratio& value, int digits, rounding mode) {
  if (digits < 0 || digits > 16) detail::fail("a percentage has 0 to 16 decimals");
  return detail::fixed_point(value, digits + 2, digits, mode) + '%';
}

/// The shortest exact percentage ("99.99%"), or "num/den" where no decimal of 16 places is exact (1/30) or
/// its digits leave 64 bits. parse_ratio(to_string(x)) == x where x is not negative.
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
  return detail::digits(value.num()) + '/' + detail::digits(value.den());
}

inline namespace literals {

/// A percentage, exactly: 99.99_pct is 9999/10000. Digits may be grouped, as in any number of C++: 1'000_pct.
[[nodiscard]] consteval ratio operator""_pct(const char* text) {
  std::array<char, 64> plain{};
  std::size_t size = 0;
  for (; *text != '\0'; ++text) {
    if (*text == '\'') continue;
    if (size == plain.size()) detail::fail("a percentage has at most 64 characters");
    plain[size++] = *text;
  }
  const auto value = detail::parse_decimal({plain.data(), size});
  if (!value) detail::fail("a percentage is written as digits with an optional point");
  return *value * ratio(1, 100);
}

}  // namespace literals
}  // namespace v0
}  // namespace sla
