// SPDX-License-Identifier: MIT
// Every verdict of a foreign log is explained, and computed again from its explanation alone: from the steps, the opening
// hours told, and the terms of the promise that bound.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <sla/policy/explain.hpp>
#include <sla/policy/policy_load.hpp>
#include <sla/policy/source_load.hpp>
#include <sla/report/explain.hpp>
#include <sla/report/log_review.hpp>

namespace explained_log_test {
namespace {

using namespace sla;
using std::chrono::seconds;

struct again {
  std::optional<instant> started, done, due, breached_at;
  seconds counted{0}, overdue{0}, overdue_elapsed{0};
  std::array<seconds, party_count> paused{};
  sla::outcome outcome = sla::outcome::open;
};

const clock_step* last(const explained_verdict& v, step_kind kind) {
  const clock_step* found = nullptr;
  for (const explained_step& s : v.steps)
    if (s.step.kind == kind) found = &s.step;
  return found;
}

// The log has no caps, no confirmation and no extensions; what it has is counted here stretch by stretch. Nothing where
// the explanation lacks what that takes.
std::optional<again> computed_again(const explained_verdict& v) {
  again out;
  const clock_step *due = last(v, step_kind::due), *judged = last(v, step_kind::judged);
  if (v.steps.empty() || v.steps.front().step.kind != step_kind::row || due == nullptr || judged == nullptr)
    return std::nullopt;
  std::vector<std::pair<instant, reason_mask>> active;
  for (const explained_step& s : v.steps) {
    if (s.step.kind == step_kind::start) out.started = s.step.at;
    if (s.step.kind == step_kind::start || s.step.kind == step_kind::pausing)
      active.emplace_back(s.step.at, s.step.active);
    if (s.step.kind == step_kind::stop) out.done = s.step.at;
  }
  const clock_terms& terms = *due->terms;
  const instant from = due->from, end = judged->at;
  std::vector<interval> open;
  if (!terms.limit.needs_calendar()) {
    if (from < end) open.push_back({from, end});
  } else if (v.hours) {
    open = v.hours->counted;
  }
  std::vector<instant> edges;
  for (const auto& [at, mask] : active) edges.push_back(at);
  for (const interval& i : open) {
    edges.push_back(i.begin);
    edges.push_back(i.end);
  }
  std::ranges::sort(edges);
  const auto is_open = [&](instant t) {
    return std::ranges::any_of(open, [&](const interval& i) { return i.begin <= t && t < i.end; });
  };
  if (due->amount == seconds(0)) out.due = from;
  for (std::size_t i = 0; i < edges.size(); ++i) {
    const instant a = std::max(edges[i], from), b = i + 1 == edges.size() ? end : std::min(edges[i + 1], end);
    if (a >= b || !is_open(a)) continue;
    reason_mask now = 0;
    for (const auto& [at, mask] : active)
      if (at <= a) now = mask;
    now &= terms.stopped_by;
    if (!out.due && now != 0) {
      party by = party::nobody;
      for (std::size_t r = 0; r < terms.reasons.size(); ++r)
        if (((now >> r) & 1U) != 0) by = std::min(by, terms.reasons[r].by);
      out.paused[static_cast<std::size_t>(by)] += b - a;
      continue;
    }
    if (!out.due && out.counted + (b - a) >= due->amount) out.due = a + (due->amount - out.counted);
    out.counted += b - a;
  }
  if (out.due && *out.due < end) {
    out.outcome = sla::outcome::breached;
    out.breached_at = std::max(*out.due, due->not_before);
    out.overdue_elapsed = end - *out.due;
    for (const interval& i : open)
      if (i.end > *out.due) out.overdue += i.end - std::max(i.begin, *out.due);
  } else {
    out.outcome = out.done ? sla::outcome::met : sla::outcome::open;
  }
  return out;
}

struct account {
  std::size_t verdicts = 0, explained = 0, breached = 0, paused = 0, changed = 0, cycles = 0, business = 0;
};

account explain_all(const std::string& file) {
  account n;
  std::ifstream in(file, std::ios::binary);
  EXPECT_TRUE(in) << file;
  const policy p = load_policy(SLA_EXAMPLES_DIR "/policies/itil.toml").value();
  const source s = load_source(SLA_EXAMPLES_DIR "/policies/servicenow.toml").value();
  const export_log log = read_export(p, s, file, {std::istreambuf_iterator<char>(in), {}}).value();
  const instant as_of = last_record(log.incidents);
  for (const incident& i : log.incidents) {
    SCOPED_TRACE(i.id);
    const explained_incident why = explain(p, i, as_of);
    std::size_t at = 0;
    for (const verdict& v : assess(p, i.facts, {i.events.data(), i.events.size()}, as_of)) {
      if (v.outcome == outcome::not_applicable) continue;
      ++n.verdicts;
      if (at == why.clocks.size() || !(why.clocks[at].judged == v)) {
        ADD_FAILURE() << "no explanation of " << p.clock_name(v.clock) << " cycle " << v.cycle;
        break;
      }
      const explained_verdict& e = why.clocks[at++];
      EXPECT_FALSE(e.rows.empty());
      EXPECT_TRUE(std::ranges::any_of(e.rows, [](const considered_row& r) { return r.gives_limit; }));
      const auto found = computed_again(e);
      if (!found) {
        ADD_FAILURE() << "an explanation without its steps";
        continue;
      }
      EXPECT_EQ(found->started, v.started);
      EXPECT_EQ(found->done, v.done);
      EXPECT_EQ(name(found->outcome), name(v.outcome));
      EXPECT_EQ(found->breached_at, v.breached_at);
      EXPECT_EQ(found->counted, v.counted);
      EXPECT_EQ(found->paused, v.paused);
      EXPECT_EQ(found->overdue, v.overdue);
      EXPECT_EQ(found->overdue_elapsed, v.overdue_elapsed);
      if (found->due) {
        EXPECT_EQ(found->due, v.due);
      }
      ++n.explained;
      n.breached += v.outcome == outcome::breached ? 1 : 0;
      n.paused += v.worked != v.counted ? 1 : 0;
      n.changed += last(e, step_kind::change) != nullptr ? 1 : 0;
      n.cycles += v.cycle > 1 ? 1 : 0;
      n.business += v.business ? 1 : 0;
    }
    EXPECT_EQ(at, why.clocks.size());
    const std::string text = to_text(p, why);
    for (const explained_verdict& e : why.clocks)
      EXPECT_NE(text.find(std::string(p.clock_name(e.judged.clock))), text.npos);
  }
  EXPECT_EQ(n.explained, n.verdicts);
  return n;
}

TEST(explained_log, every_verdict_of_the_sample_is_computed_again_from_its_explanation) {
  const account n = explain_all(SLA_EXAMPLES_DIR "/data/servicenow_sample.csv");
  EXPECT_GE(n.verdicts, 12U);
  EXPECT_GT(n.breached, 0U);
  EXPECT_GT(n.paused, 0U);
  EXPECT_GT(n.changed, 0U);
  EXPECT_GT(n.cycles, 0U);
  EXPECT_GT(n.business, 0U);
}

#ifdef SLA_SHARED_DATA
TEST(explained_log, every_verdict_of_the_real_log_is_computed_again_from_its_explanation) {
  const account n = explain_all(SLA_SHARED_DATA "/servicenow_incidents.csv");
  EXPECT_GE(n.verdicts, 1'200U);
  EXPECT_GT(n.breached, 100U);
  EXPECT_GT(n.paused, 50U);
  EXPECT_GT(n.changed, 5U);
  EXPECT_GT(n.cycles, 5U);
  RecordProperty("verdicts", static_cast<int>(n.verdicts));
}
#endif

}  // namespace
}  // namespace explained_log_test
