// SPDX-License-Identifier: MIT
#include "policy/policy_availability.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "policy/policy_words.hpp"
#include "policy/record_file.hpp"

namespace sla {
inline namespace v0 {
namespace detail {
namespace {

constexpr int most_decimals = 9;
constexpr int most_days = 36'600;
constexpr int most_counted = 1'000'000'000;

[[nodiscard]] choices<rounding, rounding_names.size()> rounding_modes() {
  choices<rounding, rounding_names.size()> modes{};
  std::ranges::copy(rounding_names, modes.begin());
  return modes;
}

}  // namespace

std::string_view availability_reader::only_one(toml_table& in, std::string_view key,
                                               const std::vector<std::string_view>& members,
                                               std::string_view example) {
  std::string_view found;
  bool several = false;
  for (const std::string_view m : members) {
    if (!in.has(m)) continue;
    several = several || !found.empty();
    found = m;
  }
  if (!found.empty() && !several) return found;
  for (const std::string_view m : members) (void)in.get(m);
  in.error("", "malformed-" + std::string(key),
           "expected one of " + list(members) + ", such as " + std::string(example) +
               (several ? ", found several" : ", found none"));
  return {};
}

// --- availability -----------------------------------------------------------------------------------------------

std::vector<availability_spec> availability_reader::availability(toml_table& root) {
  std::vector<availability_spec> out;
  bool promised = false, windowed = false;
  for (const toml_value* row : root.tables("availability")) {
    toml_table in(problems_, *row, row->where, places_, "availability", out.size());
    availability_spec& a = out.emplace_back();
    a.clause = in.text_or("clause");
    a.tier = in.text_or("tier");
    a.target = in.rate("target");
    a.window = window(in);
    promised = promised || in.has("target");
    windowed = windowed || in.has("window");
    if (in.get("exclude") != nullptr) {
      auto& all = exclusions_.emplace_back();
      for (const toml_value* e : in.tables("exclude")) {
        for (const std::string key : {"cause", "within", "calendar", "by", "notice", "quota"})
          if (const toml_member* m = e->find(key))
            places_.add("availability", out.size() - 1, "exclude." + key, all.size(), m->value.where);
        const exclusion_spec read = exclusion(*e);
        if (read.reach == exclusion_reach::by_time || !read.cause.empty()) all.push_back(read);
      }
      a.exclude = all;
    }
    a.minimum = minimum(in);
    a.merge_gap = in.duration("merge_gap");
    a.round = rounded(in);
    a.denominator = denominator(in);
    a.unknown = in.choice("not_measured", unmeasured);
    a.slots = slots(in, out.size() - 1);
    a.weights = weights(in);
    a.shown = figure(in);
    in.finish();
  }
  if (promised && !windowed)
    problems_.warning(
        places_.find("availability", 0, "", 0), "unstated-window",
        "no row states the window of the availability, calendar months are taken: state window = "
        "\"calendar month\"");
  return out;
}

exclusion_spec availability_reader::exclusion(const toml_value& row) {
  toml_table in(problems_, row, row.where);
  exclusion_spec out;
  out.reach = in.choice("by", reaches).value_or(out.reach);
  if (out.reach == exclusion_reach::by_cause && (!in.has("by") || in.text_or("by") == "cause"))
    (void)in.require("cause", "\"planned maintenance\"");
  out.cause = in.text_or("cause");
  out.within = in.text_or("within");
  out.clause = in.text_or("clause");
  out.effect = in.choice("effect", effects).value_or(out.effect);
  out.quota = in.duration("quota");
  out.notice = notice(in);
  out.calendar = in.text_or("calendar");
  in.finish();
  return out;
}

std::optional<notice_span> availability_reader::notice(toml_table& in) {
  const toml_value* v = in.get("notice", toml_kind::text);
  if (v == nullptr) return std::nullopt;
  if (const auto days = parse_civil_span(v->text)) return *days;
  if (const auto limit = parse_time_limit(v->text); limit && limit->count() > 0) return *limit;
  in.error("notice", "malformed-notice",
           "expected \"72h\", \"24bh\", \"3bd\", \"5 days\" or \"1 month\", found " + shown(v->text));
  return std::nullopt;
}

std::optional<minimum_duration> availability_reader::minimum(toml_table& in) {
  const toml_value* v = in.get("minimum", toml_kind::text);
  if (v == nullptr) return std::nullopt;
  for (const auto& [word, inclusive] :
       {std::pair<std::string_view, bool>("over ", false), {"at least ", true}}) {
    if (!v->text.starts_with(word)) continue;
    const auto limit = parse_time_limit(std::string_view(v->text).substr(word.size()));
    if (limit && !limit->needs_calendar())
      return minimum_duration{std::chrono::seconds(limit->count()), inclusive};
  }
  in.error("minimum", "malformed-minimum",
           "expected \"over 5min\" or \"at least 5min\", found " + shown(v->text));
  return std::nullopt;
}

std::optional<outage_rounding> availability_reader::rounded(toml_table& in) {
  const toml_value* v = in.get("round", toml_kind::table);
  if (v == nullptr) return std::nullopt;
  toml_table of(problems_, *v, v->where);
  outage_rounding out;
  const auto each = of.duration("each"), sum = of.duration("sum");
  if (of.has("each") == of.has("sum")) {
    of.error("", "malformed-rounding",
             "expected what is rounded and to what, such as { each = \"1min\", mode = \"ceil\" }, or sum");
    return std::nullopt;
  }
  if (of.require("mode", "\"ceil\"")) out.mode = of.choice("mode", rounding_modes()).value_or(out.mode);
  of.finish();
  if (!each && !sum) return std::nullopt;
  out.what = each ? outage_rounding::each : outage_rounding::sum;
  out.unit = each ? *each : *sum;
  if (out.unit > std::chrono::seconds(0)) return out;
  of.error(each ? "each" : "sum", "malformed-rounding", "expected a unit above 0, such as \"1min\"");
  return std::nullopt;
}

std::optional<window_terms> availability_reader::window(toml_table& in) {
  const toml_value* v = in.get("window");
  if (v == nullptr) return std::nullopt;
  if (v->kind != toml_kind::table) return in.choice("window", named_windows);
  const std::size_t before = problems_.errors();
  toml_table of(problems_, *v, v->where);
  window_terms out;
  const std::string_view what =
      only_one(of, "window", {"billing_day", "minutes", "days", "rolling_days"}, "{ rolling_days = 30 }");
  if (what == "billing_day") {
    out.rule.kind = window_kind::billing_month;
    const auto day = of.integer("billing_day", 1, 31);
    out.rule.anchor = std::chrono::year(2000) / 1 / day.value_or(1);
  } else if (what == "minutes") {
    out.rule.kind = window_kind::fixed_minutes;
    out.rule.length = std::chrono::minutes(of.integer("minutes", 1, most_days * 1'440).value_or(1));
  } else if (what == "days" || what == "rolling_days") {
    out.rule.kind = what == "days" ? window_kind::fixed_days : window_kind::rolling_days;
    out.rule.days = of.integer(what, 1, most_days).value_or(1);
  }
  if (what == "minutes" || what == "days") {
    const auto from = of.date("from");
    if (from) out.rule.anchor = *from;
    out.from_contract = !of.has("from");
  }
  of.finish();
  if (problems_.errors() == before) return out;
  in.spoil("window");
  return std::nullopt;
}

std::optional<denominator_spec> availability_reader::denominator(toml_table& in) {
  const toml_value* v = in.get("denominator");
  if (v == nullptr) return std::nullopt;
  if (v->kind != toml_kind::table) {
    const auto what = in.choice("denominator", named_denominators);
    return what ? std::optional(denominator_spec{*what, {}, {}}) : std::nullopt;
  }
  const std::size_t before = problems_.errors();
  toml_table of(problems_, *v, v->where);
  denominator_spec out;
  const std::string_view what =
      only_one(of, "denominator", {"fixed", "service_hours"}, "{ service_hours = \"workdays\" }");
  if (what == "fixed") {
    out.what = denominator_rule::fixed;
    out.length = of.duration("fixed").value_or(std::chrono::seconds(1));
    if (out.length.count() < 1)
      of.error("fixed", "malformed-denominator", "expected a length above 0, such as \"43200min\"");
  } else if (what == "service_hours") {
    out.what = denominator_rule::service_hours;
    out.hours = of.text_or("service_hours");
  }
  of.finish();
  if (problems_.errors() == before) return out;
  in.spoil("denominator");
  return std::nullopt;
}

// --- slots and weights ------------------------------------------------------------------------------------------

std::optional<slot_spec> availability_reader::slots(toml_table& in, std::size_t row) {
  const toml_value* v = in.get("slots", toml_kind::table);
  if (v == nullptr) return std::nullopt;
  const std::size_t before = problems_.errors();
  toml_table of(problems_, *v, v->where, places_, "availability", row, "slots.");
  slot_spec out;
  if (of.require("length", "\"5min\"")) {
    out.length = of.duration("length").value_or(out.length);
    if (out.length.count() < 1)
      of.error("length", "malformed-slots", "expected a length above 0, such as \"5min\"");
  }
  out.from_midnight = of.choice("aligned", alignments).value_or(false);
  if (of.require("down", "{ over = \"5%\" } or \"all fail\"")) down(of, out);
  out.idle = of.choice("idle", slot_defaults).value_or(out.idle);
  out.idle_below = of.integer("idle_below", 1, most_counted).value_or(1);
  out.figure = of.choice("figure", slot_figures).value_or(out.figure);
  of.finish();
  if (problems_.errors() == before) return out;
  in.spoil("slots");
  return std::nullopt;
}

void availability_reader::down(toml_table& in, slot_spec& out) {
  const toml_value* v = in.get("down");
  if (v->kind != toml_kind::table) {
    if (v->kind == toml_kind::text && v->text == "all fail") {
      out.down_by = slot_rules::all_fail;
    } else {
      in.error("down", "malformed-slots",
               "expected \"all fail\" or a table such as { over = \"5%\" }, found " +
                   (v->kind == toml_kind::text ? shown(v->text) : std::string(name(v->kind))));
    }
    return;
  }
  toml_table of(problems_, *v, v->where);
  const std::string_view what =
      only_one(of, "slots", {"over", "at_least", "over_count", "at_least_count"}, "{ over = \"5%\" }");
  out.inclusive = what == "at_least" || what == "at_least_count";
  if (what == "over" || what == "at_least") {
    out.down_by = slot_rules::by_ratio;
    out.threshold = of.rate(what).value_or(out.threshold);
    if (out.threshold < ratio(0) || out.threshold > ratio(1))
      of.error(what, "malformed-slots",
               "expected a share from 0% to 100%, found " + to_string(out.threshold));
  } else if (!what.empty()) {
    out.down_by = slot_rules::by_count;
    out.count = of.integer(what, 0, most_counted).value_or(0);
  }
  of.finish();
}

std::optional<weight_terms> availability_reader::weights(toml_table& in) {
  const toml_value* v = in.get("weights", toml_kind::table);
  if (v == nullptr) return std::nullopt;
  const std::size_t before = problems_.errors();
  toml_table of(problems_, *v, v->where);
  weight_terms out;
  if (of.require("overlap", "\"max\"")) out.overlap = of.choice("overlap", overlaps).value_or(out.overlap);
  if (const auto population = of.integer("population", 1, most_counted)) out.population = *population;
  of.finish();
  if (problems_.errors() == before) return out;
  in.spoil("weights");
  return std::nullopt;
}

std::optional<figure_rounding> availability_reader::figure(toml_table& in) {
  const toml_value* v = in.get("shown", toml_kind::table);
  if (v == nullptr) return std::nullopt;
  const std::size_t before = problems_.errors();
  toml_table of(problems_, *v, v->where);
  figure_rounding out;
  if (of.require("decimals", "2"))
    out.decimals = of.integer("decimals", 0, most_decimals).value_or(out.decimals);
  if (of.require("mode", "\"floor\"")) out.mode = of.choice("mode", rounding_modes()).value_or(out.mode);
  of.finish();
  if (problems_.errors() == before) return out;
  in.spoil("shown");
  return std::nullopt;
}

// --- service levels ---------------------------------------------------------------------------------------------

void availability_reader::metric(toml_table& in, service_level_spec& out) {
  if (!in.require("metric", "\"answered in time\"")) return;
  const toml_value* v = in.get("metric", toml_kind::text);
  if (v == nullptr) return;
  const std::string_view text = v->text;
  if (text.starts_with(attainment_of_clock) && text.size() > attainment_of_clock.size()) {
    out.metric = service_metric::attainment;
    out.clock = text.substr(attainment_of_clock.size());
    return;
  }
  std::vector<std::string_view> names;
  for (const service_metric_words& m : service_metric_table) {
    if (m.metric == service_metric::attainment) continue;
    if (m.text == text) {
      out.metric = m.metric;
      return;
    }
    names.push_back(m.text);
  }
  names.push_back("attainment of CLOCK");
  in.not_among("metric", *v, names);
}

std::optional<level_target> availability_reader::bound(toml_table& in, const service_level_spec& of) {
  std::optional<level_target> out;
  int stated = 0;
  for (const auto& [key, holds] : bounds_of_a_level) {
    if (in.get(key) == nullptr) continue;
    ++stated;
    if (is_length(of.metric)) {
      if (const auto length = in.duration(key)) out = {ratio(length->count()), holds};
    } else if (const auto share = in.rate(key)) {
      out = {*share, holds};
    }
  }
  if (stated > 1)
    in.error("", "malformed-bound", "expected one of at_least, above, at_most and below, found several");
  return stated == 1 ? out : std::nullopt;
}

std::vector<service_level_spec> availability_reader::service_levels(toml_table& root) {
  std::vector<service_level_spec> out;
  for (const toml_value* row : root.tables("service_level")) {
    toml_table in(problems_, *row, row->where, places_, "service_level", out.size());
    service_level_spec& s = out.emplace_back();
    if (in.require("name", "\"answered in 20 s\"")) s.name = in.text_or("name");
    s.clause = in.text_or("clause");
    s.tier = in.text_or("tier");
    const std::size_t before = problems_.errors();
    metric(in, s);
    const bool known = problems_.errors() == before;
    // What belongs to a metric that could not be read is not known.
    if (!known) in.spoil("metric");
    s.base = in.choice("of", call_bases);
    s.within = in.duration("within");
    s.short_abandon = in.duration("short_abandon");
    s.percentile = in.rate("percentile");
    s.hours = in.text_or("hours");
    s.minimum_sample = in.integer("minimum_sample", 0, most_counted).value_or(0);
    if (known && s.short_abandon && has_base(s.metric) && !in.has("of"))
      in.error("short_abandon", "without-effect",
               "short_abandon belongs to of = \"offered less short\", found no 'of'");
    else if (known && s.short_abandon && has_base(s.metric) && s.base &&
             *s.base != call_base::offered_less_short)
      in.error("short_abandon", "without-effect",
               "short_abandon belongs to of = \"offered less short\", found " + shown(in.text_or("of")));
    else if (in.has("of") && !s.base)
      in.spoil("short_abandon");  // whether it has an effect is not known
    if (known) {
      s.target = bound(in, s);
    } else {
      for (const auto& [key, holds] : bounds_of_a_level) (void)in.get(key);
      for (const std::string_view key : {"of", "within", "short_abandon", "percentile", "hours"})
        in.spoil(key);
    }
    in.finish();
  }
  return out;
}

}  // namespace detail
}  // namespace v0
}  // namespace sla
