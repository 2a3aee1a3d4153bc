// SPDX-License-Identifier: MIT
#pragma once

// What a policy says of measuring beyond outages and a window: slots of requests, weights, the notice of maintenance and
// how a figure is shown; and what becomes of these beside the records that a window brings.
//
//     const sla::availability_terms& promised = policy.availability(tier);
//     sla::announced_rules rules(promised, announcements, policy.home());    // who announced what, and when
//     sla::measure(october, outages, rules.rules());
//     sla::measure_weighted(october, hits, sla::weight_rules_of(promised, 10'000));
//     const auto report = sla::judge_slots(october, requests, promised.slots->rules,
//                                          sla::excused_by_time(rules.rules(), october.span));
//     sla::judge(report, promised.slots->figure, *promised.target);          // by the figure that the policy names
//
// The hard question: the contract asks for three business days' notice, where is it kept that there was one? Not in the
// policy: announcements are records, as outages are. Where nobody brought any, there was none, and nothing is excused.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <sla/availability/budget.hpp>
#include <sla/availability/notice.hpp>
#include <sla/availability/rules.hpp>
#include <sla/availability/slots.hpp>
#include <sla/availability/weights.hpp>
#include <sla/availability/windows.hpp>
#include <sla/base/interval_set.hpp>
#include <sla/base/ratio.hpp>
#include <sla/base/rounding.hpp>
#include <sla/base/units.hpp>
#include <sla/calendar/business_time.hpp>
#include <sla/calendar/civil_span.hpp>

