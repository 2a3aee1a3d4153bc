// SPDX-License-Identifier: MIT
#pragma once

// The text of opening hours, read by the compiler where it is a literal and at run time where it is a file's.
//
//     hours  = "24/7" | "closed" | group *( ";" group )
//     group  = [ days ] spans                      no days: every day
//     days   = range *( "," range )                "Mon-Fri", "Mon,Wed", "Sat-Mon" over the week's end
//     spans  = span *( "," span )
//     span   = time "-" time                       "08:30-12:00", "22:00-06:00", "00:00-24:00",
//     "08:00:30-12:00"
//
//     "Mon-Fri 08:30-12:00; Fri 11:00-13:00"_hours   // does not compile: shifts_of_one_day_overlap
//
// The hard question: does a second group for a day replace the first or add to it? It adds; the two may not
// overlap, so that neither reading can hide a mistake. 23:59 as a closing loses a minute in most systems: it
// is taken as written, and warned about.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <sla/base/diagnostic.hpp>

namespace sla {
inline namespace v0 {

/// Seconds after the midnight at which the date begins; `close` lies on the next day where it is above
/// 86,400.
struct shift {
  std::int32_t open = 0;
  std::int32_t close = 0;
  friend constexpr bool operator==(const shift&, const shift&) noexcept = default;
  friend constexpr auto operator<=>(const shift&, const shift&) noexcept = default;
};

namespace detail {

inline constexpr std::int32_t day_length = 86'400;
inline constexpr std::array<std::string_view, 7> weekday_names{"Mon", "Tue", "Wed", "Thu",
                                                               "Fri", "Sat", "Sun"};
inline constexpr std::array<std::string_view, 7> weekday_long_names{
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};

/// Sorts, and joins touching shifts. Returns the later of two that overlap.
[[nodiscard]] constexpr std::optional<shift> merge_shifts(std::vector<shift>& shifts) {
  std::sort(shifts.data(), shifts.data() + shifts.size());
  std::size_t kept = 0;
  for (const shift next : shifts) {
    if (kept != 0 && next.open < shifts[kept - 1].close) return next;
    if (kept != 0 && next.open == shifts[kept - 1].close &&
        next.close - shifts[kept - 1].open <= day_length) {
      shifts[kept - 1].close = next.close;
    } else {
      shifts[kept++] = next;
    }
  }
  shifts.resize(kept);
  return std::nullopt;
}

enum class hours_problem : std::uint8_t {
  expected_hours,
  expected_a_weekday,
  expected_a_time,
  expected_a_dash_between_times,
  expected_the_end_of_a_group,
  time_out_of_range,
  opening_at_24,
  shifts_of_one_day_overlap,
  closing_loses_a_minute,
};

struct hours_issue {
  hours_problem what{};
  std::size_t offset = 0, length = 0;
};

struct parsed_hours {
  std::array<std::vector<shift>, 7> days;
  std::vector<hours_issue> issues;
};

// After a problem reading goes on behind the next ',' or ';', so that all of them are found. The result is
// handed out by reference: g++ 12 cannot return an array of vectors in a constant expression.
class hours_reader {
 public:
  constexpr explicit hours_reader(std::string_view text) : text_(text) {}

  constexpr const parsed_hours& week() {
    skip_spaces();
    const std::string_view all =
        text_.substr(at_, text_.find_last_not_of(" \t") + 1 - std::min(text_.size(), at_));
    if (all == "closed") return out_;
    if (all == "24/7") {
      for (auto& day : out_.days) day.push_back({0, day_length});
      return out_;
    }
    do {
      skip_spaces();
      unsigned days = 0x7F;
      if (at_ < text_.size() && letter(text_[at_])) {
        days = weekdays();
        // Whichever days are meant, their hours can still be wrong.
        if (days == 0) skip_to("0123456789;");
        if (days == 0 && !digit(peek())) continue;
      }
      spans(days);
    } while (next_group());
    return out_;
  }

  constexpr const parsed_hours& day() {
    skip_spaces();
    if (text_.substr(at_).starts_with("closed")) {
      at_ += 6;
      expect_end(true);
      return out_;
    }
    spans(1);
    expect_end(false);
    return out_;
  }

 private:
  [[nodiscard]] static constexpr bool letter(char c) noexcept {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  }
  [[nodiscard]] static constexpr bool digit(char c) noexcept { return c >= '0' && c <= '9'; }
  [[nodiscard]] constexpr char peek() const noexcept { return at_ < text_.size() ? text_[at_] : '\0'; }
  constexpr void skip_spaces() noexcept {
    while (peek() == ' ' || peek() == '\t') ++at_;
  }
  [[nodiscard]] constexpr bool take(char c) noexcept {
    skip_spaces();
    if (at_ == text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  // Marks what stands at the place up to the next separator.
  constexpr void problem(hours_problem what, std::size_t offset) {
    const std::size_t end = std::min(text_.find_first_of(",;- \t", offset), text_.size());
    out_.issues.push_back({what, offset, std::max<std::size_t>(1, end - offset)});
  }
  constexpr void skip_to(std::string_view stops) noexcept {
    at_ = std::min(text_.find_first_of(stops, at_), text_.size());
  }

  [[nodiscard]] constexpr bool next_group() {
    skip_spaces();
    if (at_ == text_.size()) return false;
    if (text_[at_] != ';') {
      problem(hours_problem::expected_the_end_of_a_group, at_);
      skip_to(";");
    }
    return take(';');
  }
  constexpr void expect_end(bool whole_day) {
    skip_spaces();
    if (at_ < text_.size())
      problem(whole_day ? hours_problem::expected_hours : hours_problem::expected_the_end_of_a_group, at_);
  }

  [[nodiscard]] constexpr std::optional<unsigned> weekday() {
    skip_spaces();
    const std::size_t begin = at_;
    while (letter(peek())) ++at_;
    const std::string_view word = text_.substr(begin, at_ - begin);
    const auto equal = [&](std::string_view name) {
      return std::equal(word.begin(), word.end(), name.begin(), name.end(),
                        [](char a, char b) { return (a | 0x20) == (b | 0x20); });
    };
    for (unsigned i = 0; i < 7; ++i)
      if (equal(weekday_names[i]) || equal(weekday_long_names[i])) return i;
    problem(hours_problem::expected_a_weekday, begin);
    return std::nullopt;
  }

  // A set of days, one bit each; none where a problem was found.
  [[nodiscard]] constexpr unsigned weekdays() {
    unsigned days = 0;
    bool good = true;
    do {
      const auto first = weekday();
      const auto last = take('-') ? weekday() : first;
      good = good && first && last;
      if (!good) {
        skip_to(",;0123456789");
        continue;
      }
      for (unsigned d = *first;; d = (d + 1) % 7) {
        days |= 1U << d;
        if (d == *last) break;
      }
    } while (take(','));
    return good ? days : 0;
  }

  [[nodiscard]] constexpr std::optional<std::int32_t> time() {
    skip_spaces();
    const std::size_t begin = at_;
    std::array<std::int32_t, 3> part{};
    std::size_t n = 0;
    for (; n < 3; ++n) {
      std::size_t digits = 0;
      for (; digits < 2 && digit(peek()); ++digits, ++at_) part[n] = part[n] * 10 + (text_[at_] - '0');
      if (digits == 0 || (n > 0 && digits < 2)) break;
      if (n == 2 || peek() != ':') {
        ++n;
        break;
      }
      ++at_;
    }
    if (n < 2 || digit(peek()) || peek() == ':' || text_[at_ - 1] == ':') {
      problem(hours_problem::expected_a_time, begin);
      return std::nullopt;
    }
    const std::int32_t s = part[0] * 3600 + part[1] * 60 + part[2];
    if (part[1] > 59 || part[2] > 59 || s > day_length) {
      problem(hours_problem::time_out_of_range, begin);
      return std::nullopt;
    }
    return s;
  }

  constexpr void spans(unsigned days) {
    std::vector<shift> of_no_day;
    do {
      skip_spaces();
      if (at_ == text_.size() || peek() == ';') {
        problem(hours_problem::expected_hours, at_);
        return;
      }
      const std::size_t begin = at_;
      if (const auto s = span()) {
        for (std::size_t d = 0; d < 7; ++d)
          if ((days >> d & 1U) != 0) add(out_.days[d], *s, begin);
        if (days == 0) add(of_no_day, *s, begin);
      } else {
        skip_to(",;");
      }
    } while (take(','));
  }

  // Both times are judged, whatever is wrong with the first.
  [[nodiscard]] constexpr std::optional<shift> span() {
    const std::size_t begin = at_;
    const auto open = time();
    if (!open) {
      skip_to("-,;");
      if (!take('-')) return std::nullopt;
    } else if (!take('-')) {
      problem(hours_problem::expected_a_dash_between_times, at_);
      return std::nullopt;
    }
    skip_spaces();
    const std::size_t closing = at_;
    if (open == day_length) problem(hours_problem::opening_at_24, begin);
    const auto close = time();
    if (close && (*close == day_length - 60 || *close == day_length - 1))
      problem(hours_problem::closing_loses_a_minute, closing);
    if (!open || !close || *open == day_length) return std::nullopt;
    return shift{*open, *close <= *open ? *close + day_length : *close};
  }

  constexpr void add(std::vector<shift>& day, shift s, std::size_t begin) {
    for (const shift& other : day) {
      if (s.open < other.close && other.open < s.close) {
        if (out_.issues.empty() || out_.issues.back().offset != begin)  // once, not once a day
          out_.issues.push_back({hours_problem::shifts_of_one_day_overlap, begin, at_ - begin});
        return;
      }
    }
    day.push_back(s);
  }

  std::string_view text_;
  std::size_t at_ = 0;
  parsed_hours out_;
};

[[nodiscard]] inline parsed_hours parse_hours(std::string_view text) { return hours_reader(text).week(); }
[[nodiscard]] inline parsed_hours parse_day_hours(std::string_view text) { return hours_reader(text).day(); }

[[nodiscard]] inline std::string message(hours_problem what, std::string_view found) {
  const std::string shown = found.empty() ? std::string("the end") : "'" + std::string(found) + "'";
  switch (what) {
    case hours_problem::expected_hours: return "expected opening hours such as 08:30-18:00, found " + shown;
    case hours_problem::expected_a_weekday: return "expected a weekday, Mon to Sun, found " + shown;
    case hours_problem::expected_a_time: return "expected a time such as 08:30, found " + shown;
    case hours_problem::expected_a_dash_between_times:
      return "expected '-' and a closing time, found " + shown;
    case hours_problem::expected_the_end_of_a_group: return "expected ',' or ';' or the end, found " + shown;
    case hours_problem::time_out_of_range: return "expected a time from 00:00 to 24:00, found " + shown;
    case hours_problem::opening_at_24: return "24:00 can close but not open: write 00:00 on the next day";
    case hours_problem::shifts_of_one_day_overlap: return shown + " overlaps other hours of the same day";
    case hours_problem::closing_loses_a_minute:
      return "closing at " + std::string(found) +
             " leaves out the time up to midnight: write 24:00 if that is meant";
  }
  return {};
}
[[nodiscard]] constexpr bool is_error(hours_problem what) noexcept {
  return what != hours_problem::closing_loses_a_minute;
}
[[nodiscard]] constexpr std::string_view code(hours_problem what) noexcept {
  switch (what) {
    case hours_problem::time_out_of_range:
    case hours_problem::opening_at_24: return "time-out-of-range";
    case hours_problem::shifts_of_one_day_overlap: return "overlapping-hours";
    case hours_problem::closing_loses_a_minute: return "closing-before-midnight";
    default: return "bad-hours";
  }
}

/// Moves the issues into a list of diagnostics; whether there was no error.
[[nodiscard]] inline bool report(const parsed_hours& parsed, std::string_view text, diagnostics& found,
                                 std::size_t source, std::size_t offset) {
  bool good = true;
  for (const hours_issue& i : parsed.issues) {
    const std::string_view word = text.substr(std::min(i.offset, text.size()), i.length);
    good = good && !is_error(i.what);
    found.add({is_error(i.what) ? gravity::error : gravity::warning,
               std::string(code(i.what)),
               source,
               {offset + i.offset, i.length},
               message(i.what, word)});
  }
  return good;
}

// Not constexpr: calling one of them stops the compiler, and its name is the message.
inline void opening_hours_expected_such_as_0830_1800() {}
inline void weekday_expected_mon_to_sun() {}
inline void time_expected_such_as_0830() {}
inline void dash_expected_between_opening_and_closing() {}
inline void comma_or_semicolon_or_end_expected() {}
inline void time_expected_from_0000_to_2400() {}
inline void opening_at_2400_belongs_to_the_next_day() {}
inline void shifts_of_one_day_overlap() {}

constexpr void check(const parsed_hours& parsed) {
  for (const hours_issue& i : parsed.issues) {
    switch (i.what) {
      case hours_problem::expected_hours: opening_hours_expected_such_as_0830_1800(); break;
      case hours_problem::expected_a_weekday: weekday_expected_mon_to_sun(); break;
      case hours_problem::expected_a_time: time_expected_such_as_0830(); break;
      case hours_problem::expected_a_dash_between_times: dash_expected_between_opening_and_closing(); break;
      case hours_problem::expected_the_end_of_a_group: comma_or_semicolon_or_end_expected(); break;
      case hours_problem::time_out_of_range: time_expected_from_0000_to_2400(); break;
      case hours_problem::opening_at_24: opening_at_2400_belongs_to_the_next_day(); break;
      case hours_problem::shifts_of_one_day_overlap: shifts_of_one_day_overlap(); break;
      case hours_problem::closing_loses_a_minute: break;  // a warning, given where the calendar is compiled
    }
  }
}

}  // namespace detail

/// Weekly hours that the compiler has read: the type of "..."_hours.
class weekly_hours_text {
 public:
  consteval explicit weekly_hours_text(std::string_view text) : text_(text) {
    detail::check(detail::hours_reader(text).week());
  }
  [[nodiscard]] constexpr std::string_view text() const noexcept { return text_; }

 private:
  std::string_view text_;
};

/// One day's hours that the compiler has read: the type of "..."_day_hours.
class day_hours_text {
 public:
  consteval explicit day_hours_text(std::string_view text) : text_(text) {
    detail::check(detail::hours_reader(text).day());
  }
  [[nodiscard]] constexpr std::string_view text() const noexcept { return text_; }

 private:
  std::string_view text_;
};

inline namespace literals {

/// "Mon-Fri 08:30-12:00,13:00-18:00; Sat 09:00-12:00"_hours.
[[nodiscard]] consteval weekly_hours_text operator""_hours(const char* text, std::size_t size) {
  return weekly_hours_text(std::string_view(text, size));
}
/// "09:00-12:00,13:00-15:00"_day_hours, for a single date.
[[nodiscard]] consteval day_hours_text operator""_day_hours(const char* text, std::size_t size) {
  return day_hours_text(std::string_view(text, size));
}

}  // namespace literals
}  // namespace v0
}  // namespace sla
