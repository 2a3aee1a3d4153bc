// SPDX-License-Identifier: MIT
#pragma once

// Just enough of UTF-8 to point at a character and to align columns that hold Chinese.
//
//     sla::display_width("P1 停机")        // 7: three narrow, two wide
//     sla::printable("a\tb\xFF")           // "a b" and U+FFFD, the replacement character
//
// The hard question: what of text that is not UTF-8, or that would steer the terminal? It comes from files
// and tickets, so no text may stop a report: an invalid byte is one character of width one, and `printable`
// puts a blank for each control character and a replacement character for each invalid byte.

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
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
  const std::size_t size = lead >= 0xF0 && lead <= 0xF4
                               ? 4
                               : (lead >= 0xE0 && lead < 0xF0 ? 3 : (lead >= 0xC2 && lead < 0xE0 ? 2 : 0));
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

struct code_range {
  char32_t first, last;
};

// Combining marks and invisible characters, in the blocks that names and reports use.
inline constexpr std::array<code_range, 9> zero_width{{{0x0300, 0x036F},
                                                       {0x1160, 0x11FF},
                                                       {0x1AB0, 0x1AFF},
                                                       {0x1DC0, 0x1DFF},
                                                       {0x200B, 0x200F},
                                                       {0x20D0, 0x20FF},
                                                       {0xFE00, 0xFE0F},
                                                       {0xFE20, 0xFE2F},
                                                       {0xFEFF, 0xFEFF}}};

// East Asian Width W and F of Unicode 14, over unassigned gaps.
inline constexpr std::array<code_range, 81> double_width{
    {{0x1100, 0x115F},   {0x231A, 0x231B},   {0x2329, 0x232A},   {0x23E9, 0x23EC},   {0x23F0, 0x23F0},
     {0x23F3, 0x23F3},   {0x25FD, 0x25FE},   {0x2614, 0x2615},   {0x2648, 0x2653},   {0x267F, 0x267F},
     {0x2693, 0x2693},   {0x26A1, 0x26A1},   {0x26AA, 0x26AB},   {0x26BD, 0x26BE},   {0x26C4, 0x26C5},
     {0x26CE, 0x26CE},   {0x26D4, 0x26D4},   {0x26EA, 0x26EA},   {0x26F2, 0x26F3},   {0x26F5, 0x26F5},
     {0x26FA, 0x26FA},   {0x26FD, 0x26FD},   {0x2705, 0x2705},   {0x270A, 0x270B},   {0x2728, 0x2728},
     {0x274C, 0x274C},   {0x274E, 0x274E},   {0x2753, 0x2755},   {0x2757, 0x2757},   {0x2795, 0x2797},
     {0x27B0, 0x27B0},   {0x27BF, 0x27BF},   {0x2B1B, 0x2B1C},   {0x2B50, 0x2B50},   {0x2B55, 0x2B55},
     {0x2E80, 0x303E},   {0x3041, 0x3247},   {0x3250, 0x4DBF},   {0x4E00, 0xA4C6},   {0xA960, 0xA97C},
     {0xAC00, 0xD7A3},   {0xF900, 0xFAD9},   {0xFE10, 0xFE19},   {0xFE30, 0xFE6B},   {0xFF01, 0xFF60},
     {0xFFE0, 0xFFE6},   {0x16FE0, 0x1B2FB}, {0x1F004, 0x1F004}, {0x1F0CF, 0x1F0CF}, {0x1F18E, 0x1F18E},
     {0x1F191, 0x1F19A}, {0x1F200, 0x1F320}, {0x1F32D, 0x1F335}, {0x1F337, 0x1F37C}, {0x1F37E, 0x1F393},
     {0x1F3A0, 0x1F3CA}, {0x1F3CF, 0x1F3D3}, {0x1F3E0, 0x1F3F0}, {0x1F3F4, 0x1F3F4}, {0x1F3F8, 0x1F43E},
     {0x1F440, 0x1F440}, {0x1F442, 0x1F4FC}, {0x1F4FF, 0x1F53D}, {0x1F54B, 0x1F54E}, {0x1F550, 0x1F567},
     {0x1F57A, 0x1F57A}, {0x1F595, 0x1F596}, {0x1F5A4, 0x1F5A4}, {0x1F5FB, 0x1F64F}, {0x1F680, 0x1F6C5},
     {0x1F6CC, 0x1F6CC}, {0x1F6D0, 0x1F6D2}, {0x1F6D5, 0x1F6DF}, {0x1F6EB, 0x1F6EC}, {0x1F6F4, 0x1F6FC},
     {0x1F7E0, 0x1F7F0}, {0x1F90C, 0x1F93A}, {0x1F93C, 0x1F945}, {0x1F947, 0x1F9FF}, {0x1FA70, 0x1FAF6},
     {0x20000, 0x3FFFD}}};

[[nodiscard]] constexpr bool in_ranges(const code_range* first, std::size_t count, char32_t c) noexcept {
  const code_range* last = first + count;
  const code_range* at =
      std::lower_bound(first, last, c, [](const code_range& r, char32_t v) { return r.last < v; });
  return at != last && at->first <= c;
}

/// Columns a terminal gives the character: 0 for combining marks, 2 for East Asian wide and full-width,
/// else 1.
[[nodiscard]] constexpr int width(char32_t c) noexcept {
  if (c < 0x0300) return 1;
  if (in_ranges(zero_width.data(), zero_width.size(), c)) return 0;
  return in_ranges(double_width.data(), double_width.size(), c) ? 2 : 1;
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

/// The text as one harmless line of valid UTF-8: a blank for each control character (C0, DEL, C1), U+FFFD for
/// each invalid byte. Characters stay as many.
[[nodiscard]] constexpr std::string printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const auto c = detail::decode(text);
    if (!c.valid) {
      out += "\xEF\xBF\xBD";
    } else if (c.value < 0x20 || (c.value >= 0x7F && c.value < 0xA0)) {
      out += ' ';
    } else {
      out += text.substr(0, c.bytes);
    }
    text.remove_prefix(c.bytes);
  }
  return out;
}

}  // namespace v0
}  // namespace sla
