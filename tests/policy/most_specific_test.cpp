// SPDX-License-Identifier: MIT
// The most specific row against a search that does as the rule says, over every table of up to three rows with
// selectors of two severities, two tiers and two regions: which row gives a property, where two rows tie, which rows
// give nothing, and which combinations nothing is promised for.

#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <sla/policy/lint.hpp>
#include <sla/policy/policy.hpp>
#include <sla/policy/policy_proof.hpp>
#include <sla/policy/target_row.hpp>

namespace most_specific_test {
namespace {

using namespace std::chrono_literals;
using namespace std::string_view_literals;

constexpr std::array severities{"P1"sv, "P2"sv};
constexpr std::array tiers{"basic"sv, "flagship"sv};
constexpr std::array regions{"urban"sv, "suburban"sv};
constexpr std::size_t selections = 27;  // any, one or the other, three times

// A cell by its names' numbers: severity, tier, region.
using cell = std::array<int, 3>;
constexpr std::array<cell, 8> cells{
    {{0, 0, 0}, {0, 0, 1}, {0, 1, 0}, {0, 1, 1}, {1, 0, 0}, {1, 0, 1}, {1, 1, 0}, {1, 1, 1}}};

// What a row selects: -1 is any.
cell selection(std::size_t n) { return {int(n / 9) - 1, int(n / 3 % 3) - 1, int(n % 3) - 1}; }

// A row as the rule speaks of it.
struct plain_row {
  cell selects{};
  int value = 0;  // of the property; 0: it states none
};

// The rule, word by word.
struct answer {
  int row = -1;    // the first of the most specific rows
  int rival = -1;  // the last that is as specific and states something else
};
answer search(std::span<const plain_row> rows, const cell& at) {
  const auto stated = [](const plain_row& r) {
    return (r.selects[0] >= 0) + (r.selects[1] >= 0) + (r.selects[2] >= 0);
  };
  const auto speaks = [&](const plain_row& r) {
    for (std::size_t i = 0; i < 3; ++i)
      if (r.selects[i] >= 0 && r.selects[i] != at[i]) return false;
    return r.value != 0;
  };
  int most = -1;
  for (const plain_row& r : rows)
    if (speaks(r) && stated(r) > most) most = stated(r);
  answer out;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (!speaks(rows[i]) || stated(rows[i]) != most) continue;
    if (out.row < 0) out.row = int(i);
    if (rows[i].value != rows[std::size_t(out.row)].value) out.rival = int(i);
  }
  return out;
}

std::uint8_t number(int selected) { return selected < 0 ? sla::row_selectors::any : std::uint8_t(selected); }
int index_of(const std::optional<std::size_t>& row) { return row ? int(*row) : -1; }

constexpr sla::clock_id the_clock = 0;
sla::target_row compiled(const plain_row& limit, int calendar) {
  sla::target_row out;
  out.severity = number(limit.selects[0]);
  out.tier = number(limit.selects[1]);
  out.region = number(limit.selects[2]);
  if (limit.value != 0)
    out.clocks.push_back({the_clock, sla::promised_limit{true, std::chrono::hours(limit.value)}, {}, {}});
  if (calendar != 0) out.calendar = calendar == 1 ? "days" : "nights";
  return out;
}

TEST(most_specific, every_property_of_every_small_table_comes_from_the_row_that_the_rule_names) {
  constexpr std::size_t kinds = selections * 3;  // a row states nothing, one value or the other
  std::size_t checked = 0, wrong = 0, ties = 0;
  const auto plain = [](std::size_t n) { return plain_row{selection(n / 3), int(n % 3)}; };
  const auto check = [&](std::span<const plain_row> limits, const std::vector<sla::target_row>& rows) {
    // The calendars are the limits' other way round, so that the two properties come from different rows.
    std::array<plain_row, 3> calendars{};
    for (std::size_t i = 0; i < limits.size(); ++i)
      calendars[i] = {limits[i].selects, limits[limits.size() - 1 - i].value};
    for (const cell& at : cells) {
      const sla::grade g{std::uint8_t(at[0]), std::uint8_t(at[2]), 0};
      constexpr std::array<std::uint32_t, 3> all{0, 1, 2};
      const std::span<const std::uint32_t> candidates(all.data(), rows.size());
      const std::uint8_t line[]{std::uint8_t(at[1])};
      const sla::cell_key key{std::size_t(at[1]), 0, g};
      const auto limit = sla::most_specific(rows, candidates, line, key,
                                            [](const sla::target_row& r) { return r.limit(the_clock); });
      const auto calendar = sla::most_specific(
          rows, candidates, line, key, [](const sla::target_row& r) { return r.calendar_of(the_clock); });
      const answer want = search(limits, at);
      const answer want_calendar = search({calendars.data(), limits.size()}, at);
      ++checked;
      ties += want.rival >= 0;
      wrong += index_of(limit.row) != want.row || index_of(limit.rival) != want.rival ||
               index_of(calendar.row) != want_calendar.row || index_of(calendar.rival) != want_calendar.rival;
    }
  };
  std::vector<sla::target_row> one(1), two(2), three(3);
  for (std::size_t a = 0; a < kinds; ++a) {
    const plain_row first = plain(a);
    one[0] = compiled(first, first.value);
    check(std::array{first}, one);
    for (std::size_t b = 0; b < kinds; ++b) {
      const plain_row second = plain(b);
      two[0] = compiled(first, second.value);
      two[1] = compiled(second, first.value);
      check(std::array{first, second}, two);
      three[1] = compiled(second, second.value);
      for (std::size_t c = 0; c < kinds; ++c) {
        const plain_row third = plain(c);
        three[0] = compiled(first, third.value);
        three[2] = compiled(third, first.value);
        check(std::array{first, second, third}, three);
      }
    }
  }
  EXPECT_EQ(wrong, 0U);
  EXPECT_EQ(checked, 8 * (kinds + kinds * kinds + kinds * kinds * kinds));
  EXPECT_GT(ties, checked / 100);
}

// The same tables as policies: what compiling makes of them, what it refuses, and what the lints say.
class small_policies {
 public:
  void check(std::span<const plain_row> rows) {
    std::array<sla::limit_spec, 3> limits;
    std::array<sla::target_spec, 3> targets;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const cell& s = rows[i].selects;
      limits[i] = {"response", std::chrono::hours(rows[i].value)};
      targets[i] = {.severity = s[0] < 0 ? ""sv : severities[std::size_t(s[0])],
                    .tier = s[1] < 0 ? ""sv : tiers[std::size_t(s[1])],
                    .region = s[2] < 0 ? ""sv : regions[std::size_t(s[2])],
                    .limits = {&limits[i], 1}};
    }
    sla::policy_spec spec{.name = "small",
                          .version = 2026y / 1 / 1,
                          .severities = severities,
                          .tiers = tiers,
                          .regions = regions};
    spec.targets = {targets.data(), rows.size()};

