// SPDX-License-Identifier: MIT
#include <sla/calendar/holiday_load.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sla/base/diagnostic.hpp>
#include <sla/base/utf8.hpp>
#include <sla/calendar/holidays.hpp>
#include <sla/calendar/hours_text.hpp>

#include "calendar/placed_json.hpp"

namespace sla {
inline namespace v0 {
namespace {

using detail::placed_json;
using std::chrono::sys_days;

constexpr std::size_t max_bytes = 4 << 20;
constexpr std::size_t max_days = 100'000;
constexpr std::size_t max_depth = 16;

/// A word and where it stands.
struct placed_text {
  std::string text;
  byte_span where;
};

// "2026-10-01" and no other way of writing it.
std::optional<sys_days> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  std::array<int, 3> part{};
  for (std::size_t i = 0, p = 0; i < text.size(); ++i) {
    if (i == 4 || i == 7) {
      ++p;
    } else if (text[i] < '0' || text[i] > '9') {
      return std::nullopt;
    } else {
      part[p] = part[p] * 10 + (text[i] - '0');
    }
  }
  const std::chrono::year_month_day date{std::chrono::year(part[0]),
                                         std::chrono::month(static_cast<unsigned>(part[1])),
                                         std::chrono::day(static_cast<unsigned>(part[2]))};
  if (!date.ok()) return std::nullopt;
  return sys_days(date);
}

std::optional<std::chrono::weekday> parse_weekday(std::string_view text) {
  for (unsigned i = 0; i < 7; ++i)
    if (text == detail::weekday_names[i] || text == detail::weekday_long_names[i])
      return std::chrono::weekday(i + 1);
  return std::nullopt;
}

/// One day as a file states it, before it is judged.
struct stated_day {
  byte_span where;
  std::optional<placed_text> date, name, kind, works_as;
  std::optional<std::pair<bool, byte_span>> off;
};

/// Gathers days and what is wrong with them, whichever shape they come in.
class collector {
 public:
  collector(std::string source, std::string_view text) {
    if (text.size() > max_bytes) {
      // The text is not kept: a message about its size needs none of it.
      source_ = found_.add_source(std::move(source), {});
      error({0, 0}, "too-large", "the text is larger than " + std::to_string(max_bytes >> 20) + " MiB");
    } else {
      source_ = found_.add_source(std::move(source), std::string(text));
      if (!is_utf8(text)) error({first_invalid(text), 1}, "not-utf8", "a byte that is not UTF-8");
    }
  }

  void error(byte_span where, std::string code, std::string message) {
    found_.error(source_, where, std::move(code), std::move(message));
  }
  void warning(byte_span where, std::string code, std::string message) {
    found_.warning(source_, where, std::move(code), std::move(message));
  }
  [[nodiscard]] bool good() const noexcept { return !found_.has_errors(); }
  [[nodiscard]] diagnostics& found() noexcept { return found_; }
  [[nodiscard]] std::size_t source() const noexcept { return source_; }
  [[nodiscard]] std::string_view text() const noexcept { return found_.sources()[source_].text(); }

  /// `year` is the one the file puts the day under.
  void add(const stated_day& d, std::optional<std::chrono::year> year = std::nullopt) {
    if (days_.size() == max_days) {
      if (!std::exchange(full_, true))
        error(d.where, "too-many-days", "more than " + std::to_string(max_days) + " days");
      return;
    }
    holiday h;
    bool fine = true;
    const auto wrong = [&](byte_span where, const char* code, std::string message) {
      error(where, code, std::move(message));
      fine = false;
    };
    if (!d.date) {
      wrong(d.where, "missing-date", "expected a date");
    } else if (const auto date = parse_date(d.date->text)) {
      h.date = *date;
    } else {
      wrong(d.date->where, "bad-date", "expected a date such as 2026-10-01, found '" + d.date->text + "'");
    }
    if (d.name) h.name = d.name->text;
    if (d.kind && !d.kind->text.empty()) {
      if (const auto kind = parse_day_kind(d.kind->text); kind && *kind != day_kind::unstated) {
        h.kind = *kind;
        if (d.off && d.off->first != h.off())
          wrong(d.kind->where, "kind-contradicts-off",
                "a " + d.kind->text + " day is " + (h.off() ? "off" : "worked") +
                    ", and this one is said to be " + (d.off->first ? "off" : "worked"));
      } else {
        wrong(d.kind->where, "unknown-kind",
              "expected statutory, bridging, weekend or make-up, found '" + d.kind->text + "'");
      }
    } else if (d.off) {
      h.kind = d.off->first ? day_kind::unstated : day_kind::make_up;
    } else {
      wrong(d.where, "missing-kind", "expected a kind, or whether the day is off");
    }
    if (d.works_as && !d.works_as->text.empty()) {
      if (const auto weekday = parse_weekday(d.works_as->text)) {
        h.works_as = *weekday;
        if (fine && h.off())
          wrong(d.works_as->where, "works-as-on-a-day-off", "only a make-up day has the hours of a weekday");
      } else {
        wrong(d.works_as->where, "unknown-weekday",
              "expected a weekday, Mon to Sun, found '" + d.works_as->text + "'");
      }
    }
    if (!fine) return;
    if (year) {
      const std::chrono::year_month_day ymd(h.date);
      // A year's notice may move a day of the December before it.
      if (ymd.year() != *year &&
          ymd.year() / ymd.month() != (*year - std::chrono::years(1)) / std::chrono::December)
        warning(d.date->where, "date-outside-year",
                d.date->text + " stands under the year " + std::to_string(static_cast<int>(*year)));
    }
    days_.push_back({std::move(h), d.date->where});
  }

  [[nodiscard]] loaded<holiday_set> finish(std::string name, std::string version,
                                           std::optional<sys_days> known_from,
                                           std::optional<sys_days> known_through, byte_span where) {
    if (!known_through && good())
      error(where, "missing-known-through", "expected known_through, the last date the data speak of");
    if (known_from && known_through && *known_from > *known_through)
      error(where, "known-through-too-early",
            "known_through " + date_text(*known_through) + " lies before " + date_text(*known_from));
    std::ranges::sort(days_, {}, [](const placed_day& d) { return std::pair(d.day.date, d.where.offset); });
    for (std::size_t i = 1; i < days_.size(); ++i) {
      const placed_day &first = days_[i - 1], &again = days_[i];
      if (first.day.date != again.day.date || first.day == again.day) continue;
      error(again.where, "listed-twice",
            date_text(again.day.date) + " is listed differently on line " +
                std::to_string(found_.sources()[source_].place(first.where.offset).line));
    }
    if (!good()) return loaded<holiday_set>(std::move(found_));
    std::vector<holiday> entries;
    for (placed_day& d : days_) entries.push_back(std::move(d.day));
    return {holiday_set(std::move(name), std::move(version), *known_through, std::move(entries),
                        known_from.value_or(holiday_set::always())),
            std::move(found_)};
  }

 private:
  struct placed_day {
    holiday day;
    byte_span where;
  };
  [[nodiscard]] static std::size_t first_invalid(std::string_view text) noexcept {
    std::size_t at = 0;
    for (auto c = detail::decode(text); c.valid && at + c.bytes < text.size();
         c = detail::decode(text.substr(at)))
      at += c.bytes;
    return at;
  }

  diagnostics found_;
  std::size_t source_ = 0;
  std::vector<placed_day> days_;
  bool full_ = false;
};

// --- JSON ------------------------------------------------------------------------------------------------------

class json_reader {
 public:
  explicit json_reader(collector& out) : out_(out) {}

  [[nodiscard]] loaded<holiday_set> read(std::string default_name) {
    std::optional<placed_json> root;
    if (out_.good()) root = detail::read_json(out_.text(), max_depth, out_.found(), out_.source());
    if (!root) return out_.finish({}, {}, {}, {}, {});
    if (!is(*root, placed_json::kind::object, "an object with \"days\" or \"years\""))
      return out_.finish({}, {}, {}, {}, {});
    const placed_json* days = root->find("days");
    const placed_json* years = root->find("years");
    std::optional<std::chrono::year> first, last;
    if ((days == nullptr) == (years == nullptr)) {
      out_.error({root->where.offset, 1}, "unknown-shape",
                 days == nullptr ? "expected \"days\" and a \"year\", or \"years\""
                                 : "expected \"days\" or \"years\", found both");
    } else if (days != nullptr) {
      first = last = year_of(*root);
      each_day(*days, first);
    } else if (is(*years, placed_json::kind::object, "an object with a list of days for each year")) {
      for (const auto& [name, where, list] : years->members) {
        const auto y = parse_year(name, where);
        if (y && (!first || *y < *first)) first = y;
        if (y && (!last || *y > *last)) last = y;
        each_day(list, y);
      }
    }
    // One year's file speaks of its year, to the end; of several years somebody has to say.
    auto known_through = date_of(*root, "known_through");
    if (!known_through && days != nullptr && last) known_through = sys_days(*last / 12 / 31);
    auto known_from = date_of(*root, "known_from");
    if (!known_from && first) known_from = sys_days(*first / 1 / 1);
    std::string version;
    if (first) version = std::to_string(static_cast<int>(*first));
    if (first && last && *first != *last) version += '-' + std::to_string(static_cast<int>(*last));
    return out_.finish(text_of(*root, "name").value_or(std::move(default_name)),
                       text_of(*root, "version").value_or(version), known_from, known_through,
                       {root->where.offset, 1});
  }

 private:
  [[nodiscard]] bool is(const placed_json& j, placed_json::kind wanted, std::string_view expected) {
    if (j.is == wanted) return true;
    // A long array or object would be marked as a whole.
    out_.error({j.where.offset, std::min<std::size_t>(j.where.length, 40)}, "unexpected-type",
               "expected " + std::string(expected) + ", found " + std::string(describe(j.is)));
    return false;
  }
  [[nodiscard]] std::optional<std::string> text_of(const placed_json& object, std::string_view name) {
    const placed_json* j = object.find(name);
    if (j == nullptr || !is(*j, placed_json::kind::string, "a string")) return std::nullopt;
    return j->text;
  }
  [[nodiscard]] std::optional<sys_days> date_of(const placed_json& object, std::string_view name) {
    const placed_json* j = object.find(name);
    if (j == nullptr || !is(*j, placed_json::kind::string, "a date such as \"2026-12-31\""))
      return std::nullopt;
    const auto date = parse_date(j->text);
    if (!date)
      out_.error(j->where, "bad-date", "expected a date such as 2026-12-31, found '" + j->text + "'");
    return date;
  }
  [[nodiscard]] std::optional<std::chrono::year> year_of(const placed_json& root) {
    const placed_json* j = root.find("year");
    if (j == nullptr) {
      out_.error({root.where.offset, 1}, "missing-year", "expected \"year\", the one the days belong to");
      return std::nullopt;
    }
    if (!is(*j, placed_json::kind::integer, "a year")) return std::nullopt;
    return parse_year(std::to_string(j->integer), j->where);
  }
  [[nodiscard]] std::optional<std::chrono::year> parse_year(const std::string& text, byte_span where) {
    const auto date = parse_date(text + "-01-01");
    if (date) return std::chrono::year_month_day(*date).year();
    out_.error(where, "bad-year", "expected a year of four digits, found '" + text + "'");
    return std::nullopt;
  }
  void each_day(const placed_json& list, std::optional<std::chrono::year> year) {
    if (!is(list, placed_json::kind::array, "a list of days")) return;
    for (const placed_json& item : list.items)
      if (is(item, placed_json::kind::object, "an object with a date")) day(item, year);
  }
  void day(const placed_json& item, std::optional<std::chrono::year> year) {
    stated_day d;
    d.where = {item.where.offset, 1};
    const std::size_t errors = out_.found().errors();
    for (const auto& [name, where, value] : item.members) {
      std::optional<placed_text>* text = name == "date"       ? &d.date
                                         : name == "name"     ? &d.name
                                         : name == "kind"     ? &d.kind
                                         : name == "works_as" ? &d.works_as
                                                              : nullptr;
      if (text != nullptr) {
        if (is(value, placed_json::kind::string, "a string")) *text = {value.text, value.where};
      } else if (name == "off" || name == "isOffDay") {
        if (is(value, placed_json::kind::boolean, "true or false")) d.off = {value.truth, value.where};
      } else {
        out_.error(where, "unknown-name",
                   "unknown name '" + name + "', expected one of date, name, off, isOffDay, kind, works_as");
      }
    }
    if (out_.found().errors() == errors) out_.add(d, year);
  }

  collector& out_;
};

// --- CSV -------------------------------------------------------------------------------------------------------

std::string_view trim(std::string_view s) {
  const std::size_t begin = s.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos) return s.substr(0, 0);
  return s.substr(begin, s.find_last_not_of(" \t\r") - begin + 1);
}

class csv_reader {
 public:
  explicit csv_reader(collector& out) : out_(out), text_(out.text()) {}

