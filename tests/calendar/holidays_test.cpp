// SPDX-License-Identifier: MIT
#include <sla/calendar/holidays.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <sla/calendar/china.hpp>
#include <sla/calendar/holiday_load.hpp>

namespace holidays_test {
namespace {

using namespace std::chrono_literals;
using sla::day_kind;
using std::chrono::sys_days;
using testing::HasSubstr;

TEST(china, T9_shipped_with_kinds_and_a_known_through_date) {
  const sla::holiday_set& cn = sla::china_holidays();
  EXPECT_EQ(cn.known_from(), sys_days{2023y / 1 / 1});
  EXPECT_EQ(cn.known_through(), sys_days{2026y / 12 / 31});
  EXPECT_TRUE(cn.has_kinds());
  EXPECT_EQ(cn.find(2026y / 10 / 10)->kind, day_kind::make_up);
  EXPECT_EQ(cn.find(2026y / 10 / 1)->kind, day_kind::statutory);
  EXPECT_EQ(cn.find(2026y / 10 / 5)->kind, day_kind::bridging);
  EXPECT_EQ(cn.find(2026y / 10 / 4)->kind, day_kind::weekend);
  EXPECT_EQ(cn.find(2026y / 10 / 8), nullptr);
  EXPECT_EQ(cn.find(2027y / 10 / 1), nullptr);
}

TEST(china, T8_statutory_days_are_11_until_2024_and_13_from_2025) {
  std::map<int, int> statutory;
  for (const sla::holiday& h : sla::china_holidays().entries())
    if (h.kind == day_kind::statutory)
      ++statutory[static_cast<int>(std::chrono::year_month_day(h.date).year())];
  // Mid-autumn fell on the first day of the National Day break's eve in 2023 and into the break in 2025.
  EXPECT_EQ(statutory, (std::map<int, int>{{2023, 11}, {2024, 11}, {2025, 13}, {2026, 13}}));
}

TEST(china, T8_kinds_agree_with_the_week) {
  for (const sla::holiday& h : sla::china_holidays().entries()) {
    const unsigned day = std::chrono::weekday(h.date).iso_encoding();
    if (h.kind != day_kind::statutory) {
      EXPECT_EQ(h.kind == day_kind::bridging, day <= 5) << sla::date_text(h.date);
    }
  }
}

#ifdef SLA_SHARED_DATA
TEST(china, T9_is_the_published_data) {
  const auto file = sla::load_holidays(SLA_SHARED_DATA "/china_holidays.json");
  ASSERT_TRUE(file) << file.diagnostics().print();
  EXPECT_TRUE(std::ranges::equal(file.value().entries(), sla::china_holidays().entries()));
  EXPECT_EQ(file.value().known_through(), sla::china_holidays().known_through());
  EXPECT_EQ(file.value().known_from(), sla::china_holidays().known_from());
  EXPECT_EQ(file.value().name(), "china_holidays");
}
#endif

TEST(holiday_set, combines_what_agrees_and_names_what_does_not) {
  const sla::holiday_set a(
      "A", "1", sys_days{2026y / 12 / 31},
      {{2026y / 5 / 1, day_kind::statutory, "May Day"}, {2026y / 5 / 2, day_kind::bridging, "May Day"}});
  const sla::holiday_set b(
      "B", "7", sys_days{2027y / 12 / 31},
      {{2026y / 5 / 2, day_kind::make_up, "inventory"}, {2026y / 6 / 1, day_kind::unstated, "outing"}});
  try {
    (void)combine(a, b);
    FAIL() << "a conflict went unseen";
  } catch (const sla::error& e) {
    EXPECT_THAT(e.what(), HasSubstr("2026-05-02 is listed twice: May Day, inventory"));
  }
  const auto first = combine(a, b, sla::conflict::first_wins);
  EXPECT_EQ(first.name(), "A + B");
  EXPECT_EQ(first.version(), "1 + 7");
  EXPECT_EQ(first.known_through(), sys_days{2026y / 12 / 31});  // as far as both know
  EXPECT_EQ(first.entries().size(), 3U);
  EXPECT_EQ(first.find(2026y / 5 / 2)->kind, day_kind::bridging);
  EXPECT_EQ(combine(a, b, sla::conflict::second_wins).find(2026y / 5 / 2)->kind, day_kind::make_up);
  EXPECT_FALSE(first.has_kinds());
  const auto rest = without(a, b);
  EXPECT_EQ(rest.entries().size(), 1U);
  EXPECT_EQ(rest.known_through(), a.known_through());
}

TEST(holiday_set, algebra_keeps_its_laws) {
  const sla::holiday_set& cn = sla::china_holidays();
  const sla::holiday_set none("", "", sla::holiday_set::forever(), {});
  EXPECT_EQ(combine(cn, none), cn);
  EXPECT_EQ(combine(none, cn), cn);
  EXPECT_TRUE(without(cn, cn).empty());
  EXPECT_TRUE(std::ranges::equal(combine(cn, cn).entries(), cn.entries()));
  EXPECT_EQ(without(cn, none), cn);
}

TEST(holiday_set, T9_the_next_year_extends_what_is_known) {
  const auto next = sla::parse_holidays_json("2027.json", R"({"year": 2027, "days": [
      {"name": "元旦", "date": "2027-01-01", "isOffDay": true}]})");
  ASSERT_TRUE(next) << next.diagnostics().print();
  EXPECT_EQ(next.value().known_from(), sys_days{2027y / 1 / 1});
  EXPECT_EQ(next.value().known_through(), sys_days{2027y / 12 / 31});
  const auto cn = extend(sla::china_holidays(), next.value());
  EXPECT_EQ(cn.known_through(), sys_days{2027y / 12 / 31});
  EXPECT_EQ(cn.known_from(), sys_days{2023y / 1 / 1});
  EXPECT_EQ(cn.name(), "CN");
  EXPECT_EQ(cn.version(), "2023-2026 + 2027");
  ASSERT_NE(cn.find(2027y / 1 / 1), nullptr);
  EXPECT_FALSE(cn.has_kinds());
  const sla::holiday_set gap("CN", "2028", sys_days{2028y / 12 / 31}, {}, sys_days{2028y / 1 / 1});
  EXPECT_THROW((void)extend(sla::china_holidays(), gap), sla::error);
}

