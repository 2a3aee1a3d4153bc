// SPDX-License-Identifier: MIT
#include <sla/base/rounding.hpp>
#include <sla/base/wide.hpp>

#include <gtest/gtest.h>

#include <array>
#include <set>
#include <string>

namespace rounding_test {
namespace {

using sla::rounding;

constexpr std::array every{rounding::half_up, rounding::half_even, rounding::half_down, rounding::toward_zero,
                           rounding::away,    rounding::floor,     rounding::ceil};

TEST(rounding, every_mode_has_its_own_name_and_is_read_back) {
  std::set<std::string> names;
  for (const rounding mode : every) {
    EXPECT_EQ(sla::parse_rounding(sla::name(mode)), mode);
    names.emplace(sla::name(mode));
  }
  EXPECT_EQ(names, (std::set<std::string>{"half up", "half even", "half down", "toward zero",
                                          "away from zero", "floor", "ceil"}));
}

TEST(rounding, any_other_name_is_refused) {
  for (const char* text : {"", "half", "Half up", "half_up", "half up ", "round", "bankers"})
    EXPECT_EQ(sla::parse_rounding(text), std::nullopt) << text;
}

TEST(rounding, the_table_of_the_header) {
  struct row {
    rounding mode;
    std::array<std::int64_t, 4> want;  // of 2.5, -2.5, 2.4, -2.4
  };
  constexpr row rows[] = {{rounding::half_up, {3, -3, 2, -2}},   {rounding::half_even, {2, -2, 2, -2}},
                          {rounding::half_down, {2, -2, 2, -2}}, {rounding::toward_zero, {2, -2, 2, -2}},
                          {rounding::away, {3, -3, 3, -3}},      {rounding::floor, {2, -3, 2, -3}},
                          {rounding::ceil, {3, -2, 3, -2}}};
  constexpr std::array<std::int64_t, 4> tenths{25, -25, 24, -24};
  for (const row& r : rows)
    for (std::size_t i = 0; i < 4; ++i)
      EXPECT_EQ(sla::detail::mul_div(tenths[i], 1, 10, r.mode), r.want[i])
          << sla::name(r.mode) << ' ' << tenths[i];
}

TEST(rounding, a_whole_value_is_never_moved) {
  for (const rounding mode : every)
    for (const std::int64_t v : {-3, -2, -1, 0, 1, 2, 3}) EXPECT_EQ(sla::detail::mul_div(v, 6, 6, mode), v);
}

}  // namespace
}  // namespace rounding_test
