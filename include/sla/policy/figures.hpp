// SPDX-License-Identifier: MIT
#pragma once

// From what was measured to what is settled: the figures of every metric that a tier's clauses name, the fees of the
// contract, and the claims on it.
//
//     sla::settlement owed = sla::settle(policy, contract, {.measured = october, .attainment = clocks});
//
// An availability is one figure of the contract, or one of each service; an outage and a late answer are figures of
// their own, with their date and, for a clause that must be claimed, the instant they occurred at.
//
// The hard question: an outage runs from September into October, where is it settled? Its seconds are settled in the
// window they lie in, so that none is paid twice (rule M9); the late answer belongs to the window it became late in.
//
// A broken switch is down time and late answers at once: records that name one root cause share it, by its text. A
// figure of several records (a merged outage, the availability of a month) is of a root cause where every one of its
// records names that one; else it stands alone, as a record without one does.

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sla/availability/measurement.hpp>
#include <sla/calendar/local_text.hpp>
#include <sla/compensation/history.hpp>
#include <sla/compensation/settle.hpp>
#include <sla/policy/assess.hpp>
#include <sla/policy/attainment.hpp>
#include <sla/policy/contract.hpp>
#include <sla/policy/named_fee.hpp>
#include <sla/policy/policy.hpp>
#include <sla/policy/window_records.hpp>

