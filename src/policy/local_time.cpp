// SPDX-License-Identifier: MIT
#include "policy/local_time.hpp"

#include <array>

#include <sla/calendar/local_text.hpp>

namespace sla {
inline namespace v0 {
namespace detail {
namespace {

// Reads from the front of a text, and remembers a failure.
class scanner {
 public:
  explicit scanner(std::string_view text) : rest_(text) {}

  [[nodiscard]] bool done() const noexcept { return rest_.empty(); }
  [[nodiscard]] bool next_is(char c) const noexcept { return rest_.starts_with(c); }
  [[nodiscard]] bool take(char c) noexcept {
    if (!next_is(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }
  /// Between `least` and `most` digits.
  [[nodiscard]] std::optional<int> number(int least, int most) noexcept {
    int value = 0, n = 0;
    for (; n < most && !rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9'; ++n) {
      value = value * 10 + (rest_.front() - '0');
      rest_.remove_prefix(1);
    }
    if (n < least) return std::nullopt;
    return value;
  }
  void skip_digits() noexcept {
    while (!rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9') rest_.remove_prefix(1);
  }

 private:
  std::string_view rest_;
};

struct parts {
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
  std::optional<std::chrono::seconds> offset;
};

// "Z", "+08:00", "+0800" or "+08".
[[nodiscard]] bool read_offset(scanner& in, parts& p) {
  if (in.take('Z')) {
    p.offset = std::chrono::seconds(0);
    return true;
  }
  const bool east = in.next_is('+');
  if (!in.take('+') && !in.take('-')) return false;
  const auto hours = in.number(2, 2);
  if (!hours) return false;
  std::optional<int> minutes = 0;
  if (in.take(':') || !in.done()) minutes = in.number(2, 2);
  if (!minutes || *minutes > 59 || *hours > 23) return false;
  const int seconds = *hours * 3600 + *minutes * 60;
  p.offset = std::chrono::seconds(east ? seconds : -seconds);
  return true;
}

[[nodiscard]] parsed_time instant_of(const parts& p, const zone& in) {
  using namespace std::chrono;
  const year_month_day date{year(p.year), month(static_cast<unsigned>(p.month)),
                            day(static_cast<unsigned>(p.day))};
  const bool end_of_day = p.hour == 24 && p.minute == 0 && p.second == 0;
  if ((p.hour > 23 && !end_of_day) || p.minute > 59 || p.second > 59)
    return {time_problem::malformed, {}, {}};
  if (!date.ok() || p.year < 1) return {time_problem::no_such_date, {}, {}};
  const local_seconds local = local_days(date) + hours(p.hour) + minutes(p.minute) + seconds(p.second);
  if (!p.offset) return resolve(local, in);
  return {time_problem::none, sys_seconds(local.time_since_epoch() - *p.offset), {}};
}

}  // namespace

parsed_time resolve(std::chrono::local_seconds local, const zone& in) {
  const local_instants found = in.instants_of(local);
  if (found.count == 0) return {time_problem::not_in_zone, {}, {}};
  if (found.count > 1) return {time_problem::twice_in_zone, found.first, found.last};
  if (!in.known_at(found.first)) return {time_problem::zone_unknown, found.first, {}};
  return {time_problem::none, found.first, {}};
}

std::optional<std::chrono::year_month_day> parse_date(std::string_view text) noexcept {
  scanner in(text);
  const auto y = in.number(4, 4);
  if (!y || !in.take('-')) return std::nullopt;
  const auto m = in.number(2, 2);
  if (!m || !in.take('-')) return std::nullopt;
  const auto d = in.number(2, 2);
  if (!d || !in.done()) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(*y), std::chrono::month(static_cast<unsigned>(*m)),
                                         std::chrono::day(static_cast<unsigned>(*d))};
  return date.ok() && *y > 0 ? std::optional(date) : std::nullopt;
}

parsed_time parse_time(std::string_view text, const zone& in) {
  const parsed_time bad;
  scanner s(text);
  parts p;
  const auto into = [&](int& to, int digits, char before) {
    if (before != 0 && !s.take(before)) return false;
    const auto n = s.number(digits, digits);
    to = n.value_or(0);
    return n.has_value();
  };
  if (!into(p.year, 4, 0) || !into(p.month, 2, '-') || !into(p.day, 2, '-')) return bad;
  if (!s.take('T') && !s.take(' ')) return bad;
  if (!into(p.hour, 2, 0) || !into(p.minute, 2, ':')) return bad;
  if (s.next_is(':')) {
    if (!into(p.second, 2, ':')) return bad;
    if (s.take('.')) {
      if (!s.number(1, 1)) return bad;
      s.skip_digits();
    }
  }
  if (!s.done() && !read_offset(s, p)) return bad;
  if (!s.done()) return bad;
  return instant_of(p, in);
}

const char* code_of(time_problem p) noexcept {
  switch (p) {
    case time_problem::none: break;
    case time_problem::malformed: return "malformed-time";
    case time_problem::no_such_date: return "no-such-date";
    case time_problem::not_in_zone: return "no-such-local-time";
    case time_problem::twice_in_zone: return "ambiguous-local-time";
    case time_problem::zone_unknown: return "time-past-zone-data";
  }
  return "malformed-time";
}

std::string describe(const parsed_time& found, std::string_view text, const zone& in) {
  const std::string quoted = "'" + std::string(text) + "'";
  switch (found.problem) {
    case time_problem::none:
    case time_problem::malformed: break;
    case time_problem::no_such_date: return quoted + " is on no date of the calendar";
    case time_problem::not_in_zone:
      return quoted + " was skipped by the clocks of " + std::string(in.name()) +
             ", state its offset from UTC";
    case time_problem::twice_in_zone:
      return quoted + " came twice on the clocks of " + std::string(in.name()) + ", expected " +
             rfc3339(found.at, in) + " or " + rfc3339(found.other, in);
    case time_problem::zone_unknown:
      return quoted + " lies past the data of the zone " + std::string(in.name()) +
             ", state its offset from UTC";
  }
  return "expected a time such as '2026-10-12 09:00', found " + quoted;
}

std::string time_format::check(std::string_view format) {
  constexpr std::string_view known = "YmdHMSz";
  std::array<int, known.size()> seen{};
  for (std::size_t i = 0; i < format.size(); ++i) {
    if (format[i] != '%') continue;
    if (++i == format.size()) return "a '%' stands at the end";
    if (format[i] == '%') continue;
    const std::size_t k = known.find(format[i]);
    if (k == known.npos)
      return "unknown conversion '%" + std::string(1, format[i]) +
             "', expected one of %Y, %m, %d, %H, %M, %S, %z, %%";
    if (++seen[k] > 1) return "'%" + std::string(1, format[i]) + "' stands twice";
  }
  std::string missing;
  for (std::size_t k = 0; k < 5; ++k)
    if (seen[k] == 0) missing += (missing.empty() ? "%" : ", %") + std::string(1, known[k]);
  return missing.empty() ? "" : "a time format needs " + missing;
}

parsed_time time_format::parse(std::string_view text, const zone& in) const {
  const parsed_time bad;
  scanner s(text);
  parts p;
  for (std::size_t i = 0; i < format_.size(); ++i) {
    if (format_[i] != '%' || format_[i + 1] == '%') {
      if (!s.take(format_[i])) return bad;
      if (format_[i] == '%') ++i;
      continue;
    }
    const char what = format_[++i];
    if (what == 'z') {
      if (!read_offset(s, p)) return bad;
      continue;
    }
    const auto n = what == 'Y' ? s.number(4, 4) : s.number(1, 2);
    if (!n) return bad;
    switch (what) {
      case 'Y': p.year = *n; break;
      case 'm': p.month = *n; break;
      case 'd': p.day = *n; break;
      case 'H': p.hour = *n; break;
      case 'M': p.minute = *n; break;
      default: p.second = *n; break;
    }
  }
  if (!s.done()) return bad;
  return instant_of(p, in);
}

}  // namespace detail
}  // namespace v0
}  // namespace sla
