// SPDX-License-Identifier: MIT
#pragma once

// Every way in which a figure becomes a share of a fee: one closed choice.
//
//     sla::shape pays = sla::steps{{{99.99_pct, 10_pct}, {99_pct, 30_pct}}};
//     sla::shape coupa = sla::max_of({sla::steps{{{99.8_pct, 10_pct}}}, sla::pro_rata{.below = 99.8_pct}});
//     sla::evaluate(coupa, figure.measured(), {}, fee).share     // the greater of 10 % and the time down
//
// A new shape is one header with its values and its `evaluate`, one alternative here, one name in shape_kind, and its
// faults in shape_faults.hpp.
//
// The hard question: is 500 yuan more than 10 %? That depends on the fee, so combining asks for it: the comparison is
// of exact amounts, before any rounding. Where only shares meet, the fee is not looked at.

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include <sla/base/money.hpp>
#include <sla/base/ratio.hpp>
#include <sla/base/wide.hpp>
#include <sla/compensation/figure.hpp>
#include <sla/compensation/per_step.hpp>
#include <sla/compensation/per_unit.hpp>
#include <sla/compensation/shape_working.hpp>
#include <sla/compensation/step_table.hpp>
#include <sla/compensation/tiers.hpp>

namespace sla {
inline namespace v0 {

/// A step table over the figure's value (step_table.hpp).
struct steps {
  std::vector<step> rows{};
  friend constexpr bool operator==(const steps&, const steps&) noexcept = default;
};
[[nodiscard]] constexpr shape_value evaluate(const steps& s, const quantities& q, const shape_reading& how) {
  const step_match m = match(s.rows, q.value);
  const std::size_t row = detail::row_read(m, how.gap);
  const bool none = row == step_match::no_row;
  shape_value v = detail::leaf(shape_kind::steps, m.what != step_match::none, q.value,
                               none ? ratio() : detail::one_unit, none ? ratio() : s.rows[row].rate, row);
  v.table_open = !m.is_defined();
  v.match = m;
  if (!none) v.bound = s.rows[row].below;
  return v;
}

/// The same whenever the figure is a miss: its value below `below`, or a count above 0.
struct constant {
  std::variant<ratio, money> pays = ratio();
  ratio below{};  ///< 0: the figure's count decides
  friend constexpr bool operator==(const constant&, const constant&) noexcept = default;
};
[[nodiscard]] constexpr shape_value evaluate(const constant& s, const quantities& q, const shape_reading&) {
  const bool missed = s.below == ratio() ? q.count > 0 : q.value < s.below;
  const bool is_share = std::holds_alternative<ratio>(s.pays);
  shape_value v =
      detail::leaf(shape_kind::constant, missed, missed ? detail::one_unit : ratio(),
                   missed ? detail::one_unit : ratio(), is_share ? std::get<ratio>(s.pays) : ratio());
  if (!is_share && missed) v.minor = v.working[0].minor = std::get<money>(s.pays).minor_units();
  if (missed && s.below != ratio()) v.bound = s.below;
  return v;
}

struct shape;

/// How the parts of a combination go together: the greatest, the least that pays, all, or the last that pays.
enum class shape_op : std::uint8_t { max, min, sum, override_earlier };

/// Shapes over one figure, combined into one line.
struct combined {
  shape_op how = shape_op::max;
  std::vector<shape> of;
  friend constexpr bool operator==(const combined&, const combined&) noexcept;
};

/// Any shape.
struct shape {
  using any = std::variant<steps, per_step_below, pro_rata, per_unit, duration_tiers, count_tiers, per_count,
                           nth_miss, constant, combined>;
  any is{};

  constexpr shape() = default;
  template <class Shape>
    requires(!std::is_same_v<std::remove_cvref_t<Shape>, shape> && std::is_constructible_v<any, Shape>)
  constexpr shape(Shape&& s) : is(std::forward<Shape>(s)) {}

  [[nodiscard]] constexpr shape_kind kind() const noexcept { return static_cast<shape_kind>(is.index()); }
  friend constexpr bool operator==(const shape&, const shape&) noexcept = default;
};
constexpr bool operator==(const combined& a, const combined& b) noexcept {
  return a.how == b.how && a.of == b.of;
}

[[nodiscard]] inline shape max_of(std::vector<shape> parts) {
  return combined{shape_op::max, std::move(parts)};
}
[[nodiscard]] inline shape min_of(std::vector<shape> parts) {
  return combined{shape_op::min, std::move(parts)};
}
[[nodiscard]] inline shape sum_of(std::vector<shape> parts) {
  return combined{shape_op::sum, std::move(parts)};
}
/// Of parts that pay, the last alone: what stands later overrides what stands before.
[[nodiscard]] inline shape last_of(std::vector<shape> parts) {
  return combined{shape_op::override_earlier, std::move(parts)};
}

namespace detail {

// share * base + minor, exactly.
[[nodiscard]] constexpr std::optional<ratio> exact_minor(const ratio& share, std::int64_t minor,
                                                         const ratio& base) noexcept {
  const auto of_base = checked_mul(base, share);
  return of_base ? checked_add(*of_base, ratio(minor)) : std::nullopt;
}

[[nodiscard]] constexpr std::strong_ordering compare_worth(const shape_value& a, const shape_value& b,
                                                           const ratio& base) {
  if (a.minor == b.minor) return base == ratio() ? std::strong_ordering::equal : a.share <=> b.share;
  const auto left = exact_minor(a.share, a.minor, base), right = exact_minor(b.share, b.minor, base);
  if (!left || !right) fail("the amounts that a combination compares must fit 64 bits");
  return *left <=> *right;
}

}  // namespace detail

/// What a shape comes to for a figure; `base` in minor units is looked at only to compare amounts with shares. Throws
/// sla::error where a term leaves 64 bits, or the figure lacks what the shape asks for.
[[nodiscard]] constexpr shape_value evaluate(const shape& s, const quantities& q,
                                             const shape_reading& how = {}, const ratio& base = ratio(1)) {
  if (!std::holds_alternative<combined>(s.is))
    return std::visit(
        [&](const auto& leaf) {
          if constexpr (std::is_same_v<std::remove_cvref_t<decltype(leaf)>, combined>) {
            return shape_value{};
          } else {
            return evaluate(leaf, q, how);
          }
        },
        s.is);

  const combined& parts = std::get<combined>(s.is);
  shape_value out;
  std::size_t best = step_match::no_row;
  std::vector<shape_value> values;
  for (std::size_t i = 0; i < parts.of.size(); ++i) {
    const shape_value& v = values.emplace_back(evaluate(parts.of[i], q, how, base));
    out.missed = out.missed || v.missed;
    out.table_open = out.table_open || v.table_open;
    out.counting_open = out.counting_open || v.counting_open;
    if (out.match == step_match{}) out.match = v.match;
    if (parts.how == shape_op::sum) {
      out.share = out.share + v.share;
      const auto minor = detail::checked_add(out.minor, v.minor);
      if (!minor) detail::fail("an amount of money must fit 64 bits of minor units");
      out.minor = *minor;
      if (v.pays()) best = i;
    } else if (v.pays()) {
      const bool first = best == step_match::no_row;
      if (first || parts.how == shape_op::override_earlier ||
          (parts.how == shape_op::max && detail::compare_worth(v, values[best], base) > 0) ||
          (parts.how == shape_op::min && detail::compare_worth(v, values[best], base) < 0))
        best = i;
    }
  }
  if (best != step_match::no_row) {
    out.bound = values[best].bound;
    if (parts.how != shape_op::sum) {
      out.share = values[best].share;
      out.minor = values[best].minor;
    }
  }
  out.working.push_back({shape_kind::combined,
                         parts.how == shape_op::sum ? step_match::no_row : best,
                         {},
                         {},
                         {},
                         out.share,
                         out.minor,
                         0});
  for (const shape_value& v : values)
    for (shape_working w : v.working) {
      ++w.depth;
      out.working.push_back(w);
    }
  return out;
}

}  // namespace v0
}  // namespace sla
