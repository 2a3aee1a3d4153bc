// SPDX-License-Identifier: MIT
#pragma once

// Business days (rule T13). A business day is a local date on which open time begins; a night shift from
// 22:00 to 06:00 belongs wholly to the date it opened on.
//
//     hours.add(wednesday_10_00, 2_bd);                                  // Friday 18:00: the day of origin
//     is day 0 hours.add(wednesday_10_00, 2_bd, business_day_rule::same_time());  // Friday 10:00
//     hours.add(wednesday_10_00, 2_bd, business_day_rule::at(12h));      // Friday 12:00
//     hours.add(wednesday_17_30, 2_bd, business_day_rule::closing().received_by(17h));   // Monday 18:00
//
// A day whose shifts are all over before a shift of the day ahead of it is, closes with that: the tail is worked in it,
// and two days must not be due before one.
//
// The hard question: which day is day 0? The date that the instant belongs to, whether or not it is a
// business day: what is reported on a Saturday has Monday as its first day. With a cut-off, what comes after
// it counts as received on the next business day, and so does all that comes before that day opens; otherwise
// a Saturday's report would be due before one of Friday evening.

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

#include <sla/base/error.hpp>
#include <sla/base/instant.hpp>
#include <sla/base/interval_set.hpp>
#include <sla/calendar/compiled_calendar.hpp>