    std::set<int> rivals, deciding;
    std::size_t uncovered = 0;
    for (const cell& at : cells) {
      const answer want = search(rows, at);
      if (want.rival >= 0) rivals.insert(want.rival);
      if (want.row >= 0) deciding.insert(want.row);
      uncovered += want.row < 0;
    }
    ++tables;
    std::vector<sla::spec_fault> faults;
    const auto made = sla::policy::compile(spec, faults);
    std::set<int> told;
    for (const sla::spec_fault& f : faults) {
      expect(f.code == "tied-targets");
      told.insert(int(f.row));
    }
    expect(told == rivals);
    expect(made.has_value() == rivals.empty());
    expect(sla::proof::has_no_tie(spec) == rivals.empty());
    for (const cell& at : cells) {
      const answer want = search(rows, at);
      const auto proved = sla::proof::limit(spec, "response", names(at));
      expect(proved.has_value() == (want.row >= 0));
      if (want.row >= 0) expect(proved == std::chrono::hours(rows[std::size_t(want.row)].value));
      if (made) check_cell(*made, rows, at, want);
    }
    if (made) check_lints(spec, *made, deciding, uncovered);
  }

  std::size_t tables = 0, sound = 0, wrong = 0;

 private:
  void expect(bool good) { wrong += !good; }
  static sla::incident_names names(const cell& at) {
    return {.severity = severities[std::size_t(at[0])],
            .tier = tiers[std::size_t(at[1])],
            .region = regions[std::size_t(at[2])]};
  }
  void check_cell(const sla::policy& made, std::span<const plain_row> rows, const cell& at,
                  const answer& want) {
    const sla::facts f = made.facts(names(at));
    const sla::clock_terms& t = made.terms(f)[0];
    expect(t.promised == (want.row >= 0));
    if (want.row < 0) return;
    expect(t.limit == std::chrono::hours(rows[std::size_t(want.row)].value));
    expect(made.origin({f.tier, f.channel, f.at_report}, 0)->row == std::size_t(want.row));
  }
  void check_lints(const sla::policy_spec& spec, const sla::policy& made, const std::set<int>& deciding,
                   std::size_t uncovered) {
    ++sound;
    std::set<int> unreachable;
    std::size_t found_uncovered = 0;
    for (const sla::spec_fault& f : sla::lint(spec, made)) {
      if (f.code == "L013") unreachable.insert(int(f.row));
      if (f.code != "L014") continue;
      // "... and 3 other combinations"
      const std::size_t other = f.message.find(" other combination");
      found_uncovered = 1;
      if (other != f.message.npos)
        found_uncovered += std::stoul(f.message.substr(f.message.rfind(' ', other - 1) + 1));
    }
    std::set<int> want;
    for (std::size_t i = 0; i < spec.targets.size(); ++i)
      if (!deciding.contains(int(i))) want.insert(int(i));
    expect(unreachable == want);
    expect(found_uncovered == uncovered);
  }
};

TEST(most_specific, ties_idle_rows_and_gaps_of_every_small_policy_are_those_that_a_search_finds) {
  small_policies all;
  // Which of two values comes first means nothing: the first row's is 1.
  for (std::size_t a = 0; a < selections; ++a) {
    const plain_row first{selection(a), 1};
    all.check(std::array{first});
    for (std::size_t b = 0; b < selections; ++b)
      for (int v = 1; v <= 2; ++v) {
        const plain_row second{selection(b), v};
        all.check(std::array{first, second});
        for (std::size_t c = 0; c < selections; ++c)
          for (int w = 1; w <= 2; ++w) all.check(std::array{first, second, plain_row{selection(c), w}});
      }
  }
  EXPECT_EQ(all.wrong, 0U);
  EXPECT_EQ(all.tables, 27U + 27U * 27U * 2U + 27U * 27U * 27U * 4U);
  EXPECT_GT(all.sound, all.tables / 3);
  EXPECT_LT(all.sound, all.tables);
}

}  // namespace
}  // namespace most_specific_test
