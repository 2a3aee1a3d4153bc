// SPDX-License-Identifier: MIT
// Any bytes as records; the first byte chooses contracts (c), outages (o) or else incidents. What is sound is usable:
// incidents are judged at once.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include <sla/policy/assess.hpp>
#include <sla/policy/policy_load.hpp>
#include <sla/policy/records_load.hpp>

namespace {

constexpr const char* policy_text = R"(
policy = "fuzz"
version = 2026-01-01
zone = "Europe/Berlin"
currency = "CNY"
severities = ["P1", "P2"]
tiers = ["basic"]
regions = ["urban", "suburban"]
causes = ["fault"]
[calendar.day]
hours = "Mon-Fri 08:00-18:00"
cover = [2025, 2028]
[[target]]
calendar = "day"
response = "10min"
resolution = "4bh"
[pause.reply]
party = "customer"
stops = ["resolution"]
)";

template <class T>
void check(const sla::loaded<T>& l, std::size_t size) {
  if (l.has_value() == l.diagnostics().has_errors()) std::abort();
  for (const sla::diagnostic& d : l.diagnostics().items())
    if (d.where.offset > size) std::abort();
  (void)l.diagnostics().print();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const sla::policy p = sla::parse_policy("fuzz.toml", policy_text).value();
  static const auto contracts =
      sla::parse_contracts(
          p, "c.csv", "contract,customer,tier,region,services,monthly_fee\nC-1,x,basic,urban,voice,100\n")
          .value();
  if (size == 0) return 0;
  const std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
  if (data[0] == 'c') {
    check(sla::parse_contracts(p, "fuzz.csv", text), text.size());
  } else if (data[0] == 'o') {
    check(sla::parse_outages(p, contracts, "fuzz.csv", text), text.size());
  } else {
    const auto incidents = sla::parse_incidents(p, contracts, "fuzz.csv", text);
    check(incidents, text.size());
    if (!incidents) return 0;
    for (const sla::incident& i : incidents.value())
      for (const sla::verdict& v : sla::assess(p, i.facts, i.events, sla::instant::from_unix(1'800'000'000)))
        if (v.clock >= p.clock_count()) std::abort();
  }
  return 0;
}
