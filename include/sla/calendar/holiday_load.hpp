// SPDX-License-Identifier: MIT
#pragma once

// Holiday sets from files, so that a new year's notice needs no release of anything:
//
//     auto next = sla::load_holidays("2027.json");                        // every problem with its place
//     auto cn = extend(sla::china_holidays(), next.value());              // known through 2027-12-31
//
// Three shapes are read; a set of them may be loaded one after the other and joined by `extend` and `combine`.
//
//     {"year": 2027, "days": [{"name": "元旦", "date": "2027-01-01", "isOffDay": true}]}          holiday-cn
//     {"known_through": "2027-12-31", "years": {"2027": [{"date": "2027-01-01", "name": "元旦",
//                                                         "off": true, "kind": "statutory"}]}}    with kinds
//     # known_through: 2027-12-31                                                                 CSV
//     date,name,kind
//     2027-01-01,元旦,statutory
//
// A kind is statutory, bridging, weekend or make-up; it may be left out, and then `off` (isOffDay) says whether the
// day is off or worked. A make-up day may name the weekday whose hours it has: works_as, Monday unless stated.
//
// The hard question: through when does a file know? holiday-cn's speaks of its year. The other shapes have to say:
// a set that guessed would call the first unannounced holiday a workday. CSV states it, and optionally known_from,
// name and version, in comment lines above the header.
//
// Limits: 4 MiB, 100,000 days, JSON nested 16 deep.

#include <string>
#include <string_view>

#include <sla/base/diagnostic.hpp>
#include <sla/base/export.hpp>
#include <sla/calendar/holidays.hpp>

namespace sla {
inline namespace v0 {

/// Reads a .json or .csv file. The set is named as the file says, else after the file.
[[nodiscard]] SLA_EXPORT loaded<holiday_set> load_holidays(const std::string& path);

/// Either JSON shape. `source` names the text in messages, and the set where the text does not.
[[nodiscard]] SLA_EXPORT loaded<holiday_set> parse_holidays_json(std::string source, std::string_view text);

/// CSV with a header line, columns in any order: date, name, kind, off, works_as.
[[nodiscard]] SLA_EXPORT loaded<holiday_set> parse_holidays_csv(std::string source, std::string_view text);

}  // namespace v0
}  // namespace sla
