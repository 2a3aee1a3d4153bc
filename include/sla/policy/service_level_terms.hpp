// SPDX-License-Identifier: MIT
#pragma once

// Promises on what was handled: "80 % of calls answered within 20 s", "restored in 4 hours on average", "95 % of
// resolutions in time"; as a policy states them, and the level that a window's records come to (rule A9).
//
//     for (const sla::service_level_terms& promise : policy.service_levels(tier)) {
//       sla::service_level s = sla::level_of(promise, {.calls = calls, .repairs = repairs}, october.span);
//       sla::judge(s, *promise.target);                    // met, missed or no data
//     }
//
// The hard question: records of calls do not say how long a repair took. A promise on what nobody brought is no data: it
// is neither kept nor missed, and pays nothing.

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <sla/availability/calls.hpp>
#include <sla/availability/lengths.hpp>
#include <sla/availability/repairs.hpp>
#include <sla/availability/service_level.hpp>
#include <sla/base/ratio.hpp>
#include <sla/clock/event.hpp>
#include <sla/policy/attainment.hpp>

namespace sla {
inline namespace v0 {

enum class service_metric : std::uint8_t {
  answered_in_time,
  answer_rate,
  abandon_rate,
  connect_rate,
  drop_rate,
  first_call_resolution,
  speed_of_answer,   ///< mean seconds
  handling_time,     ///< mean seconds
  speed_percentile,  ///< seconds that the share `percentile` of the answered did not exceed
  repair_success,    ///< succeeded of ended
  time_to_restore,   ///< mean seconds
  attainment,        ///< of a clock
};

namespace detail {

struct service_metric_words {
  service_metric metric;
  std::string_view text;
  bool is_length;  // seconds, not a share
};
inline constexpr std::array<service_metric_words, 12> service_metric_table{
    {{service_metric::answered_in_time, "answered in time", false},
     {service_metric::answer_rate, "answer rate", false},
     {service_metric::abandon_rate, "abandon rate", false},
     {service_metric::connect_rate, "connect rate", false},
     {service_metric::drop_rate, "drop rate", false},
     {service_metric::first_call_resolution, "first call resolution", false},
     {service_metric::speed_of_answer, "speed of answer", true},
     {service_metric::handling_time, "handling time", true},
     {service_metric::speed_percentile, "percentile of speed", true},
     {service_metric::repair_success, "repair success", false},
     {service_metric::time_to_restore, "time to restore", true},
     {service_metric::attainment, "attainment", false}}};

}  // namespace detail

/// "answered in time".
[[nodiscard]] constexpr std::string_view name(service_metric m) noexcept {
  return detail::service_metric_table[static_cast<std::size_t>(m)].text;
}
/// Whether a level is in seconds; else it is a share.
[[nodiscard]] constexpr bool is_length(service_metric m) noexcept {
  return detail::service_metric_table[static_cast<std::size_t>(m)].is_length;
}
/// Whether a base is named: what the calls are a share of.
[[nodiscard]] constexpr bool has_base(service_metric m) noexcept { return m <= service_metric::abandon_rate; }

/// What a tier is promised of a service level.
struct service_level_terms {
  std::string name;
  std::uint8_t id = 0;  ///< the name's number in its policy
  std::string clause;
  service_metric metric = service_metric::answered_in_time;
  clock_id clock = 0;  ///< of an attainment
  call_base base = call_base::offered;
  call_rule rule = {};
  ratio percentile{};
  std::int64_t minimum_sample = 0;
  std::optional<level_target> target = std::nullopt;  ///< seconds, for a length; none: nothing is promised
};

/// What a window brings to be judged.
struct level_records {
  std::span<const call> calls = {};
  call_fields absent = {};  ///< of the calls
  bool has_calls = false;
  std::span<const repair> repairs = {};
  bool has_repairs = false;
  std::optional<call_counts> counts = {};  ///< of the window, where calls are counted already
};

namespace detail {

[[nodiscard]] inline service_level level_of_calls(const service_level_terms& t, const call_counts& c) {
  switch (t.metric) {
    case service_metric::answered_in_time: return answered_in_time(c, t.base, t.minimum_sample);
    case service_metric::answer_rate: return answer_rate(c, t.base, t.minimum_sample);
    case service_metric::abandon_rate: return abandon_rate(c, t.base, t.minimum_sample);
    case service_metric::connect_rate: return connect_rate(c, t.minimum_sample);
    case service_metric::drop_rate: return drop_rate(c, t.minimum_sample);
    case service_metric::first_call_resolution: return first_call_resolution(c, t.minimum_sample);
    case service_metric::speed_of_answer: return mean_speed_of_answer(c, t.minimum_sample);
    case service_metric::handling_time: return mean_handling_time(c, t.minimum_sample);
    default: return {};
  }
}

}  // namespace detail

/// The level of a window; an attainment is that of `attainment_of` a clock, and no data here.
[[nodiscard]] inline service_level level_of(const service_level_terms& t, const level_records& r,
                                            const interval& window) {
  switch (t.metric) {
    case service_metric::attainment: return {};
    case service_metric::repair_success:
    case service_metric::time_to_restore: {
      if (!r.has_repairs) return {};
      const repair_counts n = count_repairs(r.repairs, window, t.rule.hours);
      return t.metric == service_metric::repair_success ? repair_success(n, t.minimum_sample)
                                                        : mean_time_to_restore(n, t.minimum_sample);
    }
    case service_metric::speed_percentile: {
      if (!r.has_calls) return {};
      const length_counts waits = count_waits(r.calls, window, t.rule);
      const auto wait = waits.percentile(t.percentile);
      if (!wait || waits.count() < t.minimum_sample) return {};
      service_level s = share(wait->count(), 1);
      s.provisional = count_calls(r.calls, window, t.rule).provisional;
      return s;
    }
    default: break;
  }
  if (r.counts) return detail::level_of_calls(t, *r.counts);
  if (!r.has_calls) return {};
  call_counts c = count_calls(r.calls, window, t.rule);
  c.absent = c.absent | r.absent;
  return detail::level_of_calls(t, c);
}
/// Of an attainment, by the clock's counts: kept of those decided in the window; an open clock past its due instant is
/// breached, and what was waived is left out and shown.
[[nodiscard]] constexpr service_level level_of(const service_level_terms& t, const attainment& a) {
  service_level s = attainment_of(static_cast<std::int64_t>(a.met), static_cast<std::int64_t>(a.breached),
                                  static_cast<std::int64_t>(a.waived), t.minimum_sample);
  s.provisional = a.provisional;
  return s;
}

}  // namespace v0
}  // namespace sla
