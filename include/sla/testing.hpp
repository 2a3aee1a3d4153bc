// SPDX-License-Identifier: MIT
#pragma once

// GoogleTest matchers and literal times for the tests of your own policies. Include it in tests; link sla::testing and
// your GoogleMock.
//
//     sla::testing::scenario s(policy, {.severity = "P1", .tier = "flagship", .region = "suburban"}, "2026-10-12 09:00");
//     s.at("2026-10-12 09:08", sla::moment::responded);
//     EXPECT_THAT(s.verdict("response"), IsMet());
//     EXPECT_THAT(s.verdict("onsite", "2026-10-12 12:00"), IsBreachedAt("2026-10-12 11:00"));
//
// Times are written as people write them, "2026-10-12 09:00" or with seconds, in the policy's zone. A verdict that does
// not match says what it is:
//
//     Actual: onsite #1: met, due 2026-10-12 11:00, done 2026-10-12 10:30
//
// The hard question: what of a time that the zone's clocks skipped or showed twice, or one that is misspelt? It throws
// sla::error that says so: a test that silently tested another instant would be worse than none.

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>

#include <sla/base/error.hpp>
#include <sla/base/instant.hpp>
#include <sla/calendar/local_text.hpp>
#include <sla/calendar/zone.hpp>
#include <sla/clock/event.hpp>
#include <sla/clock/verdict.hpp>
#include <sla/policy/assess.hpp>
#include <sla/policy/policy.hpp>

