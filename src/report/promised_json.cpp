// SPDX-License-Identifier: MIT
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sla/report/promised.hpp>

#include "calendar_words.hpp"
#include "json_money.hpp"
#include "json_text.hpp"
#include "measure_words.hpp"
#include "promised_cells.hpp"
#include "remedy_words.hpp"
#include "words.hpp"

namespace sla {
inline namespace v0 {
namespace detail {
namespace {

class promised_json {
 public:
  promised_json(const policy& p, const promised& wanted)
      : p_(p), cells_(p, wanted), all_(!wanted.clock && !wanted.severity) {}

  [[nodiscard]] json of() const {
    json clocks = json::array();
    for (const clock_id c : cells_.clocks) clocks.push_back(clock(c));
    return {
        {"policy", p_.name()},
        {"version", date_text(p_.version())},
        {"zone", p_.home().name()},
        {"currency", p_.in().code()},
        {"severities", labels(p_.severity_count(), &policy::severity_name, &policy::severity_label)},
        {"tiers", labels(p_.tier_count(), &policy::tier_name, &policy::tier_label)},
        {"regions", labels(p_.region_count(), &policy::region_name, &policy::region_label)},
        {"categories", labels(p_.category_count(), &policy::category_name, &policy::category_label)},
        {"channels", labels(p_.channel_count(), &policy::channel_name, &policy::channel_label)},
        {"clocks", std::move(clocks)},
        {"availability", all_ ? availability() : json(nullptr)},
        {"service_levels", all_ ? service_levels() : json(nullptr)},
        {"credits", all_ ? credits() : json(nullptr)},
        {"caps", all_ ? caps() : json(nullptr)},
        {"combine", all_ && p_.combine() != combination::unstated ? json(name(p_.combine())) : json(nullptr)},
        {"rounding", all_ ? rounding() : json(nullptr)},
        {"part_window", all_ && p_.part() ? json(name(*p_.part())) : json(nullptr)},
        {"changed_window",
         all_ && p_.change() != change_rule::unstated ? json(name(p_.change())) : json(nullptr)},
        {"changed_fee",
         all_ && p_.changed_fee() != change_base::unstated ? json(name(p_.changed_fee())) : json(nullptr)},
        {"calendars", all_ ? calendars() : json(nullptr)},
        {"pauses", all_ ? pauses() : json(nullptr)}};
  }

 private:
  [[nodiscard]] static json or_null(std::string_view text) {
    return text.empty() ? json(nullptr) : json(text);
  }

  // Names and how reports show them; nothing for the one empty name of a policy that has none.
  template <class Text>
  [[nodiscard]] json labels(std::size_t count, Text of_name, Text of_label) const {
    json out = json::array();
    for (std::size_t i = 0; i < count; ++i)
      if (const std::string_view known = (p_.*of_name)(i); !known.empty())
        out.push_back({{"name", known}, {"label", (p_.*of_label)(i)}});
    return out;
  }
  // Of every line of money; nothing where nothing is owed.
  [[nodiscard]] json rounding() const {
    json out = nullptr;
    for (const std::size_t t : cells_.tiers)
      for (const credit_terms& c : p_.credits(t)) out = name(c.rounding);
    return out;
  }

  [[nodiscard]] json clock(clock_id c) const {
    json cells = json::array();
    for (const cell_key& place : cells_.places())
      for (const std::size_t s : cells_.severities)
        for (const std::size_t t : cells_.tiers) {
          const clock_terms& terms = cells_.terms(cells_.at(place, t, s), c);
          if (!promised_cells::is_stated(terms)) continue;
          constexpr std::string_view units[]{"seconds", "business seconds", "business days"};
          cells.push_back({{"severity", p_.severity_name(s)},
                           {"tier", p_.tier_name(t)},
                           {"region", or_null(p_.region_name(place.at.region))},
                           {"category", or_null(p_.category_name(place.at.category))},
                           {"channel", or_null(p_.channel_name(place.channel))},
                           {"limit", terms.promised ? json(to_string(terms.limit)) : json(nullptr)},
                           {"count", terms.promised ? json(terms.limit.count()) : json(nullptr)},
                           {"unit", terms.promised ? json(units[static_cast<std::size_t>(terms.limit.in())])
                                                   : json(nullptr)},
                           {"calendar", or_null(cells_.calendar_name(terms.calendar))},
                           {"clause", or_null(p_.clause_of(terms.target))},
                           {"starts", cells_.names(terms.starts)},
                           {"stops", cells_.names(terms.stops)},
                           {"runs", cells_.runs(terms)}});
        }
    return {{"clock", p_.clock_name(c)}, {"label", p_.clock_label(c)}, {"cells", std::move(cells)}};
  }

  [[nodiscard]] json availability() const {
    json out = json::array();
    for (const std::size_t t : cells_.tiers) {
      const availability_terms& a = p_.availability(t);
      json excused = json::array();
      for (std::size_t i = 0; i < a.rules.exclusions.size(); ++i)
        excused.push_back(
            excusing(a.rules.exclusions[i], i < a.notices.size() ? a.notices[i] : std::nullopt));
      constexpr std::string_view unknown[]{"up", "down", "leave out"};
      out.push_back({{"tier", p_.tier_name(t)},
                     {"target", json_money::of(a.target)},
                     {"window", remedy_words::window(a.window)},
                     {"windows", measure_words::window(a.windows)},
                     {"denominator", denominator(a.rules.denominator)},
                     {"minimum_seconds", a.rules.minimum.length.count()},
                     {"minimum_counts", a.rules.minimum.inclusive},
                     {"merge_gap_seconds", a.rules.merge_gap.count()},
                     {"round", rounded(a.rules.rounding)},
                     {"excused", std::move(excused)},
                     {"not_measured", unknown[static_cast<std::size_t>(a.rules.unknown)]},
                     {"slots", a.slots ? slots(*a.slots) : json(nullptr)},
                     {"weights", a.weights ? weights(*a.weights) : json(nullptr)},
                     {"shown", a.shown ? json{{"decimals", a.shown->decimals}, {"mode", name(a.shown->mode)}}
                                       : json(nullptr)},
                     {"counted", measure_words::counts(a)},
                     {"clause", or_null(a.clause)}});
    }
    return out;
  }
  [[nodiscard]] json excusing(const exclusion& e, const std::optional<notice_terms>& notice) const {
    const measure_words words(p_, cells_);
    const bool by_time = e.reach == exclusion_reach::by_time;
    const bool both = e.effect == exclusion_effect::both_sides;
    return {{"by", by_time ? "time" : "cause"},
            {"cause", or_null(e.name)},
            {"within", or_null(cells_.calendar_name(e.within))},
            {"effect", both ? "both sides" : "numerator"},
            {"notice", notice ? json(words.notice(*notice)) : json(nullptr)},
            {"quota_seconds", e.quota ? json(e.quota->count()) : json(nullptr)},
            {"clause", or_null(e.clause)}};
  }
  [[nodiscard]] json denominator(const denominator_rule& d) const {
    constexpr std::string_view kinds[]{"elapsed", "nominal days", "fixed", "service hours"};
    const bool is_fixed = d.what == denominator_rule::fixed;
    return {{"of", kinds[static_cast<std::size_t>(d.what)]},
            {"seconds", is_fixed ? json(d.length.count()) : json(nullptr)},
            {"calendar", or_null(cells_.calendar_name(d.hours))}};
  }
  [[nodiscard]] static json rounded(const outage_rounding& r) {
    if (r.what == outage_rounding::none) return nullptr;
    return {{"what", r.what == outage_rounding::each ? "each" : "sum"},
            {"unit_seconds", r.unit.count()},
            {"mode", name(r.mode)}};
  }
  [[nodiscard]] static json slots(const slot_terms& s) {
    constexpr std::string_view figures[]{"slots", "mean of rates", "ratio of sums"};
    constexpr std::string_view as[]{"up", "down", "leave out"};
    constexpr std::string_view by[]{"share", "count", "all fail"};
    const slot_rules& r = s.rules;
    const bool by_ratio = r.down_by == slot_rules::by_ratio, by_count = r.down_by == slot_rules::by_count;
    return {{"length_seconds", r.grid.length().count()},
            {"aligned", r.grid.is_from_midnight() ? "local midnight" : "utc"},
            {"figure", figures[static_cast<std::size_t>(s.figure)]},
            {"down_by", by[static_cast<std::size_t>(r.down_by)]},
            {"threshold", by_ratio ? json_money::of(r.threshold) : json(nullptr)},
            {"count", by_count ? json(r.count) : json(nullptr)},
            {"at_bound_down", r.inclusive},
            {"idle", as[static_cast<std::size_t>(r.idle)]},
            {"idle_below", r.idle_below}};
  }
  [[nodiscard]] static json weights(const weight_terms& w) {
    return {{"overlap", w.overlap == weight_overlap::max ? "max" : "clipped sum"},
            {"population", w.population != 0 ? json(w.population) : json(nullptr)}};
  }

  [[nodiscard]] json service_levels() const {
    using m = service_metric;
    constexpr std::string_view bases[]{"offered", "offered less short", "answered"};
    const measure_words words(p_, cells_);
    json out = json::array();
    for (const std::size_t t : cells_.tiers)
      for (const service_level_terms& s : p_.service_levels(t)) {
        const bool in_time = s.metric == m::answered_in_time, percentile = s.metric == m::speed_percentile;
        const bool less_short = has_base(s.metric) && s.base == call_base::offered_less_short;
        const auto seconds = [](bool stated, std::chrono::seconds of) {
          return stated ? json(of.count()) : json(nullptr);
        };
        json target = nullptr;
        if (s.target)
          target = {{"holds", name(s.target->holds)},
                    {"unit", is_length(s.metric) ? "seconds" : "share"},
                    {"bound", is_length(s.metric) ? json_money::exact(s.target->bound)
                                                  : json_money::of(s.target->bound)}};
        out.push_back(
            {{"tier", p_.tier_name(t)},
             {"name", s.name},
             {"metric", name(s.metric)},
             {"clock", s.metric == m::attainment ? json(p_.clock_name(s.clock)) : json(nullptr)},
             {"of", has_base(s.metric) ? json(bases[static_cast<std::size_t>(s.base)]) : json(nullptr)},
             {"within_seconds", seconds(in_time, s.rule.within)},
             {"short_abandon_seconds", seconds(less_short, s.rule.short_abandon)},
             {"percentile", percentile ? json_money::of(s.percentile) : json(nullptr)},
             {"target", std::move(target)},
             {"hours", or_null(cells_.calendar_name(s.rule.hours))},
             {"minimum_sample", s.minimum_sample},
             {"promised", words.promise(s)},
             {"clause", or_null(s.clause)}});
      }
    return out;
  }

  [[nodiscard]] json credits() const {
    const remedy_words words(p_);
    json out = json::array();
    for (const std::size_t t : cells_.tiers)
      for (const credit_terms& c : p_.credits(t)) {
        const claim_rule* claim = nullptr;
        for (const claim_rule& r : p_.claims(t))
          if (r.clause == c.clause) claim = &r;
        out.push_back(
            {{"tier", p_.tier_name(t)},
             {"clause", or_null(c.clause)},
             {"metric", metric_text(p_, c.metric)},
             {"shape", name(c.pays.kind())},
             {"pays", words.pays(c)},
             {"base", or_null(remedy_words::base(c))},
             {"form", name(c.form.form)},
             {"unit", or_null(c.form.unit)},
             {"conditions", or_null(words.conditions(c, claim))},
             {"claim_calendar", claim != nullptr ? or_null(words.calendar(*claim)) : json(nullptr)}});
      }
    return out;
  }
  [[nodiscard]] json caps() const {
    json out = json::array();
    for (const std::size_t t : cells_.tiers)
      for (const cap_terms& c : p_.caps(t))
        out.push_back({{"tier", p_.tier_name(t)},
                       {"clause", or_null(c.clause)},
                       {"limit", remedy_words::limit(c)},
                       {"of", or_null(remedy_words::limit_base(c))},
                       {"per", remedy_words::scope(c.scope, p_.availability(t).window)},
                       {"form", name(c.form)},
                       {"unit", or_null(c.unit)}});
    return out;
  }

  // The use of holidays from the start, then of each change.
  [[nodiscard]] static json holiday_use(const calendar_spec& c) {
    json out = json::array();
    const auto add = [&](const sla::holiday_use& u, const json& from) {
      json days = nullptr;
      if (calendar_words::is_own(u)) {
        days = json::array();
        for (const holiday& h : u.set.entries())
          days.push_back(
              {{"date", date_text(h.date)}, {"change", calendar_words::what(h)}, {"name", h.name}});
      }
      out.push_back({{"from", from},
                     {"name", or_null(u.set.name())},
                     {"version", or_null(u.set.version())},
                     {"closed", calendar_words::closed(u)},
                     {"make_up", u.make_up_open},
                     {"precedence", u.precedence},
                     {"days", std::move(days)}});
    };
    if (!(c.holidays == sla::holiday_use{})) add(c.holidays, nullptr);
    for (const calendar_change& to : c.changes)
      if (to.holidays) add(*to.holidays, date_text(to.from));
    return out;
  }
  [[nodiscard]] static json exceptions(const calendar_spec& c) {
    json out = json::array();
    for (const calendar_exception& e : c.exceptions)
      out.push_back({{"from", date_text(e.first)},
                     {"through", date_text(e.last)},
                     {"change", to_string(e.change)},
                     {"name", or_null(e.name)},
                     {"precedence", e.precedence}});
    return out;
  }
  [[nodiscard]] static json yearly(const calendar_spec& c) {
    json out = json::array();
    for (const recurring_exception& e : c.recurring)
      out.push_back({{"on", to_string(e.when)},
                     {"change", to_string(e.change)},
                     {"name", or_null(e.name)},
                     {"precedence", e.precedence}});
    return out;
  }

  [[nodiscard]] json calendars() const {
    json out = json::array();
    for (std::size_t i = 0; i < p_.calendars().size(); ++i) {
      const auto& [calendar, time] = p_.calendars()[i];
      json zones = json::array(), holidays = json::array();
      for (const named_version& z : time.zones()) zones.push_back(z.name);
      for (const named_version& h : time.holidays())
        holidays.push_back({{"name", h.name}, {"version", h.version}});
      out.push_back(
          {{"calendar", calendar},
           {"hours", p_.hours_of(i)},
           {"zones", std::move(zones)},
           {"holidays", std::move(holidays)},
           {"holiday_use", holiday_use(p_.declared(i))},
           {"exceptions", exceptions(p_.declared(i))},
           {"yearly", yearly(p_.declared(i))},
           {"known_through",
            time.holidays().empty() ? json(nullptr) : json(rfc3339(time.known_through(), p_.home()))},
           {"from", rfc3339(time.cover().begin, p_.home())},
           {"to", rfc3339(time.cover().end, p_.home())}});
    }
    return out;
  }
  [[nodiscard]] json pauses() const {
    json out = json::array();
    for (reason_id r = 0; r < p_.reasons().size(); ++r) {
      json stops = json::array();
      std::vector<clock_id> stopped;
      for (const clock_terms& t : p_.terms(cell_key{})) {
        if (((t.stopped_by >> r) & 1U) == 0) continue;
        stops.push_back(p_.clock_name(t.clock));
        stopped.push_back(t.clock);
      }
      const pause_reason& reason = p_.reason(r);
      out.push_back({{"reason", p_.reason_name(r)},
                     {"label", p_.reason_label(r)},
                     {"party", name(reason.by)},
                     {"stops", std::move(stops)},
                     {"cap", reason.cap ? json(cells_.own_time(*reason.cap, stopped)) : json(nullptr)}});
    }
    return out;
  }

  const policy& p_;
  promised_cells cells_;
  bool all_;
};

}  // namespace
}  // namespace detail

std::string to_json(const policy& p, const promised& wanted) {
  return detail::print(detail::promised_json(p, wanted).of());
}

}  // namespace v0
}  // namespace sla
