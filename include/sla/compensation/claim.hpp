// SPDX-License-Identifier: MIT
#pragma once

// When a remedy must be claimed, and what becomes of one that is not (rule M7).
//
//     sla::claim_terms alibaba{.from_workday = 5, .within = sla::civil_span::months(2)};
//     sla::interval open = sla::admissible(alibaba, october.span, october.span.end, shanghai, &workdays);
//         // from the start of the fifth workday after October to 24:00 of 31 December
//     sla::state_of(open, claims, "5.2", "ecs", as_of)
//
// Where no claim is needed, the remedy is automatic, and a settlement says so. Otherwise it is claimed, can be claimed
// later or now, or is forfeited, with its amount.
//
// The hard question: "within 30 days of the end of the month", from which day? October ends on the 31st, which is the
// day of origin and not counted: the last day is 30 November, up to 24:00 (rule T15). Counting from 00:00 of 1 November
// would give a day too many.

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include <sla/base/instant.hpp>
#include <sla/base/interval_set.hpp>
#include <sla/base/units.hpp>
#include <sla/calendar/business_time.hpp>
#include <sla/calendar/civil_span.hpp>
#include <sla/calendar/zone.hpp>

namespace sla {
inline namespace v0 {

/// A claim as received: for a clause, and for one subject or for all of them.
struct claim {
  std::string clause{};
  std::string subject{};  ///< empty: every subject
  instant at{};
};

/// When the lines of a clause may be claimed: given by the host, or by `admissible`.
struct claim_period {
  std::string clause{};
  std::string subject{};  ///< empty: every subject without a period of its own
  interval open{};        ///< the first admissible instant, and the first that is too late
};

enum class claim_state : std::uint8_t {
  automatic,  ///< no claim is needed
  not_yet,    ///< it is too early to claim
  open,       ///< it can be claimed now
  claimed,    ///< in time
  forfeited,  ///< not claimed in time
};
/// "forfeited".
[[nodiscard]] constexpr std::string_view name(claim_state s) noexcept {
  constexpr std::array<std::string_view, 5> names{"automatic", "not yet", "open", "claimed", "forfeited"};
  return names[static_cast<std::size_t>(s)];
}

/// A contract's words on claims.
struct claim_terms {
  enum class origin : std::uint8_t { window_end, occurrence };
  static constexpr origin window_end = origin::window_end, occurrence = origin::occurrence;

  origin from = origin::window_end;
  std::int32_t from_workday =
      0;  ///< the first day to claim on, counted in workdays after the origin; 0: at once
  std::variant<civil_span, business_days, std::chrono::seconds> within = civil_span::days(30);
  bool moves_to_workday = false;  ///< a last date that is off moves to the next workday
};

namespace detail {

// The n-th date on which the calendar opens after the local date of t; nothing past its cover.
[[nodiscard]] inline std::optional<std::chrono::sys_days> workday_after(instant t, std::int32_t n,
                                                                        const zone& in,
                                                                        const business_time& workdays) {
  if (!workdays.covers(t)) return std::nullopt;
  const std::chrono::sys_days origin(
      std::chrono::floor<std::chrono::days>(in.to_local(t)).time_since_epoch());
  const auto dates = workdays.dates();
  const auto next = std::ranges::upper_bound(dates, origin, {}, &business_date::date);
  if (n < 1 || n > dates.end() - next) return std::nullopt;
  return next[n - 1].date;
}

}  // namespace detail

/// When a remedy of a window, or of one occurrence in it, may be claimed. An end that cannot be known is
/// instant::unknown(), a first instant likewise. Throws sla::error where workdays are counted and there is no calendar.
[[nodiscard]] inline interval admissible(const claim_terms& terms, const interval& window, instant occurred,
                                         const zone& in, const business_time* workdays = nullptr) {
  const bool counts_workdays =
      terms.from_workday > 0 || terms.moves_to_workday || std::holds_alternative<business_days>(terms.within);
  if (counts_workdays && workdays == nullptr) detail::fail("a claim that counts workdays needs a calendar");
  const bool after_window = terms.from == claim_terms::window_end;
  interval open{after_window ? window.end : occurred, instant::unknown()};
  // The window's last second lies on its last date, which is the day of origin.
  const instant origin = after_window ? window.end - std::chrono::seconds(1) : occurred;
  if (terms.from_workday > 0) {
    const auto first = detail::workday_after(origin, terms.from_workday, in, *workdays);
    open.begin = first ? in.start_of(*first) : instant::unknown();
  }
  if (const auto* length = std::get_if<std::chrono::seconds>(&terms.within)) {
    open.end = (after_window ? window.end : occurred) + *length;
  } else if (const auto* span = std::get_if<civil_span>(&terms.within)) {
    open.end = terms.moves_to_workday ? end_of(*span, origin, in, *workdays) : end_of(*span, origin, in);
  } else if (const auto last = detail::workday_after(origin, std::get<business_days>(terms.within).count(),
                                                     in, *workdays)) {
    open.end = in.start_of(*last + std::chrono::days(1));
  }
  return open;
}

/// What became of a claim as of an instant.
struct claim_result {
  claim_state state = claim_state::automatic;
  interval open{};
  std::optional<instant> at{};  ///< the first claim in time; of a forfeited one the first that came late
  friend bool operator==(const claim_result&, const claim_result&) noexcept = default;
};

/// The state of a clause's remedy for a subject. Claims after `as_of` are not seen, early ones count for nothing.
[[nodiscard]] inline claim_result state_of(const interval& open, std::span<const claim> claims,
                                           std::string_view clause, std::string_view subject, instant as_of) {
  claim_result r{claim_state::open, open, std::nullopt};
  std::optional<instant> late;
  for (const claim& c : claims) {
    if (c.clause != clause || (!c.subject.empty() && c.subject != subject) || c.at > as_of) continue;
    if (open.contains(c.at)) {
      r.state = claim_state::claimed;
      r.at = r.at ? std::min(*r.at, c.at) : c.at;
    } else if (c.at >= open.end) {
      late = late ? std::min(*late, c.at) : c.at;
    }
  }
  if (r.state == claim_state::claimed) return r;
  if (as_of >= open.end) {
    r.state = claim_state::forfeited;
    r.at = late;
  } else if (as_of < open.begin) {
    r.state = claim_state::not_yet;
  }
  return r;
}

namespace detail {

// The period of a subject's own, else that of all subjects, else always.
[[nodiscard]] inline interval period_of(std::span<const claim_period> periods, std::string_view clause,
                                        std::string_view subject) noexcept {
  const claim_period* all = nullptr;
  for (const claim_period& p : periods) {
    if (p.clause != clause) continue;
    if (p.subject == subject) return p.open;
    if (p.subject.empty()) all = &p;
  }
  return all != nullptr ? all->open : interval{instant::earliest(), instant::never()};
}

}  // namespace detail
}  // namespace v0
}  // namespace sla
