// SPDX-License-Identifier: MIT
#pragma once

// What a plain log says, once for all clocks of its incident: where each moment was first reported, and where the
// pauses begin and end.
//
//     const sla::event_survey& survey = order.survey();
//     survey.plain();                                 // nothing but moments and pauses
//     order.record(survey.first(row.starts)).at;      // when the clock started
//
// The hard question: what is plain? Nearly every log: somebody reported, somebody came, the customer was waited for,
// it was resolved. A change of grade, an extension, a rejection, a reopening, a cancellation or a waiver makes a
// clock's life depend on its state at that instant; such a log is replayed record by record.

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

#include <sla/clock/event.hpp>

namespace sla {
inline namespace v0 {

class event_survey {
 public:
  /// Where nothing stands.
  static constexpr std::size_t none = 0xFF;
  /// Longer logs, and those with more pauses and resumptions, are not surveyed.
  static constexpr std::size_t most_records = 64;
  static constexpr std::size_t most_pauses = 16;

  event_survey() noexcept {}
  /// Looks at records 0 to count - 1, in order, of the kinds whose bits are set; once.
  template <class Record>
  void take(std::uint32_t kinds, std::size_t count, const Record& record) noexcept {
    plain_ = (kinds & ~plain_kinds) == 0 && count <= most_records;
    records_ = count;
    reason_mask active = 0;
    for (std::size_t k = 0; plain_ && k < count; ++k) {
      const event& e = record(k);
      if (reports_moment(e.kind)) {
        const auto m = static_cast<std::size_t>(e.what);
        if (m >= moment_limit) {
          plain_ = false;
        } else if (((seen_ >> m) & 1U) == 0) {
          seen_ |= std::uint64_t{1} << m;
          first_[m] = static_cast<std::uint8_t>(k);
        }
        if (e.kind == event_kind::confirm) confirmed_ = static_cast<std::uint8_t>(k);
      } else if (pauses_ == most_pauses) {
        plain_ = false;
      } else {
        active = pausing_after(active, e, reason_limit);
        pause_[pauses_] = static_cast<std::uint8_t>(k);
        pausing_[pauses_++] = active;
      }
    }
  }

  [[nodiscard]] bool plain() const noexcept { return plain_; }
  [[nodiscard]] std::size_t records() const noexcept { return records_; }
  /// The first record of any of these moments.
  [[nodiscard]] std::size_t first(moment_set of) const noexcept {
    std::size_t k = none;
    for (std::uint64_t left = of.bits() & seen_; left != 0; left &= left - 1)
      k = std::min<std::size_t>(k, first_[static_cast<std::size_t>(std::countr_zero(left))]);
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
  static constexpr std::uint32_t plain_kinds = kind_bit(event_kind::start) | kind_bit(event_kind::milestone) |
                                               kind_bit(event_kind::stop) | kind_bit(event_kind::confirm) |
                                               kind_bit(event_kind::pause) | kind_bit(event_kind::resume);

  bool plain_ = false;
  std::uint8_t confirmed_ = none;
  std::size_t records_ = 0;
  std::size_t pauses_ = 0;
  std::uint64_t seen_ = 0;
  // Alive where seen_ and pauses_ say so: clearing them would cost more than a look at the log.
  std::array<std::uint8_t, moment_limit> first_;
  std::array<std::uint8_t, most_pauses> pause_;
  std::array<reason_mask, most_pauses> pausing_;
};

}  // namespace v0
}  // namespace sla
