// SPDX-License-Identifier: MIT
#include <chrono>

#include <sla/availability/calls.hpp>
#include <sla/availability/measurement.hpp>
#include <sla/availability/notice.hpp>
#include <sla/availability/outage.hpp>
#include <sla/availability/repairs.hpp>
#include <sla/availability/window.hpp>

using namespace std::chrono_literals;

static_assert(sla::parse_month("2026-10") == std::chrono::year(2026) / 10);
static_assert(!sla::parse_month("2026-13"));

constexpr sla::outage still_down{{sla::instant::from_unix(0), sla::instant::never()}};
static_assert(still_down.is_open() && still_down.cause == sla::no_cause);

static_assert(!sla::minimum_duration{5min}.admits(5min) && sla::minimum_duration{5min}.admits(301s));
static_assert(sla::minimum_duration{5min, true}.admits(5min));
static_assert(sla::minimum_duration{}.admits(1s));

static_assert(sla::name(sla::fate::over_quota) == "over the quota");
static_assert(sla::is_refused(sla::fate::short_notice) && !sla::is_refused(sla::fate::excused));

constexpr sla::instant sunday = sla::instant::from_unix(1'000'000);
constexpr sla::announced_span told{{sunday, sunday + 2h}, sunday - 72h, sla::announce_by(sunday, 72h)};
static_assert(told.in_time());
static_assert(!sla::announced_span{{sunday, sunday + 2h}, sunday - 72h + 1s, told.announce_by}.in_time());
static_assert(!sla::announced_span{{sunday, sunday + 2h}}.in_time());

constexpr sla::call_counts counted{.offered = 100, .short_abandoned = 10, .answered = 80, .in_time = 72};
static_assert(sla::answered_in_time(counted, sla::call_base::offered).value == sla::ratio(18, 25));
static_assert(sla::answered_in_time(counted, sla::call_base::offered_less_short).value == sla::ratio(4, 5));
static_assert(sla::answered_in_time(counted, sla::call_base::answered).value == sla::ratio(9, 10));
static_assert((counted + counted).offered == 200);
static_assert(sla::attainment_of(19, 1).value == sla::ratio(19, 20));
