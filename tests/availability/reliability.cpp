// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <chrono>
#include <random>
#include <vector>

#include <sla/availability/reliability.hpp>

namespace reliability_test {
namespace {

using namespace std::chrono_literals;
using namespace sla::literals;
using std::chrono::seconds;
using std::chrono::sys_days;
using std::chrono::year;

const sla::zone shanghai = sla::zone::fixed("Asia/Shanghai", 8h);
const sla::window october = sla::calendar_month(year(2026) / 10, shanghai);
const sla::window november = sla::calendar_month(year(2026) / 11, shanghai);
sla::instant at(int month, int day, seconds time) {
  return sla::instant(sys_days(year(2026) / month / day)) + (time - 8h);
}
sla::outage down(sla::instant from, seconds length, sla::cause_id cause = sla::no_cause) {
  return {{from, from + length}, cause};
}

TEST(reliability, mean_times_between_failures_and_to_restore) {
  const sla::outage outages[]{down(at(10, 5, 9h), 20min), down(at(10, 20, 9h), 40min)};
  const auto r = sla::reliability_of(sla::measure(october, outages));
  EXPECT_EQ(r.failures, 2);
  EXPECT_EQ(r.restored, 2);
  EXPECT_EQ(r.mttr, sla::ratio(1'800));
  EXPECT_EQ(r.mtbf, sla::ratio((744 - 1) * 3'600, 2));
  EXPECT_EQ(r.longest, 40min);
  EXPECT_EQ(r.longest_span, outages[1].span);
}

TEST(reliability, nothing_failed_nothing_to_divide_by) {
  const auto r = sla::reliability_of(sla::measure(october, {}));
  EXPECT_EQ(r.failures, 0);
  EXPECT_FALSE(r.mtbf);
  EXPECT_FALSE(r.mttr);
  EXPECT_TRUE(r.longest_span.empty());
}

TEST(reliability, an_outage_over_the_edge_is_repaired_whole_in_the_month_it_began) {
  const sla::outage outages[]{down(at(10, 31, 23h), 3h)};
  const auto o = sla::reliability_of(sla::measure(october, outages)),
             n = sla::reliability_of(sla::measure(november, outages));
  EXPECT_EQ(o.mttr, sla::ratio(3 * 3'600));
  EXPECT_EQ(o.longest, 1h);
  EXPECT_EQ(n.failures, 0);
  EXPECT_EQ(n.longest, 2h);
}

TEST(reliability, what_goes_on_is_a_failure_and_not_restored) {
  const auto now = at(10, 11, 0s);
  const sla::outage outages[]{down(at(10, 5, 9h), 20min), {{now - 1h, sla::instant::never()}}};
  const auto r = sla::reliability_of(sla::measure(october, outages, {}, now));
  EXPECT_EQ(r.failures, 2);
  EXPECT_EQ(r.restored, 1);
  EXPECT_EQ(r.mttr, sla::ratio(1'200));
  EXPECT_EQ(r.mtbf, sla::ratio(240 * 3'600 - 80 * 60, 2)) << "ten days seen";
}

TEST(longest_within, A7_what_the_budget_leaves) {
  const auto now = at(10, 11, 0s);
  EXPECT_EQ(sla::longest_within(october, {}, {}, 99.9_pct, now), 2'678s);
  EXPECT_EQ(sla::longest_within(october, {}, {}, 99.99_pct, now), 267s);
  const sla::outage outages[]{down(at(10, 5, 9h), 200s), down(at(10, 20, 9h), 500s)};
  EXPECT_EQ(sla::longest_within(october, outages, {}, 99.99_pct, now), 67s) << "what is to come is not known";
  EXPECT_EQ(sla::longest_within(october, outages, {}, 99.99_pct, at(10, 25, 0s)), std::nullopt);
  EXPECT_EQ(sla::longest_within(october, {}, {}, 0_pct, now), seconds::max());
  EXPECT_EQ(sla::longest_within(october, {}, {}, 99.99_pct, october.span.end - 100s), seconds::max());
  EXPECT_EQ(sla::longest_within(october, {}, {}, 99.99_pct, november.span.begin), seconds::max());
  EXPECT_EQ(sla::longest_within(november, {}, {}, 99.9_pct, now), 2'592s) << "begins with the window";
}

TEST(longest_within, by_every_rule) {
  const auto now = at(10, 11, 0s);
  // What lasts up to five minutes does not count at all.
  EXPECT_EQ(sla::longest_within(october, {}, {.minimum = {5min}}, 99.99_pct, now), 300s);
  // Whole minutes upwards: 267.84 s hold four.
  const sla::outage_rounding up{sla::outage_rounding::each, sla::rounding::ceil, 60s};
  EXPECT_EQ(sla::longest_within(october, {}, {.rounding = up}, 99.99_pct, now), 240s);
  const sla::outage_rounding whole{sla::outage_rounding::each, sla::rounding::floor, 60s};
  EXPECT_EQ(sla::longest_within(october, {}, {.rounding = whole}, 99.99_pct, now), 299s);
  // An hour that is excused lies ahead.
  const sla::announced_span announced[]{{{now + 100s, now + 1h + 100s}, at(10, 1, 0s)}};
  const sla::exclusion planned[]{{.reach = sla::exclusion_reach::by_time, .announced = announced}};
  EXPECT_EQ(sla::longest_within(october, {}, {.exclusions = planned}, 99.99_pct, now), 3'600s + 267s);
}

TEST(longest_within, what_goes_on_may_go_on_so_much_longer) {
  const auto now = at(10, 11, 0s);
  const sla::outage outages[]{{{now - 200s, sla::instant::never()}}};
  EXPECT_EQ(sla::longest_within(october, outages, {}, 99.99_pct, now), 67s);
  // 200 s are too short to count; 300 s and one second more are 301 s at once.
  EXPECT_EQ(sla::longest_within(october, outages, {.minimum = {5min}}, 99.99_pct, now), 100s);
}

TEST(longest_within, a_second_more_misses) {
  std::mt19937_64 random(37);
  const auto below = [&](std::int64_t n) {
    return static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(n));
  };
  const sla::window w{{sla::instant::from_unix(1'000), sla::instant::from_unix(9'000)}, "w", 0};
  int found = 0;
  for (int round = 0; round < 500; ++round) {
    std::vector<sla::outage> outages;
    for (auto n = below(8); n > 0; --n)
      outages.push_back(down(sla::instant::from_unix(below(9'000)), seconds(below(300))));
    const sla::availability_rules rules{.merge_gap = seconds(below(60)),
                                        .minimum = {seconds(below(100))},
                                        .rounding = {static_cast<sla::outage_rounding::of>(below(3)),
                                                     static_cast<sla::rounding>(below(7)), 60s}};
    const auto now = sla::instant::from_unix(below(9'000));
    const auto target = sla::ratio(900 + below(100), 1'000);
    const auto longest = sla::longest_within(w, outages, rules, target, now);
    if (!longest || *longest == seconds::max()) continue;
    ++found;
    std::vector<sla::outage> seen;
    for (auto o : outages)
      if (o.span.begin < now) seen.push_back({{o.span.begin, std::min(o.span.end, now)}});
    const auto from = std::max(now, w.span.begin);
    seen.push_back({{from, from + *longest}});
    ASSERT_EQ(sla::budget(sla::measure(w, seen, rules), target).outcome, sla::error_budget::met) << round;
    seen.back().span.end = seen.back().span.end + 1s;
    ASSERT_EQ(sla::budget(sla::measure(w, seen, rules), target).outcome, sla::error_budget::missed) << round;
  }
  EXPECT_GT(found, 200);
}

}  // namespace
}  // namespace reliability_test