namespace sla {
inline namespace v0 {

/// The grid that a policy measures by. Windows that begin on the contract's own first date take their anchor from it.
struct window_terms {
  window_rule rule = {};
  bool from_contract = false;

  constexpr window_terms() noexcept = default;
  constexpr window_terms(window_kind kind) noexcept { rule.kind = kind; }
  constexpr window_terms(const window_rule& r, bool of_contract = false) noexcept
      : rule(r), from_contract(of_contract) {}
  friend constexpr bool operator==(const window_terms& a, const window_terms& b) noexcept {
    return a.rule.kind == b.rule.kind && a.rule.anchor == b.rule.anchor && a.rule.days == b.rule.days &&
           a.rule.length == b.rule.length && a.from_contract == b.from_contract;
  }
};

/// Elapsed, business time or business days, or days of the calendar.
using notice_span = std::variant<time_limit, civil_span>;

/// By when an exclusion's maintenance is announced.
struct notice_terms {
  notice_span ahead{};
  const business_time* hours = nullptr;  ///< of business time and days

  /// The last instant at which an announcement of what begins then is in time.
  [[nodiscard]] instant by(instant begin, const zone& in) const {
    if (const civil_span* days = std::get_if<civil_span>(&ahead)) return announce_by(begin, *days, in);
    const time_limit& limit = std::get<time_limit>(ahead);
    if (hours != nullptr) return announce_by(begin, limit, *hours);
    return limit.needs_calendar() ? instant::unknown()
                                  : announce_by(begin, std::chrono::seconds(limit.count()));
  }
};

/// Which of the figures of a slot report is the availability.
enum class slot_figure : std::uint8_t { slots, mean_of_rates, ratio_of_sums };

struct slot_terms {
  /// Of a window: a century in slots of five minutes, or four months in slots of a second.
  static constexpr std::int64_t most = 10'600'000;

  slot_rules rules = {};
  slot_figure figure = slot_figure::slots;
};

struct weight_terms {
  weight_overlap overlap = weight_overlap::max;
  std::int64_t population = 0;  ///< 0: the records of a window say it
  friend constexpr bool operator==(const weight_terms&, const weight_terms&) noexcept = default;
};

/// How an availability is shown. Nothing is decided by it.
struct figure_rounding {
  int decimals = 2;
  rounding mode = rounding::floor;
  friend constexpr bool operator==(const figure_rounding&, const figure_rounding&) noexcept = default;
};

/// What a tier is promised of availability.
struct availability_terms {
  std::string clause;
  std::optional<ratio> target = std::nullopt;  ///< none: nothing is promised
  availability_rules rules = {};
  window_kind window = window_kind::calendar_month;       ///< the same for every tier
  window_terms windows = {};                              ///< the same with all it needs
  std::vector<std::optional<notice_terms>> notices = {};  ///< beside the exclusions
  std::optional<slot_terms> slots = std::nullopt;         ///< where requests are measured, and not outages
  std::optional<weight_terms> weights = std::nullopt;     ///< where outages hit a part
  std::optional<figure_rounding> shown = std::nullopt;    ///< none: as the report's style says, floored
};

/// Planned maintenance as it was announced, of all services or of one.
struct announcement {
  interval span{};
  instant announced = instant::never();
  cause_id cause = no_cause;  ///< none: whatever the cause
  std::string service = {};   ///< empty: every service
  std::uint32_t row = 0;
};

/// The rules of a tier with the announcements of a window. Keeps what its rules point to; not to be copied.
class announced_rules {
 public:
  announced_rules(const availability_terms& terms, std::span<const announcement> announcements,
                  const zone& in)
      : rules_(terms.rules), exclusions_(terms.rules.exclusions.begin(), terms.rules.exclusions.end()) {
    spans_.resize(exclusions_.size());
    for (std::size_t i = 0; i < exclusions_.size() && i < terms.notices.size(); ++i) {
      if (!terms.notices[i]) continue;
      exclusion& x = exclusions_[i];
      for (const announcement& a : announcements)
        if (a.cause == no_cause || x.reach == exclusion_reach::by_time || a.cause == x.cause)
          spans_[i].push_back({a.span, a.announced, terms.notices[i]->by(a.span.begin, in), a.row});
      x.announced = spans_[i];
    }
    rules_.exclusions = exclusions_;
  }
  announced_rules(const announced_rules&) = delete;
  announced_rules& operator=(const announced_rules&) = delete;

  [[nodiscard]] const availability_rules& rules() const noexcept { return rules_; }

 private:
  availability_rules rules_;
  std::vector<exclusion> exclusions_;
  std::vector<std::vector<announced_span>> spans_;
};

/// The same rules for weighed outages, of so many users or instances; the policy's own number where it states one.
[[nodiscard]] inline weight_rules weight_rules_of(const availability_terms& terms,
                                                  std::int64_t population = 1,
                                                  std::span<const population_step> steps = {}) {
  weight_rules out{.population = population, .steps = steps};
  if (terms.weights) {
    out.overlap = terms.weights->overlap;
    if (terms.weights->population != 0) out.population = terms.weights->population;
  }
  out.exclusions = terms.rules.exclusions;
  out.merge_gap = terms.rules.merge_gap;
  out.minimum = terms.rules.minimum;
  out.unknown = terms.rules.unknown;
  if (terms.rules.denominator.what == denominator_rule::service_hours)
    out.hours = terms.rules.denominator.hours;
  return out;
}

/// What the exclusions by time of some rules reach of a stretch, for judge_slots, which leaves such slots out.
[[nodiscard]] inline interval_set excused_by_time(const availability_rules& rules, const interval& in) {
  interval_set out;
  for (const exclusion& x : rules.exclusions) {
    if (x.reach != exclusion_reach::by_time) continue;
    interval_set reach{in};
    if (x.within != nullptr) {
      std::vector<interval> open;
      for (const interval& i : x.within->open_in(in)) open.push_back(intersect(i, in));
      reach = interval_set(std::move(open));
    }
    if (x.announced) {
      std::vector<interval> told;
      for (const announced_span& a : *x.announced)
        if (a.in_time()) told.push_back(a.span);
      reach = reach & interval_set(std::move(told));
    }
    out = out | reach;
  }
  return out;
}

/// Whether a slot report keeps a target, by the figure that the policy names; decided exactly.
[[nodiscard]] inline error_budget::state judge(const slot_report& r, slot_figure by, const ratio& target) {
  if (by == slot_figure::mean_of_rates) {
    const rate_mean mean = r.mean_of_rates();
    if (mean.count() == 0) return error_budget::no_data;
    return mean >= target ? error_budget::met : error_budget::missed;
  }
  const service_level s = by == slot_figure::slots ? r.availability() : r.ratio_of_sums();
  if (s.no_data) return error_budget::no_data;
  return s.value >= target ? error_budget::met : error_budget::missed;
}

/// That figure with so many decimals: "99.988%", floored unless the policy names its own rounding; or "no data".
[[nodiscard]] inline std::string shown(const slot_report& r, slot_figure by,
                                       const figure_rounding& how = {}) {
  if (by == slot_figure::mean_of_rates) {
    const rate_mean mean = r.mean_of_rates();
    return mean.count() == 0 ? "no data" : mean.percent(how.decimals, how.mode);
  }
  const service_level s = by == slot_figure::slots ? r.availability() : r.ratio_of_sums();
  return s.no_data ? "no data" : percent(s.value, how.decimals, how.mode);
}

/// A measured availability as its policy shows it; floored with so many decimals where it does not say.
[[nodiscard]] inline std::string shown(const availability_figures& m, const availability_terms& terms,
                                       int decimals) {
  if (m.no_data) return "no data";
  const figure_rounding how = terms.shown.value_or(figure_rounding{decimals, rounding::floor});
  return percent(m.availability, how.decimals, how.mode);
}

}  // namespace v0
}  // namespace sla
