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
// and shown apart; without, it is an unanswered one. One that came where the calendar of those hours does not reach is
// neither: it is `unknown`, and the counts are provisional. Counts add up: `a + b` of two shards, days or numbers.
//
// What nobody counted is not 0: a metric that asks for a number in `absent` is no data.

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
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

/// The numbers of call_counts that not everybody has, as bits of `call_counts::absent`.
enum class call_field : std::uint16_t {
  in_time = 1,
  failed = 2,
  abandoned = 4,
  short_abandoned = 8,
  dropped = 16,
  resolved = 32,
  waited = 64,
  handled = 128,
};
/// Several of them.
class call_fields {
 public:
  constexpr call_fields() noexcept = default;
  constexpr call_fields(call_field f) noexcept : bits_(static_cast<std::uint16_t>(f)) {}
  [[nodiscard]] friend constexpr call_fields operator|(call_fields a, call_fields b) noexcept {
    a.bits_ = static_cast<std::uint16_t>(a.bits_ | b.bits_);
    return a;
  }
  [[nodiscard]] friend constexpr call_fields operator&(call_fields a, call_fields b) noexcept {
    a.bits_ = static_cast<std::uint16_t>(a.bits_ & b.bits_);
    return a;
  }
  [[nodiscard]] constexpr bool has(call_field f) const noexcept {
    return (bits_ & static_cast<std::uint16_t>(f)) != 0;
  }
  [[nodiscard]] constexpr bool empty() const noexcept { return bits_ == 0; }
  friend constexpr bool operator==(call_fields, call_fields) noexcept = default;

 private:
  std::uint16_t bits_ = 0;
};

[[nodiscard]] constexpr call_fields operator|(call_field a, call_field b) noexcept {
  return call_fields(a) | call_fields(b);
}

/// The first of these fields by its name, "in_time"; empty where there are none.
[[nodiscard]] constexpr std::string_view name(call_fields f) noexcept {
  constexpr std::array<std::pair<call_field, std::string_view>, 8> names{
      {{call_field::in_time, "in_time"},
       {call_field::failed, "failed"},
       {call_field::abandoned, "abandoned"},
       {call_field::short_abandoned, "short_abandoned"},
       {call_field::dropped, "dropped"},
       {call_field::resolved, "resolved"},
       {call_field::waited, "waited"},
       {call_field::handled, "handled"}}};
  for (const auto& [field, text] : names)
    if (f.has(field)) return text;
  return {};
}

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
  std::int64_t unknown =
      0;  ///< in the window, but where the calendar of service hours does not reach: likewise
  bool provisional = false;  ///< some calls came where the service hours are not known
  call_fields absent{};      ///< numbers that nobody supplied, and which are not 0

  friend constexpr bool operator==(const call_counts&, const call_counts&) noexcept = default;
  constexpr call_counts& operator+=(const call_counts& o) noexcept {
    offered += o.offered, failed += o.failed, abandoned += o.abandoned, short_abandoned += o.short_abandoned;
    answered += o.answered, in_time += o.in_time, dropped += o.dropped, resolved += o.resolved;
    waited += o.waited, handled += o.handled, outside += o.outside, ignored += o.ignored;
    unknown += o.unknown, provisional = provisional || o.provisional, absent = absent | o.absent;
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
  /// What is known of the stretch around an instant.
  struct state {
    bool open = false;
    bool covered = false;  ///< else the calendar does not reach so far
    bool sure = false;     ///< covered, and its holidays are known
  };
  [[nodiscard]] const state& at(instant t) noexcept {
    if (!known_.contains(t)) look(t);
    return state_;
  }

 private:
  void look(instant t) noexcept {
    const interval cover = hours_->cover();
    if (!cover.contains(t)) {
      known_ = t < cover.begin ? interval{instant::earliest(), cover.begin}
                               : interval{cover.end, instant::never()};
      state_ = {};
      return;
    }
    const auto all = hours_->open();
    const auto next = std::ranges::upper_bound(all, t, {}, &interval::end);
    const bool open = next != all.end() && next->begin <= t;
    known_ = intersect(cover, open ? *next
                                   : interval{next == all.begin() ? cover.begin : std::prev(next)->end,
                                              next == all.end() ? cover.end : next->begin});
    state_ = {open, true, !hours_->is_provisional(t)};
    const instant from = hours_->known_from(), through = hours_->known_through();
    (t < from ? known_.end : known_.begin) =
        t < from ? std::min(known_.end, from) : std::max(known_.begin, from);
    if (t > through) {
      known_.begin = std::max(known_.begin, through + std::chrono::seconds(1));
    } else if (through < known_.end) {
      known_.end = through + std::chrono::seconds(1);
    }
  }
  const business_time* hours_;
  interval known_{};
  state state_;
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

  void add(const call& c, const open_cursor::state& at) noexcept {
    provisional_ |= !at.sure;
    add(c, true, at.open, at.covered ? outside : unknown);
  }
  /// `closed`: what a call is that came outside of open time.
  void add(const call& c, bool inside, bool open = true, unsigned closed = outside) noexcept {
    const auto lengths = static_cast<std::uint64_t>(c.waited.count() | c.handled.count());
    const bool sound = lengths < length_limit;
    const bool counts = inside && sound && open;
    const unsigned kind = static_cast<unsigned>(c.end) % 4 | (c.waited <= limit_ ? 4U : 0U) |
                          (c.waited < brief_ ? 8U : 0U) | (c.resolved ? 16U : 0U);
    const unsigned other = inside ? (sound ? closed : ignored) : elsewhere;
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
    n.unknown = seen_[unknown];
    n.provisional = provisional_;
    return n;
  }

 private:
  static constexpr std::uint64_t length_limit = std::uint64_t{1} << 32;
  static constexpr unsigned outside = 32, ignored = 33, elsewhere = 34, unknown = 35;
  std::chrono::seconds limit_, brief_;
  std::array<std::int64_t, 36> seen_{};
  std::int64_t waited_ = 0, handled_ = 0;
  bool provisional_ = false;
};

}  // namespace detail

