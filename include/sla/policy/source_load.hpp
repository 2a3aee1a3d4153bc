// SPDX-License-Identifier: MIT
#pragma once

// Incidents out of another system's export. A source description (TOML; examples/policies/servicenow.toml) maps its
// columns, times, states and words to a policy's events; one row of the export is one saved state of an incident.
//
//     auto source = sla::load_source("servicenow.toml");
//     auto log = sla::read_export(policy, source.value(), "incidents.csv", text);
//     log.value().rows.read                  // 4031 = used + everything ignored, each with its reason
//
// Rows of one incident are put in order by time and, within a minute, by the `sequence` column. Entering a state
// reaches its moment and begins its pause; leaving it ends the pause. Leaving a state that resolved or closed the
// incident, other than to one that does, reopens it. A severity (region, category) that differs from the row before is
// a change with the stated cause.
//
// The hard question: real exports are dirty; is a row with no readable time an error? No: it is left out and counted
// under its reason, with the first places it was seen at. What is an error is a description that does not fit: a
// column that is not there, a severity the policy does not know.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <sla/base/diagnostic.hpp>
#include <sla/base/export.hpp>
#include <sla/policy/contract.hpp>
#include <sla/policy/policy.hpp>
#include <sla/policy/records_load.hpp>

namespace sla {
inline namespace v0 {

/// A word of the description, and where it stands, for messages about it.
struct source_word {
  std::string text;
  byte_span where;
};

/// What the rows of an export say of one of an incident's four names: a column of words, or one word for all.
struct source_name {
  source_word column;                        ///< empty text: none
  source_word always;                        ///< empty text: none
  std::map<std::string, source_word> words;  ///< the export's words -> the policy's; empty: they are the same
};

/// What entering a state means.
struct source_state {
  source_word moment;  ///< empty text: none
  source_word pause;   ///< empty text: none
  bool closes = false;
};

/// A source description, read and checked as far as it can be without a policy.
struct source {
  std::string name;
  std::string file;  ///< what messages call it
  std::string text;  ///< as read, for messages

  zone home = zone::utc();
  std::string time_format;           ///< empty: times as records of our own write them
  std::vector<std::string> missing;  ///< words that stand for nothing
  char delimiter = ',';
  source_word incident, time, state;                 ///< columns
  source_word contract, sequence, reported, judged;  ///< columns; empty text: none
  source_name severity, tier, region, category, channel;
  std::map<std::string, source_state> states;
  change_cause severity_change = change_cause::corrected;
  source_word judged_clock;  ///< empty text: none
  std::vector<std::string> judged_met, judged_missed;
};

/// Why a row was left out. The list is closed; every row of an export is used, or ignored for one of these.
enum class ignored_reason : std::uint8_t {
  malformed_row,
  too_few_columns,
  too_many_columns,
  no_incident_number,
  malformed_time,
  time_not_in_zone,
  time_twice_in_zone,
  malformed_sequence,
  unknown_state,
  unknown_severity,
  unknown_tier,
  unknown_region,
  unknown_category,
  unknown_channel,
  exact_duplicate,
  state_unchanged,
  nothing_new,
  incident_without_report,
};
inline constexpr std::size_t ignored_reason_count = 18;

namespace detail {
inline constexpr std::array<std::string_view, ignored_reason_count> ignored_names{
    "malformed row",
    "too few columns",
    "too many columns",
    "no incident number",
    "malformed time",
    "time that the zone's clocks skipped",
    "time that the zone's clocks showed twice",
    "malformed sequence",
    "unknown state",
    "unknown severity",
    "unknown tier",
    "unknown region",
    "unknown category",
    "unknown channel",
    "exact duplicate",
    "state unchanged",
    "state that says nothing new",
    "incident without a report",
};
}
/// "state unchanged".
[[nodiscard]] constexpr std::string_view name(ignored_reason r) noexcept {
  return detail::ignored_names[static_cast<std::size_t>(r)];
}

/// Rows left out for one reason.
struct ignored_rows {
  static constexpr std::size_t shown = 5;
  struct place {
    std::uint32_t line = 0;
    std::string found;  ///< the cell, or empty
  };
  std::size_t count = 0;
  std::vector<place> first;  ///< the first `shown`, by line
};

/// Every row of an export, accounted for: read = used + ignored().
struct row_account {
  std::size_t read = 0;  ///< after the header
  std::size_t used = 0;
  std::array<ignored_rows, ignored_reason_count> by_reason{};

  [[nodiscard]] const ignored_rows& of(ignored_reason r) const noexcept {
    return by_reason[static_cast<std::size_t>(r)];
  }
  [[nodiscard]] std::size_t ignored() const noexcept {
    std::size_t n = 0;
    for (const ignored_rows& r : by_reason) n += r.count;
    return n;
  }
};

/// The accounts of two parts of one export.
inline row_account& operator+=(row_account& to, const row_account& more) {
  to.read += more.read;
  to.used += more.used;
  for (std::size_t k = 0; k < to.by_reason.size(); ++k) {
    ignored_rows& rows = to.by_reason[k];
    rows.count += more.by_reason[k].count;
    rows.first.insert(rows.first.end(), more.by_reason[k].first.begin(), more.by_reason[k].first.end());
    std::ranges::sort(rows.first, {}, &ignored_rows::place::line);
    if (rows.first.size() > ignored_rows::shown) rows.first.resize(ignored_rows::shown);
  }
  return to;
}

/// What an export says.
struct export_log {
  std::vector<incident> incidents;  ///< in the order of their first rows
  /// What the source itself judged, by incident: met, or not; nothing where it does not say. The latest row counts.
  std::vector<std::optional<bool>> judged;
  std::optional<clock_id> judged_clock;
  row_account rows;
};

/// Reads a description from a file.
[[nodiscard]] SLA_EXPORT loaded<source> load_source(const std::string& path);
/// Reads a description from a text that messages call `name`.
[[nodiscard]] SLA_EXPORT loaded<source> parse_source(std::string name, std::string text);

/// Reads an export. Errors: a column that is not there, a description that names what the policy does not have, a
/// limit passed, a quote that never closes. Rows that cannot be used are accounted for instead.
[[nodiscard]] SLA_EXPORT loaded<export_log> read_export(const policy& p, const source& s, std::string name,
                                                        std::string text, const load_limits& limits = {});

}  // namespace v0
}  // namespace sla
