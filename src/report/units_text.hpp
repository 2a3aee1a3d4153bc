// SPDX-License-Identifier: MIT
#pragma once

// An availability of slots, requests or weighed time in words. Private to the reports.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <sla/policy/measured_units.hpp>

#include "words.hpp"

namespace sla {
inline namespace v0 {
namespace detail {

class units_text {
 public:
  static constexpr std::array<std::string_view, 6> states{"up",           "down",    "idle",
                                                          "not measured", "excused", "not over"};

  // "1.5", "24": with three decimals where there are any, floored; whole where they leave 64 bits.
  [[nodiscard]] static std::string number(const ratio& r) {
    if (r.den() == 1 || !scale(1'000, r, rounding::floor))
      return std::to_string(scale(1, r, rounding::floor).value_or(0));
    std::string text = exact_seconds(r);
    return text.substr(0, text.size() - 2);
  }

  // "lost 24 of 300 slots; 276 up, 24 down, 8640 not measured, 8640 of them left out".
  [[nodiscard]] static std::string lost(const measured_units& u, const availability_terms& by) {
    std::string out = "lost " + std::string(u.exact ? "" : "about ") + number(u.lost) + " of " +
                      std::to_string(u.whole) + ' ' + std::string(name(u.of));
    if (by.slots && by.slots->figure == slot_figure::mean_of_rates) out += ", by the mean of their rates";
    if (u.of == share_unit::weighed_seconds)
      return out + ", in " + std::to_string(u.outages) + (u.outages == 1 ? " outage" : " outages");
    std::string slots;
    for (std::size_t i = 0; i < states.size(); ++i)
      if (u.slots[i] != 0)
        slots += (slots.empty() ? "" : ", ") + std::to_string(u.slots[i]) + ' ' + std::string(states[i]);
    if (!slots.empty()) out += (u.of == share_unit::slots ? "; " : "; slots ") + slots;
    if (u.left_out != 0) out += ", " + std::to_string(u.left_out) + " of them left out";
    if (u.ignored != 0) out += "; " + std::to_string(u.ignored) + " counts of requests ignored";
    return out;
  }

  // "error budget 1.5 slots, used 24 = 1600.0%, exceeded by 22.5 slots".
  [[nodiscard]] static std::string budget(const measured_units& u) {
    const unit_budget& b = *u.budget;
    const std::string unit = ' ' + std::string(name(u.of));
    std::string out = "error budget " + number(b.allowed) + unit + ", used " + number(b.used);
    if (b.allowed > ratio())
      if (const auto part = checked_div(b.used, b.allowed); part && scale(1'000, *part, rounding::ceil))
        out += " = " + percent(*part, 1, rounding::ceil);
    return out +
           (b.remaining < ratio() ? ", exceeded by " + number(-b.remaining)
                                  : ", left " + number(b.remaining)) +
           unit;
  }
};

}  // namespace detail
}  // namespace v0
}  // namespace sla
