// SPDX-License-Identifier: MIT
#pragma once

// Random descriptions of calendars, for properties: any hours, any zone that data could describe, exceptions of every
// kind, hours that change by date. Include gtest and rapidcheck.h before it.
//
// Unless asked for, no date has two statements of its own (recurring, dated or of the holiday set). Where they meet,
// most have a rank of their own; what is left is refused when it is compiled.

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include <sla/calendar/calendar.hpp>
#include <sla/calendar/compiled_calendar.hpp>

namespace random_calendar {

using namespace std::chrono;
using namespace sla::literals;
using sla::day_change;
using sla::instant;

inline constexpr int first_year = 2011;

/// A cheap stream of numbers under one shrinkable seed: millions of questions are drawn from it.
class numbers {
 public:
  explicit numbers(int seed) : state_(static_cast<std::uint64_t>(seed)) {}
  /// From 0 to before n.
  std::int64_t operator()(std::int64_t n) {
    state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<std::int64_t>((state_ >> 33) % static_cast<std::uint64_t>(n));
  }

 private:
  std::uint64_t state_;
};

inline bool one_in(int n) { return *rc::gen::inRange(0, n) == 0; }

/// Any number of shifts; edges on quarters mostly, on odd minutes and seconds at times; overnight, to 24:00, 24 h long.
inline sla::day_hours day() {
  const int most = *rc::gen::element(1, 2, 3, 3, 8, 40);
  const int shifts = *rc::gen::inRange(0, most + 1);
  const std::int32_t unit = most > 8 ? *rc::gen::element(60, 1) : *rc::gen::element(900, 60, 1);
  const std::int32_t longest = most > 8 ? 3600 : 9 * 3600;
  std::vector<sla::shift> out;
  std::int32_t at = 0;
  for (int i = 0; i < shifts; ++i) {
    const std::int32_t open = at + *rc::gen::inRange(0, longest / unit) * unit;
    std::int32_t close = open + *rc::gen::inRange(1, longest / unit) * unit;
    if (open >= 86'400) break;
    if (one_in(8)) close = 86'400;
    if (one_in(30)) close = open + 86'400;
    if (close <= open || close > open + 86'400) break;
    out.push_back({open, close});
    if (close >= 86'400) break;
    at = close;
  }
  return sla::day_hours(out);
}
inline sla::weekly_hours week() {
  if (one_in(10)) return sla::weekly_hours("24/7"_hours);
  std::array<std::vector<sla::shift>, 7> days;
  for (auto& d : days) {
    if (&d != days.data() && one_in(2)) {
      d = days[0];
      continue;
    }
    const sla::day_hours h = day();
    d.assign(h.begin(), h.end());
  }
  return sla::weekly_hours(days);
}

inline day_change change() {
  const sla::day_hours hours = day();
  switch (*rc::gen::inRange(0, hours.empty() ? 3 : 5)) {
    case 0: return day_change::off();
    case 1: return day_change::works_as(weekday(*rc::gen::inRange(0u, 7u)));
    case 2: return day_change::exactly(hours);
    case 3: return day_change::extra(hours);
    default: return day_change::minus(hours);
  }
}

/// "<+0930>-9:30": a name and an offset as rules write them, west positive.
inline std::string posix_offset(seconds east) {
  const auto print = [](std::int64_t s) {
    const auto two = [](std::int64_t n) { return std::string(n < 10 ? "0" : "") + std::to_string(n); };
    return two(s / 3600) + ':' + two(s / 60 % 60) + ':' + two(s % 60);
  };
  return (east.count() > 0 ? "-" : "") + print(east.count() < 0 ? -east.count() : east.count());
}
/// Summer time of 30 minutes, one hour or two, at any hour of any of the rules' days; at midnight often.
inline sla::zone rule_zone() {
  const seconds standard = 900s * *rc::gen::inRange(-48, 53);
  const seconds saved = *rc::gen::element(1800s, 3600s, 7200s);
  const auto day_of = [](int month) {
    const int hour = *rc::gen::element(0, 0, 1, 2, 3, 24, -1);
    return ",M" + std::to_string(month) + '.' + std::to_string(*rc::gen::inRange(1, 6)) + '.' +
           std::to_string(*rc::gen::inRange(0, 7)) + '/' + std::to_string(hour);
  };
  const bool south = one_in(3);
  const std::string begin = day_of(south ? *rc::gen::inRange(9, 12) : *rc::gen::inRange(2, 5)),
                    end = day_of(south ? *rc::gen::inRange(2, 5) : *rc::gen::inRange(9, 12));
  return sla::zone::posix(
      "rule", "STD" + posix_offset(standard) + "DST" + posix_offset(standard + saved) + begin + end);
}
/// Changes of any size at any instant: gaps and repetitions, at midnight and elsewhere, whole dates among them, some
/// a few hours apart.
inline sla::zone table_zone() {
  seconds offset =
      one_in(4) ? seconds(*rc::gen::inRange(-40'000, 40'000)) : 900s * *rc::gen::inRange(-48, 53);
  const seconds initial = offset;
  std::vector<sla::zone_transition> changes;
  instant at = sys_days(year(first_year) / January / 1) - 20 * 24h;
  for (int i = *rc::gen::inRange(0, 14); i > 0; --i) {
    at = at + (one_in(4) ? hours(*rc::gen::inRange(1, 60)) : hours(*rc::gen::inRange(60, 60 * 24)));
    seconds delta = *rc::gen::element(1800s, 3600s, 7200s, 86'400s, 0s);
    if (delta == 0s) delta = seconds(*rc::gen::inRange(1, 10'000));
    if (one_in(2)) delta = -delta;
    // Within what a rule may say.
    if (offset + delta > 24h || offset + delta < -24h) delta = -delta;
    const instant midnight = instant(floor<days>((at + offset).sys()) + 24h) - offset;
    switch (*rc::gen::inRange(0, 3)) {
      case 0: at = midnight; break;                         // a gap begins at midnight
      case 1: at = midnight + std::max(-delta, 0s); break;  // clocks are set back to midnight
      default: at = at + seconds(*rc::gen::inRange(0, 3600)); break;
    }
    offset += delta;
    changes.push_back({at, offset});
  }
  return {"table", "1", initial, std::move(changes), "STD" + posix_offset(offset)};
}
inline sla::zone zone() {
  switch (*rc::gen::inRange(0, 12)) {
    case 0: return sla::zone::posix("Shanghai", "CST-8");
    case 1: return sla::zone::posix("Berlin", "CET-1CEST,M3.5.0,M10.5.0/3");
    case 2: return sla::zone::posix("Lord Howe", "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0");
    case 3: return sla::zone::posix("Sao Paulo", "<-03>3<-02>,M11.1.0/0,M2.3.0/0");
    case 4: return sla::zone::posix("Azores", "<-01>1<+00>,M3.5.0/0,M10.5.0/1");
    case 5: return {"Apia", "1", -10h, {{sys_days(2011y / 12 / 30) + 10h, 14h}}, "<+14>-14"};
    case 6: return {"Manila backwards", "1", 8h, {{sys_days(2011y / 6 / 10) + 16h, -16h}}, "<-16>16"};
    case 7:
    case 8: return rule_zone();
    default: return table_zone();
  }
}

inline sla::yearly_date yearly() {
  const auto m = month(*rc::gen::inRange(1u, 13u));
  const auto w = weekday(*rc::gen::inRange(0u, 7u));
  switch (*rc::gen::inRange(0, 4)) {
    case 0: return m / *rc::gen::inRange(1, 30);
    case 1: return m / last;
    case 2: return m / w[*rc::gen::inRange(1u, 6u)];
    default: return m / w[last];
  }
}

enum class statements : std::uint8_t { one_a_date, meeting };

/// A year of a calendar.
inline sla::calendar_spec spec(statements about = statements::one_a_date) {
  const bool meeting = about == statements::meeting;
  const auto precedence = [&] { return meeting ? *rc::gen::inRange(-1000, 1000) : 0; };
  sla::calendar_spec spec{.zone = zone(), .hours = week(), .cover = {year(first_year), year(first_year + 1)}};
  for (int i = *rc::gen::element(0, 0, 1, 3), m = 1; i > 0 && m <= 12; --i, ++m) {
    m = *rc::gen::inRange(m, 13);
    spec.changes.push_back({year(first_year) / m / *rc::gen::inRange(1, 29), week()});
  }
  std::set<sys_days> taken;
  const auto free = [&](sys_days from, sys_days to) {
    if (meeting) return true;
    for (auto d = from; d <= to; d += days(1))
      if (taken.contains(d)) return false;
    for (auto d = from; d <= to; d += days(1)) taken.insert(d);
    return true;
  };
  for (int i = *rc::gen::inRange(0, 12); i > 0; --i) {
    const sla::recurring_exception r{yearly(), change(), "yearly", precedence()};
    if (!sla::is_valid(r.when)) continue;
    bool alone = true;
    std::vector<sys_days> dates;
    for (int y = first_year - 1; y <= first_year + 1; ++y)
      if (const auto d = sla::date_in(year(y), r.when)) dates.push_back(*d);
    for (const sys_days d : dates) alone = alone && (meeting || !taken.contains(d));
    if (!alone) continue;
    taken.insert(dates.begin(), dates.end());
    spec.recurring.push_back(r);
  }
  const sys_days begin = sys_days(year(first_year) / January / 1) - days(3);
  if (one_in(2)) {
    std::vector<sla::holiday> entries;
    std::set<sys_days> listed;
    for (int i = *rc::gen::inRange(0, 40); i > 0; --i) {
      const sys_days d = begin + days(*rc::gen::inRange(0, 371));
      if (!free(d, d) || !listed.insert(d).second) continue;
      const auto kind = *rc::gen::element(sla::day_kind::statutory, sla::day_kind::bridging,
                                          sla::day_kind::weekend, sla::day_kind::make_up);
      entries.push_back({d, kind, "holiday", weekday(*rc::gen::inRange(0u, 7u))});
    }
    spec.holidays = {sla::holiday_set("set", "1", sla::holiday_set::forever(), std::move(entries)),
                     !one_in(3), !one_in(3), !one_in(3), !one_in(3)};
    spec.holidays.precedence = precedence();
    if (!spec.holidays.used()) spec.holidays = {};
  }
  // Where statements are to meet, they do so on few dates.
  const int span = meeting ? *rc::gen::element(20, 371) : 371;
  for (int i = *rc::gen::inRange(0, 60); i > 0; --i) {
    const sys_days from = begin + days(*rc::gen::inRange(0, span)), to = from + days(*rc::gen::inRange(0, 4));
    if (free(from, to))
      spec.exceptions.push_back(sla::calendar_exception::through(from, to, change(), "dated", precedence()));
  }
  return spec;
}

/// What a failing case is about.
inline std::string describe(const sla::calendar_spec& spec) {
  const auto print = [](instant t) { return std::to_string(t.unix_seconds()); };
  std::string out = std::string(spec.zone.name()) + ' ' + std::string(spec.zone.version()) + " from " +
                    std::to_string(spec.zone.offset_at(instant::earliest()).count());
  for (const sla::zone_transition& t : spec.zone.transitions())
    out += ", at " + print(t.at) + " to " + std::to_string(t.offset.count());
  out += "\nhours " + to_string(spec.hours);
  for (const sla::calendar_change& c : spec.changes)
    out += "\nfrom " + sla::date_text(sys_days(c.from)) + ' ' + to_string(c.hours);
  for (const sla::holiday& h : spec.holidays.set.entries())
    out += "\n" + sla::date_text(h.date) + ' ' + std::string(to_string(h.kind));
  for (const sla::recurring_exception& r : spec.recurring) {
    out += "\nevery year";
    if (const auto d = sla::date_in(year(first_year), r.when)) out += " as on " + sla::date_text(*d);
    out += ' ' + to_string(r.change) + " at " + std::to_string(r.precedence);
  }
  for (const sla::calendar_exception& e : spec.exceptions)
    out += "\n" + sla::date_text(sys_days(e.first)) + " to " + sla::date_text(sys_days(e.last)) + ' ' +
           to_string(e.change) + " at " + std::to_string(e.precedence);
  return out + '\n';
}

}  // namespace random_calendar
