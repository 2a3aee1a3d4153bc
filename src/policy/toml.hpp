// SPDX-License-Identifier: MIT
#pragma once

// A TOML file as a tree in which every key and every value knows its bytes. The parser behind it stays in toml.cpp.
//
// Members of a table are in the order of the file: what a policy states first comes first.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <sla/base/diagnostic.hpp>

#include "policy/problems.hpp"

namespace sla {
inline namespace v0 {
namespace detail {

enum class toml_kind : std::uint8_t { text, integer, floating, boolean, date, time, list, table };

/// "a text", "a list": for "expected a text, found a list".
[[nodiscard]] std::string_view name(toml_kind k) noexcept;

struct toml_member;

struct toml_value {
  toml_kind kind = toml_kind::table;
  byte_span where;
  std::string text;          ///< of a text
  std::int64_t integer = 0;  ///< of an integer
  bool boolean = false;      ///< of a boolean
  std::chrono::year_month_day date{};
  std::vector<toml_value> items;
  std::vector<toml_member> members;
  /// Where the characters of a text stand: after its quote. Without length where an escape hides their places.
  byte_span inside;

  /// The member of that name, or null.
  [[nodiscard]] const toml_member* find(std::string_view key) const noexcept;
};

struct toml_member {
  std::string key;
  byte_span where;  ///< the key
  toml_value value;
};

/// Limits of TOML files: a policy of a thousand clauses is far below them.
inline constexpr std::size_t toml_most_bytes = 4 << 20;
inline constexpr std::size_t toml_most_depth = 32;

/// The tree of a text that is valid UTF-8, or a problem: too long, too deep, or the first error of syntax. False where
/// there is none. Bytes are counted as `problems` counts them.
[[nodiscard]] bool parse_toml(problem_list& problems, toml_value& root, std::size_t source = 0);

}  // namespace detail
}  // namespace v0
}  // namespace sla
