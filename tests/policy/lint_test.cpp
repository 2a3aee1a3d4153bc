// SPDX-License-Identifier: MIT
// Section L: each lint has a policy that triggers it, what is said of it, and a repaired twin, in tests/data/lint.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include <sla/policy/compile.hpp>
#include <sla/policy/lint.hpp>
#include <sla/policy/policy_load.hpp>

namespace lint_test {
namespace {

using namespace sla;
using namespace sla::literals;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

const fs::path root = fs::path(SLA_TEST_DATA) / "lint";

std::string content(const std::string& name) {
  std::ifstream in(root / name, std::ios::binary);
  EXPECT_TRUE(in) << name;
  return {std::istreambuf_iterator<char>(in), {}};
}
diagnostics findings(const std::string& name, std::string text) {
  return parse_policy(name, std::move(text), root.string(), policy_check::with_lints).diagnostics();
}
// As they read in the folder itself.
std::string printed(const diagnostics& found) {
  std::string out = found.print();
  const std::string folder = root.string() + '/';
  for (std::size_t at = out.find(folder); at != std::string::npos; at = out.find(folder))
    out.erase(at, folder.size());
  return out;
}
std::vector<std::string> codes(const diagnostics& found) {
  std::vector<std::string> out;
  for (const diagnostic& d : found.items()) out.push_back(d.code);
  return out;
}

class lints : public testing::TestWithParam<std::string> {};

TEST_P(lints, are_found_with_their_figure) {
  const std::string code = GetParam(), file = code + ".toml";
  const diagnostics found = findings(file, content(file));
  EXPECT_EQ(codes(found), std::vector{code});
  EXPECT_FALSE(found.has_errors());
  EXPECT_EQ(found.print(), content(code + ".txt"));
}
TEST_P(lints, are_gone_once_repaired) {
  const std::string file = GetParam() + ".repaired.toml";
  EXPECT_EQ(findings(file, content(file)).print(), "");
}
TEST_P(lints, are_silenced_by_an_allowance) {
  const std::string code = GetParam(), file = code + ".toml";
  if (code == "L000") return;  // it tells of an allowance
  const std::string allow = "\n[[allow]]\nlint = \"" + code + "\"\nreason = \"it is meant\"\n";
  EXPECT_EQ(findings(file, content(file) + allow).print(), "");
}
TEST_P(lints, are_no_matter_of_loading) {
  const std::string file = GetParam() + ".toml";
  EXPECT_EQ(parse_policy(file, content(file), root.string()).diagnostics().print(), "");
}
std::vector<std::string> all_codes() {
  const auto codes = lint_codes();
  return {codes.begin(), codes.end()};
}
INSTANTIATE_TEST_SUITE_P(all, lints, testing::ValuesIn(all_codes()),
                         [](const auto& one) { return one.param; });

// Warnings of loading are in the catalogue, too, by words.
class load_warnings : public testing::TestWithParam<std::size_t> {
 protected:
  [[nodiscard]] static std::string code() { return std::string(warning_rules[GetParam()].code); }
  [[nodiscard]] static std::string allowed(std::string_view what) {
    return "\n[[allow]]\nlint = \"" + std::string(what) + "\"\nreason = \"it is meant\"\n";
  }
};

TEST_P(load_warnings, M3_are_told_with_and_without_lints) {
  const std::string file = code() + ".toml", want = content(code() + ".txt");
  EXPECT_EQ(printed(findings(file, content(file))), want);
  EXPECT_EQ(printed(parse_policy(file, content(file), root.string()).diagnostics()), want);
}
TEST_P(load_warnings, are_gone_once_repaired) {
  const std::string file = code() + ".repaired.toml";
  EXPECT_EQ(findings(file, content(file)).print(), "");
}
TEST_P(load_warnings, are_silenced_by_an_allowance) {
  const std::string file = code() + ".toml";
  EXPECT_EQ(findings(file, content(file) + allowed(code())).print(), "");
  EXPECT_EQ(parse_policy(file, content(file) + allowed(code()), root.string()).diagnostics().print(), "");
}
TEST_P(load_warnings, that_are_allowed_in_vain_are_told) {
  const std::string file = code() + ".repaired.toml";
  const diagnostics found = findings(file, content(file) + allowed(code()));
  EXPECT_EQ(codes(found), std::vector<std::string>{"L000"});
  EXPECT_EQ(parse_policy(file, content(file) + allowed(code()), root.string()).diagnostics().print(), "");
}
TEST_P(load_warnings, are_not_silenced_without_a_reason) {
  const std::string file = code() + ".toml";
  const auto found =
      parse_policy(file, content(file) + "\n[[allow]]\nlint = \"" + code() + "\"\nreason = \"\"\n",
                   root.string())
          .diagnostics();
  const auto all = codes(found);
  EXPECT_NE(std::ranges::find(all, code()), all.end());
  EXPECT_NE(std::ranges::find(all, "missing-reason"), all.end());
}
INSTANTIATE_TEST_SUITE_P(all, load_warnings, testing::Range(std::size_t{0}, warning_rules.size()));

TEST(lint, the_catalogue_is_complete_and_in_order) {
  EXPECT_EQ(allowable_codes().size(), lint_rules.size() + warning_rules.size());
  EXPECT_TRUE(std::ranges::is_sorted(lint_rules, {}, &lint_rule::code));
  for (const lint_rule& r : lint_rules) {
    EXPECT_TRUE(r.meaning.ends_with('.')) << r.code;
    EXPECT_TRUE(r.advice.ends_with('.')) << r.code;
    EXPECT_EQ(find_lint_rule(r.code)->name, r.name);
  }
  EXPECT_FALSE(find_lint_rule("L999"));
}

TEST(lint, finds_in_a_policy_written_as_values) {
  const std::array<std::string_view, 2> severities{"P1", "P2"};
  const std::array<std::string_view, 1> tiers{"all"};
  const std::array<limit_spec, 1> slow{{{"response", 2h}}}, fast{{{"response", 1h}}};
  const std::array<target_spec, 2> targets{
      {{.severity = "P1", .limits = slow}, {.severity = "P2", .limits = fast}}};
  policy_spec spec{.name = "values",
                   .version = std::chrono::year(2026) / 1 / 1,
                   .severities = severities,
                   .tiers = tiers,
                   .targets = targets};
  const auto found = lint(spec, policy(spec));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].code, "L010");
  EXPECT_EQ(found[0].section, "target");
  EXPECT_EQ(found[0].row, 0U);
  EXPECT_EQ(found[0].message, "response of P1 all may take 2h, and of P2 1h");
  const std::array<allowance_spec, 1> allow{{{"L010", "P2 is answered by a machine"}}};
  spec.allow = allow;
  EXPECT_TRUE(lint(spec, policy(spec)).empty());
}

