// SPDX-License-Identifier: MIT
#include <sla/policy/policy_load.hpp>

#include <algorithm>
#include <deque>
#include <filesystem>
#include <utility>

#include <sla/policy/compile.hpp>
#include <sla/policy/lint.hpp>
#include <sla/policy/records_load.hpp>

#include "policy/policy_availability.hpp"
#include "policy/policy_calendars.hpp"
#include "policy/policy_money.hpp"
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
constexpr std::array<name_list, 5> name_lists{{{"severities", "severity", &policy_spec::severities},
                                               {"tiers", "tier", &policy_spec::tiers},
                                               {"regions", "region", &policy_spec::regions},
                                               {"categories", "category", &policy_spec::categories},
                                               {"causes", "cause", &policy_spec::causes}}};

constexpr choices<due_at, 2> landings{{{"closing", due_at::closing}, {"next opening", due_at::next_opening}}};
constexpr choices<on_change, 4> changings{{{"by cause", on_change::by_cause},
                                           {"remeasure", on_change::remeasure},
                                           {"carry", on_change::carry},
                                           {"restart", on_change::restart}}};
constexpr choices<on_reopen, 3> reopenings{
    {{"new cycle", on_reopen::new_cycle},
     {"continue, closed time excluded", on_reopen::continue_excluding_closed},
     {"continue, closed time counted", on_reopen::continue_counting_closed}}};
constexpr choices<next_update, 2> update_orders{
    {{"from the last", next_update::from_last}, {"on a grid", next_update::on_grid}}};
constexpr choices<party, 5> parties{{{"customer", party::customer},
                                     {"customer's supplier", party::customer_supplier},
                                     {"vendor's supplier", party::vendor_supplier},
                                     {"vendor", party::vendor},
                                     {"nobody", party::nobody}}};

class policy_reader {
 public:
  policy_reader(problem_list& problems, std::string folder)
      : problems_(problems), folder_(std::move(folder)) {}

  /// With `lints`, a sound policy's findings are told, too.
  [[nodiscard]] std::optional<policy> run(bool lints) {
    toml_value root;
    if (!check_text(problems_, {.bytes = toml_most_bytes}, true) || !parse_toml(problems_, root))
      return std::nullopt;
    // What the file as a whole lacks is said at its beginning.
    toml_table in(problems_, root, {0, 0}, places_, "", 0);
    header(in);
    labels(in);
    const toml_value* named_clocks = in.get("clock", toml_kind::table);
    calendars(in);
    targets(in, named_clocks);
    if (named_clocks != nullptr) clocks(*named_clocks);
    pauses(in);
    availability_reader promises(problems_, places_);
    availability_ = promises.availability(in);
    service_levels_ = promises.service_levels(in);
    money_reader money(problems_, places_, spec_.in);
    credits_ = money.credits(in);
    caps_ = money.caps(in);
    money.compensation(in, spec_);
    allowances(in);
    in.finish();
    spec_.availability = availability_;
    spec_.service_levels = service_levels_;
    spec_.credits = credits_;
    spec_.caps = caps_;

    std::vector<spec_fault> faults;
    auto made = policy::compile(spec_, faults);
    for (const spec_fault& f : faults) place(f);
    if (lints && made && !problems_.has_errors())
      for (const spec_fault& f : sla::lint(spec_, *made)) place(f);
    return problems_.has_errors() ? std::nullopt : std::move(made);
  }

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

  void calendars(toml_table& in) {
    const toml_value* all = in.get("calendar", toml_kind::table);
    if (all == nullptr) return;
    calendars_ = calendar_reader{problems_, places_, zones_, folder_, spec_.home, spec_.version}.read(*all);
    spec_.calendars = calendars_;
  }

  void targets(toml_table& in, const toml_value* named_clocks) {
    std::vector<std::string_view> clock_names;
    for (const ready_clock& c : ready_clocks) clock_names.push_back(c.name);
    if (named_clocks != nullptr)
      for (const toml_member& m : named_clocks->members)
        if (!find_ready_clock(m.key)) clock_names.push_back(m.key);
    for (const toml_value* row : in.tables("target")) {
      toml_table t(problems_, *row, row->where, places_, "target", targets_.size());
      target_spec& out = targets_.emplace_back();
      out.clause = t.text_or("clause");
      out.severity = t.text_or("severity");
      out.tier = t.text_or("tier");
      out.region = t.text_or("region");
      out.category = t.text_or("category");
      out.calendar = t.text_or("calendar");
      auto& limits = limits_.emplace_back();
      bool any = false;
      for (const toml_member& m : row->members) {
        if (std::ranges::find(clock_names, m.key) == clock_names.end()) continue;
        any = true;
        if (const auto limit = t.limit(m.key)) limits.push_back({m.key, *limit});
      }
      const std::size_t errors = problems_.errors();
      t.finish(clock_names);
      // A row whose only limit could not be read is no empty row.
      if ((any && limits.empty()) || problems_.errors() != errors) t.spoil("");
      out.limits = limits;
    }
    spec_.targets = targets_;
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
      out.starts = names(in, "starts");
      out.stops = names(in, "stops");
      out.confirmation = in.limit("confirmation");
      out.leave_open = in.flag("leave_open", false);
      out.landing = in.choice("due", landings).value_or(out.landing);
      out.changing = in.choice("change", changings).value_or(out.changing);
      out.reopening = in.choice("reopen", reopenings).value_or(out.reopening);
      out.ends = names(in, "ends");
      out.updates = in.choice("updates", update_orders).value_or(out.updates);
      out.cut_off = in.time_of_day("cut_off");
      out.warnings = warnings(in);
    });
    spec_.clocks = clocks_;
  }

  [[nodiscard]] std::span<const warning> warnings(toml_table& in) {
    if (!in.has("warnings")) return {};
    auto& out = warnings_.emplace_back();
    const std::size_t clock = clocks_.size() - 1;
    for (const toml_value* row : in.tables("warnings")) {
      places_.add("clock", clock, "warnings", out.size(), row->where);
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
    }
    spec_.allow = allowed_;
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
    std::string key = f.key;
    if (key == "exclude" && f.code == "unknown-cause") key += ".cause";
    if (key == "exclude" && f.code == "unknown-calendar") key += ".within";
    problems_.add(f.level, places_.find(f.section, f.row, key, f.item), f.code, f.message);
  }

  problem_list& problems_;
  std::string folder_;
  spec_places places_;
  zone_table zones_;
  policy_spec spec_;
  // What the spec's spans point into; deques, because their elements stay where they are.
  std::deque<std::vector<std::string_view>> texts_;
  std::deque<std::vector<limit_spec>> limits_;
  std::deque<std::vector<warning>> warnings_;
  std::vector<label_spec> labels_;
  std::vector<named_calendar_spec> calendars_;
  std::vector<target_spec> targets_;
  std::vector<clock_spec> clocks_;
  std::vector<pause_spec> pauses_;
  std::vector<availability_spec> availability_;
  std::vector<service_level_spec> service_levels_;
  std::vector<credit_spec> credits_;
  std::vector<cap_spec> caps_;
  std::vector<allowance_spec> allowed_;
};

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
  const std::string folder = std::filesystem::path(path).parent_path().string();
  return parse_policy(path, std::move(text).value(), folder.empty() ? "." : folder, how);
}

}  // namespace v0
}  // namespace sla
