// SPDX-License-Identifier: MIT
// sla explain: why an incident's verdicts are what they are.

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <sla/policy/explain.hpp>
#include <sla/policy/records_load.hpp>
#include <sla/policy/source_load.hpp>
#include <sla/report/explain.hpp>
#include <sla/report/log_review.hpp>

#include "commands.hpp"

namespace tool {
namespace {

struct explain_options {
  std::string policy, contracts, incidents, source, log, incident, clock, as_of;
  format form = format::text;
  colour colours = colour::automatic;
};

int run_explain(const explain_options& o) {
  const bool foreign = !o.source.empty();
  if (!one_stdin({o.policy, foreign ? o.source : o.contracts, foreign ? o.log : o.incidents})) return failed;
  const auto policy = read_policy(o.policy);
  sla::diagnostics found = policy.diagnostics();
  std::optional<sla::loaded<sla::source>> source;
  std::string contracts_text, log_text;
  if (foreign) {
    source = read_source(o.source);
    found.append(source->diagnostics());
  }
  const bool have_contracts = foreign || read(o.contracts, contracts_text, found);
  const bool have_log = read(foreign ? o.log : o.incidents, log_text, found);

  std::vector<sla::incident> incidents;
  sla::instant as_of;
  if (policy && have_contracts && have_log) {
    const sla::policy& p = policy.value();
    if (foreign && *source) {
      auto log = sla::read_export(p, source->value(), display_name(o.log), std::move(log_text));
      found.append(log.diagnostics());
      if (log) incidents = std::move(log).value().incidents;
    } else if (!foreign) {
      auto contracts = sla::parse_contracts(p, display_name(o.contracts), std::move(contracts_text));
      found.append(contracts.diagnostics());
      if (contracts) {
        auto log = sla::parse_incidents(p, contracts.value(), display_name(o.incidents), std::move(log_text));
        found.append(log.diagnostics());
        if (log) incidents = std::move(log).value();
      }
    }
  }
  if (policy && !o.as_of.empty()) {
    const auto at = sla::parse_time(policy.value().home(), "--as-of", o.as_of);
    found.append(at.diagnostics());
    if (at) as_of = at.value();
  } else {
    as_of = sla::last_record(incidents);
  }
  const sla::incident* asked = nullptr;
  std::optional<sla::clock_id> clock;
  if (policy && !found.has_errors()) {
    std::vector<std::string_view> known;
    for (const sla::incident& i : incidents) {
      known.push_back(i.id);
      if (i.id == o.incident) asked = &i;
    }
    // A log may hold thousands: the nearest is enough.
    if (asked == nullptr && known.size() > 20) {
      const std::string_view near = sla::nearest(o.incident, known);
      known.assign(near.empty() ? 0 : 1, near);
    }
    if (asked == nullptr) unknown(found, "--incident", "incident", o.incident, known);
    if (!o.clock.empty()) {
      clock = policy.value().find_clock(o.clock);
      if (!clock) unknown(found, "--clock", "clock", o.clock, policy.value().clocks());
    }
  }
  complain(found);
  if (found.has_errors()) return failed;

  const sla::policy& p = policy.value();
  sla::explained_incident why = sla::explain(p, *asked, as_of);
  if (clock)
    std::erase_if(why.clocks, [&](const sla::explained_verdict& v) { return v.judged.clock != *clock; });
  return write(o.form == format::json ? sla::to_json(p, why)
                                      : sla::to_text(p, why, {.colour = coloured(o.colours)}));
}

}  // namespace

void add_explain(CLI::App& app, action& chosen) {
  CLI::App* command = app.add_subcommand("explain", "why an incident's clocks were judged as they were");
  const auto o = std::make_shared<explain_options>();
  command->add_option("--policy", o->policy, "the policy (TOML)")->required()->option_text("FILE");
  auto* contracts =
      command->add_option("--contracts", o->contracts, "as of sla statement")->option_text("FILE");
  auto* incidents =
      command->add_option("--incidents", o->incidents, "as of sla statement")->option_text("FILE");
  auto* source = command->add_option("--source", o->source, "as of sla verdicts")->option_text("FILE");
  auto* log =
      command->add_option("LOG", o->log, "as of sla verdicts: another system's export")->option_text("FILE");
  contracts->needs(incidents)->excludes(source)->excludes(log);
  incidents->needs(contracts)->excludes(source)->excludes(log);
  source->needs(log);
  log->needs(source);
  command->add_option("--incident", o->incident, "which one")->required()->option_text("ID");
  command->add_option("--clock", o->clock, "this clock alone")->option_text("NAME");
  command->add_option("--as-of", o->as_of, "judge as known at this time (default: the file's latest record)")
      ->option_text("TIME");
  add_output_options(*command, o->form, o->colours);
  command->footer(
      "Takes either --contracts and --incidents, or --source and LOG. Prints for each clock the rows of the\n"
      "policy that spoke of it and which counted; every step of the judgment with the record it rests on, "
      "what\n"
      "was used up by then, what a change of grade did by both measures; the comparison that decided; the\n"
      "opening hours that were counted, and the versions all that rests on.\n"
      "\n"
      "Exit status: 0 done; 2 bad input or usage.\n"
      "\n"
      "Examples:\n"
      "  sla explain --policy shanghai.toml --contracts contracts.csv --incidents incidents.csv \\\n"
      "              --incident INC-1007 --clock resolution\n"
      "  sla explain --policy itil.toml --source servicenow.toml export.csv --incident INC0000045 --format "
      "json");
  command->callback([o, &chosen] {
    if (o->incidents.empty() && o->log.empty())
      throw CLI::RequiredError("either --contracts and --incidents, or --source and LOG,");
    chosen = [o] { return run_explain(*o); };
  });
}

}  // namespace tool
