// SPDX-License-Identifier: MIT
// What a row says of how a clock runs: each property from the most specific row that states it; option sets, channels,
// tiers that extend others, promises without a number.

#include <algorithm>
#include <chrono>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include <sla/core.hpp>
#include <sla/policy/policy_load.hpp>

namespace clock_options_test {
namespace {

using namespace sla;
using namespace std::chrono_literals;
using std::chrono::sys_days;

constexpr std::string_view head = R"(
policy = "options"
version = 2026-01-01
zone = "Asia/Shanghai"
currency = "CNY"
severities = ["P1", "P2"]
tiers = ["basic", "enterprise", "flagship"]
regions = ["urban", "suburban"]
channels = ["phone", "ticket"]

[calendar.workdays]
hours = "Mon-Fri 08:30-18:00"
cover = [2026, 2030]
[calendar.always]
hours = "24/7"
cover = [2026, 2030]
)";

loaded<policy> load(std::string_view rows) {
  return parse_policy("options.toml", std::string(head) + std::string(rows), ".");
}
policy of(std::string_view rows) {
  auto made = load(rows);
  EXPECT_TRUE(made.has_value()) << made.diagnostics().print();
  return std::move(made).value();
}
std::string faults(std::string_view rows) {
  const auto made = load(rows);
  EXPECT_FALSE(made.has_value());
  return made.diagnostics().print();
}
clock_terms terms(const policy& p, const incident_names& n, std::string_view clock) {
  return p.terms(p.facts(n))[p.clock(clock)];
}
const incident_names p1_urban{.severity = "P1", .tier = "basic", .region = "urban", .channel = "phone"};
const incident_names p1_suburban{.severity = "P1", .tier = "basic", .region = "suburban", .channel = "phone"};

TEST(clock_options, each_property_comes_from_the_most_specific_row_that_states_it) {
  const policy p = of(R"(
[[target]]
clause = "1"
severity = "P1"
onsite = { within = "1h", starts = ["remote_impossible"], warnings = [{ at = "50%" }] }
[[target]]
clause = "2"
severity = "P1"
region = "suburban"
onsite = "2h"
[[target]]
clause = "3"
region = "suburban"
onsite = { confirmation = "24h", change = "carry" }
)");
  const clock_terms urban = terms(p, p1_urban, "onsite"), suburban = terms(p, p1_suburban, "onsite");
  EXPECT_EQ(urban.limit, time_limit(1h));
  EXPECT_EQ(urban.starts, moment_set(moment::remote_impossible));
  EXPECT_EQ(urban.warnings.size(), 1u);
  EXPECT_FALSE(urban.confirmation);
  EXPECT_EQ(urban.changing, on_change::by_cause);
  // The limit of clause 2, the moments and the warning of clause 1, the rest of clause 3.
  EXPECT_EQ(suburban.limit, time_limit(2h));
  EXPECT_EQ(suburban.starts, moment_set(moment::remote_impossible));
  EXPECT_EQ(suburban.warnings.size(), 1u);
  EXPECT_EQ(suburban.confirmation, time_limit(24h));
  EXPECT_EQ(suburban.changing, on_change::carry);

  const facts f = p.facts(p1_suburban);
  const auto rows = p.considered({f.tier, f.channel, f.at_report}, p.clock("onsite"));
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_FALSE(rows[0].gives_limit);
  EXPECT_EQ(rows[0].gives, (std::vector<std::string_view>{"starts", "warnings"}));
  EXPECT_TRUE(rows[1].gives_limit);
  EXPECT_EQ(rows[2].options, (std::vector<std::string_view>{"confirmation", "change"}));
  EXPECT_EQ(rows[2].gives, (std::vector<std::string_view>{"confirmation", "change"}));
  EXPECT_FALSE(rows[2].limit);
}

TEST(clock_options, a_row_takes_back_what_a_less_specific_one_asks_for) {
  const policy p = of(R"(
[clock.resolution]
confirmation = "24h"
leave_open = true
[clock.response]
leave_open = true
[[target]]
resolution = "4h"
response = "1h"
[[target]]
severity = "P1"
resolution = { confirmation = "none" }
response = { leave_open = false }
)");
  const incident_names p2{.severity = "P2", .tier = "basic", .region = "urban", .channel = "phone"};
  EXPECT_EQ(terms(p, p2, "resolution").confirmation, time_limit(24h));
  EXPECT_FALSE(terms(p, p1_urban, "resolution").confirmation);
  EXPECT_TRUE(terms(p, p2, "response").closed_by.empty());
  EXPECT_TRUE(terms(p, p1_urban, "response").closed_by.contains(moment::resolved));
  // What may be rejected is what is confirmed, cell by cell.
  EXPECT_TRUE(terms(p, p2, "response").rejectable.contains(moment::resolved));
  EXPECT_TRUE(terms(p, p1_urban, "response").rejectable.empty());
}

TEST(clock_options, equally_specific_rows_that_disagree_are_an_error_that_names_the_property) {
  const std::string said = faults(R"(
[[target]]
clause = "1"
severity = "P1"
onsite = { within = "1h", change = "carry" }
[[target]]
clause = "2"
region = "urban"
onsite = { change = "restart" }
)");
  EXPECT_NE(said.find("'change' of onsite of P1 basic urban phone is stated by clause 1 and by clause 2"),
            std::string::npos)
      << said;
  EXPECT_NE(said.find("options.toml:25:21"), std::string::npos) << said;
  EXPECT_EQ(said.find("tied-targets"), said.rfind("tied-targets")) << said;
}

// Wednesday 2026-10-14 10:00, two business days.
instant due_of(const policy& p, const incident_names& n) {
  const instant reported(sys_days(2026y / 10 / 14) + 2h);
  facts f = p.facts(n);
  f.reported = reported;
  for (const verdict& v : assess(p, f, {}, reported))
    if (v.clock == p.clock("resolution") && v.due) return *v.due;
  ADD_FAILURE() << "no due instant";
  return {};
}
instant friday(std::chrono::seconds local) { return instant(sys_days(2026y / 10 / 16)) + (local - 8h); }

TEST(clock_options, C10_what_a_reopening_does_may_depend_on_the_tier_and_not_on_the_grade) {
  const std::string said = faults(
      "[[target]]\nseverity = \"P1\"\nresolution = { within = \"1h\", reopen = \"continue, closed time "
      "counted\" }\n");
  EXPECT_NE(said.find("[reopen-by-grade]"), std::string::npos) << said;
  const std::string stops = faults(R"(
[clock.resolution]
reopen = "continue, closed time excluded"
[[target]]
resolution = "4h"
[[target]]
severity = "P1"
resolution = { confirmation = "24h" }
)");
  EXPECT_NE(stops.find("'confirmation' of resolution differs between grades"), std::string::npos) << stops;
  const policy p = of(R"(
[[target]]
resolution = "4h"
[[target]]
tier = "flagship"
resolution = { reopen = "continue, closed time counted" }
)");
  incident_names n = p1_urban;
  EXPECT_EQ(terms(p, n, "resolution").reopening, on_reopen::new_cycle);
  n.tier = "flagship";
  EXPECT_EQ(terms(p, n, "resolution").reopening, on_reopen::continue_counting_closed);
}

TEST(clock_options, T13_business_days_end_where_the_row_the_clock_or_the_policy_says) {
  constexpr std::string_view row = "[[target]]\ncalendar = \"workdays\"\nresolution = \"2bd\"\n";
  EXPECT_EQ(due_of(of(row), p1_urban), friday(18h));
  EXPECT_EQ(due_of(of("[clock.resolution]\ndays = \"same time\"\n" + std::string(row)), p1_urban),
            friday(10h));
  EXPECT_EQ(due_of(of("[clock.resolution]\ndays = \"12:00\"\n" + std::string(row)), p1_urban), friday(12h));
  EXPECT_EQ(due_of(of("[clock.resolution]\ndays = \"closing\"\n" + std::string(row)), p1_urban), friday(18h));
  EXPECT_EQ(due_of(of("[clock.resolution]\noptions = \"days to the hour\"\n" + std::string(row)), p1_urban),
            friday(10h));
  EXPECT_EQ(
      due_of(of("[[target]]\ncalendar = \"workdays\"\nresolution = { within = \"2bd\", days = \"12:00\" }\n"),
             p1_urban),
      friday(12h));
}

TEST(clock_options, options_of_all_clocks_stand_below_those_of_one) {
  auto made = parse_policy("options.toml",
                           "options = [\"elapsed carried over\", \"ours\"]\n" + std::string(head) + R"(
[option_set.ours]
due = "next opening"
warnings = [{ at = "75%", level = 1 }]
[clock.resolution]
change = "restart"
[[target]]
calendar = "workdays"
resolution = "4bh"
response = "1bh"
)",
                           ".");
  ASSERT_TRUE(made.has_value()) << made.diagnostics().print();
  const policy& p = made.value();
  EXPECT_EQ(terms(p, p1_urban, "resolution").changing, on_change::restart);
  EXPECT_EQ(terms(p, p1_urban, "response").changing, on_change::carry);
  EXPECT_EQ(terms(p, p1_urban, "response").landing, due_at::next_opening);
  EXPECT_EQ(terms(p, p1_urban, "resolution").warnings.size(), 1u);
}

