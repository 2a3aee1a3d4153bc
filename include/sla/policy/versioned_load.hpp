// SPDX-License-Identifier: MIT
#pragma once

// Incidents under a policy that was amended, out of files: each in the names and numbers of the version in force when
// it was reported (rule C16).
//
//     auto by_version = sla::parse_incidents(versions, contracts, "incidents.csv", text);
//     by_version.value()[1]                     // those reported under the second version
//
//     incidents.csv:7:38: unknown severity 'P4', expected one of P1, P2, P3 [unknown-severity]
//
// The hard question: an incident was reported on a severity that only a later version has; is that an error? It is:
// nobody was promised anything for it then. Where its report cannot be read at all, the newest version says why.

#include <span>
#include <string>
#include <vector>

#include <sla/base/diagnostic.hpp>
#include <sla/base/export.hpp>
#include <sla/policy/contract.hpp>
#include <sla/policy/policy_versions.hpp>
#include <sla/policy/records_load.hpp>
#include <sla/policy/source_load.hpp>

namespace sla {
inline namespace v0 {

/// As parse_incidents under one policy, beside the versions; the contracts are those that each version reads. With
/// several versions an incident that was reported before the first is an error.
[[nodiscard]] SLA_EXPORT loaded<std::vector<std::vector<incident>>> parse_incidents(
    const policy_versions& versions, std::span<const std::vector<contract>> contracts, std::string name,
    std::string text, const load_limits& limits = {});

/// As read_export under one policy, beside the versions; the rows of all logs together are those of the export. Rows
/// that belong to no incident are accounted for by the newest version. What was reported before the first is its.
[[nodiscard]] SLA_EXPORT loaded<std::vector<export_log>> read_export(const policy_versions& versions,
                                                                     const source& s, std::string name,
                                                                     std::string text,
                                                                     const load_limits& limits = {});

}  // namespace v0
}  // namespace sla
