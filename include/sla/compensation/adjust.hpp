// SPDX-License-Identifier: MIT
#pragma once

// The past was corrected: what changes in a settlement, line by line.
//
//     sla::adjustments more = sla::adjust(october_as_settled, october_settled_again);
//     for (const sla::adjustment& a : more.changed) ...        // clause 5.2, ivr: 900.00 becomes 2,700.00
//     sla::to_string(more.totals[0].amount);                   // "1800.00 CNY"
//
// The first settlement is never changed: it stands as issued, and a second statement of differences goes beside it.
// Differences of lines and caps add up to the difference of the totals, to the last minor unit.
//
// The hard question: which line is which, if the correction adds an outage? Lines are the same where clause, metric,
// subject and date are; of several that are, the first stands against the first. What has no counterpart is new, or
// falls away.

#include <algorithm>
#include <chrono>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <sla/base/money.hpp>
#include <sla/compensation/settlement.hpp>

namespace sla {
inline namespace v0 {

/// What one line, or one cap, comes to before and after. A cap's part is what it takes, negative.
struct adjustment {
  enum class kind : std::uint8_t { line, cap };
  static constexpr kind line = kind::line, cap = kind::cap;

  kind of = kind::line;
  std::string clause{};
  std::string subject{};
  metric_id metric = 0;
  std::optional<std::chrono::sys_days> date{};
  cap_scope scope = cap_scope::line;  ///< of a cap
  remedy_form form = remedy_form::credit;
  std::string unit{};
  money before = money::minor(0, cny);
  money after = money::minor(0, cny);
  std::int64_t count_before = 0;
  std::int64_t count_after = 0;

  friend bool operator==(const adjustment&, const adjustment&) = default;
};

struct adjustments {
  std::vector<adjustment> changed{};  ///< what is the same is left out
  std::vector<form_total> totals{};   ///< differences, negative where less is owed
};

namespace detail {

struct adjusting {
  std::vector<adjustment> all{};

  [[nodiscard]] static auto key(const adjustment& a) {
    return std::tie(a.of, a.clause, a.scope, a.metric, a.subject, a.date, a.form, a.unit);
  }
  // Every line and every cap of a settlement, as if before it there had been nothing.
  explicit adjusting(const settlement& s) {
    const money zero = money::minor(0, s.total.in());
    for (const credit_line& l : s.lines)
      all.push_back({adjustment::line, l.clause, l.subject, l.metric, l.date, cap_scope::line, l.form, l.unit,
                     zero, l.granted, 0, l.granted_count});
    const auto cap_on = [&](const auto& c, const std::string& unit) -> adjustment& {
      adjustment& a = all.emplace_back();
      a.of = adjustment::cap;
      a.clause = c.clause;
      a.scope = c.scope;
      a.form = c.form;
      a.unit = unit;
      a.before = a.after = zero;
      if (c.line < s.lines.size()) {
        a.subject = s.lines[c.line].subject;
        a.metric = s.lines[c.line].metric;
        a.date = s.lines[c.line].date;
      }
      return a;
    };
    for (const cap_application& c : s.caps) cap_on(c, {}).after = -c.reduction;
    for (const unit_cap_application& c : s.unit_caps) cap_on(c, c.unit).count_after = -c.reduction;
    // Of equal keys the first stays first.
    std::vector<std::size_t> order(all.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
      const auto left = key(all[a]), right = key(all[b]);
      return left != right ? left < right : a < b;
    });
    std::vector<adjustment> sorted;
    for (const std::size_t k : order) sorted.push_back(std::move(all[k]));
    all = std::move(sorted);
  }
};

[[nodiscard]] inline const form_total* find_total(const std::vector<form_total>& all,
                                                  const form_total& like) noexcept {
  for (const form_total& t : all)
    if (t.form == like.form && t.unit == like.unit) return &t;
  return nullptr;
}

}  // namespace detail

/// What settling again changes. Throws sla::error where the currencies differ or a difference leaves 64 bits.
[[nodiscard]] inline adjustments adjust(const settlement& before, const settlement& after) {
  if (before.total.in() != after.total.in())
    detail::fail("an adjustment is in the currency of what it adjusts");
  detail::adjusting old(before), now(after);
  adjustments out;
  std::size_t i = 0, j = 0;
  while (i < old.all.size() || j < now.all.size()) {
    const bool only_old =
        j == now.all.size() ||
        (i < old.all.size() && detail::adjusting::key(old.all[i]) < detail::adjusting::key(now.all[j]));
    const bool only_new = !only_old && (i == old.all.size() || detail::adjusting::key(now.all[j]) <
                                                                   detail::adjusting::key(old.all[i]));
    adjustment a = only_old ? old.all[i] : now.all[j];
    if (only_old) {
      std::swap(a.before, a.after);
      std::swap(a.count_before, a.count_after);
    } else if (!only_new) {
      a.before = old.all[i].after;
      a.count_before = old.all[i].count_after;
    }
    i += only_new ? 0 : 1;
    j += only_old ? 0 : 1;
    if (a.before != a.after || a.count_before != a.count_after) out.changed.push_back(std::move(a));
  }
  out.totals = after.totals;
  for (form_total& t : out.totals)
    if (const form_total* was = detail::find_total(before.totals, t)) {
      t.amount -= was->amount;
      t.count -= was->count;
    }
  for (const form_total& was : before.totals)
    if (detail::find_total(after.totals, was) == nullptr)
      out.totals.push_back({was.form, was.unit, -was.amount, -was.count});
  return out;
}

}  // namespace v0
}  // namespace sla
