// SPDX-License-Identifier: MIT
// What does adding business time cost? Beside it, in the same run: the limit (the same arrays, added as plain
// numbers), two std::upper_bound over the same intervals, and a walk from opening to opening.
//
// calendar 0 is Shanghai, 1 New York, 2 is 24/7.

#include <benchmark/benchmark.h>

#include "calendars.hpp"
#include "ratios.hpp"

namespace {

using namespace sla::literals;
using sla::instant;

const sla::business_time& calendar(std::int64_t which) {
  static const sla::business_time all[] = {bench::spec(0), bench::spec(1), bench::spec(2)};
  return all[which];
}

using bench::by_search;

struct inputs {
  const sla::business_time& c;
  std::vector<instant> t;
  std::vector<sla::worked> w;
  std::vector<instant> out;
  inputs(benchmark::State& state, bool ordered)
      : c(calendar(state.range(0))),
        t(bench::starts(c, static_cast<std::size_t>(state.range(1)), ordered)),
        w(bench::amounts(t.size())),
        out(t.size()) {
    state.SetLabel(bench::name(state.range(0)));
  }
  void done(benchmark::State& state) const {
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(t.size()));
  }
};

void limit_streaming(benchmark::State& state) {
  inputs in(state, false);
  for (auto _ : state) {
    for (std::size_t i = 0; i < in.t.size(); ++i)
      in.out[i] = instant::from_unix(in.t[i].unix_seconds() + in.w[i].count());
    benchmark::ClobberMemory();
  }
  in.done(state);
}
void limit_streaming_one_amount(benchmark::State& state) {
  inputs in(state, false);
  for (auto _ : state) {
    for (std::size_t i = 0; i < in.t.size(); ++i)
      in.out[i] = instant::from_unix(in.t[i].unix_seconds() + 14'400);
    benchmark::ClobberMemory();
  }
  in.done(state);
}
void add_any(benchmark::State& state, bool ordered) {
  inputs in(state, ordered);
  for (auto _ : state) {
    in.c.add(in.t, in.w, in.out);
    benchmark::ClobberMemory();
  }
  in.done(state);
}
void add_one_amount(benchmark::State& state, bool ordered) {
  inputs in(state, ordered);
  for (auto _ : state) {
    in.c.add(in.t, 4_bh, in.out);
    benchmark::ClobberMemory();
  }
  in.done(state);
}
void naive_upper_bound(benchmark::State& state) {
  inputs in(state, false);
  const by_search naive(in.c);
  for (auto _ : state) {
    for (std::size_t i = 0; i < in.t.size(); ++i)
      in.out[i] = instant::from_unix(naive.add(in.t[i].unix_seconds(), in.w[i].count()));
    benchmark::ClobberMemory();
  }
  in.done(state);
}
void naive_walk(benchmark::State& state) {
  inputs in(state, false);
  for (auto _ : state) {
    for (std::size_t i = 0; i < in.t.size(); ++i) in.out[i] = bench::walk(in.c, in.t[i], in.w[i]);
    benchmark::ClobberMemory();
  }
  in.done(state);
}
// Each start depends on the last answer: what one isolated call takes.
void add_dependent_chain(benchmark::State& state) {
  inputs in(state, false);
  const std::int64_t begin = in.c.cover().begin.unix_seconds();
  for (auto _ : state) {
    std::int64_t mixed = 0;
    for (std::size_t i = 0; i < in.t.size(); ++i) {
      const instant u = in.c.add(instant::from_unix(in.t[i].unix_seconds() ^ mixed), in.w[i]);
      mixed = (u.unix_seconds() - begin) & 0xF;
    }
    benchmark::DoNotOptimize(mixed);
  }
  in.done(state);
}
void naive_dependent_chain(benchmark::State& state) {
  inputs in(state, false);
  const by_search naive(in.c);
  const std::int64_t begin = in.c.cover().begin.unix_seconds();
  for (auto _ : state) {
    std::int64_t mixed = 0;
    for (std::size_t i = 0; i < in.t.size(); ++i)
      mixed = (naive.add(in.t[i].unix_seconds() ^ mixed, in.w[i].count()) - begin) & 0xF;
    benchmark::DoNotOptimize(mixed);
  }
  in.done(state);
}
// Flat over the amount: one amount for all, random starts, seconds in the second argument.
void add_by_amount(benchmark::State& state) {
  const sla::business_time& c = calendar(state.range(0));
  const auto t = bench::starts(c, 1 << 16, false);
  const std::vector<sla::worked> w(t.size(), sla::worked(std::chrono::seconds(state.range(1))));
  std::vector<instant> out(t.size());
  for (auto _ : state) {
    c.add(t, w, out);
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(t.size()));
  state.SetLabel(bench::name(state.range(0)));
}

void naive_walk_by_amount(benchmark::State& state) {
  const sla::business_time& c = calendar(state.range(0));
  const auto t = bench::starts(c, 256, false);
  const sla::worked w{std::chrono::seconds(state.range(1))};
  std::vector<instant> out(t.size());
  for (auto _ : state) {
    for (std::size_t i = 0; i < t.size(); ++i) out[i] = bench::walk(c, t[i], w);
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(t.size()));
  state.SetLabel(bench::name(state.range(0)));
}

constexpr std::int64_t four_million = 1 << 22;

void sizes(benchmark::internal::Benchmark* b) {
  for (const std::int64_t c : {0, 1, 2})
    for (const std::int64_t n :
         {std::int64_t{1000}, std::int64_t{30'000}, std::int64_t{1'000'000}, four_million})
      b->Args({c, n});
  b->ArgNames({"calendar", "n"});
}
void large(benchmark::internal::Benchmark* b) {
  for (const std::int64_t c : {0, 1, 2}) b->Args({c, four_million});
  b->ArgNames({"calendar", "n"});
}

BENCHMARK(limit_streaming)->Apply(sizes);
BENCHMARK_CAPTURE(add_any, random, false)->Apply(sizes);
BENCHMARK_CAPTURE(add_any, ordered, true)->Apply(sizes);
BENCHMARK(limit_streaming_one_amount)->Apply(sizes);
BENCHMARK_CAPTURE(add_one_amount, random, false)->Apply(large);
BENCHMARK_CAPTURE(add_one_amount, ordered, true)->Apply(sizes);
BENCHMARK(naive_upper_bound)->Apply(large);
BENCHMARK(naive_walk)->Args({0, 1000})->Args({1, 1000})->Args({2, 1000})->ArgNames({"calendar", "n"});
BENCHMARK(add_dependent_chain)
    ->Args({0, 1 << 16})
    ->Args({1, 1 << 16})
    ->Args({2, 1 << 16})
    ->ArgNames({"calendar", "n"});
BENCHMARK(naive_dependent_chain)
    ->Args({0, 1 << 16})
    ->Args({1, 1 << 16})
    ->Args({2, 1 << 16})
    ->ArgNames({"calendar", "n"});
BENCHMARK(add_by_amount)
    ->ArgsProduct({{0, 1, 2}, {60, 3600, 36'000, 360'000, 7'200'000}})
    ->ArgNames({"calendar", "seconds"});
BENCHMARK(naive_walk_by_amount)
    ->ArgsProduct({{0, 1}, {60, 3600, 36'000, 360'000, 7'200'000}})
    ->ArgNames({"calendar", "seconds"});

}  // namespace

int main(int argc, char** argv) {
  return bench::run(argc, argv,
                    {{"add_one_amount", "limit_streaming_one_amount"},
                     {"add_", "limit_streaming"},
                     {"naive_", "limit_streaming"}},
                    {"add_by_amount", "naive_walk_by_amount"});
}
