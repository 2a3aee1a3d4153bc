// SPDX-License-Identifier: MIT
#include <cerrno>
#include <cstdio>
#include <memory>
#include <string_view>

#include <sla/policy/records_load.hpp>

#include "base/regular_file.hpp"
#include "policy/local_time.hpp"
#include "policy/problems.hpp"

namespace sla {
inline namespace v0 {
namespace {

// The system's own words depend on the locale.
[[nodiscard]] std::string why(int code) {
  switch (code) {
    case ENOENT: return "no such file";
    case EACCES:
    case EPERM: return "permission denied";
    case EISDIR: return "a folder, expected a file";
    case ENOTDIR: return "a part of the path is no folder";
    case ENAMETOOLONG: return "the name is too long";
    case EMFILE:
    case ENFILE: return "too many open files";
    default: return "system error " + std::to_string(code);
  }
}

[[nodiscard]] loaded<std::string> cannot_read(const std::string& path, const char* code,
                                              const std::string& message) {
  detail::problem_list problems(path);
  problems.error({0, 0}, code, message);
  return loaded<std::string>(problems.take());
}

}  // namespace

loaded<std::string> read_text(const std::string& path, const load_limits& limits) {
  if (const std::string_view reason = detail::no_file(path); !reason.empty())
    return cannot_read(path, "cannot-read", "cannot be read: " + std::string(reason));
  const auto close = [](std::FILE* f) { (void)std::fclose(f); };
  errno = 0;
  const std::unique_ptr<std::FILE, decltype(close)> file(std::fopen(path.c_str(), "rb"), close);
  if (!file)
    return cannot_read(path, errno == ENOENT ? "no-such-file" : "cannot-read",
                       "cannot be read: " + why(errno));
  std::string text;
  constexpr std::size_t block = std::size_t{1} << 20;
  while (text.size() <= limits.bytes) {
    const std::size_t before = text.size();
    text.resize(before + block);
    errno = 0;
    const std::size_t got = std::fread(text.data() + before, 1, block, file.get());
    text.resize(before + got);
    if (std::ferror(file.get()) != 0)
      return cannot_read(path, "cannot-read", "cannot be read: " + why(errno));
    if (got == 0) break;
  }
  if (text.size() > limits.bytes)
    return cannot_read(path, "file-too-large", "more than " + std::to_string(limits.bytes) + " bytes");
  return {std::move(text), diagnostics()};
}

loaded<instant> parse_time(const zone& home, std::string name, std::string text) {
  detail::problem_list problems(std::move(name), std::move(text));
  const detail::parsed_time t = detail::parse_time(problems.text(), home);
  if (!t)
    problems.error({0, problems.text().size()}, detail::code_of(t.problem),
                   detail::describe(t, problems.text(), home));
  return {t.at, problems.take()};
}

}  // namespace v0
}  // namespace sla
