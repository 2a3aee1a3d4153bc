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
// asked for, by the windows that touch them, whole. The fees beside are those of the same windows, by the months that
// each lies in (contract_windows.hpp): twelve of a year, three of a quarter, and 30/31 of one for 43,200 minutes of
// October.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <sla/policy/contract_windows.hpp>
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
  std::optional<ratio> target{};       ///< where terms change, of the first
  std::vector<ratio> later_targets{};  ///< then, those that differ from the one before
  std::vector<compared_window> windows{};
  std::size_t missed = 0;
  std::optional<ratio> lowest{};
  std::vector<form_total> totals{};     ///< of all windows
  std::vector<form_total> claimable{};  ///< what open claims would add
  money fees = money::minor(0, cny);    ///< monthly fees of all windows
  std::size_t undefined = 0;            ///< windows that the policy leaves open
  bool provisional = false;
};

namespace detail {

// "basic", or "basic, flagship" where it moved up.
[[nodiscard]] inline std::string tiers_of(const policy& p, const contract& c) {
  std::string all;
  std::uint8_t before = no_tier;
  for_each_terms(c, [&](const contract& t) {
    if (t.tier != before && t.tier < p.tier_count())
      all += (all.empty() ? "" : ", ") + std::string(p.tier_name(t.tier));
    before = t.tier;
  });
  return all;
}

// Takes in what was measured, as the lowest of all parts.
inline void look_at(compared_window& w, const measurement& m, const std::optional<ratio>& target,
                    bool counts) {
  if (!counts || m.no_data) return;
  w.availability = w.availability ? std::min(*w.availability, m.availability) : m.availability;
  w.missed = w.missed || (target && m.availability < *target);
}

// The monthly fees of a window; where terms change, of each part by its share. Rounded once.
[[nodiscard]] inline money fees_of_window(const policy& p, const statement& s, const zone& in) {
  const ratio months = months_of(p.availability(s.contract.tier).windows.rule, s.window, in);
  if (s.parts.empty()) return s.contract.monthly_fee.times(months, rounding::half_up);
  std::vector<terms_part> parts;
  for (const statement_part& part : s.parts) parts.push_back({part.contract, part.window});
  const std::vector<ratio> shares = shares_of(parts, in);
  std::vector<fee> fees;
  for (const statement_part& part : s.parts) fees.push_back({.amount = part.contract.monthly_fee});
  std::vector<part_fees> paid;
  for (std::size_t i = 0; i < fees.size(); ++i) paid.push_back({{&fees[i], 1}, shares[i]});
  const fee all = fee_paid(fees.front(), paid);
  return all.amount.times(all.share * months, rounding::half_up);
}

}  // namespace detail

/// What a policy would have owed to a contract of its own, window after window.
[[nodiscard]] inline compared_row compare(const policy& p, const contract& c, std::span<const window> windows,
                                          std::span<const incident> incidents,
                                          std::span<const service_outage> outages, instant as_of,
                                          std::span<const contract_claim> claims = {},
                                          std::span<const announcement> announcements = {},
                                          const window_records& records = {}) {
  compared_row row{.policy = p.name(), .contract = c, .tier = detail::tiers_of(p, c)};
  row.target = p.availability(c.tier).target;
  std::optional<ratio> before = row.target;
  for (const contract& next : c.later) {
    const std::optional<ratio> target = p.availability(next.tier).target;
    if (target && target != before) row.later_targets.push_back(*target);
    before = target;
  }
  row.fees = money::minor(0, c.monthly_fee.in());
  for (const statement& s :
       draw_up_in_turn(p, c, windows, incidents, outages, as_of, claims, announcements, records)) {
    compared_window w{s.window, {}, false, s.money.totals, s.is_defined()};
    detail::look_at(w, s.measured, s.target, s.parts.empty() || s.change != change_rule::split);
    // Of a split window the worst part tells.
    if (s.change == change_rule::split)
      for (const statement_part& part : s.parts) detail::look_at(w, part.measured, part.target, true);
    if (w.availability) row.lowest = row.lowest ? std::min(*row.lowest, *w.availability) : *w.availability;
    row.missed += w.missed ? 1 : 0;
    row.undefined += w.defined ? 0 : 1;
    row.provisional = row.provisional || s.provisional;
    row.fees += detail::fees_of_window(p, s, zone_of(p, c));
    detail::add_forms(row.totals, s.money.totals);
    detail::add_forms(row.claimable, s.money.claimable);
    row.windows.push_back(std::move(w));
  }
  return row;
}

}  // namespace v0
}  // namespace sla
