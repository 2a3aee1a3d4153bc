// SPDX-License-Identifier: MIT
#pragma once

// "Below 99.99 % we credit 10 % of the fee, below 99 % 30 %, below 95 % all of it": a table of steps.
//
//     constexpr sla::step_table credits{{99.99_pct, 10_pct}, {99_pct, 30_pct}, {95_pct, 100_pct}};
//     static_assert(credits.rate_at(99.95_pct) == 10_pct);
//     static_assert(credits.rate_at(99_pct) == 10_pct);      // "below 99 %" does not hold at 99 %
//     static_assert(credits.rate_at(99.99_pct) == 0_pct);
//
// Rows are alternatives, not instalments: of all rows that hold, the deepest one pays, and a bound that is hit
// exactly pays the milder rate (rule M3). The order of rows means nothing.
//
// The hard question: "from 99 % to below 99.9 %, 10 %; from 90 % to below 98.5 %, 25 %", and 98.7 % was measured.
// The table has a gap, and the contract does not say what it pays. Then there is no rate: the answer is empty,
// and a settlement computes every reading (rule M0). The same holds for two rows with one bound and two rates.
// `faults` finds such places when a table is loaded.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include <sla/base/error.hpp>
#include <sla/base/ratio.hpp>

namespace sla {
inline namespace v0 {

/// A figure below `below`, and at least `from`, pays `rate` of the base. With `from` 0 the row reaches down to
/// where a deeper one begins. `inclusive` is a contract that says "99 % or less" (the Chinese 以下).
struct step {
  ratio below{};
  ratio rate{};
  ratio from{};
  bool inclusive = false;

  /// Whether the figure misses this row's bound, however far.
  [[nodiscard]] constexpr bool is_missed_by(const ratio& figure) const noexcept {
    return inclusive ? figure <= below : figure < below;
  }
  [[nodiscard]] constexpr bool holds(const ratio& figure) const noexcept {
    return from <= figure && is_missed_by(figure);
  }
  /// Whether this bound is harder to miss.
  [[nodiscard]] constexpr bool is_deeper_than(const step& other) const noexcept {
    return below < other.below || (below == other.below && !inclusive && other.inclusive);
  }
  [[nodiscard]] constexpr bool has_bound_of(const step& other) const noexcept {
    return below == other.below && inclusive == other.inclusive;
  }
  friend constexpr bool operator==(const step&, const step&) noexcept = default;
};

/// What a table says of a figure.
struct step_match {
  enum class kind : std::uint8_t {
    none,       ///< no bound is missed: pays nothing
    row,        ///< `row` pays
    gap,        ///< below the first bound, yet no row holds: undefined by the table
    ambiguous,  ///< two rows of one bound with two rates hold: undefined by the table
  };
  static constexpr kind none = kind::none, row_pays = kind::row, gap = kind::gap, ambiguous = kind::ambiguous;
  static constexpr std::size_t no_row = static_cast<std::size_t>(-1);

  kind what = kind::none;
  std::size_t row = no_row;     ///< the row that pays; of an undefined figure the nearest milder row, if any
  std::size_t deeper = no_row;  ///< of an undefined figure the other candidate: the next deeper row, if any

  [[nodiscard]] constexpr bool is_defined() const noexcept { return what == kind::none || what == kind::row; }
  friend constexpr bool operator==(const step_match&, const step_match&) noexcept = default;
};

/// The row of a table, of any length and order, that a figure falls into. Linear.
[[nodiscard]] constexpr step_match match(std::span<const step> table, const ratio& figure) noexcept {
  step_match held, nearest;
  bool below_any = false;
  for (std::size_t i = 0; i < table.size(); ++i) {
    const step& s = table[i];
    if (s.holds(figure)) {
      if (held.row == step_match::no_row || s.is_deeper_than(table[held.row])) {
        held = {step_match::row_pays, i, step_match::no_row};
      } else if (s.has_bound_of(table[held.row]) && s.rate != table[held.row].rate) {
        // Of more than two, the mildest and the dearest are kept.
        const std::size_t other = held.what == step_match::ambiguous ? held.deeper : held.row;
        if (held.what != step_match::ambiguous || s.rate > table[other].rate ||
            s.rate < table[held.row].rate) {
          const bool milder = s.rate < table[held.row].rate;
          held = {step_match::ambiguous, milder ? i : held.row, milder ? other : i};
        }
      }
    }
    // Milder neighbours begin above the figure, deeper ones end at or below it.
    if (s.is_missed_by(figure)) {
      below_any = true;
      if (nearest.row == step_match::no_row || s.from < table[nearest.row].from) nearest.row = i;
    } else if (nearest.deeper == step_match::no_row || table[nearest.deeper].is_deeper_than(s)) {
      nearest.deeper = i;
    }
  }
  if (held.row != step_match::no_row) return held;
  if (!below_any) return {};
  nearest.what = step_match::gap;
  return nearest;
}

/// The rate a figure pays: 0 where no bound is missed, nothing where the table leaves it undefined.
[[nodiscard]] constexpr std::optional<ratio> rate_at(std::span<const step> table,
                                                     const ratio& figure) noexcept {
  const step_match m = match(table, figure);
  if (!m.is_defined()) return std::nullopt;
  return m.what == step_match::row_pays ? table[m.row].rate : ratio();
}

/// A table written in code. One of any length is a span of steps and the functions above.
class step_table {
 public:
  static constexpr std::size_t max_rows = 24;

  /// Throws where there is no row, or more than max_rows.
  constexpr step_table(std::initializer_list<step> rows) : size_(rows.size()) {
    if (rows.size() == 0 || rows.size() > max_rows) detail::fail("a step table in code has 1 to 24 rows");
    std::size_t i = 0;
    for (const step& s : rows) rows_[i++] = s;
  }

  [[nodiscard]] constexpr std::span<const step> rows() const noexcept { return {rows_.data(), size_}; }
  [[nodiscard]] constexpr std::optional<ratio> rate_at(const ratio& figure) const noexcept {
    return sla::rate_at(rows(), figure);
  }
  [[nodiscard]] constexpr step_match match(const ratio& figure) const noexcept {
    return sla::match(rows(), figure);
  }

 private:
  std::array<step, max_rows> rows_{};
  std::size_t size_;
};

/// What is doubtful about a table.
struct table_fault {
  enum class kind : std::uint8_t {
    no_rows,
    impossible_row,  ///< `from` is not below `below`: it never pays
    repeated_bound,  ///< the bound of `other` too
    overlap,         ///< reaches below the bound of the deeper row `other`
    gap,  ///< nothing is said between it and the deeper row `other`, or below it where `other` is itself
    not_monotone,  ///< pays more than the row `other`, which holds deeper down: by its bound, or where this one ends
  };
  kind what = kind::no_rows;
  std::size_t row = 0;
  std::size_t other = 0;
  friend constexpr bool operator==(const table_fault&, const table_fault&) noexcept = default;
};

/// "repeated bound".
[[nodiscard]] constexpr std::string_view name(table_fault::kind k) noexcept {
  constexpr std::array<std::string_view, 6> names{"no rows", "impossible row", "repeated bound", "overlap",
                                                  "gap",     "not monotone"};
  return names[static_cast<std::size_t>(k)];
}

/// Everything doubtful, from the mildest row down; none for a table that defines every figure and grows. A loader
/// warns of each.
[[nodiscard]] constexpr std::vector<table_fault> faults(std::span<const step> table) {
  using kind = table_fault::kind;
  std::vector<table_fault> found;
  if (table.empty()) found.push_back({kind::no_rows, 0, 0});
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < table.size(); ++i) {
    if (table[i].from < table[i].below) {
      order.push_back(i);
    } else {
      found.push_back({kind::impossible_row, i, i});
    }
  }
  std::sort(order.data(), order.data() + order.size(), [&](std::size_t a, std::size_t b) {
    if (table[a].has_bound_of(table[b])) return a < b;
    return table[b].is_deeper_than(table[a]);
  });
  for (std::size_t k = 0; k < order.size(); ++k) {
    const step& deeper = table[order[k]];
    for (std::size_t j = 0; j < k; ++j) {
      const step& milder = table[order[j]];
      if (milder.has_bound_of(deeper)) {
        found.push_back({kind::repeated_bound, order[j], order[k]});
      } else if (milder.from != ratio() && deeper.is_missed_by(milder.from)) {
        found.push_back({kind::overlap, order[j], order[k]});
      }
    }
    if (k != 0 && table[order[k - 1]].rate > deeper.rate)
      found.push_back({kind::not_monotone, order[k - 1], order[k]});
    // Where it ends above the next row, a milder one that reaches further down holds again.
    if (deeper.from != ratio() && (k + 1 == order.size() || table[order[k + 1]].below < deeper.from))
      for (std::size_t j = k; j-- != 0;) {
        if (table[order[j]].from >= deeper.from) continue;
        if (table[order[j]].rate < deeper.rate) found.push_back({kind::not_monotone, order[k], order[j]});
        break;
      }
    // How far down the rows so far reach without a hole.
    std::size_t lowest = order[0];
    for (std::size_t j = 1; j <= k; ++j)
      if (table[order[j]].from < table[lowest].from) lowest = order[j];
    if (k + 1 == order.size()) {
      if (table[lowest].from != ratio()) found.push_back({kind::gap, lowest, lowest});
    } else if (table[order[k + 1]].below < table[lowest].from) {
      found.push_back({kind::gap, lowest, order[k + 1]});
    }
  }
  return found;
}

}  // namespace v0
}  // namespace sla
