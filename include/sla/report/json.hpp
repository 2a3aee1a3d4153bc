// SPDX-License-Identifier: MIT
#pragma once

// The same figures for programs, as JSON text (UTF-8, keys in a fixed order, two spaces a level).
//
//     std::cout << sla::to_json(policy, statement);
//
// Shapes, used everywhere:
//
//     instant     "2026-10-12T13:00:00+08:00", in the policy's zone, in a statement in its contract's; "never" and
//                 "unknown" where it is so
//     duration    whole seconds, in a key that ends in _seconds
//     ratio       {"num": 6695, "den": 6696, "text": "99.985%"}     exact, and floored for reading
//     money       {"minor": 120000, "currency": "CNY", "text": "1200.00 CNY"}
//
// A member without a value is null, never left out, so that a reader may rely on every key. The hard question: may
// a program parse a ratio as a floating-point number? It is not offered as one: 99.98506...% has no exact double,
// and a bound would fall on its other side.

#include <span>
#include <string>

#include <sla/base/export.hpp>
#include <sla/policy/policy.hpp>
#include <sla/policy/policy_versions.hpp>
#include <sla/policy/portfolio.hpp>
#include <sla/policy/statement.hpp>

namespace sla {
inline namespace v0 {

/// One verdict: {"clock", "cycle", "outcome", "activity", "target", "clause", "started", "due", ...}.
[[nodiscard]] SLA_EXPORT std::string to_json(const policy& p, const verdict& v);

/// An incident and its verdicts and anomalies.
[[nodiscard]] SLA_EXPORT std::string to_json(const policy& p, const judged_incident& i);

/// A contract's statement.
[[nodiscard]] SLA_EXPORT std::string to_json(const policy& p, const statement& s);

/// All statements, and their totals.
[[nodiscard]] SLA_EXPORT std::string to_json(const policy& p, const portfolio& all);

/// The same under a policy that was amended: `rests_on` of each statement names the version that settled it,
/// `judged_by` of an incident the one that judged it.
[[nodiscard]] SLA_EXPORT std::string to_json(const policy_versions& versions, const portfolio& all);

/// Attainment by clock and severity.
[[nodiscard]] SLA_EXPORT std::string to_json(const policy& p, std::span<const graded_attainment> all);

}  // namespace v0
}  // namespace sla
