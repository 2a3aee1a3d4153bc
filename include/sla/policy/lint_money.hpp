// SPDX-License-Identifier: MIT
#pragma once

// Lints of promised availabilities and of what is owed: L001 to L007. Private to lint.hpp.

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

#include <sla/availability/rules.hpp>
#include <sla/base/rounding.hpp>
#include <sla/base/units.hpp>
#include <sla/calendar/civil_span.hpp>
#include <sla/compensation/credit.hpp>
#include <sla/compensation/remedy.hpp>
#include <sla/compensation/shape.hpp>
#include <sla/policy/lint_findings.hpp>
#include <sla/policy/policy.hpp>

namespace sla {
inline namespace v0 {
namespace detail {

// The row of a section that states a tier's own, else that of all tiers; nothing where neither stands.
template <class Rows, class Stated>
[[nodiscard]] std::optional<std::size_t> row_of_tier(const Rows& rows, std::string_view tier,
                                                     const Stated& stated) {
  std::optional<std::size_t> found;
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (stated(rows[i]) && (rows[i].tier == tier || (rows[i].tier.empty() && !found))) found = i;
  return found;
}

[[nodiscard]] inline const steps* steps_of(const credit_terms& c) noexcept {
  return std::get_if<sla::steps>(&c.pays.is);
}

inline void lint_availability(const policy_spec& spec, const policy& made, std::size_t tier,
                              lint_findings& found) {
  const availability_terms& promised = made.availability(tier);
  const std::string name(made.tier_name(tier));
  const std::string who = name.empty() ? std::string() : "tier '" + name + "' ";
  if (!promised.target) return;
  const auto row =
      row_of_tier(spec.availability, name, [](const availability_spec& a) { return a.target.has_value(); });
  const std::size_t at = row.value_or(0);
  const window_rule& kind = promised.windows.rule;
  const std::string a_window = " a " + usual(kind).name;
  const std::chrono::seconds free = allowed(*promised.target, kind);

  bool remedied = false;
  std::optional<ratio> first;
  for (const credit_terms& c : made.credits(tier)) {
    if (c.metric != availability_metric) continue;
    remedied = true;
    if (const steps* table = steps_of(c))
      for (const step& s : table->rows) first = std::max(first.value_or(s.below), s.below);
  }
  if (!remedied)
    found.add("L001", "availability", at, "target",
              who + "is promised " + to_string(*promised.target) + ", " + to_string(free) + a_window +
                  ", and nothing is owed for more");
  if (first && *first < *promised.target)
    found.add("L002", "availability", at, "target",
              who + "is promised " + to_string(*promised.target) + " and the first credit is owed below " +
                  to_string(*first) + ": downtime between " + to_string(free) + " and " +
                  to_string(allowed(*first, kind)) + a_window + " pays nothing");
  if (const auto least = promised.rules.minimum.length; least > free) {
    const auto stated = row_of_tier(spec.availability, name,
                                    [](const availability_spec& a) { return a.minimum.has_value(); });
    found.add("L006", "availability", stated.value_or(at), "minimum",
              who + "is allowed " + to_string(free) + a_window + ", and an outage counts only over " +
                  to_string(least));
  }
  if (usual(kind).length > usual({}).length) {
    const auto stated =
        row_of_tier(spec.availability, name, [](const availability_spec& a) { return a.window.has_value(); });
    found.add("L023", "availability", stated.value_or(at), "window",
              "an outage of " + to_string(free) + " pays nothing where " + who + "is measured by the " +
                  usual(kind).name + "; by the month it would be " +
                  to_string(allowed(*promised.target, {})));
  }
  const auto excludes =
      row_of_tier(spec.availability, name, [](const availability_spec& a) { return a.exclude.has_value(); });
  for (std::size_t i = 0; excludes && i < promised.rules.exclusions.size(); ++i) {
    const exclusion& e = promised.rules.exclusions[i];
    if (e.within == nullptr && !e.quota && !e.announced)
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
  const auto spec_row = [&](const credit_terms& c) {
    for (std::size_t i = 0; i < spec.credits.size(); ++i)
      if (spec.credits[i].clause == c.clause &&
          (spec.credits[i].tier.empty() || spec.credits[i].tier == name))
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

// Findings that tiers share are told of the first of them.
inline void lint_money(const policy_spec& spec, const policy& made, lint_findings& found) {
  for (std::size_t tier = 0; tier < made.tier_count(); ++tier) {
    lint_findings own;
    lint_availability(spec, made, tier, own);
    lint_credits(spec, made, tier, own);
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
