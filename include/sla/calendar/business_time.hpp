// SPDX-License-Identifier: MIT
#pragma once

// Time counted inside a calendar's opening hours. A `business_time` is an immutable index over the open
// intervals of a calendar: it answers in the same few steps whether the amount is a minute or ten years,
// throws nothing, allocates nothing, and may be shared by any number of threads.
//
//     sla::business_time hours = ...;                   // Shanghai, Mon-Fri 08:30-18:00, Chinese workdays
//     hours.add(wed_2026_09_30_17_55, 30_bmin);         // Thu 2026-10-08 08:55: seven days of holiday in
//     between hours.worked(wed_2026_09_30_17_55, thu_2026_10_08_08_55);   // 30 business minutes
//
// The hard question: an amount is used up exactly at closing time. Due at 18:00, or at 08:30 of the next day?
// `add` answers the earliest instant by which the amount has been worked, 18:00 (rules T2, T3); whoever has
// the other contract says `landing::next_opening`.
//
// Past what the calendar covers, `add` and its kin answer `instant::unknown()`; where no working time is left
// they answer `instant::never()` (rule T10). `worked` counts what is open inside the cover; `covers` tells
// whether both ends lie there.

#include <algorithm>
#include <array>
#include <bit>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <utility>

#include <sla/base/error.hpp>
#include <sla/base/instant.hpp>
#include <sla/base/interval_set.hpp>
#include <sla/base/units.hpp>
#include <sla/base/wide.hpp>
#include <sla/calendar/business_days.hpp>
#include <sla/calendar/compiled_calendar.hpp>
#include <sla/calendar/interval_index.hpp>

