// SPDX-License-Identifier: MIT
#pragma once

// Days of a holiday file, whichever shape it has: what they may say, and everything that is wrong with them. Private
// to the holiday loaders, which read the shapes.

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sla/base/diagnostic.hpp>
#include <sla/base/utf8.hpp>
#include <sla/calendar/holidays.hpp>
#include <sla/calendar/hours_text.hpp>

namespace sla {
inline namespace v0 {
namespace holiday_file {

using std::chrono::sys_days;

inline constexpr std::size_t max_bytes = 4 << 20;
inline constexpr std::size_t max_days = 100'000;
inline constexpr std::size_t max_depth = 16;

/// A word and where it stands.
struct placed_text {
  std::string text;
  byte_span where;
};

// "2026-10-01" and no other way of writing it.
[[nodiscard]] inline std::optional<sys_days> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  std::array<int, 3> part{};
  for (std::size_t i = 0, p = 0; i < text.size(); ++i) {
    if (i == 4 || i == 7) {
      ++p;
    } else if (text[i] < '0' || text[i] > '9') {
      return std::nullopt;
    } else {
      part[p] = part[p] * 10 + (text[i] - '0');
    }
  }
  const std::chrono::year_month_day date{std::chrono::year(part[0]),
                                         std::chrono::month(static_cast<unsigned>(part[1])),
                                         std::chrono::day(static_cast<unsigned>(part[2]))};
  if (!date.ok()) return std::nullopt;
  return sys_days(date);
}

[[nodiscard]] inline std::optional<std::chrono::weekday> parse_weekday(std::string_view text) {
  for (unsigned i = 0; i < 7; ++i)
    if (text == detail::weekday_names[i] || text == detail::weekday_long_names[i])
      return std::chrono::weekday(i + 1);
  return std::nullopt;
}

[[nodiscard]] inline std::optional<day_kind> parse_kind(std::string_view text) {
  const auto kind = parse_day_kind(text);
  return kind == day_kind::unstated ? std::nullopt : kind;
}

[[nodiscard]] inline std::string expected_date(const std::string& found) {
  return "expected a date such as 2026-10-01, found '" + found + "'";
}
[[nodiscard]] inline std::string expected_kind(const std::string& found) {
  return "expected statutory, bridging, weekend or make-up, found '" + found + "'";
}
[[nodiscard]] inline std::string expected_weekday(const std::string& found) {
  return "expected a weekday, Mon to Sun, found '" + found + "'";
}
[[nodiscard]] inline std::string expected_truth(const std::string& found) {
  return "expected true or false, found '" + found + "'";
}

/// One day as a file states it, before it is judged.
struct stated_day {
  byte_span where;
  std::optional<placed_text> date, name, kind, works_as;
  std::optional<std::pair<bool, byte_span>> off;
  /// What is stated so badly that it cannot be read has been told already; the rest is judged all the same. Where it is
  /// not even known which column or name was meant, nothing is missing.
  bool date_unread = false, kind_unread = false, faulty = false;
};

/// Gathers days and what is wrong with them, whichever shape they come in.
class collector {
 public:
  collector(std::string source, std::string_view text) {
    if (text.size() > max_bytes) {
      // The text is not kept: a message about its size needs none of it.
      source_ = found_.add_source(std::move(source), {});
      error({0, 0}, "too-large", "the text is larger than " + std::to_string(max_bytes >> 20) + " MiB");
      return;
    }
    readable_ = true;
    source_ = found_.add_source(std::move(source), std::string(text));
    if (is_utf8(text)) return;
    // One error for all such bytes: of a file in another encoding there are thousands. The rest is read without them.
    clean_ = text;
    std::size_t first = text.size(), count = 0;
    for (std::size_t at = 0; at < text.size();) {
      const auto c = detail::decode(text.substr(at));
      if (!c.valid) {
        first = std::min(first, at);
        ++count;
        clean_[at] = '?';
      }
      at += c.bytes;
    }
    error({first, 1}, "not-utf8",
          "a byte that is not UTF-8" + (count == 1 ? "" : ", the first of " + std::to_string(count)));
  }

  void error(byte_span where, std::string code, std::string message) {
    found_.error(source_, where, std::move(code), std::move(message));
  }
  void warning(byte_span where, std::string code, std::string message) {
    found_.warning(source_, where, std::move(code), std::move(message));
  }
  [[nodiscard]] bool good() const noexcept { return !found_.has_errors(); }
  [[nodiscard]] diagnostics& found() noexcept { return found_; }
  [[nodiscard]] std::size_t source() const noexcept { return source_; }
  /// Whether there is a text to read: not where it was too large.
  [[nodiscard]] bool readable() const noexcept { return readable_; }
  /// As long as the source, with '?' for what is not UTF-8.
  [[nodiscard]] std::string_view text() const noexcept {
    return clean_.empty() ? found_.sources()[source_].text() : std::string_view(clean_);
  }

  /// `year` is the one the file puts the day under.
  void add(const stated_day& d, std::optional<std::chrono::year> year = std::nullopt) {
    if (days_.size() == max_days) {
      if (!std::exchange(full_, true))
        error(d.where, "too-many-days", "more than " + std::to_string(max_days) + " days");
      return;
    }
    holiday h;
    bool fine = !d.faulty, dated = false, kind_known = false;
    const auto wrong = [&](byte_span where, const char* code, std::string message) {
      error(where, code, std::move(message));
      fine = false;
    };
    if (!d.date) {
      if (!d.date_unread) wrong(d.where, "missing-date", "expected a date");
    } else if (const auto date = parse_date(d.date->text)) {
      h.date = *date;
      dated = true;
    } else {
      wrong(d.date->where, "bad-date", expected_date(d.date->text));
    }
    if (d.name) h.name = d.name->text;
    if (d.kind && !d.kind->text.empty()) {
      if (const auto kind = parse_kind(d.kind->text)) {
        h.kind = *kind;
        kind_known = true;
        if (d.off && d.off->first != h.off()) {
          kind_known = false;
          wrong(d.kind->where, "kind-contradicts-off",
                "a " + d.kind->text + " day is " + (h.off() ? "off" : "worked") +
                    ", and this one is said to be " + (d.off->first ? "off" : "worked"));
        }
      } else {
        wrong(d.kind->where, "unknown-kind", expected_kind(d.kind->text));
      }
    } else if (d.off) {
      h.kind = d.off->first ? day_kind::unstated : day_kind::make_up;
      kind_known = true;
    } else if (!d.kind_unread) {
      wrong(d.where, "missing-kind", "expected a kind, or whether the day is off");
    }
    if (d.works_as && !d.works_as->text.empty()) {
      if (const auto weekday = parse_weekday(d.works_as->text)) {
        h.works_as = *weekday;
        if (kind_known && h.off())
          wrong(d.works_as->where, "works-as-on-a-day-off", "only a make-up day has the hours of a weekday");
      } else {
        wrong(d.works_as->where, "unknown-weekday", expected_weekday(d.works_as->text));
      }
    }
    if (year && dated) {
      const std::chrono::year_month_day ymd(h.date);
      // A year's notice may move a day of the December before it.
      if (ymd.year() != *year &&
          ymd.year() / ymd.month() != (*year - std::chrono::years(1)) / std::chrono::December)
        warning(d.date->where, "date-outside-year",
                d.date->text + " stands under the year " + std::to_string(static_cast<int>(*year)));
    }
    if (!fine || !dated || !kind_known) return;
    days_.push_back({std::move(h), d.date->where});
  }

  void missing_known_through(byte_span where) {
    error(where, "missing-known-through", "expected known_through, the last date the data speak of");
  }

  [[nodiscard]] loaded<holiday_set> finish(std::string name, std::string version,
                                           std::optional<sys_days> known_from,
                                           std::optional<sys_days> known_through,
                                           byte_span known_where = {}) {
    if (known_from && known_through && *known_from > *known_through)
      error(known_where, "known-through-too-early",
            "known_through " + date_text(*known_through) + " lies before " + date_text(*known_from));
    std::ranges::sort(days_, {}, [](const placed_day& d) { return std::pair(d.day.date, d.where.offset); });
    for (std::size_t i = 1; i < days_.size(); ++i) {
      const placed_day &first = days_[i - 1], &again = days_[i];
      if (first.day.date != again.day.date || first.day == again.day) continue;
      error(again.where, "listed-twice",
            date_text(again.day.date) + " is listed differently on line " +
                std::to_string(found_.sources()[source_].place(first.where.offset).line));
    }
    if (!good()) return loaded<holiday_set>(std::move(found_));
    std::vector<holiday> entries;
    for (placed_day& d : days_) entries.push_back(std::move(d.day));
    return {holiday_set(std::move(name), std::move(version), *known_through, std::move(entries),
                        known_from.value_or(holiday_set::always())),
            std::move(found_)};
  }

 private:
  struct placed_day {
    holiday day;
    byte_span where;
  };
  diagnostics found_;
  std::size_t source_ = 0;
  std::vector<placed_day> days_;
  std::string clean_;  // where the source is not UTF-8
  bool full_ = false, readable_ = false;
};

}  // namespace holiday_file
}  // namespace v0
}  // namespace sla
