// SPDX-License-Identifier: MIT
#pragma once

// What a share is a share of: a fee by name, and how much of it belongs to the window.
//
//     const sla::fee fees[]{{.id = monthly, .amount = sla::money::minor(900'000, sla::cny)},
//                           {.id = annual, .amount = sla::money::minor(10'000'000, sla::cny), .days = 365}};
//     sla::base_terms{.fee = annual, .spread = sla::fee_spread::twelfth}      // a twelfth of the year's fee
//     sla::base_terms{.fee = annual, .spread = sla::fee_spread::by_days}      // 31/365 of it in October
//
// A spread fee is not rounded by itself: a twelfth of 100.00 stays 100.00 and 1/12, and the line is rounded once (M2).
//
// The hard question: 10 % of which fee: the list price or what was paid, with tax or without? A contract that says
// "10 % of the monthly fee" left it open. The host brings each of these fees; terms that do not say which are settled
// on each of them, as readings (rule M0). Nothing is converted: tax is not this library's work.
//
// A free year has a fee of 0, and 10 % of it is nothing. `reference` names the fee that stands in; without one the
// line says that its base is 0 (rule M5).

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <sla/base/error.hpp>
#include <sla/base/money.hpp>
#include <sla/base/ratio.hpp>

namespace sla {
inline namespace v0 {

namespace detail {
inline constexpr ratio whole_fee{1};  // built once: a ratio is reduced where it is made
}

/// A fee by the contract's numbering.
using fee_id = std::uint16_t;

enum class fee_tax : std::uint8_t { unstated, included, excluded };
enum class fee_price : std::uint8_t { unstated, list, paid };

/// How much of a fee belongs to a window.
enum class fee_spread : std::uint8_t {
  none,     ///< all of it
  twelfth,  ///< a twelfth of a year's
  by_days,  ///< the window's days of the days that it pays for
};

/// An amount that a contract names.
struct fee {
  fee_id id = 0;
  money amount = money::minor(0, cny);
  std::string subject{};  ///< of one service, one agent seat; else of the whole contract
  fee_tax tax = fee_tax::unstated;
  fee_price price = fee_price::unstated;
  std::int32_t days = 0;            ///< that it pays for, where it is spread by days
  ratio share = detail::whole_fee;  ///< of the amount: what belongs to the window as it is
};

/// Which fee a clause takes its share of.
struct base_terms {
  fee_id fee = 0;
  fee_tax tax = fee_tax::unstated;
  fee_price price = fee_price::unstated;
  fee_spread spread = fee_spread::none;
  bool of_subject = false;            ///< the fee of what the figure measured, as one service's
  bool each_seat = false;             ///< for each of the figure's seats
  std::optional<fee_id> reference{};  ///< instead of a fee of 0
  friend constexpr bool operator==(const base_terms&, const base_terms&) noexcept = default;
};

/// A fee, and the share of it that counts.
struct base_amount {
  money amount = money::minor(0, cny);
  ratio share = detail::whole_fee;
  bool reference = false;  ///< stands in for a fee of 0

  friend bool operator==(const base_amount&, const base_amount&) noexcept = default;
};

namespace detail {

/// The bases that terms can mean, by amount, each once.
struct base_readings {
  std::array<base_amount, 9> all{};
  std::size_t size = 0;

  void add(const base_amount& b) {
    for (std::size_t i = 0; i < size; ++i)
      if (all[i] == b) return;
    if (size == all.size()) fail("a fee is brought more often than it has readings");
    std::size_t at = size++;
    for (; at > 0 && b.amount < all[at - 1].amount; --at) all[at] = all[at - 1];
    all[at] = b;
  }
  [[nodiscard]] const base_amount& read(std::size_t reading) const noexcept {
    return all[reading < size ? reading : size - 1];
  }
};

[[nodiscard]] inline ratio spread_share(const base_terms& terms, const fee& f, std::int32_t window_days) {
  if (terms.spread == fee_spread::none) return f.share;
  if (terms.spread == fee_spread::twelfth) return f.share * ratio(1, 12);
  if (f.days <= 0 || window_days <= 0) fail("a fee that is spread by days needs its days and the window's");
  return f.share * ratio(window_days, f.days);
}

// Throws where no fee answers to the terms.
[[nodiscard]] inline base_readings bases(const base_terms& terms, std::span<const fee> fees,
                                         std::string_view clause, std::string_view subject,
                                         std::int64_t seats, std::int32_t window_days) {
  base_readings found;
  const auto collect = [&](fee_id id, bool reference) {
    for (const fee& f : fees) {
      if (f.id != id || (terms.of_subject ? f.subject != subject : !f.subject.empty())) continue;
      if (terms.tax != fee_tax::unstated && f.tax != terms.tax) continue;
      if (terms.price != fee_price::unstated && f.price != terms.price) continue;
      if (f.amount.minor_units() < 0) fail("a fee to take credits from cannot be negative");
      ratio share = spread_share(terms, f, window_days);
      if (terms.each_seat) share = share * ratio(seats);
      found.add({f.amount, share, reference});
    }
  };
  collect(terms.fee, false);
  const bool zero =
      std::all_of(found.all.begin(), found.all.begin() + static_cast<std::ptrdiff_t>(found.size),
                  [](const base_amount& b) { return b.amount.is_zero(); });
  if (zero && found.size != 0 && terms.reference) {
    found.size = 0;
    collect(*terms.reference, true);
  }
  if (found.size == 0)
    fail("clause " + std::string(clause) + ": no fee is brought for its base" +
         (terms.of_subject ? " of '" + std::string(subject) + "'" : std::string()));
  return found;
}

}  // namespace detail
}  // namespace v0
}  // namespace sla
