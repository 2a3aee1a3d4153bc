// SPDX-License-Identifier: MIT
#pragma once

// What is doubtful about a shape as declared, with its place: for a loader's errors and warnings.
//
//     for (const sla::shape_fault& f : sla::faults(shape)) warn(name(f.what), f.part, f.row);
//         // "not monotone", part 0, row 1
//
// A fault is fatal where the shape cannot be evaluated or can never pay (no rows, a unit of 0, a negative rate); the
// rest are promises with a meaning, though hardly the one intended.
//
// The hard question: a table by duration that pays less for a longer outage is evaluated as it stands, and reported
// (rule M3): the library does not correct a contract.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include <sla/compensation/shape.hpp>

namespace sla {
inline namespace v0 {

struct shape_fault {
  enum class kind : std::uint8_t {
    no_rows,          ///< a table, or a combination, of nothing
    impossible_row,   ///< it ends before it begins
    repeated_bound,   ///< the bound of `other`, too
    overlap,          ///< reaches into the deeper row `other`
    gap,              ///< nothing is said between it and the deeper row `other`
    not_monotone,     ///< pays more than the deeper row `other`
    negative_rate,    ///< pays less than nothing
    no_unit,          ///< a unit or step that is not above 0
    no_windows,       ///< no window to count misses in
    more_rates,       ///< more rates than windows: the last can never be reached
    negative_amount,  ///< a free allowance or a minimum below 0
    no_bound,         ///< a bound that no share can miss
  };
  kind what = kind::no_rows;
  std::size_t part = 0;  ///< of a combination, leaves counted in order; else 0
  std::size_t row = 0;
  std::size_t other = 0;

  [[nodiscard]] constexpr bool is_fatal() const noexcept {
    switch (what) {
      case kind::no_rows:
      case kind::impossible_row:
      case kind::negative_rate:
      case kind::no_unit:
      case kind::no_windows:
      case kind::negative_amount: return true;
      default: return false;
    }
  }
  friend constexpr bool operator==(const shape_fault&, const shape_fault&) noexcept = default;
};

/// "not monotone".
[[nodiscard]] constexpr std::string_view name(shape_fault::kind k) noexcept {
  constexpr std::array<std::string_view, 12> names{
      "no rows",    "impossible row", "repeated bound",  "overlap",
      "gap",        "not monotone",   "negative rate",   "no unit",
      "no windows", "more rates",     "negative amount", "no bound"};
  return names[static_cast<std::size_t>(k)];
}

/// Everything doubtful about a table over whole numbers, by where rows begin.
[[nodiscard]] constexpr std::vector<shape_fault> faults(std::span<const tier_row> table,
                                                        std::size_t part = 0) {
  using kind = shape_fault::kind;
  std::vector<shape_fault> found;
  if (table.empty()) found.push_back({kind::no_rows, part, 0, 0});
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < table.size(); ++i) {
    if (table[i].rate < ratio()) found.push_back({kind::negative_rate, part, i, i});
    if (table[i].from < table[i].until) {
      order.push_back(i);
    } else {
      found.push_back({kind::impossible_row, part, i, i});
    }
  }
  std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
    return table[a].from != table[b].from ? table[a].from < table[b].from : a < b;
  });
  constexpr auto endless = std::numeric_limits<std::int64_t>::max();
  std::size_t reach = 0;  // of the rows so far, the place in `order` of the one that ends last
  for (std::size_t k = 0; k < order.size(); ++k) {
    const tier_row& deeper = table[order[k]];
    for (std::size_t j = 0; j < k; ++j) {
      const tier_row& milder = table[order[j]];
      if (milder.from == deeper.from) {
        found.push_back({kind::repeated_bound, part, order[j], order[k]});
      } else if (milder.until != endless && milder.until > deeper.from) {
        found.push_back({kind::overlap, part, order[j], order[k]});
      }
    }
    if (k != 0 && table[order[k - 1]].rate > deeper.rate)
      found.push_back({kind::not_monotone, part, order[k - 1], order[k]});
    if (k != 0 && table[order[reach]].until < deeper.from)
      found.push_back({kind::gap, part, order[reach], order[k]});
    if (deeper.until >= table[order[reach]].until) reach = k;
  }
  // A last row that ends leaves what is longer unsaid.
  if (!order.empty() && table[order[reach]].until != endless)
    found.push_back({kind::gap, part, order[reach], order[reach]});
  return found;
}

