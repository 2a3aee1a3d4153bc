// SPDX-License-Identifier: MIT
#include "policy/export_names.hpp"

#include <vector>

#include <sla/policy/compile.hpp>

#include "policy/record_file.hpp"

namespace sla {
inline namespace v0 {
namespace detail {
namespace {

class resolver {
 public:
  resolver(const policy& p, problem_list& problems) : policy_(p), problems_(problems) {}

  template <class T>
  [[nodiscard]] std::optional<T> known(std::string_view kind, const source_word& word, std::optional<T> found,
                                       const std::vector<std::string_view>& names) {
    if (!found)
      problems_.error(word.where, "unknown-" + std::string(kind),
                      unknown_name(kind, shortened(word.text), names));
    return found;
  }

  // `find` is a member of policy that answers a number for a name.
  template <class Find>
  [[nodiscard]] name_numbers numbers(std::string_view kind, const source_name& in, Find find,
                                     const std::vector<std::string_view>& names) {
    name_numbers out;
    const auto number = [&](const source_word& w) { return known(kind, w, (policy_.*find)(w.text), names); };
    if (!in.always.text.empty()) out.always = number(in.always);
    for (const auto& [theirs, ours] : in.words)
      if (const auto n = number(ours)) out.words.emplace(theirs, *n);
    if (!in.column.text.empty() && in.words.empty())
      for (const std::string_view n : names) out.words.emplace(n, *(policy_.*find)(n));
    const bool stated = !in.always.text.empty() || !in.column.text.empty();
    if (names.empty() && !in.column.text.empty())
      problems_.error(in.column.where, "unknown-" + std::string(kind),
                      "policy '" + policy_.name() + "' has nothing of the kind " + std::string(kind));
    if (!names.empty() && !stated)
      problems_.error({0, 0}, "missing-key",
                      "expected " + std::string(kind) + " or its column: policy '" + policy_.name() +
                          "' has " + list(names));
    if (names.empty() && !stated) out.always = 0;
    return out;
  }

 private:
  const policy& policy_;
  problem_list& problems_;
};

}  // namespace

export_names::export_names(const policy& p, const source& s, problem_list& problems) {
  resolver r(p, problems);
  severity = r.numbers("severity", s.severity, &policy::find_severity, p.severities());
  tier = r.numbers("tier", s.tier, &policy::find_tier, p.tiers());
  region = r.numbers("region", s.region, &policy::find_region, p.regions());
  category = r.numbers("category", s.category, &policy::find_category, p.categories());
  channel = r.numbers("channel", s.channel, &policy::find_channel, p.channels());
  std::vector<std::string_view> moments;
  for (const auto& m : moment_names) moments.push_back(m.text);
  for (const std::string_view own : p.moments()) moments.push_back(own);
  for (const auto& [word, state] : s.states) {
    state_effect e;
    e.closes = state.closes;
    if (!state.moment.text.empty())
      e.reaches = r.known("moment", state.moment, p.find_moment(state.moment.text), moments);
    if (!state.pause.text.empty())
      e.pauses = r.known("reason", state.pause, p.find_reason(state.pause.text), p.reasons());
    states.emplace(word, e);
  }
  if (!s.judged_clock.text.empty())
    judged_clock = r.known("clock", s.judged_clock, p.find_clock(s.judged_clock.text), p.clocks());
}

}  // namespace detail
}  // namespace v0
}  // namespace sla
