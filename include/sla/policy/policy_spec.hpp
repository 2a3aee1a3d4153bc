// SPDX-License-Identifier: MIT
#pragma once

// A policy as its author states it: plain values, made of spans and string views. A file is read into these, and a
// program may write them down directly; `policy` (policy/policy.hpp) checks and compiles either.
//
//     constexpr sla::limit_spec p1[]{{"response", 10min}, {"onsite", 1h}};
//     constexpr sla::limit_spec p1_suburban[]{{"onsite", 2h}};
//     constexpr sla::target_spec targets[]{
//         {.clause = "3.1", .severity = "P1", .limits = p1},
//         {.clause = "3.1", .severity = "P1", .region = "suburban", .limits = p1_suburban},
//     };
//
// The hard question: two rows speak of the same clock, which one counts? The one that states more of severity,
// tier, region, category and channel, for each property by itself. Two rows that state equally much and disagree are an
// error, never a matter of their order in the file.

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <sla/availability/rules.hpp>
#include <sla/availability/windows.hpp>
#include <sla/base/diagnostic.hpp>
#include <sla/base/money.hpp>
#include <sla/base/ratio.hpp>
#include <sla/base/rounding.hpp>
#include <sla/base/units.hpp>
#include <sla/calendar/business_days.hpp>
#include <sla/calendar/calendar_spec.hpp>
#include <sla/clock/event.hpp>
#include <sla/clock/terms.hpp>
#include <sla/compensation/change_rule.hpp>
#include <sla/compensation/claim.hpp>
#include <sla/compensation/credit.hpp>
#include <sla/policy/measure_terms.hpp>
#include <sla/policy/metric.hpp>
#include <sla/policy/part_rule.hpp>
#include <sla/policy/service_level_terms.hpp>

