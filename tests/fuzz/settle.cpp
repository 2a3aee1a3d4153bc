// SPDX-License-Identifier: MIT
// Any bytes make clauses of every shape and form, caps of every scope, fees, claims and figures, and are settled. Of
// every reading and every form, what lines are granted less what caps take is the total; nothing is negative; the
// reading shown pays least; settling twice gives the same; and adjusting a settlement by itself changes nothing. What
// leaves 64 bits is an error and nothing else.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <iterator>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include <sla/compensation/adjust.hpp>
#include <sla/compensation/settle.hpp>
#include <sla/compensation/shape_faults.hpp>

namespace {

using namespace sla;

void check(bool ok, const char* what) {
  if (ok) return;
  std::cerr << what << '\n';
  std::abort();
}

// Reads numbers until the bytes are used up, then zeros.
class bytes {
 public:
  bytes(const std::uint8_t* data, std::size_t size) : data_(data), size_(size) {}

  [[nodiscard]] bool left() const noexcept { return at_ < size_; }
  [[nodiscard]] unsigned next() noexcept { return at_ < size_ ? data_[at_++] : 0; }
  [[nodiscard]] std::size_t below(unsigned n) noexcept { return next() % n; }
  // Mostly small numbers; one byte in eight asks for those at the edge of 64 bits.
  [[nodiscard]] std::int64_t number() noexcept {
    const unsigned b = next();
    if (b < 224) return static_cast<std::int64_t>(b) * (1 + next());
    return std::numeric_limits<std::int64_t>::max() >> (b - 224);
  }
  [[nodiscard]] ratio share() noexcept { return ratio(static_cast<std::int64_t>(next()), 200); }
  [[nodiscard]] ratio rate() { return ratio(number(), static_cast<std::int64_t>(1 + next())); }