TEST(holiday_set, bad_sets_are_refused) {
  EXPECT_THROW(sla::holiday_set("X", "", sys_days{2026y / 1 / 1}, {}, sys_days{2026y / 1 / 2}), sla::error);
  EXPECT_THROW(sla::holiday_set(
                   "X", "", sys_days{2026y / 1 / 1},
                   {{2026y / 1 / 1, day_kind::statutory, "a"}, {2026y / 1 / 1, day_kind::statutory, "b"}}),
               sla::error);
  EXPECT_EQ(
      sla::holiday_set("X", "", sys_days{2026y / 1 / 1},
                       {{2026y / 1 / 1, day_kind::statutory, "a"}, {2026y / 1 / 1, day_kind::statutory, "a"}})
          .entries()
          .size(),
      1U);
}

// --- loading -----------------------------------------------------------------------------------------------------

std::string print(const sla::loaded<sla::holiday_set>& l) { return l.diagnostics().print(); }

TEST(holiday_load, T9_both_json_shapes_with_and_without_kinds) {
  const auto plain =
      sla::parse_holidays_json("cn", R"({"$schema": "x", "year": 2026, "papers": ["y"], "days": [
      {"name": "国庆节", "date": "2026-10-01", "isOffDay": true},
      {"name": "国庆节", "date": "2026-10-10", "isOffDay": false}]})");
  ASSERT_TRUE(plain) << print(plain);
  EXPECT_EQ(plain.value().find(2026y / 10 / 1)->kind, day_kind::unstated);
  EXPECT_EQ(plain.value().find(2026y / 10 / 10)->kind, day_kind::make_up);
  EXPECT_EQ(plain.value().version(), "2026");

  const auto kinds = sla::parse_holidays_json(
      "cn", R"({"name": "CN", "version": "draft", "known_through": "2027-12-31", "years": {
      "2027": [{"date": "2027-10-01", "name": "国庆节", "off": true, "kind": "statutory"},
               {"date": "2027-10-09", "name": "上班", "off": false, "kind": "make-up", "works_as": "Fri"}],
      "2026": [{"date": "2026-10-05", "kind": "bridging"}]}})");
  ASSERT_TRUE(kinds) << print(kinds);
  EXPECT_EQ(kinds.value().name(), "CN");
  EXPECT_EQ(kinds.value().version(), "draft");
  EXPECT_EQ(kinds.value().known_from(), sys_days{2026y / 1 / 1});
  EXPECT_EQ(kinds.value().find(2027y / 10 / 9)->works_as, std::chrono::Friday);
  EXPECT_TRUE(kinds.value().has_kinds());
}

