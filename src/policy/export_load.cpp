// SPDX-License-Identifier: MIT
#include <algorithm>
#include <limits>
#include <string>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include <sla/policy/source_load.hpp>

#include "base/csv.hpp"
#include "policy/export_names.hpp"
#include "policy/incident_key.hpp"
#include "policy/local_time.hpp"
#include "policy/record_cells.hpp"
#include "policy/record_file.hpp"
#include "policy/wanted_incidents.hpp"

namespace sla {
inline namespace v0 {
namespace detail {
namespace {

// A row that could be read.
struct audit_row {
  instant at;
  std::int64_t sequence = 0;
  std::uint32_t line = 0;
  const std::string* state = nullptr;
  const state_effect* effect = nullptr;
  std::optional<std::uint8_t> severity, tier, region, category, channel;
  std::optional<instant> reported;
  std::optional<bool> judged;
};

struct audited {
  std::string id;
  std::string contract;
  std::vector<audit_row> rows;
};

class export_reader {
 public:
  export_reader(const policy& p, const source& s, problem_list& problems, const load_limits& limits,
                const wanted_incidents& wanted)
      : source_(s),
        problems_(problems),
        wanted_(wanted),
        description_(s.file, s.text),
        names_(p, s, description_),
        format_(s.time_format),
        limits_(limits) {}

  [[nodiscard]] export_log run() {
    if (check_text(problems_, limits_, false)) {
      csv_reader in(problems_.text(),
                    {.delimiter = source_.delimiter, .rows = limits_.rows, .fields = limits_.fields});
      if (header(in)) {
        for (csv_row row; in.next(row);) read(row);
        for (audited& a : all_) replay(a);
      }
    }
    if (unknown_verdicts_ != 0)
      problems_.warning(first_unknown_verdict_, "unknown-verdict",
                        std::to_string(unknown_verdicts_) +
                            (unknown_verdicts_ == 1 ? " row judges" : " rows judge") +
                            " in words that [judged] does not list, from here on");
    problems_.append(description_.take());
    out_.judged_clock = names_.judged_clock;
    return std::move(out_);
  }

 private:
  static constexpr std::size_t absent = std::numeric_limits<std::size_t>::max();

  // --- columns ----------------------------------------------------------------------------------------------------

  [[nodiscard]] bool header(csv_reader& in) {
    csv_row row;
    if (!in.next(row)) {
      problems_.error({problems_.text().size(), 0}, "no-header",
                      "expected a row of column names, found nothing");
      return false;
    }
    for (const csv_fault& f : row.faults) problems_.error(f.where, f.code, f.message);
    columns_ = row.fields.size();
    incident_ = column(row, source_.incident);
    time_ = column(row, source_.time);
    state_ = column(row, source_.state);
    contract_ = column(row, source_.contract);
    sequence_ = column(row, source_.sequence);
    reported_ = column(row, source_.reported);
    judged_ = column(row, source_.judged);
    severity_ = column(row, source_.severity.column);
    tier_ = column(row, source_.tier.column);
    region_ = column(row, source_.region.column);
    category_ = column(row, source_.category.column);
    channel_ = column(row, source_.channel.column);
    return !problems_.has_errors() && !description_.has_errors();
  }

  [[nodiscard]] std::size_t column(const csv_row& row, const source_word& wanted) {
    if (wanted.text.empty()) return absent;
    const auto at = std::ranges::find(row.fields, wanted.text, &csv_field::text);
    if (at == row.fields.end()) {
      std::vector<std::string_view> found;
      for (const csv_field& f : row.fields) found.push_back(f.text);
      const std::string message = "expected a column " + shown(wanted.text) + ", as " + source_.file +
                                  " says on " + line_of(description_.source(), wanted.where);
      problems_.error(row.where, "missing-column", message + meant(wanted.text, found));
      return absent;
    }
    if (std::ranges::count(row.fields, wanted.text, &csv_field::text) > 1)
      problems_.error(std::find_if(std::next(at), row.fields.end(),
                                   [&](const csv_field& f) { return f.text == wanted.text; })
                          ->where,
                      "repeated-column", "column " + shown(wanted.text) + " stands twice");
    return static_cast<std::size_t>(at - row.fields.begin());
  }

  // --- rows -------------------------------------------------------------------------------------------------------

  void ignore(ignored_reason why, std::uint32_t line, std::string_view found = {}) {
    ignored_rows& rows = out_.rows.by_reason[static_cast<std::size_t>(why)];
    ++rows.count;
    auto& first = rows.first;
    if (first.size() == ignored_rows::shown && first.back().line <= line) return;
    const auto at = std::ranges::upper_bound(first, line, {}, &ignored_rows::place::line);
    first.insert(at, {line, shortened(found)});
    if (first.size() > ignored_rows::shown) first.pop_back();
  }

  [[nodiscard]] bool is_missing(std::string_view text) const {
    return text.empty() || std::ranges::find(source_.missing, text) != source_.missing.end();
  }
  // The cell of a column; empty where there is no column or the cell stands for nothing.
  [[nodiscard]] std::string_view cell(const csv_row& row, std::size_t column) const {
    if (column == absent) return {};
    const std::string_view text = row.fields[column].text;
    return is_missing(text) ? std::string_view() : text;
  }

  void read(const csv_row& row) {
    const auto line = static_cast<std::uint32_t>(row.line);
    for (const csv_fault& f : row.faults) {
      const std::string_view code = f.code;
      if (code != "open-quote" && code != "too-many-rows" && code != "too-many-fields") continue;
      problems_.error(f.where, f.code, f.message);
      if (code == "too-many-rows") return;
    }
    const bool whole = row.faults.empty() && row.fields.size() == columns_;
    if (wanted_ && !wanted_(whole ? cell(row, incident_) : std::string_view())) return;
    ++out_.rows.read;
    if (!row.faults.empty()) return ignore(ignored_reason::malformed_row, line, row.faults.front().message);
    if (row.fields.size() != columns_)
      return ignore(
          row.fields.size() < columns_ ? ignored_reason::too_few_columns : ignored_reason::too_many_columns,
          line, std::to_string(row.fields.size()));
    // Only rows of equal bytes are one record read twice; what merely looks alike is kept.
    if (!seen_.insert(problems_.text().substr(row.where.offset, row.where.length)).second)
      return ignore(ignored_reason::exact_duplicate, line);

    const std::string_view id = cell(row, incident_);
    if (id.empty()) return ignore(ignored_reason::no_incident_number, line);
    audit_row out;
    out.line = line;
    const auto at = time(row.fields[time_].text, line);
    if (!at) return;
    out.at = *at;
    if (const std::string_view text = cell(row, reported_); !text.empty()) {
      out.reported = time(text, line);
      if (!out.reported) return;
    }
    if (const std::string_view text = cell(row, sequence_); !text.empty()) {
      const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), out.sequence);
      if (fault != std::errc() || end != text.data() + text.size())
        return ignore(ignored_reason::malformed_sequence, line, text);
    }
    const auto state = names_.states.find(row.fields[state_].text);
    if (state == names_.states.end())
      return ignore(ignored_reason::unknown_state, line, row.fields[state_].text);
    out.state = &state->first;
    out.effect = &state->second;
    if (!number(row, severity_, names_.severity, ignored_reason::unknown_severity, out.severity) ||
        !number(row, tier_, names_.tier, ignored_reason::unknown_tier, out.tier) ||
        !number(row, region_, names_.region, ignored_reason::unknown_region, out.region) ||
        !number(row, category_, names_.category, ignored_reason::unknown_category, out.category) ||
        !number(row, channel_, names_.channel, ignored_reason::unknown_channel, out.channel))
      return;
    verdict_of(row, out);

    const auto [known, fresh] = index_.emplace(std::string(id), all_.size());
    if (fresh) all_.emplace_back().id = id;
    audited& a = all_[known->second];
    if (a.contract.empty()) a.contract = cell(row, contract_);
    a.rows.push_back(out);
  }

  [[nodiscard]] std::optional<instant> time(std::string_view text, std::uint32_t line) {
    const parsed_time t =
        source_.time_format.empty() ? parse_time(text, source_.home) : format_.parse(text, source_.home);
    if (t) return t.at;
    ignore(t.problem == time_problem::not_in_zone     ? ignored_reason::time_not_in_zone
           : t.problem == time_problem::twice_in_zone ? ignored_reason::time_twice_in_zone
                                                      : ignored_reason::malformed_time,
           line, text);
    return std::nullopt;
  }

  // False for a word that is not known; a cell that stands for nothing leaves `to` empty.
  [[nodiscard]] bool number(const csv_row& row, std::size_t column, const name_numbers& names,
                            ignored_reason unknown, std::optional<std::uint8_t>& to) {
    to = names.always;
    const std::string_view text = cell(row, column);
    if (text.empty()) return true;
    const auto found = names.words.find(text);
    if (found == names.words.end()) {
      ignore(unknown, static_cast<std::uint32_t>(row.line), text);
      return false;
    }
    to = found->second;
    return true;
  }

  void verdict_of(const csv_row& row, audit_row& out) {
    const std::string_view text = cell(row, judged_);
    if (text.empty()) return;
    if (std::ranges::find(source_.judged_met, text) != source_.judged_met.end()) {
      out.judged = true;
    } else if (std::ranges::find(source_.judged_missed, text) != source_.judged_missed.end()) {
      out.judged = false;
    } else if (unknown_verdicts_++ == 0) {
      first_unknown_verdict_ = row.fields[judged_].where;
    }
  }

  // --- incidents --------------------------------------------------------------------------------------------------

  void replay(audited& a) {
    std::ranges::sort(a.rows, {}, [](const audit_row& r) { return std::tuple(r.at, r.sequence, r.line); });
    const auto first = [&](auto member) {
      const auto at =
          std::ranges::find_if(a.rows, [&](const audit_row& r) { return (r.*member).has_value(); });
      return at == a.rows.end() ? std::remove_cvref_t<decltype(a.rows.front().*member)>() : (*at).*member;
    };
    auto reported = first(&audit_row::reported);
    if (reported_ == absent) reported = a.rows.front().at;
    const auto severity = first(&audit_row::severity), tier = first(&audit_row::tier);
    const auto region = first(&audit_row::region), category = first(&audit_row::category);
    const auto channel = first(&audit_row::channel);
    if (!reported || !severity || !tier || !region || !category || !channel) {
      for (const audit_row& r : a.rows) ignore(ignored_reason::incident_without_report, r.line, a.id);
      return;
    }
    incident& out = out_.incidents.emplace_back();
    out.id = std::move(a.id);
    out.contract = std::move(a.contract);
    out.facts = {*tier, *channel, {*severity, *region, *category}, *reported, keys_.of(out.id)};
    event report = event::of(moment::reported, *reported);
    report.row = a.rows.front().line;
    out.events.push_back(report);
    story told{out.facts.at_report, nullptr, {}, false};
    auto& judged = out_.judged.emplace_back();
    for (const audit_row& r : a.rows) {
      const std::size_t before = out.events.size();
      const bool entered = told.before == nullptr || told.before->state != r.state;
      if (&r != &a.rows.front()) regrade(told, r, out.events);
      if (entered) enter(told, r, out.events);
      for (std::size_t i = before; i < out.events.size(); ++i) {
        out.events[i].sequence = r.sequence;
        out.events[i].row = r.line;
      }
      if (out.events.size() > before || &r == &a.rows.front()) {
        ++out_.rows.used;
      } else {
        ignore(entered ? ignored_reason::nothing_new : ignored_reason::state_unchanged, r.line, *r.state);
      }
      told.before = &r;
      if (r.judged) judged = r.judged;
    }
  }

  // An incident's state while its rows are told.
  struct story {
    grade now;
    const audit_row* before;
    moment_set reached;  // since the report or the last reopening
    bool ended;
  };

  void regrade(story& told, const audit_row& r, std::vector<event>& events) const {
    const grade to{r.severity.value_or(told.now.severity), r.region.value_or(told.now.region),
                   r.category.value_or(told.now.category)};
    if (to == told.now) return;
    told.now = to;
    events.push_back(event::change(r.at, to, source_.severity_change));
  }

  static void enter(story& told, const audit_row& r, std::vector<event>& events) {
    const state_effect none;
    const state_effect& left = told.before == nullptr ? none : *told.before->effect;
    const state_effect& now = *r.effect;
    if (told.ended && !now.ends()) {
      events.push_back(event::reopen(r.at));
      told.ended = false;
      told.reached = {};
    }
    if (left.pauses && left.pauses != now.pauses) events.push_back(event::resume(r.at, *left.pauses));
    if (now.pauses && left.pauses != now.pauses) events.push_back(event::pause(r.at, *now.pauses));
    const auto reach = [&](moment m) {
      if (told.reached.contains(m)) return;
      told.reached = told.reached | m;
      events.push_back(event::of(m, r.at));
    };
    if (now.reaches) reach(*now.reaches);
    // What is closed without having been resolved was resolved at the latest by then.
    if (now.closes && !told.ended) reach(moment::resolved);
    told.ended = told.ended || now.ends();
  }

  const source& source_;
  problem_list& problems_;
  const wanted_incidents& wanted_;
  problem_list description_;
  export_names names_;
  time_format format_;
  load_limits limits_;
  std::size_t columns_ = 0;
  std::size_t incident_ = absent, time_ = absent, state_ = absent, contract_ = absent, sequence_ = absent,
              reported_ = absent, judged_ = absent, severity_ = absent, tier_ = absent, region_ = absent,
              category_ = absent, channel_ = absent;
  std::unordered_set<std::string_view> seen_;
  std::unordered_map<std::string, std::size_t> index_;
  std::vector<audited> all_;
  incident_keys keys_;
  std::size_t unknown_verdicts_ = 0;
  byte_span first_unknown_verdict_;
  export_log out_;
};

}  // namespace

export_log read_export(const policy& p, const source& s, problem_list& problems, const load_limits& limits,
                       const wanted_incidents& wanted) {
  return export_reader(p, s, problems, limits, wanted).run();
}

}  // namespace detail

loaded<export_log> read_export(const policy& p, const source& s, std::string name, std::string text,
                               const load_limits& limits) {
  detail::problem_list problems(std::move(name), std::move(text));
  export_log out = detail::read_export(p, s, problems, limits, {});
  return {std::move(out), problems.take()};
}

}  // namespace v0
}  // namespace sla
