// SPDX-License-Identifier: MIT
// The opt-in header for users' tests: its times and its words.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include <sla/calendar/zone_load.hpp>
#include <sla/policy/policy_load.hpp>
#include <sla/testing.hpp>

namespace testing_test {
namespace {

using namespace sla;
using namespace sla::testing;

TEST(local_time, as_the_zone_shows_it) {
  const zone shanghai = load_zone("Asia/Shanghai");
  EXPECT_EQ(rfc3339(local_time("2026-10-12 09:00", shanghai), zone::utc()), "2026-10-12T01:00:00Z");
  EXPECT_EQ(rfc3339(local_time("2026-02-28 23:59:59", shanghai), zone::utc()), "2026-02-28T15:59:59Z");
  const zone berlin = load_zone("Europe/Berlin");
  EXPECT_EQ(rfc3339(local_time("2026-10-25 01:59", berlin), zone::utc()), "2026-10-24T23:59:00Z");
  EXPECT_EQ(rfc3339(local_time("2026-10-25 03:00", berlin), zone::utc()), "2026-10-25T02:00:00Z");
  EXPECT_EQ(rfc3339(local_time("2026-03-29 03:00", berlin), zone::utc()), "2026-03-29T01:00:00Z");
}

TEST(local_time, what_is_no_single_instant_throws) {
  const zone berlin = load_zone("Europe/Berlin");
  for (const char* bad : {"2026-10-25 02:30", "2026-03-29 02:30", "2026-10-12", "2026-02-30 09:00",
                          "2026-10-12 24:00", "2026-10-12T09:00", "2026-10-12 09:0x", "2026-13-01 00:00"})
    EXPECT_THROW((void)local_time(bad, berlin), sla::error) << bad;
}

TEST(matchers, say_what_a_verdict_is) {
  const policy p = load_policy(SLA_EXAMPLES_DIR "/policies/shanghai.toml").value();
  scenario s(p, {.severity = "P1", .tier = "flagship", .region = "urban"}, "2026-10-12 09:00");
  s.at("2026-10-12 09:08", moment::responded);
  EXPECT_EQ(::testing::PrintToString(s.verdict("response")),
            "response #1: met, due 2026-10-12 09:10, done 2026-10-12 09:08");
  EXPECT_EQ(::testing::PrintToString(s.verdict("onsite")), "onsite #1: open, running, due 2026-10-12 10:00");
  EXPECT_THAT(s.verdict("response"), ::testing::Not(IsBreached()));
  EXPECT_THAT(s.verdict("onsite", "2026-10-12 10:01"), IsBreachedAt("2026-10-12 10:00"));
  EXPECT_THAT(s.verdict("onsite", "2026-10-12 10:01"), ::testing::Not(IsBreachedAt("2026-10-12 10:01")));
  EXPECT_THROW((void)s.verdict("onsite", {}, 2), sla::error);
  EXPECT_THROW((void)s.verdict("nonsense"), sla::error);
  EXPECT_THROW(s.pause("2026-10-12 09:10", "nonsense"), sla::error);
}

}  // namespace
}  // namespace testing_test
