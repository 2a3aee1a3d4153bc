// SPDX-License-Identifier: MIT
// Questions asked in spans: bit for bit the answers one by one, at every size and offset, and without allocation.

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <initializer_list>
#include <limits>
#include <new>
#include <span>
#include <vector>

#include <sla/calendar/calendar.hpp>
#include <sla/calendar/calendar_algebra.hpp>
#include <sla/calendar/china.hpp>

namespace {

// Every allocation of this executable is counted.
std::atomic<std::size_t> allocations{0};

void* counted(std::size_t bytes) {
  ++allocations;
  if (void* p = std::malloc(bytes == 0 ? 1 : bytes)) return p;
  throw std::bad_alloc();
}

}  // namespace

void* operator new(std::size_t bytes) { return counted(bytes); }
void* operator new[](std::size_t bytes) { return counted(bytes); }
void operator delete(void* p) noexcept { std::free(p); }
void operator delete[](void* p) noexcept { std::free(p); }
void operator delete(void* p, std::size_t) noexcept { std::free(p); }
void operator delete[](void* p, std::size_t) noexcept { std::free(p); }

namespace batch_test {
namespace {

using namespace std::chrono;
using namespace sla::literals;
using sla::business_time;
using sla::calendar_spec;
using sla::instant;

struct named {
  const char* name;
  business_time calendar;
};
std::vector<named> calendars() {
  const calendar_spec shanghai{.zone = sla::zone::posix("Asia/Shanghai", "CST-8"),
                               .hours = "Mon-Fri 08:30-12:00,13:00-18:00"_hours,
                               .holidays = sla::china_workdays(),
                               .cover = {2024y, 2034y}};
  const calendar_spec nights{.zone = sla::zone::posix("Berlin", "CET-1CEST,M3.5.0,M10.5.0/3"),
                             .hours = "Mon-Sat 22:00-06:00"_hours,
                             .cover = {2024y, 2026y}};
  const calendar_spec breaks{.hours = "00:00-00:55,01:00-01:55,02:00-02:55,03:00-03:55,04:00-04:55"_hours,
                             .cover = {2024y, 2025y}};
  const sla::zone back(std::string("back a day"), "1", 8h, {{sys_days(2026y / 6 / 10) + 16h, -16h}},
                       "<-16>16");
  return {{"office", shanghai},
          {"nights", nights},
          {"breaks", breaks},
          {"a date that comes twice",
           calendar_spec{.zone = back, .hours = "Mon-Fri 09:00-18:00"_hours, .cover = {2026y, 2027y}}},
          {"two zones", business_time(shanghai) & business_time(nights)},
          {"always", business_time::always()}};
}

struct questions {
  std::vector<instant> t, u;
  std::vector<sla::worked> w;
  std::vector<sla::business_days> n;
};
// Runs of near neighbours and jumps; instants outside of the cover and reserved ones; amounts of every size and sign.
questions ask(const business_time& c, std::size_t size) {
  questions q;
  std::uint64_t state = size + 7;
  const auto random = [&](std::int64_t n) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<std::int64_t>((state >> 33) % static_cast<std::uint64_t>(n));
  };
  const instant begin = std::max(c.cover().begin, instant(sys_days(2023y / 12 / 1)));
  const std::int64_t length = std::min(c.cover().length().count(), std::int64_t{10 * 366 * 86'400});
  instant near = begin;
  for (std::size_t i = 0; i < size; ++i) {
    near =
        random(40) == 0 ? begin - 10h + seconds(random(length + 100'000)) : near + seconds(random(900) - 60);
    q.t.push_back(random(500) == 0   ? instant::unknown()
                  : random(500) == 0 ? instant::never()
                  : random(500) == 0 ? c.cover().end
                                     : near);
    q.u.push_back(begin + seconds(random(length)));
    const std::int64_t most = std::int64_t{1} << random(24);
    q.w.push_back(random(300) == 0   ? sla::worked(seconds::max())
                  : random(300) == 0 ? sla::worked(seconds::min())
                                     : sla::worked(seconds(random(most) - random(5) / 4 * most)));
    q.n.push_back(random(300) == 0 ? sla::business_days(std::numeric_limits<std::int32_t>::max())
                                   : sla::business_days(static_cast<std::int32_t>(random(300) - 20)));
  }
  return q;
}

TEST(batch, gives_the_scalar_answers_at_every_size_and_offset) {
  for (const auto& [name, c] : calendars()) {
    SCOPED_TRACE(name);
    for (const std::size_t size : std::initializer_list<std::size_t>{0, 1, 2, 3, 5, 7, 8, 9, 15, 17, 31, 33,
                                                                     63, 65, 127, 1000, 4099}) {
      for (const std::size_t skip : std::initializer_list<std::size_t>{0, 1, 3}) {
        SCOPED_TRACE(size);
        const questions q = ask(c, size + skip);
        const std::span t(q.t.data() + skip, size), u(q.u.data() + skip, size);
        const std::span w(q.w.data() + skip, size);
        const std::span n(q.n.data() + skip, size);
        // One place more than is asked for, which stays as it is.
        const instant untouched = instant::from_unix(-77);
        std::vector<instant> out(size + 1, untouched);
        std::vector<sla::worked> between(size + 1, -(77_bs));
        const std::span answers(out.data(), size);

        ASSERT_EQ(c.add(t, w, answers), size);
        for (std::size_t i = 0; i < size; ++i) ASSERT_EQ(out[i], c.add(t[i], w[i])) << i;
        for (const sla::worked amount : {1_bs, 90_bmin, 4_bh, 8_bh, 2000_bh, 0_bs, -(3_bh)}) {
          ASSERT_EQ(c.add(t, amount, answers), size);
          for (std::size_t i = 0; i < size; ++i) ASSERT_EQ(out[i], c.add(t[i], amount)) << i;
        }
        ASSERT_EQ(c.add(t, n, answers), size);
        for (std::size_t i = 0; i < size; ++i) ASSERT_EQ(out[i], c.add(t[i], n[i])) << i;
        // The default rule, stated: answered by the way that every rule takes.
        for (std::size_t i = 0; i < size; ++i)
          ASSERT_EQ(out[i], c.add(t[i], n[i], sla::business_day_rule::closing())) << i;
        ASSERT_EQ(c.worked(t, u, std::span(between.data(), size)), size);
        for (std::size_t i = 0; i < size; ++i) ASSERT_EQ(between[i], c.worked(t[i], u[i])) << i;
        ASSERT_EQ(out[size], untouched);
        ASSERT_EQ(between[size], -(77_bs));

        std::vector<instant> same(t.begin(), t.end());
        ASSERT_EQ(c.add(same, w, same), size);
        for (std::size_t i = 0; i < size; ++i) ASSERT_EQ(same[i], c.add(t[i], w[i])) << i;
      }
    }
  }
}

TEST(batch, handles_as_many_as_the_shortest_span_has) {
  const business_time c = calendars().front().calendar;
  const questions q = ask(c, 10);
  std::vector<instant> out(8);
  std::vector<sla::worked> between(9);
  EXPECT_EQ(c.add(std::span(q.t), std::span(q.w).first(3), out), 3u);
  EXPECT_EQ(c.add(std::span(q.t).first(2), 4_bh, out), 2u);
  EXPECT_EQ(c.add(std::span(q.t), std::span(q.n), out), 8u);
  EXPECT_EQ(c.worked(std::span(q.t).first(0), std::span(q.u), between), 0u);
}

TEST(batch, nothing_that_is_asked_allocates) {
  for (const auto& [name, c] : calendars()) {
    SCOPED_TRACE(name);
    const questions q = ask(c, 1000);
    std::vector<instant> out(q.t.size());
    std::vector<sla::worked> between(q.t.size());
    std::uint64_t sum = 0;  // wraps round: reserved values are among the answers
    const auto count = [&](std::int64_t answer) { sum += static_cast<std::uint64_t>(answer); };
    const auto note = [&](instant t) { count(t.unix_seconds() & 0xFF); };
    const std::size_t before = allocations;
    c.add(q.t, q.w, out);
    c.add(q.t, 4_bh, out);
    c.add(q.t, q.n, out);
    c.worked(q.t, q.u, between);
    for (std::size_t i = 0; i < q.t.size(); ++i) {
      const instant t = q.t[i];
      note(c.add(t, q.w[i]));
      note(c.add(t, q.w[i], sla::landing::next_opening));
      note(c.subtract(t, q.w[i]));
      note(c.next_open(t));
      note(c.next_close(t));
      note(c.previous_open(t));
      note(c.previous_close(t));
      note(c.received(t, 17h));
      for (const auto rule : {sla::business_day_rule::closing(), sla::business_day_rule::same_time(),
                              sla::business_day_rule::at(12h).received_by(17h)})
        note(c.add(t, q.n[i], rule));
      count(c.worked(t, q.u[i]).count());
      count(c.is_open(t) + c.covers(t) + c.is_provisional(t));
      count(c.business_days_between(t, q.u[i]));
      sum += c.open_in({t, q.u[i]}).size();
      const business_time copy = c;
      count(copy.never_opens());
    }
    EXPECT_EQ(allocations, before) << sum;
  }
  // The counting itself: what has to allocate is seen.
  const std::size_t before = allocations;
  EXPECT_NE(std::vector<int>(10).data(), nullptr);
  EXPECT_GT(allocations, before);
}

}  // namespace
}  // namespace batch_test
