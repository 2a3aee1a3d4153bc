// SPDX-License-Identifier: MIT
#pragma once

// Measured windows and service levels for people and for programs, side by side: one row a window, the targets across.
//
//     window   availability  down        outages  longest     99.9%                 99.99%
//     2026-05      98.8225%  8h45min36s        1  8h45min36s  missed by 8h58s       missed by 8h41min9s
//     2026-Q2      99.5989%  8h45min36s        1  8h45min36s  missed by 6h34min34s  missed by 8h32min30s
//     2026         99.9000%  8h45min36s        1  8h45min36s  kept, 0s left         missed by 7h53min3s
//
//     longest outage from 2026-05-12 09:00 on that keeps the target
//     window   99.9%  99.99%
//     2026-05  none   none
//     2026     0s     none
//
// A level whose input was not supplied is no figure, and names it: "no column in_time".
//
// The hard question: 99.9000 % shown against a target of 99.9 %: kept or not? What is shown is floored and says
// nothing; the verdict is decided on exact numbers and stands beside it.

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <sla/availability/calls.hpp>
#include <sla/availability/lengths.hpp>
#include <sla/availability/measure_each.hpp>
#include <sla/availability/service_level.hpp>
#include <sla/base/export.hpp>
#include <sla/report/text.hpp>

namespace sla {
inline namespace v0 {

/// The longest single outage from some instant on that keeps a window's targets (longest_within in reliability.hpp).
struct still_possible {
  std::string_view window;
  /// Beside the targets; nothing where it is missed already, seconds::max() where even the rest of the window keeps it.
  std::vector<std::optional<std::chrono::seconds>> longest;
};

/// Rows of `dilute`, and the targets that their budgets are beside; below them, what is still possible from `now` on.
struct measured_table {
  std::span<const diluted> rows;
  std::span<const ratio> targets;
  std::span<const still_possible> possible = {};
  instant now = instant::never();
  const zone* in = nullptr;  ///< of `now`, as text; null: UTC
};

/// Calls of windows, and the promise on those answered in time.
struct call_table {
  std::span<const window> windows;
  std::span<const call_counts> counts;  ///< beside the windows
  call_base base = call_base::offered;
  std::optional<ratio> target;  ///< at least so many answered in time
  std::int64_t minimum_sample = 0;
  std::span<const length_counts> waits = {};  ///< of the answered, beside the windows
  std::span<const ratio> percentiles = {};    ///< of those waits, by the nearest rank
};

[[nodiscard]] SLA_EXPORT std::string to_text(const measured_table& t, const text_style& style = {});
[[nodiscard]] SLA_EXPORT std::string to_text(const call_table& t, const text_style& style = {});

/// Times in the zone, as {"windows": [{"window", "kind", "from", "to", "availability", ..., "targets": [...]}]}.
[[nodiscard]] SLA_EXPORT std::string to_json(const measured_table& t, const zone& in);
[[nodiscard]] SLA_EXPORT std::string to_json(const call_table& t, const zone& in);

}  // namespace v0
}  // namespace sla
