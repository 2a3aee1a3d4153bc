// SPDX-License-Identifier: MIT
// What the compiler can prove of clocks: C2's order of kinds, names, sets of moments, C8's table.

#include <type_traits>

#include <sla/clock/anomalies.hpp>
#include <sla/clock/next_change.hpp>

namespace {

using sla::change_cause;
using sla::change_effect;
using sla::event;
using sla::event_kind;
using sla::moment;
using sla::on_change;
using sla::party;

// C2
static_assert(event_kind::start < event_kind::reopen && event_kind::reopen < event_kind::cancel);
static_assert(event_kind::cancel < event_kind::change && event_kind::change < event_kind::extend);
static_assert(event_kind::extend < event_kind::waive && event_kind::waive < event_kind::reject);
static_assert(event_kind::reject < event_kind::confirm && event_kind::confirm < event_kind::resume);
static_assert(event_kind::resume < event_kind::pause && event_kind::pause < event_kind::milestone);
static_assert(event_kind::milestone < event_kind::stop);
constexpr sla::instant t = sla::instant::from_unix(100);
static_assert(sla::detail::event_before(event::of(moment::reported, t), event::of(moment::resolved, t)));
static_assert(sla::detail::event_before(event::resume(t, 0), event::pause(t, 0)));
static_assert(!sla::detail::event_before(event::pause(t, 0), event::pause(t, 0)));

// Names go both ways.
constexpr bool moments_round() {
  for (int i = 0; i < static_cast<int>(moment::first_custom); ++i) {
    const auto m = static_cast<moment>(i);
    if (sla::parse_moment(name(m)) != m) return false;
  }
  return !sla::parse_moment("") && !sla::parse_moment("reporte");
}
static_assert(moments_round());
static_assert(sla::parse_party("customer's supplier") == party::customer_supplier &&
              !sla::parse_party("Vendor"));
static_assert((moment::reported | moment::arrived).contains(moment::arrived));
static_assert(!(moment::reported | moment::arrived).contains(moment::resolved));
static_assert(sla::kind_of(moment::confirmed) == event_kind::confirm &&
              sla::kind_of(moment::first_custom) == event_kind::milestone);

// C8, cell by cell.
constexpr sla::clock_terms some{.limit = std::chrono::hours(1)};
constexpr sla::clock_terms none{.promised = false};
constexpr change_effect effect(change_cause why, party by, on_change how, bool promised,
                               const sla::clock_terms& to) {
  return effect_of(event::change(t, {}, why, by), how, promised, to);
}
static_assert(effect(change_cause::worsened, party::nobody, on_change::by_cause, true, some) ==
              change_effect::add_from_change);
static_assert(effect(change_cause::worsened, party::nobody, on_change::by_cause, true, none) ==
              change_effect::none);
static_assert(effect(change_cause::corrected, party::nobody, on_change::by_cause, true, some) ==
              change_effect::replace_from_start);
static_assert(effect(change_cause::corrected, party::nobody, on_change::by_cause, true, none) ==
              change_effect::drop);
static_assert(effect(change_cause::improved, party::customer, on_change::by_cause, true, some) ==
              change_effect::replace_from_start);
static_assert(effect(change_cause::improved, party::vendor, on_change::by_cause, true, some) ==
              change_effect::add_from_start);
static_assert(effect(change_cause::improved, party::vendor, on_change::by_cause, true, none) ==
              change_effect::none);
static_assert(effect(change_cause::improved, party::vendor, on_change::by_cause, false, some) ==
              change_effect::replace_from_start);
static_assert(effect(change_cause::worsened, party::nobody, on_change::remeasure, true, some) ==
              change_effect::replace_from_start);
static_assert(effect(change_cause::improved, party::nobody, on_change::carry, true, some) ==
              change_effect::carry);
static_assert(effect(change_cause::improved, party::nobody, on_change::restart, true, some) ==
              change_effect::replace_from_change);
static_assert(effect(change_cause::worsened, party::nobody, on_change::restart, true, none) ==
              change_effect::drop);

// Judging throws nothing and owns nothing.
static_assert(std::is_trivially_copyable_v<event> && std::is_trivially_copyable_v<sla::verdict>);
static_assert(std::is_nothrow_constructible_v<sla::event_order, std::span<const event>, sla::instant>);
static_assert(std::is_nothrow_constructible_v<sla::clock_replay, sla::terms_source, const sla::grade&,
                                              const sla::event_order&>);
static_assert(noexcept(std::declval<sla::clock_replay&>().next(std::declval<sla::verdict&>())));
static_assert(std::is_trivially_destructible_v<sla::clock_replay> &&
              std::is_trivially_destructible_v<sla::event_order>);

}  // namespace
