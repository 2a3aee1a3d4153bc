// SPDX-License-Identifier: MIT
#pragma once

// An availability that is no share of seconds: of slots, of the requests in them, or of time weighed by whom an outage
// hit; from a window's records to the figure that is settled.
//
//     sla::window_meter meter(policy, contract, rules, outages, records, as_of);
//     sla::measured_window october = meter.measure(month);
//     october.figures.availability     // 287/288
//     october.units->lost              // 1 of 288 slots
//     october.units->budget->allowed   // 0.288 slots
//
// Of several services of a contract each has slots of its own, and a slot of the contract is down where it is down of
// any of them (policy/contract.hpp); shares of requests are of the requests of all of them.
//
// The hard question: a mean of 8,928 rates is no fraction of 64 bits, and clauses compare it with bounds. It is settled
// by a fraction that stands on the same side of every bound of the tier as the mean itself (rate_mean::stand_in, rule
// A11): of all fractions as simple as the tier's finest bound, none lies between the two. So no bound is missed or kept
// by the last digit, "below" and "or less" hold alike, and at the bound itself the fraction is the bound.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sla/availability/budget.hpp>
#include <sla/availability/measure.hpp>
#include <sla/availability/slots.hpp>
#include <sla/availability/weights.hpp>
#include <sla/base/error.hpp>
#include <sla/compensation/finest_bound.hpp>
#include <sla/policy/contract.hpp>
#include <sla/policy/measure_terms.hpp>
#include <sla/policy/metric.hpp>
#include <sla/policy/policy.hpp>
#include <sla/policy/window_records.hpp>

