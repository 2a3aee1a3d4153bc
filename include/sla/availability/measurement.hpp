// SPDX-License-Identifier: MIT
#pragma once

// What measuring a window yields: the exact availability, every amount it rests on, and what became of every
// interval of downtime.
//
//     sla::measurement m = sla::measure(october, outages, rules);
//     m.availability                       // 6695/6696
//     sla::shown(m, 2)                     // "99.98%": floored, away from the vendor's favour
//     for (const auto& line : m.derivation) ...   // span, seconds, what became of it, and the rows it came from
//
// The amounts reconcile, to the second, before rounding:
//
//     down + bridged == exact + too_short + excluded         and         refused <= exact + too_short
//
// and what was claimed to be excused is taken apart by reason in reconcile.hpp.
//
// The hard question: nothing was measured, because the denominator is 0. That is neither 100 % nor 0 %: it is `no
// data`, which meets nothing, breaks nothing and pays nothing (rule A1).

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <sla/availability/rules.hpp>
#include <sla/availability/window.hpp>
#include <sla/base/interval_set.hpp>
#include <sla/base/ratio.hpp>

namespace sla {
inline namespace v0 {

/// What became of an interval. The excused is taken out; what was tagged and refused counts as any other downtime
/// and is listed besides.
enum class fate : std::uint8_t {
  counted,        ///< a whole outage, its part inside the window
  too_short,      ///< a whole outage that the minimum drops
  excused,        ///< taken out by an exclusion
  early,          ///< tagged, but before the hours that excuse
  overrun,        ///< tagged, but after them
  outside_hours,  ///< tagged, and no part of it inside the hours
  over_quota,     ///< excused but for the window's quota, which was used up
  unannounced,    ///< tagged, and no announcement reaches it, where one is asked for
  short_notice,   ///< announced, but later than the notice asks
  unmeasured,     ///< nobody measured, and no record calls it down
  not_yet,        ///< begins at or after as_of
  reversed,       ///< ends before it begins, or has no begin
  empty,          ///< ends as it begins
};

namespace detail {
inline constexpr std::array<std::string_view, 13> fate_names{"counted",
                                                             "below the minimum duration",
                                                             "excused",
                                                             "before the excused hours",
                                                             "after the excused hours",
                                                             "outside the excused hours",
                                                             "over the quota",
                                                             "not announced",
                                                             "announced too late",
                                                             "not measured",
                                                             "after the as-of time",
                                                             "ends before it begins",
                                                             "has no length"};
}  // namespace detail

/// "below the minimum duration".
[[nodiscard]] constexpr std::string_view name(fate f) noexcept {
  return detail::fate_names[static_cast<std::size_t>(f)];
}

/// Whether downtime of this fate was claimed to be excused, and counts.
[[nodiscard]] constexpr bool is_refused(fate f) noexcept {
  switch (f) {
    case fate::early:
    case fate::overrun:
    case fate::outside_hours:
    case fate::over_quota:
    case fate::unannounced:
    case fate::short_notice: return true;
    default: return false;
  }
}

inline constexpr std::uint8_t no_exclusion = 255;

/// One interval of downtime and what became of it.
struct kept_or_dropped {
  interval span;                  ///< inside the window, but for records that are no interval
  std::chrono::seconds exact{0};  ///< its seconds that the window sees: inside service hours, if those count
  std::chrono::seconds counted{0};  ///< of a counted outage, after rounding it
  fate what = fate::counted;
  std::uint8_t exclusion = no_exclusion;  ///< index into the rules' exclusions: which excused or refused it
  std::uint32_t first_row = 0, row_count = 0;  ///< see measurement::rows_of
  interval whole{};  ///< of a whole outage: before the window cut it, and after merging

  friend constexpr bool operator==(const kept_or_dropped&, const kept_or_dropped&) noexcept = default;
};

/// Seconds are of the window, and inside its service hours where those are the denominator.
struct availability_figures {
  sla::window window;
  std::chrono::seconds denominator{0};
  std::chrono::seconds counted{0};    ///< downtime after rounding; may exceed the denominator
  std::chrono::seconds exact{0};      ///< the same before rounding
  std::chrono::seconds down{0};       ///< all recorded downtime, each second once, and what is taken as down
  std::chrono::seconds bridged{0};    ///< time between merged outages, where it was not down at all
  std::chrono::seconds too_short{0};  ///< dropped by the minimum
  std::chrono::seconds excluded{0};   ///< excused and nothing else at the same instant
  std::chrono::seconds refused{0};    ///< tagged with an excused cause, but not excused
  std::chrono::seconds unmeasured{
      0};                           ///< nobody measured, and no record calls it down; whatever it counts as
  std::chrono::seconds removed{0};  ///< left out of the denominator: excused on both sides, or unmeasured
  ratio availability;               ///< 1 - counted / denominator, at least 0; 0 where there is no data
  bool no_data = false;
  bool provisional =
      false;  ///< may change as time passes: open outages, an unfinished window, calendars not known through
  std::int64_t outages = 0;              ///< counted outages that began in the window
  std::chrono::seconds longest{0};       ///< of one counted outage, its exact part in this window
  outage_rounding rounding;              ///< as applied
  const business_time* hours = nullptr;  ///< of the denominator, where they are service hours
  instant as_of = instant::latest();     ///< what was looked at

  friend constexpr bool operator==(const availability_figures&, const availability_figures&) = default;
};

/// The figures, and every interval behind them.
struct measurement : availability_figures {
  std::vector<kept_or_dropped> derivation;  ///< in order of time
  std::vector<std::uint32_t> rows;          ///< of all lines of the derivation

  /// The rows of the records a line came from, in order of their begin.
  [[nodiscard]] std::span<const std::uint32_t> rows_of(const kept_or_dropped& line) const noexcept {
    return std::span(rows).subspan(line.first_row, line.row_count);
  }
  friend constexpr bool operator==(const measurement&, const measurement&) = default;
};

/// The availability with so many decimals, floored (rule A1); "no data" where there is none.
[[nodiscard]] inline std::string shown(const availability_figures& m, int digits) {
  return m.no_data ? std::string("no data") : percent(m.availability, digits, rounding::floor);
}

}  // namespace v0
}  // namespace sla
