// SPDX-License-Identifier: MIT
#pragma once

// How often a service fails, how long it lasts, and how long it may still last.
//
//     sla::reliability r = sla::reliability_of(october);
//     r.failures, r.mtbf, r.mttr                                 // 2, 1337400 s, 1800 s
//     r.longest_span                                             // and when
//     sla::longest_within(october_window, outages, rules, 99.9_pct, now)    // 44 min 38 s, if nothing else happens
//
// The hard question: an outage over the end of the month, in which month is it repaired? It is a failure of the
// month it began in, and its whole length goes to that month's mean; the seconds of each month stay where they are.
// One that goes on is a failure already, and repaired in no time that anybody knows: it has no part in the mean.

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include <sla/availability/budget.hpp>
#include <sla/availability/measure.hpp>
#include <sla/availability/seconds_in.hpp>
#include <sla/base/ratio.hpp>

namespace sla {
inline namespace v0 {

/// Of the outages that count and began in a window, by the rules it was measured with.
struct reliability {
  std::int64_t failures = 0;
  std::int64_t restored = 0;  ///< of them, those that were over before as_of
  /// Mean time between failures: the time up, as far as seen, over the failures; nothing where there are none.
  std::optional<ratio> mtbf;
  /// Mean time to restore: the whole real lengths of those restored over their number; nothing where there are none.
  std::optional<ratio> mttr;
  std::chrono::seconds longest{
      0};                   ///< of one counted outage, its part in the window that the denominator sees
  interval longest_span{};  ///< that part, the earliest of equals; empty where there is none
};

/// Linear in the derivation. Seconds up are those of the window, inside service hours where they are the denominator,
/// up to as_of, less counted downtime before rounding and less what was left out on both sides.
[[nodiscard]] inline reliability reliability_of(const measurement& m) noexcept {
  reliability r;
  if (!m.window.is_known()) return r;
  const interval seen = intersect(m.window.span, {m.window.span.begin, m.as_of});
  std::int64_t whole = 0;
  for (const kept_or_dropped& line : m.derivation) {
    if (line.what != fate::counted) continue;
    if (line.exact > r.longest) {
      r.longest = line.exact;
      r.longest_span = line.span;
    }
    const instant began = m.hours != nullptr ? m.hours->next_open(line.whole.begin) : line.whole.begin;
    if (line.exact.count() == 0 || !m.window.span.contains(began)) continue;
    ++r.failures;
    if (line.whole.end >= m.as_of) continue;
    ++r.restored;
    whole += line.whole.length().count();
  }
  const std::int64_t watched = detail::seconds_in(m.hours, seen).count();
  const std::int64_t up = std::max<std::int64_t>(watched - m.exact.count() - m.removed.count(), 0);
  if (r.failures > 0) r.mtbf = ratio(up, r.failures);
  if (r.restored > 0) r.mttr = ratio(whole, r.restored);
  return r;
}

/// The longest single outage that may begin at `now`, with the target still kept at the end of the window if nothing
/// else happens. Nothing where it is missed already, or there is no data; seconds::max() where even an outage to the
/// end of the window keeps it. What goes on at `now` is joined by it: then the answer is how much longer it may last.
///
/// Exact under every rule, as it is found by measuring: a minimum, a rounding, service hours, an excused span ahead.
/// Announcements made after `now` are not known. Some 30 measurements of the outages that began before `now`.
[[nodiscard]] inline std::optional<std::chrono::seconds> longest_within(const window& over,
                                                                        std::span<const outage> outages,
                                                                        const availability_rules& rules,
                                                                        const ratio& target, instant now) {
  if (!over.is_known()) return std::nullopt;
  std::vector<outage> seen;
  for (outage o : outages) {
    if (!(o.span.begin < now)) continue;
    o.span.end = std::min(o.span.end, now);
    seen.push_back(o);
  }
  const auto kept = [&] {
    return budget(detail::measuring(over, rules, instant::latest(), true, now).run(seen), target).outcome ==
           error_budget::met;
  };
  if (!kept()) return std::nullopt;
  const instant from = std::max(now, over.span.begin);
  if (from >= over.span.end) return std::chrono::seconds::max();
  seen.push_back({{from, over.span.end}});
  const auto kept_with = [&](std::int64_t length) {
    seen.back().span.end = from + std::chrono::seconds(length);
    return kept();
  };
  // Only the last outage grows, so that a longer one never keeps what a shorter one missed.
  std::int64_t met = 0, missed = (over.span.end - from).count();
  if (kept_with(missed)) return std::chrono::seconds::max();
  while (missed - met > 1) {
    const std::int64_t middle = met + (missed - met) / 2;
    (kept_with(middle) ? met : missed) = middle;
  }
  return std::chrono::seconds(met);
}

}  // namespace v0
}  // namespace sla
