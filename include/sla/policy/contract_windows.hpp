// SPDX-License-Identifier: MIT
#pragma once

// The windows by which a policy measures, of a contract: on the grid that the policy states, in the contract's zone,
// from the contract's first date where they begin with it.
//
//     sla::windows_of(policy, contract, 2026y / 1, 2026y / 12);      // all that touch the year
//     sla::settled_windows(policy, contract, 2026y / 8, 2026y / 10); // the last is October's; before it August's on
//
// The hard question: which windows does a span of months ask for, where they are no months? Those that touch it, whole.
// A month's statement settles the last of them: the one that began in the month, or holds it.

#include <chrono>
#include <cstddef>
#include <vector>

#include <sla/availability/windows.hpp>
#include <sla/base/rounding.hpp>
#include <sla/policy/contract.hpp>
#include <sla/policy/policy.hpp>

namespace sla {
inline namespace v0 {

/// The windows by which a policy measures, of those that touch these months, in the policy's zone: every tier has the
/// same.
[[nodiscard]] inline std::vector<window> windows_of(const policy& p, std::size_t tier,
                                                    std::chrono::year_month from,
                                                    std::chrono::year_month to) {
  const window_terms& terms = p.availability(tier).windows;
  window_rule rule = terms.rule;
  // Of no contract, windows that begin with one begin with the policy.
  if (terms.from_contract) rule.anchor = p.version();
  return windows(rule, {from / 1, (to + std::chrono::months(1)) / 1}, p.home(), part_window::full);
}

/// The same for a contract, in its zone: anniversaries are those of its first date, where it states one.
[[nodiscard]] inline std::vector<window> windows_of(const policy& p, const contract& c,
                                                    std::chrono::year_month from,
                                                    std::chrono::year_month to) {
  const window_terms& terms = p.availability(0).windows;
  window_rule rule = terms.rule;
  if (terms.from_contract) rule.anchor = c.from.value_or(p.version());
  return windows(rule, {from / 1, (to + std::chrono::months(1)) / 1}, zone_of(p, c), part_window::full);
}

/// The window that a month's statement settles, last, and those from `since` on that were settled before it. Rolling
/// windows overlap, so that none is settled before another.
[[nodiscard]] inline std::vector<window> settled_windows(const policy& p, const contract& c,
                                                         std::chrono::year_month since,
                                                         std::chrono::year_month month) {
  std::vector<window> all = windows_of(p, c, since, month);
  if (all.empty()) return all;
  const bool rolls = p.availability(0).windows.rule.kind == window_kind::rolling_days;
  if (rolls || since == month) all.erase(all.begin(), all.end() - 1);
  return all;
}

/// How many monthly fees a window costs: a month of the calendar or from a day of it one, a quarter three, a year
/// twelve. A window of so many days or minutes costs, of every month that it lies in, the part that it covers; rolling
/// windows overlap, and each costs its own.
[[nodiscard]] inline ratio months_of(const window_rule& rule, const window& w, const zone& in) {
  switch (rule.kind) {
    case window_kind::calendar_month:
    case window_kind::billing_month: return ratio(1);
    case window_kind::calendar_quarter: return ratio(3);
    case window_kind::calendar_year: return ratio(12);
    case window_kind::fixed_days:
    case window_kind::fixed_minutes:
    case window_kind::rolling_days: break;
  }
  ratio months;
  if (!w.is_known()) return months;
  const std::chrono::year_month_day first(std::chrono::sys_days(
      std::chrono::floor<std::chrono::days>(in.to_local(w.span.begin)).time_since_epoch()));
  for (auto month = first.year() / first.month();; month += std::chrono::months(1)) {
    const window whole = calendar_month(month, in);
    if (!whole.is_known() || w.span.end <= whole.span.begin) break;
    months = months + ratio(intersect(whole.span, w.span).length().count(), whole.span.length().count());
  }
  return months;
}

/// What a window costs at so much a month, rounded half up.
[[nodiscard]] inline money fee_of(const window_rule& rule, const window& w, const money& monthly,
                                  const zone& in) {
  return monthly.times(months_of(rule, w, in), rounding::half_up);
}

}  // namespace v0
}  // namespace sla
