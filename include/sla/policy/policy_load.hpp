// SPDX-License-Identifier: MIT
#pragma once

// A policy out of a TOML file. Every mistake is found in one go, each with its line, its column and, where a name is
// misspelt, the name that may be meant:
//
//     auto loaded = sla::load_policy("shanghai.toml");
//     std::cerr << loaded.diagnostics().print();              // errors, and warnings of a sound policy, too
//     const sla::policy& policy = loaded.value();             // throws sla::load_error that carries them all
//
//     shanghai.toml:60:12: unknown severity 'P9', expected one of P1, P2, P3; did you mean 'P1'? [unknown-severity]
//        60 | severity = "P9"
//           |            ^~~~
//
// The reference of the format is a policy: examples/policies/reference.toml shows every key, with what it means.
//
// A policy may include files of its folder, include = ["base.toml"]. What it states counts before what they state, and
// what it does not mention stays theirs: calendars, clocks, pauses, tiers and option sets of one name, labels and the
// rules of compensation are taken key by key. Targets, allowances and a calendar's exceptions add up; every other list
// is replaced as a whole. What two included files both state they must state alike.
//
// The hard question: is a mistake in the syntax (a missing quote) reported with the others? It stands alone: nothing
// after it can be read with confidence. Everything else is reported together, up to a thousand problems.
//
// Limits: 4 MiB, nested 32 deep. Zones come from the system's zone files; no environment variable is read.

#include <cstdint>
#include <memory>
#include <string>

#include <sla/base/diagnostic.hpp>
#include <sla/base/export.hpp>
#include <sla/policy/policy.hpp>

namespace sla {
inline namespace v0 {

/// Whether a sound policy is also looked through for what a good contract manager would warn about (lint.hpp).
enum class policy_check : std::uint8_t { errors, with_lints };

/// Reads a file. Holiday files that it names are looked for in its folder, and below.
[[nodiscard]] SLA_EXPORT loaded<policy> load_policy(const std::string& path,
                                                    policy_check how = policy_check::errors);

/// Reads a text that messages call `name`. Holiday files that it names are looked for in `folder`, and below; without
/// one it may name none.
[[nodiscard]] SLA_EXPORT loaded<policy> parse_policy(std::string name, std::string text,
                                                     const std::string& folder = {},
                                                     policy_check how = policy_check::errors);

/// A declaration with everything that it points to.
using shared_policy_spec = std::shared_ptr<const policy_spec>;

/// The declaration that a file makes, of a policy without errors: to be printed in its normal form (policy_print.hpp),
/// or changed and compiled. Otherwise as load_policy.
[[nodiscard]] SLA_EXPORT loaded<shared_policy_spec> load_policy_spec(const std::string& path);
/// Otherwise as parse_policy.
[[nodiscard]] SLA_EXPORT loaded<shared_policy_spec> parse_policy_spec(std::string name, std::string text,
                                                                      const std::string& folder = {});

}  // namespace v0
}  // namespace sla
