// SPDX-License-Identifier: MIT
#pragma once

// TOML as it is written: texts and keys with their quotes, lists, and tables of members, inline or a line each.

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sla {
inline namespace v0 {
namespace detail {

/// "a \"text\"", with its quotes.
[[nodiscard]] inline std::string toml_text(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else if (byte < 0x20 || byte == 0x7F) {
      out += "\\u00";
      out += digits[byte >> 4U];
      out += digits[byte & 0xFU];
    } else {
      out += c;
    }
  }
  return out + '"';
}

/// A key, quoted where it has to be.
[[nodiscard]] inline std::string toml_key(std::string_view name) {
  bool bare = !name.empty();
  for (const char c : name)
    bare = bare && ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
                    c == '-');
  return bare ? std::string(name) : toml_text(name);
}

/// "[a, b]" of values that are written already.
[[nodiscard]] inline std::string toml_list(const std::vector<std::string>& values) {
  std::string out = "[";
  for (const std::string& v : values) out += (out.size() == 1 ? "" : ", ") + v;
  return out + ']';
}
/// The same, a line each.
[[nodiscard]] inline std::string toml_lines(const std::vector<std::string>& values) {
  std::string out = "[\n";
  for (const std::string& v : values) out += "  " + v + ",\n";
  return out + ']';
}
template <class Texts>
[[nodiscard]] std::string toml_texts(const Texts& texts) {
  std::vector<std::string> values;
  for (const auto& t : texts) values.push_back(toml_text(t));
  return toml_list(values);
}

/// The members of a table, in order.
class toml_members {
 public:
  void add(std::string_view key, std::string value) {
    all_.push_back(toml_key(key) + " = " + std::move(value));
  }
  /// Nothing of an empty text.
  void text(std::string_view key, std::string_view value) {
    if (!value.empty()) add(key, toml_text(value));
  }
  void flag(std::string_view key, bool value) {
    if (value) add(key, "true");
  }
  /// "key = value" that is written already.
  void member(std::string written) { all_.push_back(std::move(written)); }

  [[nodiscard]] bool empty() const noexcept { return all_.empty(); }
  [[nodiscard]] std::size_t size() const noexcept { return all_.size(); }
  /// "{ a = 1, b = 2 }".
  [[nodiscard]] std::string inline_table() const {
    std::string out = "{";
    for (const std::string& m : all_) out += (out.size() == 1 ? " " : ", ") + m;
    return out + (all_.empty() ? "}" : " }");
  }
  /// A line each, behind a header such as "[[target]]".
  [[nodiscard]] std::string block(std::string_view header) const {
    std::string out = '\n' + std::string(header) + '\n';
    for (const std::string& m : all_) out += m + '\n';
    return out;
  }
  [[nodiscard]] std::string lines() const {
    std::string out;
    for (const std::string& m : all_) out += m + '\n';
    return out;
  }

 private:
  std::vector<std::string> all_;
};

}  // namespace detail
}  // namespace v0
}  // namespace sla
