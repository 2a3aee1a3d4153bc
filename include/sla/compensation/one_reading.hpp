// SPDX-License-Identifier: MIT
#pragma once

// One reading of one window, whole: its lines, how they combine, its caps, its totals. Private to settle.hpp.
//
// Caps on a line apply before lines combine, so that the largest is the largest that is paid; caps on all of them apply
// to what is left, each form by itself (rule M8).
//
// The hard question: a cap that is a share, in a window of which the contract fills a part? Of a cap on the window it is
// of the part's share of the fee; a cap that reaches back is of the whole fee, for it limits more than this window.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

#include <sla/base/error.hpp>
#include <sla/compensation/line.hpp>

namespace sla {
inline namespace v0 {

/// What a contract says of remedies.
struct settle_terms {
  std::span<const credit_terms> credits{};
  std::span<const cap_terms> caps{};
  combination combined = combination::unstated;
};

namespace detail {

inline constexpr std::size_t no_line = static_cast<std::size_t>(-1);

class settling {
 public:
  settling(const settle_terms& terms, const window_facts& facts) : terms_(terms), facts_(facts) {
    if (facts.fees.empty()) fail("a settlement needs a fee");
    for (const fee& f : facts.fees) {
      if (f.amount.in() != facts.fees[0].amount.in())
        fail("fees of " + std::string(facts.fees[0].amount.in().code()) + " and " +
             std::string(f.amount.in().code()) + " do not mix");
      if (f.amount.minor_units() < 0) fail("a fee to take credits from cannot be negative");
    }
  }

  /// One reading, whole. `doubt` collects what its lines leave open.
  [[nodiscard]] reading read(const reading_choice& how, line_doubt& doubt) {
    reading r;
    r.combination = how.how;
    r.gap = how.shape.gap;
    r.counted = how.shape.counted;
    r.base = how.base;
    r.lines.reserve(terms_.credits.size() * (terms_.credits.size() > 1 ? 1 : facts_.figures.size()));
    for (const credit_terms& clause : terms_.credits)
      for (const figure& f : facts_.figures)
        if (f.metric == clause.metric) {
          r.lines.push_back(line_of(clause, f, facts_, how, doubt));
          if (clause.once_a_day) once_.push_back(r.lines.size() - 1);
        }
    cap_lines(r);
    supersede(r, how.how);
    once_.clear();
    add_up(r);
    for (const cap_scope scope :
         {cap_scope::window, cap_scope::year, cap_scope::rolling_year, cap_scope::contract})
      for (const cap_terms& cap : terms_.caps)
        if (cap.scope == scope) cap_total(cap, r, how.base);
    r.total = zero();
    for (const form_total& t : r.totals)
      if (t.form == remedy_form::credit) r.total = t.amount;
    return r;
  }

  /// Whether a line pays, or would on another reading or when claimed.
  [[nodiscard]] static bool can_pay(const credit_line& l) noexcept {
    return l.outcome == line_outcome::pays || l.outcome == line_outcome::claimable || l.undefined;
  }
  /// How many lines pay, or could, in the form where most do.
  [[nodiscard]] static std::size_t payers(const reading& r) {
    std::size_t most = 0;
    for (const form_total& t : r.totals) {
      std::size_t n = 0;
      for (const credit_line& l : r.lines) n += l.form == t.form && l.unit == t.unit && can_pay(l) ? 1 : 0;
      most = std::max(most, n);
    }
    return most;
  }

 private:
  [[nodiscard]] money zero() const { return money::minor(0, facts_.fees[0].amount.in()); }

  // --- caps

  // The limit in minor units or in units.
  [[nodiscard]] std::int64_t limit_of(const cap_terms& cap, const base_amount& base) const {
    if (const std::int64_t* units = std::get_if<std::int64_t>(&cap.limit)) {
      if (is_money(cap.form)) fail("clause " + cap.clause + ": a cap on money is an amount or a share");
      return *units;
    }
    if (!is_money(cap.form)) fail("clause " + cap.clause + ": a cap on units is a number");
    if (const money* amount = std::get_if<money>(&cap.limit)) {
      if (amount->in() != zero().in())
        fail("clause " + cap.clause + ": a cap in " + std::string(amount->in().code()) +
             " cannot limit amounts in " + std::string(zero().in().code()));
      return amount->minor_units();
    }
    const ratio& limit = std::get<ratio>(cap.limit);
    const auto share = base.share == whole_fee ? std::optional(limit) : checked_mul(limit, base.share);
    if (!share) fail("clause " + cap.clause + ": a cap must fit 64 bits");
    return base.amount.times(*share, cap.rounding).minor_units();
  }
  // What a line is worth in its form.
  [[nodiscard]] static std::int64_t worth(const credit_line& l) noexcept {
    return is_money(l.form) ? l.granted.minor_units() : l.granted_count;
  }
  // Takes from `amount` what exceeds a cap, and records it.
  void apply(const cap_terms& cap, std::size_t line, std::int64_t limit, std::int64_t earlier,
             std::int64_t& amount, reading& r) const {
    const std::int64_t before = amount;
    const std::int64_t left = limit > earlier ? *checked_sub(limit, earlier) : 0;
    amount = std::min(amount, std::max<std::int64_t>(left, 0));
    if (is_money(cap.form)) {
      const auto in = [&](std::int64_t minor) { return money::minor(minor, zero().in()); };
      r.caps.push_back({cap.clause, cap.scope, line, in(limit), in(earlier), in(before), in(amount),
                        in(before - amount), cap.form});
    } else {
      r.unit_caps.push_back(
          {cap.clause, cap.scope, line, limit, earlier, before, amount, before - amount, cap.form, cap.unit});
    }
  }
  [[nodiscard]] static bool limits(const cap_terms& cap, remedy_form form, const std::string& unit) noexcept {
    return cap.form == form && (is_money(form) || cap.unit == unit);
  }
  void cap_lines(reading& r) {
    left_.clear();
    for (const credit_line& l : r.lines) left_.push_back(worth(l));
    for (const cap_terms& cap : terms_.caps) {
      if (cap.scope != cap_scope::line) continue;
      for (std::size_t i = 0; i < r.lines.size(); ++i) {
        const credit_line& l = r.lines[i];
        if (l.outcome != line_outcome::pays || !limits(cap, l.form, l.unit)) continue;
        apply(cap, i, limit_of(cap, {l.base, l.base_share, false}), 0, left_[i], r);
      }
    }
  }
  void cap_total(const cap_terms& cap, reading& r, std::size_t base) const {
    base_amount of;
    const bool reaches_back = cap.scope > cap_scope::window;
    const auto fees = reaches_back && !facts_.whole_fees.empty() ? facts_.whole_fees : facts_.fees;
    if (std::holds_alternative<ratio>(cap.limit))
      of = bases(cap.base, fees, cap.clause, {}, 1, facts_.days).read(base);
    const std::int64_t limit = limit_of(cap, of);
    form_total none{cap.form, is_money(cap.form) ? std::string() : cap.unit, zero(), 0};
    form_total* total = &none;
    for (form_total& t : r.totals)
      if (limits(cap, t.form, t.unit)) total = &t;
    std::int64_t earlier = 0;
    const auto add = [&](std::int64_t paid) {
      const auto sum = checked_add(earlier, paid);
      if (!sum) fail("what earlier windows paid must fit 64 bits");
      earlier = *sum;
    };
    // A share of a part's fee is of that part alone; an amount is one for all parts of the window.
    if (reaches_back || !std::holds_alternative<ratio>(cap.limit)) {
      for (const earlier_payment& e : facts_.earlier)
        if (e.scope == cap.scope && is_money(cap.form) && e.form == cap.form)
          add((zero() + e.paid).minor_units());
      for (const earlier_units& e : facts_.units_earlier)
        if (e.scope == cap.scope && !is_money(cap.form) && limits(cap, e.form, e.unit)) add(e.count);
      if (earlier < 0) fail("clause " + cap.clause + ": earlier windows cannot have paid less than nothing");
    }
    std::int64_t amount = is_money(cap.form) ? total->amount.minor_units() : total->count;
    apply(cap, no_line, limit, earlier, amount, r);
    if (is_money(cap.form)) {
      total->amount = money::minor(amount, zero().in());
    } else {
      total->count = amount;
    }
  }

  // --- combination

  static void withdraw(credit_line& l) {
    l.outcome = line_outcome::superseded;
    l.granted = money::minor(0, l.granted.in());
    l.granted_count = 0;
  }
  // Of `lines`, those with one key keep their largest after caps; of equal ones the first. Caps on lines that were
  // withdrawn did nothing.
  template <class Key>
  void keep_largest(reading& r, std::vector<std::size_t> lines, Key key) const {
    std::erase_if(lines, [&](std::size_t i) { return r.lines[i].outcome != line_outcome::pays; });
    std::ranges::sort(lines, [&](std::size_t a, std::size_t b) {
      const auto one = key(r.lines[a]), other = key(r.lines[b]);
      if (one != other) return one < other;
      return left_[a] != left_[b] ? left_[a] > left_[b] : a < b;
    });
    for (std::size_t k = 1; k < lines.size(); ++k)
      if (key(r.lines[lines[k]]) == key(r.lines[lines[k - 1]])) withdraw(r.lines[lines[k]]);
  }
  void supersede(reading& r, combination how) const {
    const auto pot = [](const credit_line& l) { return std::tuple(l.form, std::string_view(l.unit)); };
    if (!once_.empty()) {
      std::vector<std::size_t> dated = once_;
      std::erase_if(dated, [&](std::size_t i) { return !r.lines[i].date; });
      keep_largest(r, std::move(dated), [&](const credit_line& l) {
        return std::tuple(std::string_view(l.clause), pot(l), *l.date);
      });
    }
    if (how == combination::max || how == combination::root_cause) {
      std::vector<std::size_t> all;
      for (std::size_t i = 0; i < r.lines.size(); ++i)
        if (how == combination::max || r.lines[i].cause != 0) all.push_back(i);
      if (how == combination::max) {
        keep_largest(r, std::move(all), pot);
      } else {
        keep_largest(r, std::move(all), [&](const credit_line& l) { return std::tuple(pot(l), l.cause); });
      }
    }
    const auto gone = [&](const auto& c) { return r.lines[c.line].outcome == line_outcome::superseded; };
    std::erase_if(r.caps, gone);
    std::erase_if(r.unit_caps, gone);
  }

  // --- totals

  void add_up(reading& r) const {
    for (std::size_t i = 0; i < r.lines.size(); ++i) {
      const credit_line& l = r.lines[i];
      auto t = std::ranges::find_if(
          r.totals, [&](const form_total& x) { return x.form == l.form && x.unit == l.unit; });
      if (t == r.totals.end()) {
        r.totals.push_back({l.form, l.unit, zero(), 0});
        t = r.totals.end() - 1;
      }
      if (l.outcome != line_outcome::pays) continue;
      if (is_money(l.form)) {
        t->amount += money::minor(left_[i], zero().in());
      } else if (is_single(l.form)) {
        t->count = std::max(t->count, left_[i]);
      } else {
        const auto sum = checked_add(t->count, left_[i]);
        if (!sum) fail("a number of units must fit 64 bits");
        t->count = *sum;
      }
    }
    if (r.totals.size() > 1)
      std::ranges::sort(r.totals, [](const form_total& a, const form_total& b) {
        return std::tie(a.form, a.unit) < std::tie(b.form, b.unit);
      });
  }

  settle_terms terms_;
  window_facts facts_;
  std::vector<std::int64_t> left_{};  // of each line, after its own caps
  std::vector<std::size_t> once_{};   // lines of clauses that pay once a day
};

}  // namespace detail
}  // namespace v0
}  // namespace sla