TEST(clock_options, every_ready_set_changes_what_it_is_named_for) {
  const auto with = [](std::string_view set) {
    return terms(of("[clock.update]\noptions = \"" + std::string(set) +
                    "\"\n[[target]]\ncalendar = \"workdays\"\nupdate = \"2bd\"\n"),
                 p1_urban, "update");
  };
  EXPECT_EQ(with("retroactive start").changing, on_change::remeasure);
  EXPECT_EQ(with("elapsed carried over").changing, on_change::carry);
  EXPECT_EQ(with("restarted on change").changing, on_change::restart);
  EXPECT_EQ(with("reopening continues").reopening, on_reopen::continue_excluding_closed);
  EXPECT_EQ(with("reopening never closed").reopening, on_reopen::continue_counting_closed);
  EXPECT_EQ(with("due at the next opening").landing, due_at::next_opening);
  EXPECT_EQ(with("days to the hour").days, business_day_rule::same_time());
  EXPECT_EQ(with("updates on a grid").updates, next_update::on_grid);
  EXPECT_TRUE(with("every stage by itself").closed_by.empty());
  EXPECT_EQ(sla::detail::ready_option_sets.size(), 9u);  // each is above
}

TEST(clock_options, sets_that_disagree_are_unknown_or_empty_are_told_all_at_once) {
  const std::string said = faults(R"(
[option_set.ours]
[option_set."restarted on change"]
due = "closing"
[clock.resolution]
options = ["retroactive start", "elapsed carried over", "days to the our"]
[clock.response]
options = ["retroactive start", "elapsed carried over"]
change = "restart"
[[target]]
resolution = { within = "4h", options = "none" }
response = "1h"
)");
  for (const std::string_view part :
       {"option set 'ours' states nothing", "every policy has an option set 'restarted on change' already",
        "option sets 'retroactive start' and 'elapsed carried over' state 'change' unequally",
        "unknown option set 'days to the our'", "did you mean 'days to the hour'?",
        "unknown option set 'none'"})
    EXPECT_NE(said.find(part), std::string::npos) << part << "\n" << said;
  // The response states its own, so the sets need not agree.
  EXPECT_EQ(said.find("options-disagree"), said.rfind("options-disagree")) << said;
}

