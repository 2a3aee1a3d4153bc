// SPDX-License-Identifier: MIT
#pragma once

// What is owed for a window: lines, caps, totals, and every reading of what the contract leaves open.
//
//     availability 99.9 % of a month, fee 9,000.00 CNY, 10 % below 99.99 % (clause 5.2), no more than 5 % (clause 5.6)
//
//     line   5.2   99.9% < 99.99%, 10% of 9000.00       900.00
//     cap    5.6   no more than 450.00 in a window     -450.00
//     total                                              450.00
//
// Lines and caps are listed whole, those that pay or take nothing, too; of every form, granted lines less reductions
// are the total, to the last minor unit (rule M9).
//
// The hard question: which total is *the* total, where the contract has several readings? The lowest, for so much is
// owed on any of them; the others stand beside it with the party each favours (rule M0). Readings are ordered by credit,
// then by voucher, cash and what is counted.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <sla/base/money.hpp>
#include <sla/base/ratio.hpp>
#include <sla/compensation/claim.hpp>
#include <sla/compensation/credit.hpp>

namespace sla {
inline namespace v0 {

/// What a clause made of a figure.
enum class line_outcome : std::uint8_t {
  pays,        ///< its amount is granted
  superseded,  ///< another line pays for it, and this does not
  kept,        ///< no bound was missed, or missing it pays nothing
  no_data,     ///< nothing was measured
  gated,       ///< a gate is shut
  claimable,   ///< owed once it is claimed, which can still be done
  forfeited,   ///< not claimed in time
};
namespace detail {
inline constexpr std::array<std::string_view, 7> line_outcome_names{
    "pays", "superseded", "kept", "no data", "gated", "claimable", "forfeited"};
}
/// "superseded".
[[nodiscard]] constexpr std::string_view name(line_outcome o) noexcept {
  return detail::line_outcome_names[static_cast<std::size_t>(o)];
}

/// Whom a reading favours: the highest total the customer, the lowest the vendor.
enum class favoured : std::uint8_t { nobody, vendor, customer };

/// One clause applied to one figure.
struct credit_line {
  std::string clause{};
  std::string subject{};
  metric_id metric = 0;
  ratio figure{};  ///< the value measured
  line_outcome outcome = line_outcome::kept;
  step_match match{};            ///< which row of the clause's table, and whether the table defines it
  std::optional<ratio> bound{};  ///< the bound that was missed, where the clause names one
  ratio rate{};                  ///< of the base, as applied; rounded first where the contract does so
  money base = money::minor(0, cny);
  std::optional<ratio> exact{};  ///< minor units or units before rounding; none where it leaves 64 bits
  money amount = money::minor(0, cny);   ///< rounded; 0 of a form that is no money
  money granted = money::minor(0, cny);  ///< what of the amount goes into the total: all or nothing
  sla::rounding rounding = sla::rounding::half_up;

  ratio base_share = detail::whole_fee;  ///< of the base: what belongs to the window, times seats
  bool base_is_reference = false;        ///< the fee itself is 0, and another stands in
  bool undefined = false;                ///< the clause is open here, and read as the reading has it
  bool missed = false;                   ///< the promise, whether or not that pays
  remedy_form form = remedy_form::credit;
  std::string unit{};      ///< of a form that is counted
  std::int64_t count = 0;  ///< units, rounded up
  std::int64_t granted_count = 0;
  gate_kind gate = gate_kind::none;  ///< which one is shut
  claim_result claim{};
  root_cause_id cause = 0;
  std::optional<std::chrono::sys_days> date{};
  std::vector<shape_working> working{};

  friend bool operator==(const credit_line&, const credit_line&) = default;
};

/// The window's result for the history that later windows bring.
[[nodiscard]] constexpr window_result result_of(const credit_line& l) noexcept {
  if (l.outcome == line_outcome::no_data) return window_result::no_data;
  return l.missed ? window_result::missed : window_result::kept;
}

/// What a cap did.
struct cap_application {
  std::string clause{};
  cap_scope scope = cap_scope::window;
  std::size_t line = static_cast<std::size_t>(-1);  ///< of a line's cap, which
  money limit = money::minor(0, cny);               ///< as an amount
  money earlier = money::minor(0, cny);             ///< of it, paid by earlier windows
  money before = money::minor(0, cny);
  money after = money::minor(0, cny);
  money reduction = money::minor(0, cny);  ///< before - after, 0 or more
  remedy_form form = remedy_form::credit;

  friend bool operator==(const cap_application&, const cap_application&) = default;
};

/// What a cap on a form that is counted did.
struct unit_cap_application {
  std::string clause{};
  cap_scope scope = cap_scope::window;
  std::size_t line = static_cast<std::size_t>(-1);
  std::int64_t limit = 0;
  std::int64_t earlier = 0;
  std::int64_t before = 0;
  std::int64_t after = 0;
  std::int64_t reduction = 0;
  remedy_form form = remedy_form::term_extension;
  std::string unit{};

  friend bool operator==(const unit_cap_application&, const unit_cap_application&) = default;
};

/// What is owed in one form.
struct form_total {
  remedy_form form = remedy_form::credit;
  std::string unit{};                   ///< of a form that is counted
  money amount = money::minor(0, cny);  ///< of money
  std::int64_t count = 0;               ///< of what is counted; of a right or a duty 1 or 0

  friend bool operator==(const form_total&, const form_total&) = default;
};

/// One way to read the contract, settled.
struct reading {
  sla::combination combination = sla::combination::sum;
  gap_reading gap = gap_reading::nothing;
  unit_counting counted = unit_counting::complete;  ///< where a clause leaves it open
  std::size_t base = 0;                             ///< of the fees that a base can mean, by amount
  std::vector<credit_line>
      lines{};  ///< every clause with every figure of its metric, those that pay nothing too
  std::vector<cap_application> caps{};  ///< in the order applied, those that took nothing too
  std::vector<unit_cap_application> unit_caps{};
  money total = money::minor(0, cny);   ///< of credits: granted lines less reductions
  std::vector<form_total> totals{};     ///< of every form that a clause names, credit first
  std::vector<form_total> claimable{};  ///< what making every claim that is still possible would add to it
  favoured favours = favoured::nobody;
};

/// What is owed. Where the contract leaves it open, `readings` holds every reading and the rest is the lowest of them.
struct settlement {
  std::vector<credit_line> lines{};
  std::vector<cap_application> caps{};
  std::vector<unit_cap_application> unit_caps{};
  money total = money::minor(0, cny);
  std::vector<form_total> totals{};
  std::vector<form_total> claimable{};  ///< what making every claim that is still possible would add
  std::vector<reading> readings{};      ///< two or more where undefined by the contract, else none
  bool combination_unstated = false;    ///< the readings differ in how lines combine
  bool table_undefined = false;         ///< the readings differ in what a gap of a table pays
  bool counting_unstated = false;       ///< the readings differ in what part of a unit pays
  bool base_unstated = false;           ///< the readings differ in the fee that shares are of

  [[nodiscard]] bool is_defined() const noexcept { return readings.empty(); }
};

/// What earlier windows paid under a scope that reaches back, or earlier parts of a window under that of the window.
struct earlier_payment {
  cap_scope scope = cap_scope::year;
  money paid = money::minor(0, cny);
  remedy_form form = remedy_form::credit;
};
/// The same of a form that is counted.
struct earlier_units {
  cap_scope scope = cap_scope::year;
  std::int64_t count = 0;
  remedy_form form = remedy_form::term_extension;
  std::string unit{};
};

}  // namespace v0
}  // namespace sla
