// SPDX-License-Identifier: MIT
// Any bytes as records to measure; the first byte chooses calls (c), counts (n) or else outages. What is sound is
// measured at once, and outages in two ways that must agree.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include <sla/availability/calls.hpp>
#include <sla/availability/measure_each.hpp>
#include <sla/availability/running.hpp>
#include <sla/policy/measure_load.hpp>

namespace {

template <class T>
void check(const sla::loaded<T>& l, std::size_t size) {
  if (l.has_value() == l.diagnostics().has_errors()) std::abort();
  for (const sla::diagnostic& d : l.diagnostics().items())
    if (d.where.offset > size) std::abort();
  (void)l.diagnostics().print();
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
  static const sla::window october = sla::calendar_month(std::chrono::year(2026) / 10, berlin);
  if (size == 0) return 0;
  const std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
  if (data[0] == 'c') {
    const auto calls = sla::parse_calls(berlin, "fuzz.csv", text);
    check(calls, text.size());
    if (!calls) return 0;
    const sla::call_counts n = sla::count_calls(calls.value().calls, october.span, {});
    if (n.answered + n.abandoned + n.failed != n.offered || n.in_time > n.answered) std::abort();
  } else if (data[0] == 'n') {
    const auto counts = sla::parse_call_counts("fuzz.csv", text);
    check(counts, text.size());
    if (!counts) return 0;
    for (const sla::dated_counts& row : counts.value())
      if (!sla::connect_rate(row.counts).no_data && sla::connect_rate(row.counts).value > sla::ratio(1))
        std::abort();
  } else {
    const auto outages = sla::parse_service_outages(berlin, "fuzz.csv", text);
    check(outages, text.size());
    if (outages && outages.value().outages.size() < 200) measure(outages.value(), october);
  }
  return 0;
}
