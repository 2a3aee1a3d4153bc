// SPDX-License-Identifier: MIT
#pragma once

// Days off and make-up workdays of a country or a firm, as a value with a version and a last date it speaks of.
//
//     const sla::holiday_set& cn = sla::china_holidays();       // calendar/china.hpp
//     cn.known_through()                                        // 2026-12-31
//     sla::holiday_set all = combine(cn, firm, sla::conflict::second_wins);
//
// The hard question: is a day off always closed? A contract that says "workdays" closes every day off and opens on
// make-up workdays (调休上班). One that says "Monday to Friday except statutory holidays (法定节假日)" closes only the
// statutory ones, stays open on the bridging days around them (调休放假) and closed on make-up Saturdays. So days
// off have a kind, and a calendar says through `holiday_use` which kinds close it (rule T8).
//
// The second one: is a date that the set does not list a workday? Up to known_through() it is. After it nobody has
// announced anything yet, and answers are provisional (rule T9).

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sla/base/error.hpp>
#include <sla/base/shared_value.hpp>
#include <sla/calendar/local_text.hpp>

namespace sla {
inline namespace v0 {

/// Why a date is off, or that it is worked although it would not be.
enum class day_kind : std::uint8_t {
  statutory,  ///< 法定节假日
  bridging,   ///< 调休放假: off in exchange for a make-up workday
  weekend,    ///< a weekend day inside a break
  unstated,   ///< off; the data do not say why
  make_up,    ///< 调休上班: worked
};

[[nodiscard]] constexpr std::string_view to_string(day_kind k) noexcept {
  constexpr std::string_view names[] = {"statutory", "bridging", "weekend", "unstated", "make-up"};
  return names[static_cast<std::size_t>(k)];
}
/// The kind of that name; nothing for any other text.
[[nodiscard]] constexpr std::optional<day_kind> parse_day_kind(std::string_view text) noexcept {
  for (const day_kind k :
       {day_kind::statutory, day_kind::bridging, day_kind::weekend, day_kind::unstated, day_kind::make_up})
    if (text == to_string(k)) return k;
  return std::nullopt;
}

/// One date of a holiday set.
struct holiday {
  std::chrono::sys_days date;
  day_kind kind = day_kind::unstated;
  std::string name = {};
  /// Whose hours a make-up workday has.
  std::chrono::weekday works_as = std::chrono::Monday;
  [[nodiscard]] constexpr bool off() const noexcept { return kind != day_kind::make_up; }
  friend bool operator==(const holiday&, const holiday&) = default;
};

/// Which of two sets counts where both list a date and differ.
enum class conflict : std::uint8_t { is_error, first_wins, second_wins };

/// A handle on immutable data: copies cost a reference count.
class holiday_set {
 public:
  /// A set that lists nothing and knows everything: no holidays are kept.
  constexpr holiday_set() noexcept = default;
  /// Throws sla::error where a date is listed twice with different contents or known_from lies
  /// after known_through. An entry outside of the two is a date announced singly, and counts.
  holiday_set(std::string name, std::string version, std::chrono::sys_days known_through,
              std::vector<holiday> entries, std::chrono::sys_days known_from = always()) {
    std::sort(entries.data(), entries.data() + entries.size(), [](const holiday& a, const holiday& b) {
      if (a.date != b.date) return a.date < b.date;
      if (a.kind != b.kind) return a.kind < b.kind;
      const unsigned x = a.works_as.iso_encoding(), y = b.works_as.iso_encoding();
      return x != y ? x < y : a.name < b.name;
    });
    entries.erase(std::unique(entries.begin(), entries.end()), entries.end());
    std::string problems;
    for (std::size_t i = 0; i < entries.size(); ++i) {
      if (i > 0 && entries[i].date == entries[i - 1].date)
        problems += "\n" + date_text(entries[i].date) + " is listed twice: " + entries[i - 1].name + ", " +
                    entries[i].name;
    }
    if (known_from > known_through) problems += "\nthe last date known lies before the first";
    if (!problems.empty()) detail::fail("holidays " + name + ':' + problems);
    data_ = detail::shared_value<contents>::make(
        {std::move(name), std::move(version), known_from, known_through, std::move(entries)});
  }

  [[nodiscard]] const std::string& name() const noexcept { return get().name; }
  [[nodiscard]] const std::string& version() const noexcept { return get().version; }
  /// The last date the set speaks of; forever() where it speaks of all.
  [[nodiscard]] std::chrono::sys_days known_through() const noexcept { return get().known_through; }
  /// The first date the set speaks of; always() where it speaks of all before.
  [[nodiscard]] std::chrono::sys_days known_from() const noexcept { return get().known_from; }
  /// By date.
  [[nodiscard]] constexpr std::span<const holiday> entries() const noexcept {
    if (!data_) return {};
    return {data_->entries.data(), data_->entries.size()};
  }
  [[nodiscard]] constexpr bool empty() const noexcept { return !data_ || data_->entries.empty(); }
  /// The entry of a date, or null. log n.
  [[nodiscard]] const holiday* find(std::chrono::sys_days date) const noexcept {
    const holiday* first = get().entries.data();
    const holiday* last = first + get().entries.size();
    const holiday* at = std::lower_bound(
        first, last, date, [](const holiday& h, std::chrono::sys_days v) { return h.date < v; });
    return at != last && at->date == date ? at : nullptr;
  }
  /// Whether every day off says why.
  [[nodiscard]] bool has_kinds() const noexcept {
    for (const holiday& h : get().entries)
      if (h.kind == day_kind::unstated) return false;
    return true;
  }
  [[nodiscard]] static constexpr std::chrono::sys_days forever() noexcept {
    return std::chrono::sys_days::max();
  }
  [[nodiscard]] static constexpr std::chrono::sys_days always() noexcept {
    return std::chrono::sys_days::min();
  }

  friend bool operator==(const holiday_set& a, const holiday_set& b) noexcept {
    return a.data_ == b.data_ || a.get() == b.get();
  }

  /// Both sets at once (a country's and a firm's): known where both are. Throws sla::error for a date that both
  /// list differently, unless it is said which one wins.
  [[nodiscard]] friend holiday_set combine(const holiday_set& a, const holiday_set& b,
                                           conflict rule = conflict::is_error) {
    return {join(a.name(), " + ", b.name()), join(a.version(), " + ", b.version()),
            std::min(a.known_through(), b.known_through()), united(a, b, rule),
            std::max(a.known_from(), b.known_from())};
  }
  /// A set and what was announced after it (the next year's notice): known through the end of the later one.
  /// Throws sla::error where nobody speaks of the dates between the two, or both list a date differently.
  [[nodiscard]] friend holiday_set extend(const holiday_set& a, const holiday_set& next,
                                          conflict rule = conflict::is_error) {
    if (a.known_through() != forever() && next.known_from() > a.known_through() + std::chrono::days(1))
      detail::fail("holidays " + a.name() + ": nothing is known between " + date_text(a.known_through()) +
                   " and " + date_text(next.known_from()));
    return {a.name(), join(a.version(), " + ", next.version()),
            std::max(a.known_through(), next.known_through()), united(a, next, rule),
            std::min(a.known_from(), next.known_from())};
  }
  /// The dates of a that b does not list. What b says about them does not matter.
  [[nodiscard]] friend holiday_set without(const holiday_set& a, const holiday_set& b) {
    std::vector<holiday> rest;
    for (const holiday& h : a.get().entries)
      if (b.find(h.date) == nullptr) rest.push_back(h);
    return {join(a.name(), " - ", b.name()), join(a.version(), " - ", b.version()), a.known_through(),
            std::move(rest), a.known_from()};
  }

 private:
  struct contents {
    std::string name = {}, version = {};
    std::chrono::sys_days known_from = always(), known_through = forever();
    std::vector<holiday> entries = {};
    friend bool operator==(const contents&, const contents&) = default;
  };
  [[nodiscard]] static std::vector<holiday> united(const holiday_set& a, const holiday_set& b,
                                                   conflict rule) {
    const holiday_set& winner = rule == conflict::second_wins ? b : a;
    const holiday_set& other = rule == conflict::second_wins ? a : b;
    std::vector<holiday> all = winner.get().entries;
    for (const holiday& h : other.get().entries)
      if (rule == conflict::is_error || winner.find(h.date) == nullptr) all.push_back(h);
    return all;
  }
  [[nodiscard]] static std::string join(const std::string& a, std::string_view with, const std::string& b) {
    return a.empty() || b.empty() ? a + b : a + std::string(with) + b;
  }
  [[nodiscard]] const contents& get() const noexcept {
    static const contents nothing;
    return data_ ? *data_ : nothing;
  }
  detail::shared_value<contents> data_;  // none: a set that lists nothing
};

/// How a calendar reads a holiday set: which kinds of days off it closes on, and whether it opens on make-up days.
struct holiday_use {
  holiday_set set;
  bool closed_statutory = false;
  bool closed_bridging = false;
  bool closed_weekend = false;
  bool make_up_open = false;
  /// Against the calendar's own dated exceptions: the higher one counts, equal ones must agree.
  int precedence = 0;

  [[nodiscard]] constexpr bool used() const noexcept {
    return closed_statutory || closed_bridging || closed_weekend || make_up_open;
  }
  /// Whether days off of unknown kind could be read wrongly.
  [[nodiscard]] constexpr bool needs_kinds() const noexcept {
    return used() && !(closed_statutory && closed_bridging && closed_weekend);
  }
  [[nodiscard]] constexpr bool closes(day_kind k) const noexcept {
    switch (k) {
      case day_kind::statutory: return closed_statutory;
      case day_kind::bridging: return closed_bridging;
      case day_kind::weekend: return closed_weekend;
      case day_kind::unstated: return closed_statutory && closed_bridging && closed_weekend;
      case day_kind::make_up: return false;
    }
    return false;
  }
  friend bool operator==(const holiday_use&, const holiday_use&) = default;
};

/// 工作日: every day off is closed, make-up workdays are open.
[[nodiscard]] inline holiday_use workdays_of(holiday_set set) {
  return {std::move(set), true, true, true, true};
}
/// Monday to Friday except statutory holidays: nothing else closes, make-up days stay as the week has them.
[[nodiscard]] inline holiday_use statutory_only(holiday_set set) {
  return {std::move(set), true, false, false, false};
}

}  // namespace v0
}  // namespace sla
