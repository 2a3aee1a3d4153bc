// SPDX-License-Identifier: MIT
#pragma once

// The span an availability is measured over, and its name.
//
//     sla::window october = sla::calendar_month(std::chrono::year(2026) / 10, sla::load_zone("Europe/Berlin"));
//     october.label              // "2026-10"
//     october.span.length()      // 745 h: the night the clocks went back belongs to it
//
// The hard question: when does October begin? At the first instant that the wall of the named zone shows as
// October, also where its midnight is skipped or comes twice. One function answers it for the end of September
// and the beginning of October, so that windows in a row leave no second out and share none (rules A2, M9).
//
// A boundary past the end of a zone's data is `instant::unknown()`: measuring over it answers "no data", never a
// figure that rests on a guess (rule T7).

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <sla/base/instant.hpp>
#include <sla/base/interval_set.hpp>
#include <sla/base/wide.hpp>
#include <sla/calendar/zone.hpp>

namespace sla {
inline namespace v0 {

/// A named span. `days` is how many dates of its zone it holds, 0 where it is not made of whole dates.
struct window {
  interval span{};
  std::string label{};
  std::int32_t days = 0;

  /// Whether both ends are known.
  [[nodiscard]] bool is_known() const noexcept { return span.begin.is_finite() && span.end.is_finite(); }
  friend bool operator==(const window&, const window&) = default;
};

namespace detail {

[[nodiscard]] inline instant date_boundary(std::chrono::sys_days date, const zone& in) {
  const instant t = in.start_of(date);
  return in.known_at(t) ? t : instant::unknown();
}

[[nodiscard]] inline std::string padded(std::int64_t value, std::size_t width) {
  std::string text = std::to_string(magnitude(value));
  text.insert(0, text.size() < width ? width - text.size() : 0, '0');
  return value < 0 ? '-' + text : text;
}

[[nodiscard]] inline std::string month_label(std::chrono::year_month m) {
  return padded(int(m.year()), 4) + '-' + padded(unsigned(m.month()), 2);
}

}  // namespace detail

/// The dates from `first` up to `last`, which is not part of it; for billing months and terms. Where `last` is not
/// after `first` the window is empty.
[[nodiscard]] inline window dates(std::chrono::sys_days first, std::chrono::sys_days last, const zone& in,
                                  std::string label) {
  const auto days = last > first ? (last - first).count() : 0;
  return {{detail::date_boundary(first, in), detail::date_boundary(last > first ? last : first, in)},
          std::move(label),
          static_cast<std::int32_t>(days)};
}

/// "2026-10".
[[nodiscard]] inline window calendar_month(std::chrono::year_month month, const zone& in) {
  const auto next = month + std::chrono::months(1);
  return dates(month / 1, next / 1, in, detail::month_label(month));
}

/// The quarter that holds `month`: "2026-Q4".
[[nodiscard]] inline window calendar_quarter(std::chrono::year_month month, const zone& in) {
  const unsigned quarter = (unsigned(month.month()) - 1) / 3;
  const auto first = month.year() / std::chrono::month(quarter * 3 + 1);
  return dates(first / 1, (first + std::chrono::months(3)) / 1, in,
               detail::padded(int(month.year()), 4) + "-Q" + std::to_string(quarter + 1));
}

/// "2026".
[[nodiscard]] inline window calendar_year(std::chrono::year year, const zone& in) {
  return dates(year / 1 / 1, (year + std::chrono::years(1)) / 1 / 1, in, detail::padded(int(year), 4));
}

/// "2026-10" as a month of the years 0001 to 9999; nothing for any other text.
[[nodiscard]] constexpr std::optional<std::chrono::year_month> parse_month(std::string_view text) noexcept {
  if (text.size() != 7 || text[4] != '-') return std::nullopt;
  std::array<unsigned, 2> part{};
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i == 4) continue;
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    unsigned& p = part[i < 4 ? 0 : 1];
    p = p * 10 + static_cast<unsigned>(text[i] - '0');
  }
  if (part[0] == 0 || part[1] == 0 || part[1] > 12) return std::nullopt;
  return std::chrono::year(static_cast<int>(part[0])) / std::chrono::month(part[1]);
}

}  // namespace v0
}  // namespace sla
