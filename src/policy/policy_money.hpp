// SPDX-License-Identifier: MIT
#pragma once

// What a policy file owes where a promise is missed: [compensation], [[credit]] and [[cap]]. What a credit pays is read by
// policy_shapes.hpp.

#include <deque>
#include <optional>
#include <string_view>
#include <vector>

#include <sla/policy/policy.hpp>
#include <sla/policy/policy_spec.hpp>

#include "policy/policy_shapes.hpp"
#include "policy/toml_table.hpp"

namespace sla {
inline namespace v0 {
namespace detail {

class money_reader {
 public:
  money_reader(problem_list& problems, spec_places& places, currency in)
      : problems_(problems), places_(places), in_(in) {}

  [[nodiscard]] std::vector<credit_spec> credits(toml_table& root);
  [[nodiscard]] std::vector<cap_spec> caps(toml_table& root);
  void compensation(toml_table& root, policy_spec& out);

 private:
  [[nodiscard]] metric_spec metric(toml_table& in);
  void form(toml_table& in, remedy_form& form, std::string_view& unit);
  [[nodiscard]] base_terms base(toml_table& in, std::string_view key);
  [[nodiscard]] gate_spec gate(toml_table& in);
  [[nodiscard]] std::optional<claim_spec> claim(toml_table& in);
  [[nodiscard]] std::optional<rate_rounding> rate_first(toml_table& in);

  problem_list& problems_;
  spec_places& places_;
  currency in_;
  std::deque<shape> shapes_;
  std::deque<std::vector<std::string_view>> texts_;
};

}  // namespace detail
}  // namespace v0
}  // namespace sla