namespace sla {
inline namespace v0 {

struct calendar_spec;

/// Where an amount that is used up exactly at a closing is due (rule T3).
enum class landing : std::uint8_t { closing, next_opening };

class business_time {
 public:
  /// Throws calendar_error with every fault of the description. Include calendar/calendar.hpp to make one.
  inline business_time(const calendar_spec& spec);
  /// Throws sla::error where the intervals or dates are not as compiled_calendar says they must be.
  explicit business_time(compiled_calendar calendar)
      : data_(std::make_shared<const data>(checked(std::move(calendar)))),
        index_(data_->index.queries()),
        dates_(data_->dates.queries()) {}

  /// Open at every instant: its worked time is elapsed time. It has no zone, so no business days.
  [[nodiscard]] static business_time always() {
    compiled_calendar c;
    c.cover = {instant::earliest(), instant::latest()};
    c.open = {c.cover};
    c.endless = true;
    return business_time(std::move(c));
  }

  // Moving is copying: a moved-from calendar would have to answer questions too.
  business_time(const business_time&) noexcept = default;
  business_time& operator=(const business_time&) noexcept = default;
  ~business_time() = default;

  // --- amounts of business time

  /// The earliest instant u with worked(t, u) == w; add(t, 0) is t; a negative amount subtracts (T2).
  [[nodiscard]] instant add(instant t, sla::worked w) const noexcept { return add_by(index_, t, w); }
  [[nodiscard]] instant add(instant t, sla::worked w, landing where) const noexcept {
    const instant u = add(t, w);
    return where == landing::next_opening && w > sla::worked() ? next_open(u) : u;
  }

  /// The latest instant u with worked(u, t) == w (T2).
  [[nodiscard]] instant subtract(instant t, sla::worked w) const noexcept {
    if (covers(t)) [[likely]] {
      const std::uint64_t done = index_.before(t.unix_seconds());
      const auto less = static_cast<std::uint64_t>(w.count());
      if (less - 1 < done) [[likely]]
        return inside(index_.at(done - less));
    }
    return subtract_rare(t, w);
  }

  /// Open time in [a, b), negative where b comes first (T1). What lies outside the cover counts as closed.
  [[nodiscard]] sla::worked worked(instant a, instant b) const noexcept { return worked_by(index_, a, b); }

  /// Open time of the cover before t, which lies in it: worked(a, b) is the difference of two positions, and
  /// add(t, w) is at_position(position(t) + w), w > 0. For whoever asks often about the same few instants.
  [[nodiscard]] sla::worked position(instant t) const noexcept {
    return sla::worked(std::chrono::seconds(static_cast<std::int64_t>(index_.before_any(t.unix_seconds()))));
  }
  /// The earliest instant with so much open time of the cover before it; w > 0.
  [[nodiscard]] instant at_position(sla::worked w) const noexcept {
    const std::uint64_t last = static_cast<std::uint64_t>(w.count()) - 1;
    return last < index_.total() ? inside(index_.at(last) + 1) : past_the_end();
  }

  // --- many at once
  // Bit for bit the answers one by one. Each handles as many elements as the shortest span has and returns that
  // number; `out` may be one of the inputs.

  /// out[i] = add(t[i], w[i]).
  std::size_t add(std::span<const instant> t, std::span<const sla::worked> w,
                  std::span<instant> out) const noexcept {
    const std::size_t n = std::min({t.size(), w.size(), out.size()});
    const detail::interval_index::view index = index_;  // a copy that the stores to `out` cannot change
    // First how much is worked until each is due, then when: two short loops keep more lookups going at once.
    std::array<std::uint64_t, block> last;
    for (std::size_t from = 0; from < n; from += block) {
      const std::size_t size = std::min(block, n - from);
      const instant* start = t.data() + from;
      const sla::worked* amount = w.data() + from;
      for (std::size_t i = 0; i < size; ++i) {
        last[i] = rare;
        if (!index.covers(start[i].unix_seconds())) [[unlikely]]
          continue;
        const std::uint64_t done = index.before(start[i].unix_seconds());
        const std::uint64_t more = static_cast<std::uint64_t>(amount[i].count()) - 1;
        last[i] = more < index.total() - done ? done + more : rare;
      }
      for (std::size_t i = 0; i < size; ++i) {
        instant& due = out[from + i];
        due = last[i] != rare ? inside(index.at(last[i]) + 1) : add_rare(start[i], amount[i]);
      }
    }
    return n;
  }
  /// out[i] = add(t[i], w). Several times faster where t is mostly in order of time and dense.
  std::size_t add(std::span<const instant> t, sla::worked w, std::span<instant> out) const noexcept {
    const std::size_t n = std::min(t.size(), out.size());
    const detail::interval_index::view index = index_;
    stretch run;
    std::int64_t previous = 0;
    for (std::size_t i = 0; i < n; ++i) {
      std::int64_t x = t[i].unix_seconds();
      // While one answer's rule goes on, nothing is looked up.
      for (const stretch r = run; static_cast<std::uint64_t>(x) - r.begin < r.length;
           x = t[i].unix_seconds()) {
        out[i] = inside((x & r.slope) + r.offset);
        previous = x;
        if (++i == n) return n;
      }
      const instant u = add_by(index, t[i], w);
      // Close neighbours promise more of them: then it pays to find out how far this answer's rule goes.
      if (static_cast<std::uint64_t>(x - previous) < close_neighbour) run = stretch_of(t[i], w, u);
      out[i] = u;
      previous = x;
    }
    return n;
  }
  /// out[i] = worked(a[i], b[i]).
  std::size_t worked(std::span<const instant> a, std::span<const instant> b,
                     std::span<sla::worked> out) const noexcept {
    const std::size_t n = std::min({a.size(), b.size(), out.size()});
    const detail::interval_index::view index = index_;
    for (std::size_t i = 0; i < n; ++i) out[i] = worked_by(index, a[i], b[i]);
    return n;
  }

  // --- openings and closings

  /// Whether t lies in open time. Outside the cover: no.
  [[nodiscard]] bool is_open(instant t) const noexcept {
    const interval* i = ending_after(t);
    return i != end() && i->begin <= t;
  }
  /// The earliest open instant at or after t: t itself when open.
  [[nodiscard]] instant next_open(instant t) const noexcept {
    if (undecided(t)) return outside(t);
    const interval* i = ending_after(t);
    return i == end() ? past_the_end() : std::max(i->begin, t);
  }
  /// The earliest closing after t: of the interval that t lies in, else of the next one.
  [[nodiscard]] instant next_close(instant t) const noexcept {
    if (undecided(t)) return outside(t);
    const interval* i = ending_after(t);
    return i == end() || cut_off_at(i->end) ? past_the_end() : i->end;
  }
  /// The latest opening at or before t. At the cover's end unknown where hours go on and could open there.
  [[nodiscard]] instant previous_open(instant t) const noexcept {
    if (undecided(t)) return outside(t);
    if (t == cover().end && data_->calendar.endless.after && (begin() == end() || (end() - 1)->end != t))
      return past_the_end();
    const interval* i =
        std::upper_bound(begin(), end(), t, [](instant v, const interval& k) { return v < k.begin; });
    return i == begin() || cut_off_at((i - 1)->begin) ? before_the_begin() : (i - 1)->begin;
  }
  /// The latest closing at or before t.
  [[nodiscard]] instant previous_close(instant t) const noexcept {
    if (undecided(t)) return outside(t);
    const interval* i = ending_after(t);
    if (i == begin()) return before_the_begin();
    return cut_off_at((i - 1)->end) ? past_the_end() : (i - 1)->end;
  }

  /// Every open interval in order; a span is read in both directions.
  [[nodiscard]] std::span<const interval> open() const noexcept { return data_->index.open(); }
  /// Those that share at least one second with `range`, whole.
  [[nodiscard]] std::span<const interval> open_in(interval range) const noexcept {
    if (range.empty()) return {};
    const interval* first = ending_after(range.begin);
    return {first, std::lower_bound(first, end(), range.end,
                                    [](const interval& k, instant v) { return k.begin < v; })};
  }

  // --- business days

  /// Whether the calendar has one zone, which business days need (T12); without, they are unknown.
  [[nodiscard]] bool has_business_days() const noexcept { return data_->dates.has_zone(); }

  /// The end of n business days from t: see business_days.hpp. 0 days end at t; of a negative number it is
  /// the start (the opening, by default) of the day that lies so many business days before.
  [[nodiscard]] instant add(instant t, business_days n) const noexcept { return add_by(dates_, t, n); }
  [[nodiscard]] instant add(instant t, business_days n, const business_day_rule& rule) const noexcept {
    if (n.count() == 0 || !t.is_finite()) return t;
    if (!has_business_days() || !covers(t)) return instant::unknown();
    if (n.count() > 0) return known(data_->dates.after(t, n.count(), rule), past_the_end());
    return known(data_->dates.ahead(t, -std::int64_t{n.count()}, rule), before_the_begin());
  }
  /// out[i] = add(t[i], n[i]), by the default rule; as the other calls of many at once.
  std::size_t add(std::span<const instant> t, std::span<const business_days> n,
                  std::span<instant> out) const noexcept {
    const std::size_t most = std::min({t.size(), n.size(), out.size()});
    const detail::date_table::view dates = dates_;
    for (std::size_t i = 0; i < most; ++i) out[i] = add_by(dates, t[i], n[i]);
    return most;
  }
  /// How many business days have a date after that of a, up to that of b; negative where b comes first.
  [[nodiscard]] std::int32_t business_days_between(instant a, instant b) const noexcept {
    if (!has_business_days()) return 0;
    const auto index = [this](instant t) {
      return static_cast<std::int64_t>(data_->dates.position(std::clamp(t, cover().begin, cover().end)));
    };
    return static_cast<std::int32_t>(index(b) - index(a));
  }
  /// When a start at t counts as received, given an acceptance cut-off in local time (T14): t itself up to
  /// the cut-off of the day that opened last, else the opening of the next business day.
  [[nodiscard]] instant received(instant t, std::chrono::seconds cut_off) const noexcept {
    if (!t.is_finite()) return t;
    if (!has_business_days() || !covers(t)) return instant::unknown();
    return known(data_->dates.received(t, cut_off), past_the_end());
  }
  /// The local date of t; needs has_business_days(), and t in the cover or at its end.
  [[nodiscard]] std::chrono::sys_days local_date(instant t) const noexcept {
    return data_->dates.local_date(t);
  }
  /// The dates that open inside the cover, in order; the last one's shift may close after it.
  [[nodiscard]] std::span<const business_date> dates() const noexcept { return data_->inside; }

  // --- what is known

  /// Where every answer is decided: [begin, end).
  [[nodiscard]] interval cover() const noexcept { return data_->calendar.cover; }
  /// Whether t lies in the cover or at its end, up to where all rules hold.
  [[nodiscard]] bool covers(instant t) const noexcept { return index_.covers(t.unix_seconds()); }
  /// The last instant that the holiday data speak of; what rests on a later one is provisional (T9).
  [[nodiscard]] instant known_through() const noexcept { return data_->calendar.known_through; }
  /// The first one; what rests on an earlier one is provisional, too.
  [[nodiscard]] instant known_from() const noexcept { return data_->calendar.known_from; }
  [[nodiscard]] bool is_provisional(instant t) const noexcept {
    return t > known_through() || t < known_from();
  }
  /// Whether there is no open time at all inside the cover (T11).
  [[nodiscard]] bool never_opens() const noexcept { return open().empty(); }
  /// What an answer rests on (C19).
  [[nodiscard]] std::span<const named_version> zones() const noexcept { return data_->calendar.zones; }
  [[nodiscard]] std::span<const named_version> holidays() const noexcept { return data_->calendar.holidays; }
  /// Dated exceptions and holidays, in order of date.
  [[nodiscard]] std::span<const dated_note> notes() const noexcept { return data_->calendar.notes; }
  /// What was indexed, for another calendar to be made from.
  [[nodiscard]] compiled_calendar compiled() const {
    compiled_calendar c = data_->calendar;
    c.open.assign(begin(), end());
    return c;
  }
  /// Memory of the index, the intervals and the dates.
  [[nodiscard]] std::size_t size_bytes() const noexcept {
    return sizeof(*this) + sizeof(data) + data_->index.bytes() + data_->dates.bytes();
  }

 private:
  struct data {
    explicit data(compiled_calendar c)
        : calendar(std::move(c)),
          index(std::move(calendar.open), calendar.cover),
          dates({calendar.days.data(), calendar.days.size()},
                {calendar.offsets.data(), calendar.offsets.size()}, calendar.cover) {
      const auto opens_before = [](const business_date& d, instant t) { return d.first_open < t; };
      const business_date *first = calendar.days.data(), *last = first + calendar.days.size();
      inside = {std::lower_bound(first, last, calendar.cover.begin, opens_before),
                std::lower_bound(first, last, calendar.cover.end, opens_before)};
    }
    data(const data&) = delete;  // dates looks into calendar
    compiled_calendar calendar;
    detail::interval_index index;
    detail::date_table dates;
    std::span<const business_date> inside;
  };

  [[nodiscard]] static compiled_calendar checked(compiled_calendar c) {
    if (c.cover.empty() || c.cover.begin < instant::earliest() || c.cover.end > instant::latest())
      detail::fail("a calendar must cover some time");
    instant from = c.cover.begin;
    for (std::size_t i = 0; i < c.open.size(); ++i) {
      if (c.open[i].empty() || c.open[i].begin < from || c.open[i].end > c.cover.end ||
          (i != 0 && c.open[i].begin == from))
        detail::fail("the open intervals of a calendar must be sorted, apart, and inside its cover");
      from = c.open[i].end;
    }
    for (std::size_t i = c.days.size(); i-- > 0;) {
      const bool last = i + 1 == c.days.size();
      if (c.days[i].last_close <= c.days[i].first_open || (!last && c.days[i].date >= c.days[i + 1].date))
        detail::fail("the business dates of a calendar must be sorted and open for some time");
      // Where nothing but the tail of a night shift is left of a date, the next one may open first.
      if (!last) c.days[i].first_open = std::min(c.days[i].first_open, c.days[i + 1].first_open);
    }
    c.days.shrink_to_fit();
    for (std::size_t i = 1; i < c.offsets.size(); ++i)
      if (c.offsets[i].from < c.offsets[i - 1].from)
        detail::fail("the zone offsets of a calendar must be sorted");
    return c;
  }

  [[nodiscard]] const interval* begin() const noexcept { return data_->index.open().data(); }
  [[nodiscard]] const interval* end() const noexcept { return begin() + data_->index.open().size(); }
  [[nodiscard]] const interval* ending_after(instant t) const noexcept {
    return std::upper_bound(begin(), end(), t, [](instant v, const interval& k) { return v < k.end; });
  }

  // Outside the cover of a calendar that goes on, nothing is decided; one that does not go on is closed
  // there.
  [[nodiscard]] bool undecided(instant t) const noexcept {
    return !t.is_finite() || (data_->calendar.endless.before && t < cover().begin) ||
           (data_->calendar.endless.after && t > cover().end);
  }
  [[nodiscard]] static instant outside(instant t) noexcept { return t.is_finite() ? instant::unknown() : t; }
  // An edge of the cover is no opening or closing: the interval may go on.
  [[nodiscard]] bool cut_off_at(instant edge) const noexcept {
    return (data_->calendar.endless.before && edge == cover().begin) ||
           (data_->calendar.endless.after && edge == cover().end);
  }
  [[nodiscard]] instant past_the_end() const noexcept {
    return data_->calendar.endless.after && cover().end < instant::latest() ? instant::unknown()
                                                                            : instant::never();
  }
  [[nodiscard]] instant before_the_begin() const noexcept {
    return data_->calendar.endless.before && cover().begin > instant::earliest() ? instant::unknown()
                                                                                 : instant::never();
  }

  // What a business day answers: its shift may lie across an edge of the cover.
  [[nodiscard]] instant known(std::optional<instant> u, instant none) const noexcept {
    if (!u) return none;
    return covers(*u) ? *u : instant::unknown();
  }

  // An instant of the cover needs no clamping; this spares it.
  [[nodiscard]] static instant inside(std::int64_t seconds) noexcept {
    return std::bit_cast<instant>(seconds);
  }

  [[nodiscard]] instant add_by(const detail::interval_index::view& index, instant t,
                               sla::worked w) const noexcept {
    if (index.covers(t.unix_seconds())) [[likely]] {
      const std::uint64_t done = index.before(t.unix_seconds());
      const std::uint64_t more = static_cast<std::uint64_t>(w.count()) - 1;
      if (more < index.total() - done) [[likely]]
        return inside(index.at(done + more) + 1);
    }
    return add_rare(t, w);
  }
  [[nodiscard]] static sla::worked worked_by(const detail::interval_index::view& index, instant a,
                                             instant b) noexcept {
    const std::uint64_t from = index.before_any(a.unix_seconds()), to = index.before_any(b.unix_seconds());
    return sla::worked(std::chrono::seconds(static_cast<std::int64_t>(to - from)));
  }

  [[nodiscard]] instant add_by(const detail::date_table::view& dates, instant t,
                               business_days n) const noexcept {
    if (index_.covers(t.unix_seconds()) && dates.usable()) [[likely]] {
      // Of 0 or fewer days, more is huge.
      const std::uint64_t last = dates.position(t.unix_seconds()),
                          more = static_cast<std::uint32_t>(n.count()) - 1U;
      if (last + more < dates.closed()) [[likely]]
        return inside(dates.closing(last + more));
    }
    return add(t, n, business_day_rule());
  }

  // Amounts of 0 or of the other sign, instants outside the cover, and amounts that the calendar does not
  // have.
  [[nodiscard]] instant add_rare(instant t, sla::worked w) const noexcept {
    return w < sla::worked() ? backward(t, detail::magnitude(w.count()))
                             : forward(t, detail::magnitude(w.count()));
  }
  [[nodiscard]] instant subtract_rare(instant t, sla::worked w) const noexcept {
    return w < sla::worked() ? forward(t, detail::magnitude(w.count()))
                             : backward(t, detail::magnitude(w.count()));
  }
  [[nodiscard]] instant forward(instant t, std::uint64_t amount) const noexcept {
    if (amount == 0) return t;
    if (undecided(t)) return outside(t);
    const std::uint64_t done = index_.before_any(t.unix_seconds());
    if (amount > index_.total() - done) return past_the_end();
    return inside(index_.at(done + amount - 1) + 1);
  }
  [[nodiscard]] instant backward(instant t, std::uint64_t amount) const noexcept {
    if (amount == 0) return t;
    if (undecided(t)) return outside(t);
    const std::uint64_t done = index_.before_any(t.unix_seconds());
    return amount > done ? before_the_begin() : inside(index_.at(done - amount));
  }

  // Instants x from `begin` on, for which adding one amount is (x & slope) + offset: slope is all ones where x and
  // the answer both lie inside an interval, 0 where x lies between two.
  struct stretch {
    std::uint64_t begin = 0, length = 0;
    std::int64_t slope = 0, offset = 0;
  };
  static constexpr std::uint64_t close_neighbour = 1024;
  // What a batch looks up together; small enough to stay beside the processor.
  static constexpr std::size_t block = 128;
  static constexpr std::uint64_t rare = std::numeric_limits<std::uint64_t>::max();

  [[nodiscard, gnu::noinline]] stretch stretch_of(instant t, sla::worked w, instant u) const noexcept {
    if (w <= sla::worked() || !u.is_finite() || !covers(t)) return {};
    const std::int64_t x = t.unix_seconds();
    const std::size_t k = data_->index.ended_by(x);
    const interval& from = open()[k];
    std::int64_t lo = from.begin.unix_seconds(), hi = from.end.unix_seconds();
    if (x < lo) {
      const std::int64_t closed = k == 0 ? cover().begin.unix_seconds() : open()[k - 1].end.unix_seconds();
      return {static_cast<std::uint64_t>(closed), static_cast<std::uint64_t>(lo - closed), 0,
              u.unix_seconds()};
    }
    const std::int64_t distance = u.unix_seconds() - x;
    const interval& to = open()[data_->index.ended_by(u.unix_seconds() - 1)];
    lo = std::max(lo, to.begin.unix_seconds() - distance + 1);
    hi = std::min(hi, to.end.unix_seconds() - distance + 1);
    return {static_cast<std::uint64_t>(lo), static_cast<std::uint64_t>(hi - lo), -1, distance};
  }

  std::shared_ptr<const data> data_;
  detail::interval_index::view index_;
  detail::date_table::view dates_;
};

}  // namespace v0
}  // namespace sla
