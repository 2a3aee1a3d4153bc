// SPDX-License-Identifier: MIT
#pragma once

#include <sla/availability/outage.hpp>
