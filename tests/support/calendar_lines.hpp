// SPDX-License-Identifier: MIT
#pragma once

// Open time of one local date as a reader checks it by hand: "00:00+02:00 to 02:15+02:00".

#include <chrono>
#include <string>
#include <vector>

#include <sla/calendar/calendar.hpp>
#include <sla/calendar/local_text.hpp>

namespace sla_test {

[[nodiscard]] inline std::string local(sla::instant t, const sla::zone& zone) {
  return sla::rfc3339(t, zone);
}

/// The parts of the open time that lie on the date, from the first instant of it to the first of the next.
[[nodiscard]] inline std::vector<std::string> lines(const sla::compiled_calendar& c, const sla::zone& zone,
                                                    std::chrono::year_month_day date) {
  const std::chrono::sys_days day(date);
  const sla::interval whole{zone.start_of(day), zone.start_of(day + std::chrono::days(1))};
  std::vector<std::string> out;
  for (const sla::interval& i : c.open)
    if (const sla::interval part = intersect(i, whole); !part.empty())
      out.push_back(local(part.begin, zone).substr(11) + " to " +
                    (part.end == whole.end ? "the end" : local(part.end, zone).substr(11)));
  return out;
}

/// Open seconds on a date, and in a span.
[[nodiscard]] inline std::chrono::seconds open_in(const sla::compiled_calendar& c, sla::interval span) {
  std::chrono::seconds sum{0};
  for (const sla::interval& i : c.open) sum += intersect(i, span).length();
  return sum;
}
[[nodiscard]] inline std::chrono::seconds open_on(const sla::compiled_calendar& c, const sla::zone& zone,
                                                  std::chrono::year_month_day date) {
  const std::chrono::sys_days day(date);
  return open_in(c, {zone.start_of(day), zone.start_of(day + std::chrono::days(1))});
}

/// The business date of a local date, or null.
[[nodiscard]] inline const sla::business_date* business_day(const sla::compiled_calendar& c,
                                                            std::chrono::year_month_day date) {
  for (const sla::business_date& d : c.days)
    if (d.date == std::chrono::sys_days(date)) return &d;
  return nullptr;
}

/// "exceptions[1]: message [code]" for every fault.
[[nodiscard]] inline std::vector<std::string> faults(const sla::calendar_spec& spec) {
  std::vector<std::string> out;
  for (const sla::calendar_fault& f : check(spec)) out.push_back(to_string(f));
  return out;
}

}  // namespace sla_test
