// SPDX-License-Identifier: MIT
#pragma once

// The first step of measuring: splits the records that exclusions have a say in, by cause or by time, into what is
// excused and what is not, and says why not (rule A6).
//
//     maintenance 01:30-04:30, excused Sundays 02:00-04:00, quota 1 h a month
//     01:30-02:00 before the excused hours    counts
//     02:00-03:00 excused
//     03:00-04:00 over the quota              counts
//     04:00-04:30 after the excused hours     counts
//
// The hard question: which hour of several is over the quota? The later: a quota is used up in order of time, over
// all records of its exclusion in the window together, whatever order they were written in. What is over it as the
// window ends is over it for the whole outage: the next window's quota excuses that window's seconds, and makes the
// outage no shorter that this one counts (rule A4: the minimum is asked of the whole).

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include <sla/availability/measurement.hpp>
#include <sla/availability/outage.hpp>
#include <sla/availability/rules.hpp>
#include <sla/availability/seconds_in.hpp>
#include <sla/availability/slice.hpp>
#include <sla/base/interval_set.hpp>
#include <sla/calendar/business_time.hpp>

namespace sla {
inline namespace v0 {
namespace detail {

/// A record that an exclusion has a say in, as far as as_of sees it.
struct claim {
  interval span;
  cause_id cause = no_cause;
  std::uint32_t row = 0;
};

/// A part of a claim: excused, refused, or `counted` where it was never claimed to be excused.
struct tagged_part {
  interval span;
  fate what = fate::excused;
  std::uint8_t exclusion = no_exclusion;
  std::uint32_t row = 0;
};

class excuser {
 public:
  /// Announcements made after `as_of` are not known yet.
  excuser(std::span<const exclusion> exclusions, interval window, instant as_of)
      : exclusions_(exclusions), window_(window) {
    // An index of a byte: what comes after the 255th exclusion would be told apart from none no more.
    if (exclusions_.size() > no_exclusion) exclusions_ = exclusions_.first(no_exclusion);
    spans_.resize(exclusions_.size());
    for (std::size_t i = 0; i < exclusions_.size(); ++i) {
      const exclusion& x = exclusions_[i];
      if (x.reach == exclusion_reach::by_time) {
        by_time_ = true;
      } else {
        excused_[x.cause] = x.cause != no_cause;
      }
      if (!x.announced) continue;
      std::vector<interval> timely, late;
      for (const announced_span& a : *x.announced) {
        if (a.announced.is_finite() && a.announced > as_of) continue;
        (a.in_time() ? timely : late).push_back(a.span);
        if (a.announce_by.is_unknown() && !intersect(a.span, window_).empty()) provisional_ = true;
      }
      spans_[i].timely = interval_set(std::move(timely));
      spans_[i].late = interval_set(std::move(late)) - spans_[i].timely;
    }
  }

  /// Whether an exclusion may have a say in a record; where none has after all, splitting it says so.
  [[nodiscard]] bool concerns(cause_id cause, const interval& span) const noexcept {
    if (excused_[cause]) return true;
    if (!by_time_) return false;
    for (std::size_t i = 0; i < exclusions_.size(); ++i) {
      const exclusion& x = exclusions_[i];
      if (x.reach == exclusion_reach::by_time && may_be_open(x, span) &&
          (!x.announced || touches(spans_[i].timely, span) || touches(spans_[i].late, span)))
        return true;
    }
    return false;
  }

  /// Every part of every claim, each second of a claim in exactly one part that is not excused, or in one or more
  /// that are.
  [[nodiscard]] std::vector<tagged_part> split(std::span<const claim> claims) {
    std::vector<instant> spent(exclusions_.size(), instant::never());
    for (std::size_t i = 0; i < exclusions_.size(); ++i)
      if (exclusions_[i].quota) spent[i] = used_up(i, claims);

    std::vector<tagged_part> out;
    for (const claim& c : claims) split(c, spent, out);
    return out;
  }

  /// Whether an excused or refused part rests on holiday data that do not reach so far.
  [[nodiscard]] bool provisional() const noexcept { return provisional_; }

 private:
  // What an exclusion's announcements reach: in time, and too late.
  struct announcements {
    interval_set timely, late;
  };

  [[nodiscard]] bool is_tag(const exclusion& x, cause_id cause) const noexcept {
    return x.reach == exclusion_reach::by_cause && x.cause == cause && excused_[cause];
  }
  [[nodiscard]] bool applies(const exclusion& x, cause_id cause) const noexcept {
    return x.reach == exclusion_reach::by_time || is_tag(x, cause);
  }

  void split(const claim& c, std::span<const instant> spent, std::vector<tagged_part>& out) {
    // `near` is what the exclusions of this cause would reach, quota and notice aside.
    interval_set inside, excused, late, near;
    std::uint8_t tag = no_exclusion, limited = no_exclusion, tardy = no_exclusion;
    bool asks = false, announced = false;
    for (std::size_t i = 0; i < exclusions_.size(); ++i) {
      const exclusion& x = exclusions_[i];
      if (!applies(x, c.cause)) continue;
      const auto index = static_cast<std::uint8_t>(i);
      note_provisional(x, c.span);
      const interval_set reach = reach_of(i, c.span), too_late = late_in(i, c.span);
      const interval_set over = reach & interval_set{{spent[i], instant::latest()}};
      const interval_set granted = reach - over;
      if (!over.empty() && limited == no_exclusion) limited = index;
      if (!too_late.empty() && tardy == no_exclusion) tardy = index;
      for (const interval& part : granted) out.push_back({part, fate::excused, index, c.row});
      inside = inside | reach;
      excused = excused | granted;
      late = late | too_late;
      if (!is_tag(x, c.cause)) continue;
      if (tag == no_exclusion) tag = index;
      near = near | reach | too_late;
      asks = asks || x.announced.has_value();
      announced = announced || touches(spans_[i].timely, c.span) || touches(spans_[i].late, c.span);
    }
    for (const interval& part : inside - excused) out.push_back({part, fate::over_quota, limited, c.row});
    for (const interval& part : late - inside) out.push_back({part, fate::short_notice, tardy, c.row});
    for (const interval& part : interval_set{c.span} - inside - late)
      out.push_back({part, beyond(part, near, tag, asks && !announced), tag, c.row});
  }
  // Why a part that no exclusion reaches counts.
  [[nodiscard]] static fate beyond(const interval& part, const interval_set& near, std::uint8_t tag,
                                   bool unannounced) noexcept {
    if (tag == no_exclusion) return fate::counted;
    if (unannounced) return fate::unannounced;
    if (near.empty()) return fate::outside_hours;
    return part.end <= near[0].begin ? fate::early : fate::overrun;
  }

  void note_provisional(const exclusion& x, const interval& span) {
    const interval seen = intersect(span, window_);
    if (x.within != nullptr && !seen.empty() && rests_on_unknown(*x.within, seen)) provisional_ = true;
  }
  // Hours that do not say whether they are open may be.
  [[nodiscard]] static bool may_be_open(const exclusion& x, const interval& span) noexcept {
    return x.within == nullptr || !x.within->open_in(span).empty() || rests_on_unknown(*x.within, span);
  }
  [[nodiscard]] static interval_set hours_in(const exclusion& x, const interval& span) {
    if (x.within == nullptr) return interval_set{span};
    std::vector<interval> parts;
    for (const interval& open : x.within->open_in(span)) parts.push_back(intersect(open, span));
    return interval_set(std::move(parts));
  }
  // What an exclusion excuses of a span before any quota.
  [[nodiscard]] interval_set reach_of(std::size_t i, const interval& span) const {
    const exclusion& x = exclusions_[i];
    return x.announced ? hours_in(x, span) & slice(spans_[i].timely, span) : hours_in(x, span);
  }
  // What it would excuse, had it been announced earlier.
  [[nodiscard]] interval_set late_in(std::size_t i, const interval& span) const {
    const exclusion& x = exclusions_[i];
    return x.announced ? hours_in(x, span) & slice(spans_[i].late, span) : interval_set();
  }

  // From which instant on nothing more is excused: one of the window, or the first of all where nothing ever is.
  [[nodiscard]] instant used_up(std::size_t i, std::span<const claim> claims) const {
    std::vector<interval> parts;
    for (const claim& c : claims) {
      if (!applies(exclusions_[i], c.cause)) continue;
      for (const interval& part : reach_of(i, c.span)) parts.push_back(intersect(part, window_));
    }
    std::chrono::seconds left = *exclusions_[i].quota;
    if (left <= std::chrono::seconds(0)) return instant::earliest();
    for (const interval& part : interval_set(std::move(parts))) {
      if (part.length() > left) return part.begin + left;
      left -= part.length();
    }
    return instant::never();
  }

  std::span<const exclusion> exclusions_;
  std::vector<announcements> spans_;
  interval window_;
  std::array<bool, 256> excused_{};
  bool by_time_ = false;
  bool provisional_ = false;
};

}  // namespace detail
}  // namespace v0
}  // namespace sla
