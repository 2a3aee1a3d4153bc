// SPDX-License-Identifier: MIT
#pragma once

// Verdicts, statements and portfolios for people: aligned columns, times in the policy's zone, in a statement in its
// contract's, every figure with the clause it rests on.
//
//     std::cout << sla::to_text(policy, statement);
//     std::cout << sla::line(policy, verdict) << '\n';
//     // response 响应: met with 2min to spare (target 10min, clause 3.1, used 8min, due 2026-10-12 09:10,
//     //                 done 2026-10-12 09:08)
//
// Columns are aligned by the width a terminal gives a character, so that Chinese and Latin text line up. Colour is
// added only when asked for. The same input gives the same bytes, whatever the locale.
//
// The hard question: 400 seconds down in October is 99.98506 %; what is shown? 99.985%, floored: a shown figure is
// never rounded in the vendor's favour (rule A1), and the seconds it comes from stand beside it.

#include <span>
#include <string>

#include <sla/base/export.hpp>
#include <sla/clock/verdict.hpp>
#include <sla/policy/policy.hpp>
#include <sla/policy/policy_versions.hpp>
#include <sla/policy/portfolio.hpp>
#include <sla/policy/statement.hpp>

namespace sla {
inline namespace v0 {

struct text_style {
  bool colour = false;     ///< ANSI colours for outcomes and totals
  int percent_digits = 3;  ///< decimals of a shown percentage, 0 to 9
};

/// One verdict in one line, without an end of line.
[[nodiscard]] SLA_EXPORT std::string line(const policy& p, const verdict& v);

/// The same with its times in a zone, such as a contract's.
[[nodiscard]] SLA_EXPORT std::string line(const policy& p, const verdict& v, const zone& in);

/// A contract's statement.
[[nodiscard]] SLA_EXPORT std::string to_text(const policy& p, const statement& s,
                                             const text_style& style = {});

/// Every statement, then the totals.
[[nodiscard]] SLA_EXPORT std::string to_text(const policy& p, const portfolio& all,
                                             const text_style& style = {});

/// The same under a policy that was amended: each statement names the version that settled it, and the incidents that
/// another one judged.
[[nodiscard]] SLA_EXPORT std::string to_text(const policy_versions& versions, const portfolio& all,
                                             const text_style& style = {});

/// Attainment by clock and severity as a table.
[[nodiscard]] SLA_EXPORT std::string to_text(const policy& p, std::span<const graded_attainment> all,
                                             const text_style& style = {});

}  // namespace v0
}  // namespace sla
