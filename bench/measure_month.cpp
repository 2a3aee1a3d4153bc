// SPDX-License-Identifier: MIT
// What does a month's availability cost with 1,000,000 outages? Limits: std::sort on the same records where they come
// in any order, and one streaming pass over them where they come in order of time. `outages` are items a second.

#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <random>
#include <vector>

#include <sla/availability/budget.hpp>
#include <sla/availability/measure.hpp>

namespace {

using namespace std::chrono_literals;
using namespace sla::literals;

constexpr std::size_t records = 1'000'000;
const sla::window october =
    sla::calendar_month(std::chrono::year(2026) / 10, sla::zone::fixed("Asia/Shanghai", 8h));

// Short and long ones all over the month: dense, as they overlap, or sparse, as nearly each stands alone.
std::vector<sla::outage> outages(bool dense, bool ordered) {
  std::mt19937_64 random(20261001);
  std::vector<sla::outage> out;
  out.reserve(records);
  // A sparse month of so many outages needs room: it is a century long.
  const auto range = static_cast<std::uint64_t>(october.span.length().count()) * (dense ? 1 : 1'200);
  for (std::size_t i = 0; i < records; ++i) {
    const sla::instant begin = october.span.begin + std::chrono::seconds(random() % range);
    out.push_back({{begin, begin + std::chrono::seconds(1 + random() % 600)},
                   sla::no_cause,
                   0,
                   static_cast<std::uint32_t>(i + 1)});
  }
  if (ordered) std::ranges::sort(out, {}, [](const sla::outage& o) { return o.span.begin; });
  return out;
}
sla::window over(bool dense) {
  if (dense) return october;
  return {{october.span.begin, october.span.begin + 1'200 * october.span.length()}, "a century", 0};
}

void set_counters(benchmark::State& state) {
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(records));
}

void limit_sort(benchmark::State& state) {
  const auto all = outages(state.range(0) == 0, false);
  std::vector<sla::outage> copy;
  for (auto _ : state) {
    state.PauseTiming();
    copy = all;
    state.ResumeTiming();
    std::sort(copy.begin(), copy.end(),
              [](const sla::outage& a, const sla::outage& b) { return a.span < b.span; });
    benchmark::DoNotOptimize(copy.data());
  }
  set_counters(state);
}
void measure_unsorted(benchmark::State& state) {
  const auto all = outages(state.range(0) == 0, false);
  const auto w = over(state.range(0) == 0);
  for (auto _ : state) benchmark::DoNotOptimize(sla::measure(w, all));
  set_counters(state);
}
void limit_streaming(benchmark::State& state) {
  const auto all = outages(state.range(0) == 0, true);
  for (auto _ : state) {
    std::int64_t sum = 0;
    sla::instant until = sla::instant::earliest();
    for (const sla::outage& o : all) {
      const sla::instant from = std::max(o.span.begin, until);
      until = std::max(until, o.span.end);
      sum += std::max<std::int64_t>((until - from).count(), 0);
    }
    benchmark::DoNotOptimize(sum);
  }
  set_counters(state);
}
void measure_sorted(benchmark::State& state) {
  const auto all = outages(state.range(0) == 0, true);
  const auto w = over(state.range(0) == 0);
  for (auto _ : state) benchmark::DoNotOptimize(sla::measure(w, all));
  set_counters(state);
}
void figures_of_sorted(benchmark::State& state) {
  const auto all = outages(state.range(0) == 0, true);
  const auto w = over(state.range(0) == 0);
  for (auto _ : state) benchmark::DoNotOptimize(sla::measure_figures(w, all));
  set_counters(state);
}
// With a tenth of them tagged, a quota, a merge gap, a minimum and a rounding.
void measure_unsorted_all_rules(benchmark::State& state) {
  auto all = outages(state.range(0) == 0, false);
  for (std::size_t i = 0; i < all.size(); i += 10) all[i].cause = 1;
  const std::array planned{sla::exclusion{.cause = 1, .quota = 100h}};
  const sla::availability_rules rules{.exclusions = planned,
                                      .merge_gap = 30s,
                                      .minimum = {60s},
                                      .rounding = {sla::outage_rounding::each, sla::rounding::ceil, 60s}};
  const auto w = over(state.range(0) == 0);
  for (auto _ : state) benchmark::DoNotOptimize(sla::measure(w, all, rules));
  set_counters(state);
}

BENCHMARK(limit_sort)->ArgName("sparse")->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);
BENCHMARK(measure_unsorted)->ArgName("sparse")->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);
BENCHMARK(limit_streaming)->ArgName("sparse")->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);
BENCHMARK(measure_sorted)->ArgName("sparse")->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);
BENCHMARK(figures_of_sorted)->ArgName("sparse")->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);
BENCHMARK(measure_unsorted_all_rules)->ArgName("sparse")->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);

}  // namespace
