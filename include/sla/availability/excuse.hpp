// SPDX-License-Identifier: MIT
#pragma once

// The first step of measuring: splits the records tagged with an excused cause into what is excused and what is
// not, and says why not (rule A6).
//
//     maintenance 01:30-04:30, excused Sundays 02:00-04:00, quota 1 h a month
//     01:30-02:00 before the excused hours    counts
//     02:00-03:00 excused
//     03:00-04:00 over the quota              counts
//     04:00-04:30 after the excused hours     counts
//
// The hard question: which hour of several is over the quota? The later: a quota is used up in order of time, over
// all records of its exclusion in the window together, whatever order they were written in.

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
#include <sla/base/interval_set.hpp>
#include <sla/calendar/business_time.hpp>

namespace sla {
inline namespace v0 {
namespace detail {

/// A record whose cause is excused, as far as as_of sees it.
struct claim {
  interval span;
  cause_id cause = no_cause;
  std::uint32_t row = 0;
};

/// A part of a claim, excused or refused.
struct tagged_part {
  interval span;
  fate what = fate::excused;
  std::uint8_t exclusion = no_exclusion;
  std::uint32_t row = 0;
};

class excuser {
 public:
  excuser(std::span<const exclusion> exclusions, interval window) : exclusions_(exclusions), window_(window) {
    // An index of a byte: what comes after the 255th exclusion would be told apart from none no more.
    if (exclusions_.size() > no_exclusion) exclusions_ = exclusions_.first(no_exclusion);
    for (const exclusion& x : exclusions_) excused_[x.cause] = x.cause != no_cause;
  }

  [[nodiscard]] bool knows(cause_id cause) const noexcept { return excused_[cause]; }

  /// Every part of every claim, each second of a claim in exactly one part that is not excused, or in one or more
  /// that are.
  [[nodiscard]] std::vector<tagged_part> split(std::span<const claim> claims) {
    std::vector<instant> spent(exclusions_.size(), instant::never());
    for (std::size_t i = 0; i < exclusions_.size(); ++i)
      if (exclusions_[i].quota) spent[i] = used_up(exclusions_[i], claims);

    std::vector<tagged_part> out;
    for (const claim& c : claims) {
      interval_set inside, excused;
      std::uint8_t first = no_exclusion, limited = no_exclusion;
      for (std::size_t i = 0; i < exclusions_.size(); ++i) {
        if (exclusions_[i].cause != c.cause) continue;
        const auto index = static_cast<std::uint8_t>(i);
        if (first == no_exclusion) first = index;
        const interval_set reach = reach_of(exclusions_[i], c.span);
        const interval_set over = reach & interval_set{{spent[i], window_.end}};
        const interval_set granted = reach - over;
        if (!over.empty() && limited == no_exclusion) limited = index;
        for (const interval& part : granted) out.push_back({part, fate::excused, index, c.row});
        inside = inside | reach;
        excused = excused | granted;
      }
      for (const interval& part : inside - excused) out.push_back({part, fate::over_quota, limited, c.row});
      for (const interval& part : interval_set{c.span} - inside) {
        const fate why = inside.empty() ? fate::outside_hours
                                        : (part.end <= inside[0].begin ? fate::early : fate::overrun);
        out.push_back({part, why, first, c.row});
      }
    }
    return out;
  }

  /// Whether an excused or refused part rests on holiday data that do not reach so far.
  [[nodiscard]] bool provisional() const noexcept { return provisional_; }

 private:
  // What an exclusion excuses of a span before any quota.
  [[nodiscard]] interval_set reach_of(const exclusion& x, const interval& span) {
    if (x.within == nullptr) return interval_set{span};
    const interval seen = intersect(span, window_);
    provisional_ =
        provisional_ || (!seen.empty() && x.within->is_provisional(seen.end - std::chrono::seconds(1)));
    std::vector<interval> parts;
    for (const interval& open : x.within->open_in(span)) parts.push_back(intersect(open, span));
    return interval_set(std::move(parts));
  }

  // From which instant of the window on nothing more is excused.
  [[nodiscard]] instant used_up(const exclusion& x, std::span<const claim> claims) {
    std::vector<interval> parts;
    for (const claim& c : claims) {
      if (c.cause != x.cause) continue;
      for (const interval& part : reach_of(x, c.span)) parts.push_back(intersect(part, window_));
    }
    std::chrono::seconds left = std::max(*x.quota, std::chrono::seconds(0));
    for (const interval& part : interval_set(std::move(parts))) {
      if (part.length() > left) return part.begin + left;
      left -= part.length();
    }
    return instant::never();
  }

  std::span<const exclusion> exclusions_;
  interval window_;
  std::array<bool, 256> excused_{};
  bool provisional_ = false;
};

}  // namespace detail
}  // namespace v0
}  // namespace sla
