// SPDX-License-Identifier: MIT
// How an integrator tests a policy: the contract's own cases, in the contract's own words.

#include <gtest/gtest.h>

#include <chrono>

#include <sla/policy/policy_load.hpp>
#include <sla/testing.hpp>

namespace {

using namespace std::chrono_literals;
using namespace sla::literals;
using namespace sla::testing;
using ::testing::AllOf;
using ::testing::Not;

const sla::policy& shanghai() {
  static const sla::policy p = sla::load_policy(SLA_EXAMPLES_DIR "/policies/shanghai.toml").value();
  return p;
}
scenario urban_p1() {
  return {shanghai(), {.severity = "P1", .tier = "flagship", .region = "urban"}, "2026-10-12 09:00"};
}

TEST(shanghai, a_fatal_fault_is_answered_within_ten_minutes) {
  scenario s = urban_p1();
  s.at("2026-10-12 09:10", sla::moment::responded);
  EXPECT_THAT(s.verdict("response"), AllOf(IsMet(), HasLimit(10min), IsByClause("3.1")));
}

TEST(shanghai, a_second_late_is_late) {
  scenario s = urban_p1();
  s.at("2026-10-12 09:10:01", sla::moment::responded);
  EXPECT_THAT(s.verdict("response"), IsBreachedAt("2026-10-12 09:10"));
}

TEST(shanghai, the_suburbs_give_two_hours_on_site) {
  scenario s(shanghai(), {.severity = "P1", .tier = "flagship", .region = "suburban"}, "2026-10-12 09:00");
  EXPECT_THAT(s.verdict("onsite"), IsDueAt("2026-10-12 11:00"));
  EXPECT_THAT(urban_p1().verdict("onsite"), IsDueAt("2026-10-12 10:00"));
}

TEST(shanghai, waiting_for_access_stops_the_visit_and_not_the_answer) {
  scenario s = urban_p1();
  s.pause("2026-10-12 09:20", "customer_access");
  EXPECT_THAT(s.verdict("onsite", "2026-10-12 09:30"), IsPaused());
  EXPECT_THAT(s.verdict("response", "2026-10-12 09:30"), IsBreached());
  s.resume("2026-10-12 10:00");
  EXPECT_THAT(s.verdict("onsite"), AllOf(IsOpen(), Not(IsPaused()), IsDueAt("2026-10-12 10:40")));
}

TEST(shanghai, the_basic_package_rests_over_the_national_day_week) {
  scenario s(shanghai(), {.severity = "P2", .tier = "basic", .region = "urban"}, "2026-09-30 17:55");
  EXPECT_THAT(s.verdict("response"), AllOf(HasLimit(30_bmin), IsDueAt("2026-10-08 08:55")));
}

TEST(shanghai, nobody_is_promised_a_visit_for_a_headset) {
  scenario s(shanghai(), {.severity = "P3", .tier = "enterprise", .region = "urban"}, "2026-10-12 09:00");
  EXPECT_THAT(s.verdict("onsite"), IsNotPromised());
}

}  // namespace
