// SPDX-License-Identifier: MIT
#pragma once

// An amount of money: a whole number of the currency's minor units, and the currency. Nothing else.
//
//     auto fee = sla::money::minor(1'200'000, sla::cny);      // 12,000.00 yuan; the name says what the
//     number is auto credit = fee.times(10_pct, sla::rounding::half_up); // 1,200.00 sla::to_string(credit);
//     // "1200.00 CNY"
//
// The hard question: what is a third of 100.00? Here nothing is rounded on the way; `times` takes the exact
// rate and one named rounding (rule M2). Adding two currencies, or passing the edge of int64, throws
// sla::error: the library settles no exchange rate and loses no cent.

#include <array>
#include <compare>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <sla/base/error.hpp>
#include <sla/base/ratio.hpp>
#include <sla/base/rounding.hpp>
#include <sla/base/wide.hpp>

namespace sla {
inline namespace v0 {

/// An ISO 4217 code and its number of decimals (0 to 4).
class currency {
 public:
  /// Throws where the code is not three capital letters or the decimals are outside 0 to 4.
  constexpr currency(std::string_view code, int decimals) : decimals_(static_cast<std::int8_t>(decimals)) {
    if (code.size() != 3 || decimals < 0 || decimals > 4)
      detail::fail("a currency is three capital letters and 0 to 4 decimals");
    for (std::size_t i = 0; i < 3; ++i) {
      if (code[i] < 'A' || code[i] > 'Z')
        detail::fail("a currency is three capital letters and 0 to 4 decimals");
      code_[i] = code[i];
    }
  }

  [[nodiscard]] constexpr std::string_view code() const noexcept { return {code_.data(), code_.size()}; }
  [[nodiscard]] constexpr int decimals() const noexcept { return decimals_; }
  /// How many minor units make one: 100 for CNY, 1 for JPY, 1000 for KWD.
  [[nodiscard]] constexpr std::int64_t unit() const noexcept {
    std::int64_t u = 1;
    for (int i = 0; i < decimals_; ++i) u *= 10;
    return u;
  }
  friend constexpr bool operator==(const currency&, const currency&) noexcept = default;

 private:
  std::array<char, 3> code_{};
  std::int8_t decimals_;
};

inline constexpr currency cny{"CNY", 2};
inline constexpr currency usd{"USD", 2};
inline constexpr currency eur{"EUR", 2};
inline constexpr currency gbp{"GBP", 2};
inline constexpr currency hkd{"HKD", 2};
inline constexpr currency sgd{"SGD", 2};
inline constexpr currency jpy{"JPY", 0};
inline constexpr currency krw{"KRW", 0};
inline constexpr currency kwd{"KWD", 3};

/// The currencies known by code; a host may use any other by constructing it.
inline constexpr std::array known_currencies{cny, usd, eur, gbp, hkd, sgd, jpy, krw, kwd};

[[nodiscard]] constexpr std::optional<currency> parse_currency(std::string_view code) noexcept {
  for (const currency& c : known_currencies)
    if (c.code() == code) return c;
  return std::nullopt;
}

/// Minor units and a currency.
class money {
 public:
  [[nodiscard]] static constexpr money minor(std::int64_t units, currency in) noexcept { return {units, in}; }
  /// Minor units are whole: an amount with decimals is read by parse_amount.
  static money minor(std::floating_point auto, currency) = delete;

  [[nodiscard]] constexpr std::int64_t minor_units() const noexcept { return units_; }
  [[nodiscard]] constexpr const currency& in() const noexcept { return in_; }
  [[nodiscard]] constexpr bool is_zero() const noexcept { return units_ == 0; }

  /// This amount times an exact rate, rounded once as named. Throws on overflow.
  [[nodiscard]] constexpr money times(const ratio& rate, rounding mode) const {
    const auto units = scale(units_, rate, mode);
    if (!units) detail::fail("an amount of money must fit 64 bits of minor units");
    return {*units, in_};
  }

  /// The sum, or nothing where currencies differ or it leaves int64.
  [[nodiscard]] friend constexpr std::optional<money> checked_add(const money& a, const money& b) noexcept {
    if (a.in_ != b.in_) return std::nullopt;
    const auto units = detail::checked_add(a.units_, b.units_);
    return units ? std::optional(money{*units, a.in_}) : std::nullopt;
  }

  [[nodiscard]] friend constexpr money operator+(const money& a, const money& b) {
    same(a, b);
    const auto sum = checked_add(a, b);
    if (!sum) detail::fail("an amount of money must fit 64 bits of minor units");
    return *sum;
  }
  [[nodiscard]] constexpr money operator-() const {
    const auto units = detail::checked_sub(0, units_);
    if (!units) detail::fail("an amount of money must fit 64 bits of minor units");
    return {*units, in_};
  }
  [[nodiscard]] friend constexpr money operator-(const money& a, const money& b) {
    same(a, b);
    const auto units = detail::checked_sub(a.units_, b.units_);
    if (!units) detail::fail("an amount of money must fit 64 bits of minor units");
    return {*units, a.in_};
  }
  constexpr money& operator+=(const money& other) { return *this = *this + other; }
  constexpr money& operator-=(const money& other) { return *this = *this - other; }

  friend constexpr bool operator==(const money&, const money&) noexcept = default;
  /// Order of two amounts of one currency; amounts of different currencies are unordered.
  friend constexpr std::partial_ordering operator<=>(const money& a, const money& b) noexcept {
    if (a.in_ != b.in_) return std::partial_ordering::unordered;
    return a.units_ <=> b.units_;
  }

 private:
  constexpr money(std::int64_t units, currency in) noexcept : units_(units), in_(in) {}
  static constexpr void same(const money& a, const money& b) {
    if (a.in_ != b.in_)
      detail::fail("amounts of " + std::string(a.in_.code()) + " and " + std::string(b.in_.code()) +
                   " do not mix");
  }

  std::int64_t units_;
  currency in_;
};

/// "12000.00", without the code.
[[nodiscard]] constexpr std::string amount_text(const money& m) {
  return decimal(ratio(m.minor_units(), m.in().unit()), m.in().decimals(), rounding::toward_zero);
}

/// "12000.00 CNY".
[[nodiscard]] constexpr std::string to_string(const money& m) {
  return amount_text(m) + ' ' + std::string(m.in().code());
}

/// "9000", "9000.5" or "-9000.00" of a currency; nothing where it is no number, is no whole number of minor
/// units, or leaves int64.
[[nodiscard]] constexpr std::optional<money> parse_amount(std::string_view text, currency in) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  const auto value = detail::parse_decimal(text, negative);
  if (!value || in.unit() % value->den() != 0) return std::nullopt;
  const auto units = scale(in.unit(), *value, rounding::floor);
  if (!units) return std::nullopt;
  return money::minor(*units, in);
}

}  // namespace v0
}  // namespace sla
