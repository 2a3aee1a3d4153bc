// SPDX-License-Identifier: MIT
#pragma once

// A window that one set of terms does not fill: the contract begins or ends inside it, or its terms change.
//
//     // flagship from 16 October, 9,000.00 a month; an hour down on the 20th, one on the 3rd under the trial before
//     part_rule::clip_by_days     16 days measured, 99.740 %: 10 % of 16/31 of 9,000.00     464.52
//     part_rule::clip_whole_fee   16 days measured:           10 % of 9,000.00              900.00
//     part_rule::full             31 days measured, as if it had run
//     part_rule::skip             only whole windows are measured                             0.00
//
//     // basic, 3,000.00 a month, to 15 October, flagship from the 16th; 30 minutes down on the 10th
//     change_rule::split          10 % of 15/31 of 3,000.00, for the first 15 days            145.16
//     change_rule::at_start       99.933 % of the month, promised 99.9 %                        0.00
//     change_rule::at_end         promised 99.99 %: 10 % of 9,000.00, or of what was paid    900.00 or 609.68
//
// The hard question: which of them, where the contract is silent? Each is settled and named with the party it favours,
// and the least is what is owed on any of them (rules A2, M0, M10). Of a contract that begins and changes inside one
// window, every rule of the one goes with every rule of the other.
//
// A part of a split is a window of its own: quotas, gates, fixed amounts and samples count in each, and an outage across
// the change is one of each, as it is of two months. What is one for the whole window is how its lines combine where that
// is left open, the claim period, which begins where it ends, the caps that are amounts, and those that reach back. A
// contract that means something else states another rule.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <iterator>
#include <numeric>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <sla/availability/window.hpp>
#include <sla/compensation/change.hpp>
#include <sla/compensation/owes_less.hpp>
#include <sla/policy/attainment.hpp>
#include <sla/policy/contract.hpp>
#include <sla/policy/contract_phases.hpp>
#include <sla/policy/figures.hpp>
#include <sla/policy/measure_terms.hpp>
#include <sla/policy/measured_units.hpp>
#include <sla/policy/named_fee.hpp>
#include <sla/policy/part_rule.hpp>
#include <sla/policy/policy.hpp>
#include <sla/policy/service_level_terms.hpp>
#include <sla/policy/window_records.hpp>

