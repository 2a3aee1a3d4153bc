// SPDX-License-Identifier: MIT
// What does it cost to judge an incident of 8 events under 6 clocks? The bar: the time of 15 dependent counting
// calls on the same calendar. Both are timed in turn within one run, so that `ratio` is a ratio of that run.

#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <limits>
#include <random>
#include <span>
#include <string_view>
#include <vector>

#include <sla/policy/assess.hpp>

#include "calendars.hpp"

namespace {

using namespace std::chrono_literals;
using namespace sla::literals;
using sla::event;
using sla::moment;

constexpr std::int64_t day = 86'400;
constexpr std::size_t events_each = 8;
constexpr std::string_view customer_reply = "customer reply";

// Two clocks on the wall clock, four in Shanghai's office hours, of which the customer's pause stops two.
const sla::policy& policy(bool warnings_and_confirmation = false) {
  static constexpr std::string_view severities[]{"P1"}, tiers[]{"basic"};
  static constexpr sla::limit_spec limits[]{{"response", 10min},  {"remote_access", 30min},
                                            {"workaround", 2_bh}, {"onsite", 4_bh},
                                            {"restored", 6_bh},   {"resolution", 8_bh}};
  static constexpr sla::target_spec targets[]{{.severity = "P1", .calendar = "office", .limits = limits}};
  static constexpr std::string_view stops[]{"restored", "resolution"};
  static constexpr sla::pause_spec pauses[]{
      {.name = customer_reply, .by = sla::party::customer, .stops = stops}};
  const auto make = [](std::span<const sla::clock_spec> clocks) {
    const sla::named_calendar_spec calendars[]{{"office", bench::spec(0)}};
    return sla::policy(sla::policy_spec{.name = "bench",
                                        .version = std::chrono::year{2024} / 1 / 1,
                                        .home = sla::zone::posix("Asia/Shanghai", "CST-8"),
                                        .severities = severities,
                                        .tiers = tiers,
                                        .calendars = calendars,
                                        .targets = targets,
                                        .clocks = clocks,
                                        .pauses = pauses});
  };
  static const sla::policy plain = make({});
  static constexpr sla::clock_spec asked[]{{.name = "resolution", .how = {.confirmation = 24h}}};
  static const sla::policy confirmed = make(asked);
  return warnings_and_confirmation ? confirmed : plain;
}
const sla::business_time& hours() {
  static const sla::business_time& office = *policy().calendar("office");
  return office;
}

/// One incident, made from its number: a batch of any size needs no memory.
struct incident {
  sla::facts facts;
  std::array<event, events_each> log;
};
// 8 events over some `days`: reported, responded, connected, a pause of the customer's, arrived, restored, resolved.
void make(incident& out, std::uint64_t number, std::int64_t days) {
  std::uint64_t state = number * 0x9E37'79B9'7F4A'7C15U;
  const auto random = [&](std::int64_t most) {
    state = (state ^ (state >> 29)) * 0xBF58'476D'1CE4'E5B9U;
    state ^= state >> 32;
    return std::chrono::seconds(1 + static_cast<std::int64_t>(state % static_cast<std::uint64_t>(most)));
  };
  sla::instant t = hours().cover().begin + random(3'650 * day / 2);
  out.facts.reported = t;
  out.log[0] = event::of(moment::reported, t);
  out.log[1] = event::of(moment::responded, t = t + random(900 * days));
  out.log[2] = event::of(moment::remote_connected, t = t + random(1'800 * days));
  out.log[3] = event::pause(t = t + random(3'600 * days), 0);
  out.log[4] = event::resume(t = t + random(7'200 * days), 0);
  out.log[5] = event::of(moment::arrived, t = t + random(14'400 * days));
  out.log[6] = event::of(moment::restored, t = t + random(14'400 * days));
  out.log[7] = event::of(moment::resolved, t = t + random(14'400 * days));
}
std::vector<incident> incidents(std::size_t n, std::int64_t days) {
  std::vector<incident> out(n);
  for (std::size_t i = 0; i < n; ++i) make(out[i], i + 1, days);
  return out;
}

sla::instant as_of() { return hours().cover().end - std::chrono::days{1}; }

void judge(const sla::policy& under, const incident& x, std::span<const event> log) {
  for (const sla::verdict& v : sla::assess(under, x.facts, log, as_of())) benchmark::DoNotOptimize(&v);
}
void fifteen_additions(std::size_t i) {
  const sla::business_time& office = hours();
  sla::instant t = office.cover().begin + std::chrono::seconds(static_cast<std::int64_t>(i % 2048) * 77'777);
  for (int k = 0; k < 15; ++k) t = office.add(t, sla::worked(std::chrono::seconds(3'600 + k)));
  benchmark::DoNotOptimize(t);
}

// Slices of both in turn; the fastest slice of each counts, which is the one that nothing disturbed.
template <class Judge>
void in_turn(benchmark::State& state, std::size_t n, std::size_t events, const Judge& one) {
  using clock = std::chrono::steady_clock;
  double assess = std::numeric_limits<double>::infinity(), chain = assess;
  const auto least = [n](double& best, clock::duration took) {
    best = std::min(best, std::chrono::duration<double, std::nano>(took).count() / static_cast<double>(n));
  };
  for (auto _ : state) {
    const auto start = clock::now();
    for (std::size_t i = 0; i < n; ++i) one(i);
    const auto between = clock::now();
    for (std::size_t i = 0; i < n; ++i) fifteen_additions(i);
    least(assess, between - start);
    least(chain, clock::now() - between);
    state.SetIterationTime(std::chrono::duration<double>(between - start).count());
  }
  state.counters["ns_incident"] = assess;
  state.counters["ns_event"] = assess / static_cast<double>(events);
  state.counters["ns_15_additions"] = chain;
  state.counters["ratio"] = assess / chain;
}

// How long an incident lasts must not matter: about 12 hours times `days`.
void over_span(benchmark::State& state) {
  const auto all = incidents(1'000, state.range(0));
  in_turn(state, all.size(), events_each, [&](std::size_t i) { judge(policy(), all[i], all[i].log); });
}
BENCHMARK(over_span)
    ->Name("assess/8_events_6_clocks/times_12_h")
    ->Arg(1)
    ->Arg(10)
    ->Arg(100)
    ->Arg(1'000)
    ->UseManualTime();

// As of half way: some clocks open, some not yet started.
void half_way(benchmark::State& state) {
  const auto all = incidents(1'000, 1);
  in_turn(state, all.size(), events_each, [&](std::size_t i) {
    for (const sla::verdict& v : sla::assess(policy(), all[i].facts, all[i].log, all[i].log[4].at))
      benchmark::DoNotOptimize(&v);
  });
}
BENCHMARK(half_way)->Name("assess/half_way")->UseManualTime();

// The resolution waits for confirmation.
void confirmation(benchmark::State& state) {
  const auto all = incidents(1'000, 1);
  in_turn(state, all.size(), events_each, [&](std::size_t i) { judge(policy(true), all[i], all[i].log); });
}
BENCHMARK(confirmation)->Name("assess/with_confirmation")->UseManualTime();

// Delivered backwards.
void disorder(benchmark::State& state) {
  auto all = incidents(1'000, 1);
  for (auto& x : all) std::ranges::reverse(x.log);
  in_turn(state, all.size(), events_each, [&](std::size_t i) { judge(policy(), all[i], all[i].log); });
}
BENCHMARK(disorder)->Name("assess/out_of_order")->UseManualTime();

// With a ninth record that makes each clock's replay go record by record.
void replayed(benchmark::State& state) {
  const auto all = incidents(1'000, 1);
  std::vector<std::array<event, events_each + 1>> logs(all.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    std::ranges::copy(all[i].log, logs[i].begin());
    logs[i].back() = event::reopen(all[i].log.back().at + 1h);
  }
  in_turn(state, all.size(), events_each + 1,
          [&](std::size_t i) { judge(policy(), all[i], std::span<const event>(logs[i])); });
}
BENCHMARK(replayed)->Name("assess/reopened")->UseManualTime();

// Resolved, rejected within the confirmation span, and resolved again.
void rejected(benchmark::State& state) {
  const auto all = incidents(1'000, 1);
  std::vector<std::array<event, events_each + 2>> logs(all.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    std::ranges::copy(all[i].log, logs[i].begin());
    logs[i][events_each] = event::reject(all[i].log.back().at + 1h);
    logs[i].back() = event::of(moment::resolved, all[i].log.back().at + 3h);
  }
  in_turn(state, all.size(), events_each + 2,
          [&](std::size_t i) { judge(policy(true), all[i], std::span<const event>(logs[i])); });
}
BENCHMARK(rejected)->Name("assess/rejected")->UseManualTime();

// Found to be worse once somebody was connected: the clocks still open go through the change.
void worsened(benchmark::State& state) {
  const auto all = incidents(1'000, 1);
  std::vector<std::array<event, events_each + 1>> logs(all.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    std::ranges::copy(all[i].log, logs[i].begin());
    logs[i].back() = event::change(all[i].log[2].at + 1s, {}, sla::change_cause::worsened);
    std::ranges::sort(logs[i], {}, &event::at);
  }
  in_turn(state, all.size(), events_each + 1,
          [&](std::size_t i) { judge(policy(), all[i], std::span<const event>(logs[i])); });
}
BENCHMARK(worsened)->Name("assess/worsened")->UseManualTime();

// A million incidents made one by one; making them is timed alone beside it, and so are as many times 15 additions.
void batch(benchmark::State& state) {
  using clock = std::chrono::steady_clock;
  const auto n = static_cast<std::uint64_t>(state.range(0));
  incident x;
  const auto run = [&](bool judging) {
    const auto start = clock::now();
    for (std::uint64_t i = 1; i <= n; ++i) {
      make(x, i, 1);
      benchmark::DoNotOptimize(x);
      if (judging) judge(policy(), x, x.log);
    }
    return std::chrono::duration<double, std::nano>(clock::now() - start).count();
  };
  double all = std::numeric_limits<double>::infinity(), making = all, chain = all;
  for (auto _ : state) {
    const double took = run(true);
    all = std::min(all, took);
    making = std::min(making, run(false));
    const auto start = clock::now();
    for (std::uint64_t i = 1; i <= n; ++i) fifteen_additions(i);
    chain = std::min(chain, std::chrono::duration<double, std::nano>(clock::now() - start).count());
    state.SetIterationTime(took / 1e9);
  }
  state.counters["ns_incident"] = (all - making) / static_cast<double>(n);
  state.counters["ns_event"] = (all - making) / static_cast<double>(n * events_each);
  state.counters["ns_making"] = making / static_cast<double>(n);
  state.counters["ns_15_additions"] = chain / static_cast<double>(n);
  state.counters["ratio"] = (all - making) / chain;
}
BENCHMARK(batch)->Name("assess/batch")->Arg(1'000)->Arg(1'000'000)->UseManualTime();

}  // namespace
