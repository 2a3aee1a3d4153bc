// SPDX-License-Identifier: MIT
#pragma once

// What a window measured, and of which contract, as JSON. Private to the reports.

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sla/policy/statement.hpp>

#include "json_money.hpp"
#include "outage_index.hpp"
#include "units_text.hpp"

namespace sla {
inline namespace v0 {
namespace detail {

class json_measured : public json_money {
 public:
  using json_money::json_money;
  json_measured(const policy& p, const json_measured& like) : json_money(p, like) {}
  using json_money::of;

  [[nodiscard]] static json named(std::string_view name, std::string_view label) {
    if (name.empty()) return nullptr;
    return {{"name", name}, {"label", label}};
  }
  [[nodiscard]] json clock(clock_id c) const { return named(p_.clock_name(c), p_.clock_label(c)); }
  [[nodiscard]] static json counts(const attainment& a) {
    return {{"met", a.met},   {"breached", a.breached}, {"waived", a.waived},
            {"open", a.open}, {"share", of(a.share())}, {"provisional", a.provisional}};
  }
  [[nodiscard]] json attained(const std::vector<clock_attainment>& all) const {
    json out = json::array();
    for (const clock_attainment& a : all)
      out.push_back({{"clock", clock(a.clock)}, {"count", counts(a.count)}});
    return out;
  }
  [[nodiscard]] json span(const interval& i) const { return {{"from", at(i.begin)}, {"to", at(i.end)}}; }

  [[nodiscard]] json levels(const std::vector<judged_level>& all) const {
    json out = json::array();
    for (const judged_level& l : all) {
      json promised = nullptr;
      if (l.target) promised = {{"holds", name(l.target->holds)}, {"bound", exact(l.target->bound)}};
      out.push_back({{"name", l.name},
                     {"clause", l.clause},
                     {"metric", name(l.metric)},
                     {"value", l.value.no_data ? json(nullptr) : exact(l.value.value)},
                     {"numerator", l.value.numerator},
                     {"denominator", l.value.denominator},
                     {"left_out", l.value.left_out},
                     {"provisional", l.value.provisional},
                     {"promised", std::move(promised)},
                     {"outcome", l.target ? json(name(l.verdict)) : json(nullptr)}});
    }
    return out;
  }
  // Of a statement, or of a part of one.
  template <class Measured>
  [[nodiscard]] json availability(const Measured& s, std::span<const service_outage> outages) const {
    const measurement& m = s.measured;
    json derivation = json::array();
    const auto rules = p_.availability(s.contract.tier).rules.exclusions;
    const outage_index index(outages);
    for (const kept_or_dropped& d : m.derivation) {
      json records = json::array();
      for (const std::uint32_t r : m.rows_of(d)) {
        const service_outage* o = index.find(r);
        records.push_back({{"row", r},
                           {"outage", o != nullptr ? json(o->id) : json(nullptr)},
                           {"service", o != nullptr ? json(o->service) : json(nullptr)}});
      }
      json rule = nullptr;
      if (d.exclusion < rules.size())
        rule = {{"cause", rules[d.exclusion].name}, {"clause", rules[d.exclusion].clause}};
      derivation.push_back({{"span", span(d.span)},
                            {"exact_seconds", d.exact.count()},
                            {"counted_seconds", d.counted.count()},
                            {"what", name(d.what)},
                            {"exclusion", std::move(rule)},
                            {"records", std::move(records)}});
    }
    json budget = nullptr;
    if (s.budget) {
      constexpr std::string_view outcomes[]{"met", "missed", "no data"};
      budget = {{"outcome", outcomes[static_cast<std::size_t>(s.budget->outcome)]},
                {"allowed_seconds", exact(s.budget->allowed)},
                {"used_seconds", s.budget->used.count()},
                {"remaining_seconds", exact(s.budget->remaining)},
                {"margin_seconds", s.budget->margin.count()},
                {"exhausted_at", at(s.budget->exhausted_at)}};
    }
    json out = {{"no_data", m.no_data},
                {"availability", m.no_data ? json(nullptr) : of(m.availability)},
                {"target", of(s.target)},
                {"clause", s.target_clause},
                {"provisional", m.provisional},
                {"denominator_seconds", m.denominator.count()},
                {"counted_seconds", m.counted.count()},
                {"excluded_seconds", m.excluded.count()},
                {"refused_seconds", m.refused.count()},
                {"too_short_seconds", m.too_short.count()},
                {"outages", m.outages},
                {"longest_seconds", m.longest.count()},
                {"budget", std::move(budget)},
                {"derivation", std::move(derivation)}};
    if (!s.units) return out;
    out["units"] = units(*s.units, m.no_data);
    // Slots are no outages: no minimum drops one, and none is refused.
    if (p_.availability(s.contract.tier).slots)
      for (const char* key : {"refused_seconds", "too_short_seconds", "outages", "longest_seconds"})
        out[key] = nullptr;
    if (p_.availability(s.contract.tier).slots && m.no_data)
      for (const char* key : {"denominator_seconds", "counted_seconds", "excluded_seconds"})
        out[key] = nullptr;
    return out;
  }
  [[nodiscard]] static json units(const measured_units& u, bool no_data) {
    const auto of_units = [](const ratio& r) {
      return json{{"num", r.num()}, {"den", r.den()}, {"text", units_text::number(r)}};
    };
    json slots = nullptr, budget = nullptr;
    if (u.of != share_unit::weighed_seconds && !no_data) {
      for (std::size_t i = 0; i < units_text::states.size(); ++i)
        slots[std::string(units_text::states[i])] = u.slots[i];
      slots["left out"] = u.left_out;
      slots["counts ignored"] = u.ignored;
    }
    if (u.budget) {
      constexpr std::string_view outcomes[]{"met", "missed", "no data"};
      const unit_budget& b = *u.budget;
      budget = {{"outcome", outcomes[static_cast<std::size_t>(b.outcome)]},
                {"allowed", no_data ? json(nullptr) : of_units(b.allowed)},
                {"used", no_data ? json(nullptr) : of_units(b.used)},
                {"remaining", no_data ? json(nullptr) : of_units(b.remaining)}};
    }
    return {{"of", name(u.of)},
            {"whole", no_data ? json(nullptr) : json(u.whole)},
            {"lost", no_data ? json(nullptr) : of_units(u.lost)},
            {"exact", u.exact},
            {"slots", std::move(slots)},
            {"outages", u.of == share_unit::weighed_seconds && !no_data ? json(u.outages) : json(nullptr)},
            {"lacks", u.lacks == lacking::nothing ? json(nullptr) : json(name(u.lacks))},
            {"budget", std::move(budget)}};
  }

  [[nodiscard]] static json fees(const std::vector<fee>& all) {
    constexpr std::string_view taxes[]{"unstated", "included", "excluded"},
        prices[]{"unstated", "list", "paid"};
    json out = json::array();
    for (const fee& f : all)
      out.push_back({{"fee", f.id < named_fee_names.size() ? json(named_fee_names[f.id]) : json(f.id)},
                     {"service", f.subject.empty() ? json(nullptr) : json(f.subject)},
                     {"tax", taxes[static_cast<std::size_t>(f.tax)]},
                     {"price", prices[static_cast<std::size_t>(f.price)]},
                     {"amount", of(f.amount)}});
    return out;
  }
  [[nodiscard]] json of(const contract& c) const {
    return {{"contract", c.id},
            {"customer", c.customer},
            {"tier", named(p_.tier_name(c.tier), p_.tier_label(c.tier))},
            {"region", named(p_.region_name(c.region), p_.region_label(c.region))},
            {"services", c.services},
            {"from", c.from ? json(date_text(*c.from)) : json(nullptr)},
            {"until", c.until ? json(date_text(*c.until)) : json(nullptr)},
            {"zone", c.zone ? json(c.zone->name()) : json(nullptr)},
            {"seats", c.seats},
            {"monthly_fee", of(c.monthly_fee)},
            {"fees", fees(c.fees)}};
  }
  [[nodiscard]] json window(const sla::window& w) const {
    return {{"label", w.label}, {"from", at(w.span.begin)}, {"to", at(w.span.end)}};
  }

  // Where terms change inside the window: each part by itself.
  [[nodiscard]] json parts(const statement& s) const {
    json out = json::array();
    for (const statement_part& part : s.parts)
      out.push_back({{"contract", of(part.contract)},
                     {"window", window(part.window)},
                     {"attainment", attained(part.attainment)},
                     {"availability", availability(part, s.outages)},
                     {"service_levels", levels(part.levels)},
                     {"compensation", part.money ? of(*part.money) : json(nullptr)}});
    return out;
  }
};

}  // namespace detail
}  // namespace v0
}  // namespace sla