namespace sla {
inline namespace v0 {

/// One way to settle the window.
struct window_reading {
  std::optional<part_rule> part = {};       ///< where the contract begins or ends inside it
  std::optional<change_rule> change = {};   ///< where its terms change inside what is settled
  change_base fee = change_base::unstated;  ///< of which fee, where the terms at one end settle all
  std::vector<settlement> parts = {};       ///< of a split, one a part
  settlement money{};
  favoured favours = favoured::nobody;
};

/// Attainment of every clock that has anything to count in the window, in the policy's order.
[[nodiscard]] inline std::vector<clock_attainment> attained(const policy& p,
                                                            std::span<const judged_incident> incidents,
                                                            const interval& window) {
  std::vector<clock_attainment> all(p.clock_count());
  for (std::size_t c = 0; c < all.size(); ++c) all[c].clock = static_cast<clock_id>(c);
  for (const judged_incident& i : incidents)
    for (const verdict& v : i.verdicts)
      if (const auto clock = clock_in(p, i, v.clock)) all[*clock].count.add(v, window);
  std::erase_if(all, [](const clock_attainment& a) { return a.count == attainment{}; });
  return all;
}

/// Every service level that a tier is promised, as a window's records come to it; no data where nobody brought any.
[[nodiscard]] inline std::vector<judged_level> judged_levels(const policy& p, std::size_t tier,
                                                             const level_records& records,
                                                             std::span<const clock_attainment> attained,
                                                             const interval& window) {
  std::vector<judged_level> out;
  for (const service_level_terms& t : p.service_levels(tier)) {
    judged_level& l = out.emplace_back(
        judged_level{t.id, t.name, t.clause, t.metric, t.target, level_of(t, records, window)});
    if (t.metric == service_metric::attainment) {
      l.value = level_of(t, attainment{});
      for (const clock_attainment& a : attained)
        if (a.clock == t.clock) l.value = level_of(t, a.count);
    }
    if (t.target) l.verdict = judge(l.value, *t.target);
  }
  return out;
}

namespace detail {

/// What a window is settled from, whatever the terms: records of the contract, and what else is known.
struct window_materials {
  std::span<const judged_incident> incidents;
  std::span<const service_outage> outages;  ///< of all services that the contract lists in the window
  std::span<const std::string> root_causes;
  const settle_context& known;
  instant as_of;
};

/// One set of terms, ready to measure and to settle windows by.
class settling_terms {
 public:
  settling_terms(const policy& p, const contract& c, const window_materials& from)
      : p_(p),
        c_(c),
        from_(from),
        outages_(from.outages),
        rules_(p.availability(c.tier), announced(), zone_of(p, c)),
        meter_(p, c, rules_.rules(), listed(), from.known.records, from.as_of),
        levels_(from.known.records, c, p.home()) {}
  settling_terms(const settling_terms&) = delete;
  settling_terms& operator=(const settling_terms&) = delete;

  [[nodiscard]] const contract& terms() const noexcept { return c_; }
  [[nodiscard]] measured_window measure(const window& over) const { return meter_.measure(over); }
  [[nodiscard]] std::vector<judged_level> levels(const window& over,
                                                 std::span<const clock_attainment> counts) const {
    return judged_levels(p_, c_.tier, levels_.in(over.span), counts, over.span);
  }
  /// Adds the facts of a span to those of other parts.
  void bring(const window& over, const measurement& m, std::span<const clock_attainment> counts,
             const settle_context& known, std::deque<settling_facts>& into) const {
    std::vector<service_measurement> services;
    if (names_metric(p_, c_.tier, metric_kind::each_service))
      for (const std::string& service : c_.services)
        services.push_back({service, meter_.measure(over, &service).figures});
    const std::vector<judged_level> judged = levels(over, counts);
    into.emplace_back(p_, c_,
                      sla::figures{m, counts, from_.incidents, services, judged, outages_, from_.root_causes},
                      known);
  }
  [[nodiscard]] settlement settle(const window& over, const measurement& m,
                                  std::span<const clock_attainment> counts,
                                  const settle_context& known) const {
    std::deque<settling_facts> only;
    bring(over, m, counts, known, only);
    const settle_part part = only.front().part();
    return sla::settle(part.terms, part.facts);
  }

 private:
  [[nodiscard]] bool lists(const std::string& service) const {
    return std::ranges::find(c_.services, service) != c_.services.end();
  }
  // What was announced of no service is of every one.
  [[nodiscard]] std::span<const announcement> announced() {
    for (const announcement& a : from_.known.announcements)
      if (a.service.empty() || lists(a.service)) announced_.push_back(a);
    return announced_;
  }
  // Copied only where other terms list more services.
  [[nodiscard]] std::span<const service_outage> listed() {
    const auto ours = [&](const service_outage& o) { return lists(o.service); };
    if (!std::ranges::all_of(from_.outages, ours)) {
      std::ranges::copy_if(from_.outages, std::back_inserter(own_), ours);
      outages_ = own_;
    }
    return outages_;
  }

  const policy& p_;
  const contract& c_;
  const window_materials& from_;
  std::vector<announcement> announced_;
  std::vector<service_outage> own_;
  std::span<const service_outage> outages_;
  announced_rules rules_;
  window_meter meter_;
  contract_levels levels_;
};

/// One window of one contract. Keeps references to all it is given.
class window_settler {
 public:
  window_settler(const policy& p, std::span<const terms_part> parts, const contract& c, const window& w,
                 const window_materials& from)
      : p_(p), c_(c), in_(zone_of(p, c)), window_(w), from_(from), parts_(parts) {
    for (const terms_part& part : parts_) {
      if (part.terms.tier >= p.tier_count())
        fail("contract '" + c.id + "' names a tier that the policy lacks");
      terms_.emplace_back(p, part.terms, from);
      counts_.push_back(attained(p, from.incidents, part.over.span));
    }
    if (parts_.size() > 1) all_counts_ = attained(p, from.incidents, w.span);
  }

  [[nodiscard]] std::span<const terms_part> parts() const noexcept { return parts_; }
  /// The first and the last part of a span.
  [[nodiscard]] std::pair<std::size_t, std::size_t> ends_of(const window& over) const {
    std::pair<std::size_t, std::size_t> ends{0, parts_.size() - 1};
    const auto outside = [&](std::size_t i) { return intersect(parts_[i].over.span, over.span).empty(); };
    while (ends.first < ends.second && outside(ends.first)) ++ends.first;
    while (ends.first < ends.second && outside(ends.second)) --ends.second;
    return ends;
  }
  /// Of the whole window.
  [[nodiscard]] std::span<const clock_attainment> counts() const noexcept {
    return parts_.size() > 1 ? all_counts_ : counts_.front();
  }
  [[nodiscard]] const settling_terms& terms(std::size_t part) const { return terms_[part]; }
  [[nodiscard]] std::span<const clock_attainment> counts(std::size_t part) const { return counts_[part]; }

  /// Every way to settle it that the policy leaves open, those that owe least first; one where it leaves none.
  /// `measured` is the settled window by the terms that settle it, where there is but one set of them.
  [[nodiscard]] std::vector<window_reading> run(const measurement& measured) {
    std::vector<window_reading> all;
    if (outside_term(c_, window_, in_)) {
      all.push_back({.part = part_rule::skip, .money = settle_nothing(p_, parts_.front().terms)});
      return all;
    }
    const auto inside = part_in_term(c_, window_, in_);
    if (!inside) {
      read(window_, std::nullopt, measured, from_.known, all);
    } else {
      for (std::size_t i = 0; i < part_rule_names.size(); ++i) {
        const auto rule = static_cast<part_rule>(i);
        if (p_.part() && p_.part() != rule) continue;
        by_part(*inside, rule, measured, all);
      }
    }
    const bool differ = judge_readings(all);
    if (!differ) all.resize(1);
    return least_first(std::move(all));
  }

 private:
  // Those that owe the same stay in their order.
  [[nodiscard]] static std::vector<window_reading> least_first(std::vector<window_reading> all) {
    std::vector<std::size_t> order(all.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
      if (owes_less(all[a].money, all[b].money)) return true;
      return !owes_less(all[b].money, all[a].money) && a < b;
    });
    std::vector<window_reading> sorted;
    for (const std::size_t i : order) sorted.push_back(std::move(all[i]));
    return sorted;
  }

  void by_part(const window& inside, part_rule rule, const measurement& measured,
               std::vector<window_reading>& all) const {
    settle_context known = from_.known;
    known.days = window_.days;
    if (rule == part_rule::skip) {
      all.push_back({.part = rule, .money = settle_nothing(p_, parts_.front().terms)});
      return;
    }
    if (rule == part_rule::clip_by_days && window_.days != 0)
      known.fee_share = ratio(inside.days, window_.days);
    read(rule == part_rule::full ? window_ : inside, rule, measured, known, all);
  }

  // Adds the ways to settle one span.
  void read(const window& over, std::optional<part_rule> part, const measurement& measured,
            const settle_context& known, std::vector<window_reading>& all) const {
    // Terms that hold only outside of what is settled have no say in it.
    std::vector<terms_part> parts;
    std::vector<std::size_t> which;
    for (std::size_t i = 0; i < parts_.size(); ++i) {
      const interval both = intersect(parts_[i].over.span, over.span);
      if (parts_.size() > 1 && both.empty()) continue;
      which.push_back(i);
      parts.push_back({parts_[i].terms, parts_.size() > 1 ? cut_window(window_, both, in_) : over});
    }
    if (which.size() == 1) {
      const settling_terms& only = terms_[which[0]];
      const bool done = parts_.size() == 1 && over == measured.window;
      all.push_back({.part = part,
                     .money = done ? only.settle(over, measured, counts(), known)
                                   : only.settle(over, only.measure(over).figures, counts(), known)});
      return;
    }
    const std::vector<ratio> shares = shares_of(parts, in_);
    const auto split = [&] {
      std::deque<settling_facts> facts;
      std::vector<settle_part> all_parts;
      for (std::size_t i = 0; i < parts.size(); ++i) {
        settle_context own = known;
        own.days = known.days != 0 ? known.days : window_.days;
        own.fee_share = own.fee_share * shares[i];
        own.part_of = over.span;
        const settling_terms& terms = terms_[which[i]];
        terms.bring(parts[i].over, terms.measure(parts[i].over).figures, counts_[which[i]], own, facts);
        all_parts.push_back(facts.back().part());
      }
      return settle_parts(all_parts);
    };
    const auto whole = [&](std::size_t i, change_base base) {
      settle_context own = known;
      std::vector<fee> paid;
      if (base == change_base::paid) {
        paid = fees_paid(parts, shares, i, over);
        own.seats = 1;
      }
      own.fees = paid;
      const settling_terms& terms = terms_[which[i]];
      return terms.settle(over, terms.measure(over).figures, counts(), own);
    };
    changed_settlement s = settle_changed(which.size(), p_.change(), p_.changed_fee(), split, whole);
    if (s.is_defined()) s.readings.push_back(std::move(s.settled));
    for (change_reading& r : s.readings)
      all.push_back({.part = part,
                     .change = r.rule,
                     .fee = r.rule == change_rule::split ? change_base::unstated : r.base,
                     .parts = r.rule == change_rule::split ? std::move(r.parts) : std::vector<settlement>(),
                     .money = std::move(r.money)});
  }

  // Under the names of one part's fees, what was paid for all of them; of a fee of each seat, for all the seats there
  // were.
  [[nodiscard]] std::vector<fee> fees_paid(std::span<const terms_part> parts, std::span<const ratio> shares,
                                           std::size_t like, const window& over) const {
    std::vector<std::vector<fee>> fees;
    for (const terms_part& part : parts) {
      fees.push_back(fees_of(p_, part.terms, over.span));
      for (fee& f : fees.back())
        if (f.id == number_of(named_fee::seat)) f.share = f.share * ratio(part.terms.seats);
    }
    std::vector<part_fees> all;
    for (std::size_t i = 0; i < parts.size(); ++i) all.push_back({fees[i], shares[i]});
    std::vector<fee> paid = fees[like];
    for (fee& f : paid) f = fee_paid(f, all);
    return paid;
  }

  const policy& p_;
  const contract& c_;
  const zone& in_;
  const window& window_;
  const window_materials& from_;
  std::span<const terms_part> parts_;
  std::deque<settling_terms> terms_;
  std::vector<std::vector<clock_attainment>> counts_;
  std::vector<clock_attainment> all_counts_;
};

}  // namespace detail
}  // namespace v0
}  // namespace sla
