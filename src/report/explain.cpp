// SPDX-License-Identifier: MIT
#include <sla/report/explain.hpp>

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <sla/calendar/local_text.hpp>

#include "step_words.hpp"
#include "table.hpp"
#include "words.hpp"

namespace sla {
inline namespace v0 {
namespace detail {
namespace {

class explainer {
 public:
  explainer(const policy& p, const zone& in, const text_style& style) : p_(p), in_(in), style_(style) {}

  [[nodiscard]] std::string of(const explained_incident& i) {
    std::string what = grade_text(p_, i.facts.at_report);
    out_ += painted("Incident " + printable(i.id), paint::strong, style_.colour);
    if (!i.contract.empty()) out_ += ", contract " + printable(i.contract);
    out_ += "  " + named(p_.tier_name(i.facts.tier), p_.tier_label(i.facts.tier)) + ", " + what +
            "\n  reported " + at(i.facts.reported) + ", as of " + at(i.as_of) + ' ' +
            std::string(in_.name()) + "\n\n";
    for (const explained_verdict& v : i.clocks) clock(v);
    for (const anomaly& a : i.anomalies)
      out_ += "  ignored: " + at(a.at) + ' ' + std::string(name(a.kind)) + " (row " + std::to_string(a.row) +
              ")\n";
    if (!i.anomalies.empty()) out_ += '\n';
    out_ += painted("  Rests on " + versions_text(i.rests_on), paint::faint, style_.colour) + '\n';
    return out_;
  }

 private:
  [[nodiscard]] std::string at(instant t) const { return local_text(t, in_); }
  [[nodiscard]] std::string at(const std::optional<instant>& t) const {
    return t ? at(*t) : std::string("not while paused");
  }

  void clock(const explained_verdict& v) {
    const considered_row* row = without_number_by(v);
    const std::string said = row == nullptr ? line(p_, v.judged, in_)
                                            : clock_text(p_, v.judged) + ": " + std::string(without_number) +
                                                  clause_text(row->clause);
    out_ += painted(said, paint_of(v.judged.outcome), style_.colour) + '\n';
    rows(v);
    steps(v);
    hours(v);
    if (v.continued) out_ += "    had the clock gone on instead: " + line(p_, *v.continued, in_) + '\n';
    out_ += '\n';
  }

  void rows(const explained_verdict& v) {
    table t({"rows", "states", "selectors", ""}, {2});
    for (const considered_row& r : v.rows) {
      std::string states;
      if (r.limit) states = to_string(*r.limit);
      if (!r.calendar.empty())
        states += (states.empty() ? "calendar " : ", calendar ") + std::string(r.calendar);
      const auto join = [&](std::string more) { states += (states.empty() ? "" : ", ") + std::move(more); };
      if (r.unquantified) join("unquantified");
      for (const std::string_view option : r.options) join("'" + std::string(option) + "'");
      std::string counts;
      const auto given = [&](const std::string& what) {
        counts += counts.empty() ? "its " + what + " counts" : ", and its " + what;
      };
      if (r.gives_limit) given("limit");
      if (r.gives_calendar) given("calendar");
      for (const std::string_view option : r.gives) given("'" + std::string(option) + "'");
      t.row({r.clause.empty() ? "row " + std::to_string(r.row + 1) : "clause " + std::string(r.clause),
             states,
             std::to_string(r.specificity),
             {counts.empty() ? "less specific" : counts, counts.empty() ? paint::faint : paint::plain}});
    }
    if (!t.empty()) out_ += t.print(4, style_.colour);
  }

  void steps(const explained_verdict& v) {
    table t({"at", "step", "", "used"}, {3});
    for (std::size_t i = 0; i < v.steps.size(); ++i) {
      t.row(step(v, v.steps[i]));
      const clock_step& s = v.steps[i].step;
      if (s.cap_left)
        t.row({at(s.at), "pauses on",
               reasons_text(p_, s) + ": " + own_text(v.judged, *s.cap_left) + " of its cap left", ""});
      // By a change another promise may bind, and by it something else is used.
      if (const auto end = cap_ended(v, i))
        t.row({at(end->at), "runs on", capped(v, *end),
               s.kind == step_kind::change ? std::string() : own_text(v.judged, s.used.counted)});
    }
    if (!t.empty()) out_ += t.print(4, style_.colour);
  }

  // "the cap of 2bh on customer_reply is used up".
  [[nodiscard]] std::string capped(const explained_verdict& v, const cap_end& end) const {
    std::string out;
    for (reason_id r = 0; r < p_.reasons().size(); ++r)
      if (((end.reasons >> r) & 1U) != 0 && p_.reason(r).cap)
        out += (out.empty() ? "the cap of " : ", that of ") + own_text(*p_.reason(r).cap, v.judged.business) +
               " on " + printable(p_.reason_name(r));
    return out + (end.before ? " was used up before" : " is used up");
  }

  [[nodiscard]] std::vector<cell> step(const explained_verdict& v, const explained_step& told) const {
    const clock_step& s = told.step;
    const auto used = [&](const tally& t) { return own_text(v.judged, t.counted); };
    const std::string where = told.record ? row_text(*told.record) : std::string();
    const std::string clause =
        s.terms != nullptr && s.terms->promised ? std::string(p_.clause_of(s.terms->target)) : std::string();
    switch (s.kind) {
      case step_kind::row: return {"", "promised", s.terms ? terms_text(*s.terms, clause) : "", ""};
      case step_kind::start:
        return {at(s.at), "starts",
                (told.record ? moment_text(p_, told.record->what) : "") + where +
                    (s.active != 0 ? ", already pausing: " + reasons_text(p_, s) : ""),
                ""};
      case step_kind::pausing:
        return {at(s.at), s.active == 0 ? "runs on" : "pauses", reasons_text(p_, s) + where, used(s.used)};
      case step_kind::change: return {at(s.at), "grade changes", change(v, told), used(s.used)};
      case step_kind::extension:
        return {at(s.at), "extended",
                "due " + at(s.due_before) + ", now " + at(s.due) +
                    (told.record ? agreed_text(*told.record) : "") + where,
                ""};
      case step_kind::stop:
        return {at(s.at), "stops", (told.record ? moment_text(p_, told.record->what) : "") + where,
                used(s.used)};
      case step_kind::confirmation: return {at(s.at), "confirmed", "the stop is final" + where, ""};
      case step_kind::rejection:
        return {at(s.at), "rejected", "the stop is void, the clock has run through" + where, ""};
      case step_kind::reopening:
        return {
            at(s.at), "reopened",
            (s.from < s.at ? "closed since " + at(s.from) + ", which does not count" : "closed time counts") +
                where,
            ""};
      case step_kind::waiver:
        return {
            at(s.at), "waived",
            (told.record ? agreed_text(*told.record).substr(told.record->agreed_by == party::nobody ? 0 : 2)
                         : "") +
                where,
            ""};
      case step_kind::cancellation:
        return {at(s.at), "cancelled",
                (told.record && detail::removes_breaches(*told.record)
                     ? "no breach counts" + agreed_text(*told.record)
                     : std::string("judged as of here")) +
                    where,
                ""};
      case step_kind::due: return {at(s.due), "due", due(v, s), ""};
      case step_kind::warning: return {at(s.due), "warning", warning(v, s), ""};
      case step_kind::judged: return {at(s.at), judged_word(v), judged(v, s), used(s.used)};
    }
    return {};
  }

  [[nodiscard]] std::string change(const explained_verdict& v, const explained_step& told) const {
    const clock_step& s = told.step;
    std::string out;
    if (told.record)
      out = std::string(cause_text(told.record->why)) + " to " + grade_text(p_, told.record->to) +
            agreed_text(*told.record) + row_text(*told.record) + ": ";
    out += effect_text(s.effect);
    // Both measures (rules C8, C9).
    out += "; by the old row due " + at(s.due_before);
    if (s.terms != nullptr && s.effect != change_effect::none && s.effect != change_effect::drop)
      out += "; by the new one from the start " + own_text(v.judged, s.used_new.counted) + " used, due " +
             at(s.due_new);
    return out + "; binds now " + at(s.due);
  }

  [[nodiscard]] std::string due(const explained_verdict& v, const clock_step& s) const {
    std::string out = own_text(v.judged, s.amount) + " from " + at(s.from);
    if (s.agreed > instant::earliest()) out += ", no earlier than " + at(s.agreed) + " as agreed";
    if (s.not_before > instant::earliest()) out += ", brought by the change of " + at(s.not_before);
    return out;
  }

  [[nodiscard]] std::string warning(const explained_verdict& v, const clock_step& s) const {
    if (s.terms == nullptr || s.index >= s.terms->warnings.size()) return {};
    const sla::warning& w = s.terms->warnings[s.index];
    std::string out = w.at_share ? "at " + to_string(*w.at_share) + " of the limit"
                                 : (w.before_due ? own_text(*w.before_due, v.judged.business) + " before due"
                                                 : std::string());
    if (w.level != 0) out += ", level " + std::to_string(w.level);
    return out + (((v.judged.warnings >> s.index) & 1U) != 0 ? ", passed" : ", not passed");
  }

  [[nodiscard]] static std::string judged_word(const explained_verdict& v) {
    return std::string(name(v.judged.outcome));
  }
  // The comparison that decided.
  [[nodiscard]] std::string judged(const explained_verdict& v, const clock_step& s) const {
    const verdict& j = v.judged;
    const std::string what = (j.done ? "done " : "as of ") + at(s.at);
    if (j.outcome == outcome::waived) return "the protected party waived it";
    if (j.outcome == outcome::undetermined) return "it depends on time that the calendar does not cover";
    if (!s.due) return what + ", no due instant while paused";
    return what + (*s.due < s.at ? " is after " : (*s.due == s.at ? " is exactly " : " is before ")) +
           at(*s.due);
  }

  void hours(const explained_verdict& v) {
    if (!v.hours) return;
    constexpr std::size_t shown = 8;  // at each end
    const auto& all = v.hours->counted;
    table t({"open from", "to", "business time", ""}, {2});
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (all.size() > 2 * shown + 1 && i == shown) {
        t.row({"...", std::to_string(all.size() - 2 * shown) + " more", "", ""});
        i = all.size() - shown;
      }
      t.row({at(all[i].begin), at(all[i].end), to_string(worked(all[i].length())), ""});
    }
    if (!all.empty())
      t.row({"together", "", to_string(v.hours->total),
             "less pauses: " + own_text(v.judged, v.judged.counted)});
    if (!t.empty()) out_ += t.print(4, style_.colour);
    for (const dated_note& n : v.hours->touched)
      out_ += "    " + date_text(std::chrono::year_month_day(n.date)) + ' ' + printable(n.text) + '\n';
  }

  const policy& p_;
  const zone& in_;
  text_style style_;
  std::string out_;
};

}  // namespace
}  // namespace detail

std::string to_text(const policy& p, const explained_incident& i, const text_style& style) {
  return detail::explainer(p, i.zone ? *i.zone : p.home(), style).of(i);
}

}  // namespace v0
}  // namespace sla
