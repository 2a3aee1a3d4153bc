// SPDX-License-Identifier: MIT
#pragma once

// An incident's records as they arrive: one by one, late, repeated, corrected. They are kept in the order in which
// they count, so that judging reads them in place.
//
//     sla::event_log log;
//     log.record(sla::event::of(sla::moment::reported, t0));
//     log.record(correction);                         // recorded::replaced: the earlier revision counts no more
//     for (const sla::verdict& v : sla::assess(policy, fault, log.events(), now)) show(v);
//     set_timer(sla::next_change(policy, fault, log.events(), now));
//
// The hard question: does judging as records arrive give what judging the whole history gives? At every step: a verdict
// is a function of the set of records (rule C1), and this keeps that set. A host with a
// store of its own needs none of this; `assess` takes any order.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <sla/clock/event.hpp>
#include <sla/clock/event_order.hpp>

namespace sla {
inline namespace v0 {

/// What became of a record.
enum class recorded : std::uint8_t {
  added,
  replaced,  ///< it corrects or retracts a record with its identity, which counts no more
  outdated,  ///< a higher revision of its identity is known: it does not count
  repeated,  ///< the same record is known: nothing changed, but that the smaller row is kept
};

/// Records of one incident in the order of rules C1 and C2. Not to be changed by two threads at once.
class event_log {
 public:
  /// Takes one record. Linear in the records kept, and mostly at their end.
  recorded record(const event& e) {
    const auto at = place(e);
    if (at != all_.end() && detail::compare_events(e, *at) == 0) {
      at->row = std::min(at->row, e.row);
      return recorded::repeated;
    }
    recorded done = recorded::added;
    for (const event& known : all_) {
      if (e.id == 0 || known.id != e.id) continue;
      done = detail::supersedes(e, known) ? recorded::replaced : recorded::outdated;
      if (done == recorded::outdated) break;
    }
    all_.insert(at, e);
    return done;
  }
  /// Forgets everything; what was allocated is kept for the next incident.
  void clear() noexcept { all_.clear(); }
  void reserve(std::size_t records) { all_.reserve(records); }

  /// Valid until the next call that changes the log. Records that count no more stay in it: a verdict says whether
  /// it rests on a corrected one.
  [[nodiscard]] std::span<const event> events() const noexcept { return all_; }
  [[nodiscard]] std::size_t size() const noexcept { return all_.size(); }
  [[nodiscard]] bool empty() const noexcept { return all_.empty(); }

 private:
  [[nodiscard]] std::vector<event>::iterator place(const event& e) {
    // Records mostly arrive in the order in which they happen.
    if (all_.empty() || detail::compare_events(all_.back(), e) < 0) return all_.end();
    return std::lower_bound(all_.begin(), all_.end(), e,
                            [](const event& a, const event& b) { return detail::compare_events(a, b) < 0; });
  }

  std::vector<event> all_;
};

}  // namespace v0
}  // namespace sla
