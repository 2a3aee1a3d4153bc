// SPDX-License-Identifier: MIT
// The README's first program: is this fault being handled in time?

// [quickstart]
#include <iostream>
#include <sla/sla.hpp>

int main() {
  using namespace std::chrono_literals;
  const sla::policy policy = sla::load_policy("examples/policies/shanghai.toml").value();
  const sla::instant t0 = std::chrono::sys_days{2026y / 10 / 12} + 1h;  // 09:00 in Shanghai
  const auto fault = policy.facts({.severity = "P1", .tier = "basic", .region = "urban", .reported = t0});
  const sla::event log[]{sla::event::of(sla::moment::arrived, t0 + 75min)};
  for (const sla::verdict& v : sla::assess(policy, fault, log, t0 + 3h))
    std::cout << sla::line(policy, v) << '\n';
}
// [/quickstart]
