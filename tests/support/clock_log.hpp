// SPDX-License-Identifier: MIT
#pragma once

// What tests of clocks say often: Shanghai's clock time in October 2026, its office hours as a calendar, and the
// verdicts of one clock.

#include <chrono>
#include <vector>

#include <sla/calendar/business_time.hpp>
#include <sla/clock/anomalies.hpp>
#include <sla/clock/next_change.hpp>
#include <sla/clock/replay.hpp>

namespace clock_log {

using namespace std::chrono_literals;

/// Shanghai time: "on(12, 9h)" is Monday 2026-10-12 09:00.
inline sla::instant on(unsigned day, std::chrono::minutes time) {
  return std::chrono::sys_days{std::chrono::year{2026} / 10 / std::chrono::day{day}} + time - 8h;
}

/// Shanghai, 08:30-18:00, Monday to Friday without 1-7 October, and Saturday the 10th; 2026-09-28 to 2026-11-06.
inline const sla::business_time& office() {
  static const sla::business_time hours = [] {
    sla::compiled_calendar c;
    const auto first = std::chrono::sys_days{std::chrono::year{2026} / 9 / 28};
    c.cover = {first - 8h, first + std::chrono::days{40} - 8h};
    c.endless = true;
    c.known_through = on(30, 0min);
    c.offsets = {{first - std::chrono::days{3}, 8h}};
    for (int i = 0; i < 40; ++i) {
      const auto day = first + std::chrono::days{i};
      const std::chrono::weekday w{day};
      const bool make_up = day == std::chrono::sys_days{std::chrono::year{2026} / 10 / 10};
      const bool weekend = w == std::chrono::Saturday || w == std::chrono::Sunday;
      const bool break_day = day >= std::chrono::sys_days{std::chrono::year{2026} / 10 / 1} &&
                             day <= std::chrono::sys_days{std::chrono::year{2026} / 10 / 7};
      if ((weekend && !make_up) || break_day) continue;
      const sla::interval open{day + 8h + 30min - 8h, day + 18h - 8h};
      c.open.push_back(open);
      c.days.push_back({day, open.begin, open.end});
    }
    return sla::business_time(std::move(c));
  }();
  return hours;
}

inline std::vector<sla::verdict> verdicts(sla::terms_source rows, const std::vector<sla::event>& log,
                                          sla::instant as_of, sla::grade at_report = {}) {
  const sla::event_order order(log, as_of);
  sla::clock_replay replay(rows, at_report, order);
  std::vector<sla::verdict> out;
  for (sla::verdict v; replay.next(v);) out.push_back(v);
  return out;
}
inline sla::verdict verdict(sla::terms_source rows, const std::vector<sla::event>& log, sla::instant as_of,
                            sla::grade at_report = {}) {
  return verdicts(rows, log, as_of, at_report).at(0);
}

}  // namespace clock_log
