// SPDX-License-Identifier: MIT
#pragma once

// What a policy file promises to be measured: [[availability]] and [[service_level]].
//
// The hard question: a member is a word or a table, as `window = "calendar month"` and `window = { rolling_days = 30 }`.
// Exactly one member of such a table says what it is; none, or two, is an error that lists them all.

#include <deque>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include <sla/policy/policy_spec.hpp>

#include "policy/toml_table.hpp"

namespace sla {
inline namespace v0 {
namespace detail {

class availability_reader {
 public:
  availability_reader(problem_list& problems, spec_places& places) : problems_(problems), places_(places) {}

  [[nodiscard]] std::vector<availability_spec> availability(toml_table& root);
  [[nodiscard]] std::vector<service_level_spec> service_levels(toml_table& root);

 private:
  [[nodiscard]] exclusion_spec exclusion(const toml_value& row);
  [[nodiscard]] std::optional<notice_span> notice(toml_table& in);
  [[nodiscard]] std::optional<minimum_duration> minimum(toml_table& in);
  [[nodiscard]] std::optional<outage_rounding> rounded(toml_table& in);
  [[nodiscard]] std::optional<window_terms> window(toml_table& in);
  [[nodiscard]] std::optional<denominator_spec> denominator(toml_table& in);
  [[nodiscard]] std::optional<slot_spec> slots(toml_table& in, std::size_t row);
  void down(toml_table& in, slot_spec& out);
  [[nodiscard]] std::optional<weight_terms> weights(toml_table& in);
  [[nodiscard]] std::optional<figure_rounding> figure(toml_table& in);
  void metric(toml_table& in, service_level_spec& out);
  [[nodiscard]] std::optional<level_target> bound(toml_table& in, const service_level_spec& of);
  // The one member of these that a table has; a problem where it has none or several.
  [[nodiscard]] std::string_view only_one(toml_table& in, std::string_view key,
                                          const std::vector<std::string_view>& members,
                                          std::string_view example);

  problem_list& problems_;
  spec_places& places_;
  std::deque<std::vector<exclusion_spec>> exclusions_;
};

}  // namespace detail
}  // namespace v0
}  // namespace sla
