// SPDX-License-Identifier: MIT
// Rules C1-C18, T3, T4, T13, each with dates that can be worked out by hand. Shanghai time; the office is open
// 08:30-18:00. 2026-10-12 is a Monday.

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "../support/clock_log.hpp"

namespace rules_test {
namespace {

using namespace std::chrono_literals;
using namespace sla::literals;
using clock_log::office;
using clock_log::on;
using clock_log::verdict;
using clock_log::verdicts;
using sla::activity;
using sla::event;
using sla::moment;
using sla::outcome;
using sla::party;

constexpr sla::reason_id customer_reply = 0, parts = 1, carrier = 2;
const std::vector<sla::pause_reason> reasons{
    {party::customer, {}}, {party::vendor_supplier, {}}, {party::vendor_supplier, {}}, {party::customer, {}}};

sla::clock_terms wall(sla::time_limit limit) { return {.limit = limit, .reasons = reasons}; }
sla::clock_terms hours(sla::time_limit limit) {
  return {.limit = limit, .calendar = &office(), .stopped_by = 0b1011, .reasons = reasons};
}
event reported(sla::instant t) { return event::of(moment::reported, t); }
event resolved(sla::instant t) { return event::of(moment::resolved, t); }

TEST(clock, T4_done_at_the_due_instant_is_on_time) {
  const auto t = wall(10min);
  const std::vector<event> log{reported(on(12, 9h)), resolved(on(12, 9h + 10min))};
  EXPECT_EQ(verdict(t, log, on(12, 10h)).outcome, outcome::met);
  EXPECT_EQ(verdict(t, {log[0]}, on(12, 9h + 10min)).outcome, outcome::open);
  EXPECT_EQ(verdict(t, {log[0]}, on(12, 9h + 10min) + 1s).outcome, outcome::breached);
  EXPECT_EQ(verdict(t, {log[0], resolved(on(12, 9h + 10min) + 1s)}, on(12, 10h)).outcome, outcome::breached);
}

TEST(clock, T3_a_limit_used_up_at_closing_is_due_at_closing) {
  auto t = hours(2_bh);
  const std::vector<event> log{reported(on(12, 16h)), resolved(on(13, 8h + 30min))};
  EXPECT_EQ(verdict(t, log, on(14, 0h)).due, on(12, 18h));
  const auto late = verdict(t, log, on(14, 0h));
  EXPECT_EQ(late.outcome, outcome::breached);
  EXPECT_EQ(late.overdue, 0s);  // the office was closed all the while
  EXPECT_EQ(late.overdue_elapsed, 14h + 30min);
  t.landing = sla::due_at::next_opening;
  EXPECT_EQ(verdict(t, log, on(14, 0h)).due, on(13, 8h + 30min));
  EXPECT_EQ(verdict(t, log, on(14, 0h)).outcome, outcome::met);
}

TEST(clock, T13_business_days_become_an_amount_at_the_start) {
  const auto t = hours(2_bd);
  // Wednesday 30 September 10:00: day 1 is 8 October, day 2 the 9th.
  const auto start = std::chrono::sys_days{std::chrono::year{2026} / 9 / 30} + 2h;
  const std::vector<event> log{reported(start)};
  EXPECT_EQ(verdict(t, log, start + 1h).due, on(9, 18h));
  EXPECT_EQ(verdict(t, log, start + 1h).amount, 8h + 9h + 30min + 9h + 30min);
  // Half an hour of pause on the 8th moves it to the make-up Saturday's opening half hour.
  const std::vector<event> paused{log[0], event::pause(on(8, 9h), customer_reply),
                                  event::resume(on(8, 9h + 30min))};
  EXPECT_EQ(verdict(t, paused, on(8, 10h)).due, on(10, 9h));
}

TEST(clock, C1_order_and_repetition_of_records_do_not_matter) {
  const auto t = hours(4_bh);
  std::vector<event> log{reported(on(12, 9h)),
                         event::pause(on(12, 10h), customer_reply),
                         event::resume(on(12, 11h), customer_reply),
                         event::pause(on(12, 10h + 30min), parts),
                         event::resume(on(12, 12h), parts),
                         resolved(on(12, 17h))};
  const auto want = verdict(t, log, on(13, 9h));
  EXPECT_EQ(want.due, on(12, 15h));  // 09-10, then from 12:00
  std::mt19937 random(7);
  for (int i = 0; i < 100; ++i) {
    auto shuffled = log;
    shuffled.push_back(log[static_cast<std::size_t>(i) % log.size()]);
    std::shuffle(shuffled.begin(), shuffled.end(), random);
    EXPECT_EQ(verdict(t, shuffled, on(13, 9h)), want);
  }
}

TEST(clock, C1_what_happens_after_as_of_is_not_seen) {
  const auto t = wall(1h);
  const std::vector<event> log{reported(on(12, 9h)), resolved(on(12, 9h + 30min))};
  EXPECT_EQ(verdict(t, log, on(12, 9h + 29min)).outcome, outcome::open);
  EXPECT_EQ(verdict(t, log, on(12, 9h + 30min)).outcome, outcome::met);
  EXPECT_EQ(verdict(t, log, on(12, 8h)).activity, activity::not_started);
}

TEST(clock, C1_the_highest_revision_counts_and_a_retraction_removes) {
  const auto t = wall(1h);
  auto first = resolved(on(12, 9h + 30min));
  first.id = 77;
  auto second = first;
  second.revision = 1;
  second.at = on(12, 11h);
  const std::vector<event> log{reported(on(12, 9h)), second, first};
  const auto v = verdict(t, log, on(12, 12h));
  EXPECT_EQ(v.outcome, outcome::breached);
  EXPECT_EQ(v.done, on(12, 11h));
  EXPECT_TRUE(v.corrected);
  // At 10:30 the record of 09:30 is known to be wrong already.
  EXPECT_EQ(verdict(t, log, on(12, 10h)).outcome, outcome::open);
  auto third = second;
  third.revision = 2;
  third.retracted = true;
  EXPECT_FALSE(verdict(t, {log[0], first, third, second}, on(12, 12h)).done);
}

TEST(clock, C2_records_of_one_instant_go_by_rank_unless_numbered) {
  const auto t = wall(0s);
  // Reported and resolved in one second: met with 0, in either order of the log.
  EXPECT_EQ(verdict(t, {resolved(on(12, 9h)), reported(on(12, 9h))}, on(12, 10h)).outcome, outcome::met);
  // A pause that ends as another begins leaves no gap; the source's numbers turn them round.
  const auto p = hours(1_bh);
  auto again = event::pause(on(12, 10h), customer_reply);
  auto ends = event::resume(on(12, 10h), customer_reply);
  const std::vector<event> log{reported(on(12, 9h + 30min)), event::pause(on(12, 9h + 45min), customer_reply),
                               again, ends};
  EXPECT_EQ(verdict(p, log, on(12, 11h)).activity, activity::paused);
  again.sequence = 1;
  ends.sequence = 2;
  EXPECT_EQ(verdict(p, {log[0], log[1], again, ends}, on(12, 10h + 30min)).activity, activity::running);
}

TEST(clock, C3_a_resume_without_a_reason_ends_every_pause) {
  const auto t = hours(4_bh);
  const auto v = verdict(t,
                         {reported(on(12, 9h)), event::pause(on(12, 10h), customer_reply),
                          event::pause(on(12, 10h), parts), event::resume(on(12, 11h))},
                         on(12, 12h));
  EXPECT_EQ(v.activity, activity::running);
  EXPECT_EQ(v.counted, 2h);
}

TEST(clock, C3_a_stop_ends_a_paused_clock) {
  const auto t = hours(4_bh);
  const auto v = verdict(
      t, {reported(on(12, 9h)), event::pause(on(12, 10h), customer_reply), resolved(on(14, 9h))}, on(15, 9h));
  EXPECT_EQ(v.outcome, outcome::met);
  EXPECT_EQ(v.counted, 1h);
  EXPECT_FALSE(v.due);
}

TEST(clock, C3_a_stop_before_the_start_meets_the_clock_with_nothing) {
  sla::clock_terms t{.limit = 1h, .stops = moment::arrived};
  const auto v = verdict(t, {event::of(moment::arrived, on(12, 8h)), reported(on(12, 9h))}, on(12, 12h));
  EXPECT_EQ(v.outcome, outcome::met);
  EXPECT_TRUE(v.before_report);
  EXPECT_EQ(v.counted, 0s);
  EXPECT_EQ(v.elapsed, 0s);
}

TEST(clock, C4_pauses_are_united_and_nights_cost_nothing) {
  const auto t = hours(4_bh);
  const event start = reported(on(12, 16h));
  EXPECT_EQ(verdict(t, {start}, on(12, 17h)).due, on(13, 10h + 30min));
  const std::vector<event> night{start, event::pause(on(12, 18h), customer_reply),
                                 event::resume(on(13, 8h + 30min))};
  EXPECT_EQ(verdict(t, night, on(13, 9h)).due, on(13, 10h + 30min));
  // 16:30-17:30 and 17:00-18:00 pause once, from 16:30 to 18:00.
  const std::vector<event> two{
      start, event::pause(on(12, 16h + 30min), customer_reply), event::pause(on(12, 17h), parts),
      event::resume(on(12, 17h + 30min), customer_reply), event::resume(on(12, 18h), parts)};
  EXPECT_EQ(verdict(t, two, on(13, 9h)).due, on(13, 12h));
}

TEST(clock, C5_a_reason_stops_only_the_clocks_that_list_it) {
  const auto v = verdict(hours(4_bh),
                         {reported(on(12, 9h)), event::pause(on(12, 10h), carrier),
                          event::resume(on(12, 12h), carrier), resolved(on(12, 13h))},
                         on(12, 14h));
  EXPECT_EQ(v.counted, 4h);
  EXPECT_EQ(v.attributed[static_cast<std::size_t>(party::vendor_supplier)], 2h);
  EXPECT_EQ(v.paused[static_cast<std::size_t>(party::vendor_supplier)], 0s);
}

TEST(clock, C5_overlapping_pauses_are_attributed_once_customer_first) {
  const auto v = verdict(
      hours(4_bh),
      {reported(on(12, 9h)), event::pause(on(12, 10h), parts), event::pause(on(12, 11h), customer_reply),
       event::resume(on(12, 12h), parts), event::resume(on(12, 13h), customer_reply), resolved(on(12, 14h))},
      on(12, 15h));
  EXPECT_EQ(v.paused[static_cast<std::size_t>(party::vendor_supplier)], 1h);
  EXPECT_EQ(v.paused[static_cast<std::size_t>(party::customer)], 2h);
  EXPECT_EQ(v.worked - v.counted, 3h);
  EXPECT_EQ(v.counted, 2h);
}

TEST(clock, C5_a_cap_is_used_up_by_instants_that_customer_reasons_alone_stop) {
  const std::vector<sla::pause_reason> capped{{party::customer, sla::time_limit(2_bh)},
                                              {party::vendor_supplier, {}}};
  sla::clock_terms t{.limit = 4_bh, .calendar = &office(), .stopped_by = 0b11, .reasons = capped};
  // 09-10 counts; 10-12 uses up the cap; 12-15 counts: due 15:00, known as soon as the pause begins.
  const std::vector<event> log{reported(on(12, 9h)), event::pause(on(12, 10h), 0)};
  EXPECT_EQ(verdict(t, log, on(12, 15h)).due, on(12, 15h));
  EXPECT_EQ(verdict(t, log, on(12, 11h)).activity, activity::paused);
  EXPECT_FALSE(verdict(t, log, on(12, 11h)).due);
  EXPECT_EQ(verdict(t, log, on(12, 12h)).activity, activity::running);
  EXPECT_EQ(sla::next_change(t, {}, sla::event_order(log, on(12, 11h))), on(12, 15h) + 1s);
  // While the supplier stops it too (10-11), the cap is spared.
  const std::vector<event> both{log[0], log[1], event::pause(on(12, 10h), 1), event::resume(on(12, 11h), 1)};
  EXPECT_EQ(verdict(t, both, on(12, 14h)).due, on(12, 16h));
}

TEST(clock, C6_a_paused_clock_has_no_due_instant_but_one_if_resumed) {
  const auto v =
      verdict(hours(4_bh), {reported(on(12, 9h)), event::pause(on(12, 10h), customer_reply)}, on(12, 12h));
  EXPECT_EQ(v.activity, activity::paused);
  EXPECT_FALSE(v.due);
  EXPECT_EQ(v.due_if_resumed, on(12, 15h));
  EXPECT_EQ(v.remaining, 3h);
}

TEST(clock, C6_a_pause_at_or_after_due_changes_nothing) {
  const auto t = hours(1_bh);
  const auto v = verdict(t, {reported(on(12, 9h)), event::pause(on(12, 10h), customer_reply)}, on(12, 12h));
  EXPECT_EQ(v.due, on(12, 10h));
  EXPECT_EQ(v.outcome, outcome::breached);
  EXPECT_EQ(v.activity, activity::running);
  EXPECT_EQ(v.overdue, 2h);
  EXPECT_EQ(v.counted, 3h);
}

TEST(clock, C6_idle_is_running_while_the_office_is_closed) {
  const auto t = hours(4_bh);
  EXPECT_EQ(verdict(t, {reported(on(12, 17h))}, on(12, 20h)).activity, activity::idle);
  EXPECT_EQ(verdict(t, {reported(on(12, 17h))}, on(12, 17h)).activity, activity::running);
  EXPECT_EQ(verdict(t, {}, on(12, 17h)).activity, activity::not_started);
}

TEST(clock, C7_a_breach_stands_whatever_comes_later) {
  const auto t = hours(1_bh);
  std::vector<event> log{reported(on(12, 9h))};
  for (const event& later : {event::pause(on(12, 11h), customer_reply),
                             event::change(on(12, 11h), {}, sla::change_cause::improved, party::customer),
                             event::cancel(on(12, 12h)), resolved(on(12, 13h))}) {
    log.push_back(later);
    const auto v = verdict(t, log, on(13, 9h));
    EXPECT_EQ(v.outcome, outcome::breached);
    EXPECT_EQ(v.breached_at, on(12, 10h));
  }
}

TEST(clock, C8_worsened_is_due_at_the_earlier_of_both) {
  const auto p3 = wall(24h), p1 = wall(1h);
  const auto rows = [&](const sla::grade& g) noexcept { return g.severity == 1 ? &p1 : &p3; };
  const std::vector<event> log{reported(on(15, 10h)),
                               event::change(on(15, 14h), {1, 0, 0}, sla::change_cause::worsened)};
  const auto v = verdict(rows, log, on(15, 14h + 30min), {3, 0, 0});
  EXPECT_EQ(v.due, on(15, 15h));
  EXPECT_EQ(v.limit, sla::time_limit(1h));
  EXPECT_EQ(v.measured_from, on(15, 14h));
  EXPECT_EQ(v.started, on(15, 10h));
  // Half an hour before the old deadline, the old one is the earlier.
  const auto late =
      verdict(rows, {log[0], event::change(on(16, 9h + 30min), {1, 0, 0}, sla::change_cause::worsened)},
              on(16, 9h + 40min), {3, 0, 0});
  EXPECT_EQ(late.due, on(16, 10h));
}

TEST(clock, C8_corrected_measures_again_and_breaches_no_earlier_than_the_change) {
  const auto p3 = wall(24h), p1 = wall(1h);
  const auto rows = [&](const sla::grade& g) noexcept { return g.severity == 1 ? &p1 : &p3; };
  const std::vector<event> log{reported(on(15, 10h)),
                               event::change(on(15, 14h), {1, 0, 0}, sla::change_cause::corrected)};
  const auto v = verdict(rows, log, on(15, 14h), {3, 0, 0});
  EXPECT_EQ(v.outcome, outcome::breached);
  EXPECT_EQ(v.due, on(15, 11h));
  EXPECT_EQ(v.breached_at, on(15, 14h));
  const auto soon =
      verdict(rows, {log[0], event::change(on(15, 10h + 30min), {1, 0, 0}, sla::change_cause::corrected)},
              on(15, 10h + 45min), {3, 0, 0});
  EXPECT_EQ(soon.outcome, outcome::open);
  EXPECT_EQ(soon.due, on(15, 11h));
}

TEST(clock, C8_improved_needs_the_customers_agreement) {
  const auto p3 = wall(24h), p1 = wall(1h);
  const auto rows = [&](const sla::grade& g) noexcept { return g.severity == 1 ? &p1 : &p3; };
  const auto with = [&](party by) {
    return verdict(rows,
                   {reported(on(15, 10h)),
                    event::change(on(15, 10h + 30min), {3, 0, 0}, sla::change_cause::improved, by)},
                   on(15, 10h + 45min), {1, 0, 0});
  };
  EXPECT_EQ(with(party::customer).due, on(16, 10h));
  EXPECT_EQ(with(party::vendor).due, on(15, 11h));
}

TEST(clock, C8_options_remeasure_carry_restart) {
  for (const auto& [how, due] : {std::pair{sla::on_change::remeasure, on(15, 12h)},
                                 {sla::on_change::carry, on(15, 12h)},
                                 {sla::on_change::restart, on(15, 13h)}}) {
    auto p3 = wall(24h), p2 = wall(2h);
    p3.changing = p2.changing = how;
    const auto rows = [&](const sla::grade& g) noexcept { return g.severity == 2 ? &p2 : &p3; };
    EXPECT_EQ(
        verdict(rows,
                {reported(on(15, 10h)), event::change(on(15, 11h), {2, 0, 0}, sla::change_cause::worsened)},
                on(15, 11h), {3, 0, 0})
            .due,
        due);
  }
  // Carried beyond the new target: due at the change.
  auto p3 = wall(24h), p1 = wall(1h);
  p3.changing = sla::on_change::carry;
  const auto rows = [&](const sla::grade& g) noexcept { return g.severity == 1 ? &p1 : &p3; };
  const auto v = verdict(
      rows, {reported(on(15, 10h)), event::change(on(15, 14h), {1, 0, 0}, sla::change_cause::worsened)},
      on(15, 14h), {3, 0, 0});
  EXPECT_EQ(v.due, on(15, 14h));
  EXPECT_EQ(v.outcome, outcome::open);
}

TEST(clock, C8_a_change_does_not_touch_a_stopped_clock) {
  const auto p3 = wall(1h), p1 = wall(10min);
  const auto rows = [&](const sla::grade& g) noexcept { return g.severity == 1 ? &p1 : &p3; };
  // FIELD: answered at 10:25, worsened at 14:00: the response stays met.
  const auto v = verdict(rows,
                         {reported(on(15, 10h)), resolved(on(15, 10h + 25min)),
                          event::change(on(15, 14h), {1, 0, 0}, sla::change_cause::worsened)},
                         on(15, 16h), {3, 0, 0});
  EXPECT_EQ(v.outcome, outcome::met);
  EXPECT_EQ(v.limit, sla::time_limit(1h));
}

// Stopped after 1 h 30 min of 4 h: the warning at 2 h was not passed, and that at 15 min of a row that came after the
// stop is not the clock's.
TEST(clock, C8_a_change_after_the_stop_leaves_the_warnings_as_they_were) {
  static const std::vector<sla::warning> half{{.at_share = sla::ratio(1, 2)}},
      quarter{{.at_share = sla::ratio(1, 4)}};
  auto p3 = wall(4h), p1 = wall(1h);
  p3.warnings = half;
  p1.warnings = quarter;
  const auto rows = [&](const sla::grade& g) noexcept { return g.severity == 1 ? &p1 : &p3; };
  const std::vector<event> log{reported(on(12, 9h)), resolved(on(12, 10h + 30min)),
                               event::change(on(12, 11h), {1, 0, 0}, sla::change_cause::worsened)};
  const sla::event_order order(log, on(12, 15h));
  sla::clock_replay replay(rows, {3, 0, 0}, order);
  sla::verdict v;
  ASSERT_TRUE(replay.replay(v));
  EXPECT_EQ(v.outcome, outcome::met);
  EXPECT_EQ(v.warnings, 0U);
  EXPECT_EQ(&replay.terms(), &p3);
  EXPECT_EQ(verdict(rows, log, on(12, 15h), {3, 0, 0}), v);
}

TEST(clock, C8_a_grade_without_a_target) {
  auto p1 = wall(1h), none = wall(1h);
  none.promised = false;
  const auto rows = [&](const sla::grade& g) noexcept { return g.severity == 1 ? &p1 : &none; };
  const auto after = [&](sla::change_cause why) {
    return verdict(
               rows,
               {reported(on(15, 10h)), event::change(on(15, 10h + 30min), {4, 0, 0}, why, party::customer)},
               on(15, 12h), {1, 0, 0})
        .outcome;
  };
  EXPECT_EQ(after(sla::change_cause::corrected), outcome::not_applicable);
  EXPECT_EQ(after(sla::change_cause::improved), outcome::not_applicable);
  EXPECT_EQ(after(sla::change_cause::worsened), outcome::breached);
}

TEST(clock, C9_a_change_of_calendar_follows_C8) {
  const auto p3 = hours(4_bh), p1 = wall(6h);
  const auto rows = [&](const sla::grade& g) noexcept { return g.severity == 1 ? &p1 : &p3; };
  // 17:00 with 4 business hours: due 11:30 next day. Worsened at 17:30 to 6 h on the wall clock: due 23:30.
  const auto v = verdict(
      rows,
      {reported(on(12, 17h)), event::change(on(12, 17h + 30min), {1, 0, 0}, sla::change_cause::worsened)},
      on(12, 18h), {3, 0, 0});
  EXPECT_EQ(v.due, on(12, 23h + 30min));
  EXPECT_FALSE(v.business);
}

TEST(clock, C10_a_rejection_in_time_voids_the_stop) {
  // FIELD: P2 4 h reported 09:00, resolved 12:50, rejected 13:00, really fixed 16:30.
  auto t = hours(4_bh);
  t.confirmation = sla::time_limit(1_bd);
  std::vector<event> log{reported(on(12, 9h)), resolved(on(12, 12h + 50min))};
  auto v = verdict(t, log, on(12, 12h + 55min));
  EXPECT_EQ(v.outcome, outcome::met);
  EXPECT_TRUE(v.provisional);
  log.push_back(event::reject(on(12, 13h)));
  log.push_back(resolved(on(12, 16h + 30min)));
  const auto all = verdicts(t, log, on(16, 9h));
  ASSERT_EQ(all.size(), 1U);
  v = all[0];
  EXPECT_EQ(v.outcome, outcome::breached);
  EXPECT_EQ(v.breached_at, on(12, 13h));
  EXPECT_EQ(v.counted, 7h + 30min);
  EXPECT_EQ(v.overdue, 3h + 30min);
  EXPECT_EQ(v.done, on(12, 16h + 30min));
  EXPECT_FALSE(v.provisional);  // silence until Tuesday 18:00 confirmed it
}

TEST(clock, C10_a_rejection_too_late_or_after_confirmation_changes_nothing) {
  auto t = wall(4h);
  t.confirmation = sla::time_limit(24h);
  const std::vector<event> log{reported(on(12, 9h)), resolved(on(12, 10h))};
  for (const auto& extra :
       {std::vector<event>{event::reject(on(13, 10h) + 1s)},
        std::vector<event>{event::of(moment::confirmed, on(12, 11h)), event::reject(on(12, 12h))}}) {
    auto all = log;
    all.insert(all.end(), extra.begin(), extra.end());
    EXPECT_EQ(verdict(t, all, on(20, 9h)).outcome, outcome::met);
  }
  EXPECT_EQ(verdict(t, {log[0], log[1], event::reject(on(13, 10h))}, on(20, 9h)).outcome, outcome::breached);
}

TEST(clock, C10_a_rejection_concerns_the_latest_moment_that_may_be_rejected) {
  sla::clock_terms response{.limit = 1h,
                            .stops = moment::responded,
                            .confirmation = sla::time_limit(24h),
                            .rejectable = moment::responded | moment::resolved};
  const std::vector<event> log{reported(on(12, 9h)), event::of(moment::responded, on(12, 9h + 10min)),
                               resolved(on(12, 12h)), event::reject(on(12, 13h))};
  EXPECT_EQ(verdict(response, log, on(12, 14h)).outcome, outcome::met);
  EXPECT_EQ(verdict(response, {log[0], log[1], log[3]}, on(12, 14h)).outcome, outcome::breached);
}

TEST(clock, C10_reopening_modes) {
  auto t = hours(4_bh);
  const std::vector<event> log{reported(on(12, 9h)), resolved(on(12, 11h)), event::reopen(on(12, 14h)),
                               resolved(on(12, 17h))};
  const auto cycles = verdicts(t, log, on(13, 9h));
  ASSERT_EQ(cycles.size(), 2U);
  EXPECT_EQ(cycles[0].outcome, outcome::met);
  EXPECT_EQ(cycles[1].cycle, 2U);
  EXPECT_EQ(cycles[1].started, on(12, 14h));
  EXPECT_EQ(cycles[1].outcome, outcome::met);
  t.reopening = sla::on_reopen::continue_excluding_closed;  // 2 h, then 3 h: due 16:00
  auto one = verdicts(t, log, on(13, 9h));
  ASSERT_EQ(one.size(), 1U);
  EXPECT_EQ(one[0].breached_at, on(12, 16h));
  EXPECT_EQ(one[0].counted, 5h);
  EXPECT_EQ(one[0].paused[static_cast<std::size_t>(party::nobody)], 3h);
  t.reopening = sla::on_reopen::continue_counting_closed;
  one = verdicts(t, log, on(13, 9h));
  EXPECT_EQ(one[0].breached_at, on(12, 13h));
  EXPECT_EQ(one[0].counted, 8h);
  // Nothing has stopped: the clock runs on.
  EXPECT_EQ(verdicts(hours(4_bh), {log[0], event::reopen(on(12, 10h))}, on(12, 11h)).size(), 1U);
}

TEST(clock, C11_periodic_updates_are_cycles) {
  sla::clock_terms t{.limit = 1h, .stops = moment::updated, .repeats = true, .ends = moment::resolved};
  const auto all = verdicts(t,
                            {reported(on(12, 9h)), event::of(moment::updated, on(12, 9h + 50min)),
                             event::of(moment::updated, on(12, 11h)), resolved(on(12, 11h + 30min)),
                             event::of(moment::updated, on(12, 15h))},
                            on(12, 16h));
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[0].outcome, outcome::met);
  EXPECT_EQ(all[1].started, on(12, 9h + 50min));
  EXPECT_EQ(all[1].breached_at, on(12, 10h + 50min));
  EXPECT_EQ(all[2].started, on(12, 11h));  // a late update opens the next cycle at its own instant
  EXPECT_EQ(all[2].outcome, outcome::met);
  EXPECT_EQ(all[2].done, on(12, 11h + 30min));
}

TEST(clock, C12_the_earliest_of_several_origins_and_later_stages_stop) {
  sla::clock_terms t{.limit = 1h,
                     .starts = moment::occurred | moment::reported,
                     .stops = moment::responded,
                     .closed_by = moment::resolved};
  const auto v = verdict(
      t,
      {reported(on(12, 9h)), event::of(moment::occurred, on(12, 8h + 50min)), resolved(on(12, 9h + 30min))},
      on(12, 12h));
  EXPECT_EQ(v.started, on(12, 8h + 50min));
  EXPECT_EQ(v.done, on(12, 9h + 30min));
  EXPECT_EQ(v.outcome, outcome::met);
  t.closed_by = {};
  EXPECT_EQ(verdict(t, {reported(on(12, 9h)), resolved(on(12, 9h + 30min))}, on(12, 12h)).outcome,
            outcome::breached);
  t.starts = moment::onsite_requested;
  EXPECT_EQ(verdict(t, {reported(on(12, 9h))}, on(12, 12h)).activity, activity::not_started);
}

TEST(clock, C13_warnings_at_shares_and_before_due_move_with_pauses) {
  const std::vector<sla::warning> warnings{{.at_share = 50_pct, .level = 1},
                                           {.before_due = sla::time_limit(1_bh), .level = 2},
                                           {.at_share = 150_pct, .level = 3}};
  auto t = hours(4_bh);
  t.warnings = warnings;
  std::vector<event> log{reported(on(12, 9h))};
  auto v = verdict(t, log, on(12, 10h));
  EXPECT_EQ(v.next_warning, on(12, 11h));
  EXPECT_EQ(v.warnings, 0U);
  v = verdict(t, log, on(12, 11h));
  EXPECT_EQ(v.warnings, 1U);
  EXPECT_EQ(v.level, 1);
  EXPECT_EQ(v.next_warning, on(12, 12h));
  log.push_back(event::pause(on(12, 11h), customer_reply));
  EXPECT_FALSE(verdict(t, log, on(12, 13h)).next_warning);
  log.push_back(event::resume(on(12, 13h)));
  EXPECT_EQ(verdict(t, log, on(12, 13h)).next_warning, on(12, 14h));
  EXPECT_EQ(verdict(t, log, on(12, 14h)).level, 2);
  EXPECT_EQ(verdict(t, log, on(12, 17h)).level, 3);
  log.push_back(resolved(on(12, 13h + 30min)));
  EXPECT_EQ(verdict(t, log, on(12, 17h)).level, 1);
  // T16: fractions of a target round up.
  const std::vector<sla::warning> ninety{{.at_share = 90_pct}};
  auto odd = wall(601s);
  odd.warnings = ninety;
  EXPECT_EQ(verdict(odd, {log[0]}, on(12, 9h)).next_warning, on(12, 9h) + 541s);
}

TEST(clock, C14_an_extension_counts_with_the_customers_agreement) {
  const auto t = hours(4_bh);
  const auto with = [&](const event& e) { return verdict(t, {reported(on(12, 9h)), e}, on(12, 14h)); };
  EXPECT_EQ(with(event::extend(on(12, 12h), 2_bh, party::customer)).due, on(12, 15h));
  EXPECT_EQ(with(event::extend(on(12, 12h), 2_bh, party::customer)).limit, sla::time_limit(6_bh));
  EXPECT_EQ(with(event::extend(on(12, 12h), 2_bh, party::vendor)).outcome, outcome::breached);
  EXPECT_EQ(with(event::extend_until(on(12, 12h), on(14, 12h), party::customer)).due, on(14, 12h));
  EXPECT_EQ(with(event::extend(on(12, 13h), 2_bh, party::customer)).due, on(12, 15h));  // at due: in time
  EXPECT_EQ(with(event::extend(on(12, 13h) + 1s, 2_bh, party::customer)).outcome,
            outcome::waived);  // after: a waiver
  EXPECT_EQ(with(event::waive(on(12, 13h + 30min), party::customer)).outcome, outcome::waived);
  EXPECT_EQ(with(event::waive(on(12, 13h + 30min), party::customer, 9)).outcome, outcome::breached);
}

TEST(clock, C15_cancelling_works_from_its_instant) {
  const auto t = wall(1h);
  EXPECT_EQ(verdict(t, {reported(on(12, 9h)), event::cancel(on(12, 9h + 30min))}, on(12, 12h)).outcome,
            outcome::cancelled);
  const auto after = [&](sla::cancel_cause why, party by) {
    return verdict(t, {reported(on(12, 9h)), event::cancel(on(12, 11h), why, by)}, on(12, 12h)).outcome;
  };
  EXPECT_EQ(after(sla::cancel_cause::withdrawn, party::customer), outcome::breached);
  EXPECT_EQ(after(sla::cancel_cause::duplicate, party::vendor), outcome::breached);
  EXPECT_EQ(after(sla::cancel_cause::duplicate, party::customer), outcome::cancelled);
  EXPECT_EQ(after(sla::cancel_cause::never_in_scope, party::customer), outcome::cancelled);
}

TEST(clock, C15_no_target_is_not_applicable_and_a_zero_target_due_at_start) {
  auto none = wall(0s);
  none.promised = false;
  EXPECT_EQ(verdict(none, {reported(on(12, 9h))}, on(12, 12h)).outcome, outcome::not_applicable);
  const auto v =
      verdict(hours(0_bh), {event::pause(on(12, 8h), customer_reply), reported(on(12, 9h))}, on(12, 9h) + 1s);
  EXPECT_EQ(v.due, on(12, 9h));
  EXPECT_EQ(v.outcome, outcome::breached);
}

TEST(clock, C16_the_grade_at_report_governs) {
  const auto p3 = wall(24h), p1 = wall(1h);
  const auto rows = [&](const sla::grade& g) noexcept { return g.severity == 1 ? &p1 : &p3; };
  EXPECT_EQ(verdict(rows, {reported(on(12, 9h))}, on(12, 9h), {1, 0, 0}).due, on(12, 10h));
  EXPECT_EQ(verdict(rows, {reported(on(12, 9h))}, on(12, 9h), {3, 0, 0}).due, on(13, 9h));
}

TEST(clock, C17_next_change_is_a_second_past_due_or_the_next_warning) {
  const std::vector<sla::warning> warnings{{.at_share = 50_pct}};
  auto t = hours(4_bh);
  t.warnings = warnings;
  const std::vector<event> log{reported(on(12, 9h))};
  const auto at = [&](sla::instant as_of) { return sla::next_change(t, {}, sla::event_order(log, as_of)); };
  EXPECT_EQ(at(on(12, 9h)), on(12, 11h));
  EXPECT_EQ(at(on(12, 11h)), on(12, 13h) + 1s);
  EXPECT_EQ(at(on(12, 13h)), on(12, 13h) + 1s);
  EXPECT_TRUE(at(on(12, 13h) + 1s).is_never());
}

TEST(clock, C18_a_breach_keeps_its_identity) {
  const auto t = wall(1h);
  const std::vector<event> log{reported(on(12, 9h))};
  EXPECT_EQ(verdict(t, log, on(12, 11h)).breach(42), verdict(t, log, on(19, 11h)).breach(42));
}

TEST(clock, T9_a_verdict_past_the_known_holidays_is_provisional) {
  const auto t = hours(4_bh);
  EXPECT_FALSE(verdict(t, {reported(on(28, 9h))}, on(28, 10h)).provisional);
  EXPECT_TRUE(verdict(t, {reported(on(30, 9h))}, on(30, 10h)).provisional);
}

TEST(clock, T10_past_the_calendars_cover_nothing_is_decided) {
  const auto t = hours(10'000_bh);
  const std::vector<event> log{reported(on(12, 9h))};
  EXPECT_EQ(verdict(t, log, on(12, 10h)).outcome, outcome::open);
  EXPECT_EQ(verdict(t, log, on(12, 10h)).due, sla::instant::unknown());
  EXPECT_EQ(verdict(t, log, on(31, 10h) + std::chrono::days{30}).outcome, outcome::undetermined);
  EXPECT_EQ(sla::next_change(t, {}, sla::event_order(log, on(12, 10h))), office().cover().end + 1s);
}

TEST(clock, a_log_larger_than_the_window_is_judged_like_any_other) {
  const auto t = hours(4_bh);
  std::vector<event> log{reported(on(12, 9h)), resolved(on(12, 17h))};
  for (int i = 0; i < 2'000; ++i) {
    const auto at = on(12, 10h) + std::chrono::seconds(5 * i);
    log.push_back(event::pause(at, customer_reply));
    log.push_back(event::resume(at + 2s));
  }
  for (std::size_t i = 0; i < log.size(); ++i) log[i].id = 10'000 - i;
  const auto want = verdict(t, log, on(13, 9h));
  EXPECT_EQ(want.paused[0], 4'000s);
  EXPECT_EQ(want.counted, 8h - 4'000s);
  std::shuffle(log.begin(), log.end(), std::mt19937(3));
  log.insert(log.end(), log.begin(), log.begin() + 700);
  EXPECT_EQ(verdict(t, log, on(13, 9h)), want);
}

// The host keeps the report beside its log and the log comes in any order.
TEST(clock, C1_a_report_given_apart_counts_whatever_the_order_of_the_log) {
  const sla::clock_terms response{.limit = 30min, .stops = moment::responded};
  const auto t0 = on(12, 9h);
  const std::vector<event> log{event::of(moment::resolved, t0 + 2h),
                               event::of(moment::responded, t0 + 20min)};
  const sla::event_order order(log, t0 + 3h, t0);
  sla::clock_replay replay(response, {}, order);
  sla::verdict v;
  ASSERT_TRUE(replay.next(v));
  EXPECT_EQ(v.outcome, outcome::met);
  EXPECT_EQ(v.started, t0);
  EXPECT_EQ(v.counted, 20min);
}

// Limit 1 h from 09:00, agreed at 09:30 to hold until 14:00; used up at 10:00, so the pause 10:30-12:30 costs nothing.
// At 13:00 three more hours are agreed: of the 4 h, 1.5 h are used by 10:30 and the rest runs from 12:30.
TEST(clock, C14_added_time_after_an_agreed_date_counts_again_what_lay_between) {
  const std::vector<sla::pause_reason> waits{{party::customer, {}}};
  const sla::clock_terms terms{.limit = 1h, .stopped_by = 1, .reasons = waits};
  std::vector<event> log{event::of(moment::reported, on(12, 9h)),
                         event::extend_until(on(12, 9h + 30min), on(12, 14h), party::customer),
                         event::pause(on(12, 10h + 30min), 0), event::resume(on(12, 12h + 30min), 0)};
  const auto before = verdict(terms, log, on(12, 13h));
  EXPECT_EQ(before.due, on(12, 14h));
  EXPECT_EQ(before.counted, 4h);
  log.push_back(event::extend(on(12, 13h), 3h, party::customer));
  const auto after = verdict(terms, log, on(12, 13h + 30min));
  EXPECT_EQ(after.due, on(12, 15h));
  EXPECT_EQ(after.counted, 2h + 30min);
  EXPECT_EQ(after.paused[0], 2h);
  EXPECT_EQ(after.outcome, outcome::open);
}

// Every hour on the hour from 09:00. 09:50 is in time and brings 11:00 no forward; 11:20 is late and leaves 40 min.
TEST(clock, C11_periodic_updates_on_a_fixed_grid) {
  sla::clock_terms t{.limit = 1h,
                     .stops = moment::updated,
                     .repeats = true,
                     .ends = moment::resolved,
                     .updates = sla::next_update::on_grid};
  const auto all = verdicts(t,
                            {reported(on(12, 9h)), event::of(moment::updated, on(12, 9h + 50min)),
                             event::of(moment::updated, on(12, 11h + 20min)),
                             event::of(moment::updated, on(12, 12h)), resolved(on(12, 12h + 30min))},
                            on(12, 16h));
  ASSERT_EQ(all.size(), 4U);
  EXPECT_EQ(all[0].due, on(12, 10h));
  EXPECT_EQ(all[1].started, on(12, 9h + 50min));
  EXPECT_EQ(all[1].due, on(12, 11h));
  EXPECT_EQ(all[1].outcome, outcome::breached);
  EXPECT_EQ(all[2].started, on(12, 11h + 20min));
  EXPECT_EQ(all[2].amount, 40min);
  EXPECT_EQ(all[2].due, on(12, 12h));
  EXPECT_EQ(all[2].outcome, outcome::met);  // at the line is in time
  EXPECT_EQ(all[3].due, on(12, 13h));
  EXPECT_EQ(all[3].outcome, outcome::met);
}

TEST(clock, C11_a_grid_runs_in_office_hours_and_through_the_night) {
  auto t = hours(2_bh);  // lines at 11:00, 13:00, 15:00, 17:00, the next day 09:30
  t.stops = moment::updated;
  t.repeats = true;
  t.updates = sla::next_update::on_grid;
  const auto all = verdicts(t,
                            {reported(on(12, 9h)), event::of(moment::updated, on(12, 11h)),
                             event::of(moment::updated, on(12, 17h + 30min))},
                            on(13, 9h));
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[1].due, on(12, 13h));
  EXPECT_EQ(all[1].overdue, 4h + 30min);
  EXPECT_EQ(all[2].due, on(13, 9h + 30min));
}

// Due 10:00, given at 10:20; the next is due 11:20.
TEST(clock, C14_a_waiver_reaches_the_late_update_before_it) {
  sla::clock_terms t{.limit = 1h, .stops = moment::updated, .repeats = true, .ends = moment::resolved};
  const std::vector<event> log{reported(on(12, 9h)), event::of(moment::updated, on(12, 10h + 20min)),
                               event::waive(on(12, 10h + 40min), party::customer)};
  const auto all = verdicts(t, log, on(12, 11h));
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].outcome, outcome::waived);
  EXPECT_EQ(all[0].breached_at, on(12, 10h));
  EXPECT_EQ(all[1].outcome, outcome::open);  // spent on the one before
  // Once the next one is late too, a waiver is that one's.
  auto later = log;
  later[2].at = on(12, 11h + 30min);
  const auto both = verdicts(t, later, on(12, 12h));
  EXPECT_EQ(both[0].outcome, outcome::breached);
  EXPECT_EQ(both[1].outcome, outcome::waived);
  // The vendor waives nothing.
  later = log;
  later[2].agreed_by = party::vendor;
  EXPECT_EQ(verdicts(t, later, on(12, 11h))[0].outcome, outcome::breached);
}

// 4 h of office time; resolved after 2, reopened at 14:00, resolved again at 17:00: a new cycle of 3 h is met, and
// the clock that went on has used 5 h.
TEST(clock, C10_the_continued_reading_beside_the_new_cycle) {
  const auto t = hours(4_bh);
  const std::vector<event> log{reported(on(12, 9h)), resolved(on(12, 11h)), event::reopen(on(12, 14h)),
                               resolved(on(12, 17h)), event::reopen(on(13, 9h))};
  const sla::event_order order(log, on(13, 9h + 30min));
  sla::clock_replay replay(t, {}, order);
  sla::verdict v;
  ASSERT_TRUE(replay.next(v));
  EXPECT_FALSE(replay.continued());
  ASSERT_TRUE(replay.next(v));
  EXPECT_EQ(v.outcome, outcome::met);
  auto other = replay.continued();
  ASSERT_TRUE(other);
  EXPECT_EQ(other->cycle, 2U);
  EXPECT_EQ(other->started, on(12, 9h));
  EXPECT_EQ(other->done, on(12, 17h));
  EXPECT_EQ(other->outcome, outcome::breached);
  EXPECT_EQ(other->breached_at, on(12, 16h));
  EXPECT_EQ(other->counted, 5h);
  EXPECT_EQ(other->paused[static_cast<std::size_t>(party::nobody)], 3h);
  ASSERT_TRUE(replay.next(v));
  other = replay.continued();
  ASSERT_TRUE(other);
  EXPECT_EQ(other->breached_at, on(12, 16h));
  EXPECT_FALSE(other->done);
  EXPECT_FALSE(replay.next(v));
}

// Accepted until 17:00: what comes at 17:30 on Monday is received on Tuesday at 08:30.
TEST(clock, T14_a_start_after_the_cut_off_is_received_at_the_next_opening) {
  auto t = hours(2_bh);
  t.cut_off = 17h;
  EXPECT_EQ(verdict(t, {reported(on(12, 17h))}, on(12, 17h + 45min)).due, on(13, 9h + 30min));
  const auto late = verdict(t, {reported(on(12, 17h + 30min))}, on(12, 17h + 45min));
  EXPECT_EQ(late.started, on(13, 8h + 30min));
  EXPECT_EQ(late.due, on(13, 10h + 30min));
  EXPECT_EQ(late.activity, activity::not_started);
  EXPECT_EQ(late.outcome, outcome::open);
  EXPECT_EQ(late.elapsed, 0h);
  EXPECT_EQ(verdict(t, {reported(on(12, 17h + 30min))}, on(13, 9h)).activity, activity::running);
  // A stop in between meets it with nothing used.
  const auto met = verdict(t, {reported(on(12, 17h + 30min)), resolved(on(12, 17h + 40min))}, on(13, 9h));
  EXPECT_EQ(met.outcome, outcome::met);
  EXPECT_EQ(met.counted, 0h);
  EXPECT_TRUE(met.before_report);
  // A pause before the reception counts from there, and a change for the worse measures from there.
  const auto paused =
      verdict(t,
              {reported(on(12, 17h + 30min)), event::pause(on(12, 17h + 40min), customer_reply),
               event::resume(on(13, 9h), customer_reply)},
              on(13, 10h));
  EXPECT_EQ(paused.paused[0], 30min);
  EXPECT_EQ(paused.due, on(13, 11h));
  auto p1 = hours(1_bh);
  p1.cut_off = t.cut_off;
  const auto rows = [&](const sla::grade& g) noexcept { return g.severity == 1 ? &p1 : &t; };
  EXPECT_EQ(verdict(rows,
                    {reported(on(12, 17h + 30min)),
                     event::change(on(12, 17h + 50min), {1, 0, 0}, sla::change_cause::worsened)},
                    on(13, 9h))
                .due,
            on(13, 9h + 30min));
}

TEST(clock, C15_a_clock_with_no_target_never_starts) {
  sla::clock_terms t = wall(1h);
  t.promised = false;
  const auto v = verdict(t, {reported(on(12, 9h)), resolved(on(12, 11h))}, on(12, 12h));
  EXPECT_EQ(v.outcome, outcome::not_applicable);
  EXPECT_EQ(v.activity, activity::not_started);
}

// Ten changes for the worse to ten rows, in both orders of their limits: the earliest of all binds, though only eight
// are kept at once.
TEST(clock, C8_more_changes_than_are_kept_never_lose_the_earliest) {
  std::vector<sla::clock_terms> rows;
  for (int i = 0; i < 12; ++i) rows.push_back(wall(std::chrono::hours(100 + 10 * i)));
  const auto get = [&](const sla::grade& g) noexcept { return &rows[g.severity]; };
  for (const bool falling : {true, false}) {
    std::vector<event> log{reported(on(1, 0h))};
    for (int i = 1; i < 12; ++i)
      log.push_back(event::change(on(1, std::chrono::hours(i)),
                                  {static_cast<std::uint8_t>(falling ? 12 - i : i), 0, 0},
                                  sla::change_cause::worsened));
    // At report: row 6, 160 h. Falling, the last change is to row 1: 11 h + 110 h. Rising, the first: 1 h + 110 h.
    const auto v = verdict(get, log, on(1, 20h), {6, 0, 0});
    EXPECT_EQ(v.due, on(1, falling ? 121h : 111h));
  }
}

}  // namespace
}  // namespace rules_test
