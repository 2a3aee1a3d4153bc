// SPDX-License-Identifier: MIT
// A clock's own time as a scale of positions: the same answers as adding and subtracting amounts.

#include <gtest/gtest.h>

#include "../support/clock_log.hpp"

namespace own_time_test {
namespace {

using clock_log::office;
using clock_log::on;
using namespace std::chrono_literals;
using namespace sla::literals;

TEST(own_time, positions_say_what_amounts_say) {
  for (const sla::time_limit limit : {sla::time_limit(4_bh), sla::time_limit(4h)}) {
    const sla::own_time time(limit, &office());
    const sla::instant first = on(5, 7h);
    for (int a = 0; a < 14 * 24; a += 5) {
      const sla::instant t = first + std::chrono::hours(a);
      for (int w = 1; w < 60; w += 7) {
        const sla::instant u = time.after(t, std::chrono::hours(w));
        EXPECT_EQ(time.at(time.position(t) + w * 3600), u);
        EXPECT_EQ(time.position(u) - time.position(t), time.between(t, u).count());
      }
      EXPECT_EQ(time.is_open(t), limit.needs_calendar() ? office().is_open(t) : true);
    }
  }
}

// The calendar's cover ends with 2026-11-06 and the hours go on after it: what lies there is not known.
TEST(own_time, T10_a_position_past_the_cover_is_unknown) {
  const sla::own_time time(sla::time_limit(4_bh), &office());
  EXPECT_TRUE(time.at(time.position(on(12, 9h)) + 10'000'000).is_unknown());
  EXPECT_EQ(time.position(on(1, 0h)), time.position(on(7, 0h)));  // the break holds no office time
}

}  // namespace
}  // namespace own_time_test
