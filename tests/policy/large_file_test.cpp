// SPDX-License-Identifier: MIT
// Files at the edge of what is read: time grows with their length and not with its square.

#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include <sla/policy/policy_load.hpp>

namespace large_file_test {
namespace {

// A policy whose severities are so many, on one line, and the last of them is no text.
std::string on_one_line(std::size_t count, const std::string& name) {
  std::string out =
      "policy = \"p\"\nversion = 2026-01-01\nzone = \"UTC\"\ncurrency = \"CNY\"\ntiers = [\"basic\"]\n";
  out += "severities = [";
  for (std::size_t i = 0; i < count; ++i) out += '"' + name + "\",";
  return out + "1]\n";
}
// Where the one problem of this kind is said to be.
std::string place_of(const sla::diagnostics& found, std::string_view code) {
  for (const sla::diagnostic& d : found.items())
    if (d.code == code) {
      const sla::text_place at = found.sources()[d.source].place(d.where.offset);
      return std::to_string(at.line) + ':' + std::to_string(at.column);
    }
  return "nowhere";
}

TEST(large_file, places_on_a_long_line_are_exact) {
  for (const std::string name : {"P1", "一级", "é"}) {
    const std::size_t each = name == "é" ? 4 : 5;  // characters, with quotes and comma
    for (const std::size_t count : {10U, 51U, 52U, 1'000U, 20'000U})
      EXPECT_EQ(place_of(sla::parse_policy("p.toml", on_one_line(count, name)).diagnostics(), "wrong-type"),
                "6:" + std::to_string(15 + each * count))
          << name << ' ' << count;
  }
}

TEST(large_file, a_line_of_a_hundred_thousand_values_is_read_in_seconds) {
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_FALSE(sla::parse_policy("p.toml", on_one_line(100'000, "é")));
  // Each value was looked for from the line's beginning: minutes.
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(60));
}

// More calendars and clocks than there may be are one problem, found before they cost anything.
TEST(large_file, too_many_calendars_and_clocks_are_refused_at_once) {
  std::string text =
      "policy = \"p\"\nversion = 2026-01-01\nzone = \"UTC\"\ncurrency = \"CNY\"\ntiers = [\"basic\"]\n"
      "severities = [\"P1\"]\n";
  for (int i = 0; i < 20'000; ++i) text += "[calendar.c" + std::to_string(i) + "]\nhours = \"24/7\"\n";
  for (int i = 0; i < 40'000; ++i)
    text += "[clock.k" + std::to_string(i) + "]\nstarts = \"reported\"\nstops = \"resolved\"\n";
  const auto loaded = sla::parse_policy("p.toml", text);
  EXPECT_EQ(place_of(loaded.diagnostics(), "too-many-calendars"), "507:11");
  EXPECT_NE(place_of(loaded.diagnostics(), "too-many-clocks"), "nowhere");
  EXPECT_EQ(loaded.diagnostics().items().size(), 2U) << loaded.diagnostics().print().substr(0, 2'000);
}

}  // namespace
}  // namespace large_file_test
