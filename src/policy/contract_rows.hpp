// SPDX-License-Identifier: MIT
#pragma once

// The rows of a file of contracts, put together: rows of one contract are its terms, one after another. Private to the
// loader.

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include <sla/base/diagnostic.hpp>
#include <sla/policy/contract.hpp>
#include <sla/policy/policy.hpp>

#include "policy/problems.hpp"

namespace sla {
inline namespace v0 {
namespace detail {

/// One row, and where its cells stand.
struct contract_row {
  contract terms;
  std::uint32_t line = 0;
  bool dated = true;  ///< its dates could be read
  byte_span id{}, customer{}, from{}, until{}, zone{};
};

/// The contracts of all rows, in the order in which each stands first. Rows of one contract that leave a gap, overlap,
/// or cannot be terms of one contract are problems that name the lines of both.
[[nodiscard]] std::vector<contract> contracts_of(const policy& p, std::vector<contract_row> rows,
                                                 problem_list& problems);

}  // namespace detail
}  // namespace v0
}  // namespace sla
