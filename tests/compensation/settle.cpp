// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include <sla/compensation/settle.hpp>

namespace settle_test {
namespace {

using namespace sla::literals;
using sla::combination;
using sla::line_outcome;
using sla::ratio;

constexpr sla::metric_id availability = 1, answered = 2;

sla::money yuan(std::int64_t cents) { return sla::money::minor(cents, sla::cny); }
const sla::money fee = yuan(900'000);

sla::credit_terms steps(std::string clause, std::vector<sla::step> rows,
                        sla::metric_id metric = availability) {
  return {.clause = std::move(clause), .metric = metric, .pays = sla::steps{std::move(rows)}};
}
const std::vector<sla::credit_terms> flagship{
    steps("5.2", {{99.99_pct, 10_pct}, {99_pct, 30_pct}, {95_pct, 100_pct}})};

sla::figure measured(ratio value, std::string subject = "ivr") {
  return {availability, value, false, std::move(subject)};
}
sla::settlement settle(const std::vector<sla::credit_terms>& credits, const std::vector<sla::cap_terms>& caps,
                       combination how, const std::vector<sla::figure>& figures,
                       const sla::money& base = fee) {
  return sla::settle(credits, caps, how, base, figures);
}

// M9: granted lines less what caps took.
template <class Settled>
std::int64_t lines_minus_caps(const Settled& s) {
  std::int64_t sum = 0;
  for (const auto& l : s.lines) sum += l.granted.minor_units();
  for (const auto& c : s.caps) sum -= c.reduction.minor_units();
  return sum;
}

TEST(settle, M9_a_line_names_its_clause_and_shows_its_working) {
  const auto s = settle(flagship, {}, combination::unstated, {measured(ratio(2'678'000, 2'678'400))});
  ASSERT_TRUE(s.is_defined());
  ASSERT_EQ(s.lines.size(), 1U);
  const sla::credit_line& l = s.lines[0];
  EXPECT_EQ(l.clause, "5.2");
  EXPECT_EQ(l.subject, "ivr");
  EXPECT_EQ(l.metric, availability);
  EXPECT_EQ(l.figure, ratio(2'678'000, 2'678'400));
  EXPECT_EQ(l.outcome, line_outcome::pays);
  EXPECT_EQ(l.bound, 99.99_pct);
  EXPECT_EQ(l.rate, 10_pct);
  EXPECT_EQ(l.base, fee);
  EXPECT_EQ(l.exact, ratio(90'000));
  EXPECT_EQ(l.amount, yuan(90'000));
  EXPECT_EQ(l.granted, yuan(90'000));
  EXPECT_EQ(s.total, yuan(90'000));
}

TEST(settle, M3_a_kept_bound_and_missing_data_pay_nothing_and_are_shown) {
  const auto s =
      settle(flagship, {}, combination::sum,
             {measured(99.99_pct), {availability, ratio(), true, "chat"}, {answered, ratio(), false, ""}});
  ASSERT_EQ(s.lines.size(), 2U) << "a figure of another metric is no line";
  EXPECT_EQ(s.lines[0].outcome, line_outcome::kept);
  EXPECT_EQ(s.lines[0].bound, std::nullopt);
  EXPECT_EQ(s.lines[1].outcome, line_outcome::no_data);
  EXPECT_EQ(s.total, yuan(0));
  EXPECT_TRUE(s.is_defined());
}

TEST(settle, M2_a_line_is_rounded_once_in_every_mode) {
  struct row {
    sla::rounding mode;
    std::int64_t half, third;
  };
  // 1/4 of 0.10 is 2.5 cents; 1/30 of 0.40 is 1.33...
  const row table[]{{sla::rounding::half_up, 3, 1},   {sla::rounding::half_even, 2, 1},
                    {sla::rounding::half_down, 2, 1}, {sla::rounding::toward_zero, 2, 1},
                    {sla::rounding::away, 3, 2},      {sla::rounding::floor, 2, 1},
                    {sla::rounding::ceil, 3, 2}};
  for (const row& r : table) {
    auto terms = steps("5.2", {{1_pct, ratio(1, 4)}});
    terms.rounding = r.mode;
    EXPECT_EQ(settle({terms}, {}, combination::sum, {measured(0_pct)}, yuan(10)).total, yuan(r.half))
        << sla::name(r.mode);
    std::get<sla::steps>(terms.pays.is).rows[0].rate = ratio(1, 30);
    EXPECT_EQ(settle({terms}, {}, combination::sum, {measured(0_pct)}, yuan(40)).total, yuan(r.third))
        << sla::name(r.mode);
  }
}

TEST(settle, M2_the_total_is_the_sum_of_rounded_lines) {
  // A third of 0.05 is 1.67 cents: three lines of 2, not 5.
  const auto terms = steps("5.2", {{99_pct, ratio(1, 3)}});
  const auto s = settle({terms}, {}, combination::sum,
                        {measured(98_pct, "a"), measured(98_pct, "b"), measured(98_pct, "c")}, yuan(5));
  EXPECT_EQ(s.total, yuan(6));
  EXPECT_EQ(s.lines[0].exact, ratio(5, 3));
}

TEST(settle, M2_the_rate_is_rounded_first_where_stated) {
  auto terms = steps("5.2", {{99_pct, ratio(1, 7)}});
  EXPECT_EQ(settle({terms}, {}, combination::sum, {measured(98_pct)}, yuan(100'000)).total, yuan(14'286));
  terms.rate_first = sla::rate_rounding{ratio(1, 10'000), sla::rounding::half_up};
  const auto s = settle({terms}, {}, combination::sum, {measured(98_pct)}, yuan(100'000));
  EXPECT_EQ(s.lines[0].rate, ratio(1'429, 10'000));
  EXPECT_EQ(s.total, yuan(14'290));
  terms.rate_first = sla::rate_rounding{ratio(1, 100), sla::rounding::floor};
  EXPECT_EQ(settle({terms}, {}, combination::sum, {measured(98_pct)}, yuan(100'000)).total, yuan(14'000));
}

TEST(settle, M1_currencies_with_0_2_and_3_decimals) {
  const auto terms = steps("5.2", {{99_pct, ratio(1, 3)}});
  for (const sla::currency& c : {sla::jpy, sla::cny, sla::kwd}) {
    const auto s = settle({terms}, {}, combination::sum, {measured(98_pct)}, sla::money::minor(1'000, c));
    EXPECT_EQ(s.total, sla::money::minor(333, c));
  }
}

TEST(settle, M1_mixed_currencies_overflow_and_negative_fees_throw) {
  EXPECT_THROW((void)settle(flagship, {{"5.6", sla::money::minor(100, sla::usd)}}, combination::sum,
                            {measured(98_pct)}),
               sla::error);
  EXPECT_THROW((void)settle(flagship, {}, combination::sum, {measured(98_pct)}, yuan(-1)), sla::error);
  const auto double_pay = steps("5.2", {{99_pct, ratio(2)}});
  const auto most = yuan(std::numeric_limits<std::int64_t>::max());
  EXPECT_THROW((void)settle({double_pay}, {}, combination::sum, {measured(98_pct)}, most), sla::error);
  const auto all = steps("5.2", {{99_pct, ratio(1)}});
  EXPECT_EQ(settle({all}, {}, combination::sum, {measured(98_pct)}, most).total, most);
  EXPECT_THROW(
      (void)settle({all}, {}, combination::sum, {measured(98_pct, "a"), measured(98_pct, "b")}, most),
      sla::error);
}

TEST(settle, M8_a_cap_limits_the_window) {
  const std::vector<sla::cap_terms> caps{{.clause = "5.6", .limit = 50_pct}};
  const auto s = settle(flagship, caps, combination::sum, {measured(98_pct, "a"), measured(98_pct, "b")});
  ASSERT_EQ(s.caps.size(), 1U);
  EXPECT_EQ(s.caps[0].clause, "5.6");
  EXPECT_EQ(s.caps[0].limit, yuan(450'000));
  EXPECT_EQ(s.caps[0].before, yuan(540'000));
  EXPECT_EQ(s.caps[0].after, yuan(450'000));
  EXPECT_EQ(s.caps[0].reduction, yuan(90'000));
  EXPECT_EQ(s.total, yuan(450'000));
  EXPECT_EQ(lines_minus_caps(s), 450'000);
}

TEST(settle, M8_a_cap_hit_exactly_takes_nothing_and_is_shown) {
  const auto s =
      settle(flagship, {{.clause = "5.6", .limit = yuan(270'000)}}, combination::sum, {measured(98_pct)});
  ASSERT_EQ(s.caps.size(), 1U);
  EXPECT_EQ(s.caps[0].reduction, yuan(0));
  EXPECT_EQ(s.total, yuan(270'000));
  EXPECT_EQ(
      settle(flagship, {{.clause = "5.6", .limit = yuan(269'999)}}, combination::sum, {measured(98_pct)})
          .total,
      yuan(269'999));
}

TEST(settle, M8_caps_apply_line_first_then_window_year_and_contract) {
  const std::vector<sla::cap_terms> caps{{"c", yuan(100'000), sla::cap_scope::contract},
                                         {"y", yuan(200'000), sla::cap_scope::year},
                                         {"w", yuan(300'000), sla::cap_scope::window},
                                         {"l", yuan(200'000), sla::cap_scope::line}};
  const sla::earlier_payment earlier[]{{sla::cap_scope::year, yuan(30'000)},
                                       {sla::cap_scope::year, yuan(20'000)}};
  const std::vector<sla::figure> figures{measured(98_pct, "a"), measured(98_pct, "b")};
  const auto s = sla::settle(flagship, caps, combination::sum, fee, figures, earlier);
  ASSERT_EQ(s.caps.size(), 5U);
  EXPECT_EQ(s.caps[0].line, 0U);
  EXPECT_EQ(s.caps[0].reduction, yuan(70'000));
  EXPECT_EQ(s.caps[1].line, 1U);
  EXPECT_EQ(s.caps[2].clause, "w");
  EXPECT_EQ(s.caps[2].before, yuan(400'000));
  EXPECT_EQ(s.caps[2].after, yuan(300'000));
  EXPECT_EQ(s.caps[3].clause, "y");
  EXPECT_EQ(s.caps[3].earlier, yuan(50'000));
  EXPECT_EQ(s.caps[3].after, yuan(150'000));
  EXPECT_EQ(s.caps[4].clause, "c");
  EXPECT_EQ(s.total, yuan(100'000));
  EXPECT_EQ(lines_minus_caps(s), 100'000);
}

TEST(settle, M8_a_cap_used_up_earlier_leaves_nothing) {
  const sla::earlier_payment earlier[]{{sla::cap_scope::year, yuan(200'001)}};
  const std::vector<sla::cap_terms> caps{{"y", yuan(200'000), sla::cap_scope::year}};
  const std::vector<sla::figure> figures{measured(98_pct)};
  EXPECT_EQ(sla::settle(flagship, caps, combination::sum, fee, figures, earlier).total, yuan(0));
}

TEST(settle, M8_max_pays_the_largest_line_only) {
  const auto s = settle(flagship, {}, combination::max,
                        {measured(99.9_pct, "a"), measured(98_pct, "b"), measured(98_pct, "c")});
  EXPECT_EQ(s.total, yuan(270'000));
  EXPECT_EQ(s.lines[0].outcome, line_outcome::superseded);
  EXPECT_EQ(s.lines[0].amount, yuan(90'000));
  EXPECT_EQ(s.lines[0].granted, yuan(0));
  EXPECT_EQ(s.lines[1].outcome, line_outcome::pays);
  EXPECT_EQ(s.lines[2].outcome, line_outcome::superseded) << "of equal lines the first pays";
  EXPECT_EQ(lines_minus_caps(s), 270'000);
}

TEST(settle, M8_max_compares_lines_after_their_own_caps) {
  const auto s = settle({steps("5.2", {{99.99_pct, 10_pct}}), steps("5.3", {{90_pct, 5_pct}}, answered)},
                        {{"l", 3_pct, sla::cap_scope::line}}, combination::max,
                        {measured(99_pct), {answered, 80_pct, false, "ivr"}});
  EXPECT_EQ(s.total, yuan(27'000));
  EXPECT_EQ(lines_minus_caps(s), 27'000);
  EXPECT_EQ(s.caps.size(), 1U);
}

TEST(settle, M0_an_unstated_combination_has_two_readings) {
  const auto s =
      settle(flagship, {}, combination::unstated, {measured(99.9_pct, "a"), measured(98_pct, "b")});
  ASSERT_FALSE(s.is_defined());
  EXPECT_TRUE(s.combination_unstated);
  EXPECT_FALSE(s.table_undefined);
  ASSERT_EQ(s.readings.size(), 2U);
  EXPECT_EQ(s.readings[0].combination, combination::sum);
  EXPECT_EQ(s.readings[0].total, yuan(360'000));
  EXPECT_EQ(s.readings[0].favours, sla::favoured::customer);
  EXPECT_EQ(s.readings[1].combination, combination::max);
  EXPECT_EQ(s.readings[1].total, yuan(270'000));
  EXPECT_EQ(s.readings[1].favours, sla::favoured::vendor);
  EXPECT_EQ(s.total, yuan(270'000)) << "owed on any reading";
  EXPECT_EQ(lines_minus_caps(s), 270'000);
  for (const sla::reading& r : s.readings) EXPECT_EQ(lines_minus_caps(r), r.total.minor_units());
}

TEST(settle, M0_readings_that_agree_are_no_question) {
  // One line that pays; or a cap that makes them equal.
  EXPECT_TRUE(settle(flagship, {}, combination::unstated, {measured(99.9_pct, "a"), measured(100_pct, "b")})
                  .is_defined());
  const auto capped = settle(flagship, {{"5.6", 5_pct}}, combination::unstated,
                             {measured(99.9_pct, "a"), measured(98_pct, "b")});
  EXPECT_TRUE(capped.is_defined());
  EXPECT_EQ(capped.total, yuan(45'000));
}

TEST(settle, M0_a_figure_in_a_gap_has_three_readings) {
  const auto terms = steps("5.2", {{99.9_pct, 10_pct, 99_pct}, {98.5_pct, 25_pct}});
  const auto s = settle({terms}, {}, combination::sum, {measured(98.7_pct)});
  ASSERT_EQ(s.readings.size(), 3U);
  EXPECT_TRUE(s.table_undefined);
  EXPECT_FALSE(s.combination_unstated);
  EXPECT_EQ(s.readings[0].gap, sla::gap_reading::nothing);
  EXPECT_EQ(s.readings[0].total, yuan(0));
  EXPECT_EQ(s.readings[0].favours, sla::favoured::vendor);
  EXPECT_EQ(s.readings[1].total, yuan(90'000));
  EXPECT_EQ(s.readings[1].favours, sla::favoured::nobody);
  EXPECT_EQ(s.readings[2].total, yuan(225'000));
  EXPECT_EQ(s.readings[2].favours, sla::favoured::customer);
  EXPECT_EQ(s.total, yuan(0));
}

TEST(settle, M0_two_rates_for_one_bound_have_a_reading_each) {
  const auto terms = steps("5.2", {{99_pct, 30_pct}, {99_pct, 10_pct}});
  const auto s = settle({terms}, {}, combination::sum, {measured(98_pct)});
  ASSERT_FALSE(s.is_defined());
  EXPECT_EQ(s.total, yuan(90'000));
  EXPECT_EQ(s.readings.back().total, yuan(270'000));
}

TEST(settle, M5_a_free_year_pays_nothing) {
  const auto s = settle(flagship, {{"5.6", 50_pct}}, combination::unstated,
                        {measured(90_pct), measured(90_pct, "b")}, yuan(0));
  EXPECT_EQ(s.total, yuan(0));
  EXPECT_TRUE(s.is_defined());
}

TEST(settle, M9_settling_twice_gives_the_same) {
  const std::vector<sla::figure> figures{measured(99.9_pct, "a"), measured(98_pct, "b")};
  const auto a = settle(flagship, {{"5.6", 33_pct}}, combination::unstated, figures);
  const auto b = settle(flagship, {{"5.6", 33_pct}}, combination::unstated, figures);
  EXPECT_EQ(a.lines, b.lines);
  EXPECT_EQ(a.caps, b.caps);
  EXPECT_EQ(a.total, b.total);
}

// Amounts against 128-bit fractions, and M9's conservation, over random contracts.
TEST(settle, M9_lines_less_caps_are_the_total_to_the_last_minor_unit) {
  __extension__ using wide = __int128;
  std::mt19937_64 random(11);
  const auto below = [&](std::int64_t n) {
    return static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(n));
  };
  int undefined = 0;
  for (int round = 0; round < 5'000; ++round) {
    std::vector<sla::credit_terms> credits;
    for (auto n = 1 + below(3); n > 0; --n) {
      std::vector<sla::step> rows;
      for (auto k = 1 + below(4); k > 0; --k)
        rows.push_back({ratio(1 + below(100), 100), ratio(below(400), 1 + below(300)),
                        below(3) == 0 ? ratio(below(100), 100) : ratio()});
      credits.push_back(steps("c" + std::to_string(n), rows, static_cast<sla::metric_id>(below(2))));
    }
    std::vector<sla::cap_terms> caps;
    for (auto n = below(3); n > 0; --n)
      caps.push_back({"k", ratio(below(200), 100), static_cast<sla::cap_scope>(below(5)),
                      static_cast<sla::rounding>(below(7))});
    std::vector<sla::figure> figures;
    for (auto n = below(4); n > 0; --n)
      figures.push_back({static_cast<sla::metric_id>(below(2)), ratio(below(1'000), 1'000), below(10) == 0,
                         std::to_string(n)});
    const sla::money base = yuan(below(std::int64_t{1} << 40));
    const auto s = settle(credits, caps, static_cast<combination>(below(3)), figures, base);
    ASSERT_EQ(lines_minus_caps(s), s.total.minor_units()) << round;
    ASSERT_GE(s.total, yuan(0));
    for (const sla::credit_line& l : s.lines) {
      const wide exact = static_cast<wide>(base.minor_units()) * l.rate.num();
      const wide twice = 2 * exact + l.rate.den();  // half up
      ASSERT_EQ(l.amount.minor_units(),
                static_cast<std::int64_t>(twice / (2 * static_cast<wide>(l.rate.den()))))
          << round;
      ASSERT_TRUE(l.granted == l.amount || (l.granted.is_zero() && l.outcome == line_outcome::superseded));
    }
    for (const sla::reading& r : s.readings) {
      ASSERT_EQ(lines_minus_caps(r), r.total.minor_units()) << round;
      ASSERT_GE(r.total, s.total);
    }
    for (const sla::cap_application& c : s.caps) {
      ASSERT_EQ(c.before - c.after, c.reduction);
      ASSERT_LE(c.after, c.limit);
      ASSERT_GE(c.reduction, yuan(0));
    }
    undefined += s.is_defined() ? 0 : 1;
  }
  EXPECT_GT(undefined, 200);
}

TEST(names, of_scopes_and_combinations) {
  for (const auto s : {sla::cap_scope::line, sla::cap_scope::window, sla::cap_scope::year,
                       sla::cap_scope::rolling_year, sla::cap_scope::contract})
    EXPECT_EQ(sla::parse_cap_scope(sla::name(s)), s);
  EXPECT_EQ(sla::parse_cap_scope("month"), std::nullopt);
  EXPECT_EQ(sla::parse_combination("sum"), combination::sum);
  EXPECT_EQ(sla::parse_combination("max"), combination::max);
  EXPECT_EQ(sla::parse_combination("unstated"), std::nullopt);
}

}  // namespace
}  // namespace settle_test
