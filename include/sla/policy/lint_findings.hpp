// SPDX-License-Identifier: MIT
#pragma once

// Where the lints put what they find. Private to lint.hpp and its parts.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sla/policy/policy.hpp>
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

// The row of a section that states something of a tier: its own, that of a tier it extends, that of all tiers; nothing
// where none does.
template <class Rows, class Stated>
[[nodiscard]] std::optional<std::size_t> row_of_tier(const Rows& rows, const policy& made, std::size_t tier,
                                                     const Stated& stated) {
  std::vector<std::string_view> names;
  for (const std::uint8_t t : made.tier_line(tier)) names.push_back(made.tier_name(t));
  if (!names.back().empty()) names.emplace_back();
  for (const std::string_view name : names)
    for (std::size_t i = 0; i < rows.size(); ++i)
      if (rows[i].tier == name && stated(rows[i])) return i;
  return std::nullopt;
}

}  // namespace detail
}  // namespace v0
}  // namespace sla
