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

#include "base/csv.hpp"
#include "base/regular_file.hpp"
#include "calendar/holiday_days.hpp"
#include "calendar/placed_json.hpp"

namespace sla {
inline namespace v0 {
namespace {

using detail::placed_json;
using namespace holiday_file;

// --- JSON ------------------------------------------------------------------------------------------------------

class json_reader {
 public:
  explicit json_reader(collector& out) : out_(out) {}

  [[nodiscard]] loaded<holiday_set> read(std::string default_name) {
    std::optional<placed_json> root;
    if (out_.readable()) root = detail::read_json(out_.text(), max_depth, out_.found(), out_.source());
    if (!root || !is(*root, placed_json::kind::object, "an object with \"days\" or \"years\""))
      return out_.finish({}, {}, {}, {});
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
    if (days == nullptr && years != nullptr && root->find("known_through") == nullptr)
      out_.missing_known_through({root->where.offset, 1});
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
    for (const auto& [name, where, value] : item.members) {
      std::optional<placed_text>* text = name == "date"       ? &d.date
                                         : name == "name"     ? &d.name
                                         : name == "kind"     ? &d.kind
                                         : name == "works_as" ? &d.works_as
                                                              : nullptr;
      bool read = true;
      if (text != nullptr) {
        read = is(value, placed_json::kind::string, "a string");
        if (read) *text = {value.text, value.where};
      } else if (name == "off" || name == "isOffDay") {
        read = is(value, placed_json::kind::boolean, "true or false");
        if (read) d.off = {value.truth, value.where};
      } else {
        out_.error(where, "unknown-name",
                   "unknown name '" + name + "', expected one of date, name, off, isOffDay, kind, works_as");
        read = false;
      }
      if (read) continue;
      d.faulty = true;
      // An unknown name may be any of them, misspelt.
      const bool unknown = text == nullptr && name != "off" && name != "isOffDay";
      d.date_unread = d.date_unread || unknown || name == "date";
      d.kind_unread = d.kind_unread || unknown || name == "kind" || name == "off" || name == "isOffDay";
    }
    out_.add(d, year);
  }

  collector& out_;
};

// --- CSV -------------------------------------------------------------------------------------------------------

std::string_view trim(std::string_view s) {
  const std::size_t begin = s.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos) return s.substr(0, 0);
  return s.substr(begin, s.find_last_not_of(" \t\r") - begin + 1);
}

// Lines that begin with '#' are comments, and those before the header may state what the file is. The rows are read by
// base/csv.hpp, which knows no comments: what precedes the header is passed over, later ones are rows of one field.
class csv_days {
 public:
  explicit csv_days(collector& out) : out_(out), text_(out.text()) {}

  [[nodiscard]] loaded<holiday_set> read(std::string name) {
    if (!out_.readable()) return out_.finish({}, {}, {}, {});
    std::string version;
    std::optional<sys_days> known_from, known_through;
    std::size_t at = text_.starts_with("\xEF\xBB\xBF") ? 3 : 0;
    while (at < text_.size()) {
      const std::size_t end = std::min(text_.find('\n', at), text_.size());
      const std::string_view line = trim(text_.substr(at, end - at));
      if (!line.empty() && !line.starts_with('#')) break;
      if (!line.empty()) comment(line, name, version, known_from, known_through);
      at = std::min(end + 1, text_.size());
    }
    detail::csv_reader in(text_.substr(at), {});
    bool header = false, cut_short = false;
    for (detail::csv_row row; in.next(row);) {
      const std::size_t begin = at + row.where.offset;
      std::vector<placed_text> fields;
      for (const detail::csv_field& f : row.fields) {
        const std::string_view text = trim(f.text);
        const bool quoted = f.where.length > f.text.size();
        const std::size_t skipped = quoted ? 0 : f.text.find(text.empty() ? f.text : text);
        fields.push_back(
            {std::string(text), {at + f.where.offset + skipped, quoted ? f.where.length : text.size()}});
      }
      if (fields.size() == 1 && fields[0].text.empty()) continue;
      const bool remark = text_.substr(begin).starts_with('#');
      for (const detail::csv_fault& f : row.faults) {
        cut_short = cut_short || f.code == open_quote;
        if (!remark || f.code == open_quote)
          out_.error({at + f.where.offset, f.where.length}, f.code, f.message);
      }
      if (remark) continue;
      if (!header) {
        header = true;
        columns(fields, row.faults.empty());
      } else {
        this->row(fields, {begin, row.where.length}, row.faults.empty());
      }
    }
    if (!header && !cut_short)
      out_.error({text_.size(), 0}, "missing-header", "expected a header line such as date,name,kind");
    if (header && !known_through && !known_through_stated_) out_.missing_known_through({0, 1});
    return out_.finish(std::move(name), std::move(version), known_from, known_through, {0, 1});
  }

 private:
  enum class column : std::uint8_t { date, name, kind, off, works_as, ignored };
  // The fault that ends the reading, wherever it stands.
  static constexpr std::string_view open_quote = "open-quote";

  void comment(std::string_view line, std::string& name, std::string& version,
               std::optional<sys_days>& known_from, std::optional<sys_days>& known_through) {
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return;
    const std::string_view key = trim(line.substr(1, colon - 1));
    const std::string_view value = trim(line.substr(colon + 1));
    if (key == "name") name = value;
    if (key == "version") version = value;
    if (key != "known_through" && key != "known_from") return;
    const auto date = parse_date(value);
    if (!date)
      out_.error({static_cast<std::size_t>(value.data() - text_.data()), value.size()}, "bad-date",
                 "expected a date such as 2026-12-31, found '" + std::string(value) + "'");
    (key == "known_from" ? known_from : known_through) = date;
    known_through_stated_ = known_through_stated_ || key == "known_through";
  }

  void columns(const std::vector<placed_text>& fields, bool readable) {
    if (!readable) return;
    const std::vector<std::string_view> known{"date", "name", "kind", "off", "works_as"};
    bool unknown = false;
    for (const placed_text& f : fields) {
      const auto at = std::ranges::find(known, f.text);
      if (at == known.end()) {
        unknown = true;
        const std::string_view near = nearest(f.text, known);
        out_.error(f.where, "unknown-column",
                   "unknown column '" + f.text + "', expected one of date, name, kind, off, works_as" +
                       (near.empty() ? "" : "; is it " + std::string(near) + "?"));
        columns_.push_back(column::ignored);
        continue;
      }
      const auto c = static_cast<column>(at - known.begin());
      if (has(c)) out_.error(f.where, "duplicate-column", "column '" + f.text + "' is given twice");
      columns_.push_back(c);
    }
    if (!has(column::date) && !unknown)
      out_.error(fields.front().where, "missing-column", "expected a column named date");
  }
  [[nodiscard]] bool has(column c) const { return std::ranges::find(columns_, c) != columns_.end(); }

  void row(const std::vector<placed_text>& fields, byte_span where, bool readable) {
    if (columns_.empty()) return;  // the header could not be read
    if (fields.size() != columns_.size() && readable)
      out_.error(
          where, "wrong-number-of-columns",
          "expected " + std::to_string(columns_.size()) + " columns, found " + std::to_string(fields.size()));
    if (fields.size() != columns_.size() || !readable) {
      judge_cells(fields);
      return;
    }
    stated_day d;
    d.where = where;
    // What is not there for a misspelt column is said once, at the header.
    const bool misspelt = has(column::ignored);
    d.date_unread = !has(column::date);
    d.kind_unread = misspelt && !has(column::kind) && !has(column::off);
    d.faulty = d.date_unread || misspelt;
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
            out_.error(fields[i].where, "bad-off", expected_truth(v));
            d.faulty = d.kind_unread = true;
          }
          break;
        }
        case column::ignored: break;
      }
    }
    out_.add(d);
  }

  // In a row of too many cells or too few, a cell may belong to a column some places away. It is wrong where it is for
  // all of those.
  void judge_cells(const std::vector<placed_text>& fields) {
    const std::size_t n = std::min(fields.size(), columns_.size());
    for (std::size_t i = 0; i < n; ++i) {
      const std::size_t first = fields.size() > columns_.size() ? i - std::min(i, fields.size() - n) : i,
                        last = std::min(i + columns_.size() - n, columns_.size() - 1);
      bool fits = false;
      for (std::size_t c = first; c <= last; ++c) fits = fits || may_be(columns_[c], fields[i].text);
      if (fits) continue;
      switch (columns_[i]) {
        case column::date: out_.error(fields[i].where, "bad-date", expected_date(fields[i].text)); break;
        case column::kind: out_.error(fields[i].where, "unknown-kind", expected_kind(fields[i].text)); break;
        case column::off: out_.error(fields[i].where, "bad-off", expected_truth(fields[i].text)); break;
        case column::works_as:
          out_.error(fields[i].where, "unknown-weekday", expected_weekday(fields[i].text));
          break;
        case column::name:
        case column::ignored: break;
      }
    }
  }
  [[nodiscard]] static bool may_be(column c, const std::string& text) {
    switch (c) {
      case column::date: return parse_date(text).has_value();
      // What is written like a date is no name.
      case column::name: return text.empty() || text.find_first_not_of("0123456789-/.") != text.npos;
      case column::kind: return text.empty() || parse_kind(text);
      case column::off: return text.empty() || text == "true" || text == "false";
      case column::works_as: return text.empty() || parse_weekday(text);
      case column::ignored: return true;
    }
    return true;
  }

  collector& out_;
  std::string_view text_;
  std::vector<column> columns_;
  bool known_through_stated_ = false;
};

}  // namespace

loaded<holiday_set> parse_holidays_json(std::string source, std::string_view text) {
  collector out(source, text);
  return json_reader(out).read(std::move(source));
}

loaded<holiday_set> parse_holidays_csv(std::string source, std::string_view text) {
  collector out(source, text);
  return csv_days(out).read(std::move(source));
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
  if (const std::string_view reason = detail::no_file(path); !reason.empty())
    return refuse("cannot-read", "cannot read the file: " + std::string(reason));
  std::ifstream in(path, std::ios::binary);
  if (!in) return refuse("cannot-read", "cannot read the file");
  std::string text(max_bytes + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (in.bad()) return refuse("cannot-read", "cannot read the file");
  text.resize(static_cast<std::size_t>(in.gcount()));
  collector out(path, text);
  return extension == ".json" ? json_reader(out).read(name) : csv_days(out).read(name);
}

}  // namespace v0
}  // namespace sla
