// SPDX-License-Identifier: MIT
#include "policy/record_file.hpp"

#include <algorithm>

#include <sla/base/utf8.hpp>
#include <sla/policy/compile.hpp>

namespace sla {
inline namespace v0 {
namespace detail {

std::string shortened(std::string_view text, std::size_t most) {
  std::string_view rest = text;
  for (std::size_t i = 0; i < most && !rest.empty(); ++i) rest.remove_prefix(decode(rest).bytes);
  return std::string(text.substr(0, text.size() - rest.size())) + (rest.empty() ? "" : "...");
}

std::string shown(std::string_view text) { return "'" + shortened(text) + "'"; }

std::string meant(std::string_view found, const std::vector<std::string_view>& known) {
  const std::string_view near = found.empty() ? std::string_view() : nearest(found, known);
  return near.empty() ? "" : "; did you mean '" + std::string(near) + "'?";
}

bool check_text(problem_list& problems, const load_limits& limits, bool utf8, std::size_t source) {
  const std::string_view text = problems.text(source);
  const std::size_t begin = problems.begin_of(source);
  if (text.size() > limits.bytes) {
    problems.error(
        {begin, 0}, "file-too-large",
        "at most " + std::to_string(limits.bytes) + " bytes, found " + std::to_string(text.size()));
    return false;
  }
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
    problems.error({begin, 2}, "not-utf-8", "expected UTF-8, found UTF-16");
    return false;
  }
  for (std::size_t i = 0; utf8 && i < text.size();) {
    if (static_cast<unsigned char>(text[i]) < 0x80) {
      ++i;
      continue;
    }
    const code_point c = decode(text.substr(i, 4));
    if (!c.valid) {
      problems.error({begin + i, 1}, "not-utf-8",
                     "expected UTF-8, found a byte of another encoding (GBK, Windows-1252?)");
      return false;
    }
    i += c.bytes;
  }
  return true;
}

std::string line_of(const source_text& source, byte_span where) {
  return "line " + std::to_string(source.place(where.offset).line);
}

record_file::record_file(problem_list& problems, const load_limits& limits,
                         std::span<const column_spec> columns)
    : problems_(problems),
      columns_(columns),
      reader_(problems.text(), {.delimiter = ',', .rows = limits.rows, .fields = limits.fields}),
      at_(columns.size()) {
  if (check_text(problems, limits, true)) header();
}

void record_file::header() {
  std::vector<std::string_view> known;
  for (const column_spec& c : columns_) known.push_back(c.name);
  if (!reader_.next(row_)) {
    problems_.error({problems_.text().size(), 0}, "no-header",
                    "expected a row of column names: " + list(known));
    return;
  }
  for (const csv_fault& f : row_.faults) problems_.error(f.where, f.code, f.message);
  if (!row_.faults.empty()) return;
  usable_ = true;
  for (std::size_t i = 0; i < row_.fields.size(); ++i) {
    const csv_field& f = row_.fields[i];
    header_.emplace_back(f.text);
    const auto column = std::ranges::find(columns_, f.text, &column_spec::name);
    if (column == columns_.end()) {
      problems_.error(f.where, "unknown-column", unknown_name("column", shortened(f.text), known));
    } else if (auto& at = at_[static_cast<std::size_t>(column - columns_.begin())]) {
      problems_.error(f.where, "repeated-column", "column " + shown(f.text) + " stands twice");
    } else {
      at = i;
    }
  }
  std::vector<std::string_view> missing;
  for (std::size_t i = 0; i < columns_.size(); ++i)
    if (columns_[i].required && !at_[i]) missing.push_back(columns_[i].name);
  if (missing.empty()) return;
  problems_.error(row_.where, "missing-column",
                  "expected the column" + std::string(missing.size() == 1 ? " " : "s ") + list(missing));
}

bool record_file::next() {
  // Without a header that can be split the cells mean nothing; what an unknown column holds hides no fault of the others.
  while (usable_ && reader_.next(row_)) {
    for (const csv_fault& f : row_.faults) problems_.error(f.where, f.code, f.message);
    const std::size_t found = row_.fields.size(), expected = header_.size();
    if (row_.faults.empty() && found == expected) return true;
    skipped_ = true;
    if (!row_.faults.empty()) continue;
    if (found < expected) {
      std::vector<std::string_view> missing(header_.begin() + static_cast<std::ptrdiff_t>(found),
                                            header_.end());
      problems_.error({row_.where.offset + row_.where.length, 0}, "too-few-columns",
                      "expected " + std::to_string(expected) + " columns, found " + std::to_string(found) +
                          ": " + list(missing) + (missing.size() == 1 ? " is" : " are") + " missing");
    } else {
      problems_.error(row_.fields[expected].where, "too-many-columns",
                      "expected " + std::to_string(expected) + " columns, found " + std::to_string(found));
    }
  }
  return false;
}

}  // namespace detail
}  // namespace v0
}  // namespace sla
