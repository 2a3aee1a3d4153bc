// SPDX-License-Identifier: MIT
// A cover is a window on one calendar: wherever a narrow one answers, a wide one says the same (rule T10).

#include <gtest/gtest.h>

#include <rapidcheck.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <source_location>
#include <string>
#include <vector>

#include "../support/random_calendar.hpp"

#include <sla/calendar/business_time.hpp>
#include <sla/calendar/calendar.hpp>
#include <sla/calendar/calendar_algebra.hpp>
#include <sla/calendar/civil_span.hpp>

namespace calendar_cover_test {
namespace {

using namespace std::chrono;
using sla::business_time;
using sla::instant;

void holds(bool ok, std::source_location where = std::source_location::current()) {
  if (!ok) RC_FAIL("line " + std::to_string(where.line()));
}
// What the narrow one does not know, the wide one may.
void agree(instant narrow, instant wide, std::source_location where = std::source_location::current()) {
  if (!narrow.is_unknown() && narrow != wide)
    RC_FAIL("line " + std::to_string(where.line()) + ": " + std::to_string(narrow.unix_seconds()) + ", not " +
            std::to_string(wide.unix_seconds()));
}

std::optional<business_time> compiled(sla::calendar_spec spec, int years_more) {
  spec.cover = {spec.cover.from - years(years_more), spec.cover.to + years(years_more)};
  std::vector<sla::calendar_fault> faults;
  auto c = sla::try_compile(spec, faults);
  if (!c) return std::nullopt;
  return business_time(*std::move(c));
}

// Most of them within three days of an edge of the cover, many on the hour.
instant place(random_calendar::numbers& random, sla::interval cover) {
  const instant edge = random(2) == 0 ? cover.begin : cover.end;
  const std::int64_t near = random(2) == 0 ? (random(145) - 72) * 3600 : random(2 * 259'200) - 259'200;
  const instant t = random(8) == 0 ? cover.begin + seconds(random(cover.length().count()))
                                   : edge + seconds(random(6) == 0 ? 0 : near);
  return std::clamp(t, cover.begin, cover.end);
}

void answers_agree(const business_time& narrow, const business_time& wide, random_calendar::numbers& random) {
  const sla::interval cover = narrow.cover();
  const instant t = place(random, cover), u = place(random, cover);
  holds(narrow.worked(t, u) == wide.worked(t, u));
  if (t < cover.end) holds(narrow.is_open(t) == wide.is_open(t));
  const sla::worked w(seconds(random(3) == 0 ? random(40 * 3600) : 1800 * random(40)));
  agree(narrow.add(t, w), wide.add(t, w));
  agree(narrow.subtract(t, w), wide.subtract(t, w));
  agree(narrow.add(t, w, sla::landing::next_opening), wide.add(t, w, sla::landing::next_opening));
  agree(narrow.next_open(t), wide.next_open(t));
  agree(narrow.next_close(t), wide.next_close(t));
  agree(narrow.previous_open(t), wide.previous_open(t));
  agree(narrow.previous_close(t), wide.previous_close(t));
}
void days_agree(const business_time& narrow, const business_time& wide, random_calendar::numbers& random) {
  const instant t = place(random, narrow.cover()), u = place(random, narrow.cover());
  holds(narrow.business_days_between(t, u) == wide.business_days_between(t, u));
  holds(narrow.local_date(t) == wide.local_date(t));
  const seconds cut_off = minutes(30 * random(97));
  agree(narrow.received(t, cut_off), wide.received(t, cut_off));
  const sla::business_days n(static_cast<std::int32_t>(random(9) - 4));
  agree(narrow.add(t, n), wide.add(t, n));
  for (const auto& rule : {sla::business_day_rule::closing(), sla::business_day_rule::same_time(),
                           sla::business_day_rule::at(hours(random(49)))}) {
    agree(narrow.add(t, n, rule), wide.add(t, n, rule));
    const auto late = rule.received_by(cut_off);
    agree(narrow.add(t, n, late), wide.add(t, n, late));
  }
}

TEST(property_cover, T10_a_narrow_cover_agrees_with_a_wide_one) {
  const bool ok = rc::check("covers", [] {
    const sla::calendar_spec spec = random_calendar::spec();
    RC_LOG(random_calendar::describe(spec));
    const auto narrow = compiled(spec, 0), wide = compiled(spec, 2);
    RC_PRE(narrow && wide);
    random_calendar::numbers random(*rc::gen::inRange(1, 1 << 30));
    for (int i = 0; i < 1000; ++i) {
      answers_agree(*narrow, *wide, random);
      days_agree(*narrow, *wide, random);
      const instant t = place(random, narrow->cover()) - days(random(5));
      const auto span = sla::civil_span::days(static_cast<std::int32_t>(random(6)));
      agree(end_of(span, t, spec.zone, *narrow), end_of(span, t, spec.zone, *wide));
    }
  });
  EXPECT_TRUE(ok);
}

TEST(property_cover, T10_T12_algebra_over_covers_that_differ) {
  const bool ok = rc::check("covers of an algebra", [] {
    sla::calendar_spec x = random_calendar::spec(), y = random_calendar::spec();
    if (random_calendar::one_in(2)) y.zone = x.zone;
    RC_LOG(random_calendar::describe(x) + random_calendar::describe(y));
    const auto a = compiled(x, 0), b = compiled(y, *rc::gen::inRange(0, 2));
    const auto wide_a = compiled(x, 2), wide_b = compiled(y, 2);
    RC_PRE(a && b && wide_a && wide_b);
    const business_time narrow[] = {*a | *b, *a & *b, *a - *b},
                        wide[] = {*wide_a | *wide_b, *wide_a & *wide_b, *wide_a - *wide_b};
    random_calendar::numbers random(*rc::gen::inRange(1, 1 << 30));
    for (int i = 0; i < 500; ++i) {
      for (std::size_t k = 0; k < 3; ++k) answers_agree(narrow[k], wide[k], random);
      // Of a shift across the edge the other two do not know what is left outside.
      if (narrow[0].has_business_days()) days_agree(narrow[0], wide[0], random);
    }
  });
  EXPECT_TRUE(ok);
}

}  // namespace
}  // namespace calendar_cover_test