namespace sla {
inline namespace v0 {

/// How a clock runs. Each member that is not stated here is left to whoever states it less specifically: the row of a
/// target, then the clock, then the policy, then the ready clock.
struct clock_options {
  std::span<const std::string_view> starts = {};  ///< the earliest of these moments (rule C12)
  std::span<const std::string_view> stops = {};
  std::span<const std::string_view> ends = {};  ///< of a clock that repeats from stop to stop: what ends it
  std::optional<bool> leave_open = {};          ///< a later stage does not stop it (rule C12)
  std::optional<time_limit> confirmation =
      {};                              ///< in which a stop may be rejected (rule C10); 0: final at once
  std::optional<due_at> landing = {};  ///< rule T3
  std::optional<business_day_rule> days = {};  ///< where the last of a limit's business days ends (rule T13)
  std::optional<on_change> changing = {};      ///< rule C8
  std::optional<on_reopen> reopening = {};     ///< rule C10
  std::optional<next_update> updates = {};     ///< rule C11
  std::optional<std::chrono::seconds> cut_off =
      {};  ///< a later local start counts as the next day's (rule T14)
  /// Before due, and the ladder they climb (rule C13); at most 32.
  std::optional<std::span<const warning>> warnings = {};
};

/// Options under a name, so that a habit is stated once: a policy's own, or a ready one (ready_options.hpp).
struct option_set_spec {
  std::string_view name = {};
  clock_options how = {};
};

/// What a row says of one clock: how long it may take, and how it runs there where that differs.
struct limit_spec {
  std::string_view clock = {};
  std::optional<time_limit> limit = {};
  bool unquantified = false;       ///< promised without a number ("as soon as possible"): nothing to judge
  std::string_view calendar = {};  ///< of this clock; else the row's
  std::span<const std::string_view> options = {};  ///< option sets, by name
  clock_options how = {};
};

/// A row of the decision table: limits for the incidents it selects. An empty name is any.
struct target_spec {
  std::string_view clause = {};
  std::string_view severity = {};
  std::string_view tier = {};
  std::string_view region = {};
  std::string_view category = {};
  std::string_view channel = {};
  std::string_view calendar =
      {};  ///< of its limits in business hours or days, and of clocks of which no row states one
  std::span<const limit_spec> limits = {};
};

/// A tier that is promised all that another is, but for what its own rows state.
struct tier_spec {
  std::string_view name = {};
  std::string_view extends = {};
};

/// A named calendar.
struct named_calendar_spec {
  std::string_view name = {};
  calendar_spec calendar = {};
};

/// A clock, whatever its limit. One that is not ready names its moments.
struct clock_spec {
  std::string_view name = {};
  std::string_view label = {};
  std::span<const std::string_view> options = {};  ///< option sets, by name
  clock_options how = {};
};

/// A reason to pause (rule C5).
struct pause_spec {
  std::string_view name = {};
  std::string_view label = {};
  party by = party::nobody;
  std::span<const std::string_view> stops = {};  ///< clocks it stops: none by default
  std::optional<time_limit> cap = {};
};

/// A cause of outages that does not count, or hours in which none does.
struct exclusion_spec {
  std::string_view cause = {};   ///< none by time
  std::string_view within = {};  ///< a calendar: only the part inside its hours is excused; empty: all of it
  std::string_view clause = {};
  exclusion_effect effect = exclusion_effect::numerator;
  std::optional<std::chrono::seconds> quota = {};  ///< the most that is excused in one window
  exclusion_reach reach = exclusion_reach::by_cause;
  std::optional<notice_span> notice = {};  ///< how long before it must be announced; none: it need not be
  std::string_view calendar = {};          ///< of a notice in business hours or days
};

/// What downtime is divided by.
struct denominator_spec {
  denominator_rule::kind what = denominator_rule::elapsed;
  std::chrono::seconds length{0};  ///< of `fixed`
  std::string_view hours = {};     ///< of `service_hours`: a calendar
};

/// Availability by slots of requests, in place of outages.
struct slot_spec {
  std::chrono::seconds length{300};
  bool from_midnight = false;  ///< of the policy's zone; else whole multiples since 1970 UTC
  slot_rules::kind down_by = slot_rules::by_ratio;
  ratio threshold{};
  std::int64_t count = 0;
  bool inclusive = false;  ///< at the bound is down too
  slot_default idle = slot_default::up;
  std::int64_t idle_below = 1;
  slot_figure figure = slot_figure::slots;
};

/// The promised availability, by tier. Each member comes from the row of the tier, else from the row of all tiers.
struct availability_spec {
  std::string_view clause = {};
  std::string_view tier = {};
  std::optional<ratio> target = {};
  std::optional<window_terms> window = {};  ///< all rows state the same
  std::optional<std::span<const exclusion_spec>> exclude = {};
  std::optional<minimum_duration> minimum = {};
  std::optional<std::chrono::seconds> merge_gap = {};
  std::optional<outage_rounding> round = {};
  std::optional<denominator_spec> denominator = {};
  std::optional<unmeasured_time> unknown = {};  ///< of slots, too
  std::optional<slot_spec> slots = {};
  std::optional<weight_terms> weights = {};
  std::optional<figure_rounding> shown = {};
};

/// A promised service level. A tier's own row of a name replaces that of all tiers.
struct service_level_spec {
  std::string_view name = {};
  std::string_view clause = {};
  std::string_view tier = {};
  service_metric metric = service_metric::answered_in_time;
  std::string_view clock = {};                             ///< of an attainment
  std::optional<call_base> base = {};                      ///< of a share of calls; none: offered
  std::optional<std::chrono::seconds> within = {};         ///< of calls answered in time
  std::optional<std::chrono::seconds> short_abandon = {};  ///< given up after less is short
  std::optional<ratio> percentile = {};
  std::optional<level_target> target = {};  ///< in seconds where the metric is a length
  std::int64_t minimum_sample = 0;
  std::string_view hours = {};  ///< a calendar: only what came inside it, or the time inside it
};

/// What must hold before a remedy is owed (rule M7).
struct gate_spec {
  std::size_t misses = 1;                        ///< of this clause, this window's included
  std::size_t windows = 0;                       ///< among so many windows; 0: in a row
  std::optional<money> more_than = {};           ///< an amount up to it is not paid
  std::span<const std::string_view> tiers = {};  ///< bought, one of these; none: any
};

/// When a remedy must be claimed (rule M7).
struct claim_spec {
  claim_terms terms = {};
  std::string_view calendar = {};  ///< whose dates are workdays
};

/// A remedy: what a miss pays, of which fee, in which form, and on which conditions. A tier's own rows for a metric
/// replace those of all tiers.
struct credit_spec {
  std::string_view clause = {};
  std::string_view tier = {};
  metric_spec metric = {};
  std::span<const step> below = {};  ///< a step table
  const shape* pays = nullptr;       ///< any other shape, in its place
  base_terms base = {};
  remedy_form form = remedy_form::credit;
  std::string_view unit = {};      ///< of a form that is counted
  std::chrono::seconds length{0};  ///< of a unit, where the shape's share is one of the window's time
  gate_spec gate = {};
  std::optional<claim_spec> claim = {};  ///< none: automatic
  bool once_a_day = false;
  std::optional<rate_rounding> rate_first = {};
};

/// A cap on a form of remedy: a share of a fee, an amount, or a number of units. A tier's own caps replace those of all
/// tiers.
struct cap_spec {
  std::string_view clause = {};
  std::string_view tier = {};
  cap_scope scope = cap_scope::window;
  std::optional<ratio> share = {};
  std::optional<money> amount = {};
  std::optional<std::int64_t> units = {};
  remedy_form form = remedy_form::credit;
  std::string_view unit = {};
  base_terms base = {};
};

/// How a report names a severity, tier, region, category, channel or cause.
struct label_spec {
  std::string_view name = {};
  std::string_view label = {};
};

/// A lint that is meant, and why (lint_rules.hpp).
struct allowance_spec {
  std::string_view lint = {};  ///< its code, "L012"
  std::string_view reason = {};
};

/// Everything a policy states.
struct policy_spec {
  std::string_view name = {};
  std::chrono::year_month_day version{};  ///< in force from
  zone home = zone::utc();                ///< of local times and calendar months
  currency in = cny;
  std::span<const std::string_view> severities = {};  ///< highest first
  std::span<const std::string_view> tiers = {};
  std::span<const std::string_view> regions = {};
  std::span<const std::string_view> categories = {};
  std::span<const std::string_view> channels = {};  ///< by which an incident is reported
  std::span<const std::string_view> causes = {};    ///< of outages
  std::span<const label_spec> labels = {};
  std::span<const named_calendar_spec> calendars = {};
  std::span<const tier_spec> extensions = {};
  std::span<const target_spec> targets = {};
  std::span<const clock_spec> clocks = {};
  std::span<const option_set_spec> option_sets = {};
  std::span<const std::string_view> options = {};  ///< option sets of every clock
  std::span<const pause_spec> pauses = {};
  std::span<const availability_spec> availability = {};
  std::span<const service_level_spec> service_levels = {};
  std::span<const credit_spec> credits = {};
  std::span<const cap_spec> caps = {};
  std::span<const allowance_spec> allow = {};
  combination combine = combination::unstated;  ///< how credits of several clauses combine (rule M8)
  rounding round = rounding::half_up;           ///< of each line (rule M2)
  std::optional<part_rule> part = {};           ///< of a contract that begins inside a window (rule M10)
  change_rule change = change_rule::unstated;   ///< of one whose terms change inside a window (rule M10)
  change_base changed_fee =
      change_base::unstated;  ///< and of which fee, where the terms at one end settle it
};

/// One thing wrong or doubtful in a spec: where, and what. A loader turns the place into a line and a column.
struct spec_fault {
  gravity level = gravity::error;
  std::string section = {};  ///< "target", "calendar", "pause", ...; empty: the policy itself
  std::size_t row = 0;       ///< index in that section
  std::string key = {};      ///< the member, "severity"; empty: the row as a whole
  std::size_t item = 0;      ///< index where the member is a list
  std::string code = {};     ///< "unknown-severity"
  std::string message = {};
  std::optional<std::size_t> other = {};  ///< another row of the section that the message speaks of, too
};

}  // namespace v0
}  // namespace sla
