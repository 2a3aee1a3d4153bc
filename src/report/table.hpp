// SPDX-License-Identifier: MIT
#pragma once

// Columns of text, aligned by display width. Private to the reports.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sla/base/utf8.hpp>

namespace sla {
inline namespace v0 {
namespace detail {

/// How a cell is painted where colour is asked for.
enum class paint : std::uint8_t { plain, good, bad, doubtful, faint, strong };

[[nodiscard]] inline std::string painted(std::string_view text, paint how, bool colour) {
  constexpr std::string_view codes[]{"", "\x1b[32m", "\x1b[31m", "\x1b[33m", "\x1b[2m", "\x1b[1m"};
  if (!colour || how == paint::plain || text.empty()) return std::string(text);
  return std::string(codes[static_cast<std::size_t>(how)]) + std::string(text) + "\x1b[0m";
}

struct cell {
  std::string text;
  paint how = paint::plain;

  // Names come from files: none may steer the terminal or break its line.
  cell(std::string_view t, paint p = paint::plain) : text(printable(t)), how(p) {}
  cell(const std::string& t, paint p = paint::plain) : cell(std::string_view(t), p) {}
  cell(const char* t, paint p = paint::plain) : cell(std::string_view(t), p) {}
};

/// Rows of cells. Columns named in `right` are aligned to the right; one that is empty in every row is left out.
class table {
 public:
  explicit table(std::vector<std::string_view> heads, std::vector<std::size_t> right = {})
      : heads_(std::move(heads)), right_(std::move(right)) {}

  void row(std::vector<cell> cells) { rows_.push_back(std::move(cells)); }
  [[nodiscard]] bool empty() const noexcept { return rows_.empty(); }

  [[nodiscard]] std::string print(std::size_t indent, bool colour) const {
    std::vector<std::size_t> widths(heads_.size(), 0);
    for (const auto& r : rows_)
      for (std::size_t c = 0; c < r.size(); ++c) widths[c] = std::max(widths[c], display_width(r[c].text));
    std::vector<std::size_t> shown;
    for (std::size_t c = 0; c < widths.size(); ++c)
      if (widths[c] != 0) shown.push_back(c);
    for (const std::size_t c : shown) widths[c] = std::max(widths[c], display_width(heads_[c]));

    std::string out;
    const auto put = [&](const auto& text_of, const auto& paint_of) {
      std::string line(indent, ' ');
      for (std::size_t k = 0; k < shown.size(); ++k) {
        const std::size_t c = shown[k];
        const std::string_view text = text_of(c);
        const std::string gap(widths[c] - display_width(text), ' ');
        const bool right = std::ranges::find(right_, c) != right_.end();
        line += (k == 0 ? "" : "  ") + (right ? gap : std::string()) + painted(text, paint_of(c), colour);
        if (!right && k + 1 < shown.size()) line += gap;
      }
      line.erase(line.find_last_not_of(' ') + 1);
      out += line + '\n';
    };
    put([&](std::size_t c) { return heads_[c]; }, [](std::size_t) { return paint::faint; });
    for (const auto& r : rows_)
      put([&](std::size_t c) { return c < r.size() ? std::string_view(r[c].text) : std::string_view(); },
          [&](std::size_t c) { return c < r.size() ? r[c].how : paint::plain; });
    return out;
  }

 private:
  std::vector<std::string_view> heads_;
  std::vector<std::size_t> right_;
  std::vector<std::vector<cell>> rows_;
};

}  // namespace detail
}  // namespace v0
}  // namespace sla
