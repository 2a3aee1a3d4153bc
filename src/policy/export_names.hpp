// SPDX-License-Identifier: MIT
#pragma once

// A source description against a policy: its words as the policy's numbers. What the policy does not have is reported
// where the description says it.

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include <sla/policy/policy.hpp>
#include <sla/policy/source_load.hpp>

#include "policy/problems.hpp"

namespace sla {
inline namespace v0 {
namespace detail {

/// The numbers of one of the four names.
struct name_numbers {
  std::optional<std::uint8_t> always;
  std::map<std::string, std::uint8_t, std::less<>> words;
};

/// What entering a state does.
struct state_effect {
  std::optional<moment> reaches;
  std::optional<reason_id> pauses;
  bool closes = false;

  [[nodiscard]] bool ends() const noexcept { return closes || reaches == moment::resolved; }
};

struct export_names {
  name_numbers severity, tier, region, category, channel;
  std::map<std::string, state_effect, std::less<>> states;
  std::optional<clock_id> judged_clock;

  /// `problems` are of the description's text.
  export_names(const policy& p, const source& s, problem_list& problems);
};

}  // namespace detail
}  // namespace v0
}  // namespace sla
