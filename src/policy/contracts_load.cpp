// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include <sla/calendar/zone_load.hpp>
#include <sla/policy/compile.hpp>
#include <sla/policy/records_load.hpp>

#include "policy/contract_rows.hpp"
#include "policy/local_time.hpp"
#include "policy/record_cells.hpp"
#include "policy/record_file.hpp"

namespace sla {
inline namespace v0 {
namespace detail {
namespace {

[[nodiscard]] std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

class contract_reader {
 public:
  contract_reader(const policy& p, problem_list& problems, const load_limits& limits)
      : policy_(p),
        problems_(problems),
        columns_{{{"contract", true},
                  {"customer", true},
                  {"tier", true},
                  {"services", true},
                  {"monthly_fee", true},
                  {"region", !p.regions().empty()},
                  {"currency", false},
                  {"from", false},
                  {"until", false},
                  {"zone", false},
                  {"annual_fee", false},
                  {"service_fees", false},
                  {"seat_fee", false},
                  {"seats", false},
                  {"reference_fee", false},
                  {"monthly_fee_without_tax", false},
                  {"monthly_list_fee", false}}},
        file_(problems, limits, columns_) {}

  /// `passed_over`: the lines of terms that this policy settles nothing by, and need not be able to read.
  [[nodiscard]] std::vector<contract> run(const std::set<std::uint32_t>& passed_over) {
    std::vector<contract_row> rows;
    const cells in(policy_, file_);
    while (file_.next()) {
      const auto id = in.name(id_column, "contract");
      contract_row r = placed(file_.line());
      contract& c = r.terms;
      if (id) c.id = *id;
      if (const auto customer = in.name(customer_column, "customer")) c.customer = *customer;
      r.dated = dates(c);
      services(c);
      own_zone(c);
      if (passed_over.contains(file_.line())) {
        c.tier = no_tier;
        c.monthly_fee = money::minor(0, policy_.in());
      } else {
        bought(c);
      }
      rows.push_back(std::move(r));
    }
    return contracts_of(policy_, std::move(rows), problems_);
  }

  /// The lines of terms that end before a span of dates or begin after it. Dates of another zone are a day more or less
  /// of the policy's.
  [[nodiscard]] std::set<std::uint32_t> outside(const terms_wanted& wanted) {
    struct dated_line {
      std::chrono::sys_days from;
      std::optional<std::chrono::year_month_day> until;
      std::uint32_t line;
      bool other_zone;
    };
    std::map<std::string, std::vector<dated_line>, std::less<>> all;
    while (file_.next()) {
      const auto from = parse_date(file_.text(from_column));
      all[std::string(file_.text(id_column))].push_back(
          {from ? std::chrono::sys_days(*from) : std::chrono::sys_days::min(),
           parse_date(file_.text(until_column)), file_.line(),
           !file_.text(zone_column).empty() && file_.text(zone_column) != policy_.home().name()});
    }
    std::set<std::uint32_t> out;
    for (auto& [id, lines] : all) {
      std::ranges::sort(lines, {}, [](const dated_line& l) { return std::pair(l.from, l.line); });
      for (std::size_t i = 0; i < lines.size(); ++i) {
        const dated_line& l = lines[i];
        const std::chrono::days slack(l.other_zone ? 1 : 0);
        const bool ended = (i + 1 < lines.size() && lines[i + 1].from + slack <= wanted.first) ||
                           (l.until && std::chrono::sys_days(*l.until) + slack < wanted.first);
        const bool begins_later = l.from != std::chrono::sys_days::min() && l.from - slack > wanted.last;
        if (ended || begins_later) out.insert(l.line);
      }
    }
    return out;
  }

 private:
  enum column : std::size_t {
    id_column,
    customer_column,
    tier_column,
    services_column,
    fee_column,
    region_column,
    currency_column,
    from_column,
    until_column,
    zone_column,
    annual_column,
    service_fees_column,
    seat_column,
    seats_column,
    reference_column,
    without_tax_column,
    list_column
  };

  [[nodiscard]] contract_row placed(std::uint32_t line) const {
    contract_row r;
    r.line = line;
    r.id = file_.where(id_column);
    r.customer = file_.where(customer_column);
    r.from = file_.where(from_column);
    r.until = file_.where(until_column);
    r.zone = file_.where(zone_column);
    return r;
  }

  // What the row says in the policy's names and currency.
  void bought(contract& c) {
    const cells in(policy_, file_);
    const auto tier = in.tier(tier_column);
    c.tier = tier.value_or(0);
    if (file_.has(region_column)) c.region = in.region(region_column).value_or(0);
    monthly(c);
    other_fees(c);
    if (tier) bases(c);
  }

  // Each zone is read once; the policy's own need not be.
  void own_zone(contract& c) {
    const std::string_view name = file_.text(zone_column);
    if (name.empty()) return;
    auto known = zones_.find(name);
    if (known == zones_.end()) {
      // Looking for what was meant takes a walk over all zone files.
      constexpr std::size_t most_unknown = 20;
      if (wrong_zones_.size() == most_unknown) {
        file_.error(zone_column, "unknown-zone",
                    "no zone is looked for after " + std::to_string(most_unknown) + " unknown ones, found " +
                        shown(name));
        return;
      }
      known = zones_.emplace(std::string(name), std::nullopt).first;
      try {
        known->second = name == policy_.home().name() ? policy_.home() : load_zone(name);
      } catch (const error& e) {
        wrong_zones_.emplace(std::string(name), shortened(e.what(), 300));
      }
    }
    if (known->second) {
      c.zone = known->second;
    } else {
      file_.error(zone_column, "unknown-zone", wrong_zones_.find(name)->second);
    }
  }

  void services(contract& c) {
    std::string_view rest = file_.text(services_column);
    if (rest.empty()) return;  // a contract without services has no availability
    for (bool more = true; more;) {
      const std::size_t end = rest.find(';');
      const std::string_view service = trimmed(rest.substr(0, end));
      more = end != rest.npos;
      rest.remove_prefix(more ? end + 1 : rest.size());
      if (service.empty()) {
        file_.error(services_column, "empty-service",
                    "an empty name among the services, which ';' separates");
      } else if (std::ranges::find(c.services, service) != c.services.end()) {
        file_.error(services_column, "repeated-service", "service " + shown(service) + " stands twice");
      } else {
        c.services.emplace_back(service);
      }
    }
  }

  [[nodiscard]] std::optional<money> amount(std::size_t at, std::string_view text) {
    const auto found = parse_amount(text, policy_.in());
    if (!found) {
      file_.error(at, "malformed-amount",
                  "expected an amount such as '" +
                      amount_text(money::minor(9000 * policy_.in().unit(), policy_.in())) + "' in " +
                      std::string(policy_.in().code()) + ", found " + shown(text));
      return std::nullopt;
    }
    if (found->minor_units() >= 0) return found;
    file_.error(at, "negative-fee", "a fee cannot be negative, found " + shown(text));
    return std::nullopt;
  }

  void monthly(contract& c) {
    const std::string_view code = file_.text(currency_column);
    c.monthly_fee = money::minor(0, policy_.in());
    if (file_.has(currency_column) && code != policy_.in().code())
      file_.error(
          currency_column, "currency",
          "expected " + std::string(policy_.in().code()) + ", the policy's currency, found " + shown(code));
    sound_ = true;
    if (const auto fee = amount(fee_column, file_.text(fee_column))) {
      c.monthly_fee = *fee;
    } else {
      sound_ = false;
    }
  }

  // A fee of its own column, where the contract has one.
  void named(contract& c, std::size_t at, fee like) {
    if (file_.text(at).empty()) return;
    if (const auto found = amount(at, file_.text(at))) {
      like.amount = *found;
      c.fees.push_back(like);
    } else {
      sound_ = false;
    }
  }
  [[nodiscard]] std::optional<std::chrono::year_month_day> date(std::size_t at, bool& good) {
    const std::string_view text = file_.text(at);
    if (text.empty()) return std::nullopt;
    const auto found = parse_date(text);
    good = good && found;
    if (!found)
      file_.error(at, "malformed-date", "expected a date such as '2026-03-01', found " + shown(text));
    return found;
  }
  // Whether they are sound.
  [[nodiscard]] bool dates(contract& c) {
    bool good = true;
    c.from = date(from_column, good);
    c.until = date(until_column, good);
    if (!c.from || !c.until || std::chrono::sys_days(*c.until) >= std::chrono::sys_days(*c.from)) return good;
    file_.error(until_column, "term-ends-before-it-begins",
                "expected a last date from " + std::string(file_.text(from_column)) + " on, found " +
                    shown(file_.text(until_column)));
    return false;
  }
  void other_fees(contract& c) {
    // Beside a fee without tax the monthly fee includes it, and beside the list's it is what is paid.
    const bool taxed = !file_.text(without_tax_column).empty(), listed = !file_.text(list_column).empty();
    if (taxed) c.fee_is_taxed = fee_tax::included;
    if (listed) c.fee_is_paid = fee_price::paid;
    named(c, without_tax_column,
          {.id = number_of(named_fee::monthly), .tax = fee_tax::excluded, .price = c.fee_is_paid});
    named(c, list_column,
          {.id = number_of(named_fee::monthly), .tax = c.fee_is_taxed, .price = fee_price::list});
    named(c, annual_column, {.id = number_of(named_fee::annual)});
    named(c, seat_column, {.id = number_of(named_fee::seat)});
    named(c, reference_column, {.id = number_of(named_fee::reference)});
    const cells in(policy_, file_);
    c.seats = in.number<std::int64_t>(seats_column, 0, 1).value_or(1);
    service_fees(c);
  }
  void service_fees(contract& c) {
    std::string_view rest = file_.text(service_fees_column);
    if (rest.empty()) return;
    const auto n = static_cast<std::size_t>(std::ranges::count(rest, ';')) + 1;
    if (n != c.services.size()) {
      sound_ = false;
      file_.error(service_fees_column, "service-fees",
                  "expected a fee for each of the " + std::to_string(c.services.size()) +
                      " services, in their order, found " + std::to_string(n));
      return;
    }
    for (const std::string& service : c.services) {
      const std::size_t end = rest.find(';');
      const auto found = amount(service_fees_column, trimmed(rest.substr(0, end)));
      if (found)
        c.fees.push_back({.id = number_of(named_fee::service), .amount = *found, .subject = service});
      if (!found) sound_ = false;
      rest.remove_prefix(end == rest.npos ? rest.size() : end + 1);
    }
  }

  // Whether every share that the tier is owed has its fee.
  void bases(const contract& c) {
    if (!sound_) return;
    const auto missing = find_missing_base(policy_, c);
    if (!missing) return;
    if (missing->base.of_subject && missing->base.fee == number_of(named_fee::reference)) {
      file_.error(id_column, "missing-fee",
                  "clause " + shown(missing->clause) +
                      " is a share of the fee of each service, one of which is 0; a reference fee is of the "
                      "whole contract and stands in for none: expected a fee above 0 in service_fees");
      return;
    }
    std::string fee(named_fee_names[missing->base.fee]);
    if (missing->base.tax != fee_tax::unstated)
      fee += missing->base.tax == fee_tax::included ? " with tax" : " without tax";
    if (missing->base.price != fee_price::unstated)
      fee += missing->base.price == fee_price::list ? " of the list" : " that is paid";
    constexpr std::array<std::string_view, named_fee_names.size()> columns{
        "monthly_fee_without_tax and monthly_list_fee", "annual_fee", "service_fees", "seat_fee",
        "reference_fee"};
    file_.error(id_column, "missing-fee",
                "clause " + shown(missing->clause) + " is a share of the " + fee +
                    ", which the contract does not " + "state: expected the column " +
                    std::string(columns[missing->base.fee]));
  }

  bool sound_ = true;  // every fee of the row could be read
  const policy& policy_;
  problem_list& problems_;
  std::array<column_spec, 17> columns_;
  record_file file_;
  std::map<std::string, std::optional<zone>, std::less<>> zones_;  // by name; none: unknown
  std::map<std::string, std::string, std::less<>> wrong_zones_;    // what is wrong with those
};

}  // namespace
}  // namespace detail

loaded<std::vector<contract>> parse_contracts(const policy& p, std::string name, std::string text,
                                              const load_limits& limits, const terms_wanted& wanted) {
  std::set<std::uint32_t> passed_over;
  if (wanted != terms_wanted{}) {
    detail::problem_list told_below(name, text);
    passed_over = detail::contract_reader(p, told_below, limits).outside(wanted);
  }
  detail::problem_list problems(std::move(name), std::move(text));
  auto out = detail::contract_reader(p, problems, limits).run(passed_over);
  return {std::move(out), problems.take()};
}

}  // namespace v0
}  // namespace sla
