// SPDX-License-Identifier: MIT
#pragma once

// China's days off and make-up workdays, 2023 to 2026, inside the library: no file is needed.
//
//     calendar_spec{.zone = shanghai, .hours = "Mon-Fri 08:30-18:00"_hours, .holidays = sla::china_workdays(), ...}
//
// Source: the notices of the General Office of the State Council of 2022-12, 2023-10, 2024-11 and 2025-11 for the
// year after each; days off and make-up days agree between seven public sources (holiday-cn, chinese-days,
// holiday-calendar, chinese-calendar, vacanza/holidays, exchange and interbank notices). The kinds follow from the
// statutory days in force: 11 until 2024, 13 from 2025.
//
// The hard question: what about next year? Its notice appears in autumn. Load it (calendar/holiday_load.hpp) and
// combine it with this set: no release of the library is needed. Until then 2027 is provisional (rule T9).

#include <array>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <sla/calendar/holidays.hpp>

namespace sla {
inline namespace v0 {
namespace detail {

// Neighbouring dates of one kind and name are one row.
struct china_days {
  std::int16_t year;
  std::uint8_t month, day, count;
  day_kind kind;
  std::string_view name;
};

// clang-format off
inline constexpr std::array<china_days, 95> china_table{{
    {2023, 1, 1, 1, day_kind::statutory, "元旦"}, {2023, 1, 2, 1, day_kind::bridging, "元旦"},
    {2023, 1, 21, 1, day_kind::weekend, "春节"}, {2023, 1, 22, 3, day_kind::statutory, "春节"},
    {2023, 1, 25, 3, day_kind::bridging, "春节"}, {2023, 1, 28, 2, day_kind::make_up, "调休上班"},
    {2023, 4, 5, 1, day_kind::statutory, "清明节"}, {2023, 4, 23, 1, day_kind::make_up, "调休上班"},
    {2023, 4, 29, 2, day_kind::weekend, "劳动节"}, {2023, 5, 1, 1, day_kind::statutory, "劳动节"},
    {2023, 5, 2, 2, day_kind::bridging, "劳动节"}, {2023, 5, 6, 1, day_kind::make_up, "调休上班"},
    {2023, 6, 22, 1, day_kind::statutory, "端午节"}, {2023, 6, 23, 1, day_kind::bridging, "端午节"},
    {2023, 6, 24, 1, day_kind::weekend, "端午节"}, {2023, 6, 25, 1, day_kind::make_up, "调休上班"},
    {2023, 9, 29, 1, day_kind::statutory, "中秋节、国庆节"}, {2023, 9, 30, 1, day_kind::weekend, "中秋节、国庆节"},
    {2023, 10, 1, 3, day_kind::statutory, "中秋节、国庆节"}, {2023, 10, 4, 3, day_kind::bridging, "中秋节、国庆节"},
    {2023, 10, 7, 2, day_kind::make_up, "调休上班"},
    {2024, 1, 1, 1, day_kind::statutory, "元旦"}, {2024, 2, 4, 1, day_kind::make_up, "调休上班"},
    {2024, 2, 10, 3, day_kind::statutory, "春节"}, {2024, 2, 13, 4, day_kind::bridging, "春节"},
    {2024, 2, 17, 1, day_kind::weekend, "春节"}, {2024, 2, 18, 1, day_kind::make_up, "调休上班"},
    {2024, 4, 4, 1, day_kind::statutory, "清明节"}, {2024, 4, 5, 1, day_kind::bridging, "清明节"},
    {2024, 4, 6, 1, day_kind::weekend, "清明节"}, {2024, 4, 7, 1, day_kind::make_up, "调休上班"},
    {2024, 4, 28, 1, day_kind::make_up, "调休上班"}, {2024, 5, 1, 1, day_kind::statutory, "劳动节"},
    {2024, 5, 2, 2, day_kind::bridging, "劳动节"}, {2024, 5, 4, 2, day_kind::weekend, "劳动节"},
    {2024, 5, 11, 1, day_kind::make_up, "调休上班"}, {2024, 6, 10, 1, day_kind::statutory, "端午节"},
    {2024, 9, 14, 1, day_kind::make_up, "调休上班"}, {2024, 9, 15, 1, day_kind::weekend, "中秋节"},
    {2024, 9, 16, 1, day_kind::bridging, "中秋节"}, {2024, 9, 17, 1, day_kind::statutory, "中秋节"},
    {2024, 9, 29, 1, day_kind::make_up, "调休上班"}, {2024, 10, 1, 3, day_kind::statutory, "国庆节"},
    {2024, 10, 4, 1, day_kind::bridging, "国庆节"}, {2024, 10, 5, 2, day_kind::weekend, "国庆节"},
    {2024, 10, 7, 1, day_kind::bridging, "国庆节"}, {2024, 10, 12, 1, day_kind::make_up, "调休上班"},
    {2025, 1, 1, 1, day_kind::statutory, "元旦"}, {2025, 1, 26, 1, day_kind::make_up, "调休上班"},
    {2025, 1, 28, 4, day_kind::statutory, "春节"}, {2025, 2, 1, 2, day_kind::weekend, "春节"},
    {2025, 2, 3, 2, day_kind::bridging, "春节"}, {2025, 2, 8, 1, day_kind::make_up, "调休上班"},
    {2025, 4, 4, 1, day_kind::statutory, "清明节"}, {2025, 4, 5, 2, day_kind::weekend, "清明节"},
    {2025, 4, 27, 1, day_kind::make_up, "调休上班"}, {2025, 5, 1, 2, day_kind::statutory, "劳动节"},
    {2025, 5, 3, 2, day_kind::weekend, "劳动节"}, {2025, 5, 5, 1, day_kind::bridging, "劳动节"},
    {2025, 5, 31, 1, day_kind::statutory, "端午节"}, {2025, 6, 1, 1, day_kind::weekend, "端午节"},
    {2025, 6, 2, 1, day_kind::bridging, "端午节"}, {2025, 9, 28, 1, day_kind::make_up, "调休上班"},
    {2025, 10, 1, 3, day_kind::statutory, "国庆节、中秋节"}, {2025, 10, 4, 2, day_kind::weekend, "国庆节、中秋节"},
    {2025, 10, 6, 1, day_kind::statutory, "国庆节、中秋节"}, {2025, 10, 7, 2, day_kind::bridging, "国庆节、中秋节"},
    {2025, 10, 11, 1, day_kind::make_up, "调休上班"},
    {2026, 1, 1, 1, day_kind::statutory, "元旦"}, {2026, 1, 2, 1, day_kind::bridging, "元旦"},
    {2026, 1, 3, 1, day_kind::weekend, "元旦"}, {2026, 1, 4, 1, day_kind::make_up, "调休上班"},
    {2026, 2, 14, 1, day_kind::make_up, "调休上班"}, {2026, 2, 15, 1, day_kind::weekend, "春节"},
    {2026, 2, 16, 4, day_kind::statutory, "春节"}, {2026, 2, 20, 1, day_kind::bridging, "春节"},
    {2026, 2, 21, 2, day_kind::weekend, "春节"}, {2026, 2, 23, 1, day_kind::bridging, "春节"},
    {2026, 2, 28, 1, day_kind::make_up, "调休上班"}, {2026, 4, 4, 1, day_kind::weekend, "清明节"},
    {2026, 4, 5, 1, day_kind::statutory, "清明节"}, {2026, 4, 6, 1, day_kind::bridging, "清明节"},
    {2026, 5, 1, 2, day_kind::statutory, "劳动节"}, {2026, 5, 3, 1, day_kind::weekend, "劳动节"},
    {2026, 5, 4, 2, day_kind::bridging, "劳动节"}, {2026, 5, 9, 1, day_kind::make_up, "调休上班"},
    {2026, 6, 19, 1, day_kind::statutory, "端午节"}, {2026, 6, 20, 2, day_kind::weekend, "端午节"},
    {2026, 9, 20, 1, day_kind::make_up, "调休上班"}, {2026, 9, 25, 1, day_kind::statutory, "中秋节"},
    {2026, 9, 26, 2, day_kind::weekend, "中秋节"}, {2026, 10, 1, 3, day_kind::statutory, "国庆节"},
    {2026, 10, 4, 1, day_kind::weekend, "国庆节"}, {2026, 10, 5, 3, day_kind::bridging, "国庆节"},
    {2026, 10, 10, 1, day_kind::make_up, "调休上班"},
}};
// clang-format on

}  // namespace detail

/// Every day off and make-up workday of 2023 to 2026, with its kind; known through 2026-12-31.
[[nodiscard]] inline const holiday_set& china_holidays() {
  static const holiday_set set = [] {
    using namespace std::chrono;
    std::vector<holiday> entries;
    for (const detail::china_days& row : detail::china_table)
      for (int i = 0; i < row.count; ++i)
        entries.push_back(
            {sys_days(year(row.year) / row.month / row.day) + days(i), row.kind, std::string(row.name)});
    return holiday_set("CN", "2023-2026", sys_days(year(2026) / 12 / 31), std::move(entries),
                       sys_days(year(2023) / 1 / 1));
  }();
  return set;
}

/// 工作日 ("CN workdays"): every day off is closed, make-up workdays are open with Monday's hours.
[[nodiscard]] inline holiday_use china_workdays() { return workdays_of(china_holidays()); }
/// 法定节假日除外 ("CN statutory"): only statutory days are closed, make-up days are not opened.
[[nodiscard]] inline holiday_use china_statutory_only() { return statutory_only(china_holidays()); }

}  // namespace v0
}  // namespace sla
