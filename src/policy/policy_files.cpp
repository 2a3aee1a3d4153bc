// SPDX-License-Identifier: MIT
#include "policy/policy_files.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>

#include <sla/policy/records_load.hpp>

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
[[nodiscard]] bool select_alike(const toml_value& a, const toml_value& b) {
  return std::ranges::all_of(selectors,
                             [&](std::string_view key) { return selected(a, key) == selected(b, key); });
}

[[nodiscard]] bool is_list_of_rows(const toml_member& m) {
  return m.value.kind == toml_kind::list && !m.value.items.empty() &&
         m.value.items.front().kind == toml_kind::table;
}

// Takes from included targets what a row of the including file states itself.
void put_aside(std::vector<toml_value>& included, const std::vector<toml_value>& own) {
  std::erase_if(included, [&](toml_value& row) {
    bool touched = false;
    for (const toml_value& o : own) {
      if (!select_alike(row, o)) continue;
      touched = std::erase_if(row.members,
                              [&](const toml_member& m) {
                                return !selects(m.key) && m.key != "clause" && o.find(m.key) != nullptr;
                              }) != 0 ||
                touched;
    }
    // Whether nothing is left of it.
    return touched && std::ranges::all_of(row.members, [](const toml_member& m) {
             return selects(m.key) || m.key == "clause";
           });
  });
}

[[nodiscard]] toml_member* find(toml_value& in, std::string_view key) {
  const auto at = std::ranges::find(in.members, key, &toml_member::key);
  return at == in.members.end() ? nullptr : &*at;
}

// `own` counts before what stands in `base`.
void put_over(toml_value& base, toml_value&& own) {
  for (toml_member& m : own.members) {
    toml_member* known = find(base, m.key);
    if (known == nullptr) {
      base.members.push_back(std::move(m));
    } else if (m.key == "target" && is_list_of_rows(m) && is_list_of_rows(*known)) {
      put_aside(known->value.items, m.value.items);
      auto& rows = known->value.items;
      rows.insert(rows.end(), std::make_move_iterator(m.value.items.begin()),
                  std::make_move_iterator(m.value.items.end()));
    } else if (m.value.kind == toml_kind::table && known->value.kind == toml_kind::table) {
      for (toml_member& named : m.value.members) {
        if (toml_member* old = find(known->value, named.key)) {
          *old = std::move(named);
        } else {
          known->value.members.push_back(std::move(named));
        }
      }
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
  const auto twice = [&](const toml_member& first, const toml_member& second, const std::string& what) {
    if (!alike(first.value, second.value))
      problems_.error(second.where, "stated-by-two-files",
                      what + " is stated otherwise by " +
                          problems_.source(problems_.source_of(first.where)).name() +
                          ", and neither file includes the other: state it in the file that includes both");
  };
  for (toml_member& m : other.members) {
    toml_member* known = find(base, m.key);
    if (known == nullptr) {
      base.members.push_back(std::move(m));
    } else if (m.key == "target" && is_list_of_rows(m) && is_list_of_rows(*known)) {
      auto& rows = known->value.items;
      rows.insert(rows.end(), std::make_move_iterator(m.value.items.begin()),
                  std::make_move_iterator(m.value.items.end()));
    } else if (m.value.kind == toml_kind::table && known->value.kind == toml_kind::table) {
      for (toml_member& named : m.value.members) {
        if (const toml_member* old = find(known->value, named.key))
          twice(*old, named, "'" + m.key + "." + named.key + "'");
        else
          known->value.members.push_back(std::move(named));
      }
    } else {
      twice(*known, m, "'" + m.key + "'");
    }
  }
}

}  // namespace detail
}  // namespace v0
}  // namespace sla
