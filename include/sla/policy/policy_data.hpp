// SPDX-License-Identifier: MIT
#pragma once

// What a compiled policy is made of: names by number, calendars by address, a dense table of terms, and what each
// tier is promised and owed. A `policy` is a handle to one of these that nothing changes any more.
//
// The hard question: terms refer to calendars and to lists by address, so what if a policy is copied or moved? The
// value itself never is: it is made once, in place, and shared.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <sla/availability/rules.hpp>
#include <sla/availability/windows.hpp>
#include <sla/base/money.hpp>
#include <sla/base/ratio.hpp>
#include <sla/calendar/business_time.hpp>
#include <sla/calendar/calendar_spec.hpp>
#include <sla/calendar/zone.hpp>
#include <sla/clock/terms.hpp>
#include <sla/compensation/change_rule.hpp>
#include <sla/compensation/claim.hpp>
#include <sla/compensation/credit.hpp>
#include <sla/policy/measure_terms.hpp>
#include <sla/policy/metric.hpp>
#include <sla/policy/part_rule.hpp>
#include <sla/policy/service_level_terms.hpp>
#include <sla/policy/target_row.hpp>

namespace sla {
inline namespace v0 {

/// When the remedy of a clause must be claimed.
struct claim_rule {
  std::string clause;
  claim_terms terms = {};
  const business_time* workdays = nullptr;  ///< where the terms count workdays
};

namespace detail {

struct named_label {
  std::string name;
  std::string label;  // empty: none
};

struct clock_entry {
  named_label names;
  clock_terms terms;         // limit and calendar filled in by the cell
  bool own_cut_off = false;  // stated of this clock, not of all
};

struct policy_data {
  std::string name;
  std::chrono::year_month_day version{};
  zone home = zone::utc();
  currency in = cny;
  std::vector<named_label> severities, tiers, regions, categories, channels, causes, reasons;
  std::vector<std::vector<std::uint8_t>> tier_lines;  // by tier: itself, then those it extends, nearest first
  std::vector<std::string> moments;                   // named by the policy, from moment::first_custom on
  std::vector<std::pair<std::string, business_time>> calendars;
  std::vector<std::string> hours;       // of the calendars, as stated
  std::vector<calendar_spec> declared;  // the calendars, as stated
  std::vector<pause_reason> pauses;
  std::vector<clock_entry> clocks;
  std::vector<std::vector<warning>> warnings;  // terms point into the lists
  std::vector<clock_terms> cells;              // by tier, channel, severity, region, category, clock
  std::vector<target_row> rows;
  std::vector<bool> decides;       // by row: whether anything in the table is its
  std::vector<std::string> texts;  // kept alive for the views of rules
  std::vector<std::vector<exclusion>> exclusions;
  std::vector<availability_terms> availability;                  // by tier
  std::vector<std::string> level_names;                          // by number
  std::vector<std::vector<service_level_terms>> service_levels;  // by tier
  std::vector<std::vector<credit_terms>> credits;                // by tier
  std::vector<std::vector<cap_terms>> caps;                      // by tier
  std::vector<std::vector<claim_rule>> claims;                   // by tier
  combination combine = combination::unstated;
  std::optional<part_rule> part;
  change_rule change = change_rule::unstated;
  change_base changed_fee = change_base::unstated;

  [[nodiscard]] std::size_t cell(const cell_key& k) const noexcept {
    const std::size_t report = (k.tier * channels.size() + k.channel) * severities.size() + k.at.severity;
    return (report * regions.size() + k.at.region) * categories.size() + k.at.category;
  }
};

}  // namespace detail

}  // namespace v0
}  // namespace sla
