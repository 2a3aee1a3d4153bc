// SPDX-License-Identifier: MIT
#pragma once

// What of the recorded time counts: a contract's definition of "unavailable", in the order of rule A4.
//
//     1 exclusions    an outage tagged with an excused cause, or in an excused span, is taken out as far as the
//                     exclusion reaches
//     2 unite         what is left is united: a second is down once
//     3 merge         outages no further apart than `merge_gap` are one, and the time between them is down
//     4 minimum       a whole outage that is too short is dropped
//     5 clip          the part inside the window (and inside service hours, where they are the denominator) counts
//     6 round         none, per outage, or the sum
//
//     // excused on Sunday nights; interruptions of up to five minutes do not count; whole minutes, upwards
//     const sla::exclusion planned[]{{.cause = maintenance, .within = &sunday_nights, .name = "planned maintenance", .clause = "4.3"}};
//     sla::availability_rules rules{.exclusions = planned, .minimum = {5min}, .rounding = {sla::outage_rounding::each, sla::rounding::ceil, 1min}};
//
// The hard question: an interruption of 9 minutes 30 seconds over the end of the month, in a contract that counts
// only what lasts over 5 minutes. Each month saw less than 5 minutes of it. The minimum is therefore asked of the
// whole outage, before the window cuts it: 270 s count in October and 300 s in November.
//
// Merging comes after the exclusions: a gap that bridges two outages counts whatever lies in it, excused or not.
//
// Rules are views: what they point to must live as long as they are used.

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include <sla/availability/outage.hpp>
#include <sla/base/rounding.hpp>

namespace sla {
inline namespace v0 {

class business_time;

/// What an excused second leaves: `numerator`, it is no downtime; `both_sides`, it is not in the denominator either.
enum class exclusion_effect : std::uint8_t { numerator, both_sides };

/// Whom an exclusion excuses: the outages tagged with its cause, or every outage inside its span.
enum class exclusion_reach : std::uint8_t { by_cause, by_time };

/// Planned maintenance as it was announced. It excuses where it was announced no later than the contract's notice
/// asks: `announce_by` is that instant, `never` where any announcement will do. See notice.hpp.
struct announced_span {
  interval span{};
  instant announced = instant::never();  ///< never: it was not
  instant announce_by = instant::never();
  std::uint32_t row = 0;  ///< where it was read

  [[nodiscard]] constexpr bool in_time() const noexcept {
    return announced.is_finite() && !announce_by.is_unknown() && announced <= announce_by;
  }
  friend constexpr bool operator==(const announced_span&, const announced_span&) noexcept = default;
};

/// Excuses downtime (rule A6). By cause: the outages tagged with it; by time: all of them, whatever their cause, and
/// `cause` is not asked. Both only as far as it reaches, which is everywhere unless stated:
///
///     within      inside those hours
///     announced   inside those spans that were announced in time, as far as as_of knows of them
///     quota       until that much of the window was excused by it, in order of time
///
/// What is tagged and not reached counts, and is reported as refused with the reason; so is what a span would reach
/// but for its notice or the quota. By cause, downtime of another cause at the same instant counts all the same.
/// Several exclusions add up; each counts its quota by itself, also over what another excuses.
struct exclusion {
  cause_id cause = no_cause;
  const business_time* within = nullptr;
  std::string_view name{};
  std::string_view clause{};
  exclusion_effect effect = exclusion_effect::numerator;
  std::optional<std::chrono::seconds> quota{};
  exclusion_reach reach = exclusion_reach::by_cause;
  /// None: no announcement is asked for. An empty list: one is, and there was none.
  std::optional<std::span<const announced_span>> announced{};
};

/// An outage counts where its whole length is over `length`, or, `inclusive`, exactly `length` too.
struct minimum_duration {
  std::chrono::seconds length{0};
  bool inclusive = false;

  [[nodiscard]] constexpr bool admits(std::chrono::seconds whole) const noexcept {
    return inclusive ? whole >= length : whole > length;
  }
};

/// Rounding of counted time to whole `unit`s, of each outage's share of the window or of their sum.
struct outage_rounding {
  enum class of : std::uint8_t { none, each, sum };
  static constexpr of none = of::none, each = of::each, sum = of::sum;

  of what = of::none;
  sla::rounding mode = sla::rounding::ceil;
  std::chrono::seconds unit{60};
  friend constexpr bool operator==(const outage_rounding&, const outage_rounding&) noexcept = default;
};

/// What the downtime is divided by (rule A3). Time weighed by instances or users is in weights.hpp; shares of events
/// are service levels: service_level.hpp, calls.hpp, slots.hpp.
struct denominator_rule {
  enum class kind : std::uint8_t {
    elapsed,        ///< the window's real length: 745 h in a month that gains an hour
    nominal_days,   ///< its dates times 24 h; its real length where it is not made of whole dates
    fixed,          ///< a stated length, as 43,200 minutes
    service_hours,  ///< its part of `hours`; downtime outside them does not count
  };
  static constexpr kind elapsed = kind::elapsed, nominal_days = kind::nominal_days, fixed = kind::fixed,
                        service_hours = kind::service_hours;

  kind what = kind::elapsed;
  std::chrono::seconds length{0};        ///< of `fixed`
  const business_time* hours = nullptr;  ///< of `service_hours`
};

/// What time counts as that nobody measured and no record calls down: the records of cause `not_measured`.
enum class unmeasured_time : std::uint8_t {
  up,         ///< as if the service had run
  down,       ///< as an outage of no cause
  leave_out,  ///< as neither: it leaves the denominator too
};

struct availability_rules {
  std::span<const exclusion> exclusions{};
  std::chrono::seconds merge_gap{0};
  minimum_duration minimum{};
  outage_rounding rounding{};
  denominator_rule denominator{};
  unmeasured_time unknown = unmeasured_time::up;
};

}  // namespace v0
}  // namespace sla
