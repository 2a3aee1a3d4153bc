// SPDX-License-Identifier: MIT
#pragma once

// Times as records write them, read without any locale.
//
//     parse_time("2026-10-12 09:00", shanghai)            // local in the zone
//     parse_time("2026-10-12T09:00:30+08:00", shanghai)   // with its own offset, or Z
//     time_format("%d-%m-%Y %H:%M").parse("29-02-2016 04:57", lisbon)
//
// The hard question: a local time on the night the clocks change. One that no clock showed, and one that it showed
// twice, are errors that ask for an offset; nothing is guessed (rule T6). Fractions of a second are dropped (T16).

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sla/base/instant.hpp>
#include <sla/calendar/zone.hpp>

namespace sla {
inline namespace v0 {
namespace detail {

enum class time_problem : std::uint8_t {
  none,
  malformed,
  no_such_date,
  not_in_zone,
  twice_in_zone,
  zone_unknown
};

struct parsed_time {
  time_problem problem = time_problem::malformed;
  instant at;
  instant other;  ///< twice_in_zone: the later one
  [[nodiscard]] explicit operator bool() const noexcept { return problem == time_problem::none; }
};

/// The instant of a local time, or why there is none.
[[nodiscard]] parsed_time resolve(std::chrono::local_seconds local, const zone& in);

/// "2026-10-12 09:00", "2026-10-12 09:00:30", either with "T" for the blank, a fraction of the second, and "Z" or an
/// offset ("+08:00", "+0800") at the end. 24:00 is the end of the date.
[[nodiscard]] parsed_time parse_time(std::string_view text, const zone& in);

/// "2026-10-12".
[[nodiscard]] std::optional<std::chrono::year_month_day> parse_date(std::string_view text) noexcept;

/// "malformed-time", "no-such-time", ...
[[nodiscard]] const char* code_of(time_problem p) noexcept;

/// What is wrong, and what would be right.
[[nodiscard]] std::string describe(const parsed_time& found, std::string_view text, const zone& in);

/// A format of %Y %m %d %H %M %S (each once; seconds may be left out), %z, %% and any other characters as they are.
class time_format {
 public:
  /// Why a format cannot be used; empty where it can.
  [[nodiscard]] static std::string check(std::string_view format);
  /// A format that check() accepts.
  explicit time_format(std::string format) : format_(std::move(format)) {}

  [[nodiscard]] parsed_time parse(std::string_view text, const zone& in) const;
  [[nodiscard]] const std::string& text() const noexcept { return format_; }

 private:
  std::string format_;
};

}  // namespace detail
}  // namespace v0
}  // namespace sla
