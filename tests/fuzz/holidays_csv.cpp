// SPDX-License-Identifier: MIT
// Holiday sets as CSV: every text gives a set or an error whose place lies inside the text; a set is in order, holds
// each date once, and its problems can be printed.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include <sla/calendar/holiday_load.hpp>

namespace {

void must(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto set = sla::parse_holidays_csv("fuzz", text);
  must(set.has_value() == !set.diagnostics().has_errors());
  for (const sla::diagnostic& d : set.diagnostics().items())
    must(d.where.offset <= text.size() && !d.message.empty());
  must(set.diagnostics().print().empty() == set.diagnostics().empty());
  if (!set) return 0;
  const auto entries = set.value().entries();
  for (std::size_t i = 1; i < entries.size(); ++i) must(entries[i - 1].date < entries[i].date);
  for (const sla::holiday& h : entries) must(set.value().find(h.date) == &h);
  must(combine(set.value(), set.value()).entries().size() == entries.size());
  must(without(set.value(), set.value()).empty());
  return 0;
}
