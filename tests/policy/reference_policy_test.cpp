// SPDX-License-Identifier: MIT
// examples/policies/reference.toml shows every key that the loader knows. The loader itself is asked: an unknown key is
// put into every table of the file, and each message lists the keys that would have been known there.

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sla/policy/policy_load.hpp>
#include <sla/policy/ready_clocks.hpp>

namespace reference_policy_test {
namespace {

using namespace sla;

const std::string folder = std::string(SLA_EXAMPLES_DIR) + "/policies";

std::string reference() {
  std::ifstream in(folder + "/reference.toml", std::ios::binary);
  EXPECT_TRUE(in);
  return {std::istreambuf_iterator<char>(in), {}};
}

constexpr std::string_view intruder = "no_such_key";

// The file with the intruder in every table, the kind of table by the place of each intruder, and the keys that tables
// of each kind have.
struct intruded {
  std::string text;
  std::map<std::size_t, std::string> kind_at;  // by offset of the intruder
  std::map<std::string, std::set<std::string>> keys;
};

// Tables of one kind are read by one reader, wherever they stand.
std::string kind_of_inline(const std::string& key) {
  if (find_ready_clock(key)) return "clock of a row";
  if (key == "of") return "base";
  for (const std::string_view list : {"greatest_of", "least_of", "sum_of", "last_of"})
    if (key == list) return "credit";
  return key;
}

class intruding {
 public:
  explicit intruding(std::string_view from) : from_(from) {
    open("", "\n");
    while (at_ < from_.size()) line();
  }
  [[nodiscard]] intruded take() { return std::move(out_); }

 private:
  void open(const std::string& kind, std::string_view after) {
    out_.kind_at[out_.text.size()] = kind;
    out_.text += std::string(intruder) + " = 1" + std::string(after);
  }
  // [calendar.workdays.exception] is a table of kind "calendar.exception": the second name is the author's.
  void header(std::string_view text) {
    std::vector<std::string> parts(1);
    bool quoted = false;
    for (const char c : text) {
      if (c == '"') quoted = !quoted;
      if (c == '[' || c == ']') continue;
      if (c == '.' && !quoted) {
        parts.emplace_back();
      } else {
        parts.back() += c;
      }
    }
    out_.keys[""].insert(parts[0]);
    header_ = parts[0];
    if (parts.size() == 3) {
      out_.keys[header_].insert(parts[2]);
      header_ += '.' + parts[2];
    }
  }
  void line() {
    const std::size_t end = std::min(from_.find('\n', at_), from_.size());
    const std::string_view text = from_.substr(at_, end - at_);
    at_ = end + 1;
    if (lists_.empty() && text.starts_with('[')) {
      const std::string_view name = text.substr(0, text.find_last_of(']') + 1);
      header(name.substr(0, name.find(" #")));
      out_.text += std::string(text) + '\n';
      if (header_ != "label") open(header_, "\n");
      return;
    }
    value(text);
    out_.text += '\n';
  }
  // Keys, and inline tables, which may go on over lines.
  void value(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
      const char c = text[i];
      if (c == '#') return void(out_.text += text.substr(i));
      if (c == '"') {
        const std::size_t close = text.find('"', i + 1);
        out_.text += text.substr(i, close - i + 1);
        i = close;
        continue;
      }
      if (std::isalpha(static_cast<unsigned char>(c)) != 0) {
        std::size_t stop = i;
        while (stop < text.size() &&
               (std::isalnum(static_cast<unsigned char>(text[stop])) != 0 || text[stop] == '_'))
          ++stop;
        const std::string word(text.substr(i, stop - i));
        if (text.substr(stop).starts_with(" =")) {
          key(word);
        } else if (text.substr(stop).starts_with('.') && i == 0) {
          dotted(word);
        }
        out_.text += word;
        i = stop - 1;
        continue;
      }
      out_.text += c;
      if (c == '[') lists_.push_back(of_list());
      if (c == ']') lists_.pop_back();
      if (c == '{') {
        inside_.push_back(kind_of_inline(of_list()));
        lists_.emplace_back();
        out_.text += ' ';
        open(inside_.back(), text.substr(i + 1).starts_with(" }") ? "" : ",");
      }
      if (c == '}') {
        inside_.pop_back();
        lists_.pop_back();
      }
    }
  }
  // Whose value begins here: the list's that it stands in, else the last key's.
  [[nodiscard]] const std::string& of_list() const noexcept {
    return lists_.empty() || lists_.back().empty() ? last_key_ : lists_.back();
  }
  void key(const std::string& word) {
    last_key_ = word;
    out_.keys[inside_.empty() ? (dotted_.empty() ? header_ : dotted_) : inside_.back()].insert(word);
    dotted_.clear();
  }
  // onsite.within = "3h": one more table, whose first key it is.
  void dotted(const std::string& word) {
    out_.keys[header_].insert(word);
    dotted_ = kind_of_inline(word);
    if (!begun_.insert(word).second) return;
    out_.text += word + '.';
    open(dotted_, "\n");
  }

