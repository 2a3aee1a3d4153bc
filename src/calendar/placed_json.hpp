// SPDX-License-Identifier: MIT
#pragma once

// JSON whose every value knows the bytes it was read from, so that a problem found later can be shown in its place.
// nlohmann's reader does the reading; its tokens tell no place, so the position is taken from the text it consumes.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sla/base/diagnostic.hpp>

namespace sla {
inline namespace v0 {
namespace detail {

struct placed_json {
  enum class kind : std::uint8_t { null, boolean, integer, fraction, string, array, object };
  struct member;

  kind is = kind::null;
  byte_span where;
  bool truth = false;        // boolean
  std::int64_t integer = 0;  // integer
  std::string text;          // string
  std::vector<placed_json> items;
  std::vector<member> members;

  [[nodiscard]] const placed_json* find(std::string_view name) const noexcept;
};

struct placed_json::member {
  std::string name;
  byte_span where;
  placed_json value;
};

inline const placed_json* placed_json::find(std::string_view name) const noexcept {
  for (const member& m : members)
    if (m.name == name) return &m.value;
  return nullptr;
}

/// "a string", "an array": for messages.
[[nodiscard]] std::string_view describe(placed_json::kind k) noexcept;

/// Reads the text of a source. Nothing where its syntax is wrong or it nests beyond `max_depth`; a name given twice in
/// one object is an error too, but the rest can still be judged.
[[nodiscard]] std::optional<placed_json> read_json(std::string_view text, std::size_t max_depth,
                                                   diagnostics& found, std::size_t source);

}  // namespace detail
}  // namespace v0
}  // namespace sla
