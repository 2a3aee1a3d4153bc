// SPDX-License-Identifier: MIT
#include <array>
#include <chrono>

#include <sla/compensation/shape_faults.hpp>

using namespace sla::literals;
using namespace std::chrono_literals;
using sla::ratio;
using sla::unit_counting;

// 0.7 % below is three started steps of 0.3 %, and two complete ones.
constexpr sla::per_step_below started{99.5_pct, 0.3_pct, ratio(1, 365), unit_counting::started};
static_assert(evaluate(started, {.value = 98.8_pct}, {}).share == ratio(3, 365));
static_assert(evaluate(sla::per_step_below{99.5_pct, 0.3_pct, 1_pct, unit_counting::complete},
                       {.value = 98.8_pct}, {})
                  .share == 2_pct);
static_assert(evaluate(started, {.value = 99.5_pct}, {}).share == 0_pct);

// 99.9 % of 30 days is 2,592 s; ten times the time down from the next second on.
constexpr sla::pro_rata ten{.below = 99.9_pct, .times = ratio(10)};
static_assert(evaluate(ten, {.value = ratio(1) - ratio(2'592, 2'592'000)}, {}).share == 0_pct);
static_assert(evaluate(ten, {.value = ratio(1) - ratio(2'593, 2'592'000)}, {}).share ==
              ratio(2'593, 259'200));

static_assert(evaluate(sla::per_unit{.unit = 1h, .rate = 5_pct, .counted = unit_counting::started},
                       {.elapsed = 3'601s}, {})
                  .share == 10_pct);
static_assert(evaluate(sla::per_count{2_pct, 1}, {.count = 4}, {}).share == 6_pct);
static_assert(evaluate(sla::duration_tiers{{sla::over(1h, 5_pct)}}, {.elapsed = 1h}, {}).share == 0_pct);
static_assert(evaluate(sla::duration_tiers{{sla::at_least(1h, 5_pct)}}, {.elapsed = 1h}, {}).share == 5_pct);

constexpr std::array earlier{sla::window_result::missed, sla::window_result::no_data,
                             sla::window_result::missed};
static_assert(evaluate(sla::nth_miss{.below = 99_pct, .windows = 4, .rates = {0_pct, 10_pct, 20_pct}},
                       {.value = 98_pct, .earlier = earlier}, {})
                  .share == 20_pct);

// A shape of any kind, while compiling.
static_assert(sla::evaluate(sla::shape(sla::steps{{{99.9_pct, 10_pct}}}), {.value = 99_pct}).share == 10_pct);
static_assert(sla::faults(sla::shape(sla::per_unit{.unit = 0s, .rate = 5_pct})).size() == 1);
static_assert(sla::faults(sla::shape(ten)).empty());

static_assert(sla::count_units(90min, 1h, unit_counting::proportional) == ratio(3, 2));
static_assert(sla::parse_unit_counting("started") == unit_counting::started);
