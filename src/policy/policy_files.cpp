// SPDX-License-Identifier: MIT
#include "policy/policy_files.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <iterator>
#include <map>
#include <span>
#include <string_view>
#include <system_error>
#include <utility>

#include <sla/policy/records_load.hpp>

#include "base/regular_file.hpp"
#include "policy/record_file.hpp"

namespace sla {
inline namespace v0 {
namespace detail {
namespace {

constexpr std::array<std::string_view, 5> selectors{"severity", "tier", "region", "category", "channel"};

[[nodiscard]] bool selects(std::string_view key) {
  return std::ranges::find(selectors, key) != selectors.end();
}

// The text of a row's selector; what is no text is told of when the row is read.
[[nodiscard]] std::string_view selected(const toml_value& row, std::string_view key) {
  const toml_member* m = row.find(key);
  return m == nullptr ? std::string_view() : std::string_view(m->value.text);
}
// What a row selects, as one key.
[[nodiscard]] std::string selection(const toml_value& row) {
  std::string out;
  for (const std::string_view key : selectors) (out += selected(row, key)) += '\0';
  return out;
}
[[nodiscard]] std::multimap<std::string, toml_value*> by_selection(std::vector<toml_value>& rows) {
  std::multimap<std::string, toml_value*> out;
  for (toml_value& row : rows) out.emplace(selection(row), &row);
  return out;
}
// Whether a row's member is a promise of a clock; the others say of what.
[[nodiscard]] bool promises(const toml_member& m) {
  return !selects(m.key) && m.key != "clause" && m.key != "calendar";
}
[[nodiscard]] bool promises_anything(const toml_value& row) {
  return std::ranges::any_of(row.members, promises);
}

[[nodiscard]] bool is_list_of_rows(const toml_member& m) {
  return m.value.kind == toml_kind::list && !m.value.items.empty() &&
         m.value.items.front().kind == toml_kind::table;
}

[[nodiscard]] toml_member* find(toml_value& in, std::string_view key) {
  const auto at = std::ranges::find(in.members, key, &toml_member::key);
  return at == in.members.end() ? nullptr : &*at;
}

// response = "1h" says of a clock what response = { within = "1h" } says.
[[nodiscard]] const toml_value* said(const toml_value& clock, std::string_view key) {
  if (clock.kind != toml_kind::table) return key == "within" ? &clock : nullptr;
  const toml_member* m = clock.find(key);
  return m == nullptr ? nullptr : &m->value;
}
// Takes from one row's clock what another row's says, too; each is handed out first, with its key. Whether nothing is
// left.
template <class Each>
[[nodiscard]] bool take_what_is_said(toml_value& clock, const toml_value& other, Each each) {
  if (clock.kind != toml_kind::table) {
    const toml_value* twice = said(other, "within");
    if (twice != nullptr) each(std::string_view("within"), clock, *twice);
    return twice != nullptr;
  }
  std::erase_if(clock.members, [&](const toml_member& m) {
    const toml_value* twice = said(other, m.key);
    if (twice != nullptr) each(std::string_view(m.key), m.value, *twice);
    return twice != nullptr;
  });
  return clock.members.empty();
}
// The same of every clock of a row.
template <class Each>
void take_from_row(toml_value& row, const toml_value& other, Each each) {
  std::erase_if(row.members, [&](toml_member& m) {
    const toml_member* twice = promises(m) ? other.find(m.key) : nullptr;
    return twice != nullptr && take_what_is_said(m.value, twice->value,
                                                 [&](std::string_view key, const toml_value& a,
                                                     const toml_value& b) { each(m.key, key, a, b); });
  });
}

void append(std::vector<toml_value>& rows, std::vector<toml_value>&& more) {
  rows.insert(rows.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

// Takes from included targets what a row of the including file states itself.
void put_aside(std::vector<toml_value>& included, std::vector<toml_value>& own) {
  const auto known = by_selection(own);
  std::erase_if(included, [&](toml_value& row) {
    const auto [first, last] = known.equal_range(selection(row));
    const bool promised = promises_anything(row);
    for (auto o = first; o != last; ++o) take_from_row(row, *o->second, [](auto&&...) {});
    return promised && !promises_anything(row);
  });
}

// Rows that add up: of two that speak of the same, the later one counts.
void put_rows_over(std::vector<toml_value>& base, std::vector<toml_value>&& own,
                   std::span<const std::string_view> of_the_same) {
  std::erase_if(base, [&](const toml_value& row) {
    return std::ranges::any_of(own, [&](const toml_value& o) {
      return std::ranges::all_of(of_the_same, [&](std::string_view key) {
        const toml_member *a = row.find(key), *b = o.find(key);
        return a == nullptr || b == nullptr
                   ? a == b
                   : a->value.text == b->value.text && a->value.date == b->value.date;
      });
    });
  });
  append(base, std::move(own));
}

constexpr std::array<std::string_view, 1> same_lint{"lint"};
constexpr std::array<std::string_view, 3> same_dates{"date", "from", "through"};

// The sections whose members are tables with a name: their keys are told apart, those of a value are not.
[[nodiscard]] bool names_tables(std::string_view section) {
  constexpr std::array<std::string_view, 5> all{"clock", "pause", "calendar", "option_set", "tier"};
  return std::ranges::find(all, section) != all.end();
}
[[nodiscard]] bool both_tables(const toml_member& a, const toml_member& b) {
  return a.value.kind == toml_kind::table && b.value.kind == toml_kind::table;
}
[[nodiscard]] bool both_rows(const toml_member& a, const toml_member& b) {
  return is_list_of_rows(a) && is_list_of_rows(b);
}
[[nodiscard]] bool are_exceptions(std::string_view section, std::string_view key) {
  return section == "calendar" && key == "exception";
}

// The members of a section, or of a table that it names.
void put_members_over(toml_value& base, toml_value&& own, std::string_view section, bool of_named) {
  for (toml_member& m : own.members) {
    toml_member* known = find(base, m.key);
    if (known == nullptr) {
      base.members.push_back(std::move(m));
    } else if (!of_named && names_tables(section) && both_tables(*known, m)) {
      known->where = m.where;
      put_members_over(known->value, std::move(m.value), section, true);
    } else if (of_named && are_exceptions(section, m.key) && both_rows(*known, m)) {
      put_rows_over(known->value.items, std::move(m.value.items), same_dates);
    } else {
      *known = std::move(m);
    }
  }
  base.where = own.where;
}

// `own` counts before what stands in `base`.
void put_over(toml_value& base, toml_value&& own) {
  for (toml_member& m : own.members) {
    toml_member* known = find(base, m.key);
    if (known == nullptr) {
      base.members.push_back(std::move(m));
    } else if (m.key == "target" && both_rows(*known, m)) {
      put_aside(known->value.items, m.value.items);
      append(known->value.items, std::move(m.value.items));
    } else if (m.key == "allow" && both_rows(*known, m)) {
      put_rows_over(known->value.items, std::move(m.value.items), same_lint);
    } else if (both_tables(*known, m)) {
      put_members_over(known->value, std::move(m.value), m.key, false);
    } else {
      *known = std::move(m);
    }
  }
}

// What a file states for itself and not for those that include it.
void drop_own(toml_value& tree) {
  std::erase_if(tree.members, [](const toml_member& m) {
    return m.key == "policy" || m.key == "version" || m.key == "include";
  });
}

// Equal in what they say, wherever they stand.
[[nodiscard]] bool alike(const toml_value& a, const toml_value& b) {
  if (a.kind != b.kind || a.text != b.text || a.integer != b.integer || a.boolean != b.boolean ||
      a.date != b.date || a.items.size() != b.items.size() || a.members.size() != b.members.size())
    return false;
  if (a.kind == toml_kind::floating || a.kind == toml_kind::time) return false;  // no key takes one
  for (std::size_t i = 0; i < a.items.size(); ++i)
    if (!alike(a.items[i], b.items[i])) return false;
  return std::ranges::all_of(a.members, [&](const toml_member& m) {
    const toml_member* other = b.find(m.key);
    return other != nullptr && alike(m.value, other->value);
  });
}

}  // namespace

policy_files::policy_files(problem_list& problems, std::string folder) : problems_(problems) {
  files_.push_back({"", std::move(folder)});
  bytes_ = problems.text().size();
}

const std::string& policy_files::folder_of(byte_span where) const noexcept {
  return files_[problems_.source_of(where)].folder;
}

bool policy_files::read(toml_value& root) { return read(0, {0}, root); }

bool policy_files::read(std::size_t source, std::vector<std::size_t> chain, toml_value& tree) {
  toml_value own;
  if (!check_text(problems_, {.bytes = toml_most_bytes}, true, source) || !parse_toml(problems_, own, source))
    return false;
  const toml_member* list = own.find("include");
  if (list == nullptr) {
    tree = std::move(own);
    return true;
  }
  std::vector<const toml_value*> paths;
  if (list->value.kind == toml_kind::text) paths.push_back(&list->value);
  if (list->value.kind == toml_kind::list)
    for (const toml_value& item : list->value.items) paths.push_back(&item);
  bool good = true;
  if (list->value.kind != toml_kind::text && list->value.kind != toml_kind::list) {
    problems_.error(
        list->value.where, "wrong-type",
        "expected 'include' to be a path or a list of paths, found " + std::string(name(list->value.kind)));
    good = false;
  }
  toml_value base;
  for (const toml_value* path : paths) good = include(*path, source, chain, base) && good;
  drop_own(base);
  base.where = own.where;
  put_over(base, std::move(own));
  tree = std::move(base);
  return good;
}

bool policy_files::include(const toml_value& path, std::size_t from, const std::vector<std::size_t>& chain,
                           toml_value& base) {
  const auto wrong = [&](const char* code, std::string message) {
    problems_.error(path.where, code, std::move(message));
    return false;
  };
  if (path.kind != toml_kind::text)
    return wrong("wrong-type", "expected 'include' to list paths, found " + std::string(name(path.kind)));
  if (files_.front().folder.empty())
    return wrong("no-folder", "a policy that is not read from a file cannot include another file");
  namespace fs = std::filesystem;
  const fs::path stated(path.text);
  if (path.text.empty()) return wrong("no-such-file", "expected a path such as \"base.toml\", found nothing");
  if (holds_nul(path.text))
    return wrong("no-such-file", "expected a path, found a NUL character in " + shown(path.text));
  if (stated.is_absolute() || path.text.find('\\') != std::string::npos)
    return wrong("absolute-path",
                 "expected a path from this file's folder, with '/', found " + shown(path.text));
  const fs::path inside = (fs::path(files_[from].path).parent_path() / stated).lexically_normal();
  const fs::path at = fs::path(files_.front().folder) / inside;
  const auto climbs = [](const fs::path& p) { return !p.empty() && *p.begin() == ".."; };
  std::error_code ignored;
  const fs::path real = fs::weakly_canonical(at, ignored),
                 root = fs::weakly_canonical(files_.front().folder, ignored);
  if (climbs(inside) || climbs(real.lexically_relative(root)))
    return wrong(
        "outside-folder",
        shown(path.text) + " lies outside the policy's folder, and a policy reads nothing from there");
  const std::string name = inside.generic_string();
  const auto known = std::ranges::find(files_, name, &file::path);
  const auto number = static_cast<std::size_t>(known - files_.begin());
  if (number == 0 || std::ranges::find(chain, number) != chain.end() ||
      fs::equivalent(at, fs::path(problems_.source().name()), ignored)) {
    std::string round;
    for (const std::size_t i : chain)
      round += fs::path(problems_.source(i).name()).filename().string() + " -> ";
    return wrong("include-cycle", "a file cannot include itself: " + round + stated.filename().string());
  }
  if (known != files_.end()) return true;  // it is part of the policy already
  if (chain.size() > most_included_depth)
    return wrong("too-deep",
                 "files include each other at most " + std::to_string(most_included_depth) + " deep");
  if (files_.size() > most_included_files)
    return wrong("too-many-files",
                 "a policy includes at most " + std::to_string(most_included_files) + " files");
  auto text = read_text(at.string(), {.bytes = toml_most_bytes - std::min(bytes_, toml_most_bytes)});
  if (!text)
    return wrong(text.diagnostics().items().front().code.c_str(),
                 shown(path.text) + ' ' + text.diagnostics().items().front().message);
  bytes_ += text.value().size();
  const std::string shown_name = files_.front().folder == "." ? name : at.generic_string();
  const std::size_t source = problems_.add_source(shown_name, std::move(text).value());
  files_.push_back({name, at.parent_path().empty() ? "." : at.parent_path().string()});
  std::vector<std::size_t> longer = chain;
  longer.push_back(source);
  toml_value tree;
  if (!read(source, std::move(longer), tree)) return false;
  drop_own(tree);
  add(base, std::move(tree));
  return true;
}

// Beside what another included file states.
void policy_files::add(toml_value& base, toml_value&& other) {
  for (toml_member& m : other.members) {
    toml_member* known = find(base, m.key);
    if (known == nullptr) {
      base.members.push_back(std::move(m));
    } else if (m.key == "target" && both_rows(*known, m)) {
      add_targets(known->value.items, std::move(m.value.items));
    } else if (m.key == "allow" && both_rows(*known, m)) {
      add_allowances(known->value.items, std::move(m.value.items));
    } else if (both_tables(*known, m)) {
      add_members(known->value, std::move(m.value), m.key, m.key, false);
    } else {
      agree(known->value, known->where, m.value, m.where, "'" + m.key + "'");
    }
  }
}

void policy_files::add_members(toml_value& base, toml_value&& other, std::string_view section,
                               const std::string& path, bool of_named) {
  for (toml_member& m : other.members) {
    toml_member* known = find(base, m.key);
    const std::string name = path + '.' + m.key;
    if (known == nullptr) {
      base.members.push_back(std::move(m));
    } else if (!of_named && names_tables(section) && both_tables(*known, m)) {
      add_members(known->value, std::move(m.value), section, name, true);
    } else if (of_named && are_exceptions(section, m.key) && both_rows(*known, m)) {
      std::vector<toml_value>& rows = known->value.items;
      std::erase_if(m.value.items, [&](const toml_value& row) {
        return std::ranges::any_of(rows, [&](const toml_value& r) { return alike(r, row); });
      });
      append(rows, std::move(m.value.items));
    } else {
      agree(known->value, known->where, m.value, m.where, "'" + name + "'");
    }
  }
}

void policy_files::add_targets(std::vector<toml_value>& base, std::vector<toml_value>&& other) {
  const auto known = by_selection(base);
  std::erase_if(other, [&](toml_value& row) {
    const auto [first, last] = known.equal_range(selection(row));
    const bool promised = promises_anything(row);
    for (auto b = first; b != last; ++b)
      take_from_row(row, *b->second,
                    [&](const std::string& clock, std::string_view key, const toml_value& second,
                        const toml_value& first_said) {
                      agree(first_said, first_said.where, second, second.where,
                            "'" + clock + "." + std::string(key) + "' of a target of the same incidents");
                    });
    return promised && !promises_anything(row);
  });
  append(base, std::move(other));
}

void policy_files::add_allowances(std::vector<toml_value>& base, std::vector<toml_value>&& other) {
  std::erase_if(other, [&](const toml_value& row) {
    const toml_member* lint = row.find("lint");
    if (lint == nullptr) return false;
    return std::ranges::any_of(base, [&](const toml_value& b) {
      const toml_member* same = b.find("lint");
      if (same == nullptr || same->value.text != lint->value.text) return false;
      agree(b, same->value.where, row, lint->value.where, "why " + shown(lint->value.text) + " is allowed");
      return true;
    });
  });
  append(base, std::move(other));
}

// What two files state that are included side by side.
void policy_files::agree(const toml_value& first, byte_span first_at, const toml_value& second,
                         byte_span second_at, const std::string& what) {
  if (alike(first, second)) return;
  const auto file_of = [&](byte_span where) { return problems_.source(problems_.source_of(where)).name(); };
  problems_.error(second_at, "stated-by-two-files",
                  what + " is stated otherwise by " + file_of(first_at) + " than by " + file_of(second_at) +
                      ", and neither file includes the other: state it in the file that includes both");
}

}  // namespace detail
}  // namespace v0
}  // namespace sla
