// SPDX-License-Identifier: MIT
#pragma once

// The time a clock runs on: the open time of its calendar, or the wall clock where its limit is elapsed time.
//
//     sla::own_time time(terms);
//     time.between(a, b);          // seconds of it from a to b
//     time.after(t, 4h);           // the earliest instant with so much of it since t; never, unknown (rule T10)
//
// The hard question: how long are "two business days" in the middle of which a clock pauses? The days are turned
// into an amount of open time once, at the clock's start (rule T13): from there on every limit is an amount, and
// pauses, warnings and what remains follow alike for all three units.

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <limits>

#include <sla/base/instant.hpp>
#include <sla/base/units.hpp>
#include <sla/calendar/business_time.hpp>
#include <sla/clock/terms.hpp>

namespace sla {
inline namespace v0 {

class own_time {
 public:
  /// More than any clock can use up: stands for amounts that lie past what is known.
  static constexpr std::chrono::seconds endless{std::int64_t{1} << 60};

  constexpr own_time() noexcept = default;
  constexpr own_time(const time_limit& limit, const business_time* calendar) noexcept
      : calendar_(limit.needs_calendar() ? calendar : nullptr),
        missing_(limit.needs_calendar() && calendar == nullptr) {}
  /// Refers to the terms, which must outlive it.
  explicit constexpr own_time(const clock_terms& terms) noexcept : own_time(terms.limit, terms.calendar) {
    days_ = &terms.days;
  }

  /// Whether a calendar counts.
  [[nodiscard]] constexpr bool business() const noexcept { return calendar_ != nullptr || missing_; }
  [[nodiscard]] constexpr const business_time* calendar() const noexcept { return calendar_; }

  /// Own time in [a, b); 0 where b is not after a.
  [[nodiscard]] std::chrono::seconds between(instant a, instant b) const noexcept {
    if (b <= a || missing_) return std::chrono::seconds(0);
    return calendar_ == nullptr ? b - a : calendar_->worked(a, b).seconds();
  }
  /// The earliest instant with `amount` of own time since t.
  [[nodiscard]] instant after(instant t, std::chrono::seconds amount) const noexcept {
    if (amount <= std::chrono::seconds(0)) return t;
    if (missing_) return instant::unknown();
    if (calendar_ != nullptr) return calendar_->add(t, sla::worked(std::min(amount, endless)));
    return amount >= endless ? instant::unknown() : t + amount;
  }
  /// The latest instant with `amount` of own time until t; t itself where t is no date.
  [[nodiscard]] instant before(instant t, std::chrono::seconds amount) const noexcept {
    if (amount <= std::chrono::seconds(0) || !t.is_finite() || missing_) return t;
    if (calendar_ == nullptr) return t - std::min(amount, endless);
    const instant u = calendar_->subtract(t, sla::worked(std::min(amount, endless)));
    return u.is_finite() ? u : instant::earliest();
  }
  /// Own time before t, counted from a fixed point: inside the cover the differences of two positions are the amounts
  /// between them, and `at` is the earliest instant of a position that comes after some own time.
  [[nodiscard]] std::int64_t position(instant t) const noexcept {
    return calendar_ == nullptr ? t.unix_seconds() : calendar_->position(t).count();
  }
  [[nodiscard]] instant at(std::int64_t position) const noexcept {
    return calendar_ == nullptr ? instant::from_unix(position)
                                : calendar_->at_position(sla::worked(std::chrono::seconds(position)));
  }
  /// `limit` as an amount of own time for a clock started at `start`; endless where its end is not known. Elapsed
  /// and business seconds are taken as they stand: the clock they are given to says what they count.
  [[nodiscard]] std::chrono::seconds amount(const time_limit& limit, instant start) const noexcept {
    if (limit.in() != time_limit::unit::business_days)
      return std::min(std::chrono::seconds(limit.count()), endless);
    return days_amount(limit, start);
  }
  [[nodiscard]] bool is_open(instant t) const noexcept {
    if (calendar_ == nullptr) return !missing_;
    return calendar_->worked(t, t + std::chrono::seconds(1)) > sla::worked();
  }
  /// Whether every answer up to t is decided.
  [[nodiscard]] bool covers(instant t) const noexcept {
    return calendar_ == nullptr ? !missing_ : calendar_->covers(t);
  }
  [[nodiscard]] bool is_provisional(instant t) const noexcept {
    return calendar_ != nullptr && t.is_finite() && calendar_->is_provisional(t);
  }
  /// Whether any of several instants is, the first and the last of which these are.
  [[nodiscard]] bool is_provisional(instant first, instant last) const noexcept {
    return calendar_ != nullptr && (last > calendar_->known_through() || first < calendar_->known_from());
  }
  /// Where a limit used up at t stands (rule T3).
  [[nodiscard]] instant landed(instant t, due_at where) const noexcept {
    return where == due_at::closing ? t : landed_open(t);
  }

  /// The end of a span of any unit that begins at t: for spans that are no clock, such as that of confirmation.
  [[nodiscard]] static instant span_end(instant t, const time_limit& span,
                                        const business_time* calendar) noexcept {
    if (span.in() == time_limit::unit::elapsed) return t + std::chrono::seconds(span.count());
    if (calendar == nullptr) return instant::unknown();
    if (span.in() == time_limit::unit::worked)
      return calendar->add(t, sla::worked(std::chrono::seconds(span.count())));
    return calendar->add(t, days(span));
  }

 private:
  [[nodiscard]] std::chrono::seconds days_amount(const time_limit& limit, instant start) const noexcept {
    if (limit.count() == 0) return std::chrono::seconds(0);
    if (calendar_ == nullptr) return endless;
    const instant end =
        days_ == nullptr ? calendar_->add(start, days(limit)) : calendar_->add(start, days(limit), *days_);
    return end.is_finite() ? between(start, end) : endless;
  }
  [[nodiscard]] instant landed_open(instant t) const noexcept {
    if (calendar_ == nullptr || !t.is_finite()) return t;
    const instant opening = calendar_->next_open(t);
    return opening.is_never() ? t : opening;  // no opening will come: it stays due at the last closing
  }
  [[nodiscard]] static business_days days(const time_limit& limit) noexcept {
    return business_days(static_cast<std::int32_t>(
        std::min<std::int64_t>(limit.count(), std::numeric_limits<std::int32_t>::max())));
  }

  const business_time* calendar_ = nullptr;
  const business_day_rule* days_ = nullptr;  // null: at closing
  bool missing_ = false;
};

}  // namespace v0
}  // namespace sla
