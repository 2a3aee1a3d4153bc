// SPDX-License-Identifier: MIT
// sla explain: why an incident's verdicts are what they are.

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <sla/policy/explain.hpp>
#include <sla/policy/records_load.hpp>
#include <sla/policy/source_load.hpp>
#include <sla/report/explain.hpp>
#include <sla/report/log_review.hpp>

#include "commands.hpp"
#include "versions.hpp"

namespace tool {
namespace {

struct explain_options {
  std::vector<std::string> policies;
  std::string contracts, incidents, source, log, incident, clock, as_of;
  format form = format::text;
  colour colours = colour::automatic;
};

int run_explain(const explain_options& o) {
  const bool foreign = !o.source.empty();
  std::vector<std::string> files = o.policies;
  files.insert(files.end(), {foreign ? o.source : o.contracts, foreign ? o.log : o.incidents});
  if (!one_stdin(files)) return failed;
  sla::diagnostics found;
  const auto versions = read_policies(o.policies, found);
  std::optional<sla::loaded<sla::source>> source;
  named_text contracts{display_name(o.contracts), {}}, log{display_name(foreign ? o.log : o.incidents), {}};
  if (foreign) {
    source = read_source(o.source);
    found.append(source->diagnostics());
  }
  const bool have_contracts = foreign || read(o.contracts, contracts.text, found);
  const bool have_log = read(foreign ? o.log : o.incidents, log.text, found);

  std::vector<std::vector<sla::incident>> incidents;  // by version
  std::vector<sla::contract> all;                     // of every version
  std::optional<sla::instant> as_of;
  if (versions && have_contracts && have_log) {
    if (foreign && *source) {
      auto logs = sla::read_export(*versions, source->value(), log.name, std::move(log.text));
      found.append(logs.diagnostics());
      if (logs)
        for (sla::export_log& each : std::move(logs).value()) incidents.push_back(std::move(each.incidents));
    } else if (!foreign) {
      judged_files judged = read_contracts(*versions, std::nullopt, contracts, log, found);
      incidents = std::move(judged.incidents);
      for (std::vector<sla::contract>& of : judged.contracts) all.insert(all.end(), of.begin(), of.end());
    }
  }
  if (versions && !o.as_of.empty()) {
    const auto at = sla::parse_time(versions->all().back().home(), "--as-of", o.as_of);
    found.append(at.diagnostics());
    if (at) as_of = at.value();
  }
  const sla::incident* asked = nullptr;
  const sla::policy* judge = nullptr;
  std::optional<sla::clock_id> clock;
  if (versions && !found.has_errors()) {
    std::vector<std::string_view> known;
    std::vector<sla::instant> last;
    for (std::size_t v = 0; v < incidents.size(); ++v) {
      if (!incidents[v].empty()) last.push_back(sla::last_record(incidents[v]));
      for (const sla::incident& i : incidents[v]) {
        known.push_back(i.id);
        if (i.id != o.incident) continue;
        asked = &i;
        judge = &versions->all()[v];
      }
    }
    if (!as_of) as_of = last.empty() ? sla::instant::unknown() : *std::ranges::max_element(last);
    // A log may hold thousands: the nearest is enough.
    if (asked == nullptr && known.size() > 20) {
      const std::string_view near = sla::nearest(o.incident, known);
      known.assign(near.empty() ? 0 : 1, near);
    }
    if (asked == nullptr) unknown(found, "--incident", "incident", o.incident, known);
    if (!o.clock.empty()) {
      const sla::policy& p = judge == nullptr ? versions->all().back() : *judge;
      clock = p.find_clock(o.clock);
      if (!clock) unknown(found, "--clock", "clock", o.clock, p.clocks());
    }
  }
  complain(found);
  if (found.has_errors()) return failed;

  sla::explained_incident why = sla::explain(*judge, *asked, *as_of);
  if (const auto c = std::ranges::find(all, asked->contract, &sla::contract::id); c != all.end())
    why.zone = c->zone;
  if (clock)
    std::erase_if(why.clocks, [&](const sla::explained_verdict& v) { return v.judged.clock != *clock; });
  return write(o.form == format::json ? sla::to_json(*judge, why)
                                      : sla::to_text(*judge, why, {.colour = coloured(o.colours)}));
}

}  // namespace

void add_explain(CLI::App& app, action& chosen) {
  CLI::App* command = app.add_subcommand("explain", "why an incident's clocks were judged as they were");
  const auto o = std::make_shared<explain_options>();
  add_policies_option(*command, o->policies);
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
      "opening hours that were counted, and the versions all that rests on. Of several --policy, versions of "
      "one\n"
      "policy, the one in force when the incident was reported judges it. Times are shown in the contract's "
      "zone,\n"
      "where it has one of its own.\n"
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
