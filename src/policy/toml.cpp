// SPDX-License-Identifier: MIT
#include "policy/toml.hpp"

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

#include <sla/base/utf8.hpp>

// Some ill-formed files trip an assertion of the parser instead of its own error. It throws, and never assumes.
#undef NDEBUG
namespace sla {
inline namespace v0 {
namespace detail {
namespace {
struct parser_gave_up {};
[[noreturn]] void give_up() { throw parser_gave_up(); }
}  // namespace
}  // namespace detail
}  // namespace v0
}  // namespace sla
#define TOML_ASSERT(condition) (static_cast<bool>(condition) ? void() : sla::detail::give_up())
#include <toml++/toml.h>

namespace sla {
inline namespace v0 {
namespace detail {

std::string_view name(toml_kind k) noexcept {
  constexpr std::string_view names[]{"a text", "a whole number", "a number", "true or false",
                                     "a date", "a time",         "a list",   "a table"};
  return names[static_cast<std::size_t>(k)];
}

const toml_member* toml_value::find(std::string_view key) const noexcept {
  const auto at = std::ranges::find(members, key, &toml_member::key);
  return at == members.end() ? nullptr : &*at;
}

namespace {

// The parser and every walk over its tree recurse, so what is too deep is turned away before. Brackets and dotted
// keys are counted outside strings and comments; up to the first error of syntax the parser sees the same.
[[nodiscard]] std::optional<std::size_t> too_deep(std::string_view text) {
  std::size_t brackets = 0, dots = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '#') {
      i = std::min(text.find('\n', i), text.size());
      dots = 0;
    } else if (c == '"' || c == '\'') {
      const bool escapes = c == '"';
      const std::string_view triple = escapes ? "\"\"\"" : "'''";
      const bool many = text.substr(i, 3) == triple;
      const std::string_view end = many ? triple : triple.substr(0, 1);
      for (i += end.size(); i < text.size() && text.substr(i, end.size()) != end; ++i) {
        if (escapes && text[i] == '\\') ++i;
        if (!many && i < text.size() && text[i] == '\n') break;
      }
      if (many)
        for (i += 2; i + 1 < text.size() && text[i + 1] == c;)
          ++i;  // up to two quotes may stand before the end
    } else if (c == '[' || c == '{') {
      ++brackets;
      dots = 0;
    } else if (c == ']' || c == '}') {
      brackets -= brackets == 0 ? 0 : 1;
    } else if (c == '.') {
      ++dots;
    } else if (c == '\n' || c == '=' || c == ',') {
      dots = 0;
    }
    if (brackets > toml_most_depth || dots > toml_most_depth) return i;
  }
  return std::nullopt;
}

// The parser's test for blanks is undefined for some characters up to U+FEFF ('é' and '。' among them). So it is shown
// U+F00E9 for U+00E9, a private character that no policy uses, and so on: as many characters, which keep their columns.
// What comes back is turned back.
constexpr char32_t disguise = 0xF0000;

void append(std::string& out, char32_t c) {
  const auto tail = [&](int shift) { out += static_cast<char>(0x80U | ((c >> shift) & 0x3FU)); };
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0U | (c >> 6));
    tail(0);
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0U | (c >> 12));
    tail(6);
    tail(0);
  } else {
    out += static_cast<char>(0xF0U | (c >> 18));
    tail(12);
    tail(6);
    tail(0);
  }
}

[[nodiscard]] bool is_ascii(char c) noexcept { return static_cast<unsigned char>(c) < 0x80; }
[[nodiscard]] std::size_t ascii_length(std::string_view text) noexcept {
  return static_cast<std::size_t>(std::ranges::find_if_not(text, is_ascii) - text.begin());
}

