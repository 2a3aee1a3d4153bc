// SPDX-License-Identifier: MIT
#include <sla/policy/records_load.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <unordered_map>
#include <utility>

#include <sla/policy/compile.hpp>

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
        columns_{{{"contract", true},
                  {"customer", true},
                  {"tier", true},
                  {"services", true},
                  {"monthly_fee", true},
                  {"region", !p.regions().empty()},
                  {"currency", false}}},
        file_(problems, limits, columns_) {}

  [[nodiscard]] std::vector<contract> run() {
    std::vector<contract> out;
    std::map<std::string, std::uint32_t, std::less<>> seen;
    const cells in(policy_, file_);
    while (file_.next()) {
      contract c;
      if (const auto id = in.name(id_column, "contract")) {
        c.id = *id;
        const auto [before, fresh] = seen.emplace(c.id, file_.line());
        if (!fresh)
          file_.error(
              id_column, "repeated-contract",
              "contract " + shown(c.id) + " stands on line " + std::to_string(before->second) + " already");
      }
      if (const auto customer = in.name(customer_column, "customer")) c.customer = *customer;
      c.tier = in.tier(tier_column).value_or(0);
      if (file_.has(region_column)) c.region = in.region(region_column).value_or(0);
      services(c);
      fee(c);
      out.push_back(std::move(c));
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
    currency_column
  };

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

  void fee(contract& c) {
    const std::string_view code = file_.text(currency_column);
    c.monthly_fee = money::minor(0, policy_.in());
    if (file_.has(currency_column) && code != policy_.in().code())
      file_.error(
          currency_column, "currency",
          "expected " + std::string(policy_.in().code()) + ", the policy's currency, found " + shown(code));
    const std::string_view text = file_.text(fee_column);
    const auto amount = parse_amount(text, policy_.in());
    if (!amount) {
      file_.error(fee_column, "malformed-amount",
                  "expected an amount such as '" +
                      amount_text(money::minor(9000 * policy_.in().unit(), policy_.in())) + "' in " +
                      std::string(policy_.in().code()) + ", found " + shown(text));
    } else if (amount->minor_units() < 0) {
      file_.error(fee_column, "negative-fee", "a fee cannot be negative, found " + shown(text));
    } else {
      c.monthly_fee = *amount;
    }
  }

  const policy& policy_;
  std::array<column_spec, 7> columns_;
  record_file file_;
};

class outage_reader {
 public:
  outage_reader(const policy& p, std::span<const contract> contracts, problem_list& problems,
                const load_limits& limits)
      : policy_(p), contracts_(contracts), problems_(problems), file_(problems, limits, columns_) {}

  [[nodiscard]] std::vector<service_outage> run() {
    const cells in(policy_, file_);
    std::vector<service_outage> out;
    std::unordered_map<std::string, std::uint64_t> numbers;
    while (file_.next()) {
      service_outage o;
      if (const auto id = in.name(id_column, "outage")) {
        o.id = *id;
        o.span.id = numbers.emplace(o.id, numbers.size() + 1).first->second;
      }
      if (const auto service = in.name(service_column, "service")) {
        o.service = *service;
        auto& seen = uses_[o.service];
        if (seen.rows++ == 0) seen.where = file_.where(service_column);
      }
      const auto begin = in.time(begin_column);
      const bool open = file_.text(end_column).empty();
      const auto end = open ? std::optional(instant::never()) : in.time(end_column);
      if (begin && end && *end < *begin)
        file_.error(end_column, "end-before-begin",
                    "the outage ends at " + shown(file_.text(end_column)) + ", before it begins at " +
                        shown(file_.text(begin_column)));
      if (begin && end) o.span.span = {*begin, *end};
      if (!file_.text(cause_column).empty())
        o.span.cause =
            in.known(cause_column, "cause", policy_.find_cause(file_.text(cause_column)), policy_.causes())
                .value_or(no_cause);
      o.span.row = file_.line();
      out.push_back(std::move(o));
    }
    services();
    return out;
  }

 private:
  enum column : std::size_t { id_column, service_column, begin_column, end_column, cause_column };
  static constexpr std::array<column_spec, 6> columns_{{{"outage", true},
                                                        {"service", true},
                                                        {"begin", true},
                                                        {"end", true},
                                                        {"cause", false},
                                                        {"note", false}}};
  struct use {
    std::size_t rows = 0;
    byte_span where;
  };

  // An outage of a service that nobody bought may be a slip of the pen: it lowers nobody's availability.
  void services() {
    std::set<std::string_view> sold;
    for (const contract& c : contracts_) sold.insert(c.services.begin(), c.services.end());
    const std::vector<std::string_view> known(sold.begin(), sold.end());
    suggestions suggest;
    for (const auto& [service, seen] : uses_) {
      if (sold.contains(service)) continue;
      problems_.warning(seen.where, "unknown-service",
                        "no contract lists the service " + shown(service) +
                            (seen.rows == 1 ? "" : ", which has " + std::to_string(seen.rows) + " outages") +
                            suggest(service, known));
    }
  }

  const policy& policy_;
  std::span<const contract> contracts_;
  problem_list& problems_;
  record_file file_;
  std::map<std::string, use, std::less<>> uses_;
};

}  // namespace
}  // namespace detail

loaded<std::vector<contract>> parse_contracts(const policy& p, std::string name, std::string text,
                                              const load_limits& limits) {
  detail::problem_list problems(std::move(name), std::move(text));
  auto out = detail::contract_reader(p, problems, limits).run();
  return {std::move(out), problems.take()};
}

loaded<std::vector<service_outage>> parse_outages(const policy& p, std::span<const contract> contracts,
                                                  std::string name, std::string text,
                                                  const load_limits& limits) {
  detail::problem_list problems(std::move(name), std::move(text));
  auto out = detail::outage_reader(p, contracts, problems, limits).run();
  return {std::move(out), problems.take()};
}

}  // namespace v0
}  // namespace sla
