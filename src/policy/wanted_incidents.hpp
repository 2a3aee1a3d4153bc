// SPDX-License-Identifier: MIT
#pragma once

// Readers of incidents that read some of a file's: those reported while one version of a policy was in force.

#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include <sla/policy/records_load.hpp>
#include <sla/policy/source_load.hpp>

#include "policy/problems.hpp"

namespace sla {
inline namespace v0 {
namespace detail {

/// Whether an incident is read, by its name; a row without one asks for the empty name. Null: all are.
using wanted_incidents = std::function<bool(std::string_view)>;

/// As parse_incidents; what could be read is there with the problems, too.
[[nodiscard]] std::vector<incident> read_incidents(const policy& p, std::span<const contract> contracts,
                                                   problem_list& problems, const load_limits& limits,
                                                   const wanted_incidents& wanted);

/// As read_export; what could be read is there with the problems, too.
[[nodiscard]] export_log read_export(const policy& p, const source& s, problem_list& problems,
                                     const load_limits& limits, const wanted_incidents& wanted);

}  // namespace detail
}  // namespace v0
}  // namespace sla
