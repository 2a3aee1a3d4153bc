// SPDX-License-Identifier: MIT
#pragma once

// How the reports say the steps of a judgment. Private to the reports.

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include <sla/calendar/business_time.hpp>
#include <sla/calendar/local_text.hpp>
#include <sla/clock/trace.hpp>
#include <sla/policy/explain.hpp>
#include <sla/policy/policy.hpp>

#include "words.hpp"

namespace sla {
inline namespace v0 {
namespace detail {

[[nodiscard]] inline std::string moment_text(const policy& p, moment m) {
  if (const std::string_view ready = name(m); !ready.empty()) return std::string(ready);
  const auto own = static_cast<std::size_t>(m) - static_cast<std::size_t>(moment::first_custom);
  const auto all = p.moments();
  return own < all.size() ? printable(all[own]) : "a moment of another policy";
}

// The row that promises a clock without a number; null where there is a verdict.
[[nodiscard]] inline const considered_row* without_number_by(const explained_verdict& v) noexcept {
  if (v.judged.outcome != outcome::not_applicable) return nullptr;
  for (const considered_row& r : v.rows)
    if (r.gives_limit && r.unquantified) return &r;
  return nullptr;
}

[[nodiscard]] inline std::string row_text(const event& e) {
  return e.row == 0 ? std::string() : " (row " + std::to_string(e.row) + ')';
}

// "customer_reply (customer), carrier (vendor's supplier, stops nothing)".
[[nodiscard]] inline std::string reasons_text(const policy& p, const clock_step& s) {
  std::string out;
  for (reason_id i = 0; i < reason_limit; ++i) {
    if (((s.active >> i) & 1U) == 0) continue;
    const bool stops = s.terms != nullptr && ((s.terms->stopped_by >> i) & 1U) != 0;
    out += (out.empty() ? "" : ", ") + printable(p.reason_name(i)) + " (" +
           std::string(name(p.reason(i).by)) + (stops ? ")" : ", stops nothing)");
  }
  return out;
}

[[nodiscard]] inline std::string grade_text(const policy& p, const grade& g) {
  std::string out;
  for (const std::string_view n :
       {p.severity_name(g.severity), p.region_name(g.region), p.category_name(g.category)})
    if (!n.empty()) out += (out.empty() ? "" : ", ") + printable(n);
  return out;
}

// Where the caps of a pause were used up before the next step, and the clock ran again.
struct cap_end {
  instant at;
  reason_mask reasons = 0;  // that were capped
  bool before = false;      // the pause came too late: it stopped nothing
};
// After a change of grade the replay says it; whether it comes to that is for the next step to say.
[[nodiscard]] inline std::optional<cap_end> cap_ended_after_change(const explained_verdict& v,
                                                                   std::size_t step) {
  const clock_step& s = v.steps[step].step;
  if (!s.cap_ends || s.terms == nullptr) return std::nullopt;
  for (std::size_t i = step + 1; i < v.steps.size(); ++i) {
    const clock_step& next = v.steps[i].step;
    if (next.kind == step_kind::due || next.kind == step_kind::warning) continue;
    if (next.at < *s.cap_ends) return std::nullopt;
    return cap_end{*s.cap_ends, s.active & s.terms->stopped_by, false};
  }
  return std::nullopt;
}
[[nodiscard]] inline std::optional<cap_end> cap_ended(const explained_verdict& v, std::size_t step) {
  const clock_step& s = v.steps[step].step;
  if (s.kind == step_kind::change) return cap_ended_after_change(v, step);
  if ((s.kind != step_kind::pausing && s.kind != step_kind::start) || s.terms == nullptr) return std::nullopt;
  const reason_mask stopping = s.active & s.terms->stopped_by;
  for (std::size_t r = 0; r < s.terms->reasons.size(); ++r) {
    const pause_reason& reason = s.terms->reasons[r];
    if (((stopping >> r) & 1U) != 0 && !(reason.cap && reason.by == party::customer)) return std::nullopt;
  }
  // Past due no pause stops anything.
  if (stopping == 0 || (v.judged.due && *v.judged.due <= s.at)) return std::nullopt;
  for (std::size_t i = step + 1; i < v.steps.size(); ++i) {
    const clock_step& next = v.steps[i].step;
    if (next.kind == step_kind::reopening || next.kind == step_kind::rejection) return std::nullopt;
    if (next.kind != step_kind::pausing && next.kind != step_kind::change && next.kind != step_kind::stop &&
        next.kind != step_kind::judged)
      continue;
    if (next.used.counted <= s.used.counted) return std::nullopt;
    const std::chrono::seconds stopped =
        (next.used.worked() - next.used.counted) - (s.used.worked() - s.used.counted);
    if (stopped.count() <= 0) return cap_end{s.at, stopping, true};
    const business_time* by = s.terms->calendar;
    return cap_end{s.terms->limit.needs_calendar() && by != nullptr
                       ? by->add(s.at, worked(stopped), landing::next_opening)
                       : s.at + stopped,
                   stopping, false};
  }
  return std::nullopt;
}

[[nodiscard]] inline std::string_view cause_text(change_cause c) noexcept {
  switch (c) {
    case change_cause::worsened: return "worsened";
    case change_cause::corrected: return "corrected";
    case change_cause::improved: return "improved";
  }
  return {};
}

// What a change of grade does to the promises in force.
[[nodiscard]] inline std::string_view effect_text(change_effect e) noexcept {
  switch (e) {
    case change_effect::none: return "the old row stays";
    case change_effect::add_from_change: return "the new row joins, measured from the change";
    case change_effect::add_from_start: return "the new row joins, measured from the start";
    case change_effect::replace_from_start: return "the new row alone, measured from the start";
    case change_effect::replace_from_change: return "the new row alone, measured from the change";
    case change_effect::carry: return "the new row alone, with what is used up";
    case change_effect::drop: return "nothing is promised any more";
  }
  return {};
}

[[nodiscard]] inline std::string agreed_text(const event& e) {
  return e.agreed_by == party::nobody ? std::string() : ", agreed by the " + std::string(name(e.agreed_by));
}

[[nodiscard]] inline std::string terms_text(const clock_terms& t, std::string_view clause) {
  if (!t.promised) return "nothing is promised";
  return to_string(t.limit) + clause_text(clause) +
         (t.limit.needs_calendar() ? ", counted in business time" : ", on the wall clock");
}

}  // namespace detail
}  // namespace v0
}  // namespace sla
