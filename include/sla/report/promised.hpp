// SPDX-License-Identifier: MIT
#pragma once

// What a policy promises, as people expect to read it: for each clock a table of severities and tiers, then
// availabilities and how they are measured, service levels, remedies in words, calendars and pauses.
//
//     std::cout << sla::to_text(policy, sla::promised{});
//     //   response 响应
//     //   from reported to responded, or a later stage
//     //                 basic 基础版             flagship 旗舰版
//     //   P1 一级 致命  10min (3.1)              10min (3.1)
//     //   P2 二级 严重  30bmin workdays (3.2.1)  30min (3.2)
//
// What differs by region, category or channel has a table for each; places that are promised the same share one. Beside each
// limit stand its calendar and the clause that states it.
//
// The hard question: is what is shown what is judged? The cells are the compiled ones that `assess` looks up, not the
// rows of the file: a row that a more specific one hides does not appear.

#include <cstdint>
#include <optional>
#include <string>

#include <sla/base/export.hpp>
#include <sla/clock/event.hpp>
#include <sla/policy/policy.hpp>
#include <sla/report/text.hpp>

namespace sla {
inline namespace v0 {

/// Which part of a policy is wanted: all of it, unless a member says which. Numbers that the policy does not have
/// show nothing. Of one clock or one severity only the tables are shown; of one tier also what it is owed.
struct promised {
  std::optional<clock_id> clock = {};
  std::optional<std::uint8_t> tier = {};
  std::optional<std::uint8_t> severity = {};
};

[[nodiscard]] SLA_EXPORT std::string to_text(const policy& p, const promised& wanted,
                                             const text_style& style = {});

/// {"policy", ..., "clocks": [{"clock", "label", "cells": [{"severity", "tier", ..., "limit", "clause"}]}],
/// "availability": [...], "service_levels": [...], "credits": [...], "caps": [...], "calendars": [...], "pauses": [...]}. Only cells with a
/// promise are listed; one without a number has no limit. Members that are not wanted are null.
[[nodiscard]] SLA_EXPORT std::string to_json(const policy& p, const promised& wanted);

}  // namespace v0
}  // namespace sla
