// SPDX-License-Identifier: MIT
// A source description, and after a line "====" an export to read with it: every row is accounted for, whatever either
// says.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include <sla/policy/policy_load.hpp>
#include <sla/policy/source_load.hpp>

namespace {

constexpr const char* policy_text = R"(
policy = "fuzz"
version = 2016-01-01
zone = "Europe/Lisbon"
currency = "EUR"
severities = ["P1", "P2"]
tiers = ["internal"]
[[target]]
response = "10min"
resolution = "4h"
[pause.reply]
party = "customer"
stops = ["resolution"]
)";

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const sla::policy p = sla::parse_policy("fuzz.toml", policy_text).value();
  const std::string all(reinterpret_cast<const char*>(data), size);
  const std::string mark = "\n====\n";
  const std::size_t at = all.find(mark);
  const auto s = sla::parse_source("fuzz.toml", all.substr(0, at));
  if (s.has_value() == s.diagnostics().has_errors()) std::abort();
  (void)s.diagnostics().print();
  if (!s || at == all.npos) return 0;
  const auto log = sla::read_export(p, s.value(), "fuzz.csv", all.substr(at + mark.size()));
  if (log.has_value() == log.diagnostics().has_errors()) std::abort();
  (void)log.diagnostics().print();
  if (!log) return 0;
  const sla::export_log& l = log.value();
  if (l.rows.read != l.rows.used + l.rows.ignored() || l.judged.size() != l.incidents.size()) std::abort();
  for (const sla::incident& i : l.incidents)
    if (i.events.empty() || i.events.front().at != i.facts.reported) std::abort();
  return 0;
}
