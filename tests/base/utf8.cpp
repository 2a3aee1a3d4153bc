// SPDX-License-Identifier: MIT
#include <sla/base/utf8.hpp>

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace utf8_test {
namespace {

using sla::count_characters;
using sla::display_width;
using sla::is_utf8;
using sla::printable;

TEST(utf8, the_example_of_the_header) {
  EXPECT_EQ(display_width("P1 停机"), 7U);
  EXPECT_EQ(printable("a\tb\xFF"), "a b\xEF\xBF\xBD");
}

TEST(utf8, characters_and_columns) {
  struct row {
    std::string_view text;
    std::size_t characters, columns;
  };
  const row rows[] = {{"", 0, 0},
                      {"abc", 3, 3},
                      {"é", 1, 1},
                      {"e\xCC\x81", 2, 1},  // e and a combining accent
                      {"一级故障", 4, 8},
                      {"（）：，。", 5, 10},  // full-width punctuation
                      {"ＡＢ", 2, 4},         // full-width letters
                      {"ｱ", 1, 1},            // a half-width kana
                      {"カタ", 2, 4},
                      {"한국", 2, 4},
                      {"\xF0\xA0\x80\x80", 1, 2},  // U+20000
                      {"\xF0\x9F\x9A\x80", 1, 2},  // U+1F680
                      {"\xE2\x9C\x85", 1, 2},      // U+2705
                      {"\xE2\x9A\xA0", 1, 1},      // U+26A0
                      {"\xEF\xB8\x90", 1, 2},      // U+FE10
                      {"\xE3\x80\xBF", 1, 1},      // U+303F, the one narrow character of its block
                      {"\xE2\x80\x8B", 1, 0},      // U+200B
                      {"\xEF\xBB\xBF", 1, 0},      // a byte order mark
                      {"99.99 %", 7, 7}};
  for (const row& r : rows) {
    EXPECT_EQ(count_characters(r.text), r.characters) << r.text;
    EXPECT_EQ(display_width(r.text), r.columns) << r.text;
    EXPECT_TRUE(is_utf8(r.text)) << r.text;
  }
}

TEST(utf8, an_invalid_byte_is_one_character_of_width_one) {
  struct row {
    std::string_view text;
    std::size_t characters;
  };
  const row rows[] = {{"\x80", 1},
                      {"\xFF\xFE", 2},
                      {"\xC0\xAF", 2},  // '/' in two bytes
                      {"\xC1\xBF", 2},
                      {"\xE0\x80\xAF", 3},      // '/' in three
                      {"\xF0\x80\x80\xAF", 4},  // and in four
                      {"\xED\xA0\x80", 3},      // a surrogate
                      {"\xF4\x90\x80\x80", 4},  // past U+10FFFF
                      {"\xF5\x80\x80\x80", 4},
                      {"\xE5\x81", 2},  // cut short
                      {"\xE5", 1},
                      {"\xE5(\x9C", 3},  // interrupted
                      {"a\xC3", 2},
                      {"\xE5\x81\x9C\x9C", 2}};  // a whole one and a stray byte
  for (const row& r : rows) {
    EXPECT_EQ(count_characters(r.text), r.characters);
    EXPECT_FALSE(is_utf8(r.text));
    EXPECT_TRUE(is_utf8(printable(r.text)));
    EXPECT_EQ(count_characters(printable(r.text)), r.characters);
  }
  EXPECT_EQ(display_width("\xFF\xFE"), 2U);
  EXPECT_EQ(display_width("\xE5\x81"), 2U);
}

TEST(utf8, a_view_is_not_read_past_its_end) {
  const std::string_view cut = std::string_view("停机").substr(0, 5);
  EXPECT_EQ(count_characters(cut), 3U) << "a whole character and two bytes of one";
  EXPECT_FALSE(is_utf8(cut));
}

TEST(utf8, the_edges_of_every_length_are_valid) {
  for (const std::string_view text :
       {"\x7F", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xEE\x80\x80", "\xEF\xBF\xBF",
        "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"}) {
    EXPECT_TRUE(is_utf8(text));
    EXPECT_EQ(count_characters(text), 1U);
  }
}

TEST(utf8, decoding_gives_the_code_point) {
  EXPECT_EQ(sla::detail::decode("停").value, U'停');
  EXPECT_EQ(sla::detail::decode("é").value, U'é');
  EXPECT_EQ(sla::detail::decode("\xF0\xA0\x80\x80").value, U'\U00020000');
  EXPECT_EQ(sla::detail::decode("\xF4\x8F\xBF\xBF").value, U'\U0010FFFF');
}

TEST(utf8, the_width_table_is_sorted_and_its_edges_hold) {
  char32_t last = 0;
  for (const auto& r : sla::detail::double_width) {
    EXPECT_GT(r.first, last);
    EXPECT_LE(r.first, r.last);
    EXPECT_EQ(sla::detail::width(r.first), 2);
    EXPECT_EQ(sla::detail::width(r.last), 2);
    EXPECT_NE(sla::detail::width(r.first - 1), 2);
    EXPECT_NE(sla::detail::width(r.last + 1), 2);
    last = r.last;
  }
  last = 0;
  for (const auto& r : sla::detail::zero_width) {
    EXPECT_GT(r.first, last);
    EXPECT_EQ(sla::detail::width(r.first), 0);
    EXPECT_EQ(sla::detail::width(r.last), 0);
    last = r.last;
  }
}

TEST(utf8, nothing_printable_steers_a_terminal) {
  EXPECT_EQ(printable("\x1B[31mred\x1B[0m"), " [31mred [0m");
  EXPECT_EQ(printable(std::string_view("a\0b", 3)), "a b");
  EXPECT_EQ(printable("a\r\nb\x7F"), "a  b ");
  EXPECT_EQ(printable("\xC2\x9B"
                      "31m"),
            " 31m")
      << "the one-character form of ESC [";
  EXPECT_EQ(printable("\xC2\xA0"), "\xC2\xA0");
  EXPECT_EQ(printable("停机 é"), "停机 é");
}

}  // namespace
}  // namespace utf8_test
