// SPDX-License-Identifier: MIT
// Worked time between two instants, flat over the span; business days; compiling; awkward calendars. The limit and
// the naive way run beside them. calendar 0 is Shanghai, 1 New York, 2 is 24/7.

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
constexpr std::size_t many = 1 << 20;

void items(benchmark::State& state, std::size_t n) {
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(n));
  state.SetLabel(bench::name(state.range(0)));
}

void limit_streaming_difference(benchmark::State& state) {
  const auto a = bench::starts(calendar(state.range(0)), many, false),
             b = bench::starts(calendar(state.range(0)), many, true);
  std::vector<sla::worked> out(many);
  for (auto _ : state) {
    for (std::size_t i = 0; i < many; ++i)
      out[i] = sla::worked(std::chrono::seconds(b[i].unix_seconds() - a[i].unix_seconds()));
    benchmark::ClobberMemory();
  }
  items(state, many);
}
// Spans of a given length: an hour to ten years; the starts are spread over what is left of the cover.
void worked_by_span(benchmark::State& state) {
  const sla::business_time& c = calendar(state.range(0));
  const std::chrono::seconds span(state.range(1));
  const std::int64_t left = (c.cover().length() - span).count() * 100 / c.cover().length().count();
  const auto a = bench::starts(c, many, false, static_cast<unsigned>(std::max<std::int64_t>(left, 1)));
  std::vector<instant> b;
  for (const instant t : a) b.push_back(t + span);
  std::vector<sla::worked> out(many);
  for (auto _ : state) {
    c.worked(a, b, out);
    benchmark::ClobberMemory();
  }
  items(state, many);
}
// Two std::upper_bound.
void naive_worked(benchmark::State& state) {
  const sla::business_time& c = calendar(state.range(0));
  const bench::by_search naive(c);
  const auto a = bench::starts(c, many, false), b = bench::starts(c, many, true);
  std::vector<sla::worked> out(many);
  for (auto _ : state) {
    for (std::size_t i = 0; i < many; ++i)
      out[i] = sla::worked(std::chrono::seconds(naive.worked_before(b[i].unix_seconds()) -
                                                naive.worked_before(a[i].unix_seconds())));
    benchmark::ClobberMemory();
  }
  items(state, many);
}
// From opening to opening, over spans of a given length.
void naive_worked_by_walking(benchmark::State& state) {
  const sla::business_time& c = calendar(state.range(0));
  const std::chrono::seconds span(state.range(1));
  const auto a = bench::starts(c, 16, false, 1);
  for (auto _ : state) {
    for (const instant t : a) {
      sla::worked sum;
      const sla::interval range{t, std::min(t + span, c.cover().end)};
      for (instant at = c.next_open(t); at < range.end;) {
        const instant close = std::min(c.next_close(at), range.end);
        sum += sla::worked(close - at);
        at = close < range.end ? c.next_open(close) : close;
      }
      benchmark::DoNotOptimize(sum);
    }
  }
  items(state, a.size());
}
void limit_streaming(benchmark::State& state) {
  const auto t = bench::starts(calendar(0), many, false);
  const auto w = bench::amounts(many);
  std::vector<instant> out(many);
  for (auto _ : state) {
    for (std::size_t i = 0; i < many; ++i) out[i] = instant::from_unix(t[i].unix_seconds() + w[i].count());
    benchmark::ClobberMemory();
  }
  items(state, many);
}
void add_business_days_batch(benchmark::State& state) {
  const sla::business_time& c = calendar(state.range(0));
  const auto t = bench::starts(c, many, false);
  std::vector<sla::business_days> n;
  for (std::size_t i = 0; i < many; ++i)
    n.push_back(sla::business_days(static_cast<std::int32_t>(i & 255) + 1));
  std::vector<instant> out(many);
  for (auto _ : state) {
    c.add(t, n, out);
    benchmark::ClobberMemory();
  }
  items(state, many);
}
void add_business_days(benchmark::State& state) {
  const sla::business_time& c = calendar(state.range(0));
  const auto t = bench::starts(c, many, false);
  std::vector<instant> out(many);
  for (auto _ : state) {
    for (std::size_t i = 0; i < many; ++i)
      out[i] = c.add(t[i], sla::business_days(static_cast<std::int32_t>(i & 255) + 1));
    benchmark::ClobberMemory();
  }
  items(state, many);
}
void naive_business_days_by_walking(benchmark::State& state) {
  const sla::business_time& c = calendar(state.range(0));
  const auto t = bench::starts(c, 1000, false);
  std::vector<instant> out(t.size());
  for (auto _ : state) {
    for (std::size_t i = 0; i < t.size(); ++i) out[i] = bench::walk_days(c, t[i], (i & 255) + 1);
    benchmark::ClobberMemory();
  }
  items(state, t.size());
}
void compile_ten_years(benchmark::State& state) {
  const sla::calendar_spec spec = bench::spec(state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(sla::business_time(spec));
  const sla::business_time& c = calendar(state.range(0));
  state.counters["bytes"] = static_cast<double>(c.size_bytes());
  state.counters["bytes_allowed"] = static_cast<double>(10 * 16'384 + c.open().size() * 32);
  items(state, 1);
}

// Date by date: each shift's two local times are looked up in the zone, each date in the holidays; nothing is indexed.
void naive_compile_by_date(benchmark::State& state) {
  const sla::calendar_spec spec = bench::spec(state.range(0));
  const std::chrono::sys_days first(spec.cover.from / 1 / 1), end(spec.cover.to / 1 / 1);
  for (auto _ : state) {
    std::vector<sla::interval> open;
    for (auto d = first; d < end; d += std::chrono::days(1)) {
      const sla::holiday* h = spec.holidays.set.find(d);
      if (h != nullptr && h->off()) continue;
      const auto weekday = h != nullptr ? h->works_as : std::chrono::weekday(d);
      for (const sla::shift& s : spec.hours[weekday]) {
        const std::chrono::local_days date(d.time_since_epoch());
        open.push_back({spec.zone.at_or_after(date + std::chrono::seconds(s.open)),
                        spec.zone.at_or_after(date + std::chrono::seconds(s.close))});
      }
    }
    benchmark::DoNotOptimize(sla::interval_set(std::move(open)).size());
  }
  items(state, 1);
}

// Awkward: 0 a five-minute break every hour; 1 one second in two, a month long; 2 one interval a year, a century;
// 3 office hours for a century; 4 a second a minute, a year long.
sla::business_time awkward(std::int64_t which) {
  const instant begin = std::chrono::sys_days(std::chrono::year(2024) / 1 / 1);
  const auto repeated = [&](std::int64_t open, std::int64_t closed, std::int64_t n) {
    sla::compiled_calendar c;
    for (std::int64_t i = 0; i < n; ++i) {
      const instant from = begin + std::chrono::seconds(i * (open + closed));
      c.open.push_back({from, from + std::chrono::seconds(open)});
    }
    c.cover = {begin, begin + std::chrono::seconds(n * (open + closed))};
    return sla::business_time(std::move(c));
  };
  switch (which) {
    case 0: return repeated(3300, 300, 24 * 365 * 10);
    case 1: return repeated(1, 1, 15 * 86'400);
    case 2: return repeated(3600, 365 * 86'400 - 3600, 100);
    case 3:
      return sla::calendar_spec{.hours = "Mon-Fri 08:30-12:00,13:00-18:00"_hours,
                                .cover = {std::chrono::year(2000), std::chrono::year(2100)}};
    default: return repeated(1, 59, 1440 * 365);
  }
}
struct awkward_inputs {
  sla::business_time c;
  std::vector<instant> t;
  std::vector<sla::worked> w;
  explicit awkward_inputs(std::int64_t which) : c(awkward(which)), t(bench::starts(c, many, false, 90)) {
    const std::int64_t all = c.worked(c.cover().begin, c.cover().end).count();
    for (std::size_t i = 0; i < many; ++i)
      w.push_back(sla::worked(std::chrono::seconds(1 + static_cast<std::int64_t>(i * 7919) % (all / 10))));
  }
  void done(benchmark::State& state) const {
    constexpr const char* names[] = {"5 min break an hour", "every other second", "one a year", "a century",
                                     "a second a minute"};
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(many));
    state.SetLabel(names[state.range(0)]);
    state.counters["bytes"] = static_cast<double>(c.size_bytes());
    state.counters["intervals"] = static_cast<double>(c.open().size());
  }
};
void awkward_add(benchmark::State& state) {
  const awkward_inputs in(state.range(0));
  std::vector<instant> out(many);
  for (auto _ : state) {
    in.c.add(in.t, in.w, out);
    benchmark::ClobberMemory();
  }
  in.done(state);
}
void awkward_upper_bound(benchmark::State& state) {
  const awkward_inputs in(state.range(0));
  const bench::by_search naive(in.c);
  std::vector<std::int64_t> out(many);
  for (auto _ : state) {
    for (std::size_t i = 0; i < many; ++i) out[i] = naive.add(in.t[i].unix_seconds(), in.w[i].count());
    benchmark::ClobberMemory();
  }
  in.done(state);
}

BENCHMARK(limit_streaming)->Arg(0)->ArgName("calendar");
BENCHMARK(limit_streaming_difference)->Arg(0)->Arg(1)->Arg(2)->ArgName("calendar");
BENCHMARK(naive_worked)->Arg(0)->Arg(1)->Arg(2)->ArgName("calendar");
BENCHMARK(worked_by_span)
    ->ArgsProduct({{0, 1, 2}, {3600, 86'400, 30 * 86'400, 365 * 86'400, 3652 * 86'400}})
    ->ArgNames({"calendar", "span"});
BENCHMARK(naive_worked_by_walking)
    ->ArgsProduct({{0, 1}, {3600, 86'400, 30 * 86'400, 365 * 86'400, 3652 * 86'400}})
    ->ArgNames({"calendar", "span"});
BENCHMARK(add_business_days_batch)->Arg(0)->Arg(1)->Arg(2)->ArgName("calendar");
BENCHMARK(add_business_days)->Arg(0)->Arg(1)->Arg(2)->ArgName("calendar");
BENCHMARK(naive_business_days_by_walking)->Arg(0)->Arg(1)->Arg(2)->ArgName("calendar");
BENCHMARK(compile_ten_years)->Arg(0)->Arg(1)->Arg(2)->ArgName("calendar");
BENCHMARK(naive_compile_by_date)->Arg(0)->Arg(1)->Arg(2)->ArgName("calendar");
BENCHMARK(awkward_add)->DenseRange(0, 4)->ArgName("kind");
BENCHMARK(awkward_upper_bound)->DenseRange(0, 4)->ArgName("kind");

}  // namespace

int main(int argc, char** argv) {
  return bench::run(argc, argv,
                    {{"worked_by_span", "limit_streaming_difference"},
                     {"naive_worked", "limit_streaming_difference"},
                     {"add_business_days", "limit_streaming"},
                     {"naive_business_days", "limit_streaming"},
                     {"compile_", "naive_compile"},
                     {"awkward_", "limit_streaming"}},
                    {"worked_by_span", "naive_worked_by_walking"});
}
