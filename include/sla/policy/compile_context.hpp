// SPDX-License-Identifier: MIT
#pragma once

// What the parts of compiling a policy share: the declaration, the faults found so far, the value being built, and
// the names it has. The parts are compile.hpp (names, calendars, clocks, pauses), decision_table.hpp (targets) and
// tier_terms.hpp (availability) and remedy_terms.hpp (money). Private to them.
//
// The hard question: a part finds a fault, may the next one still run? It may, and reports its own; but nothing is
// built on names that are known to be wrong, so that one mistake is told once.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sla/base/diagnostic.hpp>
#include <sla/base/ratio.hpp>
#include <sla/policy/policy_data.hpp>
#include <sla/policy/policy_spec.hpp>
#include <sla/policy/ready_clocks.hpp>

namespace sla {
inline namespace v0 {
namespace detail {

[[nodiscard]] inline std::string list(const std::vector<std::string_view>& names) {
  std::string out;
  for (const std::string_view n : names) {
    if (!out.empty()) out += ", ";
    out += n;
  }
  return out;
}

/// "unknown tier 'gold', expected one of basic, enterprise", with the nearest name where one is meant.
[[nodiscard]] inline std::string unknown_name(std::string_view kind, std::string_view found,
                                              const std::vector<std::string_view>& known) {
  std::string out = "unknown " + std::string(kind) + " '" + std::string(found) + "'";
  if (known.empty()) return out + ", the policy names none";
  out += ", expected one of " + list(known);
  const std::string_view near = nearest(found, known);
  return near.empty() ? out : out + "; did you mean '" + std::string(near) + "'?";
}

/// A share that is no share: "150%", "7500%; is its '%' missing?".
[[nodiscard]] inline std::string no_share(const ratio& found) {
  return to_string(found) + (found > ratio(2) ? "; is its '%' missing?" : "");
}

[[nodiscard]] inline std::vector<std::string_view> names_of(const std::vector<named_label>& all) {
  std::vector<std::string_view> out;
  for (const auto& n : all)
    if (!n.name.empty()) out.push_back(n.name);
  return out;
}
[[nodiscard]] inline std::optional<std::size_t> index_of(const std::vector<named_label>& all,
                                                         std::string_view name) {
  for (std::size_t i = 0; i < all.size(); ++i)
    if (all[i].name == name) return i;
  return std::nullopt;
}

struct compile_context {
  const policy_spec& spec;
  std::vector<spec_fault>& faults;
  std::shared_ptr<policy_data> out = std::make_shared<policy_data>();
  bool failed = false;

  void fault(std::string section, std::size_t row, std::string key, std::string code, std::string message,
             std::size_t item = 0) {
    faults.push_back(
        {gravity::error, std::move(section), row, std::move(key), item, std::move(code), std::move(message)});
    failed = true;
  }
  // The same of two rows, the second of which is where it is told.
  void fault_of_two(std::string section, std::size_t other, std::size_t row, std::string key,
                    std::string code, std::string message) {
    fault(std::move(section), row, std::move(key), std::move(code), std::move(message));
    faults.back().other = other;
  }
  void warning(std::string section, std::size_t row, std::string key, std::string code, std::string message,
               std::size_t item = 0) {
    faults.push_back({gravity::warning, std::move(section), row, std::move(key), item, std::move(code),
                      std::move(message)});
  }

  [[nodiscard]] const business_time* find_calendar(std::string_view name) const {
    for (const auto& [known, time] : out->calendars)
      if (known == name) return &time;
    return nullptr;
  }
  [[nodiscard]] const business_time* calendar(std::string_view name, const char* section, std::size_t row,
                                              const char* key, std::size_t item = 0) {
    const business_time* found = find_calendar(name);
    bool declared = false;
    for (const named_calendar_spec& c : spec.calendars) declared = declared || c.name == name;
    if (found == nullptr && !declared) {
      std::vector<std::string_view> known;
      for (const auto& c : spec.calendars) known.push_back(c.name);
      fault(section, row, key, "unknown-calendar", unknown_name("calendar", name, known), item);
    }
    return found;
  }

  [[nodiscard]] std::optional<std::size_t> clock_index(std::string_view name) const {
    for (std::size_t i = 0; i < out->clocks.size(); ++i)
      if (out->clocks[i].names.name == name) return i;
    return std::nullopt;
  }
  [[nodiscard]] std::vector<std::string_view> clock_names() const {
    std::vector<std::string_view> known;
    for (const ready_clock& c : ready_clocks) known.push_back(c.name);
    for (const clock_spec& c : spec.clocks)
      if (!find_ready_clock(c.name)) known.push_back(c.name);
    return known;
  }

  // Of a tier and those it extends, the nearest that states something; empty where only rows of all tiers can.
  template <class States>
  [[nodiscard]] std::string_view nearest_tier(std::size_t tier, const States& states) const {
    for (const std::uint8_t t : out->tier_lines[tier])
      if (!out->tiers[t].name.empty() && states(out->tiers[t].name)) return out->tiers[t].name;
    return {};
  }

  /// Whether any tier is, so that bounds are compared with a figure that need not fit 64 bits.
  [[nodiscard]] bool measures_mean_of_rates() const {
    for (const availability_spec& a : spec.availability)
      if (a.slots && a.slots->figure == slot_figure::mean_of_rates) return true;
    return false;
  }

  void known_tier(const char* section, std::size_t row, std::string_view tier) {
    if (!tier.empty() && !index_of(out->tiers, tier))
      fault(section, row, "tier", "unknown-tier", unknown_name("tier", tier, names_of(out->tiers)));
  }
};

}  // namespace detail
}  // namespace v0
}  // namespace sla
