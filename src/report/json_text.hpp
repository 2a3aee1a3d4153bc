// SPDX-License-Identifier: MIT
#pragma once

// How the reports print JSON. Private to the reports.

#include <string>

#include <nlohmann/json.hpp>

namespace sla {
inline namespace v0 {
namespace detail {

using json = nlohmann::ordered_json;

// Bytes that are no UTF-8 are replaced, so that a stray name cannot cost the whole report.
[[nodiscard]] inline std::string print(const json& j) {
  return j.dump(2, ' ', false, json::error_handler_t::replace) + '\n';
}

}  // namespace detail
}  // namespace v0
}  // namespace sla
