// SPDX-License-Identifier: MIT
#pragma once

// The clocks every contract knows, in the order of an incident's life: where each starts, what stops it, and which
// later stages stop it too while it is still open (rule C12). A policy may restate any of it, or name clocks of its
// own.
//
// The hard question: the engineer never called back but repaired the fault remotely; is the response still open?
// No: a repaired fault was responded to, at the latest when it was repaired. But an arrival does not deliver a
// diagnosis, nor a temporary solution a visit: each clock lists the stages that include its own.

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

#include <sla/clock/event.hpp>

namespace sla {
inline namespace v0 {

struct ready_clock {
  std::string_view name = {};
  std::string_view label = {};  ///< 中文
  moment_set starts = {};
  moment_set stops = {};
  moment_set closed_by = {};
  bool repeats = false;
  moment_set ends = {};
};

namespace detail {

inline constexpr moment_set repaired = moment::restored | moment::resolved;
inline constexpr moment_set at_the_site = moment_set(moment::arrived) | repaired;
inline constexpr moment_set worked_on = moment::diagnosed | moment::worked_around;

inline constexpr std::array<ready_clock, 10> ready_clocks{{
    {"response", "响应", moment::reported, moment::responded,
     moment_set(moment::remote_connected) | worked_on | at_the_site},
    {"remote_access", "远程接入", moment::reported, moment::remote_connected, worked_on | at_the_site},
    {"diagnosis", "诊断", moment::reported, moment::diagnosed, repaired},
    {"workaround", "临时方案", moment::reported, moment::worked_around, repaired},
    {"onsite", "上门", moment::reported, moment::arrived, repaired},
    {"update", "进展通报", moment::reported, moment::updated, {}, true, moment::resolved},
    {"restored", "恢复", moment::reported, moment::restored, moment::resolved},
    {"resolution", "解决", moment::reported, moment::resolved, {}},
    {"analysis_report", "故障分析报告", moment::resolved, moment::report_delivered, {}},
    {"follow_up", "回访", moment::resolved, moment::followed_up, {}},
}};

}  // namespace detail

/// The ready clock of that name, or nothing.
[[nodiscard]] constexpr std::optional<ready_clock> find_ready_clock(std::string_view name) noexcept {
  for (const ready_clock& c : detail::ready_clocks)
    if (c.name == name) return c;
  return std::nullopt;
}

}  // namespace v0
}  // namespace sla
