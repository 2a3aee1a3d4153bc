// SPDX-License-Identifier: MIT
// sla verdicts: another system's incident log, judged.

#include <algorithm>
#include <charconv>
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include <sla/policy/records_load.hpp>
#include <sla/policy/source_load.hpp>
#include <sla/report/log_review.hpp>

#include "commands.hpp"
#include "versions.hpp"

namespace tool {
namespace {

struct verdicts_options {
  std::vector<std::string> policies;
  std::string source, log, as_of;
  std::size_t worst = 10;
  format form = format::text;
  colour colours = colour::automatic;
};

int run_verdicts(const verdicts_options& o) {
  std::vector<std::string> files = o.policies;
  files.insert(files.end(), {o.source, o.log});
  if (!one_stdin(files)) return failed;
  // Each file is read even where another is bad, so that all problems are told in one run.
  sla::diagnostics found;
  const auto versions = read_policies(o.policies, found);
  const auto source = read_source(o.source);
  found.append(source.diagnostics());
  std::string text;
  const bool have_log = read(o.log, text, found);

  std::vector<sla::export_log> logs;
  sla::instant as_of;
  if (versions && source && have_log) {
    auto loaded = sla::read_export(*versions, source.value(), display_name(o.log), std::move(text));
    found.append(loaded.diagnostics());
    if (loaded) {
      logs = std::move(loaded).value();
      std::optional<sla::instant> last;
      for (const sla::export_log& log : logs)
        if (!log.incidents.empty()) {
          const sla::instant t = sla::last_record(log.incidents);
          last = last ? std::max(*last, t) : t;
        }
      as_of = last.value_or(sla::instant::unknown());
    }
  }
  if (versions && !o.as_of.empty()) {
    const auto at = sla::parse_time(versions->all().back().home(), "--as-of", o.as_of);
    found.append(at.diagnostics());
    if (at) as_of = at.value();
  }
  complain(found);
  if (found.has_errors()) return failed;

  const sla::policy& newest = versions->all().back();
  const sla::log_review r = sla::review(*versions, logs, as_of);
  return write(o.form == format::json ? sla::to_json(newest, r, o.worst)
                                      : sla::to_text(newest, r, o.worst, {.colour = coloured(o.colours)}));
}

}  // namespace

void add_verdicts(CLI::App& app, action& chosen) {
  CLI::App* command = app.add_subcommand("verdicts", "judge another system's incident log by a policy");
  const auto o = std::make_shared<verdicts_options>();
  command->add_option("LOG", o->log, "the export, one row a saved state of an incident")
      ->required()
      ->option_text("FILE");
  add_policies_option(*command, o->policies);
  command->add_option("--source", o->source, "what the export's columns, times and states mean (TOML)")
      ->required()
      ->option_text("FILE");
  command->add_option("--as-of", o->as_of, "judge as known at this time (default: the log's latest record)")
      ->option_text("TIME");
  command
      ->add_option_function<std::string>(
          "--worst",
          [o](const std::string& text) {
            const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), o->worst);
            if (error != std::errc() || end != text.data() + text.size())
              throw CLI::ValidationError("--worst", "expected a number of breaches, found '" + text + "'");
          },
          "list so many breaches (default 10)")
      ->option_text("N");
  add_output_options(*command, o->form, o->colours);
  command->footer(
      "Prints attainment by clock and severity, the breaches longest past due, the records that no clock "
      "could\n"
      "use, what became of every row (read = used + ignored, by reason), and, where the log holds its own\n"
      "verdicts, how often they differ. Times without an offset are local in the policy's zone.\n"
      "Of several --policy, versions of one policy, the one in force when an incident was reported judges "
      "it;\n"
      "rows that belong to no incident are accounted for by the newest.\n"
      "\n"
      "Exit status: 0 done; 2 bad input or usage. Rows that cannot be used are counted, not errors.\n"
      "\n"
      "Examples:\n"
      "  sla verdicts --policy itil.toml --source servicenow.toml export.csv\n"
      "  zcat export.csv.gz | sla verdicts --policy itil.toml --source servicenow.toml --worst 50 -");
  command->callback([o, &chosen] { chosen = [o] { return run_verdicts(*o); }; });
}

}  // namespace tool
