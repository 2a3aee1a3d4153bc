// SPDX-License-Identifier: MIT
#pragma once

// Everything that needs the standard library alone (target sla::core), floor by floor from the ground.
//
//     #include <sla/core.hpp>
//     using namespace sla::literals;
//     static_assert(99.99_pct == sla::ratio(9'999, 10'000));
//
// The hard question: one include or many? This one is for a first look and for programs that use most of it. A file
// that needs an instant includes <sla/base/instant.hpp> and compiles faster. Zones of the system, policy files and
// reports are compiled code: <sla/sla.hpp>.

// base: instants, units, exact numbers, intervals, diagnostics
#include <sla/base/big_natural.hpp>
#include <sla/base/diagnostic.hpp>
#include <sla/base/digits.hpp>
#include <sla/base/error.hpp>
#include <sla/base/export.hpp>
#include <sla/base/instant.hpp>
#include <sla/base/interval_set.hpp>
#include <sla/base/money.hpp>
#include <sla/base/ratio.hpp>
#include <sla/base/rounding.hpp>
#include <sla/base/shared_value.hpp>
#include <sla/base/units.hpp>
#include <sla/base/utf8.hpp>
#include <sla/base/version.hpp>
#include <sla/base/wide.hpp>

// calendar: when people work
#include <sla/calendar/business_days.hpp>
#include <sla/calendar/business_time.hpp>
#include <sla/calendar/calendar.hpp>
#include <sla/calendar/calendar_algebra.hpp>
#include <sla/calendar/calendar_proof.hpp>
#include <sla/calendar/calendar_spec.hpp>
#include <sla/calendar/china.hpp>
#include <sla/calendar/civil_span.hpp>
#include <sla/calendar/compile.hpp>
#include <sla/calendar/compiled_calendar.hpp>
#include <sla/calendar/day_plan.hpp>
#include <sla/calendar/exceptions.hpp>
#include <sla/calendar/holidays.hpp>
#include <sla/calendar/hours.hpp>
#include <sla/calendar/hours_text.hpp>
#include <sla/calendar/interval_index.hpp>
#include <sla/calendar/local_text.hpp>
#include <sla/calendar/posix_zone.hpp>
#include <sla/calendar/span_report.hpp>
#include <sla/calendar/tzif.hpp>
#include <sla/calendar/yearly_date.hpp>
#include <sla/calendar/zone.hpp>
#include <sla/calendar/zone_literal.hpp>

// clock: how one promise is judged
#include <sla/clock/anomalies.hpp>
#include <sla/clock/counting.hpp>
#include <sla/clock/cycle.hpp>
#include <sla/clock/cycle_end.hpp>
#include <sla/clock/cycle_start.hpp>
#include <sla/clock/event.hpp>
#include <sla/clock/event_log.hpp>
#include <sla/clock/event_order.hpp>
#include <sla/clock/event_survey.hpp>
#include <sla/clock/next_change.hpp>
#include <sla/clock/own_time.hpp>
#include <sla/clock/plain_cycle.hpp>
#include <sla/clock/replay.hpp>
#include <sla/clock/stop_state.hpp>
#include <sla/clock/terms.hpp>
#include <sla/clock/terms_source.hpp>
#include <sla/clock/trace.hpp>
#include <sla/clock/verdict.hpp>

// availability: how the service did
#include <sla/availability/budget.hpp>
#include <sla/availability/burn.hpp>
#include <sla/availability/calls.hpp>
#include <sla/availability/excuse.hpp>
#include <sla/availability/lengths.hpp>
#include <sla/availability/measure.hpp>
#include <sla/availability/measure_each.hpp>
#include <sla/availability/measurement.hpp>
#include <sla/availability/notice.hpp>
#include <sla/availability/outage.hpp>
#include <sla/availability/rate_mean.hpp>
#include <sla/availability/reconcile.hpp>
#include <sla/availability/reliability.hpp>
#include <sla/availability/repairs.hpp>
#include <sla/availability/rules.hpp>
#include <sla/availability/running.hpp>
#include <sla/availability/seconds_in.hpp>
#include <sla/availability/service_level.hpp>
#include <sla/availability/slice.hpp>
#include <sla/availability/slots.hpp>
#include <sla/availability/weights.hpp>
#include <sla/availability/window.hpp>
#include <sla/availability/windows.hpp>

// compensation: how a figure becomes a remedy
#include <sla/compensation/adjust.hpp>
#include <sla/compensation/base.hpp>
#include <sla/compensation/change.hpp>
#include <sla/compensation/change_rule.hpp>
#include <sla/compensation/claim.hpp>
#include <sla/compensation/counting.hpp>
#include <sla/compensation/credit.hpp>
#include <sla/compensation/figure.hpp>
#include <sla/compensation/finest_bound.hpp>
#include <sla/compensation/history.hpp>
#include <sla/compensation/line.hpp>
#include <sla/compensation/one_reading.hpp>
#include <sla/compensation/owes_less.hpp>
#include <sla/compensation/per_step.hpp>
#include <sla/compensation/per_unit.hpp>
#include <sla/compensation/remedy.hpp>
#include <sla/compensation/settle.hpp>
#include <sla/compensation/settlement.hpp>
#include <sla/compensation/shape.hpp>
#include <sla/compensation/shape_faults.hpp>
#include <sla/compensation/shape_working.hpp>
#include <sla/compensation/step_lookup.hpp>
#include <sla/compensation/step_table.hpp>
#include <sla/compensation/tiers.hpp>

// policy: who was promised what
#include <sla/policy/assess.hpp>
#include <sla/policy/attainment.hpp>
#include <sla/policy/clock_properties.hpp>
#include <sla/policy/comparison.hpp>
#include <sla/policy/compile.hpp>
#include <sla/policy/compile_context.hpp>
#include <sla/policy/contract.hpp>
#include <sla/policy/contract_phases.hpp>
#include <sla/policy/contract_windows.hpp>
#include <sla/policy/decision_table.hpp>
#include <sla/policy/explain.hpp>
#include <sla/policy/figures.hpp>
#include <sla/policy/level_terms.hpp>
#include <sla/policy/lint.hpp>
#include <sla/policy/lint_clocks.hpp>
#include <sla/policy/lint_findings.hpp>
#include <sla/policy/lint_levels.hpp>
#include <sla/policy/lint_money.hpp>
#include <sla/policy/lint_rules.hpp>
#include <sla/policy/lint_targets.hpp>
#include <sla/policy/measure_terms.hpp>
#include <sla/policy/measured_units.hpp>
#include <sla/policy/metric.hpp>
#include <sla/policy/named_fee.hpp>
#include <sla/policy/option_terms.hpp>
#include <sla/policy/part_rule.hpp>
#include <sla/policy/policy.hpp>
#include <sla/policy/policy_data.hpp>
#include <sla/policy/policy_proof.hpp>
#include <sla/policy/policy_spec.hpp>
#include <sla/policy/policy_versions.hpp>
#include <sla/policy/portfolio.hpp>
#include <sla/policy/proof_table.hpp>
#include <sla/policy/ready_clocks.hpp>
#include <sla/policy/ready_options.hpp>
#include <sla/policy/remedy_terms.hpp>
#include <sla/policy/rows_by_selection.hpp>
#include <sla/policy/service_level_terms.hpp>
#include <sla/policy/statement.hpp>
#include <sla/policy/target_row.hpp>
#include <sla/policy/tier_terms.hpp>
#include <sla/policy/versioned_portfolio.hpp>
#include <sla/policy/window_records.hpp>
#include <sla/policy/window_settling.hpp>
