// SPDX-License-Identifier: MIT
// T12: calendars put together, over zones; and the explanation of a span.

#include <gtest/gtest.h>

#include <chrono>

#include <sla/calendar/calendar.hpp>
#include <sla/calendar/calendar_algebra.hpp>
#include <sla/calendar/china.hpp>
#include <sla/calendar/span_report.hpp>

namespace calendar_algebra_test {
namespace {

using namespace std::chrono;
using namespace sla::literals;
using sla::business_time;
using sla::calendar_spec;
using sla::instant;
using sla::interval;

constexpr sla::year_span year_2026{2026y, 2027y};
const business_time& shanghai() {
  static const business_time c = calendar_spec{.zone = sla::zone::posix("Asia/Shanghai", "CST-8"),
                                               .hours = "Mon-Fri 09:00-18:00"_hours,
                                               .holidays = sla::china_workdays(),
                                               .cover = year_2026};
  return c;
}
const business_time& berlin() {
  static const business_time c =
      calendar_spec{.zone = sla::zone::posix("Europe/Berlin", "CET-1CEST,M3.5.0,M10.5.0/3"),
                    .hours = "Mon-Fri 09:00-18:00"_hours,
                    .cover = year_2026};
  return c;
}
// UTC, in October 2026; Berlin is at +2 h until the 25th.
constexpr instant at(unsigned day, hours h, minutes m = 0min) {
  return sys_days(2026y / October / std::chrono::day(day)) + h + m;
}

TEST(calendar_algebra, T12_union_intersection_and_difference_over_zones) {
  // Monday 2026-10-12: Shanghai is open 01:00-10:00 UTC, Berlin 07:00-16:00.
  const interval monday{at(12, 0h), at(13, 0h)};
  const auto first = [&](const business_time& c) { return c.open_in(monday).front(); };
  EXPECT_EQ(first(shanghai() | berlin()), (interval{at(12, 1h), at(12, 16h)}));
  EXPECT_EQ(first(shanghai() & berlin()), (interval{at(12, 7h), at(12, 10h)}));
  EXPECT_EQ(first(shanghai() - berlin()), (interval{at(12, 1h), at(12, 7h)}));
  EXPECT_EQ(first(berlin() - shanghai()), (interval{at(12, 10h), at(12, 16h)}));
  EXPECT_EQ((shanghai() & berlin()).add(at(12, 0h), 4_bh), at(13, 8h));
  EXPECT_EQ((shanghai() | berlin()).zones().size(), 2u);
}

TEST(calendar_algebra, T12_laws) {
  const auto same = [](const business_time& a, const business_time& b) {
    return std::ranges::equal(a.open(), b.open());
  };
  const business_time &a = shanghai(), &b = berlin();
  EXPECT_TRUE(same(a | b, b | a));
  EXPECT_TRUE(same(a & b, b & a));
  EXPECT_TRUE(same(a | a, a));
  EXPECT_TRUE(same(a & a, a));
  EXPECT_TRUE((a - a).never_opens());
  EXPECT_TRUE(same((a - b) | (a & b), a & (a | b)));
  EXPECT_TRUE(same(a - (a - b), a & b));
  EXPECT_TRUE(same(a & business_time::always(), a));
  const interval all{(a | b).cover()};
  EXPECT_EQ((a | b).worked(all.begin, all.end) + (a & b).worked(all.begin, all.end),
            a.worked(all.begin, all.end) + b.worked(all.begin, all.end));
}

TEST(calendar_algebra, T12_business_days_need_one_zone) {
  EXPECT_FALSE((shanghai() | berlin()).has_business_days());
  EXPECT_TRUE((shanghai() | berlin()).add(at(12, 3h), 1_bd).is_unknown());
  const business_time saturdays = calendar_spec{.zone = sla::zone::posix("Asia/Shanghai", "CST-8"),
                                                .hours = "Sat 10:00-12:00"_hours,
                                                .cover = year_2026};
  const business_time both = shanghai() | saturdays;
  ASSERT_TRUE(both.has_business_days());
  // Friday 10-16 10:00 there; the next business day is now Saturday, until 12:00.
  EXPECT_EQ(both.add(at(16, 2h), 1_bd), at(17, 4h));
  EXPECT_EQ(shanghai().add(at(16, 2h), 1_bd), at(19, 10h));
  const business_time short_fridays =
      shanghai() - business_time(calendar_spec{.zone = sla::zone::posix("Asia/Shanghai", "CST-8"),
                                               .hours = "Fri 15:00-20:00"_hours,
                                               .cover = year_2026});
  EXPECT_EQ(short_fridays.add(at(15, 2h), 1_bd), at(16, 7h));
}

TEST(calendar_algebra, T9_T10_what_is_known_of_both) {
  const business_time c = shanghai() | berlin();
  EXPECT_EQ(c.cover(), sla::intersect(shanghai().cover(), berlin().cover()));
  EXPECT_EQ(c.known_through(), shanghai().known_through());
  EXPECT_EQ(c.holidays().size(), 1u);
  EXPECT_TRUE(c.add(c.cover().end, 1_bs).is_unknown());
  const business_time later = calendar_spec{.hours = "24/7"_hours, .cover = {2030y, 2031y}};
  EXPECT_THROW(static_cast<void>(later | berlin()), sla::error);
}

// A calendar that opens past the common cover may open the result there.
TEST(calendar_algebra, T10_what_lies_past_the_common_cover_is_unknown) {
  const calendar_spec once{
      .exceptions = {sla::calendar_exception::on(2026y / 6 / 1,
                                                 sla::day_change::extra("10:00-12:00"_day_hours)),
                     sla::calendar_exception::on(2028y / 6 / 1,
                                                 sla::day_change::extra("10:00-12:00"_day_hours))},
      .cover = {2026y, 2030y}};
  const calendar_spec short_lived{.exceptions = {sla::calendar_exception::on(
                                      2026y / 6 / 1, sla::day_change::extra("11:00-12:00"_day_hours))},
                                  .cover = {2026y, 2027y}};
  const business_time a(once), b(short_lived);
  const instant after = sys_days(2026y / 6 / 2);
  EXPECT_TRUE(a.add(after, sla::worked(3h)).is_never());
  EXPECT_TRUE((a | b).add(after, 1_bh).is_unknown());
  EXPECT_TRUE((a & b).add(after, 1_bh).is_never());
  EXPECT_TRUE((a - b).add(after, 1_bh).is_unknown());
  EXPECT_TRUE((b - a).add(after, 1_bh).is_never());
  EXPECT_TRUE((a | b).subtract(sys_days(2026y / 5 / 1), 1_bh).is_never());
}

TEST(span_report, counts_what_worked_counts_and_names_the_exceptions) {
  // From Wednesday 09-30 17:30 there to Thursday 10-08 10:00.
  const interval span{instant(sys_days(2026y / 9 / 30)) + 9h + 30min, at(8, 2h)};
  const sla::span_report r = sla::explain(shanghai(), span);
  ASSERT_EQ(r.counted.size(), 2u);
  EXPECT_EQ(r.counted[0], (interval{span.begin, instant(sys_days(2026y / 9 / 30)) + 10h}));
  EXPECT_EQ(r.counted[1], (interval{at(8, 1h), span.end}));
  EXPECT_EQ(r.total, sla::worked(90min));
  EXPECT_TRUE(r.covered);
  EXPECT_FALSE(r.provisional);
  ASSERT_EQ(r.touched.size(), 7u);
  EXPECT_EQ(r.touched.front().date, sys_days(2026y / 10 / 1));
  EXPECT_EQ(r.touched.back().date, sys_days(2026y / 10 / 7));
  EXPECT_NE(r.touched.front().text.find("国庆节"), std::string::npos);
  ASSERT_EQ(r.zones.size(), 1u);
  EXPECT_EQ(r.zones[0].name, "Asia/Shanghai");
  EXPECT_EQ(r.holidays.size(), 1u);
}

TEST(span_report, an_empty_span_and_one_outside_the_cover) {
  EXPECT_TRUE(sla::explain(shanghai(), {at(12, 2h), at(12, 2h)}).counted.empty());
  EXPECT_EQ(sla::explain(shanghai(), {at(12, 3h), at(12, 2h)}).total, 0_bs);
  const sla::span_report r = sla::explain(shanghai(), {at(12, 2h), instant(sys_days(2030y / 1 / 1))});
  EXPECT_FALSE(r.covered);
  EXPECT_TRUE(r.provisional);
}

}  // namespace
}  // namespace calendar_algebra_test
