// SPDX-License-Identifier: MIT
#pragma once

// The tier, the target or the fee changed inside a window: whose terms settle it? (rule M10)
//
//     // basic, 3,000 at 99.9 %, to 15 October; flagship, 9,000 at 99.99 %, from the 16th; 30 minutes down on the 10th
//     sla::changed_settlement s = sla::settle_changed(parts, sla::change_rule::unstated);
//     // split 145.16: below 99.9 % of its 15 days, 10 % of 15/31 of 3,000
//     // the terms at the start 0: 99.93 % of the month
//     // the terms at the end 900, or 609.68 on what was paid for the month
//
// Every part brings two sets of facts: those measured inside it alone, for the split, and those of the whole window
// measured under its terms, for the rules that let one part settle it all.
//
// A cap that is an amount is one for the whole window: the second part of a split has what the first left of it, as it
// has of the caps that reach back. A cap that is a share of the fee is one of each part's own fee.
//
// The hard question: if the flagship's terms settle the whole month, of which fee? Of its own, or of the fees as they
// were paid, by days. That, too, is stated or has two readings.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include <sla/compensation/change_rule.hpp>
#include <sla/compensation/owes_less.hpp>

namespace sla {
inline namespace v0 {

/// One part of a window, from the earliest. The shares of all parts add up to 1.
struct window_part {
  settle_terms terms{};
  ratio share{};          ///< of the window
  window_facts inside{};  ///< figures of this part alone; of its fees the shares of the whole window
  window_facts whole{};  ///< figures of the whole window under these terms; the fees are those of these terms
};

/// One way to settle the window.
struct change_reading {
  change_rule rule = change_rule::split;
  change_base base = change_base::own;
  std::vector<settlement> parts{};  ///< of a split one a part, else one
  settlement money{};               ///< what they owe together
  favoured favours = favoured::nobody;

  [[nodiscard]] std::int64_t credit() const noexcept { return money.total.minor_units(); }
};

/// The reading that applies; with several, the lowest, and `readings` holds them all.
struct changed_settlement {
  change_reading settled{};
  std::vector<change_reading> readings{};

  [[nodiscard]] bool is_defined() const noexcept { return readings.empty(); }
};

/// The fees of a part, and its share of the window.
struct part_fees {
  std::span<const fee> fees{};
  ratio share{};
};

/// What was paid for the window under the name of one fee: every part's fee for its share, as whole minor units and a
/// fraction. A part that says less of a fee (with tax or without, of the list or paid) has one that does not
/// contradict; one that has no such fee was paid none.
[[nodiscard]] inline fee fee_paid(const fee& like, std::span<const part_fees> parts) {
  const auto fits = [&](const fee& f, bool exactly) {
    if (f.id != like.id || f.subject != like.subject) return false;
    if (exactly) return f.tax == like.tax && f.price == like.price;
    return (f.tax == like.tax || f.tax == fee_tax::unstated || like.tax == fee_tax::unstated) &&
           (f.price == like.price || f.price == fee_price::unstated || like.price == fee_price::unstated);
  };
  ratio sum;
  for (const part_fees& p : parts) {
    auto at = std::ranges::find_if(p.fees, [&](const fee& f) { return fits(f, true); });
    if (at == p.fees.end()) at = std::ranges::find_if(p.fees, [&](const fee& f) { return fits(f, false); });
    if (at == p.fees.end()) continue;
    if (at->amount.in() != like.amount.in()) detail::fail("the fees of a window's parts are in one currency");
    sum = sum + ratio(at->amount.minor_units()) * at->share * p.share;
  }
  fee paid = like;
  paid.amount = money::minor(sum.num(), like.amount.in());
  paid.share = ratio(1, sum.den());
  return paid;
}

/// Settles a window of `parts` parts whose terms changed. `split()` settles each by its own terms, as a
/// parts_settlement; `whole(part, base)` settles all of the window by the terms of a part.
template <class Split, class Whole>
[[nodiscard]] changed_settlement settle_changed(std::size_t parts, change_rule rule, change_base base,
                                                const Split& split, const Whole& whole) {
  if (parts == 0) detail::fail("a window that changes has parts");
  std::vector<change_reading> readings;
  if (rule == change_rule::split || rule == change_rule::unstated) {
    parts_settlement s = split();
    readings.push_back({change_rule::split, change_base::own, std::move(s.parts), std::move(s.money)});
  }
  for (const change_base b : {change_base::own, change_base::paid}) {
    if (rule == change_rule::split || (base != change_base::unstated && base != b)) continue;
    std::vector<change_reading> ends;
    for (const change_rule end : {change_rule::at_start, change_rule::at_end}) {
      if (rule != end && rule != change_rule::better && rule != change_rule::unstated) continue;
      settlement s = whole(end == change_rule::at_start ? 0 : parts - 1, b);
      ends.push_back({end, b, {s}, s});
    }
    // What can still be claimed is owed, too: the customer chooses with it in sight.
    if (rule == change_rule::better)
      ends.erase(ends.begin() + (owes_less_when_claimed(ends[0].money, ends[1].money) ? 0 : 1));
    for (change_reading& r : ends) readings.push_back(std::move(r));
  }
  if (!judge_readings(readings)) return {std::move(readings.front()), {}};
  const auto low = std::ranges::min_element(
      readings, [](const change_reading& a, const change_reading& b) { return owes_less(a.money, b.money); });
  change_reading settled = *low;
  return {std::move(settled), std::move(readings)};
}

namespace detail {

inline void check_parts(std::span<const window_part> parts) {
  ratio sum;
  for (const window_part& p : parts) {
    if (p.share < ratio()) fail("a part of a window cannot be negative");
    sum = sum + p.share;
  }
  if (!parts.empty() && sum != ratio(1)) fail("the parts of a window make up all of it");
}

}  // namespace detail

/// Settles a window whose terms changed. Throws as settle does, and where the parts do not make up the window.
[[nodiscard]] inline changed_settlement settle_changed(std::span<const window_part> parts, change_rule rule,
                                                       change_base base = change_base::unstated) {
  detail::check_parts(parts);
  const auto split = [&] {
    std::vector<std::vector<fee>> fees;
    std::vector<settle_part> all;
    for (const window_part& p : parts) {
      fees.emplace_back(p.inside.fees.begin(), p.inside.fees.end());
      for (fee& f : fees.back()) f.share = f.share * p.share;
      settle_part& one = all.emplace_back(settle_part{p.terms, p.inside});
      if (one.facts.whole_fees.empty()) one.facts.whole_fees = p.inside.fees;
    }
    for (std::size_t i = 0; i < all.size(); ++i) all[i].facts.fees = fees[i];
    return settle_parts(all);
  };
  const auto whole = [&](std::size_t part, change_base b) {
    window_facts facts = parts[part].whole;
    std::vector<fee> fees(facts.fees.begin(), facts.fees.end());
    std::vector<part_fees> paid;
    for (const window_part& p : parts) paid.push_back({p.whole.fees, p.share});
    if (b == change_base::paid)
      for (fee& f : fees) f = fee_paid(f, paid);
    facts.fees = fees;
    return settle(parts[part].terms, facts);
  };
  return settle_changed(parts.size(), rule, base, split, whole);
}

}  // namespace v0
}  // namespace sla
