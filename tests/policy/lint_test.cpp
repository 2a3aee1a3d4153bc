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
  const std::string file = code() + ".toml";
  EXPECT_EQ(findings(file, content(file)).print(), content(code() + ".txt"));
  EXPECT_EQ(parse_policy(file, content(file), root.string()).diagnostics().print(), content(code() + ".txt"));
}
TEST_P(load_warnings, are_gone_once_repaired) {
  const std::string file = code() + ".repaired.toml";
  EXPECT_EQ(findings(file, content(file)).print(), "");
}
TEST_P(load_warnings, are_silenced_by_an_allowance) {
  const std::string file = code() + ".toml";
  EXPECT_EQ(findings(file, content(file) + allowed(code())).print(), "");
  EXPECT_EQ(parse_policy(file, content(file) + allowed(code())).diagnostics().print(), "");
}
TEST_P(load_warnings, that_are_allowed_in_vain_are_told) {
  const std::string file = code() + ".repaired.toml";
  const diagnostics found = findings(file, content(file) + allowed(code()));
  EXPECT_EQ(codes(found), std::vector<std::string>{"L000"});
  EXPECT_EQ(parse_policy(file, content(file) + allowed(code())).diagnostics().print(), "");
}
TEST_P(load_warnings, are_not_silenced_without_a_reason) {
  const std::string file = code() + ".toml";
  const auto found =
      parse_policy(file, content(file) + "\n[[allow]]\nlint = \"" + code() + "\"\nreason = \"\"\n")
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