namespace sla {
inline namespace v0 {

/// What an availability is a share of.
enum class share_unit : std::uint8_t { slots, requests, weighed_seconds };
namespace detail {
inline constexpr std::array<std::string_view, 3> share_unit_names{"slots", "requests", "unit-seconds"};
}
/// "slots".
[[nodiscard]] constexpr std::string_view name(share_unit u) noexcept {
  return detail::share_unit_names[static_cast<std::size_t>(u)];
}

/// What a figure lacks that has no data.
enum class lacking : std::uint8_t { nothing, requests, affected, population };
namespace detail {
inline constexpr std::array<std::string_view, 4> lacking_names{
    "", "no requests were brought", "an outage does not say how many it affected",
    "no population was brought that holds from the window's begin on"};
}
/// "no requests were brought".
[[nodiscard]] constexpr std::string_view name(lacking l) noexcept {
  return detail::lacking_names[static_cast<std::size_t>(l)];
}

/// The error budget in those units.
struct unit_budget {
  error_budget::state outcome = error_budget::state::no_data;
  ratio allowed{};
  ratio used{};
  ratio remaining{};  ///< negative where missed
};

struct measured_units {
  share_unit of = share_unit::slots;
  std::int64_t whole = 0;               ///< that count
  ratio lost{};                         ///< of them; of a mean of rates, what the slots lack together
  bool exact = true;                    ///< else `lost` and the availability stand in for a mean of rates
  std::array<std::int64_t, 6> slots{};  ///< how many, by slot_state
  std::int64_t left_out = 0;            ///< slots that do not count
  std::int64_t ignored = 0;             ///< counts of requests that are none
  std::int64_t outages = 0;             ///< weighed ones, that count and began in the window
  lacking lacks = lacking::nothing;
  std::optional<unit_budget> budget{};  ///< where there is a target

  [[nodiscard]] std::int64_t number(slot_state s) const noexcept {
    return slots[static_cast<std::size_t>(s)];
  }
};

/// The figures of a window, in seconds as far as there are any: of slots, the time of those that are down.
struct measured_window {
  measurement figures;
  std::optional<measured_units> units{};  ///< where the policy measures by slots or weights
};

namespace detail {

/// How fine a mean must be told for every bound of a tier, the figure as it is shown, and amounts.
[[nodiscard]] inline std::int64_t finest_bound(const policy& p, std::size_t tier) {
  constexpr std::int64_t for_amounts = 100'000'000;  // within 10^-16 of a fee
  std::int64_t most = for_amounts;
  const availability_terms& promised = p.availability(tier);
  if (promised.target) most = std::max(most, promised.target->den());
  if (promised.shown) {
    std::int64_t shown = 200;  // of percents, and halves of them
    for (int i = 0; i < promised.shown->decimals; ++i) shown *= 10;
    most = std::max(most, shown);
  }
  for (const credit_terms& c : p.credits(tier)) {
    const metric_kind kind = kind_of(c.metric);
    if (kind != metric_kind::availability && kind != metric_kind::each_service) continue;
    most = std::max(most, sla::finest_bound(c.pays));
  }
  return std::min(most, finest_denominator);  // a policy with a finer bound is refused
}

/// Slots of several services as one: down where any of them is, up where none is and one counts.
inline void join(slot_report& into, const slot_report& other) {
  const auto rank = [](const slot& s) {
    constexpr std::array<int, 3> by_default{1, 2, 0};         // up, down, leave_out
    constexpr std::array<int, 6> by_state{5, 4, 3, 2, 0, 1};  // up, down, idle, unmeasured, excused, not_yet
    return std::pair(by_default[static_cast<std::size_t>(s.counts_as)],
                     by_state[static_cast<std::size_t>(s.state)]);
  };
  for (std::size_t i = 0; i < into.slots.size() && i < other.slots.size(); ++i) {
    slot& a = into.slots[i];
    const slot& b = other.slots[i];
    // What counts nowhere has no requests that do.
    if (a.counts_as == slot_default::leave_out) a.total = a.failed = 0;
    if (b.counts_as != slot_default::leave_out) {
      const auto total = checked_add(a.total, b.total);
      if (total) {
        a.total = *total;
        a.failed += b.failed;
      } else {
        ++into.ignored;
      }
    }
    if (rank(a) < rank(b)) a.state = b.state, a.counts_as = b.counts_as;
  }
  into.ignored += other.ignored;
  into.provisional = into.provisional || other.provisional;
}

[[nodiscard]] inline unit_budget budget_of(const measured_window& w, const ratio& target) {
  unit_budget b;
  if (w.figures.no_data) return b;
  b.outcome = w.figures.availability >= target ? error_budget::met : error_budget::missed;
  b.used = w.units->lost;
  // Floored to whole units where the exact number leaves 64 bits, as an error_budget is.
  const auto share = checked_sub(ratio(1), target);
  const auto allowed = share ? checked_mul(*share, ratio(w.units->whole)) : std::nullopt;
  const auto floored = share ? scale(w.units->whole, *share, rounding::floor) : std::nullopt;
  b.allowed = allowed.value_or(ratio(floored.value_or(0)));
  const auto whole = scale(1, b.allowed, rounding::floor), used = scale(1, b.used, rounding::ceil);
  b.remaining = checked_sub(b.allowed, b.used).value_or(ratio(whole.value_or(0) - used.value_or(0)));
  return b;
}

}  // namespace detail

/// Measures windows of one contract by its tier's rule: seconds, slots or weights. Keeps references to all it is given.
class window_meter {
 public:
  /// `outages` are the contract's own; `rules` know the announcements.
  window_meter(const policy& p, const contract& c, const availability_rules& rules,
               std::span<const service_outage> outages, const window_records& records, instant as_of)
      : c_(c),
        terms_(p.availability(c.tier)),
        rules_(rules),
        outages_(outages),
        records_(records),
        as_of_(as_of) {
    if (terms_.slots && terms_.slots->figure == slot_figure::mean_of_rates)
      finest_ = detail::finest_bound(p, c.tier);
  }

  /// The same for every window; a policy whose longest window has more does not compile.
  static constexpr std::int64_t most_slots = slot_terms::most;

  /// Of the contract, or of one of its services by itself. Throws sla::error for a window of more slots than that.
  [[nodiscard]] measured_window measure(const window& over, const std::string* service = nullptr) const {
    measured_window out;
    if (terms_.slots) {
      by_slots(over, service, out);
    } else {
      std::vector<outage> down;
      for (const service_outage& o : outages_)
        if ((service == nullptr || o.service == *service) && !(terms_.weights && o.affected == 0))
          down.push_back(o.span);
      out.figures = sla::measure(over, down, rules_, as_of_);
      if (terms_.weights) by_weight(over, service, out);
    }
    if (out.units && terms_.target) out.units->budget = detail::budget_of(out, *terms_.target);
    return out;
  }

 private:
  void no_data(measured_window& out, lacking what) const {
    out.units->lacks = what;
    out.figures.no_data = true;
    out.figures.availability = ratio();
  }

  // Whether records of an owner are those of a service, of this contract.
  [[nodiscard]] bool is_of(const record_owner& o, std::string_view service) const {
    return o.is_of(c_) && o.service == service;
  }
  [[nodiscard]] slot_report judge_of(const window& over, std::string_view service,
                                     const interval_set& excused) const {
    const detail::chosen_records<request_count> counts(
        records_.requests, [&](const record_owner& o) { return is_of(o, service); });
    return judge_slots(over, counts.all(), terms_.slots->rules, excused, as_of_);
  }
  [[nodiscard]] bool brought(std::string_view service) const {
    return std::ranges::any_of(records_.requests, [&](const auto& r) { return is_of(r.of, service); });
  }

  void by_slots(const window& over, const std::string* service, measured_window& out) const {
    if (over.is_known() && over.span.length() / terms_.slots->rules.grid.length() > most_slots)
      detail::fail("a window has at most " + std::to_string(most_slots) + " slots");
    // Records of no service are of the contract, and so of a service where it has but one.
    const bool alone = service == nullptr || c_.services.size() == 1;
    const bool any_service = std::ranges::any_of(c_.services, [&](const auto& s) { return brought(s); });
    std::vector<std::string_view> subjects;
    if (alone && brought({})) subjects.emplace_back();
    if (service != nullptr) {
      if (brought(*service)) subjects.push_back(*service);
    } else if (any_service) {
      subjects.insert(subjects.end(), c_.services.begin(), c_.services.end());
    }

    measurement& m = out.figures;
    out.units.emplace();
    m.window = over;
    m.as_of = as_of_;
    if (subjects.empty()) {
      m.provisional = !over.is_known() || as_of_ < over.span.end;
      return no_data(out, lacking::requests);
    }
    const interval_set excused = excused_by_time(rules_, over.span);
    slot_report r = judge_of(over, subjects.front(), excused);
    for (std::size_t i = 1; i < subjects.size(); ++i) detail::join(r, judge_of(over, subjects[i], excused));
    conclude(r, out);
  }

  void conclude(const slot_report& r, measured_window& out) const {
    measured_units& u = *out.units;
    // The time that is down, as outages are: slots in a row are one.
    std::vector<outage> down;
    std::chrono::seconds counted{0}, excused{0}, unmeasured{0};
    for (const slot& s : r.slots) {
      ++u.slots[static_cast<std::size_t>(s.state)];
      if (s.counts_as == slot_default::down) down.push_back({s.span});
      if (s.counts_as != slot_default::leave_out) counted += s.span.length();
      if (s.state == slot_state::excused) excused += s.span.length();
      if (s.state == slot_state::unmeasured) unmeasured += s.span.length();
    }
    measurement& m = out.figures;
    window all = r.window;  // the last slot may end behind it
    if (!r.slots.empty()) all.span.end = std::max(all.span.end, r.slots.back().span.end);
    m = sla::measure(all, down, {}, as_of_);
    m.window = r.window;
    m.denominator = counted;
    m.excluded = m.removed = excused;
    m.unmeasured = unmeasured;
    m.provisional = r.provisional;
    u.left_out = r.number(slot_default::leave_out);
    u.ignored = r.ignored;

    switch (terms_.slots->figure) {
      case slot_figure::slots: share_of(r.availability(), share_unit::slots, out); break;
      case slot_figure::ratio_of_sums: share_of(r.ratio_of_sums(), share_unit::requests, out); break;
      case slot_figure::mean_of_rates: {
        const rate_mean mean = r.mean_of_rates();
        u.whole = mean.count();
        m.no_data = mean.count() == 0;
        const mean_ratio stands = mean.stand_in(finest_);
        m.availability = stands.value;
        u.exact = stands.exact;
        u.lost = (ratio(1) - m.availability) * ratio(u.whole);
        break;
      }
    }
  }
  static void share_of(const service_level& s, share_unit what, measured_window& out) {
    out.units->of = what;
    out.units->whole = s.denominator;
    out.units->lost = ratio(s.denominator - s.numerator);
    out.figures.no_data = s.no_data;
    out.figures.availability = s.value;
  }

  void by_weight(const window& over, const std::string* service, measured_window& out) const {
    measured_units& u = out.units.emplace();
    u.of = share_unit::weighed_seconds;
    std::vector<weighted_outage> hits;
    for (const service_outage& o : outages_) {
      if (service != nullptr && o.service != *service) continue;
      const interval seen{o.span.span.begin, std::min(o.span.span.end, as_of_)};
      if (!o.affected && o.span.cause != not_measured && !intersect(seen, over.span).empty())
        return no_data(out, lacking::affected);
      hits.push_back({o.span, o.affected.value_or(0)});
    }
    const auto steps = population(service);
    if (!steps) return no_data(out, lacking::population);
    const weight_rules rules = [&] {
      availability_terms told = terms_;
      told.rules = rules_;
      return weight_rules_of(told, 0, *steps);
    }();
    if (terms_.weights->population == 0 &&
        std::ranges::none_of(*steps, [&](const population_step& s) { return s.from <= over.span.begin; }))
      return no_data(out, lacking::population);
    const weighted_measurement w = measure_weighted(over, hits, rules, as_of_);
    measurement& m = out.figures;
    m.availability = w.availability;
    m.no_data = w.no_data;
    m.provisional = w.provisional;
    u.whole = w.denominator;
    u.lost = ratio(w.counted);
    u.outages = w.outages;
  }

  // What stands closest to the subject: the contract's own numbers, else everybody's, else those of its one service.
  [[nodiscard]] std::optional<std::span<const population_step>> population(const std::string* service) const {
    std::vector<const records_of<population_step>*> found;
    const auto look = [&](const auto& wanted) {
      if (!found.empty()) return;
      for (const auto& r : records_.population)
        if (r.of.is_of(c_) && wanted(r.of)) found.push_back(&r);
    };
    if (service != nullptr) {
      look([&](const record_owner& o) { return o.service == *service && !o.contract.empty(); });
      look([&](const record_owner& o) { return o.service == *service; });
    }
    look([](const record_owner& o) { return o.service.empty() && !o.contract.empty(); });
    look([](const record_owner& o) { return o.service.empty(); });
    look([&](const record_owner& o) { return c_.services.size() == 1 && o.service == c_.services.front(); });
    if (found.empty() && terms_.weights->population == 0) return std::nullopt;
    return found.empty() ? std::span<const population_step>() : found.front()->all;
  }

  const contract& c_;
  const availability_terms& terms_;
  const availability_rules& rules_;
  std::span<const service_outage> outages_;
  const window_records& records_;
  instant as_of_;
  std::int64_t finest_ = 1;
};

}  // namespace v0
}  // namespace sla
