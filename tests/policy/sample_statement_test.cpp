// SPDX-License-Identifier: MIT
// The sample vendor's October and November, line by line against figures worked out by hand: what stands in
// tests/data/shanghai-*.expected*.csv, with its working in tests/data/shanghai-2026-10.working.md.

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include <sla/calendar/local_text.hpp>
#include <sla/policy/policy_load.hpp>
#include <sla/policy/portfolio.hpp>
#include <sla/policy/records_load.hpp>
#include <sla/policy/statement.hpp>

namespace sample_statement_test {
namespace {

using namespace sla;

// --- the sample as it is shipped ----------------------------------------------------------------------------------

const std::string examples = SLA_EXAMPLES_DIR;

template <class T>
T clean(loaded<T> file) {
  EXPECT_EQ(file.diagnostics().print(), "");
  return std::move(file).value();
}
std::string text_of(const std::string& path) { return clean(read_text(path)); }

struct sample {
  policy promised = clean(load_policy(examples + "/policies/shanghai.toml"));
  std::vector<contract> contracts =
      clean(parse_contracts(promised, "contracts.csv", text_of(examples + "/data/contracts.csv")));
  std::vector<incident> incidents =
      clean(parse_incidents(promised, contracts, "incidents.csv", text_of(examples + "/data/incidents.csv")));
  std::vector<service_outage> outages =
      clean(parse_outages(promised, contracts, "outages.csv", text_of(examples + "/data/outages.csv")));

