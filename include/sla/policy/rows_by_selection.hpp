// SPDX-License-Identifier: MIT
#pragma once

// The rows of a decision table that cover a cell, found without asking every row. Private to
// policy/decision_table.hpp.
//
//     rows_by_selection rows(targets);
//     rows.covering(tier, grade)          // 0, 17 and 512: the row about everything, one about P1, one about this cell
//
// Rows are kept by what they select. A cell is covered by what selects exactly it, or by that with some selectors left
// out; of the 16 ways to leave some out, those that occur are looked up.
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

/// Some of a list of rows, by index and in order; a list itself.
class picked_rows {
 public:
  picked_rows(const std::vector<target_row>& rows, std::span<const std::uint32_t> picks) noexcept
      : rows_(rows), picks_(picks) {}
  [[nodiscard]] std::size_t size() const noexcept { return picks_.size(); }
  [[nodiscard]] const target_row& operator[](std::size_t i) const noexcept { return rows_[picks_[i]]; }
  /// The index in the list that they are of.
  [[nodiscard]] std::size_t origin(std::size_t i) const noexcept { return picks_[i]; }

 private:
  const std::vector<target_row>& rows_;
  std::span<const std::uint32_t> picks_;
};

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

  /// In the order of the list; until the next call.
  [[nodiscard]] std::span<const std::uint32_t> covering(std::size_t tier, const grade& g) {
    row_selectors exactly;
    exactly.tier = static_cast<std::uint8_t>(tier);
    exactly.severity = g.severity;
    exactly.region = g.region;
    exactly.category = g.category;
    const std::uint64_t cell = key(exactly);
    found_.clear();
    for (const std::uint64_t open : patterns_)
      if (const auto rows = rows_.find(cell | open); rows != rows_.end())
        found_.insert(found_.end(), rows->second.begin(), rows->second.end());
    std::sort(found_.data(), found_.data() + found_.size());
    return found_;
  }

 private:
  static_assert(row_selectors::any == 0xFF);
  // A byte a selector; any is all ones, so that leaving one out is an or.
  [[nodiscard]] static std::uint64_t key(const row_selectors& r) noexcept {
    std::uint64_t out = 0;
    for (const std::uint8_t s : {r.tier, r.severity, r.region, r.category}) out = out << 8U | s;
    return out;
  }
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
