// SPDX-License-Identifier: MIT
#pragma once

#include <fmt/core.h>
