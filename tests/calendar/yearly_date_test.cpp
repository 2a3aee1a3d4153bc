// SPDX-License-Identifier: MIT
// T8: days of every year, as text and as dates.

#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <string_view>
#include <vector>

#include <sla/calendar/yearly_date.hpp>

namespace yearly_date_test {
namespace {

using namespace std::chrono;
using sla::date_in;
using sla::is_valid;
using sla::parse_yearly_date;
using sla::to_string;
using sla::yearly_date;

TEST(yearly_date, T8_every_form_and_where_it_falls) {
  struct row {
    std::string_view text, printed;
    yearly_date want;
    std::optional<sys_days> in_2026, in_2028;
  };
  const row rows[] = {
      {"12-25", "12-25", December / 25, 2026y / 12 / 25, 2028y / 12 / 25},
      {"02-29", "02-29", February / 29, std::nullopt, 2028y / 2 / 29},
      {"4th Thu of Nov", "4th Thu of Nov", November / Thursday[4], 2026y / 11 / 26, 2028y / 11 / 23},
      {"1st Monday of September", "1st Mon of Sep", September / Monday[1], 2026y / 9 / 7, 2028y / 9 / 4},
      {"5th Sun of Jan", "5th Sun of Jan", January / Sunday[5], std::nullopt, 2028y / 1 / 30},
      {"last Mon of May", "last Mon of May", May / Monday[last], 2026y / 5 / 25, 2028y / 5 / 29},
      {"last day of Feb", "last day of Feb", February / last, 2026y / 2 / 28, 2028y / 2 / 29},
  };
  for (const row& r : rows) {
    SCOPED_TRACE(r.text);
    const auto read = parse_yearly_date(r.text);
    ASSERT_TRUE(read);
    EXPECT_EQ(*read, r.want);
    EXPECT_EQ(to_string(*read), r.printed);
    EXPECT_TRUE(is_valid(*read));
    EXPECT_EQ(date_in(2026y, *read), r.in_2026);
    EXPECT_EQ(date_in(2028y, *read), r.in_2028);
  }
}

TEST(yearly_date, T8_what_is_printed_is_read_as_the_same_day) {
  std::vector<yearly_date> all;
  for (unsigned m = 1; m <= 12; ++m) {
    const month in(m);
    for (unsigned d = 1; d <= 31; ++d)
      if ((in / day(d)).ok()) all.push_back(in / day(d));
    all.push_back(in / last);
    for (unsigned w = 0; w < 7; ++w) {
      for (unsigned n = 1; n <= 5; ++n) all.push_back(in / weekday(w)[n]);
      all.push_back(in / weekday(w)[last]);
    }
  }
  for (const yearly_date& d : all) {
    EXPECT_TRUE(is_valid(d)) << to_string(d);
    EXPECT_EQ(parse_yearly_date(to_string(d)), d) << to_string(d);
  }
}

TEST(yearly_date, T8_what_is_no_day_of_a_year) {
  for (const std::string_view text : {"",
                                      "12",
                                      "12-",
                                      "1-1",
                                      "12-2x",
                                      "12/25",
                                      "4th Thu",
                                      "4th Thu of",
                                      "4th Thu of Nov ",
                                      "4th  Thu of Nov",
                                      "6th Thu of Nov",
                                      "4 Thu of Nov",
                                      "4th Thu in Nov",
                                      "last of Feb",
                                      "1st day of Feb",
                                      "4th thu of Nov",
                                      "of",
                                      "last day of of",
                                      "day last of Feb",
                                      "last Mon of 5"})
    EXPECT_FALSE(parse_yearly_date(text)) << text;
  // Read, because it has the form; no year has it.
  for (const std::string_view text : {"02-30", "13-01", "00-01", "04-31", "01-00"}) {
    const auto read = parse_yearly_date(text);
    ASSERT_TRUE(read) << text;
    EXPECT_FALSE(is_valid(*read)) << text;
  }
}

}  // namespace
}  // namespace yearly_date_test
