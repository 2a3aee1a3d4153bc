// SPDX-License-Identifier: MIT
#pragma once

// From options as their author states them to properties of clocks: moments and option sets found by name, warnings
// checked. Private to policy/compile.hpp and policy/decision_table.hpp.
//
// The hard question: a row names two option sets, and states something itself; what counts? What it states itself.
// Sets complete it; two sets that state one thing unequally are a fault, never a matter of their order.

#include <chrono>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sla/clock/event.hpp>
#include <sla/policy/clock_properties.hpp>
#include <sla/policy/compile_context.hpp>
#include <sla/policy/ready_options.hpp>

namespace sla {
inline namespace v0 {
namespace detail {

/// Where options are stated, for faults.
struct option_place {
  std::string section;
  std::size_t row = 0;
  std::string prefix = {};  // of the key: "onsite." inside a row's clock
};

class option_terms {
 public:
  explicit option_terms(compile_context& in) : in_(in) {
    for (const option_set_spec& s : ready_option_sets) sets_.emplace_back(s.name, of(s.how, {}, {"", 0}));
    for (std::size_t i = 0; i < in_.spec.option_sets.size(); ++i) {
      const option_set_spec& s = in_.spec.option_sets[i];
      const std::string name(s.name);
      if (find(s.name) != nullptr)
        in_.fault("option_set", i, "", "repeated-name",
                  find_ready_options(s.name)
                      ? "every policy has an option set '" + name + "' already: choose another name"
                      : "option set '" + name + "' is defined twice");
      clock_properties how = of(s.how, {}, {"option_set", i});
      if (how.empty())
        in_.fault("option_set", i, "", "empty-options", "option set '" + name + "' states nothing");
      sets_.emplace_back(s.name, how);
    }
  }

  /// Properties as stated at a place, completed by the option sets it names.
  [[nodiscard]] clock_properties of(const clock_options& how, std::span<const std::string_view> named,
                                    const option_place& at) {
    clock_properties out;
    if (!how.starts.empty()) out.starts = moments(how.starts, at, "starts");
    if (!how.stops.empty()) out.stops = moments(how.stops, at, "stops");
    if (!how.ends.empty()) out.ends = moments(how.ends, at, "ends");
    out.leave_open = how.leave_open;
    out.confirmation = how.confirmation;
    out.landing = how.landing;
    out.days = how.days;
    out.changing = how.changing;
    out.reopening = how.reopening;
    out.updates = how.updates;
    if (how.cut_off && (*how.cut_off < std::chrono::seconds(0) || *how.cut_off > std::chrono::hours(24)))
      in_.fault(at.section, at.row, at.prefix + "cut_off", "bad-cut-off",
                "a cut-off is a local time from 00:00 to 24:00");
    out.cut_off = how.cut_off;
    if (how.warnings) out.warnings = warnings(*how.warnings, at);
    return add_sets(out, named, at);
  }

 private:
  [[nodiscard]] const clock_properties* find(std::string_view name) const {
    for (const auto& [known, how] : sets_)
      if (known == name) return &how;
    return nullptr;
  }

  [[nodiscard]] clock_properties add_sets(clock_properties to, std::span<const std::string_view> named,
                                          const option_place& at) {
    const clock_properties own = to;
    for (std::size_t i = 0; i < named.size(); ++i) {
      const clock_properties* set = find(named[i]);
      if (set == nullptr) {
        std::vector<std::string_view> known;
        for (const auto& s : sets_) known.push_back(s.first);
        in_.fault(at.section, at.row, at.prefix + "options", "unknown-options",
                  unknown_name("option set", named[i], known), i);
        continue;
      }
      for (std::size_t k = 0; k < i; ++k) {
        const clock_properties* other = find(named[k]);
        if (other == nullptr) continue;
        // What is stated beside them counts in any case.
        clock_properties a = *set, b = *other;
        clock_properties::for_each([&](std::string_view, auto member) {
          if (own.*member) (a.*member).reset(), (b.*member).reset();
        });
        if (const auto key = a.first_difference(b); !key.empty())
          in_.fault(at.section, at.row, at.prefix + "options", "options-disagree",
                    "option sets '" + std::string(named[k]) + "' and '" + std::string(named[i]) +
                        "' state '" + std::string(key) + "' unequally: state it here, or name one of them",
                    i);
      }
      to.add(*set);
    }
    return to;
  }

  [[nodiscard]] std::size_t warnings(std::span<const warning> stated, const option_place& at) {
    constexpr std::size_t most = 32;  // a verdict has a bit for each
    const std::string key = at.prefix + "warnings";
    if (stated.size() > most)
      in_.fault(
          at.section, at.row, key, "too-many-warnings",
          "at most " + std::to_string(most) + " warnings of a clock, found " + std::to_string(stated.size()),
          most);
    for (std::size_t i = 0; i < stated.size(); ++i) {
      const warning& w = stated[i];
      if (w.at_share.has_value() == w.before_due.has_value())
        in_.fault(at.section, at.row, key, "bad-warning",
                  "a warning stands at a share of the limit or at a time before due, one of the two", i);
      else if (w.at_share && (*w.at_share <= ratio(0) || *w.at_share > ratio(1)))
        in_.fault(at.section, at.row, key, "bad-warning",
                  "a warning's share is above 0% and at most 100%, found " + no_share(*w.at_share), i);
      else if (w.before_due && w.before_due->in() == time_limit::unit::business_days)
        in_.fault(at.section, at.row, key, "bad-warning",
                  "a warning before due counts in the clock's own hours, expected hours or minutes, found '" +
                      to_string(*w.before_due) + "'",
                  i);
    }
    std::vector<warning> list(stated.begin(), stated.end());
    auto& all = in_.out->warnings;
    for (std::size_t i = 0; i < all.size(); ++i)
      if (all[i] == list) return i;
    all.push_back(std::move(list));
    return all.size() - 1;
  }

  // A moment that is not ready is the policy's own, named by being used.
  [[nodiscard]] moment_set moments(std::span<const std::string_view> names, const option_place& at,
                                   const char* key) {
    constexpr std::size_t most = moment_limit - static_cast<std::size_t>(moment::first_custom);
    moment_set set;
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (const auto ready = parse_moment(names[i])) {
        set = set | *ready;
        continue;
      }
      auto& own = in_.out->moments;
      std::size_t number = 0;
      while (number < own.size() && own[number] != names[i]) ++number;
      if (number == own.size()) {
        if (own.size() == most) {
          in_.fault(at.section, at.row, at.prefix + key, "too-many-moments",
                    "at most " + std::to_string(most) + " moments of a policy's own", i);
          return set;
        }
        own.push_back(std::string(names[i]));
        std::vector<std::string_view> ready;
        for (const moment_name& m : moment_names) ready.push_back(m.text);
        if (const std::string_view near = nearest(names[i], ready, 3); !near.empty())
          in_.warning(
              at.section, at.row, at.prefix + key, "misspelt-moment",
              "moment '" + own.back() + "' is the policy's own; did you mean '" + std::string(near) + "'?",
              i);
      }
      set = set | static_cast<moment>(static_cast<std::size_t>(moment::first_custom) + number);
    }
    return set;
  }

  compile_context& in_;
  std::vector<std::pair<std::string_view, clock_properties>> sets_;
};

}  // namespace detail
}  // namespace v0
}  // namespace sla
