// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <limits>
#include <random>
#include <vector>

#include <sla/availability/service_level.hpp>

namespace service_level_test {
namespace {

using namespace std::chrono_literals;
using namespace sla::literals;
using std::chrono::seconds;
using kind = sla::level_target::kind;
using sla::level_verdict;

sla::instant t(std::int64_t s) { return sla::instant::from_unix(s); }
const sla::interval all_day{t(0), t(86'400)};

TEST(service_level, A9_80_percent_answered_within_20_seconds) {
  const sla::contact calls[]{
      {t(0), 20s, true}, {t(1), 5s, true}, {t(2), 0s, true}, {t(3), 19s, true}, {t(4), 21s, true}};
  const auto s = sla::answered_within(calls, all_day, {});
  EXPECT_EQ(s.numerator, 4);
  EXPECT_EQ(s.denominator, 5);
  EXPECT_EQ(sla::judge(s, {80_pct}), level_verdict::met);
  const auto less_than = sla::answered_within(calls, all_day, {.inclusive = false});
  EXPECT_EQ(less_than.value, 60_pct);
  EXPECT_EQ(sla::judge(less_than, {80_pct}), level_verdict::missed);
}

TEST(service_level, A9_short_abandons_by_rule) {
  const sla::contact calls[]{{t(0), 10s, true}, {t(1), 4s, false}, {t(2), 5s, false}, {t(3), 3s, true}};
  const auto counted = sla::answered_within(calls, all_day, {.short_abandon = 5s});
  EXPECT_EQ(counted.value, 50_pct);
  EXPECT_EQ(counted.left_out, 0);
  const auto dropped = sla::answered_within(
      calls, all_day, {.short_abandon = 5s, .abandoned = sla::short_abandons::leave_out});
  EXPECT_EQ(dropped.value, sla::ratio(2, 3))
      << "given up after exactly 5 s is not short, and an answered call never is";
  EXPECT_EQ(dropped.left_out, 1);
}

TEST(service_level, A9_a_contact_belongs_to_the_span_it_was_offered_in) {
  const sla::contact calls[]{
      {t(-1), 0s, true}, {t(0), 0s, true}, {t(86'399), 60s, true}, {t(86'400), 0s, true}};
  EXPECT_EQ(sla::answered_within(calls, all_day, {}).denominator, 2);
  EXPECT_EQ(sla::answered_within(calls, all_day, {}).numerator, 1);
}

TEST(service_level, A9_too_few_are_no_data) {
  EXPECT_TRUE(sla::share(0, 0).no_data);
  EXPECT_TRUE(sla::share(9, 9, 0, 10).no_data);
  EXPECT_FALSE(sla::share(9, 10, 0, 10).no_data);
  EXPECT_TRUE(sla::share(-1, 10).no_data);
  EXPECT_EQ(sla::judge(sla::share(0, 0), {0_pct}), level_verdict::no_data);
  EXPECT_TRUE(sla::answered_within({}, all_day, {}).no_data);
}

TEST(service_level, A9_targets_hold_or_not_at_the_bound) {
  // Connect rate 95 % or more; drop rate below 1 %.
  struct row {
    kind holds;
    level_verdict under, at, over;
  };
  constexpr auto met = level_verdict::met, missed = level_verdict::missed;
  for (const row& r : {row{kind::at_least, missed, met, met}, row{kind::above, missed, missed, met},
                       row{kind::at_most, met, met, missed}, row{kind::below, met, missed, missed}}) {
    EXPECT_EQ(sla::judge(sla::share(949'999, 1'000'000), {95_pct, r.holds}), r.under);
    EXPECT_EQ(sla::judge(sla::share(950'000, 1'000'000), {95_pct, r.holds}), r.at);
    EXPECT_EQ(sla::judge(sla::share(950'001, 1'000'000), {95_pct, r.holds}), r.over);
  }
}

TEST(service_level, A9_a_mean_is_exact) {
  // Mean time to restore: 14:59, 15:00 and 15:02 are 15 min 1/3 s.
  const seconds lengths[]{899s, 900s, 902s};
  const auto s = sla::mean(lengths);
  EXPECT_EQ(s.value, sla::ratio(2'701, 3));
  EXPECT_EQ(sla::judge(s, {sla::ratio(900), kind::at_most}), level_verdict::missed);
  EXPECT_TRUE(sla::mean({}).no_data);
  const seconds huge[]{seconds::max(), 1s};
  EXPECT_TRUE(sla::mean(huge).no_data);
}

TEST(service_level, A9_percentiles_are_of_the_nearest_rank) {
  // The textbook's five: 15, 20, 35, 40, 50.
  const seconds five[]{50s, 15s, 40s, 20s, 35s};
  EXPECT_EQ(sla::percentile(five, 5_pct), 15s);
  EXPECT_EQ(sla::percentile(five, 30_pct), 20s);
  EXPECT_EQ(sla::percentile(five, 40_pct), 20s);
  EXPECT_EQ(sla::percentile(five, 50_pct), 35s);
  EXPECT_EQ(sla::percentile(five, 100_pct), 50s);
  EXPECT_EQ(sla::percentile(five, 0_pct), 15s);
  EXPECT_EQ(sla::percentile(five, sla::ratio(101, 100)), std::nullopt);
  EXPECT_EQ(sla::percentile({}, 50_pct), std::nullopt);

  std::mt19937 random(2);
  for (int round = 0; round < 300; ++round) {
    std::vector<seconds> v(1 + random() % 60);
    for (seconds& s : v) s = seconds(random() % 40);
    const sla::ratio p(static_cast<std::int64_t>(random() % 101), 100);
    const auto got = sla::percentile(v, p);
    ASSERT_TRUE(got);
    // The smallest value with at least the share p at or below it.
    std::sort(v.begin(), v.end());
    const auto smallest = std::find_if(v.begin(), v.end(), [&](seconds x) {
      const auto n = std::count_if(v.begin(), v.end(), [&](seconds y) { return y <= x; });
      return sla::ratio(n, static_cast<std::int64_t>(v.size())) >= p;
    });
    ASSERT_EQ(*got, *smallest);
  }
}

}  // namespace
}  // namespace service_level_test
