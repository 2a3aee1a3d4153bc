// SPDX-License-Identifier: MIT
#include <date/tz.h>
#include <CLI/CLI.hpp>
#include <sla/calendar/zone_load.hpp>
