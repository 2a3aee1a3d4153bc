// SPDX-License-Identifier: MIT
// What does an 80/20 figure cost over 10,000,000 calls? Limit: a streaming pass over the same records that adds up two
// fields. `calls` are items a second.

#include <benchmark/benchmark.h>

#include <chrono>
#include <cstdint>
#include <random>
#include <vector>

#include <sla/availability/calls.hpp>
#include <sla/availability/lengths.hpp>

namespace {

using namespace std::chrono_literals;
using namespace sla::literals;

constexpr std::size_t records = 10'000'000;
const sla::instant first = std::chrono::sys_days{std::chrono::year{2026} / 10 / 1};
const sla::interval month{first, first + 744h};

const std::vector<sla::call>& calls() {
  static const std::vector<sla::call> all = [] {
    std::mt19937_64 random(20261001);
    std::vector<sla::call> out;
    out.reserve(records);
    for (std::size_t i = 0; i < records; ++i) {
      const std::uint64_t r = random();
      out.push_back({first + std::chrono::seconds(i * 744 * 3'600 / records), std::chrono::seconds(r % 40),
                     std::chrono::seconds((r >> 8) % 600), static_cast<sla::call_end>((r >> 20) % 4),
                     (r >> 30) % 3 != 0});
    }
    return out;
  }();
  return all;
}
// 24/7 less an hour a night.
const sla::business_time& open() {
  static const sla::business_time hours = [] {
    sla::compiled_calendar c;
    c.cover = {first - 24h, first + 800h};
    for (int d = 0; d < 31; ++d) c.open.push_back({first + d * 24h, first + d * 24h + 23h});
    return sla::business_time(std::move(c));
  }();
  return hours;
}
void set_counters(benchmark::State& state) {
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(records));
}

void limit_streaming(benchmark::State& state) {
  const auto& all = calls();
  for (auto _ : state) {
    std::int64_t waited = 0, answered = 0;
    for (const sla::call& c : all) {
      waited += c.waited.count();
      answered += c.end == sla::call_end::answered ? 1 : 0;
    }
    benchmark::DoNotOptimize(waited);
    benchmark::DoNotOptimize(answered);
  }
  set_counters(state);
}
void eighty_twenty(benchmark::State& state) {
  const auto& all = calls();
  for (auto _ : state) {
    const auto c = sla::count_calls(all, month, {.within = 20s, .short_abandon = 5s});
    benchmark::DoNotOptimize(
        sla::judge(sla::answered_in_time(c, sla::call_base::offered_less_short), {80_pct}));
  }
  set_counters(state);
}
void eighty_twenty_in_service_hours(benchmark::State& state) {
  const auto& all = calls();
  for (auto _ : state) {
    const auto c = sla::count_calls(all, month, {.within = 20s, .short_abandon = 5s, .hours = &open()});
    benchmark::DoNotOptimize(
        sla::judge(sla::answered_in_time(c, sla::call_base::offered_less_short), {80_pct}));
  }
  set_counters(state);
}
void eighty_twenty_each_day(benchmark::State& state) {
  const auto& all = calls();
  std::vector<sla::window> days;
  for (int d = 0; d < 31; ++d) days.push_back({{first + d * 24h, first + (d + 1) * 24h}, "", 1});
  for (auto _ : state) benchmark::DoNotOptimize(sla::count_calls(all, days, {.short_abandon = 5s}));
  set_counters(state);
}
void percentile_of_waits(benchmark::State& state) {
  const auto& all = calls();
  for (auto _ : state) {
    sla::length_counts waits;
    for (const sla::call& c : all) waits.add(c.waited);
    benchmark::DoNotOptimize(waits.percentile(95_pct));
  }
  set_counters(state);
}

BENCHMARK(limit_streaming)->Unit(benchmark::kMillisecond);
BENCHMARK(eighty_twenty)->Unit(benchmark::kMillisecond);
BENCHMARK(eighty_twenty_in_service_hours)->Unit(benchmark::kMillisecond);
BENCHMARK(eighty_twenty_each_day)->Unit(benchmark::kMillisecond);
BENCHMARK(percentile_of_waits)->Unit(benchmark::kMillisecond);

}  // namespace
