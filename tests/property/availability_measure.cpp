// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <rapidcheck.h>

#include <algorithm>
#include <chrono>
#include <random>
#include <vector>

#include <sla/availability/budget.hpp>
#include <sla/availability/measure.hpp>

namespace availability_measure_test {
namespace {

using std::chrono::seconds;
constexpr sla::cause_id planned = 1;

sla::instant t(std::int64_t s) { return sla::instant::from_unix(s); }
const sla::window whole{{t(1'000), t(5'000)}, "w", 0};
const sla::exclusion excused[]{{.cause = planned, .quota = seconds(500)}};

std::vector<sla::outage> some_outages() {
  return *rc::gen::container<std::vector<sla::outage>>(
      rc::gen::map(rc::gen::tuple(rc::gen::inRange<std::int64_t>(0, 6'000),
                                  rc::gen::inRange<std::int64_t>(0, 400), rc::gen::inRange(0, 3)),
                   [](const std::tuple<std::int64_t, std::int64_t, int>& v) {
                     const auto& [begin, length, cause] = v;
                     return sla::outage{{t(begin), t(begin + length)},
                                        static_cast<sla::cause_id>(cause),
                                        0,
                                        static_cast<std::uint32_t>(begin)};
                   }));
}
sla::availability_rules some_rules(bool rounded) {
  sla::availability_rules r{.exclusions = excused};
  r.merge_gap = seconds(*rc::gen::inRange(0, 100));
  r.minimum = {seconds(*rc::gen::inRange(0, 200)), *rc::gen::arbitrary<bool>()};
  if (rounded)
    r.rounding = {
        *rc::gen::element(sla::outage_rounding::none, sla::outage_rounding::each, sla::outage_rounding::sum),
        static_cast<sla::rounding>(*rc::gen::inRange(0, 7)), seconds(*rc::gen::inRange(1, 120))};
  return r;
}
bool same(const sla::measurement& a, const sla::measurement& b) {
  return a.denominator == b.denominator && a.counted == b.counted && a.exact == b.exact && a.down == b.down &&
         a.bridged == b.bridged && a.too_short == b.too_short && a.excluded == b.excluded &&
         a.refused == b.refused && a.availability == b.availability && a.outages == b.outages &&
         a.longest == b.longest && a.derivation == b.derivation && a.rows == b.rows;
}

TEST(measure, A10_permutation_and_duplication_change_nothing) {
  EXPECT_TRUE(rc::check([] {
    auto outages = some_outages();
    const auto rules = some_rules(true);
    const auto first = sla::measure(whole, outages, rules);
    std::mt19937 random(*rc::gen::arbitrary<unsigned>());
    if (!outages.empty()) outages.push_back(outages[random() % outages.size()]);
    std::shuffle(outages.begin(), outages.end(), random);
    RC_ASSERT(same(first, sla::measure(whole, outages, rules)));
  }));
}

TEST(measure, A10_an_unexcused_outage_never_raises_availability) {
  EXPECT_TRUE(rc::check([] {
    auto outages = some_outages();
    auto rules = some_rules(true);
    // The named exception: outages rounded one by one may be bridged into one that is rounded once.
    if (rules.rounding.what == sla::outage_rounding::each) rules.rounding.what = sla::outage_rounding::none;
    const auto before = sla::measure(whole, outages, rules);
    const auto begin = *rc::gen::inRange<std::int64_t>(0, 6'000);
    outages.push_back({{t(begin), t(begin + *rc::gen::inRange<std::int64_t>(1, 500))}});
    RC_ASSERT(sla::measure(whole, outages, rules).availability <= before.availability);
  }));
}

TEST(measure, A4_downtime_is_at_most_the_sum_of_its_records_and_at_least_the_longest) {
  EXPECT_TRUE(rc::check([] {
    const auto outages = some_outages();
    seconds sum{0}, longest{0};
    for (const auto& o : outages) {
      const seconds inside = sla::intersect(o.span, whole.span).length();
      sum += inside;
      longest = std::max(longest, inside);
    }
    const auto m = sla::measure(whole, outages);
    RC_ASSERT(m.counted <= sum);
    RC_ASSERT(m.counted >= longest);
  }));
}

TEST(measure, A4_splitting_an_outage_changes_no_figure) {
  EXPECT_TRUE(rc::check([] {
    auto outages = some_outages();
    const auto rules = some_rules(true);
    const auto before = sla::measure(whole, outages, rules);
    if (outages.empty()) return;
    auto& o = outages[*rc::gen::inRange<std::size_t>(0, outages.size())];
    const sla::instant cut = o.span.begin + seconds(o.span.length().count() / 2);
    sla::outage tail = o;
    tail.span.begin = cut;
    o.span.end = cut;
    outages.push_back(tail);
    const auto after = sla::measure(whole, outages, rules);
    RC_ASSERT(after.counted == before.counted);
    RC_ASSERT(after.excluded == before.excluded);
    RC_ASSERT(after.refused == before.refused);
    RC_ASSERT(after.outages == before.outages);
    RC_ASSERT(after.availability == before.availability);
  }));
}

TEST(measure, M9_seconds_and_outages_are_conserved_over_windows) {
  EXPECT_TRUE(rc::check([] {
    const auto outages = some_outages();
    auto rules = some_rules(false);
    rules.exclusions = {};  // a quota is one window's
    auto cut = *rc::gen::container<std::vector<std::int64_t>>(rc::gen::inRange<std::int64_t>(1'000, 5'000));
    cut.push_back(1'000);
    cut.push_back(5'000);
    std::sort(cut.begin(), cut.end());
    const auto all = sla::measure(whole, outages, rules);
    seconds counted{0}, denominator{0}, down{0};
    std::int64_t number = 0;
    for (std::size_t i = 1; i < cut.size(); ++i) {
      const auto m = sla::measure({{t(cut[i - 1]), t(cut[i])}, "part", 0}, outages, rules);
      counted += m.counted;
      denominator += m.denominator;
      down += m.down;
      number += m.outages;
    }
    RC_ASSERT(counted == all.counted);
    RC_ASSERT(denominator == all.denominator);
    RC_ASSERT(down == all.down);
    RC_ASSERT(number == all.outages);
  }));
}

TEST(measure, A6_amounts_reconcile) {
  EXPECT_TRUE(rc::check([] {
    const auto m = sla::measure(whole, some_outages(), some_rules(true));
    RC_ASSERT(m.down + m.bridged == m.exact + m.too_short + m.excluded);
    RC_ASSERT(m.refused <= m.exact + m.too_short);
    RC_ASSERT(m.availability >= sla::ratio(0) && m.availability <= sla::ratio(1));
  }));
}

TEST(measure, A4_a_later_look_never_sees_less) {
  EXPECT_TRUE(rc::check([] {
    const auto outages = some_outages();
    const auto early = *rc::gen::inRange<std::int64_t>(0, 6'500),
               later = early + *rc::gen::inRange<std::int64_t>(0, 1'000);
    const auto a = sla::measure(whole, outages, {}, t(early)), b = sla::measure(whole, outages, {}, t(later));
    RC_ASSERT(a.counted <= b.counted);
    if (!a.provisional) RC_ASSERT(a.counted == b.counted);
  }));
}

TEST(budget, A7_exhausted_is_where_the_window_cut_there_would_first_be_missed) {
  EXPECT_TRUE(rc::check([] {
    const auto outages = some_outages();
    const sla::ratio target(*rc::gen::inRange<std::int64_t>(500, 1'000), 1'000);
    const auto m = sla::measure(whole, outages);
    const auto b = sla::budget(m, target);
    RC_ASSERT((b.outcome == sla::error_budget::met) == (m.availability >= target));
    RC_ASSERT(b.remaining == b.allowed - sla::ratio(b.used.count()));
    RC_ASSERT((b.remaining >= sla::ratio(0)) == (b.outcome == sla::error_budget::met));
    if (!b.exhausted_at) return;
    const auto used_by = [&](sla::instant end) {
      return sla::ratio(sla::measure({{whole.span.begin, end}, "part", 0}, outages).counted.count());
    };
    RC_ASSERT(used_by(*b.exhausted_at) > b.allowed);
    RC_ASSERT(used_by(*b.exhausted_at - seconds(1)) <= b.allowed);
  }));
}

}  // namespace
}  // namespace availability_measure_test
