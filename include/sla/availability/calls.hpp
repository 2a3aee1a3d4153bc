// SPDX-License-Identifier: MIT
#pragma once

// What a call centre is measured by: from raw call records in one pass, or from counts somebody made.
//
//     sla::call_counts c = sla::count_calls(calls, october.span, {.within = 20s, .short_abandon = 5s});
//     sla::answered_in_time(c, sla::call_base::offered_less_short).value      // 80 % within 20 s, of what?
//     sla::connect_rate(c), sla::drop_rate(c), sla::first_call_resolution(c), sla::mean_handling_time(c)
//
//     metric                  numerator                           denominator
//     answered in time        answered within the limit           a base: offered, those less short ones, or answered
//     answer rate             answered                            a base: offered, or those less short ones
//     abandon rate            given up, less short ones           offered less short ones; or all, of offered
//     connect rate            reached the queue: did not fail     offered
//     drop rate               cut off after they were answered    answered
//     first-call resolution   answered and settled in that call   answered
//     speed of answer         seconds waited by those answered    answered
//     handling time           seconds handled                     answered
//
// The hard question: who counts a call that came at 02:00, when nobody works? With service hours it is no offered call,
// and shown apart; without, it is an unanswered one. Counts add up: `a + b` of two shards, two days or two numbers.

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include <sla/availability/service_level.hpp>
#include <sla/availability/window.hpp>
#include <sla/base/instant.hpp>
#include <sla/base/interval_set.hpp>
#include <sla/calendar/business_time.hpp>