TEST(holiday_load, T9_csv) {
  const auto set = sla::parse_holidays_csv("firm",
                                           "\xEF\xBB\xBF# name: ACME\r\n# known_from: 2026-01-01\r\n# "
                                           "known_through: 2026-12-31\r\n# version: 3\r\n"
                                           "kind,date,name,works_as\r\n"
                                           "statutory,2026-10-01,\"国庆, \"\"National\"\" Day\",\r\n"
                                           "\r\n"
                                           "make-up,2026-10-10,,Friday\r\n");
  ASSERT_TRUE(set) << print(set);
  EXPECT_EQ(set.value().name(), "ACME");
  EXPECT_EQ(set.value().version(), "3");
  EXPECT_EQ(set.value().known_from(), sys_days{2026y / 1 / 1});
  EXPECT_EQ(set.value().known_through(), sys_days{2026y / 12 / 31});
  EXPECT_EQ(set.value().find(2026y / 10 / 1)->name, "国庆, \"National\" Day");
  EXPECT_EQ(set.value().find(2026y / 10 / 10)->works_as, std::chrono::Friday);
  const auto off = sla::parse_holidays_csv(
      "firm", "# known_through: 2026-12-31\ndate,off\n2026-05-01,true\n2026-05-02,false");
  ASSERT_TRUE(off) << print(off);
  EXPECT_EQ(off.value().name(), "firm");
  EXPECT_EQ(off.value().find(2026y / 5 / 1)->kind, day_kind::unstated);
  EXPECT_EQ(off.value().find(2026y / 5 / 2)->kind, day_kind::make_up);
}

TEST(holiday_load, T9_all_faults_of_a_json_file_in_their_places) {
  const auto bad = sla::parse_holidays_json("2027.json", R"({"year": 2027,
 "days": [
  {"name": "元旦", "date": "2027-01-01", "isOffDay": true},
  {"name": "元旦", "date": "2027-02-30", "isOffDay": true},
  {"name": "元旦", "date": "2027-01-01", "isOffDay": false},
  {"nam": "x", "date": "2027-01-03", "isOffDay": 1},
  17,
  {"date": "2027-05-05"},
  {"date": "2027-05-06", "isOffDay": true, "kind": "make-up"},
  {"date": "2027-05-07", "kind": "holiday"},
  {"date": "2027-05-08", "kind": "statutory", "works_as": "Mon"}
 ]})");
  EXPECT_FALSE(bad);
  EXPECT_EQ(print(bad), R"(2027.json:4:26: expected a date such as 2026-10-01, found '2027-02-30' [bad-date]
    4 |   {"name": "元旦", "date": "2027-02-30", "isOffDay": true},
      |                            ^~~~~~~~~~~~
2027.json:5:26: 2027-01-01 is listed differently on line 3 [listed-twice]
    5 |   {"name": "元旦", "date": "2027-01-01", "isOffDay": false},
      |                            ^~~~~~~~~~~~
2027.json:6:4: unknown name 'nam', expected one of date, name, off, isOffDay, kind, works_as [unknown-name]
    6 |   {"nam": "x", "date": "2027-01-03", "isOffDay": 1},
      |    ^~~~~
2027.json:6:50: expected true or false, found a number [unexpected-type]
    6 |   {"nam": "x", "date": "2027-01-03", "isOffDay": 1},
      |                                                  ^
2027.json:7:3: expected an object with a date, found a number [unexpected-type]
    7 |   17,
      |   ^~
2027.json:8:3: expected a kind, or whether the day is off [missing-kind]
    8 |   {"date": "2027-05-05"},
      |   ^
2027.json:9:52: a make-up day is worked, and this one is said to be off [kind-contradicts-off]
    9 |   {"date": "2027-05-06", "isOffDay": true, "kind": "make-up"},
      |                                                    ^~~~~~~~~
2027.json:10:34: expected statutory, bridging, weekend or make-up, found 'holiday' [unknown-kind]
   10 |   {"date": "2027-05-07", "kind": "holiday"},
      |                                  ^~~~~~~~~
2027.json:11:59: only a make-up day has the hours of a weekday [works-as-on-a-day-off]
   11 |   {"date": "2027-05-08", "kind": "statutory", "works_as": "Mon"}
      |                                                           ^~~~~
)");
}