// One availability or service level a row, with what pays for it where anything does.
std::vector<std::string> found_in(const std::string& rows) {
  const diagnostics found = findings(
      "x.toml",
      "policy = \"x\"\nversion = 2026-01-01\nzone = \"UTC\"\ncurrency = \"CNY\"\nseverities = [\"P1\"]\n"
      "tiers = [\"basic\", \"flagship\"]\n[[cap]]\nper = \"month\"\nshare = \"30%\"\nof = \"monthly fee\"\n"
      "[compensation]\ncombine = \"sum\"\nrounding = \"half up\"\n[[target]]\nresponse = \"1h\"\n"
      "[calendar.day]\nhours = \"Mon-Sun 06:00-18:00\"\ncover = [2026, 2027]\n" +
          rows);
  EXPECT_FALSE(found.has_errors()) << found.print();
  std::vector<std::string> out;
  for (const diagnostic& d : found.items()) out.push_back(d.code + ": " + d.message);
  return out;
}
std::string level(const std::string& rest) { return "[[service_level]]\nname = \"n\"\n" + rest + "\n"; }
std::string paid(const std::string& metric, const std::string& bound) {
  return "[[credit]]\nclause = \"5\"\nmetric = \"" + metric + "\"\nbelow = [[\"" + bound +
         "\", \"10%\"]]\nbase = \"monthly fee\"\n";
}
using list = std::vector<std::string>;

