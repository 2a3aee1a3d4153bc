// SPDX-License-Identifier: MIT
#pragma once

// Outages and calls out of CSV files, for measuring without a policy: by a zone and the rules of the caller.
//
//     auto loaded = sla::parse_service_outages(shanghai, "outages.csv", text);
//     if (!loaded) std::cerr << loaded.diagnostics().print();
//
//     outages.csv:7:21: the outage ends at '2026-10-11 02:30', before it begins at '2026-10-11 04:20'
//
// Each file begins with a row of column names, in any order; a column marked * may be left out.
//
//     outages   begin, end (empty: still open), outage*, service*, cause*, note*
//     calls     offered, waited (seconds), end (answered, dropped, abandoned or failed), handled* (seconds),
//               resolved* (yes or no), call*, note*
//     counts    date, offered, answered, in_time*, failed*, abandoned*, short_abandoned*, dropped*, resolved*,
//               waited*, handled* (seconds of all answered), note*: one row a date, or several that add up
//
// The cause "not measured" says that nobody measured, not that the service was down.
//
// The hard question: a row of counts says 90 answered of 80 offered. No share of it is right, so it is an error where
// it stands, as is any part that is greater than what it is a part of.
//
// Times are local in the zone or have an offset, as in records_load.hpp. Every problem is reported, up to a thousand.

#include <chrono>
#include <string>
#include <vector>

#include <sla/availability/calls.hpp>
#include <sla/availability/outage.hpp>
#include <sla/base/diagnostic.hpp>
#include <sla/base/export.hpp>
#include <sla/calendar/zone.hpp>
#include <sla/policy/records_load.hpp>

namespace sla {
inline namespace v0 {

/// Outages, and what their numbers stand for. Rows are lines of the file.
struct service_outages {
  std::vector<outage> outages;
  std::vector<std::string> services;  ///< beside the outages; empty where the file has none
  std::vector<std::string> causes;    ///< by cause_id, in order of first use; 250 at most
};

[[nodiscard]] SLA_EXPORT loaded<service_outages> parse_service_outages(const zone& home, std::string name,
                                                                       std::string text,
                                                                       const load_limits& limits = {});

/// Calls, and what of them the file does not say: to be put into the counts of theirs, so that no metric rests on it.
struct call_records {
  std::vector<call> calls;
  call_fields absent;
};

[[nodiscard]] SLA_EXPORT loaded<call_records> parse_calls(const zone& home, std::string name,
                                                          std::string text, const load_limits& limits = {});

/// Counts of one date; columns that the file does not have are `absent` in them.
struct dated_counts {
  std::chrono::sys_days date{};
  call_counts counts;
};

[[nodiscard]] SLA_EXPORT loaded<std::vector<dated_counts>> parse_call_counts(std::string name,
                                                                             std::string text,
                                                                             const load_limits& limits = {});

}  // namespace v0
}  // namespace sla
