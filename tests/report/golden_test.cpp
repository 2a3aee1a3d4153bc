// SPDX-License-Identifier: MIT
// Whole reports against files in tests/data/golden. SLA_WRITE_GOLDEN=1 writes them anew, to be read before they are
// committed.

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include <sla/calendar/zone_load.hpp>
#include <sla/policy/policy_load.hpp>
#include <sla/policy/portfolio.hpp>
#include <sla/policy/records_load.hpp>
#include <sla/policy/source_load.hpp>
#include <sla/report/json.hpp>
#include <sla/report/log_review.hpp>
#include <sla/report/text.hpp>

#include "support/golden.hpp"
#include "support/json_syntax.hpp"

namespace golden_test {
namespace {

using namespace sla;

const std::string examples = SLA_EXAMPLES_DIR;

const zone& zone_of_the_samples() {
  static const zone shanghai = load_zone("Asia/Shanghai");
  return shanghai;
}

// The zone data are the machine's: their version stands in every report and in no golden file.
std::string without_zone_version(std::string text) {
  const std::string version(zone_of_the_samples().version());
  for (std::size_t at = 0; !version.empty() && (at = text.find(version, at)) != text.npos; at += 6)
    text.replace(at, version.size(), "TZDATA");
  return text;
}

void expect_golden(const std::string& name, const std::string& report) {
  sla_test::expect_golden(name, without_zone_version(report));
}

template <class T>
T value(loaded<T> file) {
  EXPECT_EQ(file.diagnostics().print(), "");
  return std::move(file).value();
}
std::string text_of(const std::string& path) { return value(read_text(path)); }

struct sample {
  policy p = value(load_policy(examples + "/policies/shanghai.toml"));
  std::vector<contract> contracts =
      value(parse_contracts(p, "contracts.csv", text_of(examples + "/data/contracts.csv")));
  portfolio all = draw_up(
      p, contracts, calendar_month(std::chrono::year(2026) / 10, p.home()),
      value(parse_incidents(p, contracts, "incidents.csv", text_of(examples + "/data/incidents.csv"))),
      value(parse_outages(p, contracts, "outages.csv", text_of(examples + "/data/outages.csv"))),
      calendar_month(std::chrono::year(2026) / 10, p.home()).span.end);
};
const sample& shipped() {
  static const sample s;
  return s;
}

TEST(golden, statements_and_totals_of_the_sample) {
  expect_golden("shanghai-2026-10.txt", to_text(shipped().p, shipped().all));
}

TEST(golden, one_statement_in_colour_with_one_decimal) {
  expect_golden("sh-001-colour.txt",
                to_text(shipped().p, shipped().all.statements[0], {.colour = true, .percent_digits = 1}));
}

TEST(golden, one_statement_as_json) {
  const std::string json = to_json(shipped().p, shipped().all.statements[4]);
  expect_golden("sh-005.json", json);
}

// One statement with every form, gates, claims and readings, after two months that were settled first.
struct remedies_sample {
  policy p = value(load_policy(examples + "/policies/remedies.toml"));
  std::string folder = std::string(SLA_TEST_DATA) + "/remedies/";
  std::vector<contract> contracts =
      value(parse_contracts(p, "contracts.csv", text_of(folder + "contracts.csv")));
  std::vector<window> before{month(8), month(9)};
  std::vector<contract_claim> claims =
      value(parse_claims(p, contracts, "claims.csv", text_of(folder + "claims.csv")));
  portfolio all =
      draw_up(p, contracts, month(10),
              value(parse_incidents(p, contracts, "incidents.csv", text_of(folder + "incidents.csv"))),
              value(parse_outages(p, contracts, "outages.csv", text_of(folder + "outages.csv"))),
              month(11).span.begin + std::chrono::hours(24 * 11), {.claims = claims, .earlier = before});

