// SPDX-License-Identifier: MIT
#include <sla/compensation/step_table.hpp>

using namespace sla::literals;

constexpr sla::step_table credits{{99.99_pct, 10_pct}, {99_pct, 30_pct}, {95_pct, 100_pct}};

static_assert(credits.rate_at(100_pct) == 0_pct);
static_assert(credits.rate_at(99.99_pct) == 0_pct);
static_assert(credits.rate_at(99.9899999_pct) == 10_pct);
static_assert(credits.rate_at(99.95_pct) == 10_pct);
static_assert(credits.rate_at(99_pct) == 10_pct);
static_assert(credits.rate_at(98.9999_pct) == 30_pct);
static_assert(credits.rate_at(95_pct) == 30_pct);
static_assert(credits.rate_at(94.99_pct) == 100_pct);
static_assert(credits.rate_at(0_pct) == 100_pct);
static_assert(credits.match(99.95_pct).row == 0 && credits.match(94_pct).row == 2);

// 400 s of October's 2,678,400 are below 99.99 %, 267 s are not.
static_assert(credits.rate_at(sla::ratio(2'678'000, 2'678'400)) == 10_pct);
static_assert(credits.rate_at(sla::ratio(2'678'133, 2'678'400)) == 0_pct);
static_assert(credits.rate_at(sla::ratio(2'678'132, 2'678'400)) == 10_pct);

static_assert(sla::faults(credits.rows()).empty());

constexpr sla::step or_less[]{{.below = 99_pct, .rate = 10_pct, .inclusive = true}};
static_assert(sla::rate_at(or_less, 99_pct) == 10_pct);