namespace sla {
inline namespace v0 {

/// An incident and what became of its promises.
struct judged_incident {
  std::string id;
  sla::facts facts;
  std::vector<verdict> verdicts;
  std::vector<anomaly> anomalies;
  std::string root_cause = {};
  std::optional<policy> by = {};  ///< whose numbers the facts and verdicts have, where that is another policy

  /// The instant at which its last clock stopped or was cancelled; nothing while one runs. Where nothing is promised,
  /// it is over as it is reported.
  [[nodiscard]] std::optional<instant> ended() const noexcept {
    instant last = facts.reported;
    for (const verdict& v : verdicts) {
      if (v.outcome == outcome::not_applicable || v.activity == activity::not_started) continue;
      if (v.activity != activity::stopped) return std::nullopt;
      if (v.started) last = std::max(last, v.done.value_or(*v.started + v.elapsed));
    }
    return last;
  }
};

/// The number that a policy gives to a clock of an incident, which another version may have judged; nothing where it has
/// no such clock.
[[nodiscard]] inline std::optional<clock_id> clock_in(const policy& p, const judged_incident& i,
                                                      clock_id clock) noexcept {
  return i.by ? p.find_clock(i.by->clock_name(clock)) : clock;
}
/// The same of the severity at its report.
[[nodiscard]] inline std::optional<std::uint8_t> severity_in(const policy& p,
                                                             const judged_incident& i) noexcept {
  const std::uint8_t severity = i.facts.at_report.severity;
  return i.by ? p.find_severity(i.by->severity_name(severity)) : severity;
}

struct clock_attainment {
  clock_id clock = 0;
  attainment count;
};

/// The availability of one service by itself.
struct service_measurement {
  std::string service;
  measurement measured;
};

/// A promised service level and what a window's records came to.
struct judged_level {
  std::uint8_t id = 0;  ///< its number in the policy
  std::string name;
  std::string clause;
  service_metric metric = service_metric::answered_in_time;
  std::optional<level_target> target;
  service_level value;
  level_verdict verdict = level_verdict::no_data;  ///< where there is a target
};

/// What one window measured, brought to be settled.
struct figures {
  const measurement& measured;
  std::span<const clock_attainment> attainment;
  std::span<const judged_incident> incidents = {};     ///< where a clause pays for late answers
  std::span<const service_measurement> services = {};  ///< where a clause pays for each service
  std::span<const judged_level> levels = {};           ///< where a clause pays for a service level
  std::span<const service_outage> outages = {};        ///< what was measured, for its root causes
  std::span<const std::string> root_causes = {};       ///< as lines number them; none: those of these records
};

/// The root causes that records name, each once. A line's `cause` is the place here, counted from 1.
[[nodiscard]] inline std::vector<std::string> root_causes_of(std::span<const judged_incident> incidents,
                                                             std::span<const service_outage> outages) {
  std::vector<std::string> all;
  for (const service_outage& o : outages)
    if (!o.root_cause.empty()) all.push_back(o.root_cause);
  for (const judged_incident& i : incidents)
    if (!i.root_cause.empty()) all.push_back(i.root_cause);
  std::ranges::sort(all);
  all.erase(std::ranges::unique(all).begin(), all.end());
  return all;
}

/// A claim on a contract, as received.
struct contract_claim {
  std::string contract;
  claim what;
};

/// What else a settlement knows.
struct settle_context {
  std::span<const contract_claim> claims = {};
  const settled_history* before = nullptr;  ///< of the windows before this one; null: they are not known
  instant as_of = instant::latest();        ///< of claims; later ones are not seen
  ratio fee_share{1};     ///< of every fee, where a contract begins or its terms change inside the window
  std::int32_t days = 0;  ///< of the whole window then, for a fee that is spread by days
  std::span<const fee> fees = {};          ///< in place of the contract's, where another amount was paid
  std::optional<interval> part_of = {};    ///< what the figures are a part of: claims and years go by it
  std::optional<std::int64_t> seats = {};  ///< in place of the contract's, where `fees` are of all seats
  window_records records = {};             ///< calls, repairs, requests and populations, of any contract
  std::span<const announcement> announcements =
      {};                                        ///< of planned maintenance, for exclusions that ask for one
  std::span<const judged_incident> judged = {};  ///< incidents of the contract that are judged already
};

/// Whether any clause of a tier names a metric of this kind.
[[nodiscard]] inline bool names_metric(const policy& p, std::size_t tier, metric_kind kind) noexcept {
  for (const credit_terms& c : p.credits(tier))
    if (kind_of(c.metric) == kind) return true;
  return false;
}

namespace detail {

class figure_list {
 public:
  figure_list(const policy& p, const contract& c, const figures& f)
      : p_(p),
        in_(zone_of(p, c)),
        c_(c),
        f_(f),
        causes_(f.root_causes.empty()
                    ? root_causes_of(f.incidents, f.outages)
                    : std::vector<std::string>(f.root_causes.begin(), f.root_causes.end())) {
    if (!causes_.empty()) {
      for (const service_outage& o : f.outages) by_row_.push_back(&o);
      std::ranges::sort(by_row_, {}, [](const service_outage* o) { return o->span.row; });
    }
    availability({}, f.measured, availability_metric);
    for (clock_id clock = 0; clock < p.clock_count(); ++clock) of_clock(clock);
    for (const service_measurement& s : f.services)
      availability(s.service, s.measured, number_of(metric_kind::each_service));
    if (names_metric(p, c.tier, metric_kind::each_outage)) outages();
    for (const judged_level& l : f.levels) level(l);
    if (names_metric(p, c.tier, metric_kind::lateness)) late();
  }

  [[nodiscard]] std::span<const figure> all() const noexcept { return all_; }
  [[nodiscard]] std::vector<figure> take() noexcept { return std::move(all_); }
  /// When the occurrence behind a figure was, by metric and subject.
  [[nodiscard]] std::optional<instant> occurred(const figure& of) const noexcept {
    for (std::size_t i = 0; i < all_.size(); ++i)
      if (&all_[i] == &of) return at_[i];
    return std::nullopt;
  }

 private:
  figure& add(metric_id metric, std::string subject, std::optional<instant> at = {}) {
    figure& f = all_.emplace_back();
    f.metric = metric;
    f.subject = std::move(subject);
    f.seats = c_.seats;
    at_.push_back(at);
    return f;
  }
  void availability(std::string subject, const measurement& m, metric_id metric) {
    figure& f = add(metric, std::move(subject));
    f.value = m.availability;
    f.no_data = m.no_data;
    f.elapsed = m.counted;
    f.whole = m.denominator;
    f.count = m.outages;
    f.cause = cause_of(m, f.subject);
  }
  [[nodiscard]] root_cause_id numbered(std::string_view cause) const noexcept {
    if (cause.empty()) return 0;
    const auto at = std::ranges::lower_bound(causes_, cause);
    return static_cast<root_cause_id>(at - causes_.begin()) + 1;
  }
  // What every record of some counted downtime names; nothing where one names none or another. Records of no row are
  // those that overlap it.
  [[nodiscard]] root_cause_id cause_of(const measurement& m, const kept_or_dropped& d,
                                       std::string_view service) const {
    const service_outage* first = nullptr;
    bool one = true;
    const auto take = [&](const service_outage& o) {
      if (!service.empty() && o.service != service) return;
      one = one && (first == nullptr || o.root_cause == first->root_cause);
      first = &o;
    };
    const auto row_of = [](const service_outage* o) { return o->span.row; };
    for (const std::uint32_t row : m.rows_of(d))
      if (row != 0)
        for (const service_outage* o : std::ranges::equal_range(by_row_, row, {}, row_of)) take(*o);
    for (const service_outage* o : std::ranges::equal_range(by_row_, 0U, {}, row_of))
      if (o->span.span.begin < d.span.end && d.span.begin < o->span.span.end) take(*o);
    return first == nullptr || !one ? 0 : numbered(first->root_cause);
  }
  [[nodiscard]] root_cause_id cause_of(const measurement& m, std::string_view service) const {
    root_cause_id only = 0;
    if (causes_.empty()) return 0;
    for (const kept_or_dropped& d : m.derivation) {
      if (d.what != fate::counted) continue;
      const root_cause_id one = cause_of(m, d, service);
      if (one == 0 || (only != 0 && one != only)) return 0;
      only = one;
    }
    return only;
  }
  void level(const judged_level& l) {
    figure& f = add(number_of(metric_kind::service_level, l.id), {});
    f.no_data = l.value.no_data;
    if (is_length(l.metric)) {
      f.elapsed = std::chrono::seconds(l.value.value.num() / l.value.value.den());
    } else {
      f.value = l.value.value;
    }
  }
  void of_clock(clock_id clock) {
    attainment count;
    for (const clock_attainment& a : f_.attainment)
      if (a.clock == clock) count = a.count;
    figure& share = add(attainment_metric(clock), {});
    share.value = count.share().value_or(ratio());
    share.no_data = !count.share().has_value();
    add(number_of(metric_kind::breaches, clock), {}).count = static_cast<std::int64_t>(count.breached);
  }
  void dated(figure& f, instant t) const {
    f.date = std::chrono::sys_days(std::chrono::floor<std::chrono::days>(in_.to_local(t)).time_since_epoch());
    f.count = 1;
  }
  void outages() {
    for (const kept_or_dropped& d : f_.measured.derivation) {
      if (d.what != fate::counted) continue;
      figure& f = add(number_of(metric_kind::each_outage), local_text(d.span.begin, in_), d.span.begin);
      f.elapsed = d.counted;
      f.whole = f_.measured.denominator;
      if (!causes_.empty()) f.cause = cause_of(f_.measured, d, {});
      dated(f, d.span.begin);
    }
  }
  void late() {
    for (const judged_incident& i : f_.incidents)
      for (const verdict& v : i.verdicts) {
        if (v.outcome != outcome::breached || !v.breached_at ||
            !f_.measured.window.span.contains(*v.breached_at))
          continue;
        const auto clock = clock_in(p_, i, v.clock);
        if (!clock) continue;
        figure& f = add(number_of(metric_kind::lateness, *clock),
                        v.cycle > 1 ? i.id + " #" + std::to_string(v.cycle) : i.id, v.breached_at);
        f.elapsed = v.overdue_elapsed;
        f.worked = v.overdue;
        f.cause = numbered(i.root_cause);
        dated(f, *v.breached_at);
      }
  }

  const policy& p_;
  const zone& in_;
  const contract& c_;
  const figures& f_;
  std::vector<std::string> causes_;
  std::vector<const service_outage*> by_row_;  // where any names a cause
  std::vector<figure> all_;
  std::vector<std::optional<instant>> at_;
};

// The year that an annual fee pays for: the contract's own, from its anniversary, else the calendar's.
[[nodiscard]] inline std::int32_t days_of_year(const contract& c, const interval& window, const zone& in) {
  const auto date = [&](instant t) {
    return std::chrono::year_month_day(
        std::chrono::sys_days(std::chrono::floor<std::chrono::days>(in.to_local(t)).time_since_epoch()));
  };
  const auto begin = date(window.begin);
  const auto from = c.from.value_or(begin.year() / std::chrono::January / 1);
  const auto anniversary = [&](int years) {
    return std::chrono::sys_days(civil_span::years(std::max(years, 0)).last_date(from));
  };
  int years = static_cast<int>(begin.year()) - static_cast<int>(from.year());
  if (anniversary(years) > std::chrono::sys_days(begin)) --years;
  return static_cast<std::int32_t>((anniversary(std::max(years, 0) + 1) - anniversary(years)).count());
}

}  // namespace detail

/// Every fee of a contract, as a window's settlement takes its shares of them.
[[nodiscard]] inline std::vector<fee> fees_of(const policy& p, const contract& c, const interval& window) {
  std::vector<fee> all{{.id = number_of(named_fee::monthly),
                        .amount = c.monthly_fee,
                        .tax = c.fee_is_taxed,
                        .price = c.fee_is_paid}};
  for (const fee& f : c.fees) {
    all.push_back(f);
    if (f.id == number_of(named_fee::annual) && f.days == 0 && window.begin.is_finite())
      all.back().days = detail::days_of_year(c, window, zone_of(p, c));
  }
  return all;
}

/// The base of a clause or cap that no fee of the contract answers to: nothing where each has one.
struct missing_base {
  std::string_view clause;
  base_terms base;
};
[[nodiscard]] inline std::optional<missing_base> find_missing_base(const policy& p, const contract& c) {
  const std::vector<fee> fees = fees_of(p, c, {});
  // The fee that is missing for a base: its own, or, where that is 0, the one that is to stand in.
  const auto missing = [&](base_terms b, std::string_view subject) -> std::optional<base_terms> {
    bool found = false, zero = true;
    const auto look = [&](fee_id id) {
      for (const fee& f : fees)
        if (f.id == id && (b.of_subject ? f.subject == subject : f.subject.empty()) &&
            (b.tax == fee_tax::unstated || f.tax == b.tax) &&
            (b.price == fee_price::unstated || f.price == b.price)) {
          found = true;
          zero = zero && f.amount.is_zero();
        }
    };
    look(b.fee);
    if (!found) return b;
    if (!zero || !b.reference) return std::nullopt;
    found = false;
    look(*b.reference);
    b.fee = *b.reference;
    return found ? std::nullopt : std::optional(b);
  };
  for (const credit_terms& t : p.credits(c.tier)) {
    if (!is_money(t.form.form)) continue;
    if (!t.base.of_subject)
      if (const auto b = missing(t.base, {})) return missing_base{t.clause, *b};
    if (t.base.of_subject)
      for (const std::string& service : c.services)
        if (const auto b = missing(t.base, service)) return missing_base{t.clause, *b};
  }
  for (const cap_terms& t : p.caps(c.tier))
    if (t.scope != cap_scope::line && std::holds_alternative<ratio>(t.limit))
      if (const auto b = missing(t.base, {})) return missing_base{t.clause, *b};
  return std::nullopt;
}

namespace detail {

/// What a window's figures come to as facts, to be settled alone or with other parts of the window. Keeps what the facts
/// point to, but for what earlier windows left; not to be copied.
class settling_facts {
 public:
  settling_facts(const policy& p, const contract& c, const figures& f, const settle_context& known)
      : terms_{p.credits(c.tier), p.caps(c.tier), p.combine()},
        whole_fees_(known.fees.begin(), known.fees.end()) {
    const interval window = known.part_of.value_or(f.measured.window.span);
    if (whole_fees_.empty()) whole_fees_ = fees_of(p, c, window);
    fees_ = whole_fees_;
    if (known.fee_share != ratio(1))
      for (fee& each : fees_) each.share = each.share * known.fee_share;
    bring(p, c, f, window);
    if (known.seats)
      for (figure& each : figures_) each.seats = *known.seats;
    for (const contract_claim& each : known.claims)
      if (each.contract == c.id) claims_.push_back(each.what);
    facts_ = {.fees = fees_,
              .figures = figures_,
              .periods = periods_,
              .claims = claims_,
              .as_of = known.as_of,
              .days = known.days != 0 ? known.days : f.measured.window.days,
              .plan = c.tier,
              .whole_fees = whole_fees_};
    if (known.before != nullptr) earlier(*known.before, c, window, zone_of(p, c));
  }
  settling_facts(const settling_facts&) = delete;
  settling_facts& operator=(const settling_facts&) = delete;

  [[nodiscard]] settle_part part() const { return {terms_, facts_}; }

 private:
  void bring(const policy& p, const contract& c, const figures& f, const interval& window) {
    const zone& in = zone_of(p, c);
    figure_list brought(p, c, f);
    for (const claim_rule& rule : p.claims(c.tier)) {
      if (rule.terms.from == claim_terms::window_end) {
        periods_.push_back({rule.clause, {}, admissible(rule.terms, window, window.end, in, rule.workdays)});
        continue;
      }
      for (const credit_terms& t : p.credits(c.tier))
        for (const figure& one : brought.all())
          if (t.clause == rule.clause && t.metric == one.metric)
            if (const auto at = brought.occurred(one))
              periods_.push_back(
                  {rule.clause, one.subject, admissible(rule.terms, window, *at, in, rule.workdays)});
    }
    figures_ = brought.take();
  }
  void earlier(const settled_history& before, const contract& c, const interval& window, const zone& in) {
    cap_spans since;
    if (window.begin.is_finite() && window.end.is_finite()) {
      const std::chrono::year_month_day began(in.date_at(window.begin));
      since = spans_of(window, c.from.value_or(began.year() / std::chrono::January / 1), in);
    }
    earlier_ = paid_before(before.paid(), window.begin, since);
    facts_.earlier = earlier_.money;
    facts_.units_earlier = earlier_.units;
    facts_.history = before.results();
  }

  settle_terms terms_;
  std::vector<fee> whole_fees_, fees_;
  std::vector<figure> figures_;
  std::vector<claim_period> periods_;
  std::vector<sla::claim> claims_;
  paid_earlier earlier_;
  window_facts facts_;
};

}  // namespace detail

/// What is owed for a window's figures. Throws sla::error where an amount leaves 64 bits, or no fee answers to a clause.
[[nodiscard]] inline settlement settle(const policy& p, const contract& c, const figures& f,
                                       const settle_context& known = {}) {
  const detail::settling_facts facts(p, c, f, known);
  const settle_part only = facts.part();
  return settle(only.terms, only.facts);
}

/// What a window owes that is not settled at all.
[[nodiscard]] inline settlement settle_nothing(const policy& p, const contract& c) {
  const fee only{.amount = c.monthly_fee};
  return settle({{}, {}, p.combine()}, {.fees = {&only, 1}});
}

}  // namespace v0
}  // namespace sla
