// SPDX-License-Identifier: MIT
// The one place that knows of `date`'s zones and of zone files. The two meet here because `date` leaves out the last
// line of a file, so transitions and rule have to come from the same one.

#include <sla/calendar/zone_load.hpp>

#include <date/tz.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include <sla/base/diagnostic.hpp>
#include <sla/base/error.hpp>

namespace sla {
inline namespace v0 {
namespace {

namespace fs = std::filesystem;

// The real ones have some 4 KB.
constexpr std::size_t max_zone_bytes = 1 << 20;

// Where `date` looks, in its order.
constexpr std::array<const char*, 3> system_directories{"/usr/share/zoneinfo", "/usr/share/zoneinfo/uclibc",
                                                        "/var/db/timezone/zoneinfo"};

// A name is a path below the directory and may not lead out of it.
bool is_zone_name(std::string_view name) {
  if (name.empty() || name.size() > 255 || name.front() == '/' || name.find("..") != std::string_view::npos)
    return false;
  return std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '+' || c == '-' || c == '/';
  });
}

bool has_zones(const std::string& directory) {
  std::error_code ignored;
  return fs::is_regular_file(directory + "/UTC", ignored) ||
         fs::is_regular_file(directory + "/Etc/UTC", ignored);
}

std::string system_directory() {
  for (const char* directory : system_directories)
    if (has_zones(directory)) return directory;
  throw error(std::string("no time zone data in ") + system_directories[0] + ": install the package tzdata");
}

// Every zone file below a directory, for the one question of what a misspelt name may have meant.
std::vector<std::string> zone_names(const std::string& directory) {
  std::vector<std::string> names;
  std::error_code stop;
  for (fs::recursive_directory_iterator i(directory, stop), end; !stop && i != end && names.size() < 10'000;
       i.increment(stop)) {
    std::error_code ignored;
    const std::string name = i->path().lexically_relative(directory).generic_string();
    if (name == "posix" || name == "right") i.disable_recursion_pending();
    if (i->is_regular_file(ignored) && is_zone_name(name)) names.push_back(name);
  }
  return names;
}

[[noreturn]] void unknown_zone(std::string_view name, const std::string& directory) {
  const std::vector<std::string> names = zone_names(directory);
  const std::string_view near = nearest(name, {names.begin(), names.end()});
  throw error("unknown time zone '" + std::string(name.substr(0, 80)) + "'" +
              (near.empty() || near == name ? std::string() : ", did you mean " + std::string(near) + "?"));
}

std::string zone_bytes(std::string_view name, const std::string& directory) {
  const std::string path = directory + '/' + std::string(name);
  std::error_code ignored;
  if (!is_zone_name(name) || !fs::is_regular_file(path, ignored)) unknown_zone(name, directory);
  std::ifstream file(path, std::ios::binary);
  std::string bytes(max_zone_bytes + 1, '\0');
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (file.bad() || file.gcount() == 0) throw error("zone " + std::string(name) + ": cannot read " + path);
  bytes.resize(static_cast<std::size_t>(file.gcount()));
  if (bytes.size() > max_zone_bytes)
    throw error("zone " + std::string(name) + ": " + path + " is larger than 1 MiB");
  if (!bytes.starts_with("TZif")) unknown_zone(name, directory);  // a table that lies among the zones
  return bytes;
}

// "# version 2025b" is the first line of the data's source, which lies beside the zones.
std::string data_version(const std::string& directory) {
  constexpr std::string_view before = "# version ";
  std::string line;
  if (std::ifstream file(directory + "/tzdata.zi");
      std::getline(file, line) && line.starts_with(before) && line.size() < 64)
    return line.substr(before.size());
  if (std::ifstream file(directory + "/+VERSION"); std::getline(file, line) && line.size() < 64) return line;
  return "unstated";
}

}  // namespace

zone load_zone(std::string_view name, const std::string& directory) {
  if (!has_zones(directory))
    throw error("no time zone data in " + directory +
                ": expected zone files as the package tzdata installs them");
  return zone_from_tzif(std::string(name), zone_bytes(name, directory), data_version(directory));
}

zone load_zone(std::string_view name) {
  const std::string directory = system_directory();
  // Checked before `date` sees the file, because it asserts on bad ones.
  const std::string checked_name(name), bytes = zone_bytes(name, directory);
  const detail::tzif_contents contents = detail::tzif_reader(checked_name, bytes).read();
  const date::time_zone* source = nullptr;
  try {
    source = date::locate_zone(checked_name);
  } catch (const std::runtime_error&) {
    unknown_zone(name, directory);
  }
  std::vector<zone_transition> transitions;
  date::sys_info info = source->get_info(date::sys_days(date::year::min() / 1 / 1));
  const std::chrono::seconds initial = info.offset;
  while (info.end < date::sys_days(date::year::max() / 1 / 1)) {
    info = source->get_info(info.end);
    transitions.push_back({instant(info.begin), info.offset});
  }
  return {checked_name, data_version(directory), initial, std::move(transitions), contents.footer};
}

}  // namespace v0
}  // namespace sla
