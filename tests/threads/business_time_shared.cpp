// SPDX-License-Identifier: MIT
// One business_time asked by many threads at once, while copies of it come and go.

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <thread>
#include <vector>

#include <sla/calendar/business_time.hpp>
#include <sla/calendar/calendar.hpp>
#include <sla/calendar/china.hpp>

namespace business_time_shared_test {
namespace {

using namespace std::chrono;
using namespace sla::literals;
using sla::instant;

std::uint64_t ask(const sla::business_time& c, int seed) {
  std::uint64_t sum = 0;  // wraps round: never() is one of the answers
  const auto count = [&sum](std::int64_t answer) { sum = sum * 31 + static_cast<std::uint64_t>(answer); };
  std::uint64_t state = static_cast<std::uint64_t>(seed);
  std::vector<instant> t, out(64);
  for (int i = 0; i < 2000; ++i) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    const instant start = c.cover().begin + seconds((state >> 33) % (300 * 86'400));
    const instant due = c.add(start, 4_bh);
    count(due.unix_seconds());
    count(c.worked(start, due + 100h).count());
    count(c.subtract(due, 9_bh).unix_seconds());
    count(c.add(start, 2_bd).unix_seconds());
    count(c.next_open(start).unix_seconds());
    count(c.business_days_between(start, due));
    t.assign(64, start);
    c.add(t, 90_bmin, out);
    count(out.back().unix_seconds());
    const sla::business_time copy = c;
    count(copy.is_open(start));
  }
  return sum;
}

TEST(threads, a_shared_calendar_answers_all_alike) {
  std::optional<sla::business_time> shared =
      sla::calendar_spec{.zone = sla::zone::posix("Asia/Shanghai", "CST-8"),
                         .hours = "Mon-Fri 08:30-12:00,13:00-18:00"_hours,
                         .holidays = sla::china_workdays(),
                         .cover = {2025y, 2027y}};
  const std::uint64_t expected = ask(*shared, 1);
  std::vector<std::uint64_t> answers(4);
  std::vector<std::thread> threads;
  for (std::uint64_t& answer : answers)
    threads.emplace_back(
        [&answer, own = *shared, &all = *shared] { answer = ask(all, 1) + ask(own, 1) - ask(own, 1); });
  for (std::thread& t : threads) t.join();
  for (const std::uint64_t answer : answers) EXPECT_EQ(answer, expected);
}

}  // namespace
}  // namespace business_time_shared_test
