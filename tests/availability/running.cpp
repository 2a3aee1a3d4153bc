// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <chrono>
#include <random>
#include <vector>

#include <sla/availability/running.hpp>

namespace running_test {
namespace {

using namespace std::chrono_literals;
using std::chrono::seconds;

sla::instant t(std::int64_t s) { return sla::instant::from_unix(s); }
const sla::window whole{{t(1'000), t(5'000)}, "w", 0};
sla::outage down(std::int64_t from, std::int64_t to, std::uint64_t id, sla::cause_id cause = sla::no_cause) {
  return {{t(from), t(to)}, cause, id};
}
sla::running_figures figures(const sla::measurement& m) {
  return {m.denominator, m.counted,      m.exact,   m.too_short,   m.excluded, m.refused, m.unmeasured,
          m.removed,     m.availability, m.no_data, m.provisional, m.outages,  m.longest};
}

TEST(running, a_record_arrives_is_corrected_and_withdrawn) {
  sla::running_measurement r(whole, {}, t(2'000));
  EXPECT_EQ(r.figures().availability, sla::ratio(1));
  r.put({{t(1'900), sla::instant::never()}, sla::no_cause, 17});
  EXPECT_EQ(r.figures().counted, 100s);
  EXPECT_TRUE(r.figures().provisional);
  r.advance(t(2'060));
  EXPECT_EQ(r.figures().counted, 160s);
  r.put(down(1'900, 1'990, 17));
  EXPECT_EQ(r.figures().counted, 90s);
  EXPECT_EQ(r.size(), 1U);
  EXPECT_TRUE(r.withdraw(17));
  EXPECT_FALSE(r.withdraw(17));
  EXPECT_EQ(r.figures().counted, 0s);
  EXPECT_EQ(r.figures().outages, 0);
  r.advance(sla::instant::latest());
  EXPECT_FALSE(r.figures().provisional);
}

TEST(running, what_a_withdrawn_record_joined_falls_apart) {
  sla::running_measurement r(whole, {.merge_gap = 10s, .minimum = {100s}});
  r.put(down(2'000, 2'060, 1));
  r.put(down(2'130, 2'190, 3));
  EXPECT_EQ(r.figures().counted, 0s);
  EXPECT_EQ(r.figures().too_short, 120s);
  r.put(down(2'065, 2'125, 2));
  EXPECT_EQ(r.figures().counted, 190s);
  EXPECT_EQ(r.figures().outages, 1);
  r.withdraw(2);
  EXPECT_EQ(r.figures().counted, 0s);
  EXPECT_EQ(r.figures().too_short, 120s);
}

TEST(running, A6_an_earlier_claim_uses_the_quota_first) {
  const sla::exclusion planned[]{{.cause = 1, .quota = 100s}};
  sla::running_measurement r(whole, {.exclusions = planned});
  r.put(down(3'000, 3'100, 2, 1));
  EXPECT_EQ(r.figures().excluded, 100s);
  r.put(down(2'000, 2'060, 1, 1));
  EXPECT_EQ(r.figures().excluded, 100s);
  EXPECT_EQ(r.figures().refused, 60s);
  EXPECT_EQ(figures(r.measured()), r.figures());
  r.withdraw(1);
  EXPECT_EQ(r.figures().refused, 0s);
}

TEST(running, a_window_without_known_ends_is_no_data) {
  sla::running_measurement r({{t(0), sla::instant::unknown()}, "u", 0}, {});
  r.put(down(10, 20, 1));
  r.put(down(10, 30, 1));
  EXPECT_TRUE(r.figures().no_data);
  EXPECT_TRUE(r.figures().provisional);
  EXPECT_TRUE(r.withdraw(1));
}

TEST(running, equals_the_figure_computed_anew_after_every_change) {
  std::mt19937_64 random(41);
  const auto below = [&](std::int64_t n) {
    return static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(n));
  };
  std::int64_t merged = 0, refused = 0, presumed = 0;
  for (int round = 0; round < 400; ++round) {
    sla::compiled_calendar c;
    c.cover = {t(-100), t(7'000)};
    c.known_through = below(2) == 0 ? t(2'500) : sla::instant::latest();
    for (std::int64_t b = 0; b < 6'500; b += 500) c.open.push_back({t(b), t(b + 100 + below(350))});
    const sla::business_time open(std::move(c));
    const sla::announced_span announced[]{{{t(1'500), t(2'500)}, t(0), t(below(2) - 1)}};
    std::vector<sla::exclusion> exclusions;
    for (auto n = below(4); n > 0; --n) {
      sla::exclusion x{.cause = static_cast<sla::cause_id>(below(3))};
      if (below(2) == 0) x.within = &open;
      if (below(2) == 0) x.quota = seconds(below(300));
      if (below(2) == 0) x.effect = sla::exclusion_effect::both_sides;
      if (below(3) == 0) x.reach = sla::exclusion_reach::by_time;
      if (below(3) == 0) x.announced = announced;
      exclusions.push_back(x);
    }
    sla::availability_rules rules{.exclusions = exclusions};
    rules.merge_gap = seconds(below(2) * below(200));
    rules.minimum = {seconds(below(150)), below(2) == 0};
    rules.rounding = {static_cast<sla::outage_rounding::of>(below(3)), static_cast<sla::rounding>(below(7)),
                      60s};
    if (below(2) == 0) rules.denominator = {sla::denominator_rule::service_hours, 0s, &open};
    rules.unknown = static_cast<sla::unmeasured_time>(below(3));

    sla::running_measurement r(whole, rules, t(below(7'000)));
    for (int change = 0; change < 40; ++change) {
      switch (below(8)) {
        case 0: r.withdraw(static_cast<std::uint64_t>(1 + below(15))); break;
        case 1: r.advance(below(9) == 0 ? sla::instant::latest() : t(below(7'000))); break;
        default: {
          const auto begin = below(6'000);
          sla::outage o = down(begin, begin + below(400) - 10, static_cast<std::uint64_t>(below(15)),
                               below(4) == 0 ? sla::not_measured : static_cast<sla::cause_id>(below(4)));
          if (below(12) == 0) o.span.end = sla::instant::never();
          if (below(40) == 0) o.span.begin = sla::instant::unknown();
          r.put(o);
        }
      }
      const auto m = r.measured();
      ASSERT_EQ(r.figures(), figures(m)) << round << ' ' << change;
      merged += m.bridged.count() > 0;
      refused += m.refused.count() > 0;
      presumed += m.unmeasured.count() > 0;
    }
  }
  EXPECT_GT(merged, 500);
  EXPECT_GT(refused, 500);
  EXPECT_GT(presumed, 500);
}

}  // namespace
}  // namespace running_test
