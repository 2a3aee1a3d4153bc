// SPDX-License-Identifier: MIT
#pragma once

// Whether a running clock has been stopped, and for good (rules C3, C10, C12).
//
//     sla::stop_state stop;
//     stop.see(resolved, terms);     // stopped
//     stop.see(rejected, terms);     // voided: the clock has run through
//
// The hard question: which stop does a rejection reject? The customer rejects what was last reported to him. So a
// rejection concerns the latest moment that may be rejected (`clock_terms::rejectable`), and voids the stop of each
// clock that asks for confirmation, was stopped by that moment, and is still within its span.

#include <cstdint>
#include <optional>

#include <sla/base/instant.hpp>
#include <sla/clock/event.hpp>
#include <sla/clock/own_time.hpp>
#include <sla/clock/terms.hpp>

namespace sla {
inline namespace v0 {

class stop_state {
 public:
  enum class effect : std::uint8_t { none, stopped, voided, reopened };

  /// Takes in one event of a clock that has started. A repeating clock's `stops` are not looked at: they end
  /// cycles, and only its `ends` stop it.
  effect see(const event& e, const clock_terms& t) noexcept {
    if (reports_moment(e.kind)) {
      const moment_set own = (t.repeats ? t.ends : t.stops) | t.closed_by;
      if ((t.rejectable.empty() ? own : t.rejectable).contains(e.what)) latest_ = e.what;
      if (!stopped_ && own.contains(e.what)) return stop(e, t);
      if (stopped_ && e.kind == event_kind::confirm) final_ = true;
    } else if (e.kind == event_kind::reject) {
      if (!rejects(e)) return effect::none;
      stopped_ = false;
      return effect::voided;
    } else if (e.kind == event_kind::reopen && stopped_) {
      return effect::reopened;
    }
    return effect::none;
  }
  /// A stop found before the clock started.
  effect stop(const event& e, const clock_terms& t) noexcept {
    at_ = e.at;
    stopped_ = true;
    row_ = e.row;
    what_ = e.what;
    latest_ = e.what;
    final_ = !t.confirmation;
    until_ = t.confirmation ? own_time::span_end(e.at, *t.confirmation, t.calendar) : e.at;
    return effect::stopped;
  }
  void clear() noexcept { stopped_ = false; }

  /// Whether `reject` voids the present stop.
  [[nodiscard]] bool rejects(const event& reject) const noexcept {
    return stopped_ && !final_ && reject.at > at_ && reject.at <= until_ && latest_ == what_;
  }
  [[nodiscard]] std::optional<instant> at() const noexcept {
    return stopped_ ? std::optional<instant>(at_) : std::nullopt;
  }
  [[nodiscard]] std::uint32_t row() const noexcept { return row_; }
  /// Whether a rejection at `t` or later could still void the stop.
  [[nodiscard]] bool open_to_rejection(instant t) const noexcept {
    return stopped_ && !final_ && t <= until_;
  }
  /// Last instant at which it could.
  [[nodiscard]] instant confirmed_after() const noexcept { return until_; }

 private:
  instant at_;
  instant until_;
  std::uint32_t row_ = 0;
  moment what_ = moment::resolved;
  moment latest_ = moment::resolved;
  bool stopped_ = false;
  bool final_ = false;
};

}  // namespace v0
}  // namespace sla
