// SPDX-License-Identifier: MIT
// Cases that the field asks about, worked out by hand. Asia/Shanghai, workdays 08:30-18:00.

#include <gtest/gtest.h>

#include <chrono>

#include <sla/calendar/business_time.hpp>
#include <sla/calendar/calendar.hpp>
#include <sla/calendar/china.hpp>

namespace field_cases_test {
namespace {

using namespace std::chrono;
using namespace sla::literals;
using sla::business_day_rule;
using sla::instant;

sla::business_time office(sla::holiday_use holidays) {
  return sla::calendar_spec{.zone = sla::zone::posix("Asia/Shanghai", "CST-8"),
                            .hours = "Mon-Fri 08:30-18:00"_hours,
                            .holidays = std::move(holidays),
                            .cover = {2024y, 2034y}};
}
const sla::business_time& workdays() {
  static const sla::business_time c = office(sla::china_workdays());
  return c;
}
const sla::business_time& statutory() {
  static const sla::business_time c = office(sla::china_statutory_only());
  return c;
}
// A local time in Shanghai.
constexpr instant at(year_month_day d, hours h, minutes m = 0min) { return sys_days(d) + h + m - 8h; }

TEST(field_case, T2_half_an_hour_before_national_day) {
  const instant t = at(2026y / 9 / 30, 17h, 55min), due = workdays().add(t, 30_bmin);
  EXPECT_EQ(due, at(2026y / 10 / 8, 8h, 55min));
  EXPECT_EQ(due - t, 183h);
  EXPECT_EQ(workdays().worked(t, due), 30_bmin);
  EXPECT_EQ(workdays().subtract(due, 30_bmin), t);
}

TEST(field_case, T8_a_make_up_saturday_is_a_workday_unless_only_statutory_days_close) {
  const instant t = at(2026y / 10 / 9, 17h, 55min);
  EXPECT_EQ(workdays().add(t, 30_bmin), at(2026y / 10 / 10, 8h, 55min));
  EXPECT_EQ(statutory().add(t, 30_bmin), at(2026y / 10 / 12, 8h, 55min));
}

TEST(field_case, T13_two_business_days_over_national_day) {
  const instant t = at(2026y / 9 / 30, 10h);
  EXPECT_EQ(workdays().add(t, 2_bd), at(2026y / 10 / 9, 18h));
  EXPECT_EQ(workdays().add(t, 2_bd, business_day_rule::same_time()), at(2026y / 10 / 9, 10h));
  EXPECT_EQ(workdays().add(t, 2_bd, business_day_rule::at(12h)), at(2026y / 10 / 9, 12h));
}

TEST(field_case, national_day_of_2026_closes_for_182_hours_30_minutes) {
  const instant closing = at(2026y / 9 / 30, 18h);
  EXPECT_FALSE(workdays().is_open(closing));
  EXPECT_TRUE(workdays().is_open(closing - 1s));
  EXPECT_EQ(workdays().next_open(closing), at(2026y / 10 / 8, 8h, 30min));
  EXPECT_EQ(workdays().next_open(closing) - closing, 182h + 30min);
}

TEST(field_case, four_hours_from_nine_are_due_at_thirteen) {
  EXPECT_EQ(workdays().add(at(2026y / 10 / 12, 9h), 4_bh), at(2026y / 10 / 12, 13h));
  EXPECT_EQ(workdays().worked(at(2026y / 10 / 12, 9h), at(2026y / 10 / 12, 16h, 30min)),
            sla::worked(7h + 30min));
}

TEST(field_case, T9_what_rests_on_2027_is_provisional) {
  EXPECT_EQ(workdays().known_through(), at(2027y / 1 / 1, 0h) - 1s);
  EXPECT_FALSE(workdays().is_provisional(at(2026y / 12 / 31, 18h)));
  EXPECT_TRUE(workdays().is_provisional(workdays().add(at(2026y / 12 / 31, 17h), 2_bh)));
}

}  // namespace
}  // namespace field_cases_test
