// SPDX-License-Identifier: MIT
#pragma once

// What each tier is owed where a promise is missed: credits with their gates and claims, and caps. Private to
// policy/compile.hpp.
//
// The hard question: a clause asks for a number that its metric does not bring, such as a share of breaches or business
// time of an outage. Settled, it would pay nothing or fail; here it is an error of the policy, and says what is missing.

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include <sla/compensation/finest_bound.hpp>
#include <sla/compensation/shape_faults.hpp>
#include <sla/compensation/step_table.hpp>
#include <sla/policy/compile_context.hpp>
#include <sla/policy/metric.hpp>
#include <sla/policy/named_fee.hpp>

namespace sla {
inline namespace v0 {
namespace detail {

/// What a file calls a shape, and so the key its faults belong to.
[[nodiscard]] inline std::string_view key_of(const shape& s) noexcept {
  constexpr std::array<std::string_view, 10> keys{"below",       "per_step", "refund",     "per_time",
                                                  "by_duration", "by_count", "per_breach", "nth_miss",
                                                  "flat",        ""};
  constexpr std::array<std::string_view, 4> combined_keys{"greatest_of", "least_of", "sum_of", "last_of"};
  if (const combined* parts = std::get_if<combined>(&s.is))
    return combined_keys[static_cast<std::size_t>(parts->how)];
  return keys[static_cast<std::size_t>(s.kind())];
}

class remedy_terms {
 public:
  explicit remedy_terms(compile_context& in) : in_(in) {}

  void build() {
    in_.out->combine = in_.spec.combine;
    in_.out->part = in_.spec.part;
    in_.out->change = in_.spec.change;
    in_.out->changed_fee = in_.spec.changed_fee;
    if (in_.spec.change == change_rule::split && in_.spec.changed_fee != change_base::unstated)
      in_.fault("compensation", 0, "changed_fee", "changed-fee-of-a-split",
                "a window that is split is settled of each part's own fee: expected no changed_fee beside "
                "'split', found '" +
                    std::string(name(in_.spec.changed_fee)) + "'");
    for (std::size_t i = 0; i < in_.spec.credits.size(); ++i) check_credit(i, in_.spec.credits[i]);
    for (std::size_t i = 0; i < in_.spec.caps.size(); ++i) check_cap(i, in_.spec.caps[i]);
    if (in_.failed) return;
    for (std::size_t tier = 0; tier < in_.out->tiers.size(); ++tier) {
      auto& credits = in_.out->credits.emplace_back();
      auto& claims = in_.out->claims.emplace_back();
      for (const credit_spec& c : in_.spec.credits) {
        const auto states = [&](std::string_view name) { return own_credit(name, c.metric); };
        if (c.tier != in_.nearest_tier(tier, states)) continue;
        credits.push_back(credit(c));
        if (c.claim)
          claims.push_back({std::string(c.clause), c.claim->terms, in_.find_calendar(c.claim->calendar)});
      }
      auto& caps = in_.out->caps.emplace_back();
      const std::string_view capped = in_.nearest_tier(tier, [&](std::string_view name) {
        return std::ranges::any_of(in_.spec.caps, [&](const cap_spec& c) { return c.tier == name; });
      });
      for (const cap_spec& c : in_.spec.caps)
        if (c.tier == capped) caps.push_back(cap(c));
    }
  }

 private:
  [[nodiscard]] static shape shape_of(const credit_spec& c) {
    return c.pays != nullptr ? *c.pays : shape(steps{{c.below.begin(), c.below.end()}});
  }

  // --- checks

  void check_credit(std::size_t i, const credit_spec& c) {
    in_.known_tier("credit", i, c.tier);
    if (has_clock(c.metric.kind) && !in_.clock_index(c.metric.clock))
      in_.fault("credit", i, "metric", "unknown-clock",
                unknown_name("clock", c.metric.clock, in_.clock_names()));
    if (c.metric.kind == metric_kind::service_level && !level_spec_of(c.metric)) {
      std::vector<std::string_view> known;
      for (const service_level_spec& s : in_.spec.service_levels)
        if (std::find(known.begin(), known.end(), s.name) == known.end()) known.push_back(s.name);
      in_.fault("credit", i, "metric", "unknown-service-level",
                unknown_name("service level", c.metric.clock, known));
    }
    const shape pays = shape_of(c);
    for (const shape_fault& f : sla::faults(pays)) shape_fault_at(i, pays, f);
    asks(i, c, pays, std::string(key_of(pays)));
    amounts(i, c, pays, std::string(key_of(pays)));
    if ((c.metric.kind == metric_kind::availability || c.metric.kind == metric_kind::each_service) &&
        in_.measures_mean_of_rates() && finest_bound(pays) > finest_denominator)
      in_.fault(
          "credit", i, std::string(key_of(pays)), "bound-too-fine",
          "a mean of rates is compared with bounds of a denominator below 2^62: state 18 decimals at most");
    check_form(i, c);
    check_gate(i, c);
    check_claim(i, c);
    check_base("credit", i, "base", c.base);
    if (c.base.of_subject && c.metric.kind != metric_kind::each_service && is_money(c.form))
      in_.fault(
          "credit", i, "base", "no-subject",
          "a service fee is the base of 'availability of each service', found the metric " + shown(c.metric));
    if (c.once_a_day && brings(c.metric.kind).once)
      in_.fault("credit", i, "once_a_day", "no-dates",
                "only outages and late answers have dates, found the metric " + shown(c.metric));
    if (c.rate_first && c.rate_first->unit <= ratio())
      in_.fault("credit", i, "round_rate", "bad-rounding", "a rate is rounded to a unit above 0");
  }

  [[nodiscard]] static std::string shown(const metric_spec& m) {
    return "'" + std::string(name(m.kind)) + std::string(m.clock) + "'";
  }

  [[nodiscard]] const service_level_spec* level_spec_of(const metric_spec& m) const {
    for (const service_level_spec& s : in_.spec.service_levels)
      if (s.name == m.clock) return &s;
    return nullptr;
  }
  // A level in seconds brings a time, and no share.
  [[nodiscard]] metric_numbers numbers_of(const metric_spec& m) const {
    metric_numbers out = brings(m.kind);
    const service_level_spec* level = m.kind == metric_kind::service_level ? level_spec_of(m) : nullptr;
    if (level != nullptr && is_length(level->metric)) out.share = false, out.elapsed = true;
    return out;
  }

  // What the shape asks of a figure, part by part.
  void asks(std::size_t row, const credit_spec& c, const shape& s, const std::string& key) {
    const metric_numbers has = numbers_of(c.metric);
    const auto need = [&](bool there, std::string_view what) {
      if (!there)
        in_.fault("credit", row, key, "metric-without-figure",
                  std::string(key_of(s)) + " asks for " + std::string(what) + ", which the metric " +
                      shown(c.metric) + " does not have");
    };
    const auto time = [&](time_kind in) {
      in == time_kind::worked ? need(has.worked, "business time") : need(has.elapsed, "a length of time");
    };
    std::visit(
        [&](const auto& any) {
          using Shape = std::remove_cvref_t<decltype(any)>;
          if constexpr (std::is_same_v<Shape, combined>) {
            for (const shape& part : any.of) asks(row, c, part, key);
          } else if constexpr (std::is_same_v<Shape, per_unit>) {
            time(any.in);
            if (any.free_share != ratio()) need(has.whole, "the length of the window");
          } else if constexpr (std::is_same_v<Shape, duration_tiers>) {
            time(any.in);
          } else if constexpr (std::is_same_v<Shape, count_tiers> || std::is_same_v<Shape, per_count>) {
            need(has.count, "a number");
          } else if constexpr (std::is_same_v<Shape, constant>) {
            any.below == ratio() ? need(has.count, "a number") : need(has.share, "a share");
            const money* amount = std::get_if<money>(&any.pays);
            if (amount != nullptr && !is_money(c.form))
              in_.fault("credit", row, key, "amount-without-money",
                        "an amount of money is no " + std::string(name(c.form)));
            if (amount != nullptr && amount->in() != in_.spec.in) currency("credit", row, key, *amount);
          } else {
            need(has.share, "a share");
            if constexpr (std::is_same_v<Shape, nth_miss>)
              if (has.share) need(has.once, "windows to count misses in");
          }
        },
        s.is);
  }

  // Bounds and rates that a sign of percent was forgotten of: "99.9" is 9990%, and always missed.
  void amounts(std::size_t row, const credit_spec& c, const shape& s, const std::string& key) {
    const auto bound = [&](const ratio& r, std::size_t item = 0) {
      if (r > ratio(1))
        in_.fault("credit", row, key, "bad-bound", "a bound is at most 100%, found " + no_share(r), item);
    };
    const auto rate = [&](const ratio& r, std::size_t item = 0) {
      if (r > ratio(1) && is_money(c.form))
        in_.warning("credit", row, key, "rate-above-fee",
                    "pays " + to_string(r) + " of the fee, more than all of it", item);
    };
    std::visit(
        [&](const auto& any) {
          using Shape = std::remove_cvref_t<decltype(any)>;
          if constexpr (std::is_same_v<Shape, combined>) {
            for (const shape& part : any.of) amounts(row, c, part, key);
          } else if constexpr (std::is_same_v<Shape, steps>) {
            for (std::size_t k = 0; k < any.rows.size(); ++k)
              bound(any.rows[k].below, k), rate(any.rows[k].rate, k);
          } else if constexpr (std::is_same_v<Shape, duration_tiers> || std::is_same_v<Shape, count_tiers>) {
            for (std::size_t k = 0; k < any.rows.size(); ++k) rate(any.rows[k].rate, k);
          } else if constexpr (std::is_same_v<Shape, per_step_below>) {
            bound(any.bound);
          } else if constexpr (std::is_same_v<Shape, pro_rata>) {
            bound(any.below);
          } else if constexpr (std::is_same_v<Shape, nth_miss>) {
            bound(any.below);
            for (const ratio& r : any.rates) rate(r);
          } else if constexpr (std::is_same_v<Shape, constant>) {
            bound(any.below);
            if (const ratio* r = std::get_if<ratio>(&any.pays)) rate(*r);
          } else {
            rate(any.rate);
          }
        },
        s.is);
  }

  void currency(const char* section, std::size_t row, const std::string& key, const money& amount) {
    in_.fault(section, row, key, "currency",
              "an amount in " + std::string(amount.in().code()) + ", and the policy is in " +
                  std::string(in_.spec.in.code()));
  }

  void check_form(std::size_t i, const credit_spec& c) {
    if (is_money(c.form)) {
      if (!c.unit.empty())
        in_.fault("credit", i, "unit", "unit-of-money",
                  "a " + std::string(name(c.form)) + " is money and has no unit");
    } else if (c.unit.empty()) {
      in_.fault("credit", i, "form", "missing-unit",
                "a " + std::string(name(c.form)) + " states its unit, such as unit = \"" +
                    (is_single(c.form) ? "contract" : "day") + "\"");
    }
    if (c.length.count() == 0) return;
    if (c.length.count() < 0 || is_money(c.form) || is_single(c.form) || !brings(c.metric.kind).whole)
      in_.fault(
          "credit", i, "length", "bad-length",
          "the length of a unit, above 0, turns a share of the window's time into units: of a form that is "
          "counted, for an availability");
  }

  void check_gate(std::size_t i, const credit_spec& c) {
    const gate_spec& g = c.gate;
    if (g.misses == 0 || (g.windows != 0 && g.windows < g.misses))
      in_.fault("credit", i, "gate", "bad-gate",
                "a gate counts one miss or more, and no more than its windows, found " +
                    std::to_string(g.misses) +
                    (g.windows == 0 ? std::string() : " of " + std::to_string(g.windows)));
    if ((g.misses > 1 || g.windows != 0) && !brings(c.metric.kind).once)
      in_.fault("credit", i, "gate", "bad-gate",
                "misses are counted over windows, and " + shown(c.metric) + " has no window's result");
    if (g.more_than && !is_money(c.form))
      in_.fault(
          "credit", i, "gate", "bad-gate",
          "an amount that is not paid belongs to a form that is money, found a " + std::string(name(c.form)));
    if (g.more_than && g.more_than->in() != in_.spec.in) currency("credit", i, "gate", *g.more_than);
    for (const std::string_view tier : g.tiers)
      if (!index_of(in_.out->tiers, tier))
        in_.fault("credit", i, "gate", "unknown-tier", unknown_name("tier", tier, names_of(in_.out->tiers)));
  }

  void check_claim(std::size_t i, const credit_spec& c) {
    if (!c.claim) return;
    const claim_terms& t = c.claim->terms;
    if (c.clause.empty())
      in_.fault("credit", i, "claim", "claim-without-clause",
                "what must be claimed is claimed by its clause: state it");
    if (!c.claim->calendar.empty()) (void)in_.calendar(c.claim->calendar, "credit", i, "claim");
    if (c.claim->calendar.empty() &&
        (t.from_workday > 0 || t.moves_to_workday || std::holds_alternative<business_days>(t.within)))
      in_.fault("credit", i, "claim", "missing-calendar",
                "a claim that counts workdays names a calendar, such as calendar = \"workdays\"");
    if (t.from == claim_terms::occurrence && brings(c.metric.kind).once)
      in_.fault("credit", i, "claim", "no-occurrence",
                "only outages and late answers occur at an instant, found the metric " + shown(c.metric));
  }

  void check_base(const char* section, std::size_t row, const char* key, const base_terms& b) {
    constexpr std::size_t known = named_fee_names.size();
    if (b.fee >= known || (b.reference && *b.reference >= known))
      in_.fault(section, row, key, "unknown-fee",
                "a base is one of the named fees, found number " + std::to_string(b.fee));
    if (b.spread != fee_spread::none && b.fee != number_of(named_fee::annual))
      in_.fault(section, row, key, "spread-of-a-month",
                "only an annual fee is spread over its months or days, found a share of the '" +
                    std::string(b.fee < known ? named_fee_names[b.fee] : std::string_view()) + "'");
  }

  void check_cap(std::size_t i, const cap_spec& c) {
    in_.known_tier("cap", i, c.tier);
    const int stated = (c.share ? 1 : 0) + (c.amount ? 1 : 0) + (c.units ? 1 : 0);
    if (stated != 1) {
      in_.fault("cap", i, "share", "cap-needs-one",
                is_money(c.form) ? "a cap states a share or an amount, and not both"
                                 : "a cap on a " + std::string(name(c.form)) + " states a number of units");
    } else if (c.units.has_value() == is_money(c.form)) {
      in_.fault("cap", i, c.units ? "units" : (c.share ? "share" : "amount"), "cap-of-another-form",
                is_money(c.form) ? "a cap on money is a share or an amount"
                                 : "a cap on a " + std::string(name(c.form)) + " is a number of units");
    }
    if (c.units && *c.units < 0) in_.fault("cap", i, "units", "negative-cap", "a cap cannot be negative");
    if (is_money(c.form) != c.unit.empty())
      in_.fault("cap", i, is_money(c.form) ? "unit" : "form", "missing-unit",
                is_money(c.form)
                    ? "a cap on money has no unit"
                    : "a cap on a " + std::string(name(c.form)) + " states its unit, such as unit = \"day\"");
    if (c.amount && c.amount->in() != in_.spec.in)
      in_.fault("cap", i, "amount", "currency",
                "a cap in " + std::string(c.amount->in().code()) + ", and the policy is in " +
                    std::string(in_.spec.in.code()));
    check_base("cap", i, "of", c.base);
    if (c.base.of_subject)
      in_.fault("cap", i, "of", "no-subject",
                "a cap on several lines is a share of a fee of the whole contract");
  }

  // --- shapes

  // The place of a leaf in the list of a combination, which may hold combinations itself.
  [[nodiscard]] static std::size_t leaves(const shape& s) {
    const combined* parts = std::get_if<combined>(&s.is);
    if (parts == nullptr) return 1;
    std::size_t n = 0;
    for (const shape& p : parts->of) n += leaves(p);
    return n == 0 ? 1 : n;
  }
  [[nodiscard]] static const shape& leaf_at(const shape& s, std::size_t part) {
    const combined* parts = std::get_if<combined>(&s.is);
    if (parts == nullptr) return s;
    for (const shape& p : parts->of) {
      const std::size_t n = leaves(p);
      if (part < n) return leaf_at(p, part);
      part -= n;
    }
    return s;
  }
  [[nodiscard]] static std::size_t item_of(const shape& s, const shape_fault& f) {
    const combined* parts = std::get_if<combined>(&s.is);
    if (parts == nullptr) return f.row;
    std::size_t part = f.part, item = 0;
    for (const shape& p : parts->of) {
      const std::size_t n = leaves(p);
      if (part < n) return item;
      part -= n;
      ++item;
    }
    return 0;
  }

  // "the row below 99%", "row 2".
  [[nodiscard]] static std::string row_of(const shape& leaf, std::size_t k) {
    const steps* table = std::get_if<steps>(&leaf.is);
    return table != nullptr && k < table->rows.size() ? "the row below " + to_string(table->rows[k].below)
                                                      : "row " + std::to_string(k + 1);
  }
  // A table may say nothing, or two things, of some figure; the settlement then shows every reading (rule M0).
  [[nodiscard]] static std::pair<std::string, std::string> words_of(const shape& leaf, const shape_fault& f) {
    using kind = shape_fault::kind;
    const steps* table = std::get_if<steps>(&leaf.is);
    const auto bound = [&](std::size_t k) { return row_of(leaf, k); };
    switch (f.what) {
      case kind::no_rows: return {"empty-table", "a credit needs at least one row, found none"};
      case kind::impossible_row:
        return {"impossible-row", table != nullptr
                                      ? bound(f.row) + " begins at " + to_string(table->rows[f.row].from) +
                                            " and can never hold"
                                      : bound(f.row) + " ends before it begins and can never hold"};
      case kind::repeated_bound:
        return {"repeated-bound", bound(f.other) + " stands twice: which rate is paid is undefined"};
      case kind::overlap:
        return {"overlap", bound(f.row) + " reaches into " + bound(f.other) + ": the deeper one pays"};
      case kind::gap:
        if (table != nullptr)
          return {"gap", "nothing is said between " + to_string(table->rows[f.other].below) + " and " +
                             to_string(table->rows[f.row].from) + ": what is paid there is undefined"};
        return {"gap", "nothing is said " +
                           (f.row == f.other ? "beyond " + bound(f.row)
                                             : "between " + bound(f.row) + " and " + bound(f.other)) +
                           ": what is paid there is undefined"};
      case kind::not_monotone:
        return {"not-monotone",
                bound(f.row) + " pays more than " + bound(f.other) +
                    (table != nullptr && table->rows[f.row].is_deeper_than(table->rows[f.other])
                         ? ", which holds again below " + to_string(table->rows[f.row].from)
                         : std::string())};
      case kind::negative_rate: return {"negative-rate", "a credit rate cannot be negative"};
      case kind::no_unit: return {"no-unit", "a step or a unit must be above 0"};
      case kind::no_windows: return {"no-windows", "misses are counted in one window or more"};
      case kind::more_rates:
        return {"more-rates", "there are more rates than windows: the last can never be reached"};
      case kind::negative_amount: return {"negative-amount", "what is free cannot be below 0"};
      case kind::no_bound: return {"no-bound", "a bound of 0% can never be missed"};
    }
    return {};
  }
  void shape_fault_at(std::size_t row, const shape& pays, const shape_fault& f) {
    const auto [code, message] = words_of(leaf_at(pays, f.part), f);
    const std::string key(key_of(pays));
    f.is_fatal() ? in_.fault("credit", row, key, code, message, item_of(pays, f))
                 : in_.warning("credit", row, key, code, message, item_of(pays, f));
  }

  // --- terms

  [[nodiscard]] bool own_credit(std::string_view tier, const metric_spec& metric) const {
    for (const credit_spec& c : in_.spec.credits)
      if (c.tier == tier && c.metric == metric) return true;
    return false;
  }

  [[nodiscard]] credit_terms credit(const credit_spec& c) const {
    credit_terms out{.clause = std::string(c.clause),
                     .metric = number_of(c.metric.kind),
                     .pays = shape_of(c),
                     .rounding = in_.spec.round,
                     .rate_first = c.rate_first,
                     .base = c.base,
                     .form = {c.form, std::string(c.unit), c.length},
                     .gate = {{}, c.gate.misses, c.gate.windows, c.gate.more_than},
                     .must_be_claimed = c.claim.has_value(),
                     .once_a_day = c.once_a_day};
    if (has_clock(c.metric.kind))
      out.metric = number_of(c.metric.kind, static_cast<clock_id>(*in_.clock_index(c.metric.clock)));
    if (c.metric.kind == metric_kind::service_level)
      for (std::size_t k = 0; k < in_.out->level_names.size(); ++k)
        if (in_.out->level_names[k] == c.metric.clock)
          out.metric = number_of(c.metric.kind, static_cast<clock_id>(k));
    for (const std::string_view tier : c.gate.tiers)
      out.gate.plans.push_back(static_cast<plan_id>(*index_of(in_.out->tiers, tier)));
    return out;
  }
  [[nodiscard]] cap_terms cap(const cap_spec& c) const {
    cap_terms out{.clause = std::string(c.clause),
                  .scope = c.scope,
                  .rounding = in_.spec.round,
                  .form = c.form,
                  .unit = std::string(c.unit),
                  .base = c.base};
    if (c.amount) out.limit = *c.amount;
    if (c.share) out.limit = *c.share;
    if (c.units) out.limit = *c.units;
    return out;
  }

  compile_context& in_;
};

}  // namespace detail
}  // namespace v0
}  // namespace sla
