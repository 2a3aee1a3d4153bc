// SPDX-License-Identifier: MIT
#include <sla/calendar/compile.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include <sla/calendar/business_time.hpp>
#include <sla/calendar/china.hpp>
#include <sla/calendar/zone_load.hpp>

#include "../support/calendar_lines.hpp"

namespace compile_test {
namespace {

using namespace sla::literals;
using namespace std::chrono_literals;
using sla::calendar_exception;
using sla::day_change;
using sla_test::faults;
using sla_test::lines;
using sla_test::local;
using sla_test::open_on;
using std::chrono::days;
using std::chrono::sys_days;
using testing::ElementsAre;
using testing::IsEmpty;

const sla::zone shanghai = sla::load_zone("Asia/Shanghai");

sla::compiled_calendar of(const sla::zone& zone, sla::weekly_hours hours, std::chrono::year year) {
  return sla::compile(
      {.zone = zone, .hours = std::move(hours), .cover = {year, year + std::chrono::years(1)}});
}
// Mon-Fri 08:30-18:00 in Shanghai, 2026.
sla::calendar_spec office() {
  return {.zone = shanghai, .hours = "Mon-Fri 08:30-18:00"_hours, .cover = {2026y, 2027y}};
}
sla::calendar_spec office(std::vector<calendar_exception> exceptions) {
  sla::calendar_spec spec = office();
  spec.exceptions = std::move(exceptions);
  return spec;
}

// --- T5 ----------------------------------------------------------------------------------------------------------

TEST(compile, T5_night_and_morning_shift_unite_across_midnight) {
  const auto c = of(shanghai, "Mon 22:00-06:00; Tue 05:00-07:00"_hours, 2026y);
  EXPECT_THAT(lines(c, shanghai, 2026y / 6 / 2), ElementsAre("00:00:00+08:00 to 07:00:00+08:00"));
  // Each date keeps the shifts that opened on it.
  EXPECT_EQ(sla_test::business_day(c, 2026y / 6 / 1)->last_close,
            sla::instant(sys_days{2026y / 6 / 1} + 22h));
  EXPECT_EQ(sla_test::business_day(c, 2026y / 6 / 2)->first_open,
            sla::instant(sys_days{2026y / 6 / 1} + 21h));
}

TEST(compile, T5_24_00_touches_the_next_midnight) {
  const auto c = of(shanghai, "24/7"_hours, 2026y);
  ASSERT_EQ(c.open.size(), 1U);
  EXPECT_EQ(c.open[0], c.cover);
  EXPECT_EQ(sla::business_time(c).dates().size(), 365U);  // and yet every date is a business day
}

TEST(compile, T5_a_closing_at_23_59_is_kept_and_warned_about) {
  const sla::calendar_spec spec{
      .zone = shanghai, .hours = "Mon-Sun 00:00-23:59"_hours, .cover = {2026y, 2027y}};
  EXPECT_THAT(
      faults(spec),
      ElementsAre("hours: warning: closing at 23:59 leaves out the time up to midnight: write 24:00 if "
                  "that is meant [closing-before-midnight]"));
  EXPECT_EQ(sla::compile(spec).open.size(), 365U);
}

// --- T6 ----------------------------------------------------------------------------------------------------------

TEST(compile, T6_berlin_break_in_the_repeated_hour_is_closed_on_both_passes) {
  const sla::zone berlin = sla::load_zone("Europe/Berlin");
  const auto c = of(berlin, "Mon-Sun 00:00-02:15,02:45-24:00"_hours, 2026y);
  EXPECT_THAT(lines(c, berlin, 2026y / 10 / 25),
              ElementsAre("00:00:00+02:00 to 02:15:00+02:00", "02:45:00+02:00 to 02:15:00+01:00",
                          "02:45:00+01:00 to the end"));
  EXPECT_EQ(open_on(c, berlin, 2026y / 10 / 25), 24h);  // 25 hours less two breaks
}

TEST(compile, T6_berlin_break_in_the_skipped_hour_costs_nothing) {
  const sla::zone berlin = sla::load_zone("Europe/Berlin");
  const auto c = of(berlin, "Mon-Sun 00:00-02:15,02:45-24:00"_hours, 2026y);
  EXPECT_THAT(lines(c, berlin, 2026y / 3 / 29), ElementsAre("00:00:00+01:00 to the end"));
  EXPECT_EQ(open_on(c, berlin, 2026y / 3 / 29), 23h);
  EXPECT_EQ(open_on(c, berlin, 2026y / 3 / 28), 23h + 30min);
}

TEST(compile, T6_azores_saturday_stays_24_hours) {
  // Sunday's first hour comes twice: 00:00 to 01:00, and again after 01:00. None of it is Saturday's.
  const sla::zone azores = sla::load_zone("Atlantic/Azores");
  const auto c = of(azores, "Sat 00:00-24:00"_hours, 2026y);
  const sla::business_date* saturday = sla_test::business_day(c, 2026y / 10 / 24);
  ASSERT_NE(saturday, nullptr);
  EXPECT_EQ(saturday->last_close - saturday->first_open, 24h);
  EXPECT_EQ(open_on(c, azores, 2026y / 10 / 24), 24h);
  EXPECT_EQ(open_on(of(azores, "Sun 00:00-24:00"_hours, 2026y), azores, 2026y / 10 / 25), 25h);
}

TEST(compile, T6_lord_howe_moves_by_half_an_hour) {
  const sla::zone z = sla::load_zone("Australia/Lord_Howe");
  const auto c = of(z, "Sun 01:00-01:40,01:50-03:00"_hours, 2026y);
  // 02:00 becomes 01:30: the minutes from 01:30 to 02:00 come twice, the break among them.
  EXPECT_THAT(lines(c, z, 2026y / 4 / 5),
              ElementsAre("01:00:00+11:00 to 01:40:00+11:00", "01:50:00+11:00 to 01:40:00+10:30",
                          "01:50:00+10:30 to 03:00:00+10:30"));
  // 02:00 becomes 02:30.
  EXPECT_THAT(lines(c, z, 2026y / 10 / 4),
              ElementsAre("01:00:00+10:30 to 01:40:00+10:30", "01:50:00+10:30 to 03:00:00+11:00"));
  EXPECT_EQ(open_on(c, z, 2026y / 4 / 5), 2h + 10min);
  EXPECT_EQ(open_on(c, z, 2026y / 10 / 4), 1h + 20min);
}

TEST(compile, T6_sao_paulo_midnight_skipped_and_repeated) {
  const sla::zone z = sla::load_zone("America/Sao_Paulo");
  const auto c = of(z, "Sat 22:00-06:00; Sun 00:00-12:00"_hours, 2018y);
  // Sunday 2018-11-04 begins at 01:00.
  EXPECT_THAT(lines(c, z, 2018y / 11 / 4), ElementsAre("01:00:00-02:00 to 12:00:00-02:00"));
  EXPECT_EQ(sla_test::business_day(c, 2018y / 11 / 4)->first_open, z.start_of(2018y / 11 / 4));
  EXPECT_EQ(sla_test::business_day(c, 2018y / 11 / 3)->last_close -
                sla_test::business_day(c, 2018y / 11 / 3)->first_open,
            7h);
  // Saturday 2018-02-17 has its last hour twice: 22:00 to 24:00 is three hours.
  const auto evening = of(z, "Sat 22:00-24:00"_hours, 2018y);
  EXPECT_EQ(open_on(evening, z, 2018y / 2 / 17), 3h);
  EXPECT_THAT(lines(evening, z, 2018y / 2 / 17), ElementsAre("22:00:00-02:00 to the end"));
}

TEST(compile, T6_a_midnight_that_comes_twice_keeps_intervals_in_order) {
  // Clocks go back from 00:01 to 23:01, as Newfoundland's did: Sunday begins, Saturday comes back, Sunday begins.
  const sla::zone z("Back", "1", -2h - 30min, {{sys_days{2006y / 10 / 29} + 2h + 31min, -3h - 30min}},
                    "<-0330>3:30");
  const auto c = of(z, "Sat 23:30-23:50; Sun 00:00-00:30"_hours, 2006y);
  EXPECT_TRUE(std::ranges::is_sorted(c.open));
  std::vector<std::string> night;
  for (const sla::interval& i : c.open)
    if (i.begin >= sla::instant(sys_days{2006y / 10 / 28} + 20h) &&
        i.begin < sla::instant(sys_days{2006y / 10 / 29} + 20h))
      night.push_back(local(i.begin, z) + " to " + local(i.end, z));
  EXPECT_THAT(night, ElementsAre("2006-10-28T23:30:00-02:30 to 2006-10-28T23:50:00-02:30",
                                 "2006-10-29T00:00:00-02:30 to 2006-10-28T23:01:00-03:30",
                                 "2006-10-28T23:30:00-03:30 to 2006-10-28T23:50:00-03:30",
                                 "2006-10-29T00:00:00-03:30 to 2006-10-29T00:30:00-03:30"));
}

TEST(compile, T6_apia_has_no_friday_2011_12_30) {
  const sla::zone z = sla::load_zone("Pacific/Apia");
  const auto c = of(z, "Mon-Sun 09:00-17:00; Thu-Fri 22:00-06:00"_hours, 2011y);
  EXPECT_EQ(sla_test::business_day(c, 2011y / 12 / 30), nullptr);
  ASSERT_NE(sla_test::business_day(c, 2011y / 12 / 29), nullptr);
  // Thursday's night shift has only the two hours before the date that is not there; the tail of Friday's is shown by
  // Saturday's clocks, and open.
  EXPECT_EQ(sla_test::business_day(c, 2011y / 12 / 29)->last_close, z.start_of(2011y / 12 / 31));
  EXPECT_THAT(lines(c, z, 2011y / 12 / 31),
              ElementsAre("00:00:00+14:00 to 06:00:00+14:00", "09:00:00+14:00 to 17:00:00+14:00"));
}

TEST(compile, T6_shanghai_summer_time_of_1988) {
  const auto c = of(shanghai, "Sun 00:00-06:00; Mon-Fri 08:30-18:00"_hours, 1988y);
  EXPECT_EQ(open_on(c, shanghai, 1988y / 4 / 17), 5h);
  EXPECT_EQ(open_on(c, shanghai, 1988y / 9 / 11), 7h);
  EXPECT_THAT(lines(c, shanghai, 1988y / 7 / 1), ElementsAre("08:30:00+09:00 to 18:00:00+09:00"));
}

TEST(compile, T7_new_york_nights_in_2045) {
  const sla::zone z = sla::load_zone("America/New_York");
  const auto c = of(z, "Sun 00:00-06:00"_hours, 2045y);
  EXPECT_EQ(open_on(c, z, 2045y / 3 / 12), 5h);
  EXPECT_EQ(open_on(c, z, 2045y / 11 / 5), 7h);
  EXPECT_EQ(open_on(c, z, 2045y / 3 / 5), 6h);
}

TEST(compile, T7_offices_in_2038_and_later) {
  struct row {
    const char* zone;
    std::chrono::year_month_day date;
    std::chrono::hours opening;  // 09:00 on the wall, in UTC
  };
  const row rows[] = {{"America/New_York", 2037y / 7 / 6, 13h},  {"America/New_York", 2038y / 1 / 18, 14h},
                      {"America/New_York", 2038y / 7 / 5, 13h},  {"America/New_York", 2038y / 11 / 8, 14h},
                      {"America/New_York", 2039y / 3 / 14, 13h}, {"Europe/Berlin", 2038y / 3 / 29, 7h},
                      {"Europe/Berlin", 2038y / 11 / 1, 8h},     {"Europe/Berlin", 2099y / 7 / 6, 7h},
                      {"Asia/Shanghai", 2038y / 7 / 5, 1h},      {"Australia/Lord_Howe", 2039y / 1 / 3, -2h}};
  for (const row& r : rows) {
    SCOPED_TRACE(r.zone + sla::date_text(sys_days(r.date)));
    const sla::business_time c =
        sla::calendar_spec{.zone = sla::load_zone(r.zone),
                           .hours = "Mon-Fri 09:00-17:00"_hours,
                           .cover = {r.date.year(), r.date.year() + std::chrono::years(1)}};
    EXPECT_EQ(c.next_open(sla::instant(sys_days(r.date)) - 12h), sla::instant(sys_days(r.date)) + r.opening);
  }
}

// --- T8 ----------------------------------------------------------------------------------------------------------

TEST(compile, T8_the_five_dated_exceptions) {
  // 2026-06-03 is a Wednesday, 06-06 a Saturday.
  const auto c = sla::compile(office(
      {calendar_exception::on(2026y / 6 / 1, day_change::off(), "off"),
       calendar_exception::on(2026y / 6 / 6, day_change::works_as(), "make-up"),
       calendar_exception::on(2026y / 6 / 2, day_change::exactly("10:00-12:00,14:00-15:00"_day_hours)),
       calendar_exception::on(2026y / 6 / 3, day_change::extra("18:00-20:00,22:00-02:00"_day_hours)),
       calendar_exception::on(2026y / 6 / 5, day_change::minus("12:00-13:00,17:00-23:00"_day_hours))}));
  EXPECT_THAT(lines(c, shanghai, 2026y / 6 / 1), IsEmpty());
  EXPECT_THAT(lines(c, shanghai, 2026y / 6 / 2),
              ElementsAre("10:00:00+08:00 to 12:00:00+08:00", "14:00:00+08:00 to 15:00:00+08:00"));
  EXPECT_THAT(lines(c, shanghai, 2026y / 6 / 3),
              ElementsAre("08:30:00+08:00 to 20:00:00+08:00", "22:00:00+08:00 to the end"));
  EXPECT_THAT(lines(c, shanghai, 2026y / 6 / 4),
              ElementsAre("00:00:00+08:00 to 02:00:00+08:00", "08:30:00+08:00 to 18:00:00+08:00"));
  EXPECT_THAT(lines(c, shanghai, 2026y / 6 / 5),
              ElementsAre("08:30:00+08:00 to 12:00:00+08:00", "13:00:00+08:00 to 17:00:00+08:00"));
  EXPECT_THAT(lines(c, shanghai, 2026y / 6 / 6), ElementsAre("08:30:00+08:00 to 18:00:00+08:00"));
  EXPECT_THAT(lines(c, shanghai, 2026y / 6 / 7), IsEmpty());
  ASSERT_EQ(c.notes.size(), 5U);
  EXPECT_EQ(c.notes[0], (sla::dated_note{2026y / 6 / 1, "off: off"}));
  EXPECT_EQ(c.notes[4], (sla::dated_note{2026y / 6 / 6, "make-up: works as Mon"}));
}

TEST(compile, T8_minus_hours_cut_the_tail_of_last_nights_shift) {
  const sla::calendar_spec spec{
      .zone = shanghai,
      .hours = "Mon-Fri 22:00-06:00"_hours,
      .exceptions = {calendar_exception::on(2026y / 6 / 3,
                                            day_change::minus("04:00-05:00,23:00-01:00"_day_hours)),
                     calendar_exception::on(2026y / 6 / 5, day_change::off())},
      .cover = {2026y, 2027y}};
  const auto c = sla::compile(spec);
  EXPECT_THAT(lines(c, shanghai, 2026y / 6 / 3),
              ElementsAre("00:00:00+08:00 to 04:00:00+08:00", "05:00:00+08:00 to 06:00:00+08:00",
                          "22:00:00+08:00 to 23:00:00+08:00"));
  // The minus hours reach into the next date too; a date off loses its own shift and keeps the tail of the one before.
  EXPECT_THAT(lines(c, shanghai, 2026y / 6 / 4),
              ElementsAre("01:00:00+08:00 to 06:00:00+08:00", "22:00:00+08:00 to the end"));
  EXPECT_THAT(lines(c, shanghai, 2026y / 6 / 5), ElementsAre("00:00:00+08:00 to 06:00:00+08:00"));
  EXPECT_THAT(lines(c, shanghai, 2026y / 6 / 6), IsEmpty());
}

TEST(compile, T8_works_as_takes_that_weekdays_hours) {
  const sla::calendar_spec spec{
      .zone = shanghai,
      .hours = "Mon-Thu 08:30-18:00; Fri 08:30-16:00"_hours,
      .exceptions = {calendar_exception::on(2026y / 6 / 6, day_change::works_as(std::chrono::Friday)),
                     calendar_exception::on(2026y / 6 / 1, day_change::works_as(std::chrono::Sunday))},
      .cover = {2026y, 2027y}};
  const auto c = sla::compile(spec);
  EXPECT_EQ(open_on(c, shanghai, 2026y / 6 / 6), 7h + 30min);
  EXPECT_EQ(open_on(c, shanghai, 2026y / 6 / 1), 0s);
}

TEST(compile, T8_chinas_kinds_under_both_presets) {
  sla::calendar_spec spec = office();
  spec.holidays = sla::china_workdays();
  const auto workdays = sla::compile(spec);
  spec.holidays = sla::china_statutory_only();
  const auto statutory = sla::compile(spec);
  struct row {
    std::chrono::year_month_day date;
    bool workday, mon_fri_except_statutory;
  };
  for (const row& r : std::vector<row>{{2026y / 9 / 30, true, true},    // Wednesday
                                       {2026y / 10 / 1, false, false},  // statutory
                                       {2026y / 10 / 4, false, false},  // a Sunday in the break
                                       {2026y / 10 / 5, false, true},   // bridging
                                       {2026y / 10 / 7, false, true},
                                       {2026y / 10 / 8, true, true},
                                       {2026y / 10 / 10, true, false},  // make-up Saturday
                                       {2026y / 2 / 28, true, false},
                                       {2026y / 1 / 4, true, false}}) {  // make-up Sunday
    EXPECT_EQ(open_on(workdays, shanghai, r.date), r.workday ? 9h + 30min : 0min) << sla::date_text(r.date);
    EXPECT_EQ(open_on(statutory, shanghai, r.date), r.mon_fri_except_statutory ? 9h + 30min : 0min)
        << sla::date_text(r.date);
  }
  EXPECT_EQ(workdays.holidays, (std::vector<sla::named_version>{{"CN", "2023-2026"}}));
}

TEST(compile, T8_dated_before_recurring_before_the_week) {
  sla::calendar_spec spec =
      office({calendar_exception::on(2026y / 12 / 25, day_change::exactly("10:00-12:00"_day_hours))});
  spec.recurring = {{std::chrono::December / 25, day_change::off(), "Christmas"},
                    {std::chrono::December / 25, day_change::extra("20:00-21:00"_day_hours)},
                    {std::chrono::December / 24, day_change::exactly("08:30-12:00"_day_hours)}};
  const auto c = sla::compile(spec);
  EXPECT_THAT(lines(c, shanghai, 2026y / 12 / 25), ElementsAre("10:00:00+08:00 to 12:00:00+08:00"));
  EXPECT_THAT(lines(c, shanghai, 2026y / 12 / 24), ElementsAre("08:30:00+08:00 to 12:00:00+08:00"));
}

TEST(compile, T8_recurring_days_of_every_form) {
  sla::calendar_spec spec = office();
  spec.cover = {2024y, 2028y};
  spec.recurring = {{std::chrono::February / 29, day_change::exactly("10:00-11:00"_day_hours)},
                    {std::chrono::November / std::chrono::Thursday[4], day_change::off()},
                    {std::chrono::May / std::chrono::Monday[std::chrono::last], day_change::off()},
                    {std::chrono::June / std::chrono::last, day_change::exactly("10:00-12:00"_day_hours)},
                    {std::chrono::January / std::chrono::Friday[5], day_change::off()}};
  const auto c = sla::compile(spec);
  EXPECT_EQ(open_on(c, shanghai, 2024y / 2 / 29), 1h);
  EXPECT_EQ(open_on(c, shanghai, 2025y / 2 / 28), 9h + 30min);
  EXPECT_EQ(open_on(c, shanghai, 2026y / 11 / 26), 0s);
  EXPECT_EQ(open_on(c, shanghai, 2026y / 11 / 19), 9h + 30min);
  EXPECT_EQ(open_on(c, shanghai, 2026y / 5 / 25), 0s);
  EXPECT_EQ(open_on(c, shanghai, 2026y / 6 / 30), 2h);
  EXPECT_EQ(open_on(c, shanghai, 2026y / 1 / 30), 0s);          // five Fridays in January 2026
  EXPECT_EQ(open_on(c, shanghai, 2025y / 1 / 24), 9h + 30min);  // the fourth
}

TEST(compile, T8_ranges_include_both_ends) {
  const auto c =
      sla::compile(office({calendar_exception::through(2026y / 6 / 2, 2026y / 6 / 4, day_change::off())}));
  for (unsigned d = 1; d <= 5; ++d)
    EXPECT_EQ(open_on(c, shanghai, 2026y / 6 / std::chrono::day(d)) == 0s, d >= 2 && d <= 4) << d;
}

TEST(compile, T8_unequal_exceptions_need_a_precedence) {
  sla::calendar_spec spec =
      office({calendar_exception::on(2026y / 10 / 10, day_change::off(), "outing"),
              calendar_exception::through(2026y / 10 / 9, 2026y / 10 / 11,
                                          day_change::exactly("10:00-12:00"_day_hours)),
              calendar_exception::on(2026y / 10 / 12, day_change::extra("18:00-20:00"_day_hours)),
              calendar_exception::on(2026y / 10 / 12, day_change::minus("19:00-21:00"_day_hours))});
  spec.holidays = sla::china_workdays();
  EXPECT_THAT(faults(spec), ElementsAre("exceptions[0]: 2026-10-10 is 'off' here and 'works as Mon' by "
                                        "holidays CN: state a precedence [unequal-exceptions]",
                                        "exceptions[1]: 2026-10-10 is 'exactly 10:00-12:00' here and 'off' "
                                        "by exceptions[0]: state a precedence [unequal-exceptions]",
                                        "exceptions[3]: 2026-10-12 is 'minus 19:00-21:00' here and 'extra "
                                        "18:00-20:00' by exceptions[2]: state a precedence "
                                        "[unequal-exceptions]"));
  EXPECT_THROW((void)sla::compile(spec), sla::calendar_error);

  spec.exceptions[0].precedence = 2;
  spec.exceptions[1].precedence = 1;
  spec.exceptions[2].precedence = 1;
  const auto c = sla::compile(spec);
  EXPECT_EQ(open_on(c, shanghai, 2026y / 10 / 10), 0s);
  EXPECT_EQ(open_on(c, shanghai, 2026y / 10 / 9), 2h);
  EXPECT_THAT(lines(c, shanghai, 2026y / 10 / 12), ElementsAre("08:30:00+08:00 to 20:00:00+08:00"));
}

TEST(compile, T8_equal_exceptions_agree) {
  EXPECT_THAT(faults(office(
                  {calendar_exception::on(2026y / 6 / 1, day_change::off()),
                   calendar_exception::through(2026y / 5 / 30, 2026y / 6 / 2, day_change::off(), "again")})),
              IsEmpty());
}

TEST(compile, T8_a_stated_precedence_puts_lower_changes_aside) {
  const auto c = sla::compile(
      office({calendar_exception::on(2026y / 6 / 1, day_change::extra("20:00-21:00"_day_hours)),
              calendar_exception::on(2026y / 6 / 1, day_change::off(), "strike", 1),
              calendar_exception::on(2026y / 6 / 2, day_change::extra("20:00-21:00"_day_hours), "watch", 1),
              calendar_exception::on(2026y / 6 / 2, day_change::off()),
              calendar_exception::on(2026y / 6 / 3, day_change::minus("10:00-12:00"_day_hours)),
              calendar_exception::on(2026y / 6 / 3, day_change::exactly("09:00-15:00"_day_hours), "", 1)}));
  EXPECT_THAT(lines(c, shanghai, 2026y / 6 / 1), IsEmpty());
  EXPECT_THAT(lines(c, shanghai, 2026y / 6 / 2), ElementsAre("20:00:00+08:00 to 21:00:00+08:00"));
  EXPECT_THAT(lines(c, shanghai, 2026y / 6 / 3), ElementsAre("09:00:00+08:00 to 15:00:00+08:00"));
}

// Tuesday 2026-06-02 is off by a higher rank; the tail of Monday's shift lies on it all the same, and so does what its
// minus hours take away of it and of Wednesday's first hour.
TEST(compile, T8_minus_hours_of_a_date_put_aside_still_cut_the_shifts_of_its_neighbours) {
  for (const day_change& above :
       {day_change::off(), day_change::exactly("01:00-02:00,10:00-12:00"_day_hours)}) {
    SCOPED_TRACE(to_string(above));
    sla::calendar_spec spec =
        office({calendar_exception::on(2026y / 6 / 2, above, "above", 1),
                calendar_exception::on(2026y / 6 / 2,
                                       day_change::minus("04:00-05:00,10:00-11:00,23:00-00:30"_day_hours)),
                calendar_exception::on(2026y / 6 / 3, day_change::exactly("00:00-01:00"_day_hours))});
    spec.hours = "Mon-Sun 22:00-06:00"_hours;
    const auto c = sla::compile(spec);
    const bool off = above == day_change::off();
    EXPECT_THAT(lines(c, shanghai, 2026y / 6 / 2),
                off ? std::vector<std::string>(
                          {"00:00:00+08:00 to 04:00:00+08:00", "05:00:00+08:00 to 06:00:00+08:00"})
                    : std::vector<std::string>({"00:00:00+08:00 to 04:00:00+08:00",
                                                "05:00:00+08:00 to 06:00:00+08:00",
                                                "10:00:00+08:00 to 12:00:00+08:00"}));
    EXPECT_THAT(lines(c, shanghai, 2026y / 6 / 3), ElementsAre("00:30:00+08:00 to 01:00:00+08:00"));
    // A recurring one is put aside by a dated one likewise.
    spec.recurring = {{std::chrono::June / 2, spec.exceptions[1].change}};
    spec.exceptions.erase(spec.exceptions.begin() + 1);
    EXPECT_EQ(sla::compile(spec).open, c.open);
  }
}

// Which acts last must not matter where nobody has said which does.
TEST(compile, T8_two_unequal_exceptions_whose_order_matters_need_a_precedence) {
  const day_change extra = day_change::extra("18:00-20:00"_day_hours), off = day_change::off(),
                   noon = day_change::minus("12:00-13:00"_day_hours),
                   night = day_change::minus("20:00-21:00"_day_hours),
                   day = day_change::exactly("10:00-16:00"_day_hours), monday = day_change::works_as(),
                   late = day_change::extra("19:00-23:00"_day_hours),
                   core = day_change::extra("11:00-15:00"_day_hours);
  struct row {
    day_change a, b;
    bool accepted;
  };
  const row rows[] = {{off, extra, false},   {day, extra, false},   {monday, extra, false},
                      {day, core, true},     {monday, core, true},  {off, noon, true},
                      {day, noon, false},    {monday, noon, false}, {day, night, true},
                      {monday, night, true}, {extra, late, true},   {noon, night, true},
                      {extra, noon, true},   {late, night, false},  {off, day, false},
                      {off, monday, false},  {extra, extra, true}};
  for (const row& r : rows) {
    SCOPED_TRACE(to_string(r.a) + " and " + to_string(r.b));
    const auto two = [&](int precedence_a, int precedence_b) {
      return office({calendar_exception::on(2026y / 6 / 3, r.a, "a", precedence_a),
                     calendar_exception::on(2026y / 6 / 3, r.b, "b", precedence_b)});
    };
    const auto found = faults(two(0, 0));
    if (r.accepted) {
      EXPECT_THAT(found, IsEmpty());
      EXPECT_EQ(sla::compile(two(0, 0)).open, sla::compile(two(1, 0)).open);
      EXPECT_EQ(sla::compile(two(0, 0)).open, sla::compile(two(0, 1)).open);
    } else {
      EXPECT_THAT(
          found, ElementsAre("exceptions[1]: 2026-06-03 is '" + to_string(r.b) + "' here and '" +
                             to_string(r.a) + "' by exceptions[0]: state a precedence [unequal-exceptions]"));
      EXPECT_NE(sla::compile(two(1, 0)).open, sla::compile(two(0, 1)).open);
    }
  }
}

TEST(compile, T8_data_without_kinds_cannot_serve_a_calendar_that_needs_them) {
  const sla::holiday_set plain("CN", "plain", sys_days{2026y / 12 / 31},
                               {{2026y / 10 / 1, sla::day_kind::unstated, "国庆节"}});
  sla::calendar_spec spec = office();
  spec.holidays = sla::statutory_only(plain);
  EXPECT_THAT(
      faults(spec),
      ElementsAre(
          "holidays: holidays CN do not say which days off are statutory, and this calendar closes only "
          "some kinds [holidays-without-kinds]"));
  spec.holidays = sla::workdays_of(plain);
  EXPECT_THAT(faults(spec), IsEmpty());
  EXPECT_EQ(open_on(sla::compile(spec), shanghai, 2026y / 10 / 1), 0s);
  spec.holidays = {.set = plain};
  EXPECT_THAT(faults(spec), ElementsAre("holidays: holidays CN close no day and open none: state which kinds "
                                        "are closed [holidays-unused]"));
}

// --- T9, T10, T11 ------------------------------------------------------------------------------------------------

TEST(compile, T9_provisional_after_the_last_date_known) {
  sla::calendar_spec spec = office();
  spec.cover = {2023y, 2030y};
  EXPECT_EQ(sla::compile(spec).known_through, sla::instant::latest());
  spec.holidays = sla::china_workdays();
  const sla::business_time hours(spec);
  const sla::instant midnight = sys_days{2026y / 12 / 31} + 16h;  // 2027-01-01 00:00 in Shanghai
  EXPECT_EQ(hours.known_through(), midnight - 1s);
  EXPECT_FALSE(hours.is_provisional(midnight - 1s));
  EXPECT_TRUE(hours.is_provisional(midnight));
  EXPECT_TRUE(hours.is_provisional(sys_days{2027y / 10 / 1}));
  // Nor do the data speak of what came before them.
  const sla::instant first = sys_days{2022y / 12 / 31} + 16h;  // 2023-01-01 00:00 in Shanghai
  EXPECT_EQ(hours.known_from(), first);
  EXPECT_FALSE(hours.is_provisional(first));
  EXPECT_TRUE(hours.is_provisional(first - 1s));
  // Holidays that are kept from a date on which they are known do not matter before it.
  spec.changes = {{2024y / 1 / 1, spec.hours, sla::china_workdays()}};
  spec.holidays = {};
  EXPECT_EQ(sla::compile(spec).known_from, sla::instant::earliest());
  EXPECT_EQ(sla::compile(spec).known_through, midnight - 1s);
}

TEST(compile, T9_data_that_begin_late_are_warned_about) {
  sla::calendar_spec spec = office();
  spec.holidays = sla::china_workdays();
  spec.cover = {2022y, 2027y};
  EXPECT_THAT(
      faults(spec),
      ElementsAre(
          "holidays: warning: holidays CN are known from 2023-01-01 on: before it no day is a holiday "
          "[holidays-begin-later]"));
}

TEST(compile, T10_hours_change_by_the_date_worked) {
  sla::calendar_spec spec = office();
  spec.hours = "Mon-Sun 20:00-04:00"_hours;
  spec.changes = {{2026y / 3 / 1, "Mon-Sun 22:00-06:00"_hours}, {2026y / 7 / 1, {}}};
  spec.exceptions = {calendar_exception::on(2026y / 8 / 1, day_change::extra("10:00-12:00"_day_hours))};
  const auto c = sla::compile(spec);
  // The shift of 28 February ends by February's hours.
  EXPECT_THAT(lines(c, shanghai, 2026y / 3 / 1),
              ElementsAre("00:00:00+08:00 to 04:00:00+08:00", "22:00:00+08:00 to the end"));
  EXPECT_THAT(lines(c, shanghai, 2026y / 7 / 1), ElementsAre("00:00:00+08:00 to 06:00:00+08:00"));
  EXPECT_THAT(lines(c, shanghai, 2026y / 7 / 2), IsEmpty());
  EXPECT_EQ(open_on(c, shanghai, 2026y / 8 / 1), 2h);
}

TEST(compile, T10_a_change_may_bring_other_holidays) {
  sla::calendar_spec spec = office();
  spec.holidays = sla::china_workdays();
  spec.changes = {{2026y / 10 / 6, "Mon-Fri 08:30-18:00"_hours, sla::china_statutory_only()}};
  const auto c = sla::compile(spec);
  EXPECT_EQ(open_on(c, shanghai, 2026y / 10 / 5), 0s);
  EXPECT_EQ(open_on(c, shanghai, 2026y / 10 / 6), 9h + 30min);
  EXPECT_EQ(open_on(c, shanghai, 2026y / 10 / 10), 0s);
}

TEST(compile, T10_never_and_unknown_past_the_cover) {
  const sla::business_time hours(office());
  EXPECT_EQ(hours.cover(), (sla::interval{sys_days{2025y / 12 / 31} + 16h, sys_days{2026y / 12 / 31} + 16h}));
  EXPECT_TRUE(hours.add(sys_days{2026y / 12 / 31}, sla::worked(100h)).is_unknown());
  const sla::business_time once(sla::calendar_spec{
      .zone = shanghai,
      .exceptions = {calendar_exception::on(2026y / 6 / 1, day_change::extra("10:00-12:00"_day_hours))},
      .cover = {2026y, 2027y}});
  EXPECT_TRUE(once.add(sys_days{2026y / 6 / 2}, 1_bs).is_never());
  EXPECT_EQ(once.add(sys_days{2026y / 1 / 1}, 2_bh), sla::instant(sys_days{2026y / 6 / 1} + 4h));
  // What opens after the cover is not never.
  sla::calendar_spec later = office();
  later.hours = {};
  later.exceptions = {calendar_exception::on(2026y / 6 / 1, day_change::extra("10:00-12:00"_day_hours)),
                      calendar_exception::on(2029y / 6 / 1, day_change::extra("10:00-12:00"_day_hours))};
  EXPECT_TRUE(sla::business_time(later).add(sys_days{2026y / 6 / 2}, 1_bs).is_unknown());
}

TEST(compile, T10_what_goes_on_before_the_cover_and_after_it) {
  sla::calendar_spec spec = office();
  const auto ends = [&] { return sla::compile(spec).endless; };
  EXPECT_EQ(ends(), sla::open_ends(true, true));
  // A service that begins in March, and one that ends then.
  spec.changes = {{2026y / 3 / 1, spec.hours}};
  spec.hours = {};
  EXPECT_EQ(ends(), sla::open_ends(false, true));
  std::swap(spec.hours, spec.changes[0].hours);
  EXPECT_EQ(ends(), sla::open_ends(true, false));
  // One that ends years after the cover does.
  spec.changes[0].from = 2029y / 3 / 1;
  EXPECT_EQ(ends(), sla::open_ends(true, true));
  // Dated openings, each on its side; a night shift at the edge is one.
  spec.changes.clear();
  spec.hours = {};
  const auto open_on_date = [&](std::chrono::year_month_day date) {
    spec.exceptions.push_back(calendar_exception::on(date, day_change::extra("22:00-06:00"_day_hours)));
  };
  open_on_date(2026y / 6 / 1);
  EXPECT_EQ(ends(), sla::open_ends(false, false));
  open_on_date(2020y / 6 / 1);
  EXPECT_EQ(ends(), sla::open_ends(true, false));
  spec.exceptions.pop_back();
  open_on_date(2026y / 12 / 31);
  EXPECT_EQ(ends(), sla::open_ends(false, true));
  EXPECT_TRUE(sla::business_time(spec).next_close(sys_days{2026y / 12 / 31} + 15h).is_unknown());
  spec.exceptions.pop_back();
  spec.recurring = {{std::chrono::May / 1, day_change::exactly("10:00-12:00"_day_hours)}};
  EXPECT_EQ(ends(), sla::open_ends(true, true));
}

// Of the shift of the 1st only the tail from 05:00 on is left, and the extra hours of the 2nd open before.
TEST(compile, T13_a_tail_that_opens_after_the_next_date) {
  sla::calendar_spec spec = office();
  spec.hours = "Mon-Sun 22:00-06:00"_hours;
  spec.exceptions = {
      calendar_exception::on(2026y / 6 / 1, day_change::minus("22:00-24:00"_day_hours)),
      calendar_exception::on(2026y / 6 / 2, day_change::minus("00:00-05:00"_day_hours)),
      calendar_exception::on(2026y / 6 / 2, day_change::extra("01:00-02:00"_day_hours), "", 1)};
  const sla::business_time c(spec);
  const sla::instant midnight = sys_days{2026y / 6 / 1} + 16h;  // 2026-06-02 00:00 in Shanghai
  EXPECT_EQ(c.worked(midnight, midnight + 12h), 2_bh);
  EXPECT_EQ(c.add(midnight - 3h, 1_bd), midnight + 30h);
}

TEST(compile, T10_dates_around_the_cover_are_known) {
  const auto c = of(shanghai, "Mon-Sun 22:00-06:00"_hours, 2026y);
  ASSERT_FALSE(c.days.empty());
  EXPECT_LE(c.days.front().date, sys_days{2025y / 12 / 31});
  EXPECT_EQ(sla_test::business_day(c, 2025y / 12 / 31)->last_close, c.cover.begin + 6h);
  EXPECT_EQ(sla_test::business_day(c, 2026y / 12 / 31)->last_close, c.cover.end + 6h);
  EXPECT_EQ(c.days.back().date, sys_days{2027y / 1 / 1});  // on which the cover ends
  EXPECT_EQ(c.open.front().begin, c.cover.begin);          // the tail of New Year's Eve
  EXPECT_EQ(c.open.back().end, c.cover.end);
}

TEST(compile, T11_a_calendar_that_never_opens_is_an_error) {
  const std::string never = "calendar: the calendar never opens in the years it covers [never-opens]";
  EXPECT_THAT(faults({.zone = shanghai, .cover = {2026y, 2027y}}), ElementsAre(never));
  EXPECT_THAT(faults(office({calendar_exception::through(2025y / 1 / 1, 2028y / 1 / 1, day_change::off())})),
              ElementsAre(never));
  const sla::zone apia = sla::load_zone("Pacific/Apia");
  EXPECT_THAT(faults({.zone = apia,
                      .exceptions = {calendar_exception::on(2011y / 12 / 30,
                                                            day_change::extra("10:00-12:00"_day_hours))},
                      .cover = {2011y, 2012y}}),
              ElementsAre(never));  // on a date that did not happen
}

TEST(compile, every_fault_of_a_description_with_its_place) {
  sla::calendar_spec spec =
      office({calendar_exception::on(2026y / 2 / 30, day_change::off()),
              calendar_exception::through(2026y / 3 / 2, 2026y / 3 / 1, day_change::off()),
              calendar_exception::on(2026y / 3 / 1, day_change::extra({})),
              calendar_exception::on(2026y / 3 / 1, day_change::works_as(std::chrono::weekday(9)))});
  spec.changes = {
      {2026y / 3 / 1, "24/7"_hours}, {2026y / 2 / 1, "24/7"_hours}, {2026y / 13 / 1, "24/7"_hours}};
  spec.recurring = {{std::chrono::February / 30, day_change::off()},
                    {std::chrono::May / std::chrono::Monday[1], day_change::minus({})}};
  spec.cover = {2027y, 2026y};
  EXPECT_THAT(
      faults(spec),
      ElementsAre(
          "cover: the years 2027 to 2026 hold no time: the second is where cover ends, and is not in it "
          "[bad-cover]",
          "changes[1]: 2026-02-01 does not come after the change before it [changes-out-of-order]",
          "changes[2]: there is no such date [no-such-date]",
          "exceptions[0]: there is no such date [no-such-date]",
          "exceptions[1]: the range ends on 2026-03-01, before it begins on 2026-03-02 [range-backwards]",
          "exceptions[2]: expected hours to add [no-hours]",
          "exceptions[3]: there is no such weekday [no-such-weekday]",
          "recurring[0]: no year has such a date [no-such-date]",
          "recurring[1]: expected hours to take away [no-hours]"));
  try {
    (void)sla::compile(spec);
    FAIL() << "compiled";
  } catch (const sla::calendar_error& e) {
    EXPECT_EQ(e.faults().size(), 9U);
  }
  // What its dates say is found beside what the description says.
  spec = office({calendar_exception::on(2026y / 2 / 30, day_change::off()),
                 calendar_exception::on(2026y / 5 / 4, day_change::off()),
                 calendar_exception::on(2026y / 5 / 4, day_change::works_as(std::chrono::Sunday))});
  EXPECT_THAT(
      faults(spec),
      ElementsAre("exceptions[0]: there is no such date [no-such-date]",
                  "exceptions[2]: 2026-05-04 is 'works as Sun' here and 'off' by exceptions[1]: state a "
                  "precedence [unequal-exceptions]"));
  // So is the end of a zone's data.
  spec.zone = sla::zone("Short", "1", 8h, {{sys_days{2026y / 6 / 1}, 9h}}, "");
  EXPECT_THAT(
      faults(spec),
      ElementsAre("exceptions[0]: there is no such date [no-such-date]",
                  "zone: warning: zone Short has no rule after its last change on 2026-06-01: answers after "
                  "it are unknown [zone-data-end]",
                  "exceptions[2]: 2026-05-04 is 'works as Sun' here and 'off' by exceptions[1]: state a "
                  "precedence [unequal-exceptions]"));
  spec = office();
  spec.cover = {};
  EXPECT_THAT(
      faults(spec),
      ElementsAre("cover: expected the years the calendar answers for, such as {2024y, 2034y} [no-cover]"));
  spec.cover = {1000y, 2001y};
  EXPECT_THAT(faults(spec), ElementsAre("cover: expected at most 1000 years [bad-cover]"));
}

TEST(compile, T11_a_hundred_and_a_thousand_years_are_bounded) {
  const sla::zone ny = sla::load_zone("America/New_York");
  const auto c = sla::compile({.zone = ny, .hours = "Sun 00:00-06:00"_hours, .cover = {1500y, 2500y}});
  EXPECT_EQ(c.open.size(), 52'177U);  // Sundays of 1500 to 2499: 365,243 days, of which the first is a Monday
  EXPECT_EQ(open_on(c, ny, 2499y / 3 / 8), 5h);
}

}  // namespace
}  // namespace compile_test
