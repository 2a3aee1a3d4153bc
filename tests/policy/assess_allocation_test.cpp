// SPDX-License-Identifier: MIT
// Judging an incident allocates nothing, whatever happened and in whatever order it was told.

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <new>
#include <random>
#include <span>
#include <string_view>
#include <vector>

#include <sla/policy/assess.hpp>

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

namespace assess_allocation_test {
namespace {

using namespace std::chrono_literals;
using namespace sla::literals;
using sla::event;
using sla::moment;

const sla::policy& policy() {
  static const sla::policy made = [] {
    static constexpr std::string_view severities[]{"P1", "P2"}, tiers[]{"basic"}, stops[]{"resolution"};
    static constexpr sla::limit_spec first[]{{"response", 10min}, {"update", 1h}, {"resolution", 4_bh}};
    static constexpr sla::limit_spec second[]{{"response", 30min}, {"update", 2h}, {"resolution", 2_bd}};
    static constexpr sla::target_spec targets[]{{.severity = "P1", .calendar = "office", .limits = first},
                                                {.severity = "P2", .calendar = "office", .limits = second}};
    static constexpr sla::pause_spec pauses[]{
        {.name = "wait", .by = sla::party::customer, .stops = stops, .cap = sla::time_limit(2_bh)}};
    static constexpr sla::clock_spec clocks[]{{.name = "resolution", .how = {.confirmation = 24h}}};
    const sla::zone shanghai = sla::zone::posix("Shanghai", "CST-8");
    const sla::named_calendar_spec calendars[]{
        {"office", {.zone = shanghai, .hours = "Mon-Fri 08:30-18:00"_hours, .cover = {2026y, 2027y}}}};
    return sla::policy(sla::policy_spec{.name = "no allocation",
                                        .version = 2026y / 1 / 1,
                                        .home = shanghai,
                                        .severities = severities,
                                        .tiers = tiers,
                                        .calendars = calendars,
                                        .targets = targets,
                                        .clocks = clocks,
                                        .pauses = pauses});
  }();
  return made;
}

TEST(assess, judging_allocates_nothing) {
  std::mt19937_64 random(11);
  const auto below = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  const sla::instant first = std::chrono::sys_days{2026y / 10 / 12};
  std::size_t verdicts = 0, used_more = 0;
  for (int round = 0; round < 2'000; ++round) {
    const auto fault = policy().facts({.severity = "P1", .tier = "basic", .reported = first});
    std::vector<event> log;
    const auto later = [&] { return first + std::chrono::minutes(below(6'000)); };
    // Now and then more than the order's window holds.
    for (int n = round % 100 == 0 ? 600 : below(12); n > 0; --n) switch (below(10)) {
        case 0: log.push_back(event::of(moment::responded, later())); break;
        case 1: log.push_back(event::of(moment::updated, later())); break;
        case 2: log.push_back(event::of(moment::resolved, later())); break;
        case 3: log.push_back(event::reject(later())); break;
        case 4: log.push_back(event::reopen(later())); break;
        case 5:
          log.push_back(event::change(later(), {static_cast<std::uint8_t>(below(2)), 0, 0},
                                      static_cast<sla::change_cause>(below(3))));
          break;
        case 6: log.push_back(event::extend(later(), 1h, sla::party::customer)); break;
        case 7: log.push_back(event::waive(later(), sla::party::customer)); break;
        case 8: log.push_back(event::pause(later(), 0)); break;
        default: log.push_back(event::resume(later()));
      }
    if (below(10) == 0) log.push_back(event::cancel(later()));
    for (event& e : log)
      if (below(5) == 0)
        e.id = static_cast<std::uint64_t>(1 + below(5)), e.revision = static_cast<std::uint32_t>(below(3));
    const sla::instant as_of = later();
    const std::size_t before = allocations;
    for (const sla::verdict& v : sla::assess(policy(), fault, log, as_of)) verdicts += v.cycle != 0 ? 1 : 0;
    const sla::instant next = sla::next_change(policy(), fault, log, as_of);
    sla::visit_anomalies(policy(), fault, log, as_of, [](const sla::anomaly&) {});
    used_more += allocations - before;
    EXPECT_GT(next, as_of) << round;
  }
  EXPECT_GT(verdicts, 6'000U);
  EXPECT_EQ(used_more, 0U);
  // The counting itself: what has to allocate is seen.
  const std::size_t before = allocations;
  std::vector<int> seen(100);
  seen[99] = below(2);
  EXPECT_GT(allocations, before);
  EXPECT_GE(seen[99], 0);
}

}  // namespace
}  // namespace assess_allocation_test
