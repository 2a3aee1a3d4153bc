// SPDX-License-Identifier: MIT
// What does it cost to judge an incident of 8 events under 6 clocks, and how does that compare with the counting
// calls alone? Limit: 15 additions of business time, each waiting for the one before. `verdicts` and `events` are
// items a second.

#include <benchmark/benchmark.h>

#include <array>
#include <cstdint>
#include <random>
#include <vector>

#include <sla/calendar/business_time.hpp>
#include <sla/clock/replay.hpp>

namespace {

using namespace std::chrono_literals;
using namespace sla::literals;
using sla::event;
using sla::moment;

constexpr std::int64_t day = 86'400;
const sla::instant first = std::chrono::sys_days{std::chrono::year{2024} / 1 / 1};

// Ten years, five days a week, 08:30-12:00 and 13:00-18:00.
const sla::business_time& hours() {
  static const sla::business_time calendar = [] {
    sla::compiled_calendar c;
    c.cover = {first, first + std::chrono::days{3653}};
    c.endless = true;
    for (int i = 0; i < 3653; ++i) {
      if (i % 7 >= 5) continue;
      const auto at = first + std::chrono::days{i};
      c.open.push_back({at + 8h + 30min, at + 12h});
      c.open.push_back({at + 13h, at + 18h});
    }
    return sla::business_time(std::move(c));
  }();
  return calendar;
}

const std::vector<sla::pause_reason> reasons{{sla::party::customer, {}}, {sla::party::vendor_supplier, {}}};

std::array<sla::clock_terms, 6> clocks() {
  const auto* c = &hours();
  std::array<sla::clock_terms, 6> t{{
      {.limit = 10min, .stops = moment::responded, .closed_by = moment::resolved},
      {.limit = 30min, .stops = moment::remote_connected, .closed_by = moment::resolved},
      {.limit = 2_bh, .calendar = c, .stops = moment::worked_around, .closed_by = moment::resolved},
      {.limit = 4_bh, .calendar = c, .stops = moment::arrived, .closed_by = moment::resolved},
      {.limit = 6_bh, .calendar = c, .stops = moment::restored, .closed_by = moment::resolved},
      {.limit = 8_bh, .calendar = c, .stops = moment::resolved},
  }};
  for (std::size_t i = 0; i < t.size(); ++i) {
    t[i].clock = static_cast<sla::clock_id>(i);
    t[i].reasons = reasons;
    if (i >= 4) t[i].stopped_by = 1;
  }
  return t;
}

// 8 events: reported, responded, connected, a pause of the customer's, arrived, restored, resolved.
std::vector<event> incidents(std::size_t n) {
  std::mt19937_64 random(20260101);
  std::vector<event> log;
  for (std::size_t i = 0; i < n; ++i) {
    sla::instant t = first + std::chrono::seconds(static_cast<std::int64_t>(random() % (3500 * day)));
    const auto later = [&](std::int64_t most) {
      return t = t + std::chrono::seconds(
                         1 + static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(most)));
    };
    log.push_back(event::of(moment::reported, t));
    log.push_back(event::of(moment::responded, later(900)));
    log.push_back(event::of(moment::remote_connected, later(1800)));
    log.push_back(event::pause(later(3600), 0));
    log.push_back(event::resume(later(7200), 0));
    log.push_back(event::of(moment::arrived, later(14'400)));
    log.push_back(event::of(moment::restored, later(14'400)));
    log.push_back(event::of(moment::resolved, later(14'400)));
  }
  return log;
}

void judge(benchmark::State& state) {
  const auto terms = clocks();
  const std::size_t n = static_cast<std::size_t>(state.range(0));
  const auto log = incidents(n);
  const sla::instant as_of = first + std::chrono::days{3600};
  std::size_t i = 0;
  sla::verdict v;
  for (auto _ : state) {
    const sla::event_order order(std::span<const event>(log).subspan(i * 8, 8), as_of);
    for (const sla::clock_terms& t : terms) {
      sla::clock_replay replay(t, sla::grade{}, order);
      while (replay.next(v)) benchmark::DoNotOptimize(v);
    }
    i = i + 1 == n ? 0 : i + 1;
  }
  state.counters["verdicts"] = benchmark::Counter(6, benchmark::Counter::kIsIterationInvariantRate);
  state.counters["events"] = benchmark::Counter(8, benchmark::Counter::kIsIterationInvariantRate);
}
BENCHMARK(judge)->Name("assess/8_events_6_clocks")->Arg(1'000)->Arg(1'000'000);

void limit(benchmark::State& state) {
  const auto& calendar = hours();
  std::mt19937_64 random(1);
  std::vector<std::int64_t> starts(4096);
  for (auto& s : starts) s = static_cast<std::int64_t>(random() % (3000 * day));
  std::size_t i = 0;
  for (auto _ : state) {
    sla::instant t = first + std::chrono::seconds(starts[i]);
    for (int k = 0; k < 15; ++k) t = calendar.add(t, sla::worked(std::chrono::seconds(3'600 + k)));
    benchmark::DoNotOptimize(t);
    i = (i + 1) % starts.size();
  }
}
BENCHMARK(limit)->Name("limit/15_dependent_additions");

}  // namespace
