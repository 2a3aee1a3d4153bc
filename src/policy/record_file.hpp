// SPDX-License-Identifier: MIT
#pragma once

// A CSV file with named columns: the header is matched to the columns a reader knows, and every row is handed out
// whole or reported. What all readers of records share is here: limits, encoding, headers, and how a message shows a
// found text.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <sla/policy/records_load.hpp>

#include "base/csv.hpp"
#include "policy/problems.hpp"

namespace sla {
inline namespace v0 {
namespace detail {

struct column_spec {
  std::string_view name;
  bool required;
};

/// A found text as a message shows it: in quotes, and not all of a long one.
[[nodiscard]] std::string shown(std::string_view text);
/// The same without quotes.
[[nodiscard]] std::string shortened(std::string_view text, std::size_t most = 60);

/// "; did you mean 'x'?", or nothing.
[[nodiscard]] std::string meant(std::string_view found, const std::vector<std::string_view>& known);

/// Whether the text is no longer than the limit, and (where `utf8`) valid UTF-8; else one problem.
[[nodiscard]] bool check_text(problem_list& problems, const load_limits& limits, bool utf8,
                              std::size_t source = 0);

/// "line 12" of a place in a text.
[[nodiscard]] std::string line_of(const source_text& source, byte_span where);

class record_file {
 public:
  /// Reads the header. `columns` must outlive the reader.
  record_file(problem_list& problems, const load_limits& limits, std::span<const column_spec> columns);

  /// The next sound row; unsound ones are reported on the way. False at the end.
  [[nodiscard]] bool next();
  /// Whether any row so far was unsound.
  [[nodiscard]] bool skipped() const noexcept { return skipped_; }

  /// The cell of a column; empty where the file does not have it.
  [[nodiscard]] std::string_view text(std::size_t column) const noexcept {
    return at_[column] ? row_.fields[*at_[column]].text : std::string_view();
  }
  [[nodiscard]] byte_span where(std::size_t column) const noexcept {
    return at_[column] ? row_.fields[*at_[column]].where : row_.where;
  }
  [[nodiscard]] bool has(std::size_t column) const noexcept { return at_[column].has_value(); }
  [[nodiscard]] std::uint32_t line() const noexcept { return static_cast<std::uint32_t>(row_.line); }
  /// Reports a cell; of a column that is missing, the header has said it.
  void error(std::size_t column, std::string code, std::string message) {
    if (columns_[column].required && !has(column)) return;
    problems_.error(where(column), std::move(code), std::move(message));
  }

 private:
  void header();

  problem_list& problems_;
  std::span<const column_spec> columns_;
  csv_reader reader_;
  csv_row row_;
  std::vector<std::string> header_;
  std::vector<std::optional<std::size_t>> at_;
  bool usable_ = false;
  bool skipped_ = false;
};

}  // namespace detail
}  // namespace v0
}  // namespace sla
