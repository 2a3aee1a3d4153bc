// SPDX-License-Identifier: MIT
#include <sla/report/measured.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <functional>
#include <optional>
#include <string_view>
#include <utility>

#include <sla/calendar/local_text.hpp>

#include "json_text.hpp"
#include "table.hpp"
#include "words.hpp"

namespace sla {
inline namespace v0 {
namespace detail {
namespace {

[[nodiscard]] std::string_view name_of(window_kind kind) noexcept {
  switch (kind) {
    case window_kind::calendar_month: return "month";
    case window_kind::calendar_quarter: return "quarter";
    case window_kind::calendar_year: return "year";
    case window_kind::billing_month: return "billing month";
    case window_kind::fixed_days: return "fixed days";
    case window_kind::fixed_minutes: return "fixed minutes";
    case window_kind::rolling_days: return "rolling days";
  }
  return {};
}

[[nodiscard]] std::string_view name_of(error_budget::state s) noexcept {
  switch (s) {
    case error_budget::met: return "kept";
    case error_budget::missed: return "missed";
    case error_budget::no_data: break;
  }
  return "no data";
}

[[nodiscard]] std::string verdict_text(const error_budget& b) {
  switch (b.outcome) {
    case error_budget::met: return "kept, " + to_string(b.margin) + " left";
    case error_budget::missed: return "missed by " + to_string(-b.margin);
    case error_budget::no_data: break;
  }
  return "no data";
}

// A level as a report shows it; the names are those of JSON and, with blanks, of text.
struct call_metric {
  std::string_view name;
  bool is_length;  // seconds, not a share
  call_fields asks;
  bool of_base;  // of the table's base, and so of what that asks for
  std::function<service_level(const call_table&, const call_counts&)> of;
};
[[nodiscard]] call_base unless_answered(call_base base) noexcept {
  return base == call_base::answered ? call_base::offered : base;
}
[[nodiscard]] const std::array<call_metric, 8>& call_metrics() {
  static const std::array<call_metric, 8> all{{
      {"answered_in_time", false, call_field::in_time, true,
       [](const call_table& t, const call_counts& c) {
         return answered_in_time(c, t.base, t.minimum_sample);
       }},
      {"answer_rate",
       false,
       {},
       true,
       [](const call_table& t, const call_counts& c) {
         return answer_rate(c, unless_answered(t.base), t.minimum_sample);
       }},
      {"abandon_rate", false, call_field::abandoned, true,
       [](const call_table& t, const call_counts& c) {
         return abandon_rate(c, unless_answered(t.base), t.minimum_sample);
       }},
      {"connect_rate", false, call_field::failed, false,
       [](const call_table& t, const call_counts& c) { return connect_rate(c, t.minimum_sample); }},
      {"drop_rate", false, call_field::dropped, false,
       [](const call_table& t, const call_counts& c) { return drop_rate(c, t.minimum_sample); }},
      {"first_call_resolution", false, call_field::resolved, false,
       [](const call_table& t, const call_counts& c) { return first_call_resolution(c, t.minimum_sample); }},
      {"speed_of_answer", true, call_field::waited, false,
       [](const call_table& t, const call_counts& c) { return mean_speed_of_answer(c, t.minimum_sample); }},
      {"handling_time", true, call_field::handled, false,
       [](const call_table& t, const call_counts& c) { return mean_handling_time(c, t.minimum_sample); }},
  }};
  return all;
}
// The column that a level would need and the records do not have; empty where nothing lacks.
[[nodiscard]] std::string_view missing_column(const call_metric& m, const call_table& t,
                                              const call_counts& c) noexcept {
  const call_fields of_base = m.of_base && t.base == call_base::offered_less_short
                                  ? call_fields(call_field::short_abandoned)
                                  : call_fields();
  return name((m.asks | of_base) & c.absent);
}

[[nodiscard]] std::string level_text(const service_level& s, bool is_length, std::string_view missing,
                                     const text_style& style) {
  if (!missing.empty()) return "no column " + std::string(missing);
  if (s.no_data) return "no data";
  return is_length ? decimal(s.value, 1, rounding::half_up) + " s"
                   : percent(s.value, style.percent_digits, rounding::floor);
}

// A percentile of a window; nothing where nobody was answered, or fewer than the sample.
[[nodiscard]] std::optional<std::chrono::seconds> wait_of(const call_table& t, std::size_t window,
                                                          const ratio& p) {
  if (window >= t.waits.size() || t.waits[window].count() < t.minimum_sample) return std::nullopt;
  return t.waits[window].percentile(p);
}

[[nodiscard]] std::string possible_text(const std::optional<std::chrono::seconds>& longest) {
  if (!longest) return "none";
  return *longest == std::chrono::seconds::max() ? "to its end" : to_string(*longest);
}

}  // namespace
}  // namespace detail

std::string to_text(const measured_table& t, const text_style& style) {
  std::vector<std::string> targets;
  for (const ratio& r : t.targets) targets.push_back(to_string(r));
  std::vector<std::string_view> heads{"window",  "availability", "down",        "outages",
                                      "longest", "excused",      "not measured"};
  heads.insert(heads.end(), targets.begin(), targets.end());
  heads.push_back("");
  detail::table out(heads, {1, 3});
  for (const diluted& d : t.rows) {
    const measurement& m = d.measured;
    std::vector<detail::cell> cells{m.window.label,
                                    shown(m, style.percent_digits),
                                    to_string(m.counted),
                                    std::to_string(m.outages),
                                    to_string(m.longest),
                                    m.excluded.count() != 0 ? to_string(m.excluded) : std::string(),
                                    m.unmeasured.count() != 0 ? to_string(m.unmeasured) : std::string()};
    for (const error_budget& b : d.budgets)
      cells.emplace_back(detail::verdict_text(b), detail::paint_of(b.outcome));
    cells.emplace_back(m.provisional ? "provisional" : "", detail::paint::doubtful);
    out.row(std::move(cells));
  }
  std::string text = out.print(0, style.colour);
  if (t.possible.empty()) return text;
  text += "\nlongest outage from " + local_text(t.now, t.in != nullptr ? *t.in : zone::utc()) +
          " on that keeps the target\n";
  std::vector<std::string_view> columns{"window"};
  columns.insert(columns.end(), targets.begin(), targets.end());
  detail::table possible(columns);
  for (const still_possible& p : t.possible) {
    std::vector<detail::cell> cells{p.window};
    for (const auto& longest : p.longest)
      cells.emplace_back(detail::possible_text(longest), longest ? detail::paint::plain : detail::paint::bad);
    possible.row(std::move(cells));
  }
  return text + possible.print(0, style.colour);
}

std::string to_text(const call_table& t, const text_style& style) {
  const std::string promised = t.target ? to_string(*t.target) : std::string();
  std::vector<std::string> ranks;
  for (const ratio& p : t.percentiles)
    ranks.push_back("p" + decimal(p * ratio(100), p.den() > 100 ? 1 : 0, rounding::half_up) + " speed");
  std::vector<std::string_view> heads{"window",    "offered", "in time",    promised, "answered", "abandoned",
                                      "connected", "dropped", "first call", "speed",  "handling"};
  std::vector<std::size_t> right{1, 2, 4, 5, 6, 7, 8, 9, 10};
  for (const std::string& rank : ranks) {
    right.push_back(heads.size());
    heads.push_back(rank);
  }
  right.insert(right.end(), {heads.size(), heads.size() + 1});
  heads.insert(heads.end(), {"outside hours", "hours unknown", ""});
  detail::table out(heads, right);
  for (std::size_t i = 0; i < t.windows.size() && i < t.counts.size(); ++i) {
    const call_counts& c = t.counts[i];
    std::vector<detail::cell> cells{t.windows[i].label, std::to_string(c.offered)};
    for (const detail::call_metric& m : detail::call_metrics()) {
      const service_level s = m.of(t, c);
      cells.emplace_back(detail::level_text(s, m.is_length, detail::missing_column(m, t, c), style));
      if (cells.size() != 3) continue;
      const level_verdict v = t.target ? judge(s, {*t.target}) : level_verdict::no_data;
      cells.emplace_back(t.target ? std::string(name(v)) : "",
                         v == level_verdict::no_data
                             ? detail::paint::faint
                             : (v == level_verdict::met ? detail::paint::good : detail::paint::bad));
    }
    for (const ratio& p : t.percentiles) {
      const auto wait = detail::wait_of(t, i, p);
      cells.emplace_back(wait ? to_string(*wait) : std::string("no data"));
    }
    cells.emplace_back(c.outside != 0 ? std::to_string(c.outside) : std::string());
    cells.emplace_back(c.unknown != 0 ? std::to_string(c.unknown) : std::string());
    cells.emplace_back(c.provisional ? "provisional" : "", detail::paint::doubtful);
    out.row(std::move(cells));
  }
  return out.print(0, style.colour);
}

std::string to_json(const measured_table& t, const zone& in) {
  using detail::json;
  const auto share_of = [](const ratio& r) {
    return json{{"num", r.num()}, {"den", r.den()}, {"text", percent(r, 3, rounding::floor)}};
  };
  json windows = json::array();
  for (const diluted& d : t.rows) {
    const measurement& m = d.measured;
    json targets = json::array();
    for (std::size_t i = 0; i < d.budgets.size() && i < t.targets.size(); ++i) {
      const error_budget& b = d.budgets[i];
      targets.push_back(
          {{"target", to_string(t.targets[i])},
           {"outcome", detail::name_of(b.outcome)},
           {"margin_seconds", b.margin.count()},
           {"allowed_seconds", {{"num", b.allowed.num()}, {"den", b.allowed.den()}}},
           {"exhausted_at", b.exhausted_at ? json(rfc3339(*b.exhausted_at, in)) : json(nullptr)}});
    }
    windows.push_back({{"window", m.window.label},
                       {"kind", detail::name_of(d.kind)},
                       {"from", rfc3339(m.window.span.begin, in)},
                       {"to", rfc3339(m.window.span.end, in)},
                       {"availability", m.no_data ? json(nullptr) : share_of(m.availability)},
                       {"denominator_seconds", m.denominator.count()},
                       {"down_seconds", m.counted.count()},
                       {"excused_seconds", m.excluded.count()},
                       {"not_measured_seconds", m.unmeasured.count()},
                       {"too_short_seconds", m.too_short.count()},
                       {"outages", m.outages},
                       {"longest_seconds", m.longest.count()},
                       {"provisional", m.provisional},
                       {"targets", std::move(targets)}});
  }
  json out{{"windows", std::move(windows)}};
  if (!t.possible.empty()) {
    json possible = json::array();
    for (const still_possible& p : t.possible)
      for (std::size_t i = 0; i < p.longest.size() && i < t.targets.size(); ++i) {
        const auto& longest = p.longest[i];
        const bool to_end = longest == std::chrono::seconds::max();
        possible.push_back({{"window", p.window},
                            {"target", to_string(t.targets[i])},
                            {"possible", longest.has_value()},
                            {"to_its_end", to_end},
                            {"seconds", longest && !to_end ? json(longest->count()) : json(nullptr)}});
      }
    out["longest_outage"] = {{"from", rfc3339(t.now, in)}, {"windows", std::move(possible)}};
  }
  return detail::print(out);
}

std::string to_json(const call_table& t, const zone& in) {
  using detail::json;
  json windows = json::array();
  for (std::size_t i = 0; i < t.windows.size() && i < t.counts.size(); ++i) {
    const window& w = t.windows[i];
    json row{{"window", w.label},
             {"from", rfc3339(w.span.begin, in)},
             {"to", rfc3339(w.span.end, in)},
             {"offered", t.counts[i].offered},
             {"outside_hours", t.counts[i].outside},
             {"hours_unknown", t.counts[i].unknown},
             {"ignored", t.counts[i].ignored},
             {"provisional", t.counts[i].provisional}};
    for (const detail::call_metric& m : detail::call_metrics()) {
      const service_level s = m.of(t, t.counts[i]);
      const std::string_view missing = detail::missing_column(m, t, t.counts[i]);
      const auto number = [&](std::int64_t n) { return missing.empty() ? json(n) : json(nullptr); };
      row[std::string(m.name)] = {{"numerator", number(s.numerator)},
                                  {"denominator", number(s.denominator)},
                                  {"left_out", number(s.left_out)},
                                  {"text", detail::level_text(s, m.is_length, missing, {})}};
    }
    if (!t.percentiles.empty()) {
      json waits = json::array();
      for (const ratio& p : t.percentiles) {
        const auto wait = detail::wait_of(t, i, p);
        waits.push_back(
            {{"percentile", to_string(p)}, {"seconds", wait ? json(wait->count()) : json(nullptr)}});
      }
      row["speed_percentiles"] = std::move(waits);
    }
    if (t.target) {
      row["target"] = to_string(*t.target);
      row["outcome"] = name(judge(answered_in_time(t.counts[i], t.base, t.minimum_sample), {*t.target}));
    }
    windows.push_back(std::move(row));
  }
  return detail::print({{"windows", std::move(windows)}});
}

}  // namespace v0
}  // namespace sla
