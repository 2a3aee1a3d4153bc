// SPDX-License-Identifier: MIT
#pragma once

// What a clause on remedies is measured by, as a policy states it, and its number as the settlement knows it.
//
//     sla::number_of(sla::metric_kind::attainment, clock)      // a metric_id
//     sla::kind_of(id), sla::clock_of(id)                      // and back
//     sla::parse_metric("breaches of resolution")              // {breaches, "resolution"}
//
// A metric brings one figure or several: the availability of a contract is one a window, that of each service one a
// service, a late answer one an incident.
//
// The hard question: a metric brings some numbers and not others; what if a clause asks for more? An availability has
// no business time, a number of breaches no share. A policy that asks is told when it is compiled (`brings`).

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include <sla/clock/event.hpp>
#include <sla/compensation/figure.hpp>

namespace sla {
inline namespace v0 {

enum class metric_kind : std::uint8_t {
  availability,   ///< of the contract: down while any of its services is
  attainment,     ///< of a clock: met / (met + breached)
  breaches,       ///< of a clock: how many
  lateness,       ///< of a clock: each breach, by how much
  each_service,   ///< the availability of every service by itself
  each_outage,    ///< every stretch of downtime that counts
  service_level,  ///< one that the policy names
};

/// A metric as stated.
struct metric_spec {
  metric_kind kind = metric_kind::availability;
  std::string_view clock =
      {};  ///< of an attainment, of breaches and of lateness; the name of a service level
  friend constexpr bool operator==(const metric_spec&, const metric_spec&) noexcept = default;
};

namespace detail {

struct metric_words {
  metric_kind kind;
  std::string_view text;  // what precedes the clock or name, where there is one
  bool is_named;
};
inline constexpr std::array<metric_words, 7> metric_table{
    {{metric_kind::availability, "availability", false},
     {metric_kind::attainment, "attainment of ", true},
     {metric_kind::breaches, "breaches of ", true},
     {metric_kind::lateness, "lateness of ", true},
     {metric_kind::each_service, "availability of each service", false},
     {metric_kind::each_outage, "each outage", false},
     {metric_kind::service_level, "service level ", true}}};

}  // namespace detail

/// "attainment of ", "each outage": what a metric is called, before its clock.
[[nodiscard]] constexpr std::string_view name(metric_kind k) noexcept {
  return detail::metric_table[static_cast<std::size_t>(k)].text;
}
/// Whether a name follows: a clock's, or a service level's.
[[nodiscard]] constexpr bool is_named(metric_kind k) noexcept {
  return detail::metric_table[static_cast<std::size_t>(k)].is_named;
}
[[nodiscard]] constexpr bool has_clock(metric_kind k) noexcept {
  return is_named(k) && k != metric_kind::service_level;
}
/// "lateness of response"; nothing for any other text.
[[nodiscard]] constexpr std::optional<metric_spec> parse_metric(std::string_view text) noexcept {
  for (const detail::metric_words& m : detail::metric_table) {
    if (!m.is_named && text == m.text) return metric_spec{m.kind, {}};
    if (m.is_named && text.size() > m.text.size() && text.substr(0, m.text.size()) == m.text)
      return metric_spec{m.kind, text.substr(m.text.size())};
  }
  return std::nullopt;
}

/// What a figure is measured by: the kind, and the clock or the service level's number where it has one.
[[nodiscard]] constexpr metric_id number_of(metric_kind kind, clock_id clock = 0) noexcept {
  if (kind == metric_kind::availability) return 0;
  return static_cast<metric_id>(static_cast<unsigned>(kind) * 0x100U + (is_named(kind) ? clock : 0U));
}
[[nodiscard]] constexpr metric_kind kind_of(metric_id m) noexcept {
  return static_cast<metric_kind>(m >> 8U);
}
[[nodiscard]] constexpr clock_id clock_of(metric_id m) noexcept { return static_cast<clock_id>(m & 0xFFU); }

inline constexpr metric_id availability_metric = 0;
[[nodiscard]] constexpr metric_id attainment_metric(clock_id clock) noexcept {
  return number_of(metric_kind::attainment, clock);
}

/// What a metric's figures bring.
struct metric_numbers {
  bool share = false;    ///< a value between 0 and 1
  bool elapsed = false;  ///< a time on the wall clock
  bool worked = false;   ///< the same in a clock's own time
  bool whole = false;    ///< the window that the time is a part of
  bool count = false;
  bool once = true;  ///< one figure a window and subject: misses in a row can be counted
};
[[nodiscard]] constexpr metric_numbers brings(metric_kind k) noexcept {
  switch (k) {
    case metric_kind::availability:
    case metric_kind::each_service: return {true, true, false, true, true, true};
    case metric_kind::attainment: return {true, false, false, false, false, true};
    case metric_kind::breaches: return {false, false, false, false, true, true};
    case metric_kind::lateness: return {false, true, true, false, true, false};
    case metric_kind::each_outage: return {false, true, false, true, true, false};
    case metric_kind::service_level: return {true, false, false, false, false, true};
  }
  return {};
}

}  // namespace v0
}  // namespace sla
