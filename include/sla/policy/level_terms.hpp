// SPDX-License-Identifier: MIT
#pragma once

// What each tier is promised of service levels. Private to policy/compile.hpp.
//
// The hard question: "80 % within 20 s, short calls left out", and how short is not said. Read as 0 s it leaves out
// nothing and reads as if it did; so what a level leaves open is an error, as is a member that its metric has no use for.

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include <sla/policy/compile_context.hpp>

namespace sla {
inline namespace v0 {
namespace detail {

class level_terms {
 public:
  explicit level_terms(compile_context& in) : in_(in) {}

  void build() {
    for (std::size_t i = 0; i < in_.spec.service_levels.size(); ++i) check(i, in_.spec.service_levels[i]);
    if (in_.failed) return;
    for (const service_level_spec& s : in_.spec.service_levels)
      if (number(s.name) == in_.out->level_names.size()) in_.out->level_names.emplace_back(s.name);
    for (std::size_t tier = 0; tier < in_.out->tiers.size(); ++tier) {
      auto& levels = in_.out->service_levels.emplace_back();
      for (const service_level_spec& s : in_.spec.service_levels)
        if (s.tier == in_.nearest_tier(tier, [&](std::string_view of) { return has_own(of, s.name); }))
          levels.push_back(terms(s));
    }
  }

 private:
  [[nodiscard]] std::size_t number(std::string_view name) const {
    std::size_t k = 0;
    while (k < in_.out->level_names.size() && in_.out->level_names[k] != name) ++k;
    return k;
  }
  [[nodiscard]] bool has_own(std::string_view tier, std::string_view name) const {
    for (const service_level_spec& s : in_.spec.service_levels)
      if (!tier.empty() && s.tier == tier && s.name == name) return true;
    return false;
  }

  void check(std::size_t i, const service_level_spec& s) {
    const auto fault = [&](const char* key, const char* code, const std::string& message) {
      in_.fault("service_level", i, key, code, message);
    };
    const std::string metric = "'" + std::string(name(s.metric)) + "'";
    in_.known_tier("service_level", i, s.tier);
    if (s.name.empty()) fault("name", "missing-name", "a service level needs a name");
    constexpr std::size_t most = 256;  // a metric has a byte for it
    if (i == most) fault("", "too-many-levels", "at most " + std::to_string(most) + " service levels");
    for (std::size_t k = 0; k < i; ++k) {
      const service_level_spec& other = in_.spec.service_levels[k];
      if (s.name.empty() || other.name != s.name) continue;
      if (other.tier == s.tier)
        fault("", "repeated-row", "service level '" + std::string(s.name) + "' is stated twice");
      if (other.metric != s.metric)
        fault("metric", "two-metrics",
              "service level '" + std::string(s.name) + "' is " + metric + " here and '" +
                  std::string(name(other.metric)) + "' in another row");
    }
    using m = service_metric;
    if (s.metric == m::attainment && !in_.clock_index(s.clock))
      fault("metric", "unknown-clock", unknown_name("clock", s.clock, in_.clock_names()));
    const auto useless = [&](bool stated, const char* key, const char* of) {
      if (stated)
        fault(key, "without-effect", std::string(key) + " belongs to " + of + ", found the metric " + metric);
    };
    useless(s.base && !has_base(s.metric), "of", "a share of calls offered");
    useless(s.within && s.metric != m::answered_in_time, "within", "'answered in time'");
    useless(s.percentile && s.metric != m::speed_percentile, "percentile", "'percentile of speed'");
    useless(!s.hours.empty() && s.metric == m::attainment, "hours",
            "calls and repairs, and a clock has its own");
    if (s.base && has_base(s.metric) && *s.base == call_base::answered && s.metric != m::answered_in_time)
      fault("of", "bad-base",
            metric + " of the answered is no share: expected offered or offered less short");
    const bool less_short = has_base(s.metric) && s.base == call_base::offered_less_short;
    if (less_short && !s.short_abandon)
      fault("short_abandon", "missing-short-abandon",
            "what is a short call is not stated, such as short_abandon = \"5s\"");
    useless(s.short_abandon && !less_short, "short_abandon", "what is of 'offered less short'");
    if (s.metric == m::answered_in_time && !s.within)
      fault("within", "missing-within", "answered within what is not stated, such as within = \"20s\"");
    if (s.metric == m::speed_percentile && !s.percentile)
      fault("percentile", "missing-percentile",
            "which percentile is not stated, such as percentile = \"95%\"");
    if (s.percentile && (*s.percentile <= ratio(0) || *s.percentile > ratio(1)))
      fault("percentile", "bad-percentile",
            "a percentile is above 0% and at most 100%, found " + no_share(*s.percentile));
    constexpr std::array<const char*, 4> keys{"at_least", "above", "at_most", "below"};
    if (s.target && !is_length(s.metric) && (s.target->bound < ratio(0) || s.target->bound > ratio(1)))
      fault(keys[static_cast<std::size_t>(s.target->holds)], "bad-bound",
            "the bound of a share is from 0% to 100%, found " + no_share(s.target->bound));
    if (s.minimum_sample < 0) fault("minimum_sample", "bad-sample", "a sample is a number from 0 on");
    if (!s.hours.empty() && s.metric != m::attainment)
      (void)in_.calendar(s.hours, "service_level", i, "hours");
  }

  [[nodiscard]] service_level_terms terms(const service_level_spec& s) const {
    service_level_terms out;
    out.name = s.name;
    out.id = static_cast<std::uint8_t>(number(s.name));
    out.clause = s.clause;
    out.metric = s.metric;
    if (s.metric == service_metric::attainment) out.clock = static_cast<clock_id>(*in_.clock_index(s.clock));
    out.base = s.base.value_or(call_base::offered);
    if (s.within) out.rule.within = *s.within;
    if (s.short_abandon) out.rule.short_abandon = *s.short_abandon;
    out.rule.hours = s.hours.empty() ? nullptr : in_.find_calendar(s.hours);
    if (s.percentile) out.percentile = *s.percentile;
    out.minimum_sample = s.minimum_sample;
    out.target = s.target;
    return out;
  }

  compile_context& in_;
};

}  // namespace detail
}  // namespace v0
}  // namespace sla
