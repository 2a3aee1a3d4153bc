// SPDX-License-Identifier: MIT
#pragma once

// A policy: who was promised what, compiled. Its names are numbers, its calendars are indexes and its decision table
// is dense, so that looking a promise up costs one table access and no allocation.
//
//     sla::policy policy{spec};                                    // throws sla::error with every fault
//     auto fault = policy.facts({.severity = "P1", .tier = "flagship", .region = "urban", .reported = t0});
//     policy.terms(fault)[policy.clock("onsite")].limit;           // 1h
//
// A policy is a handle to an immutable value: copies are cheap, and threads share them freely.
//
// The hard question: which row gave a limit? Each property of a cell comes from the most specific row that states
// it, and `origin` names that row and its clause.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sla/availability/rules.hpp>
#include <sla/base/error.hpp>
#include <sla/base/instant.hpp>
#include <sla/base/money.hpp>
#include <sla/calendar/business_time.hpp>
#include <sla/clock/terms.hpp>
#include <sla/clock/verdict.hpp>
#include <sla/compensation/change_rule.hpp>
#include <sla/compensation/credit.hpp>
#include <sla/policy/policy_data.hpp>
#include <sla/policy/policy_spec.hpp>

namespace sla {
inline namespace v0 {

/// An incident's names and its report, as a host states them. Region, category and channel may be left out where the
/// policy has none.
struct incident_names {
  std::string_view severity = {};
  std::string_view tier = {};
  std::string_view region = {};
  std::string_view category = {};
  std::string_view channel = {};  ///< by which it was reported first
  instant reported = {};
};

/// The same, resolved once: what judging needs (rule C16: the tier and the row are those at report).
struct facts {
  std::uint8_t tier = 0;
  std::uint8_t channel = 0;
  grade at_report{};
  instant reported{};
  std::uint64_t incident = 0;  ///< the host's key, for breach identities
  friend constexpr bool operator==(const facts&, const facts&) noexcept = default;
};

/// Where a cell's limit comes from.
struct cell_origin {
  std::size_t row = 0;      ///< index of the target row
  std::string_view clause;  ///< its clause
};

class policy {
 public:
  /// Checks and compiles. Throws sla::error that lists every fault.
  explicit policy(const policy_spec& spec);
  /// Checks and compiles. Appends every fault, warnings among them; nothing is returned where there are errors.
  [[nodiscard]] static std::optional<policy> compile(const policy_spec& spec,
                                                     std::vector<spec_fault>& faults);

  [[nodiscard]] const std::string& name() const noexcept { return data_->name; }
  [[nodiscard]] std::chrono::year_month_day version() const noexcept { return data_->version; }
  [[nodiscard]] const zone& home() const noexcept { return data_->home; }
  [[nodiscard]] const currency& in() const noexcept { return data_->in; }

  /// Names, by number. Regions, categories and channels of a policy that has none hold one empty name.
  [[nodiscard]] std::size_t severity_count() const noexcept { return data_->severities.size(); }
  [[nodiscard]] std::size_t tier_count() const noexcept { return data_->tiers.size(); }
  [[nodiscard]] std::size_t region_count() const noexcept { return data_->regions.size(); }
  [[nodiscard]] std::size_t category_count() const noexcept { return data_->categories.size(); }
  [[nodiscard]] std::size_t channel_count() const noexcept { return data_->channels.size(); }
  [[nodiscard]] std::size_t clock_count() const noexcept { return data_->clocks.size(); }
  [[nodiscard]] std::string_view severity_name(std::size_t i) const noexcept {
    return data_->severities[i].name;
  }
  [[nodiscard]] std::string_view tier_name(std::size_t i) const noexcept { return data_->tiers[i].name; }
  [[nodiscard]] std::string_view region_name(std::size_t i) const noexcept { return data_->regions[i].name; }
  [[nodiscard]] std::string_view category_name(std::size_t i) const noexcept {
    return data_->categories[i].name;
  }
  [[nodiscard]] std::string_view channel_name(std::size_t i) const noexcept {
    return data_->channels[i].name;
  }
  [[nodiscard]] std::string_view cause_name(std::size_t i) const noexcept { return data_->causes[i].name; }
  [[nodiscard]] std::string_view clock_name(clock_id i) const noexcept { return data_->clocks[i].names.name; }
  [[nodiscard]] std::string_view reason_name(reason_id i) const noexcept { return data_->reasons[i].name; }
  [[nodiscard]] const pause_reason& reason(reason_id i) const noexcept { return data_->pauses[i]; }

  /// The names of a kind, for messages that list what was expected.
  [[nodiscard]] std::vector<std::string_view> severities() const { return names(data_->severities); }
  [[nodiscard]] std::vector<std::string_view> tiers() const { return names(data_->tiers); }
  [[nodiscard]] std::vector<std::string_view> regions() const { return names(data_->regions); }
  [[nodiscard]] std::vector<std::string_view> categories() const { return names(data_->categories); }
  [[nodiscard]] std::vector<std::string_view> channels() const { return names(data_->channels); }
  [[nodiscard]] std::vector<std::string_view> causes() const { return names(data_->causes); }
  [[nodiscard]] std::vector<std::string_view> reasons() const { return names(data_->reasons); }
  /// The moments that this policy names besides the ready ones.
  [[nodiscard]] std::vector<std::string_view> moments() const {
    std::vector<std::string_view> out;
    for (const std::string& m : data_->moments) out.push_back(m);
    return out;
  }
  [[nodiscard]] std::vector<std::string_view> clocks() const {
    std::vector<std::string_view> out;
    for (const auto& c : data_->clocks) out.push_back(c.names.name);
    return out;
  }

  /// How a report shows a severity, tier or region, a clock or a pause reason: its label, else its name.
  [[nodiscard]] std::string_view severity_label(std::size_t i) const noexcept {
    return label(data_->severities[i]);
  }
  [[nodiscard]] std::string_view tier_label(std::size_t i) const noexcept { return label(data_->tiers[i]); }
  [[nodiscard]] std::string_view region_label(std::size_t i) const noexcept {
    return label(data_->regions[i]);
  }
  [[nodiscard]] std::string_view category_label(std::size_t i) const noexcept {
    return label(data_->categories[i]);
  }
  [[nodiscard]] std::string_view channel_label(std::size_t i) const noexcept {
    return label(data_->channels[i]);
  }
  [[nodiscard]] std::string_view clock_label(clock_id i) const noexcept {
    return label(data_->clocks[i].names);
  }
  [[nodiscard]] std::string_view reason_label(reason_id i) const noexcept { return label(data_->reasons[i]); }

  /// A name's number, or nothing. Linear in the number of names.
  [[nodiscard]] std::optional<std::uint8_t> find_severity(std::string_view n) const noexcept {
    return find(data_->severities, n);
  }
  [[nodiscard]] std::optional<std::uint8_t> find_tier(std::string_view n) const noexcept {
    return find(data_->tiers, n);
  }
  [[nodiscard]] std::optional<std::uint8_t> find_region(std::string_view n) const noexcept {
    return find(data_->regions, n);
  }
  [[nodiscard]] std::optional<std::uint8_t> find_category(std::string_view n) const noexcept {
    return find(data_->categories, n);
  }
  [[nodiscard]] std::optional<std::uint8_t> find_channel(std::string_view n) const noexcept {
    return find(data_->channels, n);
  }
  [[nodiscard]] std::optional<cause_id> find_cause(std::string_view n) const noexcept {
    return find(data_->causes, n);
  }
  [[nodiscard]] std::optional<reason_id> find_reason(std::string_view n) const noexcept {
    return find(data_->reasons, n);
  }
  [[nodiscard]] std::optional<clock_id> find_clock(std::string_view n) const noexcept {
    for (std::size_t i = 0; i < data_->clocks.size(); ++i)
      if (data_->clocks[i].names.name == n) return static_cast<clock_id>(i);
    return std::nullopt;
  }
  /// A ready moment, or one that this policy names.
  [[nodiscard]] std::optional<moment> find_moment(std::string_view n) const noexcept {
    if (const auto ready = parse_moment(n)) return ready;
    for (std::size_t i = 0; i < data_->moments.size(); ++i)
      if (data_->moments[i] == n)
        return static_cast<moment>(static_cast<std::size_t>(moment::first_custom) + i);
    return std::nullopt;
  }

  /// A clock's number. Throws sla::error for a clock the policy does not have.
  [[nodiscard]] clock_id clock(std::string_view n) const {
    const auto id = find_clock(n);
    if (!id) detail::fail("policy '" + name() + "' has no clock '" + std::string(n) + "'");
    return *id;
  }

  /// Resolves an incident's names. Throws sla::error that lists every unknown one.
  [[nodiscard]] sla::facts facts(const incident_names& names) const;

  /// The terms of every clock of an incident, by clock number. One table access.
  [[nodiscard]] std::span<const clock_terms> terms(const cell_key& k) const noexcept {
    if (!has(k)) return {};
    return {data_->cells.data() + data_->cell(k) * data_->clocks.size(), data_->clocks.size()};
  }
  [[nodiscard]] std::span<const clock_terms> terms(const sla::facts& f) const noexcept {
    return terms(cell_key{f.tier, f.channel, f.at_report});
  }
  /// Whether the grade's numbers are ones of this policy.
  [[nodiscard]] bool has(const grade& g) const noexcept {
    return g.severity < data_->severities.size() && g.region < data_->regions.size() &&
           g.category < data_->categories.size();
  }

  [[nodiscard]] bool has(const cell_key& k) const noexcept {
    return k.tier < data_->tiers.size() && k.channel < data_->channels.size() && has(k.at);
  }

  /// The row and clause of a clock's limit; nothing where no row speaks of it.
  [[nodiscard]] std::optional<cell_origin> origin(const cell_key& k, clock_id clock) const noexcept {
    const auto cells = terms(k);
    if (clock >= cells.size() || cells[clock].target == clock_terms::no_target) return std::nullopt;
    return cell_origin{cells[clock].target, data_->rows[cells[clock].target].clause};
  }
  /// Whether a clock is promised without a number: nothing is judged, and `origin` names the row that says so.
  [[nodiscard]] bool unquantified(const cell_key& k, clock_id clock) const noexcept {
    const auto row = origin(k, clock);
    return row && !terms(k)[clock].promised;
  }
  /// Every row that covers the incident and speaks of the clock or the calendar, in the policy's order: an
  /// explanation's "considered". Linear in the rows.
  [[nodiscard]] std::vector<considered_row> considered(const cell_key& k, clock_id clock) const;
  /// Whether anything that is promised comes from this row.
  [[nodiscard]] bool decides(std::size_t row) const noexcept {
    return row < data_->decides.size() && data_->decides[row];
  }
  /// A tier and those it extends, nearest first.
  [[nodiscard]] std::span<const std::uint8_t> tier_line(std::size_t tier) const noexcept {
    return data_->tier_lines[tier];
  }

  /// The clause that states a verdict's limit; empty where nothing is promised or it names none.
  [[nodiscard]] std::string_view clause(const verdict& v) const noexcept {
    return v.outcome != outcome::not_applicable && v.target < data_->rows.size()
               ? std::string_view(data_->rows[v.target].clause)
               : std::string_view{};
  }

  /// The clause of a target row; empty where it names none.
  [[nodiscard]] std::string_view clause_of(std::size_t row) const noexcept {
    return row < data_->rows.size() ? std::string_view(data_->rows[row].clause) : std::string_view{};
  }

  /// What a tier is promised of availability, and what it is owed where that is missed.
  [[nodiscard]] const availability_terms& availability(std::size_t tier) const noexcept {
    return data_->availability[tier];
  }
  /// The service levels a tier is promised, in the policy's order.
  [[nodiscard]] std::span<const service_level_terms> service_levels(std::size_t tier) const noexcept {
    return {data_->service_levels[tier].data(), data_->service_levels[tier].size()};
  }
  /// A service level's name by its number; empty where there is none.
  [[nodiscard]] std::string_view level_name(std::size_t id) const noexcept {
    return id < data_->level_names.size() ? std::string_view(data_->level_names[id]) : std::string_view{};
  }
  [[nodiscard]] std::span<const credit_terms> credits(std::size_t tier) const noexcept {
    return {data_->credits[tier].data(), data_->credits[tier].size()};
  }
  [[nodiscard]] std::span<const cap_terms> caps(std::size_t tier) const noexcept {
    return {data_->caps[tier].data(), data_->caps[tier].size()};
  }
  /// Of the clauses of a tier that must be claimed, when.
  [[nodiscard]] std::span<const claim_rule> claims(std::size_t tier) const noexcept {
    return {data_->claims[tier].data(), data_->claims[tier].size()};
  }
  [[nodiscard]] combination combine() const noexcept { return data_->combine; }
  /// How a window is settled that the contract begins in; nothing where that is not stated.
  [[nodiscard]] std::optional<part_rule> part() const noexcept { return data_->part; }
  /// Whose terms settle a window in which they change, and of which fee, as far as that is stated.
  [[nodiscard]] change_rule change() const noexcept { return data_->change; }
  [[nodiscard]] change_base changed_fee() const noexcept { return data_->changed_fee; }

  /// A calendar by name; null where there is none.
  [[nodiscard]] const business_time* calendar(std::string_view n) const noexcept {
    for (const auto& [known, time] : data_->calendars)
      if (known == n) return &time;
    return nullptr;
  }
  [[nodiscard]] const std::vector<std::pair<std::string, business_time>>& calendars() const noexcept {
    return data_->calendars;
  }
  /// The weekly hours of the calendar of that place in calendars(), and what they change to, as the policy states
  /// them: "Mon-Fri 08:30-18:00, from 2026-03-01 Mon-Fri 09:00-17:30".
  [[nodiscard]] std::string_view hours_of(std::size_t calendar) const noexcept {
    return data_->hours[calendar];
  }
  /// What the calendar of that place in calendars() is made of: how it uses holidays, its exceptions, its yearly days.
  [[nodiscard]] const calendar_spec& declared(std::size_t calendar) const noexcept {
    return data_->declared[calendar];
  }

 private:
  explicit policy(std::shared_ptr<const detail::policy_data> data) noexcept : data_(std::move(data)) {}

  [[nodiscard]] static std::string_view label(const detail::named_label& n) noexcept {
    return n.label.empty() ? n.name : n.label;
  }
  [[nodiscard]] static std::vector<std::string_view> names(const std::vector<detail::named_label>& all) {
    std::vector<std::string_view> out;
    for (const auto& n : all)
      if (!n.name.empty()) out.push_back(n.name);
    return out;
  }
  [[nodiscard]] static std::optional<std::uint8_t> find(const std::vector<detail::named_label>& all,
                                                        std::string_view n) noexcept {
    for (std::size_t i = 0; i < all.size(); ++i)
      if (all[i].name == n) return static_cast<std::uint8_t>(i);
    return std::nullopt;
  }

  std::shared_ptr<const detail::policy_data> data_;
};

/// Visits the key of every cell of the table, in its order.
template <class Visit>
void for_each_cell(const policy& p, const Visit& visit) {
  for_each_cell(cell_counts{.tiers = p.tier_count(),
                            .channels = p.channel_count(),
                            .severities = p.severity_count(),
                            .regions = p.region_count(),
                            .categories = p.category_count()},
                visit);
}

}  // namespace v0
}  // namespace sla

#include <sla/policy/compile.hpp>
