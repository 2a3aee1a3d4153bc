// SPDX-License-Identifier: MIT
#pragma once

// Whose each row of a file of records is: read from its columns of contract and service beside the row, checked where the
// contracts are known, and grouped at the end.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sla/policy/contract.hpp>
#include <sla/policy/window_records.hpp>

#include "policy/problems.hpp"
#include "policy/record_cells.hpp"
#include "policy/record_file.hpp"

namespace sla {
inline namespace v0 {
namespace detail {

class owner_reader {
 public:
  owner_reader(record_file& file, problem_list& problems, std::span<const contract> contracts,
               std::size_t contract_column, std::size_t service_column)
      : file_(file),
        problems_(problems),
        contracts_(contracts),
        contract_(contract_column),
        service_(service_column) {}

  /// The owner of the row that the file is at.
  void read() {
    const std::string_view contract = file_.text(contract_), service = file_.text(service_);
    // Rows of one owner mostly follow one another.
    if (of_.empty() || contract != owners_[number_].of.contract || service != owners_[number_].of.service) {
      const auto [at, fresh] =
          numbers_.try_emplace({std::string(contract), std::string(service)}, owners_.size());
      number_ = at->second;
      if (fresh) {
        owners_.push_back({{at->first.first, at->first.second}, 0, 0});
        first_.push_back(file_.where(service_));
        sound_.push_back(false);
      }
    }
    if (!sound_[number_]) sound_[number_] = check(owners_[number_].of);
    ++owners_[number_].count;
    of_.push_back(static_cast<std::uint32_t>(number_));
  }

  /// Puts the records of one owner together, in the order of the file.
  template <class Record>
  [[nodiscard]] std::vector<owned_run> group(std::vector<Record>& all) {
    warn();
    std::vector<std::size_t> next;
    std::size_t rows = 0;
    for (owned_run& o : owners_) {
      next.push_back(o.first = rows);
      rows += o.count;
    }
    if (owners_.size() > 1) {
      std::vector<Record> sorted(all.size());
      for (std::size_t i = 0; i < all.size(); ++i) sorted[next[of_[i]]++] = std::move(all[i]);
      all = std::move(sorted);
    }
    return std::move(owners_);
  }

 private:
  // Whether there is such a contract, and it has the service. Each row that is wrong is told.
  [[nodiscard]] bool check(const record_owner& of) {
    if (contracts_.empty() || of.contract.empty()) return true;
    const auto found = std::ranges::find(contracts_, of.contract, &contract::id);
    if (found == contracts_.end()) {
      std::vector<std::string_view> known;
      for (const contract& each : contracts_) known.push_back(each.id);
      file_.error(contract_, "unknown-contract",
                  "no contract is called " + shown(of.contract) + suggest_(of.contract, known));
      return false;
    }
    const std::vector<std::string> services = services_of(*found);
    if (of.service.empty() || std::ranges::find(services, of.service) != services.end()) return true;
    const std::vector<std::string_view> known(services.begin(), services.end());
    file_.error(service_, "unknown-service",
                "contract " + shown(of.contract) + " does not list the service " + shown(of.service) +
                    suggest_(of.service, known));
    return false;
  }

  // A service that nobody bought may be a slip of the pen: its records are nobody's.
  void warn() {
    if (contracts_.empty()) return;
    std::vector<std::string_view> known;
    for (const contract& c : contracts_)
      for_each_terms(
          c, [&](const contract& t) { known.insert(known.end(), t.services.begin(), t.services.end()); });
    for (std::size_t i = 0; i < owners_.size(); ++i) {
      const auto& [of, begin, rows] = owners_[i];
      if (!of.contract.empty() || of.service.empty() || std::ranges::find(known, of.service) != known.end())
        continue;
      problems_.warning(first_[i], "unknown-service",
                        "no contract lists the service " + shown(of.service) +
                            (rows == 1 ? "" : ", which has " + std::to_string(rows) + " rows") +
                            suggest_(of.service, known));
    }
  }

  record_file& file_;
  problem_list& problems_;
  std::span<const contract> contracts_;
  std::size_t contract_, service_;
  std::size_t number_ = 0;  // of the last row's owner
  std::map<std::pair<std::string, std::string>, std::size_t> numbers_;
  std::vector<owned_run> owners_;
  std::vector<byte_span> first_;   // where each stands first
  std::vector<bool> sound_;        // and needs no further look
  std::vector<std::uint32_t> of_;  // beside the records
  suggestions suggest_;
};

}  // namespace detail
}  // namespace v0
}  // namespace sla
