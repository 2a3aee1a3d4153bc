// SPDX-License-Identifier: MIT
#include "policy/print_availability.hpp"

#include <string_view>
#include <variant>
#include <vector>

#include <sla/calendar/local_text.hpp>

#include "policy/policy_words.hpp"
#include "policy/toml_text.hpp"

namespace sla {
inline namespace v0 {
namespace detail {
namespace {

[[nodiscard]] std::string share(const ratio& r) { return toml_text(to_string(r)); }
[[nodiscard]] std::string length(std::chrono::seconds s) { return toml_text(to_string(s)); }

[[nodiscard]] std::string print_window(const window_terms& w) {
  if (const auto word = word_for(named_windows, w); !word.empty()) return toml_text(word);
  toml_members m;
  const window_rule& r = w.rule;
  switch (r.kind) {
    case window_kind::billing_month:
      m.add("billing_day",
            std::to_string(static_cast<unsigned>(std::chrono::year_month_day(r.anchor).day())));
      return m.inline_table();
    case window_kind::fixed_minutes:
      m.add("minutes", std::to_string(std::chrono::duration_cast<std::chrono::minutes>(r.length).count()));
      break;
    case window_kind::rolling_days: m.add("rolling_days", std::to_string(r.days)); return m.inline_table();
    default: m.add("days", std::to_string(r.days)); break;
  }
  if (!w.from_contract) m.add("from", date_text(std::chrono::year_month_day(r.anchor)));
  return m.inline_table();
}

[[nodiscard]] std::string print_denominator(const denominator_spec& d) {
  toml_members m;
  if (d.what == denominator_rule::fixed)
    m.add("fixed", length(d.length));
  else if (d.what == denominator_rule::service_hours)
    m.text("service_hours", d.hours);
  else
    return toml_text(word_for(named_denominators, d.what));
  return m.inline_table();
}

[[nodiscard]] std::string print_exclusion(const exclusion_spec& e) {
  toml_members m;
  if (e.reach != exclusion_reach::by_cause) m.text("by", word_for(reaches, e.reach));
  m.text("cause", e.cause);
  m.text("within", e.within);
  m.text("clause", e.clause);
  if (e.effect != exclusion_effect::numerator) m.text("effect", word_for(effects, e.effect));
  if (e.quota) m.add("quota", length(*e.quota));
  if (e.notice) m.text("notice", std::visit([](const auto& n) { return to_string(n); }, *e.notice));
  m.text("calendar", e.calendar);
  return m.inline_table();
}

[[nodiscard]] std::string print_slots(const slot_spec& s) {
  toml_members m, down;
  m.add("length", length(s.length));
  if (s.from_midnight) m.text("aligned", word_for(alignments, true));
  if (s.down_by == slot_rules::by_ratio) down.add(s.inclusive ? "at_least" : "over", share(s.threshold));
  if (s.down_by == slot_rules::by_count)
    down.add(s.inclusive ? "at_least_count" : "over_count", std::to_string(s.count));
  m.add("down", down.empty() ? toml_text("all fail") : down.inline_table());
  const slot_spec usual;
  if (s.idle != usual.idle) m.text("idle", word_for(slot_defaults, s.idle));
  if (s.idle_below != usual.idle_below) m.add("idle_below", std::to_string(s.idle_below));
  if (s.figure != usual.figure) m.text("figure", word_for(slot_figures, s.figure));
  return m.inline_table();
}

}  // namespace

std::string print_availability(const availability_spec& a) {
  toml_members m;
  m.text("clause", a.clause);
  m.text("tier", a.tier);
  if (a.target) m.add("target", share(*a.target));
  if (a.window) m.add("window", print_window(*a.window));
  if (a.exclude) {
    std::vector<std::string> rows;
    for (const exclusion_spec& e : *a.exclude) rows.push_back(print_exclusion(e));
    m.add("exclude", rows.size() > 1 ? toml_lines(rows) : toml_list(rows));
  }
  if (a.minimum)
    m.text("minimum", (a.minimum->inclusive ? "at least " : "over ") + to_string(a.minimum->length));
  if (a.merge_gap) m.add("merge_gap", length(*a.merge_gap));
  if (a.round && a.round->what != outage_rounding::none) {
    toml_members round;
    round.add(a.round->what == outage_rounding::each ? "each" : "sum", length(a.round->unit));
    round.text("mode", name(a.round->mode));
    m.add("round", round.inline_table());
  }
  if (a.denominator) m.add("denominator", print_denominator(*a.denominator));
  if (a.unknown) m.text("not_measured", word_for(unmeasured, *a.unknown));
  if (a.slots) m.add("slots", print_slots(*a.slots));
  if (a.weights) {
    toml_members weights;
    weights.text("overlap", word_for(overlaps, a.weights->overlap));
    if (a.weights->population != 0) weights.add("population", std::to_string(a.weights->population));
    m.add("weights", weights.inline_table());
  }
  if (a.shown) {
    toml_members shown;
    shown.add("decimals", std::to_string(a.shown->decimals));
    shown.text("mode", name(a.shown->mode));
    m.add("shown", shown.inline_table());
  }
  return m.block("[[availability]]");
}

std::string print_service_level(const service_level_spec& s) {
  toml_members m;
  m.text("name", s.name);
  m.text("clause", s.clause);
  m.text("tier", s.tier);
  m.text("metric", s.metric == service_metric::attainment
                       ? std::string(attainment_of_clock) + std::string(s.clock)
                       : std::string(name(s.metric)));
  if (s.base) m.text("of", word_for(call_bases, *s.base));
  if (s.within) m.add("within", length(*s.within));
  if (s.short_abandon) m.add("short_abandon", length(*s.short_abandon));
  if (s.percentile) m.add("percentile", share(*s.percentile));
  if (s.target) {
    // A mean may be a fraction of a second, and a bound never is: it was stated as a length.
    const ratio& bound = s.target->bound;
    m.add(word_for(bounds_of_a_level, s.target->holds),
          is_length(s.metric) ? length(std::chrono::seconds(bound.num() / bound.den())) : share(bound));
  }
  m.text("hours", s.hours);
  if (s.minimum_sample != 0) m.add("minimum_sample", std::to_string(s.minimum_sample));
  return m.block("[[service_level]]");
}

}  // namespace detail
}  // namespace v0
}  // namespace sla
