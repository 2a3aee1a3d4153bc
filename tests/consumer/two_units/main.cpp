// SPDX-License-Identifier: MIT
#include "every_header.hpp"

sla::ratio promised();

int main() {
  using namespace sla::literals;
  return promised() == 99.99_pct ? 0 : 1;
}
