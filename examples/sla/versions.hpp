// SPDX-License-Identifier: MIT
#pragma once

// Policies that were amended: `--policy` may be given once a version.

#include <optional>
#include <string>
#include <vector>

#include <sla/policy/policy_versions.hpp>
#include <sla/policy/versioned_load.hpp>
#include <sla/policy/versioned_portfolio.hpp>

#include "commands.hpp"

namespace tool {

/// The option, which may be given again.
void add_policies_option(CLI::App& command, std::vector<std::string>& paths);

/// The versions of all files; nothing where any has errors or they are none of one policy.
[[nodiscard]] std::optional<sla::policy_versions> read_policies(const std::vector<std::string>& paths,
                                                                sla::diagnostics& found);

/// Adds the problems that are not there yet: several versions find the same ones in a file.
void append_new(sla::diagnostics& found, const sla::diagnostics& more);

struct named_text {
  std::string name, text;
};

/// Contracts and incidents in the names of each version. Contracts that a version cannot read are an error where it
/// settles a window of the months, or judges an incident.
struct judged_files {
  std::vector<bool> settles;  ///< beside the versions
  std::vector<std::vector<sla::contract>> contracts;
  std::vector<std::vector<sla::incident>> incidents;
  bool sound = false;  ///< every contract that is needed could be read
};
[[nodiscard]] judged_files read_contracts(const sla::policy_versions& versions,
                                          const std::optional<sla::settled_months>& months,
                                          const std::optional<named_text>& contracts,
                                          const std::optional<named_text>& incidents,
                                          sla::diagnostics& found);

}  // namespace tool
