// error: (call to consteval function|is not a constant expression)
// SPDX-License-Identifier: MIT
#include <sla/calendar/hours.hpp>

#include <string_view>

// Text that is known only at run time is read by parse_hours, which reports what is wrong with it.
#if SLA_FAIL
sla::weekly_hours hours(std::string_view text) { return sla::weekly_hours_text(text); }
#else
sla::weekly_hours hours(std::string_view text) {
  sla::diagnostics found;
  return sla::parse_hours(text, found).value_or(sla::weekly_hours());
}
#endif
