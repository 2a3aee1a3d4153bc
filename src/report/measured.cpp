// SPDX-License-Identifier: MIT
#include <sla/report/measured.hpp>

#include <algorithm>
#include <array>
#include <functional>
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
  std::function<service_level(const call_table&, const call_counts&)> of;
};
[[nodiscard]] const std::array<call_metric, 8>& call_metrics() {
  static const std::array<call_metric, 8> all{{
      {"answered_in_time", false,
       [](const call_table& t, const call_counts& c) {
         return answered_in_time(c, t.base, t.minimum_sample);
       }},
      {"answer_rate", false,
       [](const call_table& t, const call_counts& c) {
         return answer_rate(c, t.base == call_base::answered ? call_base::offered : t.base, t.minimum_sample);
       }},
      {"abandon_rate", false,
       [](const call_table& t, const call_counts& c) {
         return abandon_rate(c, t.base == call_base::answered ? call_base::offered : t.base,
                             t.minimum_sample);
       }},
      {"connect_rate", false,
       [](const call_table& t, const call_counts& c) { return connect_rate(c, t.minimum_sample); }},
      {"drop_rate", false,
       [](const call_table& t, const call_counts& c) { return drop_rate(c, t.minimum_sample); }},
      {"first_call_resolution", false,
       [](const call_table& t, const call_counts& c) { return first_call_resolution(c, t.minimum_sample); }},
      {"speed_of_answer", true,
       [](const call_table& t, const call_counts& c) { return mean_speed_of_answer(c, t.minimum_sample); }},
      {"handling_time", true,
       [](const call_table& t, const call_counts& c) { return mean_handling_time(c, t.minimum_sample); }},
  }};
  return all;
}

[[nodiscard]] std::string level_text(const service_level& s, bool is_length, const text_style& style) {
  if (s.no_data) return "no data";
  return is_length ? decimal(s.value, 1, rounding::half_up) + " s"
                   : percent(s.value, style.percent_digits, rounding::floor);
}

[[nodiscard]] std::string_view name_of(level_verdict v) noexcept {
  switch (v) {
    case level_verdict::met: return "kept";
    case level_verdict::missed: return "missed";
    case level_verdict::no_data: break;
  }
  return "no data";
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
  return out.print(0, style.colour);
}

std::string to_text(const call_table& t, const text_style& style) {
  const std::string promised = t.target ? to_string(*t.target) : std::string();
  detail::table out({"window", "offered", "in time", promised, "answered", "abandoned", "connected",
                     "dropped", "first call", "speed", "handling", "outside hours"},
                    {1, 2, 4, 5, 6, 7, 8, 9, 10, 11});
  for (std::size_t i = 0; i < t.windows.size() && i < t.counts.size(); ++i) {
    const call_counts& c = t.counts[i];
    std::vector<detail::cell> cells{t.windows[i].label, std::to_string(c.offered)};
    for (const detail::call_metric& m : detail::call_metrics()) {
      const service_level s = m.of(t, c);
      cells.emplace_back(detail::level_text(s, m.is_length, style));
      if (cells.size() != 3) continue;
      const level_verdict v = t.target ? judge(s, {*t.target}) : level_verdict::no_data;
      cells.emplace_back(t.target ? detail::name_of(v) : "",
                         v == level_verdict::no_data
                             ? detail::paint::faint
                             : (v == level_verdict::met ? detail::paint::good : detail::paint::bad));
    }
    cells.emplace_back(c.outside != 0 ? std::to_string(c.outside) : std::string());
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
  return detail::print({{"windows", std::move(windows)}});
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
             {"ignored", t.counts[i].ignored}};
    for (const detail::call_metric& m : detail::call_metrics()) {
      const service_level s = m.of(t, t.counts[i]);
      row[std::string(m.name)] = {{"numerator", s.numerator},
                                  {"denominator", s.denominator},
                                  {"left_out", s.left_out},
                                  {"text", detail::level_text(s, m.is_length, {})}};
    }
    if (t.target) {
      row["target"] = to_string(*t.target);
      row["outcome"] =
          detail::name_of(judge(answered_in_time(t.counts[i], t.base, t.minimum_sample), {*t.target}));
    }
    windows.push_back(std::move(row));
  }
  return detail::print({{"windows", std::move(windows)}});
}

}  // namespace v0
}  // namespace sla
