// SPDX-License-Identifier: MIT
// Whatever decides stands in the reports: fixed amounts, promises without a number, units as they count, caps that ran
// out, the days of a calendar.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <sla/policy/explain.hpp>
#include <sla/policy/policy_load.hpp>
#include <sla/policy/portfolio.hpp>
#include <sla/policy/records_load.hpp>
#include <sla/report/explain.hpp>
#include <sla/report/json.hpp>
#include <sla/report/log_review.hpp>
#include <sla/report/promised.hpp>
#include <sla/report/text.hpp>

#include "support/json_syntax.hpp"

namespace decides_test {
namespace {

using namespace sla;
using namespace std::chrono_literals;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;

policy made(const std::string& rows) {
  auto file = parse_policy("made.toml",
                           "policy = \"made\"\nversion = 2026-01-01\nzone = \"Asia/Shanghai\"\n"
                           "currency = \"CNY\"\nseverities = [\"P1\", \"P2\"]\ntiers = [\"a\"]\n" +
                               rows);
  EXPECT_FALSE(file.diagnostics().has_errors()) << file.diagnostics().print();
  return std::move(file).value();
}
contract bank() { return {.id = "C", .services = {"s"}, .monthly_fee = money::minor(900'000, cny)}; }
std::vector<incident> incidents(const policy& p, const std::string& rows) {
  auto file =
      parse_incidents(p, std::vector{bank()}, "i.csv", "incident,contract,at,event,severity,reason\n" + rows);
  EXPECT_EQ(file.diagnostics().print(), "");
  return std::move(file).value();
}
statement october(const policy& p, const std::vector<incident>& i,
                  const std::vector<service_outage>& o = {}) {
  const window w = calendar_month(2026y / 10, p.home());
  return draw_up(p, bank(), w, i, o, w.span.end);
}
// An hour down: 99.86 %.
statement an_hour_down(const policy& p) {
  const instant t = instant(std::chrono::sys_days(2026y / 10 / 12)) + 1h;
  return october(p, {}, {{"s", "1", {.span = {t, t + 1h}}}});
}
policy owing(const std::string& credits) {
  return made("[[availability]]\ntarget = \"99.9%\"\nwindow = \"calendar month\"\n" + credits);
}
const std::string credit = "[[credit]]\nmetric = \"availability\"\nbase = \"monthly fee\"\nclause = ";

TEST(decides, a_fixed_amount_is_the_figure_of_its_line) {
  const policy p = owing(credit + "\"5\"\nflat = { amount = \"123.45\", below = \"99.9%\" }\n");
  const statement s = an_hour_down(p);
  const std::string text = to_text(p, s), json = to_json(p, s);
  EXPECT_THAT(text, HasSubstr("below 99.9%: 123.45 CNY  123.45\n"));
  EXPECT_THAT(json, HasSubstr("\"fixed\": {\n"));
  EXPECT_THAT(json, HasSubstr("\"minor\": 12345"));
  EXPECT_THAT(to_text(p, promised{}), HasSubstr("below 99.9%: 123.45 CNY\n"));
  EXPECT_THAT(to_json(p, promised{}), HasSubstr("\"base\": null"));
  EXPECT_EQ(json_syntax(json).check(), "");
}

TEST(decides, a_fixed_amount_stands_also_where_another_line_or_part_is_larger) {
  const policy larger = owing("[compensation]\ncombine = \"max\"\n" + credit +
                              "\"5\"\nflat = { amount = \"20\", below = \"99.9%\" }\n" + credit +
                              "\"6\"\nflat = { amount = \"500\", below = \"99.9%\" }\n");
  const std::string text = to_text(larger, an_hour_down(larger));
  EXPECT_THAT(text, HasSubstr("below 99.9%: 20.00 CNY, superseded by a larger one"));
  EXPECT_THAT(text, HasSubstr("below 99.9%: 500.00 CNY  "));
  const policy greatest = owing(
      credit +
      "\"5\"\ngreatest_of = [{ flat = { amount = \"1500\", below = \"99.9%\" } }, { flat = { rate = \"10%\", "
      "below = \"99.9%\" } }]\n");
  EXPECT_THAT(to_text(greatest, an_hour_down(greatest)), HasSubstr("below 99.9%: 1500.00 CNY"));
  const policy both = owing(
      credit +
      "\"5\"\nsum_of = [{ flat = { amount = \"500\", below = \"99.9%\" } }, { flat = { rate = \"10%\", below "
      "= \"99.9%\" } }]\n");
  EXPECT_THAT(to_text(both, an_hour_down(both)), HasSubstr(": 10% and 500.00 CNY  9000.00  1400.00"));
}

const std::string unnumbered = R"([[target]]
response = "1h"
[[target]]
clause = "2"
severity = "P2"
resolution = "unquantified"
[[target]]
clause = "3"
severity = "P1"
resolution = "4h"
)";

TEST(decides, C15_a_promise_without_a_number_is_listed_open_and_done) {
  const policy p = made(unnumbered);
  const auto all = incidents(p,
                             "open,C,2026-10-12 09:00,reported,P2,\n"
                             "done,C,2026-10-12 09:00,reported,P2,\ndone,C,2026-10-12 10:00,resolved,,\n"
                             "number,C,2026-10-12 09:00,reported,P1,\n");
  const statement s = october(p, all);
  ASSERT_EQ(s.incidents.size(), 3U);
  for (const judged_incident& i : s.incidents) {
    SCOPED_TRACE(i.id);
    const std::string json = to_json(p, i);
    if (i.id == "number") {
      EXPECT_THAT(json, Not(HasSubstr("promised without a number")));
    } else {
      EXPECT_THAT(json, HasSubstr("\"outcome\": \"promised without a number\""));
      EXPECT_THAT(json, HasSubstr("\"clause\": \"2\""));
    }
    EXPECT_EQ(json_syntax(json).check(), "");
  }
  const std::string text = to_text(p, s), line = "promised without a number (2)";
  const std::size_t first = text.find(line), second = text.find(line, first + 1);
  EXPECT_NE(second, std::string::npos) << text;
  EXPECT_EQ(text.find(line, second + 1), std::string::npos) << text;
}

TEST(decides, C15_a_review_lists_what_is_promised_without_a_number) {
  const policy p = made(unnumbered);
  export_log log;
  log.incidents = incidents(p,
                            "1,C,2026-10-12 09:00,reported,P2,\n2,C,2026-10-12 09:00,reported,P2,\n"
                            "number,C,2026-10-12 09:00,reported,P1,\n");
  const std::string text = to_text(p, review(p, log, log.incidents.at(0).facts.reported + 1h));
  EXPECT_THAT(text, HasSubstr("Promised without a number: 2\n"));
  EXPECT_THAT(text, ContainsRegex("        2  P2        resolution [^ ]*  2\n"));
  log.incidents.erase(log.incidents.begin(), log.incidents.begin() + 2);
  EXPECT_THAT(to_text(p, review(p, log, log.incidents.at(0).facts.reported)), Not(HasSubstr("without")));
}

TEST(decides, C15_an_explanation_names_the_row_that_promises_without_a_number) {
  const policy p = made(unnumbered);
  const auto all = incidents(p, "I,C,2026-10-12 09:00,reported,P2,\n");
  const explained_incident why = explain(p, all.at(0), all.at(0).facts.reported + 1h);
  ASSERT_EQ(why.clocks.size(), 2U);
  EXPECT_EQ(p.clock_name(why.clocks[1].judged.clock), "resolution");
  EXPECT_TRUE(why.clocks[1].steps.empty());
  const std::string text = to_text(p, why), json = to_json(p, why);
  EXPECT_THAT(text, HasSubstr(": promised without a number (2)\n"));
  EXPECT_THAT(text, HasSubstr("clause 2  unquantified"));
  EXPECT_THAT(json, HasSubstr("\"outcome\": \"promised without a number\""));
  EXPECT_EQ(json_syntax(json).check(), "");
}

const std::string desk = "[calendar.desk]\nhours = \"Mon-Fri 09:00-18:00\"\n";
const std::string waits =
    "[pause.cust]\nparty = \"customer\"\nstops = [\"resolution\"]\ncap = \"2h\"\n"
    "[clock.resolution]\nwarnings = [{ before = \"2h\" }]\n";

TEST(decides, C13_warnings_and_caps_are_in_the_unit_that_the_clock_counts) {
  const policy business = made(desk + waits + "[[target]]\ncalendar = \"desk\"\nresolution = \"20bh\"\n");
  EXPECT_THAT(to_text(business, promised{}), HasSubstr("warns at 2bh before due"));
  EXPECT_THAT(to_text(business, promised{}), HasSubstr("resolution  2bh\n"));
  EXPECT_THAT(to_json(business, promised{}), HasSubstr("\"cap\": \"2bh\""));
  const policy wall = made(waits + "[[target]]\nresolution = \"20h\"\n");
  EXPECT_THAT(to_text(wall, promised{}), HasSubstr("warns at 2h before due"));
  EXPECT_THAT(to_text(wall, promised{}), HasSubstr("resolution  2h\n"));
  const policy mixed = made(desk + waits +
                            "[[target]]\ncalendar = \"desk\"\nseverity = \"P1\"\nresolution = \"20h\"\n"
                            "[[target]]\ncalendar = \"desk\"\nseverity = \"P2\"\nresolution = \"20bh\"\n");
  EXPECT_THAT(to_text(mixed, promised{}), HasSubstr("warns at 2h of the clock's own time before due"));
  EXPECT_THAT(to_text(mixed, promised{}), HasSubstr("resolution  2h of the clock's own time\n"));
  const auto all = incidents(mixed,
                             "1,C,2026-10-12 09:00,reported,P1,\n"
                             "2,C,2026-10-12 09:00,reported,P2,\n");
  EXPECT_THAT(to_text(mixed, explain(mixed, all.at(0), all.at(0).facts.reported)),
              HasSubstr("  2h before due"));
  EXPECT_THAT(to_text(mixed, explain(mixed, all.at(1), all.at(1).facts.reported)),
              HasSubstr("  2bh before due"));
}

TEST(decides, C5_an_explanation_tells_when_a_cap_ran_out) {
  const policy p = made(desk + waits + "[[target]]\ncalendar = \"desk\"\nresolution = \"20bh\"\n");
  const auto all = incidents(p,
                             "I,C,2026-10-12 09:00,reported,P1,\nI,C,2026-10-12 16:00,pause,,cust\n"
                             "I,C,2026-10-13 12:00,resume,,cust\nI,C,2026-10-13 13:00,pause,,cust\n"
                             "I,C,2026-10-13 15:00,resolved,,\n");
  const explained_incident why = explain(p, all.at(0), all.at(0).facts.reported + 72h);
  const std::string text = to_text(p, why), json = to_json(p, why);
  EXPECT_THAT(text, HasSubstr("2026-10-13 09:00  runs on   the cap of 2bh on cust is used up"));
  EXPECT_THAT(text, HasSubstr("2026-10-13 13:00  runs on   the cap of 2bh on cust was used up before"));
  EXPECT_THAT(json, HasSubstr("\"cap_used_up_at\": \"2026-10-13T09:00:00+08:00\""));
  EXPECT_THAT(json, HasSubstr("\"cap_used_up_at\": \"2026-10-13T13:00:00+08:00\""));
}

TEST(decides, C5_a_cap_that_lasts_is_not_said_to_run_out) {
  const policy p = made(desk + waits + "[[target]]\ncalendar = \"desk\"\nresolution = \"4bh\"\n");
  // The second pause comes after due: the clock counts on, and no cap is why.
  const auto all = incidents(p,
                             "I,C,2026-10-12 09:00,reported,P1,\nI,C,2026-10-12 10:00,pause,,cust\n"
                             "I,C,2026-10-12 11:00,resume,,cust\nI,C,2026-10-12 15:00,pause,,cust\n"
                             "I,C,2026-10-13 15:00,resolved,,\n");
  const std::string text = to_text(p, explain(p, all.at(0), all.at(0).facts.reported + 72h));
  EXPECT_THAT(text, Not(HasSubstr("used up")));
}

TEST(decides, C5_an_explanation_tells_what_a_change_leaves_of_a_cap) {
  const std::string rows =
      "[[target]]\nseverity = \"P1\"\ncalendar = \"desk\"\nresolution = \"20bh\"\n"
      "[[target]]\nseverity = \"P2\"\ncalendar = \"desk\"\nresolution = \"30bh\"\n";
  const policy p = made(desk + waits + rows);
  const auto told = [&](const std::string& why, const std::string& then) {
    const auto all = incidents(p,
                               "I,C,2026-10-12 09:00,reported,P2,\nI,C,2026-10-12 "
                               "16:00,pause,,cust\nI,C,2026-10-12 17:00,changed,P1," +
                                   why + "\n" + then + "I,C,2026-10-13 15:00,resolved,,\n");
    const explained_incident i = explain(p, all.at(0), all.at(0).facts.reported + 72h);
    EXPECT_EQ(json_syntax(to_json(p, i)).check(), "");
    return to_text(p, i) + to_json(p, i);
  };
  // Measured again from the start an hour of the cap is used up, from the change none is.
  const std::string corrected = told("corrected", ""), worsened = told("worsened", "");
  EXPECT_THAT(corrected, HasSubstr("2026-10-12 17:00  pauses on      cust (customer): 1bh of its cap left"));
  EXPECT_THAT(corrected, HasSubstr("2026-10-12 18:00  runs on        the cap of 2bh on cust is used up"));
  EXPECT_THAT(corrected, HasSubstr("\"cap_left_seconds\": 3600"));
  EXPECT_THAT(corrected, HasSubstr("\"cap_used_up_at\": \"2026-10-12T18:00:00+08:00\""));
  EXPECT_THAT(worsened, HasSubstr("cust (customer): 2bh of its cap left"));
  EXPECT_THAT(worsened, HasSubstr("2026-10-13 10:00  runs on        the cap of 2bh on cust is used up"));
  // Whoever resumes first has some of it left.
  const std::string resumed = told("worsened", "I,C,2026-10-13 09:30,resume,,cust\n");
  EXPECT_THAT(resumed, HasSubstr("2bh of its cap left"));
  EXPECT_THAT(resumed, Not(HasSubstr("used up")));
}

// Each change of what a calendar is made of changes what `show` says, as text and as JSON.
TEST(decides, the_days_of_a_calendar_and_the_calendar_of_a_claim_are_shown) {
  const auto with = [](const std::string& calendar, const std::string& claim = "one") {
    return made(
        "[calendar.desk]\nhours = \"Mon-Fri 09:00-18:00\"\n" + calendar +
        "[calendar.one]\nhours = \"Mon-Fri 09:00-18:00\"\n[calendar.two]\nhours = \"Mon-Fri "
        "09:00-18:00\"\n[[availability]]\ntarget = \"99.9%\"\nwindow = \"calendar month\"\n" +
        credit +
        "\"5\"\nbelow = [[\"99.9%\", \"10%\"]]\nclaim = { within = \"2 months\", from_workday = 5, calendar "
        "= \"" +
        claim + "\", after = \"the month\" }\n");
  };
  const std::string days = "days = [{ date = 2026-02-17, kind = \"statutory\", name = \"year\" }]\n";
  const std::string set =
      "[calendar.desk.holidays]\nname = \"own\"\nknown_from = 2026-01-01\n"
      "known_through = 2026-12-31\n";
  std::vector<std::pair<std::string, std::string>> said;
  const auto add = [&](const policy& p) {
    said.emplace_back(to_text(p, promised{}), to_json(p, promised{}));
    EXPECT_EQ(json_syntax(said.back().second).check(), "");
  };
  add(with(""));
  add(with("", "two"));
  add(with("holidays = \"CN workdays\"\n"));
  add(with("holidays = \"CN statutory\"\n"));
  add(with(set + "closed = [\"statutory\"]\nmake_up = true\n" + days));
  add(with(set + "closed = [\"statutory\"]\nmake_up = false\n" + days));
  add(with(set + "closed = [\"statutory\", \"weekend\"]\nmake_up = true\n" + days));
  add(with(set + "closed = [\"statutory\"]\nmake_up = true\n" +
           "days = [{ date = 2026-02-18, kind = \"statutory\", name = \"year\" }]\n"));
  add(with("[[calendar.desk.exception]]\ndate = 2026-12-24\noff = true\n"));
  add(with("[[calendar.desk.exception]]\ndate = 2026-12-24\nworks_as = \"Mon\"\n"));
  add(with("[[calendar.desk.exception]]\nfrom = 2026-12-23\nthrough = 2026-12-24\noff = true\n"));
  add(with("[[calendar.desk.yearly]]\non = \"12-24\"\noff = true\n"));
  add(with("[[calendar.desk.yearly]]\non = \"12-24\"\nextra = \"18:00-20:00\"\n"));
  for (std::size_t a = 0; a < said.size(); ++a)
    for (std::size_t b = a + 1; b < said.size(); ++b) {
      EXPECT_NE(said[a].first, said[b].first) << a << ' ' << b;
      EXPECT_NE(said[a].second, said[b].second) << a << ' ' << b;
    }
  EXPECT_THAT(said[0].first, HasSubstr("from workday 5 on, by the calendar 'one'"));
  EXPECT_THAT(said[2].first,
              HasSubstr(": closed on statutory, bridging and weekend days, open on make-up days"));
  EXPECT_THAT(said[11].first, HasSubstr("every year, 12-24  off"));
}

TEST(decides, json_has_labels_rounding_and_the_rules_of_parts) {
  const policy p = made(
      "[label]\nP1 = \"the worst\"\na = \"all\"\n[compensation]\nrounding = \"ceil\"\npart_window = "
      "\"skip\"\nchanged_window = \"better\"\nchanged_fee = \"own fee\"\n[[availability]]\ntarget = "
      "\"99.9%\"\nwindow = \"calendar month\"\n" +
      credit + "\"5\"\nbelow = [[\"99.9%\", \"10%\"]]\n");
  const std::string json = to_json(p, promised{});
  EXPECT_THAT(json, HasSubstr("\"label\": \"the worst\""));
  EXPECT_THAT(json, HasSubstr("\"label\": \"all\""));
  EXPECT_THAT(json, HasSubstr("\"rounding\": \"ceil\""));
  EXPECT_THAT(json, HasSubstr("\"part_window\": \"skip\""));
  EXPECT_THAT(json, HasSubstr("\"changed_window\": \"better\""));
  EXPECT_THAT(json, HasSubstr("\"changed_fee\": \"own fee\""));
  EXPECT_THAT(to_text(p, promised{}),
              HasSubstr("a contract that changes inside a window: better, of the own fee"));
}

}  // namespace
}  // namespace decides_test
