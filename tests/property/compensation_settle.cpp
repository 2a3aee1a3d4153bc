// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <rapidcheck.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include <sla/compensation/settle.hpp>

namespace compensation_settle_test {
namespace {

using sla::ratio;

std::vector<sla::step> some_table() {
  return *rc::gen::nonEmpty(rc::gen::container<std::vector<sla::step>>(
      rc::gen::map(rc::gen::tuple(rc::gen::inRange(1, 101), rc::gen::inRange(0, 101), rc::gen::inRange(0, 4)),
                   [](const std::tuple<int, int, int>& v) {
                     const auto& [below, rate, shape] = v;
                     return sla::step{ratio(below, 100), ratio(rate, 100),
                                      shape == 0 ? ratio(below / 2, 100) : ratio(), shape == 1};
                   })));
}
std::vector<sla::figure> some_figures() {
  return *rc::gen::container<std::vector<sla::figure>>(rc::gen::map(rc::gen::inRange(0, 1'001), [](int v) {
    return sla::figure{1, ratio(v, 1'000), v % 13 == 0, std::to_string(v)};
  }));
}
std::vector<sla::cap_terms> some_caps() {
  return *rc::gen::container<std::vector<sla::cap_terms>>(rc::gen::map(
      rc::gen::tuple(rc::gen::inRange(0, 150), rc::gen::inRange(0, 5)), [](const std::tuple<int, int>& v) {
        return sla::cap_terms{"cap", ratio(std::get<0>(v), 100), static_cast<sla::cap_scope>(std::get<1>(v)),
                              sla::rounding::half_up};
      }));
}
sla::money some_fee() { return sla::money::minor(*rc::gen::inRange<std::int64_t>(0, 10'000'000), sla::cny); }
sla::combination some_combination() {
  return *rc::gen::element(sla::combination::unstated, sla::combination::sum, sla::combination::max);
}
template <class Settled>
std::int64_t lines_minus_caps(const Settled& s) {
  std::int64_t sum = 0;
  for (const auto& l : s.lines) sum += l.granted.minor_units();
  for (const auto& c : s.caps) sum -= c.reduction.minor_units();
  return sum;
}

TEST(step_table, M3_order_of_rows_means_nothing) {
  EXPECT_TRUE(rc::check([] {
    auto table = some_table();
    const ratio x(*rc::gen::inRange(0, 1'001), 1'000);
    const auto before = sla::rate_at(table, x);
    std::mt19937 random(*rc::gen::arbitrary<unsigned>());
    std::shuffle(table.begin(), table.end(), random);
    RC_ASSERT(sla::rate_at(table, x) == before);
  }));
}

TEST(step_table, M3_a_table_without_faults_is_monotone_and_defined) {
  EXPECT_TRUE(rc::check([] {
    auto table = some_table();
    std::ranges::sort(table, {}, &sla::step::below);
    // Make it sound: rates that grow as bounds fall, and no lower ends.
    ratio rate(1);
    for (sla::step& s : table) {
      s.from = ratio();
      s.inclusive = false;
      s.rate = std::min(s.rate, rate);
      rate = s.rate;
    }
    table.erase(std::unique(table.begin(), table.end(),
                            [](const auto& a, const auto& b) { return a.below == b.below; }),
                table.end());
    RC_ASSERT(sla::faults(table).empty());
    const int a = *rc::gen::inRange(0, 1'001), b = *rc::gen::inRange(0, 1'001);
    const auto worse = sla::rate_at(table, ratio(std::min(a, b), 1'000)),
               better = sla::rate_at(table, ratio(std::max(a, b), 1'000));
    RC_ASSERT(worse.has_value() && better.has_value());
    RC_ASSERT(*worse >= *better);
  }));
}

TEST(settle, M9_lines_and_caps_add_up_to_the_total_in_every_reading) {
  EXPECT_TRUE(rc::check([] {
    const std::vector<sla::credit_terms> terms{
        {.clause = "a", .metric = 1, .pays = sla::steps{some_table()}},
        {.clause = "b", .metric = 1, .pays = sla::steps{some_table()}}};
    const auto s = sla::settle(terms, some_caps(), some_combination(), some_fee(), some_figures());
    RC_ASSERT(lines_minus_caps(s) == s.total.minor_units());
    RC_ASSERT(s.total.minor_units() >= 0);
    RC_ASSERT(s.readings.size() != 1);
    for (const sla::reading& r : s.readings) {
      RC_ASSERT(lines_minus_caps(r) == r.total.minor_units());
      RC_ASSERT(r.total >= s.total);
    }
  }));
}

TEST(settle, M9_figures_over_two_files_in_any_order_give_one_total) {
  EXPECT_TRUE(rc::check([] {
    const std::vector<sla::credit_terms> terms{
        {.clause = "a", .metric = 1, .pays = sla::steps{some_table()}}};
    const auto caps = some_caps();
    const auto how = some_combination();
    const auto fee = some_fee();
    auto figures = some_figures();
    const auto before = sla::settle(terms, caps, how, fee, figures);
    std::mt19937 random(*rc::gen::arbitrary<unsigned>());
    std::shuffle(figures.begin(), figures.end(), random);
    const auto after = sla::settle(terms, caps, how, fee, figures);
    RC_ASSERT(before.total == after.total);
    RC_ASSERT(before.is_defined() == after.is_defined());
  }));
}

TEST(settle, M8_a_tighter_cap_never_pays_more) {
  EXPECT_TRUE(rc::check([] {
    const std::vector<sla::credit_terms> terms{
        {.clause = "a", .metric = 1, .pays = sla::steps{some_table()}}};
    auto caps = some_caps();
    const auto how = *rc::gen::element(sla::combination::sum, sla::combination::max);
    const auto fee = some_fee();
    const auto figures = some_figures();
    const auto before = sla::settle(terms, caps, how, fee, figures).total;
    caps.push_back({"more", ratio(*rc::gen::inRange(0, 100), 100),
                    static_cast<sla::cap_scope>(*rc::gen::inRange(0, 5))});
    RC_ASSERT(sla::settle(terms, caps, how, fee, figures).total <= before);
  }));
}

}  // namespace
}  // namespace compensation_settle_test
