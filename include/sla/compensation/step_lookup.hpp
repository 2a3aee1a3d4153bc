// SPDX-License-Identifier: MIT
#pragma once

// A step table made ready for one window: which row pays, from the seconds down alone.
//
//     sla::step_lookup october(credits.rows(), 2'678'400s);
//     october.row_at(400s);     // the row of 99.99 %
//
// An availability of a window of D seconds is (D - down) / D, so a bound of the table is a whole number of seconds: each
// row begins to hold at one second and ends at another. Built once, a lookup compares seconds, without a division and
// without a branch that depends on them; it answers exactly what match() answers of the share.
//
// The hard question: search the boundaries, or compare with each? Few tables have more than four, and so many
// comparisons cost less than one branch that is guessed wrong. More of them are searched.

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

#include <sla/base/error.hpp>
#include <sla/base/ratio.hpp>
#include <sla/base/rounding.hpp>
#include <sla/compensation/step_table.hpp>

namespace sla {
inline namespace v0 {

class step_lookup {
 public:
  /// Throws where the window is not above 0 seconds. Rows n, building n * n.
  step_lookup(std::span<const step> table, std::chrono::seconds window) : window_(window.count()) {
    if (window_ <= 0) detail::fail("a step table is looked up in a window of at least a second");
    std::vector<std::int64_t> starts;
    for (const step& s : table) {
      // Missed from more than window * (1 - below) on, or from as much where "or less".
      if (const auto at = first_second(ratio(1) - s.below, !s.inclusive)) starts.push_back(*at);
      // Held down to `from`: no longer from the second after it.
      if (const auto at = first_second(ratio(1) - s.from, true)) starts.push_back(*at);
    }
    std::ranges::sort(starts);
    starts.erase(std::ranges::unique(starts).begin(), starts.end());
    std::erase_if(starts, [&](std::int64_t s) { return s <= 0 || s > window_; });
    pieces_.push_back(at_second(table, 0));
    for (const std::int64_t s : starts) {
      const step_match m = at_second(table, s);
      if (m == pieces_.back()) continue;
      pieces_.push_back(m);
      starts_.push_back(s);
    }
    few_.fill(std::numeric_limits<std::int64_t>::max());
    if (starts_.size() <= few_.size()) std::ranges::copy(starts_, few_.begin());
  }

  /// What the table says of a window with so much down. Outside the window's length, as at its nearer end.
  [[nodiscard]] const step_match& match(std::chrono::seconds down) const noexcept {
    return pieces_[piece(down)];
  }
  /// The row that pays, or step_match::no_row.
  [[nodiscard]] std::size_t row_at(std::chrono::seconds down) const noexcept { return match(down).row; }

 private:
  // The first second down whose share of the window is more than `share`, or as much.
  [[nodiscard]] std::optional<std::int64_t> first_second(const ratio& share, bool more) const noexcept {
    const auto at = scale(window_, share, more ? rounding::floor : rounding::ceil);
    return at && more ? detail::checked_add(*at, 1) : at;
  }
  [[nodiscard]] step_match at_second(std::span<const step> table, std::int64_t down) const {
    return sla::match(table, ratio(window_ - down, window_));
  }
  [[nodiscard]] std::size_t piece(std::chrono::seconds down) const noexcept {
    const std::int64_t d = down.count();
    const auto reached = [d](std::int64_t start) { return start <= d ? std::size_t{1} : std::size_t{0}; };
    if (starts_.size() <= few_.size()) {
      // Places that are not taken lie past every amount but seconds::max().
      const std::size_t n = reached(few_[0]) + reached(few_[1]) + reached(few_[2]) + reached(few_[3]);
      return std::min(n, starts_.size());
    }
    return static_cast<std::size_t>(std::ranges::upper_bound(starts_, d) - starts_.begin());
  }

  std::int64_t window_;
  std::array<std::int64_t, 4> few_{};
  std::vector<std::int64_t> starts_;  // of every piece but the first
  std::vector<step_match> pieces_;
};

}  // namespace v0
}  // namespace sla
