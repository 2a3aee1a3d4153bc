// SPDX-License-Identifier: MIT
#pragma once

// What is measured and how, in words: windows, denominators, slots, weights, notices, service levels. Private to the
// reports.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include <sla/calendar/local_text.hpp>
#include <sla/policy/policy.hpp>

#include "promised_cells.hpp"
#include "remedy_words.hpp"
#include "words.hpp"

namespace sla {
inline namespace v0 {
namespace detail {

class measure_words {
 public:
  measure_words(const policy& p, const promised_cells& cells) : p_(p), cells_(cells) {}

  // "calendar month", "billing month from day 17", "every 30 days from 2026-01-01".
  [[nodiscard]] static std::string window(const window_terms& w) {
    const std::chrono::year_month_day anchor(w.rule.anchor);
    const std::string from =
        w.from_contract ? " from the contract's first date" : " from " + date_text(anchor);
    const std::string days = std::to_string(w.rule.days) + (w.rule.days == 1 ? " day" : " days");
    switch (w.rule.kind) {
      case window_kind::billing_month:
        return "billing month" +
               (w.from_contract ? from : " from day " + std::to_string(static_cast<unsigned>(anchor.day())));
      case window_kind::fixed_days: return "every " + days + from;
      case window_kind::fixed_minutes:
        return "every " + to_string(std::chrono::seconds(w.rule.length)) + from;
      case window_kind::rolling_days: return "the " + days + " that end with each date";
      default: return "calendar " + std::string(remedy_words::window(w.rule.kind));
    }
  }

  // What downtime is divided by; empty where that is the window's real length.
  [[nodiscard]] std::string of(const availability_terms& a) const {
    if (a.slots) {
      constexpr std::string_view figures[]{"the slots", "requests, the mean of the slots' rates",
                                           "all requests of the window"};
      return std::string(figures[static_cast<std::size_t>(a.slots->figure)]);
    }
    const denominator_rule& d = a.rules.denominator;
    std::string out;
    if (d.what == denominator_rule::nominal_days) out = "the window's dates, 24h each";
    if (d.what == denominator_rule::fixed) out = "a fixed " + to_string(d.length);
    if (d.what == denominator_rule::service_hours) out = "service hours of " + calendar(d.hours);
    if (!a.weights) return out;
    const std::string all = a.weights->population == 0
                                ? "all users or instances"
                                : std::to_string(a.weights->population) + " users or instances";
    return out.empty() ? "the time of " + all : out + ", of " + all;
  }

  // What a usual window leaves: "43min12s of 30 days"; a share of what is no length.
  [[nodiscard]] static std::string allowed(const availability_terms& a) {
    const ratio left = ratio(1) - *a.target;
    if (a.slots) {
      constexpr std::string_view figures[]{" of the slots", " of requests, on average of the slots",
                                           " of the requests"};
      return to_string(left) + std::string(figures[static_cast<std::size_t>(a.slots->figure)]);
    }
    const denominator_rule& d = a.rules.denominator;
    if (d.what == denominator_rule::service_hours) return to_string(left) + " of the service hours";
    const bool is_fixed = d.what == denominator_rule::fixed;
    const std::chrono::seconds whole = is_fixed ? d.length : usual_length(a.windows.rule);
    const bool in_days = !is_fixed && a.windows.rule.kind != window_kind::fixed_minutes;
    const std::string length =
        in_days ? std::to_string(whole.count() / 86'400) + (whole.count() == 86'400 ? " day" : " days")
                : to_string(whole);
    const auto lost = checked_mul(left, ratio(whole.count()));
    return (lost ? to_string(std::chrono::seconds(lost->num() / lost->den())) : to_string(left)) + " of " +
           length + (a.weights ? ", where all are hit" : "");
  }

  // "outages over 1min, gaps up to 30s bridged", "5min slots, down where over 5% of the requests fail".
  [[nodiscard]] static std::string counts(const availability_terms& a) {
    if (a.slots) return slots(*a.slots) + unmeasured(a.rules.unknown);
    const availability_rules& r = a.rules;
    std::string out;
    const auto add = [&](const std::string& s) { out += (out.empty() ? "" : ", ") + s; };
    if (r.minimum.length.count() != 0)
      add(std::string(r.minimum.inclusive ? "at least " : "over ") + to_string(r.minimum.length));
    if (r.merge_gap.count() != 0) add("gaps up to " + to_string(r.merge_gap) + " bridged");
    if (r.rounding.what != outage_rounding::none)
      add(std::string(r.rounding.what == outage_rounding::each ? "each " : "their sum ") +
          remedy_words::rounded(r.rounding.mode) + " to " + to_string(r.rounding.unit));
    out = out.empty() ? "every outage" : "outages " + out;
    if (a.weights) out += ", by the share it hits; of several at once ";
    if (a.weights) out += a.weights->overlap == weight_overlap::max ? "the greatest" : "the sum, at most all";
    return out + unmeasured(r.unknown);
  }

  [[nodiscard]] std::string excused(const availability_terms& a) const {
    std::string out;
    for (std::size_t i = 0; i < a.rules.exclusions.size(); ++i) {
      const exclusion& e = a.rules.exclusions[i];
      const bool by_time = e.reach == exclusion_reach::by_time;
      out += (out.empty() ? "" : ", ") + (by_time ? std::string("whatever falls") : printable(e.name));
      if (e.within != nullptr)
        out += (by_time ? " inside " : " within ") + printable(cells_.calendar_name(e.within));
      else if (by_time)
        out += " inside maintenance";
      if (i < a.notices.size() && a.notices[i]) out += " announced " + notice(*a.notices[i]) + " before";
      if (e.quota) out += " up to " + to_string(*e.quota);
      if (e.effect == exclusion_effect::both_sides) out += " on both sides";
      out += clause_text(e.clause);
    }
    return out;
  }

  // "3bd of 'workdays'", "5 days".
  [[nodiscard]] std::string notice(const notice_terms& n) const {
    const std::string ahead = std::visit([](const auto& span) { return to_string(span); }, n.ahead);
    return n.hours == nullptr ? ahead : ahead + " of " + calendar(n.hours);
  }

  // "3 decimals, rounded floor"; empty where the policy leaves it to the report.
  [[nodiscard]] static std::string shown(const availability_terms& a) {
    if (!a.shown) return {};
    return std::to_string(a.shown->decimals) + (a.shown->decimals == 1 ? " decimal, " : " decimals, ") +
           remedy_words::rounded(a.shown->mode);
  }

  // "at least 80% of calls offered answered within 20s, from 100 calls on".
  [[nodiscard]] std::string promise(const service_level_terms& t) const {
    using m = service_metric;
    const bool of_repairs = t.metric == m::repair_success || t.metric == m::time_to_restore;
    std::string out = level(t);
    if (t.rule.hours != nullptr) {
      if (t.metric == m::time_to_restore)
        out += ", in hours of ";
      else
        out += of_repairs ? ", of repairs inside " : ", of calls inside ";
      out += calendar(t.rule.hours);
    }
    if (t.minimum_sample > 1) {
      const std::string_view what = of_repairs                  ? "repairs"
                                    : t.metric == m::attainment ? "incidents"
                                                                : "calls";
      out += ", from " + std::to_string(t.minimum_sample) + ' ' + std::string(what) + " on";
    }
    return out;
  }

 private:
  [[nodiscard]] std::string calendar(const business_time* c) const {
    return '\'' + printable(cells_.calendar_name(c)) + '\'';
  }

  [[nodiscard]] static std::string unmeasured(unmeasured_time u) {
    constexpr std::string_view words[]{"", "; what nobody measured counts as down",
                                       "; what nobody measured is left out"};
    return std::string(words[static_cast<std::size_t>(u)]);
  }

  [[nodiscard]] static std::string slots(const slot_terms& s) {
    const slot_rules& r = s.rules;
    std::string out =
        to_string(r.grid.length()) + " slots" + (r.grid.is_from_midnight() ? " from local midnight" : "");
    if (s.figure == slot_figure::slots) out += ", down where " + failing(r);
    if (s.figure == slot_figure::ratio_of_sums) return out;
    constexpr std::string_view as[]{"up", "down", "left out"};
    return out + "; " +
           (r.idle_below == 1 ? std::string("without requests")
                              : "with fewer than " + std::to_string(r.idle_below) + " requests") +
           ": " + std::string(as[static_cast<std::size_t>(r.idle)]);
  }
  [[nodiscard]] static std::string failing(const slot_rules& r) {
    if (r.down_by == slot_rules::all_fail) return "all requests fail";
    const std::string over = r.inclusive ? "at least " : "over ";
    if (r.down_by == slot_rules::by_count) return over + std::to_string(r.count) + " requests fail";
    if (!r.inclusive && r.threshold == ratio(0)) return "any request fails";
    return over + to_string(r.threshold) + " of the requests fail";
  }

  [[nodiscard]] static std::string bound(const service_level_terms& t) {
    if (!t.target) return {};
    const ratio& b = t.target->bound;
    const std::string_view holds =
        t.target->holds == level_target::kind::above ? "over" : name(t.target->holds);
    const std::string text = !is_length(t.metric) ? to_string(b)
                             : b.den() == 1       ? to_string(std::chrono::seconds(b.num()))
                                                  : exact_seconds(b);
    return std::string(holds) + ' ' + text;
  }
  [[nodiscard]] std::string level(const service_level_terms& t) const {
    using m = service_metric;
    const std::string to = t.target ? bound(t) : std::string("an unstated bound");
    const std::string of = to + (t.target ? " of " : ", of ");
    constexpr std::string_view bases[]{"calls offered", "calls offered", "calls answered"};
    std::string calls(bases[static_cast<std::size_t>(t.base)]);
    const bool less_short = t.base == call_base::offered_less_short;
    if (less_short) calls += " and not given up before " + to_string(t.rule.short_abandon);
    const std::string within = (t.rule.inclusive ? "within " : "in less than ") + to_string(t.rule.within);
    switch (t.metric) {
      case m::answered_in_time:
        return of + calls + (t.base == call_base::answered ? ' ' + within : " answered " + within);
      case m::answer_rate: return of + calls + " answered";
      case m::abandon_rate: return of + calls + " given up";
      case m::connect_rate: return of + "calls offered connected";
      case m::drop_rate: return of + "calls answered cut off";
      case m::first_call_resolution: return of + "calls answered settled in that call";
      case m::speed_of_answer: return "answered after " + to + " on average";
      case m::handling_time: return "handled in " + to + " on average";
      case m::speed_percentile: return to_string(t.percentile) + " of calls answered after " + to;
      case m::repair_success: return of + "repairs succeed";
      case m::time_to_restore: return "restored in " + to + " on average";
      case m::attainment: return of + printable(p_.clock_name(t.clock)) + " promises kept";
    }
    return {};
  }

  const policy& p_;
  const promised_cells& cells_;
};

}  // namespace detail
}  // namespace v0
}  // namespace sla
