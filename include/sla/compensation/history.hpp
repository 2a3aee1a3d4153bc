// SPDX-License-Identifier: MIT
#pragma once

// Windows one after another: what each brings to the next.
//
//     const std::vector<sla::window_case> months{...};                    // in order
//     std::vector<sla::settlement> all = sla::settle_in_turn(terms, months);
//
// A window leaves two things behind: whether each metric of each subject was missed, for gates and for the nth miss; and
// what was paid, for caps on the year, on twelve months and on the contract.
//
// The hard question: the cap on "the last twelve months" in October, from when? From 1 November of the year before to
// the end of October: eleven earlier months and this one. A month counts by where it begins, so that no payment is
// split. The contract's year begins on the contract's anniversary, not on 1 January.

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
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

/// One window of several: its figures, without a history, and what else is known.
struct window_case {
  interval window{};
  std::vector<figure> figures{};
  window_facts rest{};  ///< fees, claims, days; its figures and what was paid earlier are filled in
  cap_spans since{};
};

/// Settles windows in their order, each with what the ones before left. A figure is a miss for the windows after it
/// where any clause over its metric found one.
[[nodiscard]] inline std::vector<settlement> settle_in_turn(const settle_terms& terms,
                                                            std::span<const window_case> windows) {
  std::vector<settlement> out;
  std::vector<paid_window> paid;
  std::map<std::pair<metric_id, std::string>, std::vector<window_result>> results;
  std::size_t past = 0;
  for (const window_case& w : windows) {
    std::vector<figure> figures = w.figures;
    for (figure& f : figures) f.earlier = results[{f.metric, f.subject}];
    const paid_earlier earlier = paid_before(paid, w.window.begin, w.since);
    window_facts facts = w.rest;
    facts.figures = figures;
    facts.earlier = earlier.money;
    facts.units_earlier = earlier.units;
    const settlement& s = out.emplace_back(settle(terms, facts));
    paid.push_back({w.window, s.totals});
    ++past;
    // A metric that this window says nothing of has no data in it.
    for (const figure& f : figures) {
      auto& seen = results[{f.metric, f.subject}];
      seen.resize(past, window_result::no_data);
      seen.back() = f.no_data ? window_result::no_data : window_result::kept;
    }
    for (const credit_line& l : s.lines)
      if (result_of(l) == window_result::missed)
        results[{l.metric, l.subject}].back() = window_result::missed;
    for (auto& [key, seen] : results) seen.resize(past, window_result::no_data);
  }
  return out;
}

}  // namespace v0
}  // namespace sla
