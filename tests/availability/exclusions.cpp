// SPDX-License-Identifier: MIT
// Exclusions by time, planned maintenance with its notice, and what the reconciliation says of each.
#include <gtest/gtest.h>

#include <chrono>
#include <random>
#include <vector>

#include <sla/availability/measure.hpp>
#include <sla/availability/measure_each.hpp>
#include <sla/availability/notice.hpp>
#include <sla/availability/reconcile.hpp>
#include <sla/availability/reliability.hpp>
#include <sla/availability/running.hpp>
#include <sla/calendar/calendar.hpp>
#include <sla/calendar/china.hpp>
#include <sla/calendar/span_report.hpp>

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

TEST(exclusion, T10_hours_that_do_not_reach_are_flagged) {
  const auto t = at(10, 11, 2h);
  sla::compiled_calendar c;
  c.cover = {at(1, 1, 0s), at(10, 11, 3h)};
  c.open = {{t, t + 30min}};
  const sla::business_time hours(std::move(c));
  for (const auto reach : {sla::exclusion_reach::by_cause, sla::exclusion_reach::by_time}) {
    const sla::exclusion planned[]{{.cause = maintenance, .within = &hours, .reach = reach}};
    const auto measured = [&](sla::instant from) {
      return sla::measure(october, std::vector{down(from, 10min, maintenance)}, {.exclusions = planned});
    };
    EXPECT_FALSE(measured(t).provisional);
    EXPECT_FALSE(measured(t + 40min).provisional);
    // Past the last date covered nobody says whether the hours excuse.
    EXPECT_TRUE(measured(t + 55min).provisional);
    EXPECT_TRUE(measured(t + 24h).provisional);
    EXPECT_EQ(measured(t + 24h).counted, 10min);
  }
}

