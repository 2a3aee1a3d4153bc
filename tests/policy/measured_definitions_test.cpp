// SPDX-License-Identifier: MIT
// The definitions of tests/availability/real_definitions.cpp as policy files: each is loaded, measures the same records,
// and comes to the figure of the declaration in C++ beside it and to the one worked by hand there.
#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <string>
#include <vector>

#include <sla/availability/budget.hpp>
#include <sla/availability/measure.hpp>
#include <sla/availability/reconcile.hpp>
#include <sla/availability/slots.hpp>
#include <sla/availability/weights.hpp>
#include <sla/availability/windows.hpp>
#include <sla/policy/comparison.hpp>
#include <sla/policy/policy_load.hpp>
#include <sla/policy/records_load.hpp>
#include <sla/policy/statement.hpp>

namespace measured_definitions_test {
namespace {

using namespace sla;
using namespace std::chrono_literals;
using namespace sla::literals;
using std::chrono::seconds;
using std::chrono::sys_days;
using std::chrono::year;

policy example(const std::string& name) {
  return load_policy(std::string(SLA_EXAMPLES_DIR) + "/policies/" + name + ".toml").value();
}
// The one window of a policy that holds a month.
window month_of(const policy& p, std::chrono::year_month m) { return windows_of(p, 0, m, m).front(); }

// A wall-clock time of Shanghai in 2026.
instant at(int month, int day, seconds time) {
  return instant(sys_days(year(2026) / month / day)) + (time - 8h);
}
outage down(instant from, seconds length, cause_id cause = no_cause) {
  return {{from, from + length}, cause};
}
// 61 s, 119 s, 60 s and 59 s, an hour apart.
std::vector<outage> four_short() {
  const auto t = at(10, 10, 3h);
  return {down(t, 61s), down(t + 1h, 119s), down(t + 2h, 60s), down(t + 3h, 59s)};
}

TEST(measured_definitions, a_region_by_minutes) {
  const policy p = example("region_minutes");
  const window month = month_of(p, year(2026) / 11);
  ASSERT_EQ(month.span.length(), 721h) << "the clocks go back on 1 November";
  std::vector<request_count> probes;
  const instant fault = month.span.begin + 30s;
  for (instant t = month.span.begin; t < month.span.begin + 10min; t = t + 10s)
    probes.push_back({t, 1, t >= fault && t < fault + 210s ? 1 : 0});
  const availability_terms& terms = p.availability(0);
  ASSERT_TRUE(terms.slots);
  const slot_report r = judge_slots(month, probes, terms.slots->rules);
  const slot_report want =
      judge_slots(month, probes, {.grid = slot_grid::every(1min), .down_by = slot_rules::all_fail});
  EXPECT_EQ(r.slots, want.slots);
  EXPECT_EQ(r.availability().value, ratio(43'257, 43'260));
  EXPECT_EQ(judge(r, terms.slots->figure, *terms.target), error_budget::met);
  EXPECT_EQ(shown(r, terms.slots->figure), "99.99%");
}

TEST(measured_definitions, whole_consecutive_minutes) {
  const policy p = example("whole_minutes");
  const auto m = measure(month_of(p, year(2026) / 10), four_short(), p.availability(0).rules);
  const availability_rules want{.minimum = {60s, true},
                                .rounding = {outage_rounding::each, rounding::floor, 60s}};
  EXPECT_EQ(m, measure(month_of(p, year(2026) / 10), four_short(), want));
  EXPECT_EQ(m.availability, ratio(44'637, 44'640));
}

TEST(measured_definitions, days_times_1440) {
  const policy p = example("days_times_1440");
  const window month = month_of(p, year(2026) / 10);
  const outage outages[]{down(month.span.begin + 100h, 2'679s)};
  const auto m = measure(month, outages, p.availability(0).rules);
  EXPECT_EQ(m, measure(month, outages, {.denominator = {denominator_rule::nominal_days}}));
  EXPECT_EQ(m.denominator, 31 * 1'440min);
  EXPECT_EQ(budget(m, *p.availability(0).target).outcome, error_budget::missed);
}

TEST(measured_definitions, over_a_minute_rounded_up_in_a_clipped_month) {
  const policy p = example("over_a_minute");
  ASSERT_EQ(p.part(), part_rule::clip_by_days);
  const date_range term{sys_days(year(2026) / 10 / 16), sys_days(year(2026) / 12 / 1)};
  const auto months = windows(p.availability(0).windows.rule, term, p.home(), part_window::clip);
  auto outages = four_short();
  for (auto& o : outages) o.span = {o.span.begin + 10 * 24h, o.span.end + 10 * 24h};
  const auto m = measure(months.at(0), outages, p.availability(0).rules);
  EXPECT_EQ(m.counted, 240s);
  EXPECT_EQ(m.too_short, 119s);
  EXPECT_EQ(m.availability, ratio(16 * 1'440 - 4, 16 * 1'440));
  // The contract's statement clips the month by the file's own word.
  const contract c{
      .id = "C", .services = {"s"}, .monthly_fee = money::minor(310'000, cny), .from = year(2026) / 10 / 16};
  std::vector<service_outage> recorded;
  for (const outage& o : outages) recorded.push_back({"s", "", o});
  for (const outage& o : four_short()) recorded.push_back({"s", "", o});  // before the contract
  const statement s = draw_up(p, c, month_of(p, year(2026) / 10), {}, recorded, instant::latest());
  EXPECT_EQ(s.measured.availability, m.availability);
}

TEST(measured_definitions, mean_of_5_minute_error_rates) {
  const policy p = example("error_rate");
  const availability_terms& terms = p.availability(0);
  const auto t = at(10, 10, 3h);
  const request_count counts[]{{t, 3, 1}, {t + 5min, 6, 1}, {t + 10min, 2, 1}};
  const window october = month_of(p, year(2026) / 10);
  const slot_report r = judge_slots(october, counts, terms.slots->rules);
  EXPECT_EQ(r.slots, judge_slots(october, counts, {.grid = slot_grid::every(5min)}).slots);
  EXPECT_TRUE(r.mean_of_rates() == ratio(8'927, 8'928));
  EXPECT_EQ(terms.slots->figure, slot_figure::mean_of_rates);
  EXPECT_EQ(shown(r, terms.slots->figure, {3, rounding::floor}), "99.988%");
  EXPECT_EQ(judge(r, terms.slots->figure, *terms.target), error_budget::met);
  EXPECT_EQ(judge(r, slot_figure::ratio_of_sums, *terms.target), error_budget::missed) << "8 of 11 requests";
  EXPECT_EQ(judge(r, terms.slots->figure, ratio(8'928, 8'929)), error_budget::missed);
}

TEST(measured_definitions, slots_from_local_midnight) {
  const policy p = example("slots");
  const availability_terms& terms = p.availability(0);
  const sys_days date = year(2026) / 10 / 25;
  const window sunday = dates(date, date + std::chrono::days(1), p.home(), "2026-10-25");
  std::vector<request_count> counts;
  for (instant t = sunday.span.begin; t < sunday.span.end; t = t + 5min) {
    const bool second_pass = t >= sunday.span.begin + 3h && t < sunday.span.begin + 4h;
    counts.push_back({t + 1s, 100, second_pass ? 6 : 5});
  }
  counts.pop_back();
  counts.back() = {counts.back().at, 9, 9};
  const slot_report r = judge_slots(sunday, counts, terms.slots->rules);
  const slot_report want = judge_slots(sunday, counts,
                                       {.grid = slot_grid::from_midnight(5min, p.home()),
                                        .threshold = 5_pct,
                                        .idle_below = 10,
                                        .unknown = slot_default::leave_out});
  EXPECT_EQ(r.slots, want.slots);
  EXPECT_EQ(r.slots.size(), 300U);
  EXPECT_EQ(r.availability().value, ratio(287, 299));
}

TEST(measured_definitions, weighed_by_the_share_affected) {
  const policy p = example("share_affected");
  const auto t = at(10, 10, 3h);
  const weighted_outage outages[]{{down(t, 60min), 2'000}, {down(t + 30min, 30min), 1'000}};
  const window october = month_of(p, year(2026) / 10);
  const auto of_tier = [&](std::string_view tier) {
    return measure_weighted(october, outages, weight_rules_of(p.availability(*p.find_tier(tier)), 10'000));
  };
  EXPECT_EQ(of_tier("standard").availability, ratio(44'640 - 12, 44'640));
  EXPECT_EQ(of_tier("strict").availability, ratio(44'640 - 15, 44'640));
  EXPECT_EQ(p.availability(*p.find_tier("strict")).target, 99.99_pct);
}

TEST(measured_definitions, two_hours_of_announced_maintenance) {
  const policy p = example("two_hours_of_maintenance");
  const cause_id planned = *p.find_cause("planned maintenance");
  const auto first = at(10, 18, 2h), second = at(10, 25, 2h);
  const announcement told[]{{.span = {first, first + 90min}, .announced = at(10, 13, 17h), .cause = planned},
                            {.span = {second, second + 90min}, .announced = at(10, 19, 9h)}};
  const outage outages[]{down(first, 90min, planned), down(second, 100min, planned),
                         down(at(10, 27, 2h), 10min, planned)};
  const window october = month_of(p, year(2026) / 10);
  const announced_rules rules(p.availability(0), told, p.home());
  const auto m = measure(october, outages, rules.rules());
  EXPECT_EQ(m.excluded, 2h);
  EXPECT_EQ(m.counted, 80min);
  const auto r = reconcile(m);
  EXPECT_EQ(r.refused(fate::over_quota), 60min);
  EXPECT_EQ(r.refused(fate::overrun), 10min);
  EXPECT_EQ(r.refused(fate::unannounced), 10min);
  EXPECT_EQ(m.availability, ratio(44'640 - 80, 44'640));
  // Without announcements nothing is excused.
  EXPECT_EQ(measure(october, outages, p.availability(0).rules).counted, 200min);
  // The statement takes them from what it knows, and those of another service not.
  const contract c{.id = "C", .services = {"s"}, .monthly_fee = money::minor(310'000, cny)};
  std::vector<service_outage> recorded;
  for (const outage& o : outages) recorded.push_back({"s", "", o});
  const auto counted = [&](std::span<const announcement> known) {
    return draw_up(p, c, october, {}, recorded, instant::latest(), {.announcements = known}).measured.counted;
  };
  EXPECT_EQ(counted(told), 80min);
  EXPECT_EQ(counted({}), 200min);
  announcement elsewhere = told[0];
  elsewhere.service = "another";
  EXPECT_EQ(counted({&elsewhere, 1}), 200min);
}

TEST(measured_definitions, business_hours) {
  const policy p = example("business_hours");
  const outage outages[]{down(at(10, 9, 17h), 16h), down(at(10, 11, 9h), 8h)};
  const auto m = measure(month_of(p, year(2026) / 10), outages, p.availability(0).rules);
  EXPECT_EQ(m.denominator, 171h);
  EXPECT_EQ(m.counted, 90min);
  EXPECT_EQ(m.outages, 1);
  EXPECT_EQ(m.availability, ratio(342 - 3, 342));
  EXPECT_EQ(p.availability(0).rules.denominator.hours, p.calendar("workdays"));
}

TEST(measured_definitions, a_fixed_month) {
  const policy p = example("fixed_month");
  const outage outages[]{down(at(2, 10, 3h), 260s), down(at(10, 10, 3h), 260s)};
  for (const unsigned month : {2U, 10U}) {
    const auto m =
        measure(month_of(p, year(2026) / std::chrono::month(month)), outages, p.availability(0).rules);
    EXPECT_EQ(m.denominator, 43'200min);
    EXPECT_EQ(budget(m, *p.availability(0).target).allowed, ratio(2'592, 10));
    EXPECT_EQ(budget(m, *p.availability(0).target).outcome, error_budget::missed);
  }
}

// A whole policy with these rows of availability.
std::string with(const std::string& rows, const std::string& more = "") {
  return "policy = \"x\"\nversion = 2026-01-17\nzone = \"Asia/Shanghai\"\ncurrency = \"CNY\"\n"
         "severities = [\"P1\"]\ntiers = [\"t\"]\ncauses = [\"m\"]\n" +
         more + "[calendar.nights]\nhours = \"Sun 02:00-04:00\"\n[[availability]]\ntarget = \"99%\"\n" + rows;
}
policy parsed(const std::string& rows) { return parse_policy("x.toml", with(rows)).value(); }

TEST(availability_file, A2_every_kind_of_window) {
  const auto labels = [](const std::string& rows, const contract* c = nullptr) {
    const policy p = parsed(rows);
    std::string out;
    for (const window& w : c == nullptr ? windows_of(p, 0, year(2026) / 2, year(2026) / 2)
                                        : windows_of(p, *c, year(2026) / 2, year(2026) / 2))
      out += (out.empty() ? "" : " ") + w.label;
    return out;
  };
  const contract c{.id = "C", .from = year(2025) / 8 / 31};
  EXPECT_EQ(labels("window = \"calendar quarter\"\n"), "2026-Q1");
  EXPECT_EQ(labels("window = { billing_day = 17 }\n"), "2026-01-17/2026-02-16 2026-02-17/2026-03-16");
  EXPECT_EQ(labels("window = { billing_day = 31 }\n"), "2026-01-31/2026-02-27 2026-02-28/2026-03-30");
  EXPECT_EQ(labels("window = \"anniversary month\"\n", &c), "2026-01-31/2026-02-27 2026-02-28/2026-03-30");
  EXPECT_EQ(labels("window = \"anniversary month\"\n"), "2026-01-17/2026-02-16 2026-02-17/2026-03-16")
      << "of no contract, those of the policy";
  EXPECT_EQ(labels("window = { minutes = 43200, from = 2026-01-16 }\n"),
            "2026-01-16 00:00/2026-02-15 00:00 2026-02-15 00:00/2026-03-17 00:00");
  EXPECT_EQ(labels("window = { days = 14, from = 2026-02-02 }\n"),
            "2026-01-19/2026-02-01 2026-02-02/2026-02-15 2026-02-16/2026-03-01");
  EXPECT_EQ(labels("window = { days = 15 }\n", &c),
            "2026-01-28/2026-02-11 2026-02-12/2026-02-26 2026-02-27/2026-03-13");
  EXPECT_EQ(windows_of(parsed("window = { rolling_days = 30 }\n"), 0, year(2026) / 2, year(2026) / 2).size(),
            28U);
}

TEST(availability_file, A6_exclusions_by_time_with_notice_quota_and_both_sides) {
  const policy p = parsed(
      "window = \"calendar month\"\nexclude = [\n"
      "  { by = \"time\", within = \"nights\", effect = \"both sides\", quota = \"3h\", clause = \"4.1\" },\n"
      "  { cause = \"m\", notice = \"72h\", clause = \"4.2\" },\n"
      "  { by = \"time\", notice = \"5 days\" } ]\n");
  const availability_terms& terms = p.availability(0);
  ASSERT_EQ(terms.rules.exclusions.size(), 3U);
  ASSERT_EQ(terms.notices.size(), 3U);
  const exclusion& nights = terms.rules.exclusions[0];
  EXPECT_EQ(nights.reach, exclusion_reach::by_time);
  EXPECT_EQ(nights.effect, exclusion_effect::both_sides);
  EXPECT_EQ(nights.quota, seconds(3h));
  EXPECT_EQ(nights.within, p.calendar("nights"));
  EXPECT_EQ(nights.cause, no_cause);
  EXPECT_FALSE(nights.announced);
  EXPECT_FALSE(terms.notices[0]);
  const instant t = at(10, 18, 2h);
  EXPECT_EQ(terms.notices[1]->by(t, p.home()), t - 72h);
  EXPECT_EQ(terms.notices[2]->by(t, p.home()), at(10, 13, 0s) - 1s);
  EXPECT_TRUE(terms.rules.exclusions[1].announced) << "an announcement is asked for, and there is none yet";
  const window october = month_of(p, year(2026) / 10);
  const auto m = measure(october, std::vector{down(t, 1h)}, terms.rules);
  EXPECT_EQ(m.counted, 0s);
  EXPECT_EQ(m.denominator, 743h);
}

TEST(availability_file, A4_unknown_time_and_A1_its_own_rounding) {
  const window october = month_of(parsed("window = \"calendar month\"\n"), year(2026) / 10);
  const outage blind[]{down(october.span.begin, 74h + 24min, not_measured)};
  const auto of = [&](const std::string& rows) {
    return measure(october, blind, parsed(rows).availability(0).rules);
  };
  EXPECT_EQ(of("not_measured = \"up\"\n").availability, ratio(1));
  EXPECT_EQ(of("not_measured = \"down\"\n").availability, 90_pct);
  EXPECT_EQ(of("not_measured = \"leave out\"\n").denominator, 744h - (74h + 24min));
  const policy p = parsed("shown = { decimals = 1, mode = \"half up\" }\n");
  const auto m = measure(october, std::vector{down(october.span.begin, 400s)}, {});
  EXPECT_EQ(shown(m, p.availability(0), 3), "100.0%") << "as the policy says";
  EXPECT_EQ(shown(m, parsed("").availability(0), 3), "99.985%") << "floored, as it says nothing";
}

TEST(availability_file, A4_slots_by_share_or_count) {
  const auto rules = [](const std::string& slots) {
    return parsed("slots = { length = \"5min\", " + slots + " }\n").availability(0).slots->rules;
  };
  EXPECT_EQ(rules("down = { over = \"5%\" }").threshold, 5_pct);
  EXPECT_FALSE(rules("down = { over = \"5%\" }").inclusive);
  EXPECT_TRUE(rules("down = { at_least = \"5%\" }").inclusive);
  EXPECT_EQ(rules("down = { over_count = 7 }").down_by, slot_rules::by_count);
  EXPECT_EQ(rules("down = { over_count = 7 }").count, 7);
  EXPECT_TRUE(rules("down = { at_least_count = 7 }").inclusive);
  EXPECT_EQ(rules("down = \"all fail\", idle = \"leave out\", idle_below = 3").idle, slot_default::leave_out);
  EXPECT_EQ(rules("down = \"all fail\", idle_below = 3").idle_below, 3);
  EXPECT_EQ(parsed("slots = { length = \"1min\", down = \"all fail\", figure = \"ratio of sums\" }\n")
                .availability(0)
                .slots->figure,
            slot_figure::ratio_of_sums);
}

TEST(availability_file, A6_slots_leave_out_what_is_excused_by_time) {
  const policy p = parsed(
      "window = \"calendar month\"\nslots = { length = \"5min\", down = \"all fail\" }\n"
      "exclude = [{ by = \"time\", within = \"nights\", effect = \"both sides\" },\n"
      "           { by = \"time\", notice = \"72h\", effect = \"both sides\" }]\n");
  const window october = month_of(p, year(2026) / 10);
  const instant sunday = at(10, 18, 2h), monday = at(10, 19, 2h);
  const announcement told[]{{.span = {monday, monday + 1h}, .announced = monday - 72h},
                            {.span = {monday + 2h, monday + 3h}, .announced = monday}};
  const announced_rules rules(p.availability(0), told, p.home());
  const interval_set excused = excused_by_time(rules.rules(), october.span);
  EXPECT_EQ(excused.total(), 4 * 2h + 1h) << "four Sundays, and what was announced in time";
  const request_count counts[]{{sunday, 5, 5}, {monday, 5, 5}, {monday + 2h, 5, 5}};
  const slot_report r = judge_slots(october, counts, p.availability(0).slots->rules, excused);
  EXPECT_EQ(r.number(slot_state::down), 1);
  EXPECT_EQ(r.number(slot_state::excused), 9 * 12);
}

TEST(availability_file, a_statement_of_outages_says_nothing_of_slots_and_weights) {
  for (const std::string name : {"slots", "share_affected"}) {
    const policy p = example(name);
    const contract c{.id = "C", .services = {"s"}, .monthly_fee = money::minor(310'000, cny)};
    const window october = month_of(p, year(2026) / 10);
    const service_outage all[]{{"s", "", {october.span}}};
    const statement s = draw_up(p, c, october, {}, all, instant::latest());
    EXPECT_TRUE(s.measured.no_data) << name;
    EXPECT_FALSE(s.budget) << "not a budget of seconds";
    ASSERT_TRUE(s.units && s.units->budget);
    EXPECT_EQ(s.units->budget->outcome, error_budget::no_data);
    EXPECT_EQ(s.units->lacks, name == "slots" ? lacking::requests : lacking::affected);
    EXPECT_TRUE(s.money.total.is_zero()) << "no data pays nothing";
  }
}

TEST(availability_file, A4_records_of_time_nobody_measured_come_with_the_outages) {
  const policy p = parsed("window = \"calendar month\"\nnot_measured = \"leave out\"\n");
  const contract c{.id = "C", .services = {"s"}, .monthly_fee = money::minor(310'000, cny)};
  const auto outages = parse_outages(p, {&c, 1}, "o.csv",
                                     "outage,service,begin,end,cause\n"
                                     "1,s,2026-10-01 00:00,2026-10-02 00:00,not measured\n"
                                     "2,s,2026-10-03 00:00,2026-10-03 01:00,m\n")
                           .value();
  const statement s =
      draw_up(p, c, month_of(p, year(2026) / 10), {}, {outages.data(), outages.size()}, instant::latest());
  EXPECT_EQ(s.measured.denominator, 720h);
  EXPECT_EQ(s.measured.counted, 1h);
}

TEST(availability_file, A5_weights_with_the_policys_own_population) {
  const policy p = parsed(
      "weights = { overlap = \"clipped sum\", population = 50 }\nmerge_gap = \"30s\"\n"
      "minimum = \"over 10s\"\ndenominator = { service_hours = \"nights\" }\n");
  const weight_rules w = weight_rules_of(p.availability(0), 7);
  EXPECT_EQ(w.population, 50);
  EXPECT_EQ(w.overlap, weight_overlap::clipped_sum);
  EXPECT_EQ(w.merge_gap, 30s);
  EXPECT_EQ(w.minimum.length, 10s);
  EXPECT_EQ(w.hours, p.calendar("nights"));
}

TEST(service_levels, A9_are_judged_and_paid_by_a_statement) {
  const policy p = example("call_centre");
  ASSERT_EQ(p.service_levels(0).size(), 5U);
  const window october = month_of(p, year(2026) / 10);
  // Monday 12 October: 29 answered in time, 10 late, 1 that hung up after 3 s, and one on Sunday.
  std::vector<call> calls;
  for (int i = 0; i < 40; ++i)
    calls.push_back({at(10, 12, 9h), i < 29 ? 20s : 61s, 100s,
                     i < 39 ? call_end::answered : call_end::abandoned, i < 30});
  calls[39].waited = 3s;
  calls.push_back({at(10, 11, 9h), 500s, 100s, call_end::answered, true});
  const repair repairs[]{{at(10, 12, 9h), at(10, 12, 13h)}, {at(10, 13, 9h), at(10, 13, 14h)}};
  const contract c{.id = "C", .services = {"s"}, .monthly_fee = money::minor(1'000'000, cny)};
  const auto drawn = [&](const window_records& records) {
    return draw_up(p, c, october, {}, {}, instant::latest(), {.records = records});
  };
  const records_of<call> all_calls[]{{{.contract = "C"}, calls}};
  const records_of<repair> all_repairs[]{{{.service = "s"}, repairs}};
  const statement s = drawn({.calls = all_calls, .repairs = all_repairs});
  ASSERT_EQ(s.levels.size(), 5U);
  EXPECT_EQ(s.levels[0].name, "answered in 20 s");
  EXPECT_EQ(s.levels[0].value.value, ratio(29, 39));
  EXPECT_EQ(s.levels[0].value.left_out, 1);
  EXPECT_EQ(s.levels[0].verdict, level_verdict::missed);
  EXPECT_EQ(s.levels[1].value.value, ratio(61))
      << "the 38th of 40 waits; Sunday's counts, as no hours are stated";
  EXPECT_EQ(s.levels[1].verdict, level_verdict::missed);
  EXPECT_EQ(s.levels[2].value.value, ratio(31, 40));
  EXPECT_EQ(s.levels[2].verdict, level_verdict::met);
  EXPECT_EQ(s.levels[3].value.value, ratio(16'200)) << "4 h and 5 h: 4.5 h on average";
  EXPECT_EQ(s.levels[3].verdict, level_verdict::missed);
  EXPECT_EQ(s.levels[4].verdict, level_verdict::no_data) << "no incident was decided";
  // 74.4 % is below 80 %: 5 % of 10,000.00.
  ASSERT_EQ(s.money.total.minor_units(), 50'000);
  // On a sample below the minimum, and without records, nothing is missed and nothing paid.
  const std::vector<call> few(calls.begin() + 20, calls.begin() + 39);
  const records_of<call> few_calls[]{{{}, few}};
  EXPECT_EQ(drawn({.calls = few_calls}).levels[0].verdict, level_verdict::no_data);
  EXPECT_TRUE(drawn({.calls = few_calls}).money.total.is_zero());
  for (const judged_level& l : drawn({}).levels) EXPECT_EQ(l.verdict, level_verdict::no_data) << l.name;
  EXPECT_TRUE(drawn({}).money.total.is_zero());
  // A file without the column "resolved" has no first-call resolution.
  EXPECT_EQ(drawn({.calls = all_calls, .absent = call_field::resolved}).levels[2].verdict,
            level_verdict::no_data);
  // Calls of another contract, or of a service that this one did not buy, are not this one's.
  for (const record_owner& other : {record_owner{.contract = "D"}, record_owner{.service = "t"},
                                    record_owner{.contract = "D", .service = "s"}}) {
    const records_of<call> of_other[]{{other, calls}};
    EXPECT_EQ(drawn({.calls = of_other}).levels[0].verdict, level_verdict::no_data);
  }
  // Of several owners they are counted together: 29 of 39 by two files of one contract.
  const records_of<call> halves[]{{{.contract = "C"}, std::span(calls).first(20)},
                                  {{.contract = "D"}, calls},
                                  {{.service = "s"}, std::span(calls).subspan(20)}};
  EXPECT_EQ(drawn({.calls = halves}).levels[0].value.value, ratio(29, 39));
}

TEST(service_levels, A9_attainment_over_clocks_with_its_sample) {
  const policy p = example("call_centre");
  const window october = month_of(p, year(2026) / 10);
  const contract c{.id = "C", .services = {"s"}, .monthly_fee = money::minor(1'000'000, cny)};
  std::vector<incident> incidents;
  for (int i = 0; i < 20; ++i) {
    const instant t = at(10, 6 + i, 9h);
    incident& n = incidents.emplace_back(incident{.id = "I" + std::to_string(i), .contract = "C"});
    n.facts = p.facts({.severity = "P1", .tier = "standard", .reported = t});
    n.events = {event::of(moment::resolved, t + (i < 4 ? 5h : 1h))};
  }
  const auto judged = [&] { return draw_up(p, c, october, incidents, {}, october.span.end).levels.back(); };
  EXPECT_EQ(judged().value.value, 80_pct);
  EXPECT_EQ(judged().verdict, level_verdict::missed);
  incidents.pop_back();
  EXPECT_EQ(judged().verdict, level_verdict::no_data) << "nineteen are fewer than the sample of twenty";
}

TEST(service_levels, A9_a_tiers_own_row_replaces_that_of_all) {
  const policy p =
      parse_policy("x.toml",
                   "policy = \"x\"\nversion = 2026-01-01\nzone = \"UTC\"\ncurrency = \"CNY\"\n"
                   "severities = [\"P1\"]\ntiers = [\"a\", \"b\"]\n"
                   "[[service_level]]\nname = \"n\"\nmetric = \"drop rate\"\nat_most = \"2%\"\n"
                   "[[service_level]]\nname = \"n\"\ntier = \"b\"\nmetric = \"drop rate\"\nbelow = \"1%\"\n"
                   "[[service_level]]\nname = \"o\"\ntier = \"b\"\nmetric = \"speed of answer\"\n"
                   "at_most = \"30s\"\n")
          .value();
  ASSERT_EQ(p.service_levels(0).size(), 1U);
  EXPECT_EQ(p.service_levels(0)[0].target->bound, 2_pct);
  ASSERT_EQ(p.service_levels(1).size(), 2U);
  EXPECT_EQ(p.service_levels(1)[0].target->bound, 1_pct);
  EXPECT_EQ(p.service_levels(1)[0].target->holds, level_target::kind::below);
  EXPECT_EQ(p.service_levels(1)[1].target->bound, ratio(30));
  EXPECT_EQ(p.level_name(p.service_levels(1)[1].id), "o");
}

}  // namespace
}  // namespace measured_definitions_test
