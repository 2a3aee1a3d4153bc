// SPDX-License-Identifier: MIT
// What does it cost to settle 100,000 contracts, and to look 10,000,000 availabilities up in a step table? Limits: for a
// contract, its lines' products and sums with nothing remembered of how they came about; for a look-up, a streaming pass
// over the same seconds. `contracts` and `lookups` are items a second.

#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include <sla/compensation/settle.hpp>
#include <sla/compensation/step_lookup.hpp>

namespace {

using namespace std::chrono_literals;
using namespace sla::literals;
using sla::ratio;

constexpr std::size_t contracts = 100'000, lookups = 10'000'000;
constexpr std::int64_t month = 2'678'400;

const std::vector<sla::credit_terms>& clauses() {
  static const std::vector<sla::credit_terms> all{
      {.clause = "5.2",
       .metric = 0,
       .pays = sla::steps{{{99.99_pct, 10_pct}, {99_pct, 30_pct}, {95_pct, 100_pct}}}},
      {.clause = "5.3", .metric = 1, .pays = sla::steps{{{95_pct, 5_pct}, {90_pct, 10_pct}}}},
      {.clause = "5.4",
       .metric = 2,
       .pays = sla::per_unit{.unit = 1h, .rate = 5_pct, .counted = sla::unit_counting::started}}};
  return all;
}
const std::vector<sla::cap_terms>& caps() {
  static const std::vector<sla::cap_terms> all{
      {.clause = "5.8", .limit = 50_pct}, {.clause = "5.9", .limit = 300_pct, .scope = sla::cap_scope::year}};
  return all;
}
// An availability, an attainment and a lateness a contract; half of all contracts kept everything.
struct book {
  std::vector<sla::fee> fees;
  std::vector<std::vector<sla::figure>> figures;
};
const book& some_book() {
  static const book all = [] {
    std::mt19937_64 random(20261001);
    const auto below = [&](std::uint64_t n) { return static_cast<std::int64_t>(random() % n); };
    book b;
    for (std::size_t i = 0; i < contracts; ++i) {
      const bool kept = below(2) == 0;
      const std::int64_t down = kept ? below(200) : below(200'000), late = kept ? 0 : below(30'000);
      b.fees.push_back({.amount = sla::money::minor(300'000 + below(1'000'000), sla::cny)});
      b.figures.push_back(
          {{.metric = 0, .value = ratio(month - down, month), .subject = "voice"},
           {.metric = 1, .value = ratio(kept ? 20 : 15 + below(6), 20), .subject = "response"},
           {.metric = 2, .subject = "INC-1", .elapsed = std::chrono::seconds(late)}});
    }
    return b;
  }();
  return all;
}

void settle(benchmark::State& state) {
  const book& b = some_book();
  const sla::earlier_payment earlier{sla::cap_scope::year, sla::money::minor(1'000, sla::cny)};
  for (auto _ : state) {
    std::int64_t total = 0;
    for (std::size_t i = 0; i < contracts; ++i)
      total += sla::settle({clauses(), caps(), sla::combination::sum},
                           {.fees = {&b.fees[i], 1}, .figures = b.figures[i], .earlier = {&earlier, 1}})
                   .total.minor_units();
    benchmark::DoNotOptimize(total);
  }
  state.counters["contracts"] =
      benchmark::Counter(static_cast<double>(contracts), benchmark::Counter::kIsIterationInvariantRate);
}
BENCHMARK(settle)->Name("settle/100000_contracts")->Unit(benchmark::kMillisecond);

// The same totals without lines, caps, readings or rules: what any program must compute.
void limit(benchmark::State& state) {
  const book& b = some_book();
  for (auto _ : state) {
    std::int64_t total = 0;
    for (std::size_t i = 0; i < contracts; ++i) {
      const sla::money& fee = b.fees[i].amount;
      const auto& f = b.figures[i];
      std::int64_t owed = 0;
      for (std::size_t k = 0; k < 2; ++k)
        if (const auto rate = sla::rate_at(std::get<sla::steps>(clauses()[k].pays.is).rows, f[k].value))
          owed += fee.times(*rate, sla::rounding::half_up).minor_units();
      const std::int64_t hours = (f[2].elapsed.count() + 3'599) / 3'600;
      owed += fee.times(ratio(hours, 20), sla::rounding::half_up).minor_units();
      total += std::min(owed, fee.times(50_pct, sla::rounding::half_up).minor_units());
    }
    benchmark::DoNotOptimize(total);
  }
  state.counters["contracts"] =
      benchmark::Counter(static_cast<double>(contracts), benchmark::Counter::kIsIterationInvariantRate);
}
BENCHMARK(limit)->Name("limit/100000_contracts")->Unit(benchmark::kMillisecond);

// --- look-ups

const std::vector<std::int64_t>& seconds_down() {
  static const std::vector<std::int64_t> all = [] {
    std::mt19937_64 random(7);
    std::vector<std::int64_t> v(lookups);
    for (auto& s : v) s = static_cast<std::int64_t>(random() % 200'000);
    return v;
  }();
  return all;
}
constexpr sla::step_table table{{99.99_pct, 10_pct}, {99_pct, 30_pct}, {95_pct, 100_pct}};

template <class Row>
void over_all(benchmark::State& state, Row row) {
  const auto& down = seconds_down();
  std::vector<std::uint8_t> rows(lookups);
  for (auto _ : state) {
    for (std::size_t i = 0; i < lookups; ++i) rows[i] = row(down[i]);
    benchmark::DoNotOptimize(rows.data());
    benchmark::ClobberMemory();
  }
  state.counters["lookups"] =
      benchmark::Counter(static_cast<double>(lookups), benchmark::Counter::kIsIterationInvariantRate);
}
void prepared(benchmark::State& state) {
  const sla::step_lookup october(table.rows(), std::chrono::seconds(month));
  over_all(state, [&](std::int64_t s) {
    return static_cast<std::uint8_t>(october.row_at(std::chrono::seconds(s)));
  });
}
BENCHMARK(prepared)->Name("step_lookup/10000000")->Unit(benchmark::kMillisecond);
void exact(benchmark::State& state) {
  over_all(state, [](std::int64_t s) {
    return static_cast<std::uint8_t>(table.match(ratio(month - s, month)).row);
  });
}
BENCHMARK(exact)->Name("naive/a_ratio_and_its_row_10000000")->Unit(benchmark::kMillisecond);
void stream(benchmark::State& state) {
  over_all(state, [](std::int64_t s) { return static_cast<std::uint8_t>(s >> 9); });
}
BENCHMARK(stream)->Name("limit/streaming_10000000")->Unit(benchmark::kMillisecond);

}  // namespace
