// SPDX-License-Identifier: MIT
#pragma once

// All contracts of a window together: their statements, and what they come to.
//
//     sla::portfolio all = sla::draw_up(policy, contracts, october, incidents, outages, october.span.end);
//     for (const sla::money& total : all.totals) std::cout << sla::to_string(total) << '\n';   // one a currency
//
// The hard question: contracts in yuan and in dollars, what is the total? There are two. The library settles no
// exchange rate (rule M1).

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
  std::vector<money> totals;          ///< owed, one a currency, in the order met
  std::size_t owing = 0;              ///< contracts that are owed something
  std::size_t undefined = 0;          ///< contracts whose total the contract leaves open
  std::vector<graded_attainment> attainment;
  outcome_counts outcomes{};
};

/// A statement a contract, and their sums. Throws sla::error where a sum leaves 64 bits.
[[nodiscard]] inline portfolio draw_up(const policy& p, std::span<const contract> contracts, const window& w,
                                       std::span<const incident> incidents,
                                       std::span<const service_outage> outages, instant as_of) {
  portfolio all{w, as_of, {}, {}, 0, 0, {}, {}};
  std::vector<judged_incident> judged;
  for (const contract& c : contracts) {
    const statement& s = all.statements.emplace_back(draw_up(p, c, w, incidents, outages, as_of));
    for (const judged_incident& i : s.incidents) judged.push_back(i);
    const money& owed = s.money.total;
    all.owing += owed.is_zero() ? 0 : 1;
    all.undefined += s.money.is_defined() ? 0 : 1;
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
