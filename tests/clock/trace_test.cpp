// SPDX-License-Identifier: MIT
// The steps of a judgment are all that led to it: a verdict computed again from them alone, second by second, is the
// verdict.

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <sstream>
#include <vector>

#include <sla/clock/trace.hpp>

#include "../support/clock_log.hpp"
#include "../support/clock_random.hpp"

namespace trace_test {
namespace {

using clock_log::on;
using clock_reference::of;
using clock_reference::tick;
using namespace std::chrono_literals;
using namespace sla::literals;
using sla::clock_step;
using sla::event;
using sla::moment;
using sla::outcome;
using sla::party;
using sla::step_kind;

std::vector<clock_step> steps_of(const sla::clock_replay& replay) {
  std::vector<clock_step> out;
  replay.explain([&](const clock_step& s) { out.push_back(s); });
  return out;
}
const clock_step* last(const std::vector<clock_step>& steps, step_kind kind) {
  const clock_step* found = nullptr;
  for (const clock_step& s : steps)
    if (s.kind == kind) found = &s;
  return found;
}

struct recomputed {
  std::optional<tick> started, done, due, breached_at;
  tick counted = 0, elapsed = 0, remaining = 0, overdue = 0, overdue_elapsed = 0;
  std::array<tick, sla::party_count> paused{};
  sla::outcome outcome = sla::outcome::open;
};

// The terms by which a count goes on from a tick, until so much is used up.
struct phase {
  tick at;
  const sla::clock_terms* terms;
  tick amount;
};

// From the steps and the open seconds of the calendar. What comes after the stop that stands moves nothing any more, nor
// does what came between a stop and the reopening that takes the count back to it.
recomputed recompute(std::vector<clock_step> steps, const clock_reference::hours& hours) {
  recomputed v;
  for (std::size_t i = 0, stop = 0; i < steps.size(); ++i) {
    if (steps[i].kind == step_kind::stop) stop = i;
    if (steps[i].kind == step_kind::reopening && steps[i].from < steps[i].at)
      for (std::size_t k = stop + 1; k < i; ++k)
        if (steps[k].kind == step_kind::change) steps[k].effect = sla::change_effect::none;
  }
  std::map<tick, sla::reason_mask> active;
  std::vector<std::pair<tick, tick>> closed;
  const clock_step* promise =
      steps.back().result == sla::outcome::not_applicable ? nullptr : last(steps, step_kind::due);
  std::optional<tick> waived;
  bool cancelled = false, removed = false;
  std::size_t counts = steps.size();
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const step_kind k = steps[i].kind;
    if (k == step_kind::stop) counts = i;
    if (k == step_kind::rejection || k == step_kind::reopening) counts = steps.size();
  }
  std::vector<phase> phases;
  const sla::clock_terms* row = steps.front().terms;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const clock_step& s = steps[i];
    const tick at = of(s.at);
    if (s.kind == step_kind::start) {
      v.started = at;
      row = s.terms;  // a change may have come before
    }
    const bool sets =
        s.kind == step_kind::start || s.kind == step_kind::pausing || s.kind == step_kind::reopening;
    // A start may be received later than what is told after it.
    if (sets && i < counts) active[std::max(at, v.started.value_or(at))] = s.active;
    if (s.kind == step_kind::change && i < counts && promise != nullptr) {
      // What was used is carried on; what was not counted from there began anew.
      if (s.effect == sla::change_effect::carry && of(promise->from) < at)
        phases.push_back({at, row, s.amount.count()});
      if (s.effect != sla::change_effect::none) row = s.terms;
    }
    if (s.kind == step_kind::reopening && s.from < s.at) closed.emplace_back(of(s.from), at);
    if (s.kind == step_kind::stop) v.done = at;
    if (s.kind == step_kind::rejection || s.kind == step_kind::reopening) v.done.reset();
    if (s.kind == step_kind::waiver) waived = at;
    if (s.kind != step_kind::cancellation) continue;
    removed = s.record->cancelled != sla::cancel_cause::withdrawn && s.record->agreed_by == party::customer;
    cancelled = !v.done;
  }
  const tick end = of(steps.back().at);
  v.elapsed = std::max<tick>(end - *v.started, 0);
  if (promise == nullptr) {
    v.outcome = sla::outcome::not_applicable;
    return v;
  }
  phases.push_back({std::numeric_limits<tick>::max(), promise->terms, promise->amount.count()});
  const auto covered = [&](tick t) { return t < static_cast<tick>(hours.open.size()); };
  const auto open = [&](const sla::clock_terms& by, tick t) {
    return !by.limit.needs_calendar() || (t >= 0 && covered(t) && hours.open[static_cast<std::size_t>(t)]);
  };
  std::map<std::size_t, tick> caps;
  std::optional<tick> reached;
  tick counted = 0;
  std::size_t now_in = 0;
  for (tick t = of(promise->from);; ++t) {
    while (t >= phases[now_in].at) {
      ++now_in;
      reached.reset();
    }
    const bool last_phase = now_in + 1 == phases.size();
    const sla::clock_terms& terms = *phases[now_in].terms;
    if (!reached && counted >= phases[now_in].amount) reached = t;
    if (t == end) v.counted = counted;
    if (t >= end && last_phase && (reached || t > 6'000)) break;
    sla::reason_mask now = 0;
    for (const auto& [at, mask] : active)
      if (at <= t) now = mask;
    party by = party::nobody;
    bool stopped = false, customers = true;
    std::vector<std::size_t> capped;
    for (std::size_t i = 0; i < terms.reasons.size() && !reached; ++i) {
      const sla::pause_reason& r = terms.reasons[i];
      if (((now & terms.stopped_by) >> i & 1U) == 0) continue;
      if (r.cap && caps[i] >= r.cap->count()) continue;
      if (r.cap) capped.push_back(i);
      stopped = true;
      by = std::min(by, r.by);
      customers = customers && r.by == party::customer;
    }
    if (!open(terms, t)) continue;
    bool shut = false;
    for (const auto& [a, b] : closed) shut = shut || (!reached && a <= t && t < b);
    if (!shut && !stopped) {
      ++counted;
      continue;
    }
    if (t < end) ++v.paused[static_cast<std::size_t>(shut ? party::nobody : by)];
    if (!shut && customers)
      for (const std::size_t i : capped) ++caps[i];
  }

  const sla::clock_terms& terms = *promise->terms;
  if (reached) {
    tick stands = *reached;
    if (terms.landing == sla::due_at::next_opening && terms.limit.needs_calendar()) {
      while (covered(stands) && !open(terms, stands)) ++stands;
      if (!covered(stands)) stands = hours.endless ? clock_reference::unknown : *reached;
    }
    v.due = std::max(stands, of(promise->agreed));
  }
  v.outcome =
      v.due && *v.due < end ? sla::outcome::breached : (v.done ? sla::outcome::met : sla::outcome::open);
  if (v.outcome == sla::outcome::breached) {
    v.breached_at = std::max(*v.due, of(promise->not_before));
    v.overdue_elapsed = end - *v.due;
    for (tick t = *v.due; t < end; ++t) v.overdue += open(terms, t) ? 1 : 0;
  } else {
    v.remaining = std::max<tick>(promise->amount.count() - v.counted, 0);
    tick left = 0;
    for (tick t = end; t < of(promise->agreed); ++t) left += open(terms, t) ? 1 : 0;
    v.remaining = std::max(v.remaining, left);
  }
  if (waived && !(v.outcome == sla::outcome::met && *v.done <= *waived)) v.outcome = sla::outcome::waived;
  if (cancelled && !v.done && v.outcome == sla::outcome::open) v.outcome = sla::outcome::cancelled;
  if (removed && v.outcome == sla::outcome::breached) v.outcome = sla::outcome::cancelled;
  return v;
}

TEST(trace, a_verdict_computed_again_from_its_steps_is_the_verdict) {
  std::size_t compared = 0, carried = 0, landed = 0, removed = 0;
  for (std::uint64_t seed = 1; seed <= 15'000; ++seed) {
    clock_random::incident x;
    clock_random::generator random(seed);
    random.fill(x, {.events = 10});
    const auto get = x.rows();
    const sla::event_order order(x.log, sla::instant::from_unix(x.as_of));
    sla::clock_replay replay(get, {x.at_report, 0, 0}, order);
    for (sla::verdict v; replay.next(v);) {
      const auto steps = steps_of(replay);
      ASSERT_FALSE(steps.empty());
      EXPECT_EQ(steps.front().kind, step_kind::row);
      if (!v.started) {
        EXPECT_EQ(last(steps, step_kind::start), nullptr);
        continue;
      }
      std::vector<clock_step> facts = steps;  // what comes after the comparison are warnings
      std::erase_if(facts, [](const clock_step& s) { return s.kind == step_kind::warning; });
      ASSERT_EQ(facts.back().kind, step_kind::judged);
      EXPECT_EQ(facts.back().result, v.outcome);
      const recomputed again = recompute(facts, x.hours);
      SCOPED_TRACE("seed " + std::to_string(seed) + " cycle " + std::to_string(v.cycle));
      EXPECT_EQ(again.started, of(*v.started));
      EXPECT_EQ(again.done, v.done ? std::optional<tick>(of(*v.done)) : std::nullopt);
      if (v.outcome == outcome::undetermined) continue;
      EXPECT_EQ(sla::name(again.outcome), sla::name(v.outcome));
      if (v.outcome == outcome::not_applicable) continue;
      ++compared;
      EXPECT_EQ(again.counted, v.counted.count());
      for (std::size_t p = 0; p < sla::party_count; ++p) EXPECT_EQ(again.paused[p], v.paused[p].count()) << p;
      EXPECT_EQ(again.elapsed, v.elapsed.count());
      EXPECT_EQ(again.breached_at, v.breached_at ? std::optional<tick>(of(*v.breached_at)) : std::nullopt);
      EXPECT_EQ(again.remaining, v.remaining.count());
      EXPECT_EQ(again.overdue, v.overdue.count());
      EXPECT_EQ(again.overdue_elapsed, v.overdue_elapsed.count());
      if (again.due && v.due && v.due->is_finite()) {
        EXPECT_EQ(*again.due, of(*v.due));
      }
      const sla::clock_terms& by = *last(facts, step_kind::due)->terms;
      if (last(facts, step_kind::change) != nullptr && by.changing == sla::on_change::carry) ++carried;
      if (by.landing == sla::due_at::next_opening && by.limit.needs_calendar()) ++landed;
      if (v.outcome == outcome::cancelled && v.breached_at) ++removed;
    }
    if (::testing::Test::HasFailure()) return;
  }
  EXPECT_GT(compared, 3'000U);
  EXPECT_GT(carried, 100U);
  EXPECT_GT(landed, 300U);
  EXPECT_GT(removed, 40U);
}

// P3 of 4 h, paused 10:00-11:30, worsened at 12:00 to P1 of 1 h: due at 13:00, the earlier; done 13:30.
TEST(trace, every_step_of_a_worsened_and_paused_clock) {
  const std::vector<sla::pause_reason> waits{{party::customer, {}}};
  const sla::clock_terms p3{.target = 3, .limit = 4h, .stopped_by = 1, .reasons = waits};
  const sla::clock_terms p1{.target = 1, .limit = 1h, .stopped_by = 1, .reasons = waits};
  const auto rows = [&](const sla::grade& g) noexcept { return g.severity == 1 ? &p1 : &p3; };
  const std::vector<event> log{event::of(moment::reported, on(12, 9h)), event::pause(on(12, 10h), 0),
                               event::resume(on(12, 11h + 30min), 0),
                               event::change(on(12, 12h), {1, 0, 0}, sla::change_cause::worsened),
                               event::of(moment::resolved, on(12, 13h + 30min))};
  const sla::event_order order(log, on(12, 15h));
  sla::clock_replay replay(rows, {3, 0, 0}, order);
  sla::verdict v;
  ASSERT_TRUE(replay.next(v));
  const auto steps = steps_of(replay);
  const std::vector<step_kind> want{step_kind::row,     step_kind::start,  step_kind::pausing,
                                    step_kind::pausing, step_kind::change, step_kind::stop,
                                    step_kind::due,     step_kind::judged};
  ASSERT_EQ(steps.size(), want.size());
  for (std::size_t i = 0; i < want.size(); ++i) EXPECT_EQ(sla::name(steps[i].kind), sla::name(want[i])) << i;
  EXPECT_EQ(steps[0].terms->target, 3U);
  EXPECT_EQ(steps[1].due, on(12, 13h));
  EXPECT_EQ(steps[2].active, 1U);
  EXPECT_FALSE(steps[2].due);
  EXPECT_EQ(steps[3].used.counted, 1h);
  EXPECT_EQ(steps[3].used.paused[0], 90min);
  EXPECT_EQ(steps[3].due, on(12, 14h + 30min));
  // The change, with both measures: 1.5 h used of the old row; the new one from the start would have been due before.
  EXPECT_EQ(steps[4].effect, sla::change_effect::add_from_change);
  EXPECT_EQ(steps[4].record, &log[3]);
  EXPECT_EQ(steps[4].due_before, on(12, 14h + 30min));
  EXPECT_EQ(steps[4].used.counted, 1h + 30min);
  EXPECT_EQ(steps[4].due_new, on(12, 10h));
  EXPECT_EQ(steps[4].due, on(12, 13h));
  EXPECT_EQ(steps[6].terms->target, 1U);
  EXPECT_EQ(steps[6].from, on(12, 12h));
  EXPECT_EQ(steps[6].amount, 1h);
  EXPECT_EQ(steps[7].result, outcome::breached);
}

// C9: from office hours to the wall clock. 17:00 to 18:00 is one hour by the office and, seen at 20:00, three on the
// wall: both are told.
TEST(trace, C9_a_change_of_calendar_tells_both_measures) {
  const sla::clock_terms office{
      .limit = 4_bh, .calendar = &clock_log::office(), .changing = sla::on_change::remeasure};
  const sla::clock_terms wall{.limit = 6h};
  const auto rows = [&](const sla::grade& g) noexcept { return g.severity == 1 ? &wall : &office; };
  const std::vector<event> log{event::of(moment::reported, on(12, 17h)),
                               event::change(on(12, 20h), {1, 0, 0}, sla::change_cause::corrected)};
  const sla::event_order order(log, on(12, 21h));
  sla::clock_replay replay(rows, {}, order);
  sla::verdict v;
  ASSERT_TRUE(replay.next(v));
  const auto steps = steps_of(replay);
  const clock_step* change = last(steps, step_kind::change);
  ASSERT_NE(change, nullptr);
  EXPECT_EQ(change->used.counted, 1h);
  EXPECT_EQ(change->due_before, on(13, 11h + 30min));
  EXPECT_EQ(change->used_new.counted, 3h);
  EXPECT_EQ(change->due_new, on(12, 23h));
  EXPECT_EQ(change->due, on(12, 23h));
  EXPECT_EQ(v.due, on(12, 23h));
}

TEST(trace, rejection_extension_waiver_and_warnings_are_told) {
  const std::vector<sla::warning> warnings{{.at_share = sla::ratio(1, 2), .level = 1}};
  const sla::clock_terms t{.limit = 4h, .warnings = warnings, .confirmation = 24h};
  const std::vector<event> log{event::of(moment::reported, on(12, 9h)),
                               event::extend(on(12, 10h), 1h, party::customer),
                               event::of(moment::resolved, on(12, 12h)), event::reject(on(12, 13h)),
                               event::waive(on(12, 15h), party::customer)};
  const sla::event_order order(log, on(12, 16h));
  sla::clock_replay replay(t, {}, order);
  sla::verdict v;
  ASSERT_TRUE(replay.next(v));
  EXPECT_EQ(v.outcome, outcome::waived);
  const auto steps = steps_of(replay);
  ASSERT_NE(last(steps, step_kind::extension), nullptr);
  EXPECT_EQ(last(steps, step_kind::extension)->due_before, on(12, 13h));
  EXPECT_EQ(last(steps, step_kind::extension)->due, on(12, 14h));
  ASSERT_NE(last(steps, step_kind::rejection), nullptr);
  EXPECT_EQ(last(steps, step_kind::rejection)->at, on(12, 13h));
  ASSERT_NE(last(steps, step_kind::waiver), nullptr);
  ASSERT_NE(last(steps, step_kind::warning), nullptr);
  EXPECT_EQ(last(steps, step_kind::warning)->due, on(12, 11h + 30min));
  EXPECT_EQ(last(steps, step_kind::judged)->due, on(12, 14h));
  std::set<std::string_view> names;
  for (std::size_t i = 0; i < sla::step_kind_count; ++i) names.insert(sla::name(static_cast<step_kind>(i)));
  EXPECT_EQ(names.size(), sla::step_kind_count);
}

}  // namespace
}  // namespace trace_test
