// SPDX-License-Identifier: MIT
#include <sla/policy/policy_load.hpp>

#include <algorithm>
#include <deque>
#include <filesystem>
#include <memory>
#include <set>
#include <utility>

#include <sla/policy/compile.hpp>
#include <sla/policy/lint.hpp>
#include <sla/policy/records_load.hpp>

#include "policy/policy_availability.hpp"
#include "policy/policy_calendars.hpp"
#include "policy/policy_files.hpp"
#include "policy/policy_money.hpp"
#include "policy/policy_words.hpp"
#include "policy/record_file.hpp"
#include "policy/toml_table.hpp"

namespace sla {
inline namespace v0 {
namespace detail {
namespace {

// Every name list of a policy, and what a message calls one of them.
struct name_list {
  std::string_view key;
  std::string_view one;
  std::span<const std::string_view> policy_spec::* to;
};
constexpr std::array<name_list, 6> name_lists{{{"severities", "severity", &policy_spec::severities},
                                               {"tiers", "tier", &policy_spec::tiers},
                                               {"regions", "region", &policy_spec::regions},
                                               {"categories", "category", &policy_spec::categories},
                                               {"channels", "channel", &policy_spec::channels},
                                               {"causes", "cause", &policy_spec::causes}}};

class policy_reader {
 public:
  policy_reader(problem_list& problems, std::string folder)
      : problems_(problems), files_(problems, std::move(folder)) {}

  /// With `lints`, a sound policy's findings are told, too.
  [[nodiscard]] std::optional<policy> run(bool lints) {
    if (!files_.read(root_)) return std::nullopt;
    // What the file as a whole lacks is said at its beginning.
    toml_table in(problems_, root_, {0, 0}, places_, "", 0);
    (void)in.get("include");  // read with the files
    allowances(in);           // first: they silence what is told from here on
    header(in);
    labels(in);
    const toml_value* named_clocks = in.get("clock", toml_kind::table);
    extensions(in);
    calendars(in);
    option_sets(in);
    targets(in, named_clocks);
    if (named_clocks != nullptr) clocks(*named_clocks);
    pauses(in);
    availability_reader& promises = promises_.emplace(problems_, places_);
    availability_ = promises.availability(in);
    service_levels_ = promises.service_levels(in);
    money_reader& money = money_.emplace(problems_, places_, spec_.in);
    credits_ = money.credits(in);
    caps_ = money.caps(in);
    money.compensation(in, spec_);
    in.finish();
    spec_.availability = availability_;
    spec_.service_levels = service_levels_;
    spec_.credits = credits_;
    spec_.caps = caps_;

    std::vector<spec_fault> faults;
    auto made = policy::compile(spec_, faults);
    for (const spec_fault& f : faults) place(f);
    if (lints && made && !problems_.has_errors()) {
      for (const spec_fault& f : sla::lint(spec_, *made)) place(f);
      allowed_in_vain();
    }
    return problems_.has_errors() ? std::nullopt : std::move(made);
  }
  /// What was read; it points into the reader.
  [[nodiscard]] const policy_spec& spec() const noexcept { return spec_; }

 private:
  void header(toml_table& in) {
    if (in.require("policy", "\"shanghai-local\"")) spec_.name = in.text_or("policy");
    if (in.require("version", "2026-01-01, the date it is in force from"))
      spec_.version = in.date("version").value_or(std::chrono::year_month_day{});
    if (in.require("zone", "\"Asia/Shanghai\"")) {
      if (auto home = zones_.find(in, "zone")) spec_.home = *std::move(home);
    }
    if (in.require("currency", "\"CNY\"")) {
      const std::string_view code = in.text_or("currency");
      std::vector<std::string_view> known;
      for (const currency& c : known_currencies) known.push_back(c.code());
      if (const auto found = parse_currency(code)) {
        spec_.in = *found;
      } else if (const toml_value* v = in.get("currency"); v->kind == toml_kind::text) {
        in.not_among("currency", *v, known);
      }
    }
    for (const name_list& list : name_lists)
      if (auto names = in.texts(list.key)) spec_.*list.to = texts_.emplace_back(*std::move(names));
  }

  void labels(toml_table& in) {
    const toml_value* all = in.get("label", toml_kind::table);
    if (all == nullptr) return;
    for (const toml_member& m : all->members) {
      if (m.value.kind != toml_kind::text) {
        problems_.error(m.value.where, "wrong-type",
                        "expected the label of " + shown(m.key) + " to be a text, found " +
                            std::string(name(m.value.kind)));
        continue;
      }
      places_.add("label", labels_.size(), "", 0, m.where);
      labels_.push_back({m.key, m.value.text});
    }
    spec_.labels = labels_;
  }

  void extensions(toml_table& in) {
    const toml_value* all = in.get("tier", toml_kind::table);
    if (all == nullptr) return;
    named(*all, "tier", [&](const std::string& key, toml_table& of) {
      if (of.require("extends", "\"basic\"")) extensions_.push_back({key, of.text_or("extends")});
    });
    spec_.extensions = extensions_;
  }

  void option_sets(toml_table& in) {
    spec_.options = names(in, "options");
    const toml_value* all = in.get("option_set", toml_kind::table);
    if (all == nullptr) return;
    named(*all, "option_set", [&](const std::string& key, toml_table& of) {
      option_sets_.push_back({key, options(of, "option_set", option_sets_.size(), "")});
    });
    spec_.option_sets = option_sets_;
  }

  void calendars(toml_table& in) {
    const toml_value* all = in.get("calendar", toml_kind::table);
    if (all == nullptr) return;
    calendars_ = calendar_reader{problems_, places_, zones_, files_, spec_.home, spec_.version}.read(*all);
    spec_.calendars = calendars_;
  }

  void targets(toml_table& in, const toml_value* named_clocks) {
    std::vector<std::string_view> clock_names;
    for (const ready_clock& c : ready_clocks) clock_names.push_back(c.name);
    if (named_clocks != nullptr)
      for (const toml_member& m : named_clocks->members)
        if (!find_ready_clock(m.key)) clock_names.push_back(m.key);
    const std::set<std::string_view> known(clock_names.begin(), clock_names.end());
    const auto is_clock = [&](std::string_view key) { return known.contains(key); };
    for (const toml_value* row : in.tables("target")) {
      toml_table t(problems_, *row, row->where, places_, "target", targets_.size());
      target_spec& out = targets_.emplace_back();
      out.clause = t.text_or("clause");
      out.severity = t.text_or("severity");
      out.tier = t.text_or("tier");
      out.region = t.text_or("region");
      out.category = t.text_or("category");
      out.channel = t.text_or("channel");
      out.calendar = t.text_or("calendar");
      auto& limits = limits_.emplace_back();
      bool any = false;
      for (const toml_member& m : row->members) {
        if (!is_clock(m.key)) continue;
        any = true;
        clock_of_row(t, m, limits, targets_.size() - 1);
      }
      const std::size_t errors = problems_.errors();
      t.finish(clock_names, is_clock);
      // A row whose only limit could not be read is no empty row.
      if ((any && limits.empty()) || problems_.errors() != errors) t.spoil("");
      out.limits = limits;
    }
    spec_.targets = targets_;
  }

  // response = "10min", response = "unquantified", or a table that says more of the clock in this row.
  void clock_of_row(toml_table& t, const toml_member& m, std::vector<limit_spec>& limits, std::size_t row) {
    constexpr std::string_view without_number = "unquantified";
    const toml_value* v = t.get(m.key);
    if (v->kind == toml_kind::text && v->text == without_number) {
      limits.push_back({.clock = m.key, .unquantified = true});
    } else if (v->kind != toml_kind::table) {
      if (const auto limit = t.limit(m.key)) limits.push_back({.clock = m.key, .limit = *limit});
    } else {
      const std::size_t errors = problems_.errors();
      toml_table of(problems_, *v, v->where, places_, "target", row, m.key + ".");
      limit_spec& out = limits.emplace_back();
      out.clock = m.key;
      const toml_value* within = of.get("within");
      if (within != nullptr && within->kind == toml_kind::text && within->text == without_number)
        out.unquantified = true;
      else
        out.limit = of.limit("within");
      out.calendar = of.text_or("calendar");
      out.options = names(of, "options");
      out.how = options(of, "target", row, m.key + ".");
      of.finish();
      if (problems_.errors() != errors) t.spoil(m.key);
    }
  }

  // How a clock runs: of a clock, of a row's clock, of an option set.
  [[nodiscard]] clock_options options(toml_table& in, const std::string& section, std::size_t row,
                                      const std::string& prefix) {
    clock_options out;
    out.starts = moments(in, "starts", "the moments at which a clock starts, such as [\"reported\"]");
    out.stops = moments(in, "stops", "the moments at which a clock stops, such as [\"resolved\"]");
    out.ends = moments(in, "ends", "what ends a clock that begins again, such as [\"resolved\"]");
    if (in.get("leave_open") != nullptr) out.leave_open = in.flag("leave_open", false);
    out.confirmation = confirmation(in);
    out.landing = in.choice("due", landings);
    out.days = days(in);
    out.changing = in.choice("change", changings);
    out.reopening = in.choice("reopen", reopenings);
    out.updates = in.choice("updates", update_orders);
    out.cut_off = in.time_of_day("cut_off");
    if (in.get("warnings") != nullptr) out.warnings = warnings(in, section, row, prefix);
    return out;
  }

  // "24h", or "none" where a less specific row asks for one.
  [[nodiscard]] static std::optional<time_limit> confirmation(toml_table& in) {
    const toml_value* v = in.get("confirmation");
    if (v != nullptr && v->kind == toml_kind::text && v->text == "none") return time_limit{};
    return in.limit("confirmation");
  }

  // "closing", "same time", or a local time of day.
  [[nodiscard]] static std::optional<business_day_rule> days(toml_table& in) {
    const toml_value* v = in.get("days");
    if (v != nullptr && v->kind == toml_kind::text) {
      if (v->text == "closing") return business_day_rule::closing();
      if (v->text == "same time") return business_day_rule::same_time();
    }
    const auto at = in.time_of_day("days", "\"closing\", \"same time\" or ");
    return at ? std::optional(business_day_rule::at(*at)) : std::nullopt;
  }

  // An empty list would be taken for one that is not there: it takes no moment from whoever else states some.
  [[nodiscard]] std::span<const std::string_view> moments(toml_table& in, std::string_view key,
                                                          const std::string& expected) {
    const toml_value* v = in.get(key);
    if (v == nullptr || v->kind != toml_kind::list || !v->items.empty()) return names(in, key);
    in.error(key, key == "ends" ? "no-end" : "no-moments", "expected " + expected + ", found an empty list");
    in.spoil("");  // not to be told that it states none
    return {};
  }

  [[nodiscard]] std::span<const std::string_view> names(toml_table& in, std::string_view key) {
    auto found = in.texts(key);
    if (!found) return {};
    return texts_.emplace_back(*std::move(found));
  }

  // Rows of [clock.NAME] and [pause.NAME].
  template <class Each>
  void named(const toml_value& all, const std::string& section, Each each) {
    std::size_t row = 0;
    for (const toml_member& m : all.members) {
      if (m.value.kind != toml_kind::table) {
        problems_.error(m.value.where, "wrong-type",
                        "expected " + section + " " + shown(m.key) + " to be a table, found " +
                            std::string(name(m.value.kind)));
        continue;
      }
      toml_table in(problems_, m.value, m.where, places_, section, row++);
      each(m.key, in);
      in.finish();
    }
  }

  void clocks(const toml_value& all) {
    named(all, "clock", [&](const std::string& key, toml_table& in) {
      clock_spec& out = clocks_.emplace_back();
      out.name = key;
      out.label = in.text_or("label");
      out.options = names(in, "options");
      out.how = options(in, "clock", clocks_.size() - 1, "");
    });
    spec_.clocks = clocks_;
  }

  [[nodiscard]] std::span<const warning> warnings(toml_table& in, const std::string& section, std::size_t at,
                                                  const std::string& prefix) {
    auto& out = warnings_.emplace_back();
    for (const toml_value* row : in.tables("warnings")) {
      places_.add(section, at, prefix + "warnings", out.size(), row->where);
      const std::size_t errors = problems_.errors();
      toml_table of(problems_, *row, row->where);
      warning& w = out.emplace_back();
      w.at_share = of.rate("at");
      w.before_due = of.limit("before");
      w.level = static_cast<std::uint8_t>(of.integer("level", 0, 255).value_or(0));
      of.finish();
      if (problems_.errors() != errors) in.spoil("warnings", out.size() - 1);
    }
    return out;
  }

  void pauses(toml_table& in) {
    const toml_value* all = in.get("pause", toml_kind::table);
    if (all == nullptr) return;
    named(*all, "pause", [&](const std::string& key, toml_table& of) {
      pause_spec& out = pauses_.emplace_back();
      out.name = key;
      out.label = of.text_or("label");
      if (of.require("party", "\"customer\"")) out.by = of.choice("party", parties).value_or(party::nobody);
      out.stops = names(of, "stops");
      out.cap = of.limit("cap");
    });
    spec_.pauses = pauses_;
  }

  void allowances(toml_table& in) {
    for (const toml_value* row : in.tables("allow")) {
      toml_table t(problems_, *row, row->where, places_, "allow", allowed_.size());
      allowance_spec& out = allowed_.emplace_back();
      if (t.require("lint", "\"L012\"")) out.lint = t.text_or("lint");
      if (t.require("reason", "\"the carrier is the customer's own\"")) out.reason = t.text_or("reason");
      t.finish();
      if (is_warning_rule(out.lint) && !out.reason.empty()) problems_.allow(out.lint);
    }
    spec_.allow = allowed_;
  }
  // Of the warnings that loading finds; lint knows of the others.
  void allowed_in_vain() {
    for (std::size_t i = 0; i < allowed_.size(); ++i)
      if (is_warning_rule(allowed_[i].lint) && !problems_.passed_over(allowed_[i].lint))
        place({gravity::warning, "allow", i, "lint", 0, "L000",
               std::string(allowed_[i].lint) + " is allowed and was not found"});
  }

  // A fault of the compiler at its place, unless it only repeats what reading said.
  void place(const spec_fault& f) {
    if (places_.is_broken(f.section, f.row, f.key) || places_.is_broken(f.section, f.row, f.key, f.item))
      return;
    for (const name_list& list : name_lists)
      if (f.code == "unknown-" + std::string(list.one) && places_.is_broken("", 0, std::string(list.key)))
        return;
    if (f.section == "pause" && f.key == "cap" && places_.is_broken("pause", f.row, "party")) return;
    if (f.section == "calendar") {
      // Where the hours were read, this was said at the very closing.
      if (f.code == "closing-before-midnight") return;
      // Years before the policy is in force are covered by default, and nobody asked for their holidays.
      if (f.code == "holidays-begin-later" && f.row < calendars_.size() &&
          !places_.has("calendar", f.row, "cover") &&
          calendars_[f.row].calendar.holidays.set.known_from() <= std::chrono::sys_days(spec_.version))
        return;
    }
    std::string key = f.key, message = f.message;
    if (f.other) message += beside(f);
    // Only a file leaves the years that a calendar covers to us.
    if (f.code == "holidays-begin-later" && f.row < calendars_.size()) {
      const std::chrono::year_month_day known(calendars_[f.row].calendar.holidays.set.known_from());
      const bool whole = known.month() == std::chrono::January && known.day() == std::chrono::day(1);
      message += "; a cover that begins with " +
                 std::to_string(static_cast<int>(known.year()) + (whole ? 0 : 1)) + " leaves those years out";
    }
    if (key == "exclude" && f.code == "unknown-cause") key += ".cause";
    if (key == "exclude" && f.code == "unknown-calendar") key += ".within";
    problems_.add(f.level, places_.find(f.section, f.row, key, f.item), f.code, std::move(message));
  }

  // Where the other row stands, if that is in another file: a number of a row says it only of one.
  [[nodiscard]] std::string beside(const spec_fault& f) const {
    const byte_span here = places_.find(f.section, f.row, f.key, f.item),
                    there = places_.find(f.section, *f.other, f.key, f.item);
    const std::size_t in = problems_.source_of(there);
    if (in == problems_.source_of(here)) return {};
    const text_place at = problems_.source(in).place(there.offset - problems_.begin_of(in));
    return ": the other stands at " + problems_.source(in).name() + ':' + std::to_string(at.line);
  }

  problem_list& problems_;
  policy_files files_;
  spec_places places_;
  zone_table zones_;
  policy_spec spec_;
  // What the spec's texts and spans point into; deques, because their elements stay where they are.
  toml_value root_;
  std::optional<availability_reader> promises_;
  std::optional<money_reader> money_;
  std::deque<std::vector<std::string_view>> texts_;
  std::deque<std::vector<limit_spec>> limits_;
  std::deque<std::vector<warning>> warnings_;
  std::vector<label_spec> labels_;
  std::vector<named_calendar_spec> calendars_;
  std::vector<target_spec> targets_;
  std::vector<clock_spec> clocks_;
  std::vector<tier_spec> extensions_;
  std::vector<option_set_spec> option_sets_;
  std::vector<pause_spec> pauses_;
  std::vector<availability_spec> availability_;
  std::vector<service_level_spec> service_levels_;
  std::vector<credit_spec> credits_;
  std::vector<cap_spec> caps_;
  std::vector<allowance_spec> allowed_;
};

[[nodiscard]] std::string folder_of(const std::string& path) {
  const std::string folder = std::filesystem::path(path).parent_path().string();
  return folder.empty() ? "." : folder;
}

[[nodiscard]] loaded<policy> finished(std::optional<policy> made, problem_list& problems) {
  if (made) return {*std::move(made), problems.take()};
  return loaded<policy>(problems.take());
}

}  // namespace
}  // namespace detail

loaded<policy> parse_policy(std::string name, std::string text, const std::string& folder, policy_check how) {
  detail::problem_list problems(std::move(name), std::move(text));
  auto made = detail::policy_reader(problems, folder).run(how == policy_check::with_lints);
  return detail::finished(std::move(made), problems);
}

loaded<policy> load_policy(const std::string& path, policy_check how) {
  auto text = read_text(path, {.bytes = detail::toml_most_bytes});
  if (!text) return loaded<policy>(text.diagnostics());
  return parse_policy(path, std::move(text).value(), detail::folder_of(path), how);
}

loaded<shared_policy_spec> parse_policy_spec(std::string name, std::string text, const std::string& folder) {
  detail::problem_list problems(std::move(name), std::move(text));
  const auto reader = std::make_shared<detail::policy_reader>(problems, folder);
  if (!reader->run(false)) return loaded<shared_policy_spec>(problems.take());
  return {shared_policy_spec(reader, &reader->spec()), problems.take()};
}

loaded<shared_policy_spec> load_policy_spec(const std::string& path) {
  auto text = read_text(path, {.bytes = detail::toml_most_bytes});
  if (!text) return loaded<shared_policy_spec>(text.diagnostics());
  return parse_policy_spec(path, std::move(text).value(), detail::folder_of(path));
}

}  // namespace v0
}  // namespace sla
