// SPDX-License-Identifier: MIT
// Records as they arrive: one by one, late, repeated, corrected, retracted.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <vector>

#include <sla/clock/event_log.hpp>

#include "../support/clock_random.hpp"

namespace event_log_test {
namespace {

using namespace sla;
using namespace std::chrono_literals;

constexpr instant t0 = instant::from_unix(1'000'000);

event numbered(event e, std::uint64_t id, std::uint32_t revision = 0) {
  e.id = id;
  e.revision = revision;
  return e;
}

TEST(event_log, C1_a_late_record_takes_its_place) {
  event_log log;
  EXPECT_TRUE(log.empty());
  EXPECT_EQ(log.record(event::of(moment::reported, t0)), recorded::added);
  EXPECT_EQ(log.record(event::of(moment::resolved, t0 + 3h)), recorded::added);
  EXPECT_EQ(log.record(event::of(moment::responded, t0 + 8min)), recorded::added);
  ASSERT_EQ(log.size(), 3U);
  EXPECT_EQ(log.events()[1].what, moment::responded);
}

TEST(event_log, C1_a_repeated_record_is_kept_once_with_its_smallest_row) {
  event_log log;
  event e = event::of(moment::reported, t0);
  e.row = 7;
  EXPECT_EQ(log.record(e), recorded::added);
  e.row = 9;
  EXPECT_EQ(log.record(e), recorded::repeated);
  EXPECT_EQ(log.events()[0].row, 7U);
  e.row = 3;
  EXPECT_EQ(log.record(e), recorded::repeated);
  ASSERT_EQ(log.size(), 1U);
  EXPECT_EQ(log.events()[0].row, 3U);
}

TEST(event_log, C1_the_highest_revision_counts_whenever_it_arrives) {
  event_log log;
  EXPECT_EQ(log.record(numbered(event::of(moment::responded, t0 + 20min), 5, 1)), recorded::added);
  EXPECT_EQ(log.record(numbered(event::of(moment::responded, t0 + 8min), 5, 0)), recorded::outdated);
  EXPECT_EQ(log.record(numbered(event::of(moment::responded, t0 + 5min), 5, 2)), recorded::replaced);
  const event_order order(log.events(), t0 + 1h);
  ASSERT_TRUE(order.first());
  EXPECT_EQ(order.first().record->at, t0 + 5min);
  EXPECT_FALSE(order.next(order.first()));
}

TEST(event_log, C1_a_retracted_record_does_not_come_back) {
  event_log log;
  EXPECT_EQ(log.record(numbered(event::of(moment::responded, t0), 5, 1)), recorded::added);
  event gone = numbered(event::of(moment::responded, t0), 5, 2);
  gone.retracted = true;
  EXPECT_EQ(log.record(gone), recorded::replaced);
  EXPECT_EQ(log.record(numbered(event::of(moment::responded, t0 + 1min), 5, 1)), recorded::outdated);
  const event_order order(log.events(), t0 + 1h);
  EXPECT_FALSE(order.first());
}

TEST(event_log, a_log_is_used_again) {
  event_log log;
  log.reserve(8);
  (void)log.record(event::of(moment::reported, t0));
  log.clear();
  EXPECT_TRUE(log.empty());
  EXPECT_EQ(log.record(event::of(moment::reported, t0)), recorded::added);
}

// At every step, whatever arrives in whatever order, seen at any instant.
TEST(event_log, C1_recording_gives_the_verdicts_of_the_replay_at_every_step) {
  std::mt19937_64 random(20261121);
  int replaced = 0, outdated = 0, repeated = 0, late = 0;
  for (int round = 0; round < 4000; ++round) {
    clock_random::incident x;
    clock_random::generator(random()).fill(x, {.events = 14});
    std::vector<event> arriving = x.log;
    for (std::size_t i = 0, n = arriving.size(); i < n && round % 3 == 0; ++i) {
      event again = arriving[random() % n];
      again.row += 1000;
      arriving.push_back(again);
    }
    std::shuffle(arriving.begin(), arriving.end(), random);
    event_log log;
    x.log.clear();
    for (const event& e : arriving) {
      late += !log.empty() && e.at < log.events().back().at ? 1 : 0;
      switch (log.record(e)) {
        case recorded::added: break;
        case recorded::replaced: ++replaced; break;
        case recorded::outdated: ++outdated; break;
        case recorded::repeated: ++repeated; break;
      }
      x.log.push_back(e);
      const instant at = instant::from_unix(static_cast<std::int64_t>(random() % 300));
      const auto whole = x.verdicts(at);
      auto kept = x.log;
      x.log.assign(log.events().begin(), log.events().end());
      ASSERT_EQ(x.verdicts(at), whole) << "round " << round;
      x.log = std::move(kept);
    }
  }
  // What the rounds are for did happen.
  EXPECT_GT(late, 1000);
  EXPECT_GT(replaced, 100);
  EXPECT_GT(outdated, 100);
  EXPECT_GT(repeated, 1000);
}

}  // namespace
}  // namespace event_log_test
