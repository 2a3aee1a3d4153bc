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
// The hard question: if the flagship's terms settle the whole month, of which fee? Of its own, or of the fees as they
// were paid, by days. That, too, is stated or has two readings.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <optional>
#include <span>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <sla/base/wide.hpp>
#include <sla/compensation/settle.hpp>

namespace sla {
inline namespace v0 {

enum class change_rule : std::uint8_t {
  unstated,
  split,     ///< each part by its own terms, on its share of the fee
  at_start,  ///< the terms at the window's start settle all of it
  at_end,    ///< those at its end do
  better,    ///< of the two, those that owe more
};
/// Of what a part's terms take their share, where they settle the whole window.
enum class change_base : std::uint8_t {
  unstated,
  own,   ///< the fee of those terms
  paid,  ///< every part's fee for its share of the window
};
namespace detail {
inline constexpr std::array<std::string_view, 5> change_rule_names{"unstated", "split", "at start", "at end",
                                                                   "better"};
inline constexpr std::array<std::string_view, 3> change_base_names{"unstated", "own fee", "fees paid"};
}  // namespace detail
/// "at start".
[[nodiscard]] constexpr std::string_view name(change_rule r) noexcept {
  return detail::change_rule_names[static_cast<std::size_t>(r)];
}
/// "fees paid".
[[nodiscard]] constexpr std::string_view name(change_base b) noexcept {
  return detail::change_base_names[static_cast<std::size_t>(b)];
}

/// One part of a window, from the earliest. The shares of all parts add up to 1.
struct window_part {
  settle_terms terms{};
  ratio share{};          ///< of the window
  window_facts inside{};  ///< figures of this part alone
  window_facts whole{};  ///< figures of the whole window under these terms; the fees are those of these terms
};

/// One way to settle the window.
struct change_reading {
  change_rule rule = change_rule::split;
  change_base base = change_base::own;
  std::vector<settlement> parts{};  ///< of a split one a part, else one
  std::vector<form_total> totals{};
  favoured favours = favoured::nobody;

  [[nodiscard]] std::int64_t credit() const noexcept {
    for (const form_total& t : totals)
      if (t.form == remedy_form::credit) return t.amount.minor_units();
    return 0;
  }
};

/// The reading that applies; with several, the lowest, and `readings` holds them all.
struct changed_settlement {
  change_reading settled{};
  std::vector<change_reading> readings{};

  [[nodiscard]] bool is_defined() const noexcept { return readings.empty(); }
};

namespace detail {

class changing {
 public:
  explicit changing(std::span<const window_part> parts) : parts_(parts) {
    if (parts.empty()) fail("a window that changes has parts");
    ratio sum;
    for (const window_part& p : parts) {
      if (p.share < ratio()) fail("a part of a window cannot be negative");
      sum = sum + p.share;
    }
    if (sum != ratio(1)) fail("the parts of a window make up all of it");
  }

  [[nodiscard]] change_reading split() const {
    change_reading r{change_rule::split, change_base::own, {}, {}, favoured::nobody};
    for (const window_part& p : parts_) {
      std::vector<fee> fees(p.inside.fees.begin(), p.inside.fees.end());
      for (fee& f : fees) f.share = f.share * p.share;
      r.parts.push_back(settle_with(p.terms, p.inside, fees));
    }
    for (const settlement& s : r.parts) add(s.totals, r.totals);
    std::ranges::sort(r.totals, [](const form_total& a, const form_total& b) {
      return std::tie(a.form, a.unit) < std::tie(b.form, b.unit);
    });
    return r;
  }
  [[nodiscard]] change_reading by(change_rule rule, change_base base) const {
    const window_part& p = rule == change_rule::at_start ? parts_.front() : parts_.back();
    std::vector<fee> fees(p.whole.fees.begin(), p.whole.fees.end());
    if (base == change_base::paid)
      for (fee& f : fees) f = as_paid(f);
    change_reading r{rule, base, {}, {}, favoured::nobody};
    r.parts.push_back(settle_with(p.terms, p.whole, fees));
    r.totals = r.parts[0].totals;
    return r;
  }

 private:
  [[nodiscard]] static settlement settle_with(const settle_terms& terms, window_facts facts,
                                              std::span<const fee> fees) {
    facts.fees = fees;
    return settle(terms, facts);
  }
  static void add(const std::vector<form_total>& more, std::vector<form_total>& sum) {
    for (const form_total& t : more) {
      const auto at = std::ranges::find_if(
          sum, [&](const form_total& s) { return s.form == t.form && s.unit == t.unit; });
      if (at == sum.end()) {
        sum.push_back(t);
        continue;
      }
      at->amount += t.amount;
      at->count = is_single(t.form) ? std::max(at->count, t.count) : checked(checked_add(at->count, t.count));
    }
  }
  [[nodiscard]] static std::int64_t checked(std::optional<std::int64_t> n) {
    if (!n) fail("the parts of a window must fit 64 bits");
    return *n;
  }
  // Every part's fee of this name for its share, over one denominator: whole minor units and a fraction.
  [[nodiscard]] fee as_paid(const fee& like) const {
    ratio sum;
    for (const window_part& p : parts_)
      for (const fee& f : p.whole.fees)
        if (f.id == like.id && f.subject == like.subject && f.tax == like.tax && f.price == like.price) {
          if (f.amount.in() != like.amount.in()) fail("the fees of a window's parts are in one currency");
          sum = sum + ratio(f.amount.minor_units()) * f.share * p.share;
        }
    fee paid = like;
    paid.amount = money::minor(sum.num(), like.amount.in());
    paid.share = ratio(1, sum.den());
    return paid;
  }

  std::span<const window_part> parts_;
};

[[nodiscard]] inline std::int64_t owed(const change_reading& r, remedy_form form,
                                       std::string_view unit) noexcept {
  for (const form_total& t : r.totals)
    if (t.form == form && t.unit == unit) return is_money(form) ? t.amount.minor_units() : t.count;
  return 0;
}
// By credit, then by every other form that either names.
[[nodiscard]] inline bool owes_less(const change_reading& a, const change_reading& b) {
  std::vector<std::pair<remedy_form, std::string_view>> forms;
  for (const change_reading* r : {&a, &b})
    for (const form_total& t : r->totals) forms.emplace_back(t.form, t.unit);
  std::ranges::sort(forms);
  for (const auto& [form, unit] : forms)
    if (owed(a, form, unit) != owed(b, form, unit)) return owed(a, form, unit) < owed(b, form, unit);
  return false;
}

}  // namespace detail

/// Settles a window whose terms changed. Throws as settle does, and where the parts do not make up the window.
[[nodiscard]] inline changed_settlement settle_changed(std::span<const window_part> parts, change_rule rule,
                                                       change_base base = change_base::unstated) {
  const detail::changing work(parts);
  std::vector<change_reading> readings;
  if (rule == change_rule::split || rule == change_rule::unstated) readings.push_back(work.split());
  for (const change_base b : {change_base::own, change_base::paid}) {
    if (base != change_base::unstated && base != b) continue;
    std::vector<change_reading> ends;
    for (const change_rule end : {change_rule::at_start, change_rule::at_end})
      if (rule == end || rule == change_rule::better || rule == change_rule::unstated)
        ends.push_back(work.by(end, b));
    if (rule == change_rule::better) {
      readings.push_back(detail::owes_less(ends[0], ends[1]) ? ends[1] : ends[0]);
    } else {
      for (change_reading& r : ends) readings.push_back(std::move(r));
    }
  }
  const auto [low, high] = std::minmax_element(readings.begin(), readings.end(), detail::owes_less);
  if (!detail::owes_less(*low, *high)) return {std::move(readings.front()), {}};
  const change_reading least = *low, most = *high;
  for (change_reading& r : readings)
    r.favours = !detail::owes_less(r, most)    ? favoured::customer
                : !detail::owes_less(least, r) ? favoured::vendor
                                               : favoured::nobody;
  return {*low, std::move(readings)};
}

}  // namespace v0
}  // namespace sla
