// SPDX-License-Identifier: MIT
#pragma once

// A contract that begins or ends inside a window: what of the window is measured, and which part of the fee is due?
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

/// A contract's term, as far as it is stated.
[[nodiscard]] inline interval term_of(const contract& c, const zone& in) {
  const auto start_of = [&](const std::chrono::year_month_day& d, int days_on) {
    return in.start_of(std::chrono::sys_days(d) + std::chrono::days(days_on));
  };
  return {c.from ? start_of(*c.from, 0) : instant::earliest(),
          c.until ? start_of(*c.until, 1) : instant::latest()};
}

/// The part of a window that a contract's term covers: nothing where that is all of it, or none.
[[nodiscard]] inline std::optional<window> part_in_term(const contract& c, const window& w, const zone& in) {
  if (!w.is_known()) return std::nullopt;
  const interval term = term_of(c, in);
  const interval both{std::max(term.begin, w.span.begin), std::min(term.end, w.span.end)};
  if (both == w.span || both.empty()) return std::nullopt;
  window part = w;
  part.span = both;
  const auto date = [&](instant t) { return std::chrono::floor<std::chrono::days>(in.to_local(t)); };
  if (w.days != 0) part.days = static_cast<std::int32_t>((date(both.end) - date(both.begin)).count());
  return part;
}

/// Whether a window lies outside a contract's term, and owes nothing.
[[nodiscard]] inline bool outside_term(const contract& c, const window& w, const zone& in) {
  const interval term = term_of(c, in);
  return w.is_known() && (term.begin >= w.span.end || term.end <= w.span.begin);
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
