// SPDX-License-Identifier: MIT
#pragma once

// Zones that the compiler reads: a name, and an offset from UTC or a rule.
//
//     constexpr sla::zone shanghai = "Asia/Shanghai +08:00"_zone;
//     constexpr sla::zone berlin = "Europe/Berlin CET-1CEST,M3.5.0,M10.5.0/3"_zone;
//     static_assert(berlin.offset_at(noon_in_july) == 2h);
//     "Asia/Shanghai +8"_zone                     // does not compile: offset_expected_such_as_plus_08_00
//
// Offsets are east of Greenwich, as people write them; a rule is a POSIX one and counts westward, as zone files do.
//
// The hard question: is a literal zone the real one? It is what its author knows of it: Asia/Shanghai has had one
// offset since 1991, Berlin's rule has held since 1996. For years in which that is so the two answer alike; their
// versions ("fixed", "posix CET-1CEST,...") say which one an answer rests on (rule C19).

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string_view>

#include <sla/calendar/posix_zone.hpp>
#include <sla/calendar/zone.hpp>

namespace sla {
inline namespace v0 {
namespace detail {

/// A string literal as a template's argument.
template <std::size_t N>
struct literal_text {
  char letters[N]{};
  consteval literal_text(const char (&text)[N]) { std::copy_n(text, N, letters); }
  [[nodiscard]] constexpr std::string_view view() const noexcept { return {letters, N - 1}; }
};

// Not constexpr: calling one of them stops the compiler, and its name is the message.
inline void name_and_offset_expected_such_as_asia_shanghai_plus_08_00() {}
inline void offset_expected_such_as_plus_08_00() {}
inline void offset_expected_from_minus_24_59_to_plus_25_59() {}

[[nodiscard]] constexpr bool is_offset(std::string_view text) noexcept {
  return !text.empty() && (text[0] == '+' || text[0] == '-' || (text[0] >= '0' && text[0] <= '9'));
}
/// "+08:00", "-03:30".
[[nodiscard]] constexpr std::chrono::seconds read_offset(std::string_view text) {
  bool good = text.size() == 6 && (text[0] == '+' || text[0] == '-') && text[3] == ':';
  for (const std::size_t i : {1U, 2U, 4U, 5U}) good = good && text[i] >= '0' && text[i] <= '9';
  if (!good) {
    offset_expected_such_as_plus_08_00();
    return {};
  }
  const auto two = [&](std::size_t i) { return (text[i] - '0') * 10 + text[i + 1] - '0'; };
  const std::chrono::seconds s = std::chrono::hours(two(1)) + std::chrono::minutes(two(4));
  if (two(4) > 59 || s >= std::chrono::hours(text[0] == '-' ? 25 : 26))
    offset_expected_from_minus_24_59_to_plus_25_59();
  return text[0] == '-' ? -s : s;
}

template <literal_text Text>
struct zone_of_literal {
  static constexpr std::string_view name = Text.view().substr(0, Text.view().find(' '));
  static constexpr std::string_view rule = Text.view().substr(std::min(Text.view().size(), name.size() + 1));
  // "posix " and the rule, as zone::posix has it.
  static constexpr auto posix_version = [] {
    constexpr std::string_view prefix = "posix ";
    std::array<char, prefix.size() + rule.size()> out{};
    std::copy(rule.begin(), rule.end(), std::copy(prefix.begin(), prefix.end(), out.begin()));
    return out;
  }();
  [[nodiscard]] static constexpr zone_data read() {
    if (name.empty() || rule.empty()) name_and_offset_expected_such_as_asia_shanghai_plus_08_00();
    if (is_offset(rule)) {
      const std::chrono::seconds offset = read_offset(rule);
      return {name, "fixed", offset, posix_zone(offset)};
    }
    return {name, {posix_version.data(), posix_version.size()}, std::chrono::seconds(0), posix_zone(rule)};
  }
  static constexpr zone_data data = read();
};

}  // namespace detail

inline namespace literals {

/// "Asia/Shanghai +08:00"_zone, "Europe/Berlin CET-1CEST,M3.5.0,M10.5.0/3"_zone.
template <detail::literal_text Text>
[[nodiscard]] consteval zone operator""_zone() {
  return zone(&detail::zone_of_literal<Text>::data);
}

}  // namespace literals
}  // namespace v0
}  // namespace sla
