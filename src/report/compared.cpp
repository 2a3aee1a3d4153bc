// SPDX-License-Identifier: MIT
#include <sla/report/compared.hpp>

#include <string_view>
#include <vector>

#include "json_money.hpp"
#include "money_text.hpp"
#include "table.hpp"
#include "words.hpp"

namespace sla {
inline namespace v0 {
namespace detail {
namespace {

[[nodiscard]] std::string_view length_name(const compared_row& r) {
  if (r.windows.empty()) return "window";
  const std::int32_t days = r.windows.front().window.days;
  const auto between = [&](std::int32_t least, std::int32_t most) { return days >= least && days <= most; };
  return between(365, 366) ? "year" : between(90, 92) ? "quarter" : between(28, 31) ? "month" : "window";
}

[[nodiscard]] money credits_of(const std::vector<form_total>& totals, const currency& in) {
  for (const form_total& t : totals)
    if (t.form == remedy_form::credit) return t.amount;
  return money::minor(0, in);
}

// What is owed besides credits, and is not nothing.
[[nodiscard]] std::vector<form_total> besides(std::vector<form_total> totals) {
  std::erase_if(totals, [](const form_total& t) {
    return t.form == remedy_form::credit || (t.amount.is_zero() && t.count == 0);
  });
  return totals;
}

// "99.9%", or "99.9%, 99.99%" where a contract moved up.
[[nodiscard]] std::string promised_text(const compared_row& r) {
  std::string out = r.target ? to_string(*r.target) : std::string("nothing");
  for (const ratio& later : r.later_targets) out += ", " + to_string(later);
  return out;
}

}  // namespace
}  // namespace detail

std::string to_text(std::span<const compared_row> rows, const text_style& style) {
  using namespace detail;
  table t({"policy", "tier", "contract", "promised", "measured", "missed", "lowest", "credit", "of the fees",
           "besides", "when claimed", ""},
          {5, 6, 7, 8});
  for (const compared_row& r : rows) {
    const money credit = credits_of(r.totals, r.fees.in());
    const std::size_t n = r.windows.size();
    std::vector<form_total> more = r.claimable;
    std::erase_if(more, [](const form_total& f) { return f.amount.is_zero() && f.count == 0; });
    std::string note = r.undefined == 0 ? "" : std::to_string(r.undefined) + " undefined by the contract";
    if (r.provisional) note += note.empty() ? "provisional" : ", provisional";
    t.row({r.policy,
           r.tier,
           r.contract.id,
           promised_text(r),
           std::to_string(n) + ' ' + std::string(length_name(r)) + (n == 1 ? "" : "s"),
           {std::to_string(r.missed), r.missed == 0 ? paint::good : paint::bad},
           r.lowest ? percent(*r.lowest, style.percent_digits, rounding::floor) : std::string("no data"),
           {to_string(credit) + (r.undefined == 0 ? "" : " or more"), paint::strong},
           r.fees.is_zero() ? std::string()
                            : percent(ratio(credit.minor_units(), r.fees.minor_units()), 2, rounding::floor),
           money_text::totals(besides(r.totals)),
           money_text::totals(more),
           {note, paint::doubtful}});
  }
  return t.print(0, style.colour);
}

std::string to_json(std::span<const compared_row> rows) {
  using namespace detail;
  json all = json::array();
  for (const compared_row& r : rows) {
    json windows = json::array();
    for (const compared_window& w : r.windows)
      windows.push_back({{"window", w.window.label},
                         {"availability", w.availability ? json_money::of(*w.availability) : json(nullptr)},
                         {"missed", w.missed},
                         {"defined", w.defined},
                         {"totals", json_money::totals(w.totals)}});
    all.push_back({{"policy", r.policy},
                   {"tier", r.tier},
                   {"contract", r.contract.id.empty() ? json(nullptr) : json(r.contract.id)},
                   {"target", json_money::of(r.target)},
                   {"measured_by", length_name(r)},
                   {"missed", r.missed},
                   {"lowest", json_money::of(r.lowest)},
                   {"fees", json_money::of(r.fees)},
                   {"totals", json_money::totals(r.totals)},
                   {"claimable", json_money::totals(r.claimable)},
                   {"undefined", r.undefined},
                   {"provisional", r.provisional},
                   {"windows", std::move(windows)}});
  }
  return print({{"policies", std::move(all)}});
}

}  // namespace v0
}  // namespace sla
