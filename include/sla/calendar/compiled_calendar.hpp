// SPDX-License-Identifier: MIT
#pragma once

// What a calendar becomes when its zone, its weekly hours and its dated exceptions have been worked out:
// plain open intervals in UTC, and the dates they belong to. `business_time` indexes this and nothing else,
// so that no question asked later can meet a zone rule, a holiday file or a loop over days.
//
//     sla::compiled_calendar once;                        // one opening, and nothing before or after it
//     once.cover = {monday, friday};
//     once.open = {{tuesday + 1h, tuesday + 3h}};
//     sla::business_time(once).worked(monday, friday);    // 2 h
//
// The hard question: what lies outside? Inside `cover` everything is decided. Outside of it a calendar whose
// hours go on (`endless`, on either side) has answers that nobody has computed: unknown. One whose last opening lies
// inside has no more working time: never (rule T10). Being past `known_through` is a third thing: an answer exists,
// but the holidays of that year were not announced when the data were made, so it is provisional (rule T9); so is one
// before `known_from`, where the data begin.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include <sla/base/instant.hpp>
#include <sla/base/interval_set.hpp>

namespace sla {
inline namespace v0 {

/// A local date on which an interval of positive length opens (rule T13).
struct business_date {
  std::chrono::sys_days date;  ///< the local date, written as if in UTC
  instant first_open;          ///< in a business_time, none after that of a later date
  instant last_close;          ///< of the intervals that open on the date: a night shift ends on the next one
  friend constexpr bool operator==(const business_date&, const business_date&) noexcept = default;
};

/// The offset of local time from UTC, from an instant on.
struct zone_offset {
  instant from;
  std::chrono::seconds offset{0};
  friend constexpr bool operator==(const zone_offset&, const zone_offset&) noexcept = default;
};

/// A dated exception or holiday as it acted on one local date, for explanations.
struct dated_note {
  std::chrono::sys_days date;
  std::string text;  ///< "国庆节: statutory day off (CN 2026)"
  friend bool operator==(const dated_note&, const dated_note&) noexcept = default;
};

/// The name and version of what an answer rests on (rule C19): "Asia/Shanghai", "2025b".
struct named_version {
  std::string name;
  std::string version;
  friend bool operator==(const named_version&, const named_version&) noexcept = default;
};

/// Whether open time goes on before a cover and after it: a contract that began has no hours before.
struct open_ends {
  bool before = false;
  bool after = false;
  constexpr open_ends() noexcept = default;
  constexpr open_ends(bool both) noexcept : before(both), after(both) {}
  constexpr open_ends(bool is_before, bool is_after) noexcept : before(is_before), after(is_after) {}
  friend constexpr bool operator==(const open_ends&, const open_ends&) noexcept = default;
};

struct compiled_calendar {
  /// Open time inside cover: sorted, disjoint, maximal.
  std::vector<interval> open;
  /// In order of date, from some days before the cover to the date on which it ends: a night shift may lie across an
  /// edge, and whoever asks in it asks about its date. Empty where the calendar never opens, or where several zones met.
  std::vector<business_date> days;
  /// Where everything is decided: [begin, end).
  interval cover;
  /// The first instant that the holiday data speak of, and the last.
  instant known_from = instant::earliest();
  instant known_through = instant::latest();
  /// Whether open time goes on outside cover: true is on both sides.
  open_ends endless;
  /// Local time from a day before cover to a day after it, the first entry from cover.begin - 1 day or
  /// earlier. Empty where there is no one zone.
  std::vector<zone_offset> offsets;
  /// In order of date.
  std::vector<dated_note> notes;
  std::vector<named_version> zones;
  std::vector<named_version> holidays;
};

}  // namespace v0
}  // namespace sla
