// SPDX-License-Identifier: MIT
#pragma once

inline int one() { return 1; }
