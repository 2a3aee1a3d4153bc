// SPDX-License-Identifier: MIT
#pragma once

// A policy file and those it includes, as one tree.
//
//     include = ["base.toml", "calendars/cn.toml"]       # paths from this file's folder
//
// What a file states counts before what it includes: a calendar, clock, pause, tier, label or option set of the same
// name is replaced, and so is every other key, a list of rows as a whole. Targets add up: a row takes from the included
// row that selects the same what both state. Of two files that are included side by side neither counts before the
// other: what both state they must state alike.
//
// The hard question: what may a policy read? Files of its own folder and of those below it, however the path is
// written; so a policy that somebody sends can be checked as it lies there.

#include <cstddef>
#include <string>
#include <vector>

#include "policy/problems.hpp"
#include "policy/toml.hpp"

namespace sla {
inline namespace v0 {
namespace detail {

inline constexpr std::size_t most_included_files = 64;
inline constexpr std::size_t most_included_depth = 8;

class policy_files {
 public:
  /// `folder` is that of the first text of `problems`, which is the policy.
  policy_files(problem_list& problems, std::string folder);

  /// The tree of all; false where a file cannot be read or parsed, which is a problem told.
  [[nodiscard]] bool read(toml_value& root);
  /// The folder of the file in which something stands.
  [[nodiscard]] const std::string& folder_of(byte_span where) const noexcept;

 private:
  struct file {
    std::string path;    // from the policy's folder, in normal form; empty: the policy
    std::string folder;  // to open what it names
  };

  [[nodiscard]] bool read(std::size_t source, std::vector<std::size_t> chain, toml_value& tree);
  [[nodiscard]] bool include(const toml_value& path, std::size_t from, const std::vector<std::size_t>& chain,
                             toml_value& base);
  void add(toml_value& base, toml_value&& other);

  problem_list& problems_;
  std::vector<file> files_;  // by source
  std::size_t bytes_ = 0;
};

}  // namespace detail
}  // namespace v0
}  // namespace sla
