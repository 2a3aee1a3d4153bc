// SPDX-License-Identifier: MIT
#include <sla/base/diagnostic.hpp>

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace diagnostic_test {
namespace {

using sla::byte_span;
using sla::diagnostics;
using sla::loaded;
using sla::nearest;
using sla::source_text;
using sla::text_place;

// What one error about `text` prints.
std::string shown(std::string text, byte_span where, std::string message = "wrong") {
  diagnostics d;
  d.error(d.add_source("f", std::move(text)), where, "code", std::move(message));
  return d.print();
}

std::string_view lines_from(std::string_view text, int skip) {
  for (; skip > 0; --skip) text.remove_prefix(text.find('\n') + 1);
  return text;
}

TEST(diagnostic, the_example_of_the_header) {
  const std::string text = std::string(13, '\n') + "severity = \"P9\"\n";
  diagnostics d;
  const std::size_t file = d.add_source("shanghai.toml", text);
  d.error(file, {text.find("\"P9"), 4}, "unknown-severity",
          "unknown severity 'P9', expected one of P1, P2, P3");
  EXPECT_EQ(d.print(),
            "shanghai.toml:14:12: unknown severity 'P9', expected one of P1, P2, P3 [unknown-severity]\n"
            "   14 | severity = \"P9\"\n"
            "      |            ^~~~\n");
}

TEST(diagnostic, a_warning_says_so_and_is_no_error) {
  diagnostics d;
  d.warning(d.add_source("f", "a = 1\n"), {4, 1}, "odd", "an odd value");
  EXPECT_EQ(d.print(),
            "f:1:5: warning: an odd value [odd]\n"
            "    1 | a = 1\n"
            "      |     ^\n");
  EXPECT_FALSE(d.has_errors());
  EXPECT_FALSE(d.empty());
}

TEST(diagnostic, the_caret_stands_under_what_a_reader_sees) {
  struct row {
    const char* why;
    std::string text;
    byte_span where;
    const char* want;
  };
  const row rows[] = {
      {"Chinese before it",
       "名称 = \"停机\" x",
       {18, 1},
       "f:1:11: wrong [code]\n    1 | 名称 = \"停机\" x\n      |               ^\n"},
      {"Chinese under it",
       "k = \"停机\"",
       {4, 8},
       "f:1:5: wrong [code]\n    1 | k = \"停机\"\n      |     ^~~~~~\n"},
      {"a combining mark",
       "e\xCC\x81 = 1",
       {6, 1},
       "f:1:6: wrong [code]\n    1 | e\xCC\x81 = 1\n      |     ^\n"},
      {"a tab", "\tx = 1", {1, 1}, "f:1:2: wrong [code]\n    1 |  x = 1\n      |  ^\n"},
      {"CRLF", "a = 1\r\nb = 2\r\n", {11, 1}, "f:2:5: wrong [code]\n    2 | b = 2\n      |     ^\n"},
      {"the CRLF itself", "a = 1\r\nb", {5, 2}, "f:1:6: wrong [code]\n    1 | a = 1\n      |      ^\n"},
      {"a lone CR", "a\rb = 1\nc", {6, 1}, "f:1:7: wrong [code]\n    1 | a b = 1\n      |       ^\n"},
      {"a byte order mark",
       "\xEF\xBB\xBF"
       "a = 1",
       {7, 1},
       "f:1:5: wrong [code]\n    1 | a = 1\n      |     ^\n"},
      {"on the byte order mark",
       "\xEF\xBB\xBF"
       "a = 1",
       {0, 1},
       "f:1:1: wrong [code]\n    1 | a = 1\n      | ^\n"},
      {"an invalid byte before it",
       "\xFF\xFE=1",
       {3, 1},
       "f:1:4: wrong [code]\n    1 | \xEF\xBF\xBD\xEF\xBF\xBD=1\n      |    ^\n"},
      {"a span over two lines", "a = [\n1]\n", {4, 4}, "f:1:5: wrong [code]\n    1 | a = [\n      |     ^\n"},
      {"an empty span", "ab", {1, 0}, "f:1:2: wrong [code]\n    1 | ab\n      |  ^\n"},
      {"an empty line", "a\n\nb", {2, 1}, "f:2:1: wrong [code]\n    2 | \n      | ^\n"},
      {"the end of the file", "a = 1", {5, 1}, "f:1:6: wrong [code]\n    1 | a = 1\n      |      ^\n"},
      {"the end after a line's end", "a = 1\n", {6, 0}, "f:2:1: wrong [code]\n    2 | \n      | ^\n"},
      {"past the end", "a = 1", {99, 9}, "f:1:6: wrong [code]\n    1 | a = 1\n      |      ^\n"},
      {"an empty file", "", {0, 0}, "f:1:1: wrong [code]\n"},
      {"an empty file, past its end", "", {7, 3}, "f:1:1: wrong [code]\n"},
      {"a line number of six digits",
       std::string(123'455, '\n') + "a",
       {123'455, 1},
       "f:123456:1: wrong [code]\n123456 | a\n       | ^\n"},
  };
  for (const row& r : rows) EXPECT_EQ(shown(r.text, r.where), r.want) << r.why;
}

TEST(diagnostic, of_a_long_line_the_marked_part_is_shown) {
  const std::string line = std::string(1'000'000, 'a') + "WRONG" + std::string(1'000'000, 'b');
  EXPECT_EQ(lines_from(shown(line, {1'000'000, 5}), 1), "    1 | ..." + std::string(60, 'a') + "WRONG" +
                                                            std::string(95, 'b') + "...\n      | " +
                                                            std::string(63, ' ') + "^~~~~\n");
  // Cut between characters, and placed by their width.
  std::string chinese;
  for (int i = 0; i < 100; ++i) chinese += "停";
  EXPECT_EQ(lines_from(shown(chinese + "x", {300, 1}), 1),
            "    1 | ..." + chinese.substr(0, 180) + "x\n      | " + std::string(123, ' ') + "^\n");
}

TEST(diagnostic, a_message_is_one_harmless_line) {
  EXPECT_EQ(shown("", {}, "unknown severity '\x1B[31m\nP9\xFF'"),
            "f:1:1: unknown severity ' [31m P9\xEF\xBF\xBD' [code]\n");
}

TEST(diagnostic, several_sources_print_by_source_and_place) {
  diagnostics d;
  const std::size_t a = d.add_source("a", "one\ntwo\n"), b = d.add_source("b", "three\n");
  d.error(b, {0, 1}, "b1", "in b");
  d.error(a, {4, 1}, "a2", "later in a");
  d.error(a, {0, 1}, "a1", "first found at one place");
  d.error(a, {0, 1}, "a0", "second found there");
  d.error(9, {0, 1}, "lost", "of no source");
  EXPECT_EQ(d.print(),
            "a:1:1: first found at one place [a1]\n    1 | one\n      | ^\n"
            "a:1:1: second found there [a0]\n    1 | one\n      | ^\n"
            "a:2:1: later in a [a2]\n    2 | two\n      | ^\n"
            "b:1:1: in b [b1]\n    1 | three\n      | ^\n"
            "of no source [lost]\n");
  ASSERT_EQ(d.items().size(), 5U);
  EXPECT_EQ(d.items()[0].code, "b1") << "the list itself keeps the order found";
}

TEST(diagnostic, many_problems_at_one_place_keep_the_order_found) {
  diagnostics d;
  d.add_source("f", "");
  std::string want;
  for (int i = 0; i < 1'000; ++i) {
    d.error(0, {}, "code", std::to_string(i));
    want += "f:1:1: " + std::to_string(i) + " [code]\n";
  }
  EXPECT_EQ(d.print(), want);
}

TEST(diagnostic, append_takes_sources_and_problems_over) {
  diagnostics all, more;
  all.error(all.add_source("a", "x"), {0, 1}, "one", "in a");
  more.error(more.add_source("b", "y"), {0, 1}, "two", "in b");
  more.warning(more.add_source("c", "z"), {0, 1}, "three", "in c");
  all.append(more);
  EXPECT_EQ(all.sources().size(), 3U);
  EXPECT_EQ(all.items()[1].source, 1U);
  EXPECT_EQ(all.items()[2].source, 2U);
  EXPECT_EQ(all.errors(), 2U);
  EXPECT_EQ(more.items()[0].source, 0U);
  EXPECT_EQ(lines_from(all.print(), 3).substr(0, 5), "b:1:1");
}

TEST(source_text, places_and_offsets_are_inverse) {
  const std::string text = "\xEF\xBB\xBFname = \"停机\"\r\n\n\xFF\xE5 = é\nlast";
  const source_text s("f", text);
  for (std::size_t i = 3; i <= text.size(); ++i) {
    const bool continues = i < text.size() && (static_cast<unsigned char>(text[i]) & 0xC0U) == 0x80U;
    const bool ends_line = i > 0 && text[i - 1] == '\r';
    if (!continues && !ends_line) {
      EXPECT_EQ(s.offset_at(s.place(i)), i) << i;
    }
  }
}

TEST(source_text, place_counts_characters) {
  const source_text s("f", "停机 x\nab\n");
  EXPECT_EQ(s.place(0), (text_place{1, 1}));
  EXPECT_EQ(s.place(3), (text_place{1, 2}));
  EXPECT_EQ(s.place(7), (text_place{1, 4}));
  EXPECT_EQ(s.place(8), (text_place{1, 5})) << "the line's end belongs to the line";
  EXPECT_EQ(s.place(9), (text_place{2, 1}));
  EXPECT_EQ(s.place(12), (text_place{3, 1}));
  EXPECT_EQ(s.place(1'000), (text_place{3, 1}));
  EXPECT_EQ(s.line_at(3), "停机 x");
  EXPECT_EQ(s.line_begin(10), 9U);
  EXPECT_EQ(source_text("f", "").place(0), (text_place{1, 1}));
}

TEST(source_text, offset_of_counts_bytes_and_stays_in_its_line) {
  const source_text s("f", "停 x\r\nab\n");
  EXPECT_EQ(s.offset_of(1, 1), 0U);
  EXPECT_EQ(s.offset_of(1, 5), 4U);
  EXPECT_EQ(s.offset_of(1, 6), 5U) << "the line's end";
  EXPECT_EQ(s.offset_of(1, 99), 5U) << "not the next line";
  EXPECT_EQ(s.offset_of(2, 2), 8U);
  EXPECT_EQ(s.offset_of(2, 0), 7U);
  EXPECT_EQ(s.offset_of(3, 1), 10U);
  EXPECT_EQ(s.offset_of(4, 1), 10U) << "no such line";
  EXPECT_EQ(s.offset_of(0, 1), 10U);
  EXPECT_EQ(source_text("f",
                        "\xEF\xBB\xBF"
                        "a")
                .offset_of(1, 1),
            3U);
}

TEST(source_text, offset_at_counts_characters_and_stays_in_its_line) {
  const source_text s("f", "停 x\r\nab\n");
  EXPECT_EQ(s.offset_at({1, 3}), 4U);
  EXPECT_EQ(s.offset_at({1, 99}), 5U);
  EXPECT_EQ(s.offset_at({2, 0}), 7U);
  EXPECT_EQ(s.offset_at({9, 1}), 10U);
  EXPECT_EQ(s.offset_at({0, 1}), 10U);
}

diagnostics with_warning() {
  diagnostics d;
  d.warning(d.add_source("f", "x"), {0, 1}, "w", "odd");
  return d;
}
diagnostics with_errors() {
  diagnostics d = with_warning();
  d.error(0, {0, 1}, "e", "wrong");
  d.error(0, {0, 1}, "e", "wrong too");
  return d;
}

TEST(loaded, a_value_comes_with_its_warnings) {
  const loaded<int> five(5, with_warning());
  EXPECT_TRUE(five);
  EXPECT_TRUE(five.has_value());
  EXPECT_EQ(five.value(), 5);
  EXPECT_EQ(five.diagnostics().items().size(), 1U);
}

TEST(loaded, an_error_withholds_the_value_and_the_throw_carries_all) {
  const loaded<int> five(5, with_errors());
  EXPECT_FALSE(five);
  try {
    (void)five.value();
    FAIL() << "a value in spite of errors";
  } catch (const sla::load_error& e) {
    EXPECT_EQ(e.diagnostics().items().size(), 3U);
    EXPECT_EQ(e.diagnostics().errors(), 2U);
    EXPECT_EQ(std::string(e.what()), five.diagnostics().print());
  }
  EXPECT_THROW((void)five.value(), sla::error) << "one base for all of the library";
  EXPECT_THROW((void)loaded<int>(with_errors()).value(), sla::load_error);
}

TEST(loaded, without_a_value_there_must_be_an_error) {
  EXPECT_FALSE(loaded<int>(with_errors()));
  EXPECT_THROW((void)loaded<int>(with_warning()), sla::error);
  EXPECT_THROW((void)loaded<int>(diagnostics()), sla::error);
}

struct only_moves {
  explicit only_moves(int n) : number(n) {}
  only_moves(only_moves&&) = default;
  int number;
};

TEST(loaded, a_value_that_only_moves_can_be_taken) {
  loaded<only_moves> box(only_moves(7), {});
  EXPECT_EQ(box.value().number, 7);
  const only_moves taken = std::move(box).value();
  EXPECT_EQ(taken.number, 7);
}

TEST(nearest, the_name_that_was_meant) {
  const std::vector<std::string_view> keys{"severity", "response", "resolution", "onsite", "clause"};
  EXPECT_EQ(nearest("severty", keys), "severity");
  EXPECT_EQ(nearest("sevreity", keys), "severity") << "two swapped letters";
  EXPECT_EQ(nearest("respons", keys), "response");
  EXPECT_EQ(nearest("resoluton", keys), "resolution");
  EXPECT_EQ(nearest("clauses", keys), "clause");
  EXPECT_EQ(nearest("onsite", keys), "onsite");
  EXPECT_EQ(nearest("P9", {"P1", "P2", "P3"}), "P1") << "of equally near ones the first";
  EXPECT_EQ(nearest("二级", {"一级", "重大"}), "一级");
}

TEST(nearest, nothing_where_nothing_is_near) {
  EXPECT_EQ(nearest("banana", {"severity", "response"}), "");
  EXPECT_EQ(nearest("ab", {"cd"}), "");
  EXPECT_EQ(nearest("severity", {}), "");
  EXPECT_EQ(nearest("", {"severity"}), "");
  EXPECT_EQ(nearest(std::string(1'000'000, 'x'), {"severity"}), "") << "and at once";
  // One byte of three and one more: of 6 bytes 3 may differ, not 4.
  EXPECT_EQ(nearest("abcxyz", {"abcdef"}), "abcdef");
  EXPECT_EQ(nearest("abwxyz", {"abcdef"}), "");
}

}  // namespace
}  // namespace diagnostic_test
