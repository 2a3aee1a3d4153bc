// SPDX-License-Identifier: MIT
// The normal form of a policy loads to the same policy and prints to the same bytes.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <sla/calendar/china.hpp>
#include <sla/calendar/zone_load.hpp>
#include <sla/policy/policy_load.hpp>
#include <sla/policy/policy_print.hpp>

#include "support/policy_text.hpp"

namespace policy_print_test {
namespace {

using namespace sla::literals;
using namespace std::chrono_literals;

// What the text prints to; it must load, to the same policy, and its print must stay as it is.
std::string normal_form(const std::string& text, const std::string& folder = {}) {
  const auto made = sla::parse_policy("given.toml", text, folder);
  const auto spec = sla::parse_policy_spec("given.toml", text, folder);
  if (!made || !spec) {
    ADD_FAILURE() << made.diagnostics().print() << spec.diagnostics().print();
    return {};
  }
  const std::string printed = sla::print(*spec.value());
  const auto again = sla::parse_policy("printed.toml", printed);
  const auto again_spec = sla::parse_policy_spec("printed.toml", printed);
  if (!again || !again_spec) {
    ADD_FAILURE() << again.diagnostics().print() << printed;
    return {};
  }
  EXPECT_EQ(policy_text::describe(made.value()), policy_text::describe(again.value())) << printed;
  EXPECT_EQ(sla::print(*again_spec.value()), printed);
  // Warnings of a sound policy are those of its print, but for those of files that the print does without.
  const auto own = [](const sla::diagnostics& found) {
    return std::ranges::count(found.items(), 0U, &sla::diagnostic::source);
  };
  EXPECT_EQ(own(made.diagnostics()), own(again.diagnostics()))
      << made.diagnostics().print() << again.diagnostics().print();
  return printed;
}

std::string read(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}
std::vector<std::filesystem::path> policies_in(const std::string& folder) {
  std::vector<std::filesystem::path> out;
  for (const auto& e : std::filesystem::directory_iterator(folder))
    if (e.path().extension() == ".toml" && ("\n" + read(e.path())).find("\npolicy = ") != std::string::npos)
      out.push_back(e.path());
  std::ranges::sort(out);
  return out;
}

TEST(policy_print, every_example_prints_to_itself) {
  const auto files = policies_in(SLA_EXAMPLES_DIR "/policies");
  ASSERT_GE(files.size(), 6U);
  for (const auto& file : files) {
    SCOPED_TRACE(file.string());
    EXPECT_FALSE(normal_form(read(file), file.parent_path().string()).empty());
  }
}
TEST(policy_print, every_lint_case_prints_to_itself) {
  const auto files = policies_in(SLA_TEST_DATA "/lint");
  ASSERT_GE(files.size(), 40U);
  for (const auto& file : files) {
    SCOPED_TRACE(file.string());
    EXPECT_FALSE(normal_form(read(file), file.parent_path().string()).empty());
  }
}

constexpr std::string_view head = R"(policy = "p"
version = 2026-01-01
zone = "Asia/Shanghai"
currency = "CNY"
severities = ["P1"]
tiers = ["basic"]
)";

TEST(policy_print, the_normal_form_is_this) {
  EXPECT_EQ(normal_form(std::string(head) + R"(
causes = "fault"            # a list of one
[calendar.office]
cover = [2021, 2041]        # what it would be anyway
hours = "Monday-Fri 08:30-12:00,12:00-18:00"
[[calendar.office.exception]]
from = 2026-07-01
through = 2026-07-01
extra = "18:00-20:00"
[calendar."night shift"]
hours = "22:00-06:00"
zone = "Europe/Berlin"
cover = [2026, 2030]
[label]
P1 = "\"一级\""
[[target]]
resolution = "90bmin"
calendar = "office"
response = "90min"
[clock.resolution]
due = "closing"
cut_off = "16:30:00"
[[credit]]
clause = "5"
metric = "availability"
below = [["99.90%", "10%"], { up_to = "99%", rate = "3/10" }]
base = { fee = "monthly fee" }
[clock.answer]
starts = "reported"
stops = ["answered"]
)"),
            R"(policy = "p"
version = 2026-01-01
zone = "Asia/Shanghai"
currency = "CNY"
severities = ["P1"]
tiers = ["basic"]
causes = ["fault"]

[label]
P1 = "\"一级\""

[calendar.office]
hours = "Mon-Fri 08:30-18:00"

[[calendar.office.exception]]
date = 2026-07-01
extra = "18:00-20:00"

[calendar."night shift"]
zone = "Europe/Berlin"
hours = "Mon-Sun 22:00-06:00"
cover = [2026, 2030]

[[target]]
calendar = "office"
resolution = "1bh30bmin"
response = "1h30min"

[clock.resolution]
due = "closing"
cut_off = "16:30"

[clock.answer]
starts = ["reported"]
stops = ["answered"]

[[credit]]
clause = "5"
metric = "availability"
below = [["99.9%", "10%"], { up_to = "99%", rate = "30%" }]
base = "monthly fee"
)");
}

TEST(policy_print, days_of_a_holiday_file_are_written_out) {
  sla::policy_spec p;
  const std::string_view severities[]{"P1"}, tiers[]{"basic"};
  sla::named_calendar_spec calendars[]{{"office",
                                        {.zone = sla::load_zone("Asia/Shanghai"),
                                         .hours = "Mon-Fri 08:30-18:00"_hours,
                                         .cover = {2027y, 2028y}}}};
  calendars[0].calendar.holidays = sla::workdays_of(sla::holiday_set(
      "firm", "3", std::chrono::sys_days(2027y / 12 / 31),
      {{std::chrono::sys_days(2027y / 1 / 1), sla::day_kind::statutory, "元旦"},
       {std::chrono::sys_days(2027y / 1 / 3), sla::day_kind::make_up, "", std::chrono::Friday},
       {std::chrono::sys_days(2027y / 1 / 4)}},
      std::chrono::sys_days(2027y / 1 / 1)));
  calendars[0].calendar.changes.push_back(
      {2027y / 6 / 1, "Mon-Fri 09:00-17:00"_hours, sla::china_statutory_only()});
  calendars[0].calendar.changes.push_back(
      {2027y / 9 / 1, "Mon-Fri 09:00-17:00"_hours,
       sla::holiday_use{calendars[0].calendar.holidays.set, true, true, true, false, -2}});
  p.name = "p";
  p.version = 2026y / 1 / 1;
  p.home = sla::load_zone("Asia/Shanghai");
  p.severities = severities;
  p.tiers = tiers;
  p.calendars = calendars;
  const std::string printed = sla::print(p);
  EXPECT_NE(printed.find(R"(
[calendar.office.holidays]
name = "firm"
version = "3"
known_from = 2027-01-01
known_through = 2027-12-31
closed = ["statutory", "bridging", "weekend"]
make_up = true
days = [
  { date = 2027-01-01, kind = "statutory", name = "元旦" },
  { date = 2027-01-03, kind = "make-up", works_as = "Fri" },
  { date = 2027-01-04 },
]
)"),
            printed.npos)
      << printed;
  const std::string once = normal_form(printed);
  EXPECT_EQ(once, printed);
  const auto again = sla::parse_policy("p.toml", printed);
  ASSERT_TRUE(again) << again.diagnostics().print();
  EXPECT_EQ(policy_text::describe(sla::policy(p)), policy_text::describe(again.value()));
}

TEST(policy_print, holidays_are_a_file_or_days_and_each_fault_of_theirs_is_told) {
  const auto loaded = sla::parse_policy("p.toml", std::string(head) + R"([calendar.a]
hours = "24/7"
holidays = { file = "x.json", days = [], closed = [] }
[calendar.b]
hours = "24/7"
holidays = { closed = ["statutory"], days = [{ date = 2027-01-01, kind = "holy" }, { name = "x" }, 3] }
[calendar.c]
hours = "24/7"
holidays = { closed = ["statutory"], days = [{ date = 2027-01-01, kind = "statutory" }, { date = 2027-01-01, kind = "make-up" }] }
)");
  std::string codes;
  for (const sla::diagnostic& d : loaded.diagnostics().items()) codes += d.code + ' ';
  EXPECT_EQ(codes, "file-and-days wrong-type unknown-value missing-key bad-holidays ");
}

}  // namespace
}  // namespace policy_print_test
