// SPDX-License-Identifier: MIT
#pragma once

// An explained incident for people and for programs.
//
//     std::cout << sla::to_text(policy, sla::explain(policy, incident, as_of));
//
//     resolution 解决: breached by 3bh30bmin, 3h30min on the wall clock (target 4bh, clause 3.3, ...)
//       rows   clause 3.3: 4bh, 1 selector, counts
//       2026-10-12 09:00  starts            reported (row 12)
//       2026-10-12 10:00  pauses            customer_reply (customer)                          used 1bh
//       2026-10-12 10:30  runs on                                                              used 1bh
//                         due               2026-10-12 14:30: 4bh from 2026-10-12 09:00
//       2026-10-12 16:30  breached          2026-10-12 16:30 is after 2026-10-12 14:30
//
// The hard question: how much of an explanation does a reader bear? Every step is there, for each moves the verdict;
// of long lists of opening hours the first and the last are shown in text, and all in JSON.

#include <string>

#include <sla/base/export.hpp>
#include <sla/policy/explain.hpp>
#include <sla/policy/policy.hpp>
#include <sla/report/text.hpp>

namespace sla {
inline namespace v0 {

/// The explanation as text.
[[nodiscard]] SLA_EXPORT std::string to_text(const policy& p, const explained_incident& i,
                                             const text_style& style = {});

/// The same as JSON (see report/json.hpp for the shapes), with every step and every opening.
[[nodiscard]] SLA_EXPORT std::string to_json(const policy& p, const explained_incident& i);

}  // namespace v0
}  // namespace sla
