// SPDX-License-Identifier: MIT
#pragma once

// Lints of service levels: L001, L002, L011 and L027. Private to lint.hpp.

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include <sla/availability/service_level.hpp>
#include <sla/base/ratio.hpp>
#include <sla/base/units.hpp>
#include <sla/compensation/credit.hpp>
#include <sla/compensation/shape.hpp>
#include <sla/policy/lint_findings.hpp>
#include <sla/policy/metric.hpp>
#include <sla/policy/policy.hpp>
#include <sla/policy/service_level_terms.hpp>

namespace sla {
inline namespace v0 {
namespace detail {

class lint_levels {
 public:
  lint_levels(const policy_spec& spec, const policy& made, lint_findings& found)
      : spec_(spec), made_(made), found_(found) {}

  void of_tier(std::size_t tier) {
    for (const service_level_terms& level : made_.service_levels(tier)) {
      if (!level.target) continue;
      remedies(tier, level);
      sample(tier, level);
      if (tier + 1 < made_.tier_count())
        for (const service_level_terms& above : made_.service_levels(tier + 1))
          if (above.id == level.id && above.target) higher(tier, level, above);
    }
  }

 private:
  [[nodiscard]] static bool is_floor(const level_target& t) noexcept {
    return t.holds == level_target::kind::at_least || t.holds == level_target::kind::above;
  }
  // "at least 80%".
  [[nodiscard]] static std::string promise(const service_level_terms& level) {
    constexpr std::array<std::string_view, 4> words{"at least ", "above ", "at most ", "below "};
    const level_target& t = *level.target;
    return std::string(words[static_cast<std::size_t>(t.holds)]) +
           (is_length(level.metric) ? to_string(std::chrono::seconds(t.bound.num() / t.bound.den()))
                                    : to_string(t.bound));
  }
  [[nodiscard]] static std::string quoted(const service_level_terms& level) {
    return '\'' + level.name + '\'';
  }
  void add(const char* code, std::size_t tier, const service_level_terms& level, const std::string& message) {
    constexpr std::array<const char*, 4> keys{"at_least", "above", "at_most", "below"};
    const auto row = row_of_tier(spec_.service_levels, made_, tier, [&](const service_level_spec& s) {
      return s.name == level.name && s.target.has_value();
    });
    found_.add(code, "service_level", row.value_or(0), keys[static_cast<std::size_t>(level.target->holds)],
               message);
  }
  // A level of a clock is paid for through the clock, too.
  [[nodiscard]] static bool pays_for(const credit_terms& c, const service_level_terms& level) noexcept {
    if (c.metric == number_of(metric_kind::service_level, level.id)) return true;
    return level.metric == service_metric::attainment && has_clock(kind_of(c.metric)) &&
           clock_of(c.metric) == level.clock;
  }

  void remedies(std::size_t tier, const service_level_terms& level) {
    bool remedied = false;
    std::optional<ratio> first;
    for (const credit_terms& c : made_.credits(tier)) {
      if (!pays_for(c, level)) continue;
      remedied = true;
      if (c.metric != number_of(metric_kind::service_level, level.id)) return;
      if (const steps* table = std::get_if<steps>(&c.pays.is))
        for (const step& s : table->rows)
          if (s.rate > ratio(0)) first = std::max(first.value_or(s.below), s.below);
    }
    if (!remedied) {
      add("L001", tier, level,
          quoted(level) + " is promised " + promise(level) + ", and nothing is owed for a miss");
    } else if (first && is_floor(*level.target) && *first < level.target->bound) {
      add("L002", tier, level,
          quoted(level) + " is promised " + promise(level) + " and the first credit is owed below " +
              to_string(*first) + ": what lies between pays nothing");
    }
  }

  // One failure among the fewest that are judged, and how many it would take for one to be allowed.
  void sample(std::size_t tier, const service_level_terms& level) {
    if (is_length(level.metric)) return;
    const level_target& t = *level.target;
    const std::int64_t least = std::max<std::int64_t>(level.minimum_sample, 1);
    const ratio one = is_floor(t) ? ratio(1) - ratio(1, least) : ratio(1, least);
    if (t.is_kept_by(one)) return;
    const ratio free = is_floor(t) ? ratio(1) - t.bound : t.bound;
    if (free <= ratio(0)) return;  // promised without a failure
    std::int64_t enough = (free.den() + free.num() - 1) / free.num();
    if (!t.is_kept_by(is_floor(t) ? ratio(1) - ratio(1, enough) : ratio(1, enough))) ++enough;
    add("L027", tier, level,
        quoted(level) + " is promised " + promise(level) + ", and one failure of " + std::to_string(least) +
            " misses it; of " + std::to_string(enough) + " it does not");
  }

  void higher(std::size_t tier, const service_level_terms& level, const service_level_terms& above) {
    if (is_floor(*level.target) != is_floor(*above.target)) return;
    const bool looser = is_floor(*level.target) ? above.target->bound < level.target->bound
                                                : above.target->bound > level.target->bound;
    if (looser)
      add("L011", tier + 1, above,
          quoted(above) + " of tier '" + std::string(made_.tier_name(tier + 1)) + "' is promised " +
              promise(above) + ", and of tier '" + std::string(made_.tier_name(tier)) + "' " +
              promise(level));
  }

  const policy_spec& spec_;
  const policy& made_;
  lint_findings& found_;
};

}  // namespace detail
}  // namespace v0
}  // namespace sla
