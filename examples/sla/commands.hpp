// SPDX-License-Identifier: MIT
#pragma once

// The tool's commands: each adds itself to the command line and runs when chosen.

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>

#include "tool.hpp"

namespace tool {

/// What a chosen command does; returns the exit status.
using action = std::function<int()>;

void add_statement(CLI::App& app, action& chosen);
void add_check(CLI::App& app, action& chosen);
void add_verdicts(CLI::App& app, action& chosen);
void add_explain(CLI::App& app, action& chosen);
void add_measure(CLI::App& app, action& chosen);
void add_compare(CLI::App& app, action& chosen);
void add_show(CLI::App& app, action& chosen);

/// An option with one of a few words; any other is a usage error that names them.
template <class Value>
CLI::Option* add_choice(CLI::App& command, const std::string& name, Value& value,
                        std::vector<std::pair<std::string, Value>> words, const std::string& what) {
  std::string shown;
  for (const auto& w : words) shown += (shown.empty() ? "" : "|") + w.first;
  const auto read = [&value, words = std::move(words), name, shown](const std::string& text) {
    for (const auto& w : words)
      if (w.first == text) return void(value = w.second);
    throw CLI::ValidationError(name, "expected " + shown + ", found '" + text + "'");
  };
  return command.add_option_function<std::string>(name, read, what)->option_text(shown);
}

inline void add_format_option(CLI::App& command, format& form) {
  add_choice(command, "--format", form, {{"text", format::text}, {"json", format::json}},
             "text for people, json for programs (default text)");
}

/// The options that every printing command has.
inline void add_output_options(CLI::App& command, format& form, colour& colours) {
  add_format_option(command, form);
  add_choice(command, "--color", colours,
             {{"auto", colour::automatic}, {"always", colour::always}, {"never", colour::never}},
             "colour in text: auto is on a terminal where NO_COLOR is not set (default auto)");
}

}  // namespace tool
