// SPDX-License-Identifier: MIT
#include <sla/base/instant.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <limits>

namespace instant_test {
namespace {

using namespace std::chrono_literals;
using sla::instant;
using std::chrono::seconds;

constexpr instant noon = std::chrono::sys_days{2026y / 10 / 12} + 12h;

TEST(instant, the_example_of_the_header) {
  const instant t = std::chrono::sys_days{2026y / 10 / 12} + 1h;
  EXPECT_EQ(t.unix_seconds(), 1'791'766'800);
  EXPECT_EQ((t + 30min).unix_seconds(), 1'791'768'600);
}

TEST(instant, every_whole_time_point_is_one) {
  const instant day = std::chrono::sys_days{1970y / 1 / 2};
  EXPECT_EQ(day.unix_seconds(), 86'400);
  EXPECT_EQ(instant(std::chrono::sys_seconds(5s)), instant::from_unix(5));
  EXPECT_EQ(instant(std::chrono::sys_time<std::chrono::minutes>(2min)), instant::from_unix(120));
  EXPECT_EQ(instant(), instant::from_unix(0));
  EXPECT_EQ(instant::from_unix(-1).sys(), std::chrono::sys_days{1969y / 12 / 31} + 23h + 59min + 59s);
  EXPECT_LT(day, std::chrono::sys_days{1970y / 1 / 3});
}

TEST(instant, T16_fractions_are_floored_also_before_1970) {
  const auto at = [](auto since_1970) {
    return instant::floor(std::chrono::sys_time<decltype(since_1970)>(since_1970));
  };
  EXPECT_EQ(at(1'999ms), instant::from_unix(1));
  EXPECT_EQ(at(2'000ms), instant::from_unix(2));
  EXPECT_EQ(at(0ms), instant::from_unix(0));
  EXPECT_EQ(at(-1ms), instant::from_unix(-1));
  EXPECT_EQ(at(-1'000ms), instant::from_unix(-1));
  EXPECT_EQ(at(-1'001ms), instant::from_unix(-2));
  EXPECT_EQ(at(std::chrono::nanoseconds::min()), instant::from_unix(-9'223'372'037));
  EXPECT_EQ(at(std::chrono::nanoseconds::max()), instant::from_unix(9'223'372'036));
  EXPECT_EQ(at(3min), instant::from_unix(180));
}

TEST(instant, T10_reserved_values_come_after_all_others_never_before_unknown) {
  EXPECT_LT(instant::earliest(), noon);
  EXPECT_LT(noon, instant::latest());
  EXPECT_LT(instant::latest(), instant::never());
  EXPECT_LT(instant::never(), instant::unknown());
  EXPECT_EQ(instant::never(), instant::never());
  EXPECT_NE(instant::never(), instant::unknown());
  EXPECT_TRUE(noon.is_finite() && !noon.is_never() && !noon.is_unknown());
  EXPECT_TRUE(instant::latest().is_finite());
  EXPECT_TRUE(instant::never().is_never() && !instant::never().is_finite() && !instant::never().is_unknown());
  EXPECT_TRUE(instant::unknown().is_unknown() && !instant::unknown().is_finite() &&
              !instant::unknown().is_never());
  EXPECT_GT(instant::never().unix_seconds(), instant::latest().unix_seconds());
}

TEST(instant, T10_adding_to_a_reserved_value_leaves_it) {
  for (const instant t : {instant::never(), instant::unknown()}) {
    for (const seconds d : {seconds(0), seconds(1), seconds(-1), seconds::max(), seconds::min()}) {
      EXPECT_EQ(t + d, t);
      EXPECT_EQ(t - d, t);
    }
  }
}

TEST(instant, T10_no_sum_of_ordinary_instants_becomes_a_reserved_one) {
  EXPECT_EQ(instant::latest() + 1s, instant::latest());
  EXPECT_EQ(instant::latest() + seconds::max(), instant::latest());
  EXPECT_EQ(instant::earliest() - seconds::max(), instant::earliest());
  EXPECT_EQ(instant::earliest() + seconds::max(), instant::latest());
  EXPECT_EQ(instant::earliest() - seconds::min(), instant::latest());
  EXPECT_EQ(instant::latest() + seconds::min(), instant::earliest());
  EXPECT_EQ(instant::earliest() + (instant::latest() - instant::earliest()), instant::latest());
  EXPECT_EQ(noon + seconds::max(), instant::latest());
  EXPECT_EQ(noon - seconds::max(), instant::earliest());
  EXPECT_EQ(instant(std::chrono::sys_seconds::max()), instant::latest());
  EXPECT_EQ(instant(std::chrono::sys_seconds::min()), instant::earliest());
  EXPECT_EQ(instant::from_unix(std::numeric_limits<std::int64_t>::max()), instant::latest());
}

TEST(instant, elapsed_time_between_two) {
  EXPECT_EQ((noon + 90s) - noon, 90s);
  EXPECT_EQ(noon - (noon + 90s), -90s);
  EXPECT_EQ(instant::latest() - instant::earliest(), seconds(std::int64_t{1} << 62));
  EXPECT_EQ(instant::never() - noon, seconds::max());
  EXPECT_EQ(noon - instant::never(), seconds::min());
  EXPECT_EQ(instant::unknown() - noon, seconds::max());
  EXPECT_EQ(noon - instant::unknown(), seconds::min());
  EXPECT_EQ(instant::never() - instant::never(), seconds::max());
}

TEST(instant, its_range_is_some_73_thousand_million_years_each_way) {
  const std::int64_t years =
      instant::latest().unix_seconds() / std::chrono::seconds(std::chrono::years(1)).count();
  EXPECT_GT(years, 73'000'000'000);
  EXPECT_LT(years, 74'000'000'000);
  EXPECT_EQ(instant::earliest().unix_seconds(), -instant::latest().unix_seconds());
}

}  // namespace
}  // namespace instant_test
