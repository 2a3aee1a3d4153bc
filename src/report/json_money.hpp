// SPDX-License-Identifier: MIT
#pragma once

// How the reports print numbers and what is owed as JSON. Private to the reports.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <sla/calendar/local_text.hpp>
#include <sla/compensation/settlement.hpp>
#include <sla/policy/policy.hpp>
#include <sla/policy/statement.hpp>

#include "json_text.hpp"
#include "words.hpp"

namespace sla {
inline namespace v0 {
namespace detail {

class json_money {
 public:
  explicit json_money(const policy& p) : p_(p), in_(p.home()) {}
  /// Times in the contract's zone, lines with the names of its root causes.
  json_money(const policy& p, const statement& s)
      : p_(p), in_(zone_of(p, s.contract)), causes_(s.root_causes) {}

  /// Times in a zone.
  json_money(const policy& p, const zone& in) : p_(p), in_(in) {}
  /// The names of another version.
  json_money(const policy& p, const json_money& like) : p_(p), in_(like.in_), causes_(like.causes_) {}

  [[nodiscard]] json at(instant t) const { return rfc3339(t, in_); }
  [[nodiscard]] json at(const std::optional<instant>& t) const { return t ? at(*t) : json(nullptr); }
  [[nodiscard]] static json of(const ratio& r) {
    return {{"num", r.num()}, {"den", r.den()}, {"text", percent(r, 3, rounding::floor)}};
  }
  // Not a share: a number of seconds that need not be whole.
  [[nodiscard]] static json exact(const ratio& r) {
    return {{"num", r.num()}, {"den", r.den()}, {"text", decimal(r, 3, rounding::floor)}};
  }
  [[nodiscard]] static json of(const std::optional<ratio>& r) { return r ? of(*r) : json(nullptr); }
  [[nodiscard]] static json of(const money& m) {
    return {{"minor", m.minor_units()}, {"currency", m.in().code()}, {"text", to_string(m)}};
  }
  [[nodiscard]] static json units(std::int64_t n, std::string_view unit) {
    return {{"count", n}, {"unit", unit}};
  }
  // An amount of a form: money, or units.
  [[nodiscard]] static json amount(remedy_form form, const money& m, std::int64_t n, std::string_view unit) {
    return is_money(form) ? of(m) : units(n, unit);
  }
  [[nodiscard]] static json totals(const std::vector<form_total>& all) {
    json out = json::array();
    for (const form_total& t : all)
      out.push_back({{"form", name(t.form)}, {"owed", amount(t.form, t.amount, t.count, t.unit)}});
    return out;
  }
  [[nodiscard]] json claim(const claim_result& c) const {
    if (c.state == claim_state::automatic) return {{"state", name(c.state)}};
    const auto end = [&](instant t) { return t.is_finite() ? at(t) : json(nullptr); };
    return {{"state", name(c.state)},
            {"from", end(c.open.begin)},
            {"until", end(c.open.end)},
            {"known", c.open.end != instant::unknown() && c.open.begin != instant::unknown()},
            {"claimed_at", at(c.at)}};
  }
  [[nodiscard]] static json working(const std::vector<shape_working>& all) {
    json out = json::array();
    for (const shape_working& w : all)
      out.push_back({{"shape", name(w.kind)},
                     {"depth", w.depth},
                     {"row", w.row == step_match::no_row ? json(nullptr) : json(w.row)},
                     {"quantity", exact(w.quantity)},
                     {"units", exact(w.units)},
                     {"rate", exact(w.rate)},
                     {"share", exact(w.share)},
                     {"minor", w.minor}});
    return out;
  }

  // Where a root cause pays once: the place of the line that pays for it.
  [[nodiscard]] json put_aside_for(const std::vector<credit_line>& all, const credit_line& l) const {
    const std::size_t pays = paid_for_cause(all, l);
    return p_.combine() != combination::root_cause || pays >= all.size() ? json(nullptr) : json(pays);
  }
  [[nodiscard]] json lines(const std::vector<credit_line>& all) const {
    json out = json::array();
    for (const credit_line& l : all) {
      const bool in_money = is_money(l.form), measured = brings(kind_of(l.metric)).share;
      out.push_back(
          {{"clause", l.clause},
           {"metric", metric_text(p_, l.metric)},
           {"subject", l.subject.empty() ? json(nullptr) : json(l.subject)},
           {"figure", l.outcome == line_outcome::no_data || !measured ? json(nullptr) : of(l.figure)},
           {"outcome", name(l.outcome)},
           {"missed", l.missed},
           {"defined", !l.undefined},
           {"below", of(l.bound)},
           {"rate", in_money ? of(l.rate) : exact(l.rate)},
           {"fixed", fixed_minor(l) == 0 ? json(nullptr) : of(money::minor(fixed_minor(l), p_.in()))},
           {"working", working(l.working)},
           {"form", name(l.form)},
           {"base", in_money ? of(l.base) : json(nullptr)},
           {"base_share", in_money ? of(l.base_share) : json(nullptr)},
           {"base_is_reference", l.base_is_reference},
           {in_money ? "exact_minor" : "exact_units", l.exact ? exact(*l.exact) : json(nullptr)},
           {"rounding", in_money ? name(l.rounding) : name(rounding::ceil)},
           {"amount", amount(l.form, l.amount, l.count, l.unit)},
           {"gate", l.gate == gate_kind::none ? json(nullptr) : json(name(l.gate))},
           {"claim", claim(l.claim)},
           {"root_cause",
            l.cause == 0 || l.cause > causes_.size() ? json(nullptr) : json(causes_[l.cause - 1])},
           {"put_aside_for", put_aside_for(all, l)},
           {"granted", amount(l.form, l.granted, l.granted_count, l.unit)}});
    }
    return out;
  }
  [[nodiscard]] static json caps(const std::vector<cap_application>& all,
                                 const std::vector<unit_cap_application>& unit_caps,
                                 const std::vector<credit_line>& lines) {
    json out = json::array();
    const auto add = [&](const auto& c, const auto& shown) {
      out.push_back({{"clause", c.clause},
                     {"scope", name(c.scope)},
                     {"form", name(c.form)},
                     {"of_clause", c.line < lines.size() ? json(lines[c.line].clause) : json(nullptr)},
                     {"limit", shown(c.limit)},
                     {"earlier", shown(c.earlier)},
                     {"before", shown(c.before)},
                     {"after", shown(c.after)},
                     {"reduction", shown(c.reduction)}});
    };
    for (const cap_application& c : all) add(c, [](const money& m) { return of(m); });
    for (const unit_cap_application& c : unit_caps) add(c, [&](std::int64_t n) { return units(n, c.unit); });
    return out;
  }
  [[nodiscard]] json of(const settlement& s) const {
    constexpr std::string_view gaps[]{"nothing", "milder row", "deeper row"};
    constexpr std::string_view sides[]{"nobody", "vendor", "customer"};
    json readings = json::array();
    for (const reading& r : s.readings)
      readings.push_back({{"combination", name(r.combination)},
                          {"gap", gaps[static_cast<std::size_t>(r.gap)]},
                          {"units", name(r.counted)},
                          {"base", r.base},
                          {"favours", sides[static_cast<std::size_t>(r.favours)]},
                          {"lines", lines(r.lines)},
                          {"caps", caps(r.caps, r.unit_caps, r.lines)},
                          {"total", of(r.total)},
                          {"totals", totals(r.totals)}});
    return {{"defined", s.is_defined()},
            {"combination_unstated", s.combination_unstated},
            {"table_undefined", s.table_undefined},
            {"units_unstated", s.counting_unstated},
            {"base_unstated", s.base_unstated},
            {"lines", lines(s.lines)},
            {"caps", caps(s.caps, s.unit_caps, s.lines)},
            {"total", of(s.total)},
            {"totals", totals(s.totals)},
            {"claimable", totals(s.claimable)},
            {"readings", std::move(readings)}};
  }

  // Where one set of terms does not fill the window: the rules, and every one that the policy leaves open.
  [[nodiscard]] json part(const statement& s) const {
    return s.part ? json{{"rule", name(*s.part)}} : json(nullptr);
  }
  [[nodiscard]] json change(const statement& s) const {
    if (!s.change) return nullptr;
    return {{"rule", name(*s.change)}, {"stated", or_null(p_.change())}, {"fee", or_null(s.changed_fee)}};
  }
  [[nodiscard]] json window_readings(const statement& s) const {
    constexpr std::string_view sides[]{"nobody", "vendor", "customer"};
    json readings = json::array();
    for (const window_reading& r : s.window_readings)
      readings.push_back({{"part_window", r.part ? json(name(*r.part)) : json(nullptr)},
                          {"changed_window", r.change ? json(name(*r.change)) : json(nullptr)},
                          {"changed_fee", or_null(r.fee)},
                          {"favours", sides[static_cast<std::size_t>(r.favours)]},
                          {"compensation", of(r.money)}});
    return readings;
  }
  template <class Rule>
  [[nodiscard]] static json or_null(Rule rule) {
    return rule == Rule::unstated ? json(nullptr) : json(name(rule));
  }

 protected:
  const policy& p_;
  const zone& in_;
  std::span<const std::string> causes_ = {};
};

}  // namespace detail
}  // namespace v0
}  // namespace sla
