// SPDX-License-Identifier: MIT
#pragma once

// The tool's commands: each adds itself to the command line and runs when chosen.

#include <functional>
#include <map>
#include <string>

#include <CLI/CLI.hpp>

#include "tool.hpp"

namespace tool {

/// What a chosen command does; returns the exit status.
using action = std::function<int()>;

void add_statement(CLI::App& app, action& chosen);
void add_check(CLI::App& app, action& chosen);
void add_verdicts(CLI::App& app, action& chosen);

/// The options that every printing command has.
inline void add_output_options(CLI::App& command, format& form, colour& colours) {
  command.add_option("--format", form, "text for people, json for programs (default text)")
      ->transform(CLI::CheckedTransformer(
          std::map<std::string, format>{{"text", format::text}, {"json", format::json}}))
      ->option_text("text|json");
  command
      .add_option("--color", colours,
                  "colour in text: auto is on a terminal where NO_COLOR is not set (default auto)")
      ->transform(CLI::CheckedTransformer(std::map<std::string, colour>{
          {"auto", colour::automatic}, {"always", colour::always}, {"never", colour::never}}))
      ->option_text("auto|always|never");
}

}  // namespace tool
