// SPDX-License-Identifier: MIT
#include "policy/policy_money.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include <sla/policy/compile.hpp>

#include "policy/record_file.hpp"

namespace sla {
inline namespace v0 {
namespace detail {
namespace {

constexpr choices<exclusion_effect, 2> effects{
    {{"numerator", exclusion_effect::numerator}, {"both sides", exclusion_effect::both_sides}}};
constexpr choices<combination, 2> combinations{{{"sum", combination::sum}, {"max", combination::max}}};
constexpr choices<cap_scope, 2> cap_scopes{{{"month", cap_scope::window}, {"line", cap_scope::line}}};

}  // namespace

// A member that has one value in this version says so, instead of leaving readers of the file to guess.
void money_reader::only(toml_table& in, std::string_view key, std::string_view accepted) {
  const auto value = in.text(key);
  if (value && *value != accepted)
    in.error(
        key, "unknown-value",
        "expected " + std::string(key) + " to be '" + std::string(accepted) + "', found " + shown(*value));
}

// --- availability -----------------------------------------------------------------------------------------------

std::vector<availability_spec> money_reader::availability(toml_table& root) {
  std::vector<availability_spec> out;
  bool promised = false, windowed = false;
  for (const toml_value* row : root.tables("availability")) {
    toml_table in(problems_, *row, row->where, places_, "availability", out.size());
    availability_spec& a = out.emplace_back();
    a.clause = in.text_or("clause");
    a.tier = in.text_or("tier");
    a.target = in.rate("target");
    only(in, "window", "calendar month");
    promised = promised || in.has("target");
    windowed = windowed || in.has("window");
    if (in.has("exclude")) {
      auto& list = exclusions_.emplace_back();
      for (const toml_value* e : in.tables("exclude")) {
        for (const std::string key : {"cause", "within"})
          if (const toml_member* m = e->find(key))
            places_.add("availability", out.size() - 1, "exclude." + key, list.size(), m->value.where);
        const exclusion_spec read = exclusion(*e);
        if (!read.cause.empty()) list.push_back(read);
      }
      a.exclude = list;
    }
    a.minimum = minimum(in);
    a.merge_gap = in.duration("merge_gap");
    a.round = rounded(in);
    in.finish();
  }
  if (promised && !windowed)
    problems_.warning(
        places_.find("availability", 0, "", 0), "unstated-window",
        "no row states the window of the availability, calendar months are taken: state window = "
        "\"calendar month\"");
  return out;
}

exclusion_spec money_reader::exclusion(const toml_value& row) {
  toml_table in(problems_, row, row.where);
  exclusion_spec out;
  if (in.require("cause", "\"planned maintenance\"")) out.cause = in.text_or("cause");
  out.within = in.text_or("within");
  out.clause = in.text_or("clause");
  out.effect = in.choice("effect", effects).value_or(out.effect);
  out.quota = in.duration("quota");
  in.finish();
  return out;
}

std::optional<minimum_duration> money_reader::minimum(toml_table& in) {
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

std::optional<outage_rounding> money_reader::rounded(toml_table& in) {
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
  choices<rounding, rounding_names.size()> modes{};
  std::ranges::copy(rounding_names, modes.begin());
  if (of.require("mode", "\"ceil\"")) out.mode = of.choice("mode", modes).value_or(out.mode);
  of.finish();
  if (!each && !sum) return std::nullopt;
  out.what = each ? outage_rounding::each : outage_rounding::sum;
  out.unit = each ? *each : *sum;
  if (out.unit > std::chrono::seconds(0)) return out;
  of.error(each ? "each" : "sum", "malformed-rounding", "expected a unit above 0, such as \"1min\"");
  return std::nullopt;
}

// --- credits ----------------------------------------------------------------------------------------------------

metric_spec money_reader::metric(toml_table& in) {
  constexpr std::string_view attainment = "attainment of ";
  if (!in.require("metric", "\"availability\" or \"attainment of resolution\"")) return {};
  const toml_value* v = in.get("metric", toml_kind::text);
  if (v == nullptr || v->text == "availability") return {};
  if (v->text.starts_with(attainment) && v->text.size() > attainment.size())
    return {std::string_view(v->text).substr(attainment.size())};
  in.error("metric", "unknown-value",
           "expected metric to be 'availability' or 'attainment of' and a clock, found " + shown(v->text));
  return {};
}

std::optional<step> money_reader::pair_step(toml_table& in, const toml_value& row) {
  if (row.items.size() == 2 && row.items[0].kind == toml_kind::text && row.items[1].kind == toml_kind::text) {
    const auto bound = parse_ratio(row.items[0].text), rate = parse_ratio(row.items[1].text);
    for (const auto& [parsed, item] : {std::pair(bound, &row.items[0]), std::pair(rate, &row.items[1])})
      if (!parsed)
        in.error_at("below", item->where, "malformed-rate",
                    "expected a rate such as \"99.9%\", found " + shown(item->text));
    if (!bound || !rate) return std::nullopt;
    return step{*bound, *rate};
  }
  in.error_at("below", row.where, "malformed-step",
              "expected a bound and the rate paid below it, [\"99.9%\", \"10%\"]");
  return std::nullopt;
}

std::optional<step> money_reader::table_step(const toml_value& row) {
  toml_table in(problems_, row, row.where);
  const auto below = in.rate("below"), up_to = in.rate("up_to"), from = in.rate("from");
  std::optional<ratio> rate;
  if (in.require("rate", "\"10%\"")) rate = in.rate("rate");
  bool good = rate.has_value() && (!in.has("from") || from);
  if (in.has("below") == in.has("up_to")) {
    in.error_at("", row.where, "malformed-step",
                "expected a bound, either below = \"99.9%\" or up_to = \"99.9%\"");
    good = false;
  }
  in.finish();
  if (!good || (!below && !up_to)) return std::nullopt;
  return step{below ? *below : *up_to, *rate, from.value_or(ratio()), up_to.has_value()};
}

std::vector<step> money_reader::steps(toml_table& in) {
  std::vector<step> out;
  if (!in.require("below", "[[\"99.9%\", \"10%\"], [\"99%\", \"30%\"]]")) return out;
  const toml_value* v = in.get("below", toml_kind::list);
  if (v == nullptr) return out;
  for (const toml_value& row : v->items) {
    const auto s = row.kind == toml_kind::table ? table_step(row) : pair_step(in, row);
    if (s) out.push_back(*s);
    if (!s) in.spoil("below");
  }
  return out;
}

std::vector<credit_spec> money_reader::credits(toml_table& root) {
  std::vector<credit_spec> out;
  for (const toml_value* row : root.tables("credit")) {
    toml_table in(problems_, *row, row->where, places_, "credit", out.size());
    credit_spec& c = out.emplace_back();
    c.clause = in.text_or("clause");
    c.tier = in.text_or("tier");
    c.metric = metric(in);
    c.below = steps_.emplace_back(steps(in));
    if (in.require("base", "\"monthly fee\"")) only(in, "base", "monthly fee");
    in.finish();
  }
  return out;
}

std::vector<cap_spec> money_reader::caps(toml_table& root) {
  std::vector<cap_spec> out;
  for (const toml_value* row : root.tables("cap")) {
    toml_table in(problems_, *row, row->where, places_, "cap", out.size());
    cap_spec& c = out.emplace_back();
    c.clause = in.text_or("clause");
    c.tier = in.text_or("tier");
    if (in.require("per", "\"month\"")) c.scope = in.choice("per", cap_scopes).value_or(c.scope);
    c.share = in.rate("share");
    if (in.has("share") && in.require("of", "\"monthly fee\"")) only(in, "of", "monthly fee");
    if (const toml_value* amount = in.get("amount", toml_kind::text)) {
      c.amount = parse_amount(amount->text, in_);
      if (!c.amount)
        in.error("amount", "malformed-amount",
                 "expected an amount in " + std::string(in_.code()) + " such as \"5000\", found " +
                     shown(amount->text));
    }
    // What was stated and could not be read is stated all the same.
    if (in.has("share") != in.has("amount") && !c.share && !c.amount) in.spoil("share");
    in.finish();
  }
  return out;
}

void money_reader::compensation(toml_table& root, policy_spec& out) {
  const toml_value* v = root.get("compensation", toml_kind::table);
  if (v == nullptr) return;
  toml_table in(problems_, *v, v->where);
  out.combine = in.choice("combine", combinations).value_or(out.combine);
  choices<rounding, rounding_names.size()> modes{};
  std::ranges::copy(rounding_names, modes.begin());
  out.round = in.choice("rounding", modes).value_or(out.round);
  in.finish();
}

}  // namespace detail
}  // namespace v0
}  // namespace sla
