// SPDX-License-Identifier: MIT
#include <sla/base/digits.hpp>
#include <sla/base/ratio.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <string>

namespace ratio_test {
namespace {

using namespace sla::literals;
using sla::parse_ratio;
using sla::ratio;
using sla::rounding;

constexpr std::int64_t top = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t bottom = std::numeric_limits<std::int64_t>::min();

TEST(ratio, lowest_terms_and_a_positive_denominator) {
  EXPECT_EQ(ratio(6, 8).num(), 3);
  EXPECT_EQ(ratio(6, 8).den(), 4);
  EXPECT_EQ(ratio(6, -8), ratio(-3, 4));
  EXPECT_EQ(ratio(-6, -8), ratio(3, 4));
  EXPECT_EQ(ratio(0, -7), ratio());
  EXPECT_EQ(ratio(0, bottom), ratio(0));
  EXPECT_EQ(ratio(bottom, bottom), ratio(1));
  EXPECT_EQ(ratio(bottom, 2), ratio(bottom / 2));
  EXPECT_EQ(ratio(2, bottom), ratio(-1, std::int64_t{1} << 62));
  EXPECT_EQ(ratio(bottom).num(), bottom);
}

TEST(ratio, construction_that_fits_nothing_throws) {
  EXPECT_THROW((void)ratio(1, 0), sla::error);
  EXPECT_THROW((void)ratio(0, 0), sla::error);
  EXPECT_THROW((void)ratio(1, bottom), sla::error);
  EXPECT_THROW((void)ratio(bottom, -1), sla::error);
  try {
    (void)ratio(1, 0);
    FAIL() << "a ratio of denominator 0";
  } catch (const sla::error& e) {
    EXPECT_STREQ(e.what(), "a ratio needs a denominator other than 0");
  }
}

TEST(ratio, A1_the_literal_is_exact) {
  EXPECT_EQ(99.99_pct, ratio(9'999, 10'000));
  EXPECT_EQ(0.1_pct, ratio(1, 1'000));
  EXPECT_EQ(100_pct, ratio(1));
  EXPECT_EQ(0_pct, ratio(0));
  EXPECT_EQ(99.999_pct + 0.001_pct, ratio(1));
  EXPECT_EQ(1'000_pct, ratio(10));
  EXPECT_EQ(12'345.678'9_pct, ratio(123'456'789, 1'000'000));
  EXPECT_EQ(010_pct, ratio(1, 10)) << "a leading zero makes no octal percentage";
}

TEST(ratio, A1_comparison_never_rounds) {
  EXPECT_LT(ratio(44'639, 44'640), 99.998_pct);
  EXPECT_GT(ratio(44'639, 44'640), 99.99_pct);
  const ratio october(2'678'400 - 400, 2'678'400);  // 400 s down in 31 days
  EXPECT_LT(october, 99.99_pct);
  EXPECT_GT(october, 99.98_pct);
  // The allowance of 99.99 % in 31 days is 267.84 s.
  EXPECT_GT(ratio(2'678'400 - 267, 2'678'400), 99.99_pct);
  EXPECT_LT(ratio(2'678'400 - 268, 2'678'400), 99.99_pct);
  // The allowance of 99.9 % in a year of 365 days is 31,536 s to the second: kept exactly, not above.
  EXPECT_EQ(ratio(31'536'000 - 31'536, 31'536'000), 99.9_pct);
}

TEST(ratio, comparison_needs_128_bits_and_has_them) {
  EXPECT_LT(ratio(top - 1, top), ratio(1));
  EXPECT_LT(ratio(top - 2, top - 1), ratio(top - 1, top));
  EXPECT_GT(ratio(-(top - 2), top - 1), ratio(-(top - 1), top));
  EXPECT_LT(ratio(bottom, top), ratio(-1));
  EXPECT_GT(ratio(1, top), ratio(0));
  EXPECT_LT(ratio(-1, top), ratio(0));
  EXPECT_LT(ratio(1, top), ratio(1, top - 1));
}

TEST(ratio, arithmetic) {
  EXPECT_EQ(ratio(1, 6) + ratio(1, 10), ratio(4, 15));
  EXPECT_EQ(ratio(1, 6) - ratio(1, 10), ratio(1, 15));
  EXPECT_EQ(ratio(1, 10) - ratio(1, 6), ratio(-1, 15));
  EXPECT_EQ(ratio(-1, 6) + ratio(1, 10), ratio(-1, 15));
  EXPECT_EQ(ratio(-1, 6) - ratio(1, 10), ratio(-4, 15));
  EXPECT_EQ(ratio(1, 3) - ratio(1, 3), ratio(0));
  EXPECT_EQ(ratio(0) - ratio(1, 3), ratio(-1, 3));
  EXPECT_EQ(ratio(0) + ratio(-1, 3), ratio(-1, 3));
  EXPECT_EQ(ratio(-2, 3) * ratio(9, 4), ratio(-3, 2));
  EXPECT_EQ(ratio(-2, 3) / ratio(-4, 9), ratio(3, 2));
  EXPECT_EQ(ratio(0) / ratio(-4, 9), ratio(0));
  EXPECT_EQ(-ratio(2, 3), ratio(-2, 3));
  EXPECT_EQ(ratio(145, 31) * ratio(31, 145), ratio(1));
}

TEST(ratio, only_a_result_that_does_not_fit_is_refused) {
  EXPECT_EQ(ratio(top, 2) * ratio(2, top), ratio(1)) << "its cross products do not fit";
  EXPECT_EQ(ratio(bottom) / ratio(bottom), ratio(1)) << "its inverse does not fit";
  EXPECT_EQ(ratio(bottom) * ratio(1, 2), ratio(bottom / 2));
  EXPECT_EQ(ratio(-1) - ratio(bottom), ratio(top)) << "its negative does not fit";
  EXPECT_EQ(ratio(bottom) + ratio(top), ratio(-1));
  EXPECT_EQ(ratio(top, 2) - ratio(top, 3), ratio(top, 6)) << "its numerators do not fit";
  EXPECT_EQ(ratio(1, 2'199'024'304'128) + ratio(1, 1'152'922'604'117'426'176),
            ratio(1'048'579, 2'305'846'307'747'528'703))
      << "its least common denominator does not fit";
}

TEST(ratio, arithmetic_that_leaves_64_bits_throws_or_answers_nothing) {
  EXPECT_THROW((void)(ratio(top) + ratio(1)), sla::error);
  EXPECT_THROW((void)(ratio(bottom) - ratio(1)), sla::error);
  EXPECT_THROW((void)(ratio(top) * ratio(2)), sla::error);
  EXPECT_THROW((void)(ratio(1, top) / ratio(2)), sla::error);
  EXPECT_THROW((void)(ratio(1, top) + ratio(1, top - 1)), sla::error);
  EXPECT_THROW((void)(ratio(1) / ratio(0)), sla::error);
  EXPECT_THROW((void)(-ratio(bottom)), sla::error);
  EXPECT_EQ(checked_add(ratio(top), ratio(1)), std::nullopt);
  EXPECT_EQ(checked_sub(ratio(bottom), ratio(1)), std::nullopt);
  EXPECT_EQ(checked_mul(ratio(top), ratio(2)), std::nullopt);
  EXPECT_EQ(checked_div(ratio(1, top), ratio(2)), std::nullopt);
  EXPECT_EQ(checked_div(ratio(1), ratio(0)), std::nullopt);
  EXPECT_EQ(checked_div(ratio(1), ratio(bottom)), std::nullopt) << "the denominator would be 2^63";
}

TEST(ratio, M2_scale_rounds_once_as_named) {
  EXPECT_EQ(scale(1'200'000, ratio(29, 31), rounding::half_up), 1'122'581);
  EXPECT_EQ(scale(1'200'000, ratio(29, 31), rounding::floor), 1'122'580);
  EXPECT_EQ(scale(10'000, ratio(1, 30), rounding::half_up), 333);
  EXPECT_EQ(scale(5, 50_pct, rounding::half_up), 3);
  EXPECT_EQ(scale(5, 50_pct, rounding::half_even), 2);
  EXPECT_EQ(scale(-5, 50_pct, rounding::half_up), -3);
  EXPECT_EQ(scale(top, ratio(2), rounding::floor), std::nullopt);
}

TEST(ratio, parse_reads_percentages_decimals_and_fractions) {
  struct row {
    const char* text;
    ratio want;
  };
  const row rows[] = {{"99.99%", ratio(9'999, 10'000)},
                      {"99.99 %", ratio(9'999, 10'000)},
                      {"0%", ratio(0)},
                      {"150%", ratio(3, 2)},
                      {"1/30", ratio(1, 30)},
                      {"2.5/31", ratio(5, 62)},
                      {"0.5", ratio(1, 2)},
                      {"1", ratio(1)},
                      {"007", ratio(7)},
                      {"0/5", ratio(0)},
                      {"0.000000000000000001", ratio(1, 1'000'000'000'000'000'000)}};
  for (const row& r : rows) EXPECT_EQ(parse_ratio(r.text), r.want) << r.text;
}

TEST(ratio, parse_refuses_any_other_text) {
  for (const char* text : {"",
                           "%",
                           " %",
                           "-1%",
                           "+1%",
                           "1.%",
                           ".5",
                           "1.2.3",
                           "1,5%",
                           "1e3",
                           "0x10",
                           "1/0",
                           "1/",
                           "/2",
                           "1/2/3",
                           "1/-2",
                           "1 / 30",
                           " 5%",
                           "5%%",
                           "1/30%",
                           "99.99 % ",
                           "1'000",
                           "nan",
                           "\xEF\xBC\x91%",
                           "99999999999999999999%",
                           "0.00000000000000000001",
                           "9223372036854775808"})
    EXPECT_EQ(parse_ratio(text), std::nullopt) << text;
}

TEST(ratio, A1_400_seconds_of_october_are_never_shown_as_99_99) {
  const ratio october(2'678'000, 2'678'400);
  EXPECT_EQ(percent(october, 2, rounding::floor), "99.98%");
  EXPECT_EQ(percent(october, 2, rounding::half_up), "99.99%") << "what rounding would have hidden";
  EXPECT_EQ(percent(october, 3, rounding::floor), "99.985%");
  EXPECT_EQ(percent(october, 5, rounding::floor), "99.98506%") << "the header's figure";
  EXPECT_EQ(percent(october, 0, rounding::floor), "99%");
  EXPECT_EQ(percent(october, 0, rounding::ceil), "100%");
}

TEST(ratio, decimal_and_percent_write_every_digit_asked_for) {
  EXPECT_EQ(decimal(ratio(1, 3), 2, rounding::floor), "0.33");
  EXPECT_EQ(decimal(ratio(-1, 3), 2, rounding::floor), "-0.34");
  EXPECT_EQ(decimal(ratio(-1, 300), 2, rounding::half_up), "0.00") << "no negative zero";
  EXPECT_EQ(decimal(ratio(7), 0, rounding::floor), "7");
  EXPECT_EQ(decimal(ratio(0), 0, rounding::floor), "0");
  EXPECT_EQ(decimal(ratio(0), 3, rounding::floor), "0.000");
  EXPECT_EQ(decimal(ratio(12'345, 10), 2, rounding::floor), "1234.50");
  EXPECT_EQ(decimal(ratio(1, 3), 18, rounding::half_up), "0.333333333333333333");
  EXPECT_EQ(decimal(ratio(bottom), 0, rounding::floor), "-9223372036854775808");
  EXPECT_EQ(decimal(ratio(bottom, 100), 2, rounding::floor), "-92233720368547758.08");
  EXPECT_EQ(percent(ratio(1, 8), 1, rounding::half_up), "12.5%");
  EXPECT_EQ(percent(ratio(0), 2, rounding::floor), "0.00%");
  EXPECT_EQ(percent(ratio(1), 2, rounding::floor), "100.00%");
}

TEST(ratio, a_percentage_from_0_to_1_is_always_shown) {
  EXPECT_EQ(percent(ratio(top - 1, top), 2, rounding::floor), "99.99%")
      << "a hundredfold numerator would not fit";
  EXPECT_EQ(percent(ratio(1, top), 16, rounding::ceil), "0.0000000000000001%");
  EXPECT_EQ(percent(ratio(1), 16, rounding::floor), "100.0000000000000000%");
}

TEST(ratio, digits_that_do_not_fit_throw) {
  EXPECT_THROW((void)decimal(ratio(1), -1, rounding::floor), sla::error);
  EXPECT_THROW((void)decimal(ratio(1), 19, rounding::floor), sla::error);
  EXPECT_THROW((void)decimal(ratio(top), 1, rounding::floor), sla::error);
  EXPECT_THROW((void)percent(ratio(1), 17, rounding::floor), sla::error);
  EXPECT_THROW((void)percent(ratio(1), -1, rounding::floor), sla::error);
  EXPECT_THROW((void)percent(ratio(top), 0, rounding::floor), sla::error);
}

TEST(ratio, text_is_the_shortest_exact_percentage) {
  EXPECT_EQ(to_string(99.99_pct), "99.99%");
  EXPECT_EQ(to_string(ratio(1)), "100%");
  EXPECT_EQ(to_string(ratio(0)), "0%");
  EXPECT_EQ(to_string(ratio(1, 8)), "12.5%");
  EXPECT_EQ(to_string(ratio(-1, 2)), "-50%");
  EXPECT_EQ(to_string(ratio(1, 30)), "1/30");
  EXPECT_EQ(to_string(ratio(-1, 7)), "-1/7");
  EXPECT_EQ(to_string(ratio(top)), "9223372036854775807/1") << "its percentage does not fit";
  EXPECT_EQ(to_string(ratio(1, std::int64_t{1} << 40)), "1/1099511627776") << "exact only with 38 places";
}

TEST(ratio, digits_of_whole_numbers) {
  EXPECT_EQ(sla::detail::digits(std::int64_t{-42}), "-42");
  EXPECT_EQ(sla::detail::digits(std::int64_t{0}), "0");
  EXPECT_EQ(sla::detail::digits(bottom), "-9223372036854775808");
  EXPECT_EQ(sla::detail::digits(std::numeric_limits<std::uint64_t>::max()), "18446744073709551615");
}

}  // namespace
}  // namespace ratio_test
