// SPDX-License-Identifier: MIT
// sla compare: policies side by side on one history.

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <sla/policy/comparison.hpp>
#include <sla/policy/records_load.hpp>
#include <sla/report/compared.hpp>

#include "commands.hpp"
#include "window_files.hpp"

namespace tool {
namespace {

struct compare_options {
  std::vector<std::string> policies;
  std::string contracts, incidents, outages, claims, announcements, month, from, to, as_of, fee = "10000";
  window_options window;
  format form = format::text;
  colour colours = colour::automatic;
};

// The files, read once; each policy judges them by its own names and its own zone.
struct compare_records {
  std::string contracts, incidents, outages, claims, announcements;
  window_texts window;
  bool read = true;
};
struct compare_span {
  std::optional<std::chrono::year_month> from, to;
};

void compare_wrong(sla::diagnostics& found, const std::string& option, const std::string& text,
                   const std::string& expected) {
  const std::size_t source = found.add_source(option, text);
  found.error(source, {0, text.size()}, "bad-option",
              "expected " + expected + ", found '" + sla::printable(text) + "'");
}

// Without a file of contracts: one of each tier, at one fee, for every service that was ever down or asked.
std::vector<sla::contract> compare_contracts(const sla::policy& p, const sla::money& fee,
                                             const std::vector<sla::service_outage>& outages,
                                             const sla::window_records& records) {
  sla::contract c;
  const auto add = [&](const std::string& service) {
    if (!service.empty() && std::ranges::find(c.services, service) == c.services.end())
      c.services.push_back(service);
  };
  for (const sla::service_outage& o : outages) add(o.service);
  for (const auto& r : records.requests) add(r.of.service);
  c.monthly_fee = fee;
  c.fees = {{.id = sla::number_of(sla::named_fee::annual),
             .amount = fee.times(sla::ratio(12), sla::rounding::half_up)},
            {.id = sla::number_of(sla::named_fee::seat), .amount = fee},
            {.id = sla::number_of(sla::named_fee::reference), .amount = fee}};
  for (const std::string& service : c.services)
    c.fees.push_back({.id = sla::number_of(sla::named_fee::service), .amount = fee, .subject = service});
  std::vector<sla::contract> all;
  for (std::size_t tier = 0; tier < p.tier_count(); ++tier) {
    c.tier = static_cast<std::uint8_t>(tier);
    all.push_back(c);
  }
  return all;
}

void compare_policy(const sla::policy& p, const compare_options& o, const compare_records& files,
                    const compare_span& span, std::vector<sla::compared_row>& rows, std::string& notes,
                    sla::diagnostics& found) {
  std::optional<sla::instant> as_of;
  if (!o.as_of.empty()) {
    const auto at = sla::parse_time(p.home(), "--as-of", o.as_of);
    found.append(at.diagnostics());
    if (!at) return;
    as_of = at.value();
  }
  const auto fee = sla::parse_amount(o.fee, p.in());
  if (!fee || fee->minor_units() < 0)
    return compare_wrong(found, "--fee", o.fee, "an amount in " + std::string(p.in().code()));

  std::vector<sla::contract> contracts;
  std::vector<sla::incident> incidents;
  std::vector<sla::contract_claim> claims;
  std::vector<sla::announcement> announced;
  bool sound = true;
  const auto take = [&](auto&& loaded, auto& into) {
    found.append(loaded.diagnostics());
    if (loaded) into = std::move(loaded).value();
    sound = sound && loaded.has_value();
  };
  if (!o.contracts.empty())
    take(sla::parse_contracts(p, display_name(o.contracts), std::string(files.contracts)), contracts);
  auto outages = sla::parse_outages(p, contracts, display_name(o.outages), std::string(files.outages));
  // Without contracts, a service that none lists is no slip of the pen.
  if (!o.contracts.empty() || !outages) found.append(outages.diagnostics());
  if (!outages || !sound) return;
  const brought_records brought(p, contracts, o.window, files.window, found);
  sound = brought.sound();
  if (o.contracts.empty()) contracts = compare_contracts(p, *fee, outages.value(), brought.records());
  if (!o.incidents.empty())
    take(sla::parse_incidents(p, contracts, display_name(o.incidents), std::string(files.incidents)),
         incidents);
  if (!o.claims.empty())
    take(sla::parse_claims(p, contracts, display_name(o.claims), std::string(files.claims)), claims);
  if (!o.announcements.empty())
    take(sla::parse_announcements(p, display_name(o.announcements), std::string(files.announcements)),
         announced);
  if (!sound || !span.from || !span.to) return;
  if (std::string missing = not_brought(p, contracts, o.window); !missing.empty())
    notes += p.name() + ": " + missing;
  for (const sla::contract& c : contracts) {
    if (o.contracts.empty())
      if (const auto missing = sla::find_missing_base(p, c))
        return compare_wrong(
            found, "POLICY", p.name(),
            "--contracts with the fees that clause " + std::string(missing->clause) + " names");
    const auto windows = sla::windows_of(p, c, *span.from, *span.to);
    rows.push_back(sla::compare(p, c, windows, incidents, outages.value(),
                                as_of.value_or(windows.back().span.end), claims, announced,
                                brought.records()));
  }
}

int run_compare(const compare_options& o) {
  std::vector<std::string> files = o.policies;
  files.insert(files.end(), {o.contracts, o.incidents, o.outages, o.claims, o.announcements});
  for (const std::string& path : o.window.paths()) files.push_back(path);
  if (!one_stdin(files)) return failed;
  sla::diagnostics found;
  compare_span span;
  const auto month = [&](const char* option, const std::string& text) {
    const auto m = sla::parse_month(text);
    if (!m) compare_wrong(found, option, text, "a month as 2026-10");
    return m;
  };
  if (o.month.empty() == o.from.empty()) {
    complain("sla: compare needs either --month or --from");
    return failed;
  }
  span.from = o.month.empty() ? month("--from", o.from) : month("--month", o.month);
  span.to = o.to.empty() ? span.from : month("--to", o.to);
  constexpr int most_months = 1200;
  if (span.from && span.to && (*span.to < *span.from || (*span.to - *span.from).count() >= most_months))
    compare_wrong(found, "--to", o.to, "a month from " + o.from + " on, within a hundred years");

  compare_records records;
  for (const auto& [path, text] : {std::pair(&o.contracts, &records.contracts),
                                   {&o.incidents, &records.incidents},
                                   {&o.outages, &records.outages},
                                   {&o.claims, &records.claims},
                                   {&o.announcements, &records.announcements}})
    if (!path->empty()) records.read = read(*path, *text, found) && records.read;
  records.read = read(o.window, records.window, found) && records.read;

  std::vector<sla::compared_row> rows;
  std::string notes;
  for (const std::string& path : o.policies) {
    const auto policy = read_policy(path);
    found.append(policy.diagnostics());
    if (policy && records.read) compare_policy(policy.value(), o, records, span, rows, notes, found);
  }
  complain(found);
  if (found.has_errors()) return failed;
  return write(o.form == format::json ? sla::to_json(rows)
                                      : sla::to_text(rows, {.colour = coloured(o.colours)}) +
                                            (notes.empty() ? "" : "\n") + notes);
}

}  // namespace

void add_compare(CLI::App& app, action& chosen) {
  CLI::App* command = app.add_subcommand("compare", "policies side by side: what would each have owed?");
  const auto o = std::make_shared<compare_options>();
  command->add_option("POLICY", o->policies, "the policies (TOML)")->required()->option_text("POLICY...");
  command->add_option("--outages", o->outages, "outage,service,begin,end,cause,affected")
      ->required()
      ->option_text("FILE");
  CLI::Option* contracts =
      command->add_option("--contracts", o->contracts, "contracts, whose tiers every policy names")
          ->option_text("FILE");
  command->add_option("--incidents", o->incidents, "one row an event; needs the contracts")
      ->option_text("FILE")
      ->needs(contracts);
  command->add_option("--claims", o->claims, "contract,clause,at,subject; needs the contracts")
      ->option_text("FILE")
      ->needs(contracts);
  command
      ->add_option("--announcements", o->announcements,
                   "begin,end,announced,service,cause: planned maintenance")
      ->option_text("FILE");
  add_window_options(*command, o->window);
  CLI::Option* month = command->add_option("--month", o->month, "one month")->option_text("YYYY-MM");
  CLI::Option* from = command->add_option("--from", o->from, "the first of several months")
                          ->option_text("YYYY-MM")
                          ->excludes(month);
  command->add_option("--to", o->to, "the last month (default: the first)")
      ->option_text("YYYY-MM")
      ->needs(from);
  command->add_option("--fee", o->fee, "a month's fee, where no contracts are given (default 10000)")
      ->option_text("AMOUNT")
      ->excludes(contracts);
  command->add_option("--as-of", o->as_of, "judge as known at this time (default: the last window's end)")
      ->option_text("TIME");
  add_output_options(*command, o->form, o->colours);
  command->footer(
      "Prints a row for each policy and contract: what it promises, by which windows it measures, how many "
      "of them\n"
      "missed, the lowest, and what all of them together owe: credits, their share of the same windows' "
      "fees, what is\n"
      "no credit, and what open claims would add. Without --contracts there is one of each tier of every "
      "policy, for\n"
      "all services of the outages and requests, down while any of them is. A window that a month lies in is "
      "measured "
      "whole: a\n"
      "policy by the year settles the year. Misses and caps of earlier windows count from the first month "
      "on.\n"
      "\n"
      "Exit status: 0 done; 2 bad input or usage: every problem of every file is printed, no figure is.\n"
      "\n"
      "Examples:\n"
      "  sla compare by_steps.toml own_minutes.toml by_year.toml --outages outages.csv --from 2026-01 --to "
      "2026-12\n"
      "  sla compare old.toml new.toml --contracts contracts.csv --incidents incidents.csv --outages "
      "outages.csv \\\n"
      "              --month 2026-10 --format json");
  command->callback([o, &chosen] { chosen = [o] { return run_compare(*o); }; });
}

}  // namespace tool