  [[nodiscard]] loaded<holiday_set> read(std::string name) {
    std::string version;
    std::optional<sys_days> known_from, known_through;
    bool header = false;
    if (!out_.good()) return out_.finish({}, {}, {}, {}, {});
    for (std::size_t at = text_.starts_with("\xEF\xBB\xBF") ? 3 : 0; at < text_.size();) {
      const std::size_t end = std::min(text_.find('\n', at), text_.size());
      const std::string_view line = text_.substr(at, end - at);
      if (trim(line).starts_with('#')) {
        if (!header) comment(line, name, version, known_from, known_through);
      } else if (!trim(line).empty()) {
        const auto fields = split(line, at);
        if (!header) {
          header = true;
          columns(fields);
        } else if (fields) {
          row(*fields, {at, trim(line).size()});
        }
      }
      at = end + 1;
    }
    if (!header && out_.good())
      out_.error({text_.size(), 0}, "missing-header", "expected a header line such as date,name,kind");
    return out_.finish(std::move(name), std::move(version), known_from, known_through, {0, 1});
  }

 private:
  enum class column : std::uint8_t { date, name, kind, off, works_as, ignored };

  void comment(std::string_view line, std::string& name, std::string& version,
               std::optional<sys_days>& known_from, std::optional<sys_days>& known_through) {
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return;
    const std::string_view key = trim(line.substr(line.find('#') + 1, colon - line.find('#') - 1));
    const std::string_view value = trim(line.substr(colon + 1));
    if (key == "name") name = value;
    if (key == "version") version = value;
    if (key != "known_through" && key != "known_from") return;
    const auto date = parse_date(value);
    if (!date)
      out_.error({static_cast<std::size_t>(value.data() - text_.data()), value.size()}, "bad-date",
                 "expected a date such as 2026-12-31, found '" + std::string(value) + "'");
    (key == "known_from" ? known_from : known_through) = date;
  }

