// SPDX-License-Identifier: MIT
#pragma once

// Many windows over one set of outages: the months of a year, or 365 rolling windows and the worst of them.
//
//     auto rolling = sla::windows({.kind = sla::window_kind::rolling_days, .days = 30}, term, shanghai, part);
//     auto figures = sla::measure_each(rolling, outages, rules);
//     auto worst = sla::worst(figures);                // figures[*worst].window.label: when
//
// Each figure is that of `measure` for its window, to the byte; but every window is shown only the records that may
// matter to it, so that twelve months cost little more than one pass over the year.
//
// The hard question: which records matter? Not only those inside: a chain of short outages that begins in September
// may be one outage of two hours with the first minute of October. So records are shown by whole chains.
//
// The same outages under different windows differ, and not by rounding: 99.9 % a year allows 8 h 45 min 36 s at once,
// 99.9 % a month 44 min (rule A8). `dilute` lays them side by side.

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include <sla/availability/budget.hpp>
#include <sla/availability/measure.hpp>
#include <sla/availability/windows.hpp>

namespace sla {
inline namespace v0 {
namespace detail {

/// Records by chain: whatever `merge_gap` may join lies in one.
class outage_chains {
 public:
  outage_chains(std::span<const outage> outages, std::chrono::seconds merge_gap)
      : all_(outages.begin(), outages.end()) {
    const auto is_odd = [](const outage& o) {
      return !o.span.begin.is_finite() || o.span.end <= o.span.begin;
    };
    const auto odd = std::partition(all_.begin(), all_.end(), [&](const outage& o) { return !is_odd(o); });
    odd_.assign(odd, all_.end());
    all_.erase(odd, all_.end());
    std::ranges::sort(all_, {}, [](const outage& o) { return o.span.begin; });
    const std::chrono::seconds gap = std::max(merge_gap, std::chrono::seconds(0));
    for (std::size_t i = 0; i < all_.size(); ++i) {
      const interval& next = all_[i].span;
      if (chains_.empty() || next.begin > chains_.back().hull.end + gap) {
        chains_.push_back({next, i, i + 1});
      } else {
        chains_.back().hull.end = std::max(chains_.back().hull.end, next.end);
        chains_.back().end = i + 1;
      }
    }
  }

  /// Those that may matter to a window, and all that are no interval. Valid until the next call.
  [[nodiscard]] std::span<const outage> seen_by(const interval& window) {
    const auto first =
        std::ranges::lower_bound(chains_, window.begin, {}, [](const chain& c) { return c.hull.end; });
    const auto last = std::ranges::lower_bound(first, chains_.end(), window.end, {},
                                               [](const chain& c) { return c.hull.begin; });
    const std::span<const outage> seen =
        first == last ? std::span<const outage>()
                      : std::span<const outage>(all_).subspan(first->begin, (last - 1)->end - first->begin);
    if (odd_.empty()) return seen;
    scratch_ = odd_;
    scratch_.insert(scratch_.end(), seen.begin(), seen.end());
    return scratch_;
  }

 private:
  struct chain {
    interval hull;
    std::size_t begin, end;  // in all_
  };
  std::vector<outage> all_, odd_, scratch_;
  std::vector<chain> chains_;
};

}  // namespace detail

/// The figure of each window, in their order. n log n in the outages, and linear in those that each window sees.
[[nodiscard]] inline std::vector<measurement> measure_each(std::span<const window> windows,
                                                           std::span<const outage> outages,
                                                           const availability_rules& rules = {},
                                                           instant as_of = instant::latest()) {
  detail::outage_chains chains(outages, rules.merge_gap);
  std::vector<measurement> out;
  out.reserve(windows.size());
  for (const window& w : windows)
    out.push_back(
        measure(w, w.is_known() ? chains.seen_by(w.span) : std::span<const outage>(), rules, as_of));
  return out;
}

/// The index of the lowest availability, the earliest of equals; nothing where none has data.
[[nodiscard]] inline std::optional<std::size_t> worst(std::span<const measurement> figures) noexcept {
  std::optional<std::size_t> at;
  for (std::size_t i = 0; i < figures.size(); ++i)
    if (!figures[i].no_data && (!at || figures[i].availability < figures[*at].availability)) at = i;
  return at;
}

/// A window of one kind, and the budget that each target leaves in it.
struct diluted {
  window_kind kind = window_kind::calendar_month;
  measurement measured;
  std::vector<error_budget> budgets;  ///< beside the targets
};

/// One set of outages under several kinds of window and targets, for a term: kind by kind, each in order of time.
/// Throws sla::error for a rule that makes no windows.
[[nodiscard]] inline std::vector<diluted> dilute(std::span<const window_rule> kinds,
                                                 std::span<const ratio> targets, const date_range& term,
                                                 const zone& in, part_window part,
                                                 std::span<const outage> outages,
                                                 const availability_rules& rules = {},
                                                 instant as_of = instant::latest()) {
  std::vector<diluted> out;
  for (const window_rule& kind : kinds) {
    for (measurement& m : measure_each(windows(kind, term, in, part), outages, rules, as_of)) {
      diluted d{kind.kind, std::move(m), {}};
      for (const ratio& target : targets) d.budgets.push_back(budget(d.measured, target));
      out.push_back(std::move(d));
    }
  }
  return out;
}

}  // namespace v0
}  // namespace sla
