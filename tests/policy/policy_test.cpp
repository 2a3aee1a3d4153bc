// SPDX-License-Identifier: MIT
// The decision table: which row gives a cell its limit, and what a declaration may not say.

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include <sla/calendar/china.hpp>
#include <sla/policy/assess.hpp>
#include <sla/policy/policy.hpp>

namespace policy_test {
namespace {

using namespace sla;
using namespace sla::literals;
using namespace std::chrono_literals;

constexpr std::string_view severities[]{"P1", "P2"};
constexpr std::string_view tiers[]{"basic", "flagship"};
constexpr std::string_view regions[]{"urban", "suburban"};
constexpr std::string_view categories[]{"software", "hardware"};
constexpr std::string_view causes[]{"fault", "maintenance"};

constexpr limit_spec p1[]{{"response", 10min}, {"onsite", 1h}};
constexpr limit_spec p1_suburban[]{{"onsite", 2h}};
constexpr limit_spec p1_flagship[]{{"response", 5min}};
constexpr limit_spec any_resolution[]{{"resolution", 24h}};

policy_spec base(std::span<const target_spec> targets, std::span<const named_calendar_spec> calendars = {}) {
  policy_spec s;
  s.name = "test";
  s.version = 2026y / 1 / 1;
  s.home = zone::fixed("Asia/Shanghai", 8h);
  s.severities = severities;
  s.tiers = tiers;
  s.regions = regions;
  s.targets = targets;
  s.calendars = calendars;
  return s;
}

named_calendar_spec workdays() {
  return {"workdays",
          {.zone = zone::fixed("Asia/Shanghai", 8h),
           .hours = "Mon-Fri 08:30-18:00"_hours,
           .holidays = china_workdays(),
           .cover = {2023y, 2041y}}};
}

std::vector<spec_fault> faults_of(const policy_spec& s) {
  std::vector<spec_fault> faults;
  const auto made = policy::compile(s, faults);
  EXPECT_EQ(made.has_value(),
            std::ranges::none_of(faults, [](const auto& f) { return f.level == gravity::error; }));
  return faults;
}

std::vector<std::string> codes(const std::vector<spec_fault>& faults) {
  std::vector<std::string> out;
  for (const auto& f : faults)
    out.push_back(f.section + (f.section.empty() ? "" : "[" + std::to_string(f.row) + "].") + f.key + ": " +
                  f.code);
  return out;
}

time_limit limit(const policy& p, std::string_view severity, std::string_view tier, std::string_view region,
                 std::string_view clock) {
  const facts f = p.facts({.severity = severity, .tier = tier, .region = region});
  return p.terms(f)[p.clock(clock)].limit;
}

TEST(policy, each_property_comes_from_the_most_specific_row_that_states_it) {
  const target_spec rows[]{
      {.clause = "1", .limits = any_resolution},
      {.clause = "2", .severity = "P1", .limits = p1},
      {.clause = "3", .severity = "P1", .region = "suburban", .limits = p1_suburban},
      {.clause = "4", .severity = "P1", .tier = "flagship", .limits = p1_flagship},
  };
  const policy p(base(rows));
  EXPECT_EQ(limit(p, "P1", "basic", "urban", "response"), time_limit(10min));
  EXPECT_EQ(limit(p, "P1", "flagship", "urban", "response"), time_limit(5min));
  EXPECT_EQ(limit(p, "P1", "flagship", "suburban", "response"), time_limit(5min));
  EXPECT_EQ(limit(p, "P1", "flagship", "suburban", "onsite"), time_limit(2h));
  EXPECT_EQ(limit(p, "P1", "flagship", "urban", "onsite"), time_limit(1h));
  EXPECT_EQ(limit(p, "P2", "basic", "urban", "resolution"), time_limit(24h));

  const facts f = p.facts({.severity = "P1", .tier = "flagship", .region = "suburban"});
  EXPECT_EQ(p.origin({f.tier, f.channel, f.at_report}, p.clock("response"))->clause, "4");
  EXPECT_EQ(p.origin({f.tier, f.channel, f.at_report}, p.clock("onsite"))->clause, "3");
  EXPECT_EQ(p.origin({f.tier, f.channel, f.at_report}, p.clock("resolution"))->clause, "1");
}

TEST(policy, C15_a_cell_without_a_limit_promises_nothing) {
  const target_spec rows[]{{.clause = "2", .severity = "P1", .limits = p1}};
  const policy p(base(rows));
  const facts f = p.facts({.severity = "P2", .tier = "basic", .region = "urban"});
  EXPECT_FALSE(p.terms(f)[p.clock("response")].promised);
  EXPECT_FALSE(p.origin({f.tier, f.channel, f.at_report}, p.clock("response")).has_value());
}

TEST(policy, equally_specific_rows_that_disagree_are_a_fault_in_any_order) {
  const target_spec by_tier{.clause = "4", .tier = "flagship", .limits = p1_flagship};
  const target_spec by_severity{.clause = "2", .severity = "P1", .limits = p1};
  for (const auto& rows : {std::vector{by_tier, by_severity}, std::vector{by_severity, by_tier}}) {
    const auto faults = faults_of(base(rows));
    ASSERT_EQ(faults.size(), 1u);
    EXPECT_EQ(faults[0].code, "tied-targets");
    EXPECT_EQ(faults[0].key, "response");
    EXPECT_NE(faults[0].message.find("clause 2"), std::string::npos);
    EXPECT_NE(faults[0].message.find("clause 4"), std::string::npos);
  }
}

TEST(policy, equally_specific_rows_that_agree_are_no_fault) {
  const target_spec rows[]{{.clause = "2", .severity = "P1", .limits = p1},
                           {.clause = "4", .tier = "flagship", .limits = p1}};
  EXPECT_TRUE(faults_of(base(rows)).empty());
}

TEST(policy, a_tie_that_a_more_specific_row_decides_is_no_fault) {
  const target_spec rows[]{{.clause = "2", .severity = "P1", .limits = p1},
                           {.clause = "4", .tier = "flagship", .limits = p1_flagship},
                           {.clause = "5", .severity = "P1", .tier = "flagship", .limits = p1}};
  EXPECT_TRUE(faults_of(base(rows)).empty());
}

TEST(policy, T13_business_time_needs_a_calendar) {
  constexpr limit_spec business[]{{"resolution", 4_bh}};
  const target_spec without[]{{.clause = "3.2", .severity = "P2", .limits = business}};
  EXPECT_EQ(codes(faults_of(base(without))),
            std::vector<std::string>{"target[0].resolution: missing-calendar"});

  const target_spec unknown[]{{.clause = "3.2", .severity = "P2", .calendar = "workday", .limits = business}};
  const named_calendar_spec calendars[]{workdays()};
  const auto faults = faults_of(base(unknown, calendars));
  ASSERT_EQ(codes(faults), std::vector<std::string>{"target[0].calendar: unknown-calendar"});
  EXPECT_EQ(faults[0].message,
            "unknown calendar 'workday', expected one of workdays; did you mean 'workdays'?");

  const target_spec with[]{{.clause = "3.2", .severity = "P2", .calendar = "workdays", .limits = business}};
  const policy p(base(with, calendars));
  const facts f = p.facts({.severity = "P2", .tier = "basic", .region = "urban"});
  EXPECT_EQ(p.terms(f)[p.clock("resolution")].calendar, p.calendar("workdays"));
}

TEST(policy, a_rows_calendar_is_that_of_the_clocks_it_speaks_of) {
  constexpr limit_spec both[]{{"response", 4_bh}, {"resolution", 8_bh}};
  constexpr limit_spec quick[]{{"response", 2_bh}};
  constexpr limit_spec visit[]{{"onsite", 4_bh}};
  named_calendar_spec always = workdays();
  always.name = "always";
  always.calendar.hours = "24/7"_hours;
  const named_calendar_spec calendars[]{workdays(), always};
  const target_spec targets[]{
      {.clause = "A", .severity = "P1", .calendar = "workdays", .limits = both},
      {.clause = "B", .severity = "P1", .tier = "flagship", .calendar = "always", .limits = quick},
      // Equally specific, of different clocks: no contradiction.
      {.clause = "C", .severity = "P2", .calendar = "workdays", .limits = quick},
      {.clause = "D", .severity = "P2", .calendar = "always", .limits = visit},
  };
  const policy p(base(targets, calendars));
  const auto hours = [&](const char* severity, const char* tier, const char* clock) {
    return p.terms(p.facts({.severity = severity, .tier = tier, .region = "urban"}))[p.clock(clock)].calendar;
  };
  EXPECT_EQ(hours("P1", "flagship", "response"), p.calendar("always"));
  EXPECT_EQ(hours("P1", "flagship", "resolution"), p.calendar("workdays")) << "B says nothing of resolution";
  EXPECT_EQ(hours("P2", "basic", "response"), p.calendar("workdays"));
  EXPECT_EQ(hours("P2", "basic", "onsite"), p.calendar("always"));
  const cell_key flagship{*p.find_tier("flagship"), 0, {}};
  for (const considered_row& r : p.considered(flagship, p.clock("resolution")))
    EXPECT_EQ(r.gives_calendar, r.clause == "A") << r.clause;

  // A row of other clocks is asked where no row states a calendar for this one; a row of no clock is of all.
  const target_spec last[]{{.clause = "A", .severity = "P1", .calendar = "workdays", .limits = quick},
                           {.clause = "B", .severity = "P1", .limits = visit}};
  const policy q(base(last, calendars));
  EXPECT_EQ(
      q.terms(q.facts({.severity = "P1", .tier = "basic", .region = "urban"}))[q.clock("onsite")].calendar,
      q.calendar("workdays"));
  const target_spec of_all[]{last[0], last[1], {.severity = "P1", .tier = "basic", .calendar = "always"}};
  const policy r(base(of_all, calendars));
  EXPECT_EQ(
      r.terms(r.facts({.severity = "P1", .tier = "basic", .region = "urban"}))[r.clock("onsite")].calendar,
      r.calendar("always"));
}

TEST(policy, an_elapsed_limit_runs_on_the_wall_clock_beside_a_calendar) {
  const target_spec rows[]{{.clause = "2", .severity = "P1", .calendar = "workdays", .limits = p1}};
  const named_calendar_spec calendars[]{workdays()};
  const policy p(base(rows, calendars));
  const facts f = p.facts({.severity = "P1", .tier = "basic", .region = "urban"});
  EXPECT_EQ(p.terms(f)[p.clock("response")].calendar, nullptr);
}

TEST(policy, all_faults_are_reported_at_once) {
  constexpr limit_spec strange[]{{"respons", 10min}};
  const target_spec rows[]{{.clause = "1", .severity = "P9", .tier = "gold", .limits = strange},
                           {.clause = "2", .region = "moon", .limits = p1}};
  constexpr std::string_view stops[]{"repair"};
  const pause_spec pauses[]{{.name = "supplier", .by = party::vendor, .stops = stops, .cap = time_limit(8h)}};
  const availability_spec availability[]{{.clause = "4", .tier = "silver", .target = 101_pct}};
  const cap_spec caps[]{{.clause = "5"}};
  policy_spec s = base(rows);
  s.pauses = pauses;
  s.availability = availability;
  s.caps = caps;
  EXPECT_EQ(codes(faults_of(s)),
            (std::vector<std::string>{"pause[0].stops: unknown-clock", "pause[0].cap: cap-without-customer",
                                      "target[0].severity: unknown-severity", "target[0].tier: unknown-tier",
                                      "target[0].respons: unknown-clock", "target[1].region: unknown-region",
                                      "availability[0].tier: unknown-tier",
                                      "availability[0].target: bad-target", "cap[0].share: cap-needs-one"}));
  EXPECT_THROW(policy{s}, error);
}

TEST(policy, unknown_facts_are_named_all_at_once) {
  const target_spec rows[]{{.clause = "2", .severity = "P1", .limits = p1}};
  const policy p(base(rows));
  try {
    (void)p.facts({.severity = "P9", .tier = "gold", .region = "urban"});
    FAIL() << "an unknown severity was accepted";
  } catch (const error& e) {
    EXPECT_STREQ(e.what(),
                 "unknown severity 'P9', expected one of P1, P2; did you mean 'P1'?\n"
                 "unknown tier 'gold', expected one of basic, flagship");
  }
}

TEST(policy, names_that_repeat_or_are_empty_are_faults) {
  constexpr std::string_view twice[]{"P1", "P1", ""};
  policy_spec s = base({});
  s.severities = twice;
  EXPECT_EQ(codes(faults_of(s)),
            (std::vector<std::string>{"severities: repeated-name", "severities: empty-name"}));
}

TEST(policy, a_policy_without_regions_and_categories_has_one_nameless_cell) {
  const target_spec rows[]{{.clause = "2", .severity = "P1", .limits = p1}};
  policy_spec s = base(rows);
  s.regions = {};
  const policy p(s);
  const facts f = p.facts({.severity = "P1", .tier = "basic"});
  EXPECT_EQ(p.terms(f)[p.clock("onsite")].limit, time_limit(1h));
  EXPECT_TRUE(p.regions().empty());
}

TEST(policy, categories_select_rows) {
  const target_spec rows[]{{.clause = "2", .severity = "P1", .limits = p1},
                           {.clause = "3", .severity = "P1", .category = "hardware", .limits = p1_suburban}};
  policy_spec s = base(rows);
  s.categories = categories;
  const policy p(s);
  const facts f = p.facts({.severity = "P1", .tier = "basic", .region = "urban", .category = "hardware"});
  EXPECT_EQ(p.terms(f)[p.clock("onsite")].limit, time_limit(2h));
}

TEST(policy, C12_a_clock_of_its_own_names_its_moments) {
  constexpr std::string_view starts[]{"reported"}, stops[]{"parts_delivered"};
  constexpr limit_spec parts[]{{"spare_parts", 24h}};
  const target_spec rows[]{{.clause = "6", .severity = "P2", .limits = parts}};
  const clock_spec clocks[]{{.name = "spare_parts", .how = {.starts = starts, .stops = stops}}};
  policy_spec s = base(rows);
  EXPECT_EQ(codes(faults_of(s)), std::vector<std::string>{"target[0].spare_parts: unknown-clock"});
  s.clocks = clocks;
  const policy p(s);
  const auto delivered = p.find_moment("parts_delivered");
  ASSERT_TRUE(delivered.has_value());
  const facts f = p.facts({.severity = "P2", .tier = "basic", .region = "urban"});
  EXPECT_TRUE(p.terms(f)[p.clock("spare_parts")].stops.contains(*delivered));
}

TEST(policy, a_calendar_with_faults_is_reported_with_its_place) {
  named_calendar_spec broken = workdays();
  broken.calendar.cover = {2041y, 2024y};
  const named_calendar_spec calendars[]{workdays(), broken};
  const auto faults = faults_of(base({}, calendars));
  ASSERT_EQ(codes(faults),
            (std::vector<std::string>{"calendar[1].: repeated-name", "calendar[1].cover: bad-cover"}));
}

// --- money and availability ------------------------------------------------------------------------------------------

TEST(policy, a_tiers_own_credits_replace_those_of_all_tiers_metric_by_metric) {
  constexpr step mild[]{{99.9_pct, 10_pct}}, strict[]{{99.99_pct, 10_pct}}, kept[]{{95_pct, 5_pct}};
  const target_spec rows[]{{.clause = "2", .severity = "P1", .limits = p1}};
  const credit_spec credits[]{
      {.clause = "5.1", .below = mild},
      {.clause = "5.2", .tier = "flagship", .below = strict},
      {.clause = "5.3", .metric = {metric_kind::attainment, "response"}, .below = kept}};
  policy_spec s = base(rows);
  s.credits = credits;
  const policy p(s);
  ASSERT_EQ(p.credits(0).size(), 2u);
  EXPECT_EQ(p.credits(0)[0].clause, "5.1");
  EXPECT_EQ(p.credits(0)[1].metric, attainment_metric(p.clock("response")));
  ASSERT_EQ(p.credits(1).size(), 2u);
  EXPECT_EQ(p.credits(1)[0].clause, "5.2");
  EXPECT_EQ(p.credits(1)[0].metric, availability_metric);
}

TEST(policy, M3_doubtful_tables_are_warned_about_and_compile) {
  constexpr step doubtful[]{{99_pct, 30_pct, 97_pct}, {95_pct, 10_pct}};
  const credit_spec credits[]{{.clause = "5.1", .below = doubtful}};
  policy_spec s = base({});
  s.credits = credits;
  std::vector<spec_fault> faults;
  EXPECT_TRUE(policy::compile(s, faults).has_value());
  EXPECT_EQ(codes(faults),
            (std::vector<std::string>{"credit[0].below: gap", "credit[0].below: not-monotone"}));
}

TEST(policy, M1_a_cap_in_another_currency_is_a_fault) {
  const cap_spec caps[]{{.clause = "5", .amount = money::minor(100, usd)}};
  policy_spec s = base({});
  s.caps = caps;
  EXPECT_EQ(codes(faults_of(s)), std::vector<std::string>{"cap[0].amount: currency"});
}

TEST(policy, A2_every_tier_is_measured_by_one_kind_of_window) {
  const availability_spec rows[]{{.target = 99.9_pct},
                                 {.tier = "flagship", .window = window_kind::calendar_quarter}};
  policy_spec s = base({});
  s.availability = rows;
  for (std::size_t tier = 0; tier < 2; ++tier)
    EXPECT_EQ(policy(s).availability(tier).window, window_kind::calendar_quarter);
  const availability_spec two[]{{.window = window_kind::calendar_year}, rows[1]};
  s.availability = two;
  EXPECT_EQ(codes(faults_of(s)), std::vector<std::string>{"availability[1].window: two-windows"});
  const availability_spec other[]{{.window = window_kind::fixed_days}};
  s.availability = other;
  EXPECT_EQ(codes(faults_of(s)), std::vector<std::string>{"availability[0].window: bad-window"});
}

TEST(policy, A9_service_levels_as_values) {
  const service_level_spec levels[]{
      {.name = "calls", .clause = "6.1", .within = 20s, .target = level_target{80_pct}, .minimum_sample = 30},
      {.name = "repairs",
       .metric = service_metric::time_to_restore,
       .target = level_target{ratio(14'400), level_target::kind::at_most}}};
  const step below[]{{80_pct, 5_pct}};
  const credit_spec credits[]{
      {.clause = "7", .metric = {metric_kind::service_level, "calls"}, .below = below}};
  policy_spec s = base({});
  s.service_levels = levels;
  s.credits = credits;
  const policy p(s);
  ASSERT_EQ(p.service_levels(0).size(), 2u);
  EXPECT_EQ(p.service_levels(0)[0].rule.within, 20s);
  EXPECT_EQ(p.credits(0)[0].metric, number_of(metric_kind::service_level, p.service_levels(0)[0].id));
  EXPECT_EQ(p.level_name(1), "repairs");
  const credit_spec of_length[]{
      {.clause = "7", .metric = {metric_kind::service_level, "repairs"}, .below = below}};
  s.credits = of_length;
  EXPECT_EQ(codes(faults_of(s)), std::vector<std::string>{"credit[0].below: metric-without-figure"});
  const service_level_spec open[]{{.name = "calls"}};
  s.credits = {};
  s.service_levels = open;
  EXPECT_EQ(codes(faults_of(s)), std::vector<std::string>{"service_level[0].within: missing-within"});
}

TEST(policy, A2_windows_that_begin_on_a_date_state_it) {
  policy_spec s = base({});
  const availability_spec billed[]{
      {.window = window_terms(
           {.kind = window_kind::billing_month, .anchor = std::chrono::sys_days(2026y / 1 / 17)})}};
  s.availability = billed;
  EXPECT_EQ(policy(s).availability(0).windows.rule.anchor, std::chrono::sys_days(2026y / 1 / 17));
  const availability_spec anniversary[]{{.window = window_terms({.kind = window_kind::billing_month}, true)}};
  s.availability = anniversary;
  EXPECT_TRUE(policy(s).availability(0).windows.from_contract);
  const availability_spec never[]{{.window = window_terms({.kind = window_kind::rolling_days, .days = 0})}};
  s.availability = never;
  EXPECT_EQ(codes(faults_of(s)), std::vector<std::string>{"availability[0].window: bad-window"});
}

TEST(policy, availability_members_come_from_the_tiers_row_else_from_the_row_of_all) {
  const exclusion_spec excluded[]{{.cause = "maintenance", .within = "workdays", .clause = "4.3"}};
  const availability_spec rows[]{
      {.clause = "4.1", .target = 99.9_pct, .exclude = excluded},
      {.clause = "4.2", .tier = "flagship", .target = 99.99_pct},
      {.clause = "4.4", .tier = "basic", .minimum = minimum_duration{5min, false}}};
  const named_calendar_spec calendars[]{workdays()};
  policy_spec s = base({}, calendars);
  s.causes = causes;
  s.availability = rows;
  const policy p(s);
  EXPECT_EQ(p.availability(1).target, 99.99_pct);
  EXPECT_EQ(p.availability(1).clause, "4.2");
  ASSERT_EQ(p.availability(1).rules.exclusions.size(), 1u);
  EXPECT_EQ(p.availability(1).rules.exclusions[0].within, p.calendar("workdays"));
  EXPECT_EQ(p.availability(1).rules.exclusions[0].name, "maintenance");
  EXPECT_EQ(p.availability(0).target, 99.9_pct);
  EXPECT_EQ(p.availability(0).clause, "4.1");
  EXPECT_EQ(p.availability(0).rules.minimum.length, 5min);
  EXPECT_EQ(p.availability(1).rules.minimum.length, 0min);
}

TEST(policy, a_copy_outlives_the_original_and_its_spec) {
  std::optional<policy> copy;
  {
    const std::string name = "short-lived", cause = "maintenance";
    const std::string_view own_causes[]{cause};
    const exclusion_spec excluded[]{{.cause = cause, .clause = name}};
    const availability_spec rows[]{{.clause = name, .target = 99.9_pct, .exclude = excluded}};
    policy_spec s = base({});
    s.name = name;
    s.causes = own_causes;
    s.availability = rows;
    copy.emplace(s);
  }
  EXPECT_EQ(copy->name(), "short-lived");
  EXPECT_EQ(copy->availability(0).rules.exclusions[0].name, "maintenance");
  EXPECT_EQ(copy->availability(0).rules.exclusions[0].clause, "short-lived");
}

TEST(policy, C8_a_verdict_names_the_clause_of_the_limit_it_was_judged_by) {
  const target_spec rows[]{{.clause = "3.1", .severity = "P1", .limits = p1_flagship},
                           {.clause = "3.2", .severity = "P2", .limits = p1}};
  const policy p(base(rows));
  const instant t = instant::from_unix(1'791'766'800);
  const facts f = p.facts({.severity = "P2", .tier = "basic", .region = "urban", .reported = t});
  grade worse = f.at_report;
  worse.severity = 0;
  // Responded before the fault got worse, so under the old clause; the visit has no limit under the new one.
  const event log[]{event::of(moment::responded, t + 2min),
                    event::change(t + 5min, worse, change_cause::worsened)};
  for (const verdict& v : assess(p, f, log, t + 30min)) {
    if (v.clock != p.clock("response")) continue;
    EXPECT_EQ(p.clause(v), "3.2");
  }
  // Not yet responded when it got worse: 5 min from there come first.
  for (const verdict& v : assess(p, f, std::span(log).subspan(1), t + 30min)) {
    if (v.clock != p.clock("response")) continue;
    EXPECT_EQ(p.clause(v), "3.2");
    EXPECT_EQ(v.due, t + 10min);
  }
  const event sooner[]{event::change(t + 1min, worse, change_cause::worsened)};
  for (const verdict& v : assess(p, f, sooner, t + 30min)) {
    if (v.clock != p.clock("response")) continue;
    EXPECT_EQ(p.clause(v), "3.1");
    EXPECT_EQ(v.due, t + 6min);
  }
}

TEST(policy, a_table_that_no_machine_holds_is_a_fault) {
  std::vector<std::string> text(250);
  std::vector<std::string_view> many;
  for (std::size_t i = 0; i < text.size(); ++i) many.push_back(text[i] = "n" + std::to_string(i));
  const target_spec rows[]{{.clause = "1", .limits = any_resolution}};
  policy_spec s = base(rows);
  s.tiers = s.regions = s.categories = many;
  EXPECT_EQ(codes(faults_of(s)), std::vector<std::string>{"severities: too-many-cells"});
}

TEST(policy, C10_a_reopening_promises_again_what_runs_from_the_report_and_the_rest_from_its_stage) {
  constexpr limit_spec limits[]{{"resolution", 4h}, {"analysis_report", 24h}};
  const target_spec rows[]{{.clause = "3", .severity = "P1", .limits = limits}};
  const policy p(base(rows));
  const instant t = instant::from_unix(1'791'766'800);
  const facts f = p.facts({.severity = "P1", .tier = "basic", .region = "urban", .reported = t});
  const event log[]{event::of(moment::resolved, t + 1h), event::of(moment::report_delivered, t + 2h),
                    event::reopen(t + 48h), event::of(moment::resolved, t + 50h)};
  std::optional<verdict> resolution, report;
  for (const verdict& v : assess(p, f, log, t + 60h))
    (v.clock == p.clock("resolution") ? resolution : report) = v;
  ASSERT_TRUE(resolution && report);
  EXPECT_EQ(resolution->cycle, 2u);
  EXPECT_EQ(resolution->started, t + 48h);
  EXPECT_EQ(report->cycle, 2u);
  EXPECT_EQ(report->started, t + 50h);  // the second repair, not the reopening
  EXPECT_EQ(report->due, t + 74h);
}

TEST(considered, lists_every_row_that_speaks_of_the_clock_and_marks_the_ones_that_count) {
  constexpr limit_spec p1_hours[]{{"response", 30_bmin}, {"onsite", 1h}};
  constexpr limit_spec flagship[]{{"response", 10_bmin}};
  const target_spec targets[]{
      {.clause = "1", .calendar = "workdays", .limits = any_resolution},
      {.clause = "2", .severity = "P1", .limits = p1_hours},
      {.clause = "3", .severity = "P1", .tier = "flagship", .limits = flagship},
      {.clause = "4", .severity = "P2", .limits = p1},
      {.clause = "5", .severity = "P1", .region = "suburban", .limits = p1_suburban},
  };
  const named_calendar_spec calendars[]{workdays()};
  const policy p(base(targets, calendars));
  const grade urban_p1 = p.facts({.severity = "P1", .tier = "flagship", .region = "urban"}).at_report;

  const auto response = p.considered({1, 0, urban_p1}, p.clock("response"));
  ASSERT_EQ(response.size(), 3U);
  EXPECT_EQ(response[0].clause, "1");
  EXPECT_EQ(response[0].calendar, "workdays");
  EXPECT_TRUE(response[0].gives_calendar);
  EXPECT_FALSE(response[0].limit.has_value());
  EXPECT_EQ(response[1].clause, "2");
  EXPECT_EQ(response[1].limit, time_limit(30_bmin));
  EXPECT_FALSE(response[1].gives_limit);
  EXPECT_EQ(response[1].specificity, 1);
  EXPECT_EQ(response[2].clause, "3");
  EXPECT_TRUE(response[2].gives_limit);
  EXPECT_EQ(response[2].specificity, 2);
  EXPECT_EQ(p.origin({1, 0, urban_p1}, p.clock("response"))->clause, "3");

  // An elapsed limit has no use for the calendar; a tier that no row names keeps the general row.
  const auto onsite = p.considered({1, 0, urban_p1}, p.clock("onsite"));
  ASSERT_EQ(onsite.size(), 1U);
  EXPECT_EQ(onsite[0].clause, "2");
  EXPECT_TRUE(onsite[0].gives_limit);
  EXPECT_EQ(p.origin({0, 0, urban_p1}, p.clock("response"))->clause, "2");
}

}  // namespace
}  // namespace policy_test
