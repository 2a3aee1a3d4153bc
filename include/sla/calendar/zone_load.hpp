// SPDX-License-Identifier: MIT
#pragma once

// Time zones by name, from the zone files of the system:
//
//     sla::zone shanghai = sla::load_zone("Asia/Shanghai");
//     shanghai.version()                                       // "2025b", as far as the files state one
//
// The hard question: where does the year 2045 come from? The transitions are read through Howard Hinnant's `date`,
// which stops at the last one listed; the rule for all time after it is read from the last line of the same file.
// So New York is right in 2045, and with "slim" zone files too (rule T7).
//
// No environment variable is read: neither TZ nor TZDIR changes an answer. A host with zone files of its own names
// their directory.

#include <string>
#include <string_view>

#include <sla/base/export.hpp>
#include <sla/calendar/tzif.hpp>
#include <sla/calendar/zone.hpp>

namespace sla {
inline namespace v0 {

/// The zone of that name ("Asia/Shanghai"), known for ever where its file states a rule. Throws sla::error that names
/// an unknown zone (and the one that may be meant), a file that cannot be read, or the missing package. Threads may
/// call it at once; it reads a file, so call it once a zone.
[[nodiscard]] SLA_EXPORT zone load_zone(std::string_view name);

/// The same from a directory of zone files (as /usr/share/zoneinfo) that the host names.
[[nodiscard]] SLA_EXPORT zone load_zone(std::string_view name, const std::string& directory);

}  // namespace v0
}  // namespace sla
