// SPDX-License-Identifier: MIT
// Rule C3: what no clock can use comes to light, each record with its reason.

#include <gtest/gtest.h>

#include "../support/clock_log.hpp"

namespace anomalies_test {
namespace {

using namespace std::chrono_literals;
using clock_log::on;
using sla::anomaly_kind;
using sla::event;
using sla::moment;
using sla::party;

const std::vector<sla::pause_reason> reasons{{party::customer, {}}, {party::vendor_supplier, {}}};

std::vector<anomaly_kind> anomalies(std::vector<event> log) {
  static const sla::clock_terms response{
      .clock = 0, .limit = 1h, .stops = moment::responded, .reasons = reasons};
  static const sla::clock_terms resolution{
      .clock = 1, .limit = 4h, .reasons = reasons, .confirmation = sla::time_limit(24h)};
  const auto rows = [](std::size_t i, const sla::grade& g) noexcept {
    return g.severity > 3 ? nullptr : (i == 0 ? &response : &resolution);
  };
  for (std::size_t i = 0; i < log.size(); ++i) log[i].row = static_cast<std::uint32_t>(i);
  const sla::event_order order(log, on(31, 0h));
  std::vector<anomaly_kind> out;
  sla::visit_anomalies(2, rows, sla::grade{}, order, [&](const sla::anomaly& a) {
    EXPECT_EQ(a.at, log[a.row].at);
    out.push_back(a.kind);
  });
  return out;
}

TEST(anomalies, C3_each_kind_and_its_right_twin) {
  const event start = event::of(moment::reported, on(12, 9h));
  const event fixed = event::of(moment::resolved, on(12, 12h));
  const event again = event::pause(on(12, 10h), 1);
  auto numbered = again;
  numbered.sequence = 5;
  const struct {
    const char* name;
    std::vector<event> log;
    std::vector<anomaly_kind> want;
  } cases[]{
      {"nothing", {start, fixed}, {}},
      {"moment", {start, event::of(moment::diagnosed, on(12, 10h))}, {anomaly_kind::unused_moment}},
      {"a pause that stops nothing is none", {start, again, event::resume(on(12, 11h), 1)}, {}},
      {"resume", {start, event::resume(on(12, 11h), 1)}, {anomaly_kind::resume_without_pause}},
      {"resume of all", {start, event::resume(on(12, 11h))}, {anomaly_kind::resume_without_pause}},
      {"pause twice", {start, again, numbered}, {anomaly_kind::pause_while_paused}},
      {"reason", {start, event::pause(on(12, 10h), 2)}, {anomaly_kind::unknown_reason}},
      {"reason 40", {start, event::pause(on(12, 10h), 40)}, {anomaly_kind::unknown_reason}},
      {"reject", {start, event::reject(on(12, 10h))}, {anomaly_kind::reject_without_stop}},
      {"reject late", {start, fixed, event::reject(on(13, 13h))}, {anomaly_kind::reject_after_confirmation}},
      {"reject in time", {start, fixed, event::reject(on(12, 13h))}, {}},
      {"reject twice",
       {start, fixed, event::reject(on(12, 13h)), event::reject(on(12, 14h))},
       {anomaly_kind::reject_without_stop}},
      {"confirm", {start, event::of(moment::confirmed, on(12, 10h))}, {anomaly_kind::confirm_without_stop}},
      {"confirm a stop", {start, fixed, event::of(moment::confirmed, on(12, 13h))}, {}},
      {"reopen", {start, event::reopen(on(12, 10h))}, {anomaly_kind::reopen_while_open}},
      {"reopen once", {start, fixed, event::reopen(on(14, 10h))}, {}},
      {"reopen twice",
       {start, fixed, event::reopen(on(14, 10h)), event::reopen(on(14, 11h))},
       {anomaly_kind::reopen_while_open}},
      {"extension",
       {start, event::extend(on(12, 10h), 1h, party::vendor)},
       {anomaly_kind::extension_not_agreed}},
      {"extension of nothing",
       {event::extend(on(12, 10h), 1h, party::customer)},
       {anomaly_kind::extension_without_clock}},
      {"extension of a clock there is not",
       {start, event::extend(on(12, 10h), 1h, party::customer, 9)},
       {anomaly_kind::extension_without_clock}},
      {"extension agreed", {start, event::extend(on(12, 10h), 1h, party::customer)}, {}},
      {"waiver", {start, event::waive(on(12, 10h), party::nobody)}, {anomaly_kind::waiver_not_agreed}},
      {"waiver of nothing",
       {event::waive(on(12, 10h), party::customer)},
       {anomaly_kind::waiver_without_clock}},
      {"after cancel", {start, event::cancel(on(12, 10h)), fixed}, {anomaly_kind::after_cancel}},
      {"grade",
       {start, event::change(on(12, 10h), {9, 0, 0}, sla::change_cause::worsened)},
       {anomaly_kind::unknown_grade}},
      {"duplicate", {start, start, fixed}, {anomaly_kind::duplicate_record}},
  };
  for (const auto& c : cases) EXPECT_EQ(anomalies(c.log), c.want) << c.name;
}

TEST(anomalies, every_kind_has_a_name_of_its_own) {
  for (std::size_t i = 0; i < sla::anomaly_kind_count; ++i)
    for (std::size_t k = 0; k <= i; ++k)
      EXPECT_EQ(name(static_cast<anomaly_kind>(i)) == name(static_cast<anomaly_kind>(k)), i == k);
}

}  // namespace
}  // namespace anomalies_test