TEST(clock_options, a_grid_of_updates_needs_a_clock_that_repeats) {
  EXPECT_NE(faults("[[target]]\nonsite = { within = \"1h\", updates = \"on a grid\" }\n")
                .find("no-repeating-clock"),
            std::string::npos);
}

TEST(clock_options, C12_a_channel_selects_and_the_first_report_brings_it) {
  const policy p = of(R"(
[[target]]
response = "30min"
[[target]]
channel = "phone"
response = "10min"
)");
  incident_names ticket = p1_urban;
  ticket.channel = "ticket";
  EXPECT_EQ(terms(p, p1_urban, "response").limit, time_limit(10min));
  EXPECT_EQ(terms(p, ticket, "response").limit, time_limit(30min));
  // A change of grade keeps it.
  facts f = p.facts(p1_urban);
  f.reported = instant(sys_days(2026y / 10 / 14));
  const event log[]{event::change(f.reported + 1min, {1, 1, 0}, change_cause::corrected)};
  for (const verdict& v : assess(p, f, log, f.reported + 2min)) EXPECT_EQ(v.due, f.reported + 10min);
  EXPECT_THROW((void)p.facts({.severity = "P1", .tier = "basic", .region = "urban", .channel = "fax"}),
               sla::error);
}

TEST(clock_options, C12_records_state_the_channel_of_the_first_report) {
  const policy p =
      of("[[target]]\nresponse = \"30min\"\n[[target]]\nchannel = \"phone\"\nresponse = \"10min\"\n");
  const std::vector<contract> contracts{{.id = "C1", .tier = 0, .region = 0}};
  const auto read = [&](std::string rows) {
    return parse_incidents(p, contracts, "i.csv", "incident,contract,at,event,severity,channel\n" + rows);
  };
  const auto good =
      read("I1,C1,2026-10-14 10:05,reported,P1,ticket\nI1,C1,2026-10-14 10:00,reported,P1,phone\n");
  ASSERT_TRUE(good.has_value()) << good.diagnostics().print();
  EXPECT_EQ(good.value().front().facts.channel, *p.find_channel("phone"));
  const std::string missing = read("I1,C1,2026-10-14 10:00,reported,P1,\n").diagnostics().print();
  EXPECT_NE(missing.find("states no channel, expected one of phone, ticket"), std::string::npos) << missing;
  const std::string unused =
      read("I1,C1,2026-10-14 10:00,reported,P1,phone\nI1,C1,2026-10-14 10:01,responded,,phone\n")
          .diagnostics()
          .print();
  EXPECT_NE(unused.find("'responded' takes no channel"), std::string::npos) << unused;
}

