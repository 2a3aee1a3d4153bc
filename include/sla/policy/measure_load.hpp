// SPDX-License-Identifier: MIT
#pragma once

// Outages, calls, repairs and requests out of CSV files: by a zone, and the rules of the caller or of a policy.
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
//     repairs   reported, ended (empty: goes on), succeeded* (yes or no), repair*, note*
//     requests  at (of a slot, any time in it), total, failed, note*: rows of one slot add up
//     population   at, population (from then on), note*: the users or instances that an outage can hit
//
// All but outages may say whose a row is, in contract* and service*: with a contract alone it is the contract's, with a
// service alone that of every contract which buys it, with neither everybody's. Readers that are given the contracts
// refuse one that there is not, and warn of a service that nobody bought.
//
// The cause "not measured" says that nobody measured, not that the service was down.
//
// The hard question: a row of counts says 90 answered of 80 offered. No share of it is right, so it is an error where
// it stands, as is any part that is greater than what it is a part of.
//
// Times are local in the zone or have an offset, as in records_load.hpp. Every problem is reported, up to a thousand.

#include <span>
#include <string>
#include <vector>

#include <sla/availability/calls.hpp>
#include <sla/availability/outage.hpp>
#include <sla/base/diagnostic.hpp>
#include <sla/base/export.hpp>
#include <sla/calendar/zone.hpp>
#include <sla/policy/contract.hpp>
#include <sla/policy/records_load.hpp>
#include <sla/policy/window_records.hpp>

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
  std::vector<call> calls;  ///< those of one owner together
  call_fields absent;
  std::vector<owned_run> owners{};
};

[[nodiscard]] SLA_EXPORT loaded<call_records> parse_calls(const zone& home, std::string name,
                                                          std::string text, const load_limits& limits = {},
                                                          std::span<const contract> contracts = {});

/// Counts of dates; columns that the file does not have are `absent` in them.
[[nodiscard]] SLA_EXPORT loaded<owned_records<dated_counts>> parse_call_counts(
    std::string name, std::string text, const load_limits& limits = {},
    std::span<const contract> contracts = {});

[[nodiscard]] SLA_EXPORT loaded<owned_records<repair>> parse_repairs(
    const zone& home, std::string name, std::string text, const load_limits& limits = {},
    std::span<const contract> contracts = {});

/// For slots. A row of more failed than there were is an error where it stands.
[[nodiscard]] SLA_EXPORT loaded<owned_records<request_count>> parse_requests(
    const zone& home, std::string name, std::string text, const load_limits& limits = {},
    std::span<const contract> contracts = {});

/// For weights: how many there are from an instant on.
[[nodiscard]] SLA_EXPORT loaded<owned_records<population_step>> parse_population(
    const zone& home, std::string name, std::string text, const load_limits& limits = {},
    std::span<const contract> contracts = {});

}  // namespace v0
}  // namespace sla