namespace sla {
inline namespace v0 {
namespace testing {

/// "2026-10-12 09:00", or with ":30" seconds, as a wall clock of the zone shows it.
[[nodiscard]] inline instant local_time(std::string_view text, const zone& in) {
  const auto wrong = [&](const char* why) { detail::fail("'" + std::string(text) + "' " + why); };
  constexpr std::string_view shape = "dddd-dd-dd dd:dd:dd";
  if (text.size() != 16 && text.size() != 19) wrong("is no time such as 2026-10-12 09:00");
  std::array<int, 6> part{};
  std::size_t field = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (shape[i] != 'd') {
      if (text[i] != shape[i]) wrong("is no time such as 2026-10-12 09:00");
      ++field;
    } else if (text[i] < '0' || text[i] > '9') {
      wrong("is no time such as 2026-10-12 09:00");
    } else {
      part[field] = part[field] * 10 + (text[i] - '0');
    }
  }
  const std::chrono::year_month_day date{std::chrono::year(part[0]), std::chrono::month(unsigned(part[1])),
                                         std::chrono::day(unsigned(part[2]))};
  if (!date.ok() || part[3] > 23 || part[4] > 59 || part[5] > 59) wrong("is no time of any day");
  const auto local = std::chrono::local_days(date) + std::chrono::hours(part[3]) +
                     std::chrono::minutes(part[4]) + std::chrono::seconds(part[5]);
  // The instants that may show it differ from UTC by at most a day and a bit.
  std::optional<instant> found;
  const instant guess = std::chrono::sys_seconds(local.time_since_epoch());
  for (const instant near : {guess - std::chrono::hours(26), guess + std::chrono::hours(26)}) {
    const instant t = guess - in.offset_at(near);
    if (in.to_local(t) != local) continue;
    if (found && *found != t) wrong("is shown twice by the zone's clocks");
    found = t;
  }
  if (!found) wrong("is skipped by the zone's clocks");
  return *found;
}

/// A verdict with the policy that names its clock, as matchers explain it.
struct judged {
  policy of;
  sla::verdict verdict;

  friend void PrintTo(const judged& j, std::ostream* out) {
    const zone& home = j.of.home();
    *out << j.of.clock_name(j.verdict.clock) << " #" << j.verdict.cycle << ": " << name(j.verdict.outcome);
    if (j.verdict.outcome == outcome::open) *out << ", " << name(j.verdict.activity);
    if (j.verdict.due) *out << ", due " << local_text(*j.verdict.due, home);
    if (j.verdict.done) *out << ", done " << local_text(*j.verdict.done, home);
  }
};

/// An incident that a test tells step by step.
class scenario {
 public:
  /// `names.reported` is the time given apart.
  scenario(const policy& p, incident_names names, std::string_view reported) : policy_(p) {
    names.reported = time(reported);
    facts_ = p.facts(names);
    last_ = names.reported;
  }

  scenario& at(std::string_view when, moment m) { return add(event::of(m, time(when))); }
  scenario& pause(std::string_view when, std::string_view reason) {
    return add(event::pause(time(when), reason_of(reason)));
  }
  /// Ends the pauses of a reason; of all where none is named.
  scenario& resume(std::string_view when, std::string_view reason = {}) {
    return add(event::resume(time(when), reason.empty() ? any_reason : reason_of(reason)));
  }
  scenario& reopen(std::string_view when) { return add(event::reopen(time(when))); }
  /// Any other record.
  scenario& add(event e) {
    last_ = std::max(last_, e.at);
    events_.push_back(e);
    return *this;
  }

  [[nodiscard]] instant time(std::string_view text) const { return local_time(text, policy_.home()); }
  [[nodiscard]] const facts& incident() const noexcept { return facts_; }
  [[nodiscard]] const std::vector<event>& events() const noexcept { return events_; }

  /// A clock's verdict as of a time; as of the last record where none is given. Throws where there is no such clock
  /// or cycle.
  [[nodiscard]] judged verdict(std::string_view clock, std::string_view as_of = {},
                               std::uint32_t cycle = 1) const {
    const clock_id wanted = policy_.clock(clock);
    for (const sla::verdict& v : assess(policy_, facts_, events_, as_of.empty() ? last_ : time(as_of)))
      if (v.clock == wanted && v.cycle == cycle) return {policy_, v};
    detail::fail("clock '" + std::string(clock) + "' has no cycle " + std::to_string(cycle));
  }

 private:
  [[nodiscard]] reason_id reason_of(std::string_view name) const {
    const auto id = policy_.find_reason(name);
    if (!id) detail::fail("policy '" + policy_.name() + "' has no pause reason '" + std::string(name) + "'");
    return *id;
  }
  policy policy_;
  facts facts_;
  instant last_;
  std::vector<event> events_;
};

MATCHER(IsMet, std::string(negation ? "is not" : "is") + " met") {
  return arg.verdict.outcome == outcome::met;
}
MATCHER(IsBreached, std::string(negation ? "is not" : "is") + " breached") {
  return arg.verdict.outcome == outcome::breached;
}
MATCHER_P(IsBreachedAt, due, std::string(negation ? "is not" : "is") + " breached at " + std::string(due)) {
  return arg.verdict.outcome == outcome::breached &&
         arg.verdict.breached_at == local_time(due, arg.of.home());
}
MATCHER(IsOpen, std::string(negation ? "is not" : "is") + " open") {
  return arg.verdict.outcome == outcome::open;
}
MATCHER(IsPaused, std::string(negation ? "is not" : "is") + " open and paused") {
  return arg.verdict.outcome == outcome::open && arg.verdict.activity == activity::paused;
}
MATCHER(IsNotPromised, std::string(negation ? "is" : "is not") + " promised") {
  return arg.verdict.outcome == outcome::not_applicable;
}
MATCHER_P(IsDueAt, due, std::string(negation ? "is not" : "is") + " due at " + std::string(due)) {
  return arg.verdict.due == local_time(due, arg.of.home());
}
MATCHER_P(HasLimit, limit,
          std::string(negation ? "does not have" : "has") + " the limit " + to_string(time_limit(limit))) {
  return arg.verdict.limit == time_limit(limit);
}
MATCHER_P(IsByClause, clause,
          std::string(negation ? "does not rest" : "rests") + " on clause " + std::string(clause)) {
  return arg.of.clause(arg.verdict) == std::string_view(clause);
}

}  // namespace testing
}  // namespace v0
}  // namespace sla
