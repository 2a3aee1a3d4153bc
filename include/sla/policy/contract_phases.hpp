// SPDX-License-Identifier: MIT
#pragma once

// The terms of a contract over time: which apply at an instant, and the parts that a change of them makes of a window.
//
//     sla::contract c{.id = "C-001", .tier = basic, .monthly_fee = ..., .from = 2026y / 1 / 1};
//     c.later = {{.id = "C-001", .tier = flagship, .monthly_fee = ..., .from = 2026y / 10 / 16}};
//     sla::terms_at(c, t, in);                      // those in force at t
//     sla::parts_of(c, october, in);                // 1 to 15 October as basic, 16 to 31 as flagship
//
// Terms hold to the eve of the next ones. They differ in whatever a settlement looks at: tier, services, fees, seats; a
// renewal on the same terms is no change, and services in another order are the same.
//
// The hard question: a contract pauses for a month and goes on, is that a change? It is none: terms follow one another
// without a gap, and a contract that begins again is another one. So a window has terms for all of it, but where the
// contract as a whole begins or ends (policy/part_rule.hpp).

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include <sla/availability/window.hpp>
#include <sla/base/error.hpp>
#include <sla/base/ratio.hpp>
#include <sla/calendar/local_text.hpp>
#include <sla/policy/contract.hpp>

namespace sla {
inline namespace v0 {

/// The terms in force at an instant; before the first, the first.
[[nodiscard]] inline const contract& terms_at(const contract& c, instant t, const zone& in) {
  const contract* now = &c;
  for (const contract& next : c.later)
    if (next.from && in.start_of(std::chrono::sys_days(*next.from)) <= t) now = &next;
  return *now;
}

/// A contract's term, all of its terms together, as far as it is stated.
[[nodiscard]] inline interval term_of(const contract& c, const zone& in) {
  const auto start_of = [&](const std::chrono::year_month_day& d, int days_on) {
    return in.start_of(std::chrono::sys_days(d) + std::chrono::days(days_on));
  };
  const auto& until = c.later.empty() ? c.until : c.later.back().until;
  return {c.from ? start_of(*c.from, 0) : instant::earliest(),
          until ? start_of(*until, 1) : instant::latest()};
}

/// A window cut to a span, with the days that are left of it.
[[nodiscard]] inline window cut_window(const window& w, const interval& span, const zone& in) {
  window part = w;
  part.span = span;
  if (w.days != 0)
    part.days = static_cast<std::int32_t>((in.date_at(span.end) - in.date_at(span.begin)).count());
  return part;
}

/// The part of a window that a contract's term covers: nothing where that is all of it, or none.
[[nodiscard]] inline std::optional<window> part_in_term(const contract& c, const window& w, const zone& in) {
  if (!w.is_known()) return std::nullopt;
  const interval term = term_of(c, in);
  const interval both{std::max(term.begin, w.span.begin), std::min(term.end, w.span.end)};
  if (both == w.span || both.empty()) return std::nullopt;
  return cut_window(w, both, in);
}

/// Whether a window lies outside a contract's term, and owes nothing.
[[nodiscard]] inline bool outside_term(const contract& c, const window& w, const zone& in) {
  const interval term = term_of(c, in);
  return w.is_known() && (term.begin >= w.span.end || term.end <= w.span.begin);
}

/// Whether two terms settle any window alike.
[[nodiscard]] inline bool settles_alike(const contract& a, const contract& b) {
  const auto same_set = [](auto x, auto y, const auto& less) {
    std::ranges::sort(x, less);
    std::ranges::sort(y, less);
    return x == y;
  };
  const auto as_key = [](const fee& f) {
    return std::tuple(f.id, f.subject, f.tax, f.price, f.amount.minor_units(), f.days);
  };
  const auto keys = [&](const contract& c) {
    std::vector<decltype(as_key(fee{}))> all;
    for (const fee& f : c.fees) all.push_back(as_key(f));
    return all;
  };
  return a.tier == b.tier && a.monthly_fee == b.monthly_fee && a.fee_is_taxed == b.fee_is_taxed &&
         a.fee_is_paid == b.fee_is_paid && a.seats == b.seats &&
         same_set(a.services, b.services, std::less<>()) && same_set(keys(a), keys(b), std::less<>());
}

/// Terms and the part of a window in which they hold. They have the dates of the whole contract, which alone says where
/// its years and its term begin and end.
struct terms_part {
  contract terms;
  window over;
};

/// The parts of a window in which a contract's terms differ, in order: one where they do not. The first terms reach back
/// to the window's begin, the last on to its end. Throws sla::error where later terms have no date, or one that is not
/// later.
[[nodiscard]] inline std::vector<terms_part> parts_of(const contract& c, const window& w, const zone& in) {
  const auto whole = [&](contract terms) {
    terms.from = c.from;
    terms.until = c.later.empty() ? c.until : c.later.back().until;
    terms.later.clear();
    return terms;
  };
  std::vector<terms_part> parts;
  if (!w.is_known() || c.later.empty()) {
    parts.push_back({whole(c), w});
    return parts;
  }
  const contract* now = &c;
  instant begin = w.span.begin;
  const auto add = [&](instant end) {
    const interval span = intersect(interval{begin, end}, w.span);
    if (span.empty()) return;
    if (parts.empty() || !settles_alike(parts.back().terms, *now)) {
      parts.push_back({whole(*now), cut_window(w, span, in)});
    } else {
      parts.back().over = cut_window(w, {parts.back().over.span.begin, span.end}, in);
    }
  };
  for (const contract& next : c.later) {
    if (!next.from || (now->from && *next.from <= *now->from))
      detail::fail("contract '" + c.id + "': later terms have a first date each, one after another");
    const instant from = in.start_of(std::chrono::sys_days(*next.from));
    add(from);
    begin = std::max(begin, from);
    now = &next;
  }
  add(w.span.end);
  return parts;
}

/// What each part is of all of them: by days, where they begin and end with a date, else by seconds.
[[nodiscard]] inline std::vector<ratio> shares_of(std::span<const terms_part> parts, const zone& in) {
  const auto begins_a_date = [&](instant t) { return in.start_of(in.date_at(t)) == t; };
  bool dated = true;
  for (const terms_part& p : parts)
    dated = dated && p.over.days != 0 && begins_a_date(p.over.span.begin) && begins_a_date(p.over.span.end);
  const auto size = [&](const terms_part& p) {
    return dated ? std::int64_t{p.over.days} : p.over.span.length().count();
  };
  std::int64_t all = 0;
  for (const terms_part& p : parts) all += size(p);
  std::vector<ratio> shares;
  for (const terms_part& p : parts) shares.push_back(ratio(size(p), all));
  return shares;
}

}  // namespace v0
}  // namespace sla
