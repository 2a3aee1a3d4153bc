// SPDX-License-Identifier: MIT
#include "policy/policy_money.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <sla/policy/compile.hpp>
#include <sla/policy/named_fee.hpp>

#include "policy/policy_words.hpp"
#include "policy/record_file.hpp"

namespace sla {
inline namespace v0 {
namespace detail {
namespace {

// "30 days", "2 months", "10bd", "72h".
[[nodiscard]] std::optional<decltype(claim_terms::within)> parse_span(std::string_view text) {
  if (const auto span = parse_civil_span(text)) return *span;
  const auto limit = parse_time_limit(text);
  if (!limit || limit->count() == 0) return std::nullopt;
  if (limit->in() == time_limit::unit::elapsed) return std::chrono::seconds(limit->count());
  if (limit->in() == time_limit::unit::business_days)
    return business_days(static_cast<std::int32_t>(limit->count()));
  return std::nullopt;
}

// Whether all that it pays is stated in money, so that no fee has a part in it.
[[nodiscard]] bool pays_amounts(const shape& s) {
  if (const auto* fixed = std::get_if<constant>(&s.is)) return std::holds_alternative<money>(fixed->pays);
  const auto* parts = std::get_if<combined>(&s.is);
  return parts != nullptr && !parts->of.empty() && std::ranges::all_of(parts->of, pays_amounts);
}

// Such a cap is a share of each line's base, also where the line itself takes no share of it.
[[nodiscard]] bool caps_a_line_by_share(const toml_value& root) {
  const toml_member* caps = root.find("cap");
  return caps != nullptr && std::ranges::any_of(caps->value.items, [](const toml_value& cap) {
           const toml_member* per = cap.find("per");
           return per != nullptr && per->value.text == "line" && cap.find("share") != nullptr;
         });
}

}  // namespace

// --- credits ----------------------------------------------------------------------------------------------------

metric_spec money_reader::metric(toml_table& in) {
  if (!in.require("metric", "\"availability\" or \"attainment of resolution\"")) return {};
  const toml_value* v = in.get("metric", toml_kind::text);
  if (v == nullptr) return {};
  if (const auto found = parse_metric(v->text)) return *found;
  std::string expected;
  for (std::size_t i = 0; i < metric_table.size(); ++i)
    expected += (i == 0                         ? "'"
                 : i + 1 == metric_table.size() ? " or '"
                                                : ", '") +
                std::string(metric_table[i].text) +
                (metric_table[i].kind == metric_kind::service_level ? "NAME'"
                 : metric_table[i].is_named                         ? "CLOCK'"
                                                                    : "'");
  // Of a metric with a name, what is misspelt is what stands before it.
  const std::size_t space = v->text.rfind(' ');
  const std::string last = space == std::string::npos ? std::string() : v->text.substr(space + 1);
  std::vector<std::string> near;
  for (const auto& m : metric_table) near.push_back(std::string(m.text) + (m.is_named ? last : ""));
  in.error("metric", "unknown-value",
           "expected metric to be " + expected + ", found " + shown(v->text) +
               meant(v->text, {near.begin(), near.end()}));
  return {};
}

void money_reader::form(toml_table& in, remedy_form& form, std::string_view& unit) {
  choices<remedy_form, remedy_form_names.size()> forms{};
  for (std::size_t i = 0; i < forms.size(); ++i)
    forms[i] = {remedy_form_names[i], static_cast<remedy_form>(i)};
  form = in.choice("form", forms).value_or(remedy_form::credit);
  unit = in.text_or("unit");
  // What a form that could not be read asks of the unit is not known.
  if (in.has("form") && form == remedy_form::credit &&
      in.value().find("form")->value.text != name(remedy_form::credit))
    in.spoil("unit");
}

base_terms money_reader::base(toml_table& in, std::string_view key) {
  choices<named_fee, named_fee_names.size()> fees{};
  for (std::size_t i = 0; i < fees.size(); ++i) fees[i] = {named_fee_names[i], static_cast<named_fee>(i)};
  const toml_value* v = in.get(key);
  if (v == nullptr) return {};
  if (v->kind == toml_kind::text) {
    const auto fee = in.choice(key, fees);
    return fee ? base_of(*fee) : base_terms{};
  }
  if (v->kind != toml_kind::table) {
    in.error(key, "wrong-type",
             "expected " + std::string(key) +
                 " to be a fee such as \"monthly fee\", or a table such as { fee = \"annual "
                 "fee\", spread = \"twelfth\" }, found " +
                 std::string(name(v->kind)));
    return {};
  }
  const std::size_t before = problems_.errors();
  toml_table of(problems_, *v, v->where);
  base_terms out;
  if (of.require("fee", "\"annual fee\""))
    if (const auto fee = of.choice("fee", fees)) out = base_of(*fee);
  out.spread = of.choice("spread", spreads_of_a_base).value_or(out.spread);
  out.tax = of.choice("tax", taxes_of_a_base).value_or(out.tax);
  out.price = of.choice("price", prices_of_a_base).value_or(out.price);
  if (const auto reference = of.choice("reference", fees)) out.reference = number_of(*reference);
  of.finish();
  if (problems_.errors() != before) in.spoil(key);
  return out;
}

gate_spec money_reader::gate(toml_table& in) {
  gate_spec out;
  const toml_value* v = in.get("gate", toml_kind::table);
  if (v == nullptr) return out;
  constexpr int most_windows_counted = 1200;
  toml_table of(problems_, *v, v->where);
  if (const auto misses = of.integer("misses", 1, most_windows_counted))
    out.misses = static_cast<std::size_t>(*misses);
  if (const auto windows = of.integer("of", 1, most_windows_counted)) {
    out.windows = static_cast<std::size_t>(*windows);
    (void)of.require("misses", "3, of so many windows");
  }
  out.more_than = read_amount(of, "more_than", in_);
  if (auto tiers = of.texts("tiers")) out.tiers = texts_.emplace_back(*std::move(tiers));
  of.finish();  // what is wrong is left out, and the rest of the gate is looked at all the same
  return out;
}

std::optional<claim_spec> money_reader::claim(toml_table& in) {
  const toml_value* v = in.get("claim", toml_kind::table);
  if (v == nullptr) return std::nullopt;
  toml_table of(problems_, *v, v->where);
  claim_spec out;
  out.terms.from = of.choice("after", claim_origins).value_or(out.terms.from);
  out.terms.from_workday = of.integer("from_workday", 1, 366).value_or(0);
  out.terms.moves_to_workday = of.flag("to_next_workday", false);
  out.calendar = of.text_or("calendar");
  if (of.require("within", "\"30 days\""))
    if (const toml_value* within = of.get("within", toml_kind::text)) {
      if (const auto span = parse_span(within->text)) {
        out.terms.within = *span;
      } else {
        of.error("within", "malformed-span",
                 "expected \"30 days\", \"2 months\", \"1 year\", \"10bd\" or \"72h\", found " +
                     shown(within->text));
      }
    }
  // Whether a calendar is missing is known unless it, or a key that may be meant for it, could not be read.
  const toml_value* calendar = of.get("calendar");
  const std::size_t before = problems_.errors();
  of.finish();
  if (problems_.errors() != before || (calendar != nullptr && calendar->kind != toml_kind::text))
    in.spoil("claim");
  return out;
}

std::optional<rate_rounding> money_reader::rate_first(toml_table& in) {
  const toml_value* v = in.get("round_rate", toml_kind::table);
  if (v == nullptr) return std::nullopt;
  const std::size_t before = problems_.errors();
  toml_table of(problems_, *v, v->where);
  choices<rounding, rounding_names.size()> modes{};
  std::ranges::copy(rounding_names, modes.begin());
  rate_rounding out;
  if (of.require("to", "\"0.01%\"")) out.unit = of.rate("to").value_or(out.unit);
  if (of.require("mode", "\"half up\"")) out.mode = of.choice("mode", modes).value_or(out.mode);
  of.finish();
  if (problems_.errors() != before) in.spoil("round_rate");
  return out;
}

std::vector<credit_spec> money_reader::credits(toml_table& root) {
  std::vector<credit_spec> out;
  shape_reader shapes(in_);
  const bool base_is_capped = caps_a_line_by_share(root.value());
  for (const toml_value* row : root.tables("credit")) {
    toml_table in(problems_, *row, row->where, places_, "credit", out.size());
    credit_spec& c = out.emplace_back();
    c.clause = in.text_or("clause");
    c.tier = in.text_or("tier");
    c.metric = metric(in);
    if (auto pays = shapes.read(in)) {
      c.pays = &shapes_.emplace_back(*std::move(pays));
    } else {
      in.spoil("below");
    }
    form(in, c.form, c.unit);
    const bool takes_no_share = c.pays != nullptr && pays_amounts(*c.pays) && !base_is_capped;
    if (is_money(c.form) && ((takes_no_share && !in.has("base")) || in.require("base", "\"monthly fee\"")))
      c.base = base(in, "base");
    if (!is_money(c.form) && in.get("base") != nullptr)
      in.error("base", "base-of-units",
               "a " + std::string(name(c.form)) + " is no share of a fee: state no base");
    c.length = in.duration("length").value_or(c.length);
    c.gate = gate(in);
    c.claim = claim(in);
    c.once_a_day = in.flag("once_a_day", false);
    c.rate_first = rate_first(in);
    // What a metric that could not be read brings is not known.
    if (places_.is_broken("credit", out.size() - 1, "metric") && c.pays != nullptr)
      for (const std::string_view key :
           {key_of(*c.pays), std::string_view("gate"), std::string_view("claim"), std::string_view("base"),
            std::string_view("length"), std::string_view("once_a_day")})
        in.spoil(key);
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
    form(in, c.form, c.unit);
    c.share = in.rate("share");
    // A cap on a line is a share of what the line itself takes its share of.
    const bool of_fee = in.get("of") != nullptr;
    if (c.scope == cap_scope::line && of_fee) {
      in.error("of", "base-of-a-line", "a cap on a line is a share of the line's own base: state no 'of'");
    } else if (c.scope != cap_scope::line && in.has("share") && in.require("of", "\"monthly fee\"")) {
      c.base = base(in, "of");
    } else if (of_fee && (in.has("amount") || in.has("units"))) {
      in.error("of", "base-of-an-amount", "only a share is one of a fee: state no 'of'");
    }
    c.amount = read_amount(in, "amount", in_);
    constexpr int most_units = 1'000'000'000;
    if (const auto units = in.integer("units", 0, most_units)) c.units = *units;
    if (is_money(c.form) && !places_.is_broken("cap", out.size() - 1, "form") && !in.has("share") &&
        !in.has("amount") && !in.has("units"))
      in.error("share", "cap-needs-one",
               "expected a share such as share = \"30%\", or an amount, found neither");
    // What was stated and could not be read is stated all the same.
    if (in.has("share") + in.has("amount") + in.has("units") == 1 && !c.share && !c.amount && !c.units)
      in.spoil("share");
    if (in.has("form") && !places_.has("cap", out.size() - 1, "unit") &&
        places_.is_broken("cap", out.size() - 1, "form"))
      in.spoil("share");
    in.finish();
  }
  return out;
}

void money_reader::compensation(toml_table& root, policy_spec& out) {
  const toml_value* v = root.get("compensation", toml_kind::table);
  if (v == nullptr) return;
  toml_table in(problems_, *v, v->where, places_, "compensation", 0);
  out.combine = in.choice("combine", combinations).value_or(out.combine);
  choices<rounding, rounding_names.size()> modes{};
  std::ranges::copy(rounding_names, modes.begin());
  out.round = in.choice("rounding", modes).value_or(out.round);
  choices<part_rule, part_rule_names.size()> parts{};
  for (std::size_t i = 0; i < parts.size(); ++i) parts[i] = {part_rule_names[i], static_cast<part_rule>(i)};
  out.part = in.choice("part_window", parts);
  // What is unstated has no name in a file.
  choices<change_rule, change_rule_names.size() - 1> rules{};
  for (std::size_t i = 0; i < rules.size(); ++i)
    rules[i] = {change_rule_names[i + 1], static_cast<change_rule>(i + 1)};
  choices<change_base, change_base_names.size() - 1> fees{};
  for (std::size_t i = 0; i < fees.size(); ++i)
    fees[i] = {change_base_names[i + 1], static_cast<change_base>(i + 1)};
  out.change = in.choice("changed_window", rules).value_or(out.change);
  out.changed_fee = in.choice("changed_fee", fees).value_or(out.changed_fee);
  in.finish();
}

}  // namespace detail
}  // namespace v0
}  // namespace sla
