// SPDX-License-Identifier: MIT
// Which promises count in a window's attainment, and which do not.

#include <gtest/gtest.h>

#include <sla/policy/attainment.hpp>

namespace attainment_test {
namespace {

using namespace sla;
using namespace sla::literals;
using namespace std::chrono_literals;

constexpr instant october = instant::from_unix(1'790'784'000), november = october + 744h;
constexpr interval window{october, november};

verdict decided(outcome o, instant at) {
  verdict v;
  v.outcome = o;
  v.started = at - 1h;
  if (o == outcome::met) v.done = at;
  if (o == outcome::breached || o == outcome::waived) v.breached_at = v.due = at;
  return v;
}

TEST(attainment, A9_is_met_of_met_and_breached) {
  attainment a;
  for (int i = 0; i < 9; ++i) a.add(decided(outcome::met, october + 24h), window);
  a.add(decided(outcome::breached, october + 48h), window);
  EXPECT_EQ(a.share(), 90_pct);
}

TEST(attainment, A9_the_waived_are_shown_apart) {
  attainment a;
  a.add(decided(outcome::met, october + 24h), window);
  a.add(decided(outcome::waived, october + 24h), window);
  EXPECT_EQ(a.share(), 100_pct);
  EXPECT_EQ(a.waived, 1u);
}

TEST(attainment, A9_open_and_overdue_is_breached_whenever_it_is_finished) {
  verdict v = decided(outcome::breached, november - 1h);
  EXPECT_FALSE(v.done.has_value());
  attainment a;
  a.add(v, window);
  v.done = november + 24h;
  a.add(v, window);
  EXPECT_EQ(a.breached, 2u);
}

TEST(attainment, M9_a_clock_belongs_to_the_window_in_which_it_was_decided) {
  attainment a;
  a.add(decided(outcome::met, october), window);                // the first instant is in
  a.add(decided(outcome::met, november), window);               // the end is not
  a.add(decided(outcome::breached, november + 30min), window);  // due on 1 November
  EXPECT_EQ(a.met, 1u);
  EXPECT_EQ(a.breached, 0u);
}

TEST(attainment, A1_nothing_decided_is_no_figure) {
  attainment a;
  verdict open;
  open.started = october + 1h;
  a.add(open, window);
  for (const outcome o : {outcome::cancelled, outcome::not_applicable, outcome::undetermined}) {
    verdict v;
    v.outcome = o;
    a.add(v, window);
  }
  EXPECT_FALSE(a.share().has_value());
  EXPECT_EQ(a.open, 1u);
}

TEST(attainment, T9_a_provisional_verdict_makes_the_figure_provisional) {
  verdict v = decided(outcome::met, october + 24h);
  v.provisional = true;
  attainment a;
  a.add(v, window);
  EXPECT_TRUE(a.provisional);
}

}  // namespace
}  // namespace attainment_test
