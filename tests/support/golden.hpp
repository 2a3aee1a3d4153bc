// SPDX-License-Identifier: MIT
#pragma once

// A whole report against its file in tests/data/golden. SLA_WRITE_GOLDEN=1 writes the files anew, to be read before they
// are committed.

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

namespace sla_test {

inline void expect_golden(const std::string& name, const std::string& got) {
  const std::string path = std::string(SLA_TEST_DATA) + "/golden/" + name;
  if (std::getenv("SLA_WRITE_GOLDEN") != nullptr) {
    std::ofstream(path, std::ios::binary) << got;
    return;
  }
  std::ifstream in(path, std::ios::binary);
  std::ostringstream want;
  want << in.rdbuf();
  EXPECT_EQ(got, want.str()) << path;
}

}  // namespace sla_test
