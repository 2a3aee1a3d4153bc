// SPDX-License-Identifier: MIT
#pragma once

#include <sla/base/good.hpp>
