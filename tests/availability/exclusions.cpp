// SPDX-License-Identifier: MIT
// Exclusions by time, planned maintenance with its notice, and what the reconciliation says of each.
#include <gtest/gtest.h>

#include <chrono>
#include <vector>

#include <sla/availability/measure.hpp>
#include <sla/availability/notice.hpp>
#include <sla/availability/reconcile.hpp>
#include <sla/calendar/calendar.hpp>
#include <sla/calendar/china.hpp>

namespace exclusions_test {
namespace {

using namespace std::chrono_literals;
using namespace sla::literals;
using std::chrono::seconds;
using std::chrono::sys_days;
using std::chrono::year;
using f = sla::fate;

const sla::zone shanghai = sla::zone::fixed("Asia/Shanghai", 8h);
const sla::window october = sla::calendar_month(year(2026) / 10, shanghai);
constexpr sla::cause_id maintenance = 1, carrier = 2;

// A wall-clock time of Shanghai in 2026.
sla::instant at(int month, int day, seconds time) {
  return sla::instant(sys_days(year(2026) / month / day)) + (time - 8h);
}
sla::outage down(sla::instant from, seconds length, sla::cause_id cause = sla::no_cause,
                 std::uint32_t row = 0) {
  return {{from, from + length}, cause, 0, row};
}
sla::business_time nights(std::vector<sla::interval> open) {
  sla::compiled_calendar c;
  c.cover = {at(1, 1, 0s), at(12, 31, 0s)};
  c.open = std::move(open);
  return sla::business_time(std::move(c));
}
std::vector<f> fates(const sla::measurement& m) {
  std::vector<f> out;
  for (const sla::kept_or_dropped& l : m.derivation) out.push_back(l.what);
  return out;
}
const sla::business_time& workdays() {
  static const sla::business_time hours({.zone = shanghai,
                                         .hours = "Mon-Fri 08:30-18:00"_hours,
                                         .holidays = sla::china_workdays(),
                                         .cover = {year(2026), year(2027)}});
  return hours;
}

TEST(exclusion, A6_by_time_excuses_every_cause_in_its_span) {
  const auto sunday = nights({{at(10, 11, 2h), at(10, 11, 4h)}});
  const sla::exclusion quiet[]{
      {.within = &sunday, .name = "Sunday nights", .reach = sla::exclusion_reach::by_time}};
  const sla::outage outages[]{down(at(10, 11, 1h), 2h), down(at(10, 11, 3h), 90min, carrier)};
  const auto m = sla::measure(october, outages, {.exclusions = quiet});
  EXPECT_EQ(m.counted, 1h + 30min);  // 01:00-02:00 and 04:00-04:30
  EXPECT_EQ(m.excluded, 2h);
  EXPECT_EQ(m.refused, 0s) << "what lies outside the span was never claimed";
  EXPECT_EQ(fates(m), (std::vector{f::counted, f::excused, f::excused, f::counted}));
}

TEST(exclusion, A6_by_time_takes_both_sides_of_what_was_down) {
  const auto sunday = nights({{at(10, 11, 2h), at(10, 11, 4h)}});
  const sla::exclusion quiet[]{{.within = &sunday,
                                .effect = sla::exclusion_effect::both_sides,
                                .reach = sla::exclusion_reach::by_time}};
  const sla::outage outages[]{down(at(10, 11, 3h), 2h)};
  const auto m = sla::measure(october, outages, {.exclusions = quiet});
  EXPECT_EQ(m.counted, 1h);
  EXPECT_EQ(m.denominator, 743h);
}

TEST(exclusion, A6_by_time_uses_its_quota_in_order_of_time_over_all_causes) {
  const auto two = nights({{at(10, 11, 2h), at(10, 11, 4h)}, {at(10, 18, 2h), at(10, 18, 4h)}});
  const sla::exclusion quiet[]{{.within = &two, .quota = 90min, .reach = sla::exclusion_reach::by_time}};
  const sla::outage outages[]{down(at(10, 18, 2h), 1h, carrier), down(at(10, 11, 2h), 1h)};
  const auto m = sla::measure(october, outages, {.exclusions = quiet});
  EXPECT_EQ(m.excluded, 90min);
  EXPECT_EQ(m.refused, 30min);
  EXPECT_EQ(m.counted, 30min);
  EXPECT_EQ(m.derivation.back().what, f::over_quota);
  EXPECT_EQ(m.derivation.back().span, (sla::interval{at(10, 18, 2h + 30min), at(10, 18, 3h)}));
}

TEST(exclusion, A6_by_cause_and_by_time_add_up) {
  const auto sunday = nights({{at(10, 11, 2h), at(10, 11, 4h)}});
  const sla::exclusion both[]{{.cause = carrier},
                              {.within = &sunday, .reach = sla::exclusion_reach::by_time}};
  const sla::outage outages[]{down(at(10, 11, 1h), 4h, carrier), down(at(10, 11, 1h), 2h)};
  const auto m = sla::measure(october, outages, {.exclusions = both});
  EXPECT_EQ(m.counted, 1h) << "01:00-02:00, down for no cause and outside the span";
  EXPECT_EQ(m.excluded, 3h);
}

TEST(exclusion, A6_maintenance_needs_its_notice) {
  const auto first = at(10, 11, 2h), second = at(10, 18, 2h);
  const sla::announced_span announced[]{
      {{first, first + 2h}, first - 72h, sla::announce_by(first, 72h), 3},     // just in time
      {{second, second + 2h}, second - 71h, sla::announce_by(second, 72h), 4}  // an hour late
  };
  const sla::exclusion planned[]{{.cause = maintenance, .announced = announced}};
  const sla::outage outages[]{down(first, 2h, maintenance), down(second, 2h, maintenance),
                              down(at(10, 25, 2h), 1h, maintenance)};
  const auto m = sla::measure(october, outages, {.exclusions = planned});
  EXPECT_EQ(m.excluded, 2h);
  EXPECT_EQ(m.refused, 3h);
  EXPECT_EQ(m.counted, 3h);
  EXPECT_EQ(fates(m), (std::vector{f::excused, f::counted, f::short_notice, f::counted, f::unannounced}));
  const auto r = sla::reconcile(m);
  EXPECT_EQ(r.claimed, 5h);
  EXPECT_EQ(r.excused, 2h);
  EXPECT_EQ(r.refused(f::short_notice), 2h);
  EXPECT_EQ(r.refused(f::unannounced), 1h);
  EXPECT_EQ(r, sla::reconcile(m, 0)) << "there is one exclusion";
  EXPECT_EQ(sla::reconcile(m, 1), sla::reconciliation{});
}

TEST(exclusion, A6_early_overrun_and_quota_of_announced_maintenance) {
  const auto t = at(10, 11, 2h);
  const sla::announced_span announced[]{{{t, t + 2h}, t - 72h, t - 72h}};
  const sla::exclusion planned[]{{.cause = maintenance, .quota = 90min, .announced = announced}};
  // 01:30-04:30: early, excused, over the quota, overrun.
  const sla::outage outages[]{down(t - 30min, 3h, maintenance)};
  const auto m = sla::measure(october, outages, {.exclusions = planned});
  const auto r = sla::reconcile(m);
  EXPECT_EQ(m.counted, 90min);
  EXPECT_EQ(m.excluded, 90min);
  EXPECT_EQ(r.refused(f::early), 30min);
  EXPECT_EQ(r.refused(f::over_quota), 30min);
  EXPECT_EQ(r.refused(f::overrun), 30min);
  EXPECT_EQ(r.claimed, 3h);
}

TEST(exclusion, A6_around_a_late_announcement_it_is_early_and_overrun_still) {
  const auto t = at(10, 11, 2h);
  const sla::announced_span announced[]{{{t, t + 2h}, t - 1h, t - 72h}};
  const sla::exclusion planned[]{{.cause = maintenance, .announced = announced}};
  const sla::outage outages[]{down(t - 30min, 3h, maintenance)};
  const auto m = sla::measure(october, outages, {.exclusions = planned});
  EXPECT_EQ(fates(m), (std::vector{f::early, f::counted, f::short_notice, f::overrun}));
  EXPECT_EQ(m.counted, 3h);
}

TEST(exclusion, A6_announced_outside_the_agreed_hours) {
  const auto sunday = nights({{at(10, 11, 2h), at(10, 11, 4h)}});
  const auto noon = at(10, 12, 12h);
  const sla::announced_span announced[]{{{noon, noon + 1h}, at(10, 1, 0s), at(10, 9, 0s)}};
  const sla::exclusion planned[]{{.cause = maintenance, .within = &sunday, .announced = announced}};
  const auto m = sla::measure(october, std::vector{down(noon, 1h, maintenance)}, {.exclusions = planned});
  EXPECT_EQ(fates(m), (std::vector{f::counted, f::outside_hours}));
}

TEST(exclusion, A6_announced_by_time_excuses_any_cause_and_refuses_for_short_notice) {
  const auto t = at(10, 11, 2h), u = at(10, 18, 2h);
  const sla::announced_span announced[]{{{t, t + 1h}, t - 72h, t - 72h}, {{u, u + 1h}, u, u - 72h}};
  const sla::exclusion planned[]{{.reach = sla::exclusion_reach::by_time, .announced = announced}};
  const sla::outage outages[]{down(t, 2h, carrier), down(u, 2h)};
  const auto m = sla::measure(october, outages, {.exclusions = planned});
  EXPECT_EQ(m.excluded, 1h);
  EXPECT_EQ(m.counted, 3h);
  EXPECT_EQ(m.refused, 1h);
  EXPECT_EQ(fates(m), (std::vector{f::excused, f::counted, f::short_notice, f::counted}));
}

TEST(exclusion, A6_an_empty_list_of_announcements_excuses_nothing) {
  const sla::exclusion planned[]{{.cause = maintenance, .announced = std::span<const sla::announced_span>{}}};
  const auto m =
      sla::measure(october, std::vector{down(at(10, 11, 2h), 1h, maintenance)}, {.exclusions = planned});
  EXPECT_EQ(m.counted, 1h);
  EXPECT_EQ(fates(m), (std::vector{f::counted, f::unannounced}));
}

TEST(exclusion, A6_a_notice_nobody_can_tell_excuses_nothing_and_is_provisional) {
  const auto t = at(10, 11, 2h);
  const sla::announced_span announced[]{{{t, t + 1h}, t - 72h, sla::instant::unknown()}};
  const sla::exclusion planned[]{{.cause = maintenance, .announced = announced}};
  const auto m = sla::measure(october, std::vector{down(t, 1h, maintenance)}, {.exclusions = planned});
  EXPECT_EQ(m.counted, 1h);
  EXPECT_TRUE(m.provisional);
}

TEST(exclusion, A4_a_gap_that_is_merged_counts_what_was_excused_in_it) {
  // 01:50-02:10, of which 02:00-02:01 is excused: by a contract that joins what is 5 minutes apart all 20 count.
  const auto minute = nights({{at(10, 11, 2h), at(10, 11, 2h + 1min)}});
  const sla::exclusion quiet[]{{.within = &minute, .reach = sla::exclusion_reach::by_time}};
  const sla::outage outages[]{down(at(10, 11, 1h + 50min), 20min)};
  const auto apart = sla::measure(october, outages, {.exclusions = quiet});
  EXPECT_EQ(apart.counted, 19min);
  EXPECT_EQ(apart.outages, 2);
  const auto joined = sla::measure(october, outages, {.exclusions = quiet, .merge_gap = 5min});
  EXPECT_EQ(joined.counted, 20min);
  EXPECT_EQ(joined.excluded, 0s);
  EXPECT_EQ(sla::reconcile(joined).overridden, 1min);
}

TEST(reconcile, a_second_excused_and_down_for_another_reason_is_overridden) {
  const auto t = at(10, 10, 3h);
  const sla::exclusion planned[]{{.cause = maintenance}};
  const sla::outage outages[]{down(t, 2h, maintenance), down(t + 1h, 2h, carrier)};
  const auto m = sla::measure(october, outages, {.exclusions = planned});
  const auto r = sla::reconcile(m);
  EXPECT_EQ(r.claimed, 2h);
  EXPECT_EQ(r.excused, 1h);
  EXPECT_EQ(r.overridden, 1h);
  EXPECT_EQ(r.refused(), 0s);
}

TEST(notice, T13_elapsed_and_worked) {
  const auto sunday = at(10, 18, 2h);
  EXPECT_EQ(sla::announce_by(sunday, 72h), at(10, 15, 2h));
  EXPECT_EQ(sla::announce_by(sunday, 72h, workdays()), at(10, 15, 2h));
  // Friday 08:30-18:00 is 9 h 30 min; two and a half of Thursday's.
  EXPECT_EQ(sla::announce_by(sunday, 12_bh, workdays()), at(10, 15, 15h + 30min));
}

TEST(notice, T13_business_days_lie_whole_between) {
  // Sunday 2026-10-18 02:00. Told on Tuesday, three business days end on Friday at 18:00; told on Wednesday, on Monday.
  const auto sunday = at(10, 18, 2h);
  const auto by = sla::announce_by(sunday, 3_bd, workdays());
  EXPECT_EQ(by, at(10, 14, 0s) - 1s);
  EXPECT_LE(workdays().add(by, 3_bd), sunday);
  EXPECT_GT(workdays().add(by + 1s, 3_bd), sunday);
  // Across the October holiday: 1-7 October are off, Saturday 10 October is worked.
  EXPECT_EQ(sla::announce_by(at(10, 8, 2h), 2_bd, workdays()), at(9, 29, 0s) - 1s);
}

TEST(notice, T15_calendar_days_end_at_midnight) {
  // Told on the 1st at any time, three days end with the 4th.
  EXPECT_EQ(sla::announce_by(at(10, 5, 0s), sla::civil_span::days(3), shanghai), at(10, 2, 0s) - 1s);
  EXPECT_EQ(sla::announce_by(at(10, 4, 23h), sla::civil_span::days(3), shanghai), at(10, 1, 0s) - 1s);
  EXPECT_EQ(sla::announce_by(at(4, 1, 0s), sla::civil_span::months(1), shanghai), at(3, 1, 0s) - 1s)
      << "a month from any of the last days of February ends in March";
}

TEST(notice, T10_what_the_calendar_does_not_cover_is_unknown) {
  EXPECT_TRUE(sla::announce_by(at(1, 3, 2h), 30_bd, workdays()).is_unknown());
  EXPECT_TRUE(sla::announce_by(sla::instant::never(), 30_bd, workdays()).is_never());
  EXPECT_TRUE(sla::announce_by(at(10, 18, 2h), 2_bd, sla::business_time::always()).is_unknown());
}

TEST(notice, A6_what_was_never_worked_before_cannot_be_told_in_time) {
  sla::compiled_calendar c;
  c.cover = {at(1, 1, 0h), at(12, 1, 0h)};
  c.open = {{at(10, 5, 9h), at(10, 5, 17h)}};
  const sla::business_time hours(std::move(c));
  EXPECT_EQ(sla::announce_by(at(10, 5, 12h), 3_bh, hours), at(10, 5, 9h));
  const sla::instant by = sla::announce_by(at(10, 5, 12h), 4_bh, hours);
  EXPECT_TRUE(by.is_unknown()) << "and not never, which would let any announcement do";
  EXPECT_FALSE((sla::announced_span{{at(10, 5, 12h), at(10, 5, 13h)}, at(10, 5, 11h), by}.in_time()));
}

TEST(measure, A4_unmeasured_time_is_up_down_or_left_out) {
  const auto t = at(10, 10, 3h);
  // Nobody measured 03:00-05:00; a record calls 04:00-04:30 down all the same.
  const sla::outage outages[]{down(t, 2h, sla::not_measured, 8), down(t + 1h, 30min, sla::no_cause, 9)};
  const auto up = sla::measure(october, outages, {.unknown = sla::unmeasured_time::up});
  EXPECT_EQ(up.counted, 30min);
  EXPECT_EQ(up.denominator, 744h);
  EXPECT_EQ(up.unmeasured, 90min);
  EXPECT_EQ(fates(up), (std::vector{f::unmeasured, f::counted}));
  EXPECT_EQ(up.derivation[0].exact, 90min);
  const auto as_down = sla::measure(october, outages, {.unknown = sla::unmeasured_time::down});
  EXPECT_EQ(as_down.counted, 2h);
  EXPECT_EQ(as_down.unmeasured, 90min);
  EXPECT_EQ(as_down.outages, 1);
  const auto out = sla::measure(october, outages, {.unknown = sla::unmeasured_time::leave_out});
  EXPECT_EQ(out.counted, 30min);
  EXPECT_EQ(out.denominator, 744h - 90min);
  EXPECT_EQ(out.availability, sla::ratio(744 * 2 - 3 - 1, 744 * 2 - 3));
}

TEST(measure, A4_a_window_that_nobody_measured_is_no_data_where_it_is_left_out) {
  const sla::outage outages[]{{october.span, sla::not_measured}};
  const auto m = sla::measure(october, outages, {.unknown = sla::unmeasured_time::leave_out});
  EXPECT_TRUE(m.no_data);
  EXPECT_EQ(m.unmeasured, 744h);
  EXPECT_EQ(sla::measure(october, outages).availability, sla::ratio(1));
  EXPECT_EQ(sla::measure(october, outages, {.unknown = sla::unmeasured_time::down}).availability,
            sla::ratio(0));
}

TEST(measure, A4_unmeasured_time_does_not_join_two_outages) {
  const auto t = at(10, 10, 3h);
  const sla::outage outages[]{down(t, 60s), down(t + 60s, 60s, sla::not_measured), down(t + 120s, 60s)};
  EXPECT_EQ(sla::measure(october, outages, {.minimum = {100s}}).counted, 0s);
  EXPECT_EQ(
      sla::measure(october, outages, {.minimum = {100s}, .unknown = sla::unmeasured_time::down}).counted,
      180s);
}

TEST(measure, a_line_tells_the_whole_outage) {
  const sla::outage outages[]{down(october.span.end - 30s, 45s)};
  const auto m = sla::measure(october, outages);
  ASSERT_EQ(m.derivation.size(), 1U);
  EXPECT_EQ(m.derivation[0].whole, outages[0].span);
  EXPECT_EQ(m.derivation[0].span.length(), 30s);
}

}  // namespace
}  // namespace exclusions_test
