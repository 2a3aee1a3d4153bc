// SPDX-License-Identifier: MIT
#pragma once

// The figure of a window that is not over, kept up to date while records arrive, are corrected and withdrawn.
//
//     sla::running_measurement october(window, rules, now);
//     october.put({.span = {t, sla::instant::never()}, .id = 17});       // down since t
//     october.advance(now + 60s);
//     october.put({.span = {t, t + 90s}, .id = 17});                     // it lasted 90 s: the same record, corrected
//     october.withdraw(17);                                              // it was a false alarm
//     october.figures().availability                                     // as if measured anew
//
// The hard question: a record in the middle is withdrawn. What it joined falls apart, each part may now be too short
// to count, a quota reaches further. So what is kept is not sums but the whole outages, by begin: a change takes out
// the one it touches and puts in what becomes of it. A put costs log n; a withdrawal or correction also the records
// of that one outage. Records that exclusions have a say in are excused anew at each of their changes where there
// is a quota, as it is used up in order of time; without one, alone.
//
// Not for many threads at once; a copy is independent. The rules are a view, as everywhere.

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

#include <sla/availability/excuse.hpp>
#include <sla/availability/measure.hpp>
#include <sla/availability/outage.hpp>
#include <sla/availability/rules.hpp>
#include <sla/availability/seconds_in.hpp>
#include <sla/availability/window.hpp>
#include <sla/base/interval_set.hpp>
#include <sla/base/ratio.hpp>

