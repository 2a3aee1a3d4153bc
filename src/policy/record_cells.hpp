// SPDX-License-Identifier: MIT
#pragma once

// Cells of a record as values of a policy: names to numbers, times, whole numbers. A cell that is wrong is reported
// where it stands, and its value is absent.

#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <sla/policy/compile.hpp>
#include <sla/policy/policy.hpp>

#include "policy/local_time.hpp"
#include "policy/record_file.hpp"

namespace sla {
inline namespace v0 {
namespace detail {

/// "; did you mean 'x'?" out of lists that may be long: only so many times a file, or a large one would take minutes.
class suggestions {
 public:
  [[nodiscard]] std::string operator()(std::string_view found, const std::vector<std::string_view>& known) {
    if (left_ == 0) return {};
    --left_;
    return meant(shortened(found), known);
  }

 private:
  int left_ = 20;
};

class cells {
 public:
  cells(const policy& p, record_file& file) : policy_(p), file_(file) {}

  /// A cell that must not be empty.
  [[nodiscard]] std::optional<std::string_view> name(std::size_t column, std::string_view kind) const {
    const std::string_view text = file_.text(column);
    if (!text.empty()) return text;
    file_.error(column, "empty-cell", "expected the name of the " + std::string(kind) + ", found nothing");
    return std::nullopt;
  }

  /// The value found for a name, else a problem that lists the names known.
  template <class T>
  [[nodiscard]] std::optional<T> known(std::size_t column, std::string_view kind, std::optional<T> found,
                                       const std::vector<std::string_view>& names) const {
    if (found) return found;
    const std::string_view text = file_.text(column);
    const std::string expected = names.empty() ? ", the policy names none" : ", one of " + list(names);
    if (text.empty()) {
      file_.error(column, "missing-" + std::string(kind),
                  "expected a " + std::string(kind) + expected + ", found nothing");
    } else {
      file_.error(column, "unknown-" + std::string(kind), unknown_name(kind, shortened(text), names));
    }
    return found;
  }
  [[nodiscard]] std::optional<std::uint8_t> severity(std::size_t c) const {
    return known(c, "severity", policy_.find_severity(file_.text(c)), policy_.severities());
  }
  [[nodiscard]] std::optional<std::uint8_t> tier(std::size_t c) const {
    return known(c, "tier", policy_.find_tier(file_.text(c)), policy_.tiers());
  }
  [[nodiscard]] std::optional<std::uint8_t> region(std::size_t c) const {
    return known(c, "region", policy_.find_region(file_.text(c)), policy_.regions());
  }
  [[nodiscard]] std::optional<std::uint8_t> category(std::size_t c) const {
    return known(c, "category", policy_.find_category(file_.text(c)), policy_.categories());
  }

  [[nodiscard]] std::optional<std::uint8_t> channel(std::size_t c) const {
    return known(c, "channel", policy_.find_channel(file_.text(c)), policy_.channels());
  }

  [[nodiscard]] std::optional<instant> time(std::size_t column) const {
    const std::string_view text = file_.text(column);
    const parsed_time t = parse_time(text, policy_.home());
    if (t) return t.at;
    file_.error(column, code_of(t.problem), describe(t, shortened(text), policy_.home()));
    return std::nullopt;
  }

  /// A whole number from `least` on; `otherwise` where the cell is empty.
  template <class Int>
  [[nodiscard]] std::optional<Int> number(std::size_t column, Int least, Int otherwise) const {
    const std::string_view text = file_.text(column);
    if (text.empty()) return otherwise;
    Int value{};
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (fault == std::errc() && end == text.data() + text.size() && value >= least) return value;
    file_.error(column, "malformed-number", "expected a whole number, found " + shown(text));
    return std::nullopt;
  }

 private:
  const policy& policy_;
  record_file& file_;
};

}  // namespace detail
}  // namespace v0
}  // namespace sla
