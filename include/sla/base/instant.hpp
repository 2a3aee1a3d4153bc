// SPDX-License-Identifier: MIT
#pragma once

// A point in time: whole seconds since 1970-01-01T00:00:00Z, leap seconds not counted, plus two reserved
// values.
//
//     sla::instant t = std::chrono::sys_days{2026y / 10 / 12} + 1h;   // whole seconds, hours or days are an
//     instant t + 30min                                                       // elapsed time may be added
//     // t + 4_bh                                                     // does not compile: only a calendar
//     can do that
//
// The hard question: when is an amount of business time used up that a calendar will never provide, or that
// lies past the years the calendar covers? Neither has a date, and a far-away date would be a wrong answer
// that looks like a right one. So there are `instant::never()` and `instant::unknown()` (rule T10). They
// compare after every other instant (never before unknown), and adding to them leaves them as they are.
//
// Fractions of a second are floored on entry, by name: `instant::floor(t)` (rule T16).

#include <chrono>
#include <compare>
#include <concepts>
#include <cstdint>

namespace sla {
inline namespace v0 {

class instant {
 public:
  /// 1970-01-01T00:00:00Z.
  constexpr instant() noexcept = default;

  /// Any sys_seconds; clamped to `earliest()` and `latest()`, some 73 thousand million years each way.
  constexpr instant(std::chrono::sys_seconds t) noexcept : seconds_(clamp(t.time_since_epoch().count())) {}
  constexpr instant(std::chrono::sys_days t) noexcept
      : seconds_(whole(t.time_since_epoch().count(), 86'400)) {}
  /// Any other time point that loses nothing in seconds, as `sys_days + 1h` is. A finer one needs `floor`.
  template <class Duration>
    requires std::convertible_to<Duration, std::chrono::seconds>
  constexpr instant(std::chrono::sys_time<Duration> t) noexcept
      : seconds_(whole(t.time_since_epoch().count(), Duration::period::num)) {}

  /// A finer time point, floored to the second.
  template <class Duration>
  [[nodiscard]] static constexpr instant floor(std::chrono::sys_time<Duration> t) noexcept {
    if constexpr (std::convertible_to<Duration, std::chrono::seconds>)
      return t;
    else
      return std::chrono::floor<std::chrono::seconds>(t);
  }
  /// `count` seconds after 1970-01-01T00:00:00Z.
  [[nodiscard]] static constexpr instant from_unix(std::int64_t count) noexcept {
    return std::chrono::sys_seconds(std::chrono::seconds(count));
  }

  [[nodiscard]] static constexpr instant earliest() noexcept { return from_unix(-limit); }
  [[nodiscard]] static constexpr instant latest() noexcept { return from_unix(limit); }
  /// No such instant will come.
  [[nodiscard]] static constexpr instant never() noexcept { return instant(reserved{limit + 1}); }
  /// The answer lies where nothing is known.
  [[nodiscard]] static constexpr instant unknown() noexcept { return instant(reserved{limit + 2}); }

  /// Neither never nor unknown.
  [[nodiscard]] constexpr bool is_finite() const noexcept { return seconds_ <= limit; }
  [[nodiscard]] constexpr bool is_never() const noexcept { return seconds_ == limit + 1; }
  [[nodiscard]] constexpr bool is_unknown() const noexcept { return seconds_ == limit + 2; }

  /// Seconds since 1970. Reserved values answer numbers above latest().
  [[nodiscard]] constexpr std::int64_t unix_seconds() const noexcept { return seconds_; }
  [[nodiscard]] constexpr std::chrono::sys_seconds sys() const noexcept {
    return std::chrono::sys_seconds(std::chrono::seconds(seconds_));
  }

  friend constexpr bool operator==(const instant&, const instant&) noexcept = default;
  friend constexpr auto operator<=>(const instant&, const instant&) noexcept = default;

  /// Elapsed time later or earlier. Reserved values stay; the rest is clamped to earliest() and latest().
  [[nodiscard]] friend constexpr instant operator+(instant t, std::chrono::seconds d) noexcept {
    return t.is_finite() ? from_unix(t.seconds_ + clamp(d.count(), 2 * limit)) : t;
  }
  [[nodiscard]] friend constexpr instant operator-(instant t, std::chrono::seconds d) noexcept {
    return t.is_finite() ? from_unix(t.seconds_ - clamp(d.count(), 2 * limit)) : t;
  }
  /// Elapsed time from b to a. A reserved value lies infinitely late: seconds::max() where a is one, else
  /// seconds::min() where b is.
  [[nodiscard]] friend constexpr std::chrono::seconds operator-(instant a, instant b) noexcept {
    if (!a.is_finite()) return std::chrono::seconds::max();
    if (!b.is_finite()) return std::chrono::seconds::min();
    return std::chrono::seconds(a.seconds_ - b.seconds_);
  }

 private:
  struct reserved {
    std::int64_t value;
  };
  constexpr explicit instant(reserved r) noexcept : seconds_(r.value) {}

  // A quarter of int64's range: the distance of two ordinary instants, 2 * limit at most, can be added to a third.
  static constexpr std::int64_t limit = std::int64_t{1} << 61;
  [[nodiscard]] static constexpr std::int64_t clamp(std::int64_t s, std::int64_t most = limit) noexcept {
    return s < -most ? -most : (s > most ? most : s);
  }
  // std::chrono's own conversion to seconds overflows for days far away.
  [[nodiscard]] static constexpr std::int64_t whole(std::int64_t n, std::int64_t each) noexcept {
    return n > limit / each ? limit : (n < -(limit / each) ? -limit : n * each);
  }

  std::int64_t seconds_ = 0;
};

}  // namespace v0
}  // namespace sla