TEST(lint, a_service_level_without_remedy) {
  const std::string drops = level("metric = \"drop rate\"\nat_most = \"2%\"\nminimum_sample = 50");
  EXPECT_EQ(found_in(drops), list{"L001: 'n' is promised at most 2%, and nothing is owed for a miss"});
  EXPECT_EQ(found_in(drops + paid("service level n", "1%")), list{});
  const std::string kept =
      level("metric = \"attainment of response\"\nat_least = \"95%\"\nminimum_sample = 20");
  EXPECT_EQ(found_in(kept), list{"L001: 'n' is promised at least 95%, and nothing is owed for a miss"});
  EXPECT_EQ(found_in(kept + paid("attainment of response", "95%")), list{}) << "the clock's own credit pays";
  const std::string slow = level("metric = \"speed of answer\"\nat_most = \"30s\"");
  EXPECT_EQ(found_in(slow), list{"L001: 'n' is promised at most 30s, and nothing is owed for a miss"});
}
TEST(lint, a_service_level_above_the_first_bound_that_pays) {
  const std::string calls =
      level("metric = \"answered in time\"\nwithin = \"20s\"\nat_least = \"80%\"\nminimum_sample = 5");
  EXPECT_EQ(
      found_in(calls + paid("service level n", "75%")),
      list{
          "L002: 'n' is promised at least 80% and the first credit is owed below 75%: what lies between pays "
          "nothing"});
  EXPECT_EQ(found_in(calls + paid("service level n", "80%")), list{});
}
TEST(lint, a_higher_tier_that_is_promised_less) {
  const auto available = [](const std::string& tier, const std::string& target) {
    return "[[availability]]\ntier = \"" + tier + "\"\ntarget = \"" + target +
           "\"\nwindow = \"calendar month\"\n";
  };
  const std::string credit = paid("availability", "99.99%");
  EXPECT_EQ(found_in(available("basic", "99.9%") + available("flagship", "99.5%") + credit),
            list{"L011: tier 'flagship' is promised 99.5%, and tier 'basic' 99.9%"});
  EXPECT_EQ(found_in(available("basic", "99.5%") + available("flagship", "99.9%") + credit), list{});
  const auto drops = [](const std::string& tier, const std::string& most) {
    return level("tier = \"" + tier + "\"\nmetric = \"drop rate\"\nat_most = \"" + most +
                 "\"\nminimum_sample = 100");
  };
  EXPECT_EQ(found_in(drops("basic", "1%") + drops("flagship", "2%") + paid("service level n", "1%")),
            list{"L011: 'n' of tier 'flagship' is promised at most 2%, and of tier 'basic' at most 1%"});
  EXPECT_EQ(found_in(drops("basic", "2%") + drops("flagship", "1%") + paid("service level n", "1%")), list{});
}
TEST(lint, a_sample_in_which_one_failure_is_too_many) {
  const auto drops = [](const std::string& rest) {
    return found_in(level("metric = \"drop rate\"\n" + rest) + paid("service level n", "1%"));
  };
  EXPECT_EQ(drops("at_most = \"2%\"\nminimum_sample = 49"),
            list{"L027: 'n' is promised at most 2%, and one failure of 49 misses it; of 50 it does not"});
  EXPECT_EQ(drops("at_most = \"2%\"\nminimum_sample = 50"), list{});
  EXPECT_EQ(drops("below = \"2%\"\nminimum_sample = 50"),
            list{"L027: 'n' is promised below 2%, and one failure of 50 misses it; of 51 it does not"});
  EXPECT_EQ(drops("at_most = \"2%\""),
            list{"L027: 'n' is promised at most 2%, and one failure of 1 misses it; of 50 it does not"});
  EXPECT_EQ(drops("at_most = \"0%\""), list{}) << "promised without a failure";
}
TEST(lint, the_allowance_is_one_of_the_denominator) {
  const auto down = [](const std::string& of) {
    return found_in("[[availability]]\ntarget = \"99.9%\"\nwindow = \"calendar month\"\n" + of);
  };
  const auto says = [](const std::string& allowed) {
    return list{"L001: tier 'basic' is promised 99.9%, " + allowed +
                " a month, and nothing is owed for more"};
  };
  EXPECT_EQ(down(""), says("43min12s"));
  // Twelve hours a day: half of it.
  EXPECT_EQ(down("denominator = { service_hours = \"day\" }\n"), says("21min36s"));
  // 31 days of fixed 44,640 minutes.
  EXPECT_EQ(down("denominator = { fixed = \"44640min\" }\n"), says("44min38s"));
}
TEST(lint, limits_are_compared_past_a_neighbour_that_promises_nothing) {
  const auto graded = [](const std::string& rows) {
    const diagnostics found =
        findings("x.toml",
                 "policy = \"x\"\nversion = 2026-01-01\nzone = \"UTC\"\ncurrency = \"CNY\"\n"
                 "severities = [\"P1\", \"P2\", \"P3\"]\ntiers = [\"a\", \"b\", \"c\"]\n"
                 "[calendar.wd]\nhours = \"Mon-Fri 09:00-17:00\"\ncover = [2026, 2027]\n"
                 "[[allow]]\nlint = \"L008\"\nreason = \"-\"\n[[allow]]\nlint = \"L009\"\nreason = \"-\"\n"
                 "[[allow]]\nlint = \"L014\"\nreason = \"-\"\n" +
                     rows);
    EXPECT_FALSE(found.has_errors()) << found.print();
    list out;
    for (const diagnostic& d : found.items())
      if (d.code == "L010" || d.code == "L011" || d.code == "L012") out.push_back(d.code + ": " + d.message);
    return out;
  };
  EXPECT_EQ(graded("[[target]]\nseverity = \"P1\"\nresponse = \"4h\"\n"
                   "[[target]]\nseverity = \"P3\"\nresponse = \"10min\"\n"),
            list{"L010: response of P1 a may take 4h, and of P3 10min"});
  EXPECT_EQ(graded("[[target]]\ntier = \"a\"\nresponse = \"10min\"\n"
                   "[[target]]\ntier = \"c\"\nresponse = \"20min\"\n"),
            list{"L011: response of P1 c may take 20min, and of tier 'a' 10min"});
  // Eight hours of a calendar are never less than eight on the wall clock.
  EXPECT_EQ(graded("[[target]]\ncalendar = \"wd\"\nonsite = \"8bh\"\nresolution = \"1h\"\n"),
            list{"L012: resolution of P1 a is due in 1h and onsite in 8bh"});
  EXPECT_EQ(graded("[[target]]\ncalendar = \"wd\"\nonsite = \"1bh\"\nresolution = \"8h\"\n"), list{});
  EXPECT_EQ(graded("[[target]]\ncalendar = \"wd\"\nonsite = \"1h\"\nresolution = \"1bh\"\n"), list{});
}
TEST(lint, a_bracket_above_the_cap_in_any_shape) {
  const auto paying = [](const std::string& shape, const std::string& metric) {
    return found_in(
        "[[availability]]\ntarget = \"99.9%\"\nwindow = \"calendar month\"\n[[credit]]\nclause = \"5\"\n"
        "metric = \"" +
        metric + "\"\nbase = \"monthly fee\"\n" + shape + "\n" +
        (metric == "availability" ? "" : paid("availability", "99.9%")));
  };
  EXPECT_EQ(paying("flat = { rate = \"80%\", below = \"99.9%\" }", "availability"),
            list{"L003: clause 5 pays 80%, and a cap of tier 'basic' allows 30%"});
  EXPECT_EQ(paying("per_breach = { rate = \"31%\" }", "breaches of response"),
            list{"L003: clause 5 pays 31%, and a cap of tier 'basic' allows 30%"});
  EXPECT_EQ(paying("per_breach = { rate = \"30%\" }", "breaches of response"), list{});
}
TEST(lint, a_first_row_that_pays_nothing_is_no_bound) {
  EXPECT_EQ(
      found_in(
          "[[availability]]\ntarget = \"99.9%\"\nwindow = \"calendar month\"\n[[credit]]\nclause = \"5\"\n"
          "metric = \"availability\"\nbase = \"monthly fee\"\nbelow = [[\"99.9%\", \"0%\"], [\"90%\", "
          "\"10%\"]]\n")
          .size(),
      1U);
}
TEST(lint, maintenance_within_hours_that_never_close) {
  const auto excused = [](const std::string& hours) {
    return found_in(
        "[calendar.maintenance]\nhours = \"" + hours +
        "\"\ncover = [2026, 2027]\n[[availability]]\ntarget = \"99.9%\"\nwindow = \"calendar month\"\n"
        "exclude = [{ by = \"time\", within = \"maintenance\" }]\n" +
        paid("availability", "99.9%"));
  };
  EXPECT_EQ(excused("24/7"), list{"L007: 'maintenance' is excused at any hour, to any amount"});
  EXPECT_EQ(excused("Sun 02:00-04:00"), list{});
}
TEST(lint, a_minimum_beyond_what_february_allows) {
  const auto least = [](const std::string& minimum) {
    return found_in("[[availability]]\ntarget = \"99.9%\"\nwindow = \"calendar month\"\nminimum = \"over " +
                    minimum + "\"\n" + paid("availability", "99.9%"));
  };
  EXPECT_EQ(least("40min"), list{});
  EXPECT_EQ(least("41min"), list{"L006: tier 'basic' is allowed 40min19s in a month of 28 days, and an "
                                 "outage counts only over 41min"});
  EXPECT_EQ(least("44min"),
            list{"L006: tier 'basic' is allowed 43min12s a month, and an outage counts only over 44min"});
}
// What no policy can leave open is no lint but an error.
TEST(lint, what_must_be_stated_is_an_error) {
  const auto errors = [](const std::string& zone, const std::string& credit) {
    return codes(parse_policy("x.toml", "policy = \"x\"\nversion = 2026-01-01\n" + zone +
                                            "currency = \"CNY\"\nseverities = [\"P1\"]\ntiers = [\"a\"]\n"
                                            "[[credit]]\nclause = \"5\"\nmetric = \"availability\"\n"
                                            "base = \"monthly fee\"\n" +
                                            credit)
                     .diagnostics());
  };
  const std::string zone = "zone = \"UTC\"\n", below = "below = [[\"99%\", \"10%\"]]\n";
  EXPECT_EQ(errors(zone, below), list{});
  EXPECT_EQ(errors("", below), list{"missing-key"}) << "no zone";
  EXPECT_EQ(errors(zone, "rows = [[\"99%\", \"10%\"]]\n"), (list{"missing-key", "unknown-key"}))
      << "no side of the bound";
  EXPECT_EQ(errors(zone, below + "claim = { after = \"the month\" }\n"), list{"missing-key"})
      << "no claim window";
  EXPECT_EQ(errors(zone, below + "claim = { after = \"the month\", within = \"30 days\" }\n"), list{});
}

TEST(lint, the_examples_say_why_where_they_are_weak) {
  std::size_t policies = 0;
  for (const auto& entry : fs::directory_iterator(fs::path(SLA_EXAMPLES_DIR) / "policies")) {
    if (entry.path().extension() != ".toml" || entry.path().filename() == "servicenow.toml") continue;
    EXPECT_EQ(load_policy(entry.path().string(), policy_check::with_lints).diagnostics().print(), "");
    ++policies;
  }
  EXPECT_GT(policies, 10U);
}

}  // namespace
}  // namespace lint_test
