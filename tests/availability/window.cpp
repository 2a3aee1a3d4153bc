// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include <sla/availability/window.hpp>

namespace window_test {
namespace {

using namespace std::chrono_literals;
using std::chrono::sys_days;
using std::chrono::year;

const sla::zone shanghai = sla::zone::fixed("Asia/Shanghai", 8h);
const sla::zone berlin = sla::zone::posix("Europe/Berlin", "CET-1CEST,M3.5.0,M10.5.0/3");

TEST(window, A2_a_calendar_month_is_that_of_its_zone) {
  const auto w = sla::calendar_month(year(2026) / 10, shanghai);
  EXPECT_EQ(w.label, "2026-10");
  EXPECT_EQ(w.days, 31);
  EXPECT_EQ(w.span.begin, sla::instant(sys_days(year(2026) / 9 / 30)) + 16h);
  EXPECT_EQ(w.span.end, sla::instant(sys_days(year(2026) / 10 / 31)) + 16h);
  EXPECT_TRUE(w.is_known());
}

TEST(window, A2_months_of_summer_time_have_743_and_745_hours) {
  EXPECT_EQ(sla::calendar_month(year(2026) / 3, berlin).span.length(), 743h);
  EXPECT_EQ(sla::calendar_month(year(2026) / 10, berlin).span.length(), 745h);
  EXPECT_EQ(sla::calendar_month(year(2026) / 2, berlin).span.length(), 672h);
  EXPECT_EQ(sla::calendar_month(year(2028) / 2, berlin).span.length(), 696h);
  EXPECT_EQ(sla::calendar_month(year(2026) / 10, berlin).days, 31);
}

TEST(window, A2_windows_in_a_row_leave_no_second_out) {
  // Clocks that change at midnight: Asuncion's old rule, and one that sets back from 0:00 to 23:00 on the first.
  for (const sla::zone& z :
       {shanghai, berlin, sla::zone::posix("America/Asuncion", "<-04>4<-03>,M10.1.0/0,M3.4.0/0"),
        sla::zone::posix("Test/First", "AAA0BBB,J60/0,J274/0")}) {
    for (year y = year(2025); y < year(2029); ++y) {
      for (unsigned m = 1; m <= 12; ++m) {
        const auto a = sla::calendar_month(y / std::chrono::month(m), z);
        const auto b = sla::calendar_month(y / std::chrono::month(m) + std::chrono::months(1), z);
        ASSERT_EQ(a.span.end, b.span.begin) << z.name() << ' ' << a.label;
        ASSERT_GE(a.span.length(), 24h * a.days - 1h);
        ASSERT_LE(a.span.length(), 24h * a.days + 1h);
      }
      const auto whole = sla::calendar_year(y, z);
      EXPECT_EQ(whole.span.begin, sla::calendar_month(y / 1, z).span.begin);
      EXPECT_EQ(whole.span.end, sla::calendar_month(y / 12, z).span.end);
    }
  }
}

TEST(window, A2_quarters_and_years) {
  const auto q = sla::calendar_quarter(year(2026) / 11, shanghai);
  EXPECT_EQ(q.label, "2026-Q4");
  EXPECT_EQ(q.days, 92);
  EXPECT_EQ(q.span.begin, sla::calendar_month(year(2026) / 10, shanghai).span.begin);
  EXPECT_EQ(q.span.end, sla::calendar_month(year(2026) / 12, shanghai).span.end);
  EXPECT_EQ(sla::calendar_quarter(year(2026) / 1, shanghai).label, "2026-Q1");
  EXPECT_EQ(sla::calendar_quarter(year(2026) / 9, shanghai).label, "2026-Q3");
  EXPECT_EQ(sla::calendar_year(year(2026), shanghai).label, "2026");
  EXPECT_EQ(sla::calendar_year(year(2028), shanghai).days, 366);
}

TEST(window, dates_that_run_backwards_are_an_empty_window) {
  const auto w = sla::dates(sys_days(year(2026) / 10 / 17), sys_days(year(2026) / 10 / 16), shanghai, "none");
  EXPECT_TRUE(w.span.empty());
  EXPECT_EQ(w.days, 0);
}

TEST(window, T7_past_the_data_of_a_zone_it_is_unknown) {
  const sla::zone short_data("Test/Short", "1", 0s, {{sla::instant(sys_days(year(2026) / 10 / 15)), 1h}}, "");
  EXPECT_TRUE(sla::calendar_month(year(2026) / 9, short_data).is_known());
  const auto october = sla::calendar_month(year(2026) / 10, short_data);
  EXPECT_FALSE(october.is_known());
  EXPECT_TRUE(october.span.end.is_unknown());
}

TEST(window, a_month_is_four_digits_and_two) {
  EXPECT_EQ(sla::parse_month("2026-10"), year(2026) / 10);
  EXPECT_EQ(sla::parse_month("0001-01"), year(1) / 1);
  EXPECT_EQ(sla::parse_month("9999-12"), year(9999) / 12);
  for (const char* bad : {"", "2026", "2026-1", "2026-00", "2026-13", "2026-1O", "2026/10", "20261-0",
                          "0000-01", " 2026-10", "2026-10 ", "2026-10-01", "-026-10", "+026-10", "2026-+1"})
    EXPECT_EQ(sla::parse_month(bad), std::nullopt) << bad;
}

}  // namespace
}  // namespace window_test
