// SPDX-License-Identifier: MIT
#include "base/csv.hpp"

#include <algorithm>
#include <utility>

namespace sla {
inline namespace v0 {
namespace detail {

csv_reader::csv_reader(std::string_view text, csv_rules rules) : text_(text), rules_(rules) {
  if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
}

void csv_reader::fault(csv_row& row, const char* code, std::size_t begin, std::size_t end,
                       std::string message) {
  row.faults.push_back({code, {begin, end - begin}, std::move(message)});
}

bool csv_reader::at_line_end() const noexcept {
  return at_ == text_.size() || text_[at_] == '\n' || text_.substr(at_, 2) == "\r\n" ||
         (text_[at_] == '\r' && at_ + 1 == text_.size());
}

void csv_reader::skip_line_end() noexcept {
  if (at_ < text_.size() && text_[at_] == '\r') ++at_;
  if (at_ < text_.size() && text_[at_] == '\n') ++at_;
  ++line_;
}

bool csv_reader::next(csv_row& row) {
  row.fields.clear();
  row.faults.clear();
  row.unquoted_.clear();
  while (at_ < text_.size() && at_line_end()) skip_line_end();
  if (over_ || at_ == text_.size()) return false;
  row.line = line_;
  const std::size_t begin = at_;
  if (rows_ > rules_.rows) {
    over_ = true;
    fault(row, "too-many-rows", begin, begin, "more than " + std::to_string(rules_.rows) + " rows");
    row.where = {begin, 0};
    return true;
  }
  ++rows_;
  field(row);
  while (!over_ && !at_line_end()) {
    ++at_;  // the delimiter
    if (row.fields.size() == rules_.fields) {
      fault(row, "too-many-fields", at_, at_,
            "more than " + std::to_string(rules_.fields) + " fields in a row");
      while (!at_line_end()) ++at_;
      break;
    }
    field(row);
  }
  row.where = {begin, at_ - begin};
  if (at_ < text_.size()) skip_line_end();
  return true;
}

void csv_reader::field(csv_row& row) {
  if (at_ < text_.size() && text_[at_] == '"') {
    quoted(row);
  } else {
    plain(row);
  }
}

void csv_reader::plain(csv_row& row) {
  const std::size_t begin = at_;
  bool quote = false, cr = false;
  for (; !at_line_end() && text_[at_] != rules_.delimiter; ++at_) {
    if (text_[at_] == '"' && !std::exchange(quote, true))
      fault(row, "stray-quote", at_, at_ + 1, "a quote inside a field that does not begin with one");
    if (text_[at_] == '\r' && !std::exchange(cr, true))
      fault(row, "bare-carriage-return", at_, at_ + 1,
            "a carriage return without a line feed; lines end in LF or CRLF");
  }
  row.fields.push_back({text_.substr(begin, at_ - begin), {begin, at_ - begin}});
}

void csv_reader::quoted(csv_row& row) {
  const std::size_t begin = at_++;
  bool doubled = false;
  while (true) {
    const std::size_t quote = text_.find('"', at_);
    if (quote == text_.npos) {
      fault(row, "open-quote", begin, begin + 1, "this quote is never closed");
      at_ = text_.size();
      over_ = true;
      row.fields.push_back({text_.substr(begin + 1), {begin, at_ - begin}});
      return;
    }
    at_ = quote + 1;
    if (at_ == text_.size() || text_[at_] != '"') break;
    doubled = true;
    ++at_;
  }
  std::string_view inside = text_.substr(begin + 1, at_ - begin - 2);
  line_ += static_cast<std::size_t>(std::ranges::count(inside, '\n'));
  if (doubled) {
    std::string& out = row.unquoted_.emplace_back();
    for (std::size_t i = 0; i < inside.size(); ++i) {
      out += inside[i];
      if (inside[i] == '"') ++i;
    }
    inside = out;
  }
  const std::size_t end = at_;
  while (!at_line_end() && text_[at_] != rules_.delimiter) ++at_;
  if (at_ != end) fault(row, "text-after-quote", end, at_, "text after the closing quote");
  row.fields.push_back({inside, {begin, at_ - begin}});
}

}  // namespace detail
}  // namespace v0
}  // namespace sla
