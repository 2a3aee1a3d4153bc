// SPDX-License-Identifier: MIT
#pragma once

// The calendars that every benchmark of business time runs on, and seeded inputs inside them.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include <sla/calendar/business_time.hpp>
#include <sla/calendar/calendar.hpp>
#include <sla/calendar/china.hpp>

namespace bench {

using namespace std::chrono_literals;
using namespace sla::literals;

inline constexpr sla::year_span ten_years{std::chrono::year(2024), std::chrono::year(2034)};

// 0: Shanghai with a lunch break, holidays and make-up days; 1: New York with DST; 2: 24/7.
inline sla::calendar_spec spec(std::int64_t which) {
  switch (which) {
    case 0:
      return {.zone = sla::zone::posix("Asia/Shanghai", "CST-8"),
              .hours = "Mon-Fri 08:30-12:00,13:00-18:00"_hours,
              .holidays = sla::china_workdays(),
              .cover = ten_years};
    case 1:
      return {.zone = sla::zone::posix("America/New_York", "EST5EDT,M3.2.0,M11.1.0"),
              .hours = "Mon-Fri 09:00-17:00"_hours,
              .cover = ten_years};
    default: return {.hours = "24/7"_hours, .cover = ten_years};
  }
}
inline const char* name(std::int64_t which) {
  constexpr const char* names[] = {"shanghai", "new_york", "24/7"};
  return names[which];
}

// Instants of the first years, so that even the longest amounts end inside the cover.
inline std::vector<sla::instant> starts(const sla::business_time& c, std::size_t n, bool ordered,
                                        unsigned percent = 45) {
  std::mt19937_64 random(1);
  const auto range = static_cast<std::uint64_t>(c.cover().length().count()) * percent / 100;
  std::vector<sla::instant> out;
  for (std::size_t i = 0; i < n; ++i)
    out.push_back(c.cover().begin + std::chrono::seconds(static_cast<std::int64_t>(random() % range)));
  if (ordered) std::ranges::sort(out);
  return out;
}
// From a minute to 2,000 hours, each magnitude as often.
inline std::vector<sla::worked> amounts(std::size_t n) {
  std::mt19937_64 random(2);
  std::vector<sla::worked> out;
  for (std::size_t i = 0; i < n; ++i) {
    const std::uint64_t limit = std::uint64_t{60} << (random() % 18);
    out.push_back(sla::worked(std::chrono::seconds(
        static_cast<std::int64_t>(std::min<std::uint64_t>(60 + random() % limit, 7'200'000)))));
  }
  return out;
}

// The naive way: std::upper_bound over the same intervals.
struct by_search {
  std::vector<std::int64_t> begin, before;
  explicit by_search(const sla::business_time& c) {
    std::int64_t sum = 0;
    for (const sla::interval& i : c.open()) {
      begin.push_back(i.begin.unix_seconds());
      before.push_back(sum);
      sum += i.length().count();
    }
    before.push_back(sum);
  }
  std::int64_t add(std::int64_t t, std::int64_t w) const {
    const auto k = std::upper_bound(begin.begin(), begin.end(), t) - begin.begin();
    const std::int64_t done =
        k == 0 ? 0
               : std::min(before[std::size_t(k) - 1] + t - begin[std::size_t(k) - 1], before[std::size_t(k)]);
    const std::int64_t n = done + w - 1;
    const auto j = std::size_t(std::upper_bound(before.begin(), before.end(), n) - before.begin()) - 1;
    return begin[j] + n - before[j] + 1;
  }
  std::int64_t worked_before(std::int64_t t) const {
    const auto k = std::size_t(std::upper_bound(begin.begin(), begin.end(), t) - begin.begin());
    return k == 0 ? 0 : std::min(before[k - 1] + t - begin[k - 1], before[k]);
  }
};

// The naive way without a table: from opening to opening.
inline sla::instant walk(const sla::business_time& c, sla::instant t, sla::worked w) {
  while (true) {
    t = c.next_open(t);
    const std::int64_t here = (c.next_close(t) - t).count();
    if (w.count() <= here) return t + w.seconds();
    w -= sla::worked(std::chrono::seconds(here));
    t = c.next_close(t);
  }
}
// The naive way for business days: from date to date.
inline sla::instant walk_days(const sla::business_time& c, sla::instant t, std::size_t n) {
  for (; n > 0; --n) t = c.add(t, 1_bd);
  return t;
}

}  // namespace bench
