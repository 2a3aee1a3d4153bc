// SPDX-License-Identifier: MIT
// Laws of what calendars are made of and put together from: hours and their text, unions, intersections, differences.

#include <gtest/gtest.h>

#include <rapidcheck.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <source_location>
#include <string>
#include <vector>

#include "../support/random_calendar.hpp"
#include "../support/walker.hpp"

#include <sla/calendar/business_time.hpp>
#include <sla/calendar/calendar_algebra.hpp>

namespace calendar_laws_test {
namespace {

using namespace std::chrono;
using sla::business_time;
using sla::instant;

void holds(bool ok, std::source_location where = std::source_location::current()) {
  if (!ok) RC_FAIL("line " + std::to_string(where.line()));
}

// Never open is a value of the algebra, though a description of it is a fault.
business_time compiled(const sla::calendar_spec& spec) {
  RC_LOG(random_calendar::describe(spec));
  std::vector<sla::calendar_fault> faults;
  if (auto c = sla::try_compile(spec, faults)) return business_time(*std::move(c));
  sla::compiled_calendar never;
  never.cover = {spec.zone.start_of(sys_days(spec.cover.from / January / 1)),
                 spec.zone.start_of(sys_days(spec.cover.to / January / 1))};
  return business_time(std::move(never));
}
// Whether there is open time beyond the cover is told of each calendar, not of the instant: where covers differ, a step
// that cuts first may know less than one that combines first. Hours and knowledge are the same all the same.
bool same(const business_time& a, const business_time& b, bool one_cover) {
  return a.cover() == b.cover() && std::ranges::equal(a.open(), b.open()) &&
         a.known_through() == b.known_through() &&
         (!one_cover || a.compiled().endless == b.compiled().endless);
}

TEST(property_calendar_algebra, T12_laws_over_random_zones) {
  const bool ok = rc::check("algebra", [] {
    const sla::calendar_spec x = random_calendar::spec(), y = random_calendar::spec(),
                             z = random_calendar::spec();
    const business_time a = compiled(x), b = compiled(y), c = compiled(z);
    const business_time either = a | b, both = a & b, only = a - b;
    const bool one_cover = a.cover() == b.cover() && b.cover() == c.cover();
    const auto same = [one_cover](const business_time& l, const business_time& r) {
      return calendar_laws_test::same(l, r, one_cover);
    };
    holds(same(either, b | a));
    holds(same(both, b & a));
    holds(same((a | b) | c, a | (b | c)));
    holds(same((a & b) & c, a & (b & c)));
    holds(same((a | b) & c, (a & c) | (b & c)));
    holds(same((a & b) | c, (a | c) & (b | c)));
    holds(same(a - (b | c), (a - b) & (a - c)));
    holds(same(a - (b & c), (a - b) | (a - c)));
    holds((only & b).never_opens());
    holds(same(only | both, a & either));
    holds((a - a).never_opens());
    holds(same(a | a, a) && same(a & a, a));

    const oracle::walker in_a(x), in_b(y);
    random_calendar::numbers random(*rc::gen::inRange(1, 1 << 30));
    const sla::interval cover = either.cover();
    const auto place = [&] { return cover.begin + seconds(random(cover.length().count())); };
    for (int i = 0; i < 300; ++i) {
      const instant t = place(), u = place();
      holds(a.worked(t, u) + b.worked(t, u) == either.worked(t, u) + both.worked(t, u));
      holds(only.worked(t, u) + both.worked(t, u) == a.worked(t, u));
      const bool by_a = in_a.is_open(t), by_b = in_b.is_open(t);
      holds(either.is_open(t) == (by_a || by_b));
      holds(both.is_open(t) == (by_a && by_b));
      holds(only.is_open(t) == (by_a && !by_b));
    }
  });
  EXPECT_TRUE(ok);
}

TEST(property_calendar_algebra, T12_business_days_of_one_zone) {
  const bool ok = rc::check("dates of a union", [] {
    sla::calendar_spec x = random_calendar::spec(), y = random_calendar::spec();
    y.zone = x.zone;
    const business_time a = compiled(x), b = compiled(y);
    RC_PRE(a.has_business_days() && b.has_business_days());
    const business_time either = a | b;
    std::vector<sys_days> want, have;
    for (const auto& d : a.dates()) want.push_back(d.date);
    for (const auto& d : b.dates()) want.push_back(d.date);
    std::ranges::sort(want);
    want.erase(std::ranges::unique(want).begin(), want.end());
    for (const auto& d : either.dates()) have.push_back(d.date);
    holds(want == have);
    const business_time both = a & b, twice = a | a;
    for (const auto& d : both.dates())
      holds(std::ranges::any_of(a.dates(), [&](const auto& e) { return e.date == d.date; }));
    holds(std::ranges::equal(twice.dates(), a.dates()));
  });
  EXPECT_TRUE(ok);
}

TEST(property_hours, T5_reading_what_is_printed_gives_the_same_hours) {
  const bool ok = rc::check("hours", [] {
    const sla::weekly_hours week = random_calendar::week();
    sla::diagnostics found;
    const auto again = sla::parse_hours(to_string(week), found);
    holds(again.has_value() && *again == week && !found.has_errors());
    holds(to_string(*again) == to_string(week));
    const sla::day_hours day = random_calendar::day();
    const auto day_again = sla::parse_day_hours(to_string(day), found);
    holds(day_again.has_value() && *day_again == day && !found.has_errors());
  });
  EXPECT_TRUE(ok);
}

// A date's shifts in any order and cut anywhere are the same hours: touching ones merge.
TEST(property_hours, T5_touching_shifts_merge) {
  const bool ok = rc::check("merged hours", [] {
    const sla::day_hours day = random_calendar::day();
    std::vector<sla::shift> pieces;
    for (const sla::shift& s : day) {
      // Neighbours that touch and are not one last more than a day together: cut, they could be joined elsewhere.
      if (!pieces.empty() && s.open == pieces.back().close) return;
      const std::int32_t at = s.open + *rc::gen::inRange(0, s.close - s.open);
      // A shift opens on its date: what begins after midnight is another date's.
      if (at > s.open && at < 86'400) {
        pieces.push_back({s.open, at});
        pieces.push_back({at, s.close});
      } else {
        pieces.push_back(s);
      }
    }
    std::ranges::reverse(pieces);
    holds(sla::day_hours(pieces) == day);
  });
  EXPECT_TRUE(ok);
}

}  // namespace
}  // namespace calendar_laws_test