  // Fields as in RFC 4180, without line ends inside quotes. Nothing where a quote is not closed.
  [[nodiscard]] std::optional<std::vector<placed_text>> split(std::string_view line, std::size_t offset) {
    std::vector<placed_text> fields;
    for (std::size_t at = 0;;) {
      while (at < line.size() && (line[at] == ' ' || line[at] == '\t')) ++at;
      placed_text field{{}, {offset + at, 0}};
      if (at < line.size() && line[at] == '"') {
        const std::size_t begin = at++;
        for (;; ++at) {
          if (at == line.size()) {
            out_.error({offset + begin, 1}, "unclosed-quote", "a quote that is not closed on its line");
            return std::nullopt;
          }
          if (line[at] != '"') {
            field.text += line[at];
          } else if (at + 1 < line.size() && line[at + 1] == '"') {
            field.text += line[at++];
          } else {
            ++at;
            break;
          }
        }
        const std::size_t comma = std::min(line.find(',', at), line.size());
        if (!trim(line.substr(at, comma - at)).empty()) {
          out_.error({offset + at, comma - at}, "text-after-quote", "expected ',' after a closing quote");
          return std::nullopt;
        }
        at = comma;
      } else {
        const std::size_t comma = std::min(line.find(',', at), line.size());
        field.text = trim(line.substr(at, comma - at));
        at = comma;
      }
      field.where.length = std::max<std::size_t>(
          1, trim(line.substr(field.where.offset - offset, at - (field.where.offset - offset))).size());
      fields.push_back(std::move(field));
      if (at >= line.size()) return fields;
      ++at;
    }
  }

