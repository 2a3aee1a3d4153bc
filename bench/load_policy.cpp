// SPDX-License-Identifier: MIT
// What does a policy of 10,000 targets cost to load? Limit: parsing the same text with the TOML parser alone. Items are
// targets. Goal: at most 3 times the limit.

#include <benchmark/benchmark.h>

#include <string>
#include <string_view>
#include <vector>

#include <sla/policy/policy_load.hpp>

#define TOML_HEADER_ONLY 1
#include <toml++/toml.h>

#include "ratios.hpp"

namespace {

// "s0", "s1", ...
std::vector<std::string> names(std::string_view kind, int count) {
  std::vector<std::string> out;
  for (int i = 0; i < count; ++i) out.push_back(std::string(kind) + std::to_string(i));
  return out;
}
std::string list(std::string_view key, const std::vector<std::string>& all) {
  std::string out = std::string(key) + " = [";
  for (const std::string& n : all) out += '"' + n + "\", ";
  return out + "]\n";
}
std::string head() {
  return "policy = \"large\"\nversion = 2026-01-01\nzone = \"UTC\"\ncurrency = \"CNY\"\n";
}

// A row for each of 20 x 10 x 10 x 5 combinations, behind one for all of them.
const std::string& a_row_a_combination() {
  static const std::string text = [] {
    const auto severities = names("severity", 20), tiers = names("tier", 10), regions = names("region", 10),
               categories = names("category", 5);
    std::string out = head() + list("severities", severities) + list("tiers", tiers) +
                      list("regions", regions) + list("categories", categories) +
                      "[calendar.office]\nhours = \"Mon-Fri 08:30-18:00\"\n"
                      "[[target]]\ncalendar = \"office\"\nresponse = \"4bh\"\n";
    int minutes = 10;
    for (const auto& s : severities)
      for (const auto& t : tiers)
        for (const auto& r : regions)
          for (const auto& c : categories) {
            ++minutes;
            out += "[[target]]\nclause = \"3." + std::to_string(minutes) + "\"\nseverity = \"" + s +
                   "\"\ntier = \"" + t + "\"\nregion = \"" + r + "\"\ncategory = \"" + c +
                   "\"\nresponse = \"" + std::to_string(minutes % 60 + 1) + "min\"\nresolution = \"" +
                   std::to_string(minutes % 24 + 1) + "bh\"\n";
          }
    return out;
  }();
  return text;
}

// 100 clocks of the policy's own, each with a row for each of 10 severities and 10 tiers.
const std::string& a_row_a_clock() {
  static const std::string text = [] {
    const auto severities = names("severity", 10), tiers = names("tier", 10), clocks = names("clock", 100);
    std::string out = head() + list("severities", severities) + list("tiers", tiers);
    for (const auto& c : clocks) out += "[clock." + c + "]\nstarts = \"reported\"\nstops = \"resolved\"\n";
    int minutes = 10;
    for (const auto& c : clocks)
      for (const auto& s : severities)
        for (const auto& t : tiers) {
          ++minutes;
          out += "[[target]]\nclause = \"3." + std::to_string(minutes) + "\"\nseverity = \"" + s +
                 "\"\ntier = \"" + t + "\"\n" + c + " = \"" + std::to_string(minutes % 60 + 1) + "min\"\n";
        }
    return out;
  }();
  return text;
}

// 10,000 rows of each severity alone, which agree: rows that cover much, and one another.
const std::string& rows_that_agree() {
  static const std::string text = [] {
    const auto severities = names("severity", 10), tiers = names("tier", 10);
    std::string out = head() + list("severities", severities) + list("tiers", tiers);
    for (int i = 0; i < 10'000; ++i)
      out += "[[target]]\nclause = \"3." + std::to_string(i) + "\"\nseverity = \"severity" +
             std::to_string(i % 10) + "\"\nresponse = \"" + std::to_string(i % 10 + 1) + "h\"\n";
    return out;
  }();
  return text;
}

using text_of = const std::string& (*)();

void limit_parse(benchmark::State& state, text_of text) {
  for (auto _ : state) {
    const toml::table parsed = toml::parse(text());
    benchmark::DoNotOptimize(parsed.size());
  }
  state.SetItemsProcessed(state.iterations() * 10'000);
}
void load(benchmark::State& state, text_of text, sla::policy_check how) {
  for (auto _ : state) {
    const auto loaded = sla::parse_policy("large.toml", text(), {}, how);
    if (!loaded) return state.SkipWithError(loaded.diagnostics().print().substr(0, 300).c_str());
    benchmark::DoNotOptimize(loaded.value().clock_count());
  }
  state.SetItemsProcessed(state.iterations() * 10'000);
}

void limit_parse_combinations(benchmark::State& s) { limit_parse(s, a_row_a_combination); }
void limit_parse_clocks(benchmark::State& s) { limit_parse(s, a_row_a_clock); }
void limit_parse_agreeing(benchmark::State& s) { limit_parse(s, rows_that_agree); }
void load_combinations(benchmark::State& s) { load(s, a_row_a_combination, sla::policy_check::errors); }
void load_clocks(benchmark::State& s) { load(s, a_row_a_clock, sla::policy_check::errors); }
void load_agreeing(benchmark::State& s) { load(s, rows_that_agree, sla::policy_check::errors); }
void check_combinations(benchmark::State& s) { load(s, a_row_a_combination, sla::policy_check::with_lints); }

BENCHMARK(limit_parse_combinations)->Unit(benchmark::kMillisecond);
BENCHMARK(load_combinations)->Unit(benchmark::kMillisecond);
BENCHMARK(check_combinations)->Unit(benchmark::kMillisecond);
BENCHMARK(limit_parse_clocks)->Unit(benchmark::kMillisecond);
BENCHMARK(load_clocks)->Unit(benchmark::kMillisecond);
BENCHMARK(limit_parse_agreeing)->Unit(benchmark::kMillisecond);
BENCHMARK(load_agreeing)->Unit(benchmark::kMillisecond);

}  // namespace

int main(int argc, char** argv) {
  return bench::run(argc, argv,
                    {{"load_combinations", "limit_parse_combinations"},
                     {"check_combinations", "limit_parse_combinations"},
                     {"load_clocks", "limit_parse_clocks"},
                     {"load_agreeing", "limit_parse_agreeing"}});
}
