// SPDX-License-Identifier: MIT
#pragma once

#include <sla/calendar/zone_load.hpp>
