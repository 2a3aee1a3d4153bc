// SPDX-License-Identifier: MIT
// Parts of a window settled together, and one settlement against another.

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include <sla/compensation/change.hpp>
#include <sla/compensation/owes_less.hpp>

namespace settle_parts_test {
namespace {

using namespace sla::literals;
using sla::combination;
using sla::ratio;

constexpr sla::metric_id availability = 0, outage = 1;

sla::money yuan(std::int64_t fen) { return sla::money::minor(fen, sla::cny); }

struct case_of {
  std::vector<sla::credit_terms> credits;
  std::vector<sla::cap_terms> caps{};
  std::vector<sla::fee> fees{{.amount = yuan(100'000)}};
  std::vector<sla::figure> figures;
  combination how = combination::sum;

  [[nodiscard]] sla::settlement settle() const { return sla::settle(part().terms, part().facts); }
  [[nodiscard]] sla::settle_part part() const {
    return {{credits, caps, how}, {.fees = fees, .figures = figures}};
  }
};
sla::credit_terms tenth_below(const ratio& bound, const char* clause = "5") {
  return {.clause = clause, .metric = availability, .pays = sla::steps{{{bound, 10_pct}}}};
}

sla::settlement together(const std::vector<case_of>& cases) {
  std::vector<sla::settle_part> parts;
  for (const case_of& c : cases) parts.push_back(c.part());
  return sla::settle_parts(parts).money;
}
std::vector<std::int64_t> totals_of(const sla::settlement& s) {
  std::vector<std::int64_t> totals;
  for (const sla::reading& r : s.readings) totals.push_back(r.total.minor_units());
  return totals;
}
// Two outages, each of which pays 100.
case_of two_outages() {
  return {.credits = {{.clause = "5", .metric = outage, .pays = sla::per_count{.rate = 10_pct}}},
          .figures = {{.metric = outage, .subject = "a", .count = 1},
                      {.metric = outage, .subject = "b", .count = 1}},
          .how = combination::unstated};
}

TEST(settle_parts, lines_add_up_and_the_caps_of_lines_move_with_them) {
  const case_of first{.credits = {tenth_below(99.9_pct)},
                      .figures = {{.metric = availability, .value = 99_pct}}};
  case_of second = first;
  second.caps = {{.clause = "7", .limit = yuan(4'000), .scope = sla::cap_scope::line}};
  second.credits[0].clause = "6";
  const std::vector<sla::settle_part> parts{first.part(), second.part()};
  const sla::parts_settlement both = sla::settle_parts(parts);
  const sla::settlement& s = both.money;
  ASSERT_EQ(s.lines.size(), 2U);
  EXPECT_EQ(s.lines[1].clause, "6");
  ASSERT_EQ(s.caps.size(), 1U);
  EXPECT_EQ(s.caps[0].line, 1U) << "of the second line of both";
  EXPECT_EQ(s.total, yuan(14'000));
  EXPECT_TRUE(s.is_defined());
  EXPECT_TRUE(s.claimable.empty());
  ASSERT_EQ(both.parts.size(), 2U);
  EXPECT_EQ(both.parts[1].total, yuan(4'000));
  EXPECT_EQ(both.parts[1].caps[0].line, 0U);
  const sla::parts_settlement alone = sla::settle_parts({parts.data(), 1});
  EXPECT_EQ(alone.money.lines, first.settle().lines);
  EXPECT_THROW((void)sla::settle_parts({}), sla::error);
}

TEST(settle_parts, M0_what_is_open_is_read_alike_in_every_part) {
  // Nobody says how they combine: 400 or 200, and not 300.
  const sla::settlement s = together({two_outages(), two_outages()});
  EXPECT_EQ(totals_of(s), (std::vector<std::int64_t>{40'000, 20'000}));
  EXPECT_EQ(s.total, yuan(20'000));
  EXPECT_TRUE(s.combination_unstated);
  EXPECT_FALSE(s.base_unstated);
  EXPECT_EQ(s.readings[0].favours, sla::favoured::customer);
  EXPECT_EQ(s.readings[1].favours, sla::favoured::vendor);
}

TEST(settle_parts, M0_every_choice_of_one_part_goes_with_every_choice_of_the_other) {
  // The first part leaves open how two lines combine, the second which of two fees is meant.
  const case_of second{.credits = {tenth_below(99.9_pct)},
                       .fees = {{.amount = yuan(100'000), .tax = sla::fee_tax::excluded},
                                {.amount = yuan(106'000), .tax = sla::fee_tax::included}},
                       .figures = {{.metric = availability, .value = 99_pct}},
                       .how = combination::unstated};
  const sla::settlement s = together({two_outages(), second});
  EXPECT_EQ(totals_of(s), (std::vector<std::int64_t>{30'000, 20'000, 30'600, 20'600}));
  EXPECT_TRUE(s.combination_unstated && s.base_unstated);
  EXPECT_EQ(s.total, yuan(20'000));
}

TEST(settle_parts, M8_no_reading_exceeds_a_cap_on_all_parts) {
  // 200 or 100 in either part, at most 250: the sum of both is 250, the largest of each 200.
  for (const sla::cap_scope scope :
       {sla::cap_scope::window, sla::cap_scope::year, sla::cap_scope::contract}) {
    case_of part = two_outages();
    part.caps = {{.clause = "7", .limit = yuan(25'000), .scope = scope}};
    EXPECT_EQ(totals_of(together({part, part})), (std::vector<std::int64_t>{25'000, 20'000})) << name(scope);
    // At most 200: every reading owes it, and nothing is open.
    part.caps[0].limit = yuan(20'000);
    const sla::settlement s = together({part, part});
    EXPECT_TRUE(s.is_defined()) << name(scope);
    EXPECT_EQ(s.total, yuan(20'000));
  }
  // A share is of each part's own fee.
  case_of part = two_outages();
  part.caps = {{.clause = "7", .limit = 15_pct}};
  EXPECT_EQ(totals_of(together({part, part})), (std::vector<std::int64_t>{30'000, 20'000}));
}

TEST(settle_parts, M7_claims_that_are_open_add_up_to_no_more_than_the_cap) {
  case_of part{.credits = {tenth_below(99.9_pct)}, .figures = {{.metric = availability, .value = 99_pct}}};
  part.credits[0].must_be_claimed = true;
  case_of automatic = part;
  automatic.credits[0].must_be_claimed = false;
  const sla::settlement s = together({part, part, automatic});
  EXPECT_EQ(s.total, yuan(10'000));
  ASSERT_EQ(s.claimable.size(), 1U);
  EXPECT_EQ(s.claimable[0].amount, yuan(20'000));
  // At most 150 in the window: what the last part pays is taken from what the others could still claim.
  for (case_of* each : {&part, &automatic}) each->caps = {{.clause = "7", .limit = yuan(15'000)}};
  const sla::settlement capped = together({part, part, automatic});
  EXPECT_EQ(capped.total, yuan(10'000));
  EXPECT_EQ(capped.claimable[0].amount, yuan(5'000));
  EXPECT_TRUE(sla::owes_less(part.settle(), automatic.settle()));
  EXPECT_FALSE(sla::owes_less_when_claimed(part.settle(), automatic.settle())) << "then they owe the same";
}

TEST(settle_parts, a_right_is_owed_once_and_units_add_up) {
  case_of part{.credits = {tenth_below(99.9_pct, "5"), tenth_below(99.9_pct, "6")},
               .figures = {{.metric = availability, .value = 99_pct, .whole = std::chrono::hours(100)}}};
  part.credits[0].form = {.form = sla::remedy_form::termination_right};
  part.credits[1].form = {
      .form = sla::remedy_form::term_extension, .unit = "hour", .length = std::chrono::hours(1)};
  for (const sla::form_total& t : together({part, part}).totals)
    EXPECT_EQ(t.count, t.form == sla::remedy_form::termination_right ? 1 : 20) << name(t.form);
}

TEST(fee_paid, what_was_paid_under_a_name_is_every_parts_fee_for_its_share) {
  const std::vector<sla::fee> first{{.amount = yuan(300'000)}, {.id = 1, .amount = yuan(1'000)}},
      second{{.amount = yuan(900'000), .price = sla::fee_price::paid},
             {.amount = yuan(1'200'000), .price = sla::fee_price::list},
             {.id = 2, .amount = yuan(31'000), .subject = "voice"}};
  const sla::part_fees parts[]{{first, ratio(15, 31)}, {second, ratio(16, 31)}};
  const auto exact = [&](const sla::fee& like) {
    const sla::fee f = sla::fee_paid(like, parts);
    return ratio(f.amount.minor_units()) * f.share;
  };
  EXPECT_EQ(exact(second[0]), ratio(15 * 300'000 + 16 * 900'000, 31)) << "what says less does not contradict";
  EXPECT_EQ(exact(second[1]), ratio(15 * 300'000 + 16 * 1'200'000, 31));
  EXPECT_EQ(exact(first[0]), ratio(15 * 300'000 + 16 * 900'000, 31)) << "the first that does not contradict";
  EXPECT_EQ(exact(second[2]), ratio(16'000)) << "what was not bought before cost nothing";
  EXPECT_EQ(exact(first[1]), ratio(15 * 1'000, 31));
}

}  // namespace
}  // namespace settle_parts_test
