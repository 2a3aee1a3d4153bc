// SPDX-License-Identifier: MIT
#pragma once

// The normal form of a policy: a text that loads to the same policy, in which what was stated twice or by default is
// stated once or not at all.
//
//     auto spec = sla::load_policy_spec("shanghai.toml");     // the declaration a file makes (policy_load.hpp)
//     std::cout << sla::print(*spec.value());
//
//     policy = "shanghai-local"
//     version = 2026-01-01
//     zone = "Asia/Shanghai"
//     ...
//     [calendar.workdays]
//     hours = "Mon-Fri 08:30-18:00"
//     holidays = "CN workdays"
//     cover = [2023, 2041]
//
// Two policies that print alike are alike; sections, members of a row and hours stand in one order. Rows keep the order
// they were stated in: verdicts and messages speak of it. Printing what was loaded from a print gives the same bytes.
//
// The hard question: what of that which stands in other files? A holiday file's days are written out, so that the
// normal form needs no other file; a zone is named, and its data are the reader's. So a policy written in code prints
// the name of its literal zone, and loads with the system's zone of that name.

#include <string>

#include <sla/base/export.hpp>
#include <sla/policy/policy_spec.hpp>

namespace sla {
inline namespace v0 {

/// The normal form, TOML. What a file cannot state (an availability that is rounded to `none`) is left out.
[[nodiscard]] SLA_EXPORT std::string print(const policy_spec& policy);

}  // namespace v0
}  // namespace sla
