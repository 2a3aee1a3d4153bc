// SPDX-License-Identifier: MIT
// main() of every test executable. SLA_TEST_LOCALE names a locale that the whole program is to run under, as
// a host program may well do: with it, numbers are written 1.234,5 by whoever forgets that locales exist.

#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <locale>
#include <stdexcept>
#include <string>

namespace {

struct comma_numbers : std::numpunct<char> {
 protected:
  char do_decimal_point() const override { return ','; }
  char do_thousands_sep() const override { return '.'; }
  std::string do_grouping() const override { return "\3"; }
};

void use_locale(const char* name) {
  try {
    std::locale::global(std::locale(name));
  } catch (const std::runtime_error&) {
    std::locale::global(std::locale(std::locale::classic(), new comma_numbers));
    std::cout << "no locale " << name << " on this system: commas in C++ streams only\n";
  }
  const auto& numbers = std::use_facet<std::numpunct<char>>(std::locale());
  if (numbers.decimal_point() != ',') {
    std::cerr << "locale " << name << " has no decimal comma, so it would test nothing\n";
    std::exit(1);
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (const char* name = std::getenv("SLA_TEST_LOCALE")) use_locale(name);
  testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
