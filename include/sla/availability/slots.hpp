// SPDX-License-Identifier: MIT
#pragma once

// Availability by slots: the time is cut into five minutes each, and a slot is up or down by the requests in it
// (rule A4).
//
//     // a slot is down where more than 5 % of its requests failed; slots without requests are up
//     sla::slot_rules rules{.grid = sla::slot_grid::from_midnight(5min, shanghai), .threshold = 5_pct};
//     sla::slot_report day = sla::judge_slots(window, counts, rules);
//     day.availability().value          // 287/288: of slots
//     day.mean_of_rates() >= 99.9_pct   // the mean of the slots' success rates: each slot weighs the same
//     day.ratio_of_sums().value         // of all requests: each request weighs the same
//
// The hard question: at night ten requests came, and five failed. Of the day's million requests that is nothing; as
// a slot it is half down. The three figures differ by orders of magnitude, contracts mean any of them, and only the
// first can be had from outages; so each has its name.
//
// Nothing in a slot is not nothing known of it: a slot with a record of few requests or none is idle, one without
// any record is unmeasured, and rules say what each counts as.

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include <sla/availability/outage.hpp>
#include <sla/availability/rate_mean.hpp>
#include <sla/availability/service_level.hpp>
#include <sla/availability/slice.hpp>
#include <sla/availability/window.hpp>
#include <sla/base/error.hpp>
#include <sla/base/instant.hpp>
#include <sla/base/interval_set.hpp>
#include <sla/base/ratio.hpp>
#include <sla/calendar/zone.hpp>

