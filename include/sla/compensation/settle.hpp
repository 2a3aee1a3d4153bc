// SPDX-License-Identifier: MIT
#pragma once

// From figures to what is owed for a window: lines, caps, and a total that both explain to the last minor unit.
//
//     availability 99.9 % of a month, fee 9,000.00 CNY, 10 % below 99.99 % (clause 5.2), no more than 5 % (clause 5.6)
//
//     line   5.2   99.9% < 99.99%, 10% of 9000.00       900.00
//     cap    5.6   no more than 450.00 in a window     -450.00
//     total                                              450.00
//
// A line is a clause, a contract, a window and a subject; it is rounded once, and the total is the sum of what lines
// are granted less what caps take (rules M2, M9).
//
// The hard question: what if the contract does not say? A table with a gap, or several lines and no word on how they
// combine, has several readings. Each is computed whole, and says whom it favours; where all agree, nothing is
// undefined. The settlement itself then shows the reading that pays least: so much is owed on any reading (rule M0).

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sla/base/error.hpp>
#include <sla/base/money.hpp>
#include <sla/base/ratio.hpp>
#include <sla/compensation/credit.hpp>
#include <sla/compensation/step_table.hpp>

namespace sla {
inline namespace v0 {

/// What a clause made of a figure.
enum class line_outcome : std::uint8_t {
  pays,        ///< its amount is granted
  superseded,  ///< only the largest line pays, and this is not it
  kept,        ///< no bound was missed
  no_data,     ///< nothing was measured
};

/// How a figure in a gap of a table is read; of two rates for one bound, `milder_row` is the lower.
enum class gap_reading : std::uint8_t { nothing, milder_row, deeper_row };

/// Whom a reading favours: the highest total the customer, the lowest the vendor.
enum class favoured : std::uint8_t { nobody, vendor, customer };

/// One clause applied to one figure.
struct credit_line {
  std::string clause;
  std::string subject;
  metric_id metric = 0;
  ratio figure;
  line_outcome outcome = line_outcome::kept;
  step_match match;            ///< which row of the clause's table, and whether the table defines it
  std::optional<ratio> bound;  ///< the bound that was missed, where a row pays
  ratio rate;                  ///< as applied; rounded first where the contract does so
  money base;
  std::optional<ratio> exact;  ///< minor units before rounding; none where the exact number leaves 64 bits
  money amount;                ///< rounded
  money granted;               ///< what of the amount goes into the total: all or nothing
  sla::rounding rounding = sla::rounding::half_up;

  friend bool operator==(const credit_line&, const credit_line&) = default;
};

/// What a cap did.
struct cap_application {
  std::string clause;
  cap_scope scope = cap_scope::window;
  std::size_t line = static_cast<std::size_t>(-1);  ///< of a line's cap, which
  money limit;                                      ///< as an amount
  money earlier;                                    ///< of it, paid by earlier windows
  money before;
  money after;
  money reduction;  ///< before - after, 0 or more

  friend bool operator==(const cap_application&, const cap_application&) = default;
};

/// One way to read the contract, settled.
struct reading {
  sla::combination combination = sla::combination::sum;
  gap_reading gap = gap_reading::nothing;
  std::vector<credit_line>
      lines;  ///< every clause with every figure of its metric, those that pay nothing too
  std::vector<cap_application> caps;  ///< in the order applied, those that took nothing too
  money total;                        ///< granted lines less reductions
  favoured favours = favoured::nobody;
};

/// What is owed. Where the contract leaves it open, `readings` holds every reading and the rest is the lowest of them.
struct settlement {
  std::vector<credit_line> lines;
  std::vector<cap_application> caps;
  money total;
  std::vector<reading> readings;      ///< two or more where undefined by the contract, else none
  bool combination_unstated = false;  ///< the readings differ in how lines combine
  bool table_undefined = false;       ///< the readings differ in what a gap of a table pays

  [[nodiscard]] bool is_defined() const noexcept { return readings.empty(); }
};

/// What earlier windows paid under a scope that reaches back.
struct earlier_payment {
  cap_scope scope = cap_scope::year;
  money paid;
};

namespace detail {

[[nodiscard]] inline credit_line line_of(const credit_terms& terms, const figure& f, const money& base,
                                         gap_reading gap) {
  const money zero = money::minor(0, base.in());
  credit_line line{terms.clause, f.subject, terms.metric, f.value, line_outcome::kept, {}, {}, {},
                   base,         ratio(),   zero,         zero,    terms.rounding};
  if (f.no_data) {
    line.outcome = line_outcome::no_data;
    return line;
  }
  line.match = match(terms.below, f.value);
  std::size_t row = line.match.row;
  if (!line.match.is_defined()) {
    if (gap == gap_reading::deeper_row) row = line.match.deeper;
    if (gap == gap_reading::nothing && line.match.what == step_match::gap) row = step_match::no_row;
  }
  if (row == step_match::no_row) return line;
  line.outcome = line_outcome::pays;
  line.bound = terms.below[row].below;
  line.rate = terms.below[row].rate;
  if (terms.rate_first) {
    const ratio units = line.rate / terms.rate_first->unit;
    const auto whole = scale(1, units, terms.rate_first->mode);
    if (!whole) fail("clause " + terms.clause + ": a rounded rate must fit 64 bits");
    line.rate = terms.rate_first->unit * ratio(*whole);
  }
  line.exact = checked_mul(ratio(base.minor_units()), line.rate);
  line.amount = base.times(line.rate, terms.rounding);
  line.granted = line.amount;
  return line;
}

[[nodiscard]] inline money limit_of(const cap_terms& cap, const money& base) {
  if (const money* amount = std::get_if<money>(&cap.limit)) {
    if (amount->in() != base.in())
      fail("clause " + cap.clause + ": a cap in " + std::string(amount->in().code()) +
           " cannot limit amounts in " + std::string(base.in().code()));
    return *amount;
  }
  return base.times(std::get<ratio>(cap.limit), cap.rounding);
}

class settling {
 public:
  settling(std::span<const credit_terms> credits, std::span<const cap_terms> caps, money base,
           std::span<const figure> figures, std::span<const earlier_payment> earlier)
      : credits_(credits), caps_(caps), base_(base), figures_(figures), earlier_(earlier) {
    if (base.minor_units() < 0) fail("a fee to take credits from cannot be negative");
  }

  [[nodiscard]] reading read(combination how, gap_reading gap) const {
    reading r{how, gap, {}, {}, zero(), favoured::nobody};
    for (const credit_terms& terms : credits_)
      for (const figure& f : figures_)
        if (f.metric == terms.metric) r.lines.push_back(line_of(terms, f, base_, gap));
    cap_lines(r);
    if (how == combination::max) keep_largest(r);
    for (const credit_line& l : r.lines) r.total += l.granted;
    for (const cap_application& c : r.caps) r.total -= c.reduction;
    for (const cap_scope scope :
         {cap_scope::window, cap_scope::year, cap_scope::rolling_year, cap_scope::contract})
      for (const cap_terms& cap : caps_)
        if (cap.scope == scope) r.caps.push_back(apply(cap, r.total));
    return r;
  }

 private:
  [[nodiscard]] money zero() const { return money::minor(0, base_.in()); }

  // Takes what exceeds a cap from `amount`.
  [[nodiscard]] cap_application apply(const cap_terms& cap, money& amount) const {
    cap_application done{
        cap.clause, cap.scope, static_cast<std::size_t>(-1), limit_of(cap, base_), zero(), amount,
        amount,     zero()};
    if (cap.scope > cap_scope::window)
      for (const earlier_payment& e : earlier_)
        if (e.scope == cap.scope) done.earlier += e.paid;
    const money left = done.limit > done.earlier ? done.limit - done.earlier : zero();
    done.after = amount > left ? left : amount;
    done.reduction = done.before - done.after;
    amount = done.after;
    return done;
  }
  void cap_lines(reading& r) const {
    for (const cap_terms& cap : caps_) {
      if (cap.scope != cap_scope::line) continue;
      for (std::size_t i = 0; i < r.lines.size(); ++i) {
        if (r.lines[i].outcome != line_outcome::pays) continue;
        money left = capped(r, i);
        r.caps.push_back(apply(cap, left));
        r.caps.back().line = i;
      }
    }
  }
  // What caps so far leave of a line.
  [[nodiscard]] static money capped(const reading& r, std::size_t line) {
    money left = r.lines[line].granted;
    for (const cap_application& c : r.caps)
      if (c.line == line) left -= c.reduction;
    return left;
  }
  // The largest after its own caps; of equal ones the first.
  static void keep_largest(reading& r) {
    std::size_t best = r.lines.size();
    for (std::size_t i = 0; i < r.lines.size(); ++i)
      if (r.lines[i].outcome == line_outcome::pays &&
          (best == r.lines.size() || capped(r, i) > capped(r, best)))
        best = i;
    for (std::size_t i = 0; i < r.lines.size(); ++i) {
      if (i == best || r.lines[i].outcome != line_outcome::pays) continue;
      r.lines[i].outcome = line_outcome::superseded;
      r.lines[i].granted = money::minor(0, r.lines[i].amount.in());
    }
    std::erase_if(r.caps, [&](const cap_application& c) { return c.line != best; });
  }

  std::span<const credit_terms> credits_;
  std::span<const cap_terms> caps_;
  money base_;
  std::span<const figure> figures_;
  std::span<const earlier_payment> earlier_;
};

}  // namespace detail

/// What a window owes on one base. Throws sla::error where an amount leaves 64 bits, currencies mix, or the base is
/// negative.
[[nodiscard]] inline settlement settle(std::span<const credit_terms> credits, std::span<const cap_terms> caps,
                                       combination combined, const money& base,
                                       std::span<const figure> figures,
                                       std::span<const earlier_payment> earlier = {}) {
  const detail::settling work(credits, caps, base, figures, earlier);
  reading first =
      work.read(combined == combination::unstated ? combination::sum : combined, gap_reading::nothing);

  bool ambiguous = false;
  std::size_t payers = 0;
  for (const credit_line& l : first.lines) {
    ambiguous = ambiguous || !l.match.is_defined();
    payers += l.outcome == line_outcome::pays || !l.match.is_defined() ? 1 : 0;
  }
  const bool unstated = combined == combination::unstated && payers > 1;
  std::vector<reading> readings;
  const std::size_t gaps = ambiguous ? 3 : 1;
  for (std::size_t g = 0; g < gaps; ++g) {
    const auto gap = static_cast<gap_reading>(g);
    for (const combination how : {combination::sum, combination::max})
      if (unstated ? true : how == first.combination) readings.push_back(work.read(how, gap));
  }
  const reading* low = readings.data();
  const reading* high = low;
  for (const reading& r : readings) {
    if (r.total.minor_units() < low->total.minor_units()) low = &r;
    if (r.total.minor_units() > high->total.minor_units()) high = &r;
  }
  const money least = low->total, most = high->total;
  if (least == most) return {std::move(first.lines), std::move(first.caps), first.total, {}, false, false};
  settlement out{low->lines, low->caps, least, {}, false, false};
  for (reading& r : readings) {
    r.favours =
        r.total == most ? favoured::customer : (r.total == least ? favoured::vendor : favoured::nobody);
    for (const reading& other : readings) {
      if (r.total == other.total) continue;
      out.combination_unstated = out.combination_unstated || r.gap == other.gap;
      out.table_undefined = out.table_undefined || r.combination == other.combination;
    }
  }
  out.readings = std::move(readings);
  return out;
}

}  // namespace v0
}  // namespace sla