namespace sla {
inline namespace v0 {

/// When, on its last day, a term of business days ends; and until when a start counts as received on its own
/// day.
class business_day_rule {
 public:
  enum class end : std::uint8_t { closing, same_time, fixed_time };

  /// At the closing of the last day.
  constexpr business_day_rule() noexcept = default;
  [[nodiscard]] static constexpr business_day_rule closing() noexcept { return {}; }
  /// At the local time of the start, not before the day's first opening or after its last closing.
  [[nodiscard]] static constexpr business_day_rule same_time() noexcept {
    return business_day_rule(end::same_time, std::chrono::seconds(0));
  }
  /// At a local time of day, 00:00 to 48:00; past 24:00 is on the next date, as a night shift's end may be.
  [[nodiscard]] static constexpr business_day_rule at(std::chrono::seconds local_time) {
    if (local_time < std::chrono::hours(0) || local_time > std::chrono::hours(48))
      detail::fail("a fixed time of a business day lies between 00:00 and 48:00");
    return business_day_rule(end::fixed_time, local_time);
  }
  /// The same, with an acceptance cut-off: a start later than this local time counts as received on the next
  /// day.
  [[nodiscard]] constexpr business_day_rule received_by(std::chrono::seconds local_time) const {
    if (local_time < std::chrono::hours(0) || local_time > std::chrono::hours(48))
      detail::fail("an acceptance cut-off lies between 00:00 and 48:00");
    business_day_rule rule = *this;
    rule.cut_off_ = local_time;
    return rule;
  }

  [[nodiscard]] constexpr end ends_at() const noexcept { return end_; }
  [[nodiscard]] constexpr std::chrono::seconds fixed_time() const noexcept { return fixed_; }
  [[nodiscard]] constexpr std::optional<std::chrono::seconds> cut_off() const noexcept { return cut_off_; }
  friend constexpr bool operator==(const business_day_rule&, const business_day_rule&) noexcept = default;

 private:
  constexpr business_day_rule(end e, std::chrono::seconds fixed) noexcept : end_(e), fixed_(fixed) {}

  end end_ = end::closing;
  std::chrono::seconds fixed_{0};
  std::optional<std::chrono::seconds> cut_off_;
};

namespace detail {

/// Dates and local time of one zone over a cover; looks into what it is given. The default rule takes a few steps,
/// whatever the number of days; what needs local time takes log(offset changes).
class date_table {
  // A bucket of time: how many business days have a date up to that of its first second, and after which of its seconds
  // (none: bucket_mask) it is one more.
  struct bucket {
    std::uint16_t count = 0, turn = 0;
  };
  static constexpr int bucket_shift = 16;
  static constexpr std::uint64_t bucket_mask = (std::uint64_t{1} << bucket_shift) - 1;
  // The days around a cover lie within it.
  static constexpr std::chrono::seconds margin = std::chrono::days(14);

 public:
  /// What the default rule reads; copied into whoever asks often. Valid as long as its table.
  class view {
   public:
    /// Whether the table is there: not for covers of more than a century, nor where a date comes twice.
    [[nodiscard]] bool usable() const noexcept { return buckets_ != nullptr; }
    /// date_table::position.
    [[nodiscard]] std::size_t position(std::int64_t t) const noexcept {
      const auto since = static_cast<std::uint64_t>(t - origin_);
      const bucket b = buckets_[since >> bucket_shift];
      return std::size_t{b.count} + ((since & bucket_mask) > b.turn ? 1 : 0);
    }
    /// The closing of the day at this place, in seconds since 1970.
    [[nodiscard]] std::int64_t closing(std::size_t day) const noexcept { return base_ + closings_[day]; }
    /// How many days have closed by the end of the cover; those of later ones are not for answers.
    [[nodiscard]] std::size_t closed() const noexcept { return closed_; }

   private:
    friend class date_table;
    const bucket* buckets_ = nullptr;
    const std::uint32_t* closings_ = nullptr;
    std::int64_t origin_ = 0, base_ = 0;
    std::size_t closed_ = 0;
  };

  date_table(std::span<const business_date> days, std::span<const zone_offset> offsets, interval cover)
      : days_(days), offsets_(offsets) {
    if (days.empty() || offsets.empty()) return;
    closings_.reserve(days.size());
    for (const business_date& d : days)
      closings_.push_back(closings_.empty() ? d.last_close : std::max(d.last_close, closings_.back()));
    fill(cover);
  }
  date_table(const date_table&) = delete;
  date_table& operator=(const date_table&) = delete;

  [[nodiscard]] bool has_zone() const noexcept { return !offsets_.empty(); }
  [[nodiscard]] std::span<const business_date> days() const noexcept { return days_; }

  /// Local time as seconds since 1970-01-01T00:00 local; needs has_zone().
  [[nodiscard]] std::int64_t local(instant t) const noexcept {
    const zone_offset* next = beginning_after(t);
    const zone_offset& o = next == offsets_.data() ? *next : *(next - 1);
    return t.unix_seconds() + o.offset.count();
  }
  /// The first instant whose local time is at or after the given one: where clocks skip it, the skip's end.
  [[nodiscard]] instant first_at(std::int64_t local_seconds) const noexcept {
    // Local time runs on from each entry until the next; the first entry that gets there holds the answer.
    const zone_offset* end = offsets_.data() + offsets_.size();
    for (const zone_offset* o = near(local_seconds); o != end; ++o) {
      const instant candidate = instant::from_unix(local_seconds - o->offset.count());
      if (o + 1 != end && candidate >= (o + 1)->from) continue;
      return o == offsets_.data() ? candidate : std::max(candidate, o->from);
    }
    return instant::unknown();
  }
  [[nodiscard]] instant first_at(std::chrono::sys_days date, std::chrono::seconds time = {}) const noexcept {
    return first_at(std::chrono::sys_seconds(date).time_since_epoch().count() + time.count());
  }
  [[nodiscard]] std::chrono::sys_days local_date(instant t) const noexcept {
    return std::chrono::floor<std::chrono::days>(std::chrono::sys_seconds(std::chrono::seconds(local(t))));
  }

  /// The date an instant belongs to: that of the shift it lies in (the earlier of two), else the local date, unless a
  /// shift of an earlier one is still to come. What is left of a night shift may lie wholly on the next date, and an
  /// instant before it must not belong to a later date than one in it.
  [[nodiscard]] std::chrono::sys_days date_of(instant t) const noexcept {
    const business_date* first = days_.data();
    const business_date* last = first + days_.size();
    const business_date* next = std::partition_point(first, last, [&](const business_date& d) {
      return closing(static_cast<std::size_t>(&d - first)) <= t;
    });
    const std::chrono::sys_days local = local_date(t);
    return next != last && (next->first_open <= t || next->date < local) ? next->date : local;
  }

  /// How many business days have a date at or before this one.
  [[nodiscard]] std::size_t through(std::chrono::sys_days date) const noexcept {
    const business_date* first = days_.data();
    const auto later = [](std::chrono::sys_days v, const business_date& d) { return v < d.date; };
    return static_cast<std::size_t>(std::upper_bound(first, first + days_.size(), date, later) - first);
  }

  /// through(date_of(t)), for t in the cover or at its end.
  [[nodiscard]] std::size_t position(instant t) const noexcept {
    return fast_.usable() ? fast_.position(t.unix_seconds()) : through(date_of(t));
  }
  [[nodiscard]] const view& queries() const noexcept { return fast_; }
  [[nodiscard]] std::size_t bytes() const noexcept {
    return days_.size_bytes() + offsets_.size_bytes() + closings_.capacity() * sizeof(closings_[0]) +
           buckets_.capacity() * sizeof(buckets_[0]) + short_.capacity() * sizeof(short_[0]);
  }

  /// T14: t itself up to its day's cut-off, later the opening of the next business day; nothing past the last
  /// one.
  [[nodiscard]] std::optional<instant> received(instant t, std::chrono::seconds cut_off) const noexcept {
    const std::size_t after = opened_by(t);
    // Where clocks show the cut-off twice, the first time counts: later must not become early again.
    constexpr std::chrono::seconds far = std::chrono::days(4);  // past every shift
    const auto latest = std::clamp(cut_off, -far, far);
    if (after != 0 && t <= first_at(days_[after - 1].date, latest)) return t;
    if (after == days_.size()) return std::nullopt;
    return days_[after].first_open;
  }

  /// The end of n > 0 business days that start at t; nothing past the last one.
  [[nodiscard]] std::optional<instant> after(instant t, std::int64_t n,
                                             const business_day_rule& rule) const noexcept {
    instant start = t;
    if (rule.cut_off()) {
      const auto taken = received(t, *rule.cut_off());
      if (!taken) return std::nullopt;
      start = *taken;
    }
    // What is received late may be so after the cover, where the table ends.
    const std::size_t k = rule.cut_off() ? through(date_of(start)) : position(start);
    if (n > static_cast<std::int64_t>(days_.size() - k)) return std::nullopt;
    return end_of(k + static_cast<std::size_t>(n) - 1, rule, t);
  }

  /// The start of the n-th business day before that of t, n > 0; nothing before the first one.
  [[nodiscard]] std::optional<instant> ahead(instant t, std::int64_t n,
                                             const business_day_rule& rule) const noexcept {
    const std::chrono::sys_days origin = date_of(t);
    const auto k = static_cast<std::int64_t>(through(origin - std::chrono::days(1)));
    if (n > k) return std::nullopt;
    const auto day = static_cast<std::size_t>(k - n);
    return rule.ends_at() == business_day_rule::end::closing ? days_[day].first_open : end_of(day, rule, t);
  }

 private:
  // Of a day's shifts and of all ahead of them.
  [[nodiscard]] instant closing(std::size_t day) const noexcept {
    return fast_.usable() ? instant::from_unix(fast_.closing(day)) : closings_[day];
  }
  // How many business days have opened at or before t.
  [[nodiscard]] std::size_t opened_by(instant t) const noexcept {
    const business_date* first = days_.data();
    const auto later = [](instant v, const business_date& d) { return v < d.first_open; };
    return static_cast<std::size_t>(std::upper_bound(first, first + days_.size(), t, later) - first);
  }
  // An instant belongs to a day, or to a later date, from the day's midnight or the end of the shifts before it on.
  void fill(interval cover) {
    const auto length = static_cast<std::uint64_t>(cover.length().count());
    if (length > std::numeric_limits<std::uint32_t>::max() - static_cast<std::uint64_t>(2 * margin.count()) ||
        days_.size() >= bucket_mask || !dates_only_grow())
      return;
    const instant base = cover.begin - margin;
    short_.reserve(days_.size());
    buckets_.reserve(static_cast<std::size_t>(length >> bucket_shift) + 1);
    for (const instant t : closings_) {
      if (t < base || t > cover.end + margin) return;
      short_.push_back(static_cast<std::uint32_t>((t - base).count()));
      if (t <= cover.end) fast_.closed_ = short_.size();
    }
    std::size_t k = 0;
    constexpr std::uint64_t never = std::numeric_limits<std::uint64_t>::max();
    const auto turn = [&](std::size_t day) {
      const instant t = first_at(days_[day].date);
      const instant at = std::max({t, cover.begin, day == 0 ? t : closings_[day - 1]});
      return at > cover.end ? never : static_cast<std::uint64_t>((at - cover.begin).count());
    };
    std::uint64_t next = turn(0);
    for (std::uint64_t b = 0; b <= length >> bucket_shift; ++b) {
      const std::uint64_t begin = b << bucket_shift;
      const auto pass = [&](std::uint64_t to) {
        while (next < to) next = ++k < days_.size() ? turn(k) : never;
      };
      pass(begin + 1);
      bucket entry{static_cast<std::uint16_t>(k), static_cast<std::uint16_t>(bucket_mask)};
      if (next <= begin + bucket_mask) {
        entry.turn = static_cast<std::uint16_t>(next - begin - 1);
        pass(next + 1);
      }
      // Dates that begin within hours of each other: a change of the zone by most of a day.
      if (k > std::size_t{entry.count} + 1 || next <= begin + bucket_mask) {
        buckets_.clear();
        return;
      }
      buckets_.push_back(entry);
    }
    fast_.buckets_ = buckets_.data();
    fast_.closings_ = short_.data();
    fast_.origin_ = cover.begin.unix_seconds();
    fast_.base_ = base.unix_seconds();
    std::vector<instant>().swap(closings_);
  }
  // Whether no change of the offset brings an earlier date back.
  [[nodiscard]] bool dates_only_grow() const noexcept {
    for (std::size_t i = 1; i < offsets_.size(); ++i)
      if (local_date(offsets_[i].from - std::chrono::seconds(1)) > local_date(offsets_[i].from)) return false;
    return true;
  }
  // An entry that cannot lie after the answer: no offset exceeds 26 hours, and skipped dates add 24.
  [[nodiscard]] const zone_offset* near(std::int64_t local_seconds) const noexcept {
    const zone_offset* next = beginning_after(instant::from_unix(local_seconds) - std::chrono::hours(52));
    return next == offsets_.data() ? next : next - 1;
  }
  [[nodiscard]] const zone_offset* beginning_after(instant t) const noexcept {
    return std::upper_bound(offsets_.data(), offsets_.data() + offsets_.size(), t,
                            [](instant v, const zone_offset& o) { return v < o.from; });
  }
  [[nodiscard]] instant end_of(std::size_t place, const business_day_rule& rule,
                               instant start) const noexcept {
    const business_date& day = days_[place];
    switch (rule.ends_at()) {
      case business_day_rule::end::closing: break;
      case business_day_rule::end::same_time: {
        const std::int64_t since =
            local(start) - std::chrono::sys_seconds(date_of(start)).time_since_epoch().count();
        return std::clamp(first_at(day.date, std::chrono::seconds(since)), day.first_open, day.last_close);
      }
      case business_day_rule::end::fixed_time: return first_at(day.date, rule.fixed_time());
    }
    return closing(place);
  }

  std::span<const business_date> days_;
  std::span<const zone_offset> offsets_;
  std::vector<instant> closings_;  // where there is no fast table
  std::vector<bucket> buckets_;
  std::vector<std::uint32_t> short_;  // closings, since two weeks before the cover
  view fast_;
};

}  // namespace detail
}  // namespace v0
}  // namespace sla
