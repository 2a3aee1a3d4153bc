// SPDX-License-Identifier: MIT
#pragma once

// The obvious way to measure an availability, for comparison: one flag a second, rules applied to flags. It shares
// no code with the library beyond the declarations and a calendar's `is_open`.

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include <sla/availability/outage.hpp>
#include <sla/availability/rules.hpp>
#include <sla/availability/window.hpp>
#include <sla/base/instant.hpp>
#include <sla/calendar/business_time.hpp>

namespace sla_test {

struct bitmap_figures {
  std::int64_t denominator = 0, counted = 0, exact = 0, down = 0, bridged = 0, too_short = 0, excluded = 0,
               refused = 0, unmeasured = 0;
  std::int64_t outages = 0, longest = 0;
  std::vector<bool> counts;  // by second of the window
};

inline std::int64_t round_to_units(std::int64_t s, const sla::outage_rounding& how) {
  const std::int64_t unit = how.unit.count(), down = s / unit, rest = s % unit;
  switch (how.mode) {
    case sla::rounding::toward_zero:
    case sla::rounding::floor: return down * unit;
    case sla::rounding::away:
    case sla::rounding::ceil: return (down + (rest != 0 ? 1 : 0)) * unit;
    case sla::rounding::half_up: return (down + (2 * rest >= unit ? 1 : 0)) * unit;
    case sla::rounding::half_down: return (down + (2 * rest > unit ? 1 : 0)) * unit;
    case sla::rounding::half_even:
      return (down + (2 * rest > unit || (2 * rest == unit && down % 2 != 0) ? 1 : 0)) * unit;
  }
  return s;
}

inline bitmap_figures measure_by_bitmap(const sla::window& over, std::span<const sla::outage> outages,
                                        const sla::availability_rules& rules, sla::instant as_of) {
  const std::int64_t from = over.span.begin.unix_seconds(), to = over.span.end.unix_seconds();
  const std::int64_t seen_to = as_of.unix_seconds();
  struct record {
    std::int64_t begin, end;
    sla::cause_id cause;
  };
  std::vector<record> records, blinds;
  std::int64_t low = from, high = to;
  for (const sla::outage& o : outages) {
    if (!o.span.begin.is_finite() || o.span.end <= o.span.begin) continue;
    const record r{o.span.begin.unix_seconds(),
                   o.span.end.is_finite() ? std::min(o.span.end.unix_seconds(), seen_to) : seen_to, o.cause};
    if (r.begin >= r.end) continue;
    if (r.cause == sla::not_measured) blinds.push_back(r);
    if (r.cause != sla::not_measured || rules.unknown == sla::unmeasured_time::down) records.push_back(r);
    low = std::min(low, r.begin);
    high = std::max(high, r.end);
  }
  const auto size = static_cast<std::size_t>(high - low);
  const auto at = [&](std::int64_t t) { return static_cast<std::size_t>(t - low); };
  std::vector<bool> any(size), live(size), excused(size), removed(size), refused(size), blind(size),
      known(size);

  const auto in_hours = [](const sla::exclusion& x, std::int64_t t) {
    return x.within == nullptr || x.within->is_open(sla::instant::from_unix(t));
  };
  const auto is_announced = [as_of](const sla::exclusion& x, std::int64_t t, bool in_time) {
    for (const sla::announced_span& a : *x.announced)
      if (a.announced <= as_of && a.span.contains(sla::instant::from_unix(t)) &&
          (a.announced <= a.announce_by) == in_time)
        return true;
    return false;
  };
  const auto reaches = [&](const sla::exclusion& x, std::int64_t t) {
    return in_hours(x, t) && (!x.announced || is_announced(x, t, true));
  };
  const auto by_time = [](const sla::exclusion& x) { return x.reach == sla::exclusion_reach::by_time; };
  // over[i][t]: exclusion i has no quota left at t
  std::vector<std::vector<bool>> spent(rules.exclusions.size(), std::vector<bool>(size));
  for (std::size_t i = 0; i < rules.exclusions.size(); ++i) {
    if (!rules.exclusions[i].quota) continue;
    std::int64_t used = 0;
    for (std::int64_t t = from; t < to; ++t) {
      bool claimed = false;
      for (const record& r : records)
        claimed = claimed || ((r.cause == rules.exclusions[i].cause || by_time(rules.exclusions[i])) &&
                              r.begin <= t && t < r.end);
      if (claimed && reaches(rules.exclusions[i], t) && ++used > rules.exclusions[i].quota->count())
        spent[i][at(t)] = true;
    }
    // A quota is the window's, and an outage goes on past its end: what is over the quota there stays so.
    if (used > rules.exclusions[i].quota->count())
      for (std::int64_t t = std::max(low, to); t < high; ++t) spent[i][at(t)] = true;
    // No quota at all excuses nothing at any time.
    if (rules.exclusions[i].quota->count() <= 0) spent[i].assign(size, true);
  }
  for (const record& r : blinds)
    for (std::int64_t t = r.begin; t < r.end; ++t) blind[at(t)] = true;
  for (const record& r : records) {
    for (std::int64_t t = r.begin; t < r.end; ++t) {
      if (r.cause != sla::not_measured) known[at(t)] = true;
      bool tagged = false, granted = false;
      for (std::size_t i = 0; i < rules.exclusions.size(); ++i) {
        const sla::exclusion& x = rules.exclusions[i];
        if (by_time(x)) {
          // What its span would excuse but for the notice was claimed too.
          if (reaches(x, t) || (in_hours(x, t) && x.announced && is_announced(x, t, false))) tagged = true;
        } else if (x.cause != r.cause || r.cause == sla::no_cause) {
          continue;
        } else {
          tagged = true;
        }
        if (!reaches(x, t) || spent[i][at(t)]) continue;
        granted = true;
        if (x.effect == sla::exclusion_effect::both_sides) removed[at(t)] = true;
      }
      any[at(t)] = true;
      if (granted) {
        excused[at(t)] = true;
      } else {
        live[at(t)] = true;
        if (tagged) refused[at(t)] = true;
      }
    }
  }
  std::vector<bool> united = live;
  for (std::size_t i = 0; i < size; ++i) {
    if (live[i] || i == 0 || !live[i - 1]) continue;
    std::size_t j = i;
    while (j < size && !live[j]) ++j;
    if (j < size && static_cast<std::int64_t>(j - i) <= rules.merge_gap.count())
      for (std::size_t k = i; k < j; ++k) united[k] = true;
  }
  const sla::business_time* hours =
      rules.denominator.what == sla::denominator_rule::service_hours ? rules.denominator.hours : nullptr;
  const auto open = [&](std::int64_t t) {
    return hours == nullptr || hours->is_open(sla::instant::from_unix(t));
  };
  const auto inside = [&](std::int64_t t) { return from <= t && t < to && open(t); };

  bitmap_figures f;
  f.counts.resize(static_cast<std::size_t>(std::max<std::int64_t>(to - from, 0)));
  for (std::int64_t t = low; t < high;) {
    if (!united[at(t)]) {
      ++t;
      continue;
    }
    std::int64_t end = t, exact = 0;
    std::optional<std::int64_t> first_open;
    for (; end < high && united[at(end)]; ++end) {
      if (inside(end)) ++exact;
      if (open(end) && !first_open) first_open = end;
    }
    const std::int64_t whole = end - t, least = rules.minimum.length.count();
    if (rules.minimum.inclusive ? whole >= least : whole > least) {
      f.exact += exact;
      f.counted +=
          rules.rounding.what == sla::outage_rounding::each ? round_to_units(exact, rules.rounding) : exact;
      f.longest = std::max(f.longest, exact);
      if (exact > 0 && first_open && *first_open >= from) ++f.outages;
      for (std::int64_t k = t; k < end; ++k)
        if (inside(k)) f.counts[static_cast<std::size_t>(k - from)] = true;
    } else {
      f.too_short += exact;
    }
    t = end;
  }
  if (rules.rounding.what == sla::outage_rounding::sum) f.counted = round_to_units(f.exact, rules.rounding);
  std::int64_t length = 0, open_length = 0, taken_out = 0;
  for (std::int64_t t = from; t < to; ++t) {
    ++length;
    if (!inside(t)) continue;
    const std::size_t i = at(t);
    ++open_length;
    f.down += any[i];
    f.bridged += united[i] && !any[i];
    f.excluded += excused[i] && !united[i];
    f.refused += refused[i];
    const bool presumed = blind[i] && !known[i];
    f.unmeasured += presumed;
    taken_out += (removed[i] || (presumed && rules.unknown == sla::unmeasured_time::leave_out)) && !united[i];
  }
  switch (rules.denominator.what) {
    case sla::denominator_rule::elapsed: f.denominator = length; break;
    case sla::denominator_rule::nominal_days:
      f.denominator = over.days > 0 ? over.days * 86'400 : length;
      break;
    case sla::denominator_rule::fixed: f.denominator = rules.denominator.length.count(); break;
    case sla::denominator_rule::service_hours: f.denominator = open_length; break;
  }
  f.denominator = std::max<std::int64_t>(f.denominator - taken_out, 0);
  return f;
}

}  // namespace sla_test
