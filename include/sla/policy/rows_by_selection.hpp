// SPDX-License-Identifier: MIT
#pragma once

// The rows of a decision table that cover a cell, found without asking every row. Private to
// policy/decision_table.hpp.
//
//     rows_by_selection rows(targets);
//     rows.covering(key, line)            // 0, 17 and 512: the row about everything, one about P1, one about this cell
//
// Rows are kept by what they select. A cell is covered by what selects exactly it, or by that with some selectors left
// out; of the 32 ways to leave some out, those that occur are looked up.
//
// The hard question: is this a second rule of which row counts? No: rows that do not cover a cell have no say in it,
// and those that do are handed to most_specific in the order of the policy.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include <sla/clock/event.hpp>
#include <sla/policy/target_row.hpp>

namespace sla {
inline namespace v0 {
namespace detail {

class rows_by_selection {
 public:
  rows_by_selection() = default;
  explicit rows_by_selection(const std::vector<target_row>& rows) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const std::uint64_t selects = key(rows[i]);
      rows_[selects].push_back(static_cast<std::uint32_t>(i));
      const std::uint64_t open = left_out(selects);
      if (std::find(patterns_.begin(), patterns_.end(), open) == patterns_.end()) patterns_.push_back(open);
    }
  }

  /// Of the cell's tier, `line`'s first, or of one that it extends; in the order of the list, until the next call.
  [[nodiscard]] std::span<const std::uint32_t> covering(const cell_key& k,
                                                        std::span<const std::uint8_t> line) {
    found_.clear();
    for (const std::uint8_t tier : line) {
      row_selectors exactly;
      exactly.tier = tier;
      exactly.channel = static_cast<std::uint8_t>(k.channel);
      exactly.severity = k.at.severity;
      exactly.region = k.at.region;
      exactly.category = k.at.category;
      const std::uint64_t cell = key(exactly);
      for (const std::uint64_t open : patterns_) {
        if (tier != line.front() && (open & any_tier) != 0) continue;  // found with the first
        if (const auto rows = rows_.find(cell | open); rows != rows_.end())
          found_.insert(found_.end(), rows->second.begin(), rows->second.end());
      }
    }
    std::sort(found_.data(), found_.data() + found_.size());
    return found_;
  }

 private:
  static_assert(row_selectors::any == 0xFF);
  // A byte a selector; any is all ones, so that leaving one out is an or.
  [[nodiscard]] static std::uint64_t key(const row_selectors& r) noexcept {
    std::uint64_t out = 0;
    for (const std::uint8_t s : {r.channel, r.severity, r.region, r.category, r.tier}) out = out << 8U | s;
    return out;
  }
  static constexpr std::uint64_t any_tier = 0xFF;
  [[nodiscard]] static std::uint64_t left_out(std::uint64_t key) noexcept {
    std::uint64_t out = 0;
    for (std::uint64_t byte = 0xFF; byte != 0; byte <<= 8U)
      if ((key & byte) == byte) out |= byte;
    return out;
  }

  std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> rows_;
  std::vector<std::uint64_t> patterns_;
  std::vector<std::uint32_t> found_;
};

}  // namespace detail
}  // namespace v0
}  // namespace sla
