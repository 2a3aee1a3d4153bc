// SPDX-License-Identifier: MIT
#pragma once

// Which outage a row of a derivation refers to. Private to the reports.

#include <algorithm>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include <sla/policy/contract.hpp>

namespace sla {
inline namespace v0 {
namespace detail {

class outage_index {
 public:
  explicit outage_index(std::span<const service_outage> all) {
    by_row_.reserve(all.size());
    for (const service_outage& o : all)
      if (o.span.row != 0) by_row_.push_back(&o);
    // Of equal rows the first; an order by address keeps it without a stable sort's buffer.
    std::ranges::sort(by_row_, {}, [](const service_outage* o) { return std::pair(o->span.row, o); });
  }
  /// Null for a row that no outage names.
  [[nodiscard]] const service_outage* find(std::uint32_t row) const noexcept {
    const auto at =
        std::ranges::lower_bound(by_row_, row, {}, [](const service_outage* o) { return o->span.row; });
    return at == by_row_.end() || (*at)->span.row != row ? nullptr : *at;
  }

 private:
  std::vector<const service_outage*> by_row_;
};

}  // namespace detail
}  // namespace v0
}  // namespace sla
