// SPDX-License-Identifier: MIT
// The index on calendars chosen to be awkward for it, against a list of every open second.

#include <gtest/gtest.h>

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include <sla/calendar/interval_index.hpp>

namespace interval_index_test {
namespace {

using sla::instant;
using sla::interval;

instant at(std::int64_t s) { return instant::from_unix(s); }

// Every open second, one by one.
void agrees(const std::vector<interval>& open, interval cover, const std::string& name) {
  SCOPED_TRACE(name);
  const sla::detail::interval_index index(open, cover);
  const auto& q = index.queries();
  std::uint64_t n = 0;
  std::size_t k = 0;
  std::int64_t t = cover.begin.unix_seconds();
  for (; t < cover.end.unix_seconds(); ++t) {
    while (k < open.size() && open[k].end <= at(t)) ++k;
    ASSERT_EQ(q.before(t), n) << "before " << t;
    if (k < open.size() && open[k].begin <= at(t)) {
      ASSERT_EQ(q.at(n), t) << "open second " << n;
      ++n;
    }
  }
  EXPECT_EQ(q.before(t), n);
  EXPECT_EQ(q.total(), n);
  const std::uint64_t years = static_cast<std::uint64_t>(cover.length().count()) / 31'556'952 + 1;
  EXPECT_LE(index.bytes(), years * 16384 + open.size() * 32 + 256);
}

TEST(interval_index, every_second_of_awkward_calendars) {
  const interval cover{at(-5000), at(200'000)};
  agrees({}, cover, "never open");
  agrees({cover}, cover, "always open");
  agrees({{at(-5000), at(-4999)}}, cover, "the first second");
  agrees({{at(199'999), at(200'000)}}, cover, "the last second");
  agrees({{at(-5000), at(-4999)}, {at(199'999), at(200'000)}}, cover, "the first and the last second");
  agrees({{at(7), at(8)}}, cover, "one second");

  const auto repeated = [&](std::int64_t open, std::int64_t closed) {
    std::vector<interval> out;
    for (std::int64_t t = -4321; t + open < 200'000; t += open + closed) out.push_back({at(t), at(t + open)});
    return out;
  };
  agrees(repeated(3300, 300), cover, "a five-minute break every hour");
  agrees(repeated(1, 1), cover, "every other second");
  agrees(repeated(1, 59), cover, "one second a minute");
  agrees(repeated(1, 30'000), cover, "one second in eight hours");
  agrees(repeated(30'000, 1), cover, "one second off in eight hours");
  agrees(repeated(4096, 4096), cover, "powers of two");
}

TEST(interval_index, every_second_of_random_calendars) {
  std::mt19937_64 random(20261012);
  for (int round = 0; round < 300; ++round) {
    const int scale = static_cast<int>(random() % 12) + 1, scale2 = static_cast<int>(random() % 14) + 1;
    std::int64_t t = static_cast<std::int64_t>(random() % 1000) - 100'000;
    const std::int64_t begin = t, end = t + 30'000;
    std::vector<interval> open;
    if (random() % 2) ++t;
    while (true) {
      const auto length =
          static_cast<std::int64_t>(
              random() % (std::uint64_t{1} << (random() % static_cast<std::uint64_t>(scale) + 1))) +
          1;
      if (t + length > end) break;
      open.push_back({at(t), at(t + length)});
      t += length +
           static_cast<std::int64_t>(
               random() % (std::uint64_t{1} << (random() % static_cast<std::uint64_t>(scale2) + 1))) +
           1;
    }
    agrees(open, {at(begin), at(end)}, "round " + std::to_string(round));
    if (testing::Test::HasFatalFailure()) return;
  }
}

// Gaps too long for a bucket, and covers longer than 136 years, take the search; the answers are the same.
TEST(interval_index, long_covers) {
  for (const std::int64_t gap : {86'400LL * 365, 1LL << 31, 1LL << 32, 1LL << 40, 1LL << 55}) {
    std::vector<interval> open;
    for (std::int64_t k = 0; k < 50; ++k)
      open.push_back({at(k * gap + 5), at(k * gap + 5 + 3600 * (k % 3 + 1))});
    const interval cover{at(0), at(50 * gap)};
    const sla::detail::interval_index index(open, cover);
    const auto& q = index.queries();
    std::uint64_t n = 0;
    for (const interval& i : open) {
      const std::int64_t b = i.begin.unix_seconds(), e = i.end.unix_seconds();
      const auto length = static_cast<std::uint64_t>(e - b);
      EXPECT_EQ(q.before(b - 5), n);
      EXPECT_EQ(q.before(b), n);
      EXPECT_EQ(q.before(b + 100), n + 100);
      EXPECT_EQ(q.before(e), n + length);
      EXPECT_EQ(q.at(n), b);
      EXPECT_EQ(q.at(n + length - 1), e - 1);
      n += length;
    }
    EXPECT_EQ(q.before(cover.end.unix_seconds()), n);
  }
}

}  // namespace
}  // namespace interval_index_test
