// SPDX-License-Identifier: MIT
#include <sla/policy/measure_load.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include "policy/local_time.hpp"
#include "policy/record_file.hpp"
#include "policy/record_owners.hpp"

namespace sla {
inline namespace v0 {
namespace detail {
namespace {

constexpr std::string_view not_measured_name = "not measured";

[[nodiscard]] std::optional<instant> time_in(record_file& file, std::size_t column, const zone& home) {
  const std::string_view text = file.text(column);
  const parsed_time t = parse_time(text, home);
  if (t) return t.at;
  file.error(column, code_of(t.problem), describe(t, shortened(text), home));
  return std::nullopt;
}

// Ten million rows of the most add up in 64 bits.
constexpr std::int64_t most_of_a_count = 100'000'000'000;
// Thirty years of waiting are a slip of the pen.
constexpr std::int64_t most_seconds_of_a_call = 1'000'000'000;

// A whole number from 0 on; 0 where the file does not have the column.
[[nodiscard]] std::optional<std::int64_t> number_in(record_file& file, std::size_t column,
                                                    std::int64_t most) {
  if (!file.has(column)) return 0;
  const std::string_view text = file.text(column);
  std::int64_t value = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (fault == std::errc() && end == text.data() + text.size() && value >= 0 && value <= most) return value;
  file.error(column, "malformed-number",
             "expected a whole number from 0 to " + std::to_string(most) + ", found " + shown(text));
  return std::nullopt;
}

template <class Value, std::size_t N>
[[nodiscard]] std::optional<Value> word_in(record_file& file, std::size_t column,
                                           const std::array<std::pair<std::string_view, Value>, N>& words) {
  const std::string_view text = file.text(column);
  std::string expected;
  for (const auto& [word, value] : words) {
    if (word == text) return value;
    expected += (expected.empty() ? "" : ", ") + std::string(word);
  }
  file.error(column, "unknown-word", "expected one of " + expected + ", found " + shown(text));
  return std::nullopt;
}
constexpr std::array<std::pair<std::string_view, bool>, 2> yes_or_no{{{"yes", true}, {"no", false}}};

class service_outage_reader {
 public:
  service_outage_reader(const zone& home, problem_list& problems, const load_limits& limits)
      : home_(home), file_(problems, limits, columns_) {}

  [[nodiscard]] service_outages run() {
    while (file_.next()) {
      outage o;
      const auto begin = time_in(file_, begin_column, home_);
      const bool open = file_.text(end_column).empty();
      const auto end = open ? std::optional(instant::never()) : time_in(file_, end_column, home_);
      if (begin && end && *end < *begin)
        file_.error(end_column, "end-before-begin",
                    "the outage ends at " + shown(file_.text(end_column)) + ", before it begins at " +
                        shown(file_.text(begin_column)));
      if (begin && end) o.span = {*begin, *end};
      o.cause = cause(file_.text(cause_column));
      o.row = file_.line();
      out_.outages.push_back(o);
      if (file_.has(service_column)) out_.services.emplace_back(file_.text(service_column));
    }
    return std::move(out_);
  }

 private:
  enum column : std::size_t { begin_column, end_column, id_column, service_column, cause_column };
  static constexpr std::array<column_spec, 6> columns_{{{"begin", true},
                                                        {"end", true},
                                                        {"outage", false},
                                                        {"service", false},
                                                        {"cause", false},
                                                        {"note", false}}};

  [[nodiscard]] cause_id cause(std::string_view text) {
    if (text.empty()) return no_cause;
    if (text == not_measured_name) return not_measured;
    const auto known = std::ranges::find(out_.causes, text);
    const auto index = static_cast<std::size_t>(known - out_.causes.begin());
    if (known != out_.causes.end()) return static_cast<cause_id>(index);
    if (index == most_causes) {
      file_.error(
          cause_column, "too-many-causes",
          "expected at most " + std::to_string(most_causes) + " causes, found another, " + shown(text));
      return no_cause;
    }
    out_.causes.emplace_back(text);
    return static_cast<cause_id>(index);
  }

  static constexpr std::size_t most_causes = 250;
  const zone& home_;
  record_file file_;
  service_outages out_;
};

class call_reader {
 public:
  call_reader(const zone& home, problem_list& problems, const load_limits& limits,
              std::span<const contract> contracts)
      : home_(home),
        file_(problems, limits, columns_),
        owners_(file_, problems, contracts, contract_column, service_column) {}

  [[nodiscard]] call_records run() {
    call_records out;
    if (!file_.has(handled_column)) out.absent = out.absent | call_field::handled;
    if (!file_.has(resolved_column)) out.absent = out.absent | call_field::resolved;
    while (file_.next()) {
      call c;
      if (const auto at = time_in(file_, offered_column, home_)) c.offered = *at;
      c.waited = std::chrono::seconds(number_in(file_, waited_column, most_seconds_of_a_call).value_or(0));
      c.handled = std::chrono::seconds(number_in(file_, handled_column, most_seconds_of_a_call).value_or(0));
      c.end = word_in(file_, end_column, ends_).value_or(call_end::answered);
      if (file_.has(resolved_column)) c.resolved = word_in(file_, resolved_column, yes_or_no).value_or(false);
      owners_.read();
      out.calls.push_back(c);
    }
    out.owners = owners_.group(out.calls);
    return out;
  }

 private:
  enum column : std::size_t {
    offered_column,
    waited_column,
    end_column,
    handled_column,
    resolved_column,
    contract_column,
    service_column
  };
  static constexpr std::array<column_spec, 9> columns_{{{"offered", true},
                                                        {"waited", true},
                                                        {"end", true},
                                                        {"handled", false},
                                                        {"resolved", false},
                                                        {"contract", false},
                                                        {"service", false},
                                                        {"call", false},
                                                        {"note", false}}};
  static constexpr std::array<std::pair<std::string_view, call_end>, 4> ends_{
      {{"answered", call_end::answered},
       {"dropped", call_end::dropped},
       {"abandoned", call_end::abandoned},
       {"failed", call_end::failed}}};

  const zone& home_;
  record_file file_;
  owner_reader owners_;
};

class repair_reader {
 public:
  repair_reader(const zone& home, problem_list& problems, const load_limits& limits,
                std::span<const contract> contracts)
      : home_(home),
        file_(problems, limits, columns_),
        owners_(file_, problems, contracts, contract_column, service_column) {}

  [[nodiscard]] owned_records<repair> run() {
    owned_records<repair> out;
    while (file_.next()) {
      repair& r = out.all.emplace_back();
      const auto reported = time_in(file_, reported_column, home_);
      const bool open = file_.text(ended_column).empty();
      const auto ended = open ? std::optional(instant::never()) : time_in(file_, ended_column, home_);
      if (reported && ended && *ended < *reported)
        file_.error(ended_column, "end-before-begin",
                    "the repair ends at " + shown(file_.text(ended_column)) + ", before it is reported at " +
                        shown(file_.text(reported_column)));
      if (reported) r.reported = *reported;
      if (ended) r.ended = *ended;
      if (file_.has(succeeded_column))
        r.succeeded = word_in(file_, succeeded_column, yes_or_no).value_or(true);
      owners_.read();
    }
    out.owners = owners_.group(out.all);
    return out;
  }

 private:
  enum column : std::size_t {
    reported_column,
    ended_column,
    succeeded_column,
    contract_column,
    service_column
  };
  static constexpr std::array<column_spec, 7> columns_{{{"reported", true},
                                                        {"ended", true},
                                                        {"succeeded", false},
                                                        {"contract", false},
                                                        {"service", false},
                                                        {"repair", false},
                                                        {"note", false}}};
  const zone& home_;
  record_file file_;
  owner_reader owners_;
};

class request_reader {
 public:
  request_reader(const zone& home, problem_list& problems, const load_limits& limits,
                 std::span<const contract> contracts)
      : home_(home),
        file_(problems, limits, columns_),
        owners_(file_, problems, contracts, contract_column, service_column) {}

  [[nodiscard]] owned_records<request_count> run() {
    owned_records<request_count> out;
    while (file_.next()) {
      request_count& r = out.all.emplace_back();
      if (const auto at = time_in(file_, at_column, home_)) r.at = *at;
      const auto total = number_in(file_, total_column, most_of_a_count),
                 failed = number_in(file_, failed_column, most_of_a_count);
      if (file_.has(total_column) && total && failed && *failed > *total)
        file_.error(failed_column, "more-than-all",
                    "expected at most the " + std::string(file_.text(total_column)) + " in total, found " +
                        shown(file_.text(failed_column)) + " failed");
      r.total = total.value_or(0);
      r.failed = failed.value_or(0);
      owners_.read();
    }
    out.owners = owners_.group(out.all);
    return out;
  }

 private:
  enum column : std::size_t { at_column, total_column, failed_column, contract_column, service_column };
  static constexpr std::array<column_spec, 6> columns_{{{"at", true},
                                                        {"total", true},
                                                        {"failed", true},
                                                        {"contract", false},
                                                        {"service", false},
                                                        {"note", false}}};
  const zone& home_;
  record_file file_;
  owner_reader owners_;
};

class population_reader {
 public:
  population_reader(const zone& home, problem_list& problems, const load_limits& limits,
                    std::span<const contract> contracts)
      : home_(home),
        file_(problems, limits, columns_),
        owners_(file_, problems, contracts, contract_column, service_column) {}

  [[nodiscard]] owned_records<population_step> run() {
    owned_records<population_step> out;
    while (file_.next()) {
      population_step& p = out.all.emplace_back();
      if (const auto at = time_in(file_, at_column, home_)) p.from = *at;
      p.size = number_in(file_, size_column, most_of_a_count).value_or(0);
      owners_.read();
    }
    out.owners = owners_.group(out.all);
    return out;
  }

 private:
  enum column : std::size_t { at_column, size_column, contract_column, service_column };
  static constexpr std::array<column_spec, 5> columns_{
      {{"at", true}, {"population", true}, {"contract", false}, {"service", false}, {"note", false}}};
  const zone& home_;
  record_file file_;
  owner_reader owners_;
};

class count_reader {
 public:
  count_reader(problem_list& problems, const load_limits& limits, std::span<const contract> contracts)
      : file_(problems, limits, columns_),
        owners_(file_, problems, contracts, contract_column, service_column) {}

  [[nodiscard]] owned_records<dated_counts> run() {
    owned_records<dated_counts> out;
    while (file_.next()) {
      dated_counts row;
      const std::string_view date = file_.text(date_column);
      if (const auto d = parse_date(date)) {
        row.date = std::chrono::sys_days(*d);
      } else {
        file_.error(date_column, "malformed-date",
                    "expected a date such as 2026-10-12, found " + shown(date));
      }
      std::array<bool, 11> sound{};
      for (std::size_t c = first_count; c < contract_column; ++c) {
        const auto n = number_in(file_, c, most_of_a_count);
        row.counts.*members_[c] = n.value_or(0);
        sound[c] = n.has_value() && file_.has(c);
        if (!file_.has(c)) row.counts.absent = row.counts.absent | fields_[c];
      }
      check(row.counts, sound);
      owners_.read();
      out.all.push_back(row);
    }
    out.owners = owners_.group(out.all);
    return out;
  }

 private:
  static constexpr std::size_t date_column = 0, first_count = 1, contract_column = 11, service_column = 12;
  static constexpr std::array<column_spec, 14> columns_{{{"date", true},
                                                         {"offered", true},
                                                         {"answered", true},
                                                         {"in_time", false},
                                                         {"failed", false},
                                                         {"abandoned", false},
                                                         {"short_abandoned", false},
                                                         {"dropped", false},
                                                         {"resolved", false},
                                                         {"waited", false},
                                                         {"handled", false},
                                                         {"contract", false},
                                                         {"service", false},
                                                         {"note", false}}};
  static constexpr std::array<std::int64_t call_counts::*, 11> members_{nullptr,
                                                                        &call_counts::offered,
                                                                        &call_counts::answered,
                                                                        &call_counts::in_time,
                                                                        &call_counts::failed,
                                                                        &call_counts::abandoned,
                                                                        &call_counts::short_abandoned,
                                                                        &call_counts::dropped,
                                                                        &call_counts::resolved,
                                                                        &call_counts::waited,
                                                                        &call_counts::handled};
  static constexpr std::array<call_fields, 11> fields_{{{},
                                                        {},
                                                        {},
                                                        call_field::in_time,
                                                        call_field::failed,
                                                        call_field::abandoned,
                                                        call_field::short_abandoned,
                                                        call_field::dropped,
                                                        call_field::resolved,
                                                        call_field::waited,
                                                        call_field::handled}};
  // What each count is a part of, by column; 0: of nothing.
  static constexpr std::array<std::size_t, 11> part_of_{0, 0, 1, 2, 1, 1, 5, 2, 2, 0, 0};

  // Of the counts that could be read, what cannot be together.
  void check(const call_counts& n, const std::array<bool, 11>& sound) {
    bool within = true;
    for (std::size_t c = first_count; c < part_of_.size(); ++c) {
      const std::size_t whole = part_of_[c];
      if (whole == 0 || !sound[c] || !sound[whole] || n.*members_[c] <= n.*members_[whole]) continue;
      within = false;
      file_.error(c, "more-than-all",
                  "expected at most the " + std::string(file_.text(whole)) + " " +
                      std::string(columns_[whole].name) + ", found " + shown(file_.text(c)) + " " +
                      std::string(columns_[c].name));
    }
    // A contact was answered, failed or abandoned, one of the three.
    const std::int64_t ended = n.answered + n.failed + n.abandoned;
    const auto told = [&](std::size_t c) { return sound[c] || !file_.has(c); };
    if (within && sound[1] && sound[2] && told(4) && told(5) && ended > n.offered)
      file_.error(1, "more-than-all",
                  "expected at least the " + std::to_string(ended) +
                      " answered, failed and abandoned together, found " + shown(file_.text(1)) + " offered");
  }

  record_file file_;
  owner_reader owners_;
};

}  // namespace
}  // namespace detail

loaded<service_outages> parse_service_outages(const zone& home, std::string name, std::string text,
                                              const load_limits& limits) {
  detail::problem_list problems(std::move(name), std::move(text));
  auto out = detail::service_outage_reader(home, problems, limits).run();
  return {std::move(out), problems.take()};
}

loaded<call_records> parse_calls(const zone& home, std::string name, std::string text,
                                 const load_limits& limits, std::span<const contract> contracts) {
  detail::problem_list problems(std::move(name), std::move(text));
  auto out = detail::call_reader(home, problems, limits, contracts).run();
  return {std::move(out), problems.take()};
}

loaded<owned_records<dated_counts>> parse_call_counts(std::string name, std::string text,
                                                      const load_limits& limits,
                                                      std::span<const contract> contracts) {
  detail::problem_list problems(std::move(name), std::move(text));
  auto out = detail::count_reader(problems, limits, contracts).run();
  return {std::move(out), problems.take()};
}

loaded<owned_records<repair>> parse_repairs(const zone& home, std::string name, std::string text,
                                            const load_limits& limits, std::span<const contract> contracts) {
  detail::problem_list problems(std::move(name), std::move(text));
  auto out = detail::repair_reader(home, problems, limits, contracts).run();
  return {std::move(out), problems.take()};
}

loaded<owned_records<request_count>> parse_requests(const zone& home, std::string name, std::string text,
                                                    const load_limits& limits,
                                                    std::span<const contract> contracts) {
  detail::problem_list problems(std::move(name), std::move(text));
  auto out = detail::request_reader(home, problems, limits, contracts).run();
  return {std::move(out), problems.take()};
}

loaded<owned_records<population_step>> parse_population(const zone& home, std::string name, std::string text,
                                                        const load_limits& limits,
                                                        std::span<const contract> contracts) {
  detail::problem_list problems(std::move(name), std::move(text));
  auto out = detail::population_reader(home, problems, limits, contracts).run();
  return {std::move(out), problems.take()};
}

}  // namespace v0
}  // namespace sla
