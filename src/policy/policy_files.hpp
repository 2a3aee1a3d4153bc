// SPDX-License-Identifier: MIT
#pragma once

// A policy file and those it includes, as one tree.
//
//     include = ["base.toml", "calendars/cn.toml"]       # paths from this file's folder
//
// What a file states counts before what it includes, and what it does not mention stays as included. Named tables
// (calendars, clocks, pauses, tiers, option sets), labels and the rules of compensation are taken key by key; every
// other value, a list of rows too, is replaced as a whole. Three kinds of rows add up: targets, of which a row takes
// from the included row that selects the same what both state; allowances; the exceptions of a calendar. Of two
// allowances of one lint and two exceptions of the same dates the including file's counts. Of two files that are
// included side by side neither counts before the other: what both state they must state alike.
//
// The hard question: what may a policy read? Files of its own folder and of those below it, however the path is
// written; so a policy that somebody sends can be checked as it lies there.

#include <cstddef>
#include <string>
#include <string_view>
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
  void add_members(toml_value& base, toml_value&& other, std::string_view section, const std::string& path,
                   bool of_named);
  void add_targets(std::vector<toml_value>& base, std::vector<toml_value>&& other);
  void add_allowances(std::vector<toml_value>& base, std::vector<toml_value>&& other);
  void agree(const toml_value& first, byte_span first_at, const toml_value& second, byte_span second_at,
             const std::string& what);

  problem_list& problems_;
  std::vector<file> files_;  // by source
  std::size_t bytes_ = 0;
};

}  // namespace detail
}  // namespace v0
}  // namespace sla
