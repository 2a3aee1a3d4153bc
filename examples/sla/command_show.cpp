// SPDX-License-Identifier: MIT
// sla show: what a policy promises, as tables.

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <sla/policy/policy_load.hpp>
#include <sla/policy/policy_print.hpp>
#include <sla/report/promised.hpp>

#include "commands.hpp"

namespace tool {
namespace {

struct show_options {
  std::string policy, clock, tier, severity;
  bool normal = false;
  format form = format::text;
  colour colours = colour::automatic;
};

int run_show(const show_options& o) {
  if (o.normal) {
    const auto spec = read_policy_spec(o.policy);
    complain(spec.diagnostics());
    return spec ? write(sla::print(*spec.value())) : failed;
  }
  const auto policy = read_policy(o.policy);
  sla::diagnostics found = policy.diagnostics();
  sla::promised wanted;
  if (policy) {
    const sla::policy& p = policy.value();
    const auto pick = [&](const char* option, std::string_view kind, const std::string& name, auto number,
                          auto& into, const std::vector<std::string_view>& known) {
      if (name.empty()) return;
      if (number) {
        into = *number;
      } else {
        unknown(found, option, kind, name, known);
      }
    };
    pick("--clock", "clock", o.clock, p.find_clock(o.clock), wanted.clock, p.clocks());
    pick("--tier", "tier", o.tier, p.find_tier(o.tier), wanted.tier, p.tiers());
    pick("--severity", "severity", o.severity, p.find_severity(o.severity), wanted.severity, p.severities());
  }
  complain(found);
  if (found.has_errors()) return failed;
  return write(o.form == format::json
                   ? sla::to_json(policy.value(), wanted)
                   : sla::to_text(policy.value(), wanted, {.colour = coloured(o.colours)}));
}

}  // namespace

void add_show(CLI::App& app, action& chosen) {
  CLI::App* command =
      app.add_subcommand("show", "what a policy promises: its decision table and what is owed");
  const auto o = std::make_shared<show_options>();
  command->add_option("FILE", o->policy, "the policy (TOML)")->required()->option_text("FILE");
  command->add_option("--clock", o->clock, "this clock alone")->option_text("NAME");
  command->add_option("--tier", o->tier, "this tier alone")->option_text("NAME");
  command->add_option("--severity", o->severity, "this severity alone")->option_text("NAME");
  CLI::Option* normal = command->add_flag(
      "--normal", o->normal, "the policy's normal form (TOML): without comments, in one order, in one file");
  for (const char* other : {"--clock", "--tier", "--severity"}) normal->excludes(command->get_option(other));
  add_output_options(*command, o->form, o->colours);
  command->footer(
      "Prints for each clock a table of severities and tiers, one for each region, category and "
      "channel where they differ:\n"
      "the limit in its unit (min, h on the wall clock; bmin, bh, bd by the calendar named beside it) and "
      "its "
      "clause;\n"
      "then what the clock runs from and to. After them availabilities, what is owed in words, calendars and "
      "pauses.\n"
      "With --clock or --severity only the tables are printed.\n"
      "\n"
      "Exit status: 0 done; 2 bad input or usage.\n"
      "\n"
      "Examples:\n"
      "  sla show shanghai.toml\n"
      "  sla show shanghai.toml --normal\n"
      "  sla show shanghai.toml --clock onsite --tier flagship --format json");
  command->callback([o, &chosen] { chosen = [o] { return run_show(*o); }; });
}

}  // namespace tool
