// SPDX-License-Identifier: MIT
#pragma once

// Several settlements: which of two owes less, and what they come to as one.
//
//     const sla::settlement halves[]{settle(terms, first), settle(terms, second)};
//     sla::settlement s = sla::join(halves);    // the lines of both, the caps of both, one total
//
// The hard question: both leave open how credits combine, one of them also what a gap of its table pays. How many
// readings have they together? As many as the contract, which is one: whoever reads "each pays" in the first half reads
// it in the second. So a reading of the whole reads every part alike, and what a part does not leave open it has one way
// only.
//
// What is owed is compared by credit, then by voucher, cash and what is counted; of two that owe the same, that owes
// less which owes less once every claim is made.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <sla/base/error.hpp>
#include <sla/base/wide.hpp>
#include <sla/compensation/settle.hpp>

namespace sla {
inline namespace v0 {
namespace detail {

[[nodiscard]] inline form_total* find_total(std::vector<form_total>& all, const form_total& like) noexcept {
  for (form_total& t : all)
    if (t.form == like.form && t.unit == like.unit && t.amount.in() == like.amount.in()) return &t;
  return nullptr;
}
// Adds totals of one contract: a right or a duty is owed once.
inline void add_totals(std::vector<form_total>& all, std::span<const form_total> more) {
  for (const form_total& t : more) {
    form_total* same = find_total(all, t);
    if (same == nullptr) {
      all.push_back(t);
      continue;
    }
    same->amount += t.amount;
    const auto sum =
        is_single(t.form) ? std::optional(std::max(same->count, t.count)) : checked_add(same->count, t.count);
    if (!sum) fail("a number of units must fit 64 bits");
    same->count = *sum;
  }
  std::ranges::sort(all, [](const form_total& a, const form_total& b) {
    return std::tie(a.form, a.unit) < std::tie(b.form, b.unit);
  });
}
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

namespace detail {

class joining {
 public:
  explicit joining(std::span<const settlement> parts) {
    for (const settlement& s : parts) {
      parts_.push_back(s.readings);
      if (parts_.back().empty()) parts_.back().push_back(only_reading(s));
    }
  }

  [[nodiscard]] settlement run() const {
    std::vector<reading> all;
    for (const std::size_t base : values(&reading::base))
      for (const unit_counting counted : values(&reading::counted))
        for (const gap_reading gap : values(&reading::gap))
          for (const combination how : values(&reading::combination))
            all.push_back(joined(how, gap, counted, base));
    const auto low = std::ranges::min_element(all, pays_less);
    const auto high = std::ranges::max_element(all, pays_less);
    settlement out;
    out.lines = low->lines;
    out.caps = low->caps;
    out.unit_caps = low->unit_caps;
    out.total = low->total;
    out.totals = low->totals;
    out.claimable = least_claimable(all, *low);
    if (pays_the_same(*low, *high)) return out;
    for (reading& r : all)
      r.favours = pays_the_same(r, *high)  ? favoured::customer
                  : pays_the_same(r, *low) ? favoured::vendor
                                           : favoured::nobody;
    name_what_is_open(all, out);
    out.readings = std::move(all);
    return out;
  }

 private:
  // A part that leaves nothing open has no choice of its own: it is read by whatever the others are.
  [[nodiscard]] static reading only_reading(const settlement& s) {
    reading r;
    r.combination = combination::unstated;
    r.lines = s.lines;
    r.caps = s.caps;
    r.unit_caps = s.unit_caps;
    r.total = s.total;
    r.totals = s.totals;
    r.claimable = s.claimable;
    return r;
  }
  // What the parts that leave anything open choose from.
  template <class Value>
  [[nodiscard]] std::vector<Value> values(Value reading::* choice) const {
    std::vector<Value> all;
    for (const std::vector<reading>& part : parts_)
      for (const reading& r : part)
        if (part.size() > 1 && std::ranges::find(all, r.*choice) == all.end()) all.push_back(r.*choice);
    if (all.empty()) all.push_back(parts_.front().front().*choice);
    std::ranges::sort(all);
    return all;
  }
  [[nodiscard]] static const reading& chosen(const std::vector<reading>& part, combination how,
                                             gap_reading gap, unit_counting counted, std::size_t base) {
    std::vector<const reading*> left;
    for (const reading& r : part) left.push_back(&r);
    const auto keep = [&](auto choice, const auto& value) {
      if (std::ranges::any_of(left, [&](const reading* r) { return r->*choice == value; }))
        std::erase_if(left, [&](const reading* r) { return r->*choice != value; });
    };
    keep(&reading::combination, how);
    keep(&reading::gap, gap);
    keep(&reading::counted, counted);
    keep(&reading::base, base);
    return *left.front();
  }
  [[nodiscard]] reading joined(combination how, gap_reading gap, unit_counting counted,
                               std::size_t base) const {
    reading out;
    out.combination = how;
    out.gap = gap;
    out.counted = counted;
    out.base = base;
    const auto take_caps = [&](const auto& from, auto& to) {
      for (const auto& cap : from) {
        to.push_back(cap);
        if (cap.line != no_line) to.back().line += out.lines.size();
      }
    };
    for (const std::vector<reading>& part : parts_) {
      const reading& r = chosen(part, how, gap, counted, base);
      take_caps(r.caps, out.caps);
      take_caps(r.unit_caps, out.unit_caps);
      out.lines.insert(out.lines.end(), r.lines.begin(), r.lines.end());
      add_totals(out.totals, r.totals);
      add_totals(out.claimable, r.claimable);
      out.total = &part == &parts_.front() ? r.total : out.total + r.total;
    }
    return out;
  }
  [[nodiscard]] static std::vector<form_total> least_claimable(const std::vector<reading>& all,
                                                               const reading& low) {
    if (std::ranges::all_of(all, [](const reading& r) { return r.claimable.empty(); })) return {};
    std::optional<std::vector<form_total>> least;
    for (const reading& r : all) {
      std::vector<form_total> claimed = when_claimed(r.totals, r.claimable);
      if (!least || compare_totals(claimed, *least) < 0) least = std::move(claimed);
    }
    return added(*least, low.totals);
  }

  std::vector<std::vector<reading>> parts_;
};

}  // namespace detail

/// What several settlements of one contract owe together. Throws sla::error where there are none, or a sum leaves 64
/// bits.
[[nodiscard]] inline settlement join(std::span<const settlement> parts) {
  if (parts.empty()) detail::fail("settlements that are joined are one or more");
  return parts.size() == 1 ? parts.front() : detail::joining(parts).run();
}

}  // namespace v0
}  // namespace sla