// `change` maps every character outside ASCII. The text is valid UTF-8.
template <class Change>
[[nodiscard]] std::string mapped(std::string_view text, Change change) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const std::size_t plain = ascii_length(text);
    out.append(text.substr(0, plain));
    text.remove_prefix(plain);
    if (text.empty()) break;
    const code_point c = decode(text);
    append(out, change(c.value));
    text.remove_prefix(c.bytes);
  }
  return out;
}
[[nodiscard]] std::string disguised(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);  // it belongs to no line
  return mapped(text, [](char32_t c) { return c < 0x10000 ? c + disguise : c; });
}
[[nodiscard]] std::string undisguised(std::string_view text) {
  return mapped(text,
                [](char32_t c) { return c >= disguise + 0x80 && c < disguise + 0x10000 ? c - disguise : c; });
}

class converter {
 public:
  explicit converter(const source_text& source) : source_(source) {}

  [[nodiscard]] byte_span span(const toml::source_region& r) const {
    const std::size_t begin = offset(r.begin), end = offset(r.end);
    return {begin, end > begin ? end - begin : 0};
  }

  [[nodiscard]] toml_value value(const toml::node& node) const {
    toml_value out;
    out.where = span(node.source());
    if (const auto* s = node.as_string()) {
      out.kind = toml_kind::text;
      out.text = undisguised(s->get());
      place_text(out);
    } else if (const auto* n = node.as_integer()) {
      out.kind = toml_kind::integer;
      out.integer = n->get();
    } else if (node.is_floating_point()) {
      out.kind = toml_kind::floating;
    } else if (const auto* b = node.as_boolean()) {
      out.kind = toml_kind::boolean;
      out.boolean = b->get();
    } else if (const auto* d = node.as_date()) {
      out.kind = toml_kind::date;
      out.date = {std::chrono::year(d->get().year), std::chrono::month(d->get().month),
                  std::chrono::day(d->get().day)};
    } else if (const auto* list = node.as_array()) {
      out.kind = toml_kind::list;
      out.items.reserve(list->size());
      for (const toml::node& item : *list) out.items.push_back(value(item));
    } else if (const auto* table = node.as_table()) {
      out.kind = toml_kind::table;
      out.members = members(*table);
    } else {
      out.kind = toml_kind::time;
    }
    return out;
  }

 private:
  // Where a line's characters stand: of one outside ASCII every so many are noted, for a line may be the whole file.
  struct line {
    std::size_t begin = 0, end = 0;
    std::vector<std::size_t> marks = {};
  };
  static constexpr std::size_t marked = 256;

  // The parser counts lines and characters from 1; a place it does not know is 0.
  [[nodiscard]] std::size_t offset(const toml::source_position& p) const {
    if (p.line == 0) return 0;
    while (lines_.size() < p.line) lines_.push_back(line_of(lines_.size() + 1));
    const line& l = lines_[p.line - 1];
    std::size_t left = p.column == 0 ? 0 : p.column - 1;
    if (l.marks.empty()) return l.begin + std::min(left, l.end - l.begin);
    const std::size_t mark = std::min(left / marked, l.marks.size() - 1);
    std::size_t at = l.marks[mark];
    for (left -= mark * marked; left != 0 && at < l.end; --left)
      at += decode(std::string_view(source_.text()).substr(at)).bytes;
    return std::min(at, l.end);
  }
  [[nodiscard]] line line_of(std::size_t number) const {
    const std::size_t begin = source_.offset_at({number, 1});
    if (begin == source_.text().size()) return {begin, begin};  // the last one, or there is no such line
    const std::string_view text = source_.line_at(begin);
    line out{begin, begin + text.size()};
    if (ascii_length(text) == text.size()) return out;
    std::size_t n = 0;
    for (std::string_view rest = text; !rest.empty(); ++n) {
      if (n % marked == 0) out.marks.push_back(begin + (text.size() - rest.size()));
      rest.remove_prefix(decode(rest).bytes);
    }
    return out;
  }

  [[nodiscard]] std::vector<toml_member> members(const toml::table& table) const {
    std::vector<toml_member> out;
    out.reserve(table.size());
    for (const auto& [key, node] : table) {
      toml_value v = value(node);
      byte_span where = span(key.source());
      if (where.length == 0) where = v.where;
      out.push_back({undisguised(key.str()), where, std::move(v)});
    }
    std::ranges::sort(
        out, {}, [](const toml_member& m) { return std::pair(m.where.offset, std::string_view(m.key)); });
    return out;
  }