/// The calls offered in a span. One pass, any order; fastest where calls are in order of time, or without hours.
[[nodiscard]] inline call_counts count_calls(std::span<const call> calls, const interval& offered,
                                             const call_rule& rule) noexcept {
  detail::call_tally tally(rule);
  if (rule.hours == nullptr) {
    for (const call& c : calls) tally.add(c, offered.contains(c.offered));
  } else {
    detail::open_cursor hours(*rule.hours);
    for (const call& c : calls)
      if (offered.contains(c.offered)) tally.add(c, hours.at(c.offered));
  }
  return tally.counts();
}

/// The same for many windows in one pass: `windows` in order of time, none overlapping. Counts are beside them; calls
/// between them are in none.
[[nodiscard]] inline std::vector<call_counts> count_calls(std::span<const call> calls,
                                                          std::span<const window> windows,
                                                          const call_rule& rule) {
  std::vector<detail::call_tally> tallies(windows.size(), detail::call_tally(rule));
  const auto each = [&](const auto& put) {
    std::size_t at = 0;
    for (const call& c : calls) {
      if (at == windows.size() || !windows[at].span.contains(c.offered)) {
        const auto next =
            std::ranges::upper_bound(windows, c.offered, {}, [](const window& w) { return w.span.end; });
        at = static_cast<std::size_t>(next - windows.begin());
        if (at == windows.size() || !windows[at].span.contains(c.offered)) continue;
      }
      put(tallies[at], c);
    }
  };
  // Two loops, so that neither asks which it is.
  if (rule.hours == nullptr) {
    each([](detail::call_tally& t, const call& c) { t.add(c, true); });
  } else {
    detail::open_cursor hours(*rule.hours);
    each([&](detail::call_tally& t, const call& c) { t.add(c, hours.at(c.offered)); });
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

/// No data where a number is asked for that nobody supplied.
[[nodiscard]] constexpr service_level share_of_calls(const call_counts& c, call_fields asks,
                                                     std::int64_t numerator, std::int64_t denominator,
                                                     std::int64_t left_out, std::int64_t minimum_sample) {
  service_level s =
      (asks & c.absent).empty() ? share(numerator, denominator, left_out, minimum_sample) : service_level{};
  s.provisional = c.provisional;
  return s;
}
[[nodiscard]] constexpr call_fields fields_of(call_base base) noexcept {
  return base == call_base::offered_less_short ? call_fields(call_field::short_abandoned) : call_fields();
}
[[nodiscard]] constexpr service_level of_calls(const call_counts& c, call_fields asks, std::int64_t numerator,
                                               call_base base, std::int64_t minimum_sample) {
  asks = asks | fields_of(base);
  switch (base) {
    case call_base::offered: return share_of_calls(c, asks, numerator, c.offered, 0, minimum_sample);
    case call_base::offered_less_short:
      return share_of_calls(c, asks, numerator, c.offered - c.short_abandoned, c.short_abandoned,
                            minimum_sample);
    case call_base::answered: break;
  }
  return share_of_calls(c, asks, numerator, c.answered, c.offered - c.answered, minimum_sample);
}
[[nodiscard]] constexpr service_level of_answered(const call_counts& c, call_field asks,
                                                  std::int64_t numerator, std::int64_t minimum_sample) {
  return of_calls(c, asks, numerator, call_base::answered, minimum_sample);
}

}  // namespace detail

[[nodiscard]] constexpr service_level answered_in_time(const call_counts& c, call_base base,
                                                       std::int64_t minimum_sample = 0) {
  return detail::of_calls(c, call_field::in_time, c.in_time, base, minimum_sample);
}
[[nodiscard]] constexpr service_level answer_rate(const call_counts& c, call_base base,
                                                  std::int64_t minimum_sample = 0) {
  return detail::of_calls(c, {}, c.answered, base, minimum_sample);
}
/// Short ones are out of both sides where they are out of the base.
[[nodiscard]] constexpr service_level abandon_rate(const call_counts& c, call_base base,
                                                   std::int64_t minimum_sample = 0) {
  const std::int64_t given_up =
      base == call_base::offered_less_short ? c.abandoned - c.short_abandoned : c.abandoned;
  return detail::of_calls(c, call_field::abandoned, given_up, base, minimum_sample);
}
[[nodiscard]] constexpr service_level connect_rate(const call_counts& c, std::int64_t minimum_sample = 0) {
  return detail::of_calls(c, call_field::failed, c.offered - c.failed, call_base::offered, minimum_sample);
}
[[nodiscard]] constexpr service_level drop_rate(const call_counts& c, std::int64_t minimum_sample = 0) {
  return detail::of_answered(c, call_field::dropped, c.dropped, minimum_sample);
}
[[nodiscard]] constexpr service_level first_call_resolution(const call_counts& c,
                                                            std::int64_t minimum_sample = 0) {
  return detail::of_answered(c, call_field::resolved, c.resolved, minimum_sample);
}
/// Seconds.
[[nodiscard]] constexpr service_level mean_speed_of_answer(const call_counts& c,
                                                           std::int64_t minimum_sample = 0) {
  return detail::of_answered(c, call_field::waited, c.waited, minimum_sample);
}
/// Seconds.
[[nodiscard]] constexpr service_level mean_handling_time(const call_counts& c,
                                                         std::int64_t minimum_sample = 0) {
  return detail::of_answered(c, call_field::handled, c.handled, minimum_sample);
}

}  // namespace v0
}  // namespace sla
