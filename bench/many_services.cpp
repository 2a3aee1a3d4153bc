// SPDX-License-Identifier: MIT
// What does a year of 100,000 services cost, 12 months of 20 outages each? Limit: std::sort of each service's 240
// records, and a streaming pass over all. `months` are items a second.

#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <random>
#include <vector>

#include <sla/availability/measure_each.hpp>

namespace {

using namespace std::chrono_literals;
using namespace sla::literals;

constexpr std::size_t a_service = 240;

const sla::zone shanghai = sla::zone::fixed("Asia/Shanghai", 8h);
const std::vector<sla::window> months = sla::windows({},
                                                     {std::chrono::sys_days{std::chrono::year{2026} / 1 / 1},
                                                      std::chrono::sys_days{std::chrono::year{2027} / 1 / 1}},
                                                     shanghai, sla::part_window::skip);

// Records of so many services, one after the other, each in no order.
std::vector<sla::outage> outages(std::size_t services) {
  std::mt19937_64 random(2026);
  std::vector<sla::outage> out;
  out.reserve(services * a_service);
  const auto year = static_cast<std::uint64_t>((months.back().span.end - months.front().span.begin).count());
  for (std::size_t i = 0; i < services * a_service; ++i) {
    const sla::instant begin = months.front().span.begin + std::chrono::seconds(random() % year);
    out.push_back({{begin, begin + std::chrono::seconds(1 + random() % 600)}, sla::no_cause, 0, 0});
  }
  return out;
}
void set_counters(benchmark::State& state) {
  state.SetItemsProcessed(state.iterations() * state.range(0) * static_cast<std::int64_t>(months.size()));
}

void limit_streaming(benchmark::State& state) {
  const auto all = outages(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) {
    std::int64_t sum = 0;
    for (const sla::outage& o : all) sum += (o.span.end - o.span.begin).count();
    benchmark::DoNotOptimize(sum);
  }
  set_counters(state);
}
void limit_sort_each(benchmark::State& state) {
  const auto all = outages(static_cast<std::size_t>(state.range(0)));
  std::vector<sla::outage> copy;
  for (auto _ : state) {
    for (std::size_t i = 0; i < all.size(); i += a_service) {
      copy.assign(all.begin() + static_cast<std::ptrdiff_t>(i),
                  all.begin() + static_cast<std::ptrdiff_t>(i + a_service));
      std::sort(copy.begin(), copy.end(),
                [](const sla::outage& a, const sla::outage& b) { return a.span < b.span; });
      benchmark::DoNotOptimize(copy.data());
    }
  }
  set_counters(state);
}
void months_of_each_service(benchmark::State& state) {
  const auto all = outages(static_cast<std::size_t>(state.range(0)));
  std::int64_t missed = 0;
  for (auto _ : state) {
    for (std::size_t i = 0; i < all.size(); i += a_service)
      for (const sla::measurement& m : sla::measure_each(months, std::span(all).subspan(i, a_service)))
        missed += m.availability < 99.9_pct;
  }
  benchmark::DoNotOptimize(missed);
  set_counters(state);
}

BENCHMARK(limit_streaming)->ArgName("services")->Arg(100'000)->Unit(benchmark::kMillisecond);
BENCHMARK(limit_sort_each)->ArgName("services")->Arg(100'000)->Unit(benchmark::kMillisecond);
BENCHMARK(months_of_each_service)->ArgName("services")->Arg(100'000)->Unit(benchmark::kMillisecond);

}  // namespace
