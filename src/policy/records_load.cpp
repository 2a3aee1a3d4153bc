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
      const std::string_view cause = file_.text(cause_column);
      if (cause == "not measured" && !policy_.find_cause(cause)) {
        o.span.cause = not_measured;  // what it counts as is the policy's choice
      } else if (!cause.empty()) {
        o.span.cause =
            in.known(cause_column, "cause", policy_.find_cause(cause), policy_.causes()).value_or(no_cause);
      }
      if (!file_.text(affected_column).empty()) o.affected = in.number<std::int64_t>(affected_column, 0, 0);
      o.root_cause = file_.text(root_cause_column);
      o.span.row = file_.line();
      out.push_back(std::move(o));
    }
    services();
    return out;
  }

 private:
  enum column : std::size_t {
    id_column,
    service_column,
    begin_column,
    end_column,
    cause_column,
    affected_column,
    root_cause_column
  };
  static constexpr std::array<column_spec, 8> columns_{{{"outage", true},
                                                        {"service", true},
                                                        {"begin", true},
                                                        {"end", true},
                                                        {"cause", false},
                                                        {"affected", false},
                                                        {"root_cause", false},
                                                        {"note", false}}};
  struct use {
    std::size_t rows = 0;
    byte_span where;
  };

  // An outage of a service that nobody bought may be a slip of the pen: it lowers nobody's availability.
  void services() {
    std::set<std::string_view> sold;
    for (const contract& c : contracts_)
      for_each_terms(c, [&](const contract& t) { sold.insert(t.services.begin(), t.services.end()); });
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

class announcement_reader {
 public:
  announcement_reader(const policy& p, problem_list& problems, const load_limits& limits)
      : policy_(p), file_(problems, limits, columns_) {}

  [[nodiscard]] std::vector<announcement> run() {
    const cells in(policy_, file_);
    std::vector<announcement> out;
    while (file_.next()) {
      announcement& a = out.emplace_back();
      const auto begin = in.time(begin_column), end = in.time(end_column), told = in.time(announced_column);
      if (begin && end && *end < *begin)
        file_.error(end_column, "end-before-begin",
                    "the maintenance ends at " + shown(file_.text(end_column)) + ", before it begins at " +
                        shown(file_.text(begin_column)));
      if (begin && end) a.span = {*begin, *end};
      if (told) a.announced = *told;
      a.service = file_.text(service_column);
      if (!file_.text(cause_column).empty())
        a.cause =
            in.known(cause_column, "cause", policy_.find_cause(file_.text(cause_column)), policy_.causes())
                .value_or(no_cause);
      a.row = file_.line();
    }
    return out;
  }

 private:
  enum column : std::size_t { begin_column, end_column, announced_column, service_column, cause_column };
  static constexpr std::array<column_spec, 6> columns_{{{"begin", true},
                                                        {"end", true},
                                                        {"announced", true},
                                                        {"service", false},
                                                        {"cause", false},
                                                        {"note", false}}};

  const policy& policy_;
  record_file file_;
};

class claim_reader {
 public:
  claim_reader(const policy& p, std::span<const contract> contracts, problem_list& problems,
               const load_limits& limits)
      : policy_(p), contracts_(contracts), file_(problems, limits, columns_) {}

  [[nodiscard]] std::vector<contract_claim> run() {
    const cells in(policy_, file_);
    std::vector<contract_claim> out;
    while (file_.next()) {
      contract_claim c;
      const auto clause = in.name(clause_column, "clause");
      if (const auto id = in.name(contract_column, "contract")) {
        c.contract = *id;
        const auto of = std::ranges::find(contracts_, *id, &contract::id);
        if (of == contracts_.end()) {
          std::vector<std::string_view> known;
          for (const contract& each : contracts_) known.push_back(each.id);
          file_.error(contract_column, "unknown-contract",
                      "no contract is called " + shown(*id) + suggest_(*id, known));
        } else if (clause) {
          claimed(*of, *clause);
        }
      }
      if (clause) c.what.clause = *clause;
      c.what.subject = file_.text(subject_column);
      if (const auto at = in.time(at_column)) c.what.at = *at;
      out.push_back(std::move(c));
    }
    return out;
  }

 private:
  enum column : std::size_t { contract_column, clause_column, at_column, subject_column };
  static constexpr std::array<column_spec, 5> columns_{
      {{"contract", true}, {"clause", true}, {"at", true}, {"subject", false}, {"note", false}}};

  void claimed(const contract& of, std::string_view clause) {
    std::vector<std::string_view> known;
    for_each_terms(of, [&](const contract& t) {
      if (t.tier >= policy_.tier_count()) return;
      for (const claim_rule& rule : policy_.claims(t.tier))
        if (std::ranges::find(known, rule.clause) == known.end()) known.push_back(rule.clause);
    });
    if (std::ranges::find(known, clause) == known.end())
      file_.error(clause_column, "unknown-clause",
                  unknown_name("clause to claim under", shortened(clause), known));
  }

  const policy& policy_;
  std::span<const contract> contracts_;
  record_file file_;
  suggestions suggest_;
};

}  // namespace
}  // namespace detail

loaded<std::vector<contract_claim>> parse_claims(const policy& p, std::span<const contract> contracts,
                                                 std::string name, std::string text,
                                                 const load_limits& limits) {
  detail::problem_list problems(std::move(name), std::move(text));
  auto out = detail::claim_reader(p, contracts, problems, limits).run();
  return {std::move(out), problems.take()};
}

loaded<std::vector<service_outage>> parse_outages(const policy& p, std::span<const contract> contracts,
                                                  std::string name, std::string text,
                                                  const load_limits& limits) {
  detail::problem_list problems(std::move(name), std::move(text));
  auto out = detail::outage_reader(p, contracts, problems, limits).run();
  return {std::move(out), problems.take()};
}

loaded<std::vector<announcement>> parse_announcements(const policy& p, std::string name, std::string text,
                                                      const load_limits& limits) {
  detail::problem_list problems(std::move(name), std::move(text));
  auto out = detail::announcement_reader(p, problems, limits).run();
  return {std::move(out), problems.take()};
}

}  // namespace v0
}  // namespace sla
