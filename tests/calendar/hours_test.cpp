// SPDX-License-Identifier: MIT
#include <sla/calendar/hours.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace hours_test {
namespace {

using shifts = std::vector<sla::shift>;

using namespace sla::literals;
using std::chrono::Friday;
using std::chrono::Monday;
using std::chrono::Saturday;
using std::chrono::Sunday;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(hours, normal_form) {
  struct row {
    std::string_view text, normal;
  };
  const std::vector<row> rows{
      {"Mon-Fri 08:30-12:00,13:00-18:00; Sat 09:00-12:00",
       "Mon-Fri 08:30-12:00,13:00-18:00; Sat 09:00-12:00"},
      {"sat 9:00-12:00;Monday-friday 13:00 - 18:00 , 8:30-12:00",
       "Mon-Fri 08:30-12:00,13:00-18:00; Sat 09:00-12:00"},
      {"24/7", "24/7"},
      {"00:00-24:00", "24/7"},
      {"Mon-Sun 00:00-24:00", "24/7"},
      {"Mon-Fri 00:00-24:00", "Mon-Fri 00:00-24:00"},
      {"closed", "closed"},
      {"08:00-20:00", "Mon-Sun 08:00-20:00"},
      {"Sat-Mon 10:00-12:00", "Mon 10:00-12:00; Sat-Sun 10:00-12:00"},
      {"Mon,Wed 10:00-12:00", "Mon 10:00-12:00; Wed 10:00-12:00"},
      {"Mon 08:00-10:00,10:00-12:00", "Mon 08:00-12:00"},
      {"Mon 08:00-10:00; Mon-Tue 13:00-14:00", "Mon 08:00-10:00,13:00-14:00; Tue 13:00-14:00"},
      {"Fri 22:00-06:00", "Fri 22:00-06:00"},
      {"Fri 22:00-24:00", "Fri 22:00-24:00"},
      {"Fri 22:00-00:00", "Fri 22:00-24:00"},
      {"Fri 08:00-08:00", "Fri 08:00-08:00"},
      {"Fri 00:00-00:00", "Fri 00:00-24:00"},
      {"Mon 08:30:15-12:00:45", "Mon 08:30:15-12:00:45"},
      {"Mon 08:30:00-24:00:00", "Mon 08:30-24:00"},
      {"Mon 00:00-12:00,12:00-00:00", "Mon 00:00-24:00"},
      {"Mon 12:00-24:00,00:00-12:00", "Mon 00:00-24:00"},
  };
  for (const row& r : rows) {
    sla::diagnostics found;
    const auto week = sla::parse_hours(r.text, found);
    ASSERT_TRUE(week) << r.text << found.print();
    EXPECT_EQ(to_string(*week), r.normal) << r.text;
    EXPECT_EQ(sla::parse_hours(to_string(*week), found), week) << r.text;
    EXPECT_TRUE(found.empty()) << r.text;
  }
}

TEST(hours, T5_a_closing_at_or_before_the_opening_is_on_the_next_day) {
  const sla::weekly_hours week = "Mon 22:00-06:00; Fri 08:00-08:00; Sat 00:00-24:00"_hours;
  EXPECT_THAT(week[Monday], ElementsAre(sla::shift{79'200, 108'000}));
  EXPECT_THAT(week[Friday], ElementsAre(sla::shift{28'800, 115'200}));
  EXPECT_THAT(week[Saturday], ElementsAre(sla::shift{0, 86'400}));
  EXPECT_THAT(week[Sunday], IsEmpty());
}

TEST(hours, T5_touching_intervals_merge_unless_longer_than_a_day) {
  EXPECT_THAT(sla::weekly_hours("Mon 08:00-12:00,12:00-13:00"_hours)[Monday],
              ElementsAre(sla::shift{28'800, 46'800}));
  // 26 hours are two shifts: no text could say it in one.
  EXPECT_EQ(to_string(sla::weekly_hours("Mon 04:00-12:00,12:00-06:00"_hours)), "Mon 04:00-12:00,12:00-06:00");
}

TEST(hours, T5_overlap_of_one_day_is_an_error_and_across_days_is_not) {
  sla::diagnostics found;
  EXPECT_FALSE(sla::parse_hours("Mon 08:00-12:00,11:59:59-13:00", found));
  EXPECT_FALSE(sla::parse_hours("Mon 22:00-06:00,23:00-24:00", found));
  EXPECT_EQ(found.errors(), 2U);
  sla::diagnostics none;
  EXPECT_TRUE(
      sla::parse_hours("Mon-Tue 22:00-06:00,05:00-07:00", none));  // Monday's night meets Tuesday's morning
  EXPECT_TRUE(none.empty());
}

TEST(hours, T5_23_59_is_kept_and_warned_about) {
  for (const std::string_view text : {"Mon 08:00-23:59", "Mon 08:00-23:59:59"}) {
    sla::diagnostics found;
    const auto week = sla::parse_hours(text, found);
    ASSERT_TRUE(week);
    EXPECT_EQ((*week)[Monday][0].close, text.size() > 16 ? 86'399 : 86'340);
    ASSERT_EQ(found.items().size(), 1U);
    EXPECT_EQ(found.items()[0].level, sla::gravity::warning);
    EXPECT_EQ(found.items()[0].code, "closing-before-midnight");
  }
  sla::diagnostics found;
  EXPECT_TRUE(sla::parse_hours("Mon 08:00-23:58,23:59-24:00", found));  // an opening at 23:59 loses nothing
  EXPECT_TRUE(found.empty());
}

TEST(hours, every_problem_is_found_in_its_place) {
  const std::string line = R"(hours = "Mo 8:30-12:00; Tue 25:00-26:00,8-9; ;Thu")";
  sla::diagnostics found;
  const std::size_t source = found.add_source("shanghai.toml", line);
  EXPECT_FALSE(sla::parse_hours(std::string_view(line).substr(9, line.size() - 10), found, source, 9));
  EXPECT_EQ(found.print(), R"(shanghai.toml:1:10: expected a weekday, Mon to Sun, found 'Mo' [bad-hours]
    1 | hours = "Mo 8:30-12:00; Tue 25:00-26:00,8-9; ;Thu"
      |          ^~
shanghai.toml:1:29: expected a time from 00:00 to 24:00, found '25:00' [time-out-of-range]
    1 | hours = "Mo 8:30-12:00; Tue 25:00-26:00,8-9; ;Thu"
      |                             ^~~~~
shanghai.toml:1:35: expected a time from 00:00 to 24:00, found '26:00' [time-out-of-range]
    1 | hours = "Mo 8:30-12:00; Tue 25:00-26:00,8-9; ;Thu"
      |                                   ^~~~~
shanghai.toml:1:41: expected a time such as 08:30, found '8' [bad-hours]
    1 | hours = "Mo 8:30-12:00; Tue 25:00-26:00,8-9; ;Thu"
      |                                         ^
shanghai.toml:1:43: expected a time such as 08:30, found '9' [bad-hours]
    1 | hours = "Mo 8:30-12:00; Tue 25:00-26:00,8-9; ;Thu"
      |                                           ^
shanghai.toml:1:46: expected opening hours such as 08:30-18:00, found ';' [bad-hours]
    1 | hours = "Mo 8:30-12:00; Tue 25:00-26:00,8-9; ;Thu"
      |                                              ^
shanghai.toml:1:50: expected opening hours such as 08:30-18:00, found the end [bad-hours]
    1 | hours = "Mo 8:30-12:00; Tue 25:00-26:00,8-9; ;Thu"
      |                                                  ^
)");
}

TEST(hours, a_fault_of_a_group_does_not_hide_the_next) {
  struct row {
    std::string_view text;
    std::vector<std::string> found;  // the words marked
  };
  for (const row& r :
       std::vector<row>{{"Mo 8:30-12:0", {"Mo", "12:0"}},
                        {"Mo-Tu,Fri 25:00-08:00,09:00-23:59", {"Mo", "Tu", "25:00", "23:59"}},
                        {"Mo 08:00-12:00,11:00-13:00", {"Mo", "11:00-13:00"}},
                        {"Montag bis Freitag 8-9; Sat 25:00-26:00", {"Montag", "8", "9", "25:00", "26:00"}},
                        {"Mon 24:00-23:59", {"24:00", "23:59"}},
                        {"Mon 24:00-25:00", {"24:00", "25:00"}},
                        {"never", {"never"}},
                        {"Mon 08:00,25:00-12:00", {",", "25:00"}}}) {
    sla::diagnostics found;
    EXPECT_FALSE(sla::parse_hours(r.text, found)) << r.text;
    std::vector<std::string> words;
    for (const sla::diagnostic& d : found.items())
      words.emplace_back(r.text.substr(d.where.offset, d.where.length));
    EXPECT_EQ(words, r.found) << r.text << '\n' << found.print();
  }
}

TEST(hours, an_overlap_on_several_days_is_one_problem) {
  sla::diagnostics found;
  EXPECT_FALSE(sla::parse_hours("Mon-Fri 08:00-12:00; Mon-Fri 11:00-13:00", found));
  EXPECT_EQ(found.errors(), 1U);
}

TEST(hours, of_one_day) {
  sla::diagnostics found;
  EXPECT_EQ(to_string(sla::parse_day_hours(" 13:00-18:00, 8:30-12:00 ", found).value()),
            "08:30-12:00,13:00-18:00");
  EXPECT_EQ(sla::parse_day_hours("closed", found), sla::day_hours());
  EXPECT_TRUE(found.empty());
  for (const std::string_view bad :
       {"", "Mon 08:00-12:00", "08:00-12:00;", "closed 08:00-12:00", "24/7", "08:00-12:00,"}) {
    sla::diagnostics problems;
    EXPECT_FALSE(sla::parse_day_hours(bad, problems)) << bad;
    EXPECT_EQ(problems.errors(), 1U) << bad << problems.print();
  }
}

TEST(hours, values_built_in_code_are_checked) {
  EXPECT_EQ(to_string(sla::day_hours(shifts{{46'800, 64'800}, {30'600, 43'200}})), "08:30-12:00,13:00-18:00");
  EXPECT_THROW(sla::day_hours(shifts{{0, 0}}), sla::error);
  EXPECT_THROW(sla::day_hours(shifts{{-1, 60}}), sla::error);
  EXPECT_THROW(sla::day_hours(shifts{{86'400, 86'460}}), sla::error);
  EXPECT_THROW(sla::day_hours(shifts{{10, 86'411}}), sla::error);
  EXPECT_THROW(sla::day_hours(shifts{{0, 100}, {99, 200}}), sla::error);
  std::array<std::vector<sla::shift>, 7> days;
  days[6] = {{0, 86'400}};
  EXPECT_EQ(to_string(sla::weekly_hours(days)), "Sun 00:00-24:00");
}

}  // namespace
}  // namespace hours_test
