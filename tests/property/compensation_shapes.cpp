// SPDX-License-Identifier: MIT
// M4 to M10 over random contracts: shapes against fractions of 128 bits, and the laws that every settlement keeps.

#include <gtest/gtest.h>

#include <rapidcheck.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include <sla/compensation/adjust.hpp>
#include <sla/compensation/settle.hpp>
#include <sla/compensation/shape_faults.hpp>
#include <sla/compensation/step_lookup.hpp>

namespace compensation_shapes_test {
namespace {

using sla::ratio;
using sla::remedy_form;
using sla::unit_counting;
__extension__ using wide = __int128;

// --- exact fractions, unreduced, from small numbers

struct fraction {
  wide num = 0, den = 1;
};
wide floor_of(const fraction& f) { return f.num >= 0 ? f.num / f.den : -((-f.num + f.den - 1) / f.den); }
wide ceil_of(const fraction& f) { return -floor_of({-f.num, f.den}); }
bool same(const fraction& f, const ratio& r) { return f.num * r.den() == static_cast<wide>(r.num()) * f.den; }

int in(int low, int high) { return *rc::gen::inRange(low, high); }

fraction counted(const fraction& amount, const fraction& unit, unit_counting how) {
  if (amount.num <= 0) return {};
  const fraction q{amount.num * unit.den, amount.den * unit.num};
  if (how == unit_counting::proportional) return q;
  return {how == unit_counting::started ? ceil_of(q) : floor_of(q), 1};
}

TEST(shapes, M4_per_step_below_is_the_fraction) {
  EXPECT_TRUE(rc::check([] {
    const int bound = in(1, 1'001), step = in(1, 300), rate = in(0, 200), value = in(0, 1'001);
    const auto how =
        *rc::gen::element(unit_counting::complete, unit_counting::started, unit_counting::proportional);
    const sla::per_step_below s{ratio(bound, 1'000), ratio(step, 7'000), ratio(rate, 100), how};
    const fraction n = counted({bound - value, 1'000}, {step, 7'000}, how);
    RC_ASSERT(same({n.num * rate, n.den * 100}, evaluate(s, {.value = ratio(value, 1'000)}, {}).share));
  }));
}

TEST(shapes, M4_per_unit_is_the_fraction) {
  EXPECT_TRUE(rc::check([] {
    const int time = in(0, 200'000), unit = in(1, 7'200), rate = in(0, 200), free = in(0, 5'000),
              share = in(0, 20), minimum = in(0, 7'200), whole = 2'592'000;
    const auto how =
        *rc::gen::element(unit_counting::complete, unit_counting::started, unit_counting::proportional);
    const sla::per_unit s{.unit = std::chrono::seconds(unit),
                          .rate = ratio(rate, 100),
                          .counted = how,
                          .free = std::chrono::seconds(free),
                          .free_share = ratio(share, 10'000),
                          .more_than = std::chrono::seconds(minimum)};
    fraction past{static_cast<wide>(time - free) * 10'000 - static_cast<wide>(share) * whole, 10'000};
    if (time <= minimum) past = {};
    const fraction n = counted(past, {unit, 1}, how);
    const sla::quantities q{.elapsed = std::chrono::seconds(time), .whole = std::chrono::seconds(whole)};
    RC_ASSERT(same({n.num * rate, n.den * 100}, evaluate(s, q, {}).share));
  }));
}

TEST(shapes, M4_pro_rata_is_the_fraction) {
  EXPECT_TRUE(rc::check([] {
    const int bound = in(1, 1'001), value = in(0, 1'001), times = in(1, 101);
    const fraction want =
        value < bound ? fraction{static_cast<wide>(1'000 - value) * times, 1'000} : fraction{};
    RC_ASSERT(same(
        want, evaluate(sla::pro_rata{ratio(bound, 1'000), ratio(times)}, {.value = ratio(value, 1'000)}, {})
                  .share));
  }));
}

// --- random declarations

sla::shape some_leaf() {
  const ratio bound(in(1, 1'001), 1'000), rate(in(0, 101), 100);
  switch (in(0, 9)) {
    case 0: return sla::steps{{{bound, rate}, {ratio(in(1, 500), 1'000), rate + ratio(1, 10)}}};
    case 1:
      return sla::per_step_below{bound, ratio(in(1, 100), 1'000), rate,
                                 *rc::gen::element(unit_counting::complete, unit_counting::started,
                                                   unit_counting::proportional, unit_counting::unstated)};
    case 2: return sla::pro_rata{bound, ratio(in(1, 101))};
    case 3:
      return sla::per_unit{.unit = std::chrono::seconds(in(1, 4'000)),
                           .rate = rate,
                           .counted = *rc::gen::element(unit_counting::complete, unit_counting::started),
                           .free = std::chrono::seconds(in(0, 1'000))};
    case 4: return sla::duration_tiers{{sla::over(std::chrono::seconds(in(0, 9'000)), rate)}};
    case 5:
      return sla::count_tiers{{{.from = in(1, 5), .rate = rate}, {.from = in(5, 9), .rate = rate + rate}}};
    case 6: return sla::per_count{rate, in(0, 3)};
    case 7: return sla::nth_miss{bound, static_cast<std::size_t>(in(1, 7)), {ratio(), rate}};
    default: return sla::constant{sla::money::minor(in(0, 10'000), sla::cny), bound};
  }
}
sla::shape some_shape(bool money) {
  for (;;) {
    sla::shape s = some_leaf();
    if (!money && s.kind() == sla::shape_kind::constant) continue;
    if (!money || in(0, 4) != 0) return s;
    switch (in(0, 4)) {
      case 0: return sla::max_of({s, some_leaf()});
      case 1: return sla::min_of({s, some_leaf()});
      case 2: return sla::sum_of({s, some_leaf()});
      default: return sla::last_of({s, some_leaf()});
    }
  }
}
std::vector<sla::credit_terms> some_clauses() {
  std::vector<sla::credit_terms> out;
  for (int n = in(1, 5); n > 0; --n) {
    const auto form = *rc::gen::element(remedy_form::credit, remedy_form::credit, remedy_form::credit,
                                        remedy_form::cash, remedy_form::term_extension);
    sla::credit_terms t{.clause = "c" + std::to_string(n),
                        .metric = static_cast<sla::metric_id>(in(0, 2)),
                        .pays = some_shape(sla::is_money(form)),
                        .rounding = static_cast<sla::rounding>(in(0, 7)),
                        .form = {.form = form, .unit = sla::is_money(form) ? "" : "day"},
                        .must_be_claimed = in(0, 4) == 0,
                        .once_a_day = in(0, 4) == 0};
    if (in(0, 3) == 0) t.gate.misses = 2;
    if (in(0, 4) == 0) t.gate.more_than = sla::money::minor(in(0, 5'000), sla::cny);
    out.push_back(std::move(t));
  }
  return out;
}
std::vector<sla::cap_terms> some_caps() {
  std::vector<sla::cap_terms> out;
  for (int n = in(0, 4); n > 0; --n) {
    sla::cap_terms c{.clause = "k" + std::to_string(n), .scope = static_cast<sla::cap_scope>(in(0, 5))};
    c.form = *rc::gen::element(remedy_form::credit, remedy_form::cash, remedy_form::term_extension);
    if (sla::is_money(c.form)) {
      c.limit = ratio(in(0, 200), 100);
    } else {
      c.limit = std::int64_t{in(0, 30)};
      c.unit = "day";
    }
    out.push_back(std::move(c));
  }
  return out;
}
std::vector<sla::figure> some_figures() {
  std::vector<sla::figure> out;
  for (int n = in(0, 7); n > 0; --n) {
    sla::figure f{.metric = static_cast<sla::metric_id>(in(0, 2)),
                  .value = ratio(in(0, 1'001), 1'000),
                  .no_data = in(0, 10) == 0,
                  .subject = "s" + std::to_string(n),
                  .elapsed = std::chrono::seconds(in(0, 20'000)),
                  .whole = std::chrono::seconds(2'592'000),
                  .count = in(0, 9),
                  .cause = static_cast<sla::root_cause_id>(in(0, 3))};
    if (in(0, 2) == 0) f.date = std::chrono::sys_days(std::chrono::days(20'000 + in(0, 2)));
    for (int k = in(0, 4); k > 0; --k) f.earlier.push_back(static_cast<sla::window_result>(in(0, 3)));
    out.push_back(std::move(f));
  }
  return out;
}
sla::combination some_combination() { return static_cast<sla::combination>(in(0, 4)); }

struct random_case {
  std::vector<sla::credit_terms> clauses = some_clauses();
  std::vector<sla::cap_terms> caps = some_caps();
  sla::combination how = some_combination();
  std::vector<sla::figure> figures = some_figures();
  std::vector<sla::fee> fees{{.amount = sla::money::minor(in(0, 10'000'000), sla::cny)}};

  [[nodiscard]] sla::settlement settle() const {
    return sla::settle({clauses, caps, how},
                       {.fees = fees, .figures = figures, .as_of = sla::instant::from_unix(0)});
  }
};

template <class Settled>
void conserves(const Settled& s) {
  for (const sla::form_total& t : s.totals) {
    std::int64_t sum = 0;
    for (const sla::credit_line& l : s.lines) {
      if (l.form != t.form || l.unit != t.unit) continue;
      sum += sla::is_money(t.form) ? l.granted.minor_units() : l.granted_count;
      const bool pays = l.outcome == sla::line_outcome::pays;
      RC_ASSERT(l.granted == (pays ? l.amount : sla::money::minor(0, sla::cny)));
      RC_ASSERT(l.granted_count == (pays ? l.count : 0));
    }
    for (const sla::cap_application& c : s.caps)
      if (c.form == t.form) sum -= c.reduction.minor_units();
    for (const sla::unit_cap_application& c : s.unit_caps)
      if (c.form == t.form && c.unit == t.unit) sum -= c.reduction;
    RC_ASSERT(sum == (sla::is_money(t.form) ? t.amount.minor_units() : t.count));
    RC_ASSERT(sum >= 0);
  }
}

TEST(settle, M9_every_form_is_conserved_in_every_reading) {
  EXPECT_TRUE(rc::check([] {
    const random_case c;
    const auto s = c.settle();
    conserves(s);
    for (const sla::reading& r : s.readings) {
      conserves(r);
      RC_ASSERT(r.total >= s.total);
    }
    RC_ASSERT(s.readings.size() != 1);
    if (!s.is_defined())
      RC_ASSERT(s.combination_unstated || s.table_undefined || s.counting_unstated || s.base_unstated);
  }));
}

TEST(settle, M9_the_order_of_figures_changes_no_total) {
  EXPECT_TRUE(rc::check([] {
    random_case c;
    const auto before = c.settle();
    std::mt19937 random(*rc::gen::arbitrary<unsigned>());
    std::shuffle(c.figures.begin(), c.figures.end(), random);
    const auto after = c.settle();
    RC_ASSERT(before.totals == after.totals);
    RC_ASSERT(before.is_defined() == after.is_defined());
    RC_ASSERT(sla::adjust(before, after).totals.size() == before.totals.size());
    for (const auto& t : sla::adjust(before, after).totals) RC_ASSERT(t.amount.is_zero() && t.count == 0);
  }));
}

TEST(settle, M9_settling_twice_is_the_same_in_every_part) {
  EXPECT_TRUE(rc::check([] {
    const random_case c;
    const auto a = c.settle(), b = c.settle();
    RC_ASSERT(a.lines == b.lines && a.caps == b.caps && a.unit_caps == b.unit_caps && a.totals == b.totals);
    RC_ASSERT(sla::adjust(a, b).changed.empty());
  }));
}

TEST(settle, M9_adjustments_of_two_settlements_add_up) {
  EXPECT_TRUE(rc::check([] {
    random_case c;
    const auto before = c.settle();
    c.figures = some_figures();
    const auto after = c.settle();
    const auto a = sla::adjust(before, after);
    std::int64_t credit = 0;
    for (const sla::adjustment& x : a.changed)
      if (x.form == remedy_form::credit) credit += x.after.minor_units() - x.before.minor_units();
    RC_ASSERT(credit == after.total.minor_units() - before.total.minor_units());
  }));
}

TEST(settle, M8_max_never_exceeds_root_causes_nor_these_the_sum) {
  EXPECT_TRUE(rc::check([] {
    random_case c;
    for (auto& t : c.clauses) {
      t.form = {};
      t.once_a_day = false;
      t.pays = sla::steps{{{ratio(in(1, 1'001), 1'000), ratio(in(0, 101), 100)}}};
    }
    c.how = sla::combination::max;
    const auto max = c.settle().total;
    c.how = sla::combination::root_cause;
    const auto cause = c.settle().total;
    c.how = sla::combination::sum;
    RC_ASSERT(max <= cause && cause <= c.settle().total);
  }));
}

TEST(shapes, M3_a_shape_without_faults_never_pays_less_for_worse) {
  EXPECT_TRUE(rc::check([] {
    const sla::shape s = some_leaf();
    RC_PRE(sla::faults(s).empty());
    const int a = in(0, 1'001), b = in(0, 1'001), t = in(0, 20'000), u = in(0, 20'000), n = in(0, 9),
              m = in(0, 9);
    const sla::quantities worse{.value = ratio(std::min(a, b), 1'000),
                                .elapsed = std::chrono::seconds(std::max(t, u)),
                                .count = std::max(n, m)},
        better{.value = ratio(std::max(a, b), 1'000),
               .elapsed = std::chrono::seconds(std::min(t, u)),
               .count = std::min(n, m)};
    const auto w = sla::evaluate(s, worse), g = sla::evaluate(s, better);
    RC_ASSERT(w.share >= g.share);
    RC_ASSERT(w.minor >= g.minor);
  }));
}

TEST(step_lookup, M3_is_the_table) {
  EXPECT_TRUE(rc::check([] {
    std::vector<sla::step> rows;
    for (int n = in(0, 6); n > 0; --n)
      rows.push_back({ratio(in(1, 120), 100), ratio(in(0, 100), 100),
                      in(0, 2) == 0 ? ratio(in(0, 100), 100) : ratio(), in(0, 2) == 0});
    const int window = in(1, 5'000), down = in(0, window + 1);
    const sla::step_lookup prepared(rows, std::chrono::seconds(window));
    RC_ASSERT(prepared.match(std::chrono::seconds(down)) == sla::match(rows, ratio(window - down, window)));
  }));
}

}  // namespace
}  // namespace compensation_shapes_test
