// SPDX-License-Identifier: MIT
#pragma once

// All promises of an incident, judged: what a host calls whenever something happened, or its timer fired.
//
//     for (const sla::verdict& v : sla::assess(policy, fault, events, now)) show(v);
//     set_timer(sla::next_change(policy, fault, events, now));
//
// A verdict is a function of the arguments alone. Events may come in any order, repeated, corrected or after `now`;
// the verdicts come by clock, in the policy's order, and by cycle. Nothing is allocated and nothing throws: the
// range computes each verdict as it is visited.
//
// The hard question: is the report itself one of the events? It may be, and it need not: `facts::reported` stands
// for it, and counts once.

#include <cstddef>
#include <iterator>
#include <optional>
#include <span>

#include <sla/clock/anomalies.hpp>
#include <sla/clock/event_order.hpp>
#include <sla/clock/next_change.hpp>
#include <sla/clock/replay.hpp>
#include <sla/clock/verdict.hpp>
#include <sla/policy/policy.hpp>

namespace sla {
inline namespace v0 {
namespace detail {

/// One clock's row of the decision table under any grade.
struct clock_rows {
  const policy* from;
  std::uint8_t tier;
  std::uint8_t channel;
  clock_id clock;
  [[nodiscard]] const clock_terms* operator()(const grade& g) const noexcept {
    const auto row = from->terms(cell_key{tier, channel, g});
    return clock < row.size() ? &row[clock] : nullptr;
  }
};

}  // namespace detail

/// The verdicts of an incident, computed while visited. Refers to the policy and the events, which must outlive it;
/// to be visited once.
class assessment {
 public:
  assessment(const policy& p, const facts& f, std::span<const event> events, instant as_of) noexcept
      : policy_(&p), facts_(f), order_(events, as_of, f.reported), terms_(p.terms(f)) {
    advance();  // facts of another policy have no terms, and no verdict
  }
  assessment(const assessment&) = delete;
  assessment& operator=(const assessment&) = delete;

  class iterator {
   public:
    using value_type = verdict;
    using difference_type = std::ptrdiff_t;
    explicit iterator(assessment* of) noexcept : of_(of) {}
    [[nodiscard]] const verdict& operator*() const noexcept { return of_->current_; }
    [[nodiscard]] const verdict* operator->() const noexcept { return &of_->current_; }
    iterator& operator++() noexcept {
      of_->advance();
      return *this;
    }
    void operator++(int) noexcept { of_->advance(); }
    [[nodiscard]] friend bool operator==(const iterator& i, std::default_sentinel_t) noexcept {
      return i.done();
    }

   private:
    [[nodiscard]] bool done() const noexcept { return of_->done_; }
    assessment* of_;
  };

  [[nodiscard]] iterator begin() noexcept { return iterator(this); }
  [[nodiscard]] std::default_sentinel_t end() const noexcept { return {}; }

  /// The first instant after as_of at which a verdict not yet visited can change by itself; visits all of them.
  [[nodiscard]] instant next_change() noexcept {
    instant next = instant::never();
    for (; !done_; advance())
      next = std::min(next, replay_ ? sla::next_change(*replay_, current_, order_.as_of())
                                    : sla::next_change(current_, terms_[clock_ - 1], due_, order_.as_of()));
    return next;
  }

  /// The other reading of the verdict visited last, where a reopening opened its cycle: as if the clock had gone on from
  /// before it, the time it lay closed excluded (rule C10).
  [[nodiscard]] std::optional<verdict> continued() const noexcept {
    return replay_ ? replay_->continued() : std::nullopt;
  }

  /// Tells the steps that lead to the verdict visited last: `trace` takes each as a clock_step (trace.hpp).
  template <class Trace>
  void explain(Trace&& trace) const {
    if (done_) return;
    if (replay_) {
      replay_->explain(trace);
      return;
    }
    const detail::clock_rows rows{policy_, facts_.tier, facts_.channel, static_cast<clock_id>(clock_ - 1)};
    clock_replay again(terms_source(rows), facts_.at_report, order_);
    verdict v;
    if (again.replay(v)) again.explain(trace);
  }

 private:
  void advance() noexcept {
    if (replay_ || !short_way()) go_on();
  }
  // Judges the next clock without so much as making a replay, where it can have one cycle only.
  [[nodiscard]] bool short_way() noexcept {
    if (clock_ == terms_.size() || order_.survey().may_have(event_kind::reopen)) return false;
    plain_cycle plain(terms_[clock_], order_, positions_);
    if (!plain.judge(current_, due_)) return false;
    ++clock_;
    return true;
  }
  // By replay what short_way() leaves.
  [[gnu::noinline]] void go_on() noexcept {
    while (clock_ != terms_.size()) {
      if (!replay_) {
        rows_ = {policy_, facts_.tier, facts_.channel, static_cast<clock_id>(clock_)};
        replay_.emplace(terms_source(rows_), facts_.at_report, order_);
      }
      if (replay_->next(current_, positions_)) return;
      replay_.reset();
      ++clock_;
      if (short_way()) return;
    }
    done_ = true;
  }

  const policy* policy_;
  facts facts_;
  event_order order_;
  std::span<const clock_terms> terms_;  // by clock, at report
  std::size_t clock_ = 0;               // the one that is judged, or to be judged
  record_positions positions_;
  std::optional<instant> due_;  // of a clock judged the short way
  detail::clock_rows rows_{};
  std::optional<clock_replay> replay_;  // of a clock judged by replay
  verdict current_;
  bool done_ = false;
};

/// Judges every clock of an incident as of an instant. Time: events x clocks, and once more for each change of grade.
[[nodiscard]] inline assessment assess(const policy& p, const facts& f, std::span<const event> events,
                                       instant as_of) noexcept {
  return assessment(p, f, events, as_of);
}

/// Calls `visit` with every record that no clock of the incident could use (rule C3).
template <class Visit>
void visit_anomalies(const policy& p, const facts& f, std::span<const event> events, instant as_of,
                     const Visit& visit) noexcept {
  const event_order order(events, as_of, f.reported);
  const auto rows = [&](std::size_t clock, const grade& g) noexcept {
    return detail::clock_rows{&p, f.tier, f.channel, static_cast<clock_id>(clock)}(g);
  };
  visit_anomalies(p.terms(f).empty() ? 0 : p.clock_count(), rows, f.at_report, order, visit);
}

/// The next instant at which a verdict or a warning can change by itself (rule C17); never() where none can.
[[nodiscard]] inline instant next_change(const policy& p, const facts& f, std::span<const event> events,
                                         instant as_of) noexcept {
  return assessment(p, f, events, as_of).next_change();
}

}  // namespace v0
}  // namespace sla
