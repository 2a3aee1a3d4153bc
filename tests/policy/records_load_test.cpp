// SPDX-License-Identifier: MIT
// Contracts, incidents and outages out of CSV: what sound files mean, and where reading stops.

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include <sla/policy/policy_load.hpp>
#include <sla/policy/records_load.hpp>

namespace records_load_test {
namespace {

using namespace sla;
using namespace std::chrono_literals;
using std::chrono::sys_days;

const policy& sample() {
  static const policy p = load_policy(std::string(SLA_TEST_DATA) + "/bad/policy.toml").value();
  return p;
}

constexpr const char* contracts_head = "contract,customer,tier,region,services,monthly_fee,currency\n";

std::vector<contract> two_contracts() {
  return parse_contracts(sample(), "contracts.csv",
                         std::string(contracts_head) +
                             "C-1,浦江银行,flagship,suburban,voice;recording,12000.00,CNY\n"
                             "C-2,东滩保险,basic,urban,,3000,CNY\n")
      .value();
}

std::vector<incident> incidents(const std::string& text) {
  return parse_incidents(sample(), two_contracts(), "incidents.csv", text).value();
}

std::string said(const auto& l) { return l.diagnostics().print(); }

// Berlin is one hour ahead of UTC in winter.
instant winter(int h, int m = 0) {
  return sys_days{2026y / 1 / 12} + std::chrono::hours(h - 1) + std::chrono::minutes(m);
}

// --- the way a file is written ------------------------------------------------------------------------------------

TEST(records, quotes_line_ends_marks_and_empty_lines) {
  const auto c =
      parse_contracts(sample(), "c.csv",
                      "\xEF\xBB\xBF\r\n\"contract\",customer,tier,region,services,monthly_fee\r\n\r\n"
                      "C-1,\"a \"\"b\"\", c\nd\",basic,urban,\"voice; crm\",1\r\n\n\n"
                      "C-2,x,basic,urban,,2");
  ASSERT_TRUE(c) << said(c);
  ASSERT_EQ(c.value().size(), 2U);
  EXPECT_EQ(c.value()[0].customer, "a \"b\", c\nd");
  EXPECT_EQ(c.value()[0].services, (std::vector<std::string>{"voice", "crm"}));
  EXPECT_EQ(c.value()[1].id, "C-2");
  EXPECT_TRUE(c.value()[1].services.empty());
}

TEST(records, a_line_end_inside_quotes_counts_as_a_line) {
  const auto i = incidents(
      "incident,contract,at,event,severity,note\n"
      "I-1,C-1,2026-01-12 09:00,reported,P1,\"two\nlines\"\n"
      "I-1,C-1,2026-01-12 09:05,responded,,\n");
  ASSERT_EQ(i.size(), 1U);
  ASSERT_EQ(i[0].events.size(), 2U);
  EXPECT_EQ(i[0].events[0].row, 2U);
  EXPECT_EQ(i[0].events[1].row, 4U);
}

TEST(records, columns_stand_in_any_order) {
  const auto c =
      parse_contracts(sample(), "c.csv",
                      "monthly_fee,services,region,tier,customer,contract\n12.5,voice,urban,basic,x,C-1\n");
  ASSERT_TRUE(c) << said(c);
  EXPECT_EQ(c.value()[0].id, "C-1");
  EXPECT_EQ(c.value()[0].monthly_fee, money::minor(1250, cny));
}

TEST(records, a_field_is_taken_as_it_stands) {
  const auto c = parse_contracts(
      sample(), "c.csv", "contract,customer,tier,region,services,monthly_fee\nC-1,x, basic,urban,,1\n");
  EXPECT_EQ(said(c),
            "c.csv:2:7: unknown tier ' basic', expected one of basic, enterprise, flagship; did you mean "
            "'basic'? [unknown-tier]\n"
            "    2 | C-1,x, basic,urban,,1\n"
            "      |       ^~~~~~\n");
}

// --- contracts ----------------------------------------------------------------------------------------------------

TEST(records, M1_a_fee_is_whole_minor_units_of_the_policy_currency) {
  const auto c = two_contracts();
  ASSERT_EQ(c.size(), 2U);
  EXPECT_EQ(c[0].monthly_fee, money::minor(1'200'000, cny));
  EXPECT_EQ(sample().tier_name(c[0].tier), "flagship");
  EXPECT_EQ(sample().region_name(c[0].region), "suburban");
  EXPECT_EQ(c[1].monthly_fee, money::minor(300'000, cny));
}

// --- incidents ----------------------------------------------------------------------------------------------------

TEST(records, an_incident_has_the_tier_and_region_of_its_contract) {
  const auto i = incidents("incident,contract,at,event,severity\nI-1,C-1,2026-01-12 09:00,reported,P2\n");
  ASSERT_EQ(i.size(), 1U);
  EXPECT_EQ(i[0].contract, "C-1");
  EXPECT_EQ(sample().tier_name(i[0].facts.tier), "flagship");
  EXPECT_EQ(sample().region_name(i[0].facts.at_report.region), "suburban");
  EXPECT_EQ(sample().severity_name(i[0].facts.at_report.severity), "P2");
  EXPECT_EQ(i[0].facts.reported, winter(9));
}

TEST(records, a_report_may_state_another_region) {
  const auto i =
      incidents("incident,contract,at,event,severity,region\nI-1,C-1,2026-01-12 09:00,reported,P2,urban\n");
  EXPECT_EQ(sample().region_name(i[0].facts.at_report.region), "urban");
}

TEST(records, of_several_reports_the_earliest_counts) {
  const auto i = incidents(
      "incident,contract,at,event,severity\n"
      "I-1,C-1,2026-01-12 09:10,reported,P3\n"
      "I-1,C-1,2026-01-12 09:00,reported,P1\n");
  EXPECT_EQ(i[0].facts.reported, winter(9));
  EXPECT_EQ(sample().severity_name(i[0].facts.at_report.severity), "P1");
  EXPECT_EQ(i[0].events.size(), 2U);
}

TEST(records, C1_a_report_that_was_corrected_is_the_corrected_one) {
  const auto i = incidents(
      "incident,contract,at,event,severity,id,revision\n"
      "I-1,C-1,2026-01-12 09:00,reported,P1,r,\n"
      "I-1,C-1,2026-01-12 09:30,reported,P2,r,1\n");
  EXPECT_EQ(i[0].facts.reported, winter(9, 30));
  EXPECT_EQ(sample().severity_name(i[0].facts.at_report.severity), "P2");
  EXPECT_EQ(i[0].events[0].id, i[0].events[1].id);
  EXPECT_NE(i[0].events[0].id, 0U);
}

TEST(records, C1_a_retraction_takes_back_every_revision) {
  const auto i = incidents(
      "incident,contract,at,event,severity,id,revision\n"
      "I-1,C-1,2026-01-12 09:00,reported,P1,,\n"
      "I-1,C-1,2026-01-12 09:20,resolved,,x,3\n"
      "I-1,C-1,2026-01-12 10:00,retracted,,x,\n");
  const event& e = i[0].events[2];
  EXPECT_TRUE(e.retracted);
  EXPECT_EQ(e.revision, 3U);
  EXPECT_EQ(e.id, i[0].events[1].id);
}

TEST(records, C8_a_change_keeps_what_it_does_not_state) {
  const auto i = incidents(
      "incident,contract,at,event,severity,region,reason,by\n"
      "I-1,C-1,2026-01-12 11:00,changed,,urban,improved,customer\n"  // later, though it stands first
      "I-1,C-1,2026-01-12 09:00,reported,P3,,,\n"
      "I-1,C-1,2026-01-12 10:00,changed,P1,,worsened,\n");
  const event& later = i[0].events[0];
  const event& first = i[0].events[2];
  EXPECT_EQ(sample().severity_name(first.to.severity), "P1");
  EXPECT_EQ(sample().region_name(first.to.region), "suburban");
  EXPECT_EQ(first.why, change_cause::worsened);
  EXPECT_EQ(sample().severity_name(later.to.severity), "P1");
  EXPECT_EQ(sample().region_name(later.to.region), "urban");
  EXPECT_EQ(later.why, change_cause::improved);
  EXPECT_EQ(later.agreed_by, party::customer);
}

TEST(records, every_event_is_read) {
  const auto i = incidents(
      "incident,contract,at,event,severity,clock,reason,by,until,id,revision,sequence\n"
      "I-1,C-1,2026-01-12 09:00,reported,P1,,,,,,,7\n"
      "I-1,C-1,2026-01-12 09:01,pause,,,carrier,,,,,\n"
      "I-1,C-1,2026-01-12 09:02,resume,,,carrier,,,,,\n"
      "I-1,C-1,2026-01-12 09:03,resume,,,,,,,,\n"
      "I-1,C-1,2026-01-12 09:04,reopened,,,still failing,,,,,\n"
      "I-1,C-1,2026-01-12 09:05,rejected,,,,customer,,,,\n"
      "I-1,C-1,2026-01-12 09:06,cancelled,,,duplicate,customer,,,,\n"
      "I-1,C-1,2026-01-12 09:07,extended,,onsite,snow,customer,4bh,,,\n"
      "I-1,C-1,2026-01-12 09:08,extended,,,,customer,2026-01-13 12:00,,,\n"
      "I-1,C-1,2026-01-12 09:09,waived,,resolution,,customer,,,,\n"
      "I-1,C-1,2026-01-12 09:10,confirmed,,,,,,,,\n"
      "I-1,C-1,2026-01-12 09:11,drill_done,,,,,,,,\n");
  const auto& e = i[0].events;
  ASSERT_EQ(e.size(), 12U);
  EXPECT_EQ(e[0].sequence, 7);
  EXPECT_EQ(e[1].kind, event_kind::pause);
  EXPECT_EQ(sample().reason_name(e[1].reason), "carrier");
  EXPECT_EQ(e[2].kind, event_kind::resume);
  EXPECT_EQ(e[2].reason, e[1].reason);
  EXPECT_EQ(e[3].reason, any_reason);
  EXPECT_EQ(e[4].kind, event_kind::reopen);
  EXPECT_EQ(e[5].kind, event_kind::reject);
  EXPECT_EQ(e[6].cancelled, cancel_cause::duplicate);
  EXPECT_EQ(e[6].agreed_by, party::customer);
  EXPECT_EQ(e[7].clock, sample().clock("onsite"));
  EXPECT_EQ(e[7].by, time_limit(worked(4h)));
  EXPECT_TRUE(e[7].until.is_unknown());
  EXPECT_EQ(e[8].clock, any_clock);
  EXPECT_EQ(e[8].until, winter(12) + 24h);
  EXPECT_EQ(e[9].kind, event_kind::waive);
  EXPECT_EQ(e[10].kind, event_kind::confirm);
  EXPECT_EQ(e[11].what, *sample().find_moment("drill_done"));
  for (std::size_t k = 0; k < e.size(); ++k) EXPECT_EQ(e[k].row, k + 2);
}

TEST(records, C18_an_incident_is_the_same_number_in_every_file) {
  const std::string head = "incident,contract,at,event,severity\n",
                    row = ",C-1,2026-01-12 09:00,reported,P1\n";
  const auto both = incidents(head + "I-1" + row + "I-2" + row);
  const auto one = incidents(head + "I-2" + row);
  EXPECT_EQ(both[1].facts.incident, one[0].facts.incident);
  EXPECT_NE(both[0].facts.incident, both[1].facts.incident);
}

// --- outages ------------------------------------------------------------------------------------------------------

TEST(records, an_outage_without_an_end_is_still_open) {
  const auto o = parse_outages(sample(), two_contracts(), "o.csv",
                               "outage,service,begin,end,cause\nO-1,voice,2026-01-12 09:00,,\n"
                               "O-2,voice,2026-01-12 09:00,2026-01-12 09:00,planned maintenance\n"
                               "O-1,voice,2026-01-12 09:00,2026-01-12 10:00,fault\n");
  ASSERT_TRUE(o) << said(o);
  EXPECT_TRUE(o.diagnostics().empty()) << said(o);
  EXPECT_TRUE(o.value()[0].span.is_open());
  EXPECT_EQ(o.value()[0].span.cause, no_cause);
  EXPECT_EQ(o.value()[0].span.span.begin, winter(9));
  EXPECT_TRUE(o.value()[1].span.span.empty());
  EXPECT_EQ(sample().cause_name(o.value()[1].span.cause), "planned maintenance");
  EXPECT_EQ(o.value()[0].span.id, o.value()[2].span.id);
  EXPECT_NE(o.value()[0].span.id, o.value()[1].span.id);
  EXPECT_EQ(o.value()[2].span.row, 4U);
}

TEST(records, a_service_nobody_bought_is_a_warning) {
  const auto o = parse_outages(sample(), two_contracts(), "o.csv",
                               "outage,service,begin,end\nO-1,voise,2026-01-12 09:00,2026-01-12 09:30\n");
  ASSERT_TRUE(o);
  EXPECT_EQ(
      said(o),
      "o.csv:2:5: warning: no contract lists the service 'voise'; did you mean 'voice'? [unknown-service]\n"
      "    2 | O-1,voise,2026-01-12 09:00,2026-01-12 09:30\n"
      "      |     ^~~~~\n");
}

// --- times --------------------------------------------------------------------------------------------------------

struct time_case {
  const char* text;
  const char* code;  // empty: sound
  std::int64_t want = 0;
};

TEST(records, T6_times_are_local_unless_they_say_otherwise) {
  const std::int64_t nine = sys_days{2026y / 1 / 12}.time_since_epoch() / 1s + 8 * 3600;
  const time_case cases[] = {
      {"2026-01-12 09:00", "", nine},
      {"2026-01-12T09:00", "", nine},
      {"2026-01-12 09:00:30", "", nine + 30},
      {"2026-01-12 09:00:30.999", "", nine + 30},  // T16: fractions are dropped
      {"2026-01-12T08:00:00Z", "", nine},
      {"2026-01-12T16:00:00+08:00", "", nine},
      {"2026-01-12T16:00+0800", "", nine},
      {"2026-01-12 03:00-05", "", nine},
      {"2026-01-11 24:00", "", nine - 9 * 3600},
      {"2026-07-12 10:00", "", nine + 181 * 86400},  // summer: two hours ahead
      {"2026-03-29 02:30", "no-such-local-time"},
      {"2026-03-29T02:30:00+01:00", "", sys_days{2026y / 3 / 29}.time_since_epoch() / 1s + 5400},
      {"2026-10-25 02:30", "ambiguous-local-time"},
      {"2026-10-25T02:30:00+01:00", "", sys_days{2026y / 10 / 25}.time_since_epoch() / 1s + 5400},
      {"", "malformed-time"},
      {"2026-01-12", "malformed-time"},
      {"2026-01-12 9:00", "malformed-time"},
      {"2026-1-12 09:00", "malformed-time"},
      {"2026-01-12 09:00 ", "malformed-time"},
      {"2026-01-12 09:00:", "malformed-time"},
      {"2026-01-12 09:00:00.", "malformed-time"},
      {"2026-01-12 09:60", "malformed-time"},
      {"2026-01-12 09:00:60", "malformed-time"},
      {"2026-01-12 24:01", "malformed-time"},
      {"2026-01-12 09:00+24:00", "malformed-time"},
      {"2026-01-12 09:00+08:60", "malformed-time"},
      {"2026-01-12 09:00+8", "malformed-time"},
      {"12/01/2026 09:00", "malformed-time"},
      {"2026-02-29 09:00", "no-such-date"},
      {"2026-00-10 09:00", "no-such-date"},
      {"0000-01-01 09:00", "no-such-date"},
  };
  for (const time_case& c : cases) {
    const auto t = parse_time(sample().home(), "--as-of", c.text);
    if (*c.code == 0) {
      ASSERT_TRUE(t) << c.text << '\n' << said(t);
      EXPECT_EQ(t.value().unix_seconds(), c.want) << c.text;
    } else {
      ASSERT_EQ(t.diagnostics().items().size(), 1U) << c.text;
      EXPECT_EQ(t.diagnostics().items()[0].code, c.code) << c.text;
    }
  }
}

TEST(records, a_time_argument_is_described_by_its_name) {
  EXPECT_EQ(said(parse_time(sample().home(), "--as-of", "noon")),
            "--as-of:1:1: expected a time such as '2026-10-12 09:00', found 'noon' [malformed-time]\n"
            "    1 | noon\n"
            "      | ^~~~\n");
}

// --- limits -------------------------------------------------------------------------------------------------------

std::vector<std::string> codes(const auto& l) {
  std::vector<std::string> out;
  for (const diagnostic& d : l.diagnostics().items()) out.push_back(d.code);
  return out;
}

TEST(records, every_limit_has_an_error_of_its_own) {
  const std::string head = "contract,customer,tier,region,services,monthly_fee\n",
                    row = ",x,basic,urban,,1\n";
  const std::string two = head + "C-1" + row + "C-2" + row;
  const auto with = [&](load_limits l) { return codes(parse_contracts(sample(), "c.csv", two, l)); };
  EXPECT_EQ(with({}), std::vector<std::string>());
  EXPECT_EQ(with({.bytes = two.size()}), std::vector<std::string>());
  EXPECT_EQ(with({.bytes = two.size() - 1}), std::vector<std::string>{"file-too-large"});
  EXPECT_EQ(with({.rows = 2}), std::vector<std::string>());
  EXPECT_EQ(with({.rows = 1}), std::vector<std::string>{"too-many-rows"});
  EXPECT_EQ(with({.fields = 6}), std::vector<std::string>());
  EXPECT_EQ(with({.fields = 5}), std::vector<std::string>{"too-many-fields"});
}

TEST(records, a_thousand_problems_are_shown_and_the_rest_counted) {
  std::string text = "contract,customer,tier,region,services,monthly_fee\n";
  for (int i = 0; i < 1500; ++i) text += "C-" + std::to_string(i) + ",x,gold,urban,,1\n";
  const auto c = parse_contracts(sample(), "c.csv", text);
  ASSERT_EQ(c.diagnostics().items().size(), 1001U);
  EXPECT_EQ(c.diagnostics().items().back().code, "too-many-problems");
  EXPECT_EQ(c.diagnostics().items().back().message, "500 more errors are not shown");
}

TEST(records, a_long_cell_is_shown_in_part) {
  const auto c = parse_contracts(sample(), "c.csv",
                                 "contract,customer,tier,region,services,monthly_fee\nC-1,x," +
                                     std::string(100'000, 'g') + ",urban,,1\n");
  EXPECT_EQ(c.diagnostics().items().size(), 1U);
  EXPECT_LT(said(c).size(), 1000U);
}

TEST(records, a_file_that_cannot_be_read_is_a_diagnostic) {
  const std::string folder = SLA_TEST_DATA "/bad";
  EXPECT_EQ(said(read_text(folder + "/nowhere.csv")),
            folder + "/nowhere.csv:1:1: cannot be read: no such file [no-such-file]\n");
  EXPECT_EQ(codes(read_text(folder)), std::vector<std::string>{"cannot-read"});
  EXPECT_EQ(codes(read_text(folder + "/policy.toml", {.bytes = 10})),
            std::vector<std::string>{"file-too-large"});
  EXPECT_EQ(codes(read_text(folder + "/policy.toml/x")), std::vector<std::string>{"cannot-read"});
  EXPECT_TRUE(read_text(folder + "/policy.toml").value().starts_with("# The sound policy"));
}

}  // namespace
}  // namespace records_load_test