  [[nodiscard]] instant at(const std::string& local) const {
    return clean(parse_time(promised.home(), "as of", local));
  }
  [[nodiscard]] window month(std::string_view label) const {
    return calendar_month(parse_month(label).value(), promised.home());
  }
  [[nodiscard]] portfolio all(std::string_view label, const std::string& as_of) const {
    return draw_up(promised, contracts, month(label), incidents, outages, at(as_of));
  }
  [[nodiscard]] std::vector<statement> statements(std::string_view label, const std::string& as_of) const {
    return all(label, as_of).statements;
  }
};

const sample& shipped() {
  static const sample s;
  return s;
}

// --- tables ---------------------------------------------------------------------------------------------------------

using fields = std::vector<std::string>;

struct table {
  fields header;
  std::vector<fields> rows;
};

fields split(const std::string& line) {
  fields out(1);
  for (const char c : line) {
    if (c == ',') {
      out.emplace_back();
    } else {
      out.back() += c;
    }
  }
  return out;
}

table expected(const std::string& file) {
  table t;
  std::ifstream in(std::string(SLA_TEST_DATA) + "/" + file);
  EXPECT_TRUE(in.is_open()) << file;
  std::string line;
  if (std::getline(in, line)) t.header = split(line);
  while (std::getline(in, line)) t.rows.push_back(split(line));
  for (const fields& row : t.rows) EXPECT_EQ(row.size(), t.header.size()) << file;
  return t;
}

std::string key_of(const fields& row, std::size_t key) {
  std::string out;
  for (std::size_t i = 0; i < key; ++i) out += (i == 0 ? "" : " | ") + row[i];
  return out;
}

// Every difference, one a line: rows are the same where their first `key` fields are.
std::string differences(const table& want, const std::vector<fields>& got, std::size_t key) {
  std::ostringstream out;
  std::map<std::string, const fields*> wanted;
  for (const fields& row : want.rows)
    if (!wanted.emplace(key_of(row, key), &row).second) out << key_of(row, key) << ": expected twice\n";
  for (const fields& row : got) {
    const std::string name = key_of(row, key);
    const auto found = wanted.find(name);
    if (found == wanted.end()) {
      out << name << ": not expected\n";
      continue;
    }
    for (std::size_t i = key; i < want.header.size(); ++i)
      if (row.at(i) != (*found->second)[i])
        out << name << ": " << want.header[i] << " is '" << row[i] << "', expected '" << (*found->second)[i]
            << "'\n";
    wanted.erase(found);
  }
  for (const auto& [name, row] : wanted) out << name << ": missing\n";
  return out.str();
}

// The as-of times that a table speaks of, in its order.
std::vector<std::string> as_ofs(const table& t) {
  std::vector<std::string> out;
  for (const fields& row : t.rows)
    if (std::ranges::find(out, row[0]) == out.end()) out.push_back(row[0]);
  return out;
}

// --- statements as rows of those tables -------------------------------------------------------------------------------

std::string number(std::int64_t n) { return std::to_string(n); }
std::string seconds(std::chrono::seconds s) { return number(s.count()); }
std::string yes(bool b) { return b ? "yes" : "no"; }
std::string exact(const ratio& r) { return number(r.num()) + "/" + number(r.den()); }
std::string local(const std::optional<instant>& t) {
  return t ? local_text(*t, shipped().promised.home()) : std::string();
}

void clock_rows(const statement& s, std::vector<fields>& out) {
  const policy& p = shipped().promised;
  const auto customer = static_cast<std::size_t>(party::customer);
  const auto supplier = static_cast<std::size_t>(party::vendor_supplier);
  for (const judged_incident& i : s.incidents) {
    for (const verdict& v : i.verdicts) {
      if (v.outcome == outcome::not_applicable) continue;
      const auto decided = decided_at(v);
      out.push_back({local(s.as_of),
                     s.contract.id,
                     i.id,
                     std::string(p.clock_name(v.clock)),
                     number(v.cycle),
                     seconds(v.amount),
                     std::string(name(v.outcome)),
                     std::string(name(v.activity)),
                     local(v.started),
                     local(v.due),
                     local(v.done),
                     seconds(v.counted),
                     seconds(v.remaining),
                     seconds(v.overdue),
                     seconds(v.overdue_elapsed),
                     seconds(v.paused[customer]),
                     seconds(v.attributed[customer]),
                     seconds(v.attributed[supplier]),
                     yes(v.provisional),
                     yes(decided && s.window.span.contains(*decided))});
    }
  }
}

fields counts(const std::string& as_of, const std::string& whose, clock_id clock, const attainment& a) {
  return {as_of,
          whose,
          std::string(shipped().promised.clock_name(clock)),
          number(std::int64_t(a.met)),
          number(std::int64_t(a.breached)),
          number(std::int64_t(a.waived)),
          number(std::int64_t(a.open))};
}
void attainment_rows(const statement& s, std::vector<fields>& out) {
  for (const clock_attainment& a : s.attainment)
    out.push_back(counts(local(s.as_of), s.contract.id, a.clock, a.count));
}

void availability_row(const statement& s, std::vector<fields>& out) {
  const measurement& m = s.measured;
  ASSERT_TRUE(s.budget.has_value()) << s.contract.id;
  const error_budget& b = *s.budget;
  const std::string state = b.outcome == error_budget::met      ? "met"
                            : b.outcome == error_budget::missed ? "missed"
                                                                : "no data";
  out.push_back({local(s.as_of), s.contract.id, seconds(m.denominator), seconds(m.down), seconds(m.counted),
                 seconds(m.excluded), seconds(m.refused), seconds(m.too_short), number(m.outages),
                 shown(m, 3), exact(m.availability), exact(b.allowed), exact(b.remaining), state,
                 local(b.exhausted_at), yes(m.provisional)});
}

std::string metric(metric_id m) {
  if (m == availability_metric) return "availability";
  const policy& p = shipped().promised;
  for (clock_id c = 0; c < p.clock_count(); ++c)
    if (attainment_metric(c) == m) return "attainment of " + std::string(p.clock_name(c));
  return "?";
}
void money_rows(const statement& s, std::vector<fields>& out) {
  const std::string as_of = local(s.as_of);
  for (const credit_line& l : s.money.lines) {
    const bool pays = l.outcome == line_outcome::pays;
    out.push_back({as_of, s.contract.id, "line", l.clause, metric(l.metric),
                   l.outcome == line_outcome::no_data ? "" : exact(l.figure), l.bound ? exact(*l.bound) : "",
                   pays ? exact(l.rate) : "", amount_text(l.granted)});
  }
  for (const cap_application& c : s.money.caps)
    out.push_back({as_of, s.contract.id, "cap", c.clause, "", amount_text(c.limit), amount_text(c.before),
                   amount_text(c.after), amount_text(c.reduction)});
  out.push_back({as_of, s.contract.id, "total", "", "", "", "", "", amount_text(s.money.total)});
}

// --- comparisons ------------------------------------------------------------------------------------------------------

class sample_statement : public testing::TestWithParam<const char*> {
 protected:
  [[nodiscard]] static std::string month() { return GetParam(); }
  [[nodiscard]] static table of(std::string_view what) {
    return expected("shanghai-" + month() + ".expected" + std::string(what) + ".csv");
  }
};

TEST_P(sample_statement, every_clock_of_every_incident) {
  const table want = of("");
  std::vector<fields> got;
  for (const std::string& as_of : as_ofs(want))
    for (const statement& s : shipped().statements(month(), as_of)) clock_rows(s, got);
  EXPECT_EQ(differences(want, got, 5), "");
}

TEST_P(sample_statement, attainment_by_contract_and_over_the_portfolio) {
  const table want = of("_attainment");
  const policy& p = shipped().promised;
  std::vector<fields> got;
  for (const std::string& as_of : as_ofs(want)) {
    const portfolio all = shipped().all(month(), as_of);
    for (const statement& s : all.statements) attainment_rows(s, got);
    std::vector<attainment> sums(p.clock_count());
    for (const graded_attainment& a : all.attainment) {
      got.push_back(counts(as_of, "* " + std::string(p.severity_name(a.severity)), a.clock, a.count));
      sums[a.clock].met += a.count.met;
      sums[a.clock].breached += a.count.breached;
      sums[a.clock].waived += a.count.waived;
      sums[a.clock].open += a.count.open;
    }
    for (std::size_t c = 0; c < sums.size(); ++c)
      if (sums[c] != attainment{}) got.push_back(counts(as_of, "*", static_cast<clock_id>(c), sums[c]));
  }
  EXPECT_EQ(differences(want, got, 3), "");
}

TEST_P(sample_statement, availability_and_error_budget) {
  const table want = of("_availability");
  std::vector<fields> got;
  for (const std::string& as_of : as_ofs(want))
    for (const statement& s : shipped().statements(month(), as_of)) availability_row(s, got);
  EXPECT_EQ(differences(want, got, 2), "");
}

TEST_P(sample_statement, credits_caps_and_totals) {
  const table want = of("_money");
  std::vector<fields> got;
  for (const std::string& as_of : as_ofs(want)) {
    const portfolio all = shipped().all(month(), as_of);
    std::size_t owing = 0;
    for (const statement& s : all.statements) {
      money_rows(s, got);
      EXPECT_TRUE(s.money.is_defined()) << s.contract.id;
      // M9: lines and caps explain the total to the last minor unit.
      money explained = money::minor(0, cny);
      for (const credit_line& l : s.money.lines) explained += l.granted;
      for (const cap_application& c : s.money.caps) explained -= c.reduction;
      EXPECT_EQ(explained, s.money.total) << s.contract.id;
      owing += explained.is_zero() ? 0 : 1;
    }
    EXPECT_EQ(all.owing, owing);
    EXPECT_EQ(all.undefined, 0U);
    ASSERT_EQ(all.totals.size(), 1U);
    EXPECT_EQ(all.totals[0].in(), cny);
    got.push_back({as_of, "*", "total", "", "", "", "", "", amount_text(all.totals[0])});
  }
  EXPECT_EQ(differences(want, got, 5), "");
}

INSTANTIATE_TEST_SUITE_P(months, sample_statement, testing::Values("2026-10", "2026-11"),
                         [](const auto& one) {
                           return one.param == std::string("2026-10") ? "october" : "november";
                         });

// --- what tables do not show --------------------------------------------------------------------------------------------

const statement& of_contract(const std::vector<statement>& all, std::string_view id) {
  return *std::ranges::find_if(all, [&](const statement& s) { return s.contract.id == id; });
}

TEST(sample, is_as_large_as_it_is_said_to_be) {
  EXPECT_EQ(shipped().contracts.size(), 12U);
  EXPECT_EQ(shipped().incidents.size(), 30U);
  EXPECT_EQ(shipped().outages.size(), 15U);
}

TEST(sample, incidents_are_listed_by_report_and_those_over_before_the_month_are_not) {
  std::vector<std::string> listed;
  for (const statement& s : shipped().statements("2026-10", "2026-11-01 00:00")) {
    for (const judged_incident& i : s.incidents) listed.push_back(i.id);
    EXPECT_TRUE(std::ranges::is_sorted(
        s.incidents, {}, [](const judged_incident& i) { return std::tuple(i.facts.reported, i.id); }));
  }
  EXPECT_EQ(listed.size(), 29U);
  EXPECT_EQ(std::ranges::count(listed, "INC-1001"), 0);
  for (const statement& s : shipped().statements("2026-09", "2026-10-01 00:00"))
    EXPECT_EQ(std::ranges::count(s.incidents, "INC-1001", &judged_incident::id),
              s.contract.id == "SH-004" ? 1 : 0);
}

TEST(sample, what_is_over_is_not_listed_in_later_months) {
  const sample& s = shipped();
  const auto listed_in_october = [&](std::string_view severity, const std::vector<event>& log) {
    const facts f = s.promised.facts(
        {.severity = severity, .tier = "basic", .region = "urban", .reported = s.at("2026-09-10 10:00")});
    return touches(judge(s.promised, {"X", "SH-009", f, log}, s.at("2026-11-01 00:00")),
                   s.month("2026-10").span);
  };
  const event answered = event::of(moment::responded, s.at("2026-09-10 10:05"));
  EXPECT_TRUE(listed_in_october("P3", {}));
  EXPECT_TRUE(listed_in_october("P3", {answered}));
  EXPECT_FALSE(listed_in_october("P3", {event::of(moment::resolved, s.at("2026-09-30 23:59:59"))}));
  EXPECT_TRUE(listed_in_october("P3", {event::of(moment::resolved, s.at("2026-10-01 00:00"))}));
  EXPECT_FALSE(listed_in_october("P3", {event::cancel(s.at("2026-09-10 11:00"))}));
  EXPECT_FALSE(listed_in_october("P3", {answered, event::cancel(s.at("2026-09-30 11:00"))}));
  EXPECT_TRUE(listed_in_october("P3", {answered, event::cancel(s.at("2026-10-02 11:00"))}));
}

TEST(sample, at_the_months_end_only_what_may_still_change_is_provisional) {
  std::vector<std::string> provisional;
  for (const statement& s : shipped().statements("2026-10", "2026-11-01 00:00"))
    if (s.provisional) provisional.push_back(s.contract.id);
  EXPECT_EQ(provisional, (std::vector<std::string>{"SH-004", "SH-010", "SH-012"}));
  for (const statement& s : shipped().statements("2026-10", "2026-11-05 00:00"))
    EXPECT_FALSE(s.provisional) << s.contract.id;
}

TEST(sample, C1_what_is_reported_after_as_of_is_not_listed) {
  const sample& s = shipped();
  const instant noon = s.at("2026-10-15 12:00");
  std::size_t listed = 0, known = 0;
  for (const statement& x : s.statements("2026-10", "2026-10-15 12:00"))
    for (const judged_incident& i : x.incidents) {
      EXPECT_LE(i.facts.reported, noon) << i.id;
      ++listed;
    }
  for (const statement& x : s.statements("2026-10", "2026-11-01 00:00"))
    for (const judged_incident& i : x.incidents) known += i.facts.reported <= noon ? 1 : 0;
  EXPECT_EQ(listed, known);
  EXPECT_GT(listed, 5U);
}

TEST(sample, every_record_can_be_used) {
  for (const statement& s : shipped().statements("2026-11", "2026-12-01 00:00"))
    for (const judged_incident& i : s.incidents)
      for (const anomaly& a : i.anomalies) ADD_FAILURE() << i.id << " row " << a.row << ": " << name(a.kind);
  for (const statement& s : shipped().statements("2026-10", "2026-11-05 00:00"))
    for (const judged_incident& i : s.incidents)
      for (const anomaly& a : i.anomalies) ADD_FAILURE() << i.id << " row " << a.row << ": " << name(a.kind);
}

TEST(sample, the_engineer_who_was_there_before_the_call_is_marked) {
  const policy& p = shipped().promised;
  const std::vector<statement> all = shipped().statements("2026-10", "2026-11-05 00:00");
  std::vector<std::string> marked;
  for (const statement& s : all)
    for (const judged_incident& i : s.incidents)
      for (const verdict& v : i.verdicts)
        if (v.before_report) marked.push_back(i.id + " " + std::string(p.clock_name(v.clock)));
  EXPECT_EQ(marked, std::vector<std::string>{"INC-1023 response"});
}

TEST(sample, a_paused_clock_tells_when_it_would_be_due) {
  const std::vector<statement> all = shipped().statements("2026-10", "2026-11-01 00:00");
  const statement& s = of_contract(all, "SH-008");
  const auto paused = std::ranges::find(s.incidents, "INC-1029", &judged_incident::id);
  ASSERT_NE(paused, s.incidents.end());
  const clock_id resolution = shipped().promised.clock("resolution");
  const auto v = std::ranges::find(paused->verdicts, resolution, &verdict::clock);
  ASSERT_NE(v, paused->verdicts.end());
  EXPECT_EQ(local(v->due), "");
  EXPECT_EQ(local(v->due_if_resumed), "2026-11-01 03:20");
}

TEST(sample, maintenance_that_overran_is_excused_as_far_as_its_window_reaches) {
  const std::vector<statement> all = shipped().statements("2026-10", "2026-11-01 00:00");
  std::vector<std::string> told;
  for (const kept_or_dropped& l : of_contract(all, "SH-005").measured.derivation)
    told.push_back(local(l.span.begin) + " to " + local(l.span.end) + " " + std::string(name(l.what)) + " " +
                   seconds(l.exact));
  const std::vector<std::string> want{
      "2026-10-11 02:30 to 2026-10-11 04:00 excused 5280",
      "2026-10-11 03:00 to 2026-10-11 03:02 counted 120",
      "2026-10-11 04:00 to 2026-10-11 04:20 counted 1200",
      "2026-10-11 04:00 to 2026-10-11 04:20 after the excused hours 1200",
      "2026-10-27 09:00 to 2026-10-27 09:01 counted 60",
  };
  EXPECT_EQ(told, want);
}

TEST(sample, the_order_of_records_and_their_repetition_change_nothing) {
  const sample& s = shipped();
  sample turned = s;
  std::ranges::reverse(turned.incidents);
  for (incident& i : turned.incidents) std::ranges::reverse(i.events);
  std::ranges::reverse(turned.outages);
  turned.outages.insert(turned.outages.end(), s.outages.begin(), s.outages.end());
  const auto rows = [](const std::vector<statement>& all) {
    std::vector<fields> out;
    for (const statement& one : all) {
      clock_rows(one, out);
      attainment_rows(one, out);
      availability_row(one, out);
      money_rows(one, out);
    }
    return out;
  };
  const auto want = rows(s.statements("2026-10", "2026-11-01 00:00"));
  EXPECT_GT(want.size(), 100U);
  EXPECT_EQ(rows(turned.statements("2026-10", "2026-11-01 00:00")), want);
}

}  // namespace
}  // namespace sample_statement_test
