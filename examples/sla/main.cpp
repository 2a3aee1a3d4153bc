// SPDX-License-Identifier: MIT
// The tool `sla`: statements, verdicts, explanations, figures and checks from files.

#include <csignal>
#include <exception>
#include <string>
#include <string_view>
#include <vector>

#include <sla/base/diagnostic.hpp>
#include <sla/base/utf8.hpp>
#include <sla/base/version.hpp>

#include "commands.hpp"

namespace {

// What is wrong with a command line that names no command of ours.
[[nodiscard]] std::string without_command(const CLI::App& app, int argc, char** argv) {
  std::vector<std::string> names;
  for (const CLI::App* c : app.get_subcommands([](const CLI::App*) { return true; }))
    names.push_back(c->get_name());
  std::string expected;
  for (const std::string& n : names) expected += (expected.empty() ? "" : ", ") + n;
  if (argc < 2) return "expected a command, one of " + expected;
  const std::string found = argv[1];
  const std::string_view near = sla::nearest(found, {names.begin(), names.end()});
  return std::string(found.starts_with('-') ? "unknown option '" : "unknown command '") +
         sla::printable(found) + "', expected one of " + expected +
         (near.empty() ? "" : "; did you mean '" + std::string(near) + "'?");
}

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);  // a reader that goes away ends the output, not the program with a message

  CLI::App app{
      "Answers what a service contract asks: when is it due, was it kept, what was the availability, what is "
      "owed."};
  app.name("sla");
  app.set_version_flag("--version", std::string(sla::library_version()));
  app.require_subcommand(1);
  app.footer(
      "Every FILE may be - for standard input, one of them a run.\n"
      "Exit status: 0 done; 1 check found warnings only; 2 bad input or usage: every problem is printed to\n"
      "standard error as file:line:column: message, and nothing to standard output.\n"
      "\n"
      "Examples:\n"
      "  sla statement --policy shanghai.toml --contracts contracts.csv --incidents incidents.csv \\\n"
      "                --outages outages.csv --month 2026-10\n"
      "  sla verdicts --policy itil.toml --source servicenow.toml export.csv\n"
      "  sla explain --policy shanghai.toml --contracts contracts.csv --incidents incidents.csv \\\n"
      "              --incident INC-1007\n"
      "  sla measure --outages outages.csv --zone Asia/Shanghai --from 2026-01 --to 2026-12 --target 99.9%\n"
      "  sla compare by_steps.toml own_minutes.toml --outages outages.csv --from 2026-01 --to 2026-12\n"
      "  sla show shanghai.toml\n"
      "  sla check shanghai.toml itil.toml\n"
      "\n"
      "sla COMMAND --help tells more of each.");

  tool::action chosen;
  tool::add_statement(app, chosen);
  tool::add_verdicts(app, chosen);
  tool::add_explain(app, chosen);
  tool::add_measure(app, chosen);
  tool::add_compare(app, chosen);
  tool::add_show(app, chosen);
  tool::add_check(app, chosen);

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    if (e.get_exit_code() == 0) {
      return tool::write(e.get_name() == "CallForVersion" ? std::string(e.what()) + '\n' : app.help());
    }
    const auto used = app.get_subcommands();
    const std::string where = used.empty() ? std::string() : used.front()->get_name() + ' ';
    tool::complain("sla: " + (used.empty() ? without_command(app, argc, argv) : std::string(e.what())));
    tool::complain("sla: try 'sla " + where + "--help'");
    return tool::failed;
  }
  try {
    return chosen();
  } catch (const std::exception& e) {
    tool::complain("sla: " + std::string(e.what()));
    return tool::failed;
  }
}
