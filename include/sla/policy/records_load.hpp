// SPDX-License-Identifier: MIT
#pragma once

// Contracts, incidents and outages out of CSV files.
//
//     auto contracts = sla::parse_contracts(policy, "contracts.csv", text);
//     if (!contracts) std::cerr << contracts.diagnostics().print();
//
//     contracts.csv:2:9: unknown tier 'flagshp', expected one of basic, enterprise, flagship; did you mean 'flagship'?
//
// Each file begins with a row of column names, in any order; a column marked * may be left out.
//
//     contracts   contract, customer, tier, services ("voice;recording"), monthly_fee, region (* where the policy has
//                 no regions), currency*, from* and until* (its first and last date), zone* (of its dates: its months,
//                 terms and claim periods; without it the policy's), and the fees that clauses take their shares of:
//                 annual_fee*, service_fees* ("3000;500", by service), seat_fee*, seats*, reference_fee* (of a month
//                 free of charge), monthly_fee_without_tax*, monthly_list_fee* (then monthly_fee is the paid one).
//                 Further rows of one contract are its terms from their `from` on, to the eve of the next
//     incidents   incident, contract, at, event, severity*, region*, category*, channel*, clock*, reason*, by*, until*, id*,
//                 revision*, sequence*, root_cause*, note*: one row an event
//     outages     outage, service, begin, end (empty: still open), cause* ("not measured": nobody knows), root_cause*,
//                 affected* (how many users or instances it hit, where the policy weighs), note*
//     claims      contract, clause, at, subject* (empty: all of the clause), note*
//     announcements   begin, end, announced, service* (empty: every service), cause* (empty: any), note*: planned
//                 maintenance; one that was moved is another row, and each excuses what it announced in time
//
// Calls, repairs, requests and populations, for service levels, slots and weights, are in measure_load.hpp.
//
// Events of an incident are a moment ("reported", "responded", "resolved", one of the policy's own), or "pause" and
// "resume" (reason: the policy's; a resume without one ends all), "changed" (to severity, region, category; reason
// worsened, corrected or improved), "reopened", "rejected", "cancelled" (reason withdrawn, never in scope or
// duplicate), "extended" (until a time or by a limit such as 4h; clock, or all), "waived", and "retracted" (of the
// row with the same id). `by` is the party that did it or agreed. Of several reports the earliest counts.
//
// Incidents and outages of one `root_cause`, a text, have one: of what it makes several clauses owe, a policy may let
// the largest alone pay. Any row of an incident may name it.
//
// The hard question: 02:30 in the night the clocks are set back. Times are local in the policy's zone, whatever the
// zone of the contract; one that came twice or never is an error that asks for an offset, as in
// "2026-10-25T02:30:00+02:00".
//
// Every problem of a file is reported, up to a thousand, not the first; a file with any error yields no value.

#include <chrono>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <sla/base/diagnostic.hpp>
#include <sla/base/export.hpp>
#include <sla/base/instant.hpp>
#include <sla/policy/contract.hpp>
#include <sla/policy/figures.hpp>
#include <sla/policy/policy.hpp>

namespace sla {
inline namespace v0 {

/// The most that is read of one file. Passing a limit is an error that names it.
struct load_limits {
  std::size_t bytes = std::size_t{256} << 20;
  std::size_t rows = 10'000'000;  ///< after the header
  std::size_t fields = 256;       ///< of one row
};

/// A whole file. A missing, unreadable or too large one is a diagnostic.
[[nodiscard]] SLA_EXPORT loaded<std::string> read_text(const std::string& path,
                                                       const load_limits& limits = {});

/// One time as records write it: "2026-10-12 09:00", with seconds, an offset or "Z" where wanted. `name` is what
/// messages call it ("--as-of").
[[nodiscard]] SLA_EXPORT loaded<instant> parse_time(const zone& home, std::string name, std::string text);

/// The dates whose terms a policy needs. Of a contract that has several, those that hold outside of them are kept
/// without what only the policy can read: their tier is no_tier.
struct terms_wanted {
  std::chrono::sys_days first = std::chrono::sys_days::min();
  std::chrono::sys_days last = std::chrono::sys_days::max();
  friend bool operator==(const terms_wanted&, const terms_wanted&) noexcept = default;
};

/// Contracts, in the order in which each stands first. Rows of one contract are its terms from their first dates on.
[[nodiscard]] SLA_EXPORT loaded<std::vector<contract>> parse_contracts(const policy& p, std::string name,
                                                                       std::string text,
                                                                       const load_limits& limits = {},
                                                                       const terms_wanted& wanted = {});

/// Incidents of these contracts, in the order of their first rows. Events keep the line they stand on as `row`.
[[nodiscard]] SLA_EXPORT loaded<std::vector<incident>> parse_incidents(const policy& p,
                                                                       std::span<const contract> contracts,
                                                                       std::string name, std::string text,
                                                                       const load_limits& limits = {});

/// Outages of any service; a service that no contract lists is a warning.
[[nodiscard]] SLA_EXPORT loaded<std::vector<service_outage>> parse_outages(
    const policy& p, std::span<const contract> contracts, std::string name, std::string text,
    const load_limits& limits = {});

/// Claims on these contracts, under clauses that must be claimed.
[[nodiscard]] SLA_EXPORT loaded<std::vector<contract_claim>> parse_claims(const policy& p,
                                                                          std::span<const contract> contracts,
                                                                          std::string name, std::string text,
                                                                          const load_limits& limits = {});

/// Announcements of planned maintenance, for exclusions that ask for a notice.
[[nodiscard]] SLA_EXPORT loaded<std::vector<announcement>> parse_announcements(
    const policy& p, std::string name, std::string text, const load_limits& limits = {});

}  // namespace v0
}  // namespace sla
