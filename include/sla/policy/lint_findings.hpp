// SPDX-License-Identifier: MIT
#pragma once

// Where the lints put what they find. Private to lint.hpp and its parts.

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sla/availability/windows.hpp>
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

// What a window of a kind is called, and how long it is: months of 30 days, quarters of 91, years of 365.
struct usual_window {
  std::string_view name;
  std::chrono::seconds length;
};
[[nodiscard]] constexpr usual_window usual(window_kind kind) noexcept {
  switch (kind) {
    case window_kind::calendar_quarter: return {"quarter", std::chrono::days(91)};
    case window_kind::calendar_year: return {"year", std::chrono::days(365)};
    default: return {"month", std::chrono::days(30)};
  }
}
// The whole seconds of a window that a promise allows to be down.
[[nodiscard]] inline std::chrono::seconds allowed(const ratio& target, window_kind kind) {
  const ratio lost = (ratio(1) - target) * ratio(usual(kind).length.count());
  return std::chrono::seconds(lost.num() / lost.den());
}

}  // namespace detail
}  // namespace v0
}  // namespace sla
