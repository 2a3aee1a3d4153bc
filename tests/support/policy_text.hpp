// SPDX-License-Identifier: MIT
#pragma once

// Everything that a compiled policy answers, as one text: two policies that give one text judge alike.

#include <algorithm>
#include <cstdint>
#include <sstream>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <sla/calendar/local_text.hpp>
#include <sla/policy/policy.hpp>

namespace policy_text {

using sla::to_string;  // of durations, too

class printer {
 public:
  explicit printer(const sla::policy& p) : p_(p) {}

  std::string run() {
    out_ << p_.name() << ' ' << sla::date_text(p_.version()) << ' ' << p_.home().name() << ' '
         << p_.in().code() << '\n';
    names(
        "severities", p_.severity_count(), [&](std::size_t i) { return p_.severity_label(i); },
        p_.severities());
    names("tiers", p_.tier_count(), [&](std::size_t i) { return p_.tier_label(i); }, p_.tiers());
    names("regions", p_.regions().size(), [&](std::size_t i) { return p_.region_label(i); }, p_.regions());
    names(
        "categories", p_.categories().size(), [&](std::size_t i) { return p_.category_label(i); },
        p_.categories());
    names(
        "channels", p_.channels().size(), [&](std::size_t i) { return p_.channel_label(i); }, p_.channels());
    names("causes", 0, [](std::size_t) { return std::string_view(); }, p_.causes());
    names("moments", 0, [](std::size_t) { return std::string_view(); }, p_.moments());
    calendars();
    reasons();
    cells();
    for (std::size_t t = 0; t < p_.tier_count(); ++t) tier(t);
    out_ << "combine " << name(p_.combine()) << ", part " << (p_.part() ? name(*p_.part()) : "unstated")
         << ", change " << name(p_.change()) << ", fee " << name(p_.changed_fee()) << '\n';
    return out_.str();
  }

 private:
  template <class Label>
  void names(std::string_view what, std::size_t count, Label label,
             const std::vector<std::string_view>& all) {
    out_ << what << ':';
    for (std::size_t i = 0; i < all.size(); ++i) out_ << ' ' << all[i] << '=' << (i < count ? label(i) : "");
    out_ << '\n';
  }
  std::string calendar(const sla::business_time* of) const {
    for (const auto& [name, time] : p_.calendars())
      if (&time == of) return name;
    return "-";
  }
  static std::string span(const std::optional<std::chrono::seconds>& s) { return s ? to_string(*s) : "-"; }

  void calendars() {
    for (const auto& [name, time] : p_.calendars()) {
      const sla::interval cover = time.cover();
      out_ << "calendar " << name << ' ' << cover.begin.unix_seconds() << ' ' << cover.end.unix_seconds()
           << ' ' << time.known_through().unix_seconds() << ' ' << time.dates().size() << ':';
      std::uint64_t sum = 0;
      for (const sla::business_date& d : time.dates())
        for (const std::int64_t n : {d.date.time_since_epoch().count() * std::int64_t{1},
                                     d.first_open.unix_seconds(), d.last_close.unix_seconds()})
          sum = sum * 1'000'003U + static_cast<std::uint64_t>(n);
      for (const sla::interval& open : time.open())
        for (const sla::instant t : {open.begin, open.end})
          sum = sum * 1'000'003U + static_cast<std::uint64_t>(t.unix_seconds());
      out_ << sum << '\n';
    }
  }
  void reasons() {
    for (const std::string_view r : p_.reasons()) {
      const sla::reason_id id = *p_.find_reason(r);
      const auto& cap = p_.reason(id).cap;
      out_ << "reason " << r << ' ' << p_.reason_label(id) << ' ' << name(p_.reason(id).by) << ' '
           << (cap ? to_string(*cap) : "-") << '\n';
    }
  }
  void cells() {
    sla::for_each_cell(p_, [&](const sla::cell_key& at) {
      for (const sla::clock_terms& k : p_.terms(at)) {
        out_ << at.tier << ' ' << at.channel << ' ' << int{at.at.severity} << ' ' << int{at.at.region} << ' '
             << int{at.at.category} << ' ' << p_.clock_name(k.clock) << ' ' << p_.clock_label(k.clock)
             << (p_.unquantified(at, k.clock) ? " unquantified: " : ": ");
        clock(k);
      }
    });
  }
  void clock(const sla::clock_terms& k) {
    out_ << (k.promised ? to_string(k.limit) : "-") << ' ' << (k.promised ? p_.clause_of(k.target) : "")
         << ' ' << (k.promised ? int(k.target) : -1) << ' ' << calendar(k.calendar) << ' ' << k.starts.bits()
         << ' ' << k.stops.bits() << ' ' << k.closed_by.bits() << ' ' << k.stopped_by << ' '
         << (k.confirmation ? to_string(*k.confirmation) : "-") << ' ' << k.rejectable.bits() << ' '
         << int(k.landing) << int(k.changing) << int(k.reopening) << k.repeats << ' ' << k.ends.bits() << ' '
         << int(k.updates) << ' ' << span(k.cut_off) << ' ' << int(k.days.ends_at())
         << to_string(k.days.fixed_time());
    for (const sla::warning& w : k.warnings)
      out_ << " [" << (w.at_share ? to_string(*w.at_share) : "-") << ' '
           << (w.before_due ? to_string(*w.before_due) : "-") << ' ' << int(w.level) << ']';
    out_ << '\n';
  }

