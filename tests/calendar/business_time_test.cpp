// SPDX-License-Identifier: MIT
// Business time by rule, on calendars that can be checked by hand.

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include <sla/calendar/business_time.hpp>
#include <sla/calendar/calendar.hpp>
#include <sla/calendar/china.hpp>

namespace business_time_test {
namespace {

using namespace std::chrono;
using namespace sla::literals;
using sla::business_day_rule;
using sla::business_time;
using sla::calendar_spec;
using sla::instant;
using sla::interval;
using sla::landing;

// UTC, Mon-Fri 09:00-12:00 and 13:00-18:00: eight hours a day. 2026-10-12 is a Monday.
const business_time& office() {
  static const business_time c =
      calendar_spec{.hours = "Mon-Fri 09:00-12:00,13:00-18:00"_hours, .cover = {2026y, 2027y}};
  return c;
}
// Every night, 22:00-06:00.
const business_time& night() {
  static const business_time c = calendar_spec{.hours = "Mon-Sun 22:00-06:00"_hours, .cover = {2026y, 2027y}};
  return c;
}
constexpr instant at(unsigned day, hours h, minutes m = 0min) {
  return sys_days(2026y / October / std::chrono::day(day)) + h + m;
}

TEST(business_time, T1_worked_is_signed_additive_and_half_open) {
  EXPECT_EQ(office().worked(at(12, 9h), at(12, 18h)), 8_bh);
  EXPECT_EQ(office().worked(at(12, 18h), at(12, 9h)), -(8_bh));
  EXPECT_EQ(office().worked(at(12, 12h), at(12, 13h)), 0_bs);
  EXPECT_EQ(office().worked(at(12, 11h, 59min), at(12, 12h)), 1_bmin);
  EXPECT_EQ(office().worked(at(16, 17h), at(19, 10h)), 2_bh);
  EXPECT_EQ(office().worked(at(12, 10h), at(12, 10h)), 0_bs);
  EXPECT_TRUE(office().is_open(at(12, 9h)));
  EXPECT_FALSE(office().is_open(at(12, 12h)));
}

TEST(business_time, T2_add_is_the_earliest_and_subtract_the_latest) {
  struct row {
    const char* name;
    instant t;
    sla::worked w;
    instant added, subtracted;
  };
  const row rows[] = {
      {"nothing, open", at(13, 10h), 0_bs, at(13, 10h), at(13, 10h)},
      {"nothing, closed", at(13, 3h), 0_bs, at(13, 3h), at(13, 3h)},
      {"inside an interval", at(13, 10h), 1_bh, at(13, 11h), at(13, 9h)},
      {"to the edge", at(13, 10h), 2_bh, at(13, 12h), at(12, 17h)},
      {"from the edge before lunch", at(13, 12h), 1_bs, at(13, 13h) + 1s, at(13, 12h) - 1s},
      {"from the edge after lunch", at(13, 13h), 3_bh, at(13, 16h), at(13, 9h)},
      {"a whole day from the night before", at(12, 20h), 8_bh, at(13, 18h), at(12, 9h)},
      {"over a weekend", at(16, 17h), 2_bh, at(19, 10h), at(16, 15h)},
      {"a week", at(12, 9h), 40_bh, at(16, 18h), at(5, 9h)},
  };
  for (const row& r : rows) {
    SCOPED_TRACE(r.name);
    EXPECT_EQ(office().add(r.t, r.w), r.added);
    EXPECT_EQ(office().subtract(r.t, r.w), r.subtracted);
    EXPECT_EQ(office().add(r.t, -r.w), r.subtracted);
    EXPECT_EQ(office().subtract(r.t, -r.w), r.added);
  }
}

TEST(business_time, T3_deadline_on_the_closing_edge) {
  EXPECT_EQ(office().add(at(12, 14h), 4_bh), at(12, 18h));
  EXPECT_EQ(office().add(at(12, 14h), 4_bh, landing::closing), at(12, 18h));
  EXPECT_EQ(office().add(at(12, 14h), 4_bh, landing::next_opening), at(13, 9h));
  EXPECT_EQ(office().add(at(12, 10h), 2_bh, landing::next_opening), at(12, 13h));
  EXPECT_EQ(office().add(at(12, 10h), 1_bh, landing::next_opening), at(12, 11h));
  EXPECT_EQ(office().add(at(12, 20h), 0_bs, landing::next_opening), at(12, 20h));
}

TEST(business_time, openings_and_closings) {
  EXPECT_EQ(office().next_open(at(12, 10h)), at(12, 10h));
  EXPECT_EQ(office().next_open(at(12, 12h)), at(12, 13h));
  EXPECT_EQ(office().next_open(at(16, 18h)), at(19, 9h));
  EXPECT_EQ(office().next_close(at(12, 10h)), at(12, 12h));
  EXPECT_EQ(office().next_close(at(12, 12h)), at(12, 18h));
  EXPECT_EQ(office().previous_open(at(12, 9h)), at(12, 9h));
  EXPECT_EQ(office().previous_open(at(12, 9h) - 1s), at(9, 13h));
  EXPECT_EQ(office().previous_close(at(12, 12h)), at(12, 12h));
  EXPECT_EQ(office().previous_close(at(12, 12h) - 1s), at(9, 18h));
}

TEST(business_time, intervals_are_read_both_ways) {
  const auto day = office().open_in({at(12, 10h), at(12, 13h)});
  ASSERT_EQ(day.size(), 1u);
  EXPECT_EQ(day.front(), (interval{at(12, 9h), at(12, 12h)}));
  EXPECT_EQ(office().open_in({at(12, 10h), at(12, 13h) + 1s}).size(), 2u);
  EXPECT_TRUE(office().open_in({at(12, 12h), at(12, 13h)}).empty());
  EXPECT_TRUE(office().open_in({at(12, 13h), at(12, 9h)}).empty());
  const auto week = office().open_in({at(12, 0h), at(17, 0h)});
  EXPECT_EQ(week.size(), 10u);
  EXPECT_EQ(*week.rbegin(), (interval{at(16, 13h), at(16, 18h)}));
}

TEST(business_time, T10_past_the_cover_is_unknown) {
  const instant begin = sys_days(2026y / 1 / 1), end = sys_days(2027y / 1 / 1);
  EXPECT_EQ(office().cover(), (interval{begin, end}));
  EXPECT_TRUE(office().covers(begin));
  EXPECT_TRUE(office().covers(end));
  EXPECT_FALSE(office().covers(begin - 1s));
  EXPECT_FALSE(office().covers(end + 1s));
  for (const instant t : {begin - 1s, end + 1s}) {
    EXPECT_TRUE(office().add(t, 1_bs).is_unknown());
    EXPECT_TRUE(office().subtract(t, 1_bs).is_unknown());
    EXPECT_EQ(office().add(t, 0_bs), t);
    EXPECT_TRUE(office().next_open(t).is_unknown());
    EXPECT_TRUE(office().next_close(t).is_unknown());
    EXPECT_TRUE(office().previous_open(t).is_unknown());
    EXPECT_TRUE(office().previous_close(t).is_unknown());
    EXPECT_FALSE(office().is_open(t));
    EXPECT_TRUE(office().add(t, 1_bd).is_unknown());
  }
  // 2026-12-31 is a Thursday; all its hours are known, and the next second is not.
  const instant last = sys_days(2026y / 12 / 31) + 18h;
  EXPECT_EQ(office().add(last - 1h, 1_bh), last);
  EXPECT_TRUE(office().add(last - 1h, sla::worked(1h + 1s)).is_unknown());
  EXPECT_TRUE(office().add(last - 1h, sla::worked(seconds::max())).is_unknown());
  EXPECT_TRUE(office().add(last - 1h, sla::worked(seconds::min())).is_unknown());
  EXPECT_TRUE(office().subtract(last - 1h, sla::worked(seconds::min())).is_unknown());
  EXPECT_TRUE(office().subtract(sys_days(2026y / 1 / 1) + 10h, 2_bh).is_unknown());
  EXPECT_EQ(office().subtract(sys_days(2026y / 1 / 1) + 10h, 1_bh), instant(sys_days(2026y / 1 / 1) + 9h));
  // What lies outside counts as closed.
  EXPECT_EQ(office().worked(last - 1h, end + 365 * 24h), 1_bh);
  EXPECT_EQ(office().worked(instant::earliest(), begin), 0_bs);
  EXPECT_EQ(office().worked(last - 1h, instant::unknown()), 1_bh);
}

TEST(business_time, T10_reserved_instants_stay_what_they_are) {
  for (const instant t : {instant::never(), instant::unknown()}) {
    EXPECT_EQ(office().add(t, 1_bh), t);
    EXPECT_EQ(office().add(t, 0_bs), t);
    EXPECT_EQ(office().subtract(t, 1_bh), t);
    EXPECT_EQ(office().add(t, 2_bd), t);
    EXPECT_EQ(office().next_open(t), t);
    EXPECT_EQ(office().next_close(t), t);
    EXPECT_EQ(office().received(t, 17h), t);
    EXPECT_FALSE(office().is_open(t));
    EXPECT_FALSE(office().covers(t));
  }
}

TEST(business_time, T10_a_calendar_that_does_not_go_on_answers_never) {
  sla::compiled_calendar once;
  once.cover = {at(12, 0h), at(17, 0h)};
  once.open = {{at(13, 1h), at(13, 3h)}};
  const business_time c(once);
  EXPECT_EQ(c.add(at(12, 0h), 2_bh), at(13, 3h));
  EXPECT_TRUE(c.add(at(12, 0h), sla::worked(2h + 1s)).is_never());
  EXPECT_TRUE(c.add(at(13, 3h), 1_bs).is_never());
  EXPECT_TRUE(c.subtract(at(13, 1h), 1_bs).is_never());
  EXPECT_TRUE(c.next_open(at(13, 3h)).is_never());
  EXPECT_TRUE(c.previous_open(at(12, 0h)).is_never());
  // Outside the cover it is closed, and that is known.
  EXPECT_EQ(c.add(at(1, 0h), 2_bh), at(13, 3h));
  EXPECT_EQ(c.subtract(at(30, 0h), 2_bh), at(13, 1h));
  EXPECT_EQ(c.previous_close(at(30, 0h)), at(13, 3h));
}

// A contract that began in the cover, and goes on past it; and one that ends in it.
TEST(business_time, T10_never_on_one_side_and_unknown_on_the_other) {
  sla::compiled_calendar c;
  c.cover = {at(12, 0h), at(17, 0h)};
  c.open = {{at(13, 1h), at(13, 3h)}, {at(16, 22h), at(17, 0h)}};
  c.endless = {false, true};
  const business_time began(c);
  EXPECT_TRUE(began.subtract(at(13, 2h), 2_bh).is_never());
  EXPECT_TRUE(began.previous_open(at(13, 0h)).is_never());
  EXPECT_TRUE(began.previous_close(at(13, 1h)).is_never());
  EXPECT_EQ(began.add(at(1, 0h), 2_bh), at(13, 3h));
  EXPECT_EQ(began.next_open(at(1, 0h)), at(13, 1h));
  EXPECT_TRUE(began.subtract(at(1, 0h), 1_bs).is_never());
  EXPECT_TRUE(began.add(at(13, 0h), 5_bh).is_unknown());
  EXPECT_TRUE(began.next_close(at(16, 23h)).is_unknown());
  EXPECT_TRUE(began.next_open(at(17, 0h)).is_unknown());
  EXPECT_TRUE(began.next_open(at(20, 0h)).is_unknown());
  EXPECT_TRUE(began.subtract(at(20, 0h), 1_bs).is_unknown());

  c.open = {{at(12, 0h), at(12, 2h)}, {at(13, 1h), at(13, 3h)}};
  c.endless = {true, false};
  const business_time ends(c);
  EXPECT_TRUE(ends.subtract(at(13, 2h), 4_bh).is_unknown());
  EXPECT_TRUE(ends.previous_open(at(12, 1h)).is_unknown());
  EXPECT_TRUE(ends.previous_close(at(12, 1h)).is_unknown());
  EXPECT_TRUE(ends.add(at(1, 0h), 1_bs).is_unknown());
  EXPECT_TRUE(ends.add(at(13, 2h), 2_bh).is_never());
  EXPECT_TRUE(ends.next_open(at(13, 3h)).is_never());
  EXPECT_TRUE(ends.next_open(at(20, 0h)).is_never());
  EXPECT_EQ(ends.subtract(at(20, 0h), 2_bh), at(13, 1h));
  EXPECT_EQ(ends.previous_close(at(20, 0h)), at(13, 3h));
}

TEST(business_time, T11_an_empty_calendar_answers_every_question) {
  sla::compiled_calendar none;
  none.cover = {at(12, 0h), at(17, 0h)};
  const business_time c(none);
  EXPECT_TRUE(c.never_opens());
  EXPECT_TRUE(c.add(at(12, 0h), 1_bs).is_never());
  EXPECT_TRUE(c.subtract(at(12, 0h), 1_bs).is_never());
  EXPECT_TRUE(c.next_open(at(12, 0h)).is_never());
  EXPECT_TRUE(c.next_close(at(12, 0h)).is_never());
  EXPECT_TRUE(c.previous_open(at(12, 0h)).is_never());
  EXPECT_TRUE(c.previous_close(at(12, 0h)).is_never());
  EXPECT_EQ(c.worked(at(12, 0h), at(17, 0h)), 0_bs);
  EXPECT_FALSE(c.is_open(at(13, 0h)));
}

TEST(business_time, always_is_elapsed_time) {
  const business_time c = business_time::always();
  for (const instant t : {at(12, 0h), instant::from_unix(0), instant::from_unix(-4'000'000'000'000)}) {
    EXPECT_EQ(c.add(t, 5_bh), t + 5h);
    EXPECT_EQ(c.subtract(t, 5_bh), t - 5h);
    EXPECT_EQ(c.worked(t, t + 77h), 77_bh);
    EXPECT_TRUE(c.is_open(t));
    EXPECT_EQ(c.next_open(t), t);
    EXPECT_TRUE(c.next_close(t).is_never());
    EXPECT_TRUE(c.previous_open(t).is_never());
    EXPECT_FALSE(c.is_provisional(t));
  }
  EXPECT_TRUE(c.add(instant::latest(), 1_bs).is_never());
  EXPECT_FALSE(c.has_business_days());
  EXPECT_TRUE(c.add(at(12, 0h), 1_bd).is_unknown());
}

TEST(business_time, a_calendar_out_of_order_is_refused) {
  const interval cover{at(12, 0h), at(17, 0h)};
  const auto refused = [&](std::vector<interval> open) {
    sla::compiled_calendar c;
    c.cover = cover;
    c.open = std::move(open);
    EXPECT_THROW(business_time{c}, sla::error);
  };
  refused({{at(13, 2h), at(13, 1h)}});
  refused({{at(13, 1h), at(13, 1h)}});
  refused({{at(13, 1h), at(13, 2h)}, {at(13, 2h), at(13, 3h)}});
  refused({{at(13, 3h), at(13, 4h)}, {at(13, 1h), at(13, 2h)}});
  refused({{at(11, 1h), at(13, 4h)}});
  refused({{at(13, 1h), at(18, 4h)}});
  EXPECT_THROW(business_time{sla::compiled_calendar{}}, sla::error);
}

TEST(business_days, T13_the_day_of_origin_is_day_0) {
  struct row {
    const char* name;
    instant t;
    std::int32_t days;
    instant closing, same_time;
  };
  const row rows[] = {
      {"in the morning", at(12, 10h), 1, at(13, 18h), at(13, 10h)},
      {"at closing", at(12, 18h), 1, at(13, 18h), at(13, 18h)},
      {"after closing, clamped", at(12, 20h), 1, at(13, 18h), at(13, 18h)},
      {"before opening, clamped", at(12, 7h), 1, at(13, 18h), at(13, 9h)},
      {"in the lunch break", at(12, 12h, 30min), 1, at(13, 18h), at(13, 12h, 30min)},
      {"over a weekend", at(16, 10h), 1, at(19, 18h), at(19, 10h)},
      {"from a Saturday", at(17, 10h), 1, at(19, 18h), at(19, 10h)},
      {"five are a week", at(12, 10h), 5, at(19, 18h), at(19, 10h)},
      {"none", at(12, 10h), 0, at(12, 10h), at(12, 10h)},
      {"one before: its opening", at(13, 10h), -1, at(12, 9h), at(12, 10h)},
      {"one before a Saturday", at(17, 10h), -1, at(16, 9h), at(16, 10h)},
      {"one before a Monday", at(19, 10h), -1, at(16, 9h), at(16, 10h)},
  };
  for (const row& r : rows) {
    SCOPED_TRACE(r.name);
    const sla::business_days n(r.days);
    EXPECT_EQ(office().add(r.t, n), r.closing);
    EXPECT_EQ(office().add(r.t, n, business_day_rule::same_time()), r.same_time);
  }
  EXPECT_EQ(office().add(at(12, 10h), 2_bd, business_day_rule::at(24h)), at(15, 0h));
}

TEST(business_days, T13_a_night_shift_belongs_to_the_date_it_opened_on) {
  // 03:00 on the 13th is still the shift of the 12th; 10:00 is the 13th.
  EXPECT_EQ(night().add(at(13, 3h), 1_bd), at(14, 6h));
  EXPECT_EQ(night().add(at(13, 10h), 1_bd), at(15, 6h));
  EXPECT_EQ(night().add(at(13, 3h), 1_bd, business_day_rule::same_time()), at(14, 3h));
  EXPECT_EQ(night().business_days_between(at(13, 3h), at(13, 10h)), 1);
  EXPECT_EQ(night().business_days_between(at(12, 23h), at(13, 3h)), 0);
}

TEST(business_days, T13_counted_between_two_instants) {
  EXPECT_EQ(office().business_days_between(at(12, 10h), at(12, 17h)), 0);
  EXPECT_EQ(office().business_days_between(at(12, 10h), at(13, 3h)), 1);
  EXPECT_EQ(office().business_days_between(at(16, 10h), at(18, 10h)), 0);
  EXPECT_EQ(office().business_days_between(at(12, 10h), at(19, 10h)), 5);
  EXPECT_EQ(office().business_days_between(at(19, 10h), at(12, 10h)), -5);
}

TEST(business_days, T13_cut_off) {
  const auto rule = business_day_rule::closing().received_by(17h);
  EXPECT_EQ(office().add(at(12, 17h), 1_bd, rule), at(13, 18h));
  EXPECT_EQ(office().add(at(12, 17h) + 1s, 1_bd, rule), at(14, 18h));
  EXPECT_EQ(office().add(at(13, 7h), 1_bd, rule), at(14, 18h));
  // What comes on a weekend is received on Monday, as Friday's late report is.
  EXPECT_EQ(office().add(at(16, 17h) + 1s, 1_bd, rule), at(20, 18h));
  EXPECT_EQ(office().add(at(17, 10h), 1_bd, rule), at(20, 18h));
}

// The table of days against the plain definition: the date that t belongs to, and how many business days are up to it.
TEST(business_days, positions_agree_with_dates) {
  const sla::zone back(std::string("back a day"), "1", 8h, {{sys_days(2026y / 6 / 10) + 16h, -16h}},
                       "<-16>16");
  for (const sla::zone& z :
       {sla::zone::utc(), sla::zone::posix("Berlin", "CET-1CEST,M3.5.0,M10.5.0/3"), back}) {
    for (const sla::weekly_hours& h :
         {sla::weekly_hours("Mon-Fri 09:00-18:00"_hours), sla::weekly_hours("24/7"_hours),
          sla::weekly_hours("Mon-Sun 22:00-06:00"_hours)}) {
      const business_time c = calendar_spec{.zone = z, .hours = h, .cover = {2026y, 2027y}};
      const sla::compiled_calendar plain = c.compiled();
      const sla::detail::date_table table(plain.days, plain.offsets, plain.cover);
      for (instant t = c.cover().begin; t <= c.cover().end; t = t + 53min)
        ASSERT_EQ(table.position(t), table.through(table.date_of(t))) << t.unix_seconds();
    }
  }
}

TEST(business_days, past_the_cover) {
  const instant t = sys_days(2026y / 12 / 30) + 10h;
  EXPECT_EQ(office().add(t, 1_bd), instant(sys_days(2026y / 12 / 31) + 18h));
  EXPECT_TRUE(office().add(t, 2_bd).is_unknown());
  EXPECT_TRUE(office().add(t, sla::business_days(std::numeric_limits<std::int32_t>::max())).is_unknown());
  EXPECT_TRUE(office().add(t, sla::business_days(std::numeric_limits<std::int32_t>::min())).is_unknown());
}

// Of Monday's night shift only 05:00-06:00 is left, on Tuesday. 03:00 there belongs to Monday, as 05:30 does.
TEST(business_days, T13_an_instant_before_what_is_left_of_last_nights_shift) {
  calendar_spec spec{.hours = "Mon-Sun 22:00-06:00"_hours, .cover = {2026y, 2027y}};
  spec.exceptions = {
      sla::calendar_exception::on(2026y / 10 / 12, sla::day_change::minus("22:00-05:00"_day_hours))};
  const business_time c = spec;
  EXPECT_EQ(c.add(at(13, 3h), 1_bd), at(14, 6h));
  EXPECT_EQ(c.add(at(13, 5h, 30min), 1_bd), at(14, 6h));
  EXPECT_EQ(c.add(at(13, 3h), -(1_bd)), at(11, 22h));
  const sla::compiled_calendar plain = c.compiled();
  const sla::detail::date_table table(plain.days, plain.offsets, plain.cover);
  for (instant t = at(10, 0h); t <= at(16, 0h); t = t + 10min)
    ASSERT_EQ(table.position(t), table.through(table.date_of(t))) << t.unix_seconds();
}

// Mon-Sun 22:00-06:00 over 2026: the shift of New Year's Eve 2025 ends in the cover, that of 2026-12-31 after it.
TEST(business_days, T10_T13_a_night_shift_across_the_edges_of_the_cover) {
  const auto on = [](year_month_day date, hours h) { return instant(sys_days(date)) + h; };
  // The shift that opened on the eve is worked in: its date is day 0, and New Year's Day is day 1.
  EXPECT_EQ(night().add(on(2026y / 1 / 1, 2h), 1_bd), on(2026y / 1 / 2, 6h));
  EXPECT_EQ(night().add(on(2026y / 1 / 1, 2h), 1_bd, business_day_rule::same_time()), on(2026y / 1 / 2, 2h));
  EXPECT_EQ(night().add(on(2026y / 1 / 1, 7h), 1_bd), on(2026y / 1 / 3, 6h));
  EXPECT_EQ(night().business_days_between(on(2026y / 1 / 1, 2h), on(2026y / 1 / 1, 7h)), 1);
  EXPECT_EQ(night().received(on(2026y / 1 / 1, 2h), 27h), on(2026y / 1 / 1, 2h));
  EXPECT_EQ(night().received(on(2026y / 1 / 1, 4h), 27h), on(2026y / 1 / 1, 22h));
  // The last date is a business day, though its closing lies past the cover.
  EXPECT_EQ(night().add(on(2026y / 12 / 29, 10h), 1_bd), on(2026y / 12 / 31, 6h));
  EXPECT_TRUE(night().add(on(2026y / 12 / 30, 10h), 1_bd).is_unknown());
  EXPECT_EQ(night().add(on(2026y / 12 / 30, 10h), 1_bd, business_day_rule::at(23h)),
            on(2026y / 12 / 31, 23h));
  EXPECT_EQ(night().business_days_between(on(2026y / 12 / 30, 10h), on(2026y / 12 / 31, 10h)), 1);
  EXPECT_EQ(night().dates().back().date, sys_days(2026y / 12 / 31));
  // Before the cover nothing is answered.
  EXPECT_TRUE(night().add(on(2026y / 1 / 1, 10h), -(1_bd)).is_unknown());
  EXPECT_EQ(night().dates().front().date, sys_days(2026y / 1 / 1));
}

TEST(business_days, T10_the_days_around_the_cover) {
  // The eve of the cover was a Wednesday worked to 18:00; the date on which it ends is a Friday.
  const instant begin = sys_days(2026y / 1 / 1), end = sys_days(2027y / 1 / 1);
  EXPECT_EQ(office().received(begin + 7h, 34h), begin + 7h);
  EXPECT_EQ(office().received(begin + 7h, 30h), begin + 9h);
  EXPECT_TRUE(office().received(end - 2h, 17h).is_unknown());
  EXPECT_TRUE(office().add(end - 2h, 1_bd, business_day_rule::closing().received_by(17h)).is_unknown());
  EXPECT_EQ(office().business_days_between(end - 2h, end), 1);
  EXPECT_TRUE(office().add(end - 2h, 1_bd).is_unknown());
  EXPECT_TRUE(office().add(end - 2h, 1_bd, business_day_rule::at(0h)).is_finite());
}

TEST(business_time, T10_whether_it_opens_where_the_cover_ends_is_unknown) {
  const business_time morning = calendar_spec{.hours = "Mon-Sun 00:00-06:00"_hours, .cover = {2026y, 2027y}};
  const instant end = sys_days(2027y / 1 / 1);
  EXPECT_TRUE(morning.previous_open(end).is_unknown());
  EXPECT_EQ(morning.previous_open(end - 1s), instant(sys_days(2026y / 12 / 31)));
  EXPECT_EQ(night().previous_open(end), end - 2h);  // open up to there: no opening
}

TEST(business_time, T14_a_start_after_the_cut_off_is_received_at_the_next_opening) {
  EXPECT_EQ(office().received(at(12, 16h, 59min), 17h), at(12, 16h, 59min));
  EXPECT_EQ(office().received(at(12, 17h), 17h), at(12, 17h));
  EXPECT_EQ(office().received(at(12, 17h) + 1s, 17h), at(13, 9h));
  EXPECT_EQ(office().received(at(12, 23h), 17h), at(13, 9h));
  EXPECT_EQ(office().received(at(16, 17h, 30min), 17h), at(19, 9h));
  EXPECT_EQ(office().received(at(18, 12h), 17h), at(19, 9h));
  // A stop in between is met with 0: nothing is worked from the received start back to it.
  EXPECT_LT(office().worked(office().received(at(12, 17h, 30min), 17h), at(12, 17h, 45min)), 0_bs);
}

// A cut-off must not make a later report due earlier.
TEST(business_time, T14_received_is_monotonic) {
  instant last = instant::earliest();
  for (instant t = at(9, 0h); t < at(21, 0h); t = t + 7min) {
    const instant r = office().received(t, 17h);
    EXPECT_LE(t, r);
    EXPECT_LE(last, r);
    last = r;
  }
}

TEST(business_time, T14_a_cut_off_that_clocks_show_twice_is_the_first_of_the_two) {
  // Berlin 2026-10-25: 02:00-03:00 is shown from 00:00Z and again from 01:00Z.
  const business_time c = calendar_spec{.zone = sla::zone::posix("Berlin", "CET-1CEST,M3.5.0,M10.5.0/3"),
                                        .hours = "24/7"_hours,
                                        .cover = {2026y, 2027y}};
  const instant midnight = sys_days(2026y / 10 / 25) - 2h, next_day = sys_days(2026y / 10 / 25) + 23h;
  const auto cut_off = 2h + 30min;
  EXPECT_EQ(c.received(midnight + cut_off, cut_off), midnight + cut_off);
  EXPECT_EQ(c.received(midnight + cut_off + 1s, cut_off), next_day);
  EXPECT_EQ(c.received(midnight + 3h + 10min, cut_off), next_day) << "02:10 once more";
  // 2026-03-29 skips 02:30: its end is the cut-off.
  const instant skip = sys_days(2026y / 3 / 29) + 1h;
  EXPECT_EQ(c.received(skip, cut_off), skip);
  EXPECT_EQ(c.received(skip + 1s, cut_off), instant(sys_days(2026y / 3 / 29) + 22h));
}

TEST(business_days, same_time_where_clocks_skip_it_or_show_it_twice) {
  // Berlin 2026: 02:00-03:00 is skipped on Sunday 03-29, shown twice on Sunday 10-25.
  const business_time c = calendar_spec{.zone = sla::zone::posix("Berlin", "CET-1CEST,M3.5.0,M10.5.0/3"),
                                        .hours = "24/7"_hours,
                                        .cover = {2026y, 2027y}};
  const auto rule = business_day_rule::same_time();
  EXPECT_EQ(c.add(sys_days(2026y / 3 / 28) + 1h + 30min, 1_bd, rule), instant(sys_days(2026y / 3 / 29) + 1h));
  EXPECT_EQ(c.add(sys_days(2026y / 10 / 24) + 0h + 30min, 1_bd, rule),
            instant(sys_days(2026y / 10 / 25) + 0h + 30min));
  EXPECT_EQ(c.add(sys_days(2026y / 3 / 28) + 12h, 1_bd), instant(sys_days(2026y / 3 / 29) + 22h));
}

TEST(business_time, batches_give_the_answers_one_by_one) {
  for (const business_time& c : {office(), night(), business_time::always()}) {
    std::vector<instant> t;
    std::vector<sla::worked> w;
    std::uint64_t state = 7;
    const auto random = [&] {
      return (state = state * 6364136223846793005ULL + 1442695040888963407ULL) >> 33;
    };
    for (int i = 0; i < 20'000; ++i) {
      // Runs of near neighbours, jumps between them, and some instants outside the cover.
      const bool jump = random() % 50 == 0;
      const instant next = jump || t.empty()
                               ? instant(sys_days(2025y / 12 / 20)) + seconds(random() % (400 * 86'400))
                               : t.back() + seconds(random() % 600) - seconds(20);
      t.push_back(random() % 1000 == 0 ? instant::never() : next);
      w.push_back(sla::worked(seconds(static_cast<std::int64_t>(random() % 200'000) - 50'000)));
    }
    std::vector<instant> out(t.size());
    EXPECT_EQ(c.add(t, w, out), t.size());
    for (std::size_t i = 0; i < t.size(); ++i) ASSERT_EQ(out[i], c.add(t[i], w[i])) << i;
    for (const sla::worked amount :
         {1_bs, 5_bmin, 4_bh, 8_bh, 100_bh, 0_bs, -(3_bh), sla::worked(seconds::max())}) {
      EXPECT_EQ(c.add(t, amount, out), t.size());
      for (std::size_t i = 0; i < t.size(); ++i) ASSERT_EQ(out[i], c.add(t[i], amount)) << i;
    }
    const std::vector<instant> b(t.rbegin(), t.rend());
    std::vector<sla::worked> between(t.size());
    EXPECT_EQ(c.worked(t, b, between), t.size());
    for (std::size_t i = 0; i < t.size(); ++i) ASSERT_EQ(between[i], c.worked(t[i], b[i])) << i;
    // In place, and only as far as the shortest span.
    std::vector<instant> same = t;
    EXPECT_EQ(c.add(same, 4_bh, same), t.size());
    for (std::size_t i = 0; i < t.size(); ++i) ASSERT_EQ(same[i], c.add(t[i], 4_bh)) << i;
    EXPECT_EQ(c.add(t, 4_bh, std::span(same).first(10)), 10u);
  }
}

TEST(business_time, its_size_is_bounded) {
  struct row {
    const char* name;
    sla::weekly_hours hours;
  };
  const row rows[] = {{"two a day", "Mon-Fri 09:00-12:00,13:00-18:00"_hours},
                      {"24/7", "24/7"_hours},
                      {"one a week", "Mon 09:00-09:01"_hours}};
  for (const row& r : rows) {
    SCOPED_TRACE(r.name);
    const business_time c = calendar_spec{.hours = r.hours, .cover = {2024y, 2034y}};
    EXPECT_LE(c.size_bytes(), 10 * 16'384 + c.open().size() * 32);
  }
  const business_time shanghai = calendar_spec{.zone = sla::zone::posix("Asia/Shanghai", "CST-8"),
                                               .hours = "Mon-Fri 08:30-12:00,13:00-18:00"_hours,
                                               .holidays = sla::china_workdays(),
                                               .cover = {2024y, 2034y}};
  EXPECT_LE(shanghai.size_bytes(), 10 * 16'384 + shanghai.open().size() * 32);
}

}  // namespace
}  // namespace business_time_test
