// SPDX-License-Identifier: MIT
// Zone files and footers: any bytes give a zone or an error. A zone's segments cover a range without holes, agree
// with offset_at, and lead every instant to its local time and back.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include <sla/calendar/tzif.hpp>

namespace {

using namespace std::chrono_literals;

void must(bool holds) {
  if (!holds) std::abort();
}

void check(const sla::zone& zone) {
  const sla::interval range{sla::instant::from_unix(-3'000'000'000), sla::instant::from_unix(6'000'000'000)};
  sla::instant at = range.begin;
  int seen = 0;
  zone.for_each_segment(range, [&](sla::interval s, std::chrono::seconds offset) {
    must(s.begin == at && s.begin < s.end);
    at = s.end;
    if (++seen > 64) return;
    for (const sla::instant t : {s.begin, s.end - 1s}) {
      must(zone.offset_at(t) == offset);
      const auto back = zone.instants_of(zone.to_local(t));
      must(back.count >= 1 && back.first <= t && t <= back.last);
      must(zone.at_or_after(zone.to_local(t)) <= t);
    }
  });
  must(at == range.end);
  for (const sla::instant t :
       {sla::instant::earliest(), sla::instant::latest(), sla::instant::from_unix(std::int64_t{1} << 60)})
    must(zone.offset_at(t) >= -100'000s && zone.offset_at(t) <= 100'000s);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  try {
    check(sla::zone_from_tzif("fuzz", bytes));
  } catch (const sla::error&) {}
  try {
    check(sla::zone::posix("fuzz", bytes));
  } catch (const sla::error&) {}
  return 0;
}
