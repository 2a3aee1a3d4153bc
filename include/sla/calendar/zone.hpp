// SPDX-License-Identifier: MIT
#pragma once

// A time zone as a value: explicit changes of the offset from UTC, and the rule that holds after the last of
// them.
//
//     sla::zone berlin = sla::load_zone("Europe/Berlin");                  // calendar/zone_load.hpp
//     sla::zone same_rule = sla::zone::posix("Berlin", "CET-1CEST,M3.5.0,M10.5.0/3");
//     berlin.offset_at(noon_in_july)                                      // 2 h
//     constexpr sla::zone shanghai = "Asia/Shanghai +08:00"_zone;         // calendar/zone_literal.hpp
//
// The hard question: which instant is 02:30 on the night the clocks change? None in spring, two in autumn.
// `instants_of(local)` says how many there are and which; nothing throws and nothing is guessed (rule T6).
//
// The second one: what is the offset in 2045? Zone files list changes up to some year and leave the rest to a
// rule in their last line. A zone that has the rule is known for ever; one that has not is known up to its
// last change, `known_until()`, and calendars answer `unknown` after it (rule T7).
//
// A zone is a handle on immutable data: copies cost a reference count, threads may share it. One that has no changes
// listed (UTC, a literal) is a constant of the compiler's, too.

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sla/base/error.hpp>
#include <sla/base/instant.hpp>
#include <sla/base/interval_set.hpp>
#include <sla/base/shared_value.hpp>
#include <sla/calendar/posix_zone.hpp>

