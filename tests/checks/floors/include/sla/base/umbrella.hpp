// SPDX-License-Identifier: MIT
#pragma once

#include <sla/sla.hpp>
