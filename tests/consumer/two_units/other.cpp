// SPDX-License-Identifier: MIT
#include "every_header.hpp"

sla::ratio promised() {
  using namespace sla::literals;
  return 99.99_pct;
}