namespace sla {
inline namespace v0 {

/// The amounts of a measurement, without its derivation; equal to those of `measure` on the records held.
struct running_figures {
  std::chrono::seconds denominator{0}, counted{0}, exact{0}, too_short{0}, excluded{0}, refused{0},
      unmeasured{0}, removed{0};
  ratio availability;
  bool no_data = false;
  bool provisional = false;
  std::int64_t outages = 0;
  std::chrono::seconds longest{0};
  friend bool operator==(const running_figures&, const running_figures&) noexcept = default;
};

class running_measurement {
 public:
  running_measurement(window over, const availability_rules& rules, instant as_of = instant::latest())
      : window_(std::move(over)),
        rules_(rules),
        as_of_(as_of.is_finite() ? as_of : instant::latest()),
        hours_(rules.denominator.what == denominator_rule::service_hours ? rules.denominator.hours : nullptr),
        excuses_(rules_.exclusions, window_.span, as_of_) {
    for (const exclusion& x : rules_.exclusions) {
      has_quota_ = has_quota_ || x.quota.has_value();
      is_announced_ = is_announced_ || x.announced.has_value();
    }
  }

  /// Adds a record, or corrects the one of the same id. Of id 0 each is a record of its own, and stays.
  void put(const outage& o) {
    if (o.id != 0) withdraw(o.id);
    const std::uint64_t key = next_key_++;
    if (o.id != 0) keys_[o.id] = key;
    entry& e = records_.emplace(key, entry{o, {}, {}, false}).first->second;
    if (o.span.begin.is_finite()) by_end_.emplace(o.span.end, key);
    enter(key, e);
  }
  /// Takes a record out; false where there is none of this id.
  bool withdraw(std::uint64_t id) {
    const auto known = keys_.find(id);
    if (known == keys_.end()) return false;
    const std::uint64_t key = known->second;
    entry& e = records_.at(key);
    leave(key, e);
    const auto [first, last] = by_end_.equal_range(e.record.span.end);
    for (auto i = first; i != last; ++i) {
      if (i->second != key) continue;
      by_end_.erase(i);
      break;
    }
    records_.erase(key);
    keys_.erase(known);
    return true;
  }
  /// Looks as of another instant, later or earlier. Costs as much as correcting every record that does not end before
  /// both; every record, where an exclusion asks for announcements.
  void advance(instant as_of) {
    as_of = as_of.is_finite() ? as_of : instant::latest();
    std::vector<std::uint64_t> changed;
    // What was announced by then may excuse any record.
    for (auto i = is_announced_ ? by_end_.begin() : by_end_.upper_bound(std::min(as_of_, as_of));
         i != by_end_.end(); ++i)
      changed.push_back(i->second);
    for (const std::uint64_t key : changed) leave(key, records_.at(key));
    as_of_ = as_of;
    if (is_announced_) excuses_ = detail::excuser(rules_.exclusions, window_.span, as_of_);
    for (const std::uint64_t key : changed) enter(key, records_.at(key));
  }

  [[nodiscard]] const sla::window& measured_window() const noexcept { return window_; }
  [[nodiscard]] instant as_of() const noexcept { return as_of_; }
  [[nodiscard]] std::size_t size() const noexcept { return records_.size(); }

  /// Constant time, and linear in the records that exclusions have a say in or that nobody measured.
  [[nodiscard]] running_figures figures() const {
    running_figures f;
    if (!window_.is_known()) {
      f.no_data = f.provisional = true;
      return f;
    }
    f.exact = exact_;
    f.counted =
        rules_.rounding.what == outage_rounding::sum ? detail::rounded(exact_, rules_.rounding) : counted_;
    f.too_short = too_short_;
    f.outages = outages_;
    f.longest = lengths_.empty() ? std::chrono::seconds(0) : *lengths_.rbegin();
    f.provisional = as_of_ < window_.span.end || open_ > 0 ||
                    (hours_ != nullptr && detail::rests_on_unknown(*hours_, window_.span)) ||
                    excuses_.provisional();
    account(f);
    // The measure of nothing knows the whole denominator.
    const measurement empty = measure(window_, {}, rules_, as_of_);
    f.denominator = std::max(empty.denominator - f.removed, std::chrono::seconds(0));
    f.no_data = f.denominator.count() == 0;
    if (!f.no_data) {
      const std::chrono::seconds lost = std::clamp(f.counted, std::chrono::seconds(0), f.denominator);
      f.availability = ratio((f.denominator - lost).count(), f.denominator.count());
    }
    return f;
  }

  /// The whole measurement of the records held, anew.
  [[nodiscard]] measurement measured() const {
    std::vector<outage> all;
    all.reserve(records_.size());
    for (const auto& [key, e] : records_) all.push_back(e.record);
    return measure(window_, all, rules_, as_of_);
  }

 private:
  // A stretch of downtime that counts; `presumed` where nobody measured it.
  struct piece {
    interval span;
    bool presumed = false;
    friend constexpr auto operator<=>(const piece&, const piece&) noexcept = default;
  };
  struct entry {
    outage record;
    std::vector<piece> pieces;               // of it in pieces_
    std::vector<detail::tagged_part> parts;  // what exclusions made of it
    bool provisional = false;
  };

  [[nodiscard]] interval seen(const outage& o) const noexcept {
    if (!o.span.begin.is_finite()) return {o.span.begin, o.span.begin};
    return {o.span.begin, std::min(o.span.end, as_of_)};
  }

  void enter(std::uint64_t key, entry& e) {
    const interval span = seen(e.record);
    if (span.empty() || !window_.is_known()) return;
    if (e.record.span.end > as_of_ && !intersect(span, window_.span).empty()) ++open_;
    const bool blind = e.record.cause == not_measured;
    if (blind) blind_.insert(key);
    if (blind && rules_.unknown != unmeasured_time::down) return;
    if (!excuses_.concerns(e.record.cause, span)) {
      add(e, {span, blind});
      return;
    }
    tagged_.insert(key);
    excuse(has_quota_ ? tagged_ : std::set<std::uint64_t>{key});
  }
  void leave(std::uint64_t key, entry& e) {
    const interval span = seen(e.record);
    if (span.empty() || !window_.is_known()) return;
    if (e.record.span.end > as_of_ && !intersect(span, window_.span).empty()) --open_;
    blind_.erase(key);
    clear(e);
    if (tagged_.erase(key) != 0 && has_quota_) excuse(tagged_);
  }
  void clear(entry& e) {
    for (const piece& p : e.pieces) remove(p);
    e.pieces.clear();
    e.parts.clear();
    e.provisional = false;
  }
  void add(entry& e, const piece& p) {
    e.pieces.push_back(p);
    insert(p);
  }

  // Splits these records into excused and refused, anew.
  void excuse(const std::set<std::uint64_t>& keys) {
    std::vector<detail::claim> claims;
    std::vector<entry*> entries;
    for (const std::uint64_t key : keys) {
      entry& e = records_.at(key);
      clear(e);
      claims.push_back({seen(e.record), e.record.cause, static_cast<std::uint32_t>(entries.size())});
      entries.push_back(&e);
    }
    detail::excuser fresh(rules_.exclusions, window_.span, as_of_);
    for (const detail::tagged_part& part : fresh.split(claims)) {
      entry& e = *entries[part.row];
      e.parts.push_back(part);
      if (part.what != fate::excused) add(e, {part.span, e.record.cause == not_measured});
    }
    for (entry* e : entries) e->provisional = fresh.provisional();
  }

  // --- whole outages

  void insert(const piece& p) {
    pieces_.insert(p);
    interval whole = p.span;
    const std::chrono::seconds gap = gap_length();
    auto i = wholes_.upper_bound(whole.begin);
    if (i != wholes_.begin() && std::prev(i)->second + gap >= whole.begin) --i;
    while (i != wholes_.end() && i->first <= whole.end + gap) {
      whole = {std::min(whole.begin, i->first), std::max(whole.end, i->second)};
      count({i->first, i->second}, -1);
      i = wholes_.erase(i);
    }
    wholes_.emplace(whole.begin, whole.end);
    count(whole, 1);
  }
  void remove(const piece& p) {
    const auto at = std::prev(wholes_.upper_bound(p.span.begin));
    const interval old{at->first, at->second};
    pieces_.erase(pieces_.find(p));
    count(old, -1);
    wholes_.erase(at);
    const std::chrono::seconds gap = gap_length();
    for (auto i = pieces_.lower_bound({{old.begin, instant::earliest()}, false});
         i != pieces_.end() && i->span.begin < old.end;) {
      interval whole = i->span;
      for (++i; i != pieces_.end() && i->span.begin < old.end && i->span.begin <= whole.end + gap; ++i)
        whole.end = std::max(whole.end, i->span.end);
      wholes_.emplace(whole.begin, whole.end);
      count(whole, 1);
    }
  }
  [[nodiscard]] std::chrono::seconds gap_length() const noexcept {
    return std::max(rules_.merge_gap, std::chrono::seconds(0));
  }
  // Adds what a whole outage gives to the sums, or takes it back.
  void count(const interval& whole, int sign) {
    const interval inside = intersect(whole, window_.span);
    if (inside.empty()) return;
    const std::chrono::seconds exact = seconds_in(inside);
    if (!rules_.minimum.admits(whole.length())) {
      too_short_ += sign * exact;
      return;
    }
    exact_ += sign * exact;
    counted_ +=
        sign *
        (rules_.rounding.what == outage_rounding::each ? detail::rounded(exact, rules_.rounding) : exact);
    if (sign > 0) {
      lengths_.insert(exact);
    } else {
      lengths_.erase(lengths_.find(exact));
    }
    if (exact.count() != 0 &&
        window_.span.contains(hours_ != nullptr ? hours_->next_open(whole.begin) : whole.begin))
      outages_ += sign;
  }

  // --- what was excused, refused and not measured

  void account(running_figures& f) const {
    std::vector<interval> excused, refused, removed, blind;
    for (const std::uint64_t key : tagged_) {
      const entry& e = records_.at(key);
      f.provisional = f.provisional || e.provisional;
      for (const detail::tagged_part& part : e.parts) {
        const interval inside = intersect(part.span, window_.span);
        if (part.what == fate::excused) {
          excused.push_back(inside);
          if (rules_.exclusions[part.exclusion].effect == exclusion_effect::both_sides)
            removed.push_back(inside);
        } else if (part.what != fate::counted) {
          refused.push_back(inside);
        }
      }
    }
    for (const std::uint64_t key : blind_)
      blind.push_back(intersect(seen(records_.at(key).record), window_.span));
    const interval_set presumed = less_known(interval_set(std::move(blind)));
    f.unmeasured = seconds_in(presumed);
    if (rules_.unknown == unmeasured_time::leave_out)
      removed.insert(removed.end(), presumed.begin(), presumed.end());
    f.excluded = seconds_in(less_down(interval_set(std::move(excused))));
    f.refused = seconds_in(interval_set(std::move(refused)));
    f.removed = seconds_in(less_down(interval_set(std::move(removed))));
  }
  // A set less whole outages.
  [[nodiscard]] interval_set less_down(const interval_set& set) const {
    std::vector<interval> down;
    for (const interval& i : set) for_wholes(i, [&](const interval& whole) { down.push_back(whole); });
    return set - interval_set(std::move(down));
  }
  // A set less what records other than those of unmeasured time call down.
  [[nodiscard]] interval_set less_known(const interval_set& set) const {
    if (set.empty()) return set;
    std::vector<interval> known;
    for (const interval& i : set)
      for_wholes(i, [&](const interval& whole) {
        for (auto p = pieces_.lower_bound({{whole.begin, instant::earliest()}, false});
             p != pieces_.end() && p->span.begin < std::min(whole.end, i.end); ++p)
          if (!p->presumed) known.push_back(p->span);
      });
    for (const std::uint64_t key : tagged_)
      if (const outage& o = records_.at(key).record; o.cause != not_measured) known.push_back(seen(o));
    return set - interval_set(std::move(known));
  }
  template <class Visit>
  void for_wholes(const interval& span, const Visit& visit) const {
    auto i = wholes_.upper_bound(span.begin);
    if (i != wholes_.begin()) --i;
    for (; i != wholes_.end() && i->first < span.end; ++i)
      if (i->second > span.begin) visit(interval{i->first, i->second});
  }

  template <class Stretch>
  [[nodiscard]] std::chrono::seconds seconds_in(const Stretch& s) const noexcept {
    return detail::seconds_in(hours_, s);
  }

  sla::window window_;
  availability_rules rules_;
  instant as_of_;
  const business_time* hours_;
  detail::excuser excuses_;  // asked only whom it concerns
  bool has_quota_ = false, is_announced_ = false;

  std::uint64_t next_key_ = 1;
  std::unordered_map<std::uint64_t, std::uint64_t> keys_;  // of ids
  std::map<std::uint64_t, entry> records_;
  std::multimap<instant, std::uint64_t> by_end_;
  std::set<std::uint64_t> tagged_, blind_;
  std::multiset<piece> pieces_;
  std::map<instant, instant> wholes_;  // begin to end, apart by more than the gap
  std::multiset<std::chrono::seconds> lengths_;
  std::chrono::seconds exact_{0}, counted_{0}, too_short_{0};
  std::int64_t outages_ = 0, open_ = 0;
};

}  // namespace v0
}  // namespace sla
