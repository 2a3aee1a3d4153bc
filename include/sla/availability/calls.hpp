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
#include <chrono>
#include <cstddef>
#include <cstdint>
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

/// Calls of a window. Whoever has counts only fills in what a metric asks for.
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
  std::int64_t ignored = 0;          ///< in the window, but a length is negative or above 100 years: likewise

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
  explicit open_cursor(const business_time* hours) noexcept : hours_(hours) {
    if (hours_ == nullptr) known_ = {instant::earliest(), instant::unknown()};
  }
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
  bool open_ = true;
};

[[nodiscard]] constexpr bool is_length(std::chrono::seconds s) noexcept {
  return static_cast<std::uint64_t>(s.count()) < std::uint64_t{100} * 366 * 86'400;
}

// Without a branch on what the call was: calls differ from one to the next, and branches would be guessed wrong.
constexpr void count_call(call_counts& n, const call& c, bool counts, std::chrono::seconds limit,
                          std::chrono::seconds brief) noexcept {
  const std::int64_t one = counts ? 1 : 0;
  const std::int64_t answered = c.end <= call_end::dropped ? one : 0;
  const std::int64_t abandoned = c.end == call_end::abandoned ? one : 0;
  n.offered += one;
  n.failed += c.end == call_end::failed ? one : 0;
  n.abandoned += abandoned;
  n.short_abandoned += c.waited < brief ? abandoned : 0;
  n.answered += answered;
  n.in_time += c.waited <= limit ? answered : 0;
  n.dropped += c.end == call_end::dropped ? one : 0;
  n.resolved += c.resolved ? answered : 0;
  n.waited += c.waited.count() & -answered;
  n.handled += c.handled.count() & -answered;
}

}  // namespace detail

/// The calls offered in a span. One pass, any order; fastest where calls are in order of time, or without hours.
[[nodiscard]] inline call_counts count_calls(std::span<const call> calls, const interval& offered,
                                             const call_rule& rule) noexcept {
  // A limit one second lower makes "less than" of "at most".
  const std::chrono::seconds limit = rule.inclusive ? rule.within : rule.within - std::chrono::seconds(1);
  detail::open_cursor hours(rule.hours);
  call_counts n;
  for (const call& c : calls) {
    const bool inside = offered.contains(c.offered);
    const bool sound = detail::is_length(c.waited) && detail::is_length(c.handled);
    const bool open = rule.hours == nullptr || !inside || hours.is_open(c.offered);
    detail::count_call(n, c, inside && sound && open, limit, rule.short_abandon);
    n.ignored += inside && !sound ? 1 : 0;
    n.outside += inside && sound && !open ? 1 : 0;
  }
  return n;
}

/// The same for many windows in one pass: `windows` in order of time, none overlapping. Counts are beside them; calls
/// between them are in none.
[[nodiscard]] inline std::vector<call_counts> count_calls(std::span<const call> calls,
                                                          std::span<const window> windows,
                                                          const call_rule& rule) {
  const std::chrono::seconds limit = rule.inclusive ? rule.within : rule.within - std::chrono::seconds(1);
  detail::open_cursor hours(rule.hours);
  std::vector<call_counts> out(windows.size());
  std::size_t at = 0;
  for (const call& c : calls) {
    if (at == windows.size() || !windows[at].span.contains(c.offered)) {
      const auto next =
          std::ranges::upper_bound(windows, c.offered, {}, [](const window& w) { return w.span.end; });
      at = static_cast<std::size_t>(next - windows.begin());
      if (at == windows.size() || !windows[at].span.contains(c.offered)) continue;
    }
    const bool sound = detail::is_length(c.waited) && detail::is_length(c.handled);
    const bool open = hours.is_open(c.offered);
    detail::count_call(out[at], c, sound && open, limit, rule.short_abandon);
    out[at].ignored += sound ? 0 : 1;
    out[at].outside += sound && !open ? 1 : 0;
  }
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
