// SPDX-License-Identifier: MIT
// T15: calendar days, months and years.

#include <gtest/gtest.h>

#include <chrono>

#include <sla/calendar/calendar.hpp>
#include <sla/calendar/china.hpp>
#include <sla/calendar/civil_span.hpp>

namespace civil_span_test {
namespace {

using namespace std::chrono;
using namespace sla::literals;
using sla::civil_span;
using sla::instant;

TEST(civil_span, T15_last_date) {
  struct row {
    civil_span span;
    year_month_day origin, last;
  };
  const row rows[] = {
      {civil_span::days(0), 2026y / 10 / 12, 2026y / 10 / 12},
      {civil_span::days(1), 2026y / 10 / 12, 2026y / 10 / 13},
      {civil_span::days(30), 2026y / 10 / 12, 2026y / 11 / 11},
      {civil_span::days(1), 2026y / 12 / 31, 2027y / 1 / 1},
      {civil_span::months(1), 2026y / 10 / 12, 2026y / 11 / 12},
      {civil_span::months(1), 2026y / 1 / 31, 2026y / 2 / 28},
      {civil_span::months(1), 2028y / 1 / 31, 2028y / 2 / 29},
      {civil_span::months(13), 2026y / 1 / 30, 2027y / 2 / 28},
      {civil_span::months(12), 2026y / 12 / 31, 2027y / 12 / 31},
      {civil_span::years(1), 2028y / 2 / 29, 2029y / 2 / 28},
      {civil_span::years(4), 2028y / 2 / 29, 2032y / 2 / 29},
      {civil_span::years(1), 2026y / 10 / 12, 2027y / 10 / 12},
  };
  for (const row& r : rows) EXPECT_EQ(r.span.last_date(r.origin), r.last) << to_string(r.span);
}

TEST(civil_span, T15_ends_at_24_00_of_the_zone) {
  const sla::zone shanghai = sla::zone::posix("Asia/Shanghai", "CST-8");
  // 2026-10-12 09:00 there, and 23:59:59: the same last date.
  for (const instant t :
       {instant(sys_days(2026y / 10 / 12)) + 1h, instant(sys_days(2026y / 10 / 12)) + 16h - 1s})
    EXPECT_EQ(end_of(civil_span::days(15), t, shanghai), instant(sys_days(2026y / 10 / 28)) - 8h);
  // Sao Paulo skips midnight on 2018-11-04: the 3rd ends where the 4th begins, at 01:00.
  const sla::zone sao_paulo = sla::zone::posix("Sao Paulo", "<-03>3<-02>,M11.1.0/0,M2.3.0/0");
  EXPECT_EQ(end_of(civil_span::days(1), sys_days(2018y / 11 / 2) + 12h, sao_paulo),
            instant(sys_days(2018y / 11 / 4)) + 3h);
}

TEST(civil_span, T15_a_last_day_off_moves_to_the_next_workday) {
  const sla::zone shanghai = sla::zone::posix("Asia/Shanghai", "CST-8");
  const sla::business_time workdays = sla::calendar_spec{.zone = shanghai,
                                                         .hours = "Mon-Fri 08:30-18:00"_hours,
                                                         .holidays = sla::china_workdays(),
                                                         .cover = {2026y, 2027y}};
  const auto end = [&](year_month_day origin, std::int32_t n) {
    return end_of(civil_span::days(n), sys_days(origin) + 1h, shanghai, workdays);
  };
  EXPECT_EQ(end(2026y / 9 / 25, 5), instant(sys_days(2026y / 10 / 1)) - 8h);   // Wednesday 09-30
  EXPECT_EQ(end(2026y / 9 / 25, 6), instant(sys_days(2026y / 10 / 9)) - 8h);   // 10-01 is off: Thursday 10-08
  EXPECT_EQ(end(2026y / 10 / 9, 1), instant(sys_days(2026y / 10 / 11)) - 8h);  // Saturday 10-10 is worked
  EXPECT_EQ(end(2026y / 10 / 9, 2), instant(sys_days(2026y / 10 / 13)) - 8h);  // Sunday: Monday 10-12
  EXPECT_TRUE(end(2026y / 12 / 30, 20).is_unknown());
  // Whether the eve of the cover was worked is not known, and 2026-01-05 would be wrong: it was.
  EXPECT_TRUE(end(2025y / 12 / 30, 1).is_unknown());
  EXPECT_EQ(end(2025y / 12 / 31, 1), instant(sys_days(2026y / 1 / 5)) - 8h);  // Sunday 01-04 is worked
}

TEST(civil_span, T15_past_the_last_year_there_is_no_date) {
  EXPECT_FALSE(civil_span::days(1).last_date(year::max() / 12 / 31).ok());
  EXPECT_FALSE(civil_span::months(1).last_date(year::max() / 12 / 1).ok());
  EXPECT_FALSE(civil_span::years(100'000).last_date(2026y / 1 / 1).ok());
  EXPECT_EQ(civil_span::months(11).last_date(year::max() / 1 / 31), year::max() / 12 / 31);
}

TEST(civil_span, T15_is_read_as_it_is_printed) {
  for (const civil_span& span : {civil_span::days(1), civil_span::days(15), civil_span::months(1),
                                 civil_span::months(2), civil_span::years(1), civil_span::years(100'000)})
    EXPECT_EQ(sla::parse_civil_span(to_string(span)), span) << to_string(span);
  for (const char* none : {"", "15", "days", "15days", "15  days", "-1 days", "0 days", "100001 days",
                           "15 weeks", "15 days ", "99999999999999999999 days"})
    EXPECT_FALSE(sla::parse_civil_span(none)) << none;
}

TEST(civil_span, reserved_and_far_starts) {
  const sla::zone utc = sla::zone::utc();
  EXPECT_TRUE(end_of(civil_span::days(1), instant::never(), utc).is_never());
  EXPECT_TRUE(end_of(civil_span::days(1), instant::unknown(), utc).is_unknown());
  EXPECT_TRUE(end_of(civil_span::days(1), instant::latest(), utc).is_unknown());
  EXPECT_TRUE(end_of(civil_span::years(100'000), instant(), utc).is_unknown());
  EXPECT_THROW(static_cast<void>(civil_span::days(-1)), sla::error);
  EXPECT_THROW(static_cast<void>(civil_span::months(100'001)), sla::error);
}

}  // namespace
}  // namespace civil_span_test
