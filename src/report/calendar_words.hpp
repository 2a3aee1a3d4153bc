// SPDX-License-Identifier: MIT
#pragma once

// What a calendar is made of beside its hours: how it uses holidays, and which days are unlike the week's. Private to the
// reports.

#include <string>
#include <utility>
#include <vector>

#include <sla/calendar/calendar_spec.hpp>
#include <sla/calendar/china.hpp>
#include <sla/calendar/local_text.hpp>

namespace sla {
inline namespace v0 {
namespace detail {

class calendar_words {
 public:
  // One day or several that are unlike the week's.
  struct day {
    std::string on, hours, name, precedence;
  };

  // "CN 2023-2026: closed on statutory, bridging and weekend days, open on make-up days".
  [[nodiscard]] static std::string holidays(const calendar_spec& c) {
    std::string out = c.holidays == holiday_use{} ? std::string() : use(c.holidays);
    const holiday_use* in_force = &c.holidays;
    for (const calendar_change& to : c.changes) {
      if (!to.holidays || *to.holidays == *in_force) continue;
      out += (out.empty() ? "from " : "; from ") + date_text(to.from) + ' ' + use(*to.holidays);
      in_force = &*to.holidays;
    }
    return out;
  }

  [[nodiscard]] static std::vector<std::string> closed(const holiday_use& u) {
    std::vector<std::string> out;
    for (const auto& [is_closed, kind] : {std::pair(u.closed_statutory, day_kind::statutory),
                                          {u.closed_bridging, day_kind::bridging},
                                          {u.closed_weekend, day_kind::weekend}})
      if (is_closed) out.emplace_back(to_string(kind));
    return out;
  }

  // A set that is not one of the library's: only its days tell what it holds.
  [[nodiscard]] static bool is_own(const holiday_use& u) {
    return !u.set.entries().empty() && !(u.set == china_holidays());
  }
  // "off, statutory", "works as Mon".
  [[nodiscard]] static std::string what(const holiday& h) {
    if (!h.off()) return to_string(day_change::works_as(h.works_as)) + ", make-up day";
    return "off" + (h.kind == day_kind::unstated ? std::string() : ", " + std::string(to_string(h.kind)));
  }

  // Exceptions, then days of every year, then holidays that the policy writes out.
  [[nodiscard]] static std::vector<day> days(const calendar_spec& c) {
    std::vector<day> out;
    const auto over = [](int p) { return p == 0 ? std::string() : "precedence " + std::to_string(p); };
    for (const calendar_exception& e : c.exceptions)
      out.push_back({date_text(e.first) + (e.first == e.last ? std::string() : " to " + date_text(e.last)),
                     to_string(e.change), e.name, over(e.precedence)});
    for (const recurring_exception& e : c.recurring)
      out.push_back({"every year, " + to_string(e.when), to_string(e.change), e.name, over(e.precedence)});
    const auto add = [&](const holiday_use& u) {
      if (!is_own(u)) return;
      for (const holiday& h : u.set.entries())
        out.push_back({date_text(h.date), what(h), std::string(h.name), over(u.precedence)});
    };
    add(c.holidays);
    const holiday_set* last = &c.holidays.set;
    for (const calendar_change& to : c.changes) {
      if (!to.holidays || to.holidays->set == *last) continue;
      add(*to.holidays);
      last = &to.holidays->set;
    }
    return out;
  }

 private:
  [[nodiscard]] static std::string use(const holiday_use& u) {
    std::string out(u.set.name());
    if (out.empty()) return "none";
    if (!u.set.version().empty()) out += ' ' + std::string(u.set.version());
    const std::vector<std::string> kinds = closed(u);
    if (!u.used()) return out + ": not used";
    out += ": ";
    for (std::size_t i = 0; i < kinds.size(); ++i)
      out += (i == 0 ? "closed on " : i + 1 == kinds.size() ? " and " : ", ") + kinds[i];
    if (!kinds.empty()) out += " days";
    if (u.make_up_open) out += std::string(kinds.empty() ? "" : ", ") + "open on make-up days";
    return out;
  }
};

}  // namespace detail
}  // namespace v0
}  // namespace sla
