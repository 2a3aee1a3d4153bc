// SPDX-License-Identifier: MIT
#pragma once

// Where the lints put what they find. Private to lint.hpp and its parts.

#include <chrono>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include <sla/base/ratio.hpp>
#include <sla/base/units.hpp>
#include <sla/policy/policy_spec.hpp>

namespace sla {
inline namespace v0 {
namespace detail {

struct lint_findings {
  std::vector<spec_fault> all;

  void add(std::string code, std::string section, std::size_t row, std::string key, std::string message,
           std::size_t item = 0) {
    all.push_back({gravity::warning, std::move(section), row, std::move(key), item, std::move(code),
                   std::move(message)});
  }
};

// The whole seconds that a promise allows to be down in a month of 30 days.
[[nodiscard]] inline std::chrono::seconds allowed_a_month(const ratio& target) {
  const ratio lost = (ratio(1) - target) * ratio(30 * 86'400);
  return std::chrono::seconds(lost.num() / lost.den());
}

}  // namespace detail
}  // namespace v0
}  // namespace sla
