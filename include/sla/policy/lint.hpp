// SPDX-License-Identifier: MIT
#pragma once

// Finds in a policy what a good contract manager would warn about (lint_rules.hpp), each with its figure:
//
//     for (const sla::spec_fault& f : sla::lint(spec, policy)) show(f.code, f.message);
//     // L012: resolution of P1 flagship suburban is due in 1h and onsite in 2h
//
// The hard question: which figure makes a reader act? Not the setting, but what it does to him: "closed for 182h30min
// from 2026-09-30 18:00 on" rather than "counts business hours". Months are taken to have 30 days.
//
// Codes that the policy allows are left out; allowances without a finding are told. Linear in the cells of the decision
// table times the clocks; a row that states nothing but a calendar is looked for in every cell.

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <sla/policy/lint_clocks.hpp>
#include <sla/policy/lint_money.hpp>
#include <sla/policy/lint_rules.hpp>
#include <sla/policy/lint_targets.hpp>
#include <sla/policy/policy.hpp>
#include <sla/policy/policy_spec.hpp>

namespace sla {
inline namespace v0 {

/// The findings in `made`, which was compiled from `spec`, in the order of their codes and places.
[[nodiscard]] inline std::vector<spec_fault> lint(const policy_spec& spec, const policy& made) {
  detail::lint_findings found;
  detail::lint_money(spec, made, found);
  detail::lint_targets(spec, made, found).run();
  detail::lint_clocks(spec, made, found);
  std::vector<spec_fault> out;
  std::vector<bool> needed(spec.allow.size(), false);
  for (spec_fault& f : found.all) {
    bool allowed = false;
    for (std::size_t i = 0; i < spec.allow.size(); ++i)
      if (spec.allow[i].lint == f.code) needed[i] = allowed = true;
    if (!allowed) out.push_back(std::move(f));
  }
  for (std::size_t i = 0; i < needed.size(); ++i)
    if (!needed[i] && !is_warning_rule(spec.allow[i].lint))  // whoever loads knows of those
      out.push_back({gravity::warning, "allow", i, "lint", 0, "L000",
                     std::string(spec.allow[i].lint) + " is allowed and was not found"});
  std::ranges::sort(
      out, {}, [](const spec_fault& f) { return std::tie(f.code, f.section, f.row, f.item, f.message); });
  return out;
}

}  // namespace v0
}  // namespace sla
