// SPDX-License-Identifier: MIT
#pragma once

// What each tier is promised of availability, and what it is owed where that is missed. Private to
// policy/compile.hpp.
//
// The hard question: a tier has a credit of its own, do those of all tiers still apply to it? For the same metric
// they do not: the tier's rows replace them. Each member of the availability comes from the tier's row where it
// states it, else from the row of all tiers.

#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <sla/compensation/step_table.hpp>
#include <sla/policy/compile_context.hpp>

namespace sla {
inline namespace v0 {
namespace detail {

class tier_terms {
 public:
  explicit tier_terms(compile_context& in) : in_(in) {}

  void build() {
    availability();
    compensation();
  }

 private:
  void availability() {
    for (std::size_t i = 0; i < in_.spec.availability.size(); ++i) {
      const availability_spec& a = in_.spec.availability[i];
      in_.known_tier("availability", i, a.tier);
      for (std::size_t k = 0; k < i; ++k)
        if (in_.spec.availability[k].tier == a.tier)
          in_.fault("availability", i, "", "repeated-row",
                    "availability of " +
                        (a.tier.empty() ? "all tiers" : "tier '" + std::string(a.tier) + "'") +
                        " is stated twice");
      if (a.target && (*a.target > ratio(1) || *a.target < ratio(0)))
        in_.fault("availability", i, "target", "bad-target",
                  "an availability is between 0% and 100%, found " + to_string(*a.target));
      if (!a.exclude) continue;
      for (std::size_t k = 0; k < a.exclude->size(); ++k) {
        const exclusion_spec& e = (*a.exclude)[k];
        if (!index_of(in_.out->causes, e.cause))
          in_.fault("availability", i, "exclude", "unknown-cause",
                    unknown_name("cause", e.cause, names_of(in_.out->causes)), k);
        if (!e.within.empty()) (void)in_.calendar(e.within, "availability", i, "exclude", k);
      }
    }
    if (in_.failed) return;
    in_.out->exclusions.reserve(in_.out->tiers.size());
    std::size_t views = 0;
    for (const availability_spec& a : in_.spec.availability) views += a.exclude ? 2 * a.exclude->size() : 0;
    in_.out->texts.reserve(views * in_.out->tiers.size());  // views into it must not move
    for (const named_label& tier : in_.out->tiers)
      in_.out->availability.push_back(availability_of(tier.name));
  }

  [[nodiscard]] availability_terms availability_of(std::string_view tier) {
    const availability_spec *own = nullptr, *all = nullptr;
    for (const availability_spec& a : in_.spec.availability) {
      if (a.tier.empty()) all = &a;
      if (a.tier == tier && !tier.empty()) own = &a;
    }
    const auto pick = [&](auto member) {
      if (own != nullptr && (own->*member)) return own->*member;
      return all != nullptr ? all->*member : std::remove_cvref_t<decltype(all->*member)>{};
    };
    availability_terms out;
    out.target = pick(&availability_spec::target);
    const availability_spec* clause = own != nullptr && own->target ? own : (all != nullptr ? all : own);
    if (clause != nullptr) out.clause = clause->clause;
    auto& exclusions = in_.out->exclusions.emplace_back();
    if (const auto exclude = pick(&availability_spec::exclude)) {
      for (const exclusion_spec& e : *exclude) {
        const std::string_view name = in_.out->texts.emplace_back(e.cause),
                               clause_text = in_.out->texts.emplace_back(e.clause);
        exclusions.push_back({.cause = static_cast<cause_id>(*index_of(in_.out->causes, e.cause)),
                              .within = e.within.empty() ? nullptr : in_.find_calendar(e.within),
                              .name = name,
                              .clause = clause_text,
                              .effect = e.effect,
                              .quota = e.quota});
      }
    }
    out.rules.exclusions = {exclusions.data(), exclusions.size()};
    if (const auto m = pick(&availability_spec::minimum)) out.rules.minimum = *m;
    if (const auto g = pick(&availability_spec::merge_gap)) out.rules.merge_gap = *g;
    if (const auto r = pick(&availability_spec::round)) out.rules.rounding = *r;
    return out;
  }

  void compensation() {
    in_.out->combine = in_.spec.combine;
    for (std::size_t i = 0; i < in_.spec.credits.size(); ++i) {
      const credit_spec& c = in_.spec.credits[i];
      in_.known_tier("credit", i, c.tier);
      if (!c.metric.clock.empty() && !in_.clock_index(c.metric.clock))
        in_.fault("credit", i, "metric", "unknown-clock",
                  unknown_name("clock", c.metric.clock, in_.clock_names()));
      for (std::size_t k = 0; k < c.below.size(); ++k)
        if (c.below[k].rate < ratio(0))
          in_.fault("credit", i, "below", "negative-rate", "a credit rate cannot be negative", k);
      for (const table_fault& f : sla::faults(c.below)) table(i, c, f);
    }
    for (std::size_t i = 0; i < in_.spec.caps.size(); ++i) {
      const cap_spec& c = in_.spec.caps[i];
      in_.known_tier("cap", i, c.tier);
      if (c.share.has_value() == c.amount.has_value())
        in_.fault("cap", i, "share", "cap-needs-one", "a cap states a share or an amount, and not both");
      if (c.amount && c.amount->in() != in_.spec.in)
        in_.fault("cap", i, "amount", "currency",
                  "a cap in " + std::string(c.amount->in().code()) + ", and the policy is in " +
                      std::string(in_.spec.in.code()));
    }
    if (in_.failed) return;
    for (const named_label& tier : in_.out->tiers) {
      auto& credits = in_.out->credits.emplace_back();
      for (const credit_spec& c : in_.spec.credits)
        if (c.tier == tier.name || (c.tier.empty() && !own_credit(tier.name, c.metric)))
          credits.push_back(credit(c));
      auto& caps = in_.out->caps.emplace_back();
      bool own = false;
      for (const cap_spec& c : in_.spec.caps) own = own || c.tier == tier.name;
      for (const cap_spec& c : in_.spec.caps)
        if (c.tier == tier.name || (c.tier.empty() && !own)) caps.push_back(cap(c));
    }
  }
  // A table may say nothing, or two things, of some figure; the settlement then shows every reading (rule M0).
  void table(std::size_t row, const credit_spec& c, const table_fault& f) {
    using kind = table_fault::kind;
    const auto bound = [&](std::size_t k) { return "the row below " + to_string(c.below[k].below); };
    switch (f.what) {
      case kind::no_rows:
        return in_.fault("credit", row, "below", "empty-table",
                         "a credit needs at least one row, found none");
      case kind::impossible_row:
        return in_.fault(
            "credit", row, "below", "impossible-row",
            bound(f.row) + " begins at " + to_string(c.below[f.row].from) + " and can never hold", f.row);
      case kind::repeated_bound:
        return in_.warning("credit", row, "below", "repeated-bound",
                           bound(f.other) + " stands twice: which rate is paid is undefined", f.other);
      case kind::overlap:
        return in_.warning("credit", row, "below", "overlap",
                           bound(f.row) + " reaches into " + bound(f.other) + ": the deeper one pays", f.row);
      case kind::gap:
        return in_.warning("credit", row, "below", "gap",
                           "nothing is said between " + to_string(c.below[f.other].below) + " and " +
                               to_string(c.below[f.row].from) + ": what is paid there is undefined",
                           f.row);
      case kind::not_monotone:
        return in_.warning("credit", row, "below", "not-monotone",
                           bound(f.row) + " pays more than " + bound(f.other), f.row);
    }
  }
  [[nodiscard]] bool own_credit(std::string_view tier, const metric_spec& metric) const {
    for (const credit_spec& c : in_.spec.credits)
      if (c.tier == tier && c.metric.clock == metric.clock) return true;
    return false;
  }

  [[nodiscard]] credit_terms credit(const credit_spec& c) const {
    credit_terms out{.clause = std::string(c.clause),
                     .pays = steps{{c.below.begin(), c.below.end()}},
                     .rounding = in_.spec.round};
    if (!c.metric.clock.empty())
      out.metric = attainment_metric(static_cast<clock_id>(*in_.clock_index(c.metric.clock)));
    return out;
  }
  [[nodiscard]] cap_terms cap(const cap_spec& c) const {
    cap_terms out{.clause = std::string(c.clause), .scope = c.scope, .rounding = in_.spec.round};
    if (c.amount) out.limit = *c.amount;
    if (c.share) out.limit = *c.share;
    return out;
  }

  compile_context& in_;
};

}  // namespace detail
}  // namespace v0
}  // namespace sla
