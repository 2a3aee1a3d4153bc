// SPDX-License-Identifier: MIT
#pragma once

// How the reports say things: names, margins, pauses, amounts. Private to the reports.

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <sla/availability/budget.hpp>
#include <sla/calendar/local_text.hpp>
#include <sla/policy/attainment.hpp>
#include <sla/policy/policy.hpp>
#include <sla/policy/portfolio.hpp>

#include "table.hpp"

namespace sla {
inline namespace v0 {
namespace detail {

[[nodiscard]] inline paint paint_of(outcome o) noexcept {
  switch (o) {
    case outcome::met: return paint::good;
    case outcome::breached: return paint::bad;
    case outcome::open:
    case outcome::undetermined: return paint::doubtful;
    default: return paint::faint;
  }
}

[[nodiscard]] inline paint paint_of(error_budget::state s) noexcept {
  if (s == error_budget::no_data) return paint::faint;
  return s == error_budget::met ? paint::good : paint::bad;
}

// A clock's own time in its own unit: "3bh30bmin" by a calendar, "3h30min" on the wall clock.
[[nodiscard]] inline std::string own_text(const verdict& v, std::chrono::seconds s) {
  return v.business ? to_string(worked(s)) : to_string(s);
}

// A length that a clock counts in its own time whatever unit it is stated in: "2bh" by a calendar, "2h" on the wall clock.
// Business days are days by any clock.
[[nodiscard]] inline std::string own_text(const time_limit& length, bool business) {
  if (length.in() == time_limit::unit::business_days) return to_string(length);
  const std::chrono::seconds s(length.count());
  return business ? to_string(worked(s)) : to_string(s);
}

// "2min early", "15min late", "on time".
[[nodiscard]] inline std::string margin_text(std::chrono::seconds late, std::string_view amount) {
  if (late.count() == 0) return "on time";
  return std::string(amount) + (late.count() > 0 ? " late" : " early");
}

// How far before or after due, in the clock's own time: "3bh30bmin late", "1h left". Empty where there is no answer,
// and for a clock that runs on the wall clock: wall_margin says it.
[[nodiscard]] inline std::string own_margin(const verdict& v) {
  if (!v.business || !v.started) return {};
  if (v.outcome == outcome::breached)
    return v.overdue.count() == 0 ? "late after closing" : margin_text(v.overdue, own_text(v, v.overdue));
  if (v.outcome == outcome::open) return own_text(v, v.remaining) + " left";
  return v.outcome == outcome::met ? margin_text(-v.remaining, own_text(v, v.remaining)) : std::string();
}
// The same on the wall clock.
[[nodiscard]] inline std::string wall_margin(const verdict& v) {
  if (v.outcome == outcome::open && !v.business && v.started) return to_string(v.remaining) + " left";
  if (!v.due || !v.due->is_finite()) return {};
  if (v.outcome == outcome::breached) return margin_text(v.overdue_elapsed, to_string(v.overdue_elapsed));
  if (v.outcome != outcome::met || !v.done) return {};
  const std::chrono::seconds late = *v.done - *v.due;
  return margin_text(late, to_string(std::chrono::abs(late)));
}

[[nodiscard]] inline std::string when(const zone& in, const std::optional<instant>& t) {
  return t ? local_text(*t, in) : std::string();
}

[[nodiscard]] inline std::string named(std::string_view name, std::string_view label) {
  return printable(label == name || label.empty() ? std::string(name)
                                                  : std::string(name) + ' ' + std::string(label));
}
[[nodiscard]] inline std::string clock_text(const policy& p, const verdict& v) {
  std::string out = named(p.clock_name(v.clock), p.clock_label(v.clock));
  return v.cycle > 1 ? out + " #" + std::to_string(v.cycle) : out;
}
[[nodiscard]] inline std::string clause_text(std::string_view clause) {
  return clause.empty() ? std::string() : " (" + printable(clause) + ")";
}

inline constexpr std::string_view without_number = "promised without a number";

// The verdicts of an incident, and by their clocks' order the clocks that are promised without a number.
template <class Judged, class Unjudged>
void visit_promises(const policy& p, const judged_incident& i, const Judged& judged,
                    const Unjudged& unjudged) {
  const cell_key at{i.facts.tier, i.facts.channel, i.facts.at_report};
  std::size_t next = 0;
  const auto up_to = [&](std::size_t clock) {
    for (; next < clock; ++next)
      if (p.unquantified(at, static_cast<clock_id>(next))) unjudged(static_cast<clock_id>(next));
  };
  for (const verdict& v : i.verdicts) {
    up_to(v.clock);
    // Taken away by a change of grade after it had a number.
    if (v.outcome == outcome::not_applicable && p.unquantified(at, v.clock)) continue;
    next = std::size_t{v.clock} + 1;
    judged(v);
  }
  up_to(p.clock_count());
}

[[nodiscard]] inline std::string target_text(const policy& p, const verdict& v) {
  return to_string(v.limit) + clause_text(p.clause(v));
}

[[nodiscard]] inline std::string due_text(const zone& in, const verdict& v) {
  if (v.due) return local_text(*v.due, in);
  return v.due_if_resumed ? "if resumed: " + local_text(*v.due_if_resumed, in) : std::string();
}

[[nodiscard]] inline std::string outcome_text(const verdict& v) {
  std::string out(name(v.outcome));
  if (v.outcome == outcome::open) out += ", " + std::string(name(v.activity));
  if (v.outcome == outcome::breached && !v.done) out += ", " + std::string(name(v.activity));
  return out;
}

// What else there is to know: what stood still and whose doing it was, what counted all the same, what may change.
[[nodiscard]] inline std::string notes_text(const zone& in, const verdict& v) {
  std::string out;
  const auto add = [&](const std::string& note) { out += (out.empty() ? "" : "; ") + note; };
  if (v.before_report) add("done before it was reported");
  if (v.measured_from && v.measured_from != v.started)
    add("counted from " + local_text(*v.measured_from, in) + ", the change of grade");
  for (std::size_t i = 0; i < party_count; ++i)
    if (v.paused[i].count() != 0)
      add("paused " + own_text(v, v.paused[i]) + " (" + std::string(name(static_cast<party>(i))) + ')');
  for (std::size_t i = 0; i < party_count; ++i)
    if (v.attributed[i].count() != 0)
      add(own_text(v, v.attributed[i]) + " of waiting counted (" + std::string(name(static_cast<party>(i))) +
          ')');
  if (v.level != 0) add("escalated to level " + std::to_string(v.level));
  if (v.next_warning && v.outcome == outcome::open) add("next warning " + local_text(*v.next_warning, in));
  if (v.corrected) add("rests on a corrected record");
  if (v.provisional) add("provisional");
  return out;
}

[[nodiscard]] inline std::string exact_seconds(const ratio& s) {
  const std::string text = decimal(s, 3, rounding::floor);
  std::size_t end = text.find_last_not_of('0');
  if (text[end] == '.') --end;
  return text.substr(0, end + 1) + " s";
}

[[nodiscard]] inline std::string seconds_text(std::chrono::seconds s) {
  const std::string plain = std::to_string(s.count()) + " s";
  return s.count() < 60 && s.count() > -60 ? plain : plain + " = " + to_string(s);
}

// "12 met, 3 breached".
[[nodiscard]] inline std::string outcomes_text(const outcome_counts& counts) {
  std::string out;
  for (std::size_t i = 0; i < counts.size(); ++i)
    if (counts[i] != 0)
      out += (out.empty() ? "" : ", ") + std::to_string(counts[i]) + ' ' +
             std::string(name(static_cast<outcome>(i)));
  return out.empty() ? "none" : out;
}

[[nodiscard]] inline std::string metric_text(const policy& p, metric_id m) {
  const metric_kind k = kind_of(m);
  if (k == metric_kind::service_level) return std::string(name(k)) + std::string(p.level_name(clock_of(m)));
  return std::string(name(k)) + (has_clock(k) ? std::string(p.clock_name(clock_of(m))) : std::string());
}

// The line that pays for a line's root cause in its form; as many as there are where none does.
[[nodiscard]] inline std::size_t paid_for_cause(const std::vector<credit_line>& lines, const credit_line& l) {
  std::size_t i = 0;
  if (l.cause == 0 || l.outcome != line_outcome::superseded) return lines.size();
  while (i < lines.size() && !(lines[i].cause == l.cause && lines[i].outcome == line_outcome::pays &&
                               lines[i].form == l.form && lines[i].unit == l.unit))
    ++i;
  return i;
}

// The minor units that a line owes beside its share of a fee, before any base or cap.
[[nodiscard]] inline std::int64_t fixed_minor(const credit_line& l) noexcept {
  return l.working.empty() ? 0 : l.working.front().minor;
}

// "3 day", "a termination right: contract", "900.00 CNY".
[[nodiscard]] inline std::string owed_text(const form_total& t) {
  if (is_money(t.form)) return to_string(t.amount);
  return std::to_string(t.count) + ' ' + printable(t.unit);
}

[[nodiscard]] inline std::string versions_text(const versions& v) {
  const auto add = [](std::string_view what, const named_version& n) {
    return ", " + std::string(what) + ' ' + printable(n.name) +
           (n.version.empty() ? "" : ' ' + printable(n.version));
  };
  std::string out = "policy " + printable(v.policy.name) + ' ' + v.policy.version;
  for (const named_version& h : v.holidays) out += add("holidays", h);
  for (const named_version& z : v.zones) out += add("zone", z);
  return out + ", sla " + v.library;
}

}  // namespace detail
}  // namespace v0
}  // namespace sla
