// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <limits>
#include <random>
#include <vector>

#include <sla/availability/measure.hpp>
#include <sla/availability/weights.hpp>

namespace weights_test {
namespace {

using namespace std::chrono_literals;
using namespace sla::literals;
using std::chrono::seconds;

sla::instant t(std::int64_t s) { return sla::instant::from_unix(s); }
const sla::window hour{{t(0), t(3'600)}, "an hour", 0};
sla::weighted_outage down(std::int64_t from, std::int64_t to, std::int64_t weight,
                          sla::cause_id cause = sla::no_cause) {
  return {{.span = {t(from), t(to)}, .cause = cause}, weight};
}

TEST(weights, A5_overlapping_outages_weigh_the_greater_or_the_clipped_sum) {
  const sla::weighted_outage outages[]{down(0, 600, 20), down(300, 900, 50), down(500, 700, 40)};
  const auto max = sla::measure_weighted(hour, outages, {.population = 100});
  // 0-300 20, 300-900 50
  EXPECT_EQ(max.counted, 300 * 20 + 600 * 50);
  EXPECT_EQ(max.denominator, 360'000);
  EXPECT_EQ(max.availability, sla::ratio(360'000 - 36'000, 360'000));
  EXPECT_EQ(max.profile, (std::vector<sla::weighed>{{{t(0), t(300)}, 20, 100}, {{t(300), t(900)}, 50, 100}}));
  const auto sum =
      sla::measure_weighted(hour, outages, {.population = 100, .overlap = sla::weight_overlap::clipped_sum});
  // 0-300 20, 300-500 70, 500-600 110 clipped to 100, 600-700 90, 700-900 50
  EXPECT_EQ(sum.counted, 300 * 20 + 200 * 70 + 100 * 100 + 100 * 90 + 200 * 50);
  EXPECT_EQ(sum.outages, 1);
}

TEST(weights, A1_unmeasured_time_of_nobody_is_no_data) {
  sla::weighted_outage unknown = down(0, 600, 1);
  unknown.down.cause = sla::not_measured;
  const auto m = sla::measure_weighted(hour, std::array{unknown},
                                       {.population = 0, .unknown = sla::unmeasured_time::down});
  EXPECT_TRUE(m.no_data);
  EXPECT_EQ(m.counted, 0);
}

TEST(weights, A5_severities_weigh_1_three_tenths_and_nothing) {
  const std::array shares{100_pct, 30_pct, 0_pct};
  const auto scale = sla::common_scale(shares);
  EXPECT_EQ(scale.population, 10);
  EXPECT_EQ(scale.weights, (std::vector<std::int64_t>{10, 3, 0}));
  const sla::weighted_outage outages[]{down(0, 100, scale.weights[0]), down(1'000, 2'000, scale.weights[1]),
                                       down(2'500, 3'000, scale.weights[2])};
  const auto m = sla::measure_weighted(hour, outages, {.population = scale.population});
  EXPECT_EQ(m.counted, 10 * 100 + 3 * 1'000);
  EXPECT_EQ(m.availability, sla::ratio(3'600 - 400, 3'600));  // as 400 s of full outage
  EXPECT_EQ(m.outages, 2) << "what weighs nothing is no outage";
}

TEST(weights, A3_the_population_changes) {
  // 100 users, from 1800 on 300: 720,000 user-seconds. 150 hit from 1500 to 2100: first all 100 of them.
  const sla::population_step steps[]{{t(1'800), 300}};
  const sla::weighted_outage outages[]{down(1'500, 2'100, 150)};
  const auto m = sla::measure_weighted(hour, outages, {.population = 100, .steps = steps});
  EXPECT_EQ(m.denominator, 1'800 * 100 + 1'800 * 300);
  EXPECT_EQ(m.counted, 300 * 100 + 300 * 150);
  // The last step of one instant holds; nobody there is no data.
  const sla::population_step gone[]{{t(-5), 300}, {t(-5), 0}};
  EXPECT_TRUE(sla::measure_weighted(hour, outages, {.population = 100, .steps = gone}).no_data);
}

TEST(weights, A4_the_minimum_is_asked_of_the_whole_outage) {
  // 200 s and 200 s of other weight touch: 400 s as a whole. A gap of 60 s is merged, and is down as its edges are.
  const sla::weighted_outage outages[]{down(0, 200, 1), down(200, 400, 2), down(1'000, 1'200, 4),
                                       down(1'260, 1'400, 4), down(2'000, 2'300, 8)};
  const auto m =
      sla::measure_weighted(hour, outages, {.population = 10, .merge_gap = 60s, .minimum = {300s}});
  EXPECT_EQ(m.counted, 200 * 1 + 200 * 2 + 400 * 4);
  EXPECT_EQ(m.outages, 2);
}

TEST(weights, A4_a_merged_gap_weighs_the_lesser_of_its_edges) {
  const sla::weighted_outage outages[]{down(0, 100, 9), down(50, 200, 2), down(230, 300, 5)};
  const auto m = sla::measure_weighted(hour, outages, {.population = 10, .merge_gap = 30s});
  EXPECT_EQ(m.counted, 100 * 9 + 100 * 2 + 30 * 2 + 70 * 5);
  EXPECT_EQ(m.outages, 1);
}

TEST(weights, A6_both_sides_takes_out_whom_it_hit_and_nobody_else) {
  const sla::exclusion planned[]{{.cause = 1, .effect = sla::exclusion_effect::both_sides}};
  // Maintenance of 20 of 100; from 300 on another fault hits 15, of whom some may be among them.
  const sla::weighted_outage outages[]{down(0, 600, 20, 1), down(300, 900, 15)};
  const auto same = sla::measure_weighted(hour, outages, {.population = 100, .exclusions = planned});
  EXPECT_EQ(same.counted, 600 * 15);
  EXPECT_EQ(same.denominator, 360'000 - 300 * 20 - 300 * 5) << "the 15 lie among the 20";
  const auto others = sla::measure_weighted(
      hour, outages, {.population = 100, .overlap = sla::weight_overlap::clipped_sum, .exclusions = planned});
  EXPECT_EQ(others.denominator, 360'000 - 600 * 20) << "the 15 are others";
}

TEST(weights, A6_excluded_by_cause_and_on_both_sides) {
  const sla::exclusion planned[]{{.cause = 1, .effect = sla::exclusion_effect::both_sides, .quota = 100s}};
  const sla::weighted_outage outages[]{down(0, 300, 5, 1), down(50, 80, 2)};
  const auto m = sla::measure_weighted(hour, outages, {.population = 10, .exclusions = planned});
  EXPECT_EQ(m.counted, 30 * 2 + 200 * 5);
  EXPECT_EQ(m.denominator, 3'600 * 10 - 70 * 5 - 30 * 3)
      << "100 s are excused for 5, in 30 of them two of the 5 were down anyway";
}

TEST(weights, A4_time_nobody_measured) {
  const sla::weighted_outage outages[]{down(0, 300, 1, sla::not_measured), down(200, 250, 4)};
  const auto with = [&](sla::unmeasured_time u) {
    return sla::measure_weighted(hour, outages, {.population = 10, .unknown = u});
  };
  EXPECT_EQ(with(sla::unmeasured_time::up).counted, 200);
  EXPECT_EQ(with(sla::unmeasured_time::down).counted, 3'000);
  EXPECT_EQ(with(sla::unmeasured_time::leave_out).counted, 200);
  EXPECT_EQ(with(sla::unmeasured_time::leave_out).denominator, 3'350 * 10);
}

TEST(weights, A1_more_than_64_bits_is_no_data) {
  const auto m = sla::measure_weighted(hour, {}, {.population = std::numeric_limits<std::int64_t>::max()});
  EXPECT_TRUE(m.no_data);
  EXPECT_THROW((void)sla::common_scale(std::array{sla::ratio(3, 2)}), sla::error);
  EXPECT_THROW(
      (void)sla::common_scale(std::array{sla::ratio(1, 4'611'686'018'427'387'847), sla::ratio(1, 9)}),
      sla::error);
}

TEST(weights, of_one_and_one_they_are_the_plain_measure) {
  std::mt19937_64 random(23);
  for (int round = 0; round < 2'000; ++round) {
    std::vector<sla::weighted_outage> weighted;
    std::vector<sla::outage> plain;
    for (auto n = random() % 12; n > 0; --n) {
      const auto begin = static_cast<std::int64_t>(random() % 4'000) - 200;
      weighted.push_back(down(begin, begin + static_cast<std::int64_t>(random() % 300), 1,
                              static_cast<sla::cause_id>(random() % 3)));
      plain.push_back(weighted.back().down);
    }
    const sla::exclusion planned[]{{.cause = 1,
                                    .effect = static_cast<sla::exclusion_effect>(random() % 2),
                                    .quota = seconds(static_cast<std::int64_t>(random() % 400))}};
    const seconds least(static_cast<std::int64_t>(random() % 200)),
        gap(static_cast<std::int64_t>(random() % 2 * (random() % 150)));
    const auto as_of = t(static_cast<std::int64_t>(random() % 5'000));
    const auto a =
        sla::measure(hour, plain, {.exclusions = planned, .merge_gap = gap, .minimum = {least}}, as_of);
    const auto b = sla::measure_weighted(hour, weighted,
                                         {.overlap = static_cast<sla::weight_overlap>(random() % 2),
                                          .exclusions = planned,
                                          .merge_gap = gap,
                                          .minimum = {least}},
                                         as_of);
    ASSERT_EQ(a.counted.count(), b.counted) << round;
    ASSERT_EQ(a.denominator.count(), b.denominator) << round;
    ASSERT_EQ(a.outages, b.outages) << round;
    ASSERT_EQ(a.availability, b.availability) << round;
    ASSERT_EQ(a.provisional, b.provisional) << round;
  }
}

TEST(weights, matches_weighing_second_by_second) {
  std::mt19937_64 random(29);
  const auto below = [&](std::int64_t n) {
    return static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(n));
  };
  std::int64_t clipped = 0;
  for (int round = 0; round < 600; ++round) {
    const sla::window over{{t(200 + below(300)), t(900 + below(600))}, "w", 0};
    sla::compiled_calendar c;
    c.cover = {t(-100), t(2'000)};
    for (std::int64_t b = 0; b < 1'900; b += 200) c.open.push_back({t(b), t(b + 50 + below(100))});
    const sla::business_time open(std::move(c));
    std::vector<sla::population_step> steps;
    for (auto n = below(4); n > 0; --n) steps.push_back({t(below(1'500)), below(12)});
    std::vector<sla::weighted_outage> outages;
    for (auto n = below(12); n > 0; --n) {
      const auto begin = below(1'600);
      outages.push_back(down(begin, begin + below(200), below(9) - 1));
    }
    sla::weight_rules rules{.population = below(12), .steps = steps};
    if (below(2) == 0) rules.overlap = sla::weight_overlap::clipped_sum;
    if (below(2) == 0) rules.hours = &open;
    rules.minimum = {seconds(below(150)), below(2) == 0};
    rules.merge_gap = seconds(below(40));

    const auto weight = [&](std::int64_t s) {
      std::int64_t w = 0;
      for (const auto& o : outages)
        if (o.down.span.contains(t(s)) && o.weight > 0)
          w = rules.overlap == sla::weight_overlap::max ? std::max(w, o.weight) : w + o.weight;
      return w;
    };
    const auto population = [&](std::int64_t s) {
      std::int64_t n = rules.population;
      sla::instant last = sla::instant::earliest();
      for (const auto& p : steps)
        if (p.from <= t(s) && p.from >= last) n = p.size, last = p.from;
      return n;
    };
    constexpr std::int64_t end = 1'900;
    // A second of population 0 is down as well: the minimum asks for time, not for weight. But where no population
    // ever is, no weight is any.
    std::int64_t most = rules.population;
    for (const auto& p : steps) most = std::max(most, p.size);
    std::vector<bool> is_down(end), united(end);
    for (std::int64_t s = 0; s < end; ++s) is_down[static_cast<std::size_t>(s)] = most > 0 && weight(s) > 0;
    united = is_down;
    for (std::size_t i = 1; i < end; ++i) {
      if (is_down[i] || !is_down[i - 1]) continue;
      std::size_t j = i;
      while (j < end && !is_down[j]) ++j;
      if (j < end && static_cast<std::int64_t>(j - i) <= rules.merge_gap.count())
        for (std::size_t k = i; k < j; ++k) united[k] = true;
    }
    // In a gap, the lesser of its edges.
    const auto at_edges = [&](std::int64_t s) {
      std::int64_t before = s, after = s;
      while (!is_down[static_cast<std::size_t>(before)]) --before;
      while (!is_down[static_cast<std::size_t>(after)]) ++after;
      // Sums are clipped to the greatest population, at any instant.
      return std::min({weight(before), weight(after), most});
    };
    std::int64_t counted = 0, denominator = 0;
    const auto inside = [&](std::int64_t s) {
      return over.span.contains(t(s)) && (rules.hours == nullptr || open.is_open(t(s)));
    };
    for (std::int64_t s = 0; s < end;) {
      std::int64_t e = s;
      while (e < end && united[static_cast<std::size_t>(e)]) ++e;
      if (rules.minimum.admits(seconds(e - s)))
        for (std::int64_t k = s; k < e; ++k)
          if (inside(k)) {
            const std::int64_t w = at_edges(k);
            counted += std::min(w, population(k));
            clipped += w > population(k);
          }
      s = std::max(e, s + 1);
    }
    for (std::int64_t s = 0; s < end; ++s)
      if (inside(s)) denominator += population(s);
    std::shuffle(outages.begin(), outages.end(), random);
    const auto m = sla::measure_weighted(over, outages, rules);
    ASSERT_EQ(m.counted, counted) << round;
    ASSERT_EQ(m.denominator, denominator) << round;
  }
  EXPECT_GT(clipped, 1'000);
}

}  // namespace
}  // namespace weights_test