  void columns(const std::optional<std::vector<placed_text>>& fields) {
    if (!fields) return;
    const std::vector<std::string_view> known{"date", "name", "kind", "off", "works_as"};
    for (const placed_text& f : *fields) {
      const auto at = std::ranges::find(known, f.text);
      if (at == known.end()) {
        const std::string_view near = nearest(f.text, known);
        out_.error(f.where, "unknown-column",
                   "unknown column '" + f.text + "', expected one of date, name, kind, off, works_as" +
                       (near.empty() ? "" : "; is it " + std::string(near) + "?"));
        columns_.push_back(column::ignored);
        continue;
      }
      const auto c = static_cast<column>(at - known.begin());
      if (std::ranges::find(columns_, c) != columns_.end())
        out_.error(f.where, "duplicate-column", "column '" + f.text + "' is given twice");
      columns_.push_back(c);
    }
    if (std::ranges::find(columns_, column::date) == columns_.end() && out_.good())
      out_.error(fields->front().where, "missing-column", "expected a column named date");
  }

  void row(const std::vector<placed_text>& fields, byte_span where) {
    if (fields.size() != columns_.size()) {
      out_.error(
          where, "wrong-number-of-columns",
          "expected " + std::to_string(columns_.size()) + " columns, found " + std::to_string(fields.size()));
      return;
    }
    stated_day d;
    d.where = where;
    if (std::ranges::find(columns_, column::date) == columns_.end()) return;  // said once, at the header
    for (std::size_t i = 0; i < fields.size(); ++i) {
      switch (columns_[i]) {
        case column::date: d.date = fields[i]; break;
        case column::name: d.name = fields[i]; break;
        case column::kind: d.kind = fields[i]; break;
        case column::works_as: d.works_as = fields[i]; break;
        case column::off: {
          const std::string& v = fields[i].text;
          if (v == "true" || v == "false") {
            d.off = {v == "true", fields[i].where};
          } else if (!v.empty()) {
            out_.error(fields[i].where, "bad-off", "expected true or false, found '" + v + "'");
            d.off = {true, fields[i].where};  // stated, if badly: the rest of the row is still judged
          }
          break;
        }
        case column::ignored: break;
      }
    }
    out_.add(d);
  }

