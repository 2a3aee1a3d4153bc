// SPDX-License-Identifier: MIT
#pragma once

// The rule that a zone file states for all time after its last explicit transition (RFC 9636, 3.3): the POSIX
// TZ string, with hours from -167 to 167.
//
//     sla::posix_zone ny("EST5EDT,M3.2.0,M11.1.0");
//     ny.offset_at(instant in July 2045)      // -4 h
//
// The hard question: what holds where two changes of the rule fall on one instant? "EST5EDT,0/0,J365/25" ends
// summer time at the very instant the next year's begins, and means summer time for ever: the later year
// wins.
//
// Offsets here are east of Greenwich, as everywhere in this library; the text counts them westward.

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <sla/base/error.hpp>
#include <sla/base/instant.hpp>

namespace sla {
inline namespace v0 {

class posix_zone {
 public:
  /// Reads the text. Throws sla::error that says what was expected and where.
  explicit constexpr posix_zone(std::string_view footer) {
    reader in{footer, footer};
    in.name();
    standard_ = -in.time(24, "an offset such as 5 or -5:30");
    if (in.rest.empty()) return;
    in.name();
    summer_offset_ = standard_ + std::chrono::hours(1);
    if (!in.rest.empty() && !in.rest.starts_with(','))
      summer_offset_ = -in.time(24, "an offset such as 5 or -5:30");
    has_summer_ = true;
    in.literal(',', "',' and the day summer time begins");
    begin_ = in.rule();
    in.literal(',', "',' and the day summer time ends");
    end_ = in.rule();
    if (!in.rest.empty()) in.wrong("the end of the text");
  }
  /// One offset for ever.
  explicit constexpr posix_zone(std::chrono::seconds offset) noexcept : standard_(offset) {}

  [[nodiscard]] constexpr std::chrono::seconds standard_offset() const noexcept { return standard_; }
  [[nodiscard]] constexpr bool has_summer_time() const noexcept { return has_summer_; }

  /// East of Greenwich. Constant time.
  [[nodiscard]] constexpr std::chrono::seconds offset_at(instant t) const noexcept {
    if (!has_summer_ || !t.is_finite()) return standard_;
    const std::int64_t s = t.unix_seconds() - cycle_begin(t);
    std::chrono::seconds offset = standard_;
    for (const change& c : changes_around(s)) {
      if (c.at > s) break;
      offset = c.offset;
    }
    return offset;
  }

  /// The first instant after t at which the offset changes; never() where it does not. Constant time.
  [[nodiscard]] constexpr instant next_change(instant t) const noexcept {
    if (!has_summer_ || !t.is_finite()) return instant::never();
    const std::int64_t base = cycle_begin(t), s = t.unix_seconds() - base;
    const std::chrono::seconds offset = offset_at(t);
    const auto changes = changes_around(s);
    // Of changes at one instant the last one holds; the very last here may have a follower that is not here.
    for (std::size_t i = 0; i + 1 < changes.size(); ++i) {
      if (changes[i].at <= s || changes[i + 1].at == changes[i].at) continue;
      if (changes[i].offset == offset) continue;
      const instant next = instant::from_unix(changes[i].at + base);
      return next > t ? next : instant::never();  // there is none after the last instant
    }
    return instant::never();
  }

  friend constexpr bool operator==(const posix_zone&, const posix_zone&) noexcept = default;

 private:
  // A day of any year, in one of the three notations.
  struct day_rule {
    enum class form : std::uint8_t { julian_without_leap_day, zero_based, month_week_day } how{};
    int a = 0, b = 0, c = 0;
    std::chrono::seconds time{7200};

    [[nodiscard]] constexpr std::int64_t local_seconds(int year_number) const noexcept {
      using namespace std::chrono;
      const year y(year_number);
      sys_days day = y / January / 1;
      if (how == form::zero_based) {
        day += days(a);
      } else if (how == form::julian_without_leap_day) {
        day += days(a - 1 + (a >= 60 && y.is_leap() ? 1 : 0));
      } else {
        const year_month ym = y / month(static_cast<unsigned>(a));
        const weekday wd(static_cast<unsigned>(c));
        day = b == 5 ? sys_days(ym / wd[last]) : sys_days(ym / wd[static_cast<unsigned>(b)]);
      }
      return sys_seconds(day).time_since_epoch().count() + time.count();
    }
    friend constexpr bool operator==(const day_rule&, const day_rule&) noexcept = default;
  };

  struct change {
    std::int64_t at = 0;
    std::chrono::seconds offset{};
  };

  // The calendar repeats every 400 years, so that any instant can be judged as one of 1970-2370, far from the
  // limits of std::chrono::year.
  static constexpr std::int64_t cycle = 146'097LL * 86'400;
  [[nodiscard]] static constexpr std::int64_t cycle_begin(instant t) noexcept {
    const std::int64_t s = t.unix_seconds(), n = s / cycle;
    return (n - (s % cycle < 0 ? 1 : 0)) * cycle;
  }

  // A rule's hour may lie 167 hours outside its day, so that two years on either side can matter.
  [[nodiscard]] constexpr std::array<change, 10> changes_around(std::int64_t s) const noexcept {
    using namespace std::chrono;
    const int y = static_cast<int>(year_month_day(floor<days>(sys_seconds(seconds(s)))).year());
    std::array<change, 10> all{};
    for (int i = 0; i < 5; ++i) {
      change to_summer{begin_.local_seconds(y - 2 + i) - standard_.count(), summer_offset_};
      change to_standard{end_.local_seconds(y - 2 + i) - summer_offset_.count(), standard_};
      const bool summer_first = to_summer.at <= to_standard.at;
      all[static_cast<std::size_t>(2 * i)] = summer_first ? to_summer : to_standard;
      all[static_cast<std::size_t>(2 * i + 1)] = summer_first ? to_standard : to_summer;
    }
    // An insertion sort is stable: of equal instants the later year stays last.
    for (std::size_t i = 1; i < all.size(); ++i)
      for (std::size_t j = i; j > 0 && all[j].at < all[j - 1].at; --j) std::swap(all[j], all[j - 1]);
    return all;
  }

  struct reader {
    std::string_view whole, rest;

    [[noreturn]] void wrong(std::string_view expected) const {
      const std::string found = rest.empty() ? "the end" : "'" + std::string(rest.substr(0, 12)) + "'";
      detail::fail("zone rule '" + std::string(whole.substr(0, 80)) + "': expected " + std::string(expected) +
                   ", found " + found + " at character " + std::to_string(whole.size() - rest.size() + 1));
    }
    constexpr void literal(char c, std::string_view expected) {
      if (!rest.starts_with(c)) wrong(expected);
      rest.remove_prefix(1);
    }
    [[nodiscard]] constexpr bool take(char c) noexcept {
      if (!rest.starts_with(c)) return false;
      rest.remove_prefix(1);
      return true;
    }
    [[nodiscard]] static constexpr bool letter(char c) noexcept {
      return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }
    [[nodiscard]] static constexpr bool digit(char c) noexcept { return c >= '0' && c <= '9'; }

    constexpr void name() {
      std::size_t n = 0;
      if (rest.starts_with('<')) {
        n = 1;
        while (n < rest.size() && (letter(rest[n]) || digit(rest[n]) || rest[n] == '+' || rest[n] == '-'))
          ++n;
        if (n < 4 || n == rest.size() || rest[n] != '>') wrong("an abbreviation of 3 letters or more");
        rest.remove_prefix(n + 1);
        return;
      }
      while (n < rest.size() && letter(rest[n])) ++n;
      if (n < 3) wrong("an abbreviation of 3 letters or more");
      rest.remove_prefix(n);
    }
    [[nodiscard]] constexpr int number(int low, int high, std::string_view expected) {
      const reader before = *this;
      int value = 0;
      std::size_t n = 0;
      for (; n < rest.size() && n < 4 && digit(rest[n]); ++n) value = value * 10 + (rest[n] - '0');
      if (n == 0 || value < low || value > high) before.wrong(expected);
      rest.remove_prefix(n);
      return value;
    }
    [[nodiscard]] constexpr std::chrono::seconds time(int max_hours, std::string_view expected) {
      const bool negative = take('-');
      if (!negative) (void)take('+');
      std::int64_t s = std::int64_t{3600} * number(0, max_hours, expected);
      if (take(':')) {
        s += 60 * number(0, 59, "minutes from 0 to 59");
        if (take(':')) s += number(0, 59, "seconds from 0 to 59");
      }
      return std::chrono::seconds(negative ? -s : s);
    }
    [[nodiscard]] constexpr day_rule rule() {
      day_rule r;
      if (take('M')) {
        r.how = day_rule::form::month_week_day;
        r.a = number(1, 12, "a month from 1 to 12");
        literal('.', "'.' and a week from 1 to 5");
        r.b = number(1, 5, "a week from 1 to 5");
        literal('.', "'.' and a weekday from 0 to 6");
        r.c = number(0, 6, "a weekday from 0 to 6");
      } else if (take('J')) {
        r.how = day_rule::form::julian_without_leap_day;
        r.a = number(1, 365, "a day from 1 to 365");
      } else {
        r.how = day_rule::form::zero_based;
        r.a = number(0, 365, "Mm.w.d, Jn or a day from 0 to 365");
      }
      if (take('/')) r.time = time(167, "an hour from -167 to 167");
      return r;
    }
  };

  std::chrono::seconds standard_{0};
  std::chrono::seconds summer_offset_{0};
  bool has_summer_ = false;
  day_rule begin_, end_;
};

}  // namespace v0
}  // namespace sla