namespace sla {
inline namespace v0 {

enum class call_end : std::uint8_t {
  answered,
  dropped,    ///< answered, and cut off by the system
  abandoned,  ///< the caller gave up waiting
  failed,     ///< never reached the queue
};

struct call {
  instant offered{};
  std::chrono::seconds waited{0};   ///< until answered or given up
  std::chrono::seconds handled{0};  ///< talk and work after it
  call_end end = call_end::answered;
  bool resolved = false;  ///< settled in this call
  friend constexpr bool operator==(const call&, const call&) noexcept = default;
};

/// How calls are told apart while they are counted.
struct call_rule {
  std::chrono::seconds within{20};
  bool inclusive = true;                  ///< "within 20 s" holds at 20 s
  std::chrono::seconds short_abandon{0};  ///< given up after less than this is short
  const business_time* hours = nullptr;   ///< only calls offered inside them; none: all
};

/// Calls of a window. Whoever has counts only fills in what a metric asks for. Sums must fit 64 bits.
struct call_counts {
  std::int64_t offered = 0;
  std::int64_t failed = 0;           ///< of the offered
  std::int64_t abandoned = 0;        ///< of the offered, short ones included
  std::int64_t short_abandoned = 0;  ///< of the abandoned
  std::int64_t answered = 0;         ///< of the offered, dropped ones included
  std::int64_t in_time = 0;          ///< of the answered
  std::int64_t dropped = 0;          ///< of the answered
  std::int64_t resolved = 0;         ///< of the answered
  std::int64_t waited = 0;           ///< seconds, of the answered
  std::int64_t handled = 0;          ///< seconds, of the answered
  std::int64_t outside = 0;          ///< in the window, but outside service hours: in none of the above
  std::int64_t ignored = 0;          ///< in the window, but a length is negative or over 136 years: likewise

  friend constexpr bool operator==(const call_counts&, const call_counts&) noexcept = default;
  constexpr call_counts& operator+=(const call_counts& o) noexcept {
    offered += o.offered, failed += o.failed, abandoned += o.abandoned, short_abandoned += o.short_abandoned;
    answered += o.answered, in_time += o.in_time, dropped += o.dropped, resolved += o.resolved;
    waited += o.waited, handled += o.handled, outside += o.outside, ignored += o.ignored;
    return *this;
  }
  [[nodiscard]] friend constexpr call_counts operator+(call_counts a, const call_counts& b) noexcept {
    return a += b;
  }
};

namespace detail {

/// Whether instants lie in open time, for instants mostly near the one before: looks into the calendar only where
/// the stretch it knows ends.
class open_cursor {
 public:
  explicit open_cursor(const business_time& hours) noexcept : hours_(&hours) {}
  [[nodiscard]] bool is_open(instant t) noexcept {
    if (!known_.contains(t)) look(t);
    return open_;
  }

 private:
  void look(instant t) noexcept {
    const auto all = hours_->open();
    const auto next = std::ranges::upper_bound(all, t, {}, &interval::end);
    open_ = next != all.end() && next->begin <= t;
    known_ = open_ ? *next
                   : interval{next == all.begin() ? instant::earliest() : std::prev(next)->end,
                              next == all.end() ? instant::unknown() : next->begin};
  }
  const business_time* hours_;
  interval known_{};
  bool open_ = false;
};

[[nodiscard]] constexpr bool is_length(std::chrono::seconds s) noexcept {
  return static_cast<std::uint64_t>(s.count()) < std::uint64_t{100} * 366 * 86'400;
}

/// Calls told apart by everything that matters, one counter each, so that a record costs one increment whatever it
/// was: no branch, which would be guessed wrong, and no chain of sums.
class call_tally {
 public:
  explicit call_tally(const call_rule& rule) noexcept
      // A limit one second lower makes "less than" of "at most".
      : limit_(rule.inclusive ? rule.within : rule.within - std::chrono::seconds(1)),
        brief_(rule.short_abandon) {}

  void add(const call& c, bool inside, bool open) noexcept {
    const auto lengths = static_cast<std::uint64_t>(c.waited.count() | c.handled.count());
    const bool sound = lengths < length_limit;
    const bool counts = inside && sound && open;
    const unsigned kind = static_cast<unsigned>(c.end) % 4 | (c.waited <= limit_ ? 4U : 0U) |
                          (c.waited < brief_ ? 8U : 0U) | (c.resolved ? 16U : 0U);
    const unsigned other = inside ? (sound ? outside : ignored) : elsewhere;
    ++seen_[counts ? kind : other];
    const std::int64_t answered = counts && c.end <= call_end::dropped ? -1 : 0;
    waited_ += c.waited.count() & answered;
    handled_ += c.handled.count() & answered;
  }
  [[nodiscard]] call_counts counts() const noexcept {
    call_counts n;
    for (unsigned kind = 0; kind < 32; ++kind) {
      const std::int64_t these = seen_[kind];
      n.offered += these;
      switch (static_cast<call_end>(kind % 4)) {
        case call_end::dropped: n.dropped += these; [[fallthrough]];
        case call_end::answered:
          n.answered += these;
          n.in_time += (kind & 4U) != 0 ? these : 0;
          n.resolved += (kind & 16U) != 0 ? these : 0;
          break;
        case call_end::abandoned:
          n.abandoned += these;
          n.short_abandoned += (kind & 8U) != 0 ? these : 0;
          break;
        case call_end::failed: n.failed += these; break;
      }
    }
    n.waited = waited_;
    n.handled = handled_;
    n.outside = seen_[outside];
    n.ignored = seen_[ignored];
    return n;
  }

 private:
  static constexpr std::uint64_t length_limit = std::uint64_t{1} << 32;
  static constexpr unsigned outside = 32, ignored = 33, elsewhere = 34;
  std::chrono::seconds limit_, brief_;
  std::array<std::int64_t, 35> seen_{};
  std::int64_t waited_ = 0, handled_ = 0;
};

}  // namespace detail

/// The calls offered in a span. One pass, any order; fastest where calls are in order of time, or without hours.
[[nodiscard]] inline call_counts count_calls(std::span<const call> calls, const interval& offered,
                                             const call_rule& rule) noexcept {
  detail::call_tally tally(rule);
  if (rule.hours == nullptr) {
    for (const call& c : calls) tally.add(c, offered.contains(c.offered), true);
  } else {
    detail::open_cursor hours(*rule.hours);
    for (const call& c : calls) {
      const bool inside = offered.contains(c.offered);
      tally.add(c, inside, inside && hours.is_open(c.offered));
    }
  }
  return tally.counts();
}

/// The same for many windows in one pass: `windows` in order of time, none overlapping. Counts are beside them; calls
/// between them are in none.
[[nodiscard]] inline std::vector<call_counts> count_calls(std::span<const call> calls,
                                                          std::span<const window> windows,
                                                          const call_rule& rule) {
  std::vector<detail::call_tally> tallies(windows.size(), detail::call_tally(rule));
  std::optional<detail::open_cursor> hours;
  if (rule.hours != nullptr) hours.emplace(*rule.hours);
  std::size_t at = 0;
  for (const call& c : calls) {
    if (at == windows.size() || !windows[at].span.contains(c.offered)) {
      const auto next =
          std::ranges::upper_bound(windows, c.offered, {}, [](const window& w) { return w.span.end; });
      at = static_cast<std::size_t>(next - windows.begin());
      if (at == windows.size() || !windows[at].span.contains(c.offered)) continue;
    }
    tallies[at].add(c, true, !hours || hours->is_open(c.offered));
  }
  std::vector<call_counts> out;
  for (const detail::call_tally& t : tallies) out.push_back(t.counts());
  return out;
}

/// What a share of calls is of.
enum class call_base : std::uint8_t {
  offered,
  offered_less_short,  ///< less those given up at once
  answered,
};

namespace detail {

[[nodiscard]] constexpr service_level of_calls(const call_counts& c, std::int64_t numerator, call_base base,
                                               std::int64_t minimum_sample) {
  switch (base) {
    case call_base::offered: return share(numerator, c.offered, 0, minimum_sample);
    case call_base::offered_less_short:
      return share(numerator, c.offered - c.short_abandoned, c.short_abandoned, minimum_sample);
    case call_base::answered: break;
  }
  return share(numerator, c.answered, c.offered - c.answered, minimum_sample);
}

}  // namespace detail

[[nodiscard]] constexpr service_level answered_in_time(const call_counts& c, call_base base,
                                                       std::int64_t minimum_sample = 0) {
  return detail::of_calls(c, c.in_time, base, minimum_sample);
}
[[nodiscard]] constexpr service_level answer_rate(const call_counts& c, call_base base,
                                                  std::int64_t minimum_sample = 0) {
  return detail::of_calls(c, c.answered, base, minimum_sample);
}
/// Short ones are out of both sides where they are out of the base.
[[nodiscard]] constexpr service_level abandon_rate(const call_counts& c, call_base base,
                                                   std::int64_t minimum_sample = 0) {
  const std::int64_t given_up =
      base == call_base::offered_less_short ? c.abandoned - c.short_abandoned : c.abandoned;
  return detail::of_calls(c, given_up, base, minimum_sample);
}
[[nodiscard]] constexpr service_level connect_rate(const call_counts& c, std::int64_t minimum_sample = 0) {
  return share(c.offered - c.failed, c.offered, 0, minimum_sample);
}
[[nodiscard]] constexpr service_level drop_rate(const call_counts& c, std::int64_t minimum_sample = 0) {
  return share(c.dropped, c.answered, c.offered - c.answered, minimum_sample);
}
[[nodiscard]] constexpr service_level first_call_resolution(const call_counts& c,
                                                            std::int64_t minimum_sample = 0) {
  return share(c.resolved, c.answered, c.offered - c.answered, minimum_sample);
}
/// Seconds.
[[nodiscard]] constexpr service_level mean_speed_of_answer(const call_counts& c,
                                                           std::int64_t minimum_sample = 0) {
  return share(c.waited, c.answered, c.offered - c.answered, minimum_sample);
}
/// Seconds.
[[nodiscard]] constexpr service_level mean_handling_time(const call_counts& c,
                                                         std::int64_t minimum_sample = 0) {
  return share(c.handled, c.answered, c.offered - c.answered, minimum_sample);
}

}  // namespace v0
}  // namespace sla
