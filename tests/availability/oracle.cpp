// SPDX-License-Identifier: MIT
// Random windows, outages and rules against a bitmap of seconds.
#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <random>
#include <vector>

#include <sla/availability/budget.hpp>
#include <sla/availability/measure.hpp>
#include <sla/availability/reconcile.hpp>

#include "../support/outage_bitmap.hpp"

namespace oracle_test {
namespace {

using std::chrono::seconds;

struct dice {
  std::mt19937_64 engine;
  std::int64_t below(std::int64_t n) {
    return static_cast<std::int64_t>(engine() % static_cast<std::uint64_t>(n));
  }
  bool coin() { return below(2) == 0; }
};

sla::instant t(std::int64_t s) { return sla::instant::from_unix(s); }

sla::business_time random_hours(dice& d) {
  std::vector<sla::interval> open;
  for (int i = 0; i < 8; ++i) {
    const auto b = d.below(3'000);
    open.push_back({t(b), t(b + 1 + d.below(300))});
  }
  sla::compiled_calendar c;
  c.cover = {t(-100), t(4'000)};
  const sla::interval_set set(std::move(open));
  c.open.assign(set.begin(), set.end());
  return sla::business_time(std::move(c));
}

TEST(measure, matches_a_bitmap_of_seconds) {
  dice d{std::mt19937_64(7)};
  std::int64_t seen_counted = 0, seen_bridged = 0, seen_short = 0, seen_refused = 0, seen_missed = 0,
               seen_unmeasured = 0, seen_late = 0, seen_unannounced = 0;
  for (int round = 0; round < 12'000; ++round) {
    const auto from = 500 + d.below(500), length = 1 + d.below(2'000);
    const sla::window over{{t(from), t(from + length)}, "w", static_cast<std::int32_t>(d.below(2))};
    const auto a = random_hours(d), b = random_hours(d), service = random_hours(d);

    std::array<std::vector<sla::announced_span>, 2> announced;
    for (auto& list : announced)
      for (auto n = d.below(5); n > 0; --n) {
        const auto begin = d.below(3'000);
        const auto told = t(d.below(2) * d.below(3'000) + d.below(3));
        list.push_back({{t(begin), t(begin + d.below(400))}, told, d.coin() ? told : t(1)});
      }
    std::vector<sla::exclusion> exclusions;
    for (auto n = d.below(4); n > 0; --n) {
      sla::exclusion x{.cause = static_cast<sla::cause_id>(d.below(3))};
      if (d.coin()) x.within = d.coin() ? &a : &b;
      if (d.coin()) x.quota = seconds(d.below(200));
      if (d.coin()) x.effect = sla::exclusion_effect::both_sides;
      if (d.below(3) == 0) x.reach = sla::exclusion_reach::by_time;
      if (d.below(3) == 0) x.announced = d.coin() ? announced[0] : announced[1];
      exclusions.push_back(x);
    }
    sla::availability_rules rules{.exclusions = exclusions};
    if (d.coin()) rules.merge_gap = seconds(d.below(250));
    if (d.coin()) rules.minimum = {seconds(d.below(150)), d.coin()};
    if (d.coin())
      rules.rounding = {d.coin() ? sla::outage_rounding::each : sla::outage_rounding::sum,
                        static_cast<sla::rounding>(d.below(7)), seconds(1 + d.below(90))};
    constexpr std::array kinds{sla::denominator_rule::elapsed, sla::denominator_rule::nominal_days,
                               sla::denominator_rule::fixed, sla::denominator_rule::service_hours};
    rules.denominator = {kinds[static_cast<std::size_t>(d.below(4))], seconds(d.below(3'000)), &service};

    rules.unknown = static_cast<sla::unmeasured_time>(d.below(3));

    std::vector<sla::outage> outages;
    for (auto n = d.below(14); n > 0; --n) {
      const auto begin = d.below(3'000);
      const bool open = d.below(10) == 0;
      outages.push_back({{t(begin), open ? sla::instant::never() : t(begin + d.below(200))},
                         d.below(4) == 3 ? (d.coin() ? sla::no_cause : sla::not_measured)
                                         : static_cast<sla::cause_id>(d.below(3)),
                         0,
                         static_cast<std::uint32_t>(n)});
    }
    const auto as_of = t(d.coin() ? 3'400 : d.below(3'400));

    const auto m = sla::measure(over, outages, rules, as_of);
    const auto want = sla_test::measure_by_bitmap(over, outages, rules, as_of);
    ASSERT_EQ(m.denominator.count(), want.denominator) << round;
    ASSERT_EQ(m.exact.count(), want.exact) << round;
    ASSERT_EQ(m.counted.count(), want.counted) << round;
    ASSERT_EQ(m.too_short.count(), want.too_short) << round;
    ASSERT_EQ(m.excluded.count(), want.excluded) << round;
    ASSERT_EQ(m.refused.count(), want.refused) << round;
    ASSERT_EQ(m.bridged.count(), want.bridged) << round;
    ASSERT_EQ(m.down.count(), want.down) << round;
    ASSERT_EQ(m.unmeasured.count(), want.unmeasured) << round;
    ASSERT_EQ(m.outages, want.outages) << round;
    ASSERT_EQ(m.longest.count(), want.longest) << round;
    ASSERT_EQ(m.no_data, want.denominator == 0) << round;
    if (!m.no_data) {
      const auto lost = std::min(want.counted, want.denominator);
      ASSERT_EQ(m.availability, sla::ratio(want.denominator - lost, want.denominator)) << round;
    }
    ASSERT_TRUE(sla::measure_figures(over, outages, rules, as_of) == m) << round;
    // In order of time and without a cause, they are not copied on the way.
    std::vector<sla::outage> plain;
    for (const sla::outage& o : outages)
      if (o.span.end > o.span.begin && o.span.begin < as_of)
        plain.push_back({o.span, sla::no_cause, 0, o.row});
    std::ranges::sort(plain, {}, [](const sla::outage& o) { return o.span; });
    ASSERT_TRUE(sla::measure_figures(over, plain, rules, as_of) == sla::measure(over, plain, rules, as_of))
        << round;
    // The lines of the derivation add up to the figures.
    seconds counted{0}, exact{0}, dropped{0};
    for (const auto& line : m.derivation) {
      if (line.what == sla::fate::counted) counted += line.counted, exact += line.exact;
      if (line.what == sla::fate::too_short) dropped += line.exact;
    }
    ASSERT_EQ(exact, m.exact) << round;
    ASSERT_EQ(dropped, m.too_short) << round;
    if (rules.rounding.what != sla::outage_rounding::sum) {
      ASSERT_EQ(counted, m.counted) << round;
    }

    // Every second claimed to be excused is in one line of the reconciliation.
    const auto all = sla::reconcile(m);
    ASSERT_EQ(all.claimed, all.excused + all.overridden + all.refused()) << round;
    ASSERT_EQ(all.refused(), m.refused) << round;
    ASSERT_EQ(all.excused, m.excluded) << round;

    // The budget, second by second, where seconds are not rounded.
    const sla::ratio target(d.below(1'001), 1'000);
    if (rules.rounding.what == sla::outage_rounding::none && !m.no_data) {
      const auto budget = sla::budget(m, target);
      const auto allowed = sla::ratio(want.denominator) * (sla::ratio(1) - target);
      std::int64_t used = 0;
      std::optional<sla::instant> exhausted;
      for (std::size_t i = 0; i < want.counts.size() && !exhausted; ++i)
        if (want.counts[i] && sla::ratio(++used) > allowed)
          exhausted = t(from + static_cast<std::int64_t>(i) + 1);
      ASSERT_EQ(budget.allowed, allowed) << round;
      ASSERT_EQ(budget.exhausted_at, exhausted) << round;
      ASSERT_EQ(budget.outcome == sla::error_budget::met, sla::ratio(want.counted) <= allowed) << round;
      if (want.counted <= want.denominator) {
        ASSERT_EQ(budget.outcome == sla::error_budget::met, m.availability >= target) << round;
      }
      seen_missed += exhausted.has_value();
    }
    seen_counted += want.counted > 0;
    seen_bridged += want.bridged > 0;
    seen_short += want.too_short > 0;
    seen_refused += want.refused > 0;
    seen_unmeasured += want.unmeasured > 0;
    seen_late += all.refused(sla::fate::short_notice).count() > 0;
    seen_unannounced += all.refused(sla::fate::unannounced).count() > 0;
  }
  // The dice reach every rule.
  EXPECT_GT(seen_counted, 5'000);
  EXPECT_GT(seen_bridged, 150);
  EXPECT_GT(seen_short, 300);
  EXPECT_GT(seen_refused, 500);
  EXPECT_GT(seen_missed, 300);
  EXPECT_GT(seen_unmeasured, 1'000);
  EXPECT_GT(seen_late, 100);
  EXPECT_GT(seen_unannounced, 150);
}

}  // namespace
}  // namespace oracle_test
