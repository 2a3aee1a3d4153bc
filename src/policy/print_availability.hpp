// SPDX-License-Identifier: MIT
#pragma once

// The normal form of what a policy promises to be measured: one function a section.

#include <string>

#include <sla/policy/policy_spec.hpp>

namespace sla {
inline namespace v0 {
namespace detail {

[[nodiscard]] std::string print_availability(const availability_spec& a);
[[nodiscard]] std::string print_service_level(const service_level_spec& s);

}  // namespace detail
}  // namespace v0
}  // namespace sla
