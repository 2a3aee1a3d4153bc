// SPDX-License-Identifier: MIT
#pragma once

// One interruption of a service as somebody recorded it, and why.
//
//     std::vector<sla::outage> outages{
//         {.span = {t0, t0 + 400s}},                              // no cause stated
//         {.span = {t1, t1 + 2h}, .cause = planned_maintenance},  // a cause of the policy
//         {.span = {t2, sla::instant::never()}},                  // still down
//     };
//
// The hard question: two records of one interruption, from two monitors, or one read twice. Seconds are counted
// once whatever the records (rule A4): records are united before anything is counted, so order and repetition
// change nothing (rule A10), and records need no key that matches. The `id` is the host's own name of a record and
// joins nothing: two records of one id are measured as any two are, apart where they lie apart; whoever corrects
// records by id does so before, or by running.hpp. `row` says where one was read, and a measurement names the rows
// of every interval it kept or dropped.
//
// Causes are numbers that a policy gives names to, as "planned maintenance" or "carrier". A cause excuses nothing
// by itself; an exclusion of the rules may (rule A6). One cause is not the service's: `not_measured`, "the monitor was
// down". What such time counts as is the rules' choice, and a record of an interruption at the same instant wins.

#include <cstdint>

#include <sla/base/instant.hpp>
#include <sla/base/interval_set.hpp>

namespace sla {
inline namespace v0 {

/// A cause by the policy's numbering.
using cause_id = std::uint8_t;
inline constexpr cause_id no_cause = 255;
/// Nobody measured: whether the service was up is not known (rule A4). No cause of a policy has this number.
inline constexpr cause_id not_measured = 254;

/// A recorded interruption. An end that is `never` or `unknown` is not over yet: it counts up to the `as_of` of a
/// measurement and makes it provisional.
struct outage {
  interval span{};
  cause_id cause = no_cause;
  std::uint64_t id = 0;   ///< the host's; 0 where it has none
  std::uint32_t row = 0;  ///< where it was read; 0 where nowhere

  [[nodiscard]] constexpr bool is_open() const noexcept { return !span.end.is_finite(); }
  friend constexpr bool operator==(const outage&, const outage&) noexcept = default;
};

/// Whether two records say the same, whatever they are called: dropping either changes no figure (rule A10).
[[nodiscard]] constexpr bool is_duplicate(const outage& a, const outage& b) noexcept {
  return a.span == b.span && a.cause == b.cause;
}

}  // namespace v0
}  // namespace sla
