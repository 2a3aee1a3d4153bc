// SPDX-License-Identifier: MIT
#pragma once

// A main that runs the benchmarks and then prints, for each, how many times the limit of the same run it took: a claim
// is a ratio, because times differ from machine to machine and from minute to minute. With repetitions the medians are
// compared.
//
//     int main(int argc, char** argv) { return bench::run(argc, argv, {{"add_any", "limit_streaming"}, ...}); }
//
// A rule names the benchmarks by how they begin, and the limit they are held against: the one with the same arguments,
// else the one with the same calendar, else any. Those said to be flat are compared among themselves: the dearest of
// a group, which shares all but the last argument, over the cheapest.

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bench {

struct ratio_rule {
  std::string_view of;
  std::string_view limit;
};

class ratio_reporter : public benchmark::ConsoleReporter {
 public:
  ratio_reporter(std::vector<ratio_rule> rules, std::vector<std::string_view> flat)
      : rules_(std::move(rules)), flat_(std::move(flat)) {}

  void ReportRuns(const std::vector<Run>& runs) override {
    ConsoleReporter::ReportRuns(runs);
    for (const Run& r : runs) {
      const auto rate = r.counters.find("items_per_second");
      if (r.run_type != Run::RT_Iteration || rate == r.counters.end()) continue;
      const std::string name = r.run_name.function_name + '/' + r.run_name.args;
      if (!seconds_.contains(name)) order_.push_back(name);
      seconds_[name].push_back(1 / rate->second.value);
    }
  }

  void print() {
    std::printf("\n%-60s %10s %8s\n", "times the limit of this run", "ns", "times");
    for (const std::string& name : order_) {
      const double* limit = limit_of(name);
      if (limit != nullptr)
        std::printf("%-60s %10.2f %8.2f\n", name.c_str(), median(name) * 1e9, median(name) / *limit);
    }
    if (!flat_.empty()) std::printf("\n%-60s %19s\n", "the dearest over the cheapest of", "times");
    std::map<std::string, std::pair<double, double>> groups;
    for (const std::string& name : order_) {
      if (std::none_of(flat_.begin(), flat_.end(), [&](std::string_view f) { return name.starts_with(f); }))
        continue;
      const double ns = median(name);
      const auto [at, is_new] = groups.try_emplace(name.substr(0, name.rfind('/')), ns, ns);
      at->second = {std::min(at->second.first, ns), std::max(at->second.second, ns)};
    }
    for (const auto& [name, range] : groups)
      std::printf("%-60s %19.2f\n", name.c_str(), range.second / range.first);
  }

 private:
  [[nodiscard]] double median(const std::string& name) {
    std::vector<double>& all = seconds_[name];
    std::sort(all.begin(), all.end());
    return all[all.size() / 2];
  }
  [[nodiscard]] const double* limit_of(const std::string& name) {
    const auto rule = std::find_if(rules_.begin(), rules_.end(),
                                   [&](const ratio_rule& r) { return name.starts_with(r.of); });
    const std::size_t at = name.find("calendar:");
    if (rule == rules_.end()) return nullptr;
    const std::string begin = std::string(rule->limit) + '/';
    const std::string arguments = at == name.npos ? std::string() : name.substr(at);
    const std::string first = arguments.substr(0, arguments.find('/'));
    const std::string* found = nullptr;
    for (const std::string& other : order_) {
      if (!other.starts_with(begin)) continue;
      if (other == begin + arguments) {
        found = &other;
        break;
      }
      // The last of a calendar has the longest arrays; a limit that does not depend on the calendar has one only.
      if (found == nullptr || other.find(first) != other.npos) found = &other;
    }
    if (found == nullptr) return nullptr;
    limit_ = median(*found);
    return &limit_;
  }

  std::vector<ratio_rule> rules_;
  std::vector<std::string_view> flat_;
  std::map<std::string, std::vector<double>> seconds_;
  std::vector<std::string> order_;
  double limit_ = 0;
};

inline int run(int argc, char** argv, std::vector<ratio_rule> rules,
               std::vector<std::string_view> flat = {}) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  ratio_reporter reporter(std::move(rules), std::move(flat));
  benchmark::RunSpecifiedBenchmarks(&reporter);
  reporter.print();
  return 0;
}

}  // namespace bench
