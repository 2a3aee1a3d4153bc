// SPDX-License-Identifier: MIT
#pragma once

// A whole incident log, judged: what share of the promises was kept, the worst breaches, what of the log could not
// be used, and how often its own verdict differs.
//
//     auto log = sla::read_export(policy, source.value(), "export.csv", text).value();
//     std::cout << sla::to_text(policy, sla::review(policy, log, sla::last_record(log.incidents)));
//
// The hard question: which breach is the worst? One clock counts opening hours and another runs on the wall clock, so
// their amounts do not compare. Breaches are ordered by how long after due the customer waited, on the wall clock;
// equal ones by severity, incident, clock and cycle.
//
// An incident that was reopened has several verdicts on one clock. Beside the source's single word they are one: missed
// where any cycle was breached, met where every decided one was met, else undecided.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <sla/base/export.hpp>
#include <sla/policy/policy.hpp>
#include <sla/policy/policy_versions.hpp>
#include <sla/policy/portfolio.hpp>
#include <sla/policy/source_load.hpp>
#include <sla/policy/statement.hpp>
#include <sla/report/text.hpp>

namespace sla {
inline namespace v0 {

/// One breach of a review.
struct breach_place {
  std::size_t incident = 0;  ///< index into log_review::incidents
  std::size_t verdict = 0;   ///< index into its verdicts
};

/// How a verdict compares, ours or the source's.
enum class judged_as : std::uint8_t { met, missed, undecided };

/// The source's own verdicts beside ours: `counts[source][ours]` incidents. For the source, undecided is silent.
struct judged_table {
  clock_id clock = 0;
  std::array<std::array<std::size_t, 3>, 3> counts{};
  [[nodiscard]] std::size_t of(judged_as source, judged_as ours) const noexcept {
    return counts[static_cast<std::size_t>(source)][static_cast<std::size_t>(ours)];
  }
  /// Incidents that both decided, and those of them that they decided differently.
  [[nodiscard]] std::size_t compared() const noexcept {
    return of(judged_as::met, judged_as::met) + of(judged_as::missed, judged_as::missed) + differing();
  }
  [[nodiscard]] std::size_t differing() const noexcept {
    return of(judged_as::met, judged_as::missed) + of(judged_as::missed, judged_as::met);
  }
};

/// A log, judged as of an instant.
struct log_review {
  instant as_of;
  std::vector<judged_incident> incidents;  ///< in the order of the log
  std::vector<graded_attainment> attainment;
  outcome_counts outcomes{};
  std::vector<breach_place> breaches;  ///< the worst first
  std::array<std::size_t, anomaly_kind_count> anomalies{};
  row_account rows;
  std::optional<judged_table> judged;  ///< where the source judged a clock itself
  versions rests_on;
};

/// The instant of the latest event of all incidents; unknown where there is none.
[[nodiscard]] SLA_EXPORT instant last_record(std::span<const incident> incidents) noexcept;

/// Judges every incident of a log. Time: events x clocks, and sorting the breaches.
[[nodiscard]] SLA_EXPORT log_review review(const policy& p, const export_log& log, instant as_of);

/// The same of an amended policy: the logs that read_export gives for its versions, each incident judged by its own.
/// The attainment has the numbers of the newest version, and reports of the review are made with it.
[[nodiscard]] SLA_EXPORT log_review review(const policy_versions& versions, std::span<const export_log> logs,
                                           instant as_of);

/// The review as tables; of the breaches the `worst` first.
[[nodiscard]] SLA_EXPORT std::string to_text(const policy& p, const log_review& r, std::size_t worst = 10,
                                             const text_style& style = {});
/// The same as JSON, with every incident and verdict (see report/json.hpp for the shapes).
[[nodiscard]] SLA_EXPORT std::string to_json(const policy& p, const log_review& r, std::size_t worst = 10);

}  // namespace v0
}  // namespace sla
