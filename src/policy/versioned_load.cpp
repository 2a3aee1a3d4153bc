// SPDX-License-Identifier: MIT
#include <sla/policy/versioned_load.hpp>

#include <algorithm>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>

#include <sla/calendar/local_text.hpp>
#include <sla/policy/versioned_portfolio.hpp>

#include "policy/record_file.hpp"
#include "policy/wanted_incidents.hpp"

namespace sla {
inline namespace v0 {
namespace detail {
namespace {

// Which version each incident of a file belongs to, found by reading it under all of them.
class incident_versions {
 public:
  explicit incident_versions(const policy_versions& versions) : versions_(versions) {}

  void see(std::size_t version, const std::vector<incident>& read) {
    for (const incident& i : read) {
      if (std::ranges::none_of(i.events, [](const event& e) { return e.kind == event_kind::start; }))
        continue;
      const std::size_t at = version_at(versions_, i.facts.reported);
      // The report as the version itself reads it counts most: zones may differ.
      if (const auto [known, fresh] = all_.emplace(i.id, at); !fresh && at == version) known->second = at;
    }
  }
  [[nodiscard]] wanted_incidents of(std::size_t version) const {
    return [this, version](std::string_view id) {
      const auto at = all_.find(std::string(id));
      return version == (at == all_.end() ? versions_.all().size() - 1 : at->second);
    };
  }

 private:
  const policy_versions& versions_;
  std::unordered_map<std::string, std::size_t> all_;
};

// Problems of one file as several versions found them, each once.
class common_problems {
 public:
  common_problems(std::string name, std::string text) {
    (void)all_.add_source(std::move(name), std::move(text));
  }

  void add(const diagnostics& found) {
    for (const diagnostic& d : found.items()) {
      const bool known = std::ranges::any_of(all_.items(), [&](const diagnostic& k) {
        return k.source == 0 && d.source == 0 && k.where.offset == d.where.offset && k.code == d.code &&
               k.message == d.message;
      });
      if (known) continue;
      diagnostic copy = d;
      // A description's problems stand in its own text.
      if (d.source != 0) {
        const source_text& s = found.sources()[d.source];
        copy.source = source_of(s);
        if (copy.source == all_.sources().size()) (void)all_.add_source(s.name(), s.text());
      }
      all_.add(std::move(copy));
    }
  }
  void error(byte_span where, std::string code, std::string message) {
    all_.error(0, where, std::move(code), std::move(message));
  }
  [[nodiscard]] diagnostics take() { return std::move(all_); }

 private:
  [[nodiscard]] std::size_t source_of(const source_text& s) const {
    std::size_t i = 1;
    while (i < all_.sources().size() && all_.sources()[i].name() != s.name()) ++i;
    return i;
  }
  diagnostics all_;
};

}  // namespace
}  // namespace detail

loaded<std::vector<std::vector<incident>>> parse_incidents(const policy_versions& versions,
                                                           std::span<const std::vector<contract>> contracts,
                                                           std::string name, std::string text,
                                                           const load_limits& limits) {
  const std::span<const policy> all = versions.all();
  std::vector<std::vector<incident>> out(all.size());
  if (all.size() == 1) {
    auto only = parse_incidents(all[0], contracts[0], std::move(name), std::move(text), limits);
    diagnostics found = only.diagnostics();
    if (only) out[0] = std::move(only).value();
    return {std::move(out), std::move(found)};
  }
  detail::incident_versions of(versions);
  for (std::size_t v = 0; v < all.size(); ++v) {
    detail::problem_list ignored(name, text);
    of.see(v, detail::read_incidents(all[v], contracts[v], ignored, limits, {}));
  }
  detail::common_problems problems(name, text);
  const source_text source(name, text);
  for (std::size_t v = 0; v < all.size(); ++v) {
    detail::problem_list own(name, text);
    out[v] = detail::read_incidents(all[v], contracts[v], own, limits, of.of(v));
    for (const incident& i : out[v]) {
      if (v != 0 || i.events.empty() || versions.in_force(i.facts.reported) != nullptr) continue;
      own.error({source.offset_of(i.events.front().row, 1), i.id.size()}, "no-version",
                "incident " + detail::shown(i.id) + " was reported before " + date_text(all[0].version()) +
                    ", from when the first version of policy '" + all[0].name() + "' is in force");
    }
    problems.add(own.take());
  }
  return {std::move(out), problems.take()};
}

loaded<std::vector<export_log>> read_export(const policy_versions& versions, const source& s,
                                            std::string name, std::string text, const load_limits& limits) {
  const std::span<const policy> all = versions.all();
  std::vector<export_log> out(all.size());
  detail::incident_versions of(versions);
  for (std::size_t v = 0; v < all.size() && all.size() > 1; ++v) {
    detail::problem_list ignored(name, text);
    of.see(v, detail::read_export(all[v], s, ignored, limits, {}).incidents);
  }
  detail::common_problems problems(name, text);
  for (std::size_t v = 0; v < all.size(); ++v) {
    detail::problem_list own(name, text);
    out[v] =
        detail::read_export(all[v], s, own, limits, all.size() == 1 ? detail::wanted_incidents() : of.of(v));
    problems.add(own.take());
  }
  return {std::move(out), problems.take()};
}

}  // namespace v0
}  // namespace sla
