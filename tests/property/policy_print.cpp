// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <rapidcheck.h>

#include <algorithm>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include <sla/calendar/zone_load.hpp>
#include <sla/policy/policy_load.hpp>
#include <sla/policy/policy_print.hpp>

#include "support/policy_text.hpp"
#include "support/random_calendar.hpp"

namespace policy_print_laws {
namespace {

using sla::ratio;
using std::chrono::seconds;

template <class T>
using list = std::vector<T>;
using random_calendar::one_in;

// A policy that points into this.
struct random_policy {
  std::deque<list<std::string_view>> names;
  std::deque<list<sla::limit_spec>> limits;
  std::deque<list<sla::warning>> warnings;
  list<sla::tier_spec> extensions;
  list<sla::option_set_spec> option_sets;
  std::deque<list<sla::exclusion_spec>> exclusions;
  std::deque<list<sla::step>> steps;
  std::deque<sla::shape> shapes;
  list<sla::label_spec> labels;
  list<sla::named_calendar_spec> calendars;
  list<sla::target_spec> targets;
  list<sla::clock_spec> clocks;
  list<sla::pause_spec> pauses;
  list<sla::availability_spec> availability;
  list<sla::credit_spec> credits;
  list<sla::cap_spec> caps;
  sla::policy_spec spec;
};

std::string_view text() {
  return *rc::gen::element<std::string_view>("", "3.1", "一级", "a \"quoted\" one", "back\\slash",
                                             "two\nlines", "#", "tab\there", "'", "]");
}
std::string_view one_of(std::span<const std::string_view> names) {
  return names.empty() || one_in(2) ? std::string_view()
                                    : names[*rc::gen::inRange<std::size_t>(0, names.size())];
}
std::span<const std::string_view> some_names(random_policy& p, std::initializer_list<std::string_view> all) {
  auto& out = p.names.emplace_back(all);
  out.resize(*rc::gen::inRange<std::size_t>(0, out.size() + 1));
  return out;
}
ratio rate() {
  return *rc::gen::element(ratio(1, 10), ratio(999, 1000), ratio(1, 3), ratio(1), ratio(9999, 10'000));
}
seconds length() { return seconds(*rc::gen::element(1, 60, 61, 3600, 86'400, 90'061)); }
sla::time_limit limit() {
  switch (*rc::gen::inRange(0, 3)) {
    case 0: return length();
    case 1: return sla::worked(length());
    default: return sla::business_days(*rc::gen::inRange(0, 30));
  }
}
sla::time_limit own_time() {
  const auto l = length();
  return one_in(2) ? sla::time_limit(l) : sla::time_limit(sla::worked(l));
}

void calendars(random_policy& p) {
  for (const std::string_view name : {"office", "night shift", "假日"}) {
    sla::calendar_spec c = random_calendar::spec();
    c.zone = one_in(2) ? p.spec.home : sla::load_zone("Europe/Berlin");
    if (one_in(3)) c.cover = {std::chrono::year(2021), std::chrono::year(2041)};
    p.calendars.push_back({name, std::move(c)});
  }
  p.spec.calendars = p.calendars;
}

sla::clock_options options(random_policy& p) {
  static constexpr std::string_view accepted[]{"accepted", "reported"}, done[]{"resolved", "his own"};
  sla::clock_options how;
  if (one_in(5)) how.starts = accepted;
  if (one_in(5)) how.stops = done;
  if (one_in(5)) how.leave_open = one_in(2);
  if (one_in(5)) how.confirmation = one_in(2) ? sla::time_limit() : limit();
  if (one_in(5)) how.landing = *rc::gen::element(sla::due_at::closing, sla::due_at::next_opening);
  if (one_in(5))
    how.days = *rc::gen::element(sla::business_day_rule(), sla::business_day_rule::same_time(),
                                 sla::business_day_rule::at(std::chrono::minutes(750)));
  if (one_in(5)) how.changing = static_cast<sla::on_change>(*rc::gen::inRange(0, 4));
  if (one_in(5)) {
    auto& warnings = p.warnings.emplace_back();
    for (int i = *rc::gen::inRange(0, 4); i > 0; --i) {
      sla::warning w;
      if (one_in(2))
        w.at_share = rate();
      else
        w.before_due = own_time();
      w.level = static_cast<std::uint8_t>(*rc::gen::inRange(0, 256));
      warnings.push_back(w);
    }
    how.warnings = std::span<const sla::warning>(warnings);
  }
  return how;
}
std::span<const std::string_view> sets(random_policy& p) {
  return one_in(3) ? some_names(p, {"ours", "days to the hour"}) : std::span<const std::string_view>();
}
sla::limit_spec said_of(random_policy& p, std::string_view clock) {
  sla::limit_spec out{.clock = clock};
  if (one_in(6))
    out.unquantified = true;
  else if (!one_in(6))
    out.limit = limit();
  if (one_in(6) || (!out.limit && !out.unquantified)) out.calendar = "night shift";
  out.options = sets(p);
  if (one_in(3)) out.how = options(p);
  return out;
}

void targets(random_policy& p) {
  p.targets.push_back({.calendar = "office"});
  for (int i = *rc::gen::inRange(0, 6); i > 0; --i) {
    auto& limits = p.limits.emplace_back();
    for (const std::string_view clock : {"response", "onsite", "resolution", "own one"})
      if (one_in(2)) limits.push_back(said_of(p, clock));
    sla::target_spec t{.clause = text(),
                       .severity = one_of(p.spec.severities),
                       .tier = one_of(p.spec.tiers),
                       .region = one_of(p.spec.regions),
                       .category = one_of(p.spec.categories),
                       .channel = one_of(p.spec.channels)};
    if (limits.empty()) limits.push_back({"response", limit()});
    t.limits = limits;
    p.targets.push_back(t);
  }
  p.spec.targets = p.targets;
}

void clocks(random_policy& p) {
  static constexpr std::string_view starts[]{"reported", "her_own"}, stops[]{"answered"};
  p.clocks.push_back({.name = "own one", .label = text(), .how = {.starts = starts, .stops = stops}});
  if (one_in(2)) {
    sla::clock_spec c{.name = "resolution", .label = text(), .options = sets(p), .how = options(p)};
    if (one_in(3)) c.how.reopening = static_cast<sla::on_reopen>(*rc::gen::inRange(0, 3));
    p.clocks.push_back(c);
  }
  if (one_in(2))
    p.clocks.push_back(
        {.name = "update", .how = {.updates = static_cast<sla::next_update>(*rc::gen::inRange(0, 2))}});
  p.spec.clocks = p.clocks;
  for (const std::string_view name : {"customer", "carrier wait"}) {
    sla::pause_spec r{.name = name, .label = text(), .by = static_cast<sla::party>(*rc::gen::inRange(0, 5))};
    r.stops = some_names(p, {"resolution", "own one"});
    if (r.by == sla::party::customer && one_in(2)) r.cap = own_time();
    p.pauses.push_back(r);
  }
  p.spec.pauses = p.pauses;
}

// Over a share, as an availability is.
sla::shape shape(int depth) {
  const auto counted = static_cast<sla::unit_counting>(*rc::gen::inRange(0, 4));
  switch (*rc::gen::inRange(0, depth > 0 ? 8 : 7)) {
    case 0: return sla::steps{{{rate(), rate(), {}, one_in(2)}, {ratio(1, 20), ratio(1)}}};
    case 1: return sla::per_step_below{rate(), ratio(1, 200), rate(), counted};
    case 2: return sla::pro_rata{rate(), *rc::gen::element(ratio(1), ratio(10), ratio(3, 2)), one_in(2)};
    case 3: {
      sla::per_unit u{
          .unit = length(), .rate = rate(), .counted = counted, .free = length(), .free_share = rate()};
      u.more_than = length();
      return u;
    }
    case 4: {
      sla::duration_tiers t;
      t.rows = {sla::over(length(), rate()), sla::at_least(std::chrono::hours(50), rate())};
      t.rows.push_back({200'000, rate(), 200'000 + *rc::gen::element(1, 60, 61)});
      return t;
    }
    case 5:
      return sla::nth_miss{
          rate(), static_cast<std::size_t>(*rc::gen::inRange(1, 9)), {rate(), ratio(), rate()}};
    case 6: {
      sla::constant c{.below = rate()};
      if (one_in(2))
        c.pays = sla::money::minor(*rc::gen::inRange(0, 1'000'000), sla::cny);
      else
        c.pays = rate();
      return c;
    }
    default: {
      sla::combined c;
      c.how = static_cast<sla::shape_op>(*rc::gen::inRange(0, 4));
      for (int i = *rc::gen::inRange(1, 4); i > 0; --i) c.of.push_back(shape(depth - 1));
      return c;
    }
  }
}
sla::base_terms base() {
  if (one_in(2)) return sla::base_of(sla::named_fee::monthly);
  sla::base_terms b = sla::base_of(sla::named_fee::annual);
  b.spread = static_cast<sla::fee_spread>(*rc::gen::inRange(0, 3));
  b.tax = static_cast<sla::fee_tax>(*rc::gen::inRange(0, 3));
  b.price = static_cast<sla::fee_price>(*rc::gen::inRange(0, 3));
  if (one_in(2)) b.reference = sla::number_of(sla::named_fee::reference);
  return b;
}

void money(random_policy& p) {
  sla::availability_spec all{.clause = text(), .target = rate()};
  all.window = *rc::gen::element(sla::window_kind::calendar_month, sla::window_kind::calendar_quarter,
                                 sla::window_kind::calendar_year);
  if (one_in(2)) {
    auto& list = p.exclusions.emplace_back();
    for (int i = *rc::gen::inRange(0, 3); i > 0; --i)
      list.push_back({.cause = p.spec.causes[static_cast<std::size_t>(i - 1)],
                      .within = one_in(2) ? "office" : "",
                      .clause = text(),
                      .effect = static_cast<sla::exclusion_effect>(*rc::gen::inRange(0, 2)),
                      .quota = one_in(2) ? std::optional(length()) : std::nullopt});
    all.exclude = list;
  }
  if (one_in(2)) all.minimum = sla::minimum_duration{length(), one_in(2)};
  if (one_in(2)) all.merge_gap = length();
  if (one_in(2))
    all.round = sla::outage_rounding{one_in(2) ? sla::outage_rounding::each : sla::outage_rounding::sum,
                                     static_cast<sla::rounding>(*rc::gen::inRange(0, 7)), length()};
  p.availability.push_back(all);
  if (one_in(2)) p.availability.push_back({.clause = text(), .tier = p.spec.tiers[0], .target = rate()});
  p.spec.availability = p.availability;

  for (int i = *rc::gen::inRange(0, 4); i > 0; --i) {
    sla::credit_spec c{.clause = "5", .tier = one_of(p.spec.tiers)};
    if (one_in(3)) {
      c.below = p.steps.emplace_back(list<sla::step>{{rate(), rate()}, {ratio(1, 20), ratio(1)}});
    } else {
      c.pays = &p.shapes.emplace_back(shape(2));
    }
    c.base = base();
    c.form = *rc::gen::element(sla::remedy_form::credit, sla::remedy_form::voucher, sla::remedy_form::cash);
    if (one_in(2)) c.gate = {.misses = 2, .windows = one_in(2) ? 3U : 0U, .more_than = {}, .tiers = {}};
    if (one_in(3)) c.gate.more_than = sla::money::minor(*rc::gen::inRange(0, 10'000), sla::cny);
    if (one_in(3)) c.gate.tiers = some_names(p, {p.spec.tiers[0]});
    if (one_in(2)) {
      auto& claim = c.claim.emplace();
      claim.terms.from_workday = *rc::gen::inRange(0, 3);
      claim.terms.moves_to_workday = one_in(2);
      switch (*rc::gen::inRange(0, 5)) {
        case 0: claim.terms.within = sla::civil_span::days(*rc::gen::inRange(1, 3)); break;
        case 1: claim.terms.within = sla::civil_span::months(2); break;
        case 2: claim.terms.within = sla::civil_span::years(1); break;
        case 3: claim.terms.within = sla::business_days(10); break;
        default: claim.terms.within = seconds(length());
      }
      claim.calendar = "office";
    }
    if (one_in(3))
      c.rate_first = sla::rate_rounding{ratio(1, 1000), static_cast<sla::rounding>(*rc::gen::inRange(0, 7))};
    p.credits.push_back(c);
  }
  p.spec.credits = p.credits;
  for (int i = *rc::gen::inRange(0, 3); i > 0; --i) {
    sla::cap_spec c{.clause = text(), .tier = one_of(p.spec.tiers)};
    c.scope = static_cast<sla::cap_scope>(*rc::gen::inRange(0, 5));
    if (one_in(2)) {
      c.share = rate();
      if (c.scope != sla::cap_scope::line) c.base = base();
    } else {
      c.amount = sla::money::minor(*rc::gen::inRange(0, 1'000'000), sla::cny);
    }
    p.caps.push_back(c);
  }
  p.spec.caps = p.caps;
  p.spec.combine =
      *rc::gen::element(sla::combination::unstated, sla::combination::sum, sla::combination::max);
  p.spec.round = static_cast<sla::rounding>(*rc::gen::inRange(0, 7));
  if (one_in(2)) p.spec.part = static_cast<sla::part_rule>(*rc::gen::inRange(0, 4));
  p.spec.change = static_cast<sla::change_rule>(*rc::gen::inRange(0, 5));
  if (p.spec.change != sla::change_rule::split)
    p.spec.changed_fee = static_cast<sla::change_base>(*rc::gen::inRange(0, 3));
}

void fill(random_policy& p) {
  static const sla::zone home = sla::load_zone("Asia/Shanghai");
  p.spec.name = "a policy";
  p.spec.version = std::chrono::year(2026) / 1 / 1;
  p.spec.home = home;
  p.spec.severities = p.names.emplace_back(list<std::string_view>{"P1", "二级", "P 3"});
  p.spec.tiers = p.names.emplace_back(list<std::string_view>{"basic", "flag\"ship"});
  p.spec.regions = some_names(p, {"urban", "sub.urban"});
  p.spec.categories = some_names(p, {"software", "hardware"});
  p.spec.channels = some_names(p, {"phone", "微信"});
  if (one_in(3)) p.extensions.push_back({p.spec.tiers[1], p.spec.tiers[0]});
  p.spec.extensions = p.extensions;
  p.option_sets.push_back({"ours", options(p)});
  if (p.option_sets[0].how.days) p.option_sets[0].how.days.reset();  // a ready set states them, too
  p.option_sets[0].how.changing = sla::on_change::restart;
  p.spec.option_sets = p.option_sets;
  if (one_in(3)) p.spec.options = sets(p);
  p.spec.causes = p.names.emplace_back(list<std::string_view>{"fault", "planned maintenance"});
  if (one_in(2)) p.labels.push_back({"二级", text()});
  if (one_in(2)) p.labels.push_back({"planned maintenance", text()});
  p.spec.labels = p.labels;
  calendars(p);
  targets(p);
  clocks(p);
  money(p);
}

TEST(policy_print, what_is_printed_loads_to_the_same_policy_and_prints_alike) {
  int sound = 0;
  EXPECT_TRUE(rc::check([&] {
    random_policy p;
    fill(p);
    std::vector<sla::spec_fault> faults;
    const auto made = sla::policy::compile(p.spec, faults);
    if (!made) return;  // two rows that tie, a calendar that never opens
    ++sound;
    const std::string printed = sla::print(p.spec);
    const auto loaded = sla::parse_policy("printed.toml", printed);
    if (!loaded) RC_FAIL(loaded.diagnostics().print() + printed);
    RC_ASSERT(policy_text::describe(*made) == policy_text::describe(loaded.value()));
    const auto spec = sla::parse_policy_spec("printed.toml", printed);
    RC_ASSERT(sla::print(*spec.value()) == printed);
  }));
  EXPECT_GE(sound, 30);
}

}  // namespace
}  // namespace policy_print_laws
