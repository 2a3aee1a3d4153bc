// SPDX-License-Identifier: MIT
#pragma once

// What happens to an incident, as the host recorded it. Events are plain values in the host's memory; judging
// reads them through a span, in any order, and keeps nothing.
//
//     std::vector<sla::event> log{
//         sla::event::of(sla::moment::reported, t0),
//         sla::event::of(sla::moment::responded, t0 + 8min),
//         sla::event::pause(t0 + 20min, customer_reply),
//         sla::event::resume(t0 + 50min, customer_reply),
//         sla::event::of(sla::moment::resolved, t0 + 3h),
//     };
//
// The hard question: two events carry the same time, which came first? Where the source numbers its records, its
// `sequence` says so. Otherwise the order of `event_kind` below decides (rule C2), so that "reported and answered
// in the same minute" is answered in time, and a pause that ends as another begins leaves no gap.
//
// A record that turns out wrong is corrected by sending it again with the same `id` and a higher `revision`, or
// with `retracted` set (rule C1). The verdict is then that of the corrected past.

#include <array>
#include <chrono>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>

#include <sla/base/instant.hpp>
#include <sla/base/units.hpp>

namespace sla {
inline namespace v0 {

/// The closed set of kinds, in the order of rule C2.
enum class event_kind : std::uint8_t {
  start,
  reopen,
  cancel,
  change,
  extend,
  waive,
  reject,
  confirm,
  resume,
  pause,
  milestone,
  stop,
};

/// A named point in an incident's life. Clocks start and stop at moments (rule C12). Values from `first_custom`
/// on are named by a policy; there are `moment_limit` in all.
enum class moment : std::uint8_t {
  occurred,
  detected,
  reported,
  accepted,
  dispatched,
  remote_impossible,
  onsite_requested,
  responded,
  remote_connected,
  updated,
  worked_around,
  diagnosed,
  arrived,
  restored,
  resolved,
  confirmed,
  report_delivered,
  followed_up,
  first_custom,
};
inline constexpr std::size_t moment_limit = 64;

/// A set of moments.
class moment_set {
 public:
  constexpr moment_set() noexcept = default;
  constexpr moment_set(moment m) noexcept : bits_(std::uint64_t{1} << static_cast<unsigned>(m)) {}
  [[nodiscard]] constexpr bool contains(moment m) const noexcept {
    return ((bits_ >> static_cast<unsigned>(m)) & 1U) != 0;
  }
  [[nodiscard]] constexpr bool empty() const noexcept { return bits_ == 0; }
  /// Bit i for moment i.
  [[nodiscard]] constexpr std::uint64_t bits() const noexcept { return bits_; }
  [[nodiscard]] friend constexpr moment_set operator|(moment_set a, moment_set b) noexcept {
    a.bits_ |= b.bits_;
    return a;
  }
  [[nodiscard]] friend constexpr moment_set operator&(moment_set a, moment_set b) noexcept {
    a.bits_ &= b.bits_;
    return a;
  }
  friend constexpr bool operator==(const moment_set&, const moment_set&) noexcept = default;

 private:
  std::uint64_t bits_ = 0;
};
[[nodiscard]] constexpr moment_set operator|(moment a, moment b) noexcept {
  return moment_set(a) | moment_set(b);
}

namespace detail {
struct moment_name {
  std::string_view text;
  event_kind kind;
};
inline constexpr std::array<moment_name, static_cast<std::size_t>(moment::first_custom)> moment_names{{
    {"occurred", event_kind::start},
    {"detected", event_kind::start},
    {"reported", event_kind::start},
    {"accepted", event_kind::milestone},
    {"dispatched", event_kind::milestone},
    {"remote_impossible", event_kind::milestone},
    {"onsite_requested", event_kind::milestone},
    {"responded", event_kind::stop},
    {"remote_connected", event_kind::stop},
    {"updated", event_kind::stop},
    {"worked_around", event_kind::stop},
    {"diagnosed", event_kind::stop},
    {"arrived", event_kind::stop},
    {"restored", event_kind::stop},
    {"resolved", event_kind::stop},
    {"confirmed", event_kind::confirm},
    {"report_delivered", event_kind::stop},
    {"followed_up", event_kind::stop},
}};
}  // namespace detail

/// "reported"; empty for a moment named by a policy.
[[nodiscard]] constexpr std::string_view name(moment m) noexcept {
  const auto i = static_cast<std::size_t>(m);
  return i < detail::moment_names.size() ? detail::moment_names[i].text : std::string_view{};
}
[[nodiscard]] constexpr std::optional<moment> parse_moment(std::string_view text) noexcept {
  for (std::size_t i = 0; i < detail::moment_names.size(); ++i)
    if (detail::moment_names[i].text == text) return static_cast<moment>(i);
  return std::nullopt;
}
/// The kind of event that reports a moment: start, milestone, stop or confirm. A policy's own moments are milestones.
[[nodiscard]] constexpr event_kind kind_of(moment m) noexcept {
  const auto i = static_cast<std::size_t>(m);
  return i < detail::moment_names.size() ? detail::moment_names[i].kind : event_kind::milestone;
}

/// A set of kinds as bits.
[[nodiscard]] constexpr std::uint32_t kind_bit(event_kind k) noexcept {
  return std::uint32_t{1} << static_cast<unsigned>(k);
}
/// Whether an event of this kind reports a moment.
[[nodiscard]] constexpr bool reports_moment(event_kind k) noexcept {
  return k == event_kind::start || k == event_kind::milestone || k == event_kind::stop ||
         k == event_kind::confirm;
}

/// Whose doing a pause, an agreement or a cause is (rule C5). Declared in the fixed precedence in which overlapping
/// pauses are attributed.
enum class party : std::uint8_t { customer, customer_supplier, vendor_supplier, vendor, nobody };
inline constexpr std::size_t party_count = 5;

namespace detail {
inline constexpr std::array<std::string_view, party_count> party_names{
    "customer", "customer's supplier", "vendor's supplier", "vendor", "nobody"};
}
[[nodiscard]] constexpr std::string_view name(party p) noexcept {
  return detail::party_names[static_cast<std::size_t>(p)];
}
[[nodiscard]] constexpr std::optional<party> parse_party(std::string_view text) noexcept {
  for (std::size_t i = 0; i < party_count; ++i)
    if (detail::party_names[i] == text) return static_cast<party>(i);
  return std::nullopt;
}

/// A pause reason of the policy; `any_reason` on a resume ends every pause begun before it (rule C3).
using reason_id = std::uint8_t;
inline constexpr reason_id any_reason = std::numeric_limits<reason_id>::max();
/// At most this many reasons a policy.
inline constexpr std::size_t reason_limit = 32;

/// A clock of the policy; `any_clock` on an extension or a waiver means all of the incident's.
using clock_id = std::uint8_t;
inline constexpr clock_id any_clock = std::numeric_limits<clock_id>::max();

/// Why an incident's grade changed (rule C8).
enum class change_cause : std::uint8_t { worsened, corrected, improved };

/// Why an incident was cancelled (rule C15). Only the last two remove a breach, and only agreed by the customer.
enum class cancel_cause : std::uint8_t { withdrawn, never_in_scope, duplicate };

/// The grade of an incident as the policy numbers it. The clock floor passes it on and never looks inside.
struct grade {
  std::uint8_t severity = 0;
  std::uint8_t region = 0;
  std::uint8_t category = 0;
  friend constexpr bool operator==(const grade&, const grade&) noexcept = default;
};

/// One record. Only the members that its kind names are read.
struct event {
  instant at;
  event_kind kind = event_kind::milestone;
  moment what = moment::reported;   ///< start, milestone, stop, confirm
  reason_id reason = any_reason;    ///< pause, resume
  clock_id clock = any_clock;       ///< extend, waive
  party agreed_by = party::nobody;  ///< extend, waive, cancel, change: whose agreement stands behind it
  change_cause why = change_cause::worsened;         ///< change
  cancel_cause cancelled = cancel_cause::withdrawn;  ///< cancel
  bool retracted = false;                            ///< this revision takes the record back
  grade to{};                                        ///< change: the grade from now on
  time_limit by{};                                   ///< extend: how much is added, where `until` is not set
  instant until = instant::unknown();                ///< extend: the fixed new date
  std::int64_t sequence = 0;                         ///< the source's own order among equal instants
  std::uint64_t id = 0;                              ///< identity of the record; 0: it has none and is itself
  std::uint32_t revision = 0;                        ///< of equal identities the highest counts
  std::uint32_t row = 0;                             ///< the host's own reference, returned in explanations

  [[nodiscard]] static constexpr event of(moment m, instant at) noexcept {
    event e;
    e.at = at;
    e.kind = kind_of(m);
    e.what = m;
    return e;
  }
  [[nodiscard]] static constexpr event pause(instant at, reason_id reason) noexcept {
    return with(event_kind::pause, at, reason);
  }
  [[nodiscard]] static constexpr event resume(instant at, reason_id reason = any_reason) noexcept {
    return with(event_kind::resume, at, reason);
  }
  [[nodiscard]] static constexpr event reopen(instant at) noexcept {
    return with(event_kind::reopen, at, any_reason);
  }
  [[nodiscard]] static constexpr event reject(instant at) noexcept {
    return with(event_kind::reject, at, any_reason);
  }
  [[nodiscard]] static constexpr event change(instant at, grade to, change_cause why,
                                              party agreed_by = party::nobody) noexcept {
    event e = with(event_kind::change, at, any_reason);
    e.to = to;
    e.why = why;
    e.agreed_by = agreed_by;
    return e;
  }
  [[nodiscard]] static constexpr event cancel(instant at, cancel_cause why = cancel_cause::withdrawn,
                                              party agreed_by = party::nobody) noexcept {
    event e = with(event_kind::cancel, at, any_reason);
    e.cancelled = why;
    e.agreed_by = agreed_by;
    return e;
  }
  [[nodiscard]] static constexpr event extend(instant at, time_limit by, party agreed_by,
                                              clock_id clock = any_clock) noexcept {
    event e = with(event_kind::extend, at, any_reason);
    e.by = by;
    e.agreed_by = agreed_by;
    e.clock = clock;
    return e;
  }
  [[nodiscard]] static constexpr event extend_until(instant at, instant until, party agreed_by,
                                                    clock_id clock = any_clock) noexcept {
    event e = extend(at, time_limit{}, agreed_by, clock);
    e.until = until;
    return e;
  }
  [[nodiscard]] static constexpr event waive(instant at, party agreed_by,
                                             clock_id clock = any_clock) noexcept {
    event e = with(event_kind::waive, at, any_reason);
    e.agreed_by = agreed_by;
    e.clock = clock;
    return e;
  }

  friend constexpr bool operator==(const event&, const event&) noexcept = default;

 private:
  [[nodiscard]] static constexpr event with(event_kind kind, instant at, reason_id reason) noexcept {
    event e;
    e.at = at;
    e.kind = kind;
    e.reason = reason;
    return e;
  }
};

/// A set of reasons: bit i for reason_id i.
using reason_mask = std::uint32_t;
/// All reasons of a policy that has so many.
[[nodiscard]] constexpr reason_mask first_reasons(std::size_t count) noexcept {
  return count < reason_limit ? (reason_mask{1} << count) - 1 : ~reason_mask{0};
}
/// Which reasons pause after a pause or a resumption. Reasons that the policy does not have are left out.
[[nodiscard]] constexpr reason_mask pausing_after(reason_mask active, const event& e,
                                                  std::size_t reasons) noexcept {
  if (e.kind == event_kind::resume && e.reason == any_reason) return 0;
  if (e.reason >= reason_limit || e.reason >= reasons) return active;
  const reason_mask bit = reason_mask{1} << e.reason;
  return e.kind == event_kind::pause ? active | bit : active & ~bit;
}

}  // namespace v0
}  // namespace sla
