// SPDX-License-Identifier: MIT
#include <sla/report/promised.hpp>

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include <sla/base/rounding.hpp>
#include <sla/base/utf8.hpp>

#include "calendar_words.hpp"
#include "measure_words.hpp"
#include "promised_cells.hpp"
#include "remedy_words.hpp"
#include "table.hpp"
#include "words.hpp"

namespace sla {
inline namespace v0 {
namespace detail {
namespace {

// A clause as tiers share it: its cells besides the tier, and which tiers do.
struct tiered_row {
  std::vector<std::string> cells;
  std::vector<std::size_t> tiers;
};
void add_tier(std::vector<tiered_row>& all, std::vector<std::string> cells, std::size_t tier) {
  for (tiered_row& t : all)
    if (t.cells == cells) return t.tiers.push_back(tier);
  all.push_back({std::move(cells), {tier}});
}

class promised_text {
 public:
  promised_text(const policy& p, const promised& wanted, const text_style& style)
      : p_(p), cells_(p, wanted), style_(style) {}

  [[nodiscard]] std::string print(bool all) {
    out_ = printable(p_.name()) + ", in force from " + date_text(p_.version()) + ", " +
           printable(p_.home().name()) + ", " + std::string(p_.in().code()) + '\n';
    for (const clock_id c : cells_.clocks) clock(c);
    if (!all) return std::move(out_);
    availability();
    service_levels();
    remedies();
    calendars();
    pauses();
    return std::move(out_);
  }

 private:
  void title(const std::string& text, const std::string& more = {}) {
    out_ += '\n' + painted(text, paint::strong, style_.colour) + more + '\n';
  }
  void line(const std::string& text) { out_ += "  " + text + '\n'; }

  // --- the decision table -------------------------------------------------------------------------------------

  void clock(clock_id c) {
    const std::string name = named(p_.clock_name(c), p_.clock_label(c));
    if (!cells_.any(c)) return title(name, ": nothing is promised");
    const std::vector<shared_place> places = cells_.shared(c);
    std::optional<std::vector<std::string>> runs;
    bool alike = true;
    each(places, c, [&](std::size_t, std::size_t, const clock_terms& t) {
      if (!promised_cells::is_stated(t)) return;
      auto said = cells_.runs(t);
      alike = alike && (!runs || *runs == said);
      if (!runs) runs = std::move(said);
    });
    for (std::size_t i = 0; i < places.size(); ++i) {
      const std::string where = places[i].title.empty() ? std::string() : ": " + places[i].title;
      title(name + where, alike && i == 0 ? ", " + runs->front() : std::string());
      grid(places[i].first, c);
      if (!alike) unlike(places[i], c);
    }
    if (!alike) return;
    for (std::size_t i = 1; i < runs->size(); ++i) line((*runs)[i]);
  }

  template <class Each>
  void each(const std::vector<shared_place>& places, clock_id c, const Each& f) const {
    for (const shared_place& place : places)
      for (const std::size_t s : cells_.severities)
        for (const std::size_t t : cells_.tiers) f(s, t, cells_.terms(cells_.at(place.first, t, s), c));
  }

  void grid(const cell_key& place, clock_id c) {
    std::vector<std::string> names;
    for (const std::size_t t : cells_.tiers) names.push_back(named(p_.tier_name(t), p_.tier_label(t)));
    std::vector<std::string_view> heads{""};
    heads.insert(heads.end(), names.begin(), names.end());
    table out(heads);
    for (const std::size_t s : cells_.severities) {
      std::vector<cell> row{named(p_.severity_name(s), p_.severity_label(s))};
      for (const std::size_t t : cells_.tiers) {
        const clock_terms& terms = cells_.terms(cells_.at(place, t, s), c);
        row.emplace_back(cells_.limit(terms), terms.promised ? paint::plain : paint::faint);
      }
      out.row(std::move(row));
    }
    out_ += out.print(2, style_.colour);
  }

  // Clocks that run in unlike ways: each way with its cells.
  void unlike(const shared_place& place, clock_id c) {
    struct way {
      std::vector<std::string> runs;
      std::vector<std::vector<std::size_t>> tiers;  // by place in the severities
    };
    std::vector<way> ways;
    for (std::size_t s = 0; s < cells_.severities.size(); ++s)
      for (const std::size_t t : cells_.tiers) {
        const clock_terms& terms = cells_.terms(cells_.at(place.first, t, cells_.severities[s]), c);
        if (!promised_cells::is_stated(terms)) continue;
        auto runs = cells_.runs(terms);
        auto known = std::ranges::find(ways, runs, &way::runs);
        if (known == ways.end()) {
          ways.push_back({std::move(runs), std::vector<std::vector<std::size_t>>(cells_.severities.size())});
          known = ways.end() - 1;
        }
        known->tiers[s].push_back(t);
      }
    for (const way& w : ways) {
      if (ways.size() == 1) {
        for (const std::string& r : w.runs) line(r);
        continue;
      }
      std::string who, all;
      for (std::size_t s = 0; s < w.tiers.size(); ++s) {
        const std::string severity = printable(p_.severity_name(cells_.severities[s]));
        const bool every = w.tiers[s].size() == cells_.tiers.size();
        if (every) who += (who.empty() ? "" : ", ") + severity;
        for (const std::size_t t : w.tiers[s])
          if (!every) who += (who.empty() ? "" : ", ") + severity + ' ' + printable(p_.tier_name(t));
      }
      for (const std::string& r : w.runs) all += (all.empty() ? "" : "; ") + r;
      line(who + ": " + all);
    }
  }

  // --- availability and what is owed --------------------------------------------------------------------------

  [[nodiscard]] std::string who(const std::vector<std::size_t>& tiers) const {
    if (tiers.size() == p_.tier_count()) return {};
    std::string out;
    for (const std::size_t t : tiers)
      out += (out.empty() ? "" : ", ") + named(p_.tier_name(t), p_.tier_label(t));
    return out;
  }

  void availability() {
    const measure_words words(p_, cells_);
    table out({"", "at least", "of", "allowed down", "counted", "excused", "shown with", "clause"});
    std::string by;
    for (const std::size_t t : cells_.tiers) {
      const availability_terms& a = p_.availability(t);
      if (!a.target) continue;
      by = measure_words::window(a.windows);
      out.row({named(p_.tier_name(t), p_.tier_label(t)), to_string(*a.target), words.of(a),
               measure_words::allowed(a), measure_words::counts(a), words.excused(a), measure_words::shown(a),
               a.clause});
    }
    if (out.empty()) return;
    const bool is_named = !by.starts_with("every ") && !by.starts_with("the ");
    title("availability", (is_named ? ", by the " : ", by ") + by);
    out_ += out.print(2, style_.colour);
  }

  void service_levels() {
    const measure_words words(p_, cells_);
    std::vector<tiered_row> levels;
    for (const std::size_t t : cells_.tiers)
      for (const service_level_terms& s : p_.service_levels(t))
        add_tier(levels, {s.name, words.promise(s), s.clause}, t);
    if (levels.empty()) return;
    title("service levels");
    const bool one_tier = cells_.tiers.size() < p_.tier_count();
    table out({"", "tier", "promised", "clause"});
    for (const tiered_row& row : levels)
      out.row({row.cells[0], one_tier ? std::string() : who(row.tiers), row.cells[1], row.cells[2]});
    out_ += out.print(2, style_.colour);
  }

  [[nodiscard]] static const claim_rule* claim_of(std::span<const claim_rule> all, std::string_view clause) {
    for (const claim_rule& c : all)
      if (c.clause == clause) return &c;
    return nullptr;
  }

  void remedies() {
    const remedy_words words(p_);
    const auto form_of = [](remedy_form form, std::string_view unit) {
      return form == remedy_form::credit ? std::string() : remedy_words::form(form, unit);
    };
    std::vector<tiered_row> owed, capped;
    std::optional<rounding> round;
    for (const std::size_t t : cells_.tiers) {
      for (const credit_terms& c : p_.credits(t)) {
        round = c.rounding;
        add_tier(owed,
                 {c.clause, metric_text(p_, c.metric), words.pays(c), remedy_words::base(c),
                  form_of(c.form.form, c.form.unit), words.conditions(c, claim_of(p_.claims(t), c.clause))},
                 t);
      }
      for (const cap_terms& c : p_.caps(t))
        add_tier(capped,
                 {c.clause,
                  "cap per " + std::string(remedy_words::scope(c.scope, p_.availability(t).window)),
                  "at most " + remedy_words::limit(c),
                  remedy_words::limit_base(c),
                  form_of(c.form, c.unit),
                  {}},
                 t);
    }
    if (owed.empty()) return;
    title("what is owed");
    const bool one_tier = cells_.tiers.size() < p_.tier_count();
    table out({"clause", "tier", "for", "a miss pays", "of", "as", "when"});
    for (const auto* all : {&owed, &capped})
      for (const tiered_row& row : *all) {
        std::vector<cell> line_of{row.cells.front(), one_tier ? std::string() : who(row.tiers)};
        line_of.insert(line_of.end(), row.cells.begin() + 1, row.cells.end());
        out.row(std::move(line_of));
      }
    out_ += out.print(2, style_.colour);
    if (owed.size() > 1) line(together());
    if (round) line("each line is " + remedy_words::rounded(*round));
    if (p_.part()) line("a contract that begins inside a window: " + std::string(name(*p_.part())));
    if (p_.change() != change_rule::unstated || p_.changed_fee() != change_base::unstated)
      line("a contract that changes inside a window: " +
           std::string(p_.change() == change_rule::unstated ? "every rule" : name(p_.change())) +
           (p_.changed_fee() == change_base::unstated ? ""
                                                      : ", of the " + std::string(name(p_.changed_fee()))));
  }
  [[nodiscard]] std::string together() const {
    switch (p_.combine()) {
      case combination::sum: return "what several clauses owe adds up";
      case combination::max: return "of what several clauses owe, the largest alone is paid";
      case combination::root_cause:
        return "of what one root cause makes several clauses owe, the largest alone is paid";
      case combination::unstated: break;
    }
    return "how several clauses combine is not stated: every reading is settled";
  }

  // --- calendars and pauses -----------------------------------------------------------------------------------

  void calendars() {
    table out({"calendar", "hours", "zone", "holidays", "known through", "answers for"});
    table days({"calendar", "on", "hours", "", ""});
    const auto& all = p_.calendars();
    for (std::size_t i = 0; i < all.size(); ++i) {
      const business_time& c = all[i].second;
      const zone& in = p_.home();
      std::string zones;
      for (const named_version& z : c.zones()) zones += (zones.empty() ? "" : ", ") + printable(z.name);
      for (const calendar_words::day& d : calendar_words::days(p_.declared(i)))
        days.row({all[i].first, d.on, d.hours, d.name, d.precedence});
      const auto date = [&](instant t) { return local_text(t, in).substr(0, 10); };
      out.row({all[i].first, p_.hours_of(i), zones, calendar_words::holidays(p_.declared(i)),
               c.holidays().empty() ? std::string() : date(c.known_through()),
               date(c.cover().begin) + " to " + date(c.cover().end - std::chrono::seconds(1))});
    }
    if (out.empty()) return;
    title("calendars");
    out_ += out.print(2, style_.colour);
    if (days.empty()) return;
    title("days unlike the week's");
    out_ += days.print(2, style_.colour);
  }

  void pauses() {
    table out({"pause", "by", "stops", "at most"});
    const auto terms = p_.terms(cell_key{});
    for (reason_id r = 0; r < p_.reasons().size(); ++r) {
      std::string stops;
      std::vector<clock_id> stopped;
      for (const clock_terms& t : terms)
        if (((t.stopped_by >> r) & 1U) != 0) {
          stopped.push_back(t.clock);
          stops += (stops.empty() ? "" : ", ") + printable(p_.clock_name(t.clock));
        }
      const pause_reason& reason = p_.reason(r);
      out.row({named(p_.reason_name(r), p_.reason_label(r)), name(reason.by),
               stops.empty() ? std::string("nothing") : stops,
               reason.cap ? cells_.own_time(*reason.cap, stopped) : std::string()});
    }
    if (out.empty()) return;
    title("pauses");
    out_ += out.print(2, style_.colour);
  }

  const policy& p_;
  promised_cells cells_;
  text_style style_;
  std::string out_;
};

}  // namespace
}  // namespace detail

std::string to_text(const policy& p, const promised& wanted, const text_style& style) {
  return detail::promised_text(p, wanted, style).print(!wanted.clock && !wanted.severity);
}

}  // namespace v0
}  // namespace sla
