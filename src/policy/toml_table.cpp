// SPDX-License-Identifier: MIT
#include "policy/toml_table.hpp"

#include <algorithm>
#include <array>

#include <sla/base/instant.hpp>
#include <sla/policy/compile.hpp>

#include "policy/record_file.hpp"

namespace sla {
inline namespace v0 {
namespace detail {

std::optional<byte_span> spec_places::at(const std::string& section, std::size_t row, const std::string& key,
                                         std::size_t item) const {
  const auto rows = rows_.find(section);
  if (rows != rows_.end() && row < rows->second.size() && rows->second[row].table != nullptr) {
    const row_place& r = rows->second[row];
    if (key.empty() && item == 0) return r.where;
    if (const toml_member* m = r.table->find(key)) {
      if (m->value.kind == toml_kind::list && item < m->value.items.size()) return m->value.items[item].where;
      if (item == 0) return m->value.where;
    }
  }
  const auto found = places_.find(std::tuple(section, row, key, item));
  if (found == places_.end()) return std::nullopt;
  return found->second;
}

byte_span spec_places::find(const std::string& section, std::size_t row, const std::string& key,
                            std::size_t item) const {
  if (const auto exactly = at(section, row, key, item)) return *exactly;
  if (const auto member = at(section, row, key, 0)) return *member;
  return at(section, row, "", 0).value_or(byte_span{0, 0});
}

toml_table::toml_table(problem_list& problems, const toml_value& table, byte_span where, spec_places& places,
                       std::string section, std::size_t row, std::string prefix)
    : problems_(problems),
      table_(table),
      where_(where),
      places_(&places),
      section_(std::move(section)),
      row_(row),
      prefix_(std::move(prefix)) {
  if (prefix_.empty()) {
    places.add_row(section_, row_, where, table);
    return;
  }
  for (const toml_member& m : table.members) {
    if (m.value.kind == toml_kind::list)
      for (std::size_t i = 0; i < m.value.items.size(); ++i)
        places.add(section_, row_, prefix_ + m.key, i, m.value.items[i].where);
    places.add(section_, row_, prefix_ + m.key, 0, m.value.where);
  }
}

const toml_value* toml_table::get(std::string_view key) {
  if (std::ranges::find(known_, key) == known_.end()) known_.push_back(key);
  const toml_member* m = table_.find(key);
  return m == nullptr ? nullptr : &m->value;
}

const toml_value* toml_table::get(std::string_view key, toml_kind kind) {
  const toml_value* v = get(key);
  if (v == nullptr || v->kind == kind) return v;
  wrong_kind(key, *v, name(kind));
  return nullptr;
}

bool toml_table::require(std::string_view key, std::string_view example) {
  if (get(key) != nullptr) return true;
  error_at(key, where_, "missing-key",
           "expected the key '" + std::string(key) + "', such as " + std::string(example));
  return false;
}

void toml_table::error(std::string_view key, std::string code, std::string message) {
  const toml_member* m = table_.find(key);
  error_at(key, m == nullptr ? where_ : m->value.where, std::move(code), std::move(message));
}

void toml_table::error_at(std::string_view key, byte_span where, std::string code, std::string message) {
  spoil(key);
  problems_.error(where, std::move(code), std::move(message));
}

void toml_table::wrong_kind(std::string_view key, const toml_value& v, std::string_view expected) {
  error_at(
      key, v.where, "wrong-type",
      "expected " + shown(key) + " to be " + std::string(expected) + ", found " + std::string(name(v.kind)));
}

void toml_table::not_among(std::string_view key, const toml_value& v,
                           const std::vector<std::string_view>& names) {
  error_at(key, v.where, "unknown-value", unknown_name(key, shortened(v.text), names));
}

std::optional<std::string_view> toml_table::text(std::string_view key) {
  const toml_value* v = get(key, toml_kind::text);
  if (v == nullptr) return std::nullopt;
  return v->text;
}

bool toml_table::flag(std::string_view key, bool otherwise) {
  const toml_value* v = get(key, toml_kind::boolean);
  return v == nullptr ? otherwise : v->boolean;
}

std::optional<int> toml_table::integer(std::string_view key, int least, int most) {
  const toml_value* v = get(key, toml_kind::integer);
  if (v == nullptr) return std::nullopt;
  if (v->integer >= least && v->integer <= most) return static_cast<int>(v->integer);
  error(key, "out-of-range",
        "expected " + std::string(key) + " from " + std::to_string(least) + " to " + std::to_string(most) +
            ", found " + std::to_string(v->integer));
  return std::nullopt;
}

std::optional<std::chrono::year_month_day> toml_table::date(std::string_view key) {
  const toml_value* v = get(key);
  if (v == nullptr) return std::nullopt;
  if (v->kind == toml_kind::date) return v->date;
  wrong_kind(key, *v, "a date such as 2026-01-01, without quotes");
  return std::nullopt;
}

std::optional<time_limit> toml_table::limit(std::string_view key) {
  const toml_value* v = get(key);
  if (v == nullptr) return std::nullopt;
  const auto parsed = v->kind == toml_kind::text ? parse_time_limit(v->text) : std::nullopt;
  if (!parsed)
    error(key, "malformed-limit",
          "expected a time such as \"10min\", \"1h30min\", \"4bh\" or \"2bd\", found " +
              (v->kind == toml_kind::text ? shown(v->text) : std::string(name(v->kind))));
  // Beyond it an end is cut off at the last instant there is, and so is every other.
  if (parsed && parsed->count() > instant::latest().unix_seconds() / 2) {
    error(key, "out-of-range", "expected a time that ends before all time does, found " + shown(v->text));
    return std::nullopt;
  }
  return parsed;
}

std::optional<std::chrono::seconds> toml_table::time_of_day(std::string_view key, std::string_view or_else) {
  const toml_value* v = get(key);
  if (v == nullptr) return std::nullopt;
  const std::string_view text = v->kind == toml_kind::text ? std::string_view(v->text) : std::string_view{};
  constexpr std::array<int, 3> most{24, 59, 59};
  std::array<int, 3> part{};
  bool good = text.size() == 5 || text.size() == 8;
  for (std::size_t i = 0; good && i < text.size(); ++i) {
    const char c = text[i];
    if (i % 3 == 2) {
      good = c == ':';
    } else {
      good = c >= '0' && c <= '9';
      part[i / 3] = part[i / 3] * 10 + (c - '0');
    }
  }
  for (std::size_t i = 0; good && i < part.size(); ++i) good = part[i] <= most[i];
  const std::chrono::seconds since(part[0] * 3600 + part[1] * 60 + part[2]);
  if (good && since <= std::chrono::hours(24)) return since;
  error(key, "malformed-time",
        "expected " + std::string(or_else) + "a local time such as \"16:30\", found " +
            (v->kind == toml_kind::text ? shown(v->text) : std::string(name(v->kind))));
  return std::nullopt;
}

std::optional<std::chrono::seconds> toml_table::duration(std::string_view key) {
  const auto l = limit(key);
  if (!l) return std::nullopt;
  if (!l->needs_calendar()) return std::chrono::seconds(l->count());
  error(key, "malformed-limit",
        "expected a time on the wall clock such as \"5min\", found " + shown(to_string(*l)));
  return std::nullopt;
}

std::optional<ratio> toml_table::rate(std::string_view key) {
  const toml_value* v = get(key);
  if (v == nullptr) return std::nullopt;
  const auto parsed = v->kind == toml_kind::text ? parse_ratio(v->text) : std::nullopt;
  if (!parsed)
    error(key, "malformed-rate",
          "expected a rate such as \"99.9%\" or \"1/30\", found " +
              (v->kind == toml_kind::text ? shown(v->text) : std::string(name(v->kind))));
  return parsed;
}

std::optional<std::vector<std::string_view>> toml_table::texts(std::string_view key) {
  const toml_value* v = get(key);
  if (v == nullptr) return std::nullopt;
  std::vector<std::string_view> out;
  if (v->kind == toml_kind::text) return out.push_back(v->text), out;
  if (v->kind != toml_kind::list) {
    wrong_kind(key, *v, "a list of texts");
    return std::nullopt;
  }
  for (const toml_value& item : v->items) {
    if (item.kind == toml_kind::text) {
      out.push_back(item.text);
    } else {
      error_at(key, item.where, "wrong-type",
               "expected " + shown(key) + " to list texts, found " + std::string(name(item.kind)));
    }
  }
  return out;
}

std::vector<const toml_value*> toml_table::tables(std::string_view key) {
  std::vector<const toml_value*> out;
  const toml_value* v = get(key);
  if (v == nullptr) return out;
  if (v->kind != toml_kind::list) {
    wrong_kind(key, *v, "rows, [[" + std::string(key) + "]]");
    return out;
  }
  for (const toml_value& item : v->items) {
    if (item.kind == toml_kind::table) {
      out.push_back(&item);
    } else {
      // The others of the list are still compiled, and what is wrong with them is told in the same run.
      problems_.error(item.where, "wrong-type", "expected a table, found " + std::string(name(item.kind)));
    }
  }
  return out;
}

bool toml_table::is_known(std::string_view key) const noexcept {
  return std::ranges::find(known_, key) != known_.end();
}

void toml_table::unknown_key(const toml_member& m, const std::vector<std::string_view>& also) {
  std::vector<std::string_view> known = known_;
  for (const std::string_view name : also)
    if (!is_known(name)) known.push_back(name);
  problems_.error(m.where, "unknown-key", unknown_name("key", shortened(m.key), known));
}

}  // namespace detail
}  // namespace v0
}  // namespace sla
