// SPDX-License-Identifier: MIT
// Does the number of holidays matter? None, 30, 300 and 3,000 of them over forty years of Monday to Friday, asked by
// business time, worked time and business days; beside each the limit, and the naive way, which looks every date up.
// What it costs to compile them is told, too.

#include <benchmark/benchmark.h>

#include <map>
#include <set>

#include "calendars.hpp"
#include "ratios.hpp"

namespace {

using namespace sla::literals;
using sla::instant;

constexpr std::size_t many = 1 << 20;

sla::calendar_spec spec(std::int64_t holidays) {
  sla::calendar_spec spec{.zone = sla::zone::posix("Asia/Shanghai", "CST-8"),
                          .hours = sla::weekly_hours("Mon-Fri 08:30-12:00,13:00-18:00"_hours),
                          .cover = {std::chrono::year(2000), std::chrono::year(2040)}};
  const std::chrono::sys_days first(spec.cover.from / 1 / 1);
  std::mt19937_64 random(3);
  std::set<std::chrono::sys_days> dates;
  while (dates.size() < static_cast<std::size_t>(holidays)) {
    const auto date = first + std::chrono::days(random() % (40 * 365));
    if (std::chrono::weekday(date).iso_encoding() < 6) dates.insert(date);
  }
  std::vector<sla::holiday> entries;
  for (const auto date : dates) entries.push_back({date, sla::day_kind::statutory, "holiday"});
  if (holidays != 0)
    spec.holidays =
        sla::workdays_of(sla::holiday_set("many", "1", sla::holiday_set::forever(), std::move(entries)));
  return spec;
}
const sla::business_time& calendar(std::int64_t holidays) {
  static std::map<std::int64_t, sla::business_time> all;
  return all.try_emplace(holidays, spec(holidays)).first->second;
}

struct inputs {
  const sla::business_time& c;
  std::vector<instant> t, other;
  std::vector<sla::worked> w;
  std::vector<sla::business_days> n;
  std::vector<instant> out;
  explicit inputs(std::int64_t holidays)
      : c(calendar(holidays)),
        t(bench::starts(c, many, false)),
        other(bench::starts(c, many, true)),
        w(bench::amounts(many)),
        out(many) {
    for (std::size_t i = 0; i < many; ++i)
      n.push_back(sla::business_days(static_cast<std::int32_t>(i & 255) + 1));
  }
};
void items(benchmark::State& state, std::size_t n) {
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(n));
}

void limit_streaming(benchmark::State& state) {
  inputs in(0);
  for (auto _ : state) {
    for (std::size_t i = 0; i < many; ++i)
      in.out[i] = instant::from_unix(in.t[i].unix_seconds() + in.w[i].count());
    benchmark::ClobberMemory();
  }
  items(state, many);
}
void add_business_time(benchmark::State& state) {
  inputs in(state.range(0));
  for (auto _ : state) {
    in.c.add(in.t, in.w, in.out);
    benchmark::ClobberMemory();
  }
  items(state, many);
}
void worked_between(benchmark::State& state) {
  inputs in(state.range(0));
  std::vector<sla::worked> out(many);
  for (auto _ : state) {
    in.c.worked(in.t, in.other, out);
    benchmark::ClobberMemory();
  }
  items(state, many);
}
void add_business_days(benchmark::State& state) {
  inputs in(state.range(0));
  for (auto _ : state) {
    in.c.add(in.t, in.n, in.out);
    benchmark::ClobberMemory();
  }
  items(state, many);
}
// Date after date, each looked up in the set; dates alone, without hours or a zone.
void naive_business_days(benchmark::State& state) {
  const sla::calendar_spec s = spec(state.range(0));
  inputs in(state.range(0));
  constexpr std::size_t few = 1000;
  for (auto _ : state) {
    for (std::size_t i = 0; i < few; ++i) {
      auto date = std::chrono::floor<std::chrono::days>(in.t[i].sys());
      for (std::int32_t n = in.n[i].count(); n > 0;) {
        date += std::chrono::days(1);
        n -= std::chrono::weekday(date).iso_encoding() < 6 && s.holidays.set.find(date) == nullptr ? 1 : 0;
      }
      in.out[i] = date;
    }
    benchmark::ClobberMemory();
  }
  items(state, few);
}
void compile_forty_years(benchmark::State& state) {
  const sla::calendar_spec s = spec(state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(sla::business_time(s));
  items(state, 1);
  state.counters["bytes"] = static_cast<double>(calendar(state.range(0)).size_bytes());
}

void counts(benchmark::internal::Benchmark* b) {
  for (const std::int64_t n : {0, 30, 300, 3000}) b->Arg(n);
  b->ArgName("holidays");
}
BENCHMARK(limit_streaming)->Arg(0)->ArgName("holidays");
BENCHMARK(add_business_time)->Apply(counts);
BENCHMARK(worked_between)->Apply(counts);
BENCHMARK(add_business_days)->Apply(counts);
BENCHMARK(naive_business_days)->Apply(counts);
BENCHMARK(compile_forty_years)->Apply(counts);

}  // namespace

int main(int argc, char** argv) {
  return bench::run(
      argc, argv,
      {{"add_", "limit_streaming"}, {"worked_", "limit_streaming"}, {"naive_", "limit_streaming"}},
      {"add_", "worked_", "naive_", "compile_"});
}
