// SPDX-License-Identifier: MIT
#pragma once

// What was measured, brought to be settled: one metric of one subject in one window.
//
//     sla::figure october{.metric = availability, .value = sla::ratio(2'678'000, 2'678'400), .subject = "ivr",
//                         .elapsed = 400s, .whole = 2'678'400s};
//
// Metrics are numbers that a policy gives meaning to: an availability, a service level, an attainment, one outage, one
// late response. A figure brings what the shapes over its metric ask for and leaves the rest at nothing: a step table
// asks for the value, a charge per started hour for the time, a charge per breach for the count, the third miss in six
// months for the earlier windows.
//
// The hard question: a window without data among six, is it a miss or does it keep the promise? It is neither (rule
// A1). So a window's result has three values; one without data ends a run of consecutive misses, and is no miss among
// any number of windows.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <sla/base/error.hpp>
#include <sla/base/ratio.hpp>

namespace sla {
inline namespace v0 {

/// A metric by the policy's numbering.
using metric_id = std::uint16_t;

/// What a metric came to in a window: its bound kept, missed, or nothing to judge.
enum class window_result : std::uint8_t { kept, missed, no_data };

/// A root cause shared by incidents and outages; 0 where none is known.
using root_cause_id = std::uint64_t;

/// What shapes look at: the numbers of a figure, and not what it is called.
struct quantities {
  ratio value{};
  std::chrono::seconds elapsed{0};
  std::optional<std::chrono::seconds> worked{};
  std::chrono::seconds whole{0};
  std::int64_t count = 0;
  std::span<const window_result> earlier{};
};

/// One metric of one subject in one window.
struct figure {
  metric_id metric = 0;
  ratio value{};                                 ///< a share: availability, service level, attainment
  bool no_data = false;                          ///< then it pays nothing
  std::string subject{};                         ///< what was measured: a service, an outage, an incident
  std::chrono::seconds elapsed{0};               ///< down, or late, on the wall clock
  std::optional<std::chrono::seconds> worked{};  ///< the same in business time, where a calendar applies
  std::chrono::seconds whole{0};                 ///< of the window, what `elapsed` is a part of
  std::int64_t count = 0;                        ///< breaches, outages
  std::int64_t seats = 1;                        ///< affected, where a fee is due for each
  root_cause_id cause = 0;
  std::optional<std::chrono::sys_days> date{};  ///< local date, for what pays once a day
  std::vector<window_result> earlier{};         ///< of the windows before this one, oldest first

  [[nodiscard]] quantities measured() const noexcept {
    return {value, elapsed, worked, whole, count, earlier};
  }
  friend bool operator==(const figure&, const figure&) noexcept = default;
};

/// Which of a figure's two times a shape counts.
enum class time_kind : std::uint8_t { elapsed, worked };

namespace detail {

[[nodiscard]] constexpr std::chrono::seconds time_of(const quantities& q, time_kind in) {
  if (in == time_kind::elapsed) return q.elapsed;
  if (!q.worked) fail("a charge for business time needs a figure that brings it");
  return *q.worked;
}

// How many of the latest `windows`, this one included, were missed. This one counts as missed.
[[nodiscard]] constexpr std::size_t misses_among(std::span<const window_result> earlier,
                                                 std::size_t windows) noexcept {
  std::size_t n = windows == 0 ? 0 : 1;
  for (std::size_t back = 1; back < windows && back <= earlier.size(); ++back)
    n += earlier[earlier.size() - back] == window_result::missed ? 1 : 0;
  return n;
}
// How long the run of misses is that ends with this window.
[[nodiscard]] constexpr std::size_t misses_in_a_row(std::span<const window_result> earlier) noexcept {
  std::size_t n = 1;
  while (n <= earlier.size() && earlier[earlier.size() - n] == window_result::missed) ++n;
  return n;
}

}  // namespace detail
}  // namespace v0
}  // namespace sla
