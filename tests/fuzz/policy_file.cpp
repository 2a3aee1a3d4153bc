// SPDX-License-Identifier: MIT
// Any bytes as a policy file: nothing crashes or hangs, a value is there exactly where there is no error, and what is
// printed about it is bounded.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include <sla/policy/policy_load.hpp>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto p = sla::parse_policy("fuzz.toml", std::string(reinterpret_cast<const char*>(data), size));
  if (p.has_value() == p.diagnostics().has_errors()) std::abort();
  for (const sla::diagnostic& d : p.diagnostics().items())
    if (d.where.offset > size || d.code.empty() || d.message.empty()) std::abort();
  if (p.diagnostics().items().size() > 2 * 1000 + 2) std::abort();
  (void)p.diagnostics().print();
  return 0;
}
