// SPDX-License-Identifier: MIT
#pragma once

// Policies side by side, for people and for programs.
//
//     std::cout << sla::to_text(rows);
//     //   policy     tier         measured   missed  lowest   owed         of the fees
//     //   by-steps   standard     12 months       2  99.193%  2000.00 CNY  1.66%
//
// The hard question: is the policy that owes more the better one? The table does not say: it shows what was promised,
// what was missed and what that pays, and leaves the judging to its reader.

#include <span>
#include <string>

#include <sla/base/export.hpp>
#include <sla/policy/comparison.hpp>
#include <sla/report/text.hpp>

namespace sla {
inline namespace v0 {

/// A row a policy, in the order given.
[[nodiscard]] SLA_EXPORT std::string to_text(std::span<const compared_row> rows,
                                             const text_style& style = {});

/// {"policies": [{"policy", "tier", ..., "windows": [...]}]}.
[[nodiscard]] SLA_EXPORT std::string to_json(std::span<const compared_row> rows);

}  // namespace v0
}  // namespace sla
