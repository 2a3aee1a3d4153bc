// SPDX-License-Identifier: MIT
// The algebra of interval sets against a bitmap of 64 seconds, where every operation is a word of bits.
#include <gtest/gtest.h>

#include <rapidcheck.h>

#include <sla/base/interval_set.hpp>

#include <algorithm>
#include <bit>
#include <chrono>
#include <cstdint>
#include <utility>
#include <vector>

namespace base_intervals_test {
namespace {

using sla::instant;
using sla::interval;
using sla::interval_set;

using bounds = std::vector<std::pair<int, int>>;

rc::Gen<bounds> any_parts() {
  return rc::gen::container<bounds>(rc::gen::pair(rc::gen::inRange(0, 65), rc::gen::inRange(0, 65)));
}

std::vector<interval> intervals(const bounds& parts) {
  std::vector<interval> out;
  for (const auto& [from, to] : parts) out.push_back({instant::from_unix(from), instant::from_unix(to)});
  return out;
}

std::uint64_t bitmap(const bounds& parts) {
  std::uint64_t bits = 0;
  for (const auto& [from, to] : parts)
    for (int t = from; t < to; ++t) bits |= std::uint64_t{1} << t;
  return bits;
}

std::uint64_t bitmap(const interval_set& set) {
  std::uint64_t bits = 0;
  for (int t = 0; t < 64; ++t)
    if (set.contains(instant::from_unix(t))) bits |= std::uint64_t{1} << t;
  return bits;
}

// Whether it holds exactly these seconds and is sorted, disjoint and maximal.
void check(const interval_set& set, std::uint64_t bits) {
  RC_ASSERT(bitmap(set) == bits);
  RC_ASSERT(set.total() == std::chrono::seconds(std::popcount(bits)));
  RC_ASSERT(set.size() == static_cast<std::size_t>(std::popcount(bits & ~(bits << 1))));
  for (std::size_t i = 0; i < set.size(); ++i) {
    RC_ASSERT(!set[i].empty());
    if (i != 0) RC_ASSERT(set[i - 1].end < set[i].begin);
  }
}

TEST(base_intervals, T1_a_set_holds_the_seconds_it_was_made_from) {
  EXPECT_TRUE(rc::check([] {
    const bounds parts = *any_parts();
    check(interval_set(intervals(parts)), bitmap(parts));
  }));
}

TEST(base_intervals, A10_permutation_and_duplication_change_nothing) {
  EXPECT_TRUE(rc::check([] {
    const bounds parts = *any_parts();
    std::vector<interval> shuffled = intervals(parts);
    const interval_set want(shuffled);
    const std::size_t size = shuffled.size();
    for (std::size_t i = 0; i < size; ++i) {
      std::swap(shuffled[i], shuffled[*rc::gen::inRange<std::size_t>(0, size)]);
      if (*rc::gen::arbitrary<bool>()) shuffled.push_back(shuffled[i]);
    }
    RC_ASSERT(interval_set(shuffled) == want);
  }));
}

TEST(base_intervals, the_algebra_is_that_of_sets) {
  EXPECT_TRUE(rc::check([] {
    const bounds x = *any_parts(), y = *any_parts();
    const interval_set a(intervals(x)), b(intervals(y));
    check(a | b, bitmap(x) | bitmap(y));
    check(a & b, bitmap(x) & bitmap(y));
    check(a - b, bitmap(x) & ~bitmap(y));
    RC_ASSERT((a == b) == (bitmap(x) == bitmap(y)));
  }));
}

TEST(base_intervals, equal_sets_compare_equal_however_they_were_reached) {
  EXPECT_TRUE(rc::check([] {
    const interval_set a(intervals(*any_parts())), b(intervals(*any_parts())), c(intervals(*any_parts()));
    RC_ASSERT((a | b) == (b | a));
    RC_ASSERT((a & b) == (b & a));
    RC_ASSERT(((a | b) | c) == (a | (b | c)));
    RC_ASSERT((a & (b | c)) == ((a & b) | (a & c)));
    RC_ASSERT((a - (b | c)) == ((a - b) - c));
    RC_ASSERT((a - (a - b)) == (a & b));
    RC_ASSERT(((a - b) | (a & b)) == a);
    RC_ASSERT(((a | b).total() + (a & b).total()) == (a.total() + b.total()));
  }));
}

}  // namespace
}  // namespace base_intervals_test