TEST(holiday_load, T9_all_faults_of_a_csv_file_in_their_places) {
  const auto bad = sla::parse_holidays_csv("f.csv",
                                           "# known_through: 2027-12-32\n"
                                           "date,name,kind,off\n"
                                           "2027-01-01,元旦,statutory\n"
                                           "2027-1-2,元旦,,yes\n"
                                           "2027-01-03,元旦,holiday,\n"
                                           "2027-01-04,\"元旦\"x,,\n"
                                           "# \"a remark\", not a row\n"
                                           "2027-01-02,\"元旦,statutory,\n"
                                           "2027-01-0,in the field,,\n");
  EXPECT_FALSE(bad);
  EXPECT_EQ(print(bad), R"(f.csv:1:18: expected a date such as 2026-12-31, found '2027-12-32' [bad-date]
    1 | # known_through: 2027-12-32
      |                  ^~~~~~~~~~
f.csv:3:1: expected 4 columns, found 3 [wrong-number-of-columns]
    3 | 2027-01-01,元旦,statutory
      | ^~~~~~~~~~~~~~~~~~~~~~~~~
f.csv:4:1: expected a date such as 2026-10-01, found '2027-1-2' [bad-date]
    4 | 2027-1-2,元旦,,yes
      | ^~~~~~~~
f.csv:4:14: expected true or false, found 'yes' [bad-off]
    4 | 2027-1-2,元旦,,yes
      |                ^~~
f.csv:5:15: expected statutory, bridging, weekend or make-up, found 'holiday' [unknown-kind]
    5 | 2027-01-03,元旦,holiday,
      |                 ^~~~~~~
f.csv:6:16: text after the closing quote [text-after-quote]
    6 | 2027-01-04,"元旦"x,,
      |                  ^
f.csv:8:12: this quote is never closed [open-quote]
    8 | 2027-01-02,"元旦,statutory,
      |            ^
)");
}

