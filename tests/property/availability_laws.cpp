// SPDX-License-Identifier: MIT
// Laws of exclusions, unknown time, weights, slots and running figures.
#include <gtest/gtest.h>

#include <rapidcheck.h>

#include <algorithm>
#include <chrono>
#include <random>
#include <vector>

#include <sla/availability/budget.hpp>
#include <sla/availability/measure.hpp>
#include <sla/availability/rate_mean.hpp>
#include <sla/availability/reconcile.hpp>
#include <sla/availability/running.hpp>
#include <sla/availability/slots.hpp>
#include <sla/availability/weights.hpp>

namespace availability_laws_test {
namespace {

using std::chrono::seconds;
constexpr sla::cause_id planned = 1;

sla::instant t(std::int64_t s) { return sla::instant::from_unix(s); }
const sla::window whole{{t(1'000), t(5'000)}, "w", 0};

// Causes 0 to 2, and one in four of time nobody measured.
std::vector<sla::outage> some_outages() {
  return *rc::gen::container<std::vector<sla::outage>>(
      rc::gen::map(rc::gen::tuple(rc::gen::inRange<std::int64_t>(0, 6'000),
                                  rc::gen::inRange<std::int64_t>(0, 400), rc::gen::inRange(0, 4)),
                   [](const std::tuple<std::int64_t, std::int64_t, int>& v) {
                     const auto& [begin, length, cause] = v;
                     return sla::outage{{t(begin), t(begin + length)},
                                        cause == 3 ? sla::not_measured : static_cast<sla::cause_id>(cause)};
                   }));
}
std::vector<sla::announced_span> some_announcements() {
  return *rc::gen::container<std::vector<sla::announced_span>>(rc::gen::map(
      rc::gen::tuple(rc::gen::inRange<std::int64_t>(0, 6'000), rc::gen::inRange<std::int64_t>(0, 900),
                     rc::gen::inRange<std::int64_t>(0, 1'000)),
      [](const std::tuple<std::int64_t, std::int64_t, std::int64_t>& v) {
        const auto& [begin, length, notice] = v;
        return sla::announced_span{{t(begin), t(begin + length)}, t(begin - notice), t(begin - 500)};
      }));
}
std::uint32_t some_seed() { return *rc::gen::arbitrary<std::uint32_t>(); }

TEST(exclusion, A6_telling_earlier_or_a_greater_quota_never_counts_more) {
  EXPECT_TRUE(rc::check([] {
    const auto outages = some_outages();
    auto announced = some_announcements();
    const auto quota = *rc::gen::inRange<std::int64_t>(0, 900);
    const auto reach = *rc::gen::element(sla::exclusion_reach::by_cause, sla::exclusion_reach::by_time);
    const auto measured = [&](std::int64_t granted) {
      const sla::exclusion x[]{
          {.cause = planned, .quota = seconds(granted), .reach = reach, .announced = announced}};
      return sla::measure(whole, outages, {.exclusions = x});
    };
    const auto before = measured(quota);
    RC_ASSERT(measured(quota + 100).counted <= before.counted);
    RC_ASSERT(before.counted <= sla::measure(whole, outages).counted);
    // A quota is used in order of time, so that what is announced besides may take it; without one, never.
    const auto unlimited = measured(1'000'000);
    for (auto& a : announced) a.announced = a.announced - seconds(*rc::gen::inRange<std::int64_t>(0, 600));
    RC_ASSERT(measured(1'000'000).counted <= unlimited.counted);
  }));
}

TEST(exclusion, A6_the_reconciliation_adds_up_by_exclusion_too) {
  EXPECT_TRUE(rc::check([] {
    const auto outages = some_outages();
    const auto announced = some_announcements();
    const sla::exclusion x[]{{.cause = planned, .quota = seconds(300), .announced = announced},
                             {.cause = 2, .effect = sla::exclusion_effect::both_sides}};
    const auto m = sla::measure(whole, outages, {.exclusions = x, .merge_gap = seconds(30)});
    const auto all = sla::reconcile(m), first = sla::reconcile(m, 0), second = sla::reconcile(m, 1);
    for (const auto& r : {all, first, second}) RC_ASSERT(r.claimed == r.excused + r.overridden + r.refused());
    RC_ASSERT(all.claimed <= first.claimed + second.claimed);
    RC_ASSERT(all.claimed >= std::max(first.claimed, second.claimed));
    RC_ASSERT(second.refused() == seconds(0));
    RC_ASSERT(m.down + m.bridged == m.exact + m.too_short + m.excluded);
  }));
}

TEST(measure, A4_unknown_time_taken_as_down_counts_the_most) {
  EXPECT_TRUE(rc::check([] {
    const auto outages = some_outages();
    const auto with = [&](sla::unmeasured_time u) { return sla::measure(whole, outages, {.unknown = u}); };
    const auto up = with(sla::unmeasured_time::up), down = with(sla::unmeasured_time::down),
               out = with(sla::unmeasured_time::leave_out);
    RC_ASSERT(up.counted <= down.counted);
    RC_ASSERT(down.counted == up.counted + up.unmeasured);
    RC_ASSERT(out.counted == up.counted);
    RC_ASSERT(out.denominator == up.denominator - up.unmeasured);
    if (!out.no_data) {
      RC_ASSERT(out.availability <= up.availability);
      RC_ASSERT(out.availability >= down.availability);
    }
  }));
}

TEST(budget, A7_is_additive_over_the_parts_of_a_window) {
  EXPECT_TRUE(rc::check([] {
    const auto outages = some_outages();
    const sla::ratio target(*rc::gen::inRange<std::int64_t>(0, 1'001), 1'000);
    const auto cut = t(*rc::gen::inRange<std::int64_t>(1'000, 5'001));
    const auto all = sla::budget(sla::measure(whole, outages), target);
    const auto first = sla::budget(sla::measure({{whole.span.begin, cut}, "a", 0}, outages), target),
               second = sla::budget(sla::measure({{cut, whole.span.end}, "b", 0}, outages), target);
    RC_ASSERT(first.allowed + second.allowed == all.allowed);
    RC_ASSERT(first.used + second.used == all.used);
    RC_ASSERT(first.remaining + second.remaining == all.remaining);
    // Kept in both parts it is kept in the whole.
    if (first.outcome == sla::error_budget::met && second.outcome == sla::error_budget::met)
      RC_ASSERT(all.outcome == sla::error_budget::met);
  }));
}

TEST(weights, A5_the_clipped_sum_weighs_no_less_than_the_greatest) {
  EXPECT_TRUE(rc::check([] {
    const auto outages = some_outages();
    std::vector<sla::weighted_outage> weighted;
    for (const auto& o : outages) weighted.push_back({o, *rc::gen::inRange<std::int64_t>(0, 12)});
    sla::weight_rules rules{.population = 10};
    const auto max = sla::measure_weighted(whole, weighted, rules);
    rules.overlap = sla::weight_overlap::clipped_sum;
    const auto sum = sla::measure_weighted(whole, weighted, rules);
    RC_ASSERT(max.counted <= sum.counted);
    RC_ASSERT(sum.counted <= sum.denominator);
    // Any order gives the same; a heavier outage never raises the availability.
    std::mt19937 random(some_seed());
    std::shuffle(weighted.begin(), weighted.end(), random);
    RC_ASSERT(sla::measure_weighted(whole, weighted, rules).profile == sum.profile);
    if (weighted.empty()) return;
    weighted[random() % weighted.size()].weight += 3;
    RC_ASSERT(sla::measure_weighted(whole, weighted, rules).availability <= sum.availability);
  }));
}

TEST(slots, A4_order_changes_nothing_and_a_failure_more_never_helps) {
  EXPECT_TRUE(rc::check([] {
    auto counts = *rc::gen::container<std::vector<sla::request_count>>(rc::gen::map(
        rc::gen::tuple(rc::gen::inRange<std::int64_t>(500, 5'500), rc::gen::inRange<std::int64_t>(0, 20),
                       rc::gen::inRange<std::int64_t>(0, 20)),
        [](const std::tuple<std::int64_t, std::int64_t, std::int64_t>& v) {
          const auto& [at, good, bad] = v;
          return sla::request_count{t(at), good + bad, bad};
        }));
    const sla::slot_rules rules{.grid = sla::slot_grid::every(seconds(*rc::gen::inRange(1, 700))),
                                .threshold = sla::ratio(*rc::gen::inRange<std::int64_t>(0, 11), 10)};
    const auto before = sla::judge_slots(whole, counts, rules);
    std::mt19937 random(some_seed());
    std::shuffle(counts.begin(), counts.end(), random);
    RC_ASSERT(sla::judge_slots(whole, counts, rules).slots == before.slots);
    const auto worse =
        std::find_if(counts.begin(), counts.end(), [](const auto& c) { return c.failed < c.total; });
    if (worse == counts.end()) return;
    ++worse->failed;
    const auto after = sla::judge_slots(whole, counts, rules);
    RC_ASSERT(after.availability().value <= before.availability().value);
    RC_ASSERT(after.ratio_of_sums().value <= before.ratio_of_sums().value);
  }));
}

TEST(rate_mean, A11_lies_between_its_least_and_its_greatest_rate) {
  EXPECT_TRUE(rc::check([] {
    const auto wholes = *rc::gen::nonEmpty(
        rc::gen::container<std::vector<std::int64_t>>(rc::gen::inRange<std::int64_t>(1, 1'000'000'007)));
    sla::rate_mean mean, twice;
    sla::ratio least(1), greatest(0);
    for (const std::int64_t w : wholes) {
      const auto part = *rc::gen::inRange<std::int64_t>(0, w + 1);
      mean.add(part, w);
      for (int i = 0; i < 2; ++i) twice.add(part, w);
      least = std::min(least, sla::ratio(part, w));
      greatest = std::max(greatest, sla::ratio(part, w));
    }
    RC_ASSERT(mean >= least);
    RC_ASSERT(mean <= greatest);
    const sla::ratio target(*rc::gen::inRange<std::int64_t>(0, 101), 100);
    RC_ASSERT((mean <=> target) == (twice <=> target));
  }));
}

TEST(rate_mean, A11_a_stand_in_is_on_the_side_of_the_mean_of_every_fraction) {
  EXPECT_TRUE(rc::check("a fraction of a denominator up to the limit compares alike", [] {
    sla::rate_mean m;
    const auto n = *rc::gen::inRange(1, 12);
    for (int i = 0; i < n; ++i) {
      const auto all = *rc::gen::inRange<std::int64_t>(1, std::int64_t{1} << 40);
      m.add(*rc::gen::inRange<std::int64_t>(0, all + 1), all);
    }
    const auto limit = *rc::gen::inRange<std::int64_t>(1, std::int64_t{1} << 40);
    const sla::ratio stands = m.stand_in(limit).value;
    RC_ASSERT(stands.den() <= 2 * limit);
    // Those next to the mean: the nearest of some denominator, and the ones around it.
    const auto den = *rc::gen::inRange<std::int64_t>(1, limit + 1);
    const auto near = sla::scale(den, stands, sla::rounding::floor).value();
    for (std::int64_t num = std::max<std::int64_t>(near - 2, 0); num <= std::min(near + 3, den); ++num)
      RC_ASSERT((stands <=> sla::ratio(num, den)) == (m <=> sla::ratio(num, den)));
  }));
}

TEST(running, any_order_of_arrival_comes_to_the_same_figure) {
  EXPECT_TRUE(rc::check([] {
    auto outages = some_outages();
    for (std::size_t i = 0; i < outages.size(); ++i) outages[i].id = i + 1;
    const sla::exclusion x[]{{.cause = planned, .quota = seconds(200)}};
    const sla::availability_rules rules{.exclusions = x,
                                        .merge_gap = seconds(*rc::gen::inRange(0, 60)),
                                        .minimum = {seconds(*rc::gen::inRange(0, 120))}};
    sla::running_measurement a(whole, rules, t(4'000)), b(whole, rules);
    for (const auto& o : outages) a.put(o);
    a.advance(sla::instant::latest());
    std::mt19937 random(some_seed());
    std::shuffle(outages.begin(), outages.end(), random);
    for (const auto& o : outages) {
      b.put({{t(0), t(6'000)}, sla::no_cause, o.id});  // wrong, and then corrected
      b.put(o);
    }
    RC_ASSERT(a.figures() == b.figures());
    RC_ASSERT(a.figures().counted == sla::measure(whole, outages, rules).counted);
    for (const auto& o : outages) b.withdraw(o.id);
    RC_ASSERT(b.figures().availability == sla::ratio(1));
    RC_ASSERT(b.size() == 0U);
  }));
}

}  // namespace
}  // namespace availability_laws_test
