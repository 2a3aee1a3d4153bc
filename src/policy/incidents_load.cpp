// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <limits>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include <sla/clock/event_order.hpp>
#include <sla/policy/contract_phases.hpp>
#include <sla/policy/records_load.hpp>

#include "policy/event_words.hpp"
#include "policy/incident_key.hpp"
#include "policy/record_cells.hpp"
#include "policy/wanted_incidents.hpp"

namespace sla {
inline namespace v0 {
namespace detail {
namespace {

// What a report or a change says of the grade; what is absent stays as it was.
struct stated_grade {
  std::size_t event = 0;
  std::optional<std::uint8_t> severity, region, category;
  std::optional<std::uint8_t> channel;  // of a report
  byte_span where;

  [[nodiscard]] bool any() const noexcept { return severity || region || category; }
  [[nodiscard]] grade over(const grade& before) const noexcept {
    return {severity.value_or(before.severity), region.value_or(before.region),
            category.value_or(before.category)};
  }
};

// An incident while its rows come in, and where they stand.
struct gathered {
  incident record;
  byte_span first_row;
  byte_span contract_cell;
  byte_span cause_cell;
  std::uint32_t first_line = 0;
  bool faulty = false;              // a row could not be read, so what is missing may stand there
  std::vector<std::size_t> latest;  // by identity: the event that counts
  std::vector<stated_grade> grades;
  std::unordered_map<std::string, std::uint64_t> ids;
};

class incident_reader {
 public:
  incident_reader(const policy& p, std::span<const contract> contracts, problem_list& problems,
                  const load_limits& limits, const wanted_incidents& wanted)
      : policy_(p),
        problems_(problems),
        wanted_(wanted),
        file_(problems, limits, columns_),
        cells_(policy_, file_) {
    for (const contract& c : contracts) {
      contracts_.emplace(c.id, &c);
      contract_ids_.push_back(c.id);
    }
    for (const auto m : moment_names) event_names_.push_back(m.text);
    for (const std::string_view name : p.moments()) event_names_.push_back(name);
    for (const auto& v : verbs) event_names_.push_back(v.first);
  }

  [[nodiscard]] std::vector<incident> run() {
    while (file_.next()) row();
    std::vector<incident> out;
    out.reserve(all_.size());
    for (gathered& g : all_) {
      finish(g);
      out.push_back(std::move(g.record));
    }
    return out;
  }

 private:
  enum column : std::size_t {
    id,
    contract_of,
    at,
    what,
    severity,
    region,
    category,
    channel,
    clock,
    reason,
    by,
    until,
    record,
    revision,
    sequence,
    root_cause,
    note
  };
  static constexpr std::array<column_spec, 17> columns_{{{"incident", true},
                                                         {"contract", true},
                                                         {"at", true},
                                                         {"event", true},
                                                         {"severity", false},
                                                         {"region", false},
                                                         {"category", false},
                                                         {"channel", false},
                                                         {"clock", false},
                                                         {"reason", false},
                                                         {"by", false},
                                                         {"until", false},
                                                         {"id", false},
                                                         {"revision", false},
                                                         {"sequence", false},
                                                         {"root_cause", false},
                                                         {"note", false}}};

  void row() {
    if (wanted_ && !wanted_(file_.text(id))) return;
    const auto name = cells_.name(id, "incident");
    const auto contract_name = cells_.name(contract_of, "contract");
    if (!name) return;
    gathered& g = incident_of(*name);
    if (contract_name) contract_row(g, *contract_name);
    if (!file_.text(root_cause).empty()) cause_row(g);
    const std::size_t before = g.record.events.size();
    g.faulty = !event_row(g) || !contract_name || g.faulty;
    if (g.record.events.size() > before) g.record.events.back().row = file_.line();
  }

  [[nodiscard]] gathered& incident_of(std::string_view name) {
    const auto [at_index, fresh] = index_.emplace(std::string(name), all_.size());
    if (fresh) {
      gathered& g = all_.emplace_back();
      g.record.id = name;
      g.record.facts.incident = keys_.of(name);
      g.first_row = file_.where(id);
      g.first_line = file_.line();
    }
    return all_[at_index->second];
  }

  void contract_row(gathered& g, std::string_view name) {
    if (g.record.contract.empty()) {
      g.record.contract = name;
      g.contract_cell = file_.where(contract_of);
    } else if (g.record.contract != name) {
      file_.error(contract_of, "two-contracts",
                  "incident " + shown(g.record.id) + " belongs to contract " + shown(g.record.contract) +
                      " on line " + std::to_string(problems_.source().place(g.contract_cell.offset).line) +
                      " and to " + shown(name) + " here");
    }
  }

  // Any row may name it, and those that do agree.
  void cause_row(gathered& g) {
    const std::string_view cause = file_.text(root_cause);
    if (g.record.root_cause.empty()) {
      g.record.root_cause = cause;
      g.cause_cell = file_.where(root_cause);
    } else if (g.record.root_cause != cause) {
      file_.error(root_cause, "two-root-causes",
                  "incident " + shown(g.record.id) + " has the root cause " + shown(g.record.root_cause) +
                      " on " + line_of(problems_.source(), g.cause_cell) + " and " + shown(cause) + " here");
    }
  }

  // Appends the row's event. False where anything of the row could not be read.
  [[nodiscard]] bool event_row(gathered& g) {
    good_ = true;
    event e;
    const auto time = cells_.time(at);
    if (time) e.at = *time;
    good_ = time.has_value();
    const std::string_view word = file_.text(what);
    const auto m = policy_.find_moment(word);
    const auto v = look_up(verbs, word);
    if (!m && !v) {
      file_.error(what, "unknown-event", unknown_name("event", shortened(word), event_names_));
      return false;
    }
    if (m) {
      e.kind = kind_of(*m);
      e.what = *m;
    }
    stated_.reset();
    used_ = {};
    used_[by] = true;
    if (!file_.text(by).empty()) take(e.agreed_by, by, "party", parse_party(file_.text(by)), parties());
    if (m == moment::reported) {
      grade_of(g);
      channel_of(*stated_);
    }
    if (v) verb_of(g, e, *v);
    identity(g, e);
    unused(word);
    if (good_ && stated_) g.grades.push_back(*stated_);
    if (good_) g.record.events.push_back(e);
    return good_;
  }

  template <class T>
  void take(T& to, std::size_t cell, std::string_view kind, std::optional<T> found,
            const std::vector<std::string_view>& names) {
    used_[cell] = true;
    const auto value = cells_.known(cell, kind, found, names);
    good_ = good_ && value;
    if (value) to = *value;
  }

  void grade_of(gathered& g) {
    stated_grade stated;
    stated.event = g.record.events.size();
    stated.where = file_.where(severity);
    const auto read = [&](std::size_t c, auto reader, std::optional<std::uint8_t>& to) {
      used_[c] = true;
      if (file_.text(c).empty()) return;
      to = (cells_.*reader)(c);
      good_ = good_ && to;
    };
    read(severity, &cells::severity, stated.severity);
    read(region, &cells::region, stated.region);
    read(category, &cells::category, stated.category);
    stated_ = stated;
  }

  void channel_of(stated_grade& to) {
    used_[channel] = true;
    if (file_.text(channel).empty()) return;
    to.channel = cells_.channel(channel);
    good_ = good_ && to.channel;
  }

  void verb_of(gathered& g, event& e, verb v) {
    const std::string_view why = file_.text(reason);
    switch (v) {
      case verb::pause:
      case verb::resume:
        e.kind = v == verb::pause ? event_kind::pause : event_kind::resume;
        if (v == verb::pause || !why.empty())
          take(e.reason, reason, "reason", policy_.find_reason(why), policy_.reasons());
        return;
      case verb::changed: {
        e.kind = event_kind::change;
        take(e.why, reason, "reason", look_up(change_causes, why), names_in(change_causes));
        grade_of(g);
        if (good_ && !stated_->any()) {
          file_.error(what, "empty-change",
                      "a change states the new severity, region or category, found none");
          good_ = false;
        }
        return;
      }
      case verb::reopened: e.kind = event_kind::reopen; break;
      case verb::rejected: e.kind = event_kind::reject; break;
      case verb::cancelled:
        e.kind = event_kind::cancel;
        used_[reason] = true;
        if (!why.empty())
          take(e.cancelled, reason, "reason", look_up(cancel_causes, why), names_in(cancel_causes));
        return;
      case verb::extended:
        e.kind = event_kind::extend;
        extension(e);
        clock_cell(e);
        break;
      case verb::waived:
        e.kind = event_kind::waive;
        clock_cell(e);
        break;
      case verb::retracted:
        e.retracted = true;
        if (file_.text(record).empty()) {
          file_.error(record, "retraction-without-id",
                      "a retraction names the id of the row it takes back, found nothing");
          good_ = false;
        }
        break;
    }
    used_[reason] = true;  // free text
  }

  void clock_cell(event& e) {
    used_[clock] = true;
    if (!file_.text(clock).empty())
      take(e.clock, clock, "clock", policy_.find_clock(file_.text(clock)), policy_.clocks());
  }

  // "4h" is added, a time is the new date.
  void extension(event& e) {
    used_[until] = true;
    const std::string_view text = file_.text(until);
    if (const auto limit = parse_time_limit(text)) {
      e.by = *limit;
      return;
    }
    const parsed_time t = parse_time(text, policy_.home());
    e.until = t.at;
    if (t) return;
    good_ = false;
    file_.error(
        until, code_of(t.problem),
        t.problem == time_problem::malformed
            ? "expected a time such as '2026-10-12 09:00' or a limit such as '4h', found " + shown(text)
            : describe(t, text, policy_.home()));
  }

  void identity(gathered& g, event& e) {
    used_[record] = used_[revision] = used_[sequence] = used_[note] = true;
    const auto order = cells_.number<std::int64_t>(sequence, std::numeric_limits<std::int64_t>::min(), 0);
    const auto version = cells_.number<std::uint32_t>(revision, 0, 0);
    good_ = good_ && order && version;
    e.sequence = order.value_or(0);
    e.revision = version.value_or(0);
    const std::string_view text = file_.text(record);
    if (!text.empty()) e.id = g.ids.emplace(std::string(text), g.ids.size() + 1).first->second;
    if (text.empty() && !file_.text(revision).empty()) {
      file_.error(revision, "revision-without-id", "a revision needs the id of the row it replaces");
      good_ = false;
    }
  }

  // A value that nothing reads is a misunderstanding.
  void unused(std::string_view word) {
    for (const std::size_t c : {severity, region, category, channel, clock, reason, until}) {
      if (used_[c] || file_.text(c).empty()) continue;
      file_.error(c, "unused-cell",
                  "'" + std::string(word) + "' takes no " + std::string(columns_[c].name) + ", found " +
                      shown(file_.text(c)));
      good_ = false;
    }
  }

  [[nodiscard]] static std::vector<std::string_view> parties() {
    return {party_names.begin(), party_names.end()};
  }

  // --- an incident as a whole -------------------------------------------------------------------------------------

  void finish(gathered& g) {
    const contract* c = nullptr;
    if (!g.record.contract.empty()) {
      const auto found = contracts_.find(g.record.contract);
      if (found != contracts_.end()) {
        c = found->second;
      } else {
        problems_.error(
            g.contract_cell, "unknown-contract",
            "unknown contract " + shown(g.record.contract) + suggest_(g.record.contract, contract_ids_));
      }
    }
    identities(g);
    report(g, c);
  }

  // A retraction without a revision of its own takes back whatever there is. Then finds, of the rows with one id,
  // the one that counts.
  void identities(gathered& g) {
    auto& events = g.record.events;
    constexpr std::size_t none = std::numeric_limits<std::size_t>::max();
    std::vector<std::optional<std::uint32_t>> revisions(g.ids.size() + 1);
    for (const event& e : events)
      if (!e.retracted) revisions[e.id] = std::max(revisions[e.id].value_or(0), e.revision);
    g.latest.assign(g.ids.size() + 1, none);
    for (std::size_t i = 0; i < events.size(); ++i) {
      event& e = events[i];
      if (e.id == 0) continue;
      if (e.retracted) e.revision = std::max(e.revision, revisions[e.id].value_or(0));
      if (e.retracted && !revisions[e.id] && !g.faulty)
        problems_.error(g.first_row, "nothing-to-retract",
                        "line " + std::to_string(e.row) + " takes back a row of incident " +
                            shown(g.record.id) + ", and no other row has its id");
      std::size_t& best = g.latest[e.id];
      if (best == none || supersedes(e, events[best])) best = i;
    }
  }

  // Whether a row counts: it is no retraction, and nothing replaces it.
  [[nodiscard]] static bool counts(const gathered& g, std::size_t row) {
    const event& e = g.record.events[row];
    return !e.retracted && (e.id == 0 || g.latest[e.id] == row);
  }

  void report(gathered& g, const contract* c) {
    auto& events = g.record.events;
    const auto before = [&](const stated_grade& a, const stated_grade& b) {
      return event_before(events[a.event], events[b.event]);
    };
    std::ranges::sort(g.grades, before);
    const auto first = std::ranges::find_if(g.grades, [&](const stated_grade& s) {
      return events[s.event].kind == event_kind::start && counts(g, s.event);
    });
    if (first == g.grades.end()) {
      if (!g.faulty)
        problems_.error(g.first_row, "no-report",
                        "incident " + shown(g.record.id) + " has no row with the event 'reported'");
      return;
    }
    facts& f = g.record.facts;
    f.reported = events[first->event].at;
    // The terms are those in force at the report (rule C16).
    const contract* terms = c == nullptr ? nullptr : &terms_at(*c, f.reported, zone_of(policy_, *c));
    if (terms != nullptr && terms->tier == no_tier)
      problems_.error(g.contract_cell, "no-terms",
                      "incident " + shown(g.record.id) + " was reported when contract " + shown(c->id) +
                          " has no terms that this version of policy '" + policy_.name() + "' can read");
    else if (terms != nullptr)
      f.tier = terms->tier;
    if (!first->severity)
      problems_.error(first->where, "no-severity",
                      "the first report of incident " + shown(g.record.id) +
                          " states no severity, expected one of " + list(policy_.severities()));
    if (!first->category && !policy_.categories().empty())
      problems_.error(first->where, "no-category",
                      "the first report of incident " + shown(g.record.id) +
                          " states no category, expected one of " + list(policy_.categories()));
    // The first report starts the clocks, by the channel it came on.
    if (!first->channel && !policy_.channels().empty())
      problems_.error(first->where, "no-channel",
                      "the first report of incident " + shown(g.record.id) +
                          " states no channel, expected one of " + list(policy_.channels()));
    f.channel = first->channel.value_or(0);
    f.at_report = first->over({0, terms != nullptr ? terms->region : std::uint8_t{0}, 0});
    grade now = f.at_report;
    for (const stated_grade& s : g.grades) {
      event& e = events[s.event];
      if (e.kind != event_kind::change) continue;
      e.to = s.over(now);
      if (counts(g, s.event)) now = e.to;
    }
  }

  const policy& policy_;
  problem_list& problems_;
  const wanted_incidents& wanted_;
  record_file file_;
  cells cells_;
  std::unordered_map<std::string_view, const contract*> contracts_;
  std::vector<std::string_view> contract_ids_;
  std::vector<std::string_view> event_names_;
  std::vector<gathered> all_;
  std::unordered_map<std::string, std::size_t> index_;
  incident_keys keys_;
  suggestions suggest_;
  std::array<bool, columns_.size()> used_{};
  std::optional<stated_grade> stated_;
  bool good_ = true;
};

}  // namespace

std::vector<incident> read_incidents(const policy& p, std::span<const contract> contracts,
                                     problem_list& problems, const load_limits& limits,
                                     const wanted_incidents& wanted) {
  return incident_reader(p, contracts, problems, limits, wanted).run();
}

}  // namespace detail

loaded<std::vector<incident>> parse_incidents(const policy& p, std::span<const contract> contracts,
                                              std::string name, std::string text, const load_limits& limits) {
  detail::problem_list problems(std::move(name), std::move(text));
  auto out = detail::read_incidents(p, contracts, problems, limits, {});
  return {std::move(out), problems.take()};
}

}  // namespace v0
}  // namespace sla