// What is wrong with one field, line or byte hides nothing else.
TEST(holiday_load, T9_two_faults_of_one_day) {
  const auto codes = [](const sla::loaded<sla::holiday_set>& l) {
    std::vector<std::string> out;
    for (const sla::diagnostic& d : l.diagnostics().items()) out.push_back(d.code);
    return out;
  };
  struct row {
    std::string_view day;
    std::vector<std::string> codes;
  };
  for (const row& r :
       std::vector<row>{{R"({"date": "2027-02-30", "isOffDay": 1})", {"bad-date", "unexpected-type"}},
                        {R"({"nam": "x", "date": "2027-02-30", "kind": "holiday"})",
                         {"unknown-name", "bad-date", "unknown-kind"}},
                        {R"({"date": 3, "kind": "holiday", "works_as": "Mo"})",
                         {"unexpected-type", "unknown-kind", "unknown-weekday"}},
                        {R"({"date": "2027-02-30", "kind": "statutory", "works_as": "Mon"})",
                         {"bad-date", "works-as-on-a-day-off"}},
                        {R"({"dat": "2027-01-01", "kin": "statutory"})", {"unknown-name", "unknown-name"}},
                        {R"({"date": "2030-01-01", "kind": 1})", {"date-outside-year", "unexpected-type"}},
                        {R"({"name": "x"})", {"missing-date", "missing-kind"}}}) {
    EXPECT_THAT(
        codes(sla::parse_holidays_json("x", R"({"year": 2027, "days": [)" + std::string(r.day) + "]}")),
        testing::UnorderedElementsAreArray(r.codes))
        << r.day;
  }
  EXPECT_THAT(
      codes(sla::parse_holidays_json("x", R"({"years": {"2027": [{"date": "2027-02-30", "off": true}]}})")),
      testing::UnorderedElementsAre("bad-date", "missing-known-through"));
  for (const row& r :
       std::vector<row>{{"2027-02-30,x,statutory", {"bad-date", "wrong-number-of-columns"}},
                        {"2027-02-30,x,holiday,yes,Mon,,", {"bad-date", "wrong-number-of-columns"}},
                        {"2027-01-01,x,statutory,yes", {"bad-off", "wrong-number-of-columns"}},
                        {"2027-01-01,statutory,true,",
                         {"wrong-number-of-columns"}},  // the name left out: the rest is shifted, not wrong
                        {"2027-01-01,x,y,statutory,true,", {"wrong-number-of-columns"}},
                        {"2027-02-30,\"x\"y,holiday,,", {"bad-date", "text-after-quote", "unknown-kind"}},
                        {"2027-02-30,x,statutory,,Mon", {"bad-date", "works-as-on-a-day-off"}},
                        {"2027-02-30,x,,yes,Mo", {"bad-date", "bad-off", "unknown-weekday"}}}) {
    EXPECT_THAT(
        codes(sla::parse_holidays_csv(
            "x", "# known_through: 2027-12-31\ndate,name,kind,off,works_as\n" + std::string(r.day) + '\n')),
        testing::UnorderedElementsAreArray(r.codes))
        << r.day;
  }
  EXPECT_THAT(codes(sla::parse_holidays_csv("x", "# known_through: soon\n")),
              testing::UnorderedElementsAre("bad-date", "missing-header"));
  EXPECT_THAT(
      codes(sla::parse_holidays_csv("x", "# known_from: soon\nname,kind\nx,holiday\n")),
      testing::UnorderedElementsAre("bad-date", "missing-column", "unknown-kind", "missing-known-through"));
}

TEST(holiday_load, T9_a_byte_that_is_not_utf8_hides_nothing) {
  const auto json =
      sla::parse_holidays_json("x",
                               "{\"year\": 2027, \"days\": [\n"
                               "{\"name\": \"\xB9\xFA\", \"date\": \"2027-02-30\", \"isOffDay\": true}]}");
  EXPECT_EQ(json.diagnostics().items().size(), 2U) << print(json);
  EXPECT_THAT(print(json), HasSubstr("x:2:11: a byte that is not UTF-8, the first of 2 [not-utf8]"));
  EXPECT_THAT(print(json), HasSubstr("found '2027-02-30' [bad-date]"));
  const auto csv = sla::parse_holidays_csv("x", "date,name,kind\n2027-01-01,\xFF,holiday\n");
  EXPECT_EQ(csv.diagnostics().items().size(), 3U) << print(csv);
  EXPECT_THAT(print(csv), HasSubstr("x:2:12: a byte that is not UTF-8 [not-utf8]"));
  EXPECT_THAT(print(csv), HasSubstr("[unknown-kind]"));
  EXPECT_THAT(print(csv), HasSubstr("[missing-known-through]"));
}

