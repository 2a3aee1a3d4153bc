// SPDX-License-Identifier: MIT
#pragma once

// The calendars of a policy file: hours, holidays, dated exceptions, and the years they answer for.
//
//     [calendar.workdays]
//     hours = "Mon-Fri 08:30-18:00"
//     holidays = "CN workdays"           # or "CN statutory", or a file and what it closes:
//     # holidays = { file = "2027.json", closed = ["statutory", "bridging", "weekend"], make_up = true }
//     zone = "Asia/Shanghai"             # the policy's unless stated
//     cover = [2021, 2041]               # from the first to before the last: 5 years before the version to 15 after
//
//     [[calendar.workdays.exception]]    # date, or from and through; then one of five:
//     date = 2026-12-24                  # off = true, works_as = "Mon", hours = "09:00-12:00", extra, minus
//     hours = "08:30-12:00"
//     name = "年终盘点"
//     precedence = 1                     # between exceptions that speak of one date
//
//     [[calendar.workdays.yearly]]       # the same changes on a day of every year, behind dated ones
//     on = "4th Thu of Nov"              # or "12-25", "last Mon of May", "last day of Feb"
//     off = true
//
//     [[calendar.workdays.change]]       # what is in force from a date on; holidays stay unless stated
//     from = 2026-03-01
//     hours = "Mon-Fri 09:00-17:30"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <sla/policy/policy_spec.hpp>

#include "policy/policy_files.hpp"
#include "policy/toml_table.hpp"

namespace sla {
inline namespace v0 {
namespace detail {

/// Loads each zone once; a zone that cannot be loaded is one problem where it is first named.
class zone_table {
 public:
  /// Nothing where it cannot be loaded.
  [[nodiscard]] std::optional<zone> find(toml_table& in, std::string_view key);

 private:
  std::map<std::string, std::optional<zone>, std::less<>> zones_;
};

struct calendar_reader {
  problem_list& problems;
  spec_places& places;
  zone_table& zones;
  const policy_files& files;
  zone home;
  std::chrono::year_month_day version;

  /// The calendars, in the order of the file. `keys` are of [calendar].
  [[nodiscard]] std::vector<named_calendar_spec> read(const toml_value& calendars);

 private:
  [[nodiscard]] calendar_spec one(const toml_member& named, std::size_t row);
  [[nodiscard]] std::optional<weekly_hours> hours(toml_table& in);
  [[nodiscard]] std::optional<holiday_use> holidays(toml_table& in);
  [[nodiscard]] std::optional<holiday_use> holiday_file(toml_table& in, const toml_value& table);
  [[nodiscard]] std::optional<holiday_set> load(toml_table& in, const toml_value& file);
  void cover(toml_table& in, calendar_spec& out);
  [[nodiscard]] std::optional<calendar_exception> exception(toml_table& in);
  [[nodiscard]] std::optional<recurring_exception> yearly(toml_table& in);
  [[nodiscard]] std::optional<calendar_change> change(toml_table& in);
  [[nodiscard]] std::optional<day_change> one_of_five(toml_table& in);
  template <class Row>
  [[nodiscard]] std::vector<Row> rows(toml_table& in, std::size_t row, std::string_view key,
                                      const std::string& part,
                                      std::optional<Row> (calendar_reader::*read_one)(toml_table&));
  [[nodiscard]] std::optional<day_hours> day(toml_table& in, std::string_view key);
};

}  // namespace detail
}  // namespace v0
}  // namespace sla
