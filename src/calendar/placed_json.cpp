// SPDX-License-Identifier: MIT
#include "calendar/placed_json.hpp"

#include <algorithm>
#include <iterator>
#include <limits>
#include <utility>

#include <nlohmann/json.hpp>

namespace sla {
inline namespace v0 {
namespace detail {
namespace {

// An iterator that leaves behind how far the reader has come.
class counted_chars {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  counted_chars(const char* at, std::size_t* count) noexcept : at_(at), count_(count) {}
  reference operator*() const noexcept { return *at_; }
  counted_chars& operator++() noexcept {
    ++at_;
    ++*count_;
    return *this;
  }
  counted_chars operator++(int) noexcept {
    const counted_chars before = *this;
    ++*this;
    return before;
  }
  bool operator==(const counted_chars& o) const noexcept { return at_ == o.at_; }

 private:
  const char* at_;
  std::size_t* count_;
};

class builder {
 public:
  builder(std::string_view text, const std::size_t& read, std::size_t max_depth, diagnostics& found,
          std::size_t source)
      : text_(text), read_(read), max_depth_(max_depth), found_(found), source_(source) {}

  bool null() { return add({}); }
  bool boolean(bool v) {
    placed_json j;
    j.is = placed_json::kind::boolean;
    j.truth = v;
    return add(std::move(j));
  }
  bool number_integer(std::int64_t v) {
    placed_json j;
    j.is = placed_json::kind::integer;
    j.integer = v;
    return add(std::move(j));
  }
  bool number_unsigned(std::uint64_t v) {
    if (v > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) return number_float(0, {});
    return number_integer(static_cast<std::int64_t>(v));
  }
  // A number with a fraction, or too large: no field has one, so its value is not kept.
  bool number_float(nlohmann::json::number_float_t, const std::string&) {
    placed_json j;
    j.is = placed_json::kind::fraction;
    return add(std::move(j));
  }
  bool string(std::string& v) {
    placed_json j;
    j.is = placed_json::kind::string;
    j.text = std::move(v);
    return add(std::move(j));
  }
  bool binary(nlohmann::json::binary_t&) { return false; }  // JSON text has none

  bool start_object(std::size_t) { return open(placed_json::kind::object); }
  bool start_array(std::size_t) { return open(placed_json::kind::array); }
  bool end_object() { return close(); }
  bool end_array() { return close(); }
  bool key(std::string& name) {
    const byte_span where = token();
    for (const placed_json::member& m : stack_.back().members)
      if (m.name == name)
        found_.error(source_, where, "duplicate-name", "'" + name + "' is given twice in one object");
    keys_.emplace_back(std::move(name), where);
    return true;
  }

  bool parse_error(std::size_t position, const std::string&, const nlohmann::json::exception& e) {
    // "[json.exception.parse_error.101] parse error at line 1, column 2: syntax error while ...": the end tells.
    std::string what = e.what();
    if (const std::size_t at = what.find("syntax error"); at != std::string::npos) {
      what.erase(0, at);
    } else if (const std::size_t bracket = what.find("] "); bracket != std::string::npos) {
      what.erase(0, bracket + 2);
    }
    for (char& c : what)
      if (static_cast<unsigned char>(c) < 0x20) c = ' ';
    const std::size_t offset = std::min(position == 0 ? 0 : position - 1, text_.size());
    found_.error(source_, {offset, 1}, "json-syntax", what);
    return false;
  }

  [[nodiscard]] placed_json take() { return std::move(root_); }

 private:
  // The bytes of the token just read. Numbers are read one character too far; separators lie before the token.
  byte_span token() {
    std::size_t begin = last_end_;
    while (begin < text_.size() && std::string_view(" \t\r\n,:").find(text_[begin]) != std::string_view::npos)
      ++begin;
    std::size_t end = std::clamp(read_, begin, text_.size());
    const bool number =
        begin < text_.size() && (text_[begin] == '-' || (text_[begin] >= '0' && text_[begin] <= '9'));
    if (number) end = std::min(text_.find_first_not_of("+-.eE0123456789", begin), text_.size());
    last_end_ = end;
    return {begin, end - begin};
  }
  bool add(placed_json j) {
    j.where = token();
    place(std::move(j));
    return true;
  }
  void place(placed_json j) {
    if (stack_.empty()) {
      root_ = std::move(j);
    } else if (stack_.back().is == placed_json::kind::array) {
      stack_.back().items.push_back(std::move(j));
    } else {
      stack_.back().members.push_back({std::move(keys_.back().first), keys_.back().second, std::move(j)});
      keys_.pop_back();
    }
  }
  bool open(placed_json::kind k) {
    placed_json j;
    j.is = k;
    j.where = token();
    if (stack_.size() == max_depth_) {
      found_.error(source_, j.where, "too-deep",
                   "nested deeper than " + std::to_string(max_depth_) + " levels");
      return false;
    }
    stack_.push_back(std::move(j));
    return true;
  }
  bool close() {
    (void)token();
    placed_json j = std::move(stack_.back());
    stack_.pop_back();
    place(std::move(j));
    return true;
  }

  std::string_view text_;
  const std::size_t& read_;
  std::size_t max_depth_;
  diagnostics& found_;
  std::size_t source_;
  std::size_t last_end_ = 0;
  std::vector<placed_json> stack_;
  std::vector<std::pair<std::string, byte_span>> keys_;
  placed_json root_;
};

}  // namespace

std::string_view describe(placed_json::kind k) noexcept {
  switch (k) {
    case placed_json::kind::null: return "null";
    case placed_json::kind::boolean: return "true or false";
    case placed_json::kind::integer: return "a number";
    case placed_json::kind::fraction: return "a number that is not a small whole one";
    case placed_json::kind::string: return "a string";
    case placed_json::kind::array: return "an array";
    case placed_json::kind::object: return "an object";
  }
  return {};
}

std::optional<placed_json> read_json(std::string_view text, std::size_t max_depth, diagnostics& found,
                                     std::size_t source) {
  const std::size_t before = found.errors();
  std::size_t read = 0;
  builder b(text, read, max_depth, found, source);
  const bool good = nlohmann::json::sax_parse(counted_chars(text.data(), &read),
                                              counted_chars(text.data() + text.size(), &read), &b);
  if (!good && found.errors() == before) found.error(source, {0, 0}, "json-syntax", "not JSON");
  if (!good) return std::nullopt;
  return b.take();
}

}  // namespace detail
}  // namespace v0
}  // namespace sla
