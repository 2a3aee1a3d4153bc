// SPDX-License-Identifier: MIT
// What a policy file means, against the same policy looked up by hand.

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>
#include <variant>

#include <sla/policy/assess.hpp>
#include <sla/policy/policy_load.hpp>

namespace policy_load_test {
namespace {

using namespace sla;
using namespace sla::literals;
using namespace std::chrono_literals;
using std::chrono::sys_days;

const policy& shanghai() {
  static const policy p = load_policy(SLA_EXAMPLES_DIR "/policies/shanghai.toml").value();
  return p;
}

clock_terms terms(const policy& p, std::string_view clock, const incident_names& n) {
  return p.terms(p.facts(n))[p.clock(clock)];
}

TEST(policy_load, the_shipped_policies_are_sound_and_give_no_warning) {
  for (const char* name :
       {"shanghai", "itil", "remedies", "by_steps", "own_minutes", "by_year", "region_minutes",
        "whole_minutes", "days_times_1440", "over_a_minute", "error_rate", "slots", "share_affected",
        "two_hours_of_maintenance", "business_hours", "fixed_month", "call_centre"}) {
    const auto p = load_policy(std::string(SLA_EXAMPLES_DIR "/policies/") + name + ".toml");
    EXPECT_TRUE(p) << p.diagnostics().print();
    EXPECT_EQ(p.diagnostics().print(), "");
  }
}

TEST(policy_load, each_limit_comes_from_the_most_specific_row) {
  const policy& p = shanghai();
  EXPECT_EQ(p.name(), "shanghai-local");
  EXPECT_EQ(p.version(), 2026y / 1 / 1);
  EXPECT_EQ(p.home().name(), "Asia/Shanghai");
  EXPECT_EQ(terms(p, "response", {"P1", "basic", "urban", "", {}}).limit, time_limit(10min));
  EXPECT_EQ(terms(p, "onsite", {"P1", "basic", "urban", "", {}}).limit, time_limit(1h));
  EXPECT_EQ(terms(p, "onsite", {"P1", "basic", "suburban", "", {}}).limit, time_limit(2h));
  EXPECT_EQ(terms(p, "resolution", {"P2", "basic", "urban", "", {}}).limit, time_limit(4_bh));
  EXPECT_EQ(terms(p, "resolution", {"P3", "basic", "urban", "", {}}).limit, time_limit(2_bd));
  EXPECT_EQ(terms(p, "resolution", {"P2", "enterprise", "urban", "", {}}).limit, time_limit(4h));
  EXPECT_FALSE(terms(p, "remote_access", {"P1", "basic", "urban", "", {}}).promised);
}

TEST(policy_load, labels_clocks_and_pauses_are_as_written) {
  const policy& p = shanghai();
  EXPECT_EQ(p.severity_label(0), "一级 致命");
  EXPECT_EQ(p.reason_label(*p.find_reason("carrier")), "运营商");
  EXPECT_EQ(p.reason_name(0), "customer_reply");  // in the order of the file
  EXPECT_EQ(p.reason_name(1), "customer_access");
  const clock_terms t = terms(p, "resolution", {"P1", "flagship", "urban", "", {}});
  EXPECT_EQ(t.confirmation, time_limit(24h));
  EXPECT_EQ(t.stopped_by, 0b011U);
  EXPECT_EQ(p.reason(0).by, party::customer);
  EXPECT_EQ(p.reason(0).cap, time_limit(8h));
  const clock_terms remote = terms(p, "remote_access", {"P1", "flagship", "urban", "", {}});
  EXPECT_EQ(remote.starts, moment::occurred | moment::reported);
}

TEST(policy_load, availability_and_credits_are_exact) {
  const policy& p = shanghai();
  const auto flagship = *p.find_tier("flagship"), basic = *p.find_tier("basic");
  EXPECT_EQ(p.availability(flagship).target, 99.99_pct);
  EXPECT_EQ(p.availability(basic).target, 99.9_pct);
  EXPECT_EQ(p.availability(basic).rules.minimum.length, 5min);
  EXPECT_FALSE(p.availability(basic).rules.minimum.inclusive);
  EXPECT_EQ(p.availability(flagship).rules.minimum.length, 0s);
  ASSERT_EQ(p.availability(flagship).rules.exclusions.size(), 1U);
  EXPECT_NE(p.availability(flagship).rules.exclusions[0].within, nullptr);
  ASSERT_EQ(p.credits(flagship).size(), 2U);
  EXPECT_EQ(p.credits(flagship)[0].clause, "5.1.2");
  EXPECT_EQ(rate_at(std::get<steps>(p.credits(flagship)[0].pays.is).rows, 99.95_pct), 10_pct);
  EXPECT_EQ(p.credits(flagship)[1].metric, attainment_metric(p.clock("resolution")));
  EXPECT_EQ(p.combine(), combination::sum);
}

std::string with(const std::string& rest) {
  return "policy = \"x\"\nversion = 2026-01-01\nzone = \"Asia/Shanghai\"\ncurrency = \"CNY\"\nseverities = "
         "[\"P1\"]\n"
         "tiers = [\"basic\"]\n" +
         rest;
}

TEST(policy_load, every_option_of_a_clock_is_read) {
  const policy p =
      parse_policy("x.toml", with("[[target]]\nresolution = \"4h\"\n[clock.resolution]\nlabel = \"修复\"\n"
                                  "starts = \"detected\"\nstops = [\"restored\", \"resolved\"]\n"
                                  "confirmation = \"1bh\"\nleave_open = true\ndue = \"next opening\"\n"
                                  "change = \"carry\"\nreopen = \"continue, closed time counted\"\n"))
          .value();
  const clock_terms t = terms(p, "resolution", {"P1", "basic", "", "", {}});
  EXPECT_EQ(p.clock_label(t.clock), "修复");
  EXPECT_EQ(t.starts, moment_set(moment::detected));
  EXPECT_EQ(t.stops, moment::restored | moment::resolved);
  EXPECT_EQ(t.closed_by, moment_set());
  EXPECT_EQ(t.confirmation, time_limit(worked(1h)));
  EXPECT_EQ(t.landing, due_at::next_opening);
  EXPECT_EQ(t.changing, on_change::carry);
  EXPECT_EQ(t.reopening, on_reopen::continue_counting_closed);
}

TEST(policy_load, C13_warnings_and_the_ladder_of_a_clock_are_read) {
  const policy p =
      parse_policy("x.toml", with("[[target]]\nresolution = \"4h\"\nonsite = \"1h\"\n[clock.resolution]\n"
                                  "warnings = [{ at = \"50%\" }, { at = \"9/10\", level = 1 },\n"
                                  "            { before = \"10min\", level = 3 }]\n"))
          .value();
  const clock_terms t = terms(p, "resolution", {"P1", "basic", "", "", {}});
  ASSERT_EQ(t.warnings.size(), 3U);
  EXPECT_EQ(t.warnings[0].at_share, ratio(1, 2));
  EXPECT_EQ(t.warnings[0].level, 0);
  EXPECT_EQ(t.warnings[1].at_share, ratio(9, 10));
  EXPECT_EQ(t.warnings[1].level, 1);
  EXPECT_EQ(t.warnings[2].before_due, time_limit(10min));
  EXPECT_EQ(t.warnings[2].level, 3);
  EXPECT_TRUE(terms(p, "onsite", {"P1", "basic", "", "", {}}).warnings.empty());

  // Reported 09:00, due 13:00: half at 11:00, nine tenths at 12:36, ten minutes before at 12:50.
  const instant t0 = instant(sys_days(2026y / 10 / 12) + 9h);
  const facts f = p.facts({.severity = "P1", .tier = "basic", .reported = t0});
  for (const verdict& v : assess(p, f, {}, t0 + 3h)) {
    if (v.clock != p.clock("resolution")) continue;
    EXPECT_EQ(v.warnings, 0b001U);
    EXPECT_EQ(v.level, 0);
    EXPECT_EQ(v.next_warning, t0 + 3h + 36min);
  }
  EXPECT_EQ(next_change(p, f, {}, t0 + 3h), t0 + 3h + 36min);
  for (const verdict& v : assess(p, f, {}, t0 + 3h + 50min)) {
    if (v.clock != p.clock("resolution")) continue;
    EXPECT_EQ(v.warnings, 0b111U);
    EXPECT_EQ(v.level, 3);
    EXPECT_EQ(v.next_warning, std::nullopt);
  }
}

TEST(policy_load, C11_and_T14_repeating_clocks_and_cut_offs_are_read) {
  const policy p =
      parse_policy("x.toml", with("[calendar.week]\nhours = \"Mon-Fri 09:00-18:00\"\n"
                                  "[[target]]\ncalendar = \"week\"\nresponse = \"1bh\"\nbulletin = \"2h\"\n"
                                  "[clock.response]\ncut_off = \"16:30\"\n"
                                  "[clock.bulletin]\nstarts = \"reported\"\nstops = \"bulletin_sent\"\n"
                                  "ends = [\"restored\", \"resolved\"]\nupdates = \"on a grid\"\n"))
          .value();
  EXPECT_EQ(terms(p, "response", {"P1", "basic", "", "", {}}).cut_off, 16h + 30min);
  const clock_terms t = terms(p, "bulletin", {"P1", "basic", "", "", {}});
  EXPECT_TRUE(t.repeats);
  EXPECT_EQ(t.ends, moment::restored | moment::resolved);
  EXPECT_EQ(t.updates, next_update::on_grid);
  EXPECT_EQ(t.cut_off, std::nullopt);
  // Received on Monday at 16:31, after the cut-off: as if on Tuesday at 09:00.
  const instant t0(sys_days(2026y / 10 / 12) + 8h + 31min);
  for (const verdict& v : assess(p, p.facts({.severity = "P1", .tier = "basic", .reported = t0}), {}, t0))
    EXPECT_TRUE(v.clock != p.clock("response") || v.due == instant(sys_days(2026y / 10 / 13) + 2h));
}

TEST(policy_load, every_option_of_an_availability_is_read) {
  const policy p =
      parse_policy(
          "x.toml",
          with("causes = [\"m\"]\n[[target]]\nresponse = \"1h\"\n"
               "[[availability]]\nclause = \"4\"\ntarget = \"99.9%\"\nwindow = \"calendar month\"\n"
               "minimum = \"at least 5min\"\nmerge_gap = \"90s\"\n"
               "round = { sum = \"1min\", mode = \"floor\" }\n"
               "exclude = [{ cause = \"m\", effect = \"both sides\", quota = \"4h\", clause = \"4.3\" }]\n"
               "[[credit]]\nmetric = \"availability\"\nbase = \"monthly fee\"\n"
               "below = [{ up_to = \"99.9%\", from = \"99%\", rate = \"1/30\" }, [\"99%\", \"30%\"]]\n"
               "[[cap]]\nper = \"line\"\namount = \"500.50\"\n"
               "[compensation]\ncombine = \"max\"\nrounding = \"half even\"\n"))
          .value();
  const availability_terms& a = p.availability(0);
  EXPECT_TRUE(a.rules.minimum.inclusive);
  EXPECT_EQ(a.rules.merge_gap, 90s);
  EXPECT_EQ(a.rules.rounding.what, outage_rounding::sum);
  EXPECT_EQ(a.rules.rounding.mode, rounding::floor);
  EXPECT_EQ(a.rules.rounding.unit, 60s);
  ASSERT_EQ(a.rules.exclusions.size(), 1U);
  EXPECT_EQ(a.rules.exclusions[0].effect, exclusion_effect::both_sides);
  EXPECT_EQ(a.rules.exclusions[0].quota, std::chrono::seconds(4h));
  ASSERT_EQ(p.credits(0).size(), 1U);
  EXPECT_EQ(std::get<steps>(p.credits(0)[0].pays.is).rows[0], (step{99.9_pct, ratio(1, 30), 99_pct, true}));
  EXPECT_EQ(p.credits(0)[0].rounding, rounding::half_even);
  ASSERT_EQ(p.caps(0).size(), 1U);
  EXPECT_EQ(std::get<money>(p.caps(0)[0].limit), money::minor(50'050, cny));
  EXPECT_EQ(p.caps(0)[0].scope, cap_scope::line);
  EXPECT_EQ(p.combine(), combination::max);
}

// --- calendars ----------------------------------------------------------------------------------------------------

instant in_shanghai(std::chrono::year_month_day d, int h, int m = 0) {
  return sys_days(d) + std::chrono::hours(h - 8) + std::chrono::minutes(m);
}

TEST(policy_load, T8_the_five_exceptions) {
  const policy p =
      parse_policy(
          "x.toml",
          with(
              "[[target]]\ncalendar = \"c\"\nresponse = \"1bh\"\n"
              "[calendar.c]\nhours = \"Mon-Thu 09:00-18:00; Fri 09:00-15:00\"\n"
              "[[calendar.c.exception]]\ndate = 2026-03-02\noff = true\n"
              "[[calendar.c.exception]]\ndate = 2026-03-07\nworks_as = \"Fri\"\n"
              "[[calendar.c.exception]]\ndate = 2026-03-03\nhours = \"10:00-11:00\"\n"
              "[[calendar.c.exception]]\ndate = 2026-03-04\nextra = \"20:00-22:00\"\n"
              "[[calendar.c.exception]]\nfrom = 2026-03-05\nthrough = 2026-03-06\nminus = \"12:00-13:00\"\n"))
          .value();
  const business_time& c = *p.calendar("c");
  const auto worked_on = [&](std::chrono::year_month_day d) {
    return c.worked(in_shanghai(d, 0), in_shanghai(d, 24));
  };
  EXPECT_EQ(worked_on(2026y / 3 / 2), sla::worked(0h));
  EXPECT_EQ(worked_on(2026y / 3 / 7), sla::worked(6h));
  EXPECT_EQ(worked_on(2026y / 3 / 3), sla::worked(1h));
  EXPECT_EQ(worked_on(2026y / 3 / 4), sla::worked(11h));
  EXPECT_EQ(worked_on(2026y / 3 / 5), sla::worked(8h));
  EXPECT_EQ(worked_on(2026y / 3 / 6), sla::worked(5h));
}

TEST(policy_load, T8_days_of_every_year) {
  const policy p =
      parse_policy("x.toml",
                   with("[[target]]\ncalendar = \"c\"\nresponse = \"1bh\"\n"
                        "[calendar.c]\nhours = \"Mon-Fri 09:00-18:00\"\n"
                        "[[calendar.c.yearly]]\non = \"12-25\"\noff = true\nname = \"Christmas\"\n"
                        "[[calendar.c.yearly]]\non = \"4th Thu of Nov\"\nhours = \"09:00-10:00\"\n"
                        "[[calendar.c.yearly]]\non = \"last Monday of May\"\nextra = \"20:00-22:00\"\n"
                        "[[calendar.c.yearly]]\non = \"last day of Feb\"\nworks_as = \"Mon\"\n"
                        "[[calendar.c.yearly]]\non = \"last day of February\"\noff = true\nprecedence = 1\n"
                        "[[calendar.c.exception]]\ndate = 2028-12-25\nhours = \"10:00-12:00\"\n"))
          .value();
  const business_time& c = *p.calendar("c");
  const auto worked_on = [&](std::chrono::year_month_day d) {
    return c.worked(in_shanghai(d, 0), in_shanghai(d, 24));
  };
  EXPECT_EQ(worked_on(2025y / 12 / 25), sla::worked(0h));
  EXPECT_EQ(worked_on(2029y / 12 / 25), sla::worked(0h));
  EXPECT_EQ(worked_on(2028y / 12 / 25), sla::worked(2h));  // a dated one counts before it
  EXPECT_EQ(worked_on(2026y / 11 / 26), sla::worked(1h));
  EXPECT_EQ(worked_on(2026y / 11 / 19), sla::worked(9h));
  EXPECT_EQ(worked_on(2026y / 5 / 25), sla::worked(11h));
  EXPECT_EQ(worked_on(2028y / 2 / 29), sla::worked(0h));
  EXPECT_EQ(worked_on(2028y / 2 / 28), sla::worked(9h));
}

TEST(policy_load, T10_hours_and_holidays_change_by_date) {
  const policy p =
      parse_policy("x.toml",
                   with("[[target]]\ncalendar = \"c\"\nresponse = \"1bh\"\n"
                        "[calendar.c]\nhours = \"Mon-Fri 09:00-18:00\"\nholidays = \"CN workdays\"\n"
                        "[[calendar.c.change]]\nfrom = 2026-03-01\nhours = \"Mon-Fri 09:00-17:00\"\n"
                        "[[calendar.c.change]]\nfrom = 2026-10-05\nhours = \"Mon-Sun 10:00-12:00\"\n"
                        "holidays = \"CN statutory\"\n"
                        "[calendar.later]\n"
                        "[[calendar.later.change]]\nfrom = 2026-07-01\nhours = \"24/7\"\n"))
          .value();
  const business_time& c = *p.calendar("c");
  const auto worked_on = [](const business_time& of, std::chrono::year_month_day d) {
    return of.worked(in_shanghai(d, 0), in_shanghai(d, 24));
  };
  EXPECT_EQ(worked_on(c, 2026y / 2 / 27), sla::worked(9h));
  EXPECT_EQ(worked_on(c, 2026y / 3 / 2), sla::worked(8h));
  EXPECT_EQ(worked_on(c, 2026y / 10 / 1), sla::worked(0h));
  EXPECT_EQ(worked_on(c, 2026y / 10 / 5), sla::worked(2h));  // a bridging day, no longer closed
  EXPECT_EQ(p.calendar("later")->next_open(in_shanghai(2026y / 1 / 1, 0)), in_shanghai(2026y / 7 / 1, 0));
  EXPECT_TRUE(p.calendar("later")->previous_open(in_shanghai(2026y / 1 / 1, 0)).is_never());
}

TEST(policy_load, T10_coverage_is_five_years_before_to_fifteen_after_unless_stated) {
  const std::string rows =
      "[[target]]\ncalendar = \"c\"\nresponse = \"1bh\"\n[calendar.c]\nhours = \"Mon-Fri 09:00-18:00\"\n";
  const policy plain = parse_policy("x.toml", with(rows)).value();
  EXPECT_TRUE(plain.calendar("c")->covers(in_shanghai(2021y / 1 / 1, 0)));
  EXPECT_FALSE(plain.calendar("c")->covers(in_shanghai(2020y / 12 / 31, 23)));
  EXPECT_TRUE(plain.calendar("c")->covers(in_shanghai(2040y / 12 / 31, 23)));
  EXPECT_FALSE(plain.calendar("c")->covers(in_shanghai(2041y / 1 / 1, 1)));
  const policy stated = parse_policy("x.toml", with(rows + "cover = [2025, 2027]\n")).value();
  EXPECT_TRUE(stated.calendar("c")->covers(in_shanghai(2026y / 12 / 31, 23)));
  EXPECT_FALSE(stated.calendar("c")->covers(in_shanghai(2027y / 1 / 1, 1)));
}

TEST(policy_load, the_two_presets_of_chinese_holidays) {
  const policy p =
      parse_policy("x.toml",
                   with("[[target]]\nresponse = \"1h\"\n"
                        "[calendar.w]\nhours = \"Mon-Fri 08:30-18:00\"\nholidays = \"CN workdays\"\n"
                        "[calendar.s]\nhours = \"Mon-Fri 08:30-18:00\"\nholidays = \"CN statutory\"\n"))
          .value();
  // FIELD's case: Friday 17:55 and half an hour.
  const instant friday = in_shanghai(2026y / 10 / 9, 17, 55);
  EXPECT_EQ(p.calendar("w")->add(friday, 30_bmin), in_shanghai(2026y / 10 / 10, 8, 55));
  EXPECT_EQ(p.calendar("s")->add(friday, 30_bmin), in_shanghai(2026y / 10 / 12, 8, 55));
}

class holiday_folder : public testing::Test {
 protected:
  void SetUp() override {
    folder_ =
        std::filesystem::temp_directory_path() /
        ("sla_policy_load_" + std::string(testing::UnitTest::GetInstance()->current_test_info()->name()));
    std::filesystem::create_directories(folder_ / "days");
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  void write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name, std::ios::binary) << text;
  }

  std::filesystem::path folder_;
};

constexpr const char* firm_days =
    "# known_through: "
    "2026-12-31\ndate,name,kind\n2026-03-02,a,statutory\n2026-03-03,b,bridging\n2026-03-07,c,make-up\n";

TEST_F(holiday_folder, T9_a_policy_names_a_holiday_file_beside_it) {
  write("days/firm.csv", firm_days);
  write("p.toml",
        with("[[target]]\nresponse = \"1h\"\n[calendar.c]\nhours = \"Mon-Fri 09:00-18:00\"\n"
             "holidays = { file = \"days/firm.csv\", closed = [\"statutory\"], make_up = true }\n"));
  const auto p = load_policy((folder_ / "p.toml").string());
  ASSERT_TRUE(p) << p.diagnostics().print();
  const business_time& c = *p.value().calendar("c");
  EXPECT_FALSE(c.is_open(in_shanghai(2026y / 3 / 2, 10)));
  EXPECT_TRUE(c.is_open(in_shanghai(2026y / 3 / 3, 10)));
  EXPECT_TRUE(c.is_open(in_shanghai(2026y / 3 / 7, 10)));
  EXPECT_TRUE(c.is_provisional(in_shanghai(2027y / 1 / 4, 10)));
}

TEST_F(holiday_folder, a_fault_in_the_holiday_file_is_shown_there_and_withholds_the_policy) {
  write("firm.csv", "# known_through: 2026-12-31\ndate,name,kind\n2026-13-02,a,statutory\n");
  write("p.toml", with("[[target]]\nresponse = \"1h\"\n[calendar.c]\nhours = \"Mon-Fri 09:00-18:00\"\n"
                       "holidays = { file = \"firm.csv\", closed = [\"statutory\"], make_up = true }\n"));
  const auto p = load_policy((folder_ / "p.toml").string());
  EXPECT_FALSE(p);
  EXPECT_NE(p.diagnostics().print().find("firm.csv:3:"), std::string::npos) << p.diagnostics().print();
}

TEST(policy_load, a_policy_reads_no_file_outside_its_folder) {
  for (const char* file : {"../x.json", "a/../../x.json", "/etc/passwd", ""}) {
    const auto p = parse_policy("x.toml",
                                with("[[target]]\nresponse = \"1h\"\n[calendar.c]\nhours = \"24/7\"\n"
                                     "holidays = { file = \"" +
                                     std::string(file) + "\", closed = [\"statutory\"] }\n"),
                                SLA_TEST_DATA);
    ASSERT_EQ(p.diagnostics().items().size(), 1U) << p.diagnostics().print();
    EXPECT_EQ(p.diagnostics().items()[0].code, "outside-folder") << file;
  }
  const auto nowhere =
      parse_policy("x.toml", with("[[target]]\nresponse = \"1h\"\n[calendar.c]\nhours = \"24/7\"\n"
                                  "holidays = { file = \"x.json\", closed = [\"statutory\"] }\n"));
  EXPECT_EQ(nowhere.diagnostics().items()[0].code, "no-folder");
}

// --- problems -----------------------------------------------------------------------------------------------------

TEST(policy_load, a_missing_file_is_a_diagnostic_and_not_an_exception) {
  const auto p = load_policy("nowhere/at/all.toml");
  EXPECT_EQ(p.diagnostics().print(),
            "nowhere/at/all.toml:1:1: cannot be read: no such file [no-such-file]\n");
  EXPECT_THROW((void)p.value(), load_error);
}

TEST(policy_load, a_file_over_its_limit_is_not_parsed) {
  const auto p = parse_policy("x.toml", std::string((4 << 20) + 1, '#'));
  ASSERT_EQ(p.diagnostics().items().size(), 1U);
  EXPECT_EQ(p.diagnostics().items()[0].code, "file-too-large");
}

TEST(policy_load, brackets_in_texts_and_comments_are_no_depth) {
  const std::string many(100, '[');
  const auto p = parse_policy("x.toml", with("[label]\nP1 = \"" + many + "\" # " + many + "\nbasic = '''" +
                                             many + "\n'''''\n[[target]]\nresponse = \"1h\"\n"));
  ASSERT_TRUE(p) << p.diagnostics().print();
  EXPECT_EQ(p.value().severity_label(0), many);
}

TEST(policy_load, characters_of_any_script_are_read_and_placed) {
  const auto p = parse_policy(
      "x.toml", with("[label]\nP1 = \"é 。 \\u4E00 　 \uFEFF 😀\"\nbasic = \"\"\"a \\\n  é\"\"\"\n"
                     "[[target]]\nresponse = \"1h\"\n"));
  ASSERT_TRUE(p) << p.diagnostics().print();
  EXPECT_EQ(p.value().severity_label(0), "é 。 一 　 \uFEFF 😀");
  EXPECT_EQ(p.value().tier_label(0), "a é");
  EXPECT_EQ(parse_policy("x.toml", "policy = \"一\"\nélan = 1").diagnostics().print(),
            "x.toml:2:1: root table: expected keys, tables, whitespace or comments, saw 'é' [syntax]\n"
            "    2 | élan = 1\n"
            "      | ^\n");
  EXPECT_EQ(parse_policy("x.toml", "\xEF\xBB\xBFpolicy = \"é一\"\n[&").diagnostics().print(),
            "x.toml:2:2: unexpected character [syntax]\n"
            "    2 | [&\n"
            "      |  ^\n");
}

TEST(policy_load, a_thousand_problems_are_shown_and_the_rest_counted) {
  std::string text = with("");
  for (int i = 0; i < 1200; ++i) text += "[[target]]\nresponse = \"soon\"\n";
  const auto p = parse_policy("x.toml", text);
  ASSERT_EQ(p.diagnostics().items().size(), 1001U);
  EXPECT_EQ(p.diagnostics().items().back().message, "200 more errors are not shown");
}

}  // namespace
}  // namespace policy_load_test
