// SPDX-License-Identifier: MIT
// Statements that meet on one date count by their rank (rule T8), and their names arrive as they were written.

#include <gtest/gtest.h>

#include <rapidcheck.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <source_location>
#include <string>
#include <string_view>
#include <vector>

#include "../support/random_calendar.hpp"
#include "../support/walker.hpp"

#include <sla/base/utf8.hpp>
#include <sla/calendar/calendar.hpp>
#include <sla/calendar/holiday_load.hpp>
#include <sla/calendar/span_report.hpp>

namespace calendar_exceptions_test {
namespace {

using namespace std::chrono;
using namespace sla::literals;
using sla::instant;

void holds(bool ok, std::source_location where = std::source_location::current()) {
  if (!ok) RC_FAIL("line " + std::to_string(where.line()));
}

TEST(property_exceptions, T8_dated_before_recurring_before_the_week_then_by_precedence) {
  const bool ok = rc::check("ranks", [] {
    const sla::calendar_spec spec = random_calendar::spec(random_calendar::statements::meeting);
    RC_LOG(random_calendar::describe(spec));
    std::vector<sla::calendar_fault> faults;
    auto compiled = sla::try_compile(spec, faults);
    RC_PRE(compiled.has_value());
    const sla::business_time c(*std::move(compiled));
    const oracle::walker walker(spec);
    // Three weeks, from before a date that has statements of its own.
    const auto& exceptions = spec.exceptions;
    const auto which =
        static_cast<std::size_t>(*rc::gen::inRange<int>(0, std::max(1, static_cast<int>(exceptions.size()))));
    const sys_days date = exceptions.empty() ? sys_days(year(random_calendar::first_year) / June / 1)
                                             : sys_days(exceptions[which].first);
    const instant begin = std::clamp(instant(date) - hours(80), c.cover().begin, c.cover().end),
                  end = std::min(c.cover().end, begin + days(21));
    random_calendar::numbers random(*rc::gen::inRange(1, 1 << 30));
    holds(c.worked(begin, end).count() == walker.worked_by_dates(begin, end));
    for (int i = 0; i < 300; ++i) {
      const instant t = begin + seconds(random(21 * 86'400));
      if (t < c.cover().end) holds(c.is_open(t) == walker.is_open(t));
      const std::int64_t w = 1 + random(40 * 3600);
      if (const auto u = walker.add_by_dates(t, w, end)) holds(c.add(t, sla::worked(seconds(w))) == *u);
    }
    std::vector<sla::business_date> want, have;
    const sys_days first = std::max(date, sys_days(year(random_calendar::first_year) / January / 8)),
                   last = std::min(first + days(14),
                                   sys_days(year(random_calendar::first_year) / December / 20));
    for (sys_days d = first; d < last; d += days(1))
      if (const auto open = walker.open_of(d)) want.push_back({d, open->begin, open->end});
    // A date whose shift is cut from the front may open after the next one: business_time has none such.
    for (std::size_t i = want.size(); i-- > 1;)
      want[i - 1].first_open = std::min(want[i - 1].first_open, want[i].first_open);
    for (const sla::business_date& d : c.dates())
      if (first <= d.date && d.date < last) have.push_back(d);
    if (!want.empty() && !have.empty())
      want.back().first_open = std::min(want.back().first_open, have.back().first_open);
    holds(want.size() == have.size());
    for (std::size_t i = 0; i < want.size(); ++i) {
      holds(want[i].date == have[i].date && want[i].last_close == have[i].last_close);
      if (i + 3 < want.size()) holds(want[i].first_open == have[i].first_open);
    }
  });
  EXPECT_TRUE(ok);
}

// Any characters: of one byte to four, with quotes, separators and escapes among them; no blank at either end.
std::string name() {
  constexpr std::string_view some[] = {"国", "庆", "é", "\"",    ",", "\\", "#", " ", "'", "\xF0\x9F\x8E\x89",
                                       "a",  ":",  "[", "\u0301"};
  std::string out;
  for (int i = *rc::gen::inRange(0, 12); i > 0; --i)
    out += some[static_cast<std::size_t>(*rc::gen::inRange<int>(0, std::size(some)))];
  while (out.ends_with(' ')) out.pop_back();
  out.erase(0, std::min(out.find_first_not_of(' '), out.size()));
  return out;
}
std::string escaped(std::string_view text, char before, std::string_view which) {
  std::string out;
  for (const char c : text) {
    if (which.find(c) != which.npos) out += before;
    out += c;
  }
  return out;
}

TEST(property_exceptions, T8_names_in_utf8_survive_files_calendars_and_explanations) {
  const bool ok = rc::check("names", [] {
    const std::string off = name(), worked = name(), dated = name(), yearly = name();
    RC_LOG(off + " | " + worked + " | " + dated + " | " + yearly + '\n');
    const auto json = sla::parse_holidays_json(
        "x", R"({"year": 2026, "days": [{"date": "2026-10-01", "isOffDay": true, "name": ")" +
                 escaped(off, '\\', "\"\\") + R"("}, {"date": "2026-10-10", "isOffDay": false, "name": ")" +
                 escaped(worked, '\\', "\"\\") + "\"}]}");
    const auto csv = sla::parse_holidays_csv(
        "x", "# known_through: 2026-12-31\ndate,off,name\n2026-10-01,true,\"" + escaped(off, '"', "\"") +
                 "\"\n2026-10-10,false,\"" + escaped(worked, '"', "\"") + "\"\n");
    holds(json.has_value() && csv.has_value());
    holds(std::ranges::equal(json.value().entries(), csv.value().entries()));
    holds(json.value().find(2026y / 10 / 1)->name == off &&
          json.value().find(2026y / 10 / 10)->name == worked);
    const sla::business_time c(sla::calendar_spec{
        .hours = sla::weekly_hours("Mon-Fri 09:00-18:00"_hours),
        .holidays = sla::workdays_of(json.value()),
        .exceptions = {sla::calendar_exception::on(2026y / 10 / 12, sla::day_change::off(), dated)},
        .recurring = {{October / 13, sla::day_change::off(), yearly}},
        .cover = {2026y, 2027y}});
    const auto touched = sla::explain(c, {sys_days(2026y / 10 / 1), sys_days(2026y / 10 / 14)}).touched;
    const std::string* names[] = {&off, &worked, &dated, &yearly};
    holds(touched.size() == 4);
    for (std::size_t i = 0; i < touched.size(); ++i) {
      holds(sla::is_utf8(touched[i].text));
      holds(touched[i].text.starts_with(names[i]->empty() ? std::string() : *names[i] + ": "));
    }
  });
  EXPECT_TRUE(ok);
}

}  // namespace
}  // namespace calendar_exceptions_test
