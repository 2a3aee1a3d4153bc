// error: name_stands_twice
// SPDX-License-Identifier: MIT
#include "policy.hpp"

#if SLA_FAIL
constexpr std::string_view severities[]{"P1", "P2", "P1"};
#else
constexpr std::string_view severities[]{"P1", "P2", "P3"};
#endif
constexpr sla::policy_spec contract =
    sla::proof::checked(usual_but(&sla::policy_spec::severities, severities));
