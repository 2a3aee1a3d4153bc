// SPDX-License-Identifier: MIT
// sla check: every problem of policies and source descriptions.

#include <algorithm>
#include <cstddef>
#include <memory>
#include <numeric>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include <sla/policy/lint_rules.hpp>
#include <sla/policy/policy_load.hpp>
#include <sla/policy/source_load.hpp>

#include "commands.hpp"

namespace tool {
namespace {

struct check_options {
  std::vector<std::string> files;
  format form = format::text;
  std::string explained;  // a lint's code
};

[[nodiscard]] std::string counted(std::size_t n, const char* what) {
  return n == 0 ? std::string() : std::to_string(n) + ' ' + what + (n == 1 ? "" : "s");
}

[[nodiscard]] nlohmann::ordered_json as_json(const sla::diagnostics& found) {
  // In the order of print(): by source and place.
  const std::vector<sla::diagnostic>& items = found.items();
  std::vector<std::size_t> in_order(items.size());
  std::iota(in_order.begin(), in_order.end(), std::size_t{0});
  std::ranges::sort(in_order, {},
                    [&](std::size_t i) { return std::tuple(items[i].source, items[i].where.offset, i); });
  auto all = nlohmann::ordered_json::array();
  for (const std::size_t i : in_order) {
    const sla::diagnostic& d = items[i];
    const sla::source_text& source = found.sources()[d.source];
    const sla::text_place at = source.place(d.where.offset);
    all.push_back({{"file", source.name()},
                   {"line", at.line},
                   {"column", at.column},
                   {"level", d.level == sla::gravity::error ? "error" : "warning"},
                   {"code", d.code},
                   {"message", d.message}});
  }
  return all;
}

// A description of a foreign log states its `source` before its first table.
[[nodiscard]] bool is_source(std::string_view text) {
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    if (line.starts_with('[')) return false;
    if (line.starts_with("source") && line.find_first_of(" =\t") == 6) return true;
    text.remove_prefix(std::min(text.size(), line.size() + 1));
  }
  return false;
}

[[nodiscard]] sla::diagnostics problems_of(const std::string& file) {
  sla::diagnostics found;
  std::string text;
  if (!read(file, text, found)) return found;
  if (is_source(text)) return sla::parse_source(display_name(file), std::move(text)).diagnostics();
  if (file == "-")
    return sla::parse_policy(display_name(file), std::move(text), {}, sla::policy_check::with_lints)
        .diagnostics();
  return sla::load_policy(file, sla::policy_check::with_lints).diagnostics();
}

// The catalogue's entry of a lint, or of all of them.
int explain_lint(const check_options& o) {
  std::vector<sla::lint_rule> wanted;
  if (o.explained == "all") {
    wanted.assign(sla::lint_rules.begin(), sla::lint_rules.end());
    wanted.insert(wanted.end(), sla::warning_rules.begin(), sla::warning_rules.end());
  }
  if (const auto one = sla::find_lint_rule(o.explained)) wanted.push_back(*one);
  if (wanted.empty()) {
    std::vector<std::string_view> known = sla::allowable_codes();
    known.push_back("all");
    sla::diagnostics found;
    unknown(found, "--explain", "lint", o.explained, known);
    complain(found);
    return failed;
  }
  if (o.form == format::json) {
    auto all = nlohmann::ordered_json::array();
    for (const sla::lint_rule& r : wanted)
      all.push_back({{"code", r.code}, {"name", r.name}, {"meaning", r.meaning}, {"advice", r.advice}});
    return write(all.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + '\n');
  }
  std::string out;
  for (const sla::lint_rule& r : wanted) {
    if (!out.empty()) out += '\n';
    out += std::string(r.code) + ' ' + std::string(r.name) + "\n  " + std::string(r.meaning) + "\n  " +
           std::string(r.advice) + "\n  If it is meant: [[allow]] lint = \"" + std::string(r.code) +
           "\" and a reason.\n";
  }
  return write(out);
}

int run_check(const check_options& o) {
  if (!o.explained.empty()) return explain_lint(o);
  if (!one_stdin(o.files)) return failed;
  sla::diagnostics all;
  std::string summary;
  for (const std::string& file : o.files) {
    const sla::diagnostics found = problems_of(file);
    const std::size_t errors = found.errors();
    const std::size_t warned = found.items().size() - errors;
    summary += display_name(file) + ": " + (errors + warned == 0 ? "no problems" : counted(errors, "error"));
    if (warned != 0) summary += (errors != 0 ? ", " : "") + counted(warned, "warning");
    summary += '\n';
    all.append(found);
  }
  int written = ok;
  if (o.form == format::json) {
    written = write(as_json(all).dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + '\n');
  } else {
    complain(all);
    if (!all.has_errors()) written = write(summary);
  }
  if (all.has_errors() || written != ok) return failed;
  return all.empty() ? ok : warnings;
}

}  // namespace

void add_check(CLI::App& app, action& chosen) {
  CLI::App* command =
      app.add_subcommand("check", "load policies and source descriptions, print every problem");
  const auto o = std::make_shared<check_options>();
  auto* files = command->add_option("FILE", o->files, "policies and source descriptions (TOML)");
  auto* explain = command->add_option("--explain", o->explained, "what a lint means: its code, or all");
  explain->excludes(files);
  add_format_option(*command, o->form);
  command->footer(
      "Problems go to standard error as file:line:column: message, each with the line and a caret; with\n"
      "--format json all of them go to standard output as one array, errors too.\n"
      "A policy without errors is looked through for what a good contract manager would warn about, each "
      "with a\n"
      "code as L012 and its figure; an [[allow]] row in the policy silences a code, with a reason.\n"
      "Exit status: 0 no problems; 1 warnings only; 2 errors.\n"
      "\n"
      "Example:\n"
      "  sla check shanghai.toml itil.toml servicenow.toml");
  command->callback([o, &chosen] {
    if (o->files.empty() && o->explained.empty()) throw CLI::RequiredError("FILE");
    chosen = [o] { return run_check(*o); };
  });
}

}  // namespace tool
