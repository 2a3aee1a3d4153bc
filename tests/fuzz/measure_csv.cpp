// SPDX-License-Identifier: MIT
// Any bytes as records to measure; the first byte chooses calls (c), counts (n), repairs (r), requests (q), populations
// (p) or else outages. What is sound is measured at once, and outages in two ways that must agree.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include <sla/availability/calls.hpp>
#include <sla/availability/measure_each.hpp>
#include <sla/availability/repairs.hpp>
#include <sla/availability/running.hpp>
#include <sla/availability/slots.hpp>
#include <sla/availability/weights.hpp>
#include <sla/policy/measure_load.hpp>

namespace {

template <class T>
void check(const sla::loaded<T>& l, std::size_t size) {
  if (l.has_value() == l.diagnostics().has_errors()) std::abort();
  for (const sla::diagnostic& d : l.diagnostics().items())
    if (d.where.offset > size) std::abort();
  (void)l.diagnostics().print();
}

// Each record has one owner, and those of one stand together.
void check_owners(const std::vector<sla::owned_run>& owners, std::size_t records) {
  std::size_t next = 0;
  for (const sla::owned_run& o : owners) {
    if (o.first != next || o.count == 0) std::abort();
    next += o.count;
  }
  if (next != records) std::abort();
}

void measure(const sla::service_outages& records, const sla::window& over) {
  using namespace std::chrono_literals;
  const sla::exclusion first[]{{.cause = 0, .quota = 2h}};
  const sla::availability_rules rules{
      .exclusions = first, .merge_gap = 60s, .minimum = {5min}, .unknown = sla::unmeasured_time::leave_out};
  const sla::measurement m = sla::measure(over, records.outages, rules);
  if (m.down + m.bridged != m.exact + m.too_short + m.excluded) std::abort();
  const std::vector<sla::window> one{over};
  if (sla::measure_each(one, records.outages, rules).front().counted != m.counted) std::abort();
  sla::running_measurement running(over, rules);
  for (const sla::outage& o : records.outages) running.put(o);
  if (running.figures().counted != m.counted || running.figures().availability != m.availability)
    std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const sla::zone berlin = sla::zone::posix("Europe/Berlin", "CET-1CEST,M3.5.0,M10.5.0/3");
  static const std::vector<sla::contract> contracts{{.id = "C-1", .services = {"voice"}}};
  static const sla::window october = sla::calendar_month(std::chrono::year(2026) / 10, berlin);
  if (size == 0) return 0;
  const std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
  if (data[0] == 'c') {
    const auto calls = sla::parse_calls(berlin, "fuzz.csv", text, {}, contracts);
    check(calls, text.size());
    if (!calls) return 0;
    check_owners(calls.value().owners, calls.value().calls.size());
    const sla::call_counts n = sla::count_calls(calls.value().calls, october.span, {});
    if (n.answered + n.abandoned + n.failed != n.offered || n.in_time > n.answered) std::abort();
  } else if (data[0] == 'n') {
    const auto counts = sla::parse_call_counts("fuzz.csv", text, {}, contracts);
    check(counts, text.size());
    if (!counts) return 0;
    check_owners(counts.value().owners, counts.value().all.size());
    for (const sla::dated_counts& row : counts.value().all)
      if (!sla::connect_rate(row.counts).no_data && sla::connect_rate(row.counts).value > sla::ratio(1))
        std::abort();
  } else if (data[0] == 'r') {
    const auto repairs = sla::parse_repairs(berlin, "fuzz.csv", text, {}, contracts);
    check(repairs, text.size());
    if (!repairs) return 0;
    check_owners(repairs.value().owners, repairs.value().all.size());
    const sla::repair_counts n = sla::count_repairs(repairs.value().all, october.span);
    if (n.ignored != 0 || n.succeeded > n.ended) std::abort();
  } else if (data[0] == 'q') {
    const auto requests = sla::parse_requests(berlin, "fuzz.csv", text, {}, contracts);
    check(requests, text.size());
    if (!requests) return 0;
    check_owners(requests.value().owners, requests.value().all.size());
    using namespace std::chrono_literals;
    const sla::slot_report r =
        sla::judge_slots(october, requests.value().all, {.grid = sla::slot_grid::from_midnight(1h, berlin)});
    if (r.ignored != 0 || r.slots.size() != 745) std::abort();
    const sla::rate_mean mean = r.mean_of_rates();
    const sla::ratio stands = mean.stand_in(1'000'000).value;
    if (stands < sla::ratio(0) || stands > sla::ratio(1)) std::abort();
    for (const sla::ratio& bound : {sla::ratio(99, 100), sla::ratio(9'999, 10'000), sla::ratio(1)})
      if ((mean <=> bound) != (stands <=> bound)) std::abort();
  } else if (data[0] == 'p') {
    const auto steps = sla::parse_population(berlin, "fuzz.csv", text, {}, contracts);
    check(steps, text.size());
    if (!steps) return 0;
    check_owners(steps.value().owners, steps.value().all.size());
    const auto m = sla::measure_weighted(october, {}, {.population = 1, .steps = steps.value().all});
    if (!m.no_data && m.availability != sla::ratio(1)) std::abort();
  } else {
    const auto outages = sla::parse_service_outages(berlin, "fuzz.csv", text);
    check(outages, text.size());
    if (outages && outages.value().outages.size() < 200) measure(outages.value(), october);
  }
  return 0;
}