TEST(holiday_load, T9_what_stands_alone) {
  struct row {
    std::string_view text, code;
  };
  for (const row& r : std::vector<row>{
           {"", "json-syntax"},
           {"{\"year\":2027,\"days\":[}", "json-syntax"},
           {"[]", "unexpected-type"},
           {"{}", "unknown-shape"},
           {"{\"days\":[],\"years\":{},\"known_through\":\"2026-12-31\"}", "unknown-shape"},
           {"{\"days\":[]}", "missing-year"},
           {"{\"year\":20270,\"days\":[]}", "bad-year"},
           {"{\"year\":1e3,\"days\":[]}", "unexpected-type"},
           {"{\"years\":{\"2027\":[]}}", "missing-known-through"},
           {"{\"years\":{\"2027\":[]},\"known_through\":\"2026-12-31\"}", "known-through-too-early"},
           {"{\"year\":2027,\"year\":2027,\"days\":[]}", "duplicate-name"},
           {"{\"year\":2027,\"days\":[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]}", "too-deep"},
           {"{\"year\":2027,\"days\":[{\"date\":\"2027-01-01\",\"off\":true,\"name\":\"\xff\"}]}",
            "not-utf8"}}) {
    const auto bad = sla::parse_holidays_json("x", r.text);
    ASSERT_FALSE(bad) << r.text;
    ASSERT_EQ(bad.diagnostics().items().size(), 1U) << print(bad);
    EXPECT_EQ(bad.diagnostics().items()[0].code, r.code) << print(bad);
  }
  for (const row& r :
       std::vector<row>{{"", "missing-header"},
                        {"# known_through: 2026-12-31\n", "missing-header"},
                        {"date,off\n2027-01-01,true\n", "missing-known-through"},
                        {"# known_through: 2026-12-31\ndate,off\n#,\"\n2026-01-01,true\n", "open-quote"},
                        {"# known_through: 2026-12-31\ndat,kind\nx,statutory\n", "unknown-column"},
                        {"# known_through: 2026-12-31\nname,kind\nx,statutory\n", "missing-column"},
                        {"# known_through: 2026-12-31\ndate,kind,date\n", "duplicate-column"}}) {
    const auto bad = sla::parse_holidays_csv("x", r.text);
    ASSERT_FALSE(bad) << r.text;
    ASSERT_EQ(bad.diagnostics().items().size(), 1U) << print(bad);
    EXPECT_EQ(bad.diagnostics().items()[0].code, r.code) << print(bad);
  }
}

TEST(holiday_load, T9_a_day_far_from_its_year_is_warned_about) {
  const auto set = sla::parse_holidays_json("x", R"({"year": 2027, "days": [
    {"date": "2026-12-26", "isOffDay": false}, {"date": "2072-01-01", "isOffDay": true}]})");
  ASSERT_TRUE(set) << print(set);
  ASSERT_EQ(set.diagnostics().items().size(), 1U) << print(set);
  EXPECT_EQ(set.diagnostics().items()[0].message, "2072-01-01 stands under the year 2027");
}

TEST(holiday_load, limits_have_errors_of_their_own) {
  std::string days = "# known_through: 2999-12-31\ndate,off\n";
  for (int i = 0; i <= 100'000; ++i) days += "2026-01-01,true\n";
  const auto many = sla::parse_holidays_csv("x", days);
  ASSERT_FALSE(many);
  EXPECT_EQ(many.diagnostics().items().at(0).code, "too-many-days");
  const auto large = sla::parse_holidays_json("x", std::string((4 << 20) + 1, ' '));
  ASSERT_FALSE(large);
  EXPECT_EQ(large.diagnostics().items().at(0).code, "too-large");
}

TEST(holiday_load, files_by_their_extension) {
  const std::string folder = testing::TempDir();
  std::ofstream(folder + "firm.csv") << "# known_through: 2026-12-31\ndate,off\n2026-05-01,true\n";
  std::ofstream(folder + "cn.json") << R"({"year": 2026, "days": []})";
  const auto csv = sla::load_holidays(folder + "firm.csv");
  ASSERT_TRUE(csv) << print(csv);
  EXPECT_EQ(csv.value().name(), "firm");
  const auto json = sla::load_holidays(folder + "cn.json");
  ASSERT_TRUE(json) << print(json);
  EXPECT_EQ(json.value().name(), "cn");
  EXPECT_THAT(print(sla::load_holidays(folder + "absent.csv")),
              HasSubstr("absent.csv:1:1: cannot read the file"));
  EXPECT_THAT(print(sla::load_holidays(folder + "firm.txt")),
              HasSubstr("expected a file named .json or .csv"));
  EXPECT_THAT(print(sla::load_holidays(folder)), HasSubstr("expected a file named"));
}

}  // namespace
}  // namespace holidays_test
