// SPDX-License-Identifier: MIT
// What is printed about bad files, whole: every file of tests/data/bad/<kind>/ has the text expected beside it, with
// the ending .txt. The sound policies, contracts and source description they are read against lie above them.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <sla/policy/policy_load.hpp>
#include <sla/policy/records_load.hpp>
#include <sla/policy/source_load.hpp>

namespace bad_input_load_test {
namespace {

using namespace sla;
namespace fs = std::filesystem;

const fs::path root = fs::path(SLA_TEST_DATA) / "bad";

std::string content(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  EXPECT_TRUE(in) << file;
  return {std::istreambuf_iterator<char>(in), {}};
}

template <class T>
std::string printed(const loaded<T>& l) {
  // A warning withholds nothing, an error everything.
  EXPECT_EQ(l.has_value(), !l.diagnostics().has_errors());
  return l.diagnostics().print();
}

std::string complaint(const std::string& kind, const fs::path& file) {
  const std::string name = file.filename().string(), text = content(file);
  if (kind == "policy") return printed(parse_policy(name, text, file.parent_path().string()));
  if (kind == "source") return printed(parse_source(name, text));
  const bool pays = kind == "fees" || kind == "claims";
  const policy p = load_policy((root / (pays ? "remedies.toml" : "policy.toml")).string()).value();
  if (kind == "fees") return printed(parse_contracts(p, name, text));
  if (kind == "claims") {
    const std::vector<contract> one{{.id = "C-1", .customer = "a"}};
    return printed(parse_claims(p, one, name, text));
  }
  if (kind == "contracts") return printed(parse_contracts(p, name, text));
  const auto contracts = parse_contracts(p, "contracts.csv", content(root / "contracts.csv")).value();
  if (kind == "incidents") return printed(parse_incidents(p, contracts, name, text));
  if (kind == "outages") return printed(parse_outages(p, contracts, name, text));
  if (kind == "export")
    return printed(
        read_export(p, parse_source("source.toml", content(root / "source.toml")).value(), name, text));
  return "no reader for the folder " + kind;
}

std::vector<std::string> cases() {
  std::vector<std::string> out;
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    const fs::path& p = entry.path();
    if (entry.is_regular_file() && p.parent_path() != root && p.extension() != ".txt")
      out.push_back(fs::relative(p, root).generic_string());
  }
  std::ranges::sort(out);
  return out;
}

class bad_input : public testing::TestWithParam<std::string> {};

TEST_P(bad_input, is_described_in_full) {
  const fs::path file = root / GetParam();
  const std::string want = content(fs::path(file).replace_extension(".txt"));
  EXPECT_NE(want, "") << "a bad file that nothing is said about";
  EXPECT_EQ(complaint(file.parent_path().filename().string(), file), want);
}

INSTANTIATE_TEST_SUITE_P(files, bad_input, testing::ValuesIn(cases()), [](const auto& one) {
  std::string name = one.param;
  std::ranges::replace_if(name, [](char c) { return c == '/' || c == '.'; }, '_');
  return name;
});

TEST(bad_input, every_kind_of_file_has_cases) {
  for (const char* kind :
       {"policy", "contracts", "fees", "incidents", "outages", "claims", "source", "export"})
    EXPECT_TRUE(std::ranges::any_of(cases(), [&](const std::string& c) {
      return c.starts_with(std::string(kind) + '/');
    })) << kind;
}

}  // namespace
}  // namespace bad_input_load_test
