// SPDX-License-Identifier: MIT
#pragma once

// Service levels: shares, means and percentiles of what was handled, as exactly as availabilities.
//
//     // "80 % of calls answered within 20 s", callers who hang up within 5 s left out
//     sla::answer_rule rule{.within = 20s, .short_abandon = 5s, .abandoned = sla::short_abandons::leave_out};
//     sla::service_level s = sla::answered_within(calls, october.span, rule);
//     s.value                                                     // 4/5
//     sla::judge(s, {80_pct})                                     // met: a bound that is hit exactly is kept
//
// The hard question: what is 80 % of? Of the calls offered, the answered, or the offered less those who hung up at
// once; the three differ by points, and every report shows the best. So a rule says which short calls it leaves
// out, and a result shows its numerator, its denominator and what was left out, never the share alone (rule A9).
//
// Too few to judge is no data: nothing is met, broken or paid on a sample below the contract's minimum.

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include <sla/base/instant.hpp>
#include <sla/base/interval_set.hpp>
#include <sla/base/ratio.hpp>
#include <sla/base/wide.hpp>

namespace sla {
inline namespace v0 {

/// A share of counts, or a mean: numerator / denominator. `left_out` were seen and belong to neither.
struct service_level {
  std::int64_t numerator = 0;
  std::int64_t denominator = 0;
  std::int64_t left_out = 0;
  ratio value;  ///< 0 where there is no data
  bool no_data =
      true;  ///< a denominator of 0, fewer than the minimum sample, or an input that nobody supplied
  bool provisional =
      false;  ///< rests on hours that are not known: outside a calendar's cover or its holidays

  friend constexpr bool operator==(const service_level&, const service_level&) noexcept = default;
};

/// A share from counts. Negative counts are no data.
[[nodiscard]] constexpr service_level share(std::int64_t numerator, std::int64_t denominator,
                                            std::int64_t left_out = 0, std::int64_t minimum_sample = 0) {
  service_level s{numerator, denominator, left_out, ratio(), true, false};
  if (numerator < 0 || denominator <= 0 || denominator < minimum_sample) return s;
  s.value = ratio(numerator, denominator);
  s.no_data = false;
  return s;
}

/// One call or contact: when it came in, how long it waited, and whether somebody answered at the end of the wait.
struct contact {
  instant offered{};
  std::chrono::seconds waited{0};
  bool answered = false;
  friend constexpr bool operator==(const contact&, const contact&) noexcept = default;
};

/// What a contact is that its caller gave up early.
enum class short_abandons : std::uint8_t {
  count,      ///< an offered contact that was not answered
  leave_out,  ///< no contact at all
};

struct answer_rule {
  std::chrono::seconds within{20};
  bool inclusive = true;                  ///< "within 20 s" holds at 20 s; else it must be less
  std::chrono::seconds short_abandon{0};  ///< given up after less than this is short
  short_abandons abandoned = short_abandons::count;
  std::int64_t minimum_sample = 0;
};

/// The share of contacts offered in a span that were answered in time. One pass, any order.
[[nodiscard]] constexpr service_level answered_within(std::span<const contact> contacts,
                                                      const interval& offered, const answer_rule& rule) {
  // A limit one second lower makes "less than" of "at most".
  const std::chrono::seconds limit = rule.inclusive ? rule.within : rule.within - std::chrono::seconds(1);
  const std::chrono::seconds brief =
      rule.abandoned == short_abandons::leave_out ? rule.short_abandon : std::chrono::seconds::min();
  std::int64_t in_time = 0, all = 0, left_out = 0;
  for (const contact& c : contacts) {
    const bool inside = offered.contains(c.offered);
    const bool dropped = !c.answered && c.waited < brief;
    in_time += inside && c.answered && c.waited <= limit ? 1 : 0;
    all += inside && !dropped ? 1 : 0;
    left_out += inside && dropped ? 1 : 0;
  }
  return share(in_time, all, left_out, rule.minimum_sample);
}

/// The mean length in seconds, exactly; no data where the sum leaves 64 bits.
[[nodiscard]] constexpr service_level mean(std::span<const std::chrono::seconds> lengths,
                                           std::int64_t minimum_sample = 0) {
  std::int64_t sum = 0;
  for (const std::chrono::seconds l : lengths) {
    const auto next = detail::checked_add(sum, l.count());
    if (!next) return {};
    sum = *next;
  }
  return share(sum, static_cast<std::int64_t>(lengths.size()), 0, minimum_sample);
}

/// The nearest-rank percentile: the smallest length that at least the share `p` of all do not exceed; the shortest
/// for 0, the longest for 1. Nothing of no lengths, or where p is no share. Linear on average; copies.
[[nodiscard]] inline std::optional<std::chrono::seconds> percentile(
    std::span<const std::chrono::seconds> lengths, const ratio& p) {
  if (lengths.empty() || p < ratio(0) || p > ratio(1)) return std::nullopt;
  const auto rank = scale(static_cast<std::int64_t>(lengths.size()), p, rounding::ceil).value_or(1);
  const auto index = static_cast<std::size_t>(std::max<std::int64_t>(rank, 1) - 1);
  std::vector<std::int64_t> counts;
  counts.reserve(lengths.size());
  for (const std::chrono::seconds l : lengths) counts.push_back(l.count());
  std::nth_element(counts.data(), counts.data() + index, counts.data() + counts.size());
  return std::chrono::seconds(counts[index]);
}

/// A promised level. `at_least` and `at_most` hold at the bound; `above` and `below` do not.
struct level_target {
  enum class kind : std::uint8_t { at_least, above, at_most, below };
  ratio bound{};
  kind holds = kind::at_least;

  [[nodiscard]] constexpr bool is_kept_by(const ratio& value) const noexcept {
    switch (holds) {
      case kind::at_least: return value >= bound;
      case kind::above: return value > bound;
      case kind::at_most: return value <= bound;
      case kind::below: return value < bound;
    }
    return false;
  }
};

/// "at least".
[[nodiscard]] constexpr std::string_view name(level_target::kind k) noexcept {
  constexpr std::array<std::string_view, 4> names{"at least", "above", "at most", "below"};
  return names[static_cast<std::size_t>(k)];
}

enum class level_verdict : std::uint8_t { met, missed, no_data };

/// "kept", "missed" or "no data".
[[nodiscard]] constexpr std::string_view name(level_verdict v) noexcept {
  constexpr std::array<std::string_view, 3> names{"kept", "missed", "no data"};
  return names[static_cast<std::size_t>(v)];
}

[[nodiscard]] constexpr level_verdict judge(const service_level& s, const level_target& target) noexcept {
  if (s.no_data) return level_verdict::no_data;
  return target.is_kept_by(s.value) ? level_verdict::met : level_verdict::missed;
}

}  // namespace v0
}  // namespace sla
