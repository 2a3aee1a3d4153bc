// SPDX-License-Identifier: MIT
#include <sla/report/text.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <sla/calendar/local_text.hpp>
#include <sla/policy/versioned_portfolio.hpp>

#include "money_text.hpp"
#include "outage_index.hpp"
#include "table.hpp"
#include "units_text.hpp"
#include "words.hpp"

namespace sla {
inline namespace v0 {
namespace detail {
namespace {

class writer {
 public:
  writer(const policy& p, const text_style& style, const policy_versions* versions = nullptr)
      : p_(p), versions_(versions), in_(&p.home()), style_(style) {}

  // Times are those of the contract's zone.
  void statement(const sla::statement& s, bool with_versions = true) {
    in_ = &zone_of(p_, s.contract);
    head(s);
    incidents(s);
    attainment_of(s);
    parts(s);
    // Of a split, nothing is measured but its parts.
    if (s.change != change_rule::split || s.parts.empty()) {
      if (!s.parts.empty()) all_of(s);
      availability(s, s.outages);
      levels(s);
    }
    money(s);
    if (with_versions) versions(s.rests_on);
  }

  // Statements of one run rest on the same versions, but for zones: these are told once, at the end.
  void portfolio(const sla::portfolio& all) {
    for (const sla::statement& s : all.statements) {
      writer own(of(s), style_, versions_);
      own.statement(s, false);
      out_ += own.take();
    }
    title("All contracts, " + all.window.label);
    table totals({"contract", "customer", "tier", "incidents", "breached", "availability", "owed"},
                 {3, 4, 5, 6});
    for (const sla::statement& s : all.statements) {
      std::size_t breached = 0;
      for (const clock_attainment& a : s.attainment) breached += a.count.breached;
      totals.row({s.contract.id,
                  s.contract.customer,
                  tiers_text(of(s), s),
                  std::to_string(s.incidents.size()),
                  {std::to_string(breached), breached != 0 ? paint::bad : paint::plain},
                  availability_text(of(s), s),
                  money_text::totals(money_text::owed_in(s.money)) + (s.is_defined() ? "" : " or more")});
    }
    out_ += totals.print(2, style_.colour);
    out_ += '\n';
    attainment(all.attainment);
    field("Promises", outcomes_text(all.outcomes) + ", of all incidents listed");
    field(
        "Contracts",
        std::to_string(all.statements.size()) + ", " + std::to_string(all.owing) + " of them owed something" +
            (all.undefined == 0 ? "" : ", " + std::to_string(all.undefined) + " undefined by the contract"));
    for (const sla::money& m : all.totals)
      field("Total owed", painted(to_string(m), paint::strong, style_.colour));
    for (const form_total& t : all.forms)
      if (t.form != remedy_form::credit && !(t.amount.is_zero() && t.count == 0))
        field("Total", std::string(name(t.form)) + ' ' + owed_text(t));
    out_ += '\n';
    if (versions_ == nullptr && !all.statements.empty()) versions(versions_of(all));
    for (std::size_t v = 0; versions_ != nullptr && v < versions_->all().size(); ++v) {
      sla::portfolio one;
      for (const sla::statement& s : all.statements)
        if (version_at(*versions_, s.window.span.begin) == v) one.statements.push_back(s);
      if (!one.statements.empty()) versions(versions_of(one));
    }
  }

  void attainment(std::span<const graded_attainment> all) {
    table t({"clock", "severity", "met", "breached", "waived", "open", "attainment", ""}, {2, 3, 4, 5, 6});
    for (const graded_attainment& a : all)
      t.row(attained(a.clock, named(p_.severity_name(a.severity), p_.severity_label(a.severity)), a.count));
    if (!t.empty()) out_ += t.print(2, style_.colour) + '\n';
  }

  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  // Of terms that change, each; of a split window the figure of each part.
  [[nodiscard]] static std::string tiers_text(const policy& p, const sla::statement& s) {
    const auto tier = [&](const sla::contract& c) {
      return named(p.tier_name(c.tier), p.tier_label(c.tier));
    };
    std::string all;
    for (const statement_part& part : s.parts)
      if (const std::string one = tier(part.contract); !all.ends_with(one))
        all += (all.empty() ? "" : ", ") + one;
    return all.empty() ? tier(s.contract) : all;
  }
  [[nodiscard]] std::string availability_text(const policy& p, const sla::statement& s) const {
    const auto figure = [&](const auto& of) {
      return shown(of.measured, p.availability(of.contract.tier), style_.percent_digits);
    };
    if (s.change != change_rule::split || s.parts.empty()) return figure(s);
    std::string all;
    for (const statement_part& part : s.parts) all += (all.empty() ? "" : ", ") + figure(part);
    return all;
  }

  // The version that settled a statement.
  [[nodiscard]] const policy& of(const sla::statement& s) const {
    return versions_ == nullptr ? p_ : versions_->all()[version_at(*versions_, s.window.span.begin)];
  }
  void title(std::string_view text) { out_ += painted(text, paint::strong, style_.colour) + '\n'; }
  void field(std::string_view name, std::string_view value) {
    constexpr std::size_t width = 12;
    out_ += "  " + std::string(name) + std::string(name.size() < width ? width - name.size() : 1, ' ') +
            std::string(value) + '\n';
  }
  [[nodiscard]] std::string percent_text(const ratio& r) const {
    return percent(r, style_.percent_digits, rounding::floor);
  }
  [[nodiscard]] std::string share(const sla::attainment& a) const {
    const auto s = a.share();
    return s ? percent_text(*s) : "no data";
  }
  [[nodiscard]] static std::string provisional_text(const sla::attainment& a) {
    return a.provisional ? "provisional" : "";
  }

  [[nodiscard]] static std::string services_text(const sla::contract& c) {
    std::string all;
    for (const std::string& name : c.services) all += (all.empty() ? "" : ", ") + printable(name);
    return all;
  }

  void head(const sla::statement& s) {
    const sla::contract& c = s.contract;
    title("Contract " + printable(c.id) + "  " + printable(c.customer));
    std::string terms = named(p_.tier_name(c.tier), p_.tier_label(c.tier));
    if (!p_.region_name(c.region).empty())
      terms += ", " + named(p_.region_name(c.region), p_.region_label(c.region));
    if (versions_ != nullptr)
      field("Policy", printable(p_.name()) + ", version of " + date_text(p_.version()));
    if (s.parts.empty()) {
      field("Terms", terms + ", " + to_string(c.monthly_fee) + " a month");
      field("Services", services_text(c));
    } else {
      field("Terms", "change inside the window");
    }
    field("Window", s.window.label + ", " + local_text(s.window.span.begin, *in_) + " to " +
                        local_text(s.window.span.end, *in_) + ' ' + std::string(in_->name()));
    field("As of", local_text(s.as_of, *in_) + (s.provisional ? ", provisional" : ""));
    out_ += '\n';
  }

  // Each promise counts in one window: that in which it was decided.
  [[nodiscard]] std::string elsewhere(const verdict& v, const interval& window) const {
    const auto at = decided_at(v);
    if (!at || window.contains(*at)) return {};
    return (notes_text(*in_, v).empty() ? "" : "; ") + std::string("counts in the window of ") +
           local_text(*at, *in_).substr(0, 10);
  }

  void incidents(const sla::statement& s) {
    if (s.incidents.empty()) {
      out_ += "  No incidents\n\n";
      return;
    }
    for (const judged_incident& i : s.incidents) {
      const policy& p = i.by ? *i.by : p_;
      const grade& g = i.facts.at_report;
      std::string what = named(p.severity_name(g.severity), p.severity_label(g.severity));
      if (p.region_name(g.region) != p_.region_name(s.contract.region))
        what += ", " + named(p.region_name(g.region), p.region_label(g.region));
      if (!p.category_name(g.category).empty())
        what += ", " + named(p.category_name(g.category), p.category_label(g.category));
      if (p.version() != p_.version()) what += ", judged by the version of " + date_text(p.version());
      if (!i.root_cause.empty()) what += ", root cause " + printable(i.root_cause);
      out_ += "  " + painted(printable(i.id), paint::strong, style_.colour) + "  " + what + ", reported " +
              local_text(i.facts.reported, *in_) + '\n';
      table t({"clock", "target", "start", "used", "due", "done", "outcome", "business time", "wall clock",
               "note"},
              {3, 7, 8});
      const auto judged = [&](const verdict& v) {
        if (v.outcome == outcome::not_applicable) return;
        t.row({clock_text(p, v),
               target_text(p, v),
               when(*in_, v.started),
               v.started ? own_text(v, v.counted) : std::string(),
               due_text(*in_, v),
               when(*in_, v.done),
               {outcome_text(v), paint_of(v.outcome)},
               own_margin(v),
               wall_margin(v),
               {notes_text(*in_, v) + elsewhere(v, s.window.span), paint::faint}});
      };
      visit_promises(p, i, judged, [&](clock_id c) {
        const auto row = p.origin({i.facts.tier, i.facts.channel, g}, c);
        t.row({named(p.clock_name(c), p.clock_label(c)),
               std::string(without_number) + clause_text(row->clause), "", "", "", "", "", "", "", ""});
      });
      out_ += t.empty() ? "    nothing is promised\n" : t.print(4, style_.colour);
      for (const anomaly& a : i.anomalies)
        out_ += "    ignored: " + local_text(a.at, *in_) + ' ' + std::string(name(a.kind)) + " (row " +
                std::to_string(a.row) + ")\n";
      out_ += '\n';
    }
  }

  // A contract's clocks are counted over all severities: a column that is empty throughout is left out.
  template <class Measured>
  void attainment_of(const Measured& s) {
    table t({"clock", "", "met", "breached", "waived", "open", "attainment", ""}, {2, 3, 4, 5, 6});
    for (const clock_attainment& a : s.attainment) t.row(attained(a.clock, {}, a.count));
    if (!t.empty()) out_ += t.print(2, style_.colour) + '\n';
  }
  [[nodiscard]] std::vector<cell> attained(clock_id clock, const std::string& severity,
                                           const sla::attainment& count) const {
    return {named(p_.clock_name(clock), p_.clock_label(clock)),
            severity,
            std::to_string(count.met),
            {std::to_string(count.breached), count.breached != 0 ? paint::bad : paint::plain},
            std::to_string(count.waived),
            std::to_string(count.open),
            share(count),
            {provisional_text(count), paint::doubtful}};
  }

  // The records an interval of downtime came from, as the customer knows them.
  [[nodiscard]] static std::string records_text(const outage_index& index,
                                                std::span<const std::uint32_t> rows) {
    std::string out;
    for (const std::uint32_t row : rows)
      if (const service_outage* o = index.find(row))
        out += (out.empty() ? "" : ", ") + (o->id.empty() ? std::string() : o->id + ' ') + o->service;
    return out;
  }
  // A line of the derivation, in words; what was tagged and refused is part of the line that counts it.
  [[nodiscard]] static std::string fate_text(fate f) {
    return (is_refused(f) ? "of it, not excused: " : "") + std::string(name(f));
  }

  // Where terms change inside the window: what each part came to by its own.
  void parts(const sla::statement& s) {
    for (const statement_part& part : s.parts) {
      const sla::contract& c = part.contract;
      title("  From " + local_text(part.window.span.begin, *in_) + " to " +
            local_text(part.window.span.end, *in_));
      field("Terms", named(p_.tier_name(c.tier), p_.tier_label(c.tier)) + ", " + to_string(c.monthly_fee) +
                         " a month" + (c.seats == 1 ? "" : ", " + std::to_string(c.seats) + " seats"));
      field("Services", services_text(c));
      out_ += '\n';
      attainment_of(part);
      availability(part, s.outages);
      levels(part);
    }
  }
  void all_of(const sla::statement& s) {
    title("  All of the window, by the terms at its " +
          std::string(s.change == change_rule::at_start ? "start" : "end"));
  }

  // Of a statement, or of a part of one.
  template <class Measured>
  void availability(const Measured& s, std::span<const service_outage> outages) {
    const measurement& m = s.measured;
    std::string figure = shown(m, p_.availability(s.contract.tier), style_.percent_digits);
    if (s.target) {
      const bool met = m.no_data || m.availability >= *s.target;
      figure += ", promised " + to_string(*s.target) + clause_text(s.target_clause) + ": ";
      figure += painted(m.no_data ? "no data" : (met ? "kept" : "missed"), met ? paint::good : paint::bad,
                        style_.colour);
    } else {
      figure += ", nothing is promised";
    }
    if (s.units && s.units->lacks != lacking::nothing) figure += ", as " + std::string(name(s.units->lacks));
    out_ += "  Availability " + figure + (m.provisional ? ", provisional" : "") + '\n';
    const bool by_slots = p_.availability(s.contract.tier).slots.has_value();
    if (s.units && !m.no_data)
      out_ += "    " + units_text::lost(*s.units, p_.availability(s.contract.tier)) + '\n';
    if (!by_slots) seconds(m);
    if (s.units && s.units->budget && !m.no_data) out_ += "    " + units_text::budget(*s.units) + '\n';
    if (s.budget) budget(*s.budget);
    derivation(s, outages, by_slots);
    out_ += '\n';
  }
  void seconds(const measurement& m) {
    out_ += "    down " + seconds_text(m.counted) + " of " + std::to_string(m.denominator.count()) +
            " s; excused " + std::to_string(m.excluded.count()) + " s, refused " +
            std::to_string(m.refused.count()) + " s, too short " + std::to_string(m.too_short.count()) +
            " s\n";
  }
  void budget(const error_budget& b) {
    out_ +=
        "    error budget " + exact_seconds(b.allowed) + ", used " + std::to_string(b.used.count()) + " s";
    if (b.allowed > ratio(0)) out_ += " = " + percent(ratio(b.used.count()) / b.allowed, 1, rounding::ceil);
    out_ += b.remaining < ratio(0) ? ", exceeded by " + exact_seconds(-b.remaining)
                                   : ", left " + exact_seconds(b.remaining);
    if (b.exhausted_at) out_ += ", exhausted " + local_text(*b.exhausted_at, *in_);
    out_ += '\n';
  }
  // Of slots, what is down in a row.
  template <class Measured>
  void derivation(const Measured& s, std::span<const service_outage> outages, bool by_slots) {
    const measurement& m = s.measured;
    table t({by_slots ? "slots down from" : "outage from", "to", "seconds", "counted", "", "", "records"},
            {2, 3});
    const auto rules = p_.availability(s.contract.tier).rules.exclusions;
    const outage_index index(outages);
    for (const kept_or_dropped& d : m.derivation) {
      const std::string why = fate_text(d.what);
      std::string by;
      if (d.exclusion < rules.size())
        by = std::string(rules[d.exclusion].name) + clause_text(rules[d.exclusion].clause);
      t.row({local_text(d.span.begin, *in_),
             local_text(d.span.end, *in_),
             std::to_string(d.exact.count()),
             d.what == fate::counted ? std::to_string(d.counted.count()) : std::string(),
             {why, d.what == fate::counted ? paint::plain : paint::faint},
             by,
             records_text(index, m.rows_of(d))});
    }
    if (!t.empty()) out_ += t.print(4, style_.colour);
  }

  template <class Measured>
  void levels(const Measured& s) {
    if (s.levels.empty()) return;
    table t({"service level", "", "clause", "level", "of", "left out", "promised", "", ""}, {3, 4, 5, 6});
    for (const judged_level& l : s.levels) {
      const service_level& v = l.value;
      const bool missed = l.verdict == level_verdict::missed;
      t.row({l.name,
             name(l.metric),
             l.clause,
             v.no_data ? std::string("no data") : amount(l, v.value),
             std::to_string(v.denominator),
             v.left_out != 0 ? std::to_string(v.left_out) : std::string(),
             l.target ? std::string(name(l.target->holds)) + " " + amount(l, l.target->bound) : std::string(),
             {l.target ? name(l.verdict) : std::string_view(),
              missed ? paint::bad : (v.no_data ? paint::faint : paint::good)},
             {v.provisional ? "provisional" : "", paint::doubtful}});
    }
    out_ += t.print(2, style_.colour) + '\n';
  }
  [[nodiscard]] std::string amount(const judged_level& l, const ratio& value) const {
    return is_length(l.metric) ? decimal(value, 1, rounding::half_up) + " s"
                               : percent(value, style_.percent_digits, rounding::floor);
  }

  void money(const sla::statement& s) { out_ += money_text(p_, style_).print(s); }

  void versions(const sla::versions& v) {
    out_ += painted("  Rests on " + versions_text(v), paint::faint, style_.colour) + '\n';
  }

  const policy& p_;
  const policy_versions* versions_;  // where there are several
  const zone* in_;                   // of the times shown
  text_style style_;
  std::string out_;
};

}  // namespace
}  // namespace detail

std::string line(const policy& p, const verdict& v) { return line(p, v, p.home()); }

std::string line(const policy& p, const verdict& v, const zone& in) {
  using namespace detail;
  std::string out = clock_text(p, v) + ": ";
  switch (v.outcome) {
    case outcome::not_applicable: return out + "nothing is promised";
    case outcome::met: {
      out += "met";
      if (const std::string margin = v.business ? own_text(v, v.remaining) : to_string(v.remaining);
          v.remaining.count() > 0)
        out += " with " + margin + " to spare";
      break;
    }
    case outcome::breached:
      out += "breached by " +
             (v.business ? own_text(v, v.overdue) + ", " + to_string(v.overdue_elapsed) + " on the wall clock"
                         : to_string(v.overdue));
      if (!v.done) out += ", still open";
      break;
    case outcome::open:
      out += "open, " + std::string(name(v.activity));
      if (v.activity != activity::not_started) out += ", " + own_text(v, v.remaining) + " left";
      break;
    default: out += name(v.outcome);
  }
  out += " (target " + to_string(v.limit);
  if (const std::string_view clause = p.clause(v); !clause.empty()) out += ", clause " + std::string(clause);
  if (v.started) out += ", used " + own_text(v, v.counted);
  if (const std::string due = due_text(in, v); !due.empty()) out += ", due " + due;
  if (v.done) out += ", done " + local_text(*v.done, in);
  out += ')';
  if (v.provisional) out += ", provisional";
  return out;
}

std::string to_text(const policy& p, const statement& s, const text_style& style) {
  detail::writer w(p, style);
  w.statement(s);
  return w.take();
}

std::string to_text(const policy& p, const portfolio& all, const text_style& style) {
  detail::writer w(p, style);
  w.portfolio(all);
  return w.take();
}

std::string to_text(const policy_versions& versions, const portfolio& all, const text_style& style) {
  const bool several = versions.all().size() > 1;
  detail::writer w(versions.all().back(), style, several ? &versions : nullptr);
  w.portfolio(all);
  return w.take();
}

std::string to_text(const policy& p, std::span<const graded_attainment> all, const text_style& style) {
  detail::writer w(p, style);
  w.attainment(all);
  return w.take();
}

}  // namespace v0
}  // namespace sla
