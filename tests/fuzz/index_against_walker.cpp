// SPDX-License-Identifier: MIT
// Any bytes make a calendar of open and closed stretches; every second of it is asked about and compared with a
// count made one by one. Lengths are chosen so that single seconds and whole weeks meet in one calendar.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <utility>
#include <vector>

#include <sla/calendar/business_time.hpp>

namespace {

void check(bool ok, const char* what, std::int64_t t) {
  if (ok) return;
  std::cerr << what << " at " << t << '\n';
  std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const std::int64_t origin = data[0] * 1'000'003 - 100'000'000;
  sla::compiled_calendar calendar;
  calendar.endless = (data[1] & 1) != 0;
  std::vector<bool> open_second;
  // Each byte: the low two bits choose a scale, the rest a length; open and closed take turns.
  bool open = (data[1] & 2) != 0;
  for (std::size_t i = 2; i < size && open_second.size() < 100'000; ++i, open = !open) {
    constexpr std::size_t scale[] = {1, 7, 64, 1024};
    const std::size_t length = (data[i] >> 2) * scale[data[i] & 3] + 1;
    const auto begin = origin + static_cast<std::int64_t>(open_second.size());
    open_second.insert(open_second.end(), length, open);
    if (open)
      calendar.open.push_back({sla::instant::from_unix(begin),
                               sla::instant::from_unix(begin + static_cast<std::int64_t>(length))});
  }
  if (open_second.empty()) return 0;
  const auto length = static_cast<std::int64_t>(open_second.size());
  calendar.cover = {sla::instant::from_unix(origin), sla::instant::from_unix(origin + length)};
  const sla::business_time c(std::move(calendar));

  const sla::instant begin = c.cover().begin, end = c.cover().end;
  std::int64_t before = 0;
  for (std::int64_t s = 0; s < length; ++s) {
    const sla::instant t = begin + std::chrono::seconds(s);
    const bool is_open = open_second[static_cast<std::size_t>(s)];
    check(c.is_open(t) == is_open, "is_open", s);
    check(c.worked(begin, t).count() == before, "worked", s);
    if (is_open) {
      ++before;
      check(c.add(begin, sla::worked(std::chrono::seconds(before))) == t + std::chrono::seconds(1), "add", s);
    }
  }
  check(c.worked(begin, end).count() == before, "worked", length);
  const sla::instant past = c.add(begin, sla::worked(std::chrono::seconds(before + 1)));
  check(c.covers(begin) && !past.is_finite(), "past the end", length);
  std::int64_t after = 0;
  for (std::int64_t s = length; s-- > 0;) {
    if (!open_second[static_cast<std::size_t>(s)]) continue;
    ++after;
    check(c.subtract(end, sla::worked(std::chrono::seconds(after))) == begin + std::chrono::seconds(s),
          "subtract", s);
  }
  return 0;
}
