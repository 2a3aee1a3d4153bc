// SPDX-License-Identifier: MIT
#pragma once

// The one counting function (rule C4): own time, less the union of the pauses that stop the clock. Due, warnings,
// used, remaining, overdue and the sums by party are all read from it, so they cannot disagree.
//
//     sla::counting c(terms, start, 0);           // nothing paused
//     c.pauses(start + 20min, 1 << customer_reply);
//     c.pauses(start + 50min, 0);
//     c.due();                                    // start + limit + 30min, if the calendar is open throughout
//
// The hard question: a pause that lasts, with a cap. Customer reasons may have a cap (rule C5). It is used up by
// own time that customer reasons alone stop, each reason its own; a reason whose cap is used up stops the clock no
// more. So a capped pause has an end that can be named, and the clock a due instant; any other pause has neither.
//
// What begins at or after the instant at which the limit is used up changes nothing (rule C6): from there on
// all own time counts.

#include <algorithm>
#include <array>
#include <bit>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>

#include <sla/base/instant.hpp>
#include <sla/base/ratio.hpp>
#include <sla/base/units.hpp>
#include <sla/clock/event.hpp>
#include <sla/clock/own_time.hpp>
#include <sla/clock/terms.hpp>

namespace sla {
inline namespace v0 {

/// What a clock used up, up to an instant.
struct tally {
  std::chrono::seconds counted{0};
  std::array<std::chrono::seconds, party_count> paused{};  ///< own time not counted, by party
  std::array<std::chrono::seconds, party_count>
      attributed{};  ///< own time counted although a pause was recorded

  [[nodiscard]] constexpr std::chrono::seconds worked() const noexcept {
    std::chrono::seconds sum = counted;
    for (const auto p : paused) sum += p;
    return sum;
  }
};

/// Counts forward through one clock's pauses. `terms` must outlive it. Calls come in order of time.
class counting {
 public:
  /// From `from` on, with the reasons of `active` already pausing (rule C5). With a warning it counts toward that
  /// warning's share of the limit instead, and due() is the warning's instant (rule C13). `amount` stands for the
  /// limit where it is given (rule C11, to the next line of a grid).
  counting(const clock_terms& terms, instant from, reason_mask active, const warning* aim = nullptr,
           const std::optional<std::chrono::seconds>& amount = {}) noexcept
      : terms_(&terms),
        aim_(aim),
        time_(terms),
        from_(from),
        at_(from),
        limit_(terms.limit),
        amount_(amount ? *amount : time_.amount(terms.limit, from)),
        active_(active) {
    project();
  }

  /// From `at` on exactly these reasons pause.
  void pauses(instant at, reason_mask active) noexcept {
    if (active == active_) return;
    settle(at);
    active_ = active;
    project();
  }
  /// [from, to) belongs to nobody: the incident was closed (rule C10).
  void exclude(instant from, instant to, reason_mask active) noexcept {
    settle(from);
    if (!used_up_) {
      tally_.paused[static_cast<std::size_t>(party::nobody)] += time_.between(std::max(from, at_), to);
      at_ = std::max(at_, to);
    }
    active_ = active;
    project();
  }
  /// Own time added to the limit by agreement (rule C14).
  void extend(instant at, const time_limit& by) noexcept {
    settle(at);
    const auto before = amount_;
    if (by.in() == limit_.in()) {
      limit_ = sum(limit_, by);
      amount_ = limit_.in() == time_limit::unit::business_days
                    ? std::max(before, time_.amount(limit_, from_))
                    : std::min(before + time_.amount(by, at), own_time::endless);
    } else {
      amount_ = std::min(before + time_.amount(by, at), own_time::endless);
      limit_ = time_.business() ? time_limit(sla::worked(amount_)) : time_limit(amount_);
    }
    if (amount_ > before) used_up_ = false;
    project();
  }
  /// The same from an event: by an amount, or due no earlier than a fixed date.
  void extend(instant at, const event& e) noexcept {
    if (e.until.is_unknown()) {
      extend(at, e.by);
    } else {
      fixed_ = std::max(fixed_, e.until);
    }
  }
  /// Whether the limit was used up before an agreed date under which the clock goes on: then an extension of the
  /// limit makes count what came in between, and it is counted again from restarted().
  [[nodiscard]] bool awaits_date(instant at) const noexcept {
    return fixed_ > instant::earliest() && used_up_by(at);
  }
  /// This count back where it began, or at what was carried over to it; limit and agreed date as they are now.
  [[nodiscard]] counting restarted(const counting* carried) const noexcept {
    counting c = carried != nullptr ? *carried : counting(*terms_, from_, 0, aim_);
    c.limit_ = limit_;
    c.amount_ = amount_;
    c.fixed_ = fixed_;
    c.used_up_ = false;
    c.project();
    return c;
  }
  /// Goes on under other terms with what is used up so far (rule C8, carry).
  void carry(instant at, const clock_terms& to, instant start) noexcept {
    settle(at);
    terms_ = &to;
    time_ = own_time(to);
    limit_ = to.limit;
    amount_ = time_.amount(to.limit, start);
    fixed_ = instant::earliest();
    used_up_ = false;
    project();
  }
  /// Accounts for everything before `at`.
  void up_to(instant at) noexcept { settle(at); }
  /// When the limit is used up if nothing else happens: absent while a pause lasts of which no end can be named.
  [[nodiscard]] std::optional<instant> due() const noexcept {
    if (held_) return std::nullopt;
    return due_at();
  }
  /// The two halves of due(), for whoever asks at every record: an optional just written is slow to read.
  [[nodiscard]] bool held() const noexcept { return held_; }
  [[nodiscard]] instant due_at() const noexcept { return stands(reach_); }
  /// due() if every pause ended at `at`.
  [[nodiscard]] instant due_if_resumed(instant at) const noexcept {
    if (used_up_by(at)) return due_at();
    return stands(time_.after(at, target() - at_end(at).counted));
  }
  /// What is used up at `end`, which is not before the last call's instant.
  [[nodiscard]] tally at_end(instant end) const noexcept {
    if (active_ == 0) {
      tally t = tally_;
      t.counted += time_.between(at_, end);
      return t;
    }
    counting copy = *this;
    copy.settle(end);
    return copy.tally_;
  }
  /// Whether a pause stops the clock at `at`, which is not before the last call's instant.
  [[nodiscard]] bool stopped_at(instant at) const noexcept {
    if (used_up_by(at)) return false;
    const hold h = holding();
    return h.any() && time_.between(at_, at) < h.lasts;
  }
  /// Own time from `at` on until the caps of what stops the clock then are used up; 0 where nothing does, endless where
  /// no cap will end it.
  [[nodiscard]] std::chrono::seconds pause_left(instant at) const noexcept {
    if (used_up_by(at)) return std::chrono::seconds(0);
    counting copy = *this;
    copy.settle(at);
    return copy.holding().lasts;
  }
  /// Own time left at `end`.
  [[nodiscard]] std::chrono::seconds remaining(instant end, std::chrono::seconds counted) const noexcept {
    const std::chrono::seconds left = std::max(amount_ - counted, std::chrono::seconds(0));
    return fixed_ > end && fixed_.is_finite() ? std::max(left, time_.between(end, fixed_)) : left;
  }

  /// The same at the last call's instant.
  [[nodiscard]] std::chrono::seconds left() const noexcept { return target() - tally_.counted; }

  [[nodiscard]] const clock_terms& terms() const noexcept { return *terms_; }
  [[nodiscard]] const own_time& time() const noexcept { return time_; }
  [[nodiscard]] instant from() const noexcept { return from_; }
  [[nodiscard]] const time_limit& limit() const noexcept { return limit_; }
  [[nodiscard]] std::chrono::seconds amount() const noexcept { return amount_; }
  /// The agreed date before which nothing is due; earliest() where there is none.
  [[nodiscard]] instant agreed() const noexcept { return fixed_; }

 private:
  // What the active reasons do from at_ on. `lasts`: own time until their caps are used up, or endless.
  struct hold {
    std::chrono::seconds lasts{0};
    party by = party::nobody;
    bool customer_alone = true;
    [[nodiscard]] constexpr bool any() const noexcept { return lasts > std::chrono::seconds(0); }
  };

  [[nodiscard]] hold holding() const noexcept {
    hold h;
    if (active_ == 0) return h;
    for (reason_mask left = active_ & terms_->stopped_by; left != 0; left &= left - 1) {
      const auto i = static_cast<std::size_t>(std::countr_zero(left));
      if (i >= terms_->reasons.size()) break;
      const pause_reason& r = terms_->reasons[i];
      const std::chrono::seconds lasts = capped(r) ? cap_left(i) : own_time::endless;
      if (lasts <= std::chrono::seconds(0)) continue;
      h.lasts = std::max(h.lasts, lasts);
      h.by = std::min(h.by, r.by);
      h.customer_alone = h.customer_alone && r.by == party::customer;
    }
    return h;
  }
  // A cap on anybody else's reason would let that party end its own excuse; only the customer's are read.
  [[nodiscard]] static bool capped(const pause_reason& r) noexcept {
    return r.cap && r.by == party::customer;
  }
  [[nodiscard]] std::chrono::seconds cap_left(std::size_t i) const noexcept {
    const auto whole = time_.amount(*terms_->reasons[i].cap, from_);
    return ((caps_touched_ >> i) & 1U) == 0 ? whole : whole - cap_used_[i];
  }
  void use_caps(std::chrono::seconds stopped) noexcept {
    for (reason_mask left = active_ & terms_->stopped_by; left != 0; left &= left - 1) {
      const auto i = static_cast<std::size_t>(std::countr_zero(left));
      if (i >= terms_->reasons.size()) break;
      if (!capped(terms_->reasons[i])) continue;
      const auto used = std::min(cap_left(i), stopped);
      if (((caps_touched_ >> i) & 1U) == 0) cap_used_[i] = std::chrono::seconds(0);
      caps_touched_ |= reason_mask{1} << i;
      cap_used_[i] += used;
    }
  }
  [[nodiscard]] party recorded_by() const noexcept {
    party by = party::nobody;
    for (reason_mask left = active_; left != 0; left &= left - 1) {
      const auto i = static_cast<std::size_t>(std::countr_zero(left));
      if (i < terms_->reasons.size()) by = std::min(by, terms_->reasons[i].by);
    }
    return by;
  }

  // What is counted toward.
  [[nodiscard]] std::chrono::seconds target() const noexcept {
    if (aim_ == nullptr) return amount_;
    if (aim_->at_share)
      return std::chrono::seconds(
          scale(amount_.count(), *aim_->at_share, rounding::ceil).value_or(own_time::endless.count()));
    return aim_->before_due
               ? std::max(amount_ - time_.amount(*aim_->before_due, from_), std::chrono::seconds(0))
               : amount_;
  }
  // Where a target used up at t is due. A warning stands at its own instant, whatever the landing.
  [[nodiscard]] instant stands(instant t) const noexcept {
    if (aim_ == nullptr) return std::max(time_.landed(t, terms_->landing), fixed_);
    if (!aim_->before_due || aim_->at_share) return t;
    return std::max(t, time_.before(fixed_, time_.amount(*aim_->before_due, from_)));
  }
  [[nodiscard]] bool used_up_by(instant t) const noexcept { return used_up_ || (!held_ && reach_ <= t); }

  // Accounts for [at_, to).
  void settle(instant to) noexcept {
    if (to <= at_) {
      used_up_ = used_up_by(at_);
      return;
    }
    const std::chrono::seconds length = time_.between(at_, to);
    std::chrono::seconds stopped{0};
    if (active_ != 0) {
      if (const hold h = holding(); !used_up_ && h.any()) {
        stopped = std::min(h.lasts, length);
        tally_.paused[static_cast<std::size_t>(h.by)] += stopped;
        if (h.customer_alone) use_caps(stopped);
      }
      tally_.attributed[static_cast<std::size_t>(recorded_by())] += length - stopped;
    }
    tally_.counted += length - stopped;
    used_up_ = used_up_by(to);
    at_ = to;
  }

  // Where the limit is used up from at_ on, once.
  void project() noexcept {
    if (used_up_) return;
    const std::chrono::seconds left = target() - tally_.counted;
    if (left <= std::chrono::seconds(0)) {
      held_ = false;
      used_up_ = true;
      reach_ = at_;
      return;
    }
    const hold h = holding();
    held_ = h.lasts >= own_time::endless;
    if (!held_) reach_ = time_.after(at_, std::min(h.lasts + left, own_time::endless));
  }

  [[nodiscard]] static time_limit sum(const time_limit& a, const time_limit& b) noexcept {
    const std::int64_t most =
        a.in() == time_limit::unit::business_days ? std::int32_t{2'000'000'000} : own_time::endless.count();
    const std::int64_t n = std::min(std::min(a.count(), most) + std::min(b.count(), most), most);
    switch (a.in()) {
      case time_limit::unit::elapsed: return std::chrono::seconds(n);
      case time_limit::unit::worked: return sla::worked(std::chrono::seconds(n));
      case time_limit::unit::business_days: return business_days(static_cast<std::int32_t>(n));
    }
    return a;
  }

  const clock_terms* terms_ = nullptr;
  const warning* aim_ = nullptr;
  own_time time_;
  instant from_;
  instant at_;                           // counted up to here
  instant reach_;                        // where the limit is used up, unless held_
  instant fixed_ = instant::earliest();  // an agreed date
  time_limit limit_;
  std::chrono::seconds amount_{0};
  tally tally_;
  reason_mask active_ = 0;
  reason_mask caps_touched_ = 0;  // which of cap_used_ hold a value
  bool held_ = false;             // by a pause without a nameable end
  bool used_up_ = false;          // reach_ is in the past and stays
  std::array<std::chrono::seconds, reason_limit> cap_used_;
};

}  // namespace v0
}  // namespace sla
