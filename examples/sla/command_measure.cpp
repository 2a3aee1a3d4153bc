// SPDX-License-Identifier: MIT
// sla measure: availability and service levels from records, without a policy.

#include <algorithm>
#include <array>
#include <charconv>
#include <iterator>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <sla/availability/calls.hpp>
#include <sla/availability/lengths.hpp>
#include <sla/availability/measure_each.hpp>
#include <sla/availability/reliability.hpp>
#include <sla/base/error.hpp>
#include <sla/base/units.hpp>
#include <sla/calendar/zone_load.hpp>
#include <sla/policy/measure_load.hpp>
#include <sla/report/measured.hpp>

#include "commands.hpp"

namespace tool {
namespace {

struct measure_options {
  std::string outages, calls, counts, zone, from, to, as_of;
  std::vector<std::string> windows, targets, excluded, contracts, services, percentiles;
  std::string minimum, merge_gap, within = "20s", short_abandon = "0s", minimum_sample = "0";
  int rolling = 0;
  sla::unmeasured_time unknown = sla::unmeasured_time::up;
  sla::call_base base = sla::call_base::offered;
  format form = format::text;
  colour colours = colour::automatic;
};

// Reads options, and collects what is wrong with them beside what is wrong with the files.
class option_reader {
 public:
  explicit option_reader(sla::diagnostics& found) : found_(found) {}

  void wrong(const std::string& option, const std::string& text, const std::string& expected) {
    const std::size_t source = found_.add_source(option, text);
    found_.error(source, {0, text.size()}, "bad-option",
                 "expected " + expected + ", found '" + sla::printable(text) + "'");
  }
  [[nodiscard]] std::optional<std::chrono::year_month> month(const std::string& option,
                                                             const std::string& text) {
    const auto m = sla::parse_month(text);
    if (!m) wrong(option, text, "a month as 2026-10");
    return m;
  }
  [[nodiscard]] std::chrono::seconds length(const std::string& option, const std::string& text) {
    if (text.empty()) return std::chrono::seconds(0);
    const auto limit = sla::parse_time_limit(text);
    if (limit && limit->in() == sla::time_limit::unit::elapsed) return std::chrono::seconds(limit->count());
    wrong(option, text, "a length as 5min or 20s");
    return std::chrono::seconds(0);
  }
  [[nodiscard]] std::vector<sla::ratio> shares(const std::string& option,
                                               const std::vector<std::string>& texts) {
    std::vector<sla::ratio> out;
    for (const std::string& text : texts) {
      const auto share = sla::parse_ratio(text);
      if (share && *share <= sla::ratio(1)) {
        out.push_back(*share);
      } else {
        wrong(option, text, "a share from 0 to 1 as 99.9%");
      }
    }
    return out;
  }
  [[nodiscard]] std::int64_t number(const std::string& option, const std::string& text) {
    std::int64_t n = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
    if (error == std::errc() && end == text.data() + text.size() && n >= 0) return n;
    wrong(option, text, "a number from 0 on");
    return 0;
  }

