// SPDX-License-Identifier: MIT
#pragma once

// From figures to what is owed for a window: clause by clause, then combined, then capped.
//
//     sla::settlement s = sla::settle({credits, caps, sla::combination::sum}, {.fees = fees, .figures = figures});
//     s.total;        // credits
//     s.totals;       // every form by itself
//
// A line is a clause, a contract, a window and a subject; it is rounded once, and the total is the sum of what lines
// are granted less what caps take (rules M2, M9). Caps apply to lines first, then lines combine, then caps on the
// window, the year, the last twelve months and the contract (rule M8). Lines of different forms never meet.
//
// The hard question: what if the contract does not say? A table with a gap, a part of a unit, a fee with two meanings,
// or several lines and no word on how they combine, has several readings. Each is computed whole, and says whom it
// favours; where all agree, nothing is undefined. The settlement itself then shows the reading that pays least: so much
// is owed on any reading (rule M0).

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <sla/base/error.hpp>
#include <sla/compensation/one_reading.hpp>

namespace sla {
inline namespace v0 {

namespace detail {

[[nodiscard]] inline bool pays_less(const reading& a, const reading& b) noexcept {
  for (std::size_t i = 0; i < a.totals.size(); ++i) {
    const form_total &x = a.totals[i], &y = b.totals[i];
    if (x.amount.minor_units() != y.amount.minor_units()) return x.amount < y.amount;
    if (x.count != y.count) return x.count < y.count;
  }
  return false;
}
[[nodiscard]] inline bool pays_the_same(const reading& a, const reading& b) noexcept {
  return a.totals == b.totals;
}

// Two lines that pay, or could, for one root cause.
[[nodiscard]] inline bool share_a_cause(std::span<const credit_line> lines) {
  std::vector<root_cause_id> causes;
  for (const credit_line& l : lines)
    if (l.cause != 0 && settling::can_pay(l)) causes.push_back(l.cause);
  std::ranges::sort(causes);
  return std::ranges::adjacent_find(causes) != causes.end();
}

// What alone makes two readings differ is open.
inline void name_what_is_open(std::span<const reading> readings, settlement& out) {
  for (const reading& a : readings)
    for (const reading& b : readings) {
      if (pays_the_same(a, b)) continue;
      const bool how = a.combination != b.combination, gap = a.gap != b.gap, counted = a.counted != b.counted,
                 base = a.base != b.base;
      if (how + gap + counted + base != 1) continue;
      out.combination_unstated = out.combination_unstated || how;
      out.table_undefined = out.table_undefined || gap;
      out.counting_unstated = out.counting_unstated || counted;
      out.base_unstated = out.base_unstated || base;
    }
}

[[nodiscard]] inline std::vector<form_total> added(const std::vector<form_total>& with,
                                                   const std::vector<form_total>& without) {
  std::vector<form_total> more = with;
  for (std::size_t i = 0; i < more.size(); ++i) {
    more[i].amount -= without[i].amount;
    more[i].count -= without[i].count;
  }
  return more;
}

// Adds totals of one contract: a right or a duty is owed once.
inline void add_totals(std::vector<form_total>& all, std::span<const form_total> more) {
  for (const form_total& t : more) {
    const auto same = std::ranges::find_if(all, [&](const form_total& known) {
      return known.form == t.form && known.unit == t.unit && known.amount.in() == t.amount.in();
    });
    if (same == all.end()) {
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

}  // namespace detail

/// A part of a window that is settled with the others.
struct settle_part {
  settle_terms terms{};
  window_facts facts{};
};

/// What the parts of a window owe together, and what each does of it.
struct parts_settlement {
  settlement money{};
  std::vector<settlement> parts{};  ///< of the reading that `money` shows
};

namespace detail {

// The parts of one window by one reading: what those before a part were paid counts under the caps on more than a line.
class settling_together {
 public:
  explicit settling_together(std::span<const settle_part> parts) : parts_(parts) {
    if (parts.empty()) fail("a window that is settled has parts");
  }

  [[nodiscard]] std::vector<reading> read_each(const reading_choice& how, line_doubt& doubt) const {
    std::vector<reading> each;
    std::vector<earlier_payment> money;
    std::vector<earlier_units> units;
    for (const settle_part& part : parts_) {
      window_facts facts = part.facts;
      if (!each.empty()) {
        money.assign(facts.earlier.begin(), facts.earlier.end());
        units.assign(facts.units_earlier.begin(), facts.units_earlier.end());
        for (const reading& before : each) add_paid(before.totals, money, units);
        facts.earlier = money;
        facts.units_earlier = units;
      }
      reading_choice own = how;
      if (part.terms.combined != combination::unstated) own.how = part.terms.combined;
      each.push_back(settling(part.terms, facts).read(own, doubt));
    }
    return each;
  }
  [[nodiscard]] reading read(const reading_choice& how, line_doubt& doubt) const {
    return joined(read_each(how, doubt), how);
  }

  /// How lines could combine: each way that makes a difference in any part.
  [[nodiscard]] std::vector<combination> combinations(const reading_choice& how) const {
    line_doubt doubt;
    const std::vector<reading> each = read_each(how, doubt);
    bool several = false, of_a_cause = false;
    for (std::size_t i = 0; i < parts_.size(); ++i) {
      if (parts_[i].terms.combined != combination::unstated || settling::payers(each[i]) < 2) continue;
      several = true;
      of_a_cause = of_a_cause || share_a_cause(each[i].lines);
    }
    std::vector<combination> all{how.how};
    if (several) all.push_back(combination::max);
    if (several && of_a_cause) all.push_back(combination::root_cause);
    return all;
  }

 private:
  static void add_paid(const std::vector<form_total>& totals, std::vector<earlier_payment>& money,
                       std::vector<earlier_units>& units) {
    for (const cap_scope scope :
         {cap_scope::window, cap_scope::year, cap_scope::rolling_year, cap_scope::contract})
      for (const form_total& t : totals)
        if (is_money(t.form)) {
          money.push_back({scope, t.amount, t.form});
        } else {
          units.push_back({scope, t.count, t.form, t.unit});
        }
  }
  [[nodiscard]] static reading joined(std::vector<reading> each, const reading_choice& how) {
    if (each.size() == 1) return std::move(each.front());
    reading all;
    all.combination = how.how;
    all.gap = how.shape.gap;
    all.counted = how.shape.counted;
    all.base = how.base;
    const auto take_caps = [&](const auto& from, auto& to) {
      for (const auto& cap : from) {
        to.push_back(cap);
        if (cap.line != no_line) to.back().line += all.lines.size();
      }
    };
    for (const reading& r : each) {
      take_caps(r.caps, all.caps);
      take_caps(r.unit_caps, all.unit_caps);
      all.lines.insert(all.lines.end(), r.lines.begin(), r.lines.end());
      add_totals(all.totals, r.totals);
      all.total = &r == &each.front() ? r.total : all.total + r.total;
    }
    return all;
  }

  std::span<const settle_part> parts_;
};

[[nodiscard]] inline settlement settlement_of(reading r) {
  settlement s;
  s.lines = std::move(r.lines);
  s.caps = std::move(r.caps);
  s.unit_caps = std::move(r.unit_caps);
  s.total = r.total;
  s.totals = std::move(r.totals);
  return s;
}

// `shown` becomes the reading of the settlement that is not one of several.
[[nodiscard]] inline settlement settle_together(const settling_together& work, combination stated,
                                                reading_choice& shown) {
  reading_choice how;
  how.how = stated == combination::unstated ? combination::sum : stated;
  line_doubt doubt;
  std::vector<reading> readings;
  readings.push_back(work.read(how, doubt));

  std::vector<combination> combinations{how.how};
  if (stated == combination::unstated && settling::payers(readings[0]) > 1)
    combinations = work.combinations(how);
  if (combinations.size() > 1 || doubt.table || doubt.counting || doubt.bases > 1) {
    readings.clear();
    const std::size_t gaps = doubt.table ? 3 : 1, counts = doubt.counting ? 3 : 1;
    for (std::size_t b = 0; b < doubt.bases; ++b)
      for (std::size_t u = 0; u < counts; ++u)
        for (std::size_t g = 0; g < gaps; ++g)
          for (const combination c : combinations)
            readings.push_back(work.read(
                {c, {static_cast<gap_reading>(g), static_cast<unit_counting>(u + 1)}, b, false}, doubt));
  }
  const bool claimable = std::ranges::any_of(readings, [](const reading& r) {
    return std::ranges::find(r.lines, line_outcome::claimable, &credit_line::outcome) != r.lines.end();
  });
  const auto [low, high] = std::minmax_element(readings.begin(), readings.end(), pays_less);
  const bool agree = pays_the_same(*low, *high);
  std::vector<form_total> more;
  if (claimable) {
    std::vector<reading> claimed;
    for (reading& r : readings) {
      claimed.push_back(work.read({r.combination, {r.gap, r.counted}, r.base, true}, doubt));
      r.claimable = added(claimed.back().totals, r.totals);
    }
    const auto least = std::min_element(claimed.begin(), claimed.end(), pays_less);
    more = added(least->totals, low->totals);
  }
  // Where all agree, the first reading is as good as any; where they do not, the lowest is shown.
  reading& chosen = agree ? readings.front() : *low;
  shown = {chosen.combination, {chosen.gap, chosen.counted}, chosen.base, false};
  settlement out;
  if (agree) {
    out = settlement_of(std::move(chosen));
    out.claimable = std::move(more);
    return out;
  }
  out = settlement_of(chosen);
  out.claimable = std::move(more);
  for (reading& r : readings)
    r.favours = pays_the_same(r, *high)  ? favoured::customer
                : pays_the_same(r, *low) ? favoured::vendor
                                         : favoured::nobody;
  name_what_is_open(readings, out);
  out.readings = std::move(readings);
  return out;
}

}  // namespace detail

/// What a window owes. Throws sla::error where an amount leaves 64 bits, currencies mix, a fee is negative or missing,
/// or a figure lacks what its clause asks for.
[[nodiscard]] inline settlement settle(const settle_terms& terms, const window_facts& facts) {
  const settle_part only{terms, facts};
  detail::reading_choice shown;
  return detail::settle_together(detail::settling_together({&only, 1}), terms.combined, shown);
}

/// What the parts of one window owe, settled together: whoever reads what they leave open reads it alike in each, and a
/// part has of the caps on more than a line what those before it left. Throws as above, and where there are none.
[[nodiscard]] inline parts_settlement settle_parts(std::span<const settle_part> parts) {
  const detail::settling_together work(parts);
  const bool stated = std::ranges::none_of(
      parts, [](const settle_part& p) { return p.terms.combined == combination::unstated; });
  detail::reading_choice shown;
  parts_settlement out;
  out.money =
      detail::settle_together(work, stated ? parts.front().terms.combined : combination::unstated, shown);
  detail::line_doubt ignored;
  for (reading& r : work.read_each(shown, ignored)) out.parts.push_back(detail::settlement_of(std::move(r)));
  return out;
}

/// What a window owes on one base.
[[nodiscard]] inline settlement settle(std::span<const credit_terms> credits, std::span<const cap_terms> caps,
                                       combination combined, const money& base,
                                       std::span<const figure> figures,
                                       std::span<const earlier_payment> earlier = {}) {
  const fee only{0, base};
  return settle({credits, caps, combined}, {.fees = {&only, 1}, .figures = figures, .earlier = earlier});
}

}  // namespace v0
}  // namespace sla