namespace sla {
inline namespace v0 {

/// From `at` on, local time is UTC plus `offset`.
struct zone_transition {
  instant at;
  std::chrono::seconds offset{0};
  friend constexpr bool operator==(const zone_transition&, const zone_transition&) noexcept = default;
};

/// The instants that show one local time: none in a gap, two where clocks were set back over it.
struct local_instants {
  instant first = instant::never();
  instant last = instant::never();
  int count = 0;
};

namespace detail {

struct zone_data {
  std::string_view name, version;  // of `letters`, or literals
  std::chrono::seconds initial{0};
  std::optional<posix_zone> rule = {};
  std::vector<zone_transition> transitions = {};
  std::vector<char> letters = {};

  friend bool operator==(const zone_data& a, const zone_data& b) noexcept {
    return a.name == b.name && a.version == b.version && a.initial == b.initial &&
           a.transitions == b.transitions && a.rule == b.rule;
  }
};
inline constexpr zone_data utc_data{"UTC", "fixed", std::chrono::seconds(0),
                                    posix_zone(std::chrono::seconds(0))};

}  // namespace detail

class zone {
 public:
  /// Throws sla::error where transitions are not in order, an offset is out of range, or the footer (which
  /// may be empty) cannot be read or contradicts the last transition.
  zone(std::string name, std::string version, std::chrono::seconds initial_offset,
       std::vector<zone_transition> transitions, std::string_view footer) {
    std::optional<posix_zone> rule;
    if (!footer.empty()) {
      try {
        rule.emplace(footer);
      } catch (const error& e) {
        detail::fail("zone " + name + ": " + e.what());
      }
    }
    *this = zone(std::move(name), std::move(version), initial_offset, std::move(transitions), rule);
  }

  [[nodiscard]] static constexpr zone utc() noexcept { return zone(&detail::utc_data); }
  /// A literal's (calendar/zone_literal.hpp); the data outlive every zone.
  constexpr explicit zone(const detail::zone_data* of_the_program) noexcept : data_(of_the_program) {}
  /// One offset for ever, east of Greenwich positive.
  [[nodiscard]] static zone fixed(std::string name, std::chrono::seconds offset) {
    return zone(std::move(name), "fixed", offset, {}, posix_zone(offset));
  }
  /// A rule for all time, past and future: "CET-1CEST,M3.5.0,M10.5.0/3". Throws sla::error.
  [[nodiscard]] static zone posix(std::string name, std::string_view rule) {
    return zone(std::move(name), "posix " + std::string(rule), std::chrono::seconds(0), {}, rule);
  }

  [[nodiscard]] constexpr std::string_view name() const noexcept { return data_->name; }
  /// Of the zone data ("2025b"), as far as their source states one.
  [[nodiscard]] constexpr std::string_view version() const noexcept { return data_->version; }
  [[nodiscard]] constexpr std::span<const zone_transition> transitions() const noexcept {
    return {data_->transitions.data(), data_->transitions.size()};
  }
  [[nodiscard]] constexpr const std::optional<posix_zone>& rule() const noexcept { return data_->rule; }

  /// Where the data end: latest() where a rule goes on, else the last transition.
  [[nodiscard]] constexpr instant known_until() const noexcept {
    return data_->rule || data_->transitions.empty() ? instant::latest() : data_->transitions.back().at;
  }
  [[nodiscard]] constexpr bool known_at(instant t) const noexcept {
    return t < known_until() || (t.is_finite() && known_until() == instant::latest());
  }

  /// UTC offset, east positive. log(transitions). Past known_until() it is the last known one.
  [[nodiscard]] constexpr std::chrono::seconds offset_at(instant t) const noexcept {
    return segment_at(t).offset;
  }
  [[nodiscard]] constexpr std::chrono::local_seconds to_local(instant t) const noexcept {
    return std::chrono::local_seconds(t.sys().time_since_epoch() + offset_at(t));
  }

  /// Every span of constant offset inside `range`, in order: visit(interval, offset).
  template <class Visitor>
  constexpr void for_each_segment(interval range, Visitor&& visit) const {
    range.end = std::min(range.end, instant::latest());
    while (!range.empty()) {
      const segment s = segment_at(range.begin);
      const instant end = std::min(range.end, s.end);
      visit(interval{range.begin, end}, s.offset);
      range.begin = end;
    }
  }

  /// The instants that show this local time.
  [[nodiscard]] constexpr local_instants instants_of(std::chrono::local_seconds local) const {
    local_instants found;
    if (local != shown(local)) return found;
    for_each_segment(around(local), [&](interval s, std::chrono::seconds offset) {
      const instant t = std::chrono::sys_seconds(local.time_since_epoch() - offset);
      if (!s.contains(t)) return;
      found.first = found.count == 0 ? t : found.first;
      found.last = t;
      ++found.count;
    });
    return found;
  }

  /// The first instant that shows this local time or a later one: where a local day or month begins, also
  /// where its midnight is skipped or comes twice. Far away the nearest instant that there is.
  [[nodiscard]] constexpr instant at_or_after(std::chrono::local_seconds local) const {
    instant found = instant::never();
    local = shown(local);
    for_each_segment(around(local), [&](interval s, std::chrono::seconds offset) {
      const instant t =
          std::max(s.begin, instant(std::chrono::sys_seconds(local.time_since_epoch() - offset)));
      if (found.is_never() && t < s.end) found = t;
    });
    return found;
  }
  [[nodiscard]] constexpr instant start_of(std::chrono::sys_days date) const {
    return at_or_after(std::chrono::local_seconds(instant(date).sys().time_since_epoch()));
  }
  /// The date on the wall at t.
  [[nodiscard]] constexpr std::chrono::sys_days date_at(instant t) const noexcept {
    return std::chrono::sys_days(std::chrono::floor<std::chrono::days>(to_local(t)).time_since_epoch());
  }

  /// Same name, version and data.
  friend bool operator==(const zone& a, const zone& b) noexcept {
    return a.data_ == b.data_ || *a.data_ == *b.data_;
  }

 private:
  struct segment {
    instant end;
    std::chrono::seconds offset;
  };

  zone(std::string name, std::string version, std::chrono::seconds initial,
       std::vector<zone_transition> transitions, std::optional<posix_zone> rule) {
    const auto in_range = [](std::chrono::seconds s) { return s.count() >= -89'999 && s.count() <= 93'599; };
    bool good = in_range(initial);
    for (const zone_transition& t : transitions) good = good && in_range(t.offset) && t.at.is_finite();
    if (!good) detail::fail("zone " + name + ": offsets lie between -24:59:59 and 25:59:59");
    for (std::size_t i = 1; i < transitions.size(); ++i)
      if (transitions[i].at <= transitions[i - 1].at)
        detail::fail("zone " + name + ": transitions are not in order of time");
    const instant last = transitions.empty() ? instant::earliest() : transitions.back().at;
    const std::chrono::seconds final_offset = transitions.empty() ? initial : transitions.back().offset;
    // A change that changes no offset is one of name or of a flag; without a rule the last one still ends the
    // data.
    std::vector<zone_transition> kept;
    for (const zone_transition& t : transitions)
      if (t.offset != (kept.empty() ? initial : kept.back().offset) || (!rule && t.at == last))
        kept.push_back(t);
    if (rule && last != instant::earliest() && rule->offset_at(last) != final_offset)
      detail::fail("zone " + name + ": the rule after the last transition contradicts it");
    detail::zone_data made{{}, {}, initial, std::move(rule), std::move(kept), {}};
    made.letters.reserve(name.size() + version.size());
    made.letters.insert(made.letters.end(), name.begin(), name.end());
    made.letters.insert(made.letters.end(), version.begin(), version.end());
    const std::string_view letters(made.letters.data(), made.letters.size());
    made.name = letters.substr(0, name.size());
    made.version = letters.substr(name.size());
    data_ = detail::shared_value<detail::zone_data>::make(std::move(made));
  }

  [[nodiscard]] constexpr segment segment_at(instant t) const noexcept {
    const zone_transition* first = data_->transitions.data();
    const zone_transition* last = first + data_->transitions.size();
    const zone_transition* next = std::upper_bound(
        first, last, t, [](instant v, const zone_transition& change) { return v < change.at; });
    if (next == last && data_->rule && t.is_finite())
      return {std::min(instant::latest(), data_->rule->next_change(t)), data_->rule->offset_at(t)};
    const std::chrono::seconds offset = next == first ? data_->initial : (next - 1)->offset;
    return {next == last ? instant::latest() : next->at, offset};
  }
  // Local time that no offset takes past the first instant or the last.
  [[nodiscard]] static constexpr std::chrono::local_seconds shown(std::chrono::local_seconds local) noexcept {
    constexpr std::int64_t far = instant::latest().unix_seconds() - 2 * 86'400;
    const std::int64_t s = std::clamp(local.time_since_epoch().count(), -far, far);
    return std::chrono::local_seconds(std::chrono::seconds(s));
  }
  // Every instant that can show this local time.
  [[nodiscard]] static constexpr interval around(std::chrono::local_seconds local) noexcept {
    const instant t = std::chrono::sys_seconds(local.time_since_epoch());
    return {t - std::chrono::hours(27), t + std::chrono::hours(27)};
  }

  detail::shared_value<detail::zone_data> data_;
};

}  // namespace v0
}  // namespace sla
