// SPDX-License-Identifier: MIT
// Whole incidents under a policy: every ready clock, every part of the grade, and what a result rests on.

#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include <sla/calendar/china.hpp>
#include <sla/policy/assess.hpp>
#include <sla/policy/explain.hpp>

namespace incident_test {
namespace {

using namespace sla;
using namespace sla::literals;
using namespace std::chrono_literals;

constexpr std::string_view severities[]{"P1", "P2"};
constexpr std::string_view tiers[]{"basic"};
constexpr std::string_view regions[]{"urban", "suburban"};
constexpr std::string_view categories[]{"software", "hardware"};
const instant t = std::chrono::sys_days{2026y / 10 / 12} + 1h;  // Monday 09:00 in Shanghai

policy_spec base(std::span<const target_spec> targets) {
  policy_spec s;
  s.name = "incidents";
  s.version = 2026y / 1 / 1;
  s.home = zone::fixed("Asia/Shanghai", 8h);
  s.severities = severities;
  s.tiers = tiers;
  s.regions = regions;
  s.categories = categories;
  s.targets = targets;
  return s;
}
std::vector<verdict> verdicts(const policy& p, const facts& f, const std::vector<event>& log, instant as_of) {
  std::vector<verdict> out;
  for (const verdict& v : assess(p, f, log, as_of)) out.push_back(v);
  return out;
}
std::optional<verdict> of_clock(const std::vector<verdict>& all, clock_id clock) {
  for (const verdict& v : all)
    if (v.clock == clock) return v;
  return std::nullopt;
}

// One moment after another: each of the ten clocks runs from its origin to its own moment.
TEST(incident, C12_every_ready_clock_runs_from_its_origin_to_its_own_moment) {
  constexpr limit_spec limits[]{{"response", 10min}, {"remote_access", 30min}, {"diagnosis", 1h},
                                {"workaround", 2h},  {"onsite", 2h},           {"update", 1h},
                                {"restored", 4h},    {"resolution", 8h},       {"analysis_report", 24h},
                                {"follow_up", 24h}};
  const target_spec rows[]{{.clause = "3", .limits = limits}};
  const policy p(base(rows));
  const facts f =
      p.facts({.severity = "P1", .tier = "basic", .region = "urban", .category = "software", .reported = t});
  const std::vector<event> log{
      event::of(moment::responded, t + 5min),       event::of(moment::remote_connected, t + 10min),
      event::of(moment::diagnosed, t + 20min),      event::of(moment::worked_around, t + 30min),
      event::of(moment::arrived, t + 40min),        event::of(moment::updated, t + 50min),
      event::of(moment::restored, t + 60min),       event::of(moment::resolved, t + 70min),
      event::of(moment::report_delivered, t + 24h), event::of(moment::followed_up, t + 48h)};
  struct expected {
    const char* clock;
    std::chrono::minutes from, done;
    outcome result;
  };
  const expected want[]{
      {"response", 0min, 5min, outcome::met},        {"remote_access", 0min, 10min, outcome::met},
      {"diagnosis", 0min, 20min, outcome::met},      {"workaround", 0min, 30min, outcome::met},
      {"onsite", 0min, 40min, outcome::met},         {"update", 0min, 50min, outcome::met},
      {"restored", 0min, 60min, outcome::met},       {"resolution", 0min, 70min, outcome::met},
      {"analysis_report", 70min, 24h, outcome::met}, {"follow_up", 70min, 48h, outcome::breached}};
  const auto all = verdicts(p, f, log, t + 72h);
  EXPECT_EQ(all.size(), 11U);  // of updates two: the last ends with the repair
  for (const expected& w : want) {
    const auto v = of_clock(all, p.clock(w.clock));
    ASSERT_TRUE(v) << w.clock;
    EXPECT_EQ(v->started, t + w.from) << w.clock;
    EXPECT_EQ(v->done, t + w.done) << w.clock;
    EXPECT_EQ(name(v->outcome), name(w.result)) << w.clock;
  }
  for (const verdict& v : all) {
    if (v.cycle == 1) continue;
    EXPECT_EQ(v.clock, p.clock("update"));
    EXPECT_EQ(v.started, t + 50min);
    EXPECT_EQ(v.done, t + 70min);
  }
}

// On site within 1 h, in the suburbs 2 h, for hardware 4 h; each change names its cause.
TEST(incident, C8_changes_of_region_and_of_category_follow_their_causes) {
  constexpr limit_spec urban[]{{"onsite", 1h}}, suburban[]{{"onsite", 2h}}, hardware[]{{"onsite", 4h}};
  const target_spec rows[]{
      {.clause = "1", .region = "urban", .category = "software", .limits = urban},
      {.clause = "2", .region = "suburban", .category = "software", .limits = suburban},
      {.clause = "3", .category = "hardware", .limits = hardware},
  };
  const policy p(base(rows));
  const auto at = [&](const char* region, const char* category) {
    return p.facts(
        {.severity = "P1", .tier = "basic", .region = region, .category = category, .reported = t});
  };
  const auto onsite = [&](const facts& f, const facts& to, change_cause why, party by = party::nobody) {
    return *of_clock(verdicts(p, f, {event::change(t + 30min, to.at_report, why, by)}, t + 45min),
                     p.clock("onsite"));
  };
  const facts city = at("urban", "software"), far = at("suburban", "software"),
              spare = at("suburban", "hardware");
  // It was in the suburbs all along.
  EXPECT_EQ(onsite(city, far, change_cause::corrected).due, t + 2h);
  EXPECT_EQ(p.clause(onsite(city, far, change_cause::corrected)), "2");
  EXPECT_EQ(onsite(far, city, change_cause::corrected).due, t + 1h);
  // The fault spread to the city: an hour from there, which is sooner than 11:00.
  EXPECT_EQ(onsite(far, city, change_cause::worsened).due, t + 90min);
  // It turned out to be hardware; a longer limit needs the customer's agreement.
  EXPECT_EQ(onsite(far, spare, change_cause::improved).due, t + 2h);
  EXPECT_EQ(onsite(far, spare, change_cause::improved, party::customer).due, t + 4h);
  EXPECT_EQ(p.clause(onsite(far, spare, change_cause::improved, party::customer)), "3");
}

TEST(incident, C19_an_explanation_names_all_that_it_rests_on) {
  constexpr limit_spec limits[]{{"resolution", 8_bh}};
  const target_spec rows[]{{.clause = "3", .calendar = "workdays", .limits = limits}};
  const named_calendar_spec calendars[]{{"workdays",
                                         {.zone = zone::fixed("Asia/Shanghai", 8h),
                                          .hours = "Mon-Fri 08:30-18:00"_hours,
                                          .holidays = china_workdays(),
                                          .cover = {2023y, 2041y}}}};
  policy_spec s = base(rows);
  s.calendars = calendars;
  const policy p(s);
  incident i;
  i.facts =
      p.facts({.severity = "P1", .tier = "basic", .region = "urban", .category = "software", .reported = t});
  const versions rests = explain(p, i, t + 1h).rests_on;
  EXPECT_EQ(rests.policy, (named_version{"incidents", "2026-01-01"}));
  ASSERT_EQ(rests.zones.size(), 1U);
  EXPECT_EQ(rests.zones[0].name, "Asia/Shanghai");
  ASSERT_EQ(rests.holidays.size(), 1U);
  EXPECT_FALSE(rests.holidays[0].version.empty());
  EXPECT_EQ(rests.library, library_version());
}

static_assert(noexcept(assess(std::declval<const policy&>(), facts{}, {}, instant())));
static_assert(noexcept(next_change(std::declval<const policy&>(), facts{}, {}, instant())));
static_assert(noexcept(++std::declval<assessment::iterator&>()));

}  // namespace
}  // namespace incident_test
