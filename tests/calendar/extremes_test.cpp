// SPDX-License-Identifier: MIT
// Every question at the ends of what its arguments can be: the answers are the reserved ones or lie inside the cover,
// and the sanitizers find nothing to say.

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include <sla/calendar/calendar.hpp>
#include <sla/calendar/calendar_algebra.hpp>
#include <sla/calendar/china.hpp>
#include <sla/calendar/civil_span.hpp>
#include <sla/calendar/local_text.hpp>
#include <sla/calendar/span_report.hpp>

namespace extremes_test {
namespace {

using namespace std::chrono;
using namespace sla::literals;
using sla::business_time;
using sla::civil_span;
using sla::instant;

constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max(),
                       least = std::numeric_limits<std::int64_t>::min();

std::vector<instant> instants(const business_time& c) {
  std::vector<instant> out{instant::never(),     instant::unknown(),       instant::earliest(),
                           instant::latest(),    instant::from_unix(most), instant::from_unix(least),
                           instant::from_unix(0)};
  for (const instant t : {instant::earliest(), instant::latest(), c.cover().begin, c.cover().end})
    for (const seconds d : {1s, 86'400s, seconds(40LL * 365 * 86'400)}) {
      out.push_back(t + d);
      out.push_back(t - d);
    }
  // Where std::chrono's years end, and where its days as 32 bits would.
  for (const std::int64_t day :
       {std::int64_t{32'767 - 1970} * 365, std::int64_t{1} << 31, std::int64_t{1} << 40})
    for (const std::int64_t sign : {-1, 1}) out.push_back(instant::from_unix(sign * day * 86'400));
  return out;
}
std::vector<std::int64_t> numbers() {
  std::vector<std::int64_t> out{0};
  for (const std::int64_t n : {std::int64_t{1}, std::int64_t{1} << 31, std::int64_t{1} << 32,
                               std::int64_t{1} << 61, std::int64_t{1} << 62, most})
    for (const std::int64_t d : {-2, -1, 0}) {
      out.push_back(n + d);
      out.push_back(-(n + d));
    }
  out.push_back(least);
  return out;
}
std::vector<business_time> calendars() {
  const auto of = [](sla::zone zone, sla::weekly_hours hours, sla::year_span cover) {
    return business_time(
        sla::calendar_spec{.zone = std::move(zone), .hours = std::move(hours), .cover = cover});
  };
  const sla::zone berlin = sla::zone::posix("Berlin", "CET-1CEST,M3.5.0,M10.5.0/3");
  const business_time night = of(berlin, "Mon-Sat 22:00-06:00"_hours, {2026y, 2028y});
  const business_time office = of(sla::zone::utc(), "Mon-Fri 09:00-12:00,13:00-18:00"_hours, {2026y, 2027y});
  sla::compiled_calendar once;
  once.cover = {sys_days(2026y / 1 / 1), sys_days(2026y / 1 / 8)};
  once.open = {{sys_days(2026y / 1 / 2), sys_days(2026y / 1 / 3)}};
  sla::compiled_calendar all_time = once;
  all_time.cover = {instant::earliest(), instant::latest()};
  return {night,
          office,
          night | office,
          night - office,
          business_time(once),
          business_time(all_time),
          business_time::always(),
          of(berlin, "Mon 00:00-00:00:01"_hours, {year(-9999), year(-9998)}),
          of(berlin, "Mon-Sun 22:00-06:00"_hours, {year(9998), year(9999)}),
          of(sla::zone::fixed("far", 93'599s), "24/7"_hours, {1500y, 2500y})};
}

TEST(extremes, T2_T10_instants_and_amounts_at_the_ends_of_their_ranges) {
  for (const business_time& c : calendars()) {
    const std::vector<instant> all = instants(c);
    const auto known = [&](instant u) { return !u.is_finite() || c.covers(u); };
    for (const instant t : all) {
      for (const std::int64_t n : numbers()) {
        const sla::worked w{seconds(n)};
        for (const instant u : {c.add(t, w), c.subtract(t, w), c.add(t, w, sla::landing::next_opening)}) {
          EXPECT_TRUE(known(u) || n == 0) << t.unix_seconds() << ' ' << n;
          if (!t.is_finite()) {
            EXPECT_EQ(u, t);
          }
        }
        if (n > 0) {
          EXPECT_TRUE(known(c.at_position(w)));
        }
      }
      for (const std::int32_t n : {0, 1, -1, 65'535, 65'536, std::numeric_limits<std::int32_t>::max(),
                                   std::numeric_limits<std::int32_t>::min()})
        for (const auto& rule :
             {sla::business_day_rule::closing(), sla::business_day_rule::same_time(),
              sla::business_day_rule::at(48h), sla::business_day_rule::closing().received_by(0s),
              sla::business_day_rule::same_time().received_by(48h)}) {
          EXPECT_TRUE(known(c.add(t, sla::business_days(n), rule)) || n == 0);
          EXPECT_EQ(c.add(t, sla::business_days(n), sla::business_day_rule()),
                    c.add(t, sla::business_days(n)));
        }
      for (const std::int64_t n : numbers()) {
        const instant r = c.received(t, seconds(n));
        EXPECT_TRUE(known(r)) << t.unix_seconds() << ' ' << n;
      }
      for (const instant u : {c.next_open(t), c.next_close(t), c.previous_open(t), c.previous_close(t)})
        EXPECT_TRUE(known(u) || c.compiled().endless != sla::open_ends(true)) << t.unix_seconds();
      EXPECT_LE(c.position(t), c.worked(c.cover().begin, c.cover().end));
      (void)c.is_open(t);
      (void)c.is_provisional(t);
      if (c.has_business_days() && c.covers(t)) (void)c.local_date(t);
      for (const instant u : all) {
        EXPECT_EQ(c.worked(t, u), -c.worked(u, t));
        EXPECT_EQ(c.business_days_between(t, u), -c.business_days_between(u, t));
        (void)c.open_in({t, u});
        EXPECT_EQ(sla::explain(c, {t, u}).total, t < u ? c.worked(t, u) : 0_bs);
      }
    }
    for (const std::int64_t n : numbers()) {
      const std::vector<sla::worked> w(all.size(), sla::worked(seconds(n)));
      std::vector<instant> out(all.size()), same(all.size());
      c.add(all, w, out);
      c.add(all, w[0], same);
      for (std::size_t i = 0; i < all.size(); ++i) {
        EXPECT_EQ(out[i], c.add(all[i], w[i]));
        EXPECT_EQ(same[i], out[i]);
      }
    }
    const std::vector<instant> back(all.rbegin(), all.rend());
    std::vector<sla::worked> between(all.size());
    c.worked(all, back, between);
    for (std::size_t i = 0; i < all.size(); ++i) EXPECT_EQ(between[i], c.worked(all[i], back[i]));
  }
}

TEST(extremes, T15_days_months_and_years_from_anywhere) {
  const business_time workdays(
      sla::calendar_spec{.hours = "Mon-Fri 09:00-18:00"_hours, .cover = {2026y, 2028y}});
  const std::vector<sla::zone> zones{
      sla::zone::utc(), sla::zone::posix("Berlin", "CET-1CEST,M3.5.0,M10.5.0/3"),
      sla::zone::fixed("far", 93'599s), sla::zone("Short", "1", 8h, {{sys_days(2026y / 6 / 1), 9h}}, "")};
  for (const sla::zone& z : zones)
    for (const instant t : instants(workdays))
      for (const std::int32_t n : {0, 1, 12, 9'999, 10'000, 99'999, 100'000})
        for (const civil_span s : {civil_span::days(n), civil_span::months(n), civil_span::years(n)}) {
          SCOPED_TRACE(to_string(s) + " from " + std::to_string(t.unix_seconds()));
          const instant end = end_of(s, t, z);
          if (!t.is_finite()) {
            EXPECT_EQ(end, t);
          }
          if (t.is_finite()) {
            EXPECT_TRUE(end > t);
          }
          const instant moved = end_of(s, t, z, workdays);
          EXPECT_TRUE(!moved.is_finite() || moved >= end);
        }
  // Dates that std::chrono can hold, and spans that leave them.
  for (const year_month_day origin :
       {year::max() / 12 / 31, year::min() / 1 / 1, 2024y / 2 / 29, 2026y / 1 / 31})
    for (const std::int32_t n : {0, 1, 100'000})
      for (const civil_span s : {civil_span::days(n), civil_span::months(n), civil_span::years(n)})
        EXPECT_TRUE(!s.last_date(origin).ok() || s.last_date(origin) >= origin);
}

TEST(extremes, zones_and_texts_of_any_instant_and_date) {
  const business_time any = business_time::always();
  for (const sla::zone& z :
       {sla::zone::utc(), sla::zone::posix("Berlin", "CET-1CEST,M3.5.0,M10.5.0/3"),
        sla::zone::fixed("far", -89'999s), sla::zone::posix("South", "STD12DST11,M9.1.0/-167,M2.1.0/167")}) {
    for (const instant t : instants(any)) {
      EXPECT_LE(z.offset_at(t), 26h);
      (void)z.to_local(t);
      (void)z.date_at(t);
      (void)z.known_at(t);
      EXPECT_FALSE(sla::local_text(t, z).empty());
      EXPECT_FALSE(sla::rfc3339(t, z).empty());
      if (z.rule() && t.is_finite()) {
        EXPECT_GT(z.rule()->next_change(t), t) << t.unix_seconds();
      }
    }
    for (const std::int64_t n : numbers()) {
      const local_seconds local{seconds(n)};
      EXPECT_LE(z.instants_of(local).count, 2);
      (void)z.at_or_after(local);
      (void)z.start_of(sys_days(days(n)));
      EXPECT_FALSE(sla::date_text(year_month_day(sys_days(days(n % 1'000'000'000)))).empty());
      EXPECT_EQ(instant(sys_days(days(n))) > instant::from_unix(0), n > 0);
      EXPECT_EQ(instant(sys_time<hours>(hours(n))) > instant::from_unix(0), n > 0);
      EXPECT_EQ(instant(sys_time<weeks>(weeks(n))) < instant::from_unix(0), n < 0);
    }
  }
}

// A description is anybody's: its dates may be any that std::chrono can hold.
TEST(extremes, T8_T9_T10_dates_of_a_description) {
  const std::vector<sys_days> dates{
      sys_days::min(),         sys_days::min() + days(1),       sys_days(year::min() / 1 / 1),
      sys_days(2026y / 6 / 1), sys_days(year::max() / 12 / 31), sys_days::max() - days(1),
      sys_days::max()};
  for (const sys_days from : dates)
    for (const sys_days to : dates) {
      if (to <= from) continue;
      const sla::holiday_set set(
          "any", "1", to, {{from, sla::day_kind::statutory, "first"}, {to, sla::day_kind::make_up, "last"}},
          from);
      (void)combine(set, set);
      for (const sla::year_span cover :
           {sla::year_span{2026y, 2027y}, {year(-9999), year(-9998)}, {9998y, 9999y}}) {
        sla::calendar_spec spec{.zone = sla::zone::posix("Berlin", "CET-1CEST,M3.5.0,M10.5.0/3"),
                                .hours = "Mon-Fri 09:00-18:00"_hours,
                                .holidays = sla::workdays_of(set),
                                .cover = cover};
        const business_time c(spec);
        EXPECT_TRUE(c.is_provisional(c.cover().begin) || c.known_from() <= c.cover().begin);
        EXPECT_EQ(c.is_provisional(instant::latest()), c.known_through() < instant::latest());
        try {
          (void)extend(set, sla::china_holidays(), sla::conflict::first_wins);
          (void)extend(sla::china_holidays(), set, sla::conflict::first_wins);
        } catch (const sla::error& e) {
          EXPECT_NE(std::string(e.what()).find("nothing is known"), std::string::npos);
        }
      }
    }
  for (const year y : {year::min(), year(-9999), 2026y, 9998y, year::max()})
    for (const year z : {year::min(), year(-9999), 2026y, 9998y, year::max()}) {
      sla::calendar_spec spec{.hours = "Mon-Fri 09:00-18:00"_hours, .cover = {y, z}};
      (void)sla::check(spec);
      spec.cover = {2026y, 2027y};
      spec.exceptions = {sla::calendar_exception::through(y / 1 / 1, z / 12 / 31, sla::day_change::off())};
      spec.changes = {{y / 1 / 1, "24/7"_hours}};
      spec.recurring = {{February / 29, sla::day_change::off(), "", std::numeric_limits<int>::min()}};
      (void)sla::check(spec);
      EXPECT_TRUE(!sla::date_in(y, February / 29) || y.is_leap());
    }
}

}  // namespace
}  // namespace extremes_test
