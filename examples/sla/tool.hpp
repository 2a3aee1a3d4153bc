// SPDX-License-Identifier: MIT
#pragma once

// What the commands of the tool share: exit statuses, reading files and standard input, writing results.

#include <string>
#include <string_view>
#include <vector>

#include <sla/base/diagnostic.hpp>
#include <sla/calendar/zone.hpp>
#include <sla/policy/policy.hpp>
#include <sla/policy/policy_load.hpp>
#include <sla/policy/source_load.hpp>

namespace tool {

/// Exit statuses, stable for scripts.
inline constexpr int ok = 0;
inline constexpr int warnings = 1;  ///< `check` found warnings and no errors
inline constexpr int failed = 2;    ///< bad input or bad usage; nothing was written to standard output

enum class format { text, json };
enum class colour { automatic, always, never };

/// A file's text, or standard input's where the path is "-". Problems are added to `found`.
[[nodiscard]] bool read(const std::string& path, std::string& text, sla::diagnostics& found);

/// An option's name that is not there, with the nearest that is.
void unknown(sla::diagnostics& found, const char* option, std::string_view kind, const std::string& name,
             const std::vector<std::string_view>& known);

/// Whether at most one of the paths is standard input; else complains.
[[nodiscard]] bool one_stdin(const std::vector<std::string>& paths);

/// What messages call a path.
[[nodiscard]] std::string display_name(const std::string& path);

/// The policy of a file or of standard input.
[[nodiscard]] sla::loaded<sla::policy> read_policy(const std::string& path);
[[nodiscard]] sla::loaded<sla::shared_policy_spec> read_policy_spec(const std::string& path);

/// The description of a foreign export, of a file or of standard input.
[[nodiscard]] sla::loaded<sla::source> read_source(const std::string& path);

/// Writes to standard output; returns the exit status. A reader that has gone away is no error: what it did not want
/// is dropped. A full disk is one.
[[nodiscard]] int write(std::string_view text);

/// Prints problems to standard error.
void complain(const sla::diagnostics& found);
void complain(std::string_view line);

/// Whether standard output is to be coloured: asked for, or a terminal and NO_COLOR is not set.
[[nodiscard]] bool coloured(colour wanted);

}  // namespace tool
