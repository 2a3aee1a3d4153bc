// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <random>
#include <vector>

#include <sla/availability/calls.hpp>
#include <sla/availability/lengths.hpp>
#include <sla/availability/repairs.hpp>

namespace calls_test {
namespace {

using namespace std::chrono_literals;
using namespace sla::literals;
using sla::call_base;
using sla::call_end;
using std::chrono::seconds;
using kind = sla::level_target::kind;
using sla::level_verdict;

sla::instant t(std::int64_t s) { return sla::instant::from_unix(s); }
const sla::interval day{t(0), t(86'400)};

// Ten calls: six answered (one dropped), three given up (one at once), one failed.
const std::vector<sla::call> ten{
    {t(10), 5s, 100s, call_end::answered, true},   {t(20), 20s, 200s, call_end::answered, true},
    {t(30), 21s, 300s, call_end::answered, false}, {t(40), 0s, 60s, call_end::dropped, false},
    {t(50), 10s, 140s, call_end::answered, true},  {t(60), 4s, 400s, call_end::answered, true},
    {t(70), 3s, 0s, call_end::abandoned},          {t(80), 5s, 0s, call_end::abandoned},
    {t(90), 90s, 0s, call_end::abandoned},         {t(99), 0s, 0s, call_end::failed}};

TEST(calls, A9_every_metric_from_one_pass) {
  const auto c = sla::count_calls(ten, day, {.within = 20s, .short_abandon = 5s});
  EXPECT_EQ(c, (sla::call_counts{.offered = 10,
                                 .failed = 1,
                                 .abandoned = 3,
                                 .short_abandoned = 1,
                                 .answered = 6,
                                 .in_time = 5,
                                 .dropped = 1,
                                 .resolved = 4,
                                 .waited = 60,
                                 .handled = 1'200}));
  EXPECT_EQ(sla::answered_in_time(c, call_base::offered).value, sla::ratio(5, 10));
  EXPECT_EQ(sla::answered_in_time(c, call_base::offered_less_short).value, sla::ratio(5, 9));
  EXPECT_EQ(sla::answered_in_time(c, call_base::offered_less_short).left_out, 1);
  EXPECT_EQ(sla::answered_in_time(c, call_base::answered).value, sla::ratio(5, 6));
  EXPECT_EQ(sla::answer_rate(c, call_base::offered).value, sla::ratio(6, 10));
  EXPECT_EQ(sla::abandon_rate(c, call_base::offered).value, sla::ratio(3, 10));
  EXPECT_EQ(sla::abandon_rate(c, call_base::offered_less_short).value, sla::ratio(2, 9));
  EXPECT_EQ(sla::connect_rate(c).value, sla::ratio(9, 10));
  EXPECT_EQ(sla::drop_rate(c).value, sla::ratio(1, 6));
  EXPECT_EQ(sla::first_call_resolution(c).value, sla::ratio(4, 6));
  EXPECT_EQ(sla::mean_speed_of_answer(c).value, sla::ratio(10));
  EXPECT_EQ(sla::mean_handling_time(c).value, sla::ratio(200));
  EXPECT_EQ(sla::mean_handling_time(c).left_out, 4);
}

TEST(calls, A9_bounds_are_kept_or_not_exactly) {
  // Connect rate at least 95 %, drop rate below 1 %: 19 of 20, and 1 of 100.
  const sla::call_counts c{.offered = 120, .failed = 6, .answered = 100, .dropped = 1};
  EXPECT_EQ(sla::judge(sla::connect_rate(c), {95_pct}), level_verdict::met);
  EXPECT_EQ(sla::judge(sla::drop_rate(c), {1_pct, kind::below}), level_verdict::missed);
  EXPECT_EQ(sla::judge(sla::drop_rate(c), {1_pct, kind::at_most}), level_verdict::met);
  EXPECT_EQ(sla::judge(sla::drop_rate(c, 101), {1_pct, kind::at_most}), level_verdict::no_data)
      << "a sample of 100 is below the minimum of 101";
}

TEST(calls, A9_less_than_the_limit) {
  EXPECT_EQ(sla::count_calls(ten, day, {.within = 20s, .inclusive = false}).in_time, 4);
}

TEST(calls, A9_nobody_called_is_no_data) {
  const auto c = sla::count_calls({}, day, {});
  EXPECT_TRUE(sla::answered_in_time(c, call_base::offered).no_data);
  EXPECT_TRUE(sla::drop_rate(c).no_data);
}

TEST(calls, A9_calls_outside_service_hours_are_shown_apart) {
  sla::compiled_calendar open;
  open.cover = {t(-100), t(100'000)};
  open.open = {{t(15), t(35)}, {t(60), t(95)}};
  const sla::business_time hours(std::move(open));
  const auto c = sla::count_calls(ten, day, {.hours = &hours});
  EXPECT_EQ(c.offered, 6);
  EXPECT_EQ(c.outside, 4);
  EXPECT_EQ(c.answered, 3);
  EXPECT_EQ(c.offered + c.outside, 10);
}

TEST(calls, lengths_that_are_none_are_ignored) {
  const sla::call odd[]{{t(1), -1s}, {t(2), 0s, seconds::max()}, {t(3), seconds::min(), 0s}, {t(4), 1s, 1s}};
  const auto c = sla::count_calls(odd, day, {});
  EXPECT_EQ(c.ignored, 3);
  EXPECT_EQ(c.offered, 1);
}

TEST(calls, A2_many_windows_in_one_pass_and_counts_that_add_up) {
  std::mt19937_64 random(43);
  const auto below = [&](std::int64_t n) {
    return static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(n));
  };
  sla::compiled_calendar open;
  open.cover = {t(-100), t(20'000)};
  for (std::int64_t b = 0; b < 11'000; b += 100) open.open.push_back({t(b), t(b + 1 + below(99))});
  const sla::business_time hours(std::move(open));
  for (int round = 0; round < 300; ++round) {
    std::vector<sla::call> calls;
    for (auto n = below(200); n > 0; --n)
      calls.push_back({t(below(12'000) - 1'000), seconds(below(60) - (below(50) == 0 ? 60 : 0)),
                       seconds(below(900)), static_cast<call_end>(below(4)), below(2) == 0});
    if (round % 2 == 0) std::ranges::sort(calls, {}, &sla::call::offered);
    std::vector<sla::window> windows;
    for (std::int64_t b = below(500); b < 10'000; b += below(700)) {
      const auto end = b + below(600);
      windows.push_back({{t(b), t(end)}, "w", 0});
      b = end;
    }
    const sla::call_rule rule{.within = seconds(below(40)),
                              .inclusive = below(2) == 0,
                              .short_abandon = seconds(below(10)),
                              .hours = below(2) == 0 ? &hours : nullptr};
    const auto all = sla::count_calls(calls, windows, rule);
    ASSERT_EQ(all.size(), windows.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
      ASSERT_EQ(all[i], sla::count_calls(calls, windows[i].span, rule)) << round << ' ' << i;
      // By hand.
      sla::call_counts n;
      for (const auto& c : calls) {
        if (!windows[i].span.contains(c.offered)) continue;
        if (c.waited < 0s) {
          ++n.ignored;
          continue;
        }
        if (rule.hours != nullptr && !hours.is_open(c.offered)) {
          ++n.outside;
          continue;
        }
        ++n.offered;
        if (c.end == call_end::failed) ++n.failed;
        if (c.end == call_end::abandoned) ++n.abandoned, n.short_abandoned += c.waited < rule.short_abandon;
        if (c.end == call_end::answered || c.end == call_end::dropped) {
          ++n.answered;
          n.in_time += rule.inclusive ? c.waited <= rule.within : c.waited < rule.within;
          n.dropped += c.end == call_end::dropped;
          n.resolved += c.resolved;
          n.waited += c.waited.count();
          n.handled += c.handled.count();
        }
      }
      ASSERT_EQ(all[i], n) << round << ' ' << i;
    }
    const auto half = static_cast<std::ptrdiff_t>(calls.size() / 2);
    const std::vector<sla::call> first(calls.begin(), calls.begin() + half),
        second(calls.begin() + half, calls.end());
    ASSERT_EQ(sla::count_calls(first, day, rule) + sla::count_calls(second, day, rule),
              sla::count_calls(calls, day, rule));
  }
}

TEST(lengths, A9_the_nearest_rank_is_a_length_that_was) {
  sla::length_counts n;
  for (const int s : {1, 2, 3, 4, 5, 6, 7, 8, 9, 5'000}) n.add(seconds(s));
  EXPECT_EQ(n.percentile(95_pct), 5'000s);
  EXPECT_EQ(n.percentile(90_pct), 9s);
  EXPECT_EQ(n.percentile(0_pct), 1s);
  EXPECT_EQ(n.percentile(100_pct), 5'000s);
  EXPECT_EQ(n.percentile(sla::ratio(101, 100)), std::nullopt);
  EXPECT_EQ(n.mean().value, sla::ratio(5'045, 10));
  EXPECT_TRUE(n.mean(11).no_data);
  EXPECT_EQ(n.within(9s).value, 90_pct);
  EXPECT_EQ(n.within(9s, false).value, 80_pct);
  EXPECT_EQ(n.within(5'000s).value, 100_pct);
  EXPECT_FALSE(n.add(-1s));
  EXPECT_EQ(n.count(), 10);
}

TEST(lengths, A9_percentiles_by_window_are_of_the_answered_inside_hours) {
  sla::compiled_calendar open;
  open.cover = {t(0), t(10'000)};
  open.open = {{t(0), t(1'500)}, {t(2'000), t(10'000)}};
  const sla::business_time hours(std::move(open));
  std::vector<sla::call> calls;
  for (int i = 0; i < 20; ++i) {
    calls.push_back({t(1'000 + i), seconds(1 + i)});
    calls.push_back({t(2'000 + i), seconds(100 * (1 + i)), 0s, sla::call_end::dropped});
  }
  calls.push_back({t(1'000), 900s, 0s, sla::call_end::abandoned});  // nobody answered
  calls.push_back({t(1'600), 900s});                                // nobody works
  calls.push_back({t(1'000), -1s});                                 // no length
  const sla::interval first{t(1'000), t(2'000)}, second{t(2'000), t(3'000)};
  const sla::call_rule rule{.hours = &hours};
  EXPECT_EQ(sla::count_waits(calls, first, rule).count(), 20);
  EXPECT_EQ(sla::count_waits(calls, first, rule).percentile(95_pct), 19s);
  EXPECT_EQ(sla::count_waits(calls, first, {}).percentile(100_pct), 900s);
  EXPECT_EQ(sla::count_waits(calls, second, rule).percentile(95_pct), 1'900s);
  EXPECT_EQ(sla::count_waits(calls, second, rule).percentile(50_pct), 1'000s);
  EXPECT_EQ(sla::count_waits(calls, {t(4'000), t(5'000)}, rule).percentile(50_pct), std::nullopt);
}

TEST(lengths, match_sorting_them) {
  std::mt19937_64 random(47);
  for (int round = 0; round < 200; ++round) {
    std::vector<seconds> all;
    sla::length_counts a, b;
    for (auto n = 1 + random() % 60; n > 0; --n) {
      all.push_back(seconds(static_cast<std::int64_t>(random() % (random() % 2 == 0 ? 50U : 9'000U))));
      (random() % 2 == 0 ? a : b).add(all.back());
    }
    a += b;
    for (std::int64_t p = 0; p <= 20; ++p)
      ASSERT_EQ(a.percentile(sla::ratio(p, 20)), sla::percentile(all, sla::ratio(p, 20))) << round;
    ASSERT_EQ(a.mean(), sla::mean(all));
  }
}

TEST(lengths, nothing_is_no_data) {
  const sla::length_counts n;
  EXPECT_EQ(n.percentile(50_pct), std::nullopt);
  EXPECT_TRUE(n.mean().no_data);
  EXPECT_TRUE(n.within(5s).no_data);
}

TEST(repairs, A9_success_and_mean_time_to_restore) {
  const sla::interval october{t(1'000), t(9'000)};
  const sla::repair repairs[]{{t(500), t(1'100)},           // reported before, restored inside: 600 s
                              {t(2'000), t(2'200)},         // 200 s
                              {t(3'000), t(3'900), false},  // ended without
                              {t(8'500)},                   // goes on
                              {t(8'600), t(9'000)},         // ended at the edge, which is the next window's
                              {t(5'000), t(4'000)}};        // no repair
  const auto r = sla::count_repairs(repairs, october);
  EXPECT_EQ(r.reported, 4);
  EXPECT_EQ(r.ended, 3);
  EXPECT_EQ(r.ignored, 1);
  EXPECT_EQ(sla::repair_success(r).value, sla::ratio(2, 3));
  EXPECT_EQ(sla::mean_time_to_restore(r).value, sla::ratio(400));
  EXPECT_EQ(sla::judge(sla::mean_time_to_restore(r), {sla::ratio(15 * 60), kind::at_most}),
            level_verdict::met);
  EXPECT_TRUE(sla::mean_time_to_restore(r, 3).no_data);
}

TEST(repairs, A9_in_business_time) {
  sla::compiled_calendar open;
  open.cover = {t(0), t(100'000)};
  open.open = {{t(1'000), t(1'050)}, {t(2'100), t(3'000)}};
  const sla::business_time hours(std::move(open));
  const sla::repair repairs[]{{t(1'040), t(2'200)}};
  EXPECT_EQ(sla::mean_time_to_restore(sla::count_repairs(repairs, day, &hours)).value, sla::ratio(110));
}

TEST(repairs, A9_hours_that_do_not_reach_leave_a_repair_out_of_the_mean) {
  sla::compiled_calendar open;
  open.cover = {t(1'000), t(3'000)};
  open.known_through = t(2'500);
  open.open = {{t(1'000), t(3'000)}};
  const sla::business_time hours(std::move(open));
  const sla::interval window{t(0), t(10'000)};
  const sla::repair inside[]{{t(1'100), t(1'200)}};
  EXPECT_FALSE(sla::count_repairs(inside, window, &hours).provisional);
  EXPECT_FALSE(sla::mean_time_to_restore(sla::count_repairs(inside, window, &hours)).provisional);
  // The second began before the first date covered: it took 100 s, or more.
  const sla::repair repairs[]{{t(1'100), t(1'200)}, {t(900), t(1'100)}};
  const auto r = sla::count_repairs(repairs, window, &hours);
  EXPECT_TRUE(r.provisional);
  EXPECT_EQ(r.unknown, 1);
  EXPECT_EQ(r.succeeded, 2);
  const auto mean = sla::mean_time_to_restore(r);
  EXPECT_EQ(mean.value, sla::ratio(100));
  EXPECT_EQ(mean.left_out, 1);
  EXPECT_TRUE(mean.provisional);
  // Past the holidays known it is counted, and may change.
  const sla::repair later[]{{t(2'600), t(2'700)}};
  EXPECT_TRUE(sla::count_repairs(later, window, &hours).provisional);
  EXPECT_EQ(sla::count_repairs(later, window, &hours).unknown, 0);
  EXPECT_FALSE(sla::count_repairs(repairs, window).provisional) << "real time is always known";
}

TEST(calls, A9_hours_that_do_not_reach_a_call_leave_it_unknown) {
  sla::compiled_calendar open;
  open.cover = {t(1'000), t(3'000)};
  open.known_from = t(1'050);
  open.known_through = t(2'499);
  open.open = {{t(1'000), t(1'100)}, {t(2'000), t(3'000)}};
  const sla::business_time hours(std::move(open));
  const sla::call_rule rule{.hours = &hours};
  const auto at = [](std::int64_t s) { return sla::call{t(s), 5s}; };
  const auto one = [&](std::int64_t s) {
    return sla::count_calls(std::array{at(s)}, sla::interval{t(0), t(10'000)}, rule);
  };
  struct expected {
    std::int64_t at, offered, outside, unknown;
    bool provisional;
  };
  for (const expected& e : {expected{999, 0, 0, 1, true},
                            {1'000, 1, 0, 0, true},
                            {1'049, 1, 0, 0, true},
                            {1'050, 1, 0, 0, false},
                            {1'500, 0, 1, 0, false},
                            {2'499, 1, 0, 0, false},
                            {2'500, 1, 0, 0, true},
                            {2'999, 1, 0, 0, true},
                            {3'000, 0, 0, 1, true}}) {
    const auto n = one(e.at);
    EXPECT_EQ(n.offered, e.offered) << e.at;
    EXPECT_EQ(n.outside, e.outside) << e.at;
    EXPECT_EQ(n.unknown, e.unknown) << e.at;
    EXPECT_EQ(n.provisional, e.provisional) << e.at;
  }
  // In any order, and by windows: the stretch a call is looked up in is never kept too long.
  std::vector<sla::call> all;
  for (std::int64_t s = 0; s < 4'000; s += 7) all.push_back(at(s * 1'999 % 4'000));
  sla::call_counts sum;
  for (const sla::call& c : all) sum += sla::count_calls(std::array{c}, sla::interval{t(0), t(10'000)}, rule);
  EXPECT_EQ(sla::count_calls(all, sla::interval{t(0), t(10'000)}, rule), sum);
  const sla::window whole[]{{{t(0), t(10'000)}, "w", 0}};
  EXPECT_EQ(sla::count_calls(all, whole, rule).front(), sum);
  EXPECT_GT(sum.unknown, 200);
  EXPECT_TRUE(sla::answered_in_time(sum, sla::call_base::offered).provisional);
}

TEST(calls, A9_a_metric_whose_input_nobody_supplied_is_no_data) {
  using sla::call_field;
  sla::call_counts n{.offered = 100, .answered = 90};
  const auto none = call_field::in_time | call_field::failed | call_field::abandoned | call_field::dropped |
                    call_field::resolved | call_field::waited | call_field::handled;
  EXPECT_EQ(sla::drop_rate(n).value, 0_pct) << "nobody was cut off";
  n.absent = none;
  EXPECT_TRUE(sla::answered_in_time(n, sla::call_base::offered).no_data);
  EXPECT_TRUE(sla::abandon_rate(n, sla::call_base::offered).no_data);
  EXPECT_TRUE(sla::connect_rate(n).no_data);
  EXPECT_TRUE(sla::drop_rate(n).no_data);
  EXPECT_TRUE(sla::first_call_resolution(n).no_data);
  EXPECT_TRUE(sla::mean_speed_of_answer(n).no_data);
  EXPECT_TRUE(sla::mean_handling_time(n).no_data);
  EXPECT_EQ(sla::answer_rate(n, sla::call_base::offered).value, 90_pct) << "which needs none of them";
  EXPECT_FALSE(sla::answer_rate(n, sla::call_base::offered_less_short).no_data);
  n.absent = call_field::short_abandoned;
  EXPECT_TRUE(sla::answer_rate(n, sla::call_base::offered_less_short).no_data);
  EXPECT_EQ((n + sla::call_counts{}).absent, n.absent) << "a part that is not known makes the sum so";
}

TEST(repairs, A9_a_count_is_judged_against_a_bound) {
  EXPECT_EQ(sla::judge(sla::number_of(3), {sla::ratio(3), kind::at_most}), level_verdict::met);
  EXPECT_EQ(sla::judge(sla::number_of(4), {sla::ratio(3), kind::at_most}), level_verdict::missed);
  EXPECT_EQ(sla::judge(sla::number_of(0), {sla::ratio(3), kind::at_most}), level_verdict::met);
}

TEST(repairs, A9_attainment_is_of_the_decided_and_shows_the_waived_apart) {
  const auto a = sla::attainment_of(19, 1, 5);
  EXPECT_EQ(a.value, 95_pct);
  EXPECT_EQ(a.left_out, 5);
  EXPECT_TRUE(sla::attainment_of(0, 0, 3).no_data);
  EXPECT_TRUE(sla::attainment_of(2, -1).no_data);
  EXPECT_TRUE(sla::attainment_of(2, 1, 0, 4).no_data);
}

}  // namespace
}  // namespace calls_test
