// SPDX-License-Identifier: MIT
// sla statement: a month of contracts, settled.

#include <algorithm>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <sla/availability/window.hpp>
#include <sla/calendar/local_text.hpp>
#include <sla/policy/records_load.hpp>
#include <sla/policy/versioned_portfolio.hpp>
#include <sla/report/json.hpp>
#include <sla/report/text.hpp>

#include "commands.hpp"
#include "versions.hpp"
#include "window_files.hpp"

namespace tool {
namespace {

struct statement_options {
  std::vector<std::string> policies, only;
  std::string contracts, incidents, outages, claims, announcements, month, since, as_of;
  window_options window;
  format form = format::text;
  colour colours = colour::automatic;
};

// What one version reads of the records.
struct statement_records {
  std::vector<sla::service_outage> outages;
  std::vector<sla::contract_claim> claims;
  std::vector<sla::announcement> announced;
  std::optional<brought_records> brought;
};

// What the statements lack a file for, by the versions that settled them.
std::string missing_files(const sla::policy_versions& versions, const sla::portfolio& all,
                          const window_options& given) {
  std::string out;
  for (std::size_t v = 0; v < versions.all().size(); ++v) {
    std::vector<sla::contract> of;
    for (const sla::statement& s : all.statements)
      if (sla::version_at(versions, s.window.span.begin) == v) {
        of.push_back(s.contract);
        for (const sla::statement_part& part : s.parts) of.push_back(part.contract);
      }
    const std::string more = not_brought(versions.all()[v], of, given);
    if (out.find(more) == out.npos) out += more;
  }
  return out;
}

int run_statement(const statement_options& o) {
  std::vector<std::string> files = o.policies;
  for (const std::string& path : o.window.paths()) files.push_back(path);
  files.insert(files.end(), {o.contracts, o.incidents, o.outages, o.claims, o.announcements});
  if (!one_stdin(files)) return failed;
  sla::diagnostics found;
  const auto versions = read_policies(o.policies, found);
  const auto bad_option = [&](const char* option, const std::string& text, const std::string& message) {
    const std::size_t source = found.add_source(option, text);
    found.error(source, {0, text.size()}, "bad-month", message);
  };
  const auto month = sla::parse_month(o.month);
  if (!month) bad_option("--month", o.month, "expected a month as 2026-10, found '" + o.month + "'");
  const auto since = o.since.empty() ? month : sla::parse_month(o.since);
  if (!o.since.empty() && (!since || (month && *month < *since)))
    bad_option("--since", o.since, "expected a month before " + o.month + ", found '" + o.since + "'");

  // Files that are there are read even where the policy is bad, so that a missing one is told in the same run.
  named_text contracts{display_name(o.contracts), {}}, incidents{display_name(o.incidents), {}};
  std::string outages_text, claims_text, announced_text;
  const bool have_contracts = read(o.contracts, contracts.text, found);
  const bool have_incidents = read(o.incidents, incidents.text, found);
  const bool have_outages = read(o.outages, outages_text, found);
  const bool have_claims = !o.claims.empty() && read(o.claims, claims_text, found);
  const bool have_announced = !o.announcements.empty() && read(o.announcements, announced_text, found);
  window_texts window_text;
  const bool have_window = read(o.window, window_text, found);

  judged_files judged;
  std::vector<statement_records> records;
  std::optional<sla::instant> as_of;
  if (versions) {
    const std::span<const sla::policy> all = versions->all();
    const bool span = month && since && !(*month < *since);
    std::optional<sla::settled_months> months;
    if (span) months = {*month, since};
    judged = read_contracts(*versions, months, have_contracts ? std::optional(contracts) : std::nullopt,
                            have_incidents ? std::optional(incidents) : std::nullopt, found);
    records = std::vector<statement_records>(all.size());
    if (all.size() > 1 && span &&
        sla::windows_of(all[0], 0, *month, *month).back().span.end <= sla::policy_versions::begin_of(all[0]))
      bad_option("--month", o.month,
                 "no version of policy '" + all[0].name() + "' is in force in " + o.month +
                     ", the first is from " + sla::date_text(all[0].version()) + " on");
    for (std::size_t v = 0; have_announced && v < all.size(); ++v) {
      if (!judged.settles[v]) continue;
      auto loaded =
          sla::parse_announcements(all[v], display_name(o.announcements), std::string(announced_text));
      append_new(found, loaded.diagnostics());
      if (loaded) records[v].announced = std::move(loaded).value();
    }
    if (!o.as_of.empty()) {
      const auto at = sla::parse_time(all.back().home(), "--as-of", o.as_of);
      found.append(at.diagnostics());
      if (at) as_of = at.value();
    }
    for (std::size_t v = 0; judged.sound && v < all.size(); ++v) {
      if (!judged.settles[v]) continue;
      if (have_outages) {
        auto loaded = sla::parse_outages(all[v], judged.contracts[v], display_name(o.outages),
                                         std::string(outages_text));
        append_new(found, loaded.diagnostics());
        if (loaded) records[v].outages = std::move(loaded).value();
      }
      if (have_claims) {
        auto loaded =
            sla::parse_claims(all[v], judged.contracts[v], display_name(o.claims), std::string(claims_text));
        append_new(found, loaded.diagnostics());
        if (loaded) records[v].claims = std::move(loaded).value();
      }
      if (!have_window) continue;
      sla::diagnostics own;
      records[v].brought.emplace(all[v], judged.contracts[v], o.window, window_text, own);
      append_new(found, own);
    }
    std::vector<std::string_view> known;
    for (const std::vector<sla::contract>& of : judged.contracts)
      for (const sla::contract& c : of)
        if (std::ranges::find(known, c.id) == known.end()) known.push_back(c.id);
    for (const std::string& id : o.only)
      if (judged.sound && std::ranges::find(known, id) == known.end())
        unknown(found, "--contract", "contract", id, known);
  }
  complain(found);
  if (found.has_errors()) return failed;

  std::vector<sla::version_records> by_version;
  for (std::size_t v = 0; v < records.size(); ++v) {
    if (!o.only.empty())
      std::erase_if(judged.contracts[v],
                    [&](const sla::contract& c) { return std::ranges::find(o.only, c.id) == o.only.end(); });
    by_version.push_back({judged.contracts[v],
                          judged.incidents[v],
                          records[v].outages,
                          {.claims = records[v].claims, .announcements = records[v].announced}});
    if (records[v].brought) by_version.back().known.records = records[v].brought->records();
  }
  const sla::settled_months months{*month, o.since.empty() ? std::nullopt : since};
  const sla::portfolio all = sla::draw_up(*versions, by_version, months, as_of);
  if (o.form == format::json) return write(sla::to_json(*versions, all));
  const std::string missing = missing_files(*versions, all, o.window);
  return write(sla::to_text(*versions, all, {.colour = coloured(o.colours)}) +
               (missing.empty() ? missing : '\n' + missing));
}

}  // namespace

void add_statement(CLI::App& app, action& chosen) {
  CLI::App* command =
      app.add_subcommand("statement", "what each contract's month came to, and what the vendor owes");
  const auto o = std::make_shared<statement_options>();
  add_policies_option(*command, o->policies);
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
      "Rows of one contract, each with its first date in 'from', are its terms one after another: where they "
      "change\n"
      "inside the window, the statement measures each part, and settles as the policy's changed_window says, "
      "else on\n"
      "every reading.\n"
      "Of several --policy, versions of one policy by their dates, the one in force when an incident was "
      "reported\n"
      "judges it, and the one in force where a window begins settles it; the statement names both. Records "
      "are read\n"
      "in the names of each version that needs them.\n"
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