TEST(exclusion, T9_a_span_that_ends_with_the_last_known_date_is_known) {
  sla::compiled_calendar c;
  c.cover = {at(1, 1, 0s), at(12, 31, 0s)};
  c.known_through = at(10, 12, 0s) - 1s;
  c.open = {{at(10, 11, 2h), at(10, 13, 2h)}};
  const sla::business_time hours(std::move(c));
  const sla::exclusion planned[]{{.cause = maintenance, .within = &hours}};
  for (const seconds length : {3'599s, 3'600s, 3'601s}) {
    const auto o = down(at(10, 11, 23h), length, maintenance);
    EXPECT_EQ(sla::measure(october, std::vector{o}, {.exclusions = planned}).provisional, length > 1h);
    EXPECT_EQ(sla::explain(hours, o.span).provisional, length > 1h);
  }
}

TEST(exclusion, C1_an_announcement_is_not_seen_before_it_was_made) {
  const auto t = at(10, 11, 2h);
  const sla::announced_span announced[]{{{t, t + 2h}, t - 72h, t - 72h}};
  const sla::exclusion planned[]{{.cause = maintenance, .announced = announced}};
  const sla::outage outages[]{down(t - 80h, 10min, maintenance), down(t, 2h, maintenance)};
  const auto as_of = [&](sla::instant then) {
    return sla::measure(october, outages, {.exclusions = planned}, then);
  };
  EXPECT_EQ(as_of(t + 3h).excluded, 2h);
  // A record that goes on at `as_of`, and an announcement made later.
  const sla::announced_span late[]{{{t, t + 2h}, t + 90min, t + 90min}};
  const sla::exclusion by_late[]{{.cause = maintenance, .announced = late}};
  const auto before = sla::measure(october, outages, {.exclusions = by_late}, t + 1h);
  EXPECT_EQ(before.excluded, 0s);
  EXPECT_EQ(before.derivation.back().what, f::unannounced);
  EXPECT_EQ(sla::measure(october, outages, {.exclusions = by_late}, t + 90min).excluded, 90min);
  // The running figure sees it when it is made, too.
  sla::running_measurement running(october, {.exclusions = by_late}, t + 1h);
  for (sla::outage o : outages) running.put(o);
  EXPECT_EQ(running.figures().excluded, 0s);
  running.advance(t + 100min);
  EXPECT_EQ(running.figures().excluded, 100min);
  EXPECT_EQ(running.figures().excluded, running.measured().excluded);
  running.advance(t + 1h);
  EXPECT_EQ(running.figures().excluded, 0s);
}

TEST(exclusion, C1_an_announcement_that_nobody_has_made_lengthens_no_outage_from_now_on) {
  const auto t = at(10, 11, 2h);
  const sla::announced_span announced[]{{{t, t + 240h}, t + 1h, t + 1h}};
  const sla::exclusion planned[]{{.reach = sla::exclusion_reach::by_time, .announced = announced}};
  const sla::availability_rules rules{.exclusions = planned};
  EXPECT_EQ(sla::longest_within(october, {}, rules, 99.9_pct, t), 2'678s);
  EXPECT_GT(sla::longest_within(october, {}, rules, 99.9_pct, t + 1h), 200h);
}

TEST(exclusion, A4_the_minimum_is_asked_of_an_outage_that_a_quota_does_not_end_at_the_windows_edge) {
  // 9 min 30 s over the end of October, in a contract that counts only what lasts over 5 minutes.
  const auto end = october.span.end;
  const sla::window november = sla::calendar_month(year(2026) / 11, shanghai);
  const sla::outage over_the_edge = down(end - 4min - 30s, 9min + 30s, maintenance);
  const sla::outage earlier = down(at(10, 3, 2h), 2h, maintenance);
  const auto counted = [&](const sla::window& w, seconds quota, std::vector<sla::outage> outages) {
    const sla::exclusion planned[]{{.cause = maintenance, .quota = quota}};
    return sla::measure(w, outages, {.exclusions = planned, .minimum = {5min}}).counted;
  };
  // The quota was used up before: all of it is over the quota, as far as October sees it.
  EXPECT_EQ(counted(october, 2h, {earlier, over_the_edge}), 4min + 30s);
  EXPECT_EQ(counted(november, 2h, {earlier, over_the_edge}), 0s) << "November has its own quota";
  // No quota at all excuses nothing on either side of the edge.
  EXPECT_EQ(counted(october, 0s, {over_the_edge}), 4min + 30s);
  EXPECT_EQ(counted(november, 0s, {over_the_edge}), 5min);
  // What the quota excuses up to the edge, it does not make an outage of what comes after.
  EXPECT_EQ(counted(october, 2h, {over_the_edge}), 0s);
  // Used up in the last minute: that minute and November's five are one whole of six.
  EXPECT_EQ(counted(october, 3min + 30s, {over_the_edge}), 1min);
}

TEST(exclusion, M9_every_second_of_downtime_is_in_one_window_with_exclusions_and_quotas) {
  std::mt19937_64 random(61);
  const auto below = [&](std::int64_t n) {
    return static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(n));
  };
  const auto start = october.span.begin;
  std::int64_t excused = 0, refused = 0, dropped = 0;
  for (int round = 0; round < 400; ++round) {
    std::vector<sla::window> tiles;
    for (sla::instant from = start; from < start + 40h;) {
      const auto to = from + seconds(1 + below(30'000));
      tiles.push_back({{from, to}, "w", 0});
      from = to;
    }
    const sla::interval whole{start, tiles.back().span.end};
    std::vector<sla::interval> quiet;
    for (int i = 0; i < 4; ++i) quiet.push_back({start + seconds(below(140'000)), {}});
    for (auto& i : quiet) i.end = i.begin + seconds(below(9'000));
    const sla::interval_set joined(std::move(quiet));
    const auto hours = nights({joined.begin(), joined.end()});
    const sla::exclusion rules[]{{.cause = maintenance, .quota = seconds(below(3'000))},
                                 {.cause = carrier, .within = &hours},
                                 {.within = &hours,
                                  .quota = seconds(below(2) * below(5'000)),
                                  .reach = sla::exclusion_reach::by_time}};
    std::vector<sla::outage> outages;
    std::vector<sla::interval> spans;
    for (int i = 0; i < 20; ++i) {
      const auto from = start + seconds(below(150'000) - 3'000);
      outages.push_back(down(from, seconds(1 + below(8'000)), static_cast<sla::cause_id>(1 + below(3))));
      spans.push_back(intersect(outages.back().span, whole));
    }
    const sla::availability_rules how{.exclusions = rules, .minimum = {seconds(below(2'000))}};
    seconds total{0};
    for (const auto& m : sla::measure_each(tiles, outages, how)) {
      EXPECT_EQ(m.down, m.exact + m.too_short + m.excluded) << round;
      const auto r = sla::reconcile(m);
      EXPECT_EQ(r.claimed, r.excused + r.overridden + r.refused()) << round;
      total += m.down;
      excused += m.excluded.count() > 0, refused += m.refused.count() > 0, dropped += m.too_short.count() > 0;
    }
    ASSERT_EQ(total, sla::interval_set(std::move(spans)).total()) << round;
  }
  EXPECT_GT(excused, 200);
  EXPECT_GT(refused, 200);
  EXPECT_GT(dropped, 100);
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
