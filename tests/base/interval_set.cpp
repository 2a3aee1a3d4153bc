// SPDX-License-Identifier: MIT
#include <sla/base/interval_set.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <vector>

namespace interval_set_test {
namespace {

using namespace std::chrono_literals;
using sla::instant;
using sla::intersect;
using sla::interval;
using sla::interval_set;
using std::chrono::seconds;

constexpr instant at(int s) { return instant::from_unix(s); }
constexpr interval span(int from, int to) { return {at(from), at(to)}; }

TEST(interval, T1_it_holds_its_begin_and_not_its_end) {
  const interval i = span(10, 20);
  EXPECT_FALSE(i.contains(at(9)));
  EXPECT_TRUE(i.contains(at(10)));
  EXPECT_TRUE(i.contains(at(19)));
  EXPECT_FALSE(i.contains(at(20)));
  EXPECT_EQ(i.length(), 10s);
}

TEST(interval, empty_and_reversed_ones_hold_nothing) {
  for (const interval i : {span(10, 10), span(10, 5)}) {
    EXPECT_TRUE(i.empty());
    EXPECT_EQ(i.length(), 0s);
    EXPECT_FALSE(i.contains(at(10)));
    EXPECT_FALSE(i.contains(at(7)));
  }
  EXPECT_FALSE(span(10, 11).empty());
}

TEST(interval, intersection) {
  EXPECT_EQ(intersect(span(0, 10), span(5, 20)), span(5, 10));
  EXPECT_EQ(intersect(span(0, 10), span(2, 4)), span(2, 4));
  EXPECT_TRUE(intersect(span(0, 10), span(10, 20)).empty()) << "touching intervals share nothing";
  EXPECT_TRUE(intersect(span(0, 10), span(15, 20)).empty());
}

TEST(interval_set, the_example_of_the_header) {
  const instant a = at(0), b = at(10), c = at(20), d = at(40);
  const interval_set maintenance{span(5, 25)};
  const auto down = interval_set({{a, b}, {c, d}}) - maintenance;
  EXPECT_EQ(down, (interval_set{span(0, 5), span(25, 40)}));
  EXPECT_EQ(down.total(), 20s);
  EXPECT_EQ(interval_set({{a, b}}).size(), 1U);
}

TEST(interval_set, T1_touching_intervals_are_one_and_share_no_second) {
  const interval_set touching{span(0, 10), span(10, 20)};
  EXPECT_EQ(touching, interval_set{span(0, 20)});
  EXPECT_EQ(touching.total(), 20s);
  EXPECT_EQ((interval_set{span(0, 10), span(11, 20)}).size(), 2U) << "one second apart are two";
  EXPECT_TRUE((interval_set{span(0, 10)} & interval_set{span(10, 20)}).empty());
}

TEST(interval_set, A10_order_and_repetition_change_nothing) {
  std::vector<interval> parts{span(0, 5), span(3, 8), span(8, 9), span(20, 30), span(22, 25), span(40, 40)};
  const interval_set want{span(0, 9), span(20, 30)};
  std::ranges::sort(parts);
  do {
    ASSERT_EQ(interval_set(parts), want);
    std::vector<interval> twice = parts;
    twice.insert(twice.end(), parts.rbegin(), parts.rend());
    ASSERT_EQ(interval_set(twice), want);
  } while (std::ranges::next_permutation(parts).found);
  EXPECT_EQ(want.total(), 19s);
}

TEST(interval_set, a_long_interval_swallows_later_short_ones) {
  EXPECT_EQ((interval_set{span(0, 100), span(10, 20), span(30, 40), span(99, 101)}),
            interval_set{span(0, 101)});
}

TEST(interval_set, empty_intervals_add_nothing) {
  EXPECT_TRUE((interval_set{span(5, 5), span(9, 3)}).empty());
  EXPECT_EQ((interval_set{span(0, 5), span(5, 5), span(5, 9)}), interval_set{span(0, 9)});
  EXPECT_EQ(interval_set().total(), 0s);
  EXPECT_FALSE(interval_set().contains(at(0)));
}

TEST(interval_set, membership_at_every_edge) {
  const interval_set s{span(10, 20), span(30, 40)};
  for (int t = 0; t < 50; ++t) EXPECT_EQ(s.contains(at(t)), (t >= 10 && t < 20) || (t >= 30 && t < 40)) << t;
}

TEST(interval_set, union_intersection_difference) {
  const interval_set a{span(0, 10), span(20, 30), span(40, 50)}, b{span(5, 25), span(28, 45), span(60, 70)};
  EXPECT_EQ(a | b, (interval_set{span(0, 50), span(60, 70)}));
  EXPECT_EQ(a & b, (interval_set{span(5, 10), span(20, 25), span(28, 30), span(40, 45)}));
  EXPECT_EQ(a - b, (interval_set{span(0, 5), span(25, 28), span(45, 50)}));
  EXPECT_EQ(b - a, (interval_set{span(10, 20), span(30, 40), span(60, 70)}));
  EXPECT_EQ(a - a, interval_set());
  EXPECT_EQ(a - interval_set(), a);
  EXPECT_EQ(interval_set() - a, interval_set());
  EXPECT_EQ(a & interval_set(), interval_set());
  EXPECT_EQ(interval_set{span(0, 100)} - (interval_set{span(0, 10), span(90, 100)}),
            interval_set{span(10, 90)});
}

TEST(interval_set, what_never_ends_has_an_endless_total_and_no_overflow) {
  const interval_set open{span(0, 4), {at(10), instant::never()}};
  EXPECT_EQ(open.total(), seconds::max());
  EXPECT_TRUE(open.contains(instant::latest()));
  EXPECT_FALSE(open.contains(instant::never()));
  EXPECT_EQ((open & interval_set{span(0, 20)}).total(), 14s);
  EXPECT_EQ(open - interval_set{span(2, 12)}, (interval_set{span(0, 2), {at(12), instant::never()}}));
  EXPECT_EQ((interval_set{{instant::earliest(), at(0)}, {at(1), instant::latest()}}).total(),
            (instant::latest() - instant::earliest()) - 1s);
}

TEST(interval_set, its_parts_can_be_walked) {
  const interval_set s{span(30, 40), span(10, 20)};
  EXPECT_EQ(s[0], span(10, 20));
  EXPECT_EQ(s[1], span(30, 40));
  EXPECT_EQ(s.parts().size(), 2U);
  EXPECT_EQ(std::vector<interval>(s.begin(), s.end()), (std::vector<interval>{span(10, 20), span(30, 40)}));
}

}  // namespace
}  // namespace interval_set_test
