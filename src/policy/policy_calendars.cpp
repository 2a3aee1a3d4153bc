// SPDX-License-Identifier: MIT
#include "policy/policy_calendars.hpp"

#include <filesystem>
#include <utility>

#include <sla/calendar/china.hpp>
#include <sla/calendar/holiday_load.hpp>
#include <sla/calendar/zone_load.hpp>
#include <sla/policy/compile.hpp>

#include "base/regular_file.hpp"
#include "policy/policy_words.hpp"
#include "policy/record_file.hpp"

namespace sla {
inline namespace v0 {
namespace detail {

std::optional<zone> zone_table::find(toml_table& in, std::string_view key) {
  const auto name = in.text(key);
  if (!name) return std::nullopt;
  if (const auto known = zones_.find(*name); known != zones_.end()) return known->second;
  auto& found = zones_[std::string(*name)];
  try {
    found = load_zone(*name);
  } catch (const error& e) {
    in.error(key, "unknown-zone", shortened(e.what(), 300));
  }
  return found;
}

namespace {

constexpr int most_precedence = 1'000'000;

// Problems that a text reader of another floor found inside a text, or at it where its characters cannot be placed.
void take(toml_table& in, std::string_view key, const toml_value& v, const diagnostics& found) {
  for (const diagnostic& d : found.items()) {
    const byte_span where = v.inside.length == 0 ? v.where : d.where;
    d.level == gravity::error ? in.error_at(key, where, d.code, d.message)
                              : in.problems().warning(where, d.code, d.message);
  }
}

}  // namespace

std::vector<named_calendar_spec> calendar_reader::read(const toml_value& calendars) {
  std::vector<named_calendar_spec> out;
  for (const toml_member& m : calendars.members) {
    if (m.value.kind != toml_kind::table) {
      problems.error(
          m.value.where, "wrong-type",
          "expected calendar " + shown(m.key) + " to be a table, found " + std::string(name(m.value.kind)));
      continue;
    }
    out.push_back({m.key, one(m, out.size())});
  }
  return out;
}

calendar_spec calendar_reader::one(const toml_member& named, std::size_t row) {
  toml_table in(problems, named.value, named.where, places, "calendar", row);
  calendar_spec out;
  out.zone = home;
  if (in.get("zone") != nullptr) {
    if (auto z = zones.find(in, "zone")) out.zone = *std::move(z);
  }
  // By dates alone is a calendar, too, but nothing at all is a slip.
  if (!in.has("exception") && !in.has("yearly") && !in.has("change") &&
      !in.require("hours", "\"Mon-Fri 08:30-18:00\" or \"24/7\""))
    in.spoil("");
  if (auto week = hours(in)) {
    out.hours = *std::move(week);
  } else if (in.has("hours")) {
    in.spoil("");  // a calendar whose hours cannot be read never opens
  }
  if (auto use = holidays(in)) {
    out.holidays = *std::move(use);
  } else if (in.has("holidays")) {
    in.spoil("holidays");
  }
  cover(in, out);
  out.changes = rows(in, row, "change", "changes", &calendar_reader::change);
  out.exceptions = rows(in, row, "exception", "exceptions", &calendar_reader::exception);
  out.recurring = rows(in, row, "yearly", "recurring", &calendar_reader::yearly);
  in.finish();
  return out;
}

template <class Row>
std::vector<Row> calendar_reader::rows(toml_table& in, std::size_t row, std::string_view key,
                                       const std::string& part,
                                       std::optional<Row> (calendar_reader::*read_one)(toml_table&)) {
  std::vector<Row> out;
  for (const toml_value* r : in.tables(key)) {
    toml_table each(problems, *r, r->where);
    // Rows that cannot be read leave no gap in the list that faults count by.
    if (auto good = (this->*read_one)(each)) {
      places.add("calendar", row, part, out.size(), r->where);
      out.push_back(*std::move(good));
    } else {
      in.spoil("");
    }
  }
  return out;
}

std::optional<weekly_hours> calendar_reader::hours(toml_table& in) {
  const toml_value* v = in.get("hours", toml_kind::text);
  if (v == nullptr) return std::nullopt;
  diagnostics found;
  auto week = parse_hours(v->text, found, 0, v->inside.offset);
  take(in, "hours", *v, found);
  return week;
}

std::optional<day_hours> calendar_reader::day(toml_table& in, std::string_view key) {
  const toml_value* v = in.get(key, toml_kind::text);
  if (v == nullptr) return std::nullopt;
  diagnostics found;
  auto hours_of_day = parse_day_hours(v->text, found, 0, v->inside.offset);
  take(in, key, *v, found);
  return hours_of_day;
}

std::optional<holiday_use> calendar_reader::holidays(toml_table& in) {
  const toml_value* v = in.get("holidays");
  if (v == nullptr) return std::nullopt;
  if (v->kind == toml_kind::table) return holiday_file(in, *v);
  const toml_value* preset = in.get("holidays", toml_kind::text);
  if (preset == nullptr) return std::nullopt;
  if (preset->text == "CN workdays") return china_workdays();
  if (preset->text == "CN statutory") return china_statutory_only();
  in.error(
      "holidays", "unknown-holidays",
      unknown_name("holidays", shortened(preset->text),
                   {"CN workdays", "CN statutory", "{ file = \"2027.json\", closed = [\"statutory\"] }"}));
  return std::nullopt;
}

std::optional<holiday_use> calendar_reader::holiday_file(toml_table& in, const toml_value& table) {
  toml_table of(problems, table, table.where);
  holiday_use use;
  const bool written_out = of.has("days");
  bool good = written_out || of.require("file", "\"2027.json\"");
  if (written_out && of.get("file") != nullptr) {
    of.error("file", "file-and-days", "expected a file or the days themselves, found both");
    good = false;
  }
  if (of.require("closed", "[\"statutory\", \"bridging\", \"weekend\"]")) {
    for (const std::string_view kind : of.texts("closed").value_or(std::vector<std::string_view>())) {
      if (kind == "statutory") {
        use.closed_statutory = true;
      } else if (kind == "bridging") {
        use.closed_bridging = true;
      } else if (kind == "weekend") {
        use.closed_weekend = true;
      } else {
        of.error("closed", "unknown-kind",
                 unknown_name("kind", shortened(kind), {"statutory", "bridging", "weekend"}));
        good = false;
      }
    }
  }
  use.make_up_open = of.flag("make_up", false);
  if (const auto p = of.integer("precedence", -most_precedence, most_precedence)) use.precedence = *p;
  if (written_out) {
    if (auto set = holiday_days(of)) {
      use.set = *std::move(set);
    } else {
      good = false;
    }
  } else if (const toml_value* file = of.get("file", toml_kind::text)) {
    if (auto set = load(of, *file)) {
      use.set = *std::move(set);
    } else {
      good = false;
    }
  }
  of.finish();
  if (good) return use;
  in.spoil("holidays");
  return std::nullopt;
}

std::optional<holiday_set> calendar_reader::holiday_days(toml_table& in) {
  const std::size_t before = problems.errors();
  const std::string named(in.text_or("name")), stated(in.text_or("version"));
  const auto from = in.date("known_from"), through = in.date("known_through");
  std::vector<holiday> days;
  for (const toml_value* row : in.tables("days")) {
    toml_table of(problems, *row, row->where);
    holiday day;
    if (of.require("date", "2027-01-01"))
      if (const auto date = of.date("date")) day.date = *date;
    day.kind = of.choice("kind", kinds_of_a_holiday).value_or(day.kind);
    day.works_as = of.choice("works_as", weekdays_of_a_date).value_or(day.works_as);
    day.name = of.text_or("name");
    of.finish();
    days.push_back(std::move(day));
  }
  if (problems.errors() != before) return std::nullopt;
  try {
    return holiday_set(named, stated, through ? std::chrono::sys_days(*through) : holiday_set::forever(),
                       std::move(days), from ? std::chrono::sys_days(*from) : holiday_set::always());
  } catch (const error& e) {
    in.error("days", "bad-holidays", shortened(e.what(), 300));
    return std::nullopt;
  }
}

// A policy comes from elsewhere, and may read nothing outside its own folder.
std::optional<holiday_set> calendar_reader::load(toml_table& in, const toml_value& file) {
  if (holds_nul(file.text)) {
    in.error("file", "no-such-file", "expected a file, found a NUL character in " + shown(file.text));
    return std::nullopt;
  }
  const std::filesystem::path path(file.text);
  bool inside = !file.text.empty() && path.is_relative();
  for (const auto& part : path) inside = inside && part != "..";
  if (!inside) {
    in.error("file", "outside-folder", "expected a file in the policy's folder, found " + shown(file.text));
    return std::nullopt;
  }
  const std::string& folder = files.folder_of(file.where);
  if (folder.empty()) {
    in.error("file", "no-folder", "a policy that is not read from a file cannot name another file");
    return std::nullopt;
  }
  auto set = load_holidays((std::filesystem::path(folder) / path).string());
  problems.append(set.diagnostics());
  if (!set) return std::nullopt;
  return std::move(set).value();
}

void calendar_reader::cover(toml_table& in, calendar_spec& out) {
  out.cover = usual_cover(version);
  const toml_value* v = in.get("cover", toml_kind::list);
  if (v == nullptr) return;
  const auto is_year = [](const toml_value& y) {
    return y.kind == toml_kind::integer && y.integer >= -9999 && y.integer <= 9999;
  };
  if (v->items.size() != 2 || !is_year(v->items[0]) || !is_year(v->items[1]))
    return in.error("cover", "bad-cover",
                    "expected the first year and the year it ends before, such as [2021, 2041]");
  out.cover = {std::chrono::year(static_cast<int>(v->items[0].integer)),
               std::chrono::year(static_cast<int>(v->items[1].integer))};
}

std::optional<calendar_exception> calendar_reader::exception(toml_table& in) {
  const auto date = in.date("date"), from = in.date("from"), through = in.date("through");
  bool good = true;
  if (in.has("date") ? in.has("from") || in.has("through") : !in.has("from") || !in.has("through")) {
    in.error_at("", in.where(), "no-date", "expected a date, or from and through");
    good = false;
  }
  good = good && (date || (from && through));
  auto change = one_of_five(in);
  const std::string name(in.text_or("name"));
  const int precedence = in.integer("precedence", -most_precedence, most_precedence).value_or(0);
  in.finish();
  if (!good || !change) return std::nullopt;
  return calendar_exception::through(date ? *date : *from, date ? *date : *through, *std::move(change), name,
                                     precedence);
}

std::optional<recurring_exception> calendar_reader::yearly(toml_table& in) {
  std::optional<yearly_date> when;
  if (in.require("on", "\"12-25\" or \"4th Thu of Nov\"")) {
    if (const auto text = in.text("on")) {
      when = parse_yearly_date(*text);
      if (!when)
        in.error(
            "on", "bad-yearly-date",
            "expected a day of every year, such as \"12-25\", \"4th Thu of Nov\", \"last Mon of May\" or "
            "\"last day of Feb\", found " +
                shown(*text));
    }
  }
  auto change = one_of_five(in);
  const std::string name(in.text_or("name"));
  const int precedence = in.integer("precedence", -most_precedence, most_precedence).value_or(0);
  in.finish();
  if (!when || !change) return std::nullopt;
  return recurring_exception{*when, *std::move(change), name, precedence};
}

std::optional<calendar_change> calendar_reader::change(toml_table& in) {
  const bool dated = in.require("from", "2026-03-01");
  const auto from = dated ? in.date("from") : std::nullopt;
  const bool stated = in.require("hours", "\"Mon-Fri 08:30-18:00\" or \"closed\"");
  auto week = stated ? hours(in) : std::nullopt;
  auto use = holidays(in);
  in.finish();
  if (!from || !week || (in.has("holidays") && !use)) return std::nullopt;
  return calendar_change{*from, *std::move(week), std::move(use)};
}

std::optional<day_change> calendar_reader::one_of_five(toml_table& in) {
  int stated = 0;
  for (const std::string_view key : {"off", "works_as", "hours", "extra", "minus"})
    stated += in.has(key) ? 1 : 0;
  if (stated != 1)
    in.error_at("", in.where(), "one-change",
                "expected one of off, works_as, hours, extra, minus, found " + std::to_string(stated));
  const toml_value* off = in.get("off", toml_kind::boolean);
  if (off != nullptr && !off->boolean)
    in.error("off", "unknown-value", "expected off = true; leave it out otherwise");
  const auto as = in.choice("works_as", weekdays_of_a_date);
  const auto exactly = day(in, "hours"), extra = day(in, "extra"), minus = day(in, "minus");
  if (stated != 1) return std::nullopt;
  if (off != nullptr && off->boolean) return day_change::off();
  if (as) return day_change::works_as(*as);
  if (exactly) return day_change::exactly(*exactly);
  if (extra) return day_change::extra(*extra);
  if (minus) return day_change::minus(*minus);
  return std::nullopt;
}

}  // namespace detail
}  // namespace v0
}  // namespace sla
