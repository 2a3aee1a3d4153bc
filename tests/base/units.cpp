// SPDX-License-Identifier: MIT
#include <sla/base/units.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <limits>
#include <string>

namespace units_test {
namespace {

using namespace std::chrono_literals;
using namespace sla::literals;
using sla::business_days;
using sla::parse_time_limit;
using sla::time_limit;
using sla::worked;
using std::chrono::seconds;

TEST(units, literals_count_seconds_and_days) {
  EXPECT_EQ((4_bh).seconds(), 4h);
  EXPECT_EQ((30_bmin).count(), 1'800);
  EXPECT_EQ((10_bs).count(), 10);
  EXPECT_EQ((2_bd).count(), 2);
  EXPECT_EQ((1'000'000'000_bh).count(), 3'600'000'000'000);
  EXPECT_EQ(1'000'000'000_bh, 60'000'000'000_bmin);
  EXPECT_EQ(1'000'000'000_bh, 3'600'000'000'000_bs);
}

TEST(units, the_example_of_the_header) {
  const time_limit target = 90min;
  EXPECT_EQ(sla::to_string(target), "1h30min");
  EXPECT_TRUE(parse_time_limit("4bh") == time_limit(4_bh));
}

TEST(units, worked_adds_and_compares) {
  worked w = 4_bh;
  w += 30_bmin;
  EXPECT_EQ(w, 270_bmin);
  w -= 5_bh;
  EXPECT_EQ(w, -(30_bmin));
  EXPECT_LT(w, worked());
  EXPECT_GT(1_bh, 59_bmin);
  EXPECT_LT(1_bd, 2_bd);
  EXPECT_EQ(-(2_bd), business_days(-2));
}

TEST(units, sums_past_64_bits_stay_at_the_end_of_the_range) {
  const worked most(seconds::max()), least(seconds::min());
  EXPECT_EQ(most + 1_bs, most);
  EXPECT_EQ(most - least, most);
  EXPECT_EQ(least - 1_bs, least);
  EXPECT_EQ(least + least, least);
  EXPECT_EQ(least - most, least);
  EXPECT_EQ(-least, most);
  EXPECT_EQ(-most, worked(-seconds::max()));
  EXPECT_EQ(most + least, -(1_bs));
  EXPECT_EQ(-business_days(std::numeric_limits<std::int32_t>::min()),
            business_days(std::numeric_limits<std::int32_t>::max()));
}

TEST(units, T13_a_limit_knows_its_unit) {
  const time_limit elapsed = 10min, opened = 4_bh, days = 2_bd;
  EXPECT_EQ(elapsed.in(), time_limit::unit::elapsed);
  EXPECT_EQ(elapsed.count(), 600);
  EXPECT_FALSE(elapsed.needs_calendar());
  EXPECT_EQ(opened.in(), time_limit::unit::worked);
  EXPECT_EQ(opened.count(), 14'400);
  EXPECT_TRUE(opened.needs_calendar());
  EXPECT_EQ(days.in(), time_limit::unit::business_days);
  EXPECT_EQ(days.count(), 2);
  EXPECT_TRUE(days.needs_calendar());
  EXPECT_NE(time_limit(4h), time_limit(4_bh)) << "four hours are not four business hours";
  EXPECT_NE(time_limit(2s), time_limit(2_bd));
  EXPECT_EQ(time_limit(), time_limit(0s));
}

TEST(units, a_limit_is_not_negative) {
  EXPECT_THROW((void)time_limit(-1s), sla::error);
  EXPECT_THROW((void)time_limit(-1h), sla::error);
  EXPECT_THROW((void)time_limit(-(1_bh)), sla::error);
  EXPECT_THROW((void)time_limit(-(1_bd)), sla::error);
}

TEST(units, T13_parse_reads_the_three_units) {
  struct row {
    const char* text;
    time_limit want;
  };
  const row rows[] = {{"10min", 10min},
                      {"4h", 4h},
                      {"24h", 24h},
                      {"1h30min", 90min},
                      {"1h 30min", 90min},
                      {"90min", 90min},
                      {"1h0min5s", 3'605s},
                      {"1h5s", 3'605s},
                      {"0s", 0s},
                      {"4bh", 4_bh},
                      {"4bh30bmin10bs", worked(16'210s)},
                      {"2bd", 2_bd},
                      {"0bd", 0_bd},
                      {"2147483647bd", business_days(2'147'483'647)},
                      {"9223372036854775807s", seconds::max()}};
  for (const row& r : rows) EXPECT_EQ(parse_time_limit(r.text), r.want) << r.text;
}

TEST(units, T13_parse_refuses_any_other_text) {
  for (const char* text : {"1d",
                           "1day",
                           "",
                           " ",
                           "10",
                           "min",
                           "10 min",
                           " 1h",
                           "1h ",
                           "-1h",
                           "+1h",
                           "1.5h",
                           "1H",
                           "1hour",
                           "1m",
                           "1w",
                           "1h30",
                           "30min1h",
                           "1h1h",
                           "1h30bmin",
                           "4bh30min",
                           "1bd4bh",
                           "1bd 1h",
                           "1h,30min",
                           "2147483648bd",
                           "9223372036854775808s",
                           "2562047788015216h",
                           "9223372036854775807s1s",
                           "2562047788015215h31min",
                           "99999999999999999999h",
                           "4\xE5\xB0\x8F\xE6\x97\xB6"})
    EXPECT_EQ(parse_time_limit(text), std::nullopt) << text;
}

TEST(units, text_takes_the_largest_whole_parts) {
  EXPECT_EQ(to_string(time_limit(10min)), "10min");
  EXPECT_EQ(to_string(time_limit(90min)), "1h30min");
  EXPECT_EQ(to_string(time_limit(24h)), "24h");
  EXPECT_EQ(to_string(time_limit(3'605s)), "1h5s");
  EXPECT_EQ(to_string(time_limit(0s)), "0s");
  EXPECT_EQ(to_string(time_limit(worked())), "0bs");
  EXPECT_EQ(to_string(time_limit(0_bd)), "0bd");
  EXPECT_EQ(to_string(270_bmin), "4bh30bmin");
  EXPECT_EQ(to_string(-(5_bs)), "-5bs");
  EXPECT_EQ(to_string(2_bd), "2bd");
  EXPECT_EQ(sla::to_string(-5s), "-5s");
  EXPECT_EQ(sla::to_string(5'400s), "1h30min");
  EXPECT_EQ(sla::to_string(0s), "0s");
  EXPECT_EQ(sla::to_string(seconds::min()), "-2562047788015215h30min8s");
  EXPECT_EQ(sla::to_string(seconds(182h + 30min)), "182h30min") << "no unit above the hour";
}

TEST(units, what_is_written_is_read_back) {
  for (const std::int64_t n :
       {0L, 1L, 59L, 60L, 61L, 3'599L, 3'600L, 3'661L, 86'400L, 657'000L, 9'223'372'036'854'775'807L}) {
    EXPECT_EQ(parse_time_limit(to_string(time_limit(seconds(n)))), time_limit(seconds(n)));
    EXPECT_EQ(parse_time_limit(to_string(time_limit(worked(seconds(n))))), time_limit(worked(seconds(n))));
  }
  for (const std::int32_t n : {0, 1, 2, 2'147'483'647})
    EXPECT_EQ(parse_time_limit(to_string(time_limit(business_days(n)))), time_limit(business_days(n)));
}

}  // namespace
}  // namespace units_test
