// SPDX-License-Identifier: MIT
// Text of opening hours: whatever is accepted prints in a normal form that reads back as the same value, and whatever
// is refused says why, inside the text.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include <sla/calendar/hours.hpp>

namespace {

void must(bool holds) {
  if (!holds) std::abort();
}

template <class Parse>
void check(std::string_view text, Parse parse) {
  sla::diagnostics found;
  const auto hours = parse(text, found);
  must(hours.has_value() == !found.has_errors());
  for (const sla::diagnostic& d : found.items()) must(d.where.offset <= text.size() && !d.message.empty());
  if (!hours) return;
  sla::diagnostics again;
  must(parse(to_string(*hours), again) == hours);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  check(text, [](std::string_view t, sla::diagnostics& d) { return sla::parse_hours(t, d); });
  check(text, [](std::string_view t, sla::diagnostics& d) { return sla::parse_day_hours(t, d); });
  return 0;
}
