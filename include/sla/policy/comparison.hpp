// SPDX-License-Identifier: MIT
#pragma once

// Policies side by side on one history: what would each have owed?
//
//     sla::compared_row row = sla::compare(policy, contract, terms, incidents, outages, as_of);
//     row.missed;      // windows below the commitment: 2
//     row.totals;      // what all windows owe together, form by form
//
// Four hours down in a month of 10,000.00 pay 1,000.00 under a table of steps, 55.56 where the own minutes are refunded,
// 555.56 at ten times that, and nothing under the same commitment measured by the year.
//
// The hard question: one policy measures months and another years, over which span are they compared? Over the months
// asked for, by the windows that touch them, whole; the fees beside are those of the same windows.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <sla/availability/windows.hpp>
#include <sla/policy/named_fee.hpp>
#include <sla/policy/portfolio.hpp>
#include <sla/policy/statement.hpp>

namespace sla {
inline namespace v0 {

/// One window of a compared policy.
struct compared_window {
  sla::window window;
  std::optional<ratio> availability;  ///< none: no data
  bool missed = false;                ///< below the commitment
  std::vector<form_total> totals;
  bool defined = true;
};

/// One policy, for one contract.
struct compared_row {
  std::string policy;
  sla::contract contract;
  std::string tier;
  std::optional<ratio> target{};
  std::vector<compared_window> windows{};
  std::size_t missed = 0;
  std::optional<ratio> lowest{};
  std::vector<form_total> totals{};     ///< of all windows
  std::vector<form_total> claimable{};  ///< what open claims would add
  money fees = money::minor(0, cny);    ///< monthly fees of all windows
  std::size_t undefined = 0;            ///< windows that the policy leaves open
  bool provisional = false;
};

/// The windows by which a policy measures a tier, of those that touch these months.
[[nodiscard]] inline std::vector<window> windows_of(const policy& p, std::size_t tier,
                                                    std::chrono::year_month from,
                                                    std::chrono::year_month to) {
  const window_terms& terms = p.availability(tier).windows;
  window_rule rule = terms.rule;
  // Of no contract, windows that begin with one begin with the policy.
  if (terms.from_contract) rule.anchor = p.version();
  return windows(rule, {from / 1, (to + std::chrono::months(1)) / 1}, p.home(), part_window::full);
}

/// The same for a contract: anniversaries are those of its first date, where it states one.
[[nodiscard]] inline std::vector<window> windows_of(const policy& p, const contract& c,
                                                    std::chrono::year_month from,
                                                    std::chrono::year_month to) {
  const window_terms& terms = p.availability(c.tier).windows;
  if (!terms.from_contract || !c.from) return windows_of(p, c.tier, from, to);
  window_rule rule = terms.rule;
  rule.anchor = *c.from;
  return windows(rule, {from / 1, (to + std::chrono::months(1)) / 1}, p.home(), part_window::full);
}

/// The window that a month's statement settles, last, and those from `since` on that were settled before it: the one
/// that began in the month, or holds it. Rolling windows overlap, so that none is settled before another.
[[nodiscard]] inline std::vector<window> settled_windows(const policy& p, std::size_t tier,
                                                         std::chrono::year_month since,
                                                         std::chrono::year_month month) {
  std::vector<window> all = windows_of(p, tier, since, month);
  if (all.empty()) return all;
  const bool rolls = p.availability(tier).windows.rule.kind == window_kind::rolling_days;
  if (rolls || since == month) all.erase(all.begin(), all.end() - 1);
  return all;
}

/// What a policy would have owed to a contract of its own, window after window.
[[nodiscard]] inline compared_row compare(const policy& p, const contract& c, std::span<const window> windows,
                                          std::span<const incident> incidents,
                                          std::span<const service_outage> outages, instant as_of,
                                          std::span<const contract_claim> claims = {},
                                          std::span<const announcement> announcements = {},
                                          const window_records& records = {}) {
  compared_row row{.policy = p.name(), .contract = c, .tier = std::string(p.tier_name(c.tier))};
  row.target = p.availability(c.tier).target;
  row.fees = money::minor(0, c.monthly_fee.in());
  const std::int64_t months = p.availability(c.tier).window == window_kind::calendar_year      ? 12
                              : p.availability(c.tier).window == window_kind::calendar_quarter ? 3
                                                                                               : 1;
  for (const statement& s :
       draw_up_in_turn(p, c, windows, incidents, outages, as_of, claims, announcements, records)) {
    compared_window w{s.window, {}, false, s.money.totals, s.is_defined()};
    if (!s.measured.no_data) {
      w.availability = s.measured.availability;
      w.missed = row.target && s.measured.availability < *row.target;
      row.lowest = row.lowest ? std::min(*row.lowest, s.measured.availability) : s.measured.availability;
    }
    row.missed += w.missed ? 1 : 0;
    row.undefined += w.defined ? 0 : 1;
    row.provisional = row.provisional || s.provisional;
    row.fees += c.monthly_fee.times(ratio(months), rounding::half_up);
    detail::add_forms(row.totals, s.money.totals);
    detail::add_forms(row.claimable, s.money.claimable);
    row.windows.push_back(std::move(w));
  }
  return row;
}

}  // namespace v0
}  // namespace sla
