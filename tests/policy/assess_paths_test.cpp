// SPDX-License-Identifier: MIT
// assess takes a short way where it may: its verdicts, next change and steps are those of each clock's replay.

#include <gtest/gtest.h>

#include <optional>
#include <random>
#include <vector>

#include <sla/calendar/china.hpp>
#include <sla/policy/assess.hpp>

namespace assess_paths_test {
namespace {

using namespace std::chrono_literals;
using namespace sla::literals;
using sla::event;
using sla::moment;

const sla::policy& policy() {
  static const sla::policy made = [] {
    static constexpr std::string_view severities[]{"P1"}, tiers[]{"basic"}, stops[]{"resolution"};
    static constexpr sla::limit_spec limits[]{
        {"response", 30min}, {"onsite", 4_bh}, {"update", 1h}, {"resolution", 8_bh}};
    static constexpr sla::target_spec targets[]{{.severity = "P1", .calendar = "office", .limits = limits}};
    static constexpr sla::pause_spec pauses[]{{.name = "wait", .by = sla::party::customer, .stops = stops}};
    static constexpr sla::clock_spec clocks[]{{.name = "resolution", .how = {.confirmation = 24h}}};
    const sla::zone shanghai = sla::zone::posix("Shanghai", "CST-8");
    const sla::named_calendar_spec calendars[]{{"office",
                                                {.zone = shanghai,
                                                 .hours = "Mon-Fri 08:30-18:00"_hours,
                                                 .holidays = sla::china_workdays(),
                                                 .cover = {2026y, 2027y}}}};
    return sla::policy(sla::policy_spec{.name = "paths",
                                        .version = 2026y / 1 / 1,
                                        .home = shanghai,
                                        .severities = severities,
                                        .tiers = tiers,
                                        .calendars = calendars,
                                        .targets = targets,
                                        .clocks = clocks,
                                        .pauses = pauses});
  }();
  return made;
}

TEST(assess, every_way_to_a_verdict_is_the_replay) {
  std::mt19937_64 random(7);
  const auto below = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  const sla::instant first = std::chrono::sys_days{2026y / 10 / 12};
  for (int round = 0; round < 3'000; ++round) {
    const auto fault = policy().facts({.severity = "P1", .tier = "basic", .reported = first});
    std::vector<event> log;
    const auto later = [&] { return first + std::chrono::minutes(below(3'000)); };
    for (const moment m : {moment::responded, moment::arrived, moment::updated, moment::resolved})
      if (below(3) != 0) log.push_back(event::of(m, later()));
    for (int i = below(4); i > 0; --i)
      log.push_back(below(2) == 0 ? event::pause(later(), 0) : event::resume(later()));
    if (below(4) == 0) log.push_back(event::reopen(later()));
    if (below(6) == 0) log.push_back(event::reject(later()));
    if (below(8) == 0) log.push_back(event::waive(later(), sla::party::customer));
    if (below(8) == 0)
      log.push_back(event::cancel(later(), sla::cancel_cause::duplicate, sla::party::customer));
    const sla::instant as_of = later();
    const sla::event_order order(log, as_of, fault.reported);
    std::vector<sla::verdict> want, got;
    std::optional<sla::instant> next;
    for (std::size_t c = 0; c < policy().clock_count(); ++c) {
      const sla::detail::clock_rows rows{&policy(), fault.tier, fault.channel, static_cast<sla::clock_id>(c)};
      sla::clock_replay replay(sla::terms_source(rows), fault.at_report, order);
      for (sla::verdict v; replay.replay(v);) {
        want.push_back(v);
        const auto change = sla::next_change(replay, v, as_of);
        next = next ? std::min(*next, change) : change;
      }
    }
    auto seen = sla::assess(policy(), fault, log, as_of);
    for (auto i = seen.begin(); i != seen.end(); ++i) {
      got.push_back(*i);
      std::optional<sla::outcome> told;
      seen.explain([&](const sla::clock_step& s) {
        EXPECT_EQ(s.cycle, i->cycle);
        if (s.kind == sla::step_kind::judged) told = s.result;
      });
      EXPECT_EQ(told, i->outcome);
      // Of updates a cycle may also begin with the one before it.
      if (i->clock != policy().clock("update")) {
        EXPECT_EQ(seen.continued().has_value(), i->cycle > 1);
      }
    }
    ASSERT_EQ(got, want) << round;
    EXPECT_EQ(sla::next_change(policy(), fault, log, as_of), *next);
    if (::testing::Test::HasFailure()) return;
  }
}

}  // namespace
}  // namespace assess_paths_test
