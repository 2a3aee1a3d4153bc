// SPDX-License-Identifier: MIT
#include <sla/calendar/zone.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <sla/calendar/business_time.hpp>
#include <sla/calendar/calendar.hpp>
#include <sla/calendar/tzif.hpp>
#include <sla/calendar/zone_load.hpp>

#include "../support/calendar_lines.hpp"

namespace zone_test {
namespace {

using namespace sla::literals;
using namespace std::chrono_literals;
using std::chrono::local_days;
using std::chrono::sys_days;
using std::chrono::year_month_day;
using testing::HasSubstr;

const std::string directory = "/usr/share/zoneinfo";

template <class Function>
std::string thrown(Function f) {
  try {
    (void)f();
  } catch (const sla::error& e) {
    return e.what();
  }
  return "nothing thrown";
}

// --- zone files for tests ----------------------------------------------------------------------------------------

void put(std::string& out, std::int64_t value, int bytes) {
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8)
    out += static_cast<char>(static_cast<std::uint64_t>(value) >> shift & 0xFFU);
}

// A version 2 file whose 32-bit part is empty, as "zic -b slim" writes it.
std::string tzif(std::chrono::seconds initial, const std::vector<sla::zone_transition>& transitions,
                 std::string_view footer) {
  std::string out = "TZif2" + std::string(15, '\0');
  for (const int n : {0, 0, 0, 0, 1, 1}) put(out, n, 4);
  out += std::string(6, '\0') + '\0';
  out += "TZif2" + std::string(15, '\0');
  const auto n = static_cast<std::int64_t>(transitions.size());
  for (const std::int64_t count :
       {std::int64_t{0}, std::int64_t{0}, std::int64_t{0}, n, n + 1, std::int64_t{4}})
    put(out, count, 4);
  for (const auto& t : transitions) put(out, t.at.unix_seconds(), 8);
  for (std::int64_t i = 0; i < n; ++i) out += static_cast<char>(i + 1);
  put(out, initial.count(), 4);
  out += std::string(2, '\0');
  for (const auto& t : transitions) {
    put(out, t.offset.count(), 4);
    out += std::string(2, '\0');
  }
  out += std::string("XYZ") + '\0';
  return out + '\n' + std::string(footer) + '\n';
}

std::vector<sla::zone_transition> until(const sla::zone& z, year_month_day end) {
  std::vector<sla::zone_transition> out;
  for (const auto& t : z.transitions())
    if (t.at < sla::instant(sys_days(end))) out.push_back(t);
  return out;
}

// --- the rule ----------------------------------------------------------------------------------------------------

TEST(posix_zone, T7_second_sunday_of_march_in_2045) {
  const sla::posix_zone ny("EST5EDT,M3.2.0,M11.1.0");
  const sla::instant spring = sys_days{2045y / 3 / 12} + 7h;  // 02:00 EST
  const sla::instant autumn = sys_days{2045y / 11 / 5} + 6h;  // 02:00 EDT
  EXPECT_EQ(ny.offset_at(spring - 1s), -5h);
  EXPECT_EQ(ny.offset_at(spring), -4h);
  EXPECT_EQ(ny.offset_at(autumn - 1s), -4h);
  EXPECT_EQ(ny.offset_at(autumn), -5h);
  EXPECT_EQ(ny.next_change(sys_days{2045y / 1 / 1}), spring);
  EXPECT_EQ(ny.next_change(spring), autumn);
  EXPECT_EQ(ny.next_change(autumn), sla::instant(sys_days{2046y / 3 / 11} + 7h));
}

TEST(posix_zone, T7_rules_of_every_notation) {
  struct row {
    std::string_view rule;
    sla::instant change;
    std::chrono::seconds before, after;
  };
  const std::vector<row> rows{
      {"CET-1CEST,M3.5.0,M10.5.0/3", sys_days{2026y / 3 / 29} + 1h, 1h, 2h},  // Berlin
      {"CET-1CEST,M3.5.0,M10.5.0/3", sys_days{2026y / 10 / 25} + 1h, 2h, 1h},
      {"<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", sys_days{2026y / 4 / 5} - 9h, 11h,
       10h + 30min},  // Lord Howe, southern
      {"<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", sys_days{2026y / 10 / 4} - 8h - 30min, 10h + 30min, 11h},
      {"<-02>2<-01>,M3.5.0/-1,M10.5.0/0", sys_days{2026y / 3 / 29} + 1h, -2h, -1h},  // Nuuk: Saturday 23:00
      {"IST-2IDT,M3.4.4/26,M10.5.0", sys_days{2026y / 3 / 27}, 2h, 3h},             // Jerusalem: Friday 02:00
      {"<-01>1<+00>,M3.5.0/0,M10.5.0/1", sys_days{2026y / 10 / 25} + 1h, 0h, -1h},  // Azores
      {"AAA0BBB,J60/0,J300", sys_days{2028y / 3 / 1}, 0h, 1h},  // J60 is March 1, leap year or not
      {"AAA0BBB,J60/0,J300", sys_days{2027y / 3 / 1}, 0h, 1h},
      {"AAA0BBB,59/0,300", sys_days{2028y / 2 / 29}, 0h, 1h},  // 59 is the 60th day
      {"AAA0BBB,59/0,300", sys_days{2027y / 3 / 1}, 0h, 1h},
      {"AAA0:30:15BBB-1,M6.1.1/0,M9.1.1/0", sys_days{2026y / 6 / 1} + 30min + 15s, -(30min + 15s), 1h},
  };
  for (const row& r : rows) {
    const sla::posix_zone z(r.rule);
    EXPECT_EQ(z.offset_at(r.change - 1s), r.before) << r.rule;
    EXPECT_EQ(z.offset_at(r.change), r.after) << r.rule;
    EXPECT_EQ(z.next_change(r.change - 1s), r.change) << r.rule;
  }
}

TEST(posix_zone, T7_summer_time_for_ever_never_changes) {
  const sla::posix_zone z("EST5EDT,0/0,J365/25");
  for (int d = 0; d < 800; ++d)
    EXPECT_EQ(z.offset_at(sys_days{2027y / 1 / 1} + std::chrono::days(d) + 5h), -4h);
  EXPECT_EQ(z.offset_at(sys_days{2028y / 1 / 1} + 5h - 1s), -4h);
  EXPECT_EQ(z.offset_at(sys_days{2028y / 1 / 1} + 5h), -4h);
  EXPECT_TRUE(z.next_change(sys_days{2027y / 1 / 1}).is_never());
  EXPECT_TRUE(sla::posix_zone("CST-8").next_change(sys_days{2027y / 1 / 1}).is_never());
}

TEST(posix_zone, T7_holds_in_every_century) {
  const sla::posix_zone z("CET-1CEST,M3.5.0,M10.5.0/3");
  // 400 years are a whole number of weeks: the dates of 2026 come again.
  EXPECT_EQ(z.next_change(sys_days{2426y / 1 / 1}), sla::instant(sys_days{2426y / 3 / 29} + 1h));
  EXPECT_EQ(z.next_change(sys_days{1626y / 1 / 1}), sla::instant(sys_days{1626y / 3 / 29} + 1h));
  const sla::instant far = sla::instant::from_unix(std::int64_t{1} << 60);
  EXPECT_GT(z.next_change(far), far);
  EXPECT_EQ(z.offset_at(sla::instant::latest()), z.offset_at(sla::instant::latest()));
  EXPECT_TRUE(z.next_change(sla::instant::never()).is_never());
}

TEST(posix_zone, T7_bad_rules_are_refused_with_their_place) {
  const std::vector<std::pair<std::string_view, std::string_view>> rows{
      {"", "expected an abbreviation of 3 letters or more, found the end at character 1"},
      {"CE-1", "expected an abbreviation"},
      {"<+0-1", "expected an abbreviation"},
      {"CET", "expected an offset such as 5 or -5:30, found the end at character 4"},
      {"CET25", "expected an offset"},
      {"CET-1:60", "expected minutes from 0 to 59"},
      {"CET-1CEST", "expected ',' and the day summer time begins"},
      {"CET-1CEST,M3.5.0", "expected ',' and the day summer time ends"},
      {"CET-1CEST,M13.5.0,M10.5.0", "expected a month from 1 to 12, found '13.5.0,M10.5' at character 12"},
      {"CET-1CEST,M3.6.0,M10.5.0", "expected a week from 1 to 5"},
      {"CET-1CEST,M3.5.7,M10.5.0", "expected a weekday from 0 to 6"},
      {"CET-1CEST,J0,M10.5.0", "expected a day from 1 to 365"},
      {"CET-1CEST,366,M10.5.0", "expected Mm.w.d, Jn or a day from 0 to 365"},
      {"CET-1CEST,M3.5.0/168,M10.5.0", "expected an hour from -167 to 167"},
      {"CET-1CEST,M3.5.0,M10.5.0/3 ", "expected the end of the text, found ' '"},
  };
  for (const auto& [rule, message] : rows)
    EXPECT_THAT(thrown([text = rule] { return sla::posix_zone(text); }), HasSubstr(std::string(message)))
        << rule;
}

// --- zones as values ---------------------------------------------------------------------------------------------

TEST(zone, T6_instants_of_a_local_time) {
  const sla::zone berlin = sla::load_zone("Europe/Berlin");
  const auto ordinary = berlin.instants_of(local_days{2026y / 7 / 1} + 12h);
  EXPECT_EQ(ordinary.count, 1);
  EXPECT_EQ(ordinary.first, sla::instant(sys_days{2026y / 7 / 1} + 10h));
  EXPECT_EQ(ordinary.first, ordinary.last);
  EXPECT_EQ(berlin.instants_of(local_days{2026y / 3 / 29} + 2h + 30min).count, 0);
  EXPECT_TRUE(berlin.instants_of(local_days{2026y / 3 / 29} + 2h + 30min).first.is_never());
  const auto twice = berlin.instants_of(local_days{2026y / 10 / 25} + 2h + 30min);
  EXPECT_EQ(twice.count, 2);
  EXPECT_EQ(twice.first, sla::instant(sys_days{2026y / 10 / 25} + 30min));
  EXPECT_EQ(twice.last, sla::instant(sys_days{2026y / 10 / 25} + 1h + 30min));
  // The bounds of a gap and of a repetition are half-open.
  EXPECT_EQ(berlin.instants_of(local_days{2026y / 3 / 29} + 2h).count, 0);
  EXPECT_EQ(berlin.instants_of(local_days{2026y / 3 / 29} + 3h).count, 1);
  EXPECT_EQ(berlin.instants_of(local_days{2026y / 10 / 25} + 2h).count, 2);
  EXPECT_EQ(berlin.instants_of(local_days{2026y / 10 / 25} + 3h).count, 1);
}

TEST(zone, T6_where_a_date_begins) {
  // Sao Paulo skipped midnight, the Azores have it twice, Apia skipped a date, Berlin is ordinary.
  EXPECT_EQ(sla::load_zone("America/Sao_Paulo").start_of(2018y / 11 / 4),
            sla::instant(sys_days{2018y / 11 / 4} + 3h));
  EXPECT_EQ(sla::load_zone("Atlantic/Azores").start_of(2026y / 10 / 25),
            sla::instant(sys_days{2026y / 10 / 25}));
  const sla::zone apia = sla::load_zone("Pacific/Apia");
  EXPECT_EQ(apia.start_of(2011y / 12 / 30), sla::instant(sys_days{2011y / 12 / 30} + 10h));
  EXPECT_EQ(apia.start_of(2011y / 12 / 31), apia.start_of(2011y / 12 / 30));
  EXPECT_EQ(apia.date_at(sys_days{2011y / 12 / 30} + 10h), sys_days{2011y / 12 / 31});
  EXPECT_EQ(apia.date_at(sys_days{2011y / 12 / 30} + 10h - 1s), sys_days{2011y / 12 / 29});
  EXPECT_EQ(sla::load_zone("Europe/Berlin").start_of(2026y / 10 / 25),
            sla::instant(sys_days{2026y / 10 / 24} + 22h));
}

TEST(zone, segments_cover_a_range_without_a_hole) {
  const sla::zone berlin = sla::load_zone("Europe/Berlin");
  const sla::interval range{sys_days{2035y / 1 / 1},
                            sys_days{2041y / 1 / 1}};  // across the last listed transition
  sla::instant at = range.begin;
  int segments = 0;
  berlin.for_each_segment(range, [&](sla::interval s, std::chrono::seconds offset) {
    EXPECT_EQ(s.begin, at);
    EXPECT_LT(s.begin, s.end);
    EXPECT_EQ(offset, berlin.offset_at(s.begin));
    EXPECT_EQ(offset, berlin.offset_at(s.end - 1s));
    at = s.end;
    ++segments;
  });
  EXPECT_EQ(at, range.end);
  EXPECT_EQ(segments, 13);  // two changes a year for six years
  // Reserved and extreme ends do not run for ever.
  sla::zone::utc().for_each_segment({sla::instant::latest() - 5s, sla::instant::never()},
                                    [&](sla::interval s, auto) { at = s.end; });
  EXPECT_EQ(at, sla::instant::latest());
}

TEST(zone, T7_bad_data_are_refused) {
  const auto make = [](std::vector<sla::zone_transition> t, std::string_view footer) {
    return thrown([&] { return sla::zone("X", "1", 0s, t, footer); });
  };
  EXPECT_THAT(make({{sys_days{2020y / 1 / 1}, 1h}, {sys_days{2020y / 1 / 1}, 2h}}, ""),
              HasSubstr("zone X: transitions are not in order"));
  EXPECT_THAT(make({{sys_days{2020y / 1 / 1}, 27h}}, ""), HasSubstr("offsets lie between"));
  EXPECT_THAT(make({{sys_days{2020y / 1 / 1}, 1h}}, "UTC0"), HasSubstr("contradicts"));
  EXPECT_THAT(make({}, "bad!"), HasSubstr("zone X: zone rule 'bad!'"));
  EXPECT_THAT(make({{sla::instant::unknown(), 1h}}, ""), HasSubstr("zone X"));
}

TEST(zone, values_compare_by_contents) {
  EXPECT_EQ(sla::zone::fixed("A", 8h), sla::zone::fixed("A", 8h));
  EXPECT_FALSE(sla::zone::fixed("A", 8h) == sla::zone::fixed("A", 7h));
  EXPECT_FALSE(sla::zone::fixed("A", 8h) == sla::zone::fixed("B", 8h));
  EXPECT_EQ(sla::zone::utc().offset_at(sys_days{2026y / 1 / 1}), 0s);
}

// --- loading -----------------------------------------------------------------------------------------------------

TEST(zone_load, T7_new_york_in_2045) {
  const sla::zone ny = sla::load_zone("America/New_York");
  EXPECT_EQ(ny.offset_at(sys_days{2045y / 7 / 1}), -4h);
  EXPECT_EQ(ny.offset_at(sys_days{2045y / 1 / 1}), -5h);
  EXPECT_EQ(ny.known_until(), sla::instant::latest());
  EXPECT_TRUE(ny.known_at(sys_days{2999y / 1 / 1}));
}

TEST(zone_load, T7_transitions_through_date_are_those_of_the_file) {
  for (const char* name :
       {"America/New_York", "Europe/Berlin", "Asia/Shanghai", "Pacific/Apia", "Australia/Lord_Howe",
        "Africa/Casablanca", "America/Sao_Paulo", "Atlantic/Azores", "Asia/Jerusalem", "Europe/Dublin",
        "America/Nuuk", "Antarctica/Troll", "UTC", "Etc/GMT-14"})
    EXPECT_EQ(sla::load_zone(name), sla::load_zone(name, directory)) << name;
}

TEST(zone_load, T7_the_rule_foretells_what_the_file_lists) {
  // Debian's files list changes to 2037, years after the rules took over: rule and list have to agree.
  for (const char* name :
       {"America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Atlantic/Azores", "Asia/Jerusalem",
        "Europe/Dublin", "America/Nuuk", "Antarctica/Troll", "America/Santiago", "Africa/Cairo",
        "Pacific/Easter", "Asia/Beirut", "Europe/Chisinau", "America/Havana"}) {
    const sla::zone z = sla::load_zone(name);
    ASSERT_TRUE(z.rule()) << name;
    int compared = 0;
    for (const sla::zone_transition& t : z.transitions()) {
      if (t.at < sla::instant(sys_days{2027y / 1 / 1})) continue;
      EXPECT_EQ(z.rule()->offset_at(t.at), t.offset) << name;
      EXPECT_EQ(z.rule()->next_change(t.at - 1s), t.at) << name;
      ++compared;
    }
    EXPECT_GE(compared, 20) << name;
  }
}

TEST(zone_load, T7_slim_and_fat_bytes_mean_the_same) {
  for (const char* name : {"America/New_York", "Europe/Berlin", "Australia/Lord_Howe"}) {
    const sla::zone fat = sla::load_zone(name);
    const std::string footer = std::string_view(name) == "America/New_York" ? "EST5EDT,M3.2.0,M11.1.0"
                               : std::string_view(name) == "Europe/Berlin"
                                   ? "CET-1CEST,M3.5.0,M10.5.0/3"
                                   : "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0";
    const auto few = until(fat, 2009y / 1 / 1);
    ASSERT_LT(few.size(), fat.transitions().size()) << name;
    const sla::zone slim =
        sla::zone_from_tzif(name, tzif(fat.offset_at(sla::instant::earliest()), few, footer), "2025b");
    for (sla::instant t = sys_days{1900y / 1 / 1}; t < sla::instant(sys_days{2060y / 1 / 1}); t = t + 6h)
      ASSERT_EQ(slim.offset_at(t), fat.offset_at(t)) << name << ' ' << rfc3339(t, sla::zone::utc());
  }
}

TEST(zone_load, T7_without_a_rule_the_future_is_unknown_and_never_wrong) {
  const sla::zone fat = sla::load_zone("America/New_York");
  const auto few = until(fat, 2026y / 12 / 31);
  const sla::zone z = sla::zone_from_tzif("America/New_York", tzif(-5h, few, ""), "2025b");
  EXPECT_EQ(z.known_until(), few.back().at);
  EXPECT_TRUE(z.known_at(few.back().at - 1s));
  EXPECT_FALSE(z.known_at(few.back().at));
  const sla::calendar_spec spec{.zone = z, .hours = "Mon-Fri 09:00-17:00"_hours, .cover = {2026y, 2030y}};
  EXPECT_THAT(sla_test::faults(spec),
              testing::ElementsAre(
                  "zone: warning: zone America/New_York has no rule after its last change on 2026-11-01: "
                  "answers after it are unknown [zone-data-end]"));
  const sla::business_time hours(spec);
  EXPECT_EQ(hours.cover().end, few.back().at);
  EXPECT_TRUE(hours.add(sys_days{2026y / 10 / 30} + 20h, 8_bh)
                  .is_unknown());  // Friday 16:00, due on Monday in November
  EXPECT_FALSE(hours.add(sys_days{2026y / 10 / 29} + 20h, 8_bh).is_unknown());
  const sla::calendar_spec late{.zone = z, .hours = "Mon-Fri 09:00-17:00"_hours, .cover = {2028y, 2030y}};
  EXPECT_THROW(sla::business_time{late}, sla::calendar_error);
}

TEST(zone_load, T7_unknown_zones_are_named) {
  EXPECT_THAT(thrown([] { return sla::load_zone("Asia/Shangai"); }),
              "unknown time zone 'Asia/Shangai', did you mean Asia/Shanghai?");
  EXPECT_THAT(thrown([] { return sla::load_zone(""); }), "unknown time zone ''");
  EXPECT_THAT(thrown([] { return sla::load_zone("../zoneinfo/UTC"); }),
              HasSubstr("unknown time zone '../zoneinfo/UTC'"));
  EXPECT_THAT(thrown([] { return sla::load_zone("/etc/localtime"); }), HasSubstr("unknown time zone"));
  EXPECT_THAT(thrown([] { return sla::load_zone("tzdata.zi"); }), HasSubstr("unknown time zone"));
  EXPECT_THAT(thrown([] { return sla::load_zone("Asia"); }), HasSubstr("unknown time zone 'Asia'"));
}

TEST(zone_load, T7_missing_data_name_the_package) {
  EXPECT_THAT(thrown([] { return sla::load_zone("Asia/Shanghai", "/nowhere"); }),
              testing::AllOf(HasSubstr("no time zone data in /nowhere"), HasSubstr("tzdata")));
}

TEST(zone_load, C19_the_version_of_the_data_is_known) {
  const std::string version(sla::load_zone("Asia/Shanghai").version());
  EXPECT_THAT(version, testing::MatchesRegex("20[0-9][0-9][a-z]+"));
  const sla::compiled_calendar c =
      sla::compile({.zone = sla::load_zone("Asia/Shanghai"), .hours = "24/7"_hours, .cover = {2026y, 2027y}});
  EXPECT_EQ(c.zones, (std::vector<sla::named_version>{{"Asia/Shanghai", version}}));
}

TEST(tzif, T7_bytes_that_are_no_zone_are_refused) {
  const std::string good = tzif(0s, {{sys_days{2020y / 1 / 1}, 1h}}, "CET-1");
  EXPECT_EQ(sla::zone_from_tzif("X", good).offset_at(sys_days{2030y / 1 / 1}), 1h);
  const auto refuse = [](std::string bytes) {
    return thrown([&] { return sla::zone_from_tzif("X", bytes); });
  };
  EXPECT_THAT(refuse(""), "zone X: the zone file does not begin with TZif");
  for (std::size_t n = 4; n < good.size(); ++n)
    EXPECT_THAT(refuse(good.substr(0, n)), HasSubstr("zone X")) << n;  // cut short anywhere
  std::string bad = good;
  bad[4] = '\1';
  EXPECT_THAT(refuse(bad), HasSubstr("unknown version"));
  bad = good;
  bad[44 + 7 + 28 + 3] = '\x01';  // the high byte of the leap seconds' count is zero, the low one is not
  EXPECT_THAT(refuse(bad), HasSubstr("zone X"));
  bad = good;
  bad[44 + 7 + 44 + 8] = '\x07';  // a local time type that is not there
  EXPECT_THAT(refuse(bad), HasSubstr("local time type"));
  EXPECT_THAT(refuse(tzif(0s, {{sys_days{2020y / 1 / 1}, 1h}}, "CET-2")), HasSubstr("contradicts"));
}

}  // namespace
}  // namespace zone_test
