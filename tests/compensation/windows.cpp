// SPDX-License-Identifier: MIT
// M8 caps that reach back, M9 adjustments, M10 changes inside a window, M3 look-ups of a prepared table.

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include <sla/compensation/adjust.hpp>
#include <sla/compensation/change.hpp>
#include <sla/compensation/history.hpp>
#include <sla/compensation/step_lookup.hpp>

namespace windows_test {
namespace {

using namespace std::chrono_literals;
using namespace sla::literals;
using sla::change_base;
using sla::change_rule;
using sla::combination;
using sla::instant;
using sla::ratio;

constexpr sla::metric_id availability = 1;

sla::money yuan(std::int64_t cents) { return sla::money::minor(cents, sla::cny); }
const sla::zone shanghai = sla::zone::posix("Asia/Shanghai", "CST-8");
instant local(std::chrono::year_month_day d) { return instant(std::chrono::sys_days(d)) - 8h; }

sla::credit_terms ten_percent(ratio below) {
  return {.clause = "5.2", .metric = availability, .pays = sla::steps{{{below, 10_pct}}}};
}

// --- M10: basic 3,000 (99.9 %) to 15 October, flagship 9,000 (99.99 %) from the 16th, 30 minutes down on the 10th

struct upgrade {
  std::vector<sla::credit_terms> basic{ten_percent(99.9_pct)}, flagship{ten_percent(99.99_pct)};
  std::vector<sla::fee> basic_fee{{.amount = yuan(300'000)}}, flagship_fee{{.amount = yuan(900'000)}};
  // 1,800 s of the month, of the first 15 days, and of the last 16.
  std::vector<sla::figure> month{{.metric = availability, .value = ratio(1) - ratio(1'800, 2'678'400)}};
  std::vector<sla::figure> first{{.metric = availability, .value = ratio(1) - ratio(1'800, 15 * 86'400)}};
  std::vector<sla::figure> second{{.metric = availability, .value = ratio(1)}};

  [[nodiscard]] std::vector<sla::window_part> parts() const {
    return {{.terms = {basic, {}, combination::sum},
             .share = ratio(15, 31),
             .inside = {.fees = basic_fee, .figures = first},
             .whole = {.fees = basic_fee, .figures = month}},
            {.terms = {flagship, {}, combination::sum},
             .share = ratio(16, 31),
             .inside = {.fees = flagship_fee, .figures = second},
             .whole = {.fees = flagship_fee, .figures = month}}};
  }
};

TEST(change, M10_no_rule_stated_has_every_reading) {
  const upgrade u;
  const auto parts = u.parts();
  const auto s = sla::settle_changed(parts, change_rule::unstated);
  ASSERT_FALSE(s.is_defined());
  struct row {
    change_rule rule;
    change_base base;
    std::int64_t cents;
    sla::favoured favours;
  };
  // Split: 30 of 21,600 minutes are 99.861 %; 10 % of 3,000 x 15/31 = 145.16. Own fee: 10 % of 9,000. Fees paid:
  // 3,000 x 15/31 + 9,000 x 16/31 = 6,096.774, a tenth of it 609.68.
  const row rows[]{{change_rule::split, change_base::own, 14'516, sla::favoured::nobody},
                   {change_rule::at_start, change_base::own, 0, sla::favoured::vendor},
                   {change_rule::at_end, change_base::own, 90'000, sla::favoured::customer},
                   {change_rule::at_start, change_base::paid, 0, sla::favoured::vendor},
                   {change_rule::at_end, change_base::paid, 60'968, sla::favoured::nobody}};
  ASSERT_EQ(s.readings.size(), std::size(rows));
  for (std::size_t i = 0; i < std::size(rows); ++i) {
    EXPECT_EQ(s.readings[i].rule, rows[i].rule) << i;
    EXPECT_EQ(s.readings[i].base, rows[i].base) << i;
    EXPECT_EQ(s.readings[i].credit(), rows[i].cents) << i;
    EXPECT_EQ(s.readings[i].favours, rows[i].favours) << i;
  }
  EXPECT_EQ(s.settled.credit(), 0) << "so much is owed on any reading";
  EXPECT_EQ(s.readings[4].parts[0].lines[0].exact, ratio(1'890'000, 31)) << "rounded once";
}

TEST(change, M10_each_stated_rule) {
  const upgrade u;
  const auto parts = u.parts();
  const auto credit = [&](change_rule rule, change_base base) {
    const auto s = sla::settle_changed(parts, rule, base);
    EXPECT_TRUE(s.is_defined());
    return s.settled.credit();
  };
  EXPECT_EQ(credit(change_rule::split, change_base::unstated), 14'516);
  EXPECT_EQ(credit(change_rule::at_start, change_base::unstated), 0) << "both bases agree";
  EXPECT_EQ(credit(change_rule::at_end, change_base::own), 90'000);
  EXPECT_EQ(credit(change_rule::at_end, change_base::paid), 60'968);
  EXPECT_EQ(credit(change_rule::better, change_base::own), 90'000);
  EXPECT_EQ(credit(change_rule::better, change_base::paid), 60'968);
  EXPECT_FALSE(sla::settle_changed(parts, change_rule::at_end).is_defined()) << "of which fee is not stated";
}

TEST(change, M10_a_split_without_a_change_of_terms_is_the_whole) {
  // One tier throughout, down for a tenth of each part: 10 % of 15/31 and of 16/31 of 9,000 are rounded apart.
  upgrade u;
  u.basic = u.flagship;
  u.basic_fee = u.flagship_fee;
  u.month[0].value = u.first[0].value = u.second[0].value = 90_pct;
  const auto parts = u.parts();
  EXPECT_EQ(sla::settle_changed(parts, change_rule::split).settled.credit(), 43'548 + 46'452);
  EXPECT_TRUE(sla::settle_changed(parts, change_rule::unstated).is_defined()) << "every reading is 900.00";
}

TEST(change, M10_parts_make_up_the_window) {
  const upgrade u;
  auto parts = u.parts();
  parts[0].share = ratio(14, 31);
  EXPECT_THROW((void)sla::settle_changed(parts, change_rule::split), sla::error);
  EXPECT_THROW((void)sla::settle_changed({}, change_rule::split), sla::error);
  EXPECT_EQ(name(change_rule::at_start), "at start");
  EXPECT_EQ(name(change_base::paid), "fees paid");
}

// --- M9: adjustments

TEST(adjust, M9_a_corrected_past_yields_the_difference_line_by_line) {
  const std::vector<sla::credit_terms> credits{
      {.clause = "5.2", .metric = availability, .pays = sla::steps{{{99.9_pct, 10_pct}, {99_pct, 30_pct}}}}};
  const std::vector<sla::cap_terms> caps{{.clause = "5.6", .limit = 50_pct}};
  const auto settle = [&](std::vector<std::pair<const char*, ratio>> measured) {
    std::vector<sla::figure> figures;
    for (const auto& [subject, v] : measured)
      figures.push_back({.metric = availability, .value = v, .subject = subject});
    return sla::settle(credits, caps, combination::sum, yuan(900'000), figures);
  };
  const auto before = settle({{"ivr", 99.5_pct}, {"voice", 98_pct}, {"chat", 100_pct}});
  const auto after = settle({{"ivr", 98_pct}, {"voice", 98_pct}, {"web", 99.5_pct}});
  EXPECT_EQ(before.total, yuan(360'000));
  EXPECT_EQ(after.total, yuan(450'000));
  const auto a = sla::adjust(before, after);
  // ivr 900.00 becomes 2,700.00; web is new with 900.00; the cap takes 1,800.00. Voice and chat are as they were.
  ASSERT_EQ(a.changed.size(), 3U);
  EXPECT_EQ(a.changed[0].subject, "ivr");
  EXPECT_EQ(a.changed[0].before, yuan(90'000));
  EXPECT_EQ(a.changed[0].after, yuan(270'000));
  EXPECT_EQ(a.changed[1].subject, "web");
  EXPECT_EQ(a.changed[1].before, yuan(0));
  EXPECT_EQ(a.changed[2].of, sla::adjustment::cap);
  EXPECT_EQ(a.changed[2].clause, "5.6");
  EXPECT_EQ(a.changed[2].after, yuan(-180'000));
  ASSERT_EQ(a.totals.size(), 1U);
  EXPECT_EQ(a.totals[0].amount, yuan(90'000));
  const auto back = sla::adjust(after, before);
  EXPECT_EQ(back.totals[0].amount, yuan(-90'000)) << "what was paid too much is negative";
  EXPECT_TRUE(sla::adjust(after, after).changed.empty());
}

TEST(adjust, M9_differences_add_up_to_the_difference_of_the_totals) {
  std::mt19937_64 random(7);
  const auto below = [&](std::uint64_t n) { return static_cast<std::int64_t>(random() % n); };
  for (int round = 0; round < 500; ++round) {
    std::vector<sla::credit_terms> credits;
    for (int i = 0; i < 3; ++i) {
      credits.push_back({.clause = "c" + std::to_string(below(2)),
                         .metric = static_cast<sla::metric_id>(below(2)),
                         .pays = sla::steps{{{ratio(1 + below(99), 100), ratio(below(50), 7)}}}});
      if (below(3) == 0) credits.back().form = {.form = sla::remedy_form::term_extension, .unit = "day"};
    }
    const std::vector<sla::cap_terms> caps{
        {"k", ratio(below(200), 100), static_cast<sla::cap_scope>(below(5))},
        {.clause = "d", .limit = below(9), .form = sla::remedy_form::term_extension, .unit = "day"}};
    const auto some = [&] {
      std::vector<sla::figure> figures;
      for (auto n = below(5); n > 0; --n)
        figures.push_back(
            {static_cast<sla::metric_id>(below(2)), ratio(below(100), 100), false, std::to_string(below(3))});
      return sla::settle(credits, caps, below(2) == 0 ? combination::max : combination::sum, yuan(12'345),
                         figures);
    };
    const auto before = some(), after = some();
    const auto a = sla::adjust(before, after);
    std::int64_t cents = 0, days = 0;
    for (const auto& c : a.changed) {
      cents += c.after.minor_units() - c.before.minor_units();
      days += c.count_after - c.count_before;
    }
    ASSERT_EQ(cents, after.total.minor_units() - before.total.minor_units()) << round;
    std::int64_t total_days = 0;
    for (const auto& t : a.totals) total_days += t.count;
    ASSERT_EQ(days, total_days) << round;
  }
}

// --- M8: windows in turn

TEST(history, M8_spans_of_the_contracts_year_and_of_twelve_months) {
  const sla::interval october{local(2026y / 10 / 1), local(2026y / 11 / 1)};
  const auto s = sla::spans_of(october, 2024y / 3 / 15, shanghai);
  EXPECT_EQ(s.year_begin, local(2026y / 3 / 15));
  EXPECT_EQ(s.rolling_begin, local(2025y / 11 / 1));
  EXPECT_EQ(sla::spans_of(october, 2024y / 10 / 1, shanghai).year_begin, local(2026y / 10 / 1))
      << "the anniversary";
  EXPECT_EQ(sla::spans_of(october, 2024y / 10 / 2, shanghai).year_begin, local(2025y / 10 / 2));
  const sla::interval february{local(2028y / 2 / 1), local(2028y / 2 / 29)};
  EXPECT_EQ(sla::spans_of(february, 2024y / 2 / 29, shanghai).rolling_begin, local(2027y / 2 / 28));
}

std::vector<sla::window_case> months(const std::vector<ratio>& values, const std::vector<sla::fee>& fees) {
  std::vector<sla::window_case> all;
  std::chrono::year_month m = 2026y / 1;
  for (const ratio& v : values) {
    const sla::interval w{local(m / 1), local((m + std::chrono::months(1)) / 1)};
    all.push_back({w,
                   {{.metric = availability, .value = v, .subject = "ivr"}},
                   {.fees = fees},
                   sla::spans_of(w, 2025y / 4 / 1, shanghai)});
    m += std::chrono::months(1);
  }
  return all;
}

TEST(history, M8_caps_on_the_year_the_twelve_months_and_the_contract) {
  const std::vector<sla::fee> fees{{.amount = yuan(1'000)}};
  const std::vector<sla::credit_terms> credits{ten_percent(99.9_pct)};  // 1.00 a month
  const auto totals = [&](sla::cap_scope scope, std::int64_t limit, std::size_t n) {
    const std::vector<sla::cap_terms> caps{{"k", yuan(limit), scope}};
    std::vector<std::int64_t> out;
    for (const auto& s :
         sla::settle_in_turn({credits, caps, combination::sum}, months(std::vector<ratio>(n, 99_pct), fees)))
      out.push_back(s.total.minor_units());
    return out;
  };
  // The contract's year begins on 1 April: after three months the cap begins anew.
  EXPECT_EQ(totals(sla::cap_scope::year, 250, 7), (std::vector<std::int64_t>{100, 100, 50, 100, 100, 50, 0}));
  EXPECT_EQ(totals(sla::cap_scope::rolling_year, 250, 14),
            (std::vector<std::int64_t>{100, 100, 50, 0, 0, 0, 0, 0, 0, 0, 0, 0, 100, 100}));
  EXPECT_EQ(totals(sla::cap_scope::contract, 250, 14),
            (std::vector<std::int64_t>{100, 100, 50, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}));
}

TEST(history, M7_misses_are_carried_from_window_to_window) {
  const std::vector<sla::fee> fees{{.amount = yuan(1'000)}};
  std::vector<sla::credit_terms> credits{ten_percent(99.9_pct)};
  credits[0].gate.misses = 2;
  auto cases = months({99_pct, 99_pct, 99.9_pct, 99_pct, 99_pct, 99_pct}, fees);
  std::vector<std::int64_t> paid;
  for (const auto& s : sla::settle_in_turn({credits, {}, combination::sum}, cases))
    paid.push_back(s.total.minor_units());
  EXPECT_EQ(paid, (std::vector<std::int64_t>{0, 100, 0, 0, 100, 100}));
  // A month that says nothing of the metric has no data in it, and ends the run.
  cases[4].figures.clear();
  paid.clear();
  for (const auto& s : sla::settle_in_turn({credits, {}, combination::sum}, cases))
    paid.push_back(s.total.minor_units());
  EXPECT_EQ(paid, (std::vector<std::int64_t>{0, 100, 0, 0, 0, 0}));
}

TEST(history, M0_tells_how_many_windows_are_undefined) {
  const std::vector<sla::fee> fees{{.amount = yuan(1'000)}};
  std::vector<sla::credit_terms> credits{ten_percent(99.9_pct)};
  credits[0].pays = sla::steps{{{99_pct, 10_pct, 98_pct}, {97_pct, 25_pct}}};  // a gap from 97 to 98 %
  const auto cases = months({97.5_pct, 98.5_pct, 97.5_pct}, fees);
  sla::settled_history before;
  std::vector<std::size_t> undefined;
  const auto settled = sla::settle_in_turn({credits, {}, combination::sum}, cases);
  for (std::size_t i = 0; i < settled.size(); ++i) {
    before.add(cases[i].window, settled[i]);
    undefined.push_back(before.undefined());
  }
  EXPECT_EQ(undefined, (std::vector<std::size_t>{1, 1, 2}));
  EXPECT_EQ(before.windows(), 3U);
}

// --- M3: prepared tables

TEST(step_lookup, M3_every_second_as_the_table_says) {
  const std::vector<std::vector<sla::step>> tables{
      {{99.99_pct, 10_pct}, {99_pct, 30_pct}, {95_pct, 100_pct}},
      {{99_pct, 10_pct, 98_pct}, {97_pct, 25_pct}},         // a gap
      {{99_pct, 10_pct, ratio(), true}, {99_pct, 30_pct}},  // "or less"
      {{99_pct, 10_pct}, {99_pct, 30_pct}},                 // two rates for one bound
      {{100_pct, 5_pct, 50_pct}, {50_pct, 7_pct, ratio(), true}},
      {{200_pct, 1_pct}},
      {}};
  for (const auto& table : tables)
    for (const std::int64_t window : {1, 7, 100, 1'000, 8'640}) {
      const sla::step_lookup prepared(table, std::chrono::seconds(window));
      for (std::int64_t down = 0; down <= window; ++down)
        ASSERT_EQ(prepared.match(std::chrono::seconds(down)), sla::match(table, ratio(window - down, window)))
            << down << " of " << window;
      ASSERT_EQ(prepared.row_at(std::chrono::seconds::max()), prepared.row_at(std::chrono::seconds(window)));
      ASSERT_EQ(prepared.row_at(-5s), prepared.row_at(0s));
    }
}

TEST(step_lookup, M3_bounds_of_a_month_to_the_second) {
  const sla::step_table credits{{99.9_pct, 10_pct}, {99_pct, 30_pct}};
  const sla::step_lookup june(credits.rows(), 30 * 24h);
  EXPECT_EQ(june.row_at(2'592s), sla::step_match::no_row) << "99.9 % of 30 days is hit exactly";
  EXPECT_EQ(june.row_at(2'593s), 0U);
  EXPECT_EQ(june.row_at(25'920s), 0U);
  EXPECT_EQ(june.row_at(25'921s), 1U);
  EXPECT_THROW(sla::step_lookup(credits.rows(), 0s), sla::error);
}

TEST(step_lookup, M3_long_tables_are_searched) {
  std::vector<sla::step> rows;
  for (int i = 0; i < 40; ++i) rows.push_back({ratio(100 - i, 100), ratio(i, 100)});
  const sla::step_lookup prepared(rows, 10'000s);
  for (std::int64_t down = 0; down <= 10'000; ++down)
    ASSERT_EQ(prepared.row_at(std::chrono::seconds(down)),
              sla::match(rows, ratio(10'000 - down, 10'000)).row);
}

}  // namespace
}  // namespace windows_test
