// SPDX-License-Identifier: MIT
#pragma once

// Windows one after another: what each brings to the next.
//
//     const std::vector<sla::window_case> months{...};                    // in order
//     std::vector<sla::settlement> all = sla::settle_in_turn(terms, months);
//
// A window leaves two things behind: what each clause found for each subject, for gates and for the nth miss; and what
// was paid, for caps on the year, on twelve months and on the contract.
//
// The hard question: the cap on "the last twelve months" in October, from when? From 1 November of the year before to
// the end of October: eleven earlier months and this one. A month counts by where it begins, so that no payment is
// split. The contract's year begins on the contract's anniversary, not on 1 January.

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <sla/base/instant.hpp>
#include <sla/base/interval_set.hpp>
#include <sla/calendar/civil_span.hpp>
#include <sla/calendar/zone.hpp>
#include <sla/compensation/settle.hpp>

namespace sla {
inline namespace v0 {

/// A window and what it paid.
struct paid_window {
  interval window{};
  std::vector<form_total> totals{};
};

/// What earlier windows paid, by the scopes that reach back.
struct paid_earlier {
  std::vector<earlier_payment> money{};
  std::vector<earlier_units> units{};

  void add(cap_scope scope, const form_total& t) {
    if (is_money(t.form)) {
      money.push_back({scope, t.amount, t.form});
    } else {
      units.push_back({scope, t.count, t.form, t.unit});
    }
  }
};

/// Since when windows count for the caps of a year and of twelve months.
struct cap_spans {
  instant year_begin = instant::earliest();
  instant rolling_begin = instant::earliest();
};

/// The spans of a window under a contract that began on a date: its latest anniversary at or before the window's begin,
/// and twelve months before the window's end.
[[nodiscard]] inline cap_spans spans_of(const interval& window, std::chrono::year_month_day contract_began,
                                        const zone& in) {
  const auto date = [&](instant t) {
    return std::chrono::year_month_day(
        std::chrono::sys_days(std::chrono::floor<std::chrono::days>(in.to_local(t)).time_since_epoch()));
  };
  const std::chrono::year_month_day begin = date(window.begin), end = date(window.end);
  const auto anniversary = [&](int years) {
    return std::chrono::sys_days(civil_span::years(std::max(years, 0)).last_date(contract_began));
  };
  int years = static_cast<int>(begin.year()) - static_cast<int>(contract_began.year());
  if (anniversary(years) > std::chrono::sys_days(begin)) --years;
  const std::chrono::year_month_day year_ago = end - std::chrono::years(1);
  const std::chrono::sys_days rolling =
      year_ago.ok() ? std::chrono::sys_days(year_ago)
                    : std::chrono::sys_days(year_ago.year() / year_ago.month() / std::chrono::last);
  return {in.start_of(anniversary(years)), in.start_of(rolling)};
}

/// Sums for the caps of a window that begins at `begin`.
[[nodiscard]] inline paid_earlier paid_before(std::span<const paid_window> history, instant begin,
                                              const cap_spans& since) {
  paid_earlier out;
  for (const paid_window& w : history) {
    if (w.window.begin >= begin) continue;
    for (const form_total& t : w.totals) {
      if (w.window.begin >= since.year_begin) out.add(cap_scope::year, t);
      if (w.window.begin >= since.rolling_begin) out.add(cap_scope::rolling_year, t);
      out.add(cap_scope::contract, t);
    }
  }
  return out;
}

/// What windows leave to the ones after them, gathered one after another.
class settled_history {
 public:
  [[nodiscard]] std::span<const paid_window> paid() const noexcept { return paid_; }
  [[nodiscard]] std::span<const clause_results> results() const noexcept { return results_; }
  /// How many windows were added.
  [[nodiscard]] std::size_t windows() const noexcept { return paid_.size(); }
  /// How many of them have several readings: the one that owes least is counted (rule M0).
  [[nodiscard]] std::size_t undefined() const noexcept { return undefined_; }

  /// Adds a window, which must not begin before the last one added. A clause that has no line for a subject in it has
  /// no data in it. `defined`: whether the settlement is the only reading of the window.
  void add(const interval& window, const settlement& s, bool defined = true) {
    for (const credit_line& l : s.lines) {
      std::vector<window_result>& seen = find(l).earlier;
      if (seen.size() <= paid_.size()) {
        seen.resize(paid_.size(), window_result::no_data);
        seen.push_back(result_of(l));
      } else if (l.missed) {
        seen.back() = window_result::missed;
      }
    }
    paid_.push_back({window, s.totals});
    undefined_ += defined && s.is_defined() ? 0 : 1;
    for (clause_results& of : results_) of.earlier.resize(paid_.size(), window_result::no_data);
  }

 private:
  [[nodiscard]] clause_results& find(const credit_line& l) {
    for (clause_results& of : results_)
      if (of.metric == l.metric && of.clause == l.clause && of.subject == l.subject) return of;
    return results_.emplace_back(clause_results{l.clause, l.metric, l.subject, {}});
  }
  std::vector<paid_window> paid_;
  std::vector<clause_results> results_;
  std::size_t undefined_ = 0;
};

/// One window of several: its figures, and what else is known.
struct window_case {
  interval window{};
  std::vector<figure> figures{};
  window_facts rest{};  ///< fees, claims, days; its figures and what earlier windows left are filled in
  cap_spans since{};
};

/// Settles windows in their order, each with what the ones before left: every clause counts its own misses.
[[nodiscard]] inline std::vector<settlement> settle_in_turn(const settle_terms& terms,
                                                            std::span<const window_case> windows) {
  std::vector<settlement> out;
  settled_history before;
  for (const window_case& w : windows) {
    const paid_earlier earlier = paid_before(before.paid(), w.window.begin, w.since);
    window_facts facts = w.rest;
    facts.figures = w.figures;
    facts.earlier = earlier.money;
    facts.units_earlier = earlier.units;
    facts.history = before.results();
    before.add(w.window, out.emplace_back(settle(terms, facts)));
  }
  return out;
}

}  // namespace v0
}  // namespace sla
