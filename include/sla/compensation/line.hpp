// SPDX-License-Identifier: MIT
#pragma once

// One clause applied to one figure: its shape, its base, its gates, its claim, rounded once. Private to settle.hpp.
//
// The hard question: which comes first, the gate or the claim? The gate: what is not owed cannot be claimed, and what
// cannot be claimed is not forfeited. A line that misses its minimum is `gated`, whatever was claimed.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <variant>

#include <sla/base/error.hpp>
#include <sla/compensation/settlement.hpp>

namespace sla {
inline namespace v0 {

/// What a clause found in the windows before this one, oldest first. A month that missed 99.9 % need not have missed the
/// 98 % of another clause.
struct clause_results {
  std::string clause{};
  metric_id metric = 0;
  std::string subject{};
  std::vector<window_result> earlier{};
};

/// What happened, and what is known of it, when a window is settled.
struct window_facts {
  std::span<const fee> fees{};  ///< one currency
  std::span<const figure> figures{};
  std::span<const earlier_payment> earlier{};
  std::span<const earlier_units> units_earlier{};
  std::span<const claim_period>
      periods{};  ///< of clauses that must be claimed; without one, any instant will do
  std::span<const claim> claims{};
  instant as_of = instant::latest();  ///< later claims are not seen
  std::int32_t days = 0;              ///< of the window, where a fee is spread by days
  plan_id plan = 0;
  std::span<const clause_results>
      history{};                      ///< where a clause has one, in place of the figure's earlier windows
  std::span<const fee> whole_fees{};  ///< for caps that reach back, where `fees` are of a part; none: those
};

namespace detail {

/// A reading in the making.
struct reading_choice {
  combination how = combination::sum;
  shape_reading shape{};
  std::size_t base = 0;
  bool all_claimed = false;  ///< as if every claim that is still possible were made
};

/// What a line leaves open.
struct line_doubt {
  bool table = false;
  bool counting = false;
  std::size_t bases = 1;
};

// What is wrong with a line, in the words of its clause.
[[noreturn]] inline void fail_line(const credit_terms& terms, const std::string& what) {
  fail("clause " + terms.clause + ": " + what);
}

inline void check_currency(const credit_terms& terms, const shape& s, const currency& in) {
  if (const combined* parts = std::get_if<combined>(&s.is)) {
    for (const shape& part : parts->of) check_currency(terms, part, in);
  } else if (const constant* c = std::get_if<constant>(&s.is)) {
    const money* amount = std::get_if<money>(&c->pays);
    if (amount != nullptr && !is_money(terms.form.form))
      fail_line(terms, "an amount of money cannot be paid in " + std::string(name(terms.form.form)));
    if (amount != nullptr && amount->in() != in)
      fail_line(terms, "an amount in " + std::string(amount->in().code()) + " cannot be paid on fees in " +
                           std::string(in.code()));
  }
}

// Whole units of a form that is counted, rounded up.
inline void count_line(const credit_terms& terms, const figure& f, credit_line& line) {
  line.exact = line.rate;
  if (is_single(terms.form.form)) {
    line.count = 1;
    return;
  }
  if (terms.form.length.count() > 0) {
    const auto time = checked_mul(line.rate, ratio(f.whole.count()));
    line.exact = time ? checked_div(*time, ratio(terms.form.length.count())) : std::nullopt;
    if (!line.exact) fail_line(terms, "an extension must fit 64 bits");
  }
  const auto whole = scale(1, *line.exact, rounding::ceil);
  if (!whole) fail_line(terms, "a number of units must fit 64 bits");
  line.count = *whole;
}

inline void round_money(const credit_terms& terms, std::int64_t minor, credit_line& line) {
  const auto multiplier =
      line.base_share == whole_fee ? std::optional(line.rate) : checked_mul(line.base_share, line.rate);
  if (!multiplier) fail_line(terms, "a rate must fit 64 bits");
  if (minor == 0) {
    line.exact = checked_mul(ratio(line.base.minor_units()), *multiplier);
    line.amount = line.base.times(*multiplier, terms.rounding);
    return;
  }
  line.exact = exact_minor(*multiplier, minor, ratio(line.base.minor_units()));
  const auto units = line.exact ? scale(1, *line.exact, terms.rounding) : std::nullopt;
  if (!units) fail_line(terms, "an amount of money must fit 64 bits of minor units");
  line.amount = money::minor(*units, line.base.in());
}

[[nodiscard]] inline std::span<const window_result> earlier_of(std::span<const clause_results> history,
                                                               const credit_terms& terms,
                                                               const figure& f) noexcept {
  for (const clause_results& h : history)
    if (h.metric == terms.metric && h.clause == terms.clause && h.subject == f.subject) return h.earlier;
  return f.earlier;
}

inline void grant(credit_line& line) {
  line.outcome = line_outcome::pays;
  line.granted = line.amount;
  line.granted_count = line.count;
}

[[nodiscard]] inline credit_line line_of(const credit_terms& terms, const figure& f,
                                         const window_facts& facts, const reading_choice& how,
                                         line_doubt& doubt) {
  const currency& in = facts.fees[0].amount.in();
  credit_line line;
  line.clause = terms.clause;
  line.subject = f.subject;
  line.metric = terms.metric;
  line.figure = f.value;
  line.rounding = terms.rounding;
  line.form = terms.form.form;
  if (!is_money(line.form)) line.unit = terms.form.unit;
  line.cause = f.cause;
  line.date = f.date;
  line.base = line.amount = line.granted = money::minor(0, in);
  const bool in_money = is_money(line.form);
  std::size_t bases_found = 1;
  if (in_money) {
    const base_readings found = bases(terms.base, facts.fees, terms.clause, f.subject, f.seats, facts.days);
    const base_amount& chosen = found.read(how.base);
    bases_found = found.size;
    line.base = chosen.amount;
    line.base_share = chosen.share;
    line.base_is_reference = chosen.reference;
  }
  if (f.no_data) {
    line.outcome = line_outcome::no_data;
    return line;
  }
  const bool compares = in_money && std::holds_alternative<combined>(terms.pays.is);
  quantities measured = f.measured();
  measured.earlier = earlier_of(facts.history, terms, f);
  shape_value value = evaluate(terms.pays, measured, how.shape,
                               compares ? ratio(line.base.minor_units()) * line.base_share : whole_fee);
  line.missed = value.missed;
  line.match = value.match;
  line.bound = value.bound;
  line.working = std::move(value.working);
  line.rate = value.share;
  line.undefined = value.table_open || value.counting_open;
  doubt.table = doubt.table || value.table_open;
  doubt.counting = doubt.counting || value.counting_open;
  if (value.share < ratio() || value.minor < 0) fail_line(terms, "a remedy cannot be negative");
  if (!value.pays()) return line;
  doubt.bases = std::max(doubt.bases, bases_found);

  if (terms.rate_first) {
    const ratio units = line.rate / terms.rate_first->unit;
    const auto whole = scale(1, units, terms.rate_first->mode);
    if (!whole) fail_line(terms, "a rounded rate must fit 64 bits");
    line.rate = terms.rate_first->unit * ratio(*whole);
  }
  if (value.minor != 0 || compares) check_currency(terms, terms.pays, in);
  if (in_money) {
    round_money(terms, value.minor, line);
  } else {
    count_line(terms, f, line);
  }
  line.gate = shut_gate(terms.gate, facts.plan, measured.earlier,
                        in_money ? std::optional(line.amount) : std::nullopt);
  if (line.gate != gate_kind::none) {
    line.outcome = line_outcome::gated;
    return line;
  }
  if (terms.must_be_claimed) {
    line.claim = state_of(period_of(facts.periods, terms.clause, f.subject), facts.claims, terms.clause,
                          f.subject, facts.as_of);
    if (line.claim.state == claim_state::forfeited) {
      line.outcome = line_outcome::forfeited;
      return line;
    }
    if (line.claim.state != claim_state::claimed && !how.all_claimed) {
      line.outcome = line_outcome::claimable;
      return line;
    }
  }
  grant(line);
  return line;
}

}  // namespace detail
}  // namespace v0
}  // namespace sla
