// SPDX-License-Identifier: MIT
#pragma once

// All contracts of a window together: their statements, and what they come to.
//
//     sla::portfolio all = sla::draw_up(policy, contracts, october, incidents, outages, october.span.end);
//     for (const sla::money& total : all.totals) std::cout << sla::to_string(total) << '\n';   // one a currency
//
// The hard question: contracts in yuan and in dollars, what is the total? There are two. The library settles no
// exchange rate (rule M1).

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

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
  for (const judged_incident& i : incidents)
    for (const verdict& v : i.verdicts)
      all[v.clock * p.severity_count() + i.facts.at_report.severity].count.add(v, window);
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
  sla::window window;
  instant as_of;
  std::vector<statement> statements;  ///< in the order of the contracts
  std::vector<money> totals;          ///< of credits, one a currency, in the order met
  std::size_t owing = 0;              ///< contracts that are owed something, in any form
  std::size_t undefined = 0;          ///< contracts whose total the contract leaves open
  std::vector<graded_attainment> attainment;
  outcome_counts outcomes{};
  std::vector<form_total> forms{};  ///< of every form, unit and currency that a clause names, credits first
};

/// What contracts are settled with besides their records.
struct portfolio_context {
  std::span<const contract_claim> claims = {};
  std::span<const window> earlier =
      {};  ///< windows before this one, in order: each contract settles them first
  std::span<const announcement> announcements = {};  ///< of planned maintenance, of any service
  window_records records = {};                       ///< calls, repairs, requests and populations
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

/// A statement a contract, and their sums. Throws sla::error where a sum leaves 64 bits.
[[nodiscard]] inline portfolio draw_up(const policy& p, std::span<const contract> contracts, const window& w,
                                       std::span<const incident> incidents,
                                       std::span<const service_outage> outages, instant as_of,
                                       const portfolio_context& known = {}) {
  portfolio all{w, as_of, {}, {}, 0, 0, {}, {}};
  std::vector<judged_incident> judged;
  for (const contract& c : contracts) {
    settled_history before;
    for (const window& past : known.earlier)
      before.add(past.span, draw_up(p, c, past, incidents, outages, as_of,
                                    {.claims = known.claims,
                                     .before = &before,
                                     .records = known.records,
                                     .announcements = known.announcements})
                                .money);
    const statement& s =
        all.statements.emplace_back(draw_up(p, c, w, incidents, outages, as_of,
                                            {.claims = known.claims,
                                             .before = known.earlier.empty() ? nullptr : &before,
                                             .records = known.records,
                                             .announcements = known.announcements}));
    for (const judged_incident& i : s.incidents) judged.push_back(i);
    const money& owed = s.money.total;
    bool any = false;
    for (const form_total& t : s.money.totals) any = any || !t.amount.is_zero() || t.count != 0;
    all.owing += any ? 1 : 0;
    detail::add_forms(all.forms, s.money.totals);
    all.undefined += s.is_defined() ? 0 : 1;
    money* same = nullptr;
    for (money& m : all.totals)
      if (same == nullptr && m.in() == owed.in()) same = &m;
    if (same == nullptr) {
      all.totals.push_back(owed);
    } else {
      *same += owed;
    }
  }
  all.attainment = attained_by_severity(p, {judged.data(), judged.size()}, w.span);
  all.outcomes = count_outcomes({judged.data(), judged.size()});
  return all;
}

}  // namespace v0
}  // namespace sla
