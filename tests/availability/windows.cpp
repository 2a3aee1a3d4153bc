// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include <sla/availability/windows.hpp>

namespace windows_test {
namespace {

using namespace std::chrono_literals;
using sla::part_window;
using sla::window_kind;
using std::chrono::sys_days;
using std::chrono::year;

const sla::zone shanghai = sla::zone::fixed("Asia/Shanghai", 8h);
const sla::zone berlin = sla::zone::posix("Europe/Berlin", "CET-1CEST,M3.5.0,M10.5.0/3");
const sla::date_range year_2026{sys_days(year(2026) / 1 / 1), sys_days(year(2027) / 1 / 1)};

std::vector<std::string> labels(const std::vector<sla::window>& all) {
  std::vector<std::string> out;
  for (const auto& w : all) out.push_back(w.label);
  return out;
}

TEST(windows, A2_billing_months_clamp_from_the_original_anchor) {
  const sla::window_rule from_the_31st{.kind = window_kind::billing_month,
                                       .anchor = sys_days(year(2026) / 1 / 31)};
  const auto all = sla::windows(from_the_31st, {sys_days(year(2026) / 1 / 31), sys_days(year(2026) / 5 / 31)},
                                shanghai, part_window::skip);
  EXPECT_EQ(labels(all), (std::vector<std::string>{"2026-01-31/2026-02-27", "2026-02-28/2026-03-30",
                                                   "2026-03-31/2026-04-29", "2026-04-30/2026-05-30"}));
  EXPECT_EQ(all[0].days, 28);
  EXPECT_EQ(all[0].span.length(), 28 * 24h);
  // A leap day is the last of its February.
  const sla::window_rule leap{.kind = window_kind::billing_month, .anchor = sys_days(year(2028) / 1 / 30)};
  EXPECT_EQ(sla::window_of(leap, sys_days(year(2028) / 2 / 29), shanghai).label, "2028-02-29/2028-03-29");
}

TEST(windows, A2_anniversary_months_run_from_the_17th_to_the_16th) {
  const sla::window_rule rule{.kind = window_kind::billing_month, .anchor = sys_days(year(2020) / 3 / 17)};
  EXPECT_EQ(sla::window_of(rule, sys_days(year(2026) / 10 / 16), shanghai).label, "2026-09-17/2026-10-16");
  EXPECT_EQ(sla::window_of(rule, sys_days(year(2026) / 10 / 17), shanghai).label, "2026-10-17/2026-11-16");
  // An anchor later than the date.
  const sla::window_rule later{.kind = window_kind::billing_month, .anchor = sys_days(year(2030) / 3 / 17)};
  EXPECT_EQ(sla::window_of(later, sys_days(year(2026) / 10 / 16), shanghai).label, "2026-09-17/2026-10-16");
}

TEST(windows, A2_a_part_window_is_clipped_whole_or_skipped) {
  const sla::date_range term{sys_days(year(2026) / 10 / 16), sys_days(year(2026) / 12 / 5)};
  const auto at = [&](part_window part) { return sla::windows({}, term, shanghai, part); };
  const auto clipped = at(part_window::clip), full = at(part_window::full), skipped = at(part_window::skip);
  EXPECT_EQ(labels(clipped), (std::vector<std::string>{"2026-10", "2026-11", "2026-12"}));
  EXPECT_EQ(labels(full), labels(clipped));
  EXPECT_EQ(labels(skipped), (std::vector<std::string>{"2026-11"}));
  EXPECT_EQ(clipped[0].days, 16);
  EXPECT_EQ(clipped[0].span.length(), 16 * 24h);
  EXPECT_EQ(clipped[2].days, 4);
  EXPECT_EQ(full[0], sla::calendar_month(year(2026) / 10, shanghai));
}

TEST(windows, A2_quarters_years_and_fixed_days) {
  EXPECT_EQ(
      labels(sla::windows({.kind = window_kind::calendar_quarter}, year_2026, shanghai, part_window::skip)),
      (std::vector<std::string>{"2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"}));
  EXPECT_EQ(
      labels(sla::windows({.kind = window_kind::calendar_year}, year_2026, shanghai, part_window::skip)),
      (std::vector<std::string>{"2026"}));
  const sla::window_rule thirty{
      .kind = window_kind::fixed_days, .anchor = sys_days(year(2026) / 1 / 1), .days = 30};
  const auto all = sla::windows(thirty, year_2026, shanghai, part_window::skip);
  EXPECT_EQ(all.size(), 12U);
  for (const auto& w : all) EXPECT_EQ(w.span.length(), 43'200min);
  EXPECT_EQ(sla::window_of(thirty, sys_days(year(2025) / 12 / 31), shanghai).label, "2025-12-02/2025-12-31");
  EXPECT_THROW((void)sla::window_of({.kind = window_kind::fixed_days, .days = 0},
                                    sys_days(year(2026) / 1 / 1), shanghai),
               sla::error);
}

TEST(windows, A2_every_kind_tiles_its_term) {
  for (const window_kind kind :
       {window_kind::calendar_month, window_kind::calendar_quarter, window_kind::calendar_year,
        window_kind::billing_month, window_kind::fixed_days}) {
    for (int day = 1; day <= 31; ++day) {
      const sla::window_rule rule{.kind = kind, .anchor = sys_days(year(2024) / 1 / day), .days = day};
      const sla::date_range term{sys_days(year(2025) / 11 / 3), sys_days(year(2028) / 3 / 9)};
      const auto all = sla::windows(rule, term, berlin, part_window::clip);
      ASSERT_FALSE(all.empty());
      EXPECT_EQ(all.front().span.begin, berlin.start_of(term.first));
      EXPECT_EQ(all.back().span.end, berlin.start_of(term.last));
      std::int64_t days = 0;
      for (std::size_t i = 0; i < all.size(); ++i) {
        days += all[i].days;
        ASSERT_GT(all[i].days, 0);
        if (i != 0) {
          ASSERT_EQ(all[i - 1].span.end, all[i].span.begin);
        }
      }
      EXPECT_EQ(days, (term.last - term.first).count());
      // The window of a date is the one of the list that holds it.
      const auto some = sys_days(year(2026) / 8 / day);
      const auto w = sla::window_of(rule, some, berlin);
      EXPECT_TRUE(w.span.contains(berlin.start_of(some)));
    }
  }
}

TEST(windows, A2_fixed_minutes_are_real_time) {
  // 43,200 minutes from 1 October: in the zone that sets its clocks back they end at 23:00 of the 30th.
  const sla::window_rule rule{.kind = window_kind::fixed_minutes, .anchor = sys_days(year(2026) / 10 / 1)};
  const auto w = sla::window_of(rule, sys_days(year(2026) / 10 / 5), berlin);
  EXPECT_EQ(w.span.length(), 43'200min);
  EXPECT_EQ(w.label, "2026-10-01 00:00/2026-10-30 23:00");
  EXPECT_EQ(w.days, 0);
  EXPECT_EQ(sla::window_of(rule, sys_days(year(2026) / 9 / 30), shanghai).label,
            "2026-09-01 00:00/2026-10-01 00:00");
  EXPECT_THROW((void)sla::window_of({.kind = window_kind::fixed_minutes, .length = 0min},
                                    sys_days(year(2026) / 1 / 1), shanghai),
               sla::error);
}

TEST(windows, A2_fixed_minutes_of_a_term) {
  const sla::window_rule rule{
      .kind = window_kind::fixed_minutes, .anchor = sys_days(year(2026) / 1 / 1), .length = 7'000min};
  const sla::date_range term{sys_days(year(2026) / 3 / 20), sys_days(year(2026) / 11 / 2)};
  const sla::interval span{berlin.start_of(term.first), berlin.start_of(term.last)};
  const auto clipped = sla::windows(rule, term, berlin, part_window::clip),
             full = sla::windows(rule, term, berlin, part_window::full),
             skipped = sla::windows(rule, term, berlin, part_window::skip);
  EXPECT_EQ(clipped.front().span.begin, span.begin);
  EXPECT_EQ(clipped.back().span.end, span.end);
  for (std::size_t i = 1; i < clipped.size(); ++i) ASSERT_EQ(clipped[i - 1].span.end, clipped[i].span.begin);
  ASSERT_EQ(full.size(), clipped.size());
  ASSERT_EQ(skipped.size(), clipped.size() - 2);
  EXPECT_EQ(full[1], skipped[0]);
  EXPECT_LT(full.front().span.begin, span.begin);
  for (const auto& w : full) EXPECT_EQ(w.span.length(), 7'000min);
  EXPECT_EQ((full[0].span.begin - berlin.start_of(rule.anchor)).count() % (7'000 * 60), 0);
}

TEST(windows, A2_rolling_days_end_with_every_date) {
  const sla::window_rule rule{.kind = window_kind::rolling_days, .days = 3};
  const sla::date_range term{sys_days(year(2026) / 10 / 23), sys_days(year(2026) / 10 / 27)};
  const auto clipped = sla::windows(rule, term, berlin, part_window::clip),
             full = sla::windows(rule, term, berlin, part_window::full),
             skipped = sla::windows(rule, term, berlin, part_window::skip);
  EXPECT_EQ(labels(clipped), (std::vector<std::string>{"2026-10-21/2026-10-23", "2026-10-22/2026-10-24",
                                                       "2026-10-23/2026-10-25", "2026-10-24/2026-10-26"}));
  EXPECT_EQ(clipped[0].days, 1);
  EXPECT_EQ(full[0].days, 3);
  EXPECT_EQ(full[0].span.length(), 72h);
  EXPECT_EQ(clipped[2].span.length(), 73h) << "the night of 25 October has an hour more";
  EXPECT_EQ(labels(skipped), (std::vector<std::string>{"2026-10-23/2026-10-25", "2026-10-24/2026-10-26"}));
  EXPECT_EQ(sla::window_of(rule, sys_days(year(2026) / 10 / 26), berlin), full[3]);
  EXPECT_THROW(
      (void)sla::windows({.kind = window_kind::rolling_days, .days = 0}, term, berlin, part_window::clip),
      sla::error);
}

TEST(windows, A2_none_is_longer_than_the_longest_of_its_kind) {
  const sla::date_range ten_years{sys_days(year(2020) / 1 / 1), sys_days(year(2030) / 1 / 1)};
  for (const window_kind kind :
       {window_kind::calendar_month, window_kind::calendar_quarter, window_kind::calendar_year,
        window_kind::billing_month, window_kind::fixed_days, window_kind::fixed_minutes}) {
    const sla::window_rule rule{.kind = kind, .anchor = sys_days(year(2020) / 1 / 31)};
    std::chrono::seconds most{0};
    for (const sla::zone* in : {&shanghai, &berlin})
      for (const auto& w : sla::windows(rule, ten_years, *in, part_window::full))
        most = std::max(most, w.span.length());
    EXPECT_LE(most, sla::longest(rule)) << static_cast<int>(kind);
    EXPECT_GE(most, sla::longest(rule) - 1h) << static_cast<int>(kind);
  }
}

TEST(windows, an_empty_term_has_none) {
  EXPECT_TRUE(sla::windows({}, {year_2026.first, year_2026.first}, shanghai, part_window::clip).empty());
}

}  // namespace
}  // namespace windows_test
