// SPDX-License-Identifier: MIT
#pragma once

// All contracts of a window together: their statements, and what they come to.
//
//     sla::portfolio all = sla::draw_up(policy, contracts, october, incidents, outages, october.span.end);
//     for (const sla::money& total : all.totals) std::cout << sla::to_string(total) << '\n';   // one a currency
//
// Of months, every contract has its own windows (contract_windows.hpp): October in Shanghai is over twelve hours before
// October in New York, and a contract from the 17th has one from the 17th on.
//
//     sla::portfolio own = sla::draw_up(policy, contracts, {.last = 2026y / 10}, incidents, outages);
//
// The hard question: contracts in yuan and in dollars, what is the total? There are two. The library settles no
// exchange rate (rule M1).

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include <sla/policy/contract_windows.hpp>
#include <sla/policy/statement.hpp>

namespace sla {
inline namespace v0 {

/// Attainment of one clock at one severity, the severity being that of the report (rule C16).
struct graded_attainment {
  clock_id clock = 0;
  std::uint8_t severity = 0;
  attainment count;
};

/// By clock, then by severity; what has nothing to count is left out.
[[nodiscard]] inline std::vector<graded_attainment> attained_by_severity(
    const policy& p, std::span<const judged_incident> incidents, const interval& window) {
  std::vector<graded_attainment> all;
  for (std::size_t c = 0; c < p.clock_count(); ++c)
    for (std::size_t s = 0; s < p.severity_count(); ++s)
      all.push_back({static_cast<clock_id>(c), static_cast<std::uint8_t>(s), {}});
  for (const judged_incident& i : incidents) {
    const auto severity = severity_in(p, i);
    for (const verdict& v : i.verdicts)
      if (const auto clock = clock_in(p, i, v.clock); clock && severity)
        all[*clock * p.severity_count() + *severity].count.add(v, window);
  }
  std::erase_if(all, [](const graded_attainment& a) { return a.count == attainment{}; });
  return all;
}

/// How many verdicts have each outcome, by the outcome's number.
using outcome_counts = std::array<std::size_t, detail::outcome_names.size()>;
[[nodiscard]] inline outcome_counts count_outcomes(std::span<const judged_incident> incidents) noexcept {
  outcome_counts n{};
  for (const judged_incident& i : incidents)
    for (const verdict& v : i.verdicts) ++n[static_cast<std::size_t>(v.outcome)];
  return n;
}

struct portfolio {
  sla::window window;  ///< of every statement, or, where they have their own, what all of them span
  instant as_of;       ///< the latest of theirs
  std::vector<statement> statements;  ///< in the order of the contracts
  std::vector<money> totals;          ///< of credits, one a currency, in the order met
  std::size_t owing = 0;              ///< contracts that are owed something, in any form
  std::size_t undefined = 0;          ///< contracts whose total the contract leaves open
  std::vector<graded_attainment> attainment;
  outcome_counts outcomes{};
  std::vector<form_total> forms{};  ///< of every form, unit and currency that a clause names, credits first
};

/// What all its statements rest on.
[[nodiscard]] inline versions versions_of(const portfolio& all) {
  versions v;
  for (const statement& s : all.statements) {
    if (&s == &all.statements.front()) v = s.rests_on;
    for (const named_version& z : s.rests_on.zones)
      if (std::ranges::find(v.zones, z) == v.zones.end()) v.zones.push_back(z);
  }
  return v;
}

/// What contracts are settled with besides their records.
struct portfolio_context {
  std::span<const contract_claim> claims = {};
  std::span<const window> earlier =
      {};  ///< of draw_up of one window: those before it, in order, which each contract settles first
  std::span<const announcement> announcements = {};  ///< of planned maintenance, of any service
  window_records records = {};                       ///< calls, repairs, requests and populations
};

/// Months to settle: the last one is shown, and those from the first on are settled before it.
struct settled_months {
  std::chrono::year_month last{};
  std::optional<std::chrono::year_month> first = {};  ///< none: nothing before the last is known
};

namespace detail {

// Adds what one contract is owed in each form. A right or a duty is owed to as many contracts.
inline void add_forms(std::vector<form_total>& all, const std::vector<form_total>& more) {
  for (const form_total& t : more) {
    form_total* same = nullptr;
    for (form_total& known : all)
      if (known.form == t.form && known.unit == t.unit && known.amount.in() == t.amount.in()) same = &known;
    if (same == nullptr) {
      all.push_back(t);
      continue;
    }
    same->amount += t.amount;
    const auto sum = checked_add(same->count, t.count);
    if (!sum) fail("a number of units must fit 64 bits");
    same->count = *sum;
  }
  std::ranges::sort(all, [](const form_total& a, const form_total& b) {
    if (a.form != b.form) return a.form < b.form;
    return a.unit != b.unit ? a.unit < b.unit : a.amount.in().code() < b.amount.in().code();
  });
}

}  // namespace detail

namespace detail {

inline void add_attainment(std::vector<graded_attainment>& all, const std::vector<graded_attainment>& more) {
  for (const graded_attainment& m : more) {
    const auto at = std::ranges::find_if(all, [&](const graded_attainment& a) {
      return a.clock > m.clock || (a.clock == m.clock && a.severity >= m.severity);
    });
    if (at == all.end() || at->clock != m.clock || at->severity != m.severity) {
      all.insert(at, m);
    } else {
      at->count += m.count;
    }
  }
}

// Adds a contract's statement to the sums.
inline void add_statement(const policy& p, portfolio& all, statement s) {
  const money& owed = s.money.total;
  bool any = false;
  for (const form_total& t : s.money.totals) any = any || !t.amount.is_zero() || t.count != 0;
  all.owing += any ? 1 : 0;
  add_forms(all.forms, s.money.totals);
  all.undefined += s.is_defined() ? 0 : 1;
  money* same = nullptr;
  for (money& m : all.totals)
    if (same == nullptr && m.in() == owed.in()) same = &m;
  if (same == nullptr) {
    all.totals.push_back(owed);
  } else {
    *same += owed;
  }
  if (!s.incidents.empty()) {
    add_attainment(all.attainment, attained_by_severity(p, s.incidents, s.window.span));
    const outcome_counts more = count_outcomes(s.incidents);
    for (std::size_t i = 0; i < more.size(); ++i) all.outcomes[i] += more[i];
  }
  all.statements.push_back(std::move(s));
}

// What one contract's settlement knows of what all of them do.
[[nodiscard]] inline settle_context context_of(const portfolio_context& known) {
  return {.claims = known.claims, .records = known.records, .announcements = known.announcements};
}

// Takes a contract's own window into what all of them span.
inline void span_window(portfolio& all, const window& own, instant as_of, std::chrono::year_month month) {
  if (all.statements.empty()) {
    all.window = own;
    all.as_of = as_of;
  }
  all.as_of = std::max(all.as_of, as_of);
  if (all.window == own) return;
  const interval both{std::min(all.window.span.begin, own.span.begin),
                      std::max(all.window.span.end, own.span.end)};
  all.window = {both, month_label(month), 0};
}

// A contract's window after those before it.
[[nodiscard]] inline statement draw_up_after(const policy& p, const contract& c,
                                             std::span<const window> earlier, const window& w,
                                             std::span<const incident> incidents,
                                             std::span<const service_outage> outages, instant as_of,
                                             const portfolio_context& known) {
  settle_context context = context_of(known);
  settled_history before;
  if (!earlier.empty()) context.before = &before;
  for (const window& past : earlier) {
    const statement s = draw_up(p, c, past, incidents, outages, as_of, context);
    before.add(past.span, s.money, s.is_defined());
  }
  return draw_up(p, c, w, incidents, outages, as_of, context);
}

}  // namespace detail

/// A statement a contract, and their sums, of one window. Throws sla::error where a sum leaves 64 bits.
[[nodiscard]] inline portfolio draw_up(const policy& p, std::span<const contract> contracts, const window& w,
                                       std::span<const incident> incidents,
                                       std::span<const service_outage> outages, instant as_of,
                                       const portfolio_context& known = {}) {
  portfolio all{w, as_of, {}, {}, 0, 0, {}, {}};
  for (const contract& c : contracts)
    detail::add_statement(p, all,
                          detail::draw_up_after(p, c, known.earlier, w, incidents, outages, as_of, known));
  return all;
}

/// The same of months: each contract by its own windows, in its zone. Without an instant, each as known where its
/// window ends.
[[nodiscard]] inline portfolio draw_up(const policy& p, std::span<const contract> contracts,
                                       const settled_months& months, std::span<const incident> incidents,
                                       std::span<const service_outage> outages,
                                       std::optional<instant> as_of = {},
                                       const portfolio_context& known = {}) {
  const auto since = months.first.value_or(months.last);
  const std::vector<window> common = settled_windows(p, contract{}, since, months.last);
  portfolio all{common.back(), {}, {}, {}, 0, 0, {}, {}};
  all.as_of = as_of.value_or(all.window.span.end);
  for (const contract& c : contracts) {
    const bool its_own = c.zone || p.availability(0).windows.from_contract;
    const std::vector<window> own = its_own ? settled_windows(p, c, since, months.last) : common;
    const instant at = as_of.value_or(own.back().span.end);
    detail::span_window(all, own.back(), at, months.last);
    detail::add_statement(
        p, all,
        detail::draw_up_after(p, c, {own.data(), own.size() - 1}, own.back(), incidents, outages, at, known));
  }
  return all;
}

}  // namespace v0
}  // namespace sla
