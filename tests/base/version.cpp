// SPDX-License-Identifier: MIT
#include <sla/base/version.hpp>

#include <gtest/gtest.h>

#include <string>

namespace version_test {
namespace {

TEST(version, C19_text_and_numbers_are_one) {
  EXPECT_EQ(sla::library_version(), std::to_string(SLA_VERSION_MAJOR) + '.' +
                                        std::to_string(SLA_VERSION_MINOR) + '.' +
                                        std::to_string(SLA_VERSION_PATCH));
}

}  // namespace
}  // namespace version_test
