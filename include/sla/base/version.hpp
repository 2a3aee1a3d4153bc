// SPDX-License-Identifier: MIT
#pragma once

// The version of the library. Every computed result names it (rule C19), so that a figure printed years ago can
// be told from one computed today. The build reads the three numbers from this file; there is no second place.
//
//     std::cout << sla::library_version();   // 0.1.0

#include <string_view>

#define SLA_VERSION_MAJOR 0
#define SLA_VERSION_MINOR 1
#define SLA_VERSION_PATCH 0

#define SLA_DETAIL_STR2(x) #x
#define SLA_DETAIL_STR(x) SLA_DETAIL_STR2(x)

namespace sla {
inline namespace v0 {

/// The library's version as "major.minor.patch".
[[nodiscard]] constexpr std::string_view library_version() noexcept {
  return SLA_DETAIL_STR(SLA_VERSION_MAJOR) "." SLA_DETAIL_STR(SLA_VERSION_MINOR) "." SLA_DETAIL_STR(
      SLA_VERSION_PATCH);
}

}  // namespace v0
}  // namespace sla
