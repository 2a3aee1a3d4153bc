// SPDX-License-Identifier: MIT
// What vendors in the field promise, worked by hand: allowances of availability, and incidents over holidays, month
// ends, rejections and changes of severity. What each document promises is in field_documents_test.cpp.

#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <sla/availability/budget.hpp>
#include <sla/availability/measure.hpp>
#include <sla/calendar/china.hpp>
#include <sla/calendar/local_text.hpp>
#include <sla/policy/assess.hpp>
#include <sla/policy/attainment.hpp>
#include <sla/policy/policy.hpp>
#include <sla/policy/statement.hpp>

namespace field_cases_test {
namespace {

using namespace sla;
using namespace sla::literals;
using namespace std::chrono_literals;

const zone& shanghai() {
  static const zone z = zone::fixed("Asia/Shanghai", 8h);
  return z;
}

// A local time of 2026 in Shanghai.
instant at(unsigned month, unsigned day, std::chrono::seconds time) {
  return std::chrono::sys_days(2026y / static_cast<int>(month) / static_cast<int>(day)) + time - 8h;
}
std::string text(const std::optional<instant>& t) { return t ? local_text(*t, shanghai()) : "none"; }

// --- the promises of a vendor in Shanghai, as a program states them ---------------------------------------------

constexpr std::string_view severities[]{"P1", "P2", "P3"};
constexpr std::string_view tiers[]{"basic", "mon-fri", "enterprise", "flagship"};
constexpr std::string_view regions[]{"urban", "suburban"};
constexpr std::string_view causes[]{"fault", "planned maintenance"};

constexpr limit_spec p1[]{{"response", 10min}, {"onsite", 1h}, {"analysis_report", 24h}};
constexpr limit_spec p1_suburban[]{{"onsite", 2h}};
constexpr limit_spec p1_flagship[]{{"remote_access", 5min}, {"resolution", 1h}};
constexpr limit_spec p2[]{{"response", 30min}, {"resolution", 4h}};
constexpr limit_spec p3[]{{"response", 1h}, {"resolution", 24h}};
constexpr limit_spec p2_business[]{{"response", 30_bmin}, {"resolution", 4_bh}};
constexpr limit_spec p3_business[]{{"response", 1_bh}, {"resolution", 2_bd}};
constexpr target_spec targets[]{
    {.clause = "3.1", .severity = "P1", .limits = p1},
    {.clause = "3.1", .severity = "P1", .region = "suburban", .limits = p1_suburban},
    {.clause = "3.1.2", .severity = "P1", .tier = "flagship", .limits = p1_flagship},
    {.clause = "3.2", .severity = "P2", .limits = p2},
    {.clause = "3.3", .severity = "P3", .limits = p3},
    {.clause = "3.2.1", .severity = "P2", .tier = "basic", .calendar = "workdays", .limits = p2_business},
    {.clause = "3.3.1", .severity = "P3", .tier = "basic", .calendar = "workdays", .limits = p3_business},
    {.clause = "3.2.1", .severity = "P2", .tier = "mon-fri", .calendar = "mon-fri", .limits = p2_business},
};

constexpr std::string_view from_occurrence[]{"occurred", "reported"};
constexpr clock_spec clocks[]{{.name = "remote_access", .how = {.starts = from_occurrence}},
                              {.name = "resolution", .how = {.confirmation = 24h}}};

constexpr std::string_view resolution_only[]{"resolution"};
constexpr pause_spec pauses[]{
    {.name = "customer_reply", .by = party::customer, .stops = resolution_only, .cap = 8h},
    {.name = "carrier", .by = party::vendor_supplier}};
constexpr reason_id carrier = 1;

calendar_spec office(holiday_use days) {
  return {.zone = shanghai(),
          .hours = "Mon-Fri 08:30-18:00"_hours,
          .holidays = std::move(days),
          .cover = {2021y, 2041y}};
}

const policy& vendor() {
  static const policy made = [] {
    const named_calendar_spec calendars[]{{"workdays", office(china_workdays())},
                                          {"mon-fri", office(china_statutory_only())}};
    policy_spec s;
    s.name = "field";
    s.version = 2026y / 1 / 1;
    s.home = shanghai();
    s.severities = severities;
    s.tiers = tiers;
    s.regions = regions;
    s.causes = causes;
    s.calendars = calendars;
    s.targets = targets;
    s.clocks = clocks;
    s.pauses = pauses;
    return policy(s);
  }();
  return made;
}

facts report(std::string_view severity, std::string_view tier, instant reported,
             std::string_view region = "urban") {
  return vendor().facts({.severity = severity, .tier = tier, .region = region, .reported = reported});
}

// The verdict of a clock's last cycle, and how many cycles it had.
struct found {
  verdict last;
  std::uint32_t cycles = 0;
};
found judged(std::string_view clock, const facts& f, const std::vector<event>& log, instant as_of) {
  found out;
  for (const verdict& v : assess(vendor(), f, log, as_of)) {
    if (v.clock != vendor().clock(clock)) continue;
    out.last = v;
    ++out.cycles;
  }
  return out;
}
instant late_october() { return at(10, 31, 24h); }

// --- incidents ----------------------------------------------------------------------------------------------------

TEST(field_case, half_an_hour_before_national_day_ends_183_hours_later) {
  const instant reported = at(9, 30, 17h + 55min);
  const business_time* workdays = vendor().calendar("workdays");
  ASSERT_NE(workdays, nullptr);
  EXPECT_EQ(text(workdays->add(reported, 30_bmin)), "2026-10-08 08:55");
  EXPECT_EQ(workdays->add(reported, 30_bmin) - reported, 183h);

  const verdict v = judged("response", report("P2", "basic", reported), {}, at(10, 3, 12h)).last;
  EXPECT_EQ(v.outcome, outcome::open);
  EXPECT_EQ(v.activity, activity::idle);
  EXPECT_EQ(text(v.due), "2026-10-08 08:55");
  EXPECT_EQ(v.counted, 5min);
  EXPECT_EQ(v.elapsed, 66h + 5min);
}

TEST(field_case, the_closed_week_lasts_182_hours_and_a_half) {
  const business_time* workdays = vendor().calendar("workdays");
  ASSERT_NE(workdays, nullptr);
  const instant closed = at(9, 30, 18h);
  EXPECT_FALSE(workdays->is_open(closed));
  EXPECT_EQ(text(workdays->next_open(closed)), "2026-10-08 08:30");
  EXPECT_EQ(workdays->next_open(closed) - closed, 182h + 30min);
}

TEST(field_case, a_make_up_saturday_counts_in_workdays_and_not_where_only_statutory_days_are_off) {
  const instant reported = at(10, 9, 17h + 55min);
  EXPECT_EQ(text(judged("response", report("P2", "basic", reported), {}, reported).last.due),
            "2026-10-10 08:55");
  EXPECT_EQ(text(judged("response", report("P2", "mon-fri", reported), {}, reported).last.due),
            "2026-10-12 08:55");
}

TEST(field_case, two_business_days_over_national_day) {
  const instant reported = at(9, 30, 10h);
  const facts f = report("P3", "basic", reported);
  const verdict v = judged("resolution", f, {}, at(9, 30, 18h)).last;
  EXPECT_EQ(text(v.due), "2026-10-09 18:00");
  EXPECT_EQ(v.amount, 27h);
  EXPECT_EQ(v.remaining, 19h);
  EXPECT_EQ(text(vendor().calendar("workdays")->add(reported, 2_bd, business_day_rule::same_time())),
            "2026-10-09 10:00");

  // On time at closing; a second later it is late, by no business time.
  const auto done = [&](instant t) {
    return judged("resolution", f, {event::of(moment::resolved, t)}, late_october()).last;
  };
  EXPECT_EQ(done(at(10, 9, 18h)).outcome, outcome::met);
  EXPECT_EQ(done(at(10, 9, 18h + 1s)).outcome, outcome::breached);
  EXPECT_EQ(done(at(10, 9, 18h + 1s)).overdue, 0s);
  EXPECT_EQ(done(at(10, 9, 18h + 1s)).overdue_elapsed, 1s);
}

TEST(field_case, a_rejected_repair_has_run_through) {
  const instant reported = at(10, 12, 9h);
  const facts f = report("P2", "enterprise", reported);
  const std::vector<event> log{
      event::of(moment::reported, reported),
      event::of(moment::resolved, at(10, 12, 12h + 50min)),
      event::reject(at(10, 12, 13h)),
      event::of(moment::resolved, at(10, 12, 16h + 30min)),
  };
  const auto [v, cycles] = judged("resolution", f, log, late_october());
  EXPECT_EQ(cycles, 1U);
  EXPECT_EQ(v.outcome, outcome::breached);
  EXPECT_EQ(text(v.breached_at), "2026-10-12 13:00");
  EXPECT_EQ(text(v.done), "2026-10-12 16:30");
  EXPECT_EQ(v.counted, 7h + 30min);
  EXPECT_EQ(v.overdue_elapsed, 3h + 30min);

  // Before the rejection was known it looked met, and said that this may change.
  const verdict before = judged("resolution", f, log, at(10, 12, 12h + 55min)).last;
  EXPECT_EQ(before.outcome, outcome::met);
  EXPECT_TRUE(before.provisional);
}

TEST(field_case, worsened_to_p1_the_response_stays_met_and_the_repair_is_due_an_hour_after_the_change) {
  const instant reported = at(10, 15, 10h);
  const facts f = report("P3", "flagship", reported);
  const grade p1_urban{*vendor().find_severity("P1"), *vendor().find_region("urban"), 0};
  const std::vector<event> log{
      event::of(moment::responded, at(10, 15, 10h + 25min)),
      event::change(at(10, 15, 14h), p1_urban, change_cause::worsened),
  };
  const instant now = at(10, 15, 14h + 30min);
  EXPECT_EQ(judged("response", f, log, now).last.outcome, outcome::met);
  EXPECT_EQ(text(judged("response", f, log, now).last.due), "2026-10-15 11:00");
  EXPECT_EQ(text(judged("resolution", f, log, now).last.due), "2026-10-15 15:00");
  EXPECT_EQ(text(judged("resolution", f, log, at(10, 15, 13h)).last.due), "2026-10-16 10:00");
  // What a P3 was not promised, it is promised from the change on.
  EXPECT_EQ(text(judged("onsite", f, log, now).last.due), "2026-10-15 15:00");
  EXPECT_EQ(judged("onsite", f, log, at(10, 15, 13h)).last.outcome, outcome::not_applicable);
  EXPECT_EQ(judged("remote_access", f, log, now).last.outcome, outcome::breached);
  EXPECT_EQ(text(judged("remote_access", f, log, now).last.breached_at), "2026-10-15 14:05");
}

TEST(field_case, worsened_shortly_before_the_old_due_instant_the_old_one_stays) {
  const instant reported = at(10, 14, 14h + 30min);
  const facts f = report("P3", "flagship", reported);
  const grade p1_urban{*vendor().find_severity("P1"), *vendor().find_region("urban"), 0};
  const std::vector<event> log{event::change(at(10, 15, 14h), p1_urban, change_cause::worsened)};
  EXPECT_EQ(text(judged("resolution", f, log, at(10, 15, 14h)).last.due), "2026-10-15 14:30");
}

TEST(field_case, a_carriers_cut_stops_nothing_and_is_attributed) {
  const instant reported = at(10, 20, 10h);
  const facts f = report("P2", "enterprise", reported);
  const std::vector<event> log{
      event::pause(at(10, 20, 10h + 20min), carrier),
      event::resume(at(10, 20, 15h), carrier),
      event::of(moment::resolved, at(10, 20, 15h)),
  };
  const verdict v = judged("resolution", f, log, late_october()).last;
  const auto supplier = static_cast<std::size_t>(party::vendor_supplier);
  EXPECT_EQ(text(v.due), "2026-10-20 14:00");
  EXPECT_EQ(v.outcome, outcome::breached);
  EXPECT_EQ(v.counted, 5h);
  EXPECT_EQ(v.paused[supplier], 0s);
  EXPECT_EQ(v.attributed[supplier], 4h + 40min);
}

TEST(field_case, a_breach_after_midnight_of_the_month_is_novembers) {
  const instant reported = at(10, 31, 23h + 30min);
  const facts f = report("P1", "flagship", reported);
  const std::vector<event> log{event::of(moment::resolved, at(11, 1, 2h))};
  const window october = calendar_month(2026y / 10, shanghai()),
               november = calendar_month(2026y / 11, shanghai());

  const verdict open = judged("resolution", f, log, october.span.end).last;
  EXPECT_EQ(open.outcome, outcome::open);
  EXPECT_EQ(text(open.due), "2026-11-01 00:30");
  const verdict v = judged("resolution", f, log, november.span.end).last;
  EXPECT_EQ(v.outcome, outcome::breached);
  EXPECT_EQ(text(v.breached_at), "2026-11-01 00:30");

  attainment in_october, in_november;
  in_october.add(v, october.span);
  in_november.add(v, november.span);
  EXPECT_EQ(in_october, attainment{});
  EXPECT_EQ(in_november.breached, 1U);
  EXPECT_EQ(in_november.share(), ratio(0));
}

TEST(field_case, an_hour_to_arrive_in_town_and_two_in_the_suburbs) {
  const instant reported = at(10, 17, 6h + 5min);
  EXPECT_EQ(text(judged("onsite", report("P1", "enterprise", reported, "urban"), {}, reported).last.due),
            "2026-10-17 07:05");
  EXPECT_EQ(text(judged("onsite", report("P1", "enterprise", reported, "suburban"), {}, reported).last.due),
            "2026-10-17 08:05");
  EXPECT_EQ(text(judged("onsite", report("P1", "flagship", reported, "suburban"), {}, reported).last.due),
            "2026-10-17 08:05");
}

TEST(field_case, remote_access_counts_from_the_occurrence) {
  const instant reported = at(10, 16, 9h + 2min);
  const facts f = report("P1", "flagship", reported);
  const std::vector<event> log{event::of(moment::occurred, at(10, 16, 8h + 50min)),
                               event::of(moment::remote_connected, at(10, 16, 9h + 5min))};
  const verdict v = judged("remote_access", f, log, late_october()).last;
  EXPECT_EQ(text(v.started), "2026-10-16 08:50");
  EXPECT_EQ(text(v.breached_at), "2026-10-16 08:55");
  EXPECT_EQ(v.overdue_elapsed, 10min);
  EXPECT_EQ(judged("remote_access", report("P1", "basic", reported), log, late_october()).last.outcome,
            outcome::not_applicable);
}

TEST(field_case, later_stages_answer_too) {
  const instant reported = at(10, 29, 19h);
  const facts f = report("P1", "flagship", reported);
  const struct {
    moment what;
    outcome response, remote_access, onsite, resolution;
  } rows[]{
      {moment::remote_connected, outcome::met, outcome::met, outcome::open, outcome::open},
      {moment::arrived, outcome::met, outcome::met, outcome::met, outcome::open},
      {moment::resolved, outcome::met, outcome::met, outcome::met, outcome::met},
      {moment::responded, outcome::met, outcome::open, outcome::open, outcome::open},
  };
  for (const auto& row : rows) {
    const std::vector<event> log{event::of(row.what, reported + 4min)};
    const instant now = reported + 5min;
    EXPECT_EQ(judged("response", f, log, now).last.outcome, row.response) << name(row.what);
    EXPECT_EQ(judged("remote_access", f, log, now).last.outcome, row.remote_access) << name(row.what);
    EXPECT_EQ(judged("onsite", f, log, now).last.outcome, row.onsite) << name(row.what);
    EXPECT_EQ(judged("resolution", f, log, now).last.outcome, row.resolution) << name(row.what);
  }
}

TEST(field_case, of_several_channels_the_first_report_starts_the_clock) {
  const instant reported = at(10, 8, 10h);
  const facts f = report("P2", "flagship", reported);
  const std::vector<event> log{event::of(moment::reported, at(10, 8, 10h + 15min)),
                               event::of(moment::reported, reported),
                               event::of(moment::reported, at(10, 8, 10h + 7min)),
                               event::of(moment::responded, at(10, 8, 10h + 31min))};
  const verdict v = judged("response", f, log, late_october()).last;
  EXPECT_EQ(text(v.started), "2026-10-08 10:00");
  EXPECT_EQ(v.outcome, outcome::breached);
  EXPECT_EQ(v.overdue_elapsed, 1min);
}

TEST(field_case, the_analysis_report_counts_from_the_repair) {
  const instant reported = at(10, 17, 6h + 5min);
  const facts f = report("P1", "enterprise", reported);
  EXPECT_EQ(judged("analysis_report", f, {}, late_october()).last.activity, activity::not_started);
  const std::vector<event> log{event::of(moment::resolved, at(10, 18, 20h)),
                               event::of(moment::report_delivered, at(10, 19, 21h))};
  const verdict v = judged("analysis_report", f, log, late_october()).last;
  EXPECT_EQ(text(v.due), "2026-10-19 20:00");
  EXPECT_EQ(v.overdue, 1h);
}

// --- availability ---------------------------------------------------------------------------------------------------

// Seconds of downtime that a target allows in a window, exactly.
ratio allowed(const window& w, const ratio& target) { return budget(measure(w, {}), target).allowed; }

TEST(field_numbers, what_a_target_allows) {
  const zone berlin = zone::posix("Europe/Berlin", "CET-1CEST,M3.5.0,M10.5.0/3");
  const struct {
    const char* name;
    window over;
    std::int64_t at_999, at_9999;  // seconds, times 1,000 and 10,000
  } rows[]{
      {"a year of 365 days", calendar_year(2026y, shanghai()), 31'536'000, 31'536'000},
      {"a leap year", calendar_year(2024y, shanghai()), 31'622'400, 31'622'400},
      {"28 days", calendar_month(2026y / 2, shanghai()), 2'419'200, 2'419'200},
      {"30 days", calendar_month(2026y / 11, shanghai()), 2'592'000, 2'592'000},
      {"31 days", calendar_month(2026y / 10, shanghai()), 2'678'400, 2'678'400},
      {"Berlin in March, 743 h", calendar_month(2026y / 3, berlin), 2'674'800, 2'674'800},
      {"Berlin in October, 745 h", calendar_month(2026y / 10, berlin), 2'682'000, 2'682'000},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(allowed(row.over, 99.9_pct), ratio(row.at_999, 1'000)) << row.name;
    EXPECT_EQ(allowed(row.over, 99.99_pct), ratio(row.at_9999, 10'000)) << row.name;
  }
  // As the field writes them.
  EXPECT_EQ(allowed(rows[0].over, 99.9_pct), ratio(std::chrono::seconds(8h + 45min + 36s).count()));
  EXPECT_EQ(decimal(allowed(rows[0].over, 99.99_pct), 1, rounding::floor), "3153.6");
  EXPECT_EQ(decimal(allowed(rows[1].over, 99.9_pct), 1, rounding::floor), "31622.4");
  EXPECT_EQ(decimal(allowed(rows[1].over, 99.99_pct), 2, rounding::floor), "3162.24");
  EXPECT_EQ(decimal(allowed(rows[2].over, 99.99_pct), 2, rounding::floor), "241.92");
  EXPECT_EQ(decimal(allowed(rows[3].over, 99.99_pct), 1, rounding::floor), "259.2");
  EXPECT_EQ(decimal(allowed(rows[4].over, 99.9_pct), 1, rounding::floor), "2678.4");
  EXPECT_EQ(decimal(allowed(rows[4].over, 99.99_pct), 2, rounding::floor), "267.84");
  EXPECT_EQ(decimal(allowed(rows[5].over, 99.9_pct), 1, rounding::floor), "2674.8");
  EXPECT_EQ(decimal(allowed(rows[5].over, 99.99_pct), 2, rounding::floor), "267.48");
  EXPECT_EQ(allowed(rows[6].over, 99.9_pct), ratio(2'682));
  EXPECT_EQ(decimal(allowed(rows[6].over, 99.99_pct), 1, rounding::floor), "268.2");
}

TEST(field_numbers, a_years_allowance_at_once_breaks_a_monthly_promise) {
  const outage down[]{{.span = {at(10, 5, 0h), at(10, 5, 8h + 45min + 36s)}}};
  const auto year = budget(measure(calendar_year(2026y, shanghai()), down), 99.9_pct);
  const auto month = budget(measure(calendar_month(2026y / 10, shanghai()), down), 99.9_pct);
  EXPECT_EQ(year.outcome, error_budget::met);
  EXPECT_EQ(year.remaining, ratio(0));
  EXPECT_EQ(month.outcome, error_budget::missed);
}

TEST(field_case, an_outage_over_the_end_of_the_month_is_asked_for_its_length_as_a_whole) {
  const outage down[]{{.span = {at(10, 31, 23h + 55min + 30s), at(11, 1, 5min)}}};
  const availability_rules over_5min{.minimum = {5min}};
  const auto seconds = [&](std::chrono::year_month month) {
    return measure(calendar_month(month, shanghai()), down, over_5min).counted;
  };
  EXPECT_EQ(seconds(2026y / 10), 270s);
  EXPECT_EQ(seconds(2026y / 11), 300s);
  // While it is going on nobody knows yet that it will last over five minutes.
  const measurement so_far = measure(calendar_month(2026y / 10, shanghai()), down, over_5min, at(11, 1, 0h));
  EXPECT_EQ(so_far.counted, 0s);
  EXPECT_EQ(so_far.too_short, 270s);
  EXPECT_TRUE(so_far.provisional);
}

TEST(field_case, four_hundred_seconds_are_never_shown_as_four_nines) {
  const outage down[]{{.span = {at(10, 21, 2h + 15min), at(10, 21, 2h + 21min + 40s)}}};
  const measurement m = measure(calendar_month(2026y / 10, shanghai()), down);
  EXPECT_EQ(m.availability, ratio(6695, 6696));
  EXPECT_EQ(shown(m, 2), "99.98%");
  EXPECT_EQ(shown(m, 3), "99.985%");
  EXPECT_EQ(budget(m, 99.99_pct).outcome, error_budget::missed);
}

// --- money ----------------------------------------------------------------------------------------------------------

TEST(field_case, ten_per_cent_of_a_fee_and_a_refund_of_the_outages_own_minutes) {
  const money fee = money::minor(900'000, cny);
  EXPECT_EQ(to_string(fee.times(10_pct, rounding::half_up)), "900.00 CNY");
  // A refund of the outage's own minutes: four hours of a 30-day month at 10,000 come to 55.56.
  EXPECT_EQ(to_string(money::minor(1'000'000, cny).times(ratio(4, 720), rounding::half_up)), "55.56 CNY");
}

}  // namespace
}  // namespace field_cases_test
