// SPDX-License-Identifier: MIT
// The opt-in formatters: the library's own texts, with fmt's alignment.

#include <gtest/gtest.h>

#include <chrono>
#include <limits>
#include <string>

#include <sla/fmt.hpp>

namespace fmt_test {
namespace {

using namespace sla;
using namespace sla::literals;
using namespace std::chrono_literals;

TEST(fmt, values_print_as_the_library_writes_them) {
  EXPECT_EQ(fmt::format("{} {} {}", 4_bh, 2_bd, time_limit(90min)), "4bh 2bd 1h30min");
  EXPECT_EQ(fmt::format("{}", money::minor(1'200'000, cny)), "12000.00 CNY");
  EXPECT_EQ(fmt::format("{}, {}, {}", outcome::breached, activity::idle, party::vendor_supplier),
            "breached, idle, vendor's supplier");
  EXPECT_EQ(fmt::format("{}", instant(std::chrono::sys_days(2026y / 10 / 12) + 5h)), "2026-10-12T05:00:00Z");
  EXPECT_EQ(fmt::format("{} {}", instant::never(), instant::unknown()), "never unknown");
}

TEST(fmt, texts_take_width_and_alignment) {
  EXPECT_EQ(fmt::format("{:>14}|", money::minor(1'800'000, cny)), "  18000.00 CNY|");
  EXPECT_EQ(fmt::format("{:*<6}|", 4_bh), "4bh***|");
}

TEST(fmt, A1_a_ratio_is_exact_or_floored) {
  EXPECT_EQ(fmt::format("{}", 99.99_pct), "99.99%");
  EXPECT_EQ(fmt::format("{:.3}", ratio(6695, 6696)), "99.985%");
  EXPECT_EQ(fmt::format("{:.1}", 99.99_pct), "99.9%");
  EXPECT_EQ(fmt::format("{:.0}", 99.99_pct), "99%");
  EXPECT_EQ(fmt::format("{}", ratio(1, 3)), "1/3");
}

TEST(fmt, other_formats_of_a_ratio_are_refused) {
  for (const char* bad : {"{:.}", "{:.x}", "{:.12}", "{:>5}", "{:d}"})
    EXPECT_THROW((void)fmt::format(fmt::runtime(bad), 99.99_pct), fmt::format_error) << bad;
}

}  // namespace
}  // namespace fmt_test
