// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <random>
#include <vector>

#include <sla/availability/measure.hpp>
#include <sla/availability/slots.hpp>

namespace slots_test {
namespace {

using namespace std::chrono_literals;
using namespace sla::literals;
using std::chrono::seconds;
using std::chrono::sys_days;
using std::chrono::year;
using state = sla::slot_state;

const sla::zone shanghai = sla::zone::fixed("Asia/Shanghai", 8h);
const sla::zone berlin = sla::zone::posix("Europe/Berlin", "CET-1CEST,M3.5.0,M10.5.0/3");
sla::instant at(int day, seconds time) { return sla::instant(sys_days(year(2026) / 10 / day)) + (time - 8h); }
const sla::window tenth =
    sla::dates(sys_days(year(2026) / 10 / 10), sys_days(year(2026) / 10 / 11), shanghai, "d");
const sla::slot_rules over_five{.grid = sla::slot_grid::from_midnight(5min, shanghai), .threshold = 5_pct};

TEST(slots, A4_a_slot_is_down_where_more_than_the_threshold_failed) {
  const sla::request_count counts[]{{at(10, 1h), 100, 5},
                                    {at(10, 1h + 5min), 100, 6},
                                    {at(10, 1h + 9min), 100, 4},
                                    {at(10, 1h + 12min), 50, 3}};
  const auto r = sla::judge_slots(tenth, counts, over_five);
  ASSERT_EQ(r.slots.size(), 288U);
  EXPECT_EQ(r.slots[12].state, state::up) << "5 % is not over 5 %";
  EXPECT_EQ(r.slots[13].state, state::up) << "10 of 200: counts of one slot add up";
  EXPECT_EQ(r.slots[14].state, state::down);
  EXPECT_EQ(r.number(state::unmeasured), 285);
  const auto a = r.availability();
  EXPECT_EQ(a.value, sla::ratio(287, 288));
  auto inclusive = over_five;
  inclusive.inclusive = true;
  EXPECT_EQ(sla::judge_slots(tenth, counts, inclusive).number(state::down), 3);
}

TEST(slots, A4_by_count_and_all_failed) {
  const sla::request_count counts[]{{at(10, 1h), 100, 10}, {at(10, 2h), 100, 11}, {at(10, 3h), 4, 4}};
  const auto by_count = [&](bool inclusive) {
    return sla::judge_slots(tenth, counts,
                            {.grid = over_five.grid,
                             .down_by = sla::slot_rules::by_count,
                             .count = 10,
                             .inclusive = inclusive})
        .number(state::down);
  };
  EXPECT_EQ(by_count(false), 1);
  EXPECT_EQ(by_count(true), 2);
  const auto all =
      sla::judge_slots(tenth, counts, {.grid = over_five.grid, .down_by = sla::slot_rules::all_fail});
  EXPECT_EQ(all.number(state::down), 1);
  EXPECT_EQ(all.slots[36].state, state::down);
}

TEST(slots, A4_idle_and_unmeasured_are_two_things) {
  // 03:00 no requests came; 03:05 two, one failed; all other slots have no record.
  const sla::request_count counts[]{{at(10, 3h), 0, 0}, {at(10, 3h + 5min), 2, 1}};
  sla::slot_rules rules = over_five;
  rules.idle_below = 3;
  const auto r = sla::judge_slots(tenth, counts, rules);
  EXPECT_EQ(r.number(state::idle), 2);
  EXPECT_EQ(r.number(state::unmeasured), 286);
  EXPECT_EQ(r.availability().value, sla::ratio(1));
  rules.idle = sla::slot_default::down;
  EXPECT_EQ(sla::judge_slots(tenth, counts, rules).availability().value, sla::ratio(286, 288));
  rules.unknown = sla::slot_default::leave_out;
  const auto left = sla::judge_slots(tenth, counts, rules).availability();
  EXPECT_EQ(left.denominator, 2);
  EXPECT_EQ(left.left_out, 286);
  rules.idle = sla::slot_default::leave_out;
  EXPECT_TRUE(sla::judge_slots(tenth, counts, rules).availability().no_data);
  // Fewer than 1 is always idle: there is no rate of none.
  rules.idle_below = 0;
  EXPECT_EQ(sla::judge_slots(tenth, counts, rules).number(state::idle), 1);
}

TEST(slots, A11_mean_of_rates_against_ratio_of_sums) {
  // Ten requests at night, five failed; a million by day, none failed.
  const sla::request_count counts[]{{at(10, 3h), 10, 5}, {at(10, 12h), 999'990, 0}};
  const auto r = sla::judge_slots(tenth, counts, over_five);
  EXPECT_EQ(r.ratio_of_sums().value, sla::ratio(999'995, 1'000'000));
  EXPECT_EQ(r.availability().value, sla::ratio(287, 288));
  const auto mean = r.mean_of_rates();
  EXPECT_EQ(mean.count(), 288);
  EXPECT_TRUE(mean == sla::ratio(575, 576));  // 1 - (1/2) / 288
}

TEST(slots, A4_slots_lie_on_local_midnight_or_on_the_epoch) {
  const auto t = at(10, 30min);
  const auto local = sla::slot_grid::from_midnight(7h, shanghai), epoch = sla::slot_grid::every(7h);
  EXPECT_EQ(local.slot_of(t), (sla::interval{at(10, 0s), at(10, 7h)}));
  EXPECT_EQ(local.slot_of(at(10, 22h)), (sla::interval{at(10, 21h), at(11, 0s)})) << "the date cuts it short";
  const auto e = epoch.slot_of(t);
  EXPECT_EQ(e.begin.unix_seconds() % (7 * 3'600), 0);
  EXPECT_TRUE(e.contains(t));
  EXPECT_EQ(e.length(), 7h);
  EXPECT_EQ(sla::slot_grid::every(300s).slot_of(sla::instant::from_unix(-1)),
            (sla::interval{sla::instant::from_unix(-300), sla::instant::from_unix(0)}));
}

TEST(slots, A2_a_day_of_25_hours_has_300_slots) {
  const auto day = [](unsigned month, unsigned d) {
    const sys_days date = year(2026) / static_cast<int>(month) / static_cast<int>(d);
    return sla::dates(date, date + std::chrono::days(1), berlin, "d");
  };
  const sla::slot_rules rules{.grid = sla::slot_grid::from_midnight(5min, berlin)};
  EXPECT_EQ(sla::judge_slots(day(10, 25), {}, rules).slots.size(), 300U);
  EXPECT_EQ(sla::judge_slots(day(3, 29), {}, rules).slots.size(), 276U);
  EXPECT_EQ(sla::judge_slots(sla::calendar_month(year(2026) / 10, berlin), {}, rules).slots.size(),
            745U * 12);
}

TEST(slots, where_midnight_comes_twice_every_second_has_one_slot) {
  // The clocks go back at 00:00 to 23:00 of the evening before.
  const sla::zone cuba = sla::zone::posix("Somewhere", "CST5CDT,M3.2.0/0,M11.1.0/0");
  const auto grid = sla::slot_grid::from_midnight(25min, cuba);
  const sys_days date = year(2026) / 11 / 1;
  sla::instant t = sla::instant(date) - 24h;
  for (int i = 0; i < 200; ++i) {
    const auto s = grid.slot_of(t);
    ASSERT_TRUE(s.contains(t)) << i;
    ASSERT_EQ(grid.slot_of(s.begin), s) << i;
    ASSERT_EQ(grid.slot_of(s.end - 1s), s) << i;
    ASSERT_EQ(s.begin, t) << i;
    ASSERT_GT(s.length(), 0s) << i;
    t = s.end;
    if (i == 0) t = s.end;
  }
}

TEST(slots, a_slot_belongs_to_the_window_it_begins_in) {
  const sla::slot_rules hours{.grid = sla::slot_grid::every(7h)};
  std::int64_t all = 0;
  const sla::window month = sla::calendar_month(year(2026) / 10, shanghai);
  for (int d = 1; d <= 31; ++d) {
    const sys_days date = year(2026) / 10 / d;
    all += static_cast<std::int64_t>(
        sla::judge_slots(sla::dates(date, date + std::chrono::days(1), shanghai, "d"), {}, hours)
            .slots.size());
  }
  EXPECT_EQ(all, static_cast<std::int64_t>(sla::judge_slots(month, {}, hours).slots.size()));
}

TEST(slots, A6_excused_slots_are_left_out) {
  const sla::request_count counts[]{{at(10, 3h), 10, 10}, {at(10, 3h + 5min), 10, 10}};
  const sla::interval_set maintenance{{at(10, 3h), at(10, 3h + 7min)}};
  auto rules = over_five;
  const auto whole = sla::judge_slots(tenth, counts, rules, maintenance);
  EXPECT_EQ(whole.number(state::excused), 1);
  EXPECT_EQ(whole.availability().value, sla::ratio(286, 287));
  rules.excused = sla::slot_rules::any;
  const auto any = sla::judge_slots(tenth, counts, rules, maintenance);
  EXPECT_EQ(any.number(state::excused), 2);
  EXPECT_EQ(any.availability().value, sla::ratio(1));
  EXPECT_EQ(any.availability().denominator, 286);
}

TEST(slots, A4_what_is_not_over_counts_as_up_and_is_provisional) {
  const sla::request_count counts[]{{at(10, 3h), 10, 10}, {at(10, 4h), 10, 10}};
  const auto r = sla::judge_slots(tenth, counts, over_five, {}, at(10, 4h + 1min));
  EXPECT_EQ(r.number(state::not_yet), 288 - 48);
  EXPECT_EQ(r.availability().value, sla::ratio(287, 288));
  EXPECT_TRUE(r.provisional);
  EXPECT_FALSE(sla::judge_slots(tenth, counts, over_five).provisional);
}

TEST(slots, counts_that_are_none_are_ignored_and_told) {
  const sla::request_count counts[]{
      {at(10, 3h), -1, 0}, {at(10, 3h), 5, 6}, {at(10, 3h), 5, -1}, {at(9, 3h), 1, 1}};
  const auto r = sla::judge_slots(tenth, counts, over_five);
  EXPECT_EQ(r.ignored, 3);
  EXPECT_EQ(r.number(state::unmeasured), 288);
}

TEST(slots, down_slots_are_outages_for_every_other_rule) {
  // Ten minutes down in a row, and five alone: the contract counts what lasts over five minutes.
  const sla::request_count counts[]{{at(10, 3h), 9, 9}, {at(10, 3h + 5min), 9, 9}, {at(10, 5h), 9, 9}};
  auto rules = over_five;
  rules.unknown = sla::slot_default::leave_out;
  const auto r = sla::judge_slots(tenth, counts, rules);
  const auto outages = r.outages();
  const auto m = sla::measure(tenth, outages, {.minimum = {5min}, .unknown = sla::unmeasured_time::up});
  EXPECT_EQ(m.counted, 10min);
  EXPECT_EQ(m.too_short, 5min);
  EXPECT_EQ(m.unmeasured, 24h - 15min);
  EXPECT_EQ(sla::measure(tenth, outages, {.unknown = sla::unmeasured_time::leave_out}).availability,
            sla::ratio(0));
}

TEST(slots, a_length_of_nothing_is_refused) {
  EXPECT_THROW((void)sla::slot_grid::every(0s), sla::error);
  EXPECT_THROW((void)sla::slot_grid::from_midnight(-5min, shanghai), sla::error);
}

TEST(slots, matches_counting_by_hand) {
  std::mt19937_64 random(3);
  const auto below = [&](std::int64_t n) {
    return static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(n));
  };
  for (int round = 0; round < 400; ++round) {
    const seconds length(1 + below(20'000));
    const bool local = below(2) == 0;
    const auto grid = local ? sla::slot_grid::from_midnight(length, berlin) : sla::slot_grid::every(length);
    const sla::window over{{sla::instant(sys_days(year(2026) / 10 / 24)) + seconds(below(90'000)),
                            sla::instant(sys_days(year(2026) / 10 / 26)) + seconds(below(90'000))},
                           "w",
                           0};
    sla::slot_rules rules{.grid = grid, .threshold = sla::ratio(below(5), 4)};
    rules.inclusive = below(2) == 0;
    rules.idle_below = below(4);
    rules.idle = static_cast<sla::slot_default>(below(3));
    rules.unknown = static_cast<sla::slot_default>(below(3));
    std::vector<sla::request_count> counts;
    std::map<std::int64_t, std::pair<std::int64_t, std::int64_t>> by_begin;
    for (auto n = below(60); n > 0; --n) {
      const auto total = below(6);
      counts.push_back({over.span.begin + seconds(below(260'000) - 10'000), total, below(total + 1)});
    }
    for (const auto& c : counts) {
      auto& sum = by_begin[grid.slot_of(c.at).begin.unix_seconds()];
      sum.first += c.total;
      sum.second += c.failed;
    }
    std::int64_t up = 0, all = 0, slots = 0, requests = 0, failed = 0;
    for (sla::instant t = grid.slot_of(over.span.begin).begin; t < over.span.end; t = grid.slot_of(t).end) {
      if (t < over.span.begin) continue;
      ++slots;
      const auto found = by_begin.find(t.unix_seconds());
      auto as = rules.unknown;
      if (found != by_begin.end()) {
        const auto [total, bad] = found->second;
        if (total == 0 || total < rules.idle_below) {
          as = rules.idle;
        } else {
          const sla::ratio rate(bad, total);
          as = (rules.inclusive ? rate >= rules.threshold : rate > rules.threshold) ? sla::slot_default::down
                                                                                    : sla::slot_default::up;
        }
        if (as != sla::slot_default::leave_out) requests += total, failed += bad;
      }
      up += as == sla::slot_default::up;
      all += as != sla::slot_default::leave_out;
    }
    std::shuffle(counts.begin(), counts.end(), random);
    const auto r = sla::judge_slots(over, counts, rules);
    ASSERT_EQ(static_cast<std::int64_t>(r.slots.size()), slots) << round;
    ASSERT_EQ(r.availability().numerator, up) << round;
    ASSERT_EQ(r.availability().denominator, all) << round;
    ASSERT_EQ(r.ratio_of_sums().denominator, requests) << round;
    ASSERT_EQ(r.ratio_of_sums().numerator, requests - failed) << round;
    ASSERT_EQ(r.mean_of_rates().count(), all) << round;
  }
}

}  // namespace
}  // namespace slots_test
