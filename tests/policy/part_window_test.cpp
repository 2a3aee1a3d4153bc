// SPDX-License-Identifier: MIT
// A contract that begins inside a window: every reading where the policy is silent, one where it is not.

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include <sla/policy/policy_load.hpp>
#include <sla/policy/portfolio.hpp>
#include <sla/report/json.hpp>
#include <sla/report/text.hpp>

namespace part_window_test {
namespace {

using namespace sla;
using namespace std::chrono_literals;

policy steps_with(const std::string& compensation) {
  return parse_policy("x.toml",
                      "policy = \"x\"\nversion = 2026-01-01\nzone = \"Asia/Shanghai\"\ncurrency = \"CNY\"\n"
                      "severities = [\"P1\"]\ntiers = [\"a\"]\n[[availability]]\ntarget = \"99.9%\"\n"
                      "window = \"calendar month\"\n[[credit]]\nclause = \"5\"\nmetric = \"availability\"\n"
                      "below = [[\"99.9%\", \"10%\"], [\"99%\", \"30%\"]]\nbase = \"monthly fee\"\n" +
                          compensation)
      .value();
}
instant at(std::chrono::year_month_day d, int hour) {
  return instant(std::chrono::sys_days(d)) + std::chrono::hours(hour - 8);
}
contract from(std::chrono::year_month_day d) {
  return {.id = "C", .services = {"s"}, .monthly_fee = money::minor(900'000, cny), .from = d};
}
// One hour on the 3rd, one on the 20th.
const std::vector<service_outage> outages{
    {"s", "1", {.span = {at(2026y / 10 / 3, 9), at(2026y / 10 / 3, 10)}}},
    {"s", "2", {.span = {at(2026y / 10 / 20, 9), at(2026y / 10 / 20, 10)}}}};
statement october(const policy& p, const contract& c) {
  const window w = calendar_month(2026y / 10, p.home());
  return draw_up(p, c, w, {}, outages, w.span.end);
}

TEST(part_window, M10_a_silent_policy_has_every_reading_and_owes_the_least) {
  const policy p = steps_with("");
  const statement s = october(p, from(2026y / 10 / 16));
  ASSERT_EQ(s.window_readings.size(), 4U);
  EXPECT_FALSE(s.is_defined());
  EXPECT_EQ(s.window_readings[0].part, part_rule::skip);
  EXPECT_EQ(s.window_readings[0].money.total, money::minor(0, cny));
  EXPECT_EQ(s.window_readings[0].favours, favoured::vendor);
  // 3,600 of 1,382,400 s: 99.74 %. 10 % of 16/31 of 9,000.00 is 464.516.
  EXPECT_EQ(s.window_readings[1].part, part_rule::clip_by_days);
  EXPECT_EQ(s.window_readings[1].money.total, money::minor(46'452, cny));
  EXPECT_EQ(s.window_readings[1].favours, favoured::nobody);
  EXPECT_EQ(s.window_readings[2].part, part_rule::clip_whole_fee);
  EXPECT_EQ(s.window_readings[2].money.total, money::minor(90'000, cny));
  EXPECT_EQ(s.window_readings[3].part, part_rule::full);
  EXPECT_EQ(s.window_readings[3].money.total, money::minor(90'000, cny)) << "7,200 of 2,678,400 s: 99.73 %";
  EXPECT_EQ(s.window_readings[3].favours, favoured::customer);
  EXPECT_EQ(s.money.total, money::minor(0, cny));
  EXPECT_EQ(s.measured.denominator, std::chrono::seconds(16 * 24h))
      << "what is shown is measured from the first date on";

  const std::string text = to_text(p, s);
  EXPECT_NE(text.find("undefined by the contract: it begins inside the window"), text.npos);
  EXPECT_NE(text.find("clip, fee by days  nobody        464.52 CNY"), text.npos) << text;
  EXPECT_NE(text.find("Total owed 0.00 CNY on any reading"), text.npos);
  EXPECT_NE(to_json(p, s).find("\"part_window\": \"clip, whole fee\""), text.npos);
}

TEST(part_window, M10_a_stated_rule_settles_it) {
  struct stated {
    const char* rule;
    std::int64_t cents;
  };
  for (const auto& [rule, cents] : {stated{"clip, fee by days", 46'452}, stated{"clip, whole fee", 90'000},
                                    stated{"full", 90'000}, stated{"skip", 0}}) {
    const policy p = steps_with("[compensation]\npart_window = \"" + std::string(rule) + "\"\n");
    const statement s = october(p, from(2026y / 10 / 16));
    EXPECT_TRUE(s.is_defined());
    EXPECT_EQ(s.money.total, money::minor(cents, cny)) << rule;
    EXPECT_EQ(name(s.part.value()), rule);
    EXPECT_NE(to_text(p, s).find("The contract begins inside the window: " + std::string(rule)),
              std::string::npos);
  }
}

TEST(part_window, nothing_is_open_at_the_edges_of_the_window) {
  const policy p = steps_with("");
  for (const auto d : {2026y / 10 / 1, 2026y / 9 / 16, 2020y / 2 / 29}) {
    const statement s = october(p, from(d));
    EXPECT_TRUE(s.is_defined());
    EXPECT_FALSE(s.part);
    EXPECT_EQ(s.money.total, money::minor(90'000, cny));
  }
  const statement last = october(p, from(2026y / 10 / 31));
  EXPECT_EQ(last.part, part_rule::clip_by_days);
  EXPECT_FALSE(last.is_defined()) << "a day without an outage owes nothing, the whole month would";
  const statement later = october(p, from(2026y / 11 / 1));
  EXPECT_TRUE(later.is_defined());
  EXPECT_EQ(later.part, part_rule::skip);
  EXPECT_EQ(later.money.total, money::minor(0, cny));
  EXPECT_NE(to_text(p, later).find("The contract begins after the window"), std::string::npos);
}

TEST(part_window, M10_a_contract_that_ends_inside_the_window_is_settled_alike) {
  contract c = from(2020y / 1 / 1);
  c.until = 2026y / 10 / 15;  // its last date
  const policy p = steps_with("[compensation]\npart_window = \"clip, fee by days\"\n");
  const statement s = october(p, c);
  // 3,600 of 15 days, 99.72 %: 10 % of 15/31 of 9,000.00; the outage of the 20th is none of the contract's.
  EXPECT_EQ(s.money.total, money::minor(43'548, cny));
  EXPECT_EQ(s.measured.denominator, std::chrono::seconds(15 * 24h));
  EXPECT_NE(to_text(p, s).find("The contract ends inside the window: clip, fee by days"), std::string::npos);
  c.from = 2026y / 10 / 2;
  EXPECT_EQ(october(p, c).measured.denominator, std::chrono::seconds(14 * 24h));
  EXPECT_NE(to_text(p, october(p, c)).find("The contract begins and ends inside the window"),
            std::string::npos);
  c.from.reset();
  for (const auto last : {2026y / 10 / 31, 2026y / 12 / 31}) {
    c.until = last;
    EXPECT_FALSE(october(p, c).part) << "the whole window is in its term";
  }
  c.until = 2026y / 9 / 30;
  const statement over = october(p, c);
  EXPECT_EQ(over.money.total, money::minor(0, cny));
  EXPECT_NE(to_text(p, over).find("The contract ended before the window"), std::string::npos);
}

// All readings agree where nothing was down.
TEST(part_window, M0_where_all_readings_agree_nothing_is_undefined) {
  const policy p = steps_with("");
  const window w = calendar_month(2026y / 10, p.home());
  const statement s = draw_up(p, from(2026y / 10 / 16), w, {}, {}, w.span.end);
  EXPECT_TRUE(s.is_defined());
  EXPECT_TRUE(s.window_readings.empty());
}

}  // namespace
}  // namespace part_window_test
