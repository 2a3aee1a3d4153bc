// SPDX-License-Identifier: MIT
// Random calendars in awkward zones: the index against the walker, and the laws of business time. RC_PARAMS chooses how
// many: "max_success=100" asks some hundred thousand questions, and 10,000 some ten million.

#include <gtest/gtest.h>

#include <rapidcheck.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <source_location>
#include <string>
#include <vector>

#include "../support/random_calendar.hpp"
#include "../support/walker.hpp"

#include <sla/calendar/business_time.hpp>
#include <sla/calendar/calendar.hpp>

namespace calendar_business_time_test {
namespace {

using namespace std::chrono;
using namespace std::chrono_literals;
using namespace sla::literals;
using sla::instant;

// RC_ASSERT writes its text even where it holds; millions of questions are asked here.
void holds(bool ok, std::source_location where = std::source_location::current()) {
  if (!ok) RC_FAIL("line " + std::to_string(where.line()));
}

struct subject {
  sla::calendar_spec spec = random_calendar::spec();
  std::optional<sla::business_time> calendar;
  subject() {
    std::vector<sla::calendar_fault> faults;
    auto compiled = sla::try_compile(spec, faults);
    RC_PRE(compiled.has_value());
    RC_LOG(random_calendar::describe(spec));
    calendar.emplace(*std::move(compiled));
  }
};

// A place in the cover, often near a change of the offset.
instant random_place(const sla::calendar_spec& spec, const sla::business_time& c) {
  std::vector<instant> places;
  spec.zone.for_each_segment(c.cover(), [&](sla::interval s, seconds) { places.push_back(s.begin); });
  for (int i = 0; i < 3; ++i) places.push_back(c.cover().begin + hours(*rc::gen::inRange(0, 365 * 24)));
  const instant last =
      places[static_cast<std::size_t>(*rc::gen::inRange<int>(0, static_cast<int>(places.size())))];
  return std::clamp(last - hours(*rc::gen::inRange(0, 24)), c.cover().begin, c.cover().end - days(4));
}

TEST(property_calendar, T1_T2_T5_T6_T8_the_index_agrees_with_a_walk_over_seconds) {
  const bool ok = rc::check("index against seconds", [] {
    const subject s;
    const sla::business_time& c = *s.calendar;
    const oracle::walker walker(s.spec);
    const instant begin = random_place(s.spec, c);
    // The window, by seconds: which are open, how many before, and each opening and closing.
    const std::int64_t window = *rc::gen::element(1, 4, 16) * 3600;
    std::vector<std::int64_t> before{0}, open_at, openings, closings;
    const bool goes_on_before = c.compiled().endless.before;
    bool was_open = walker.is_open(begin - seconds(1));
    for (std::int64_t t = 0; t < window; ++t) {
      const bool open = walker.is_open(begin + seconds(t));
      if (open) open_at.push_back(t);
      // The edge of a cover that time goes on before is no opening: nobody looked further.
      if (open != was_open && (!goes_on_before || begin + seconds(t) != c.cover().begin))
        (open ? openings : closings).push_back(t);
      was_open = open;
      before.push_back(before.back() + open);
    }
    const auto after = [](const std::vector<std::int64_t>& all, std::int64_t t) {
      return std::upper_bound(all.begin(), all.end(), t);
    };
    random_calendar::numbers random(*rc::gen::inRange(1, 1 << 30));
    const instant end = begin + seconds(window);
    for (int i = 0; i < 3000; ++i) {
      const std::int64_t a = random(window), b = random(window + 1);
      const instant t = begin + seconds(a);
      const std::int64_t from = before[static_cast<std::size_t>(a)], to = before[static_cast<std::size_t>(b)];
      holds(c.worked(t, begin + seconds(b)).count() == to - from);
      const bool open = before[static_cast<std::size_t>(a) + 1] != from;
      holds(c.is_open(t) == open);
      const std::int64_t more = before.back() - from;
      if (more > 0) {
        const std::int64_t w = 1 + random(more);
        // T2: the earliest; the second before it is open and is the last one counted.
        holds(c.add(t, sla::worked(seconds(w))) ==
              begin + seconds(open_at[static_cast<std::size_t>(from + w - 1)] + 1));
        holds(c.next_open(t) == begin + seconds(open_at[static_cast<std::size_t>(from)]));
      } else {
        holds(c.next_open(t) >= end);
      }
      if (from > 0) {
        const std::int64_t w = 1 + random(from);
        holds(c.subtract(t, sla::worked(seconds(w))) ==
              begin + seconds(open_at[static_cast<std::size_t>(from - w)]));
      }
      const auto close = after(closings, a);
      holds(close == closings.end() ? c.next_close(t) >= end : c.next_close(t) == begin + seconds(*close));
      if (const auto o = after(openings, a); o != openings.begin()) {
        holds(c.previous_open(t) == begin + seconds(o[-1]));
      } else {
        holds(c.previous_open(t) < begin || !c.previous_open(t).is_finite());
      }
      if (const auto o = after(closings, a); o != closings.begin()) {
        holds(c.previous_close(t) == begin + seconds(o[-1]));
      } else {
        holds(c.previous_close(t) < begin || !c.previous_close(t).is_finite());
      }
    }
  });
  EXPECT_TRUE(ok);
}

TEST(property_calendar, T1_T2_the_index_agrees_with_a_walk_over_dates) {
  const bool ok = rc::check("index against dates", [] {
    const subject s;
    const sla::business_time& c = *s.calendar;
    const oracle::walker walker(s.spec);
    const instant a = c.cover().begin + seconds(*rc::gen::inRange(0, 300 * 86'400));
    const instant b = std::min(c.cover().end, a + seconds(*rc::gen::inRange(0, 60 * 86'400)));
    holds(c.worked(a, b).count() == walker.worked_by_dates(a, b));
    const std::int64_t w = *rc::gen::inRange(1, 100 * 3600);
    if (const auto u = walker.add_by_dates(a, w, std::min(c.cover().end, a + days(60))))
      holds(c.add(a, sla::worked(seconds(w))) == *u);
  });
  EXPECT_TRUE(ok);
}

TEST(property_calendar, T13_business_days_are_the_dates_on_which_a_walk_finds_an_opening) {
  const bool ok = rc::check("business days", [] {
    const subject s;
    const sla::business_time& c = *s.calendar;
    const oracle::walker walker(s.spec);
    // A few weeks, away from the cover's edges.
    const sys_days first = sys_days(year(random_calendar::first_year) / January / 8) +
                           days(*rc::gen::inRange(0, 300)),
                   end = first + days(30);
    std::vector<sla::business_date> want, have;
    for (sys_days d = first; d < end; d += days(1))
      if (const auto open = walker.open_of(d)) want.push_back({d, open->begin, open->end});
    for (const sla::business_date& d : c.dates())
      if (first <= d.date && d.date < end) have.push_back(d);
    holds(want == have);
    // T13: the date of origin is that of the shift an instant lies in, else the local one; it is not counted.
    random_calendar::numbers random(*rc::gen::inRange(1, 1 << 30));
    for (int i = 0; i < 200 && !want.empty(); ++i) {
      const instant t = instant(first) + days(5) + seconds(random(15 * 86'400));
      // Nor does it belong to a later date than a shift that is still to come.
      const auto ends_later = [&](const auto& d) { return t < d.last_close; };
      const auto shift = std::find_if(want.begin(), want.end(), ends_later);
      const bool in_it = shift != want.end() && shift->first_open <= t;
      const sys_days local = walker.local_date(t);
      const sys_days origin = shift != want.end() && (in_it || shift->date < local) ? shift->date : local;
      const auto n = static_cast<std::size_t>(1 + random(5));
      const auto day = std::find_if(want.begin(), want.end(), [&](const auto& d) { return d.date > origin; });
      if (static_cast<std::size_t>(want.end() - day) < n) continue;
      // Two days are not due before one, though the shifts of the second may end first.
      instant due = instant::earliest();
      for (auto d = want.begin(); d < day + static_cast<std::ptrdiff_t>(n); ++d)
        due = std::max(due, d->last_close);
      holds(c.add(t, sla::business_days(static_cast<std::int32_t>(n))) == due);
    }
  });
  EXPECT_TRUE(ok);
}

TEST(property_calendar, laws_of_business_time) {
  const bool ok = rc::check("laws", [] {
    const subject s;
    const sla::business_time& c = *s.calendar;
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
  });
  EXPECT_TRUE(ok);
}

}  // namespace
}  // namespace calendar_business_time_test