  void tier(std::size_t t) {
    const sla::availability_terms& a = p_.availability(t);
    out_ << "availability " << t << ' ' << a.clause << ' ' << (a.target ? to_string(*a.target) : "-") << ' '
         << int(a.window) << ' ' << to_string(a.rules.merge_gap) << ' ' << to_string(a.rules.minimum.length)
         << a.rules.minimum.inclusive << ' ' << int(a.rules.rounding.what) << name(a.rules.rounding.mode)
         << to_string(a.rules.rounding.unit) << '\n';
    for (const sla::exclusion& e : a.rules.exclusions)
      out_ << "  excluded " << e.cause << ' ' << calendar(e.within) << ' ' << e.name << ' ' << e.clause << ' '
           << int(e.effect) << ' ' << span(e.quota) << '\n';
    for (const sla::credit_terms& c : p_.credits(t)) credit(c);
    for (const sla::cap_terms& c : p_.caps(t)) {
      out_ << "  cap " << c.clause << ' ' << name(c.scope) << ' ' << name(c.form) << ' ' << c.unit << ' '
           << name(c.rounding) << ' ';
      amount(c.limit);
      base(c.base);
      out_ << '\n';
    }
    for (const sla::claim_rule& c : p_.claims(t))
      out_ << "  claim " << c.clause << ' ' << int(c.terms.from) << ' ' << c.terms.from_workday << ' '
           << std::visit([](const auto& w) { return to_string(w); }, c.terms.within) << ' '
           << c.terms.moves_to_workday << ' ' << calendar(c.workdays) << '\n';
  }
  template <class Amount>
  void amount(const Amount& a) {
    if (const auto* r = std::get_if<sla::ratio>(&a)) out_ << to_string(*r);
    if (const auto* m = std::get_if<sla::money>(&a)) out_ << to_string(*m);
    if constexpr (std::variant_size_v<Amount> == 3)
      if (const auto* n = std::get_if<std::int64_t>(&a)) out_ << *n;
    out_ << ' ';
  }
  void base(const sla::base_terms& b) {
    out_ << b.fee << int(b.tax) << int(b.price) << int(b.spread) << b.of_subject << b.each_seat
         << (b.reference ? int(*b.reference) : -1) << ' ';
  }
  void credit(const sla::credit_terms& c) {
    out_ << "  credit " << c.clause << ' ' << c.metric << ' ' << name(c.rounding) << ' ';
    if (c.rate_first) out_ << to_string(c.rate_first->unit) << name(c.rate_first->mode) << ' ';
    base(c.base);
    out_ << name(c.form.form) << ' ' << c.form.unit << ' ' << to_string(c.form.length) << " gate "
         << c.gate.misses << '/' << c.gate.windows << ' '
         << (c.gate.more_than ? to_string(*c.gate.more_than) : "-");
    for (const sla::plan_id p : c.gate.plans) out_ << ' ' << p;
    out_ << ' ' << c.must_be_claimed << c.once_a_day << ' ';
    shape(c.pays);
    out_ << '\n';
  }
  void shape(const sla::shape& s) {
    out_ << '(' << int(s.kind());
    std::visit([&](const auto& of) { part(of); }, s.is);
    out_ << ')';
  }
  void put(const sla::ratio& r) { out_ << ' ' << to_string(r); }
  void part(const sla::steps& s) {
    for (const sla::step& r : s.rows) put(r.from), put(r.below), put(r.rate), out_ << r.inclusive;
  }
  void part(const sla::per_step_below& s) { put(s.bound), put(s.step), put(s.rate), out_ << int(s.counted); }
  void part(const sla::pro_rata& s) { put(s.below), put(s.times), out_ << s.inclusive; }
  void part(const sla::per_unit& s) {
    put(s.rate), put(s.free_share);
    out_ << ' ' << to_string(s.unit) << int(s.counted) << to_string(s.free) << to_string(s.more_than)
         << int(s.in);
  }
  void part(const sla::duration_tiers& s) { rows(s.rows), out_ << int(s.in); }
  void part(const sla::count_tiers& s) { rows(s.rows); }
  void part(const sla::per_count& s) { put(s.rate), out_ << ' ' << s.free; }
  void part(const sla::nth_miss& s) {
    put(s.below), out_ << ' ' << s.windows;
    for (const sla::ratio& r : s.rates) put(r);
  }
  void part(const sla::constant& s) { out_ << ' ', amount(s.pays), put(s.below); }
  void part(const sla::combined& s) {
    out_ << int(s.how);
    for (const sla::shape& of : s.of) shape(of);
  }
  void rows(const std::vector<sla::tier_row>& all) {
    for (const sla::tier_row& r : all) out_ << ' ' << r.from << '-' << r.until, put(r.rate);
  }

  const sla::policy& p_;
  std::ostringstream out_;
};

inline std::string describe(const sla::policy& p) { return printer(p).run(); }

}  // namespace policy_text
