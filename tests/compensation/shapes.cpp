// SPDX-License-Identifier: MIT
// M4: every shape over a figure, at its bounds and one beyond.

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include <sla/compensation/shape.hpp>

namespace shapes_test {
namespace {

using namespace std::chrono_literals;
using namespace sla::literals;
using sla::ratio;
using sla::unit_counting;

constexpr auto most = std::numeric_limits<std::int64_t>::max();
constexpr std::chrono::seconds month_30 = 30 * 24h;  // 2,592,000 s; 0.1 % of it are 2,592 s

sla::quantities value(ratio v) { return {.value = v}; }
// A 30-day month with so much of it down.
sla::quantities down(std::chrono::seconds s) {
  return {.value = ratio(1) - ratio(s.count(), month_30.count()), .elapsed = s, .whole = month_30};
}
ratio share(const sla::shape& s, const sla::quantities& q, sla::shape_reading how = {}) {
  return sla::evaluate(s, q, how).share;
}

// --- per step below

TEST(per_step_below, M4_complete_started_and_proportional_steps_at_each_bound) {
  struct row {
    ratio value, complete, started, proportional;
  };
  // 5 % for each 0.1 % below 99 %.
  const row rows[]{{99_pct, 0_pct, 0_pct, 0_pct},      {98.9999_pct, 0_pct, 5_pct, 0.005_pct},
                   {98.9_pct, 5_pct, 5_pct, 5_pct},    {98.85_pct, 5_pct, 10_pct, 7.5_pct},
                   {98.8_pct, 10_pct, 10_pct, 10_pct}, {0_pct, 4950_pct, 4950_pct, 4950_pct},
                   {100_pct, 0_pct, 0_pct, 0_pct}};
  for (const row& r : rows) {
    sla::per_step_below s{99_pct, 0.1_pct, 5_pct, unit_counting::complete};
    EXPECT_EQ(share(s, value(r.value)), r.complete) << to_string(r.value);
    s.counted = unit_counting::started;
    EXPECT_EQ(share(s, value(r.value)), r.started) << to_string(r.value);
    s.counted = unit_counting::proportional;
    EXPECT_EQ(share(s, value(r.value)), r.proportional) << to_string(r.value);
  }
}

TEST(per_step_below, M0_unstated_steps_are_open_only_where_a_part_of_one_is_left) {
  const sla::shape s = sla::per_step_below{99.7_pct, 1_pct, 2_pct};
  EXPECT_FALSE(sla::evaluate(s, value(99.7_pct)).counting_open);
  EXPECT_FALSE(sla::evaluate(s, value(98.7_pct)).counting_open);
  const auto open = sla::evaluate(s, value(98_pct));
  EXPECT_TRUE(open.counting_open);
  EXPECT_EQ(open.share, 2_pct) << "read as complete steps unless told otherwise";
  EXPECT_EQ(share(s, value(98_pct), {.counted = unit_counting::proportional}), 3.4_pct);
  EXPECT_EQ(share(s, value(98_pct), {.counted = unit_counting::started}), 4_pct);
}

TEST(per_step_below, M4_shows_the_shortfall_the_steps_and_the_bound) {
  const auto v = sla::evaluate(sla::per_step_below{99.5_pct, 0.3_pct, ratio(1, 365), unit_counting::started},
                               value(98.8_pct), {});
  ASSERT_EQ(v.working.size(), 1U);
  EXPECT_EQ(v.working[0].kind, sla::shape_kind::per_step_below);
  EXPECT_EQ(v.working[0].quantity, 0.7_pct);
  EXPECT_EQ(v.working[0].units, ratio(3));
  EXPECT_EQ(v.working[0].rate, ratio(1, 365));
  EXPECT_EQ(v.working[0].share, ratio(3, 365));
  EXPECT_EQ(v.bound, 99.5_pct);
  EXPECT_TRUE(v.missed);
}

// --- pro rata

TEST(pro_rata, M4_times_the_whole_time_down_where_the_bound_is_missed) {
  const sla::pro_rata ten{.below = 99.9_pct, .times = ratio(10)};
  EXPECT_EQ(share(ten, down(2'592s)), 0_pct) << "99.9 % of 30 days is hit exactly";
  EXPECT_EQ(share(ten, down(2'593s)), ratio(25'930, 2'592'000)) << "a second more: all of it counts";
  EXPECT_EQ(share(sla::pro_rata{.below = 99.9_pct, .inclusive = true}, down(2'592s)), ratio(1, 1'000));
  EXPECT_EQ(share(sla::pro_rata{}, down(0s)), 0_pct);
  EXPECT_EQ(share(sla::pro_rata{}, down(4h)), ratio(4, 720)) << "55.56 of 10,000: a few yuan";
  EXPECT_EQ(share(sla::pro_rata{.times = ratio(100)}, down(month_30)), ratio(100));
}

// --- per unit

TEST(per_unit, M4_units_after_a_free_share_of_the_month) {
  // 0.01 % of 30 days is 259.2 s.
  const sla::per_unit s{
      .unit = 30min, .rate = 5_pct, .counted = unit_counting::started, .free_share = 0.01_pct};
  EXPECT_EQ(share(s, down(259s)), 0_pct);
  EXPECT_EQ(share(s, down(260s)), 5_pct);
  EXPECT_EQ(share(s, down(2'059s)), 5_pct) << "259.2 + 1,800 = 2,059.2";
  EXPECT_EQ(share(s, down(2'060s)), 10_pct);
  EXPECT_EQ(sla::evaluate(s, down(3'600s), {}).working[0].quantity, ratio(33'408, 10));
}

TEST(per_unit, M4_a_free_allowance_is_taken_off_and_a_minimum_is_not) {
  struct row {
    std::chrono::seconds late;
    ratio free_hour, over_an_hour;
  };
  const row rows[]{{1h - 1s, 0_pct, 0_pct},
                   {1h, 0_pct, 0_pct},
                   {1h + 1s, 5_pct, 15_pct},
                   {90min, 5_pct, 15_pct},
                   {90min + 1s, 10_pct, 20_pct}};
  for (const row& r : rows) {
    const sla::per_unit free{.unit = 30min, .rate = 5_pct, .counted = unit_counting::started, .free = 1h};
    const sla::per_unit over{
        .unit = 30min, .rate = 5_pct, .counted = unit_counting::started, .more_than = 1h};
    EXPECT_EQ(share(free, down(r.late)), r.free_hour) << r.late.count();
    EXPECT_EQ(share(over, down(r.late)), r.over_an_hour) << r.late.count();
  }
}

TEST(per_unit, M4_lateness_started_complete_and_proportional) {
  const sla::quantities late{.elapsed = 61min};
  EXPECT_EQ(share(sla::per_unit{.unit = 1h, .rate = 5_pct, .counted = unit_counting::started}, late), 10_pct);
  EXPECT_EQ(share(sla::per_unit{.unit = 1h, .rate = 5_pct, .counted = unit_counting::complete}, late), 5_pct);
  EXPECT_EQ(share(sla::per_unit{.unit = 1h, .rate = 6_pct, .counted = unit_counting::proportional}, late),
            6.1_pct);
  EXPECT_TRUE(sla::evaluate(sla::per_unit{.unit = 1h, .rate = 5_pct}, late, {}).counting_open);
  EXPECT_FALSE(sla::evaluate(sla::per_unit{.unit = 1min, .rate = 5_pct}, late, {}).counting_open);
  EXPECT_EQ(share(sla::per_unit{.unit = 1h, .rate = 5_pct, .counted = unit_counting::started}, {}), 0_pct);
}

TEST(per_unit, M4_lateness_in_business_time_needs_a_figure_that_brings_it) {
  const sla::per_unit s{
      .unit = 1h, .rate = 5_pct, .counted = unit_counting::started, .in = sla::time_kind::worked};
  EXPECT_EQ(share(s, {.elapsed = 15h, .worked = 59min}), 5_pct) << "over night: 59 minutes of work";
  EXPECT_EQ(share(s, {.elapsed = 15h, .worked = 0s}), 0_pct) << "late on the wall clock alone";
  EXPECT_THROW((void)share(s, {.elapsed = 15h}), sla::error);
}

TEST(per_unit, M1_the_edges_of_64_bits_are_caught) {
  const sla::per_unit s{.unit = 1s, .rate = ratio(most), .counted = unit_counting::complete};
  EXPECT_EQ(share(s, {.elapsed = 1s}), ratio(most));
  EXPECT_THROW((void)share(s, {.elapsed = 2s}), sla::error);
  EXPECT_EQ(share(sla::per_unit{.unit = 1s, .rate = ratio(1), .counted = unit_counting::complete},
                  {.elapsed = std::chrono::seconds::max()}),
            ratio(most));
  EXPECT_THROW((void)share(sla::per_unit{.unit = 0s, .rate = 5_pct}, {.elapsed = 1s}), sla::error);
}

TEST(per_count, M4_breaches_after_the_free_ones) {
  for (const auto& [count, want] : {std::pair{0, 0}, {1, 0}, {2, 2}, {4, 6}})
    EXPECT_EQ(share(sla::per_count{2_pct, 1}, {.count = count}), ratio(want, 100)) << count;
}

// --- tiers

TEST(duration_tiers, M4_over_and_at_least_differ_by_one_second) {
  const sla::duration_tiers s{{sla::over(1h, 5_pct), sla::over(4h, 10_pct), sla::at_least(24h, 50_pct)}};
  const std::pair<std::chrono::seconds, ratio> rows[]{{0s, 0_pct},   {1h, 0_pct},       {1h + 1s, 5_pct},
                                                      {4h, 5_pct},   {4h + 1s, 10_pct}, {24h - 1s, 10_pct},
                                                      {24h, 50_pct}, {1000h, 50_pct}};
  for (const auto& [time, want] : rows) EXPECT_EQ(share(s, {.elapsed = time}), want) << time.count();
  const sla::duration_tiers work{{sla::over(1h, 5_pct)}, sla::time_kind::worked};
  EXPECT_EQ(share(work, {.elapsed = 15h, .worked = 1h}), 0_pct);
}

TEST(count_tiers, M4_the_row_that_begins_last_pays) {
  const sla::count_tiers s{{{.from = 4, .rate = 10_pct}, {.from = 2, .rate = 5_pct}}};
  for (const auto& [n, want] : {std::pair{0, 0}, {1, 0}, {2, 5}, {3, 5}, {4, 10}, {99, 10}})
    EXPECT_EQ(share(s, {.count = n}), ratio(want, 100)) << n;
}

TEST(count_tiers, M0_a_gap_and_two_rates_are_open) {
  // 1 to 3 breaches 5 %, 5 or more 10 %; nothing of the fourth.
  const sla::shape gap =
      sla::count_tiers{{{.from = 1, .rate = 5_pct, .until = 4}, {.from = 5, .rate = 10_pct}}};
  const sla::quantities four{.count = 4};
  EXPECT_TRUE(sla::evaluate(gap, four).table_open);
  EXPECT_EQ(share(gap, four), 0_pct);
  EXPECT_EQ(share(gap, four, {.gap = sla::gap_reading::milder_row}), 5_pct);
  EXPECT_EQ(share(gap, four, {.gap = sla::gap_reading::deeper_row}), 10_pct);
  EXPECT_FALSE(sla::evaluate(gap, {.count = 5}).table_open);
  const sla::shape two =
      sla::count_tiers{{{.from = 1, .rate = 7_pct}, {.from = 1, .rate = 5_pct}, {.from = 1, .rate = 9_pct}}};
  EXPECT_TRUE(sla::evaluate(two, four).table_open);
  EXPECT_EQ(share(two, four), 5_pct);
  EXPECT_EQ(share(two, four, {.gap = sla::gap_reading::deeper_row}), 9_pct);
}

// Every table of up to three rows over small numbers against the definition.
TEST(count_tiers, M3_exhaustively_against_the_definition) {
  const std::vector<sla::tier_row> kinds = [] {
    std::vector<sla::tier_row> all;
    for (int from = 0; from < 4; ++from)
      for (int until = from + 1; until < 6; ++until)
        all.push_back({from, ratio(1 + static_cast<int>(all.size())), until == 5 ? most : until});
    return all;
  }();
  for (const auto& a : kinds)
    for (const auto& b : kinds) {
      const std::vector<sla::tier_row> table{a, b};
      for (std::int64_t n = 0; n < 7; ++n) {
        const auto m = sla::match(table, n);
        const bool in_a = a.holds(n), in_b = b.holds(n);
        if (in_a && in_b && a.from == b.from && a.rate != b.rate) {
          ASSERT_EQ(m.what, sla::step_match::ambiguous);
          ASSERT_LT(table[m.row].rate, table[m.deeper].rate);
        } else if (in_a || in_b) {
          ASSERT_EQ(m.what, sla::step_match::row_pays);
          ASSERT_EQ(table[m.row].from, std::max(in_a ? a.from : -1, in_b ? b.from : -1));
        } else if (a.from <= n || b.from <= n) {
          ASSERT_EQ(m.what, sla::step_match::gap);
          ASSERT_LE(table[m.row].until, n);
          ASSERT_TRUE(m.deeper == sla::step_match::no_row || table[m.deeper].from > n);
        } else {
          ASSERT_EQ(m.what, sla::step_match::none);
        }
      }
    }
}

// --- history

TEST(nth_miss, M4_counts_misses_among_the_latest_windows) {
  using w = sla::window_result;
  constexpr w kept = w::kept, missed = w::missed, none = w::no_data;
  const sla::nth_miss s{.below = 99.9_pct, .windows = 6, .rates = {0_pct, 10_pct, 20_pct, 30_pct}};
  struct row {
    std::vector<w> earlier;
    ratio want;
  };
  const row rows[]{{{}, 0_pct},
                   {{kept, kept, kept, kept, kept}, 0_pct},
                   {{missed}, 10_pct},
                   {{missed, kept, kept, kept, kept}, 10_pct},
                   {{missed, kept, kept, kept, kept, kept}, 0_pct},  // the seventh window back is out
                   {{none, missed, none, missed, none}, 20_pct},
                   {{missed, missed, missed, missed, missed}, 30_pct},
                   {{none, none, none, none, none}, 0_pct}};
  for (const row& r : rows) {
    EXPECT_EQ(share(s, {.value = 99.8_pct, .earlier = r.earlier}), r.want);
    EXPECT_EQ(share(s, {.value = 99.9_pct, .earlier = r.earlier}), 0_pct) << "this window kept its bound";
  }
  EXPECT_TRUE(sla::evaluate(s, {.value = 99.8_pct}, {}).missed) << "a first miss pays nothing and is a miss";
}

// --- constants and combinations

TEST(constant, M4_whenever_the_figure_is_a_miss) {
  EXPECT_EQ(share(sla::constant{10_pct, 99.5_pct}, value(99.5_pct)), 0_pct);
  EXPECT_EQ(share(sla::constant{10_pct, 99.5_pct}, value(99.4_pct)), 10_pct);
  EXPECT_EQ(share(sla::constant{10_pct}, {.count = 0}), 0_pct);
  EXPECT_EQ(share(sla::constant{10_pct}, {.count = 7}), 10_pct);
  const auto v = sla::evaluate(sla::constant{sla::money::minor(50'000, sla::cny)}, {.count = 1}, {});
  EXPECT_EQ(v.minor, 50'000);
  EXPECT_EQ(v.share, 0_pct);
}

TEST(combined, M4_max_min_sum_and_override) {
  const sla::shape table = sla::steps{{{99.8_pct, 10_pct}}}, down_time = sla::pro_rata{.below = 99.8_pct};
  const auto v = value(80_pct), near = value(99_pct), kept = value(99.9_pct);
  EXPECT_EQ(share(sla::max_of({table, down_time}), v), 20_pct);
  EXPECT_EQ(share(sla::max_of({table, down_time}), near), 10_pct);
  EXPECT_EQ(share(sla::min_of({table, down_time}), v), 10_pct);
  EXPECT_EQ(share(sla::min_of({table, down_time}), near), 1_pct);
  EXPECT_EQ(share(sla::sum_of({table, down_time}), v), 30_pct);
  EXPECT_EQ(share(sla::last_of({table, down_time}), near), 1_pct);
  EXPECT_EQ(share(sla::last_of({down_time, table}), near), 10_pct);
  for (const auto& s : {sla::max_of({table, down_time}), sla::min_of({table, down_time}),
                        sla::sum_of({table, down_time}), sla::last_of({table, down_time})})
    EXPECT_EQ(share(s, kept), 0_pct);
  // A part that does not pay is no least part.
  EXPECT_EQ(share(sla::min_of({sla::steps{{{50_pct, 5_pct}}}, down_time}), v), 20_pct);
  EXPECT_EQ(share(sla::last_of({down_time, sla::steps{{{50_pct, 5_pct}}}}), v), 20_pct);
}

TEST(combined, M4_an_amount_meets_a_share_on_the_fee) {
  const sla::shape s =
      sla::max_of({sla::steps{{{99_pct, 10_pct}}}, sla::constant{sla::money::minor(500, sla::cny), 99_pct}});
  const auto of = [&](std::int64_t fee) { return sla::evaluate(s, value(98_pct), {}, ratio(fee)); };
  EXPECT_EQ(of(5'001).share, 10_pct) << "500.1 against 500";
  EXPECT_EQ(of(5'001).minor, 0);
  EXPECT_EQ(of(5'000).share, 10_pct) << "of equal ones the first";
  EXPECT_EQ(of(4'999).share, 0_pct);
  EXPECT_EQ(of(4'999).minor, 500);
  const auto sum = sla::evaluate(
      sla::sum_of({sla::steps{{{99_pct, 10_pct}}}, sla::constant{sla::money::minor(500, sla::cny), 99_pct}}),
      value(98_pct), {}, ratio(1'000));
  EXPECT_EQ(sum.share, 10_pct);
  EXPECT_EQ(sum.minor, 500);
}

TEST(combined, M4_shows_its_parts_and_which_counts) {
  const auto v =
      sla::evaluate(sla::max_of({sla::steps{{{99.8_pct, 10_pct}}},
                                 sla::sum_of({sla::pro_rata{.below = 99.8_pct}, sla::per_count{1_pct}})}),
                    {.value = 80_pct, .count = 3});
  ASSERT_EQ(v.working.size(), 5U);
  EXPECT_EQ(v.working[0].kind, sla::shape_kind::combined);
  EXPECT_EQ(v.working[0].row, 1U);
  EXPECT_EQ(v.working[0].share, 23_pct);
  EXPECT_EQ(v.working[1].kind, sla::shape_kind::steps);
  EXPECT_EQ(v.working[1].depth, 1);
  EXPECT_EQ(v.working[2].kind, sla::shape_kind::combined);
  EXPECT_EQ(v.working[3].kind, sla::shape_kind::pro_rata);
  EXPECT_EQ(v.working[3].depth, 2);
  EXPECT_EQ(v.working[4].share, 3_pct);
}

TEST(shape, M4_kinds_and_countings_have_names) {
  EXPECT_EQ(name(sla::shape(sla::steps{}).kind()), "steps");
  EXPECT_EQ(name(sla::shape(sla::nth_miss{}).kind()), "nth miss");
  EXPECT_EQ(name(sla::shape(sla::combined{}).kind()), "combined");
  for (const auto c : {unit_counting::complete, unit_counting::proportional, unit_counting::started})
    EXPECT_EQ(sla::parse_unit_counting(name(c)), c);
  EXPECT_EQ(sla::parse_unit_counting("unstated"), std::nullopt);
}

}  // namespace
}  // namespace shapes_test
