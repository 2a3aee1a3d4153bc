// SPDX-License-Identifier: MIT
#pragma once

// A policy without a fault. A fragment states what is right or wrong about one of its parts.

#include <span>
#include <string_view>

#include <sla/policy/policy_proof.hpp>

using namespace sla::literals;
using namespace std::chrono_literals;

constexpr sla::limit_spec hour[]{{"response", 1h}};
constexpr sla::limit_spec day[]{{"response", 24h}};

constexpr std::string_view usual_severities[]{"P1", "P2"};
constexpr std::string_view usual_tiers[]{"basic", "flagship"};
constexpr sla::policy_spec usual{
    .name = "contract", .version = 2026y / 1 / 1, .severities = usual_severities, .tiers = usual_tiers};

// The same with one part of its own: checked(usual_but(&sla::policy_spec::targets, targets)).
template <class Part, std::size_t N>
consteval sla::policy_spec usual_but(std::span<const Part> sla::policy_spec::* part, const Part (&own)[N]) {
  sla::policy_spec p = usual;
  p.*part = own;
  return p;
}
