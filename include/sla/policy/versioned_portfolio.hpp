// SPDX-License-Identifier: MIT
#pragma once

// Statements under a policy that was amended: each incident judged by the version in force when it was reported, each
// window settled by the version in force where it begins (rule C16).
//
//     sla::policy_versions versions{{of_2025, of_2026}};
//     std::vector<sla::version_records> records{...};          // one a version: the same records, in its numbers
//     sla::portfolio all = sla::draw_up(versions, records, {.last = 2026y / 1}, as_of);
//     all.statements[0].rests_on.policy.version                // "2026-01-01"
//     all.statements[0].incidents[0].by->version()             // 2025-01-01, of one reported in December
//
// Clocks, severities and service levels of two versions are the same where their names are. A promise on a clock that
// the settling version does not have is shown as judged, and counts in none of its figures.
//
// The hard question: the version of 1 July measures months and the one before it years. Both settle what begins under
// them: 2026 is settled whole by the version in force on 1 January, and July by the new one. Whoever amends a contract
// so writes down what becomes of the year; the library does not guess.

#include <algorithm>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <sla/policy/contract_windows.hpp>
#include <sla/policy/policy_versions.hpp>
#include <sla/policy/portfolio.hpp>

namespace sla {
inline namespace v0 {

/// The records in the numbers of one version. Of incidents those reported while it was in force; the rest may lack what
/// its names cannot say, as long as it settles no window of it.
struct version_records {
  std::span<const contract> contracts = {};
  std::span<const incident> incidents = {};
  std::span<const service_outage> outages = {};
  portfolio_context known = {};
};

/// The place among the versions of the one in force; of what is earlier than all, the first.
[[nodiscard]] inline std::size_t version_at(const policy_versions& versions, instant t) noexcept {
  const policy* p = versions.in_force(t);
  return p == nullptr ? 0 : static_cast<std::size_t>(p - versions.all().data());
}

/// A window and the version that settles it.
struct versioned_window {
  std::size_t version = 0;
  sla::window window;
};

namespace detail {

// The contracts of every version by their ids.
class versioned_contracts {
 public:
  explicit versioned_contracts(std::span<const version_records> records) {
    for (std::size_t v = records.size(); v-- != 0;)
      for (const contract& c : records[v].contracts) {
        const auto [at, fresh] = known_.try_emplace(c.id, records.size(), nullptr);
        if (fresh) ids_.push_back(c.id);
        if (at->second[v] == nullptr) at->second[v] = &c;
      }
  }

  /// Of all versions, those of the newest first.
  [[nodiscard]] std::span<const std::string> ids() const noexcept { return ids_; }
  /// Null where the version has none of that id.
  [[nodiscard]] const contract* find(std::size_t version, const std::string& id) const {
    const auto at = known_.find(id);
    return at == known_.end() ? nullptr : at->second[version];
  }

 private:
  std::unordered_map<std::string, std::vector<const contract*>> known_;
  std::vector<std::string> ids_;
};

// The number of a metric of another version; nothing where this one has no clock or service level of its name.
[[nodiscard]] inline std::optional<metric_id> metric_in(const policy& p, const policy& other, metric_id m) {
  const metric_kind kind = kind_of(m);
  if (has_clock(kind)) {
    const auto clock = p.find_clock(other.clock_name(clock_of(m)));
    return clock ? std::optional(number_of(kind, *clock)) : std::nullopt;
  }
  if (kind != metric_kind::service_level) return m;
  for (unsigned i = 0; !p.level_name(i).empty(); ++i)
    if (p.level_name(i) == other.level_name(clock_of(m))) return number_of(kind, static_cast<clock_id>(i));
  return std::nullopt;
}

// A settlement of another version, as the history of this one brings it.
[[nodiscard]] inline settlement renumbered(settlement s, const policy& p, const policy& other) {
  std::vector<credit_line> lines;
  for (credit_line& l : s.lines)
    if (const auto metric = metric_in(p, other, l.metric)) {
      l.metric = *metric;
      lines.push_back(std::move(l));
    }
  s.lines = std::move(lines);
  return s;
}

// Whether a window lies outside of a contract whose terms next to it the version cannot read: nothing is owed, and there
// are no names to say so in.
[[nodiscard]] inline bool is_foreign(const policy& p, const contract& c, const window& w) {
  const zone& in = zone_of(p, c);
  return outside_term(c, w, in) && parts_of(c, w, in).front().terms.tier == no_tier;
}

// What earlier windows left, each in the numbers of the version that asks.
class versioned_history {
 public:
  explicit versioned_history(const policy_versions& versions) : versions_(versions) {}

  [[nodiscard]] const settled_history* before(std::size_t version) {
    if (all_.empty()) return nullptr;
    if (version != version_) {
      version_ = version;
      history_ = {};
      for (const past& each : all_) add(each);
    }
    return &history_;
  }
  void add(const versioned_window& w, const statement& s) {
    all_.push_back({w, s.money, s.is_defined()});
    if (all_.size() == 1) version_ = w.version;
    add(all_.back());
  }

 private:
  struct past {
    versioned_window at;
    settlement money;
    bool defined;
  };
  void add(const past& each) {
    const auto all = versions_.all();
    history_.add(each.at.window.span,
                 each.at.version == version_ ? each.money
                                             : renumbered(each.money, all[version_], all[each.at.version]),
                 each.defined);
  }

  const policy_versions& versions_;
  std::vector<past> all_;
  settled_history history_;
  std::size_t version_ = 0;
};

}  // namespace detail

namespace detail {

[[nodiscard]] inline std::vector<versioned_window> settled_windows(const policy_versions& versions,
                                                                   const versioned_contracts& contracts,
                                                                   const std::string& id,
                                                                   const settled_months& months) {
  std::vector<versioned_window> all;
  for (std::size_t v = 0; v < versions.all().size(); ++v) {
    const contract* c = contracts.find(v, id);
    if (c == nullptr) continue;
    for (window& w : windows_of(versions.all()[v], *c, months.first.value_or(months.last), months.last))
      if (version_at(versions, w.span.begin) == v) all.push_back({v, std::move(w)});
  }
  if (all.empty())
    fail("no version of policy '" + versions.all().front().name() + "' settles " + month_label(months.last) +
         " of contract '" + id + "'");
  std::ranges::sort(all, [](const versioned_window& a, const versioned_window& b) {
    return a.window.span.begin != b.window.span.begin ? a.window.span.begin < b.window.span.begin
                                                      : a.version < b.version;
  });
  const versioned_window last = all.back();
  const window_kind kind = versions.all()[last.version].availability(0).window;
  if (!months.first || kind == window_kind::rolling_days) return {last};
  return all;
}

}  // namespace detail

/// The window that a month's statement settles, last, and those settled before it, each with the version in force where
/// it begins. Throws sla::error where there is none.
[[nodiscard]] inline std::vector<versioned_window> settled_windows(const policy_versions& versions,
                                                                   std::span<const version_records> records,
                                                                   const std::string& id,
                                                                   const settled_months& months) {
  if (records.size() != versions.all().size()) detail::fail("records come in the numbers of every version");
  return detail::settled_windows(versions, detail::versioned_contracts(records), id, months);
}

/// A statement a contract, and their sums, as draw_up of months. What is summed by clock and severity has the numbers of
/// the newest version.
[[nodiscard]] inline portfolio draw_up(const policy_versions& versions,
                                       std::span<const version_records> records, const settled_months& months,
                                       std::optional<instant> as_of = {}) {
  const std::span<const policy> all_versions = versions.all();
  if (records.size() != all_versions.size()) detail::fail("records come in the numbers of every version");
  const policy& newest = all_versions.back();
  if (all_versions.size() == 1)
    return draw_up(newest, records[0].contracts, months, records[0].incidents, records[0].outages, as_of,
                   records[0].known);
  const detail::versioned_contracts contracts(records);
  std::unordered_map<std::string_view, std::vector<std::pair<std::size_t, const incident*>>> incidents;
  for (std::size_t v = 0; v < records.size(); ++v)
    for (const incident& i : records[v].incidents) incidents[i.contract].emplace_back(v, &i);

  portfolio all{
      settled_windows(newest, contract{}, months.last, months.last).back(), {}, {}, {}, 0, 0, {}, {}};
  all.as_of = as_of.value_or(all.window.span.end);
  for (const std::string& id : contracts.ids()) {
    const std::vector<versioned_window> own = detail::settled_windows(versions, contracts, id, months);
    const instant at = as_of.value_or(own.back().window.span.end);
    std::vector<judged_incident> judged;
    if (const auto its = incidents.find(id); its != incidents.end())
      for (const auto& [v, i] : its->second)
        judged.emplace_back(judge(all_versions[v], *i, at)).by = all_versions[v];
    detail::span_window(all, own.back().window, at, months.last);
    detail::versioned_history before(versions);
    for (const versioned_window& w : own) {
      const version_records& r = records[w.version];
      const contract& c = *contracts.find(w.version, id);
      if (detail::is_foreign(all_versions[w.version], c, w.window)) continue;
      settle_context context = detail::context_of(r.known);
      context.judged = judged;
      context.before = before.before(w.version);
      statement s = draw_up(all_versions[w.version], c, w.window, {}, r.outages, at, context);
      if (&w == &own.back()) {
        detail::add_statement(newest, all, std::move(s));
      } else {
        before.add(w, s);
      }
    }
  }
  return all;
}

}  // namespace v0
}  // namespace sla