namespace detail {

struct fault_finder {
  std::vector<shape_fault> found{};
  std::size_t part = 0;
  using kind = shape_fault::kind;

  constexpr void add(kind what, std::size_t row = 0) { found.push_back({what, part, row, row}); }
  constexpr void rate(const ratio& r, std::size_t row = 0) {
    if (r < ratio()) add(kind::negative_rate, row);
  }
  constexpr void bound(const ratio& b) {
    if (b <= ratio()) add(kind::no_bound);
  }

  constexpr void of(const steps& s) {
    for (std::size_t i = 0; i < s.rows.size(); ++i) rate(s.rows[i].rate, i);
    for (const table_fault& f : faults(s.rows))
      found.push_back({static_cast<kind>(f.what), part, f.row, f.other});
  }
  constexpr void of(const per_step_below& s) {
    rate(s.rate);
    bound(s.bound);
    if (s.step <= ratio()) add(kind::no_unit);
  }
  constexpr void of(const pro_rata& s) {
    rate(s.times);
    bound(s.below);
  }
  constexpr void of(const per_unit& s) {
    rate(s.rate);
    if (s.unit.count() <= 0) add(kind::no_unit);
    if (s.free.count() < 0 || s.more_than.count() < 0 || s.free_share < ratio()) add(kind::negative_amount);
  }
  constexpr void of(const duration_tiers& s) { table(s.rows); }
  constexpr void of(const count_tiers& s) { table(s.rows); }
  constexpr void table(std::span<const tier_row> rows) {
    for (const shape_fault& f : faults(rows, part)) found.push_back(f);
  }
  constexpr void of(const per_count& s) {
    rate(s.rate);
    if (s.free < 0) add(kind::negative_amount);
  }
  constexpr void of(const nth_miss& s) {
    bound(s.below);
    if (s.windows == 0) add(kind::no_windows);
    if (s.rates.empty()) add(kind::no_rows);
    if (s.rates.size() > s.windows) add(kind::more_rates, s.windows);
    for (std::size_t i = 0; i < s.rates.size(); ++i) {
      rate(s.rates[i], i);
      if (i != 0 && s.rates[i - 1] > s.rates[i]) found.push_back({kind::not_monotone, part, i - 1, i});
    }
  }
  constexpr void of(const constant& s) {
    if (std::holds_alternative<ratio>(s.pays)) return rate(std::get<ratio>(s.pays));
    if (std::get<money>(s.pays).minor_units() < 0) add(kind::negative_rate);
  }
  constexpr void of(const combined& s) {
    if (s.of.empty()) add(kind::no_rows);
    for (const shape& inner : s.of) {
      visit(inner);
      ++part;
    }
    if (!s.of.empty()) --part;
  }
  constexpr void visit(const shape& s) {
    std::visit([this](const auto& any) { of(any); }, s.is);
  }
};
// The first six kinds are a step table's, in its order.
static_assert(static_cast<int>(shape_fault::kind::not_monotone) ==
              static_cast<int>(table_fault::kind::not_monotone));

}  // namespace detail

/// Everything doubtful, part by part; none for a shape that defines every figure and grows.
[[nodiscard]] constexpr std::vector<shape_fault> faults(const shape& s) {
  detail::fault_finder finder;
  finder.visit(s);
  return std::move(finder.found);
}

}  // namespace v0
}  // namespace sla
