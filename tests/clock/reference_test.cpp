// SPDX-License-Identifier: MIT
// The replay against the slow judge, on random incidents of all kinds of events.

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <sstream>
#include <string>

#include "../support/clock_random.hpp"

namespace reference_test {
namespace {

using clock_reference::of;
using clock_reference::tick;

std::optional<tick> ticks(const std::optional<sla::instant>& t) {
  return t ? std::optional<tick>(of(*t)) : std::nullopt;
}

std::string show(const clock_random::incident& x) {
  std::ostringstream out;
  out << "as_of " << x.as_of << " grade " << int(x.at_report) << " endless " << x.hours.endless << " open";
  for (const auto& i : x.calendars[0].open()) out << " [" << of(i.begin) << "," << of(i.end) << ")";
  for (const auto& t : x.terms) {
    out << "\nrow promised " << t.promised << " limit " << t.limit.count()
        << (t.limit.needs_calendar() ? "bs" : "s") << " stopped_by " << t.stopped_by << " landing "
        << int(t.landing) << " changing " << int(t.changing) << " reopening " << int(t.reopening)
        << " repeats " << t.repeats << " closed_by " << !t.closed_by.empty();
    if (t.confirmation)
      out << " confirmation " << t.confirmation->count() << " " << t.confirmation->needs_calendar();
    if (t.cut_off) out << " cut_off " << t.cut_off->count();
  }
  for (const auto& r : x.reasons)
    out << "\nreason by " << int(r.by) << " cap " << (r.cap ? r.cap->count() : -1);
  for (const auto& e : x.log)
    out << "\n"
        << of(e.at) << " kind " << int(e.kind) << " what " << sla::name(e.what) << " reason " << int(e.reason)
        << " to " << int(e.to.severity) << " why " << int(e.why) << " agreed " << int(e.agreed_by) << " by "
        << e.by.count() << " until " << of(e.until) << " seq " << e.sequence << " id " << e.id << " rev "
        << e.revision << (e.retracted ? " retracted" : "") << " clock " << int(e.clock) << " cancel "
        << int(e.cancelled);
  return out.str();
}

// How many incidents each test against the slow judge takes: its own number, or what SLA_REFERENCE_INCIDENTS says, to
// look further than every build can:
//
//     SLA_REFERENCE_INCIDENTS=1000000 ./sla_test_clock --gtest_filter=reference.agrees_on_all_kinds_of_events
std::uint64_t incidents(std::uint64_t usual) {
  const char* given = std::getenv("SLA_REFERENCE_INCIDENTS");
  return given == nullptr ? usual : std::stoull(given);
}

struct tallied {
  std::uint64_t incidents = 0, cycles = 0, received_later = 0;
  std::array<std::uint64_t, 12> kinds{};
  std::array<std::uint64_t, 7> outcomes{};
};

void expect_equal(const clock_random::incident& x, tallied& seen) {
  const auto want = x.expected();
  const auto got = x.verdicts();
  ASSERT_EQ(got.size(), want.size());
  for (std::size_t i = 0; i < got.size(); ++i) {
    const sla::verdict& g = got[i];
    const clock_reference::result& w = want[i];
    SCOPED_TRACE("cycle " + std::to_string(i + 1));
    ++seen.cycles;
    ++seen.outcomes[static_cast<std::size_t>(w.outcome)];
    EXPECT_EQ(g.cycle, w.cycle);
    EXPECT_EQ(sla::name(g.outcome), sla::name(w.outcome));
    EXPECT_EQ(sla::name(g.activity), sla::name(w.activity));
    EXPECT_EQ(ticks(g.started), w.started);
    EXPECT_EQ(ticks(g.due), w.due);
    EXPECT_EQ(ticks(g.done), w.done);
    EXPECT_EQ(ticks(g.breached_at), w.breached_at);
    EXPECT_EQ(g.counted.count(), w.counted);
    EXPECT_EQ(g.worked.count(), w.worked);
    EXPECT_EQ(g.elapsed.count(), w.elapsed);
    EXPECT_EQ(g.remaining.count(), w.remaining);
    EXPECT_EQ(g.overdue.count(), w.overdue);
    EXPECT_EQ(g.overdue_elapsed.count(), w.overdue_elapsed);
    for (std::size_t p = 0; p < sla::party_count; ++p) EXPECT_EQ(g.paused[p].count(), w.paused[p]) << p;
    EXPECT_EQ(g.before_report, w.before_report);
    if (w.unconfirmed) {
      EXPECT_TRUE(g.provisional);
    }
  }
}

tallied many(std::uint64_t usual, std::uint64_t first, const clock_random::shape& how) {
  tallied seen;
  const std::uint64_t seeds = incidents(usual);
  for (std::uint64_t seed = first; seed < first + seeds; ++seed) {
    clock_random::incident x;
    clock_random::generator(seed).fill(x, how);
    expect_equal(x, seen);
    if (::testing::Test::HasFailure()) {
      ADD_FAILURE() << "seed " << seed << "\n" << show(x);
      return seen;
    }
    ++seen.incidents;
    for (const sla::event& e : x.log) ++seen.kinds[static_cast<std::size_t>(e.kind)];
    if (x.terms[x.at_report].cut_off) ++seen.received_later;
  }
  if (seeds == usual) return seen;
  std::cout << seen.incidents << " incidents, " << seen.cycles << " cycles:";
  for (std::size_t i = 0; i < seen.outcomes.size(); ++i)
    std::cout << " " << seen.outcomes[i] << " " << sla::name(static_cast<sla::outcome>(i));
  std::cout << "; records by kind:";
  for (const std::uint64_t n : seen.kinds) std::cout << " " << n;
  std::cout << "; " << seen.received_later << " with a cut-off\n";
  return seen;
}

// The short way against the replay of every record, field for field, and in what follows a reopening; on a verdict that
// still holds another incident's, as hosts reuse them. Half of the logs are plain throughout, a quarter but for reopenings.
TEST(reference, the_short_way_finds_what_the_replay_finds) {
  std::size_t short_ways = 0, goes_on = 0, reopened = 0;
  sla::verdict reused;
  const std::vector<sla::warning> warnings{
      {.at_share = sla::ratio(1, 2), .level = 1},
      {.before_due = sla::time_limit(std::chrono::seconds(5)), .level = 2},
      {.at_share = sla::ratio(3, 2), .level = 3},
      {.level = 4}};
  for (std::uint64_t seed = 1; seed <= 15'000; ++seed) {
    clock_random::incident x;
    clock_random::generator random(seed);
    random.fill(x, {.events = 10});
    std::erase_if(x.log, [&](const sla::event& e) {
      return seed % 4 != 0 && !sla::reports_moment(e.kind) && e.kind != sla::event_kind::pause &&
             e.kind != sla::event_kind::resume && (seed % 4 != 1 || e.kind != sla::event_kind::reopen);
    });
    if (seed % 4 == 1)
      for (auto& t : x.terms) t.confirmation.reset(), t.reopening = sla::on_reopen::new_cycle;
    for (auto& t : x.terms) t.warnings = std::span(warnings).first(t.limit.count() % 2 == 0 ? 4 : 2);
    const auto get = x.rows();
    const sla::instant given =
        random.one_in(3) ? sla::instant::from_unix(random.below(60)) : sla::instant::unknown();
    const sla::event_order order(x.log, sla::instant::from_unix(x.as_of), given);
    const sla::grade g{x.at_report, 0, 0};
    sla::record_positions positions;
    std::optional<sla::instant> due;
    sla::plain_cycle plain(x.terms[x.at_report], order, positions);
    if (!plain.judge(reused, due)) continue;
    ++short_ways;
    sla::verdict want;
    sla::clock_replay replay(get, g, order);
    ASSERT_TRUE(replay.replay(want));
    ASSERT_EQ(reused, want) << "seed " << seed << "\n" << show(x);
    ASSERT_EQ(due, replay.expected_due()) << "seed " << seed;
    if (!order.survey().whole()) ++goes_on;
    sla::clock_replay either(get, g, order);
    ASSERT_TRUE(either.next(reused));
    ASSERT_EQ(reused, want) << "seed " << seed << "\n" << show(x);
    for (bool more = replay.replay(want); more; more = replay.replay(want)) {
      ++reopened;
      ASSERT_TRUE(either.next(reused)) << "seed " << seed << "\n" << show(x);
      ASSERT_EQ(reused, want) << "seed " << seed << "\n" << show(x);
      ASSERT_EQ(either.continued(), replay.continued()) << "seed " << seed << "\n" << show(x);
    }
    ASSERT_FALSE(either.next(reused)) << "seed " << seed << "\n" << show(x);
  }
  EXPECT_GT(short_ways, 4'000U);
  EXPECT_GT(goes_on, 80U);
  EXPECT_GT(reopened, 50U);
}

TEST(reference, agrees_on_short_incidents) { many(5'000, 1, {.events = 5, .reopen_modes = false}); }
TEST(reference, agrees_on_all_kinds_of_events) {
  const tallied seen = many(5'000, 1'000'000, {});
  for (std::size_t k = 0; k < seen.kinds.size(); ++k) EXPECT_GT(seen.kinds[k], 0U) << k;
  for (std::size_t k = 0; k < seen.outcomes.size(); ++k) EXPECT_GT(seen.outcomes[k], 0U) << k;
  EXPECT_GT(seen.received_later, 0U);
}
TEST(reference, agrees_on_many_extensions) { many(4'000, 3'000'000, {.events = 14, .extensions = true}); }
TEST(reference, agrees_on_long_incidents) { many(300, 2'000'000, {.events = 60}); }

}  // namespace
}  // namespace reference_test