 private:
  const std::uint8_t* data_;
  std::size_t size_, at_ = 0;
};

shape some_shape(bytes& in, int depth) {
  const auto counted = [&] { return static_cast<unit_counting>(in.below(4)); };
  const auto rows = [&] {
    std::vector<tier_row> out(1 + in.below(3));
    for (tier_row& r : out) {
      r = {in.number(), in.rate()};
      if (in.below(4) == 0) r.until = r.from / 2 + in.number() / 2;
    }
    return out;
  };
  switch (in.below(depth < 3 ? 10 : 9)) {
    case 0: {
      steps s;
      s.rows.resize(1 + in.below(4));
      for (step& r : s.rows)
        r = {in.share(), in.rate(), in.below(3) == 0 ? in.share() : ratio(), in.below(2) == 0};
      return s;
    }
    case 1: return per_step_below{in.share(), in.share(), in.rate(), counted()};
    case 2: return pro_rata{in.share(), in.rate(), in.below(2) == 0};
    case 3:
      return per_unit{std::chrono::seconds(in.number()),  in.rate(),  counted(),
                      std::chrono::seconds(in.number()),  in.share(), std::chrono::seconds(in.number()),
                      static_cast<time_kind>(in.below(2))};
    case 4: return duration_tiers{rows()};
    case 5: return count_tiers{rows()};
    case 6: return per_count{in.rate(), in.number()};
    case 7: {
      nth_miss s{in.share(), 1 + in.below(6), {}};
      s.rates.resize(1 + in.below(4));
      for (ratio& r : s.rates) r = in.rate();
      return s;
    }
    case 8:
      return in.below(2) == 0 ? constant{in.rate(), in.share()}
                              : constant{money::minor(in.number(), cny), in.share()};
    default: break;
  }
  combined s{static_cast<shape_op>(in.below(4)), {}};
  for (std::size_t n = 1 + in.below(3); n != 0; --n) s.of.push_back(some_shape(in, depth + 1));
  return s;
}

std::vector<window_result> some_results(bytes& in) {
  std::vector<window_result> out(in.below(5));
  for (window_result& r : out) r = static_cast<window_result>(in.below(3));
  return out;
}

constexpr const char* names[] = {"a", "b", "c"};

// Granted lines less what caps took, of one form; of a right or a duty, whether any line grants it.
std::int64_t explained(const form_total& t, const std::vector<credit_line>& lines,
                       const std::vector<cap_application>& caps,
                       const std::vector<unit_cap_application>& unit_caps) {
  // Lines may leave 64 bits together where caps on each bring them back: sums wrap.
  std::uint64_t sum = 0;
  for (const credit_line& l : lines) {
    if (l.form != t.form || l.unit != t.unit) continue;
    const auto granted =
        static_cast<std::uint64_t>(is_money(t.form) ? l.granted.minor_units() : l.granted_count);
    sum = is_single(t.form) ? std::max(sum, granted) : sum + granted;
    check(l.granted.minor_units() >= 0 && l.granted_count >= 0, "a line that takes");
    check(l.outcome == line_outcome::pays || (l.granted.is_zero() && l.granted_count == 0),
          "a line that does not pay, and grants");
  }
  for (const cap_application& c : caps) {
    check(c.reduction.minor_units() >= 0 && c.before - c.reduction == c.after, "a cap that does not add up");
    if (c.form == t.form) sum -= static_cast<std::uint64_t>(c.reduction.minor_units());
  }
  for (const unit_cap_application& c : unit_caps) {
    check(c.reduction >= 0 && c.before - c.reduction == c.after, "a cap on units that does not add up");
    if (c.form == t.form && c.unit == t.unit) sum -= static_cast<std::uint64_t>(c.reduction);
  }
  return static_cast<std::int64_t>(sum);
}

template <class Settled>
void conserves(const Settled& s) {
  for (const form_total& t : s.totals) {
    const std::int64_t total = is_money(t.form) ? t.amount.minor_units() : t.count;
    check(total >= 0, "a total below nothing");
    const std::int64_t sum = explained(t, s.lines, s.caps, s.unit_caps);
    // A right is owed once, however many lines grant it, and each of them may be capped.
    check(is_single(t.form) ? total <= sum || total <= 1 : total == sum, "lines less caps are not the total");
    if (t.form == remedy_form::credit)
      check(s.total.minor_units() == total, "the total is not that of credits");
  }
}

struct sample {
  std::vector<credit_terms> credits;
  std::vector<cap_terms> caps;
  std::vector<fee> fees;
  std::vector<figure> figures;
  std::vector<claim_period> periods;
  std::vector<claim> claims;
  std::vector<earlier_payment> earlier;
  combination how = combination::unstated;
  instant as_of;
};

sample some_sample(bytes& in) {
  sample s;
  s.how = static_cast<combination>(in.below(4));
  s.as_of = instant::from_unix(static_cast<std::int64_t>(in.next()));
  for (std::size_t n = 1 + in.below(3); n != 0; --n)
    s.fees.push_back({.amount = money::minor(in.number(), cny),
                      .tax = static_cast<fee_tax>(in.below(3)),
                      .days = static_cast<std::int32_t>(1 + in.next())});
  for (std::size_t n = 1 + in.below(3); n != 0; --n) {
    credit_terms c{.clause = names[in.below(3)],
                   .metric = static_cast<metric_id>(in.below(2)),
                   .pays = some_shape(in, 0),
                   .rounding = static_cast<rounding>(in.below(7))};
    c.base.spread = static_cast<fee_spread>(in.below(3));
    c.form.form = static_cast<remedy_form>(in.below(7));
    if (!is_money(c.form.form)) c.form.unit = names[in.below(2)];
    c.gate.misses = 1 + in.below(2);
    if (in.below(4) == 0) c.gate.more_than = money::minor(in.number(), cny);
    c.must_be_claimed = in.below(3) == 0;
    c.once_a_day = in.below(4) == 0;
    s.credits.push_back(std::move(c));
  }
  for (std::size_t n = in.below(4); n != 0; --n) {
    cap_terms c{.clause = "cap",
                .scope = static_cast<cap_scope>(in.below(5)),
                .form = static_cast<remedy_form>(in.below(7))};
    if (is_money(c.form)) {
      if (in.below(2) == 0)
        c.limit = in.share();
      else
        c.limit = money::minor(in.number(), cny);
    } else {
      c.unit = names[in.below(2)];
      c.limit = in.number();
    }
    s.caps.push_back(std::move(c));
  }
  if (in.below(2) == 0) s.earlier.push_back({cap_scope::year, money::minor(in.number(), cny)});
  if (in.below(2) == 0)
    s.periods.push_back(
        {names[in.below(3)], {}, {instant::from_unix(in.next()), instant::from_unix(in.next())}});
  for (std::size_t n = in.below(3); n != 0; --n)
    s.claims.push_back({names[in.below(3)], {}, instant::from_unix(in.next())});
  while (in.left() && s.figures.size() < 6) {
    figure f{
        .metric = static_cast<metric_id>(in.below(2)), .value = in.share(), .subject = names[in.below(3)]};
    f.no_data = in.below(16) == 0;
    f.elapsed = std::chrono::seconds(in.number());
    f.worked = std::chrono::seconds(in.number());
    f.whole = std::chrono::seconds(in.number());
    f.count = in.number();
    f.cause = in.below(3);
    if (in.below(2) == 0) f.date = std::chrono::sys_days(std::chrono::days(in.below(2)));
    f.earlier = some_results(in);
    s.figures.push_back(std::move(f));
  }
  return s;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  bytes in(data, size);
  const sample s = some_sample(in);
  for (const credit_terms& c : s.credits)
    for (const shape_fault& f : faults(c.pays))
      if (f.is_fatal()) return 0;  // a loader refuses it
  const auto once = [&] {
    return settle({s.credits, s.caps, s.how}, {.fees = s.fees,
                                               .figures = s.figures,
                                               .earlier = s.earlier,
                                               .periods = s.periods,
                                               .claims = s.claims,
                                               .as_of = s.as_of,
                                               .days = 31});
  };
  settlement got;
  try {
    got = once();
  } catch (const error&) {
    return 0;  // a term leaves 64 bits, or the amounts cannot be compared
  }
  conserves(got);
  check(got.readings.size() != 1, "one reading is no choice");
  for (const reading& r : got.readings) {
    conserves(r);
    check(r.total >= got.total, "a reading below the one shown");
  }
  const settlement again = once();
  check(again.lines == got.lines && again.totals == got.totals && again.caps == got.caps,
        "not the same twice");
  const adjustments none = adjust(got, again);
  check(none.changed.empty(), "an adjustment where nothing changed");
  return 0;
}
