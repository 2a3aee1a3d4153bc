// SPDX-License-Identifier: MIT
#pragma once

// The words of a policy file and what they mean: read by the loader, written by the printer.

#include <chrono>
#include <cstddef>
#include <string_view>

#include <sla/policy/policy_spec.hpp>

#include "policy/toml_table.hpp"

namespace sla {
inline namespace v0 {
namespace detail {

inline constexpr choices<due_at, 2> landings{
    {{"closing", due_at::closing}, {"next opening", due_at::next_opening}}};
inline constexpr choices<on_change, 4> changings{{{"by cause", on_change::by_cause},
                                                  {"remeasure", on_change::remeasure},
                                                  {"carry", on_change::carry},
                                                  {"restart", on_change::restart}}};
inline constexpr choices<on_reopen, 3> reopenings{
    {{"new cycle", on_reopen::new_cycle},
     {"continue, closed time excluded", on_reopen::continue_excluding_closed},
     {"continue, closed time counted", on_reopen::continue_counting_closed}}};
inline constexpr choices<next_update, 2> update_orders{
    {{"from the last", next_update::from_last}, {"on a grid", next_update::on_grid}}};
inline constexpr choices<party, 5> parties{{{"customer", party::customer},
                                            {"customer's supplier", party::customer_supplier},
                                            {"vendor's supplier", party::vendor_supplier},
                                            {"vendor", party::vendor},
                                            {"nobody", party::nobody}}};

inline constexpr choices<combination, 3> combinations{
    {{"sum", combination::sum}, {"max", combination::max}, {"root cause", combination::root_cause}}};
inline constexpr choices<exclusion_effect, 2> effects{
    {{"numerator", exclusion_effect::numerator}, {"both sides", exclusion_effect::both_sides}}};
inline constexpr choices<exclusion_reach, 2> reaches{
    {{"cause", exclusion_reach::by_cause}, {"time", exclusion_reach::by_time}}};
inline constexpr choices<window_terms, 4> named_windows{
    {{"calendar month", window_kind::calendar_month},
     {"calendar quarter", window_kind::calendar_quarter},
     {"calendar year", window_kind::calendar_year},
     {"anniversary month", window_terms({.kind = window_kind::billing_month}, true)}}};
inline constexpr choices<denominator_rule::kind, 2> named_denominators{
    {{"elapsed", denominator_rule::elapsed}, {"nominal days", denominator_rule::nominal_days}}};
inline constexpr choices<unmeasured_time, 3> unmeasured{{{"up", unmeasured_time::up},
                                                         {"down", unmeasured_time::down},
                                                         {"leave out", unmeasured_time::leave_out}}};
inline constexpr choices<slot_default, 3> slot_defaults{
    {{"up", slot_default::up}, {"down", slot_default::down}, {"leave out", slot_default::leave_out}}};
inline constexpr choices<bool, 2> alignments{{{"utc", false}, {"local midnight", true}}};
inline constexpr choices<slot_figure, 3> slot_figures{{{"slots", slot_figure::slots},
                                                       {"mean of rates", slot_figure::mean_of_rates},
                                                       {"ratio of sums", slot_figure::ratio_of_sums}}};
inline constexpr choices<weight_overlap, 2> overlaps{
    {{"max", weight_overlap::max}, {"clipped sum", weight_overlap::clipped_sum}}};
inline constexpr choices<call_base, 3> call_bases{{{"offered", call_base::offered},
                                                   {"offered less short", call_base::offered_less_short},
                                                   {"answered", call_base::answered}}};
inline constexpr choices<level_target::kind, 4> bounds_of_a_level{{{"at_least", level_target::kind::at_least},
                                                                   {"above", level_target::kind::above},
                                                                   {"at_most", level_target::kind::at_most},
                                                                   {"below", level_target::kind::below}}};
inline constexpr std::string_view attainment_of_clock = "attainment of ";

inline constexpr choices<cap_scope, 6> cap_scopes{{{"line", cap_scope::line},
                                                   {"month", cap_scope::window},
                                                   {"window", cap_scope::window},
                                                   {"year", cap_scope::year},
                                                   {"12 months", cap_scope::rolling_year},
                                                   {"contract", cap_scope::contract}}};
inline constexpr choices<fee_spread, 2> spreads_of_a_base{
    {{"twelfth", fee_spread::twelfth}, {"by days", fee_spread::by_days}}};
inline constexpr choices<fee_tax, 2> taxes_of_a_base{
    {{"included", fee_tax::included}, {"excluded", fee_tax::excluded}}};
inline constexpr choices<fee_price, 2> prices_of_a_base{
    {{"list", fee_price::list}, {"paid", fee_price::paid}}};
inline constexpr choices<claim_terms::origin, 2> claim_origins{
    {{"the month", claim_terms::window_end}, {"the occurrence", claim_terms::occurrence}}};

inline constexpr choices<unit_counting, 3> countings{{{"complete", unit_counting::complete},
                                                      {"proportional", unit_counting::proportional},
                                                      {"started", unit_counting::started}}};
inline constexpr choices<shape_op, 4> operators{{{"greatest_of", shape_op::max},
                                                 {"least_of", shape_op::min},
                                                 {"sum_of", shape_op::sum},
                                                 {"last_of", shape_op::override_earlier}}};
inline constexpr choices<std::chrono::weekday, 7> weekdays_of_a_date{{{"Mon", std::chrono::Monday},
                                                                      {"Tue", std::chrono::Tuesday},
                                                                      {"Wed", std::chrono::Wednesday},
                                                                      {"Thu", std::chrono::Thursday},
                                                                      {"Fri", std::chrono::Friday},
                                                                      {"Sat", std::chrono::Saturday},
                                                                      {"Sun", std::chrono::Sunday}}};
inline constexpr choices<day_kind, 5> kinds_of_a_holiday{{{"statutory", day_kind::statutory},
                                                          {"bridging", day_kind::bridging},
                                                          {"weekend", day_kind::weekend},
                                                          {"unstated", day_kind::unstated},
                                                          {"make-up", day_kind::make_up}}};

/// The years a calendar answers for unless it states others: 5 before the policy's version to 15 after.
[[nodiscard]] constexpr year_span usual_cover(std::chrono::year_month_day version) noexcept {
  const auto in_force = version.ok() ? version.year() : std::chrono::year(2000);
  return {in_force - std::chrono::years(5), in_force + std::chrono::years(15)};
}

/// The word for a value; of several the last.
template <class T, std::size_t N>
[[nodiscard]] constexpr std::string_view word_for(const choices<T, N>& all, const T& value) noexcept {
  std::string_view found;
  for (const auto& [word, meaning] : all)
    if (meaning == value) found = word;
  return found;
}

}  // namespace detail
}  // namespace v0
}  // namespace sla
