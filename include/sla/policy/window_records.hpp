// SPDX-License-Identifier: MIT
#pragma once

// What a window's records bring besides incidents and outages: calls and repairs for service levels, requests for slots,
// and of how many users or instances an outage hit some. All of several contracts together, each with whose it is.
//
//     const std::vector<sla::call> calls = ...;                       // of one contract
//     const sla::records_of<sla::call> brought[]{{{.contract = "C-001"}, calls}};
//     sla::draw_up(policy, contract, october, incidents, outages, as_of, {.records = {.calls = brought}});
//
// A record is a contract's, or a service's and so of every contract that buys the service, or of a contract's service;
// one that names neither is everybody's. Nothing is copied where a contract's records have one owner.
//
// The hard question: is a month without calls a month of which nobody brought the calls? Both are no data: of no calls
// there is no share. A report that says what to bring says so of the second alone.

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <sla/availability/calls.hpp>
#include <sla/availability/repairs.hpp>
#include <sla/availability/slots.hpp>
#include <sla/availability/weights.hpp>
#include <sla/calendar/zone.hpp>
#include <sla/policy/contract.hpp>
#include <sla/policy/service_level_terms.hpp>

namespace sla {
inline namespace v0 {

/// Whose a record is. What is empty says nothing: both empty, everybody's.
struct record_owner {
  std::string contract = {};
  std::string service = {};

  [[nodiscard]] bool is_of(const sla::contract& c) const {
    return (contract.empty() || contract == c.id) &&
           (service.empty() || std::ranges::find(c.services, service) != c.services.end());
  }
  friend bool operator==(const record_owner&, const record_owner&) noexcept = default;
  friend auto operator<=>(const record_owner&, const record_owner&) noexcept = default;
};

/// The records of one owner.
template <class Record>
struct records_of {
  record_owner of = {};
  std::span<const Record> all = {};
};

/// Where the records of one owner stand among many that are sorted by owner.
struct owned_run {
  record_owner of = {};
  std::size_t first = 0, count = 0;
  friend bool operator==(const owned_run&, const owned_run&) noexcept = default;
};
/// The same as spans into the records, which must outlive them.
template <class Record>
[[nodiscard]] std::vector<records_of<Record>> by_owner(const std::vector<Record>& all,
                                                       const std::vector<owned_run>& runs) {
  std::vector<records_of<Record>> out;
  for (const owned_run& r : runs)
    out.push_back({r.of, std::span<const Record>(all.data(), all.size()).subspan(r.first, r.count)});
  return out;
}

/// Records as they are read: those of one owner together.
template <class Record>
struct owned_records {
  std::vector<Record> all;
  std::vector<owned_run> owners;
};
template <class Record>
[[nodiscard]] std::vector<records_of<Record>> by_owner(const owned_records<Record>& records) {
  return by_owner(records.all, records.owners);
}

/// Counts of one date; numbers that nobody counted are `absent` in them.
struct dated_counts {
  std::chrono::sys_days date{};
  call_counts counts;
};

/// Every kind of them; one that nobody brought is empty.
struct window_records {
  std::span<const records_of<call>> calls = {};
  call_fields absent = {};                                       ///< of the calls
  std::span<const records_of<dated_counts>> counts = {};         ///< of calls, where there are no calls
  std::span<const records_of<repair>> repairs = {};              ///< for service levels
  std::span<const records_of<request_count>> requests = {};      ///< for slots
  std::span<const records_of<population_step>> population = {};  ///< what weights are a part of
};

namespace detail {

/// Of all records those that are asked for, as one span: copied only where they have several owners.
template <class Record>
class chosen_records {
 public:
  template <class Wanted>
  chosen_records(std::span<const records_of<Record>> all, const Wanted& wanted) {
    std::vector<std::span<const Record>> found;
    for (const records_of<Record>& r : all)
      if (wanted(r.of)) found.push_back(r.all);
    owners_ = found.size();
    if (owners_ == 1) {
      all_ = found.front();
    } else {
      for (const auto& each : found) joined_.insert(joined_.end(), each.begin(), each.end());
      all_ = {joined_.data(), joined_.size()};
    }
  }
  chosen_records(const chosen_records&) = delete;
  chosen_records& operator=(const chosen_records&) = delete;

  [[nodiscard]] std::span<const Record> all() const noexcept { return all_; }
  [[nodiscard]] std::size_t owners() const noexcept { return owners_; }

 private:
  std::vector<Record> joined_;
  std::span<const Record> all_;
  std::size_t owners_ = 0;
};

/// What service levels of one contract rest on, window by window.
class contract_levels {
 public:
  contract_levels(const window_records& all, const contract& c, const zone& in)
      : calls_(all.calls, its{c}),
        repairs_(all.repairs, its{c}),
        counts_(all.counts, its{c}),
        absent_(all.absent),
        in_(in) {}

  /// Spans into this.
  [[nodiscard]] level_records in(const interval& window) const {
    level_records out{.calls = calls_.all(),
                      .absent = absent_,
                      .has_calls = calls_.owners() != 0,
                      .repairs = repairs_.all(),
                      .has_repairs = repairs_.owners() != 0};
    if (counts_.owners() == 0 || out.has_calls) return out;
    out.counts.emplace();
    for (const dated_counts& d : counts_.all())
      if (window.contains(in_.start_of(d.date))) *out.counts += d.counts;
    return out;
  }

 private:
  struct its {
    const contract& c;
    [[nodiscard]] bool operator()(const record_owner& o) const { return o.is_of(c); }
  };
  chosen_records<call> calls_;
  chosen_records<repair> repairs_;
  chosen_records<dated_counts> counts_;
  call_fields absent_;
  const zone& in_;
};

}  // namespace detail
}  // namespace v0
}  // namespace sla
