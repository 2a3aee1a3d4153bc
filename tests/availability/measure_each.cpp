// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <random>
#include <vector>

#include <sla/availability/burn.hpp>
#include <sla/availability/measure_each.hpp>

namespace measure_each_test {
namespace {

using namespace std::chrono_literals;
using namespace sla::literals;
using sla::window_kind;
using std::chrono::seconds;
using std::chrono::sys_days;
using std::chrono::year;

const sla::zone shanghai = sla::zone::fixed("Asia/Shanghai", 8h);
const sla::date_range year_2026{sys_days(year(2026) / 1 / 1), sys_days(year(2027) / 1 / 1)};
sla::instant at(int month, int day, seconds time) {
  return sla::instant(sys_days(year(2026) / month / day)) + (time - 8h);
}
bool same(const sla::measurement& a, const sla::measurement& b) {
  return a.window == b.window && a.denominator == b.denominator && a.counted == b.counted &&
         a.exact == b.exact && a.down == b.down && a.bridged == b.bridged && a.too_short == b.too_short &&
         a.excluded == b.excluded && a.refused == b.refused && a.unmeasured == b.unmeasured &&
         a.removed == b.removed && a.availability == b.availability && a.no_data == b.no_data &&
         a.provisional == b.provisional && a.outages == b.outages && a.longest == b.longest &&
         a.derivation == b.derivation && a.rows == b.rows;
}

TEST(measure_each, is_measure_for_every_window) {
  std::mt19937_64 random(31);
  const auto below = [&](std::int64_t n) {
    return static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(n));
  };
  for (int round = 0; round < 1'000; ++round) {
    std::vector<sla::outage> outages;
    for (auto n = below(40); n > 0; --n) {
      const auto b = sla::instant::from_unix(below(10'000));
      outages.push_back({{b, below(15) == 0 ? sla::instant::never() : b + seconds(below(300) - 5)},
                         below(4) == 0 ? sla::not_measured : static_cast<sla::cause_id>(below(3)),
                         0,
                         static_cast<std::uint32_t>(n)});
    }
    std::vector<sla::window> windows;
    for (auto n = below(6); n > 0; --n) {
      const auto b = sla::instant::from_unix(below(9'000));
      windows.push_back({{b, b + seconds(below(3'000))}, "w", 0});
    }
    windows.push_back({{sla::instant::unknown(), sla::instant::unknown()}, "u", 0});
    const sla::exclusion planned[]{{.cause = 1, .quota = seconds(below(500))},
                                   {.cause = 2, .effect = sla::exclusion_effect::both_sides}};
    const sla::availability_rules rules{.exclusions = planned,
                                        .merge_gap = seconds(below(100)),
                                        .minimum = {seconds(below(200))},
                                        .unknown = static_cast<sla::unmeasured_time>(below(3))};
    const auto as_of = sla::instant::from_unix(below(14'000));
    const auto all = sla::measure_each(windows, outages, rules, as_of);
    ASSERT_EQ(all.size(), windows.size());
    for (std::size_t i = 0; i < all.size(); ++i)
      ASSERT_TRUE(same(all[i], sla::measure(windows[i], outages, rules, as_of))) << round << ' ' << i;
  }
}

TEST(measure_each, A4_a_chain_reaches_into_a_window_from_far_outside) {
  // A minute every two minutes of September's last hour: one outage under a gap of two minutes.
  const auto edge = at(10, 1, 0s);
  std::vector<sla::outage> outages;
  for (int i = 0; i < 30; ++i) outages.push_back({{edge - 1h + i * 120s, edge - 1h + i * 120s + 60s}});
  outages.push_back({{edge + 60s, edge + 120s}});
  const auto october = sla::calendar_month(year(2026) / 10, shanghai);
  const sla::availability_rules rules{.merge_gap = 2min, .minimum = {30min}};
  const auto all = sla::measure_each(std::vector{october}, outages, rules);
  EXPECT_EQ(all[0].counted, 120s);
  EXPECT_EQ(all[0].outages, 0);
}

TEST(measure_each, A2_the_worst_of_rolling_windows_and_when) {
  // 100 s on 3 March, 200 s on 20 March and 250 s on 25 April: of 30 days the worst ends on 25 April if it still
  // sees 27 March and not 20 March; 3 and 20 March lie together from 20 March to 1 April.
  const sla::outage outages[]{{{at(3, 3, 1h), at(3, 3, 1h) + 100s}},
                              {{at(3, 20, 1h), at(3, 20, 1h) + 200s}},
                              {{at(4, 25, 1h), at(4, 25, 1h) + 250s}}};
  const auto windows = sla::windows({.kind = window_kind::rolling_days, .days = 30}, year_2026, shanghai,
                                    sla::part_window::skip);
  EXPECT_EQ(windows.size(), 365U - 29);
  const auto all = sla::measure_each(windows, outages);
  const auto worst = sla::worst(all);
  ASSERT_TRUE(worst);
  EXPECT_EQ(all[*worst].counted, 300s);
  EXPECT_EQ(all[*worst].window.label, "2026-02-19/2026-03-20") << "the earliest of equals";
  EXPECT_FALSE(sla::worst({}));
  // Second by second it is the same amount here, beginning with the first outage or ending with the second.
  const auto whole = sla::measure(sla::calendar_year(year(2026), shanghai), outages);
  EXPECT_EQ(sla::worst_stretch(whole, 30 * 24h).used, 300s);
}

TEST(dilute, A8_one_outage_of_eight_hours_under_month_quarter_and_year) {
  const auto t = at(5, 4, 9h);
  const sla::outage outages[]{{{t, t + 8h + 45min + 36s}}};
  const std::array kinds{sla::window_rule{window_kind::calendar_month},
                         sla::window_rule{window_kind::calendar_quarter},
                         sla::window_rule{window_kind::calendar_year}};
  const std::array targets{99.9_pct, 99.99_pct};
  const auto all = sla::dilute(kinds, targets, year_2026, shanghai, sla::part_window::skip, outages);
  ASSERT_EQ(all.size(), 12U + 4 + 1);
  const auto missed = [&](std::size_t target) {
    std::vector<std::string> out;
    for (const auto& d : all)
      if (d.budgets[target].outcome == sla::error_budget::missed) out.push_back(d.measured.window.label);
    return out;
  };
  // 31,536 s: exactly what 99.9 % of a year allows.
  EXPECT_EQ(missed(0), (std::vector<std::string>{"2026-05", "2026-Q2"}));
  EXPECT_EQ(missed(1), (std::vector<std::string>{"2026-05", "2026-Q2", "2026"}));
  EXPECT_EQ(all[16].budgets[0].margin, 0s);
  EXPECT_EQ(all[4].budgets[0].allowed, sla::ratio(26'784, 10));
  EXPECT_EQ(all[4].kind, window_kind::calendar_month);
  // Quarter: 91 days.
  EXPECT_EQ(all[13].budgets[0].allowed, sla::ratio(91 * 864, 10));
}

}  // namespace
}  // namespace measure_each_test
