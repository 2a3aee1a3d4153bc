// SPDX-License-Identifier: MIT
#pragma once

// How many promises of a clock were kept, of those that were decided in a window (rule A9):
//
//     attainment = met / (met + breached)
//
// The hard question: a clock is open and overdue when the month ends; does it count? It does, as breached: the
// breach is a fact at the due instant (rule C7). One that is open and not yet due is decided later and counts then.
// What was waived is shown apart and counts for neither side. A window in which nothing was decided has no figure.

#include <cstddef>
#include <optional>

#include <sla/base/interval_set.hpp>
#include <sla/base/ratio.hpp>
#include <sla/clock/verdict.hpp>

namespace sla {
inline namespace v0 {

/// The instant at which a promise was decided: when it was breached, or else when it was met.
[[nodiscard]] constexpr std::optional<instant> decided_at(const verdict& v) noexcept {
  if (v.outcome == outcome::breached) return v.breached_at;
  return v.outcome == outcome::met ? v.done : std::nullopt;
}

/// Counts of one clock over any number of verdicts.
struct attainment {
  std::size_t met = 0;
  std::size_t breached = 0;
  std::size_t waived = 0;
  std::size_t open = 0;  ///< running, or not yet decided in the window
  bool provisional = false;

  /// Counts a verdict for a window: decided inside it, or not decided in it. What was decided elsewhere belongs to
  /// another window; cancelled, not applicable and undetermined promises belong to none.
  constexpr void add(const verdict& v, const interval& window) noexcept {
    if (const auto at = decided_at(v)) {
      if (!window.contains(*at)) return;
      (v.outcome == outcome::met ? met : breached) += 1;
      provisional |= v.provisional;
    } else if (v.outcome == outcome::waived && v.breached_at && window.contains(*v.breached_at)) {
      waived += 1;
    } else if (v.outcome == outcome::open && v.started && *v.started < window.end) {
      open += 1;
    }
  }

  /// met / (met + breached); nothing where nothing was decided.
  [[nodiscard]] constexpr std::optional<ratio> share() const {
    if (met + breached == 0) return std::nullopt;
    return ratio(static_cast<std::int64_t>(met), static_cast<std::int64_t>(met + breached));
  }

  constexpr attainment& operator+=(const attainment& more) noexcept {
    met += more.met;
    breached += more.breached;
    waived += more.waived;
    open += more.open;
    provisional |= more.provisional;
    return *this;
  }

  friend constexpr bool operator==(const attainment&, const attainment&) noexcept = default;
};

}  // namespace v0
}  // namespace sla
