// SPDX-License-Identifier: MIT
#pragma once

// The normal form of what a policy owes: one function a section.

#include <string>

#include <sla/compensation/shape.hpp>
#include <sla/policy/policy_spec.hpp>

namespace sla {
inline namespace v0 {
namespace detail {

[[nodiscard]] std::string print_compensation(const policy_spec& p);
[[nodiscard]] std::string print_credit(const credit_spec& c);
[[nodiscard]] std::string print_cap(const cap_spec& c);
/// "per_breach = { rate = \"2%\" }": the member of a credit or of a combination.
[[nodiscard]] std::string print_shape(const shape& s);

}  // namespace detail
}  // namespace v0
}  // namespace sla
