// SPDX-License-Identifier: MIT
#include "window_files.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "tool.hpp"

namespace tool {

void add_window_options(CLI::App& command, window_options& into) {
  const auto file = [&](const char* name, std::string& path, const char* what) {
    return command.add_option(name, path, what)->option_text("FILE");
  };
  CLI::Option* calls =
      file("--calls", into.calls, "offered,waited,end,handled,resolved,contract,service: for service levels");
  file("--counts", into.counts, "date,offered,answered,in_time,...,contract,service: the same, counted")
      ->excludes(calls);
  file("--repairs", into.repairs, "reported,ended,succeeded,contract,service: for service levels");
  file("--requests", into.requests, "at,total,failed,contract,service: where slots of requests are measured");
  file("--population", into.population,
       "at,population,contract,service: what the affected of an outage are a part of");
}

bool read(const window_options& o, window_texts& into, sla::diagnostics& found) {
  bool all = true;
  for (const auto& [path, text] : {std::pair(&o.calls, &into.calls),
                                   {&o.counts, &into.counts},
                                   {&o.repairs, &into.repairs},
                                   {&o.requests, &into.requests},
                                   {&o.population, &into.population}})
    if (!path->empty()) all = read(*path, *text, found) && all;
  return all;
}

brought_records::brought_records(const sla::policy& p, std::span<const sla::contract> contracts,
                                 const window_options& o, const window_texts& texts,
                                 sla::diagnostics& found) {
  const auto take = [&](auto&& loaded, auto& into) {
    found.append(loaded.diagnostics());
    if (loaded) into = std::move(loaded).value();
    sound_ = sound_ && loaded.has_value();
  };
  if (!o.calls.empty())
    take(sla::parse_calls(p.home(), display_name(o.calls), texts.calls, {}, contracts), calls_);
  if (!o.counts.empty())
    take(sla::parse_call_counts(display_name(o.counts), texts.counts, {}, contracts), counts_.read);
  if (!o.repairs.empty())
    take(sla::parse_repairs(p.home(), display_name(o.repairs), texts.repairs, {}, contracts), repairs_.read);
  if (!o.requests.empty())
    take(sla::parse_requests(p.home(), display_name(o.requests), texts.requests, {}, contracts),
         requests_.read);
  if (!o.population.empty())
    take(sla::parse_population(p.home(), display_name(o.population), texts.population, {}, contracts),
         population_.read);
  calls_by_owner_ = sla::by_owner(calls_.calls, calls_.owners);
  const auto group = [](auto& k) { k.by_owner = sla::by_owner(k.read); };
  group(counts_), group(repairs_), group(requests_), group(population_);
  records_ = {.calls = calls_by_owner_,
              .absent = calls_.absent,
              .counts = counts_.by_owner,
              .repairs = repairs_.by_owner,
              .requests = requests_.by_owner,
              .population = population_.by_owner};
}

namespace {

// "answered in 20 s, patience".
[[nodiscard]] std::string listed(const std::set<std::string>& names) {
  std::string out;
  for (const std::string& n : names) out += (out.empty() ? "" : ", ") + sla::printable(n);
  return out;
}

}  // namespace

std::string not_brought(const sla::policy& p, std::span<const sla::contract> contracts,
                        const window_options& o) {
  std::set<std::string> of_calls, of_raw_calls, of_repairs;
  bool slots = false, weights = false;
  const auto look = [&](const sla::contract& c) {
    if (c.tier >= p.tier_count()) return;
    for (const sla::service_level_terms& t : p.service_levels(c.tier)) {
      switch (t.metric) {
        case sla::service_metric::attainment: break;
        case sla::service_metric::repair_success:
        case sla::service_metric::time_to_restore: of_repairs.insert(t.name); break;
        case sla::service_metric::speed_percentile: of_raw_calls.insert(t.name); break;
        default: of_calls.insert(t.name);
      }
    }
    const sla::availability_terms& a = p.availability(c.tier);
    slots = slots || a.slots;
    weights = weights || (a.weights && a.weights->population == 0);
  };
  for (const sla::contract& c : contracts) sla::for_each_terms(c, look);
  std::string out;
  const auto say = [&](const char* option, const std::string& what) {
    out += "  " + std::string(option) + std::string(14 - std::string_view(option).size(), ' ') + what + '\n';
  };
  if (o.calls.empty() && o.counts.empty()) of_raw_calls.merge(of_calls);
  if (o.calls.empty() && !of_raw_calls.empty()) say("--calls", "service level " + listed(of_raw_calls));
  if (o.repairs.empty() && !of_repairs.empty()) say("--repairs", "service level " + listed(of_repairs));
  if (slots && o.requests.empty()) say("--requests", "availability by slots");
  if (weights && o.population.empty()) say("--population", "availability by whom outages hit");
  return out.empty() ? out : "No data, for want of a file:\n" + out;
}

}  // namespace tool
