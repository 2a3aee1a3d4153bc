// SPDX-License-Identifier: MIT
#pragma once

// The records of an incident that no clock could use, each with its reason (rule C3). Judging never fails on them;
// this is where they come to light.
//
//     sla::visit_anomalies(clocks, rows, at_report, order, [](const sla::anomaly& a) { ... });
//     // 10-12 14:05  resume without a pause
//
// `rows(i, grade)` gives the terms of clock i of the incident under a grade, null for a grade that is not known.
//
// The hard question: is a record useless because one clock does not look at it? No: the moment "arrived" says
// nothing to a response clock and everything to an on-site one. So a record is an anomaly only where none of the
// incident's clocks could use it. A pause that stops no clock is none: it is recorded and attributed (rule C5).

#include <cstddef>
#include <cstdint>

#include <sla/base/instant.hpp>
#include <sla/clock/event.hpp>
#include <sla/clock/event_order.hpp>
#include <sla/clock/replay.hpp>
#include <sla/clock/stop_state.hpp>
#include <sla/clock/terms.hpp>
#include <sla/clock/verdict.hpp>

namespace sla {
inline namespace v0 {
namespace detail {

/// Where the clocks of an incident stand just before a record.
struct clocks_before {
  bool any_started = false;
  bool any_stopped = false;
  bool any_rejects = false;
};

// Follows one clock's starts and stops alone: no time is counted here.
template <class Rows>
void follow_clock(const Rows& rows, std::size_t clock, const grade& at_report, const event_order& order,
                  const event& until, clocks_before& out) noexcept {
  const clock_terms* row = rows(clock, at_report);
  if (row == nullptr) return;
  if ((until.kind == event_kind::extend || until.kind == event_kind::waive) && until.clock != any_clock &&
      until.clock != row->clock)
    return;
  bool started = false;
  stop_state stop;
  for (auto p = order.first(); p && p.record != &until; p = order.next(p)) {
    const event& e = *p.record;
    if (reports_moment(e.kind) && !started && row->starts.contains(e.what)) {
      started = true;
    } else if (e.kind == event_kind::change) {
      if (const clock_terms* to = rows(clock, e.to)) row = row_after(e, row, to);
    } else if (const auto effect = stop.see(e, *row); effect == stop_state::effect::reopened) {
      stop.clear();
    }
  }
  out.any_started = out.any_started || started;
  out.any_stopped = out.any_stopped || stop.at();
  if (until.kind == event_kind::reject) out.any_rejects = out.any_rejects || stop.rejects(until);
}

}  // namespace detail

/// One call of `visit` for each anomaly: first by order of the records that count, then the repeated records in
/// the order of the log. One pass over the events, and one more for each clock and each record that is not a moment,
/// pause or resume.
template <class Rows, class Visit>
void visit_anomalies(std::size_t clocks, const Rows& rows, const grade& at_report, const event_order& order,
                     const Visit& visit) noexcept {
  reason_mask active = 0;
  bool cancelled = false;
  for (auto p = order.first(); p; p = order.next(p)) {
    const event& e = *p.record;
    const auto report = [&](anomaly_kind kind) { visit(anomaly{kind, e.row, e.at}); };
    if (cancelled) {
      report(anomaly_kind::after_cancel);
      continue;
    }
    const auto used_by_any = [&](moment m) {
      for (std::size_t i = 0; i < clocks; ++i)
        if (const clock_terms* row = rows(i, at_report))
          if ((row->starts | row->stops | row->closed_by | row->ends).contains(m)) return true;
      return false;
    };
    const auto before = [&] {
      detail::clocks_before out;
      for (std::size_t i = 0; i < clocks; ++i) detail::follow_clock(rows, i, at_report, order, e, out);
      return out;
    };
    switch (e.kind) {
      case event_kind::start:
      case event_kind::milestone:
      case event_kind::stop:
        if (!used_by_any(e.what)) report(anomaly_kind::unused_moment);
        break;
      case event_kind::confirm:
        if (!used_by_any(e.what) && !before().any_stopped) report(anomaly_kind::confirm_without_stop);
        break;
      case event_kind::pause:
      case event_kind::resume: {
        const bool every = e.kind == event_kind::resume && e.reason == any_reason;
        const clock_terms* row = clocks == 0 ? nullptr : rows(0, at_report);
        if (!every && (e.reason >= reason_limit || row == nullptr || e.reason >= row->reasons.size())) {
          report(anomaly_kind::unknown_reason);
          break;
        }
        const reason_mask bits = every ? ~reason_mask{0} : reason_mask{1} << e.reason;
        if (e.kind == event_kind::pause) {
          if ((active & bits) != 0) report(anomaly_kind::pause_while_paused);
          active |= bits;
        } else {
          if ((active & bits) == 0) report(anomaly_kind::resume_without_pause);
          active &= ~bits;
        }
        break;
      }
      case event_kind::reject:
        if (const auto at = before(); !at.any_rejects)
          report(at.any_stopped ? anomaly_kind::reject_after_confirmation
                                : anomaly_kind::reject_without_stop);
        break;
      case event_kind::reopen:
        if (!before().any_stopped) report(anomaly_kind::reopen_while_open);
        break;
      case event_kind::change: {
        bool known = false;
        for (std::size_t i = 0; i < clocks; ++i) known = known || rows(i, e.to) != nullptr;
        if (!known) report(anomaly_kind::unknown_grade);
        break;
      }
      case event_kind::extend:
        if (e.agreed_by != party::customer) {
          report(anomaly_kind::extension_not_agreed);
        } else if (!before().any_started) {
          report(anomaly_kind::extension_without_clock);
        }
        break;
      case event_kind::waive:
        if (e.agreed_by != party::customer) {
          report(anomaly_kind::waiver_not_agreed);
        } else if (!before().any_started) {
          report(anomaly_kind::waiver_without_clock);
        }
        break;
      case event_kind::cancel: cancelled = true; break;
    }
  }
  order.duplicates([&](const event& e) { visit(anomaly{anomaly_kind::duplicate_record, e.row, e.at}); });
}

}  // namespace v0
}  // namespace sla
