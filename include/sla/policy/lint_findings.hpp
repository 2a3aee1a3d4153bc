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

// What a window is called, and how long it is: months of 30 days, quarters of 91, years of 365.
struct usual_window {
  std::string name;
  std::chrono::seconds length;
};
[[nodiscard]] inline usual_window usual(const window_rule& rule) {
  switch (rule.kind) {
    case window_kind::calendar_quarter: return {"quarter", std::chrono::days(91)};
    case window_kind::calendar_year: return {"year", std::chrono::days(365)};
    case window_kind::fixed_days:
    case window_kind::rolling_days:
      return {"window of " + std::to_string(rule.days) + " days", std::chrono::days(rule.days)};
    case window_kind::fixed_minutes:
      return {"window of " + to_string(std::chrono::seconds(rule.length)), rule.length};
    case window_kind::calendar_month:
    case window_kind::billing_month: break;
  }
  return {"month", std::chrono::days(30)};
}
// The whole seconds of a window that a promise allows to be down.
[[nodiscard]] inline std::chrono::seconds allowed(const ratio& target, const window_rule& rule) {
  const ratio lost = (ratio(1) - target) * ratio(usual(rule).length.count());
  return std::chrono::seconds(lost.num() / lost.den());
}

}  // namespace detail
}  // namespace v0
}  // namespace sla
