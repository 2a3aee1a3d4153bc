// SPDX-License-Identifier: MIT
#pragma once

// Whether a path names something that can be read from its beginning to its end: a file, also through a link. A pipe
// waits for whoever writes into it, a device may never end, and a name with a NUL opens what stands before it.

#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>

namespace sla {
inline namespace v0 {
namespace detail {

[[nodiscard]] inline bool holds_nul(std::string_view path) noexcept { return path.find('\0') != path.npos; }

/// Why it is not opened at all; empty where it may be, or where opening it tells why not.
[[nodiscard]] inline std::string_view no_file(const std::string& path) {
  namespace fs = std::filesystem;
  if (holds_nul(path)) return "its name holds a NUL character";
  std::error_code told_by_opening;
  switch (fs::status(path, told_by_opening).type()) {
    case fs::file_type::directory: return "a folder, expected a file";
    case fs::file_type::fifo: return "a pipe, expected a file";
    case fs::file_type::socket: return "a socket, expected a file";
    case fs::file_type::block:
    case fs::file_type::character: return "a device, expected a file";
    default: return {};
  }
}

}  // namespace detail
}  // namespace v0
}  // namespace sla
