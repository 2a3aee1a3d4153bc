// SPDX-License-Identifier: MIT
#pragma once

// The records that count, in the order in which they count (rules C1, C2), from a log in any order:
//
//     sla::event_order order(log, as_of);
//     for (auto p = order.first(); p; p = order.next(p)) use(*p.record);
//
// A record counts when no higher revision of the same identity exists, when it is not retracted, and when it
// happened at or before `as_of`. Order: instant, the source's sequence, rank of the kind, identity; what is left
// equal is ordered by content, so that every permutation of a log reads the same. Records that are equal in
// everything but their row count once, by their smallest row.
//
// A report that the host keeps beside its log rather than in it is given as `reported` and read as if it stood there;
// where the log holds the same report too, it counts once.
//
// The hard question: a revision moves a record from 10:00 to 12:00, and somebody asks about 11:00. The record at
// 10:00 is known to be wrong, so it does not come back: the revision is chosen first, then `as_of` applies.
//
// Nothing is allocated. A log already in order is read in place; any other is ordered through a fixed window of
// pointers: one filling for up to `window` records, n * n / window steps for more.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include <sla/base/instant.hpp>
#include <sla/clock/event.hpp>
#include <sla/clock/event_survey.hpp>

namespace sla {
inline namespace v0 {
namespace detail {

/// -1, 0 or 1; 0 for records equal in all but their row.
[[nodiscard]] constexpr int compare_events(const event& a, const event& b) noexcept {
  if (a.at != b.at) return a.at < b.at ? -1 : 1;
  if (a.sequence != b.sequence) return a.sequence < b.sequence ? -1 : 1;
  if (a.kind != b.kind) return a.kind < b.kind ? -1 : 1;
  if (a.id != b.id) return a.id < b.id ? -1 : 1;
  if (a.what != b.what) return a.what < b.what ? -1 : 1;
  if (a.reason != b.reason) return a.reason < b.reason ? -1 : 1;
  if (a.clock != b.clock) return a.clock < b.clock ? -1 : 1;
  if (a.agreed_by != b.agreed_by) return a.agreed_by < b.agreed_by ? -1 : 1;
  if (a.why != b.why) return a.why < b.why ? -1 : 1;
  if (a.cancelled != b.cancelled) return a.cancelled < b.cancelled ? -1 : 1;
  if (a.to.severity != b.to.severity) return a.to.severity < b.to.severity ? -1 : 1;
  if (a.to.region != b.to.region) return a.to.region < b.to.region ? -1 : 1;
  if (a.to.category != b.to.category) return a.to.category < b.to.category ? -1 : 1;
  if (a.by.in() != b.by.in()) return a.by.in() < b.by.in() ? -1 : 1;
  if (a.by.count() != b.by.count()) return a.by.count() < b.by.count() ? -1 : 1;
  if (a.until != b.until) return a.until < b.until ? -1 : 1;
  if (a.revision != b.revision) return a.revision < b.revision ? -1 : 1;
  return a.retracted == b.retracted ? 0 : (b.retracted ? -1 : 1);
}

[[nodiscard]] constexpr bool event_before(const event& a, const event& b) noexcept {
  const int c = compare_events(a, b);
  return c != 0 ? c < 0 : a.row < b.row;
}

/// Whether `a` takes the place of `b`, a record of the same identity. Equal revisions that differ are a fault of
/// the source; the choice among them must still not depend on their order.
[[nodiscard]] constexpr bool supersedes(const event& a, const event& b) noexcept {
  if (a.revision != b.revision) return a.revision > b.revision;
  if (a.retracted != b.retracted) return a.retracted;
  const int c = compare_events(a, b);
  return c != 0 ? c > 0 : a.row < b.row;
}

}  // namespace detail

/// A view of the log that counts. Refers to the log, which must outlive it; not to be shared between threads.
class event_order {
 public:
  /// Logs of up to this many records are ordered at one filling.
  static constexpr std::size_t window = 256;

  /// Where a reader stands. False past the last record.
  struct place {
    const event* record = nullptr;
    std::size_t slot = 0;
    [[nodiscard]] explicit constexpr operator bool() const noexcept { return record != nullptr; }
  };

  event_order(std::span<const event> log, instant as_of, instant reported = instant::unknown()) noexcept
      : log_(log),
        as_of_(std::min(as_of, instant::latest())),
        report_(event::of(moment::reported, reported)) {
    reported_ = reported.is_finite() && reported <= as_of_;
    for (std::size_t i = 0; reported_ && i < log.size(); ++i)
      reported_ = log[i].at != reported || detail::compare_events(report_, log[i]) != 0;
    // A log read in place has its report before it.
    bool in_order = !reported_ || log.empty() || detail::compare_events(report_, log[0]) < 0;
    std::uint32_t kinds = reported_ ? kind_bit(report_.kind) : 0;
    std::uint64_t identities = 0, before = 0;
    std::uint32_t revisions = 0;
    const event* last = nullptr;
    for (const event& e : log) {
      if (e.at <= as_of) kinds |= kind_bit(e.kind);
      revisions |= e.revision | static_cast<std::uint32_t>(e.retracted);
      identities |= e.id;
      // Rising identities are distinct; anything less plain goes the long way.
      if (last != nullptr && in_order)
        in_order = (e.at > last->at || (e.at == last->at && detail::compare_events(*last, e) < 0)) &&
                   (e.id > before || (e.id | before) == 0);
      before = e.id;
      last = &e;
    }
    corrections_ = revisions != 0;
    identities_ = identities != 0;
    kinds_ = kinds;
    in_order_ = in_order && !corrections_;
    if (in_order_) {
      size_ = log.size();
      while (size_ != 0 && log[size_ - 1].at > as_of_) --size_;
    } else {
      fill(nullptr);
    }
    if (in_order_ && !reported_) {
      survey_.take(kinds_, size_, [log](std::size_t k) noexcept -> const event& { return log[k]; });
    } else if (in_order_ || last_) {
      survey_.take(kinds_, count(), [this](std::size_t k) noexcept -> const event& { return record(k); });
    }
  }
  event_order(const event_order&) = delete;
  event_order& operator=(const event_order&) = delete;

  [[nodiscard]] place first() const noexcept {
    if (in_order_ && reported_) return {&report_, before_log};
    if (in_order_) return size_ == 0 ? place{} : place{log_.data(), 0};
    if (!from_start_) fill(nullptr);
    return size_ == 0 ? place{} : place{window_[0], 0};
  }

  [[nodiscard]] place next(place p) const noexcept {
    const std::size_t slot = p.slot + 1;  // 0 after the report before the log
    if (in_order_) return slot < size_ ? place{log_.data() + slot, slot} : place{};
    if (p.slot >= size_ || window_[p.slot] != p.record) {
      fill(p.record);
      return size_ == 0 ? place{} : place{window_[0], 0};
    }
    if (slot < size_) return {window_[slot], slot};
    if (last_) return {};
    fill(edge_);
    return size_ == 0 ? place{} : place{window_[0], 0};
  }

  /// Where record(k) stands.
  [[nodiscard]] place at(std::size_t k) const noexcept {
    return {&record(k), in_order_ && reported_ ? k - 1 : k};
  }

  [[nodiscard]] std::span<const event> log() const noexcept { return log_; }
  [[nodiscard]] instant as_of() const noexcept { return as_of_; }
  /// False only if no record at or before as_of is of this kind.
  [[nodiscard]] bool may_have(event_kind k) const noexcept { return (kinds_ & kind_bit(k)) != 0; }
  /// Where the moments and pauses stand that come before anything else, as places that record() takes.
  [[nodiscard]] const event_survey& survey() const noexcept { return survey_; }
  /// The k-th record that counts, of those surveyed or the one after them.
  [[nodiscard]] const event& record(std::size_t k) const noexcept {
    if (!in_order_) return *window_[k];
    if (!reported_) return log_[k];
    return k == 0 ? report_ : log_[k - 1];
  }
  /// Whether any record is a later revision or a retraction.
  [[nodiscard]] bool has_corrections() const noexcept { return corrections_; }
  /// Visits each record that repeats another one: equal to it in all but its row, which is not smaller. n * n steps
  /// where the log is not in order, none where it is.
  template <class Visit>
  void duplicates(const Visit& visit) const noexcept {
    if (in_order_) return;
    for (std::size_t i = 0; i < log_.size(); ++i) {
      if (log_[i].at > as_of_) continue;
      for (std::size_t k = 0; k < log_.size(); ++k) {
        if (k == i || detail::compare_events(log_[k], log_[i]) != 0) continue;
        if (log_[k].row != log_[i].row ? log_[k].row < log_[i].row : k < i) {
          visit(log_[i]);
          break;
        }
      }
    }
  }

 private:
  // The next records after `after`, in order. Goes on until a window holds at least one or nothing is left.
  void fill(const event* after) const noexcept {
    const auto before = [](const event* a, const event* b) { return detail::event_before(*a, *b); };
    from_start_ = after == nullptr;
    for (bool again = true; again;) {
      size_ = 0;
      last_ = true;
      const auto begin = window_.begin();
      const auto offer = [&](const event& e) {
        if (e.at > as_of_ || e.retracted || (after != nullptr && detail::compare_events(*after, e) >= 0))
          return;
        if (size_ < window) {
          window_[size_++] = &e;
          if (size_ == window) std::make_heap(begin, window_.end(), before);
          return;
        }
        last_ = false;
        if (!before(&e, window_[0])) return;
        std::pop_heap(begin, window_.end(), before);
        window_[window - 1] = &e;
        std::push_heap(begin, window_.end(), before);
      };
      if (reported_) offer(report_);
      for (const event& e : log_) offer(e);
      if (size_ == 0) return;
      const auto end = [&] { return begin + static_cast<std::ptrdiff_t>(size_); };
      edge_ = *std::max_element(begin, end(), before);
      if (identities_) drop_superseded();
      std::sort(begin, end(), before);
      const auto equal = [](const event* a, const event* b) { return detail::compare_events(*a, *b) == 0; };
      size_ = static_cast<std::size_t>(std::unique(begin, end(), equal) - begin);
      again = size_ == 0 && !last_;
      after = edge_;
    }
  }

  void drop_superseded() const noexcept {
    const auto begin = window_.begin();
    const auto end = begin + static_cast<std::ptrdiff_t>(size_);
    std::sort(begin, end, [](const event* a, const event* b) { return a->id < b->id; });
    std::array<bool, window> dropped{};
    for (const event& e : log_) {
      if (e.id == 0) continue;
      auto it = std::partition_point(begin, end, [&](const event* w) { return w->id < e.id; });
      for (; it != end && (*it)->id == e.id; ++it)
        if (detail::supersedes(e, **it)) dropped[static_cast<std::size_t>(it - begin)] = true;
    }
    std::size_t kept = 0;
    for (std::size_t i = 0; i < size_; ++i)
      if (!dropped[i]) window_[kept++] = window_[i];
    size_ = kept;
  }

  [[nodiscard]] std::size_t count() const noexcept { return size_ + (in_order_ && reported_ ? 1 : 0); }

  static constexpr std::size_t before_log = static_cast<std::size_t>(-1);

  std::span<const event> log_;
  instant as_of_;
  event report_;
  bool reported_ = false;
  std::uint32_t kinds_ = 0;
  bool in_order_ = false;
  bool corrections_ = false;
  bool identities_ = false;
  event_survey survey_;
  mutable bool from_start_ = false;
  mutable bool last_ = true;
  mutable std::size_t size_ = 0;
  mutable const event* edge_ = nullptr;
  mutable std::array<const event*, window> window_;
};

}  // namespace v0
}  // namespace sla
