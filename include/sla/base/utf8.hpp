// SPDX-License-Identifier: MIT
#pragma once

// Just enough of UTF-8 to point at a character and to align columns that hold Chinese.
//
//     sla::display_width("P1 停机")   // 7: three narrow, two wide
//
// An invalid byte counts as one character of width one, so that no text can stop a report.

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace sla {
inline namespace v0 {
namespace detail {

struct code_point {
  char32_t value = 0;
  std::size_t bytes = 1;
  bool valid = false;
};

/// The character at the start of a non-empty text.
[[nodiscard]] constexpr code_point decode(std::string_view text) noexcept {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return {lead, 1, true};
  const std::size_t size = lead >= 0xF0 && lead <= 0xF4 ? 4 : (lead >= 0xE0 && lead < 0xF0 ? 3 : (lead >= 0xC2 && lead < 0xE0 ? 2 : 0));
  if (size == 0 || text.size() < size) return {lead, 1, false};
  char32_t value = lead & (0xFFU >> (size + 1));
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xC0U) != 0x80U) return {lead, 1, false};
    value = (value << 6) | (byte(i) & 0x3FU);
  }
  const bool shortest = size == 2 || (size == 3 ? value >= 0x800 : value >= 0x10000);
  if (!shortest || (value >= 0xD800 && value <= 0xDFFF) || value > 0x10FFFF) return {lead, 1, false};
  return {value, size, true};
}

/// Columns a terminal gives the character: 0 for combining marks, 2 for East Asian wide and full-width, else 1.
[[nodiscard]] constexpr int width(char32_t c) noexcept {
  struct range {
    char32_t first, last;
  };
  // Unicode East Asian Width W and F, and combining marks, in the blocks that names and reports use.
  constexpr range none[] = {{0x0300, 0x036F}, {0x200B, 0x200F}, {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}};
  constexpr range wide[] = {{0x1100, 0x115F},   {0x2E80, 0x303E},   {0x3041, 0x33FF},   {0x3400, 0x4DBF},
                            {0x4E00, 0x9FFF},   {0xA000, 0xA4CF},   {0xA960, 0xA97F},   {0xAC00, 0xD7A3},
                            {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},   {0xFF00, 0xFF60},   {0xFFE0, 0xFFE6},
                            {0x1F300, 0x1F64F}, {0x1F900, 0x1F9FF}, {0x20000, 0x2FFFD}, {0x30000, 0x3FFFD}};
  for (const range& r : none)
    if (c >= r.first && c <= r.last) return 0;
  for (const range& r : wide)
    if (c >= r.first && c <= r.last) return 2;
  return 1;
}

}  // namespace detail

/// How many characters (code points) a text has.
[[nodiscard]] constexpr std::size_t count_characters(std::string_view text) noexcept {
  std::size_t n = 0;
  for (; !text.empty(); ++n) text.remove_prefix(detail::decode(text).bytes);
  return n;
}

/// How many columns a terminal gives it.
[[nodiscard]] constexpr std::size_t display_width(std::string_view text) noexcept {
  std::size_t n = 0;
  while (!text.empty()) {
    const auto c = detail::decode(text);
    n += static_cast<std::size_t>(detail::width(c.value));
    text.remove_prefix(c.bytes);
  }
  return n;
}

/// Whether every byte belongs to a valid character.
[[nodiscard]] constexpr bool is_utf8(std::string_view text) noexcept {
  while (!text.empty()) {
    const auto c = detail::decode(text);
    if (!c.valid) return false;
    text.remove_prefix(c.bytes);
  }
  return true;
}

}  // namespace v0
}  // namespace sla
