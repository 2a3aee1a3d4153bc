// SPDX-License-Identifier: MIT
#include "policy/contract_rows.hpp"

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <utility>

#include <sla/calendar/local_text.hpp>

#include "policy/record_file.hpp"

namespace sla {
inline namespace v0 {
namespace detail {
namespace {

[[nodiscard]] std::chrono::sys_days first_date(const contract_row& r) {
  return r.terms.from ? std::chrono::sys_days(*r.terms.from) : std::chrono::sys_days::min();
}

// What two rows of one contract, one after the other in time, have to agree about.
class neighbours {
 public:
  neighbours(const policy& p, const contract_row& a, const contract_row& b, problem_list& problems)
      : policy_(p), a_(a), b_(b), problems_(problems) {}

  void check() const {
    if (first_date(a_) == first_date(b_)) return same_begin();
    dates();
    if (zone_name(a_) != zone_name(b_))
      problems_.error(later().zone, "zone-of-terms",
                      contract_text() + " has its dates in " + zone_name(earlier()) + " on line " +
                          std::to_string(earlier().line) + ": its terms have one zone, found " +
                          zone_name(later()));
    if (a_.terms.customer != b_.terms.customer)
      problems_.warning(later().customer, "customer-of-terms",
                        contract_text() + " is that of " + shown(earlier().terms.customer) + " on line " +
                            std::to_string(earlier().line) + ", found " + shown(later().terms.customer));
  }

 private:
  // As the file has them: what is said stands at the second.
  [[nodiscard]] const contract_row& earlier() const { return a_.line < b_.line ? a_ : b_; }
  [[nodiscard]] const contract_row& later() const { return a_.line < b_.line ? b_ : a_; }
  [[nodiscard]] std::string contract_text() const { return "contract " + shown(a_.terms.id); }
  [[nodiscard]] std::string zone_name(const contract_row& r) const {
    return shown(r.terms.zone ? r.terms.zone->name() : policy_.home().name());
  }

  void same_begin() const {
    const std::string line = " stands on line " + std::to_string(earlier().line) + " already";
    if (!later().terms.from)
      return problems_.error(later().id, "repeated-contract",
                             contract_text() + line + ": its later terms have a first date each, in 'from'");
    problems_.error(later().from, "repeated-contract",
                    contract_text() + line + " with terms from " + date_text(*later().terms.from) + " on");
  }
  void dates() const {
    if (!a_.terms.until) return;  // they hold to the eve of the next
    const std::chrono::sys_days last = *a_.terms.until, next = first_date(b_);
    if (last + std::chrono::days(1) == next) return;
    const std::string eve = date_text(std::chrono::year_month_day(next - std::chrono::days(1)));
    const std::string found = date_text(*a_.terms.until);
    if (last >= next) {
      problems_.error(a_.until, "overlapping-terms",
                      contract_text() + " has other terms from " + date_text(*b_.terms.from) +
                          " on, on line " + std::to_string(b_.line) + ": expected a last date of " + eve +
                          ", or none, found " + found);
    } else {
      problems_.error(a_.until, "gap-in-terms",
                      contract_text() + " has no terms between " + found + " and " +
                          date_text(*b_.terms.from) + ", from when line " + std::to_string(b_.line) +
                          " has them: expected a last date of " + eve +
                          ", or none, or an id of its own for the later contract");
    }
  }

  const policy& policy_;
  const contract_row& a_;
  const contract_row& b_;
  problem_list& problems_;
};

}  // namespace

std::vector<contract> contracts_of(const policy& p, std::vector<contract_row> rows, problem_list& problems) {
  // Rows without an id are no terms of one another.
  std::vector<std::vector<std::size_t>> groups;
  std::unordered_map<std::string_view, std::size_t> known;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::string_view id = rows[i].terms.id;
    const auto [at, fresh] = id.empty() ? std::pair(known.end(), true) : known.emplace(id, groups.size());
    if (fresh) groups.emplace_back();
    groups[fresh ? groups.size() - 1 : at->second].push_back(i);
  }
  std::vector<contract> out;
  for (std::vector<std::size_t>& group : groups) {
    std::ranges::sort(group, {}, [&](std::size_t i) { return std::pair(first_date(rows[i]), i); });
    for (std::size_t k = 1; k < group.size(); ++k) {
      const contract_row &a = rows[group[k - 1]], &b = rows[group[k]];
      if (a.dated && b.dated) neighbours(p, a, b, problems).check();
    }
    contract whole = rows[group.front()].terms;
    for (std::size_t k = 1; k < group.size(); ++k) whole.later.push_back(rows[group[k]].terms);
    out.push_back(std::move(whole));
  }
  return out;
}

}  // namespace detail
}  // namespace v0
}  // namespace sla
