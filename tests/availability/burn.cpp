// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <chrono>
#include <random>
#include <vector>

#include <sla/availability/burn.hpp>
#include <sla/availability/measure.hpp>

namespace burn_test {
namespace {

using namespace std::chrono_literals;
using namespace sla::literals;
using std::chrono::seconds;

sla::instant t(std::int64_t s) { return sla::instant::from_unix(s); }
const sla::window whole{{t(0), t(10'000)}, "w", 0};

TEST(burn, A7_a_rate_of_1_lasts_the_window) {
  const sla::outage outages[]{{{t(100), t(200)}}};
  const auto m = sla::measure(whole, outages);
  EXPECT_EQ(sla::burn_rate(m, 99_pct, whole.span), sla::ratio(1));
  EXPECT_EQ(sla::burn_rate(m, 99.9_pct, whole.span), sla::ratio(10));
  EXPECT_EQ(sla::burn_rate(m, 99_pct, {t(0), t(200)}), sla::ratio(50));
  EXPECT_EQ(sla::burn_rate(m, 99_pct, {t(150), t(250)}), sla::ratio(50));
  EXPECT_EQ(sla::burn_rate(m, 99_pct, {t(200), t(300)}), sla::ratio(0));
  EXPECT_EQ(sla::burn_rate(m, 99_pct, {t(-500), t(200)}), sla::ratio(50))
      << "only the part inside the window";
}

TEST(burn, A3_a_rate_of_1_lasts_the_window_whatever_the_denominator) {
  using namespace std::chrono_literals;
  const sla::window october = sla::calendar_month(std::chrono::year(2026) / 10, sla::zone::fixed("+08", 8h));
  const sla::instant begin = october.span.begin;
  const sla::outage outages[]{{{begin + 24h, begin + 24h + 2'592s}}};
  const sla::availability_rules minutes{
      .denominator = {sla::denominator_rule::fixed, std::chrono::minutes(43'200), nullptr}};
  EXPECT_EQ(sla::burn_rate(sla::measure(october, outages, minutes), 99.9_pct, october.span), sla::ratio(1));

  const sla::exclusion both[]{{.cause = 1, .effect = sla::exclusion_effect::both_sides}};
  const sla::outage excused[]{{{begin, begin + 10 * 24h}, 1}, {{begin + 300h, begin + 300h + 1'814s}}};
  const auto m = sla::measure(october, excused, {.exclusions = both});
  EXPECT_EQ(m.denominator, 21 * 24h);
  EXPECT_EQ(sla::burn_rate(m, 99.9_pct, october.span), sla::ratio(1'814 * 1'000, 21 * 86'400));
}

TEST(burn, A7_no_rate_where_there_is_nothing_to_divide_by) {
  const auto m = sla::measure(whole, {});
  EXPECT_EQ(sla::burn_rate(m, 100_pct, whole.span), std::nullopt);
  EXPECT_EQ(sla::burn_rate(m, 99_pct, {t(5), t(5)}), std::nullopt);
  EXPECT_EQ(sla::burn_rate(m, 99_pct, {t(10'000), t(10'010)}), std::nullopt);
}

TEST(burn, A7_sub_windows_add_up) {
  std::mt19937 random(5);
  for (int round = 0; round < 200; ++round) {
    std::vector<sla::outage> outages;
    for (int i = 0; i < 8; ++i) {
      const auto b = static_cast<std::int64_t>(random() % 10'000);
      outages.push_back({{t(b), t(b + static_cast<std::int64_t>(random() % 700))}});
    }
    const auto m = sla::measure(whole, outages);
    const auto cut = static_cast<std::int64_t>(random() % 10'001);
    EXPECT_EQ(sla::used_in(m, {t(0), t(cut)}) + sla::used_in(m, {t(cut), t(10'000)}), m.counted);

    // Every position of a stretch, second by second.
    const auto length = 1 + static_cast<std::int64_t>(random() % 3'000);
    std::vector<bool> down(10'000);
    for (const auto& o : outages)
      for (std::int64_t s = o.span.begin.unix_seconds();
           s < std::min<std::int64_t>(o.span.end.unix_seconds(), 10'000); ++s)
        down[static_cast<std::size_t>(s)] = true;
    std::int64_t used = 0, most = -1, from = 0;
    for (std::int64_t s = 0; s < 10'000; ++s) {
      used += down[static_cast<std::size_t>(s)];
      if (s >= length) used -= down[static_cast<std::size_t>(s - length)];
      if (s >= length - 1 && used > most) most = used, from = s - length + 1;
    }
    const auto worst = sla::worst_stretch(m, seconds(length));
    ASSERT_EQ(worst.used.count(), most) << round;
    ASSERT_EQ(worst.span.length().count(), length) << round;
    ASSERT_GE(worst.span.begin, t(from)) << "no position before it is as bad";
    ASSERT_EQ(sla::used_in(m, worst.span), worst.used) << round;
  }
}

TEST(burn, A2_the_worst_stretch_of_a_quiet_or_short_window) {
  EXPECT_EQ(sla::worst_stretch(sla::measure(whole, {}), 60s), (sla::stretch{{t(0), t(60)}, 0s}));
  const sla::outage outages[]{{{t(100), t(200)}}};
  EXPECT_EQ(sla::worst_stretch(sla::measure(whole, outages), 20'000s), (sla::stretch{whole.span, 100s}));
  EXPECT_EQ(sla::worst_stretch(sla::measure(whole, outages), 0s).used, 0s);
}

TEST(burn, A3_inside_service_hours) {
  sla::compiled_calendar c;
  c.cover = {t(-1), t(10'001)};
  c.open = {{t(1'000), t(2'000)}, {t(3'000), t(4'000)}};
  const sla::business_time hours(std::move(c));
  const sla::outage outages[]{{{t(1'900), t(3'300)}}};
  const auto m = sla::measure(
      whole, outages, {.denominator = {.what = sla::denominator_rule::service_hours, .hours = &hours}});
  EXPECT_EQ(sla::used_in(m, {t(0), t(3'000)}), 100s);
  EXPECT_EQ(sla::burn_rate(m, 90_pct, {t(1'000), t(3'000)}), sla::ratio(1));
  EXPECT_EQ(sla::worst_stretch(m, 300s), (sla::stretch{{t(3'000), t(3'300)}, 300s}));
}

}  // namespace
}  // namespace burn_test
