// SPDX-License-Identifier: MIT
// Any bytes as a log of records, judged under two grades: nothing may crash, hang or overflow, the order of the log
// must not matter, and sums must add up. Times, amounts and numbers include the largest there are.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <optional>
#include <vector>

#include <sla/calendar/business_time.hpp>
#include <sla/clock/anomalies.hpp>
#include <sla/clock/next_change.hpp>
#include <sla/clock/replay.hpp>

namespace {

using std::chrono::seconds;

struct bytes {
  const std::uint8_t* at;
  std::size_t left;
  std::uint8_t next() { return left == 0 ? std::uint8_t{0} : (--left, *at++); }
  // Mostly small; sometimes as large as can be.
  std::int64_t number() {
    const int b = next();
    if (b < 250) return b;
    switch (b) {
      case 250: return std::numeric_limits<std::int64_t>::max();
      case 251: return std::numeric_limits<std::int64_t>::min();
      case 252: return std::int64_t{1} << 60;
      default: return (b - 252) * 10'000 + next();
    }
  }
  sla::instant time() {
    const std::int64_t n = number();
    if (n == std::int64_t{1} << 60) return next() % 2 == 0 ? sla::instant::never() : sla::instant::unknown();
    return sla::instant::from_unix(n);
  }
  sla::time_limit limit() {
    const std::int64_t n = number();
    const seconds amount(n < 0 ? 0 : n);
    switch (next() % 3) {
      case 0: return amount;
      case 1: return sla::worked(amount);
      default:
        return sla::business_days(
            static_cast<std::int32_t>(std::min<std::int64_t>(amount.count(), 2'000'000'000)));
    }
  }
};

const sla::business_time& calendar() {
  static const sla::business_time hours = [] {
    sla::compiled_calendar c;
    const auto at = [](int t) { return sla::instant::from_unix(t); };
    c.cover = {at(0), at(220)};
    c.endless = true;
    c.known_through = at(150);
    c.open = {{at(10), at(40)}, {at(41), at(60)}, {at(80), at(120)}, {at(150), at(200)}};
    // Dates of a minute each: the local clock leaps over the rest of the day.
    for (int d = 0; d < 4; ++d)
      c.offsets.push_back({at(d == 0 ? -200'000 : 60 * d), std::chrono::seconds(d * (86'400 - 60))});
    c.days = {{std::chrono::sys_days(std::chrono::days(0)), at(10), at(60)},
              {std::chrono::sys_days(std::chrono::days(1)), at(80), at(120)},
              {std::chrono::sys_days(std::chrono::days(2)), at(150), at(200)}};
    return sla::business_time(std::move(c));
  }();
  return hours;
}

void require(bool holds) {
  if (!holds) std::abort();
}

std::vector<sla::verdict> judge(sla::terms_source rows, const std::vector<sla::event>& log,
                                sla::instant as_of) {
  const sla::event_order order(log, as_of);
  sla::clock_replay replay(rows, sla::grade{}, order), record_by_record(rows, sla::grade{}, order);
  std::vector<sla::verdict> out;
  for (sla::verdict v, same; replay.next(v);) {
    out.push_back(v);
    (void)sla::next_change(replay, v, as_of);
    require(record_by_record.replay(same) && same == v);
    require(record_by_record.expected_due() == replay.expected_due());
    // Explaining and the other reading: a few, as each is a replay of its own.
    if (out.size() > 8) continue;
    std::optional<sla::outcome> result;
    replay.explain([&](const sla::clock_step& step) {
      if (step.kind == sla::step_kind::judged) result = step.result;
    });
    require(result == v.outcome);
    (void)replay.continued();
  }
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  bytes in{data, size};
  std::vector<sla::pause_reason> reasons;
  for (int i = 0; i < 3; ++i) {
    reasons.push_back({static_cast<sla::party>(in.next() % sla::party_count), {}});
    if (in.next() % 2 == 0) reasons.back().cap = in.limit();
  }
  const std::vector<sla::warning> warnings{{.at_share = sla::ratio(in.next(), 100)},
                                           {.before_due = in.limit()}};
  sla::clock_terms terms[2];
  for (auto& t : terms) {
    const int flags = in.next();
    t.promised = flags % 8 != 0;
    t.limit = in.limit();
    if (in.next() % 8 != 0) t.calendar = &calendar();
    t.stopped_by = in.next();
    t.reasons = reasons;
    t.warnings = warnings;
    if ((flags & 8) != 0) t.confirmation = in.limit();
    t.landing = static_cast<sla::due_at>((flags >> 4) % 2);
    t.changing = static_cast<sla::on_change>((flags >> 5) % 4);
    t.reopening = static_cast<sla::on_reopen>(in.next() % 3);
    const int again = in.next();
    t.repeats = again % 4 == 0;
    if (again >= 128) t.updates = sla::next_update::on_grid;
    if ((again & 0x60) == 0x60) t.cut_off = std::chrono::seconds(again % 32);
    if (t.repeats) t.stops = sla::moment::updated, t.ends = sla::moment::resolved;
  }
  const sla::instant as_of = in.time();
  std::vector<sla::event> log;
  while (in.left != 0 && log.size() < 600) {
    sla::event e;
    const int kind = in.next();
    e.kind = static_cast<sla::event_kind>(kind % 12);
    e.at = in.time();
    e.what = static_cast<sla::moment>(in.next() % sla::moment_limit);
    if (e.kind == sla::event_kind::start) e.what = sla::moment::reported;
    if (e.kind == sla::event_kind::stop && kind < 200) e.what = sla::moment::resolved;
    e.reason = in.next() % 5 == 0 ? sla::any_reason : static_cast<sla::reason_id>(in.next() % 40);
    e.agreed_by = static_cast<sla::party>(in.next() % sla::party_count);
    e.why = static_cast<sla::change_cause>(in.next() % 3);
    e.cancelled = static_cast<sla::cancel_cause>(in.next() % 3);
    e.to.severity = in.next() % 3;
    if (e.kind == sla::event_kind::extend) {
      e.by = in.limit();
      if (in.next() % 3 == 0) e.until = in.time();
    }
    if (kind >= 128) {
      e.id = in.next() % 8;
      e.revision = in.next() % 4;
      e.retracted = in.next() % 4 == 0;
      e.sequence = in.number();
    }
    e.row = static_cast<std::uint32_t>(log.size());
    log.push_back(e);
  }

  const auto rows = [&](const sla::grade& g) noexcept {
    return g.severity < 2 ? &terms[g.severity] : nullptr;
  };
  const auto verdicts = judge(rows, log, as_of);
  for (const sla::verdict& v : verdicts) {
    seconds sum = v.counted;
    for (const seconds p : v.paused) sum += p;
    require(sum == v.worked);
    require(v.counted >= seconds(0) && v.remaining >= seconds(0) && v.overdue >= seconds(0));
    require(v.outcome != sla::outcome::breached || v.breached_at.has_value());
  }
  const auto of_clock = [&](std::size_t, const sla::grade& g) noexcept { return rows(g); };
  std::size_t found = 0;
  sla::visit_anomalies(1, of_clock, sla::grade{}, sla::event_order(log, as_of),
                       [&](const sla::anomaly&) { ++found; });
  require(found <= 2 * log.size());
  std::reverse(log.begin(), log.end());
  require(judge(rows, log, as_of) == verdicts);
  return 0;
}
