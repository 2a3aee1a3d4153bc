// SPDX-License-Identifier: MIT
#pragma once

// Collects what is wrong with one text. A file of a million bad rows gets a thousand messages, and a last one that
// says how many more there are: errors and warnings are counted apart, so that neither hides the other.

#include <algorithm>
#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sla/base/diagnostic.hpp>

namespace sla {
inline namespace v0 {
namespace detail {

inline constexpr std::size_t most_problems = 1000;

class problem_list {
 public:
  problem_list(std::string name, std::string text) { (void)add_source(std::move(name), std::move(text)); }
  /// For a file that could not be read.
  explicit problem_list(std::string name) : problem_list(std::move(name), std::string()) {}

  /// Another text that belongs to the same thing: its number. Its bytes are counted on from those before it, so that a
  /// place says in which text it is.
  [[nodiscard]] std::size_t add_source(std::string name, std::string text) {
    begins_.push_back(begins_.empty() ? 0 : begins_.back() + all_.sources().back().text().size() + 1);
    return all_.add_source(std::move(name), std::move(text));
  }
  [[nodiscard]] std::size_t begin_of(std::size_t source) const noexcept { return begins_[source]; }
  [[nodiscard]] std::size_t source_of(byte_span where) const noexcept {
    std::size_t source = begins_.size() - 1;
    while (source != 0 && begins_[source] > where.offset) --source;
    return source;
  }

  [[nodiscard]] const source_text& source(std::size_t number = 0) const noexcept {
    return all_.sources()[number];
  }
  [[nodiscard]] std::string_view text(std::size_t number = 0) const noexcept { return source(number).text(); }
  [[nodiscard]] bool has_errors() const noexcept { return errors_ != 0; }
  [[nodiscard]] std::size_t errors() const noexcept { return errors_; }

  void error(byte_span where, std::string code, std::string message) {
    if (++errors_ > most_problems) return;
    const std::size_t in = source_of(where);
    all_.error(in, {where.offset - begins_[in], where.length}, std::move(code), std::move(message));
  }
  /// Warnings of that code are passed over from now on.
  void allow(std::string_view code) { allowed_.emplace(code, false); }
  /// Whether any was.
  [[nodiscard]] bool passed_over(std::string_view code) const {
    const auto at = allowed_.find(code);
    return at != allowed_.end() && at->second;
  }
  void warning(byte_span where, std::string code, std::string message) {
    if (passes_over(code)) return;
    if (++warnings_ > most_problems) return;
    const std::size_t in = source_of(where);
    all_.warning(in, {where.offset - begins_[in], where.length}, std::move(code), std::move(message));
  }
  void add(gravity level, byte_span where, std::string code, std::string message) {
    level == gravity::error ? error(where, std::move(code), std::move(message))
                            : warning(where, std::move(code), std::move(message));
  }
  /// Problems of another text that this one names; of its warnings those that are not passed over.
  void append(const diagnostics& other) {
    errors_ += other.errors();
    more_.append(other,
                 [&](const diagnostic& d) { return d.level == gravity::error || !passes_over(d.code); });
  }

  /// Everything found; the list is empty afterwards.
  [[nodiscard]] diagnostics take() {
    const byte_span end{all_.sources().front().text().size(), 0};
    if (errors_kept() > most_problems)
      all_.error(0, end, "too-many-problems",
                 std::to_string(errors_kept() - most_problems) + " more errors are not shown");
    if (warnings_ > most_problems)
      all_.warning(0, end, "too-many-problems",
                   std::to_string(warnings_ - most_problems) + " more warnings are not shown");
    all_.append(more_);
    return std::move(all_);
  }

 private:
  [[nodiscard]] bool passes_over(std::string_view code) {
    const auto at = allowed_.find(code);
    if (at != allowed_.end()) at->second = true;
    return at != allowed_.end();
  }
  [[nodiscard]] std::size_t errors_kept() const noexcept { return errors_ - more_.errors(); }

  diagnostics all_;
  diagnostics more_;
  std::vector<std::size_t> begins_;                   // of the sources
  std::map<std::string, bool, std::less<>> allowed_;  // codes, and whether any was met
  std::size_t errors_ = 0;
  std::size_t warnings_ = 0;
};

}  // namespace detail
}  // namespace v0
}  // namespace sla
