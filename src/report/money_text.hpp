// SPDX-License-Identifier: MIT
#pragma once

// How a statement says what is owed: lines, caps, claims, readings, totals. Private to the reports.

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <sla/calendar/local_text.hpp>
#include <sla/policy/statement.hpp>
#include <sla/report/text.hpp>

#include "table.hpp"
#include "words.hpp"

namespace sla {
inline namespace v0 {
namespace detail {

class money_text {
 public:
  money_text(const policy& p, const text_style& style) : p_(p), in_(&p.home()), style_(style) {}

  [[nodiscard]] std::string print(const statement& s) {
    in_ = &zone_of(p_, s.contract);
    causes_ = s.root_causes;
    money(s);
    return std::move(out_);
  }

  // Credits, and what else is owed at all.
  [[nodiscard]] static std::vector<form_total> owed_in(const settlement& s) {
    std::vector<form_total> out{{remedy_form::credit, {}, s.total, 0}};
    for (const form_total& t : s.totals)
      if (t.form != remedy_form::credit && !is_nothing(t)) out.push_back(t);
    return out;
  }
  [[nodiscard]] static bool is_nothing(const form_total& t) noexcept {
    return t.amount.is_zero() && t.count == 0;
  }
  [[nodiscard]] static std::string totals(const std::vector<form_total>& totals) {
    std::string out;
    for (const form_total& t : totals)
      out += (out.empty() ? "" : "; ") +
             (t.form == remedy_form::credit ? std::string() : std::string(name(t.form)) + ' ') + owed_text(t);
    return out;
  }

 private:
  // "3 x 5%", "7", "10%", "123.45 CNY", "10% and 500.00 CNY".
  [[nodiscard]] std::string working_text(const credit_line& l) const {
    if (l.working.empty()) return {};
    const shape_working& w = l.working.front();
    const auto worth = [&](const ratio& r) { return is_money(l.form) ? to_string(r) : plain(r); };
    std::string out;
    switch (w.kind) {
      case shape_kind::per_step_below:
      case shape_kind::per_unit:
      case shape_kind::per_count: out = plain(w.units) + " x " + worth(w.rate); break;
      case shape_kind::pro_rata:
        out = plain(w.rate) + " x " + percent(w.units, 3, rounding::floor) + " down";
        break;
      default:
        if (w.minor == 0) return worth(l.rate);
        if (l.rate != ratio()) out = worth(l.rate) + " and ";
        out += to_string(money::minor(w.minor, p_.in()));
    }
    return out;
  }
  // A number without a trail of zeros, cut after three decimals.
  [[nodiscard]] static std::string plain(const ratio& r) {
    if (r.den() == 1) return std::to_string(r.num());
    const std::string text = decimal(r, 3, rounding::floor);
    const std::size_t end = text.find_last_not_of('0');
    return text.substr(0, text[end] == '.' ? end : end + 1);
  }

  // Of the lines of one root cause, which one pays.
  [[nodiscard]] std::string paid_by(const std::vector<credit_line>& lines, const credit_line& l) const {
    const std::size_t pays = paid_for_cause(lines, l);
    if (p_.combine() != combination::root_cause || pays >= lines.size()) return "superseded by a larger one";
    const credit_line& by = lines[pays];
    return "put aside: clause " + printable(by.clause) +
           (by.subject.empty() ? std::string() : " (" + printable(by.subject) + ")") +
           " pays for the root cause " + printable(causes_[l.cause - 1]);
  }

  [[nodiscard]] std::string why_text(const std::vector<credit_line>& lines, const credit_line& l) const {
    const std::string pays =
        (l.bound ? "below " + to_string(*l.bound) + ": " : std::string()) + working_text(l);
    switch (l.outcome) {
      case line_outcome::pays: return pays + (l.base_is_reference ? ", of the reference fee" : "");
      case line_outcome::superseded: return pays + ", " + paid_by(lines, l);
      case line_outcome::kept:
        return l.undefined ? "undefined by the table" : l.missed ? "missed, which pays nothing" : "kept";
      case line_outcome::no_data: return "no data";
      case line_outcome::gated:
        switch (l.gate) {
          case gate_kind::plan: return pays + ", not for this tier";
          case gate_kind::misses: return pays + ", not yet: too few misses";
          case gate_kind::minimum: return pays + ", not above the minimum";
          case gate_kind::none: break;
        }
        return pays;
      case line_outcome::claimable: return pays + ", to be claimed";
      case line_outcome::forfeited: return pays + ", forfeited";
    }
    return pays;
  }

  void lines(const std::vector<credit_line>& lines, const std::vector<cap_application>& caps,
             const std::vector<unit_cap_application>& unit_caps, std::size_t indent) {
    table t({"clause", "metric", "figure", "", "of", "amount", ""}, {2, 4, 5});
    for (const credit_line& l : lines) {
      const bool in_money = is_money(l.form);
      std::string metric = metric_text(p_, l.metric);
      if (!l.subject.empty()) metric += ' ' + printable(l.subject);
      std::string figure;
      if (brings(kind_of(l.metric)).share)
        figure = l.outcome == line_outcome::no_data
                     ? std::string("-")
                     : percent(l.figure, style_.percent_digits, rounding::floor);
      std::string base;
      const bool fixed_alone = fixed_minor(l) != 0 && l.rate == ratio();
      if (in_money && !fixed_alone)
        base = (l.base_share == ratio(1) ? "" : to_string(l.base_share) + " of ") + amount_text(l.base);
      t.row({l.clause,
             metric,
             figure,
             {why_text(lines, l), l.outcome == line_outcome::pays ? paint::bad : paint::faint},
             base,
             in_money ? amount_text(l.granted) : std::to_string(l.granted_count),
             {l.form == remedy_form::credit
                  ? std::string()
                  : std::string(name(l.form)) + (l.unit.empty() ? std::string() : ": " + printable(l.unit)),
              paint::faint}});
    }
    const auto scope_of = [&](cap_scope scope, std::size_t line) {
      std::string out = "cap on the " + std::string(name(scope));
      if (line < lines.size()) out += " of clause " + lines[line].clause;
      return out;
    };
    const auto form_of = [](remedy_form form, const std::string& unit) {
      return cell{form == remedy_form::credit
                      ? std::string()
                      : std::string(name(form)) + (unit.empty() ? std::string() : ": " + printable(unit)),
                  paint::faint};
    };
    for (const cap_application& c : caps)
      t.row({c.clause, scope_of(c.scope, c.line), "",
             "at most " + to_string(c.limit) +
                 (c.earlier.is_zero() ? std::string() : ", " + to_string(c.earlier) + " paid before") +
                 (c.reduction.is_zero() ? ": not exceeded" : ""),
             amount_text(c.before),
             c.reduction.is_zero() ? amount_text(c.reduction) : amount_text(-c.reduction),
             form_of(c.form, {})});
    for (const unit_cap_application& c : unit_caps)
      t.row({c.clause, scope_of(c.scope, c.line), "",
             "at most " + std::to_string(c.limit) +
                 (c.earlier == 0 ? std::string() : ", " + std::to_string(c.earlier) + " before") +
                 (c.reduction == 0 ? ": not exceeded" : ""),
             std::to_string(c.before), std::to_string(-c.reduction), form_of(c.form, c.unit)});
    if (!t.empty()) out_ += t.print(indent, style_.colour);
  }

  // What must be claimed, from when to when, and what became of it (rule M7).
  void claims(const std::vector<credit_line>& lines) {
    table t({"to claim", "", "amount", "from", "until", "claim", ""}, {2});
    std::size_t owed = 0;
    for (const credit_line& l : lines) {
      const bool shut = l.outcome == line_outcome::kept || l.outcome == line_outcome::no_data ||
                        l.outcome == line_outcome::gated;
      if (shut) continue;
      ++owed;
      if (l.claim.state == claim_state::automatic) continue;
      const auto at = [&](instant i) {
        return i == instant::earliest() || i == instant::never() ? std::string("any time")
               : i.is_finite()                                   ? local_text(i, *in_)
                                                                 : std::string("not known");
      };
      const paint how = l.claim.state == claim_state::forfeited ? paint::bad
                        : l.claim.state == claim_state::claimed ? paint::good
                                                                : paint::doubtful;
      t.row({l.clause,
             printable(l.subject),
             is_money(l.form) ? to_string(l.amount) : std::to_string(l.count) + ' ' + printable(l.unit),
             at(l.claim.open.begin),
             at(l.claim.open.end),
             {std::string(name(l.claim.state)), how},
             l.claim.at ? local_text(*l.claim.at, *in_) : std::string()});
    }
    if (!t.empty()) {
      out_ += t.print(4, style_.colour);
    } else if (owed != 0) {
      out_ += "    No claim is needed\n";
    }
  }

  [[nodiscard]] static std::string_view side(favoured f) noexcept {
    constexpr std::string_view sides[]{"nobody", "the vendor", "the customer"};
    return sides[static_cast<std::size_t>(f)];
  }
  void readings(const settlement& s) {
    out_ += "    undefined by the contract:";
    if (s.combination_unstated) out_ += " it does not say how credits combine;";
    if (s.table_undefined) out_ += " a table says nothing of the figure;";
    if (s.counting_unstated) out_ += " it does not say what a part of a unit pays;";
    if (s.base_unstated) out_ += " it does not say which of several fees is meant;";
    out_ += " the readings are\n";
    table t({"reading", "", "", "", "favours", "total"}, {5});
    constexpr std::string_view gaps[]{"a gap pays nothing", "a gap pays the milder row",
                                      "a gap pays the deeper row"};
    for (const reading& r : s.readings)
      t.row({s.combination_unstated ? std::string(name(r.combination)) : std::string(),
             s.table_undefined ? std::string(gaps[static_cast<std::size_t>(r.gap)]) : std::string(),
             s.counting_unstated ? std::string(name(r.counted)) + " units" : std::string(),
             s.base_unstated ? "fee " + std::to_string(r.base + 1) + ", by amount" : std::string(),
             side(r.favours), totals(r.totals)});
    out_ += t.print(6, style_.colour);
  }

  // Which end settles all of it, and of which fee: "at end, own fee"; a split is of each part's own.
  [[nodiscard]] static std::string change_text(change_rule rule, change_base fee) {
    return std::string(name(rule)) +
           (fee == change_base::unstated ? std::string() : ", " + std::string(name(fee)));
  }
  // "begins", "begins and ends"; nothing where the contract fills the window.
  [[nodiscard]] std::string does_inside(const sla::statement& s) const {
    const interval term = term_of(s.contract, *in_);
    const bool begins = term.begin > s.window.span.begin, ends = term.end < s.window.span.end;
    return begins && ends ? "begins and ends" : begins ? "begins" : ends ? "ends" : "";
  }

  // One set of terms does not fill the window: what of it is settled, and by which (rule M10).
  void unfilled(const sla::statement& s) {
    if (outside_term(s.contract, s.window, *in_)) {
      out_ += term_of(s.contract, *in_).begin >= s.window.span.end
                  ? "    The contract begins after the window\n"
                  : "    The contract ended before the window\n";
      return;
    }
    const std::string does = does_inside(s);
    if (!s.window_readings.empty()) return undecided(s, does);
    if (s.part)
      out_ += "    The contract " + does + " inside the window: " +
              std::string(p_.part() ? name(*s.part) : "every reading owes the same") + '\n';
    if (s.change)
      out_ += "    Its terms change inside the window: " +
              (p_.change() == change_rule::unstated
                   ? std::string("every reading owes the same")
                   : (p_.change() == change_rule::better ? "better for the customer: " : "") +
                         change_text(*s.change, p_.changed_fee())) +
              '\n';
  }
  void undecided(const sla::statement& s, const std::string& does) {
    bool parts = false, changes = false;
    for (const window_reading& r : s.window_readings) {
      parts = parts || (r.part && !p_.part());
      changes = changes || r.change;
    }
    out_ += "    undefined by the contract: ";
    if (parts) out_ += "it " + does + " inside the window, and does not say what of it is settled; ";
    if (changes)
      out_ += "its terms change inside the window, and it does not say " +
              std::string(p_.change() == change_rule::unstated ? "whose settle it; " : "of which fee; ");
    out_ += "the readings are\n";
    table t({parts ? "part window" : "", changes ? "terms" : "", "favours", "total", "when claimed, more"},
            {3, 4});
    for (const window_reading& r : s.window_readings) {
      const std::string total = totals(owed_in(r.money));
      std::vector<form_total> more = r.money.claimable;
      std::erase_if(more, is_nothing);
      t.row({parts && r.part ? std::string(name(*r.part)) : std::string(),
             r.change ? change_text(*r.change, r.fee) : std::string(), side(r.favours),
             total + (r.money.is_defined() ? "" : " or more"), totals(more)});
    }
    out_ += t.print(6, style_.colour);
  }

  // Clauses that count misses, and caps that reach back, when nobody brought what was before.
  [[nodiscard]] bool looks_back(const sla::statement& s) const {
    const auto does = [&](std::size_t tier) {
      for (const credit_terms& c : p_.credits(tier))
        if (c.gate.misses > 1 || std::holds_alternative<nth_miss>(c.pays.is)) return true;
      for (const cap_terms& c : p_.caps(tier))
        if (c.scope > cap_scope::window) return true;
      return false;
    };
    return does(s.contract.tier) ||
           std::ranges::any_of(s.parts, [&](const statement_part& p) { return does(p.contract.tier); });
  }

  void money(const sla::statement& s) {
    out_ += "  Compensation\n";
    lines(s.money.lines, s.money.caps, s.money.unit_caps, 4);
    claims(s.money.lines);
    if (looks_back(s))
      out_ += s.windows_before == 0
                  ? "    Earlier windows are not known: misses and caps are counted from this one on\n"
                  : "    " + std::to_string(s.windows_before) + " earlier windows were settled first" +
                        (s.undefined_before == 0
                             ? "\n"
                             : ", " + std::to_string(s.undefined_before) +
                                   " of them undefined: the reading that owes least is counted\n");
    if (!s.money.is_defined()) readings(s.money);
    if (s.part || s.change) unfilled(s);
    const std::string_view any = s.is_defined() ? "" : " on any reading";
    bool credit = false;
    for (const form_total& t : s.money.totals) credit = credit || t.form == remedy_form::credit;
    if (credit || s.money.totals.empty())
      out_ += "    Total owed " + painted(to_string(s.money.total), paint::strong, style_.colour) +
              std::string(any) + '\n';
    for (const form_total& t : owed_in(s.money))
      if (t.form != remedy_form::credit)
        out_ += "    Total " + std::string(name(t.form)) + ' ' +
                painted(owed_text(t), paint::strong, style_.colour) + std::string(any) + '\n';
    std::vector<form_total> more = s.money.claimable;
    std::erase_if(more, is_nothing);
    if (!more.empty()) out_ += "    When claimed, more: " + totals(more) + '\n';
    out_ += '\n';
  }

  const policy& p_;
  const zone* in_;  // of the times shown
  std::span<const std::string> causes_;
  text_style style_;
  std::string out_;
};

}  // namespace detail
}  // namespace v0
}  // namespace sla