  collector& out_;
  std::string_view text_;
  std::vector<column> columns_;
};

}  // namespace

loaded<holiday_set> parse_holidays_json(std::string source, std::string_view text) {
  collector out(source, text);
  return json_reader(out).read(std::move(source));
}

loaded<holiday_set> parse_holidays_csv(std::string source, std::string_view text) {
  collector out(source, text);
  return csv_reader(out).read(std::move(source));
}

loaded<holiday_set> load_holidays(const std::string& path) {
  const std::filesystem::path file(path);
  const std::string extension = file.extension().string(), name = file.stem().string();
  diagnostics found;
  const auto refuse = [&](std::string code, std::string message) {
    found.error(found.add_source(path, {}), {0, 0}, std::move(code), std::move(message));
    return loaded<holiday_set>(std::move(found));
  };
  if (extension != ".json" && extension != ".csv")
    return refuse("unknown-format", "expected a file named .json or .csv");
  std::error_code ignored;
  std::ifstream in(path, std::ios::binary);
  if (!in || std::filesystem::is_directory(file, ignored))
    return refuse("cannot-read", "cannot read the file");
  std::string text(max_bytes + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (in.bad()) return refuse("cannot-read", "cannot read the file");
  text.resize(static_cast<std::size_t>(in.gcount()));
  collector out(path, text);
  return extension == ".json" ? json_reader(out).read(name) : csv_reader(out).read(name);
}

}  // namespace v0
}  // namespace sla
