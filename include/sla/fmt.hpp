// SPDX-License-Identifier: MIT
#pragma once

// Formatters for {fmt}: opt in by including this header and linking sla::fmt.
//
//     fmt::print("{} by {}\n", v.outcome, sla::worked(v.overdue));        // breached by 3bh30bmin
//     fmt::print("{:.3} of {}\n", october.availability, 99.99_pct);       // 99.985% of 99.99%
//     fmt::print("{:>14}\n", fee);                                        // "  18000.00 CNY"
//
// Texts take fmt's fill, alignment, width and precision, as strings do. A ratio takes its precision as decimals of a
// percentage, 0 to 9, floored (rule A1: a shown figure is never rounded in the vendor's favour); without one it is shown
// exactly.
//
// The hard question: in which zone is an instant shown? In none of the reader's: an instant alone prints in UTC,
// "2026-10-12T05:00:00Z". For local time, format `sla::local_text(t, policy.home())`.

#include <string>
#include <string_view>

#include <fmt/format.h>

#include <sla/base/instant.hpp>
#include <sla/base/money.hpp>
#include <sla/base/ratio.hpp>
#include <sla/base/units.hpp>
#include <sla/calendar/local_text.hpp>
#include <sla/clock/event.hpp>
#include <sla/clock/verdict.hpp>

namespace sla {
inline namespace v0 {
namespace detail {

// What has a text of its own is formatted as that text.
template <class Value>
struct text_formatter : fmt::formatter<std::string_view> {
  template <class Context>
  auto format(const Value& value, Context& context) const {
    return fmt::formatter<std::string_view>::format(text(value), context);
  }

 private:
  [[nodiscard]] static std::string text(const Value& value) {
    if constexpr (requires { to_string(value); }) {
      return to_string(value);
    } else {
      return std::string(name(value));
    }
  }
};

}  // namespace detail
}  // namespace v0
}  // namespace sla

template <>
struct fmt::formatter<sla::worked> : sla::detail::text_formatter<sla::worked> {};
template <>
struct fmt::formatter<sla::business_days> : sla::detail::text_formatter<sla::business_days> {};
template <>
struct fmt::formatter<sla::time_limit> : sla::detail::text_formatter<sla::time_limit> {};
template <>
struct fmt::formatter<sla::money> : sla::detail::text_formatter<sla::money> {};
template <>
struct fmt::formatter<sla::outcome> : sla::detail::text_formatter<sla::outcome> {};
template <>
struct fmt::formatter<sla::activity> : sla::detail::text_formatter<sla::activity> {};
template <>
struct fmt::formatter<sla::party> : sla::detail::text_formatter<sla::party> {};

template <>
struct fmt::formatter<sla::instant> : fmt::formatter<std::string_view> {
  template <class Context>
  auto format(sla::instant t, Context& context) const {
    return fmt::formatter<std::string_view>::format(sla::rfc3339(t, sla::zone::utc()), context);
  }
};

template <>
struct fmt::formatter<sla::ratio> {
  constexpr auto parse(fmt::format_parse_context& context) {
    auto at = context.begin();
    if (at == context.end() || *at != '.') return at;
    if (++at == context.end() || *at < '0' || *at > '9')
      throw fmt::format_error("a ratio is formatted as {} or {:.3}, with 0 to 9 decimals");
    decimals_ = *at++ - '0';
    if (at != context.end() && *at != '}')
      throw fmt::format_error("a ratio is formatted as {} or {:.3}, with 0 to 9 decimals");
    return at;
  }
  template <class Context>
  auto format(const sla::ratio& r, Context& context) const {
    return fmt::format_to(context.out(), "{}",
                          decimals_ < 0 ? to_string(r) : sla::percent(r, decimals_, sla::rounding::floor));
  }

 private:
  int decimals_ = -1;
};
