// SPDX-License-Identifier: MIT
#pragma once

// A table of a TOML file, read member by member with its type checked. A member that is wrong is reported and absent;
// members that nobody asked for are unknown keys, and `finish` reports them with the key that may be meant.
//
// A policy's faults that only compiling finds come back as (section, row, key, item). `spec_places` knows the bytes of
// each, and which members are reported already, so that one mistake is one message.

#include <array>
#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <sla/base/ratio.hpp>
#include <sla/base/units.hpp>
#include <sla/policy/policy_spec.hpp>

#include "policy/problems.hpp"
#include "policy/toml.hpp"

namespace sla {
inline namespace v0 {
namespace detail {

class spec_places {
 public:
  void add(const std::string& section, std::size_t row, const std::string& key, std::size_t item,
           byte_span where) {
    places_.emplace(std::tuple(section, row, key, item), where);
  }
  /// A row whose members stand where the file has them. The table outlives the places.
  void add_row(const std::string& section, std::size_t row, byte_span where, const toml_value& table) {
    std::vector<row_place>& rows = rows_[section];
    if (rows.size() <= row) rows.resize(row + 1);
    if (rows[row].table == nullptr) rows[row] = {where, &table};
  }
  void set_broken(const std::string& section, std::size_t row, const std::string& key,
                  std::optional<std::size_t> item = {}) {
    broken_.emplace(section, row, key, item);
  }
  [[nodiscard]] bool has(const std::string& section, std::size_t row, const std::string& key) const {
    return at(section, row, key, 0).has_value();
  }
  /// Whether this member, or this item of a list, is reported already; the empty key is what is said of the row as
  /// a whole.
  [[nodiscard]] bool is_broken(const std::string& section, std::size_t row, const std::string& key,
                               std::optional<std::size_t> item = {}) const {
    return broken_.contains({section, row, key, item});
  }
  /// The item, else the member, else the row, else the beginning of the file.
  [[nodiscard]] byte_span find(const std::string& section, std::size_t row, const std::string& key,
                               std::size_t item) const;

 private:
  struct row_place {
    byte_span where;
    const toml_value* table = nullptr;
  };
  [[nodiscard]] std::optional<byte_span> at(const std::string& section, std::size_t row,
                                            const std::string& key, std::size_t item) const;

  // Most members are never asked for, so that a row is noted and its members are not.
  std::map<std::string, std::vector<row_place>> rows_;
  std::map<std::tuple<std::string, std::size_t, std::string, std::size_t>, byte_span> places_;
  std::set<std::tuple<std::string, std::size_t, std::string, std::optional<std::size_t>>> broken_;
};

/// Names and what they mean, in the order in which messages list them.
template <class T, std::size_t N>
using choices = std::array<std::pair<std::string_view, T>, N>;

class toml_table {
 public:
  /// A table whose faults may come back: its members' places are noted under section and row.
  /// `prefix` stands before their keys: of a table inside the row.
  toml_table(problem_list& problems, const toml_value& table, byte_span where, spec_places& places,
             std::string section, std::size_t row, std::string prefix = {});
  /// Any other table.
  toml_table(problem_list& problems, const toml_value& table, byte_span where)
      : problems_(problems), table_(table), where_(where) {}

  /// The member, or null where it is not there. It is known from then on.
  [[nodiscard]] const toml_value* get(std::string_view key);
  /// Whether it stands there; says nothing.
  [[nodiscard]] bool has(std::string_view key) const noexcept { return table_.find(key) != nullptr; }
  /// The same of one kind; another is a problem.
  [[nodiscard]] const toml_value* get(std::string_view key, toml_kind kind);
  /// A problem where it is missing.
  bool require(std::string_view key, std::string_view example);

  [[nodiscard]] std::optional<std::string_view> text(std::string_view key);
  [[nodiscard]] std::string_view text_or(std::string_view key, std::string_view otherwise = {}) {
    return text(key).value_or(otherwise);
  }
  [[nodiscard]] bool flag(std::string_view key, bool otherwise);
  /// From `least` to `most`.
  [[nodiscard]] std::optional<int> integer(std::string_view key, int least, int most);
  [[nodiscard]] std::optional<std::chrono::year_month_day> date(std::string_view key);
  [[nodiscard]] std::optional<time_limit> limit(std::string_view key);
  /// "16:30" or "16:30:00", up to 24:00: since local midnight.
  /// `or_else` tells what else would do, in messages.
  [[nodiscard]] std::optional<std::chrono::seconds> time_of_day(std::string_view key,
                                                                std::string_view or_else = {});
  /// A limit on the wall clock.
  [[nodiscard]] std::optional<std::chrono::seconds> duration(std::string_view key);
  [[nodiscard]] std::optional<ratio> rate(std::string_view key);
  /// A list of texts, or one text.
  [[nodiscard]] std::optional<std::vector<std::string_view>> texts(std::string_view key);
  /// A list of tables, such as [[target]] rows; others in it are problems.
  [[nodiscard]] std::vector<const toml_value*> tables(std::string_view key);
  template <class T, std::size_t N>
  [[nodiscard]] std::optional<T> choice(std::string_view key, const choices<T, N>& all) {
    const toml_value* v = get(key, toml_kind::text);
    if (v == nullptr) return std::nullopt;
    std::vector<std::string_view> names;
    for (const auto& [name, value] : all) {
      if (name == v->text) return value;
      names.push_back(name);
    }
    not_among(key, *v, names);
    return std::nullopt;
  }

  /// Reports every member that nobody asked for; `also` are names that would be keys, too.
  void finish(const std::vector<std::string_view>& also = {}) {
    finish(also, [](std::string_view) { return false; });
  }
  /// The same, where `is_key` knows which of the members are keys all the same.
  template <class IsKey>
  void finish(const std::vector<std::string_view>& also, const IsKey& is_key) {
    for (const toml_member& m : table_.members)
      if (!is_known(m.key) && !is_key(m.key)) unknown_key(m, also);
  }

  /// A problem of a member's value, or of the table where it is not there.
  void error(std::string_view key, std::string code, std::string message);
  void error_at(std::string_view key, byte_span where, std::string code, std::string message);
  /// Notes that the member is reported already, so that what compiling says of it is not.
  void spoil(std::string_view key, std::optional<std::size_t> item = {}) {
    if (places_ != nullptr) places_->set_broken(section_, row_, prefix_ + std::string(key), item);
  }
  void not_among(std::string_view key, const toml_value& v, const std::vector<std::string_view>& names);

  [[nodiscard]] byte_span where() const noexcept { return where_; }
  [[nodiscard]] const toml_value& value() const noexcept { return table_; }
  [[nodiscard]] problem_list& problems() noexcept { return problems_; }

 private:
  void wrong_kind(std::string_view key, const toml_value& v, std::string_view expected);
  [[nodiscard]] bool is_known(std::string_view key) const noexcept;
  void unknown_key(const toml_member& m, const std::vector<std::string_view>& also);

  problem_list& problems_;
  const toml_value& table_;
  byte_span where_;
  spec_places* places_ = nullptr;
  std::string section_;
  std::size_t row_ = 0;
  std::string prefix_;
  std::vector<std::string_view> known_;
};

}  // namespace detail
}  // namespace v0
}  // namespace sla
