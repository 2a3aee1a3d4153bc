// SPDX-License-Identifier: MIT
// Ten definitions of availability that contracts use, each with a month worked by hand. They differ in rule, not in
// wording: an interruption of 61 s is one minute in one of them, two in another, and 60 s are nothing in a third.
#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <vector>

#include <sla/availability/budget.hpp>
#include <sla/availability/measure.hpp>
#include <sla/availability/notice.hpp>
#include <sla/availability/reconcile.hpp>
#include <sla/availability/slots.hpp>
#include <sla/availability/weights.hpp>
#include <sla/availability/windows.hpp>
#include <sla/calendar/calendar.hpp>
#include <sla/calendar/china.hpp>

namespace real_definitions_test {
namespace {

using namespace std::chrono_literals;
using namespace sla::literals;
using std::chrono::seconds;
using std::chrono::sys_days;
using std::chrono::year;

const sla::zone shanghai = sla::zone::fixed("Asia/Shanghai", 8h);
const sla::zone pacific = sla::zone::posix("America/Los_Angeles", "PST8PDT,M3.2.0,M11.1.0");
const sla::zone berlin = sla::zone::posix("Europe/Berlin", "CET-1CEST,M3.5.0,M10.5.0/3");
const sla::window october = sla::calendar_month(year(2026) / 10, shanghai);
constexpr sla::cause_id maintenance = 1;

// A wall-clock time of Shanghai in 2026.
sla::instant at(int month, int day, seconds time) {
  return sla::instant(sys_days(year(2026) / month / day)) + (time - 8h);
}
sla::outage down(sla::instant from, seconds length, sla::cause_id cause = sla::no_cause) {
  return {{from, from + length}, cause};
}
// 61 s, 119 s, 60 s and 59 s, an hour apart.
std::vector<sla::outage> four_short() {
  const auto t = at(10, 10, 3h);
  return {down(t, 61s), down(t + 1h, 119s), down(t + 2h, 60s), down(t + 3h, 59s)};
}

// AWS EC2, a region: 100 % less the share of the month's minutes in which it was unavailable; a minute is
// unavailable where every probe of it failed. Months are those of Pacific time.
TEST(real_definitions, a_region_by_minutes) {
  const sla::window month = sla::calendar_month(year(2026) / 11, pacific);
  ASSERT_EQ(month.span.length(), 721h) << "the clocks go back on 1 November";
  // Probes every 10 s. All fail from 00:00:30 to 00:04:00: of the four minutes touched, the first saw answers too.
  std::vector<sla::request_count> probes;
  const sla::instant fault = month.span.begin + 30s;
  for (sla::instant t = month.span.begin; t < month.span.begin + 10min; t = t + 10s)
    probes.push_back({t, 1, t >= fault && t < fault + 210s ? 1 : 0});
  const sla::slot_rules minutes{.grid = sla::slot_grid::every(1min), .down_by = sla::slot_rules::all_fail};
  const auto r = sla::judge_slots(month, probes, minutes);
  EXPECT_EQ(r.slots.size(), 721U * 60);
  EXPECT_EQ(r.number(sla::slot_state::down), 3);
  // 1 - 3 / 43260 = 99.99306...%: above 99.99 %. The 210 s themselves would be 99.99190...%.
  EXPECT_EQ(r.availability().value, sla::ratio(43'257, 43'260));
  EXPECT_GE(r.availability().value, 99.99_pct);
}

// Google Compute Engine: a period of one or more consecutive whole minutes; parts of minutes do not count, nor what is
// shorter than one.
TEST(real_definitions, whole_consecutive_minutes) {
  const sla::availability_rules rules{.minimum = {60s, true},
                                      .rounding = {sla::outage_rounding::each, sla::rounding::floor, 60s}};
  const auto m = sla::measure(october, four_short(), rules);
  // 61 -> 60, 119 -> 60, 60 -> 60, 59 does not count.
  EXPECT_EQ(m.counted, 180s);
  EXPECT_EQ(m.exact, 240s);
  EXPECT_EQ(m.too_short, 59s);
  EXPECT_EQ(m.outages, 3);
  EXPECT_EQ(m.availability, sla::ratio(44'637, 44'640));  // 744 h are 44,640 minutes
}

// Alibaba Cloud: (the month's days x 24 x 60 - minutes unavailable) / (days x 24 x 60). Where the zone's month has 745
// hours, the denominator has 744 all the same.
TEST(real_definitions, days_times_1440) {
  const sla::window month = sla::calendar_month(year(2026) / 10, berlin);
  const sla::outage outages[]{down(month.span.begin + 100h, 2'679s)};
  const sla::availability_rules nominal{.denominator = {sla::denominator_rule::nominal_days}};
  const auto by_days = sla::measure(month, outages, nominal), real = sla::measure(month, outages);
  EXPECT_EQ(by_days.denominator, 31 * 1'440min);
  EXPECT_EQ(real.denominator, 745h);
  // 99.9 % allows 2,678.4 s of 744 hours, and 2,682 s of 745.
  EXPECT_EQ(sla::budget(by_days, 99.9_pct).outcome, sla::error_budget::missed);
  EXPECT_EQ(sla::budget(real, 99.9_pct).outcome, sla::error_budget::met);
}

// Tencent CVM: an interruption of over 60 s counts, each rounded up to a minute; the service month is that of the
// term: a purchase on the 16th has half an October.
TEST(real_definitions, over_a_minute_rounded_up_in_a_clipped_month) {
  const sla::date_range term{sys_days(year(2026) / 10 / 16), sys_days(year(2026) / 12 / 1)};
  const auto months = sla::windows({}, term, shanghai, sla::part_window::clip);
  ASSERT_EQ(months.size(), 2U);
  EXPECT_EQ(months[0].span.length(), 16 * 24h);
  const sla::availability_rules rules{.minimum = {60s},
                                      .rounding = {sla::outage_rounding::each, sla::rounding::ceil, 60s}};
  auto outages = four_short();
  for (auto& o : outages) o.span = {o.span.begin + 10 * 24h, o.span.end + 10 * 24h};  // to the 20th
  const auto m = sla::measure(months[0], outages, rules);
  // 61 -> 120, 119 -> 120; 60 is not over 60.
  EXPECT_EQ(m.counted, 240s);
  EXPECT_EQ(m.too_short, 119s);
  EXPECT_EQ(m.availability, sla::ratio(16 * 1'440 - 4, 16 * 1'440));
  // Before the term nothing is the vendor's.
  EXPECT_EQ(sla::measure(months[0], four_short(), rules).counted, 0s);
}

// A storage or table service: the mean of the error rates of all 5-minute intervals; an interval without requests
// has none. Each interval weighs the same, whatever the load.
TEST(real_definitions, mean_of_5_minute_error_rates) {
  // Three intervals: 1 of 3 failed, 1 of 6, 1 of 2; the other 8,925 of October were idle.
  const auto t = at(10, 10, 3h);
  const sla::request_count counts[]{{t, 3, 1}, {t + 5min, 6, 1}, {t + 10min, 2, 1}};
  const auto r = sla::judge_slots(october, counts, {.grid = sla::slot_grid::every(5min)});
  const auto mean = r.mean_of_rates();
  EXPECT_EQ(mean.count(), 8'928);
  // 1/3 + 1/6 + 1/2 = 1: availability is 1 - 1/8928 exactly, though no partial sum is a decimal or binary fraction.
  EXPECT_TRUE(mean == sla::ratio(8'927, 8'928));
  EXPECT_EQ(mean.percent(3, sla::rounding::floor), "99.988%");
  // Of sums it is 8 of 11: two figures of one month.
  EXPECT_EQ(r.ratio_of_sums().value, sla::ratio(8, 11));
}

// A slot service on local time: 5-minute slots from local midnight, a slot is down where over 5 % of at least 10
// requests failed, and slots without a record are left out.
TEST(real_definitions, slots_from_local_midnight) {
  const sys_days date = year(2026) / 10 / 25;
  const sla::window sunday = sla::dates(date, date + std::chrono::days(1), berlin, "2026-10-25");
  const sla::slot_rules rules{.grid = sla::slot_grid::from_midnight(5min, berlin),
                              .threshold = 5_pct,
                              .idle_below = 10,
                              .unknown = sla::slot_default::leave_out};
  // One count a slot of the 25 hours: 100 requests, 6 failed in the repeated hour's second pass (02:00-03:00 CET).
  std::vector<sla::request_count> counts;
  for (sla::instant t = sunday.span.begin; t < sunday.span.end; t = t + 5min) {
    const bool second_pass = t >= sunday.span.begin + 3h && t < sunday.span.begin + 4h;
    counts.push_back({t + 1s, 100, second_pass ? 6 : 5});
  }
  counts.pop_back();                         // 23:55 has no record
  counts.back() = {counts.back().at, 9, 9};  // 23:50 too few to judge: idle, which is up
  const auto r = sla::judge_slots(sunday, counts, rules);
  EXPECT_EQ(r.slots.size(), 300U);
  EXPECT_EQ(r.availability().denominator, 299);
  EXPECT_EQ(r.availability().numerator, 299 - 12);
}

// Cloudflare: an outage weighs by the share of the customer's visitors it hit: minutes x affected / all.
TEST(real_definitions, weighed_by_the_share_affected) {
  // 60 min hit 2,000 of 10,000 visitors; 30 of them also another 1,000, of whom nobody knows whether they are the same.
  const auto t = at(10, 10, 3h);
  const sla::weighted_outage outages[]{{down(t, 60min), 2'000}, {down(t + 30min, 30min), 1'000}};
  const auto same = sla::measure_weighted(october, outages, {.population = 10'000});
  const auto others = sla::measure_weighted(
      october, outages, {.population = 10'000, .overlap = sla::weight_overlap::clipped_sum});
  // 60 x 20 % = 12 min of 44,640; or 12 + 30 x 10 % = 15.
  EXPECT_EQ(same.availability, sla::ratio(44'640 - 12, 44'640));
  EXPECT_EQ(others.availability, sla::ratio(44'640 - 15, 44'640));
}

// A vendor that may maintain for 2 hours a month, announced 3 business days before, on nights from Saturday to Sunday.
TEST(real_definitions, two_hours_of_announced_maintenance) {
  const sla::business_time workdays({.zone = shanghai,
                                     .hours = "Mon-Fri 08:30-18:00"_hours,
                                     .holidays = sla::china_workdays(),
                                     .cover = {year(2026), year(2027)}});
  const auto first = at(10, 18, 2h), second = at(10, 25, 2h);
  const auto announce = [&](sla::instant begin, sla::instant told) {
    return sla::announced_span{{begin, begin + 90min}, told, sla::announce_by(begin, 3_bd, workdays)};
  };
  // Told on Tuesday 13 October, in time; and on Monday 19th for Sunday 25th.
  const sla::announced_span announced[]{announce(first, at(10, 13, 17h)), announce(second, at(10, 19, 9h))};
  const sla::exclusion planned[]{{.cause = maintenance,
                                  .name = "planned maintenance",
                                  .clause = "4.3",
                                  .quota = 2h,
                                  .announced = announced}};
  const sla::outage outages[]{down(first, 90min, maintenance), down(second, 100min, maintenance),
                              down(at(10, 27, 2h), 10min, maintenance)};
  const auto m = sla::measure(october, outages, {.exclusions = planned});
  // 90 + 30 min are excused; 60 min over the quota, 10 min overrun, 10 min never announced.
  EXPECT_EQ(m.excluded, 2h);
  EXPECT_EQ(m.counted, 80min);
  const auto r = sla::reconcile(m);
  EXPECT_EQ(r.refused(sla::fate::over_quota), 60min);
  EXPECT_EQ(r.refused(sla::fate::overrun), 10min);
  EXPECT_EQ(r.refused(sla::fate::unannounced), 10min);
  EXPECT_EQ(r.claimed, 200min);
  EXPECT_EQ(m.availability, sla::ratio(44'640 - 80, 44'640));
}

// Availability in business hours: Shanghai's workdays of October 2026, 08:30-18:00, holidays and the make-up Saturday
// as the notice of the year has them.
TEST(real_definitions, business_hours) {
  const sla::business_time workdays({.zone = shanghai,
                                     .hours = "Mon-Fri 08:30-18:00"_hours,
                                     .holidays = sla::china_workdays(),
                                     .cover = {year(2026), year(2027)}});
  const sla::availability_rules rules{
      .denominator = {.what = sla::denominator_rule::service_hours, .hours = &workdays}};
  // Off 1-7 October; worked are 8, 9, Saturday 10, 12-16, 19-23, 26-30: 18 days of 9.5 h = 171 h.
  const sla::outage outages[]{down(at(10, 9, 17h), 16h),  // to Saturday 09:00: 1 h and 30 min of it
                              down(at(10, 11, 9h), 8h)};  // Sunday: nobody's loss
  const auto m = sla::measure(october, outages, rules);
  EXPECT_EQ(m.denominator, 171h);
  EXPECT_EQ(m.counted, 90min);
  EXPECT_EQ(m.outages, 1);
  EXPECT_EQ(m.availability, sla::ratio(342 - 3, 342));
}

// A month of 43,200 minutes, whatever the month.
TEST(real_definitions, a_fixed_month) {
  const sla::availability_rules rules{.denominator = {sla::denominator_rule::fixed, 43'200min}};
  const sla::window february = sla::calendar_month(year(2026) / 2, shanghai);
  const sla::outage outages[]{down(at(2, 10, 3h), 260s), down(at(10, 10, 3h), 260s)};
  // 99.99 % allows 4.32 min = 259.2 s in both; of its own 744 h October would allow 267.84 s.
  for (const sla::window& w : {february, october}) {
    const auto m = sla::measure(w, outages, rules);
    EXPECT_EQ(m.denominator, 43'200min);
    EXPECT_EQ(sla::budget(m, 99.99_pct).allowed, sla::ratio(2'592, 10));
    EXPECT_EQ(sla::budget(m, 99.99_pct).outcome, sla::error_budget::missed);
  }
  EXPECT_EQ(sla::budget(sla::measure(october, outages), 99.99_pct).outcome, sla::error_budget::met);
}

}  // namespace
}  // namespace real_definitions_test