TEST(clock_options, a_tier_that_extends_another_is_promised_what_its_own_rows_leave_open) {
  const policy p = of(R"(
[tier.enterprise]
extends = "basic"
[tier.flagship]
extends = "enterprise"
[[target]]
response = "4h"
[[target]]
tier = "basic"
severity = "P1"
response = "1h"
resolution = "8h"
[[target]]
tier = "enterprise"
response = "30min"
[[availability]]
tier = "basic"
window = "calendar month"
target = "99.9%"
minimum = "over 5min"
[[availability]]
tier = "enterprise"
target = "99.99%"
[[credit]]
metric = "availability"
tier = "basic"
below = [["99.9%", "10%"]]
base = "monthly fee"
[[cap]]
tier = "basic"
per = "month"
share = "50%"
of = "monthly fee"
)");
  incident_names n = p1_urban;
  for (const std::string_view tier : {"enterprise", "flagship"}) {
    n.tier = tier;
    n.severity = "P1";
    // The enterprise row is less specific than the basic one, but it is the tier's own.
    EXPECT_EQ(terms(p, n, "response").limit, time_limit(30min));
    EXPECT_EQ(terms(p, n, "resolution").limit, time_limit(8h));
    n.severity = "P2";
    EXPECT_EQ(terms(p, n, "response").limit, time_limit(30min));
    EXPECT_FALSE(terms(p, n, "resolution").promised);
    const std::size_t t = *p.find_tier(tier);
    EXPECT_EQ(p.availability(t).target, ratio(9999, 10000));
    EXPECT_EQ(p.availability(t).rules.minimum.length, 5min);
    EXPECT_EQ(p.credits(t).size(), 1u);
    EXPECT_EQ(p.caps(t).size(), 1u);
  }
  n.tier = "basic";
  EXPECT_EQ(terms(p, n, "response").limit, time_limit(4h));
  EXPECT_EQ(p.availability(0).target, ratio(999, 1000));
}

TEST(clock_options, tiers_that_extend_themselves_or_nobody_are_told_all_at_once) {
  const std::string said = faults(R"(
[tier.basic]
extends = "flagship"
[tier.flagship]
extends = "enterprise"
[tier.enterprise]
extends = "basic"
[tier.gold]
extends = "flagshop"
[[target]]
response = "1h"
)");
  for (const std::string_view part :
       {"a tier cannot extend itself: enterprise -> basic -> flagship -> enterprise", "unknown tier 'gold'",
        "unknown tier 'flagshop'", "did you mean 'flagship'?"})
    EXPECT_NE(said.find(part), std::string::npos) << part << "\n" << said;
}

