// SPDX-License-Identifier: MIT
#pragma once

// What a shape comes to for a figure, and how: the common result of every shape's evaluation.
//
//     shape_value v = evaluate(per_unit{.unit = 30min, .rate = 5_pct, .free = 0.01_pct}, outage, how);
//     v.share       // 15 %
//     v.working[0]  // per unit: 3,340.8 s past the free 259.2 s are 2 units
//
// A shape answers a share of a base that it does not know, or an amount of its own, or both: a sum of the two. Nothing
// is rounded here.
//
// The hard question: what does a shape answer where the contract is silent? It takes the reading it is told to, and
// says that there was something to read (rule M0). Who asks is the settlement, once for each reading.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include <sla/base/ratio.hpp>
#include <sla/compensation/counting.hpp>
#include <sla/compensation/step_table.hpp>

namespace sla {
inline namespace v0 {

/// How a figure in a gap of a table is read; of two rates for one bound, `milder_row` is the lower.
enum class gap_reading : std::uint8_t { nothing, milder_row, deeper_row };

/// How to read what a shape leaves open.
struct shape_reading {
  gap_reading gap = gap_reading::nothing;
  unit_counting counted = unit_counting::complete;
};

enum class shape_kind : std::uint8_t {
  steps,
  per_step_below,
  pro_rata,
  per_unit,
  duration_tiers,
  count_tiers,
  per_count,
  nth_miss,
  constant,
  combined,
};
namespace detail {
inline constexpr std::array<std::string_view, 10> shape_kind_names{
    "steps",       "per step below", "pro rata", "per unit", "duration tiers",
    "count tiers", "per count",      "nth miss", "constant", "combined"};
}
/// "per step below".
[[nodiscard]] constexpr std::string_view name(shape_kind k) noexcept {
  return detail::shape_kind_names[static_cast<std::size_t>(k)];
}

/// One shape's part of the working.
struct shape_working {
  shape_kind kind = shape_kind::steps;
  std::size_t row =
      step_match::no_row;  ///< of a table, the one that pays; of a combination, the part that counts
  ratio quantity{};        ///< what was counted: a shortfall, seconds past the free ones, breaches
  ratio units{};           ///< how many units of it, or by how much it is multiplied
  ratio rate{};            ///< for each
  ratio share{};           ///< of the base
  std::int64_t minor = 0;  ///< beside the share, minor units
  std::uint8_t depth = 0;  ///< inside how many combinations
  friend constexpr bool operator==(const shape_working&, const shape_working&) noexcept = default;
};

/// What a shape comes to.
struct shape_value {
  ratio share{};                         ///< of the base
  std::int64_t minor = 0;                ///< beside the share, minor units
  bool missed = false;                   ///< the figure misses what was promised, whether or not that pays
  bool table_open = false;               ///< a gap, or two rates for one bound: read as told
  bool counting_open = false;            ///< how units are counted is not stated, and it matters here
  step_match match{};                    ///< of the first table asked
  std::optional<ratio> bound{};          ///< that was missed, of a shape that names one
  std::vector<shape_working> working{};  ///< a combination before its parts

  [[nodiscard]] constexpr bool pays() const noexcept { return share > ratio() || minor > 0; }
};

namespace detail {

// The row that a reading chooses of a match.
[[nodiscard]] constexpr std::size_t row_read(const step_match& m, gap_reading gap) noexcept {
  if (m.is_defined()) return m.row;
  if (gap == gap_reading::deeper_row) return m.deeper;
  if (gap == gap_reading::nothing && m.what == step_match::gap) return step_match::no_row;
  return m.row;
}

inline constexpr ratio one_unit{1};  // built once: a ratio is reduced where it is made

// a * b, without reducing anything where one of them is 1.
[[nodiscard]] constexpr ratio part_of(const ratio& a, const ratio& b) {
  return a == one_unit ? b : b == one_unit ? a : a * b;
}

[[nodiscard]] constexpr shape_value leaf(shape_kind kind, bool missed, const ratio& quantity,
                                         const ratio& units, const ratio& rate,
                                         std::size_t row = step_match::no_row) {
  shape_value v;
  v.missed = missed;
  v.share = part_of(units, rate);
  v.working.push_back({kind, row, quantity, units, rate, v.share, 0, 0});
  return v;
}

// Units as stated, or as the reading has it.
[[nodiscard]] constexpr unit_counting counting_read(unit_counting stated, const shape_reading& how) noexcept {
  return stated == unit_counting::unstated ? how.counted : stated;
}
// Whether the readings of unstated units differ: they do unless the number is whole.
[[nodiscard]] constexpr bool counting_matters(unit_counting stated, const ratio& amount, const ratio& unit) {
  return stated == unit_counting::unstated && amount > ratio() && (amount / unit).den() != 1;
}

}  // namespace detail
}  // namespace v0
}  // namespace sla
