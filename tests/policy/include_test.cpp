// SPDX-License-Identifier: MIT
// A policy in several files: what counts before what, and what is refused, each with its place in its own file.

#include <sys/stat.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include <sla/core.hpp>
#include <sla/policy/policy_load.hpp>
#include <sla/policy/records_load.hpp>

namespace include_test {
namespace {

using namespace sla;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

constexpr std::string_view names = R"(zone = "Asia/Shanghai"
currency = "CNY"
severities = ["P1", "P2"]
tiers = ["basic", "flagship"]
)";

class include : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(testing::TempDir()) /
              ("sla_include_" + std::string(testing::UnitTest::GetInstance()->current_test_info()->name()));
    fs::remove_all(folder_);
    fs::create_directories(folder_ / "policy" / "calendars");
  }
  void TearDown() override { fs::remove_all(folder_); }

  void write(const std::string& path, std::string_view text) const {
    std::ofstream(folder_ / "policy" / path) << text;
  }
  [[nodiscard]] loaded<policy> load(const std::string& path = "main.toml") const {
    return load_policy((folder_ / "policy" / path).string());
  }
  [[nodiscard]] std::string faults() const {
    const auto made = load();
    EXPECT_FALSE(made.has_value());
    return made.diagnostics().print();
  }
  // The head of a policy that includes files.
  [[nodiscard]] static std::string main_file(std::string_view included, std::string_view rest = "") {
    return "include = " + std::string(included) + "\npolicy = \"ours\"\nversion = 2026-01-01\n" +
           std::string(rest);
  }

  fs::path folder_;
};

[[nodiscard]] time_limit limit(const policy& p, std::string_view severity, std::string_view clock) {
  return p.terms(p.facts({.severity = severity, .tier = "basic"}))[p.clock(clock)].limit;
}

