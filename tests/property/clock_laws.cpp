// SPDX-License-Identifier: MIT
// What must hold for every incident, whatever happened: rules C1, C4, C5, C7, C17. Incidents are grown from a
// seed; RapidCheck chooses the seed and what is done to the incident.

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <numeric>
#include <random>
#include <vector>

#include <sla/clock/next_change.hpp>

#include "../support/clock_random.hpp"

namespace clock_laws_test {
namespace {

using sla::event;
using sla::instant;
using sla::outcome;
using std::chrono::seconds;

// Of full size from the first round on: RapidCheck would begin with seeds 0 and 1.
std::uint64_t any_number() { return *rc::gen::resize(rc::kNominalSize, rc::gen::arbitrary<std::uint64_t>()); }
int up_to(int below) { return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(0, below)); }

// An incident is small and cheap, so each round takes many.
template <class Law>
bool holds(const Law& law) {
  return rc::check([&] {
    for (int i = 0; i < 30; ++i) law();
  });
}

// x refers to itself: made where it stays.
void grow(clock_random::incident& x, const clock_random::shape& how = {}) {
  clock_random::generator(any_number()).fill(x, how);
}
instant some_second(int below) { return instant::from_unix(up_to(below)); }

TEST(clock_laws, C1_permutations_and_repetitions_change_nothing) {
  EXPECT_TRUE(holds([] {
    clock_random::incident x;
    grow(x, {.events = *rc::gen::element(6, 20, 400)});
    const auto before = x.verdicts();
    std::mt19937_64 random(any_number());
    const std::size_t n = x.log.size();
    for (std::size_t i = 0; i < n; i += 2) {
      auto again = x.log[random() % n];
      again.row += 10'000;  // delivered twice: another row of the source, the same record
      x.log.push_back(again);
    }
    std::shuffle(x.log.begin(), x.log.end(), random);
    RC_ASSERT(x.verdicts() == before);
  }));
}

TEST(clock_laws, C4_a_pause_never_brings_a_due_instant_forward) {
  EXPECT_TRUE(holds([] {
    clock_random::incident x;
    grow(x, {.events = 6});
    for (auto& t : x.terms) t.confirmation.reset(), t.repeats = false, t.warnings = {};
    std::erase_if(x.log, [](const event& e) {
      return e.kind != sla::event_kind::start && e.kind != sla::event_kind::pause &&
             e.kind != sla::event_kind::resume;
    });
    // One more pause, with a reason of its own, over [a, b).
    x.reasons.push_back({sla::party::customer, {}});
    const auto reason = static_cast<sla::reason_id>(x.reasons.size() - 1);
    for (auto& t : x.terms) t.reasons = x.reasons, t.stopped_by |= sla::reason_mask{1} << reason;
    std::erase_if(x.log, [&](const event& e) {
      return e.reason == reason || e.reason == sla::any_reason ? e.kind != sla::event_kind::start : false;
    });
    const auto before = x.verdicts(instant::from_unix(400));
    const instant a = some_second(200), b = a + seconds(up_to(80));
    x.log.push_back(event::pause(a, reason));
    x.log.push_back(event::resume(b, reason));
    const auto after = x.verdicts(instant::from_unix(400));
    RC_ASSERT(before.size() == after.size());
    for (std::size_t i = 0; i < before.size(); ++i) {
      if (!before[i].due || !after[i].due) continue;
      RC_ASSERT(*after[i].due >= *before[i].due);
      RC_ASSERT(*after[i].due <= instant::latest() || after[i].due->is_unknown() || after[i].due->is_never());
    }
  }));
}

TEST(clock_laws, C4_pauses_split_or_repeated_are_the_same) {
  EXPECT_TRUE(holds([] {
    clock_random::incident x;
    grow(x);
    const auto before = x.verdicts();
    // A resume and a pause of the same reason in one instant: no gap (rule C2). Only where no other event of that
    // instant could come between them.
    std::vector<event> more;
    for (const event& e : x.log)
      if (e.kind == sla::event_kind::pause && e.id == 0 && e.reason < x.reasons.size()) {
        auto end = event::resume(e.at, e.reason);
        end.sequence = 1000;
        auto again = event::pause(e.at, e.reason);
        again.sequence = 1001;
        const bool ends_here = std::any_of(x.log.begin(), x.log.end(), [&](const event& o) {
          return o.at == e.at && o.kind == sla::event_kind::resume;
        });
        if (ends_here) continue;
        more.push_back(end);
        more.push_back(again);
      }
    x.log.insert(x.log.end(), more.begin(), more.end());
    auto after = x.verdicts();
    RC_ASSERT(after.size() == before.size());
    for (std::size_t i = 0; i < after.size(); ++i) RC_ASSERT(after[i] == before[i]);
  }));
}

TEST(clock_laws, C4_a_pause_while_closed_costs_nothing) {
  EXPECT_TRUE(holds([] {
    clock_random::incident x;
    grow(x, {.events = 8});
    for (auto& t : x.terms) {
      t.limit = sla::worked(seconds(t.limit.count()));
      t.stopped_by = 0b11111;
    }
    x.reasons.push_back({sla::party::customer, {}});
    for (auto& t : x.terms) t.reasons = x.reasons;
    // An agreed date binds while the promise that counts stands still: which of the two is shown does hang on a pause.
    std::erase_if(x.log, [](const event& e) {
      return e.reason == 4 || (e.kind == sla::event_kind::resume && e.reason == sla::any_reason) ||
             (e.kind == sla::event_kind::extend && e.until.is_finite());
    });
    const auto before = x.verdicts();
    const auto open = x.calendars[0].open();
    for (std::size_t i = 1; i < open.size(); ++i) {
      x.log.push_back(event::pause(open[i - 1].end, 4));
      x.log.push_back(event::resume(open[i].begin, 4));
    }
    const auto after = x.verdicts();
    RC_ASSERT(after.size() == before.size());
    for (std::size_t i = 0; i < after.size(); ++i) {
      RC_ASSERT(after[i].outcome == before[i].outcome);
      RC_ASSERT(after[i].counted == before[i].counted);
      RC_ASSERT(after[i].paused == before[i].paused);
      RC_ASSERT(after[i].breached_at == before[i].breached_at);
      if (after[i].due && before[i].due) RC_ASSERT(*after[i].due == *before[i].due);
    }
  }));
}

TEST(clock_laws, C5_sums_by_party_add_up) {
  EXPECT_TRUE(holds([] {
    clock_random::incident x;
    grow(x);
    for (const sla::verdict& v : x.verdicts()) {
      RC_ASSERT(std::accumulate(v.paused.begin(), v.paused.end(), v.counted) == v.worked);
      RC_ASSERT(std::accumulate(v.attributed.begin(), v.attributed.end(), seconds(0)) <= v.counted);
      if (v.outcome == outcome::breached) RC_ASSERT(v.overdue <= v.overdue_elapsed);
    }
  }));
}

TEST(clock_laws, C7_a_later_look_never_turns_breached_into_met) {
  EXPECT_TRUE(holds([] {
    clock_random::incident x;
    grow(x, {.corrections = false});
    const instant first = some_second(300), second = first + seconds(up_to(200));
    const auto early = x.verdicts(first), late = x.verdicts(second);
    for (std::size_t i = 0; i < early.size(); ++i) {
      RC_ASSERT(i < late.size());
      if (early[i].outcome != outcome::breached) continue;
      RC_ASSERT(late[i].outcome == outcome::breached || late[i].outcome == outcome::waived ||
                late[i].outcome == outcome::cancelled);
      RC_ASSERT(late[i].breached_at == early[i].breached_at);
    }
  }));
}

TEST(clock_laws, C17_looking_only_at_next_change_misses_nothing) {
  EXPECT_TRUE(holds([] {
    clock_random::incident x;
    grow(x);
    const std::vector<sla::warning> warnings{{.at_share = sla::ratio(1, 2), .level = 1},
                                             {.before_due = sla::time_limit(seconds(5)), .level = 2},
                                             {.at_share = sla::ratio(3, 2), .level = 3}};
    for (auto& t : x.terms) t.warnings = warnings;
    // Everything that happens has happened by `from`; after it only time passes.
    const int from = up_to(200);
    std::erase_if(x.log, [&](const event& e) { return e.at > instant::from_unix(from); });
    const auto rows = x.rows();
    const auto seen = [&](int t) {
      std::vector<std::pair<outcome, std::uint32_t>> out;
      for (const auto& v : x.verdicts(instant::from_unix(t))) out.emplace_back(v.outcome, v.warnings);
      return out;
    };
    int t = from;
    auto now = seen(t);
    for (int wakes = 0; wakes < 20; ++wakes) {
      const sla::event_order order(x.log, instant::from_unix(t));
      const instant next = sla::next_change(rows, {x.at_report, 0, 0}, order);
      const int until =
          next.is_finite() ? static_cast<int>(std::min<std::int64_t>(next.unix_seconds(), 330)) : 330;
      RC_ASSERT(until > t);
      for (int k = t + 1; k < until; ++k) RC_ASSERT(seen(k) == now);
      if (until == 330) break;
      RC_ASSERT(seen(until) != now);  // nor is there a needless wake
      now = seen(until);
      t = until;
    }
  }));
}

}  // namespace
}  // namespace clock_laws_test
