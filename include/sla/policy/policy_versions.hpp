// SPDX-License-Identifier: MIT
#pragma once

// A policy as it was amended: its versions, and the one in force at an instant.
//
//     sla::policy_versions contract{{of_2025, of_2026}};        // in any order
//     const sla::policy* p = contract.in_force(reported);       // null before the first
//
// An incident is judged by the version in force when it was reported, whatever came after (rule C16); a window is
// settled by the version in force where it begins: versioned_portfolio.hpp does both.
//
// The hard question: when does a version begin? At the first instant of its date in its own zone. A version whose zone
// lies further west than the one before it begins later than that date does in the east, and the one before it holds
// until then.

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <sla/base/error.hpp>
#include <sla/base/instant.hpp>
#include <sla/calendar/local_text.hpp>
#include <sla/policy/policy.hpp>

namespace sla {
inline namespace v0 {

class policy_versions {
 public:
  /// Throws sla::error that names every fault: no version, two names, two versions that begin at once.
  explicit policy_versions(std::vector<policy> versions) : all_(std::move(versions)) {
    std::sort(all_.data(), all_.data() + all_.size(),
              [](const policy& a, const policy& b) { return begin_of(a) < begin_of(b); });
    std::string wrong;
    const auto fault = [&](const std::string& message) { wrong += (wrong.empty() ? "" : "\n") + message; };
    if (all_.empty()) fault("a policy has at least one version");
    for (std::size_t i = 1; i < all_.size(); ++i) {
      if (all_[i].name() != all_[0].name())
        fault("versions of one policy have one name, found '" + all_[0].name() + "' and '" + all_[i].name() +
              "'");
      if (begin_of(all_[i]) == begin_of(all_[i - 1]))
        fault("two versions of policy '" + all_[i].name() + "' are in force from " +
              date_text(all_[i].version()));
    }
    if (!wrong.empty()) detail::fail(wrong);
  }

  /// By the instant they begin.
  [[nodiscard]] std::span<const policy> all() const noexcept { return all_; }
  /// Null before the first. Logarithmic in the versions.
  [[nodiscard]] const policy* in_force(instant t) const noexcept {
    const policy* first = all_.data();
    const policy* after = std::upper_bound(first, first + all_.size(), t,
                                           [](instant at, const policy& p) { return at < begin_of(p); });
    return after == first ? nullptr : after - 1;
  }
  /// The first instant of the version's date in its zone.
  [[nodiscard]] static instant begin_of(const policy& p) noexcept {
    return p.home().start_of(std::chrono::sys_days(p.version()));
  }

 private:
  std::vector<policy> all_;
};

}  // namespace v0
}  // namespace sla
