// SPDX-License-Identifier: MIT
#pragma once

// One settlement against another: which of two owes less, and whom each of several readings favours.
//
//     std::vector<window_reading> readings = ...;     // anything that has `money` and `favours`
//     sla::judge_readings(readings);                  // who owes least favours the vendor
//
// The hard question: two readings owe nothing now, and one of them 900.00 once it is claimed. Do they owe the same? They
// do not: of two that owe the same, that owes less which owes less once every claim is made. What is owed is compared
// by credit, then by voucher, cash and what is counted.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include <sla/compensation/settle.hpp>

namespace sla {
inline namespace v0 {
namespace detail {

[[nodiscard]] inline std::vector<form_total> when_claimed(std::vector<form_total> totals,
                                                          std::span<const form_total> claimable) {
  if (!claimable.empty()) add_totals(totals, claimable);
  return totals;
}

[[nodiscard]] inline std::int64_t owed(std::span<const form_total> totals, remedy_form form,
                                       std::string_view unit) noexcept {
  for (const form_total& t : totals)
    if (t.form == form && t.unit == unit) return is_money(form) ? t.amount.minor_units() : t.count;
  return 0;
}
// Below, at or above 0, by every form that either names.
[[nodiscard]] inline int compare_totals(std::span<const form_total> a, std::span<const form_total> b) {
  std::vector<std::pair<remedy_form, std::string_view>> forms;
  for (const auto& totals : {a, b})
    for (const form_total& t : totals) forms.emplace_back(t.form, t.unit);
  std::ranges::sort(forms);
  for (const auto& [form, unit] : forms) {
    const std::int64_t x = owed(a, form, unit), y = owed(b, form, unit);
    if (x != y) return x < y ? -1 : 1;
  }
  return 0;
}
[[nodiscard]] inline int compare_claimed(const settlement& a, const settlement& b) {
  return compare_totals(when_claimed(a.totals, a.claimable), when_claimed(b.totals, b.claimable));
}

}  // namespace detail

/// Whether one settlement owes less than another.
[[nodiscard]] inline bool owes_less(const settlement& a, const settlement& b) {
  const int now = detail::compare_totals(a.totals, b.totals);
  return now != 0 ? now < 0 : detail::compare_claimed(a, b) < 0;
}
/// The same once every claim that is still possible is made.
[[nodiscard]] inline bool owes_less_when_claimed(const settlement& a, const settlement& b) {
  return detail::compare_claimed(a, b) < 0;
}

/// Names whom each reading favours: who owes most the customer, who owes least the vendor. Readings have `money` and
/// `favours`. False where all owe the same, and none favours anybody.
template <class Reading>
bool judge_readings(std::vector<Reading>& readings) {
  if (readings.empty()) return false;
  const auto less = [](const Reading& a, const Reading& b) { return owes_less(a.money, b.money); };
  const auto [low, high] = std::ranges::minmax_element(readings, less);
  if (!less(*low, *high)) return false;
  std::vector<favoured> sides;
  for (const Reading& r : readings)
    sides.push_back(!less(r, *high)  ? favoured::customer
                    : !less(*low, r) ? favoured::vendor
                                     : favoured::nobody);
  for (std::size_t i = 0; i < sides.size(); ++i) readings[i].favours = sides[i];
  return true;
}

}  // namespace v0
}  // namespace sla
