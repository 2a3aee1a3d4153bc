// SPDX-License-Identifier: MIT
#include <sla/policy/policy_print.hpp>

#include <string_view>
#include <vector>

#include <sla/calendar/china.hpp>
#include <sla/calendar/local_text.hpp>

#include "policy/policy_words.hpp"
#include "policy/print_availability.hpp"
#include "policy/print_money.hpp"
#include "policy/toml_text.hpp"

namespace sla {
inline namespace v0 {
namespace detail {
namespace {

[[nodiscard]] std::string limit_text(const time_limit& l) { return toml_text(to_string(l)); }

[[nodiscard]] std::string print_header(const policy_spec& p) {
  toml_members m;
  m.add("policy", toml_text(p.name));
  m.add("version", date_text(p.version));
  m.add("zone", toml_text(p.home.name()));
  m.add("currency", toml_text(p.in.code()));
  m.add("severities", toml_texts(p.severities));
  m.add("tiers", toml_texts(p.tiers));
  if (!p.regions.empty()) m.add("regions", toml_texts(p.regions));
  if (!p.categories.empty()) m.add("categories", toml_texts(p.categories));
  if (!p.channels.empty()) m.add("channels", toml_texts(p.channels));
  if (!p.causes.empty()) m.add("causes", toml_texts(p.causes));
  if (!p.options.empty()) m.add("options", toml_texts(p.options));
  return m.lines();
}

[[nodiscard]] std::string print_labels(const policy_spec& p) {
  toml_members m;
  for (const label_spec& l : p.labels) m.add(l.name, toml_text(l.label));
  return m.empty() ? std::string() : m.block("[label]");
}

// --- calendars --------------------------------------------------------------------------------------------------

void add_change(toml_members& to, const day_change& c) {
  switch (c.what()) {
    case day_change::action::off: return to.flag("off", true);
    case day_change::action::works_as: return to.text("works_as", word_for(weekdays_of_a_date, c.weekday()));
    case day_change::action::exactly: return to.text("hours", to_string(c.hours()));
    case day_change::action::extra: return to.text("extra", to_string(c.hours()));
    case day_change::action::minus: return to.text("minus", to_string(c.hours()));
  }
}

// Days written out, or nothing where the set has a name.
[[nodiscard]] std::string_view holidays_name(const holiday_use& use) {
  if (use == china_workdays()) return "CN workdays";
  return use == china_statutory_only() ? "CN statutory" : std::string_view{};
}
[[nodiscard]] std::string print_holidays(const holiday_use& use, const std::string& header) {
  toml_members m;
  m.text("name", use.set.name());
  m.text("version", use.set.version());
  if (use.set.known_from() != holiday_set::always()) m.add("known_from", date_text(use.set.known_from()));
  if (use.set.known_through() != holiday_set::forever())
    m.add("known_through", date_text(use.set.known_through()));
  std::vector<std::string_view> closed;
  for (const auto& [is_closed, kind] : {std::pair(use.closed_statutory, day_kind::statutory),
                                        {use.closed_bridging, day_kind::bridging},
                                        {use.closed_weekend, day_kind::weekend}})
    if (is_closed) closed.push_back(to_string(kind));
  m.add("closed", toml_texts(closed));
  m.flag("make_up", use.make_up_open);
  if (use.precedence != 0) m.add("precedence", std::to_string(use.precedence));
  std::vector<std::string> days;
  for (const holiday& h : use.set.entries()) {
    toml_members day;
    day.add("date", date_text(h.date));
    if (h.kind != day_kind::unstated) day.text("kind", to_string(h.kind));
    if (h.works_as != std::chrono::Monday) day.text("works_as", word_for(weekdays_of_a_date, h.works_as));
    day.text("name", h.name);
    days.push_back(day.inline_table());
  }
  m.add("days", days.empty() ? "[]" : toml_lines(days));
  return m.block(header);
}

// The exceptions, recurring dates and changes of a calendar: rows behind it.
[[nodiscard]] std::string print_dates(const calendar_spec& c, const std::string& path) {
  std::string out;
  for (const calendar_exception& e : c.exceptions) {
    toml_members m;
    if (e.first == e.last) {
      m.add("date", date_text(e.first));
    } else {
      m.add("from", date_text(e.first));
      m.add("through", date_text(e.last));
    }
    add_change(m, e.change);
    m.text("name", e.name);
    if (e.precedence != 0) m.add("precedence", std::to_string(e.precedence));
    out += m.block("[[" + path + ".exception]]");
  }
  for (const recurring_exception& e : c.recurring) {
    toml_members m;
    m.text("on", to_string(e.when));
    add_change(m, e.change);
    m.text("name", e.name);
    if (e.precedence != 0) m.add("precedence", std::to_string(e.precedence));
    out += m.block("[[" + path + ".yearly]]");
  }
  for (const calendar_change& e : c.changes) {
    toml_members m;
    m.add("from", date_text(e.from));
    m.text("hours", to_string(e.hours));
    const std::string_view named = e.holidays ? holidays_name(*e.holidays) : std::string_view{};
    m.text("holidays", named);
    out += m.block("[[" + path + ".change]]");
    if (e.holidays && named.empty()) out += print_holidays(*e.holidays, '[' + path + ".change.holidays]");
  }
  return out;
}

[[nodiscard]] std::string print_calendar(const named_calendar_spec& named, const policy_spec& p) {
  const calendar_spec& c = named.calendar;
  const std::string path = "calendar." + toml_key(named.name);
  const bool has_holidays = c.holidays != holiday_use{};
  const std::string_view holidays = has_holidays ? holidays_name(c.holidays) : std::string_view{};
  toml_members m;
  if (c.zone != p.home) m.text("zone", c.zone.name());
  m.text("hours", to_string(c.hours));
  m.text("holidays", holidays);
  if (c.cover != usual_cover(p.version))
    m.add("cover", toml_list({std::to_string(int(c.cover.from)), std::to_string(int(c.cover.to))}));
  std::string out = m.block('[' + path + ']');
  if (has_holidays && holidays.empty()) out += print_holidays(c.holidays, '[' + path + ".holidays]");
  return out + print_dates(c, path);
}

// --- targets, clocks, pauses ------------------------------------------------------------------------------------

[[nodiscard]] std::string print_warnings(std::span<const warning> all) {
  std::vector<std::string> rows;
  for (const warning& w : all) {
    toml_members m;
    if (w.at_share) m.text("at", to_string(*w.at_share));
    if (w.before_due) m.add("before", limit_text(*w.before_due));
    if (w.level != 0) m.add("level", std::to_string(int{w.level}));
    rows.push_back(m.inline_table());
  }
  return toml_lines(rows);
}

[[nodiscard]] std::string print_days(const business_day_rule& r) {
  switch (r.ends_at()) {
    case business_day_rule::end::same_time: return "same time";
    case business_day_rule::end::fixed_time:
      return print_time(static_cast<std::int32_t>(r.fixed_time().count()));
    case business_day_rule::end::closing: break;
  }
  return "closing";
}

void add_options(toml_members& m, std::span<const std::string_view> sets, const clock_options& how) {
  if (!sets.empty()) m.add("options", toml_texts(sets));
  if (!how.starts.empty()) m.add("starts", toml_texts(how.starts));
  if (!how.stops.empty()) m.add("stops", toml_texts(how.stops));
  if (!how.ends.empty()) m.add("ends", toml_texts(how.ends));
  if (how.leave_open) m.add("leave_open", *how.leave_open ? "true" : "false");
  if (how.confirmation)
    m.add("confirmation", how.confirmation->count() == 0 ? "\"none\"" : limit_text(*how.confirmation));
  if (how.landing) m.text("due", word_for(landings, *how.landing));
  if (how.days) m.text("days", print_days(*how.days));
  if (how.changing) m.text("change", word_for(changings, *how.changing));
  if (how.reopening) m.text("reopen", word_for(reopenings, *how.reopening));
  if (how.updates) m.text("updates", word_for(update_orders, *how.updates));
  if (how.cut_off) m.text("cut_off", print_time(static_cast<std::int32_t>(how.cut_off->count())));
  if (how.warnings) m.add("warnings", print_warnings(*how.warnings));
}

// A text where the row states a limit alone, else a table.
[[nodiscard]] std::string print_limit(const limit_spec& l) {
  const std::string within = l.unquantified ? toml_text("unquantified") : l.limit ? limit_text(*l.limit) : "";
  toml_members m;
  if (!within.empty()) m.add("within", within);
  m.text("calendar", l.calendar);
  add_options(m, l.options, l.how);
  return m.size() == 1 && !within.empty() ? within : m.inline_table();
}

[[nodiscard]] std::string print_target(const target_spec& t) {
  toml_members m;
  m.text("clause", t.clause);
  m.text("severity", t.severity);
  m.text("tier", t.tier);
  m.text("region", t.region);
  m.text("category", t.category);
  m.text("channel", t.channel);
  m.text("calendar", t.calendar);
  for (const limit_spec& l : t.limits) m.add(l.clock, print_limit(l));
  return m.block("[[target]]");
}

[[nodiscard]] std::string print_clock(const clock_spec& c) {
  toml_members m;
  m.text("label", c.label);
  add_options(m, c.options, c.how);
  return m.block("[clock." + toml_key(c.name) + ']');
}

[[nodiscard]] std::string print_tier(const tier_spec& t) {
  toml_members m;
  m.text("extends", t.extends);
  return m.block("[tier." + toml_key(t.name) + ']');
}

[[nodiscard]] std::string print_option_set(const option_set_spec& s) {
  toml_members m;
  add_options(m, {}, s.how);
  return m.block("[option_set." + toml_key(s.name) + ']');
}

[[nodiscard]] std::string print_pause(const pause_spec& p) {
  toml_members m;
  m.text("label", p.label);
  m.text("party", word_for(parties, p.by));
  if (!p.stops.empty()) m.add("stops", toml_texts(p.stops));
  if (p.cap) m.add("cap", limit_text(*p.cap));
  return m.block("[pause." + toml_key(p.name) + ']');
}

[[nodiscard]] std::string print_allowance(const allowance_spec& a) {
  toml_members m;
  m.text("lint", a.lint);
  m.text("reason", a.reason);
  return m.block("[[allow]]");
}

}  // namespace
}  // namespace detail

std::string print(const policy_spec& p) {
  std::string out = detail::print_header(p) + detail::print_labels(p);
  for (const named_calendar_spec& c : p.calendars) out += detail::print_calendar(c, p);
  for (const tier_spec& t : p.extensions) out += detail::print_tier(t);
  for (const option_set_spec& s : p.option_sets) out += detail::print_option_set(s);
  for (const target_spec& t : p.targets) out += detail::print_target(t);
  for (const clock_spec& c : p.clocks) out += detail::print_clock(c);
  for (const pause_spec& r : p.pauses) out += detail::print_pause(r);
  for (const availability_spec& a : p.availability) out += detail::print_availability(a);
  for (const service_level_spec& s : p.service_levels) out += detail::print_service_level(s);
  out += detail::print_compensation(p);
  for (const credit_spec& c : p.credits) out += detail::print_credit(c);
  for (const cap_spec& c : p.caps) out += detail::print_cap(c);
  for (const allowance_spec& a : p.allow) out += detail::print_allowance(a);
  return out;
}

}  // namespace v0
}  // namespace sla
