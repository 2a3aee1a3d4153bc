// SPDX-License-Identifier: MIT
#pragma once

// The whole library: the core, and what is compiled (target sla::sla).
//
//     const sla::policy policy = sla::load_policy("shanghai.toml").value();
//     std::cout << sla::to_text(policy, statement);
//
// The hard question: why two gathering headers? Whoever judges incidents with a policy written in C++ needs
// <sla/core.hpp> and the standard library, nothing else. Zones of the system, files and reports need the library.

#include <sla/calendar/holiday_load.hpp>
#include <sla/calendar/zone_load.hpp>
#include <sla/core.hpp>
#include <sla/policy/measure_load.hpp>
#include <sla/policy/policy_load.hpp>
#include <sla/policy/policy_print.hpp>
#include <sla/policy/records_load.hpp>
#include <sla/policy/source_load.hpp>
#include <sla/policy/versioned_load.hpp>
#include <sla/report/compared.hpp>
#include <sla/report/explain.hpp>
#include <sla/report/json.hpp>
#include <sla/report/log_review.hpp>
#include <sla/report/measured.hpp>
#include <sla/report/promised.hpp>
#include <sla/report/text.hpp>