  // The same characters between quotes stand where they are read; a text with escapes is one place.
  void place_text(toml_value& v) const {
    const std::string_view raw = std::string_view(source_.text()).substr(v.where.offset, v.where.length);
    const std::size_t quotes =
        raw.size() == v.text.size() + 2 ? 1 : (raw.size() == v.text.size() + 6 ? 3 : 0);
    if (quotes != 0 && raw.substr(quotes, v.text.size()) == v.text) {
      v.inside = {v.where.offset + quotes, v.text.size()};
    } else {
      v.inside = {v.where.offset, 0};
    }
  }

  const source_text& source_;
  mutable std::vector<line> lines_;  // by number, as far as one was asked for
};

// To where a text stands among several.
void shift_places(toml_value& v, std::size_t by) {
  v.where.offset += by;
  v.inside.offset += by;
  for (toml_value& item : v.items) shift_places(item, by);
  for (toml_member& m : v.members) {
    m.where.offset += by;
    shift_places(m.value, by);
  }
}

// How many characters the parser gave up after: the shortest beginning that makes it do so is one longer.
[[nodiscard]] std::size_t gave_up_after(std::string_view text) {
  std::size_t good = 0, bad = text.size();
  while (good + 1 < bad) {
    const std::size_t middle = good + (bad - good) / 2;
    bool gave_up = false;
    try {
      (void)toml::parse(text.substr(0, middle));
    } catch (const toml::parse_error&) {  // as every cut text
    } catch (const parser_gave_up&) {
      gave_up = true;
    }
    (gave_up ? bad : good) = middle;
  }
  return count_characters(text.substr(0, good));
}

// The byte before which so many characters stand.
[[nodiscard]] std::size_t offset_after(std::string_view text, std::size_t characters) {
  std::string_view rest = text;
  if (rest.starts_with("\xEF\xBB\xBF")) rest.remove_prefix(3);
  for (; characters != 0 && !rest.empty(); --characters) rest.remove_prefix(decode(rest).bytes);
  return text.size() - rest.size();
}

// In the house's words: "Error while parsing value: saw ..." becomes "value: saw ...".
[[nodiscard]] std::string said(std::string_view description) {
  constexpr std::string_view prefix = "Error while parsing ";
  if (description.starts_with(prefix)) description.remove_prefix(prefix.size());
  return undisguised(description);
}

}  // namespace

bool parse_toml(problem_list& problems, toml_value& root, std::size_t number) {
  const source_text& source = problems.source(number);
  const std::string_view text = source.text();
  const std::size_t begin = problems.begin_of(number);
  if (text.size() > toml_most_bytes) {
    problems.error(
        {begin, 0}, "file-too-large",
        "at most " + std::to_string(toml_most_bytes) + " bytes, found " + std::to_string(text.size()));
    return false;
  }
  if (const auto at = too_deep(text)) {
    problems.error({begin + *at, 1}, "too-deep",
                   "nested deeper than " + std::to_string(toml_most_depth) + " levels");
    return false;
  }
  const std::string shown_to_parser = disguised(text);
  try {
    const toml::table table = toml::parse(std::string_view(shown_to_parser));
    root = converter(source).value(table);
    if (begin != 0) shift_places(root, begin);
    return true;
  } catch (const toml::parse_error& e) {
    const byte_span where = converter(source).span(e.source());
    problems.error({begin + where.offset, std::max<std::size_t>(where.length, 1)}, "syntax",
                   said(e.description()));
  } catch (const parser_gave_up&) {
    problems.error({begin + offset_after(text, gave_up_after(shown_to_parser)), 1}, "syntax",
                   "unexpected character");
  }
  return false;
}

}  // namespace detail
}  // namespace v0
}  // namespace sla
