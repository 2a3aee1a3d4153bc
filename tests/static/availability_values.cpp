// SPDX-License-Identifier: MIT
#include <chrono>

#include <sla/availability/measurement.hpp>
#include <sla/availability/outage.hpp>
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
