// SPDX-License-Identifier: MIT
#pragma once

// Which of several statements about one date counts (rule T8). Used by calendar/compile.hpp; nothing else needs it.
//
//     2026-10-10: the week says closed (Saturday), the holiday set says works as Monday, the firm says off
//     -> both of them are dated and differ: an error, unless one has the higher precedence
//
// Statements have a rank: dated before recurring, then by precedence. They act from the lowest rank up: one that
// replaces the day's shifts puts aside what is ranked below it, extra hours add, minus hours take away. Minus hours
// that are put aside spare the date's own shifts and take away those of its neighbours all the same: what replaces a
// date's shifts says nothing of last night's, whose tail lies on it.
//
// The hard question: what do two statements of one rank mean? Where either order gives the same hours, they need no
// order: extra hours twice, minus hours twice, minus hours of a day off. Where it matters which acts last (two
// different replacements, extra hours of a day off, minus hours of what the other one opens), nobody has said which
// counts: an error, reported once for each pair of statements with the first date it concerns.

#include <algorithm>
#include <chrono>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sla/calendar/calendar_spec.hpp>
#include <sla/calendar/compiled_calendar.hpp>

namespace sla {
inline namespace v0 {
namespace detail {

struct change_rank {
  bool dated = false;
  int precedence = 0;
  friend constexpr auto operator<=>(const change_rank&, const change_rank&) noexcept = default;
};

/// What is in force from a date on.
struct calendar_period {
  std::chrono::sys_days from;
  const weekly_hours* hours;
  const holiday_use* holidays;
};

/// The shifts that a change puts in the place of the week's; null for none.
[[nodiscard]] constexpr const day_hours* shifts_of(const day_change& change,
                                                   const weekly_hours& week) noexcept {
  switch (change.what()) {
    case day_change::action::works_as: return &week[change.weekday()];
    case day_change::action::exactly: return &change.hours();
    default: return nullptr;
  }
}

[[nodiscard]] constexpr std::vector<calendar_period> periods_of(const calendar_spec& spec) {
  std::vector<calendar_period> all{{std::chrono::sys_days::min(), &spec.hours, &spec.holidays}};
  for (const calendar_change& c : spec.changes)
    all.push_back({std::chrono::sys_days(c.from), &c.hours, c.holidays ? &*c.holidays : all.back().holidays});
  return all;
}

/// A date on which the ordinary week does not simply hold. Pointers are into the description.
struct special_date {
  std::chrono::sys_days date;
  const day_change* shifts = nullptr;  ///< null: the week's
  change_rank rank = {};               ///< of shifts
  std::size_t first_extra = 0, extras = 0;
};
struct extra_hours {
  const day_hours* hours;
  change_rank rank;
};
struct minus_hours {
  std::chrono::sys_days date;
  const day_hours* hours;
  change_rank rank;
};

/// The special dates from `begin` up to but not including `end`.
class day_plan {
 public:
  constexpr day_plan(const calendar_spec& spec, const std::vector<calendar_period>& periods,
                     std::chrono::sys_days begin, std::chrono::sys_days end,
                     std::vector<calendar_fault>& faults)
      : faults_(faults) {
    for (unsigned w = 1; w <= 7; ++w) works_as_.push_back(day_change::works_as(std::chrono::weekday(w)));
    for (std::size_t p = 0; p < periods.size(); ++p)
      add_holidays(*periods[p].holidays, std::max(begin, periods[p].from),
                   p + 1 < periods.size() ? std::min(end, periods[p + 1].from) : end);
    for (std::size_t i = 0; i < spec.exceptions.size(); ++i) {
      const calendar_exception& e = spec.exceptions[i];
      const auto last = std::min(end, std::chrono::sys_days(e.last) + std::chrono::days(1));
      for (auto d = std::max(begin, std::chrono::sys_days(e.first)); d < last; d += std::chrono::days(1))
        all_.push_back({d,
                        {true, e.precedence},
                        &e.change,
                        calendar_fault::part::exceptions,
                        i,
                        e.name,
                        nullptr,
                        nullptr});
    }
    for (std::size_t i = 0; i < spec.recurring.size(); ++i) {
      const recurring_exception& r = spec.recurring[i];
      for (auto y = std::chrono::year_month_day(begin).year(); y <= std::chrono::year_month_day(end).year();
           ++y) {
        const auto date = date_in(y, r.when);
        if (date && *date >= begin && *date < end)
          all_.push_back({*date,
                          {false, r.precedence},
                          &r.change,
                          calendar_fault::part::recurring,
                          i,
                          r.name,
                          nullptr,
                          nullptr});
      }
    }
    std::sort(all_.data(), all_.data() + all_.size(), [](const statement& a, const statement& b) {
      if (a.date != b.date) return a.date < b.date;
      if (a.rank != b.rank) return a.rank < b.rank;
      if (step(*a.change) != step(*b.change)) return step(*a.change) < step(*b.change);
      return a.field != b.field ? a.field < b.field : a.index < b.index;
    });
    for (std::size_t i = 0, next = 0, period = 0; i < all_.size(); i = next) {
      while (next < all_.size() && all_[next].date == all_[i].date) ++next;
      while (period + 1 < periods.size() && periods[period + 1].from <= all_[i].date) ++period;
      resolve(i, next, *periods[period].hours);
    }
  }

  [[nodiscard]] constexpr const std::vector<special_date>& dates() const noexcept { return dates_; }
  [[nodiscard]] constexpr const extra_hours& extra(std::size_t i) const noexcept { return extras_[i]; }
  /// By date.
  [[nodiscard]] constexpr const std::vector<minus_hours>& minuses() const noexcept { return minuses_; }
  [[nodiscard]] constexpr std::vector<dated_note> take_notes() { return std::move(notes_); }

 private:
  struct statement {
    std::chrono::sys_days date;
    change_rank rank;
    const day_change* change;
    calendar_fault::part field;
    std::size_t index;
    std::string_view name;
    const holiday* day;      // of a holiday set
    const holiday_set* set;  // likewise
  };
  struct contradiction {
    calendar_fault::part told;
    std::size_t told_index;
    calendar_fault::part other;
    std::size_t other_index;
  };

  [[nodiscard]] static constexpr int step(const day_change& c) noexcept {
    return c.replaces() ? 0 : (c.what() == day_change::action::extra ? 1 : 2);
  }

  constexpr void add_holidays(const holiday_use& use, std::chrono::sys_days from, std::chrono::sys_days to) {
    const holiday* first = use.set.entries().data();
    const holiday* last = first + use.set.entries().size();
    for (const holiday *h = std::lower_bound(
             first, last, from, [](const holiday& x, std::chrono::sys_days v) { return x.date < v; });
         h != last && h->date < to; ++h) {
      const day_change* change = nullptr;
      if (h->off() && use.closes(h->kind)) change = &off_;
      if (!h->off() && use.make_up_open) change = &works_as_[(h->works_as.iso_encoding() + 6) % 7];
      if (change != nullptr)
        all_.push_back({h->date,
                        {true, use.precedence},
                        change,
                        calendar_fault::part::holidays,
                        0,
                        h->name,
                        h,
                        &use.set});
    }
  }

  // [first, last) are the statements about one date, from the lowest rank up.
  constexpr void resolve(std::size_t first, std::size_t last, const weekly_hours& week) {
    std::size_t base = last;
    for (std::size_t i = first; i < last; ++i) {
      if (!all_[i].change->replaces()) continue;
      if (base != last && all_[base].rank == all_[i].rank && *all_[base].change != *all_[i].change)
        contradict(base, i);
      base = i;
    }
    special_date out{all_[first].date, nullptr, {}, extras_.size(), 0};
    const day_hours* shifts = nullptr;
    if (base != last) {
      out.shifts = all_[base].change;
      out.rank = all_[base].rank;
      shifts = shifts_of(*out.shifts, week);
    }
    for (std::size_t i = first; i < last; ++i) {
      const statement& s = all_[i];
      const bool minus = s.change->what() == day_change::action::minus;
      if (base != last && s.rank < out.rank && !minus) continue;
      note(s);
      if (s.change->replaces()) continue;
      if (base != last && s.rank == out.rank &&
          (minus ? meets(shifts, s.change->hours()) : !holds(shifts, s.change->hours())))
        contradict(base, i);
      if (!minus) {
        extras_.push_back({&s.change->hours(), s.rank});
        continue;
      }
      minuses_.push_back({s.date, &s.change->hours(), s.rank});
      for (std::size_t k = first; k < i; ++k)
        if (all_[k].rank == s.rank && all_[k].change->what() == day_change::action::extra &&
            meets(&all_[k].change->hours(), s.change->hours()))
          contradict(k, i);
    }
    out.extras = extras_.size() - out.first_extra;
    dates_.push_back(out);
  }

  [[nodiscard]] static constexpr bool meets(const day_hours* a, const day_hours& b) noexcept {
    if (a == nullptr) return false;
    for (const shift& x : *a)
      for (const shift& y : b)
        if (x.open < y.close && y.open < x.close) return true;
    return false;
  }
  // Whether all of b is open by a.
  [[nodiscard]] static constexpr bool holds(const day_hours* a, const day_hours& b) noexcept {
    for (const shift& y : b) {
      std::int32_t from = y.open;  // a is in order, and shifts that touch go on
      if (a != nullptr)
        for (const shift& x : *a)
          if (x.open <= from && from < x.close) from = x.close;
      if (from < y.close) return false;
    }
    return true;
  }

  void contradict(std::size_t a, std::size_t b) {
    // The later entry of a list is the one to point at; a holiday's is not in the description.
    const bool swap = all_[b].field == calendar_fault::part::holidays ||
                      (all_[a].field == all_[b].field && all_[a].index > all_[b].index);
    const statement& told = swap ? all_[a] : all_[b];
    const statement& other = swap ? all_[b] : all_[a];
    for (const contradiction& c : reported_)
      if (c.told == told.field && c.told_index == told.index && c.other == other.field &&
          c.other_index == other.index)
        return;
    reported_.push_back({told.field, told.index, other.field, other.index});
    std::string where(to_string(other.field));
    if (other.field == calendar_fault::part::holidays) {
      where += ' ' + other.set->name();
    } else {
      where += '[' + std::to_string(other.index) + ']';
    }
    faults_.push_back({gravity::error, "unequal-exceptions", told.field, told.index,
                       date_text(told.date) + " is '" + to_string(*told.change) + "' here and '" +
                           to_string(*other.change) + "' by " + where + ": state a precedence"});
  }

  void note(const statement& s) {
    std::string text = s.name.empty() ? std::string() : std::string(s.name) + ": ";
    if (s.day == nullptr) {
      text += to_string(*s.change);
    } else {
      text += s.day->off() ? std::string(s.day->kind == day_kind::unstated ? "" : to_string(s.day->kind)) +
                                 (s.day->kind == day_kind::unstated ? "day off" : " day off")
                           : "make-up day, " + to_string(*s.change);
      text += " (" + s.set->name() + (s.set->version().empty() ? "" : " " + s.set->version()) + ')';
    }
    notes_.push_back({s.date, std::move(text)});
  }

  std::vector<calendar_fault>& faults_;
  day_change off_ = day_change::off();
  std::vector<day_change> works_as_;
  std::vector<statement> all_;
  std::vector<special_date> dates_;
  std::vector<extra_hours> extras_;
  std::vector<minus_hours> minuses_;
  std::vector<dated_note> notes_;
  std::vector<contradiction> reported_;
};

}  // namespace detail
}  // namespace v0
}  // namespace sla
