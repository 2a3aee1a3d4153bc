// SPDX-License-Identifier: MIT
#include "tool.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <system_error>

#include <sla/policy/compile_context.hpp>
#include <sla/policy/policy_load.hpp>
#include <sla/policy/records_load.hpp>

namespace tool {

bool one_stdin(const std::vector<std::string>& paths) {
  if (std::ranges::count(paths, "-") < 2) return true;
  complain("sla: standard input (-) can be only one of the files");
  return false;
}

std::string display_name(const std::string& path) { return path == "-" ? "<stdin>" : path; }

bool read(const std::string& path, std::string& text, sla::diagnostics& found) {
  if (path != "-") {
    auto file = sla::read_text(path);
    found.append(file.diagnostics());
    if (file) text = std::move(file).value();
    return file.has_value();
  }
  const sla::load_limits limits;
  std::array<char, 1 << 16> block;
  while (const std::size_t n = std::fread(block.data(), 1, block.size(), stdin)) {
    text.append(block.data(), n);
    if (text.size() > limits.bytes) {
      const std::size_t source = found.add_source(display_name(path), {});
      found.error(source, {}, "too-large",
                  "expected at most " + std::to_string(limits.bytes) + " bytes, found more");
      return false;
    }
  }
  if (std::ferror(stdin) != 0) {
    const std::size_t source = found.add_source(display_name(path), {});
    found.error(source, {}, "unreadable", "standard input cannot be read");
    return false;
  }
  return true;
}

namespace {

// "-" is standard input, which has no folder and a name of its own in messages.
template <class Load, class Parse>
[[nodiscard]] auto read_with(const std::string& path, const Load& load, const Parse& parse)
    -> decltype(load(path)) {
  if (path != "-") return load(path);
  sla::diagnostics found;
  std::string text;
  if (!read(path, text, found)) return decltype(load(path))(std::move(found));
  return parse(display_name(path), std::move(text));
}

}  // namespace

sla::loaded<sla::policy> read_policy(const std::string& path) {
  return read_with(
      path, [](const std::string& file) { return sla::load_policy(file); },
      [](std::string name, std::string text) { return sla::parse_policy(std::move(name), std::move(text)); });
}

sla::loaded<sla::shared_policy_spec> read_policy_spec(const std::string& path) {
  return read_with(
      path, [](const std::string& file) { return sla::load_policy_spec(file); },
      [](std::string name, std::string text) {
        return sla::parse_policy_spec(std::move(name), std::move(text));
      });
}

sla::loaded<sla::source> read_source(const std::string& path) {
  return read_with(
      path, [](const std::string& file) { return sla::load_source(file); },
      [](std::string name, std::string text) { return sla::parse_source(std::move(name), std::move(text)); });
}

namespace {

// Returns 0, or the error that ended it.
int put(int to, std::string_view text) {
  while (!text.empty()) {
    const ssize_t n = ::write(to, text.data(), text.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return errno;
    text.remove_prefix(static_cast<std::size_t>(n));
  }
  return 0;
}

}  // namespace

int write(std::string_view text) {
  const int error = put(STDOUT_FILENO, text);
  if (error == 0 || error == EPIPE) return ok;
  complain("sla: cannot write to standard output: " + std::generic_category().message(error));
  return failed;
}
void complain(const sla::diagnostics& found) { put(STDERR_FILENO, found.print()); }
void complain(std::string_view line) { put(STDERR_FILENO, std::string(line) + '\n'); }

bool coloured(colour wanted) {
  if (wanted != colour::automatic) return wanted == colour::always;
  const char* refused = std::getenv("NO_COLOR");
  return (refused == nullptr || *refused == '\0') && ::isatty(STDOUT_FILENO) == 1;
}

void unknown(sla::diagnostics& found, const char* option, std::string_view kind, const std::string& name,
             const std::vector<std::string_view>& known) {
  const std::size_t source = found.add_source(option, name);
  found.error(source, {0, name.size()}, "unknown-" + std::string(kind),
              sla::detail::unknown_name(kind, name, known));
}

}  // namespace tool