TEST_F(include, what_a_file_states_counts_before_what_it_includes) {
  write("base.toml", std::string("policy = \"base\"\nversion = 2020-01-01\n") + std::string(names) + R"(
[calendar.workdays]
hours = "Mon-Fri 09:00-17:00"
cover = [2026, 2030]
[label]
P1 = "fatal"
[clock.resolution]
change = "carry"
[[target]]
clause = "base 1"
severity = "P1"
response = "1h"
resolution = "8h"
[[target]]
clause = "base 2"
severity = "P2"
response = "4h"
[[availability]]
target = "99%"
)");
  write("main.toml", main_file("\"base.toml\"", R"(
[calendar.workdays]
hours = "Mon-Sat 08:00-20:00"
cover = [2026, 2030]
[label]
P2 = "serious"
[[target]]
clause = "ours 1"
severity = "P1"
response = "10min"
[[availability]]
target = "99.9%"
)"));
  const auto made = load();
  ASSERT_TRUE(made.has_value()) << made.diagnostics().print();
  const policy& p = made.value();
  EXPECT_EQ(p.name(), "ours");
  EXPECT_EQ(limit(p, "P1", "response"), time_limit(10min));
  EXPECT_EQ(limit(p, "P1", "resolution"), time_limit(8h));
  EXPECT_EQ(limit(p, "P2", "response"), time_limit(4h));
  const facts f = p.facts({.severity = "P1", .tier = "basic"});
  EXPECT_EQ(p.origin({f.tier, 0, f.at_report}, p.clock("response"))->clause, "ours 1");
  EXPECT_EQ(p.origin({f.tier, 0, f.at_report}, p.clock("resolution"))->clause, "base 1");
  EXPECT_EQ(p.terms(f)[p.clock("resolution")].changing, on_change::carry);
  EXPECT_EQ(p.availability(0).target, ratio(999, 1000));
  EXPECT_EQ(p.severity_label(0), "fatal");
  EXPECT_EQ(p.severity_label(1), "serious");
  EXPECT_TRUE(p.calendar("workdays")->is_open(instant(std::chrono::sys_days(2026y / 10 / 17) + 1h)));
}

TEST_F(include, a_row_whose_every_promise_is_restated_leaves_nothing_behind) {
  write("base.toml", std::string(names) + "[[target]]\nclause = \"old\"\nresponse = \"1h\"\n");
  write("main.toml", main_file("\"base.toml\"", "[[target]]\nclause = \"new\"\nresponse = \"2h\"\n"));
  const auto made = load();
  ASSERT_TRUE(made.has_value()) << made.diagnostics().print();
  EXPECT_EQ(limit(made.value(), "P2", "response"), time_limit(2h));
  EXPECT_TRUE(made.value().clause_of(1).empty());  // there is one row
}

TEST_F(include, files_of_a_folder_below_read_what_lies_beside_them) {
  write("calendars/days.csv", "date,name,off\n2026-10-01,国庆节,yes\n");
  fs::create_directories(folder_ / "policy" / "calendars" / "sets");
  write("calendars/cn.toml", "include = \"sets/hours.toml\"\n");
  write("calendars/sets/hours.toml",
        "[calendar.workdays]\nhours = \"Mon-Fri 08:30-18:00\"\ncover = [2026, 2027]\n");
  write("main.toml",
        main_file("[\"calendars/cn.toml\"]",
                  std::string(names) + "[[target]]\ncalendar = \"workdays\"\nresponse = \"1bh\"\n"));
  const auto made = load();
  ASSERT_TRUE(made.has_value()) << made.diagnostics().print();
  EXPECT_NE(made.value().calendar("workdays"), nullptr);
}

TEST_F(include, faults_are_told_in_the_file_they_stand_in_all_at_once) {
  write("base.toml", std::string(names) + "[[target]]\nseverity = \"P3\"\nresponse = \"1 hour\"\n");
  write("cal.toml", "[calendar.workdays]\nhours = \"Mon-Fri 9-17\"\n");
  write("main.toml", main_file("[\"base.toml\", \"cal.toml\"]", "[[target]]\nresponce = \"1h\"\n"));
  const std::string said = faults();
  for (const std::string_view part :
       {"base.toml:6:12: unknown severity 'P3'", "base.toml:7:12: expected a time",
        "cal.toml:2:", "main.toml:5:1: unknown key 'responce'"})
    EXPECT_NE(said.find(part), std::string::npos) << part << "\n" << said;
  EXPECT_NE(said.find("response = \"1 hour\"\n"), std::string::npos)
      << said;  // the line itself, with its caret
}

TEST_F(include, files_side_by_side_must_agree) {
  write("a.toml",
        std::string(names) + "[label]\nP1 = \"fatal\"\n[[target]]\nseverity = \"P1\"\nresponse = \"1h\"\n");
  write("b.toml",
        std::string(names) + "[label]\nP1 = \"worst\"\n[[target]]\nseverity = \"P2\"\nresponse = \"2h\"\n");
  write("main.toml", main_file("[\"a.toml\", \"b.toml\"]"));
  const std::string said = faults();
  EXPECT_NE(said.find("b.toml:6:1: 'label.P1' is stated otherwise by "), std::string::npos) << said;
  EXPECT_EQ(said.find("stated-by-two-files"), said.rfind("stated-by-two-files")) << said;  // names agree
}

TEST_F(include, a_file_that_two_others_include_is_read_once) {
  write("names.toml", names);
  write("a.toml", "include = \"names.toml\"\n[[target]]\nseverity = \"P1\"\nresponse = \"1h\"\n");
  write("b.toml", "include = \"names.toml\"\n[[target]]\nseverity = \"P2\"\nresponse = \"2h\"\n");
  write("main.toml", main_file("[\"a.toml\", \"b.toml\"]"));
  const auto made = load();
  ASSERT_TRUE(made.has_value()) << made.diagnostics().print();
  EXPECT_EQ(limit(made.value(), "P2", "response"), time_limit(2h));
}

TEST_F(include, cycles_missing_files_and_escapes_are_told_together) {
  write("a.toml", "include = \"b.toml\"\n");
  write("b.toml", "include = [\"a.toml\", \"main.toml\"]\n");
  write("calendars/up.toml", "include = \"../../outside.toml\"\n");
  std::ofstream(folder_ / "outside.toml") << "zone = \"UTC\"\n";
  fs::create_symlink(folder_ / "outside.toml", folder_ / "policy" / "link.toml");
  write("main.toml",
        main_file(R"(["a.toml", "nowhere.toml", "../outside.toml", "calendars/up.toml", "link.toml",
           "/etc/hostname", "calendars", "", 7])"));
  const std::string said = faults();
  for (const std::string_view part :
       {"main.toml -> a.toml -> b.toml -> a.toml", "main.toml -> a.toml -> b.toml -> main.toml",
        "'nowhere.toml' cannot be read: no such file", "'../outside.toml' lies outside",
        "up.toml:1:11: '../../outside.toml' lies outside", "'link.toml' lies outside", "'/etc/hostname'",
        "'calendars' cannot be read: a folder", "found nothing", "found a whole number"})
    EXPECT_NE(said.find(part), std::string::npos) << part << "\n" << said;
}

TEST_F(include, depth_count_and_size_are_bounded) {
  for (int i = 0; i < 12; ++i)
    write("d" + std::to_string(i) + ".toml", "include = \"d" + std::to_string(i + 1) + ".toml\"\n");
  write("d12.toml", names);
  std::string many = "[\"d0.toml\"";
  for (int i = 0; i < 80; ++i) {
    write("m" + std::to_string(i) + ".toml", "");
    many += ", \"m" + std::to_string(i) + ".toml\"";
  }
  write("main.toml", main_file(many + "]"));
  const std::string said = faults();
  EXPECT_NE(said.find("at most 8 deep"), std::string::npos) << said;
  EXPECT_NE(said.find("at most 64 files"), std::string::npos) << said;

  write("big.toml", "# " + std::string(3 << 20, 'x') + "\n");
  write("bigger.toml", "# " + std::string(3 << 20, 'x') + "\n");
  write("main.toml", main_file("[\"big.toml\", \"bigger.toml\"]"));
  EXPECT_NE(faults().find("'bigger.toml' more than"), std::string::npos);
}

// --- what the including file does not mention --------------------------------------------------------------------

TEST_F(include, a_clock_keeps_what_the_including_file_does_not_mention) {
  write("base.toml", std::string(names) + R"(
[clock.resolution]
confirmation = "24h"
warnings = [{ at = "50%" }, { at = "80%" }]
[[target]]
response = "1h"
resolution = "8h"
)");
  write("main.toml", main_file("\"base.toml\"", "[clock.resolution]\nlabel = \"fix\"\nchange = \"carry\"\n"));
  const auto made = load();
  ASSERT_TRUE(made.has_value()) << made.diagnostics().print();
  const policy& p = made.value();
  const auto& t = p.terms(p.facts({.severity = "P1", .tier = "basic"}))[p.clock("resolution")];
  EXPECT_EQ(t.confirmation, time_limit(24h));
  EXPECT_EQ(t.changing, on_change::carry);
  EXPECT_EQ(t.warnings.size(), 2U);
  EXPECT_EQ(p.clock_label(p.clock("resolution")), "fix");

  // A list under a key is one value.
  write("main.toml", main_file("\"base.toml\"", "[clock.resolution]\nwarnings = [{ at = \"90%\" }]\n"));
  const auto other = load();
  ASSERT_TRUE(other.has_value()) << other.diagnostics().print();
  const policy& q = other.value();
  const auto& u = q.terms(q.facts({.severity = "P1", .tier = "basic"}))[q.clock("resolution")];
  EXPECT_EQ(u.warnings.size(), 1U);
  EXPECT_EQ(u.confirmation, time_limit(24h));
}

TEST_F(include, a_pause_an_option_set_and_a_tier_are_taken_key_by_key) {
  write("base.toml", std::string(names) + R"(
[pause.cust]
party = "customer"
stops = ["resolution"]
cap = "8h"
[option_set.o]
change = "carry"
confirmation = "24h"
[[target]]
severity = "P1"
tier = "basic"
response = "1h"
resolution = { within = "8h", options = ["o"] }
[tier.flagship]
extends = "basic"
[compensation]
combine = "sum"
rounding = "half up"
)");
  write("main.toml", main_file("\"base.toml\"", R"(
[pause.cust]
label = "waiting"
[option_set.o]
change = "restart"
[compensation]
combine = "max"
)"));
  const auto loaded = load_policy_spec((folder_ / "policy" / "main.toml").string());
  ASSERT_TRUE(loaded.has_value()) << loaded.diagnostics().print();
  const policy_spec& spec = *loaded.value();
  ASSERT_EQ(spec.pauses.size(), 1U);
  EXPECT_EQ(spec.pauses[0].label, "waiting");
  EXPECT_EQ(spec.pauses[0].by, party::customer);
  EXPECT_EQ(spec.pauses[0].cap, time_limit(8h));
  ASSERT_EQ(spec.option_sets.size(), 1U);
  EXPECT_EQ(spec.option_sets[0].how.changing, on_change::restart);
  EXPECT_EQ(spec.option_sets[0].how.confirmation, time_limit(24h));
  EXPECT_EQ(spec.combine, combination::max);
  EXPECT_EQ(spec.round, rounding::half_up);
  EXPECT_EQ(spec.extensions.size(), 1U);
}

TEST_F(include, an_exception_adds_to_the_included_calendar) {
  write("base.toml", std::string(names) + R"(
[calendar.wd]
hours = "Mon-Fri 09:00-17:00"
holidays = "CN workdays"
cover = [2026, 2027]
[[calendar.wd.exception]]
date = 2026-03-02
off = true
[[calendar.wd.exception]]
date = 2026-03-03
off = true
[[target]]
response = "1h"
)");
  write("main.toml", main_file("\"base.toml\"", R"(
[[calendar.wd.exception]]
date = 2026-03-03
hours = "09:00-10:00"
[[calendar.wd.exception]]
date = 2026-03-04
off = true
)"));
  const auto made = load();
  ASSERT_TRUE(made.has_value()) << made.diagnostics().print();
  const auto open_at = [&](std::chrono::year_month_day day, std::chrono::hours local) {
    return made.value().calendar("wd")->is_open(instant(std::chrono::sys_days(day) + local - 8h));
  };
  EXPECT_FALSE(open_at(2026y / 3 / 2, 9h));
  EXPECT_TRUE(open_at(2026y / 3 / 3, 9h)) << "the including file's exception of the date counts";
  EXPECT_FALSE(open_at(2026y / 3 / 3, 11h));
  EXPECT_FALSE(open_at(2026y / 3 / 4, 9h));
  EXPECT_TRUE(open_at(2026y / 3 / 5, 9h)) << "the hours are the base's";
  EXPECT_FALSE(open_at(2026y / 10 / 1, 9h)) << "and its holidays";
}

TEST_F(include, allowances_add_up) {
  const std::string weak = R"([[target]]
severity = "P1"
response = "2h"
[[target]]
severity = "P2"
response = "1h"
resolution = "4h"
[[allow]]
lint = "L010"
reason = "a machine answers P2"
[[allow]]
lint = "L017"
reason = "of the base"
)";
  write("base.toml", std::string(names) + weak);
  write("main.toml", main_file("\"base.toml\"",
                               "[[allow]]\nlint = \"L014\"\nreason = \"P1 is best effort\"\n"
                               "[[allow]]\nlint = \"L017\"\nreason = \"ours\"\n"));
  const auto loaded = load_policy_spec((folder_ / "policy" / "main.toml").string());
  ASSERT_TRUE(loaded.has_value()) << loaded.diagnostics().print();
  std::string all;
  for (const allowance_spec& a : loaded.value()->allow)
    all += std::string(a.lint) + ": " + std::string(a.reason) + "\n";
  EXPECT_EQ(all, "L010: a machine answers P2\nL014: P1 is best effort\nL017: ours\n");
}

TEST_F(include, a_row_that_restates_a_part_of_a_clock_leaves_the_rest) {
  write("base.toml", std::string(names) + R"(
[calendar.wd]
hours = "Mon-Fri 09:00-17:00"
cover = [2026, 2027]
[[target]]
severity = "P1"
calendar = "wd"
response = { within = "2bh", confirmation = "12h", change = "restart" }
resolution = "8bh"
)");
  write("main.toml", main_file("\"base.toml\"", R"(
[[target]]
severity = "P1"
calendar = "wd"
response = { within = "1bh", change = "carry" }
)"));
  const auto made = load();
  ASSERT_TRUE(made.has_value()) << made.diagnostics().print();
  const policy& p = made.value();
  const auto all = p.terms(p.facts({.severity = "P1", .tier = "basic"}));
  const auto& t = all[p.clock("response")];
  EXPECT_EQ(t.limit, time_limit(worked(1h)));
  EXPECT_EQ(t.confirmation, time_limit(12h));
  EXPECT_EQ(t.changing, on_change::carry);
  EXPECT_EQ(all[p.clock("resolution")].limit, time_limit(worked(8h)));
}

TEST_F(include, files_side_by_side_that_disagree_are_both_named) {
  write("a.toml", std::string(names) + R"([[target]]
clause = "1"
severity = "P1"
response = "1h"
[clock.resolution]
confirmation = "24h"
label = "fix"
[[allow]]
lint = "L014"
reason = "a"
)");
  write("b.toml", std::string(names) + R"([[target]]
clause = "1"
severity = "P1"
response = { within = "2h", change = "carry" }
[clock.resolution]
confirmation = "48h"
change = "carry"
[[allow]]
lint = "L014"
reason = "b"
)");
  write("main.toml", main_file("[\"a.toml\", \"b.toml\"]"));
  const std::string said = faults();
  for (const std::string_view what : {"'response.within' of a target of the same incidents",
                                      "'clock.resolution.confirmation'", "why 'L014' is allowed"}) {
    const auto at = said.find(what);
    ASSERT_NE(at, std::string::npos) << what << "\n" << said;
    const std::string line = said.substr(at, said.find('\n', at) - at);
    EXPECT_NE(line.find("a.toml than by"), std::string::npos) << line;
    EXPECT_NE(line.find("b.toml, and neither"), std::string::npos) << line;
  }
  EXPECT_EQ(said.find("clause 1 and by clause 1"), std::string::npos) << said;
}

TEST_F(include, rows_of_two_files_that_tie_are_both_placed) {
  write("a.toml", std::string(names) + "[[target]]\nseverity = \"P1\"\nresponse = \"1h\"\n");
  write("b.toml", std::string(names) + "[[target]]\ntier = \"basic\"\nonsite = \"4h\"\nresponse = \"2h\"\n");
  write("main.toml", main_file("[\"a.toml\", \"b.toml\"]"));
  const std::string said = faults();
  const auto at = said.find("b.toml:8:12: response of P1 basic is stated by row 1 and by row 2");
  ASSERT_NE(at, std::string::npos) << said;
  const std::string line = said.substr(at, said.find('\n', at) - at);
  EXPECT_NE(line.find("disagree: the other stands at "), std::string::npos) << line;
  EXPECT_NE(line.find("a.toml:7 [tied-targets]"), std::string::npos) << line;
  // In one file the numbers of the rows say it.
  write("main.toml", main_file("\"a.toml\"",
                               "[[target]]\ntier = \"basic\"\nresponse = \"2h\"\n"
                               "[[target]]\nregion = \"south\"\nresponse = \"3h\"\n"));
  write("a.toml", std::string(names) + "regions = [\"south\"]\n");
  EXPECT_NE(faults().find("and disagree [tied-targets]"), std::string::npos) << faults();
}

// --- what is no file ---------------------------------------------------------------------------------------------

TEST_F(include, a_pipe_or_a_device_is_refused_and_not_waited_for) {
  const std::string pipe = (folder_ / "policy" / "pipe.toml").string();
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  ASSERT_EQ(::mkfifo((folder_ / "policy" / "days.csv").c_str(), 0600), 0);
  write("main.toml", main_file("\"pipe.toml\"", names));
  EXPECT_NE(faults().find("'pipe.toml' cannot be read: a pipe, expected a file"), std::string::npos);
  write(
      "main.toml",
      "policy = \"p\"\nversion = 2026-01-01\n" + std::string(names) +
          "[calendar.wd]\nhours = \"24/7\"\nholidays = { file = \"days.csv\", closed = [\"statutory\"] }\n");
  EXPECT_NE(faults().find("a pipe, expected a file"), std::string::npos);
  EXPECT_NE(load("pipe.toml").diagnostics().print().find("a pipe, expected a file"), std::string::npos);
  EXPECT_NE(read_text("/dev/null").diagnostics().print().find("a device, expected a file"),
            std::string::npos);
}

TEST_F(include, a_path_with_a_nul_opens_nothing) {
  write("base.toml", names);
  write("main.toml", main_file("\"base.toml\\u0000x\""));
  const std::string said = faults();
  EXPECT_NE(said.find("main.toml:1:11: expected a path, found a NUL character"), std::string::npos) << said;
  EXPECT_EQ(said.find('\0'), std::string::npos);
  write("main.toml", "policy = \"p\"\nversion = 2026-01-01\n" + std::string(names) +
                         "[calendar.wd]\nhours = \"24/7\"\nholidays = { file = \"d.csv\\u0000.csv\", closed "
                         "= [\"statutory\"] }\n");
  EXPECT_NE(faults().find("expected a file, found a NUL character"), std::string::npos);
  const std::string path = (folder_ / "policy" / "base.toml").string() + std::string("\0x", 2);
  EXPECT_NE(read_text(path).diagnostics().print().find("holds a NUL character"), std::string::npos);
}

TEST_F(include, a_text_without_a_folder_includes_nothing) {
  const auto made = parse_policy("main.toml", "include = \"base.toml\"\n", "");
  EXPECT_NE(made.diagnostics().print().find("cannot include another file"), std::string::npos);
}

}  // namespace
}  // namespace include_test
