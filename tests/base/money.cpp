// SPDX-License-Identifier: MIT
#include <sla/base/money.hpp>

#include <gtest/gtest.h>

#include <compare>
#include <cstdint>
#include <limits>
#include <string>

namespace money_test {
namespace {

using namespace sla::literals;
using sla::cny;
using sla::currency;
using sla::jpy;
using sla::kwd;
using sla::money;
using sla::parse_amount;
using sla::rounding;
using sla::usd;

constexpr std::int64_t top = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t bottom = std::numeric_limits<std::int64_t>::min();

TEST(money, the_example_of_the_header) {
  const money fee = money::minor(1'200'000, cny);
  const money credit = fee.times(10_pct, rounding::half_up);
  EXPECT_EQ(sla::to_string(fee), "12000.00 CNY");
  EXPECT_EQ(sla::to_string(credit), "1200.00 CNY");
}

TEST(money, M2_times_rounds_once_as_named) {
  const money fee = money::minor(1'000'050, cny);
  EXPECT_EQ(fee.times(sla::ratio(1, 3), rounding::half_up).minor_units(), 333'350);
  EXPECT_EQ(fee.times(sla::ratio(1, 4), rounding::half_up).minor_units(), 250'013) << "250,012.5 cents";
  EXPECT_EQ(fee.times(sla::ratio(1, 4), rounding::half_even).minor_units(), 250'012);
  EXPECT_EQ((-fee).times(sla::ratio(1, 4), rounding::half_up).minor_units(), -250'013);
  EXPECT_EQ((-fee).times(sla::ratio(1, 4), rounding::floor).minor_units(), -250'013);
  EXPECT_EQ((-fee).times(sla::ratio(1, 4), rounding::ceil).minor_units(), -250'012);
  EXPECT_EQ(money::minor(1, jpy).times(50_pct, rounding::half_down).minor_units(), 0);
}

TEST(money, decimals_follow_the_currency) {
  const currency four{"CLF", 4};
  struct row {
    money amount;
    const char* want;
  };
  const row rows[] = {{money::minor(5, jpy), "5 JPY"},
                      {money::minor(-5, jpy), "-5 JPY"},
                      {money::minor(0, jpy), "0 JPY"},
                      {money::minor(5, cny), "0.05 CNY"},
                      {money::minor(-5, cny), "-0.05 CNY"},
                      {money::minor(123'450, cny), "1234.50 CNY"},
                      {money::minor(0, cny), "0.00 CNY"},
                      {money::minor(5, kwd), "0.005 KWD"},
                      {money::minor(12'345, kwd), "12.345 KWD"},
                      {money::minor(5, four), "0.0005 CLF"},
                      {money::minor(bottom, cny), "-92233720368547758.08 CNY"},
                      {money::minor(top, kwd), "9223372036854775.807 KWD"}};
  for (const row& r : rows) EXPECT_EQ(sla::to_string(r.amount), r.want);
  EXPECT_EQ(amount_text(money::minor(5, cny)), "0.05");
  EXPECT_EQ(jpy.unit(), 1);
  EXPECT_EQ(cny.unit(), 100);
  EXPECT_EQ(kwd.unit(), 1'000);
  EXPECT_EQ(four.unit(), 10'000);
}

TEST(money, M1_mixing_currencies_is_an_error) {
  const money yuan = money::minor(100, cny), dollar = money::minor(100, usd);
  EXPECT_THROW((void)(yuan + dollar), sla::error);
  EXPECT_THROW((void)(yuan - dollar), sla::error);
  money sum = yuan;
  EXPECT_THROW(sum += dollar, sla::error);
  EXPECT_EQ(sum, yuan) << "a refused sum leaves the amount as it was";
  EXPECT_EQ(checked_add(yuan, dollar), std::nullopt);
  EXPECT_NE(yuan, dollar);
  EXPECT_EQ(yuan <=> dollar, std::partial_ordering::unordered);
  EXPECT_FALSE(yuan < dollar);
  EXPECT_FALSE(yuan >= dollar);
  try {
    (void)(yuan + dollar);
    FAIL() << "CNY and USD were added";
  } catch (const sla::error& e) {
    EXPECT_STREQ(e.what(), "amounts of CNY and USD do not mix");
  }
}

TEST(money, M1_every_overflow_is_caught) {
  const money most = money::minor(top, cny), least = money::minor(bottom, cny), cent = money::minor(1, cny);
  EXPECT_THROW((void)(most + cent), sla::error);
  EXPECT_THROW((void)(least - cent), sla::error);
  EXPECT_THROW((void)(cent - least), sla::error);
  EXPECT_THROW((void)-least, sla::error);
  EXPECT_THROW((void)most.times(200_pct, rounding::floor), sla::error);
  EXPECT_EQ(checked_add(most, cent), std::nullopt);
  EXPECT_EQ(checked_add(least, most), money::minor(-1, cny));
  EXPECT_EQ(most.times(sla::ratio(top, top), rounding::half_up), most);
  EXPECT_EQ((-most) - cent, least);
}

TEST(money, arithmetic_and_order) {
  money a = money::minor(500, cny);
  a += money::minor(25, cny);
  EXPECT_EQ(a.minor_units(), 525);
  a -= money::minor(600, cny);
  EXPECT_EQ(a, money::minor(-75, cny));
  EXPECT_LT(a, money::minor(0, cny));
  EXPECT_GT(money::minor(1, cny), money::minor(0, cny));
  EXPECT_TRUE(money::minor(0, cny).is_zero());
  EXPECT_FALSE(a.is_zero());
  EXPECT_EQ(a.in(), cny);
}

TEST(money, parse_amount_reads_exact_amounts) {
  struct row {
    const char* text;
    currency in;
    std::int64_t want;
  };
  const row rows[] = {{"9000", cny, 900'000},
                      {"9000.5", cny, 900'050},
                      {"-9000.00", cny, -900'000},
                      {"0.01", cny, 1},
                      {"0", cny, 0},
                      {"-0", cny, 0},
                      {"9000.500", cny, 900'050},
                      {"9000", jpy, 9'000},
                      {"9000.00", jpy, 9'000},
                      {"1.234", kwd, 1'234},
                      {"92233720368547758.07", cny, top},
                      {"-92233720368547758.08", cny, bottom},
                      {"9223372036854775807", jpy, top},
                      {"-9223372036854775808", jpy, bottom}};
  for (const row& r : rows) {
    const auto amount = parse_amount(r.text, r.in);
    ASSERT_TRUE(amount) << r.text;
    EXPECT_EQ(*amount, money::minor(r.want, r.in)) << r.text;
  }
}

TEST(money, parse_amount_refuses_what_is_no_amount) {
  for (const char* text :
       {"", "-", "--5", "+5", "5-", " 5", "5 ", "1,000", "1'000", ".5", "5.", "1e3", "0.005", "1.234",
        "12 CNY", "92233720368547758.08", "-92233720368547758.09", "99999999999999999999"})
    EXPECT_EQ(parse_amount(text, cny), std::nullopt) << text;
  EXPECT_EQ(parse_amount("0.5", jpy), std::nullopt);
  EXPECT_EQ(parse_amount("1.2345", kwd), std::nullopt);
}

TEST(money, currencies) {
  EXPECT_EQ(sla::parse_currency("JPY"), jpy);
  EXPECT_EQ(sla::parse_currency("KWD")->decimals(), 3);
  EXPECT_EQ(sla::parse_currency("cny"), std::nullopt);
  EXPECT_EQ(sla::parse_currency(""), std::nullopt);
  for (const currency& c : sla::known_currencies) EXPECT_EQ(sla::parse_currency(c.code()), c);
  EXPECT_THROW((void)currency("CN", 2), sla::error);
  EXPECT_THROW((void)currency("CNYY", 2), sla::error);
  EXPECT_THROW((void)currency("cny", 2), sla::error);
  EXPECT_THROW((void)currency("CNY", -1), sla::error);
  EXPECT_THROW((void)currency("CNY", 5), sla::error);
  EXPECT_NE(currency("CNY", 2), currency("CNY", 3)) << "cents and tenths of cents do not mix";
}

}  // namespace
}  // namespace money_test
