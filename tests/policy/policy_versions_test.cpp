// SPDX-License-Identifier: MIT
// Versions of a policy by the date they are in force from (rule C16).

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include <sla/core.hpp>

namespace policy_versions_test {
namespace {

using namespace sla;
using namespace std::chrono_literals;
using std::chrono::sys_days;

policy version(std::chrono::year_month_day from, std::chrono::seconds offset = 8h,
               std::string_view name = "ours") {
  static constexpr std::string_view severities[]{"P1"}, tiers[]{"all"};
  policy_spec s{.name = name, .version = from, .severities = severities, .tiers = tiers};
  s.home = zone::fixed("here", offset);
  return policy(s);
}
std::string refusal(std::vector<policy> all) {
  try {
    (void)policy_versions(std::move(all));
  } catch (const sla::error& e) {
    return e.what();
  }
  return "";
}

TEST(policy_versions, C16_the_version_in_force_at_an_instant_is_found_whatever_their_order) {
  const policy_versions p({version(2026y / 4 / 1), version(2025y / 1 / 1), version(2026y / 1 / 1)});
  ASSERT_EQ(p.all().size(), 3u);
  const auto from = [&](instant t) {
    const policy* found = p.in_force(t);
    return found == nullptr ? std::chrono::year_month_day{} : found->version();
  };
  const instant april(sys_days(2026y / 4 / 1) - 8h);  // midnight in China
  EXPECT_EQ(from(april), 2026y / 4 / 1);
  EXPECT_EQ(from(april - 1s), 2026y / 1 / 1);
  EXPECT_EQ(from(april + 87'600h), 2026y / 4 / 1);
  EXPECT_EQ(from(instant(sys_days(2025y / 1 / 1) - 8h)), 2025y / 1 / 1);
  EXPECT_EQ(p.in_force(instant(sys_days(2025y / 1 / 1) - 8h) - 1s), nullptr);
}

TEST(policy_versions, a_version_begins_on_its_date_in_its_own_zone) {
  const policy_versions p({version(2026y / 1 / 1, 8h), version(2026y / 4 / 1, -5h)});
  EXPECT_EQ(p.in_force(instant(sys_days(2026y / 4 / 1)))->version(), 2026y / 1 / 1);
  EXPECT_EQ(p.in_force(instant(sys_days(2026y / 4 / 1) + 5h))->version(), 2026y / 4 / 1);
}

TEST(policy_versions, what_is_wrong_with_them_is_told_at_once) {
  EXPECT_EQ(refusal({}), "a policy has at least one version");
  const std::string said =
      refusal({version(2026y / 1 / 1), version(2026y / 1 / 1), version(2026y / 4 / 1, 8h, "theirs")});
  EXPECT_NE(said.find("two versions of policy 'ours' are in force from 2026-01-01"), std::string::npos)
      << said;
  EXPECT_NE(said.find("found 'ours' and 'theirs'"), std::string::npos) << said;
  EXPECT_EQ(refusal({version(2026y / 1 / 1)}), "");
}

}  // namespace
}  // namespace policy_versions_test
