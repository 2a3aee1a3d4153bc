// SPDX-License-Identifier: MIT
#pragma once

// The three units a contract measures time in, as three types that never mix (rule T13):
//
//     4h      elapsed time, on the wall clock           std::chrono::seconds and friends
//     4_bh    business time: four hours of opening      sla::worked
//     2_bd    business days                             sla::business_days
//
//     hours.add(reported, 4_bh);    // business time, by a calendar
//     reported + 4h;                // elapsed time, by anybody
//     hours.add(reported, 4h);      // does not compile: which of the two did the contract mean?
//
// The hard question: what is a day? Eight hours of opening, 24 hours, or until the same time tomorrow:
// contracts mean all three, so there is 2_bd, 8_bh and 24h, and no "1d".
//
// `time_limit` holds one of the three, as a promise states it: "within 10min", "within 4bh", "within 2bd".
//
//     sla::time_limit target = 90min;
//     sla::to_string(target);                                  // "1h30min"
//     sla::parse_time_limit("4bh") == sla::time_limit(4_bh);   // true

#include <array>
#include <chrono>
#include <compare>
#include <concepts>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <sla/base/digits.hpp>
#include <sla/base/error.hpp>
#include <sla/base/wide.hpp>

namespace sla {
inline namespace v0 {

/// An amount of business time in whole seconds, signed. Sums that leave 64 bits stay at the end of the range.
class worked {
 public:
  constexpr worked() noexcept = default;
  /// States that these seconds are business time.
  explicit constexpr worked(std::chrono::seconds s) noexcept : seconds_(s) {}

  [[nodiscard]] constexpr std::chrono::seconds seconds() const noexcept { return seconds_; }
  [[nodiscard]] constexpr std::int64_t count() const noexcept { return seconds_.count(); }

  friend constexpr bool operator==(const worked&, const worked&) noexcept = default;
  friend constexpr auto operator<=>(const worked&, const worked&) noexcept = default;
  [[nodiscard]] friend constexpr worked operator+(worked a, worked b) noexcept {
    const auto sum = detail::checked_add(a.count(), b.count());
    return sum ? worked(std::chrono::seconds(*sum)) : end_of_range(a.count() < 0);
  }
  [[nodiscard]] friend constexpr worked operator-(worked a, worked b) noexcept {
    const auto rest = detail::checked_sub(a.count(), b.count());
    return rest ? worked(std::chrono::seconds(*rest)) : end_of_range(a.count() < 0);
  }
  [[nodiscard]] constexpr worked operator-() const noexcept { return worked() - *this; }
  constexpr worked& operator+=(worked o) noexcept { return *this = *this + o; }
  constexpr worked& operator-=(worked o) noexcept { return *this = *this - o; }

 private:
  [[nodiscard]] static constexpr worked end_of_range(bool negative) noexcept {
    return worked(negative ? std::chrono::seconds::min() : std::chrono::seconds::max());
  }
  std::chrono::seconds seconds_{0};
};

/// A number of business days, signed. Of the least number the negative is the greatest.
class business_days {
 public:
  constexpr business_days() noexcept = default;
  explicit constexpr business_days(std::int32_t days) noexcept : days_(days) {}
  [[nodiscard]] constexpr std::int32_t count() const noexcept { return days_; }
  friend constexpr bool operator==(const business_days&, const business_days&) noexcept = default;
  friend constexpr auto operator<=>(const business_days&, const business_days&) noexcept = default;
  [[nodiscard]] constexpr business_days operator-() const noexcept {
    using limits = std::numeric_limits<std::int32_t>;
    return business_days(days_ == limits::min() ? limits::max() : -days_);
  }

 private:
  std::int32_t days_ = 0;
};

/// A promised length of time in one of the three units, 0 or more.
class time_limit {
 public:
  enum class unit : std::uint8_t { elapsed, worked, business_days };

  /// No time at all: due at once.
  constexpr time_limit() noexcept = default;
  /// Throws where it is negative, as the other two do.
  constexpr time_limit(std::chrono::seconds s) : time_limit(unit::elapsed, s.count()) {}
  /// Any other duration that loses nothing in seconds: 10min, 4h.
  template <class Rep, class Period>
    requires std::convertible_to<std::chrono::duration<Rep, Period>, std::chrono::seconds>
  constexpr time_limit(std::chrono::duration<Rep, Period> d) : time_limit(std::chrono::seconds(d)) {}
  constexpr time_limit(sla::worked w) : time_limit(unit::worked, w.count()) {}
  constexpr time_limit(sla::business_days d) : time_limit(unit::business_days, d.count()) {}

  [[nodiscard]] constexpr unit in() const noexcept { return unit_; }
  /// Seconds, or days where in() is business_days.
  [[nodiscard]] constexpr std::int64_t count() const noexcept { return count_; }
  /// Whether an answer needs a calendar.
  [[nodiscard]] constexpr bool needs_calendar() const noexcept { return unit_ != unit::elapsed; }
  friend constexpr bool operator==(const time_limit&, const time_limit&) noexcept = default;

 private:
  constexpr time_limit(unit u, std::int64_t count) : count_(count), unit_(u) {
    if (count < 0) detail::fail("a time limit cannot be negative");
  }
  std::int64_t count_ = 0;
  unit unit_ = unit::elapsed;
};

namespace detail {

struct unit_name {
  std::string_view text;
  time_limit::unit unit;
  std::int64_t factor;
};
// Longest first within a unit, so that printing takes the largest whole part first.
inline constexpr std::array<unit_name, 7> unit_names{{{"h", time_limit::unit::elapsed, 3600},
                                                      {"min", time_limit::unit::elapsed, 60},
                                                      {"s", time_limit::unit::elapsed, 1},
                                                      {"bh", time_limit::unit::worked, 3600},
                                                      {"bmin", time_limit::unit::worked, 60},
                                                      {"bs", time_limit::unit::worked, 1},
                                                      {"bd", time_limit::unit::business_days, 1}}};

[[nodiscard]] constexpr std::string print_count(std::int64_t count, time_limit::unit unit) {
  std::string out = count < 0 ? "-" : "";
  std::uint64_t rest = magnitude(count);
  std::string_view smallest;
  for (const unit_name& u : unit_names) {
    if (u.unit != unit) continue;
    smallest = u.text;
    const auto factor = static_cast<std::uint64_t>(u.factor);
    if (const std::uint64_t n = rest / factor; n != 0) out += digits(n).append(u.text);
    rest %= factor;
  }
  return count == 0 ? "0" + std::string(smallest) : out;
}

}  // namespace detail

/// "10min", "1h30min", "1h 30min", "4bh", "2bd" as a limit; nothing for any other text or more than 64 bits
/// of seconds (32 of days). Each unit once, the largest first. A day of 24 hours is written "24h", never
/// "1d".
[[nodiscard]] constexpr std::optional<time_limit> parse_time_limit(std::string_view text) noexcept {
  std::optional<time_limit::unit> unit;
  std::int64_t total = 0, last_factor = std::numeric_limits<std::int64_t>::max();
  while (!text.empty()) {
    std::size_t digits = 0;
    std::int64_t value = 0;
    for (; digits < text.size() && text[digits] >= '0' && text[digits] <= '9'; ++digits) {
      const auto tens = detail::checked_mul(value, 10);
      const auto next = tens ? detail::checked_add(*tens, text[digits] - '0') : std::nullopt;
      if (!next) return std::nullopt;
      value = *next;
    }
    if (digits == 0) return std::nullopt;
    std::size_t end = digits;
    while (end < text.size() && text[end] >= 'a' && text[end] <= 'z') ++end;
    const detail::unit_name* found = nullptr;
    for (const auto& u : detail::unit_names)
      if (u.text == text.substr(digits, end - digits)) found = &u;
    if (found == nullptr || (unit && *unit != found->unit) || found->factor >= last_factor)
      return std::nullopt;
    const auto amount = detail::checked_mul(value, found->factor);
    const auto sum = amount ? detail::checked_add(total, *amount) : std::nullopt;
    if (!sum) return std::nullopt;
    total = *sum;
    unit = found->unit;
    last_factor = found->factor;
    text.remove_prefix(end);
    if (const std::size_t next = text.find_first_not_of(' '); next != text.npos) text.remove_prefix(next);
  }
  if (!unit) return std::nullopt;
  switch (*unit) {
    case time_limit::unit::elapsed: return time_limit(std::chrono::seconds(total));
    case time_limit::unit::worked: return time_limit(worked(std::chrono::seconds(total)));
    case time_limit::unit::business_days:
      if (total > std::numeric_limits<std::int32_t>::max()) return std::nullopt;
      return time_limit(business_days(static_cast<std::int32_t>(total)));
  }
  return std::nullopt;
}

/// "1h30min", "-5s", "0s".
[[nodiscard]] constexpr std::string to_string(std::chrono::seconds s) {
  return detail::print_count(s.count(), time_limit::unit::elapsed);
}
/// "4bh30bmin".
[[nodiscard]] constexpr std::string to_string(worked w) {
  return detail::print_count(w.count(), time_limit::unit::worked);
}
/// "2bd".
[[nodiscard]] constexpr std::string to_string(business_days d) {
  return detail::print_count(d.count(), time_limit::unit::business_days);
}
/// As written in a policy: parse_time_limit(to_string(x)) == x.
[[nodiscard]] constexpr std::string to_string(const time_limit& t) {
  return detail::print_count(t.count(), t.in());
}

inline namespace literals {

/// Business hours, minutes, seconds and days: 4_bh, 30_bmin, 10_bs, 2_bd.
[[nodiscard]] consteval worked operator""_bh(unsigned long long n) {
  if (n > 1'000'000'000) detail::fail("at most 1,000,000,000 business hours");
  return worked(std::chrono::hours(n));
}
[[nodiscard]] consteval worked operator""_bmin(unsigned long long n) {
  if (n > 60'000'000'000) detail::fail("at most 60,000,000,000 business minutes");
  return worked(std::chrono::seconds(static_cast<std::int64_t>(n) * 60));
}
[[nodiscard]] consteval worked operator""_bs(unsigned long long n) {
  if (n > 3'600'000'000'000) detail::fail("at most 3,600,000,000,000 business seconds");
  return worked(std::chrono::seconds(n));
}
[[nodiscard]] consteval business_days operator""_bd(unsigned long long n) {
  if (n > 1'000'000) detail::fail("at most 1,000,000 business days");
  return business_days(static_cast<std::int32_t>(n));
}

}  // namespace literals
}  // namespace v0
}  // namespace sla
