// SPDX-License-Identifier: MIT
#include "versions.hpp"

#include <algorithm>
#include <chrono>
#include <string_view>
#include <utility>

#include <sla/base/error.hpp>
#include <sla/policy/records_load.hpp>

namespace tool {

void add_policies_option(CLI::App& command, std::vector<std::string>& paths) {
  command.add_option("--policy", paths, "the policy (TOML); its versions, where it is given again")
      ->required()
      ->option_text("FILE")
      ->allow_extra_args(false);
}

std::optional<sla::policy_versions> read_policies(const std::vector<std::string>& paths,
                                                  sla::diagnostics& found) {
  std::vector<sla::policy> all;
  for (const std::string& path : paths) {
    auto policy = read_policy(path);
    found.append(policy.diagnostics());
    if (policy) all.push_back(std::move(policy).value());
  }
  if (all.size() != paths.size()) return std::nullopt;
  try {
    return sla::policy_versions(std::move(all));
  } catch (const sla::error& e) {
    std::string names;
    for (const std::string& path : paths) names += (names.empty() ? "" : " ") + path;
    const std::size_t source = found.add_source("--policy", names);
    for (std::string_view rest = e.what(); !rest.empty();) {
      const std::string_view line = rest.substr(0, rest.find('\n'));
      found.error(source, {0, names.size()}, "versions", std::string(line));
      rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    }
    return std::nullopt;
  }
}

void append_new(sla::diagnostics& found, const sla::diagnostics& more) {
  std::vector<std::optional<std::size_t>> placed(more.sources().size());  // of its texts, there
  for (const sla::diagnostic& d : more.items()) {
    const sla::source_text& source = more.sources()[d.source];
    if (!placed[d.source]) {
      const auto at = std::ranges::find_if(found.sources(), [&](const sla::source_text& s) {
        return s.name() == source.name() && s.text() == source.text();
      });
      placed[d.source] = static_cast<std::size_t>(at - found.sources().begin());
      if (at == found.sources().end()) placed[d.source] = found.add_source(source.name(), source.text());
    }
    const bool known = std::ranges::any_of(found.items(), [&](const sla::diagnostic& k) {
      return k.source == placed[d.source] && k.where.offset == d.where.offset && k.code == d.code &&
             k.message == d.message;
    });
    if (known) continue;
    sla::diagnostic fresh = d;
    fresh.source = *placed[d.source];
    found.add(std::move(fresh));
  }
}

namespace {

// Which versions settle a window of the months: those in force where one begins, on the policy's grid or a contract's.
std::vector<bool> settling(const sla::policy_versions& versions, const sla::settled_months& months,
                           const std::vector<std::vector<sla::contract>>& contracts) {
  const std::span<const sla::policy> all = versions.all();
  std::vector<bool> out(all.size(), all.size() == 1);
  std::vector<sla::contract> grids(1);
  for (const std::vector<sla::contract>& of : contracts)
    for (const sla::contract& c : of) {
      const auto known = std::ranges::find_if(grids, [&](const sla::contract& g) {
        return g.from == c.from && g.zone.has_value() == c.zone.has_value() &&
               (!c.zone || c.zone->name() == g.zone->name());
      });
      if (known == grids.end()) grids.push_back({.from = c.from, .zone = c.zone});
    }
  for (std::size_t v = 0; v < all.size() && all.size() > 1; ++v)
    for (const sla::contract& c : grids)
      for (const sla::window& w : sla::windows_of(all[v], c, months.first.value_or(months.last), months.last))
        if (sla::version_at(versions, w.span.begin) == v) out[v] = true;
  return out;
}

// The dates whose terms a version needs: while it is in force, and on to where the windows end that it began.
sla::terms_wanted wanted_by(const sla::policy_versions& versions, std::size_t v) {
  const std::span<const sla::policy> all = versions.all();
  sla::terms_wanted out;
  constexpr std::chrono::days day(1);
  if (v != 0) out.first = std::chrono::sys_days(all[v].version());
  if (v + 1 == all.size()) return out;
  const std::chrono::year_month_day next = all[v + 1].version();
  out.last = std::chrono::sys_days(next) - day;
  for (std::size_t tier = 0; tier < all[v].tier_count(); ++tier) {
    const sla::window_terms& terms = all[v].availability(tier).windows;
    const auto month = next.year() / next.month();
    for (const sla::window& w : sla::windows_of(all[v], tier, month, month))
      if (w.is_known() && all[v].home().date_at(w.span.begin) < std::chrono::sys_days(next))
        out.last = std::max(out.last, all[v].home().date_at(w.span.end) - day);
    // Those that begin with a contract lie anywhere.
    if (terms.from_contract)
      out.last = std::max(out.last, std::chrono::sys_days(next) +
                                        std::chrono::ceil<std::chrono::days>(sla::usual_length(terms.rule)));
  }
  return out;
}

}  // namespace

judged_files read_contracts(const sla::policy_versions& versions,
                            const std::optional<sla::settled_months>& months,
                            const std::optional<named_text>& contracts,
                            const std::optional<named_text>& incidents, sla::diagnostics& found) {
  judged_files out;
  const std::size_t n = versions.all().size();
  out.contracts.resize(n);
  out.incidents.resize(n);
  out.settles.assign(n, n == 1);
  std::vector<sla::diagnostics> unread(n);
  for (std::size_t v = 0; contracts && v < n; ++v) {
    auto loaded = sla::parse_contracts(versions.all()[v], contracts->name, std::string(contracts->text), {},
                                       wanted_by(versions, v));
    unread[v] = loaded.diagnostics();
    if (loaded) out.contracts[v] = std::move(loaded).value();
  }
  if (months) out.settles = settling(versions, *months, out.contracts);
  out.sound = contracts.has_value();
  for (std::size_t v = 0; v < n; ++v) {
    if (!out.settles[v]) continue;
    append_new(found, unread[v]);
    out.sound = out.sound && !unread[v].has_errors();
  }
  // Without contracts every incident would be one of an unknown contract: the first cause is enough.
  if (!incidents || !out.sound) return out;
  auto records = sla::parse_incidents(versions, out.contracts, incidents->name, std::string(incidents->text));
  for (std::size_t v = 0; v < unread.size(); ++v)
    if (!out.settles[v] && !records) append_new(found, unread[v]);
  found.append(records.diagnostics());
  if (records) out.incidents = std::move(records).value();
  return out;
}

}  // namespace tool
