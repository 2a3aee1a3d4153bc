// SPDX-License-Identifier: MIT
#include <sla/report/log_review.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include <sla/base/interval_set.hpp>

#include "table.hpp"
#include "words.hpp"

namespace sla {
inline namespace v0 {
namespace detail {
namespace {

// One word for all cycles of a clock.
[[nodiscard]] judged_as judged_of(const policy& p, const judged_incident& i, clock_id clock) noexcept {
  bool met = false;
  for (const verdict& v : i.verdicts) {
    if (clock_in(p, i, v.clock) != clock) continue;
    if (v.outcome == outcome::breached) return judged_as::missed;
    met = met || v.outcome == outcome::met;
  }
  return met ? judged_as::met : judged_as::undecided;
}

[[nodiscard]] judged_table compare(const policy& p, const std::vector<std::optional<bool>>& judged,
                                   const std::vector<judged_incident>& incidents, clock_id clock) {
  judged_table t{clock, {}};
  for (std::size_t i = 0; i < incidents.size(); ++i) {
    const std::optional<bool> said = i < judged.size() ? judged[i] : std::nullopt;
    const judged_as source = said ? (*said ? judged_as::met : judged_as::missed) : judged_as::undecided;
    ++t.counts[static_cast<std::size_t>(source)][static_cast<std::size_t>(judged_of(p, incidents[i], clock))];
  }
  return t;
}

void add_once(std::vector<named_version>& all, const named_version& n) {
  if (std::ranges::find(all, n) == all.end()) all.push_back(n);
}

[[nodiscard]] std::vector<breach_place> breaches_of(const std::vector<judged_incident>& incidents) {
  std::vector<breach_place> all;
  for (std::size_t i = 0; i < incidents.size(); ++i)
    for (std::size_t v = 0; v < incidents[i].verdicts.size(); ++v)
      if (incidents[i].verdicts[v].outcome == outcome::breached) all.push_back({i, v});
  std::ranges::sort(all, {}, [&](const breach_place& b) {
    const judged_incident& i = incidents[b.incident];
    const verdict& v = i.verdicts[b.verdict];
    return std::tuple(-v.overdue_elapsed, i.facts.at_report.severity, std::string_view(i.id), v.clock,
                      v.cycle);
  });
  return all;
}

class review_writer {
 public:
  review_writer(const policy& p, const log_review& r, std::size_t worst, const text_style& style)
      : p_(p), r_(r), worst_(worst), style_(style) {}

  [[nodiscard]] std::string print() {
    title("Policy " + printable(r_.rests_on.policy.name) + ' ' + r_.rests_on.policy.version);
    std::size_t verdicts = 0;
    for (const std::size_t n : r_.outcomes) verdicts += n;
    line("As of      " + local_text(r_.as_of, p_.home()) + ' ' + std::string(p_.home().name()));
    line("Incidents  " + std::to_string(r_.incidents.size()));
    line("Promises   " + std::to_string(verdicts) +
         (verdicts == 0 ? std::string() : ": " + outcomes_text(r_.outcomes)));
    out_ += '\n';
    if (!r_.attainment.empty()) out_ += to_text(p_, r_.attainment, style_);
    unnumbered();
    breaches();
    anomalies();
    rows();
    judged();
    out_ += painted("Rests on " + versions_text(r_.rests_on), paint::faint, style_.colour) + '\n';
    return std::move(out_);
  }

 private:
  void title(std::string_view text) { out_ += painted(text, paint::strong, style_.colour) + '\n'; }
  void line(std::string_view text) { out_ += "  " + std::string(text) + '\n'; }
  [[nodiscard]] static std::string severity(const policy& p, const grade& g) {
    return named(p.severity_name(g.severity), p.severity_label(g.severity));
  }

  // By severity and clock, with the row that says so: they count in no attainment, and nobody may think them kept.
  void unnumbered() {
    std::map<std::tuple<std::uint8_t, clock_id, std::string, std::string, std::string>, std::size_t> all;
    std::size_t promises = 0;
    for (const judged_incident& i : r_.incidents) {
      const policy& by = i.by ? *i.by : p_;
      const cell_key at{i.facts.tier, i.facts.channel, i.facts.at_report};
      visit_promises(
          by, i, [](const verdict&) {},
          [&](clock_id c) {
            ++promises;
            ++all[{at.at.severity, clock_in(p_, i, c).value_or(any_clock), severity(by, at.at),
                   named(by.clock_name(c), by.clock_label(c)), std::string(by.origin(at, c)->clause)}];
          });
    }
    if (promises == 0) return;
    title("Promised without a number: " + std::to_string(promises));
    table t({"incidents", "severity", "clock", "clause"}, {0});
    for (const auto& [what, count] : all)
      t.row({std::to_string(count), std::get<2>(what), std::get<3>(what), printable(std::get<4>(what))});
    out_ += t.print(2, style_.colour) + '\n';
  }

  void breaches() {
    if (r_.breaches.empty()) return;
    const std::size_t shown = std::min(worst_, r_.breaches.size());
    if (shown == 0) return;
    title(shown == r_.breaches.size()
              ? "All " + std::to_string(shown) + " breaches, the longest past due first"
              : "The " + std::to_string(shown) + " breaches longest past due, of " +
                    std::to_string(r_.breaches.size()));
    table t({"incident", "severity", "clock", "target", "used", "due", "done", "late, business time",
             "late, wall clock", "note"},
            {7, 8});
    for (const breach_place& b : std::span(r_.breaches).first(shown)) {
      const judged_incident& i = r_.incidents[b.incident];
      const verdict& v = i.verdicts[b.verdict];
      const policy& by = i.by ? *i.by : p_;
      t.row({i.id,
             severity(by, i.facts.at_report),
             clock_text(by, v),
             target_text(by, v),
             own_text(v, v.counted),
             due_text(p_.home(), v),
             v.done ? cell(local_text(*v.done, p_.home())) : cell("not yet", paint::doubtful),
             v.business ? own_text(v, v.overdue) : std::string(),
             {to_string(v.overdue_elapsed), paint::bad},
             {notes_text(p_.home(), v), paint::faint}});
    }
    out_ += t.print(2, style_.colour) + '\n';
  }

  void anomalies() {
    std::size_t all = 0;
    table t({"records", "why"}, {0});
    for (std::size_t k = 0; k < r_.anomalies.size(); ++k) {
      if (r_.anomalies[k] == 0) continue;
      all += r_.anomalies[k];
      t.row({std::to_string(r_.anomalies[k]), name(static_cast<anomaly_kind>(k))});
    }
    title("Records that no clock could use: " + (all == 0 ? "none" : std::to_string(all)));
    if (!t.empty()) out_ += t.print(2, style_.colour);
    out_ += '\n';
  }

  void rows() {
    const row_account& a = r_.rows;
    title("Rows: " + std::to_string(a.read) + " read = " + std::to_string(a.used) + " used + " +
          std::to_string(a.ignored()) + " ignored");
    table t({"ignored", "why", "first seen"}, {0});
    for (std::size_t k = 0; k < a.by_reason.size(); ++k) {
      const ignored_rows& rows = a.by_reason[k];
      if (rows.count == 0) continue;
      std::string places;
      for (const ignored_rows::place& p : rows.first) {
        places += (places.empty() ? "line " : ", ") + std::to_string(p.line);
        if (!p.found.empty()) places += " '" + p.found + "'";
      }
      if (rows.count > rows.first.size()) places += ", ...";
      t.row({std::to_string(rows.count), name(static_cast<ignored_reason>(k)), {places, paint::faint}});
    }
    if (!t.empty()) out_ += t.print(2, style_.colour);
    out_ += '\n';
  }

  void judged() {
    if (!r_.judged) return;
    const judged_table& j = *r_.judged;
    title("The source's own verdict on " + named(p_.clock_name(j.clock), p_.clock_label(j.clock)) +
          ", incidents");
    table t({"", "here met", "here missed", "here undecided"}, {1, 2, 3});
    constexpr std::string_view rows[]{"source met", "source missed", "source silent"};
    for (std::size_t s = 0; s < 3; ++s) {
      std::vector<cell> cells{rows[s]};
      for (std::size_t o = 0; o < 3; ++o) {
        const bool differs = s < 2 && o < 2 && s != o && j.counts[s][o] != 0;
        cells.push_back({std::to_string(j.counts[s][o]), differs ? paint::doubtful : paint::plain});
      }
      t.row(std::move(cells));
    }
    out_ += t.print(2, style_.colour);
    if (j.compared() == 0) {
      line("nothing was decided by both");
    } else {
      line(std::to_string(j.differing()) + " of the " + std::to_string(j.compared()) +
           " decided by both differ, " +
           percent(ratio(static_cast<std::int64_t>(j.differing()), static_cast<std::int64_t>(j.compared())),
                   1, rounding::half_even));
    }
    out_ += '\n';
  }

  const policy& p_;
  const log_review& r_;
  std::size_t worst_;
  text_style style_;
  std::string out_;
};

}  // namespace
}  // namespace detail

instant last_record(std::span<const incident> incidents) noexcept {
  std::optional<instant> last;
  const auto see = [&](instant t) { last = last ? std::max(*last, t) : t; };
  for (const incident& i : incidents) {
    see(i.facts.reported);
    for (const event& e : i.events) see(e.at);
  }
  return last.value_or(instant::unknown());
}

log_review review(const policy& p, const export_log& log, instant as_of) {
  log_review r;
  r.as_of = as_of;
  r.incidents.reserve(log.incidents.size());
  for (const incident& i : log.incidents) {
    const judged_incident& j = r.incidents.emplace_back(judge(p, i, as_of));
    for (const anomaly& a : j.anomalies) ++r.anomalies[static_cast<std::size_t>(a.kind)];
  }
  r.attainment = attained_by_severity(p, r.incidents, {instant::earliest(), instant::latest()});
  r.outcomes = count_outcomes(r.incidents);
  r.breaches = detail::breaches_of(r.incidents);
  r.rows = log.rows;
  if (log.judged_clock) r.judged = detail::compare(p, log.judged, r.incidents, *log.judged_clock);
  r.rests_on = versions_of(p);
  return r;
}

log_review review(const policy_versions& versions, std::span<const export_log> logs, instant as_of) {
  const std::span<const policy> all = versions.all();
  const policy& newest = all.back();
  if (all.size() == 1 && logs.size() == 1) return review(newest, logs[0], as_of);
  log_review r;
  r.as_of = as_of;
  std::vector<std::optional<bool>> judged;
  std::optional<clock_id> clock;
  for (std::size_t v = 0; v < logs.size() && v < all.size(); ++v) {
    const export_log& log = logs[v];
    for (const incident& i : log.incidents) {
      judged_incident& j = r.incidents.emplace_back(judge(all[v], i, as_of));
      j.by = all[v];
      for (const anomaly& a : j.anomalies) ++r.anomalies[static_cast<std::size_t>(a.kind)];
    }
    judged.insert(judged.end(), log.judged.begin(), log.judged.end());
    judged.resize(r.incidents.size());
    if (log.judged_clock) clock = newest.find_clock(all[v].clock_name(*log.judged_clock));
    r.rows += log.rows;
    const sla::versions rests = versions_of(all[v]);
    if (log.incidents.empty() && v + 1 != all.size()) continue;
    std::string& named = r.rests_on.policy.version;
    named += (named.empty() ? "" : " and ") + rests.policy.version;
    r.rests_on.policy.name = rests.policy.name;
    r.rests_on.library = rests.library;
    for (const named_version& z : rests.zones) detail::add_once(r.rests_on.zones, z);
    for (const named_version& h : rests.holidays) detail::add_once(r.rests_on.holidays, h);
  }
  r.attainment = attained_by_severity(newest, r.incidents, {instant::earliest(), instant::latest()});
  r.outcomes = count_outcomes(r.incidents);
  r.breaches = detail::breaches_of(r.incidents);
  if (clock) r.judged = detail::compare(newest, judged, r.incidents, *clock);
  return r;
}

std::string to_text(const policy& p, const log_review& r, std::size_t worst, const text_style& style) {
  return detail::review_writer(p, r, worst, style).print();
}

}  // namespace v0
}  // namespace sla
