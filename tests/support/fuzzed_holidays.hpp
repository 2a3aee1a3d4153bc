// SPDX-License-Identifier: MIT
#pragma once

// What holds of every text read as a holiday set, whatever its form: it gives a set or an error whose place lies inside
// the text; a set is in order, holds each date once, and its problems can be printed.

#include <cstdlib>
#include <string_view>

#include <sla/calendar/holiday_load.hpp>

namespace sla_fuzz {

inline void must(bool holds) {
  if (!holds) std::abort();
}

inline void check_holidays(std::string_view text, const sla::loaded<sla::holiday_set>& set) {
  must(set.has_value() == !set.diagnostics().has_errors());
  for (const sla::diagnostic& d : set.diagnostics().items())
    must(d.where.offset <= text.size() && !d.message.empty());
  must(set.diagnostics().print().empty() == set.diagnostics().empty());
  if (!set) return;
  const auto entries = set.value().entries();
  for (std::size_t i = 1; i < entries.size(); ++i) must(entries[i - 1].date < entries[i].date);
  for (const sla::holiday& h : entries) must(set.value().find(h.date) == &h);
  must(combine(set.value(), set.value()).entries().size() == entries.size());
  must(without(set.value(), set.value()).empty());
}

}  // namespace sla_fuzz
