// SPDX-License-Identifier: MIT
// Random calendars in awkward zones: the index against the walker, and the laws of business time.

#include <gtest/gtest.h>

#include <rapidcheck.h>

#include <chrono>
#include <cstdint>
#include <source_location>
#include <string>
#include <vector>

#include "../support/walker.hpp"

#include <sla/calendar/business_time.hpp>
#include <sla/calendar/compile.hpp>

namespace {

using namespace std::chrono;
using namespace std::chrono_literals;
using namespace sla::literals;
using sla::day_change;
using sla::instant;

// RC_ASSERT writes its text even where it holds; millions of questions are asked here.
void holds(bool ok, std::source_location where = std::source_location::current()) {
  if (!ok) RC_FAIL("line " + std::to_string(where.line()));
}

constexpr int first_year = 2011;

// Half-hour summer time, gaps and repetitions at midnight, a skipped date, a repeated date.
sla::zone zone_of(int which) {
  switch (which) {
    case 0: return sla::zone::posix("Shanghai", "CST-8");
    case 1: return sla::zone::posix("Berlin", "CET-1CEST,M3.5.0,M10.5.0/3");
    case 2: return sla::zone::posix("Lord Howe", "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0");
    case 3: return sla::zone::posix("Sao Paulo", "<-03>3<-02>,M11.1.0/0,M2.3.0/0");
    case 4: return sla::zone::posix("Azores", "<-01>1<+00>,M3.5.0/0,M10.5.0/1");
    case 5: return {"Apia", "1", -10h, {{sys_days(2011y / 12 / 30) + 10h, 14h}}, "<+14>-14"};
    default: return {"Manila backwards", "1", 8h, {{sys_days(2011y / 6 / 10) + 16h, -16h}}, "<-16>16"};
  }
}

sla::day_hours random_day() {
  std::vector<sla::shift> out;
  std::int32_t at = 0;
  const int shifts = *rc::gen::inRange(0, 4);
  // Edges on minutes mostly, on odd seconds at times.
  const std::int32_t unit = *rc::gen::element(900, 60, 1);
  for (int i = 0; i < shifts; ++i) {
    const std::int32_t open = at + *rc::gen::inRange(1, 8 * 3600 / unit) * unit;
    const std::int32_t close = open + *rc::gen::inRange(1, 10 * 3600 / unit) * unit;
    if (open >= 86'400 || close > open + 86'400) break;
    out.push_back({open, close});
    if (close >= 86'400) break;
    at = close;
  }
  return sla::day_hours(out);
}
sla::weekly_hours random_week() {
  if (*rc::gen::inRange(0, 8) == 0) return sla::weekly_hours("24/7"_hours);
  std::array<std::vector<sla::shift>, 7> days;
  for (auto& d : days) {
    const sla::day_hours h = random_day();
    d.assign(h.begin(), h.end());
  }
  return sla::weekly_hours(days);
}
day_change random_change() {
  const sla::day_hours hours = random_day();
  switch (*rc::gen::inRange(0, hours.empty() ? 3 : 5)) {
    case 0: return day_change::off();
    case 1: return day_change::works_as(weekday(*rc::gen::inRange(0u, 7u)));
    case 2: return day_change::exactly(hours);
    case 3: return day_change::extra(hours);
    default: return day_change::minus(hours);
  }
}
// Dated exceptions on the first 20 days of months, recurring ones after: no date has two.
sla::calendar_spec random_spec() {
  sla::calendar_spec spec{.zone = zone_of(*rc::gen::inRange(0, 7)),
                          .hours = random_week(),
                          .cover = {year(first_year), year(first_year + 1)}};
  if (*rc::gen::inRange(0, 3) == 0)
    spec.changes.push_back(
        {year(first_year) / month(*rc::gen::inRange(1u, 13u)) / *rc::gen::inRange(1, 29), random_week()});
  for (unsigned m = 1; m <= 12; ++m) {
    for (unsigned d = 1; d <= 20; d += static_cast<unsigned>(*rc::gen::inRange(1, 9))) {
      const unsigned last = std::min(20u, d + static_cast<unsigned>(*rc::gen::inRange(0, 3)));
      spec.exceptions.push_back(sla::calendar_exception::through(year(first_year) / month(m) / day(d),
                                                                 year(first_year) / month(m) / day(last),
                                                                 random_change(), "x"));
      d = last;
    }
    if (*rc::gen::inRange(0, 2) == 0)
      spec.recurring.push_back({month(m) / day(*rc::gen::inRange(22u, 29u)), random_change(), "y"});
  }
  return spec;
}

// A place in the cover, often near a change of the offset.
instant random_place(const sla::calendar_spec& spec, const sla::business_time& c) {
  std::vector<instant> places;
  instant last = c.cover().begin;
  spec.zone.for_each_segment(c.cover(), [&](sla::interval s, seconds) { places.push_back(s.begin); });
  for (int i = 0; i < 3; ++i) places.push_back(c.cover().begin + hours(*rc::gen::inRange(0, 365 * 24)));
  last = places[static_cast<std::size_t>(*rc::gen::inRange<int>(0, static_cast<int>(places.size())))];
  return std::clamp(last - hours(*rc::gen::inRange(0, 60)), c.cover().begin, c.cover().end - days(4));
}

TEST(property_calendar, T1_T2_T5_T6_T8_the_index_agrees_with_a_walk_over_seconds) {
  EXPECT_TRUE(rc::check("index against seconds", [] {
    const sla::calendar_spec spec = random_spec();
    std::vector<sla::calendar_fault> faults;
    auto compiled = sla::try_compile(spec, faults);
    RC_PRE(compiled.has_value());
    const sla::business_time c(*compiled);
    const oracle::walker walker(spec);

    const instant begin = random_place(spec, c);
    constexpr std::int64_t window = 36 * 3600;
    std::vector<std::int64_t> before{0}, open_at;
    for (std::int64_t s = 0; s < window; ++s) {
      const bool open = walker.is_open(begin + seconds(s));
      if (open) open_at.push_back(s);
      before.push_back(before.back() + open);
    }
    std::uint64_t state = static_cast<std::uint64_t>(*rc::gen::inRange(1, 1 << 30));
    const auto random = [&](std::int64_t n) {
      state = state * 6364136223846793005ULL + 1442695040888963407ULL;
      return static_cast<std::int64_t>((state >> 33) % static_cast<std::uint64_t>(n));
    };
    for (int i = 0; i < 20'000; ++i) {
      const std::int64_t a = random(window + 1), b = random(window + 1);
      const auto [from, to] =
          std::pair(before[static_cast<std::size_t>(a)], before[static_cast<std::size_t>(b)]);
      holds(c.worked(begin + seconds(a), begin + seconds(b)).count() == to - from);
      if (a < window)
        holds(c.is_open(begin + seconds(a)) == (before[static_cast<std::size_t>(a) + 1] != from));
      const std::int64_t more = before.back() - from;
      if (more > 0) {
        const std::int64_t w = 1 + random(more);
        // T2: the earliest; the second before it is open and is the last one counted.
        holds(c.add(begin + seconds(a), sla::worked(seconds(w))) ==
              begin + seconds(open_at[static_cast<std::size_t>(from + w - 1)] + 1));
      }
      if (from > 0) {
        const std::int64_t w = 1 + random(from);
        holds(c.subtract(begin + seconds(a), sla::worked(seconds(w))) ==
              begin + seconds(open_at[static_cast<std::size_t>(from - w)]));
      }
    }
  }));
}

TEST(property_calendar, T1_T2_the_index_agrees_with_a_walk_over_dates) {
  EXPECT_TRUE(rc::check("index against dates", [] {
    const sla::calendar_spec spec = random_spec();
    std::vector<sla::calendar_fault> faults;
    auto compiled = sla::try_compile(spec, faults);
    RC_PRE(compiled.has_value());
    const sla::business_time c(*compiled);
    const oracle::walker walker(spec);
    const instant a = c.cover().begin + seconds(*rc::gen::inRange(0, 300 * 86'400));
    const instant b = std::min(c.cover().end, a + seconds(*rc::gen::inRange(0, 60 * 86'400)));
    holds(c.worked(a, b).count() == walker.worked_by_dates(a, b));
    const std::int64_t w = *rc::gen::inRange(1, 100 * 3600);
    if (const auto u = walker.add_by_dates(a, w, std::min(c.cover().end, a + days(60))))
      holds(c.add(a, sla::worked(seconds(w))) == *u);
  }));
}

TEST(property_calendar, laws_of_business_time) {
  EXPECT_TRUE(rc::check("laws", [] {
    const sla::calendar_spec spec = random_spec();
    std::vector<sla::calendar_fault> faults;
    auto compiled = sla::try_compile(spec, faults);
    RC_PRE(compiled.has_value());
    const sla::business_time c(*compiled);
    const std::int64_t length = c.cover().length().count();
    const auto place = [&] {
      return c.cover().begin + seconds(*rc::gen::inRange<std::int64_t>(0, length + 1));
    };
    const auto amount = [] { return sla::worked(seconds(*rc::gen::inRange<std::int64_t>(0, 2'000'000))); };
    for (int i = 0; i < 200; ++i) {
      const instant t = place(), u = place(), v = place();
      const sla::worked x = amount(), y = amount();
      holds(c.worked(t, u) == -c.worked(u, t));
      holds(c.worked(t, u) + c.worked(u, v) == c.worked(t, v));
      const instant forward = c.add(t, x), back = c.subtract(t, x);
      if (forward.is_finite()) holds(c.worked(t, forward) == x);
      if (back.is_finite()) holds(c.worked(back, t) == x);
      holds(c.add(t, -x) == back);
      if (forward.is_finite()) holds(c.add(forward, y) == c.add(t, x + y));
      if (back.is_finite()) holds(c.subtract(back, y) == c.subtract(t, x + y));
      // Later starts and larger amounts are never due earlier; reserved values come last.
      if (t <= u) holds(c.add(t, x) <= c.add(u, x));
      holds(c.add(t, x) <= c.add(t, x + y));
      const instant open = c.next_open(t);
      if (open.is_finite()) {
        holds(c.is_open(open));
        holds(c.worked(t, open) == sla::worked());
        holds((open == t) == c.is_open(t));
      }
      const sla::business_days n(*rc::gen::inRange(1, 20)), m(*rc::gen::inRange(1, 20));
      if (t <= u) holds(c.add(t, n) <= c.add(u, n));
      holds(c.add(t, n) <= c.add(t, sla::business_days(n.count() + m.count())));
      const auto cut = sla::business_day_rule::closing().received_by(hours(17));
      if (t <= u) holds(c.add(t, n, cut) <= c.add(u, n, cut));
    }
  }));
}

}  // namespace
