// SPDX-License-Identifier: MIT
// sla statement: a month of contracts, settled.

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include <sla/availability/window.hpp>
#include <sla/policy/portfolio.hpp>
#include <sla/policy/records_load.hpp>
#include <sla/report/json.hpp>
#include <sla/report/text.hpp>

#include "commands.hpp"
#include "window_files.hpp"

namespace tool {
namespace {

struct statement_options {
  std::string policy, contracts, incidents, outages, claims, announcements, month, since, as_of;
  std::vector<std::string> only;
  window_options window;
  format form = format::text;
  colour colours = colour::automatic;
};

int run_statement(const statement_options& o) {
  std::vector<std::string> files = o.window.paths();
  files.insert(files.end(), {o.policy, o.contracts, o.incidents, o.outages, o.claims, o.announcements});
  if (!one_stdin(files)) return failed;
  const auto policy = read_policy(o.policy);
  sla::diagnostics found = policy.diagnostics();
  const auto month = sla::parse_month(o.month);
  if (!month) {
    const std::size_t source = found.add_source("--month", o.month);
    found.error(source, {0, o.month.size()}, "bad-month",
                "expected a month as 2026-10, found '" + o.month + "'");
  }

  const auto since = o.since.empty() ? month : sla::parse_month(o.since);
  if (!o.since.empty() && (!since || (month && *month < *since))) {
    const std::size_t source = found.add_source("--since", o.since);
    found.error(source, {0, o.since.size()}, "bad-month",
                "expected a month before " + o.month + ", found '" + o.since + "'");
  }

  // Files that are there are read even where the policy is bad, so that a missing one is told in the same run.
  std::string contracts_text, incidents_text, outages_text, claims_text, announced_text;
  const bool have_contracts = read(o.contracts, contracts_text, found);
  const bool have_incidents = read(o.incidents, incidents_text, found);
  const bool have_outages = read(o.outages, outages_text, found);
  const bool have_claims = !o.claims.empty() && read(o.claims, claims_text, found);
  const bool have_announced = !o.announcements.empty() && read(o.announcements, announced_text, found);
  window_texts window_text;
  const bool have_window = read(o.window, window_text, found);

  std::vector<sla::contract> contracts;
  std::vector<sla::incident> incidents;
  std::vector<sla::service_outage> outages;
  std::vector<sla::contract_claim> claims;
  std::vector<sla::announcement> announced;
  std::optional<brought_records> brought;
  std::optional<sla::instant> as_of;
  if (policy) {
    const sla::policy& p = policy.value();
    if (have_announced) {
      auto records = sla::parse_announcements(p, display_name(o.announcements), std::move(announced_text));
      found.append(records.diagnostics());
      if (records) announced = std::move(records).value();
    }
    if (!o.as_of.empty()) {
      const auto at = sla::parse_time(p.home(), "--as-of", o.as_of);
      found.append(at.diagnostics());
      if (at) as_of = at.value();
    }
    if (have_contracts) {
      auto loaded = sla::parse_contracts(p, display_name(o.contracts), std::move(contracts_text));
      found.append(loaded.diagnostics());
      if (loaded) {
        contracts = std::move(loaded).value();
        // Without contracts every incident would be one of an unknown contract: the first cause is enough.
        if (have_incidents) {
          auto records =
              sla::parse_incidents(p, contracts, display_name(o.incidents), std::move(incidents_text));
          found.append(records.diagnostics());
          if (records) incidents = std::move(records).value();
        }
        if (have_outages) {
          auto records = sla::parse_outages(p, contracts, display_name(o.outages), std::move(outages_text));
          found.append(records.diagnostics());
          if (records) outages = std::move(records).value();
        }
        if (have_claims) {
          auto records = sla::parse_claims(p, contracts, display_name(o.claims), std::move(claims_text));
          found.append(records.diagnostics());
          if (records) claims = std::move(records).value();
        }
        if (have_window) brought.emplace(p, contracts, o.window, window_text, found);
        for (const std::string& id : o.only) {
          if (std::ranges::find(contracts, id, &sla::contract::id) != contracts.end()) continue;
          std::vector<std::string_view> known;
          for (const sla::contract& c : contracts) known.push_back(c.id);
          const std::size_t source = found.add_source("--contract", id);
          found.error(source, {0, id.size()}, "unknown-contract",
                      sla::detail::unknown_name("contract", id, known));
        }
      }
    }
  }
  complain(found);
  if (found.has_errors()) return failed;

  if (!o.only.empty())
    std::erase_if(contracts,
                  [&](const sla::contract& c) { return std::ranges::find(o.only, c.id) == o.only.end(); });
  const sla::policy& p = policy.value();
  const sla::settled_months months{*month, o.since.empty() ? std::nullopt : since};
  const sla::portfolio all =
      sla::draw_up(p, contracts, months, incidents, outages, as_of,
                   {.claims = claims, .announcements = announced, .records = brought->records()});
  if (o.form == format::json) return write(sla::to_json(p, all));
  const std::string missing = not_brought(p, contracts, o.window);
  return write(sla::to_text(p, all, {.colour = coloured(o.colours)}) +
               (missing.empty() ? missing : '\n' + missing));
}

}  // namespace

void add_statement(CLI::App& app, action& chosen) {
  CLI::App* command =
      app.add_subcommand("statement", "what each contract's month came to, and what the vendor owes");
  const auto o = std::make_shared<statement_options>();
  command->add_option("--policy", o->policy, "the policy (TOML)")->required()->option_text("FILE");
  command
      ->add_option("--contracts", o->contracts,
                   "contract,customer,tier,region,services,monthly_fee,currency,zone,...")
      ->required()
      ->option_text("FILE");
  command
      ->add_option("--incidents", o->incidents, "one row an event: incident,contract,at,event,root_cause,...")
      ->required()
      ->option_text("FILE");
  command->add_option("--outages", o->outages, "outage,service,begin,end,cause,root_cause,affected")
      ->required()
      ->option_text("FILE");
  command
      ->add_option("--month", o->month,
                   "the month, in each contract's zone, or any of the quarter or year it is measured by")
      ->required()
      ->option_text("YYYY-MM");
  command
      ->add_option("--announcements", o->announcements,
                   "begin,end,announced,service,cause: planned maintenance")
      ->option_text("FILE");
  add_window_options(*command, o->window);
  command->add_option("--claims", o->claims, "contract,clause,at,subject")->option_text("FILE");
  command
      ->add_option(
          "--since", o->since,
          "settle the months from this one on first: they count for misses in a row and caps of a year")
      ->option_text("YYYY-MM");
  command
      ->add_option("--as-of", o->as_of,
                   "judge as known at this time (default: where each contract's month ends)")
      ->option_text("TIME");
  command->add_option("--contract", o->only, "only this contract; may be given again")
      ->option_text("ID")
      ->allow_extra_args(false);
  add_output_options(*command, o->form, o->colours);
  command->footer(
      "Prints for each contract every incident's clocks (target, used, due, done, outcome, by how much), "
      "the\n"
      "month's availability with its error budget, the credits with the clauses that grant them, caps and "
      "the\n"
      "total; then the totals of all contracts. A contract with a zone of its own has its months, term and "
      "claim\n"
      "periods there, and its statement shows times there. Times in the files without an offset are local in "
      "the\n"
      "policy's zone. Where the policy measures by months that begin with the contract, the one that began "
      "in\n"
      "--month is settled.\n"
      "Records of calls, repairs, requests and populations are a contract's, a service's or, naming "
      "neither,\n"
      "everybody's. What is promised and has no records is no data, and the text names the file it wants.\n"
      "\n"
      "Exit status: 0 done; 2 bad input or usage: every problem of every file is printed, no statement is.\n"
      "\n"
      "Examples:\n"
      "  sla statement --policy shanghai.toml --contracts contracts.csv --incidents incidents.csv \\\n"
      "                --outages outages.csv --month 2026-10 --as-of '2026-11-05 00:00' --format json\n"
      "  sla statement --policy call_centre.toml --contracts contracts.csv --incidents incidents.csv \\\n"
      "                --outages outages.csv --month 2026-10 --calls calls.csv --repairs repairs.csv");
  command->callback([o, &chosen] { chosen = [o] { return run_statement(*o); }; });
}

}  // namespace tool
