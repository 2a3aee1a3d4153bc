// SPDX-License-Identifier: MIT
#pragma once

// From a description to open intervals in UTC: the one place where zones, weeks and exceptions meet.
//
//     sla::compiled_calendar open = sla::compile(office);       // throws calendar_error with every fault
//     std::vector<sla::calendar_fault> faults;
//     auto maybe = sla::try_compile(office, faults);            // for loaders: nothing is thrown
//
// For every local date the shifts are worked out on the wall clock, then each stretch of constant offset takes the
// part that the wall clock shows in it. So the hard question needs no case of its own: a local hour that is skipped
// is shown by no instant, one that comes twice is open on both passes, and durations are real seconds (rule T6).
//
// Ten years take well under a millisecond; days on which the offset changes cost more than others.

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include <sla/base/instant.hpp>
#include <sla/base/interval_set.hpp>
#include <sla/calendar/business_time.hpp>
#include <sla/calendar/calendar_spec.hpp>
#include <sla/calendar/compiled_calendar.hpp>
#include <sla/calendar/day_plan.hpp>

namespace sla {
inline namespace v0 {
namespace detail {

[[nodiscard]] constexpr bool has_errors(const std::vector<calendar_fault>& faults) noexcept {
  for (const calendar_fault& f : faults)
    if (f.level == gravity::error) return true;
  return false;
}

// Seconds on the wall clock: the local date and time as if they were UTC.
struct wall_span {
  std::int64_t begin, end;
  friend constexpr auto operator<=>(const wall_span&, const wall_span&) noexcept = default;
};

// Stretches of constant offset, and the way from the wall clock to UTC through them.
class wall_clock {
 public:
  constexpr wall_clock(const zone& z, interval range) {
    z.for_each_segment(range, [&](interval s, std::chrono::seconds offset) {
      if (!all_.empty() && all_.back().offset == offset.count()) {
        all_.back().end = s.end.unix_seconds();
      } else {
        all_.push_back({s.begin.unix_seconds(), s.end.unix_seconds(), offset.count(), 0, 0});
      }
    });
    // Between these bounds the wall clock shows a time once, and in this stretch.
    std::int64_t bound = std::numeric_limits<std::int64_t>::min();
    for (stretch& s : all_) {
      s.safe_begin = std::max(bound, s.begin + s.offset);
      bound = std::max(bound, s.end + s.offset);
    }
    bound = std::numeric_limits<std::int64_t>::max();
    for (std::size_t i = all_.size(); i-- != 0;) {
      all_[i].safe_end = std::min(bound, all_[i].end + all_[i].offset);
      bound = std::min(bound, all_[i].begin + all_[i].offset);
    }
  }

  /// Appends the instants at which the wall clock shows these spans; whether one stretch held all of them. Spans
  /// sorted by begin; dates asked for in order.
  [[nodiscard]] constexpr bool to_utc(const std::vector<wall_span>& spans, std::int64_t last_end,
                                      std::vector<interval>& out) {
    while (at_ + 1 < all_.size() && spans.front().begin >= all_[at_ + 1].safe_begin) ++at_;
    const stretch& here = all_[at_];
    if (here.safe_begin <= spans.front().begin && last_end <= here.safe_end) {
      for (const wall_span& s : spans)
        out.push_back({instant::from_unix(s.begin - here.offset), instant::from_unix(s.end - here.offset)});
      return true;
    }
    const stretch* last = all_.data() + all_.size();
    for (const stretch* s = near(spans.front().begin); s != last && s->begin < last_end + furthest; ++s)
      for (const wall_span& w : spans) {
        const std::int64_t begin = std::max(w.begin - s->offset, s->begin),
                           end = std::min(w.end - s->offset, s->end);
        if (begin < end) out.push_back({instant::from_unix(begin), instant::from_unix(end)});
      }
    return false;
  }

  /// Whether the wall clock shows any second of a span at all.
  [[nodiscard]] constexpr bool shows(wall_span w) const noexcept {
    const stretch* last = all_.data() + all_.size();
    for (const stretch* s = near(w.begin); s != last && s->begin < w.end + furthest; ++s)
      if (w.begin < s->end + s->offset && s->begin + s->offset < w.end) return true;
    return false;
  }

  [[nodiscard]] constexpr std::vector<zone_offset> offsets() const {
    std::vector<zone_offset> out;
    for (const stretch& s : all_)
      out.push_back({instant::from_unix(s.begin), std::chrono::seconds(s.offset)});
    return out;
  }

 private:
  struct stretch {
    std::int64_t begin, end, offset, safe_begin, safe_end;
  };
  static constexpr std::int64_t furthest = 27 * 3600;  // no offset is above 26 hours
  // The first stretch that may show this or later.
  [[nodiscard]] constexpr const stretch* near(std::int64_t wall) const noexcept {
    return std::lower_bound(all_.data(), all_.data() + all_.size(), wall - furthest,
                            [](const stretch& x, std::int64_t v) { return x.end < v; });
  }
  std::vector<stretch> all_;
  std::size_t at_ = 0;
};

// The cover of a description, as far as its zone is known.
[[nodiscard]] constexpr interval check_zone_end(const calendar_spec& spec, std::chrono::sys_days first,
                                                std::chrono::sys_days end,
                                                std::vector<calendar_fault>& faults) {
  interval cover{spec.zone.start_of(first), spec.zone.start_of(end)};
  const instant known = spec.zone.known_until();
  if (known >= cover.end) return cover;
  cover.end = std::max(known, cover.begin);
  faults.push_back({known <= cover.begin ? gravity::error : gravity::warning, "zone-data-end",
                    calendar_fault::part::zone, 0,
                    "zone " + std::string(spec.zone.name()) + " has no rule after its last change on " +
                        date_text(std::chrono::floor<std::chrono::days>(known.sys())) +
                        ": answers after it are unknown"});
  return cover;
}

class calendar_compiler {
 public:
  constexpr calendar_compiler(const calendar_spec& spec, std::vector<calendar_fault>& faults)
      : calendar_compiler(spec, faults, std::chrono::sys_days(spec.cover.from / std::chrono::January / 1),
                          std::chrono::sys_days(spec.cover.to / std::chrono::January / 1)) {}
  /// Of the dates from `first` to before `end` alone.
  constexpr calendar_compiler(const calendar_spec& spec, std::vector<calendar_fault>& faults,
                              std::chrono::sys_days first, std::chrono::sys_days end)
      : spec_(spec), faults_(faults), periods_(periods_of(spec)), first_(first), end_(end) {}

  [[nodiscard]] constexpr compiled_calendar run() {
    set_cover();
    open();
    std::erase_if(out_.notes, [&](const dated_note& n) { return n.date < first_ || n.date >= end_; });
    set_versions();
    if (out_.open.empty() && !has_errors(faults_))
      faults_.push_back({gravity::error, "never-opens", calendar_fault::part::whole, 0,
                         "the calendar never opens in the years it covers"});
    return std::move(out_);
  }
  /// The open time alone.
  [[nodiscard]] constexpr std::vector<interval> run_open() {
    out_.cover = {spec_.zone.start_of(first_), std::min(spec_.zone.start_of(end_), spec_.zone.known_until())};
    open();
    return std::move(out_.open);
  }

 private:
  constexpr void open() {
    // A shift may reach two dates on, a cut-off four, and an offset change may move either by one more.
    const auto begin = first_ - std::chrono::days(6), end = end_ + std::chrono::days(4);
    day_plan plan(spec_, periods_, begin, end, faults_);
    wall_clock clock(spec_.zone,
                     {instant(begin) - std::chrono::days(2), instant(end) + std::chrono::days(2)});
    open_dates(plan, clock, begin, end);
    out_.offsets = clock.offsets();
    out_.notes = plan.take_notes();
  }

  constexpr void set_cover() { out_.cover = check_zone_end(spec_, first_, end_, faults_); }

  constexpr void open_dates(const day_plan& plan, wall_clock& clock, std::chrono::sys_days begin,
                            std::chrono::sys_days end) {
    const auto& specials = plan.dates();
    const auto& minuses = plan.minuses();
    std::size_t special = 0, period = 0, minus = 0;
    std::vector<wall_span> spans;
    std::vector<interval> pieces;
    bool ordered = true;
    const std::chrono::sys_days last_date = spec_.zone.date_at(out_.cover.end);
    for (std::chrono::sys_days date = begin; date < end; date += std::chrono::days(1)) {
      while (period + 1 < periods_.size() && periods_[period + 1].from <= date) ++period;
      const weekly_hours& week = *periods_[period].hours;
      const day_hours* shifts = &week[std::chrono::weekday(date)];
      spans.clear();
      const std::int64_t midnight = std::int64_t{86'400} * date.time_since_epoch().count();
      if (special < specials.size() && specials[special].date == date) {
        const special_date& s = specials[special++];
        if (s.shifts != nullptr) shifts = shifts_of(*s.shifts, week);
        add(shifts, midnight, spans);
        const std::size_t base = spans.size();
        subtract_nearby(minuses, minus, date, s.shifts != nullptr ? &s.rank : nullptr, spans, 0);
        for (std::size_t i = 0; i < s.extras; ++i) {
          const extra_hours& extra = plan.extra(s.first_extra + i);
          const std::size_t from = spans.size();
          add(extra.hours, midnight, spans);
          subtract_nearby(minuses, minus, date, &extra.rank, spans, from);
        }
        if (spans.size() != base || s.extras != 0) std::sort(spans.data(), spans.data() + spans.size());
      } else {
        add(shifts, midnight, spans);
        subtract_nearby(minuses, minus, date, nullptr, spans, 0);
      }
      if (spans.empty()) continue;
      std::int64_t last_end = spans.front().end;
      for (const wall_span& s : spans) last_end = std::max(last_end, s.end);
      pieces.clear();
      const bool ordinary = clock.to_utc(spans, last_end, pieces);
      if (pieces.empty()) continue;
      instant first_open = pieces.front().begin, last_close = pieces.front().end;
      for (const interval& p : pieces) {
        first_open = std::min(first_open, p.begin);
        last_close = std::max(last_close, p.end);
        beyond_.before = beyond_.before || p.begin < out_.cover.begin;
        beyond_.after = beyond_.after || p.end > out_.cover.end;
        ordered = append(intersect(p, out_.cover)) && ordered;
      }
      // On a date that the zone skipped nothing opens, though the next one's clocks show the tail of its night shift.
      const bool happened = ordinary || clock.shows({midnight, midnight + 86'400});
      if (happened && date <= last_date) out_.days.push_back({date, first_open, last_close});
    }
    if (!ordered) {
      const interval_set sorted(std::move(out_.open));
      out_.open.assign(sorted.begin(), sorted.end());
    }
  }

  static constexpr void add(const day_hours* shifts, std::int64_t midnight, std::vector<wall_span>& spans) {
    if (shifts == nullptr) return;
    for (const shift& s : *shifts) spans.push_back({midnight + s.open, midnight + s.close});
  }

  // Takes away from spans[from..] the minus hours of this date and its neighbours. What the date itself states with
  // a higher rank stays.
  static constexpr void subtract_nearby(const std::vector<minus_hours>& minuses, std::size_t& cursor,
                                        std::chrono::sys_days date, const change_rank* stated,
                                        std::vector<wall_span>& spans, std::size_t from) {
    while (cursor < minuses.size() && minuses[cursor].date < date - std::chrono::days(1)) ++cursor;
    for (std::size_t m = cursor; m < minuses.size() && minuses[m].date <= date + std::chrono::days(1); ++m) {
      if (stated != nullptr && minuses[m].date == date && *stated > minuses[m].rank) continue;
      const std::int64_t midnight = std::int64_t{86'400} * minuses[m].date.time_since_epoch().count();
      for (const shift& s : *minuses[m].hours) subtract({midnight + s.open, midnight + s.close}, spans, from);
    }
  }
  static constexpr void subtract(wall_span gone, std::vector<wall_span>& spans, std::size_t from) {
    for (std::size_t i = from, n = spans.size(); i < n; ++i) {
      const wall_span s = spans[i];
      if (s.end <= gone.begin || gone.end <= s.begin) continue;
      spans[i].end = std::max(s.begin, gone.begin);
      if (gone.end < s.end) spans.push_back({gone.end, s.end});
    }
    spans.erase(std::remove_if(spans.begin() + static_cast<std::ptrdiff_t>(from), spans.end(),
                               [](const wall_span& s) { return s.begin >= s.end; }),
                spans.end());
    std::sort(spans.data() + from, spans.data() + spans.size());
  }

  // Joins what touches or overlaps. False where time went back, which a repeated midnight can cause.
  [[nodiscard]] constexpr bool append(interval next) {
    if (next.empty()) return true;
    if (out_.open.empty() || out_.open.back().end < next.begin) {
      out_.open.push_back(next);
      return true;
    }
    if (next.begin < out_.open.back().begin) {
      out_.open.push_back(next);
      return false;
    }
    out_.open.back().end = std::max(out_.open.back().end, next.end);
    return true;
  }

  constexpr void set_versions() {
    out_.zones = {{std::string(spec_.zone.name()), std::string(spec_.zone.version())}};
    for (std::size_t p = 0; p < periods_.size(); ++p) {
      const holiday_use& use = *periods_[p].holidays;
      if (!use.used()) continue;
      const named_version v{use.set.name(), use.set.version()};
      bool listed = false;
      for (const named_version& other : out_.holidays) listed = listed || other == v;
      if (!listed) out_.holidays.push_back(v);
      const bool last = p + 1 == periods_.size();
      if (use.set.known_from() != holiday_set::always() && periods_[p].from < use.set.known_from()) {
        const auto from = last ? use.set.known_from() : std::min(use.set.known_from(), periods_[p + 1].from);
        out_.known_from = std::max(out_.known_from, spec_.zone.start_of(from));
      }
      if (use.set.known_through() == holiday_set::forever()) continue;
      const bool to_its_end = last || use.set.known_through() + std::chrono::days(1) < periods_[p + 1].from;
      if (!to_its_end) continue;
      const instant through = known_to(use.set.known_through());
      out_.known_through = std::min(out_.known_through, through);
    }
    set_ends();
  }
  // The last second of a date; years outside the calendar's need no zone.
  [[nodiscard]] constexpr instant known_to(std::chrono::sys_days date) const {
    return spec_.zone.start_of(date + std::chrono::days(1)) - std::chrono::seconds(1);
  }
  // Whether anything can open outside the years covered.
  constexpr void set_ends() {
    const auto opens = [](const day_change& c) {
      return !c.hours().empty() && c.what() != day_change::action::minus;
    };
    open_ends& ends = out_.endless = beyond_;
    if (out_.cover.end < spec_.zone.start_of(end_)) ends.after = true;
    for (std::size_t p = 0; p < periods_.size(); ++p) {
      if (periods_[p].hours->empty()) continue;
      if (periods_[p].from < first_) ends.before = true;
      if (p + 1 == periods_.size() || periods_[p + 1].from > end_) ends.after = true;
    }
    for (const recurring_exception& r : spec_.recurring)
      if (opens(r.change)) ends = true;
    for (const calendar_exception& e : spec_.exceptions) {
      if (!opens(e.change)) continue;
      if (std::chrono::sys_days(e.first) < first_) ends.before = true;
      if (std::chrono::sys_days(e.last) >= end_) ends.after = true;
    }
  }

  const calendar_spec& spec_;
  std::vector<calendar_fault>& faults_;
  std::vector<calendar_period> periods_;
  std::chrono::sys_days first_, end_;
  day_hours closed_;
  compiled_calendar out_;
  open_ends beyond_;  // what opens within days of the cover
};

// What a faulty description says of single dates may be faulty, too, and is reported with the rest.
inline void check_dates(calendar_spec spec, std::vector<calendar_fault>& faults) {
  if (std::ranges::any_of(faults, [](const calendar_fault& f) {
        return f.level == gravity::error && f.field == calendar_fault::part::cover;
      }))
    return;
  const std::chrono::year_month_day nowhere{std::chrono::year(-9999), std::chrono::January,
                                            std::chrono::day(1)};
  for (calendar_change& c : spec.changes)
    if (!c.from.ok()) c.from = nowhere;
  for (calendar_exception& e : spec.exceptions)
    if (!e.first.ok() || !e.last.ok()) e.first = e.last = nowhere;
  const std::chrono::sys_days first(spec.cover.from / std::chrono::January / 1),
      end(spec.cover.to / std::chrono::January / 1);
  (void)check_zone_end(spec, first, end, faults);
  (void)day_plan(spec, periods_of(spec), first, end, faults);
}

}  // namespace detail

/// The open time of a description, and every fault found; nothing where one of them is an error.
[[nodiscard]] inline std::optional<compiled_calendar> try_compile(const calendar_spec& spec,
                                                                  std::vector<calendar_fault>& faults) {
  faults = detail::calendar_checker(spec).take();
  if (detail::has_errors(faults)) {
    detail::check_dates(spec, faults);
    return std::nullopt;
  }
  compiled_calendar compiled = detail::calendar_compiler(spec, faults).run();
  if (detail::has_errors(faults)) return std::nullopt;
  return compiled;
}
/// The same; throws calendar_error with every fault where one is an error.
[[nodiscard]] inline compiled_calendar compile(const calendar_spec& spec) {
  std::vector<calendar_fault> faults;
  auto compiled = try_compile(spec, faults);
  if (!compiled) throw calendar_error(std::move(faults));
  return *std::move(compiled);
}
inline business_time::business_time(const calendar_spec& spec) : business_time(compile(spec)) {}
/// Every fault and warning of a description.
[[nodiscard]] inline std::vector<calendar_fault> check(const calendar_spec& spec) {
  std::vector<calendar_fault> faults;
  (void)try_compile(spec, faults);
  return faults;
}

}  // namespace v0
}  // namespace sla
