// SPDX-License-Identifier: MIT
#pragma once

// The words by which a row of an incident says what happened, where that is no moment.

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include <sla/clock/event.hpp>

namespace sla {
inline namespace v0 {
namespace detail {

// What a row of an incident says that is no moment.
enum class verb : std::uint8_t {
  pause,
  resume,
  changed,
  reopened,
  rejected,
  cancelled,
  extended,
  waived,
  retracted
};

inline constexpr std::array<std::pair<std::string_view, verb>, 9> verbs{{{"pause", verb::pause},
                                                                         {"resume", verb::resume},
                                                                         {"changed", verb::changed},
                                                                         {"reopened", verb::reopened},
                                                                         {"rejected", verb::rejected},
                                                                         {"cancelled", verb::cancelled},
                                                                         {"extended", verb::extended},
                                                                         {"waived", verb::waived},
                                                                         {"retracted", verb::retracted}}};

inline constexpr std::array<std::pair<std::string_view, change_cause>, 3> change_causes{
    {{"worsened", change_cause::worsened},
     {"corrected", change_cause::corrected},
     {"improved", change_cause::improved}}};

inline constexpr std::array<std::pair<std::string_view, cancel_cause>, 3> cancel_causes{
    {{"withdrawn", cancel_cause::withdrawn},
     {"never in scope", cancel_cause::never_in_scope},
     {"duplicate", cancel_cause::duplicate}}};

template <class Table>
[[nodiscard]] auto look_up(const Table& table, std::string_view text) {
  using value = decltype(table[0].second);
  for (const auto& [name, v] : table)
    if (name == text) return std::optional<value>(v);
  return std::optional<value>();
}
template <class Table>
[[nodiscard]] std::vector<std::string_view> names_in(const Table& table) {
  std::vector<std::string_view> out;
  for (const auto& row : table) out.push_back(row.first);
  return out;
}

}  // namespace detail
}  // namespace v0
}  // namespace sla
