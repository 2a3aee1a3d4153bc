// SPDX-License-Identifier: MIT
// Policies in the like of published contracts (examples/policies/redhat_like, aws_like, alibaba_like), each figure worked
// by hand from the published text.

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sla/calendar/local_text.hpp>
#include <sla/policy/assess.hpp>
#include <sla/policy/figures.hpp>
#include <sla/policy/policy_load.hpp>
#include <sla/policy/statement.hpp>

namespace published_policies_test {
namespace {

using namespace sla;
using namespace sla::literals;
using namespace std::chrono_literals;

policy shipped(const std::string& name) {
  auto file = load_policy(std::string(SLA_EXAMPLES_DIR) + "/policies/" + name + ".toml");
  EXPECT_EQ(file.diagnostics().print(), "");
  return std::move(file).value();
}
instant utc(unsigned month, unsigned day, std::chrono::seconds time) {
  return std::chrono::sys_days(2026y / static_cast<int>(month) / static_cast<int>(day)) + time;
}

// --- Red Hat: 1 bh, 4 bh, 1 bd, 2 bd; premium 1 h and 2 h day and night -----------------------------------------

TEST(redhat_like, first_and_ongoing_responses) {
  const policy p = shipped("redhat_like");
  const struct {
    std::string_view severity, standard, ongoing, premium, premium_ongoing;
  } rows[]{{"S1", "1bh", "1bh", "1h", "1h"},
           {"S2", "4bh", "4bh", "2h", "4h"},
           {"S3", "1bd", "1bd", "4bh", "8bh"},
           {"S4", "2bd", "2bd", "8bh", "2bd"}};
  for (const auto& r : rows) {
    const auto limit = [&](std::string_view tier, std::string_view clock) {
      return to_string(p.terms(p.facts({.severity = r.severity, .tier = tier}))[p.clock(clock)].limit);
    };
    EXPECT_EQ(limit("standard", "response"), r.standard);
    EXPECT_EQ(limit("standard", "update"), r.ongoing);
    EXPECT_EQ(limit("premium", "response"), r.premium);
    EXPECT_EQ(limit("premium", "update"), r.premium_ongoing);
  }
}

TEST(redhat_like, over_a_weekend_and_thanksgiving) {
  const policy p = shipped("redhat_like");
  const auto due = [&](std::string_view severity, std::string_view tier, instant reported) {
    for (const verdict& v : assess(p, p.facts({.severity = severity, .tier = tier, .reported = reported}),
                                   std::vector<event>(), reported))
      if (v.clock == p.clock("response")) return local_text(*v.due, p.home());
    return std::string("none");
  };
  // Friday 16 October, 16:30 in New York is 20:30 UTC; the office closes at 17:00.
  const instant friday = utc(10, 16, 20h + 30min);
  EXPECT_EQ(due("S1", "standard", friday), "2026-10-19 09:30");
  EXPECT_EQ(due("S1", "premium", friday), "2026-10-16 17:30");
  EXPECT_EQ(due("S2", "standard", friday), "2026-10-19 12:30");
  EXPECT_EQ(due("S3", "standard", friday), "2026-10-19 17:00");
  EXPECT_EQ(due("S4", "standard", friday), "2026-10-20 17:00");
  // Wednesday 25 November, 16:30 (21:30 UTC, winter time): Thursday is Thanksgiving.
  EXPECT_EQ(due("S1", "standard", utc(11, 25, 21h + 30min)), "2026-11-27 09:30");
}

TEST(redhat_like, ongoing_responses_wait_for_the_customer) {
  const policy p = shipped("redhat_like");
  const instant t = utc(10, 16, 14h);  // 10:00
  const facts f = p.facts({.severity = "S1", .tier = "premium", .reported = t});
  const reason_id waiting = *p.find_reason("waiting_on_customer");
  const std::vector<event> log{
      event::of(moment::responded, t + 20min),    event::of(moment::updated, t + 70min),
      event::pause(t + 80min, waiting),           event::resume(t + 8h, waiting),
      event::of(moment::updated, t + 8h + 40min), event::of(moment::resolved, t + 9h)};
  std::vector<outcome> ongoing;
  for (const verdict& v : assess(p, f, log, t + 24h))
    if (v.clock == p.clock("update")) ongoing.push_back(v.outcome);
  // 50 min after the first response; 10 min before and 40 min after the wait.
  ASSERT_GE(ongoing.size(), 2U);
  EXPECT_EQ(ongoing[0], outcome::met);
  EXPECT_EQ(ongoing[1], outcome::met);
}

// --- Amazon: 99.99 %, steps of 10, 30 and 100 % -----------------------------------------------------------------

TEST(aws_like, steps_and_the_dollar) {
  const policy p = shipped("aws_like");
  const window september = calendar_month(2026y / 9, p.home());  // 2,592,000 s
  const auto owed = [&](std::chrono::seconds down, std::int64_t cents) {
    const contract c{.id = "c", .services = {"ec2"}, .monthly_fee = money::minor(cents, usd)};
    const std::vector<service_outage> outages{{"ec2", "o", {.span = {utc(9, 3, 0h), utc(9, 3, 0h) + down}}}};
    const std::vector<contract_claim> claims{{"c", {"service credits", "", utc(10, 20, 0h)}}};
    const statement s = draw_up(p, c, september, {}, outages, utc(12, 1, 0h), {.claims = claims});
    EXPECT_TRUE(s.is_defined());
    return s.money.total.minor_units();
  };
  EXPECT_EQ(owed(259s, 1'000'000), 0) << "0.01 % of the month is 259.2 s";
  EXPECT_EQ(owed(260s, 1'000'000), 100'000);
  EXPECT_EQ(owed(25'920s, 1'000'000), 100'000) << "at 99 % exactly, the milder row";
  EXPECT_EQ(owed(25'921s, 1'000'000), 300'000);
  EXPECT_EQ(owed(129'600s, 1'000'000), 300'000);
  EXPECT_EQ(owed(129'601s, 1'000'000), 1'000'000);
  EXPECT_EQ(owed(260s, 1'000), 0) << "one dollar is not more than one dollar";
  EXPECT_EQ(owed(260s, 1'010), 101);
}

TEST(aws_like, a_claim_by_the_end_of_the_second_cycle) {
  const policy p = shipped("aws_like");
  const window september = calendar_month(2026y / 9, p.home());
  const claim_rule& rule = p.claims(0).front();
  const interval open = admissible(rule.terms, september.span, september.span.end, p.home(), rule.workdays);
  EXPECT_EQ(open.begin, utc(10, 1, 0h));
  EXPECT_EQ(open.end, utc(12, 1, 0h)) << "two months from 30 September end on 30 November";
}

// --- Alibaba: 99.975 %, whole minutes, vouchers from the fifth workday --------------------------------------------

TEST(alibaba_like, whole_minutes_and_vouchers) {
  const policy p = shipped("alibaba_like");
  const auto at = [](unsigned month, unsigned day, std::chrono::seconds t) {
    return utc(month, day, t) - 8h;
  };
  const window october = calendar_month(2026y / 10, p.home());  // 31 x 1,440 = 44,640 minutes
  const auto drawn_up = [&](std::chrono::seconds down, instant claimed, instant as_of) {
    const contract c{.id = "c",
                     .tier = *p.find_tier("instance"),
                     .services = {"ecs"},
                     .monthly_fee = money::minor(300'000, cny)};
    const std::vector<service_outage> outages{
        {"ecs", "o", {.span = {at(10, 12, 9h), at(10, 12, 9h) + down}}}};
    const std::vector<contract_claim> claims{{"c", {"4", "", claimed}}};
    return draw_up(p, c, october, {}, outages, as_of, {.claims = claims});
  };
  const instant in_time = at(11, 20, 0h), later = at(2, 1, 0h) + std::chrono::days(365);
  const auto voucher = [&](std::chrono::seconds down) {
    for (const form_total& t : drawn_up(down, in_time, later).money.totals)
      if (t.form == remedy_form::voucher) return t.amount.minor_units();
    return std::int64_t{-1};
  };
  // 0.025 % of 44,640 minutes is 11.16: eleven whole minutes are kept, twelve are missed.
  EXPECT_EQ(voucher(11min + 59s), 0);
  EXPECT_EQ(voucher(12min), 30'000);
  EXPECT_EQ(voucher(59s), 0) << "no whole minute";
  EXPECT_EQ(voucher(447min), 75'000) << "1 % is 446.4 minutes";
  EXPECT_EQ(voucher(2'233min), 300'000) << "5 % is 2,232 minutes";
  EXPECT_EQ(voucher(2'232min), 75'000);
  // November 2026 begins on a Sunday: the fifth workday is Friday the 6th; two months end on 31 December.
  const auto state = [&](instant claimed) {
    return drawn_up(12min, claimed, later).money.lines[0].claim.state;
  };
  EXPECT_EQ(state(at(11, 6, 0h)), claim_state::claimed);
  EXPECT_EQ(state(at(11, 6, 0h) - 1s), claim_state::forfeited) << "too early counts for nothing";
  EXPECT_EQ(state(at(12, 31, 24h) - 1s), claim_state::claimed);
  EXPECT_EQ(state(at(12, 31, 24h)), claim_state::forfeited);
}

}  // namespace
}  // namespace published_policies_test