 private:
  sla::diagnostics& found_;
};

const std::array<std::pair<std::string_view, sla::window_kind>, 3> kinds{
    {{"month", sla::window_kind::calendar_month},
     {"quarter", sla::window_kind::calendar_quarter},
     {"year", sla::window_kind::calendar_year}}};

// The windows asked for; months where none are.
[[nodiscard]] std::vector<sla::window_rule> window_rules(const measure_options& o,
                                                         option_reader& read_option) {
  std::vector<sla::window_rule> out;
  for (const std::string& text : o.windows) {
    const auto known = std::ranges::find(kinds, text, [](const auto& k) { return k.first; });
    if (known == kinds.end()) {
      read_option.wrong("--window", text, "month, quarter or year");
    } else {
      out.push_back({.kind = known->second});
    }
  }
  if (o.windows.empty() && o.rolling == 0) out.push_back({.kind = sla::window_kind::calendar_month});
  return out;
}

// Takes out records of services that were not asked for, and finds the causes to excuse.
[[nodiscard]] std::vector<sla::exclusion> select(const measure_options& o, sla::service_outages& records,
                                                 option_reader& read_option) {
  for (const std::string& name : o.services)
    if (std::ranges::find(records.services, name) == records.services.end())
      read_option.wrong("--service", name, "a service of the outages");
  if (!o.services.empty() && records.services.size() == records.outages.size()) {
    std::vector<sla::outage> kept;
    for (std::size_t i = 0; i < records.outages.size(); ++i)
      if (std::ranges::find(o.services, records.services[i]) != o.services.end())
        kept.push_back(records.outages[i]);
    records.outages = std::move(kept);
  }
  std::vector<sla::exclusion> out;
  for (const std::string& name : o.excluded) {
    const auto known = std::ranges::find(records.causes, name);
    if (known == records.causes.end()) {
      read_option.wrong("--exclude", name, "a cause of the outages");
    } else {
      out.push_back({.cause = static_cast<sla::cause_id>(known - records.causes.begin()), .name = *known});
    }
  }
  return out;
}

struct asked {
  sla::zone zone = sla::zone::utc();
  sla::date_range term;
  std::vector<sla::window_rule> windows;
  std::vector<sla::ratio> targets;
  sla::instant as_of = sla::instant::latest();
};

int measure_outages(const measure_options& o, const asked& a, option_reader& read_option,
                    sla::diagnostics& found) {
  std::string text;
  sla::service_outages records;
  bool known = false;
  if (read(o.outages, text, found)) {
    auto loaded = sla::parse_service_outages(a.zone, display_name(o.outages), std::move(text));
    found.append(loaded.diagnostics());
    known = static_cast<bool>(loaded);
    if (known) records = std::move(loaded).value();
  }
  sla::availability_rules rules;
  rules.merge_gap = read_option.length("--merge-gap", o.merge_gap);
  rules.minimum.length = read_option.length("--minimum", o.minimum);
  rules.unknown = o.unknown;
  // Without the records no service and no cause is known: their problems are enough.
  std::vector<sla::exclusion> excluded;
  if (known) excluded = select(o, records, read_option);
  rules.exclusions = excluded;
  complain(found);
  if (found.has_errors()) return failed;

  std::vector<sla::diluted> rows = sla::dilute(a.windows, a.targets, a.term, a.zone, sla::part_window::full,
                                               records.outages, rules, a.as_of);
  if (o.rolling > 0) {
    const std::array rolling{sla::window_rule{.kind = sla::window_kind::rolling_days, .days = o.rolling}};
    auto all = sla::dilute(rolling, a.targets, a.term, a.zone, sla::part_window::full, records.outages, rules,
                           a.as_of);
    const auto worst = std::ranges::min_element(all, {}, [](const sla::diluted& d) {
      return std::pair(d.measured.no_data, d.measured.availability);
    });
    if (worst != all.end()) rows.push_back(std::move(*worst));
  }
  // A window that goes on may still be lost.
  std::vector<sla::still_possible> possible;
  for (const sla::diluted& row : rows) {
    const sla::window& w = row.measured.window;
    if (a.targets.empty() || o.as_of.empty() || !w.is_known() || !w.span.contains(a.as_of)) continue;
    sla::still_possible& p = possible.emplace_back(sla::still_possible{w.label, {}});
    for (const sla::ratio& target : a.targets)
      p.longest.push_back(sla::longest_within(w, records.outages, rules, target, a.as_of));
  }
  const sla::measured_table table{rows, a.targets, possible, a.as_of, &a.zone};
  return write(o.form == format::json
                   ? sla::to_json(table, a.zone)
                   : sla::to_text(table, {.colour = coloured(o.colours), .percent_digits = 4}));
}

// Whether a record of that name was asked for: any, where none was named.
[[nodiscard]] bool wanted(const std::vector<std::string>& names, const std::string& name) {
  return names.empty() || std::ranges::find(names, name) != names.end();
}

// Leaves the records of the contracts and services that were asked for. A name that no record has is wrong: nothing
// measured of it would read as nothing that happened.
template <class Record>
void select(const measure_options& o, std::vector<Record>& all, const std::vector<sla::owned_run>& owners,
            const std::string& what, option_reader& read_option) {
  const auto known = [&](const auto& is) { return std::ranges::any_of(owners, is, &sla::owned_run::of); };
  for (const std::string& name : o.contracts)
    if (!known([&](const sla::record_owner& of) { return of.contract == name; }))
      read_option.wrong("--contract", name, "a contract of the " + what);
  for (const std::string& name : o.services)
    if (!known([&](const sla::record_owner& of) {
          return of.service == name && wanted(o.contracts, of.contract);
        }))
      read_option.wrong("--service", name,
                        "a service of the " + what + (o.contracts.empty() ? "" : " of these contracts"));
  if (o.contracts.empty() && o.services.empty()) return;
  std::vector<Record> kept;
  for (const sla::owned_run& run : owners)
    if (wanted(o.contracts, run.of.contract) && wanted(o.services, run.of.service))
      std::ranges::move(std::span(all).subspan(run.first, run.count), std::back_inserter(kept));
  all = std::move(kept);
}

int measure_calls(const measure_options& o, const asked& a, option_reader& read_option,
                  sla::diagnostics& found) {
  sla::call_rule rule;
  rule.within = read_option.length("--within", o.within);
  rule.short_abandon = read_option.length("--short-abandon", o.short_abandon);
  sla::call_table table;
  table.base = o.base;
  table.minimum_sample = read_option.number("--minimum-sample", o.minimum_sample);
  if (a.targets.size() > 1)
    read_option.wrong("--target", o.targets[1], "one target for calls answered in time");
  if (!a.targets.empty()) table.target = a.targets.front();

  std::vector<sla::window> windows;
  for (const sla::window_rule& kind : a.windows)
    for (sla::window& w : sla::windows(kind, a.term, a.zone, sla::part_window::full))
      windows.push_back(std::move(w));

  const std::vector<sla::ratio> percentiles = read_option.shares("--percentile", o.percentiles);
  std::vector<sla::length_counts> waits(percentiles.empty() ? 0 : windows.size());
  std::vector<sla::call_counts> counts(windows.size());
  std::string text;
  if (!o.calls.empty()) {
    if (read(o.calls, text, found)) {
      auto loaded = sla::parse_calls(a.zone, display_name(o.calls), std::move(text));
      found.append(loaded.diagnostics());
      sla::call_records records;
      if (loaded) {
        records = std::move(loaded).value();
        select(o, records.calls, records.owners, "calls", read_option);
      }
      for (std::size_t i = 0; i < windows.size(); ++i) {
        counts[i] = sla::count_calls(records.calls, windows[i].span, rule);
        counts[i].absent = records.absent;
        if (!waits.empty()) waits[i] = sla::count_waits(records.calls, windows[i].span, rule);
      }
    }
  } else if (read(o.counts, text, found)) {
    auto loaded = sla::parse_call_counts(display_name(o.counts), std::move(text));
    found.append(loaded.diagnostics());
    sla::owned_records<sla::dated_counts> records;
    if (loaded) {
      records = std::move(loaded).value();
      select(o, records.all, records.owners, "counts", read_option);
    }
    for (std::size_t i = 0; i < windows.size(); ++i)
      for (const sla::dated_counts& row : records.all)
        if (windows[i].span.contains(a.zone.start_of(row.date))) counts[i] += row.counts;
  }
  complain(found);
  if (found.has_errors()) return failed;
  table.windows = windows;
  table.counts = counts;
  table.waits = waits;
  table.percentiles = percentiles;
  return write(o.form == format::json
                   ? sla::to_json(table, a.zone)
                   : sla::to_text(table, {.colour = coloured(o.colours), .percent_digits = 2}));
}

int run_measure(const measure_options& o) {
  const auto files = static_cast<int>(!o.outages.empty()) + static_cast<int>(!o.calls.empty()) +
                     static_cast<int>(!o.counts.empty());
  if (files != 1) {
    complain("sla: measure needs one of --outages, --calls and --counts");
    return failed;
  }
  sla::diagnostics found;
  option_reader read_option(found);
  asked a;
  try {
    a.zone = sla::load_zone(o.zone);
  } catch (const sla::error& e) {
    // Nothing is measured, but what else is wrong is told, too.
    const std::size_t source = found.add_source("--zone", o.zone);
    found.error(source, {0, o.zone.size()}, "bad-zone", e.what());
  }
  const auto from = read_option.month("--from", o.from),
             to = o.to.empty() ? from : read_option.month("--to", o.to);
  if (from && to) {
    a.term = {*from / 1, (*to + std::chrono::months(1)) / 1};
    if (*to < *from) read_option.wrong("--to", o.to, "a month from " + o.from + " on");
  }
  a.windows = window_rules(o, read_option);
  a.targets = read_option.shares("--target", o.targets);
  if (!o.as_of.empty()) {
    const auto at = sla::parse_time(a.zone, "--as-of", o.as_of);
    found.append(at.diagnostics());
    if (at) a.as_of = at.value();
  }
  return o.outages.empty() ? measure_calls(o, a, read_option, found)
                           : measure_outages(o, a, read_option, found);
}

}  // namespace

void add_measure(CLI::App& app, action& chosen) {
  CLI::App* command = app.add_subcommand(
      "measure", "availability from outages, or service levels from calls, by windows side by side");
  const auto o = std::make_shared<measure_options>();
  CLI::Option* outages = command->add_option("--outages", o->outages, "begin,end,outage,service,cause,note")
                             ->option_text("FILE");
  CLI::Option* calls =
      command->add_option("--calls", o->calls, "offered,waited,end,handled,resolved: one row a call")
          ->option_text("FILE")
          ->excludes(outages);
  command->add_option("--counts", o->counts, "date,offered,answered,in_time,...: one row a date")
      ->option_text("FILE")
      ->excludes(outages)
      ->excludes(calls);
  command->add_option("--zone", o->zone, "where windows begin and times are local")
      ->required()
      ->option_text("NAME");
  command->add_option("--from", o->from, "the first month")->required()->option_text("YYYY-MM");
  command->add_option("--to", o->to, "the last month (default: the first)")->option_text("YYYY-MM");
  const auto several = [&](const char* name, std::vector<std::string>& into, const char* what,
                           const char* shown) {
    return command->add_option(name, into, what)->option_text(shown)->allow_extra_args(false);
  };
  several("--window", o->windows,
          "windows that these months touch, whole; may be given again (default month)", "month|quarter|year");
  several("--target", o->targets, "at least this share; may be given again for outages", "SHARE");
  several("--contract", o->contracts, "only calls or counts that name this contract; may be given again",
          "NAME")
      ->excludes(outages);
  several("--service", o->services, "only records that name this service; may be given again", "NAME");

  // Of outages.
  command
      ->add_option("--rolling", o->rolling, "also the worst window of so many days that ends in these months")
      ->option_text("DAYS")
      ->check(CLI::Range(1, 3660))
      ->needs(outages);
  command->add_option("--as-of", o->as_of, "outages as known at this time (default: all that is recorded)")
      ->option_text("TIME")
      ->needs(outages);
  several("--exclude", o->excluded, "excuse outages of this cause; may be given again", "CAUSE")
      ->needs(outages);
  command->add_option("--minimum", o->minimum, "count only outages of over this length")
      ->option_text("LENGTH")
      ->needs(outages);
  command->add_option("--merge-gap", o->merge_gap, "outages no further apart are one")
      ->option_text("LENGTH")
      ->needs(outages);
  add_choice(*command, "--unknown", o->unknown,
             {{"up", sla::unmeasured_time::up},
              {"down", sla::unmeasured_time::down},
              {"leave-out", sla::unmeasured_time::leave_out}},
             "what time of the cause 'not measured' counts as (default up)")
      ->needs(outages);

  // Of calls; counts were told apart by whoever counted.
  command->add_option("--within", o->within, "calls answered within this are in time (default 20s)")
      ->option_text("LENGTH")
      ->needs(calls);
  command->add_option("--short-abandon", o->short_abandon, "calls given up after less are short (default 0s)")
      ->option_text("LENGTH")
      ->needs(calls);
  add_choice(*command, "--of", o->base,
             {{"offered", sla::call_base::offered},
              {"offered-less-short", sla::call_base::offered_less_short},
              {"answered", sla::call_base::answered}},
             "what calls in time are a share of (default offered)")
      ->excludes(outages);
  several("--percentile", o->percentiles,
          "also the speed of answer that this share of the answered did not exceed; may be given again",
          "SHARE")
      ->needs(calls);
  command->add_option("--minimum-sample", o->minimum_sample, "fewer calls are no data (default 0)")
      ->option_text("N")
      ->excludes(outages);
  add_output_options(*command, o->form, o->colours);
  command->footer(
      "Prints a row for each window: the availability, what was down, and for each target whether it is kept "
      "and\n"
      "by how much; or the calls and the levels they come to. Shares are floored; verdicts are exact. All "
      "records\n"
      "of the file are those of one service, unless --service or --contract picks some: a row that names "
      "none "
      "is\n"
      "then left out, and a name that no row has is an error.\n"
      "\n"
      "Exit status: 0 done; 2 bad input or usage: every problem is printed, no figure is.\n"
      "\n"
      "Examples:\n"
      "  sla measure --outages outages.csv --zone Asia/Shanghai --from 2026-01 --to 2026-12 \\\n"
      "              --window month --window year --target 99.9% --target 99.99%\n"
      "  sla measure --calls calls.csv --zone Asia/Shanghai --from 2026-10 --target 80% --short-abandon 5s "
      "\\\n"
      "              --of offered-less-short");
  command->callback([o, &chosen] { chosen = [o] { return run_measure(*o); }; });
}

}  // namespace tool
