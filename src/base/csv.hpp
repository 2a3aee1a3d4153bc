// SPDX-License-Identifier: MIT
#pragma once

// A reader of RFC 4180 that knows where everything stands: quotes, doubled quotes, line ends inside quotes, CRLF or
// LF, a byte order mark, empty lines (which are skipped). Fields are views into the text, except where a doubled
// quote had to be undone. What is wrong with one row does not hide the next.
//
//     csv_reader in(text, {.delimiter = ','});
//     for (csv_row row; in.next(row);) use(row.fields[2].text, row.fields[2].where);
//
// The hard question: what comes after a quote that is never closed? Nobody can tell a row from a line any more, so
// that is the one fault that ends the reading.

#include <cstddef>
#include <cstdint>
#include <deque>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include <sla/base/diagnostic.hpp>

namespace sla {
inline namespace v0 {
namespace detail {

struct csv_rules {
  char delimiter = ',';
  std::size_t rows = std::numeric_limits<std::size_t>::max();    ///< after the first, which is the header
  std::size_t fields = std::numeric_limits<std::size_t>::max();  ///< of one row
};

struct csv_field {
  std::string_view text;  ///< without quotes
  byte_span where;        ///< as written, quotes included
};

/// A fault in the way a row is written.
struct csv_fault {
  const char* code;
  byte_span where;
  std::string message;
};

struct csv_row {
  std::vector<csv_field> fields;
  std::vector<csv_fault> faults;
  byte_span where;       ///< without the line end
  std::size_t line = 0;  ///< on which it begins, from 1

 private:
  friend class csv_reader;
  std::deque<std::string> unquoted_;
};

class csv_reader {
 public:
  /// The text must outlive the reader and the rows.
  csv_reader(std::string_view text, csv_rules rules);

  /// The next row that is not empty. False at the end, and after a fault that ends the reading: an open quote, or a
  /// limit. Such a row is still handed out, with its fault.
  [[nodiscard]] bool next(csv_row& row);

 private:
  void field(csv_row& row);
  void quoted(csv_row& row);
  void plain(csv_row& row);
  void fault(csv_row& row, const char* code, std::size_t begin, std::size_t end, std::string message);
  [[nodiscard]] bool at_line_end() const noexcept;
  void skip_line_end() noexcept;

  std::string_view text_;
  csv_rules rules_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
  std::size_t rows_ = 0;
  bool over_ = false;
};

}  // namespace detail
}  // namespace v0
}  // namespace sla
