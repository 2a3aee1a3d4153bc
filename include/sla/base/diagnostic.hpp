// SPDX-License-Identifier: MIT
#pragma once

// What is wrong with a file, all of it at once. A diagnostic is a code and a span of bytes in a source; line,
// column and caret are computed only when it is printed.
//
//     shanghai.toml:14:12: unknown severity 'P9', expected one of P1, P2, P3 [unknown-severity]
//        14 | severity = "P9"
//           |            ^~~~
//
// Wording: lower case, no full stop, what was expected and what was found. A column counts characters, not
// bytes, and the caret is placed by display width, so that a line with Chinese text is marked where a reader
// sees it.
//
// The hard question: what may a broken file do to the message about it? It may hold bytes that are no UTF-8,
// steer the terminal or be one line of a megabyte. What is printed is `printable`, and of a long line the
// marked part.
//
// `loaded<T>` is what a loader returns: the diagnostics always, and the value where there were no errors.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sla/base/error.hpp>
#include <sla/base/export.hpp>
#include <sla/base/utf8.hpp>

namespace sla {
inline namespace v0 {

/// How grave a diagnostic is. An error withholds the value; a warning does not.
enum class gravity : std::uint8_t { error, warning };

/// `length` bytes from `offset`.
struct byte_span {
  std::size_t offset = 0;
  std::size_t length = 0;
};

/// A line and a column, both from 1; the column counts characters.
struct text_place {
  std::size_t line = 1;
  std::size_t column = 1;
  friend constexpr bool operator==(const text_place&, const text_place&) noexcept = default;
};

/// A named text that diagnostics point into. Lines end in \n or \r\n; a byte order mark belongs to no line.
class source_text {
 public:
  source_text(std::string name, std::string text) : name_(std::move(name)), text_(std::move(text)) {
    lines_.push_back(text_.starts_with("\xEF\xBB\xBF") ? 3 : 0);
    for (std::size_t i = 0; i < text_.size(); ++i)
      if (text_[i] == '\n') lines_.push_back(i + 1);
  }

  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  [[nodiscard]] const std::string& text() const noexcept { return text_; }

  /// Where a byte stands. log(lines) + the line's length. An offset past the end is the end.
  [[nodiscard]] text_place place(std::size_t offset) const noexcept {
    offset = inside(offset);
    const std::size_t line = line_of(offset);
    const std::string_view before = std::string_view(text_).substr(lines_[line], offset - lines_[line]);
    return {line + 1, count_characters(before) + 1};
  }
  /// The byte at a line and a column (both from 1) that counts bytes: what some parsers report. A column past
  /// the line's end is its end, a line that is not there the text's end.
  [[nodiscard]] std::size_t offset_of(std::size_t line, std::size_t byte_column) const noexcept {
    if (line == 0 || line > lines_.size()) return text_.size();
    const std::size_t begin = lines_[line - 1];
    return begin + std::min(line_at(begin).size(), byte_column == 0 ? 0 : byte_column - 1);
  }
  /// The same where the column counts characters, as other parsers do: offset_at(place(i)) == i for the first
  /// byte of a character.
  [[nodiscard]] std::size_t offset_at(text_place where) const noexcept {
    if (where.line == 0 || where.line > lines_.size()) return text_.size();
    const std::size_t begin = lines_[where.line - 1];
    const std::string_view line = line_at(begin);
    std::string_view rest = line;
    for (std::size_t i = 1; i < where.column && !rest.empty(); ++i)
      rest.remove_prefix(detail::decode(rest).bytes);
    return begin + line.size() - rest.size();
  }
  /// The line holding a byte, without its end.
  [[nodiscard]] std::string_view line_at(std::size_t offset) const noexcept {
    const std::string_view rest = std::string_view(text_).substr(line_begin(offset));
    const std::string_view line = rest.substr(0, rest.find('\n'));
    return line.ends_with('\r') ? line.substr(0, line.size() - 1) : line;
  }
  [[nodiscard]] std::size_t line_begin(std::size_t offset) const noexcept {
    return lines_[line_of(inside(offset))];
  }

 private:
  [[nodiscard]] std::size_t inside(std::size_t offset) const noexcept {
    return std::clamp(offset, lines_.front(), text_.size());
  }
  [[nodiscard]] std::size_t line_of(std::size_t offset) const noexcept {
    const std::size_t* first = lines_.data();
    return static_cast<std::size_t>(std::upper_bound(first, first + lines_.size(), offset) - first) - 1;
  }
  std::string name_;
  std::string text_;
  std::vector<std::size_t> lines_;  // where each begins
};

/// One problem. `code` is stable and greppable: "unknown-severity".
struct diagnostic {
  gravity level = gravity::error;
  std::string code;
  std::size_t source = 0;  ///< index into diagnostics::sources()
  byte_span where;
  std::string message;
};

/// Sources and what is wrong in them, in the order found; printed by source and place.
class diagnostics {
 public:
  /// Adds a text and returns its index.
  std::size_t add_source(std::string name, std::string text) {
    sources_.push_back(source_text(std::move(name), std::move(text)));
    return sources_.size() - 1;
  }
  void add(diagnostic d) { items_.push_back(std::move(d)); }
  void error(std::size_t source, byte_span where, std::string code, std::string message) {
    add({gravity::error, std::move(code), source, where, std::move(message)});
  }
  void warning(std::size_t source, byte_span where, std::string code, std::string message) {
    add({gravity::warning, std::move(code), source, where, std::move(message)});
  }
  /// Takes over all sources and problems of another list.
  void append(const diagnostics& other) {
    append(other, [](const diagnostic&) { return true; });
  }
  /// The same of those problems that `wanted` is true of.
  template <class Wanted>
  void append(const diagnostics& other, const Wanted& wanted) {
    const std::size_t base = sources_.size();
    for (source_text s : other.sources_) sources_.push_back(std::move(s));
    for (diagnostic d : other.items_) {
      if (!wanted(d)) continue;
      d.source += base;
      items_.push_back(std::move(d));
    }
  }

  [[nodiscard]] const std::vector<source_text>& sources() const noexcept { return sources_; }
  [[nodiscard]] const std::vector<diagnostic>& items() const noexcept { return items_; }
  [[nodiscard]] bool empty() const noexcept { return items_.empty(); }
  [[nodiscard]] std::size_t errors() const noexcept {
    std::size_t n = 0;
    for (const diagnostic& d : items_) n += d.level == gravity::error ? 1 : 0;
    return n;
  }
  [[nodiscard]] bool has_errors() const noexcept { return errors() != 0; }

  /// "file:line:column: message [code]" ("warning: " before a warning's message), the line and a caret.
  [[nodiscard]] std::string print(const diagnostic& d) const {
    const std::string said =
        (d.level == gravity::warning ? "warning: " : "") + printable(d.message) + " [" + d.code + "]\n";
    if (d.source >= sources_.size()) return said;
    const source_text& s = sources_[d.source];
    const text_place at = s.place(d.where.offset);
    std::string out =
        printable(s.name()) + ':' + std::to_string(at.line) + ':' + std::to_string(at.column) + ": " + said;
    if (s.text().empty()) return out;
    const std::string_view line = s.line_at(d.where.offset);
    const std::size_t begin = s.line_begin(d.where.offset);
    const std::size_t from = std::min(std::max(d.where.offset, begin) - begin, line.size());
    const std::string before = tail(line.substr(0, from), shown_before);
    const std::string after = head(line.substr(from), shown_after);
    const std::size_t width = display_width(head(line.substr(from, d.where.length), shown_after));
    std::string number = std::to_string(at.line);
    number.insert(0, number.size() < 5 ? 5 - number.size() : 0, ' ');
    out += number + " | " + before + after + '\n';
    out += std::string(number.size(), ' ') + " | " + std::string(display_width(before), ' ') + '^';
    return out + std::string(width > 1 ? width - 1 : 0, '~') + '\n';
  }

  /// Every problem, by source and place; equal places keep the order found.
  [[nodiscard]] std::string print() const {
    std::vector<const diagnostic*> order;
    for (const diagnostic& d : items_) order.push_back(&d);
    std::sort(order.data(), order.data() + order.size(), [](const diagnostic* a, const diagnostic* b) {
      if (a->source != b->source) return a->source < b->source;
      return a->where.offset != b->where.offset ? a->where.offset < b->where.offset : a < b;
    });
    std::string out;
    for (const diagnostic* d : order) out += print(*d);
    return out;
  }

 private:
  static constexpr std::size_t shown_before = 60, shown_after = 100;  // characters, about the caret

  // The first or last characters of a part of a line, with dots for what is left out.
  [[nodiscard]] static std::string head(std::string_view text, std::size_t most) {
    std::string_view rest = text;
    for (std::size_t i = 0; i < most && !rest.empty(); ++i) rest.remove_prefix(detail::decode(rest).bytes);
    return printable(text.substr(0, text.size() - rest.size())) + (rest.empty() ? "" : "...");
  }
  [[nodiscard]] static std::string tail(std::string_view text, std::size_t most) {
    const std::size_t all = count_characters(text);
    if (all <= most) return printable(text);
    for (std::size_t i = most; i < all; ++i) text.remove_prefix(detail::decode(text).bytes);
    return "..." + printable(text);
  }

  std::vector<source_text> sources_;
  std::vector<diagnostic> items_;
};

/// Thrown by loaded<T>::value() where there is none; carries every problem.
class SLA_VISIBLE load_error : public error {
 public:
  explicit load_error(sla::diagnostics all) : error(all.print()), all_(std::move(all)) {}
  [[nodiscard]] const sla::diagnostics& diagnostics() const noexcept { return all_; }

 private:
  sla::diagnostics all_;
};

/// A value and what was found wrong on the way to it.
template <class T>
class [[nodiscard]] loaded {
 public:
  loaded(T value, sla::diagnostics found) : found_(std::move(found)) {
    if (!found_.has_errors()) value_.emplace(std::move(value));
  }
  explicit loaded(sla::diagnostics found) : found_(std::move(found)) {
    if (!found_.has_errors()) detail::fail("a load without a value needs an error that says why");
  }

  [[nodiscard]] bool has_value() const noexcept { return value_.has_value(); }
  [[nodiscard]] explicit operator bool() const noexcept { return has_value(); }
  [[nodiscard]] const sla::diagnostics& diagnostics() const noexcept { return found_; }

  /// The value. Throws load_error with every problem where there were errors.
  [[nodiscard]] const T& value() const& {
    if (!value_) throw load_error(found_);
    return *value_;
  }
  [[nodiscard]] T value() && {
    if (!value_) throw load_error(found_);
    return std::move(*value_);
  }

 private:
  std::optional<T> value_;
  sla::diagnostics found_;
};

/// The known name nearest to a misspelt one, where it is near enough to be meant: one byte of every three
/// inserted, removed or replaced, and one more, or fewer than `most`. Else empty. Of equally near ones the first.
[[nodiscard]] inline std::string_view nearest(std::string_view word,
                                              const std::vector<std::string_view>& known,
                                              std::size_t most = std::numeric_limits<std::size_t>::max()) {
  std::string_view best;
  std::size_t best_distance = std::min(word.size() / 3 + 2, most);
  std::vector<std::size_t> row;
  for (const std::string_view candidate : known) {
    // So many letters are missing at least: a long text is not worth the table below.
    if (std::max(word.size(), candidate.size()) - std::min(word.size(), candidate.size()) >= best_distance)
      continue;
    row.resize(candidate.size() + 1);
    for (std::size_t j = 0; j < row.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= word.size(); ++i) {
      std::size_t diagonal = row[0];
      row[0] = i;
      for (std::size_t j = 1; j < row.size(); ++j) {
        const std::size_t above = row[j];
        row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (word[i - 1] == candidate[j - 1] ? 0 : 1)});
        diagonal = above;
      }
    }
    if (row.back() < best_distance) {
      best_distance = row.back();
      best = candidate;
    }
  }
  return best;
}

}  // namespace v0
}  // namespace sla
