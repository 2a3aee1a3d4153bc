// SPDX-License-Identifier: MIT
#pragma once

// Whether a text is JSON (RFC 8259), told by a parser that keeps nothing: an oracle of its own for what is printed.

#include <string>
#include <string_view>

class json_syntax {
 public:
  explicit json_syntax(std::string_view text) : text_(text) {}
  [[nodiscard]] std::string check() {
    if (!value() || (blank(), at_ != text_.size())) return "no JSON at byte " + std::to_string(at_);
    return "";
  }

 private:
  void blank() {
    while (at_ < text_.size() && std::string_view(" \n\r\t").find(text_[at_]) != std::string_view::npos)
      ++at_;
  }
  bool eat(char c) {
    if (at_ == text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  bool word(std::string_view w) {
    if (!text_.substr(at_).starts_with(w)) return false;
    at_ += w.size();
    return true;
  }
  bool digits() {
    const std::size_t from = at_;
    while (at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9') ++at_;
    return at_ != from;
  }
  // Whole numbers are all that is printed: no point, no exponent.
  bool number() {
    eat('-');
    const std::size_t from = at_;
    return digits() && (text_[from] != '0' || at_ == from + 1);
  }
  bool string() {
    if (!eat('"')) return false;
    while (at_ < text_.size()) {
      const auto c = static_cast<unsigned char>(text_[at_++]);
      if (c == '"') return true;
      if (c < 0x20) return false;
      if (c != '\\') continue;
      if (at_ == text_.size()) return false;
      const char e = text_[at_++];
      if (e == 'u') {
        for (int i = 0; i < 4; ++i, ++at_)
          if (at_ >= text_.size() ||
              std::string_view("0123456789abcdefABCDEF").find(text_[at_]) == std::string_view::npos)
            return false;
      } else if (std::string_view("\"\\/bfnrt").find(e) == std::string_view::npos) {
        return false;
      }
    }
    return false;
  }
  template <class Member>
  bool list(char close, const Member& member) {
    ++at_;
    blank();
    if (eat(close)) return true;
    do {
      if (!member()) return false;
      blank();
    } while (eat(','));
    return eat(close);
  }
  bool value() {
    blank();
    if (at_ == text_.size()) return false;
    switch (text_[at_]) {
      case '{': return list('}', [this] { return blank(), string() && (blank(), eat(':')) && value(); });
      case '[': return list(']', [this] { return value(); });
      case '"': return string();
      case 't': return word("true");
      case 'f': return word("false");
      case 'n': return word("null");
      default: return number();
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

/// Empty where the text is JSON.
[[nodiscard]] inline std::string json_error(std::string_view text) { return json_syntax(text).check(); }
