// SPDX-License-Identifier: MIT
#pragma once

// A calendar, from what its author says to business time: what a program includes to make one.
//
//     const sla::business_time hours = sla::calendar_spec{.zone = shanghai,
//                                                         .hours = "Mon-Fri 08:30-18:00"_hours,
//                                                         .holidays = sla::china_workdays(),
//                                                         .cover = {2024y, 2034y}};
//     hours.add(reported, 4_bh);
//
// The hard question: why are there two more headers? Counting needs calendar/business_time.hpp alone, which parses in
// half the time; whoever only counts in calendars that somebody else has made includes that. Saying what a calendar is
// needs calendar/calendar_spec.hpp, and turning the one into the other calendar/compile.hpp.

#include <sla/calendar/business_time.hpp>
#include <sla/calendar/calendar_spec.hpp>
#include <sla/calendar/compile.hpp>
