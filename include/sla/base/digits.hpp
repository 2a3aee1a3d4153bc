// SPDX-License-Identifier: MIT
#pragma once

// Whole numbers as text: decimal digits, no grouping, the same under every locale and in a constant
// expression (std::to_string is not constexpr before C++26).
//
//     sla::detail::digits(-42)   // "-42"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include <sla/base/wide.hpp>

namespace sla {
inline namespace v0 {
namespace detail {

[[nodiscard]] constexpr std::string digits(std::uint64_t n) {
  std::array<char, 20> text{};
  std::size_t first = text.size();
  do {
    text[--first] = static_cast<char>('0' + n % 10);
    n /= 10;
  } while (n != 0);
  return {text.data() + first, text.size() - first};
}

[[nodiscard]] constexpr std::string digits(std::int64_t n) {
  return n < 0 ? '-' + digits(magnitude(n)) : digits(magnitude(n));
}

}  // namespace detail
}  // namespace v0
}  // namespace sla