  std::string_view from_;
  std::size_t at_ = 0;
  std::string header_, last_key_, dotted_;
  std::vector<std::string> inside_;  // kinds of the inline tables that are open
  std::vector<std::string> lists_;   // keys of the lists that are open; empty for an inline table
  std::set<std::string> begun_;
  intruded out_;
};

std::set<std::string> expected_in(const std::string& message) {
  constexpr std::string_view before = "expected one of ";
  std::set<std::string> out;
  std::size_t at = message.find(before);
  if (at == std::string::npos) return out;
  at += before.size();
  const std::size_t end = std::min(message.find("; did you mean", at), message.size());
  while (at < end) {
    const std::size_t comma = std::min(message.find(", ", at), end);
    out.insert(message.substr(at, comma - at));
    at = comma + 2;
  }
  return out;
}

TEST(reference_policy, loads) {
  const auto file = load_policy(folder + "/reference.toml");
  EXPECT_EQ(file.diagnostics().print(), "");
  ASSERT_TRUE(file.has_value());
  EXPECT_EQ(file.value().clock_count(), detail::ready_clocks.size() + 1) << "every ready clock, and its own";
}

TEST(reference_policy, shows_every_key_that_the_loader_knows) {
  const intruded file = intruding(reference()).take();
  const auto loaded = parse_policy("reference.toml", file.text, folder);
  std::size_t told = 0;
  for (const diagnostic& d : loaded.diagnostics().items()) {
    if (d.code != "unknown-key") continue;
    const auto at = file.kind_at.find(d.where.offset);
    if (at == file.kind_at.end()) continue;  // the key of a dotted table stands a little further
    const auto has = file.keys.find(at->second);
    ASSERT_NE(has, file.keys.end()) << at->second;
    for (const std::string& key : expected_in(d.message))
      EXPECT_TRUE(has->second.contains(key)) << "the loader knows '" << key << "' in a table of kind '"
                                             << at->second << "', and reference.toml does not show it";
    ++told;
  }
  EXPECT_EQ(told, file.kind_at.size()) << "tables that the loader did not look through\n"
                                       << loaded.diagnostics().print();
}

// What the test above rests on, on a file that lacks a key.
TEST(reference_policy, a_key_that_is_not_shown_is_found) {
  std::string text = reference();
  const std::size_t at = text.find("precedence = 0\n");
  ASSERT_NE(at, std::string::npos);
  const intruded whole = intruding(text).take();
  EXPECT_TRUE(whole.keys.at("calendar.yearly").contains("precedence"));
  text.erase(at, std::string_view("precedence = 0\n").size());
  const intruded file = intruding(text).take();
  EXPECT_FALSE(file.keys.at("calendar.yearly").contains("precedence"));
  bool missed = false;
  const auto loaded = parse_policy("reference.toml", file.text, folder);
  for (const diagnostic& d : loaded.diagnostics().items())
    if (const auto place = file.kind_at.find(d.where.offset);
        d.code == "unknown-key" && place != file.kind_at.end() && place->second == "calendar.yearly")
      missed = missed || expected_in(d.message).contains("precedence");
  EXPECT_TRUE(missed);
}

}  // namespace
}  // namespace reference_policy_test
