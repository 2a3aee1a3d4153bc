// SPDX-License-Identifier: MIT
#pragma once

// What a clause owes, in words. Private to the reports.

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include <sla/compensation/credit.hpp>
#include <sla/policy/named_fee.hpp>
#include <sla/policy/policy.hpp>

#include "words.hpp"

namespace sla {
inline namespace v0 {
namespace detail {

class remedy_words {
 public:
  explicit remedy_words(const policy& p) : p_(p) {}

  // "below 99.9% 10%, below 99% 30%".
  [[nodiscard]] std::string pays(const credit_terms& c) const { return pays(c.pays, c.form); }

  // "monthly fee", "a twelfth of the annual fee"; empty for what is no share of a fee.
  [[nodiscard]] static std::string base(const base_terms& b) {
    std::string out;
    if (b.spread == fee_spread::twelfth) out = "a twelfth of the ";
    if (b.spread == fee_spread::by_days) out = "the window's days of the ";
    if (b.price == fee_price::list) out += "list ";
    if (b.price == fee_price::paid) out += "paid ";
    out += fee(b.fee);
    if (b.each_seat) out += " of each seat";
    if (b.tax == fee_tax::included) out += ", tax included";
    if (b.tax == fee_tax::excluded) out += ", without tax";
    if (b.reference) out += ", or the " + fee(*b.reference) + " where it is 0";
    return out;
  }

  // What a clause owes a share of; empty for what is no money, and for an amount that no fee decides.
  [[nodiscard]] static std::string base(const credit_terms& c) {
    const auto* flat = std::get_if<constant>(&c.pays.is);
    const bool fixed = flat != nullptr && std::holds_alternative<money>(flat->pays);
    return is_money(c.form.form) && !fixed ? base(c.base) : std::string();
  }

  // "credit", "term extension, by the day".
  [[nodiscard]] static std::string form(remedy_form f, std::string_view unit) {
    std::string out(name(f));
    if (is_single(f)) return unit.empty() ? out : out + ": " + printable(unit);
    return unit.empty() ? out : out + ", by the " + printable(unit);
  }

  // "above 100.00 CNY; from the 2nd miss in a row; claimed within 2 months of the month's end".
  [[nodiscard]] std::string conditions(const credit_terms& c, const claim_rule* claim) const {
    std::string out;
    const auto add = [&](const std::string& s) { out += (out.empty() ? "" : "; ") + s; };
    if (!c.gate.plans.empty()) {
      std::string tiers;
      for (const plan_id t : c.gate.plans) tiers += (tiers.empty() ? "" : ", ") + printable(p_.tier_name(t));
      add("for " + tiers);
    }
    if (c.gate.windows != 0)
      add("from " + std::to_string(c.gate.misses) + " misses among " + std::to_string(c.gate.windows) +
          " windows on");
    else if (c.gate.misses > 1)
      add("from " + std::to_string(c.gate.misses) + " misses in a row on");
    if (c.gate.more_than) add("only above " + to_string(*c.gate.more_than));
    if (c.once_a_day) add("once a day");
    if (c.rate_first) add("the rate " + rounded(c.rate_first->mode) + " to " + to_string(c.rate_first->unit));
    if (claim != nullptr) add(claimed(*claim));
    return out;
  }

  // The calendar by which a claim's workdays are counted; empty where none are.
  [[nodiscard]] std::string_view calendar(const claim_rule& c) const noexcept {
    for (const auto& [known, time] : p_.calendars())
      if (&time == c.workdays) return known;
    return {};
  }

  // "50%", "30000.00 CNY", "30 day".
  [[nodiscard]] static std::string limit(const cap_terms& c) {
    return std::visit(
        [&](const auto& l) {
          if constexpr (std::is_same_v<std::remove_cvref_t<decltype(l)>, std::int64_t>)
            return std::to_string(l) + ' ' + printable(c.unit);
          else
            return to_string(l);
        },
        c.limit);
  }
  // What a cap's share is a share of; empty for one that is none.
  [[nodiscard]] static std::string limit_base(const cap_terms& c) {
    if (!std::holds_alternative<ratio>(c.limit)) return {};
    return c.scope == cap_scope::line ? std::string("the line's own fee") : base(c.base);
  }
  [[nodiscard]] static std::string_view scope(cap_scope s, window_kind by) noexcept {
    switch (s) {
      case cap_scope::line: return "each line";
      case cap_scope::window: return window(by);
      case cap_scope::year: return "contract year";
      case cap_scope::rolling_year: return "12 months";
      case cap_scope::contract: return "contract";
    }
    return {};
  }
  // "month".
  [[nodiscard]] static std::string_view window(window_kind k) noexcept {
    if (k == window_kind::calendar_quarter) return "quarter";
    return k == window_kind::calendar_year ? "year" : "month";
  }
  // "rounded half up".
  [[nodiscard]] static std::string rounded(rounding mode) {
    for (const auto& [text, r] : rounding_names)
      if (r == mode) return "rounded " + std::string(text);
    return {};
  }

 private:
  [[nodiscard]] static std::string fee(fee_id id) {
    return id < named_fee_names.size() ? std::string(named_fee_names[id]) : "fee " + std::to_string(id);
  }

  // What a rate is worth: a share of the fee, or a number of units.
  [[nodiscard]] static std::string worth(const ratio& r, remedy_form f) {
    if (is_money(f)) return to_string(r);
    return r.den() == 1 ? std::to_string(r.num()) : std::to_string(r.num()) + '/' + std::to_string(r.den());
  }
  [[nodiscard]] static std::string counted(unit_counting c) {
    if (c == unit_counting::unstated) return "for each ";
    if (c == unit_counting::proportional) return "in proportion, for each ";
    return "for each " + std::string(name(c)) + ' ';
  }
  [[nodiscard]] static std::string length(std::int64_t s, time_kind k) {
    const std::chrono::seconds t(s);
    return k == time_kind::worked ? to_string(worked(t)) : to_string(t);
  }

  [[nodiscard]] std::string pays(const shape& s, const form_terms& f) const {
    return std::visit([&](const auto& leaf) { return of(leaf, f); }, s.is);
  }

  [[nodiscard]] static std::string of(const steps& s, const form_terms& f) {
    std::string out;
    for (const step& r : s.rows) {
      out += out.empty() ? "" : ", ";
      out += r.inclusive ? to_string(r.below) + " or less" : "below " + to_string(r.below);
      if (r.from != ratio()) out += " down to " + to_string(r.from);
      out += ": " + worth(r.rate, f.form);
    }
    return out;
  }
  [[nodiscard]] static std::string of(const per_step_below& s, const form_terms& f) {
    return worth(s.rate, f.form) + ' ' + counted(s.counted) + to_string(s.step) + " below " +
           to_string(s.bound);
  }
  [[nodiscard]] static std::string of(const pro_rata& s, const form_terms& f) {
    const std::string times = s.times == ratio(1)  ? std::string()
                              : s.times.den() == 1 ? std::to_string(s.times.num()) + " times "
                                                   : to_string(s.times) + " of ";
    const std::string what = f.length.count() != 0 ? "the time down, in units of " + to_string(f.length)
                                                   : "the fee of the time down";
    const std::string bound = s.inclusive
                                  ? (s.below == ratio(1) ? "" : ", at " + to_string(s.below) + " or less")
                                  : (s.below == ratio(1) ? "" : ", below " + to_string(s.below));
    return times + what + bound;
  }
  [[nodiscard]] static std::string of(const per_unit& s, const form_terms& f) {
    std::string out = worth(s.rate, f.form) + ' ' + counted(s.counted) + length(s.unit.count(), s.in);
    if (s.more_than.count() != 0) out += " of more than " + length(s.more_than.count(), s.in);
    std::string free;
    if (s.free.count() != 0) free = length(s.free.count(), s.in);
    if (s.free_share != ratio())
      free += (free.empty() ? "" : " and ") + to_string(s.free_share) + " of the window";
    return free.empty() ? out : out + " after " + free + " free";
  }
  [[nodiscard]] static std::string of(const duration_tiers& s, const form_terms& f) {
    std::string out;
    for (const tier_row& r : s.rows) {
      // "Over 4 h" begins a second after 4 h.
      const bool past = r.from % 60 == 1;
      out += (out.empty() ? "" : ", ") + std::string(past ? "over " : "at least ") +
             length(past ? r.from - 1 : r.from, s.in);
      if (r.until != std::numeric_limits<std::int64_t>::max())
        out +=
            r.until % 60 == 1 ? " up to " + length(r.until - 1, s.in) : " and below " + length(r.until, s.in);
      out += ": " + worth(r.rate, f.form);
    }
    return out;
  }
  [[nodiscard]] static std::string of(const count_tiers& s, const form_terms& f) {
    std::string out;
    for (const tier_row& r : s.rows)
      out += (out.empty() ? "" : ", ") + std::to_string(r.from) +
             (r.until == std::numeric_limits<std::int64_t>::max() ? std::string(" or more")
                                                                  : " to " + std::to_string(r.until - 1)) +
             ": " + worth(r.rate, f.form);
    return out;
  }
  [[nodiscard]] static std::string of(const per_count& s, const form_terms& f) {
    return worth(s.rate, f.form) + " for each" +
           (s.free == 0 ? std::string() : " after " + std::to_string(s.free) + " free");
  }
  [[nodiscard]] static std::string of(const nth_miss& s, const form_terms& f) {
    std::string out = "below " + to_string(s.below) + ", by the misses among " + std::to_string(s.windows) +
                      (s.windows == 1 ? " window: " : " windows: ");
    for (std::size_t i = 0; i < s.rates.size(); ++i)
      out += (i == 0 ? "" : ", ") + std::to_string(i + 1) +
             (i + 1 == s.rates.size() ? " or more pay "
              : i == 0                ? " pays "
                                      : " pay ") +
             worth(s.rates[i], f.form);
    return out;
  }
  [[nodiscard]] static std::string of(const constant& s, const form_terms& f) {
    const std::string when = s.below == ratio() ? std::string("any") : "below " + to_string(s.below);
    if (is_single(f.form)) return "owed " + when;
    return when + ": " +
           (std::holds_alternative<money>(s.pays) ? to_string(std::get<money>(s.pays))
                                                  : worth(std::get<ratio>(s.pays), f.form));
  }
  [[nodiscard]] std::string of(const combined& s, const form_terms& f) const {
    constexpr std::string_view how[]{"the greatest of (", "the least of (", "the sum of (", "the last of ("};
    std::string out(how[static_cast<std::size_t>(s.how)]);
    for (std::size_t i = 0; i < s.of.size(); ++i) out += (i == 0 ? "" : "; ") + pays(s.of[i], f);
    return out + ')';
  }

  [[nodiscard]] std::string claimed(const claim_rule& rule) const {
    const claim_terms& c = rule.terms;
    std::string out = "claimed within " + std::visit([](const auto& t) { return to_string(t); }, c.within) +
                      (c.from == claim_terms::window_end ? " of the window's end" : " of the occurrence");
    if (c.from_workday > 0) out += ", from workday " + std::to_string(c.from_workday) + " on";
    if (c.moves_to_workday) out += ", or the next workday";
    if (const std::string_view days = calendar(rule); !days.empty())
      out += ", by the calendar '" + printable(days) + '\'';
    return out;
  }

  const policy& p_;
};

}  // namespace detail
}  // namespace v0
}  // namespace sla
