// SPDX-License-Identifier: MIT
#pragma once

// A contract that begins inside a window: what of the window is measured, and which part of the fee is due?
//
//     // flagship from 16 October, 9,000.00 a month; an hour down on the 20th, one on the 3rd under the trial before
//     part_rule::clip_by_days     16 days measured, 99.740 %: 10 % of 16/31 of 9,000.00     464.52
//     part_rule::clip_whole_fee   16 days measured:           10 % of 9,000.00              900.00
//     part_rule::full             31 days measured, as if it had run
//     part_rule::skip             only whole windows are measured                             0.00
//
// The hard question: which of them, where the contract is silent? Each is settled and named with the party it favours,
// and the least is what is owed on any of them (rules A2, M0, M10).

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include <sla/availability/window.hpp>
#include <sla/compensation/change.hpp>
#include <sla/compensation/settlement.hpp>
#include <sla/policy/contract.hpp>
#include <sla/policy/part_rule.hpp>

namespace sla {
inline namespace v0 {

/// The window settled by one of the rules.
struct part_reading {
  part_rule rule = part_rule::clip_by_days;
  settlement money{};
  favoured favours = favoured::nobody;
};

/// The part of a window from a contract's first date on: nothing where it began before, or begins later.
[[nodiscard]] inline std::optional<window> begun_part(const contract& c, const window& w, const zone& in) {
  if (!c.from || !w.is_known()) return std::nullopt;
  const instant begin = in.start_of(std::chrono::sys_days(*c.from));
  if (begin <= w.span.begin || begin >= w.span.end) return std::nullopt;
  window part = w;
  part.span.begin = begin;
  const auto date = [&](instant t) { return std::chrono::floor<std::chrono::days>(in.to_local(t)); };
  if (w.days != 0) part.days = static_cast<std::int32_t>((date(w.span.end) - date(begin)).count());
  return part;
}

/// Whether a contract begins after a window, which then owes nothing.
[[nodiscard]] inline bool begins_after(const contract& c, const window& w, const zone& in) {
  return c.from && w.is_known() && in.start_of(std::chrono::sys_days(*c.from)) >= w.span.end;
}

/// Whether two readings owe the same in every form.
[[nodiscard]] inline bool owes_the_same(const part_reading& a, const part_reading& b) {
  const change_reading x{.parts = {}, .totals = a.money.totals}, y{.parts = {}, .totals = b.money.totals};
  return !detail::owes_less(x, y) && !detail::owes_less(y, x);
}

/// Puts the reading that owes least first, and names whom each favours.
[[nodiscard]] inline std::vector<part_reading> judged_parts(std::vector<part_reading> readings) {
  const auto less = [](const part_reading& a, const part_reading& b) {
    return detail::owes_less({.parts = {}, .totals = a.money.totals},
                             {.parts = {}, .totals = b.money.totals});
  };
  std::ranges::sort(readings, [&](const part_reading& a, const part_reading& b) {
    if (less(a, b) || less(b, a)) return less(a, b);
    return a.rule < b.rule;
  });
  for (part_reading& r : readings)
    r.favours = !less(r, readings.back())    ? favoured::customer
                : !less(readings.front(), r) ? favoured::vendor
                                             : favoured::nobody;
  return readings;
}

}  // namespace v0
}  // namespace sla