  [[nodiscard]] window month(unsigned m) const {
    return calendar_month(std::chrono::year(2026) / std::chrono::month(m), p.home());
  }
};

TEST(golden, M6_M7_remedies_of_every_form_with_their_gates_and_claims) {
  const remedies_sample sample;
  expect_golden("remedies-2026-10.txt", to_text(sample.p, sample.all));
  const std::string json = to_json(sample.p, sample.all);
  expect_golden("remedies-2026-10.json", json);
  EXPECT_EQ(json_error(json), "");
}

TEST(golden, a_foreign_log) {
  const policy p = value(load_policy(examples + "/policies/itil.toml"));
  const source s = value(load_source(examples + "/policies/servicenow.toml"));
  const export_log log =
      value(read_export(p, s, "servicenow_sample.csv", text_of(examples + "/data/servicenow_sample.csv")));
  const log_review r = review(p, log, last_record(log.incidents));
  expect_golden("servicenow_sample.txt", to_text(p, r, 3));
  const std::string json = to_json(p, r, 3);
  expect_golden("servicenow_sample.json", json);
  EXPECT_EQ(json_error(json), "");
  EXPECT_EQ(log.rows.read, log.rows.used + log.rows.ignored());
}

TEST(golden, lines_of_verdicts) {
  std::string lines;
  for (const statement& s : shipped().all.statements)
    for (const judged_incident& i : s.incidents)
      for (const verdict& v : i.verdicts) lines += i.id + ' ' + line(shipped().p, v) + '\n';
  expect_golden("lines.txt", lines);
}

TEST(json, every_shape_is_json) {
  const policy& p = shipped().p;
  EXPECT_EQ(json_error(to_json(p, shipped().all)), "");
  EXPECT_EQ(json_error(to_json(p, shipped().all.attainment)), "");
  for (const statement& s : shipped().all.statements) {
    EXPECT_EQ(json_error(to_json(p, s)), "");
    for (const judged_incident& i : s.incidents) {
      EXPECT_EQ(json_error(to_json(p, i)), "");
      for (const verdict& v : i.verdicts) EXPECT_EQ(json_error(to_json(p, v)), "");
    }
  }
  EXPECT_NE(json_error("{\"a\": 1,}"), "");
}

// Names from files must not steer a terminal, break a line or cost a report.
TEST(names, hostile_ones_are_made_harmless) {
  statement s = shipped().all.statements[2];
  s.contract.id = "A\x1b[31m\nB";
  s.contract.customer = "\xFF\xFE";
  s.contract.services = {"x\ty"};
  s.incidents.at(0).id = "I\r\n";
  const std::string text = to_text(shipped().p, s);
  EXPECT_EQ(text.substr(0, text.find('\n')), "Contract A [31m B  \xEF\xBF\xBD\xEF\xBF\xBD");
  EXPECT_EQ(text.find('\x1b'), text.npos);
  EXPECT_EQ(text.find('\r'), text.npos);
  EXPECT_EQ(json_error(to_json(shipped().p, s)), "");
}

// The figure is floored, never rounded in the vendor's favour; the bound is compared exactly.
TEST(figures, A1_the_shown_figure_is_floored) {
  statement s = shipped().all.statements[2];
  s.measured.availability = ratio(99'999'999, 100'000'000);
  EXPECT_NE(to_text(shipped().p, s).find("Availability 99.999%, promised 99.99%"), std::string::npos);
}

TEST(figures, A1_no_data_is_neither_kept_nor_missed) {
  statement s = shipped().all.statements[2];
  s.measured.no_data = true;
  EXPECT_NE(to_text(shipped().p, s).find("Availability no data, promised 99.99% (4.1): no data"),
            std::string::npos);
  EXPECT_NE(to_json(shipped().p, s).find("\"availability\": null"), std::string::npos);
}

TEST(review, an_empty_log_has_no_last_record) { EXPECT_TRUE(last_record({}).is_unknown()); }

// Of several cycles one breach makes the incident missed, whatever the order.
TEST(review, a_reopened_incident_is_one_word_beside_the_sources) {
  export_log log;
  const instant t0 = std::chrono::sys_days(std::chrono::year(2026) / 10 / 12) + std::chrono::hours(1);
  const policy& p = shipped().p;
  const auto at = [&](int minutes) { return t0 + std::chrono::minutes(minutes); };
  const facts f = p.facts({.severity = "P2", .tier = "flagship", .region = "urban", .reported = t0});
  const auto done = [&](int minutes) { return event::of(moment::resolved, at(minutes)); };
  const auto confirmed = [&](int minutes) { return event::of(moment::confirmed, at(minutes)); };
  log.incidents = {{"kept", "", f, {done(60)}},
                   {"late again", "", f, {done(60), confirmed(70), event::reopen(at(100)), done(600)}},
                   {"open", "", f, {}}};
  log.judged = {true, true, std::nullopt};
  log.judged_clock = p.clock("resolution");
  const log_review r = review(p, log, at(700));
  ASSERT_TRUE(r.judged.has_value());
  EXPECT_EQ(r.judged->of(judged_as::met, judged_as::met), 1U);
  EXPECT_EQ(r.judged->of(judged_as::met, judged_as::missed), 1U);
  EXPECT_EQ(r.judged->compared(), 2U);
  EXPECT_EQ(r.judged->differing(), 1U);
  ASSERT_FALSE(r.breaches.empty());
  for (std::size_t i = 1; i < r.breaches.size(); ++i)
    EXPECT_GE(r.incidents[r.breaches[i - 1].incident].verdicts[r.breaches[i - 1].verdict].overdue_elapsed,
              r.incidents[r.breaches[i].incident].verdicts[r.breaches[i].verdict].overdue_elapsed);
}

}  // namespace
}  // namespace golden_test
