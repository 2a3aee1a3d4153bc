// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <initializer_list>
#include <random>
#include <vector>

#include <sla/availability/budget.hpp>
#include <sla/availability/measure.hpp>

namespace measure_test {
namespace {

using namespace std::chrono_literals;
using namespace sla::literals;
using std::chrono::seconds;
using std::chrono::sys_days;
using std::chrono::year;

const sla::zone shanghai = sla::zone::fixed("Asia/Shanghai", 8h);
const sla::window october = sla::calendar_month(year(2026) / 10, shanghai);
const sla::window november = sla::calendar_month(year(2026) / 11, shanghai);

// A wall-clock time of Shanghai in 2026.
sla::instant at(int month, int day, seconds time) {
  return sla::instant(sys_days(year(2026) / month / day)) + (time - 8h);
}
sla::outage down(sla::instant from, seconds length, sla::cause_id cause = sla::no_cause,
                 std::uint32_t row = 0) {
  return {{from, from + length}, cause, 0, row};
}
sla::business_time hours(std::vector<sla::interval> open,
                         sla::instant known_through = sla::instant::latest()) {
  sla::compiled_calendar c;
  c.cover = {at(1, 1, 0s), at(12, 31, 0s)};
  c.open = std::move(open);
  c.known_through = known_through;
  return sla::business_time(std::move(c));
}
std::vector<sla::fate> fates(const sla::measurement& m) {
  std::vector<sla::fate> out;
  for (const sla::kept_or_dropped& l : m.derivation) out.push_back(l.what);
  return out;
}
std::vector<std::uint32_t> rows(const sla::measurement& m, std::size_t line) {
  const auto r = m.rows_of(m.derivation.at(line));
  return {r.begin(), r.end()};
}

constexpr sla::cause_id maintenance = 1, carrier = 2;

TEST(measure, A1_exact_and_floored_when_shown) {
  const sla::outage outages[]{down(at(10, 10, 3h), 400s)};
  const auto m = sla::measure(october, outages);
  EXPECT_EQ(m.denominator, 744h);
  EXPECT_EQ(m.counted, 400s);
  EXPECT_EQ(m.availability, sla::ratio(2'678'000, 2'678'400));
  EXPECT_LT(m.availability, 99.99_pct);
  EXPECT_EQ(sla::shown(m, 2), "99.98%");
  EXPECT_EQ(sla::shown(m, 4), "99.9850%");  // 99.98506...
  EXPECT_FALSE(m.provisional);
}

TEST(measure, A1_nothing_down_is_all_of_it) {
  const auto m = sla::measure(october, {});
  EXPECT_EQ(m.availability, sla::ratio(1));
  EXPECT_FALSE(m.no_data);
  EXPECT_EQ(sla::shown(m, 2), "100.00%");
  EXPECT_TRUE(m.derivation.empty());
}

TEST(measure, A1_a_denominator_of_0_is_no_data) {
  const sla::outage outages[]{down(at(10, 10, 3h), 400s)};
  const sla::window nothing{{at(10, 10, 3h), at(10, 10, 3h)}, "empty", 0};
  for (const auto& m :
       {sla::measure(nothing, outages),
        sla::measure(october, outages, {.denominator = {sla::denominator_rule::fixed, 0s}})}) {
    EXPECT_TRUE(m.no_data);
    EXPECT_EQ(sla::shown(m, 2), "no data");
    EXPECT_EQ(sla::budget(m, 99.9_pct).outcome, sla::error_budget::no_data);
  }
}

TEST(measure, A1_more_down_than_there_is_clamps_and_keeps_the_amounts) {
  const sla::outage outages[]{down(at(9, 1, 0s), seconds(100 * 86'400))};
  const auto m =
      sla::measure(october, outages, {.denominator = {sla::denominator_rule::fixed, seconds(43'200 * 60)}});
  EXPECT_EQ(m.counted, 744h);
  EXPECT_EQ(m.denominator, 720h);
  EXPECT_EQ(m.availability, sla::ratio(0));
}

TEST(measure, A2_a_window_with_an_unknown_end_is_no_data) {
  sla::window w = october;
  w.span.end = sla::instant::unknown();
  const auto m = sla::measure(w, {});
  EXPECT_TRUE(m.no_data);
  EXPECT_TRUE(m.provisional);
}

TEST(measure, A4_a_second_is_down_once) {
  const auto t = at(10, 10, 3h);
  const sla::outage outages[]{down(t + 50s, 100s, sla::no_cause, 2), down(t, 100s, sla::no_cause, 1),
                              down(t + 150s, 10s, sla::no_cause, 3), down(t + 200s, 1s, sla::no_cause, 4)};
  const auto m = sla::measure(october, outages);
  EXPECT_EQ(m.counted, 161s);
  EXPECT_EQ(m.outages, 2);
  EXPECT_EQ(m.longest, 160s);
  ASSERT_EQ(m.derivation.size(), 2U);
  EXPECT_EQ(m.derivation[0].span, (sla::interval{t, t + 160s}));
  EXPECT_EQ(rows(m, 0), (std::vector<std::uint32_t>{1, 2, 3}));
  EXPECT_EQ(rows(m, 1), (std::vector<std::uint32_t>{4}));
}

TEST(measure, A4_an_outage_over_the_months_edge_must_be_long_enough_as_a_whole) {
  // 23:55:30 to 00:05:00: 270 s in October, 300 s in November, 570 s as a whole.
  const sla::outage outages[]{down(at(10, 31, 23h + 55min + 30s), 570s)};
  const sla::availability_rules over_five{.minimum = {5min}};
  const auto o = sla::measure(october, outages, over_five), n = sla::measure(november, outages, over_five);
  EXPECT_EQ(o.counted, 270s);
  EXPECT_EQ(n.counted, 300s);
  // It counts once, where it began.
  EXPECT_EQ(o.outages, 1);
  EXPECT_EQ(n.outages, 0);
  EXPECT_EQ(o.derivation.at(0).span.end, october.span.end);
  EXPECT_EQ(n.derivation.at(0).span.begin, november.span.begin);
  // Longer than the whole: nothing counts, in either.
  const sla::availability_rules over_ten{.minimum = {10min}};
  EXPECT_EQ(sla::measure(october, outages, over_ten).counted, 0s);
  EXPECT_EQ(sla::measure(october, outages, over_ten).too_short, 270s);
  EXPECT_EQ(sla::measure(november, outages, over_ten).too_short, 300s);
}

TEST(measure, A4_the_minimum_is_exclusive_unless_stated) {
  const sla::outage outages[]{down(at(10, 10, 3h), 300s)};
  const auto exclusive = sla::measure(october, outages, {.minimum = {300s}});
  EXPECT_EQ(exclusive.counted, 0s);
  EXPECT_EQ(fates(exclusive), std::vector{sla::fate::too_short});
  EXPECT_EQ(exclusive.outages, 0);
  EXPECT_EQ(sla::measure(october, outages, {.minimum = {299s}}).counted, 300s);
  EXPECT_EQ(sla::measure(october, outages, {.minimum = {300s, true}}).counted, 300s);
  EXPECT_EQ(sla::measure(october, outages, {.minimum = {301s, true}}).counted, 0s);
}

TEST(measure, A4_gaps_are_merged_before_the_minimum_is_asked) {
  const auto t = at(10, 10, 3h);
  const sla::outage outages[]{down(t, 200s), down(t + 260s, 200s)};
  const auto apart = sla::measure(october, outages, {.merge_gap = 59s, .minimum = {300s}});
  EXPECT_EQ(apart.counted, 0s);
  EXPECT_EQ(apart.too_short, 400s);
  const auto merged = sla::measure(october, outages, {.merge_gap = 60s, .minimum = {300s}});
  EXPECT_EQ(merged.counted, 460s);
  EXPECT_EQ(merged.bridged, 60s);
  EXPECT_EQ(merged.down, 400s);
  EXPECT_EQ(merged.outages, 1);
}

TEST(measure, A4_a_chain_of_gaps_reaches_in_from_outside_the_window) {
  const auto edge = october.span.begin;
  const sla::outage outages[]{down(edge - 300s, 290s), down(edge + 20s, 10s)};
  const auto m = sla::measure(october, outages, {.merge_gap = 30s, .minimum = {300s}});
  EXPECT_EQ(m.counted, 30s);
  EXPECT_EQ(m.bridged, 20s);
  EXPECT_EQ(m.outages, 0) << "it began in September";
}

TEST(measure, A4_rounding_per_outage_and_of_the_sum) {
  const auto t = at(10, 10, 3h);
  const sla::outage outages[]{down(t, 61s), down(t + 1h, 119s), down(t + 2h, 60s)};
  using r = sla::outage_rounding;
  const auto counted = [&](r how) { return sla::measure(october, outages, {.rounding = how}).counted; };
  EXPECT_EQ(counted({}), 240s);
  EXPECT_EQ(counted({r::each, sla::rounding::ceil, 60s}), 300s);
  EXPECT_EQ(counted({r::each, sla::rounding::floor, 60s}), 180s);
  EXPECT_EQ(counted({r::each, sla::rounding::half_up, 60s}), 240s);
  EXPECT_EQ(counted({r::sum, sla::rounding::ceil, 60s}), 240s);
  EXPECT_EQ(counted({r::sum, sla::rounding::ceil, 100s}), 300s);
  EXPECT_EQ(counted({r::sum, sla::rounding::floor, 100s}), 200s);
  const auto m = sla::measure(october, outages, {.rounding = {r::each, sla::rounding::ceil, 60s}});
  EXPECT_EQ(m.exact, 240s);
  EXPECT_EQ(m.derivation.at(0).exact, 61s);
  EXPECT_EQ(m.derivation.at(0).counted, 120s);
}

TEST(measure, A4_clipped_before_it_is_rounded) {
  const sla::outage outages[]{down(october.span.end - 30s, 45s)};
  const sla::availability_rules minutes{.rounding = {sla::outage_rounding::each, sla::rounding::ceil, 60s}};
  EXPECT_EQ(sla::measure(october, outages, minutes).counted, 60s);
  EXPECT_EQ(sla::measure(november, outages, minutes).counted, 60s);
}

TEST(measure, A4_an_open_outage_counts_to_as_of_and_is_provisional) {
  const auto t = at(10, 10, 3h);
  for (const sla::instant end : {sla::instant::never(), sla::instant::unknown(), t + 2h}) {
    const sla::outage outages[]{{{t, end}}};
    const auto m = sla::measure(october, outages, {}, t + 1h);
    EXPECT_EQ(m.counted, 1h);
    EXPECT_TRUE(m.provisional);
  }
  const sla::outage open[]{{{t, sla::instant::never()}}};
  const auto m = sla::measure(october, open, {}, november.span.end);
  EXPECT_EQ(m.counted, october.span.end - t);
  EXPECT_TRUE(m.provisional);
  EXPECT_FALSE(sla::measure(october, std::vector{down(t, 1h)}, {}, october.span.end).provisional);
  EXPECT_TRUE(sla::measure(october, std::vector{down(t, 1h)}, {}, october.span.end - 1s).provisional);
  // Open, but after this window.
  const sla::outage later[]{{{november.span.begin, sla::instant::never()}}};
  EXPECT_FALSE(sla::measure(october, later).provisional);
}

TEST(measure, A4_what_begins_at_as_of_is_not_seen) {
  const auto t = at(10, 10, 3h);
  const sla::outage outages[]{down(t, 1h)};
  EXPECT_EQ(sla::measure(october, outages, {}, t).counted, 0s);
  EXPECT_EQ(fates(sla::measure(october, outages, {}, t)), std::vector{sla::fate::not_yet});
  EXPECT_EQ(sla::measure(october, outages, {}, t + 1s).counted, 1s);
}

TEST(measure, A4_records_that_are_no_interval_are_dropped_and_listed) {
  const auto t = at(10, 10, 3h);
  const sla::outage outages[]{{{t, t - 1s}, sla::no_cause, 0, 7},
                              {{t, t}, sla::no_cause, 0, 8},
                              {{sla::instant::unknown(), t}, sla::no_cause, 0, 9},
                              {{at(12, 1, 0s), at(11, 30, 0s)}, sla::no_cause, 0, 10}};
  const auto m = sla::measure(october, outages);
  EXPECT_EQ(m.counted, 0s);
  EXPECT_EQ(fates(m), (std::vector{sla::fate::reversed, sla::fate::empty, sla::fate::reversed}));
  EXPECT_EQ(rows(m, 1), std::vector<std::uint32_t>{8});
}

TEST(measure, A6_an_exclusion_excuses_outages_of_its_cause) {
  const auto t = at(10, 10, 3h);
  const sla::exclusion planned[]{{.cause = maintenance, .name = "planned maintenance", .clause = "4.3"}};
  const sla::outage outages[]{down(t, 2h, maintenance), down(t + 1h, 2h, carrier)};
  const auto m = sla::measure(october, outages, {.exclusions = planned});
  EXPECT_EQ(m.counted, 2h) << "downtime of another cause at the same instant counts";
  EXPECT_EQ(m.excluded, 1h);
  EXPECT_EQ(m.refused, 0s);
  EXPECT_EQ(m.denominator, 744h);
  EXPECT_EQ(m.outages, 1);
  EXPECT_EQ(fates(m), (std::vector{sla::fate::excused, sla::fate::counted}));
  EXPECT_EQ(m.derivation[0].exact, 1h);
  EXPECT_EQ(m.derivation[0].exclusion, 0);
}

TEST(measure, A6_excused_on_both_sides_leaves_the_denominator_too) {
  const auto t = at(10, 10, 3h);
  const sla::exclusion planned[]{{.cause = maintenance, .effect = sla::exclusion_effect::both_sides}};
  const sla::outage outages[]{down(t, 2h, maintenance), down(t + 1h, 2h, carrier)};
  const auto m = sla::measure(october, outages, {.exclusions = planned});
  EXPECT_EQ(m.denominator, 743h);
  EXPECT_EQ(m.availability, sla::ratio(741, 743));
}

TEST(measure, A6_overrun_and_early_start_count_with_their_reason) {
  const auto night = hours({{at(10, 11, 2h), at(10, 11, 4h)}, {at(10, 18, 2h), at(10, 18, 4h)}});
  const sla::exclusion planned[]{{.cause = maintenance, .within = &night}};
  const sla::outage outages[]{down(at(10, 11, 1h + 30min), 3h, maintenance, 5),
                              down(at(10, 18, 2h), 2h, maintenance, 6),
                              down(at(10, 20, 2h), 10min, maintenance, 7)};
  const auto m = sla::measure(october, outages, {.exclusions = planned});
  EXPECT_EQ(m.counted, 30min + 30min + 10min);
  EXPECT_EQ(m.excluded, 4h);
  EXPECT_EQ(m.refused, 70min);
  using f = sla::fate;
  EXPECT_EQ(fates(m), (std::vector{f::counted, f::early, f::excused, f::counted, f::overrun, f::excused,
                                   f::counted, f::outside_hours}));
  EXPECT_EQ(rows(m, 4), std::vector<std::uint32_t>{5});
  EXPECT_EQ(m.derivation[4].span, (sla::interval{at(10, 11, 4h), at(10, 11, 4h + 30min)}));
}

TEST(measure, A6_a_quota_is_used_in_order_of_time) {
  const sla::exclusion planned[]{{.cause = maintenance, .quota = 3h}};
  // Written in the other order; the second hour of the later one is too much.
  const sla::outage outages[]{down(at(10, 18, 2h), 2h, maintenance), down(at(10, 11, 2h), 2h, maintenance)};
  const auto m = sla::measure(october, outages, {.exclusions = planned});
  EXPECT_EQ(m.excluded, 3h);
  EXPECT_EQ(m.refused, 1h);
  EXPECT_EQ(m.counted, 1h);
  EXPECT_EQ(fates(m),
            (std::vector{sla::fate::excused, sla::fate::excused, sla::fate::counted, sla::fate::over_quota}));
  EXPECT_EQ(m.derivation.back().span, (sla::interval{at(10, 18, 3h), at(10, 18, 4h)}));
  // September's maintenance uses up nothing of October's quota, nor does one second too little.
  const sla::outage before[]{down(at(9, 18, 2h), 9h, maintenance), down(at(10, 18, 2h), 3h, maintenance)};
  EXPECT_EQ(sla::measure(october, before, {.exclusions = planned}).counted, 0s);
}

TEST(measure, A6_exclusions_of_one_cause_add_up) {
  const auto a = hours({{at(10, 11, 2h), at(10, 11, 4h)}}), b = hours({{at(10, 11, 3h), at(10, 11, 5h)}});
  const sla::exclusion planned[]{{.cause = maintenance, .within = &a}, {.cause = maintenance, .within = &b}};
  const sla::outage outages[]{down(at(10, 11, 2h), 4h, maintenance)};
  const auto m = sla::measure(october, outages, {.exclusions = planned});
  EXPECT_EQ(m.excluded, 3h);
  EXPECT_EQ(m.refused, 1h);
}

TEST(measure, A6_no_cause_is_never_excused) {
  const sla::exclusion odd[]{{.cause = sla::no_cause}};
  EXPECT_EQ(sla::measure(october, std::vector{down(at(10, 11, 2h), 4h)}, {.exclusions = odd}).counted, 4h);
}

TEST(measure, A6_hours_past_their_holiday_data_make_it_provisional) {
  const auto night = hours({{at(10, 11, 2h), at(10, 11, 4h)}}, at(10, 11, 3h));
  const sla::exclusion planned[]{{.cause = maintenance, .within = &night}};
  EXPECT_TRUE(
      sla::measure(october, std::vector{down(at(10, 11, 2h), 2h, maintenance)}, {.exclusions = planned})
          .provisional);
  EXPECT_FALSE(
      sla::measure(october, std::vector{down(at(10, 11, 2h), 1h, maintenance)}, {.exclusions = planned})
          .provisional);
}

TEST(measure, T9_hours_before_their_holiday_data_make_it_provisional) {
  sla::compiled_calendar c;
  c.cover = {at(1, 1, 0h), at(12, 31, 0h)};
  c.open = {c.cover};
  c.known_from = at(10, 11, 3h);
  const sla::business_time hours(std::move(c));
  const sla::availability_rules service{.denominator = {sla::denominator_rule::service_hours, {}, &hours}};
  EXPECT_TRUE(sla::measure(october, {}, service).provisional);
  EXPECT_FALSE(sla::measure({{at(10, 12, 0h), at(10, 13, 0h)}, "a day", 1}, {}, service).provisional);
  const sla::exclusion planned[]{{.cause = maintenance, .within = &hours}};
  const auto claimed = [&](auto from) {
    return sla::measure(october, std::vector{down(from, 2h, maintenance)}, {.exclusions = planned})
        .provisional;
  };
  EXPECT_TRUE(claimed(at(10, 11, 2h)));
  EXPECT_FALSE(claimed(at(10, 11, 3h)));
}

TEST(measure, A3_denominators) {
  const sla::zone berlin = sla::zone::posix("Europe/Berlin", "CET-1CEST,M3.5.0,M10.5.0/3");
  const auto m = sla::calendar_month(year(2026) / 10, berlin);
  using d = sla::denominator_rule;
  EXPECT_EQ(sla::measure(m, {}).denominator, 745h);
  EXPECT_EQ(sla::measure(m, {}, {.denominator = {d::nominal_days}}).denominator, 744h);
  EXPECT_EQ(sla::measure(m, {}, {.denominator = {d::fixed, 43'200min}}).denominator, 720h);
}

TEST(measure, A3_service_hours_count_downtime_inside_them_only) {
  const auto open = hours({{at(10, 12, 9h), at(10, 12, 18h)}, {at(10, 13, 9h), at(10, 13, 18h)}});
  const sla::availability_rules rules{
      .denominator = {.what = sla::denominator_rule::service_hours, .hours = &open}};
  const sla::outage outages[]{down(at(10, 12, 17h), 17h)};  // 17:00 to 10:00 of the next day
  const auto m = sla::measure(october, outages, rules);
  EXPECT_EQ(m.denominator, 18h);
  EXPECT_EQ(m.counted, 2h);
  EXPECT_EQ(m.availability, sla::ratio(8, 9));
  EXPECT_EQ(m.outages, 1);
  // A window that the calendar does not cover was not measured.
  const auto january = sla::measure(sla::calendar_month(year(2027) / 1, shanghai), outages, rules);
  EXPECT_TRUE(january.no_data);
}

TEST(measure, A10_order_and_repetition_change_no_byte) {
  const auto night = hours({{at(10, 11, 2h), at(10, 11, 4h)}});
  const sla::exclusion planned[]{{.cause = maintenance, .within = &night, .quota = 1h}, {.cause = carrier}};
  const sla::availability_rules rules{.exclusions = planned,
                                      .merge_gap = 60s,
                                      .minimum = {90s},
                                      .rounding = {sla::outage_rounding::each, sla::rounding::ceil, 60s}};
  std::mt19937_64 random(20261010);
  std::vector<sla::outage> outages;
  for (std::uint32_t i = 0; i < 60; ++i)
    outages.push_back(down(at(10, 11, seconds(random() % 20'000)), seconds(random() % 900),
                           static_cast<sla::cause_id>(random() % 3), i));
  const auto same = [](const sla::measurement& a, const sla::measurement& b) {
    return a.availability == b.availability && a.counted == b.counted && a.excluded == b.excluded &&
           a.refused == b.refused && a.down == b.down && a.outages == b.outages &&
           a.derivation == b.derivation && a.rows == b.rows;
  };
  const auto first = sla::measure(october, outages, rules);
  for (int i = 0; i < 200; ++i) {
    std::ranges::shuffle(outages, random);
    ASSERT_TRUE(same(first, sla::measure(october, outages, rules))) << i;
  }
  for (int i = 0; i < 50; ++i) {
    outages.push_back(outages[random() % outages.size()]);
    ASSERT_TRUE(same(first, sla::measure(october, outages, rules))) << i;
  }
}

TEST(measure, A10_named_exception_bridging_two_outages_under_rounding_up) {
  const auto t = at(10, 10, 3h);
  const sla::availability_rules up{.rounding = {sla::outage_rounding::each, sla::rounding::ceil, 60s}};
  std::vector<sla::outage> outages{down(t, 61s), down(t + 70s, 61s)};  // 2 + 2 minutes
  const auto two = sla::measure(october, outages, up);
  outages.push_back(down(t + 61s, 9s));  // 131 s in one: 3 minutes
  const auto one = sla::measure(october, outages, up);
  EXPECT_EQ(two.counted, 240s);
  EXPECT_EQ(one.counted, 180s);
  EXPECT_GT(one.availability, two.availability);
}

TEST(measure, refused_and_excluded_reconcile) {
  const auto t = at(10, 10, 3h);
  const sla::exclusion planned[]{{.cause = maintenance, .quota = 100s}};
  const sla::outage outages[]{down(t, 150s, maintenance), down(t + 120s, 60s), down(t + 200s, 20s)};
  const auto m = sla::measure(october, outages, {.exclusions = planned, .merge_gap = 20s, .minimum = {10s}});
  // 0-100 excused, 100-150 over the quota, 120-180 down, 180-200 bridged, 200-220 down
  EXPECT_EQ(m.excluded, 100s);
  EXPECT_EQ(m.refused, 50s);
  EXPECT_EQ(m.bridged, 20s);
  EXPECT_EQ(m.exact, 120s);
  EXPECT_EQ(m.down, 200s);
  EXPECT_EQ(m.down + m.bridged, m.exact + m.too_short + m.excluded);
}

TEST(outage, duplicates) {
  const auto t = at(10, 10, 3h);
  sla::outage a = down(t, 10s, 1, 4), b = down(t, 10s, 1, 9), c = down(t, 20s, 1, 4);
  EXPECT_TRUE(sla::is_duplicate(a, b));
  EXPECT_FALSE(sla::is_duplicate(a, c));
  EXPECT_FALSE(sla::is_duplicate(a, down(t, 10s, 2, 4)));
  a.id = c.id = 17;
  EXPECT_FALSE(sla::is_duplicate(a, c)) << "an id joins nothing";
  a.id = 16, b.id = 18;
  EXPECT_TRUE(sla::is_duplicate(a, b));
}

TEST(outage, A10_dropping_a_duplicate_changes_no_figure_and_an_id_joins_nothing) {
  const auto t = at(10, 10, 3h);
  sla::outage a = down(t, 10s, 1), b = a, later = down(t + 1h, 10s, 1);
  a.id = 16, b.id = later.id = 18;
  const sla::availability_rules rules{.minimum = {10s, true}};
  const auto once = sla::measure_figures(october, std::array{a, later}, rules);
  EXPECT_EQ(sla::measure_figures(october, std::array{a, b, later}, rules), once);
  EXPECT_EQ(once.outages, 2);
  EXPECT_EQ(sla::measure_figures(october, std::array{b, later}, {.minimum = {15s}}).counted, 0s)
      << "two spans of one id are no outage of 20 s";
}

TEST(fate, names) {
  EXPECT_EQ(sla::name(sla::fate::too_short), "below the minimum duration");
  EXPECT_EQ(sla::name(sla::fate::empty), "has no length");
}

}  // namespace
}  // namespace measure_test
