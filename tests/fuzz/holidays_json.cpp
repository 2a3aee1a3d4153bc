// SPDX-License-Identifier: MIT
// Holiday sets as JSON.

#include <cstddef>
#include <cstdint>

#include "../support/fuzzed_holidays.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  sla_fuzz::check_holidays(text, sla::parse_holidays_json("fuzz", text));
  return 0;
}
