// SPDX-License-Identifier: MIT
#pragma once

#include <sla/calendar/hours.hpp>
