// SPDX-License-Identifier: MIT
#pragma once

inline std::vector<int> none() { return {}; }