namespace sla {
inline namespace v0 {

/// Where slots begin: at whole multiples of their length since 1970 UTC, or counted from each local midnight, the
/// last one of a date cut short where the date is not a whole number of them.
class slot_grid {
 public:
  /// Throws sla::error where the length is not positive, as below.
  [[nodiscard]] static slot_grid every(std::chrono::seconds length) { return {length, std::nullopt}; }
  [[nodiscard]] static slot_grid from_midnight(std::chrono::seconds length, zone in) {
    return {length, std::move(in)};
  }

  [[nodiscard]] std::chrono::seconds length() const noexcept { return length_; }
  [[nodiscard]] bool is_from_midnight() const noexcept { return in_.has_value(); }

  /// The slot that holds t. A reserved instant is in an empty one.
  [[nodiscard]] interval slot_of(instant t) const {
    if (!t.is_finite()) return {t, t};
    if (!in_) {
      const std::int64_t s = t.unix_seconds(), l = length_.count(), rest = s % l;
      const instant begin = t - std::chrono::seconds(rest < 0 ? rest + l : rest);
      return {begin, begin + length_};
    }
    // Where midnight comes twice, a date's last hour is seen again after the next one began: it is the next one's.
    std::chrono::sys_days date = in_->date_at(t);
    while (in_->start_of(date) > t) date -= std::chrono::days(1);
    while (in_->start_of(date + std::chrono::days(1)) <= t) date += std::chrono::days(1);
    const instant midnight = in_->start_of(date), next = in_->start_of(date + std::chrono::days(1));
    const instant begin = midnight + (t - midnight) / length_ * length_;
    return {begin, std::min(begin + length_, next)};
  }

 private:
  slot_grid(std::chrono::seconds length, std::optional<zone> in) : length_(length), in_(std::move(in)) {
    if (length.count() < 1) detail::fail("a slot has a length of at least one second");
  }
  std::chrono::seconds length_;
  std::optional<zone> in_;
};

/// Requests of some stretch of a slot, counted at its begin. Counts of one slot add up; none is a duplicate.
struct request_count {
  instant at{};
  std::int64_t total = 0;
  std::int64_t failed = 0;
  friend constexpr bool operator==(const request_count&, const request_count&) noexcept = default;
};

/// What a slot counts as that its requests do not decide.
enum class slot_default : std::uint8_t { up, down, leave_out };

struct slot_rules {
  /// `by_ratio`: down where failed / total is over `threshold`; `by_count`: where over `count` failed; `all_fail`:
  /// where none succeeded.
  enum class kind : std::uint8_t { by_ratio, by_count, all_fail };
  static constexpr kind by_ratio = kind::by_ratio, by_count = kind::by_count, all_fail = kind::all_fail;
  /// Which slots an excused span leaves out: those that lie in it, or all that it touches.
  enum class reach : std::uint8_t { whole, any };
  static constexpr reach whole = reach::whole, any = reach::any;

  slot_grid grid = slot_grid::every(std::chrono::minutes(5));
  kind down_by = by_ratio;
  ratio threshold{};
  std::int64_t count = 0;
  bool inclusive = false;  ///< at the bound is down too
  slot_default idle = slot_default::up;
  std::int64_t idle_below = 1;  ///< measured, but with fewer requests than this
  slot_default unknown = slot_default::up;
  reach excused = whole;
};

/// What is known of a slot.
enum class slot_state : std::uint8_t {
  up,
  down,
  idle,        ///< too few requests to judge
  unmeasured,  ///< no record
  excused,     ///< in an excused span
  not_yet,     ///< ends after as_of: counts as up
};

struct slot {
  interval span;
  std::int64_t total = 0;
  std::int64_t failed = 0;
  slot_state state = slot_state::unmeasured;
  slot_default counts_as = slot_default::leave_out;
  friend constexpr bool operator==(const slot&, const slot&) noexcept = default;
};

struct slot_report {
  sla::window window;
  std::vector<slot> slots;   ///< those that begin in the window, in order
  std::int64_t ignored = 0;  ///< counts that are none: negative, or more failed than there were
  bool provisional = false;

  [[nodiscard]] std::int64_t number(slot_state s) const noexcept {
    return std::ranges::count(slots, s, &slot::state);
  }
  [[nodiscard]] std::int64_t number(slot_default s) const noexcept {
    return std::ranges::count(slots, s, &slot::counts_as);
  }

  /// Slots up / slots that count.
  [[nodiscard]] service_level availability() const {
    const std::int64_t up = number(slot_default::up);
    return share(up, up + number(slot_default::down), number(slot_default::leave_out));
  }
  /// The success rate of every slot that counts, each with the same weight; one that its requests do not decide has
  /// the rate 1 or 0.
  [[nodiscard]] rate_mean mean_of_rates() const {
    rate_mean m;
    for (const slot& s : slots) {
      if (s.counts_as == slot_default::leave_out) continue;
      if (s.state == slot_state::up || s.state == slot_state::down) {
        m.add(s.total - s.failed, s.total);
      } else {
        m.add(s.counts_as == slot_default::up ? 1 : 0, 1);
      }
    }
    return m;
  }
  /// Succeeded / all requests, of the slots that count; no data where a sum leaves 64 bits.
  [[nodiscard]] service_level ratio_of_sums() const {
    std::int64_t all = 0, failed = 0;
    for (const slot& s : slots) {
      if (s.counts_as == slot_default::leave_out) continue;
      const auto a = detail::checked_add(all, s.total);
      if (!a) return {};
      all = *a;
      failed += s.failed;  // never more than `all`
    }
    return share(all - failed, all);
  }
  /// The slots that are down, as outages with a cause; those left out, as time nobody measured. For measuring them by
  /// a contract's other rules: a minimum of two slots in a row, exclusions, a budget.
  [[nodiscard]] std::vector<outage> outages(cause_id cause = no_cause) const {
    std::vector<outage> out;
    for (const slot& s : slots)
      if (s.counts_as != slot_default::up)
        out.push_back({s.span, s.counts_as == slot_default::down ? cause : not_measured});
    return out;
  }
};

namespace detail {

[[nodiscard]] inline bool is_down(const slot& s, const slot_rules& rules) noexcept {
  switch (rules.down_by) {
    case slot_rules::by_ratio: {
      const auto order = compare_products(s.failed, rules.threshold.den(), rules.threshold.num(), s.total);
      return rules.inclusive ? order >= 0 : order > 0;
    }
    case slot_rules::by_count: return rules.inclusive ? s.failed >= rules.count : s.failed > rules.count;
    case slot_rules::all_fail: break;
  }
  return s.total > 0 && s.failed == s.total;
}

inline void judge(slot& s, bool measured, const slot_rules& rules, const interval_set& excused,
                  instant as_of) {
  const auto covered = [&] {
    return rules.excused == slot_rules::any ? touches(excused, s.span)
                                            : slice(excused, s.span).total() == s.span.length();
  };
  if (!excused.empty() && covered()) {
    s.state = slot_state::excused;
    s.counts_as = slot_default::leave_out;
  } else if (s.span.end > as_of) {
    s.state = slot_state::not_yet;
    s.counts_as = slot_default::up;
  } else if (!measured) {
    s.state = slot_state::unmeasured;
    s.counts_as = rules.unknown;
  } else if (s.total < std::max<std::int64_t>(rules.idle_below, 1)) {
    s.state = slot_state::idle;
    s.counts_as = rules.idle;
  } else {
    const bool down = is_down(s, rules);
    s.state = down ? slot_state::down : slot_state::up;
    s.counts_as = down ? slot_default::down : slot_default::up;
  }
}

}  // namespace detail

/// Judges the slots that begin in a window. Counts come in any order. Linear in slots and counts; n log n in the
/// counts where slots are cut short. A window without known ends has no slots.
[[nodiscard]] inline slot_report judge_slots(const window& over, std::span<const request_count> counts,
                                             const slot_rules& rules, const interval_set& excused = {},
                                             instant as_of = instant::latest()) {
  slot_report out{over, {}, 0, false};
  if (!over.is_known() || over.span.empty()) {
    out.provisional = !over.is_known();
    return out;
  }
  interval next = rules.grid.slot_of(over.span.begin);
  if (next.begin < over.span.begin) next = rules.grid.slot_of(next.end);
  for (; next.begin < over.span.end; next = rules.grid.slot_of(next.end))
    out.slots.push_back({next, 0, 0, slot_state::unmeasured, slot_default::leave_out});

  std::vector<bool> measured(out.slots.size());
  for (const request_count& c : counts) {
    if (out.slots.empty() || c.at < out.slots.front().span.begin || c.at >= out.slots.back().span.end ||
        c.at >= as_of)
      continue;
    if (c.total < 0 || c.failed < 0 || c.failed > c.total) {
      ++out.ignored;
      continue;
    }
    // Right wherever no slot before it is short.
    auto i =
        static_cast<std::size_t>((c.at - out.slots.front().span.begin).count() / rules.grid.length().count());
    if (i >= out.slots.size() || !out.slots[i].span.contains(c.at))
      i = static_cast<std::size_t>(
          std::ranges::upper_bound(out.slots, c.at, {}, [](const slot& s) { return s.span.begin; }) -
          out.slots.begin() - 1);
    slot& s = out.slots[i];
    const auto total = detail::checked_add(s.total, c.total);
    if (!total) {
      ++out.ignored;
      continue;
    }
    measured[i] = true;
    s.total = *total;
    s.failed += c.failed;
  }
  const instant seen = as_of.is_finite() ? as_of : instant::latest();
  for (std::size_t i = 0; i < out.slots.size(); ++i) {
    detail::judge(out.slots[i], measured[i], rules, excused, seen);
    out.provisional = out.provisional || out.slots[i].state == slot_state::not_yet;
  }
  return out;
}

}  // namespace v0
}  // namespace sla
