// SPDX-License-Identifier: MIT
#include <sla/report/json.hpp>

#include <bit>
#include <optional>
#include <string>
#include <string_view>

#include <sla/calendar/local_text.hpp>
#include <sla/policy/versioned_portfolio.hpp>
#include <sla/report/explain.hpp>
#include <sla/report/log_review.hpp>

#include "json_measured.hpp"
#include "json_text.hpp"
#include "step_words.hpp"

namespace sla {
inline namespace v0 {
namespace detail {
namespace {

class json_writer : public json_measured {
 public:
  explicit json_writer(const policy& p) : json_measured(p) {}
  json_writer(const policy& p, const zone& in) : json_measured(p, in) {}
  json_writer(const policy& p, const sla::statement& s) : json_measured(p, s) {}
  json_writer(const policy& p, const json_writer& like) : json_measured(p, like) {}
  using json_measured::of;

  [[nodiscard]] json severity(std::size_t s) const {
    return named(p_.severity_name(s), p_.severity_label(s));
  }
  [[nodiscard]] static json parties(const std::array<std::chrono::seconds, party_count>& amounts) {
    json out = json::object();
    for (std::size_t i = 0; i < party_count; ++i)
      if (amounts[i].count() != 0) out[std::string(name(static_cast<party>(i)))] = amounts[i].count();
    return out;
  }

  [[nodiscard]] json of(const verdict& v) const {
    return {{"clock", clock(v.clock)},
            {"cycle", v.cycle},
            {"outcome", name(v.outcome)},
            {"activity", name(v.activity)},
            {"target", v.outcome == outcome::not_applicable ? json(nullptr) : json(to_string(v.limit))},
            {"clause", p_.clause(v)},
            {"counts", v.business ? "business time" : "elapsed time"},
            {"target_seconds", v.amount.count()},
            {"started", at(v.started)},
            {"measured_from", at(v.measured_from)},
            {"due", at(v.due)},
            {"due_if_resumed", at(v.due_if_resumed)},
            {"done", at(v.done)},
            {"breached_at", at(v.breached_at)},
            {"counted_seconds", v.counted.count()},
            {"worked_seconds", v.worked.count()},
            {"elapsed_seconds", v.elapsed.count()},
            {"remaining_seconds", v.remaining.count()},
            {"overdue_seconds", v.overdue.count()},
            {"overdue_elapsed_seconds", v.overdue_elapsed.count()},
            {"paused_seconds", parties(v.paused)},
            {"attributed_seconds", parties(v.attributed)},
            {"warnings_passed", std::popcount(v.warnings)},
            {"next_warning", at(v.next_warning)},
            {"level", v.level},
            {"provisional", v.provisional},
            {"before_report", v.before_report},
            {"corrected", v.corrected},
            {"start_row", v.start_row},
            {"stop_row", v.stop_row}};
  }

  // A promise without a number as a verdict: nothing is judged, every member is there.
  [[nodiscard]] json unjudged(clock_id clock, std::string_view clause) const {
    verdict v;
    v.clock = clock;
    v.outcome = outcome::not_applicable;
    json out = of(v);
    out["outcome"] = without_number;
    out["clause"] = clause;
    out["counts"] = nullptr;
    return out;
  }

  [[nodiscard]] json_writer as_judged(const judged_incident& i) const { return {i.by ? *i.by : p_, *this}; }
  [[nodiscard]] json of(const judged_incident& i) const { return as_judged(i).written(i); }
  [[nodiscard]] json written(const judged_incident& i) const {
    json verdicts = json::array(), anomalies = json::array();
    const grade& g = i.facts.at_report;
    visit_promises(
        p_, i, [&](const verdict& v) { verdicts.push_back(of(v)); },
        [&](clock_id c) {
          verdicts.push_back(unjudged(c, p_.origin({i.facts.tier, i.facts.channel, g}, c)->clause));
        });
    for (const anomaly& a : i.anomalies)
      anomalies.push_back({{"at", at(a.at)}, {"row", a.row}, {"reason", name(a.kind)}});
    return {{"incident", i.id},
            {"severity", severity(g.severity)},
            {"region", named(p_.region_name(g.region), p_.region_label(g.region))},
            {"category", named(p_.category_name(g.category), p_.category_label(g.category))},
            {"reported", at(i.facts.reported)},
            {"root_cause", i.root_cause.empty() ? json(nullptr) : json(i.root_cause)},
            {"judged_by", i.by ? json(date_text(i.by->version())) : json(nullptr)},
            {"verdicts", std::move(verdicts)},
            {"anomalies", std::move(anomalies)}};
  }

  [[nodiscard]] json of(std::span<const graded_attainment> all) const {
    json out = json::array();
    for (const graded_attainment& a : all)
      out.push_back(
          {{"clock", clock(a.clock)}, {"severity", severity(a.severity)}, {"count", counts(a.count)}});
    return out;
  }

  [[nodiscard]] static json of(const versions& v) {
    const auto list = [](const std::vector<named_version>& all) {
      json out = json::array();
      for (const named_version& n : all) out.push_back({{"name", n.name}, {"version", n.version}});
      return out;
    };
    return {{"policy", {{"name", v.policy.name}, {"version", v.policy.version}}},
            {"holidays", list(v.holidays)},
            {"zones", list(v.zones)},
            {"library", v.library}};
  }

  [[nodiscard]] json of(const statement& s) const { return json_writer(p_, s).written(s); }
  [[nodiscard]] json written(const statement& s) const {
    json incidents = json::array();
    for (const judged_incident& i : s.incidents) incidents.push_back(of(i));
    return {{"contract", of(s.contract)},
            {"window", window(s.window)},
            {"as_of", at(s.as_of)},
            {"provisional", s.provisional},
            {"incidents", std::move(incidents)},
            {"attainment", attained(s.attainment)},
            {"availability", availability(s, s.outages)},
            {"service_levels", levels(s.levels)},
            {"windows_before", s.windows_before},
            {"undefined_before", s.undefined_before},
            {"compensation", of(s.money)},
            {"part_window", part(s)},
            {"changed_window", change(s)},
            {"parts", parts(s)},
            {"window_readings", window_readings(s)},
            {"rests_on", of(s.rests_on)}};
  }

  // Each statement in the names of the version that settled it, where there are several.
  [[nodiscard]] json of(const portfolio& all, const policy_versions* versions = nullptr) const {
    json statements = json::array(), credits = json::array();
    for (const statement& s : all.statements)
      statements.push_back(
          versions == nullptr
              ? of(s)
              : json_writer(versions->all()[version_at(*versions, s.window.span.begin)]).of(s));
    for (const money& m : all.totals) credits.push_back(of(m));
    return {{"window", window(all.window)},
            {"as_of", at(all.as_of)},
            {"statements", std::move(statements)},
            {"totals",
             {{"contracts", all.statements.size()},
              {"owing", all.owing},
              {"undefined", all.undefined},
              {"owed", std::move(credits)},
              {"forms", totals(all.forms)},
              {"outcomes", of(all.outcomes)},
              {"attainment", of(std::span(all.attainment))}}}};
  }

  // A breach is a verdict of an incident, listed again with the incident's name.
  [[nodiscard]] json of(const log_review& r, std::size_t worst) const {
    json incidents = json::array(), breaches = json::array(), ignored = json::array();
    json anomalies = json::object();
    for (const judged_incident& i : r.incidents) incidents.push_back(of(i));
    for (std::size_t b = 0; b < r.breaches.size() && b < worst; ++b) {
      const judged_incident& i = r.incidents[r.breaches[b].incident];
      breaches.push_back({{"incident", i.id},
                          {"severity", as_judged(i).severity(i.facts.at_report.severity)},
                          {"verdict", as_judged(i).of(i.verdicts[r.breaches[b].verdict])}});
    }
    for (std::size_t k = 0; k < r.anomalies.size(); ++k)
      anomalies[std::string(name(static_cast<anomaly_kind>(k)))] = r.anomalies[k];
    for (std::size_t k = 0; k < r.rows.by_reason.size(); ++k) {
      const ignored_rows& rows = r.rows.by_reason[k];
      json first = json::array();
      for (const ignored_rows::place& at : rows.first)
        first.push_back({{"line", at.line}, {"found", at.found}});
      if (rows.count != 0)
        ignored.push_back({{"reason", name(static_cast<ignored_reason>(k))},
                           {"count", rows.count},
                           {"first", std::move(first)}});
    }
    json judged = nullptr;
    if (r.judged) {
      constexpr std::string_view words[]{"met", "missed", "undecided"};
      judged = {{"clock", clock(r.judged->clock)}, {"source", json::object()}};
      for (std::size_t s = 0; s < 3; ++s)
        for (std::size_t o = 0; o < 3; ++o)
          judged["source"][std::string(words[s])]["here_" + std::string(words[o])] = r.judged->counts[s][o];
      judged["compared"] = r.judged->compared();
      judged["differing"] = r.judged->differing();
    }
    return {{"as_of", at(r.as_of)},
            {"rows",
             {{"read", r.rows.read},
              {"used", r.rows.used},
              {"ignored", r.rows.ignored()},
              {"ignored_by_reason", std::move(ignored)}}},
            {"outcomes", of(r.outcomes)},
            {"attainment", of(std::span(r.attainment))},
            {"breaches", r.breaches.size()},
            {"worst", std::move(breaches)},
            {"anomalies", std::move(anomalies)},
            {"judged", std::move(judged)},
            {"incidents", std::move(incidents)},
            {"rests_on", of(r.rests_on)}};
  }

  [[nodiscard]] json of(const explained_incident& i) const {
    json clocks = json::array(), anomalies = json::array();
    for (const explained_verdict& v : i.clocks) clocks.push_back(of(v));
    for (const anomaly& a : i.anomalies)
      anomalies.push_back({{"at", at(a.at)}, {"row", a.row}, {"reason", name(a.kind)}});
    return {{"incident", i.id},          {"contract", i.contract},      {"reported", at(i.facts.reported)},
            {"as_of", at(i.as_of)},      {"clocks", std::move(clocks)}, {"anomalies", std::move(anomalies)},
            {"rests_on", of(i.rests_on)}};
  }

 private:
  [[nodiscard]] static json of(const outcome_counts& counts) {
    json out = json::object();
    for (std::size_t i = 0; i < counts.size(); ++i)
      out[std::string(name(static_cast<outcome>(i)))] = counts[i];
    return out;
  }
  [[nodiscard]] json of(const explained_verdict& v) const {
    json rows = json::array(), steps = json::array(), hours = json::array(), touched = json::array();
    for (const considered_row& r : v.rows)
      rows.push_back({{"row", r.row},
                      {"clause", r.clause},
                      {"selectors", r.specificity},
                      {"limit", r.limit ? json(to_string(*r.limit)) : json(nullptr)},
                      {"calendar", r.calendar.empty() ? json(nullptr) : json(r.calendar)},
                      {"gives_limit", r.gives_limit},
                      {"gives_calendar", r.gives_calendar},
                      {"unquantified", r.unquantified},
                      {"options", r.options},
                      {"gives_options", r.gives}});
    for (std::size_t i = 0; i < v.steps.size(); ++i) {
      const auto end = cap_ended(v, i);
      steps.push_back(of(v.steps[i]));
      steps.back()["cap_used_up_at"] = end ? at(end->at) : json(nullptr);
    }
    if (v.hours) {
      for (const interval& open : v.hours->counted) hours.push_back(span(open));
      for (const dated_note& n : v.hours->touched)
        touched.push_back({{"date", date_text(std::chrono::year_month_day(n.date))}, {"text", n.text}});
    }
    const considered_row* row = without_number_by(v);
    return {{"verdict", row != nullptr ? unjudged(v.judged.clock, row->clause) : of(v.judged)},
            {"rows", std::move(rows)},
            {"steps", std::move(steps)},
            {"open", v.hours ? std::move(hours) : json(nullptr)},
            {"open_seconds", v.hours ? json(v.hours->total.seconds().count()) : json(nullptr)},
            {"touched", std::move(touched)},
            {"continued", v.continued ? of(*v.continued) : json(nullptr)}};
  }

  // One set of members for every kind of step: what a kind does not have is null.
  [[nodiscard]] json of(const explained_step& told) const {
    const clock_step& s = told.step;
    const bool measures = s.kind == step_kind::change;
    json pausing = json::array();
    for (reason_id r = 0; r < reason_limit; ++r)
      if (((s.active >> r) & 1U) != 0) pausing.push_back(p_.reason_name(r));
    const auto stated = [&](instant t) { return t > instant::earliest() ? json(at(t)) : json(nullptr); };
    return {
        {"step", name(s.kind)},
        {"at", s.kind == step_kind::row ? json(nullptr) : json(at(s.at))},
        {"row", told.record ? json(told.record->row) : json(nullptr)},
        {"record", told.record ? json(moment_or_kind(*told.record)) : json(nullptr)},
        {"agreed_by", told.record && told.record->agreed_by != party::nobody
                          ? json(name(told.record->agreed_by))
                          : json(nullptr)},
        {"to", told.record && measures ? json(grade_text(p_, told.record->to)) : json(nullptr)},
        {"effect", measures ? json(effect_text(s.effect)) : json(nullptr)},
        {"limit", s.terms != nullptr && s.terms->promised ? json(to_string(s.terms->limit)) : json(nullptr)},
        {"pausing", std::move(pausing)},
        {"counted_seconds", s.used.counted.count()},
        {"paused_seconds", parties(s.used.paused)},
        {"counted_by_new_seconds", measures ? json(s.used_new.counted.count()) : json(nullptr)},
        {"from",
         s.kind == step_kind::due || s.kind == step_kind::reopening ? json(at(s.from)) : json(nullptr)},
        {"amount_seconds", s.kind == step_kind::due ? json(s.amount.count()) : json(nullptr)},
        {"agreed", stated(s.agreed)},
        {"not_before", stated(s.not_before)},
        {"due_before", at(s.due_before)},
        {"due_by_new", at(s.due_new)},
        {"cap_left_seconds", s.cap_left ? json(s.cap_left->count()) : json(nullptr)},
        {"due", at(s.due)},
        {"warning", s.kind == step_kind::warning ? json(s.index) : json(nullptr)},
        {"outcome", s.kind == step_kind::judged ? json(name(s.result)) : json(nullptr)}};
  }
  [[nodiscard]] std::string moment_or_kind(const event& e) const {
    switch (e.kind) {
      case event_kind::start:
      case event_kind::milestone:
      case event_kind::stop:
      case event_kind::confirm: return moment_text(p_, e.what);
      case event_kind::reopen: return "reopened";
      case event_kind::cancel: return "cancelled";
      case event_kind::change: return std::string(cause_text(e.why));
      case event_kind::extend: return "extended";
      case event_kind::waive: return "waived";
      case event_kind::reject: return "rejected";
      case event_kind::resume: return "resumed";
      case event_kind::pause: return "paused";
    }
    return {};
  }
};

}  // namespace
}  // namespace detail

std::string to_json(const policy& p, const verdict& v) { return detail::print(detail::json_writer(p).of(v)); }
std::string to_json(const policy& p, const judged_incident& i) {
  return detail::print(detail::json_writer(p).of(i));
}
std::string to_json(const policy& p, const statement& s) {
  return detail::print(detail::json_writer(p).of(s));
}
std::string to_json(const policy& p, const portfolio& all) {
  return detail::print(detail::json_writer(p).of(all));
}
std::string to_json(const policy_versions& versions, const portfolio& all) {
  const bool several = versions.all().size() > 1;
  return detail::print(detail::json_writer(versions.all().back()).of(all, several ? &versions : nullptr));
}
std::string to_json(const policy& p, std::span<const graded_attainment> all) {
  return detail::print(detail::json_writer(p).of(all));
}
std::string to_json(const policy& p, const log_review& r, std::size_t worst) {
  return detail::print(detail::json_writer(p).of(r, worst));
}
std::string to_json(const policy& p, const explained_incident& i) {
  return detail::print(detail::json_writer(p, i.zone ? *i.zone : p.home()).of(i));
}

}  // namespace v0
}  // namespace sla
