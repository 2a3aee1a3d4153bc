// SPDX-License-Identifier: MIT
// A vendor's backend in one screen: records come in, promises are judged as they come, one timer a ticket wakes it when
// a verdict can change by itself, every breach is told once, and at the month's end the statement is drawn.
//
// The library keeps no state and reads no clock: the backend owns its events, its timers and the time.

#include <algorithm>
#include <chrono>
#include <iostream>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <sla/sla.hpp>

namespace {

using namespace std::chrono_literals;

class backend {
 public:
  explicit backend(sla::policy p) : policy_(std::move(p)) {}

  // A ticket is opened under a contract; its key names its breaches for ever.
  void open(const std::string& id, const sla::contract& c, std::string_view severity, sla::instant at) {
    run_timers(at);
    sla::incident i{id, c.id, {}, {}};
    i.facts = policy_.facts({.severity = severity,
                             .tier = policy_.tier_name(c.tier),
                             .region = policy_.region_name(c.region),
                             .reported = at});
    i.facts.incident = tickets_.size() + 1;
    tickets_.emplace(id, std::move(i));
    judge(id, at);
  }

  // A record arrives; first whatever was due before it.
  void record(const std::string& id, const sla::event& e) {
    run_timers(e.at);
    tickets_.at(id).events.push_back(e);
    judge(id, e.at);
  }

  // Time passes: every timer up to now fires in order.
  void run_timers(sla::instant now) {
    while (!timers_.empty() && timers_.begin()->first <= now) {
      const auto [at, id] = *timers_.begin();
      judge(id, at);
    }
  }

  [[nodiscard]] std::vector<sla::incident> incidents() const {
    std::vector<sla::incident> all;
    for (const auto& [id, i] : tickets_) all.push_back(i);
    return all;
  }

 private:
  void judge(const std::string& id, sla::instant now) {
    const sla::incident& i = tickets_.at(id);
    for (const sla::verdict& v : sla::assess(policy_, i.facts, i.events, now))
      if (v.outcome == sla::outcome::breached && told_.insert(v.breach(i.facts.incident)).second)
        std::cout << sla::local_text(now, policy_.home()) << "  " << id << "  " << sla::line(policy_, v)
                  << '\n';
    std::erase_if(timers_, [&](const auto& t) { return t.second == id; });
    const sla::instant next = sla::next_change(policy_, i.facts, i.events, now);
    if (next.is_finite()) timers_.emplace(next, id);
  }

  sla::policy policy_;
  std::map<std::string, sla::incident> tickets_;
  std::set<std::pair<sla::instant, std::string>> timers_;
  std::set<sla::breach_id> told_;
};

}  // namespace

int main() {
  const sla::policy policy = sla::load_policy(SLA_EXAMPLES_DIR "/policies/shanghai.toml").value();
  const sla::contract bank{.id = "SH-001",
                           .customer = "浦江银行",
                           .tier = policy.find_tier("flagship").value(),
                           .region = policy.find_region("urban").value(),
                           .services = {"voice"},
                           .monthly_fee = sla::money::minor(1'800'000, sla::cny)};
  const auto october = sla::calendar_month(2026y / 10, policy.home());
  const sla::instant t0 = october.span.begin + 11 * 24h + 9h;  // 2026-10-12 09:00

  backend b(policy);
  b.open("INC-1", bank, "P1", t0);
  b.record("INC-1", sla::event::of(sla::moment::remote_connected, t0 + 4min));
  b.open("INC-2", bank, "P2", t0 + 30min);
  b.record("INC-2", sla::event::of(sla::moment::responded, t0 + 45min));
  b.record("INC-2", sla::event::pause(t0 + 60min, policy.find_reason("customer_reply").value()));
  b.record("INC-1", sla::event::of(sla::moment::arrived, t0 + 70min));
  b.record("INC-1", sla::event::of(sla::moment::resolved, t0 + 90min));
  b.record("INC-2", sla::event::resume(t0 + 3h));
  b.record("INC-2", sla::event::of(sla::moment::resolved, t0 + 5h));
  b.record("INC-1", sla::event::of(sla::moment::report_delivered, t0 + 20h));
  b.run_timers(october.span.end);

  const std::vector<sla::service_outage> outages{
      {"voice", "OUT-1", {{t0 - 5min, t0 + 30min}, sla::no_cause, 1, 1}}};
  std::cout << '\n'
            << sla::to_text(policy,
                            sla::draw_up(policy, bank, october, b.incidents(), outages, october.span.end));
}
