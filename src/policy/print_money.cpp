// SPDX-License-Identifier: MIT
#include "policy/print_money.hpp"

#include <limits>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include <sla/policy/named_fee.hpp>

#include "policy/policy_words.hpp"
#include "policy/toml_text.hpp"

namespace sla {
inline namespace v0 {
namespace detail {
namespace {

[[nodiscard]] std::string rate_text(const ratio& r) { return toml_text(to_string(r)); }
[[nodiscard]] std::string length_text(std::chrono::seconds s) { return toml_text(to_string(s)); }
// A length of the wall clock or of business time.
[[nodiscard]] std::string length_text(std::int64_t count, time_kind in) {
  const std::chrono::seconds s(count);
  return in == time_kind::worked ? to_string(worked(s)) : to_string(s);
}

void add_counted(toml_members& to, unit_counting counted) {
  if (const auto word = word_for(countings, counted); !word.empty()) to.text("counted", word);
}

// --- shapes -----------------------------------------------------------------------------------------------------

[[nodiscard]] std::string step_text(const step& s) {
  if (s.from == ratio() && !s.inclusive) return toml_list({rate_text(s.below), rate_text(s.rate)});
  toml_members m;
  if (s.from != ratio()) m.add("from", rate_text(s.from));
  m.add(s.inclusive ? "up_to" : "below", rate_text(s.below));
  m.add("rate", rate_text(s.rate));
  return m.inline_table();
}
[[nodiscard]] std::string step_texts(std::span<const step> rows) {
  std::vector<std::string> values;
  for (const step& s : rows) values.push_back(step_text(s));
  return "below = " + toml_list(values);
}

// "over 4h" is where the second after 4 h begins.
[[nodiscard]] bool begins_past(std::int64_t from) { return from % 60 == 1; }

[[nodiscard]] std::string duration_row_text(const tier_row& r, time_kind in) {
  const bool past = begins_past(r.from);
  const std::string from = length_text(past ? r.from - 1 : r.from, in);
  if (r.until == std::numeric_limits<std::int64_t>::max())
    return toml_list({toml_text((past ? "over " : "at least ") + from), rate_text(r.rate)});
  toml_members m;
  m.text(past ? "over" : "at_least", from);
  const bool up_to = begins_past(r.until);
  m.text(up_to ? "up_to" : "below", length_text(up_to ? r.until - 1 : r.until, in));
  m.add("rate", rate_text(r.rate));
  return m.inline_table();
}

[[nodiscard]] std::string count_row_text(const tier_row& r) {
  if (r.until == std::numeric_limits<std::int64_t>::max())
    return toml_list({std::to_string(r.from), rate_text(r.rate)});
  toml_members m;
  m.add("from", std::to_string(r.from));
  m.add("to", std::to_string(r.until - 1));
  m.add("rate", rate_text(r.rate));
  return m.inline_table();
}

struct shape_printer {
  [[nodiscard]] std::string operator()(const steps& s) const { return step_texts(s.rows); }
  [[nodiscard]] std::string operator()(const per_step_below& s) const {
    toml_members m;
    m.add("below", rate_text(s.bound));
    m.add("step", rate_text(s.step));
    m.add("rate", rate_text(s.rate));
    add_counted(m, s.counted);
    return "per_step = " + m.inline_table();
  }
  [[nodiscard]] std::string operator()(const pro_rata& s) const {
    toml_members m;
    m.add(s.inclusive ? "up_to" : "below", rate_text(s.below));
    if (s.times != ratio(1))
      m.add("times", s.times.den() == 1 ? std::to_string(s.times.num()) : rate_text(s.times));
    return "refund = " + m.inline_table();
  }
  [[nodiscard]] std::string operator()(const per_unit& s) const {
    toml_members m;
    m.text("each", length_text(s.unit.count(), s.in));
    m.add("rate", rate_text(s.rate));
    add_counted(m, s.counted);
    if (s.more_than.count() != 0) m.text("over", length_text(s.more_than.count(), s.in));
    if (s.free.count() != 0) m.text("free", length_text(s.free.count(), s.in));
    if (s.free_share != ratio()) m.add("free_share", rate_text(s.free_share));
    return "per_time = " + m.inline_table();
  }
  [[nodiscard]] std::string operator()(const duration_tiers& s) const {
    std::vector<std::string> rows;
    for (const tier_row& r : s.rows) rows.push_back(duration_row_text(r, s.in));
    return "by_duration = " + toml_list(rows);
  }
  [[nodiscard]] std::string operator()(const count_tiers& s) const {
    std::vector<std::string> rows;
    for (const tier_row& r : s.rows) rows.push_back(count_row_text(r));
    return "by_count = " + toml_list(rows);
  }
  [[nodiscard]] std::string operator()(const per_count& s) const {
    toml_members m;
    m.add("rate", rate_text(s.rate));
    if (s.free != 0) m.add("free", std::to_string(s.free));
    return "per_breach = " + m.inline_table();
  }
  [[nodiscard]] std::string operator()(const nth_miss& s) const {
    toml_members m;
    m.add("below", rate_text(s.below));
    m.add("windows", std::to_string(s.windows));
    std::vector<std::string> rates;
    for (const ratio& r : s.rates) rates.push_back(rate_text(r));
    m.add("rates", toml_list(rates));
    return "nth_miss = " + m.inline_table();
  }
  [[nodiscard]] std::string operator()(const constant& s) const {
    toml_members m;
    if (const ratio* share = std::get_if<ratio>(&s.pays)) {
      m.add("rate", rate_text(*share));
    } else {
      m.text("amount", amount_text(std::get<money>(s.pays)));
    }
    if (s.below != ratio()) m.add("below", rate_text(s.below));
    return "flat = " + m.inline_table();
  }
  [[nodiscard]] std::string operator()(const combined& s) const {
    std::vector<std::string> parts;
    for (const shape& part : s.of) parts.push_back("{ " + print_shape(part) + " }");
    return std::string(word_for(operators, s.how)) + " = " + toml_list(parts);
  }
};

// --- members of credits and caps --------------------------------------------------------------------------------

[[nodiscard]] std::string base_text(const base_terms& b) {
  const auto fee = static_cast<named_fee>(b.fee);
  if (b == base_of(fee)) return toml_text(name(fee));
  toml_members m;
  m.text("fee", name(fee));
  m.text("spread", word_for(spreads_of_a_base, b.spread));
  m.text("tax", word_for(taxes_of_a_base, b.tax));
  m.text("price", word_for(prices_of_a_base, b.price));
  if (b.reference) m.text("reference", name(static_cast<named_fee>(*b.reference)));
  return m.inline_table();
}

void add_form(toml_members& to, remedy_form form, std::string_view unit) {
  if (form != remedy_form::credit) to.text("form", name(form));
  to.text("unit", unit);
}

void add_gate(toml_members& to, const gate_spec& g) {
  toml_members m;
  if (g.misses != 1 || g.windows != 0) m.add("misses", std::to_string(g.misses));
  if (g.windows != 0) m.add("of", std::to_string(g.windows));
  if (g.more_than) m.text("more_than", amount_text(*g.more_than));
  if (!g.tiers.empty()) m.add("tiers", toml_texts(g.tiers));
  if (!m.empty()) to.add("gate", m.inline_table());
}

void add_claim(toml_members& to, const claim_spec& c) {
  toml_members m;
  if (c.terms.from != claim_terms{}.from) m.text("after", word_for(claim_origins, c.terms.from));
  if (c.terms.from_workday != 0) m.add("from_workday", std::to_string(c.terms.from_workday));
  m.text("within", std::visit([](const auto& span) { return to_string(span); }, c.terms.within));
  m.flag("to_next_workday", c.terms.moves_to_workday);
  m.text("calendar", c.calendar);
  to.add("claim", m.inline_table());
}

[[nodiscard]] std::string metric_text(const metric_spec& m) {
  return std::string(name(m.kind)) + std::string(is_named(m.kind) ? m.clock : std::string_view{});
}

}  // namespace

std::string print_shape(const shape& s) { return std::visit(shape_printer{}, s.is); }

std::string print_compensation(const policy_spec& p) {
  toml_members m;
  m.text("combine", word_for(combinations, p.combine));
  if (p.round != rounding::half_up) m.text("rounding", name(p.round));
  if (p.part) m.text("part_window", name(*p.part));
  if (p.change != change_rule::unstated) m.text("changed_window", name(p.change));
  if (p.changed_fee != change_base::unstated) m.text("changed_fee", name(p.changed_fee));
  return m.empty() ? std::string() : m.block("[compensation]");
}

std::string print_credit(const credit_spec& c) {
  toml_members m;
  m.text("clause", c.clause);
  m.text("tier", c.tier);
  m.text("metric", metric_text(c.metric));
  m.member(c.pays == nullptr ? step_texts(c.below) : print_shape(*c.pays));
  if (is_money(c.form)) m.add("base", base_text(c.base));
  add_form(m, c.form, c.unit);
  if (c.length.count() != 0) m.add("length", length_text(c.length));
  add_gate(m, c.gate);
  if (c.claim) add_claim(m, *c.claim);
  m.flag("once_a_day", c.once_a_day);
  if (c.rate_first) {
    toml_members round;
    round.add("to", rate_text(c.rate_first->unit));
    round.text("mode", name(c.rate_first->mode));
    m.add("round_rate", round.inline_table());
  }
  return m.block("[[credit]]");
}

std::string print_cap(const cap_spec& c) {
  toml_members m;
  m.text("clause", c.clause);
  m.text("tier", c.tier);
  m.text("per", word_for(cap_scopes, c.scope));
  add_form(m, c.form, c.unit);
  if (c.share) m.add("share", rate_text(*c.share));
  if (c.share && c.scope != cap_scope::line) m.add("of", base_text(c.base));
  if (c.amount) m.text("amount", amount_text(*c.amount));
  if (c.units) m.add("units", std::to_string(*c.units));
  return m.block("[[cap]]");
}

}  // namespace detail
}  // namespace v0
}  // namespace sla
