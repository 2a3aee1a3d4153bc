// SPDX-License-Identifier: MIT
#pragma once

// What a log says as long as it is plain, once for all clocks of its incident: where each moment was first reported, and
// where the pauses begin and end.
//
//     const sla::event_survey& survey = order.survey();
//     survey.whole();                                 // nothing but moments and pauses
//     order.record(survey.first(row.starts)).at;      // when the clock started
//
// The hard question: what is plain? Nearly every log: somebody reported, somebody came, the customer was waited for,
// it was resolved. A change of grade, an extension, a rejection, a reopening, a cancellation or a waiver makes a
// clock's life depend on its state at that instant. The survey ends there: a clock that has stopped by then is judged
// from it, any other is replayed record by record.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include <sla/clock/event.hpp>

namespace sla {
inline namespace v0 {

class event_survey {
 public:
  /// Where nothing stands.
  static constexpr std::size_t none = 0xFF;
  /// No more records, pauses and resumptions than these are surveyed.
  static constexpr std::size_t most_records = 64;
  static constexpr std::size_t most_pauses = 16;

  event_survey() noexcept {}
  /// Looks at records 0 to count - 1, in order, up to the first that is not plain; once. `kinds`: of all of them.
  template <class Record>
  void take(std::uint32_t kinds, std::size_t count, const Record& record) noexcept {
    kinds_ = kinds;
    const std::size_t most = std::min(count, most_records);
    reason_mask active = 0;
    std::size_t k = 0;
    for (; k < most; ++k) {
      const event& e = record(k);
      const std::uint32_t kind = kind_bit(e.kind);
      if ((kind & moment_kinds) != 0) {
        const auto m = static_cast<std::size_t>(e.what);
        if (m >= moment_limit) break;
        seen_ |= moments_[k] = std::uint64_t{1} << m;
        if (e.kind == event_kind::confirm) confirmed_ = static_cast<std::uint8_t>(k);
      } else {
        if ((kind & pause_kinds) == 0 || pauses_ == most_pauses) break;
        active = pausing_after(active, e, reason_limit);
        moments_[k] = 0;
        pause_[pauses_] = static_cast<std::uint8_t>(k);
        pausing_[pauses_++] = active;
      }
    }
    records_ = k;
    whole_ = k == count;
  }

  /// Whether nothing comes after what was surveyed.
  [[nodiscard]] bool whole() const noexcept { return whole_; }
  [[nodiscard]] std::size_t records() const noexcept { return records_; }
  /// False only if no record of the log is of this kind.
  [[nodiscard]] bool may_have(event_kind k) const noexcept { return (kinds_ & kind_bit(k)) != 0; }
  /// The first record of any of these moments.
  [[nodiscard]] std::size_t first(moment_set of) const noexcept {
    if ((of.bits() & seen_) == 0) return none;
    std::size_t k = 0;
    while ((of.bits() & moments_[k]) == 0) ++k;
    return k;
  }
  /// The last record of the kind confirm.
  [[nodiscard]] std::size_t last_confirmation() const noexcept { return confirmed_; }
  /// Pauses and resumptions, in order.
  [[nodiscard]] std::size_t pauses() const noexcept { return pauses_; }
  [[nodiscard]] std::size_t pause(std::size_t i) const noexcept { return pause_[i]; }
  /// The reasons that pause after the i-th of them, known to the policy or not.
  [[nodiscard]] reason_mask pausing(std::size_t i) const noexcept { return pausing_[i]; }

 private:
  static constexpr std::uint32_t moment_kinds = kind_bit(event_kind::start) |
                                                kind_bit(event_kind::milestone) | kind_bit(event_kind::stop) |
                                                kind_bit(event_kind::confirm);
  static constexpr std::uint32_t pause_kinds = kind_bit(event_kind::pause) | kind_bit(event_kind::resume);

  bool whole_ = false;
  std::uint8_t confirmed_ = none;
  std::uint32_t kinds_ = 0;
  std::size_t records_ = 0;
  std::size_t pauses_ = 0;
  std::uint64_t seen_ = 0;
  // Alive up to records_ and pauses_: clearing them would cost more than a look at the log.
  std::array<std::uint64_t, most_records> moments_;  // of each record its bit
  std::array<std::uint8_t, most_pauses> pause_;
  std::array<reason_mask, most_pauses> pausing_;
};

}  // namespace v0
}  // namespace sla
