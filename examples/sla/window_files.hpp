// SPDX-License-Identifier: MIT
#pragma once

// The files of calls, counts, repairs, requests and populations that a statement and a comparison take alike.

#include <CLI/CLI.hpp>
#include <span>
#include <string>
#include <vector>

#include <sla/base/diagnostic.hpp>
#include <sla/policy/measure_load.hpp>
#include <sla/policy/policy.hpp>
#include <sla/policy/window_records.hpp>

namespace tool {

/// Paths; empty: not given.
struct window_options {
  std::string calls, counts, repairs, requests, population;

  [[nodiscard]] std::vector<std::string> paths() const {
    return {calls, counts, repairs, requests, population};
  }
};
void add_window_options(CLI::App& command, window_options& into);

/// The texts of the files that are given, read once.
struct window_texts {
  std::string calls, counts, repairs, requests, population;
};
/// Whether all could be read; each that could not is a problem.
[[nodiscard]] bool read(const window_options& o, window_texts& into, sla::diagnostics& found);

/// The same as records, by a policy's zone. Keeps what `records` refers to; not to be copied.
class brought_records {
 public:
  /// `contracts`: those that records may name; none: they are not checked.
  brought_records(const sla::policy& p, std::span<const sla::contract> contracts, const window_options& o,
                  const window_texts& texts, sla::diagnostics& found);
  brought_records(const brought_records&) = delete;
  brought_records& operator=(const brought_records&) = delete;

  [[nodiscard]] const sla::window_records& records() const noexcept { return records_; }
  /// Whether every file was sound.
  [[nodiscard]] bool sound() const noexcept { return sound_; }

 private:
  template <class Record>
  struct kept {
    sla::owned_records<Record> read;
    std::vector<sla::records_of<Record>> by_owner;
  };
  sla::call_records calls_;
  std::vector<sla::records_of<sla::call>> calls_by_owner_;
  kept<sla::dated_counts> counts_;
  kept<sla::repair> repairs_;
  kept<sla::request_count> requests_;
  kept<sla::population_step> population_;
  sla::window_records records_;
  bool sound_ = true;
};

/// What tiers are promised that no file was given for, a line an option; empty where nothing is missing.
[[nodiscard]] std::string not_brought(const sla::policy& p, std::span<const sla::contract> contracts,
                                      const window_options& o);

}  // namespace tool
