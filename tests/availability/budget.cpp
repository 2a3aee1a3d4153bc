// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <chrono>
#include <limits>
#include <string>
#include <vector>

#include <sla/availability/budget.hpp>

namespace budget_test {
namespace {

using namespace std::chrono_literals;
using namespace sla::literals;
using std::chrono::seconds;
using std::chrono::year;

const sla::zone shanghai = sla::zone::fixed("Asia/Shanghai", 8h);
const sla::zone berlin = sla::zone::posix("Europe/Berlin", "CET-1CEST,M3.5.0,M10.5.0/3");
const sla::window october = sla::calendar_month(year(2026) / 10, shanghai);

sla::error_budget after(const sla::window& w, seconds down, const sla::ratio& target) {
  const sla::outage outages[]{{{w.span.begin, w.span.begin + down}}};
  return sla::budget(sla::measure(w, outages), target);
}

struct allowance {
  const char* name;
  sla::window window;
  const char* at_99_9;  // seconds
  const char* at_99_99;
};

TEST(budget, A7_the_table_of_allowances) {
  const allowance table[]{
      {"a year of 365 days", sla::calendar_year(year(2026), shanghai), "31536", "3153.6"},
      {"a leap year", sla::calendar_year(year(2028), shanghai), "31622.4", "3162.24"},
      {"28 days", sla::calendar_month(year(2026) / 2, shanghai), "2419.2", "241.92"},
      {"30 days", sla::calendar_month(year(2026) / 9, shanghai), "2592", "259.2"},
      {"31 days", october, "2678.4", "267.84"},
      {"Berlin in March", sla::calendar_month(year(2026) / 3, berlin), "2674.8", "267.48"},
      {"Berlin in October", sla::calendar_month(year(2026) / 10, berlin), "2682", "268.2"},
  };
  for (const allowance& a : table) {
    for (const auto& [target, text] : {std::pair{99.9_pct, a.at_99_9}, std::pair{99.99_pct, a.at_99_99}}) {
      const sla::ratio allowed = *sla::parse_ratio(text);
      const auto fresh = after(a.window, 0s, target);
      EXPECT_EQ(fresh.allowed, allowed) << a.name;
      EXPECT_EQ(fresh.remaining, allowed) << a.name;
      // The last whole second that keeps the target, and the first that breaks it.
      const seconds kept(*sla::scale(1, allowed, sla::rounding::floor));
      EXPECT_EQ(fresh.margin, kept) << a.name;
      EXPECT_EQ(after(a.window, kept, target).outcome, sla::error_budget::met) << a.name;
      EXPECT_EQ(after(a.window, kept, target).exhausted_at, std::nullopt) << a.name;
      const auto broken = after(a.window, kept + 1s, target);
      EXPECT_EQ(broken.outcome, sla::error_budget::missed) << a.name;
      EXPECT_EQ(broken.margin, -1s) << a.name;
      EXPECT_EQ(broken.exhausted_at, a.window.span.begin + kept + 1s) << a.name;
    }
  }
}

TEST(budget, A7_a_bound_hit_exactly_is_kept) {
  // 99.9 % of 30 days is 2,592 s, without a rest.
  const auto september = sla::calendar_month(year(2026) / 9, shanghai);
  const auto b = after(september, 2'592s, 99.9_pct);
  EXPECT_EQ(b.outcome, sla::error_budget::met);
  EXPECT_EQ(b.remaining, sla::ratio(0));
  EXPECT_EQ(after(september, 2'593s, 99.9_pct).outcome, sla::error_budget::missed);
}

TEST(budget, A7_400_seconds_in_october) {
  const auto b = after(october, 400s, 99.99_pct);
  EXPECT_EQ(b.outcome, sla::error_budget::missed);
  EXPECT_EQ(b.used, 400s);
  EXPECT_EQ(b.remaining, sla::ratio(26'784, 100) - sla::ratio(400));
  EXPECT_EQ(b.margin, -133s);
  EXPECT_EQ(b.exhausted_at, october.span.begin + 268s);
}

TEST(budget, A7_exhausted_in_the_outage_that_exceeded_it) {
  const auto t = october.span.begin;
  const sla::outage outages[]{{{t + 1h, t + 1h + 200s}}, {{t + 5h, t + 5h + 200s}}};
  const auto b = sla::budget(sla::measure(october, outages), 99.99_pct);
  EXPECT_EQ(b.exhausted_at, t + 5h + 68s);
}

TEST(budget, A7_exhausted_under_rounding) {
  const auto t = october.span.begin;
  using r = sla::outage_rounding;
  const auto exhausted = [&](r how, seconds first, seconds second) {
    const std::vector<sla::outage> outages{{{t + 1h, t + 1h + first}}, {{t + 5h, t + 5h + second}}};
    return sla::budget(sla::measure(october, outages, {.rounding = how}), 99.99_pct).exhausted_at;
  };
  // 267 s allowed: 121 s are three minutes, and 61 s of the second outage two more.
  EXPECT_EQ(exhausted({r::each, sla::rounding::ceil, 60s}, 121s, 200s), t + 5h + 61s);
  EXPECT_EQ(exhausted({r::each, sla::rounding::floor, 60s}, 179s, 200s), t + 5h + 180s);
  EXPECT_EQ(exhausted({r::each, sla::rounding::floor, 60s}, 179s, 179s), std::nullopt);
  EXPECT_EQ(exhausted({r::sum, sla::rounding::ceil, 60s}, 121s, 200s), t + 5h + 120s);
}

TEST(budget, A7_exhausted_in_service_hours) {
  sla::compiled_calendar c;
  const auto t = october.span.begin;
  c.cover = {t - 24h, t + 24h * 40};
  c.open = {{t + 9h, t + 18h}, {t + 33h, t + 42h}};
  const sla::business_time hours(std::move(c));
  const sla::outage outages[]{{{t + 17h, t + 34h}}};  // an hour in each
  const auto m = sla::measure(
      october, outages, {.denominator = {.what = sla::denominator_rule::service_hours, .hours = &hours}});
  const auto b = sla::budget(m, 95_pct);  // 3,240 s of 18 h
  EXPECT_EQ(b.allowed, sla::ratio(3'240));
  EXPECT_EQ(b.exhausted_at, t + 17h + 3'241s);
  EXPECT_EQ(sla::budget(m, 93_pct).exhausted_at, t + 33h + (4'537s - 3'600s));  // 4,536 s
}

TEST(budget, A7_a_target_of_all_or_of_nothing) {
  const auto all = after(october, 1s, 100_pct);
  EXPECT_EQ(all.outcome, sla::error_budget::missed);
  EXPECT_EQ(all.exhausted_at, october.span.begin + 1s);
  EXPECT_EQ(after(october, 0s, 100_pct).outcome, sla::error_budget::met);
  EXPECT_EQ(after(october, 744h, 0_pct).outcome, sla::error_budget::met);
  EXPECT_EQ(after(october, 744h, 0_pct).margin, 0s);
}

TEST(budget, A7_extreme_targets_are_answered) {
  const sla::ratio fine(999'999'999'999'999'999, 1'000'000'000'000'000'000);
  EXPECT_EQ(after(october, 0s, fine).outcome, sla::error_budget::met);
  EXPECT_EQ(after(october, 1s, fine).outcome, sla::error_budget::missed);
  constexpr auto most = std::numeric_limits<std::int64_t>::max(),
                 least = std::numeric_limits<std::int64_t>::min();
  EXPECT_EQ(after(october, 0s, sla::ratio(most, most - 1)).outcome, sla::error_budget::missed);
  EXPECT_EQ(after(october, 0s, sla::ratio(most)).outcome, sla::error_budget::missed);
  EXPECT_EQ(after(october, 744h, sla::ratio(least)).outcome, sla::error_budget::met);
  EXPECT_EQ(after(october, 1s, sla::ratio(most - 2, most)).outcome, sla::error_budget::missed);
}

TEST(budget, A8_the_same_outage_under_a_month_and_a_year) {
  // 99.9 % a year allows 8 h 45 min 36 s at once; October alone 44 min 38.4 s.
  const auto whole = sla::calendar_year(year(2026), shanghai);
  const sla::outage outages[]{{{october.span.begin, october.span.begin + 8h + 45min + 36s}}};
  EXPECT_EQ(sla::budget(sla::measure(whole, outages), 99.9_pct).outcome, sla::error_budget::met);
  EXPECT_EQ(sla::budget(sla::measure(whole, outages), 99.9_pct).margin, 0s);
  EXPECT_EQ(sla::budget(sla::measure(october, outages), 99.9_pct).outcome, sla::error_budget::missed);
}

}  // namespace
}  // namespace budget_test
