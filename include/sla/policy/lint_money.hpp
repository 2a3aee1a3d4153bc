// SPDX-License-Identifier: MIT
#pragma once

// Lints of promised availabilities and of what is owed: L001 to L007, L011, L021 to L024, L026. Private to lint.hpp.

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include <sla/availability/rules.hpp>
#include <sla/availability/windows.hpp>
#include <sla/base/rounding.hpp>
#include <sla/base/units.hpp>
#include <sla/calendar/civil_span.hpp>
#include <sla/compensation/credit.hpp>
#include <sla/compensation/remedy.hpp>
#include <sla/compensation/shape.hpp>
#include <sla/policy/lint_findings.hpp>
#include <sla/policy/lint_levels.hpp>
#include <sla/policy/named_fee.hpp>
#include <sla/policy/policy.hpp>

namespace sla {
inline namespace v0 {
namespace detail {

// What a window is called where it is one of many.
[[nodiscard]] inline std::string window_name(const window_rule& rule) {
  switch (rule.kind) {
    case window_kind::calendar_quarter: return "quarter";
    case window_kind::calendar_year: return "year";
    case window_kind::fixed_days:
    case window_kind::rolling_days: return "window of " + std::to_string(rule.days) + " days";
    case window_kind::fixed_minutes: return "window of " + to_string(std::chrono::seconds(rule.length));
    case window_kind::calendar_month:
    case window_kind::billing_month: break;
  }
  return "month";
}

// The whole seconds that a promise allows to be down in a window of the policy's first: of its service hours, of a
// fixed length, or of its own.
[[nodiscard]] inline std::chrono::seconds allowed(const ratio& target, const availability_terms& promised,
                                                  const window_rule& rule, const policy& made) {
  const denominator_rule& of = promised.rules.denominator;
  std::chrono::seconds whole = usual_length(rule);
  if (of.what == denominator_rule::fixed && rule.kind == promised.windows.rule.kind) whole = of.length;
  if (of.what == denominator_rule::service_hours) {
    const instant begin = made.home().start_of(std::chrono::sys_days(made.version()));
    const instant end = begin + whole;
    if (const interval& known = of.hours->cover(); known.begin <= begin && end <= known.end)
      whole = of.hours->worked(begin, end).seconds();
  }
  const ratio lost = (ratio(1) - target) * ratio(whole.count());
  return std::chrono::seconds(lost.num() / lost.den());
}

[[nodiscard]] inline const steps* steps_of(const credit_terms& c) noexcept {
  return std::get_if<sla::steps>(&c.pays.is);
}

// The largest share of the fee that one miss pays; 0 where it depends on how long or how deep it was.
[[nodiscard]] inline ratio largest_rate(const shape& s) {
  if (const steps* table = std::get_if<steps>(&s.is)) {
    ratio most;
    for (const step& row : table->rows) most = std::max(most, row.rate);
    return most;
  }
  if (const constant* c = std::get_if<constant>(&s.is)) {
    const ratio* share = std::get_if<ratio>(&c->pays);
    return share == nullptr ? ratio() : *share;
  }
  if (const per_count* each = std::get_if<per_count>(&s.is)) return each->rate;
  ratio most;
  if (const combined* all = std::get_if<combined>(&s.is); all != nullptr && all->how != shape_op::min)
    for (const shape& part : all->of) most = std::max(most, largest_rate(part));
  return most;
}

// Through all of a usual window, from when the policy is in force.
[[nodiscard]] inline bool is_always_open(const business_time& c, const window_rule& rule,
                                         const policy& made) {
  const instant begin = made.home().start_of(std::chrono::sys_days(made.version()));
  const instant end = begin + usual_length(rule);
  return c.cover().begin <= begin && end <= c.cover().end && c.worked(begin, end).seconds() == end - begin;
}

inline void lint_availability(const policy_spec& spec, const policy& made, std::size_t tier,
                              lint_findings& found) {
  const availability_terms& promised = made.availability(tier);
  const std::string name(made.tier_name(tier));
  const std::string who = name.empty() ? std::string() : "tier '" + name + "' ";
  if (!promised.target) return;
  const auto row = row_of_tier(spec.availability, made, tier,
                               [](const availability_spec& a) { return a.target.has_value(); });
  const std::size_t at = row.value_or(0);
  const window_rule& kind = promised.windows.rule;
  const std::string a_window = " a " + window_name(kind);
  const std::chrono::seconds free = allowed(*promised.target, promised, kind, made);

  bool remedied = false;
  std::optional<ratio> first;
  for (const credit_terms& c : made.credits(tier)) {
    if (c.metric != availability_metric) continue;
    remedied = true;
    if (const steps* table = steps_of(c))
      for (const step& s : table->rows)
        if (s.rate > ratio(0)) first = std::max(first.value_or(s.below), s.below);
  }
  if (!remedied)
    found.add("L001", "availability", at, "target",
              who + "is promised " + to_string(*promised.target) + ", " + to_string(free) + a_window +
                  ", and nothing is owed for more");
  if (first && *first < *promised.target)
    found.add("L002", "availability", at, "target",
              who + "is promised " + to_string(*promised.target) + " and the first credit is owed below " +
                  to_string(*first) + ": downtime between " + to_string(free) + " and " +
                  to_string(allowed(*first, promised, kind, made)) + a_window + " pays nothing");
  // A February allows less.
  const bool by_month = kind.kind == window_kind::calendar_month || kind.kind == window_kind::billing_month;
  const window_rule shortest{.kind = window_kind::fixed_days, .days = 28};
  const std::chrono::seconds hardest =
      by_month ? std::min(free, allowed(*promised.target, promised, shortest, made)) : free;
  if (const auto least = promised.rules.minimum.length; least > hardest) {
    const auto stated = row_of_tier(spec.availability, made, tier,
                                    [](const availability_spec& a) { return a.minimum.has_value(); });
    found.add(
        "L006", "availability", stated.value_or(at), "minimum",
        who + "is allowed " +
            (least > free ? to_string(free) + a_window : to_string(hardest) + " in a month of 28 days") +
            ", and an outage counts only over " + to_string(least));
  }
  if (promised.slots && promised.slots->figure == slot_figure::slots &&
      promised.slots->rules.grid.length() > free) {
    const auto stated = row_of_tier(spec.availability, made, tier,
                                    [](const availability_spec& a) { return a.slots.has_value(); });
    found.add("L026", "availability", stated.value_or(at), "slots",
              who + "is allowed " + to_string(free) + a_window + ", and one slot that is down is " +
                  to_string(promised.slots->rules.grid.length()));
  }
  if (usual_length(kind) > usual_length({})) {
    const auto stated = row_of_tier(spec.availability, made, tier,
                                    [](const availability_spec& a) { return a.window.has_value(); });
    found.add("L023", "availability", stated.value_or(at), "window",
              "an outage of " + to_string(free) + " pays nothing where " + who + "is measured by the " +
                  window_name(kind) + "; by the month it would be " +
                  to_string(allowed(*promised.target, promised, {}, made)));
  }
  // Tiers are listed from the lowest to the highest.
  if (tier != 0)
    if (const auto& below = made.availability(tier - 1); below.target && *promised.target < *below.target)
      found.add("L011", "availability", at, "target",
                who + "is promised " + to_string(*promised.target) + ", and tier '" +
                    std::string(made.tier_name(tier - 1)) + "' " + to_string(*below.target));
  const auto excludes = row_of_tier(spec.availability, made, tier,
                                    [](const availability_spec& a) { return a.exclude.has_value(); });
  for (std::size_t i = 0; excludes && i < promised.rules.exclusions.size(); ++i) {
    const exclusion& e = promised.rules.exclusions[i];
    if ((e.within == nullptr || is_always_open(*e.within, kind, made)) && !e.quota && !e.announced)
      found.add("L007", "availability", *excludes, "exclude",
                "'" + std::string(e.name) + "' is excused at any hour, to any amount", i);
  }
}

// A refund of no more than the time down is the price of what was not delivered, and no compensation.
inline void lint_refunds(const policy_spec& spec, const policy& made, std::size_t tier,
                         lint_findings& found) {
  const credit_terms* refund = nullptr;
  for (const credit_terms& c : made.credits(tier)) {
    if (c.metric != availability_metric || c.form.form > remedy_form::cash) continue;
    const pro_rata* shape = std::get_if<pro_rata>(&c.pays.is);
    if (shape == nullptr || shape->times > ratio(1)) return;  // another remedy pays more
    refund = &c;
  }
  if (refund == nullptr) return;
  const ratio times = std::get<pro_rata>(refund->pays.is).times;
  for (std::size_t i = 0; i < spec.credits.size(); ++i)
    if (spec.credits[i].clause == refund->clause && spec.credits[i].pays != nullptr)
      return found.add("L021", "credit", i, "refund",
                       "four hours down in a month of 30 days pay " +
                           decimal(ratio(10'000 * 4, 30 * 24) * times, 2, rounding::half_up) +
                           " of a fee of 10000");
}

inline void lint_credits(const policy_spec& spec, const policy& made, std::size_t tier,
                         lint_findings& found) {
  const std::string name(made.tier_name(tier));
  const auto credits = made.credits(tier);
  if (credits.empty()) return;
  const std::string who = name.empty() ? std::string("credits") : "credits of tier '" + name + "'";
  const auto is_of_line = [&](std::string_view stated) {
    return std::ranges::any_of(made.tier_line(tier),
                               [&](std::uint8_t t) { return made.tier_name(t) == stated; });
  };
  const auto spec_row = [&](const credit_terms& c) {
    for (std::size_t i = 0; i < spec.credits.size(); ++i)
      if (spec.credits[i].clause == c.clause &&
          (spec.credits[i].tier.empty() || is_of_line(spec.credits[i].tier)))
        return i;
    return std::size_t{0};
  };
  std::array<bool, 7> uncapped{};  // told, by form
  for (const credit_terms& c : credits) {
    if (c.form.form > remedy_form::cash) continue;  // not money
    bool capped = false;
    std::optional<ratio> cap;  // of the same fee
    for (const cap_terms& k : made.caps(tier)) {
      if (k.form != c.form.form) continue;
      capped = true;
      if (const ratio* share = std::get_if<ratio>(&k.limit); share != nullptr && k.base == c.base)
        cap = std::min(cap.value_or(*share), *share);
    }
    if (!capped && std::exchange(uncapped[static_cast<std::size_t>(c.form.form)], true) == false)
      found.add(
          "L004", "credit", spec_row(c), "",
          who + " come in the form of " + std::string(sla::name(c.form.form)) + ", and no cap limits them");
    const steps* table = steps_of(c);
    if (cap && table == nullptr && largest_rate(c.pays) > *cap)
      found.add("L003", "credit", spec_row(c), "",
                "clause " + c.clause + " pays " + to_string(largest_rate(c.pays)) + ", and a cap of tier '" +
                    name + "' allows " + to_string(*cap));
    for (std::size_t k = 0; table != nullptr && cap && k < table->rows.size(); ++k)
      if (table->rows[k].rate > *cap)
        found.add("L003", "credit", spec_row(c), "below",
                  "the row below " + to_string(table->rows[k].below) + " pays " +
                      to_string(table->rows[k].rate) + ", and a cap of tier '" + name + "' allows " +
                      to_string(*cap),
                  k);
  }
  lint_refunds(spec, made, tier, found);
  for (const claim_rule& c : made.claims(tier)) {
    const bool brief = std::visit(
        [](const auto& within) {
          using span = std::remove_cvref_t<decltype(within)>;
          if constexpr (std::is_same_v<span, civil_span>)
            return within.in() == civil_span::unit::days && within.count() < 30;
          else if constexpr (std::is_same_v<span, business_days>)
            return within.count() < 20;
          else
            return within < std::chrono::days(30);
        },
        c.terms.within);
    for (std::size_t i = 0; brief && i < spec.credits.size(); ++i)
      if (spec.credits[i].clause == c.clause && spec.credits[i].claim)
        found.add("L022", "credit", i, "claim",
                  "clause " + c.clause + " is lost unless it is claimed within " +
                      std::visit([](const auto& within) { return to_string(within); }, c.terms.within));
  }
  if (credits.size() > 1 && made.combine() == combination::unstated)
    found.add("L005", "credit", spec_row(credits[1]), "",
              who + " come from " + std::to_string(credits.size()) +
                  " clauses, and how they combine is not stated");
}

// Where one clause names a reference, contracts without a fee exist (rule M5).
inline void lint_zero_base(const policy_spec& spec, lint_findings& found) {
  std::string_view known;
  const auto look = [&](const base_terms& base, std::string_view clause, std::string_view otherwise) {
    if (base.reference && known.empty()) known = clause.empty() ? otherwise : clause;
  };
  for (const credit_spec& c : spec.credits) look(c.base, c.clause, "another clause");
  for (const cap_spec& c : spec.caps) look(c.base, c.clause, "a cap");
  if (known.empty()) return;
  const auto check = [&](const base_terms& base, const std::string& what, const char* section,
                         std::size_t row, const char* key) {
    if (base.reference || base.fee == number_of(named_fee::reference) || base.fee >= named_fee_names.size())
      return;
    found.add("L024", section, row, key,
              what + " of a " + std::string(sla::name(static_cast<named_fee>(base.fee))) +
                  " of 0 is 0: no reference fee stands in for it, as in " + std::string(known));
  };
  for (std::size_t i = 0; i < spec.credits.size(); ++i)
    if (is_money(spec.credits[i].form)) check(spec.credits[i].base, "a share", "credit", i, "base");
  for (std::size_t i = 0; i < spec.caps.size(); ++i)
    if (const auto& share = spec.caps[i].share; share && spec.caps[i].scope != cap_scope::line)
      check(spec.caps[i].base, to_string(*share), "cap", i, "of");
}

// Findings that tiers share are told of the first of them.
inline void lint_money(const policy_spec& spec, const policy& made, lint_findings& found) {
  lint_zero_base(spec, found);
  for (std::size_t tier = 0; tier < made.tier_count(); ++tier) {
    lint_findings own;
    lint_availability(spec, made, tier, own);
    lint_credits(spec, made, tier, own);
    lint_levels(spec, made, own).of_tier(tier);
    for (spec_fault& f : own.all) {
      const auto same = [&](const spec_fault& g) {
        return g.code == f.code && g.section == f.section && g.row == f.row && g.key == f.key &&
               g.item == f.item;
      };
      if (std::ranges::none_of(found.all, same)) found.all.push_back(std::move(f));
    }
  }
}

}  // namespace detail
}  // namespace v0
}  // namespace sla