TEST(clock_options, a_promise_without_a_number_is_said_and_never_judged) {
  const policy p = of(R"(
[[target]]
response = "1h"
resolution = "unquantified"
[[target]]
severity = "P1"
clause = "as soon as possible"
response = { within = "unquantified" }
)");
  const facts f = p.facts(p1_urban);
  const cell_key at{f.tier, f.channel, f.at_report};
  EXPECT_TRUE(p.unquantified(at, p.clock("response")));
  EXPECT_TRUE(p.unquantified(at, p.clock("resolution")));
  EXPECT_EQ(p.origin(at, p.clock("response"))->clause, "as soon as possible");
  EXPECT_FALSE(terms(p, p1_urban, "response").promised);
  for (const verdict& v : assess(p, f, {}, instant(sys_days(2026y / 10 / 14))))
    EXPECT_EQ(v.outcome, outcome::not_applicable);
  incident_names p2 = p1_urban;
  p2.severity = "P2";
  EXPECT_EQ(terms(p, p2, "response").limit, time_limit(1h));
  const auto rows = p.considered(at, p.clock("response"));
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_TRUE(rows[1].unquantified && rows[1].gives_limit);
}

TEST(clock_options, a_calendar_of_one_clock_stands_before_that_of_its_row) {
  const policy p = of(R"(
[[target]]
calendar = "workdays"
response = "1bh"
resolution = { within = "4bh", calendar = "always" }
)");
  EXPECT_EQ(terms(p, p1_urban, "response").calendar, p.calendar("workdays"));
  EXPECT_EQ(terms(p, p1_urban, "resolution").calendar, p.calendar("always"));
}

TEST(clock_options, T14_a_cut_off_of_every_clock_leaves_those_on_the_wall_clock_alone) {
  const policy p = of(R"(
[option_set.ours]
cut_off = "16:30"
[clock.response]
options = "ours"
[[target]]
calendar = "workdays"
response = "1bh"
)");
  EXPECT_EQ(terms(p, p1_urban, "response").cut_off, 16h + 30min);
  EXPECT_NE(faults("[[target]]\nresponse = { within = \"1h\", cut_off = \"16:30\" }\n")
                .find("cut-off-without-calendar"),
            std::string::npos);
  auto all = parse_policy("o.toml", "options = [\"ours\"]\n" + std::string(head) + R"(
[option_set.ours]
cut_off = "16:30"
[[target]]
calendar = "workdays"
response = "1bh"
onsite = "1h"
)",
                          ".");
  ASSERT_TRUE(all.has_value()) << all.diagnostics().print();
  EXPECT_EQ(terms(all.value(), p1_urban, "response").cut_off, 16h + 30min);
  EXPECT_FALSE(terms(all.value(), p1_urban, "onsite").cut_off);
}

TEST(clock_options, C12_a_clock_that_stops_wherever_it_starts_is_a_fault_of_values_too) {
  static constexpr std::string_view severities[]{"P1"}, tiers[]{"all"}, done[]{"resolved"},
      either[]{"reported", "resolved"}, sent[]{"sent"};
  static constexpr limit_spec limits[]{{"own", 1h}};
  static constexpr target_spec targets[]{{.limits = limits}};
  const auto codes = [](const clock_options& how) {
    const clock_spec clocks[]{{.name = "own", .how = how}};
    policy_spec spec{.name = "values", .version = 2026y / 1 / 1, .severities = severities, .tiers = tiers};
    spec.targets = targets;
    spec.clocks = clocks;
    std::vector<spec_fault> faults;
    const bool sound = policy::compile(spec, faults).has_value();
    EXPECT_EQ(sound, faults.empty());
    std::string out;
    for (const spec_fault& f : faults)
      out += f.section + '[' + std::to_string(f.row) + "]." + f.key + ' ' + f.code + '\n';
    return out;
  };
  EXPECT_EQ(codes({.starts = done, .stops = done}), "clock[0].starts stops-where-it-starts\n");
  EXPECT_EQ(codes({.starts = done, .stops = either}), "clock[0].starts stops-where-it-starts\n");
  EXPECT_EQ(codes({.starts = done, .stops = sent, .ends = done}), "clock[0].starts stops-where-it-starts\n");
  EXPECT_EQ(codes({.stops = either}), "clock[0]. missing-moments\n") << "what is missing is told alone";
  // One moment of several may do both; one update may be the first of many.
  EXPECT_EQ(codes({.starts = either, .stops = done}), "");
  EXPECT_EQ(codes({.starts = sent, .stops = sent, .ends = done}), "");
}

}  // namespace
}  // namespace clock_options_test
