// SPDX-License-Identifier: MIT
#pragma once

// The number of an incident's name, equal in every file and every run, so that a breach keeps its identity (rule
// C18). It is a hash; names of one file that collide get the next free number.

#include <cstdint>
#include <string_view>
#include <unordered_set>

namespace sla {
inline namespace v0 {
namespace detail {

class incident_keys {
 public:
  /// Called once for each name. FNV-1a; never 0.
  [[nodiscard]] std::uint64_t of(std::string_view name) {
    std::uint64_t h = 14695981039346656037U;
    for (const char c : name) h = (h ^ static_cast<unsigned char>(c)) * 1099511628211U;
    while (h == 0 || !taken_.insert(h).second) ++h;
    return h;
  }

 private:
  std::unordered_set<std::uint64_t> taken_;
};

}  // namespace detail
}  // namespace v0
}  // namespace sla
